"""A question: which figures of a report, drawn how, and what is said about them, as templates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from baoding_data.charts.palette import ROLES
from baoding_data.checks.questions import QUESTIONS
from baoding_data.errors import BaodingError, known, refuse
from baoding_data.notebook.given import Given
from baoding_data.tables.names import ALL_TERMS, indicator_of
from baoding_data.tables.records import QuestionRow
from baoding_data.tables.seeds import Seeds
from baoding_data.words import FORMS, Pair, alike, named

Templates = Sequence[Pair]
CHARTS = ("bars", "strip", "waffle", "tiles", "steps", "rates", "funnel", "panels", "sheet")


@dataclass(frozen=True)
class Question:
    """What a cell asks: the figures by name, the chart by the name of its function, and the words.

    `share` is (part, whole) of what came out of a funnel, `whole` what the parts of a strip or
    waffle make up, `roles` the part of an indicator in the chart, `labels` what it is called there,
    `groups` the indicators of each panel, `of` sentences that hold for one report's wording.
    """

    chart: str = ""
    names: Sequence[str] = ()
    title: Pair | None = None
    say: Templates = ()
    what: Pair | None = None
    share: Sequence[str] = ()
    whole: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Pair] = field(default_factory=dict)
    groups: Mapping[Pair, Sequence[str]] = field(default_factory=dict)
    of: Mapping[str, Templates] = field(default_factory=dict)
    sort: bool = False

    @classmethod
    def of_row(cls, row: QuestionRow) -> "Question":
        """A question of questions.csv."""
        names = row.figures.split()
        plain = [name.partition("@")[0] for name in names]
        labels = map(
            Pair._make, zip(row.labels_zh.split("|"), row.labels_en.split("|"), strict=True)
        )
        return cls(
            row.chart,
            names,
            Pair(row.title_zh, row.title_en),
            [Pair(row.say_zh, row.say_en)] if row.say_zh else (),
            Pair(row.what_zh, row.what_en),
            row.share.split(),
            row.whole,
            dict(zip(plain, row.roles.split(), strict=False)),
            dict(zip(plain, labels, strict=True)) if row.labels_zh else {},
            sort=row.sort == "largest",
        )

    def coded(self, code: Callable[[str], str]) -> "Question":
        """The same with every name as `code` gives it."""
        return replace(
            self,
            names=list(dict.fromkeys(map(code, self.names))),
            share=list(map(code, self.share)),
            whole=code(self.whole) if self.whole else "",
            roles={code(name).partition("@")[0]: role for name, role in self.roles.items()},
            labels={code(name).partition("@")[0]: told for name, told in self.labels.items()},
            groups={words: list(map(code, names)) for words, names in self.groups.items()},
        )

    @property
    def every_name(self) -> list[str]:
        """The figures asked for, each once: those drawn, the whole, the share."""
        grouped = [name for names in self.groups.values() for name in names]
        whole = [self.whole] if self.whole else []
        return list(dict.fromkeys([*whole, *self.names, *grouped, *self.share]))

    @property
    def templates(self) -> dict[str, Pair]:
        """All templates of the question, by where they stand in it."""
        found = {"title": self.title, "what": self.what}
        found |= {f"say, item {number}": one for number, one in enumerate(self.say, 1)}
        for report, said in self.of.items():
            found |= {f"of {report!r}, item {n}": one for n, one in enumerate(said, 1)}
        return {where: one for where, one in found.items() if one}

    @property
    def json(self) -> dict[str, Any]:
        """The question as an output's metadata hold it."""
        groups = [[*pair, list(names)] for pair, names in self.groups.items()]
        return {key: value for key, value in (asdict(self) | {"groups": groups}).items() if value}

    def check(self, tables: Seeds) -> None:
        """Raises BaodingError with all that is wrong with the roles and the templates."""
        given = Given("question")
        for name, role in self.roles.items():
            if role not in ROLES:
                given.wrong(f"roles, {name}", role, f"one of {', '.join(ROLES)}")
        for where, template in self.templates.items():
            check_template(tables, given, where, template)
        given.refuse()


def of_table(tables: Seeds, name: str) -> Question:
    """A question of questions.csv by its name; raises BaodingError where there is none, and with
    all that is wrong with it.
    """
    rows = {row.question: row for row in tables.questions}
    if name in CHARTS and name not in rows:
        raise BaodingError(f"{name!r} is a chart: write charts.{name}, without quotation marks")
    row = rows[known(name, rows, "question")]
    refuse(found for found in QUESTIONS(tables) if found.row == row.line)
    return Question.of_row(row)


def check_template(tables: Seeds, given: Given, where: str, template: Pair) -> None:
    """Note what is wrong with a template: brackets, names, another number in one language."""
    before = len(given.problems)
    for lang, text in zip(("Chinese", "English"), template, strict=True):
        try:
            names = named(text)
        except ValueError as error:
            advice = "signs stand between blanks, and each bracket twice"
            given.wrong(f"{where}, {lang}", str(error), FORMS, advice)
            continue
        for name in names:
            indicator, *conditions = name.split("@")
            if indicator not in tables.codebook:
                advice = "a template names a figure by its code: bd.find(...) lists them"
                given.wrong(f"{where}, {lang}", name, _nearest(tables, indicator), advice)
            terms = {code for kind, code in tables.words if kind in ("scope", "period")}
            if not terms.issuperset(conditions):
                given.wrong(f"{where}, {lang}", name, "a scope or period after @", ALL_TERMS)
    if len(given.problems) == before and not alike(*template):
        given.wrong(where, tuple(template), "the same figures in both languages", "correct one")


def _nearest(tables: Seeds, name: str) -> str:
    """What a name that is no code may be meant for, in words."""
    try:
        return f"the code {indicator_of(tables, name)}"
    except BaodingError as error:
        return f"an indicator of the codebook ({error})"
