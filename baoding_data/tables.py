"""The seeds, checked against their description and typed: plain rows for the audit, data frames for everyone else."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from baoding_data.errors import BaodingError
from baoding_data.report import Report


class Finding(NamedTuple):
    """One thing wrong in the seeds: `row` is the row as a spreadsheet program numbers it, the header being row 1."""

    rule: str
    file: str
    row: int | None
    column: str
    found: str
    wanted: str
    advice: str

    def __str__(self):
        place = ", ".join(str(part) for part in (self.file, f"row {self.row}" if self.row else "", self.column) if part)
        return f"{place}: found {self.found}; wanted {self.wanted}; {self.advice}"


def home():
    """The folder of the seeds: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    return next((f for f in (package / "seeds", package.parent / "seeds") if (f / "datapackage.json").is_file()), package / "seeds")


class Seeds:
    """All tables of a seeds folder as rows (dictionaries, typed), with the reports' texts.

    Every row also holds its `file` and its `row`. `findings` lists what could not be read; rows with an unreadable
    cell hold `None` there.
    """

    def __init__(self, folder=None):
        self.folder = Path(folder) if folder is not None else home()
        self.findings = []
        try:
            self.package = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
            self.schemas = {resource["name"]: resource["schema"] for resource in self.package["resources"]}
            self._listed = [resource["path"] for resource in self.package["resources"] if resource["name"] == "figures"][0]
            for name in ("reports", "indicators", "figures", "identities", "places", "terms"):
                _ = [field["name"] for field in self.schemas[name]["fields"]], self.schemas[name]["primaryKey"]
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise BaodingError(f"{self.folder / 'datapackage.json'}: cannot be read as the description of the seeds "
                               f"({error}); give the folder that holds datapackage.json and the tables") from None
        self.reports = self._table("reports", "reports.csv")
        self.indicators = self._table("indicators", "indicators.csv")
        self.identities = self._table("identities", "identities.csv")
        self.places = self._table("places", "places.csv")
        self.terms = self._table("terms", "terms.csv")
        self.figures = []
        for report in self.reports:
            if report["text"] and report["status"] == "audited":
                rows = self._table("figures", f"figures/{report['report']}.csv")
                self.figures += [{"report": report["report"]} | row for row in rows]
        self._check_files()
        self._check_codes()

    @cached_property
    def texts(self):
        """The text of every report that has one on file, by report."""
        found = {}
        for report in self.reports:
            if not report["text"]:
                continue
            path = self.folder / "reports" / report["text"]
            try:
                found[report["report"]] = Report(path.read_bytes().decode("utf-8"))
            except UnicodeDecodeError:
                self._find("text", report, "text", f"{path.name} is not UTF-8", "UTF-8", "save it as UTF-8 and correct sha256")
            except (OSError, ValueError):
                self._find("text", report, "text", f"no file {report['text']}", "the report's text", "put the text there as published")
        return found

    @cached_property
    def codebook(self):
        return {row["indicator"]: row for row in self.indicators}

    @cached_property
    def words(self):
        """(kind, code) to the row of terms.csv."""
        return {(row["kind"], row["code"]): row for row in self.terms}

    def canonical(self, unit):
        """The unit under which a printed unit is compared: 名 and 人 are one."""
        row = self.words.get(("unit", unit))
        return row["canonical"] if row else unit

    def _find(self, rule, row, column, found, wanted, advice):
        self.findings.append(Finding(rule, row["file"], row["row"], column, found, wanted, advice))

    def _table(self, name, file):
        """The rows of one CSV file, typed; whatever is wrong with it goes to the findings."""
        fields = self.schemas[name]["fields"]
        columns = [field["name"] for field in fields]
        here = {"file": f"seeds/{file}", "row": None}
        try:
            text = (self.folder / file).read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            self._find("schema", here, "", "not UTF-8", "UTF-8", "save it as “CSV UTF-8”; as saved now, perhaps in GBK, it cannot be read safely")
            return []
        except (OSError, ValueError):
            self._find("schema", here, "", "no such file", f"the table {name}", "put it there")
            return []
        try:
            lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            self._find("schema", here, "", f"not CSV ({error})", "CSV with commas", "look for a quotation mark that is not closed")
            return []
        header = lines[0] if lines else []
        if header != columns:
            missing, extra = [c for c in columns if c not in header], [c for c in header if c not in columns]
            found = f"missing {missing or 'none'}, not known {extra or 'none'}" if missing or extra else f"order {header}"
            self._find("schema", here | {"row": 1}, "", found, ",".join(columns), "write the header so, separated by commas")
            return []
        rows = []
        for number, cells in enumerate(lines[1:], 2):
            at = here | {"row": number}
            if not any(cells):
                continue
            if len(cells) != len(columns):
                self._find("schema", at, "", f"{len(cells)} cells", f"{len(columns)} cells", "put a cell that holds a comma in quotation marks, or add what is missing")
                continue
            rows.append({f["name"]: self._cell(f, cell, at) for f, cell in zip(fields, cells)} | at)
        self._check_keys(name, rows)
        return rows

    def _cell(self, field, cell, at):
        """One cell by its field's type and constraints; empty optional cells are "" for text and None for the rest."""
        rules, kind = field.get("constraints", {}), field["type"]
        empty = "" if kind == "string" else None
        if cell != cell.strip():
            self._find("schema", at, field["name"], repr(cell), "no blanks at the ends", "remove them")
            cell = cell.strip()
        if not cell:
            if rules.get("required"):
                self._find("schema", at, field["name"], "an empty cell", field["description"], "fill it in")
            return empty
        try:
            value = _TYPES[kind](cell)
        except ValueError:
            self._find("schema", at, field["name"], repr(cell), _FORMS[kind], "write it so")
            return empty
        pattern = rules.get("pattern")
        if pattern and not re.fullmatch(pattern, cell):
            self._find("schema", at, field["name"], repr(cell), f"the form {pattern}", "write it so")
            return empty
        if "minimum" in rules and value < rules["minimum"] or "maximum" in rules and value > rules["maximum"]:
            self._find("schema", at, field["name"], cell, f"{rules.get('minimum', '')} to {rules.get('maximum', '')}", "correct it")
        return value

    def _check_keys(self, name, rows):
        schema = self.schemas[name]
        seen = {}
        for row in rows:
            key = tuple(row[column] for column in schema["primaryKey"])
            if name == "figures" and not row["indicator"]:
                continue
            if key in seen:
                self._find("key", row, ", ".join(schema["primaryKey"]), " ".join(key), f"a key of its own; row {seen[key]} has it", "remove one of the two, or correct it")
            seen.setdefault(key, row["row"])

    def _check_files(self):
        """Figures and reports, both ways: every file of figures belongs to a report, and the description lists those in use."""
        used = [f"figures/{r['report']}.csv" for r in self.reports if r["text"] and r["status"] == "audited"]
        known = {f"figures/{r['report']}.csv" for r in self.reports} | {f"reports/{r['text']}" for r in self.reports}
        for path in sorted([*(self.folder / "figures").glob("*.csv"), *(self.folder / "reports").glob("*.txt")]):
            name = f"{path.parent.name}/{path.name}"
            if name not in known:
                self._find("schema", {"file": f"seeds/{name}", "row": None}, "", f"{path.parent.name} of no report", "a report of reports.csv", "add the report, or remove the file")
        if self._listed != used:
            self._find("schema", {"file": "seeds/datapackage.json", "row": None}, "figures", str(self._listed), str(used), "correct the paths of the figures")

    def _check_codes(self):
        """Foreign keys, and codes that terms.csv must know and translate; the library itself uses some of them."""
        here = {"file": "seeds/terms.csv", "row": None}
        for kind, codes in REQUIRED.items():
            for code in codes.split():
                if (kind, code) not in self.words:
                    self._find("code", here, "code", f"no {kind} {code}", "a word for it in both languages", "restore the row")
        tables = {name: getattr(self, name) for name in self.schemas}
        for name, schema in self.schemas.items():
            known = []
            for key in schema.get("foreignKeys", ()):
                to = key["reference"]
                known.append((key["fields"], {row[to["fields"]] for row in tables[to["resource"] or name]}, f"{to['resource'] or name}.csv"))
            for field in schema["fields"]:
                if "terms" in field:
                    known.append((field["name"], {code for kind, code in self.words if kind == field["terms"]}, f"terms.csv, kind {field['terms']}"))
            for row in tables[name]:
                for column, codes, where in known:
                    if row[column] and row[column] not in codes:
                        near = _near(row[column], codes)
                        self._find("code", row, column, row[column], f"a code of {where}", f"did you mean {near}?" if near else "correct it, or add it there")


