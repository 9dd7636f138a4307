"""What a question is answered with: chart, sentences, table; it shows itself, and can be saved."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from baoding_data import charts
from baoding_data.charts.palette import BLUE
from baoding_data.charts.rows import Lang
from baoding_data.comparison.sentences import Piece, Told
from baoding_data.comparison.shares import NOT_PRINTED
from baoding_data.errors import BaodingError
from baoding_data.notebook.tables import WIDE, Table, in_both, small
from baoding_data.words import EMPTY, Pair
from baoding_data.writing import put, sealed

FOLDED = Pair("每个数的原句", "The sentence of each figure")
KIND = "baoding_data"  # under which an output's metadata holds its question


@dataclass(frozen=True, repr=False)
class Answer:
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
    question: dict[str, Any] = field(default_factory=dict)
    folded: bool = False
    heading: Told | None = None  # the title in pieces, where it was said

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

    def __repr__(self) -> str:
        return self.plain

    def _ipython_display_(self) -> None:
        chart = "" if self.figure is None else charts.picture(self.figure, *self.alt)
        display(chart + self.html, self.plain, self.question)

    @property
    def html(self) -> str:
        """Sentences, notes and table; the title too where no chart bears it."""
        title = in_both(self.title, "font-weight: bold") if not self.draw else ""
        said = title + self._told() + self._noted() + self._tabled()
        return f'<div style="max-width: {WIDE}px">{said}</div>'

    def _tabled(self) -> str:
        """The table, folded where the chart is one itself."""
        if self.table is None or not self.folded:
            return self.table.html if self.table else ""
        return f"<details><summary>{FOLDED.zh} {FOLDED.en}</summary>{self.table.html}</details>"

    @property
    def plain(self) -> str:
        """The same as plain text, the chart in words."""
        title = [self.alt.lines if self.draw else self.title.lines]
        told = [told.pair.lines for told in self.sentences]
        table = [self.table.plain] if self.table else []
        return "\n".join([*title, *told, *(note.lines for note in self._all_notes), *table])

    def _told(self) -> str:
        if not self.sentences:
            return ""
        zh = "".join(run(told.zh) for told in self.sentences)
        en = " ".join(run(told.en) for told in self.sentences)
        return f'<p lang="zh">{zh}</p><p lang="en">{en}</p>'

    @property
    def _all_notes(self) -> list[Pair]:
        """What is to be said of the sentences: which numbers are computed, and what is left out."""
        every = [*filter(None, [self.heading]), *self.sentences]
        return [*computed(every), *self.notes]

    def _noted(self) -> str:
        return "".join(map(small, self._all_notes))


def computed(sentences: Iterable[Told]) -> list[Pair]:
    """Which numbers of some sentences are computed, in one line; no line where none is."""
    numbers = [one for told in sentences for one in told.computed]
    if not numbers:
        return []
    zh, en = (list(filter(None, dict.fromkeys(side))) for side in zip(*numbers, strict=True))
    listed = Pair("、".join(zh or en), ", ".join(en or zh))  # a number may be said in one only
    return [listed.colon(NOT_PRINTED).sentence]


class Pages(NamedTuple):
    """Running text for a notebook, as HTML and as plain text; as the last thing of a cell it shows
    itself.
    """

    html: str
    plain: str

    def _ipython_display_(self) -> None:
        display(self.html, self.plain)


def run(pieces: Sequence[Piece]) -> str:
    """A sentence as HTML: printed numbers bold, computed ones in italics."""
    return "".join(map(_piece, pieces))


def _piece(piece: Piece) -> str:
    if piece.computed:
        return f"<i>{escape(piece.text)}</i>"
    if piece.figure:
        return f'<b style="color: {BLUE}">{escape(piece.text)}</b>'
    return escape(piece.text)


def display(html: str, plain: str, question: dict[str, Any] | None = None) -> None:
    """Show HTML in a notebook, and plain text where there is none."""
    from IPython.display import display

    metadata = {KIND: question} if question else {}
    display({"text/html": html, "text/plain": plain}, raw=True, metadata=metadata)
