"""One table as `datapackage.json` describes it: its columns and key, and how its rows are read."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from baoding_data.errors import Finding
from baoding_data.tables.cells import FORMS, TYPES, advice, broken, day, invisible, sound
from baoding_data.tables.files import read_csv
from baoding_data.tables.records import RECORDS
from baoding_data.tables.seal import Seal


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
        self.empty = "" if self.text else None

    def plain(self, cell: str) -> bool:
        """Whether a cell is text in which nothing can be wrong: most are."""
        return bool(cell and self.text and sound(cell) and (not self.form or self.form(cell)))

    def read(self, cell: str) -> tuple[Any, list[tuple[bool, str, str, str]]]:
        """The value of a cell, and (whether it can be read all the same, found, wanted, advice) of
        what is wrong with it.
        """
        wrong = []
        if cell != cell.strip():
            wrong.append((False, repr(cell), "no blanks at the ends", "remove them"))
            cell = cell.strip()
        if not cell:
            if self.required:
                wrong.append((False, "an empty cell", self.description, "fill it in"))
            return self.empty, wrong
        try:
            value = TYPES[self.kind](cell)
        except ValueError:
            return self.empty, [
                *wrong,
                (False, repr(cell), FORMS[self.kind], advice(cell, self.kind)),
            ]
        if self.form and not self.form(cell):
            form = f"the form {self.pattern}"
            return self.empty, [*wrong, (False, repr(cell), form, advice(cell, self.name))]
        if self.text:
            wrong += self._odd(cell)
        elif not self._within(value):
            span = f"{'' if self.least is None else self.least} to {self.most or ''}"
            wrong.append((False, cell, span, "correct it"))
        return value, wrong

    def _odd(self, cell: str) -> Iterator[tuple[bool, str, str, str]]:
        """Text that can be read, but that no curator writes."""
        if invisible(cell):
            found = f"{cell!r} with the character {invisible(cell)}"
            yield True, found, "characters that can be seen, on one line", "type the cell anew"
        if broken(cell):
            yield True, repr(cell), self.description, advice(cell, self.kind)

    def _within(self, value: Any) -> bool:
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )


class Schema:
    """The description of one table; raises LookupError or TypeError when it is none."""

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
        wanted = [name for name in self.record._fields if name not in ("file", "line")]
        if self.columns != (wanted[1:] if self.name == "figures" else wanted):
            raise ValueError(f"the columns of {self.name} are {', '.join(self.columns)}")

    def read(self, file: str, raw: bytes, *before: str) -> Read:
        """The rows of one CSV file, typed; `before` are cells that stand before those of the file,
        as the report's code before a figure's.
        """
        found = Read([], True, [], [])
        name = f"seeds/{file}"
        lines, wrong = read_csv(raw, self.columns)
        if wrong:
            problem = Finding("schema", name, wrong.row, "", *wrong[1:])
            return Read([], False, [problem], [])
        at = self.columns.index("reader")
        for number, cells in lines:
            if len(cells) != len(self.columns):
                found.findings.append(self._other_length(name, number, cells))
                continue
            values = [
                field.empty
                if not (cell or field.required)
                else cell
                if field.plain(cell)
                else self._cell(field, cell, name, number, found)
                for field, cell in zip(self.fields, cells, strict=True)
            ]
            if values[at]:
                self._check_mark(str(values[at]), cells, name, number, found)
            found.rows.append(self.record(*before, *values, name, number))
        found.findings.extend(self._twice(found.rows))
        return found

    def _other_length(self, file: str, number: int, cells: list[str]) -> Finding:
        advice = "put a cell that holds a comma in quotation marks, or add what is missing"
        counted = f"{len(cells)} cells", f"{len(self.columns)} cells"
        return Finding("schema", file, number, "", *counted, advice)

    def _cell(self, field: Field, cell: str, file: str, number: int, found: Read) -> Any:
        value, wrong = field.read(cell)
        for readable, *words in wrong:
            problems = found.remarks if readable else found.findings
            problems.append(Finding("schema", file, number, field.name, *words))
        return value

    def _check_mark(
        self, mark: str, cells: Sequence[str], file: str, number: int, found: Read
    ) -> None:
        """Whether what no rule can protect still stands as the row's second reader read it."""
        _, read_on, *sealed = mark.split(" ")
        try:
            day(read_on)
        except ValueError:
            wanted = "a day of the calendar between initials and seal"
            advice = "have a second person read the row, then run `baoding sign`"
            found.findings.append(Finding("reader", file, number, "reader", mark, wanted, advice))
        seal = self.seal(cells)
        if sealed != [seal]:
            wanted = f"the mark of a reading of the row as it stands, ending in {seal}"
            advice = (
                "labels, notes or other cells that no rule protects were changed since: have a"
                " second person read the row against its source, then run `baoding sign`"
            )
            found.remarks.append(Finding("reader", file, number, "reader", mark, wanted, advice))

    def _twice(self, rows: list[Any]) -> Iterator[Finding]:
        """Rows whose key another row has; a number that is set apart has none."""
        seen: dict[tuple[object, ...], int] = {}
        for row in rows:
            key = tuple(getattr(row, column) for column in self.key)
            if self.name == "figures" and not row.indicator:
                continue
            if key in seen:
                yield Finding(
                    "key",
                    row.file,
                    row.line,
                    ", ".join(self.key),
                    " ".join(map(str, key)),
                    f"a key of its own; row {seen[key]} has it",
                    "remove one of the two, or correct it",
                )
            seen.setdefault(key, row.line)
