"""The tables so far as a question needs them, of however many reports."""

import warnings
from collections.abc import Collection, Iterable, Iterator

from baoding_data.checks.at_once import MANY, each
from baoding_data.checks.unchanged import known_to_be_sound
from baoding_data.errors import LeftOut, NotAudited
from baoding_data.progress import watched
from baoding_data.tables import left_out
from baoding_data.tables.figures import key_of, of_some
from baoding_data.tables.seeds import AnySeeds, Seeds, load, one_report


def opened(seeds: AnySeeds, stacklevel: int = 4) -> Seeds:
    """The tables to ask, of a folder only what all reports share; as `load` gives them where
    anything in that cannot be read.
    """
    tables = seeds if isinstance(seeds, Seeds) else Seeds(seeds, whole=False)
    readable = tables.reports and not tables.findings and not tables.refused
    return tables if tables.partly and readable else load(tables, stacklevel)


def of_one(seeds: AnySeeds, report: str | None, stacklevel: int = 3) -> tuple[Seeds, str]:
    """The tables to ask of one report, and its name; where very many reports are on file, of what
    is of single ones its own alone, so that only who compares reads more. Raises BaodingError as
    `load` and `one_report` do.
    """
    tables = opened(seeds, stacklevel + 2)
    if tables.partly and sum(row.on_file for row in tables.reports) > MANY:
        name = one_report(tables, report)
        if own := in_full(tables, (), name):
            return own, name
    tables = load(tables, stacklevel + 1) if tables.partly else tables
    return tables, one_report(tables, report)


def in_full(tables: Seeds, reports: Collection[str], beside: str) -> Seeds | None:
    """Of tables of which not all was read, those with all that is of some reports, to set beside
    one; None where more has to be read, as one of them has to be audited first.
    """
    if not tables.partly:
        return None
    known = known_to_be_sound(tables)
    sound = [name for name in {*reports, beside} if name in known]
    if {*reports} - {beside, *sound}:
        return None
    some = tables.about((), {*reports, beside})
    some.audits.update((name, {}) for name in sound)
    return None if some.findings else some


def asked(
    tables: Seeds, indicators: Collection[str], report: str = "", stacklevel: int = 3
) -> Seeds:
    """The tables in which to set some indicators beside those of a report: without the other
    reports in which the audit finds anything, of which a warning tells.

    A report that is as it was when last nothing was found in it needs no audit. Where many others
    do, the figures asked for are held to their sentences alone, and another warning tells that.
    """
    if some := in_part(tables, indicators, report, stacklevel + 1):
        return some
    from baoding_data.checks.audit import sound

    tables = load(tables, stacklevel + 1) if tables.partly else tables
    beside = sound(tables, report, reports_of(tables, indicators))
    warn_of(beside, tables, stacklevel + 1)
    return beside


def in_part(
    tables: Seeds, indicators: Collection[str], report: str, stacklevel: int = 3
) -> Seeds | None:
    """The same of tables of which not all was read; None where more has to be read, as some other
    report has to be audited first.
    """
    if not tables.partly:
        return None
    others = {row.report for row in tables.reports} - tables.drafts - {report}
    unknown = len(others - known_to_be_sound(tables).keys())
    some = None if 0 < unknown <= MANY else _some(tables, indicators, report)
    if some and unknown:
        found = f"{unknown:,} other reports were not audited, but for the figures shown"
        cure = "`baoding check --changed` audits them, once for as long as they stay so"
        warnings.warn(f"{found}; {cure}", NotAudited, stacklevel=stacklevel)
    return some


def _some(tables: Seeds, indicators: Collection[str], report: str) -> Seeds | None:
    """The tables so far as they are about some indicators; None where some other report has to be
    audited first, since a row of it makes no figure that its sentence proves.
    """
    rests_on = with_what_they_rest_on(tables, indicators)
    some = tables.about(rests_on, {report} & tables.source.keys())
    names = with_what_they_rest_on(some, indicators)
    known = known_to_be_sound(some)
    if report in known:
        whole = of_some(some, report, some.codebook.keys(), known[report])
        some.made[report] = some.judged[report] = whole
    if some.findings:
        return None
    others = [
        row.report
        for row in some.reports
        if row.status == "audited" and row.report != report and row.report not in known
    ]
    looked = each(lambda other: of_some(some, other, names), others, len(others))
    looked = watched(looked, len(others), "reports looked at")
    for other, figures in zip(others, looked, strict=True):
        some.made[other] = figures
        proved = {one.key for one in figures if one.status != "unproved"}
        rows = some.rows_of("figures", other)
        if not all(key_of(row) in proved for row in rows if row.indicator in names):
            return None
    return some


def reports_of(tables: Seeds, indicators: Iterable[str]) -> set[str]:
    """The reports of which figures are shown where some indicators are compared."""
    names = with_what_they_rest_on(tables, indicators)
    rows = (*tables.figures, *tables.observations)
    return {row.report for row in rows if row.indicator in names}


def with_what_they_rest_on(tables: Seeds, indicators: Iterable[str]) -> set[str]:
    """Some indicators with their neighbours, the counts of which they are shares, and the terms of
    which any report derives them.
    """
    names = {*indicators}
    names |= {row.neighbour for row in tables.neighbours if row.indicator in names}
    names |= {*counts_of(tables, names)}
    return names.union(*(row.rests_on for row in tables.identities if row.result in names))


def counts_of(tables: Seeds, indicators: Collection[str]) -> Iterator[str]:
    """The counts of which some indicators are a share."""
    for book in tables.shares:
        if book.indicator in indicators:
            yield from (book.numerator, book.denominator)


def warn_of(tables: Seeds, before: Seeds, stacklevel: int = 4) -> None:
    """Warn of the reports that are left out, where some were not before."""
    line = left_out.said(tables)
    if line and tables.left_out.keys() - before.left_out.keys():
        warnings.warn(line.en, LeftOut, stacklevel=stacklevel)
