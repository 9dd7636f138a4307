"""Sentences with a report's numbers in them: filled, or left out with the reason."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from baoding_data.checks.audit import judged
from baoding_data.comparison.shares import LEVEL, no_share, share_of, unlike
from baoding_data.errors import BaodingError
from baoding_data.tables.figures import Figure, all_of, by_indicator, the_one, told_apart
from baoding_data.tables.records import Place
from baoding_data.tables.seeds import Seeds
from baoding_data.text.wording import said, to_the_letter
from baoding_data.words import Pair, Slot, parsed

# What a place is, by the end of its name, as the English of a sentence has it; the longer first.
RANKS = {
    "自治区": "autonomous region",
    "兵团": "corps",
    "省": "province",
    "市": "city",
    "县": "county",
    "区": "district",
    "旗": "banner",
    "州": "prefecture",
    "盟": "league",
    "国": "nation",
}
UNLIKE = Pair(
    "略去一句：所涉的数范围、时段或单位不同，或不是确数，不能据以计算",
    "one sentence is omitted: its figures differ in scope, period or unit or are not exact, so"
    " nothing may be computed from them",
)


class Unsaid(Exception):
    """A sentence that cannot be said: the names that the report lacks, those that it gives several
    times, or in words why its numbers may not be set against each other; without any of these, a
    note that is not there.
    """

    def __init__(
        self, missing: Iterable[str] = (), several: Iterable[str] = (), why: Pair | None = None
    ):
        super().__init__(missing, several, why)
        self.missing, self.several, self.why = list(missing), list(several), why


class Piece(NamedTuple):
    """A run of a sentence: words, or a number with the figure that it is, or a computed number;
    words may be marked.
    """

    text: str
    figure: Figure | None = None
    computed: bool = False
    marked: bool = False


class Told(NamedTuple):
    """A sentence in both languages, in pieces."""

    zh: tuple[Piece, ...]
    en: tuple[Piece, ...]

    @property
    def pair(self) -> Pair:
        """The sentence in words."""
        return Pair(*("".join(piece.text for piece in pieces) for pieces in self))

    @property
    def computed(self) -> list[Pair]:
        """The computed numbers in it, in both languages."""
        found = ([piece.text for piece in pieces if piece.computed] for pieces in self)
        return [Pair(*texts) for texts in zip_longest(*found, fillvalue="")]


class Sentences:
    """Templates filled with one report's figures.

    A figure is named by its indicator, or as `indicator@scope` where the report gives several.
    Unless `strict`, numbers that are not alike may be set against each other, as an explanation
    does.

    >>> from baoding_data.tables.seeds import load
    >>> told = Sentences(load(), "baoding-2022").tell(
    ...     Pair("审结{litigation_concluded}。", "{litigation_concluded} concluded."))
    >>> told.pair.zh
    '审结45件。'
    """

    def __init__(
        self,
        tables: Seeds,
        report: str,
        labels: Mapping[str, Pair] | None = None,
        strict: bool = True,
    ):
        self.tables, self.labels, self.strict = tables, labels or {}, strict
        self.figures = by_indicator(judged(tables, report))
        self.about = tables.source[report]
        self.place: Place = tables.where[self.about.place]

    def tell(self, template: Pair) -> Told:
        """The sentence that a template makes; raises Unsaid where one of its numbers is not to be
        had.
        """
        pieces = list(map(parsed, template))
        names = [s.names for side in pieces for s in side if isinstance(s, Slot)]
        self._refuse(dict.fromkeys(name for found in names for name in found))
        zh, en = (
            tuple(self._piece(piece, number) for piece in side if piece)
            for number, side in enumerate(pieces)
        )
        return Told(zh, tuple(_capital(en)))

    def figure(self, name: str) -> Figure:
        """The one figure that a name means; raises Unsaid where there is none or are several."""
        self._refuse([name])
        figure = the_one(name, self.figures)
        assert figure is not None
        return figure

    def _refuse(self, names: Iterable[str]) -> None:
        unclear = [name for name in names if the_one(name, self.figures) is None]
        several = [name for name in unclear if all_of(name, self.figures)]
        if unclear:
            raise Unsaid([name for name in unclear if name not in several], several)

    def _piece(self, piece: str | Slot, lang: int) -> Piece:
        if isinstance(piece, str):
            return Piece(piece)
        if not piece.names:
            return Piece(self._known(piece.text)[lang])
        if not piece.is_figure:
            return Piece(self._computed(piece)[lang], computed=True)
        figure = self._largest(piece) if piece.largest else self.figure(piece.names[0])
        if piece.forms:
            return Piece(piece.forms[figure.value != 1])
        if piece.aspect:
            return Piece(self._aspect(piece.aspect, figure)[lang])
        words = said(figure, self._bound(figure))
        if figure.status in ("resolved", "unproved"):
            words = words.noted(self.tables.words.pair("status", figure.status))
        return Piece(words[lang], figure, figure.status == "derived")

    def _bound(self, figure: Figure) -> Pair:
        return self.tables.words.pair("bound", figure.bound)

    def _known(self, word: str) -> Pair:
        place, name = self.place, self.place.name_zh
        rank = next(filter(name.endswith, RANKS), name[-1])
        if word == "level":
            return Pair(rank, RANKS.get(rank, "place"))
        year = str(self.about.year)
        return Pair(place.name_zh, place.name_en) if word == "place" else Pair(year, year)

    def _aspect(self, aspect: str, figure: Figure) -> Pair:
        if aspect == "label":
            return self.label(figure)
        if aspect == "definition":
            book = self.tables.codebook[figure.indicator]
            return Pair(book.definition_zh, book.definition_en)
        if aspect == "note":
            if not figure.note_zh:
                raise Unsaid
            return Pair(figure.note_zh, figure.note_en)
        if aspect == "printed":
            if not figure.printed:
                raise Unsaid  # derived: there is nothing printed
            return to_the_letter(figure, self._bound(figure))
        return self.tables.words.pair(aspect, getattr(figure, aspect))

    def label(self, figure: Figure) -> Pair:
        """What a figure is called in a sentence: by its question, else by the codebook, and what
        tells it from others of its indicator.
        """
        given = self.labels.get(figure.indicator)
        zh, en = given or (figure.label_zh, small(figure.label_en))
        apart = told_apart(self.tables.words, figure, self.figures[figure.indicator])
        return Pair(zh + apart.zh, en + apart.en)

    def _largest(self, slot: Slot) -> Figure:
        """The largest of exact figures of one unit; nothing is said where two are equally large."""
        found = sorted(map(self.figure, slot.names), key=lambda figure: figure.value)
        exact = all(figure.bound == "exact" for figure in found)
        units = {self.tables.words.canonical(figure.unit) for figure in found}
        if not exact or len(units) > 1 or found[-1].value == found[-2].value:
            raise Unsaid(why=UNLIKE)
        return found[-1]

    def _computed(self, slot: Slot) -> Pair:
        figures = [(sign, self.figure(name)) for sign, name in slot.terms]
        if slot.is_share:
            return self._share(slot.aspect, *(figure for _, figure in figures))
        for _, other in figures[1:]:
            self.alike(figures[0][1], other)
        total = sum((f.value if sign == "+" else -f.value for sign, f in figures), Decimal(0))
        equal = [self.figure(slot.equal)] if slot.equal else []
        exact = all(f.bound == "exact" for f in (*equal, *(f for _, f in figures)))
        if not exact or any(total != f.value for f in equal):
            raise Unsaid(why=UNLIKE)
        return Pair(f"{total:,}", f"{total:,}")

    def alike(self, one: Figure, other: Figure) -> None:
        """Raises Unsaid unless two figures may be added, subtracted and divided."""
        if self.strict and unlike(self.tables, one, other):
            raise Unsaid(why=UNLIKE)

    def _share(self, aspect: str, part: Figure, whole: Figure) -> Pair:
        self.alike(part, whole)
        if any(why := no_share(part, whole)):
            raise Unsaid(why=Pair(f"略去一句：{why.zh}", f"one sentence is omitted: {why.en}"))
        try:
            share = share_of(self.tables, part, whole)
        except BaodingError:
            raise Unsaid(why=UNLIKE) from None
        if aspect == "interval":
            if not share.wide:
                raise Unsaid
            low, high = f"{share.low:.1f}%", f"{share.high:.1f}%"
            return Pair(f"{low}至{high}（{LEVEL}%区间）", f"{low} to {high} ({LEVEL}% interval)")
        return Pair(share.percent, share.percent)


def small(words: str) -> str:
    """An English label within a sentence: without its capital, unless that is of an acronym."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _capital(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """An English sentence with a capital at its beginning."""
    for number, piece in enumerate(pieces):
        text = piece.text if number else piece.text[:1].upper() + piece.text[1:]
        yield piece._replace(text=text)
