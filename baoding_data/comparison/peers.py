"""Figures side by side: one indicator elsewhere and in other years, how like, and how changed."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from baoding_data.comparison.asked import asked, counts_of, opened
from baoding_data.comparison.shares import RATE_NOT_PRINTED, Share, counted, gap
from baoding_data.comparison.wording import caution
from baoding_data.errors import BaodingError
from baoding_data.tables.figures import Figure, Key, of_all, of_report
from baoding_data.tables.names import indicator_of, nowhere, place_of
from baoding_data.tables.records import Observation
from baoding_data.tables.seeds import AnySeeds, Seeds, one_report
from baoding_data.text.report import section_in_words
from baoding_data.words import EMPTY, Pair, together

if TYPE_CHECKING:
    import pandas as pd

YEARS_APART = 3
PEOPLE = 100_000
XINJIANG, CORPS = "650000", "660000"  # the census counts the people of the Corps in Xinjiang

# What counts over a whole year, what runs to the day of reporting, and the rest are not the same
# kind of time.
KINDS_OF_PERIOD = {"since": "to_date"}

NOTHING_OWN = Pair("该报告未载此指标，无从比较", "the report has no such figure to compare with")
INEXACT = Pair("不作比较：不是确数。", "Not compared: not exact numbers.")
UNCOUNTED = Pair(
    "件数未载，无从判断是否只是偶然。", "The counts are not stated, so chance cannot be ruled out."
)
CHANGED = Pair(
    "两个区间不重叠，可以说有变化。", "The intervals do not overlap: a change may be spoken of."
)
UNCHANGED = Pair(
    "两个区间重叠，不能说有变化。", "The intervals overlap: no change may be spoken of."
)
WITH_THE_CORPS = Pair(
    "含新疆生产建设兵团的件数。",
    "With the cases of the Xinjiang Production and Construction Corps.",
)


class Likeness(NamedTuple):
    """How like one figure is to another: A, B or C, and in what they differ, in both languages."""

    grade: str
    reason_zh: str
    reason_en: str


class SightingKey(NamedTuple):
    """What a sighting is: one source gives no two of one key."""

    place: str
    year: int
    figure: Key


class Sighting(NamedTuple):
    """A figure wherever it was seen, in a report on file or as an observation: of which place and
    year, with its counts where it is a share and both are there, and, once it is set beside
    another, how like it is to that.
    """

    report: str
    place: str
    year: int
    first_year: int | None
    indicator: str
    label_zh: str
    label_en: str
    printed: str
    value: Decimal
    unit: str
    bound: str
    measure: str
    scope: str
    period: str
    level: str
    status: str
    source_zh: str
    source_en: str
    note_zh: str
    note_en: str
    reader: str
    part: int | None = None
    whole: int | None = None
    low: float | None = None
    high: float | None = None
    grade: str = ""
    reason_zh: str = ""
    reason_en: str = ""
    gap: Pair = EMPTY  # both counts, where they make no share, and why

    @property
    def key(self) -> SightingKey:
        """The identity of the sighting, everywhere."""
        figure = Key(self.report, self.indicator, self.scope, self.period)
        return SightingKey(self.place, self.year, figure)

    @property
    def subject(self) -> tuple[str, str, int, str]:
        """What several scopes or periods may have: an indicator of a place and year in a source."""
        return self.report, self.place, self.year, self.indicator

    @property
    def of_its_kind(self) -> SightingKey:
        """What it shares with the figures that it can be counted against."""
        return SightingKey(self.place, self.year, Key(self.report, "", self.scope, self.period))

    @property
    def reason(self) -> str:
        """In what it differs from another, in both languages."""
        return " / ".join(filter(None, (self.reason_zh, self.reason_en)))

    @property
    def source(self) -> str:
        """Where in its report it stands, in both languages."""
        return f"{self.source_zh} / {self.source_en}"

    def with_counts(self, share: Share | None) -> "Sighting":
        """The same with the counts of its share, if they are known."""
        if share is None:
            return self
        return self._replace(part=share.part, whole=share.whole, low=share.low, high=share.high)

    def noted(self, *notes: Pair) -> "Sighting":
        """The same with more to be known of it."""
        if not any(map(any, notes)):
            return self
        zh, en = together((note.sentence for note in notes if any(note)), "", " ")
        note = Pair(self.note_zh + zh, " ".join(filter(None, (self.note_en, en))))
        return self._replace(note_zh=note.zh, note_en=note.en)

    def like(self, likeness: Likeness) -> "Sighting":
        """The same with its likeness to another."""
        grade, zh, en = likeness
        return self._replace(grade=grade, reason_zh=zh, reason_en=en)


class Seen:
    """What was seen of some indicators, or of all, wherever it was: looked up once, however many
    questions are asked of it.
    """

    def __init__(self, tables: Seeds, indicators: Collection[str] | None = None):
        self._tables = tables
        self._of: dict[str, list[tuple[int, Sighting]]] = {}
        wanted = None if indicators is None else {*indicators, *counts_of(tables, indicators)}
        every = chain(_printed(tables, wanted), _observed(tables, wanted))
        for number, one in enumerate(every):
            self._of.setdefault(one.indicator, []).append((number, one))

    def of(self, indicators: Collection[str] | None = None) -> list[Sighting]:
        """The sightings of some of the indicators, or of all."""
        tables, names = self._tables, self._of.keys() if indicators is None else {*indicators}
        shares = [book for book in tables.shares if indicators is None or book.indicator in names]
        among = names | {name for book in shares for name in (book.numerator, book.denominator)}
        numbered = chain.from_iterable(self._of.get(name, ()) for name in among)
        seen = [one for _, one in sorted(numbered)]  # each number is there once
        groups: dict[SightingKey, dict[str, Sighting]] = {}
        for one in seen if shares else ():
            groups.setdefault(one.of_its_kind, {})[one.indicator] = one
        rates = {book.indicator for book in shares}
        found = [
            _counted(tables, one, groups[one.of_its_kind]) if one.indicator in rates else one
            for one in seen
            if one.indicator in names
        ]
        for book in shares:
            for group in groups.values():
                share = counted(tables, book.indicator, group)
                if share and book.indicator not in group:
                    found.append(_computed(tables, book.indicator, share, group[book.numerator]))
        return found


def sightings(tables: Seeds, indicators: Collection[str] | None = None) -> list[Sighting]:
    """Every figure of the reports on file and every observation, or those of some indicators; a
    share whose counts are there too bears them, and one that no source prints is computed.
    """
    return Seen(tables, indicators).of(indicators)


def _counted(tables: Seeds, one: Sighting, counts: Mapping[str, Sighting]) -> Sighting:
    """A share with its counts, or with why they make none."""
    share = counted(tables, one.indicator, counts)
    return one.with_counts(share) if share else one._replace(gap=gap(tables, one.indicator, counts))


def _printed(tables: Seeds, indicators: Iterable[str] | None) -> Iterator[Sighting]:
    """The figures of the reports on file."""
    for figure in of_all(tables, indicators):
        about, section = tables.source[figure.report], figure.section
        where = section_in_words(section) if section else Pair("算式", "formula")
        found = _sighting(tables, figure, about.place, about.year, None, where)
        yield found.noted(_came(tables, figure), caution(tables, figure))


def _came(tables: Seeds, figure: Figure) -> Pair:
    """That a person resolved a number, where one did, or that it is not proved."""
    said = figure.status in ("resolved", "unproved")
    return tables.words.pair("status", figure.status) if said else EMPTY


def as_judged(tables: Seeds, own: Iterable[Sighting], report: str) -> Iterator[Sighting]:
    """Figures, those of one report `unproved` where the audit finds anything against them."""
    if report not in tables.judged:
        from baoding_data.checks.audit import judged  # all rules, which take a while to load

        judged(tables, report)
    told = {one.key: one.status for one in tables.judged[report]}
    for one in own:
        key = Key(one.report, one.indicator, one.scope, one.period)
        if told.get(key, one.status) == one.status:
            yield one
        else:
            said = tables.words.pair("status", "unproved")
            yield one._replace(status="unproved").noted(said)


def _observed(tables: Seeds, indicators: Collection[str] | None) -> Iterator[Sighting]:
    """The observations, with what their own source says against them."""
    against = _contradicted(tables)
    for row in tables.observations:
        if indicators is None or row.indicator in indicators:
            where = Pair(row.locator_zh, row.locator_en)
            found = _sighting(tables, row, row.place, row.year, row.first_year, where)
            yield found.noted(*against.get(row.side, ()))


def _contradicted(tables: Seeds) -> dict[str, list[Pair]]:
    """The names of the conflicts of a source with itself, by the figures that they are about."""
    found: dict[str, list[Pair]] = {}
    for row, sides in tables.at_odds.items():
        for side in sides:
            found.setdefault(side, []).append(Pair(row.name_zh, row.name_en))
    return found


def _sighting(
    tables: Seeds,
    row: Figure | Observation,
    place: str,
    year: int,
    first_year: int | None,
    where: Pair,
) -> Sighting:
    assert row.value is not None  # load() refuses an observation without one
    book = tables.codebook[row.indicator]
    return Sighting(
        row.report,
        place,
        year,
        first_year,
        row.indicator,
        book.label_zh,
        book.label_en,
        row.printed,
        row.value,
        row.unit,
        row.bound,
        book.measure,
        row.scope,
        row.period,
        tables.where[place].level,
        row.status,
        where.zh,
        where.en,
        row.note_zh,
        row.note_en,
        row.reader,
    )


def _computed(tables: Seeds, indicator: str, share: Share, part: Sighting) -> Sighting:
    """A share that no source prints, but whose counts one does."""
    book = tables.codebook[indicator]
    return part.with_counts(share)._replace(
        indicator=indicator,
        label_zh=book.label_zh,
        label_en=book.label_en,
        measure="share",
        printed="",
        value=round(Decimal(share.value), 2),
        unit="%",
        bound="exact",
        status="derived",
        note_zh=RATE_NOT_PRINTED.zh,
        note_en=RATE_NOT_PRINTED.en,
    )


def likeness(tables: Seeds, own: Sighting, other: Sighting) -> Likeness:
    """How like another figure is to one's own.

    A: the same indicator, scope, level and kind of period, at most three years apart. B: one of
    these but the indicator differs. C: more than one, another unit, or a neighbouring indicator.
    """
    serious = list(_other_things(tables, own, other))
    found = [*serious, *_other_conditions(tables, own, other)]
    grade = "A" if not found else "B" if len(found) == 1 and not serious else "C"
    return Likeness(
        grade,
        "；".join(f"{what.zh}不同（{here.zh}）" for what, here in found),
        "; ".join(f"another {what.en} ({here.en})" for what, here in found),
    )


Difference = tuple[Pair, Pair]


def _other_things(tables: Seeds, own: Sighting, other: Sighting) -> Iterator[Difference]:
    """Whether two figures are of other things: (what differs, how it is with the other)."""
    units = tables.words.units
    if own.indicator != other.indicator:
        yield Pair("指标", "indicator"), Pair(other.label_zh, other.label_en)
    elif not set(units(own.unit)) & set(units(other.unit)):
        yield Pair("单位", "unit"), tables.words.pair("unit", other.unit)


def _other_conditions(tables: Seeds, own: Sighting, other: Sighting) -> Iterator[Difference]:
    """In what two figures of one thing differ: (what differs, how it is with the other)."""
    pair = tables.words.pair
    if own.scope != other.scope:
        yield Pair("范围", "scope"), pair("scope", other.scope)
    if own.level != other.level:
        yield Pair("层级", "level"), pair("level", other.level)
    if _kind_of_period(own) != _kind_of_period(other):
        yield Pair("时段", "period"), pair("period", other.period)
    apart = abs(own.year - other.year)
    if apart > YEARS_APART:
        yield Pair("年度", "year"), Pair(f"相距{apart}年", f"{apart} years apart")


def _kind_of_period(one: Sighting) -> str:
    return KINDS_OF_PERIOD.get(one.period, one.period)


def graded(tables: Seeds, own: Sequence[Sighting], other: Sighting) -> Likeness:
    """How like a figure is to the nearest of one's own; overrides.csv comes before the rule."""
    if own[0].indicator == other.indicator:
        for row in tables.overrides:
            if (row.report, row.place, row.year, row.indicator) == other.subject:
                return Likeness(row.grade, row.reason_zh.rstrip("。"), row.reason_en.rstrip("."))

    def far(like: Likeness) -> tuple[str, int, str]:
        return like.grade, like.reason_en.count(";"), like.reason_en

    return min((likeness(tables, one, other) for one in own), key=far)


