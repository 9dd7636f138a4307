"""Reports left out of the tables: what is wrong in the rows of one stops no work on another."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from baoding_data import errors
from baoding_data.errors import MANY, Finding
from baoding_data.tables.files import plain_rows, read_csv
from baoding_data.words import Pair

if TYPE_CHECKING:
    from baoding_data.tables.seeds import Seeds


def without(tables: "Seeds", why: Mapping[str, Iterable[Finding]]) -> "Seeds":
    """The tables without the rows and texts of some reports, by the findings for which each is left
    out; conflicts with a figure of one, and populations by one, go with it.
    """
    if not why:
        return tables
    names = why.keys()
    kept: dict[str, Any] = {
        name: [row for row in tables.rows(name) if names.isdisjoint(named_by(row))]
        for name in tables.schemas
    }
    kept["places"] = [
        row._replace(population=None, population_year=None, source="")
        if row.source in names
        else row
        for row in tables.places
    ]
    left_out = {name: list(findings) for name, findings in why.items()}
    return tables.replaced(
        **kept,
        findings=[one for one in tables.findings if names.isdisjoint(owners(tables, one))],
        _remarks=[one for one in tables.remarks_of() if names.isdisjoint(owners(tables, one))],
        _marked={name: of for name, of in tables._marked.items() if name and name not in names},
        drafts=tables.drafts - names,
        known=tables.known,
        changed=tables.changed,
        texts=tables.texts.without(names),
        left_out={**tables.left_out, **left_out},
        whole=tables.whole or tables,
    )


def named_by(row: Any) -> set[str]:
    """The reports that a row is of: those of the sides of a conflict, else the one it names."""
    if hasattr(row, "sides"):
        return {side.partition(":")[0] for side in row.sides.split()}
    return {row.report} if hasattr(row, "report") else set()


def owners(tables: "Seeds", finding: Finding) -> set[str]:
    """The reports of reports.csv in whose file or row alone a finding lies; none where it is of
    what all share, or where the report cannot be told.
    """
    file = PurePosixPath(finding.file.removeprefix("seeds/"))
    if file.parent.name == "figures":
        found = {file.stem}
    elif file.parent.name == "reports":
        found = {row.report for row in tables.reports if row.text == file.name} or {file.stem}
    elif file.stem in tables.schemas and finding.row in cells(tables, file.stem):
        columns, row = tables.schemas[file.stem].columns, cells(tables, file.stem)[finding.row]
        found = named_by(SimpleNamespace(**dict(zip(columns, map(str.strip, row), strict=False))))
    else:
        found = set()
    return found if found <= tables.listed else set()


def by_report(tables: "Seeds") -> tuple[list[Finding], dict[str, list[Finding]]]:
    """The findings of what all reports share, and those of each report."""
    if tables.unread:
        return tables.findings, {}
    common, of_report = [], {}
    for one in tables.findings:
        of = owners(tables, one)
        if not of:
            common.append(one)
        for name in of:
            of_report.setdefault(name, []).append(one)
    return common, of_report


def cells(tables: "Seeds", name: str) -> dict[int | None, list[str]]:
    """The cells of a table by the line of their row, also those that could not be read."""
    if name not in tables.as_text:
        columns, raw = tables.schemas[name].columns, tables.folder.raw(f"{name}.csv")
        plain = plain_rows(raw, columns)
        lines = enumerate(plain, 2) if plain else read_csv(raw, columns)[0]
        tables.as_text[name] = dict(lines)
    return tables.as_text[name]


def said(tables: "Seeds") -> Pair | None:
    """Which reports are left out and where that is explained, in one line; None where none is."""
    if not tables.left_out:
        return None
    every = sorted(tables.left_out.items())
    counts = {name: len(found) for name, found in every[:MANY]}
    more = len(every) - len(counts)
    zh = "、".join(
        f"{name}（{count}处问题）" for name, count in counts.items()
    ) + f"，另有{more:,}份" * (more > 0)
    en = ", ".join(
        f"{name} ({count} finding{'s' * (count != 1)})" for name, count in counts.items()
    ) + f" and {more:,} more" * (more > 0)
    return Pair(
        f"未列入：{zh}；`baoding check` 逐一列出。", f"left out: {en}; `baoding check` names them"
    )


def audited(tables: "Seeds") -> list[str]:
    """The reports left out that may be audited: the status of each is that, or cannot be read."""
    rows = tables.whole.source if tables.whole else {}
    others = {*tables.words.codes("report_status"), "draft", "cited"} - {"audited"}
    return [name for name in tables.left_out if name not in rows or rows[name].status not in others]


def refuse(tables: "Seeds", report: str) -> None:
    """Raise BaodingError with the findings of a report if it is left out."""
    if report in tables.left_out:
        found = tables.left_out[report]
        errors.refuse(found, f"{report}: is left out until this is corrected:")


def beside(tables: "Seeds") -> str:
    """What is left out, to be said behind a list of what is there; empty where nothing is."""
    line = said(tables)
    return f"; {line.en}" if line else ""
