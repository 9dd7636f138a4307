"""Which reports are as they were when last nothing was found in them, and where their figures
stand: told by their bytes, so that nobody who trusts the note of it trusts more than a checksum.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from baoding_data.errors import BaodingError, Finding
from baoding_data.reading import NoFile, read
from baoding_data.tables.figures import Placed
from baoding_data.tables.left_out import owners
from baoding_data.tables.records import ReportRow
from baoding_data.tables.seeds import Seeds
from baoding_data.writing import held, mark, replace

NOTE = ".checked.json"  # beside the folder of the tables

Places = Sequence[Placed]


def note_of(tables: Seeds) -> Path:
    """The file that notes which reports were sound."""
    return tables.folder.path.resolve().parent / NOTE


class Sound(Mapping[str, Places]):
    """The reports that are as they were when last nothing was found in them, by the checksums that
    a note holds, with where their figures stand; each is looked up when it is asked for, once.
    """

    def __init__(self, tables: Seeds, noted: Mapping[str, Any]):
        self._sums, self._noted = Checksums(tables), noted
        self._found: dict[str, Places | None] = {}

    def __getitem__(self, report: str) -> Places:
        if report not in self._found:
            self._found[report] = self._noted_of(self._sums[report])
        found = self._found[report]
        if found is None:
            raise KeyError(report)
        return found

    def _noted_of(self, checksum: str) -> Places | None:
        try:
            return [Placed(*one) for one in self._noted[checksum]]
        except (KeyError, TypeError):
            return None

    def __iter__(self) -> Iterator[str]:
        return (report for report in self._sums if report in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def known_to_be_sound(tables: Seeds) -> Mapping[str, Places]:
    """The same as `unchanged`, for tables that are in use: each report is looked up once."""
    if tables.known is None:
        tables.known = unchanged(tables)
    return tables.known


def unchanged(tables: Seeds) -> Mapping[str, Places]:
    """The reports that are as they were when last nothing was found in them, each with where its
    figures stand; none where the note of that cannot be read.
    """
    try:
        noted = json.loads(read(note_of(tables)))
    except (BaodingError, ValueError, RecursionError):
        return {}
    return Sound(tables, noted) if isinstance(noted, dict) and not tables.changed else {}


class Checksums(Mapping[str, str]):
    """Of each report a checksum of all that the audit of it looks at: its text and its table, every
    table that all share, and the rules.
    """

    def __init__(self, tables: Seeds):
        self._tables = tables

    @cached_property
    def _shared(self) -> bytes:
        shared = sha256(b"".join(path.read_bytes() for path in rules()))
        for name in ("datapackage.json", *(f"{name}.csv" for name in self._tables.schemas)):
            if name != "figures.csv":
                shared.update(_read(self._tables, name))
        return shared.digest()

    def __getitem__(self, report: str) -> str:
        return _checksum(self._tables, self._tables.source[report], self._shared)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables.source)

    def __len__(self) -> int:
        return len(self._tables.source)


def rules() -> list[Path]:
    """The files of the library by which an audit finds what it finds: its modules, and the words
    that its reading knows.
    """
    library = Path(__file__).parents[1]
    return sorted([*library.rglob("*.py"), *library.glob("text/*.csv")])


def _checksum(tables: Seeds, row: ReportRow, shared: bytes) -> str:
    found = sha256(shared + row.report.encode())
    for file in (f"figures/{row.report}.csv", f"reports/{row.text}") if row.text else ():
        with suppress(NoFile):
            found.update(_read(tables, file))
    return found.hexdigest()


def _read(tables: Seeds, file: str) -> bytes:
    """The bytes of a file; others than any where it is not as it was when the tables were read."""
    keep = tables.partly and not file.startswith("reports/")  # these are read next, and no text
    raw = tables.folder.raw(file, keep)
    return raw if tables.folder.is_as_read(file, raw) else b"changed since"


def note(tables: Seeds, found: Iterable[Finding], places: Mapping[str, Places]) -> None:
    """Note the reports in which nothing was found, with where their figures stand; nothing where
    something was found in what all share. Raises BaodingError where no note can be written.
    """
    of = [owners(tables, one) for one in found]
    if not all(of):
        return
    path = note_of(tables)
    if path.parent == Path(__file__).parents[1]:
        raise BaodingError(f"{path.parent}: is an installed package, beside which nothing is noted")
    old = held(path)
    if old is not None and not _is_note(old):
        raise BaodingError(f"{path}: holds something else than a note of checks; move it away")
    at_fault = set().union(*of)
    sums = Checksums(tables).items()
    sound = {one: places.get(report, ()) for report, one in sums if report not in at_fault}
    data = (json.dumps(sound, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    replace(path, data, None if old is None else mark(old))


def _is_note(data: bytes) -> bool:
    """Whether some bytes are a note that this program has written: what stands by checksums."""
    try:
        noted = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(noted, dict) and all(re.fullmatch("[0-9a-f]{64}", one) for one in noted)
