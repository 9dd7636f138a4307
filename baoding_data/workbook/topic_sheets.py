"""The sheets of the figures: one for each topic, with its charts and the notes on its figures."""

import re
from collections.abc import Sequence

from baoding_data.comparison.sentences import Unsaid
from baoding_data.comparison.shares import NOT_PRINTED
from baoding_data.comparison.wording import HEADS
from baoding_data.tables.figures import Figure, the_one
from baoding_data.tables.records import Identity
from baoding_data.words import EMPTY, Pair, named, together
from baoding_data.workbook.edition import DASH, Drawn, Edition, Field
from baoding_data.workbook.formulas import Refs, told
from baoding_data.workbook.sheet import Block, Cell, Chart, Column, Formula, Link, Sheet, wide

CHART = {1: (34, 16), 2: (52, 34)}  # points of a chart and of a bar, by the number of languages
LOWEST = 98  # points of a chart; in a lower one LibreOffice breaks the numbers at the bars
INFERRED = Pair("*：范围是按上下文理解的。", "*: scope inferred from the context.")
UNCOUNTED = Pair("比率未附件数的，报告未载。", "Rates without counts: the report states none.")
NOTES = Pair("注意事项", "Cautions")


def topic_sheet(edition: Edition, topic: str) -> Sheet:
    """The sheet of one topic: its figures, and the notes on them."""
    word, place = edition.word("topic", topic), edition.place_year
    title = Pair(f"{place.zh}：{word.zh}", f"{place.en}: {word.en}")
    figures, columns = edition.topics[topic], edition.columns(TOPIC)
    table = f"figures_{topic}"
    if not re.fullmatch("[a-z0-9_]{1,200}", topic):  # then no other table has its name
        table = f"topic_{list(edition.topics).index(topic) + 1}"
    blocks = [
        edition.above(columns, title, _usually(edition, figures)),
        edition.block("figures", TOPIC, figures, table),
        *_notes(edition, topic),
    ]
    return Sheet(("topic", topic), edition.line(word), edition.each(title), columns, blocks)


def with_charts(edition: Edition, sheet: Sheet, refs: Refs) -> Sheet:
    """The sheet of a topic with its charts below its table; `refs` says in which cells they are."""
    above, figures, *notes = sheet.blocks
    charts = [
        block
        for drawn in edition.drawn
        if ("topic", drawn.figures[0].topic) == sheet.key
        for block in chart_blocks(edition, drawn, refs, sheet.columns)
    ]
    return sheet._replace(blocks=[above, figures, *charts, *notes])


def _usually(edition: Edition, figures: list[Figure]) -> Pair:
    """What holds of all figures of a topic but those that say otherwise, said once."""
    usual = edition.usually(edition.usual_of[figures[0].topic], figures)
    shares = (figure for figure in figures if figure.measure == "share")
    said = [
        (usual, True),
        (INFERRED, any(map(_is_inferred, figures))),
        (UNCOUNTED, any(not any(edition.in_counts(figure)) for figure in shares)),
    ]
    return together([words for words, holds in said if words and holds], "", " ")


def _is_inferred(figure: Figure) -> bool:
    return figure.scope_basis == "inferred" and figure.scope != "not_stated"


def _label(edition: Edition, figure: Figure) -> Pair:
    label = edition.set_off(figure, edition.usual_of[figure.topic])
    return Pair(f"{label.zh}*", f"{label.en}*") if _is_inferred(figure) else label


def _note(edition: Edition, figure: Figure) -> Pair | str:
    counts = edition.in_counts(figure) if figure.measure == "share" else EMPTY
    said = (*edition.in_english(figure), *filter(any, [counts]))
    return noted(figure, together(said, "", " "))


def noted(row: Figure | Identity, before: Pair = EMPTY) -> Pair | str:
    """The note of a row, after what is said before, in the other language if in one only."""
    note = Pair(row.note_zh or row.note_en, row.note_en or row.note_zh)
    zh = before.zh + note.zh
    return Pair(zh, " ".join(filter(None, (before.en, note.en)))) if zh else DASH


def _sentence(edition: Edition, figure: Figure) -> Cell:
    """The number of the sentence, or for a derived figure of the relation, that leads there."""
    if cell := edition.to_sentence(figure.key):
        return cell
    for row, one in enumerate(edition.identities):
        if one.identity.kind == "derived" and one.result.key == figure.key:
            word = edition.line(Pair("算式", "formula"))
            return Cell(word, Link("checks", row, "checks"))
    return Cell(DASH)


