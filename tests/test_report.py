"""One report's text: its sections, sentences and clauses, and the numbers printed in it."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from baoding_data.report import alone, CUTS, Report, chinese, meaning

examples = settings(max_examples=120, deadline=None, database=None, derandomize=True)


def only(sentence):
    """The one number of a sentence."""
    numbers = Report(sentence).numbers
    assert len(numbers) == 1, numbers
    return numbers[0]


# --- the report of Baoding

def test_all_arabic_runs_are_numbers(report):
    """Each of the 97 runs of Arabic digits is in exactly one number, and each Arabic number holds exactly one run."""
    runs = [match.span() for match in re.finditer(r"[0-9]+(?:\.[0-9]+)?", report.text)]
    arabic = [n for n in report.numbers if re.match("[0-9]", n.printed)]
    assert len(runs) == 97
    assert [start for start, _ in runs] == [n.start for n in arabic]
    assert all(end <= n.end for (_, end), n in zip(runs, arabic))


def test_chinese_numerals_are_the_five_of_the_design(report):
    """五部门, 三部条例, 三个, 百分百 and 两个平台 are numbers; no other Chinese numeral is."""
    found = [(n.printed, str(n.value), n.unit) for n in report.numbers if not re.match("[0-9]", n.printed)]
    assert found == [("五", "5", "部门"), ("三", "3", "部"), ("三", "3", "个"), ("百分百", "100", "%"), ("两", "2", "个")]


def test_numbers_of_each_kind(report):
    """102 numbers: 72 values, and 26 dates, 2 ordinals and 2 names, each of these told apart by its own words."""
    assert Counter(n.kind for n in report.numbers) == {"value": 72, "date": 26, "ordinal": 2, "name": 2}
    after = {kind: Counter(report.text[n.end] for n in report.numbers if n.kind == kind) for kind in ("date", "ordinal", "name")}
    assert set(after["date"]) == {"年", "月", "日", "—", "-"} and set(after["ordinal"]) == {"次"}
    assert [n.printed for n in report.numbers if n.kind == "name"] == ["12345", "12345"]


def test_bounds_and_units_of_the_report(report):
    """Exactly three values are bounded, and no value lacks a unit."""
    assert {(n.printed, n.unit): n.bound for n in report.values if n.bound != "exact"} == {
        ("60", "学时"): "at_least", ("2万多", "名"): "more_than", ("99%", "%"): "at_least"}
    assert [n.printed for n in report.values if not n.unit] == []


def test_numbers_stand_where_they_say(report):
    """`start`, `end` and `unit_end` cut the printed form and its unit out of the text, in order and without overlap."""
    last = 0
    for n in report.numbers:
        assert n.start >= last
        assert report.text[n.start:n.end] == n.printed
        assert report.text[n.end:n.unit_end] == ("" if n.unit in ("%", "") else n.unit)
        last = n.end


def test_sections_of_the_report(report):
    """Title, opening, three chapters with 8, 3 and 5 parts, their points, and the signature, in the text's order."""
    labels = [label for _, label in report.sections]
    parts = [label for label in labels if "·" not in label]
    numerals = "一二三四五六七八"
    assert parts == ["标题", "引言", "一", *(f"一({n})" for n in numerals), "二", *(f"二({n})" for n in numerals[:3]),
                     "三", *(f"三({n})" for n in numerals[:5]), "落款"]
    points = Counter(label.split("·")[0] for label in labels if "·" in label)
    assert points == {"一(四)": 4, "一(五)": 3, "一(六)": 5, "一(七)": 3, "一(八)": 4}
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(("words", "section"), [
    ("关于保定市2022年度", "标题"), ("2022年以来,在省委", "引言"), ("20个县(市、区)也陆续", "一(一)"), ("市本级行政许可事项293项", "一(四)·一是"),
    ("败诉率2.22%", "一(七)·一是"), ("健全调处机制", "一(七)"), ("清醒地认识到", "二"), ("100%覆盖", "三(二)"), ("2023年3月16日", "落款")])
