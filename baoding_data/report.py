"""One report's text: its sections, sentences and clauses, and every number printed in it.

Nothing here knows a table. All offsets count characters of the text as decoded from UTF-8.
"""

import re
from bisect import bisect_left, bisect_right
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

CUTS = ",;:()、。“”《》〔〕，；：（）"
CHINESE = "零〇一二两三四五六七八九十百千万亿"

# A numeral counts something only before one of these; what follows a number is its unit.
MEASURES = """
    平方公里 平方米 立方米 公里 公顷 小时 分钟 学时 课时 人次 件次 家次 户次 场次 批次 部门 工作日 个工作日 个月 个百分点
    元 件 宗 起 名 人 位 份 项 个 家 条 篇 次 场 期 部 处 所 支 户 台 套 册 本 卷 辆 吨 亩 米 天 年 岁 倍 种 类 批 座 分(?![之钟别类级工布析])
""".split()

# Numerals inside a fixed name count nothing; such names are few and known.
NAMES_WITH_NUMERALS = """
    三项制度 三大攻坚战 五公开 两个列席 万人助万企 两个确立 两个维护 四个意识 四个自信
""".split()

# Digits that name a thing: telephone lines of the government.
NAMES_IN_DIGITS = ("12345", "12348", "12315", "12388", "110")

_UNIT = "|".join(sorted(MEASURES, key=len, reverse=True))
_DIGIT = "[0-9０-９]"
_ARABIC = rf"(?:{_DIGIT}{{1,3}}(?:,{_DIGIT}{{3}})+(?!{_DIGIT})|{_DIGIT}+)(?:\.{_DIGIT}+)?"
_NUMBER = re.compile(
    rf"(?<![0-9０-９])(?P<arabic>{_ARABIC})(?P<arabic_times>[多余]?[百千]?[万亿]*(?:(?<=亿)(?P<rest>{_DIGIT}{{1,4}})万)?[多余]?)(?P<percent>[%％‰]?)"
    rf"|(?P<all>百分百)"
    rf"|百分之(?P<percent_words>[{CHINESE}]+(?:点[{CHINESE}]+)?)"
    rf"|(?P<tenths>(?<![{CHINESE}第])[一二三四五六七八九])成(?!立|员|果|本|功|效|为|长|都|熟|绩|年)"
    rf"|(?<![{CHINESE}第届])(?P<chinese>[{CHINESE}]+)(?P<chinese_more>[多余]?)(?={_UNIT})"
)
_UNIT_AFTER = re.compile(_UNIT)
_YEAR_RANGE = re.compile(rf"{_DIGIT}{{4}}[—–~-]+{_DIGIT}{{4}}年")
_NAME_SPANS = re.compile("|".join(NAMES_WITH_NUMERALS))
_ITEM = re.compile(rf"^[ \u00a0\u3000\t]*{_DIGIT}+[.、．](?!{_DIGIT})", re.M)

# The words around a number that say it is not exact. The first that fits counts, so that 不超过 is not taken for 超过.
_BEFORE = [
    ("at_least", r"不得?[少低]于|至少|达到或超过"),
    ("at_most", r"[不未](?:得|能|曾)?超过?|没有超过|不得?[多高]于|至多|最多"),
    ("more_than", r"超过|突破|逾|超|[多高]于"),
    ("less_than", r"不足|不到|[少低]于"),
    ("about", r"大约|大概|(?<![签节预特履违合公契守])约[占有为]?|(?<![最附邻就])近|接近"),
]
_BEFORE = [(bound, re.compile(rf"(?:{words})[了到]?$")) for bound, words in _BEFORE]
_AFTER = [
    ("at_least", re.compile("及?其?以上")), ("at_most", re.compile("及?其?以下|以内")), ("about", re.compile("左右|上下")),
    ("more_than", re.compile("多(?=月|小时|[,，。;；、)）]|$)")),
]

_AFTER_ALONE = re.compile(f"(?:{'|'.join(words.pattern for _, words in _AFTER[:3])})$")

_HEADING = re.compile(r"^[ \u00a0\u3000\t]*(?:([一二三四五六七八九十]+)、|[(（]([一二三四五六七八九十]+)[)）])", re.M)
_POINT = re.compile(r"(?<=[。；;：:\n])[ \u00a0\u3000\t]*([一二三四五六七八九十]+是)")
_SENTENCE = re.compile(r"[^。！？\n]+(?:[。！？]+[”’」）)]*)?")
_CLAUSE = re.compile(rf"[^{re.escape(CUTS)}！？!?\s\u00a0]+")


