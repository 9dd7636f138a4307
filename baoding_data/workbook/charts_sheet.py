"""The sheet of the charts: what each draws, and its finding as a formula that follows the cells."""

from typing import NamedTuple

from baoding_data.comparison.sentences import Unsaid
from baoding_data.tables.figures import Figure, the_one
from baoding_data.tables.records import QuestionRow
from baoding_data.words import Pair, named
from baoding_data.workbook.edition import Edition, Field
from baoding_data.workbook.formulas import Refs, told
from baoding_data.workbook.sheet import Cell, Chart, Formula, Sheet
from baoding_data.workbook.topics import LABELS, NUMBERS

OF_PRINT = ("sheet", "tiles")  # numbers of different things, which no chart compares
HEIGHT = {1: 124, 2: 170}  # points, by the number of languages: all labels find room


class Drawn(NamedTuple):
    """A question with the sheet of its figures, and its finding."""

    question: QuestionRow
    sheet: Sheet
    figures: list[Figure]
    finding: Formula


def charts_sheet(edition: Edition, topics: dict[str, Sheet], refs: Refs) -> Sheet:
    """The questions of which a chart can be drawn from the cells, below each other."""
    rows = [
        Drawn(question, topics[figures[0].topic], figures, finding)
        for question in edition.tables.questions
        if (figures := _figures(edition, question))
        and (finding := _finding(edition, question, refs))
    ]
    title = Pair("图：随表改动", "Charts that follow the tables")
    sheet = edition.table("charts", Pair("图", "Charts"), title, CHARTS, rows)
    charts = tuple(_chart(edition, row) for row in rows)
    return sheet._replace(least=HEIGHT[len(edition.languages)], charts=charts)


def _figures(edition: Edition, question: QuestionRow) -> list[Figure]:
    """The figures of a question as they stand below each other in the sheet of their topic; none
    where they do not, or where a name does not mean just one.
    """
    names = question.figures.split()
    found = [the_one(name, edition.given) for name in names]
    keys = {figure.key for figure in found if figure}
    topics = {figure.topic for figure in found if figure}
    if question.chart in OF_PRINT or len(keys) < len(names) or len(topics) > 1:
        return []
    shown = edition.topics.get(topics.pop(), [])
    start = min((edition.row[key] for key in keys if key in edition.position), default=0)
    figures = shown[start : start + len(names)]
    return figures if {figure.key for figure in figures} == keys else []


def _finding(edition: Edition, question: QuestionRow, refs: Refs) -> Formula | None:
    """What is said of a question; None where the report does not allow it, or a figure of it is
    not shown.
    """
    words = Pair(question.say_zh, question.say_en)
    template = words if words.zh else Pair(question.title_zh, question.title_en)
    found = [the_one(name, edition.given) for name in named(*template)]
    if not all(figure and figure.key in edition.position for figure in found):
        return None
    try:
        return told(edition.strictly, template, edition.languages, refs)
    except Unsaid:
        return None


def _topic(edition: Edition, row: Drawn) -> Cell:
    return Cell(row.sheet.name, edition.to_topic(row.figures[0]))


def _in_words(edition: Edition, row: Drawn) -> Pair:
    """The numbers drawn, as words beneath the chart: for who cannot see it."""
    said = [(edition.label(figure), edition.said(figure)) for figure in row.figures]
    zh = "；".join(f"{label.zh}{number.zh}" for label, number in said)
    en = "; ".join(f"{label.en}: {number.en}" for label, number in said)
    return Pair(zh, en)


def _chart(edition: Edition, row: Drawn) -> Chart:
    question, link = row.question, edition.to_topic(row.figures[0])
    title = "\n".join(edition.each(Pair(question.what_zh, question.what_en)))
    labels = ["\n".join(edition.each(Pair(f.label_zh, f.label_en))) for f in row.figures]
    values = zip(labels, (figure.value for figure in row.figures), strict=True)
    return Chart(title, link.sheet, LABELS, NUMBERS, link.row or 0, tuple(values))


CHARTS: list[Field[Drawn]] = [
    Field("主题", "Subject", _topic, 16, 20),
    Field("结论现值", "Finding, live", lambda _, row: row.finding, 34, 34),
    Field("图", "Chart", _in_words, 71, 71, "aside"),
]
