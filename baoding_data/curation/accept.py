"""A draft that its curator has read, audited and taken into the tables: all of what is read, or
nothing.
"""

import json
import re
from pathlib import Path
from typing import NamedTuple

from baoding_data.checks.audit import check
from baoding_data.curation.drafts import (
    BY_HAND,
    COLUMNS,
    READ,
    accepted,
    accepted_rows,
    quote_for,
    read_draft,
)
from baoding_data.errors import BaodingError, Finding
from baoding_data.tables.figures import keyword_fits
from baoding_data.tables.files import cells_of, replace, written
from baoding_data.tables.seeds import Seeds, own

_ROW = re.compile("row ([0-9]+)")


class Accepted(NamedTuple):
    """What became of a draft: figures and rows set apart in the table, numbers still unread, the
    report's status, whether a file was written, and what is wrong.

    With findings nothing was written; their rows are those of the draft.
    """

    report: str
    figures: int
    set_apart: int
    unread: int
    status: str
    written: bool
    findings: list


def accept(draft, seeds=None):
    """Audit a draft's rows that are marked as read, and take them into `figures/REPORT.csv`;
    returns `Accepted`.

    The report becomes `audited` when every number is accounted for; until then it stays a draft. A
    draft may be accepted anew until a second reader has signed a row. Raises BaodingError when the
    draft, or the tables, cannot be read, or when the draft would change a report that was read a
    second time.
    """
    tables = own(seeds)
    rows = read_draft(draft)
    name = _report(draft, rows, tables)
    curated, unread, found = _read_rows(draft, rows, name, tables)
    file, audited = f"figures/{name}.csv", name not in tables.drafts
    before = {
        (row["indicator"], row["printed"], row["quote"], row["shared"]): row
        for row in accepted_rows(tables, name)
    }
    for _, figure in curated:
        # A second reader's mark stays with its row; should the row have changed, its seal says so.
        figure["reader"] = before.get(
            (figure["indicator"], figure["printed"], figure["quote"], figure["shared"]), {}
        ).get("reader", "")
    columns = tables.schemas["figures"].columns
    content = written([columns, *([figure[column] for column in columns] for _, figure in curated)])
    if (
        not found
        and audited
        and tables.folder.raw(file) != content
        and (unread or any(row["reader"] for row in before.values()))
    ):
        why = (
            f"{len(unread)} of its numbers are not marked as read here"
            if unread
            else "it has been read a second time"
        )
        raise BaodingError(
            f"{draft}: {name} is audited, {why}, and this draft would change it; correct the rows"
            f" of seeds/{file} themselves, and announce it (CONTRIBUTING.md, Correcting a figure)"
        )
    instead = {
        file: content,
        "reports.csv": _audited_row(tables, name),
        "datapackage.json": _listed(tables, name),
    }
    if not found:
        found = _audited(tables, name, instead, draft, [row for row, _ in curated], not unread)
    figures = sum(bool(figure["indicator"]) for _, figure in curated)
    result = Accepted(
        name,
        figures,
        len(curated) - figures,
        len(unread),
        "draft" if unread or not curated else "audited",
        False,
        found,
    )
    if found or not curated:
        return result
    # The table first and the status last: until that is written, whatever else was is read by
    # nobody.
    target = tables.folder.path / file
    target.parent.mkdir(exist_ok=True)
    changed = replace(target, content)
    if not audited and not unread:
        changed |= replace(tables.folder.path / "datapackage.json", instead["datapackage.json"])
        changed |= replace(tables.folder.path / "reports.csv", instead["reports.csv"])
    return result._replace(written=bool(changed))


