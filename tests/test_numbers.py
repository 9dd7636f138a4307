"""The numbers printed in a text: every form that such reports use, read rightly or listed as
unclear.
"""

import re
from decimal import Decimal
from time import process_time

import pytest
from conftest import IN_FULL
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from baoding_data.text import forms, inventory, rules
from baoding_data.text.characters import plain, traditional
from baoding_data.text.numbers import alone, meaning, numbers_in
from baoding_data.text.numerals import chinese
from baoding_data.text.report import Report

# The fuzz invents more of the same.
examples = settings(
    max_examples=120 if IN_FULL else 30,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much],
)


def only(sentence):
    """The one number of a sentence."""
    numbers = Report(sentence).numbers
    assert len(numbers) == 1, numbers
    return numbers[0]


INTEGERS = st.one_of(st.integers(0, 9999), st.integers(0, 10**12)).filter(
    lambda n: n not in (110, 12345, 12348, 12315, 12388)
)
UNITS = st.sampled_from(
    [
        "件",
        "宗",
        "起",
        "名",
        "人",
        "位",
        "份",
        "项",
        "个",
        "家",
        "条",
        "篇",
        "次",
        "部",
        "处",
        "所",
        "人次",
        "平方米",
        "学时",
        "元",
        "个工作日",
    ]
)
BEFORE = {
    "": "exact",
    "不少于": "at_least",
    "不低于": "at_least",
    "至少": "at_least",
    "不超过": "at_most",
    "不多于": "at_most",
    "不高于": "at_most",
    "超过": "more_than",
    "突破": "more_than",
    "逾": "more_than",
    "不足": "less_than",
    "不到": "less_than",
    "低于": "less_than",
    "约": "about",
    "大约": "about",
    "近": "about",
}
AFTER = {"": "exact", "以上": "at_least", "以下": "at_most"}
FRAMES = st.sampled_from(
    ["全市共办理{},其中有好的。", "{}", "(一)办结了{}。", "有关情况（{}）如下", "2022年,全年{};"]
)


