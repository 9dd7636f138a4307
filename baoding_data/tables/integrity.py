"""Whether the tables fit together: cells that a row needs, files and reports, codes and names."""

from collections.abc import Callable, Iterator
from itertools import product
from operator import attrgetter
from typing import TYPE_CHECKING

from baoding_data import limits
from baoding_data.errors import Finding, adviser, finding, near
from baoding_data.tables.schema import Schema

if TYPE_CHECKING:
    from baoding_data.tables.seeds import Seeds

# Codes that no table needs to hold, but that a reader meets.
REQUIRED = {
    "number": "value date ordinal name set_apart unclear",
    "unclear": (
        "fraction ratio dots comma blank line minus vague numeral half leftover letters year"
    ),
    "no_figure": (
        "duration change part_of_name ranking requirement elsewhere repeated no_indicator table"
        " planned another_year"
    ),
    "bound": "exact about more_than at_least less_than at_most",
    "grade": "own A B C",
    "conflict": "conflict seeming",
    "status": (
        "proved unproved resolved transcribed derived not_in_report not_read not_applicable"
        " counts_not_stated not_recorded"
    ),
}


# What is filled in for every figure, and may be empty for a number that is set apart.
OF_A_FIGURE = ("value", "unit", "bound", "scope", "scope_basis", "period")


def check_figures_filled(tables: "Seeds") -> Iterator[Finding]:
    """Only a number that is set apart may do without what every figure has."""
    said = {(f.file, f.row, f.column) for f in tables.findings}
    described = {field.name: field.description for field in tables.schemas["figures"].fields}
    needed = [name for name in described if name in OF_A_FIGURE]
    cells_of = attrgetter(*needed)
    for row in tables.figures:
        cells = cells_of(row)
        if all(cells) or not row.indicator:
            continue
        for name, cell in zip(needed, cells, strict=True):
            if cell in (None, "") and (row.file, row.line, name) not in said:
                wanted = described[name]
                yield finding("schema", row, name, "an empty cell", wanted, "fill it in")


def check_files(tables: "Seeds") -> tuple[list[Finding], list[Finding]]:
    """Figures and reports, both ways: every file belongs to a report, and the description lists
    those in use; and what the status of a report needs is filled in.
    """
    findings, remarks = list(_needed(tables)), []
    known = {f"figures/{row.report}.csv" for row in tables.reports}
    known |= {f"reports/{row.text}" for row in tables.reports}
    files = () if tables.partly else tables.folder.names("figures/*.csv", "reports/*.txt")
    for name in files:
        if name not in known:
            what = f"{name.partition('/')[0]} of no report"
            advice = "add the report, or remove the file"
            wanted = "a report of reports.csv"
            remarks.append(Finding("schema", f"seeds/{name}", None, "", what, wanted, advice))
    return [*findings, *_listed(tables)], remarks


def _listed(tables: "Seeds") -> Iterator[Finding]:
    """Tables of figures that the description lists and no audited report has, or the reverse."""
    used = {f"figures/{row.report}.csv": row for row in tables.reports if row.text and row.on_file}
    # One that is listed, but still a draft, is being accepted: the status is the last to change.
    drafts = {f"figures/{name}.csv" for name in tables.drafts}
    listed = [path for path in tables.schemas["figures"].path if path not in drafts]
    where, wrong = "the paths of the figures in datapackage.json", False
    for path in sorted({*listed} ^ used.keys()):
        wrong = True
        found, wanted = f"not listed under {where}", "every table in use among them"
        advice = "add it there, or correct the status of the report"
        if path in listed:
            found, wanted = f"listed under {where}", "the table of an audited report"
            advice = "remove it there, or correct text and status of the report"
        yield Finding("schema", f"seeds/{path}", None, "", found, wanted, advice)
    if not wrong and listed != list(used):
        file, advice = "seeds/datapackage.json", "put them in the order of reports.csv"
        found, wanted = ", ".join(listed), ", ".join(used)
        yield Finding("schema", file, None, "paths of the figures", found, wanted, advice)


