"""The sheet of a workbook that holds a draft, as spreadsheet programs and people leave it."""

import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from baoding_data.curation.draft_files import (
    Layout,
    Rows,
    column_names,
    known,
    letter,
    once_more,
    own_columns,
    places,
    runs,
)
from baoding_data.errors import BaodingError, Finding
from baoding_data.tables import containers
from baoding_data.tables.cells import advice, broken

# The sheets that a scan writes beside the draft, and how many columns they have.
BESIDE = {"indicators": 10, "codes": 4, "how to": 2}
_WITHIN = 20  # the header stands in one of the first rows
_LABEL = re.compile(r"=IF\(.*VLOOKUP\(.*indicators.*", re.IGNORECASE)  # the program's own formula
# A draft's text is held to that of the report, which says what is to stand in these.
_HELD = ("printed", "value", "unit", "bound", "at")
_TO_TEXT = "write it anew, in a cell set to text"
# What the parts of a workbook's file are that no sheet of cells holds, and a word that tells them.
_PARTS = {
    "xl/drawings/drawing": (b"Anchor", "pictures or drawings"),
    "xl/vbaProject": (b"", "macros"),
    "xl/pivotTables/": (b"", "pivot tables"),
}


def opened(raw: bytes, **how: Any) -> Workbook:
    """A workbook, without the warnings of what its reader does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(BytesIO(raw), **how)


class _Found(NamedTuple):
    """A sheet with a draft's columns, the row of its header, and its cells by row and column, both
    as they are counted there.
    """

    sheet: Worksheet
    head: int
    rows: dict[int, dict[int, Cell]]

    @property
    def header(self) -> list[Any]:
        cells = self.rows[self.head]
        return [cells[at].value if at in cells else None for at in range(1, max(cells) + 1)]


def _found(book: Workbook, layout: Layout) -> list[_Found]:
    """The sheets of which a row names at least half of a draft's columns."""
    found = []
    for sheet in book.worksheets:
        rows = _cells(sheet)
        first = [row for row in sorted(rows) if row <= _WITHIN]
        named = {row: known([cell.value for cell in rows[row].values()], layout) for row in first}
        head = max(first, key=lambda row: named[row], default=0)
        if head and 2 * named[head] >= len(layout.columns):
            found.append(_Found(sheet, head, rows))
    return found


def _cells(sheet: Worksheet) -> dict[int, dict[int, Cell]]:
    """The cells that a sheet holds; one may stand in its last row, with nothing before it."""
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if isinstance(cell, Cell):  # and not merged with another
            rows.setdefault(row, {})[column] = cell
    return rows


def rows_of(path: Path, raw: bytes, layout: Layout) -> tuple[Rows, list[Finding]]:
    """The numbered rows of a workbook's draft, all cells as text, and what is wrong with some;
    raises BaodingError where there is no draft, or more than one.
    """
    draft = _only(path, _opened(path, raw), layout)
    where = f"{path}, sheet {draft.sheet.title}"
    at = places(where, draft.header, draft.head, layout)
    merged, findings = _merged(path, draft, at)
    once_more(where, draft.head, ((n, _texts(row)) for n, row in draft.rows.items()), layout)
    results = _results(path, raw, draft, at)
    rows = []
    for number, cells in draft.rows.items():
        if number <= draft.head or number in merged:
            continue
        row = dict.fromkeys(at, "")
        for name, place in at.items():
            cell = cells.get(place + 1)
            if cell is None:
                continue
            value = results.get((number, place + 1), cell.value)
            row[name] = _as_text(value, name, cell.number_format)
            if told := _wrong(cell, name, value, row[name]):
                findings.append(Finding("draft", str(path), number, name, *told))
        if any(row.values()) or any(one.row == number for one in findings):
            rows.append((number, row))
    return rows, findings


