"""Reports whose own numbers are odd are taken, or refused at their place with a cure; and what is
wrong in one report stops no work on another.

The reports are invented: `odd.py` makes them, and asks all that can be asked of them.
"""

import re
from contextlib import suppress
from datetime import date
from functools import partial

import pytest
from conftest import IN_FULL
from odd import ODD, SOUND, Odd, append, drafted, folder_at, shown, taken_in, tried
from openpyxl import load_workbook

import baoding_data as bd
from baoding_data.checks.audit import by_report, check
from baoding_data.checks.examples import Changed
from baoding_data.checks.rule import change
from baoding_data.cli import main
from baoding_data.curation.accept import accept
from baoding_data.curation.drafts import read_draft, write_draft
from baoding_data.errors import LeftOut
from baoding_data.tables.files import cells_of, written
from baoding_data.tables.seeds import Seeds

RATE = [["rate", "ratio", "upheld_rate", "cases_upheld / cases_concluded", "注", "note", ""]]
OF_RATE = ["cases_concluded", "cases_upheld", "upheld_rate"]


def doubt(figures, accepts):
    """A row of doubts.csv about some figures."""
    said = "，".join(f"{{{name}}}" for name in figures.split())
    return ["odd", figures, "", "报告所印如此", "Printed so", said, said, "", accepts]


def advised(finding):
    """The row of doubts.csv that a finding asks for."""
    found = re.search(
        "with ([a-z_]+) under “accepts” and, under “figures”, ([a-z_@ ]+)", str(finding)
    )
    return doubt(found[2].strip(), found[1])


# --- what a report may print of itself, from the finding to the products

