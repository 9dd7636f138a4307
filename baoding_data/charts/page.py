"""The page that all charts share: 8.6 inches wide, measured from its top left corner."""

import math
from collections.abc import Callable, Container, Generator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, Literal

import matplotlib.style
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.transforms import Affine2D

from baoding_data.charts.palette import GREY, PAPER, RULE
from baoding_data.charts.rows import Heading, Labelled, Lang, joined, spoken, wrong
from baoding_data.charts.typesetting import (
    DPI,
    LABEL,
    LOOK,
    SMALL,
    SOURCE,
    SUBTITLE,
    TITLE,
    Block,
    Line,
    Style,
    wrapped,
)
from baoding_data.errors import refuse

WIDTH, MARGIN, GUTTER, LABEL_ROOM = 8.6, 0.32, 0.34, 2.3
RIGHT = WIDTH - MARGIN
# The radius of a dot, how far its hook reaches beyond, and how deep an inexact bar's end is cut.
DOT, HOOK, END = 0.068, 0.1, 0.11

# The ends of bars as (back, down) from their upper corner, in END and in their heights; and the
# sides to which dots are open.
_GOES_ON, _GOES_BACK = [(1, 0), (0, 0.5), (1, 1)], [(0, 0), (1, 0.5), (0, 1)]
_TEETH = [(tooth % 2, tooth / 6) for tooth in range(7)]
ENDS = {"more_than": _GOES_ON, "at_least": _GOES_ON, "about": _TEETH}
ENDS |= {"less_than": _GOES_BACK, "at_most": _GOES_BACK}
SIDES = {"exact": (), "more_than": (1,), "at_least": (1,), "about": (-1, 1)}
SIDES |= {"less_than": (-1,), "at_most": (-1,)}


# What the grades of a comparison mean that a dot can have.
GRADES = {"A": ("可比", "comparable"), "B": ("一项不同", "one thing differs")}


class Page:
    """A figure under its heading, in one language or both; the next thing may start at `y`."""

    def __init__(self, heading: Heading, lang: Lang):
        _check_heading(heading)
        self.heading, self.lang = heading, lang
        self.figure = Figure(figsize=(WIDTH, 1), dpi=DPI, facecolor=PAPER)
        self._downwards = Affine2D().scale(1, -1)
        self.inches = self._downwards + self.figure.dpi_scale_trans
        self.y = MARGIN - 0.06
        title, subtitle = self.spoken(heading.title_zh, heading.title_en)
        self.figure.set_label(title)
        self.flow((title, TITLE))
        self.flow((subtitle, SUBTITLE), after=0.06)
        self.say(heading.note_zh, heading.note_en, after=0.28)

    def finish(self) -> None:
        """Rule off, name the source, and cut the page to its height."""
        self.y += 0.24
        self.line((MARGIN, RIGHT), (self.y, self.y), RULE)
        self.y += 0.09
        zh, en = "来源：" + self.heading.source_zh, "Source: " + self.heading.source_en
        self.say(zh, en, SOURCE, MARGIN - 0.08)
        self.figure.set_figheight(self.y)
        self._downwards.translate(0, self.y)

    def spoken(self, zh: str, en: str) -> tuple[str, str]:
        """The main and the second of two texts, as `rows.spoken` has them."""
        return spoken(self.lang, zh, en)

    def say(self, zh: str, en: str, style: Style = SMALL, after: float = 0.0) -> None:
        """Write a sentence across the page, each language on lines of its own."""
        self.flow(*((text, style) for text in self.spoken(zh, en)), after=after)

    def flow(self, *lines: Line, after: float = 0.0) -> None:
        """Write across the page and move on."""
        block = wrapped(RIGHT - MARGIN, *lines)
        self.write(MARGIN, self.y, block)
        self.y += block.height + after

    def write(
        self, x: float, top: float, block: Block, align: Literal["left", "center", "right"] = "left"
    ) -> float:
        """Write a block downwards and return its right end."""
        look: dict[str, Any] = {"transform": self.inches, "parse_math": False, "va": "baseline"}
        for baseline, text, style in block.from_top(top):
            look |= {"fontproperties": style.font, "color": style.color, "ha": align}
            self.figure.text(x, baseline, text, **look)
        return x + block.width

    def beside(self, x: float, middle: float, block: Block) -> float:
        """Write a block with its middle at the middle of a mark."""
        return self.write(x, middle - block.height / 2, block)

    def bar(
        self,
        x: float,
        top: float,
        width: float,
        height: float,
        color: str,
        name: str = "bar",
        outline: bool = False,
        bound: str = "exact",
    ) -> None:
        """A rectangle from `x` to the right; where its number has a bound, its end is a point that
        goes on, a notch that goes back, or teeth.
        """
        look: dict[str, Any] = {"facecolor": color, "linewidth": 0}
        if outline:
            look = {"facecolor": PAPER, "edgecolor": color, "linewidth": 1.2}
            look["linestyle"] = (0, (3, 2))
        look |= {"transform": self.inches, "label": name}
        if bound == "exact":
            self.figure.add_artist(Rectangle((x, top), width, height, **look))
            return
        deep, end = min(END, width), x + width
        cut = [(end - back * deep, top + down * height) for back, down in ENDS[bound]]
        self.figure.add_artist(Polygon([(x, top), *cut, (x, top + height)], **look))

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        color: str,
        width: float = 0.8,
        name: str = "guide",
        behind: bool = False,
    ) -> None:
        cap: Literal["round", "butt"] = "round" if name == "interval" else "butt"
        look = Line2D(xs, ys, linewidth=width, color=color, solid_capstyle=cap, label=name)
        look.set(transform=self.inches, zorder=0.5 if behind else 2)
        self.figure.add_artist(look)

    def zero(self, x: float, top: float, bottom: float) -> None:
        """The line that bars start from, just left of it so that it hides none of a short bar."""
        self.line((x - 0.006, x - 0.006), (top, bottom), GREY, name="zero")

    def dot(
        self,
        x: float,
        y: float,
        color: str,
        hollow: bool = False,
        bound: str = "exact",
        name: str = "dot",
    ) -> None:
        """A dot; where its number has a bound, with a hook on each side to which it is open."""
        look: dict[str, Any] = {"linewidth": 1.8, "zorder": 3, "edgecolor": color}
        look["facecolor"] = PAPER if hollow else color
        self.figure.add_artist(Circle((x, y), DOT, transform=self.inches, label=name, **look))
        for side in SIDES[bound]:
            near, far = x + side * (DOT + HOOK - 0.05), x + side * (DOT + HOOK)
            self.line((near, far, near), (y - 0.055, y, y + 0.055), color, 1.4, "bound")

    def grades(self, grades: Container[str | None]) -> None:
        """What solid and hollow dots stand for, on one line, as far as these grades are drawn."""
        x, middle = MARGIN + DOT, self.y + 0.08
        for grade, words in GRADES.items():
            if grade in grades:
                self.dot(x, middle, GREY, hollow=grade == "B", name="key")
                named = joined(self.spoken(*words))
                named += f"（{grade}）" if self.lang == "zh" else f" ({grade})"
                x = self.beside(x + DOT + 0.07, middle, Block([(named, SMALL)])) + 0.3
        if x > MARGIN + DOT:
            self.y += 0.34

    def axis(
        self, ticks: Sequence[float], left: float, right: float, top: float, unit: str = "%"
    ) -> Callable[[float], float]:
        """Guides from `top` to here, named below; returns the function from value to its place."""

        def at(value: float) -> float:
            return left + (value - ticks[0]) / (ticks[-1] - ticks[0]) * (right - left)

        for tick in ticks:
            name = name_of(tick, unit if tick == ticks[-1] else "")
            self.line((at(tick), at(tick)), (top, self.y), RULE, behind=True)
            self.write(at(tick), self.y + 0.02, name, "center")
        self.line((left, right), (self.y, self.y), RULE)
        self.y += 0.02 + Block([("0", SMALL)]).height
        return at


