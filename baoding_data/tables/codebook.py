"""The codebook page, seeds/README.md: what the tables hold, written from their description and from
the tables themselves.
"""

import sys
from pathlib import Path

from baoding_data.tables.files import replace
from baoding_data.tables.seeds import load

TYPES = {
    "string": ("文字", "text"),
    "integer": ("整数", "whole number"),
    "number": ("数", "number"),
    "date": ("日期", "date"),
}


def page(seeds=None):
    """The codebook page as Markdown, in both languages: every table, column, indicator and code.

    >>> page().splitlines()[0]
    '# 数据说明 Codebook'
    """
    tables = load(seeds)
    package = tables.package
    licence = package["licenses"][0]
    lines = [
        "# 数据说明 Codebook",
        "",
        (
            f"{package['title_zh']}。数据版本{package['version']}，"
            f"许可[{licence['name']}]({licence['path']})。"
        ),
        "本页由 `datapackage.json` 和各表生成，请勿手改；改表之后运行 `make`。",
        "",
        (
            f"{package['title']}. Data version {package['version']}, licence"
            f" [{licence['name']}]({licence['path']})."
        ),
        (
            "This page is made from `datapackage.json` and the tables; do not edit it, but run"
            " `make` after changing them."
        ),
        "",
        (
            "表格为 UTF-8、逗号分隔的 CSV；报告全文在 `reports/`，照发布时的原样。标有“复核”的列，"
            "规则无从核对，由第二人读过并封印在 `reader` 列。"
        ),
        "",
        (
            "The tables are CSV in UTF-8 with commas; `reports/` holds the texts as published. No"
            " rule can check the columns marked “reader”: a second person has read them, and the"
            " column `reader` seals them."
        ),
        "",
    ]
    for resource in package["resources"]:
        lines += _table(resource, len(tables.published(resource["name"])))
    lines += ["## 指标 Indicators", ""]
    for topic in (row for row in tables.terms if row["kind"] == "topic"):
        chosen = [row for row in tables.indicators if row["topic"] == topic["code"]]
        if chosen:
            lines += [f"### {_cell(topic['zh'])} {_cell(topic['en'])}", ""] + _rows(
                ("代码 Code", "名称 Label", "单位 Unit", "类型 Measure", "定义 Definition"),
                [
                    (
                        f"`{row['indicator']}`",
                        _both(row["label_zh"], row["label_en"]),
                        _word(tables, "unit", row["unit"]),
                        _word(tables, "measure", row["measure"]),
                        _both(row["definition_zh"], row["definition_en"]) + _share(row),
                    )
                    for row in chosen
                ],
            )
    lines += ["## 用语 Terms", ""]
    for kind in dict.fromkeys(row["kind"] for row in tables.terms):
        chosen = [row for row in tables.terms if row["kind"] == kind]
        columns = [
            ("代码 Code", "code"),
            ("中文 Chinese", "zh"),
            ("英文 English", "en"),
            ("句中措辞 Wording", "wording"),
            ("标准单位 Canonical unit", "canonical"),
        ]
        columns = [(title, name) for title, name in columns if any(row[name] for row in chosen)]
        lines += [f"### `{kind}`", ""] + _rows(
            [title for title, _ in columns],
            [
                [f"`{row[name]}`" if name == "code" else _cell(row[name]) for _, name in columns]
                for row in chosen
            ],
        )
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(resource, count):
    schema, path = resource["schema"], resource["path"]
    paths = [path] if isinstance(path, str) else path
    key = "、".join(f"`{name}`" for name in schema["primaryKey"])
    head = [
        f"## {resource['title_zh']} {resource['title']}",
        "",
        (
            f"{'、'.join(f'[{name}]({name})' for name in paths) or '—'}；行数 rows：{count}；键"
            f" key：{key}。"
        ),
        "",
    ]
    rows = []
    for field in schema["fields"]:
        rules = field.get("constraints", {})
        guard = "复核 reader" if field.get("guard", "").startswith("reader") else ""
        codes = f" → [`{field['terms']}`](#{field['terms']})" if "terms" in field else ""
        rows.append(
            (
                f"`{field['name']}`",
                " ".join(TYPES[field["type"]])
                + ("，必填 required" if rules.get("required") else "")
                + codes,
                _both(field["title_zh"], field["title"]),
                _both(field["description_zh"], field["description"]),
                guard,
            )
        )
    return head + _rows(
        ("列 Column", "类型 Type", "名称 Title", "含义 Meaning", "保护 Guard"), rows
    )


def _rows(header, rows):
    return [
        "| " + " | ".join(header) + " |",
        "|" + " --- |" * len(header),
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def _cell(text):
    """Text that a Markdown table shows as it is."""
    text = " ".join(text.split())
    for sign in "\\`*_[]<>|":
        text = text.replace(sign, "\\" + sign)
    return text


def _both(zh, en):
    return f"{_cell(zh)}<br>{_cell(en)}"


def _word(tables, kind, code):
    term = tables.words[(kind, code)]
    return (
        _cell(term["zh"])
        if term["zh"] == term["en"]
        else f"{_cell(term['zh'])} {_cell(term['en'])}"
    )


def _share(row):
    """What a share is of, in codes; nothing for the rest."""
    return (
        f"<br>`{row['numerator']}` / `{row['denominator']}`"
        if row["numerator"] and row["denominator"]
        else ""
    )


def write(seeds=None):
    """Write the page into the folder of tables, unless it stands there already; returns whether it
    was written.
    """
    return replace(load(seeds).folder / "README.md", page(seeds).encode())


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if sys.argv[1:] else None
    print("README.md:", "written" if write(chosen) else "unchanged")
