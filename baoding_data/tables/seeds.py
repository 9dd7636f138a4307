"""The seeds, checked against their description and typed: plain rows for the audit, data frames for
everyone else.
"""

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

from baoding_data.errors import BaodingError
from baoding_data.tables import saved
from baoding_data.text.report import Report


class Finding(NamedTuple):
    """One thing wrong in the seeds: `row` is the row as a spreadsheet program numbers it, the
    header being row 1.
    """

    rule: str
    file: str
    row: int | None
    column: str
    found: str
    wanted: str
    advice: str

    def __str__(self):
        place = ", ".join(
            str(part)
            for part in (self.file, f"row {self.row}" if self.row else "", self.column)
            if part
        )
        return f"{place}: found {self.found}; wanted {self.wanted}; {self.advice}"


def finding(rule, row, column, found, wanted, advice):
    """A finding at one row of a table."""
    return Finding(rule, row["file"], row["row"], column, str(found), str(wanted), advice)


# In the tables' words, which speak of a city, what belongs to its rank: 全市, 市政府, 市本级; not 市场.
_OF_A_CITY = re.compile("市(?=政府|本级|直|级|县|代表|委|人大)|(?<=全)市")


def rows_as_text(file, raw, columns):
    """The rows of a CSV file with these columns, all cells as text, each with its `file` and `row`;
    raises BaodingError, with the place, for anything else.
    """
    lines, wrong = saved.table(raw, columns)
    if wrong:
        row, found, wanted, advice = wrong
        raise BaodingError(
            f"{file}{f', row {row}' if row else ''}: found {found}; wanted {wanted}; {advice}"
        )
    short = [row for row, cells in lines if len(cells) != len(columns)]
    if short:
        raise BaodingError(
            "\n".join(
                f"{file}, row {row}: found another number of cells; wanted {len(columns)}; put a"
                " cell that holds a comma in quotation marks, or add what is missing"
                for row in short
            )
        )
    return [
        dict(zip(columns, map(str.strip, cells))) | {"file": file, "row": row}
        for row, cells in lines
    ]


def number_equal(rows):
    """Tell apart the rows of one report that print the same number in the same quote: `nth` counts
    them, shared ones as one.
    """
    seen = {}
    for row in rows:
        key = row["printed"], row["quote"]
        if row["shared"][:2] in ("", "1/"):
            seen[key] = seen.get(key, -1) + 1
        row["nth"] = seen.get(key, 0)


# The parsed texts of so many reports are kept; of more, the memory would not suffice.
KEPT = 50


def written(lines):
    """The bytes of a table, as every table is written."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().encode()


def home():
    """The folder of the seeds: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    return next(
        (
            f
            for f in (package / "seeds", package.parent / "seeds")
            if (f / "datapackage.json").is_file()
        ),
        package / "seeds",
    )


