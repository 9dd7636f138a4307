"""What a sheet is before it is printed: lines, columns, cells, links, charts; no figures."""

import re
from collections.abc import Hashable, Sequence
from decimal import Decimal
from typing import NamedTuple

from baoding_data.words import Pair
from baoding_data.workbook import fit
from baoding_data.workbook.fit import HEADING, SIZE, SMALL, WIDTH
from baoding_data.workbook.flat import visible

LONG_TABLE = 25  # rows; a longer table keeps its header in sight on the screen
Key = Hashable  # what links call a sheet by


class Link(NamedTuple):
    """A place in this workbook: a row of a sheet's table, or its top."""

    sheet: Key
    row: int | None = None


class Formula(NamedTuple):
    """A live formula, and its value for programs that compute nothing."""

    text: str
    value: str | Decimal


Content = str | Pair | Decimal | int | Formula


class Cell(NamedTuple):
    """What a cell holds: text, the same in two languages, a number or a formula; where it leads;
    from where to where a text stands out.
    """

    content: Content
    link: Link | str | None = None
    stress: tuple[int, int] | None = None


class Chart(NamedTuple):
    """A bar chart over a cell, of numbers below each other in a sheet's table; it follows them."""

    title: str
    sheet: Key
    labels: int  # the columns of the labels and of the numbers, from one
    numbers: int
    start: int  # the first of the rows
    values: tuple[tuple[str, Decimal], ...]  # of each row, for programs that compute nothing


class Column(NamedTuple):
    """A column's heading, least and most width, look: text, aside, unit, heading, number, value.

    Columns whose text `flows` share the room that the others leave, by their needs up to `high`.
    """

    title: str | Pair
    low: float
    high: float
    look: str = "text"
    flows: bool = False

    @property
    def heading(self) -> str:
        """The heading as one text."""
        return self.title.lines if isinstance(self.title, Pair) else self.title

    @property
    def right(self) -> bool:
        """Whether the column stands at its right: a figure's number, in bold, or any other."""
        return self.look in ("number", "value")

    @property
    def indented(self) -> bool:
        """Whether it keeps a distance from its neighbour."""
        return self.right or self.look == "aside"


class Line(NamedTuple):
    """A line above a table: not wrapped, it runs on over the columns."""

    text: str
    size: float = SMALL
    bold: bool = False
    link: Link | str | None = None


def lines(
    text: str, size: float = SMALL, bold: bool = False, link: Link | str | None = None
) -> list[Line]:
    """A text as the lines it takes above a table, each no wider than the page."""
    parts = fit.wrap(visible(text).replace("\n", " "), size, WIDTH)
    return [Line(part, size, bold, link) for part in parts]


def titles(words: Sequence[str], size: float = HEADING) -> list[Line]:
    """A title above a table, in one language or in two."""
    first, *others = words
    found = lines(first, size, bold=True)
    for other in others:
        found += lines(other, SIZE + 1, bold=True)
    return found


class Sheet(NamedTuple):
    """One sheet: lines above, then a table with the ASCII name `table`, or plain rows if empty."""

    key: Key
    name: str
    lines: list[Line]
    table: str
    columns: list[Column]
    rows: list[list[Cell]]
    # (number of a column, word): cells that hold the word stand out in red.
    marks: tuple[tuple[int, str], ...] = ()
    turn: int = 0  # the row with which a second page begins, where one is not enough
    charts: tuple[Chart, ...] = ()  # one for each row, drawn over its last cell
    least: float = 0  # points: no row is lower

    @property
    def title(self) -> list[str]:
        """The lines in bold above the table."""
        return [line.text for line in self.lines if line.bold]

    @property
    def first(self) -> int:
        """The row of the sheet in which the table's first row stands."""
        return len(self.lines) + (2 if self.table else 1)

    @property
    def last(self) -> int:
        """The row of the sheet in which the last row stands."""
        return self.first + len(self.rows) - 1

    @property
    def quoted(self) -> str:
        """The sheet's name, as a link or a formula wants it."""
        return "'" + self.name.replace("'", "''") + "'"

    def place(self, row: int | None = None) -> str:
        """The address of a row of the table, or of the sheet's top."""
        return f"{self.quoted}!A{1 if row is None else self.first + row}"


def unique(name: str, taken: set[str], longest: int = 31) -> str:
    """The name as Excel allows it for a sheet, unlike those already taken, to which it is added."""
    name = re.sub(r"[\[\]:*?/\\\n]", " ", visible(name))[:longest].strip(" '") or "-"
    found, number = name, 1
    while found.lower() in taken:
        number += 1
        found = f"{name[: longest - len(str(number)) - 1]} {number}"
    taken.add(found.lower())
    return found
