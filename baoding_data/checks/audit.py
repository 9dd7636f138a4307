"""The audit: the rules that hold tables and texts together, forwards and backwards.

Forwards, each figure's quote stands in its report and says the figure's number. Backwards, each
number printed in a report is a figure, or is told apart as not being one.
"""

from collections import ChainMap, Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from baoding_data.checks.at_once import each
from baoding_data.checks.doubts import accepted
from baoding_data.checks.looked_at import OnFile, Part, Source, parts_of, shared
from baoding_data.checks.rule import Fault
from baoding_data.checks.rules import levels_for
from baoding_data.checks.unchanged import known_to_be_sound
from baoding_data.errors import Finding, known
from baoding_data.progress import watched
from baoding_data.tables.figures import (
    Figure,
    Key,
    Placed,
    key_of,
    of_report,
    one_figure,
    status_of,
)
from baoding_data.tables.left_out import owners
from baoding_data.tables.records import ReportRow
from baoding_data.tables.seeds import AnySeeds, Seeds, load, one_report, opened

if TYPE_CHECKING:
    import pandas as pd


_Place = tuple[str, int | None]  # of a row: its file and its line there
_Mark = Key | str | _Place  # what a finding may be about: a figure, an indicator, a row


class Audit(NamedTuple):
    """`findings`: a data frame (rule, file, row, column, found, wanted, advice), empty when all
    holds; `coverage`: one line a report.
    """

    findings: "pd.DataFrame"
    coverage: str


def audit(seeds: AnySeeds = None) -> Audit:
    """Check every table and text of the seeds against each other, and report all findings at once.

    Raises BaodingError only when the folder holds no description of the tables.

    >>> len(audit().findings)
    0
    """
    from baoding_data.tables.frame import Frame

    found, lines, _ = survey(opened(seeds))
    frame = Frame(found, columns=list(Finding._fields)).astype({"row": "Int64"})
    return Audit(frame, "\n".join(lines))


def check(tables: Seeds) -> list[Finding]:
    """All findings as a list of `Finding`, in the order of file and row."""
    return survey(tables).findings


class Surveyed(NamedTuple):
    """All findings, the lines of coverage, and where the figures of each report stand."""

    findings: list[Finding]
    coverage: list[str]
    places: dict[str, list[Placed]]


def survey(tables: Seeds, but: Collection[str] = ()) -> Surveyed:
    """What one pass over the reports `but` some shows."""
    if tables.unread:
        return Surveyed(_in_order(tables.findings), [], {})
    found, lines, places = [], [], {}
    readable = tables
    if tables.spoiled:  # nothing that only follows from a table that cannot be read
        found = [*tables.findings, *tables.remarks]
        readable = tables.without(dict.fromkeys(tables.spoiled, ()))
    readable.rows_of("figures", "")  # grouped before other processes ask for them
    rows = [row for row in readable.reports if row.report not in but]
    audited = sum(row.on_file for row in rows)
    # What all share comes first: it takes as long as many reports.
    looked = each(lambda row: _looked(tables, readable, row), [None, *rows], audited)
    for one in chain([next(looked)], watched(looked, len(rows), "reports audited")):
        found += one.findings
        lines += one.coverage
        places |= one.places
    if tables.observations:
        lines.append(_transcribed(tables))
    return Surveyed(_in_order(found), [*lines, _codebook(tables), _other_tables(tables)], places)


def _looked(tables: Seeds, readable: Seeds, row: ReportRow | None) -> Surveyed:
    """The same of one report, or of what all share."""
    one = Surveyed([], [], {})
    for part in parts_of(readable, row) if row else shared(readable):
        one.findings.extend(_found_in(tables, part))
        if isinstance(part, OnFile):
            one.coverage.append(_coverage(part))
            one.places[part.report] = _places(part)
    return one


def _places(part: OnFile) -> list[Placed]:
    """Where the figures of a report stand, row by row; a row that is as the one before it is not
    named.
    """
    found: list[Placed] = []
    for claim in part.claims:
        if claim.number:
            status = status_of(part.text, claim.row, claim.number)
            place = Placed(claim.row.line, claim.sentence.section, status)
            if not found or found[-1][1:] != place[1:]:
                found.append(place)
    return found


