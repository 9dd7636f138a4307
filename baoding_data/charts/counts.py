"""Counts as lengths from zero: bars, and bars in panels; the bars of other charts too."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from baoding_data.charts.page import (
    DOT,
    HOOK,
    MARGIN,
    RIGHT,
    SIDES,
    WIDTH,
    Heading,
    Page,
    columns,
    label,
    new_page,
)
from baoding_data.charts.palette import GREY, INK, OUTLINED, RED, ROLES
from baoding_data.charts.rows import Group, Labelled, Lang, read, read_groups, spoken
from baoding_data.charts.typesetting import NUMBER, PANEL, SMALL, Block, measure, number_of, wrapped
from baoding_data.comparison.shares import NOT_PRINTED

BAR, GAP = 0.3, 0.09  # the height of a bar, and from its end to its number
OWN_SCALES = (
    "各栏比例不同：长短不可互比，数字不可相加。",
    "Each panel has its own scale: lengths do not compare and numbers do not add up across panels.",
)


@dataclass(frozen=True)
class Bar(Labelled):
    """A number with its length, its print in one or both languages, and its part in the chart."""

    value: float
    text: str
    role: str = "main"
    note_zh: str = ""
    note_en: str = ""
    bound: str = "exact"

    @property
    def color(self) -> str:
        return ROLES[self.role]

    @property
    def outlined(self) -> bool:
        return self.role in OUTLINED

    def note(self, lang: Lang, room: float = WIDTH) -> Block:
        """The grey words to a bar; a derived one without any says that it is derived."""
        words = (self.note_zh, self.note_en)
        if self.role == "derived" and not any(words):
            words = spoken(lang, *NOT_PRINTED)
        return wrapped(room, *((line, SMALL) for line in words))

    def count(self, room: float) -> "Count":
        """The number as printed, its English beside it, or below where there is too little room."""
        color = RED if self.role == "lost" else INK
        zh, en = number_of(self.text, NUMBER._replace(color=color))
        beside = Count(wrapped(room, zh), wrapped(room, en))
        return beside if beside.width <= room else Count(wrapped(room, zh, en), Block())


class Count(NamedTuple):
    """What is printed at the end of a bar: one block, or two side by side."""

    first: Block
    second: Block

    @property
    def width(self) -> float:
        return sum(block.width + 0.06 for block in self if block)

    @property
    def height(self) -> float:
        """The height of bar and number together."""
        return max(BAR, self.first.height, self.second.height)


class Scale(NamedTuple):
    """The ground of bars: where they start, inches for one unit, and where their room ends."""

    zero: float
    unit: float
    right: float

    def end(self, bar: Bar) -> float:
        return self.zero + bar.value * self.unit


Cell = tuple[Bar, Count, Scale]


def bars(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """Horizontal bars from zero, with the number as printed at the end of each.

    Columns: label_zh, label_en, value, text ("316", or "2万多 / more than 20,000"), and where wanted
    role (main, second, light, lost, derived, peer: grey, near: a grey outline), note_zh, note_en,
    and bound (exact, about, more_than, at_least, less_than, at_most): an inexact bar has no
    straight end, and its text says why. Raises BaodingError where a cell is not what its column
    holds.

    >>> row = {"label_zh": "受理", "label_en": "accepted", "value": 316, "text": "316"}
    >>> heading = Heading("受理316件", "316 accepted", "单位：件", "Unit: cases", "报告", "The report")
    >>> figure = bars(pd.DataFrame([row]), heading)
    """
    rows = read("bars", table, Bar, lang)
    with new_page(heading, lang) as page:
        draw_bars(page, rows, beside_labels(rows))
    return page.figure


def panels(tables: Sequence[Group], heading: Heading, lang: Lang = "both") -> Figure:
    """Bars in small panels side by side, each with its own scale, for numbers never to be added up.

    tables: a list of (title_zh, title_en, table); the columns are those of `bars`. Raises
    BaodingError where there is no table, or a cell is not what its column holds.

    >>> row = {"label_zh": "受理", "label_en": "accepted", "value": 316, "text": "316"}
    >>> heading = Heading("受理316件", "316 accepted", "单位：件", "Unit: cases", "报告", "The report")
    >>> figure = panels([("行政复议", "reconsideration", pd.DataFrame([row]))], heading)
    """
    groups = read_groups("panels", tables, Bar, lang)
    across = 2 if len(groups) in (2, 4) else min(3, len(groups))
    with new_page(heading, lang) as page:
        for start in range(0, len(groups), across):
            _draw_band(page, groups[start : start + across], *columns(across))
        if len(groups) > 1:
            page.say(*OWN_SCALES)
    return page.figure


def beside_labels(rows: Iterable[Labelled]) -> float:
    """Where bars start that have their labels on the left."""
    return MARGIN + (max(label(row).width for row in rows) + 0.14)


def draw_bars(
    page: Page, rows: Sequence[Bar], zero: float, changes: Sequence[str] = (), point: bool = False
) -> None:
    """Rows of label, bar (or dot), number and note; between two of them their change, if any."""
    changes = changes or [""] * len(rows)
    counts = [row.count((RIGHT - zero) * 0.45) for row in rows]
    arrows = [measure(change, NUMBER) if change else 0 for change in (*changes, "")]
    beside = [
        max(count.width + (_ring(row) if point else 0), *arrow)
        for row, count, arrow in zip(rows, counts, pairwise(arrows), strict=True)
    ]
    scale = Scale(zero, _unit_beside_notes(page.lang, rows, beside, RIGHT - zero), RIGHT)
    top, above = page.y, page.y
    for row, count, change, last in zip(rows, counts, changes, [rows[0], *rows[:-1]], strict=True):
        if change:
            _draw_change(page, scale.end(last), scale.end(row), above, change)
        words = label(row, bold=point and row.role == "main")
        height = max(count.height, words.height)
        middle = page.y + height / 2
        page.beside(MARGIN, middle, words)
        bottom = _draw_bar(page, row, count, scale, middle, point)
        page.y = 0.14 + max(page.y + height, bottom)
        above = middle + BAR / 2
    page.y -= 0.14
    page.zero(zero, top - 0.05, page.y + 0.05)


def _draw_bar(
    page: Page, bar: Bar, count: Count, scale: Scale, middle: float, point: bool = False
) -> float:
    """A bar, its number, and its note beside that or, where there is no room, below; the bottom."""
    end = scale.end(bar) + GAP
    if point:
        page.line((scale.zero, end - GAP), (middle, middle), bar.color, 1.2, "stalk")
        page.dot(end - GAP, middle, bar.color, bar.outlined, bar.bound)
        end += _ring(bar)
    else:
        length = bar.value * scale.unit
        look = bar.color, "bar", bar.outlined, bar.bound
        page.bar(scale.zero, middle - BAR / 2, length, BAR, *look)
    for block in filter(None, count):
        end = page.beside(end, middle, block) + 0.06
    note = bar.note(page.lang)
    if end + 0.12 + note.width <= scale.right:
        page.beside(end + 0.12, middle, note)
        return middle + max(BAR, note.height) / 2
    note, top = (
        bar.note(page.lang, scale.right - scale.zero - GAP),
        middle + count.height / 2 + 0.02,
    )
    page.write(scale.zero + GAP, top, note)
    return top + note.height


def _ring(bar: Bar) -> float:
    """Inches from the middle of a dot to the end of its mark."""
    return DOT + HOOK * (1 in SIDES[bar.bound])


def _draw_change(page: Page, start: float, end: float, top: float, change: str) -> None:
    """An arrow from the end of one bar to the end of the next, in the room between them."""
    middle = page.y + 0.06
    page.line((start, start), (top, middle), GREY)
    page.line((start, end), (middle, middle), INK, 1.4, "change")
    if abs(end - start) > 0.12:
        back = math.copysign(0.08, start - end)
        tip = [(end, middle), (end + back, middle - 0.045), (end + back, middle + 0.045)]
        page.figure.add_artist(Polygon(tip, transform=page.inches, facecolor=INK, linewidth=0))
    page.beside(max(start, end) + GAP, middle, Block([(change, NUMBER)]))
    page.y += 0.3


def _draw_band(
    page: Page, groups: Sequence[tuple[Labelled, list[Bar]]], lefts: Sequence[float], width: float
) -> None:
    """One band of panels: their heads, then the first bars, the second bars, … on common lines."""
    heads = [wrapped(width, (head.label_zh, PANEL), (head.label_en, SMALL)) for head, _ in groups]
    for left, head in zip(lefts, heads, strict=False):
        page.line((left, left + width), (page.y, page.y), INK)
        page.write(left, page.y + 0.06, head)
    page.y += max(head.height for head in heads) + 0.16
    bands = zip(lefts, groups, strict=False)
    for line in zip_longest(*(_cells(rows, left, width) for left, (_, rows) in bands)):
        _draw_line(page, list(filter(None, line)), width)
    page.y += 0.1


def _cells(rows: Sequence[Bar], left: float, width: float) -> list[Cell]:
    """The bars of one panel on their scale."""
    counts = [row.count(width * 0.6) for row in rows]
    scale = Scale(left, _unit(rows, [count.width for count in counts], width), left + width)
    return [(row, count, scale) for row, count in zip(rows, counts, strict=True)]


def _draw_line(page: Page, cells: Sequence[Cell], width: float) -> None:
    """One bar of each panel, its label above it."""
    labels = [label(row, width) for row, _, _ in cells]
    top, bottoms = page.y + 0.04 + max(words.height for words in labels), []
    for (row, count, scale), words in zip(cells, labels, strict=True):
        middle = top + count.height / 2
        page.write(scale.zero, top - 0.04 - words.height, words)
        page.zero(scale.zero, middle - BAR / 2 - 0.03, middle + BAR / 2 + 0.03)
        bottoms.append(_draw_bar(page, row, count, scale, middle))
    page.y = max(bottoms) + 0.14


def _unit_beside_notes(
    lang: Lang, rows: Sequence[Bar], beside: Sequence[float], room: float
) -> float:
    """Inches for one unit, lessened by up to 0.4 where each note then keeps beside its number."""
    unit = _unit(rows, beside, room)
    notes = [row.note(lang).width for row in rows]
    widths = [width + note + 0.13 * bool(note) for width, note in zip(beside, notes, strict=True)]
    noted = _unit(rows, widths, room)
    return noted if noted > 0.6 * unit else unit


def _unit(rows: Sequence[Bar], beside: Sequence[float], room: float) -> float:
    """Inches for one unit, so that each bar and what stands beside it keep within the room."""
    both = zip(rows, beside, strict=True)
    return min(((room - GAP - width) / row.value for row, width in both if row.value), default=0)
