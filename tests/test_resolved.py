"""Numbers that no rule reads for certain, read by a person; and what a report itself contradicts.

All initials and readings here are invented.
"""

from decimal import Decimal

import pytest
from conftest import county
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import baoding_data as bd
from baoding_data.checks.audit import check
from baoding_data.checks.doubts import ACCEPTABLE, accepts
from baoding_data.checks.examples import REPORT as CHENGPING
from baoding_data.checks.examples import Changed
from baoding_data.checks.rule import change, reworded
from baoding_data.cli import main
from baoding_data.comparison.peers import sightings
from baoding_data.curation.accept import accept
from baoding_data.curation.drafts import write_draft
from baoding_data.curation.scan import scan
from baoding_data.curation.sign import sign
from baoding_data.notebook.facts import Facts
from baoding_data.tables.figures import by_indicator, of_report
from baoding_data.tables.seeds import Seeds
from baoding_data.text.dates import days_in
from baoding_data.text.numbers import numbers_in
from baoding_data.text.resolution import can_mean, possible, resolved
from baoding_data.words import Pair

WANGDU = "wangdu-2022"
SAID = "2022年，全县共受理行政复议案件4 598件。"
DECIDED = {
    "indicator": "reconsideration_accepted",
    "scope": "whole_area",
    "scope_basis": "printed",
    "period": "year",
    "read": "yes",
    "quote": "",
    "reason": "",
}


def unclear(text):
    """The one unclear number of a text."""
    [found] = [number for number in numbers_in(text) if number.kind == "unclear"]
    return found


# --- what a printed form can mean


@pytest.mark.parametrize(
    ("printed", "following", "meant"),
    [
        ("4 598", "件", "4 598 4598"),
        ("138，016", "件", "138 138016"),
        ("1l3", "件", "1 3 113"),
        ("3", "w件", "3 30000"),
        ("两", "个半小时", "2 2.5"),
        ("两", "个月又半", "2 2.5"),
        ("两", "个工作日又半", "2"),
        ("3", "年半", "3 3.5"),
        ("1/4", "", "25"),
        ("0/4", "", "0"),
        ("1/0", "", ""),
        ("四分之三", "", "75"),
        ("百二分之一", "", ""),
        ("过半", "", "50"),
        ("翻番", "", "100"),
        ("翻了两番", "", "300"),
        ("翻三番", "", "700"),
    ],
)
def test_what_an_unclear_number_can_mean(printed, following, meant):
    """An unclear form can mean its digits together and each of its parts; a fraction is a share in
    per cent, and each doubling adds a hundred per cent of what was there.
    """
    assert possible(printed, following) == {Decimal(one) for one in meant.split()}


@pytest.mark.parametrize(
    ("text", "can", "cannot"),
    [
        ("约1/8当场办结", "12 13 12.5 12.50", "11 14 12.4 12.51"),
        ("全县减负4 598家", "4598 598", "4597 45"),
    ],
)
def test_a_reading_may_be_rounded_and_no_more(text, can, cannot):
    """A reading may be rounded to its own decimals, up or down from a half; 负 in 减负 is no minus."""
    at = unclear(text).start
    assert all(can_mean(unclear(text), Decimal(one), text, at) for one in can.split())
    assert not any(can_mean(unclear(text), Decimal(one), text, at) for one in cannot.split())


