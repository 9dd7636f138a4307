"""Numbers in sentences: each bound is said once, in both languages."""

from decimal import Decimal
from typing import NamedTuple

import pytest

from baoding_data.checks.examples import REPORT as CHENGPING
from baoding_data.checks.examples import Changed
from baoding_data.checks.rule import change
from baoding_data.comparison.peers import YEARS_APART, sightings
from baoding_data.comparison.sentences import UNLIKE, Unsaid
from baoding_data.comparison.wording import Wording, counts_in_words, published
from baoding_data.text.wording import chinese, english, said, to_the_letter
from baoding_data.words import Pair


class Quantity(NamedTuple):
    """A printed number."""

    printed: str
    value: Decimal
    unit: str
    bound: str


@pytest.mark.parametrize(
    ("printed", "value", "unit", "bound", "wanted"),
    [
        ("99%", 99, "%", "at_least", "99%以上"),
        ("95%以上", 95, "%", "at_least", "95%以上"),
        ("近90万", 900000, "件", "about", "近90万件"),
        ("90万", 900000, "件", "about", "约90万件"),
        ("2万多", 20000, "名", "more_than", "2万多名"),
        ("7900多万", 79000000, "件", "more_than", "7900多万件"),
        ("2200余", 2200, "条", "more_than", "2200余条"),
        ("60", 60, "学时", "at_least", "不少于60学时"),
        ("100", 100, "件", "less_than", "不足100件"),
        ("100", 100, "件", "at_most", "不超过100件"),
        ("100", 100, "件", "more_than", "超过100件"),
        ("三", 3, "部", "exact", "三部"),
        ("百分之四", 4, "%", "exact", "百分之四"),
        ("三成", 30, "%", "exact", "三成"),
        ("98", 98, "%", "exact", "98%"),
        ("3‰", 3, "‰", "exact", "3‰"),
        ("", 119, "件", "exact", "119件"),
        ("", 20405, "件", "exact", "20,405件"),
    ],
)
def test_a_bound_is_said_once(printed, value, unit, bound, wanted):
    """What the printed form bears already is not said again; what stands beside it in the sentence
    is.
    """
    assert chinese(Quantity(printed, Decimal(value), unit, bound)) == wanted


@pytest.mark.parametrize(
    ("printed", "value", "unit", "bound", "wanted"),
    [
        ("99%", 99, "%", "at_least", ("99%以上", "at least 99%")),
        ("95%以上", 95, "%", "at_least", ("95%以上", "95%以上")),
        ("60", 60, "学时", "at_least", ("不少于60", "at least 60")),
        ("2万多", 20000, "名", "at_least", ("不少于2万多", "at least 2万多")),
        ("三", 3, "部", "exact", ("三", "三")),
    ],
)
def test_what_is_quoted_to_the_letter_keeps_its_bound(printed, value, unit, bound, wanted):
    """A number quoted without its unit has the word of its bound where its print does not."""
    quantity = Quantity(printed, Decimal(value), unit, bound)
    assert to_the_letter(quantity, Pair("不少于", "at least")) == wanted


def test_english_says_the_number_meant():
    """English has thousands commas, the per cent sign at the number, and before it the word of the
    bound.
    """
    many = Quantity("2万多", Decimal(20000), "名", "more_than")
    assert english(many, "more than") == "more than 20,000"
    assert english(Quantity("2.22%", Decimal("2.22"), "%", "exact"), "exact") == "2.22%"
    assert said(many, Pair("多于", "more than")) == ("2万多名", "more than 20,000")
    assert english(Quantity("3‰", Decimal(3), "‰", "exact"), "exact") == "3‰"


