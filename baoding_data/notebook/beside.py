"""A report beside other places and years: the one comparison for any indicator of any report, and
what else is on file to compare it with.

Grades A and B are shown; C is counted, and `bd.compare` lists it. Nothing is ranked.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from baoding_data import charts, limits
from baoding_data.comparison import peers
from baoding_data.comparison.peers import Sighting, graded
from baoding_data.comparison.sentences import Told, small
from baoding_data.comparison.shares import LEVEL, interval, is_wide
from baoding_data.comparison.wording import HEADS
from baoding_data.notebook.answer import Answer
from baoding_data.notebook.answering import Answering
from baoding_data.notebook.audit import told
from baoding_data.notebook.facts import Facts, lacking, left_out_of
from baoding_data.notebook.question import Question, Templates
from baoding_data.notebook.tables import DASH, Apart, Cell, Column, Linked, Table, shared
from baoding_data.tables.figures import told_apart
from baoding_data.tables.records import ReportRow
from baoding_data.tables.seeds import Seeds
from baoding_data.words import EMPTY, Pair, so_many, together

FEW = 5  # so many are named one by one; of so many figures, or more, a median is given
COUNTS = ("part", "whole", "low", "high")
ROLES = {"": "main", "A": "peer", "B": "near"}
NONE = Pair("没有可比的数", "no comparable figure")
NOTHING_ON_FILE = told(
    "别处、别年没有这一指标的数。", "No figure of another place or year is on file."
)
FEW_CASES = told(
    f"件数少的率，多一件或少一件就大不相同，{LEVEL}%区间说明相差多少。",
    f"A rate of few cases moves much with one more or one fewer; its {LEVEL}% interval says how"
    " much.",
)
NEIGHBOURS = Pair(
    "只有相近的指标，所计不是同一件事。",
    "Only neighbouring indicators, which count something else.",
)
COPIED = Pair(
    "别处各数照录自来源，全文未收", "figures elsewhere are transcribed, their texts not on file"
)
READ_ONCE = Pair("仅查阅过一次。", "Read by one person only.")
SOURCES = 8  # so many are named
OTHERS = [
    Column(HEADS.place_year, width=16),
    Column(HEADS.figure, number=True, width=16),
    Column(HEADS.likeness, width=35),
    Column(HEADS.source, width=33),
]


class Compared(NamedTuple):
    """One indicator: the report's own figures, and the others, each with its grade."""

    indicator: str
    own: list[Sighting]
    others: list[Sighting]

    def of(self, *grades: str) -> list[Sighting]:
        return [row for row in self.others if row.grade in grades]

    @property
    def shown(self) -> list[Sighting]:
        """What may stand side by side: the own figures, and those of grades A and B."""
        return [*self.own, *self.of("A", "B")] if self.own else []


def beside(
    facts: Facts, names: Sequence[str], title: Pair | None = None, say: Templates = ()
) -> Answer:
    """Indicators of the report beside their figures of grades A and B."""
    asking = Answering(facts, Question(names=list(names), title=title, say=say))
    tables = facts.sound_of([name.partition("@")[0] for name in names])
    found, left_out = [compared(facts, tables, name) for name in names], left_out_of(tables)
    finding = asking.title(_own_and_others(facts, found))
    rows = [row for one in found for row in one.shown]
    others = [row for row in rows if row.grade]
    draw, alt = _chart(facts, finding, found) if others else (None, EMPTY)
    given = [given for given in map(asking.told, say) if given]
    return Answer(
        finding,
        [*counted(facts, [one for one in found if one.own]), *given],
        _table(facts, found) if others else None,
        peers.frame(facts.tables, rows),
        draw,
        alt,
        [*_lacking(facts, found, asking.missing), *asking.notes, *left_out],
        heading=asking.heading,
    )


def compared(facts: Facts, tables: Seeds, name: str) -> Compared:
    """The rows of a comparison; of `indicator@scope` beside the own figure of that scope alone."""
    indicator, *wanted = name.split("@")
    rows = peers.beside(tables, indicator, facts.report)
    every = [row for row in rows if row.report == facts.report]
    own = [row for row in every if {*wanted} <= {row.scope, row.period}]
    others = [row for row in rows if row.report != facts.report]
    if own and own != every:
        others = [row.like(graded(facts.tables, own, row)) for row in others]
        others.sort(key=lambda row: row.grade)
    return Compared(indicator, own, others)


