"""Figures side by side: graded by a rule, never subtracted across unlike things, and none dropped
silently.
"""

import json
import re
import shutil
from collections import defaultdict
from decimal import Decimal
from hashlib import sha256
from itertools import combinations

import pytest
from conftest import REPORT, unaudited
from hypothesis import given, settings
from hypothesis import strategies as st

import baoding_data as bd
from baoding_data.checks.examples import REPORT as CHENGPING
from baoding_data.checks.examples import Changed
from baoding_data.checks.rule import change
from baoding_data.cli import main
from baoding_data.comparison import peers
from baoding_data.comparison.asked import warn_of
from baoding_data.comparison.peers import (
    KINDS_OF_PERIOD,
    YEARS_APART,
    beside,
    change_between,
    changes,
    each_beside,
    graded,
    likened,
    likeness,
    rates,
    sightings,
)
from baoding_data.comparison.shares import is_wide, wilson
from baoding_data.errors import Finding, LeftOut
from baoding_data.tables.figures import of_all, of_report
from baoding_data.tables.files import cells_of, written
from baoding_data.tables.seeds import Seeds, home

examples = settings(max_examples=200, deadline=None, database=None, derandomize=True)


@pytest.fixture(scope="module")
def seen(seeds):
    """Every figure and observation on file."""
    return sightings(seeds)


@pytest.fixture(scope="module")
def indicators(seen):
    """The indicators of which there is any."""
    return sorted({one.indicator for one in seen})


@pytest.fixture(scope="module")
def pairs(seen):
    """All pairs of figures of one indicator."""
    of_indicator = defaultdict(list)
    for one in seen:
        if one.measure in ("count", "stock", "share", "amount"):
            of_indicator[one.indicator].append(one)
    return [pair for found in of_indicator.values() for pair in combinations(found, 2)]


def kind(one):
    return KINDS_OF_PERIOD.get(one.period, one.period)


# --- a second report, invented for these tests

