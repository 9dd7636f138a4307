"""Two sources, one fact: what must be explained, and whether each explanation fits.

A side names one figure as report:place:year:indicator:scope; in the texts {1} stands for the number
of the first side.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from baoding_data.checks.identities import OWN
from baoding_data.checks.looked_at import Observed, Sight
from baoding_data.checks.rule import Fault, Level, change, rule
from baoding_data.tables.records import Conflict
from baoding_data.tables.seeds import Seeds
from baoding_data.words import BRACKETS


class Contradiction(NamedTuple):
    """A figure, and the number that contradicts it: another source's for the same thing, or what
    its parts come to; in words as the audit says it. `sides` are those that an explanation names.
    """

    sight: Sight
    number: Decimal
    words: str
    sides: tuple[str, ...]


class Explained(NamedTuple):
    """One conflict, with how many figures each side names, and the superseded reports, each
    with the one by which it is.
    """

    row: Conflict
    sides: dict[str, int]
    superseded: dict[str, str]


def contradictions(tables: Seeds, sights: Iterable[Sight]) -> list[Contradiction]:
    """What contradicts another source's number for the same thing, or is less than its parts."""
    alike = defaultdict(list)
    for sight in sights:
        row = sight.row
        unit = tables.words.canonical(row.unit)
        alike[sight.year, row.indicator, row.period, unit].append(sight)
    found = []
    for (_, indicator, _, _), of_thing in alike.items():
        if len(of_thing) == 1:
            continue
        found += _differing(of_thing)
        book = tables.codebook.get(indicator)
        if book and book.measure in ("count", "stock"):
            found += _exceeded(tables, of_thing)
    return found


def _differing(sights: list[Sight]) -> Iterator[Contradiction]:
    """Another number than the first source of the same place and scope has."""
    firsts: dict[tuple[str, str], Sight] = {}
    for sight in sights:
        first = firsts.setdefault((sight.place, sight.row.scope), sight)
        if sight.value != first.value and sight.row.report != first.row.report:
            words = f"{first.value}, as {first.row.report} has it"
            yield Contradiction(sight, first.value, words, (sight.side, first.side))


def _exceeded(tables: Seeds, sights: list[Sight]) -> Iterator[Contradiction]:
    """Wholes that are less than their own bodies and the places below them together."""
    exact = [sight for sight in sights if sight.row.bound == "exact"]
    wholes = [sight for sight in exact if sight.row.scope == "whole_area"]
    below: dict[str, dict[str, Decimal]] = defaultdict(dict)
    own: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for sight in wholes:
        parts = below[tables.where[sight.place].parent]
        parts[sight.place] = max(parts.get(sight.place, Decimal(0)), sight.value)
    for sight in exact:
        if sight.row.scope in OWN:
            own[sight.place][sight.row.report] += sight.value
    for sight in wholes:
        parts = below.get(sight.place, {})
        together = max(own[sight.place].values(), default=Decimal(0)) + sum(parts.values())
        if parts and together > sight.value:
            of = f"its own bodies and of {len(parts)} places below it"
            words = f"at least {together}, the sum of {of}"
            yield Contradiction(sight, together, words, (sight.side,))


def _explained(part: Observed) -> Iterator[Explained]:
    sides = {row: row.sides.split() for row in part.tables.conflicts}
    reports = {name.partition(":")[0] for names in sides.values() for name in names}
    known = Counter(sight.side for sight in part.sights if sight.row.report in reports)
    superseded = {
        row.report: row.superseded_by for row in part.tables.reports if row.status == "superseded"
    }
    for row, names in sides.items():
        yield Explained(row, {name: known[name] for name in names}, superseded)


CONFLICTS = Level("不同来源的出入", "What several sources say of one thing", {Observed: _explained})
SEVERAL = Level("几个来源同说一事", "Figures of several sources", {Observed: lambda part: [part]})


@rule(
    CONFLICTS,
    zh="说明的每一方都是确有的一个数。",
    finds=change("conflicts", "yuanhe", sides="yuanhe-2023:999902:2023:cases:whole_area a:b:c:d:e"),
    of_absence=True,
)
def sides(one: Explained) -> Iterator[Fault]:
    """Each side of a conflict is one figure that is there."""
    for name, times in one.sides.items():
        if times != 1:
            of = name.partition(":")[0]
            wanted, advice = "one figure, as report:place:year:indicator:scope", "correct it"
            advice = f"{advice}, or restore the figure"
            if newer := one.superseded.get(of):
                wanted = f"figures of current reports; {of} is superseded by {newer}"
                advice = f"name the figure of {newer}, or remove the row if the two now agree"
            yield Fault(one.row, "sides", name, wanted, advice, of=of)


@rule(
    CONFLICTS,
    zh="两种文字的说明都提到各方的数，一个不多，一个不少。",
    finds=change("conflicts", "yuanhe", text_en="The county prints {2}."),
)
def numbers_of_sides(one: Explained) -> Iterator[Fault]:
    """The explanation names each side's number, and no other, in both languages."""
    count = len(one.row.sides.split())
    for column in ("text_zh", "text_en"):
        places = BRACKETS.findall(getattr(one.row, column))
        if set(places) != {str(number) for number in range(1, count + 1)}:
            found = ", ".join(f"{{{place}}}" for place in places) or "no number"
            wanted = f"{{1}} to {{{count}}}, each side's number"
            yield Fault(one.row, column, found, wanted, "name each side's number, and no other")


@rule(
    CONFLICTS,
    zh="说明中的数不用手打，年月除外。",
    finds=change("conflicts", "yuanhe", text_zh="市里印作{1}，县里印作{2}，差2件。"),
    passes=change("conflicts", "yuanhe", text_zh="2023年，市里印作{1}，县里印作{2}。"),
)
def typed_number(one: Explained) -> Iterator[Fault]:
    """No number is typed in an explanation, but years and months."""
    for column in ("text_zh", "text_en"):
        text = re.sub("[0-9]+月", "", BRACKETS.sub("", getattr(one.row, column)))
        typed = re.search("[0-9]+", re.sub("(?:19|20)[0-9]{2}", "", text))
        if typed:
            advice = "type no number: it would stay when the figure is corrected"
            yield Fault(one.row, column, typed[0], "a number in brackets, as {1}", advice)


@rule(
    SEVERAL,
    zh="两个来源对同一件事的数不同，或部分之和大于总数，要在 conflicts.csv 中说明。",
    finds=change("observations", "chengzhou-2023,999901", value="50", printed="50"),
)
def conflict(part: Observed) -> Iterator[Fault]:
    """Two sources with unlike numbers for one thing, or parts that come to more than the whole, are
    explained in conflicts.csv.
    """
    explained = [{*row.sides.split()} for row in part.tables.conflicts]
    for sight, _, words, sides in contradictions(part.tables, part.sights):
        if not any(named.issuperset(sides) for named in explained):
            named = f"under “sides” {' '.join(sides)}"
            advice = f"look up both; if they stand so, explain it in conflicts.csv, {named}"
            yield Fault(sight.row, "value", sight.row.value, words, advice)
