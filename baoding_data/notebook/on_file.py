"""What is on file to compare a report with: its place through the years, numbers of two sources,
and the indicators that have comparable figures.
"""

from collections.abc import Iterable, Sequence
from statistics import median

from baoding_data.checks.looked_at import Sight, sighted
from baoding_data.comparison import peers
from baoding_data.comparison.peers import Change, Sighting, as_judged, likened, sightings
from baoding_data.comparison.sentences import Piece, Told
from baoding_data.comparison.wording import HEADS
from baoding_data.memory import uncollected
from baoding_data.notebook.answer import Answer, Entries, Entry
from baoding_data.notebook.audit import told
from baoding_data.notebook.beside import FEW, place_and_year, sources
from baoding_data.notebook.facts import Facts, left_out_of
from baoding_data.notebook.tables import DASH, Cell, Column, Linked, Table
from baoding_data.tables.figures import key_of, told_apart
from baoding_data.tables.left_out import named_by
from baoding_data.tables.records import Conflict, ReportRow
from baoding_data.words import Pair, Slot, parsed, so_many, together

YEARS = [
    Column(HEADS.year, width=9),
    Column(Pair("发布机关", "Published by"), width=27),
    Column(Pair("状态", "Status"), width=12),
    Column(Pair("统计数", "Figures"), number=True, width=12),
    Column(Pair("其中", "Among them"), width=40),
]
CHANGES = [
    Column(HEADS.indicator, width=32),
    Column(Pair("前", "Earlier"), number=True, width=17),
    Column(Pair("后", "Later"), number=True, width=17),
    Column(Pair("变化", "Change"), width=34),
]
PROFILE = [
    Column(HEADS.indicator, width=32),
    Column(Pair("本报告", "This report"), number=True, width=17),
    Column(Pair("可比的数（A级）", "Comparable (grade A)"), width=34),
    Column(Pair("B级的个数", "Figures of grade B"), number=True, width=17),
]
IN_FULL = told(
    "已核对的报告读过全文，没有的数即报告未载；仅引用的只照录了个别的数，没有的可能尚未读到。"
    "所以各年的个数不能相比。",
    "An audited report was read in full: what it lacks, it does not say. Of one that is only cited"
    " a few figures were transcribed: what it lacks may not have been read. The years' numbers of"
    " figures are therefore not comparable.",
)
NO_CHANGE = Pair(
    "没有一个指标有两个年度的数，说不出增减",
    "no indicator has figures of two years, so no change can be given",
)
NO_CONFLICT = Pair(
    "本报告所载的指标，各来源没有彼此相左的数。",
    "For the indicators of this report, no two sources contradict each other.",
)
NOTHING_LIKE = Pair(
    "本报告的指标都没有可比的数", "No indicator of this report has a comparable figure"
)


def years(facts: Facts) -> Answer:
    """The reports of the place, year by year: how far each was read, and what stands in those of
    which little was.
    """
    about, hidden = facts.about, ("draft", "superseded")
    kind = {row.report for row in facts.tables.reports if _kind(row) == _kind(about)}
    tables = facts.sound(kind)
    reports = [row for row in tables.reports if row.report in kind and row.status not in hidden]
    reports.sort(key=lambda row: row.year)
    names = {row.report for row in reports}
    seen = [one for one in sightings(tables) if one.report in names and one.status != "derived"]
    seen = list(as_judged(tables, seen, facts.report))
    rows: list[list[Cell]] = []
    for row in reports:
        found = [one for one in seen if one.report == row.report]
        status = facts.words.pair("report_status", row.status)
        rows.append(
            [
                str(row.year),
                Linked(Pair(row.issuer_zh, row.issuer_en), row.url),
                status,
                f"{len(found):,}",
                _few(facts, found),
            ]
        )
    full = sum(row.status == "audited" for row in reports)
    zh = f"{facts.place.name_zh}{len(reports):,}个年度的报告，读过全文的{full:,}份"
    en = (
        f"{facts.place.name_en}: reports for {so_many(len(reports), 'year')}, {full:,} read in full"
    )
    table, data = Table(YEARS, rows), peers.frame(tables, seen)
    return Answer(Pair(zh, en), [IN_FULL], table, data, notes=left_out_of(tables))


