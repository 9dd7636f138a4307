"""The words by which a report says an indicator, where none of the codebook's is there."""

from collections.abc import Iterator

from baoding_data.curation.source import Source
from baoding_data.text.numbers import Number
from baoding_data.text.pairs import HAN
from baoding_data.text.report import Sentence

# At the edge of a word stands one of these, or no Chinese character; before it also the measure
# word of a number.
_JOINING = "的和与及在对了将为等由被经"
_COUNTING = "个件项名家份部次条"


def own_words(source: Source, number: Number, name: str, sources: set[str]) -> tuple[str, str]:
    """The words by which a text says an indicator, as (keyword, context), each empty where the
    codebook's own are there or none could be told.

    They are whole words that one of the `sources` has too: its label, definition or quotes.
    """
    keyword_there, context_there = source.says(number, name)
    if keyword_there and context_there:
        return "", ""
    known = list(_known(source.sentence(number), sources))
    keyword = context = ""
    if not keyword_there:
        near = _nearest(known, number)
        keyword = next((word for word in near if source.quotes(number, name, word)), "")
    if not context_there:
        others = (word for word, _ in known if len(word) > 2)
        apart = (w for w in others if not (keyword and (w in keyword or keyword in w)))
        context = max(apart, key=len, default="")
    return keyword, context


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
