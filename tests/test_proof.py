"""The audit notebook's answers: the text, the doubts and the identities are shown as the tables
have them.
"""

import re
import warnings
from decimal import Decimal
from html import unescape

import pytest
from attack import at_one
from conftest import REPORT, own
from hypothesis import given
from hypothesis import strategies as st

import baoding_data as bd
from baoding_data import charts
from baoding_data.checks.audit import against, check
from baoding_data.checks.doubts import DOUBTS, Doubted
from baoding_data.checks.examples import REPORT as CHENGPING
from baoding_data.checks.examples import Changed
from baoding_data.checks.identities import holds, sums
from baoding_data.checks.looked_at import OnFile
from baoding_data.checks.rule import change, reworded
from baoding_data.cli import main
from baoding_data.errors import LeftOut
from baoding_data.tables.figures import by_indicator, of_report
from baoding_data.tables.records import Doubt


def findings(folder):
    return bd.audit(folder).findings.query("rule != 'reader'")


# --- the map and the marked text


def column(answer, head):
    """The cells of a table's column by the English of its head."""
    at = [column.head.en for column in answer.table.columns].index(head)
    return [row[at] for row in answer.table.rows]


def counts(answer, head):
    return [int(cell.replace(",", "")) for cell in column(answer, head)]


def audit_of(seeds=None):
    return bd.report(REPORT, seeds).audit


def test_every_number_is_on_the_map_and_in_the_marked_text(seeds, report):
    """The parts of the map count every number, value and figure once; in the text each figure
    bears its row.
    """
    shown = audit_of(seeds).text_map().data
    assert shown["numbers"].sum() == len(report.numbers)
    assert shown["values"].sum() == len(report.values)
    assert shown["figures"].sum() == len(seeds.figures)
    assert shown["characters"].sum() == len(report.text)
    pages = audit_of(seeds).marked_text()
    rows = [
        int(row)
        for rows in re.findall(r"<small[^>]*>〔([0-9, ]+)〕</small>", pages.html)
        for row in rows.split(", ")
    ]
    assert rows == [row.line for row in seeds.figures]
    assert re.findall("【(.*?)】", pages.plain) == [number.printed for number in report.values]
    assert pages.html.count("<i ") == len(report.numbers) - len(report.values)


def test_the_marked_text_is_the_report(report):
    """Without its marks the text is the report's own, every character but the blanks at the ends of
    lines.
    """
    marked = audit_of().marked_text().html.replace("</p>", "\n")
    plain = re.sub(r"<summary>.*?</summary>|<small[^>]*>[^<]*</small>|</?[a-z][^>]*>", "", marked)
    assert unescape(plain).split() == report.text.split()


# --- errors put in on purpose


def test_each_error_put_in_is_found_by_the_audit_itself(seeds):
    """Every kind of error shown has at least one finding, whose words are the audit's, and the
    tables are left as they were.
    """
    before = list(seeds.figures)
    shown = audit_of(seeds).errors()
    assert min(counts(shown, "Findings")) > 0 and len(shown.table.rows) >= 8
    answers = column(shown, "What the audit answers")
    assert all(re.match(r"seeds/figures/baoding-2022.csv, row \d+", told) for told in answers)
    assert seeds.figures == before and check(seeds) == []


# --- both sides


def test_both_sides_are_those_of_the_audit(seeds):
    """The mark in the table is the audit's own judgement, for every identity that is not
    derived.
    """
    shown = [cell.en for cell in column(audit_of(seeds).relations(), "Check")]
    figures = by_indicator(of_report(seeds, REPORT))
    judged = [
        "holds" if holds(one) else "fails"
        for identity in own(seeds.identities)
        if identity.kind != "derived"
        for one in sums(identity, figures)
    ]
    assert shown == judged and len(judged) == 16


