"""Which chart may be drawn of a question, for what a report gives, and what it is in words."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple

import pandas as pd

from baoding_data import charts
from baoding_data.charts.rows import Lang
from baoding_data.comparison.sentences import small
from baoding_data.comparison.shares import Share, counted, share_of, unlike
from baoding_data.notebook.facts import Facts
from baoding_data.notebook.question import Question
from baoding_data.tables.figures import Figure, the_one
from baoding_data.words import Pair

PARTS = ("strip", "waffle")  # parts of a whole, which must add up to it
SQUARES = 2000


class Drawn(NamedTuple):
    """What draws a chart in a language, and its alternative text."""

    draw: Callable[[Lang], Any]
    alt: Pair


class Drawing:
    """The chart of a question about one report."""

    def __init__(self, facts: Facts, question: Question, title: Pair, what: Pair | None):
        self.facts, self.question, self.title, self.what = facts, question, title, what

    @cached_property
    def heading(self) -> charts.Heading:
        """The words around the chart."""
        shown = self.facts.of(self.question.every_name)
        return self.facts.heading(self.title, self.what, shown)

    def drawn(self) -> Drawn | None:
        """The chart asked for, or bars where what the report gives does not allow it; None where
        there are too few figures for any.
        """
        kind, question = self.question.chart, self.question
        if kind in ("panels", "sheet"):
            return self._in_groups(kind)
        figures = self.facts.of(question.names)
        if len(figures) < 2 or any(figure.value < 0 for figure in figures):
            return None
        if kind == "funnel" and (share := self._share()):
            return self._funnel(figures, share)
        return self._of_table(self._kind(kind, figures), figures)

    def _of_table(self, kind: str, figures: Sequence[Figure]) -> Drawn:
        table, heading = self._table(kind, figures), self.heading
        draw = partial(getattr(charts, kind), table, heading)
        return Drawn(draw, self.facts.alternative(heading, table))

    def _table(self, kind: str, figures: Sequence[Figure]) -> pd.DataFrame:
        question = self.question
        if kind == "rates":
            return self.facts.rates(figures, question.roles, question.labels)
        if kind in ("bars", "panels", "steps", "funnel"):  # these say what is derived
            return self.facts.bars(figures, question.roles, question.labels)
        tiles = kind in ("sheet", "tiles")
        make = self.facts.tiles if tiles else self.facts.bars
        table = make(figures, labels=question.labels)
        # These have no look for derived figures: their labels say that they are.
        zh, en = zip(*self.facts.marks(table), strict=True)
        return table.assign(label_zh=zh, label_en=en, status="proved")

    def _kind(self, kind: str, figures: Sequence[Figure]) -> str:
        """The chart that may be drawn: bars, unless the report allows the one asked for; print
        alone where units differ.
        """
        if kind == "rates" and all(figure.unit == "%" for figure in figures):
            return kind if all(map(self._on_track, figures)) else "tiles"
        if kind == "tiles" or not self._of_one_unit(figures):
            return "tiles"
        if kind == "steps" and self._each_once() and self._alike(figures):
            return kind
        if kind not in PARTS or not self._each_once() or not self._adds_up(figures):
            return "bars"
        values = [figure.value for figure in figures]
        countable = sum(values) <= SQUARES and all(value % 1 == 0 for value in values)
        return kind if kind == "strip" or countable else "strip"

    def _of_one_unit(self, figures: Iterable[Figure]) -> bool:
        canonical = self.facts.tables.words.canonical
        return len({canonical(figure.unit) for figure in figures}) == 1

    def _alike(self, figures: Sequence[Figure]) -> bool:
        """Whether figures may be set against each other."""
        return not any(unlike(self.facts.tables, figures[0], other) for other in figures[1:])

    def _on_track(self, rate: Figure) -> bool:
        """Whether a rate is at most 100 and, where it is exact, what its counts may make."""
        share = self.facts.counts(rate)
        fits = share is None or rate.bound != "exact" or share.low <= rate.value <= share.high
        return rate.value <= 100 and fits

    def _each_once(self) -> bool:
        """Whether each name means one figure."""
        return all(the_one(name, self.facts.by_name) for name in self.question.every_name)

    def _adds_up(self, parts: Sequence[Figure]) -> bool:
        """Whether the parts, of whatever scopes they are, make up the whole that is named."""
        whole = the_one(self.question.whole, self.facts.by_name)
        if whole is None or any(one.bound != "exact" for one in (whole, *parts)):
            return False
        total = sum(part.value for part in parts)
        return self._of_one_unit([whole, *parts]) and total == whole.value > 0

    def _counts(self) -> list[Figure]:
        """Part and whole of the share of a funnel; empty where one of them is not one figure."""
        found = [the_one(name, self.facts.by_name) for name in self.question.share]
        return [figure for figure in found if figure] if all(found) else []

    def _share(self) -> Share | None:
        """The share that came out; None where its counts are not there, or are none of a share."""
        counts = self._counts()
        if not counts or not self._each_once() or unlike(self.facts.tables, *counts):
            return None
        part, whole = counts
        fits = 0 <= part.value <= whole.value and whole.value
        return share_of(self.facts.tables, part, whole) if fits else None

    def _funnel(self, figures: Sequence[Figure], share: Share) -> Drawn:
        """The funnel, with the note of the whole that its share is of."""
        _, whole = self._counts()
        table, heading, outcome = self._table("bars", figures), self.heading, self._outcome(share)
        here = table["indicator"] == whole.indicator
        noted = table.assign(
            note_zh=here.map({True: whole.note_zh, False: ""}),
            note_en=here.map({True: whole.note_en, False: ""}),
        )
        last = {name: outcome[name] for name in ("label_zh", "label_en", "text")}
        rate, counts = (Pair(text, text) for text in (outcome["text"], share.counts))
        last["text"] = " / ".join(rate.noted(counts))
        alt = self.facts.alternative(heading, pd.concat([table, pd.DataFrame([last])]))
        return Drawn(partial(charts.funnel, noted, outcome, heading), alt)

    def _outcome(self, share: Share) -> dict[str, Any]:
        """The share under a funnel: as the report prints it, else computed."""
        part, whole = self._counts()
        rate = self._printed(part, whole)
        outcome = share._asdict() | {"lost": self.question.roles.get(part.indicator) == "lost"}
        if rate and share.low <= rate.value <= share.high:
            told = {"label_zh": rate.label_zh, "label_en": rate.label_en, "text": rate.printed}
            return outcome | told | {"value": float(rate.value)}
        names = [self.facts.label(figure, self.question.labels) for figure in (part, whole)]
        label = Pair(f"{names[0].zh}占{names[1].zh}", f"{names[0].en} of {small(names[1].en)}")
        told = {"label_zh": label.zh, "label_en": label.en, "text": share.percent}
        return outcome | told

    def _printed(self, part: Figure, whole: Figure) -> Figure | None:
        """The rate that the report prints of two counts, if it does."""
        counts = {part.indicator: part, whole.indicator: whole}
        for one in self.facts.figures:
            like = (one.scope, one.period, one.bound) == (part.scope, part.period, "exact")
            if (
                like
                and one.measure == "share"
                and counted(self.facts.tables, one.indicator, counts)
            ):
                return one
        return None

    def _in_groups(self, kind: str) -> Drawn | None:
        """Panels, or a sheet of many numbers, group by group; without groups, by topic."""
        groups = []
        for words, names in (self.question.groups or self._by_topic()).items():
            figures = self.facts.of(names)
            if figures and all(figure.value >= 0 for figure in figures):
                one = kind == "panels" and self._of_one_unit(figures)
                groups.append((one, words, figures))
        kind = "panels" if all(one for one, *_ in groups) else "sheet"
        groups = [(*words, self._table(kind, figures)) for _, words, figures in groups]
        if sum(len(table) for *_, table in groups) < 2:
            return None
        drawn = pd.concat([table for *_, table in groups])
        draw = partial(getattr(charts, kind), groups, self.heading)
        return Drawn(draw, self.facts.alternative(self.heading, drawn))

    def _by_topic(self) -> dict[Pair, list[str]]:
        found: dict[Pair, list[str]] = {}
        for name in self.question.names:
            topic = self.facts.tables.codebook[name.partition("@")[0]].topic
            found.setdefault(self.facts.words.pair("topic", topic), []).append(name)
        return found