class Number(NamedTuple):
    """One printed number: where it stands and what it says. `end` is after the printed form, `unit_end` after its unit."""

    start: int
    end: int
    unit_end: int
    printed: str
    value: Decimal
    unit: str
    bound: str
    kind: str


class Sentence(NamedTuple):
    start: int
    end: int
    section: str
    text: str


class Clause(NamedTuple):
    start: int
    end: int


class Report:
    """A report's text, read once; the parts are found when first asked for.

    >>> Report("一是受理行政复议案件316件。").numbers[0].value
    Decimal('316')
    """

    def __init__(self, text):
        self.text = text

    def forget(self):
        """Give back the memory of what was found in the text; it is found again when asked for."""
        text = self.text
        self.__dict__.clear()
        self.text = text

    @cached_property
    def numbers(self):
        """Every number in the text, in its order: values, and dates, ordinals and names told apart from them."""
        text = self.text
        names = [match.span() for match in _NAME_SPANS.finditer(text)]
        ranges = [match.span() for match in _YEAR_RANGE.finditer(text)]
        items = {match.end() for match in _ITEM.finditer(text)}
        found = []
        for match in _NUMBER.finditer(text):
            if _stands_for_a_word(match) or _within(match.start(), names):
                continue
            start, end = match.span()
            kind = _kind(text, match, ranges, items)
            unit, unit_end = _unit(match) if kind == "value" else ("", end)
            found.append(Number(start, end, unit_end, match[0], _value(match), unit, _bound(match, unit_end), kind))
        return found

    @cached_property
    def values(self):
        """The numbers that say how many or how much."""
        return [number for number in self.numbers if number.kind == "value"]

    @cached_property
    def _value_starts(self):
        return [number.start for number in self.values]

    @cached_property
    def sections(self):
        """(start, label) of every part: `标题`, `引言`, `一(七)`, `一(七)·一是`, `落款`."""
        found, chapter = [(0, "标题")], ""
        for match in _HEADING.finditer(self.text):
            chapter = match[1] or chapter
            found.append((match.start(), chapter if match[1] else f"{chapter}({match[2]})"))
        body = found[1][0] if len(found) > 1 else len(self.text)
        opening = next((m.start() for m in re.finditer(r"[^\n]+", self.text[:body]) if "。" in m[0] or "：" in m[0]), None)
        if opening is not None:
            found.insert(1, (opening, "引言"))
        starts = [start for start, _ in found]
        for match in _POINT.finditer(self.text):
            home = found[bisect_right(starts, match.start(1)) - 1]
            paragraph_end = self.text.find("\n", home[0] + 1)
            if home[1] not in ("标题", "引言") and match.start(1) <= (paragraph_end if paragraph_end >= 0 else len(self.text)):
                found.append((match.start(1), f"{home[1]}·{match[1]}"))
        tail = max(0, len(self.text) - 400)
        closing = re.search(r"\n[^\n。]*\n+[^\n。]*年[^\n。]*月[^\n。]*日\s*$", self.text[tail:])
        if closing:
            found.append((tail + closing.start() + 1, "落款"))
        return sorted(found)

    @cached_property
    def sentences(self):
        """Every sentence with its section; a heading that ends with a full stop is a sentence too."""
        found = []
        starts = [start for start, _ in self.sections]
        for match in _SENTENCE.finditer(self.text):
            text = match[0].strip(" \u00a0\u3000\t\r")
            if text:
                start = match.start() + match[0].index(text)
                section = self.sections[bisect_right(starts, start) - 1][1]
                found.append(Sentence(start, start + len(text), section, text))
        return found

    @cached_property
    def clauses(self):
        """Every clause: a run of text between two of the marks at which quotes may be cut; a comma inside a number does not cut."""
        inside = {i for number in self.numbers for i in range(number.start, number.end) if self.text[i] == ","}
        found = []
        for match in _CLAUSE.finditer(self.text):
            if found and found[-1].end in inside and match.start() == found[-1].end + 1:
                found[-1] = Clause(found[-1].start, match.end())
            else:
                found.append(Clause(*match.span()))
        return found

    @cached_property
    def _starts(self):
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, position):
        """The sentence in which a character stands."""
        return self.sentences[max(0, bisect_right(self._starts, position) - 1)]

    @cached_property
    def _clauses_by_sentence(self):
        found = {}
        for clause in self.clauses:
            found.setdefault(self.sentence_at(clause.start).start, []).append(clause)
        return found

    def numbers_in(self, start, end):
        """The values that lie wholly between two positions."""
        first = bisect_left(self._value_starts, start)
        return [number for number in self.values[first:bisect_left(self._value_starts, end)] if number.end <= end]

    def quotes_for(self, number, keyword_fits):
        """The shortest runs of whole clauses that hold the number and its keyword and stand once in the text.

        `keyword_fits(start, end)` says whether the keyword stands rightly between two positions. Runs of equally few
        clauses are all returned; an empty list means that no run of this sentence will do.
        """
        inside = self._clauses_by_sentence.get(self.sentence_at(number.start).start, [])
        home = next((i for i, c in enumerate(inside) if c.start <= number.start and number.end <= c.end), None)
        if home is None:
            return []
        for length in range(1, len(inside) + 1):
            runs = []
            for first in range(max(0, home - length + 1), min(home, len(inside) - length) + 1):
                start, end = inside[first].start, inside[first + length - 1].end
                if keyword_fits(start, end) and self.text.count(self.text[start:end]) == 1:
                    runs.append(self.text[start:end])
            if runs:
                return runs
        return []


