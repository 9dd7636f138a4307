"""The sheets that set other reports beside the figures: what is compared, and its sources."""

from baoding_data.comparison.peers import Sighting
from baoding_data.comparison.shares import interval
from baoding_data.tables.records import ReportRow
from baoding_data.words import Pair
from baoding_data.workbook.edition import NONE, NOTHING, Edition, Field
from baoding_data.workbook.sheet import Cell, Link, Sheet
from baoding_data.workbook.topics import label, linked, number, unit


def comparison_sheet(edition: Edition) -> Sheet:
    """What is compared; without rows where nothing is."""
    name = Pair("比较", "Comparison")
    title = Pair(
        "比较：同样的才比，不同的说明", "Comparison: like with like, and where not, in what"
    )
    return edition.table("comparison", name, title, COMPARISON, edition.compared)


def _place_year(edition: Edition, one: Sighting) -> Pair:
    place = edition.tables.where[one.place]
    return Pair(f"{place.name_zh}{one.year}", f"{place.name_en} {one.year}")


def _difference(edition: Edition, one: Sighting) -> Pair:
    """In what it differs, the counts of a share, and the note."""
    counts = NOTHING
    if one.whole:
        both, (zh, en) = f"{one.part:,}/{one.whole:,}", interval(one.low, one.high)
        counts = Pair("，".join(filter(None, (both, zh))), ", ".join(filter(None, (both, en))))
    elif one.measure == "share":
        counts = edition.word("status", "counts_not_stated")
    zh = "；".join(filter(None, (one.reason_zh, counts.zh, one.note_zh.rstrip("。"))))
    en = "; ".join(filter(None, (one.reason_en, counts.en, one.note_en.rstrip("."))))
    return Pair(f"{zh or en}。", f"{en or zh}.") if zh or en else NONE


def _reference(edition: Edition, one: Sighting) -> Cell:
    if one.report == edition.report.report:
        position = edition.position[one.key.figure]
        return Cell(str(position + 1), Link("sources", position))
    place = edition.references.index(edition.tables.source[one.report])
    return Cell(f"R{place + 1}", Link("references", place))


COMPARISON: list[Field[Sighting]] = [
    Field("指标", "Indicator", label, 14, 26, flows=True),
    Field("地方、年度", "Place, year", _place_year, 10, 13),
    Field("数值", "Number", number, 7, 9.5, "number"),
    Field("单位", "Unit", unit, 4.5, 5.5, "unit"),
    Field("界限", "Bound", lambda edition, one: edition.word("bound", one.bound), 5, 6),
    Field("范围", "Scope", lambda edition, one: edition.word("scope", one.scope), 6, 8.5),
    Field("时段", "Period", lambda edition, one: edition.word("period", one.period), 7, 8.5),
    Field("等级", "Grade", lambda _, one: one.grade or Pair("本报告", "own"), 4.5, 5.5),
    Field("不同之处、说明", "Difference, note", _difference, 14, 50, "aside", flows=True),
    Field("状态", "Status", lambda edition, one: edition.word("status", one.status), 6.5, 8),
    Field("来源", "Source", _reference, 5, 6),
]

# The sources: reports by their codes


def references_sheet(edition: Edition) -> Sheet:
    """The sources of what is compared."""
    name, title = Pair("来源", "References"), Pair("比较的来源", "Sources of what is compared")
    return edition.table("references", name, title, REFERENCES, edition.references)


def _number(edition: Edition, source: ReportRow) -> Cell:
    first = next(row for row, one in enumerate(edition.compared) if one.report == source.report)
    return Cell(f"R{edition.references.index(source) + 1}", Link("comparison", first))


def _issuer(edition: Edition, source: ReportRow) -> Pair:
    return Pair(source.issuer_zh, source.issuer_en)


def _published(edition: Edition, source: ReportRow) -> str | Pair:
    return str(source.published or "") or edition.word("status", "not_recorded")


REFERENCES: list[Field[ReportRow]] = [
    Field("编号", "No.", _number, 5, 6),
    Field("来源", "Source", lambda _, row: Pair(row.title_zh, row.title_en), 30, 70, flows=True),
    Field("发布者", "Issuer", _issuer, 16, 30, "aside", flows=True),
    Field("类别", "Kind", lambda edition, row: edition.word("source", row.kind), 10, 15),
    Field("发布日期", "Published", _published, 9, 11),
    Field("发布处", "Host", lambda edition, row: edition.word("host", row.host), 8, 11),
    Field("网址", "Address", lambda _, row: linked(row.url), 12, 20, "aside"),
]
