"""The sheets of the figures: one for each topic, their notes, and the sentence of each."""

import re
from decimal import Decimal
from urllib.parse import urlsplit

from baoding_data.checks.identities import sums as sums_of
from baoding_data.comparison.peers import Sighting
from baoding_data.comparison.shares import counted, interval
from baoding_data.tables.figures import Figure
from baoding_data.tables.records import Identity
from baoding_data.text.report import section_in_words
from baoding_data.words import Pair, together
from baoding_data.workbook.edition import NONE, NOTHING, Edition, Field, Note
from baoding_data.workbook.sheet import Cell, Link, Sheet, unique

TEN_THOUSAND = 10_000
Shown = Figure | Sighting


def topic_sheet(edition: Edition, topic: str, tables: set[str]) -> Sheet:
    """The sheet of one topic; `tables` are the names of tables that are taken."""
    word, place = edition.word("topic", topic), edition.place
    title = Pair(f"{place.zh}：{word.zh}", f"{place.en}: {word.en}")
    table = unique("figures_" + re.sub("[^A-Za-z0-9_]", "_", topic), tables, 200)
    return edition.table(("topic", topic), word, title, TOPIC, edition.topics[topic], table)


def label(edition: Edition, figure: Shown) -> Pair:
    """The label of a figure."""
    return Pair(figure.label_zh, figure.label_en)


def number(edition: Edition, figure: Shown) -> Decimal:
    """The number of a figure, in the unit beside it."""
    return figure.value / TEN_THOUSAND if in_ten_thousands(figure) else figure.value


def unit(edition: Edition, figure: Shown) -> Pair:
    """The unit in which a figure is shown."""
    if in_ten_thousands(figure):
        return Pair("万元", "10,000 yuan")
    return edition.word("unit", figure.unit)


def _printed(edition: Edition, figure: Figure) -> str | Pair:
    return figure.printed or edition.word("status", "not_in_report")


def _source(edition: Edition, figure: Figure) -> Cell:
    position = edition.position[figure.key]
    where = section_in_words(figure.section) if figure.section else Pair("算式", "formula")
    return Cell(f"{position + 1} {edition.each(where)[0]}", Link("sources", position))


def _note(edition: Edition, figure: Figure) -> Pair:
    return noted(figure, _counts(edition, figure) if figure.measure == "share" else NOTHING)


def noted(row: Figure | Identity, before: Pair = NOTHING) -> Pair:
    """The note of a row, after what is said before, in the other language if in one only."""
    note = Pair(row.note_zh or row.note_en, row.note_en or row.note_zh)
    zh = before.zh + note.zh
    en = " ".join(filter(None, (before.en, note.en)))
    return Pair(zh, en) if zh else NONE


def _marks(edition: Edition, figure: Figure) -> Cell:
    """The numbers of the notes on a figure, linked to the first of them."""
    numbers = edition.marks.get(figure.key)
    if not numbers:
        return Cell(NONE)
    return Cell(", ".join(str(number + 1) for number in numbers), Link("notes", numbers[0]))


def _counts(edition: Edition, figure: Figure) -> Pair:
    """Both counts of a share with its interval, or the words that the report does not state any."""
    of_it = figure.scope, figure.period
    counts = {
        name: other
        for name, others in edition.given.items()
        for other in others
        if (other.scope, other.period) == of_it
    }
    share = counted(edition.tables, figure.indicator, counts)
    if not share:
        words = edition.word("status", "counts_not_stated")
        return Pair(f"{words.zh}。", f"{words.en.capitalize()}.")
    book = edition.tables.codebook[figure.indicator]
    part, whole = counts[book.numerator], counts[book.denominator]
    zh, en = interval(share.low, share.high)
    both = f"{share.whole:,}{whole.unit}中{share.part:,}{part.unit}"
    return Pair(
        f"{'，'.join(filter(None, (both, zh)))}。",
        f"{'; '.join(filter(None, (f'{share.part:,} of {share.whole:,}', en)))}.",
    )


