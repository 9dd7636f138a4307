"""The numbers printed in a Chinese text: where each stands, what it says, and how exactly.

Nothing here knows a report or a table. A run of digits and multipliers is read as a whole or not at
all: what no rule of `rules` tells and what does not add up to one number is listed with the doubt
and never guessed; so is what has something beside it that could belong to it.
"""

import re
from bisect import bisect_right
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from baoding_data.patterns import lazy_pattern
from baoding_data.text import forms, inventory, numerals, rules
from baoding_data.text.characters import HAN_LIKE, odd_after, odd_before, plain
from baoding_data.text.numerals import CHINESE

Match = re.Match[str]


class Number(NamedTuple):
    """One printed number and its place; `end` is after the printed form, `unit_end` after its unit.

    `kind` is value, date, ordinal, name or unclear. An unclear one has a `doubt` and no value, unit
    or bound.
    """

    start: int
    end: int
    unit_end: int
    printed: str
    value: Decimal | None
    unit: str
    bound: str
    kind: str
    doubt: str = ""


_ADDRESS = lazy_pattern(r"https?://[!-~]+|www\.[!-~]+|@[A-Za-z0-9][A-Za-z0-9.-]*")
_HEADS = ("\n", "\x0c", "：", ":", "|")  # behind these a line, a list or a cell begins
_INDENT = 160  # characters
LONGEST = 15  # digits: what has more is an account or another code, and counts nothing
EXACT = 28  # digits that arithmetic keeps: what has more would be rounded
_ORDER = ("期", "次", "部", "处", "组", "队", "类", "批")  # 二期 is the second
_ASKED = set(
    f"第届前负下图表件录号自从于至〇零一二三四五六七八九十百千万亿{HAN_LIKE}"
)  # rules are asked
_DASHES = ("-", "–", "—")  # a pair of them is a mark
_NUMERALS = "〇零二三四五六七八九十百千万亿"
_UNSIGNED = set("年月日时点分届号")  # of these a rule has to be asked first
# 2019.12.31 is three numbers, 2.5 one.
_RUN = lazy_pattern(r"(?<!\.)[0-9]+\.[0-9]+(?![.0-9])|[0-9]+")
_MORE_AND = ("多万", "多亿", "多千", "余万", "余亿", "亿")  # 3个亿


# --- the pass


def numbers_in(text: str) -> list[Number]:
    """Every number in a text, in its order: values, and dates, ordinals, names and unclear ones.

    >>> [(n.printed, n.value, n.unit, n.bound) for n in numbers_in("近2.3万人次")]
    [('2.3万', Decimal('23000'), '人次', 'about')]
    """
    return _Pass(text).found


