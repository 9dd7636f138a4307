"""What the library says when something is wrong: its error, a finding, and the nearest names."""

import errno
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from io import StringIO
from traceback import walk_tb
from typing import NamedTuple, Protocol, TextIO

from baoding_data import limits
from baoding_data.shown import cut, in_a_line, in_lines, in_terminal, shown


class Finding(NamedTuple):
    """One thing wrong in the seeds; `row` counts as a spreadsheet program does, from the header."""

    rule: str
    file: str
    row: int | None
    column: str
    found: str
    wanted: str
    advice: str

    def __str__(self) -> str:
        row = f"row {self.row}" if self.row else ""
        place = ", ".join(part for part in (self.file, row, self.column) if part)
        found, wanted, advice = map(cut, self[4:])
        return in_a_line(f"{place}: found {found}; wanted {wanted}; {advice}")


def as_lines(findings: Iterable[Finding]) -> list[str]:
    """Findings as lines: so many as anybody mends at once, and how many more there are."""
    every = list(findings)
    more = len(every) - limits.FINDINGS
    told = [f"and {more} findings more, which are shown once these are mended"] if more > 0 else []
    return [*map(str, every[: limits.FINDINGS]), *told]


class BaodingError(Exception):
    """Says where, what was found, what was wanted and what to do.

    `findings` holds one entry per problem where several were found at once.
    """

    def __init__(self, message: str, findings: Iterable[Finding] = ()):
        super().__init__(in_lines(message))
        self.findings = list(findings)


class LeftOut(UserWarning):
    """Says which reports are left out of an answer, since something in them is wrong."""

    def __init__(self, message: str):
        super().__init__(shown(message))


class NotAudited(UserWarning):
    """Says of how many reports an answer shows figures that no audit has seen as they are."""


class Placed(Protocol):
    """A row that knows where it stands: its file and its line there."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int | None: ...


# --- what the system refuses

_WELL = "see whether the disk or the network folder is well, and run it again"
_FULL = "make room there"
_BUSY = "close other programs, and run it again"
_CURES = {
    "ENOSPC": _FULL,
    "EDQUOT": _FULL,
    "EFBIG": "allow larger files there, or choose another place",
    "EROFS": "choose a place that may be written to",
    "EMFILE": _BUSY,
    "ENFILE": _BUSY,
    "ENOMEM": _BUSY,
    "EIO": _WELL,
    "ESTALE": _WELL,
    "ETIMEDOUT": _WELL,
    "ENOENT": "make its folder first, or choose another name",
    "ENOTDIR": "move away the file that stands in the place of its folder",
    "ELOOP": "remove the link, which leads in a circle",
    "ENAMETOOLONG": "choose another name, a shorter one",
}
_PRINTED = "standard output", "cannot be written", "send it elsewhere"


def refused(
    error: OSError, path: object = None, what: str = "cannot be used", cure: str = ""
) -> BaodingError:
    """What the system refuses: where, why, and what to do, or else this cure.

    >>> print(refused(OSError(28, "No space left on device"), "a.csv", "cannot be written"))
    a.csv: cannot be written (No space left on device); make room there
    """
    where = path or error.filename
    if not where and error.errno in (None, errno.ENOENT):  # in a library's own words
        return BaodingError(error.strerror or str(error))
    if not where:  # since files are named wherever they are used
        where, what, cure = _PRINTED
    named = _CURES.get(errno.errorcode.get(error.errno or 0, ""))
    cure = named or cure or "allow this program to use it, or choose another"
    return BaodingError(f"{where}: {what} ({error.strerror or error}); {cure}")


# --- how a command ends


@in_terminal()
def told(run: Callable[[], object]) -> int:
    """The exit status of a command: its own, or 2, with one line, when it cannot do what is asked.

    Who ends it by hand gets 130, and who no longer reads what it prints 141 and no word, as from
    any program.
    """
    if sys.stderr is None:  # or print would take standard output for it
        sys.stderr = StringIO()
    try:
        if sys.stdout is None:
            raise refused(OSError(errno.EBADF, "it is closed"))
        try:
            status = run()
        finally:
            _flush()
    except BaseException as error:
        return _ended_by(error)
    return status if type(status) is int else 0


def _flush() -> None:
    """Print what is still to be printed; raises BaodingError, or BrokenPipeError, if it cannot."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _drop(sys.stdout)
        if isinstance(error, BrokenPipeError):
            raise
        raise refused(error) from error