@st.composite
def printed_numbers(draw):
    """A printed Arabic number, the value that it means, and whether it says 多 or 余."""
    whole = draw(INTEGERS)
    digits = draw(st.sampled_from([str(whole), f"{whole:,}"]))
    value = Decimal(whole)
    if draw(st.booleans()):
        part = draw(st.from_regex(r"[0-9]{1,4}", fullmatch=True))
        digits, value = f"{digits}.{part}", Decimal(f"{whole}.{part}")
    if draw(st.booleans()):
        digits = digits.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    times, factor = draw(st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
    more = draw(st.sampled_from(["", "多", "余"]))
    ending = draw(st.sampled_from([more + times, times + more]))
    return digits + ending, value * factor, bool(more)


@examples
@given(
    printed_numbers(), UNITS, st.sampled_from(list(BEFORE)), st.sampled_from(list(AFTER)), FRAMES
)
@example(("2万多", Decimal(20000), True), "名", "", "", "对全市{}行政执法人员进行培训")
def test_arabic_numbers_are_read_back(number, unit, before, after, frame):
    """Plain, with decimals, commas, full-width digits, 万, 亿, 多 or 余, and words of bound: read back
    as printed.
    """
    printed, value, more = number
    assume(not (before and (after or more)) and not (after and more))
    sentence = frame.format(before + printed + unit + after)
    found = [n for n in Report(sentence).numbers if n.kind != "date"]
    bound = "more_than" if more else AFTER[after] if after else BEFORE[before]
    assert [(n.printed, n.value, n.unit, n.bound, n.kind) for n in found] == [
        (printed, value, unit, bound, "value")
    ]
    assert sentence[found[0].start : found[0].unit_end] == printed + unit


@examples
@given(
    st.decimals(0, 100, places=2),
    st.sampled_from("%％"),
    st.sampled_from(list(BEFORE)),
    st.sampled_from(list(AFTER)),
)
def test_percentages_are_read_back(value, sign, before, after):
    """Shares with two decimals, with either sign and words of bound, are read back with the
    unit %.
    """
    assume(not (before and after))
    n = only(f"满意率达{before}{value}{sign}{after}。")
    assert (n.printed, n.value, n.unit, n.bound) == (
        f"{value}{sign}",
        value,
        "%",
        AFTER[after] if after else BEFORE[before],
    )


def numeral(n):
    """A whole number below 10**12 in Chinese numerals, written group by group of four digits, as
    schools teach it.
    """
    if n == 0:
        return "零"
    groups = [n // 10**8, n // 10**4 % 10**4, n % 10**4]
    words, pending = "", False
    for group, name in zip(groups, ("亿", "万", ""), strict=True):
        if not group:
            pending = pending or bool(words)
            continue
        if words and (pending or group < 1000):
            words += "零"
        digits, gap, part = f"{group:04}", False, ""
        for digit, place in zip(digits, ("千", "百", "十", ""), strict=True):
            if digit == "0":
                gap = bool(part)
            else:
                part += ("零" if gap else "") + "零一二三四五六七八九"[int(digit)] + place
                gap = False
        words, pending = words + part + name, False
    return words[1:] if words.startswith("一十") else words


@examples
@given(st.one_of(st.integers(0, 10**4), st.integers(0, 10**8 - 1)))
@example(10)
@example(105)
@example(231)
@example(20000)
def test_chinese_numerals_are_read_back(n):
    """A whole number below 一亿 in Chinese numerals is read back."""
    assert chinese(numeral(n)) == n


@examples
@given(st.integers(10**8, 10**12 - 1))
@example(350_000_000)
def test_chinese_numerals_above_a_hundred_million_are_read_back(n):
    """三亿五千万 is 350 000 000: 万 after 亿 multiplies only what stands between them."""
    assert chinese(numeral(n)) == n


@examples
@given(st.integers(3, 99_999_999).filter(lambda n: n not in (100, 1000, 10000)), UNITS)
def test_chinese_numerals_before_a_measure_word_are_values(n, unit):
    """A Chinese numeral before a measure word is a value with that unit."""
    found = only(f"共审查了{numeral(n)}{unit}文书。")
    assert (found.printed, found.value, found.unit, found.kind) == (numeral(n), n, unit, "value")


@examples
@given(st.integers(0, 99), st.one_of(st.none(), st.from_regex("[0-9]{1,3}", fullmatch=True)))
def test_percentages_in_words_are_read_back(whole, part):
    """百分之三十一点三 is 31.3 %."""
    words = (
        "百分之"
        + numeral(whole)
        + ("" if part is None else "点" + "".join("零一二三四五六七八九"[int(c)] for c in part))
    )
    n = only(f"覆盖率达到了{words}。")
    assert (n.printed, n.value, n.unit) == (words, Decimal(f"{whole}.{part or 0}"), "%")


@pytest.mark.parametrize(
    ("words", "value", "bound"),
    [
        ("百分百", 100, "exact"),
        ("百分之百", 100, "exact"),
        ("九成以上", 90, "at_least"),
        ("近三成", 30, "about"),
    ],
)
def test_shares_in_words(words, value, bound):
    """百分百, 百分之百 and …成 are shares in per cent, with their bound."""
    n = only(f"实现了{words}覆盖。")
    assert (n.value, n.unit, n.bound, n.kind) == (value, "%", bound, "value")


@pytest.mark.parametrize(
    "words",
    [
        "一个部门",
        "一次告知",
        "第六次会议",
        "第十三次常务会议",
        "三项制度",
        "三大攻坚战",
        "“五公开”",
        "“八五”普法",
        "“两个列席”制度",
        "“万人助万企”活动",
        "市委十二届四次全会",
        "党的二十大精神",
        "一是健全制度。二是创新",
        "“一窗受理”",
        "唯一",
        "一刀切",
        "千家万户",
        "成立了",
        "三成立即",
        "统一安排部署",
    ],
)
def test_words_with_numerals_are_no_numbers(words):
    """一 as an article, ordinals, congresses and fixed names hold no number."""
    assert Report(words).numbers == []


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("2022年6月15日", ["date"] * 3),
        ("(2021—2025年)", ["date"] * 2),
        ("(2021-2025年)", ["date"] * 2),
        ("8月份", ["date"]),
        ("十二届36次常委会", ["ordinal"]),
        ("第3次会议", ["ordinal"]),
        ("加强12345政务服务", ["name"]),
        ("冀政发〔2022〕5号", ["name"] * 2),
        ("\n  1.健全制度", ["ordinal"]),
        ("建设5G基站", ["name"]),
    ],
)
def test_grammar_tells_values_apart(words, kinds):
    """Dates, ordinals and names are told from values by the characters around them."""
    assert [n.kind for n in Report(words).numbers] == kinds


@pytest.mark.parametrize("name", ["110", "12345", "12315", "12348", "12388"])
def test_the_digits_of_a_hotline_before_a_measure_word_are_a_value(name):
    """110件 counts cases, though 110 alone is a telephone line: no number with a measure word may
    leave the accounts.
    """
    assert [(n.kind, n.unit) for n in Report(f"受理案件{name}件,办结完毕。").numbers] == [
        ("value", "件")
    ]


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("每年培训不得少于40学时", "at_least"),
        ("每年培训不得低于40学时", "at_least"),
        ("期限不得超过20天", "at_most"),
        ("未超过20天", "at_most"),
        ("没有超过20天", "at_most"),
        ("没有能够超过20天", "at_most"),
    ],
)
def test_a_negated_bound_is_turned_round(words, bound):
    """不得低于 means at least and 不得超过 at most, never the opposite."""
    assert only(words).bound == bound


