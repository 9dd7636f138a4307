"""The answers of a report to the questions of the notebooks, as parts of their pages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from baoding_data import charts
from baoding_data.errors import BaodingError
from baoding_data.notebook.again import again
from baoding_data.notebook.answer import Answer, Entries, Shows
from baoding_data.notebook.findings import Lead, Leads
from baoding_data.notebook.report import Report
from baoding_data.shown import Html, html
from baoding_data.site import address
from baoding_data.site.pages import Notebook, Prose, Question
from baoding_data.site.pictures import inline
from baoding_data.site.voice import Lang, Voice, sentences
from baoding_data.tables.cells import guarded
from baoding_data.tables.figures import Key
from baoding_data.tables.files import written

FILES = "files"  # the folder of what pages show or hand out
SHORT = 12  # rows of a table that is shown at once


class Block(NamedTuple):
    """A part of a page: prose, or an answer with whatever it has."""

    name: str = ""  # where on the page it stands
    prose: Html = html()
    title: Html = html()
    chart: Html = html()
    told: Html = html()
    notes: Sequence[str] = ()
    table: Html = html()
    folded: bool = False
    entries: Sequence[Html] = ()
    cards: Sequence["Card"] = ()
    svg: str = ""  # ways to what can be had of it
    csv: str = ""
    text: str = ""  # the way to the full text, where that is the answer
    code: str = ""
    long: int = 0  # so many rows of a table that is folded for them


class Card(NamedTuple):
    """A finding, with its chart and the page that it leads to."""

    told: Html
    chart: Html
    way: str
    topic: str


class Asked(NamedTuple):
    """A question of a notebook and its answer, numbered through the page."""

    name: str
    question: Question
    answer: Shows


class Answers:
    """The answers of one report to all questions of the notebooks, each asked once; the first is
    the page that the report begins with.
    """

    def __init__(self, report: Report, notebooks: Sequence[Notebook], home: str):
        self.report, self.notebooks, self.home = report, notebooks, home
        self.files: dict[str, bytes] = {}  # what the pages so far hand out, by path

    @cached_property
    def _asked(self) -> dict[str, list[Asked]]:
        """By notebook: `rest` is what the questions above it on the same page have not shown."""
        return {one.name: list(self._of(one)) for one in self.notebooks}

    def _of(self, notebook: Notebook) -> Iterator[Asked]:
        report = Report(self.report.tables, self.report.name, calls=False)
        report.facts = self.report.facts
        parts = [part for section in notebook.sections for part in section.parts]
        questions = [part for part in parts if isinstance(part, Question)]
        for number, question in enumerate(questions, 1):
            try:
                yield Asked(f"q{number}", question, again(report, question.asked))
            except BaodingError as error:
                raise BaodingError(f"{question.where}: {error}") from error

    def sections(self, notebook: Notebook, voice: Voice) -> list[tuple[str, list[Block]]]:
        """The sections of a page: title, prose and answers."""
        asked = {id(one.question): one for one in self._asked[notebook.name]}
        return [
            (
                voice.of(section.title),
                [
                    Block(prose=getattr(part, voice.lang))
                    if isinstance(part, Prose)
                    else self.block(asked[id(part)], notebook, voice)
                    for part in section.parts
                ],
            )
            for section in notebook.sections
        ]

    def block(self, asked: Asked, notebook: Notebook, voice: Voice) -> Block:
        """One answer in the language of the page, with the code that asks for it."""
        return self._block(asked, notebook, voice)._replace(code=asked.question.code)

    def _block(self, asked: Asked, notebook: Notebook, voice: Voice) -> Block:
        answer = asked.answer
        if isinstance(answer, Answer):
            return self._answer(asked.name, answer, notebook, voice)
        if isinstance(answer, Leads):
            cards = [self._card(n, lead, voice) for n, lead in enumerate(answer.leads, 1)]
            return Block(asked.name, cards=cards, notes=list(map(voice.of, answer.notes)))
        if isinstance(answer, Entries):
            return told(asked.name, answer, voice)
        return Block(asked.name, text=voice.way(address.text(self.report.name)))

    def _answer(self, name: str, answer: Answer, notebook: Notebook, voice: Voice) -> Block:
        stem = f"{FILES}/{self.report.name}/{notebook.name}-{name}"
        rows, csv = len(answer.table.rows) if answer.table else 0, ""
        block = told(name, answer, voice)._replace(long=rows if rows > SHORT else 0)
        if len(answer.data):
            csv = voice.file(f"{stem}.csv")
            if f"{stem}.csv" not in self.files:  # which is of both languages
                self.files[f"{stem}.csv"] = _csv(answer.data)
        if answer.draw:
            figure = answer.draw(voice.lang)
            svg = f"{stem}-{voice.lang}.svg"
            self.files[svg] = charts.written(figure, ".svg")
            chart = self._chart(name, answer, figure, voice)
            return block._replace(title=html(), chart=chart, svg=voice.file(svg), csv=csv)
        return block._replace(csv=csv)

    def _chart(self, name: str, answer: Answer, figure: Any, voice: Voice) -> Html:
        return inline(figure, name, voice.of(answer.title), voice.of(answer.alt))

    def _card(self, number: int, lead: Lead, voice: Voice) -> Card:
        """A finding, with a chart of the page it leads to: that of its first figure, if any."""
        name = lead.page.removesuffix(".ipynb")
        drawn = list(_drawn(one.answer for one in self._asked.get(name, ())))
        shown = [piece.figure.indicator for piece in lead.told.zh if piece.figure]
        drawn.sort(key=lambda one: not {*shown[:1]} <= {*one[0].data["indicator"]})
        chart = html()
        if drawn:
            answer, draw = drawn[0]
            chart = self._chart(f"f{number}", answer, draw(voice.lang), voice)
        page = self.pages.get(name, "")
        return Card(voice.told(lead.told), chart, page and voice.way(page), voice.of(lead.topic))

    @cached_property
    def shown(self) -> dict[Key, dict[str, str]]:
        """Where figures are shown: by the name of the notebook, the first answer that does."""
        found: dict[Key, dict[str, str]] = {}
        for notebook, every in self._asked.items():
            for one in every:
                for key in _keys(one.answer):
                    found.setdefault(key, {}).setdefault(notebook, one.name)
        return found

    @cached_property
    def pages(self) -> dict[str, str]:
        """The page that each notebook is; the first is the report's home."""
        report = self.report.name
        names = [one.name for one in self.notebooks]
        every = {name: f"{report}/{name}.html" for name in names}
        return every | dict.fromkeys(names[:1], self.home)


