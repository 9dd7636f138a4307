"""What attacks share: a row, a table or the text changed in memory, and whether the rules find it,
and where.

The rows are changed after they were read, so that types, codes and keys, which test_tables.py
attacks, find nothing here. A changed row is tried on the rules of a row; what these do not find,
and some dozens of each kind besides, goes through the whole audit, which has to agree.
"""

import re
import sys
from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import NamedTuple

from conftest import IN_FULL, REPORT

from baoding_data.checks.audit import check
from baoding_data.checks.identities import IDENTITIES, Stated
from baoding_data.checks.looked_at import OnFile, transcribed
from baoding_data.checks.observations import OBSERVATIONS
from baoding_data.checks.rules import KINDS, OF_A_ROW, READINGS
from baoding_data.checks.texts import TEXTS
from baoding_data.tables.figures import by_indicator, located, tied
from baoding_data.tables.seeds import Texts

FIGURES, OBSERVED, STATED = (
    f"seeds/{name}.csv" for name in (f"figures/{REPORT}", "observations", "identities")
)
WHOLE = 40 if IN_FULL else 4  # so many mutants of each kind go through the whole audit
TOLD = 8 if IN_FULL else 4  # of so many of each kind every finding is looked at
# So many of each kind are tried at all, or every one.
TRIED = sys.maxsize if IN_FULL else 25


class Mutant(NamedTuple):
    """Changed tables; `rows` are the lines of `file` of which a finding must name one. `alone`
    tries only the rules of `levels`, those of what was changed.
    """

    what: str
    file: str
    rows: set[int]
    tables: Callable[[], object]
    alone: Callable[[], list] = list
    levels: tuple = ()

    def found(self):
        """What is found: by the rules of what was changed, or else by the whole audit."""
        return self.alone() or self.audit()

    def audit(self):
        return check(self.tables())

    def hit(self, found):
        """Whether a finding names the file and a row that was changed."""
        return any(f.file == self.file and f.row in self.rows for f in found)

    def agrees(self):
        """Whether, in the rows changed, the whole audit finds by these rules what they alone do."""
        names = {rule.name for level in self.levels for rule in level.rules}
        both = (
            {f for f in found if f.rule in names and f.file == self.file and f.row in self.rows}
            for found in (self.audit(), self.alone())
        )
        return len({frozenset(found) for found in both}) == 1


def at_one(levels, thing):
    """What all rules of some levels find at one thing."""
    return [found for level in levels for rule in level.rules for found in rule(thing)]


def _in_its_line(rows, row):
    """The rows of a table with another one in its line."""
    return [row if one.line == row.line else one for one in rows]


def check_row(seeds, row):
    """What is wrong with one row of figures in its line of the table: its quote, what its number
    says, what its sentence says. Whether other rows share its number, and whether each number has
    a row, the whole table tells: `check_rows`.
    """
    same = row.report, row.printed, row.quote
    rows = _in_its_line(seeds.figures, row)
    alike = [one for one in rows if (one.report, one.printed, one.quote) == same]
    part = OnFile(seeds, row.report, alike)
    part.claims = [claim for claim in part.claims if claim.row is row]
    return [found for level in OF_A_ROW for found in level(part)]


def check_rows(seeds, rows):
    """What is wrong with rows of figures, if they were the whole table of the report."""
    part = OnFile(seeds, REPORT, rows)
    return [found for level in (*OF_A_ROW, TEXTS) for found in level(part)]


def check_observation(seeds, row):
    """What is wrong with one observation: its number, its codes, its source; not the arithmetic of
    its source, nor what other sources say.
    """
    one = transcribed(seeds, row)
    if one is None:
        return []
    return at_one((READINGS, KINDS, OBSERVATIONS) if one.number else (KINDS, OBSERVATIONS), one)


def check_identity(seeds, row):
    """What is wrong with one identity of the report in its line of the table."""
    identities = _in_its_line(seeds.rows_of("identities", row.report), row)
    pairs = located(seeds, seeds.rows_of("figures", row.report))
    figures = by_indicator(tied(seeds, pairs, identities))
    return at_one([IDENTITIES], Stated(seeds, row, figures))


def mutant(seeds, what, rows, text=None, file=FIGURES, **tables):
    """The seeds with tables or the text replaced, for the whole audit."""
    if text is not None:
        tables["texts"] = Texts({REPORT: text.encode()})
    rows = {rows} if isinstance(rows, int) else set(rows)
    return Mutant(what, file, rows, lambda: seeds.replaced(**tables))


def _instead(rows, row, other):
    return [other if one is row else one for one in rows]


def _named(name, row, cells):
    changes = (f"{column} {getattr(row, column)} → {cell}" for column, cell in cells.items())
    return f"{name}: {', '.join(changes)}"


