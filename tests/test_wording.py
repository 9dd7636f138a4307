"""Numbers in sentences: each bound is said once, in both languages."""

from decimal import Decimal
from typing import NamedTuple

import pytest

from baoding_data.comparison.peers import YEARS_APART, sightings
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
