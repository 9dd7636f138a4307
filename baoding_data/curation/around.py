"""What stands around a number of a text, each thing found once for all that is asked of it."""

import re
from functools import cached_property

from baoding_data.text.report import Report

# What follows a number up to the next mark; in 7个中、省驻保部门 the first mark comes too soon, but
# after 7件、 another number's words begin.
_UNTIL_A_MARK = re.compile(
    "(?:[\u4e00-\u9fff]{0,2}[（(][^（）()]{0,12}[)）]、?|[\u4e00-\u9fff]{1,2}、)?"
    "[^，,。；;、（）()〔〕\n]{0,14}"
)
_CLAUSE = re.compile("[，,；;。、：:()（）\n]")
# What stands in brackets with numbers of its own holds for these alone.
_ASIDE = re.compile("[（(][^（）()]*[0-9][^（）()]*[)）]")
_OWN = 40  # characters before a number that are its own words
_EARLIER = 200  # characters before a sentence that may say what it is about


class Around:
    """The number at this place of a text's `numbers`, with its sentence, so far as it is `near`,
    and its own words: those up to the numbers before and after it. `pairs` are the text's pairs of
    characters by their places.
    """

    def __init__(self, text: Report, at: int, pairs: list[str]):
        numbers = text.numbers
        self.text, self.at, self.number, self._pairs = text, at, numbers[at], pairs
        self.sentence = text.sentence_at(self.number.start)
        self.near = text.near(self.sentence, self.number.start)
        self._begin = max(self.sentence.start, numbers[at - 1].unit_end if at else 0)
        # What stands before the number in its sentence, so far as it is near.
        self.so_far = text.text[self.near.start : self.number.start]

    @cached_property
    def clauses(self) -> list[str]:
        """The same, cut at marks."""
        return _CLAUSE.split(_ASIDE.sub("，", self.so_far))

    def before(self, most: int = _OWN) -> str:
        """So many characters at most of what stands before the number as its own."""
        start = self.number.start
        return self.text.text[max(self._begin, start - most) : start]

    @cached_property
    def after(self) -> str:
        """What stands behind the number and its unit, up to the next mark or number."""
        numbers, behind, end = self.text.numbers, self.number.unit_end, self.sentence.end
        if self.at + 1 < len(numbers):
            end = min(end, numbers[self.at + 1].start)
        following = _UNTIL_A_MARK.match(self.text.text, behind, max(behind, end))
        return following[0] if following else ""

    def pairs(self, start: int, end: int) -> list[str]:
        """The pairs between two positions of the text, by their places; "" where there is none."""
        return self._pairs[start:end][:-1]

    def pairs_before(self, most: int = _OWN) -> list[str]:
        """The pairs of the words before the number."""
        start = self.number.start
        return self.pairs(max(self._begin, start - most), start)

    def pairs_after(self) -> list[str]:
        """The pairs of the words behind the number."""
        behind = self.number.unit_end
        return self.pairs(behind, behind + len(self.after))

    def pairs_of_sentence(self) -> set[str]:
        """All pairs of its sentence."""
        return set(self._pairs[self.near.start : self.near.end - 1])

    def pairs_around(self) -> set[str]:
        """All pairs of its sentence, and of what stands before that."""
        return set(self._pairs[max(0, self.near.start - _EARLIER) : self.near.end - 1])
