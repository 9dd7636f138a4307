"""A corrected text: the older one stays on file, and never stands beside it unmarked."""

import json

import pytest

import baoding_data as bd
from baoding_data.checks.audit import check
from baoding_data.checks.examples import FOLDER, Changed
from baoding_data.cli import main
from baoding_data.comparison.peers import sightings
from baoding_data.curation.add import add
from baoding_data.errors import BaodingError
from baoding_data.tables.files import checksum
from baoding_data.tables.seeds import Seeds, home

OLD, NEW = "chengping-2023", "chengping-2023-2"


def seeds_with(old="audited", by="", new="audited"):
    """The invented seeds with a second text of the county's report, in which 53 cases are given."""
    files = Changed().files
    text = (FOLDER / f"reports/{OLD}.txt").read_text(encoding="utf-8")
    moved = text.replace("案件52件", "案件53件").replace("政府受理30件", "政府受理31件")
    head, row, *others = (FOLDER / "reports.csv").read_text(encoding="utf-8").splitlines()
    second = row.replace(OLD, NEW).replace(checksum(text.encode()), checksum(moved.encode()))
    second = second.replace(",audited,", f",{new},")
    first = row.replace(",audited,", f",{old},") + by
    files["reports.csv"] = "\n".join([head, first, *others, second, ""]).encode()
    files[f"reports/{NEW}.txt"] = moved.encode()
    figures = (FOLDER / f"figures/{OLD}.csv").read_text(encoding="utf-8")
    for before, after in (
        ("52,52", "53,53"),
        ("30,30", "31,31"),
        ("52件", "53件"),
        ("30件", "31件"),
    ):
        figures = figures.replace(before, after)
    files[f"figures/{NEW}.csv"] = figures.encode()
    for table in ("identities.csv", "doubts.csv"):
        lines = (FOLDER / table).read_text(encoding="utf-8").splitlines()
        lines += [line.replace(OLD, NEW) for line in lines if line.startswith(OLD)]
        files[table] = "\n".join([*lines, ""]).encode()
    observed = (FOLDER / "observations.csv").read_text(encoding="utf-8")
    if new == "audited":  # the city's table has the corrected number
        observed = observed.replace("cases,52,52", "cases,53,53").replace("210,210", "211,211")
    files["observations.csv"] = observed.encode()
    package = json.loads(files["datapackage.json"])
    [listed] = [one for one in package["resources"] if one["name"] == "figures"]
    listed["path"] = [f"figures/{OLD}.csv"] + [f"figures/{NEW}.csv"] * (new == "audited")
    files["datapackage.json"] = json.dumps(package).encode()
    return Seeds(FOLDER, files)


def test_two_current_reports_are_a_finding_and_its_advice_cures_it():
    """Of two audited texts of one report the newer is named with what to write; then nothing of
    these two is found.
    """
    found = [one for one in check(seeds_with()) if one.rule == "current"]
    assert [one.found for one in found] == [f"audited, as {OLD}"]
    assert f"give {OLD} the status superseded and {NEW} under superseded_by" in found[0].advice
    assert check(seeds_with("superseded", NEW)) == []


def test_only_the_current_one_stands_beside_others():
    """Figures, sightings and profiles are of the current text; the older one's figures are given
    to whoever names it, and it is no report to compare with.
    """
    tables = seeds_with("superseded", NEW)
    assert set(bd.figures(seeds=tables)["report"]) == {NEW}
    assert OLD not in {one.report for one in sightings(tables)}
    assert bd.figure("cases", seeds=tables).value == 53
    old = bd.figure("cases", report=OLD, seeds=tables)
    assert (old.value, old.status) == (52, "proved")
    assert set(bd.figures(report=OLD, seeds=tables)["report"]) == {OLD}
    for ask in (
        lambda: bd.report(OLD, tables),
        lambda: bd.compare("cases", report=OLD, seeds=tables),
        lambda: bd.export("x.csv", report=OLD, seeds=tables),
    ):
        with pytest.raises(BaodingError):
            ask()
    with pytest.raises(BaodingError, match=f"{OLD} is superseded by {NEW}: name that"):
        bd.report(OLD, tables)


