"""Reports that are left out: what is wrong in one stops no work on another."""

import json
import os
import shutil
from pathlib import Path

import pytest
from conftest import COUNTY, NEW, as_csv, read_csv

import baoding_data as bd
from baoding_data.checks.audit import check
from baoding_data.checks.examples import REPORT, Changed
from baoding_data.cli import main
from baoding_data.curation.accept import _listed
from baoding_data.errors import Finding, LeftOut
from baoding_data.tables.left_out import owners, said
from baoding_data.tables.seeds import Seeds, load, one_report

WHY = [Finding("schema", "seeds/reports.csv", 2, "year", "x", "a year", "write it")]


def test_nothing_of_a_report_left_out_is_there():
    """No row, no text, no population and no conflict of it is left; of the others all is."""
    whole = Changed().seeds()
    for name in whole.source:
        part = whole.without({name: WHY})
        assert part.left_out == {name: WHY} and part.whole is whole
        assert name not in part.texts and name not in part.source
        for table in part.schemas:
            rows = part.rows(table)
            assert not [row for row in rows if getattr(row, "report", "") == name]
            assert not [row for row in rows if getattr(row, "source", "") == name]
            assert not [row for row in rows if f"{name}:" in getattr(row, "sides", "")]
            of_others = [row for row in whole.rows(table) if getattr(row, "report", "") != name]
            if table not in ("places", "conflicts"):
                assert rows == of_others
        assert part.fingerprint == whole.fingerprint


def test_what_is_left_out_is_said():
    """One line in both languages names it with the number of its findings."""
    part = Changed().seeds().without({REPORT: WHY})
    zh, en = said(part)
    assert en == f"left out: {REPORT} (1 finding); `baoding check` names them"
    assert zh.startswith(f"未列入：{REPORT}（1处问题）")
    assert said(Changed().seeds()) is None
    of_many = said(part.without({f"r{at}": WHY for at in range(5000)}))
    assert of_many.en.endswith(" and 4,993 more; `baoding check` names them")
    assert "，另有4,993份；" in of_many.zh and len(of_many.en) < 300


def test_a_report_left_out_is_refused_with_its_findings():
    """Whoever asks for it, by name or as the only one, is told what is wrong with it."""
    part = Changed().seeds().without({REPORT: WHY})
    for asked in (REPORT, None):
        with pytest.raises(bd.BaodingError, match="is left out until") as caught:
            one_report(part, asked)
        assert caught.value.findings == WHY


def test_tables_without_a_report_pass_the_audit():
    """What is left of sound tables holds."""
    whole = Changed().seeds()
    assert check(whole.without({"yuanhe-2023": WHY})) == []


def test_what_is_left_out_stays_in_the_description(seeds_of_county):
    """When a draft is accepted, the figures of a report that is left out stay listed."""
    whole = Seeds(seeds_of_county)
    written = json.loads(_listed(whole.without({COUNTY: WHY}), "baoding-2022"))
    assert written == whole.package and f"figures/{COUNTY}.csv" in str(written)


# --- what is wrong in the rows or files of one report

FIGURES, TEXT = f"figures/{COUNTY}.csv", f"reports/{COUNTY}.txt"


def with_row(*cells):
    """The table with one more row, of the county."""
    return lambda raw: raw + ",".join((COUNTY, *cells)).encode() + b"\n"


def swapped(old, new):
    """The bytes with other ones in a place."""

    def change(raw):
        assert raw.count(old.encode()) == 1
        return raw.replace(old.encode(), new.encode())

    return change