class Seeds:
    """All tables of a seeds folder as rows (dictionaries, typed), with the reports' texts.

    Every row also holds its `file` and its `row`. `findings` lists what could not be read; rows
    with an unreadable cell hold `None` there. `remarks` lists what can be read, but may not pass an
    audit.
    """

    def __init__(self, folder=None, instead=None):
        """`instead` gives other bytes for some files, as {"reports.csv": b"..."}: what the folder
        would be after a change.
        """
        self.folder = Path(folder) if folder is not None else home()
        self.findings, self.remarks, self.unread, self._instead = [], [], False, instead or {}
        try:
            self.package = json.loads(self.raw("datapackage.json").decode())
            self.schemas = {
                resource["name"]: resource["schema"] for resource in self.package["resources"]
            }
            self._listed = [
                resource["path"]
                for resource in self.package["resources"]
                if resource["name"] == "figures"
            ][0]
            for name in (
                "reports",
                "indicators",
                "figures",
                "observations",
                "identities",
                "neighbours",
                "overrides",
                "conflicts",
                "doubts",
                "places",
                "terms",
            ):
                _ = (
                    [field["name"] for field in self.schemas[name]["fields"]],
                    self.schemas[name]["primaryKey"],
                )
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise BaodingError(
                f"{self.folder / 'datapackage.json'}: cannot be read as the description of the"
                f" seeds ({error}); give the folder that holds datapackage.json and the tables"
            ) from None
        self.reports = self.table("reports", "reports.csv")
        self.drafts = {row["report"] for row in self.reports if row["status"] == "draft"}
        self.indicators = self.table("indicators", "indicators.csv")
        self.observations = self.table("observations", "observations.csv")
        self.identities = self.table("identities", "identities.csv")
        self.neighbours = self.table("neighbours", "neighbours.csv")
        self.overrides = self.table("overrides", "overrides.csv")
        self.conflicts = self.table("conflicts", "conflicts.csv")
        self.doubts = self.table("doubts", "doubts.csv")
        self.places = self.table("places", "places.csv")
        self.terms = self.table("terms", "terms.csv")
        # While the text of a source is being curated, what was read of it before is still shown,
        # and the source as cited.
        for row in self.reports:
            if row["status"] == "draft" and any(
                seen["report"] == row["report"] for seen in self.observations
            ):
                row["status"] = "cited"
        self.figures = []
        for report in self.reports:
            if report["text"] and report["status"] == "audited":
                rows = self.table("figures", f"figures/{report['report']}.csv")
                self._check_filled(rows)
                number_equal(rows)
                self.figures += [{"report": report["report"]} | row for row in rows]
        if not self.unread:
            self._check_files()
            self._check_codes()

    def raw(self, file):
        """The bytes of one file of the folder."""
        return self._instead[file] if file in self._instead else (self.folder / file).read_bytes()

    def lines(self, file):
        """The cells of a table as they stand in its file, the header first: to be changed and
        written again.
        """
        return list(csv.reader(io.StringIO(self.raw(file).decode("utf-8-sig"), newline="")))

    def drafted(self, report):
        """The rows of figures that were accepted of a draft so far, as text; raises BaodingError
        when their table is spoiled.
        """
        file = f"figures/{report}.csv"
        if file not in self._instead and not (self.folder / file).is_file():
            return []
        columns = [field["name"] for field in self.schemas["figures"]["fields"]]
        rows = rows_as_text(f"seeds/{file}", self.raw(file), columns)
        number_equal(rows)
        return rows

    @cached_property
    def texts(self):
        """The text of every report that has one on file, by report."""
        found = {}
        for report in self.reports:
            if not report["text"]:
                continue
            try:
                raw = self.raw(f"reports/{report['text']}")
            except (OSError, ValueError):
                self._find(
                    "text",
                    report,
                    "text",
                    f"no file {report['text']}",
                    "the report's text",
                    f"put it in seeds/reports/: {saved.AS_TEXT}",
                )
                continue
            what = saved.spoiled(raw)
            if what:
                self._find(
                    "text",
                    report,
                    "text",
                    f"{report['text']} is {what}",
                    "the report's text in UTF-8",
                    saved.AS_TEXT,
                )
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
        """Eight hexadecimal digits over the bytes of all tables and texts: two workbooks that bear
        the same hold the same data.

        Drafts are left out, as they are left out of everything that is published; a source that was
        cited before counts as it was.
        """
        drafts = [row for row in self.reports if row["report"] in self.drafts]
        left_out = {f"reports/{row['text']}" for row in drafts} | {
            f"figures/{row['report']}.csv" for row in drafts
        }
        files = {
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.suffix in (".csv", ".txt")
        } - left_out
        inside = []
        for file in sorted(files):
            raw = (
                self._without_drafts(file)
                if drafts and file in ("reports.csv", "identities.csv", "doubts.csv")
                else self.raw(file).replace(b"\r\n", b"\n")
            )
            inside.append(file.encode() + b"\0" + raw)
        return sha256(b"\0".join(inside)).hexdigest()[:8]

    def _without_drafts(self, file):
        """The bytes of a table without the rows of drafts; one that is shown as cited stands in
        reports.csv as such.
        """
        header, *lines = self.lines(file)
        kept = []
        for cells in lines:
            if cells[0] not in self.drafts:
                kept.append(cells)
            elif file == "reports.csv" and self.source[cells[0]]["status"] == "cited":
                kept.append(
                    [
                        *(
                            dict(zip(header, cells)) | {"text": "", "sha256": "", "status": "cited"}
                        ).values()
                    ]
                )
        return written([header, *kept])

    def published(self, name):
        """The rows of a table without those of drafts."""
        return [
            row
            for row in getattr(self, name)
            if row.get("report") not in self.drafts
            or name == "observations"
            or name == "reports"
            and row["status"] == "cited"
        ]

    def wordings(self, kind, code, place=None):
        """The words by which a sentence shows a code, read for the rank of a place: 全市 is 全县 in a
        county's report.
        """
        row = self.words.get((kind, code))
        return self.for_rank(row["wording"].split("|"), place) if row and row["wording"] else []

    def for_rank(self, words, place):
        """Words of the tables, which speak of a city, and the same for the rank of another place:
        市政府, 县政府.
        """
        rank = self.where[place]["name_zh"][-1] if place in self.where else "市"
        return (
            words
            if rank == "市" or rank not in "省区县州盟旗镇乡"
            else [_OF_A_CITY.sub(rank, word) for word in words]
        )

    def canonical(self, unit):
        """The unit under which a printed unit is compared: 名 and 人 are one."""
        return self.units(unit)[0]

    def units(self, unit):
        """The canonical unit, and the others that the same things are counted in: a case file is a
        宗 or a 份.
        """
        row = self.words.get(("unit", unit))
        return row["canonical"].split("|") if row else [unit]

    @cached_property
    def counted(self):
        """The canonical units of each indicator's figures: that of the codebook is one of them,
        another report may count otherwise.
        """
        found = {}
        for row in self.figures:
            found.setdefault(row["indicator"], set()).add(self.canonical(row["unit"]))
        return found

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

    def cues(self, report, indicator, column):
        """The keywords, or the wordings of the context, of an indicator in one report; none for an
        indicator that no text has worded yet.
        """
        book = self.codebook.get(indicator)
        return (
            self.for_rank(
                book[column].split("|"),
                self.source[report]["place"] if report in self.source else None,
            )
            if book and book[column]
            else []
        )

    def _find(self, rule, row, column, found, wanted, advice):
        self.findings.append(Finding(rule, row["file"], row["row"], column, found, wanted, advice))

    def _remark(self, rule, row, column, found, wanted, advice):
        self.remarks.append(Finding(rule, row["file"], row["row"], column, found, wanted, advice))

    def table(self, name, file):
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
        kinds = []
        for field in fields:
            rules, text = field.get("constraints", _NONE), field["type"] == "string"
            kinds.append(
                (
                    field,
                    field["name"],
                    text,
                    re.compile(rules["pattern"]).fullmatch if "pattern" in rules else None,
                    "required" in rules,
                    "" if text else None,
                )
            )
        for number, cells in lines:
            at = here | {"row": number}
            if len(cells) != len(columns):
                self._find(
                    "schema",
                    at,
                    "",
                    f"{len(cells)} cells",
                    f"{len(columns)} cells",
                    "put a cell that holds a comma in quotation marks, or add what is missing",
                )
                continue
            row = {
                column: (
                    empty
                    if not (cell or required)
                    else (
                        cell
                        if cell and text and saved.sound(cell) and (form is None or form(cell))
                        else self._cell(field, cell, at)
                    )
                )
                for (field, column, text, form, required, empty), cell in zip(kinds, cells)
            } | at
            self._check_reading(row, cells, read)
            rows.append(row)
        self._check_keys(name, rows)
        return rows

    def _lines(self, file, here, columns):
        """(row, cells) of every line of a CSV file that is not empty, or None when it cannot be
        read as a table.
        """
        try:
            raw = self.raw(file)
        except (OSError, ValueError):
            self._find(
                "schema", here, "", "no such file", f"the table {Path(file).stem}", "put it there"
            )
            return None
        lines, wrong = saved.table(raw, columns)
        if wrong:
            row, *rest = wrong
            self._find("schema", here | {"row": row}, "", *rest)
        return None if wrong else lines

    def _check_reading(self, row, cells, read):
        """Whether what no rule can protect still stands as the row's second reader read it."""
        mark = row.get("reader") or ""
        if mark and not _is_day(mark.split(" ")[1]):
            self._find(
                "reader",
                row,
                "reader",
                mark,
                "a day of the calendar between initials and seal",
                "have a second person read the row, then run `baoding sign`",
            )
        if mark and mark.split(" ")[2:] != [_seal(cells, read)]:
            self._remark(
                "reader",
                row,
                "reader",
                mark,
                f"the mark of a reading of the row as it stands, ending in {_seal(cells, read)}",
                "labels, notes or other cells that no rule protects were changed since: have a"
                " second person read the row against its source, then run `baoding sign`",
            )

    def _cell(self, field, cell, at):
        """One cell by its field's type and constraints; empty optional cells are "" for text and
        None for the rest.
        """
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
            self._find(
                "schema", at, name, repr(cell), f"the form {pattern}", saved.advice(cell, name)
            )
            return empty
        if kind == "string":
            if saved.invisible(cell):
                self._remark(
                    "schema",
                    at,
                    name,
                    f"{cell!r} with the character {saved.invisible(cell)}",
                    "characters that can be seen, on one line",
                    "type the cell anew",
                )
            if saved.broken(cell):
                self._remark(
                    "schema", at, name, repr(cell), field["description"], saved.advice(cell, kind)
                )
        elif (
            "minimum" in rules
            and value < rules["minimum"]
            or "maximum" in rules
            and value > rules["maximum"]
        ):
            self._find(
                "schema",
                at,
                name,
                cell,
                f"{rules.get('minimum', '')} to {rules.get('maximum', '')}",
                "correct it",
            )
        return value

    def _check_filled(self, figures):
        """Only a number that is set apart may have neither value nor bound: it may be unclear."""
        found = {(f.file, f.row, f.column) for f in self.findings}
        for field in (
            field
            for field in self.schemas["figures"]["fields"]
            if field["name"] in ("value", "bound")
        ):
            for row in figures:
                if (
                    row["indicator"]
                    and not row[field["name"]]
                    and row[field["name"]] != 0
                    and (row["file"], row["row"], field["name"]) not in found
                ):
                    self._find(
                        "schema",
                        row,
                        field["name"],
                        "an empty cell",
                        field["description"],
                        "fill it in",
                    )

    def _check_keys(self, name, rows):
        schema = self.schemas[name]
        seen = {}
        for row in rows:
            key = tuple(row[column] for column in schema["primaryKey"])
            if name == "figures" and not row["indicator"]:
                continue
            if key in seen:
                self._find(
                    "key",
                    row,
                    ", ".join(schema["primaryKey"]),
                    " ".join(map(str, key)),
                    f"a key of its own; row {seen[key]} has it",
                    "remove one of the two, or correct it",
                )
            seen.setdefault(key, row["row"])

    def _check_files(self):
        """Figures and reports, both ways: every file of figures belongs to a report, and the
        description lists those in use.
        """
        needed = [
            (field["name"], field)
            for field in self.schemas["reports"]["fields"]
            if "needed" in field
        ]
        for report in self.reports:
            for column, field in needed:
                if (
                    not report[column]
                    and report["status"] in field["needed"]
                    and not any(
                        f.row == report["row"] and f.column == column and f.file == report["file"]
                        for f in self.findings
                    )
                ):
                    self._find(
                        "schema",
                        report,
                        column,
                        "an empty cell",
                        f"{field['description']} Needed where the status is {report['status']}",
                        "fill it in",
                    )
        used = [
            f"figures/{r['report']}.csv"
            for r in self.reports
            if r["text"] and r["status"] == "audited"
        ]
        known = {f"figures/{r['report']}.csv" for r in self.reports} | {
            f"reports/{r['text']}" for r in self.reports
        }
        for path in sorted(
            [*(self.folder / "figures").glob("*.csv"), *(self.folder / "reports").glob("*.txt")]
        ):
            name = f"{path.parent.name}/{path.name}"
            if name not in known:
                self._remark(
                    "schema",
                    {"file": f"seeds/{name}", "row": None},
                    "",
                    f"{path.parent.name} of no report",
                    "a report of reports.csv",
                    "add the report, or remove the file",
                )
        # One that is listed, but still a draft, is being accepted: the status is the last to
        # change.
        drafts = {f"figures/{name}.csv" for name in self.drafts}
        if [path for path in self._listed if path not in drafts] != used:
            self._find(
                "schema",
                {"file": "seeds/datapackage.json", "row": None},
                "figures",
                str(self._listed),
                str(used),
                "correct the paths of the figures",
            )

    def _check_codes(self):
        """Foreign keys, and codes that terms.csv must know and translate; the library itself uses
        some of them.
        """
        here = {"file": "seeds/terms.csv", "row": None}
        for kind, codes in REQUIRED.items():
            for code in codes.split():
                if (kind, code) not in self.words:
                    self._find(
                        "code",
                        here,
                        "code",
                        f"no {kind} {code}",
                        "a word for it in both languages",
                        "restore the row",
                    )
        kinds = {
            field["terms"]
            for schema in self.schemas.values()
            for field in schema["fields"]
            if "terms" in field
        } | REQUIRED.keys()
        for row in self.terms:
            if row["kind"] not in kinds:
                like = near(row["kind"], kinds)
                self._find(
                    "code",
                    row,
                    "kind",
                    row["kind"],
                    "a kind of code that some table uses",
                    f"did you mean {like}?" if like else "remove the row",
                )
        for row in self.places:
            if row["place"] in self.lineage(row["parent"]):
                self._find(
                    "code",
                    row,
                    "parent",
                    row["parent"],
                    "a place above it",
                    f"{row['place']} stands above it too; correct one of the two",
                )
        tables = {name: getattr(self, name) for name in self.schemas}
        for name, schema in self.schemas.items():
            known = []
            for key in schema.get("foreignKeys", ()):
                to = key["reference"]
                known.append(
                    (
                        key["fields"],
                        {row[to["fields"]] for row in tables[to["resource"] or name]},
                        f"{to['resource'] or name}.csv",
                    )
                )
            for field in schema["fields"]:
                if "terms" in field:
                    known.append(
                        (
                            field["name"],
                            {code for kind, code in self.words if kind == field["terms"]},
                            f"terms.csv, kind {field['terms']}",
                        )
                    )
            for row in tables[name]:
                for column, codes, where in known:
                    if row[column] and row[column] not in codes:
                        like = near(row[column], codes)
                        self._find(
                            "code",
                            row,
                            column,
                            row[column],
                            f"a code of {where}",
                            f"did you mean {like}?" if like else "correct it, or add it there",
                        )