@pytest.mark.parametrize(
    "words", ["签约20个项目", "节约12亿元", "预约300人次", "特约20名监督员", "最近3年"]
)
def test_words_that_end_in_约_or_近_are_no_bound(words):
    """签约, 节约, 预约 and 最近 say nothing of a number's exactness."""
    assert only(words).bound == "exact"


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("约占30%", "about"),
        ("约有300家", "about"),
        ("约为300家", "about"),
        ("6000件左右", "about"),
        ("超过了20万件", "more_than"),
        ("高于98%", "more_than"),
        ("多于5件", "more_than"),
        ("少于5件", "less_than"),
        ("2人及以上", "at_least"),
        ("3个多月", "more_than"),
    ],
)
def test_a_stated_bound_is_not_read_as_exact(words, bound):
    """约占, 左右, 超过了, 高于, 少于, 及以上 and 多 after the measure word are bounds: the number is not exact."""
    assert only(words).bound == bound


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("3千多件", 3000),
        ("5千名", 5000),
        ("2百万元", 2_000_000),
        ("3亿5000万元", 350_000_000),
        ("1亿2000万元", 120_000_000),
    ],
)
def test_a_multiplier_is_not_dropped(words, value):
    """3千多件 is 3000, not 3; 3亿5000万元 is one number."""
    assert [n.value for n in Report(f"共办理{words}。").values] == [value]


@pytest.mark.parametrize("words", ["千余件", "万余名", "百余家"])
def test_a_lone_hundred_with_余_is_a_number(words):
    """千余件 counts, more than 1000: it may not leave the accounts."""
    assert only(f"办理{words}。").bound == "more_than"


@pytest.mark.parametrize("words", ["七八个", "三五家", "一两次"])
def test_two_digits_side_by_side_are_not_a_number_of_two_digits(words):
    """七八个 means seven or eight, never 78."""
    assert not any(n.value > 9 for n in Report(f"开展了{words}活动").values)


@examples
@given(
    st.text(
        alphabet=(
            "0123456789０５.,%万亿多余一二三十百千两第届年月日号成点百分之约近件个(),。、；\n"
            " \u3000Aa"
        ),
        max_size=60,
    )
)
@example("1" * 40)
@example("9" * 40 + "万")
@example("1" * 5000)
@example("000000000000000\n0")
@example("13000000000件")
def test_no_text_breaks_the_reading(text):
    """Whatever a text holds, it is read, and each number, sentence and clause stands where it
    says.
    """
    parsed = Report(text)
    # A line break inside a sentence is closed: what counts is the text as it is read.
    text, last = parsed.text, 0
    for n in parsed.numbers:
        assert text[n.start : n.end] == n.printed and last <= n.start < n.end <= n.unit_end
        assert parsed.sentence_at(n.start).start <= n.start < parsed.sentence_at(n.start).end
        last = n.end
    assert all(text[s.start : s.end] == s.text for s in parsed.sentences)
    assert all(c.start < c.end for c in parsed.clauses)
    assert parsed.sections == sorted(parsed.sections)


# What a text may repeat without end; each has been the worst case of some pattern.
HOSTILE = (
    "1,234",
    "１，２３４",
    "一二三",
    "百分之一",
    "2021—",
    "2022年、",
    "1月",
    "1、",
    "月1日、",
    "(一)",
    "万",
    "百",
    "数十",
    "三至",
    "三成",
    "第",
    "届三",
    "1:",
    "1/",
    "1.1.",
    "1+",
    "1 234 ",
    "3-",
    "1\n",
    "a\n",
    "不足的",
    "至少",
    "上",
    "某",
    "某 ",
    "一是。",
    "12件,",
    "0",
    "9",
    "１",
    "萬",
    " ",
    "\n",
    "某某某某某某某某某某某某某某某某\n",
    "《",
    "【",
    "www.1 ",
    "@a1",
    "a1@",
    "1'2",
    "1 .",
    "1. ",
    "1。",
    "1×2",
    "1,2,",
    "2 0 ",
    "“三",
    "“三个",
    "“1",
    "不能低于",
    "不不",
    "公元前1",
    "邮 编 ",
    "电话1",
    "一○",
    "第1、",
    "3-5-",
    "70、",
    "成百",
    "3仟",
    "至少有",
    "#1",
    "表1",
    "  1.某",
    "5年多",
)


