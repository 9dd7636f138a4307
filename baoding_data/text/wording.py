"""A figure as a sentence says it, in Chinese and in English."""

from decimal import Decimal
from typing import Protocol

from baoding_data.text.numbers import alone
from baoding_data.words import Pair

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


def chinese(quantity: Quantity) -> str:
    """A number as a Chinese sentence says it: 316件, 2万多名, 99%以上.

    >>> from baoding_data.text.numbers import numbers_in
    >>> [chinese(number) for number in numbers_in("受理316件，办结率不低于99%。")]
    ['316件', '99%以上']
    """
    unit, bound = quantity.unit, quantity.bound
    number = quantity.printed or f"{quantity.value}"
    stated = alone(number, unit)
    if unit != "%":
        number += unit
    elif "%" not in number and not number.startswith("百分"):
        number += "%"
    if bound == "exact" or stated and stated.bound == bound:
        return number
    if bound == "at_least":
        return f"{number}以上" if unit == "%" else f"不少于{number}"
    return _BEFORE[bound] + number


def english(quantity: Quantity, bound: str) -> str:
    """A number in an English sentence: 316, at least 99%; `bound` is the word for how exact it is.

    >>> from baoding_data.text.numbers import numbers_in
    >>> [english(number, "at least") for number in numbers_in("受理20405件，办结率不低于99%。")]
    ['20,405', 'at least 99%']
    """
    number = f"{quantity.value:,}{'%' if quantity.unit == '%' else ''}"
    return number if quantity.bound == "exact" else f"{bound} {number}"


def said(quantity: Quantity, bound: Pair) -> Pair:
    """A number as sentences of both languages say it; `bound` in words."""
    return Pair(chinese(quantity), english(quantity, bound.en))