def likened(
    tables: Seeds, own: Sequence[Sighting], others: Iterable[Sighting]
) -> Iterator[Sighting]:
    """Other figures, each with how like it is to the nearest of one's own."""
    by_hand = {(row.report, row.place, row.year, row.indicator) for row in tables.overrides}
    known: dict[Any, Likeness] = {}
    for one in others:
        # All that the rule looks at, in which few of thousands of figures differ.
        kind = one.indicator, one.unit, one.scope, one.level, one.period, one.year
        asked = kind, one.subject if one.subject in by_hand else None
        if asked not in known:
            known[asked] = graded(tables, own, one)
        yield one.like(known[asked])


def beside(
    tables: Seeds, indicator: str, report: str | None = None, strict: bool = False
) -> list[Sighting]:
    """The rows of `compare`: the report's own figures, then others by grade and place; no rank."""
    indicator, report = indicator_of(tables, indicator), one_report(tables, report)
    [(_, found)] = each_beside(tables, [indicator], report, strict)
    return found


def each_beside(
    tables: Seeds, indicators: Collection[str], report: str, strict: bool = False
) -> Iterator[tuple[str, list[Sighting]]]:
    """The same of several indicators, each with its rows; the tables are gone through once."""
    asked = {name: {name} for name in indicators}
    for row in tables.neighbours:
        if row.indicator in asked:
            asked[row.indicator].add(row.neighbour)
    seen = Seen(tables, {name for names in asked.values() for name in names})
    for indicator, names in asked.items():
        found = _beside(tables, indicator, seen.of(names), report)
        if strict:
            found = [one for one in found if one.report == report or one.grade == "A"]
        yield indicator, found


