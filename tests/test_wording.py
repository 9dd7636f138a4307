"""Numbers in sentences: each bound is said once, in both languages."""

import pytest

from baoding_data.comparison.peers import YEARS_APART, beside, sightings
from baoding_data.notebook import beside as elsewhere
from baoding_data.tables.seeds import load
from baoding_data.text.wording import chinese, english

TABLES = load()


@pytest.mark.parametrize(
    ("printed", "value", "unit", "bound", "said"),
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
        ("三", 3, "部", "exact", "三部"),
        ("百分之四", 4, "%", "exact", "百分之四"),
    ],
)
def test_a_bound_is_said_once(printed, value, unit, bound, said):
    """What the printed form bears already is not said again; what stands beside it in the sentence
    is.
    """
    assert chinese({"printed": printed, "value": value, "unit": unit, "bound": bound}) == said


def test_every_inexact_number_is_said_to_be_so():
    """Every figure on file that is not exact has a word for it in Chinese, and one in English."""
    inexact = [row for row in sightings(TABLES) if row["bound"] != "exact"]
    assert inexact and all(
        any(
            word in chinese(row)
            for word in ("多", "余", "近", "约", "以上", "不少于", "超过", "不足")
        )
        for row in inexact
    )
    assert all(english(TABLES, row).split(" ")[0].isalpha() for row in inexact)


def test_the_grades_words_are_the_rule():
    """The years that may lie between figures of grade A are the same in the rule and in its
    words.
    """
    term = TABLES.words["grade", "A"]
    assert (
        f"{'零一二三四五'[YEARS_APART]}年" in term["zh"]
        and f"{['no', 'one', 'two', 'three', 'four', 'five'][YEARS_APART]} years" in term["en"]
    )


def test_the_notebook_has_the_grades_of_the_comparison():
    """A grade set by hand stands in every table of the comparison notebook, the suits' too, as
    `compare` has it.
    """
    shown = elsewhere.suits_elsewhere().table
    wanted = {
        (row["report"], row["value"]): row["grade"]
        for name in ("litigation_cases", "litigation_concluded")
        for row in beside(TABLES, name)
        if row["indicator"] == name and row["grade"]
    }
    found = {
        (
            row["来源 Source"],
            int("".join(c for c in row["数值 Number"].split("\n")[1] if c.isdigit())),
        ): row["等级 Grade"]
        for _, row in shown.iterrows()
    }
    assert wanted and {key: found[key] for key in wanted} == wanted and "C" in wanted.values()
