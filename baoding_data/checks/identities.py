"""The arithmetic that reports state or imply: whether both sides agree as precisely as printed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from baoding_data.checks.looked_at import Cited, OnFile
from baoding_data.checks.rule import Fault, Level, change, rule, said_in
from baoding_data.tables.figures import Figure, meant
from baoding_data.tables.records import Identity, Indicator, Observation
from baoding_data.tables.seeds import Seeds
from baoding_data.tables.vocabulary import Vocabulary
from baoding_data.text.numbers import meaning
from baoding_data.text.wording import legible
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
    return _meaning(legible(row), row.value, row.bound)


# A figure is part of several identities, and of every audit.
_meaning = lru_cache(maxsize=10_000)(meaning)


def right_side(one: Sum) -> tuple[Decimal, Decimal]:
    """The lowest and highest value of an identity's right side, as its figures are printed."""
    return fold([(sign, span(figure)) for sign, figure in one.terms], ends(joined))


def right_value(one: Sum) -> Decimal:
    """The number that the right side makes: for a ratio per cent, to four decimals."""
    total = fold([(sign, figure.value) for sign, figure in one.terms], joined)
    return total if total == total.to_integral_value() else round(total, 4)


def of_nothing(one: Sum) -> bool:
    """Whether an identity divides by no case at all, which has no outcome."""
    return one.identity.kind == "ratio" and not one.terms[-1][1].value


def holds(one: Sum) -> bool:
    """Whether both sides of an identity agree within the precision printed; a rate of no cases at
    all may be printed as none of them or as all.
    """
    left_low, left_high = span(one.result)
    if of_nothing(one):
        none = not one.terms[0][1].value
        return none and any(left_low <= rate <= left_high for rate in (0, 100))
    low, high = right_side(one)
    return left_low <= high and (one.identity.kind == "at_most" or low <= left_high)


_SIGNS = {"zh": {"+": " + ", "-": " − ", "/": " ÷ "}, "en": {"+": " + ", "-": " − ", "/": " / "}}


Run = tuple[str, Figure | None]  # words, or a number with the figure that it is


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
    return "".join(text for text, _ in runs(one, words, language, several))


def runs(one: Sum, words: Vocabulary, language: str, several: Iterable[str] = ()) -> list[Run]:
    """The same as words and numbers, one after the other."""
    several = set(several)

    def term(figure: Figure) -> list[Run]:
        number = f"{figure.value:,}{'%' if figure.unit == '%' else ''}"
        bound = scope = ""
        if figure.bound != "exact":
            bound = getattr(words["bound", figure.bound], language)
        if figure.indicator in several:
            scope = getattr(words["scope", figure.scope], language)
        if language == "zh":
            return [(f"{figure.label_zh}（{scope}", None), (bound + number, figure), ("）", None)]
        before = f"{figure.label_en} ({f'{scope}: ' if scope else ''}"
        return [(before, None), (f"{bound} {number}".strip(), figure), (")", None)]

    right = fold(
        [(sign, term(figure)) for sign, figure in one.terms],
        lambda sign, left, other: [*left, (_SIGNS[language][sign], None), *other],
    )
    sign = "≤" if one.identity.kind == "at_most" else "="
    return [*term(one.result), (f" {sign} ", None), *right]


class Stated:
    """One identity, with its report's figures by indicator; of a cited source, of one place."""

    def __init__(self, tables: Seeds, row: Identity, figures: ByIndicator):
        self.tables, self.row, self.figures = tables, row, figures
        self.terms = parts(row.terms)
        names = {term: term.partition("@")[0] for _, term in self.terms}
        # Whether the terms have the operators of their kind, and the result is none of them.
        signs = [sign for sign, _ in self.terms[1:]]
        self.shaped = _shaped(row.kind, signs) and row.result not in names.values()
        # The names of which the report has no figure.
        named = [row.result, *(term for _, term in self.terms)]
        self.missing = [name for name in named if names.get(name, name) not in figures]
        # The identity with its figures; none where its form or a name is wrong.
        self.sums = sums(row, figures) if self.shaped and not self.missing else []

    @property
    def book(self) -> Indicator:
        """The codebook's entry of the result, which is there where figures of it are."""
        return self.tables.codebook[self.row.result]


