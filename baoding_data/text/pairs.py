"""Every two neighbouring Chinese characters: by these, words are told to be like other words."""

import re

HAN = re.compile("[\u4e00-\u9fff]+")


def character_pairs(text: str) -> list[tuple[str, int]]:
    """Every two neighbouring Chinese characters and where they stand; 审结 is read as 办结.

    >>> character_pairs("受理52件，复议")
    [('受理', 0), ('复议', 6)]
    """
    text = text.replace("审结", "办结")
    return [
        (word[0][i : i + 2], word.start() + i)
        for word in HAN.finditer(text)
        for i in range(len(word[0]) - 1)
    ]
