"""A draft that its curator has read, taken into the tables: all of what is read, or nothing."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from baoding_data.checks.audit import check
from baoding_data.checks.rules import of_absence
from baoding_data.curation.blocks import expanded
from baoding_data.curation.by_hand import remembered, undone
from baoding_data.curation.drafts import (
    NO_REPORT,
    READ,
    READING,
    Decision,
    DraftRow,
    accepted,
    alike,
    identifies,
    in_both,
    misplaced,
    row_of,
    rows_in,
    table_of,
)
from baoding_data.curation.source import Source, source_of
from baoding_data.errors import BaodingError, Finding, finding, refuse
from baoding_data.tables import left_out
from baoding_data.tables.cells import FORMS, plainly
from baoding_data.tables.cells import advice as advice_on
from baoding_data.tables.changing import changing
from baoding_data.tables.figures import counted_as
from baoding_data.tables.files import cells_of, written
from baoding_data.tables.records import FigureRow, Term
from baoding_data.tables.seeds import AnySeeds, Seeds
from baoding_data.text.numbers import Number
from baoding_data.text.resolution import resolved
from baoding_data.writing import make_folder

NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ROW = re.compile("row ([0-9]+)")
# What is said of figures of a draft, as soon as they are there.
_ABOUT_FIGURES = ("seeds/identities.csv", "seeds/doubts.csv", "seeds/indicators.csv")
_AGAIN = "scan again with this draft's name: what you wrote is kept"
_ANEW = "remove the row and scan again with this draft's name, which writes it anew"


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
    findings: list[Finding]


def accept(draft: str | Path, seeds: AnySeeds = None) -> Accepted:
    """Audit the rows of a draft marked as read, and take them into `figures/REPORT.csv`.

    The report becomes `audited` when every number is accounted for; until then it stays a draft. A
    draft may be accepted anew until a second reader has signed a row. Raises BaodingError when the
    draft, or the tables, cannot be read, or when the draft would change a report that was read a
    second time.
    """
    with changing(seeds, "accept") as tables:
        return _accepted(draft, tables)


def _accepted(draft: str | Path, tables: Seeds) -> Accepted:
    rows, unreadable = rows_in(draft)
    if not rows:
        refuse(unreadable)
    report = _report(draft, [row.report for row in rows], tables)
    wrong = [*unreadable, *_of_others(rows, report)]
    read = _read(draft, source_of(tables, report), rows, wrong)
    before = table_of(tables, report)
    figures = _with_marks(read.decided, before)
    table = f"figures/{report}.csv"
    after = {
        table: _table(tables, figures),
        "reports.csv": _audited_row(tables, report),
        "datapackage.json": _listed(tables, report),
    }
    audited, complete = report not in tables.drafts, not read.unread
    if audited and _changes(tables.folder.raw(table), after[table], in_part=bool(read.findings)):
        _refuse_change(draft, report, len(read.unread), any(row.reader for row in before))
    found = read.findings
    if figures or not found:
        found = [*found, *_audited(tables, table, after, draft, figures, read)]
        found += undone(tables, report, after[table], figures)
    found.sort(key=lambda one: (one.file != str(draft), one.row or 0))
    counted = sum(bool(figure.indicator) for figure in figures)
    apart, status = len(figures) - counted, "audited" if complete and figures else "draft"
    result = Accepted(report, counted, apart, len(read.unread), status, False, found)
    if found or not figures:
        return result
    # The table first and the status last: until that is written, whatever else was is read by
    # nobody.
    files = [table, "datapackage.json", "reports.csv"] if complete and not audited else [table]
    make_folder((tables.folder.path / table).parent)
    changed = [tables.folder.replace(file, after[file]) for file in files]
    unmarked = _table(tables, [figure._replace(reader="") for figure in figures])
    tables.folder.replace(remembered(report), unmarked)
    return result._replace(written=any(changed))


def _report(draft: str | Path, names: Sequence[str], tables: Seeds) -> str:
    """The one report of which the rows are, or most of them."""
    if not names:
        raise BaodingError(
            f"{draft}: holds no row; `baoding scan REPORT -o {Path(draft).name}` writes them"
        )
    there = {*tables.texts, *tables.left_out}
    known = Counter(name for name in names if name in there)
    if not known:
        named = "".join(f"{name}, " for name in dict.fromkeys(names) if name)
        raise BaodingError(
            f"{draft}: is a draft of {named}a text that is not registered; run `baoding add TEXT"
            " --place … --year …`, then scan the report by its code"
        )
    [(report, _)] = known.most_common(1)
    left_out.refuse(tables, report)
    return report


def _of_others(rows: Iterable[DraftRow], report: str) -> Iterator[Finding]:
    """The rows that name another report than most do."""
    for row in rows:
        if row.report != report:
            wanted = f"{report}, one report that has a text on file, the same in all rows"
            named = row.report or "an empty cell"
            advice = "correct it, or remove the row" if row.report else NO_REPORT
            yield finding("draft", row, "report", named, wanted, advice)


# --- from the rows of a draft to those of the table


class _Read(NamedTuple):
    """What is read of a draft: rows of figures as in the text, numbers unread, what is wrong, the
    rows whose proposed words were left out, since their indicator is another, and where in the
    text each row's number stands.
    """

    figures: list[FigureRow]
    unread: list[Number]
    findings: list[Finding]
    reworded: set[int | None]
    at: dict[int | None, str]

    @property
    def undecided(self) -> set[int | None]:
        """The rows of which it is not known what they say; the others have their value, unit and
        bound from the text, whatever stands there.
        """
        plain = ("value", "unit", "bound", "report")
        return {one.row for one in self.findings if one.column not in plain}

    @property
    def decided(self) -> list[FigureRow]:
        """The figures of the other rows."""
        undecided = self.undecided
        return [figure for figure in self.figures if figure.line not in undecided]


def _read(
    draft: str | Path, source: Source, rows: Sequence[DraftRow], wrong: Sequence[Finding]
) -> _Read:
    """The rows marked as read, after what is wrong with the draft itself. What was accepted of a
    number that is unread now stays.
    """
    settled = [row.without_refused() for row in rows]
    reworded = {new.line for old, new in zip(rows, settled, strict=True) if _fewer_words(old, new)}
    placed, nowhere = _placed(source, expanded(source, settled))
    earlier = accepted(source.tables, source.report)
    read = _Read([], [], list(wrong), reworded, {row.line: row.at for row in settled})
    findings = [misplaced(row, source.text.numbers, _ANEW) for row in nowhere]
    for number in source.text.numbers:
        of_number = placed.get(number.start, [])
        unfit = list(_unfit(of_number, number))
        findings += unfit
        if number.kind not in ("value", "unclear") or not of_number:
            continue
        taken = [row for row in of_number if row.read in READ]
        whole = len(taken) == len(of_number)
        if not taken:
            taken = [of_number[0]._replace(**cells) for cells in earlier.get(number.start, [])]
            whole = bool(taken)
        if not whole and not unfit:
            read.unread.append(number)
        for row in taken:
            figure = _figure(source, row, _as_read(source, row, number))
            findings += [*_check_row(source, row, number), *_spelled(source, figure)]
            read.figures.append(figure)
    if all(one.column for one in wrong):
        # Of a row that cannot be read it is not known which number it is of.
        findings += _missing(draft, source, placed, nowhere)
    told = {(one.row, one.column) for one in wrong}
    told |= {(row, "at") for row, column in told if column in ("printed", "report")}
    # Of a table that is one row all numbers may have the same.
    several = dict.fromkeys(one for one in findings if (one.row, one.column) not in told)
    read.findings.extend(several)
    return read


def _fewer_words(old: DraftRow, new: DraftRow) -> bool:
    return (old.keyword, old.context) != (new.keyword, new.context)


def _placed(
    source: Source, rows: Iterable[DraftRow]
) -> tuple[dict[int, list[DraftRow]], list[DraftRow]]:
    """The rows by the place of their number, and those that have none."""
    numbers = {number.start: number for number in source.text.numbers}
    found: dict[int, list[DraftRow]] = {}
    nowhere = []
    for row in rows:
        at = int(row.at) if row.at.isdecimal() else -1
        if at in numbers and identifies(row, numbers[at]):
            found.setdefault(at, []).append(row)
        else:
            nowhere.append(row)
    # Of rows that share a number the marks give the order, however the draft was sorted.
    return {at: sorted(of, key=lambda row: row.shared) for at, of in found.items()}, nowhere


def _unfit(rows: Iterable[DraftRow], number: Number) -> Iterator[Finding]:
    """Rows that cannot be taken at all: figures of what grammar tells apart, unknown marks."""
    for row in rows:
        if number.kind in ("value", "unclear"):
            if row.read not in ("", *READ):
                wanted, advice = "yes, or an empty cell", "write yes when the row is right"
                yield finding("draft", row, "read", row.read, wanted, advice)
        elif row.indicator:
            advice = (
                f"grammar tells “{number.printed}” as {number.kind}: no figure can be made of it"
            )
            yield finding("draft", row, "indicator", row.indicator, "an empty cell", advice)


def _missing(
    draft: str | Path,
    source: Source,
    placed: dict[int, list[DraftRow]],
    nowhere: Sequence[DraftRow],
) -> Iterator[Finding]:
    """The numbers without a row, but for those of which a row that has no place may be."""
    text = source.text
    named = {row.at for row in nowhere} | {row.printed for row in nowhere}
    for number in text.values:
        if number.start not in placed and named.isdisjoint((str(number.start), number.printed)):
            around = text.text[max(0, number.start - 12) : number.end + 6].replace("\n", " ")
            found = f"no row for “{number.printed}” in “{around}”"
            yield Finding("draft", str(draft), None, "", found, "a row for every number", _AGAIN)


def _check_row(source: Source, row: DraftRow, number: Number) -> Iterator[Finding]:
    """Whether a row says what its text says, and is either a figure or set apart with a reason."""
    yield from _check_reading(source, row, number)
    if row.indicator and row.reason:
        both = f"{row.reason}, and the indicator {row.indicator}"
        advice = "clear the reason if the number is this figure, else the indicator"
        yield finding("draft", row, "reason", both, "one of the two", advice)
    elif row.reason and not _reason(source.tables, row.reason):
        words = source.tables.words
        codes = [code for kind, code in words if kind in ("no_figure", "unclear")]
        advice = "choose one; anything else goes into the notes"
        yield finding("draft", row, "reason", row.reason, f"one of {', '.join(codes)}", advice)
    elif not (row.indicator or row.reason or (row.note_zh and row.note_en)):
        wanted = "an indicator, or a reason why the number is set apart"
        yield finding("draft", row, "indicator", "an empty cell", wanted, "choose one of the two")


def _check_reading(source: Source, row: DraftRow, number: Number) -> Iterator[Finding]:
    """Whether value, unit and bound are those of the text or, of an unclear number that its curator
    has resolved, in the form in which these are written.
    """
    said, read = row_of(source, number), _as_read(source, row, number)
    if number.kind == "unclear" and row.value and row.resolved:
        if not NUMBER.fullmatch(row.value):
            how = advice_on(row.value, "number")
            yield finding("draft", row, "value", repr(row.value), FORMS["number"], how)
        return
    for column in READING:
        cell, wanted = getattr(row, column), getattr(said, column)
        if not alike(cell, wanted) and (column != "unit" or cell != read.unit):
            unit = number.unit if number.unit != "%" else ""
            cure = f"write {wanted}, in a cell set to text" if wanted else "clear the cell"
            advice = f"the text prints “{number.printed}{unit}”: {cure}"
            if number.kind == "unclear":
                advice = "a number that no rule reads needs its value and, under “resolved”, the"
                advice += " initials of who read it so; or clear it"
            empty = "an empty cell"
            yield finding("draft", row, column, cell or empty, wanted or empty, advice)


def _spelled(source: Source, figure: FigureRow) -> Iterator[Finding]:
    """Cells of what a curator writes that are no cells of the table."""
    for field in source.tables.schemas["figures"].fields:
        cell = getattr(figure, field.name)
        if field.name in Decision._fields and cell:
            for wrong in field.read(cell)[1]:
                found = f"{wrong.found}, for “{figure.printed}”"
                yield finding("draft", figure, field.name, found, wrong.wanted, wrong.advice)


def _as_read(source: Source, row: DraftRow, number: Number) -> Number:
    """The number of a row, an unclear one as its curator has resolved it: with the unit and bound
    written there, else those that the words around give.
    """
    number = counted_as(source.text, number, source.tables.codebook.get(row.indicator))
    if number.kind != "unclear" or not row.resolved or not NUMBER.fullmatch(row.value):
        return number
    sentence = source.sentence(number)
    value, at = Decimal(row.value), number.start - sentence.start
    read = resolved(sentence.text, at, number, value, row.unit, row.bound or "exact")
    return read._replace(unit=row.unit or read.unit, bound=row.bound or read.bound)


def _reason(tables: Seeds, code: str) -> Term | None:
    """The words of a reason why a number is set apart."""
    return tables.words.get(("no_figure", code)) or tables.words.get(("unclear", code))


def _figure(source: Source, row: DraftRow, number: Number) -> FigureRow:
    """The row of the table that a draft's row stands for, with what the text itself says of it."""
    place = source.text.place_of(number)
    figure = FigureRow(
        **in_both(row),
        report=source.report,
        printed=number.printed,
        value=number.value,
        unit=number.unit,
        bound=number.bound,
        table_row=place.table_row if place else "",
        heads=place.column if place else "",
        reader="",
        file=row.file,
        line=row.line or 0,
    )
    if row.indicator:
        # Words of one's own only where the codebook's are not there.
        keyword, context = source.says(number, row.indicator)
        figure = figure._replace(
            keyword="" if keyword else row.keyword, context="" if context else row.context
        )
    else:
        word = _reason(source.tables, row.reason)
        zh, en = (word.zh, word.en) if word else ("", "")
        figure = figure._replace(scope="", scope_basis="", period="", keyword="", context="")
        figure = figure._replace(note_zh=row.note_zh or zh, note_en=row.note_en or en)
    if place:
        return figure._replace(quote=source.sentence(number).text)
    quote = row.quote or source.quote(number, row.indicator, figure.keyword)
    return figure._replace(quote=quote)