def test_a_false_identity_is_shown_as_false(folder, edit):
    """When a figure is changed, the relation that rests on it is said to fail and the title counts
    it.
    """
    edit(
        "figures/baoding-2022.csv",
        "licensing_items_provincial,5,5",
        "licensing_items_provincial,5,6",
    )
    answer = audit_of(folder).relations()
    assert [cell.zh for cell in column(answer, "Check")].count("不符") == 1
    assert "1个不符" in answer.title.zh


# --- doubts


def test_the_doubts_of_the_report_are_explained():
    """Each named doubt stands with both languages, with its numbers filled in and the sentence it
    is about.
    """
    pages = audit_of().doubts()
    for words in (
        "审结的45件",
        "从164件中减去审结数虽得119",
        "leaves 119",
        "4033人",
        "more than 20,000",
        "合计58件",
        "58 together",
        "31.3%",
        "恰好相同",
        "差158",
        "满意率100%",
        "全市",
        "市本级",
        "各级",
    ):
        assert words in pages.plain, words
    assert "{" not in pages.plain and pages.html.count("<blockquote") >= len(bd.doubts())
    assert len(re.findall(r"<b>\d+\. ", pages.html)) == 2 * len(bd.doubts())


def test_doubts_follow_the_figures(folder, edit):
    """A corrected figure changes the explanation that names it, without any text being touched."""
    edit("figures/baoding-2022.csv", "litigation_cases,164,164", "litigation_cases,164,165")
    assert "leaves 120" in audit_of(folder).doubts().plain


@pytest.mark.parametrize(
    ("old", "new", "column", "wanted"),
    [
        (
            "litigation_cases litigation_concluded,审结",
            "litigation_cases litigation_conclude,审结",
            "figures",
            "indicators with one figure",
        ),
        (
            "litigation_cases litigation_concluded,审结",
            "litigation_cases,审结",
            "text_zh",
            "litigation_cases",
        ),
        ("审结的{litigation_concluded}是否", "审结的45件是否", "text_zh", "a number in brackets"),
        (
            "从{litigation_cases}中减去",
            "从{litigation_cases}（４５）中减去",
            "text_zh",
            "a number in brackets",
        ),
        (
            "leaves {litigation_cases - litigation_concluded}",
            "leaves {litigation_cases * litigation_concluded}",
            "text_en",
            "{a}, {a@scope}",
        ),
        (
            "leaves {litigation_cases - litigation_concluded}",
            "leaves {litigation_cases - litigation_concluded",
            "text_en",
            "{a}, {a@scope}",
        ),
        (
            "leaves {litigation_cases - litigation_concluded}",
            "leaves {litigation_concluded - litigation_cases}",
            "text_en",
            "the same numbers",
        ),
        ("审结,未结案件数", "审理完毕,未结案件数", "words", "words of a sentence"),
    ],
)
def test_a_wrong_doubt_is_a_finding(folder, edit, old, new, column, wanted):
    """A doubt that names no figure, types a number, differs between the languages or quotes words
    that are not there is found at its column.
    """
    edit("doubts.csv", old, new)
    found = findings(folder)
    places = set(found[["file", "row"]].itertuples(index=False, name=None))
    assert places == {("seeds/doubts.csv", 3)}
    told = found[found["column"] == column]["wanted"]
    assert told.str.contains(wanted, regex=False).any(), found.to_string()


def test_a_coincidence_that_ended_is_a_finding(seeds):
    """Two numbers said to be equal by chance must be equal: with one corrected, the explanation is
    found to be outdated.
    """
    figures = [
        row._replace(value=Decimal(159)) if row.indicator == "mediation_centres" else row
        for row in seeds.figures
    ]
    found = [f for f in check(seeds.replaced(figures=figures)) if f.file == "seeds/doubts.csv"]
    columns = {(f.rule, f.column) for f in found}
    assert columns == {("equal_numbers", "text_zh"), ("equal_numbers", "text_en")}