CHANGED = {
    "受理行政复议案件316件": "受理行政复议案件395件",
    "法院目前审结45件": "法院目前审结90件",
    "败诉1件": "败诉18件",
    "败诉率2.22%": "败诉率20%",
    "调解成功20405件": "调解成功20400件",
    "对全市2万多名": "对全市3万多名",
}
CELLS = {
    "reconsideration_accepted,316,316": "reconsideration_accepted,395,395",
    "litigation_concluded,45,45": "litigation_concluded,90,90",
    "litigation_lost,1,1": "litigation_lost,18,18",
    "litigation_loss_rate,2.22%,2.22": "litigation_loss_rate,20%,20",
    "mediation_success,20405,20405": "mediation_success,20400,20400",
    "officers_trained,2万多,20000": "officers_trained,3万多,30000",
}


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Baoding 2022 and a report invented from it for the year after, with six numbers changed; no
    such report was ever published.
    """
    seeds = shutil.copytree(home(), tmp_path_factory.mktemp("pair") / "seeds")
    text, figures = (
        (seeds / name).read_text(encoding="utf-8")
        for name in (f"reports/{REPORT}.txt", f"figures/{REPORT}.csv")
    )
    for old, new in CHANGED.items():
        assert text.count(old) == 1
        text, figures = text.replace(old, new), figures.replace(old, new)
    for old, new in (
        ("保定市人民政府关于保定市2022年度法治政府建设情况的报告", "虚构的报告，仅供测试"),
        ("2023年3月16日", "2024年3月16日"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    for old, new in CELLS.items():
        assert figures.count(old) == 1
        figures = figures.replace(old, new)
    (seeds / "reports/invented-2023.txt").write_text(text, encoding="utf-8", newline="")
    (seeds / "figures/invented-2023.csv").write_text(figures, encoding="utf-8", newline="")

    def extended(name, change):
        header, *rows = cells_of((seeds / name).read_bytes())
        own = [dict(zip(header, row, strict=True)) for row in rows if row[0] == REPORT]
        added = [list(change(row).values()) for row in own]
        (seeds / name).write_bytes(written([header, *rows, *added]))

    as_other = {"report": "invented-2023", "reader": ""}
    extended(
        "reports.csv",
        lambda row: (
            row
            | as_other
            | {
                "year": "2023",
                "title_zh": "虚构的报告，仅供测试",
                "title_en": "An invented report, for tests only",
                "published": "2024-03-16",
                "text": "invented-2023.txt",
                "sha256": sha256(text.encode()).hexdigest(),
            }
        ),
    )
    extended("identities.csv", lambda row: row | as_other)
    package = json.loads((seeds / "datapackage.json").read_text(encoding="utf-8"))
    next(r for r in package["resources"] if r["name"] == "figures")["path"] = [
        f"figures/{name}.csv" for name in (REPORT, "invented-2023")
    ]
    (seeds / "datapackage.json").write_text(
        json.dumps(package, ensure_ascii=False), encoding="utf-8", newline=""
    )
    wrong = bd.audit(seeds).findings
    assert set(wrong["rule"]) <= {"reader"}, wrong.to_string()
    return seeds


def test_a_full_pair_of_years_compares(pair):
    """Two reports of one place give each indicator in both years, the second graded A, without any
    change to the code.
    """
    for indicator in (
        "reconsideration_accepted",
        "litigation_loss_rate",
        "licensing_items",
        "personnel_cleared",
    ):
        rows = bd.compare(indicator, report=REPORT, seeds=pair).query("report == 'invented-2023'")
        assert (
            rows["grade"].tolist() == ["A"]
            and rows["year"].tolist() == [2023]
            and rows["status"].tolist() == ["proved"]
        )


def test_a_second_report_of_the_place_gives_changes(pair):
    """With a second report of the place the table of changes has a line for each indicator of both,
    and the later figure is of grade A; without one a sentence says that there is no change.
    """
    alone = bd.report(REPORT, seeds=Seeds(home())).changes()
    assert alone.table is None and "说不出增减" in alone.title.zh
    report = bd.report(REPORT, seeds=pair)
    changes = report.changes().table.plain
    assert "2022年 316件 2022 316 | 2023年 395件 2023 395 | +79件（+25.0%） +79 (+25.0%)" in changes
    assert "Not compared: not exact numbers." in changes and "百分点" in changes
    assert "保定市2023年：395件 Baoding 2023: 395" in report.profile().table.plain


def test_changes_by_hand(pair):
    """316 to 395 is +79, 25 %; 1 of 45 to 18 of 90 may be spoken of, 20405 to 20400 of 20563 may
    not; a bound gives no difference.
    """

    def told(indicator):
        return (
            bd.change(indicator, place="130600", seeds=pair)
            .query("to_report == 'invented-2023' and from_report == 'baoding-2022'")
            .iloc[0]
        )

    counts = told("reconsideration_accepted")
    assert (counts["absolute"], counts["relative"], counts["told_en"]) == (79, 25, "")
    rate = told("litigation_loss_rate")
    assert (
        rate["absolute"] == pytest.approx(17.78)
        and wilson(1, 45)[1] < wilson(18, 90)[0]
        and "may be spoken of" in rate["told_en"]
        and "可以说有变化" in rate["told_zh"]
    )
    bounded = told("mediation_success_rate")
    assert str(bounded["absolute"]) == "nan" and "not exact" in bounded["told_en"]
    trained = told("officers_trained")
    assert str(trained["absolute"]) == "nan" and "确数" in trained["told_zh"]
    still = told("licensing_items")
    assert (still["absolute"], still["relative"]) == (0, 0)


def test_overlapping_intervals_allow_no_change(seeds, seen):
    """1 of 45 and 3 of 45 lie too near: the words say that no change may be spoken of."""
    rate = "litigation_loss_rate"
    base = next(one for one in seen if (one.report, one.indicator) == (REPORT, rate))
    low, high = wilson(3, 45)
    later = base._replace(year=2023, value=Decimal("6.67"), part=3, whole=45, low=low, high=high)
    found = change_between(seeds, base, later)
    assert found.absolute == Decimal("4.45") and "no change may be spoken of" in found.told_en


# --- grades


def test_mediation_by_hand():
    """Ezhou 2021 and Wuhai 2023 are A; Huangshi's eleven months are B; the years since 2019 of
    Nanjing, a sub-provincial city, and those of the nation are C. Both counts give the interval.
    """
    rows = bd.compare("mediation_success_rate").set_index("place_en")
    assert rows["grade"].to_dict() == {
        "Baoding": "",
        "Wuhai": "A",
        "Ezhou": "A",
        "Nanjing": "C",
        "Huangshi": "B",
        "China": "C",
    }
    assert (
        rows.loc["Ezhou", "part"],
        rows.loc["Ezhou", "whole"],
        round(rows.loc["Ezhou", "low"], 2),
        round(rows.loc["Ezhou", "high"], 2),
    ) == (6293, 6358, 98.70, 99.20)
    assert rows.loc["Nanjing"][["part", "whole", "low"]].isna().all()
    assert (
        "part of the year" in rows.loc["Huangshi", "reason"]
        and "年内部分时段" in rows.loc["Huangshi", "reason"]
    )


def test_court_wide_rates_are_another_thing():
    """Against suits of the government itself, what all courts decide about any body is C, with the
    difference named; Xuchang's 122 of 508 is computed and says so.
    """
    rows = bd.compare("litigation_loss_rate")
    assert (
        set(rows.query("scope == 'courts'")["grade"]) == {"C"}
        and len(rows.query("scope == 'courts'")) == 5
    )
    xuchang = rows[rows["place_en"] == "Xuchang"].iloc[0]
    assert (
        xuchang["part"],
        xuchang["whole"],
        xuchang["value"],
        xuchang["printed"],
        xuchang["status"],
    ) == (122, 508, 24.02, "", "derived")
    assert bd.compare("litigation_loss_rate", strict=True)["report"].tolist() == [REPORT]


def test_no_row_is_dropped_silently(seeds, seen, indicators):
    """Every sighting of an indicator and of its neighbours is in the comparison once, with a grade
    and, below A, a reason in both languages.
    """
    for indicator in indicators:
        near = {row.neighbour for row in seeds.neighbours if row.indicator == indicator}
        found = beside(seeds, indicator)
        own = [one for one in seen if one.report == REPORT and one.indicator == indicator]
        others = [one for one in seen if one.report != REPORT and one.indicator == indicator]
        if own:
            others += [one for one in seen if one.report != REPORT and one.indicator in near]
        assert sorted(one.key for one in found) == sorted(one.key for one in own + others)
        for one in found:
            other = one.report != REPORT
            assert one.grade in (("A", "B", "C") if own and other else ("",))
            reasoned = one.grade in ("B", "C") or not own and other
            assert reasoned == bool(one.reason_zh) == bool(one.reason_en)
            assert re.search("[\u4e00-\u9fff]", one.reason_zh) or not one.reason_zh


def test_every_sighting_has_a_key_of_its_own(seen):
    """No two figures or observations are one: place, year, source, indicator, scope and period tell
    them apart, and a computed share is of no indicator that the source prints.
    """
    assert len({one.key for one in seen}) == len(seen) > 200


def test_strict_never_crosses(seeds, indicators):
    """With `strict` only figures of one indicator, scope, level, unit and kind of period stand
    together, at most three years apart.
    """

    def alike(one, own):
        things = (one.indicator, one.scope, one.level, kind(one))
        return (
            things == (own.indicator, own.scope, own.level, kind(own))
            and abs(one.year - own.year) <= YEARS_APART
            and set(seeds.words.units(one.unit)) & set(seeds.words.units(own.unit))
        )

    for indicator in indicators:
        found = beside(seeds, indicator, strict=True)
        own = [one for one in found if one.report == REPORT]
        for one in found:
            assert one in own or any(alike(one, mine) for mine in own)


@examples
@given(data=st.data())
def test_likeness_is_symmetrical(seeds, pairs, data):
    """One figure is as like another as the other is to it."""
    one, other = data.draw(st.sampled_from(pairs))
    assert likeness(seeds, one, other).grade == likeness(seeds, other, one).grade


@examples
@given(data=st.data(), a=st.integers(0, 10**7), b=st.integers(0, 10**7))
def test_change_is_antisymmetric(seeds, pairs, data, a, b):
    """From one figure to another the difference is the opposite of the way back, and there is none
    in either direction where they are unlike.
    """
    one, other = data.draw(st.sampled_from(pairs))
    one, other = one._replace(value=Decimal(a)), other._replace(value=Decimal(b))
    there, back = change_between(seeds, one, other), change_between(seeds, other, one)
    assert (there.absolute is None) == (back.absolute is None)
    if there.absolute is None:
        assert there.told_zh.startswith("不作比较") and there.told_en.startswith("Not compared")
        return
    assert there.absolute == -back.absolute == b - a
    apart = abs(one.year - other.year) > YEARS_APART
    assert likeness(seeds, one, other).grade == "A" or apart
    things = (one.scope, one.level, kind(one), one.bound)
    assert things == (other.scope, other.level, kind(other), other.bound)


def test_a_change_across_scopes_is_refused(seeds):
    """Ezhou's requests in the whole city of 2021 and at its office in 2022 give no difference;
    those of its office in 2022 and 2025 do.
    """
    first, second = changes(seeds, "disclosure_requests", "420700")
    assert first.absolute is None and "scope" in first.told_en and "范围" in first.told_zh
    assert second.absolute == -4 and round(second.relative, 1) == -9.8


# --- per head


def test_cases_per_head_by_hand():
    """Hebei 2019: 7 040 cases of 74 610 235 people are 9.4 for every 100 000; Xinjiang's 295 are
    counted with the Corps' 146.
    """
    rows = bd.per_head("reconsideration_accepted").query("year == 2019").set_index("place")
    assert (
        rows.loc["130000", "rate"] == pytest.approx(7040 / 74610235 * 1e5)
        and round(rows.loc["130000", "rate"], 1) == 9.4
    )
    own = bd.per_head("reconsideration_accepted").query("place == '130600'").iloc[0]
    assert (
        own["population"] == 9242610
        and own["period"] == "to_date"
        and own["rate"] == pytest.approx(316 / 9242610 * 1e5)
    )
    assert (
        rows.loc["650000", "value"] == 295 + 146
        and "Corps" in rows.loc["650000", "note_en"]
        and "660000" not in rows.index
    )
    assert (
        set(rows["population_year"]) == {2020}
        and (rows["level"] == "province").sum() == 31
        and "servicemen" in rows.loc["100000", "note_en"]
    )
    with pytest.raises(bd.BaodingError, match="is a stock"):
        bd.per_head("licensing_items")


# --- in the workbook


def tables_of(path):
    """The rows of every table of a workbook, by the table's name, as cells."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    return book, {
        name: list(sheet[ref])[1:] for sheet in book for name, ref in sheet.tables.items()
    }


