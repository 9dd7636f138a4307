"""What a sheet is before it is printed: blocks of rows in columns, links, charts; no figures."""

import re
import unicodedata
from collections.abc import Hashable, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from baoding_data.words import Pair
from baoding_data.workbook.fit import HEADING, SIZE, SMALL
from baoding_data.workbook.flat import visible

LONG_TABLE = 25  # rows; a longer table keeps its header in sight on the screen
SheetKey = Hashable  # what links call a sheet by


class Look(NamedTuple):
    """How a cell looks: the size of its type, and the names of what else is not plain about it."""

    size: float = SIZE
    color: str = "ink"
    bold: bool = False
    right: bool = False
    indented: bool = False
    top: bool = False  # else in the middle of a row
    gap: float = 0  # points above it


LOOKS = {
    "text": Look(),
    "aside": Look(indented=True),
    "number": Look(bold=True, right=True, indented=True),
    "value": Look(right=True, indented=True),
    "big": Look(14, "blue", bold=True, right=True, indented=True),
    "title": Look(HEADING, bold=True, gap=4),
    "subtitle": Look(SIZE + 1.5, bold=True),
    "section": Look(SIZE + 1.5, bold=True, gap=8),
    "finding": Look(bold=True, gap=6),
    "small": Look(SMALL, "grey"),
    "back": Look(SMALL, right=True),
    "entry": Look(top=True),
}


class Link(NamedTuple):
    """A place in this workbook: a row of one of a sheet's blocks, or the sheet's top."""

    sheet: SheetKey
    row: int | None = None
    block: str = ""


class Number(NamedTuple):
    """A number, how it reads in the cell, 2.22 as 2.22% and 20000 as 2万多名, and the unit in which
    another would read there.
    """

    value: Decimal
    shown: str
    unit: str = ""


class Formula(NamedTuple):
    """A live formula, and what it comes to, for programs that compute nothing."""

    text: str
    value: str | Number


Content = str | Pair | Decimal | int | Formula | Number


class Cell(NamedTuple):
    """What a cell holds; where it leads; from where to where its text stands out; how many columns
    it takes; how it looks, if not as its column does.
    """

    content: Content
    link: Link | str | None = None
    stress: tuple[tuple[int, int], ...] = ()
    span: int = 1
    look: str = ""


class Chart(NamedTuple):
    """A bar chart over a cell, of numbers below each other in a sheet's table; it follows them."""

    title: str
    sheet: SheetKey
    labels: int  # the columns of the labels and of the numbers, from one
    numbers: int
    start: int  # the first of the rows
    values: tuple[tuple[str, Number], ...]  # of each row, for programs that compute nothing
    words: str  # the same numbers for who cannot see it


class Column(NamedTuple):
    """A column's heading, least and most width, and its look, a name in `LOOKS`.

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
    def indented(self) -> bool:
        """Whether it keeps a distance from its neighbour."""
        return LOOKS[self.look].indented

    @property
    def whole(self) -> bool:
        """Whether it holds numbers, which programs show whole or not at all."""
        return self.look in ("number", "value", "big")


class Block(NamedTuple):
    """Rows below each other. With `table`, an ASCII name, they have a header and are a table of the
    spreadsheet program. No row is lower than `least` points; over the first a chart may lie.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    table: str = ""
    least: float = 0
    chart: Chart | None = None
    mark: tuple[int, str] | None = None  # cells of a column that hold a word stand out in red


class Sheet(NamedTuple):
    """One sheet: blocks of rows in the same columns, from the title down."""

    key: SheetKey
    name: str
    title: Sequence[str]
    columns: Sequence[Column]
    blocks: Sequence[Block]

    @property
    def starts(self) -> dict[str, int]:
        """In which row of the sheet each block begins, its header left out."""
        found, row = {}, 1
        for block in self.blocks:
            row += bool(block.table)
            found[block.name] = row
            row += len(block.rows)
        return found

    @property
    def last(self) -> int:
        """The last row of the sheet."""
        return sum(bool(block.table) + len(block.rows) for block in self.blocks)

    @property
    def quoted(self) -> str:
        """The sheet's name, as a link or a formula wants it."""
        return "'" + self.name.replace("'", "''") + "'"

    def place(self, row: int | None = None, block: str = "") -> str:
        """The address of a row of a block, or of the sheet's top."""
        return f"{self.quoted}!A{1 if row is None else self.starts[block] + row}"


def wide(columns: Sequence[Column], *lines: Cell) -> list[list[Cell]]:
    """Rows of one cell each, over all columns."""
    return [[line._replace(span=len(columns))] for line in lines]


def unique(name: str, taken: set[str], longest: int = 31) -> str:
    """The name as Excel allows it for a sheet, unlike those already taken, to which it is added."""
    name = "".join(sign if sign.isprintable() else " " for sign in visible(name))
    name = _cut(re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '"), longest).strip(" '") or "-"
    found, number = name, 1
    while _as_compared(found) in (taken | _RESERVED):
        number += 1
        found = f"{_cut(name, longest - len(str(number)) - 1)} {number}"
    taken.add(_as_compared(found))
    return found


_RESERVED = {"history"}  # a name that Excel keeps for itself


def _as_compared(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _cut(name: str, longest: int) -> str:
    """The beginning of a name, as long as Excel counts: a character beyond U+FFFF is two."""
    ends = accumulate(1 + (sign > "\uffff") for sign in name)
    return name[: sum(end <= longest for end in ends)]
