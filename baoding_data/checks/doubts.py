"""Doubtful figures: one named explanation each, with {indicator} for the numbers of the tables; and
what such an explanation accepts, where the report itself is the cause of what a rule finds.

The brackets are those of `words`; `{a - b = c}` is computed and must equal c.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from baoding_data.checks.figures import set_apart, whole_number, within_hundred
from baoding_data.checks.identities import identity, own_part, places_total
from baoding_data.checks.looked_at import OnFile
from baoding_data.checks.rule import Fault, Level, Rule, change, reworded, rule
from baoding_data.checks.texts import dated, named, place_and_year
from baoding_data.checks.wholes import part_of_whole
from baoding_data.tables.figures import ByIndicator, concerns, the_one
from baoding_data.tables.records import Doubt, Observation
from baoding_data.tables.seeds import Seeds
from baoding_data.words import BRACKETS, FORMS, Slot, computed, slots

# The rules that what a report prints may break: a contradiction, a rate that was cut off, two
# numbers for one thing, a title or a day that stands only on the publisher's page.
ABOUT_REPORT = (named, dated, place_and_year)  # these are of no figure
OF_FIGURES = (identity, part_of_whole, within_hundred, whole_number)
ACCEPTABLE = {one.name: one for one in (*OF_FIGURES, set_apart, *ABOUT_REPORT)}
# Of a source that is only cited a conflict explains them, and what it says of several places.
EXPLAINABLE = {one.name for one in (*OF_FIGURES, own_part, places_total)}


def accepted(tables: Seeds, rule: Rule, fault: Fault) -> bool:
    """Whether it is accepted what a rule found: by a doubt that names the rule, and every figure
    concerned; of a source that is only cited by a conflict of it with itself about all of these.
    """
    if fault.figures and all(isinstance(one, Observation) for one in fault.figures):
        sides = {one.side for one in fault.figures}
        return rule.name in EXPLAINABLE and any(sides <= own for own in tables.at_odds.values())
    if rule.name not in ACCEPTABLE:
        return False
    doubts = tables.rows_of("doubts", getattr(fault.row, "report", ""))
    return any(_accepts(doubt, rule, fault) for doubt in doubts)


def _accepts(doubt: Doubt, rule: Rule, fault: Fault) -> bool:
    if rule.name not in doubt.accepts.split():
        return False
    return all(concerns(doubt, figure) for figure in fault.figures) and (
        bool(fault.figures) or rule in ABOUT_REPORT
    )


class Explanation(NamedTuple):
    """What an explanation holds: its slots, a bracket that is none, a number that is typed, and the
    figures named, each once.
    """

    slots: list[Slot]
    odd: str
    typed: str
    names: list[str]


@lru_cache(maxsize=1000)
def read(text: str) -> Explanation:
    """An explanation, read."""
    try:
        found, odd = slots(text), ""
    except ValueError as error:
        found, odd = [], str(error)
    typed = re.search("[0-9０-９]+", BRACKETS.sub("", text))
    names = list(dict.fromkeys(name for slot in found for name in slot.names))
    return Explanation(found, odd, typed[0] if typed else "", names)


class Doubted:
    """One doubt, with the report's figures by indicator."""

    def __init__(self, part: OnFile, row: Doubt):
        self.part, self.row = part, row
        self.tables: Seeds = part.tables
        self.figures: ByIndicator = part.figures
        self.chosen = row.figures.split()
        # The names that do not mean one figure of the report.
        self.missing = [name for name in self.chosen if the_one(name, self.figures) is None]
        self.texts = {"text_zh": read(row.text_zh), "text_en": read(row.text_en)}


def _doubted(part: OnFile) -> Iterator[Doubted]:
    rows = part.tables.rows_of("doubts", part.report)
    return (Doubted(part, row) for row in rows)


DOUBTS = Level("存疑说明", "A doubt", {OnFile: _doubted})


