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
    Cell,
    Column,
    Content,
    Formula,
    Link,
    Look,
    Number,
    Sheet,
    SheetKey,
)

SHRUNK = 1.15  # a sheet that is higher than its pages by no more is printed smaller
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


class Pages:
    """On which printed page something stands; the first of the sheets begins on page `first`."""

    def __init__(self, sheets: Sequence[tuple[Sheet, Laid]], first: int):
        self.found: dict[SheetKey, tuple[Sheet, Laid, int]] = {}
        for sheet, page in sheets:
            self.found[sheet.key] = sheet, page, first
            first += page.pages

    def of(self, link: Link) -> int:
        """The page to which a link leads."""
        sheet, page, first = self.found[link.sheet]
        row = 1 if link.row is None else sheet.starts[link.block] + link.row
        return first + sum(before < row for before in page.breaks)


def laid(sheet: Sheet) -> Laid:
    """A sheet laid out on pages."""
    columns = sheet.columns
    table = next((block for block in sheet.blocks if block.table), None)
    rows = [_paragraphs(row, columns) for row in (table.rows if table else ())]
    widths = fit.widths(columns, rows)
    heights: list[float] = []
    kept: list[bool] = []  # whether a row must not begin a page
    for block in sheet.blocks:
        texts = rows if block is table else [_paragraphs(row, columns) for row in block.rows]
        of_block = [_header(columns, widths)] if block.table else []
        pairs = zip(block.rows, texts, strict=True)
        of_block += [max(_height(*pair, columns, widths), block.least) for pair in pairs]
        heights += [min(fit.HIGHEST, round(height, 1)) for height in of_block]
        several = len(of_block) > 1
        kept += [bool(block.chart) or (several and at == 1) for at in range(len(of_block))]
    return Laid(widths, heights, *_broken(heights, kept, _header(columns, widths) if table else 0))


def _broken(heights: Sequence[float], kept: Sequence[bool], header: float) -> tuple[list[int], int]:
    """Before which rows a new page begins, and the scale; rows that are `kept` stand below the one
    before. What would fill little of its last page is printed smaller, by the program where it is
    to be one.
    """
    if fit.added(heights) <= SHRUNK * HEIGHT:
        return [], WHOLE
    starts = [row for row, stays in enumerate(kept) if not stays]
    ends = [*starts[1:], len(heights)]
    units = [fit.added(heights[a:b]) for a, b in zip(starts, ends, strict=True)]
    tried = ((HEIGHT, WHOLE), (SHRUNK * HEIGHT, floor(WHOLE / SHRUNK)))
    broken = [(fit.page_breaks(units, room, room - header), scale) for room, scale in tried]
    units_before, scale = min(broken, key=lambda one: len(one[0]))
    return [starts[unit] for unit in units_before], scale


def _header(columns: Sequence[Column], widths: Sequence[float]) -> float:
    headings = [fit.heading(column.heading) for column in columns]
    pairs = zip(headings, widths, columns, strict=True)
    return 7 + max(
        fit.height(text, width - fit.INDENT * column.indented) for text, width, column in pairs
    )


def _height(
    row: Sequence[Cell],
    texts: Sequence[fit.Paragraphs],
    columns: Sequence[Column],
    widths: Sequence[float],
) -> float:
    """The height of a row: of its highest cell, with the gap that its look asks for."""
    found, at = 0.0, 0
    for cell, text in zip(row, texts, strict=True):
        look = LOOKS[cell.look or columns[at].look]
        width = widths[at] if cell.span == 1 else fit.added(widths[at : at + cell.span])
        height = fit.height(text, width - fit.INDENT * look.indented)
        found = max(found, height + look.gap)
        at += cell.span
    return found + fit.MARGIN


def _paragraphs(row: Sequence[Cell], columns: Sequence[Column]) -> list[fit.Paragraphs]:
    """The paragraphs of a row's cells, as `fit` measures them."""
    found, at = [], 0
    for cell in row:
        found.append(paragraphs(cell, LOOKS[cell.look or columns[at].look]))
        at += cell.span
    return found


def paragraphs(cell: Cell, look: Look) -> fit.Paragraphs:
    """The paragraphs of a cell with their sizes, as `fit` measures them."""
    content: Content = cell.content
    if isinstance(content, Formula):
        content = content.value
    if isinstance(content, Number):
        content = content.shown
    if isinstance(content, Pair):
        second = look._replace(size=min(SECOND, look.size), bold=False)
        return (*_sized(content.zh, look), *_sized(content.en, second))
    return _sized(content if isinstance(content, str) else f"{content:,}", look)


def _sized(text: str, look: Look) -> fit.Paragraphs:
    """The lines of a text, those in bold Latin letters as wide as they are."""
    return tuple(
        (line, look.size * (fit.BOLD if look.bold and not fit.has_han(line) else 1))
        for line in visible(text).split("\n")
    )
