"""One cell: what text it may hold, and what a spreadsheet program may have made of it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

# So many digits does a float, and with it a frame or a spreadsheet, keep as they are.
DIGITS = 15

_POWER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[Ee][+-]?[0-9]+")
_ODD = set("#+-0123456789")
_SUSPECT = _ODD | {" "}
_ERROR = re.compile(r"#+|#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!|SPILL!)")


def odd_one(cell: str) -> bool:
    """Whether a cell of text that can be seen may be something else than a curator wrote: a
    spreadsheet program's number or error, or blanks at an end.
    """
    return cell[0] in _SUSPECT or cell[-1] == " "


def invisible(cell: str) -> str:
    """The first character of a cell that is unseen or stands for a lost one, as U+200B, or ""."""
    if cell.isprintable() and "\ufffd" not in cell:
        return ""
    return next(
        (
            f"U+{ord(c):04X}"
            for c in cell
            if not c.isprintable() and c not in " \u00a0\u3000" or c == "\ufffd"
        ),
        "",
    )


def broken(cell: str) -> bool:
    """Whether a cell holds a spreadsheet program's power of ten or error value."""
    return cell[:1] in _ODD and bool(_POWER.fullmatch(cell) or _ERROR.fullmatch(cell))


def advice(cell: str, kind: str) -> str:
    """What to do about a cell not of its kind, by what a spreadsheet program may have made."""
    if _POWER.fullmatch(cell):
        return (
            "a spreadsheet program shortened it and may have lost digits: set the column to text,"
            " and write all digits from the source"
        )
    if _ERROR.fullmatch(cell):
        return (
            "a spreadsheet program's error stands here: restore what was there, with the column set"
            " to text"
        )
    plain = unicodedata.normalize("NFKC", cell)
    if kind in ("integer", "number"):
        plain = re.sub(r"(?<=[0-9])[, \u00a0'’](?=[0-9]{3})", "", plain)
        if plain != cell and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
            return f"write {plain}"
        if _too_long(cell):
            return f"write at most {DIGITS} digits, since spreadsheet programs keep no more"
    if kind == "date":
        parts = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", plain)
        if parts:
            return (
                f"write {parts[1]}-{parts[2]:0>2}-{parts[3]:0>2}, if that day is meant, with the"
                " column set to text"
            )
        if re.fullmatch(r"[0-9]{5}", plain):
            return (
                "a spreadsheet program stored its count of days: set the column to text, and write"
                " year-month-day"
            )
    if kind == "shared" and re.search(r"[0-9]+(月|[-/.])|[A-Z][a-z]{2}", plain):
        return (
            "a spreadsheet program took it for a date: set the column to text, and write 1/3 again"
        )
    return f"write {plain}, with half-width characters" if plain != cell else "write it so"


def _too_long(cell: str) -> bool:
    return len(cell) > DIGITS and len(re.sub("[^0-9]", "", cell)) > DIGITS


def _integer(cell: str) -> int:
    if not re.fullmatch(r"-?[0-9]+", cell) or _too_long(cell):
        raise ValueError
    return int(cell)


def _number(cell: str) -> Decimal:
    if not re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", cell) or _too_long(cell):
        raise ValueError
    return Decimal(cell)


_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@lru_cache(2**10)
def day(cell: str) -> date:
    """A date as the tables write it; raises ValueError for anything else.

    >>> day("2023-03-16")
    datetime.date(2023, 3, 16)
    """
    if not _DAY.fullmatch(cell):
        raise ValueError
    return date.fromisoformat(cell)


# What reads a cell of each type, and how such a cell is written.
TYPES: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": _integer,
    "number": _number,
    "date": day,
}
FORMS = {
    "integer": "a whole number in plain digits, as 316",
    "number": "a number in plain digits without needless zeros, as 20563 or 2.22",
    "date": "a date, as 2023-03-16",
}
