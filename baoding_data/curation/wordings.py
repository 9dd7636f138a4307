"""How like the words around a number are to the words by which the tables know each indicator."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import exp, log, sqrt

from baoding_data.tables.seeds import Seeds
from baoding_data.text.pairs import HAN, character_pairs
from baoding_data.text.report import Report

# What follows a number up to the next mark; in 7个中、省驻保部门 the first mark comes too soon.
_UNTIL_A_MARK = re.compile(
    "(?:[\u4e00-\u9fff]{0,2}(?:[（(][^（）()]{0,12}[)）]、?|、))?[^，,。；;、（）()\n]{0,14}"
)
_NEXT_IN_A_LIST = re.compile(r"[、和及与]\s*$")
# Where the noun of what is counted may follow at once: 16个乡镇.
_BEFORE_A_NOUN = ("个", "家", "名", "位", "人", "部", "件", "份", "项", "条")


class Wordings:
    """The words of all indicators, gathered once from codebook, figures and observations.

    `words` gives the runs of Chinese characters in which an indicator is spoken of.
    """

    def __init__(self, tables: Seeds):
        self.tables = tables
        self.words: dict[str, set[str]] = {name: set() for name in tables.codebook}
        weights: dict[str, dict[str, float]] = {name: {} for name in tables.codebook}
        for name, text, weight in _texts(tables):
            if name in weights:
                self.words[name].update(HAN.findall(text))
                for pair, _ in character_pairs(text):
                    weights[name][pair] = max(weights[name].get(pair, 0), weight)
        shared = Counter(pair for pairs in weights.values() for pair in pairs)
        # Words that few indicators share tell them apart; words of the genre that none has count as
        # the rarest in a text's length.
        self._rare = {pair: log(1 + len(weights) / count) for pair, count in shared.items()}
        self._rarest = log(1 + len(weights))
        self._holders: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for name, pairs in weights.items():
            length = self._length(pairs)
            for pair, weight in pairs.items():
                self._holders[pair].append((name, weight * self._rare[pair] / length))

    def _length(self, weights: dict[str, float]) -> float:
        """The length of weighted pairs of characters as a vector; 1 where there is none."""
        rare, rarest = self._rare, self._rarest
        return sqrt(sum((w * rare.get(pair, rarest)) ** 2 for pair, w in weights.items())) or 1

    def likeness(self, text: Report, at: int) -> dict[str, float]:
        """Every indicator of the unit of a text's number, the one at this place of its `numbers`,
        and how like its wordings are to the words around the number: 0 to 1.
        """
        weights = _weights(text, at)
        length = self._length(weights)
        found: dict[str, float] = defaultdict(float)
        for pair, weight in weights.items():
            for name, likeness in self._holders.get(pair, ()):
                found[name] += weight * self._rare[pair] * likeness / length
        unit = text.numbers[at].unit
        if not unit:
            return dict(found)
        units, codebook = self.tables.words.units(unit), self.tables.codebook
        return {name: score for name, score in found.items() if codebook[name].unit in units}


def _texts(tables: Seeds) -> Iterator[tuple[str, str, float]]:
    """(indicator, text that speaks of it, weight)."""
    for name, book in tables.codebook.items():
        yield name, book.label_zh, 2
        yield name, book.keyword, 3
        yield name, book.context, 1
        yield name, book.definition_zh, 0.5
    for figure in tables.figures:
        yield figure.indicator, figure.quote, 2
    for observation in tables.observations:
        yield observation.indicator, observation.label, 2


def _weights(text: Report, at: int) -> dict[str, float]:
    """The pairs of characters around a number, each with a weight that falls with its distance."""
    numbers = text.numbers
    number, sentence = numbers[at], text.sentence_at(numbers[at].start)
    end = min(sentence.end, numbers[at + 1].start if at + 1 < len(numbers) else sentence.end)
    before = before_number(text, at, 30)
    following = _UNTIL_A_MARK.match(text.text, number.unit_end, max(number.unit_end, end))
    after = following[0] if following else ""
    # In a list as 34个部门和14个乡镇, what is counted follows its number, and what precedes belongs
    # to another.
    noun = HAN.match(after)
    listed = noun and _NEXT_IN_A_LIST.search(before)
    followed = noun and len(noun[0]) > 1 and number.unit in _BEFORE_A_NOUN
    wide = text.text[max(sentence.start, number.start - 90) : number.start]
    close = 0.35 if listed else 0.6 if followed else 1
    found: dict[str, float] = {}
    for words, weight, reach in ((wide, 0.25, 60), (before, close, 14)):
        last = len(words) - 2
        _raise(
            found, ((pair, weight * exp((i - last) / reach)) for pair, i in character_pairs(words))
        )
    weight = 1.3 if listed or followed else 0.9
    _raise(found, ((pair, weight * exp(-i / 10)) for pair, i in character_pairs(after)))
    return found


def _raise(weights: dict[str, float], pairs: Iterable[tuple[str, float]]) -> None:
    """The higher weight of each pair."""
    for pair, weight in pairs:
        weights[pair] = max(weights.get(pair, 0), weight)


def before_number(text: Report, at: int, most: int) -> str:
    """What stands before a number of a text in its sentence, after the number before it."""
    numbers = text.numbers
    number = numbers[at]
    begin = max(text.sentence_at(number.start).start, number.start - most)
    return text.text[max(begin, numbers[at - 1].unit_end if at else 0) : number.start]
