"""What the reader of numbers knows by heart, as a table that a person can extend: `inventory.csv`.

Its kinds: `measure`, a measure word after digits and Chinese numerals; `counted`, one after digits
only; `latin`, a unit in Latin letters; `before` and `after`, words of bound with the code of the
bound; `name`, a fixed name with a numeral in it; `line`, digits that name a telephone line;
`alike`, characters that are read as another, one for one, as given under `code`. `unless` is a
pattern: what must not follow the word, or for `before` what must not precede it; of `alike` it says
of what kind the characters are. `reads` is an example that holds the word and its number, `leaves`
one in which it is another word.
"""

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from baoding_data.reading import ANEW, content


class Entry(NamedTuple):
    """A word of the inventory."""

    kind: str
    word: str
    code: str
    unless: str
    reads: str
    leaves: str

    @property
    def pattern(self) -> str:
        """The word, where it is not part of another."""
        word = re.escape(self.word)
        if self.kind == "before":
            return f"(?<!{self.unless}){word}" if self.unless else word
        return f"{word}(?!{self.unless})" if self.unless else word


@cache
def entries() -> dict[str, list[Entry]]:
    """All words, by kind, in the order of the table."""
    text = content(Path(__file__).with_name("inventory.csv"), ANEW).decode()
    found: dict[str, list[Entry]] = {}
    for row in csv.reader(text.splitlines()[1:]):
        entry = Entry(*row)
        found.setdefault(entry.kind, []).append(entry)
    return found


def words(*kinds: str) -> list[str]:
    """The words of some kinds.

    >>> "人次" in words("measure")
    True
    """
    return [entry.word for kind in kinds for entry in entries().get(kind, ())]


def longest(*kinds: str, code: str | None = None) -> str:
    """A pattern of the words of some kinds, the longer first, so that 周岁 is found before 周."""
    return _longest(
        entry
        for kind in kinds
        for entry in entries().get(kind, ())
        if code is None or entry.code == code
    )


def _longest(found: Iterable[Entry]) -> str:
    ordered = sorted(found, key=lambda entry: len(entry.word), reverse=True)
    return "|".join(entry.pattern for entry in ordered)


def some(*kinds: str) -> str:
    """A pattern that says whether one of the words follows, and not which: one that begins with
    another is found by it.

    What must not follow the words of one character is written out: as classes, of which each rule
    that asks for a measure word would have its own, they took half the time of all patterns.
    """
    every = [entry for kind in kinds for entry in entries().get(kind, ())]
    single = {entry.word for entry in every if len(entry.word) == 1}
    others = [
        entry.word + more
        for entry in every
        if entry.word in single and entry.unless
        for more in entry.unless.split("|")
    ]
    refused = {other[:2] for other in others}
    rest = [
        entry.pattern for entry in every if entry.word[0] not in single or entry.word[:2] in refused
    ]
    no_other = f"(?!{'|'.join(others)})" if others else ""
    return "|".join([f"{no_other}[{''.join(sorted(single))}]", *rest])


def bounds(where: str) -> str:
    """A pattern of the words of bound before or after a number, each group named by its code."""
    codes = dict.fromkeys(entry.code for entry in entries()[where])
    return "|".join(f"(?P<{code}>{longest(where, code=code)})" for code in codes)


def of_kind(kind: str) -> list[str]:
    """The characters of a kind that are read as others: `traditional`, `radical`."""
    return [entry.word for entry in entries()["alike"] if entry.unless == kind]


@cache
def alike() -> dict[str, str]:
    """What characters are read as; one for one, so that every place stays."""
    return {entry.word: entry.code for entry in entries().get("alike", ())}
