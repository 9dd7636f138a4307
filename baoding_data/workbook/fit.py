"""How wide, how high, where a page ends: the measure of printed tables, in widths and points.

No program says beforehand how it will set a text; what is computed here holds for the widest and
the highest of the fonts that are likely to be there. Breadths are whole numbers, and other
sums are taken in one order, so that no version of Python changes a width.
"""

import operator
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from math import floor, inf
from typing import NamedTuple, Protocol

# Points: text, its second language, a sheet's title, lines above a table.
SIZE, SECOND, HEADING, SMALL = 9, 9, 16, 9
WIDTH = 86  # of all columns together: A4 in full size
HEIGHT = 760  # points of a page between its margins, with some to spare
HIGHEST = 409  # points of a row, in Excel
MARGIN = 3  # points that a row is higher than its text

# A column width is so many units: hundredths of a Han character for each tenth of a point.
UNITS = 6000
BOLD = 1.13  # how much wider bold Latin letters can be
HAN_LEADING = 1.45  # from line to line, in sizes of the type
# Latin letters: those of the house's font are high, those of the widest that stands in for it wide.
LEADINGS = ((0.9, 1.32), (1, 1.17))
PADDING, INDENT = 1.2, 1.5
# Hundredths of the size of type, of DejaVu Sans: the widest font that stands in for another.
BREADTHS = ((" .,;:'|!ijl", 32), ("()[]-frt", 40), ("cksvxyz", 57), ("mwMW%", 95))
WORD = re.compile(r"[!-~\u00a0-\u04ff‘’]+")  # what is not broken at the end of a line
PIECE = re.compile(f"{WORD.pattern}|.")

Paragraph = tuple[str, float]  # a text and the size of its type
Paragraphs = tuple[Paragraph, ...]


class Measured(Protocol):
    """A column, as far as its width goes."""

    @property
    def heading(self) -> str: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def flows(self) -> bool: ...
    @property
    def indented(self) -> bool: ...
    @property
    def whole(self) -> bool: ...


