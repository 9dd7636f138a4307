"""How like the words around a number are to the words by which the tables know each indicator."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import exp, log, sqrt

from baoding_data.tables.seeds import Seeds
from baoding_data.text.pairs import HAN, character_pairs
from baoding_data.text.report import Report

# What follows a number up to the next mark; in 7个中、省驻保部门 the first mark comes too soon, but
# after 7件、 another number's words begin.
_UNTIL_A_MARK = re.compile(
    "(?:[\u4e00-\u9fff]{0,2}[（(][^（）()]{0,12}[)）]、?|[\u4e00-\u9fff]{1,2}、)?"
    "[^，,。；;、（）()〔〕\n]{0,14}"
)
_UP_TO_A_MARK = re.compile("[，,。；;：:]")
# What those speak of whose codebook entries share no word for it.
_SUBJECTS = {
    "court": "法院，诉讼，一审，应诉，审判，败诉",
    "case": "案卷，卷宗",
    "litigation": "诉讼，应诉，被告，法院，败诉，胜诉，撤诉",
}
_RATE = re.compile("[\u4e00-\u9fff]率")
# Characters of how definitions are worded, not of what they speak: 件数, 份数.
_COUNTED = set("数的")
_NEXT_IN_A_LIST = re.compile(r"[、和及与]\s*$")
# Where the noun of what is counted may follow at once: 16个乡镇.
_BEFORE_A_NOUN = ("个", "家", "名", "位", "人", "部", "件", "份", "项", "条")


class Wordings:
    """The words of all indicators, gathered once from codebook, figures and observations.

    `words` gives the runs of Chinese characters in which an indicator is spoken of, `known` the
    indicators that some source prints, and those that no words of the codebook could tell.
    """

    def __init__(self, tables: Seeds):
        self.tables = tables
        self.known = {row.indicator for row in [*tables.figures, *tables.observations]}
        self.known |= {row.indicator for row in tables.indicators if not row.keyword}
        self.words: dict[str, set[str]] = {name: set() for name in tables.codebook}
        weights: dict[str, dict[str, float]] = {name: {} for name in tables.codebook}
        for name, text, weight in _texts(tables):
            if name in weights:
                self.words[name].update(HAN.findall(text))
                for pair, _ in character_pairs(text):
                    weights[name][pair] = max(weights[name].get(pair, 0), weight)
        # Words that few indicators share tell them apart; words of the genre that none has count as
        # the rarest in a text's length. Those not known by any figure make no word common, so
        # that what is proposed for the others is as it was before the codebook gained them.
        known = [name for name in weights if name in self.known] or list(weights)
        shared = Counter(pair for name in known for pair in weights[name])
        every = {pair for pairs in weights.values() for pair in pairs}
        self._rare = {pair: log(1 + len(known) / (shared[pair] or 1)) for pair in every}
        self._rarest = log(1 + len(known))
        self._holders: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for name, pairs in weights.items():
            length = self._length(pairs)
            for pair, weight in pairs.items():
                self._holders[pair].append((name, weight * self._rare[pair] / length))

    @cached_property
    def _called(self) -> dict[str, list[dict[str, float]]]:
        """What each indicator is called, by its label, its keyword in its context, or in another
        source: for each way, its pairs of characters with how rare they are.
        """
        found: dict[str, list[dict[str, float]]] = {}
        for name, book in self.tables.codebook.items():
            ways = [book.label_zh, *(f"{word}，{book.context}" for word in book.keyword.split("|"))]
            ways += [
                f"{row.label}，{book.context}"
                for row in self.tables.observations
                if row.indicator == name
            ]
            found[name] = [
                {pair: self._rare.get(pair, self._rarest) for pair in pairs | self._subject[name]}
                for pairs in map(_pairs, ways)
                if pairs
            ]
        return found

    @cached_property
    def _near(self) -> dict[str, set[str]]:
        """The neighbours of each indicator, and theirs."""
        next_to: dict[str, set[str]] = defaultdict(set)
        for row in self.tables.neighbours:
            next_to[row.indicator].add(row.neighbour)
            next_to[row.neighbour].add(row.indicator)
        return {
            name: names.union(*(next_to[other] for other in names)) - {name}
            for name, names in next_to.items()
        }

    def apart(self, text: Report, at: int, name: str, scores: dict[str, float]) -> bool:
        """Whether a number's own words tell an indicator from each neighbour that is about as like
        it: by a word of the codebook's that the neighbour has not.
        """
        before = _UP_TO_A_MARK.split(before_number(text, at, 40))[-1]
        there = _pairs(before) | _pairs(after_number(text, at))
        rivals = (one for one in self._near.get(name, ()) if scores.get(one, 0) > scores[name] / 2)
        return all(there & self._named[name] - self._named[one] for one in rivals)

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """The pairs of characters of label, keyword and context."""
        return {
            name: _pairs("，".join((book.label_zh, book.keyword, book.context)))
            for name, book in self.tables.codebook.items()
        }

    @cached_property
    def _subject(self) -> dict[str, set[str]]:
        """The rarest of the pairs of characters that all of an indicator's family have, as 复议; of
        those of it that are known by a figure.
        """
        families: dict[str, list[set[str]]] = defaultdict(list)
        found: dict[str, set[str]] = {}
        for name, book in self.tables.codebook.items():
            text = "，".join((book.label_zh, book.keyword, book.context, book.definition_zh))
            if name in self.known:
                families[family_of(name)].append(_pairs(text))
        for family, members in families.items():
            shared = set.intersection(*members) if len(members) > 2 else set()
            shared = {pair for pair in shared if not _COUNTED & set(pair)}
            rarest = max((self._rare[pair] for pair in shared), default=0)
            found[family] = {pair for pair in shared if self._rare[pair] > 0.9 * rarest}
        found |= {family: _pairs(words) for family, words in _SUBJECTS.items() if family in found}
        return {name: found.get(family_of(name), set()) for name in self.tables.codebook}

    @cached_property
    def _context(self) -> dict[str, set[str]]:
        """What the codebook asks of an indicator's sentence, but for words of a scope."""
        words = self.tables.words
        scopes = {word for code in words.codes("scope") for word in words.wordings("scope", code)}
        return {
            name: _pairs("，".join(set(book.context.split("|")) - scopes))
            for name, book in self.tables.codebook.items()
        }

    def spoken_of(self, text: Report, at: int, names: Iterable[str]) -> list[str]:
        """The indicators of whose family a number's sentence, or what precedes it, speaks; of the
        rates those that its own words name, if they name one.
        """
        there = self._there(text, at)
        own = before_number(text, at, 40) if text.numbers[at].unit == "%" else ""
        rates = _RATE.findall(own)
        subjects = ((name, self._subject[name]) for name in names)
        spoken = [name for name, pairs in subjects if not pairs or pairs & there.keys()]
        if not rates:
            return spoken
        return [name for name in spoken if any(rates[-1] in words for words in self.words[name])]

    def said(self, text: Report, at: int, name: str) -> float:
        """How much of what an indicator is called stands with a number, 0 to 1: in full beside it,
        less elsewhere in its sentence, least before that; nothing where nothing is beside it.
        """
        there = self._there(text, at)
        beside = {pair for pair, weight in there.items() if weight == 1}
        return max(
            sum(rare * there.get(pair, 0) for pair, rare in way.items()) / sum(way.values())
            for way in [way for way in self._called[name] if beside & way.keys()] or [{"": 1.0}]
        )

    def in_context(self, text: Report, at: int, name: str) -> bool:
        """Whether a word is there of what the codebook asks of an indicator's sentence."""
        asked = self._context[name]
        return not asked or bool(asked & self._there(text, at).keys())

    def _there(self, text: Report, at: int) -> dict[str, float]:
        """The pairs of characters around a number, with how much each counts as said of it."""
        sentence = text.around(text.numbers[at].start)
        around = text.text[max(0, sentence.start - 200) : sentence.start]
        own = f"{before_number(text, at, 40)}，{after_number(text, at)}"
        found: dict[str, float] = {}
        for words, weight in ((around, 0.4), (sentence.text, 0.8), (own, 1)):
            found.update(dict.fromkeys(_pairs(words), weight))
        return found

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
        # A number without a unit, as in a table's cell, has the unit of no indicator.
        unit = text.numbers[at].unit
        if not unit:
            return {}
        units, codebook = self.tables.words.units(unit), self.tables.codebook
        return {name: score for name, score in found.items() if codebook[name].unit in units}


def family_of(name: str) -> str:
    """What an indicator is of: reconsideration, litigation, licensing."""
    return name.split("_")[0]


def _pairs(text: str) -> set[str]:
    return {pair for pair, _ in character_pairs(text)}


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
    before, after = before_number(text, at, 30), after_number(text, at)
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


def after_number(text: Report, at: int) -> str:
    """What stands behind a number and its unit, up to the next mark or number."""
    numbers = text.numbers
    number, end = numbers[at], text.sentence_at(numbers[at].start).end
    end = min(end, numbers[at + 1].start) if at + 1 < len(numbers) else end
    following = _UNTIL_A_MARK.match(text.text, number.unit_end, max(number.unit_end, end))
    return following[0] if following else ""


def before_number(text: Report, at: int, most: int) -> str:
    """What stands before a number of a text in its sentence, after the number before it."""
    numbers = text.numbers
    number = numbers[at]
    begin = max(text.sentence_at(number.start).start, number.start - most)
    return text.text[max(begin, numbers[at - 1].unit_end if at else 0) : number.start]
