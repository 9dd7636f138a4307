"""What every number is that a report prints: a figure, none, or unclear."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from baoding_data.notebook.facts import Facts
from baoding_data.tables.figures import Figure, claims, key_of
from baoding_data.tables.records import FigureRow
from baoding_data.text.numbers import Number
from baoding_data.words import EMPTY, Pair

UNCLAIMED = Pair("尚未归入任何统计数据", "not yet accounted for").sentence


class Printed(NamedTuple):
    """A number of the text, counted from 1, with the rows and figures that it is; of any other, and
    of an unclear one, `why`, and the line of the row that sets it apart.
    """

    at: int
    number: Number
    kind: Literal["figure", "other", "unclear"]
    figures: Sequence[tuple[FigureRow, Figure]] = ()
    why: Pair = EMPTY
    line: int = 0

    @property
    def topics(self) -> list[str]:
        """The codes of the topics that its figures are of."""
        return list(dict.fromkeys(figure.topic for _, figure in self.figures))


def printed_in(facts: Facts) -> list[Printed]:
    """Every number of a report, in the order of its text."""
    claimed = claims(facts.located)
    figures = {figure.key: figure for figure in facts.figures}
    found = []
    for at, number in enumerate(facts.text.numbers, 1):
        rows = claimed.get(number.start, [])
        of_rows = [(row, figures[key_of(row)]) for row in rows if key_of(row) in figures]
        if of_rows:
            found.append(Printed(at, number, "figure", of_rows))
        else:
            found.append(_no_figure(facts, at, number, rows))
    return found


def _no_figure(facts: Facts, at: int, number: Number, rows: Sequence[FigureRow]) -> Printed:
    """A number that is none, with the reason: that of its row, its kind, or its doubt."""
    if rows:
        why = Pair(rows[0].note_zh, rows[0].note_en)
        return Printed(at, number, "other", why=why, line=rows[0].line)
    if number.kind == "unclear":
        return Printed(
            at, number, "unclear", why=facts.words.pair("unclear", number.doubt).sentence
        )
    if number.kind == "value":
        return Printed(at, number, "unclear", why=UNCLAIMED)
    kind = facts.words.pair("number", number.kind)
    return Printed(
        at, number, "other", why=Pair(kind.zh, f"one of the {kind.en} in the text").sentence
    )