def alone(printed, unit):
    """The one number that a printed form consists of, with nothing around it but one word that says how exact it is; None for any other form.

    >>> alone("95%以上", "%").bound
    'at_least'
    """
    # The unit stands between the number and a word that follows it: 95件以上.
    after = _AFTER_ALONE.search(printed)
    end = after.start() if after else len(printed)
    text = printed if unit == "%" else printed[:end] + unit + printed[end:]
    numbers = Report(text).numbers
    if len(numbers) != 1 or numbers[0].kind != "value":
        return None
    before, after, inside = text[:numbers[0].start], text[numbers[0].unit_end:], re.findall("[多余]", numbers[0].printed)
    known = (not before or any(words.fullmatch(before) for _, words in _BEFORE)) and (not after or any(words.fullmatch(after) for _, words in _AFTER))
    return numbers[0] if known and bool(before) + bool(after) + len(inside) <= 1 else None


def nearest(text, number, rivals, wordings, start, end):
    """Whether one of the wordings, somewhere between two positions, stands nearer to the number than to every rival."""
    for wording in wordings:
        at = text.find(wording, start, end)
        while at >= 0:
            gap = _gap(number, at, at + len(wording))
            if all(gap < _gap(rival, at, at + len(wording)) for rival in rivals if rival.start != number.start):
                return True
            at = text.find(wording, at + 1, end)
    return False


def meaning(printed, value, bound):
    """The lowest and highest number that a printed number can mean, given its precision and its bound.

    >>> meaning("2.22%", Decimal("2.22"), "exact")
    (Decimal('2.215'), Decimal('2.225'))
    """
    value = Decimal(value)
    half = _half_step(printed)
    if bound in ("at_least", "more_than"):
        return value, Decimal("Infinity")
    if bound in ("at_most", "less_than"):
        return Decimal(0), value
    if bound == "about":
        half = max(half, value / 20)
    return value - half, value + half


def _half_step(printed):
    """Half of the last digit's weight where a number was rounded to be printed: with decimals, 万, 亿, % or in tenths."""
    if printed.startswith("百分之"):
        return Decimal(1).scaleb(-len(printed.partition("点")[2])) / 2
    if printed.endswith("成"):
        return Decimal(5)
    digits = re.match(r"[0-9０-９,]+(?:\.([0-9０-９]+))?", printed)
    if not digits:
        return Decimal(0)
    times = 4 if re.search("亿.*万", printed) else _times(printed)
    if times == 0 and not digits[1] and printed[-1] not in "%％‰":
        return Decimal(0)
    return Decimal(1).scaleb(times - len(digits[1] or "")) / 2


def _times(printed):
    """The power of ten that the signs after a number stand for: 4 for 万, 8 for 亿."""
    return sum(_POWERS.get(sign, 0) for sign in printed)


_POWERS = {"百": 2, "千": 3, "万": 4, "亿": 8}


def _gap(number, start, end):
    """Characters between a wording and a number with its unit; 0 where they touch or overlap."""
    return max(0, start - number.unit_end, number.start - end)


def _within(position, spans):
    return any(start <= position < end for start, end in spans)


