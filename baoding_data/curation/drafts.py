"""Drafts: every number of a new report in a row, for a curator to read; as CSV or as a workbook.

`read` is the curator's mark. Only rows that bear it are ever taken into the tables. `proposed` is
what a row said before anybody touched it.
"""

import json
import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from baoding_data.curation import draft_files
from baoding_data.curation.source import Source
from baoding_data.errors import BaodingError, Finding, finding, refuse
from baoding_data.reading import content
from baoding_data.tables import containers
from baoding_data.tables.cells import guarded, plainly, unguarded
from baoding_data.tables.figures import located
from baoding_data.tables.files import written
from baoding_data.tables.records import FigureRow
from baoding_data.tables.seeds import AnySeeds, Seeds, load
from baoding_data.text.cells import Place
from baoding_data.text.numbers import Number
from baoding_data.text.report import marked
from baoding_data.writing import is_sealed, put_beside

YES = "yes"
READ = (YES, "是")
OPEN = "open"  # a table, of which the numbers are to be listed
NO_REPORT = (
    "write it there if the row is one of the draft; words of your own go into another sheet, or a"
    " column of your own"
)
# So many characters of a sentence are shown before and after its number.
SHOWN = 60
# What a text says of a number; a person writes it where the text's own is unclear.
READING = ("value", "unit", "bound")
# What is proposed for one indicator says nothing of another.
WORDS = ("quote", "keyword", "context")


class Decision(NamedTuple):
    """What a curator writes of a number; until then, what is proposed."""

    read: str = ""
    indicator: str = ""
    confidence: str = ""
    scope: str = ""
    scope_basis: str = ""
    period: str = ""
    shared: str = ""
    quote: str = ""
    keyword: str = ""
    context: str = ""
    reason: str = ""
    note_zh: str = ""
    note_en: str = ""
    resolved: str = ""

    @property
    def filled(self) -> dict[str, str]:
        """The cells that hold something, but for the confidence, which no person gives."""
        cells = self._replace(confidence="")._asdict()
        return {column: cell for column, cell in cells.items() if cell}


class DraftRow(NamedTuple):
    """One row of a draft, all cells as text: the columns, then where the row stands."""

    read: str
    section: str
    sentence: str
    printed: str
    value: str
    unit: str
    bound: str
    indicator: str
    confidence: str
    scope: str
    scope_basis: str
    period: str
    shared: str
    quote: str
    keyword: str
    context: str
    reason: str
    note_zh: str
    note_en: str
    resolved: str
    kind: str
    report: str
    at: str
    proposed: str = ""
    file: str = ""
    line: int | None = None

    @property
    def decision(self) -> Decision:
        """What the curator wrote."""
        return Decision(*(getattr(self, column) for column in Decision._fields))

    def decided(self, decision: Decision) -> "DraftRow":
        """The row of the same number with another decision."""
        return self._replace(**decision._asdict())

    def proposing(self, cells: Mapping[str, Any]) -> "DraftRow":
        """The row of the same number with cells that no person has changed yet."""
        row = self._replace(**cells)
        return row.with_proposed(row.written)

    def with_proposed(self, cells: Mapping[str, str]) -> "DraftRow":
        """The row with other cells as those that were proposed."""
        return self._replace(proposed=json.dumps(cells, ensure_ascii=False))

    @property
    def proposal(self) -> dict[str, str]:
        """The cells that were proposed; none where that is not on record."""
        try:
            cells = json.loads(self.proposed or "{}")
        except ValueError:
            return {}
        return cells if isinstance(cells, dict) else {}

    @property
    def reading(self) -> dict[str, str]:
        """What the row says that its number says."""
        return {column: getattr(self, column) for column in READING}

    @property
    def written(self) -> dict[str, str]:
        """The cells that a person may fill, so far as they are: the reading and the decision."""
        reading = {column: cell for column, cell in self.reading.items() if cell}
        return self.decision.filled | reading

    @property
    def touched(self) -> bool:
        """Whether a person has changed what was proposed; programs may have changed blanks."""
        return _folded(self.written) != _folded(self.proposal)

    def kept(self, before: "DraftRow") -> "DraftRow":
        """The row of a new scan with what a person wrote in an earlier one, and what was proposed
        then; of the reading only what that person changed.
        """
        changed: dict[str, Any] = {
            column: cell
            for column, cell in before.reading.items()
            if not alike(cell, before.proposal.get(column, ""))
        }
        row = self.decided(before.decision)
        proposed = {c: cell for c, cell in before.proposal.items() if c not in READING}
        row = row.with_proposed(proposed | {c: cell for c, cell in row.reading.items() if cell})
        return row._replace(**changed)

    def without_refused(self) -> "DraftRow":
        """The row without the words of a proposal whose indicator it no longer has; written there
        anew, the same words are a person's.
        """
        proposal = self.proposal
        if not proposal or self.indicator == proposal.get("indicator", ""):
            return self
        old, new = _folded(proposal), _folded(self.written)
        words = [column for column in WORDS if column in new and new[column] == old.get(column)]
        kept = {column: cell for column, cell in proposal.items() if column not in words}
        decision = self.decision._replace(**dict.fromkeys(("confidence", *words), ""))
        return self.decided(decision).with_proposed(kept)

    @property
    def cells(self) -> list[str]:
        """The cells of the columns."""
        return [getattr(self, column) for column in COLUMNS]


