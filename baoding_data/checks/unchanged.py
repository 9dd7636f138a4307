"""Which reports are as they were when last nothing was found in them: told by their bytes, so that
nobody who trusts the note of it trusts more than a checksum.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from baoding_data.errors import Finding
from baoding_data.reading import NoFile, read
from baoding_data.tables.left_out import owners
from baoding_data.tables.records import ReportRow
from baoding_data.tables.seeds import Seeds
from baoding_data.writing import held, mark, replace

NOTE = ".checked.json"  # beside the folder of the tables


def note_of(tables: Seeds) -> Path:
    """The file that notes which reports were sound."""
    return tables.folder.path.resolve().parent / NOTE


def unchanged(tables: Seeds) -> set[str]:
    """The reports that are as they were when last nothing was found in them; none where the note of
    that cannot be read.
    """
    try:
        noted = {str(one) for one in json.loads(read(note_of(tables)))}
    except (NoFile, ValueError, TypeError):
        return set()
    return {report for report, found in _checksums(tables).items() if found in noted}


def _checksums(tables: Seeds) -> dict[str, str]:
    """Of each report a checksum of all that the audit of it looks at: its text and its table, every
    table that all share, and the rules.
    """
    shared = sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        shared.update(path.read_bytes())
    for name in tables.schemas:
        if name != "figures":
            shared.update(tables.folder.raw(f"{name}.csv"))
    shared.update(tables.folder.raw("datapackage.json"))
    return {row.report: _checksum(tables, row, shared.digest()) for row in tables.reports}


def _checksum(tables: Seeds, row: ReportRow, shared: bytes) -> str:
    found = sha256(shared + row.report.encode())
    for file in (f"figures/{row.report}.csv", f"reports/{row.text}"):
        if row.text and tables.folder.holds(file):
            found.update(tables.folder.raw(file))
    return found.hexdigest()


def note(tables: Seeds, found: Iterable[Finding]) -> None:
    """Note the reports in which nothing was found; none where something was in what all share."""
    of = [owners(tables, one) for one in found]
    at_fault = set().union(*of)
    sums = _checksums(tables).items() if all(of) else ()
    sound = sorted(one for report, one in sums if report not in at_fault)
    data = (json.dumps(sound, indent=0) + "\n").encode()
    path = note_of(tables)
    old = held(path)
    replace(path, data, None if old is None else mark(old))
