"""Every two neighbouring Chinese characters: by these, words are told to be like other words."""

from functools import lru_cache
from operator import add

from baoding_data.patterns import lazy_pattern

HAN = lazy_pattern("[\u4e00-\u9fff]+")
_NO_HAN = lazy_pattern("[^\u4e00-\u9fff]")


def pairs_by_place(text: str) -> list[str]:
    """For each place of a text the two Chinese characters that begin there, or ""; 审结 is read as
    办结.

    >>> pairs_by_place("受理52件")
    ['受理', '', '', '', '']
    """
    text = _NO_HAN.sub(" ", text.replace("审结", "办结"))
    return ["" if " " in pair else pair for pair in map(add, text, text[1:] + " ")]


# The words of the codebook, and of a sentence with many numbers, are asked for again and again.
@lru_cache(maxsize=10_000)
def character_pairs(text: str) -> tuple[tuple[str, int], ...]:
    """Every two neighbouring Chinese characters and where they stand; 审结 is read as 办结.

    >>> character_pairs("受理52件，复议")
    (('受理', 0), ('复议', 6))
    """
    return tuple((pair, place) for place, pair in enumerate(pairs_by_place(text)) if pair)
