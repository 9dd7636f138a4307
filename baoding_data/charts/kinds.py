"""The house style, and one function per kind of chart.

Each takes a tidy table and a Heading and returns a Figure 8.6 inches wide, as high as its content
needs. Rows keep the order they come in: nothing here ranks.
"""

import base64
import io
import math
from decimal import Decimal
from functools import wraps
from numbers import Real
from types import SimpleNamespace

import matplotlib.style
import pandas as pd
from matplotlib.patches import Polygon

from baoding_data.charts.page import (
    BAR,
    DPI,
    GAP,
    GUTTER,
    LABEL,
    LABEL_ROOM,
    MARGIN,
    NUMBER,
    PANEL,
    PLAIN,
    RIGHT,
    SMALL,
    TILE,
    TILES,
    WIDTH,
    Page,
    Style,
    breadth_of,
    height_of,
    measure,
    refuse,
    wrapped,
)
from baoding_data.charts.page import Heading as Heading  # for callers
from baoding_data.charts.palette import BLUE, GREY, INK, LIGHT, MID, PAPER, RED, RULE
from baoding_data.comparison.shares import LEVEL
from baoding_data.errors import BaodingError

PARTS = (BLUE, MID, LIGHT, GREY, INK)  # neighbours differ in grey print too
ROLES = {
    "main": BLUE,
    "second": MID,
    "light": LIGHT,
    "lost": RED,
    "derived": BLUE,
    "peer": GREY,
    "near": GREY,
}
RING = 0.06  # inches from the middle of a dot to its edge
OUTLINED = ("derived", "near")  # derived figures, and peers that differ in one thing
TEXT_LINE, TEXT_PITCH = (
    130,
    0.135,
)  # characters in a line of a text map, and from line to line in inches
STATUSES = ("proved", "transcribed", "derived")

DERIVED = ("由报告数字算出，报告未直接写出", "computed, not printed in the report")
NO_COUNTS = ("件数未载", "counts not stated")
INTERVAL = f"{LEVEL}%区间 {LEVEL}\u00a0% interval"
THIN_LINE = (f"细线为{LEVEL}%区间。", f"The thin line is the {LEVEL}\u00a0% interval.")
OWN_SCALES = (
    "各栏比例不同：长短不可互比，数字不可相加。",
    "Each panel has its own scale: lengths do not compare and numbers do not add up across panels.",
)


def _in_house_style(draw):
    """Draw under matplotlib's own defaults, and leave the caller's settings as they are."""

    @wraps(draw)
    def drawn(*args, **kwargs):
        with matplotlib.style.context("default"):
            return draw(*args, **kwargs)

    return drawn


@_in_house_style
def waffle(table, heading):
    """One square for every item of a whole, and beside them the count and share of each of up to
    five parts.

    Columns: label_zh, label_en, value (a whole number).

    >>> waffle(pd.DataFrame({"label_zh": ["省委托"], "label_en": ["delegated"], "value": [53]}), heading)
    """
    rows = _parts("waffle", table)
    _check_squares(rows)
    page = Page(heading)
    labels = [_label(row, 1.6) for row in rows]
    counts = [
        wrapped(1.5, (_say(row.value), Style(13, bold=True)), (row.share, SMALL)) for row in rows
    ]
    labels_at = RIGHT - max(map(breadth_of, labels))
    counts_at = labels_at - 0.2 - max(map(breadth_of, counts))
    bottom = _draw_squares(page, rows, counts_at - 0.5 - MARGIN)
    for row, count, label in zip(rows, counts, labels):
        height = max(height_of(count), height_of(label))
        page.bar(counts_at - 0.17, page.y + 0.05, 0.07, height_of(count) - 0.06, row.color, "key")
        page.write(counts_at, page.y, count)
        page.write(labels_at, page.y + 0.04, label)
        page.y += height + 0.1
    page.y = max(page.y - 0.1, bottom)
    return page.finish()


@_in_house_style
def bars(table, heading):
    """Horizontal bars from zero, with the number as printed at the end of each.

    Columns: label_zh, label_en, value, text ("316", or "2万多 / more than 20,000"), and where wanted
    role (main, second, light, lost, derived, peer: grey, near: a grey outline), note_zh, note_en.

    >>> bars(pd.DataFrame({"label_zh": ["受理"], "label_en": ["accepted"], "value": [316], "text": ["316"]}), heading)
    """
    rows = _bar_rows("bars", table)
    page = Page(heading)
    labels = [_label(row) for row in rows]
    _draw_bars(page, rows, labels, MARGIN + _room(labels))
    return page.finish()


@_in_house_style
def points(table, heading):
    """Numbers of several places as dots on lines from zero, since differently defined figures are
    never bars of one chart.

    Columns as for `bars`; the role main is the own place, peer a solid grey dot, near a hollow one.

    >>> points(pd.DataFrame({"label_zh": ["保定2022"], "label_en": ["Baoding 2022"], "value": [193], "text": ["193"]}), heading)
    """
    rows = _bar_rows("points", table)
    for row in rows:
        row.point = True
    page = Page(heading)
    labels = [_label(row) for row in rows]
    _draw_bars(page, rows, labels, MARGIN + _room(labels))
    return page.finish()