@pytest.mark.parametrize(
    ("value", "unit", "bound", "wanted"),
    [
        ("1200000000", "元", "exact", "1,200 million"),
        ("1234500000", "元", "exact", "1,234.5 million"),
        ("1000000", "元", "more_than", "more than 1 million"),
        ("999999.99", "元", "exact", "999,999.99"),
        ("2500000", "美元", "exact", "2.5 million"),
        ("1200000000", "名", "exact", "1,200,000,000"),
    ],
)
def test_large_sums_of_money_are_said_in_millions(value, unit, bound, wanted):
    """A million and more of money is said in millions with all its digits; what is counted is
    not, nor a smaller sum.
    """
    sum_of_money = Quantity("", Decimal(value), unit, bound)
    assert english(sum_of_money, "more than") == wanted


def test_every_inexact_number_is_said_to_be_so(seeds):
    """Every figure on file that is not exact has a word for it in Chinese, and one in English."""
    words = ("多", "余", "近", "约", "以上", "不少于", "超过", "不足")
    inexact = [one for one in sightings(seeds) if one.bound != "exact"]
    assert inexact
    for one in inexact:
        zh, en = said(one, seeds.words.pair("bound", one.bound))
        assert any(word in zh for word in words) and en.split(" ")[0].isalpha(), one


def test_the_grades_words_are_the_rule(seeds):
    """The years that may lie between figures of grade A are the same in the rule and in its
    words.
    """
    zh, en = seeds.words.pair("grade", "A")
    assert f"{'零一二三四五'[YEARS_APART]}年" in zh
    assert f"{['no', 'one', 'two', 'three', 'four', 'five'][YEARS_APART]} years" in en


# --- a report's figures in words


@pytest.fixture(scope="module")
def wording():
    """The words of the invented report."""
    return Wording(Changed().seeds(), CHENGPING)


@pytest.mark.parametrize(
    ("template", "zh", "en", "computed"),
    [
        ("{cases}", "52件", "52", False),
        ("{officers}", "120余名", "More than 120", False),
        ("{officers: printed}", "120余", "120余", False),
        ("{cases_open}", "12件", "12", True),
        ("{cases - cases_concluded}", "12", "12", True),
        ("{cases - cases_concluded = cases_open}", "12", "12", True),
        ("{cases_upheld / cases_concluded}", "85.0%", "85.0%", True),
        (
            "{cases_upheld / cases_concluded: interval}",
            "70.9%至92.9%（95%区间）",
            "70.9% to 92.9% (95% interval)",
            True,
        ),
        ("{largest(cases_upheld, cases)}", "52件", "52", False),
        ("{cases_county: scope}", "本级", "Own level", False),
        ("{cases: label}", "受理的复议案件", "Cases accepted", False),
        ("{cases: definition}", "受理的复议案件。", "Cases accepted.", False),
        ("{cases | was | were}", "were", "Were", False),
        ("{level}{place}{year}", "县澄平县2023", "CountyChengping2023", False),
    ],
)
def test_a_slot_is_filled_with_what_it_asks_for(wording, template, zh, en, computed):
    """A slot gives a figure, what is asked of it or what two come to; only what nobody printed is
    called computed.
    """
    told = wording.sentences().tell(Pair(template, template))
    assert told.pair == Pair(zh, en)
    assert told.computed == ([Pair(zh, en)] if computed else [])


@pytest.mark.parametrize(
    ("template", "missing", "why"),
    [
        ("{nothing}", ["nothing"], None),
        ("{cases@government}", ["cases@government"], None),
        ("{cases_open: printed}", [], None),
        ("{cases: note}", [], None),
        ("{cases - cases_concluded = cases_upheld}", [], UNLIKE),
        ("{cases + officers}", [], UNLIKE),
        ("{cases_county + officers}", [], UNLIKE),
        ("{cases_county / cases}", [], UNLIKE),
        ("{largest(cases, officers)}", [], UNLIKE),
        ("{largest(cases, cases)}", [], UNLIKE),
    ],
)
def test_what_cannot_be_said_is_unsaid_with_its_reason(wording, template, missing, why):
    """What the report lacks, does not print or note, and what is not alike, is not said."""
    with pytest.raises(Unsaid) as caught:
        wording.sentences().tell(Pair(template, template))
    assert (caught.value.missing, caught.value.several, caught.value.why) == (missing, [], why)


