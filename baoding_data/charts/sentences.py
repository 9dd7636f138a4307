"""A sentence beside the rows of the table that it gives: each number is tied to its row.

    python -m baoding_data.charts.sentences REPORT INDICATOR FILE.png

draws the sentence of a report that gives an indicator, with all figures in it.
"""

if __name__ == "__main__":  # first, since what is imported below needs a folder that can be written
    import sys
    from importlib import import_module

    from baoding_data.errors import told

    sys.exit(told(lambda: import_module("baoding_data.charts.sentences").main()))

import re
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from baoding_data.charts.formats import png
from baoding_data.charts.page import MARGIN, RIGHT, Heading, Page, label, new_page
from baoding_data.charts.palette import BLUE, INK, MID, RULE
from baoding_data.charts.rows import Labelled, Lang, joined, read, wrong
from baoding_data.charts.typesetting import (
    BASELINE,
    LABEL,
    NUMBER,
    SMALL,
    Block,
    Style,
    wrap,
    wrapped,
)
from baoding_data.errors import Finding, refuse
from baoding_data.tables.figures import Key, located, one_figure
from baoding_data.tables.records import FigureRow
from baoding_data.tables.seeds import AnySeeds, Seeds, load, one_report
from baoding_data.text.report import section_in_words
from baoding_data.words import so_many, together
from baoding_data.writing import put, sealed

TEXT, MARK = Style(13), Style(13, BLUE, True)
PITCH = 0.29  # from line to line of the sentence, in inches
ROWS, COLUMNS = 4.08, (4.08, 6.3, 7.06, RIGHT)  # where the table begins, and each of its columns
SENTENCE = ("报告原句", "The sentence as printed")
NAMES = (("指标", "Indicator"), ("数", "Number"), ("范围", "Scope"), ("行", "Row"))
SHORT = 16  # a run of clauses without a figure is left out if it has more characters
_CLAUSE = re.compile("[^，；。！？,;]*[，；。！？,;]?")


@dataclass(frozen=True)
class _Row(Labelled):
    at: float
    width: float
    text: str
    scope_zh: str
    scope_en: str
    row: float
    unit_zh: str = ""
    unit_en: str = ""

    @property
    def span(self) -> tuple[int, int]:
        return int(self.at), int(self.at + self.width)


class _Part(NamedTuple):
    """A piece of the sentence that ends after a number, where in it the number stands, its rows."""

    text: str
    start: int
    end: int
    rows: Sequence[_Row]