class _Pass:
    """One pass over a text; `read` is the text as it is read, `found` the numbers so far."""

    def __init__(self, text: str):
        self.text, self.read = text, plain(text)
        self.found: list[Number] = []
        self.told, self.at_head = rules.told(), rules.told_at_head()
        names = [match.span() for match in forms.NAMES.finditer(self.read)]
        self.addresses = [match.span() for match in _ADDRESS.finditer(self.read)]
        at = name_at = 0
        following = forms.NUMBER.search
        while match := following(self.read, at):
            start, at = match.span()
            while name_at < len(names) and names[name_at][1] <= start:
                name_at += 1
            if match["figures"]:
                at = self._digits(match)
            elif name_at < len(names) and names[name_at][0] <= start:
                at = max(at, names[name_at][1])
            elif not self._is_word(match):
                at = self._words(match)
        _pair_up(self.read, self.found)

    def _add(self, number: Number) -> int:
        self.found.append(number)
        return number.end

    def _unclear(self, start: int, end: int, doubt: str) -> int:
        """List what cannot be read for certain, with what beside it could belong to it."""
        left = forms.LEFT.match(self.read, end)
        end = left.end() if left else end
        printed = self.text[start:end]
        return self._add(Number(start, end, end, printed, None, "", "", "unclear", doubt))

    # Digits

    def _digits(self, match: Match) -> int:
        """Add what begins with a run of digits; where to go on."""
        read, (start, end) = self.read, match.span()
        head, digits, tail, percent = match.group("head", "figures", "tail", "percent")
        unit = None if percent else forms.UNIT.match(read, end)
        before = read[start - 1 : start]
        if len(digits) > LONGEST and digits.isdecimal() and not tail:
            value, printed = numerals.decimal(digits), self.text[start:end]
            return self._add(Number(start, end, end, printed, value, "", "exact", "name"))
        if len(digits) > EXACT:
            return self._unclear(start, end, "numeral")
        # Most numbers have a unit, and nothing before them that makes another thing of them.
        usual = "\u4e00" <= before <= "\u9fff" and before not in _ASKED
        plainly = usual and unit is not None and unit[1][0] not in _UNSIGNED
        many = tail or head
        alone = not many and not (unit and read.startswith(_MORE_AND, unit.end()))
        if plainly and alone:
            return self._value(match, unit, numerals.decimal(digits))
        share = usual and percent == "%" and not many  # no rule tells these
        if not plainly and not share and not head:
            if self._begins(start) and (told := self.at_head.match(self.read, start)):
                return self._told(told)
            at = bisect_right(self.addresses, (start, len(read)))
            if at and start < self.addresses[at - 1][1]:
                run = _RUN.match(self.read, start)
                assert run  # it begins with digits
                printed = self.text[start : run.end()]
                value = numerals.decimal(run[0])
                name = Number(start, run.end(), run.end(), printed, value, "", "exact", "name")
                return self._add(name)
            if told := self.told.match(self.read, start):
                return self._told(told)
        value = numerals.mixed(head + digits + tail) if many else numerals.decimal(digits)
        if value is None:
            return self._unclear(start, end, "line" if "\n" in match[0] else "numeral")
        if doubt := self._doubt(match, unit):
            return self._unclear(start, *doubt)
        return self._value(match, unit, value)

    def _begins(self, start: int) -> bool:
        """Whether a line begins here, behind blanks and a dash, or a list behind a colon."""
        before = self.read[max(0, start - _INDENT) : start].rstrip(" ")
        if before.endswith(("-", "—", "–")):
            before = before[:-1].rstrip(" ")
        before = before.rstrip("#*")  # Markdown
        return before.endswith(_HEADS) or not before and start <= _INDENT

    def _told(self, told: Match) -> int:
        """Add what a rule tells: the numbers of a date, an ordinal or a name, or one unclear."""
        name = told.lastgroup or ""
        kind = rules.kinds()[name]
        if kind not in ("date", "ordinal", "name"):
            return self._unclear(told.start(), told.end(), kind)
        for run in _RUN.finditer(self.read, told.start(), told.end()):
            first, last = run.span()
            printed = self.text[first:last]
            value = numerals.decimal(run[0])
            self._add(Number(first, last, last, printed, value, "", "exact", kind))
        return told.end()

    def _doubt(self, match: Match, unit: Match | None) -> tuple[int, str] | None:
        """Where a run ends that cannot be read for certain, and why: nothing may be left over."""
        read, (start, end) = self.read, match.span()
        before = read[start - 1 : start]
        if "\n" in match[0]:
            return end, "line"
        if self._signed(start):
            return end, "minus"
        one = before == "一" and forms.ONE.search(read, max(0, start - 2), start)
        over = before and before in _NUMERALS or one
        if over and not match["head"]:
            return end, "leftover"
        if odd := self._odd(start, end):
            return odd, "letters"
        after = read[end : end + 1]
        if match["percent"] and after and after in "%‰‱":
            return end + 1, "leftover"
        if not unit and after not in ("", ".", ",") and forms.LEFT.match(read, end):
            return end, "leftover"
        if _is_letter(before) and not _is_letter(read[start - 2 : start - 1]):
            return end, "letters"  # a code, or I06 for 106
        if before == "/" and _is_letter(read[start - 2 : start - 1]):
            return end, "letters"  # XJ/202303
        letter = _is_letter(before) or _is_letter(after)
        if letter and not unit and not match["percent"]:
            thousands = not match["tail"] and forms.TEN_THOUSAND.match(read, end)
            if not (forms.LATIN.match(read, end) or thousands):
                return end, "letters"
        if unit and read.startswith(_MORE_AND, unit.end()):
            return unit.end() + (1 if read.startswith("亿", unit.end()) else 2), "leftover"
        return None

    def _odd(self, start: int, end: int) -> int:
        """Where a number ends beside which a character stands that may be a digit of it, with what
        follows; 0 where there is none.
        """
        read, before, after = self.read, self.read[start - 1 : start], odd_after(self.read, end)
        among = before in ("l", "I", "O", "o", "|") and read[start - 2 : start - 1] in tuple(
            CHINESE
        )
        unit = after > end and forms.LATIN.match(read, end)  # μg
        parted = before in (".", ",") and (
            odd_before(read[start - 2 : start - 1])
            or forms.BEHIND_A_LETTER.search(read, max(0, start - 3), start)
        )
        found = among or parted or odd_before(before)
        return after if found or after > end and not unit else 0

    def _signed(self, start: int) -> bool:
        """Whether a sign stands before a number."""
        if self.read[start - 1 : start] in _DASHES and not self._joined(start - 1):
            return True
        signed = self.read[start - 1 : start] in ("下", "负", "±")
        return signed and bool(forms.SIGN.search(self.read, max(0, start - 2), start))

    def _joined(self, dash: int) -> bool:
        """Whether a dash stands between two numbers, or joins a word to its number."""
        last = self.found[-1] if self.found else None
        if last and dash in (last.end, last.unit_end):
            return True
        return self.read[dash - 1 : dash] in ("-", "—", "–")

    def _value(self, match: Match, unit: Match | None, value: Decimal) -> int:
        """Add the value that a run of digits stands for."""
        read, text, (start, end) = self.read, self.text, match.span()
        name, unit_end, more = "", end, False
        if sign := (match["percent"] or "").strip():
            name = sign if sign in ("‰", "‱") else "%"
            value = numerals.scaled(value, sign == "成")
        elif "多" in read[end : end + 5] and (inside := forms.INSIDE.match(read, end)):
            name, unit_end, more = f"个{inside[1]}", inside.end(), True
        elif unit:
            name, unit_end = unit[1], unit.end()
        elif hundredfold := forms.TEN_THOUSAND.match(read, end):
            end = hundredfold.end()
            value, unit = numerals.scaled(value, 4), forms.UNIT.match(read, end)
            name, unit_end = (unit[1], unit.end()) if unit else ("", end)
        elif latin := forms.LATIN.match(read, end):
            name, unit_end = latin[1], latin.end()
        bound = "more_than" if more else self._bound(match, start, end, unit_end)
        number = Number(start, end, unit_end, text[start:end], value, name, bound, "value")
        end = self._add(self._unless_half(number))
        return unit_end if name[-1:].isdigit() else end  # m2 holds no number

    # Words

    def _words(self, match: Match) -> int:
        """Add the number that a match of Chinese numerals stands for; where to go on."""
        read, text, (start, end) = self.read, self.text, match.span()
        numeral = match["chinese"]
        if read[start - 1 : start] == "\n" and read[start - 2 : start - 1] in tuple(CHINESE):
            return self._unclear(start, end, "line")
        doubt = forms.KINDS[match.lastgroup or ""]
        if doubt != "value":
            return self._unclear(start, end, doubt)
        if self._signed(start):
            return self._unclear(start, end, "minus")
        if numeral and forms.BEHIND_POINT.search(read, max(0, start - 2), start):
            return self._unclear(start, end, "leftover")
        if (numeral or match["share"]) and (odd := self._odd(start, end)):
            return self._unclear(start, odd, "letters")
        positional = numeral and len(numeral) == 4 and numerals.POSITIONAL.fullmatch(numeral)
        if positional and re.match("[ \\n]?年", read[end : end + 2]):
            year = Decimal(numerals.chinese(numeral))
            return self._add(Number(start, end, end, text[start:end], year, "", "exact", "date"))
        parts = match["share"] if match["share"] and match["share"][0] in CHINESE else ""
        spoken = numeral + match["more"].strip("多余来几") if numeral else parts
        if max(len(spoken.partition("点")[2]), len(match["share"] or "")) > EXACT:
            return self._unclear(start, end, "numeral")
        loose = numeral and numerals.APPROXIMATE.fullmatch(numeral)
        if spoken and not numerals.well_formed(spoken) and not loose:
            return self._unclear(start, end, "numeral")
        unit, unit_end = self._unit_of_words(match)
        if unit and read.startswith(_MORE_AND, unit_end):
            return self._unclear(start, unit_end, "leftover")
        more = numeral and forms.INSIDE.match(read, end)
        bound = "more_than" if more else self._bound(match, start, end, unit_end)
        value = _in_words(match)
        number = Number(start, end, unit_end, text[start:end], value, unit, bound, "value")
        end = self._add(self._unless_half(number))
        other = forms.SHARE_TO.match(read, end) if match["of"] else None
        if other:  # 百分之三十至五十
            first, last = other.span(1)
            if not numerals.well_formed(other[1]):
                return self._unclear(first, last, "numeral")
            value, printed = numerals.with_point(other[1]), text[first:last]
            return self._add(Number(first, last, last, printed, value, unit, "exact", "value"))
        return end

    def _unit_of_words(self, match: Match) -> tuple[str, int]:
        if match["of"]:
            return {"百": "%", "千": "‰", "万": "‱"}[match["of"]], match.end()
        if match["all"] or match["tenth"]:
            return "%", match.end()
        if inside := forms.INSIDE.match(self.read, match.end()):
            return f"个{inside[1]}", inside.end()
        after = forms.UNIT.match(self.read, match.end())
        return (after[1], after.end()) if after else ("", match.end())

    def _is_word(self, match: Match) -> bool:
        """一 alone before a measure word is an article, 前三名 are ranks, and 百 or 万 alone is no
        count unless a word before or after says so.
        """
        read, numeral, start = self.read, match["chinese"], match.start()
        if not numeral or match["more"]:
            return False
        after = read[match.end() : match.end() + 1]
        if numeral == "二" and after in _ORDER:
            return True
        if numeral in ("百", "千", "万", "亿"):
            return not forms.BARE_BEFORE.search(read, max(0, start - 3), start)
        if numeral == "一":
            return not forms.ONE_COUNTS.match(read, match.end()) and not self._at_least_one(match)
        return numeral == "零" or read[start - 1 : start] == "前" and after in ("名", "位")

    def _at_least_one(self, match: Match) -> bool:
        """一 counts behind a word of bound; but 突破一批 is done to some, 近一年 is the last, and 一类
        is the first.
        """
        start = match.start()
        if self.read.startswith(("本", "类", "期", "批"), match.end()):
            return False
        bound = self._bound_before(match, start, start, start)
        return bound not in ("exact", "about") and not forms.BREAKING.search(
            self.read, max(0, start - 3), start
        )

    # What is said around a number

    def _unless_half(self, number: Number) -> Number:
        """两个半小时 is not two: the number is listed as unclear."""
        read, end = self.read, number.unit_end
        half = read.startswith("半", end) and number.unit not in ("", "%")
        if half and not read.startswith(("半年", "半数", "半径"), end):
            return _without_value(number, "half")
        return number

    def _bound(self, match: Match, start: int, end: int, unit_end: int) -> str:
        """How exact a number is, by its own signs, the words after its unit and those before it."""
        read = self.read
        numeral = match["chinese"]
        more = match["tail"] or match["more"] or match["share_more"] or match["tenth_more"]
        if more and ("多" in more or "余" in more or "几" in more):
            return "more_than"
        if more and "来" in more or numeral and numerals.APPROXIMATE.fullmatch(numeral):
            return "about"
        if read.startswith("+", end) and unit_end > end:
            return "more_than"
        after = forms.MAY_FOLLOW.match(read, unit_end) and forms.AFTER.match(read, unit_end)
        if after and after.lastgroup:
            bound = "more_than" if after.lastgroup == "more" else after.lastgroup
            if "不含" in after[0] or forms.EXCLUDING.match(read, after.end()):
                return {"at_least": "more_than", "at_most": "less_than"}.get(bound, bound)
            return bound
        behind = read[unit_end + 1 : unit_end + 6]
        spoken = "以" in behind or "左右" in behind
        if unit_end > end and spoken and (further := forms.FURTHER.match(read, unit_end)):
            return further.lastgroup or "exact"
        return self._bound_before(match, start, end, unit_end)

    def _bound_before(self, match: Match, start: int, end: int, unit_end: int) -> str:
        read, window = self.read, max(0, start - 12)
        may = forms.MAY_BOUND.search(read, max(0, start - 5), start)
        if may and (before := forms.BEFORE.search(read, window, start)):
            # 近三年 is the last three years, not about three.
            if before["about"] == "近" and read[end:unit_end].strip() in ("年", "个月", "天"):
                return "exact"
            groups = before.groupdict().items()
            code = next(code for code, word in groups if word and code != "gap")
            turned = forms.NOT.search(read, max(0, before.start() - 4), before.start())
            return forms.TURNED[code] if turned else code
        said = read[window:start]
        if ("至少" in said or "起码" in said) and forms.LEAST.search(said):
            return "at_least"
        if "的" in said and forms.LESS.search(said):
            return "less_than"
        numeral = match["chinese"]
        if not numeral or numeral[0] not in "百千万亿":
            return "exact"
        bare = forms.BARE_BEFORE.search(read, max(0, start - 3), start)
        return {"上": "at_least", "成": "exact"}.get(bare[0], "more_than") if bare else "exact"


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _in_words(match: Match) -> Decimal:
    """The value of a number in words."""
    if match["all"]:
        return Decimal(100)
    if match["share"]:
        parts = match["share"]
        return numerals.with_point(parts) if parts[0] in CHINESE else numerals.decimal(parts)
    if match["tenth"]:
        half = 5 if match["half"] == "半" else numerals.chinese(match["half"] or "零")
        return Decimal(10 * numerals.chinese(match["tenth"]) + half)
    if numerals.APPROXIMATE.fullmatch(match["chinese"]):
        return numerals.approximate(match["chinese"])
    return numerals.scaled(numerals.with_point(match["chinese"]), numerals.times(match["more"]))


