"""The site in its folder: what this program wrote there it writes anew, and nothing else."""

import json
import os
import stat
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import NamedTuple

from baoding_data.errors import BaodingError
from baoding_data.reading import content, kind, names_in
from baoding_data.writing import held, make_folder, mark, replace, unwritable

MADE = "made.json"  # what the site was made of, and what was written
ADVICE = "name another folder, or move it away"
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


def write(folder: Path, files: Mapping[str, bytes], of: str) -> Written:
    """Write the files of a site, and remove those of an older one. Raises BaodingError, and writes
    nothing, where a file there is not just as this program wrote it.
    """
    before = made(folder)
    new = {path: sha256(data).hexdigest() for path, data in files.items()}
    there = {path: _checksum(folder / path) for path in {*new, *before.files}}
    foreign = [
        path
        for path, found in sorted(there.items())
        if found and found not in (*before.files.get(path, ()), new.get(path))
    ]
    if foreign:
        names = "\n".join(f"{folder / path}: was not written by this program" for path in foreign)
        raise BaodingError(f"{names}\n{folder}: nothing was written; {ADVICE}")
    changed = [path for path in files if there[path] != new[path]]
    stale = [path for path in before.files if path not in new and there[path]]
    if changed or stale or before.of != of:
        both = {
            path: [*before.files.get(path, ()), *([new[path]] if path in new else [])]
            for path in {*new, *before.files}
        }
        _put(folder, MADE, _manifest("", both))
        for path in changed:
            _put(folder, path, files[path])
        for path in stale:
            _remove(folder, path)
        _put(folder, MADE, _manifest(of, {path: [one] for path, one in new.items()}))
    return Written(len(changed), len(stale), len(files))


def _manifest(of: str, files: Mapping[str, list[str]]) -> bytes:
    found = {"of": of, "files": dict(sorted(files.items()))}
    return (json.dumps(found, indent=0) + "\n").encode()


def _checksum(path: Path) -> str:
    """The checksum of a file; empty where there is none."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise unwritable(error, path) from error


def _put(folder: Path, path: str, data: bytes) -> None:
    target = folder / path
    missing = [one for one in target.parents if kind(one, refusal=unwritable) is None]
    for above in reversed(missing):
        make_folder(above)
    old = held(target)
    replace(target, data, None if old is None else mark(old))


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
