"""What a rule is: a function with a name, a sentence in two languages, and two examples.

Rules of one level look at the same kind of thing: a row, a text, an identity. A level says which
such things there are in each part of the seeds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from baoding_data.errors import Finding, Placed, finding
from baoding_data.tables.figures import name_of
from baoding_data.tables.records import Observation
from baoding_data.words import Pair


class Fault(NamedTuple):
    """What a rule yields, on which figures; the rule puts its name on it. `of` is the report at
    fault, where the row names several.
    """

    row: Placed
    column: str
    found: object
    wanted: object
    advice: str
    figures: tuple[Any, ...] = ()
    of: str = ""

    def by(self, rule: str) -> Finding:
        """The finding of a rule."""
        return finding(rule, self.row, self.column, self.found, self.wanted, self.advice)


def said_in(rule: str, figures: Iterable[Any], among: Iterable[Any] = ()) -> str:
    """Where to say that a source itself is the cause of what a rule finds in some figures: of a
    report on file in its doubts, where names tell them from those among which they stand; of a
    source that is only cited in the conflicts.
    """
    figures, among = list(figures), list(among)
    if figures and all(isinstance(one, Observation) for one in figures):
        return f"explain it in conflicts.csv, under “sides” {' '.join(one.side for one in figures)}"
    names = dict.fromkeys(name_of(one, among) for one in figures)
    return f"say so in doubts.csv, with {rule} under “accepts” and, under “figures”, " + " ".join(
        names
    )


class At(NamedTuple):
    """A place in a file where no row stands, or none is to be named."""

    file: str
    line: int | None


class Change(NamedTuple):
    """One change to the invented seeds: cells of the row of a table that begins with `row`; the row
    left out where no cells are named; in `text`, words in place of others.
    """

    table: str
    row: str
    cells: dict[str, str]


def change(table: str, row: str, **cells: str) -> Change:
    """Other cells in a row of the invented tables."""
    return Change(table, row, cells)


def reworded(old: str, new: str) -> Change:
    """Other words in the invented report; its checksum follows."""
    return Change("text", old, {"": new})


class Level:
    """The rules that look at one kind of thing; `of` gives, by the type of a part of the seeds, a
    function from the part to the things in it.
    """

    def __init__(self, zh: str, en: str, of: Mapping[type, Callable[[Any], Iterable[Any]]]):
        self.title = Pair(zh, en)
        self.of = of
        self.rules: list[Rule] = []

    def __call__(self, part: Any) -> Iterator[Finding]:
        """The findings of all rules of the level in one part of the seeds."""
        return (fault.by(one.name) for one, fault in self.faults(part))

    def faults(self, part: Any) -> "Iterator[tuple[Rule, Fault]]":
        """What each rule of the level finds in one part of the seeds."""
        checks = [(one, one.check) for one in self.rules]
        for thing in self.things(part):
            for one, check in checks:
                for fault in check(thing):
                    yield one, fault

    def things(self, part: Any) -> Iterable[Any]:
        """What the rules of the level look at in one part of the seeds."""
        return self.of[type(part)](part) if type(part) in self.of else ()


class Rule:
    """One rule; called with one thing of its level it yields findings that bear its name."""

    def __init__(
        self,
        check: Callable[[Any], Iterable[Fault]],
        level: Level,
        zh: str,
        finds: tuple[Change, ...],
        passes: tuple[Change, ...],
    ):
        self.check = check
        self.name = getattr(check, "__name__", "")
        self.sentence = Pair(zh, " ".join((check.__doc__ or "").split()))
        self.level, self.finds, self.passes = level, finds, passes
        # Whether what is found may be only that a row is not there yet.
        self.of_absence = False

    def __call__(self, thing: Any) -> Iterator[Finding]:
        for fault in self.check(thing):
            yield fault.by(self.name)


def rule(
    level: Level,
    *,
    zh: str,
    finds: Change | tuple[Change, ...],
    passes: Change | tuple[Change, ...] = (),
    of_absence: bool = False,
) -> Callable[[Callable[[Any], Iterable[Fault]]], Rule]:
    """Make a function a rule of its level: its name is the rule's, its docstring the English
    sentence. Examples are changes to the invented seeds; without `passes` they pass as they are.
    What is `of_absence` may be found only for want of rows that are still to come.
    """

    def made(check: Callable[[Any], Iterable[Fault]]) -> Rule:
        one = Rule(check, level, zh, _several(finds), _several(passes))
        one.of_absence = of_absence
        level.rules.append(one)
        return one

    return made


def _several(changes: Change | tuple[Change, ...]) -> tuple[Change, ...]:
    return (changes,) if isinstance(changes, Change) else changes
