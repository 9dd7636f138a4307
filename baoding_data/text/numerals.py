"""Chinese numerals, and digits with 万 or 亿, as numbers; how wide a printed number's meaning is."""

import re
from decimal import Decimal

from baoding_data.patterns import lazy_pattern

CHINESE = "零〇一二两三四五六七八九十廿卅百千万亿"
ONES = "一二两三四五六七八九"
MULTIPLIERS = "十百千万亿"
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCORES = {"廿": 20, "卅": 30}
# 七八个 is seven or eight, 三四十 thirty or forty, 十七八 seventeen or eighteen, 二十五六 25 or 26.
_NEXT = "一二|一两|两三|二三|三四|三五|四五|五六|六七|七八|八九"  # 九八 is a year, or none
APPROXIMATE = lazy_pattern(f"(?:{_NEXT})[十百千万亿]?|[{ONES}]?十(?:{_NEXT})")
POSITIONAL = lazy_pattern("[〇零一二三四五六七八九]+")
_BEHIND_POINT = lazy_pattern(f"{POSITIONAL.pattern}(?:万亿|[万亿])?")
_SECTION = (
    f"(?:[{ONES}]千)?(?:[零〇]?[{ONES}]百)?(?:(?:[零〇]?[{ONES}]?十|[零〇]?[廿卅]))?"
    f"(?:[零〇]?[{ONES}])?"
)
_WELL_FORMED = lazy_pattern(
    f"(?:(?:{_SECTION}|[百千])万?亿)?[零〇]?(?:(?:{_SECTION}|[百千])万)?[零〇]?"
    f"(?:{_SECTION}|[百千](?<=^.))"
)
_ELLIPSIS = lazy_pattern(f"[百千万亿][{ONES}]$|^[万亿](?!亿?$)|^[零〇]+[十百千万亿]|亿[零〇]?万")
_LITERAL = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_PART = lazy_pattern(rf"(?P<number>{_LITERAL}|[{ONES}])(?P<power>[十百千]?)|(?P<bare>[十百千])")
_MORE = lazy_pattern("[多余几来]")


