"""The first sheet, one page for who leads the meeting: the numbers that matter, a chart, what to be
careful about, the source.
"""

from collections.abc import Sequence
from typing import NamedTuple

from baoding_data.comparison.sentences import Unsaid
from baoding_data.comparison.wording import HEADS, caution, published
from baoding_data.tables.figures import Figure, all_of
from baoding_data.tables.records import QuestionRow
from baoding_data.words import Pair, together
from baoding_data.workbook.edition import OF_PRINT, Edition, Field
from baoding_data.workbook.formulas import Refs
from baoding_data.workbook.layout import Laid, Pages, laid
from baoding_data.workbook.sheet import Block, Cell, Column, Formula, Sheet, wide
from baoding_data.workbook.topic_sheets import chart_blocks

NAME = Pair("首页", "Summary")
MOST = 10  # figures
ROW = 30  # points
NUMBERS = Pair("法治政府建设主要统计数", "law-based administration in figures")
CARE = Pair("注意事项", "Cautions")
NOTES = 3
UNCOUNTED = Pair("报告未载件数。", "The report states no counts.")


class Told(NamedTuple):
    """A figure of the page, the printed page on which it stands, and the formula of its cell."""

    figure: Figure
    page: int
    formula: str


def chair_sheet(edition: Edition, pages: Pages, refs: Refs) -> tuple[Sheet, Laid]:
    """The page; `pages` says on which printed page each sheet begins. Where not all finds room,
    notes are left out, then the chart, at last figures.
    """
    tried = [(MOST, 1, NOTES), (MOST, 1, 2), (MOST, 1, 1), (MOST, 0, 1)]
    for most in (*tried, *((figures, 0, 0) for figures in range(MOST, 0, -1))):
        sheet = _sheet(edition, pages, refs, *most)
        paper = laid(sheet)
        if paper.pages == 1:
            break
    return sheet, paper


def _sheet(edition: Edition, pages: Pages, refs: Refs, most: int, charts: int, notes: int) -> Sheet:
    question = next((q for q in edition.tables.questions if q.chart in OF_PRINT), None)
    figures = _figures(edition, question)[:most]
    told = [Told(f, pages.of(edition.to_topic(f)), f"={refs(f)}") for f in figures]
    columns = edition.columns(CHAIR)
    blocks = [
        _above(edition, question, columns),
        edition.block("main", CHAIR, told, "main_figures")._replace(least=ROW),
        *(
            block
            for drawn in edition.drawn[:charts]
            for block in chart_blocks(edition, drawn, refs, columns)
        ),
        *_care(edition, figures, notes, columns),
        Block("source", wide(columns, *source(edition))),
    ]
    return Sheet("chair", edition.line(NAME), edition.each(edition.place_year), columns, blocks)


def _figures(edition: Edition, question: QuestionRow | None) -> list[Figure]:
    """The figures of the question that are shown; where none of them is, the first of all."""
    names = question.figures.split() if question else ()
    asked = [figure for name in names for figure in all_of(name, edition.by_name)]
    shown = [figure for figure in asked if figure.key in edition.position]
    return shown or edition.shown


def _above(edition: Edition, question: QuestionRow | None, columns: Sequence[Column]) -> Block:
    """Place and year, what the numbers say, and that they are of different things."""
    place = edition.place_year
    title = Pair(f"{place.zh}{NUMBERS.zh}", f"{place.en}: {NUMBERS.en}")
    rows = edition.titles(title)
    rows += [Cell(words, look="subtitle") for words in edition.each(_title(edition, question))]
    if question:
        what = Pair(f"{question.what_zh}。", f"{question.what_en}.")
        rows.append(edition.cell(Cell(what, look="small")))
    return Block("above", wide(columns, *rows))


def _title(edition: Edition, question: QuestionRow | None) -> Pair:
    """The title of the question; the topic or report where a figure that it names is not shown."""
    report = Pair(edition.about.title_zh, edition.about.title_en)
    if len(edition.topics) == 1:
        [topic] = edition.topics
        report = edition.word("topic", topic)
    if question is None:
        return report
    template = Pair(question.title_zh, question.title_en)
    try:
        told = edition.strictly.tell(template)
    except Unsaid:
        return report
    named = [piece.figure for piece in told.zh if piece.figure]
    return told.pair if all(figure.key in edition.position for figure in named) else report


def _number(edition: Edition, one: Told) -> Formula:
    return Formula(one.formula, edition.reads(one.figure))


def _of_what(edition: Edition, one: Told) -> Pair:
    """Whose work and which time a figure counts, the counts of a rate, and what is odd of it."""
    figure = one.figure
    kinds = ("scope", figure.scope), ("period", figure.period)
    about = together((edition.worded(*kind) for kind in kinds), "；", "; ")
    said = [*edition.in_english(figure), about.sentence]
    if figure.measure == "share":
        counts = edition.in_counts(figure)
        said.append(counts if any(counts) else UNCOUNTED)
    odd = edition.came(figure.status), caution(edition.tables, figure)
    said += [words.sentence for words in odd if any(words)]
    return together(said, "", " ")


def _page(edition: Edition, one: Told) -> Cell:
    return Cell(one.page, edition.to_topic(one.figure))


CHAIR: list[Field[Told]] = [
    Field(HEADS.figure, _number, 14, 22, "big"),
    Field(HEADS.indicator, lambda edition, one: edition.label(one.figure), 20, 36, "text", True),
    Field(Pair("范围与时段", "Scope and period"), _of_what, 20, 40, "aside", True),
    Field(Pair("页", "Page"), _page, 4.5, 6, "aside"),
]


def _care(
    edition: Edition, figures: Sequence[Figure], most: int, columns: Sequence[Column]
) -> list[Block]:
    """The notes that bear on most of the figures of the page."""
    keys = {figure.key for figure in figures}
    bears = [sum(figure.key in keys for figure in note.figures) for note in edition.notes]
    chosen = sorted(filter(bears.__getitem__, range(len(bears))), key=lambda n: -bears[n])[:most]
    rows = edition.heading(columns, CARE)
    for number in chosen:
        doubt = edition.notes[number].doubt
        name = Pair(doubt.name_zh, doubt.name_en)
        rows += wide(columns, edition.entry(name, edition.note_texts[number]))
    return [Block("care", rows)] if chosen else []


def source(edition: Edition) -> list[Cell]:
    """The report, who published it and when, with its address."""
    about, day = edition.about, published(edition.tables, edition.report)
    words = Pair(
        f"《{about.title_zh}》，{about.issuer_zh}，{day.zh}。",
        f"{about.title_en}. {about.issuer_en}, {day.en}.",
    )
    return [edition.entry(HEADS.source, words), Cell(about.url, about.url, look="small")]
