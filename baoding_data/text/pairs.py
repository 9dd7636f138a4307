"""Every two neighbouring Chinese characters: by these, words are told to be like other words."""

import re
from functools import lru_cache

HAN = re.compile("[\u4e00-\u9fff]+")


# The words of the codebook, and of a sentence with many numbers, are asked for again and again.
@lru_cache(maxsize=10_000)
def character_pairs(text: str) -> tuple[tuple[str, int], ...]:
    """Every two neighbouring Chinese characters and where they stand; 审结 is read as 办结.

    >>> character_pairs("受理52件，复议")
    (('受理', 0), ('复议', 6))
    """
    text = text.replace("审结", "办结")
    return tuple(
        (word[0][i : i + 2], word.start() + i)
        for word in HAN.finditer(text)
        for i in range(len(word[0]) - 1)
    )