def name_of(tick: float, unit: str = "") -> Block:
    """What stands below a tick of an axis."""
    return Block([(f"{tick:,.9g}{unit}", SMALL)])


@contextmanager
def new_page(heading: Heading, lang: Lang) -> Generator[Page, None, None]:
    """A page drawn in the house's look; the caller's settings stay as they are."""
    with matplotlib.style.context(LOOK):
        page = Page(heading, lang)
        yield page
        page.finish()


def _check_heading(heading: Heading) -> None:
    if not isinstance(heading, Heading):
        found = type(heading).__name__
        refuse([wrong("heading", "", found, "a charts.Heading", "give its six texts by name")])
    wanted = "words, as a string", "only the notes may be empty"
    refuse(
        wrong("heading", field, repr(words), *wanted)
        for field, words in heading._asdict().items()
        if not isinstance(words, str) or not (words.strip() or field.startswith("note"))
    )


# What several families place in the same way.


def lines_of(row: Labelled, bold: bool = False) -> tuple[Line, Line]:
    """The label of a row, still unbroken, in both languages."""
    return (row.label_zh, LABEL._replace(bold=bold)), (row.label_en, SMALL)


def label(row: Labelled, room: float = LABEL_ROOM, bold: bool = False) -> Block:
    """The label of a row in both languages."""
    return wrapped(room, *lines_of(row, bold))


def columns(number: int) -> tuple[list[float], float]:
    """The left edges and the common width of so many columns of the page."""
    width = (RIGHT - MARGIN - GUTTER * (number - 1)) / number
    return [MARGIN + index * (width + GUTTER) for index in range(number)], width


def apart(
    wanted: Sequence[float],
    widths: Sequence[float],
    gap: float,
    start: float = MARGIN,
    end: float = RIGHT,
) -> list[float]:
    """Left edges near the wanted ones, such that nothing overlaps or leaves the room."""
    places, free = [], start
    for x, width in zip(wanted, widths, strict=True):
        places.append(max(x, free))
        free = places[-1] + width + gap
    for index in reversed(range(len(places))):
        places[index] = min(places[index], end - widths[index])
        end = places[index] - gap
    return places


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round values around both ends; from zero, unless differences would then be hard to see."""
    low = 0 if low < high / 2 else max(0, min(low, high - 0.5))
    steps = (digit * 10.0**power for power in count(-1) for digit in (1, 2, 5))
    step = next(step for step in steps if (high - low) / step <= most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(tick * step, 1) for tick in range(first, max(last, first + 1) + 1)]
