"""Files read: what the system refuses is said with the path, the reason and what to do."""

import os
import stat
from collections.abc import Callable
from errno import EINVAL
from pathlib import Path

from baoding_data import limits
from baoding_data.errors import BaodingError, refused

ALLOW = "allow reading it"
ANEW = "install baoding_data anew"
NO_FILE = "no such file"
_OTHERS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class NoFile(BaodingError):
    """Says in `what` what stands in the place of an ordinary file."""

    def __init__(self, path: str | Path, what: str):
        super().__init__(f"{path}: {what}; put it there, and run the command again")
        self.what = what


def content(path: str | Path, advice: str) -> bytes:
    """The bytes of a file; raises BaodingError, with the advice, when they cannot be read.

    >>> content("seeds", "name a file in it")
    Traceback (most recent call last):
        ...
    baoding_data.errors.BaodingError: seeds: no such file; name a file in it
    """
    try:
        return read(Path(path))
    except NoFile as error:
        raise BaodingError(f"{path}: {error.what}; {advice}") from None


def read(path: str | Path) -> bytes:
    """The bytes of an ordinary file; raises NoFile for anything else, which is not opened, and
    BaodingError where the system refuses.
    """
    there = kind(path)
    if there is None:
        raise NoFile(path, "a link to no file" if os.path.islink(path) else NO_FILE)
    if there != stat.S_IFREG:
        raise NoFile(path, f"{_OTHERS.get(there, 'something else')}, and no ordinary file")
    try:
        with open(path, "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            if size > limits.FILE:
                found = f"a file of {size:,} bytes, and of at most {limits.FILE:,} is read"
                raise NoFile(path, found)
            return file.read()
    except FileNotFoundError:  # since then
        raise NoFile(path, NO_FILE) from None
    except OSError as error:
        raise unreadable(error, path) from error


def unreadable(error: OSError, path: str | Path) -> BaodingError:
    """The error of a file that the system does not give."""
    return refused(error, path, "cannot be read", ALLOW)


Refusal = Callable[[OSError, str | Path], BaodingError]


def kind(path: str | Path, links: bool = True, refusal: Refusal = unreadable) -> int | None:
    """What stands in a place, by the type of its mode, behind links or not; None for nothing.

    Raises BaodingError, as refusal says, where the system does not tell.
    """
    try:
        return stat.S_IFMT(os.stat(path, follow_symlinks=links).st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a name of no file
        return None
    except OSError as error:
        raise refusal(error, path) from error


def names_in(folder: Path) -> list[str]:
    """The names in a folder, none where there is no such folder; raises BaodingError where the
    system refuses.
    """
    try:
        return os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # as above
        return []
    except OSError as error:
        raise unreadable(error, folder) from error


def ordinary_in(folder: Path) -> set[str]:
    """The names of the ordinary files in a folder, links not among them; as `names_in` else."""
    try:
        with os.scandir(folder) as entries:
            return {one.name for one in entries if one.is_file(follow_symlinks=False)}
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return set()
    except OSError as error:
        raise unreadable(error, folder) from error


def real(path: str | Path, refusal: Refusal = unreadable) -> Path:
    """A path without links; raises BaodingError, as refusal says, where this folder is gone, and
    for a name of no file.
    """
    try:
        return Path(os.path.realpath(path))
    except OSError as error:
        raise refusal(error, path) from error
    except ValueError as error:
        raise refusal(OSError(EINVAL, str(error)), path) from error