def test_a_unit_that_the_printed_form_holds_is_not_said_twice():
    """10一件 is unclear with its 件: read as 101, it is 101件, and nothing follows it."""
    text = "全县受理10一件，其余办结。"
    read = resolved(text, 4, unclear(text), Decimal(101), "件", "exact")
    assert (read.printed, read.value, read.unit, read.bound) == ("10一件", 101, "件", "exact")
    assert read.unit_end == read.end


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("受理4 598件", "4598", "件", "exact"),
        ("共878，535套", "878535", "套", "exact"),
        ("约三分之一当场办结", "33.3", "%", "about"),
        ("超过1/3的案件", "33.33", "%", "more_than"),
        ("受理1l3件以上", "113", "件", "at_least"),
        ("用时两个半小时", "2.5", "小时", "exact"),
        ("总计138，016万元", "1380160000", "元", "exact"),
        ("人次翻了两番", "300", "%", "exact"),
        ("服务19000w以上", "190000000", "", "at_least"),
    ],
)
def test_a_person_may_read_what_no_rule_reads(text, value, unit, bound):
    """A reading that the printed form allows is taken, with the bound that the words around say."""
    number = unclear(text)
    assert can_mean(number, Decimal(value), text, number.start)
    read = resolved(text, number.start, number, Decimal(value), unit, "exact")
    assert (read.value, read.unit, read.bound) == (Decimal(value), unit, bound)
    assert (read.start, read.printed) == (number.start, number.printed)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("受理4 598件", "4589"),
        ("受理4 598件", "45980"),
        ("共878，535套", "87"),
        ("总计138，016万元", "16"),
        ("总计138，016万元", "10000"),
        ("人次翻了一番", "1"),
        ("约三分之一当场办结", "40"),
        ("约三分之一当场办结", "3"),
        ("超过1/3的案件", "33.34"),
        ("用时两个半小时", "3.5"),
        ("下降负8.6%", "8.6"),
    ],
)
def test_no_person_may_read_what_is_not_there(text, value):
    """A value that no reading of the printed form gives is refused, and so is one without its minus
    sign.
    """
    number = unclear(text)
    assert not can_mean(number, Decimal(value), text, number.start)


@given(
    st.lists(st.integers(0, 999), min_size=1, max_size=3), st.integers(1, 999), st.integers(1, 9)
)
def test_groups_of_digits_mean_themselves_and_nothing_near(groups, first, more):
    """Digits grouped by blanks can mean the whole or one of the groups, and no number beside."""
    printed = " ".join([str(first), *(f"{group:03}" for group in groups)])
    text = f"受理{printed}件"
    number = unclear(text)
    whole = int(printed.replace(" ", ""))
    assert can_mean(number, Decimal(whole), text, number.start)
    other = whole + more
    if other not in {first, *groups}:
        assert not can_mean(number, Decimal(other), text, number.start)


# --- from the draft to the table


@pytest.fixture
def drafted(folder, tmp_path):
    """The draft of a county's report with one unclear number, written with some cells, accepted."""
    assert county(folder, SAID) == WANGDU

    def run(name="county.csv", **cells):
        rows = [
            row._replace(**DECIDED | cells) if row.printed == "4 598" else row
            for row in scan(WANGDU, folder)
        ]
        write_draft(rows, tmp_path / name)
        return accept(tmp_path / name, folder)

    return run


@pytest.mark.parametrize("name", ["county.csv", "county.xlsx"])
def test_a_resolved_number_is_a_figure_and_is_called_so_wherever_it_is_shown(
    drafted, folder, tmp_path, name, capsys
):
    """With value and initials it is a figure; unit and bound come from the sentence; its status is
    said by `figure`, `show`, tables, comparisons, the flat table and the workbook.
    """
    assert drafted(name, value="4598", resolved="QM") == (WANGDU, 1, 0, 0, "audited", True, [])
    tables = Seeds(folder)
    assert check(tables) == []
    figure = bd.figure("reconsideration_accepted", WANGDU, tables)
    read = (figure.printed, figure.value, figure.unit, figure.bound, figure.status)
    assert read == ("4 598", Decimal(4598), "件", "exact", "resolved")
    assert "4,598件" in figure._repr_html_() and "resolved" in figure._repr_html_()
    word = tables.words.pair("status", "resolved")
    facts = Facts(tables, WANGDU)
    assert word.zh in facts.table([figure]).plain
    told = facts.sentences().tell(
        Pair("{reconsideration_accepted}。", "{reconsideration_accepted}.")
    )
    assert word.zh in told.pair.zh and word.en in told.pair.en.lower()
    [seen] = [one for one in sightings(tables) if one.report == WANGDU]
    assert word.zh in seen.note_zh and word.en in seen.note_en.lower()
    assert (
        main(["show", "reconsideration_accepted", "--report", WANGDU, "--seeds", str(folder)]) == 0
    )
    assert word.line in capsys.readouterr().out
    assert "1 of the unclear resolved by a reader" in bd.audit(folder).coverage
    for ending in ("csv", "xlsx"):
        bd.export(tmp_path / f"out.{ending}", report=WANGDU, seeds=folder)
    assert word.zh in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    sheets = list(load_workbook(tmp_path / "out.xlsx"))
    said = [{str(c.value) for line in sheet for c in line} for sheet in sheets]
    assert any(word.zh in cell for cell in said[0])  # the page for the chair
    assert any(word.zh in cell for cells in said[1:] for cell in cells)