# The signs that may stand between the terms, and those that must.
_SIGNS_OF = {
    "sum": ("+", "+"),
    "difference": ("+-", "-"),
    "ratio": ("/", "/"),
    "equal": ("", ""),
    "at_most": ("+-", ""),
    "derived": ("+-", "+-"),
}


def _shaped(kind: str, signs: list[str]) -> bool:
    """Whether the signs between the terms are those of a kind of identity."""
    may, must = _SIGNS_OF.get(kind, ("", "+"))
    there = not must or any(sign in must for sign in signs)
    return there and all(sign in may for sign in signs) and not (kind == "ratio" and signs[1:])


class Total(NamedTuple):
    """One identity over places: the figures of the source's own place, each with those of its own
    bodies and of the places below it that the source shows.
    """

    row: Identity
    place: str
    compared: list[tuple[Observation, list[Observation]]]


def _stated(part: OnFile) -> Iterator[Stated]:
    """The identities of a report on file, with its figures."""
    return (Stated(part.tables, row, part.figures) for row in part.identities)


def _stated_of_places(part: Cited) -> Iterator[Stated]:
    """The identities of a source that is only cited, for each place and year that has all its
    figures; once without figures where none has.
    """
    of_place: dict[tuple[str, int], dict[str, list[Observation]]] = defaultdict(dict)
    for row in part.readable if part.identities else ():
        of_place[row.place, row.year].setdefault(row.indicator, []).append(row)
    for identity in part.identities:
        if not identity.kind.startswith("places_"):
            there = [figures for figures in of_place.values() if sums(identity, figures)]
            for figures in there or [{}]:
                yield Stated(part.tables, identity, figures)


def _totals(part: Cited) -> Iterator[Total]:
    """The identities over places of a source that is only cited."""
    for identity in part.identities:
        if identity.kind.startswith("places_"):
            rows = [row for row in part.readable if row.indicator == identity.result]
            place = part.row.place
            whole = [row for row in rows if (row.place, row.scope) == (place, "whole_area")]
            pairs = [(one, [r for r in rows if _below(part.tables, r, one)]) for one in whole]
            yield Total(identity, place, [pair for pair in pairs if pair[1]])


def _below(tables: Seeds, row: Observation, total: Observation) -> bool:
    """Whether a row is of a part of what a total is of."""
    if (row.year, row.period, row.unit) != (total.year, total.period, total.unit):
        return False
    if row.place == total.place:
        return row.scope in OWN
    return row.scope == "whole_area" and tables.where[row.place].parent == total.place


def _alike(part: Cited) -> Iterator[list[Observation]]:
    """Observations of one source, place, indicator, year and period, of what is counted."""
    found = defaultdict(list)
    for row in part.readable:
        if part.tables.codebook[row.indicator].measure in ("count", "stock"):
            found[row.place, row.year, row.indicator, row.period].append(row)
    return iter(found.values())


class Given(NamedTuple):
    """The indicators that a report, or a source for one place, year, scope and period, gives."""

    tables: Seeds
    report: str
    names: set[str]


def _given(part: OnFile) -> Iterator[Given]:
    yield Given(part.tables, part.report, {claim.row.indicator for claim in part.claims})


def _given_of_places(part: Cited) -> Iterator[Given]:
    found = defaultdict(set)
    # A share and its two counts are three.
    for row in part.readable if len(part.readable) > 2 else ():
        found[row.place, row.year, row.scope, row.period].add(row.indicator)
    return (Given(part.tables, part.row.report, names) for names in found.values())


