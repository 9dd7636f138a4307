"""The words by which a report says an indicator, where none of the codebook's is there."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from operator import add
from typing import NamedTuple

from baoding_data.curation.source import Source
from baoding_data.text.numbers import Number
from baoding_data.text.report import Sentence

# At the edge of a word stands one of these, or no Chinese character; before it also the measure
# word of a number.
_JOINING = "的和与及在对了将为等由被经"
_BEFORE = f"{_JOINING}个件项名家份部次条"
_MOST = 20  # characters of a word
# Where a whole word may begin, and what stands there: a word and the character behind it.
_BEGUN = re.compile(
    f"(?:(?<![\u4e00-\u9fff])|(?<=[{_BEFORE}]))(?![{_BEFORE}])"
    f"(?=([\u4e00-\u9fff]{{2,{_MOST + 1}}}))"
)
_APART = "\n"  # between the runs of what is known of an indicator
_EDGES = f"{_JOINING}{_APART}"
# At the edge of a part of a word these say nothing.
_LOOSE = "的和与及对了将等由被经中"
# What any sentence may say is no context.
_OF_ANYTHING = re.compile("[全我各]?[省市县区州]?(?:政府|级|本级)?|全年|本年|工作|情况")
_WHOM = re.compile("[全我][省市县区州]|[省市县区州](?:本级|级|政府)")


class Known(NamedTuple):
    """What is known of an indicator: the runs of characters in which it is spoken of, as one text
    to look words up in, and every two characters that stand there side by side.
    """

    text: str
    pairs: set[str]


def known(words: Iterable[str]) -> Known:
    """What some runs of characters make known; 办结 is also 审结.

    >>> known(["办结率"]).text.split()
    ['办结率', '审结率']
    """
    runs = {spelled for one in words for spelled in (one, one.replace("办结", "审结"))}
    return Known(
        _APART.join(sorted(runs)), {pair for run in runs for pair in map(add, run, run[1:])}
    )


class OwnWords(NamedTuple):
    """Keyword and context in a report's own words, "" where the codebook's are there or none could
    be told; and whether the audit finds both with the number, of the one or of the other.
    """

    keyword: str
    context: str
    proved: bool


def own_words(source: Source, number: Number, name: str, known: Known) -> OwnWords:
    """The words by which a text says an indicator: some that are known from its label, definition
    and quotes, whole ones, else parts.
    """
    keyword_there, context_there = source.says(number, name)
    if keyword_there and context_there:
        return OwnWords("", "", True)
    shared = _Shared(source, number, known)
    keyword = context = ""
    if keyword_there:
        context = shared.context(name, source.tables.cues(source.report, name, "keyword"))
    elif context_there:
        keyword = next(shared.keywords(name), "")
    else:
        keyword, context = shared.both(name)
    return OwnWords(
        keyword, context, bool(keyword_there or keyword) and bool(context_there or context)
    )


class _Shared:
    """What the sentence of a number has of what is known of an indicator."""

    def __init__(self, source: Source, number: Number, known: Known):
        self.source, self.number, self.known = source, number, known
        self.sentence = source.text.around(number.start)

    @cached_property
    def whole(self) -> list[tuple[str, int]]:
        """The whole words, each with its place in the text."""
        return list(_whole_words(self.sentence, self.known))

    @cached_property
    def parts(self) -> list[tuple[str, int]]:
        """The longest parts of words, likewise."""
        return list(_parts(self.sentence, self.known))

    def keywords(self, name: str) -> Iterator[str]:
        """Those near the number that its quote proves, whole words first."""
        seen = set()
        for word in self._near():
            if word not in seen and not _OF_ANYTHING.fullmatch(word):
                seen.add(word)
                if self.source.quotes(self.number, name, word):
                    yield word

    def _near(self) -> Iterator[str]:
        yield from _nearest(self.whole, self.number)
        yield from _closest(self.parts, self.number)

    def context(self, name: str, taken: list[str]) -> str:
        """The longest word that says more than the keywords do; else whose the number is."""
        found = _apart((word for word, _ in self.whole if len(word) > 2), taken)
        found = found or _apart((word for word, _ in self.parts), taken)
        return found or _of_whom(self.source, self.sentence, name)

    def both(self, name: str) -> tuple[str, str]:
        """The first keyword with a context beside it; of a long one that is all there is, the end
        is the keyword.
        """
        fitting = []
        for word in self.keywords(name):
            if context := self.context(name, [word]):
                return word, context
            fitting.append(word)
        for end in (word[-2:] for word in fitting if len(word) > 5):
            context = self.context(name, [end])
            if context and self.source.quotes(self.number, name, end):
                return end, context
        return (*fitting, "")[0], ""


def _of_whom(source: Source, sentence: Sentence, name: str) -> str:
    """Whose a number is, 县级, where this is all the codebook asks of the sentence."""
    asked = source.tables.cues(source.report, name, "context")
    if not asked or not all(map(_OF_ANYTHING.fullmatch, asked)):
        return ""
    found = _WHOM.search(sentence.text)
    return found[0] if found else ""


def _apart(words: Iterable[str], taken: list[str]) -> str:
    """The longest of some words that says more than the keywords do, and than whose a number is."""
    rest = [part.strip(_LOOSE) for word in words for part in _without(word, taken)]
    apart = (
        part
        for part in sorted(rest, key=len, reverse=True)
        if len(part) > 1 and not _OF_ANYTHING.fullmatch(part) and not any(part in w for w in taken)
    )
    return next(apart, "")


def _without(word: str, taken: list[str]) -> list[str]:
    """What is left of a word on both sides of the keywords in it."""
    if len(taken) == 1:
        return word.split(taken[0])
    return re.split("|".join(map(re.escape, taken)), word) if taken else [word]


def _parts(sentence: Sentence, known: Known) -> Iterator[tuple[str, int]]:
    """The longest parts of a sentence that are known, each with its place in the text."""
    text, end = sentence.text, 0
    for at in [at for at, pair in enumerate(_raw_pairs(text)) if pair in known.pairs]:
        if at >= end:
            end, last = at + 2, min(at + _MOST, len(text))
            while end < last and text[at : end + 1] in known.text:
                end += 1
            yield text[at:end], sentence.start + at


def _whole_words(sentence: Sentence, known: Known) -> Iterator[tuple[str, int]]:
    """The whole words of a sentence that are known, each with its place in the text."""
    end = 0
    for pair, words, at in _begun(sentence.text):
        if pair in known.pairs and at >= end and (length := _longest(words, known.text)):
            yield words[:length], sentence.start + at
            end = at + length


# The numbers of a sentence are asked for one after the other.
@lru_cache(maxsize=1)
def _raw_pairs(sentence: str) -> list[str]:
    """Every two characters of a sentence that stand side by side."""
    return list(map(add, sentence, sentence[1:]))


@lru_cache(maxsize=1)
def _begun(sentence: str) -> list[tuple[str, str, int]]:
    """Where a whole word may begin in a sentence: its first two characters, what stands there, and
    the place.
    """
    return [(begun[1][:2], begun[1], begun.start()) for begun in _BEGUN.finditer(sentence)]


def _longest(words: str, known: str) -> int:
    """The length of the longest whole word that some words begin with and that is known, or 0."""
    found = 0
    for length in range(2, min(_MOST, len(words)) + 1):
        if words[:length] not in known:
            break
        if words[length : length + 1] in _JOINING and words[length - 1] not in _JOINING:
            # In what is known it begins where a word may, or ends there.
            edges = (
                edge for i in _places(known, words[:length]) for edge in _edges(known, i, length)
            )
            if any(edge in _EDGES for edge in edges):
                found = length
    return found


def _edges(words: str, at: int, length: int) -> tuple[str, str]:
    """What stands directly before and after a piece of some words, empty at their ends."""
    return words[at - 1 : at] if at else "", words[at + length : at + length + 1]


def _places(source: str, piece: str) -> Iterator[int]:
    at = source.find(piece)
    while at >= 0:
        yield at
        at = source.find(piece, at + 1)


def _nearest(known: list[tuple[str, int]], number: Number) -> list[str]:
    """The words near a number that do not lie in it or its unit, the longest and nearest first."""
    away = [
        (-min(len(word), 6), abs(at - number.start), word)
        for word, at in known
        if not number.start <= at < number.unit_end and abs(at - number.start) <= 24
    ]
    return [word for *_, word in sorted(away, key=lambda one: one[:2])]


def _closest(pieces: list[tuple[str, int]], number: Number) -> list[str]:
    """The parts of words near a number, the nearest first."""
    away = [(number.start - at - len(word), word) for word, at in pieces]
    return [word for gap, word in sorted(away) if 0 <= gap <= 24] + _nearest(pieces, number)