def _stands_for_a_word(match):
    """一 alone before a measure word is an article, and 万 or 百 alone is no count unless 多 or 余 follows."""
    return match["chinese"] in ("一", "零") or (match["chinese"] in ("百", "千", "万", "亿") and not match["chinese_more"])


def _unit(match):
    if match["percent"] or match["all"] or match["percent_words"] or match["tenths"]:
        return match["percent"] if match["percent"] == "‰" else "%", match.end()
    after = _UNIT_AFTER.match(match.string, match.end())
    return (after[0], after.end()) if after else ("", match.end())


def _value(match):
    if match["arabic"]:
        if match["rest"]:
            return _shifted(match["arabic"], 8) + _shifted(match["rest"], 4)
        return _shifted(match["arabic"], _times(match["arabic_times"]))
    if match["all"]:
        return Decimal(100)
    if match["percent_words"]:
        whole, _, part = match["percent_words"].partition("点")
        return Decimal(f"{chinese(whole)}.{''.join(str(chinese(c)) for c in part) or 0}")
    if match["tenths"]:
        return Decimal(10 * chinese(match["tenths"]))
    if _APPROXIMATE.fullmatch(match["chinese"]):
        return Decimal(chinese(match["chinese"][0]))
    return Decimal(chinese(match["chinese"]))


# 七八个 is seven or eight, not seventy-eight.
_APPROXIMATE = re.compile("[一二两三四五六七八九]{2}")


def _shifted(digits, power):
    """Digits, with commas or full-width ones, times a power of ten: exact, and written without an exponent."""
    sign, figures, exponent = Decimal(digits.replace(",", "")).as_tuple()
    return Decimal(f"{Decimal((sign, figures, exponent + power)):f}")


def _bound(match, unit_end):
    text = match.string
    if re.search("[多余]", match["arabic_times"] or match["chinese_more"] or ""):
        return "more_than"
    if _APPROXIMATE.fullmatch(match["chinese"] or ""):
        return "about"
    for bound, words in _AFTER:
        if words.match(text, unit_end):
            return bound
    before = text[max(0, match.start() - 6):match.start()]
    bound = next((bound for bound, words in _BEFORE if words.search(before)), "exact")
    # 近三年 is the last three years, not about three.
    return "exact" if bound == "about" and before.endswith("近") and text[match.end():unit_end] in ("年", "个月", "天") else bound


def _kind(text, match, ranges, items):
    if not match["arabic"]:
        return "value"
    before, after = text[match.start() - 1:match.start()], text[match.end():match.end() + 1]
    digits = match[0]
    if _within(match.start(), ranges):
        return "date"
    if digits.isdigit() and len(digits) < 8:
        number = int(digits)
        if after == "年" and len(digits) == 4:
            return "date"
        if after == "月" and 1 <= number <= 12:
            return "date"
        if after in ("日", "号") and before == "月" and 1 <= number <= 31:
            return "date"
        if digits in NAMES_IN_DIGITS and not _UNIT_AFTER.match(text, match.end()) or after == "号" or (before + after) == "〔〕" or re.search("[A-Za-z]", before + after):
            return "name"
    if before in ("第", "届") or match.end() + 1 in items:
        return "ordinal"
    return "value"


def section_in_words(section):
    """A section's label as a reader meets it, in Chinese and in English.

    >>> section_in_words("一(七)·一是")
    ('一（七）·一是', '1(7), point 1')
    """
    named = {"标题": "title", "引言": "opening", "落款": "signature"}
    if section in named:
        return section, named[section]
    chapter, item, point = re.fullmatch(r"([^(·]*)(?:\(([^)]*)\))?(?:·(.*)是)?", section).groups()
    english = f"{chinese(chapter)}" + (f"({chinese(item)})" if item else "") + (f", point {chinese(point)}" if point else "")
    return section.replace("(", "（").replace(")", "）"), english


def chinese(numeral):
    """A Chinese numeral as a number: `一百二十` is 120, `两` is 2.

    >>> chinese("一百二十")
    120
    """
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
    if len(numeral) > 1 and all(c in digits for c in numeral):
        return int("".join(str(digits[c]) for c in numeral))
    total = section = digit = 0
    for c in numeral:
        if c in digits:
            digit = digits[c]
        elif c in "十百千":
            section += (digit or 1) * 10 ** ("十百千".index(c) + 1)
            digit = 0
        elif c == "万":
            total += (section + digit or 1) * 10**4
            section = digit = 0
        else:
            total = (total + section + digit or 1) * 10**8
            section = digit = 0
    return total + section + digit
