"""Words and their measures: type, line breaking by the rules of both scripts, numbers in words.

Every text is measured before it is placed, so that none overlaps another.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font, LoadFlags

from baoding_data.charts.palette import BLUE, GREY, INK
from baoding_data.charts.rows import halves, wrong
from baoding_data.errors import BaodingError, refuse
from baoding_data.reading import ANEW, content

# TrueType, since matplotlib embeds no other outlines in a PDF so that every reader takes them.
FONT, FONTS = "Baoding Sans SC", Path(__file__).parent / "fonts"
# With their checksums: a font that is damaged may open, and then draw something else.
FILES = {
    False: (
        "BaodingSansSC-Regular.ttf",
        "183645d705e16750aa406f929da0c1970ca8f017d479a9632b837f37da610869",
    ),
    True: (
        "BaodingSansSC-Bold.ttf",
        "181af3195bcda67aa8fc522123e65a8b399679346e6f6b723505e7a068abf1ac",
    ),
}

DPI = 150
# A text is as wide in the picture as in the drawing only if its letters are not moved onto pixels.
LOOK = ["default", {"text.hinting": "no_hinting"}]
LEADING, BASELINE = 1.45, 1.105  # in type sizes: line to line, and a line's top to its baseline
CLOSING = "，。；：、！？）》〉】〕」』”’…—·％,.;:!?)]}%"
_MOST = 1000  # characters of a line: of the narrowest in the smallest type, fewer fit
PAUSES = "，。；：、！？,;:"
OPENING = "（《〈【〔「『“‘([{"


class Style(NamedTuple):
    """The size, in points, and the look of a line."""

    size: float
    color: str = INK
    bold: bool = False

    @property
    def font(self) -> FontProperties:
        return _font(self.size, self.bold)


TITLE, SUBTITLE, PANEL, LABEL = Style(15, bold=True), Style(10.5), Style(11, bold=True), Style(10)
NUMBER, TILE = Style(12.5, bold=True), Style(20, BLUE, True)
PLAIN, SMALL, SOURCE = Style(9.5, GREY), Style(8.5, GREY), Style(8, GREY)

Line = tuple[str, Style]


class Block(list[Line]):
    """Lines below each other, with their measures in inches."""

    @property
    def width(self) -> float:
        return max((measure(text, style) for text, style in self), default=0)

    @property
    def height(self) -> float:
        return sum(style.size for _, style in self) * LEADING / 72

    def from_top(self, top: float) -> Iterator[tuple[float, str, Style]]:
        """Each line with its baseline."""
        for text, style in self:
            yield top + BASELINE * style.size / 72, text, style
            top += LEADING * style.size / 72


@lru_cache
def _font(size: float, bold: bool) -> FontProperties:
    _face(bold)
    return FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")


@lru_cache
def _face(bold: bool) -> FT2Font:
    """A font, known to the drawing library from now on; raises BaodingError for another one."""
    name, checksum = FILES[bold]
    file = FONTS / name
    if sha256(content(file, ANEW)).hexdigest() != checksum:
        raise BaodingError(f"{file}: is not the font that came with baoding_data; {ANEW}")
    fontManager.addfont(file)
    return FT2Font(str(file))


@lru_cache
def _glyphs() -> frozenset[str]:
    return frozenset(map(chr, _face(bold=False).get_charmap()))


@lru_cache(maxsize=20_000)
def measure(text: str, style: Style) -> float:
    """The width of a line in inches, the same in all formats."""
    face = _face(style.bold)
    face.set_size(style.size, DPI)
    face.set_text(text, flags=LoadFlags.NO_HINTING)
    return face.get_width_height()[0] / 64 / DPI  # FreeType counts in 64ths of a pixel


def wrapped(room: float, *lines: Line) -> Block:
    """The lines, those without words left out, broken so that none is wider than the room."""
    return Block((part, style) for text, style in lines if text for part in wrap(text, style, room))


def number_of(text: str, style: Style = NUMBER, beside: Style = SMALL) -> tuple[Line, Line]:
    """A number, still unbroken, and what its English says more."""
    zh, en = halves(text)
    return (zh, style), (en, beside)


def wrap(text: str, style: Style, room: float) -> list[str]:
    """As few lines as fit, of about equal length, ended at pauses of the sentence if possible."""
    lines = _fill(text, style, room)
    if len(lines) == 1 or any(measure(piece.rstrip(), style) > room for piece in pieces(text)):
        return lines
    rooms = (room - less * style.size / 72 for less in range(1, int(36 * room / style.size)))
    narrower = (_fill(text, style, less) for less in rooms)
    even = [lines, *takewhile(lambda found: len(found) == len(lines), narrower)]
    return max(reversed(even), key=lambda found: sum(line[-1] in PAUSES for line in found[:-1]))


def _fill(text: str, style: Style, room: float) -> list[str]:
    lines, used = [""], 0.0
    for piece in pieces(text):
        while len(piece) > 1 and _is_wider(piece.rstrip(), style, room):  # cut it anywhere
            cut = _fitting(piece, style, room)
            lines, used = [*filter(None, lines), piece[:cut]], room
            piece = piece[cut:]
        if lines[-1] and used + measure(piece.rstrip(), style) > room:
            lines, used = [*lines, ""], 0
        lines[-1] += piece
        used += measure(piece, style)
    return [line.rstrip() for line in lines]


def _is_wider(piece: str, style: Style, room: float) -> bool:
    """Whether a piece is wider than the room; of a very long one its beginning tells."""
    return any(measure(piece[:end], style) > room for end in (min(_MOST, len(piece)), len(piece)))


def _fitting(piece: str, style: Style, room: float) -> int:
    """How many characters of a piece fit into a line, at least one."""
    ends = range(1, min(len(piece), _MOST))
    return max(1, bisect_right(ends, room, key=lambda end: measure(piece[:end], style)))


@lru_cache(maxsize=2_000)
def pieces(text: str) -> Sequence[str]:
    """The text, cut where a line may end: after spaces and around Han characters."""
    text = re.sub("[ \\t\\r\\n]+", " ", text).strip()
    unknown = sorted(set(text) - _glyphs())
    wanted = "characters of the bundled font", "write it otherwise"
    refuse(wrong("text", "", f"{char!r} in {text!r}", *wanted) for char in unknown)
    cuts = [n for n in range(1, len(text)) if _may_break(text[n - 1], text[n])]
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _may_break(before: str, here: str) -> bool:
    if " " in (before, here):
        return before == " "
    if here in CLOSING or before in OPENING or before.isdecimal():  # a number stays with its unit
        return False
    return any(unicodedata.east_asian_width(char) in "WF" for char in (before, here))


def say(number: float) -> str:
    """A number in digits: 20563.0 as 20,563, and 2.5 as 2.50."""
    return f"{number:,.2f}".removesuffix("00").removesuffix(".")
