"""Numbers of different things as print alone, since no bar would compare them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from baoding_data.charts.page import Heading, Page, columns, label, lines_of, new_page
from baoding_data.charts.palette import GREY, INK, ROLES
from baoding_data.charts.rows import Group, Labelled, Lang, read, read_groups
from baoding_data.charts.typesetting import (
    NUMBER,
    PANEL,
    PLAIN,
    SMALL,
    TILE,
    Block,
    number_of,
    wrapped,
)


@dataclass(frozen=True)
class _Tile(Labelled):
    text: str
    missing: bool = False

    def block(self, room: float) -> Block:
        """The number in both languages, and what it counts."""
        style = TILE._replace(color=GREY, size=15) if self.missing else TILE
        return wrapped(room, *number_of(self.text, style, PLAIN), *lines_of(self))


@dataclass(frozen=True)
class _Entry(Labelled):
    text: str
    role: str = "main"

    def number(self, room: float) -> Block:
        return wrapped(room, *number_of(self.text, NUMBER._replace(color=ROLES[self.role])))


def tiles(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """Numbers of different things side by side, as print alone: no bar would compare them.

    Columns: label_zh, label_en, text ("2万多名 / more than 20,000"), and where wanted missing (True
    where the text says that there is no number). Raises BaodingError where a cell is not what its
    column holds.

    >>> row = {"label_zh": "案卷", "label_en": "case files", "text": "319份 / 319"}
    >>> heading = Heading("评查319份", "319 reviewed", "", "", "报告", "The report")
    >>> figure = tiles(pd.DataFrame([row]), heading)
    """
    rows = read("tiles", table, _Tile, lang)
    lefts, width = columns(3)
    with new_page(heading, lang) as page:
        for start in range(0, len(rows), len(lefts)):
            blocks = [row.block(width) for row in rows[start : start + len(lefts)]]
            for left, block in zip(lefts, blocks, strict=False):
                page.line((left, left + width), (page.y, page.y), INK)
                page.write(left, page.y + 0.08, block)
            page.y = max(page.y + 0.08 + block.height for block in blocks) + 0.2
    return page.figure


def sheet(groups: Sequence[Group], heading: Heading, lang: Lang = "both") -> Figure:
    """Many numbers on one page, group by group in two columns: a heading, then a line for each.

    groups: a list of (title_zh, title_en, table); columns: label_zh, label_en, text (as printed),
    and where wanted role. Raises BaodingError where there is no group, or a cell is not what its
    column holds.

    >>> row = {"label_zh": "案卷", "label_en": "case files", "text": "319份 / 319"}
    >>> heading = Heading("评查319份", "319 reviewed", "", "", "报告", "The report")
    >>> figure = sheet([("行政执法", "enforcement", pd.DataFrame([row]))], heading)
    """
    entries = read_groups("sheet", groups, _Entry, lang)
    with new_page(heading, lang) as page:
        (lefts, width), bottoms = columns(2), [page.y, page.y]
        numbers = [row.number(width * 0.45) for _, rows in entries for row in rows]
        indent = max(number.width for number in numbers) + 0.14
        for head, rows in entries:  # below the shorter column: the page is read from its top
            column = bottoms.index(min(bottoms))
            left, page.y = lefts[column], bottoms[column]
            _draw_head(page, head, left, width)
            for row in rows:
                number, words = row.number(width * 0.45), label(row, width - indent)
                page.write(left, page.y, number)
                page.write(left + indent, page.y + 0.02, words)
                page.y += max(number.height, words.height + 0.02) + 0.07
            bottoms[column] = page.y + 0.16
        page.y = max(bottoms) - 0.16
    return page.figure


def _draw_head(page: Page, head: Labelled, left: float, width: float) -> None:
    """The title of a group, the English beside the Chinese where there is room."""
    zh, en = wrapped(width, (head.label_zh, PANEL)), wrapped(width, (head.label_en, SMALL))
    page.line((left, left + width), (page.y, page.y), INK)
    end = page.write(left, page.y + 0.06, zh) + 0.1
    page.y += 0.06 + zh.height
    if len(zh) == len(en) == 1 and end + en.width <= left + width:
        page.beside(end, page.y + 0.02 - zh.height / 2, en)
    else:
        page.write(left, page.y, en)
        page.y += en.height
    page.y += 0.06