@_in_house_style
def funnel(counts, share, heading):
    """Bars for the stages of a process, and below them one share with its 95 % interval on its own
    axis.

    counts: columns as for `bars`. share: a mapping of label_zh, label_en, value, low, high (in %),
    part, whole (counts), text (as printed) and lost (True draws it in red).

    >>> funnel(counts, {"label_zh": "败诉率", "label_en": "loss rate", "value": 2.22, "low": 0.39, "high": 11.57,
    ...                 "part": 1, "whole": 45, "text": "2.22%", "lost": True}, heading)
    """
    rows = _bar_rows("funnel", counts)
    [share] = _checked(
        "funnel, share", [dict(share)], "label_zh label_en value low high part whole text lost"
    )
    _check_intervals("funnel, share", [share])
    page = Page(heading)
    labels = [_label(row) for row in (*rows, share)]
    _draw_bars(page, rows, labels[:-1], MARGIN + _room(labels))
    page.y += 0.3
    _draw_interval(page, share, labels[-1], MARGIN + _room(labels))
    return page.finish()


@_in_house_style
def panels(tables, heading):
    """Bars in small panels side by side, each with its own scale, for numbers that must never be
    added up.

    tables: a list of (title_zh, title_en, table); the columns are those of `bars`.

    >>> panels([("行政复议", "reconsideration", first), ("行政诉讼", "litigation", second)], heading)
    """
    if not tables:
        raise BaodingError(
            "panels: found no table, wanted one or more; give a list of (title_zh, title_en, table)"
        )
    heads = _checked(
        "panels", [{"label_zh": zh, "label_en": en} for zh, en, _ in tables], "label_zh label_en"
    )
    groups = [(head, _bar_rows("panels", table)) for head, (_, _, table) in zip(heads, tables)]
    page = Page(heading)
    columns = 2 if len(groups) in (2, 4) else min(3, len(groups))
    for start in range(0, len(groups), columns):
        _draw_panels(page, groups[start : start + columns], columns)
    if len(groups) > 1:
        page.flow(*((words, SMALL) for words in OWN_SCALES))
    return page.finish()


@_in_house_style
def dots(table, heading):
    """Shares of several places as dots with their 95 % intervals, on an axis that says where it
    starts.

    Columns: label_zh, label_en, value, low, high (in %), part, whole (counts), grade (A solid, B
    hollow; may be empty for the own place), own (True: blue and bold), and where wanted text (the
    share as printed). low, high, part and whole are all empty where the counts are not stated.

    >>> dots(pd.DataFrame({"label_zh": ["保定2022"], "label_en": ["Baoding 2022"], "value": [99.23], "low": [99.10],
    ...                    "high": [99.34], "part": [20405], "whole": [20563], "grade": [""], "own": [True]}), heading)
    """
    wanted = "label_zh label_en value low high part whole grade own"
    rows = _rows("dots", table, wanted, "low high part whole grade text")
    _check_intervals("dots", rows)
    page = Page(heading)
    _draw_dots(page, rows)
    return page.finish()


@_in_house_style
def rates(table, heading):
    """Printed rates as bars on a track from 0 to 100 %, each with both counts, or the words that
    they are not stated.

    Columns: label_zh, label_en, value (in %), text (as printed: "31.3%", or "99%以上 / at least 99
    %"), part, whole (counts), low, high (of the 95 % interval, in %), and where wanted role. part,
    whole, low and high are all empty where the counts are not stated.

    >>> rates(pd.DataFrame({"label_zh": ["列席率"], "label_en": ["coverage"], "value": [31.3], "text": ["31.3%"],
    ...                     "part": [None], "whole": [None], "low": [None], "high": [None]}), heading)
    """
    rows = _rows(
        "rates",
        table,
        "label_zh label_en value text part whole low high",
        "part whole low high role",
    )
    for row in rows:
        row.role = row.role or "main"
    _check_intervals("rates", rows)
    page = Page(heading)
    _draw_rates(page, rows)
    return page.finish()


@_in_house_style
def steps(table, heading):
    """One stock at two or more points in time, and the change from each to the next.

    Columns: label_zh, label_en, value, text, status (proved, transcribed, or derived: drawn in
    outline), and where wanted note_zh, note_en.

    >>> steps(pd.DataFrame({"label_zh": ["扩容前", "扩容后"], "label_en": ["before", "after"], "value": [42, 49],
    ...                     "text": ["42", "49"], "status": ["derived", "proved"]}), heading)
    """
    rows = _rows("steps", table, "label_zh label_en value text status", "note_zh note_en")
    if len(rows) < 2:
        raise BaodingError(
            "steps, table: found one row, wanted two or more; draw a single stock with bars"
        )
    for row, before in zip(rows, [None, *rows]):
        row.role = "derived" if row.status == "derived" else "main"
        row.change = _change(before.value, row.value) if before else ""
        row.point = False
    page = Page(heading)
    labels = [_label(row) for row in rows]
    _draw_bars(page, rows, labels, MARGIN + _room(labels))
    return page.finish()


@_in_house_style
def strip(table, heading):
    """One bar of 100 %, cut into up to five parts, each named below it with count and share.

    Columns: label_zh, label_en, value.

    >>> strip(pd.DataFrame({"label_zh": ["数值", "日期"], "label_en": ["values", "dates"], "value": [72, 26]}), heading)
    """
    rows = _parts("strip", table)
    page = Page(heading)
    _draw_strip(page, rows)
    return page.finish()