def wrap(text: str, size: float, width: float) -> list[str]:
    """The lines of a paragraph: Latin words stay whole if they can, Han characters break anywhere.

    >>> wrap("行政许可事项 Licensing items", 9, 10)
    ['行政许可事项 ', 'Licensing ', 'items']
    """
    points, room = round(10 * size), floor(UNITS * width)
    if breadth(text) * points <= room:
        return [text]
    found, used = [""], 0
    for word in PIECE.findall(text):
        length = breadth(word) * points
        if used + length > room and used:
            found.append("")
            used = 0
        if length > room:
            found += [""] * (length // room)
            length %= room
        found[-1] += word
        used += length if used or word != " " else 0
    return found


def added(numbers: Iterable[float]) -> float:
    """A sum from left to right. The built-in one is more exact from Python 3.12 on: equal heights,
    and widths that end on a tenth, would fall to the other side there.
    """
    return reduce(operator.add, numbers, 0)


@lru_cache(2**16)
def height(paragraphs: Paragraphs, width: float) -> float:
    """The height of paragraphs, one below the other, in a column."""
    return added(_high(text, size, width - PADDING) for text, size in paragraphs)


def _high(text: str, size: float, width: float) -> float:
    """The height of one paragraph, in whichever font it is highest."""
    if has_han(text):
        return len(wrap(text, size, width)) * size * HAN_LEADING
    return max(
        len(wrap(text, size * breadth, width)) * size * leading for breadth, leading in LEADINGS
    )


def heading(title: str) -> Paragraphs:
    """The paragraphs of a bold heading."""
    return tuple((text, SECOND * (1 if has_han(text) else BOLD)) for text in title.split("\n"))


def widths(columns: Sequence[Measured], rows: Sequence[Sequence[Paragraphs]]) -> list[float]:
    """A width for each column, given the paragraphs of every cell.

    It is what the widest paragraph needs, from `low` to `high`, and never less than the longest
    word; where the content is numbers, which programs do not wrap, it is `whole`. Columns
    whose text `flows` share the rest of the page so that the table becomes shortest.
    """
    found = [
        _width(column, {paragraph for row in rows for paragraph in row[number]})
        for number, column in enumerate(columns)
    ]
    flowing = [number for number, column in enumerate(columns) if column.flows]
    if flowing:
        left = WIDTH - added(found[n] / 10 for n, column in enumerate(columns) if not column.flows)
        for number, width in zip(flowing, _shared(columns, rows, found, left), strict=True):
            found[number] = width
    return [width / 10 for width in found]


def _width(column: Measured, content: Iterable[Paragraph]) -> int:
    """The width that one column needs for its content, in tenths."""
    room = round(10 * (PADDING + INDENT * column.indented))
    whole, words = 0, 0
    for text, size in content:
        whole = max(whole, _needed(text, size))
        words = max(words, _longest(text, size))
    for text, size in heading(column.heading):
        words = max(words, _needed(text, size) if len(text) < 13 else _longest(text, size, 999))
    least, most = round(10 * column.low), round(10 * column.high)
    if column.whole:
        most = whole + room
    return max(least, min(most, whole + room), words + room)


@lru_cache(2**14)
def _needed(text: str, size: float) -> int:
    """What a text needs on one line, in tenths of a column width."""
    return -(-breadth(text) * round(10 * size) * 10 // UNITS)


@lru_cache(2**14)
def _longest(text: str, size: float, under: int = 16) -> int:
    """What the longest word needs, of those that have fewer letters than a given number."""
    words = (word for word in WORD.findall(text) if len(word) < under)
    return max((_needed(word, size) for word in words), default=0)


def _shared(
    columns: Sequence[Measured],
    rows: Sequence[Sequence[Paragraphs]],
    found: Sequence[int],
    left: float,
) -> tuple[int, ...]:
    """How the columns that flow share what is left so that the table is shortest, in tenths."""
    flowing = [number for number, column in enumerate(columns) if column.flows]
    if len(flowing) == 1:
        return (floor(10 * left),)
    one, other = flowing
    still = [number for number, column in enumerate(columns) if not column.flows]
    least = [max((_cell(columns, row, n, found[n]) for n in still), default=0) for row in rows]

    def total(per_cent: int) -> float:
        """How high the table becomes where the first takes so much of what is left."""
        first = floor(left * per_cent / 10)
        second = floor(10 * left) - first
        cramped = first < 10 * columns[one].low or second < 10 * columns[other].low
        heights = (
            max(low, _cell(columns, row, one, first), _cell(columns, row, other, second))
            for low, row in zip(least, rows, strict=True)
        )
        return inf if cramped else added(heights)

    near = min(range(30, 81, 10), key=lambda share: (total(share), abs(share - 50)))
    best = min(range(near - 8, near + 9, 4), key=lambda share: (total(share), abs(share - near)))
    return floor(left * best / 10), floor(10 * left) - floor(left * best / 10)


def _cell(columns: Sequence[Measured], row: Sequence[Paragraphs], n: int, width: int) -> float:
    """The height of one cell in a column of so many tenths."""
    return height(row[n], width / 10 - INDENT * columns[n].indented)


class Filled(NamedTuple):
    """Pages so far, the best first: how many, how many too short, how unequal, their begins."""

    pages: int
    short: int
    squares: float
    starts: list[int]


def page_breaks(heights: Sequence[float], first: float, others: float) -> list[int]:
    """Before which rows new pages begin; `first` and `others` are the room on a page.

    As few pages as will do, all filled alike, the fuller first; none less than half full with three
    rows or fewer, if that can be helped.

    >>> page_breaks([40] * 12, 400, 440)
    [6]
    """
    best = [Filled(0, 0, 0, [])]
    for end in range(1, len(heights) + 1):
        found, used = [], 0.0
        for start in range(end - 1, -1, -1):
            used += heights[start]
            if used > (others if start else first) and start < end - 1:
                break
            before, short = best[start], end - start <= 3 and used < others / 2
            squares = before.squares + used * used
            starts = [*before.starts, -start]
            found.append(Filled(before.pages + 1, before.short + short, squares, starts))
        best.append(min(found))
    return [-start for start in best[-1].starts[1:]]


@lru_cache(2**14)
def breadth(text: str) -> int:
    """The width of a line, in hundredths of a Han character."""
    return sum(map(_hundredths, text))


@lru_cache(2**14)
def _hundredths(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WFA":
        return 100
    for of_breadth, hundredths in BREADTHS:
        if character in of_breadth:
            return hundredths
    return 74 if character.isupper() else 62


@lru_cache(2**14)
def has_han(text: str) -> bool:
    """Whether a text holds Han characters or what is as wide."""
    return any(unicodedata.east_asian_width(character) == "W" for character in text)
