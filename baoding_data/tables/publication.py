"""What of the tables is published: no drafts, and a source cited before counts as it was."""

from hashlib import sha256
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from baoding_data.reading import NoFile
from baoding_data.tables.files import cells_of, written

if TYPE_CHECKING:
    from baoding_data.tables.seeds import Seeds


def published(tables: "Seeds", name: str) -> list[Any]:
    """The rows of a table without those of drafts."""
    rows = tables.rows(name)
    of_reports = "report" in tables.schemas[name].record._fields
    if name == "observations" or not tables.drafts or not of_reports:
        return list(rows)
    return [
        row
        for row in rows
        if row.report not in tables.drafts or name == "reports" and row.status == "cited"
    ]


def fingerprint(tables: "Seeds") -> str:
    """Eight hexadecimal digits over all tables and texts: by them two workbooks hold the same data.

    Drafts are left out, as they are left out of everything that is published; a source that was
    cited before counts as it was.
    """
    files = [f"{name}.csv" for name in tables.schemas if name != "figures"]
    for row in tables.reports:
        if row.text and row.report not in tables.drafts:
            files += [f"figures/{row.report}.csv", f"reports/{row.text}"]
    inside = []
    for file in sorted(set(files)):
        try:
            raw = tables.folder.raw(file)
        except NoFile:  # of a report that is left out for it
            continue
        if tables.drafts and file in ("reports.csv", "identities.csv", "doubts.csv"):
            raw = _without_drafts(tables, file, raw)
        inside.append(file.encode() + b"\0" + raw.replace(b"\r\n", b"\n"))
    return sha256(b"\0".join(inside)).hexdigest()[:8]


def _without_drafts(tables: "Seeds", file: str, raw: bytes) -> bytes:
    """The bytes of a table without drafts' rows; reports.csv shows as cited what is cited."""
    header, *lines = cells_of(raw)
    kept = []
    for cells in lines:
        if not cells or cells[0] not in tables.drafts:
            kept.append(cells)
        elif file == "reports.csv" and tables.source[cells[0]].status == "cited":
            row = dict(zip_longest(header, cells[: len(header)], fillvalue=""))
            kept.append([*(row | {"text": "", "sha256": "", "status": "cited"}).values()])
    return written([header, *kept])
