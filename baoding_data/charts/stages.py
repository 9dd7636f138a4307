"""Stages: a process with the share that comes out of it, and a stock at points in time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from baoding_data.charts.counts import Bar, beside_labels, draw_bars
from baoding_data.charts.page import DOT, MARGIN, RIGHT, Heading, Page, label, new_page, ticks
from baoding_data.charts.palette import BLUE, RED
from baoding_data.charts.rows import Labelled, Lang, checked, joined, read, wrong
from baoding_data.charts.shares import Share, explain_intervals, problems_of
from baoding_data.charts.typesetting import NUMBER, SMALL, Block, number_of, say, wrapped
from baoding_data.comparison.shares import LEVEL
from baoding_data.errors import refuse

INTERVAL = f"{LEVEL}%区间", f"{LEVEL}% interval"


@dataclass(frozen=True)
class _Outcome(Share):
    part: float
    whole: float
    text: str
    lost: bool


@dataclass(frozen=True)
class _Stock(Labelled):
    value: float
    text: str
    status: str
    note_zh: str = ""
    note_en: str = ""
    bound: str = "exact"

    def bar(self) -> Bar:
        role = "derived" if self.status == "derived" else "main"
        words = self.label_zh, self.label_en, self.value, self.text
        return Bar(*words, role, self.note_zh, self.note_en, self.bound)


def funnel(
    counts: pd.DataFrame, share: Mapping[str, Any], heading: Heading, lang: Lang = "both"
) -> Figure:
    """Bars for the stages of a process, and below them one share with its 95% interval.

    counts: columns as for `bars`. share: a mapping of label_zh, label_en, value, low, high (in %),
    part, whole (counts), text (as printed) and lost (True draws it in red). Raises BaodingError
    where a cell is not what its column holds, or the share does not lie in its interval.

    >>> stage = {"label_zh": "审结", "label_en": "concluded", "value": 45, "text": "45"}
    >>> share = {"label_zh": "败诉率", "label_en": "loss rate", "value": 2.22, "text": "2.22%",
    ...          "low": 0.39, "high": 11.57, "part": 1, "whole": 45, "lost": True}
    >>> heading = Heading("审结45件", "45 concluded", "单位：件", "Unit: cases", "报告", "The report")
    >>> figure = funnel(pd.DataFrame([stage]), share, heading)
    """
    rows = read("funnel", counts, Bar, lang)
    outcomes = checked("funnel, share", [dict(share)], _Outcome, lang)
    refuse(problems_of("funnel, share", outcomes))
    with new_page(heading, lang) as page:
        zero = beside_labels([*rows, *outcomes])
        draw_bars(page, rows, zero)
        page.y += 0.3
        _draw_outcome(page, outcomes[0], zero)
    return page.figure


def steps(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """One stock at two or more points in time, and the change from each to the next.

    Columns: label_zh, label_en, value, text, status (as of a figure; derived is drawn in
    outline), and where wanted note_zh, note_en, and bound as for `bars`: no change is given to or
    from an inexact number. Raises BaodingError where there is but one row, or a cell is not what
    its column holds.

    >>> before = {"label_zh": "扩容前", "label_en": "before", "value": 42, "text": "42"}
    >>> after = {"label_zh": "扩容后", "label_en": "after", "value": 49, "text": "49"}
    >>> heading = Heading("增至49项", "Up to 49", "单位：项", "Unit: items", "报告", "The report")
    >>> figure = steps(pd.DataFrame([before, after]).assign(status="proved"), heading)
    """
    rows = [row.bar() for row in read("steps", table, _Stock, lang)]
    if len(rows) < 2:
        advice = "draw a single stock with bars"
        refuse([wrong("steps", "table", "one row", "two or more", advice)])
    changes = ["", *(_change(before, after) for before, after in pairwise(rows))]
    with new_page(heading, lang) as page:
        draw_bars(page, rows, beside_labels(rows), changes)
    return page.figure


def _change(before: Bar, after: Bar) -> str:
    """The difference with its sign; none where a number has a bound."""
    if (before.bound, after.bound) != ("exact", "exact"):
        return ""
    more = after.value - before.value
    return ("+" if more > 0 else "−" if more else "±") + say(abs(more))


def _draw_outcome(page: Page, share: _Outcome, zero: float) -> None:
    """A share on an axis from zero, and its interval, where there is one, with its ends named."""
    color = RED if share.lost else BLUE
    (zh, number), second = number_of(share.text, NUMBER._replace(color=color))
    counted = joined((share.counted, share.makes(page.lang)))
    counted = f" ({counted})" if page.lang == "en" else f"（{counted}）"
    printed = wrapped(RIGHT - zero, (zh + counted, number), second)
    top, middle = page.y, page.y + printed.height + DOT + 0.04
    low, high = share.interval or (share.value, share.value)
    page.y = middle + (0.36 if share.interval else 0.18)
    at = page.axis(ticks(0, max(high, share.value)), zero, RIGHT - 0.25, page.y - 0.04)
    page.beside(MARGIN, middle, label(share))
    page.dot(at(share.value), middle, color, bound=share.bound)
    page.write(_centred(at(share.value), printed, zero), top, printed)
    if share.interval:
        page.line((at(low), at(high)), (middle, middle), color, 2.4, "interval")
        _name_ends(page, at, low, high, zero, middle + 0.09)
    explain_intervals(page, [share])


def _name_ends(
    page: Page, at: Callable[[float], float], low: float, high: float, zero: float, top: float
) -> None:
    """The ends of an interval below it, and what it is: on one line where they are too near."""
    ends, centre = (f"{low:.2f}%", f"{high:.2f}%"), at((low + high) / 2)
    words = joined(page.spoken(*INTERVAL))
    names = [(at(low), ends[0]), (centre, words), (at(high), ends[1])]
    blocks = [(x, Block([(name, SMALL)])) for x, name in names]
    placed = [(_centred(x, block, zero), block) for x, block in blocks]
    if any(x + block.width + 0.12 > right for (x, block), (right, _) in pairwise(placed)):
        block = Block([(f"{words} {'–'.join(ends)}", SMALL)])
        placed = [(_centred(centre, block, zero), block)]
    for x, block in placed:
        page.write(x, top, block)


def _centred(middle: float, block: Block, left: float) -> float:
    """Where a centred block starts so that it keeps between `left` and the margin."""
    return max(left, min(middle - block.width / 2, RIGHT - block.width))
