"""The codebook, two pages beside the tables, by their description and themselves: README.md tells
what the tables and their columns hold, indicators.md what is counted.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from baoding_data.errors import told
from baoding_data.shown import shown
from baoding_data.tables.records import Indicator, Term
from baoding_data.tables.seeds import AnySeeds, Seeds, intact
from baoding_data.words import Pair, together
from baoding_data.writing import put_page

TYPES = {
    "string": Pair("", ""),
    "integer": Pair("（整数）", " (whole number)"),
    "number": Pair("（数）", " (number)"),
    "date": Pair("（日期）", " (date)"),
}
LONG = 25  # characters of English: codes of which the words are longer, on average, are listed

_TABLES = """\
# 数据说明 Codebook

{title_zh}。数据版本{version}，许可[{licence}]({address})。<br>
{title}. Data version {version}, licence [{licence}]({address}).

**各列和代码见本页，各指标见[指标](indicators.md)。** 两页由 `datapackage.json` 和各表生成，请勿手改；\
改表之后运行 `make`。<br>
**This page tells the columns and codes, [Indicators](indicators.md) what is counted.** Both are \
made from `datapackage.json` and the tables; do not edit them, but run `make` after changing those.

## 文件夹里有什么 What the folder holds
"""

_READING = """\
`reports/` 是报告全文，照发布时的原样。表格为 UTF-8、逗号分隔的 CSV。<br>
`reports/` holds the texts as published. The tables are CSV in UTF-8 with commas.

## 怎样读 How to read the tables

- **一行一个数，连着一句话。** `figures/` 每份报告一个文件，每行一个数：原文怎样印（`printed`），指多少\
（`value`、`unit`、`bound`），是谁的（`scope`），何时的（`period`），印在哪一句（`quote`）。<br>
  **A row is a number with its sentence.** `figures/` has a file for each report, with a row for \
each number: how it is printed, how much is meant (`value`, `unit`, `bound`), whose it is \
(`scope`), of when (`period`), and in which words it stands (`quote`).
- **照录的数没有全文可对。** `observations.csv` 只用来比较，写明来源和位置。<br>
  **What is transcribed has no text to be proved by.** `observations.csv` serves to compare; it \
names the source and the place in it.
- **同一回事才可比：** 指标、范围、层级、时段类型都相同。<br>
  **Compare like with like:** the same indicator, scope, level and kind of period.
- **记号：** \\* 必填；‡ 同属表的键，各行不重；† 规则无从核对，由第二人读过，封印在 `reader` 列。带链接的\
列填那里所列的代码。<br>
  **Signs:** \\* required; ‡ part of the key, by which no two rows are alike; † no rule can check \
it: a second person reads it, and the column `reader` seals it. A column with a link holds a code \
of the list there.
"""

_CODES = """\
## 代码 Codes

括号内是句中见得此代码的措辞；箭头所指是可相比较的单位。<br>
In brackets: the words by which a sentence shows the code; after an arrow: the units under which \
it is compared.
"""

_COUNTED = """\
# 指标 Indicators

{count}个指标，按主题排列。列和代码见[数据说明](README.md)。本页由各表生成，请勿手改；改表之后运行 `make`。<br>
{count} indicators by topic. Columns and codes are told in the [codebook](README.md). This page is \
made from the tables; do not edit it, but run `make` after changing them.

