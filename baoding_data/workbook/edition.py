"""One edition of the workbook: the figures that it shows of one report, and its languages."""

from collections.abc import Callable, Collection, Hashable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from baoding_data.checks.identities import Sum, in_words
from baoding_data.checks.identities import sums as sums_of
from baoding_data.comparison.peers import Sighting, beside
from baoding_data.comparison.sentences import Sentences
from baoding_data.errors import BaodingError
from baoding_data.tables.figures import Figure, Key, by_indicator, of_report, the_one, told_apart
from baoding_data.tables.records import Doubt, ReportRow
from baoding_data.tables.seeds import Seeds
from baoding_data.text.wording import said
from baoding_data.words import Pair
from baoding_data.workbook.sheet import Cell, Column, Content, Line, Link, Sheet, lines, titles

NONE = Pair("无", "none")
NOTHING = Pair("", "")

Row = TypeVar("Row")


class Field(NamedTuple, Generic[Row]):
    """One column: heading, the function that fills its cells, width and look as in `Column`."""

    zh: str
    en: str
    cell: "Callable[[Edition, Row], Cell | Content]"
    low: float
    high: float
    look: str = "text"
    flows: bool = False


class Data(NamedTuple):
    """What the description of the tables says of them."""

    title: Pair
    version: str
    created: date


class Note(NamedTuple):
    """A doubt about figures that are shown, with all figures in question."""

    doubt: Doubt
    figures: list[Figure]


