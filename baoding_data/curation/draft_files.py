"""A draft's file as programs and people leave it: the cells of its rows as text, what is wrong with
some, and what a draft written anew would not have.

Columns may stand in any order, among others of one's own; what is ambiguous is refused.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from baoding_data.errors import BaodingError, Finding
from baoding_data.tables import files
from baoding_data.text import mojibake

AGAIN = "scan again with another name"
NUMBERS = ("value", "confidence", "at")  # the columns that hold numbers


class Layout(NamedTuple):
    """The columns of a draft, and those that one of an earlier version has not."""

    columns: Sequence[str]
    later: Sequence[str]


Rows = list[tuple[int, dict[str, str]]]


def not_carried(raw: bytes, layout: Layout) -> list[str]:
    """What of a CSV a draft written anew would not have, in words: columns of one's own."""
    lines, wrong = files.lines_in(raw, layout.columns)
    if wrong:
        return ["all that it holds"]
    (_, header), *rest = lines
    of_draft = own_columns(header, layout)
    filled = {at for _, cells in rest for at, cell in enumerate(cells) if cell.strip()}
    return column_names(header, filled - of_draft.keys())


def column_names(header: Sequence[object], columns: Iterable[int]) -> list[str]:
    """Columns by their names or, where one has none of its own, its letter."""
    names = [folded(name) for name in header]
    named = Counter(names)
    own = {at for at, name in enumerate(names) if name and named[name] == 1}
    return [
        f"column {' '.join(str(header[at]).split()) if at in own else letter(at)}"
        for at in sorted(columns)
    ]


def own_columns(header: Sequence[object], layout: Layout) -> dict[int, str]:
    """Which columns under a header are a draft's own, by their places from 0; of two of one name
    the first.
    """
    first: dict[str, int] = {}
    for at, name in enumerate(map(folded, header)):
        first.setdefault(name, at)
    return {at: name for name, at in first.items() if name in (*layout.columns, "label")}


# --- the header


def folded(name: object) -> str:
    """A name whatever its case, its width and the blanks in it.

    >>> folded(" Note_ZH "), folded("ｒｅａｄ")
    ('note_zh', 'read')
    """
    text = unicodedata.normalize("NFKC", str("" if name is None else name))
    return "".join(text.split()).strip("\ufeff\u200b").casefold()


def letter(at: int) -> str:
    """The letter of a column, counted from 0.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    return (letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def known(header: Iterable[object], layout: Layout) -> int:
    """How many of a draft's columns a row names."""
    return len({folded(name) for name in header} & set(layout.columns))


def places(where: str, header: Sequence[object], row: int, layout: Layout) -> dict[str, int]:
    """Where each column of a draft stands under a header; the later ones may be missing. Raises
    BaodingError where another is, or where one stands twice.
    """
    found: dict[str, list[int]] = {}
    for at, name in enumerate(header):
        if folded(name) in layout.columns:
            found.setdefault(folded(name), []).append(at)
    missing = [name for name in layout.columns if name not in (*found, *layout.later)]
    twice = [
        f"{name} in {' and '.join(f'{letter(at)}{row}' for at in several)}"
        for name, several in found.items()
        if len(several) > 1
    ]
    if missing:
        told = files.separated_by(",".join(map(str, header)), list(layout.columns))
        cure = "save it as “CSV UTF-8 (comma delimited)”" if told else "restore the header row"
        raise BaodingError(
            f"{where}, row {row}: found {told or 'no ' + ', '.join(missing)}; wanted the columns of"
            f" a draft, {', '.join(layout.columns)}; {cure}"
        )
    if twice:
        raise BaodingError(
            f"{where}, row {row}: found {'; '.join(twice)}; wanted each column once; give one of"
            " the two another name, or remove it: nobody can tell which of them counts"
        )
    return {name: at for name, [at] in found.items()}


def once_more(
    where: str, head: int, rows: Iterable[tuple[int, Sequence[object]]], layout: Layout
) -> None:
    """Raise BaodingError where the header of a draft stands a second time, below its rows."""
    for number, cells in rows:
        if number > head and 2 * known(cells, layout) >= len(layout.columns):
            raise BaodingError(
                f"{where}, row {number}: found the header of a draft once more; wanted one draft;"
                " take this row and those below it out, or those above it: nobody can tell which of"
                " them counts"
            )


# --- CSV


