"""The site in its folder: what this program wrote there it writes anew, and nothing else. What is
made is kept aside, on disk, until all is: the folder is then as it was, or has all of it.
"""

import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path, PurePath
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from baoding_data.errors import BaodingError
from baoding_data.reading import content, kind, names_in
from baoding_data.writing import changed, checksum_of, make_folder, replace_in_parts, unwritable

MADE = "made.json"  # what the site was made of, and what was written
ADVICE = "name another folder, or move it away"
PART = 1_000_000  # bytes of a file that are held at once
# The files of a site: the path of each, and its bytes in parts.
Files = Iterable[tuple[str, Iterable[bytes]]]
# By what the same tables may give other bytes.
LIBRARIES = ("fonttools", "jinja2", "markdown-it-py", "matplotlib", "openpyxl", "pandas")


class Made(NamedTuple):
    """What a folder holds of a site: what it was made of, and the checksums of its files: of one
    that was about to be written, the old and the new.
    """

    of: str = ""
    files: Mapping[str, list[str]] = {}


class Written(NamedTuple):
    """How many files were written, and how many removed, of all."""

    written: int
    removed: int
    all: int


def made_of(folders: Iterable[Path], asked: Iterable[str] = ()) -> str:
    """A checksum of the files of some folders, of what was asked for, of this library, and of what
    it rests on.
    """
    found = sha256("".join(f"{name} {version(name)}\n" for name in LIBRARIES).encode())
    found.update("\0".join(asked).encode())
    for folder in (Path(__file__).parents[1], *folders):
        for path in sorted(one for one in folder.rglob("*") if _counts(one)):
            found.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            found.update(sha256(content(path, "run the command again")).digest())
    return found.hexdigest()


def _counts(path: Path) -> bool:
    hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts[-3:])
    return path.is_file() and not hidden


def made(folder: Path) -> Made:
    """What a folder holds of a site. Raises BaodingError where it holds something, but no site."""
    if MADE not in names_in(folder):
        if _holds(folder):
            raise BaodingError(f"{folder}: holds something, but no site; name an empty folder")
        return Made()
    raw = content(folder / MADE, ADVICE)
    try:
        found = json.loads(raw)
        if any(".." in PurePath(path).parts or PurePath(path).anchor for path in found["files"]):
            raise ValueError("a file beyond the folder")
        return Made(found["of"], {path: list(sums) for path, sums in found["files"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaodingError(f"{folder / MADE}: was changed by somebody; {ADVICE}") from error


def _holds(folder: Path) -> bool:
    """Whether there is a file of somebody, or one in the folder's place."""
    there = kind(folder)
    if there is None:
        return False
    return there != stat.S_IFDIR or any(_holds(folder / name) for name in names_in(folder))


def is_whole(folder: Path, before: Made) -> bool:
    """Whether every file of a site is there as it was written."""
    return all(_checksum(folder / path) in sums for path, sums in before.files.items())


class Aside:
    """Files kept aside, one after the other in a file without a name, which is gone however the
    program ends; of each its checksum is known.
    """

    def __init__(self, stream: IO[bytes], beside: Path):
        self._stream, self._beside = stream, beside
        self._places: dict[str, tuple[int, int]] = {}
        self.sums: dict[str, str] = {}

    def keep(self, files: Files) -> None:
        """Keep files, each as it is made."""
        for path, parts in files:
            start, found = self._stream.tell(), sha256()
            for part in parts:
                found.update(part)
                try:
                    self._stream.write(part)
                except OSError as error:
                    raise unwritable(error, self._beside) from error
            self._places[path] = start, self._stream.tell()
            self.sums[path] = found.hexdigest()

    def parts(self, path: str) -> Iterator[bytes]:
        """The bytes of a file that is kept."""
        at, end = self._places[path]
        self._stream.seek(at)
        while at < end:
            part = self._stream.read(min(PART, end - at))
            at += len(part)
            yield part


def write(folder: Path, files: Files, of: str) -> Written:
    """Write the files of a site, each kept aside as it is made until all are, and remove those of
    an older one. Raises BaodingError, and writes nothing, where a file there is not just as this
    program wrote it.
    """
    before, at = made(folder), _checksum(folder / MADE)
    _refuse_foreign(folder, before, {})
    every = folder, *folder.absolute().parents
    beside = next(one for one in every if kind(one, refusal=unwritable) == stat.S_IFDIR)
    try:
        stream = TemporaryFile(dir=beside)  # noqa: SIM115, which is closed below
    except OSError as error:
        raise unwritable(error, beside) from error
    with stream:
        aside = Aside(stream, beside)
        aside.keep(files)
        if _checksum(folder / MADE) != at:
            raise changed(folder / MADE)
        return _take(folder, before, at, aside, of)


def _refuse_foreign(folder: Path, before: Made, new: Mapping[str, str]) -> dict[str, str | None]:
    """The checksums of what is there of an older site and a new one. Raises BaodingError where a
    file is of neither.
    """
    there = {path: _checksum(folder / path) for path in {*new, *before.files}}
    foreign = [
        path
        for path, found in sorted(there.items())
        if found and found not in (*before.files.get(path, ()), new.get(path))
    ]
    if foreign:
        names = "\n".join(f"{folder / path}: was not written by this program" for path in foreign)
        raise BaodingError(f"{names}\n{folder}: nothing was written; {ADVICE}")
    return there


def _take(folder: Path, before: Made, at: str | None, aside: Aside, of: str) -> Written:
    """Put what is kept aside in its place, and remove what is stale; wherever that is cut off, the
    list of what was made knows every file.
    """
    new = aside.sums
    there = _refuse_foreign(folder, before, new)
    fresh = [path for path in new if there[path] != new[path]]
    stale = [path for path in before.files if path not in new and there[path]]
    if fresh or stale or before.of != of:
        both = {
            path: [*before.files.get(path, ()), *([new[path]] if path in new else [])]
            for path in {*new, *before.files}
        }
        at = _list(folder, at, "", both)
        for path in fresh:
            _put(folder, path, aside.parts(path), there[path], new[path])
        for path in stale:
            _remove(folder, path)
        _list(folder, at, of, {path: [one] for path, one in new.items()})
    return Written(len(fresh), len(stale), len(new))


def _list(folder: Path, at: str | None, of: str, files: Mapping[str, list[str]]) -> str:
    """Write what was made and of what, in the place of what has a checksum; returns the new one."""
    found = {"of": of, "files": dict(sorted(files.items()))}
    data = (json.dumps(found, indent=0) + "\n").encode()
    new = sha256(data).hexdigest()
    _put(folder, MADE, [data], at, new)
    return new


def _checksum(path: Path) -> str | None:
    """The checksum of a file; None where there is none."""
    try:
        return checksum_of(path)
    except OSError as error:
        raise unwritable(error, path) from error


def _put(folder: Path, path: str, parts: Iterable[bytes], was: str | None, new: str) -> None:
    target = folder / path
    missing = [one for one in target.parents if kind(one, refusal=unwritable) is None]
    for above in reversed(missing):
        make_folder(above)
    replace_in_parts(target, parts, was, new)


def _remove(folder: Path, path: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    try:
        (folder / path).unlink()
        for above in (folder / path).parents:
            if above == folder or os.listdir(above):
                break
            above.rmdir()
    except OSError as error:
        raise unwritable(error, folder / path) from error