class Edition:
    """The figures of one report that a workbook shows, in one language or in both.

    `others` are reports to be set beside it; with `peers`, everything else that is alike or differs
    in one thing.
    """

    def __init__(
        self,
        tables: Seeds,
        figures: Sequence[Figure],
        lang: str = "both",
        others: Collection[str] = (),
        peers: bool = False,
    ):
        self.tables, self.figures, self.others, self.peers = tables, figures, others, peers
        self.languages = ("zh", "en") if lang == "both" else (lang,)
        self.report: ReportRow = tables.source[figures[0].report]
        self.given = by_indicator(of_report(tables, self.report.report))
        self.several = {name for name, found in self.given.items() if len(found) > 1}
        self.position = {figure.key: number for number, figure in enumerate(figures)}
        self.data = _described(tables)
        place = tables.where[self.report.place]
        year = self.report.year
        self.place = Pair(f"{place.name_zh}{year}年", f"{place.name_en}, {year}")
        self.topics: dict[str, list[Figure]] = {}
        for figure in figures:
            self.topics.setdefault(figure.topic, []).append(figure)
        # In which row of its topic each figure stands.
        self.row = {
            figure.key: row for shown in self.topics.values() for row, figure in enumerate(shown)
        }

    # Languages

    def each(self, words: Pair) -> list[str]:
        """The wordings in the languages chosen."""
        return [getattr(words, language) for language in self.languages]

    def say(self, words: Pair) -> str | Pair:
        """One content for a cell; what is alike in both languages is said once."""
        if len(self.languages) == 2 and words.zh != words.en:
            return words
        return words.zh if self.languages[0] == "zh" else words.en

    def line(self, words: Pair, between: str = " ") -> str:
        """The wordings on one line."""
        return between.join(self.each(words))

    def word(self, kind: str, code: str) -> Pair:
        """A code in words."""
        return self.tables.words.pair(kind, code)

    def label(self, figure: Figure) -> Pair:
        """The label of a figure, with what tells it from others of its indicator in the report."""
        zh, en = told_apart(self.tables.words, figure, self.given[figure.indicator])
        return Pair(f"{figure.label_zh}{zh}", f"{figure.label_en}{en}")

    def said(self, figure: Figure) -> Pair:
        """The number of a figure as sentences say it."""
        return said(figure, self.tables.words.pair("bound", figure.bound))

    @cached_property
    def sentences(self) -> Sentences:
        """What fills the templates of doubts."""
        return Sentences(self.tables, self.report.report, strict=False)

    @cached_property
    def strictly(self) -> Sentences:
        """What fills the templates of questions."""
        return Sentences(self.tables, self.report.report)

    # What belongs to the figures

    @cached_property
    def identities(self) -> list[Sum]:
        """The identities all of whose figures are shown."""
        return [
            one
            for identity in self.tables.identities
            if identity.report == self.report.report
            for one in sums_of(identity, self.given)
            if all(f.key in self.position for f in (one.result, *(term for _, term in one.terms)))
        ]

    def stated(self, one: Sum) -> Pair:
        """An identity in words."""
        words = self.tables.words
        return Pair(*(in_words(one, words, lang, self.several) for lang in ("zh", "en")))

    @cached_property
    def notes(self) -> list[Note]:
        """The doubts about the figures shown, in the order in which they first appear."""
        found = []
        for doubt in self.tables.doubts:
            if doubt.report == self.report.report:
                figures = (the_one(name, self.given) for name in doubt.figures.split())
                found.append(Note(doubt, [figure for figure in figures if figure]))
        first = {
            number: min(shown)
            for number, note in enumerate(found)
            if (shown := [self.position[f.key] for f in note.figures if f.key in self.position])
        }
        return [found[number] for number in sorted(first, key=lambda number: first[number])]

    @cached_property
    def marks(self) -> dict[Key, list[int]]:
        """The numbers of the notes on each figure that has any, from 0."""
        found: dict[Key, list[int]] = {}
        for number, note in enumerate(self.notes):
            for figure in note.figures:
                found.setdefault(figure.key, []).append(number)
        return found

    @cached_property
    def compared(self) -> list[Sighting]:
        """The figures that something is set beside, each indicator followed by that; C left out."""
        found = []
        asked = self.figures if self.others or self.peers else ()
        for indicator in dict.fromkeys(figure.indicator for figure in asked):
            seen = beside(self.tables, indicator, self.report.report)
            chosen = [one for one in seen if one.grade and self._is_chosen(one)]
            if chosen:
                found += [one for one in seen if one.key.figure in self.position] + chosen
        return found

    def _is_chosen(self, one: Sighting) -> bool:
        return one.report in self.others or self.peers and one.grade in ("A", "B")

    @cached_property
    def references(self) -> list[ReportRow]:
        """The sources of what is set beside the report, in the order in which they appear."""
        sources = dict.fromkeys(self.tables.source[one.report] for one in self.compared)
        return [source for source in sources if source != self.report]

    def to_topic(self, figure: Figure) -> Link:
        """A link to the row of a figure in the sheet of its topic."""
        return Link(("topic", figure.topic), self.row[figure.key])

    # Sheets

    def table(
        self,
        key: Hashable,
        name: Pair,
        title: Pair,
        fields: Sequence[Field[Row]],
        rows: Sequence[Row],
        table: str = "",
    ) -> Sheet:
        """A sheet that holds a table: a column a field, a line a row."""
        columns = [Column(self.say(Pair(field.zh, field.en)), *field[3:]) for field in fields]
        cells = [[self._cell(field.cell(self, row)) for field in fields] for row in rows]
        above = self.above(title, len(rows))
        return Sheet(key, self.line(name), above, table or str(key), columns, cells)

    def _cell(self, found: Cell | Content) -> Cell:
        """What a field gives, as a cell with its words in the languages chosen."""
        cell = found if isinstance(found, Cell) else Cell(found)
        content = cell.content
        return cell._replace(content=self.say(content)) if isinstance(content, Pair) else cell

    def above(self, title: Pair, count: int | None = None) -> list[Line]:
        """The lines above a table: title, what is in it, its source, the way back to contents."""
        report, found = self.report, titles(self.each(title))
        if count is not None:
            size = Pair(
                f"一张表，{count}行，没有空格", f"One table of {rows_of(count)}, no empty cell"
            )
            found += lines(self.line(size, "　"))
        source = Pair(
            f"来源：《{report.title_zh}》（{report.published}）",
            f"Source: {report.title_en} ({report.published})",
        )
        for text in self.each(source):
            found += lines(text, link=report.url)
        if count is not None:
            back = self.line(Pair("返回目录", "Back to contents"), "　")
            found += lines(back, link=Link("contents"))
        return found


def rows_of(count: int) -> str:
    """How many rows, in English."""
    return "one row" if count == 1 else f"{count} rows"


def _described(tables: Seeds) -> Data:
    """The title, version and day of the data; raises BaodingError where one is not described."""
    package = tables.package
    try:
        created = datetime.fromisoformat(package["created"]).date()
        return Data(Pair(package["title_zh"], package["title"]), package["version"], created)
    except (KeyError, TypeError, ValueError) as error:
        raise BaodingError(
            f"seeds/datapackage.json: {error}; give title, title_zh, version, and created as"
            " 2026-11-24T00:00:00Z"
        ) from None