def _marks(edition: Edition, figure: Figure) -> Cell:
    """The numbers of the notes on a figure, linked to the first of them."""
    numbers = edition.marks.get(figure.key)
    if not numbers:
        return Cell(DASH)
    shown = ", ".join(str(edition.notes[number].number) for number in numbers)
    return Cell(shown, note_link(edition, numbers[0]))


TOPIC: list[Field[Figure]] = [
    Field(HEADS.indicator, _label, 18, 34, flows=True),
    Field(HEADS.figure, Edition.reads, 9, 15, "number"),
    Field(HEADS.note, _note, 10, 40, "aside", flows=True),
    Field(HEADS.sentence, _sentence, 4.5, 8, "aside"),
    Field(HEADS.caution, _marks, 4.5, 7, "text"),
]
LABELS, NUMBERS = (
    [field.cell for field in TOPIC].index(cell) + 1 for cell in (_label, Edition.reads)
)


# The notes on a topic's figures


def note_link(edition: Edition, number: int) -> Link:
    """A link to a note, which stands in the sheet of the first figure that it is about."""
    topic = edition.firsts[number].topic
    return Link(("topic", topic), edition.notes_on(topic).index(number) + 1, "notes")


def _notes(edition: Edition, topic: str) -> list[Block]:
    numbers, columns = edition.notes_on(topic), edition.columns(TOPIC)
    rows = edition.heading(columns, NOTES)
    for number in numbers:
        text = edition.entry(edition.notes[number].name, edition.note_texts[number])
        link = edition.to_topic(edition.firsts[number])
        rows.append([text._replace(span=len(columns) - 1), Cell("↑", link)])
    return [Block("notes", rows)] if numbers else []


# The charts


def chart_blocks(
    edition: Edition, drawn: Drawn, refs: Refs, columns: Sequence[Column]
) -> list[Block]:
    """What a chart shows as a sentence that follows the cells, and the chart over its words."""
    finding, chart = _finding(edition, drawn, refs), _chart(edition, drawn)
    name = drawn.question.question
    said = wide(columns, Cell(finding, look="finding")) if finding else []
    over = wide(columns, Cell(chart.words, look="small"))
    title, bar = CHART[len(edition.languages)]
    least = max(LOWEST, title + bar * len(drawn.figures))
    above = [Block(f"{name} finding", said)] if said else []
    return [*above, Block(name, over, least=least, chart=chart)]


def _finding(edition: Edition, drawn: Drawn, refs: Refs) -> Formula | None:
    """What is said of a question, with the word that a number of it is computed; None where the
    report does not allow it, or a figure of it is not shown.
    """
    question = drawn.question
    words = Pair(question.say_zh, question.say_en)
    template = words if words.zh else Pair(question.title_zh, question.title_en)
    found = [the_one(name, edition.by_name) for name in named(*template)]
    if not all(figure and figure.key in edition.position for figure in found):
        return None
    try:
        if edition.strictly.tell(template).computed:
            bare = Pair(template.zh.rstrip("。"), template.en.rstrip("."))
            template = Pair(
                *(f"{one}{stop}" for one, stop in zip(bare.noted(NOT_PRINTED), "。.", strict=True))
            )
        return told(edition.strictly, template, edition.languages, refs)
    except Unsaid:
        return None


def _chart(edition: Edition, drawn: Drawn) -> Chart:
    question, link = drawn.question, edition.to_topic(drawn.figures[0])
    labels = [edition.cell(_label(edition, figure)).content for figure in drawn.figures]
    names = [label.lines if isinstance(label, Pair) else str(label) for label in labels]
    numbers = [edition.reads(figure) for figure in drawn.figures]
    said = [
        f"{' '.join(name.split(chr(10)))} {number.shown}"
        for name, number in zip(names, numbers, strict=True)
    ]
    return Chart(
        "\n".join(edition.each(Pair(question.what_zh, question.what_en))),
        link.sheet,
        LABELS,
        NUMBERS,
        link.row or 0,
        tuple(zip(names, numbers, strict=True)),
        "；".join(said) if "zh" in edition.languages else "; ".join(said),
    )
