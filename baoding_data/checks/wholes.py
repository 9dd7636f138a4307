"""A part and its whole, as every share of the codebook has them: no more of the part than there is
of the whole, whether or not identities.csv says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import Any, NamedTuple

from baoding_data.checks.identities import span
from baoding_data.checks.looked_at import Cited, Claim, OnFile
from baoding_data.checks.rule import Fault, Level, Placed, change, reworded, rule, said_in
from baoding_data.tables.figures import key_of
from baoding_data.tables.seeds import Seeds

OF_WHICH = "其中"


class Portion(NamedTuple):
    """A figure and that of which it is a part, of one scope and period; `row` is where the part
    stands, `among` are the figures from which names tell them.
    """

    row: Placed
    part: Any
    whole: Any
    among: list[Any]


def _shares(tables: Seeds) -> set[tuple[str, str]]:
    """Part and whole of every share that the codebook knows."""
    return {(book.numerator, book.denominator) for book in tables.shares}


def _pairs(
    tables: Seeds, figures: Iterable[Any], known: Iterable[tuple[str, str]]
) -> Iterator[tuple[Any, Any]]:
    """The parts among some figures of one place and year, each with its whole."""
    of_kind: dict[tuple[str, str, str], dict[str, Any]] = defaultdict(dict)
    for one in figures:
        unit = tables.words.canonical(one.unit)
        of_kind[one.scope, one.period, unit][one.indicator] = one
    for there in of_kind.values():
        for part, whole in known:
            if part in there and whole in there and part != whole:
                yield there[part], there[whole]


def _of_report(part: OnFile) -> Iterator[Portion]:
    tables, given, shares = part.tables, part.figures, _shares(part.tables)
    parts = tables.parts_among({*_told(part)} - shares)
    known = sorted(pair for pair in shares | parts if pair[0] in given and pair[1] in given)
    names = {name for pair in known for name in pair}
    claims = {key_of(one.row): one for one in part.proved if one.row.indicator in names}
    every = [figure for several in given.values() for figure in several]
    figures = [one for name in given if name in names for one in given[name] if one.key in claims]
    for one, whole in _pairs(tables, figures, known):
        claim, of = claims[one.key], claims[whole.key]
        if (one.indicator, whole.indicator) in shares or _of_which(claim, of):
            yield Portion(claim.row, one, whole, every)


def _told(part: OnFile) -> Iterator[tuple[str, str]]:
    """The pairs of indicators of which a sentence says that one is a part of the other."""
    beside: dict[int, list[Claim]] = defaultdict(list)
    for claim in part.proved:
        if OF_WHICH in claim.sentence.text:
            beside[claim.sentence.start].append(claim)
    for claims in beside.values():
        for one, whole in permutations(claims, 2):
            if _of_which(one, whole):
                yield one.row.indicator, whole.row.indicator


def _of_which(part: Claim, whole: Claim) -> bool:
    """Whether a sentence says of a number that it is one of which another is a part."""
    if part.cell or whole.cell or part.sentence != whole.sentence:
        return False
    return OF_WHICH in part.text.text[whole.number.end : part.number.start]


def _of_source(part: Cited) -> Iterator[Portion]:
    of_place = defaultdict(list)
    for row in part.readable:
        of_place[row.place, row.year, row.first_year].append(row)
    known = sorted(_shares(part.tables))
    for rows in of_place.values():
        for one, whole in _pairs(part.tables, rows, known):
            yield Portion(one, one, whole, [])


WHOLES = Level("部分与总数", "A part and its whole", {OnFile: _of_report, Cited: _of_source})


@rule(
    WHOLES,
    zh="部分不多于总数：指标表中比率的分子与分母，以及句子写明“其中”、identities.csv 有此关系的两数。",
    finds=(
        reworded("维持34件，维持率85%", "维持54件"),
        change("figures", "cases_upheld", printed="54", value="54", quote="维持54件"),
        change("figures", "upheld_rate"),
        change("identities", "chengping-2023,rate"),
    ),
)
def part_of_whole(one: Portion) -> Iterator[Fault]:
    """A part is no more than its whole: the numerator of a share in the codebook and its
    denominator, and two numbers of which the sentence says “其中” and identities.csv has the like.
    """
    part, whole = one.part, one.whole
    if span(part)[0] <= span(whole)[1]:
        return
    figures = part, whole
    wanted = f"at most {whole.value}, the number of {whole.indicator}, of which it is a part"
    advice = (
        f"look at the report again; if it prints so, {said_in('part_of_whole', figures, one.among)}"
    )
    yield Fault(one.row, "value", part.value, wanted, advice, figures)
