"""What is said on a page, in its language: words, sentences, tables, each number leading to its
place in the report.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from baoding_data.comparison.sentences import Piece, Told
from baoding_data.notebook.answer import Entry
from baoding_data.notebook.tables import (
    Apart,
    Cell,
    Column,
    Linked,
    Marked,
    Rows,
    Table,
    Words,
    is_marked,
)
from baoding_data.shown import Html, html, tag
from baoding_data.site.address import Places, way
from baoding_data.tables.figures import Figure
from baoding_data.words import Pair

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
# What browsers choose the forms of characters by.
TAGS = {"zh": "zh-Hans", "en": "en"}
_HAN = re.compile("([\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+)")
AGAIN = Pair("同上", "as above")


class Voice(NamedTuple):
    """The language of a page, where it stands, and where the figures stand."""

    lang: Lang
    here: str
    places: Places

    def of(self, words: str | Pair) -> str:
        """Words in the language of the page."""
        return words if isinstance(words, str) else getattr(words, self.lang)

    def way(self, there: str) -> str:
        """The way from this page to another, of the same language."""
        return way(self.here, there)

    def file(self, path: str) -> str:
        """The way from this page to a file of the site that is no page."""
        return way(f"{self.lang}/{self.here}", path)

    def quoted(self, *parts: str, name: str = "span", **attributes: object) -> Html:
        """Words of a report, which are Chinese on every page."""
        return tag(name, *parts, **attributes, lang=None if self.lang == "zh" else TAGS["zh"])

    def number(self, printed: str, figure: Figure | None, look: str = "figure") -> Html:
        """A printed number, which leads to its place in the text."""
        place = self.places.of(figure) if figure else ""
        if not place:
            return tag("b", printed)
        return tag("a", printed, href=self.way(place), **{"class": look})

    def told(self, told: Told) -> Html:
        """A sentence, its numbers leading to their places."""
        return html(*map(self._piece, getattr(told, self.lang)))

    def _piece(self, piece: Piece) -> str:
        if piece.computed:
            return tag("i", piece.text)
        return self.number(piece.text, piece.figure) if is_marked(piece) else piece.text

    def marked(self, marked: Marked) -> Html:
        """Running text of a report with its numbers, and the section it stands in."""
        said = self.quoted(*map(self._piece, marked.pieces))
        section = self.of(marked.section)
        where = tag("small", f"〔{section}〕" if self.lang == "zh" else f"[{section}]")
        return html(said, " ", where) if section else said

    def linked(self, linked: Linked) -> Html:
        """Words that lead to a page, and more words after them."""
        return html(tag("a", self.of(linked.words), href=linked.url), self.of(linked.after))

    def lines(self, words: str | Pair) -> Html:
        """Words with a line for each of theirs."""
        said = english if self.lang == "en" else html
        first, *others = map(said, self.of(words).split("\n"))
        return html(first, *(html(tag("br"), line) for line in others))

    def table(self, table: Table, caption: str = "") -> Html:
        """A table to read; on a narrow page each cell stands below its head."""
        heads = [self.of(column.head) for column in table.columns]
        head = tag("tr", *map(self._th, table.columns))
        pairs = (zip(table.columns, heads, row, strict=True) for row in table.rows)
        body = tag("tbody", *(tag("tr", *(self._td(*one) for one in row)) for row in pairs))
        above = tag("p", self.of(table.above), **{"class": "note"}) if table.above else ""
        title = tag("caption", caption) if caption else ""
        return html(above, tag("table", title, tag("thead", head), body, **{"class": "answer"}))

    def _th(self, column: Column) -> Html:
        wide = f"width: {column.width}%" if column.width else None
        return tag("th", self.of(column.head), scope="col", style=wide, **_look(column))

    def _td(self, column: Column, head: str, cell: Cell) -> Html:
        if cell is None:  # shown where each cell stands below its head
            return tag("td", self.of(AGAIN), **{"class": "again", "data-head": head})
        cell, count = cell if isinstance(cell, Rows) else (cell, 1)
        span = {"rowspan": count} if count > 1 else {}
        return tag("td", self.cell(cell), **span, **_look(column), **{"data-head": head})

    def cell(self, cell: Words | Marked | Linked) -> Html:
        """What stands in a cell of a table."""
        if isinstance(cell, Marked):
            return self.marked(cell)
        if isinstance(cell, Told):
            return self.told(cell)
        if isinstance(cell, Linked):
            return self.linked(cell)
        return self.lines(cell.words if isinstance(cell, Apart) else cell)

    def entry(self, entry: Entry, level: str = "h3") -> Html:
        """Something with a name that is explained."""
        quotes = (tag("blockquote", self.marked(quote)) for quote in entry.quotes)
        source = tag("p", self.of(entry.source), **{"class": "note"}) if any(entry.source) else ""
        said = tag(level, self.of(entry.name)), tag("p", self.cell(entry.text))
        return tag("article", *said, *quotes, source, **{"class": "entry"})

    def listed(self, words: Iterable[str | Pair]) -> str:
        """Several words in one line."""
        return ("、" if self.lang == "zh" else ", ").join(map(self.of, words))


def _look(column: Column) -> dict[str, str]:
    return {"class": "number"} if column.number else {}


def sentences(voice: Voice, told: Sequence[Told]) -> Html:
    """Sentences in one paragraph."""
    blank = " " if voice.lang == "en" else ""
    return html(*(html(blank * bool(at), voice.told(one)) for at, one in enumerate(told)))


def english(words: str) -> Html:
    """English words, in which those of tables and reports are Chinese."""
    parts = enumerate(_HAN.split(words))
    return html(*(tag("span", part, lang=TAGS["zh"]) if at % 2 else part for at, part in parts))
