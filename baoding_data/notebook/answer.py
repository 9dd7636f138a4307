"""What a question is answered with: chart, sentences, table; it shows itself, and can be saved."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from baoding_data import charts
from baoding_data.charts.palette import GREY, INK
from baoding_data.charts.rows import Lang
from baoding_data.comparison.sentences import Told
from baoding_data.comparison.shares import NOT_PRINTED
from baoding_data.errors import BaodingError
from baoding_data.notebook.tables import ROW, SMALL, WIDE, Marked, Table, in_both, run, small
from baoding_data.shown import Html, html, shown, tag
from baoding_data.tables.frame import Frame
from baoding_data.words import EMPTY, Pair
from baoding_data.writing import put, sealed

QUOTED = f"color: {GREY}; margin: .3em 1em"
SENTENCES = Pair("原句", "Sentences")
FOLDED = Pair("每个数的原句", "The sentence of each figure")
KIND = "baoding_data"  # under which an output's metadata holds its question


Asked = dict[str, Any]


@dataclass(frozen=True, repr=False, kw_only=True)
class Shows:
    """What shows itself as the last thing of a cell, and stores there the question it answers."""

    question: Asked = field(default_factory=dict)

    @property
    def html(self) -> Html:
        """As a page shows it, in both languages."""
        raise NotImplementedError

    @property
    def plain(self) -> str:
        """The same as plain text."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return shown(self.plain)

    def _ipython_display_(self) -> None:
        display(self.html, self.plain, self.question)


@dataclass(frozen=True, repr=False)
class Answer(Shows):
    """An answer to go on with: `data` is a frame of the figures, `save` writes the chart.

    As the last thing of a cell it shows itself: chart, sentences, notes, table.
    """

    title: Pair
    sentences: Sequence[Told] = ()
    table: Table | None = None
    data: pd.DataFrame = field(default_factory=pd.DataFrame)
    draw: Callable[[Lang], Any] | None = None
    alt: Pair = EMPTY
    notes: Sequence[Pair] = ()
    folded: bool = False
    heading: Told | None = None  # the title in pieces, where it was said

    def __post_init__(self) -> None:
        object.__setattr__(self, "data", Frame(self.data))

    @cached_property
    def figure(self) -> Any:
        """The chart as a matplotlib figure, in both languages; None where none is drawn."""
        return None if self.draw is None else self.draw("both")

    def save(self, file: str | Path, lang: Lang = "both") -> bool:
        """Write the chart as the ending of the file says, .png, .svg or .pdf, in "zh", "en" or
        "both"; returns whether the file held something else before.

        Raises BaodingError for another ending or language, and where no chart is drawn.
        """
        if self.draw is None:
            raise BaodingError(f"{file}: there is no chart; .data holds the figures")
        if not isinstance(file, (str, PathLike)):
            raise BaodingError(f"file: found {file!r}; wanted the name of a file, as 'suits.svg'")
        picture = charts.written(self.draw(lang), Path(file).suffix.lower())
        return put(file, sealed(picture, "chart"), "chart")

    def _ipython_display_(self) -> None:
        chart = "" if self.figure is None else charts.picture(self.figure, *self.alt)
        display(html(chart, self.html), self.plain, self.question)

    @property
    def html(self) -> Html:
        """Sentences, notes and table; the title too where no chart bears it."""
        title = in_both(self.title, "font-weight: bold") if not self.draw else ""
        said = title, self._told(), *map(small, self.all_notes), self._tabled()
        return tag("div", *said, style=f"max-width: {WIDE}px")

    def _tabled(self) -> Html:
        """The table, folded where the chart is one itself."""
        if self.table is None or not self.folded:
            return self.table.html if self.table else html()
        return tag("details", tag("summary", FOLDED.line), self.table.html)

    @property
    def plain(self) -> str:
        """The same as plain text, the chart in words."""
        title = [self.alt.lines if self.draw else self.title.lines]
        told = [told.pair.lines for told in self.sentences]
        table = [self.table.plain] if self.table else []
        return "\n".join([*title, *told, *(note.lines for note in self.all_notes), *table])

    def _told(self) -> Html:
        if not self.sentences:
            return html()
        zh = (run(told.zh) for told in self.sentences)
        en = (html(" " * bool(at), run(told.en)) for at, told in enumerate(self.sentences))
        return html(tag("p", *zh, lang="zh"), tag("p", *en, lang="en"))

    @property
    def all_notes(self) -> list[Pair]:
        """What is to be said of the sentences: which numbers are computed, and what is left out."""
        every = [*filter(None, [self.heading]), *self.sentences]
        return [*computed(every), *self.notes]


