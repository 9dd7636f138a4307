"""One cell: what text it may hold, and what a spreadsheet program may have made of it."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from baoding_data import limits
from baoding_data.text.characters import NOT_SEEN, unseen
from baoding_data.text.lines import LIKE_OTHERS, alike

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


_UNLIKE = re.compile(f"[{NOT_SEEN}{LIKE_OTHERS}\ufffd]")


def all_plain(text: str) -> bool:
    """Whether a text holds no character that `odd_sign` may name."""
    return text.isprintable() and not _UNLIKE.search(text)


def odd_sign(cell: str) -> str:
    """The first character of a cell that nobody sees, that stands for a lost one, or that only
    looks like another; "" where there is none.

    >>> odd_sign("受理\\u200b316件"), odd_sign("\\u2f8f政"), odd_sign("受理　316件")
    ('\\u200b', '⾏', '')
    """
    return "" if all_plain(cell) else next(filter(_is_odd, cell), "")


def _is_odd(sign: str) -> bool:
    if sign.isprintable():
        return sign == "\ufffd" or unseen(sign) or bool(alike(sign))
    return sign not in " \u00a0\u3000"


def about_sign(sign: str) -> tuple[str, str]:
    """What an odd character of a cell is, and what to do about it."""
    name = unicodedata.name(sign, "").lower()
    code = f"the character U+{ord(sign):04X}{f' ({name})' if name else ''}"
    if plain := alike(sign):
        return f"{code}, which only looks like {plain}", f"write {plain} in its place"
    if sign == "\ufffd":
        return f"{code}, which stands for a lost one", "write what was there: type the cell anew"
    return code, "type the cell anew"


def broken(cell: str) -> bool:
    """Whether a cell holds a spreadsheet program's power of ten or error value."""
    return cell[:1] in _ODD and bool(_POWER.fullmatch(cell) or _ERROR.fullmatch(cell))


# Where a cell begins with one of these, a spreadsheet program may take it for a formula; some
# locales take the other widths too.
STARTS = tuple("=+-@＝＋－＠﹦﹢﹣﹫")
_SIGNED = re.compile("[+-]?[0-9][0-9,]*([.][0-9]+)?[%‰‱]?")


