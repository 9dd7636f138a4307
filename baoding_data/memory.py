"""Python's search for rings of objects, paused while much is made that holds none."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """Within it Python does not look for rings, of which reading and auditing leave none: it would
    go through all tables again and again, and each copy of a process would copy them.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            if not gc.get_freeze_count():  # what was made counts as old, and is not gone through
                gc.freeze()
                gc.unfreeze()
            gc.enable()
