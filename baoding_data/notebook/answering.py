"""A question put to a report: what it lacks is named, and what cannot be said of it left out."""

from dataclasses import replace

from baoding_data.comparison.sentences import Sentences, Told, Unsaid
from baoding_data.notebook.answer import Answer
from baoding_data.notebook.drawing import Drawing
from baoding_data.notebook.facts import Facts, lacking
from baoding_data.notebook.question import Question
from baoding_data.words import EMPTY, Pair, named, together

SEVERAL = Pair(
    "报告给出几个范围或时段的数，分行列出；未写明是哪一个的句子略去。",
    "The report gives figures for several scopes or periods: each has its own line, and sentences"
    " that do not say which is meant are omitted.",
)


class Answering:
    """One question put to one report."""

    def __init__(self, facts: Facts, question: Question):
        question.check(facts.tables)
        if question.sort:
            order = {name: -figure.value for name in question.names for figure in facts.of([name])}
            names = sorted(question.names, key=lambda name: order.get(name, 0))
            question = replace(question, names=names)
        self.facts, self.question = facts, question
        self.fill: Sentences = facts.sentences(question.labels)
        asked = list(dict.fromkeys([*question.every_name, *self._mentioned()]))
        self.figures = facts.of(asked)
        self.missing = [name for name in question.every_name if not facts.of([name])]
        self.notes: dict[Pair, None] = {}
        self.heading: Told | None = None

    def _mentioned(self) -> list[str]:
        """The figures that title and sentences mention."""
        question = self.question
        heads = [pair for pair in (question.title, question.what) if pair]
        said = [*heads, *question.say, *question.of.get(self.facts.report, ())]
        return [name for pair in said for name in named(*pair)]

    def answer(self) -> Answer:
        """Chart, sentences, notes and table; of a report that gives nothing of it, that alone."""
        question, facts = self.question, self.facts
        of_report = question.of.get(facts.report, ())
        said = list(filter(None, map(self.told, [*question.say, *of_report])))
        asked = {"ask": question.json}
        data = facts.data(self.figures)
        if self.missing and not self.figures:
            return Answer(self.lacking[0], data=data, question=asked)
        title, what = self.title(), self.head(question.what)
        drawing = Drawing(facts, question, title, what and what.pair)
        draw, alt = (drawing.drawn() if question.chart else None) or (None, EMPTY)
        table = facts.table(self.figures, charted=draw is not None) if self.figures else None
        notes = [*self.lacking, *self.notes]
        folded = question.chart == "sheet"
        given = title, said, table, data, draw, alt, notes
        return Answer(*given, folded=folded, heading=self.heading, question=asked)

    def told(self, template: Pair) -> Told | None:
        """A sentence, or None, noted, where the report does not allow it."""
        try:
            return self.fill.tell(template)
        except Unsaid as unsaid:
            self.missing += [name for name in unsaid.missing if name not in self.missing]
            if unsaid.several:
                self.notes[SEVERAL] = None
            if unsaid.why:
                self.notes[unsaid.why.sentence] = None
            return None

    def head(self, template: Pair | None) -> Told | None:
        """A title, or the words above a chart; None where the report does not allow it."""
        try:
            return self.fill.tell(template) if template else None
        except Unsaid as unsaid:
            if unsaid.several:
                self.notes[SEVERAL] = None
            return None

    def title(self, instead: Pair | None = None) -> Pair:
        """The finding; where it cannot be said, what is said instead, or the labels."""
        self.heading = self.head(self.question.title)
        if self.heading:
            return self.heading.pair
        if instead:
            return instead
        shown = dict.fromkeys(figure.indicator for figure in self.figures)
        names = [*shown] or self.question.every_name
        return together((self.facts.name(name) for name in names), "；", "; ")

    @property
    def lacking(self) -> list[Pair]:
        """What the report does not give, in one line; no line where it gives all."""
        return [lacking(map(self.facts.name, self.missing))] * bool(self.missing)