@pytest.mark.parametrize("name", ["county.csv", "county.xlsx"])
def test_what_a_person_read_is_kept_when_the_draft_is_written_again(
    drafted, folder, tmp_path, name
):
    """A second scan keeps the value and the initials, before and after the draft is accepted."""
    assert drafted(name, value="4598", resolved="QM", read="").unread == 1
    [row] = [row for row in scan(WANGDU, folder, tmp_path / name) if row.printed == "4 598"]
    assert (row.value, row.resolved) == ("4598", "QM")
    assert drafted(name, value="4598", resolved="QM").written
    [row] = [row for row in scan(WANGDU, folder) if row.printed == "4 598"]
    assert (row.value, row.unit, row.bound, row.resolved) == ("4598", "件", "exact", "QM")
    assert not row.touched


@pytest.mark.parametrize(
    ("cells", "column", "cure"),
    [
        ({}, "indicator", "under “resolved”"),
        ({"value": "4598"}, "value", "under “resolved”"),
        ({"resolved": "QM"}, "value", "write it"),
        ({"value": "4589", "resolved": "QM"}, "value", "set the number apart"),
        ({"value": "4598", "unit": "人", "resolved": "QM"}, "unit", "write 件"),
        ({"value": "4598", "resolved": "q. m."}, "resolved", ""),
    ],
)
def test_a_reading_that_is_not_whole_or_does_not_fit_is_a_finding(drafted, cells, column, cure):
    """Without initials, without a value, with a value or unit that the text does not bear out, the
    number is not accepted, and the finding says what to write.
    """
    done = drafted(**cells)
    assert not done.written
    assert any(f.column == column and cure in f.advice for f in done.findings), done.findings


def test_the_seal_of_a_resolved_number_holds_its_value(drafted, folder):
    """Once signed, another value that the printed form could mean breaks the seal."""
    drafted(value="4598", resolved="QM")
    table = folder / f"figures/{WANGDU}.csv"
    sign("R9", [f"figures/{WANGDU}.csv"], folder)
    assert bd.audit(folder).findings.empty
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",4598,", ",598,"), encoding="utf-8", newline="")
    assert bd.audit(folder).findings["rule"].tolist() == ["reader"]


def test_nothing_is_resolved_that_is_not_unclear(seeds):
    """Initials at a number that rules read, or at one that is set apart, are a finding."""
    for row in ("cases_upheld", ",5,"):
        found = check(Changed((change("figures", row, resolved="QM"),)).seeds())
        assert [(one.rule, one.column) for one in found] == [("resolved", "resolved")]


# --- what a report itself contradicts

CUT_OFF = (
    reworded("审结40件，维持34件，维持率85%", "审结45件，维持34件，维持率75.5%"),
    change("figures", "cases_concluded", printed="45", value="45", quote="行政复议案件审结45件"),
    change("figures", "upheld_rate", printed="75.5%", value="75.5", quote="维持率75.5%"),
)
ABOVE = (
    reworded("维持率85%", "维持率185%"),
    change("figures", "upheld_rate", printed="185%", value="185", quote="维持率185%"),
    change("identities", "chengping-2023,rate"),
)
ABOUT_RATE = {
    "figures": "cases_upheld cases_concluded upheld_rate",
    "words": "维持率",
    "name_zh": "维持率截尾",
    "name_en": "A rate that was cut off",
    "text_zh": "{cases_concluded}中维持{cases_upheld}，所印的维持率为{upheld_rate}。",
    "text_en": "Of {cases_concluded} concluded {cases_upheld} were upheld; the printed rate is "
    "{upheld_rate}.",
}


TWICE = (
    reworded("乡镇受理22件。", "乡镇受理22件，其中乡镇受理25件。"),
    change(
        "figures",
        ",5,",
        printed="25",
        value="25",
        unit="件",
        bound="exact",
        quote="其中乡镇受理25件",
    ),
)