def test_section_of_a_sentence(report, words, section):
    """A sentence knows the innermost part in which it stands."""
    assert report.sentence_at(report.text.index(words)).section == section


def test_sentences_hold_their_numbers(report):
    """Each number lies in one sentence, which is cut out of the text exactly and ends at 。 or at a line's end."""
    for n in report.numbers:
        sentence = report.sentence_at(n.start)
        assert sentence.start <= n.start and n.unit_end <= sentence.end
        assert report.text[sentence.start:sentence.end] == sentence.text == sentence.text.strip()
        assert "。" not in sentence.text[:-1] and "\n" not in sentence.text


def test_clauses_are_all_between_the_cuts(report):
    """The clauses hold every character that is neither a mark nor blank, exactly once, and each value lies in one clause."""
    covered = Counter(i for c in report.clauses for i in range(c.start, c.end))
    outside = {c for i, c in enumerate(report.text) if i not in covered}
    assert set(covered.values()) == {1}
    assert outside <= set(CUTS + "！？!?") | {c for c in report.text if c.isspace()}
    for n in report.values:
        assert sum(c.start <= n.start and n.end <= c.end for c in report.clauses) == 1


def test_thousands_comma_does_not_cut_a_clause():
    """A comma inside a number is no cut: 4,033人 is one number in one clause."""
    text = Report("全市共清理出4,033人,提升了素质。")
    assert [text.text[c.start:c.end] for c in text.clauses] == ["全市共清理出4,033人", "提升了素质"]
    assert [(n.printed, n.value) for n in text.numbers] == [("4,033", Decimal(4033))]


def test_quotes_for_gives_the_shortest_run_that_is_unique(report):
    """For every value the proposed quotes hold it, stand once in the text, and no shorter run of clauses does."""
    for n in report.values:
        inside = [c for c in report.clauses if report.sentence_at(c.start) == report.sentence_at(n.start)]
        home = next(i for i, c in enumerate(inside) if c.start <= n.start < c.end)
        quotes = report.quotes_for(n, lambda start, end: True)
        runs = {}
        for first in range(home + 1):
            for last in range(home, len(inside)):
                quote = report.text[inside[first].start:inside[last].end]
                if report.text.count(quote) == 1:
                    runs.setdefault(last - first, []).append(quote)
        assert quotes == runs[min(runs)]


# --- any text

INTEGERS = st.one_of(st.integers(0, 9999), st.integers(0, 10**12)).filter(lambda n: n not in (110, 12345, 12348, 12315, 12388))
UNITS = st.sampled_from("件 宗 起 名 人 位 份 项 个 家 条 篇 次 部 处 所 人次 平方米 学时 元 个工作日".split())
BEFORE = {"": "exact", "不少于": "at_least", "不低于": "at_least", "至少": "at_least", "不超过": "at_most", "不多于": "at_most",
          "不高于": "at_most", "超过": "more_than", "突破": "more_than", "逾": "more_than", "不足": "less_than", "不到": "less_than",
          "低于": "less_than", "约": "about", "大约": "about", "近": "about"}
AFTER = {"": "exact", "以上": "at_least", "以下": "at_most"}
FRAMES = st.sampled_from(["全市共办理{},其中有好的。", "{}", "(一)办结了{}。", "有关情况（{}）如下", "2022年,全年{};"])


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
@given(printed_numbers(), UNITS, st.sampled_from(list(BEFORE)), st.sampled_from(list(AFTER)), FRAMES)
@example(("2万多", Decimal(20000), True), "名", "", "", "对全市{}行政执法人员进行培训")
def test_arabic_numbers_are_read_back(number, unit, before, after, frame):
    """Plain, with decimals, commas, full-width digits, 万, 亿, 多 or 余, and words of bound: read back as printed."""
    printed, value, more = number
    assume(not (before and (after or more)) and not (after and more))
    sentence = frame.format(before + printed + unit + after)
    found = [n for n in Report(sentence).numbers if n.kind != "date"]
    bound = "more_than" if more else AFTER[after] if after else BEFORE[before]
    assert [(n.printed, n.value, n.unit, n.bound, n.kind) for n in found] == [(printed, value, unit, bound, "value")]
    assert sentence[found[0].start:found[0].unit_end] == printed + unit