def guarded(cell: str, number: bool = False) -> str:
    """A cell of a CSV with an apostrophe before what could be taken for a formula, even behind
    something that is not seen, since some programs drop that; a number, where the column is one of
    numbers, keeps its sign.

    >>> guarded("=1+1"), guarded("-3.2"), guarded("-3.2", number=True)
    ("'=1+1", "'-3.2", '-3.2')
    """
    if number and _SIGNED.fullmatch(cell):
        return cell
    return f"'{cell}" if _formula(cell.lstrip("'")) else cell


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that `guarded` set before it; any other as it is.

    >>> unguarded(guarded("=1+1")), unguarded(guarded("'=1+1")), unguarded("'1+1")
    ('=1+1', "'=1+1", "'1+1")
    """
    return cell[1:] if cell[:1] == "'" and _formula(cell.lstrip("'")) else cell


def _formula(text: str) -> bool:
    return next((sign for sign in text if not _passed_over(sign)), "").startswith(STARTS)


def _passed_over(sign: str) -> bool:
    pictured = "\u2400" <= sign <= "\u2421"  # what stands for a control character
    return pictured or sign.isspace() or not sign.isprintable() or unseen(sign)


def advice(cell: str, kind: str, fits: Callable[[str], Any] | None = None) -> str:
    """What to do about a cell not of its kind, by what a spreadsheet program may have made; nothing
    is advised that does not fit.

    >>> advice("１２万", "number"), advice("½", "shared")
    ('write 120000', 'write 1/2, with the cell set to text')
    """
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
    if len(cell) > limits.SHOWN:
        return "write it anew, as short as it was, or take the file as it was before"
    fits = fits or (lambda text: _is_of(text, kind))
    plain = unicodedata.normalize("NFKC", cell).strip().translate(_SLASHES)
    for meant, how in _meant(plain, kind):
        if meant != cell and fits(meant):
            return how.format(meant)
    return _by_hand(cell, plain, kind)


def _by_hand(cell: str, plain: str, kind: str) -> str:
    """What to do about a cell of which it cannot be told what was meant."""
    if kind in ("integer", "number") and _too_long(cell):
        return f"write at most {DIGITS} digits, since spreadsheet programs keep no more"
    if kind == "date" and re.fullmatch(r"[0-9]{5}", plain):
        return (
            "a spreadsheet program stored its count of days: set the column to text, and write"
            " year-month-day"
        )
    if kind == "date" and _PARTS.fullmatch(plain):
        return "the calendar has no such day: write the one that is meant, as 2023-03-16"
    if kind == "shared":
        return (
            "write which of how many it is, as 1/3, 2/3 and 3/3 in the three rows of one number,"
            " with the cells set to text"
        )
    return "write it so"


def _is_of(text: str, kind: str) -> bool:
    try:
        TYPES.get(kind, str)(text)
    except ValueError:
        return False
    return kind != "shared" or bool(re.fullmatch("[1-9]/[2-9]", text))


_SLASHES = str.maketrans("⁄∕÷", "///")
_GROUPED = re.compile(r"(?<=[0-9])[, '’](?=[0-9]{3}(?![0-9]))")
_COUNT = re.compile(r"([+-]?)([0-9]*\.?[0-9]+)([万亿]?)")
_TIMES = {"": 0, "万": 4, "亿": 8}
_PARTS = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_MADE_DATE = re.compile(r".*[0-9]+(?:月|[-/.][0-9]+[-/.]).*|.*[A-Z][a-z]{2}.*|[0-9]{5}")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _meant(plain: str, kind: str) -> Iterator[tuple[str, str]]:
    """What may have been meant by a cell, in ordinary characters, and how to say so."""
    if kind in ("integer", "number"):
        if count := _COUNT.fullmatch(_GROUPED.sub("", plain.replace("\u2212", "-"))):
            amount = Decimal(count[1] + count[2]).scaleb(_TIMES[count[3]]) + 0  # not -0
            text = f"{amount:f}"
            yield text.rstrip("0").rstrip(".") if "." in text else text, "write {}"
    elif kind == "date":
        if day_of := _PARTS.fullmatch(plain):
            meant = f"{day_of[1]}-{day_of[2]:0>2}-{day_of[3]:0>2}"
            yield meant, "write {}, if that day is meant, with the column set to text"
    elif kind == "shared":
        taken = (
            "a spreadsheet program took it for a date: set the column to text, and write {} again"
        )
        how = taken if _MADE_DATE.fullmatch(plain) else "write {}, with the cell set to text"
        yield from ((meant, how) for meant in _marks(plain))
    else:
        yield plain, "write {}, with half-width characters"
        yield ("_" if plain.isascii() else "").join(plain.split()), "write {}, without blanks"


def _marks(plain: str) -> Iterator[str]:
    """The mark of a shared number, as 1/3, of which a program made a date, a time or a number, or
    which a person wrote in another form.
    """
    if re.fullmatch(r"[0-9]{5}", plain):  # a day, counted from the last but one of 1899
        plain = (date(1899, 12, 30) + timedelta(int(plain))).isoformat()
    if re.fullmatch(r"0?[.,][0-9]+", plain):
        share = Fraction(f"0{plain.lstrip('0').replace(',', '.')}")
        near = share.limit_denominator(9)
        yield f"{near.numerator}/{near.denominator}" if abs(near - share) < Fraction(1, 200) else ""
        return
    for number, month in enumerate(_MONTHS, 1):
        plain = re.sub(f"(?i){month}[a-z]*", f" {number} ", plain)
    numbers = [int(digits) for digits in re.findall("[0-9]+", plain)]
    small = [number for number in numbers if 0 < number < 10]
    if len(small) == 2:  # a program may have exchanged day and month, but of three there is no 3/1
        yield "{}/{}".format(*sorted(small))


def _too_long(cell: str) -> bool:
    return len(cell) > DIGITS and len(re.sub("[^0-9]", "", cell)) > DIGITS


_INTEGER = re.compile(r"(?!-0$)-?(0|[1-9][0-9]*)").fullmatch
_DECIMAL = re.compile(r"(?!-0$)-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?").fullmatch


def _integer(cell: str) -> int:
    if not _INTEGER(cell) or _too_long(cell):
        raise ValueError
    return int(cell)


@lru_cache(2**12)
def _number(cell: str) -> Decimal:
    if not _DECIMAL(cell) or _too_long(cell):
        raise ValueError
    return Decimal(cell)


def plainly(number: Decimal) -> str:
    """A number as the tables write it, without needless zeros.

    >>> plainly(Decimal("99.90")), plainly(Decimal("1E+3")), plainly(Decimal("0.00"))
    ('99.9', '1000', '0')
    """
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


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
