"""The codebook page, seeds/README.md: what the tables hold, by their description and themselves."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from baoding_data.tables.files import replace
from baoding_data.tables.records import Indicator
from baoding_data.tables.seeds import AnySeeds, Seeds, load

TYPES = {
    "string": "文字 text",
    "integer": "整数 whole number",
    "number": "数 number",
    "date": "日期 date",
}

_INTRODUCTION = """\
# 数据说明 Codebook

{title_zh}。数据版本{version}，许可[{licence}]({address})。
本页由 `datapackage.json` 和各表生成，请勿手改；改表之后运行 `make`。

{title}. Data version {version}, licence [{licence}]({address}).
This page is made from `datapackage.json` and the tables; do not edit it, but run `make` after \
changing them.

表格为 UTF-8、逗号分隔的 CSV；报告全文在 `reports/`，照发布时的原样。标有“复核”的列，规则无从核对，\
由第二人读过并封印在 `reader` 列。

The tables are CSV in UTF-8 with commas; `reports/` holds the texts as published. No rule can \
check the columns marked “reader”: a second person has read them, and the column `reader` seals \
them.
"""


def page(seeds: AnySeeds = None) -> str:
    """The codebook page as Markdown, in both languages: every table, column, indicator and code.

    >>> page().splitlines()[0]
    '# 数据说明 Codebook'
    """
    tables = load(seeds)
    package = tables.package
    licence = package["licenses"][0]
    about = {name: package[name] for name in ("title", "title_zh", "version")}
    lines = [_INTRODUCTION.format(licence=licence["name"], address=licence["path"], **about)]
    for resource in package["resources"]:
        lines += _table(resource, len(tables.published(resource["name"])))
    lines += [*_indicators(tables), *_terms(tables)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(resource: dict[str, Any], count: int) -> list[str]:
    """One table: its files, its number of rows, its key, and every column."""
    schema, path = resource["schema"], resource["path"]
    paths = [path] if isinstance(path, str) else path
    files = "、".join(f"[{name}]({name})" for name in paths) or "—"
    key = "、".join(f"`{name}`" for name in schema["primaryKey"])
    rows = []
    for field in schema["fields"]:
        required = "，必填 required" if field.get("constraints", {}).get("required") else ""
        codes = f" → [`{field['terms']}`](#{field['terms']})" if "terms" in field else ""
        rows.append(
            (
                f"`{field['name']}`",
                TYPES[field["type"]] + required + codes,
                _both(field["title_zh"], field["title"]),
                _both(field["description_zh"], field["description"]),
                "复核 reader" if field.get("guard", "").startswith("reader") else "",
            )
        )
    header = ("列 Column", "类型 Type", "名称 Title", "含义 Meaning", "保护 Guard")
    return [
        f"## {resource['title_zh']} {resource['title']}",
        "",
        f"{files}；行数 rows：{count}；键 key：{key}。",
        "",
        *_rows(header, rows),
    ]


def _indicators(tables: Seeds) -> list[str]:
    """The codebook itself, topic by topic."""
    lines = ["## 指标 Indicators", ""]
    header = ("代码 Code", "名称 Label", "单位 Unit", "类型 Measure", "定义 Definition")
    for topic in (row for row in tables.terms if row.kind == "topic"):
        rows = [
            (
                f"`{row.indicator}`",
                _both(row.label_zh, row.label_en),
                _cell(tables.words.pair("unit", row.unit).line),
                _cell(tables.words.pair("measure", row.measure).line),
                _both(row.definition_zh, row.definition_en) + _share(row),
            )
            for row in tables.indicators
            if row.topic == topic.code
        ]
        if rows:
            lines += [f"### {_cell(topic.zh)} {_cell(topic.en)}", "", *_rows(header, rows)]
    return lines


def _terms(tables: Seeds) -> list[str]:
    """Every code with its words, kind by kind; columns that a kind leaves empty are not shown."""
    lines = ["## 用语 Terms", ""]
    columns = {
        "code": "代码 Code",
        "zh": "中文 Chinese",
        "en": "英文 English",
        "wording": "句中措辞 Wording",
        "canonical": "标准单位 Canonical unit",
    }
    for kind in dict.fromkeys(row.kind for row in tables.terms):
        chosen = [row for row in tables.terms if row.kind == kind]
        names = [name for name in columns if any(getattr(row, name) for row in chosen)]
        rows = [
            [f"`{row.code}`", *(_cell(getattr(row, name)) for name in names[1:])] for row in chosen
        ]
        lines += [f"### `{kind}`", "", *_rows([columns[name] for name in names], rows)]
    return lines


def _rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(header) + " |",
        "|" + " --- |" * len(header),
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def _cell(text: str) -> str:
    """Text that a Markdown table shows as it is."""
    text = " ".join(text.split())
    for sign in "\\`*_[]<>|":
        text = text.replace(sign, "\\" + sign)
    return text


def _both(zh: str, en: str) -> str:
    return f"{_cell(zh)}<br>{_cell(en)}"


def _share(row: Indicator) -> str:
    """What a share is of, in codes; nothing for the rest."""
    if not (row.numerator and row.denominator):
        return ""
    return f"<br>`{row.numerator}` / `{row.denominator}`"


def write(seeds: AnySeeds = None) -> bool:
    """Write the page into the folder of tables; returns whether that changed the file."""
    tables = load(seeds)
    return replace(tables.folder.path / "README.md", page(tables).encode())


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if sys.argv[1:] else None
    print("README.md:", "written" if write(chosen) else "unchanged")