def _beside(tables: Seeds, indicator: str, seen: Sequence[Sighting], report: str) -> list[Sighting]:
    own = [one for one in seen if one.report == report and one.indicator == indicator]
    own = list(as_judged(tables, own, report))
    others = [one for one in seen if one.report != report]
    if own:
        others = list(likened(tables, own, others))
    else:
        nothing = Likeness("", *NOTHING_OWN)
        others = [one.like(nothing) for one in others if one.indicator == indicator]
    others.sort(key=lambda one: (one.grade, one.indicator != indicator, one.place, one.year))
    return own + others


def gaps(tables: Seeds, indicator: str, report: str) -> list[Pair]:
    """Why no share is computed of a report that does not print it, though both counts are there."""
    if tables.codebook[indicator].measure != "share":
        return []
    groups: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in of_report(tables, report):
        groups.setdefault((figure.scope, figure.period), {})[figure.indicator] = figure
    told = (gap(tables, indicator, of) for of in groups.values() if indicator not in of)
    return [why for why in told if any(why)]


def compared(
    tables: Seeds, indicator: str, report: str | None = None, strict: bool = False
) -> list[Sighting]:
    """`beside`, where there is anything; raises BaodingError that says why there is nothing."""
    indicator, of = indicator_of(tables, indicator), one_report(tables, report)
    found = beside(tables, indicator, report, strict)
    if not found:
        if indicator not in tables.given:
            raise BaodingError(nowhere(indicator))
        others = len(beside(tables, indicator, report))
        are = "is" if others == 1 else "are"
        raise BaodingError(
            f"{indicator}: the report has no such figure to compare with"
            f"{''.join(f' ({why.en})' for why in gaps(tables, indicator, of))}; "
            + (f"without strict, {others} of it {are} shown" if others else "nor has any source")
        )
    return found


