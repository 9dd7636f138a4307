"""Drafts: every number of a new report in a row, with a proposal, to be read by a curator from top
to bottom; as CSV or as a workbook.

`read` is the curator's mark. Only rows that bear it are ever taken into the tables.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from baoding_data.curation.propose import Proposer
from baoding_data.errors import BaodingError, known
from baoding_data.tables import files as saved
from baoding_data.tables.figures import keyword_fits, located
from baoding_data.tables.files import content, replace, rows_as_text, written
from baoding_data.tables.seeds import load
from baoding_data.text.report import Report

COLUMNS = [
    "read",
    "section",
    "sentence",
    "printed",
    "value",
    "unit",
    "bound",
    "indicator",
    "confidence",
    "scope",
    "scope_basis",
    "period",
    "shared",
    "quote",
    "keyword",
    "context",
    "reason",
    "note_zh",
    "note_en",
    "kind",
    "report",
    "at",
]
READ = ("yes", "是")
# What a curator writes.
BY_HAND = (
    "read",
    "indicator",
    "confidence",
    "scope",
    "scope_basis",
    "period",
    "shared",
    "quote",
    "keyword",
    "context",
    "reason",
    "note_zh",
    "note_en",
)


def scan(source, seeds=None, earlier=None):
    """A row for every number of a report on file, or of any text file, in the order of the text: a
    list of dictionaries by `COLUMNS`.

    `earlier` is a draft of the same report: whatever its curator has written is taken over, and so
    are figures accepted before; proposals are made anew where a row has neither an indicator nor a
    reason. Raises BaodingError when there is no such report or file, or it is no text.

    >>> [row["indicator"] for row in scan("baoding-2022") if row["printed"] == "316"]
    ['reconsideration_accepted']
    """
    tables = load(seeds)
    name, text, place = _text_of(tables, source)
    proposer = Proposer(tables)
    done = accepted(tables, name)
    if earlier and Path(earlier).exists():
        before = _written_before(earlier, name, text)
        read = {at: rows for at, rows in before.items() if any(row["read"] for row in rows)}
        # What was only begun gives way to what was accepted, and that to a row that is read.
        done = before | done | read
    found = []
    for number, proposals in zip(text.numbers, proposer.propose(text, place, name)):
        sentence = text.sentence_at(number.start)
        value = number.kind == "value"
        row = {
            "section": sentence.section,
            "sentence": _around(sentence, number),
            "printed": number.printed,
            "value": f"{number.value:f}" if value else "",
            "unit": number.unit,
            "bound": number.bound if value else "",
            "kind": number.kind,
            "report": name,
            "at": str(number.start),
        }
        if number.start in done:
            found += [
                row | {column: before[column] for column in BY_HAND}
                for before in done[number.start]
            ]
            continue
        for at, proposal in enumerate(proposals, 1):
            found.append(
                row
                | {
                    "read": "",
                    "indicator": proposal.indicator,
                    "confidence": f"{proposal.confidence:.2f}" if proposal.indicator else "",
                    "scope": proposal.scope,
                    "scope_basis": proposal.scope_basis,
                    "period": proposal.period,
                    "shared": f"{at}/{len(proposals)}" if len(proposals) > 1 else "",
                    "quote": quote_for(
                        tables, text, number, name, proposal.indicator, proposal.keyword
                    ),
                    "keyword": proposal.keyword,
                    "context": proposal.context,
                    "reason": proposal.reason,
                    "note_zh": "",
                    "note_en": "",
                }
            )
    return found


# So many characters of a sentence are shown before and after its number.
SHOWN = 60


def _around(sentence, number):
    """The sentence with the number between 【 and 】; of a long one, what stands around it."""
    at, end = number.start - sentence.start, number.end - sentence.start
    before, after = sentence.text[:at], sentence.text[end:]
    before = before if len(before) <= SHOWN else f"…{before[-SHOWN:]}"
    return f"{before}【{number.printed}】{after if len(after) <= SHOWN else f'{after[:SHOWN]}…'}"


def _written_before(path, name, text):
    """The rows of an earlier draft in which something is written, by the place of their number;
    none of them may be lost.
    """
    numbers = {str(number.start): number for number in text.numbers}
    found, wrong = {}, []
    for row in read_draft(path, to_write=True):
        if row["report"] != name:
            raise BaodingError(
                f"{path}, row {row['row']}, report: found {row['report'] or 'an empty cell'};"
                f" wanted {name or 'an empty cell'}; it is a draft of another text: choose another"
                " name for this one"
            )
        number = numbers.get(row["at"])
        untouched = (
            not row["read"]
            and row["kind"] != "value"
            and number is not None
            and row["reason"] in (number.doubt, number.kind)
        )
        if untouched or not any(
            row[column] for column in BY_HAND if column not in ("quote", "confidence")
        ):
            continue
        if number is None or number.printed != row["printed"]:
            wrong.append(
                f"{path}, row {row['row']}, at: found “{row['printed']}” at"
                f" {row['at'] or 'no place'}; wanted a number of the text; restore the two, or"
                " clear the row if the text has changed since"
            )
        else:
            found.setdefault(number.start, []).append(row)
    if wrong:
        raise BaodingError("\n".join(wrong))
    return found


def _text_of(tables, source):
    """The report's code ("" for a file that is not registered), its text and the place it speaks
    of.
    """
    if source in tables.source:
        if source not in tables.texts:
            raise BaodingError(
                f"{source} is only cited: no text of it is on file; register it with `baoding add"
                " TEXT`"
            )
        return source, tables.texts[source], tables.source[source]["place"]
    path = Path(source)
    if len(str(source)) > 200 or not path.exists():
        known(
            str(source), [name for name in tables.source if name in tables.texts], "report or file"
        )
    raw = content(path, saved.AS_TEXT)
    what = saved.spoiled(raw)
    if what:
        raise BaodingError(f"{source}: is {what}; {saved.AS_TEXT}")
    return "", Report(raw.decode("utf-8-sig")), None


def accepted(tables, name):
    """The rows of figures that are already in the tables, by the place of their number."""
    found = {}
    reasons = {
        (row["zh"], row["en"]): row["code"]
        for row in tables.terms
        if row["kind"] in ("no_figure", "unclear")
    }
    for row, number in located(tables, accepted_rows(tables, name)):
        if number is None:
            raise BaodingError(
                f"{row['file']}, row {row['row']}: found “{row['printed']}” in “{row['quote']}”;"
                " wanted a number of the text, in a quote of it; correct the row, since it would"
                " be lost"
            )
        reason = reasons.get((row["note_zh"], row["note_en"])) if not row["indicator"] else None
        found.setdefault(number.start, []).append(
            row
            | {"read": READ[0], "confidence": "", "reason": reason or ""}
            | ({"note_zh": "", "note_en": ""} if reason else {})
        )
    return found


def accepted_rows(tables, name):
    """The figures of one report, audited or a draft, as they stand in its table; none when there is
    no such table.
    """
    if name in tables.source and name not in tables.drafts:
        return [row for row in tables.figures if row["report"] == name]
    return tables.drafted(name) if name else []


def quote_for(tables, text, number, name, indicator, keyword=""):
    """The quote that the audit asks for, where a keyword of the indicator is there, else the
    shortest that holds the number.
    """
    right = (
        text.quotes_for(
            number,
            keyword_fits(tables, text, number, name, indicator, keyword),
        )
        if indicator
        else []
    )
    return (right or text.quotes_for(number, lambda start, end: True) or [""])[0]


def write_draft(rows, path, seeds=None):
    """Write the rows of a scan as CSV or, by the name's ending, as a workbook; False when the file
    holds the same already.
    """
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        from baoding_data.curation.draft_book import draft_book

        return replace(path, draft_book(rows, load(seeds)), _cells)
    if path.suffix.lower() != ".csv":
        raise BaodingError(f"{path}: a draft is a .csv or an .xlsx; name it so")
    return replace(path, written([COLUMNS, *([row[column] for column in COLUMNS] for row in rows)]))


def _cells(data):
    """What the sheets of a workbook hold, without the time at which it was saved; None for anything
    else.
    """
    from io import BytesIO
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        return [
            [[cell.value for cell in line] for line in sheet]
            for sheet in load_workbook(BytesIO(data), rich_text=True)
        ]
    except (BadZipFile, KeyError, ValueError, OSError):
        return None


def read_draft(path, to_write=False):
    """The rows of a draft, all cells as text, each with its `row`; raises BaodingError when it
    cannot be read as a draft.

    With `to_write`, a workbook with further columns is refused too: they would be lost.
    """
    path = Path(path)
    raw = content(path, f"`baoding scan REPORT -o {path.name}` writes a draft")
    if raw.startswith(b"PK\x03\x04"):
        return _from_workbook(path, raw, to_write)
    return [row | {"row": number} for number, row in rows_as_text(path, raw, COLUMNS)]


def _from_workbook(path, raw, to_write):
    from io import BytesIO

    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(raw), data_only=True)
    except Exception as error:
        # What is met in a damaged file is raised as it comes.
        raise BaodingError(
            f"{path}: cannot be read as a workbook ({type(error).__name__}: {error}); save it again"
            " as .xlsx"
        ) from None
    sheet = next(
        (sheet for sheet in book.worksheets if [cell.value for cell in sheet[1]][:1] == ["read"]),
        None,
    )
    if sheet is None:
        raise BaodingError(
            f"{path}: no sheet has the draft's columns, of which the first is “read”; scan again,"
            " or restore the header row"
        )
    header = [str(cell.value or "").strip() for cell in sheet[1]]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise BaodingError(
            f"{path}, row 1: the columns {', '.join(missing)} are missing; restore the header row"
        )
    others = [column for column in header if column and column not in (*COLUMNS, "label")]
    if others and to_write:
        raise BaodingError(
            f"{path}, row 1: found the columns {', '.join(others)}; wanted only a draft's own; save"
            " them elsewhere and remove them here, since writing the draft anew would lose them"
        )
    places = {column: header.index(column) for column in COLUMNS}
    found, wrong = [], []
    for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), 2):
        if all(cell is None or str(cell).strip() == "" for cell in cells):
            continue
        row = {column: _as_text(cells[at]) for column, at in places.items()}
        wrong += [
            f"{path}, row {number}, {column}: found a date; wanted what stood there, with the cell"
            " set to text; a spreadsheet program took it for a date"
            for column, cell in row.items()
            if cell is None
        ]
        found.append(row | {"row": number})
    if wrong:
        raise BaodingError("\n".join(wrong))
    return found


def _as_text(cell):
    """A cell of a workbook as the text that a CSV would hold; None for a date."""
    if cell is None:
        return ""
    if isinstance(cell, (date, datetime)):
        return None
    if isinstance(cell, bool):
        return READ[0] if cell else ""
    if isinstance(cell, (int, float)):
        return re.sub(r"\.0+$", "", f"{Decimal(repr(cell)):f}")
    return str(cell).replace("_x000D_", "").strip()
