"""How much some words hold of the words by which the codebook knows each indicator."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from math import log

from baoding_data.tables.records import Indicator
from baoding_data.text.pairs import character_pairs

# Keyword and label name the thing itself, the others its surroundings too.
_WEIGHTS = {"keyword": 1.0, "label_zh": 1.0, "context": 0.5, "definition_zh": 0.5}


class Likeness:
    """The pairs of characters of every indicator's words; one that few share counts for more."""

    def __init__(self, codebook: Iterable[Indicator]):
        held: dict[str, dict[str, float]] = defaultdict(dict)
        for book in codebook:
            for column, weight in _WEIGHTS.items():
                for pair, _ in character_pairs(getattr(book, column)):
                    held[pair][book.indicator] = max(weight, held[pair].get(book.indicator, 0))
        count = len({name for names in held.values() for name in names})
        self._held = {
            pair: (log(1 + count / len(names)) / log(1 + count), names)
            for pair, names in held.items()
        }

    def of(self, words: Iterable[str]) -> dict[str, float]:
        """By indicator, how much the words hold of its own: 1 for each pair of characters that no
        other indicator has, less for one that others have too.
        """
        found: dict[str, float] = defaultdict(float)
        there = {pair for text in words for pair, _ in character_pairs(text)}
        # Sorted, so that no sum depends on how a Python orders a set.
        for pair in sorted(there & self._held.keys()):
            rare, names = self._held[pair]
            for name, weight in names.items():
                found[name] += rare * weight
        return dict(found)


@lru_cache(maxsize=1)
def likeness(codebook: tuple[Indicator, ...]) -> Likeness:
    """The likeness to a codebook's indicators; that of the last codebook is kept.

    >>> from baoding_data.tables.seeds import load
    >>> found = likeness(tuple(load().codebook.values())).of(["负责人出庭"])
    >>> max(found, key=lambda name: found[name])
    'court_appearance_rate'
    """
    return Likeness(codebook)
