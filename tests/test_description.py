"""The description of the tables: the library and a second reader of the same file agree, and the
codebook page is made from it.
"""

import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import pytest

from baoding_data.tables.codebook import page, write
from baoding_data.tables.records import RECORDS
from baoding_data.tables.seeds import Seeds

ROOT = Path(__file__).resolve().parents[1]
# What the second reader's own dependencies warn of is not ours.
pytestmark = pytest.mark.filterwarnings("ignore")


def validated(folder):
    """What frictionless says of a folder of tables."""
    from frictionless import Package

    return Package(str(folder / "datapackage.json")).validate()


# --- the records


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_holds_the_columns_of_its_table(seeds, name):
    """Its fields are the columns of the table, each of its column's type (or None, where a cell may
    be empty), then file and line; before those of a figure stands the report, as its file is named.
    """
    types = {"string": str, "integer": int, "number": Decimal, "date": date}
    [fields] = [r["schema"]["fields"] for r in seeds.package["resources"] if r["name"] == name]
    before = {"report"} if name == "figures" else set()
    assert RECORDS[name]._fields == (*before, *(field["name"] for field in fields), "file", "line")
    hints = get_type_hints(RECORDS[name])
    for field in fields:
        given = types[field["type"]]
        may_be = {given} if given is str else {given | None}
        if field.get("constraints", {}).get("required"):
            may_be.add(given)
        assert hints[field["name"]] in may_be, field["name"]


# --- frictionless


def test_a_second_program_reads_the_tables_from_the_same_description(folder, seeds):
    """Frictionless finds the package valid, and reads as many rows of each table as the library."""
    report = validated(folder)
    assert report.valid, report.flatten(["type", "note"])
    read = {}
    for task in report.tasks:
        read[task.name] = read.get(task.name, 0) + task.stats["rows"]
    assert read == {name: len(getattr(seeds, name)) for name in seeds.schemas}


@pytest.mark.parametrize(
    ("file", "old", "new", "kind"),
    [
        ("figures/baoding-2022.csv", "18.89万,188900", "18.89万,x", "type-error"),
        ("reports.csv", "2023-03-16", "2023/3/16", "type-error"),
        ("terms.csv", "bound,about,约,about", "bound,about,,about", "constraint-error"),
        (
            "reports.csv",
            "baoding-2022,130600,2022",
            "baoding-2022,130600,20222",
            "constraint-error",
        ),
        ("places.csv", "130600,保定市", "13060,保定市", "constraint-error"),
        ("reports.csv", "baoding-2022,130600", "baoding-2022,139999", "foreign-key"),
        ("identities.csv", "ratio,litigation_loss_rate", "ratio,loss_rates", "foreign-key"),
        ("doubts.csv", "baoding-2022,open_suits", "baoding-2031,open_suits", "foreign-key"),
        ("doubts.csv", "baoding-2022,open_suits", "baoding-2022,cases_to_date", "primary-key"),
        ("identities.csv", "baoding-2022,success_rate", "baoding-2022,loss_rate", "primary-key"),
        (
            "indicators.csv",
            "indicator,topic,label_zh",
            "indicator,theme,label_zh",
            "incorrect-label",
        ),
        ("figures/baoding-2022.csv", "oath_ceremonies,13", "oath_ceremonies,13,", "extra-cell"),
    ],
)
def test_both_refuse_the_same_tables(folder, edit, file, old, new, kind):
    """What frictionless refuses, the library refuses too, at the same file."""
    edit(file, old, new)
    assert kind in {row[0] for row in validated(folder).flatten(["type"])}
    assert f"seeds/{file}" in {finding.file for finding in Seeds(folder).findings}


# --- the codebook page


def test_the_codebook_page_is_current():
    """The committed page is the one that description and tables give now."""
    assert (ROOT / "seeds/README.md").read_text(encoding="utf-8") == page(ROOT / "seeds"), (
        "run make, or python -m baoding_data.tables.codebook seeds"
    )


def test_the_codebook_page_holds_everything(seeds):
    """Every table, column, indicator and code stands on it, in both languages."""
    text = page().replace("\\", "")
    for resource in seeds.package["resources"]:
        assert f"## {resource['title_zh']} {resource['title']}\n" in text
        for field in resource["schema"]["fields"]:
            assert (
                f"| `{field['name']}` |" in text
                and field["description_zh"] in text
                and field["description"].replace("\\", "") in text
            )
    for row in seeds.indicators:
        assert (
            f"| `{row.indicator}` | {row.label_zh}<br>{row.label_en} |" in text
            and row.definition_zh in text
            and row.definition_en in text
        )
    for row in seeds.terms:
        assert f"| `{row.code}` | {row.zh} | {row.en}" in text


def test_no_cell_breaks_its_table(folder, edit):
    """Upright strokes, line breaks, backticks, stars and tags in a cell stay inside it: every row
    has as many cells as its header.
    """
    edit("indicators.csv", "Essays received,篇", '"a|b\n`c` *d* <e> [f](g) \\",篇')
    wide = None
    for line in page(folder).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
        assert cells is None or wide is None or cells == wide, line
        wide = cells


def test_the_links_of_the_page_lead_somewhere(folder):
    """Each file that it names is in the folder, and each heading that it points to is on it."""
    text = page(folder)
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        assert (
            f"### `{link[1:]}`\n" in text if link.startswith("#") else (folder / link).is_file()
        ), link


def test_the_page_is_written_only_when_it_differs(folder):
    """`python -m baoding_data.tables.codebook DIR` writes the page once, and then leaves it
    alone.
    """
    (folder / "README.md").unlink(missing_ok=True)
    said = [
        subprocess.run(
            [sys.executable, "-m", "baoding_data.tables.codebook", folder],
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for _ in range(2)
    ]
    assert said == ["README.md: written\n", "README.md: unchanged\n"] and not write(folder)
    assert (folder / "README.md").read_text(encoding="utf-8") == page(folder)
