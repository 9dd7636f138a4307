"""Rules of the questions: what is asked is in the codebook, and said alike in both languages."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from baoding_data.checks.rule import Fault, Level, change, rule
from baoding_data.tables.records import QuestionRow
from baoding_data.tables.seeds import Seeds
from baoding_data.text.numbers import numbers_in
from baoding_data.words import BRACKETS, FORMS, Pair, alike, named

TEMPLATES = ("title", "what", "say")
_IN_WORDS = re.compile(
    r"[0-9０-９]+|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundreds?"
    r"|thousands?|millions?|half|twice|thrice|both)\b",
    re.I,
)


def typed_number(template: Pair) -> str:
    """The first number that stands in a template outside its brackets; empty where none does.

    >>> typed_number(Pair("{a}中的三件", "three of {a}")), typed_number(Pair("{a}", "{a}"))
    ('三', '')
    """
    zh, en = (BRACKETS.sub("…", words) for words in template)
    numbers = [number.printed for number in numbers_in(zh) if number.kind in ("value", "unclear")]
    return next(iter([*numbers, *_IN_WORDS.findall(en)]), "")


class Asked(NamedTuple):
    """A question with its templates that can be read, and the first bracket of each that cannot."""

    tables: Seeds
    row: QuestionRow
    templates: dict[str, Pair]
    broken: dict[str, str]

    @property
    def names(self) -> dict[str, list[str]]:
        """The figures that each column names."""
        row = self.row
        found = {name: getattr(row, name).split() for name in ("figures", "whole", "share")}
        for name, pair in self.templates.items():
            found |= {f"{name}_zh": named(pair.zh), f"{name}_en": named(pair.en)}
        return found


def _asked(tables: Seeds) -> Iterator[Asked]:
    for row in tables.questions:
        templates, broken = {}, {}
        for name in TEMPLATES:
            pair = Pair(getattr(row, f"{name}_zh"), getattr(row, f"{name}_en"))
            try:
                named(*pair)
                templates[name] = pair
            except ValueError as error:
                broken[f"{name}_zh"] = str(error)
        yield Asked(tables, row, templates, broken)


QUESTIONS = Level("问题", "A question", {Seeds: _asked})


@rule(
    QUESTIONS,
    zh="所问的每个数，都是指标表中的指标。",
    finds=change("questions", "cases", figures="cases case_concluded"),
)
def asked_figures(one: Asked) -> Iterator[Fault]:
    """Each figure that a question names is an indicator of the codebook."""
    for column, names in one.names.items():
        words, book = one.tables.words, one.tables.codebook
        terms = {*words.codes("scope"), *words.codes("period")}
        parts = [(name, *name.split("@")) for name in names]
        unknown = [name for name, code, *of in parts if code not in book or not {*of} <= terms]
        if unknown:
            wanted = "indicators of the codebook, with scopes and periods of terms.csv"
            yield Fault(one.row, column, ", ".join(unknown), wanted, "correct the names")


@rule(
    QUESTIONS,
    zh="花括号里是模板能读的。",
    finds=change("questions", "cases", title_zh="受理{cases * 2}，审结{cases_concluded}"),
)
def asked_brackets(one: Asked) -> Iterator[Fault]:
    """What stands in the brackets of a question can be filled in."""
    for column, found in one.broken.items():
        yield Fault(one.row, column, found, FORMS, "correct the brackets")


@rule(
    QUESTIONS,
    zh="两种文字说的是同样的数。",
    finds=change("questions", "cases", say_en="Of {cases}, some were concluded."),
)
def asked_alike(one: Asked) -> Iterator[Fault]:
    """A question names the same figures in both languages, or says nothing in either."""
    for name, pair in one.templates.items():
        if not alike(*pair):
            found = ", ".join(named(pair.en)) or "no figure"
            wanted = ", ".join(named(pair.zh)) or "no figure"
            yield Fault(one.row, f"{name}_en", found, wanted, "correct one of the two")


@rule(
    QUESTIONS,
    zh="问题中的数不用手打。",
    finds=change("questions", "cases", what_zh="全年的52件复议案件"),
)
def typed_in_question(one: Asked) -> Iterator[Fault]:
    """No number is typed in a question."""
    for name, pair in one.templates.items():
        if typed := typed_number(pair):
            advice = "type no number: it would stay when the report is another"
            yield Fault(
                one.row, f"{name}_zh", typed, "a number in brackets, as {indicator}", advice
            )


@rule(
    QUESTIONS,
    zh="角色和图例，与所画的数一样多。",
    finds=change("questions", "cases", labels_zh="受理"),
)
def asked_each(one: Asked) -> Iterator[Fault]:
    """Roles and labels of a question are as many as the figures drawn."""
    row, count = one.row, len(one.row.figures.split())
    lists = {"roles": row.roles.split()}
    lists |= {name: getattr(row, name).split("|") for name in ("labels_zh", "labels_en")}
    alike = bool(row.labels_zh) == bool(row.labels_en)
    for column, items in lists.items():
        if getattr(row, column) and len(items) != count or (column == "labels_en" and not alike):
            found = f"{len(items)} for {count} figures" if alike else "labels in one language"
            yield Fault(row, column, found, "one for each figure, or none", "correct the list")


@rule(
    QUESTIONS,
    zh="标题或结论说到所画的数。",
    finds=change("questions", "cases", figures="officers review_trainings suit_trainings"),
)
def asked_in_words(one: Asked) -> Iterator[Fault]:
    """The title or the sentence of a question names a figure that is drawn."""
    drawn = one.names["figures"]
    said = {name for column in ("title_zh", "say_zh") for name in one.names.get(column, ())}
    if drawn and said and not said & {*drawn}:
        wanted = "one at least that the title or the sentence names"
        yield Fault(one.row, "figures", ", ".join(drawn), wanted, "correct figures or templates")


@rule(
    QUESTIONS,
    zh="漏斗图写明所得的占比是几分之几。",
    finds=change("questions", "cases", chart="funnel", share=""),
)
def asked_share(one: Asked) -> Iterator[Fault]:
    """A funnel names the part and the whole of the share that comes out of it."""
    if one.row.chart == "funnel" and not one.row.share:
        yield Fault(one.row, "share", "an empty cell", "part and whole", "name the two figures")