IDENTITIES = Level("恒等关系", "An identity", {OnFile: _stated, Cited: _stated_of_places})
PLACES = Level("各地合计", "An identity over places", {Cited: _totals})
PARTS = Level("全域与本级", "The whole area and its own bodies", {Cited: _alike})
SHARES = Level("比率与两数", "A share and its counts", {OnFile: _given, Cited: _given_of_places})


@rule(
    IDENTITIES,
    zh="各项和符号合乎关系的类型，结果不在各项之中。",
    finds=change("identities", "chengping-2023,concluded_of_cases", kind="sum"),
    passes=change("identities", "chengping-2023,cases_by_body", kind="at_most"),
)
def identity_form(one: Stated) -> Iterator[Fault]:
    """The terms have the operators of the identity's kind, and the result is none of them."""
    if one.row.kind in _SHAPES and not one.shaped:
        wanted, advice = _SHAPES[one.row.kind], "correct the kind or the terms"
        yield Fault(one.row, "terms", one.row.terms, wanted, advice)


@rule(
    IDENTITIES,
    zh="关系中的每一项，报告都有数。",
    finds=change("identities", "chengping-2023,concluded_of_cases", terms="cases_withdrawn"),
    of_absence=True,
)
def identity_figures(one: Stated) -> Iterator[Fault]:
    """The report has figures of every name in the identity."""
    if one.shaped and one.missing:
        wanted, advice = f"figures of {one.row.report}", "correct the names, or restore the figures"
        yield Fault(one.row, "terms", ", ".join(one.missing), wanted, advice)


@rule(
    IDENTITIES,
    zh="各项与结果的范围、时段相同，除非用“@范围”另行写明。",
    finds=change(
        "identities", "chengping-2023,cases_by_body", terms="cases_county + cases_townships"
    ),
    of_absence=True,
)
def identity_scope(one: Stated) -> Iterator[Fault]:
    """The terms are of the result's scope and period, unless they name another scope after @; a
    figure that no result takes may be meant for one that lacks it.
    """
    if not one.shaped or one.missing:
        return
    for result in one.figures[one.row.result]:
        lacking = {}
        for _, term in one.terms:
            if not meant(term, result.scope, result.period, one.figures):
                given = one.figures[term.partition("@")[0]]
                taken = [figure for found in one.sums for _, figure in found.terms]
                lacking[term] = [figure for figure in given if figure not in taken]
        if any(lacking.values()):
            there = [f"{f.indicator}@{f.scope}, {f.period}" for of in lacking.values() for f in of]
            found = f"{', '.join(lacking)}, where the report has {'; '.join(dict.fromkeys(there))}"
            wanted = f"figures of {result.scope}, {result.period}, as {one.row.result} is"
            advice = (
                "name the scope that is meant after @, or correct the scope or period of a figure"
            )
            if all("@" in term for term in lacking):
                advice = "correct the scope or period of a figure, or the scope after @"
            yield Fault(one.row, "terms", found, wanted, advice)


@rule(
    IDENTITIES,
    zh="比率的两项，就是指标表所说的分子和分母。",
    finds=change("identities", "chengping-2023,rate", terms="cases_upheld / cases"),
)
def share_of(one: Stated) -> Iterator[Fault]:
    """A ratio is of the two indicators of which the codebook says that the share is."""
    for each in one.sums if one.row.kind == "ratio" else ():
        book = one.book
        if [figure.indicator for _, figure in each.terms] != [book.numerator, book.denominator]:
            wanted = f"{book.numerator} / {book.denominator}"
            advice = "the codebook says what the share is of; correct one of the two"
            if not book.numerator:
                wanted = f"numerator and denominator of {book.indicator} in indicators.csv"
                advice = "name both there, or remove the row"
            yield Fault(one.row, "terms", one.row.terms, wanted, advice)


