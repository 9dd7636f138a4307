"""Tables to read: figures with their sentences, the numbers marked; words left, numbers right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from baoding_data.charts.palette import BLUE, GREY, RULE
from baoding_data.tables.figures import Figure
from baoding_data.text.report import section_in_words
from baoding_data.words import Pair

WIDE = 860  # pixels, as wide as a picture
DASH = Pair("—", "—")
# A cell that several rows share would bear the stripe of the first.
ROW = f'<tr style="background: none; border-bottom: 1px solid {RULE}">'
CUT = re.compile("[;，；。]|,(?![0-9]{3}(?![0-9]))|(?<![0-9]),")


class Marked(NamedTuple):
    """Running text of a report with numbers marked, as HTML and as plain text."""

    html: str
    plain: str


class Rows(NamedTuple):
    """A cell that so many rows share; below it the cells of its column are None."""

    cell: "str | Pair | Marked"
    count: int


Cell = str | Pair | Marked | Rows | None


class Column(NamedTuple):
    """A column of a table: its head, whether it holds numbers, its part of the width in %."""

    head: Pair
    number: bool = False
    width: int = 0

    @property
    def align(self) -> str:
        return "right" if self.number else "left"

    @property
    def pad(self) -> str:
        """Words keep off the numbers on their left."""
        return "" if self.number else "; padding-left: 1em"


class Table(NamedTuple):
    """A table for reading, with what holds of all its rows said once above it."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    above: Pair | None = None

    @property
    def html(self) -> str:
        heads = "".join(_th(column) for column in self.columns)
        pairs = (zip(self.columns, row, strict=True) for row in self.rows)
        body = "".join(f"{ROW}{''.join(_td(*pair) for pair in line)}</tr>" for line in pairs)
        above = small(self.above) if self.above else ""
        return (
            f'{above}<table style="width: 100%; max-width: {WIDE}px; table-layout: fixed">'
            f"<thead>{ROW}{heads}</tr></thead><tbody>{body}</tbody></table>"
        )

    @property
    def plain(self) -> str:
        lines = [[column.head.line for column in self.columns]]
        lines += [[_plain(cell) for cell in row] for row in self.rows]
        above = [self.above.line] if self.above else []
        return "\n".join([*above, *(" | ".join(line) for line in lines)])


def _th(column: Column) -> str:
    width = f"; width: {column.width}%" if column.width else ""
    return f'<th style="text-align: {column.align}{width}{column.pad}">{_lines(column.head)}</th>'


def _td(column: Column, cell: Cell) -> str:
    if cell is None:
        return ""
    cell, span = cell if isinstance(cell, Rows) else (cell, 1)
    rows = f' rowspan="{span}"' if span > 1 else ""
    style = f"text-align: {column.align}; vertical-align: top; overflow-wrap: anywhere{column.pad}"
    html = cell.html if isinstance(cell, Marked) else _lines(cell)
    return f'<td{rows} style="{style}">{html}</td>'


def _lines(cell: str | Pair) -> str:
    """Both languages below each other, the English in grey; once where they are the same."""
    if isinstance(cell, str):
        return escape(cell).replace("\n", "<br>")
    zh, en = (escape(words).replace("\n", "<br>") for words in cell)
    if zh == en:
        return zh
    return f'<span lang="zh">{zh}</span><br><span lang="en" style="color: {GREY}">{en}</span>'


def _plain(cell: Cell) -> str:
    if cell is None:
        return "〃"
    cell = cell.cell if isinstance(cell, Rows) else cell
    if isinstance(cell, Marked):
        return cell.plain
    return (cell if isinstance(cell, str) else cell.line).replace("\n", " ")


def in_both(words: Pair, style: str = "") -> str:
    """A paragraph in each language, as HTML."""
    look = f' style="{style}"' if style else ""
    paragraphs = zip(("zh", "en"), words, strict=True)
    return "".join(f'<p lang="{lang}"{look}>{escape(text)}</p>' for lang, text in paragraphs)


def small(words: Pair) -> str:
    """A note in both languages, in one grey paragraph."""
    zh, en = map(escape, words)
    style = f"color: {GREY}; font-size: .9em"
    return f'<p style="{style}"><span lang="zh">{zh}</span> <span lang="en">{en}</span></p>'


def sentences(figures: Iterable[Figure]) -> Iterator[Cell]:
    """The sentence of each figure, the numbers marked, with its section; once for figures of one
    sentence that follow each other.
    """
    for _, group in groupby(figures, key=lambda one: (one.section, one.sentence or id(one))):
        alike = list(group)
        yield from shared(_quoted(alike) if alike[0].sentence else DASH, len(alike))


def shared(cell: str | Pair | Marked, count: int) -> list[Cell]:
    """The cells of a column where so many rows share one."""
    return [Rows(cell, count), *[None] * (count - 1)] if count > 1 else [cell]


def _quoted(figures: Sequence[Figure]) -> Marked:
    """The sentence of some figures and its section."""
    quoted, where = excerpt(figures), section_in_words(figures[0].section)
    section = f'<span style="color: {GREY}; white-space: nowrap">〔{escape(where.zh)}〕</span>'
    html = f'<span lang="zh">{quoted.html} {section}</span>'
    return Marked(html, f"{quoted.plain}〔{where.zh}〕")


def excerpt(figures: Sequence[Figure], words: str = "") -> Marked:
    """A sentence cut to the clauses that hold some figures, and some words, these marked."""
    sentence = figures[0].sentence
    spots = {(f.at, f.at + len(f.printed)) for f in figures if f.at is not None}
    quotes = [(sentence.find(f.quote), f.quote) for f in figures if f.quote in sentence]
    start = sentence.find(words) if words else -1
    spots |= {(start, start + len(words))} if start >= 0 else set()
    first = min([a for a, _ in spots] + [at for at, _ in quotes])
    last = max([b for _, b in spots] + [at + len(quote) for at, quote in quotes])
    cuts = [0, *(m.end() for m in CUT.finditer(sentence)), len(sentence)]
    begin, end = max(c for c in cuts if c <= first), min(c for c in cuts if c >= last)
    out, plain, at = ["……" if begin else ""], ["……" if begin else ""], begin
    for a, b in sorted(spots):
        if a >= at:
            out += [escape(sentence[at:a]), f'<b style="color: {BLUE}">{escape(sentence[a:b])}</b>']
            plain += [sentence[at:a], f"【{sentence[a:b]}】"]
            at = b
    tail = sentence[at:end] + ("……" if end < len(sentence) else "")
    return Marked("".join(out) + escape(tail), "".join(plain) + tail)