def _own_and_others(facts: Facts, found: Sequence[Compared]) -> Pair:
    """The report's own numbers, and whether any other is comparable."""
    own = [(row, one.own) for one in found for row in one.own]
    if not own:
        return together((facts.name(one.indicator) for one in found), en="; ")
    place, year = facts.place, facts.about.year
    numbers = together(_labelled(facts, row, of_own) for row, of_own in own)
    alike = sum(len(one.of("A")) for one in found)
    nearly = sum(len(one.of("B")) for one in found)
    rest = NONE
    if alike:
        rest = Pair(f"别处可比的数{alike:,}个", so_many(alike, "comparable figure"))
    elif nearly:
        rest = Pair(
            f"别处没有可比的数，有一项不同的{nearly:,}个",
            f"none comparable, {nearly:,} that differ{'s' * (nearly == 1)} in one respect",
        )
    return Pair(
        f"{place.name_zh}{year}年{numbers.zh}；{rest.zh}",
        f"{place.name_en} {year}, {numbers.en}; {rest.en}",
    )


def _labelled(facts: Facts, row: Sighting, own: Sequence[Sighting]) -> Pair:
    """An own figure with its label: 行政许可事项（本级）293项."""
    apart, said = told_apart(facts.words, row, own), facts.said(row)
    return Pair(f"{row.label_zh}{apart.zh}{said.zh}", f"{small(row.label_en)}{apart.en}: {said.en}")


def place_and_year(facts: Facts, row: Sighting, own: Sequence[Sighting] = ()) -> Pair:
    """A place and year, and what tells an own figure from the report's other ones."""
    place = facts.tables.where[row.place]
    apart = told_apart(facts.words, row, own if row in own else ())
    first = f"{row.first_year}–" if row.first_year not in (None, row.year) else ""
    return Pair(
        f"{place.name_zh}{first}{row.year}年{apart.zh}",
        f"{place.name_en} {first}{row.year}{apart.en}",
    )


# --- what is said


def counted(facts: Facts, found: Sequence[Compared]) -> Iterator[Told]:
    """How many figures are comparable, of how many places, how many are not, and what to heed."""
    others = [row for one in found for row in one.others]
    shown = [row for row in others if row.grade in ("A", "B")]
    if shown:
        yield _graded(shown)
    if found and not others:
        yield NOTHING_ON_FILE
    if len(others) > len(shown):
        names = [one.indicator for one in found] if facts.calls else []
        yield _left_out(names, len(others) - len(shown), bool(shown))
    if not shown:
        yield from reasons(facts, found)
    doubtful = sum(row.report in _contradicted(facts) for row in shown)
    if doubtful:
        see = Pair("，见report.conflicts()", " (see report.conflicts())") if facts.calls else EMPTY
        here = "图表中" if facts.calls else "其中"
        yield told(
            f"{here}有{doubtful:,}个数出自互有出入的来源{see.zh}，用前须核对。",
            f"{so_many(doubtful, 'figure')} shown come{'s' * (doubtful == 1)} from sources that"
            f" contradict each other{see.en}: verify before use.",
        )
    if shown and any(is_wide(row.low, row.high) for one in found for row in one.shown):
        yield FEW_CASES


def _graded(rows: Sequence[Sighting]) -> Told:
    """How many figures are of grade A and of grade B."""
    parts = []
    for grade in "AB":
        of_grade = [row for row in rows if row.grade == grade]
        if count := len(of_grade):
            places = len({row.place for row in of_grade})
            means = _meaning(grade, count)
            zh = f"{means.zh}（{grade}级）{count:,}个，出自{places:,}地"
            figures = f"{so_many(count, 'figure')} from {so_many(places, 'place')}"
            parts.append(Pair(zh, f"{figures} {means.en} (grade {grade})"))
    return told(*together(parts, "；", "; ").sentence)


def _meaning(grade: str, count: int) -> Pair:
    """What is said of so many figures of a grade."""
    if grade == "A":
        return Pair("可比的", f"{'is' if count == 1 else 'are'} comparable")
    return Pair("有一项不同的", f"differ{'s' * (count == 1)} in one respect")


