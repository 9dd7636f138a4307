"""How like the words around a number are to the words by which the tables know each indicator."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from math import exp, hypot, log

from baoding_data.curation.around import Around
from baoding_data.tables.seeds import Seeds
from baoding_data.text.pairs import HAN, character_pairs

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
_NEXT_IN_A_LIST = ("、", "和", "及", "与")
# Where the noun of what is counted may follow at once: 16个乡镇.
_BEFORE_A_NOUN = ("个", "家", "名", "位", "人", "部", "件", "份", "项", "条")
# How much a word counts that stands before a number, from farthest to nearest: what is far a
# little, and what is close so much, the noun behind the number being in a list, there, or not.
_FAR = [0.25 * exp(-away / 60) for away in range(89)][::-1]
_CLOSE = {
    most: [max(far, most * exp(-away / 14)) for away, far in enumerate(_FAR[:-30:-1])][::-1]
    for most in (0.35, 0.6, 1)
}
# How much one that stands behind it does, the nearest first.
_BEHIND = {most: [most * exp(-away / 10) for away in range(99)] for most in (0.9, 1.3)}


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
        # By unit and pair, the indicators that are worded with it.
        self._holders: dict[str, dict[str, list[tuple[str, float]]]] = defaultdict(dict)
        self._of_unit: dict[str, set[str]] = defaultdict(set)
        for name, pairs in weights.items():
            unit = tables.codebook[name].unit
            self._of_unit[unit].add(name)
            holders = self._holders[unit]
            length = self._length(pairs)
            for pair, weight in pairs.items():
                likeness = weight * self._rare[pair] ** 2 / length
                holders.setdefault(pair, []).append((name, likeness))

    @cached_property
    def _called(self) -> dict[str, list[dict[str, float]]]:
        """What each indicator is called, by its label, its keyword in its context, or in another
        source: the pairs of characters of each way, with how rare they are.
        """
        found: dict[str, list[dict[str, float]]] = {}
        labels: dict[str, list[str]] = defaultdict(list)
        for row in self.tables.observations:
            labels[row.indicator].append(row.label)
        for name, book in self.tables.codebook.items():
            called = [*book.keyword.split("|"), *labels[name]]
            ways = [book.label_zh, *(f"{words}，{book.context}" for words in called)]
            pairs = {frozenset(pairs | self._subject[name]) for pairs in map(_pairs, ways) if pairs}
            found[name] = [
                {pair: self._rare.get(pair, self._rarest) for pair in way} for way in pairs
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

    def apart(self, around: Around, name: str, scores: dict[str, float]) -> bool:
        """Whether a number's own words tell an indicator from each neighbour that is about as like
        it: by a word of the codebook's that the neighbour has not.
        """
        before = _UP_TO_A_MARK.split(around.before())[-1]
        there = {*around.pairs_before(len(before)), *around.pairs_after()}
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
    def _of_subject(self) -> dict[frozenset[str], set[str]]:
        """The indicators of each subject."""
        found: dict[frozenset[str], set[str]] = defaultdict(set)
        for name, pairs in self._subject.items():
            found[frozenset(pairs)].add(name)
        return found

    @cached_property
    def _context(self) -> dict[str, set[str]]:
        """What the codebook asks of an indicator's sentence, but for words of a scope."""
        words = self.tables.words
        scopes = {word for code in words.codes("scope") for word in words.wordings("scope", code)}
        return {
            name: _pairs("，".join(set(book.context.split("|")) - scopes))
            for name, book in self.tables.codebook.items()
        }

    def spoken_of(self, around: Around) -> set[str]:
        """The indicators of whose family a number's sentence, or what precedes it, speaks."""
        there, subjects = around.pairs_around(), self._of_subject.items()
        return set().union(
            *(names for pairs, names in subjects if not pairs or not there.isdisjoint(pairs))
        )

    def said(self, around: Around, name: str, least: float) -> tuple[bool, bool]:
        """Whether a word stands around a number of what the codebook asks of an indicator's
        sentence; and, if so, whether so much of what it is called, 0 to 1: in full as the number's
        own words, less elsewhere; nothing where nothing is among its own.
        """
        asked, own = self._context[name], {*around.pairs_before(), *around.pairs_after()}
        sentence, there = around.pairs_of_sentence(), around.pairs_around()
        if asked and there.isdisjoint(asked):
            return False, False
        for pairs in self._called[name]:
            if not own.isdisjoint(pairs):
                said = [
                    rare * (1 if pair in own else 0.8 if pair in sentence else 0.4)
                    for pair, rare in pairs.items()
                    if pair in there
                ]
                if sum(said) >= least * sum(pairs.values()):
                    return True, True
        return True, False

    def likeness(self, around: Around, spoken: set[str], least: float = 0.0) -> dict[str, float]:
        """Those of the indicators spoken of that have a number's unit, and how like the wordings of
        each are to the words around the number: 0 to 1, and so much at least. Where a share's own
        words name a rate, only those that are worded with it.
        """
        # A number without a unit, as in a table's cell, has the unit of no indicator.
        units = self.tables.words.units(around.number.unit) if around.number.unit else []
        units = [unit for unit in units if not spoken.isdisjoint(self._of_unit.get(unit, ()))]
        weights = _weights(around) if units else {}
        found: dict[str, float] = {}
        for holders in (self._holders[unit] for unit in units):
            for pair, weight in weights.items():
                for name, likeness in holders.get(pair, ()):
                    if name in spoken:
                        found[name] = found.get(name, 0.0) + weight * likeness
        rates = _RATE.findall(around.before()) if around.number.unit == "%" else []
        length = self._length(weights)
        return {
            name: score / length
            for name, score in found.items()
            if score >= least * length
            and (not rates or any(rates[-1] in words for words in self.words[name]))
        }

    def _length(self, weights: dict[str, float]) -> float:
        """The length of weighted pairs of characters as a vector."""
        rare, rarest = self._rare.get, self._rarest
        return hypot(*[weight * rare(pair, rarest) for pair, weight in weights.items()])


@cache
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


def _weights(around: Around) -> dict[str, float]:
    """The pairs of characters around a number, each with a weight that falls with its distance; of
    several the highest.
    """
    # In a list as 34个部门和14个乡镇, what is counted follows its number, and what precedes belongs
    # to another.
    noun = HAN.match(around.after)
    listed = noun and around.before(30).rstrip().endswith(_NEXT_IN_A_LIST)
    followed = noun and len(noun[0]) > 1 and around.number.unit in _BEFORE_A_NOUN
    start = around.number.start
    wide = around.pairs(max(around.sentence.start, start - 90), start)
    near = len(around.pairs_before(30))
    close = _CLOSE[0.35 if listed else 0.6 if followed else 1]
    weights = [*_FAR[len(_FAR) - len(wide) : len(_FAR) - near], *close[len(close) - near :]]
    found = dict(zip(wide, weights, strict=True))  # the last of a pair is the nearest
    behind = _BEHIND[1.3 if listed or followed else 0.9]
    for weight, pair in zip(behind, around.pairs_after(), strict=False):
        if weight > found.get(pair, 0):
            found[pair] = weight
    found.pop("", None)
    return found
