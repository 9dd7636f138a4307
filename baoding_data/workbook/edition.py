"""One edition of the workbook: the figures that it shows of one report, and its languages."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from baoding_data.checks.identities import Sum, in_words
from baoding_data.checks.identities import sums as sums_of
from baoding_data.comparison.peers import Sighting, beside
from baoding_data.comparison.sentences import Sentences, Unsaid
from baoding_data.comparison.wording import Wording
from baoding_data.errors import BaodingError, finding
from baoding_data.tables.figures import Figure, Key, the_one
from baoding_data.tables.records import Doubt, QuestionRow, ReportRow
from baoding_data.tables.seeds import Seeds
from baoding_data.words import Pair
from baoding_data.workbook.sheet import Block, Cell, Column, Content, Link, Number, wide

DASH = "—"
OF_PRINT = ("sheet", "tiles")  # numbers of different things, which no chart compares

Row = TypeVar("Row")


class Field(NamedTuple, Generic[Row]):
    """One column: heading, the function that fills its cells, width and look as in `Column`."""

    head: Pair
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
    """A doubt about figures that are shown, with all figures in question, and its number in an
    edition of the whole report: two editions in one meeting agree.
    """

    number: int
    doubt: Doubt
    figures: list[Figure]

    @property
    def name(self) -> Pair:
        """Its number and its name."""
        return Pair(f"{self.number} {self.doubt.name_zh}", f"{self.number} {self.doubt.name_en}")


class Sentence(NamedTuple):
    """A sentence of the report with the shown figures that it holds, and its number among all."""

    number: int
    section: str
    text: str
    figures: list[Figure]


class Drawn(NamedTuple):
    """A question of which a chart can be drawn: its figures as they stand below each other."""

    question: QuestionRow
    figures: list[Figure]


class Edition(Wording):
    """The figures of one report that a workbook shows, in one language or in both.

    `others` are reports to be set beside it; with `peers`, everything else that is alike or differs
    in one thing.
    """

    def __init__(
        self,
        tables: Seeds,
        figures: Sequence[Figure],
        lang: str = "zh",
        others: Collection[str] = (),
        peers: bool = False,
    ):
        super().__init__(tables, figures[0].report)
        self.others, self.peers = others, peers
        self.languages = ("zh", "en") if lang == "both" else (lang,)
        self.data = _described(tables)
        year = self.about.year
        self.place_year = Pair(f"{self.place.name_zh}{year}年", f"{self.place.name_en}, {year}")
        self.topics, self.drawn = self._arranged(figures)
        self.shown = [figure for found in self.topics.values() for figure in found]
        self.position = {figure.key: number for number, figure in enumerate(self.shown)}
        self.usual_of = {topic: self.usual(found) for topic, found in self.topics.items()}
        # In which row of its topic each figure stands.
        self.row = {f.key: row for found in self.topics.values() for row, f in enumerate(found)}

    def _arranged(self, figures: Iterable[Figure]) -> tuple[dict[str, list[Figure]], list[Drawn]]:
        """Figures by topic, those of a chart below each other, and the charts."""
        found: dict[str, list[Figure]] = {}
        for figure in figures:
            found.setdefault(figure.topic, []).append(figure)
        drawn = list(_drawn(self.tables, self, found))
        return {topic: _arranged(several, drawn) for topic, several in found.items()}, drawn

    # Languages

    def each(self, words: Pair) -> list[str]:
        """The wordings in the languages chosen."""
        return [words._asdict()[language] for language in self.languages]

    def say(self, words: Pair) -> str | Pair:
        """One content for a cell; what is alike in both languages is said once."""
        if len(self.languages) == 2 and words.zh != words.en:
            return words
        return words.zh if self.languages[0] == "zh" else words.en

    def line(self, words: Pair, between: str = " ") -> str:
        """The wordings on one line, once where they are alike."""
        return between.join(dict.fromkeys(self.each(words)))

    def word(self, kind: str, code: str) -> Pair:
        """A code in words."""
        return self.words.pair(kind, code)

    def reads(self, figure: Figure | Sighting) -> Number:
        """A number and how its cell reads: in Chinese as printed, in English in digits."""
        number, said = self.number(figure), self.said(figure)
        unit = Pair(figure.unit, number.en.removeprefix(said.en) or "%" * (figure.unit == "%"))
        return Number(figure.value, self.each(number)[0], self.each(unit)[0])

    def in_english(self, figure: Figure) -> list[Pair]:
        """A number in English, in an edition whose cells say it in Chinese words."""
        number = self.number(figure)
        plain = number.zh.replace(",", "").startswith(f"{figure.value:f}".rstrip("0").rstrip("."))
        if len(self.languages) < 2 or plain and figure.bound == "exact":
            return []
        return [Pair("", number.sentence.en)]

    # What belongs to the figures

    @cached_property
    def loosely(self) -> Sentences:
        """What fills the templates of doubts."""
        return self.sentences(strict=False)

    @cached_property
    def strictly(self) -> Sentences:
        """What fills the templates of questions."""
        return self.sentences()

    @cached_property
    def sentences_shown(self) -> list[Sentence]:
        """The sentences that hold the figures shown, in the order of the text, each once."""
        found: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.figures:
            if figure.at is not None:
                held = found.setdefault((figure.section, figure.sentence), [])
                held += [figure] * (figure.key in self.position)
        every = enumerate(found.items(), 1)
        return [Sentence(number, *where, held) for number, (where, held) in every if held]

    @cached_property
    def sentence_of(self) -> dict[Key, int]:
        """In which row of the sentences shown a figure stands, from 0."""
        found = enumerate(self.sentences_shown)
        return {figure.key: number for number, one in found for figure in one.figures}

    def to_sentence(self, key: Key) -> Cell | None:
        """The number of the sentence of a figure, which leads there; None of one that has none."""
        row = self.sentence_of.get(key)
        if row is None:
            return None
        return Cell(self.sentences_shown[row].number, Link("sentences", row, "sentences"))

    @cached_property
    def identities(self) -> list[Sum]:
        """The identities all of whose figures are shown."""
        return [
            one
            for one in self.all_identities
            if all(f.key in self.position for f in (one.result, *(term for _, term in one.terms)))
        ]

    @cached_property
    def all_identities(self) -> list[Sum]:
        """The identities of the report, with their figures."""
        rows = self.tables.rows_of("identities", self.report)
        return [one for identity in rows for one in sums_of(identity, self.by_name)]

    def stated(self, one: Sum) -> Pair:
        """An identity in words."""
        return Pair(*(in_words(one, self.words, lang, self.several) for lang in ("zh", "en")))

    @cached_property
    def notes(self) -> list[Note]:
        """The doubts about the figures shown, in the order in which they first appear in an edition
        of the whole report.
        """
        topics, _ = self._arranged(self.figures)
        every = [f for topic in self.words.codes("topic") for f in topics.get(topic, ())]
        place = {figure.key: number for number, figure in enumerate(every)}
        found = []
        for doubt in self.tables.doubts:
            if doubt.report == self.report:
                names = doubt.figures.split()
                figures = [f for name in names if (f := the_one(name, self.by_name))]
                if figures:
                    first = min(place[figure.key] for figure in figures)
                    found.append((first, doubt, figures))
        found.sort(key=lambda note: note[0])
        notes = [Note(number, *note[1:]) for number, note in enumerate(found, 1)]
        return [note for note in notes if any(f.key in self.position for f in note.figures)]

    @cached_property
    def marks(self) -> dict[Key, list[int]]:
        """The numbers of the notes on each figure that has any, from 0."""
        found: dict[Key, list[int]] = {}
        for number, note in enumerate(self.notes):
            for figure in note.figures:
                found.setdefault(figure.key, []).append(number)
        return found

    @cached_property
    def firsts(self) -> list[Figure]:
        """Of each note the first shown figure that it is about, in whose topic it stands."""
        shown = ([f for f in note.figures if f.key in self.position] for note in self.notes)
        return [min(found, key=lambda figure: self.position[figure.key]) for found in shown]

    def notes_on(self, topic: str) -> list[int]:
        """The numbers of the notes that stand in the sheet of a topic, from 0."""
        return [number for number, first in enumerate(self.firsts) if first.topic == topic]

    @cached_property
    def note_texts(self) -> list[Pair]:
        """What the notes say, with their numbers."""
        return [self._told(note.doubt) for note in self.notes]

    def _told(self, doubt: Doubt) -> Pair:
        """What a note says; raises BaodingError where it computes what may not be computed."""
        try:
            return self.loosely.tell(Pair(doubt.text_zh, doubt.text_en)).pair
        except Unsaid:
            found, wanted = "a number computed of others", "figures that are exact and of one kind"
            advice = "say each figure by itself"
            wrong = finding("doubts", doubt, "text_zh", found, wanted, advice)
            raise BaodingError(f"no workbook of {self.report}: {wrong}", [wrong]) from None

    @cached_property
    def compared(self) -> dict[str, list[Sighting]]:
        """What is set beside the figures, by indicator, the report's own first; C left out."""
        found = {}
        asked = self.shown if self.others or self.peers else ()
        for indicator in dict.fromkeys(figure.indicator for figure in asked):
            seen = beside(self.tables, indicator, self.report)
            chosen = [one for one in seen if one.grade and self._is_chosen(one)]
            if chosen:
                own = [one for one in seen if one.key.figure in self.position]
                found[indicator] = own + chosen
        return found

    def _is_chosen(self, one: Sighting) -> bool:
        return one.report in self.others or self.peers and one.grade in ("A", "B")

    @cached_property
    def references(self) -> list[ReportRow]:
        """The sources of what is set beside the report, in the order in which they appear."""
        sightings = (one for found in self.compared.values() for one in found)
        sources = dict.fromkeys(self.tables.source[one.report] for one in sightings)
        return [source for source in sources if source != self.about]

    def to_topic(self, figure: Figure) -> Link:
        """A link to the row of a figure in the sheet of its topic."""
        return Link(("topic", figure.topic), self.row[figure.key], "figures")

    # Blocks of sheets

    def columns(self, fields: Iterable[Field[Row]]) -> list[Column]:
        """The columns that fields make."""
        return [
            Column(self.say(one.head), one.low, one.high, one.look, one.flows) for one in fields
        ]

    def block(
        self, name: str, fields: Sequence[Field[Row]], rows: Iterable[Row], table: str = ""
    ) -> Block:
        """A block with a column a field, a line a row."""
        cells = [[self.cell(field.cell(self, row)) for field in fields] for row in rows]
        return Block(name, cells, table)

    def cell(self, found: Cell | Content) -> Cell:
        """What a field gives, as a cell with its words in the languages chosen."""
        cell = found if isinstance(found, Cell) else Cell(found)
        content = cell.content
        return cell._replace(content=self.say(content)) if isinstance(content, Pair) else cell

    def above(self, columns: Sequence[Column], title: Pair, said: Pair | None = None) -> Block:
        """The lines above a table: title, what holds of all of it, the way back to the start."""
        first, *others = self.titles(title)
        start, end = "contents" if len(self.topics) > 1 else "chair", len(columns) // 2
        back = Cell(self.line(Pair("返回", "Back")), Link(start), span=end, look="back")
        top = [first._replace(span=len(columns) - end), back]
        lines = [*others, *([self.cell(Cell(said, look="small"))] if said else ())]
        return Block("above", [top, *wide(columns, *lines)])

    def titles(self, title: Pair) -> list[Cell]:
        """The title of a sheet, and below it the same in the other language."""
        first, *others = self.each(title)
        return [Cell(first, look="title"), *(Cell(other, look="subtitle") for other in others)]

    def heading(self, columns: Sequence[Column], words: Pair) -> list[list[Cell]]:
        """A heading between two blocks, as the first row of the second."""
        return wide(columns, Cell(self.line(words, "　"), look="section"))

    def entry(self, heading: Pair, text: Pair) -> Cell:
        """A heading with what is said of it, in one cell, the heading standing out."""
        content = self.say(heading.colon(text))
        stress = ((0, len(self.each(heading)[0]) + 1),) if isinstance(content, str) else ()
        return Cell(content, stress=stress, look="entry")


