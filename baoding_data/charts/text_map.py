"""A text as it runs: its lines, and where in them its numbers stand."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from baoding_data import limits
from baoding_data.charts.page import MARGIN, RIGHT, Heading, Page, new_page
from baoding_data.charts.palette import BLUE, GREY, INK, MID, RULE
from baoding_data.charts.rows import Labelled, Lang, joined, read
from baoding_data.charts.typesetting import SMALL, Block, Style, say, wrapped

LINE, PITCH = 180, 0.12  # characters in a line, and from line to line in inches


class _Kind(NamedTuple):
    zh: str
    en: str
    figure: bool


@dataclass(frozen=True)
class _Number(Labelled):
    length: float
    at: float
    width: float
    figure: bool
    kind_zh: str = ""
    kind_en: str = ""

    @property
    def kind(self) -> _Kind:
        return _Kind(self.kind_zh, self.kind_en, self.figure)

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Line, column and length of the mark, cut where a line ends."""
        start, end = int(self.at), int(self.at) + int(self.width)
        while start < end:
            line, column = divmod(start, LINE)
            until = min(end, (line + 1) * LINE)
            yield line, column, until - start
            start = until


@dataclass(frozen=True)
class _Part:
    """A part of the text: its label in two columns, the count of its figures, its numbers."""

    zh: Block
    en: Block
    count: Block
    numbers: list[_Number]


def textmap(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """A text as it runs, part by part: a line a faint bar, a number a mark, figures tall and dark.

    Columns: label_zh, label_en (of the part), length (of the part, in characters), at, width (of
    the mark, in characters), figure (whether the number is a figure), and kind_zh, kind_en: empty
    in the one row of a part without a number. Raises BaodingError where a cell is not what its
    column holds.

    >>> row = {"label_zh": "引言", "label_en": "opening", "length": 300, "at": 12, "width": 3,
    ...        "kind_zh": "数值", "kind_en": "values", "figure": True}
    >>> heading = Heading("数字1个", "One number", "", "", "报告", "The report")
    >>> figure = textmap(pd.DataFrame([row]), heading)
    """
    rows = read("textmap", table, _Number, lang, limits.MARKS)
    with new_page(heading, lang) as page:
        colors = _draw_key(page, Counter(row.kind for row in rows if row.kind_zh))
        _draw_parts(page, _parts(rows), colors)
    return page.figure


def _draw_key(page: Page, kinds: Counter[_Kind]) -> dict[_Kind, str]:
    """The kinds of numbers with their counts; returns their colours. Figures are blue and tall;
    what else a number is, is short and grey, darker where it is rarer.
    """
    left, deep, colors, others = MARGIN, 0.0, {}, cycle((GREY, INK, MID))
    for kind, count in kinds.most_common():
        words = wrapped(2.2, (joined((kind.zh, kind.en, say(count))), SMALL))
        if left + 0.2 + words.width > RIGHT:
            left, page.y, deep = MARGIN, page.y + deep + 0.06, 0.0
        colors[kind] = BLUE if kind.figure else next(others)
        _draw_mark(page, left, page.y + 0.02, 0.14, colors[kind], kind.figure)
        left, deep = page.write(left + 0.2, page.y, words) + 0.25, max(deep, words.height)
    page.y += deep + 0.17
    return colors


def _parts(rows: Sequence[_Number]) -> list[_Part]:
    """The rows by the part that they belong to."""
    found: dict[tuple[str, str], list[_Number]] = {}
    for row in rows:
        found.setdefault((row.label_zh, row.label_en), []).append(row)
    parts = []
    for (zh, en), numbers in found.items():
        figures = sum(row.figure for row in numbers)
        count = wrapped(1, (say(figures) if figures else "", Style(9, BLUE, True)))
        label = wrapped(0.85, (zh, Style(8.5, bold=True))), wrapped(0.95, (en, SMALL))
        parts.append(_Part(*label, count, numbers))
    return parts


def _draw_parts(page: Page, parts: Sequence[_Part], colors: Mapping[_Kind, str]) -> None:
    """The parts below each other; marks that run over a line's end go on in the next."""
    second = MARGIN + max(part.zh.width for part in parts) + 0.1
    first = second + max(part.en.width for part in parts) + 0.15
    last = RIGHT - max(part.count.width for part in parts) - 0.12
    step = (last - first) / LINE
    for part in parts:
        page.write(MARGIN, page.y - 0.03, part.zh)
        page.write(second, page.y - 0.03, part.en)
        page.write(RIGHT, page.y - 0.04, part.count, "right")
        length = int(part.numbers[0].length)
        lines = max(1, math.ceil(length / LINE))
        for line in range(lines):
            top, width = page.y + line * PITCH, step * min(LINE, length - line * LINE)
            page.bar(first, top + 0.045, width, 0.03, RULE, "text")
        for number in part.numbers:
            for line, column, run in number.runs() if number.kind_zh else ():
                x, top, color = first + column * step, page.y + line * PITCH, colors[number.kind]
                _draw_mark(page, x, top, run * step, color, number.figure)
        page.y += 0.08 + max(lines * PITCH, *(b.height - 0.04 for b in (part.zh, part.en)))


def _draw_mark(page: Page, x: float, top: float, width: float, color: str, figure: bool) -> None:
    page.bar(x, top if figure else top + 0.035, width, 0.12 if figure else 0.05, color, "mark")