@pytest.mark.clock
@pytest.mark.parametrize("piece", HOSTILE)
def test_no_pattern_is_slower_than_linear(piece):
    """A text twenty times as long takes no more than sixty times the work, whatever it repeats:
    measured in the processor's own time.
    """

    def seconds(size):
        start = process_time()
        parsed = Report(piece * (size // len(piece)))
        _ = parsed.numbers, parsed.sentences, parsed.clauses, parsed.sections
        return process_time() - start

    limit = 60 * max(min(seconds(500) for _ in range(3)), 2e-4)
    # What else the machine does may disturb one measurement, but not three.
    assert any(seconds(10_000) < limit for _ in range(3))


@pytest.mark.clock
def test_reading_takes_no_more_than_ten_passes(report):
    """To read the numbers of a report takes at most ten times as long as to find them with `re`, in
    the processor's own time.
    """

    def seconds(work):
        start = process_time()
        work(report.text)
        return process_time() - start

    works = numbers_in, lambda text: list(forms.NUMBER.finditer(text))
    read, floor = map(
        min, zip(*([seconds(work) for work in works] for _ in range(10)), strict=True)
    )
    assert read <= 10 * floor


@examples
@given(
    st.from_regex(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?:\.[0-9]{1,3})?", fullmatch=True),
    st.text("0123456789%.,:/-—、，。·年月日件万以上至 \n个号届级版强后”）", max_size=8),
)
def test_no_rule_tells_a_share_that_stands_in_words(digits, behind):
    """Digits between a Han character and a per cent sign are asked no rule, for none takes them."""
    text = f"办结率达到{digits}%{behind}"
    assert rules.told().match(text, 5) is None and rules.told_at_head().match(text, 5) is None


# --- what a printed number can mean

BOUNDS = ("exact", "about", "more_than", "at_least", "less_than", "at_most")


@examples
@given(st.integers(0, 10**7), st.integers(0, 3), st.sampled_from(["%", "万", "亿", ""]))
def test_rounded_numbers_hold_what_they_were_rounded_from(exact, decimals, ending):
    """A number rounded to be printed means an interval that holds the number it was rounded
    from.
    """
    assume(decimals or ending)
    factor = {"%": 1, "": 1, "万": 10**4, "亿": 10**8}[ending]
    true = Decimal(exact) / 1000 * factor
    printed = f"{(true / factor):.{decimals}f}{ending}"
    value = Decimal(printed.rstrip("%万亿")) * factor
    low, high = meaning(printed, value, "exact")
    assert low <= true <= high
    assert high - low == factor * Decimal(10) ** -decimals
    assert low + high == 2 * value


@examples
@given(st.integers(0, 10**9), st.sampled_from(["{}", "{:,}"]))
def test_whole_numbers_mean_themselves(n, form):
    """An exact whole number means itself alone."""
    assert meaning(form.format(n), Decimal(n), "exact") == (n, n)


@examples
@given(printed_numbers(), st.sampled_from(BOUNDS))
def test_meaning_follows_the_bound(number, bound):
    """At least and more than have no upper end, at most and less than begin at 0, the others hold
    the value inside.
    """
    printed, value, _ = number
    low, high = meaning(printed, value, bound)
    assert low <= value <= high
    assert (high == Decimal("Infinity")) == (bound in ("more_than", "at_least"))
    if bound in ("less_than", "at_most"):
        assert (low, high) == (0, value)
    if bound == "about":
        assert low <= value * Decimal("0.95") and high >= value * Decimal("1.05")


@pytest.mark.parametrize(
    ("printed", "value", "bound", "low", "high"),
    [
        ("2.22%", "2.22", "exact", "2.215", "2.225"),
        ("99%", "99", "at_least", "99", "Infinity"),
        ("2万多", "20000", "more_than", "20000", "Infinity"),
        ("18.89万", "188900", "exact", "188850", "188950"),
        ("12亿", "1200000000", "exact", "1150000000", "1250000000"),
        ("316", "316", "exact", "316", "316"),
        ("三", "3", "exact", "3", "3"),
        ("百分百", "100", "exact", "100", "100"),
        ("60", "60", "at_least", "60", "Infinity"),
        ("5‰", "5", "exact", "4.5", "5.5"),
        ("三成", "30", "exact", "25", "35"),
        ("百分之三十一点三", "31.3", "exact", "31.25", "31.35"),
        ("百分之31.3", "31.3", "exact", "31.25", "31.35"),
        ("七八", "7", "about", "6", "8"),
        ("三四十", "30", "about", "20", "40"),
        ("二十五六", "25", "about", "23.75", "26.25"),
        ("一两百", "100", "about", "0", "200"),
    ],
)
def test_meaning_of_known_numbers(printed, value, bound, low, high):
    """The intervals of the numbers that the report prints, worked out by hand."""
    assert meaning(printed, Decimal(value), bound) == (Decimal(low), Decimal(high))


def test_a_rounded_share_in_words_means_what_its_digits_would():
    """百分之九十九 is as rounded as 99%: both hold 99.23."""
    assert meaning("百分之九十九", Decimal(99), "exact") == meaning("99%", Decimal(99), "exact")


# --- a printed form that stands alone


@pytest.mark.parametrize(
    ("printed", "unit", "value", "bound"),
    [
        ("316", "件", "316", "exact"),
        ("2.22%", "%", "2.22", "exact"),
        ("1,206", "人", "1206", "exact"),
        ("95%以上", "%", "95", "at_least"),
        ("95以上", "件", "95", "at_least"),
        ("2200余", "条", "2200", "more_than"),
        ("近90万", "件", "900000", "about"),
        ("7900多万", "件", "79000000", "more_than"),
        ("三", "部", "3", "exact"),
        ("百分之九十九", "%", "99", "exact"),
        ("2020", "条", "2020", "exact"),
        ("12345", "件", "12345", "exact"),
        ("不少于60", "学时", "60", "at_least"),
        ("１８６", "件", "186", "exact"),
    ],
)
def test_a_printed_form_alone_is_read(printed, unit, value, bound):
    """A printed form without its sentence says its value and how exact it is, with the unit put
    where the source has it.
    """
    number = alone(printed, unit)
    assert (number.value, number.unit, number.bound) == (Decimal(value), unit, bound)


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("", "件"),
        ("x316", "件"),
        ("316x", "件"),
        ("316件", "件"),
        ("1807,7", "件"),
        ("95.24%万", "%"),
        ("约95%以上", "%"),
        ("2200余多", "条"),
        ("316%", "件"),
        ("3/4", "件"),
        ("两三", "件件"),
        ("案件316", "件"),
        ("316 ", "件"),
    ],
)
def test_what_is_no_printed_form_is_refused(printed, unit):
    """A form with anything but one number and one word for its exactness is not read at all."""
    assert alone(printed, unit) is None


