"""One report's figures in words, for every product alike: labels, numbers, what is usual of them,
and the names of the columns that hold these.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple, Protocol

from baoding_data.checks.audit import judged
from baoding_data.comparison.sentences import Sentences
from baoding_data.comparison.shares import COMPUTED, Share, counted, gap, interval
from baoding_data.tables.figures import (
    Figure,
    Key,
    by_indicator,
    concerns,
    the_one,
    told_apart,
)
from baoding_data.tables.records import Doubt
from baoding_data.tables.seeds import Seeds
from baoding_data.text.wording import Quantity, said
from baoding_data.words import EMPTY, Pair, together

Labels = Mapping[str, Pair]


class HEADS:
    """What a column is called, in the notebooks, the workbook and the flat table."""

    indicator = Pair("指标", "Indicator")
    figure = Pair("统计数", "Figure")
    unit = Pair("单位", "Unit")
    scope = Pair("范围", "Scope")
    period = Pair("时段", "Period")
    note = Pair("说明", "Note")
    caution = Pair("注意", "Caution")
    sentence = Pair("原句", "Sentence")
    section = Pair("章节", "Section")
    place = Pair("地方", "Place")
    year = Pair("年度", "Year")
    place_year = Pair("地方、年度", "Place, year")
    likeness = Pair("等级、差别、说明", "Grade, differences, notes")
    source = Pair("来源", "Source")
    relation = Pair("勾稽关系", "Relation")
    check = Pair("核对", "Check")


USUAL = {"scope": Pair("范围", "scope"), "period": Pair("时段", "period")}


class Rate(Protocol):
    """A rate that somebody printed."""

    @property
    def value(self) -> Decimal: ...
    @property
    def bound(self) -> str: ...


class Usual(NamedTuple):
    """What most figures of a table share: the code of their scope and of their period."""

    scope: str
    period: str


class Wording:
    """One report's figures, in the words of sentences, labels and headings."""

    def __init__(self, tables: Seeds, report: str):
        self.tables, self.report, self.words = tables, report, tables.words
        self.about = tables.source[report]
        self.place = tables.where[self.about.place]
        self.figures = judged(tables, report)
        self.by_name = by_indicator(self.figures)
        self.several = {name for name, found in self.by_name.items() if len(found) > 1}
        # What a count counts, its label says.
        self.counted = {row.unit for row in tables.indicators if row.measure == "count"} | {"%"}

    def sentences(self, labels: Labels | None = None, strict: bool = True) -> Sentences:
        """What fills templates, with the labels of a question."""
        return Sentences(self.tables, self.report, labels, strict)

    def said(self, figure: Quantity) -> Pair:
        """A figure as sentences say it: ("2万多名", "more than 20,000")."""
        return said(figure, self.words.pair("bound", figure.bound))

    def number(self, figure: Quantity) -> Pair:
        """The same with its unit in English too, where it is no count: 1,100 square metres."""
        said, unit = self.said(figure), self.words.pair("unit", figure.unit).en
        if self.words.canonical(figure.unit) in self.counted:
            return said
        return Pair(said.zh, f"{said.en} {unit}")

    def label(self, figure: Figure, labels: Labels | None = None) -> Pair:
        """What a figure is called: its indicator, and what tells it from others of the same."""
        zh, en = (labels or {}).get(figure.indicator, (figure.label_zh, figure.label_en))
        apart = told_apart(self.words, figure, self.by_name[figure.indicator])
        return Pair(zh + apart.zh, en + apart.en)

    def labelled(self, figure: Figure) -> Pair:
        """A figure with its label, as a list names it: ("败诉的案件：1件", "Suits lost: 1")."""
        return self.label(figure).colon(self.said(figure))

    def counts(self, figure: Figure) -> Share | None:
        """The counts of a rate, of its own scope and period; None unless the report has both."""
        return counted(self.tables, figure.indicator, self._alike(figure))

    def gap(self, figure: Figure) -> Pair:
        """Both counts of a rate that make no share, and why; else empty."""
        return gap(self.tables, figure.indicator, self._alike(figure))

    def in_counts(self, figure: Figure) -> Pair:
        """Both counts of a share, with what follows from them, or why they make none; nothing where
        the report does not state both.
        """
        share = self.counts(figure)
        if not share:
            why = self.gap(figure)
            return why.sentence if any(why) else EMPTY
        codebook = self.tables.codebook
        book = codebook[figure.indicator]
        part, whole = (codebook[name].unit for name in (book.numerator, book.denominator))
        return counts_in_words(share, (part, whole), figure).sentence

    def _alike(self, figure: Figure) -> dict[str, Figure]:
        """The report's figures of the scope and period of one."""
        kind = figure.scope, figure.period
        return {one.indicator: one for one in self.figures if (one.scope, one.period) == kind}

    @cached_property
    def doubts(self) -> dict[Key, list[Doubt]]:
        """The doubts about each figure that has any."""
        found: dict[Key, list[Doubt]] = {}
        for doubt in self.tables.rows_of("doubts", self.report):
            for name in doubt.figures.split():
                if figure := the_one(name, self.by_name):
                    found.setdefault(figure.key, []).append(doubt)
        return found

    def came(self, status: str) -> Pair:
        """How a number came here, where the report does not plainly print it."""
        return self.words.pair("status", status) if status in ("derived", "resolved") else EMPTY

    # What is said once of a table, and of the rows that depart from it

    def usual(self, figures: Sequence[Figure]) -> Usual:
        """The scope and the period of most."""
        return Usual(*(_most(getattr(figure, kind) for figure in figures) for kind in USUAL))

    def usually(self, usual: Usual, figures: Sequence[Figure]) -> Pair | None:
        """What most figures of a table share, as the sentence above it."""
        if not figures:
            return None
        words = {kind: self.words.pair(kind, code) for kind, code in usual._asdict().items()}
        mixed = any((figure.scope, figure.period) != usual for figure in figures)
        zh, en = together((word.colon(words[kind]) for kind, word in USUAL.items()), "；", "; ")
        but = Pair("除另有注明外，", "unless otherwise noted, ") if mixed else EMPTY
        return Pair(but.zh + zh, but.en + en).sentence

    def set_off(self, figure: Figure, usual: Usual) -> Pair:
        """A label with what is not usual about its figure among the others of a table."""
        codes = {kind: getattr(figure, kind) for kind in USUAL}
        usually = usual._asdict()
        words = [self.worded(*one) for one in codes.items() if one not in usually.items()]
        told = figure.indicator not in self.several  # else the label does not say which it is
        odd = [word for word in words if not (told and word.zh in figure.label_zh)]
        odd += [self.words.pair("status", figure.status)] * (figure.status != "proved")
        return Pair(figure.label_zh, figure.label_en).noted(together(odd, "，"))

    def worded(self, kind: str, code: str) -> Pair:
        """A scope or period; that it is not stated is said of which."""
        word = self.words.pair(kind, code)
        if code != "not_stated":
            return word
        return Pair(USUAL[kind].zh + word.zh, f"{USUAL[kind].en} {word.en}")


