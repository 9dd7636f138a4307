"""Each figure tied to its place in the report: its number, sentence and section."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from baoding_data.errors import BaodingError
from baoding_data.progress import watched
from baoding_data.shown import html, tag
from baoding_data.tables.records import Doubt, FigureRow, Identity, Indicator, Observation
from baoding_data.tables.seeds import KEPT, AnySeeds, Seeds, load, one_report
from baoding_data.tables.vocabulary import Vocabulary
from baoding_data.text.numbers import Number
from baoding_data.text.report import Report, nearest, section_in_words
from baoding_data.text.resolution import resolved
from baoding_data.text.wording import legible
from baoding_data.words import Pair, parts, together

if TYPE_CHECKING:
    import pandas as pd


_BLANKS = re.compile("[ \u00a0\u3000]{2,}")


class Key(NamedTuple):
    """What a figure is: no report gives two figures of one key."""

    report: str
    indicator: str
    scope: str
    period: str


def key_of(row: "FigureRow | Observation | Figure") -> Key:
    """What a row says that its figure is."""
    return Key(row.report, row.indicator, row.scope, row.period)


class Figure(NamedTuple):
    """One figure with its place in the report; the fields are the columns of `figures()`."""

    report: str
    indicator: str
    topic: str
    label_zh: str
    label_en: str
    printed: str
    value: Decimal
    unit: str
    bound: str
    measure: str
    scope: str
    scope_basis: str
    period: str
    status: str
    section: str
    sentence: str
    at: int | None
    quote: str
    shared: str
    reader: str
    note_zh: str
    note_en: str
    heads: str = ""

    @property
    def key(self) -> Key:
        """The identity of the figure, everywhere."""
        return Key(self.report, self.indicator, self.scope, self.period)

    def _repr_html_(self) -> str:
        """What a notebook shows: label, number, sentence with the number marked, where it is."""
        number = legible(self) or f"{self.value:,}"
        unit = self.unit * (not number.endswith(self.unit))
        lines = [html(tag("b", self.label_zh), f" {self.label_en}: {number}{unit}")]
        if self.at is not None:
            before, after = self.sentence[: self.at], self.sentence[self.at + len(self.printed) :]
            lines.append(tag("span", before, tag("b", self.printed), after, lang="zh"))
        section = section_in_words(self.section).line if self.section else self.status
        resolved = [self.status] if self.status == "resolved" else []
        heads = [self.heads] if self.heads else []
        told = (self.report, section, *heads, self.scope, self.period, *resolved)
        return tag("p", *(html(line, tag("br")) for line in lines), "; ".join(told))


def located(
    tables: Seeds, rows: Iterable[FigureRow], indicators: Container[str] | None = None
) -> Iterator[tuple[FigureRow, Number | None]]:
    """The rows of one report, in the order of its table, or those of some indicators, each with the
    number that it claims.

    Of equal numbers in one quote the rows claim one after the other, those that share one together.
    """
    seen: dict[tuple[str, ...], int] = {}
    text: Report | None = None
    for row in rows:
        if text is None and (text := tables.texts.get(row.report)) and indicators is None:
            text.all_read()
        same = row.printed, row.quote, row.table_row, row.heads
        if row.shared[:2] in ("", "1/"):
            seen[same] = seen.get(same, -1) + 1
        if indicators is None or row.indicator in indicators:
            number = _number(tables, text, row, seen.get(same, 0)) if text else None
            yield row, _as_claimed(tables, text, row, number) if text and number else None


def _as_claimed(tables: Seeds, text: Report, row: FigureRow, number: Number) -> Number:
    """The number of a row: an unclear one as a person has resolved it, and one in a table that has
    no unit with that of its indicator.
    """
    number = counted_as(text, number, tables.codebook.get(row.indicator))
    if number.kind != "unclear" or not row.resolved or row.value is None:
        return number
    sentence = text.sentence_at(number.start)
    at = number.start - sentence.start
    return resolved(sentence.text, at, number, row.value, row.unit, row.bound)


def counted_as(text: Report, number: Number, book: Indicator | None) -> Number:
    """A number of a table that has no unit, neither its own nor by its heads, in that of its
    indicator; any other as it is.
    """
    if book and number.kind == "value" and not number.unit and text.place_of(number):
        return number._replace(unit=book.unit)
    return number


def _number(tables: Seeds, text: Report, row: FigureRow, nth: int) -> Number | None:
    """The number of the text that a row claims: of those that fit alike, the nth."""
    if row.table_row:
        return _cell(text, row, nth)
    start = text.text.find(row.quote) if row.quote else -1
    if start < 0:
        return None
    end = start + len(row.quote)
    inside = [number for number in text.numbers_in(start, end) if number.printed == row.printed]
    if len(inside) == 1:
        return inside[0]
    fitting = [number for number in inside if fits(tables, text, number, row)(start, end)]
    among = fitting or inside
    return among[min(nth, len(among) - 1)] if among else None


def _cell(text: Report, row: FigureRow, nth: int) -> Number | None:
    """The number that a row claims in a table: by its column, or of those printed alike the nth."""
    alike = [one for one in text.cells_of(row.table_row) if one.printed == row.printed]
    places = [text.place_of(one) for one in alike]
    pairs = zip(alike, places, strict=True)
    among = [one for one, place in pairs if place and place.column == row.heads] or alike
    return among[min(nth, len(among) - 1)] if among else None


Located = Iterable[tuple[FigureRow, Number | None]]


def claims(pairs: Located) -> dict[int, list[FigureRow]]:
    """The rows that claim each number of a report, by the place of the number in its text."""
    found: dict[int, list[FigureRow]] = {}
    for row, number in pairs:
        if number:
            found.setdefault(number.start, []).append(row)
    return found


def fits(tables: Seeds, text: Report, number: Number, row: FigureRow) -> Callable[[int, int], bool]:
    """`keyword_fits` for the indicator and the own keyword of a row."""
    return keyword_fits(tables, text, number, row.report, row.indicator, row.keyword)


def keyword_fits(
    tables: Seeds, text: Report, number: Number, report: str, indicator: str, keyword: str = ""
) -> Callable[[int, int], bool]:
    """A function of two positions: whether a keyword of the indicator, the codebook's or the
    report's own, stands between them, nearest to the number.

    Its rivals are the numbers of a unit that the same things are counted in: one of another unit
    cannot be taken for this indicator at all.
    """
    wordings = [*tables.cues(report, indicator, "keyword"), *([keyword] if keyword else [])]
    if cell := text.place_of(number):
        named = any(map(cell.names, wordings)) if wordings else not indicator
        return lambda start, end: named
    units_of = tables.words.units
    units = {*units_of(number.unit)}

    def fit(start: int, end: int) -> bool:
        there = [word for word in wordings if text.text.find(word, start, end) >= 0]
        if not there:
            return not (wordings or indicator)
        inside = text.numbers_in(start, end)
        rivals = [other for other in inside if not units.isdisjoint(units_of(other.unit))]
        return nearest(text.text, number, rivals, there, start, end)

    return fit


def quotes_for(
    tables: Seeds, text: Report, number: Number, report: str, indicator: str, keyword: str = ""
) -> list[str]:
    """The quotes in which a number fits a keyword of the codebook for an indicator, or one beside
    these; there are none where its sentence says none.
    """
    words = [*tables.cues(report, indicator, "keyword"), *([keyword] if keyword else [])]
    sentence = text.sentence_at(number.start).text
    if not (any(word in sentence for word in words) or text.place_of(number)):
        return []
    return text.quotes_for(number, keyword_fits(tables, text, number, report, indicator, keyword))


def printed(tables: Seeds, pairs: Iterable[tuple[FigureRow, Number | None]]) -> Iterator[Figure]:
    """The figures of the (row, number) pairs of one report, each with section and sentence. A row
    whose quote does not hold its number is left out; the audit says why.
    """
    text: Report | None = None
    curated = False
    for row, number in pairs:
        if row.indicator not in tables.codebook or row.value is None or not number:
            continue
        if text is None:
            text = tables.texts[row.report]
            sha256 = tables.source[row.report].sha256
            curated = tables.texts.checksum_of(row.report) == sha256
        sentence = text.sentence_at(number.start)
        words, at = sentence.text, number.start - sentence.start
        if row.table_row:  # of the blanks that set its columns apart one is enough
            before = _BLANKS.sub(" ", words[:at])
            words, at = before + _BLANKS.sub(" ", words[at:]), len(before)
        status = status_of(text, row, number) if curated else "unproved"
        yield _figure(tables, row, status, sentence.section, words, at)


class Placed(NamedTuple):
    """From which row of a table of figures on they stand in a section, with one status."""

    line: int
    section: str
    status: str


def placed(tables: Seeds, rows: Iterable[FigureRow], places: Sequence[Placed]) -> Iterator[Figure]:
    """The figures of rows of one report of which it is known where they stand, and how far they are
    proved; the text is not read, and no sentence told.
    """
    for row in rows:
        if row.indicator in tables.codebook and row.value is not None:
            _, section, status = places[bisect_right(places, row.line, key=itemgetter(0)) - 1]
            yield _figure(tables, row, status, section)


def _figure(
    tables: Seeds, row: FigureRow, status: str, section: str, text: str = "", at: int | None = None
) -> Figure:
    book = tables.codebook[row.indicator]
    assert row.value is not None  # who has none is no figure
    return Figure(
        row.report,
        row.indicator,
        book.topic,
        book.label_zh,
        book.label_en,
        row.printed,
        row.value,
        row.unit,
        row.bound,
        book.measure,
        row.scope,
        row.scope_basis,
        row.period,
        status,
        section,
        text,
        at,
        row.quote,
        row.shared,
        row.reader,
        row.note_zh,
        row.note_en,
        row.heads,
    )


def status_of(text: Report, row: FigureRow, number: Number) -> str:
    """How far a printed figure is proved: not where its number says something else; of a cell whose
    column cannot be told, no rule says that it is the right one.
    """
    if row.resolved:
        return "resolved"
    if (row.value, row.unit, row.bound) != (number.value, number.unit, number.bound):
        return "unproved"
    cell = text.place_of(number) if row.table_row else None
    return "transcribed" if cell and not cell.proved else "proved"


class Scoped(Protocol):
    """A figure wherever it was seen, so far as it tells which one of its indicator it is."""

    @property
    def scope(self) -> str: ...
    @property
    def period(self) -> str: ...


class Named(Scoped, Protocol):
    """The same, with its indicator: what a name can mean."""

    @property
    def indicator(self) -> str: ...


def told_apart(words: Vocabulary, one: Scoped, several: Iterable[Scoped]) -> Pair:
    """What tells one of several figures of an indicator from the others, as the end of its label:
    its scope, and its period where others of its scope have another; nothing where it is the only.
    """
    several = list(several)
    periods = {other.period for other in several if other.scope == one.scope}
    codes = [("scope", one.scope)] * (len({other.scope for other in several}) > 1)
    codes += [("period", one.period)] * (len(periods) > 1)
    if not codes:
        return Pair("", "")
    zh, en = together((words.pair(kind, code) for kind, code in codes), "，")
    return Pair(f"（{zh}）", f" ({en})")


ByIndicator = Mapping[str, Sequence[Figure]]


def by_indicator(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """One report's figures by indicator: several where there are several scopes or periods."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.indicator, []).append(figure)
    return found


