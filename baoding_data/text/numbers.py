"""The numbers printed in a Chinese text: where each stands, what it says, and how exactly.

Nothing here knows a report or a table. What is no count is told apart by grammar; what is a number,
but cannot be read for certain, is listed with the doubt and never guessed.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from baoding_data.text import grammar, numerals
from baoding_data.text.grammar import CHINESE

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


def traditional(text: str) -> bool:
    """Whether a text holds traditional characters of numerals or units; these read as simplified.

    >>> traditional("受理行政復議案件十二萬餘件")
    True
    """
    return bool(grammar.TRADITIONAL.search(text))


def plain(text: str) -> str:
    """The text with half-width digits and simplified numerals and units, character by character."""
    if not grammar.NOT_PLAIN.search(text):
        return text
    if "，" in text:
        text = grammar.FULL_COMMA.sub(",", text)
    return text.translate(grammar.AS_PLAIN)


def numbers_in(text: str) -> list[Number]:
    """Every number in a text, in its order: values, and dates, ordinals, names and unclear ones.

    >>> [(n.printed, n.value, n.unit, n.bound) for n in numbers_in("近2.3万人次")]
    [('2.3万', Decimal('23000'), '人次', 'about')]
    """
    read = plain(text)
    names = [match.span() for match in grammar.NAME_SPANS.finditer(read)]
    items = {match.end() for match in grammar.ITEM.finditer(read)}
    found: list[Number] = []
    at = name_at = 0
    search = grammar.NUMBER.search
    while match := search(read, at):
        start, at = match.span()
        while name_at < len(names) and names[name_at][1] <= start:
            name_at += 1
        if name_at < len(names) and names[name_at][0] <= start and not match["digits"]:
            at = max(at, names[name_at][1])
        elif match["digits"]:
            at = _from_digits(text, read, match, items, found)
        elif not _stands_for_a_word(read, match):
            found.append(_from_words(text, read, match))
            at = found[-1].end
    return _ranges(read, found)


def _from_digits(text: str, read: str, match: Match, items: set[int], found: list[Number]) -> int:
    """Add the number, date or name that begins with these digits; returns where to go on."""
    start, end = match.span()
    digits = match["digits"]
    may_be_other = (
        digits[0] == "0"
        or "." in digits
        or len(digits) == 11
        or grammar.MAY_BE_OTHER.match(read, match.end("digits"))
    )
    other = grammar.NO_COUNT.match(read, start) if may_be_other else None
    if other:
        kind = other.lastgroup or ""
        for run in grammar.RUN.finditer(read, start, other.end()):
            first, last = run.span()
            value = numerals.decimal(run[0])
            found.append(Number(first, last, last, text[first:last], value, "", "exact", kind))
        return other.end()
    unsure = grammar.UNSURE.match(read, start) if may_be_other else None
    if unsure:
        found.append(_unclear(text, start, unsure.end(), unsure.lastgroup or ""))
    elif doubt := _doubt(read, match, found):
        found.append(_unclear(text, start, *doubt))
    else:
        found.append(_number(text, read, match, items, bool(may_be_other)))
    return found[-1].end


def _doubt(read: str, match: Match, found: list[Number]) -> tuple[int, str] | None:
    """Where a run of digits ends that cannot be read for certain, and why."""
    start, end = match.span()
    if read[start - 1 : start] == "-" and match["percent"]:
        between = found and found[-1].unit_end == start - 1
        if not between:
            return end, "minus"
    more = match["times"] and re.match("零?[0-9]", read[end : end + 2])
    if more and not grammar.YEAR.match(read, end):
        run = grammar.RUN.search(read, end)
        return (run.end() if run else end), "numeral"
    return (end, "line") if "\n" in match[0] else None


def _number(text: str, read: str, match: Match, items: set[int], may_be_other: bool) -> Number:
    """The number that a run of digits stands for."""
    start, end = match.span()
    printed = text[start:end]
    unit, unit_end = _unit(read, match)
    before = read[start - 1 : start]
    # Most numbers have a unit, and nothing before them that makes another thing of them.
    plainly = (
        unit and not may_be_other and "\u4e00" <= before <= "\u9fff" and before not in "第届前"
    )
    kind = "value" if plainly else _kind(read, match, items)
    if kind != "value":
        return Number(start, end, end, printed, _value(match), "", "exact", kind)
    bound = _bound(read, match, unit_end)
    number = Number(start, end, unit_end, printed, _value(match), unit, bound, "value")
    return _unless_half(read, number)


def _unclear(text: str, start: int, end: int, doubt: str) -> Number:
    """A number that cannot be read for certain."""
    return Number(start, end, end, text[start:end], None, "", "", "unclear", doubt)


def _from_words(text: str, read: str, match: Match) -> Number:
    """The number that a match of Chinese numerals stands for."""
    start, end = match.span()
    numeral = match["chinese"]
    if read[start - 1 : start] == "\n" and read[start - 2 : start - 1] in tuple(CHINESE):
        return _unclear(text, start, end, "line")
    if match["vague"]:
        return _unclear(text, start, end, "fraction" if "分之" in match["vague"] else "vague")
    printed = text[start:end]
    positional = numeral and len(numeral) == 4 and numerals.POSITIONAL.fullmatch(numeral)
    if positional and read.startswith("年", end):
        year = Decimal(numerals.chinese(numeral))
        return Number(start, end, end, printed, year, "", "exact", "date")
    parts = match["parts"] if match["parts"] and match["parts"][0] in CHINESE else ""
    spoken = (numeral or parts).partition("点")[0]
    loose = numeral and numerals.APPROXIMATE.fullmatch(numeral)
    if spoken and not numerals.well_formed(spoken) and not loose:
        return _unclear(text, start, end, "numeral")
    unit, unit_end = _unit(read, match)
    bound = _bound(read, match, unit_end)
    number = Number(start, end, unit_end, printed, _value(match), unit, bound, "value")
    return _unless_half(read, number)


def _unless_half(read: str, number: Number) -> Number:
    """两个半小时 is not two: the number is listed as unclear."""
    half = read.startswith("半", number.unit_end) and number.unit not in ("", "%")
    if half and not read.startswith(("半年", "半数", "半径"), number.unit_end):
        return Number(*number[:2], number.end, number.printed, None, "", "", "unclear", "half")
    return number


def _ranges(read: str, found: list[Number]) -> list[Number]:
    """3至5名 is at least 3 and at most 5, both 名; 第3至5名 are ranks, and 从45件到50件 is a change."""
    for i in range(1, len(found)):
        first, second = found[i - 1], found[i]
        near = second.start - first.unit_end <= 6
        if not near or not grammar.RANGE.fullmatch(read, first.unit_end, second.start):
            continue
        if first.kind == "ordinal" and second.kind == "value":
            found[i] = second._replace(kind="ordinal", unit="", unit_end=second.end, bound="exact")
        elif first.kind == second.kind == "value" and first.unit in ("", second.unit):
            changed = read[second.start - 1] in "至到" and grammar.FROM.search(
                read, max(0, first.start - 10), first.start
            )
            low = _low(read, first, second)
            if not changed and second.value is not None and low < second.value:
                found[i - 1] = first._replace(value=low, unit=second.unit, bound="at_least")
                found[i] = second._replace(bound="at_most")
    return found


def _low(read: str, first: Number, second: Number) -> Decimal:
    """The lower end of a range: 三至五百 is 300 to 500, 3-5万 30,000 to 50,000; 5000-1万 as it stands."""
    assert first.value is not None and second.value is not None
    tail = grammar.TAIL.fullmatch(read, second.start, second.end)
    power = numerals.times(tail[2]) if tail and not first.unit else 0
    if numerals.times(read[first.start : first.end]) or first.value >= second.value.scaleb(-power):
        return first.value
    return numerals.scaled(first.value, power)


@lru_cache(2**12)
def alone(printed: str, unit: str) -> Number | None:
    """The one number that a printed form consists of, with nothing around it but one word that says
    how exact it is; None for any other form.

    >>> alone("95%以上", "%").bound
    'at_least'
    """
    # The unit stands between the number and a word that follows it: 95件以上.
    around = grammar.alone()
    ended = around.ending.search(printed)
    end = ended.start() if ended else len(printed)
    text = printed if unit == "%" else printed[:end] + unit + printed[end:]
    numbers = numbers_in(text)
    if printed != printed.strip() or len(numbers) != 1 or numbers[0].kind != "value":
        return None
    [number] = numbers
    before, after = text[: number.start], text[number.unit_end :]
    inside = re.findall("[多余]", number.printed)
    known = all(
        not words or any(pattern.fullmatch(words) for pattern in patterns)
        for words, patterns in ((before, around.before), (after, around.after))
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


def _stands_for_a_word(read: str, match: Match) -> bool:
    """一 alone before a measure word is an article, 前三名 are ranks, and 百 or 万 alone is no count
    unless a word before or after says so.
    """
    numeral, start = match["chinese"], match.start()
    if not numeral or match["more"]:
        return False
    after = read[match.end() : match.end() + 1]
    if numeral == "二" and after in grammar.IN_TURN:
        return True
    if numeral in ("百", "千", "万", "亿"):
        return not grammar.BARE_BEFORE.search(read, max(0, start - 3), start)
    return numeral in ("一", "零") or read[start - 1 : start] == "前" and after in ("名", "位")


def _kind(read: str, match: Match, items: set[int]) -> str:
    """What a run of digits that is no date is: value, date, ordinal or name."""
    start, end = match.span("digits")
    adjacent, follows = read[start - 1 : start], read[match.end() : match.end() + 3]
    before = read[max(0, start - 3) : start].rstrip(" ")[-1:] if adjacent == " " else adjacent
    after = follows.lstrip(" \n")
    whole = match[0].isdigit()
    if whole and len(match[0]) < 8:
        if _dated(match[0], after):
            return "date"
        if _named(read, match, before, after):
            return "name"
    letters = any(c.isascii() and c.isalpha() for c in (adjacent, follows[:1]))
    if letters and not match["times"].strip():
        return "name"
    item = whole and grammar.POINT_AFTER.match(read, end) and end + 1 in items
    rank = before == "前" and (not after or after[0] in "名位强，。、；,;")
    return "ordinal" if before in ("第", "届") or item or rank else "value"


def _dated(digits: str, after: str) -> bool:
    """Whether digits are a year or a month."""
    number = int(digits)
    if after.startswith(("年", "届", "学年")) and len(digits) == 4 and 1000 <= number < 3000:
        return True
    return after[:1] == "月" and 1 <= number <= 12


def _named(read: str, match: Match, before: str, after: str) -> bool:
    """Whether digits name a telephone line, or a document by its number."""
    digits = match[0]
    if after[:1] == "号" or before + after[:1] == "〔〕":
        return True
    line = digits in grammar.NAMES_IN_DIGITS
    if not line or grammar.UNIT_AFTER.match(read, match.end("digits")):
        return False
    return len(digits) > 3 or after[:1] in tuple("”警报急接联指平热")


def _unit(read: str, match: Match) -> tuple[str, int]:
    """The unit of a match, and where it ends."""
    if match["of"]:
        return {"百": "%", "千": "‰", "万": "‱"}[match["of"]], match.end()
    if match["percent"] or match["all"] or match["tenths"]:
        sign = (match["percent"] or "").strip()
        return sign if sign in ("‰", "‱") else "%", match.end()
    after = grammar.UNIT_AFTER.match(read, match.end())
    return (after[1], after.end()) if after else ("", match.end())


def _value(match: Match) -> Decimal:
    if match["digits"]:
        return _value_of_digits(match)
    if match["all"]:
        return Decimal(100)
    if match["parts"]:
        parts = match["parts"]
        return numerals.with_point(parts) if parts[0] in CHINESE else numerals.decimal(parts)
    if match["tenths"]:
        half = 5 if match["half"] == "半" else numerals.chinese(match["half"] or "零")
        return Decimal(10 * numerals.chinese(match["tenths"]) + half)
    if numerals.APPROXIMATE.fullmatch(match["chinese"]):
        return numerals.approximate(match["chinese"])
    return numerals.scaled(numerals.with_point(match["chinese"]), numerals.times(match["more"]))


def _value_of_digits(match: Match) -> Decimal:
    digits = numerals.decimal(match["digits"])
    if not match["times"] and match["percent"] != "成":
        return digits
    rest = match["rest"]
    if not rest:
        return numerals.scaled(digits, numerals.times(match["times"]) + (match["percent"] == "成"))
    more = Decimal("".join(c for c in rest if c in "0123456789")).scaleb(numerals.times(rest))
    above = digits.scaleb(numerals.times(match["times"].partition(rest)[0]))
    return Decimal(f"{above + more:f}")


def _bound(read: str, match: Match, unit_end: int) -> str:
    """How exact a number is, by its own signs, the words after its unit and those before it."""
    signs = (match[group] for group in ("times", "more", "parts_more", "tenths_more"))
    more = next(filter(None, signs), "")
    if "多" in more or "余" in more or "几" in more:
        return "more_than"
    if "来" in more or match["chinese"] and numerals.APPROXIMATE.fullmatch(match["chinese"]):
        return "about"
    if read.startswith("+", match.end()) and unit_end > match.end():
        return "more_than"
    after = grammar.AFTER.match(read, unit_end)
    if after:
        return after.lastgroup or ""
    start = match.start()
    window = max(0, start - 12)
    may_be = grammar.MAY_BOUND.search(read, window, start)
    before = grammar.BEFORE.search(read, window, start) if may_be else None
    if not before:
        return _bare_bound(read, match)
    # 近三年 is the last three years, not about three.
    near = before.lastgroup == "about" and before[0].rstrip().endswith("近")
    if near and read[match.end() : unit_end].strip() in ("年", "个月", "天"):
        return "exact"
    return before.lastgroup or ""


def _bare_bound(read: str, match: Match) -> str:
    """How exact a bare 百, 千 or 万 is, by the word before it."""
    if not match["chinese"] or match["chinese"][0] not in "百千万亿":
        return "exact"
    bare = grammar.BARE_BEFORE.search(read, max(0, match.start() - 3), match.start())
    if not bare:
        return "exact"
    return {"上": "at_least", "成": "exact"}.get(bare[0], "more_than")
