"""The arithmetic that reports state or imply: whether both sides of an identity agree within the
precision printed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from baoding_data.errors import Finding, finding
from baoding_data.tables.figures import Figure, meant
from baoding_data.tables.records import Identity
from baoding_data.tables.seeds import Seeds
from baoding_data.tables.vocabulary import Vocabulary
from baoding_data.text.numbers import meaning
from baoding_data.words import parts

# Scopes that are parts of the whole area.
OWN = ("government", "departments", "office")

_SHAPES = {
    "sum": "two or more other indicators joined by +",
    "difference": "other indicators joined by + and -",
    "ratio": "one indicator / another",
    "equal": "one other indicator",
    "at_most": "other indicators joined by + and -",
    "derived": "two or more other indicators joined by + and -",
    "places_sum": "the result itself, of a source that is only cited",
    "places_at_most": "the result itself, of a source that is only cited",
}

T = TypeVar("T")
Terms = Sequence[tuple[str, T]]
ByIndicator = Mapping[str, Sequence[Any]]


class Sum(NamedTuple):
    """An identity with the figures that it is about: one result, and the terms with their signs."""

    identity: Identity
    result: Any
    terms: list[tuple[str, Any]]


def sums(identity: Identity, figures: ByIndicator) -> list[Sum]:
    """An identity for each figure of its result whose terms are all there."""
    found = []
    for result in figures.get(identity.result, ()):
        terms = [
            (sign, meant(term, result.scope, result.period, figures))
            for sign, term in parts(identity.terms)
        ]
        if all(figure for _, figure in terms):
            found.append(Sum(identity, result, terms))
    return found


def fold(terms: Terms[T], join: Callable[[str, T, T], T]) -> T:
    """The right side of an identity: its terms joined from left to right, each by its sign.

    >>> fold([("+", 5), ("-", 2), ("+", 1)], lambda sign, a, b: a + b if sign == "+" else a - b)
    4
    """
    (_, total), *others = terms
    for sign, term in others:
        total = join(sign, total, term)
    return total


def ends(join: Callable[[str, T, T], T]) -> Callable[[str, tuple[T, T], tuple[T, T]], tuple[T, T]]:
    """A way to join two numbers, made one to join two spans of (lowest, highest)."""

    def joined(sign: str, left: tuple[T, T], right: tuple[T, T]) -> tuple[T, T]:
        low, high = right if sign == "+" else right[::-1]
        return join(sign, left[0], low), join(sign, left[1], high)

    return joined


def joined(sign: str, left: Decimal, right: Decimal) -> Decimal:
    """Two numbers added, subtracted, or divided as a percentage.

    Nothing can be a share of nothing: no printed rate is above infinity.
    """
    if sign == "/":
        return 100 * left / right if right else Decimal("Infinity")
    return left + right if sign == "+" else left - right


def span(row: Any) -> tuple[Decimal, Decimal]:
    """The lowest and highest number that a figure can mean; a derived one means just its value."""
    if not row.printed:
        return row.value, row.value
    return meaning(row.printed, row.value, row.bound)


def right_side(one: Sum) -> tuple[Decimal, Decimal]:
    """The lowest and highest value of an identity's right side, by the precision with which its
    figures are printed.
    """
    return fold([(sign, span(figure)) for sign, figure in one.terms], ends(joined))


def right_value(one: Sum) -> Decimal:
    """The number that the right side makes: for a ratio per cent, to four decimals."""
    total = fold([(sign, figure.value) for sign, figure in one.terms], joined)
    return total if total == total.to_integral_value() else round(total, 4)


def holds(one: Sum) -> bool:
    """Whether both sides of an identity agree within the precision printed."""
    low, high = right_side(one)
    left_low, left_high = span(one.result)
    return left_low <= high and (one.identity.kind == "at_most" or low <= left_high)


_SIGNS = {
    "zh": {"+": " + ", "-": " − ", "/": " ÷ "},
    "en": {"+": " + ", "-": " − ", "/": " / "},
}


def in_words(one: Sum, words: Vocabulary, language: str, several: Iterable[str] = ()) -> str:
    """An identity in words, each figure with its number, and with its scope where the report gives
    `several` figures of its indicator.

    >>> from baoding_data.tables.figures import by_indicator, of_report
    >>> from baoding_data.tables.seeds import load
    >>> tables = load()
    >>> figures = by_indicator(of_report(tables, "baoding-2022"))
    >>> rate = next(row for row in tables.identities if row.identity == "loss_rate")
    >>> in_words(sums(rate, figures)[0], tables.words, "en")
    'Loss rate in litigation (2.22%) = Suits lost (1) / Suits concluded (45)'
    """
    several = set(several)

    def term(figure: Figure) -> str:
        number = f"{figure.value:,}{'%' if figure.unit == '%' else ''}"
        bound = scope = ""
        if figure.bound != "exact":
            bound = getattr(words["bound", figure.bound], language)
        if figure.indicator in several:
            scope = getattr(words["scope", figure.scope], language)
        if language == "zh":
            return f"{figure.label_zh}（{scope}{bound}{number}）"
        said = f"{bound} {number}".strip()
        return f"{figure.label_en} ({f'{scope}: {said}' if scope else said})"

    right = fold(
        [(sign, term(figure)) for sign, figure in one.terms],
        lambda sign, left, other: left + _SIGNS[language][sign] + other,
    )
    return f"{term(one.result)} {'≤' if one.identity.kind == 'at_most' else '='} {right}"


def check_identity(tables: Seeds, identity: Identity, figures: ByIndicator) -> Iterator[Finding]:
    """One identity: the operators of its kind, figures that exist, like units, and that it holds as
    precisely as printed.
    """
    if identity.kind not in _SHAPES:
        return
    if not _shaped(identity):
        wanted = _SHAPES[identity.kind]
        advice = "correct the kind or the terms"
        yield finding("identity", identity, "terms", identity.terms, wanted, advice)
        return
    named = [identity.result, *(term for _, term in parts(identity.terms))]
    missing = [name for name in named if name.partition("@")[0] not in figures]
    if missing:
        wanted, advice = (
            f"figures of {identity.report}",
            "correct the names, or restore the figures",
        )
        yield finding("identity", identity, "terms", ", ".join(missing), wanted, advice)
        return
    found = sums(identity, figures)
    if not found:
        yield _not_meant(identity, figures)
    for one in found:
        yield from _check_sum(tables, one)


def _shaped(identity: Identity) -> bool:
    """Whether the terms have the operators of their kind, and the result is none of them."""
    terms = parts(identity.terms)
    signs = "".join(sign for sign, _ in terms[1:])
    shaped = {
        "sum": bool(signs) and set(signs) == {"+"},
        "difference": "-" in signs and "/" not in signs,
        "ratio": signs == "/",
        "equal": not signs,
        "at_most": "/" not in signs,
        "derived": bool(signs) and "/" not in signs,
        "places_sum": False,
        "places_at_most": False,
    }[identity.kind]
    return shaped and identity.result not in [term.partition("@")[0] for _, term in terms]


def _not_meant(identity: Identity, figures: ByIndicator) -> Finding:
    """Figures of all names are there, but not of one scope and period."""
    result = figures[identity.result][0]
    lacking = [
        term
        for _, term in parts(identity.terms)
        if not meant(term, result.scope, result.period, figures)
    ]
    there = [
        f"{figure.indicator}@{figure.scope}, {figure.period}"
        for term in lacking
        for figure in figures[term.partition("@")[0]]
    ]
    return finding(
        "identity",
        identity,
        "terms",
        f"{', '.join(lacking)}, where the report has {'; '.join(there)}",
        f"figures of {result.scope}, {result.period}, as {identity.result} is",
        "name the scope that is meant after @, or correct the scope or period of a figure",
    )


def _check_sum(tables: Seeds, one: Sum) -> Iterator[Finding]:
    """Kind, units and value of one identity whose figures are found."""
    identity, result = one.identity, one.result
    kind, book = identity.kind, tables.codebook[identity.result]
    if kind == "ratio":
        yield from _check_share(one, book)
    if (kind == "derived") != (result.status == "derived") and kind in (
        "derived",
        "sum",
        "difference",
        "ratio",
    ):
        wanted = f"a figure that the report {'does not print' if kind == 'derived' else 'prints'}"
        shown = f"{identity.result}, {result.status}"
        yield finding("identity", identity, "result", shown, wanted, "correct the kind")
    # A count may be bounded by another thing's count, as ceremonies by participations; nothing
    # else crosses units.
    units = {tables.words.canonical(figure.unit) for _, figure in one.terms}
    if kind not in ("ratio", "at_most"):
        units.add(tables.words.canonical(result.unit))
    if len(units) > 1:
        advice = "only like can be added or compared"
        yield finding(
            "identity", identity, "terms", " and ".join(sorted(units)), "one unit", advice
        )
    if kind == "derived":
        yield from _check_derived(tables, one)
    elif not holds(one):
        yield _broken(one)


def _check_share(one: Sum, book: Any) -> Iterator[Finding]:
    if [figure.indicator for _, figure in one.terms] != [book.numerator, book.denominator]:
        wanted = f"{book.numerator} / {book.denominator}"
        advice = "the codebook says what the share is of; correct one of the two"
        yield finding("identity", one.identity, "terms", one.identity.terms, wanted, advice)


def _check_derived(tables: Seeds, one: Sum) -> Iterator[Finding]:
    """The codebook's entry of a figure that no report prints."""
    book = tables.codebook[one.identity.result]
    unit = tables.words.canonical(one.result.unit)
    if unit != book.unit:
        wanted = unit or "the unit of its terms"
        advice = f"{book.indicator} is derived from figures in that unit; correct one of the two"
        yield finding("unit", book, "unit", book.unit, wanted, advice)
    for column in ("keyword", "context"):
        words = getattr(book, column)
        if words:
            advice = "a derived indicator stands in no sentence; clear it"
            yield finding("keyword", book, column, words, "an empty cell", advice)