def _drawn(tables: Seeds, words: Wording, shown: dict[str, list[Figure]]) -> Iterator[Drawn]:
    """The questions of which a chart can be drawn: several exact numbers of one topic, each in one
    chart only, sorted where the question says so.
    """
    there = {figure.key: topic for topic, found in shown.items() for figure in found}
    used: set[Key] = set()
    for question in tables.questions:
        names = question.figures.split()
        found = [the_one(name, words.by_name) for name in names]
        figures = [f for f in found if f and f.key in there and f.bound == "exact"]
        topics = {there[figure.key] for figure in figures}
        keys = {figure.key for figure in figures}
        if question.chart in OF_PRINT or len(keys) < max(2, len(names)) or len(topics) > 1:
            continue
        if not keys & used:
            used |= keys
            if question.sort == "largest":
                figures.sort(key=lambda figure: -figure.value)
            yield Drawn(question, figures)


def _arranged(figures: Sequence[Figure], drawn: Iterable[Drawn]) -> list[Figure]:
    """A topic's figures in the order of the text, those of a chart below each other."""
    together = {figure.key: one for one in drawn for figure in one.figures}
    found: dict[Key, Figure] = {}
    for figure in figures:
        one = together.get(figure.key)
        found |= {other.key: other for other in (one.figures if one else (figure,))}
    return list(found.values())


def _described(tables: Seeds) -> Data:
    """The title, version and day of the data."""
    package = tables.package
    created = datetime.fromisoformat(package["created"]).date()
    return Data(Pair(package["title_zh"], package["title"]), package["version"], created)
