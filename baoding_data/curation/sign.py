"""The marks of second readers: initials, date, and the seal of the row as it was read."""

import csv
import re
from datetime import date

from baoding_data.errors import BaodingError, known
from baoding_data.tables.files import replace, written
from baoding_data.tables.seeds import own


def sign(initials, files=(), seeds=None, day=None):
    """Mark every row that was never read a second time, or changed since, as read by `initials`
    today; returns (file, row) pairs.

    `files` limits it to some tables, as `indicators.csv`, or to some of their rows, as
    `observations.csv:2-9,12`. Sign only what you have read against its source. Raises BaodingError
    when the tables cannot be read, when a file or a row is not one of theirs, or when the seeds are
    those of an installed package.
    """
    if not re.fullmatch("[A-Z][A-Z0-9]*", initials):
        raise BaodingError(f"{initials!r} are no initials; write capital letters and digits, as R2")
    tables = own(seeds)
    folder = tables.folder.path
    names = {
        row["file"].removeprefix("seeds/"): schema
        for name, schema in tables.schemas.items()
        for row in getattr(tables, name)
    }
    last = {
        row["file"].removeprefix("seeds/"): row["row"]
        for name in tables.schemas
        for row in getattr(tables, name)
    }
    chosen = dict(_chosen(file, last) for file in files or last)
    signed = []
    for file, numbers in sorted(chosen.items()):
        with open(folder / file, encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream))
        at = lines[0].index("reader")
        for number, cells in enumerate(lines[1:], 2):
            wanted = names[file].seal(cells) if any(cells) else ""
            if number in numbers and wanted and cells[at].split(" ")[2:] != [wanted]:
                cells[at] = f"{initials} {day or date.today()} {wanted}"
                signed.append((f"seeds/{file}", number))
        if any(name == f"seeds/{file}" for name, _ in signed):
            replace(folder / file, written(lines))
    return signed


def _chosen(asked, ends_at):
    """The table and the rows that `observations.csv:2-9,12` asks for; `ends_at` gives the last row
    of each table.
    """
    file, _, spans = asked.partition(":")
    known(file, sorted(ends_at), "table")
    found = set()
    for span in spans.split(",") if spans else [f"2-{ends_at[file]}"]:
        ends = re.fullmatch("([0-9]+)(?:-([0-9]+))?", span)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (0, 0)
        if not 2 <= first <= last <= ends_at[file]:
            raise BaodingError(
                f"{asked}: {span!r} are no rows of {file}; it has rows 2 to {ends_at[file]}"
            )
        found |= set(range(first, last + 1))
    return file, found
