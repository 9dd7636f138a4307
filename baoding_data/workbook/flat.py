"""The figures as one flat CSV table: columns to be read, then codes for programs."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from baoding_data import limits
from baoding_data.checks.identities import in_words, sums
from baoding_data.comparison.peers import (
    NOTHING_OWN,
    Likeness,
    Sighting,
    SightingKey,
    graded,
    sightings,
)
from baoding_data.comparison.shares import Count, counted, gap
from baoding_data.comparison.wording import HEADS, Wording, counts_in_words
from baoding_data.progress import watched
from baoding_data.tables.cells import guarded
from baoding_data.tables.figures import Figure, Key, of_all
from baoding_data.tables.records import Doubt
from baoding_data.tables.seeds import Seeds
from baoding_data.text.report import section_in_words
from baoding_data.text.wording import SIGNS, chinese, english
from baoding_data.words import EMPTY, Pair, together
from baoding_data.writing import SEAL, sealed_rows

# What no cell can show, made visible: control characters as their pictures; marks that turn the
# direction of writing, halves of pairs and non-characters as the replacement character.
_SHOWN = {code: 0x2400 + code for code in range(0x20) if code != 0x0A} | {0x7F: 0x2421}
_SHOWN |= dict.fromkeys(
    (
        *range(0x80, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
        0xFFFE,
        0xFFFF,
    ),
    0xFFFD,
)


def visible(text: str) -> str:
    """The text as a cell can hold it: the unseen shown by a picture, lines ended by a line feed.

    >>> visible("a\\x07b")
    'a␇b'
    """
    return text if text.isprintable() else text.replace("\r\n", "\n").translate(_SHOWN)


# What a person reads: the columns of `HEADS`. Two of them are the same in both languages.
READ = (
    *("indicator", "figure", "unit", "scope", "period"),
    *("note", "sentence", "section", "place", "year"),
)
SAME = ("sentence", "year")
# What a program asks for. Every code ends in `_code`, so that no name is also a heading, in
# whatever case: to DuckDB and Excel `unit` and `Unit` are one.
CODED = (
    *("report", "topic", "indicator", "place", "unit", "bound", "scope", "scope_basis", "period"),
    *("measure", "status", "grade"),
)
CODES = (
    *("report_code", "topic_code", "indicator_code", "place_code", "printed", "value"),
    *("unit_code", "bound_code", "scope_code", "scope_basis_code", "period_code"),
    *("measure_code", "status_code", "quote", "shared", "report_title", "url"),
)
LIKENESS = ("grade_code", "difference")
IN_WORDS = ("report_title", "difference")
LANGUAGES = {"zh": (0,), "en": (1,), "both": (0, 1)}

UNLIKE = Likeness("", "", "")
# Where the figures begin that no report prints, and those of others, behind all that come before.
DERIVED, OBSERVED = limits.ROWS**2, 2 * limits.ROWS**2


class Line(NamedTuple):
    """A figure on its way into the table: of which place and year, with the counts of its scope and
    period, its place among all figures of the tables, the sum that derives it, the doubts about it,
    and how like it is to the report's own.
    """

    figure: Figure | Sighting
    place: str
    year: int
    counts: Mapping[str, Count]
    order: int
    formula: Pair = EMPTY
    doubts: Sequence[Doubt] = ()
    likeness: Likeness = UNLIKE


class Column(NamedTuple):
    """A column: what stands above it, what it holds, and in which language."""

    heading: str
    name: str
    language: int


def _columns(lang: str, peers: bool) -> list[Column]:
    first, *more = LANGUAGES[lang]
    found = [Column(getattr(HEADS, name)[first], name, first) for name in READ]
    for other in more:
        found += [Column(getattr(HEADS, n)[other], n, other) for n in READ if n not in SAME]
    for name in (*CODES, *LIKENESS * peers):
        if more and name in IN_WORDS:
            found += [Column(f"{name}_{('zh', 'en')[n]}", name, n) for n in (first, *more)]
        else:
            found.append(Column(name, name, first))
    return found


def columns(lang: str = "both", peers: bool = False) -> list[str]:
    """What the columns are called.

    >>> columns("en")[:3], columns("zh")[8:12]
    (['Indicator', 'Figure', 'Unit'], ['地方', '年度', 'report_code', 'topic_code'])
    """
    return [*(column.heading for column in _columns(lang, peers)), SEAL]


def table(
    tables: Seeds,
    figures: Iterable[Figure],
    lang: str = "both",
    peers: Iterable[Line] | None = None,
) -> list[list[str]]:
    """The header and the rows of the flat table, as text.

    Ten columns are to be read, headed in the edition's language; in both languages, the English
    ones follow the Chinese, with sentence and year, which are the same, only once. `Figure` says
    its bound, as `at least 99%`; `value` is the same in plain digits, `%` as printed, beside
    `bound_code`. Then the codes, alike in every edition, and what cites the report; where `peers`
    are given, the grades of likeness and what is other than in the report's own figure.

    A cell is empty where there is nothing, and `status_code` says why: `derived` figures are
    printed nowhere, so they have no `printed`, sentence, section and quote, and the note holds
    their sum; of a `transcribed` one from elsewhere no text is on file, so it has no sentence,
    quote and `scope_basis_code`, and the section says where in its source it stands. The note is
    empty where there is nothing to note, `shared` where a printed number is this figure's alone,
    `difference` where there is none, `grade_code` where the report has no figure to compare with,
    as `difference` then says, and both for the figures of the reports that are shown.

    `shared` reads `1 of 3`, as `1/3` would be taken for a date. A text that a spreadsheet program
    could take for a formula begins with an apostrophe. The last column, `seal`, tells whether a row
    still is as it was written here.
    """
    shown = _columns(lang, peers is not None)
    rows = [[column.heading for column in shown]]
    for line in (*own(tables, figures), *(peers or ())):
        found = cells(tables, line)
        rows.append([_cell(column.name, found[column.name][column.language]) for column in shown])
    return list(sealed_rows(rows))


# The lines


def own(tables: Seeds, figures: Iterable[Figure]) -> Iterator[Line]:
    """The lines of figures of reports on file."""
    reports = {row.report: number for number, row in enumerate(tables.reports)}
    figures = [*figures]
    by_report = groupby(figures, lambda figure: figure.report)
    many = len({figure.report for figure in figures})
    for report, of_it in watched(by_report, many, "reports put in rows"):
        wording = Wording(tables, report)
        place, year = wording.about.place, wording.about.year
        kin: dict[tuple[str, str], dict[str, Count]] = {}
        order: dict[Key, int] = {}
        for number, figure in enumerate(wording.figures, reports[report] * limits.ROWS):
            kin.setdefault((figure.scope, figure.period), {})[figure.indicator] = figure
            order[figure.key] = number + DERIVED * (figure.status == "derived")
        for figure in of_it:
            counts = kin.get((figure.scope, figure.period), {})
            doubts, formula = wording.doubts.get(figure.key, ()), _formula(wording, figure)
            yield Line(figure, place, year, counts, order[figure.key], formula, doubts)


def others(
    tables: Seeds, figures: Sequence[Figure], topics: Collection[str] | None = None
) -> list[Line]:
    """The lines of what else is on file, of all topics or of some: by the codebook, then by place
    and year, each with its likeness to the nearest figure of the first report shown.

    >>> from baoding_data.tables.figures import of_report
    >>> from baoding_data.tables.seeds import load
    >>> tables = load()
    >>> [line.place for line in others(tables, of_report(tables, "baoding-2022"), ["business"])]
    ['130600']
    """
    shown, seen = {figure.report for figure in figures}, sightings(tables)
    kin: dict[SightingKey, dict[str, Count]] = {}
    for one in seen:
        kin.setdefault(one.of_its_kind, {})[one.indicator] = one
    first = [one for one in seen if one.report == figures[0].report]
    lines = {_key(line): line for line in own(tables, of_all(tables))}
    order = {book.indicator: number for number, book in enumerate(tables.indicators)}
    found: dict[SightingKey, Line] = {}
    places = {one.key: number for number, one in enumerate(seen, OBSERVED)}
    for one in sorted(seen, key=lambda one: (order[one.indicator], one.place, one.year)):
        line = lines.get(one.key)
        # Not what is shown already, nor a rate that is printed nowhere but computed of two counts.
        known = one.report in shown if line else one.status == "derived"
        if known or topics is not None and tables.codebook[one.indicator].topic not in topics:
            continue
        counts = kin[one.of_its_kind]
        line = line or Line(one, one.place, one.year, counts, places[one.key])
        found[one.key] = line._replace(likeness=_likeness(tables, first, one))
    return list(found.values())


def _key(line: Line) -> SightingKey:
    one = line.figure
    figure = Key(one.report, one.indicator, one.scope, one.period)
    return SightingKey(line.place, line.year, figure)


def _likeness(tables: Seeds, first: Iterable[Sighting], one: Sighting) -> Likeness:
    mine = [other for other in first if other.indicator == one.indicator]
    return graded(tables, mine, one) if mine else Likeness("", *NOTHING_OWN)


def _formula(wording: Wording, figure: Figure) -> Pair:
    """The sum that derives a figure, in words; nothing of a printed one."""
    tables, several = wording.tables, wording.several
    for identity in tables.rows_of("identities", figure.report):
        if figure.status == "derived" and identity.kind == "derived":
            for one in sums(identity, wording.by_name):
                if one.result.key == figure.key:
                    zh, en = (in_words(one, tables.words, lang, several) for lang in ("zh", "en"))
                    return Pair(zh, en)
    return EMPTY


# The cells


def cells(tables: Seeds, line: Line) -> dict[str, Pair]:
    """The cells of a line, by column, as they are: not yet made fit for a spreadsheet program."""
    one, like, pair = line.figure, line.likeness, tables.words.pair
    about, place = tables.source[one.report], tables.where[line.place]
    of_it = one._asdict() | {
        "topic": tables.codebook[one.indicator].topic,
        "place": line.place,
        "grade": like.grade,
        "year": f"{line.year}",
        "value": f"{one.value:f}",
        "url": about.url,
    }
    of_it["shared"] = of_it.get("shared", "").replace("/", " of ")
    plain = ("printed", "value", "sentence", "quote", "shared", "year", "url")
    coded = {f"{name}_code": of_it.get(name, "") for name in CODED}
    same = coded | {name: of_it.get(name, "") for name in plain}
    return {name: Pair(text, text) for name, text in same.items()} | {
        "indicator": Pair(one.label_zh, one.label_en),
        "figure": said(tables, one),
        **{kind: pair(kind, of_it[kind]) for kind in ("unit", "scope", "period")},
        "note": _note(tables, line),
        "section": _section(one),
        "place": Pair(place.name_zh, place.name_en),
        "report_title": Pair(about.title_zh, about.title_en),
        "difference": Pair(like.reason_zh, like.reason_en),
    }


def said(tables: Seeds, one: Figure | Sighting) -> Pair:
    """A number with its bound as sentences say it, without its unit, but with the sign of a rate.

    >>> from baoding_data.checks.audit import figure
    >>> from baoding_data.tables.seeds import load
    >>> said(load(), figure("officers_trained"))
    Pair(zh='2万多', en='more than 20,000')
    """
    bare = one if one.unit in SIGNS else one._replace(unit="")
    return Pair(chinese(bare), english(one, tables.words.pair("bound", one.bound).en))


def _section(one: Figure | Sighting) -> Pair:
    if isinstance(one, Sighting):
        return Pair(one.source_zh, one.source_en)
    where = section_in_words(one.section) if one.section else EMPTY
    heads = one.heads.replace("|", "·")
    return where.noted(Pair(f"表头：{heads}", f"under {heads}")) if heads else where


def _note(tables: Seeds, line: Line) -> Pair:
    """What is to be known of a figure: how it came here, of which years, of which counts it is."""
    one = line.figure
    told = []
    if one.status != "proved":
        came = tables.words.pair("status", one.status)
        told.append(together(filter(any, (came, line.formula)), "：", ": ").sentence)
    first_year = one.first_year if isinstance(one, Sighting) else None
    if first_year:
        told.append(Pair(f"{first_year}年至{line.year}年。", f"From {first_year} to {line.year}."))
    if one.measure == "share":
        told.append(_counts(tables, line).sentence)
    # Better in the other language than not at all.
    told.append(Pair(one.note_zh or one.note_en, one.note_en or one.note_zh))
    if line.doubts:
        names = together((Pair(d.name_zh, d.name_en) for d in line.doubts), "；", "; ")
        told.append(HEADS.caution.colon(names).sentence)
    return together(filter(any, told), "", " ")


def _counts(tables: Seeds, line: Line) -> Pair:
    """Both counts of a rate, with what follows from them; or that they are not stated."""
    share = counted(tables, line.figure.indicator, line.counts)
    if share is None:
        why = gap(tables, line.figure.indicator, line.counts)
        return why if any(why) else tables.words.pair("status", "counts_not_stated")
    book = tables.codebook[line.figure.indicator]
    units = line.counts[book.numerator].unit, line.counts[book.denominator].unit
    return counts_in_words(share, units, line.figure)


def _cell(name: str, text: str) -> str:
    """A cell as text, disarmed unless it is a number."""
    return visible(guarded(text, number=name in ("value", "figure")))


def encoded(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as the bytes of a CSV file as Excel and WPS want it: a byte order mark and CR LF."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")
