"""Files written: whole or not at all, and never over what another hand has made.

What this program writes for others to take along bears a seal: a checksum over everything else in
the file. A file that stands in the way is written over only while its seal fits.
"""

import csv
import io
import os
import re
import shutil
import stat
import struct
import time
import zlib
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import file_digest, sha256
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from baoding_data import limits
from baoding_data.errors import BaodingError, refused
from baoding_data.reading import ALLOW, kind, real

# --- one file


def replace(path: str | Path, data: bytes, was: int | None) -> bool:
    """Put the data in the file's place at once, if it still holds what it `was`, by `mark`, or is
    still not there (None); False when it holds the same.

    A crash at any moment leaves the old file or the new one. Raises BaodingError when the file
    cannot be written, or was changed since.

    >>> replace("reports.csv", b"report,place", None)
    True
    """
    return _replace(path, [data], _now, was, mark(data))


def replace_in_parts(path: str | Path, parts: Iterable[bytes], was: str | None, new: str) -> bool:
    """The same of a file that need not fit into memory: its parts, and the checksums of what was
    there and of what they make.

    >>> replace_in_parts("index.html", [b"<p>", b"1"], None, sha256(b"<p>1").hexdigest())
    True
    """
    return _replace(path, parts, checksum_of, was, new)


def _replace(
    path: str | Path, parts: Iterable[bytes], now: Callable[[Path], Any], was: Any, new: Any
) -> bool:
    target = _target(path)
    temporary = target.with_name(f"{_TEMPORARY}{uuid4().hex}.tmp")  # a name as long as any may be
    try:
        if now(target) != was:
            raise changed(path)
        if was == new:
            return False
        if was is not None and not os.access(target, os.W_OK):
            raise PermissionError(None, "it is read-only")
        with open(temporary, "xb") as stream:
            locks(stream.fileno())  # by which others know that it is being written
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
            if os.name == "nt":  # where an open file cannot be moved
                stream.close()
            if was is not None:
                shutil.copymode(target, temporary)
            if now(target) != was:
                raise changed(path)
            os.replace(temporary, target)
    except OSError as problem:
        raise unwritable(problem, path) from problem
    finally:
        with suppress(OSError):  # else the next to write there does
            temporary.unlink(missing_ok=True)
    return True


def unwritable(error: OSError, path: str | Path) -> BaodingError:
    """The error of a file that the system does not let be written."""
    cure = "close it where it is open, allow writing, or choose another name"
    return refused(error, path, "cannot be written", cure)


def make_folder(path: Path) -> None:
    """Make a folder where there is none; raises BaodingError where that cannot be."""
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise unwritable(error, path) from error


def mark(data: bytes) -> int:
    """What tells two contents of a file apart, while this program runs."""
    return hash(data)


def _target(path: str | Path) -> Path:
    """The file that is meant, behind links, its folder rid of what killed programs have left;
    raises BaodingError where none can be.
    """
    target = real(path, unwritable)
    there, above = kind(target, refusal=unwritable), kind(target.parent, refusal=unwritable)
    if there == stat.S_IFDIR:
        raise BaodingError(f"{path}: is a folder; name a file in it")
    if above != stat.S_IFDIR:
        raise BaodingError(
            f"{path}: there is no folder {target.parent}; make it first, or choose another"
        )
    if there not in (None, stat.S_IFREG):
        raise BaodingError(f"{path}: is a device or a pipe, and no ordinary file; name another")
    _sweep(target.parent)
    return target


_TEMPORARY = ".baoding-"
_LEFT = re.compile(rf"{re.escape(_TEMPORARY)}[0-9a-f]{{32}}\.tmp")
_BEGINNING = 60  # seconds that a program may take from making a file to locking it


def _sweep(folder: Path) -> None:
    """Remove the temporary files whose programs have ended. One that is removed too soon after all
    harms nothing but the command that was to write it, which then says so.
    """
    with suppress(OSError):
        for name in os.listdir(folder):
            if _LEFT.fullmatch(name) and _is_left(folder / name):
                os.unlink(folder / name)


def _is_left(path: Path) -> bool:
    """Whether the program that wrote a temporary file has ended, or let go of it."""
    file = os.open(path, os.O_RDWR | NOT_FOLLOWED)
    try:
        about = os.fstat(file)
        if not stat.S_ISREG(about.st_mode) or not locks(file):
            return False
        locked_first = about.st_size and os.name != "nt"
        return bool(locked_first) or time.time() - about.st_mtime > _BEGINNING
    finally:
        os.close(file)


NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FAR = 1 << 30  # on Windows a lock keeps others from reading the bytes that it holds


def locks(file: int) -> bool:
    """Whether the lock of an open file can be had at once; closing the file lets go of it."""
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        if os.name == "nt":
            os.lseek(file, 0, os.SEEK_SET)
    return True


def _now(target: Path) -> int | None:
    """What a file holds, by its mark; None where there is none."""
    try:
        return mark(target.read_bytes())
    except FileNotFoundError:
        return None