def all_of(name: str, figures: ByIndicator) -> list[Figure]:
    """Every figure that a name means. After its indicator a name may say of which scope and period
    it is, as `indicator@government@year`.
    """
    indicator, *wanted = name.split("@")
    return [f for f in figures.get(indicator, ()) if {*wanted} <= {f.scope, f.period}]


def concerns(doubt: Doubt, figure: Named) -> bool:
    """Whether a doubt names a figure, by its indicator alone or with scope and period."""
    names = (name.split("@") for name in doubt.figures.split())
    return any(
        indicator == figure.indicator and {*wanted} <= {figure.scope, figure.period}
        for indicator, *wanted in names
    )


def name_of(figure: Named, among: Iterable[Named]) -> str:
    """The shortest name that means a figure and no other of those among which it stands.

    >>> suits = [Key("x", "suits", scope, "year") for scope in ("government", "departments")]
    >>> name_of(suits[0], suits), name_of(suits[0], suits[:1])
    ('suits@government', 'suits')
    """
    alike = [{one.scope, one.period} for one in among if one.indicator == figure.indicator]
    scope, period = figure.scope, figure.period
    forms = (), (scope,), (period,), (scope, period)
    told = next((of for of in forms if sum({*of} <= one for one in alike) <= 1), forms[-1])
    return "@".join((figure.indicator, *told))