def target(book, cell):
    name, _, place = cell.hyperlink.location.rpartition("!")
    return book[name.strip("'")][place]


def test_peers_stand_beside_the_figures_in_the_workbook(seeds, tmp_path):
    """With peers, every figure that has any of grade A or B is followed by them, each with its
    reason and linked to its source and back; C is left out.
    """
    bd.export(tmp_path / "x.xlsx", peers=True, lang="en")
    book, tables = tables_of(tmp_path / "x.xlsx")
    asked = dict.fromkeys(figure.indicator for figure in of_report(seeds, REPORT))
    wanted = {}
    for indicator in asked:
        found = beside(seeds, indicator)
        others = [one for one in found if one.grade in ("A", "B")]
        if others:
            wanted[indicator] = [one for one in found if one.report == REPORT] + others
    rows = {}
    for row in tables["comparison"]:
        rows.setdefault(row[0].value, []).append(row)
    assert {*rows} == {found[0].label_en for found in wanted.values()}
    for found in wanted.values():
        shown = rows[found[0].label_en]
        assert [(row[1].value, row[2].value) for row in shown] == [
            (f"{seeds.where[one.place].name_en} {one.year}", float(one.value)) for one in found
        ]
        for one, row in zip(found, shown, strict=True):
            likeness, there = row[3].value, target(book, row[4])
            assert likeness.partition(";")[0] == (one.grade or "this report")
            counts = "counts not stated"
            if one.whole:
                counts = f"{one.part:,}/{one.whole:,}"
                assert ("95% interval" in likeness) == is_wide(one.low, one.high)
            assert one.reason_en in likeness and (one.measure != "share" or counts in likeness)
            assert there.value == row[4].value
            if one.report != REPORT:
                source = seeds.source[one.report]
                assert there.offset(column=1).value.startswith(source.title_en)
                assert there.offset(column=4).hyperlink.target == source.url
                assert target(book, there).parent is row[0].parent
    sources = {one.report for found in wanted.values() for one in found} - {REPORT}
    assert len(tables["references"]) == len(sources)