def test_until_the_corrected_text_is_audited_the_older_one_is_current():
    """A draft changes nothing that is shown."""
    tables = seeds_with("superseded", NEW, new="draft")
    assert check(tables) == []
    assert set(bd.figures(seeds=tables)["report"]) == {OLD}
    assert bd.report(OLD, tables)


def with_row(tables, table, *cells):
    """The same seeds with one more row in a table."""
    file = f"{table}.csv"
    files = {**tables.folder.instead}
    raw = files.get(file) or (FOLDER / file).read_bytes()
    files[file] = raw + ",".join(cells).encode() + b"\n"
    return Seeds(FOLDER, files)


def test_reports_that_supersede_one_another_are_a_finding():
    """Where none is current in the end, each is named with what to write."""
    tables = seeds_with("superseded", NEW)
    files = {**tables.folder.instead}
    lines = files["reports.csv"].decode().splitlines()
    lines[-1] = lines[-1].replace(",audited,", ",superseded,") + OLD
    files["reports.csv"] = "\n".join([*lines, ""]).encode()
    found = check(Seeds(FOLDER, files))
    assert [one.rule for one in found] == ["superseded"] * 2
    assert "clear superseded_by and set the status to audited" in found[0].advice


def test_a_conflict_with_a_superseded_report_names_the_current_one():
    """What once was explained of the older text is to be explained of the newer, or removed."""
    side = "999901:2023:cases:whole_area"
    row = ("moved", "conflict", f"{OLD}:{side} chengzhou-2023:{side}", "改", "Moved")
    tables = with_row(seeds_with("superseded", NEW), "conflicts", *row, "{1}；{2}", "{1}; {2}", "")
    [found] = check(tables)
    assert found.rule == "sides" and f"superseded by {NEW}" in found.wanted
    assert f"name the figure of {NEW}, or remove the row" in found.advice
    row = ("moved", "conflict", f"{NEW}:{side} chengzhou-2023:{side}", "改", "Moved")
    tables = with_row(seeds_with("superseded", NEW), "conflicts", *row, "{1}；{2}", "{1}; {2}", "")
    assert check(tables) == []


@pytest.mark.parametrize(
    "old, by, rule",
    [
        ("superseded", "", "schema"),
        ("superseded", "nowhere-2023", "code"),
        ("superseded", "chengzhou-2023", "superseded"),
        ("superseded", OLD, "superseded"),
        ("audited", NEW, "superseded"),
    ],
)
def test_what_supersedes_a_report_is_another_of_its_place_year_and_kind(old, by, rule):
    """Any other name, none, or one beside another status is a finding."""
    assert rule in {
        one.rule for one in check(seeds_with(old, by)) if one.file.endswith("ports.csv")
    }


def test_add_and_show_lead_to_the_corrected_text(folder, tmp_path, capsys):
    """`add` says what to write beside the older text, and `show` of that, once it is written, by
    what it is superseded.
    """
    text = (home() / "reports/baoding-2022.txt").read_text(encoding="utf-8")
    file = tmp_path / "corrected.txt"
    file.write_text(text.replace("案件316件", "案件361件"), encoding="utf-8", newline="")
    with pytest.raises(
        BaodingError, match="corrected text, gets .*--report baoding-2022-2"
    ) as told:
        add(file, "保定市", 2022, folder)
    assert "remove it" not in str(told.value)
    about = ["--title-en", "x", "--issuer-en", "x", "--url", "https://www.example.gov.cn/"]
    command = ["add", str(file), "--place", "保定市", "--year", "2022", "--seeds", str(folder)]
    assert main([*command, "--report", "baoding-2022-2", *about]) == 0
    said = "if this text corrects baoding-2022: in reports.csv give baoding-2022 the status"
    assert said in capsys.readouterr().out
    reports = folder / "reports.csv"
    head, row, *others = reports.read_text(encoding="utf-8").splitlines()
    row = row.replace(",audited,", ",superseded,") + "baoding-2022-2"
    reports.write_text("\n".join([head, row, *others, ""]), encoding="utf-8", newline="")
    assert {one.rule for one in check(Seeds(folder))} == {"reader"}
    show = ["show", "reconsideration_accepted", "--seeds", str(folder), "--report", "baoding-2022"]
    assert main(show) == 0
    assert "superseded by" not in capsys.readouterr().out  # it is a draft that is to supersede it
