"""Every two neighbouring Chinese characters: by these, words are told to be like other words."""

import re
from functools import lru_cache
from operator import add

HAN = re.compile("[\u4e00-\u9fff]+")


def pairs_by_place(text: str) -> list[str]:
    """For each place of a text the two Chinese characters that begin there, or ""; 审结 is read as
    办结.

    >>> pairs_by_place("受理52件")
    ['受理', '', '', '', '']
    """
    text = text.replace("审结", "办结")
    found = [""] * len(text)
    for word in HAN.finditer(text):
        start, end = word.span()
        found[start : end - 1] = map(add, text[start : end - 1], text[start + 1 : end])
    return found


# The words of the codebook, and of a sentence with many numbers, are asked for again and again.
@lru_cache(maxsize=10_000)
def character_pairs(text: str) -> tuple[tuple[str, int], ...]:
    """Every two neighbouring Chinese characters and where they stand; 审结 is read as 办结.

    >>> character_pairs("受理52件，复议")
    (('受理', 0), ('复议', 6))
    """
    return tuple((pair, place) for place, pair in enumerate(pairs_by_place(text)) if pair)