def test_without_peers_there_is_no_comparison(tmp_path):
    """A workbook of one report alone has no sheet for comparisons."""
    bd.export(tmp_path / "x.xlsx")
    assert not {"comparison", "references"} & set(tables_of(tmp_path / "x.xlsx")[1])


def test_two_reports_stand_side_by_side_in_the_workbook(pair, tmp_path):
    """Of two reports the first fills the sheets, and each of its figures is followed by the
    second's; the command takes --report twice.
    """
    assert (
        main(
            [
                "export",
                str(tmp_path / "x.xlsx"),
                "--report",
                REPORT,
                "--report",
                "invented-2023",
                "--seeds",
                str(pair),
                "--lang",
                "zh",
            ]
        )
        == 0
    )
    _, tables = tables_of(tmp_path / "x.xlsx")
    rows = [[cell.value for cell in row] for row in tables["comparison"]]
    years = [row[1] for row in rows]
    assert set(years) == {"保定市2022", "保定市2023"} and years.count("保定市2022") == years.count(
        "保定市2023"
    ) == len(bd.figures(report=REPORT, seeds=pair))
    [numbers] = [[row[2] for row in rows if row[0] == "受理的行政复议案件"]]
    assert numbers == [316, 395] and len(tables["references"]) == 1
    assert len(tables["figures_disputes"]) == len(bd.figures("disputes", report=REPORT, seeds=pair))


