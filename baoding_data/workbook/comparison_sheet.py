"""The sheets that set other reports beside the figures: what is compared, and its sources."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from baoding_data.comparison.peers import Sighting
from baoding_data.comparison.shares import interval
from baoding_data.comparison.wording import HEADS, published
from baoding_data.tables.records import ReportRow
from baoding_data.words import EMPTY, Pair, together
from baoding_data.workbook.edition import DASH, Edition, Field
from baoding_data.workbook.sheet import Cell, Link, Sheet

NAME, SOURCES = Pair("比较", "Comparison"), Pair("比较的来源", "Sources compared")


def comparison_sheet(edition: Edition) -> Sheet:
    """What is set beside the figures, by indicator; without rows where nothing is."""
    title = Pair(
        "比较：口径一致方可比较，不一致的说明", "Comparison: like with like, and where not, in what"
    )
    grades = Pair(
        "A级：指标、范围、层级、时段的种类都相同；B级：其中一项不同。不同的不相减，也不排名。",
        "Grade A: alike in indicator, scope, level and kind of period; B: one of these differs."
        " Nothing is subtracted that is not alike, and nothing is ranked.",
    )
    columns = edition.columns(COMPARISON)
    rows = [one for found in edition.compared.values() for one in found]
    blocks = [
        edition.above(columns, title, grades),
        edition.block("comparison", COMPARISON, rows, "comparison"),
    ]
    return Sheet("comparison", edition.line(NAME), edition.each(title), columns, blocks)


def _label(edition: Edition, one: Sighting) -> Pair:
    return Pair(one.label_zh, one.label_en)


def _place_year(edition: Edition, one: Sighting) -> Pair:
    place = edition.tables.where[one.place]
    return Pair(f"{place.name_zh}{one.year}", f"{place.name_en} {one.year}")


def _likeness(edition: Edition, one: Sighting) -> Pair | str:
    """How like it is, in what it differs, the counts of a share, and the note."""
    counts = EMPTY
    if one.whole:
        both, (zh, en) = f"{one.part:,}/{one.whole:,}", interval(one.low, one.high)
        counts = Pair("，".join(filter(None, (both, zh))), ", ".join(filter(None, (both, en))))
    elif any(one.gap):
        counts = one.gap
    elif one.measure == "share":
        counts = edition.word("status", "counts_not_stated")
    grade = one.grade or Pair("本报告", "this report")
    parts = [
        Pair(grade, grade) if isinstance(grade, str) else grade,
        Pair(one.reason_zh, one.reason_en),
        counts,
        Pair(one.note_zh.rstrip("。"), one.note_en.rstrip(".")),
    ]
    said = [Pair(part.zh or part.en, part.en or part.zh) for part in parts if any(part)]
    return together(said, "；", "; ") if said else DASH


def _reference(edition: Edition, one: Sighting) -> Cell:
    if one.report == edition.report:
        return edition.to_sentence(one.key.figure) or Cell(DASH)
    place = edition.references.index(edition.tables.source[one.report])
    return Cell(f"R{place + 1}", Link("references", place, "references"))


COMPARISON: list[Field[Sighting]] = [
    Field(HEADS.indicator, _label, 12, 22, "text", True),
    Field(HEADS.place_year, _place_year, 9, 13),
    Field(HEADS.figure, Edition.reads, 8, 14, "number"),
    Field(HEADS.likeness, _likeness, 16, 50, "aside", True),
    Field(HEADS.source, _reference, 4.5, 6, "aside"),
]

# The sources: reports by their codes


def references_sheet(edition: Edition) -> Sheet:
    """The sources of what is compared."""
    columns = edition.columns(REFERENCES)
    blocks = [
        edition.above(columns, SOURCES),
        edition.block("references", REFERENCES, edition.references, "references"),
    ]
    return Sheet("references", edition.line(SOURCES), edition.each(SOURCES), columns, blocks)


def _number(edition: Edition, source: ReportRow) -> Cell:
    rows: Sequence[Sighting] = [one for found in edition.compared.values() for one in found]
    first = next(row for row, one in enumerate(rows) if one.report == source.report)
    link = Link("comparison", first, "comparison")
    return Cell(f"R{edition.references.index(source) + 1}", link)


def _source(edition: Edition, source: ReportRow) -> Pair:
    """The title, with the day if it is known."""
    day = published(edition.tables, source.report)
    return Pair(source.title_zh, source.title_en).noted(day)


def _address(edition: Edition, source: ReportRow) -> Cell:
    """The short form of the address, which leads there."""
    return Cell((urlsplit(source.url).hostname or source.url).removeprefix("www."), source.url)


def _issuer(edition: Edition, source: ReportRow) -> Pair:
    return Pair(source.issuer_zh, source.issuer_en)


def _host(edition: Edition, source: ReportRow) -> Pair:
    return edition.word("host", source.host)


REFERENCES: list[Field[ReportRow]] = [
    Field(Pair("编号", "No."), _number, 5, 6, "aside"),
    Field(HEADS.source, _source, 30, 60, "text", True),
    Field(Pair("发布者", "Issuer"), _issuer, 14, 30, "aside", True),
    Field(Pair("发布处", "Host"), _host, 8, 11, "aside"),
    Field(Pair("网址", "Address"), _address, 10, 16, "aside"),
]
