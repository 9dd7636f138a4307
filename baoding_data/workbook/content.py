"""What stands in the workbook: the sheets, from cover to sources, in Chinese, English or both."""

import gc
from collections.abc import Generator
from contextlib import contextmanager

from openpyxl.utils import get_column_letter

from baoding_data.tables.figures import Figure
from baoding_data.words import Pair
from baoding_data.workbook.charts_sheet import charts_sheet
from baoding_data.workbook.checks_sheet import checks_sheet
from baoding_data.workbook.comparison_sheet import comparison_sheet, references_sheet
from baoding_data.workbook.cover import AUTHOR, CONTENTS, contents_sheet, cover_sheet
from baoding_data.workbook.edition import Edition
from baoding_data.workbook.formulas import Refs
from baoding_data.workbook.printer import book
from baoding_data.workbook.sheet import Sheet, unique
from baoding_data.workbook.topics import (
    NUMBERS,
    TEN_THOUSAND,
    in_ten_thousands,
    notes_sheet,
    sources_sheet,
    topic_sheet,
)

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
        "subject": edition.line(edition.place),
        "creator": AUTHOR,
        "lastModifiedBy": AUTHOR,
        "version": edition.data.version,
        "keywords": edition.line(KEYWORDS, ", "),
        "language": "zh-CN" if "zh" in edition.languages else "en",
    }
    footer = edition.line(Pair("第&P页，共&N页", "Page &P of &N"), "　")
    return book(sheets(edition), edition.data.created, properties, footer)


def sheets(edition: Edition) -> list[Sheet]:
    """All sheets in their order, no names alike; the contents name those that hold a table."""
    names: set[str] = set()
    tables = {"contents", "charts", "comparison", "references", "checks", "notes", "sources"}

    def named(sheet: Sheet) -> Sheet:
        return sheet._replace(name=unique(sheet.name, names))

    cover, contents = named(cover_sheet(edition)), unique(edition.line(CONTENTS), names)
    topics = {topic: named(topic_sheet(edition, topic, tables)) for topic in edition.topics}
    refs = _refs(edition, topics)
    others = (
        charts_sheet(edition, topics, refs),
        comparison_sheet(edition),
        references_sheet(edition),
        checks_sheet(edition, refs),
        notes_sheet(edition),
        sources_sheet(edition),
    )
    found = [*topics.values(), *(named(sheet) for sheet in others if sheet.rows)]
    return [cover, contents_sheet(edition, contents, found), *found]


def _refs(edition: Edition, topics: dict[str, Sheet]) -> Refs:
    """In which cell the number of a figure stands, as formulas name it."""
    letter = get_column_letter(NUMBERS)

    def ref(figure: Figure) -> str:
        sheet = topics[figure.topic]
        cell = f"{sheet.quoted}!${letter}${sheet.first + edition.row[figure.key]}"
        return f"({cell}*{TEN_THOUSAND})" if in_ten_thousands(figure) else cell

    return ref
