"""A figure as a sentence says it, in Chinese and in English."""

from decimal import Decimal
from typing import Protocol

from baoding_data.text.numbers import alone, numbers_in
from baoding_data.text.numerals import plain_digits
from baoding_data.words import Pair

SIGNS = ("%", "‰", "‱")  # units that are written at the number
MONEY = ("元", "美元", "欧元")
MILLION = 1_000_000
_BEFORE = {"about": "约", "less_than": "不足", "at_most": "不超过", "more_than": "超过"}


class Quantity(Protocol):
    """A number that somebody printed, whatever it counts."""

    @property
    def printed(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def bound(self) -> str: ...


def legible(quantity: Quantity) -> str:
    """A number as printed; in digits of its value where no rule reads what is printed, or the head
    of a table multiplies it (59.5 under 万元 is 595,000元).
    """
    printed, value = quantity.printed, quantity.value
    if plain_digits(printed) not in (None, value) or getattr(quantity, "status", "") == "resolved":
        return f"{value:,f}"
    return printed


def chinese(quantity: Quantity) -> str:
    """A number as a Chinese sentence says it: 316件, 2万多名, 99%以上.

    >>> from baoding_data.text.numbers import numbers_in
    >>> [chinese(number) for number in numbers_in("受理316件，办结率不低于99%。")]
    ['316件', '99%以上']
    """
    unit, bound = quantity.unit, quantity.bound
    number = legible(quantity) or f"{quantity.value:,f}"
    stated = _states_bound(number, quantity)
    # 百分之四 and 三成 say that they are shares as 4% does.
    if unit not in SIGNS or all(one.unit != unit for one in numbers_in(number)):
        number += unit
    return number if stated else _bounded(number, unit, bound)


def _states_bound(number: str, quantity: Quantity) -> bool:
    """Whether a number as printed says by itself how exact it is."""
    if quantity.bound == "exact":
        return True
    stated = alone(number, quantity.unit)
    return stated is not None and stated.bound == quantity.bound


def _bounded(number: str, unit: str, bound: str) -> str:
    """A Chinese number with the word of its bound."""
    if bound == "at_least":
        return f"{number}以上" if unit == "%" else f"不少于{number}"
    return _BEFORE[bound] + number


def english(quantity: Quantity, bound: str) -> str:
    """A number in an English sentence: 316, at least 99%; `bound` is the word for how exact it is.
    A sum of money of a million or more is said in millions: 1,200 million.

    >>> from baoding_data.text.numbers import numbers_in
    >>> [english(number, "at least") for number in numbers_in("受理20405件，办结率不低于99%。")]
    ['20,405', 'at least 99%']
    """
    value, unit = quantity.value, quantity.unit
    assert value is not None  # load() refuses a figure without one
    if unit in MONEY and value >= MILLION:
        number = f"{(value / MILLION).normalize():,f} million"
    else:
        number = f"{value:,f}{unit * (unit in SIGNS)}"
    return number if quantity.bound == "exact" else f"{bound} {number}"


def said(quantity: Quantity, bound: Pair) -> Pair:
    """A number as sentences of both languages say it; `bound` in words."""
    return Pair(chinese(quantity), english(quantity, bound.en))


def to_the_letter(quantity: Quantity, bound: Pair) -> Pair:
    """A number as printed, without its unit; `bound` in words where print does not say it.

    >>> from baoding_data.text.numbers import numbers_in
    >>> at_least = Pair("不少于", "at least")
    >>> [to_the_letter(number, at_least).zh for number in numbers_in("通过三件，满意率不低于99%。")]
    ['三', '99%以上']
    """
    number = quantity.printed
    if _states_bound(number, quantity):
        return Pair(number, number)
    return Pair(_bounded(number, quantity.unit, quantity.bound), f"{bound.en} {number}")