def _with_marks(figures: Iterable[FigureRow], before: Iterable[FigureRow]) -> list[FigureRow]:
    """The figures with the marks of their second readers; if a row changed, its seal says so."""
    marks = {_same(row): row.reader for row in before}
    return [figure._replace(reader=marks.get(_same(figure), "")) for figure in figures]


def _same(row: FigureRow) -> tuple[str, ...]:
    return row.indicator, row.printed, row.quote, row.shared


def _changes(before: bytes, after: bytes, in_part: bool) -> bool:
    """Whether a draft would change a table; of one that is known only in part, whether it has rows
    that the table has not.
    """
    if in_part:
        return any(line not in cells_of(before) for line in cells_of(after))
    return cells_of(before) != cells_of(after)


def _refuse_change(draft: str | Path, report: str, unread: int, signed: bool) -> None:
    """An audited report is changed by a draft only until a second reader has signed."""
    if unread or signed:
        why = (
            f"{unread} of its numbers are not marked as read here"
            if unread
            else "it has been read a second time"
        )
        raise BaodingError(
            f"{draft}: {report} is audited, {why}, and this draft would change it; correct the rows"
            f" of seeds/figures/{report}.csv themselves, and announce it (CONTRIBUTING.md,"
            " Correcting a figure)"
        )