def _left_out(indicators: Sequence[str], count: int, others: bool) -> Told:
    """How many figures are not comparable, and what lists them."""
    one = count == 1
    more = f"{count:,} more {'is' if one else 'are'} not comparable"
    left = Pair(f"另有{count:,}个差别更大", more)
    if not others:
        none = f"None of {count:,} figures on file is comparable"
        left = Pair(f"别处、别年的{count:,}个数都不可比", none)
        if one:
            left = Pair("别处、别年只有一个数，不可比", "The one figure on file is not comparable")
    if not indicators:
        return told(f"{left.zh}（C级）。", f"{left.en} (grade C).")
    calls = Pair("bd.compare逐项", "bd.compare")
    if len(indicators) == 1:
        calls = Pair(*[f'bd.compare("{indicators[0]}")'] * 2)
    return told(
        f"{left.zh}（C级），不入图表，可用{calls.zh}列出。",
        f"{left.en} (grade C); {calls.en} lists {'it' if one else 'them'}.",
    )


def reasons(facts: Facts, found: Sequence[Compared]) -> Iterator[Told]:
    """Why nothing is comparable: a neighbour by its note, the rest by what differs."""
    notes = {(row.indicator, row.neighbour): row for row in facts.tables.neighbours}
    groups: dict[Pair, list[Sighting]] = {}
    for one in found:
        for row in one.of("C"):
            near = notes.get((one.indicator, row.indicator))
            why = Pair(row.reason_zh, row.reason_en).sentence
            if near:
                why = Pair(near.note_zh, near.note_en) if len(found) == 1 else NEIGHBOURS
            groups.setdefault(why, []).append(row)
    for why, rows in groups.items():
        yield told(*_places(facts, rows).colon(why))


def _places(facts: Facts, rows: Sequence[Sighting]) -> Pair:
    """The places of some figures, each with its years; how many they are where they are many."""
    years: dict[str, dict[int, None]] = {}
    for row in rows:
        years.setdefault(row.place, {})[row.year] = None
    if len(years) > FEW:
        return Pair(f"{len(years):,}地", so_many(len(years), "place"))
    of_places = ((facts.tables.where[place], of_place) for place, of_place in years.items())
    named = [
        Pair(
            place.name_zh + "、".join(f"{year}年" for year in of_place),
            f"{place.name_en} {', '.join(map(str, of_place))}",
        )
        for place, of_place in of_places
    ]
    return together(named, en="; ")


def _contradicted(facts: Facts) -> set[str]:
    """The sources that contradict others."""
    return {
        side.partition(":")[0]
        for row in facts.tables.conflicts
        if row.kind == "conflict"
        for side in row.sides.split()
    }


def _lacking(facts: Facts, found: Sequence[Compared], missing: Iterable[str]) -> list[Pair]:
    """In one line what the report does not give, and how many figures of it are on file."""
    elsewhere = {one.indicator: len(one.others) for one in found if not one.own}
    computed = {one.indicator for one in found if one.own}
    named = []
    for name in missing:
        indicator, label = name.partition("@")[0], facts.name(name)
        if count := elsewhere.get(indicator):
            figures = so_many(count, "figure")
            label = Pair(f"{label.zh}（别处有{count:,}个数）", f"{label.en} ({figures} elsewhere)")
        for why in peers.gaps(facts.tables, indicator, facts.report):
            label = label.noted(why)
        if "@" in name or indicator not in computed:
            named.append(label)
    more = Pair("bd.compare可列出别处的数。", " bd.compare lists the figures elsewhere.")
    more = more if any(elsewhere.values()) and facts.calls else EMPTY
    zh, en = lacking(named)
    return [Pair(zh + more.zh, en + more.en)] * bool(named)


# --- chart and table


def _chart(
    facts: Facts, finding: Pair, found: Sequence[Compared]
) -> tuple[Callable[..., Any] | None, Pair]:
    """Shares as dots, other numbers as points, several indicators as panels of places; none where
    there is no number but the own, where units differ, or where there are too many.
    """
    rows = [row for one in found for row in one.shown]
    units = {facts.words.units(row.unit)[-1] for row in rows}
    if len(units) != 1 or len(rows) > limits.DRAWN:
        return None, EMPTY
    heading = _heading(facts, finding, found)
    if len(found) > 1:
        groups = _by_place(facts, found)
        alt = facts.alternative(heading, pd.concat([table for *_, table in groups]))
        return partial(charts.panels, groups, heading), alt
    table = _marks(facts, found[0])
    share = all(row.measure == "share" and row.value <= 100 for row in rows)
    kind = charts.dots if share else charts.points
    return partial(kind, table, heading), facts.alternative(heading, table)