def doubted(*changes, **cells):
    """The invented seeds with some changes and with other cells in their doubt."""
    return Changed((*changes, change("doubts", "chengping-2023", **ABOUT_RATE | cells))).seeds()


def test_a_rate_that_was_cut_off_is_accepted_with_a_doubt_that_names_its_figures():
    """34 of 45 are 75.56 per cent; that 75.5 is printed is a finding, until a doubt accepts it."""
    assert [one.rule for one in check(Changed(CUT_OFF).seeds())] == ["identity"]
    tables = doubted(*CUT_OFF, accepts="identity")
    assert check(tables) == []


@pytest.mark.parametrize("lacking", ABOUT_RATE["figures"].split())
def test_a_doubt_accepts_nothing_about_figures_that_it_does_not_name(lacking):
    """With one of the figures left out, the contradiction is found as before, and the doubt too."""
    names = [name for name in ABOUT_RATE["figures"].split() if name != lacking]
    said = "".join(f"{{{name}}}" for name in names)
    tables = doubted(
        *CUT_OFF,
        accepts="identity",
        figures=" ".join(names),
        words="",
        text_zh=said,
        text_en=said,
    )
    assert {one.rule for one in check(tables)} == {"identity", "accepts"}


def test_a_rate_above_a_hundred_is_accepted_with_a_doubt():
    """A report may print a rate of 185 per cent; it is accepted only where a doubt says so."""
    rules = [one.rule for one in check(Changed(ABOVE[:2]).seeds())]
    assert sorted(rules) == ["identity", "within_hundred"]
    assert check(doubted(*ABOVE[:2], accepts="identity within_hundred")) == []


def test_a_day_that_stands_only_on_the_page_is_accepted_with_a_doubt(tmp_path):
    """A day that the text does not have is a finding until a doubt says so, which needs no figure;
    then it is said with the day in the workbook.
    """
    signed = reworded("\n2024年1月15日", "")
    assert [one.rule for one in check(Changed((signed,)).seeds())] == ["dated"]
    name = {"name_zh": "日期只见于网页", "name_en": "The day stands on the page only"}
    text = {"text_zh": "全文没有落款日期。", "text_en": "The text is signed without a day."}
    tables = doubted(signed, accepts="dated", figures="", words="", **name, **text)
    assert check(tables) == []
    bd.export(tmp_path / "out.xlsx", report=CHENGPING, seeds=tables)
    cells = [c.value for s in load_workbook(tmp_path / "out.xlsx") for line in s for c in line]
    assert any("2024-01-15（日期只见于网页）" in str(cell) for cell in cells)


@pytest.mark.parametrize("name", ["quote", "scope", "nothing", "identity "])
def test_nothing_else_can_be_accepted(name):
    """What is not the report's own doing, and what nobody finds, no doubt accepts."""
    found = check(doubted(accepts=name))
    assert found and {one.rule for one in found} <= {"accepts", "schema"}


def test_what_is_accepted_is_said_wherever_the_figure_is_shown(tmp_path, capsys):
    """The doubt stands with the figure in tables, relations, comparisons, flat table, workbook."""
    tables = doubted(*CUT_OFF, accepts="identity")
    facts, name = Facts(tables, CHENGPING), ABOUT_RATE["name_zh"]
    [rate] = by_indicator(of_report(tables, CHENGPING))["upheld_rate"]
    assert name in facts.table([rate]).plain
    assert name in repr(bd.report(CHENGPING, tables).audit.relations())
    [seen] = [one for one in sightings(tables, ["upheld_rate"]) if one.report == CHENGPING]
    assert name in seen.note_zh and ABOUT_RATE["name_en"] in seen.note_en
    for ending in ("csv", "xlsx"):
        bd.export(tmp_path / f"out.{ending}", report=CHENGPING, seeds=tables)
    assert name in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    shown = load_workbook(tmp_path / "out.xlsx")
    cells = [str(c.value) for s in shown for line in s for c in line if c.value is not None]
    assert any(name in cell for cell in cells)
    first = {str(c.value) for line in shown.worksheets[0] for c in line}
    assert any(name in cell for cell in first)  # the page for the chair
    assert any("1项照所印的数不成立" in cell for cell in cells)
    assert not any("全部成立" in cell for cell in cells)