@_in_house_style
def spread(table, heading):
    """Many places on one axis from zero, a ring for each; the named ones bear their label and
    number, the own one is blue.

    Columns: label_zh, label_en, value, text, own (True: blue), named (True: labelled).

    >>> spread(pd.DataFrame({"label_zh": ["河北", "山西"], "label_en": ["Hebei", "Shanxi"], "value": [9.4, 4.9],
    ...                      "text": ["9.4", "4.9"], "own": [True, False], "named": [True, False]}), heading)
    """
    rows = _rows("spread", table, "label_zh label_en value text own named")
    page = Page(heading)
    _draw_spread(page, rows)
    return page.finish()


@_in_house_style
def textmap(table, heading):
    """A text as it runs, part by part: each line a faint bar, each number a mark where it stands,
    tall and dark for figures.

    Columns: label_zh, label_en (of the part), length (of the part, in characters), at, width (of
    the mark, in characters), kind_zh, kind_en, figure (whether the number is a figure). A part
    without a number has one row with an empty kind_zh.

    >>> textmap(pd.DataFrame({"label_zh": ["引言"], "label_en": ["opening"], "length": [300], "at": [12], "width": [3],
    ...                       "kind_zh": ["数值"], "kind_en": ["values"], "figure": [True]}), heading)
    """
    rows = _rows("textmap", table, "label_zh label_en length at width figure", "kind_zh kind_en")
    page = Page(heading)
    _draw_textmap(page, rows)
    return page.finish()


@_in_house_style
def tiles(table, heading):
    """Numbers of different things side by side, as print alone: no bar would compare them.

    Columns: label_zh, label_en, text ("2万多名 / more than 20,000"), and where wanted missing (True
    where the text says that there is no number).

    >>> tiles(pd.DataFrame({"label_zh": ["受培训的行政执法人员"], "label_en": ["officers trained"],
    ...                     "text": ["2万多名 / more than 20,000"]}), heading)
    """
    rows = _rows("tiles", table, "label_zh label_en text", "missing")
    page = Page(heading)
    for start in range(0, len(rows), TILES):
        _draw_tiles(page, rows[start : start + TILES])
    return page.finish()


@_in_house_style
def sheet(groups, heading):
    """Many numbers on one page, group by group in two columns: a heading, then a line for each
    number.

    groups: a list of (title_zh, title_en, table); columns: label_zh, label_en, text (as printed),
    and where wanted role.

    >>> sheet([("行政许可", "permissions", first), ("行政争议", "disputes", second)], heading)
    """
    if not groups:
        raise BaodingError(
            "sheet: found no group, wanted one or more; give a list of (title_zh, title_en, table)"
        )
    heads = _checked(
        "sheet", [{"label_zh": zh, "label_en": en} for zh, en, _ in groups], "label_zh label_en"
    )
    rows = [_rows("sheet", table, "label_zh label_en text", "role") for _, _, table in groups]
    page = Page(heading)
    _draw_sheet(page, list(zip(heads, rows)))
    return page.finish()


@_in_house_style
def png(figure):
    """The figure as PNG bytes, the same bytes each time.

    >>> Path("permissions.png").write_bytes(png(waffle(table, heading)))
    """
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=DPI, metadata={"Software": None})
    return stream.getvalue()


def show(figure, alt_zh, alt_en):
    """Display the figure in a notebook, with alternative text in both languages.

    >>> show(waffle(table, heading), "293格，194格为中央层面设定。", "293 squares, 194 set by central authorities.")
    """
    from IPython.display import display

    _checked("show", [{"alt_zh": alt_zh, "alt_en": alt_en}], "alt_zh alt_en")
    alt = f"{alt_zh}\n{alt_en}"
    image = base64.b64encode(png(figure)).decode("ascii")
    # A raw bundle, because the Figure's own representation would leave its size and address in the
    # notebook.
    display({"image/png": image, "text/plain": alt}, raw=True, metadata={"image/png": {"alt": alt}})


# The marks of each chart.


