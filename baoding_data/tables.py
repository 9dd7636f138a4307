"""The seeds, checked against their description and typed: plain rows for the audit, data frames for everyone else."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from baoding_data import saved
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


def finding(rule, row, column, found, wanted, advice):
    """A finding at one row of a table."""
    return Finding(rule, row["file"], row["row"], column, str(found), str(wanted), advice)


def home():
    """The folder of the seeds: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    return next((f for f in (package / "seeds", package.parent / "seeds") if (f / "datapackage.json").is_file()), package / "seeds")


class Seeds:
    """All tables of a seeds folder as rows (dictionaries, typed), with the reports' texts.

    Every row also holds its `file` and its `row`. `findings` lists what could not be read; rows with an unreadable
    cell hold `None` there. `remarks` lists what can be read, but may not pass an audit.
    """

    def __init__(self, folder=None):
        self.folder = Path(folder) if folder is not None else home()
        self.findings, self.remarks, self.unread = [], [], False
        try:
            self.package = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
            self.schemas = {resource["name"]: resource["schema"] for resource in self.package["resources"]}
            self._listed = [resource["path"] for resource in self.package["resources"] if resource["name"] == "figures"][0]
            for name in ("reports", "indicators", "figures", "observations", "identities", "neighbours", "overrides", "conflicts", "doubts", "places", "terms"):
                _ = [field["name"] for field in self.schemas[name]["fields"]], self.schemas[name]["primaryKey"]
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise BaodingError(f"{self.folder / 'datapackage.json'}: cannot be read as the description of the seeds "
                               f"({error}); give the folder that holds datapackage.json and the tables") from None
        self.reports = self._table("reports", "reports.csv")
        self.indicators = self._table("indicators", "indicators.csv")
        self.observations = self._table("observations", "observations.csv")
        self.identities = self._table("identities", "identities.csv")
        self.neighbours = self._table("neighbours", "neighbours.csv")
        self.overrides = self._table("overrides", "overrides.csv")
        self.conflicts = self._table("conflicts", "conflicts.csv")
        self.doubts = self._table("doubts", "doubts.csv")
        self.places = self._table("places", "places.csv")
        self.terms = self._table("terms", "terms.csv")
        self.figures = []
        for report in self.reports:
            if report["text"] and report["status"] == "audited":
                rows = self._table("figures", f"figures/{report['report']}.csv")
                self.figures += [{"report": report["report"]} | row for row in rows]
        if not self.unread:
            self._check_files()
            self._check_codes()

    @cached_property
    def texts(self):
        """The text of every report that has one on file, by report."""
        found = {}
        for report in self.reports:
            if not report["text"]:
                continue
            try:
                raw = (self.folder / "reports" / report["text"]).read_bytes()
            except (OSError, ValueError):
                self._find("text", report, "text", f"no file {report['text']}", "the report's text", f"put it in seeds/reports/: {saved.AS_TEXT}")
                continue
            what = saved.spoiled(raw)
            if what:
                self._find("text", report, "text", f"{report['text']} is {what}", "the report's text in UTF-8", saved.AS_TEXT)
            else:
                found[report["report"]] = Report(raw.decode("utf-8"))
        return found

    @cached_property
    def codebook(self):
        return {row["indicator"]: row for row in self.indicators}

    @cached_property
    def words(self):
        """(kind, code) to the row of terms.csv."""
        return {(row["kind"], row["code"]): row for row in self.terms}

    @cached_property
    def fingerprint(self):
        """Eight hexadecimal digits over the bytes of all tables and texts: two workbooks that bear the same hold the same data."""
        files = sorted(path for path in self.folder.rglob("*") if path.suffix in (".csv", ".txt"))
        inside = [path.relative_to(self.folder).as_posix().encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") for path in files]
        return sha256(b"\0".join(inside)).hexdigest()[:8]

    def canonical(self, unit):
        """The unit under which a printed unit is compared: 名 and 人 are one."""
        return self.units(unit)[0]

    def units(self, unit):
        """The canonical unit, and the others that the same things are counted in: a case file is a 宗 or a 份."""
        row = self.words.get(("unit", unit))
        return row["canonical"].split("|") if row else [unit]

    @cached_property
    def shares(self):
        """The indicators that are a share of two others."""
        return [row for row in self.indicators if row["numerator"] and row["denominator"]]

    @cached_property
    def ratios(self):
        """(report, indicator) of every share whose ratio identities.csv checks."""
        return {(row["report"], row["result"]) for row in self.identities if row["kind"] == "ratio"}

    @cached_property
    def source(self):
        """The reports by their codes."""
        return {row["report"]: row for row in self.reports}

    @cached_property
    def where(self):
        """The places by their codes."""
        return {row["place"]: row for row in self.places}

    def lineage(self, place):
        """A place and all places above it, from below; a circle is gone round once."""
        found = []
        while place in self.where and place not in found:
            found.append(place)
            place = self.where[place]["parent"]
        return found

    def _find(self, rule, row, column, found, wanted, advice):
        self.findings.append(Finding(rule, row["file"], row["row"], column, found, wanted, advice))

    def _remark(self, rule, row, column, found, wanted, advice):
        self.remarks.append(Finding(rule, row["file"], row["row"], column, found, wanted, advice))

    def _table(self, name, file):
        """The rows of one CSV file, typed; whatever is wrong with it goes to the findings."""
        fields = self.schemas[name]["fields"]
        columns = [field["name"] for field in fields]
        here = {"file": f"seeds/{file}", "row": None}
        lines = self._lines(file, here, columns)
        if lines is None:
            self.unread = True
            return []
        rows, read = [], _read(self.schemas[name])
        # Most cells are text in which nothing can be wrong; the rest is looked at more closely.
        kinds = [(field, field["name"], field["type"] == "string" and "pattern" not in field.get("constraints", _NONE), "required" in field.get("constraints", _NONE)) for field in fields]
        for number, cells in lines:
            at = here | {"row": number}
            if len(cells) != len(columns):
                self._find("schema", at, "", f"{len(cells)} cells", f"{len(columns)} cells", "put a cell that holds a comma in quotation marks, or add what is missing")
                continue
            row = {column: cell if text and saved.sound(cell) and (cell or not required) else self._cell(field, cell, at)
                   for (field, column, text, required), cell in zip(kinds, cells)} | at
            self._check_reading(row, cells, read)
            rows.append(row)
        self._check_keys(name, rows)
        return rows

    def _lines(self, file, here, columns):
        """(row, cells) of every line of a CSV file that is not empty, or None when it cannot be read as a table."""
        try:
            raw = (self.folder / file).read_bytes()
        except (OSError, ValueError):
            self._find("schema", here, "", "no such file", f"the table {Path(file).stem}", "put it there")
            return None
        what = saved.spoiled(raw)
        if what:
            self._find("schema", here, "", what, "CSV in UTF-8", f"{saved.AS_CSV}; it cannot be read safely as it is")
            return None
        reader = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        try:
            lines = [(number, cells) for number, cells in enumerate(reader, 1) if number == 1 or any(map(str.strip, cells))]
        except csv.Error as error:
            self._find("schema", here | {"row": reader.line_num}, "", f"not CSV ({error})", "CSV with commas", "look for a quotation mark that is not closed, in this row or above it")
            return None
        header = lines[0][1]
        if header != columns:
            missing, extra = [c for c in columns if c not in header], [c for c in header if c not in columns]
            found = saved.separated(",".join(header), columns) or (f"missing {missing or 'none'}, not known {extra or 'none'}" if missing or extra else f"order {header}")
            self._find("schema", here | {"row": 1}, "", found, ",".join(columns), f"write the header so, separated by commas, or {saved.AS_CSV}")
            return None
        return lines[1:]

    def _check_reading(self, row, cells, read):
        """Whether what no rule can protect still stands as the row's second reader read it."""
        mark = row.get("reader") or ""
        if mark and not _is_day(mark.split(" ")[1]):
            self._find("reader", row, "reader", mark, "a day of the calendar between initials and seal", "have a second person read the row, then run `baoding sign`")
        if mark and mark.split(" ")[2:] != [_seal(cells, read)]:
            self._remark("reader", row, "reader", mark, f"the mark of a reading of the row as it stands, ending in {_seal(cells, read)}",
                                      "labels, notes or other cells that no rule protects were changed since: have a second person read the row against its source, then run `baoding sign`")

    def _cell(self, field, cell, at):
        """One cell by its field's type and constraints; empty optional cells are "" for text and None for the rest."""
        name, kind, rules = field["name"], field["type"], field.get("constraints", _NONE)
        empty = "" if kind == "string" else None
        if cell != cell.strip():
            self._find("schema", at, name, repr(cell), "no blanks at the ends", "remove them")
            cell = cell.strip()
        if not cell:
            if rules.get("required"):
                self._find("schema", at, name, "an empty cell", field["description"], "fill it in")
            return empty
        try:
            value = _TYPES[kind](cell)
        except ValueError:
            self._find("schema", at, name, repr(cell), _FORMS[kind], saved.advice(cell, kind))
            return empty
        pattern = rules.get("pattern")
        if pattern and not re.fullmatch(pattern, cell):
            self._find("schema", at, name, repr(cell), f"the form {pattern}", saved.advice(cell, name))
            return empty
        if kind == "string":
            if saved.invisible(cell):
                self._remark("schema", at, name, f"{cell!r} with the character {saved.invisible(cell)}", "characters that can be seen, on one line", "type the cell anew")
            if saved.broken(cell):
                self._remark("schema", at, name, repr(cell), field["description"], saved.advice(cell, kind))
        elif "minimum" in rules and value < rules["minimum"] or "maximum" in rules and value > rules["maximum"]:
            self._find("schema", at, name, cell, f"{rules.get('minimum', '')} to {rules.get('maximum', '')}", "correct it")
        return value

    def _check_keys(self, name, rows):
        schema = self.schemas[name]
        seen = {}
        for row in rows:
            key = tuple(row[column] for column in schema["primaryKey"])
            if name == "figures" and not row["indicator"]:
                continue
            if key in seen:
                self._find("key", row, ", ".join(schema["primaryKey"]), " ".join(map(str, key)), f"a key of its own; row {seen[key]} has it", "remove one of the two, or correct it")
            seen.setdefault(key, row["row"])

    def _check_files(self):
        """Figures and reports, both ways: every file of figures belongs to a report, and the description lists those in use."""
        for report in self.reports:
            if report["published"] is None and report["status"] == "audited" and not any(f.row == report["row"] and f.column == "published" for f in self.findings):
                self._find("schema", report, "published", "an empty cell", "the date of an audited report", "fill it in")
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
        kinds = {field["terms"] for schema in self.schemas.values() for field in schema["fields"] if "terms" in field} | REQUIRED.keys()
        for row in self.terms:
            if row["kind"] not in kinds:
                near = _near(row["kind"], kinds)
                self._find("code", row, "kind", row["kind"], "a kind of code that some table uses", f"did you mean {near}?" if near else "remove the row")
        for row in self.places:
            if row["place"] in self.lineage(row["parent"]):
                self._find("code", row, "parent", row["parent"], "a place above it", f"{row['place']} stands above it too; correct one of the two")
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
    "number": "value date ordinal name set_apart",
    "bound": "exact about more_than at_least less_than at_most",
    "grade": "own A B C",
    "conflict": "conflict seeming",
    "status": "proved transcribed derived not_in_report not_read not_applicable counts_not_stated not_recorded",
}


