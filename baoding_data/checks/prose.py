"""Doubtful figures: one named explanation each. Its numbers are not typed but stand as {indicator},
and come from the tables.

`{a}` is a figure as a sentence says it, `{a@scope}` the one of that scope; `{a - b}` is computed;
`{a - b = c}` is computed and must equal c.
"""

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from baoding_data.tables.figures import ByIndicator, the_one
from baoding_data.tables.records import Doubt
from baoding_data.words import PLACE, computed, named

_NAME = "[a-z][a-z0-9_]*(?:@[a-z_]+)?"
_FORM = re.compile(rf"{_NAME}(?: [+-] {_NAME})*(?: = {_NAME})?")


class Fault(NamedTuple):
    """One thing wrong with a doubt: in which column, and what to do."""

    column: str
    found: str
    wanted: str
    advice: str


def faults(doubt: Doubt, figures: ByIndicator, book: Container[str]) -> Iterator[Fault]:
    """All that is wrong with one doubt; `figures` are the report's by indicator."""
    chosen = doubt.figures.split()
    missing = [name for name in chosen if the_one(name, figures) is None]
    if missing:
        known = all(name.partition("@")[0] in book for name in missing)
        advice = "correct the names" + (", or restore the figures" if known else "")
        wanted = "indicators with one figure in the report"
        yield Fault("figures", ", ".join(missing), wanted, advice)
    for column in ("text_zh", "text_en"):
        text = getattr(doubt, column)
        wrong = list(_misworded(column, text, chosen))
        yield from wrong
        if not missing and not wrong:
            yield from _unequal(column, text, figures)
    if set(PLACE.findall(doubt.text_zh)) != set(PLACE.findall(doubt.text_en)):
        wanted = "the same numbers in both languages"
        yield Fault("text_en", "other numbers than in Chinese", wanted, "correct one of the two")
    sentences = [f.sentence for name in chosen for f in figures.get(name.partition("@")[0], ())]
    if doubt.words and not any(doubt.words in sentence for sentence in sentences):
        wanted = "words of a sentence that holds one of the figures"
        yield Fault("words", f"“{doubt.words}”", wanted, "copy them from the report")


def _misworded(column: str, text: str, chosen: list[str]) -> Iterator[Fault]:
    """Brackets that are none, figures that are not those in question, numbers that are typed."""
    odd = [place for place in PLACE.findall(text) if not _FORM.fullmatch(place)]
    if odd or re.search("[{}]", PLACE.sub("", text)):
        found = f"{{{odd[0]}}}" if odd else "a single { or }"
        yield Fault(column, found, "{a}, {a - b} or {a - b = c}", "correct the brackets")
    elif set(named(text)) != set(chosen):
        advice = "name each figure in question in the text, and no other"
        yield Fault(column, ", ".join(named(text)) or "no figure", ", ".join(chosen), advice)
    typed = re.search("[0-9０-９]+", PLACE.sub("", text))
    if typed:
        advice = "type no number: it would stay when the figure is corrected"
        yield Fault(column, typed[0], "a number in brackets, as {indicator}", advice)


def _unequal(column: str, text: str, figures: ByIndicator) -> Iterator[Fault]:
    """Numbers that the explanation calls equal, and that are not."""
    meant = {name: the_one(name, figures) for name in named(text)}
    values = {name: figure.value for name, figure in meant.items() if figure}
    for left, equals, right in (place.partition(" = ") for place in PLACE.findall(text)):
        if equals and computed(left, values) != values[right]:
            found = f"{left} = {computed(left, values)}"
            advice = "the explanation is about two equal numbers, which these are no longer"
            yield Fault(column, found, f"{right} = {values[right]}", advice)