# --- the command, and what is not there


def test_the_command_says_what_the_function_says(seeds, capsys):
    """`baoding compare` names every place with its number, grade, reason and source; --strict
    leaves out what is not A.
    """
    assert main(["compare", "mediation_success_rate"]) == 0
    out = capsys.readouterr().out
    for one in beside(seeds, "mediation_success_rate"):
        place = seeds.where[one.place].name_zh
        for words in (place, one.report, one.reason_zh, one.reason_en):
            assert words in out
    assert "20,405/20,563, 99.10–99.34%" in out and "B级" in out
    main(["compare", "mediation_success_rate", "--strict"])
    assert "黄石" not in capsys.readouterr().out


def test_names_not_known_are_answered_with_the_nearest(capsys):
    """An unknown indicator, place or report is answered with the nearest, by the functions and by
    the command.
    """
    for call in (
        lambda: bd.compare("mediation_succes_rate"),
        lambda: bd.change("mediation_succes_rate"),
        lambda: bd.per_head("mediation_case"),
        lambda: bd.compare("mediation_cases", report="baoding-2032"),
        lambda: bd.change("mediation_cases", place="130601"),
    ):
        with pytest.raises(bd.BaodingError, match="did you mean"):
            call()
    assert (
        main(["compare", "mediation_succes_rate"]) == 2
        and "did you mean" in capsys.readouterr().err
    )


def test_an_indicator_that_the_report_does_not_have_is_shown_without_grades():
    """Where the report has no such figure, the rest is shown all the same, and says why it has no
    grade.
    """
    rows = bd.compare("public_satisfaction_score")
    assert (
        len(rows) == 3 and set(rows["grade"]) == {""} and rows["reason"].str.contains("未载").all()
    )
    with pytest.raises(bd.BaodingError, match="without strict, 3 of it are shown"):
        bd.compare("public_satisfaction_score", strict=True)


def test_neighbours_are_checked(folder, edit):
    """An indicator is no neighbour of itself, and a neighbour must be in the codebook."""
    edit(
        "neighbours.csv",
        "reconsideration_accepted,reconsideration_received",
        "reconsideration_accepted,reconsideration_accepted",
    )
    assert "another indicator" in set(bd.audit(folder).findings["wanted"])
    edit(
        "neighbours.csv",
        "reconsideration_accepted,reconsideration_handled",
        "reconsideration_accepted,reconsideration_handed",
    )
    assert any(
        finding.file == "seeds/neighbours.csv" and finding.column == "neighbour"
        for finding in Seeds(folder).findings
    )


# --- two sources, one fact


def test_a_contradiction_without_its_explanation_is_found(folder, edit):
    """Hubei's total of 2020, which its parts exceed, passes the audit only because conflicts.csv
    explains it; a total with one case more is still found.
    """
    text = (folder / "conflicts.csv").read_text(encoding="utf-8")
    line = next(line for line in text.split("\n") if line.startswith("hubei_2020_total"))
    edit("conflicts.csv", line + "\n", "")
    [found] = [row for row in bd.audit(folder).findings.itertuples() if row.rule == "conflict"]
    assert (
        found.file == "seeds/observations.csv"
        and found.found == "3129"
        and "3316" in found.wanted
        and "conflicts.csv" in found.advice
    )