# --- two numbers


def _pair_up(read: str, found: list[Number]) -> None:
    """3至5名 is at least 3 and at most 5, both 名; 第3至5名 are ranks, and 从45件到50件 is a change;
    介于10%与20%之间 is a range too.
    """
    ranged = 0  # the second of the last range
    for i in range(1, len(found)):
        first, second = found[i - 1], found[i]
        if second.start - first.unit_end > 6:
            continue
        listed = first.kind == "ordinal" and forms.AND.fullmatch(read, first.end, second.start)
        if (
            listed
            and second.kind == "value"
            and forms.NUMBERED.search(read, max(0, first.start - 50), first.start)
        ):
            found[i] = second._replace(kind="ordinal", unit="", unit_end=second.end, bound="exact")
            continue
        between = read.startswith("之间", second.unit_end) and forms.BETWEEN.fullmatch(
            read, first.unit_end, second.start
        )
        if not between and not forms.RANGE.fullmatch(read, first.unit_end, second.start):
            continue
        if first.kind == "ordinal" and second.kind == "value":
            found[i] = second._replace(kind="ordinal", unit="", unit_end=second.end, bound="exact")
        elif first.kind == second.kind == "value" and first.unit in ("", second.unit):
            changed = read[second.start - 1] in "至到" and forms.FROM.search(
                read, max(0, first.start - 10), first.start
            )
            low = _low(read, first, second)
            if ranged == i - 1 and ranged:  # 3-5-7 is no range
                for j in range(i - 2, i + 1):
                    found[j] = _without_value(found[j], "leftover")
            elif not changed and second.value is not None and low < second.value:
                ranged = i
                found[i - 1] = first._replace(value=low, unit=second.unit, bound="at_least")
                found[i] = second._replace(bound="at_most")


