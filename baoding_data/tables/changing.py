"""Tables that are changed by one process at a time."""

import os
import platform
import stat
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from baoding_data.errors import BaodingError, refused
from baoding_data.reading import kind
from baoding_data.tables.seeds import AnySeeds, Seeds, home, load
from baoding_data.writing import NOT_FOLLOWED, locks

LOCK = ".lock"
_OWN = b"baoding "  # what a lock of this program begins with
WAIT = 60  # seconds that one process waits for another
_PAUSE = 0.02  # seconds between two tries


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
    if not os.path.isdir(folder):
        load(seeds)  # says what is wanted
    with _locked(folder, command):
        yield load(seeds)


@contextmanager
def _locked(folder: Path, command: str) -> Generator[None]:
    """One process at a time; the system itself lets go of the lock of one that has ended."""
    path = folder / LOCK
    lock = _taken(path)
    try:
        _say(lock, path, command)
        yield
    finally:
        with suppress(OSError):  # one that is left is in nobody's way
            if os.name != "nt":  # where an open file cannot be removed
                path.unlink(missing_ok=True)
        os.close(lock)


def _say(lock: int, path: Path, command: str) -> None:
    """Write into a lock who holds it."""
    who = f"{_OWN.decode()}{command}, process {os.getpid()} on {platform.node()}"
    try:
        os.ftruncate(lock, 0)
        os.write(lock, f"{who}, since {datetime.now():%H:%M:%S}".encode())
    except OSError as error:
        raise _not_writable(path, error) from error


def _not_writable(path: Path, error: OSError) -> BaodingError:
    what = "the tables cannot be changed"
    return refused(error, path.parent, what, "allow writing there")


def _taken(path: Path) -> int:
    """The open file of a lock, once it is this process that holds it."""
    until = time.monotonic() + WAIT
    while True:
        lock = _opened(path)
        mine, said = locks(lock), _said(lock, path)
        if mine and _stands(lock, path):
            if said.startswith(_OWN[: len(said)]):
                return lock
            os.close(lock)
            raise _in_the_way(path, "holds something else than who changes the tables")
        os.close(lock)
        held = said.decode("utf-8", "replace") or "another process"
        if time.monotonic() > until:
            raise BaodingError(
                f"{path.parent}: is being changed by {held}; wait until that has ended, or end it"
            )
        time.sleep(_PAUSE)


def _said(lock: int, path: Path) -> bytes:
    """What a lock says of who holds it."""
    try:
        said = os.read(lock, 1000)
        os.lseek(lock, 0, os.SEEK_SET)
    except OSError as error:
        os.close(lock)
        raise _not_writable(path, error) from error
    return said


def _opened(path: Path) -> int:
    """The open file of a lock, made where there is none; never what a link leads to."""
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | NOT_FOLLOWED, 0o666)
    except OSError as error:
        there = kind(path, links=False, refusal=lambda other, _: _not_writable(path, other))
        ours = there in (None, stat.S_IFREG) and not isinstance(error, PermissionError)
        if there is None or ours or not os.access(path.parent, os.W_OK):
            raise _not_writable(path, error) from error
        why = error.strerror or error
        raise _in_the_way(path, f"cannot be opened ({why})") from error
    if not stat.S_ISREG(os.fstat(lock).st_mode):
        os.close(lock)
        raise _in_the_way(path, "is no ordinary file")
    return lock


def _in_the_way(path: Path, what: str) -> BaodingError:
    """The error of what this program did not leave there; it is neither changed nor removed."""
    return BaodingError(
        f"{path}: {what}; wanted nothing there while no command changes the tables; move it away"
    )


def _stands(lock: int, path: Path) -> bool:
    """Whether the file that was locked is still there: who held it before may have removed it."""
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except OSError:
        return False