def _read_rows(draft, rows, name, tables):
    """The rows marked as read, in the order of the text, each with its row of figures; the numbers
    that are still unread; what is wrong.

    What was accepted before of a number that is unread in this draft stays.
    """
    text, earlier = tables.texts[name], accepted(tables, name)
    numbers = {number.start: number for number in text.numbers}
    curated, unread, seen, found = [], set(), set(), []
    read = {row["at"] for row in rows if row["read"] in READ}
    for row in sorted(rows, key=lambda row: int(row["at"]) if row["at"].isdecimal() else -1):
        number = numbers.get(int(row["at"])) if row["at"].isdecimal() else None
        if number is None or number.printed != row["printed"]:
            found.append(
                _finding(
                    draft,
                    row,
                    "at",
                    f"“{row['printed']}” at {row['at'] or 'no place'}",
                    "a number of the text at its place",
                    "restore “printed” and “at”, or scan again with this draft's name: what is read"
                    " is kept",
                )
            )
            continue
        again = number.start in seen
        seen.add(number.start)
        if number.kind not in ("value", "unclear"):
            if row["indicator"]:
                found.append(
                    _finding(
                        draft,
                        row,
                        "indicator",
                        row["indicator"],
                        "an empty cell",
                        f"grammar tells “{number.printed}” as {number.kind}: no figure can be made"
                        " of it",
                    )
                )
        elif row["read"] not in ("", *READ):
            found.append(
                _finding(
                    draft,
                    row,
                    "read",
                    row["read"],
                    "yes, or an empty cell",
                    "write yes when the row is right",
                )
            )
        elif row["read"]:
            curated.append((row, _figure(draft, row, number, tables, found)))
        elif number.start not in earlier or row["at"] in read:
            unread.add(number.start)
        elif not again:
            curated += [
                (
                    row,
                    _figure(
                        draft,
                        row | {column: before[column] for column in BY_HAND},
                        number,
                        tables,
                        found,
                    ),
                )
                for before in earlier[number.start]
            ]
    for number in text.values:
        if number.start not in seen:
            found.append(
                Finding(
                    "draft",
                    str(draft),
                    None,
                    "",
                    f"no row for “{number.printed}” in"
                    f" “{text.text[max(0, number.start - 12) : number.end + 6]}”".replace(
                        "\n", " "
                    ),
                    "a row for every number",
                    "scan again with this draft's name: what is read is kept",
                )
            )
    return curated, unread, found


def _finding(draft, row, column, found, wanted, advice):
    return Finding("draft", str(draft), row["row"], column, found, wanted, advice)


def _report(draft, rows, tables):
    """The one report of which all rows are."""
    names = list(dict.fromkeys(row["report"] for row in rows))
    if not rows:
        raise BaodingError(
            f"{draft}: holds no row; `baoding scan REPORT -o {Path(draft).name}` writes them"
        )
    if names == [""]:
        raise BaodingError(
            f"{draft}: is a draft of a text that is not registered; run `baoding add TEXT --place …"
            " --year …`, then scan the report by its code"
        )
    wrong = [row for row in rows if row["report"] not in tables.texts]
    if wrong or len(names) > 1:
        raise BaodingError(
            "\n".join(
                f"{draft}, row {row['row']}, report: found {row['report'] or 'an empty cell'};"
                " wanted one report that has a text on file, the same in all rows; correct it, or"
                " register the text with `baoding add`"
                for row in wrong or [row for row in rows if row["report"] != names[0]]
            )
        )
    return names[0]