def _without_value(number: Number, doubt: str) -> Number:
    """A number as one that cannot be read for certain."""
    return Number(
        *number[:2], number.end, number.printed, None, "", "", kind="unclear", doubt=doubt
    )


def _low(read: str, first: Number, second: Number) -> Decimal:
    """The lower end of a range: 三至五百 is 300 to 500, 3-5万 30,000 to 50,000; 5000-1万 as it stands."""
    assert first.value is not None and second.value is not None
    tail = forms.POWER.fullmatch(read, second.start, second.end)
    power = numerals.times(tail[2]) if tail and not first.unit else 0
    own = re.search("[百千万亿]", read[first.start : first.end])
    if own or first.value >= second.value.scaleb(-power):
        return first.value
    return numerals.scaled(first.value, power)


# --- a printed form that stands alone


class _Alone(NamedTuple):
    """What may stand around the one number of a cell: words before it, words after it and its unit;
    and where the latter begin.
    """

    before: re.Pattern[str]
    after: re.Pattern[str]
    ending: re.Pattern[str]


@cache
def _alone() -> _Alone:
    after = f"{forms.INCLUDING}(?:{inventory.bounds('after')})"
    before = inventory.bounds("before")
    return _Alone(re.compile(before), re.compile(after), re.compile(f"(?:{after})$"))