@examples
@given(st.decimals(0, 100, places=2), st.sampled_from("%％"), st.sampled_from(list(BEFORE)), st.sampled_from(list(AFTER)))
def test_percentages_are_read_back(value, sign, before, after):
    """Shares with two decimals, with either sign and words of bound, are read back with the unit %."""
    assume(not (before and after))
    n = only(f"满意率达{before}{value}{sign}{after}。")
    assert (n.printed, n.value, n.unit, n.bound) == (f"{value}{sign}", value, "%", AFTER[after] if after else BEFORE[before])


def numeral(n):
    """A whole number below 10**12 in Chinese numerals, written group by group of four digits, as schools teach it."""
    if n == 0:
        return "零"
    groups = [n // 10**8, n // 10**4 % 10**4, n % 10**4]
    words, pending = "", False
    for group, name in zip(groups, ("亿", "万", "")):
        if not group:
            pending = pending or bool(words)
            continue
        if words and (pending or group < 1000):
            words += "零"
        digits, gap, part = f"{group:04}", False, ""
        for digit, place in zip(digits, ("千", "百", "十", "")):
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
@given(st.integers(2, 99_999_999).filter(lambda n: n not in (100, 1000, 10000)), UNITS)
def test_chinese_numerals_before_a_measure_word_are_values(n, unit):
    """A Chinese numeral before a measure word is a value with that unit."""
    found = only(f"共审查了{numeral(n)}{unit}文书。")
    assert (found.printed, found.value, found.unit, found.kind) == (numeral(n), n, unit, "value")


@examples
@given(st.integers(0, 99), st.one_of(st.none(), st.from_regex("[0-9]{1,3}", fullmatch=True)))
def test_percentages_in_words_are_read_back(whole, part):
    """百分之三十一点三 is 31.3 %."""
    words = "百分之" + numeral(whole) + ("" if part is None else "点" + "".join("零一二三四五六七八九"[int(c)] for c in part))
    n = only(f"覆盖率达到了{words}。")
    assert (n.printed, n.value, n.unit) == (words, Decimal(f"{whole}.{part or 0}"), "%")


@pytest.mark.parametrize(("words", "value", "bound"), [("百分百", 100, "exact"), ("百分之百", 100, "exact"), ("九成以上", 90, "at_least"), ("近三成", 30, "about")])
def test_shares_in_words(words, value, bound):
    """百分百, 百分之百 and …成 are shares in per cent, with their bound."""
    n = only(f"实现了{words}覆盖。")
    assert (n.value, n.unit, n.bound, n.kind) == (value, "%", bound, "value")


@pytest.mark.parametrize("words", [
    "一个部门", "一次告知", "第六次会议", "第十三次常务会议", "三项制度", "三大攻坚战", "“五公开”", "“八五”普法", "“两个列席”制度", "“万人助万企”活动",
    "市委十二届四次全会", "党的二十大精神", "一是健全制度。二是创新", "“一窗受理”", "唯一", "一刀切", "千家万户", "成立了", "三成立即", "统一安排部署"])
def test_words_with_numerals_are_no_numbers(words):
    """一 as an article, ordinals, congresses and fixed names hold no number."""
    assert Report(words).numbers == []


@pytest.mark.parametrize(("words", "kinds"), [
    ("2022年6月15日", ["date"] * 3), ("(2021—2025年)", ["date"] * 2), ("(2021-2025年)", ["date"] * 2), ("8月份", ["date"]), ("十二届36次常委会", ["ordinal"]),
    ("第3次会议", ["ordinal"]), ("加强12345政务服务", ["name"]), ("冀政发〔2022〕5号", ["name"] * 2), ("\n  1.健全制度", ["ordinal"]), ("建设5G基站", ["name"])])
def test_grammar_tells_values_apart(words, kinds):
    """Dates, ordinals and names are told from values by the characters around them."""
    assert [n.kind for n in Report(words).numbers] == kinds


@pytest.mark.parametrize("name", ["110", "12345", "12315", "12348", "12388"])
def test_the_digits_of_a_hotline_before_a_measure_word_are_a_value(name):
    """110件 counts cases, though 110 alone is a telephone line: no number with a measure word may leave the accounts."""
    assert [(n.kind, n.unit) for n in Report(f"受理案件{name}件,办结完毕。").numbers] == [("value", "件")]


@pytest.mark.parametrize(("words", "bound"), [
    ("每年培训不得少于40学时", "at_least"), ("每年培训不得低于40学时", "at_least"), ("期限不得超过20天", "at_most"), ("未超过20天", "at_most"), ("没有超过20天", "at_most")])
def test_a_negated_bound_is_turned_round(words, bound):
    """不得低于 means at least and 不得超过 at most, never the opposite."""
    assert only(words).bound == bound


@pytest.mark.parametrize("words", ["签约20个项目", "节约12亿元", "预约300人次", "特约20名监督员", "最近3年"])
def test_words_that_end_in_约_or_近_are_no_bound(words):
    """签约, 节约, 预约 and 最近 say nothing of a number's exactness."""
    assert only(words).bound == "exact"


@pytest.mark.parametrize(("words", "bound"), [
    ("约占30%", "about"), ("约有300家", "about"), ("约为300家", "about"), ("6000件左右", "about"), ("超过了20万件", "more_than"), ("高于98%", "more_than"),
    ("多于5件", "more_than"), ("少于5件", "less_than"), ("2人及以上", "at_least"), ("3个多月", "more_than")])
def test_a_stated_bound_is_not_read_as_exact(words, bound):
    """约占, 左右, 超过了, 高于, 少于, 及以上 and 多 after the measure word are bounds: the number is not exact."""
    assert only(words).bound == bound


@pytest.mark.parametrize(("words", "value"), [("3千多件", 3000), ("5千名", 5000), ("2百万元", 2_000_000), ("3亿5000万元", 350_000_000), ("1亿2000万元", 120_000_000)])
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
@given(st.text(alphabet="0123456789０５.,%万亿多余一二三十百千两第届年月日号成点百分之约近件个(),。、；\n \u3000Aa", max_size=60))
@example("1" * 40)
@example("9" * 40 + "万")
@example("1" * 5000)
def test_no_text_breaks_the_reading(text):
    """Whatever a text holds, it is read, and each number, sentence and clause stands where it says."""
    parsed = Report(text)
    last = 0
    for n in parsed.numbers:
        assert text[n.start:n.end] == n.printed and last <= n.start < n.end <= n.unit_end
        assert parsed.sentence_at(n.start).start <= n.start < parsed.sentence_at(n.start).end
        last = n.end
    assert all(text[s.start:s.end] == s.text for s in parsed.sentences)
    assert all(c.start < c.end for c in parsed.clauses)
    assert parsed.sections == sorted(parsed.sections)


def test_no_pattern_is_slower_than_linear():
    """A text twenty times as long takes no more than sixty times as long, whatever it repeats."""
    from time import perf_counter

    def seconds(text):
        best = 9.0
        for _ in range(3):
            start = perf_counter()
            parsed = Report(text)
            _ = parsed.numbers, parsed.sentences, parsed.clauses, parsed.sections
            best = min(best, perf_counter() - start)
        return best

    for piece in ("1,234", "一二三", "百分之一", "2021—", "(一)", "万", "一是。", "12件,", " ", "\n"):
        assert seconds(piece * (20_000 // len(piece))) < 60 * max(seconds(piece * (1_000 // len(piece))), 2e-4), piece


# --- what a printed number can mean

BOUNDS = ("exact", "about", "more_than", "at_least", "less_than", "at_most")


@examples
@given(st.integers(0, 10**7), st.integers(0, 3), st.sampled_from(["%", "万", "亿", ""]))
def test_rounded_numbers_hold_what_they_were_rounded_from(exact, decimals, ending):
    """A number rounded to be printed means an interval that holds the number it was rounded from."""
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
    """At least and more than have no upper end, at most and less than begin at 0, the others hold the value inside."""
    printed, value, _ = number
    low, high = meaning(printed, value, bound)
    assert low <= value <= high
    assert (high == Decimal("Infinity")) == (bound in ("more_than", "at_least"))
    if bound in ("less_than", "at_most"):
        assert (low, high) == (0, value)
    if bound == "about":
        assert low <= value * Decimal("0.95") and high >= value * Decimal("1.05")


@pytest.mark.parametrize(("printed", "value", "bound", "low", "high"), [
    ("2.22%", "2.22", "exact", "2.215", "2.225"), ("99%", "99", "at_least", "99", "Infinity"), ("2万多", "20000", "more_than", "20000", "Infinity"),
    ("18.89万", "188900", "exact", "188850", "188950"), ("12亿", "1200000000", "exact", "1150000000", "1250000000"), ("316", "316", "exact", "316", "316"),
    ("三", "3", "exact", "3", "3"), ("百分百", "100", "exact", "100", "100"), ("60", "60", "at_least", "60", "Infinity")])
def test_meaning_of_known_numbers(printed, value, bound, low, high):
    """The intervals of the numbers that the report prints, worked out by hand."""
    assert meaning(printed, Decimal(value), bound) == (Decimal(low), Decimal(high))


def test_a_rounded_share_in_words_means_what_its_digits_would():
    """百分之九十九 is as rounded as 99%: both hold 99.23."""
    assert meaning("百分之九十九", Decimal(99), "exact") == meaning("99%", Decimal(99), "exact")


# --- a printed form that stands alone

@pytest.mark.parametrize(("printed", "unit", "value", "bound"), [
    ("316", "件", "316", "exact"), ("2.22%", "%", "2.22", "exact"), ("1,206", "人", "1206", "exact"), ("95%以上", "%", "95", "at_least"), ("95以上", "件", "95", "at_least"),
    ("2200余", "条", "2200", "more_than"), ("近90万", "件", "900000", "about"), ("7900多万", "件", "79000000", "more_than"), ("三", "部", "3", "exact"), ("百分之九十九", "%", "99", "exact"),
    ("2020", "条", "2020", "exact"), ("12345", "件", "12345", "exact"), ("不少于60", "学时", "60", "at_least"), ("１８６", "件", "186", "exact")])
def test_a_printed_form_alone_is_read(printed, unit, value, bound):
    """A printed form without its sentence says its value and how exact it is, with the unit put where the source has it."""
    number = alone(printed, unit)
    assert (number.value, number.unit, number.bound) == (Decimal(value), unit, bound)


@pytest.mark.parametrize(("printed", "unit"), [
    ("", "件"), ("x316", "件"), ("316x", "件"), ("316件", "件"), ("1807,7", "件"), ("95.24%万", "%"), ("约95%以上", "%"), ("2200余多", "条"), ("316%", "件"), ("3/4", "件"), ("两三", "件件"), ("案件316", "件"), ("316 ", "件")])
def test_what_is_no_printed_form_is_refused(printed, unit):
    """A form with anything but one number and one word for its exactness is not read at all."""
    assert alone(printed, unit) is None
