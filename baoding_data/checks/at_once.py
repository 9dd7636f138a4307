"""Work on many reports, done by several processes at once where the system can."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from baoding_data.memory import uncollected

MANY = 60  # pieces of work: fewer are done before other processes have begun
AT_A_TIME = 20  # pieces that a process is given

One = TypeVar("One")
Done = TypeVar("Done")
# What the processes do; they are copies of this one, and so need not be told.
_work: Callable[[int], list[Any]] | None = None


def each(work: Callable[[One], Done], of: Sequence[One], long: int) -> Iterator[Done]:
    """What a piece of work gives for each, in their order; of so many it takes long.

    >>> list(each(len, ["a", "bc"], 0))
    [1, 2]
    """
    processes = _processes(long)
    with uncollected():
        yield from map(work, of) if processes == 1 else _together(work, of, processes)


def _together(work: Callable[[One], Done], of: Sequence[One], processes: int) -> Iterator[Done]:
    global _work
    _work = lambda start: [work(one) for one in of[start : start + AT_A_TIME]]  # noqa: E731
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            for done in pool.imap(_part, range(0, len(of), AT_A_TIME)):
                yield from done
    finally:
        _work = None


def _part(start: int) -> list[Any]:
    assert _work is not None
    return _work(start)


def _processes(count: int) -> int:
    """How many processes are worth their while: one where few are asked for, and where a copy of
    this one would not be safe.
    """
    alone = threading.active_count() == 1 and not multiprocessing.current_process().daemon
    # A copy of a process may hang where the system itself holds threads, as that of Apple does.
    if count < MANY or not alone or not hasattr(os, "fork") or sys.platform == "darwin":
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(cores or 1, count // AT_A_TIME)