@given(text=st.text())
def test_any_text_can_be_filled_or_is_refused(seeds, text):
    """Whatever an explanation holds, finding its faults never fails."""
    doubt = Doubt("", "", "a", "", "", "", text, text, "", "", "", 0)
    part = OnFile(seeds, REPORT, [])
    part.figures = {"a": [bd.figure("litigation_lost", seeds=seeds)]}
    at_one([DOUBTS], Doubted(part, doubt))


# --- second readings


def test_the_second_readings_are_counted(folder, seeds):
    """The table counts the rows of each table and those with a reader's mark, and loses count of
    none.
    """
    rows = [row for name in seeds.schemas for row in seeds.rows(name)]
    shown = audit_of(seeds).readings()
    assert sum(counts(shown, "Rows")) == len(rows)
    read = sum(counts(shown, "Read"))
    assert read == sum(bool(row.reader) for row in rows)
    path = folder / "places.csv"
    content = path.read_text(encoding="utf-8")
    path.write_text(re.sub(",R[0-9][^\n]*", ",", content), encoding="utf-8", newline="")
    fewer = sum(counts(audit_of(folder).readings(), "Read"))
    assert fewer == read - sum(bool(row.reader) for row in seeds.places)


# --- what one figure is said to be


@pytest.mark.parametrize(
    "changes",
    [
        (change("figures", "cases,52", value="53"),),
        (change("figures", "cases,52", period="planned"),),
        (change("figures", "cases,52", quote="行政复议案件52件"),),
        (change("reports", CHENGPING, sha256="0" * 64),),
        (
            reworded("乡镇受理22件", "乡镇受理23件"),
            change("figures", "cases_townships", printed="23", quote="乡镇受理23件"),
        ),
    ],
)
def test_a_figure_is_called_proved_only_where_the_audit_finds_nothing_against_it(changes):
    """Whatever the audit finds in a figure's row or in the text, the figure asked for is called
    unproved, and what is found is the audit's own; other figures are as they were.
    """
    tables = Changed(changes).seeds()
    name = "cases_townships" if len(changes) > 1 else "cases"
    one = bd.figure(name, seeds=tables)
    assert one.status == "unproved" and against(tables, one)
    assert set(against(tables, one)) <= set(check(tables))
    if changes[0].table != "reports":
        assert bd.figure("upheld_rate", seeds=tables).status == "proved"
    assert bd.figure(name, seeds=Changed().seeds()).status == "proved"


@pytest.mark.parametrize(
    "changes, of_place",
    [
        ((change("figures", "cases,52", value="53"),), True),
        ((change("figures", "cases,52", unit="人"),), True),
        ((change("figures", "cases,52", bound="about"),), True),
        ((change("reports", CHENGPING, sha256="0" * 64),), True),
        ((change("figures", "cases,52", period="planned"),), False),
        ((change("figures", "cases,52", scope="townships"),), False),
        ((change("figures", "cases,52", quote="行政复议案件52件"),), False),
    ],
)
def test_nothing_that_the_audit_finds_wrong_is_shown_as_proved(changes, of_place):
    """Answers and comparisons call such a figure unproved, in words and in their data; so do
    `figures`, without an audit, where the text says another number or is another.
    """
    tables = Changed(changes).seeds()
    of = bd.figures(seeds=tables).set_index("indicator")["status"]
    assert of["cases"] == ("unproved" if of_place else "proved")
    report = bd.report(CHENGPING, tables)
    answer = report.ask(charts.bars, ["cases"], title=("受理{cases}", "{cases} accepted"))
    assert answer.data["status"].tolist() == ["unproved"] and "not proved" in answer.title.en
    years = report.years().data
    assert years[years["indicator"] == "cases"]["status"].tolist()[:1] == ["unproved"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LeftOut)  # a source that says otherwise
        compared = bd.compare("cases", report=CHENGPING, seeds=tables)
    assert compared["status"][0] == "unproved" and "Not proved" in compared["note_en"][0]