def _only(path: Path, book: Workbook, layout: Layout) -> _Found:
    """The one sheet with a draft's columns."""
    found = _found(book, layout)
    if not found:
        raise BaodingError(
            f"{path}: no sheet has the draft's columns, {', '.join(layout.columns)}; scan again, or"
            " restore the header row"
        )
    if len(found) > 1:
        names = " and ".join(
            f"“{one.sheet.title}”{' (hidden)' * (one.sheet.sheet_state != 'visible')}"
            for one in found
        )
        raise BaodingError(
            f"{path}: found the columns of a draft in the sheets {names}; wanted them in one;"
            " remove the others, or their header rows: nobody can tell which of them counts"
        )
    return found[0]


def _merged(path: Path, draft: _Found, at: Mapping[str, int]) -> tuple[set[int], list[Finding]]:
    """The rows of the draft in which cells are merged, and a finding for each such range."""
    rows, findings = set(), []
    columns = {place + 1 for place in at.values()}
    for span in str(draft.sheet.merged_cells).split():
        left, top, right, bottom = range_boundaries(span)
        if bottom > draft.head and not columns.isdisjoint(range(left, right + 1)):
            first = max(top, draft.head + 1)
            found, wanted = f"the merged cells {span}", "a cell for each row and column"
            cure = "unmerge them, and fill in each of the cells"
            findings.append(Finding("draft", str(path), first, "", found, wanted, cure))
            rows |= set(range(first, bottom + 1))
    return rows, findings


def _opened(path: Path, raw: bytes, **how: Any) -> Workbook:
    """A workbook; raises BaodingError for one that cannot be read."""
    if large := containers.too_large(raw):
        raise BaodingError(
            f"{path}: found {large}; wanted a draft as `baoding scan` writes it; copy its rows into"
            " a new workbook, or take the file as it was before"
        )
    try:
        return opened(raw, **how)
    except Exception as error:  # what is met in a damaged file is raised as it comes
        said = " ".join(str(error).split())[:200]
        raise BaodingError(
            f"{path}: cannot be read as a workbook ({type(error).__name__}: {said}); open it in a"
            " spreadsheet program and save it again as .xlsx"
        ) from None


def _texts(cells: Mapping[int, Cell]) -> list[Any]:
    return [cell.value for cell in cells.values()]


def _results(
    path: Path, raw: bytes, draft: _Found, at: Mapping[str, int]
) -> dict[tuple[int, int], Any]:
    """What the formulas in the draft's columns came to when a program last saved it; none for those
    of which that is not stored.
    """
    formulas = [
        (number, place + 1)
        for number, cells in draft.rows.items()
        for place in at.values()
        if number > draft.head and place + 1 in cells and cells[place + 1].data_type == "f"
    ]
    if not formulas:
        return {}
    stored = _opened(path, raw, data_only=True)[draft.sheet.title]._cells
    found = {}
    for there in formulas:
        cell = stored.get(there)
        # An empty text is stored as a text without a value.
        if cell is not None and (cell.value is not None or cell.data_type == "str"):
            found[there] = "" if cell.value is None else cell.value
    return found


def _wrong(cell: Cell, column: str, value: Any, text: str) -> tuple[str, str, str] | None:
    """What is wrong with a cell, what was wanted and what to do; what is held to the text of the
    report is told there.
    """
    if cell.data_type == "f" and value is cell.value:
        found = f"a formula without a result, {_formula(cell)[:60]}"
        cure = "open the file in a spreadsheet program, copy the cell and paste it as values"
        return found, "what it comes to", f"{cure}, or {_TO_TEXT}"
    if column in _HELD:
        return None
    if cell.data_type in "ef" and isinstance(value, str) and broken(value):
        return f"the error {value}", "what was to be said", _TO_TEXT
    if isinstance(value, (date, time, timedelta)):
        kind = "a time" if isinstance(value, (time, timedelta)) else "a date"
        cure = f"a spreadsheet program took it for {kind}: {_TO_TEXT}"
        if column == "shared":
            cure = advice(text, column)
        return f"{kind}, {text}", "what was typed there", cure
    return None