def edited(seeds, row, **cells):
    """One figure with some cells replaced."""
    other = row._replace(**cells)
    return Mutant(
        _named(row.indicator, row, cells),
        FIGURES,
        {row.line},
        lambda: seeds.replaced(figures=_instead(seeds.figures, row, other)),
        lambda: check_row(seeds, other),
        OF_A_ROW,
    )


def table(seeds, what, rows, figures):
    """Another table of figures."""
    return Mutant(
        what,
        FIGURES,
        {rows} if isinstance(rows, int) else set(rows),
        lambda: seeds.replaced(figures=figures),
        lambda: check_rows(seeds, figures),
        (*OF_A_ROW, TEXTS),
    )


def observed(seeds, row, **cells):
    """One observation with some cells replaced."""
    other = row._replace(**cells)
    return Mutant(
        _named(f"{row.report}, {row.place}, {row.indicator}", row, cells),
        OBSERVED,
        {row.line},
        lambda: seeds.replaced(observations=_instead(seeds.observations, row, other)),
        lambda: check_observation(seeds, other),
        (READINGS, KINDS, OBSERVATIONS),
    )


def identity(seeds, row, **cells):
    """One identity with some cells replaced; of a source that is only cited, the whole audit says
    what its figures are.
    """
    other = row._replace(**cells)
    own = row.report == REPORT
    return Mutant(
        _named(row.identity, row, cells),
        STATED,
        {row.line},
        lambda: seeds.replaced(identities=_instead(seeds.identities, row, other)),
        (lambda: check_identity(seeds, other)) if own else list,
        (IDENTITIES,) if own else (),
    )


def own_words_exchanged(seeds, report):
    """Every two figures of a report that have words of their own, with their indicators exchanged
    where both are counted in the units of both numbers; with the claims of the two.
    """
    part = OnFile(seeds, report, seeds.rows_of("figures", report))
    for one, other in combinations(part.own_worded, 2):
        if {one.row.indicator, other.row.indicator} <= one.likeness.keys() & other.likeness.keys():
            other_of = {
                one.row.line: one.row._replace(indicator=other.row.indicator),
                other.row.line: other.row._replace(indicator=one.row.indicator),
            }
            own = seeds.rows_of("figures", report)
            figures = [other_of.get(row.line, row) if row in own else row for row in seeds.figures]
            what = f"{one.row.indicator} and {other.row.indicator} exchanged"
            file = f"seeds/figures/{report}.csv"
            yield mutant(seeds, what, {*other_of}, file=file, figures=figures), one, other


@cache
def _numbers(seeds):
    rows = [row for row in seeds.figures if row.report == REPORT]
    return {row.line: number for row, number in located(seeds, rows)}


def number_of(seeds, row):
    """The number of the text that a figure claims."""
    return _numbers(seeds)[row.line]


def other_digits(written):
    """A number with each digit changed, dropped, doubled, and swapped with its neighbour, as typing
    errors do.
    """
    found = []
    for i, c in enumerate(written):
        if c in "0123456789":
            found += [
                written[:i] + str((int(c) + 1) % 10) + written[i + 1 :],
                written[:i] + written[i + 1 :],
                written[:i] + c + written[i:],
            ]
            if written[i + 1 : i + 2].isdigit():
                found.append(written[:i] + written[i + 1] + c + written[i + 2 :])
        elif c in "一二三四五六七八九两百":
            found += [written[:i] + d + written[i + 1 :] for d in "四六"]
    return sorted(f for f in {*found} - {"", written} if _a_number(f))


def _a_number(written):
    return re.search(r"\d|[一-龥]", written) and not (
        written.startswith(".") or written.endswith(".")
    )


def say(record, name, killed, total, left=""):
    """Have it printed at the end of the run how many mutants of a kind were found."""
    record("found", f"  {name.replace('_', ' '):<28}{killed:>5} of {total:<5} found{left}")


def some(mutants, count=WHOLE):
    """About so many of them, from the first to the last."""
    return mutants[:: max(1, len(mutants) // count)]


def attacked(seeds, record, kind):
    """Assert that every mutant tried of a kind is found, that a finding names the file and a row
    that was changed, and that the whole audit agrees on some of them; print how many were found.
    """
    mutants = some(list(kind(seeds)), TRIED)
    survivors, misplaced = [], []
    for m in mutants:
        found = m.alone()
        if not m.hit(found):
            found = m.audit()
        if not found:
            survivors.append(m.what)
        elif not m.hit(found):
            misplaced.append(f"{m.what}: {found[0]}")
    say(record, kind.__name__, len(mutants) - len(survivors), len(mutants))
    assert len(mutants) >= 6
    assert survivors == [], "\n".join(survivors)
    assert misplaced == [], "\n".join(misplaced)
    assert [m.what for m in some(mutants) if m.levels and not m.agrees()] == []
