"""One table as `datapackage.json` describes it: its columns and key, and how its rows are read."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple

from baoding_data import limits
from baoding_data.errors import Finding
from baoding_data.tables.cells import (
    FORMS,
    TYPES,
    about_sign,
    advice,
    all_plain,
    broken,
    day,
    odd_one,
    odd_sign,
)
from baoding_data.tables.files import SURPLUS, a_row_a_line, lines_with, plain_rows, read_csv
from baoding_data.tables.records import RECORDS
from baoding_data.tables.seal import Seal

# How no cell begins or ends of which a program may have made something else.
_ODD_LINE = re.compile(r"\n(?:[ #]|[+-]?[0-9]+(?:[.,][0-9]+)?[Ee][+-]?[0-9]+(?=\n))")


class Wrong(NamedTuple):
    """What is wrong with a cell; some of it can be read all the same."""

    found: str
    wanted: str
    advice: str
    readable: bool = False


class Read(NamedTuple):
    """What was read of one file: its rows, whether it is a table at all, what could not be read,
    and what can be read, but may not pass an audit.
    """

    rows: list[Any]
    whole: bool
    findings: list[Finding]
    remarks: list[Finding]


class About(NamedTuple):
    """What rows are wanted of a table: those that name some indicators, `beside` any of others if
    there are some, or one of some reports.
    """

    indicators: Collection[str]
    reports: Collection[str]
    beside: Collection[str] = ()


class Lines(NamedTuple):
    """The cells of a file with the numbers of its rows; `plain` says that no odd sign is in any."""

    file: str
    numbers: Sequence[int]
    rows: list[list[str]]
    plain: bool


class Field:
    """One column, with what its cells may hold."""

    def __init__(self, described: dict[str, Any]):
        self.name: str = described["name"]
        self.kind: str = described["type"]
        self.description: str = described.get("description", "")
        rules = described.get("constraints", {})
        self.required = bool(rules.get("required"))
        self.pattern: str = rules.get("pattern", "")
        self.form = re.compile(self.pattern).fullmatch if self.pattern else None
        no_line_end = self.pattern and not re.search(r"\[\^|[.\\]", self.pattern)
        self._forms = re.compile(f"(?:(?:{self.pattern})\n)*").fullmatch if no_line_end else None
        self.least, self.most = rules.get("minimum"), rules.get("maximum")
        self.text = self.kind == "string"
        self.code = "terms" in described
        self.empty = "" if self.text else None
        self._known: dict[str, Any] = {}  # the values of cells that were sound

    def doubtful(self, cells: Sequence[str]) -> list[int]:
        """Which cells of the column want a closer look: in most text nothing can be wrong."""
        filled = "".join(cells)
        long = len(filled) > limits.CELL and max(map(len, cells)) > limits.CELL
        if not self.text or long or not all_plain(filled):
            return [at for at, cell in enumerate(cells) if cell or self.required]
        if self.form:
            form = self.form
            return [
                at
                for at, cell in enumerate(cells)
                if (odd_one(cell) or not form(cell) if cell else self.required)
            ]
        return [at for at, cell in enumerate(cells) if (odd_one(cell) if cell else self.required)]

    def sound(self, cells: Sequence[str], plain: bool) -> Sequence[Any] | None:
        """The values of a column where nothing is wrong with any cell, else None; `plain` says that
        no cell holds an odd character.
        """
        known = self._known
        try:
            return list(map(known.__getitem__, cells))
        except KeyError:
            new = {*cells}.difference(known)
        values = self._sound(new, plain)
        if values is None:
            return None
        if len(known) < KEPT:
            known |= values
            return list(map(known.__getitem__, cells))
        if self.text:
            return cells
        return [values[cell] if cell in values else known[cell] for cell in cells]

    def _sound(self, cells: set[str], plain: bool) -> dict[str, Any] | None:
        """The values of different cells where nothing is wrong with any, else None."""
        if self.required and "" in cells:
            return None
        if not self.text:
            return self._values(cells)
        filled = "\n".join(["", *cells, ""])
        long = len(filled) > limits.CELL and max(map(len, cells)) > limits.CELL
        if long or " \n" in filled or _ODD_LINE.search(filled):
            return None
        if not plain and not all_plain("".join(cells)):
            return None
        if self.form and not self._formed(cells):
            return None
        return dict(zip(cells, cells, strict=True))

    def _formed(self, cells: set[str]) -> bool:
        """Whether all cells have the form of the column: of many at once where none can be taken
        for the end of one and the beginning of another.
        """
        assert self.form is not None
        if self._forms:
            return bool(self._forms("\n".join([*filter(None, cells), ""])))
        return all(self.form(cell) for cell in cells if cell)

    def _values(self, cells: set[str]) -> dict[str, Any] | None:
        kind = TYPES[self.kind]
        try:
            read = {cell: kind(cell) if cell else None for cell in cells}
        except ValueError:
            return None
        within = all(self._within(value) for value in read.values() if value is not None)
        return read if within else None

    def read(self, cell: str) -> tuple[Any, list[Wrong]]:
        """The value of a cell, and what is wrong with it."""
        wrong = []
        if cell != cell.strip():
            wrong.append(Wrong(repr(cell), "no blanks at the ends", "remove them"))
            cell = cell.strip()
        if not cell:
            if self.required:
                wrong.append(Wrong("an empty cell", self.description, "fill it in"))
            return self.empty, wrong
        if refused := self._refused(cell):
            kind = self.name if self.text else self.kind
            said = advice(cell, kind, self.takes)
            return self.empty, [*wrong, Wrong(repr(cell), refused, said)]
        value = TYPES[self.kind](cell)
        if self.text:
            wrong += self._odd(cell)
        elif not self._within(value):
            span = f"{'' if self.least is None else self.least} to {self.most or ''}"
            wrong.append(Wrong(cell, span, "correct it"))
        return value, wrong

    def _refused(self, cell: str) -> str:
        """What is wanted where a cell cannot be read, in words; empty where it can."""
        if len(cell) > limits.CELL:
            return f"at most {limits.CELL:,} characters"
        try:
            TYPES[self.kind](cell)
        except ValueError:
            return FORMS[self.kind]
        if self.form and not self.form(cell):
            return f"the form {self.pattern}"
        return "a code, without blanks" if self.code and len(cell.split()) > 1 else ""

    def takes(self, cell: str) -> bool:
        """Whether nothing would be wrong with a cell."""
        if self._refused(cell):
            return False
        return not any(self._odd(cell)) if self.text else self._within(TYPES[self.kind](cell))

    def _odd(self, cell: str) -> Iterator[Wrong]:
        """Text that can be read, but that no curator writes."""
        if sign := odd_sign(cell):
            what, cure = about_sign(sign)
            wanted = "ordinary characters that can be seen, on one line"
            yield Wrong(f"{cell!r} with {what}", wanted, cure, True)
        if broken(cell):
            yield Wrong(repr(cell), self.description, advice(cell, self.kind), True)

    def _within(self, value: Any) -> bool:
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )


def _mostly_unfit(unfit: list[Finding], marked: int, file: str) -> list[Finding]:
    """Of many marks that do not fit, most of all, one finding: nobody changes so many by hand."""
    if len(unfit) < MANY or 2 * len(unfit) <= marked:
        return unfit
    what = f"{len(unfit)} of {marked} marks that do not fit their rows"
    wanted = "the marks of readings of the rows as they stand"
    cure = "if key or guards of the table were changed in datapackage.json, restore them; else have"
    cure += " the rows read against their sources, then run `baoding sign`"
    return [Finding("reader", file, None, "reader", what, wanted, cure)]


_DAY = itemgetter(slice(-19, -9))  # of a mark: initials, the day, the seal


def _of_no_day(rows: Iterable[Any]) -> Iterator[Finding]:
    """The marks of second readers on no day of the calendar."""
    for row in rows:
        if not _is_day(_DAY(row.reader)):
            wanted = "a day of the calendar between initials and seal"
            advice = "have a second person read the row, then run `baoding sign`"
            where = row.file, row.line, "reader"
            yield Finding("reader", *where, row.reader, wanted, advice)


@lru_cache(1000)  # rows by the hundred are read on one
def _is_day(cell: str) -> bool:
    """Whether a cell, if there is anything in it, is a day of the calendar."""
    try:
        return not cell or bool(day(cell))
    except ValueError:
        return False


MANY = 20  # so many marks
KEPT = 5_000  # cells of a column of which the values are kept, or some more

_UNFIT = (
    "labels, notes or other cells that no rule protects were changed since: have a second person"
    " read the row against its source, then run `baoding sign`"
)
_TWICE = "correct scope or period of one; if the report gives the same figure twice, set the other"
_TWICE += " apart with the reason repeated"


class Schema:
    """The description of one table, as tables/description has found it in order."""

    def __init__(self, resource: dict[str, Any]):
        self.name: str = resource["name"]
        self.path: str | list[str] = resource["path"]
        described = resource["schema"]
        self.described: list[dict[str, Any]] = described["fields"]
        self.fields = [Field(field) for field in self.described]
        self.columns = [field.name for field in self.fields]
        self._reader = self.columns.index("reader")
        self.key: list[str] = described["primaryKey"]
        self.foreign_keys: list[dict[str, Any]] = described.get("foreignKeys", [])
        self.seal = Seal(described)
        self.record = RECORDS[self.name]

    def read(self, file: str, raw: bytes, *before: str) -> Read:
        """The rows of one CSV file, typed; `before` are cells to stand before its own."""
        read = self.typed(file, raw, *before)
        read.remarks.extend(self.unfit(file, raw, *before))
        return read

    def typed(self, file: str, raw: bytes, *before: str, about: About | None = None) -> Read:
        """The same, the marks of second readers not held to the rows, which takes long; of all
        rows, or of those that some indicators or reports may want.
        """
        name, found = f"seeds/{file}", Read([], True, [], [])
        lines = self.lines_about(name, raw, about, to_locate=False) if about else None
        lines = lines or self._lines(name, raw, found)
        if lines is None:
            return found._replace(whole=False)
        pairs = zip(self.fields, zip(*lines.rows, strict=True), strict=bool(lines.rows))
        columns = [self._column(field, cells, lines, found) for field, cells in pairs]
        count = len(lines.rows)
        above = [[cell] * count for cell in before]
        made = zip(*above, *columns, [name] * count, lines.numbers, strict=True)
        found.rows.extend(map(tuple.__new__, repeat(self.record), made))
        if columns and not all(map(_is_day, {*map(_DAY, columns[self._reader])})):
            found.findings.extend(_of_no_day(found.rows))
        if columns and self._may_be_twice(columns):
            found.findings.extend(self._twice(found.rows))
        return found

    def _lines(self, file: str, raw: bytes, found: Read) -> Lines | None:
        """The cells of a file, as many in each row as there are columns; None where it is no table
        of these columns. What is wrong goes to what was found.
        """
        if rows := plain_rows(raw, self.columns):
            return Lines(file, range(2, len(rows) + 2), rows, True)
        lines, wrong = read_csv(raw, self.columns)
        if wrong:
            found.findings.append(Finding("schema", file, wrong.row, "", *wrong[1:]))
            return None
        width = len(self.columns)
        for number, cells in lines:
            if len(cells) != width:
                counted = f"{len(cells)} cells", f"{width} cells"
                found.findings.append(Finding("schema", file, number, "", *counted, SURPLUS))
        fitting = [(number, cells) for number, cells in lines if len(cells) == width]
        numbers, rows = [number for number, _ in fitting], [cells for _, cells in fitting]
        return Lines(file, numbers, rows, False)

    def lines_about(self, file: str, raw: bytes, about: About, to_locate: bool) -> Lines | None:
        """The cells of the rows of a file in which some indicators or reports are named; None where
        they are not soon told, or, if they are `to_locate` in a text, where another row claims a
        number in the same words.
        """
        if self.name == "figures" and not a_row_a_line(raw):  # by which it is known where they are
            return None
        words = [*about.indicators, *(() if self.name == "figures" else about.reports)]
        beside = [word.encode() for word in about.beside]
        found = lines_with(raw, [word.encode() for word in words], beside)
        rows = plain_rows(found.head + found.lines, self.columns) if found else None
        if found is None or rows is None or len(rows) != len(found.numbers):
            return None
        quotes = Counter(row[self.columns.index("quote")] for row in rows) if to_locate else {}
        for quote, count in quotes.items():
            if raw.count(quote.replace('"', '""').encode()) > count:
                return None
        return Lines(file, found.numbers, rows, True)

    def typed_at_once(self, some: Sequence[tuple[str, Lines]]) -> list[Any] | None:
        """The rows of several files, typed, each with the cell that stands before its own; None
        where anything is wrong with any.
        """
        rows = [row for _, lines in some for row in lines.rows]
        columns = []
        for field, cells in zip(self.fields, zip(*rows, strict=True), strict=bool(rows)):
            columns.append(field.sound(cells, True))
        before = [one for one, lines in some for _ in lines.rows]
        keys = [columns[self.columns.index(name)] for name in self.key] if rows else []
        if None in columns or len({*zip(before, *keys, strict=True)}) < len(rows):
            return None
        files = [lines.file for _, lines in some for _ in lines.rows]
        numbers = [number for _, lines in some for number in lines.numbers]
        made = zip(before, *columns, files, numbers, strict=True)
        return list(map(self.record._make, made))

    def _column(
        self, field: Field, cells: Sequence[str], lines: Lines, found: Read
    ) -> Sequence[Any]:
        """The values of one column; what is wrong with its cells goes to what was found."""
        sound = field.sound(cells, lines.plain)
        if sound is not None:
            return sound
        values: list[Any] = list(cells) if field.text else [field.empty] * len(cells)
        for at in field.doubtful(cells):
            values[at], wrong = field.read(cells[at])
            for one in wrong:
                problems = found.remarks if one.readable else found.findings
                where = lines.file, lines.numbers[at], field.name
                problems.append(Finding("schema", *where, *one[:3]))
        return values

    def unfit(self, file: str, raw: bytes, *before: str) -> list[Finding]:
        """The marks of second readers that do not fit their rows: what no rule can protect does not
        stand any more as it was read.
        """
        name, found, marked = f"seeds/{file}", [], 0
        lines = self._lines(name, raw, Read([], True, [], []))
        at = self._reader
        for number, cells in zip(lines.numbers, lines.rows, strict=True) if lines else ():
            mark = cells[at].strip()
            if not self.fields[at].takes(mark):
                continue
            marked += 1
            seal = self.seal(cells)
            if mark.split(" ")[2:] != [seal]:
                wanted = f"the mark of a reading of the row as it stands, ending in {seal}"
                where = name, number, "reader"
                found.append(Finding("reader", *where, mark, wanted, _UNFIT))
        return _mostly_unfit(found, marked, name)

    def _may_be_twice(self, columns: Sequence[Sequence[Any]]) -> bool:
        """Whether two rows may have one key."""
        keys = zip(*(columns[self.columns.index(name)] for name in self.key), strict=True)
        return len({*keys}) < len(columns[0])

    def _twice(self, rows: list[Any]) -> Iterator[Finding]:
        """Rows whose key another row has; a number that is set apart has none."""
        seen: dict[tuple[object, ...], int] = {}
        for row in rows:
            key = tuple(getattr(row, column) for column in self.key)
            if self.name == "figures" and not row.indicator:
                continue
            if not any(key):  # an empty cell, which is told as one
                continue
            if key in seen:
                yield Finding(
                    "key",
                    row.file,
                    row.line,
                    ", ".join(self.key),
                    " ".join(map(str, key)),
                    f"a key of its own; row {seen[key]} has it",
                    _TWICE if self.name == "figures" else "remove one of the two, or correct it",
                )
            seen.setdefault(key, row.line)