def _marks(facts: Facts, one: Compared) -> pd.DataFrame:
    """A row for each dot: place, number as printed, counts, grade."""
    common, found = _common([one]), []
    for row in one.shown:
        name = place_and_year(facts, row, one.own)
        note = ("", "") if common else (row.reason_zh, row.reason_en)
        found.append(
            {
                "label_zh": name.zh,
                "label_en": name.en,
                "value": float(row.value),
                "text": facts.drawn(row),
                "bound": row.bound,
                "role": ROLES[row.grade],
                "grade": row.grade,
                "own": not row.grade,
                **{name: getattr(row, name) if _agree(row) else None for name in COUNTS},
                "gap_zh": row.gap.zh,
                "gap_en": row.gap.en,
                "note_zh": note[0],
                "note_en": note[1],
            }
        )
    return pd.DataFrame(found)


def _agree(row: Sighting) -> bool:
    """Whether a share that is printed exactly is what its counts can make."""
    if row.low is None or row.high is None or row.bound != "exact":
        return True
    return row.low <= row.value <= row.high


def _by_place(facts: Facts, found: Sequence[Compared]) -> list[tuple[str, str, pd.DataFrame]]:
    """Several indicators place by place, the own first."""
    groups: dict[Pair, list[pd.DataFrame]] = {}
    for one in found:
        marks = _marks(facts, one)
        for row, mark in zip(one.shown, range(len(marks)), strict=True):
            apart = told_apart(facts.words, row, one.own if row in one.own else ())
            labels = {"label_zh": row.label_zh + apart.zh, "label_en": row.label_en + apart.en}
            groups.setdefault(place_and_year(facts, row), []).append(
                marks.iloc[[mark]].assign(**labels)
            )
    return [(*place, pd.concat(tables)) for place, tables in groups.items()]


def _heading(facts: Facts, finding: Pair, found: Sequence[Compared]) -> charts.Heading:
    """The heading: what is counted, in which unit, scope and period; the sources."""
    own = [row for one in found for row in one.own]
    books = [facts.tables.codebook[one.indicator] for one in found if one.own]

    def listed(kind: str) -> Pair:
        codes = dict.fromkeys(getattr(row, kind) for row in own)
        return together(facts.words.pair(kind, code) for code in codes)

    unit, scope, period = map(listed, ("unit", "scope", "period"))
    defined = together((Pair(book.definition_zh, book.definition_en) for book in books), "", " ")
    common = _common(found)
    differs = Pair(f"别处：{common.zh}。", f" Elsewhere: {common.en}.") if common else EMPTY
    rows = [row for one in found for row in one.shown]
    return charts.Heading(
        *finding,
        f"{defined.zh}单位：{unit.zh}；本报告范围：{scope.zh}；时段：{period.zh}。{differs.zh}",
        f"{defined.en} Unit: {unit.en}; scope of this report's figure: {scope.en}; period:"
        f" {period.en}.{differs.en}",
        *sources(facts.tables.source[row.report] for row in rows),
    )


def sources(reports: Iterable[ReportRow]) -> Pair:
    """Sources by institution and year, each once; of very many the first are named."""
    every = list(dict.fromkeys(map(source, reports)))
    more = len(every) - SOURCES
    if more > 0:
        every[SOURCES:] = [Pair(f"另有{more:,}个来源", f"{more:,} more source{'s' * (more > 1)}")]
    return together(every, "；", "; ")


def source(report: ReportRow) -> Pair:
    """A source by institution and year."""
    return Pair(f"{report.issuer_zh}，{report.year}年", f"{report.issuer_en}, {report.year}")


def _common(found: Sequence[Compared]) -> Pair | None:
    """In what all other figures shown differ, if it is one thing."""
    rows = [row for one in found for row in one.of("A", "B")]
    kinds = {(row.grade, row.reason_zh, row.reason_en) for row in rows}
    grade, *reason = kinds.pop() if len(kinds) == 1 else ("",)
    return Pair(*reason) if grade == "B" else None