收录：几份全文在档的报告印出，加上从别处照录几个数；“推算”是报告未印、由勾稽关系算出的。0＋0是尚无数字、待报告印出的。<br>
Given: how many reports with a text on file print it, and how many figures were transcribed from \
elsewhere; “derived” is what a report does not print and an identity gives. 0＋0 is one that waits \
for a report that prints it.
"""

_SHARED = "各表共用的列 Columns that tables share"


class _Meaning(NamedTuple):
    """What a column holds, as far as several tables say it alike."""

    name: str
    title: Pair
    begins: Pair


def pages(seeds: AnySeeds = None) -> dict[str, str]:
    """The codebook as Markdown, in both languages: a page by the name of its file.

    Raises BaodingError when a table cannot be read.

    >>> list(pages())
    ['README.md', 'indicators.md']
    """
    tables = intact(seeds)
    return {"README.md": _tables(tables), "indicators.md": _counted(tables)}


def write(seeds: AnySeeds = None) -> dict[str, bool]:
    """Write the pages into the folder of tables: by the name of each, whether that changed it.

    Raises BaodingError when a table cannot be read or a page cannot be written.
    """
    tables = intact(seeds)
    texts = pages(tables).items()
    return {name: put_page(tables.folder.path / name, text) for name, text in texts}


# --- the page of the tables


def _tables(tables: Seeds) -> str:
    """Folder, way of reading, columns and codes."""
    package = tables.package
    licence = package["licenses"][0]
    about = {name: package[name] for name in ("title", "title_zh", "version")}
    resources = package["resources"]
    about = {name: _cell(str(words)) for name, words in about.items()}
    lines = [_TABLES.format(licence=_cell(licence["name"]), address=licence["path"], **about)]
    held = [_held(resource, len(tables.published(resource["name"]))) for resource in resources]
    header = ("表 Table", "内容 Holds", "行数 Rows")
    lines += [*_rows(header, held), _READING]
    common = _common(resources)
    lines += [f"## {_SHARED}", "", *_rows(_HEADER, _described(common.values()))]
    for resource in resources:
        lines += _columns(resource, common)
    return _text([*lines, *_terms(tables)])


def _held(resource: dict[str, Any], count: int) -> tuple[str, str, str]:
    """A table in one row: its files, what it holds, its number of rows."""
    path = resource["path"]
    paths = [path] if isinstance(path, str) else path
    files = "<br>".join(f"[{name}]({name})" for name in paths) or "—"
    title = _title(resource)
    return files, f"[{_cell(title.line)}](#{_anchor(title.line)})", str(count)


def _title(thing: dict[str, Any]) -> Pair:
    return Pair(thing["title_zh"], thing["title"])


def _meaning(field: dict[str, Any]) -> _Meaning:
    """What stands before a semicolon: after it stands when the cell is empty."""
    begins = (field["description_zh"].partition("；")[0], field["description"].partition(";")[0])
    return _Meaning(field["name"], _title(field), Pair(*(part.rstrip("。.") for part in begins)))


def _common(resources: Iterable[dict[str, Any]]) -> dict[_Meaning, dict[str, Any]]:
    """The columns that several tables have alike, each where it is described most fully."""
    found: dict[_Meaning, list[dict[str, Any]]] = {}
    for resource in resources:
        for field in resource["schema"]["fields"]:
            found.setdefault(_meaning(field), []).append(field)
    return {
        meaning: max(fields, key=lambda field: len(field["description"]))
        for meaning, fields in found.items()
        if len(fields) > 1
    }


def _columns(resource: dict[str, Any], common: dict[_Meaning, dict[str, Any]]) -> list[str]:
    """The columns of one table: those that others have too named, its own described."""
    schema = resource["schema"]
    own = [field for field in schema["fields"] if _meaning(field) not in common]
    others = [field for field in schema["fields"] if _meaning(field) in common]
    lines = [f"## {_cell(_title(resource).line)}", ""]
    if others:
        names = " ".join(_signed(field, schema["primaryKey"]) for field in others)
        lines += [f"[共用的列 Shared columns](#{_anchor(_SHARED)})：{names}", ""]
    return lines + (_rows(_HEADER, _described(own, schema["primaryKey"])) if own else [])


_HEADER = ("列 Column", "含义 Meaning")


def _described(
    fields: Iterable[dict[str, Any]], key: Sequence[str] | None = None
) -> list[tuple[str, str]]:
    """Names and meanings of columns, the same in two languages in one row; signs are those of one
    table, with its key.
    """
    rows = []
    for _, alike in groupby(fields, lambda field: re.sub("_(zh|en)$", "", field["name"])):
        both = list(alike)
        names = (_name(field) if key is None else _signed(field, key) for field in both)
        kind = TYPES[both[0]["type"]]
        zh = _told(((f["title_zh"], f["description_zh"]) for f in both), "、", f"{kind.zh}：", "")
        en = _told(((f["title"], f["description"]) for f in both), ", ", f"{kind.en}: ", " ")
        rows.append(("<br>".join(names), f"{zh}<br>{en}"))
    return rows


def _told(titled: Iterable[tuple[str, str]], comma: str, colon: str, blank: str) -> str:
    """Descriptions after their titles; one that is of several columns after all of these."""
    titles: dict[str, list[str]] = {}
    for title, description in titled:
        titles.setdefault(description, []).append(f"**{_cell(title)}**")
    return blank.join(comma.join(of) + colon + _cell(told) for told, of in titles.items())


def _name(field: dict[str, Any]) -> str:
    """A column, linked to its codes."""
    name = f"`{field['name']}`"
    return f"[{name}](#{field['terms']})" if "terms" in field else name


def _signed(field: dict[str, Any], key: Sequence[str]) -> str:
    """A column of one table with its signs: required, of the key, guarded by a reader."""
    signs = "\\*" * bool(field.get("constraints", {}).get("required"))
    signs += "‡" * (field["name"] in key)
    return _name(field) + signs + "†" * (field.get("guard") in ("reader", "reader, where filled"))


def _terms(tables: Seeds) -> list[str]:
    """Every code with its words, kind by kind."""
    lines = [_CODES]
    for kind in dict.fromkeys(row.kind for row in tables.terms):
        chosen = [row for row in tables.terms if row.kind == kind]
        told = [_code(row) for row in chosen]
        long = sum(len(row.en) for row in chosen) > LONG * len(chosen)
        listed = [f"- {code}" for code in told] if long else [" · ".join(told)]
        lines += [f"### {_as_code(kind)}", "", *listed, ""]
    return lines


def _code(row: Term) -> str:
    """A code with what its words add to it."""
    words = "".join(f" {_cell(word)}" for word in (row.zh, row.en) if word != row.code)
    wordings = f"（{_cell(row.wording.replace('|', '、'))}）" if row.wording else ""
    canonical = _cell(row.canonical.replace("|", "、"))
    compared = "" if row.canonical in ("", row.code) else f" → {canonical}"
    return f"{_as_code(row.code)}{words}{wordings}{compared}"


# --- the page of the indicators


def _counted(tables: Seeds) -> str:
    """The indicators, topic by topic, after a list of the topics."""
    of_topic = {
        topic: [row for row in tables.indicators if row.topic == topic]
        for topic in tables.words.codes("topic")
    }
    lines = [_COUNTED.format(count=len(tables.indicators))]
    titles = {topic: tables.words.pair("topic", topic).line for topic in of_topic}
    listed = [topic for topic, rows in of_topic.items() if rows]
    lines += [
        f"- [{_cell(titles[topic])}](#{_anchor(titles[topic])})（{len(of_topic[topic])}）"
        for topic in listed
    ]
    lines.append("")
    given = _given(tables)
    header = ("指标 Indicator", "单位 Unit", "定义 Definition", "收录 Given")
    for topic in listed:
        rows = [_indicator(tables, row, given[row.indicator]) for row in of_topic[topic]]
        lines += [f"## {_cell(titles[topic])}", "", *_rows(header, rows)]
    return _text(lines)


def _given(tables: Seeds) -> dict[str, str]:
    """By indicator, in how many reports it is printed or derived, and how often transcribed."""
    figures = {(row.indicator, row.report) for row in tables.published("figures")}
    printed = Counter(indicator for indicator, _ in figures)
    transcribed = Counter(row.indicator for row in tables.published("observations"))
    derived = {row.result for row in tables.published("identities") if row.kind == "derived"}
    return {
        name: f"{printed[name]}＋{transcribed[name]}"
        + "<br>推算<br>derived" * (name in derived and not printed[name])
        for name in tables.codebook
    }


def _indicator(tables: Seeds, row: Indicator, given: str) -> tuple[str, str, str, str]:
    """One indicator: what it is called, its unit and measure, its definition, where it is given."""
    called = f"{_cell(row.label_zh)}<br>{_cell(row.label_en)}<br><sub>`{row.indicator}`</sub>"
    codes = ("unit", row.unit), ("measure", row.measure)
    # No line ends before the measure, so that the column stays wide enough for the Chinese.
    pairs = (Pair(*map(_cell, tables.words.pair(*code))) for code in codes)
    counted = together(pairs, "，", ",&nbsp;")
    defined = f"{_cell(row.definition_zh)}<br>{_cell(row.definition_en)}"
    return called, "<br>".join(counted), defined + _share(tables, row), given


def _share(tables: Seeds, row: Indicator) -> str:
    """What a share is of, in both languages; nothing for the rest."""
    if not (row.numerator and row.denominator):
        return ""
    part, whole = tables.codebook[row.numerator], tables.codebook[row.denominator]
    zh, en = f"{part.label_zh} ÷ {whole.label_zh}", f"{part.label_en} ÷ {whole.label_en}"
    return f"<br>＝ {_cell(zh)}<br>= {_cell(en)}"


# --- Markdown


def _rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(header) + " |",
        "|" + " --- |" * len(header),
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def _cell(text: str) -> str:
    """Text that a Markdown table shows as it is."""
    return re.sub(r"[\\`*_\[\]<>|~$&]", r"\\\g<0>", shown(" ".join(text.split())))


def _as_code(text: str) -> str:
    """A code in the type of codes, where nothing in it would end that."""
    return _cell(text) if re.search("[`|\\s]", text) else f"`{text}`"


def _anchor(heading: str) -> str:
    """Where a heading is found on its page, by the rule of the sites that show Markdown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _main() -> None:
    for page, changed in write(Path(sys.argv[1]) if sys.argv[1:] else None).items():
        print(f"{page}:", "written" if changed else "unchanged")


if __name__ == "__main__":
    sys.exit(told(_main))