@rule(
    DOUBTS,
    zh="说明提到存疑的数；只说报告的标题、发布机关或日期的不必。",
    finds=change("doubts", "chengping-2023", figures=""),
)
def figures_in_doubt(one: Doubted) -> Iterator[Fault]:
    """An explanation names the figures in question, unless it is of the report's title, issuer or
    day alone.
    """
    names = {rule.name for rule in ABOUT_REPORT}
    if not one.chosen and not (one.row.accepts and {*one.row.accepts.split()} <= names):
        advice = "name the figures that it is about"
        yield Fault(one.row, "figures", "an empty cell", "indicators of the report", advice)


@rule(
    DOUBTS,
    zh="存疑的每个指标，报告恰有一个数。",
    finds=change("doubts", "chengping-2023", figures="cases cases_concluded cases_closed"),
    of_absence=True,
)
def doubted_figures(one: Doubted) -> Iterator[Fault]:
    """Each indicator in question has one figure in the report."""
    if one.missing:
        known = all(name.partition("@")[0] in one.tables.codebook for name in one.missing)
        advice = "correct the names" + (", or restore the figures" if known else "")
        wanted = "indicators with one figure in the report"
        yield Fault(one.row, "figures", ", ".join(one.missing), wanted, advice)


@rule(
    DOUBTS,
    zh="花括号里是指标，或指标相加减。",
    finds=change("doubts", "chengping-2023", text_zh="受理{cases}，审结{cases_concluded * 2}。"),
)
def brackets(one: Doubted) -> Iterator[Fault]:
    """In brackets stands an indicator, or indicators added and subtracted."""
    for column, text in one.texts.items():
        if text.odd:
            yield Fault(one.row, column, text.odd, FORMS, "correct the brackets")


@rule(
    DOUBTS,
    zh="说明提到存疑的每个数，不提别的数。",
    finds=change("doubts", "chengping-2023", figures="cases cases_concluded"),
)
def figures_named(one: Doubted) -> Iterator[Fault]:
    """The explanation names each figure in question, and no other."""
    for column, text in one.texts.items():
        if not text.odd and set(text.names) != set(one.chosen):
            advice = "name each figure in question in the text, and no other"
            found = ", ".join(text.names) or "no figure"
            yield Fault(one.row, column, found, ", ".join(one.chosen), advice)


@rule(
    DOUBTS,
    zh="说明中的数不用手打。",
    finds=change(
        "doubts",
        "chengping-2023",
        name_zh="未审结",
        text_zh="受理{cases}，审结{cases_concluded}，相差{cases - cases_concluded = cases_open}，即12件。",
    ),
)
def typed_in_doubt(one: Doubted) -> Iterator[Fault]:
    """No number is typed in an explanation."""
    for column, text in one.texts.items():
        if text.typed:
            advice = "type no number: it would stay when the figure is corrected"
            yield Fault(one.row, column, text.typed, "a number in brackets, as {indicator}", advice)


@rule(
    DOUBTS,
    zh="说明只用确数相加减。",
    finds=change(
        "doubts",
        "chengping-2023",
        figures="cases cases_concluded cases_open officers",
        text_zh="受理{cases}，审结{cases_concluded}，相差{cases - cases_concluded = cases_open}，"
        "另有{cases + officers}。",
        text_en="{cases} accepted, {cases_concluded} concluded, "
        "{cases - cases_concluded = cases_open} fewer, and {cases + officers}.",
    ),
)
def computed_of_exact(one: Doubted) -> Iterator[Fault]:
    """An explanation adds and subtracts exact numbers only."""
    for column, text in one.texts.items():
        for slot in (slot for slot in text.slots if len(slot.terms) > 1 or slot.equal):
            figures = [the_one(name, one.figures) for name in slot.names]
            if inexact := [f.indicator for f in figures if f and f.bound != "exact"]:
                found = f"{{{slot.text}}}, of which {', '.join(inexact)} is not exact"
                yield Fault(one.row, column, found, "exact numbers", "say each by itself")