def caution(tables: Seeds, figure: Figure) -> Pair:
    """The names of the doubts that accept what a figure breaks in its own report, if there are."""
    doubts = tables.rows_of("doubts", figure.report)
    found = [one for one in doubts if one.accepts and concerns(one, figure.key)]
    names = [Pair(one.name_zh, one.name_en) for one in found]
    return together(names, "；", "; ") if names else EMPTY


def published(tables: Seeds, report: str) -> Pair:
    """The day of publication of a source, with the doubts about it, title or issuer; else empty."""
    day = tables.source[report].published
    doubts = tables.rows_of("doubts", report)
    about_it = {"dated", "named"}
    names = [Pair(one.name_zh, one.name_en) for one in doubts if about_it & {*one.accepts.split()}]
    return Pair(str(day), str(day)).noted(together(names, "；", "; ")) if day else EMPTY


def counts_in_words(share: Share, units: tuple[str, str], printed: Rate) -> Pair:
    """Both counts of a rate, in the units of part and whole; the rate that they make where it is
    finer than the printed one; and its interval where that is wide.
    """
    part, whole = units
    counts = Pair(
        f"{share.whole:,}{whole}中{share.part:,}{part}", f"{share.part:,} of {share.whole:,}"
    )
    value, finer = Decimal(share.percent.rstrip("%")), printed.bound != "exact"
    finer |= _places(value) > _places(printed.value)
    computed = Pair(f"{COMPUTED.zh}{share.percent}", f"{COMPUTED.en} {share.percent}")
    said = counts, computed if finer and value != printed.value else EMPTY
    return together(filter(any, (*said, interval(share.low, share.high))), "，", "; ")


def _places(number: Decimal) -> int:
    """How many decimal places a number has."""
    return len(f"{number:f}".partition(".")[2])


def _most(codes: Iterable[str]) -> str:
    """The commonest of some codes, the first of equals."""
    return next((code for code, _ in Counter(codes).most_common(1)), "")
