"""What the library says when something is wrong: its error, a finding, and the nearest names."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol


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
        return f"{place}: found {self.found}; wanted {self.wanted}; {self.advice}"


class BaodingError(Exception):
    """Says where, what was found, what was wanted and what to do.

    `findings` holds one entry per problem where several were found at once.
    """

    def __init__(self, message: str, findings: Iterable[Finding] = ()):
        super().__init__(message)
        self.findings = list(findings)


class Placed(Protocol):
    """A row that knows where it stands: its file and its line there."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int | None: ...


def finding(
    rule: str, row: Placed, column: str, found: object, wanted: object, advice: str
) -> Finding:
    """A finding at one row of a table."""
    return Finding(rule, row.file, row.line, column, str(found), str(wanted), advice)


def refuse(findings: Iterable[Finding], *head: str) -> None:
    """Raise BaodingError with all findings below a head, if there are any."""
    if found := list(findings):
        raise BaodingError("\n".join((*head, *map(str, found))), found)


def known(name: str, names: Iterable[str], what: str) -> str:
    """The name itself if it is one of the names; raises BaodingError with the nearest ones."""
    names = list(names)
    if name in names:
        return name
    like = near(str(name), names)
    there = f"did you mean {like}?" if like else f"there are {', '.join(map(str, names))}"
    raise BaodingError(f"no {what} {name!r}; {there}")


def near(name: str, names: Iterable[str]) -> str:
    """The names most like one, joined by “or”; empty when none is.

    >>> near("litigation_lots", ["litigation_lost", "filing_items"])
    'litigation_lost'
    """
    from difflib import get_close_matches

    return " or ".join(get_close_matches(name, [str(n) for n in names], 3, 0.5))
