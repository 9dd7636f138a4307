"""What stands in the workbook: the sheets, from the chair's page to the sentences."""

import gc
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from openpyxl.utils import get_column_letter

from baoding_data.comparison.wording import published
from baoding_data.tables.figures import Figure
from baoding_data.words import Pair
from baoding_data.workbook.chair_sheet import NAME as CHAIR
from baoding_data.workbook.chair_sheet import chair_sheet
from baoding_data.workbook.checks_sheet import AUTHOR, checks_sheet
from baoding_data.workbook.comparison_sheet import comparison_sheet, references_sheet
from baoding_data.workbook.contents_sheet import NAME as CONTENTS
from baoding_data.workbook.contents_sheet import contents_sheet
from baoding_data.workbook.edition import Edition
from baoding_data.workbook.formulas import Refs
from baoding_data.workbook.layout import Laid, Pages, laid
from baoding_data.workbook.printer import book
from baoding_data.workbook.sentences_sheet import sentences_sheet
from baoding_data.workbook.sheet import Sheet, unique
from baoding_data.workbook.topic_sheets import NUMBERS, topic_sheet, with_charts

KEYWORDS = Pair("法治政府, 依法行政, 开放数据", "rule of law, administrative law, open data")


def workbook(edition: Edition) -> bytes:
    """The bytes of the workbook that shows some figures of one report, which the audit has passed.

    >>> from baoding_data.tables.figures import of_report
    >>> from baoding_data.tables.seeds import load
    >>> tables = load()
    >>> workbook(Edition(tables, of_report(tables, "baoding-2022")))[:2]
    b'PK'
    """
    with _unswept():
        return _printed(edition)


@contextmanager
def _unswept() -> Generator[None]:
    """Without garbage collection: of a workbook's thousands of things each is needed to the end."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _printed(edition: Edition) -> bytes:
    properties = {
        "title": edition.line(edition.data.title),
        "subject": edition.line(edition.place_year),
        "creator": AUTHOR,
        "lastModifiedBy": AUTHOR,
        "version": edition.data.version,
        "keywords": edition.line(KEYWORDS, ", "),
        "language": "zh-CN" if "zh" in edition.languages else "en",
    }
    about = edition.about
    left = Pair(about.title_zh, about.title_en).noted(published(edition.tables, edition.report))
    right = edition.line(Pair("第&P页，共&N页", "Page &P of &N"), "　")
    return book(sheets(edition), edition.data.created, properties, edition.each(left)[0], right)


def sheets(edition: Edition) -> list[tuple[Sheet, Laid]]:
    """All sheets in their order, as they are laid out on paper; no names alike."""
    names: set[str] = set()
    for name in (CHAIR, CONTENTS):
        unique(edition.line(name), names)

    def named(sheet: Sheet) -> Sheet:
        return sheet._replace(name=unique(sheet.name, names))

    topics = {topic: named(topic_sheet(edition, topic)) for topic in edition.topics}
    refs = _refs(edition, topics)
    found = [with_charts(edition, sheet, refs) for sheet in topics.values()]
    others = [comparison_sheet(edition), references_sheet(edition)] if edition.compared else []
    others += [checks_sheet(edition, refs), sentences_sheet(edition)]
    found += map(named, others)
    return _paged(edition, found, refs)


def _paged(edition: Edition, found: Sequence[Sheet], refs: Refs) -> list[tuple[Sheet, Laid]]:
    """With the first sheet and the contents before them, which name the pages of the others."""
    rest = [(sheet, laid(sheet)) for sheet in found]
    contents: list[tuple[Sheet, Laid]] = []
    # The contents count their own pages, so they are laid out until that agrees.
    for own in range(1, 1 + len(found)) if len(edition.topics) > 1 else ():
        sheet = contents_sheet(edition, found, Pages(rest, 2 + own))
        contents = [(sheet, laid(sheet))]
        if contents[0][1].pages <= own:
            break
    before = 2 + sum(page.pages for _, page in contents)
    return [chair_sheet(edition, Pages(rest, before), refs), *contents, *rest]


def _refs(edition: Edition, topics: dict[str, Sheet]) -> Refs:
    """In which cell the number of a figure stands, as formulas name it."""
    letter = get_column_letter(NUMBERS)

    def ref(figure: Figure) -> str:
        sheet = topics[figure.topic]
        return f"{sheet.quoted}!${letter}${sheet.starts['figures'] + edition.row[figure.key]}"

    return ref
