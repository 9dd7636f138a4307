"""Tables that are changed by one process at a time."""

import os
import platform
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from baoding_data.errors import BaodingError
from baoding_data.tables.seeds import AnySeeds, Seeds, home, load

LOCK = ".lock"
WAIT = 60  # seconds that one process waits for another
_PAUSE = 0.02  # seconds between two tries
_FAR = 1 << 30  # on Windows a lock keeps others from reading the bytes that it holds


@contextmanager
def changing(seeds: AnySeeds, command: str) -> Generator[Seeds]:
    """The tables of a folder, less the reports that cannot be read, while no other process may
    change them; raises BaodingError when they may not be changed at all or cannot be read, and when
    another holds them for too long.
    """
    if seeds is None and home().parent == Path(__file__).resolve().parents[1]:
        raise BaodingError(
            "the tables of an installed package are not changed; name your folder of tables:"
            " --seeds DIR"
        )
    folder = seeds.folder.path if isinstance(seeds, Seeds) else Path(seeds or home())
    if not folder.is_dir():
        load(seeds)  # says what is wanted
    with _locked(folder, command):
        yield load(seeds)


@contextmanager
def _locked(folder: Path, command: str) -> Generator[None]:
    """One process at a time; the system itself lets go of the lock of one that has ended."""
    path = folder / LOCK
    lock = _taken(path)
    try:
        who = f"baoding {command}, process {os.getpid()} on {platform.node()}"
        os.ftruncate(lock, 0)
        os.write(lock, f"{who}, since {datetime.now():%H:%M:%S}".encode())
        yield
    finally:
        if os.name != "nt":  # where an open file cannot be removed
            path.unlink(missing_ok=True)
        os.close(lock)


def _taken(path: Path) -> int:
    """The open file of a lock, once it is this process that holds it."""
    until = time.monotonic() + WAIT
    while True:
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise BaodingError(
                f"{path.parent}: the tables cannot be changed ({error.strerror or error}): allow"
                " writing there"
            ) from error
        if _locks(lock) and _stands(lock, path):
            return lock
        held = os.read(lock, 1000).decode("utf-8", "replace") or "another process"
        os.close(lock)
        if time.monotonic() > until:
            raise BaodingError(
                f"{path.parent}: is being changed by {held}; wait until that has ended, or end it"
            )
        time.sleep(_PAUSE)


def _locks(lock: int) -> bool:
    """Whether the lock can be had at once."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(lock, _FAR, os.SEEK_SET)
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
            os.lseek(lock, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.lseek(lock, 0, os.SEEK_SET)
        return False
    return True


def _stands(lock: int, path: Path) -> bool:
    """Whether the file that was locked is still there: who held it before may have removed it."""
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except OSError:
        return False