def load(seeds=None):
    """The seeds as `Seeds`; raises BaodingError, listing all findings, when a table cannot be read as described."""
    tables = Seeds(seeds)
    _ = tables.texts
    if tables.findings:
        raise BaodingError("the seeds cannot be read:\n" + "\n".join(map(str, tables.findings)), tables.findings)
    return tables


def seal(schema, cells):
    """Eight hexadecimal digits over the cells of a row that only a second reader protects, and its key.

    The description marks such columns with `"guard": "reader"`. `cells` are those of the file, in its order.

    >>> seal({"primaryKey": ["code"], "fields": [{"name": "code"}, {"name": "zh", "guard": "reader"}, {"name": "reader"}]}, ["about", "约", "R2"])
    '84193cfd'
    """
    return _seal(cells, _read(schema))


def _read(schema):
    """Which columns of a table a second reader reads."""
    return [at for at, field in enumerate(schema["fields"]) if field.get("guard") == "reader" or field["name"] in schema["primaryKey"]]


def _is_day(written):
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def _seal(cells, read):
    return sha256("\x1f".join([cells[at].strip() for at in read]).encode()).hexdigest()[:8]


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
    if report in tables.source and report not in names:
        why = {"cited": "only cited: no text of it is on file, and what was read of it stands in observations()", "draft": "a draft"}[tables.source[report]["status"]]
        raise BaodingError(f"{report} is {why}; figures are there of {', '.join(names) or 'no report'}")
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
        elif field["type"] == "number":
            frame[field["name"]] = frame[field["name"]].astype(float)
        elif field["type"] == "integer" and not field.get("constraints", {}).get("required"):
            frame[field["name"]] = frame[field["name"]].astype("Int64")
    return frame


