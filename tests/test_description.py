"""The description of the tables: the library and a second reader of the same file agree, and the
codebook is made from it.
"""

import json
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import pytest
from conftest import takes_long

import baoding_data as bd
from baoding_data.checks.audit import check
from baoding_data.checks.examples import FOLDER, Changed
from baoding_data.cli import main
from baoding_data.tables.codebook import pages, write
from baoding_data.tables.records import RECORDS
from baoding_data.tables.seeds import Seeds
from baoding_data.writing import sealed

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
        ("reports.csv", "2023-03-16", "2023/3/16", "type-error"),
        (
            "reports.csv",
            "baoding-2022,130600,2022",
            "baoding-2022,130600,20222",
            "constraint-error",
        ),
        ("identities.csv", "ratio,litigation_loss_rate", "ratio,loss_rates", "foreign-key"),
        ("doubts.csv", "baoding-2022,open_suits", "baoding-2022,cases_to_date", "primary-key"),
        (
            "indicators.csv",
            "indicator,topic,label_zh",
            "indicator,theme,label_zh",
            "incorrect-label",
        ),
        ("figures/baoding-2022.csv", "oath_ceremonies,13", "oath_ceremonies,13,", "extra-cell"),
        # One more of a kind.
        *(
            pytest.param(*one, marks=takes_long)
            for one in [
                ("figures/baoding-2022.csv", "18.89万,188900", "18.89万,x", "type-error"),
                ("terms.csv", "bound,about,约,about", "bound,about,,about", "constraint-error"),
                ("places.csv", "130600,保定市", "13060,保定市", "constraint-error"),
                ("reports.csv", "baoding-2022,130600", "baoding-2022,139999", "foreign-key"),
                ("doubts.csv", "baoding-2022,open_suits", "baoding-2031,open_suits", "foreign-key"),
                ("identities.csv", "2022,success_rate", "2022,loss_rate", "primary-key"),
            ]
        ),
    ],
)
def test_both_refuse_the_same_tables(folder, edit, file, old, new, kind):
    """What frictionless refuses, the library refuses too, at the same file."""
    edit(file, old, new)
    assert kind in {row[0] for row in validated(folder).flatten(["type"])}
    assert f"seeds/{file}" in {finding.file for finding in Seeds(folder).findings}


# --- the codebook, on two pages


def shown(text):
    """What a page shows of its Markdown, less the escapes and what makes letters bold."""
    return re.sub(r"\\(?=[\\`*_\[\]<>|])", "", text.replace("**", ""))


@pytest.mark.parametrize("name", ["README.md", "indicators.md"])
def test_the_pages_of_the_codebook_are_current(name):
    """The committed pages are those that description and tables give now."""
    assert (ROOT / "seeds" / name).read_bytes() == sealed(pages()[name].encode(), "page"), (
        "run make, or python -m baoding_data.tables.codebook seeds"
    )


def test_the_page_of_the_tables_tells_every_column(seeds):
    """Under the heading of each table every column of it is named, and what it holds is told, there
    or among the columns that tables share, in both languages.
    """
    parts = re.split("^## ", shown(pages()["README.md"]), flags=re.M)
    [common] = (part for part in parts if part.startswith("各表共用的列"))
    for resource in seeds.package["resources"]:
        title = f"{resource['title_zh']} {resource['title']}\n"
        [part] = (part for part in parts if part.startswith(title))
        for field in resource["schema"]["fields"]:
            assert f"`{field['name']}`" in part
            told = [f"{field['title_zh']}", f"{field['title']}"]
            told += [field["description_zh"].rstrip("。"), field["description"].rstrip(".")]
            assert all(words in part or words in common for words in told), field["name"]


def test_columns_that_tables_share_are_described_once(seeds):
    """What the ten columns that tables have alike hold stands on the page a single time: of the
    second reader, who seals every table, too.
    """
    text = shown(pages()["README.md"])
    [reader] = {
        field["description"]
        for resource in seeds.package["resources"]
        for field in resource["schema"]["fields"]
        if field["name"] == "reader"
    }
    for words in (reader, "The number meant, in the unit", "Whose work, or which area, the number"):
        assert text.count(words) == 1


def test_a_column_has_the_signs_of_its_table(seeds):
    """A star where it is required, a dagger where only a reader guards it, two where it is of the
    key.
    """
    text = shown(pages()["README.md"])
    [part] = (part for part in text.split("\n## ") if part.startswith("数字 Figures"))
    for name in ("`quote`*", "`shared`", "[`scope`](#scope)‡†", "[`period`](#period)‡†", "`value`"):
        assert re.search(re.escape(name) + r"(?= |<br>|\n)", part), name