def _broken(one: Sum) -> Finding:
    """What an identity that does not hold says, and what the figures come to."""
    identity, result = one.identity, one.result
    low, high = right_side(one)
    bound = "" if result.bound == "exact" else f"{result.bound.replace('_', ' ')} "
    computed = f"{low}" if low == high else f"{float(low):.4g} to {float(high):.4g}"
    at_most = identity.kind == "at_most"
    return finding(
        "identity",
        identity,
        "result",
        f"{identity.result} = {bound}{result.value}",
        f"at most {computed}" if at_most else f"{identity.terms} = {computed}",
        "look up the figures in the report; if they stand so, the report contradicts itself: say"
        " so in a note",
    )


def check_places(
    tables: Seeds, identity: Identity, place: str, rows: Iterable[Any]
) -> Iterator[Finding]:
    """One identity over places: what a source says of its own place, against its own bodies and the
    places below it that the source shows.
    """
    if identity.terms != identity.result:
        wanted = _SHAPES[identity.kind]
        advice = "correct the kind or the terms"
        yield finding("identity", identity, "terms", identity.terms, wanted, advice)
        return
    rows = [row for row in rows if row.indicator == identity.result]
    compared = False
    for total in rows:
        if total.place != place or total.scope != "whole_area":
            continue
        shown = [row for row in rows if _below(tables, row, total)]
        compared = compared or bool(shown)
        if shown and (problem := _check_total(identity, total, shown)):
            yield problem
    if not compared:
        wanted = f"a figure of {place} and figures of places below it, of one year, period and unit"
        advice = "correct the name, or restore the figures"
        yield finding("identity", identity, "result", identity.result, wanted, advice)


