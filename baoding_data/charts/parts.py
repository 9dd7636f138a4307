"""The parts of a whole: a square for every item, or one bar cut into parts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import pandas as pd
from matplotlib.figure import Figure

from baoding_data.charts.page import MARGIN, RIGHT, Heading, Page, apart, label, new_page
from baoding_data.charts.palette import GREY, PAPER, PARTS
from baoding_data.charts.rows import Labelled, Lang, read, wrong
from baoding_data.charts.typesetting import DPI, NUMBER, SMALL, Block, Style, say, wrapped
from baoding_data.errors import refuse
from baoding_data.words import so_many

SHARES = "百分比由各数算出。", "The percentages are computed from the counts."


@dataclass(frozen=True)
class _Amount(Labelled):
    value: float


@dataclass(frozen=True)
class _Part(_Amount):
    """A part with its share of the whole, in per cent, and its colour."""

    share: str
    color: str


def waffle(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """One square for every item of a whole; beside them count and share of up to five parts.

    Columns: label_zh, label_en, value (a whole number). Raises BaodingError where a cell is not
    what its column holds, or there are more than five parts or 2,000 items.

    >>> rows = {"label_zh": ["省委托", "其他"], "label_en": ["delegated", "others"], "value": [53, 240]}
    >>> heading = Heading("许可293项", "293 items", "单位：项", "Unit: items", "报告", "The report")
    >>> figure = waffle(pd.DataFrame(rows), heading)
    """
    parts = _read("waffle", table, lang)
    _check_squares(parts)
    with new_page(heading, lang) as page:
        labels, large = [label(part, 1.6) for part in parts], Style(13, bold=True)
        counts = [wrapped(1.5, (say(part.value), large), (part.share, SMALL)) for part in parts]
        labels_at = RIGHT - max(words.width for words in labels)
        counts_at = labels_at - 0.2 - max(count.width for count in counts)
        bottom = _draw_squares(page, parts, counts_at - 0.5 - MARGIN)
        for part, count, words in zip(parts, counts, labels, strict=True):
            deep = count.height - 0.06
            page.bar(counts_at - 0.17, page.y + 0.05, 0.07, deep, part.color, "key")
            page.write(counts_at, page.y, count)
            page.write(labels_at, page.y + 0.04, words)
            page.y += max(count.height, words.height) + 0.1
        page.y = max(page.y - 0.1, bottom) + 0.08
        page.say(*SHARES)
    return page.figure


def strip(table: pd.DataFrame, heading: Heading, lang: Lang = "both") -> Figure:
    """One bar of 100%, cut into up to five parts, each named below it with count and share.

    Columns: label_zh, label_en, value. Raises BaodingError where a cell is not what its column
    holds, or there are more than five parts.

    >>> rows = {"label_zh": ["数值", "日期"], "label_en": ["values", "dates"], "value": [72, 26]}
    >>> heading = Heading("数字98个", "98 numbers", "单位：个", "Unit: one", "报告", "The report")
    >>> figure = strip(pd.DataFrame(rows), heading)
    """
    parts = _read("strip", table, lang)
    sums = accumulate((part.value for part in parts), initial=0.0)
    total = sum(part.value for part in parts)
    edges = [MARGIN + (RIGHT - MARGIN) * before / total for before in sums]
    with new_page(heading, lang) as page:
        labels, top = _strip_labels(parts, edges, 0.22), page.y
        places = apart(edges[:-1], [max(block.width for block in pair) for pair in labels], 0.22)
        page.y += 0.71 + max(number.height + words.height for number, words in labels)
        for part, ends, x, pair in zip(parts, pairwise(edges), places, labels, strict=True):
            _draw_part(page, top, ends, part.color)
            foot = min(max(x, ends[0]), sum(ends) / 2)
            page.line((foot, foot, x, x), (top + 0.49, top + 0.54, top + 0.62, top + 0.67), GREY)
            page.write(x, top + 0.67, pair[0])
            page.write(x, top + 0.71 + pair[0].height, pair[1])
        page.y += 0.08
        page.say(*SHARES)
    return page.figure


def _read(kind: str, table: pd.DataFrame, lang: Lang) -> list[_Part]:
    rows = read(kind, table, _Amount, lang)
    total = sum(row.value for row in rows)
    if len(rows) > len(PARTS) or not total:
        found = f"{so_many(len(rows), 'part')} with a sum of {say(total)}"
        advice = "join the smallest, or draw bars"
        refuse([wrong(kind, "table", found, "up to five above 0", advice)])
    return [
        _Part(row.label_zh, row.label_en, row.value, f"{100 * row.value / total:.1f}%", color)
        for row, color in zip(rows, PARTS, strict=False)
    ]


def _check_squares(parts: Sequence[_Part]) -> None:
    wanted = "a whole number", "one square is one item"
    problems = [
        wrong("waffle", "value", str(part.value), *wanted, row=number)
        for number, part in enumerate(parts, 1)
        if part.value % 1
    ]
    total = sum(part.value for part in parts)
    if total > 2000:
        found = f"{say(total)} items"
        problems.append(wrong("waffle", "table", found, "at most 2,000", "draw a strip instead"))
    refuse(problems)


def _draw_squares(page: Page, parts: Sequence[_Part], room: float) -> float:
    """The squares, column by column, a wider gap after every tenth; returns where they end."""
    colors = [part.color for part in parts for _ in range(int(part.value))]

    def pitch(deep: int) -> float:  # in whole pixels, so that all gaps look alike
        across = math.ceil(len(colors) / deep)
        wide = (room - 0.08 * ((across - 1) // 10)) / across
        return math.floor(DPI * min(0.24, wide, 3.2 / deep)) / DPI

    deep = max((5, 10, 20, 40), key=pitch)
    side, top = pitch(deep), page.y + 0.05
    for item, color in enumerate(colors):
        column, line = divmod(item, deep)
        x = MARGIN + column * side + 0.08 * (column // 10)
        page.bar(x, top + line * side, 0.84 * side, 0.84 * side, color, "square")
    total, bottom = say(len(colors)), top + min(deep, len(colors)) * side + 0.04
    zh, en = f"合计{total}，每列{deep}格", f"total {total}, {deep} squares to a column"
    words = wrapped(room, *((text, SMALL) for text in page.spoken(zh, en)))
    page.write(MARGIN, bottom, words)
    return bottom + words.height


def _draw_part(page: Page, top: float, ends: tuple[float, float], color: str) -> None:
    """A part of the bar, cut off from the one before."""
    left, right = ends
    page.bar(left, top, right - left, 0.46, color, "part")
    if left > MARGIN:
        page.line((left, left), (top, top + 0.46), PAPER, min(1.2, (right - left) * 24), "cut")


def _strip_labels(
    parts: Sequence[_Part], edges: Sequence[float], gap: float
) -> list[tuple[Block, Block]]:
    """Number and label of each part, as wide as the part, or all equally wide where need be."""

    def pair(part: _Part, room: float) -> tuple[Block, Block]:
        number = wrapped(room, (say(part.value), NUMBER), (part.share, SMALL))
        return number, label(part, room)

    rooms = [max(1.05, right - left - gap) for left, right in pairwise(edges)]
    pairs = [pair(part, room) for part, room in zip(parts, rooms, strict=True)]
    if sum(max(number.width, words.width) + gap for number, words in pairs) <= RIGHT - MARGIN:
        return pairs
    return [pair(part, (RIGHT - MARGIN) / len(parts) - gap) for part in parts]