def of_one(tables: Seeds, report: str) -> tuple[list[Finding], list[str]]:
    """What is found of one report, in its own table and text and in the rows that are of it, and
    its line of coverage. Raises BaodingError for a report that is not there.
    """
    row = tables.source[known(report, tables.source, "report")]
    if tables.unread or report in tables.spoiled:
        return _in_order(tables.findings), []
    found, lines, _ = _looked(tables, tables, row)
    for part in shared(tables):
        found += _by_owner(tables, _found_in(tables, part)).get(report, [])
    return _in_order(found), lines


def against(tables: Seeds, one: Figure) -> list[Finding]:
    """What the audit of its report finds against a figure: against its row, what it says of the
    text, the arithmetic that it is part of, or the text itself.
    """
    of_text, faults = _faults(tables, one.report)
    marks = _marks(one, _rows_by_key(tables, one.report))
    return _in_order([*of_text, *(told for mark in marks for told in faults.get(mark, ()))])


def judged(tables: Seeds, report: str) -> list[Figure]:
    """The figures of one report, each `unproved` against which the audit finds anything."""
    if report not in tables.judged:
        audited = tables.audits.get(report)
        nothing = audited is not None and not audited.get(report)
        of_text, faults = ([], {}) if nothing else _faults(tables, report)
        rows = _rows_by_key(tables, report) if of_text or faults else {}
        tables.judged[report] = [
            one._replace(status="unproved")
            if of_text or not faults.keys().isdisjoint(_marks(one, rows))
            else one
            for one in of_report(tables, report)
        ]
    return tables.judged[report]


def _rows_by_key(tables: Seeds, report: str) -> dict[Key, list[_Place]]:
    """Where the rows of each figure of a report stand."""
    found: dict[Key, list[_Place]] = {}
    for row in tables.rows_of("figures", report):
        found.setdefault(key_of(row), []).append((row.file, row.line))
    return found


def _marks(one: Figure, rows: Mapping[Key, list[_Place]]) -> list[_Mark]:
    """By what a finding may be about a figure."""
    return [one.key, one.indicator, *rows.get(one.key, ())]


def _about(fault: Fault) -> set[_Mark]:
    """What a finding is about: figures, indicators of an arithmetic, the row."""
    sides = f"{getattr(fault.row, 'result', '')} {getattr(fault.row, 'terms', '')}".split()
    indicators = {side.partition("@")[0] for side in sides}
    return {*map(key_of, fault.figures), *indicators, (fault.row.file, fault.row.line)}


def _faults(tables: Seeds, report: str) -> tuple[list[Finding], dict[_Mark, list[Finding]]]:
    """What the audit finds against the text of a report, and by what it is about that in its rows
    and arithmetic; once.
    """
    if report not in tables.faults:
        of_text: list[Finding] = []
        found: dict[_Mark, list[Finding]] = {}
        # What a second reader has still to see is against no figure.
        for part in parts_of(tables.unremarked, tables.source[report]):
            for fault, told in _faults_of(tables, part):
                if isinstance(part, Source):
                    of_text.append(told)
                for mark in _about(fault) if isinstance(part, OnFile) else ():
                    found.setdefault(mark, []).append(told)
        tables.faults[report] = of_text, found
    return tables.faults[report]


def figure(
    indicator: str,
    report: str | None = None,
    seeds: AnySeeds = None,
    scope: str | None = None,
    period: str | None = None,
) -> Figure:
    """One figure of one report, as `Figure`; `scope` and `period` say which, of several.

    Indicator, scope and period are codes, or their labels in either language. Raises BaodingError
    when there is no such figure, or when several are meant. `value` is an exact Decimal. It is
    audited: where the audit finds something wrong with it, its status is `unproved`.

    >>> figure("litigation_lost").sentence[:12]
    '截至目前,全市共受理行政'
    >>> figure("败诉率").value
    Decimal('2.22')
    """
    tables = load(seeds)
    found = one_figure(tables, indicator, one_report(tables, report, old=True), scope, period)
    return found._replace(status="unproved") if against(tables, found) else found


def _found_in(tables: Seeds, part: Part) -> dict[Finding, str]:
    """What all rules find in one part of the tables and nothing accepts, each once, with the report
    at fault where the rule names it.
    """
    return {told: fault.of for fault, told in _faults_of(tables, part)}