def _below(tables: Seeds, row: Any, total: Any) -> bool:
    """Whether a row is of a part of what a total is of."""
    if (row.year, row.period, row.unit) != (total.year, total.period, total.unit):
        return False
    if row.place == total.place:
        return row.scope in OWN
    return row.scope == "whole_area" and tables.where[row.place].parent == total.place


def _check_total(identity: Identity, total: Any, shown: list[Any]) -> Finding | None:
    low, high = fold([("+", span(row)) for row in shown], ends(joined))
    left_low, left_high = span(total)
    exact = identity.kind == "places_sum"
    if low <= left_high and not (exact and left_low > high):
        return None
    computed = f"{low}" if low == high else f"{low} to {high}"
    return finding(
        "identity",
        identity,
        "result",
        f"{identity.result} = {total.value}",
        f"{'' if exact else 'at least '}{computed}, the sum of {len(shown)} rows",
        "look up the figures in the source; if they stand so, the source contradicts itself: say"
        " so in a note",
    )


def check_own_part(rows: Sequence[Any]) -> Iterator[Finding]:
    """What a place's own bodies did is no more than what all did there: rows of one source, place,
    indicator, year and period.
    """
    wholes = [row for row in rows if row.scope == "whole_area"]
    for own in rows:
        for whole in wholes:
            if own.scope in OWN and own.unit == whole.unit and span(own)[0] > span(whole)[1]:
                wanted = f"at most {whole.value}, which row {whole.line} gives for the whole area"
                advice = "look up both in the source; correct the scope or the number"
                yield finding("identity", own, "value", own.value, wanted, advice)