COLUMNS = DraftRow._fields[:-2]
# A draft of an earlier version has none of these.
LATER = ("resolved", "proposed")
LAYOUT = draft_files.Layout(COLUMNS, LATER)


def alike(one: object, other: object) -> bool:
    """Whether two cells hold the same, but for what programs change: blanks, 99.90 as 99.9, and
    20563 as 20,563.
    """
    return _plain(one) == _plain(other)


def _plain(cell: object) -> str:
    text = " ".join(str(cell).split())
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", text):
        text = text.replace(",", "")
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"[0-9]+\.[0-9]+", text) else text


def _folded(cells: Mapping[str, object]) -> dict[str, str]:
    return {column: _plain(cell) for column, cell in cells.items()}


def row_of(source: Source, number: Number) -> DraftRow:
    """The row of a number with what the text says of it, and no decision."""
    sentence = source.sentence(number)
    place = source.text.place_of(number) if number.kind in ("value", "unclear") else None
    shown = marked(sentence.text, number.start - sentence.start, number.printed, SHOWN)
    value = number.kind == "value"
    return DraftRow(
        **Decision()._asdict(),
        section=sentence.section,
        sentence=_in_table(place, shown) if place else shown,
        printed=number.printed,
        value=plainly(number.value) if value and number.value is not None else "",
        unit=number.unit,
        bound=number.bound if value else "",
        kind=number.kind,
        report=source.report,
        at=str(number.start),
    )


def _in_table(place: Place, row: str) -> str:
    """A row of a table with the heads of its number before it."""
    return " ".join(f"〔{place.column or '？'}〕{row}".split())


def draft_bytes(rows: Iterable[DraftRow]) -> bytes:
    """The bytes of a draft as a CSV file, with the mark by which programs tell UTF-8; no cell of it
    is a formula.
    """
    numbers = [column in draft_files.NUMBERS for column in COLUMNS]
    lines = (map(guarded, row.cells, numbers) for row in rows)
    return BOM_UTF8 + written([COLUMNS, *map(list, lines)])


def write_draft(
    rows: Sequence[DraftRow], path: str | Path, seeds: AnySeeds = None
) -> tuple[bool, Path | None]:
    """Write the rows of a scan as CSV or, by its ending, a workbook; returns whether they did not
    stand there, and where what stood there is kept, if it holds more than the rows.
    """
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        from baoding_data.curation import draft_book

        book = draft_book.draft_book(rows, COLUMNS, READ, OPEN, load(seeds))
        return put_beside(path, book, partial(_known, path, rows), draft_book.values)
    if path.suffix.lower() != ".csv":
        raise BaodingError(f"{path}: a draft is a .csv or an .xlsx; name it so")
    return put_beside(path, draft_bytes(rows), partial(_known, path, rows))


def _known(path: Path, rows: Iterable[DraftRow], old: bytes) -> bool:
    """Whether an earlier draft holds nothing but what this program writes and reads, and all that a
    person wrote in it stands in the rows too.
    """
    if not is_sealed(old, "draft") if old.startswith(b"PK") else not_carried(old):
        return False
    try:
        before, wrong = rows_in(path)
    except BaodingError:
        return False
    new = {(row.at, str(_folded(row.decision.filled))) for row in rows}
    written = [row.without_refused() for row in before if row.touched and row.read != OPEN]
    return not wrong and new >= {(row.at, str(_folded(row.decision.filled))) for row in written}


def read_draft(path: str | Path) -> list[DraftRow]:
    """The rows of a draft; raises BaodingError when one of them cannot be read."""
    rows, findings = rows_in(path)
    refuse(findings)
    return rows