def _draw_squares(page, rows, room):
    """The squares, column by column; a wider gap follows every tenth column. Returns where they
    end.
    """
    colors = [row.color for row in rows for _ in range(int(row.value))]

    def pitch(deep):  # in whole pixels, so that all gaps look alike
        across = math.ceil(len(colors) / deep)
        return (
            math.floor(DPI * min(0.24, (room - 0.08 * ((across - 1) // 10)) / across, 3.2 / deep))
            / DPI
        )

    deep = max((5, 10, 20, 40), key=pitch)
    side, top = pitch(deep), page.y + 0.05
    for item, color in enumerate(colors):
        column, line = divmod(item, deep)
        x = MARGIN + column * side + 0.08 * (column // 10)
        page.bar(x, top + line * side, 0.84 * side, 0.84 * side, color, "square")
    total, bottom = _say(len(colors)), top + min(deep, len(colors)) * side + 0.04
    words = wrapped(
        room,
        (f"合计{total}，每列{deep}格", SMALL),
        (f"total {total}, {deep} squares to a column", SMALL),
    )
    page.write(MARGIN, bottom, words)
    return bottom + height_of(words)


def _draw_bars(page, rows, labels, zero):
    """Rows of label, bar, number and note, and in the room between two rows the change, if there is
    one.
    """
    counts = [_count(row, (RIGHT - zero) * 0.45) for row in rows]
    changes = [measure(row.change, NUMBER) if row.change else 0 for row in rows]
    beside = [
        max(_width(count) + RING * row.point, *both)
        for row, count, *both in zip(rows, counts, changes, [*changes[1:], 0])
    ]
    notes = [breadth_of(_note(row, WIDTH)) for row in rows]
    scale = _scale(rows, beside, RIGHT - zero)
    noted = _scale(
        rows, [width + note + 0.13 * bool(note) for width, note in zip(beside, notes)], RIGHT - zero
    )
    scale = (
        noted if noted > 0.6 * scale else scale
    )  # shorter bars, where that keeps every note beside its number
    top, last = page.y, (zero, page.y)
    for row, label, count in zip(rows, labels, counts):
        end = zero + row.value * scale
        if row.change:
            _draw_change(page, *last, end, row.change)
        height = max(BAR, height_of(label), *map(height_of, count))
        middle = page.y + height / 2
        page.beside(MARGIN, middle, label)
        page.y = 0.14 + max(
            page.y + height, _draw_bar(page, row, count, scale, zero, RIGHT, middle)
        )
        last = end, middle + BAR / 2
    page.y -= 0.14
    page.zero(zero, top - 0.05, page.y + 0.05)


def _draw_bar(page, row, count, scale, zero, right, middle):
    """A bar, its number, and its note beside that or, where there is no room, below; returns the
    bottom.
    """
    end = zero + row.value * scale + GAP
    if row.point:
        page.line((zero, end - GAP), (middle, middle), ROLES[row.role], 1.2, "stalk")
        page.dot(end - GAP, middle, ROLES[row.role], hollow=row.role in OUTLINED)
        end += RING
    else:
        page.bar(
            zero,
            middle - BAR / 2,
            row.value * scale,
            BAR,
            ROLES[row.role],
            outline=row.role in OUTLINED,
        )
    for lines in filter(None, count):
        end = page.beside(end, middle, lines) + 0.06
    note = _note(row, WIDTH)
    if end + 0.12 + breadth_of(note) <= right:
        page.beside(end + 0.12, middle, note)
        return middle + max(BAR, height_of(note)) / 2
    note, top = _note(row, right - zero - GAP), middle + max(BAR, *map(height_of, count)) / 2 + 0.02
    page.write(zero + GAP, top, note)
    return top + height_of(note)


def _note(row, room):
    """The grey words to a bar; a derived one without any says that it is derived."""
    words = (row.note_zh, row.note_en)
    if row.role == "derived" and not any(words):
        words = DERIVED
    return wrapped(room, *((line, SMALL) for line in words))


def _draw_change(page, start, top, end, change):
    """An arrow from the end of one bar to the end of the next, in the room between them."""
    middle = page.y + 0.06
    page.line((start, start), (top, middle), GREY)
    page.line((start, end), (middle, middle), INK, 1.4, "change")
    if abs(end - start) > 0.12:
        back = math.copysign(0.08, start - end)
        head = [(end, middle), (end + back, middle - 0.045), (end + back, middle + 0.045)]
        page.figure.add_artist(Polygon(head, transform=page.inches, facecolor=INK, linewidth=0))
    page.beside(max(start, end) + GAP, middle, [(change, NUMBER)])
    page.y += 0.3


def _draw_interval(page, share, label, zero):
    """A share with its interval, the ends named below it."""
    color = RED if share.lost else BLUE
    counted = f"{share.text}（{_say(share.part)}/{_say(share.whole)}）"
    words = wrapped(RIGHT - zero, (counted, NUMBER._replace(color=color)))
    top, middle = page.y, page.y + height_of(words) + 0.06
    page.y = middle + 0.36
    at = page.axis(_ticks(0, share.high), zero, RIGHT - 0.25, page.y - 0.04)
    page.beside(MARGIN, middle, label)
    page.line((at(share.low), at(share.high)), (middle, middle), color, 2.4, "interval")
    page.dot(at(share.value), middle, color)
    page.write(_centred(at(share.value), words, zero), top, words)
    low, high, centre = f"{share.low:.2f}%", f"{share.high:.2f}%", (share.low + share.high) / 2
    names = [
        (share.low, [(low, SMALL)]),
        (centre, [(INTERVAL, SMALL)]),
        (share.high, [(high, SMALL)]),
    ]
    xs = [_centred(at(value), lines, zero) for value, lines in names]
    if any(
        x + breadth_of(lines) + 0.12 > following
        for x, (_, lines), following in zip(xs, names, xs[1:])
    ):
        names = [
            (centre, [(f"{INTERVAL} {low}–{high}", SMALL)])
        ]  # too near each other for three texts
    for value, lines in names:
        page.write(_centred(at(value), lines, zero), middle + 0.09, lines)


def _draw_panels(page, groups, columns):
    """One band of panels: their heads, then the first bars, the second bars, … on common lines."""
    width = (RIGHT - MARGIN - GUTTER * (columns - 1)) / columns
    lefts = [MARGIN + index * (width + GUTTER) for index in range(len(groups))]
    heads = [wrapped(width, (head.label_zh, PANEL), (head.label_en, SMALL)) for head, _ in groups]
    for left, head in zip(lefts, heads):
        page.line((left, left + width), (page.y, page.y), INK)
        page.write(left, page.y + 0.06, head)
    page.y += max(map(height_of, heads)) + 0.16
    counts = [[_count(row, width * 0.6) for row in rows] for _, rows in groups]
    scales = [
        _scale(rows, map(_width, numbers), width) for (_, rows), numbers in zip(groups, counts)
    ]
    for index in range(max(map(len, counts))):
        cells = [
            (left, rows[index], _label(rows[index], width), numbers[index], scale)
            for left, (_, rows), numbers, scale in zip(lefts, groups, counts, scales)
            if index < len(rows)
        ]
        top, bottoms = page.y + 0.04 + max(height_of(label) for _, _, label, _, _ in cells), []
        for left, row, label, count, scale in cells:
            middle = top + max(BAR, *map(height_of, count)) / 2
            page.write(left, top - 0.04 - height_of(label), label)
            page.zero(left, middle - BAR / 2 - 0.03, middle + BAR / 2 + 0.03)
            bottoms.append(_draw_bar(page, row, count, scale, left, left + width, middle))
        page.y = max(bottoms) + 0.14
    page.y += 0.1


def _draw_tiles(page, rows):
    """One band of tiles: a rule, the number in both languages, and what it counts."""
    width = (RIGHT - MARGIN - GUTTER * (TILES - 1)) / TILES
    bottoms = []
    for index, row in enumerate(rows):
        left = MARGIN + index * (width + GUTTER)
        zh, _, en = row.text.partition(" / ")
        number = TILE._replace(color=GREY, size=15) if row.missing else TILE
        block = wrapped(
            width, (zh, number), (en, PLAIN), (row.label_zh, LABEL), (row.label_en, SMALL)
        )
        page.line((left, left + width), (page.y, page.y), INK)
        page.write(left, page.y + 0.08, block)
        bottoms.append(page.y + 0.08 + height_of(block))
    page.y = max(bottoms) + 0.2


def _draw_sheet(page, groups):
    """Each group goes below the shorter column, so that the page is filled evenly and read from its
    top.
    """
    width = (RIGHT - MARGIN - GUTTER) / 2
    lefts, bottoms = (MARGIN, MARGIN + width + GUTTER), [page.y, page.y]
    numbers = [
        [
            wrapped(
                width * 0.45,
                (row.text.partition(" / ")[0], NUMBER._replace(color=ROLES[row.role or "main"])),
            )
            for row in rows
        ]
        for _, rows in groups
    ]
    labels_at = max(breadth_of(number) for of_group in numbers for number in of_group) + 0.14
    for (head, rows), of_group in zip(groups, numbers):
        column = bottoms.index(min(bottoms))
        left, y = lefts[column], bottoms[column]
        page.line((left, left + width), (y, y), INK)
        zh, en = wrapped(width, (head.label_zh, PANEL)), wrapped(width, (head.label_en, SMALL))
        end = page.write(left, y + 0.06, zh) + 0.1
        y += 0.06 + height_of(zh)
        if len(zh) == len(en) == 1 and end + breadth_of(en) <= left + width:
            page.beside(end, y + 0.02 - height_of(zh) / 2, en)
        else:
            page.write(left, y, en)
            y += height_of(en)
        y += 0.06
        for row, number in zip(rows, of_group):
            label = _label(row, width - labels_at)
            page.write(left, y, number)
            page.write(left + labels_at, y + 0.02, label)
            y += max(height_of(number), height_of(label) + 0.02) + 0.07
        bottoms[column] = y + 0.16
    page.y = max(bottoms) - 0.16


def _draw_rates(page, rows):
    """One line a rate: label, filled track, the rate as printed, its counts; an interval lies on
    the track as a thin line.
    """
    cells = []
    for row in rows:
        counts = [(words, SMALL) for words in NO_COUNTS]
        if row.whole is not None:
            counts = [
                (f"{_say(row.part)}/{_say(row.whole)}", PLAIN),
                (f"{row.low:.2f}–{row.high:.2f}%", SMALL),
            ]
        zh, _, en = row.text.partition(" / ")
        printed = wrapped(
            1.5, (zh, NUMBER._replace(color=RED if row.role == "lost" else INK)), (en, SMALL)
        )
        cells.append((_label(row), printed, counts))
    widths = [max(map(breadth_of, column)) for column in zip(*cells)]
    counts_at = RIGHT - widths[2]
    printed_at = counts_at - 0.25 - widths[1]
    left, right, top = MARGIN + widths[0] + 0.2, printed_at - 0.3, page.y
    heights = [max(BAR, *map(height_of, lines)) + 0.14 for lines in cells]
    page.y += sum(heights)
    at = page.axis([0, 50, 100], left, right, top)
    for row, (label, printed, counts), height in zip(rows, cells, heights):
        middle, top = top + height / 2, top + height
        page.bar(left, middle - BAR / 2, right - left, BAR, RULE, "track")
        page.bar(left, middle - BAR / 2, at(row.value) - left, BAR, ROLES[row.role])
        if row.whole is not None:
            page.line((at(row.low), at(row.high)), (middle, middle), INK, 1.4, "interval")
        for x, block in zip((MARGIN, printed_at, counts_at), (label, printed, counts)):
            page.beside(x, middle, block)
    if any(row.whole is not None for row in rows):
        page.flow(*((words, SMALL) for words in THIN_LINE))


def _draw_dots(page, rows):
    """One line a place: label, interval and dot, share, counts, grade."""
    cells = [_dot_cells(row) for row in rows]
    widths = [max(map(breadth_of, column)) for column in zip(*cells)]
    grade_at = RIGHT - widths[3]
    counts_at = grade_at - 0.18 - widths[2]
    shares_at = counts_at - 0.22 - widths[1]
    heights = [max(0.34, *map(height_of, lines)) + 0.1 for lines in cells]
    ends = [end for row in rows for end in (row.low, row.value, row.high) if end is not None]
    left, right, top = MARGIN + widths[0] + 0.2, shares_at - 0.25, page.y
    ticks = _ticks(min(ends), max(ends), max(1, min(5, int(right - left) * 2)))
    page.y += sum(heights) + 0.08
    at = page.axis(ticks, left, right, top)
    if ticks[0]:
        words = [
            (f"横轴从{ticks[0]:g}%开始，不从零开始", SMALL),
            (f"axis starts at {ticks[0]:g}\u00a0%, not at zero", SMALL),
        ]
        page.write(at(ticks[0]), page.y + 0.03, words)
        page.y += 0.03 + height_of(words)
    for row, lines, height in zip(rows, cells, heights):
        middle, top = top + 0.04 + height / 2, top + height
        for x, block in zip((MARGIN, shares_at, counts_at, grade_at), lines):
            page.beside(x, middle, block)
        color = BLUE if row.own else GREY
        if row.whole is not None:
            page.line((at(row.low), at(row.high)), (middle, middle), color, 2.4, "interval")
        page.dot(at(row.value), middle, color, hollow=row.grade == "B")


def _dot_cells(row):
    share = NUMBER._replace(color=BLUE) if row.own else Style(NUMBER.size)
    counts = [(words, SMALL) for words in NO_COUNTS]
    if row.whole is not None:
        counts = [(f"{_say(row.part)}/{_say(row.whole)}", PLAIN)]
    label = wrapped(LABEL_ROOM, (row.label_zh, LABEL._replace(bold=row.own)), (row.label_en, SMALL))
    return (
        label,
        wrapped(1.4, (row.text or f"{row.value:.2f}%", share)),
        counts,
        wrapped(1, (row.grade, PLAIN)),
    )


def _draw_strip(page, rows):
    """The parts side by side; a label stands below its part, or a line joins it to a part too
    narrow for it.
    """
    span, gap, top, total = RIGHT - MARGIN, 0.22, page.y, sum(row.value for row in rows)
    edges = [
        MARGIN + span * sum(row.value for row in rows[:index]) / total
        for index in range(len(rows) + 1)
    ]
    rooms = [max(1.05, right - left - gap) for left, right in zip(edges, edges[1:])]
    labels = [_part_label(row, room) for row, room in zip(rows, rooms)]
    if sum(breadth_of(label) + gap for label in labels) > span:
        labels = [_part_label(row, span / len(rows) - gap) for row in rows]
    places = _spread(edges, [breadth_of(label) for label in labels], gap)
    for row, left, right, x, label in zip(rows, edges, edges[1:], places, labels):
        page.bar(left, top, right - left, 0.46, row.color, "part")
        if left > MARGIN:
            page.line((left, left), (top, top + 0.46), PAPER, min(1.2, (right - left) * 24), "cut")
        foot = min(max(x, left), (left + right) / 2)
        page.line((foot, foot, x, x), (top + 0.49, top + 0.54, top + 0.62, top + 0.67), GREY)
        page.write(x, top + 0.67, label[:2])
        page.write(x, top + 0.71 + height_of(label[:2]), label[2:])
    page.y = top + 0.71 + max(map(height_of, labels))


def _draw_spread(page, rows):
    """The labels of the named places above the axis, each joined to its ring by a line."""
    named = sorted((row for row in rows if row.named), key=lambda row: row.value)
    blocks = [
        wrapped(
            1.5,
            (row.text, NUMBER._replace(color=BLUE if row.own else INK)),
            (row.label_zh, LABEL._replace(bold=row.own)),
            (row.label_en, SMALL),
        )
        for row in named
    ]
    top = page.y + max(map(height_of, blocks), default=0)
    page.y = top + 0.62
    at = page.axis(
        _ticks(0, max(row.value for row in rows)), MARGIN + 0.1, RIGHT - 0.35, page.y - 0.4, unit=""
    )
    middle = top + 0.42
    places = _spread(
        [at(row.value) - breadth_of(block) / 2 for row, block in zip(named, blocks)],
        list(map(breadth_of, blocks)),
        0.2,
    )
    for row, block, x in zip(named, blocks, places):
        page.write(x, top - height_of(block), block)
        foot = min(max(at(row.value), x), x + breadth_of(block))
        page.line(
            (foot, foot, at(row.value), at(row.value)),
            (top + 0.04, top + 0.1, top + 0.22, middle - 0.08),
            BLUE if row.own else GREY,
        )
    for row in sorted(rows, key=lambda row: bool(row.own)):
        page.dot(at(row.value), middle, BLUE if row.own else GREY, hollow=not row.own)


def _draw_textmap(page, rows):
    """A key, then the parts below each other; marks that run over a line's end go on in the
    next.
    """
    kinds = {}
    for row in rows:
        if row.kind_zh:
            kinds.setdefault((row.kind_zh, row.kind_en, bool(row.figure)), []).append(row)
    left, deep = MARGIN, 0
    for (zh, en, figure), of_kind in sorted(kinds.items(), key=lambda item: -len(item[1])):
        words = wrapped(2.2, (f"{zh} {en} {len(of_kind)}", SMALL))
        if left + 0.2 + breadth_of(words) > RIGHT:
            left, page.y, deep = MARGIN, page.y + deep + 0.06, 0
        _draw_mark(page, left, page.y + 0.02, 0.14, figure, _kind_color(figure, zh, kinds))
        left, deep = page.write(left + 0.2, page.y, words) + 0.25, max(deep, height_of(words))
    page.y += deep + 0.17
    parts = {}
    for row in rows:
        parts.setdefault((row.label_zh, row.label_en), []).append(row)
    labels = {
        part: (wrapped(0.85, (part[0], Style(8.5, bold=True))), wrapped(0.95, (part[1], SMALL)))
        for part in parts
    }
    counts = {
        part: (
            [(str(sum(bool(row.figure) for row in of_part)), Style(9, BLUE, True))]
            if any(row.figure for row in of_part)
            else []
        )
        for part, of_part in parts.items()
    }
    second = MARGIN + max(breadth_of(zh) for zh, _ in labels.values()) + 0.1
    first = second + max(breadth_of(en) for _, en in labels.values()) + 0.15
    last = RIGHT - max(map(breadth_of, counts.values())) - 0.12
    step = (last - first) / TEXT_LINE
    for part, of_part in parts.items():
        page.write(MARGIN, page.y - 0.03, labels[part][0])
        page.write(second, page.y - 0.03, labels[part][1])
        page.write(RIGHT, page.y - 0.04, counts[part], "right")
        length = int(of_part[0].length)
        lines = max(1, math.ceil(length / TEXT_LINE))
        for line in range(lines):
            page.bar(
                first,
                page.y + line * TEXT_PITCH + 0.045,
                step * min(TEXT_LINE, length - line * TEXT_LINE),
                0.03,
                RULE,
                "text",
            )
        for row in of_part:
            start, end = int(row.at), int(row.at) + int(row.width)
            while row.kind_zh and start < end:
                line, column = divmod(start, TEXT_LINE)
                until = min(end, (line + 1) * TEXT_LINE)
                color = _kind_color(bool(row.figure), row.kind_zh, kinds)
                _draw_mark(
                    page,
                    first + column * step,
                    page.y + line * TEXT_PITCH,
                    (until - start) * step,
                    bool(row.figure),
                    color,
                )
                start = until
        page.y += (
            max(lines * TEXT_PITCH, *(height_of(label) - 0.04 for label in labels[part])) + 0.08
        )


def _draw_mark(page, x, top, width, figure, color):
    page.bar(x, top if figure else top + 0.035, width, 0.12 if figure else 0.05, color, "mark")


def _kind_color(figure, zh, kinds):
    """Figures are blue and tall; what else a number is, is short and grey, darker where it is
    rarer.
    """
    others = [
        kind
        for kind, _, is_figure in sorted(kinds, key=lambda kind: -len(kinds[kind]))
        if not is_figure
    ]
    return BLUE if figure else (GREY, INK, MID)[others.index(zh) % 3]


def _part_label(row, room):
    return wrapped(
        room,
        (_say(row.value), NUMBER),
        (row.share, SMALL),
        (row.label_zh, LABEL),
        (row.label_en, SMALL),
    )


def _spread(wanted, widths, gap):
    """Left edges near the wanted ones, such that nothing overlaps or leaves the page."""
    places, free, end = [], MARGIN, RIGHT
    for x, width in zip(wanted, widths):
        places.append(max(x, free))
        free = places[-1] + width + gap
    for index in reversed(range(len(places))):
        places[index] = min(places[index], end - widths[index])
        end = places[index] - gap
    return places


def _scale(rows, beside, room):
    """Inches for one unit, so that each bar and what stands beside it keep within the room."""
    return min(
        ((room - GAP - width) / row.value for row, width in zip(rows, beside) if row.value),
        default=0,
    )


def _ticks(low, high, most=5):
    """Round values around both ends; from zero, unless the differences would then be too small to
    see.
    """
    low = 0 if low < high / 2 else max(0, min(low, high - 0.5))
    step = next(
        step for step in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) if (high - low) / step <= most
    )
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(tick * step, 1) for tick in range(first, max(last, first + 1) + 1)]


def _label(row, room=LABEL_ROOM):
    return wrapped(room, (row.label_zh, LABEL), (row.label_en, SMALL))


def _room(labels):
    return max(map(breadth_of, labels)) + 0.14


def _count(row, room):
    """The number as printed and its English: two blocks side by side, or one where they are too
    wide for that.
    """
    zh, _, en = row.text.partition(" / ")
    number = NUMBER._replace(color=RED if row.role == "lost" else INK)
    beside = wrapped(room, (zh, number)), wrapped(room, (en, SMALL))
    return beside if _width(beside) <= room else (wrapped(room, (zh, number), (en, SMALL)), [])


def _width(count):
    return sum(breadth_of(block) + 0.06 for block in count if block)


def _centred(middle, block, left):
    """Where centred lines start so that they keep between `left` and the margin."""
    return max(left, min(middle - breadth_of(block) / 2, RIGHT - breadth_of(block)))


def _say(number):
    return f"{number:,.2f}".removesuffix("00").removesuffix(".")


def _change(before, after):
    sign = "+" if after > before else "−" if after < before else "±"
    return sign + _say(abs(after - before))


# What cannot be drawn: every problem says where, what was found, what was wanted.


def _is_words(cell):
    return isinstance(cell, str) and bool(cell.strip())


def _is_number(cell):
    return (
        isinstance(cell, (Real, Decimal))
        and not isinstance(cell, bool)
        and math.isfinite(cell)
        and cell >= 0
    )


WORDS, AMOUNT = (_is_words, "words, as a string"), (_is_number, "a number of 0 or more")
TRUTH = (pd.api.types.is_bool, "True or False")
WANTED = {
    **dict.fromkeys(("value", "low", "high", "part", "whole", "length", "at", "width"), AMOUNT),
    **dict.fromkeys(("own", "lost", "figure", "missing", "named"), TRUTH),
    "role": (lambda cell: cell in tuple(ROLES), "one of " + ", ".join(ROLES)),
    "status": (lambda cell: cell in STATUSES, "one of " + ", ".join(STATUSES)),
    "grade": (
        lambda cell: cell in ("A", "B"),
        "A or B; what is C gets no mark, say it in the note",
    ),
}


def _rows(kind, table, wanted, optional=""):
    """The rows of a table; `wanted` columns must be there, `optional` cells may be empty."""
    if not isinstance(table, pd.DataFrame):
        raise BaodingError(
            f"{kind}, table: found {type(table).__name__}, wanted a data frame with {wanted}"
        )
    absent = [column for column in wanted.split() if column not in table.columns]
    found = ", ".join(map(str, table.columns))
    refuse(
        kind,
        [f"table: found the columns {found}, wanted {column!r} too; add it" for column in absent],
    )
    if table.empty:
        raise BaodingError(
            f"{kind}, table: found no row, wanted one or more; see how the rows were selected"
        )
    return _checked(kind, table.to_dict("records"), wanted, optional)


def _checked(kind, records, wanted, optional=""):
    rows, problems = [], []
    for number, record in enumerate(records, 1):
        rows.append(row := SimpleNamespace())
        for column in dict.fromkeys([*wanted.split(), *optional.split()]):
            rule = WANTED.get(column, WORDS)
            cell = record.get(column)
            if column in optional.split() and (pd.isna(cell) is True or cell == ""):
                cell = {AMOUNT: None}.get(rule, "")
            elif not rule[0](cell):
                problems.append(
                    f"row {number}, {column}: found {cell!r}, wanted {rule[1]}; correct the table"
                )
            elif rule is AMOUNT:
                cell = float(cell)
            setattr(row, column, cell)
    refuse(kind, problems)
    return rows


def _bar_rows(kind, table):
    rows = _rows(kind, table, "label_zh label_en value text", "role note_zh note_en")
    for row in rows:
        row.role, row.change, row.point = row.role or "main", "", False
    return rows


def _parts(kind, table):
    """The parts of a whole, each with its colour and its share."""
    rows = _rows(kind, table, "label_zh label_en value")
    total = sum(row.value for row in rows)
    if len(rows) > len(PARTS) or not total:
        found = f"{len(rows)} parts with a sum of {_say(total)}"
        raise BaodingError(
            f"{kind}, table: found {found}, wanted up to five above 0; join the smallest, or draw"
            " bars"
        )
    for row, color in zip(rows, PARTS):
        row.color, row.share = color, f"{100 * row.value / total:.1f}%"
    return rows


def _check_squares(rows):
    broken = [
        f"row {number}, value: found {row.value}, wanted a whole number; one square is one item"
        for number, row in enumerate(rows, 1)
        if row.value % 1
    ]
    total = sum(row.value for row in rows)
    many = (
        [f"table: found {_say(total)} items, wanted at most 2,000; draw a strip instead"]
        if total > 2000
        else []
    )
    refuse("waffle", broken + many)


def _check_intervals(kind, rows):
    """A share lies in its interval, and comes with both counts or with none."""
    problems = []
    for number, row in enumerate(rows, 1):
        counted = [row.low, row.high, row.part, row.whole]
        if None in counted:
            if any(cell is not None for cell in counted):
                problems.append(
                    f"row {number}: found only some of low, high, part, whole, wanted all four or"
                    " none"
                )
        elif not (row.low <= row.value <= row.high and row.part <= row.whole and row.whole):
            found = f"{row.low:g} ≤ {row.value:g} ≤ {row.high:g} and {row.part:g} of {row.whole:g}"
            problems.append(
                f"row {number}: found {found}, wanted the value in its interval and the part in its"
                " whole"
            )
        if max(row.value, row.high or 0) > 100:
            problems.append(
                f"row {number}: found {max(row.value, row.high or 0):g} %, wanted at most 100"
            )
        if not (row.__dict__.get("own", True) or row.grade):
            problems.append(
                f"row {number}, grade: found none, wanted A or B for every place but the own one"
            )
    refuse(kind, problems)