def the_one(name: str, figures: ByIndicator) -> Figure | None:
    """The one figure that a name means; None for none and for several."""
    found = all_of(name, figures)
    return found[0] if len(found) == 1 else None


def meant(term: str, scope: str, period: str, figures: ByIndicator) -> Figure | None:
    """The figure that a term of an identity means: of the result's scope and period, or, where it
    names a scope as `indicator@scope`, of that; then of another period if there is only one.

    >>> from baoding_data.tables.seeds import load
    >>> figures = by_indicator(of_report(load(), "baoding-2022"))
    >>> meant("litigation_lost", "government", "to_date", figures).printed
    '1'
    >>> meant("litigation_lost", "whole_area", "year", figures) is None
    True
    """
    name, _, named = term.partition("@")
    of_scope = [figure for figure in figures.get(name, ()) if figure.scope == (named or scope)]
    for figure in of_scope:
        if figure.period == period:
            return figure
    return of_scope[0] if named and len(of_scope) == 1 else None


def derived(
    tables: Seeds, figures: ByIndicator, identities: Iterable[Identity]
) -> Iterator[Figure]:
    """The figures that identities derive from a report's printed ones, and that it does not print:
    of each scope and period in which all terms are there.
    """
    for identity in identities:
        book = tables.codebook.get(identity.result)
        if identity.kind != "derived" or book is None:
            continue
        (_, first), *others = parts(identity.terms)
        if any(sign not in "+-" for sign, _ in others):
            continue
        there = {(figure.scope, figure.period) for figure in figures.get(identity.result, ())}
        name, _, named = first.partition("@")
        for begun in figures.get(name, ()):
            scope, period = begun.scope, begun.period
            if named not in ("", scope) or (scope, period) in there:
                continue
            terms = [(sign, meant(term, scope, period, figures)) for sign, term in others]
            found = [("+", begun), *((sign, figure) for sign, figure in terms if figure)]
            if len(found) == len(others) + 1:
                yield Figure(
                    identity.report,
                    identity.result,
                    book.topic,
                    book.label_zh,
                    book.label_en,
                    "",
                    sum((f.value if sign == "+" else -f.value for sign, f in found), Decimal(0)),
                    begun.unit,
                    next((f.bound for _, f in found if f.bound != "exact"), "exact"),
                    book.measure,
                    scope,
                    "inferred",
                    period,
                    "derived",
                    *("", "", None, "", "", ""),
                    identity.note_zh,
                    identity.note_en,
                )