def test_show_tells_what_the_audit_finds(edit, folder, capsys):
    """Of a figure whose row is wrong `baoding show` says so, with the finding of `check`."""
    edit(f"figures/{REPORT}.csv", "accepted,316,316,", "accepted,316,361,")
    assert main(["show", "reconsideration_accepted", "--seeds", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert main(["check", "--seeds", str(folder)]) == 1
    found = next(line for line in capsys.readouterr().out.splitlines() if "found 361" in line)
    assert "proved by its sentence" not in shown
    assert "not proved: the audit finds" in shown and found in shown


@pytest.mark.parametrize(
    "column, name",
    [
        ("issuer_zh", "人民政府"),
        ("issuer_zh", "澄平县人民政"),
        ("title_zh", "人民政府关于2023年法治政府建设情况的报告"),
        ("title_zh", "澄平县人民政府关于2023年法治政府建设情况的报"),
    ],
)
def test_a_part_of_a_name_is_not_the_name(column, name):
    """Title and issuer are the text's own, whole."""
    [found] = check(Changed([change("reports", CHENGPING, **{column: name})]).seeds())
    assert (found.rule, found.column) == ("named", column)


@pytest.mark.parametrize(
    "signed, right",
    [
        ("澄平县人民政府", True),
        ("澄平县人民\n政府", True),
        ("澄州市\n澄平县人民政府\n办公室", True),
        ("澄平县人民政府办公室 澄平县人民政府", True),
        ("澄州市澄平县人民政府", False),
        ("澄平县人民政府办公\n室", True),
        ("澄平县人民政府办公室\n澄平县人民政府办公厅", False),
    ],
)
def test_a_blank_ends_a_longer_name(signed, right):
    """A name is whole where a blank or a line break parts it from what would make it longer."""
    title = reworded("澄平县人民政府关于2023年法治", "澄平县2023年法治")
    named = change("reports", CHENGPING, title_zh="澄平县2023年法治政府建设情况的报告")
    end = reworded("澄平县人民政府\n\n2024年", f"{signed}\n\n2024年")
    found = check(Changed([title, named, end]).seeds())
    assert [(one.rule, one.column) for one in found] == [("named", "issuer_zh")] * (not right)


@pytest.mark.parametrize("place", ["999902", "999901", "999900"])
def test_a_place_without_a_name_is_a_finding(place):
    """Whatever place lacks its name, the whole is audited, and the cell is found."""
    found = check(Changed([change("places", place, name_zh="")]).seeds())
    there = {(one.file, one.column, one.found) for one in found}
    assert ("seeds/places.csv", "name_zh", "an empty cell") in there


def test_a_finding_says_that_nothing_is_there():
    """Where a cell is empty, or nothing is wanted there, the finding says so; an empty key is told
    once.
    """
    empty = Changed([change("places", one, place="") for one in ("999902", "999901")])
    found = check(empty.seeds())
    assert [one.column for one in found if one.rule == "schema"] == ["place", "place"]
    assert not [one for one in found if one.rule == "key"]
    neighbour = change("neighbours", "cases,", neighbour="")
    assert all(one.found and one.wanted for one in check(Changed([neighbour]).seeds()))


def test_an_office_is_not_its_government():
    """Where the government's office signs, the issuer is the office; a title that goes on in the
    next line is whole all the same.
    """
    office = reworded("澄平县人民政府\n\n2024年", "澄平县人民政府办公室\n\n2024年")
    title = reworded("澄平县人民政府关于2023年法治", "澄平县2023年法治\n")
    named = change("reports", CHENGPING, title_zh="澄平县2023年法治政府建设情况的报告")
    [found] = check(Changed([office, title, named]).seeds())
    assert (found.rule, found.found) == ("named", "澄平县人民政府")
    right = change("reports", CHENGPING, issuer_zh="澄平县人民政府办公室")
    assert check(Changed([office, title, named, right]).seeds()) == []