@rule(
    IDENTITIES,
    zh="推算的结果报告没有印出；和、差、比率的结果是印出的。",
    finds=change("identities", "chengping-2023,cases_by_body", kind="derived"),
)
def derived_or_printed(one: Stated) -> Iterator[Fault]:
    """What is derived the report does not print; the result of a sum, a difference or a ratio it
    prints.
    """
    kind = one.row.kind
    for each in one.sums if kind in ("derived", "sum", "difference", "ratio") else ():
        status = each.result.status
        if (kind == "derived") != (status == "derived"):
            prints = "does not print" if kind == "derived" else "prints"
            found, wanted = f"{one.row.result}, {status}", f"a figure that the report {prints}"
            yield Fault(one.row, "result", found, wanted, "correct the kind")


@rule(
    IDENTITIES,
    zh="相加、相比的数单位相同。",
    finds=change("identities", "chengping-2023,concluded_of_cases", terms="cases + upheld_rate"),
    passes=change("identities", "chengping-2023,concluded_of_cases", terms="cases + cases_upheld"),
)
def one_unit(one: Stated) -> Iterator[Fault]:
    """Only figures of one unit are added or compared."""
    canonical = one.tables.words.canonical
    for each in one.sums:
        # A count may be bounded by another thing's count, as ceremonies by participations; nothing
        # else crosses units.
        units = {canonical(figure.unit) for _, figure in each.terms}
        if one.row.kind not in ("ratio", "at_most"):
            units.add(canonical(each.result.unit))
        if len(units) > 1:
            found, advice = " and ".join(sorted(units)), "only like can be added or compared"
            yield Fault(one.row, "terms", found, "one unit", advice)


@rule(
    IDENTITIES,
    zh="推算指标的单位，是各项的单位。",
    finds=change("indicators", "cases_open", unit="人"),
)
def derived_unit(one: Stated) -> Iterator[Fault]:
    """A derived indicator has the unit of the figures that it is derived from."""
    for each in one.sums if one.row.kind == "derived" else ():
        book = one.book
        unit = one.tables.words.canonical(each.result.unit)
        if unit != book.unit:
            wanted = unit or "the unit of its terms"
            advice = (
                f"{book.indicator} is derived from figures in that unit; correct one of the two"
            )
            yield Fault(book, "unit", book.unit, wanted, advice)


@rule(
    IDENTITIES,
    zh="关系成立，精确到所印的程度。",
    finds=change(
        "identities", "chengping-2023,concluded_of_cases", result="cases", terms="cases_concluded"
    ),
)
def identity(one: Stated) -> Iterator[Fault]:
    """The identity holds, as precisely as its figures are printed."""
    for each in one.sums if one.row.kind != "derived" else ():
        if not holds(each):
            yield _broken(each, one.figures)


def _broken(one: Sum, among: ByIndicator) -> Fault:
    """What an identity that does not hold says, and what the figures come to."""
    row, result = one.identity, one.result
    bound = "" if result.bound == "exact" else f"{result.bound.replace('_', ' ')} "
    computed = _computed(one)
    wanted = f"at most {computed}" if row.kind == "at_most" else f"{row.terms} = {computed}"
    figures = (result, *(term for _, term in one.terms))
    advice = (
        "look up the figures in the report; if they stand so, the report contradicts itself, or"
        " cuts off where it should round: "
        + said_in("identity", figures, (other for several in among.values() for other in several))
    )
    found = f"{row.result} = {bound}{result.value}"
    return Fault(row, "result", found, wanted, advice, figures)


def _computed(one: Sum) -> str:
    """What the right side comes to, to one more decimal place than the result is printed with."""
    if of_nothing(one):
        return "no rate, there being no case"
    printed = one.result.printed or f"{one.result.value:f}"
    decimals = re.search(r"[.点]([0-9]*)", printed)
    places = 1 + len(decimals[1]) if decimals else 1
    shown = (_short(end, places) for end in right_side(one))
    return " to ".join(dict.fromkeys(shown))


