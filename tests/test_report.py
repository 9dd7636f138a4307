"""One report's text: its sections, sentences and clauses, and the numbers printed in it."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from baoding_data.text.report import CUTS, Report

# --- the report of Baoding


def test_all_arabic_runs_are_numbers(report):
    """Each of the 97 runs of Arabic digits is in exactly one number, and each Arabic number holds
    exactly one run.
    """
    runs = [match.span() for match in re.finditer(r"[0-9]+(?:\.[0-9]+)?", report.text)]
    arabic = [n for n in report.numbers if re.match("[0-9]", n.printed)]
    assert len(runs) == 97
    assert [start for start, _ in runs] == [n.start for n in arabic]
    assert all(end <= n.end for (_, end), n in zip(runs, arabic, strict=True))


def test_chinese_numerals_are_the_five_of_the_design(report):
    """五部门, 三部条例, 三个, 百分百 and 两个平台 are numbers; no other Chinese numeral is."""
    found = [
        (n.printed, str(n.value), n.unit)
        for n in report.numbers
        if not re.match("[0-9]", n.printed)
    ]
    assert found == [
        ("五", "5", "部门"),
        ("三", "3", "部"),
        ("三", "3", "个"),
        ("百分百", "100", "%"),
        ("两", "2", "个"),
    ]


def test_numbers_of_each_kind(report):
    """102 numbers: 72 values, and 26 dates, 2 ordinals and 2 names, each of these told apart by its
    own words.
    """
    assert Counter(n.kind for n in report.numbers) == {
        "value": 72,
        "date": 26,
        "ordinal": 2,
        "name": 2,
    }
    after = {
        kind: Counter(report.text[n.end] for n in report.numbers if n.kind == kind)
        for kind in ("date", "ordinal", "name")
    }
    assert set(after["date"]) == {"年", "月", "日", "—", "-"} and set(after["ordinal"]) == {"次"}
    assert [n.printed for n in report.numbers if n.kind == "name"] == ["12345", "12345"]


def test_bounds_and_units_of_the_report(report):
    """Exactly three values are bounded, and no value lacks a unit."""
    assert {(n.printed, n.unit): n.bound for n in report.values if n.bound != "exact"} == {
        ("60", "学时"): "at_least",
        ("2万多", "名"): "more_than",
        ("99%", "%"): "at_least",
    }
    assert [n.printed for n in report.values if not n.unit] == []


def test_numbers_stand_where_they_say(report):
    """`start`, `end` and `unit_end` cut the printed form and its unit out of the text, in order and
    without overlap.
    """
    last = 0
    for n in report.numbers:
        assert n.start >= last
        assert report.text[n.start : n.end] == n.printed
        assert report.text[n.end : n.unit_end] == ("" if n.unit in ("%", "") else n.unit)
        last = n.end


def test_sections_of_the_report(report):
    """Title, opening, three chapters with 8, 3 and 5 parts, their points, and the signature, in the
    text's order.
    """
    labels = [label for _, label in report.sections]
    parts = [label for label in labels if "·" not in label]
    numerals = "一二三四五六七八"
    assert parts == [
        "标题",
        "引言",
        "一",
        *(f"一({n})" for n in numerals),
        "二",
        *(f"二({n})" for n in numerals[:3]),
        "三",
        *(f"三({n})" for n in numerals[:5]),
        "落款",
    ]
    points = Counter(label.split("·")[0] for label in labels if "·" in label)
    assert points == {"一(四)": 4, "一(五)": 3, "一(六)": 5, "一(七)": 3, "一(八)": 4}
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("关于保定市2022年度", "标题"),
        ("2022年以来,在省委", "引言"),
        ("20个县(市、区)也陆续", "一(一)"),
        ("市本级行政许可事项293项", "一(四)·一是"),
        ("败诉率2.22%", "一(七)·一是"),
        ("健全调处机制", "一(七)"),
        ("清醒地认识到", "二"),
        ("100%覆盖", "三(二)"),
        ("2023年3月16日", "落款"),
    ],
)
def test_section_of_a_sentence(report, words, section):
    """A sentence knows the innermost part in which it stands."""
    assert report.sentence_at(report.text.index(words)).section == section


def test_sentences_hold_their_numbers(report):
    """Each number lies in one sentence, which is cut out of the text exactly and ends at 。 or at a
    line's end.
    """
    for n in report.numbers:
        sentence = report.sentence_at(n.start)
        assert sentence.start <= n.start and n.unit_end <= sentence.end
        assert report.text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert "。" not in sentence.text[:-1] and "\n" not in sentence.text


def test_clauses_are_all_between_the_cuts(report):
    """The clauses hold every character that is neither a mark nor blank, exactly once, and each
    value lies in one clause.
    """
    covered = Counter(i for c in report.clauses for i in range(c.start, c.end))
    outside = {c for i, c in enumerate(report.text) if i not in covered}
    assert set(covered.values()) == {1}
    assert outside <= set(CUTS + "！？!?") | {c for c in report.text if c.isspace()}
    for n in report.values:
        assert sum(c.start <= n.start and n.end <= c.end for c in report.clauses) == 1


def test_thousands_comma_does_not_cut_a_clause():
    """A comma inside a number is no cut: 4,033人 is one number in one clause."""
    text = Report("全市共清理出4,033人,提升了素质。")
    assert [text.text[c.start : c.end] for c in text.clauses] == [
        "全市共清理出4,033人",
        "提升了素质",
    ]
    assert [(n.printed, n.value) for n in text.numbers] == [("4,033", Decimal(4033))]


def test_quotes_for_gives_the_shortest_run_that_is_unique(report):
    """For every value the proposed quotes hold it, stand once in the text, and no shorter run of
    clauses does.
    """
    for n in report.values:
        inside = [
            c for c in report.clauses if report.sentence_at(c.start) == report.sentence_at(n.start)
        ]
        home = next(i for i, c in enumerate(inside) if c.start <= n.start < c.end)
        quotes = report.quotes_for(n, lambda start, end: True)
        runs = {}
        for first in range(home + 1):
            for last in range(home, len(inside)):
                quote = report.text[inside[first].start : inside[last].end]
                if report.text.count(quote) == 1:
                    runs.setdefault(last - first, []).append(quote)
        assert quotes == runs[min(runs)]