def test_two_sources_that_differ_are_found(folder):
    """A second source with another number for the same place, year, indicator, scope and period is
    a finding until it is explained.
    """
    path = folder / "observations.csv"
    header, *rows = cells_of(path.read_bytes())
    source = "huangshi-2020-reconsideration", "420200", "2020", "", "reconsideration_accepted"
    cells = next(cells for cells in rows if (*cells[:5],) == source and "whole_area" in cells)
    row = dict(zip(header, cells, strict=True))
    other = row | {
        "report": "hubei-2020-reconsideration",
        "printed": "191",
        "value": "191",
        "reader": "",
    }
    path.write_bytes(written([header, *rows, list(other.values())]))
    found = bd.audit(folder).findings.query("rule == 'conflict'")
    told = {(row.found, row.wanted.split(",")[0]) for row in found.itertuples()}
    assert told in ({("190", "191")}, {("191", "190")})


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        (
            "huangshi-2020-reconsideration:420200:2020:reconsideration_accepted:whole_area",
            "huangshi-2020-reconsideration:420200:2021:reconsideration_accepted:whole_area",
            "sides",
        ),
        ("全省印作{1}；", "全省印作3129件；", "text_zh"),
        ("全省印作{1}；", "全省印作{1}和{3}；", "text_zh"),
        ("The province prints {1};", "The province prints a number;", "text_en"),
    ],
)
def test_a_wrong_explanation_is_found(folder, edit, old, new, column):
    """A conflict that names no figure, types a number or leaves a side's number out is found at its
    column.
    """
    edit("conflicts.csv", old, new)
    assert column in set(bd.audit(folder).findings.query("file == 'seeds/conflicts.csv'")["column"])


def test_people_of_the_parts_are_no_more_than_of_the_whole(folder, edit):
    """A census count with a digit doubled makes the cities more than their province."""
    edit("places.csv", "9413990", "99413990")
    found = bd.audit(folder).findings.query("rule == 'population'")
    assert (
        found["column"].tolist() == ["population"] and "places below it" in found["wanted"].item()
    )


def test_a_grade_is_overridden_with_its_reason(seeds, seen, folder, edit):
    """Xianning's suits, with supervision cases mixed in, are C with that reason instead of the
    rule's B; an override of nothing is a finding.
    """
    row = bd.compare("litigation_cases").query("place == '421200'").iloc[0]
    assert row["grade"] == "C"
    assert "supervision" in row["reason"].lower() and "行政监督" in row["reason"]
    suits = [one for one in seen if one.indicator == "litigation_cases"]
    own = next(one for one in suits if one.report == REPORT)
    other = next(one for one in suits if one.place == "421200")
    assert likeness(seeds, own, other).grade == "B"
    edit(
        "overrides.csv",
        "xianning-2020-justice,421200,2020,litigation_cases",
        "xianning-2020-justice,421200,2020,litigation_lost",
    )
    assert "seeds/overrides.csv" in set(bd.audit(folder).findings["file"])


# --- a report that gives the suits twice, for two scopes


@pytest.fixture(scope="module")
def twice_two_years(twice, tmp_path_factory):
    """The same, and observations of the year before for both scopes."""
    seeds = shutil.copytree(twice, tmp_path_factory.mktemp("years") / "seeds")
    path = seeds / "observations.csv"
    header, *rows = cells_of(path.read_bytes())
    cells = next(row for row in rows if row[header.index("indicator")] == "litigation_cases")
    observed = dict(zip(header, cells, strict=True)) | {"reader": "", "period": "to_date"}
    source = next(row.report for row in Seeds(twice).reports if row.status == "cited")
    observed |= {"report": source, "place": "130600", "year": "2021", "note_zh": "", "note_en": ""}
    added = [
        list((observed | {"scope": scope, "printed": number, "value": number}).values())
        for scope, number in (("government", "150"), ("departments", "90"))
    ]
    path.write_bytes(written([header, *rows, *added]))
    return unaudited(Seeds(seeds))