@pytest.mark.parametrize(
    ("note", "rules"), [("全文别处已有的同一个数。", []), ("不是统计数。", ["set_apart"])]
)
def test_a_number_given_twice_is_set_apart_only_if_its_note_says_so(note, rules):
    """An indicator's words may stand around a number that is set apart where it repeats that
    figure and says that it does; not where it only happens to be equal.
    """
    again = reworded("乡镇受理22件。", "乡镇受理22件，其中乡镇受理22件。")
    cells = {"printed": "22", "value": "22", "unit": "件", "bound": "exact", "note_zh": note}
    row = change("figures", ",5,", **cells, quote="其中乡镇受理22件")
    found = check(Changed((again, row)).seeds())
    about_row = [one.rule for one in found if one.rule == "set_apart"]
    assert about_row == rules


def test_every_rule_that_can_be_accepted_says_how():
    """The advice of each of them names the column and the rule to write there."""
    broken = {
        "identity": CUT_OFF,
        "within_hundred": ABOVE,
        "part_of_whole": ACCEPTABLE["part_of_whole"].finds,
        "whole_number": ACCEPTABLE["whole_number"].finds,
        "dated": ACCEPTABLE["dated"].finds,
        "named": ACCEPTABLE["named"].finds,
        "place_and_year": ACCEPTABLE["place_and_year"].finds,
        "set_apart": TWICE,
    }
    assert set(broken) == set(ACCEPTABLE)
    for name, changes in broken.items():
        [finding] = [one for one in check(Changed(changes).seeds()) if one.rule == name]
        assert name in finding.advice and "“accepts”" in finding.advice
    assert check(Changed(accepts.passes).seeds()) == []


SUITS = "2022年，以县政府为被告的行政诉讼案件60件，法院目前审结45件，败诉1件，败诉率2.3%。"
OF_SUITS = {
    "60": "litigation_cases",
    "45": "litigation_concluded",
    "1": "litigation_lost",
    "2.3%": "litigation_loss_rate",
}


def test_a_draft_of_a_report_that_contradicts_itself_is_accepted_with_its_doubt(folder, tmp_path):
    """Without the doubt nothing is written and the finding names the cure; with it the report is
    audited.
    """
    assert county(folder, SUITS) == WANGDU
    cells = DECIDED | {"scope": "government", "period": "to_date"}
    del cells["indicator"]
    rows = [
        row._replace(**cells, indicator=OF_SUITS[row.printed]) if row.kind == "value" else row
        for row in scan(WANGDU, folder)
    ]
    write_draft(rows, tmp_path / "county.csv")
    terms = "litigation_lost / litigation_concluded"
    identity = f"loss,ratio,litigation_loss_rate,{terms},两数之比。,The two.,"
    _add(folder / "identities.csv", f"{WANGDU},{identity}")
    done = accept(tmp_path / "county.csv", folder)
    assert [one.rule for one in done.findings] == ["identity"], done.findings
    assert "doubts.csv, with identity under “accepts”" in done.findings[0].advice
    names = "litigation_lost litigation_concluded litigation_loss_rate"
    said = "".join(f"{{{name}}}" for name in names.split())
    _add(folder / "doubts.csv", f"{WANGDU},rate,{names},,败诉率,Rate,{said},{said},,identity")
    assert accept(tmp_path / "county.csv", folder).status == "audited"
    assert bd.audit(folder).findings.empty


def _add(path, line):
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8", newline="")


# --- days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年1月15日", "2024-01-15"),
        ("2024 年 1 月 15 日", "2024-01-15"),
        ("２０２４年１月１５日", "2024-01-15"),
        ("二〇二四年一月十五日", "2024-01-15"),
        ("二○二四年十月三十日", "2024-10-30"),
        ("二零二四年十二月三十一日", "2024-12-31"),
    ],
)
def test_days_are_read_in_digits_and_in_numerals(text, day):
    """A day is read however it is written, and what is no day of the calendar is none."""
    assert [str(one.day) for one in days_in(f"县政府\n{text}")] == [day]
    assert list(days_in("2024年13月1日、2023年2月29日")) == []
