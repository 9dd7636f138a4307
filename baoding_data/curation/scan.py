"""A text scanned: a row for every number, with what was decided of it before, or a proposal."""

from collections.abc import Iterator
from pathlib import Path

from baoding_data.curation.drafts import Decision, DraftRow, accepted, read_draft, row_of
from baoding_data.curation.propose import UNKNOWN, Proposal, Proposer
from baoding_data.curation.source import Source, source_of
from baoding_data.errors import BaodingError, finding, refuse
from baoding_data.tables.seeds import AnySeeds, load
from baoding_data.text.numbers import Number


def scan(
    source: str | Path, seeds: AnySeeds = None, earlier: str | Path | None = None
) -> list[DraftRow]:
    """A row for every number of a report on file, or of any text file, in the order of the text.

    `earlier` is a draft of the same report: whatever its curator has written is taken over, and so
    are figures accepted before; proposals are made anew where a row has neither an indicator nor a
    reason. Raises BaodingError when there is no such report or file, or it is no text.

    >>> [row.indicator for row in scan("baoding-2022") if row.printed == "316"]
    ['reconsideration_accepted']
    """
    tables = load(seeds)
    scanned = source_of(tables, source)
    decided = accepted(tables, scanned.report)
    if earlier and Path(earlier).exists():
        before = _written_before(earlier, scanned)
        read = {at: of for at, of in before.items() if any(one.read for one in of)}
        # What was only begun gives way to what was accepted, and that to a row that is read.
        decided = before | decided | read
    proposals = Proposer(tables).propose(scanned)
    found = []
    for number, proposed in zip(scanned.text.numbers, proposals, strict=True):
        decisions = decided.get(number.start) or _decisions(scanned, number, proposed)
        row = row_of(scanned, number)
        found += [row.decided(decision) for decision in decisions]
    return found


def _decisions(source: Source, number: Number, proposals: list[Proposal]) -> Iterator[Decision]:
    """The proposals for a number as a curator would write them."""
    for nth, proposal in enumerate(proposals, 1):
        confidence = f"{proposal.confidence:.2f}" if proposal.indicator else ""
        reason = "" if proposal.reason == UNKNOWN else proposal.reason
        decision = Decision(**proposal._asdict() | {"confidence": confidence, "reason": reason})
        shared = f"{nth}/{len(proposals)}" if len(proposals) > 1 else ""
        quote = source.quote(number, proposal.indicator, proposal.keyword)
        yield decision._replace(shared=shared, quote=quote)


def _written_before(path: str | Path, source: Source) -> dict[int, list[Decision]]:
    """What is written in an earlier draft, by the place of the number; none of it may be lost."""
    numbers = {str(number.start): number for number in source.text.numbers}
    found: dict[int, list[Decision]] = {}
    wrong = []
    for row in read_draft(path, to_write=True):
        if row.report != source.report:
            other = row.report or "an empty cell"
            wanted = source.report or "an empty cell"
            advice = "it is a draft of another text: choose another name for this one"
            raise BaodingError(str(finding("draft", row, "report", other, wanted, advice)))
        number = numbers.get(row.at)
        if not _touched(row, number):
            continue
        if number is None or number.printed != row.printed:
            there = f"“{row.printed}” at {row.at or 'no place'}"
            advice = "restore the two, or clear the row if the text has changed since"
            wrong.append(finding("draft", row, "at", there, "a number of the text", advice))
        else:
            found.setdefault(number.start, []).append(row.decision)
    refuse(wrong)
    return found


def _touched(row: DraftRow, number: Number | None) -> bool:
    """Whether something stands in a row that proposing anew would not give."""
    proposed = number is not None and row.reason in (number.doubt, number.kind)
    if not row.read and row.kind != "value" and proposed:
        return False
    return any(row.decision._replace(quote="", confidence=""))