def test_every_code_is_told_with_its_words(seeds):
    """Each code stands under the heading of its kind, with its words, wordings and units."""
    text = shown(pages()["README.md"])
    for kind in {row.kind for row in seeds.terms}:
        part = text.partition(f"\n### `{kind}`\n")[2].partition("\n### ")[0]
        for row in (row for row in seeds.terms if row.kind == kind):
            words = "".join(f" {word}" for word in (row.zh, row.en) if word != row.code)
            assert f"`{row.code}`{words}" in part
            assert all(word in part for word in f"{row.wording}|{row.canonical}".split("|"))


def test_the_page_of_the_indicators_tells_each(seeds):
    """Each indicator stands under the heading of its topic, with names, code, unit, measure,
    definition and, of a share, what it is a share of.
    """
    text, words = shown(pages()["indicators.md"]), seeds.words
    for row in seeds.indicators:
        part = text.partition(f"\n## {words.pair('topic', row.topic).line}\n")[2]
        part = part.partition("\n## ")[0]
        begin = f"| {row.label_zh}<br>{row.label_en}<br><sub>`{row.indicator}`</sub> |"
        [line] = (line for line in part.splitlines() if line.startswith(begin))
        unit, measure = words.pair("unit", row.unit), words.pair("measure", row.measure)
        assert f"| {unit.zh}，{measure.zh}<br>{unit.en},&nbsp;{measure.en} |" in line
        assert f"| {row.definition_zh}<br>{row.definition_en}" in line
        if row.numerator and row.denominator:
            part, whole = (seeds.codebook[name] for name in (row.numerator, row.denominator))
            assert f"＝ {part.label_zh} ÷ {whole.label_zh}" in line
            assert f"= {part.label_en} ÷ {whole.label_en} |" in line


def test_the_page_of_the_indicators_tells_where_each_is_given(seeds):
    """As many reports as print it, and as many figures as were transcribed; of one that is only
    computed, that it is derived.
    """
    given = dict(re.findall(r"<sub>`(\w+)`</sub>.*\| ([^|]*) \|$", pages()["indicators.md"], re.M))
    assert given.keys() == seeds.codebook.keys()
    for name, cell in given.items():
        printed = {row.report for row in seeds.figures if row.indicator == name}
        transcribed = [row for row in seeds.observations if row.indicator == name]
        assert cell.partition("<br>")[0] == f"{len(printed)}＋{len(transcribed)}"
    derived = {row.result for row in seeds.identities if row.kind == "derived"}
    assert {name for name, cell in given.items() if "derived" in cell} == derived


def test_a_draft_changes_no_page_of_the_codebook(drafted):
    """Both pages tell what is published."""
    assert pages(drafted) == pages()


def test_no_cell_breaks_its_table(folder, edit):
    """Upright strokes, line breaks, backticks, stars and tags in a cell stay inside it: every row
    has as many cells as its header.
    """
    edit("indicators.csv", "Essays received,篇", '"a|b\n`c` *d* <e> [f](g) \\",篇')
    for text in pages(folder).values():
        wide = None
        for line in text.splitlines():
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else None
            assert cells is None or wide is None or cells == wide, line
            wide = cells


def test_the_links_of_the_pages_lead_somewhere(folder):
    """Each file that they name is in the folder, and each heading that they point to is on the same
    page, by the name that the sites which show it give it.
    """
    for text in pages(folder).values():
        headings = (line.lstrip("#").strip().lower() for line in re.findall("^#+ .*", text, re.M))
        anchors = {re.sub(r"[^\w -]", "", line).replace(" ", "-") for line in headings}
        links = re.findall(r"\]\((?!https?:)([^)]+)\)", text)
        assert len(links) > 5
        for link in links:
            file, _, anchor = link.partition("#")
            assert anchor in anchors if anchor else (folder / file).is_file(), link


def test_the_pages_fit_the_column_of_a_repository():
    """No table has more than four columns, and no code in one, which cannot be broken, is longer
    than a column may be.
    """
    for text in pages().values():
        for line in (line for line in text.splitlines() if line.startswith("|")):
            assert len(re.findall(r"(?<!\\)\|", line)) <= 5
            cells = re.sub(r"\]\([^)]*\)|<[^>]*>|&nbsp;", " ", line)
            assert not re.search(r"[\w.]{39}", cells, re.ASCII), line


