"""Rules of the codebook and the tables about it: periods, grades, neighbours, places, units."""

from collections import defaultdict
from collections.abc import Iterator

from baoding_data.checks.looked_at import Claim, OnFile
from baoding_data.checks.rule import Fault, Level, change, reworded, rule
from baoding_data.tables.records import Observation, Override
from baoding_data.tables.seeds import Seeds

# Only with words of their own can these be told from the report.
WORDED = {
    ("period", code)
    for code in ("since", "to_date", "cumulative", "part_year", "multi_year", "norm", "planned")
}

CODEBOOK = Level(
    "指标表、用语与地方", "The codebook, the terms and the places", {Seeds: lambda tables: [tables]}
)


UNITS = Level("指标的单位", "An indicator's unit", {OnFile: lambda part: part.proved})


@rule(
    CODEBOOK,
    zh="只能从措辞看出的时段，用语表里有它的措辞。",
    finds=change("terms", "period,since", wording=""),
)
def wording(tables: Seeds) -> Iterator[Fault]:
    """A period that only words tell has its wording in terms.csv."""
    for (kind, code), term in tables.words.items():
        if not term.wording and (kind, code) in WORDED:
            wanted = f"the words by which a sentence shows {kind} {code}"
            yield Fault(term, "wording", "an empty cell", wanted, "restore them")


@rule(
    CODEBOOK,
    zh="人定等级的，是确有的观察值。",
    finds=change("overrides", "yuanhe-2023", year="2022"),
)
def override(tables: Seeds) -> Iterator[Fault]:
    """A grade that a person gives is of an observation that is there."""
    seen = {_observed(row) for row in tables.observations}
    for row in tables.overrides:
        if _observed(row) not in seen:
            found = " ".join(map(str, _observed(row)))
            wanted = "an observation of that report, place, year and indicator"
            yield Fault(row, "indicator", found, wanted, "correct it, or remove the row")


def _observed(row: Observation | Override) -> tuple[str, str, int, str]:
    return row.report, row.place, row.year, row.indicator


@rule(
    CODEBOOK,
    zh="相近指标是另一个指标。",
    finds=change("neighbours", "cases", neighbour="cases", reader=""),
    passes=change("neighbours", "cases", neighbour="cases_open", reader=""),
)
def neighbour(tables: Seeds) -> Iterator[Fault]:
    """No indicator is its own neighbour."""
    for row in tables.neighbours:
        if row.indicator == row.neighbour:
            advice = "an indicator is no neighbour of itself; correct one of the two"
            yield Fault(row, "neighbour", row.neighbour, "another indicator", advice)


@rule(
    CODEBOOK,
    zh="比率的分子和分母是另外两个指标，都是件数或存量，单位相同；没有两个比率同是这两数之比。",
    finds=change("indicators", "upheld_rate", numerator="upheld_rate"),
)
def share_terms(tables: Seeds) -> Iterator[Fault]:
    """The numerator and the denominator of a share are two other indicators, counts or stocks of
    one unit; no two shares are of the same two.
    """
    first: dict[tuple[str, str], str] = {}
    for book in tables.shares:
        both = book.numerator, book.denominator
        terms = [tables.codebook[name] for name in both if name in tables.codebook]
        countable = all(term.measure in ("count", "stock") for term in terms)
        units = {tables.words.canonical(term.unit) for term in terms}
        found, wanted = " / ".join(both), "two counts or stocks of one unit, other than itself"
        if book.indicator in both or both[0] == both[1] or not countable or len(units) > 1:
            yield Fault(book, "numerator", found, wanted, "correct one of them, or clear both")
        elif first.setdefault(both, book.indicator) != book.indicator:
            wanted = f"a share of its own; {first[both]} is that of these two"
            yield Fault(book, "numerator", found, wanted, "keep one of the two indicators")


@rule(
    CODEBOOK,
    zh="同一次普查，下级地方的人口之和不超过上级。",
    finds=change("places", "999902", population="190000"),
)
def population(tables: Seeds) -> Iterator[Fault]:
    """The people of the places below one are no more than its own, by the census of one year."""
    below: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for place in tables.places:
        if place.population:
            below[place.parent, place.population_year].append(place.population)
    for place in tables.places:
        people = below.get((place.place, place.population_year), [])
        if place.population and sum(people) > place.population:
            wanted = f"at least {sum(people)}, the people of {len(people)} places below it"
            advice = "look up the census; correct the number, the year or the place above"
            yield Fault(place, "population", place.population, wanted, advice)


@rule(
    UNITS,
    zh="指标表的单位，至少有一个数用它来计。",
    finds=(
        reworded("维持34件", "维持34宗"),
        change("figures", "cases_upheld", unit="宗", quote="维持34宗"),
        change("indicators", "cases_upheld", unit="份"),
    ),
    passes=(
        reworded("维持34件", "维持34宗"),
        change("figures", "cases_upheld", unit="宗", quote="维持34宗"),
    ),
)
def unit_in_use(claim: Claim) -> Iterator[Fault]:
    """An indicator's unit in the codebook is one in which figures of it are counted."""
    words, unit = claim.tables.words, claim.book.unit
    if words.canonical(claim.row.unit) == unit or unit not in words.units(claim.number.unit):
        return
    used = claim.tables.counted[claim.row.indicator]
    if unit not in used:
        found = f"{claim.row.indicator}, counted in {unit}, as no figure of it is"
        wanted = f"a unit in which figures of it are counted: {', '.join(sorted(used))}"
        advice = "correct the indicator, or its unit in indicators.csv"
        yield Fault(claim.row, "indicator", found, wanted, advice)