# Codes that no table needs to hold, but that a reader meets.
REQUIRED = {
    "number": "value date ordinal name",
    "bound": "exact about more_than at_least less_than at_most",
    "status": "proved transcribed derived not_in_report not_read not_applicable counts_not_stated not_recorded",
}


def load(seeds=None):
    """The seeds as `Seeds`; raises BaodingError, listing all findings, when a table cannot be read as described."""
    tables = Seeds(seeds)
    _ = tables.texts
    if tables.findings:
        raise BaodingError("the seeds cannot be read:\n" + "\n".join(map(str, tables.findings)), tables.findings)
    return tables


def parts(terms):
    """The right side of an identity as (operator, indicator) pairs.

    >>> parts("commitment_items - commitment_items_added")
    [('+', 'commitment_items'), ('-', 'commitment_items_added')]
    """
    words = f"+ {terms}".split(" ")
    return list(zip(words[::2], words[1::2]))


def one_report(tables, report=None):
    """The report asked for, or the only one; raises BaodingError that names the choices."""
    names = [row["report"] for row in tables.reports if row["status"] == "audited"]
    if report is not None:
        return known(report, names, "report")
    if len(names) != 1:
        raise BaodingError(f"{len(names)} reports are on file; say which: report= one of {', '.join(names) or 'none'}")
    return names[0]