# By the file in which something is wrong: what.
WRONG = {
    "no such table": (FIGURES, None),
    "an empty table": (FIGURES, lambda raw: b""),
    "a table in GBK": (FIGURES, lambda raw: raw.decode().encode("gbk")),
    "a bad cell": (FIGURES, swapped("mediation_cases,1203,1203,", "mediation_cases,1203,1203.0,")),
    "an empty scope": (FIGURES, swapped(",1203,件,exact,whole_area,", ",1203,件,,whole_area,")),
    "an unknown indicator": (FIGURES, swapped("mediation_cases,", "mediations,")),
    "a row twice": (FIGURES, lambda raw: raw + raw.splitlines(keepends=True)[-1]),
    "a cell too many": (FIGURES, lambda raw: raw[:-1] + b",x\n"),
    "no such text": (TEXT, None),
    "a text in UTF-16": (TEXT, lambda raw: raw.decode().encode("utf-16")),
    "a bad identity": ("identities.csv", with_row("x", "sums", "y", "z", "", "")),
    "a short doubt": ("doubts.csv", with_row("x")),
    "a bad year": ("reports.csv", swapped(f"{COUNTY},130631,2022", f"{COUNTY},130631,22")),
    "an unknown status": ("reports.csv", swapped(",audited,,,,\n", ",audit,,,,\n")),
    "no status": ("reports.csv", swapped(",audited,,,,\n", ",,,,,\n")),
    "no text named": ("reports.csv", swapped(f",{COUNTY}.txt,", ",,")),
    "twice": ("reports.csv", lambda raw: raw + raw.splitlines(keepends=True)[-1]),
}


@pytest.fixture
def two(seeds_of_county, tmp_path):
    """A copy of the seeds with two reports on file."""
    return shutil.copytree(seeds_of_county, tmp_path / "seeds")


def spoil(folder, what):
    """Put one thing wrong into a folder of tables."""
    file, change = WRONG[what]
    path = folder / file
    path.write_bytes(change(path.read_bytes())) if change else path.unlink()


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_in_one_report_leaves_out_no_other(two, seeds, what):
    """The audit tells it, at the report's own rows and files; of the other report all is read, and
    holds.
    """
    spoil(two, what)
    tables = Seeds(two)
    assert tables.findings and set(tables.findings) <= set(check(tables))
    assert all(owners(tables, one) == {COUNTY} for one in tables.findings)
    with pytest.warns(LeftOut, match=f"left out: {COUNTY} "):
        part = load(tables)
    assert {COUNTY: tables.findings} == part.left_out
    assert part.figures == seeds.figures and list(part.texts) == ["baoding-2022"]
    assert not [one for one in check(part) if one.rule != "reader"]


@pytest.mark.parametrize("what", ["no such table", "an empty scope", "a bad year"])
def test_commands_on_another_report_go_on(two, what, capsys):
    """They show nothing of the report that is left out, and say so in one line; the audit fails."""
    spoil(two, what)
    for command in (
        ["show", "litigation_lost"],
        ["compare", "litigation_lost"],
        ["scan", "baoding-2022"],
    ):
        about = [] if command[0] == "scan" else ["--report", "baoding-2022"]
        assert main([*command, *about, "--seeds", str(two)]) == 0
        shown = capsys.readouterr()
        assert COUNTY not in shown.out and "望都" not in shown.out
        assert shown.err.count(f"left out: {COUNTY} (") == 1 == shown.err.count("baoding check")
    assert main(["check", "--seeds", str(two)]) == 1


def test_whoever_asks_for_what_is_left_out_is_told_why(two, tmp_path, capsys):
    """Every command on the report, and every one that would take all or the only one, ends with the
    findings.
    """
    spoil(two, "a bad cell")
    file = str(tmp_path / "x.xlsx")
    for command in (
        ["show", "litigation_lost", "--report", COUNTY],
        ["compare", "litigation_lost", "--report", COUNTY],
        ["export", file, "--report", COUNTY],
        ["scan", COUNTY],
    ):
        assert main([*command, "--seeds", str(two)]) == 2
        assert f"seeds/{FIGURES}, row 11, value: found '1203.0'" in capsys.readouterr().err
    for command in (["show", "litigation_lost"], ["export", file]):
        assert main([*command, "--seeds", str(two)]) == 2
        assert "2 reports are on file" in capsys.readouterr().err
    assert not (tmp_path / "x.xlsx").exists()


def test_a_report_is_added_and_signed_beside_one_that_is_left_out(two, tmp_path):
    """`add` and `sign` go on; the code and the text of the one left out are taken all the same, and
    none of its rows is signed.
    """
    spoil(two, "a bad cell")
    text = tmp_path / "county.txt"
    said = (two / TEXT).read_text(encoding="utf-8").replace("2022", "2021").replace("2023", "2022")
    text.write_text(said, encoding="utf-8", newline="")
    command = ["add", str(text), "--place", "望都县", "--seeds", str(two), "--year"]
    assert main([*command, "2021"]) == 0 and main(["sign", "R7", "--seeds", str(two)]) == 0
    assert "wangdu-2021" in Seeds(two).source
    figures = (two / FIGURES).read_text(encoding="utf-8")
    rows = (two / "reports.csv").read_text(encoding="utf-8").splitlines()
    assert "R7" not in figures and [r for r in rows if r.startswith(COUNTY)][0].count("R7") == 0
    again = ["add", str(two / TEXT), "--place", "望都县", "--seeds", str(two), "--year", "2022"]
    assert main(again) == 2