# --- numbers in the wild


def read(text):
    """Each number of a text in short: as printed, value, unit, bound; or its kind, and the doubt of
    an unclear one.
    """
    return [
        (n.printed, str(n.value), n.unit, n.bound)
        if n.kind == "value"
        else (n.printed, n.doubt or n.kind)
        for n in Report(text).numbers
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("1,206人", [("1,206", "1206", "人", "exact")]),
        ("１８６，４０２件", [("１８６，４０２", "186402", "件", "exact")]),
        ("二百三十一件", [("二百三十一", "231", "件", "exact")]),
        ("三成", [("三成", "30", "%", "exact")]),
        ("九成以上", [("九成", "90", "%", "at_least")]),
        ("九成五", [("九成五", "95", "%", "exact")]),
        ("3.5成", [("3.5成", "35", "%", "exact")]),
        ("超九成", [("九成", "90", "%", "more_than")]),
        ("近2.3万人", [("2.3万", "23000", "人", "about")]),
        ("1.2万余件", [("1.2万余", "12000", "件", "more_than")]),
        ("百分之百", [("百分之百", "100", "%", "exact")]),
        ("百分之三十一点三", [("百分之三十一点三", "31.3", "%", "exact")]),
        ("百分之九十多", [("百分之九十多", "90", "%", "more_than")]),
        ("百分之31.3", [("百分之31.3", "31.3", "%", "exact")]),
        ("千分之五", [("千分之五", "5", "‰", "exact")]),
        ("3个百分点", [("3", "3", "个百分点", "exact")]),
        ("同比增长17.1%", [("17.1%", "17.1", "%", "exact")]),
        ("0.5‰", [("0.5‰", "0.5", "‰", "exact")]),
        ("一百二十多家", [("一百二十多", "120", "家", "more_than")]),
        ("两部", [("两", "2", "部", "exact")]),
        ("十余次", [("十余", "10", "次", "more_than")]),
        ("十几个", [("十几", "10", "个", "more_than")]),
        ("三点五倍", [("三点五", "3.5", "倍", "exact")]),
        ("一点二万件", [("一点二万", "12000", "件", "exact")]),
        ("上千人", [("千", "1000", "人", "at_least")]),
        ("近百家", [("百", "100", "家", "about")]),
        ("逾万件", [("万", "10000", "件", "more_than")]),
        ("百万元", [("百万", "1000000", "元", "exact")]),
        ("316千瓦时", [("316", "316", "千瓦时", "exact")]),
        ("五千余万元", [("五千余万", "50000000", "元", "more_than")]),
        ("十多万件", [("十多万", "100000", "件", "more_than")]),
        ("十来万人", [("十来万", "100000", "人", "about")]),
        ("一两百件", [("一两百", "100", "件", "about")]),
        ("十七八个", [("十七八", "17", "个", "about")]),
        ("1亿2千万元", [("1亿2千万", "120000000", "元", "exact")]),
        ("2万5千件", [("2万5千", "25000", "件", "exact")]),
        ("20来家", [("20来", "20", "家", "about")]),
        ("2.5万t", [("2.5万", "25000", "t", "exact")]),
        ("3名单位负责人", [("3", "3", "名", "exact")]),
        ("大于等于5件", [("5", "5", "件", "at_least")]),
        ("1000万元（含）以上", [("1000万", "10000000", "元", "at_least")]),
        ("查摆问题不足12个", [("12", "12", "个", "exact")]),
        ("治超120起", [("120", "120", "起", "exact")]),
        ("8项内控制度", [("8", "8", "项", "exact")]),
        ("续约12家", [("12", "12", "家", "exact")]),
        ("走近200名", [("200", "200", "名", "exact")]),
        ("受理110，", [("110", "110", "", "exact")]),
        ("5千米", [("5", "5", "千米", "exact")]),
        ("≥90%", [("90%", "90", "%", "at_least")]),
        ("3年内", [("3", "3", "年", "at_most")]),
        ("近三年", [("三", "3", "年", "exact")]),
        ("每年至少开展2次", [("2", "2", "次", "at_least")]),
        ("不足执法人员总数的5%", [("5%", "5", "%", "less_than")]),
        ("10万+", [("10万", "100000", "", "more_than")]),
        ("受理 316 件", [("316", "316", "件", "exact")]),
        ("近 2.3 万人次", [("2.3 万", "23000", "人次", "about")]),
        ("100余万元", [("100余万", "1000000", "元", "more_than")]),
        ("1.5亿美元", [("1.5亿", "150000000", "美元", "exact")]),
        ("一点二五万件", [("一点二五万", "12500", "件", "exact")]),
        ("九成多", [("九成多", "90", "%", "more_than")]),
        ("八项规定三十条", [("三十", "30", "条", "exact")]),
        ("案件,316件", [("316", "316", "件", "exact")]),
        ("附件З、316件", [("316", "316", "件", "exact")]),
        ("减负316家", [("316", "316", "家", "exact")]),
        ("线下316场", [("316", "316", "场", "exact")]),
        ("30+人", [("30", "30", "人", "more_than")]),
        ("30吨棉花左右", [("30", "30", "吨", "about")]),
        ("30吨棉花以上", [("30", "30", "吨", "at_least")]),
        ("30吨棉花以下", [("30", "30", "吨", "at_most")]),
    ],
)
def test_forms_of_the_wild(words, found):
    """Each form that such reports print is read with value, unit and bound."""
    assert read(words) == found and read(f"全市共有{words}，其余照旧。") == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3至5名", [("3", "3", "名", "at_least"), ("5", "5", "名", "at_most")]),
        ("10—15日", [("10", "10", "日", "at_least"), ("15", "15", "日", "at_most")]),
        ("3-5个工作日", [("3", "3", "个工作日", "at_least"), ("5", "5", "个工作日", "at_most")]),
        ("三至五百名", [("三", "300", "名", "at_least"), ("五百", "500", "名", "at_most")]),
        ("3-5万元", [("3", "30000", "元", "at_least"), ("5万", "50000", "元", "at_most")]),
        ("5000—1万元", [("5000", "5000", "元", "at_least"), ("1万", "10000", "元", "at_most")]),
        ("30%-50%", [("30%", "30", "%", "at_least"), ("50%", "50", "%", "at_most")]),
        ("三至五名", [("三", "3", "名", "at_least"), ("五", "5", "名", "at_most")]),
        ("时间由10—15日压减", [("10", "10", "日", "at_least"), ("15", "15", "日", "at_most")]),
        ("从原来的20件到50件", [("20", "20", "件", "exact"), ("50", "50", "件", "exact")]),
        ("从45件到50件", [("45", "45", "件", "exact"), ("50", "50", "件", "exact")]),
        ("由50件至45件", [("50", "50", "件", "exact"), ("45", "45", "件", "exact")]),
        ("第3至5名", [("3", "ordinal"), ("5", "ordinal")]),
        (
            "受理3件，经过多年的努力以后配备5至8名",
            [
                ("3", "3", "件", "exact"),
                ("5", "5", "名", "at_least"),
                ("8", "8", "名", "at_most"),
            ],
        ),
        ("受理3件，审结5件之间", [("3", "3", "件", "exact"), ("5", "5", "件", "exact")]),
    ],
)
def test_ranges(words, found):
    """The first number of a range is a lower limit and the second an upper one, in one unit; a
    change from one to another is no range.
    """
    assert read(words) == found


