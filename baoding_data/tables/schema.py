"""One table as `datapackage.json` describes it: its columns and key, and how its rows are read."""

import re
from collections.abc import Iterator, Sequence
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
from baoding_data.tables.files import SURPLUS, read_csv
from baoding_data.tables.records import RECORDS
from baoding_data.tables.seal import Seal


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
        self.least, self.most = rules.get("minimum"), rules.get("maximum")
        self.text = self.kind == "string"
        self.code = "terms" in described
        self.empty = "" if self.text else None

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
            said = advice(cell, kind, self._takes)
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

    def _takes(self, cell: str) -> bool:
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


def _mostly_unfit(found: Read, file: str) -> None:
    """Where most of many marks do not fit, one finding: nobody changes so many rows by hand."""
    unfit = [one for one in found.remarks if one.rule == "reader"]
    marked = sum(bool(row.reader) for row in found.rows)
    if len(unfit) < MANY or 2 * len(unfit) <= marked:
        return
    what = f"{len(unfit)} of {marked} marks that do not fit their rows"
    wanted = "the marks of readings of the rows as they stand"
    cure = "if key or guards of the table were changed in datapackage.json, restore them; else have"
    cure += " the rows read against their sources, then run `baoding sign`"
    one = Finding("reader", file, None, "reader", what, wanted, cure)
    found.remarks[:] = [*(other for other in found.remarks if other.rule != "reader"), one]


MANY = 20  # so many marks

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
        self.key: list[str] = described["primaryKey"]
        self.foreign_keys: list[dict[str, Any]] = described.get("foreignKeys", [])
        self.seal = Seal(described)
        self.record = RECORDS[self.name]

    def read(self, file: str, raw: bytes, *before: str) -> Read:
        """The rows of one CSV file, typed; `before` are cells to stand before its own."""
        name, found = f"seeds/{file}", Read([], True, [], [])
        lines, wrong = read_csv(raw, self.columns)
        if wrong:
            return Read([], False, [Finding("schema", name, wrong.row, "", *wrong[1:])], [])
        for number, cells in lines:
            if len(cells) != len(self.columns):
                counted = f"{len(cells)} cells", f"{len(self.columns)} cells"
                found.findings.append(Finding("schema", name, number, "", *counted, SURPLUS))
        lines = [(number, cells) for number, cells in lines if len(cells) == len(self.columns)]
        numbers = [number for number, _ in lines]
        by_column = zip(*(cells for _, cells in lines), strict=True)
        columns = [
            self._column(field, cells, name, numbers, found)
            for field, cells in zip(self.fields, by_column, strict=bool(lines))
        ]
        count = len(lines)
        above = [[cell] * count for cell in before]
        found.rows.extend(
            map(self.record._make, zip(*above, *columns, [name] * count, numbers, strict=True))
        )
        for row, (_, cells) in zip(found.rows, lines, strict=True):
            if row.reader:
                self._check_mark(row, cells, found)
        _mostly_unfit(found, name)
        found.findings.extend(self._twice(found.rows))
        return found

    def _column(
        self, field: Field, cells: Sequence[str], file: str, numbers: list[int], found: Read
    ) -> list[Any]:
        """The values of one column; what is wrong with its cells goes to what was found."""
        values: list[Any] = list(cells) if field.text else [field.empty] * len(cells)
        for at in field.doubtful(cells):
            values[at], wrong = field.read(cells[at])
            for one in wrong:
                problems = found.remarks if one.readable else found.findings
                problems.append(Finding("schema", file, numbers[at], field.name, *one[:3]))
        return values

    def _check_mark(self, row: Any, cells: Sequence[str], found: Read) -> None:
        """Whether what no rule can protect still stands as the row's second reader read it."""
        mark = row.reader
        _, read_on, *sealed = mark.split(" ")
        try:
            day(read_on)
        except ValueError:
            wanted = "a day of the calendar between initials and seal"
            advice = "have a second person read the row, then run `baoding sign`"
            at = row.file, row.line, "reader"
            found.findings.append(Finding("reader", *at, mark, wanted, advice))
        seal = self.seal(cells)
        if sealed != [seal]:
            wanted = f"the mark of a reading of the row as it stands, ending in {seal}"
            advice = (
                "labels, notes or other cells that no rule protects were changed since: have a"
                " second person read the row against its source, then run `baoding sign`"
            )
            at = row.file, row.line, "reader"
            found.remarks.append(Finding("reader", *at, mark, wanted, advice))

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