@lru_cache(2**12)
def alone(printed: str, unit: str) -> Number | None:
    """The one number that a printed form consists of, with nothing around it but one word that says
    how exact it is; None for any other form.

    >>> alone("95%以上", "%").bound
    'at_least'
    """
    # The unit stands between the number and a word that follows it: 95件以上.
    around = _alone()
    ended = around.ending.search(printed)
    end = ended.start() if ended else len(printed)
    text = printed if unit == "%" else printed[:end] + unit + printed[end:]
    numbers = numbers_in(text)
    if printed != printed.strip() or len(numbers) != 1 or numbers[0].kind != "value":
        return None
    [number] = numbers
    before, after = text[: number.start], text[number.unit_end :]
    inside = re.findall("[多余]", number.printed)
    known = (not before or around.before.fullmatch(before)) and (
        not after or around.after.fullmatch(after)
    )
    return number if known and bool(before) + bool(after) + len(inside) <= 1 else None


@lru_cache(2**12)
def meaning(printed: str, value: Decimal, bound: str) -> tuple[Decimal, Decimal]:
    """The lowest and highest number that a printed number can mean, by its precision and bound.

    >>> meaning("2.22%", Decimal("2.22"), "exact")
    (Decimal('2.215'), Decimal('2.225'))
    """
    value = Decimal(value)
    half = numerals.half_step(plain(printed))
    if bound in ("at_least", "more_than"):
        return value, Decimal("Infinity")
    if bound in ("at_most", "less_than"):
        return Decimal(0), value
    if bound == "about":
        half = max(half, value / 20)
    return value - half, value + half