def sentence(text: str, table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """A sentence as printed, its numbers marked, and from each a line to its row of the table.

    Columns: label_zh, label_en, at, width (where the number stands in the text, in characters),
    text (the number as printed), scope_zh, scope_en, row (its line in the file), and where wanted
    unit_zh, unit_en ("件", "items", with the words for how exact it is); ordered by `at`, and
    several rows may have the same. Raises BaodingError where a cell is not what its column holds,
    or a number stands outside of the text or overlaps another.

    >>> row = {"label_zh": "败诉", "label_en": "lost", "at": 2, "width": 1, "text": "1",
    ...        "scope_zh": "本级", "scope_en": "own level", "row": 57}
    >>> heading = Heading("一句话，一行", "One sentence, one row", "", "", "报告", "The report")
    >>> figure = sentence("败诉1件。", pd.DataFrame([row]), heading)
    """
    rows = read("sentence", table, _Row, lang)
    refuse(_misplaced(text, rows))
    with new_page(heading, lang) as page:
        _draw_head(page)
        for part in _parts(text, rows):
            if part.rows[0] != rows[0]:
                page.line((ROWS, RIGHT), (page.y, page.y), RULE)
                page.y += 0.08
            _draw_part(page, part)
    return page.figure


def _misplaced(text: str, rows: Sequence[_Row]) -> Iterator[Finding]:
    """Numbers outside of the text, and such as begin before the one before them has ended."""
    last = (0, 0)
    for number, row in enumerate(rows, 1):
        start, end = row.span
        if row.span != last and not last[1] <= start < end <= len(text):
            found = f"{start} to {end}"
            wanted = f"a place between {last[1]} and {len(text)}, the end of the text"
            yield wrong("sentence", "at", found, wanted, "order the rows by at", number)
        last = row.span


def _parts(text: str, rows: Sequence[_Row]) -> Iterator[_Part]:
    """The text in pieces, each with one number: it ends where the clause does, or, where that holds
    the next number too, at the last item of a list or just before that number.
    """
    groups = [(span, list(same)) for span, same in groupby(rows, lambda row: row.span)]
    begin = 0
    for ((start, end), same), following in zip_longest(groups, groups[1:]):
        until = len(text)
        if following:
            until, _ = following[0]
            clause = _CLAUSE.match(text, end)
            ends = clause.end() if clause else until
            until = ends if ends <= until else text.rfind("、", end, until) + 1 or until
        yield _Part(text[begin:until], start - begin, end - begin, same)
        begin = until


def _draw_head(page: Page) -> None:
    """What stands on the left and in each column, over a rule each."""
    bold = SMALL._replace(color=INK, bold=True)
    page.write(MARGIN, page.y, Block([(joined(page.spoken(*SENTENCE)), bold)]))
    for name, x in zip(NAMES, COLUMNS, strict=True):
        words = Block([(joined(page.spoken(*name)), bold)])
        page.write(x, page.y, words, "right" if x == RIGHT else "left")
    page.y += Block([("0", bold)]).height + 0.03
    for ends in ((MARGIN, ROWS - 0.3), (ROWS, RIGHT)):
        page.line(ends, (page.y, page.y), INK)
    page.y += 0.1


def _draw_part(page: Page, part: _Part) -> None:
    """A piece of the sentence, line by line, and beside the end of its number the rows."""
    first, last = (_inked(part.text[:at]) for at in (part.start, part.end))
    seen, bottom = 0, 0.0
    for line in wrap(part.text, TEXT, ROWS - 0.3 - MARGIN):
        start, end = (_column(line, at - seen) for at in (first, last))
        seen += _inked(line)
        baseline = page.y + BASELINE * TEXT.size / 72
        left = page.write(MARGIN, page.y, Block([(line[:start], TEXT)]))
        right = page.write(left, page.y, Block([(line[start:end], MARK)]))
        page.write(right, page.y, Block([(line[end:], TEXT)]))
        if start < end:
            page.line((left, right), (baseline + 0.05,) * 2, BLUE, 1.6, "mark")
        if start < end and seen >= last:
            page.line((right, ROWS - 0.08), (baseline + 0.05,) * 2, MID, 0.8, "tie")
            bottom = _draw_rows(page, part.rows, baseline)
        page.y += PITCH
    page.y = max(page.y, bottom)


def _draw_rows(page: Page, rows: Sequence[_Row], baseline: float) -> float:
    """The rows that a number gives, the first on the line of the number; returns where they end."""
    last = bottom = baseline
    for index, row in enumerate(rows):
        if index:
            above, last = last, bottom + 0.05 + BASELINE * LABEL.size / 72
            ends = ROWS - 0.2, ROWS - 0.2, ROWS - 0.08
            page.line(ends, (above + 0.05, last + 0.05, last + 0.05), MID, 0.8, "tie")
        bottom = _draw_row(page, row, last) + 0.06
    return bottom


def _draw_row(page: Page, row: _Row, baseline: float) -> float:
    """What stands in each column, the first lines on one baseline; returns where it ends."""
    rooms = [end - start - 0.1 for start, end in pairwise(COLUMNS)]
    unit = joined(dict.fromkeys((row.unit_zh, row.unit_en)))
    cells = (
        label(row, rooms[0]),
        wrapped(rooms[1], (row.text, NUMBER._replace(color=BLUE)), (unit, SMALL)),
        wrapped(rooms[2] - 0.3, (row.scope_zh, LABEL), (row.scope_en, SMALL)),
        Block([(f"{row.row:.0f}", SMALL)]),
    )
    ends = []
    for x, block in zip(COLUMNS, cells, strict=True):
        top = baseline - BASELINE * block[0][1].size / 72
        page.write(x, top, block, "right" if x == RIGHT else "left")
        ends.append(top + block.height)
    return max(ends)


def _inked(text: str) -> int:
    """How many characters of a text are no blanks: these are the same however it is broken."""
    return len("".join(text.split()))


def _column(line: str, inked: int) -> int:
    """Where in a line so many characters that are no blanks have passed."""
    ends = (at for at in range(len(line) + 1) if _inked(line[:at]) >= inked)
    return next(ends, len(line))


# --- of a report


def sentence_of(
    indicator: str, report: str | None = None, seeds: AnySeeds = None, lang: Lang = "both"
) -> Figure:
    """The sentence of a report that gives an indicator, with all figures in it, as `sentence`.

    Clauses without a figure are left out where they are many. Raises BaodingError when the report
    has no such figure, or several.

    >>> figure = sentence_of("litigation_lost")
    """
    tables = load(seeds)
    return sentence_in(tables, one_report(tables, report), indicator, lang)


def sentence_in(tables: Seeds, report: str, indicator: str, lang: Lang) -> Figure:
    """The same of a report of tables that are in use, of which no others are needed."""
    asked = one_figure(tables, indicator, report)
    pairs = [(row, at) for row, at in located(tables, tables.rows_of("figures", report)) if at]
    place = next(
        at.start
        for row, at in pairs
        if Key(row.report, row.indicator, row.scope, row.period) == asked.key
    )
    whole = tables.texts[report].sentence_at(place)
    pairs = [
        (row, at) for row, at in pairs if row.indicator and whole.start <= at.start < whole.end
    ]
    spans = [(at.start - whole.start, at.end - whole.start) for _, at in pairs]
    text, starts = _shortened(whole.text, spans)
    table = pd.DataFrame(_drawn(tables, row) for row, _ in pairs)
    table = table.assign(at=starts, width=[end - start for start, end in spans])
    rows, numbers = [row for row, _ in pairs], len({*spans})
    return sentence(text, table, _heading(tables, whole.section, rows, numbers), lang)


def _drawn(tables: Seeds, row: FigureRow) -> dict[str, object]:
    """What is shown of a row of figures."""
    book, words = tables.codebook[row.indicator], tables.words
    scope = words.pair("scope", row.scope)
    codes = {"unit": row.unit, "bound": row.bound}
    told = (words.pair(*code) for code in codes.items() if code[1] not in ("%", "exact"))
    unit = together(told, "，")
    return {
        "label_zh": book.label_zh,
        "label_en": book.label_en,
        "text": row.printed,
        "unit_zh": unit.zh,
        "unit_en": unit.en,
        "scope_zh": scope.zh,
        "scope_en": scope.en,
        "row": row.line,
    }


def _heading(tables: Seeds, section: str, rows: Sequence[FigureRow], numbers: int) -> Heading:
    """How many numbers and rows there are, of which report and file; where the sentence stands."""
    about, file = tables.source[rows[0].report], rows[0].file
    place, where = tables.where[about.place], section_in_words(section)
    each = so_many(len(rows), "row") + ", each" * (len(rows) > 1)
    return Heading(
        f"一句话，{numbers}个数，表中{len(rows)}行：每行都连着原文",
        f"One sentence, {so_many(numbers, 'number')}, {each} tied to the words it comes from",
        f"左：{place.name_zh}{about.year}年度报告的原句。右：它在{file}中的行，每个数有线相连。",
        f"Left: the sentence in the report of {place.name_en} for {about.year}. Right: its rows in"
        f" {file}, a line from each number.",
        f"{about.title_zh}，{where.zh}",
        f"{about.title_en}, section {where.en}",
    )


def _shortened(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, list[int]]:
    """The sentence without long runs of clauses that hold no number; where the numbers start."""
    clauses = [match.span() for match in _CLAUSE.finditer(text) if match[0]]
    kept, starts = "", list[int]()
    for holds, run in groupby(
        clauses, lambda one: any(a < one[1] and one[0] < b for a, b in spans)
    ):
        (begin, until), *others = run
        until = others[-1][1] if others else until
        starts += [len(kept) + start - begin for start, _ in spans if begin <= start < until]
        kept += text[begin:until] if holds or until - begin <= SHORT else "…"
    return kept, starts


def main() -> None:
    """Write the picture that the command line asks for."""
    parser = ArgumentParser(
        prog="python -m baoding_data.charts.sentences", description=main.__doc__
    )
    for name in ("report", "indicator", "file"):
        parser.add_argument(name)
    asked = parser.parse_args()
    picture = png(sentence_of(asked.indicator, asked.report))
    put(asked.file, sealed(picture, "chart"), "chart")