# Codes that no table needs to hold, but that a reader meets.
REQUIRED = {
    "number": "value date ordinal name set_apart unclear",
    "unclear": "fraction ratio dots comma blank line minus vague numeral half",
    "no_figure": "duration change part_of_name ranking requirement elsewhere repeated no_indicator",
    "bound": "exact about more_than at_least less_than at_most",
    "grade": "own A B C",
    "conflict": "conflict seeming",
    "status": (
        "proved transcribed derived not_in_report not_read not_applicable counts_not_stated"
        " not_recorded"
    ),
}


def load(seeds=None):
    """The seeds as `Seeds`; raises BaodingError, listing all findings, when a table cannot be read
    as described.
    """
    tables = Seeds(seeds)
    _ = tables.texts
    if tables.findings:
        raise BaodingError(
            "the seeds cannot be read:\n" + "\n".join(map(str, tables.findings)), tables.findings
        )
    return tables


def own(seeds=None):
    """The seeds of a folder that may be changed; raises BaodingError for those of an installed
    package, and for tables that cannot be read.
    """
    if seeds is None and home().parent == Path(__file__).resolve().parents[1]:
        raise BaodingError(
            "the tables of an installed package are not changed; name your folder of tables:"
            " --seeds DIR"
        )
    return load(seeds)