def compare(
    indicator: str, strict: bool = False, report: str | None = None, seeds: AnySeeds = None
) -> "pd.DataFrame":
    """One indicator in the report and wherever else it is on file, one row each, with how like each
    is to the nearest of the report's own.

    `value` is as printed (a float in `unit`); `part`, `whole` and the interval `low` to `high` (in
    %) are there where both counts of a share are. `grade` A means the same indicator, scope, level
    and kind of period, at most three years apart; `reason` says in what B and C differ, or why
    overrides.csv gives another grade than the rule; the report's own figures have no grade.
    `strict` keeps only A. `indicator` is a code, or its label in either language. Raises
    BaodingError for an indicator or report that is not there, and where there is nothing to show.
    Nothing is ranked. Other reports in which the audit finds anything are left out, with a warning
    that says so; of very many that no `baoding check` has seen, another says how many.

    >>> compare("mediation_success_rate", strict=True)["place_en"].tolist()
    ['Baoding', 'Wuhai', 'Ezhou']
    """
    tables = opened(seeds)
    indicator, report = indicator_of(tables, indicator), one_report(tables, report)
    tables = asked(tables, [indicator], report)
    return frame(tables, compared(tables, indicator, report, strict))


def frame(tables: Seeds, rows: Iterable[Sighting]) -> "pd.DataFrame":
    """Sightings as the data frame of `compare`, a row each."""
    from baoding_data.tables.frame import Frame

    numbers = "place year report value unit bound part whole low high scope period level grade"
    words = "reason status source indicator printed label_zh label_en"
    notes = "reason_zh reason_en note_zh note_en"
    first, last = attrgetter(*numbers.split(), *words.split()), attrgetter(*notes.split())
    names = {place: (row.name_zh, row.name_en) for place, row in tables.where.items()}
    found = [(*first(one), *names[one.place], *last(one)) for one in rows]
    columns = f"{numbers} {words} place_zh place_en {notes}"
    types = dict.fromkeys(("part", "whole"), "Int64")
    types |= dict.fromkeys(("value", "low", "high"), "float")
    return Frame(found, columns=columns.split()).astype(types)


