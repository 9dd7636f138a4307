"""Tables to read: figures with their sentences, the numbers marked; words left, numbers right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from baoding_data.charts.palette import BLUE, GREY, RULE
from baoding_data.comparison.sentences import Piece, Told
from baoding_data.shown import Html, html, tag
from baoding_data.tables.figures import Figure
from baoding_data.text.report import section_in_words
from baoding_data.words import EMPTY, Pair

WIDE = 860  # pixels, as wide as a picture
DASH = Pair("—", "—")
SMALL = f"color: {GREY}; font-size: .9em"
# A cell that several rows share would bear the stripe of the first.
ROW = f"background: none; border-bottom: 1px solid {RULE}"
CUT = re.compile("[;，；。]|,(?![0-9]{3}(?![0-9]))|(?<![0-9]),")


class Marked(NamedTuple):
    """Running text of a report with numbers marked, and the section it stands in."""

    pieces: Sequence[Piece]
    section: Pair = EMPTY

    @property
    def html(self) -> Html:
        look = f"color: {GREY}; white-space: nowrap"
        where = html(" ", tag("span", f"〔{self.section.zh}〕", style=look))
        return html(run(self.pieces), where if any(self.section) else "")

    @property
    def plain(self) -> str:
        said = (f"【{one.text}】" if is_marked(one) else one.text for one in self.pieces)
        return "".join(said) + f"〔{self.section.zh}〕" * any(self.section)


class Linked(NamedTuple):
    """Words that lead to a page, and more words after them."""

    words: Pair
    url: str
    after: Pair = EMPTY

    @property
    def html(self) -> Html:
        en = tag("span", self.words.en, self.after.en, lang="en", style=f"color: {GREY}")
        return html(tag("a", self.words.zh, href=self.url), self.after.zh, tag("br"), en)

    @property
    def plain(self) -> str:
        return f"{self.words.zh}{self.after.zh} {self.words.en}{self.after.en}"


class Rows(NamedTuple):
    """A cell that so many rows share; below it the cells of its column are None."""

    cell: "Words | Marked | Linked"
    count: int


class Apart(NamedTuple):
    """Words in each language, and what of them a page of both shows: digits once."""

    words: Pair
    both: Pair


Words = str | Pair | Told | Apart  # what each language says for itself
Cell = Words | Marked | Linked | Rows | None


def both(cell: Words) -> str | Pair:
    """Words as a page of both languages shows them."""
    if isinstance(cell, Apart):
        return cell.both
    return cell.pair if isinstance(cell, Told) else cell


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
    def html(self) -> Html:
        head = tag("tr", *map(_th, self.columns), style=ROW)
        pairs = (zip(self.columns, row, strict=True) for row in self.rows)
        rows = (tag("tr", *(_td(*pair) for pair in line), style=ROW) for line in pairs)
        above = small(self.above) if self.above else ""
        look = f"width: 100%; max-width: {WIDE}px; table-layout: fixed"
        return html(above, tag("table", tag("thead", head), tag("tbody", *rows), style=look))

    @property
    def plain(self) -> str:
        lines = [[column.head.line for column in self.columns]]
        lines += [[_plain(cell) for cell in row] for row in self.rows]
        above = [self.above.line] if self.above else []
        return "\n".join([*above, *(" | ".join(line) for line in lines)])


def _th(column: Column) -> Html:
    width = f"; width: {column.width}%" if column.width else ""
    look = f"text-align: {column.align}{width}{column.pad}"
    return tag("th", _both(column.head), style=look)


def _td(column: Column, cell: Cell) -> Html:
    if cell is None:
        return html()
    cell, span = cell if isinstance(cell, Rows) else (cell, 1)
    look = f"text-align: {column.align}; vertical-align: top; overflow-wrap: anywhere{column.pad}"
    inside = cell.html if isinstance(cell, Marked | Linked) else _both(both(cell))
    inside = tag("span", inside, lang="zh") if isinstance(cell, Marked) else inside
    return tag("td", inside, rowspan=span if span > 1 else None, style=look)


def _both(cell: str | Pair) -> Html:
    """Both languages below each other, the English in grey; once where they are the same."""
    if isinstance(cell, str) or cell.zh == cell.en:
        return _lines(cell if isinstance(cell, str) else cell.zh)
    en = tag("span", _lines(cell.en), lang="en", style=f"color: {GREY}")
    return html(tag("span", _lines(cell.zh), lang="zh"), tag("br"), en)


def _lines(words: str) -> Html:
    """Words with a line for each of theirs."""
    first, *others = words.split("\n")
    return html(first, *(html(tag("br"), line) for line in others))


def _plain(cell: Cell) -> str:
    if cell is None:
        return "〃"
    cell = cell.cell if isinstance(cell, Rows) else cell
    if isinstance(cell, Marked | Linked):
        return cell.plain
    words = both(cell)
    return (words if isinstance(words, str) else words.line).replace("\n", " ")


def in_both(words: Pair, style: str | None = None) -> Html:
    """A paragraph in each language, as HTML."""
    return html(*(tag("p", text, lang=lang, style=style) for lang, text in words._asdict().items()))


def small(words: Pair) -> Html:
    """A note in both languages, in one grey paragraph."""
    zh, en = (tag("span", text, lang=lang) for lang, text in words._asdict().items())
    return tag("p", zh, " ", en, style=SMALL)


def sentences(figures: Iterable[Figure]) -> Iterator[Cell]:
    """The sentence of each figure, the numbers marked, with its section; once for figures of one
    sentence that follow each other.
    """
    for _, group in groupby(figures, key=lambda one: (one.section, one.sentence or id(one))):
        alike = list(group)
        yield from shared(_quoted(alike) if alike[0].sentence else DASH, len(alike))


def shared(cell: Words | Marked | Linked, count: int) -> list[Cell]:
    """The cells of a column where so many rows share one."""
    return [Rows(cell, count), *[None] * (count - 1)] if count > 1 else [cell]


def _quoted(figures: Sequence[Figure]) -> Marked:
    """The sentence of some figures and its section."""
    return excerpt(figures)._replace(section=section_in_words(figures[0].section))


def excerpt(figures: Sequence[Figure], words: str = "") -> Marked:
    """A sentence cut to the clauses that hold some figures, and some words, these marked."""
    sentence = figures[0].sentence
    spots: dict[tuple[int, int], Figure | None] = {
        (f.at, f.at + len(f.printed)): f for f in reversed(figures) if f.at is not None
    }
    quotes = [(sentence.find(f.quote), f.quote) for f in figures if f.quote in sentence]
    start = sentence.find(words) if words else -1
    if start >= 0:
        spots.setdefault((start, start + len(words)), None)
    first = min([a for a, _ in spots] + [at for at, _ in quotes])
    last = max([b for _, b in spots] + [at + len(quote) for at, quote in quotes])
    cuts = [0, *(m.end() for m in CUT.finditer(sentence)), len(sentence)]
    begin, end = max(c for c in cuts if c <= first), min(c for c in cuts if c >= last)
    pieces, at = [Piece("……" if begin else "")], begin
    for a, b in sorted(spots):
        if a >= at:
            pieces += [Piece(sentence[at:a]), Piece(sentence[a:b], spots[a, b], marked=True)]
            at = b
    pieces.append(Piece(sentence[at:end] + ("……" if end < len(sentence) else "")))
    return Marked([piece for piece in pieces if piece.text])


def run(pieces: Iterable[Piece]) -> Html:
    """A sentence as HTML: printed numbers bold, computed ones in italics."""
    return html(*map(_piece, pieces))


def _piece(piece: Piece) -> str:
    if piece.computed:
        return tag("i", piece.text)
    return tag("b", piece.text, style=f"color: {BLUE}") if is_marked(piece) else piece.text


def is_marked(piece: Piece) -> bool:
    """Whether a run of a sentence is a printed number, or words that are meant."""
    return piece.marked or piece.figure is not None
