"""Writing a file whole or not at all."""

import os
import shutil
from pathlib import Path
from uuid import uuid4

from baoding_data.errors import BaodingError


def content(path, advice):
    """The bytes of a file; raises BaodingError, with the advice, when there is none or it cannot be
    read.
    """
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise BaodingError(f"{path}: no such file; {advice}") from None
    except (OSError, ValueError) as error:
        raise BaodingError(f"{path}: cannot be read ({error}); {advice}") from None


def replace(path, data, holds=bytes):
    """Put the data in the file's place at once; False when the old file `holds` the same.

    A crash at any moment leaves the old file or the new one. Raises BaodingError when the file
    cannot be written.

    >>> replace("figures.csv", b"indicator,value")
    True
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{uuid4().hex}.tmp")
    if target.is_dir():
        raise BaodingError(f"{path}: is a folder; name a file in it")
    if not target.parent.is_dir():
        raise BaodingError(
            f"{path}: there is no folder {target.parent}; make it first, or choose another"
        )
    try:
        old = target.read_bytes() if target.exists() else None
        if old is not None and holds(old) == holds(data):
            return False
        if old is not None and not os.access(target, os.W_OK):
            raise PermissionError(None, "it is read-only")
        try:
            with open(temporary, "xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            if old is not None:
                shutil.copymode(target, temporary)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise BaodingError(
            f"{path}: cannot be written ({error.strerror or error}); close it where it is open,"
            " allow writing, or choose another name"
        ) from error
    return True