@pytest.mark.parametrize(
    ("words", "printed", "doubt"),
    [
        ("3/4的乡镇", "3/4", "fraction"),
        ("三分之二以上", "三分之二", "fraction"),
        ("按5:1的比例", "5:1", "ratio"),
        ("5比1", "5比1", "ratio"),
        ("数千人次", "数千", "vague"),
        ("几十家", "几十", "vague"),
        ("数百万元", "数百万", "vague"),
        ("186，402件", "186，402", "comma"),
        ("20 563件", "20 563", "blank"),
        ("受理31\n6件", "31\n6", "line"),
        ("1.2\n万件", "1.2\n万", "line"),
        ("增速为-3.2%", "3.2%", "minus"),
        ("三百二件", "三百二", "numeral"),
        ("百十个", "百十", "numeral"),
        ("两个半小时", "两", "half"),
        ("1.2.3件", "1.2.3", "dots"),
        ("12万345件", "12万345", "numeral"),
        ("5万零200元", "5万零200", "numeral"),
        ("受理3 16件", "3 16", "leftover"),
        ("受理3\u200a16件", "3\u200a16", "leftover"),
        ("达到2.2 2%", "2.2 2", "leftover"),
        ("受理3;16件", "3;16", "leftover"),
        ("占2，22%", "2，22", "comma"),
        ("受理12口6件", "12口6", "leftover"),
        ("受理一206件", "206", "leftover"),
        ("受理10一件", "10一件", "leftover"),
        ("受理l,206件", "206", "letters"),
        ("受理丨,206件", "206", "letters"),
        ("受理31G件", "31", "letters"),
        ("投入〇万元", "〇万", "numeral"),
        ("完成率为O%", "O", "letters"),
        ("占5%‰", "5%‰", "leftover"),
        ("投入3.16万.5元", "5", "letters"),
        ("完成率为○%", "○", "letters"),
        ("投入О万元", "О万", "letters"),
        ("占5%‰的部门", "5%‰", "leftover"),
        ("花费3个亿元", "3个亿", "leftover"),
        ("受理二l6件", "6", "letters"),
        ("增长-5、下降", "5", "minus"),
        ("共审查二\n十件", "十", "line"),
        ("受理31\n6.5件", "31\n6.5", "line"),
    ],
)
def test_what_cannot_be_read_for_certain_is_listed_with_its_doubt(words, printed, doubt):
    """A fraction, a ratio, a vague or ambiguous number has neither value nor unit, and is there all
    the same.
    """
    [number] = [n for n in numbers_in(words) if n.printed == printed]
    assert (number.kind, number.doubt, number.value, number.unit, number.bound) == (
        "unclear",
        doubt,
        None,
        "",
        "",
    )


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("2021-2025年", "dd"),
        ("2021、2022年", "dd"),
        ("2020年、2021年和2022年", "ddd"),
        ("1-12月", "dd"),
        ("1月至12月", "dd"),
        ("3月10—15日", "ddd"),
        ("4月10日、15日和20日", "dddd"),
        ("每月10—15日", "dd"),
        ("2022 年 3 月 16 日", "ddd"),
        ("2022\n年", "d"),
        ("2024-05-06", "ddd"),
        ("二〇二二年", "d"),
        ("上午9时30分", "dd"),
        ("12·4国家宪法日", "dd"),
        ("第九次会议", ""),
        ("前三名", ""),
        ("全省前3名", "o"),
        ("(1)检查", "o"),
        ("十四届全国人大三次会议", ""),
        ("召开三次会议", "v"),
        ("冀政字(2022)15号", "nn"),
        ("“1+4+N”", "nn"),
        ("7×24小时", "nn"),
        ("0312-3088888", "nn"),
        ("邮编071000", "n"),
        ("13812345678", "n"),
        ("政务服务2.0版", "n"),
        ("5G基站", "n"),
        ("12345热线", "n"),
        ("12345件", "v"),
        ("12333热线", "n"),
        ("90后干部", "n"),
        ("公示15日", "v"),
        ("通过百场活动", ""),
        ("八项规定", ""),
        ("五位一体", ""),
        ("一部条例", ""),
        ("二期工程", ""),
        ("3·15", "dd"),
        ("4.15全民国家安全教育日", "d"),
        ("下午3点30分", "dd"),
        ("二次审议", ""),
        ("二十期", "v"),
        ("（2022）冀01行初15号", "dnn"),
        ("90后、00后", "nn"),
        ("12355热线", "n"),
        ("“12328”服务监督", "n"),
        ("12355件", "v"),
        ("2022—2023学年", "dd"),
        ("9:00-17:00", "dddd"),
        ("2022年1月1日至12月31日", "ddddd"),
        ("3月10 日起", "dd"),
    ],
)
def test_kinds_of_the_wild(words, kinds):
    """Dates, ordinals and names are no values, and what only looks like one of them is."""
    assert "".join(n.kind[0] for n in Report(words).numbers) == kinds