def rows_of(path: Path, raw: bytes, layout: Layout) -> tuple[Rows, list[Finding]]:
    """The numbered rows of a draft as CSV, all cells as text, and what is wrong with some; raises
    BaodingError for what is no draft.
    """
    lines, wrong = files.lines_in(raw, layout.columns)
    if wrong:
        row = f", row {wrong.row}" if wrong.row else ""
        raise BaodingError(
            f"{path}{row}: found {wrong.found}; wanted {wrong.wanted}; {wrong.advice}"
        )
    (_, header), *rest = lines
    at = places(str(path), header, 1, layout)
    once_more(str(path), 1, rest, layout)
    rows, findings = [], []
    for number, cells in rest:
        found = _other_length(cells, len(header), at["report"])
        if found:
            advice = "put a cell that holds a comma in quotation marks, or add what is missing"
            wanted = f"{len(header)} cells, as in the header"
            findings.append(Finding("draft", str(path), number, "", found, wanted, advice))
        else:
            whole = [*cells, *[""] * len(header)]
            rows.append((number, {name: whole[place].strip() for name, place in at.items()}))
    return rows, findings


def _other_length(cells: Sequence[str], wanted: int, needed: int) -> str:
    """What is wrong with the number of a row's cells; empty where only empty ones at its end are
    left out or added, as programs do.
    """
    more = [cell for cell in cells[wanted:] if cell.strip()]
    if more:
        return f"{len(cells)} cells, behind the last column “{more[0]}”"
    return f"{len(cells)} cells" if len(cells) <= needed else ""


# --- what was read in another encoding, or lost

# What a scan writes in Chinese has lost all of it where these stand without a Chinese character.
_CHINESE = ("section", "sentence", "quote")
_MARKS = re.compile(r"[^\u3400-\u9fff]*?(\?{2,})[^\u3400-\u9fff]*")


class _Spoiled(NamedTuple):
    """What happened to a cell, how it stands there and what it was."""

    how: str
    stands: str
    was: str


def without_spoiled(path: Path, rows: Rows) -> tuple[Rows, list[Finding]]:
    """The rows without those that were read in another encoding or have lost characters, and one
    finding for all these; where the text of one is lost, nothing is told of the others.
    """
    found = {number: told for number, cells in rows if (told := _spoiled(cells))}
    if not found:
        return rows, []
    told = [one for of_row in found.values() for one in of_row.values()]
    how = Counter(one.how for one in told).most_common(1)[0][0]
    shown = max((one for one in told if one.how == how), key=lambda one: len(one.was or one.stands))
    one_finding = Finding(
        "draft",
        str(path),
        min(found),
        "",
        f"{how} in {in_words(found)}, as “{_cut(shown.stands)}”",
        f"“{_cut(shown.was)}”" if shown.was else "the words as they were written",
        f"take the file as it was before and save it as “CSV UTF-8” or .xlsx, or {AGAIN}, and write"
        " there what you had decided",
    )
    whole = any("sentence" in of_row for of_row in found.values())
    return [] if whole else [row for row in rows if row[0] not in found], [one_finding]


def _spoiled(cells: Mapping[str, str]) -> dict[str, _Spoiled]:
    """What happened to the cells of one row."""
    text = {name: " ".join(cell.split()) for name, cell in cells.items() if not cell.isascii()}
    marked = {name: match[1] for name in _CHINESE if (match := _MARKS.fullmatch(cells[name]))}
    text |= {name: cells[name] for name in marked}
    text.pop("proposed", "")
    found = {}
    for (name, cell), misread in zip(
        text.items(), mojibake.misread("\n".join(text.values())), strict=bool(text)
    ):
        lost = mojibake.lost(cell) or marked.get(name, "")
        if misread:
            found[name] = _Spoiled(misread.how, cell, misread.text.partition("\ufffd")[0])
        elif lost:
            found[name] = _Spoiled(f"“{lost[:4]}”, which stands for lost characters,", cell, "")
    return found


def in_words(rows: Iterable[int]) -> str:
    """The numbers of rows, as “rows 2–9 and 12”.

    >>> in_words([4, 2, 3, 9]), in_words([5])
    ('rows 2–4 and 9', 'row 5')
    """
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and spans[-1][1] + 1 == row:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    *first, last = (f"{a}–{b}" if a < b else f"{a}" for a, b in spans)
    said = f"{', '.join(first)} and {last}" if first else last
    return f"row{'s' * (said != str(spans[0][0]))} {said}"


def _cut(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:24]}…"


def runs(cells: Iterable[tuple[int, int]]) -> Iterator[str]:
    """The places of cells (column, row), those below each other as one, as C5 and S4:S9."""
    column, first, last = -1, 0, 0
    for at, row in [*sorted(cells), (-1, 0)]:
        if at == column and row == last + 1:
            last = row
            continue
        if column >= 0:
            upper = f"{letter(column)}{first}"
            yield upper if first == last else f"{upper}:{letter(column)}{last}"
        column, first, last = at, row, row
