"""The tables of a text in its draft: a row for each table as a whole, which a curator sets apart or
opens with one word; opened, it is a row for every number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from baoding_data.curation.drafts import OPEN, YES, Decision, DraftRow, row_of
from baoding_data.curation.source import Source
from baoding_data.text.tables import Table

KIND = "table"
OPENS = (OPEN, "展开")
# The reason why the numbers of a table are no figures.
REASON = "table"
_SHOWN = 240  # characters of a table that its row shows


def block(source: Source, at: int) -> DraftRow:
    """The row that stands for a whole table, counted from 1, with the proposal to set it apart."""
    table, numbers = source.text.tables[at - 1], source.text.values_in_tables[at]
    row = DraftRow(
        **Decision()._asdict(),
        section=source.text.sentence_at(table.rows[0].start).section.partition("·表")[0],
        sentence=_shown(source, table, len(numbers)),
        printed=_name(at),
        value="",
        unit="",
        bound="",
        kind=KIND,
        report=source.report,
        at="",
    )
    return row.proposing({"reason": REASON})


def _name(at: int) -> str:
    return f"表{at}"


def _shown(source: Source, table: Table, count: int) -> str:
    """How a table begins: what stands above it, how many numbers it holds, heads and rows."""
    heads = (cell.text for line in table.heads for cell in line if cell.text)
    rows = (" ".join(source.text.row_text(row).split()) for row in table.rows)
    text = "；".join((" ".join(heads), *rows)).lstrip("；")
    more = "…" * (len(text) > _SHOWN)
    return f"{' '.join(table.caption)}【{len(table.rows)}行，{count}个数】{text[:_SHOWN]}{more}"


def of_a_table(row: DraftRow, source: Source) -> bool:
    """Whether a row stands for a table of the text."""
    return row.kind == KIND and row.printed in map(_name, source.text.values_in_tables)


def expanded(source: Source, rows: Iterable[DraftRow]) -> Iterator[DraftRow]:
    """The rows of a draft with those of every number in place of each row of a table, all with its
    decision; a table that is to be opened is not read yet.
    """
    names = {_name(at): numbers for at, numbers in source.text.values_in_tables.items()}
    for row in rows:
        if row.kind != KIND or row.printed not in names:
            yield row
            continue
        decision = row.decision._replace(quote="", read="" if row.read in OPENS else row.read)
        for number in names[row.printed]:
            of_number = row_of(source, number).decided(decision)
            yield of_number._replace(file=row.file, line=row.line, proposed=row.proposed)


def closed(
    source: Source, earlier: Sequence[DraftRow], decided: Mapping[int, Sequence[Mapping[str, Any]]]
) -> dict[int, DraftRow]:
    """The tables of a text that stay one row, by their numbers: those that an earlier draft neither
    opens nor shows opened, and of which no number was accepted as a figure.
    """
    before = {row.printed: row for row in earlier if row.kind == KIND}
    listed = {row.at for row in earlier if row.kind != KIND}
    found = {}
    for at, numbers in source.text.values_in_tables.items():
        row = before.get(_name(at))
        cells = [cell for number in numbers for cell in decided.get(number.start, ())]
        if row and row.read in OPENS or any(str(number.start) in listed for number in numbers):
            continue
        if row and row.touched:
            found[at] = block(source, at).kept(row)
        elif not cells:
            found[at] = block(source, at)
        elif all(cell["reason"] == REASON for cell in cells):
            found[at] = block(source, at).proposing({"read": YES})
    return found
