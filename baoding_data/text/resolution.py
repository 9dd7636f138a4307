"""A number that no rule reads for certain, as a person read it: held to its printed form and to the
words around it, as far as a rule can.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from baoding_data.patterns import lazy_pattern
from baoding_data.text import numerals
from baoding_data.text.characters import plain
from baoding_data.text.numbers import Number, numbers_in

_SEPARATORS = lazy_pattern(r"[\s,，·']")
_LETTERS = str.maketrans("lIOo", "1100")  # 1l3 is 113
_TEN_THOUSAND = lazy_pattern("[wW]")
_NUMERAL = rf"[0-9][0-9.,]*|[{numerals.CHINESE}]+"
_FRACTION = lazy_pattern(
    rf"""
    (?P<whole>{_NUMERAL})分之(?P<part>{_NUMERAL})   # 三分之一
    | (?P<upper>[0-9]+)[/／](?P<lower>[0-9]+)       # 1/3
    """,
    re.VERBOSE,
)
_AND_A_HALF = lazy_pattern(rf"({_NUMERAL})\D{{0,3}}半")  # 两个半, 3年半
_HALF = lazy_pattern("一半|半数|过半|大半")
_DOUBLED = lazy_pattern(f"翻了?([{numerals.ONES}])?番")  # by a hundred per cent; 翻两番 by three
_PIECE = lazy_pattern(_NUMERAL)


def possible(printed: str, following: str = "") -> set[Decimal]:
    """The numbers that an unclear printed form can mean, with what follows it; a share as per cent.
    None where no rule can tell.

    >>> sorted(possible("4 598")), [round(one, 2) for one in possible("三分之一")]
    ([Decimal('4'), Decimal('598'), Decimal('4598')], [Decimal('33.33')])
    """
    text = plain(printed) + _written_on(following)
    if fraction := _FRACTION.search(text):
        whole = _decimal(fraction["whole"] or fraction["lower"])
        part = _decimal(fraction["part"] or fraction["upper"])
        return {100 * part / whole} if whole and part is not None else set()
    if _HALF.search(text):
        return {Decimal(50)}
    if doubled := _DOUBLED.search(text):
        return {Decimal(100 * (2 ** numerals.chinese(doubled[1] or "一") - 1))}
    found = set(_readings(text))
    if half := _AND_A_HALF.match(text + following):
        number = _decimal(half[1])
        found |= set() if number is None else {number + Decimal("0.5")}
    return found


def _readings(text: str) -> Iterator[Decimal]:
    """The number without what parts it, and each of its parts."""
    whole = _TEN_THOUSAND.sub("万", _SEPARATORS.sub("", text).translate(_LETTERS))
    for form in (text, whole):
        for number in numbers_in(f"{form}件"):
            if number.value is not None:
                yield number.value
    for piece in (one for one in _PIECE.findall(text) if one not in numerals.MULTIPLIERS):
        # 016 is the end of 138，016, and 万 by itself no number.
        signs = (sign for sign in piece if sign in numerals.ONES)
        for one in (piece, *signs):
            number = None if one.startswith("0") and one != "0" else _decimal(one)
            if number is not None:
                yield number


def _written_on(following: str) -> str:
    """The w that stands behind digits for 万, if one does."""
    return following[:1] if following.startswith(("w", "W")) else ""


def _decimal(numeral: str) -> Decimal | None:
    if numeral[0] in numerals.CHINESE:
        return Decimal(numerals.chinese(numeral)) if numerals.well_formed(numeral) else None
    found = numbers_in(f"{numeral}件")
    return found[0].value if len(found) == 1 else None


def can_mean(number: Number, value: Decimal, sentence: str, at: int) -> bool:
    """Whether an unclear number, at a place of its sentence, can mean a value, which may be rounded
    to its own decimals; True too where no rule can tell, and never for a negative number.

    >>> text = "约三分之一当场办结"
    >>> [number] = numbers_in(text)
    >>> can_mean(number, Decimal("33.3"), text, 1), can_mean(number, Decimal("40"), text, 1)
    (True, False)
    """
    if number.doubt == "minus" and sentence[:at].rstrip().endswith(("负", "−", "零下")):
        return False
    readings = possible(number.printed, sentence[at + len(number.printed) :])
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    return not readings or any(abs(value - one) <= step / 2 for one in readings)


def resolved(
    sentence: str, at: int, number: Number, value: Decimal, unit: str, bound: str
) -> Number:
    """An unclear number as a person read it: with the unit and the bound that the words around it
    give to a number written plainly in its place; where even that is unclear, with the person's.
    `at` is its place in the sentence.

    >>> text = "约三分之一当场办结"
    >>> [number] = numbers_in(text)
    >>> resolved(text, 1, number, Decimal("33.3"), "%", "exact")[3:7]
    ('三分之一', Decimal('33.3'), '%', 'about')
    """
    after = at + len(number.printed)
    after += len(_written_on(sentence[after:]))
    swallowed = unit == "%" or bool(unit) and number.printed.endswith(unit)
    plainly = f"{value:f}{unit if swallowed else ''}"
    read = number._replace(kind="value", value=value, unit=unit, bound=bound)
    for one in numbers_in(sentence[:at] + plainly + sentence[after:]):
        if one.start == at and one.kind == "value":
            beside = max(0, one.unit_end - at - len(plainly))
            return read._replace(unit=one.unit, bound=one.bound, unit_end=number.end + beside)
    return read