class Change(NamedTuple):
    """What became of a figure from one report of a place to a later one: the difference, in the
    unit and, of what is no share, in per cent; and what else is to be said of it.
    """

    earlier: Sighting
    later: Sighting
    absolute: Decimal | None
    relative: float | None
    told_zh: str = ""
    told_en: str = ""


def changes(tables: Seeds, indicator: str, place: str) -> list[Change]:
    """The changes of one indicator of a place from year to year, between figures that are alike.

    A difference is given only between exact figures of one indicator, scope, unit and kind of
    period; of a share, whether its intervals allow to speak of a change. Where the next year has no
    figure that is alike, the words say in what each differs.
    """
    seen = _of_place(tables, indicator, place)
    years = sorted({one.year for one in seen})
    following = dict(zip(years, years[1:], strict=False))
    found = []
    for one in seen:
        later = [other for other in seen if other.year == following.get(one.year)]
        alike = [other for other in later if _comparable(tables, one, other).grade == "A"]
        found += [change_between(tables, one, other) for other in alike or later]
    return found


def _of_place(tables: Seeds, indicator: str, place: str) -> list[Sighting]:
    """All figures of an indicator and a place, from year to year."""
    seen = [one for one in sightings(tables, {indicator}) if one.place == place]
    return sorted(seen, key=lambda one: one.year)


def why_no_change(tables: Seeds, indicator: str, place: str) -> Pair:
    """Why there are no `changes`: the figures of the place are of one year, or not there."""
    where, seen = tables.where[place], _of_place(tables, indicator, place)
    if not seen:
        return Pair(
            f"没有{where.name_zh}的数字，说不出变化。",
            f"Nothing is on file for {where.name_en}: no change to tell.",
        )
    year = seen[0].year
    return Pair(
        f"{where.name_zh}只有{year}年的数字，说不出变化。",
        f"Only {year} is on file for {where.name_en}: no change to tell.",
    )


def _comparable(tables: Seeds, earlier: Sighting, later: Sighting) -> Likeness:
    """The likeness of two figures of a place, however long the time between them."""
    return likeness(tables, earlier._replace(year=later.year), later)


def change_between(tables: Seeds, earlier: Sighting, later: Sighting) -> Change:
    """What became of one figure in a later one, or why nothing may be said."""
    like = _comparable(tables, earlier, later)
    if like.grade != "A":
        told = f"不作比较：{like.reason_zh}。", f"Not compared: {like.reason_en}."
        return Change(earlier, later, None, None, *told)
    if earlier.bound != "exact" or later.bound != "exact":
        return Change(earlier, later, None, None, *INEXACT)
    absolute = later.value - earlier.value
    if later.measure == "share":
        return Change(earlier, later, absolute, None, *_chance(earlier, later))
    relative = float(100 * absolute / earlier.value) if earlier.value else None
    return Change(earlier, later, absolute, relative)


def _chance(earlier: Sighting, later: Sighting) -> Pair:
    """Whether the intervals of two shares allow to speak of a change."""
    if earlier.low is None or earlier.high is None or later.low is None or later.high is None:
        return UNCOUNTED
    return CHANGED if earlier.high < later.low or later.high < earlier.low else UNCHANGED


def change(
    indicator: str, place: str | None = None, report: str | None = None, seeds: AnySeeds = None
) -> "pd.DataFrame":
    """What became of one indicator of a place from year to year; where nothing may be said, why.

    `absolute` is in the indicator's unit (in percentage points for shares), `relative` in per cent.
    Where there is one year only, or none, a row without a later year says so. Indicator and `place`
    are codes, or their labels in either language; without a place, that of the report is meant.
    Raises BaodingError for names that are not there.

    >>> change("disclosure_requests", place="420700")["told_en"].tolist()
    ['Not compared: another scope (the government office).', '']
    """
    tables = opened(seeds)
    indicator = indicator_of(tables, indicator)
    if place is None:
        report = one_report(tables, report)
        place = tables.source[report].place
    place = place_of(tables, place)
    tables = asked(tables, [indicator], report or "")
    found: list[tuple[Any, ...]] = [*changes(tables, indicator, place)]
    if not found:
        nothing = None, None, None, *why_no_change(tables, indicator, place)
        found = [(one, *nothing) for one in _of_place(tables, indicator, place) or [None]]
    return frame_of_changes(tables, place, {indicator: found})


