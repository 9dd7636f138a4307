"""The page that all charts share: type, measured words, and a figure laid out in inches from its
top left corner.

Every text is measured before it is placed, so that none overlaps another.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle
from matplotlib.transforms import Affine2D

from baoding_data.charts.palette import BLUE, GREY, INK, PAPER, RULE
from baoding_data.errors import BaodingError

FONT, FONTS = "Baoding Sans SC", Path(__file__).parent / "fonts"
for _file in sorted(FONTS.glob("*.otf")):
    fontManager.addfont(_file)

WIDTH, DPI, MARGIN = 8.6, 150, 0.32
RIGHT = WIDTH - MARGIN
BAR, GAP, GUTTER, LABEL_ROOM = 0.3, 0.09, 0.34, 2.3
LEADING, BASELINE = 1.45, 1.105  # in type sizes: line to line, and a line's top to its baseline
CLOSING = "，。；：、！？）》〉】〕」』”’…—·％,.;:!?)]}%"
PAUSES = "，。；：、！？,;:"
OPENING = "（《〈【〔「『“‘([{"


class Heading(NamedTuple):
    """The words around a chart: the finding; its definition with unit, scope and period; the
    source.
    """

    title_zh: str
    title_en: str
    note_zh: str
    note_en: str
    source_zh: str
    source_en: str


class Style(NamedTuple):
    size: float
    color: str = INK
    bold: bool = False


TITLE, SUBTITLE, PANEL, LABEL = Style(15, bold=True), Style(10.5), Style(11, bold=True), Style(10)
TILES, TILE = 3, Style(20, BLUE, True)
NUMBER, PLAIN, SMALL, SOURCE = (
    Style(12.5, bold=True),
    Style(9.5, GREY),
    Style(8.5, GREY),
    Style(8, GREY),
)


class Page:
    """A figure under its heading, in inches from the top left corner; `y` is where the next thing
    may start.
    """

    def __init__(self, heading):
        if not isinstance(heading, Heading):
            raise BaodingError(f"heading: found {type(heading).__name__}, wanted a charts.Heading")
        self.heading = heading
        wordless = [
            field
            for field, words in heading._asdict().items()
            if not isinstance(words, str) or not (words.strip() or field.startswith("note"))
        ]
        refuse(
            "heading",
            [
                f"{field}: found {getattr(heading, field)!r}, wanted words, as a string; only the"
                " notes may be empty"
                for field in wordless
            ],
        )
        self.figure = Figure(figsize=(WIDTH, 1), dpi=DPI, facecolor=PAPER)
        self._downwards = Affine2D().scale(1, -1)
        self.inches = self._downwards + self.figure.dpi_scale_trans
        self.y = MARGIN - 0.06
        self.flow((heading.title_zh, TITLE))
        self.flow((heading.title_en, SUBTITLE), after=0.06)
        self.flow((heading.note_zh, SMALL), (heading.note_en, SMALL), after=0.28)

    def finish(self):
        """Rule off, name the source, and cut the page to its height."""
        self.y += 0.24
        self.line((MARGIN, RIGHT), (self.y, self.y), RULE)
        self.y += 0.09
        sources = (
            ("来源：" + self.heading.source_zh, SOURCE),
            ("Source: " + self.heading.source_en, SOURCE),
        )
        self.flow(*sources, after=MARGIN - 0.08)
        self.figure.set_figheight(self.y)
        self._downwards.translate(0, self.y)
        return self.figure

    def flow(self, *parts, after=0.0):
        """Write across the page and move on."""
        lines = wrapped(RIGHT - MARGIN, *parts)
        self.write(MARGIN, self.y, lines)
        self.y += height_of(lines) + after

    def write(self, x, top, lines, align="left"):
        """Write lines downwards and return their right end."""
        for text, style in lines:
            font = _font(style.size, style.bold)
            place = {"transform": self.inches, "ha": align, "va": "baseline"}
            baseline = top + BASELINE * style.size / 72
            self.figure.text(
                x, baseline, text, color=style.color, fontproperties=font, parse_math=False, **place
            )
            top += LEADING * style.size / 72
        return x + breadth_of(lines)

    def beside(self, x, middle, lines):
        """Write lines with their middle at the middle of a mark."""
        return self.write(x, middle - height_of(lines) / 2, lines)

    def bar(self, x, top, width, height, color, name="bar", outline=False):
        look = {"facecolor": color, "linewidth": 0}
        if outline:
            look = {
                "facecolor": PAPER,
                "edgecolor": color,
                "linewidth": 1.2,
                "linestyle": (0, (3, 2)),
            }
        self.figure.add_artist(
            Rectangle((x, top), width, height, transform=self.inches, gid=name, **look)
        )

    def line(self, xs, ys, color, width=0.8, name="guide"):
        look = {
            "color": color,
            "linewidth": width,
            "solid_capstyle": "round" if name == "interval" else "butt",
        }
        self.figure.add_artist(Line2D(xs, ys, transform=self.inches, gid=name, **look))

    def zero(self, x, top, bottom):
        """The line that bars start from, just left of it so that it hides none of a short bar."""
        self.line((x - 0.006, x - 0.006), (top, bottom), GREY, name="zero")

    def dot(self, x, y, color, hollow=False):
        look = {
            "facecolor": PAPER if hollow else color,
            "edgecolor": color,
            "linewidth": 1.8,
            "zorder": 3,
        }
        self.figure.add_artist(Circle((x, y), 0.068, transform=self.inches, gid="dot", **look))

    def axis(self, ticks, left, right, top, unit="%"):
        """Faint guides from `top` down to here, named below, the last with its unit; returns the
        function from a value to its place.
        """

        def at(value):
            return left + (value - ticks[0]) / (ticks[-1] - ticks[0]) * (right - left)

        for tick in ticks:
            name = [(f"{tick:,g}{unit if tick == ticks[-1] else ''}", SMALL)]
            self.line((at(tick), at(tick)), (top, self.y), RULE)
            self.write(at(tick), self.y + 0.02, name, "center")
        self.line((left, right), (self.y, self.y), RULE)
        self.y += 0.02 + height_of(name)
        return at


# Words and their measures. A block is a list of (line, Style).


@lru_cache
def _font(size, bold):
    return FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")


@lru_cache
def _renderer():
    return RendererAgg(1, 1, DPI)


@lru_cache
def _glyphs():
    return frozenset(map(chr, get_font(FONTS / "BaodingSansSC-Regular.otf").get_charmap()))


@lru_cache(maxsize=20_000)
def measure(text, style):
    return (
        _renderer().get_text_width_height_descent(text, _font(style.size, style.bold), False)[0]
        / DPI
    )


def breadth_of(block):
    return max((measure(text, style) for text, style in block), default=0)


def height_of(block):
    return sum(style.size for _, style in block) * LEADING / 72


def wrapped(room, *parts):
    """Wrap (text, Style) pairs into lines no wider than the room."""
    return [(line, style) for text, style in parts if text for line in wrap(text, style, room)]


def wrap(text, style, room):
    """As few lines as fit, of about equal length, ended where the sentence pauses if that can be
    had.
    """
    lines = fill(text, style, room)
    if len(lines) == 1 or any(measure(piece.rstrip(), style) > room for piece in pieces(text)):
        return lines
    narrower = [
        fill(text, style, room - less * style.size / 72)
        for less in range(1, int(36 * room / style.size))
    ]
    even = [found for found in (*reversed(narrower), lines) if len(found) == len(lines)]
    return max(even, key=lambda found: sum(line[-1] in PAUSES for line in found[:-1]))


def fill(text, style, room):
    lines, used = [""], 0
    for piece in pieces(text):
        while (
            measure(piece.rstrip(), style) > room and len(piece) > 1
        ):  # longer than a line: cut it anywhere
            cut = max(
                1, bisect_right(range(1, len(piece)), room, key=lambda n: measure(piece[:n], style))
            )
            lines, used = [*filter(None, lines), piece[:cut]], room
            piece = piece[cut:]
        if lines[-1] and used + measure(piece.rstrip(), style) > room:
            lines, used = [*lines, ""], 0
        lines[-1] += piece
        used += measure(piece, style)
    return [line.rstrip() for line in lines]


@lru_cache(maxsize=2_000)
def pieces(text):
    """The text, cut where a line may end: after spaces and around Han characters."""
    text = re.sub("[ \\t\\r\\n]+", " ", text).strip()
    unknown = sorted(set(text) - _glyphs())
    refuse(
        "text",
        [
            f"found {char!r} in {text!r}; the font has no such glyph, write it otherwise"
            for char in unknown
        ],
    )
    cuts = [n for n in range(1, len(text)) if may_break(text[n - 1], text[n])]
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)])]


def may_break(before, here):
    if " " in (before, here):
        return before == " "
    if here in CLOSING or before in OPENING or before.isdecimal():  # a number stays with its unit
        return False
    return any(unicodedata.east_asian_width(char) in "WF" for char in (before, here))


def refuse(kind, problems):
    if problems:
        raise BaodingError("\n".join(f"{kind}, {problem}" for problem in problems), problems)
