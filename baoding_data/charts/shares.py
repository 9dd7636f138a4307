"""Shares in per cent, with both counts and their interval: rates on a track, places as dots."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from baoding_data.charts.counts import BAR
from baoding_data.charts.page import MARGIN, RIGHT, SIDES, Heading, Page, label, new_page, ticks
from baoding_data.charts.palette import BLUE, GREY, INK, RED, ROLES, RULE
from baoding_data.charts.rows import Labelled, Lang, joined, read, spoken, wrong
from baoding_data.charts.typesetting import NUMBER, PLAIN, SMALL, Block, number_of, say, wrapped
from baoding_data.comparison.shares import COMPUTED, LEVEL, is_wide
from baoding_data.errors import Finding, refuse

NO_COUNTS = "件数未载", "counts not stated"
# The reports count all their cases, so that nothing here is said of samples.
THIN_LINE = (
    f"横线为{LEVEL}%威尔逊区间：横线长，表示件数少，几件之差就会使比率变动。",
    f"The line is the {LEVEL}% Wilson interval: where it is long, the cases are so few that a"
    " handful more or fewer would move the rate.",
)


@dataclass(frozen=True)
class Share(Labelled):
    """A share in per cent: the ends of its interval and both counts, or none of these and where the
    counts make no share why.
    """

    value: float
    part: float | None
    whole: float | None
    low: float | None = field(default=None, kw_only=True)
    high: float | None = field(default=None, kw_only=True)
    gap_zh: str = field(default="", kw_only=True)
    gap_en: str = field(default="", kw_only=True)
    bound: str = field(default="exact", kw_only=True)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its ends where it is wide enough to be told."""
        if self.low is None or self.high is None or not is_wide(self.low, self.high):
            return None
        return self.low, self.high

    @property
    def counted(self) -> str:
        """Both counts as they are printed: 1/45."""
        if self.part is None or self.whole is None:
            return ""
        return f"{say(self.part)}/{say(self.whole)}"

    @property
    def computed(self) -> float:
        """The share that the counts make, in per cent; 0 where there are none."""
        return 100 * (self.part or 0) / self.whole if self.whole else 0

    def problems(self) -> Iterator[tuple[str, str]]:
        """What was found and what was wanted."""
        given = [cell is not None for cell in (self.part, self.whole, self.low, self.high)]
        if given not in ([False] * 4, [True, True, False, False], [True] * 4):
            yield (
                "only some of part, whole, low, high",
                "both counts, and with them both ends or none",
            )
        elif self.part is not None and self.whole is not None:
            low, high = self.low or 0, 100 if self.high is None else self.high
            value = self.value if self.bound == "exact" else self.computed
            if not (low <= value <= high and self.part <= self.whole and self.whole):
                shown = f"{low:g} ≤ {value:g} ≤ {high:g} and {self.part:g} of {self.whole:g}"
                yield shown, "the value in its interval and the part in its whole"
        if (most := max(self.value, self.high or 0)) > 100:
            yield f"{most:g}%", "at most 100"

    def counts(self, lang: Lang) -> Block:
        """Both counts, or that they are not stated; the share that they make, where the printed one
        has a bound; the ends of the interval.
        """
        if not self.counted:
            gap = (self.gap_zh, self.gap_en) if self.gap_zh else spoken(lang, *NO_COUNTS)
            return wrapped(2, *((words, SMALL) for words in gap if words))
        ends = "{:.2f}–{:.2f}%".format(*self.interval) if self.interval else ""
        return wrapped(2, (self.counted, PLAIN), (self.makes(lang), SMALL), (ends, SMALL))

    def makes(self, lang: Lang) -> str:
        """The share that the counts make, where the printed one has a bound."""
        if self.bound == "exact":
            return ""
        return joined((f"= {self.computed:.2f}%", *spoken(lang, *COMPUTED)))


@dataclass(frozen=True)
class _Rate(Share):
    text: str
    role: str = "main"

    def cells(self, lang: Lang) -> list[Block]:
        """Label, rate as printed, counts."""
        style = NUMBER._replace(color=RED if self.role == "lost" else INK)
        return [label(self), wrapped(1.5, *number_of(self.text, style)), self.counts(lang)]


@dataclass(frozen=True)
class _Dot(Share):
    grade: str | None
    own: bool
    text: str = ""

    def cells(self, lang: Lang) -> list[Block]:
        """Label, share, counts, grade."""
        style = NUMBER._replace(color=BLUE if self.own else INK, bold=self.own)
        share = wrapped(1.4, *number_of(self.text or f"{self.value:.2f}%", style))
        grade = wrapped(1, (self.grade or "", PLAIN))
        return [label(self, bold=self.own), share, self.counts(lang), grade]


class _Grid(NamedTuple):
    """Where the columns of cells start, and the room for the marks between the first two."""

    starts: list[float]
    left: float
    right: float

    def write(self, page: Page, cells: Sequence[Block], middle: float) -> None:
        for x, block in zip(self.starts, cells, strict=True):
            page.beside(x, middle, block)