def _kind(row: ReportRow) -> tuple[str, str]:
    return row.place, row.kind


def _few(facts: Facts, found: Sequence[Sighting]) -> Cell:
    """The figures themselves, where they are few."""
    if not 0 < len(found) <= FEW:
        return DASH
    lines = (_labelled(facts, one, found).colon(facts.said(one)) for one in found)
    return together(lines, "；", "; ")


def _labelled(facts: Facts, one: Sighting, among: Iterable[Sighting]) -> Pair:
    """An indicator's name, and what tells a figure from others of its subject."""
    apart = told_apart(facts.words, one, [other for other in among if other.subject == one.subject])
    return Pair(one.label_zh + apart.zh, one.label_en + apart.en)


def changes(facts: Facts) -> Answer:
    """The indicators with figures of several years of the place: the change, or why none."""
    rows = *facts.tables.reports, *facts.tables.observations
    tables = facts.beside({row.report for row in rows if row.place == facts.about.place})
    of_place = (one for one in sightings(tables) if one.place == facts.about.place)
    tables = facts.sound({one.report for one in of_place})
    seen = [one for one in sightings(tables) if one.place == facts.about.place]
    years: dict[str, set[int]] = {}
    for one in seen:
        years.setdefault(one.indicator, set()).add(one.year)
    several = [name for name, of_name in years.items() if len(of_name) > 1]
    by_name = {name: peers.changes(tables, name, facts.about.place) for name in several}
    found = [one for of_name in by_name.values() for one in of_name]
    given = sum(one.absolute is not None for one in found)
    place, data = facts.place, peers.frame_of_changes(facts.tables, facts.about.place, by_name)
    if not found:
        nothing = Pair(f"{place.name_zh}{NO_CHANGE.zh}", f"{place.name_en}: {NO_CHANGE.en}")
        return Answer(nothing, data=data, notes=left_out_of(tables))
    title = Pair(
        f"{place.name_zh}：{len(several):,}个指标有两个以上年度的数，{given:,}处说得出增减",
        f"{place.name_en}: {so_many(len(several), 'indicator')} with figures of several years;"
        f" {so_many(given, 'change')} can be given",
    )
    rows = [_change_line(facts, one, seen) for one in found]
    return Answer(title, [], Table(CHANGES, rows), data, notes=left_out_of(tables))


def _change_line(facts: Facts, change: Change, seen: Sequence[Sighting]) -> list[Cell]:
    """Indicator, both numbers with their years, and the change."""
    both: list[Cell] = []
    for one in (change.earlier, change.later):
        label, (zh, en) = _labelled(facts, one, seen), facts.said(one)
        apart = Pair(label.zh.removeprefix(one.label_zh), label.en.removeprefix(one.label_en))
        both.append(Pair(f"{one.year}年{apart.zh}\n{zh}", f"{one.year}{apart.en}\n{en}"))
    said = Pair(change.told_zh, change.told_en)
    if change.absolute is not None:
        amount = _amount(facts, change)
        said = Pair(f"{amount.zh}\n{said.zh}".strip(), f"{amount.en}\n{said.en}".strip())
    return [Pair(change.later.label_zh, change.later.label_en), *both, said]


def _amount(facts: Facts, change: Change) -> Pair:
    """A difference in its unit, of what is no share in per cent too."""
    difference = f"{change.absolute:+,}".replace("-", "−")
    if change.later.measure == "share":
        return Pair(f"{difference}个百分点", f"{difference} percentage points")
    relative = "" if change.relative is None else f"{change.relative:+.1f}%".replace("-", "−")
    return Pair(f"{difference}{change.later.unit}", difference).noted(Pair(relative, relative))


def conflicts(facts: Facts) -> Entries:
    """Where two sources seem to say unlike things of an indicator of the report, each pair with its
    explanation: no choice is made for the reader.
    """
    named = {name for row in facts.tables.conflicts for name in named_by(row)}
    tables = facts.sound(named)
    seen = {sight.side: sight for sight in sighted(tables)}
    entries = []
    for row in tables.conflicts:
        sides = [seen[side] for side in row.sides.split() if side in seen]
        ours = any(sight.row.indicator in facts.by_name for sight in sides)
        if len(sides) == len(row.sides.split()) and ours:
            entries.append(_conflict(facts, row, sides))
    return Entries(entries, [*([] if entries else [NO_CONFLICT]), *left_out_of(tables)])


