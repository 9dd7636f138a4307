"""Regular expressions that are compiled when they are first used."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, cast


def lazy_pattern(source: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """A pattern, or one that is yet to be written, which is compiled once it is used: a command
    needs few of those that read texts, and all together take longer than most commands.

    >>> lazy_pattern("[0-9]+").findall("3年2个月")
    ['3', '2']
    """
    return cast("re.Pattern[str]", _Lazy(source, flags))


class _Lazy:
    def __init__(self, source: str | Callable[[], str], flags: int):
        self._source, self._flags = source, flags

    @cached_property
    def pattern(self) -> str:
        return self._source if isinstance(self._source, str) else self._source()

    def __getattr__(self, name: str) -> Any:
        if name not in _WAYS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        # Found on the object itself from now on, which is as fast as on the pattern.
        self.__dict__ |= {way: getattr(compiled, way) for way in _WAYS}
        return getattr(compiled, name)


_WAYS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split")