def test_a_line_break_inside_a_sentence_is_closed_and_one_between_parts_is_not():
    """A program's line breaks split neither sentences nor numbers; headings, a date at the end and
    a year after a bare number stay apart.
    """
    text = Report(
        "2022年全市各级行政复议机关共受理行政复议案件3\n16件，"
        "其中经调解以后申请人撤回申请的案件为23\n件，办结率近\n九成。\n一、"
        "主要工作情况及其他若干有关情况\n（一）各项\n保定市人民政府法治政府建设领导小组办公室\n2023年3月16日"
    )
    assert [(n.printed, n.unit, n.bound) for n in text.numbers if n.kind == "value"] == [
        ("316", "件", "exact"),
        ("23", "件", "exact"),
        ("九成", "%", "about"),
    ]
    assert [label for _, label in text.sections][-3:] == ["一", "一(一)", "落款"]
    assert [
        n.doubt for n in Report("全市共受理各类行政复议案件的数目为316\n2022年以来开展。").numbers
    ] == ["line"]


TO_TRADITIONAL = str.maketrans(
    "万亿余两数项条处个约达过于满内来", "萬億餘兩數項條處個約達過於滿內來"
)


@examples
@given(
    st.sampled_from(
        [
            "近2.3万人",
            "一百二十多条",
            "两万余项",
            "超过3亿元",
            "不少于三处",
            "数千个",
            "约十万条",
            "3年内",
            "十来个",
            "达到或超过95%",
        ]
    )
)
def test_traditional_characters_are_read_as_simplified_ones(words):
    """A number in traditional characters is read as the same in simplified ones, but printed as it
    stands; and the text can be told as such.
    """
    other = words.translate(TO_TRADITIONAL)
    same = [n._replace(printed="") for n in numbers_in(words)]
    assert [n._replace(printed="") for n in numbers_in(other)] == same
    assert all(n.printed == other[n.start : n.end] for n in numbers_in(other))
    assert (
        traditional(other) == (other != words) and not traditional(words) and plain(other) == words
    )


def in_words(n, digits=False):
    return str(n) if digits else numeral(n)


@examples
@given(
    st.integers(2, 99),
    st.integers(1, 899),
    UNITS,
    st.sampled_from(["至", "到", "—", "-"]),
    st.booleans(),
)
def test_ranges_are_read_back(low, more, unit, sign, digits):
    """Any range is read back with its two limits, in digits and in words."""
    assume(
        not re.fullmatch("[二三四五六七八九][百千]", in_words(low + more))
    )  # 二至三百 is 200 to 300
    text = f"每处配备{in_words(low, digits)}{sign}{in_words(low + more, digits)}{unit}。"
    assert [(n.value, n.unit, n.bound, n.kind) for n in numbers_in(text)] == [
        (low, unit, "at_least", "value"),
        (low + more, unit, "at_most", "value"),
    ]