def rows_in(path: str | Path) -> tuple[list[DraftRow], list[Finding]]:
    """The rows of a draft, and what is wrong with some; raises BaodingError for no draft."""
    path = Path(path)
    raw = content(path, f"`baoding scan REPORT -o {path.name}` writes a draft")
    rows, findings = _reader(path, raw).rows_of(path, raw, LAYOUT)
    for _, cells in rows:
        # Also in a workbook: it may be a CSV that a program has saved as one.
        cells |= {name: unguarded(cell).strip() for name, cell in cells.items()}
        cells["read"] = draft_files.folded(cells["read"])
    rows, spoiled = draft_files.without_spoiled(path, rows)
    empty = dict.fromkeys(LATER, "")
    found = [DraftRow(**empty | cells, file=str(path), line=number) for number, cells in rows]
    return found, [*findings, *spoiled]


def not_carried(raw: bytes) -> list[str]:
    """What of a draft's file, a workbook or CSV, a draft written anew would not have, in words.

    >>> not_carried("read,sentence,mine,\\nyes,受理【316】件,问李,页2".encode())
    ['column mine', 'column D']
    """
    try:
        return _reader("", raw).not_carried(raw, LAYOUT)
    except BaodingError:
        return ["all that it holds"]


def _reader(path: str | Path, raw: bytes) -> Any:
    """The module that reads such a file; raises BaodingError for what is neither workbook nor
    text.
    """
    what = containers.container(raw)
    if what in (containers.BOOK, containers.DAMAGED):
        from baoding_data.curation import draft_sheet

        return draft_sheet
    if what:
        wanted = "wanted a draft, an .xlsx or a CSV in UTF-8"
        raise BaodingError(f"{path}: is {what}; {wanted}; {containers.cure(what)}")
    return draft_files


# --- which number a row is of


def identifies(row: DraftRow, number: Number) -> bool:
    """Whether a row names a number of the text as it is printed or, where a program has made a
    number of that, equal to it.
    """
    amount = _amount(row.printed)
    same = amount is not None and amount == _amount(number.printed)
    return row.at == str(number.start) and (row.printed == number.printed or same)


def _amount(printed: str) -> tuple[Decimal, str] | None:
    """A number in plain digits, and whether it is a share of a hundred."""
    text = unicodedata.normalize("NFKC", printed).replace(",", "").replace(" ", "")
    plain = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(%?)", text)
    return (Decimal(plain[1]), plain[2]) if plain else None


def misplaced(row: DraftRow, numbers: Iterable[Number], advice: str) -> Finding:
    """What is wrong with a row that names no number of the text at its place."""
    there = [number.printed for number in numbers if str(number.start) == row.at]
    elsewhere = [str(number.start) for number in numbers if number.printed == row.printed]
    cures = [f"write {printed} under “printed”, in a cell set to text" for printed in there]
    cures += [f"write {at} under “at”" for at in elsewhere[:1] if len(elsewhere) == 1]
    known = ", whichever number the sentence marks" * (len(cures) > 1)
    found = f"“{row.printed}” at {row.at or 'no place'}"
    wanted = f"a number of the text at its place{''.join(f', as {one}' for one in there)}"
    cure = "; ".join(part for part in (" or ".join(cures) + known, f"else {advice}") if part)
    return finding("draft", row, "at", found, wanted, cure if cures else advice)


def accepted(tables: Seeds, report: str) -> dict[int, list[dict[str, Any]]]:
    """The cells of a report's accepted rows by the place of their number in its text; raises
    BaodingError for a row that has none.
    """
    reasons = {
        (term.zh, term.en): term.code
        for term in tables.terms
        if term.kind in ("no_figure", "unclear")
    }
    found: dict[int, list[dict[str, Any]]] = {}
    for row, number in located(tables, table_of(tables, report)):
        if number is None:
            raise BaodingError(
                f"{row.file}, row {row.line}: found “{row.printed}” in “{row.quote}”; wanted a"
                " number of the text, in a quote of it; correct the row, since it would be lost"
            )
        notes = row.note_zh, row.note_en
        reason = "" if row.indicator else reasons.get(notes, "")
        decision = Decision(**in_both(row), read=YES, reason=reason)
        if reason:
            decision = decision._replace(note_zh="", note_en="")
        cells = decision._asdict()
        if row.resolved:
            value = "" if row.value is None else plainly(row.value)
            cells |= {"value": value, "unit": row.unit, "bound": row.bound}
        found.setdefault(number.start, []).append(cells)
    return found


def in_both(row: DraftRow | FigureRow) -> dict[str, str]:
    """What a curator writes that stands in the table as well."""
    columns = (column for column in Decision._fields if column in FigureRow._fields)
    return {column: getattr(row, column) for column in columns}


def table_of(tables: Seeds, report: str) -> list[FigureRow]:
    """The figures of one report, audited or a draft, as in its table; none without one."""
    if report in tables.source and report not in tables.drafts:
        return tables.rows_of("figures", report)
    return tables.drafted(report) if report else []
