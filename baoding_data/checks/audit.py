"""The audit: the rules that hold tables and texts together, forwards and backwards.

Forwards, each figure's quote stands in its report and says the figure's number. Backwards, each
number printed in a report is a figure, or is told apart as not being one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from baoding_data.checks.figures import KINDS, READINGS
from baoding_data.checks.identities import IDENTITIES, Stated
from baoding_data.checks.observations import OBSERVATIONS
from baoding_data.checks.parts import OnFile, parts, transcribed
from baoding_data.checks.rules import OF_A_ROW, levels_for
from baoding_data.checks.texts import TEXTS
from baoding_data.errors import Finding
from baoding_data.tables.figures import by_indicator, located, tied
from baoding_data.tables.records import FigureRow, Identity, Observation
from baoding_data.tables.seeds import Seeds

if TYPE_CHECKING:
    import pandas as pd


class Audit(NamedTuple):
    """`findings`: a data frame (rule, file, row, column, found, wanted, advice), empty when all
    holds; `coverage`: one line a report.
    """

    findings: "pd.DataFrame"
    coverage: str


def audit(seeds: str | Path | None = None) -> Audit:
    """Check every table and text of the seeds against each other, and report all findings at once.

    Raises BaodingError only when the folder holds no description of the tables.

    >>> len(audit().findings)
    0
    """
    import pandas as pd

    found, lines = survey(Seeds(seeds))
    frame = pd.DataFrame(found, columns=list(Finding._fields)).astype({"row": "Int64"})
    return Audit(frame, "\n".join(lines))


def check(tables: Seeds) -> list[Finding]:
    """All findings as a list of `Finding`, in the order of file and row."""
    return survey(tables)[0]


def coverage(tables: Seeds) -> str:
    """One line for each audited report: how many numbers it prints and what they are."""
    return "\n".join(survey(tables)[1])


def survey(tables: Seeds) -> tuple[list[Finding], list[str]]:
    """All findings, and the lines of coverage, from one pass over the reports."""
    if tables.unread:
        return _in_order(tables.findings), []
    found, lines = [], []
    for part in parts(tables):
        for level in levels_for(type(part)):
            found += level(part)
        if isinstance(part, OnFile):
            lines.append(_coverage(part))
    if tables.observations:
        lines.append(_transcribed(tables))
    return _in_order(found), [*lines, _other_tables(tables)]


def _in_order(found: Iterable[Finding]) -> list[Finding]:
    return sorted(dict.fromkeys(found), key=lambda f: (f.file, f.row or 0, f.column, f.rule))


def _coverage(part: OnFile) -> str:
    words, rows = part.tables.words, [claim.row for claim in part.claims]
    figures = sum(1 for row in rows if row.indicator)
    kinds = Counter(number.kind for number in part.text.numbers)
    claimed, unread = len(part.claimed), sum(not row.reader for row in rows)
    done = "all" if claimed == kinds["value"] + kinds["unclear"] else f"only {claimed}"
    others = ", ".join(
        f"{count} {words['number', kind].en if ('number', kind) in words else kind}"
        for kind, count in kinds.items()
        if kind != "value"
    )
    return (
        f"{part.report}: {len(part.text.numbers)} numbers printed: {kinds['value']} values, {done}"
        f" accounted for by {figures} figures and {len(rows) - figures} rows set apart; {others};"
        f" {f'{unread} rows' if unread else 'no row'} without a second reading"
    )


def _transcribed(tables: Seeds) -> str:
    """What the figures without a text rest on, in one line."""
    rows = tables.observations
    read = sum(1 for row in rows if row.reader)
    places, sources = len({row.place for row in rows}), len({row.report for row in rows})
    return (
        f"observations: {len(rows)} figures of {places} places transcribed from {sources} sources,"
        f" no text on file; {read} of them read a second time at the source"
    )


def _other_tables(tables: Seeds) -> str:
    """How many rows of every other table nobody has read a second time, in one line."""
    rows = {
        name: tables.published(name)
        for name in tables.schemas
        if name not in ("figures", "observations")
    }
    once = {name: sum(1 for row in of if not row.reader) for name, of in rows.items()}
    named = ", ".join(f"{count} in {name}" for name, count in once.items() if count)
    return (
        f"other tables: {sum(map(len, rows.values()))} rows; {named or 'no row'} without a second"
        " reading"
    )


def check_row(tables: Seeds, row: FigureRow) -> list[Finding]:
    """What is wrong with one row of figures, if it stood in its line of the table: its quote, what
    its number says, what its sentence says. Whether other rows share its number, and whether each
    number has a row, the whole table tells: `check_rows`.

    >>> tables = Seeds()
    >>> [one.rule for one in check_row(tables, tables.figures[0]._replace(unit="项"))]
    ['unit']
    """
    beside = (row if one.line == row.line else one for one in tables.figures)
    alike = [
        one
        for one in beside
        if (one.report, one.printed, one.quote) == (row.report, row.printed, row.quote)
    ]
    part = OnFile(tables, row.report, alike)
    part.claims = [claim for claim in part.claims if claim.row is row]
    return _in_order(found for level in OF_A_ROW for found in level(part))


def check_rows(tables: Seeds, report: str, rows: Sequence[FigureRow]) -> list[Finding]:
    """What is wrong with rows of figures, if they were the whole table of a report."""
    part = OnFile(tables, report, rows)
    return _in_order(found for level in (*OF_A_ROW, TEXTS) for found in level(part))


def check_observation(tables: Seeds, row: Observation) -> list[Finding]:
    """What is wrong with one observation: its number, its codes, its source; not the arithmetic of
    its source, nor what other sources say.
    """
    one = transcribed(tables, row)
    if one is None:
        return []
    levels = (READINGS, KINDS, OBSERVATIONS) if one.number else (KINDS, OBSERVATIONS)
    return _in_order(found for level in levels for found in level.tried(one))


def check_identity(tables: Seeds, row: Identity) -> list[Finding]:
    """What is wrong with one identity of a report on file, if it stood in its line of the table."""
    stated = tables.rows_of("identities", row.report)
    identities = [row if one.line == row.line else one for one in stated]
    pairs = located(tables, tables.rows_of("figures", row.report))
    figures = by_indicator(tied(tables, pairs, identities))
    return _in_order(IDENTITIES.tried(Stated(tables, row, figures)))
