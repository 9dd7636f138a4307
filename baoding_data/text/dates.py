"""Days that a text names in full, in digits or in Chinese numerals."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from baoding_data.patterns import lazy_pattern
from baoding_data.text.characters import plain
from baoding_data.text.numerals import chinese

_ZERO = "[〇零○OＯ]"  # as which people type the nought of 二〇二三
_DAY = lazy_pattern(
    r"""
    (?P<year>[0-9]{4}|[〇零○OＯ一二三四五六七八九]{4})\ ?年\ ?
    (?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})\ ?月\ ?
    (?P<day>[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})\ ?日
    """,
    re.VERBOSE,
)


class Day(NamedTuple):
    """A day with its place in the text."""

    start: int
    end: int
    day: date


def days_in(text: str) -> Iterator[Day]:
    """Every day of the calendar that a text names with year, month and day.

    >>> [str(one.day) for one in days_in("2024年1月15日、二○二四年十二月三十一日、2024年13月1日")]
    ['2024-01-15', '2024-12-31']
    """
    for match in _DAY.finditer(plain(text)):
        numbers = (re.sub(_ZERO, "〇", cell) for cell in match.groups())
        try:
            day = date(*(int(n) if n.isdecimal() else chinese(n) for n in numbers))
        except ValueError:
            continue
        yield Day(*match.span(), day)