def rates(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """Printed rates as bars on a track to 100%, with both counts, or that they are not stated.

    Columns: label_zh, label_en, value (as printed, in %), part, whole (counts; both empty where
    they are not stated), text (as printed: "31.3%", or "99%以上 / at least 99%"), and where wanted
    low, high (of the 95% interval, in %; drawn only when it is wider than two percentage points),
    role, and bound, as for `bars`: what the rate may be beyond what is sure is drawn lighter, and
    the share that the counts make stands beside them as computed. Raises BaodingError where a cell
    is not what its column holds, or a share does not lie in its interval.

    >>> row = {"label_zh": "败诉率", "label_en": "loss rate", "value": 2.22, "text": "2.22%",
    ...        "low": 0.39, "high": 11.57, "part": 1, "whole": 45}
    >>> heading = Heading("败诉率2.22%", "Loss rate 2.22%", "", "", "报告", "The report")
    >>> figure = rates(pd.DataFrame([row]), heading)
    """
    rows = read("rates", table, _Rate, lang)
    refuse(problems_of("rates", rows))
    with new_page(heading, lang) as page:
        cells, top = [row.cells(lang) for row in rows], page.y
        grid = _grid(cells, (0.3, 0.25))
        heights = [max(BAR, *(block.height for block in line)) + 0.14 for line in cells]
        page.y += sum(heights)
        at = page.axis([0, 50, 100], grid.left, grid.right, top)
        for row, line, height in zip(rows, cells, heights, strict=True):
            middle, top = top + height / 2, top + height
            _draw_rate(page, row, at, middle - BAR / 2)
            if row.interval:
                page.line([*map(at, row.interval)], (middle, middle), INK, 1.4, "interval")
            grid.write(page, line, middle)
        explain_intervals(page, rows)
    return page.figure


def dots(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """Shares of several places as dots with their 95% intervals, on an axis that says its start.

    Columns: label_zh, label_en, value (in %), part, whole (counts; both empty where they are not
    stated), grade (A solid, B hollow; may be empty for the own place), own (True: blue and bold),
    and where wanted low, high (of the interval, in %; drawn only when it is wider than two
    percentage points), text (the share as printed) and bound, as for `bars`. Raises BaodingError
    where a cell is not what its column holds, or a share does not lie in its interval.

    >>> row = {"label_zh": "某市", "label_en": "A city", "value": 2.22, "low": 0.39, "high": 11.57,
    ...        "part": 1, "whole": 45, "grade": "", "own": True}
    >>> heading = Heading("败诉率2.22%", "Loss rate 2.22%", "", "", "报告", "The report")
    >>> figure = dots(pd.DataFrame([row]), heading)
    """
    rows = read("dots", table, _Dot, lang)
    wanted = "A or B for every place but the own one"
    ungraded = [number for number, row in enumerate(rows, 1) if not (row.own or row.grade)]
    grades = [wrong("dots", "grade", "none", wanted, row=number) for number in ungraded]
    refuse([*problems_of("dots", rows), *grades])
    with new_page(heading, lang) as page:
        page.grades([row.grade for row in rows])
        cells, top = [row.cells(lang) for row in rows], page.y
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
            page.dot(at(row.value), middle, color, row.grade == "B", row.bound)
        explain_intervals(page, rows)
    return page.figure


def _draw_rate(page: Page, row: _Rate, at: Callable[[float], float], top: float) -> None:
    """A bar on its track: what is sure of the rate in full colour, what may be in a light one."""
    left, full, color = at(0), at(100) - at(0), ROLES[row.role]
    page.bar(left, top, full, BAR, RULE, "track")
    opens = SIDES[row.bound]
    if opens == (1,):
        page.bar(left, top, full, BAR, _tint(color), "possible")
    color = _tint(color) if opens == (-1,) else color
    page.bar(left, top, at(row.value) - left, BAR, color, bound=row.bound)


def _tint(color: str) -> str:
    """A light shade, for what may be but is not sure."""
    red, green, blue = (channel + 0.65 * (1 - channel) for channel in to_rgb(color))
    return to_hex((red, green, blue))


def explain_intervals(page: Page, shares: Iterable[Share]) -> None:
    """Below a chart, what the lines of its intervals mean, where any is drawn."""
    if any(share.interval for share in shares):
        page.y += 0.1
        page.say(*THIN_LINE)


def problems_of(kind: str, shares: Iterable[Share]) -> list[Finding]:
    """What is wrong: counts come together, an interval with both, and a share lies in it."""
    return [
        wrong(kind, "", *words, row=number)
        for number, row in enumerate(shares, 1)
        for words in row.problems()
    ]


def _axis(page: Page, rows: Sequence[Share], grid: _Grid, top: float) -> Callable[[float], float]:
    """An axis for all shares and intervals, which says so where it does not start from zero."""
    ends = [end for row in rows for end in (row.value, *(row.interval or ()))]
    most = max(1, min(5, int(grid.right - grid.left) * 2))
    places = ticks(min(ends), max(ends), most)
    at = page.axis(places, grid.left, grid.right, top)
    if start := places[0]:
        zh = f"横轴从{start:g}%开始，不从零开始"
        en = f"Axis starts at {start:g}%, not at zero"
        words = Block((text, SMALL) for text in page.spoken(zh, en) if text)
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
