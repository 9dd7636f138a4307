"""The marks of second readers: initials, date, and the seal of the row as it was read."""

import re
from collections.abc import Iterable
from datetime import date

from baoding_data.errors import BaodingError, known
from baoding_data.tables.changing import changing
from baoding_data.tables.files import cells_of, written
from baoding_data.tables.schema import Schema
from baoding_data.tables.seeds import AnySeeds, Seeds


def sign(initials: str, files: Iterable[str] = (), seeds: AnySeeds = None) -> list[tuple[str, int]]:
    """Mark every row not read a second time as read by `initials` today; returns (file, row) pairs.

    `files` limits it to some tables, as `indicators.csv`, or to some of their rows, as
    `observations.csv:2-9,12`. Sign only what you have read against its source. Raises BaodingError
    when the tables cannot be read, when a file or a row is not one of theirs, or when the seeds are
    those of an installed package.
    """
    if not re.fullmatch("[A-Z][A-Z0-9]*", initials):
        raise BaodingError(f"{initials!r} are no initials; write capital letters and digits, as R2")
    with changing(seeds, "sign") as tables:
        return _signed(initials, files, tables)


def _signed(initials: str, files: Iterable[str], tables: Seeds) -> list[tuple[str, int]]:
    schemas: dict[str, Schema] = {}
    there: dict[str, set[int]] = {}  # the rows that could be read
    for name, schema in tables.schemas.items():
        for row in tables.rows(name):
            file = row.file.removeprefix("seeds/")
            schemas[file] = schema
            there.setdefault(file, set()).add(row.line)
    ends_at = {file: max(rows) for file, rows in there.items()}
    signed = []
    for file, chosen in sorted(dict(_chosen(asked, ends_at) for asked in files or ends_at).items()):
        lines = cells_of(tables.folder.raw(file))
        at, before = lines[0].index("reader"), len(signed)
        for number, cells in enumerate(lines[1:], 2):
            seal = schemas[file].seal(cells) if number in there[file] else ""
            if number in chosen and seal and cells[at].split(" ")[2:] != [seal]:
                cells[at] = f"{initials} {date.today()} {seal}"
                signed.append((f"seeds/{file}", number))
        if len(signed) > before:
            tables.folder.replace(file, written(lines))
    return signed


def _chosen(asked: str, ends_at: dict[str, int]) -> tuple[str, set[int]]:
    """The table and rows that `observations.csv:2-9,12` means; `ends_at`: each table's end."""
    file, _, spans = asked.partition(":")
    last_row = ends_at[known(file, sorted(ends_at), "table")]
    found: set[int] = set()
    for span in spans.split(",") if spans else [f"2-{last_row}"]:
        ends = re.fullmatch("([0-9]{1,9})(?:-([0-9]{1,9}))?", span)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (0, 0)
        if not 2 <= first <= last <= last_row:
            raise BaodingError(
                f"{asked}: {span!r} are no rows of {file}; it has rows 2 to {last_row}"
            )
        found |= set(range(first, last + 1))
    return file, found
