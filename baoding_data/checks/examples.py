"""The invented seeds, and the changes to them that the rules find and pass."""

import csv
import json
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from baoding_data.checks.rule import Change
from baoding_data.reading import ANEW, content
from baoding_data.tables.files import checksum, written
from baoding_data.tables.seeds import Seeds, home

REPORT = "chengping-2023"
FOLDER = Path(__file__).with_name("invented")
TEXT = f"reports/{REPORT}.txt"


class Changed:
    """The files of the invented seeds with some changes, each of which is told in `told`.

    Raises LookupError where a change does not say which one row or words it is about.
    """

    def __init__(self, changes: Iterable[Change] = ()):
        package = json.loads(content(home() / "datapackage.json", ANEW))
        for resource in package["resources"]:
            if resource["name"] == "figures":
                resource["path"] = [f"figures/{REPORT}.csv"]
        self.files = {
            "datapackage.json": json.dumps(package).encode(),
            "terms.csv": content(home() / "terms.csv", ANEW),
        }
        self.told: list[str] = []
        for one in changes:
            if one.table == "text":
                self._reword(one.row, one.cells[""])
            else:
                self._edit(one)

    def seeds(self) -> Seeds:
        """The tables as they are after the changes."""
        return Seeds(FOLDER, self.files)

    def _text(self, file: str) -> str:
        raw = self.files.get(file)
        return (content(FOLDER / file, ANEW) if raw is None else raw).decode()

    def _reword(self, old: str, new: str) -> None:
        text = self._text(TEXT)
        if text.count(old) != 1:
            raise LookupError(f"“{old}” stands {text.count(old)} times in {TEXT}")
        reports = self._text("reports.csv").replace(
            checksum(text.encode()), checksum(text.replace(old, new).encode())
        )
        self.files["reports.csv"] = reports.encode()
        self.files[TEXT] = text.replace(old, new).encode()
        self.told.append(f"{TEXT}: {old} → {new}")

    def _edit(self, one: Change) -> None:
        file = f"figures/{REPORT}.csv" if one.table == "figures" else f"{one.table}.csv"
        header, *rows = csv.reader(StringIO(self._text(file), newline=""))
        at = [i for i, cells in enumerate(rows) if ",".join(cells).startswith(one.row)]
        if len(at) != 1:
            raise LookupError(f"{len(at)} rows of {file} begin with {one.row}")
        cells = rows[at[0]]
        place = f"{file}, row {at[0] + 2}"
        if one.cells:
            for column, new in one.cells.items():
                old = cells[header.index(column)]
                cells[header.index(column)] = new
                self.told.append(f"{place}, {column}: {old or '∅'} → {new or '∅'}")
        else:
            del rows[at[0]]
            self.told.append(f"{place}: − {','.join(cells)}")
        self.files[file] = written([header, *rows])
