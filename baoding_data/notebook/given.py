"""What a call was given, taken apart: words in two languages, names, mappings of these."""

from collections.abc import Mapping, Sequence
from typing import Any

from baoding_data.errors import Finding, refuse
from baoding_data.words import EMPTY, Pair

Words = tuple[str, str]
TWO = '("中文", "English"), two strings'


class Given:
    """The arguments of one call; `refuse` names at once all that could not be taken.

    >>> given = Given("report.ask")
    >>> given.words("title", ("许可", "licences")).en
    'licences'
    >>> given.words("title", "许可")
    Pair(zh='', en='')
    >>> given.problems[0].wanted
    '("中文", "English"), two strings'
    """

    def __init__(self, call: str):
        self.call = call
        self.problems: list[Finding] = []

    def refuse(self) -> None:
        """Raise BaodingError with all that is wrong, if anything is."""
        refuse(self.problems)

    def wrong(self, where: str, found: Any, wanted: str, advice: str = "write it so") -> None:
        """One thing that is wrong."""
        shown = repr(found)
        shown = shown if len(shown) <= 60 else f"{shown[:57]}…"
        self.problems.append(Finding("given", self.call, None, where, shown, wanted, advice))

    def words(self, where: str, value: Any) -> Pair:
        """(Chinese, English) as a pair."""
        if isinstance(value, (tuple, list)) and len(value) == 2:
            zh, en = value
            if isinstance(zh, str) and isinstance(en, str) and zh.strip() and en.strip():
                return Pair(zh, en)
        self.wrong(where, value, TWO)
        return EMPTY

    def items(self, where: str, value: Any, wanted: str) -> Sequence[Any]:
        """A list or a tuple."""
        if isinstance(value, (list, tuple)):
            return value
        self.wrong(where, value, wanted)
        return ()

    def sentences(self, where: str, value: Any) -> list[Pair]:
        """A list of pairs."""
        given = self.items(where, value, f"a list of {TWO} each")
        return [self.words(f"{where}, item {n}", one) for n, one in enumerate(given, 1)]

    def names(self, where: str, value: Any) -> list[str]:
        """A list of strings, each once."""
        given = self.items(where, value, 'a list of strings, as ["…", "…"]')
        return list(dict.fromkeys(self.name(where, name) for name in given))

    def name(self, where: str, value: Any) -> str:
        """A string that says something."""
        if isinstance(value, str) and value.strip():
            return value
        self.wrong(where, value, "a string")
        return ""

    def mapping(self, where: str, value: Any) -> Mapping[Any, Any]:
        """A mapping; None is an empty one."""
        if value is None or isinstance(value, Mapping):
            return value or {}
        self.wrong(where, value, "a mapping, as {…: …}")
        return {}
