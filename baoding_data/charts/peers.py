"""Numbers of several places side by side, as dots: differently defined figures are never bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from baoding_data import limits
from baoding_data.charts.counts import Bar, beside_labels, draw_bars
from baoding_data.charts.page import (
    DOT,
    MARGIN,
    RIGHT,
    WIDTH,
    Heading,
    Page,
    apart,
    lines_of,
    name_of,
    new_page,
    ticks,
)
from baoding_data.charts.palette import BLUE, GREY, INK
from baoding_data.charts.rows import Labelled, Lang, read, wrong
from baoding_data.charts.typesetting import NUMBER, Block, number_of, wrapped
from baoding_data.errors import refuse

GRADE_OF_ROLE = {"peer": "A", "near": "B"}
Point = tuple[float, float]
NEAR, BEND, APART = DOT + 0.02, 0.28, 0.1  # of the ways from rings to labels, in inches
DRIFT, MOST_ROWS = 1.0, 8  # inches between a label and its ring; rows on both sides together


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
        style = NUMBER._replace(color=BLUE if self.own else INK)
        return wrapped(1.5, *number_of(self.text, style), *lines_of(self, bold=self.own))


def points(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """Numbers of several places as dots on lines from zero.

    Columns as for `bars`; the role main is the own place, peer (grade A) a solid grey dot, near
    (grade B) a hollow one, and a key says so.
    Raises BaodingError where a cell is not what its column holds.

    >>> row = {"label_zh": "某市", "label_en": "A city", "value": 193, "text": "193"}
    >>> heading = Heading("申请193件", "193 requests", "", "", "报告", "The report")
    >>> figure = points(pd.DataFrame([row]), heading)
    """
    rows = read("points", table, Bar, lang)
    with new_page(heading, lang) as page:
        page.grades([GRADE_OF_ROLE.get(row.role) for row in rows])
        draw_bars(page, rows, beside_labels(rows), point=True)
    return page.figure


def spread(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """Many places on one axis from zero, a ring for each; the named bear their label and number.

    Columns: label_zh, label_en, value, text, own (True: blue), named (True: labelled; all may be),
    and where wanted bound, as for `bars`. Raises BaodingError where a cell is not what its column
    holds.

    >>> row = {"label_zh": "河北", "label_en": "Hebei", "value": 9.4, "text": "9.4"}
    >>> heading = Heading("每万人9.4件", "9.4 for 10,000 people", "", "", "年鉴", "The yearbook")
    >>> figure = spread(pd.DataFrame([row]).assign(own=True, named=True), heading)
    """
    rows = read("spread", table, _Place, lang, limits.MARKS)
    scale = ticks(0, max(row.value for row in rows), 8)
    left, right = MARGIN + 0.1, RIGHT - 0.35
    named = sorted((row for row in rows if row.named), key=lambda row: row.value)
    rings = [left + row.value / scale[-1] * (right - left) for row in named]
    above, below = _sides(
        [_Label(row, row.block(), x) for row, x in zip(named, rings, strict=True)]
    )
    with new_page(heading, lang) as page:
        middle = page.y + above.height + NEAR
        page.y = middle + 0.2
        at = page.axis(scale, left, right, middle - 0.2, unit="")
        above.draw(page, [[(x, middle - NEAR)] for x in above.rings], -1)
        past = _past_names(below.rings, [(at(tick), name_of(tick).width) for tick in scale])
        starts = [
            [(ring, middle + NEAR), (x, middle + 0.2), (x, page.y)]
            for ring, x in zip(below.rings, past, strict=True)
        ]
        below.draw(page, starts, 1)
        page.y += below.height
        for row in sorted(rows, key=lambda row: row.own):
            page.dot(at(row.value), middle, row.color, not row.own, row.bound)
    return page.figure


class _Label(NamedTuple):
    """What names a place, and where its ring stands."""

    row: _Place
    block: Block
    ring: float


class _Side:
    """The labels on one side of the axis, in the order of their values, dealt out to some rows. The
    way to a label leads past the nearer rows, between their labels; no two ways cross.
    """

    def __init__(self, labels: Sequence[_Label], rows: int):
        self.labels, self.fits = labels, True
        self.rows = [number % rows for number in range(len(labels))]
        self.heights = [
            max(label.block.height for label in labels[row::rows])
            for row in range(min(rows, len(labels)))
        ]
        self.ways: list[list[float]] = [[] for _ in labels]
        at = list(self.rings)
        for row in range(len(self.heights)):
            here = [number for number, own in enumerate(self.rows) if own >= row]
            widths = [labels[n].block.width if self.rows[n] == row else 0.0 for n in here]
            self.fits &= sum(widths) + APART * (len(here) - 1) <= RIGHT - MARGIN
            middles = [at[n] for n in here]
            for n, x, width in zip(here, _between(middles, widths), widths, strict=True):
                self.ways[n].append(x)
                at[n] = x + width / 2
        # How far a label is from its ring at most; the farther, the higher the first bend.
        self.drift = max((abs(x - ring) for x, ring in zip(at, self.rings, strict=True)), default=0)
        self.bends = [BEND + (0 if row else 0.1 * self.drift) for row in range(len(self.heights))]

    @property
    def rings(self) -> list[float]:
        return [label.ring for label in self.labels]

    @property
    def height(self) -> float:
        return sum(self.bends) + sum(self.heights)

    def draw(self, page: Page, starts: Sequence[list[Point]], down: int) -> None:
        """The labels and the ways to them from where each starts, up (-1) or down (1) the page."""
        every = zip(self.rows, self.labels, self.ways, starts, strict=True)
        for row, label, way, points in sorted(every, key=lambda one: one[1].row.own):
            for bend, height, x in zip(self.bends, self.heights[:row], way, strict=False):
                points += _bend(points[-1], x, down * bend)
                points.append((x, points[-1][1] + down * height))
            left, x = way[-1], points[-1][0]
            foot = min(max(x, left), left + label.block.width)
            points += _bend(points[-1], foot, down * self.bends[row])
            xs, ys = zip(*points, strict=True)
            page.line(xs, [*ys[:-1], ys[-1] - 0.03 * down], label.row.color, 0.7, "way")
            page.write(left, ys[-1] - (label.block.height if down < 0 else 0), label.block)


def _sides(labels: Sequence[_Label]) -> tuple[_Side, _Side]:
    """The labels above and below the axis, in as few rows as hold them near enough to their rings;
    raises BaodingError where no number of rows does.
    """
    several = [
        (_Side(labels[::2], (rows + 1) // 2), _Side(labels[1::2], rows // 2))
        if rows > 1
        else (_Side(labels, 1), _Side([], 1))
        for rows in range(1, MOST_ROWS + 1)
    ]
    fitting = [sides for sides in several if all(side.fits for side in sides)]
    if not fitting:
        found = f"{len(labels)} named places"
        refuse([wrong("spread", "named", found, "fewer", "name those that the finding speaks of")])
    near = (sides for sides in fitting if max(side.drift for side in sides) <= DRIFT)
    return next(near, fitting[0])


def _bend(start: Point, x: float, down: float) -> list[Point]:
    """The way from a point to another column, so far down the page between two rows."""
    y = start[1]
    return [(start[0], y + 0.15 * down), (x, y + 0.75 * down), (x, y + down)]


def _between(middles: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Left edges of what is to stand around some middles: as far to the right as to the left."""
    wanted = [x - width / 2 for x, width in zip(middles, widths, strict=True)]
    mirrored = [WIDTH - x - width for x, width in zip(wanted, widths, strict=True)]
    right = apart(wanted, widths, APART)
    left = apart(mirrored[::-1], widths[::-1], APART)[::-1]
    return [
        (one + WIDTH - other - width) / 2
        for one, other, width in zip(right, left, widths, strict=True)
    ]


def _past_names(rings: Sequence[float], names: Sequence[tuple[float, float]]) -> list[float]:
    """Where the ways from some rings pass the names of an axis, which are (middle, width)."""
    past = []
    for (start, width), (end, other) in pairwise([*names, (RIGHT, 0.0)]):
        here = [x for x in rings if start <= x < end]
        left, right = start + width / 2 + 0.05, end - other / 2 - 0.05
        gap = min(APART / 2, (right - left) / (len(here) + 1))
        past += apart(here, [0.0] * len(here), gap, left, right)
    return past