def test_a_page_is_written_only_when_it_differs(folder):
    """`python -m baoding_data.tables.codebook DIR` writes the pages once, and then leaves them
    alone.
    """
    (folder / "README.md").unlink(missing_ok=True)
    (folder / "indicators.md").write_bytes(sealed(b"before", "page"))
    said = [
        subprocess.run(
            [sys.executable, "-m", "baoding_data.tables.codebook", folder],
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for _ in range(2)
    ]
    names = ("README.md", "indicators.md")
    assert said == [
        "".join(f"{name}: {what}\n" for name in names) for what in ("written", "unchanged")
    ]
    assert write(folder) == dict.fromkeys(names, False)
    for name in names:
        assert (folder / name).read_bytes() == sealed(pages(folder)[name].encode(), "page")


# --- a description that is wrong


def described(change):
    """The bytes of the description after a change to what it says."""
    package = json.loads(Changed().files["datapackage.json"])
    tables = {resource["name"]: resource for resource in package["resources"]}
    change(package, tables, {name: one["schema"]["fields"] for name, one in tables.items()})
    return json.dumps(package).encode()


def wrong_in(raw):
    """What is said of the invented tables with this description: the findings, as text."""
    with pytest.raises(bd.BaodingError, match="cannot be read as the description") as caught:
        Seeds(FOLDER, {**Changed().files, "datapackage.json": raw})
    assert caught.value.findings
    return [str(one).removeprefix("seeds/datapackage.json, ") for one in caught.value.findings]


VALUE = "resources[2] figures.schema.fields[2] value"
WRONG = {
    "a type of none": (
        lambda package, tables, fields: fields["figures"][2].update(type="float"),
        f"{VALUE}.type: found 'float'; wanted string or integer or number or date; ",
    ),
    "another type": (
        lambda package, tables, fields: fields["figures"][2].update(type="string"),
        f"{VALUE}.type: found string; wanted number; ",
    ),
    "a pattern that is none": (
        lambda package, tables, fields: fields["figures"][2].update(constraints={"pattern": "(a"}),
        f"{VALUE}.constraints.pattern: found '(a'; wanted a regular expression; ",
    ),
    "a pattern that later Pythons may read otherwise": (
        lambda package, tables, fields: fields["figures"][2].update(
            constraints={"pattern": "[[0-9]"}
        ),
        f"{VALUE}.constraints.pattern: found '[[0-9]'; wanted a regular expression; ",
    ),
    "a pattern without end": (
        lambda package, tables, fields: fields["figures"][2].update(
            constraints={"pattern": "([0-9]+)+"}
        ),
        f"{VALUE}.constraints.pattern: found '([0-9]+)+', which takes for ever on some cells; ",
    ),
    "least above most": (
        lambda package, tables, fields: fields["figures"][2].update(
            constraints={"minimum": 2, "maximum": 1}
        ),
        f"{VALUE}.constraints.minimum: found 2, above the maximum 1; wanted one below it; ",
    ),
    "a least of text": (
        lambda package, tables, fields: fields["figures"][3].update(constraints={"minimum": 2}),
        "resources[2] figures.schema.fields[3] unit.constraints.minimum: found one of a string; ",
    ),
    "no title": (
        lambda package, tables, fields: fields["figures"][2].pop("title"),
        f"{VALUE}: found no title; wanted an object with name, type, title, title_zh, ",
    ),
    "a column renamed": (
        lambda package, tables, fields: fields["neighbours"][1].update(name="other"),
        "resources[5] neighbours.schema.fields: found indicator, other, note_zh, ",
    ),
    "a table twice": (
        lambda package, tables, fields: package["resources"].append(tables["terms"]),
        "resources[12] terms.name: found terms a second time; wanted each table once; ",
    ),
    "an unknown table": (
        lambda package, tables, fields: tables["terms"].update(name="term"),
        "resources[11] term.name: found term; wanted terms, it seems, or another of reports, ",
    ),
    "another file": (
        lambda package, tables, fields: tables["terms"].update(path="../terms.csv"),
        "resources[11] terms.path: found '../terms.csv'; wanted terms.csv; ",
    ),
    "a key of no column": (
        lambda package, tables, fields: tables["terms"]["schema"].update(primaryKey=["cod"]),
        "resources[11] terms.schema.primaryKey[0]: found cod; wanted code, it seems, or another",
    ),
    "a foreign key to no table": (
        lambda package, tables, fields: tables["reports"]["schema"]["foreignKeys"][0][
            "reference"
        ].update(resource="place"),
        "resources[0] reports.schema.foreignKeys[0].reference.resource: found place; wanted places",
    ),
    "tables that are no list": (
        lambda package, tables, fields: package.update(resources={}),
        "resources: found {}; wanted a list; ",
    ),
    "no day": (
        lambda package, tables, fields: package.update(created="2026-24-10"),
        "created: found '2026-24-10'; wanted a time, as 2026-11-24T00:00:00Z; ",
    ),
    "no licence": (
        lambda package, tables, fields: package.update(licenses=[]),
        "licenses: found []; wanted a list that is not empty; ",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_in_the_description_is_one_finding_at_its_place(what):
    """The keys that lead to it, what was found, what was wanted, and what to do."""
    change, said = WRONG[what]
    [finding] = wrong_in(described(change))
    assert finding.startswith(said) and "git diff" in finding


def test_all_that_is_wrong_in_the_description_is_said_at_once():
    """Two wrong values are two findings."""

    def change(package, tables, fields):
        package.update(version=7)
        fields["terms"][0].update(guard="nobody")

    version, guard = wrong_in(described(change))
    assert version.startswith("version: found 7; ") and ".guard: found 'nobody'; " in guard


NO_DESCRIPTION = {
    "empty": (b"", "an empty file"),
    "UTF-16": ('{"name": "x"}'.encode("utf-16"), "UTF-16"),
    "GBK": ('{"name": "法治"}'.encode("gbk"), "GBK"),
    "cut": (b'{"resources": [', "no JSON"),
    "a list": (b"[]", "[]"),
    "a number": (b"1", "1"),
    "not a number": (b'{"version": NaN}', "NaN is no number"),
    "a huge number": (b'{"version": ' + b"9" * 5000 + b"}", "no JSON"),
    "deep": (b"[" * 100000, "no JSON"),
    "a key twice": (b'{"version": "1", "version": "2"}', "'version' stands twice"),
    "a workbook": (b"PK\x03\x04", "an Excel workbook"),
}


@pytest.mark.parametrize("what", NO_DESCRIPTION)
def test_a_file_that_is_no_description_is_one_finding(what):
    """Empty, in another encoding, no JSON, or JSON of something else: it is told what it is."""
    raw, found = NO_DESCRIPTION[what]
    [said] = wrong_in(raw)
    assert found in said and "git diff" in said


@pytest.mark.parametrize(
    "change",
    [
        lambda package, tables, fields: None,
        lambda package, tables, fields: package.update(more={"x": [None]}),
        lambda package, tables, fields: fields["terms"][0].update(example=7),
    ],
    ids=["nothing else", "a key of others", "a key of others in a column"],
)
def test_a_description_with_more_in_it_is_read(change):
    """A byte order mark, and keys that the library does not use, change nothing."""
    raw = b"\xef\xbb\xbf" + described(change)
    assert check(Seeds(FOLDER, {**Changed().files, "datapackage.json": raw})) == []


def test_codes_of_no_kind_are_one_finding():
    """A kind of code that terms.csv does not have is told once, and not at each of its cells."""

    def change(package, tables, fields):
        fields["figures"][4].update(terms="bounds")

    tables = Seeds(FOLDER, {**Changed().files, "datapackage.json": described(change)})
    [finding] = check(tables)
    assert "figures, schema.fields bound.terms: found bounds; " in str(finding)
    assert "did you mean bound?" in finding.advice


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["find"],
        ["show", "cases"],
        ["compare", "cases"],
        ["export", "x.xlsx"],
        ["scan", "x.txt"],
        ["accept", "x.csv"],
        ["sign", "R7"],
        ["add", "x.txt", "--place", "x", "--year", "2023"],
    ],
    ids=lambda command: command[0],
)
def test_every_command_says_what_is_wrong_with_the_description(tmp_path, capsys, command):
    """It ends with the finding and nothing else; so do the pages of the codebook."""
    (tmp_path / "datapackage.json").write_bytes(described(WRONG["no day"][0]))
    assert main([*command, "--seeds", str(tmp_path)]) == 2
    shown = capsys.readouterr()
    assert not shown.out and shown.err.count("found '2026-24-10'; wanted a time") == 1
    with pytest.raises(bd.BaodingError, match="wanted a time"):
        write(tmp_path)


def test_a_key_that_was_changed_is_one_finding(folder):
    """Without a column of its key the seals of a table's rows do not fit: that is said once."""
    path = folder / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    [table] = [one for one in package["resources"] if one["name"] == "identities"]
    table["schema"]["primaryKey"].pop()
    path.write_text(json.dumps(package), encoding="utf-8", newline="")
    [found] = [one for one in Seeds(folder).remarks if one.rule == "reader"]
    assert "marks that do not fit" in found.found and "datapackage.json" in found.advice