@rule(
    DOUBTS,
    zh="说明里写作相等的数，确实相等。",
    finds=change(
        "doubts",
        "chengping-2023",
        text_zh="受理{cases}，审结{cases_concluded}，{cases - cases_open = cases}。",
    ),
)
def equal_numbers(one: Doubted) -> Iterator[Fault]:
    """Numbers that the explanation calls equal are equal."""
    if one.missing:
        return
    for column, text in one.texts.items():
        if text.odd or text.typed or set(text.names) != set(one.chosen):
            continue
        equal = [slot for slot in text.slots if slot.equal]
        meant = {name: the_one(name, one.figures) for name in one.chosen if equal}
        values = {name: figure.value for name, figure in meant.items() if figure}
        for slot in equal:
            total, right = computed(slot.terms, values), values[slot.equal]
            if total != right:
                advice = "the explanation is about two equal numbers, which these are no longer"
                left = slot.text.partition(" = ")[0]
                found, wanted = f"{left} = {total}", f"{slot.equal} = {right}"
                yield Fault(one.row, column, found, wanted, advice)


@rule(
    DOUBTS,
    zh="两种文字的说明，数是一样的。",
    finds=change(
        "doubts",
        "chengping-2023",
        text_en="{cases} were accepted, {cases_concluded} concluded, and {cases_open} are open.",
    ),
)
def both_languages(one: Doubted) -> Iterator[Fault]:
    """The explanation has the same numbers in both languages."""
    chinese, english = one.texts.values()
    said = [{slot.text for slot in text.slots} for text in (chinese, english)]
    if said[0] != said[1]:
        wanted, advice = "the same numbers in both languages", "correct one of the two"
        yield Fault(one.row, "text_en", "other numbers than in Chinese", wanted, advice)


@rule(
    DOUBTS,
    zh="所引的字句，在含有存疑之数的句子里。",
    finds=change("doubts", "chengping-2023", words="行政应诉"),
    of_absence=True,
)
def doubted_words(one: Doubted) -> Iterator[Fault]:
    """The words in question stand in a sentence that holds one of the figures."""
    names = [name.partition("@")[0] for name in one.chosen]
    sentences = [figure.sentence for name in names for figure in one.figures.get(name, ())]
    if one.row.words and not any(one.row.words in sentence for sentence in sentences):
        wanted = "words of a sentence that holds one of the figures"
        yield Fault(one.row, "words", f"“{one.row.words}”", wanted, "copy them from the report")


@rule(
    DOUBTS,
    zh="所容的，确是规则查出、而且是报告自身所致的；所涉的数都提到。",
    finds=change("doubts", "chengping-2023", accepts="identity"),
    passes=(
        reworded("维持率85%", "维持率84%"),
        change("figures", "upheld_rate", printed="84%", value="84", quote="维持率84%"),
        change(
            "doubts",
            "chengping-2023",
            accepts="identity",
            figures="cases_upheld cases_concluded upheld_rate",
            words="维持率",
            name_zh="维持率与两数不符",
            name_en="The rate is not that of the counts",
            text_zh="{cases_concluded}中维持{cases_upheld}，所印的维持率{upheld_rate}与之不符。",
            text_en="The printed rate of {upheld_rate} is not that of the {cases_upheld} upheld of "
            "{cases_concluded} concluded.",
        ),
    ),
    of_absence=True,
)
def accepts(one: Doubted) -> Iterator[Fault]:
    """What an explanation accepts is what a rule finds, where the report itself may be the cause,
    about the figures in question.
    """
    for name in one.row.accepts.split():
        if name not in ACCEPTABLE:
            advice = "only these can be the report's own doing; anything else is to be corrected"
            yield Fault(one.row, "accepts", name, " or ".join(ACCEPTABLE), advice)
        elif not any(_accepts(one.row, ACCEPTABLE[name], found) for found in _found(one, name)):
            wanted = f"something that the rule {name} finds in the figures named"
            advice = "clear it, or name all figures concerned under “figures”"
            yield Fault(one.row, "accepts", name, wanted, advice)


def _found(one: Doubted, name: str) -> Iterator[Fault]:
    """What a rule finds in the report of a doubt."""
    rule = ACCEPTABLE[name]
    return (fault for thing in rule.level.things(one.part) for fault in rule.check(thing))
