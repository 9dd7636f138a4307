"""The words by which a report says an indicator, where none of the codebook's is there."""

import re
from collections.abc import Iterable, Iterator

from baoding_data.curation.source import Source
from baoding_data.text.numbers import Number
from baoding_data.text.pairs import HAN
from baoding_data.text.report import Sentence

# At the edge of a word stands one of these, or no Chinese character; before it also the measure
# word of a number.
_JOINING = "的和与及在对了将为等由被经"
_COUNTING = "个件项名家份部次条"
# At the edge of a part of a word these say nothing.
_LOOSE = "的和与及对了将等由被经中"
# What any sentence may say is no context.
_OF_ANYTHING = re.compile("[全我各]?[省市县区州]?(?:政府|级|本级)?|全年|本年|工作|情况")
_WHOM = re.compile("[全我][省市县区州]|[省市县区州](?:本级|级|政府)")


def own_words(source: Source, number: Number, name: str, sources: set[str]) -> tuple[str, str]:
    """The words by which a text says an indicator, as (keyword, context), each empty where the
    codebook's own are there or none could be told.

    They are words that one of the `sources` has too, its label, definition or quotes: whole ones,
    else parts.
    """
    keyword_there, context_there = source.says(number, name)
    if keyword_there and context_there:
        return "", ""
    sentence = source.text.around(number.start)
    sources = sources | {words.replace("办结", "审结") for words in sources}
    whole, pieces = list(_known(sentence, sources)), list(_shared(sentence, sources))
    cues = source.tables.cues(source.report, name, "keyword")

    def context(taken: list[str]) -> str:
        long = (word for word, _ in whole if len(word) > 2)
        found = _apart(long, taken) or _apart((word for word, _ in pieces), taken)
        return found or _of_whom(source, sentence, name)

    if keyword_there:
        return "", context(cues)
    near = [*_nearest(whole, number), *_closest(pieces, number)]
    near = [word for word in near if not _OF_ANYTHING.fullmatch(word)]
    fitting = [word for word in near if source.quotes(number, name, word)]
    if context_there:
        return fitting[0] if fitting else "", ""
    # Of a long one that is all there is, the end is the keyword.
    ends = [word[-2:] for word in fitting if len(word) > 5]
    pairs = [(word, context([word])) for word in fitting]
    pairs += [(end, context([end])) for end in ends if source.quotes(number, name, end)]
    return next((pair for pair in pairs if pair[1]), (fitting[0] if fitting else "", ""))


def proved(source: Source, number: Number, name: str, keyword: str, context: str) -> bool:
    """Whether the audit finds keyword and context of an indicator with a number, the codebook's or
    these of the report's own.
    """
    keyword_there, context_there = source.says(number, name)
    return bool(keyword_there or keyword) and bool(context_there or context)


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
        for part in rest
        if len(part) > 1 and not _OF_ANYTHING.fullmatch(part) and not any(part in w for w in taken)
    )
    return max(apart, key=len, default="")


def _without(word: str, taken: list[str]) -> list[str]:
    """What is left of a word on both sides of the keywords in it."""
    return re.split("|".join(map(re.escape, taken)), word) if taken else [word]


def _shared(sentence: Sentence, sources: set[str]) -> Iterator[tuple[str, int]]:
    """The longest parts of a sentence that a source holds too, each with its place in the text."""
    for clause in HAN.finditer(sentence.text):
        words, at = clause[0], 0
        while at < len(words) - 1:
            length = max((_common(words[at : at + 20], source) for source in sources), default=0)
            if length > 1:
                yield words[at : at + length], sentence.start + clause.start() + at
            at += max(length, 1)


def _common(words: str, source: str) -> int:
    """How much of the beginning of some words a source holds."""
    length = 0
    while length < len(words) and words[: length + 1] in source:
        length += 1
    return length


def _known(sentence: Sentence, sources: set[str]) -> Iterator[tuple[str, int]]:
    """The whole words of a sentence that a source holds too, each with its place in the text."""
    for clause in HAN.finditer(sentence.text):
        words, at = clause[0], 0
        while at < len(words) - 1:
            holding = (source for source in sources if words[at : at + 2] in source)
            length = max((_longest(words, at, source) for source in holding), default=0)
            if length:
                yield words[at : at + length], sentence.start + clause.start() + at
            at += length or 1


def _longest(words: str, at: int, source: str) -> int:
    """The length of the longest whole word, from a place on, that stands in a source, or 0."""
    found = 0
    for length in range(2, min(20, len(words) - at) + 1):
        piece = words[at : at + length]
        if piece not in source:
            break
        # In the source it begins where a word may, or ends there.
        edges = (edge for i in _places(source, piece) for edge in _edges(source, i, length))
        if _whole(words, at, length) and any(edge in _JOINING for edge in edges):
            found = length
    return found


def _edges(words: str, at: int, length: int) -> tuple[str, str]:
    """What stands directly before and after a piece of some words, empty at their ends."""
    return words[at - 1 : at] if at else "", words[at + length : at + length + 1]


def _whole(words: str, at: int, length: int) -> bool:
    """Whether a piece of some words begins and ends where a word may."""
    before, after = _edges(words, at, length)
    return (
        before in _JOINING + _COUNTING
        and after in _JOINING
        and words[at] not in _JOINING + _COUNTING
        and words[at + length - 1] not in _JOINING
    )


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