def _conflict(facts: Facts, row: Conflict, sides: Sequence[Sight]) -> Entry:
    """A pair of numbers: its name and kind, the explanation, the sources."""
    kind, own = facts.words.pair("conflict", row.kind), {one.key: one for one in facts.figures}
    figures = [own.get(key_of(side.row)) for side in sides]
    numbers = zip(*(facts.said(side.row) for side in sides), strict=True)
    zh, en = (list(map(Piece, said, figures)) for said in numbers)
    text = Told(_filled(row.text_zh, zh), _filled(row.text_en, en))
    of = sources(facts.tables.source[side.row.report] for side in sides)
    name = Pair(row.name_zh, row.name_en).noted(kind)
    return Entry(name, text, source=HEADS.source.colon(of).sentence)


def _filled(template: str, numbers: Sequence[Piece]) -> tuple[Piece, ...]:
    """A template with its slots, which count, filled with numbers."""
    return tuple(
        numbers[int(piece.text) - 1] if isinstance(piece, Slot) else Piece(piece)
        for piece in parsed(template)
    )


@uncollected()
def profile(facts: Facts) -> Answer:
    """The indicators of the report that have figures of grade A or B: its own number, those of
    grade A, or the median of five or more, and how many are of grade B.
    """
    rows: list[list[Cell]] = []
    shown: list[Sighting] = []
    alike, nearly = set(), set()
    tables = facts.sound()
    for indicator, found in peers.each_beside(tables, facts.by_name, facts.report):
        own = [row for row in found if row.report == facts.report]
        every = found[len(own) :]
        for one in own:
            others = list(likened(tables, [one], every)) if len(own) > 1 else every
            of_a, of_b = ([row for row in others if row.grade == grade] for grade in "AB")
            if of_a or of_b:
                (alike if of_a else nearly).add(indicator)
                shown += [one, *of_a, *of_b]
                count = f"{len(of_b):,}" if of_b else DASH
                label = _labelled(facts, one, own)
                rows.append([label, facts.plainly(one), _comparable(facts, of_a), count])
    data = peers.frame(facts.tables, shown)
    if not rows:
        return Answer(NOTHING_LIKE, data=data, notes=left_out_of(tables))
    nearly -= alike
    rest = len(facts.by_name) - len(alike) - len(nearly)
    title = how_many(facts, len(alike), len(nearly))
    left = "The other one has no comparable figure and is left out."
    if rest > 1:
        left = f"The other {rest:,} have no comparable figure and are left out."
    left_out = [told(f"其余{rest:,}个指标没有可比的数，不列。", left)] * bool(rest)
    return Answer(title, left_out, Table(PROFILE, rows), data, notes=left_out_of(tables))


def how_many(facts: Facts, alike: int, nearly: int) -> Pair:
    """How many of a report's indicators have figures of grade A, and how many of grade B alone."""
    if not (alike or nearly):
        return NOTHING_LIKE
    have, more = ("has" if count == 1 else "have" for count in (alike, nearly))
    return Pair(
        f"{len(facts.by_name):,}个指标中，{alike:,}个有可比的数（A级），"
        f"另{nearly:,}个有一项不同的数（B级）",
        f"Of {so_many(len(facts.by_name), 'indicator')}, {alike:,} {have} a comparable"
        f" figure (grade A), {nearly:,} more {more} one that differs in one respect (grade B)",
    )


def _comparable(facts: Facts, rows: Sequence[Sighting]) -> Cell:
    """Figures of grade A with their places; of five or more exact ones the median, and of the
    others how many there are.
    """
    exact = [row.value for row in rows if row.bound == "exact"]
    if len(exact) >= FEW:
        count, bounded, middle = len(exact), len(rows) - len(exact), f"{median(exact):,}"
        also = Pair(f"另有{bounded:,}个不是确数", f"{bounded:,} more not exact")
        given = Pair(f"{count:,}个数的中位数：{middle}", f"median of {count:,}: {middle}")
        return given.noted(also) if bounded else given
    if not rows:
        return DASH
    return together((place_and_year(facts, row).colon(facts.said(row)) for row in rows), "\n", "\n")
