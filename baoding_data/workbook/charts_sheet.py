"""The sheet of the charts: what each draws, and its finding as a formula that follows the cells."""

from typing import NamedTuple

from baoding_data.tables.figures import Figure, the_one
from baoding_data.words import Pair, named
from baoding_data.workbook.edition import Edition, Field
from baoding_data.workbook.formulas import Refs, told
from baoding_data.workbook.sheet import Cell, Chart, Formula, Sheet
from baoding_data.workbook.topics import LABELS, NUMBERS


class Drawing(NamedTuple):
    """One chart: a topic, figures of one unit below each other on its sheet, subject, finding.

    A figure is named by its indicator, or as `indicator@scope`. In a finding `{a}` stands for a
    figure's number and `{a / b}` for one as a share of another.
    """

    topic: str
    figures: tuple[str, ...]
    title: Pair
    finding: Pair


DRAWINGS = (
    Drawing(
        "permissions",
        (
            "licensing_items_central",
            "licensing_items_ministries",
            "licensing_items_central_bodies",
            "licensing_items_provincial",
            "licensing_items_province_entrusted",
        ),
        Pair("行政许可事项，按设定或委托的层级", "Licensing items by who set or entrusted them"),
        Pair(
            "行政许可事项{licensing_items}项，其中中央层面设定{licensing_items_central}项，"
            "占{licensing_items_central / licensing_items}。",
            "Of {licensing_items} licensing items, {licensing_items_central} are set by central"
            " authorities: {licensing_items_central / licensing_items}.",
        ),
    ),
    Drawing(
        "disputes",
        (
            "litigation_cases@government",
            "litigation_concluded@government",
            "litigation_lost@government",
        ),
        Pair("以本级政府为被告的行政诉讼案件", "Suits against the government itself"),
        Pair(
            "案件{litigation_cases@government}件，审结{litigation_concluded@government}件，"
            "败诉{litigation_lost@government}件；败诉占审结的"
            "{litigation_lost@government / litigation_concluded@government}。",
            "{litigation_cases@government} suits, {litigation_concluded@government} concluded,"
            " {litigation_lost@government} lost:"
            " {litigation_lost@government / litigation_concluded@government} of those concluded.",
        ),
    ),
    Drawing(
        "enforcement",
        (
            "connected_central_provincial",
            "connected_city_departments",
            "connected_county_departments",
            "connected_townships",
        ),
        Pair(
            "已实现数据互联互通的部门和乡镇（街道）",
            "Departments, townships and subdistricts whose data are connected",
        ),
        Pair(
            "县直执法部门{connected_county_departments}个、"
            "乡镇（街道）{connected_townships}个、市直执法部门{connected_city_departments}个、"
            "中省驻保部门{connected_central_provincial}个，均已互联互通。",
            "Connected: {connected_county_departments} county departments,"
            " {connected_townships} townships and subdistricts, {connected_city_departments}"
            " city departments, {connected_central_provincial} central and provincial bodies.",
        ),
    ),
)
HEIGHT = {1: 124, 2: 170}  # points, by the number of languages: all labels find room


class Drawn(NamedTuple):
    """A drawing with its sheet and the cells of its figures; `named` are those of its finding."""

    drawing: Drawing
    sheet: Sheet
    figures: list[Figure]
    named: dict[str, Figure]
    refs: Refs


def charts_sheet(edition: Edition, topics: dict[str, Sheet], refs: Refs) -> Sheet:
    """The charts whose figures are shown, below each other."""
    rows = [
        Drawn(drawing, topics[drawing.topic], figures, asked, refs)
        for drawing in DRAWINGS
        if (figures := _figures(edition, drawing)) and (asked := _asked(edition, drawing))
    ]
    title = Pair("图：随表改动", "Charts that follow the tables")
    sheet = edition.table("charts", Pair("图", "Charts"), title, CHARTS, rows)
    charts = tuple(_chart(edition, row) for row in rows)
    return sheet._replace(least=HEIGHT[len(edition.languages)], charts=charts)


def _figures(edition: Edition, drawing: Drawing) -> list[Figure]:
    """The figures that a drawing shows; none unless they stand below each other on its sheet."""
    found = _one_each(edition, drawing.figures)
    shown = edition.topics.get(drawing.topic, [])
    start = edition.row[next(iter(found.values())).key] if found else 0
    figures = shown[start : start + len(drawing.figures)]
    return figures if [f.key for f in figures] == [f.key for f in found.values()] else []


def _asked(edition: Edition, drawing: Drawing) -> dict[str, Figure]:
    """The figures that a finding names."""
    return _one_each(edition, named(drawing.finding.zh + drawing.finding.en))


def _one_each(edition: Edition, names: "tuple[str, ...] | list[str]") -> dict[str, Figure]:
    """The figures that are meant by names; none unless each name means just one that is shown."""
    found = {name: the_one(name, edition.given) for name in names}
    meant = {name: f for name, f in found.items() if f and f.key in edition.position}
    return meant if len(meant) == len(found) else {}


def _topic(edition: Edition, row: Drawn) -> Cell:
    return Cell(row.sheet.name, edition.to_topic(row.figures[0]))


def _finding(edition: Edition, row: Drawn) -> Formula:
    values = {name: figure.value for name, figure in row.named.items()}
    findings = edition.each(row.drawing.finding)
    return told(findings, values, lambda name: row.refs(row.named[name]))


def _in_words(edition: Edition, row: Drawn) -> Pair:
    """The numbers drawn, as words beneath the chart: for who cannot see it."""
    said = [(edition.label(figure), edition.said(figure)) for figure in row.figures]
    zh = "；".join(f"{label.zh}{number.zh}" for label, number in said)
    en = "; ".join(f"{label.en}: {number.en}" for label, number in said)
    return Pair(zh, en)


def _chart(edition: Edition, row: Drawn) -> Chart:
    title, link = "\n".join(edition.each(row.drawing.title)), edition.to_topic(row.figures[0])
    labels = ["\n".join(edition.each(Pair(f.label_zh, f.label_en))) for f in row.figures]
    values = zip(labels, (figure.value for figure in row.figures), strict=True)
    return Chart(title, link.sheet, LABELS, NUMBERS, link.row or 0, tuple(values))


CHARTS: list[Field[Drawn]] = [
    Field("主题", "Subject", _topic, 16, 20),
    Field("结论现值", "Finding, live", _finding, 34, 34),
    Field("图", "Chart", _in_words, 71, 71, "aside"),
]