def _drop(stream: TextIO) -> None:
    """Send elsewhere what a stream still holds: Python tries again as it ends."""
    with suppress(OSError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def _ended_by(error: BaseException) -> int:
    """The exit status of a command that an error has ended, with the line that says so."""
    status, said = 2, error
    if _by_hand(error):
        # What libraries close on the way out may fail too, and says nothing that helps.
        sys.unraisablehook = lambda _: None
        status, said = 130, "ended by hand; every file is whole, the old or the new"
    elif isinstance(error, BrokenPipeError):
        return 141
    elif isinstance(error, OSError):
        said = refused(error)
    elif isinstance(error, MemoryError):
        said = f"there is not enough memory for this; {_BUSY}; every file is whole"
    elif isinstance(error, RecursionError):
        said = "what was given is nested too deeply to be read; every file is whole"
    elif not isinstance(error, Exception):
        raise error
    elif not isinstance(error, BaodingError):
        said = unforeseen(error)
    try:
        print(f"baoding: {said}", file=sys.stderr, flush=True)
    except OSError:  # the status says it all the same
        _drop(sys.stderr)
    return status


def unforeseen(error: Exception) -> str:
    """What is said of a mistake of this program itself; to developers (python -X dev) all of it."""
    if sys.flags.dev_mode:
        raise error
    *_, (frame, line) = walk_tb(error.__traceback__)
    where = f"{os.path.basename(frame.f_code.co_filename)}, line {line}"
    what = cut(" ".join(f"{type(error).__name__} {error}".split()))
    return f"a mistake of this program, in {where}: {what}; report it; every file is whole"


def _by_hand(error: BaseException | None) -> bool:
    """Whether Ctrl-C is what a command ended by, whatever that led to on the way out."""
    while error and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return bool(error)


# --- findings and names


def finding(
    rule: str, row: Placed, column: str, found: object, wanted: object, advice: str
) -> Finding:
    """A finding at one row of a table."""
    said = (str(one) or "nothing" for one in (found, wanted))
    return Finding(rule, row.file, row.line, column, *said, advice)


def refuse(findings: Iterable[Finding], *head: str) -> None:
    """Raise BaodingError with all findings below a head, if there are any."""
    if found := list(findings):
        raise BaodingError("\n".join((*head, *as_lines(found))), found)


def spans(numbers: Iterable[int], shown: int = 8) -> str:
    """Numbers of rows or lines as they are said: the first few spans, and how many more.

    >>> spans([3, 5, 6, 7]), spans([1, 3, 5], 2), spans([])
    ('3, 5–7', '1, 3 and 1 more', '')
    """
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] + 1 == number:
            found[-1][1] = number
        else:
            found.append([number, number])
    named = [f"{a}–{b}" if a < b else f"{a}" for a, b in found[:shown]]
    more = sum(b - a + 1 for a, b in found[shown:])
    return f"{', '.join(named)}{f' and {more} more' * bool(more)}"


MANY = 8  # so many names are still listed whole


def known(name: str, names: Iterable[str], what: str) -> str:
    """The name itself if it is one of the names; raises BaodingError with the nearest ones."""
    names = list(map(str, names))
    if name in names:
        return name
    raise unknown(name, {one: [one] for one in names}, what)


def unknown(
    name: str, choices: Mapping[str, Iterable[str]], what: str, cure: str = ""
) -> BaodingError:
    """The error of a name that is no spelling of the choices: with the nearest of them; where none
    is near, with all if they are few, else with what to do.

    >>> print(unknown("败诉", {"loss_rate": ["败诉率"], "win_rate": ["胜诉率"]}, "indicator"))
    no indicator '败诉'; did you mean loss_rate?
    """
    several = list(choices)
    if like := " or ".join(nearest(name, choices)):
        there = f"did you mean {like}?"
    elif len(several) <= MANY:
        there = f"there are {', '.join(several) or 'none'}"
    else:
        more = f"{', '.join(several[:MANY])} and {len(several) - MANY} more"
        there = cure or f"there are {more}"
    return BaodingError(f"no {what} {cut(repr(name))}; {there}")


def near(name: str, names: Iterable[str]) -> str:
    """The names most like one, joined by “or”; empty when none is.

    >>> near("litigation_lots", ["litigation_lost", "filing_items"])
    'litigation_lost'
    """
    return " or ".join(nearest(name, {str(one): [str(one)] for one in names}))


def adviser(names: Collection[str]) -> Callable[[str], str]:
    """What `near` says of one name after the other, for as many of them as can be compared in about
    a second; of the others nothing.
    """
    left = max(1, limits.LIKENED // (len(names) or 1))
    said: dict[str, str] = {}

    def advise(name: str) -> str:
        if name not in said and len(said) < left:
            said[name] = near(name, names)
        return said.get(name, "")

    return advise


# Shares of pieces and of letters that make two names alike, and how near to the best is near.
SHARED, ALIKE, NEARLY = 0.5, 0.7, 0.8


def nearest(name: str, choices: Mapping[str, Iterable[str]]) -> list[str]:
    """At most five choices of which a spelling is like a name, nearly as like as the first of them.

    Like is what shares half of the pieces of the shorter of the two, or most of the letters of
    both, so that a slip of the hand is like what was meant.

    >>> nearest("复议受理", {"accepted": ["受理的行政复议案件"], "lost": ["败诉的案件"]})
    ['accepted']
    """
    from difflib import SequenceMatcher

    asked = folded(name)[: limits.SHOWN]
    pieces, letters = _pieces(asked), SequenceMatcher(None, b=asked, autojunk=False)

    def likeness(spelling: str) -> tuple[float, float]:
        other = folded(spelling)
        letters.set_seq1(other)
        there = _pieces(other)
        shared = len(pieces & there) / (min(len(pieces), len(there)) or 1)
        same = letters.quick_ratio()  # of two that are equally like, the shorter is the nearer
        alike = letters.ratio() if same >= ALIKE else 0
        return (max(shared, alike), same) if shared >= SHARED or alike >= ALIKE else (0, 0)

    likes = {one: max(map(likeness, spellings)) for one, spellings in choices.items() if asked}
    best = max(likes.values(), default=(0, 0))[0]
    found = [one for one, like in likes.items() if like[0] and like[0] >= NEARLY * best]
    return sorted(found, key=lambda one: likes[one], reverse=True)[:5]


def _pieces(text: str) -> set[str]:
    """The pieces of a name, letter by letter: two Han characters say as much as three letters."""
    size = 3 if text.isascii() else 2
    return {text[at : at + size] for at in range(len(text) - size + 1)}


def folded(name: object) -> str:
    """What counts in a name: its letters and digits, whatever their case and width.

    >>> folded(" “Loss Rate” （％）１ ") == folded("loss rate 1")
    True
    """
    from unicodedata import normalize

    plain = normalize("NFKC", str(name)).casefold()
    return "".join(letter for letter in plain if letter.isalnum())