def tied(tables: Seeds, pairs: Located, identities: Sequence[Identity]) -> list[Figure]:
    """The figures of one report: of rows with their numbers the printed ones, then the derived."""
    shown = list(printed(tables, pairs))
    return [*shown, *derived(tables, by_indicator(shown), identities)]


def of_report(tables: Seeds, report: str) -> list[Figure]:
    """Every figure of one report: printed ones as in the text, then derived ones; of the last
    `KEPT` reports asked for they are made once.
    """
    if report not in tables.made:
        if len(tables.made) == KEPT:
            del tables.made[next(iter(tables.made))]
        pairs = located(tables, tables.rows_of("figures", report))
        tables.made[report] = tied(tables, pairs, tables.rows_of("identities", report))
    return tables.made[report]


def of_all(
    tables: Seeds,
    indicators: Iterable[str] | None = None,
    reports: Container[str] | None = None,
) -> list[Figure]:
    """Every figure of every report, or of some indicators or reports: what is printed, then the
    derived.
    """
    on_file = [
        row.report
        for row in tables.reports
        if row.status == "audited" and row.text and (reports is None or row.report in reports)
    ]
    wanted = None if indicators is None else set(indicators)
    known = {} if tables.known is None else tables.known
    found: list[Figure] = []
    for report in watched(on_file, len(on_file), "reports read"):
        if wanted is None or report in tables.made:
            figures = of_report(tables, report)
        else:
            figures = of_some(tables, report, wanted, known.get(report, ()))
        found += [one for one in figures if wanted is None or one.indicator in wanted]
    return sorted(found, key=lambda figure: figure.status == "derived")


