"""How wide, how high, and where a page ends: the measure of tables that are to be printed, in
column widths and points.

No program says beforehand how it will set a text; what is computed here holds for the widest and
the highest of the fonts that are likely to be there.
"""

import re
import unicodedata
from functools import lru_cache
from math import ceil, floor

SIZE, SECOND, HEADING, SMALL = (
    9.5,
    9,
    16,
    9,
)  # points: text, its second language, a sheet's title, lines above a table
WIDTH = 125  # of all columns together: A4 landscape in full size
HEIGHT = 490  # points of a page between its margins, with some to spare

EM = 1 / 6  # a Han character's width, in column widths, for each point of type
BOLD = 1.2  # how much wider bold Latin letters can be
LEADING, HAN_LEADING = 1.32, 1.45  # from line to line, in sizes of the type
PADDING, INDENT = 1.2, 1.5
WORD = r"[!-~\u00a0-\u04ff‘’]+"  # what is not broken at the end of a line


def wrap(text, size, width):
    """The lines of a paragraph: Latin words stay whole where they can, Han characters break
    anywhere.

    >>> wrap("行政许可事项 Licensing items", 9, 10)
    ['行政许可事项 ', 'Licensing ', 'items']
    """
    found, used = [""], 0
    for word in re.findall(f"{WORD}|.", text):
        length = _breadth(word) * size
        if used + length > width and used:
            found.append("")
            used = 0
        if length > width:
            found += [""] * int(length // width)
            length %= width
        found[-1] += word
        used += length if used or word != " " else 0
    return found


@lru_cache(2**16)
def height(paragraphs, width):
    """The height of (text, size) pairs, one below the other, in a column."""
    return sum(
        len(wrap(text, size, width - PADDING)) * size * (HAN_LEADING if _has_han(text) else LEADING)
        for text, size in paragraphs
    )


def heading(title):
    """The paragraphs of a bold heading."""
    return tuple((text, SECOND * (1 if _has_han(text) else BOLD)) for text in title.split("\n"))


def widths(columns, rows):
    """A width for each column, given the paragraphs of every cell.

    It is what the widest paragraph needs, from `low` to `high`, and never less than the longest
    word. Columns whose text `flows` share the rest of the page so that the table becomes shortest.
    """
    found = []
    for number, column in enumerate(columns):
        room = PADDING + INDENT * column.indented
        content = [paragraph for row in rows for paragraph in row[number]]
        words = [
            (word, size)
            for text, size in content
            for word in re.findall(WORD, text)
            if len(word) < 16
        ]
        words += [
            (word, size)
            for text, size in heading(column.heading)
            for word in ([text] if len(text) < 13 else re.findall(WORD, text))
        ]
        whole = [min(column.high, _breadth(text) * size + room) for text, size in content]
        found.append(
            ceil(
                10
                * max(column.low, *whole, *(_breadth(word) * size + room for word, size in words))
            )
            / 10
        )
    flowing = [number for number, column in enumerate(columns) if column.flows]
    left = WIDTH - sum(width for number, width in enumerate(found) if number not in flowing)
    tried = [
        [floor(10 * left * share) / 10 for share in shares] for shares in _SHARES[len(flowing)]
    ]
    roomy = [
        widths
        for widths in tried
        if all(width >= columns[number].low for number, width in zip(flowing, widths))
    ]
    indents = [INDENT * column.indented for column in columns]
    fixed = [
        max(
            (
                height(cell, found[number] - indents[number])
                for number, cell in enumerate(row)
                if number not in flowing
            ),
            default=0,
        )
        for row in rows
    ]

    def total(tries):
        return sum(
            max(
                least,
                *(
                    height(row[number], width - indents[number])
                    for number, width in zip(flowing, tries)
                ),
            )
            for least, row in zip(fixed, rows)
        )

    for number, width in zip(flowing, min(roomy or tried, key=total) if flowing else ()):
        found[number] = width
    return found


def row_height(columns, widths, row):
    """The height of a row, given the paragraphs of its cells."""
    return max(
        height(cell, width - INDENT * column.indented)
        for column, width, cell in zip(columns, widths, row)
    )


def page_breaks(heights, first, others):
    """Before which rows a new page begins, when `first` and `others` are the room on the first and
    on the other pages.

    As few pages as will do, all filled alike, the fuller first; none less than half full with three
    rows or fewer, if that can be helped.

    >>> page_breaks([40] * 12, 400, 440)
    [6]
    """
    best = [(0, 0, 0, [])]
    for end in range(1, len(heights) + 1):
        found, used = [], 0
        for start in range(end - 1, -1, -1):
            used += heights[start]
            if used > (others if start else first) and start < end - 1:
                break
            pages, short, squares, breaks = best[start]
            found.append(
                (
                    pages + 1,
                    short + (end - start <= 3 and used < others / 2),
                    squares + used * used,
                    [*breaks, -start],
                )
            )
        best.append(min(found))
    return [-start for start in best[-1][3][1:]]


# How columns that flow may share their room, by their number.
_SHARES = {
    0: [()],
    1: [(1,)],
    2: [
        (share / 100, 1 - share / 100)
        for share in (50, 46, 54, 42, 58, 38, 62, 34, 66, 30, 70, 75, 80)
    ],
}


@lru_cache(2**14)
def _breadth(text):
    """The width of a line in column widths, for each point of type."""
    return EM * sum(_ems(character) for character in text)


@lru_cache(2**14)
def _ems(character):
    if unicodedata.east_asian_width(character) in "WFA":
        return 1
    return (
        0.33
        if character in " .,;:'|!()[]ijlt"
        else 0.7
        if character.isupper() or character in "mw%"
        else 0.56
    )


@lru_cache(2**14)
def _has_han(text):
    return any(unicodedata.east_asian_width(character) == "W" for character in text)