def checksum_of(path: Path) -> str | None:
    """The checksum of a file, which is not held as a whole; None where there is none."""
    try:
        with open(path, "rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def changed(path: str | Path) -> BaodingError:
    """The error of a file that is not what it was when the work on it began."""
    return BaodingError(
        f"{path}: was changed by somebody else in between; nothing of that is lost, and it was not"
        " written; run the command again"
    )


# --- what is written for others


def put(path: str | Path, data: bytes, what: str, holds: Callable[[bytes], Any] = bytes) -> bool:
    """Write a sealed file; False when the one there `holds` the same. Raises BaodingError when it
    cannot be written, or when what stands there is not just as this program wrote it as `what`.
    """
    old = held(path)
    if old is not None and holds(old) == holds(data):
        return False
    if old is not None and not is_sealed(old, what):
        raise BaodingError(
            f"{path}: holds something else than the {what} that this program would write over, or"
            " was changed since; it is as it was: name another file, or move this one away"
        )
    return replace(path, data, None if old is None else mark(old))


def put_beside(
    path: str | Path,
    data: bytes,
    known: Callable[[bytes], bool],
    holds: Callable[[bytes], Any] = bytes,
) -> tuple[bool, Path | None]:
    """Write a file; returns whether the one there did not hold the same, and the name under which
    that is kept beside if it is not `known`.
    """
    old = held(path)
    if old is not None and holds(old) == holds(data):
        return False, None
    kept = None
    if old is not None and not known(old):
        kept = _free(Path(path))
        replace(kept, old, None)
    replace(path, data, None if old is None else mark(old))
    return True, kept


def put_page(path: str | Path, text: str) -> bool:
    """Write a page of Markdown as `put` does."""
    return put(path, sealed(text.encode(), "page"), "page")


def page_command(page: Callable[[], str]) -> None:
    """Write a page where the command line says."""
    parser = ArgumentParser(description="Write this page, unless it stands there already.")
    parser.add_argument("file")
    file = parser.parse_args().file
    print(f"{file}: {'written' if put_page(file, page()) else 'unchanged'}")


def held(path: str | Path) -> bytes | None:
    """What a file holds that is to be written; None where there is none. Raises BaodingError where
    it can be neither read nor written.
    """
    target = _target(path)
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        what, cure = "cannot be read", f"{ALLOW}, or choose another name; it is not written over"
        raise refused(problem, path, what, cure) from problem


def _free(path: Path) -> Path:
    """A name beside a file that no other has."""
    names = (path.with_name(f"{path.stem}.kept-{n}{path.suffix}") for n in count(1))
    return next(name for name in names if not os.path.lexists(name))


# --- the seal

SEAL = "seal"  # the last column of a table
_LETTERS = str.maketrans("0123456789", "ghijklmnop")  # 12e5 would be a number
_CORE, _CORE_END = "docProps/core.xml", b"</cp:coreProperties>"
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND\xaeB`\x82"
_PARQUET = b"PAR1"  # at either end; before the last stands how long the part is that tells of all


def sealed(data: bytes, what: str) -> bytes:
    """A picture, a page or a Parquet file with the seal of what it is.

    >>> sealed(b"# Rules", "page")
    b'# Rules<!-- baoding_data page kmehkeeeinkmlgao -->\\n'
    """
    end = _end(data)
    return data[:end] + _carrier(data, _words(what, data)) + data[end:]


def seal_members(members: dict[str, bytes], what: str) -> None:
    """Seal a workbook that is not packed yet, in a property that programs do not show."""
    words = _words(what, _inside(members))
    identifier = b"<dc:identifier>%s</dc:identifier>" % words
    members[_CORE] = members[_CORE].replace(_CORE_END, identifier + _CORE_END)


def sealed_rows(rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """The rows of a table, the header first, each with a seal that knows the header too."""
    header: list[str] = []
    for cells in rows:
        yield [*cells, digest("\0".join([*header, *cells]).encode()) if header else SEAL]
        header = header or list(cells)


def is_sealed(data: bytes, what: str) -> bool:
    """Whether a file is just as this program wrote it, as what is named."""
    if what in ("workbook", "draft"):
        members = members_of(data)
        return _words(what, _inside(members)) in members.get(_CORE, b"")
    if what == "table":
        try:
            rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        except (UnicodeDecodeError, csv.Error):
            return False
        return bool(rows) and rows == list(sealed_rows(cells[:-1] for cells in rows))
    end = _end(data)
    start = max(0, end - len(_carrier(data, _words(what, b""))))
    return sealed(data[:start] + data[end:], what) == data


def members_of(data: bytes) -> dict[str, bytes]:
    """What a workbook holds, without how it was packed; nothing where it is none."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > limits.EXPORT:
                return {}
            return {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, RuntimeError, ValueError, EOFError, OSError, zlib.error):
        return {}


def _inside(members: Mapping[str, bytes]) -> bytes:
    """What a workbook holds, but for the part that bears the seal."""
    parts = ((name.encode(), members[name]) for name in sorted(members) if name != _CORE)
    return b"".join(b"%s %d %s" % (name, len(part), part) for name, part in parts)


def _words(what: str, data: bytes) -> bytes:
    """The seal of some data."""
    return f"baoding_data {what} {digest(data)}".encode()


def digest(data: bytes) -> str:
    """What a seal says of some data."""
    return sha256(data).hexdigest()[:16].translate(_LETTERS)


def _is_png(data: bytes) -> bool:
    return data.startswith(_PNG) and data.endswith(_PNG_END)


def _end(data: bytes) -> int:
    """Where the seal of a file ends: before what programs look for at the file's own end."""
    tail = len(_PNG_END) if _is_png(data) else 0
    if data.startswith(_PARQUET) and data.endswith(_PARQUET):
        last = int.from_bytes(data[-8:-4], "little") + 8
        tail = last if last + len(_PARQUET) <= len(data) else 0
    return len(data) - tail


def _carrier(data: bytes, words: bytes) -> bytes:
    """What carries the seal in a file: a chunk of text in a picture, else a comment."""
    if _is_png(data):
        chunk = b"tEXtComment\0" + words
        return struct.pack(">I", len(words) + 8) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"%%%s\n" % words if data.startswith(b"%PDF") else b"<!-- %s -->\n" % words