TOPIC: list[Field[Figure]] = [
    Field("指标", "Indicator", label, 18, 30, flows=True),
    Field("数值", "Number", number, 8, 14, "number"),
    Field("单位", "Unit", unit, 5, 7, "unit"),
    Field("原文", "Printed", _printed, 6.5, 8, "aside"),
    Field("确切程度", "Bound", lambda edition, one: edition.word("bound", one.bound), 6, 8),
    Field("范围", "Scope", lambda edition, one: edition.word("scope", one.scope), 8, 11.5),
    Field("时段", "Period", lambda edition, one: edition.word("period", one.period), 7, 9.5),
    Field("状态", "Status", lambda edition, one: edition.word("status", one.status), 7, 9.5),
    Field("出处", "Source", _source, 8, 15.5),
    Field("说明", "Note", _note, 10, 45, "aside", flows=True),
    Field("注", "Notes", _marks, 5, 6.5, "aside"),
]
LABELS, NUMBERS = ([field.cell for field in TOPIC].index(cell) + 1 for cell in (label, number))


def in_ten_thousands(figure: Shown) -> bool:
    """Whether a figure is shown in 万元, as large sums of money customarily are."""
    return figure.unit == "元" and figure.value >= 100 * TEN_THOUSAND


# The notes


def notes_sheet(edition: Edition) -> Sheet:
    """The doubts about the figures shown."""
    title = Pair("注：哪些数要小心读", "Notes: which numbers need care")
    return edition.table("notes", Pair("注", "Notes"), title, NOTES, edition.notes)


def _note_number(edition: Edition, note: Note) -> Cell:
    shown = [figure for figure in note.figures if figure.key in edition.position]
    first = min(shown, key=lambda figure: edition.position[figure.key])
    return Cell(str(edition.notes.index(note) + 1), edition.to_topic(first))


def _note_text(edition: Edition, note: Note) -> Pair:
    return edition.sentences.tell(Pair(note.doubt.text_zh, note.doubt.text_en)).pair


def _note_figures(edition: Edition, note: Note) -> Pair:
    return together(map(edition.label, note.figures), en="; ")


NOTES: list[Field[Note]] = [
    Field("编号", "No.", _note_number, 6, 8),
    Field("名称", "Name", lambda _, note: Pair(note.doubt.name_zh, note.doubt.name_en), 16, 24),
    Field("说明", "Explanation", _note_text, 30, 80, flows=True),
    Field("所涉数字", "Figures", _note_figures, 18, 34, "aside", flows=True),
]

# The sources


def sources_sheet(edition: Edition) -> Sheet:
    """Each figure with its sentence."""
    title = Pair("出处：每个数字的原句", "Sources: the sentence of every figure")
    return edition.table("sources", Pair("出处", "Sources"), title, SOURCES, edition.figures)


def _sentence(edition: Edition, figure: Figure) -> Cell:
    """The sentence with the number marked, or the formula of a derived figure."""
    if figure.at is not None:
        return Cell(figure.sentence, stress=(figure.at, figure.at + len(figure.printed)))
    one = next(
        one
        for identity in edition.tables.identities
        if identity.kind == "derived" and identity.report == figure.report
        for one in sums_of(identity, edition.given)
        if one.result.key == figure.key
    )
    return Cell(edition.stated(one))


def linked(url: str) -> Cell:
    """The short form of an address, which leads there."""
    return Cell((urlsplit(url).hostname or url).removeprefix("www."), url)


def _position(edition: Edition, figure: Figure) -> Cell:
    return Cell(str(edition.position[figure.key] + 1), edition.to_topic(figure))


def _section(edition: Edition, figure: Figure) -> Pair:
    section = figure.section
    return section_in_words(section) if section else edition.word("status", "not_applicable")


def _quote(edition: Edition, figure: Figure) -> str | Pair:
    return figure.quote or edition.word("status", "not_applicable")


def _basis(edition: Edition, figure: Figure) -> Pair:
    return edition.word("scope_basis", figure.scope_basis)


SOURCES: list[Field[Figure]] = [
    Field("编号", "No.", _position, 5, 6),
    Field("指标", "Indicator", Edition.label, 17, 17),
    Field("原文", "Printed", _printed, 6.5, 8, "aside"),
    Field("章节", "Section", _section, 8, 10),
    Field("原句", "Sentence", _sentence, 40, 60, flows=True),
    Field("引文", "Quote", _quote, 17, 17, "aside"),
    Field("范围依据", "Basis of scope", _basis, 8, 9.5),
    Field("报告", "Report", lambda edition, _: edition.place, 9, 12.5, "aside"),
    Field("网址", "Address", lambda edition, _: linked(edition.report.url), 10, 15, "aside"),
]
