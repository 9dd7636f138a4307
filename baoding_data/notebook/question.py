"""A question: which figures of a report, drawn how, and what is said about them, as templates."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from baoding_data.errors import BaodingError, known
from baoding_data.tables.names import indicator_of
from baoding_data.tables.records import QuestionRow
from baoding_data.tables.seeds import Seeds
from baoding_data.words import Pair, named

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

    @property
    def every_name(self) -> list[str]:
        """The figures asked for, each once: those drawn, the whole, the share."""
        grouped = [name for names in self.groups.values() for name in names]
        whole = [self.whole] if self.whole else []
        return list(dict.fromkeys([*whole, *self.names, *grouped, *self.share]))

    @property
    def templates(self) -> list[Pair]:
        """All templates of the question."""
        of = [pair for pairs in self.of.values() for pair in pairs]
        return [*filter(None, (self.title, self.what)), *self.say, *of]

    @property
    def json(self) -> dict[str, Any]:
        """The question as an output's metadata hold it."""
        groups = [[*pair, list(names)] for pair, names in self.groups.items()]
        return {key: value for key, value in (asdict(self) | {"groups": groups}).items() if value}

    def check(self, tables: Seeds) -> None:
        """Raises BaodingError for a chart or name that there is not, and a broken template."""
        if self.chart:
            known(self.chart, CHARTS, "chart")
        try:
            said = [name for pair in self.templates for name in named(*pair)]
        except ValueError as error:
            raise BaodingError(
                f"{error} is no part of a template; write {{indicator}}, {{a - b}}, {{a / b}},"
                " {a:label} …, and each bracket twice"
            ) from None
        for name in dict.fromkeys(said):
            indicator = name.partition("@")[0]
            if indicator not in tables.codebook:
                indicator_of(tables, indicator)  # raises BaodingError with the nearest names
                raise BaodingError(f"{{{name}}}: a template names a figure by its code")


def pair(words: Sequence[str] | None) -> Pair | None:
    """(Chinese, English) as a pair; None for none."""
    return Pair(*words) if words else None
