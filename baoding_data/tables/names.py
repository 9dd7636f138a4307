"""Names as people type them: a code, or its label in either language; and indicators by words."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from baoding_data.errors import BaodingError, folded, unknown
from baoding_data.tables.records import Indicator
from baoding_data.tables.seeds import Seeds

FIND = "find it with bd.find(...) or `baoding find`"
EVERYTHING = "bd.find() and `baoding find` without words list all"
ALL_PLACES, ALL_TERMS = "bd.places() lists them", "bd.terms() lists them"


class Named(NamedTuple):
    """A code with its labels."""

    code: str
    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.code} ({self.zh} / {self.en})"


def indicator_of(tables: Seeds, name: str) -> str:
    """The code of an indicator by its code, or by its label in either language, however spaced,
    spelled in capitals or punctuated; raises BaodingError with the nearest for a name not known.

    >>> from baoding_data.tables.seeds import load
    >>> indicator_of(load(), "败诉率"), indicator_of(load(), " loss rate in LITIGATION")
    ('litigation_loss_rate', 'litigation_loss_rate')
    """
    return _code_of(name, "indicator", tables.codebook, _named(tables), FIND)


def term_of(tables: Seeds, kind: str, name: str) -> str:
    """The code of a topic, scope or period, as `indicator_of` gives that of an indicator."""
    codes = tables.words.codes(kind)
    terms = (Named(code, *tables.words.pair(kind, code)) for code in codes)
    return _code_of(name, kind, codes, terms, ALL_TERMS)


def nowhere(indicator: str) -> str:
    """That no figure of an indicator is on file yet, for whoever asks for one."""
    return f"{indicator}: no figure of it is on file yet, in no report and from no other source"


def place_of(tables: Seeds, name: str) -> str:
    """The code of a place, as `indicator_of` gives that of an indicator, and by its name after that
    of the place above it; of several of one name only the code will do.
    """
    return places_of(tables, [name])[0]


def places_of(tables: Seeds, asked: Iterable[str], cure: str = ALL_PLACES) -> list[str]:
    """The codes of several places, each as `place_of` gives it."""
    names: dict[str, list[str]] = {}
    for row in tables.places:
        above = tables.where[row.parent].name_zh if row.parent in tables.where else ""
        spelled = row.name_zh, row.name_en, above + row.name_zh
        for name in {*map(folded, spelled)} - {""}:
            names.setdefault(name, []).append(row.place)
    return [_place_of(tables, names, str(name), cure) for name in asked]


def _place_of(tables: Seeds, names: Mapping[str, list[str]], name: str, cure: str) -> str:
    """The code of a place, of the codes by name."""
    if (code := name.strip()) in tables.where:
        return code
    found = names.get(folded(name), [])
    if not found:
        labels = [Named(row.place, row.name_zh, row.name_en) for row in tables.places]
        raise unknown(name, {str(one): one for one in labels}, "place", cure)
    if len(found) > 1:
        told = "; ".join(_placed(tables, code) for code in found)
        raise BaodingError(f"{name!r} is the name of {len(found)} places: {told}: name the code")
    return found[0]


def _placed(tables: Seeds, code: str) -> str:
    """A place with its code and the place above it: 130104 桥西区, 石家庄市."""
    place = tables.where[code]
    above = tables.where.get(place.parent)
    return f"{code} {place.name_zh}, {above.name_zh if above else place.name_en}"


def figure_of(tables: Seeds, name: str) -> str:
    """The name of a figure, as `indicator@scope@period`, in codes; each may be given by its label.
    Raises BaodingError as `indicator_of` does, also for a scope or period that there is not.

    >>> from baoding_data.tables.seeds import load
    >>> figure_of(load(), "败诉率@本级")
    'litigation_loss_rate@government'
    """
    indicator, *wanted = name.split("@")
    terms = [
        Named(code, *tables.words.pair(kind, code))
        for kind in ("scope", "period")
        for code in tables.words.codes(kind)
    ]
    codes = {term.code for term in terms}
    found = [_code_of(one, "scope or period", codes, terms, ALL_TERMS) for one in wanted]
    return "@".join([indicator_of(tables, indicator), *found])


def _named(tables: Seeds) -> Iterator[Named]:
    """The indicators with their labels."""
    for row in tables.indicators:
        yield Named(row.indicator, row.label_zh, row.label_en)


def _code_of(
    name: str, what: str, codes: Container[str], choices: Iterable[Named], cure: str
) -> str:
    """The code that a name means among choices, which are looked at where it is no code itself."""
    if str(name) in codes:
        return str(name)
    asked, choices = folded(name), list(choices)
    found = [one for one in choices if asked and asked in map(folded, one[1:])]
    if len(found) > 1:
        raise BaodingError(
            f"{name!r} is the label of {len(found)} {what}s: {' and '.join(map(str, found))}; name"
            " the one you mean by its code"
        )
    if not found:
        raise unknown(name, {str(one): one for one in choices}, what, cure)
    return found[0].code


class Found(NamedTuple):
    """An indicator that was looked for; the fields are the columns of `find()`."""

    indicator: str
    topic: str
    label_zh: str
    label_en: str
    unit: str
    measure: str
    reports: int
    observations: int


def search(tables: Seeds, words: str, topic: str | None = None) -> list[Found]:
    """The indicators with all of these words, each in their code and labels, which come first, or
    in their definitions, or in the words by which a text shows them; none where none has them.

    Those of which no figure is on file come last; without words all are in the codebook's order.
    """
    topic = None if topic is None else term_of(tables, "topic", topic)
    # Marks beside words count for nothing; by themselves they are found nowhere.
    asked = [*filter(None, map(folded, words.split()))] or words.split()
    ranked = [
        (rank, row)
        for row in tables.indicators
        if topic in (None, row.topic) and (rank := _rank(row, asked)) is not None
    ]
    reports, observations = _on_file(tables)

    def order(one: tuple[int, Indicator]) -> tuple[bool, int]:
        return one[1].indicator not in tables.given, one[0]

    return [
        Found(
            row.indicator,
            row.topic,
            row.label_zh,
            row.label_en,
            row.unit,
            row.measure,
            reports[row.indicator],
            observations[row.indicator],
        )
        for _, row in (sorted(ranked, key=order) if asked else ranked)
    ]


def _rank(row: Indicator, asked: Iterable[str]) -> int | None:
    """In how many layers of an indicator all words are, the fewest first; None if not in all."""
    there = ""
    for rank, layer in enumerate(layers(row)):
        there += layer + " "
        if all(word in there for word in asked):
            return rank
    return None


def layers(row: Indicator) -> list[str]:
    """What of an indicator is searched: code and labels, definitions, the words of texts."""
    every = (
        (row.indicator, row.label_zh, row.label_en),
        (row.definition_zh, row.definition_en),
        (row.keyword, row.context),
    )
    return [" ".join(map(folded, layer)) for layer in every]


def _on_file(tables: Seeds) -> tuple[Counter[str], Counter[str]]:
    """How many reports give each indicator, printed or derived, and how many observations do."""
    current = {row.report for row in tables.reports if row.status == "audited"}
    given = {(row.report, row.indicator) for row in tables.figures if row.report in current}
    reports = {report for report, _ in given}
    given |= {
        (row.report, row.result)
        for row in tables.identities
        if row.kind == "derived" and row.report in reports
    }
    observed = Counter(row.indicator for row in tables.observations)
    return Counter(indicator for _, indicator in given), observed


def not_found(tables: Seeds, words: str, topic: str | None = None) -> BaodingError:
    """The error of words that `search` found nowhere, with the nearest indicators."""
    of_topic = f" of {term_of(tables, 'topic', topic)}" if topic is not None else ""
    choices = {str(one): one for one in _named(tables)}
    return unknown(words, choices, f"indicator{of_topic} with", EVERYTHING)
