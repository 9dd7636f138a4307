"""How a sheet is laid out on paper: the width of each column, the height of each row, the pages."""

from collections.abc import Sequence
from math import floor
from typing import NamedTuple

from baoding_data.words import Pair
from baoding_data.workbook import fit
from baoding_data.workbook.fit import HEIGHT, SECOND
from baoding_data.workbook.flat import visible
from baoding_data.workbook.sheet import (
    LOOKS,
    Block,
    Cell,
    Column,
    Content,
    Formula,
    Number,
    Sheet,
)

SHRUNK = 1.12  # a sheet that is higher than its pages by no more is printed smaller
WHOLE = 100  # per cent


class Laid(NamedTuple):
    """A sheet on paper: the widths of its columns, the heights of its rows, before which rows new
    pages begin, and of how many per cent it is printed if it is on several.
    """

    widths: list[float]
    heights: list[float]
    breaks: list[int]
    scale: int = WHOLE

    @property
    def pages(self) -> int:
        """How many pages it takes."""
        return len(self.breaks) + 1


def laid(sheet: Sheet) -> Laid:
    """A sheet laid out on pages."""
    table = next((block for block in sheet.blocks if block.table), None)
    rows = [
        [paragraphs(cell, column) for cell, column in zip(row, sheet.columns, strict=True)]
        for row in (table.rows if table else ())
    ]
    widths = fit.widths(sheet.columns, rows)
    heights: list[float] = []
    kept: list[bool] = []  # whether a row must not begin a page
    for block in sheet.blocks:
        of_block = _heights(block, sheet.columns, widths)
        kept += [
            bool(block.chart) or (at == 1 and len(of_block) > 1) for at in range(len(of_block))
        ]
        heights += of_block
    header = _header(sheet.columns, widths) if table else 0
    return Laid(widths, heights, *_broken(heights, kept, header))


def _broken(heights: Sequence[float], kept: Sequence[bool], header: float) -> tuple[list[int], int]:
    """Before which rows a new page begins, and the scale; rows that are `kept` stand below the one
    before. What would fill little of its last page is printed smaller.
    """
    starts = [row for row, stays in enumerate(kept) if not stays]
    ends = [*starts[1:], len(heights)]
    units = [fit.added(heights[a:b]) for a, b in zip(starts, ends, strict=True)]
    tried = ((HEIGHT, WHOLE), (SHRUNK * HEIGHT, floor(WHOLE / SHRUNK)))
    broken = [(fit.page_breaks(units, room, room - header), scale) for room, scale in tried]
    units_before, scale = min(broken, key=lambda one: len(one[0]))
    return [starts[unit] for unit in units_before], scale


def _heights(block: Block, columns: Sequence[Column], widths: Sequence[float]) -> list[float]:
    found = [_header(columns, widths)] if block.table else []
    for row in block.rows:
        found.append(max(_height(row, columns, widths), block.least))
    return [min(fit.HIGHEST, round(height, 1)) for height in found]


def _header(columns: Sequence[Column], widths: Sequence[float]) -> float:
    headings = [fit.heading(column.heading) for column in columns]
    pairs = zip(headings, widths, columns, strict=True)
    return 7 + max(fit.height(text, width - _indent(column.look)) for text, width, column in pairs)


def _height(row: Sequence[Cell], columns: Sequence[Column], widths: Sequence[float]) -> float:
    """The height of a row: of its highest cell, with the gap that its look asks for."""
    found, at = 0.0, 0
    for cell in row:
        column = columns[at]
        look = cell.look or column.look
        width = fit.added(widths[at : at + cell.span]) - _indent(look)
        found = max(found, fit.height(paragraphs(cell, column), width) + LOOKS[look].gap)
        at += cell.span
    return found + fit.MARGIN


def _indent(look: str) -> float:
    return fit.INDENT * LOOKS[look].indented


def paragraphs(cell: Cell, column: Column) -> fit.Paragraphs:
    """The paragraphs of a cell with their sizes, as `fit` measures them."""
    look = LOOKS[cell.look or column.look]
    content: Content = cell.content
    if isinstance(content, Formula):
        content = content.value
    if isinstance(content, Number):
        content = content.shown
    if isinstance(content, Pair):
        return (*_sized(content.zh, look.size), *_sized(content.en, min(SECOND, look.size)))
    text = content if isinstance(content, str) else f"{content:,}"
    return _sized(text, look.size * (fit.BOLD if look.bold and not fit.has_han(text) else 1))


def _sized(text: str, size: float) -> fit.Paragraphs:
    return tuple((line, size) for line in visible(text).split("\n"))
