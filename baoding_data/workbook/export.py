"""Exports: the Excel workbook for meetings, the flat table and the same for programs, on disk whole
or not at all.
"""

from collections.abc import Sequence
from pathlib import Path

from baoding_data.checks.audit import by_report
from baoding_data.comparison.asked import warn_of
from baoding_data.errors import BaodingError, known, refuse
from baoding_data.tables import left_out
from baoding_data.tables.figures import Figure, of_all
from baoding_data.tables.names import term_of
from baoding_data.tables.seeds import AnySeeds, Seeds, load, one_report
from baoding_data.workbook import flat, parquet
from baoding_data.writing import members_of, put

LANGUAGES = ("zh", "en", "both")
# What a file holds, by the end of its name.
KINDS = {".xlsx": "workbook", ".csv": "table", ".parquet": "Parquet file"}


def export(
    file: str | Path,
    topics: str | Sequence[str] | None = None,
    report: str | Sequence[str] | None = None,
    lang: str | None = None,
    peers: bool = False,
    seeds: AnySeeds = None,
) -> bool:
    """Write the workbook (`.xlsx`) or the flat table (`.csv`) in Chinese (`zh`, if nothing is
    said), English (`en`) or `both`, or the rows of the flat table for programs (`.parquet`), always
    in both languages; False when the file held just this.

    `topics` chooses topics by code or label, `report` one report or a list; left out, the workbook
    shows the only report and the flat table all of them. Of several reports the workbook shows the
    first and sets the others beside it; `peers` sets beside it whatever else is on file and alike,
    or unlike in one thing (grades A and B). In the flat table `peers` follow the figures, all that
    are on file, each with its grade; those in which the audit finds anything are left out,
    and the workbook says so. Where it finds anything in what is shown, a name is not known or the
    file cannot be written, BaodingError is raised and the old file is as it was.

    >>> export("meeting.xlsx", topics=["disputes"], lang="zh")
    True
    """
    path = Path(file)
    tables = load(seeds)
    tables.folder.refuse_own(path)
    data = exported(path, topics, report, lang, peers, tables)
    what = KINDS[path.suffix.lower()]
    return put(path, data, what, _members if what == "workbook" else bytes)


def exported(
    path: Path,
    topics: str | Sequence[str] | None,
    report: str | Sequence[str] | None,
    lang: str | None,
    peers: bool,
    tables: Seeds,
) -> bytes:
    """The bytes that `export` writes in a file of this name."""
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise BaodingError(
            f"{path}: the name ends in {path.suffix or 'nothing'!r}; end it in .xlsx for the"
            " workbook, .csv for the flat table or .parquet for the same rows for programs"
        )
    known(lang or "zh", LANGUAGES, "language")
    if kind == ".parquet":
        parquet.refuse(path, lang)
    reports = None if report is None else [report] if isinstance(report, str) else [*report]
    if kind == ".xlsx":
        reports = [one_report(tables, name) for name in dict.fromkeys(reports or [None])]
    tables = audited(tables, path, reports, peers)
    if kind == ".xlsx":
        # What writes a workbook is loaded only here.
        from baoding_data.workbook.content import workbook
        from baoding_data.workbook.edition import Edition

        shown = _chosen(tables, topics, reports[:1] if reports else None)
        edition = Edition(tables, shown, lang or "zh", reports[1:] if reports else (), peers)
        return workbook(edition)
    figures = _chosen(tables, topics, reports)
    others = _others(tables, figures, topics is not None) if peers else None
    if kind == ".parquet":
        return parquet.encoded(tables, figures, others or ())
    return flat.encoded(flat.table(tables, figures, lang or "zh", others))


def _others(tables: Seeds, figures: list[Figure], by_topic: bool) -> list[flat.Line]:
    """What follows the figures in a table; of their topics alone, if these were asked for."""
    return flat.others(tables, figures, {one.topic for one in figures} if by_topic else None)


def audited(tables: Seeds, path: Path, reports: Sequence[str] | None, peers: bool) -> Seeds:
    """The tables of which an export may show some reports, or all: without the peers in which the
    audit finds anything. Raises BaodingError where it does in what is shown, or in what all share.

    What a second reader has still to see keeps nobody from a meeting; a wrong number does.
    """
    names = [*(row.report for row in tables.reports), *tables.left_out]
    names = names if reports is None else reports
    for name in names:
        left_out.refuse(tables, name)
    found = by_report(tables, None if peers else names)
    own = [one for name in ("", *names) for one in found.get(name, ())]
    refuse(own, f"{path}: not written, since the audit finds something; correct first:")
    others = {name: of for name, of in found.items() if name not in ("", *names)}
    beside = tables.without(others)
    if peers:
        warn_of(beside, tables)
    return beside


def _chosen(
    tables: Seeds, topics: str | Sequence[str] | None, reports: Sequence[str] | None
) -> list[Figure]:
    """The figures asked for, in the order of the reports, of the topics and of the text."""
    names = [row.report for row in tables.reports if row.status == "audited"]
    order = tables.words.codes("topic")
    reports = names if reports is None else [one_report(tables, name) for name in reports]
    topics = [topics] if isinstance(topics, str) else topics
    wanted = order if topics is None else [term_of(tables, "topic", topic) for topic in topics]
    found = [f for f in of_all(tables, reports={*reports}) if f.topic in wanted]
    there = {figure.topic for figure in found}
    empty = [topic for topic in wanted if topic not in there] if topics is not None else []
    if empty or not found:
        if topics is None:
            raise BaodingError(
                f"{', '.join(reports) or 'the seeds'}: every number is set apart and none is a"
                " figure, so that there is nothing to export"
            )
        raise BaodingError(
            f"{', '.join(reports) or 'the seeds'}: no figure under"
            f" {', '.join(empty) or 'no topic'}; choose among {', '.join(order)}"
        )
    return sorted(found, key=lambda f: (reports.index(f.report), order.index(f.topic)))


def _members(data: bytes) -> bytes | dict[str, bytes]:
    """What a workbook holds, without how it was packed; of anything else, the bytes."""
    return members_of(data) or data