def _figure(draft, row, number, tables, found):
    """The row of figures that a row of the draft stands for; what its text says is taken from the
    text.
    """
    says = {
        "value": "" if number.value is None else f"{number.value:f}",
        "unit": number.unit,
        "bound": number.bound,
    }
    for column, wanted in says.items():
        if row[column] != wanted:
            found.append(
                _finding(
                    draft,
                    row,
                    column,
                    row[column] or "an empty cell",
                    wanted or "an empty cell",
                    "the text prints"
                    f" “{number.printed}{number.unit if number.unit != '%' else ''}”; restore it",
                )
            )
    figure = {column: row[column] for column in COLUMNS} | {"printed": number.printed} | says
    if row["indicator"]:
        if row["reason"]:
            found.append(
                _finding(
                    draft,
                    row,
                    "reason",
                    f"{row['reason']}, and the indicator {row['indicator']}",
                    "one of the two",
                    "clear the reason if the number is this figure, else the indicator",
                )
            )
        return figure | _worded(row, number, tables)
    figure |= {"scope": "", "scope_basis": "", "period": "", "keyword": "", "context": ""}
    if not figure["quote"]:
        figure["quote"] = quote_for(tables, tables.texts[row["report"]], number, row["report"], "")
    word = tables.words.get(("no_figure", row["reason"])) or tables.words.get(
        ("unclear", row["reason"])
    )
    if row["reason"] and not word:
        codes = [code for kind, code in tables.words if kind in ("no_figure", "unclear")]
        found.append(
            _finding(
                draft,
                row,
                "reason",
                row["reason"],
                f"one of {', '.join(codes)}",
                "choose one; anything else goes into the notes",
            )
        )
    elif word:
        figure |= {
            column: figure[column] or word[column.removeprefix("note_")]
            for column in ("note_zh", "note_en")
        }
    elif not (row["note_zh"] and row["note_en"]):
        found.append(
            _finding(
                draft,
                row,
                "indicator",
                "an empty cell",
                "an indicator, or a reason why the number is no figure",
                "choose one of the two",
            )
        )
    return figure


def _worded(row, number, tables):
    """Quote, keyword and context of a figure: its own words only where the codebook's are not
    there, and the right quote where none is given.
    """
    text, name, indicator = tables.texts[row["report"]], row["report"], row["indicator"]
    known = text.quotes_for(number, keyword_fits(tables, text, number, name, indicator))
    keyword = "" if known else row["keyword"]
    context = (
        ""
        if any(
            word in text.sentence_at(number.start).text
            for word in tables.cues(name, indicator, "context")
        )
        else row["context"]
    )
    return {
        "keyword": keyword,
        "context": context,
        "quote": row["quote"] or quote_for(tables, text, number, name, indicator, keyword),
    }


def _audited_row(tables, name):
    """The bytes of reports.csv with the report's status audited."""
    header, *lines = cells_of(tables.folder.raw("reports.csv"))
    at = header.index("status")
    return written(
        [
            header,
            *(
                [*line[:at], "audited", *line[at + 1 :]] if line[0] == name else line
                for line in lines
            ),
        ]
    )


def _listed(tables, name):
    """The description of the tables with the report's figures among its files."""
    package = json.loads(tables.folder.raw("datapackage.json").decode())
    figures = next(resource for resource in package["resources"] if resource["name"] == "figures")
    used = {row["report"] for row in tables.reports if row["status"] == "audited"} | {name}
    figures["path"] = [
        f"figures/{row['report']}.csv" for row in tables.reports if row["report"] in used
    ]
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _audited(tables, name, instead, draft, rows, complete):
    """What the audit finds in the tables as they would be and did not find before, at the rows of
    the draft.
    """
    before = set(check(tables))
    table, found = f"seeds/figures/{name}.csv", []
    for one in check(Seeds(tables.folder.path, instead)):
        if one in before or not complete and (one.file != table or one.rule == "unclaimed"):
            continue
        if one.file == table and one.row and 2 <= one.row < len(rows) + 2:
            row = rows[one.row - 2]
            other = _ROW.search(one.wanted)
            if one.rule == "key" and other and int(other[1]) - 2 < len(rows):
                one = one._replace(
                    wanted=_ROW.sub(f"row {rows[int(other[1]) - 2]['row']}", one.wanted)
                )
            one = one._replace(
                file=str(draft),
                row=row["row"],
                found=(
                    f"{one.found}, for “{row['printed']}”" if one.column != "printed" else one.found
                ),
            )
        found.append(one)
    return found
