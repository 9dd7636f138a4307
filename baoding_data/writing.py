"""Files written: whole or not at all, and never over what another hand has made.

What this program writes for others to take along bears a seal: a checksum over everything else in
the file. A file that stands in the way is written over only while its seal fits.
"""

import csv
import errno
import io
import os
import re
import shutil
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from baoding_data.errors import BaodingError

# --- one file


def replace(path: str | Path, data: bytes, was: int | None) -> bool:
    """Put the data in the file's place at once, if it still holds what it `was`, by `mark`, or is
    still not there (None); False when it holds the same.

    A crash at any moment leaves the old file or the new one. Raises BaodingError when the file
    cannot be written, or was changed since.

    >>> replace("reports.csv", b"report,place", None)
    True
    """
    target = _target(path)
    try:
        if _now(target) != was:
            raise _changed(path)
        if was is not None and was == mark(data):
            return False
        if was is not None and not os.access(target, os.W_OK):
            raise PermissionError(None, "it is read-only")
        temporary = target.with_name(f".{uuid4().hex}.tmp")  # a name as long as any may be
        try:
            with open(temporary, "xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            if was is not None:
                shutil.copymode(target, temporary)
            if _now(target) != was:
                raise _changed(path)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as problem:
        raise BaodingError(
            f"{path}: cannot be written ({problem.strerror or problem});"
            f" {'make room there' if problem.errno == errno.ENOSPC else _OPEN}"
        ) from problem
    return True


_OPEN = "close it where it is open, allow writing, or choose another name"


def mark(data: bytes) -> int:
    """What tells two contents of a file apart, while this program runs."""
    return hash(data)


def _target(path: str | Path) -> Path:
    """The file that is meant, behind links; raises BaodingError where none can be."""
    target = Path(os.path.realpath(path))
    if os.path.isdir(target):
        raise BaodingError(f"{path}: is a folder; name a file in it")
    if not os.path.isdir(target.parent):
        raise BaodingError(
            f"{path}: there is no folder {target.parent}; make it first, or choose another"
        )
    if os.path.exists(target) and not os.path.isfile(target):
        raise BaodingError(f"{path}: is a device or a pipe, and no ordinary file; name another")
    return target


def _now(target: Path) -> int | None:
    """What a file holds, by its mark; None where there is none."""
    try:
        return mark(target.read_bytes())
    except FileNotFoundError:
        return None


def _changed(path: str | Path) -> BaodingError:
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


def held(path: str | Path) -> bytes | None:
    """What a file holds that is to be written; None where there is none. Raises BaodingError where
    it can be neither read nor written.
    """
    target = _target(path)
    try:
        return target.read_bytes() if os.path.exists(target) else None
    except OSError as problem:
        raise BaodingError(
            f"{path}: cannot be read ({problem.strerror or problem}), so it is not written over;"
            " allow reading, or choose another name"
        ) from problem


def _free(path: Path) -> Path:
    """A name beside a file that no other has."""
    names = (path.with_name(f"{path.stem}.kept-{n}{path.suffix}") for n in count(1))
    return next(name for name in names if not os.path.lexists(name))


# --- the seal

SEAL = "seal"  # the last column of a table
_LETTERS = str.maketrans("0123456789", "ghijklmnop")  # 12e5 would be a number
_SEALED = re.compile(rb"baoding_data [a-z]+ [a-p]{16}")
_CORE, _CORE_END = "docProps/core.xml", b"</cp:coreProperties>"
_MOST = 1 << 28  # bytes that a workbook unpacks to; none that is written here has so many
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND\xaeB`\x82"


def sealed(data: bytes, what: str) -> bytes:
    """A picture or a page with the seal of what it is.

    >>> sealed(b"# Rules", "page")
    b'# Rules<!-- baoding_data page kmehkeeeinkmlgao -->\\n'
    """
    end = len(data) - (len(_PNG_END) if _is_png(data) else 0)
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
    found = _SEALED.search(data)
    if not found:
        return False
    rest = data.replace(_carrier(data, found[0]), b"", 1)
    return found[0] == _words(what, rest)


def members_of(data: bytes) -> dict[str, bytes]:
    """What a workbook holds, without how it was packed; nothing where it is none."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MOST:
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


def _carrier(data: bytes, words: bytes) -> bytes:
    """What carries the seal in a file: a chunk of text in a picture, else a comment."""
    if _is_png(data):
        chunk = b"tEXtComment\0" + words
        return struct.pack(">I", len(words) + 8) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"%%%s\n" % words if data.startswith(b"%PDF") else b"<!-- %s -->\n" % words