def computed(sentences: Iterable[Told]) -> list[Pair]:
    """Which numbers of some sentences are computed, in one line; no line where none is."""
    numbers = [one for told in sentences for one in told.computed]
    if not numbers:
        return []
    zh, en = (list(filter(None, dict.fromkeys(side))) for side in zip(*numbers, strict=True))
    listed = Pair("、".join(zh or en), ", ".join(en or zh))  # a number may be said in one only
    return [listed.colon(NOT_PRINTED).sentence]


@dataclass(frozen=True, repr=False)
class Page(Shows):
    """Running text, as HTML and as plain text."""

    page: Html
    words: str

    @property
    def html(self) -> Html:
        return self.page

    @property
    def plain(self) -> str:
        return self.words


class Entry(NamedTuple):
    """Something with a name that is explained: by words, sentences of the report, sources."""

    name: Pair
    text: Pair | Told
    quotes: Sequence[Marked] = ()
    source: Pair = EMPTY

    @property
    def words(self) -> Pair:
        """The explanation in words."""
        return self.text.pair if isinstance(self.text, Told) else self.text

    @property
    def html(self) -> Html:
        """A row of two cells, Chinese and English; the report's words, which are Chinese, once."""
        quotes = [tag("blockquote", quote.html, lang="zh", style=QUOTED) for quote in self.quotes]
        folded = tag("details", tag("summary", SENTENCES.line), *quotes) if quotes else html()
        zh, en = zip(self.name, self.words, self.source, (folded, html()), strict=True)
        return tag("tr", _entry("zh", *zh), _entry("en", *en), style=ROW)

    @property
    def plain(self) -> str:
        said = [one.lines for one in (self.name, self.words, self.source) if any(one)]
        return "\n".join([*said, *(quote.plain for quote in self.quotes)])


def _entry(lang: str, name: str, text: str, source: str, folded: Html) -> Html:
    """What is explained, in one language."""
    said = [tag("b", name), tag("br"), text, folded]
    said += [tag("p", source, style=SMALL)] * bool(source)
    return tag("td", *said, lang=lang, style="text-align: left; vertical-align: top")


@dataclass(frozen=True, repr=False)
class Entries(Shows):
    """What is explained, one below the other, and notes."""

    entries: Sequence[Entry]
    notes: Sequence[Pair] = ()

    @property
    def html(self) -> Html:
        look = f"width: 100%; max-width: {WIDE}px; table-layout: fixed; color: {INK}"
        heads = (tag("th", name, style="text-align: left") for name in ("中文", "English"))
        head = tag("thead", tag("tr", *heads, style=ROW))
        body = tag("tbody", *(one.html for one in self.entries))
        entries = tag("table", head, body, style=look)
        return html(entries if self.entries else "", *map(in_both, self.notes))

    @property
    def plain(self) -> str:
        every = *(one.plain for one in self.entries), *(note.lines for note in self.notes)
        return "\n".join(every)


def display(page: Html, plain: str, question: Asked | None = None) -> None:
    """Show HTML in a notebook, and plain text where there is none; what is not made as HTML is
    words there.
    """
    from IPython.display import display

    metadata = {KIND: question} if question else {}
    data = {"text/html": str(html(page)), "text/plain": shown(plain)}
    display(data, raw=True, metadata=metadata)