def _faults_of(tables: Seeds, part: Part) -> Iterator[tuple[Fault, Finding]]:
    """What the rules find in one part of the tables and nothing accepts, as it is told."""
    for level in levels_for(type(part)):
        for rule, fault in level.faults(part):
            if not accepted(tables, rule, fault):
                yield fault, fault.by(rule.name)


def by_report(tables: Seeds, reports: Collection[str] | None = None) -> dict[str, list[Finding]]:
    """What the audit finds, by the report in whose text, rows or arithmetic it lies, for all
    reports or some; under "" what all share. What a second reader has still to see is left out.

    Each report is audited once, and only those that are asked for.
    """
    shown = [row for row in tables.reports if reports is None or row.report in reports]
    audits, quiet = tables.audits, tables.unremarked
    if "" not in audits:
        common = dict.fromkeys(tables.findings if tables.unread else (), "")
        for part in () if tables.unread else shared(quiet):
            common |= _found_in(tables, part)
        audits[""] = _by_owner(tables, common)
    rows = [row for row in shown if row.report not in audits]
    looked = each(lambda row: _looked(quiet, quiet, row), rows, len(rows))
    looked = watched(looked, len(rows), "reports audited")
    places: dict[str, Sequence[Placed]] = {}
    for row, one in zip(rows, looked, strict=True):
        audits[row.report] = {row.report: one.findings}
        places |= one.places
    told = {}
    for name in ("", *(row.report for row in shown)):
        found = [*audits[""].get(name, ()), *(audits.get(name, {}).get(name, ()) if name else ())]
        told[name] = _in_order(found)
    if places:  # so that who compares needs no text of them again
        found_sound = {name: of for name, of in places.items() if not told[name]}
        tables.known = ChainMap(found_sound, cast(Any, known_to_be_sound(tables)))
    return {name: found for name, found in told.items() if found}


def _by_owner(tables: Seeds, found: Mapping[Finding, str]) -> dict[str, list[Finding]]:
    """Findings by the report in whose rows they lie; under "" those of what all share."""
    by_owner: dict[str, list[Finding]] = {}
    for one, of in found.items():
        at_fault = {of} & tables.source.keys()
        for name in at_fault or owners(tables, one) or ("",):
            by_owner.setdefault(name, []).append(one)
    return by_owner


def sound(tables: Seeds, keep: str, among: Collection[str] | None = None) -> Seeds:
    """The tables to set beside one report: without the others, all or some, in which the audit
    finds anything.
    """
    reports = tables.source.keys() if among is None else among
    unknown = {*reports} - known_to_be_sound(tables).keys()
    found = by_report(tables, unknown) if unknown else {}
    return tables.without({name: of for name, of in found.items() if name not in ("", keep)})


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
    if resolved := sum(1 for claim in part.claims if claim.row.resolved):
        others += f", {resolved} of the unclear resolved by a reader"
    return (
        f"{part.report}: {len(part.text.numbers)} numbers printed: {kinds['value']} values, {done}"
        f" accounted for by {figures} figures and {len(rows) - figures} rows set apart; {others};"
        f" {f'{unread} rows' if unread else 'no row'} without a second reading{_own_worded(part)}"
    )


def _own_worded(part: OnFile) -> str:
    """Which figures rest on one person's reading of words that the codebook does not have."""
    once = len(part.read_once)
    if not once:
        return ""
    if once == 1:
        return "; 1 figure, proved by words of its own, rests on one reader only"
    return f"; {once} figures, proved by words of their own, rest on one reader only"


def _transcribed(tables: Seeds) -> str:
    """What the figures without a text rest on, in one line."""
    rows = tables.observations
    read = sum(1 for row in rows if row.reader)
    places, sources = len({row.place for row in rows}), len({row.report for row in rows})
    return (
        f"observations: {len(rows)} figures of {places} places transcribed from {sources} sources,"
        f" no text on file; {read} of them read a second time at the source"
    )


def _codebook(tables: Seeds) -> str:
    """How many indicators wait for a first figure, in one line."""
    waiting = len(tables.codebook.keys() - tables.given)
    of_them = f"{waiting} of them" if waiting else "none"
    return f"codebook: {len(tables.codebook)} indicators, {of_them} without a figure on file yet"


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
