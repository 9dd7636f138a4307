"""Which head of a table stands above which cell, where the blanks between the cells are all that
says so. What blanks cannot prove is left out: no head is given to a cell by guess.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """Something printed in a line: where it begins and ends in the line, and its words."""

    start: int
    end: int
    text: str
    place: int  # in the text


Line = Sequence[Piece]
Heads = tuple[Piece, ...]


class Way(NamedTuple):
    """The lines of heads of a table and its rows, from the first number of each on; before it stand
    at most so many labels.
    """

    heads: Sequence[Line]
    rows: Sequence[Line]
    labels: int = 1


def above(measures: Sequence[Sequence[Way]]) -> list[list[Heads]]:
    """For each cell of each row its heads from above to below; none for a row of which nothing is
    proved. The lines may be measured in characters or by how wide they are; for each measure, the
    ways are the heads parted at two blanks and at one.

    >>> heads = [[Piece(6, 8, "受理", 6), Piece(12, 14, "审结", 12)]]
    >>> row = [Piece(7, 8, "3", 27), Piece(12, 13, "2", 32)]
    >>> [[piece.text for piece in cell] for cell in above([[Way(heads, [row])]])[0]]
    [['受理'], ['审结']]
    """
    read = []
    for ways in measures:
        columns = [_Columns(way) for way in ways]
        best = next((one for one in columns if one.fits), columns[0])
        read.append((_places(ways[0].rows), ways[0].rows, best))
    # The measure in which the numbers of several rows stand under each other is the right one.
    read = [one for one in read if one[0] == min(places for places, _, _ in read)]
    # Else it may be the one that gives as many columns as there are numbers, but that proves no
    # more than their order, unless the heads come again and again.
    fitting = [one for one in read if one[2].fits] or read
    lowest = len(fitting) < len(read) and not fitting[0][2].grouped
    found = []
    for at in range(len(measures[0][0].rows)):
        proved = [heads for _, rows, best in fitting if (heads := best.heads_of(rows[at]))]
        agreed = _agreed(proved)
        found.append([heads[-1:] for heads in agreed] if lowest else agreed)
    return found


def _places(rows: Sequence[Line]) -> int:
    """At how many places in their lines the cells of rows begin, or end; 0 if too few are whole."""
    most = max(map(len, rows))
    if sum(len(row) == most for row in rows) < 3:
        return 0
    pieces = [piece for row in rows for piece in row]
    return min(len({piece.start for piece in pieces}), len({piece.end for piece in pieces}))


def _agreed(ways: Sequence[Sequence[Heads]]) -> list[Heads]:
    """What all ways prove of a row; nothing if they differ on the lowest head of a cell."""
    found = []
    for given in zip(*ways, strict=True):
        same = {piece.place for piece in given[0]}.intersection(
            *({piece.place for piece in heads} for heads in given[1:])
        )
        if any(heads[-1].place not in same for heads in given):
            return []
        found.append(tuple(piece for piece in given[0] if piece.place in same))
    return found


def width(words: str) -> int:
    """How many columns words take where a Han character takes two."""
    return len(words) + sum(unicodedata.east_asian_width(sign) in "WF" for sign in words)


class _Columns:
    """The columns below some lines of heads: where the lowest piece of each stands, and all that
    stands above it.
    """

    def __init__(self, way: Way):
        # What ends before the first number begins names the labels.
        zone = min(row[0].start for row in way.rows)
        self.lines = [[piece for piece in line if piece.end >= zone] for line in way.heads]
        self.found: list[Piece] = []
        for line in reversed(self.lines):
            new = [piece for piece in line if not self._below(piece)]
            self.found = sorted([*self.found, *new])
        named = max(sum(piece.end < zone for piece in line) for line in way.heads)
        most = max(map(len, way.rows))
        self.fits = len(self.found) == most and named <= max(1, way.labels)
        self.heads = [{piece} for piece in self.found]
        lowest = set(self.found)
        for line in self.lines:
            self._add([piece for piece in line if piece not in lowest])
        self.grouped = False
        if size := _period([piece.text for piece in self.found]):
            self._add_to_groups(size, lowest)

    def _below(self, piece: Piece) -> range:
        """The columns that a piece overlaps, by their numbers."""
        ends = bisect_right(self.found, piece.start, key=lambda one: one.end)
        return range(ends, bisect_left(self.found, piece.end, key=lambda one: one.start))

    def _add(self, line: Line) -> None:
        """Put each piece of a line above the columns that it alone overlaps."""
        over = [(piece, self._below(piece)) for piece in line]
        times = Counter(column for _, below in over for column in below)
        for piece, below in over:
            for column in below:
                if times[column] == 1:
                    self.heads[column].add(piece)

    def _add_to_groups(self, size: int, lowest: set[Piece]) -> None:
        """Where the same heads come again and again, what stands alone above some of them stands
        above all of them, unless it comes again as they do; if something does above each group.
        """
        again = self._repeated(size) | lowest
        named: list[tuple[int, Piece]] = []
        whole = set()  # the groups that something names alone
        for line in self.lines:
            over = [(piece, {column // size for column in self._below(piece)}) for piece in line]
            times = Counter(group for _, groups in over for group in groups)
            for piece, groups in over:
                if piece not in again:
                    named += [(group, piece) for group in groups if times[group] == 1]
                    whole |= groups if len(groups) == 1 else set()
        self.grouped = len(whole) == len(self.found) // size
        for group, piece in named if self.grouped else []:
            for heads in self.heads[group * size : (group + 1) * size]:
                heads.add(piece)

    def _repeated(self, size: int) -> set[Piece]:
        """The pieces that stand above the same column of each group."""
        found = set()
        for first in range(size):
            alike = self.heads[first::size]
            texts = Counter(text for heads in alike for text in {piece.text for piece in heads})
            found |= {p for heads in alike for p in heads if texts[p.text] == len(alike)}
        return found

    def heads_of(self, row: Line) -> list[Heads]:
        """The heads of a row that has a cell for each column, as the longest has, or of which each
        cell overlaps one column, and no two the same.
        """
        if self.fits and len(row) == len(self.found):
            return [self._of(i) for i in range(len(row))]
        below = [self._below(piece) for piece in row]
        columns = {one[0] for one in below if len(one) == 1}
        return [self._of(one[0]) for one in below] if len(columns) == len(row) else []

    def _of(self, column: int) -> Heads:
        return tuple(sorted(self.heads[column], key=lambda piece: piece.place))


def _period(texts: Sequence[str]) -> int:
    """After how many columns the same heads come again, all along; 0 if they do not."""
    names = ["".join(text.split()) for text in texts]
    for size in range(1, len(names) // 2 + 1):
        if len(names) % size == 0 and names[size:] == names[:-size]:
            return size if size > 1 else 0
    return 0