def test_a_row_that_cannot_be_read_keeps_its_code(two, tmp_path, capsys):
    """A report of which the row has too many cells is on file: its row is not written over."""
    table = two / "reports.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    wide = [line.replace("\n", ",x\n") if line.startswith(COUNTY) else line for line in lines]
    table.write_text("".join(wide), encoding="utf-8", newline="")
    before = table.read_bytes()
    text = tmp_path / "other.txt"
    said = (two / TEXT).read_text(encoding="utf-8").replace("12件", "13件")
    text.write_text(said, encoding="utf-8", newline="")
    command = ["add", str(text), "--place", "望都县", "--seeds", str(two), "--year", "2022"]
    assert main(command) == 2 and "seeds/reports.csv" in capsys.readouterr().err
    assert table.read_bytes() == before


def test_a_workbook_of_another_report_is_written(two, tmp_path, capsys):
    """`export --report` writes the other report, and says what is left out."""
    spoil(two, "an empty scope")
    file = tmp_path / "x.csv"
    command = ["export", str(file), "--report", "baoding-2022", "--seeds", str(two)]
    assert main(command) == 0 and "left out" in capsys.readouterr().err
    assert "望都" not in file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("file", [FIGURES, TEXT])
@pytest.mark.parametrize("instead", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("none")])
def test_what_is_no_file_stops_no_workbook_of_another(two, tmp_path, file, instead):
    """A folder, a pipe or a link to nothing in the place of a report's file leaves it out, also of
    the fingerprint on the workbook of another.
    """
    (two / file).unlink()
    instead(two / file)
    with pytest.warns(LeftOut, match=f"left out: {COUNTY} "):
        assert bd.export(tmp_path / "x.xlsx", report="baoding-2022", seeds=two)


def test_what_all_share_stops_every_report(two, capsys):
    """Something wrong in codebook, terms, places or questions, or with a report that cannot be
    told, is everybody's.
    """
    for file, old in (
        ("indicators.csv", "litigation_lost,disputes,"),
        ("terms.csv", "bound,about,"),
        ("places.csv", "130600,保定市"),
        ("identities.csv", f"{COUNTY},loss_rate,"),
    ):
        raw = (two / file).read_bytes()
        assert raw.count(old.encode()) == 1
        name, _, rest = old.partition(",")
        spoiled = raw.replace(old.encode(), f"{name[:-1]}1,{rest[:-1]}".encode())
        with pytest.raises(bd.BaodingError, match="the seeds cannot be read:"):
            load(Seeds(two, {file: spoiled}))


def test_a_draft_of_another_report_is_scanned_and_accepted(drafted, tmp_path, capsys):
    """With something wrong in the one audited report, the numbers of a draft are still proposed and
    taken in; nothing of the spoiled report is touched, and its findings stay.
    """
    figures = drafted / "figures/baoding-2022.csv"
    spoiled = figures.read_bytes().replace(b",13,13,", b",13,13.0,")
    figures.write_bytes(spoiled)
    findings = Seeds(drafted).findings
    place = tmp_path / "x.csv"
    about = ["--seeds", str(drafted)]
    assert main(["scan", NEW, "-o", str(place), *about]) == 0
    rows = read_csv(place)
    at = {name: i for i, name in enumerate(rows[0])}
    for row in rows[1:]:
        if row[at["indicator"]] == "oath_ceremonies":
            row[at["read"]] = "yes"
    place.write_bytes(as_csv(rows))
    capsys.readouterr()
    assert main(["accept", str(place), *about]) == 0
    shown = capsys.readouterr()
    assert f"{NEW}: 1 figures" in shown.out and "left out: baoding-2022 (1 finding)" in shown.err
    assert figures.read_bytes() == spoiled and Seeds(drafted).findings == findings