def _formula(cell: Cell) -> str:
    return str(getattr(cell.value, "text", None) or cell.value)


def _as_text(value: Any, column: str, shown: str) -> str:
    """A cell of a workbook as the text that a CSV would hold; a number that is shown as a share of
    a hundred, as it is shown.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        if column == "read":
            return "yes" if value else ""
        return str(value).upper()
    if isinstance(value, (int, float)):
        number = Decimal(repr(value))
        if column != "confidence" and "%" in re.sub(r'"[^"]*"|\\.', "", shown):
            return f"{_plain(number.scaleb(2))}{'' if column == 'value' else '%'}"
        return _plain(number)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return unescape(str(value)).replace("\r", "").strip()


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- what a draft written anew would not have


def not_carried(raw: bytes, layout: Layout) -> list[str]:
    """What of a workbook a draft written anew would not have, in words, in the order of sheets,
    columns and cells; of two sheets that may be the draft, the second.
    """
    if containers.too_large(raw):
        return ["all that it holds"]
    try:
        book = opened(raw)
        with ZipFile(BytesIO(raw)) as file:
            return [*_other_parts(file), *_other_sheets(book, layout)]
    except Exception:  # what is met in a damaged file is raised as it comes
        return ["all that it holds"]


def _other_parts(file: ZipFile) -> Iterator[str]:
    for part, (sign, what) in _PARTS.items():
        if any(sign in file.read(name) for name in file.namelist() if name.startswith(part)):
            yield what


def _other_sheets(book: Workbook, layout: Layout) -> Iterator[str]:
    draft = next(iter(_found(book, layout)), None)
    for name in book.sheetnames:
        sheet = book[name]
        if draft and sheet is draft.sheet:
            yield from _beside(draft, layout)
        elif name not in BESIDE or not isinstance(sheet, Worksheet):
            yield f"sheet {name}"
        else:
            cells = _places(_cells(sheet))
            own = sorted({at for at, _, c in cells if at >= BESIDE[name] and _filled(c)})
            yield from (f"column {letter(at)} of sheet {name}" for at in own)
            noted = [(at, row) for at, row, cell in cells if cell.comment]
            yield from (f"comment at {run} of sheet {name}" for run in runs(noted))


def _places(rows: Mapping[int, Mapping[int, Cell]]) -> list[tuple[int, int, Cell]]:
    """Cells with their column, counted from 0, and row."""
    return [(at - 1, row, cell) for row, cells in rows.items() for at, cell in cells.items()]


def _beside(draft: _Found, layout: Layout) -> Iterator[str]:
    """What stands in the draft's own sheet beside its cells."""
    header, cells = draft.header, _places(draft.rows)
    of_draft = own_columns(header, layout)
    outside = {at for at, _, cell in cells if at not in of_draft and _filled(cell)}
    yield from column_names(header, outside)
    inside = [(at, row, cell) for at, row, cell in cells if at in of_draft and row != draft.head]
    label = next((at for at, name in of_draft.items() if name == "label"), -1)
    for what, there in (
        ("cells above the header,", [c for c in inside if c[1] < draft.head and _filled(c[2])]),
        ("comment", [c for c in cells if c[2].comment]),
        ("formula", [c for c in inside if c[2].data_type == "f" and not _label(c[2])]),
        ("label written", [c for c in inside if c[0] == label and _typed(c[2])]),
        ("colour", [c for c in inside if c[2].fill and c[2].fill.fill_type]),
    ):
        yield from (f"{what} at {run}" for run in runs((at, row) for at, row, _ in there))


def _filled(cell: Cell) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def _typed(cell: Cell) -> bool:
    return _filled(cell) and cell.data_type != "f"


def _label(cell: Cell) -> bool:
    """Whether a formula is the one that shows the label of a row's indicator."""
    return bool(_LABEL.match(_formula(cell)))