def _table(facts: Facts, found: Sequence[Compared]) -> Table:
    """The figures to read: the report's own, then those of grades A and B."""
    return table_of(facts, found, [(row, one.own) for one in found for row in one.shown])


Shown = Sequence[tuple[Sighting, Sequence[Sighting]]]  # a figure, and the report's own beside it


def table_of(facts: Facts, found: Sequence[Compared], rows: Shown) -> Table:
    """Some figures of a comparison to read; what holds of all others is said once above."""
    common, several = _common(found), len(found) > 1
    notes = [_note(facts, row, common) for row, _ in rows]
    where = [_where(facts, row) for row, _ in rows]
    # A long note is given once for rows that follow each other; a mere grade stands in each row.
    alike = [
        note if row.note_zh else at
        for at, ((row, _), note) in enumerate(zip(rows, notes, strict=True))
    ]
    columns: list[list[Cell]] = [
        [_place_cell(facts, row, own, several) for row, own in rows],
        [_number(facts, row) for row, _ in rows],
        _merged(notes, alike),
        _merged(where, where),
    ]
    heads = list(OTHERS)
    if all(note == DASH for note in notes):
        del columns[2], heads[2]
        heads[-1] = heads[-1]._replace(width=68)
    return Table(heads, list(zip(*columns, strict=True)), _above(rows, common))


def _above(rows: Shown, common: Pair | None) -> Pair | None:
    """What holds of all rows but the report's own."""
    others = [row for row, own in rows if row not in own]
    copied = all(row.status == "transcribed" for row in others)
    said = (
        [Pair(f"别处各数均为B级，{common.zh}", f"elsewhere: grade B, {common.en}")]
        if common
        else []
    )
    said += [COPIED] * copied
    return together(said, "；", "; ").sentence if said else None


def _place_cell(facts: Facts, row: Sighting, own: Sequence[Sighting], several: bool) -> Pair:
    """Whose figure it is: place and year, with the indicator where there are several."""
    place = place_and_year(facts, row, own)
    return place.colon(Pair(row.label_zh, small(row.label_en))) if several else place


def _number(facts: Facts, row: Sighting) -> Apart:
    """A number as printed, a share with both counts, and its interval where that is wide."""
    number, ends = facts.plainly(row), interval(row.low, row.high)
    counts = f"{row.part:,}/{row.whole:,}" if row.whole else ""
    other = number.both.en if number.both.en != number.both.zh else ""

    def lines(*parts: str) -> str:
        return "\n".join(filter(None, parts))

    zh = lines(number.words.zh, counts, ends.zh, row.gap.zh)
    en = lines(number.words.en, counts, ends.en, row.gap.en)
    return Apart(Pair(zh, en), Pair(zh, lines(other, ends.en, row.gap.en) or zh))


def _note(facts: Facts, row: Sighting, common: Pair | None) -> Pair:
    """Grade and difference, unless said above, and what else is to be known of a figure."""
    zh, en = [], []
    if row.grade and not common:
        zh.append("，".join(filter(None, (f"{row.grade}级", row.reason_zh))) + "。")
        en.append(", ".join(filter(None, (f"Grade {row.grade}", row.reason_en))) + ".")
    if row.note_zh:
        zh.append(row.note_zh)
        en.append(row.note_en)
    if row.status == "transcribed" and not row.reader:
        zh.append(READ_ONCE.zh)
        en.append(READ_ONCE.en)
    return Pair("".join(zh), " ".join(en)) if zh else DASH


def _where(facts: Facts, row: Sighting) -> Linked:
    """The source of a figure, which leads to it, and the place in it."""
    report = facts.tables.source[row.report]
    place_en = f"section {row.source_en}" if row.status in ("proved", "resolved") else row.source_en
    return Linked(source(report), report.url, Pair(f"；{row.source_zh}", f"; {place_en}"))


def _merged(cells: Sequence[Any], keys: Iterable[object]) -> list[Cell]:
    """The cells of a column: one for those of one key that follow each other."""
    groups = groupby(zip(cells, keys, strict=True), key=lambda pair: pair[1])
    alike = ([cell for cell, _ in group] for _, group in groups)
    return [cell for group in alike for cell in shared(group[0], len(group))]