def seal(schema, cells):
    """Eight hexadecimal digits over the cells of a row that only a second reader protects, and its
    key.

    The description marks such columns with `"guard": "reader"`. `cells` are those of the file, in
    its order.

    >>> seal({"primaryKey": ["code"], "fields": [{"name": "code"}, {"name": "zh", "guard": "reader"}, {"name": "reader"}]}, ["about", "约", "R2"])
    '84193cfd'
    """
    return _seal(cells, _read(schema))


def _read(schema):
    """Which columns of a table a second reader reads: always, and only where they are filled."""
    fields = schema["fields"]
    return (
        [
            at
            for at, field in enumerate(fields)
            if field.get("guard") == "reader" or field["name"] in schema["primaryKey"]
        ],
        [at for at, field in enumerate(fields) if field.get("guard") == "reader, where filled"],
    )


def _is_day(written):
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def _seal(cells, read):
    always, where_filled = read
    return sha256(
        "\x1f".join(
            [cells[at].strip() for at in always]
            + [f"{at}={cells[at].strip()}" for at in where_filled if cells[at].strip()]
        ).encode()
    ).hexdigest()[:8]


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
        why = {
            "cited": (
                "only cited: no text of it is on file, and what was read of it stands in"
                " observations()"
            ),
            "draft": "a draft",
        }[tables.source[report]["status"]]
        raise BaodingError(
            f"{report} is {why}; figures are there of {', '.join(names) or 'no report'}"
        )
    if report is not None:
        return known(report, names, "report")
    if len(names) != 1:
        raise BaodingError(
            f"{len(names)} reports are on file; name one as report (--report):"
            f" {', '.join(names) or 'none'}"
        )
    return names[0]