def chinese(numeral: str) -> int:
    """A Chinese numeral as a number: `一百二十` is 120, `两` is 2.

    >>> chinese("一百二十"), chinese("廿三")
    (120, 23)
    """
    if len(numeral) > 1 and all(c in _DIGITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = section = digit = 0
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _SCORES:
            section += _SCORES[c]
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


def well_formed(numeral: str) -> bool:
    """Whether a numeral is written as schools teach it: not 三百二, which lacks a word, nor 百十,
    万八千 or 三点十.
    """
    whole, point, part = numeral.partition("点")
    spelled = not point or _BEHIND_POINT.fullmatch(part)
    return bool(spelled and _WELL_FORMED.fullmatch(whole)) and not _ELLIPSIS.search(whole)


def times(printed: str) -> int:
    """The power of ten that the signs after a number stand for: 4 for 万, 8 for 亿."""
    return sum(_POWERS.get(sign, 0) for sign in printed)


def decimal(digits: str) -> Decimal:
    """Digits, with commas or without, as a number."""
    return Decimal(digits.replace(",", ""))


_PLAIN = lazy_pattern(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def plain_digits(printed: str) -> Decimal | None:
    """What a printed form says that is nothing but digits; None for any other.

    >>> plain_digits("1,136"), plain_digits("2万")
    (Decimal('1136'), None)
    """
    return decimal(printed) if _PLAIN.fullmatch(printed) else None


def scaled(value: Decimal, power: int) -> Decimal:
    """A number times a power of ten, written without an exponent."""
    return Decimal(f"{value.scaleb(power):f}") if power else value


def mixed(printed: str) -> Decimal | None:
    """What a run of digits and multipliers adds up to: `8千4百万`, `2亿3千万`, `十亿3000万`; None
    where its parts do not make one number, as in `12万345` or `3千5`, which lack a word. Words that
    say more or about are left out of the count.

    >>> mixed("8千4百万"), mixed("4万多亿"), mixed("12万345")
    (Decimal('84000000'), Decimal('4000000000000'), None)
    """
    plain = re.sub(r"[ \n]", "", printed)
    more = _MORE.search(plain)
    if more and re.search("[^十百千万亿]", plain[more.end() :]):
        return None  # 多 stands at the end, or before multipliers alone
    return _over(_MORE.sub("", plain, count=1), "亿", 8)


def _over(plain: str, sign: str, power: int) -> Decimal | None:
    """A number with at most one of the greater multipliers: what stands before it, times that, and
    what stands after it, which must end with a lesser one.
    """
    below = (lambda text: _over(text, "万", 4)) if sign == "亿" else _section
    head, found, tail = plain.partition(sign)
    if not found:
        return below(plain)
    first = below(head)
    if first is None or sign in tail:
        return None
    if not tail:
        return scaled(first, power)
    last = below(tail)
    named = tail[-1] in ("万" if sign == "亿" else "十百千")
    if not named or last is None or last >= 10**power or "." in plain or last == 0:
        return None
    return scaled(first, power) + last


def _section(plain: str) -> Decimal | None:
    """A number below ten thousand in parts: 8千4百; or digits alone, of any size."""
    total, at, above, parts = Decimal(0), 0, 9, 0
    while at < len(plain):
        part = _PART.match(plain, at)
        if part is None:
            return None
        power = times(part["power"] or part["bare"] or "")
        if power >= above or (part["bare"] and parts) or (parts and not power):
            return None
        number = part["number"] or "1"
        value = Decimal(_DIGITS[number]) if number in _DIGITS else decimal(number)
        if parts and not 0 < value < 10 or parts and value != int(value):
            return None
        total, at, above, parts = total + scaled(value, power), part.end(), power, parts + 1
    return total if parts else None


def approximate(numeral: str) -> Decimal:
    """The lower of the two numbers that 七八, 三四十 or 二十五六 may be.

    >>> [approximate(numeral) for numeral in ("七八", "三四十", "二十五六")]
    [Decimal('7'), Decimal('30'), Decimal('25')]
    """
    two = numeral[0] in ONES and numeral[1] in ONES
    return Decimal(chinese(numeral[:1] + numeral[2:] if two else numeral[:-1]))


def with_point(numeral: str) -> Decimal:
    """A numeral that may have a decimal point, and 万 or 亿 after it: 一点二万.

    >>> with_point("一点二万")
    Decimal('12000')
    """
    whole, point, part = numeral.partition("点")
    if not point:
        return Decimal(chinese(numeral))
    spelled = part.rstrip("万亿")
    power = times(part[len(spelled) :])
    digits = "".join(str(chinese(c)) for c in spelled)
    return Decimal(f"{Decimal(f'{chinese(whole)}.{digits}').scaleb(power):f}")


def half_step(printed: str) -> Decimal:
    """Half the last digit's weight where a number is rounded: with decimals, 万, 亿, % or tenths."""
    if "分之" in printed:
        return Decimal(1).scaleb(-len(re.split("[点.]", f"{printed}.")[1])) / 2
    if "成" in printed:
        return Decimal(5)
    if APPROXIMATE.fullmatch(printed):
        # 七八个 may be either, so that its meaning reaches from the one to the other.
        return _between(printed)
    digits = re.match(r"[0-9,]+(?:\.([0-9]+))?", printed)
    if not digits:
        return Decimal(0)
    power = times(re.split("[0-9]", printed)[-1])
    if power == 0 and not digits[1] and printed[-1] not in "%‰‱":
        return Decimal(0)
    return Decimal(1).scaleb(power - len(digits[1] or "")) / 2


def _between(printed: str) -> Decimal:
    """How far apart the two numbers of 七八 or 三四十 are."""
    ones = [c for c in printed if c in ONES][-2:]
    power = times(printed[-1:])
    return Decimal(chinese(ones[1]) - chinese(ones[0])) * 10**power