def _needed(tables: "Seeds") -> Iterator[Finding]:
    """Cells of reports.csv that are empty although the report's status needs them."""
    said = {(f.file, f.row, f.column) for f in tables.findings}
    for field in tables.schemas["reports"].described:
        for row in tables.reports if "needed" in field else ():
            name, empty = field["name"], not getattr(row, field["name"])
            if empty and row.status in field["needed"] and (row.file, row.line, name) not in said:
                wanted = f"{field['description']} Needed where the status is {row.status}"
                yield finding("schema", row, name, "an empty cell", wanted, "fill it in")


def check_codes(tables: "Seeds") -> Iterator[Finding]:
    """Codes name what is there: foreign keys, codes that terms.csv must know and translate, some
    of which the library itself uses, and places above places.
    """
    if unknown := list(_unknown_kinds(tables)):
        yield from unknown
        return
    yield from _required_terms(tables)
    kinds = REQUIRED.keys() | {
        field["terms"]
        for schema in tables.schemas.values()
        for field in schema.described
        if "terms" in field
    }
    like_kind = adviser(kinds)
    for row in tables.terms:
        if row.kind not in kinds:
            like = like_kind(row.kind)
            advice = f"did you mean {like}?" if like else "remove the row"
            wanted = "a kind of code that some table uses"
            yield finding("code", row, "kind", row.kind, wanted, advice)
    for row in tables.places:
        above = tables.lineage(row.parent)
        if row.place in above:
            advice = f"{row.place} stands above it too; correct one of the two"
            yield finding("code", row, "parent", row.parent, "a place above it", advice)
        elif len(above) == limits.LEVELS:
            found = f"{row.parent}, with {limits.LEVELS} places above one another or more"
            advice = "name the place that is next above it, and see that no circle is above that"
            wanted = f"a place above it, and fewer than {limits.LEVELS} in all"
            yield finding("code", row, "parent", found, wanted, advice)
    for name, schema in tables.schemas.items():
        yield from _unknown_codes(tables, name, schema)


def _unknown_kinds(tables: "Seeds") -> Iterator[Finding]:
    """Codes of the description itself that terms.csv does not have: kinds, and statuses."""
    there = {
        "terms": {row.kind for row in tables.terms},
        "needed": set(tables.words.codes("report_status")),
    }
    for name, schema in tables.schemas.items():
        for field, (key, known) in product(schema.described, there.items()):
            named = field.get(key, [])
            for code in [named] if isinstance(named, str) else named:
                if known and code not in known:
                    like = near(code, known)
                    at = f"{name}, schema.fields {field['name']}.{key}"
                    advice = f"did you mean {like}?" if like else "correct it, or add it there"
                    wanted = "one that terms.csv has"
                    yield Finding("code", "seeds/datapackage.json", None, at, code, wanted, advice)


def _required_terms(tables: "Seeds") -> Iterator[Finding]:
    for kind, codes in REQUIRED.items():
        for code in codes.split():
            if (kind, code) not in tables.words:
                found, wanted = f"no {kind} {code}", "a word for it in both languages"
                file = "seeds/terms.csv"
                yield Finding("code", file, None, "code", found, wanted, "restore the row")


def _unknown_codes(tables: "Seeds", name: str, schema: Schema) -> Iterator[Finding]:
    """Cells of one table with a code that the table or the terms they refer to do not have."""
    known: list[tuple[str, set[str], Callable[[str], str], str]] = []
    for key in schema.foreign_keys:
        to, column = key["reference"]["resource"] or name, key["reference"]["fields"]
        codes = {getattr(row, column) for row in tables.rows(to)}
        known.append((key["fields"], codes, adviser(codes), f"{to}.csv"))
    for field in schema.described:
        if "terms" in field:
            codes = set(tables.words.codes(field["terms"]))
            where = f"terms.csv, kind {field['terms']}"
            known.append((field["name"], codes, adviser(codes), where))
    rows = tables.rows(name)
    empty = {"", None}
    known = [one for one in known if {*map(attrgetter(one[0]), rows)} - one[1] - empty]
    for row in rows if known else ():
        for column, codes, like_one, where in known:
            code = getattr(row, column)
            if code and code not in codes:
                like = like_one(code)
                advice = f"did you mean {like}?" if like else "correct it, or add it there"
                yield finding("code", row, column, code, f"a code of {where}", advice)
