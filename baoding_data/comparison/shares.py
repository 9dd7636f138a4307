"""Figures side by side: shares with both counts and their interval."""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from baoding_data.errors import BaodingError
from baoding_data.tables.figures import figure
from baoding_data.tables.seeds import load

CONFIDENCE = 0.95
LEVEL = f"{100 * CONFIDENCE:g}"


class Share(NamedTuple):
    """A part of a whole in per cent, with both counts and the ends of its 95 % Wilson interval."""

    part: int
    whole: int
    value: float
    low: float
    high: float

    def __str__(self):
        return (
            f"{self.part:,} of {self.whole:,}: {self.value:.1f} % ({LEVEL} % interval"
            f" {self.low:.1f}–{self.high:.1f} %)"
        )


def wilson(part, whole):
    """The 95 % Wilson score interval of a share, in per cent.

    Taking the counts as a random sample of like cases, it bounds their underlying share. Source: E.
    B. Wilson, JASA 22 (1927).

    >>> [round(end, 2) for end in wilson(1, 45)]
    [0.39, 11.57]
    """
    if not 0 <= part <= whole or whole == 0:
        raise BaodingError(
            f"{part} of {whole} is no share; the part must lie between 0 and the whole, and the"
            " whole above 0"
        )
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    # At 0 and at the whole the exact end is the share itself; rounding must not put it outside.
    return 100 * (0 if part == 0 else middle - half), 100 * (1 if part == whole else middle + half)


def share(part, whole, report=None, seeds=None):
    """One count of a report as a share of another, with its 95 % interval, as `Share`.

    Raises BaodingError unless both are exact counts of one unit, scope and period.

    >>> print(share("litigation_lost", "litigation_concluded"))
    1 of 45: 2.2 % (95 % interval 0.4–11.6 %)
    """
    return share_of(load(seeds), figure(part, report, seeds), figure(whole, report, seeds))


def share_of(tables, part, whole):
    """One figure as a share of another, both given as rows; raises BaodingError as `share` does."""
    differing = unlike(tables, part, whole)
    if differing:
        raise BaodingError(
            f"{part['indicator']} is no share of {whole['indicator']}: {'; '.join(differing)}; a"
            " share needs two exact counts of one unit, scope and period"
        )
    a, b = int(part["value"]), int(whole["value"])
    ends = wilson(a, b)
    return Share(a, b, 100 * a / b, *ends)


def unlike(tables, part, whole):
    """In what two figures differ so that one cannot be a share of the other; empty when it can."""
    found = [
        f"{name} {x} and {y}"
        for name, x, y in (
            ("unit", tables.words.canonical(part["unit"]), tables.words.canonical(whole["unit"])),
            ("scope", part["scope"], whole["scope"]),
            ("period", part["period"], whole["period"]),
        )
        if x != y
    ]
    found += [
        f"{row['indicator']} is {row['bound'].replace('_', ' ')} {row['printed']}"
        for row in (part, whole)
        if row["bound"] != "exact"
    ]
    return found + [
        f"{row['indicator']} is a {row['measure']}"
        for row in (part, whole)
        if row["measure"] not in ("count", "stock")
    ]
