"""Shares: one count of another, with both counts and the interval."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple, Protocol

from baoding_data.errors import BaodingError
from baoding_data.tables.figures import one_figure
from baoding_data.tables.seeds import AnySeeds, Seeds, load, one_report
from baoding_data.words import EMPTY, Pair

CONFIDENCE = 0.95
# In percentage points. A narrower interval is of so many cases that a few more or fewer would
# hardly move the rate: beside a count of all there were, it would look like a survey's margin.
WIDE = 2
LEVEL = f"{100 * CONFIDENCE:g}"
FINE = 1000  # a share of so many is given to two decimals

# What is said of a number that nobody printed: in short, of a report's, of the rate of a source.
COMPUTED = Pair("算得", "computed")
NOT_PRINTED = Pair(
    "由报告数据算出，报告未印", "computed from the report's figures, not printed in it"
)
RATE_NOT_PRINTED = Pair(
    "由两个件数算出，来源未印此率。",
    "Computed from both counts; the source does not print this rate.",
)
NO_CASES = Pair("没有件数，不计占比", "no cases, no share")
MORE_THAN_ALL = Pair("部分多于总数，不计占比", "the part is more than the whole, so no share")


class Count(Protocol):
    """A figure of a report or an observation, as far as a share rests on it."""

    @property
    def indicator(self) -> str: ...
    @property
    def printed(self) -> str: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def unit(self) -> str: ...
    @property
    def bound(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def period(self) -> str: ...


class Share(NamedTuple):
    """A part of a whole in per cent, with both counts and the ends of its 95% Wilson interval."""

    part: int
    whole: int
    value: float
    low: float
    high: float

    @property
    def wide(self) -> bool:
        """Whether so few cases were counted that the interval is to be told.

        >>> share("litigation_lost", "litigation_concluded").wide
        True
        >>> share("mediation_success", "mediation_cases").wide
        False
        """
        return is_wide(self.low, self.high)

    def __str__(self) -> str:
        interval = f" ({LEVEL}% interval {self.low:.1f}–{self.high:.1f}%)" if self.wide else ""
        return f"{self.part:,} of {self.whole:,}: {self.percent}{interval}"

    @property
    def counts(self) -> str:
        """Both counts: "20,405/20,563"."""
        return f"{self.part:,}/{self.whole:,}"

    @property
    def percent(self) -> str:
        """The share as it is written: of many, to two decimals."""
        return percent(self.part, self.whole, 2 if self.whole >= FINE else 1)


def percent(part: int, whole: int, places: int) -> str:
    """A share in per cent, rounded as spreadsheet programs do; to more decimal places where it
    would else be all or nothing, which it is not.

    >>> percent(1, 16, 1), percent(99_999, 100_000, 2), percent(45, 45, 1)
    ('6.3%', '99.999%', '100.0%')
    """
    exact = Decimal(100 * part) / whole
    shown = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if shown in (0, 100) and shown != exact:
        return percent(part, whole, places + 1)
    return f"{shown}%"


def is_wide(low: float | None, high: float | None) -> bool:
    """Whether there is an interval, and one that is to be told."""
    return low is not None and high is not None and high - low > WIDE


def interval(low: float | None, high: float | None) -> Pair:
    """An interval in words, its ends in per cent; empty where it is not to be told.

    >>> interval(0.389, 11.574)
    Pair(zh='95%区间0.39%至11.57%', en='95% interval 0.39% to 11.57%')
    >>> interval(99.10, 99.34)
    Pair(zh='', en='')
    """
    if not is_wide(low, high):
        return Pair("", "")
    return Pair(
        f"{LEVEL}%区间{low:.2f}%至{high:.2f}%", f"{LEVEL}% interval {low:.2f}% to {high:.2f}%"
    )


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95% Wilson score interval of a share, in per cent.

    The counts are complete; the interval tells how unsteady a rate of so few cases is, since one or
    two more would move it. Source: E. B. Wilson, JASA 22 (1927).

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


def share(
    part: str,
    whole: str,
    report: str | None = None,
    seeds: AnySeeds = None,
    scope: str | None = None,
    period: str | None = None,
) -> Share:
    """One count of a report as a share of another, with its 95% interval, as `Share`; `scope` and
    `period` say which, where the report gives a count several times.

    Raises BaodingError unless both are exact counts of one unit, scope and period, and when several
    are meant.

    >>> print(share("litigation_lost", "litigation_concluded"))
    1 of 45: 2.2% (95% interval 0.4–11.6%)
    """
    tables = load(seeds)
    report = one_report(tables, report)
    a, b = (one_figure(tables, name, report, scope, period) for name in (part, whole))
    return share_of(tables, a, b)


def share_of(tables: Seeds, part: Count, whole: Count) -> Share:
    """One count as a share of another; raises BaodingError as `share` does."""
    differing = unlike(tables, part, whole)
    if differing:
        raise BaodingError(
            f"{part.indicator} is no share of {whole.indicator}: {'; '.join(differing)}; a share"
            " needs two exact counts of one unit, scope and period"
        )
    a, b = int(part.value), int(whole.value)
    low, high = wilson(a, b)
    return Share(a, b, 100 * a / b, low, high)


def counted(tables: Seeds, rate: str, counts: Mapping[str, Count]) -> Share | None:
    """The share that an indicator names, by its numerator and denominator among the counts of one
    scope and period; None where the two are not both there, not alike, or make no share.
    """
    both = _both(tables, rate, counts)
    return share_of(tables, *both) if both and not any(no_share(*both)) else None


def _both(tables: Seeds, rate: str, counts: Mapping[str, Count]) -> tuple[Count, Count] | None:
    """Part and whole of a share, where both are there and alike."""
    book = tables.codebook[rate]
    part, whole = counts.get(book.numerator), counts.get(book.denominator)
    if part is None or whole is None or unlike(tables, part, whole):
        return None
    return part, whole


def no_share(part: Count, whole: Count) -> Pair:
    """Why two counts that are alike make no share; empty where they make one."""
    if not whole.value:
        return NO_CASES
    return EMPTY if 0 <= part.value <= whole.value else MORE_THAN_ALL


def gap(tables: Seeds, rate: str, counts: Mapping[str, Count]) -> Pair:
    """Both counts and the reason, where they are there and make no share; else empty."""
    both = _both(tables, rate, counts)
    if both is None or not any(why := no_share(*both)):
        return EMPTY
    shown = "/".join(f"{count.value:,f}" for count in both)
    return Pair(f"{shown}，{why.zh}", f"{shown}, {why.en}")


def unlike(tables: Seeds, part: Count, whole: Count) -> list[str]:
    """In what two figures differ so that one cannot be a share of the other; empty when it can."""
    canonical = tables.words.canonical
    sides = (
        ("unit", canonical(part.unit), canonical(whole.unit)),
        ("scope", part.scope, whole.scope),
        ("period", part.period, whole.period),
    )
    both = part, whole
    return [
        *(f"{name} {one} and {other}" for name, one, other in sides if one != other),
        *(
            f"{count.indicator} is {count.bound.replace('_', ' ')} {count.printed}"
            for count in both
            if count.bound != "exact"
        ),
        *(
            f"{count.indicator} is a {count.measure}"
            for count in both
            if count.measure not in ("count", "stock")
        ),
    ]