@examples
@given(printed_numbers(), UNITS)
def test_blanks_around_numbers_change_nothing(number, unit):
    """Pages that set blanks between Chinese and digits are read as those that do not."""
    printed, value, _ = number
    [spaced] = [n for n in numbers_in(f"全市受理 {printed} {unit}，办结。") if n.kind == "value"]
    assert (spaced.printed, spaced.value, spaced.unit) == (printed, value, unit)


@examples
@given(st.integers(2, 999_999), st.sampled_from(["多", "余"]), UNITS)
def test_more_than_in_words_is_read_back(n, more, unit):
    """二百三十多件 is more than 230."""
    [number] = numbers_in(f"受理{numeral(n)}{more}{unit}。")
    assert (number.value, number.bound, number.unit) == (n, "more_than", unit)


@examples
@given(st.integers(3, 10**8 - 1), UNITS)
def test_every_numeral_written_as_schools_teach_is_certain(n, unit):
    """No well-written numeral is listed as unclear."""
    assert all(
        number.kind == "value" and number.value == n
        for number in numbers_in(f"受理{numeral(n)}{unit}。")
        if n not in (100, 1000, 10000)
    )


def test_every_unit_is_a_word_of_the_tables(seeds):
    """Each measure word and unit has its row in terms.csv, so that a figure can bear it; each unit
    there is one that can be read.
    """
    words = {*inventory.words("measure", "counted", "latin"), "%", "‰", "‱"}
    assert words == {code for kind, code in seeds.words if kind == "unit"}
    assert {
        word for word in words if [n.unit for n in numbers_in(f"共有316{word}，")] != [word]
    } == set()


def test_every_doubt_and_kind_is_a_word_of_the_tables(seeds):
    """Each doubt that a number can have stands in terms.csv, and each there is one that a number
    can have.
    """
    import inspect

    from baoding_data.text import numbers

    told = {*rules.kinds().values(), *forms.KINDS.values()} - {"date", "ordinal", "name", "value"}
    doubts = re.findall(
        '"(line|minus|vague|numeral|half|fraction|leftover|letters)"', inspect.getsource(numbers)
    )
    assert {code for kind, code in seeds.words if kind == "unclear"} == {*told, *doubts}


LIKE_DIGITS = "OoIl|ＯｌОоЗбΟοΙⅠⅲ○◯⭕Ø²³⁰₂①⓪⑴⒉❶㈠㊂٣۳๓३𝟑𝟛½⁄㆓〡〣ニエロミハー丨弌弐ıǀ∣∙․‧₀😀"


@pytest.mark.parametrize(
    "frame", ["受理3{}6件", "受理36{}件", "率达3{}6%", "受理二{}三件", "共3.{}6万元", "共1,2{}6件"]
)
def test_what_looks_like_a_digit_is_never_read_around(frame):
    """Digits in or beside which a sign stands that only looks like one are listed, unclear as a
    whole, and never as the number that is left.
    """
    for sign in LIKE_DIGITS:
        found = numbers_in(f"全县{frame.format(sign)}，其余办结。")
        assert found and all(n.kind == "unclear" for n in found), (sign, found)


@pytest.mark.parametrize("frame", ["败诉{}件", "受理{}36件"])
def test_a_sign_like_a_digit_before_a_unit_is_no_number_and_is_listed(frame):
    """Where it stands alone, or before digits, there is an unclear number and no other."""
    for sign in "OolIＯОЗΟ○◯²⁰①⓪⑴❶㈠٣๓𝟑½㆓〡ニ丨":
        assert [n.kind for n in numbers_in(f"全县{frame.format(sign)}。")] == ["unclear"], sign


@pytest.mark.parametrize(
    "text, printed",
    [
        ("受理３６件", ["36"]),
        ("建成５Ｇ基站", []),
        ("全长３６ｋｍ", ["36"]),
        ("Ⅲ类水质", []),
        ("①受理36件", ["36"]),
        ("• 36件", ["36"]),
        ("（①）36件", ["36"]),
        ("36℃", ["36"]),
        ("——36个部门", ["36"]),
        ("3―6件", ["3", "6"]),
    ],
)
def test_marks_and_wide_letters_leave_numbers_as_they_are(text, printed):
    """Full-width letters are letters; marks of lists, units and dashes are no digits."""
    values = [n for n in numbers_in(text) if n.kind in ("value", "unclear")]
    assert [n.kind for n in values] == ["value"] * len(printed)
    assert [plain(n.printed) for n in values] == printed


@pytest.mark.parametrize("dash", "-–—−－―△▲")
def test_a_dash_before_digits_may_be_a_minus(dash):
    """One dash of whatever kind behind a word is in doubt; two of them are a mark."""
    [one] = numbers_in(f"同比增长{dash}3.5%。")
    assert (one.kind, one.doubt) == ("unclear", "letters" if dash in "△▲" else "minus")


def test_what_has_more_than_fifteen_digits_counts_nothing():
    """Sixteen digits are an account or another code, printed whole and no more; fifteen count."""
    [code] = numbers_in("账号1234567890123456开户")
    assert (code.printed, code.kind, code.unit) == ("1234567890123456", "name", "")
    [count] = numbers_in("共计123456789012345件。")
    assert (count.value, count.kind, count.unit) == (123_456_789_012_345, "value", "件")
