"""One report's figures in words, and as the tables that charts and readers take."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

import pandas as pd

from baoding_data import charts, limits
from baoding_data.checks.audit import check, sound
from baoding_data.comparison.asked import in_full, in_part, reports_of
from baoding_data.comparison.wording import HEADS, USUAL, Labels, Wording, caution
from baoding_data.errors import Finding
from baoding_data.notebook.tables import Apart, Column, Table, sentences
from baoding_data.tables import left_out
from baoding_data.tables.figures import Figure, all_of, located
from baoding_data.tables.frame import Frame
from baoding_data.tables.names import figure_of
from baoding_data.tables.records import FigureRow
from baoding_data.tables.seeds import Seeds, load
from baoding_data.text.numbers import Number
from baoding_data.text.report import Report, section_in_words
from baoding_data.text.wording import Quantity, legible
from baoding_data.words import EMPTY, Pair, so_many, together

DATA = [
    *("report", "indicator", "topic", "label_zh", "label_en", "value", "unit", "bound", "printed"),
    *("scope", "period", "status", "section", "sentence"),
]
FIGURES = [
    Column(HEADS.indicator, width=37),
    Column(HEADS.figure, number=True, width=15),
    Column(HEADS.sentence, width=48),
]
KINDS = {"unit": Pair("单位", "unit")} | USUAL
NAMED = 2  # so many units, scopes or periods are named in the note of a chart
FROM_A_CELL = 5  # so many calls above what warns of what is set beside is the cell
_MORE = 30  # characters that say how many more marks a chart has than its words name
SECTIONS = 3  # of more, the source line names the report alone


class Facts(Wording):
    """One report's figures, in the words of sentences, labels and headings, and as tables; with the
    `calls` that list more, for readers who can type them.
    """

    def __init__(self, tables: Seeds, report: str, calls: bool = True):
        super().__init__(tables, report)
        self.calls = calls

    @cached_property
    def text(self) -> Report:
        """The report's text."""
        return self.tables.texts[self.report]

    @property
    def located(self) -> Iterator[tuple[FigureRow, Number | None]]:
        """The rows of the report's table, each with the number of the text that it claims."""
        return located(self.tables, self.tables.rows_of("figures", self.report))

    @cached_property
    def whole(self) -> Seeds:
        """The tables with all that is of other reports; read when that is first asked for."""
        return load(self.tables, FROM_A_CELL + 2) if self.tables.partly else self.tables

    @cached_property
    def found(self) -> list[Finding]:
        """What the audit finds in all tables."""
        return check(self.whole)

    def sound(self, among: Collection[str] | None = None) -> Seeds:
        """The tables to set beside the report: without those of some others, or of all, in which
        the audit finds anything.
        """
        tables = self.whole if among is None else self.beside(among)
        return sound(tables, self.report, among)

    def beside(self, reports: Collection[str]) -> Seeds:
        """The tables with all that is of some other reports, whatever is found in them."""
        return in_full(self.tables, reports, self.report) or self.whole

    def sound_of(self, indicators: Collection[str]) -> Seeds:
        """The tables to set beside some indicators: without the other reports in which the audit
        finds anything.
        """
        some = in_part(self.tables, indicators, self.report, FROM_A_CELL)
        return some or sound(self.whole, self.report, reports_of(self.whole, indicators))

    def code(self, name: str) -> str:
        """A name by its code where it is given by its label, with the scope that it names."""
        return figure_of(self.tables, name)

    def of(self, names: Iterable[str]) -> list[Figure]:
        """All figures that some names mean: of `indicator` every one, of `indicator@scope` that."""
        found = (figure for name in names for figure in all_of(name, self.by_name))
        return list({figure.key: figure for figure in found}.values())

    def name(self, name: str) -> Pair:
        """What a name of the codebook is called, with the scope or period that it names."""
        indicator, *wanted = name.split("@")
        book = self.tables.codebook[indicator]
        kinds = ("scope", "period")
        codes = [(kind, code) for code in wanted for kind in kinds if (kind, code) in self.words]
        note = together((self.words.pair(*code) for code in codes), "，")
        return Pair(book.label_zh, book.label_en).noted(note)

    def drawn(self, figure: Quantity) -> str:
        """A number as the text of a mark: in both languages where it has a bound."""
        plain = f"{figure.value:,}" + "%" * (figure.unit == "%")
        return plain if figure.bound == "exact" else " / ".join(self.said(figure))

    def bars(
        self,
        figures: Iterable[Figure],
        roles: Mapping[str, str] | None = None,
        labels: Labels | None = None,
    ) -> pd.DataFrame:
        """The table that a chart of counts takes: a row a figure, with its bound."""
        found = []
        for figure in figures:
            label = self.label(figure, labels)
            role = (roles or {}).get(figure.indicator, "main")
            found.append(
                {
                    "indicator": figure.indicator,
                    "label_zh": label.zh,
                    "label_en": label.en,
                    "value": float(figure.value),
                    "text": self.drawn(figure),
                    "bound": figure.bound,
                    "role": "derived" if figure.status == "derived" else role,
                    "status": figure.status,
                }
            )
        return pd.DataFrame(found)

    def tiles(self, figures: Sequence[Figure], labels: Labels | None = None) -> pd.DataFrame:
        """The same with every number as a sentence says it, a rate with its counts."""
        texts = [" / ".join(self._with_counts(figure)) for figure in figures]
        return self.bars(figures, labels=labels).assign(text=texts)

    def _with_counts(self, figure: Figure) -> Pair:
        said, share = self.said(figure), self.counts(figure)
        return said.noted(self.gap(figure) if share is None else Pair(share.counts, share.counts))

    def rates(
        self,
        figures: Sequence[Figure],
        roles: Mapping[str, str] | None = None,
        labels: Labels | None = None,
    ) -> pd.DataFrame:
        """The same with every rate as printed, with the counts of its own scope and period, and its
        interval where that is wide.
        """
        said, shares = map(self.said, figures), list(map(self.counts, figures))
        texts = [
            both.zh if one.bound == "exact" and both.zh.isascii() else " / ".join(both)
            for one, both in zip(figures, said, strict=True)
        ]
        counts = {
            name: [share and getattr(share, name) for share in shares]
            for name in ("part", "whole", "low", "high")
        }
        zh, en = zip(*map(self.gap, figures), strict=True)
        gaps = {"gap_zh": zh, "gap_en": en}
        return self.bars(figures, roles, labels).assign(text=texts, **counts, **gaps)

    def marks(self, table: pd.DataFrame) -> list[Pair]:
        """What the marks of a chart are called, the derived ones with the word that they are."""
        labels = map(Pair, table["label_zh"], table["label_en"])
        status = table["status"] if "status" in table else [""] * len(table)
        pairs = zip(labels, status, strict=True)
        return [label.noted(self.came(code)) for label, code in pairs]

    def alternative(self, heading: charts.Heading, table: pd.DataFrame) -> Pair:
        """A chart in words: its finding, then each mark with its number, so far as one listens."""
        texts = [text.split(" / ") for text in table["text"]]
        numbers = (Pair(halves[0], halves[-1]) for halves in texts)
        marks = list(map(Pair.colon, self.marks(table), numbers))
        first = Pair(f"图：{heading.title_zh}。", f"Chart: {heading.title_en}. ")
        room = limits.LABEL - max(map(len, first)) - _MORE
        ends = accumulate(2 + max(map(len, mark)) for mark in marks)
        fitting = bisect_right(list(ends), room)
        if more := len(marks) - fitting:
            marks[fitting:] = [Pair(f"另有{more:,}个数", f"{so_many(more, 'more figure')}")]
        zh, en = together(marks, "；", "; ")
        return Pair(f"{first.zh}{zh}。", f"{first.en}{en}.")

    def data(self, figures: Iterable[Figure]) -> pd.DataFrame:
        """Figures for going on: a row each, codes and labels in columns of their own."""
        rows = [[getattr(figure, name) for name in DATA] for figure in figures]
        return Frame(rows, columns=DATA).astype({"value": float})

    def table(self, figures: Sequence[Figure], charted: bool = False) -> Table:
        """Figures to read: label, number, sentence with its section; scope and period once above
        the table where most share them, else beside the label; not again below a chart that names
        them.
        """
        usual = self.usual(figures)
        rows = [
            (
                self.set_off(figure, usual).noted(caution(self.tables, figure)),
                self.plainly(figure),
                sentence,
            )
            for figure, sentence in zip(figures, sentences(figures), strict=True)
        ]
        shared = all((figure.scope, figure.period) == usual for figure in figures)
        above = None if charted and shared else self.usually(usual, figures)
        return Table(FIGURES, rows, above)

    def plainly(self, figure: Quantity) -> Apart:
        """A number with its unit, once for both languages where digits say it in both."""
        number = self.number(figure)
        plain = figure.bound == "exact" and re.fullmatch("[0-9.,]*%?", legible(figure))
        once = plain and number.en == self.said(figure).en
        return Apart(number, Pair(number.zh, number.zh) if once else number)

    def heading(self, title: Pair, what: Pair | None, figures: Sequence[Figure]) -> charts.Heading:
        """The heading of a chart: finding; what is counted, its unit, scope, period; the source."""
        about = (self._shared(kind, word, figures) for kind, word in KINDS.items())
        note = together(filter(any, about), "；", "; ")
        note = note.sentence if any(note) else EMPTY
        sections = dict.fromkeys(figure.section for figure in figures if figure.section)
        sections = sections if len(sections) <= SECTIONS else {}
        where = together(map(section_in_words, sections), en="; ")
        said = Pair(f"{what.zh}。", f"{what.en}. ") if what else EMPTY
        return charts.Heading(
            *title,
            said.zh + note.zh,
            said.en + note.en,
            f"{self.about.title_zh}，{where.zh}" if sections else self.about.title_zh,
            f"{self.about.title_en}, section {where.en}" if sections else self.about.title_en,
        )

    def _shared(self, kind: str, word: Pair, figures: Sequence[Figure]) -> Pair:
        """The unit, scope or period of some figures: named where there are at most two, that they
        differ where there are more; units then stand beside the numbers.
        """
        pairs = [self.words.pair(kind, getattr(figure, kind)) for figure in figures]
        zh, en = (list(dict.fromkeys(column)) for column in zip(*pairs, strict=True))
        if len(zh) <= NAMED:
            return word.colon(Pair("、".join(zh), ", ".join(en)))
        return EMPTY if kind == "unit" else Pair(f"{word.zh}不一", f"{word.en}s differ")

    def plain_heading(self, title: Pair, note: Pair) -> charts.Heading:
        """The heading of a chart about the report as a whole."""
        return charts.Heading(*title, *note, self.about.title_zh, self.about.title_en)


def lacking(labels: Iterable[Pair]) -> Pair:
    """What a report does not give, in one line."""
    listed = together(labels, "；", "; ")
    return Pair("报告未载", "Not in the report").colon(listed).sentence


def left_out_of(tables: Seeds) -> list[Pair]:
    """Which reports are left out of tables, in one line; no line where none is."""
    line = left_out.said(tables)
    return [Pair(line.zh, line.sentence.en)] if line else []