def told(name: str, answer: Answer | Entries, voice: Voice) -> Block:
    """What an answer says in words."""
    if isinstance(answer, Entries):
        entries = [voice.entry(one) for one in answer.entries]
        return Block(name, entries=entries, notes=list(map(voice.of, answer.notes)))
    return Block(
        name,
        title=voice.told(answer.heading) if answer.heading else html(voice.of(answer.title)),
        told=sentences(voice, answer.sentences),
        notes=[voice.of(note) for note in answer.all_notes],
        table=voice.table(answer.table) if answer.table else html(),
        folded=answer.folded,
    )


def _keys(answer: Shows) -> Iterator[Key]:
    """The figures that an answer holds or names."""
    if isinstance(answer, Answer) and {*Key._fields} <= {*answer.data.columns}:
        rows = answer.data[list(Key._fields)]
        yield from map(Key._make, rows.itertuples(index=False, name=None))
    leads = answer.leads if isinstance(answer, Leads) else ()
    said = answer.sentences if isinstance(answer, Answer) else [one.told for one in leads]
    for one in said:
        yield from (piece.figure.key for piece in one.zh if piece.figure)


def _drawn(answers: Iterable[Shows]) -> Iterator[tuple[Answer, Callable[[Lang], Any]]]:
    """The answers with a chart of figures, and what draws it."""
    for one in answers:
        if isinstance(one, Answer) and one.draw and "indicator" in one.data:
            yield one, one.draw


def _csv(data: pd.DataFrame) -> bytes:
    """The data of an answer as a file, with the mark by which spreadsheet programs read it."""
    rows = data.astype(object).where(data.notna(), "").to_numpy().tolist()
    cells = ([guarded(str(cell), number=True) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written([list(data.columns), *cells])