CONTRADICTIONS = {
    "cut off": ("审结45件，维持7件，维持率15.55%", "15.556", {"identity"}),
    "misprint": ("审结45件，维持1件，维持率22.2%", "2.22", {"identity"}),
    "part above whole": ("审结20563件，维持30405件", "20563", {"part_of_whole"}),
    "lost more": ("审结45件，维持46件，维持率102.22%", "45", {"part_of_whole", "within_hundred"}),
    "some of none": ("审结0件，维持5件", "0", {"part_of_whole"}),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_what_a_report_prints_of_itself_is_accepted_as_the_finding_says(name, tmp_path, capsys):
    """A finding with digits one more than the printed ones; its row of doubts.csv, written as it
    says; then the report is audited, and the doubt said in every product, in none of which a share
    is made of such counts.
    """
    said, computed, rules = CONTRADICTIONS[name]
    folder = folder_at(tmp_path / "seeds")
    rate = "率" in said
    draft = drafted(folder, Odd(f"行政复议案件{said}。", OF_RATE[: 3 if rate else 2], RATE * rate))
    done = accept(draft, folder)
    assert {one.rule for one in done.findings} == rules
    assert any(re.search(rf"{re.escape(computed)}[;,]", str(one)) for one in done.findings)
    rows = [advised(one) for one in done.findings]
    for number, row in enumerate(rows):
        append(folder / "doubts.csv", [ODD, f"{row[0]}{number}".replace("0", "a"), *row[1:]])
    append(folder / "doubts.csv")
    assert accept(draft, folder).status == "audited"
    tables = Seeds(folder)
    assert check(tables) == []
    figure = OF_RATE[2 if rate else 1]
    for command in (["show"], ["compare"]):
        assert main([*command, figure, "--report", ODD, "--seeds", str(folder)]) == 0
        assert "Printed so" in capsys.readouterr().out
    bd.export(tmp_path / "x.xlsx", report=ODD, lang="both", peers=True, seeds=tables)
    bd.export(tmp_path / "x.csv", report=ODD, lang="both", seeds=tables)
    book = load_workbook(tmp_path / "x.xlsx")
    cells = [str(c.value) for sheet in book for line in sheet for c in line]
    assert any("Printed so" in cell for cell in cells)
    flat = (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    assert "Caution: Printed so" in flat
    if rate and "part_of_whole" in rules:
        assert "46/45, the part is more than the whole, so no share" in flat


WITHIN_A_SENTENCE = "全年全县受理行政复议案件316件，{}经调解维持323件。"


@pytest.mark.parametrize(("words", "found"), [("其中", ["part_of_whole"]), ("另有", [])])
def test_of_which_is_a_part_where_some_report_says_so(words, found, tmp_path):
    """Two numbers with “其中” between them, of which an identity of any report says that one is no
    more than the other, are part and whole; other words say nothing of the kind.
    """
    part = change("identities", "chengping-2023,concluded_of_cases", result="cases_upheld")
    folder = folder_at(tmp_path / "seeds", part)
    numbers = ["cases", {"indicator": "cases_upheld"}]
    done = taken_in(folder, Odd(WITHIN_A_SENTENCE.format(words), numbers))
    assert [one.rule for one in done.findings] == found


OBSERVED = {
    "whole_number": [("999900,2023,,cases_concluded", "190.5")],
    "places_total": [("999900,2023,,cases,", "211")],
    "own_part": [("999902,2023,,cases,95", "195")],
    "identity": [("999900,2023,,cases_concluded", "250")],
}


@pytest.mark.parametrize("name", OBSERVED)
def test_what_a_cited_source_prints_of_itself_is_explained_as_the_finding_says(name, capsys):
    """No text is on file to doubt: the conflict with the sides that the finding names is taken, and
    said where the figure is compared.
    """
    changes = [
        change("observations", f"chengzhou-2023,{row}", printed=to, value=to)
        for row, to in OBSERVED[name]
    ]
    found = check(Changed(changes).seeds())
    assert [one.rule for one in found] == [name]
    sides = re.search("under “sides” (.+)$", found[0].advice)[1]
    numbers = "、".join(f"{{{n}}}" for n in range(1, len(sides.split()) + 1))
    row = ["own", "conflict", sides, "来源自相矛盾", "At odds with itself", numbers, numbers, ""]
    files = Changed(changes)
    header, *rows = cells_of(files._text("conflicts.csv").encode())
    files.files["conflicts.csv"] = written([header, *rows, row])
    tables = files.seeds()
    assert check(tables) == []
    seen = bd.compare(sides.split(":")[3], report=SOUND, seeds=tables)
    noted = seen[seen["note_en"].str.contains("At odds with itself")]
    assert len(noted) == sides.count(f":{sides.split(':')[3]}:")


def test_a_share_that_is_not_computed_is_said_not_to_be(tmp_path, capsys):
    """Of a report that prints both counts and no rate, the comparison gives both with the reason
    why they make none.
    """
    folder = folder_at(tmp_path / "seeds")
    said = [doubt("cases_upheld cases_concluded", "part_of_whole")]
    more = Odd("行政复议案件审结40件，维持54件。", OF_RATE[:2], [], said)
    assert taken_in(folder, more).status == "audited"
    assert main(["compare", "upheld_rate", "--report", ODD, "--seeds", str(folder)]) == 0
    assert "54/40, the part is more than the whole, so no share" in capsys.readouterr().out
    answer = bd.report(ODD, Seeds(folder)).beside("upheld_rate")
    assert "54/40，部分多于总数，不计占比" in answer.plain


# --- none of none, and zeros as they are printed

ZEROS = {
    "none of none": ("审结0件，维持0件，维持率0%", "0%", "0"),
    "all of none": ("审结0件，维持0件，维持率100%", "100%", "100"),
    "99.90": ("审结1000件，维持999件，维持率99.90%", "99.90%", "99.9"),
    "100.00": ("审结1000件，维持1000件，维持率100.00%", "100.00%", "100"),
    "0.0": ("审结1000件，维持0件，维持率0.0%", "0.0%", "0"),
    "0.00": ("审结1000件，维持0件，维持率0.00%", "0.00%", "0"),
    "5.0": ("审结5.0件，维持5.0件，维持率100.0%", "100.0%", "100"),
}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ZEROS)
def test_zeros_are_kept_as_printed(name, ending, tmp_path, capsys):
    """Also where a workbook made floats of the values of a draft: printed as printed, the value
    without needless zeros, and the same in every product.
    """
    said, printed, value = ZEROS[name]
    folder = folder_at(tmp_path / "seeds")
    draft = drafted(folder, Odd(f"行政复议案件{said}。", OF_RATE, RATE))
    if ending == "xlsx":
        write_draft(read_draft(draft), draft := draft.with_suffix(".xlsx"), folder)
        book = load_workbook(draft)
        cells = [cell for line in book.worksheets[0] for cell in line]
        for cell in cells:
            if re.fullmatch(r"[0-9]+\.?[0-9]*", str(cell.value)):
                cell.value = float(cell.value)
        book.save(draft)
    done = accept(draft, folder)
    assert (done.status, done.findings) == ("audited", [])
    row = (folder / f"figures/{ODD}.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert row.startswith(f"upheld_rate,{printed},{value},%,")
    tables = Seeds(folder)
    assert check(tables) == []
    main(["compare", "upheld_rate", "--report", ODD, "--seeds", str(folder)])
    assert f": {value}%" in capsys.readouterr().out
    bd.export(tmp_path / "x.csv", report=ODD, seeds=tables)
    [line] = [
        dict(zip(head, cells, strict=True))
        for head, *lines in [cells_of((tmp_path / "x.csv").read_bytes())]
        for cells in lines
        if "upheld_rate" in cells
    ]
    assert (line["统计数"], line["printed"], line["value"]) == (printed, printed, value)
    assert ("0/0，没有件数，不计占比" in line["说明"]) == ("none" in name)


# --- what is wrong in one report stops no work on another

BEFORE = Odd(
    "全年全县受理行政复议案件60件。行政复议案件审结40件，维持30件，维持率75%。",
    ["cases", *OF_RATE],
    RATE,
)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A folder with two audited reports in which nothing is wrong."""
    folder = folder_at(tmp_path_factory.mktemp("two") / "seeds")
    assert taken_in(folder, BEFORE).status == "audited"
    return folder


def in_figures(tables, indicator, **cells):
    rows = [
        row._replace(**cells) if (row.report, row.indicator) == (ODD, indicator) else row
        for row in tables.figures
    ]
    return tables.replaced(figures=rows)


def in_identities(tables, **cells):
    rows = [row._replace(**cells) if row.report == ODD else row for row in tables.identities]
    return tables.replaced(identities=rows)


def in_reports(tables, **cells):
    rows = [row._replace(**cells) if row.report == ODD else row for row in tables.reports]
    return tables.replaced(reports=rows)


def without_row(tables, indicator):
    rows = [row for row in tables.figures if (row.report, row.indicator) != (ODD, indicator)]
    return tables.replaced(figures=rows)


WRONG = {
    "a value": partial(in_figures, indicator="cases", value=61),
    "a quote": partial(in_figures, indicator="cases", quote="受理61件"),
    "a scope": partial(in_figures, indicator="cases", scope=""),
    "no row": partial(without_row, indicator="cases"),
    "no ratio": lambda tables: tables.replaced(
        identities=[row for row in tables.identities if row.report != ODD]
    ),
    "terms": partial(in_identities, terms="cases_upheld / cases"),
    "its text": partial(in_reports, sha256="0" * 64),
    "its title": partial(in_reports, title_zh="另一份报告"),
    "its day": partial(in_reports, published=date(2020, 1, 1)),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_one_report_stops_no_work_on_another(two, name, tmp_path):
    """It is left out where it would stand beside another, which says so; asked for itself, it is
    refused with all that is found.
    """
    tables = WRONG[name](Seeds(two))
    found = by_report(tables)
    assert set(found) == {ODD} and [one for one in check(tables) if one not in found[ODD]] == []
    line = f"{ODD} ({len(found[ODD])} finding"
    bd.export(tmp_path / "one.xlsx", report=SOUND, seeds=tables)
    bd.export(tmp_path / "one.csv", report=SOUND, seeds=tables)
    with pytest.warns(LeftOut, match=re.escape(line)):
        bd.export(tmp_path / "x.xlsx", report=SOUND, lang="en", peers=True, seeds=tables)
    with pytest.warns(LeftOut, match=re.escape(line)):
        bd.export(tmp_path / "x.csv", report=SOUND, peers=True, seeds=tables)
    book = load_workbook(tmp_path / "x.xlsx")
    cells = [str(c.value) for sheet in book for row in sheet for c in row]
    assert any(f"eft out: {line}" in cell for cell in cells)
    assert ODD not in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    with pytest.warns(LeftOut, match=re.escape(line)):
        seen = bd.compare("upheld_rate", report=SOUND, seeds=tables)
    assert set(seen["report"]) == {SOUND}
    about = bd.report(SOUND, tables)
    for answer in (about.beside("upheld_rate"), about.profile()):
        assert f"eft out: {line}" in answer.plain and ODD not in set(answer.data["report"])
        shown(answer)
    assert bd.figure("upheld_rate", SOUND, tables).printed == "85%"
    for asked in ({"report": ODD}, {"report": [SOUND, ODD]}):
        for file in ("y.xlsx", "y.csv"):
            with pytest.raises(bd.BaodingError, match="the audit finds something") as caught:
                bd.export(tmp_path / file, seeds=tables, **asked)
            assert set(caught.value.findings) == set(found[ODD])
    with pytest.raises(bd.BaodingError, match="the audit finds something"):
        bd.export(tmp_path / "all.csv", seeds=tables)
    with pytest.raises(bd.BaodingError, match="left out until this is corrected"):
        bd.export(tmp_path / "all.csv", seeds=tables.without({ODD: found[ODD]}))
    assert not (tmp_path / "all.csv").exists() and not (tmp_path / "y.xlsx").exists()


def test_the_commands_name_what_they_leave_out(two, tmp_path, capsys):
    """`compare` and `export --peers` say in a line which report is left out, and go on."""
    folder = folder_at(tmp_path / "seeds")
    for file in two.rglob("*.*"):
        (folder / file.relative_to(two)).write_bytes(file.read_bytes())
    path = folder / f"figures/{ODD}.csv"
    path.write_bytes(path.read_bytes().replace(b"cases,60,60,", b"cases,60,61,"))
    about = ["--report", SOUND, "--seeds", str(folder)]
    assert main(["compare", "cases", *about]) == 0
    told = f"left out: {ODD} (1 finding); `baoding check` names them"
    assert capsys.readouterr().err.count(told) == 1
    assert main(["export", str(tmp_path / "x.xlsx"), "--peers", *about]) == 0
    assert capsys.readouterr().err.count(told) == 1
    assert main(["export", str(tmp_path / "x.xlsx"), *about]) == 0
    assert "left out" not in capsys.readouterr().err
    assert main(["show", "cases", *about]) == 0


COMMON = {
    "terms": lambda tables: tables.replaced(
        terms=[row._replace(wording="") if row.code == "since" else row for row in tables.terms]
    ),
    "questions": lambda tables: tables.replaced(
        questions=[row._replace(figures="no_such") for row in tables.questions]
    ),
    "places": lambda tables: tables.replaced(
        places=[row._replace(population=9) if row.parent == "" else row for row in tables.places]
    ),
}


@pytest.mark.parametrize("name", COMMON)
def test_what_all_reports_share_stops_every_export(two, name, tmp_path):
    """A finding in a table that is of no report is nobody's to be left out."""
    tables = COMMON[name](Seeds(two))
    for report in (SOUND, ODD):
        with pytest.raises(bd.BaodingError, match="the audit finds something"):
            bd.export(tmp_path / "x.xlsx", report=report, seeds=tables)


# --- all that can be asked of odd numbers and odd tables

RATE_ALONE = ["upheld_rate"]
COUNTS = ["cases", "cases_concluded", "cases_upheld"]
SAID = "全年全县受理行政复议案件{}件。行政复议案件审结{}件，维持{}件。"
AWAY = {"reason": "no_indicator"}
MORE = doubt("cases_upheld cases_concluded", "part_of_whole")
TAKEN = {
    "some of none": Odd("行政复议案件审结0件，维持1件。", OF_RATE[:2], [], [MORE]),
    "a part above its whole": Odd("行政复议案件审结40件，维持54件。", OF_RATE[:2], [], [MORE]),
    "none of none": Odd(f"行政复议案件{ZEROS['none of none'][0]}。", OF_RATE, RATE),
    "nothing at all": Odd(SAID.format(0, 0, 0), COUNTS),
    "beyond ten to the twelfth": Odd(SAID.format(*["1234567890123"] * 3), COUNTS),
    "fifteen digits": Odd(SAID.format(*["999999999999999"] * 3), COUNTS),
    "hundreds of millions": Odd(SAID.format("98765亿", "98764亿", "98763亿"), COUNTS),
    "an account": Odd("账号12345678901234567890，受理行政复议案件1件。", ["cases"]),
    "very small": Odd("行政复议案件维持率0.0001%。", RATE_ALONE),
    "all but nothing": Odd("行政复议案件审结99999件，维持99998件。", OF_RATE[:2]),
    "in thousandths": Odd("行政复议案件维持率1000‰。受理行政复议案件1件。", [AWAY, "cases"]),
    "below zero": Odd(
        "行政复议案件维持率为−8.6%。受理行政复议案件1件。", [{"reason": "minus"}, "cases"]
    ),
    "one figure": Odd("现有行政执法人员120名。", [{"indicator": "officers", "period": "stock"}]),
    "none but set apart": Odd("办结5件，处理6件。", [AWAY, AWAY]),
    "each unclear": Odd("举办讲座3/4场次，办理1/2件。", [{"reason": "fraction"}] * 2),
    "three scopes": Odd(
        "全年全县受理行政复议案件52件，县政府受理行政复议案件30件，乡镇受理行政复议案件0件。",
        [{"indicator": "cases", "scope": of} for of in ("whole_area", "government", "townships")],
    ),
    "two periods": Odd(
        "全年全县受理行政复议案件52件。累计受理行政复议案件300件。",
        [{"indicator": "cases", "period": of} for of in ("year", "cumulative")],
    ),
    "rates alone": Odd(
        "行政复议案件维持率85%。行政许可当场办结率0.0%。", ["upheld_rate", "done_on_site"]
    ),
}
OFTEN = ("some of none", "none but set apart")


@pytest.mark.parametrize("name", TAKEN if IN_FULL else OFTEN)
def test_whatever_is_asked_of_odd_numbers_is_answered(name, tmp_path, record_property):
    """A report with odd numbers is accepted and audited; each question to it, and to the report
    beside it, has an answer, or is refused in words.
    """
    folder = folder_at(tmp_path / "seeds")
    done = taken_in(folder, TAKEN[name])
    assert (done.status, done.findings) == ("audited", [])
    tables = Seeds(folder)
    assert check(tables) == []
    tries = said = 0
    for report in (ODD, SOUND) if IN_FULL else (ODD,):
        of_report, refused = tried(tables, report, tmp_path)
        tries, said = tries + of_report, said + sum(refused.values())
    record_property("found", f"{name:<28}{tries - said:>5} of {tries:<5} answered")


def test_a_text_without_numbers_stays_a_draft(tmp_path, capsys):
    """There is nothing in it to audit, and the command says so."""
    folder = folder_at(tmp_path / "seeds")
    draft = drafted(folder, Odd("县政府坚持依法行政。", []))
    assert main(["accept", str(draft), "--seeds", str(folder)]) == 0
    assert "nothing to audit: the report stays a draft" in capsys.readouterr().out


UPHELD, IDENTITY, QUESTION = (
    ("indicators", "upheld_rate"),
    ("identities", "chengping-2023,rate"),
    (
        "questions",
        "cases",
    ),
)
OBSERVATION, PLACE = ("observations", "yuanhe-2023"), ("places", "999901")
# The change, and a rule that finds it; none where it is nothing wrong.
BOOKS = [
    (UPHELD, {"numerator": "upheld_rate"}, "share_terms"),
    (UPHELD, {"numerator": "upheld_rate", "denominator": "upheld_rate"}, "share_terms"),
    (UPHELD, {"numerator": "cases", "denominator": "cases"}, "share_terms"),
    (UPHELD, {"numerator": "officers"}, "share_terms"),
    (UPHELD, {"denominator": ""}, "share_of"),
    (UPHELD, {"numerator": "nope"}, "code"),
    (
        ("indicators", "done_on_site"),
        {"numerator": "cases_upheld", "denominator": "cases_concluded"},
        "share_terms",
    ),
    (IDENTITY, {"report": "nope-2023"}, "code"),
    (IDENTITY, {"result": "nope"}, "code"),
    (IDENTITY, {"terms": "nope / cases"}, "identity_figures"),
    (IDENTITY, {"terms": "cases_upheld@nope / cases_concluded"}, "identity_scope"),
    (IDENTITY, {"terms": "upheld_rate / cases"}, "identity_form"),
    (IDENTITY, {"kind": "nope"}, "code"),
    (("identities", "chengping-2023,open"), {"terms": "cases - cases_open"}, "identity_form"),
    (("places", "999900"), {"parent": "999901"}, "code"),
    (PLACE, {"parent": "999901"}, "code"),
    (PLACE, {"parent": "888888"}, "code"),
    (PLACE, {"population": "0"}, "schema"),
    (PLACE, {"population": "", "population_year": "", "source": ""}, ""),
    (("reports", "chengping-2023"), {"place": "888888"}, "code"),
    (("reports", "chengping-2023"), {"year": "1989"}, "schema"),
    (("reports", "chengping-2023"), {"year": "2101"}, "schema"),
    (OBSERVATION, {"year": "1990"}, "sides"),
    (OBSERVATION, {"place": "888888"}, "code"),
    (OBSERVATION, {"printed": "0", "value": "0"}, ""),
    (OBSERVATION, {"printed": "-5", "value": "-5"}, "one_number"),
    (OBSERVATION, {"printed": "0.0001", "value": "0.0001"}, "whole_number"),
    (OBSERVATION, {"printed": "9" * 15, "value": "9" * 15}, "conflict"),
    (OBSERVATION, {"indicator": "nope"}, "code"),
    (("neighbours", "cases"), {"neighbour": "nope"}, "code"),
    (("neighbours", "cases"), {"indicator": "nope"}, "code"),
    (("neighbours", "cases"), {"neighbour": "cases", "reader": ""}, "neighbour"),
    (QUESTION, {"figures": "nope"}, "asked_figures"),
    (QUESTION, {"figures": "cases cases"}, "asked_each"),
    (QUESTION, {"share": "nope cases"}, "asked_figures"),
    (QUESTION, {"share": "cases"}, "schema"),
    (QUESTION, {"whole": "nope"}, "asked_figures"),
    (QUESTION, {"roles": "main"}, "asked_each"),
    (QUESTION, {"labels_zh": "一", "labels_en": "one"}, "asked_each"),
    (QUESTION, {"labels_en": ""}, "asked_each"),
    (QUESTION, {"title_zh": "{nope}", "title_en": "{nope}"}, "asked_figures"),
    (QUESTION, {"title_zh": "{cases", "title_en": "{cases"}, "asked_brackets"),
    (("overrides", "yuanhe"), {"indicator": "nope"}, "override"),
    (("doubts", "chengping"), {"figures": "nope"}, "doubted_figures"),
    (("doubts", "chengping"), {"report": "yuanhe-2023"}, "cited_doubt"),
    (("conflicts", "yuanhe"), {"sides": "nope"}, "sides"),
    (("conflicts", "yuanhe"), {"text_zh": "{0}{9}", "text_en": "{a}"}, "numbers_of_sides"),
    (("figures", "cases,"), {"indicator": "nope"}, "code"),
    (("figures", "cases,"), {"value": "-5"}, "value"),
]


@pytest.mark.filterwarnings("ignore::baoding_data.errors.LeftOut")
@pytest.mark.parametrize(
    ("row", "cells", "rule"),
    BOOKS,
    ids=[f"{row[0]} {'; '.join(map(':'.join, cells.items()))}"[:60] for row, cells, _ in BOOKS],
)
def test_odd_tables_are_findings_and_nothing_else(row, cells, rule, tmp_path, record_property):
    """Codes of nothing, circles, a share of itself: each is a finding of the audit, and no call
    fails otherwise than in words.
    """
    tables = Changed([change(*row, **cells)]).seeds()
    found = check(tables)
    assert rule in {one.rule for one in found} if rule else not found
    if tables.findings:
        with suppress(bd.BaodingError):
            bd.compare("cases", seeds=tables)
    elif IN_FULL or row == QUESTION:
        tries, said = tried(tables, SOUND, tmp_path, "" if IN_FULL else "ask cases")
        told = f"{row[0]} {' '.join(cells)}"
        if IN_FULL:
            record_property(
                "found", f"{told:<28}{tries - sum(said.values()):>5} of {tries:<5} answered"
            )