def test_both_own_figures_are_compared(twice):
    """A comparison lists both figures of the report, each with its scope, and grades every other
    figure by the nearer of the two, in whichever order they stand.
    """
    tables = Seeds(twice)
    rows = bd.compare("litigation_loss_rate", seeds=tables)
    own = rows[rows["report"] == REPORT]
    assert own["value"].tolist() == [2.22, 20] and set(own["grade"]) == {""}
    assert own["scope"].tolist() == ["government", "departments"]
    assert own["part"].tolist() == [1, 6] and own["whole"].tolist() == [45, 30]
    assert own["low"].tolist() == [wilson(1, 45)[0], wilson(6, 30)[0]]
    for indicator in ("litigation_cases", "litigation_concluded", "litigation_lost"):
        found = beside(tables, indicator)
        mine = [one for one in found if one.report == REPORT]
        for one in found[len(mine) :]:
            plain = one._replace(grade="", reason_zh="", reason_en="")
            likes = {graded(tables, order, plain) for order in (mine, mine[::-1])}
            assert likes == {(one.grade, one.reason_zh, one.reason_en)}
            assert one.grade == min(graded(tables, [each], plain).grade for each in mine)


@pytest.mark.parametrize("of", ["seeds", "twice", "invented_tables"])
def test_of_many_indicators_each_is_compared_as_if_alone(of, request, monkeypatch):
    """Asked of all indicators at once, each has the rows that it has when it is asked of alone, and
    the figures are gone through once.
    """
    tables = request.getfixturevalue(of)
    tables = tables if isinstance(tables, Seeds) else Seeds(tables)
    report = CHENGPING if of == "invented_tables" else REPORT
    looked = []
    monkeypatch.setattr(peers, "of_all", lambda *of: looked.append(of) or of_all(*of))
    for strict in (False, True):
        alone = {name: beside(tables, name, report, strict) for name in tables.codebook}
        assert any(alone.values())
        looked.clear()
        assert dict(each_beside(tables, tables.codebook, report, strict)) == alone
        assert len(looked) == 1


def test_each_of_many_figures_is_as_like_as_if_alone(seeds, seen):
    """Of figures that differ in nothing that the rule looks at the likeness is that of each, also
    where a person gave one another grade.
    """
    by_hand = {row.indicator for row in seeds.overrides}
    others = [one._replace(report=report) for report in ("another", REPORT) for one in seen] + seen
    for indicator in (*by_hand, "licensing_items"):
        own = [one for one in seen if one.indicator == indicator][:1]
        wanted = [one.like(graded(seeds, own, one)) for one in others]
        assert list(likened(seeds, own, others)) == wanted


def test_a_change_stays_within_its_scope(twice_two_years):
    """From 150 to 164 of the government and from 90 to 80 of the departments: two changes, and none
    from one to the other.
    """
    found = bd.change("litigation_cases", place="130600", seeds=twice_two_years)
    told = found[["from_scope", "to_scope", "from_value", "to_value", "absolute"]]
    assert sorted(told.itertuples(index=False, name=None)) == [
        ("departments", "departments", 90, 80, -10),
        ("government", "government", 150, 164, 14),
    ]


def test_a_rate_per_head_is_of_the_whole_area_only(twice):
    """Figures of a government or its departments are no rate of the people of the place, however
    many there are.
    """
    with pytest.raises(bd.BaodingError, match=r"of another scope \(departments\)"):
        bd.per_head("litigation_cases", seeds=twice)


def test_the_functions_take_seeds_that_are_loaded(seeds, monkeypatch):
    """Seeds that are handed on are not read again."""
    monkeypatch.setattr(Seeds, "__init__", lambda *given: pytest.fail("read again"))
    assert len(bd.compare("mediation_success_rate", seeds=seeds)) == 6
    assert len(bd.change("disclosure_requests", place="420700", seeds=seeds)) == 2
    assert len(bd.per_head("reconsideration_accepted", seeds=seeds)) > 31
    assert bd.share("litigation_lost", "litigation_concluded", seeds=seeds).part == 1


def test_nothing_is_a_share_of_no_suits(seeds):
    """A place with no suit concluded and none lost has no loss rate; the others keep theirs."""
    one = next(row for row in seeds.observations if row.indicator == "litigation_concluded")
    none = [
        one._replace(indicator=name, value=Decimal(0), printed="0", line=1000 + at)
        for at, name in enumerate(("litigation_concluded", "litigation_lost"))
    ]
    others = [row for row in seeds.observations if row.place != one.place]
    tables = unaudited(seeds.replaced(observations=others + none))
    found = bd.compare("litigation_loss_rate", seeds=tables)
    assert one.place not in found["place"].tolist() and len(found) > 1


# --- the invented tables