def _short(number: Decimal, places: int) -> str:
    """A number to so many decimal places, without needless zeros."""
    if number.is_infinite():
        return "any number"
    shown = f"{number:.{places}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


@rule(
    PLACES,
    zh="各地合计的项，就是结果这个指标本身。",
    finds=change("identities", "chengzhou-2023,counties", terms="cases_concluded"),
)
def places_form(one: Total) -> Iterator[Fault]:
    """The term of an identity over places is the result itself."""
    if one.row.terms != one.row.result:
        wanted, advice = _SHAPES[one.row.kind], "correct the kind or the terms"
        yield Fault(one.row, "terms", one.row.terms, wanted, advice)


@rule(
    PLACES,
    zh="各地合计有总数，也有下级的数，年份、时段、单位相同。",
    finds=change(
        "identities", "chengzhou-2023,counties", result="cases_concluded", terms="cases_concluded"
    ),
)
def places_figures(one: Total) -> Iterator[Fault]:
    """An identity over places has a total and figures of places below, of one year, period and
    unit.
    """
    if one.row.terms == one.row.result and not one.compared:
        wanted = (
            f"a figure of {one.place} and figures of places below it, of one year, period and unit"
        )
        advice = "correct the name, or restore the figures"
        yield Fault(one.row, "result", one.row.result, wanted, advice)


@rule(
    PLACES,
    zh="各地之和等于总数，或不超过它。",
    finds=change("observations", "chengzhou-2023,999900,2023,,cases,", printed="211", value="211"),
)
def places_total(one: Total) -> Iterator[Fault]:
    """The places together make the total, or no more than it."""
    exact = one.row.kind == "places_sum"
    for total, shown in one.compared if one.row.terms == one.row.result else ():
        low, high = fold([("+", span(row)) for row in shown], ends(joined))
        left_low, left_high = span(total)
        if low > left_high or exact and left_low > high:
            computed = f"{low}" if low == high else f"{low} to {high}"
            wanted = f"{'' if exact else 'at least '}{computed}, the sum of {len(shown)} rows"
            advice = (
                "look up the figures in the source; if they stand so, the source contradicts"
                f" itself: {said_in('places_total', [total])}"
            )
            found = f"{one.row.result} = {total.value}"
            yield Fault(one.row, "result", found, wanted, advice, (total,))


@rule(
    PARTS,
    zh="同一来源里，一地本级的数不超过全域的数。",
    finds=change(
        "observations", "chengzhou-2023,999902,2023,,cases,95", printed="195", value="195"
    ),
)
def own_part(rows: Sequence[Observation]) -> Iterator[Fault]:
    """What a place's own bodies did is no more than what all did there."""
    wholes = [row for row in rows if row.scope == "whole_area"]
    for own in rows:
        for whole in wholes:
            if own.scope in OWN and own.unit == whole.unit and span(own)[0] > span(whole)[1]:
                wanted = f"at most {whole.value}, which row {whole.line} gives for the whole area"
                advice = (
                    "look up both in the source; correct the scope or the number; if they stand so,"
                    f" {said_in('own_part', (own, whole))}"
                )
                yield Fault(own, "value", own.value, wanted, advice, (own, whole))


@rule(
    SHARES,
    zh="比率和它的两个数都有的，列出关系来核对。",
    finds=change("identities", "chengping-2023,rate"),
)
def ratio(given: Given) -> Iterator[Fault]:
    """A share whose two counts are there too has its ratio checked."""
    for book in given.tables.shares:
        name, counts = book.indicator, {book.numerator, book.denominator}
        if name not in given.names or not counts <= given.names:
            continue
        if (given.report, name) not in given.tables.ratios:
            of = f"{book.numerator} / {book.denominator}"
            wanted = f"a ratio for {name} of {given.report} in identities.csv"
            advice = f"add the row {given.report},{name},ratio,{name},{of}, with its notes"
            yield Fault(book, "numerator", of, wanted, advice)
