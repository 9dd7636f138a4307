"""What a person has corrected in a report's table since a draft of it was last accepted: a draft
does not undo it.
"""

from collections.abc import Iterator, Sequence

from baoding_data.curation.drafts import Decision
from baoding_data.errors import BaodingError, Finding
from baoding_data.reading import NoFile
from baoding_data.tables.figures import located
from baoding_data.tables.records import FigureRow
from baoding_data.tables.seeds import Seeds

_BESIDES = ("report", "reader", "file", "line")


def remembered(report: str) -> str:
    """The hidden file that holds a table as it was last accepted."""
    return f"figures/.{report}.accepted"


def undone(
    tables: Seeds, report: str, after: bytes, figures: Sequence[FigureRow]
) -> Iterator[Finding]:
    """The cells of a report's table that are neither as they were last accepted nor as they would
    be; `figures` are the rows of `after`, each with its place in the draft.
    """
    last, there = (_raw(tables, file) for file in (remembered(report), f"figures/{report}.csv"))
    old, now, new = (_rows(tables, report, raw) for raw in (last, there, after))
    for at in now.keys() & new.keys():
        if _cells(now[at]) not in (_cells(new[at]), _cells(old.get(at, []))):
            of_draft = [figures[row.line - 2] for row in new[at]]
            yield from _differing(now[at], new[at], of_draft)


def _raw(tables: Seeds, file: str) -> bytes:
    """The bytes of a file; none where there is none."""
    try:
        return tables.folder.raw(file) if tables.folder.holds(file) else b""
    except NoFile as error:
        found = f"seeds/{file}: found {error.what}"
        raise BaodingError(f"{found}; wanted a file; move it away") from None


def _rows(tables: Seeds, report: str, raw: bytes) -> dict[int, list[FigureRow]]:
    """The rows of a table by the place of their number in the text."""
    found: dict[int, list[FigureRow]] = {}
    file = f"figures/{report}.csv"
    rows = tables.schemas["figures"].read(file, raw, report).rows if raw else []
    for row, number in located(tables, rows):
        if number is not None:
            found.setdefault(number.start, []).append(row)
    return found


def _cells(rows: Sequence[FigureRow]) -> list[dict[str, object]]:
    return [{c: cell for c, cell in row._asdict().items() if c not in _BESIDES} for row in rows]


def _differing(
    now: Sequence[FigureRow], new: Sequence[FigureRow], of_draft: Sequence[FigureRow]
) -> Iterator[Finding]:
    """A finding for each cell in which the rows of one number differ, or for their number."""
    first, draft = now[0], of_draft[0].file
    since = "the table was changed since, or was accepted elsewhere"
    if len(now) != len(new):
        found, wanted = f"{len(now)} rows of “{first.printed}”", f"{len(new)}, as in {draft}"
        cure = f"{since}: have as many rows in the draft if they are right, else here"
        yield Finding("draft", first.file, first.line, "", found, wanted, cure)
        return
    for row, other, drawn in zip(now, new, of_draft, strict=True):
        for column, cell in _cells([row])[0].items():
            there = getattr(other, column)
            if cell != there:
                where = f"row {drawn.line} of {draft}"
                wanted = f"{_said(there)}, as {where} has it"
                cure = f"{since}: write here what stands there"
                if _carried(column, there):
                    cure = f"{since}: write there what stands here, or here what stands there"
                yield Finding("draft", row.file, row.line, column, _said(cell), wanted, cure)


def _carried(column: str, there: object) -> bool:
    """Whether a draft can say something else in a column: not what it has from the text, and no
    words of its own where those of the codebook stand.
    """
    return column in Decision._fields and bool(there or column not in ("keyword", "context"))


def _said(cell: object) -> str:
    return f"“{cell}”" if cell not in ("", None) else "an empty cell"