def test_an_explanation_may_set_unlike_numbers_side_by_side_but_not_share_them(wording):
    """Not strict, a sum is over scopes too; a share is of two alike all the same."""
    loose = wording.sentences(strict=False)
    template = "{cases - cases_county = cases_townships}"
    assert loose.tell(Pair(template, template)).pair == Pair("22", "22")
    with pytest.raises(Unsaid) as caught:
        loose.tell(Pair("{cases_county / cases}", "{cases_county / cases}"))
    assert caught.value.why == UNLIKE


def test_a_table_says_once_what_is_usual_and_of_each_row_what_is_not(wording):
    """Above a table stands what most of it share; a label tells another scope, period or status."""
    figures = {figure.indicator: figure for figure in wording.figures}
    usual = wording.usual(wording.figures)
    assert usual == ("whole_area", "year") and wording.usually(usual, []) is None
    shared = Pair("范围：全域；时段：当年。", "Scope: whole area; period: the year.")
    assert wording.usually(usual, [figures["cases"]]) == shared
    assert wording.usually(usual, wording.figures) == Pair(
        f"除另有注明外，{shared.zh}", "Unless otherwise noted, s" + shared.en[1:]
    )
    assert {name: wording.set_off(figure, usual).en for name, figure in figures.items()} == {
        "cases": "Cases accepted",
        "cases_county": "Cases accepted by the county (own level)",
        "cases_townships": "Cases accepted by townships (townships and subdistricts)",
        "cases_concluded": "Cases concluded",
        "cases_upheld": "Cases upheld",
        "upheld_rate": "Rate upheld",
        "officers": "Enforcement officers (as it stood)",
        "review_trainings": "Trainings in reconsideration (own level)",
        "suit_trainings": "Trainings in litigation (own level)",
        "done_on_site": "Share done on site (own level, unclear as printed, resolved by a reader)",
        "on_time_goal": "Goal for cases concluded in time (planned)",
        "cases_open": "Cases still open (derived, not printed)",
    }
    assert [wording.number(figures[name]).en for name in ("cases", "officers", "upheld_rate")] == [
        "52",
        "more than 120 persons",
        "85%",
    ]
    # A scope that the label names is not said again.
    named = figures["cases_county"]._replace(label_zh="本级受理的复议案件")
    assert wording.set_off(named, usual).zh == "本级受理的复议案件"
    assert wording.worded("scope", "not_stated") == Pair("范围未说明", "scope not stated")


def test_a_rate_is_told_with_its_counts_and_a_day_with_its_doubts(wording):
    """Both counts stand with their units and the interval; the rate that they make only where it is
    finer than the printed one, and the day of publication alone where no doubt is about it.
    """
    rate = next(one for one in wording.figures if one.indicator == "upheld_rate")
    counts = wording.counts(rate)
    interval = Pair("95%区间70.93%至92.94%", "95% interval 70.93% to 92.94%")
    assert counts_in_words(counts, ("件", "件"), rate) == Pair(
        f"40件中34件，{interval.zh}", f"34 of 40; {interval.en}"
    )
    coarse = rate._replace(value=Decimal(80), bound="more_than")
    assert counts_in_words(counts, ("件", "件"), coarse).en == (
        f"34 of 40; computed 85.0%; {interval.en}"
    )
    assert wording.gap(rate) == Pair("", "")
    assert {key.indicator for key in wording.doubts} == {"cases", "cases_concluded", "cases_open"}
    assert published(wording.tables, CHENGPING) == Pair("2024-01-15", "2024-01-15")
    other_day = Changed([change("doubts", CHENGPING, accepts="dated")]).seeds()
    assert published(other_day, CHENGPING) == Pair(
        "2024-01-15（未审结的案件）", "2024-01-15 (Cases still open)"
    )
