"""A text scanned: a row for every number, with what was decided of it before, or a proposal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from baoding_data.curation.blocks import closed, of_a_table
from baoding_data.curation.drafts import (
    NO_REPORT,
    Decision,
    DraftRow,
    accepted,
    identifies,
    misplaced,
    row_of,
    rows_in,
)
from baoding_data.curation.propose import UNKNOWN, Proposal, proposer
from baoding_data.curation.source import Source, source_of
from baoding_data.errors import finding, refuse
from baoding_data.reading import kind
from baoding_data.tables.seeds import AnySeeds, load
from baoding_data.text.numbers import Number


def scan(
    source: str | Path, seeds: AnySeeds = None, earlier: str | Path | None = None
) -> list[DraftRow]:
    """A row for every number of a report on file, or of any text file, in the order of the text.

    `earlier` is a draft of the same report: the rows of a number of which its curator has touched
    one are taken over; of the others what was accepted before, or else a new proposal. Raises
    BaodingError when there is no such report or file, or it is no text.

    >>> [row.indicator for row in scan("baoding-2022") if row.printed == "316"]
    ['reconsideration_accepted']
    """
    tables = load(seeds)
    scanned = source_of(tables, source)
    decided = accepted(tables, scanned.report)
    before = _earlier(earlier, scanned) if earlier and kind(earlier) is not None else []
    touched, tables_closed = _touched(before, scanned), closed(scanned, before, decided)
    proposals = proposer(tables).propose(scanned)
    found = []
    for number, proposed in zip(scanned.text.numbers, proposals, strict=True):
        place = scanned.text.place_of(number)
        if place and place.table in tables_closed:
            if number is scanned.text.values_in_tables[place.table][0]:
                found.append(tables_closed[place.table])
            continue
        row = row_of(scanned, number)
        if before := touched.get(number.start):
            found += [row.kept(one) for one in before]
        else:
            several = decided.get(number.start) or _decisions(scanned, number, proposed)
            found += [row.proposing(cells) for cells in several]
    return found


def _decisions(
    source: Source, number: Number, proposals: list[Proposal]
) -> Iterator[dict[str, str]]:
    """The cells of the proposals for a number as a curator would write them."""
    for nth, proposal in enumerate(proposals, 1):
        confidence = f"{proposal.confidence:.2f}" if proposal.indicator else ""
        reason = "" if proposal.reason == UNKNOWN else proposal.reason
        decision = Decision(**proposal._asdict() | {"confidence": confidence, "reason": reason})
        shared = f"{nth}/{len(proposals)}" if len(proposals) > 1 else ""
        quote = source.quote(number, proposal.indicator, proposal.keyword)
        yield decision._replace(shared=shared, quote=quote)._asdict()


def _earlier(path: str | Path, source: Source) -> list[DraftRow]:
    """The rows of an earlier draft of the text; raises BaodingError where one cannot be kept."""
    rows, wrong = rows_in(path)
    of_other = next((row for row in rows if row.report != source.report), None)
    if of_other:
        other, wanted = (report or "an empty cell" for report in (of_other.report, source.report))
        advice = "it is a draft of another text: choose another name for this one"
        advice = advice if of_other.report else NO_REPORT
        refuse([*wrong, finding("draft", of_other, "report", other, wanted, advice)])
    refuse(wrong)
    return rows


def _touched(rows: Iterable[DraftRow], source: Source) -> dict[int, list[DraftRow]]:
    """The rows of an earlier draft, by the place of their number, where a person has touched one of
    a number's; none of them may be lost.
    """
    numbers = {str(number.start): number for number in source.text.numbers}
    found: dict[int, list[DraftRow]] = defaultdict(list)
    lost = []
    for row in rows:
        number = numbers.get(row.at)
        if number and identifies(row, number):
            found[number.start].append(row.without_refused())
        elif row.touched and not of_a_table(row, source):
            advice = "remove the row, if the text has changed since"
            lost.append(misplaced(row, source.text.numbers, advice))
    refuse(lost)
    return {at: of for at, of in found.items() if any(row.touched for row in of) or _copied(of)}


def _copied(rows: list[DraftRow]) -> bool:
    """Whether one of a number's rows is a copy, which a person has made to fill it in."""
    return len({row.proposed for row in rows}) < len(rows)
