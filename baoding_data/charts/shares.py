"""Shares in per cent, with both counts and their interval: rates on a track, places as dots."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from baoding_data.charts.counts import BAR
from baoding_data.charts.page import MARGIN, RIGHT, Heading, Page, label, new_page, ticks
from baoding_data.charts.palette import BLUE, GREY, INK, RED, ROLES, RULE
from baoding_data.charts.rows import Labelled, read, wrong
from baoding_data.charts.typesetting import NUMBER, PLAIN, SMALL, Block, say, wrapped
from baoding_data.comparison.shares import LEVEL
from baoding_data.errors import Finding, refuse

NO_COUNTS = [("件数未载", SMALL), ("counts not stated", SMALL)]
THIN_LINE = (
    (f"细线为{LEVEL}%区间。", SMALL),
    (f"The thin line is the {LEVEL}% interval.", SMALL),
)


@dataclass(frozen=True)
class Share(Labelled):
    """A share in per cent: the ends of its interval and both counts, or none of these."""

    value: float
    low: float | None
    high: float | None
    part: float | None
    whole: float | None

    @property
    def interval(self) -> tuple[float, float] | None:
        return None if self.low is None or self.high is None else (self.low, self.high)

    @property
    def counted(self) -> str:
        """Both counts as they are printed: 1/45."""
        if self.part is None or self.whole is None:
            return ""
        return f"{say(self.part)}/{say(self.whole)}"


@dataclass(frozen=True)
class _Rate(Share):
    text: str
    role: str = "main"

    def cells(self) -> list[Block]:
        """Label, rate as printed, counts."""
        zh, _, en = self.text.partition(" / ")
        number = NUMBER._replace(color=RED if self.role == "lost" else INK)
        ends = "{:.2f}–{:.2f}%".format(*self.interval) if self.interval else ""
        counts = [(self.counted, PLAIN), (ends, SMALL)] if ends else NO_COUNTS
        return [label(self), wrapped(1.5, (zh, number), (en, SMALL)), Block(counts)]


@dataclass(frozen=True)
class _Dot(Share):
    grade: str | None
    own: bool
    text: str = ""

    def cells(self) -> list[Block]:
        """Label, share, counts, grade."""
        number = NUMBER._replace(color=BLUE if self.own else INK, bold=self.own)
        share = wrapped(1.4, (self.text or f"{self.value:.2f}%", number))
        counts = [(self.counted, PLAIN)] if self.counted else NO_COUNTS
        grade = wrapped(1, (self.grade or "", PLAIN))
        return [label(self, bold=self.own), share, Block(counts), grade]


class _Grid(NamedTuple):
    """Where the columns of cells start, and the room for the marks between the first two."""

    starts: list[float]
    left: float
    right: float

    def write(self, page: Page, cells: Sequence[Block], middle: float) -> None:
        for x, block in zip(self.starts, cells, strict=True):
            page.beside(x, middle, block)


def rates(table: pd.DataFrame, heading: Heading) -> Figure:
    """Printed rates as bars on a track to 100%, with both counts, or that they are not stated.

    Columns: label_zh, label_en, value (in %), low, high (of the 95% interval, in %), part, whole
    (counts), text (as printed: "31.3%", or "99%以上 / at least 99%"), and where wanted role. low,
    high, part and whole are all empty where the counts are not stated. Raises BaodingError where a
    cell is not what its column holds, or a share does not lie in its interval.

    >>> row = {"label_zh": "败诉率", "label_en": "loss rate", "value": 2.22, "text": "2.22%",
    ...        "low": 0.39, "high": 11.57, "part": 1, "whole": 45}
    >>> heading = Heading("败诉率2.22%", "Loss rate 2.22%", "", "", "报告", "The report")
    >>> figure = rates(pd.DataFrame([row]), heading)
    """
    rows = read("rates", table, _Rate)
    refuse(problems_of("rates", rows))
    with new_page(heading) as page:
        cells, top = [row.cells() for row in rows], page.y
        grid = _grid(cells, (0.3, 0.25))
        heights = [max(BAR, *(block.height for block in line)) + 0.14 for line in cells]
        page.y += sum(heights)
        at = page.axis([0, 50, 100], grid.left, grid.right, top)
        for row, line, height in zip(rows, cells, heights, strict=True):
            middle, top = top + height / 2, top + height
            for end, color, name in ((100, RULE, "track"), (row.value, ROLES[row.role], "bar")):
                page.bar(grid.left, middle - BAR / 2, at(end) - grid.left, BAR, color, name)
            if row.interval:
                page.line([*map(at, row.interval)], (middle, middle), INK, 1.4, "interval")
            grid.write(page, line, middle)
        if any(row.interval for row in rows):
            page.flow(*THIN_LINE)
    return page.figure


def dots(table: pd.DataFrame, heading: Heading) -> Figure:
    """Shares of several places as dots with their 95% intervals, on an axis that says its start.

    Columns: label_zh, label_en, value, low, high (in %), part, whole (counts), grade (A solid, B
    hollow; may be empty for the own place), own (True: blue and bold), and where wanted text (the
    share as printed). low, high, part and whole are all empty where the counts are not stated.
    Raises BaodingError where a cell is not what its column holds, or a share does not lie in its
    interval.

    >>> row = {"label_zh": "某市", "label_en": "A city", "value": 2.22, "low": 0.39, "high": 11.57,
    ...        "part": 1, "whole": 45, "grade": "", "own": True}
    >>> heading = Heading("败诉率2.22%", "Loss rate 2.22%", "", "", "报告", "The report")
    >>> figure = dots(pd.DataFrame([row]), heading)
    """
    rows = read("dots", table, _Dot)
    wanted = "A or B for every place but the own one"
    ungraded = [number for number, row in enumerate(rows, 1) if not (row.own or row.grade)]
    grades = [wrong("dots", "grade", "none", wanted, row=number) for number in ungraded]
    refuse([*problems_of("dots", rows), *grades])
    with new_page(heading) as page:
        cells, top = [row.cells() for row in rows], page.y
        grid = _grid(cells, (0.25, 0.22, 0.18))
        heights = [max(0.34, *(block.height for block in line)) + 0.1 for line in cells]
        page.y += sum(heights) + 0.08
        at = _axis(page, rows, grid, top)
        for row, line, height in zip(rows, cells, heights, strict=True):
            middle, top = top + 0.04 + height / 2, top + height
            grid.write(page, line, middle)
            color = BLUE if row.own else GREY
            if row.interval:
                page.line([*map(at, row.interval)], (middle, middle), color, 2.4, "interval")
            page.dot(at(row.value), middle, color, hollow=row.grade == "B")
    return page.figure


def problems_of(kind: str, shares: Iterable[Share]) -> list[Finding]:
    """What is wrong: a share lies in its interval, and comes with both counts or with none."""
    found = []
    for number, row in enumerate(shares, 1):
        four = [cell for cell in (row.low, row.high, row.part, row.whole) if cell is not None]
        most, says = max(row.value, row.high or 0), []
        if len(four) == 4:
            low, high, part, whole = four
            if not (low <= row.value <= high and part <= whole and whole):
                shown = f"{low:g} ≤ {row.value:g} ≤ {high:g} and {part:g} of {whole:g}"
                says.append((shown, "the value in its interval and the part in its whole"))
        elif four:
            says.append(("only some of low, high, part, whole", "all four or none"))
        if most > 100:
            says.append((f"{most:g}%", "at most 100"))
        found += [wrong(kind, "", *words, row=number) for words in says]
    return found


def _axis(page: Page, rows: Sequence[Share], grid: _Grid, top: float) -> Callable[[float], float]:
    """An axis for all shares and intervals, which says so where it does not start from zero."""
    ends = [end for row in rows for end in (row.value, *(row.interval or ()))]
    most = max(1, min(5, int(grid.right - grid.left) * 2))
    places = ticks(min(ends), max(ends), most)
    at = page.axis(places, grid.left, grid.right, top)
    if start := places[0]:
        zh = f"横轴从{start:g}%开始，不从零开始"
        en = f"axis starts at {start:g}%, not at zero"
        words = Block([(zh, SMALL), (en, SMALL)])
        page.write(at(start), page.y + 0.03, words)
        page.y += 0.03 + words.height
    return at


def _grid(cells: Sequence[Sequence[Block]], gaps: Sequence[float]) -> _Grid:
    """The labels at the left, the other columns up to the right margin, a gap before each."""
    labels, *widths = [max(block.width for block in line) for line in zip(*cells, strict=True)]
    starts, end = [], RIGHT
    for width, gap in zip(reversed(widths), reversed(gaps), strict=True):
        starts.insert(0, end - width)
        end = starts[0] - gap
    return _Grid([MARGIN, *starts], MARGIN + labels + 0.2, end)