# --- the files as they would be, and what the audit says of them


def _table(tables: Seeds, figures: Iterable[FigureRow]) -> bytes:
    columns = tables.schemas["figures"].columns
    rows = []
    for figure in figures:
        value = "" if figure.value is None else plainly(figure.value)
        cells = figure._asdict() | {"value": value}
        rows.append([cells[column] for column in columns])
    return written([columns, *rows])


def _audited_row(tables: Seeds, report: str) -> bytes:
    """The bytes of reports.csv with the report's status audited."""
    header, *lines = cells_of(tables.folder.raw("reports.csv"))
    for cells in lines:
        if cells[0] == report:
            cells[header.index("status")] = "audited"
    return written([header, *lines])


def _listed(tables: Seeds, report: str) -> bytes:
    """The description of the tables with the report's figures among its files."""
    package = deepcopy(tables.package)
    figures = next(resource for resource in package["resources"] if resource["name"] == "figures")
    listed = {*figures["path"], f"figures/{report}.csv"}
    paths = (f"figures/{row.report}.csv" for row in (tables.whole or tables).reports)
    figures["path"] = [path for path in paths if path in listed]
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _audited(
    tables: Seeds,
    table: str,
    after: dict[str, bytes],
    draft: str | Path,
    figures: Sequence[FigureRow],
    read: _Read,
) -> Iterator[Finding]:
    """What the audit finds in the tables as they would be and did not find before, at the rows of
    the draft; of a report that is not complete, only what is wrong with its figures; with rows left
    out, nothing that may be wrong for want of them.
    """
    before, complete, in_part = set(check(tables)), not read.unread, bool(read.undecided)
    beside = {read.at.get(row) for row in read.undecided}  # None: the number of a row is not known
    file = f"seeds/{table}"
    lines = dict(enumerate(figures, 2))
    for one in check(Seeds(tables.folder.path, after).without(tables.left_out)):
        if one in before or not complete and one.file not in (file, *_ABOUT_FIGURES):
            continue
        if (in_part or not complete) and one.rule in of_absence():
            continue
        figure = lines.get(one.row or 0)
        if one.file != file or figure is None:
            yield one
            continue
        if one.rule == "shared" and not beside.isdisjoint((None, read.at[figure.line])):
            continue
        if one.rule == "key" and (other := _ROW.search(one.wanted)) and int(other[1]) in lines:
            row = f"row {lines[int(other[1])].line}"
            one = one._replace(wanted=_ROW.sub(row, one.wanted))
        found = one.found if one.column == "printed" else f"{one.found}, for “{figure.printed}”"
        advice = one.advice
        if figure.line in read.reworded and "under “" in advice:
            advice += "; the words there were proposed for another indicator and do not count; if"
            advice += " they are right, write them there anew after scanning again"
        yield one._replace(file=str(draft), row=figure.line, found=found, advice=advice)
