"""How much of a long work is done, told on a terminal."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

PATIENCE = 2  # seconds that a work may take without a word

One = TypeVar("One")


def watched(things: Iterable[One], of: int, done: str) -> Iterator[One]:
    """The same things; from the third second on a terminal is told how many of how many are `done`,
    as "reports audited", on a line that is gone at the end.

    >>> list(watched("ab", 2, "letters read"))
    ['a', 'b']
    """
    stream = sys.__stderr__  # what takes its place may be a file
    if not stream or not stream.isatty():
        yield from things
        return
    late, told = time.monotonic() + PATIENCE, False
    try:
        for number, thing in enumerate(things):
            if time.monotonic() > late:
                print(f"\r{number:,} of {of:,} {done}\x1b[K", end="", file=stream, flush=True)
                told = True
            yield thing
    finally:
        if told:
            print("\r\x1b[K", end="", file=stream, flush=True)
