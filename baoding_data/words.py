"""Two languages: the same in Chinese and in English, and sentences with numbers to be filled in."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple


class Pair(NamedTuple):
    """The same in both languages."""

    zh: str
    en: str

    @property
    def line(self) -> str:
        """Both on one line, once where they are the same.

        >>> Pair("件", "case").line, Pair("%", "%").line
        ('件 case', '%')
        """
        return self.zh if self.zh == self.en else f"{self.zh} {self.en}"

    @property
    def lines(self) -> str:
        """Both, one below the other; once where they are the same."""
        return self.zh if self.zh == self.en else f"{self.zh}\n{self.en}"


def together(pairs: Iterable[Pair], zh: str = "、", en: str = ", ") -> Pair:
    """Several pairs as one, with these marks between them."""
    several = list(pairs)
    return Pair(zh.join(one.zh for one in several), en.join(one.en for one in several))


def parts(terms: str) -> list[tuple[str, str]]:
    """Terms joined by signs, as (sign, term) pairs.

    >>> parts("commitment_items - commitment_items_added@not_stated")
    [('+', 'commitment_items'), ('-', 'commitment_items_added@not_stated')]
    """
    words = f"+ {terms}".split(" ")
    return list(zip(words[::2], words[1::2], strict=True))


PLACE = re.compile(r"\{([^{}]*)\}")


def named(text: str) -> list[str]:
    """The indicators that a template names.

    >>> named("{a} less {b@government}, {a - b@government = c}")
    ['a', 'b@government', 'c']
    """
    name = "[a-z][a-z0-9_]*(?:@[a-z_]+)?"
    found = (found for place in PLACE.findall(text) for found in re.findall(name, place))
    return list(dict.fromkeys(found))


def filled(
    text: str,
    values: Mapping[str, Decimal],
    say: Callable[[str], str],
    number: Callable[[Decimal], str] = str,
) -> str:
    """A template with its numbers: `values` by indicator, `say(indicator)` for a figure in words,
    `number(value)` for a computed one.

    >>> filled("{a}, less {b}: {a - b}", {"a": 164, "b": 45}, "{}件".format)
    'a件, less b件: 119'
    """

    def put(match: re.Match[str]) -> str:
        left = match[1].partition(" = ")[0]
        if left == match[1] and " " not in left:
            return say(left)
        return number(computed(left, values))

    return PLACE.sub(put, text)


def computed(terms: str, values: Mapping[str, Decimal]) -> Decimal:
    """What indicators joined by + and - come to."""
    signed = (values[name] if sign == "+" else -values[name] for sign, name in parts(terms))
    return sum(signed, Decimal(0))
