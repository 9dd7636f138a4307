"""What is known of each number of a report, as a card beside it."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from baoding_data.comparison.sentences import Sentences, Unsaid
from baoding_data.comparison.wording import HEADS
from baoding_data.notebook.audit import told
from baoding_data.notebook.beside import FEW, NONE, NOTHING_ON_FILE
from baoding_data.shown import Html, html, tag
from baoding_data.site import address
from baoding_data.site.printed import Printed
from baoding_data.site.voice import Voice, sentences
from baoding_data.tables.figures import Figure, name_of
from baoding_data.tables.records import Doubt, FigureRow
from baoding_data.words import EMPTY, Pair, so_many

if TYPE_CHECKING:
    from baoding_data.site.build import Site

BOUND = Pair("数值界限", "Bound")
SHARE = Pair("占比", "Share")
STATUS = Pair("状态", "Status")
ROW = Pair("数据表", "Table")
ALSO = Pair("另见", "Also on")
REASONS = 2  # so many are told of why nothing is comparable


class Beside(NamedTuple):
    """What stands beside a figure elsewhere, so far as a card tells it, and the way to the rest."""

    none: Html
    places: Sequence[str]
    more: Sequence[str]
    way: str


class Of(NamedTuple):
    """A figure on a card: its name and number, what is known of it, doubts, figures elsewhere."""

    label: str
    indicator: str
    value: str
    about: Sequence[tuple[str, Html]]
    doubts: Sequence[tuple[str, Html]]
    beside: Beside


class Card(NamedTuple):
    """A number with what it is."""

    printed: Printed
    figures: Sequence[Of]
    why: str


class Cards:
    """The cards of one report in the language of a page."""

    def __init__(self, site: "Site", report: str, voice: Voice):
        self.facts, self.answers = site.reports[report].facts, site.answers[report]
        self.elsewhere = site.elsewhere[report]
        self.report, self.voice = report, voice
        self.titles = {one.name: one.title for one in site.notebooks}

    def of(self, printed: Printed) -> Card:
        """The card of a number."""
        figures = [self._of(row, figure) for row, figure in printed.figures]
        return Card(printed, figures, self.voice.of(printed.why))

    def _of(self, row: FigureRow, figure: Figure) -> Of:
        voice = self.voice
        about = [(voice.of(head), html(cell)) for head, cell in self._about(row, figure) if cell]
        return Of(
            voice.of(self.facts.label(figure)),
            voice.way(f"{address.INDICATORS}#{figure.indicator}"),
            voice.of(self.facts.number(figure)),
            about,
            [self._doubt(doubt) for doubt in self.facts.doubts.get(figure.key, ())],
            self._beside(figure),
        )

    def _about(self, row: FigureRow, figure: Figure) -> Iterator[tuple[Pair, str]]:
        words, voice = self.facts.words, self.voice
        if figure.bound != "exact":
            yield BOUND, voice.of(words.pair("bound", figure.bound))
        yield SHARE, voice.of(self._share(figure))
        scope = words.pair("scope", figure.scope)
        basis = words.pair("scope_basis", figure.scope_basis)
        yield HEADS.scope, voice.of(scope if figure.scope == "not_stated" else scope.noted(basis))
        yield HEADS.period, voice.of(words.pair("period", figure.period))
        yield HEADS.note, voice.of(Pair(figure.note_zh, figure.note_en))
        yield STATUS, voice.of(words.pair("status", figure.status))
        line = voice.of(Pair(f"第{row.line}行", f"line {row.line}"))
        yield ROW, tag("a", line, href=voice.way(f"{address.rows(self.report)}#r{row.line}"))
        yield ALSO, html(*self._pages(figure))

    def _share(self, figure: Figure) -> Pair:
        """Both counts of a rate, or that they are not stated."""
        if figure.measure != "share":
            return EMPTY
        counts = self.facts.in_counts(figure)
        return counts if any(counts) else self.facts.words.pair("status", "counts_not_stated")

    def _pages(self, figure: Figure) -> Iterator[Html]:
        """The pages on which the figure is shown."""
        for page, answer in self.answers.shown.get(figure.key, {}).items():
            there = self.voice.way(f"{self.answers.pages[page]}#{answer}")
            yield tag("a", self.voice.of(self.titles[page]), href=there, **{"class": "page"})

    @cached_property
    def _fill(self) -> Sentences:
        return self.facts.sentences(strict=False)

    def _doubt(self, doubt: Doubt) -> tuple[str, Html]:
        """The name of a doubt, and what it says."""
        try:
            said = self.voice.told(self._fill.tell(Pair(doubt.text_zh, doubt.text_en)))
        except Unsaid:  # the audit says what is wrong with it
            said = html()
        return self.voice.of(Pair(doubt.name_zh, doubt.name_en)), said

    def _beside(self, figure: Figure) -> Beside:
        """The comparable figures of a figure, or why there are none."""
        voice, found = self.voice, self.elsewhere.beside(name_of(figure, self.facts.figures))
        alike, nearly = found.alike, found.nearly
        rest = alike - FEW
        more = [Pair(f"另有可比的数{rest:,}个", f"{rest:,} more comparable")] * (rest > 0)
        figures = so_many(nearly, "figure")
        near = Pair(f"有一项不同的（B级）{nearly:,}个", f"{figures} differing in one respect (B)")
        more += [near] * bool(nearly)
        why = [] if alike else [told(*NONE.sentence)]
        if not (alike or nearly):
            why += found.why[:REASONS] if found.others else [NOTHING_ON_FILE]
        way = voice.way(f"{address.comparison(self.report)}#{figure.indicator}")
        listed = list(map(voice.of, found.first))
        return Beside(
            sentences(voice, why), listed, list(map(voice.of, more)), way if found.others else ""
        )