def known(name, names, what):
    """The name itself if it is one of the names; raises BaodingError with the nearest ones."""
    if name in names:
        return name
    near = _near(str(name), names)
    raise BaodingError(f"no {what} {name!r}; " + (f"did you mean {near}?" if near else f"there are {', '.join(map(str, names))}"))


def _near(name, names):
    from difflib import get_close_matches

    return " or ".join(get_close_matches(name, [str(n) for n in names], 3, 0.5))


def _frame(name, seeds):
    import pandas as pd

    tables = load(seeds)
    fields = tables.schemas[name]["fields"]
    frame = pd.DataFrame(getattr(tables, name), columns=[field["name"] for field in fields])
    for field in fields:
        if field["type"] == "date":
            frame[field["name"]] = pd.to_datetime(frame[field["name"]])
        elif field["type"] == "integer" and not field.get("constraints", {}).get("required"):
            frame[field["name"]] = frame[field["name"]].astype("Int64")
    return frame


def reports(seeds=None):
    """All reports, one row each: place, year, titles, issuer, date, address, checksum of the text, status.

    >>> reports()["report"].tolist()
    ['baoding-2022']
    """
    return _frame("reports", seeds)


def indicators(seeds=None):
    """The codebook, one row for each indicator: topic, labels, unit, measure, definitions.

    >>> indicators().set_index("indicator").loc["litigation_lost", "label_zh"]
    '败诉的案件'
    """
    return _frame("indicators", seeds)


def identities(seeds=None):
    """The arithmetic that reports state or imply, one row each.

    >>> identities().set_index("identity").loc["loss_rate", "terms"]
    'litigation_lost / litigation_concluded'
    """
    return _frame("identities", seeds)


def places(seeds=None):
    """All places, one row each: code by GB/T 2260, names, level, place above, population where on file.

    >>> places().set_index("place").loc["130600", "name_zh"]
    '保定市'
    """
    return _frame("places", seeds)


def terms(seeds=None):
    """Every code with its Chinese and its English word.

    >>> terms().query("kind == 'bound' and code == 'at_least'")["zh"].item()
    '不少于'
    """
    return _frame("terms", seeds)


def _integer(cell):
    if not re.fullmatch(r"-?[0-9]+", cell):
        raise ValueError
    return int(cell)


def _number(cell):
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell):
        raise ValueError
    return Decimal(cell)


def _date(cell):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        raise ValueError
    return date.fromisoformat(cell)


_TYPES = {"string": str, "integer": _integer, "number": _number, "date": _date}
_FORMS = {"integer": "a whole number in plain digits, as 316", "number": "a number in plain digits, as 20563 or 2.22",
          "date": "a date, as 2023-03-16"}
