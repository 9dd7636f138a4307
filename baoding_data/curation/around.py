"""What stands around a number of a text, each thing found once for all that is asked of it."""

import re
from functools import cached_property

from baoding_data.text.pairs import pairs_by_place
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
_KEPT = 200  # sentences: in one that is too long for any report each number has its own part of it


class Pairs:
    """The pairs of characters of a text by their places, and those around each of its sentences."""

    def __init__(self, text: str):
        self._at = pairs_by_place(text)
        self._around: dict[tuple[int, int], dict[str, float]] = {}

    def between(self, start: int, end: int) -> list[str]:
        """Those between two positions, by their places; "" where there is none."""
        return self._at[start if start > 0 else 0 : end - 1 if end > 0 else 0]

    def around(self, start: int, end: int) -> dict[str, float]:
        """All of a sentence and of what stands before it, with how much each counts as said there:
        less before the sentence.
        """
        if (start, end) not in self._around:
            if len(self._around) >= _KEPT:
                self._around.clear()
            found = dict.fromkeys(self.between(start - _EARLIER, start), 0.4)
            found |= dict.fromkeys(self.between(start, end), 0.8)
            found.pop("", None)
            self._around[start, end] = found
        return self._around[start, end]


class Around:
    """The number at this place of a text's `numbers`, with its sentence, so far as it is `near`,
    and its own words: those up to the numbers before and after it. `pairs` are the text's.
    """

    def __init__(self, text: Report, at: int, pairs: Pairs):
        numbers = text.numbers
        self.text, self.at, self.number, self.pairs = text, at, numbers[at], pairs
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

    @cached_property
    def beside(self) -> str:
        """The words on both sides of the number."""
        return self.before() + self.after

    def pairs_before(self, most: int = _OWN) -> list[str]:
        """The pairs of the words before the number."""
        start = self.number.start
        return self.pairs.between(max(self._begin, start - most), start)

    def pairs_after(self) -> list[str]:
        """The pairs of the words behind the number."""
        behind = self.number.unit_end
        return self.pairs.between(behind, behind + len(self.after))

    @cached_property
    def own(self) -> set[str]:
        """The pairs of the number's own words."""
        return {*self.pairs_before(), *self.pairs_after()} - {""}

    @property
    def there(self) -> dict[str, float]:
        """All pairs around it, with how much each counts as said where it is not its own."""
        return self.pairs.around(self.near.start, self.near.end)