def frame_of_changes(
    tables: Seeds, place: str, found: Mapping[str, Iterable[tuple[Any, ...]]]
) -> "pd.DataFrame":
    """The data frame of `change`, of several indicators of a place: a row a change, or what is
    told instead of one.
    """
    from baoding_data.tables.frame import Frame

    rows = []
    for indicator, changes in found.items():
        book = tables.codebook[indicator]
        for earlier, later, *became in changes:
            both = chain(*zip(_side(earlier), _side(later), strict=True))
            unit = getattr(later or earlier, "unit", book.unit)
            rows.append((indicator, book.label_zh, book.label_en, place, *both, unit, *became))
    columns = (
        "indicator label_zh label_en place from_year to_year from_report to_report from_scope"
        " to_scope from_value to_value from_bound to_bound unit absolute relative told_zh told_en"
    )
    types = dict.fromkeys(("from_value", "to_value", "absolute", "relative"), "float")
    types |= dict.fromkeys(("from_year", "to_year"), "Int64")
    return Frame(rows, columns=columns.split()).astype(types)


def _side(one: Sighting | None) -> tuple[Any, ...]:
    """What a change tells of a figure, if it is there."""
    if one is None:
        return None, "", "", None, ""
    return one.year, one.report, one.scope, one.value, one.bound


def per_head(indicator: str, seeds: AnySeeds = None) -> "pd.DataFrame":
    """A count for every 100 000 people, wherever the population of the place is on file, with the
    years of both numbers and the kind of time that the count covers.

    `rate` is per 100 000. Only exact counts of the whole area are taken; a count of the Xinjiang
    Production and Construction Corps is added to that of Xinjiang, whose census counts its people.
    `indicator` is a code, or its label in either language. Raises BaodingError for an indicator
    that is no count, and, with the reasons, for one of which no count can be taken.

    >>> per_head("reconsideration_accepted").query("place == '130000'")["rate"].round(1).item()
    9.4
    """
    tables = opened(seeds)
    indicator = indicator_of(tables, indicator)
    tables = asked(tables, [indicator])
    return rates(tables, indicator)


def rates(tables: Seeds, indicator: str) -> "pd.DataFrame":
    """The data frame of `per_head`."""
    from baoding_data.tables.frame import Frame

    measure = tables.codebook[indicator].measure
    if measure != "count":
        raise BaodingError(f"{indicator} is a {measure}; only counts are taken per head")
    seen = sightings(tables, {indicator})
    taken = [one for one in seen if not _not_per_head(tables, one)]
    of_corps = {one.key: one for one in taken if one.place == CORPS}
    found = []
    for one in taken:
        place = tables.where[one.place]
        if not place.population:
            continue
        corps = of_corps.get(one.key._replace(place=CORPS)) if one.place == XINJIANG else None
        value = float(one.value + (corps.value if corps else 0))
        note = WITH_THE_CORPS if corps else Pair(place.note_zh, place.note_en)
        row = (one.place, place.name_zh, place.name_en, place.level, one.year, one.period)
        people = place.population, place.population_year
        rate = value / place.population * PEOPLE
        found.append((*row, one.report, value, *people, rate, *note))
    if not found:
        raise _no_rate(tables, indicator, seen)
    columns = (
        "place place_zh place_en level year period report value population population_year rate"
        " note_zh note_en"
    )
    return Frame(found, columns=columns.split())


def _not_per_head(tables: Seeds, one: Sighting) -> str:
    """Why a count may not be taken for every head of its place; empty where it may."""
    if one.scope != "whole_area":
        return f"of another scope ({tables.words.pair('scope', one.scope).en})"
    if one.bound != "exact":
        return "not exact"
    return "of several years" if one.first_year else ""


def _no_rate(tables: Seeds, indicator: str, seen: Iterable[Sighting]) -> BaodingError:
    """The error of an indicator without any count that can be taken per head."""
    population = "of places whose population is not on file"
    why = Counter(_not_per_head(tables, one) or population for one in seen)
    there = ", ".join(f"{count} {reason}" for reason, count in why.items()) or "nothing"
    return BaodingError(
        f"{indicator}: no rate per head; found {there}; wanted an exact count of the whole area in"
        " one year, and the population of the place"
    )