def reports(seeds=None):
    """All reports and other sources, one row each: place, year, kind, titles, issuer, date, address, checksum of the text, status.

    >>> reports().query("status == 'audited'")["report"].tolist()
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


def doubts(seeds=None):
    """The doubtful figures, one row each: the figures and words in question, and the explanation, with {indicator} for its numbers.

    >>> doubts().set_index("doubt").loc["open_suits", "figures"]
    'litigation_cases litigation_concluded'
    """
    return _frame("doubts", seeds)


def neighbours(seeds=None):
    """Indicators that are near to another without being the same, one row a pair, with what the difference is.

    >>> neighbours().query("indicator == 'litigation_loss_rate'")["neighbour"].tolist()[:2]
    ['litigation_win_rate', 'court_loss_rate']
    """
    return _frame("neighbours", seeds)


def conflicts(seeds=None):
    """Numbers of two sources that contradict each other or only seem to, one row each, with a named explanation.

    >>> conflicts().query("kind == 'conflict'")["conflict"].tolist()
    ['hubei_2020_total']
    """
    return _frame("conflicts", seeds)


def observations(seeds=None):
    """Figures of other places and years whose texts are not on file, one row each; what no text proves, only a reader does.

    `value` is a float in `unit`. Each row says where in its source it stands; its status wherever it is shown is `transcribed`.

    >>> observations().query("report == 'china-2019-reconsideration' and place == '130000'")["printed"].item()
    '7040'
    """
    return _frame("observations", seeds)


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
    if not re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", cell):
        raise ValueError
    return Decimal(cell)


def _date(cell):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        raise ValueError
    return date.fromisoformat(cell)


_NONE = {}
_TYPES = {"string": str, "integer": _integer, "number": _number, "date": _date}
_FORMS = {"integer": "a whole number in plain digits, as 316", "number": "a number in plain digits without needless zeros, as 20563 or 2.22",
          "date": "a date, as 2023-03-16"}