@pytest.fixture(scope="module")
def invented_tables():
    """A county's report with 52 cases, and what its city and a paper say of others."""
    return Changed().seeds()


def test_each_difference_is_graded_and_told(invented_tables):
    """Like figures are A, one difference makes B; a neighbour, or a grade given by hand, C."""
    found = beside(invented_tables, "cases", CHENGPING)
    assert [(one.place, one.value, one.grade, one.reason_en) for one in found] == [
        ("999901", 52, "", ""),
        ("999901", 52, "A", ""),
        ("999902", 158, "A", ""),
        ("999900", 210, "B", "another level (prefecture-level city)"),
        ("999902", 95, "B", "another scope (own level)"),
        ("999902", 156, "C", "From a news report"),
        (
            "999900",
            190,
            "C",
            "another indicator (Cases concluded); another level (prefecture-level city)",
        ),
    ]
    assert beside(invented_tables, "cases", CHENGPING, strict=True) == found[:3]


def test_a_report_s_own_figure_is_called_unproved_where_the_audit_finds_anything():
    """Of a table that says 41 where the report prints 40, that figure alone is not proved."""
    wrong = Changed([change("figures", "cases_concluded", value="41")]).seeds()
    told = {name: beside(wrong, name, CHENGPING)[0] for name in ("cases_concluded", "officers")}
    assert {name: one.status for name, one in told.items()} == {
        "cases_concluded": "unproved",
        "officers": "proved",
    }
    assert "Not proved" in told["cases_concluded"].note_en and not told["officers"].note_en


@pytest.mark.parametrize(
    ("other", "grade"),
    [
        ({"year": 2020}, "A"),
        ({"year": 2026}, "A"),
        ({"year": 2019}, "B"),
        ({"year": 2027}, "B"),
        ({"period": "to_date"}, "B"),
        ({"unit": "起"}, "A"),
        ({"unit": "人"}, "C"),
        ({"scope": "government", "level": "city"}, "C"),
    ],
)
def test_three_years_apart_is_like_and_four_is_not(invented_tables, other, grade):
    """A figure is like another of up to three years before or after, of one kind of period and of
    a unit that counts the same; two differences, or another unit, make it C.
    """
    [own] = [one for one in sightings(invented_tables, {"cases"}) if one.report == CHENGPING]
    assert likeness(invented_tables, own, own._replace(**other)).grade == grade


def test_a_rate_that_nobody_prints_is_computed_of_both_counts():
    """34 of 40 is 85 %, called derived; where one count is not exact there is no rate."""
    rate = change("figures", "upheld_rate")
    [found] = sightings(Changed([rate]).seeds(), {"upheld_rate"})
    assert (found.value, found.printed, found.status, found.part, found.whole) == (
        85,
        "",
        "derived",
        34,
        40,
    )
    about = change("figures", "cases_upheld", bound="about")
    assert sightings(Changed([rate, about]).seeds(), {"upheld_rate"}) == []


def test_cases_per_head_are_of_the_whole_area_alone(invented_tables):
    """52 cases of 120,000 people are 43.3 of 100,000; a government's own cases, an inexact count
    and one of several years are of no people.
    """
    found = rates(invented_tables, "cases")
    assert found[["place", "value"]].to_numpy().tolist() == [
        ["999901", 52],
        ["999900", 210],
        ["999901", 52],
        ["999902", 158],
        ["999902", 156],
    ]
    assert found["rate"].round(1).tolist() == [43.3, 70.0, 43.3, 87.8, 86.7]
    row = "chengzhou-2023,999900,2023,,cases,"
    changes = [
        change("observations", row, bound="about"),
        change("figures", "cases,", bound="about"),
    ]
    changes.append(change("observations", "yuanhe-2023", first_year="2021", period="multi_year"))
    places = rates(Changed(changes).seeds(), "cases")["place"].tolist()
    assert places == ["999901", "999902"]


def test_the_same_reports_left_out_are_told_once(invented_tables):
    """Of reports that are left out a warning tells when they are, and not again."""
    [one] = [row for row in invented_tables.reports if row.report == "yuanhe-2023"]
    finding = Finding("schema", "seeds/reports.csv", one.line, "", "", "", "")
    less = invented_tables.without({"yuanhe-2023": [finding]})
    with pytest.warns(LeftOut, match="yuanhe-2023"):
        warn_of(less, invented_tables)
    warn_of(less, less)
    warn_of(invented_tables, invented_tables)