def of_some(
    tables: Seeds, report: str, indicators: Collection[str], places: Sequence[Placed] = ()
) -> list[Figure]:
    """The figures of some indicators of a report, and those that they are derived from; `places`
    tell where they stand, if that is known.
    """
    identities = [
        row
        for row in tables.rows_of("identities", report)
        if row.kind == "derived" and row.result in indicators
    ]
    wanted = {*indicators}.union(*(row.rests_on for row in identities))
    rows = tables.rows_of("figures", report)
    if not places:
        return tied(tables, located(tables, rows, wanted), identities)
    shown = list(placed(tables, (row for row in rows if row.indicator in wanted), places))
    return [*shown, *derived(tables, by_indicator(shown), identities)]


def figures(
    topic: str | None = None, report: str | None = None, seeds: AnySeeds = None
) -> "pd.DataFrame":
    """All figures, one row each as in the text: codes, label, number, section, sentence and status,
    which is `unproved` where the text says another number or is not the one curated; what else the
    audit finds, `figure` and `report` say, which audit the report.

    `value` is a float in `unit` (yuan, not ten thousands of yuan; per cent for shares). Derived
    figures, which no report prints, stand last with the status `derived`. `topic` is a code, or its
    label in either language. Raises BaodingError for a topic or report that is not there, and for a
    topic without any figure.

    >>> figures("disputes").query("indicator == 'litigation_lost'")["value"].item()
    1.0
    """
    from baoding_data.tables.frame import Frame

    tables = load(seeds)
    if topic is not None:
        # Loaded only here: `figures()` alone, which is asked for most, needs no name.
        from baoding_data.tables.names import term_of

        topic = term_of(tables, "topic", topic)
    chosen = (
        of_all(tables)
        if report is None
        else of_report(tables, one_report(tables, report, old=True))
    )
    found = [figure for figure in chosen if topic in (None, figure.topic)]
    if topic is not None and not found:
        there = ", ".join(dict.fromkeys(figure.topic for figure in chosen))
        raise BaodingError(
            f"{topic}: no figure in {report or 'the reports on file'}; they are of"
            f" {there or 'no topic'}"
        )
    return Frame(found, columns=list(Figure._fields)).astype({"value": float})


def one_figure(
    tables: Seeds, indicator: str, report: str, scope: str | None = None, period: str | None = None
) -> Figure:
    """One figure of a report; scope and period say which, of several. Raises BaodingError when
    there is no such figure, or when several are meant.
    """
    from baoding_data.tables.names import indicator_of, nowhere, term_of

    indicator = indicator_of(tables, indicator)
    scope = None if scope is None else term_of(tables, "scope", scope)
    period = None if period is None else term_of(tables, "period", period)
    given = [figure for figure in of_report(tables, report) if figure.indicator == indicator]
    if not given:
        if indicator not in tables.given:
            raise BaodingError(nowhere(indicator))
        raise BaodingError(
            f"{indicator}: not in report {report}; the audit proves that no number of it is this"
            " figure; bd.compare shows whether it is on file elsewhere"
        )
    found = [f for f in given if scope in (None, f.scope) and period in (None, f.period)]
    if len(found) == 1:
        return found[0]
    cases = "; ".join(
        f"{figure.printed or figure.value} (scope={figure.scope!r}, period={figure.period!r})"
        for figure in found or given
    )
    if not found:
        asked = [f"{k} {v}" for k, v in (("scope", scope), ("period", period)) if v is not None]
        raise BaodingError(
            f"{indicator}: none of {' and '.join(asked)} in {report}; it has {cases}"
        )
    raise BaodingError(
        f"{indicator}: {len(found)} figures in report {report}: {cases}; name the scope or the"
        " period of the one you mean"
    )
