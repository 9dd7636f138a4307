"""Numbers of several places side by side, as dots: differently defined figures are never bars."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from baoding_data.charts.counts import Bar, beside_labels, draw_bars
from baoding_data.charts.page import MARGIN, RIGHT, Heading, apart, lines_of, new_page, ticks
from baoding_data.charts.palette import BLUE, GREY, INK
from baoding_data.charts.rows import Labelled, Lang, halves, read
from baoding_data.charts.typesetting import NUMBER, SMALL, Block, wrapped


@dataclass(frozen=True)
class _Place(Labelled):
    value: float
    text: str
    own: bool
    named: bool
    bound: str = "exact"

    @property
    def color(self) -> str:
        return BLUE if self.own else GREY

    def block(self) -> Block:
        """Number and label."""
        number, (zh, en) = NUMBER._replace(color=BLUE if self.own else INK), halves(self.text)
        return wrapped(1.5, (zh, number), (en, SMALL), *lines_of(self, bold=self.own))


def points(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """Numbers of several places as dots on lines from zero.

    Columns as for `bars`; the role main is the own place, peer a solid grey dot, near a hollow one.
    Raises BaodingError where a cell is not what its column holds.

    >>> row = {"label_zh": "某市", "label_en": "A city", "value": 193, "text": "193"}
    >>> heading = Heading("申请193件", "193 requests", "", "", "报告", "The report")
    >>> figure = points(pd.DataFrame([row]), heading)
    """
    rows = read("points", table, Bar, lang)
    with new_page(heading, lang) as page:
        draw_bars(page, rows, beside_labels(rows), point=True)
    return page.figure


def spread(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """Many places on one axis from zero, a ring for each; the named bear their label and number.

    Columns: label_zh, label_en, value, text, own (True: blue), named (True: labelled), and
    where wanted bound, as for `bars`. Raises BaodingError where a cell is not what its column holds.

    >>> row = {"label_zh": "河北", "label_en": "Hebei", "value": 9.4, "text": "9.4"}
    >>> heading = Heading("每万人9.4件", "9.4 for 10,000 people", "", "", "年鉴", "The yearbook")
    >>> figure = spread(pd.DataFrame([row]).assign(own=True, named=True), heading)
    """
    rows = read("spread", table, _Place, lang)
    with new_page(heading, lang) as page:
        named = sorted((row for row in rows if row.named), key=lambda row: row.value)
        blocks = [row.block() for row in named]
        top = page.y + max((block.height for block in blocks), default=0)
        middle, page.y = top + 0.42, top + 0.62
        scale = ticks(0, max(row.value for row in rows))
        at = page.axis(scale, MARGIN + 0.1, RIGHT - 0.35, page.y - 0.4, unit="")
        rings, widths = [at(row.value) for row in named], [block.width for block in blocks]
        wanted = [ring - width / 2 for ring, width in zip(rings, widths, strict=True)]
        places = apart(wanted, widths, 0.2)
        for row, block, ring, x in zip(named, blocks, rings, places, strict=True):
            page.write(x, top - block.height, block)
            foot = min(max(ring, x), x + block.width)
            ys = (top + 0.04, top + 0.1, top + 0.22, middle - 0.08)
            page.line((foot, foot, ring, ring), ys, row.color)
        for row in sorted(rows, key=lambda row: row.own):
            page.dot(at(row.value), middle, row.color, not row.own, row.bound)
    return page.figure