def known(name, names, what):
    """The name itself if it is one of the names; raises BaodingError with the nearest ones."""
    if name in names:
        return name
    like = near(str(name), names)
    raise BaodingError(
        f"no {what} {name!r}; "
        + (f"did you mean {like}?" if like else f"there are {', '.join(map(str, names))}")
    )


def near(name, names):
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
    """All reports and other sources, one row each: place, year, kind, titles, issuer, date,
    address, checksum of the text, status.

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
    """The doubtful figures, one row each: the figures and words in question, and the explanation,
    with {indicator} for its numbers.

    >>> doubts().set_index("doubt").loc["open_suits", "figures"]
    'litigation_cases litigation_concluded'
    """
    return _frame("doubts", seeds)


def neighbours(seeds=None):
    """Indicators that are near to another without being the same, one row a pair, with what the
    difference is.

    >>> neighbours().query("indicator == 'litigation_loss_rate'")["neighbour"].tolist()[:2]
    ['litigation_win_rate', 'court_loss_rate']
    """
    return _frame("neighbours", seeds)


def conflicts(seeds=None):
    """Numbers of two sources that contradict each other or only seem to, one row each, with a named
    explanation.

    >>> conflicts().query("kind == 'conflict'")["conflict"].tolist()
    ['hubei_2020_total']
    """
    return _frame("conflicts", seeds)


def observations(seeds=None):
    """Figures of other places and years whose texts are not on file, one row each; what no text
    proves, only a reader does.

    `value` is a float in `unit`. Each row says where in its source it stands; its status wherever
    it is shown is `transcribed`.

    >>> observations().query("report == 'china-2019-reconsideration' and place == '130000'")["printed"].item()
    '7040'
    """
    return _frame("observations", seeds)


def places(seeds=None):
    """All places, one row each: code by GB/T 2260, names, level, place above, population where on
    file.

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
_FORMS = {
    "integer": "a whole number in plain digits, as 316",
    "number": "a number in plain digits without needless zeros, as 20563 or 2.22",
    "date": "a date, as 2023-03-16",
}
