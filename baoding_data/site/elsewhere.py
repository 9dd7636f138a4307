"""What is on file elsewhere beside the figures of a report: found once for all its pages, and of it
no more kept than they show.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from baoding_data.comparison.peers import Sighting
from baoding_data.comparison.sentences import Told
from baoding_data.notebook.beside import (
    FEW,
    Compared,
    compared,
    counted,
    place_and_year,
    reasons,
    table_of,
)
from baoding_data.notebook.facts import Facts
from baoding_data.notebook.on_file import how_many
from baoding_data.notebook.tables import Table
from baoding_data.tables.seeds import Seeds
from baoding_data.words import Pair

IN_FULL = 8  # so many figures of a grade are shown at once,
LISTED = 50  # and so many of both at most


class Found(NamedTuple):
    """What stands beside an indicator elsewhere: how many figures in all, of grade A and of grade
    B; the first of grade A in words; what is said of all; why none is comparable; those of A and B
    that are shown at once, and those that are folded; how many are in the fold, and how many more.
    """

    others: int
    alike: int
    nearly: int
    first: Sequence[Pair]
    told: Sequence[Told]
    why: Sequence[Told]
    table: Table | None
    folded: Table | None
    inside: int
    more: int


class Elsewhere:
    """What is on file elsewhere beside one report, indicator by indicator."""

    def __init__(self, facts: Facts):
        self.facts = facts
        self._found: dict[str, Found] = {}

    @cached_property
    def tables(self) -> Seeds:
        """The tables that are set beside the report."""
        return self.facts.sound()

    def beside(self, name: str) -> Found:
        """What stands beside an indicator, or a figure by its name."""
        if name not in self._found:
            self._found[name] = _found(self.facts, compared(self.facts, self.tables, name))
        return self._found[name]

    def title(self) -> Pair:
        """How many of the report's indicators have figures of grade A or B, as `Report.profile`
        says it, which lists them all.
        """
        found = list(map(self.beside, self.facts.by_name))
        alike = sum(one.alike > 0 for one in found)
        nearly = sum(one.nearly > 0 for one in found if not one.alike)
        return how_many(self.facts, alike, nearly)


def _found(facts: Facts, one: Compared) -> Found:
    of_a, of_b = one.of("A"), one.of("B")
    rest = [*of_a[IN_FULL:], *of_b[IN_FULL:]]
    first = [*of_a[:IN_FULL], *of_b[:IN_FULL]]
    folded = rest[: LISTED - len(first)]
    return Found(
        len(one.others),
        len(of_a),
        len(of_b),
        [place_and_year(facts, row).colon(facts.said(row)) for row in of_a[:FEW]],
        list(counted(facts, [one])),
        [] if of_a or of_b else list(reasons(facts, [one])),
        _table(facts, one, first),
        _table(facts, one, folded),
        len(folded),
        len(rest) - len(folded),
    )


def _table(facts: Facts, one: Compared, rows: Iterable[Sighting]) -> Table | None:
    """Figures elsewhere to read, if there are any."""
    shown = [(row, one.own) for row in rows]
    return table_of(facts, [one], shown) if shown else None
