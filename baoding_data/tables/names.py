"""Names as people type them: a code, or its label in either language."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from baoding_data.errors import BaodingError, folded, unknown
from baoding_data.tables.seeds import Seeds

ALL_INDICATORS = "bd.indicators() lists them"
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
    return _code_of(name, "indicator", tables.codebook, _named(tables), ALL_INDICATORS)


def term_of(tables: Seeds, kind: str, name: str) -> str:
    """The code of a topic, scope or period, as `indicator_of` gives that of an indicator."""
    codes = tables.words.codes(kind)
    terms = (Named(code, *tables.words.pair(kind, code)) for code in codes)
    return _code_of(name, kind, codes, terms, ALL_TERMS)


def place_of(tables: Seeds, name: str) -> str:
    """The code of a place, as `indicator_of` gives that of an indicator."""
    places = (Named(row.place, row.name_zh, row.name_en) for row in tables.places)
    return _code_of(name, "place", tables.where, places, ALL_PLACES)


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
