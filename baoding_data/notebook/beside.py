"""The comparison notebook's answers: what is on file of other years and places, and what may be set
beside the report.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median
from typing import NamedTuple

import pandas as pd

from baoding_data import charts
from baoding_data.checks.conflicts import contradictions
from baoding_data.checks.looked_at import Sight, sighted
from baoding_data.comparison.peers import Sighting, beside, changes, graded, per_head, sightings
from baoding_data.comparison.shares import LEVEL
from baoding_data.notebook.report import (
    NONE,
    Answer,
    Facts,
    answered,
    answered_in_groups,
)
from baoding_data.tables.figures import told_apart
from baoding_data.tables.records import ReportRow
from baoding_data.tables.seeds import AnySeeds
from baoding_data.words import Pair, filled

ENOUGH_FOR_A_MEDIAN = 5
CHANGE = "变化 Change"
ROLE_OF_GRADE = {"": "main", "A": "peer", "B": "near"}
ROLE_OF_SUITS = {"litigation_cases": "main", "litigation_lost": "lost"}


def _named(facts: Facts, row: Sighting, own: Sequence[Sighting] = ()) -> Pair:
    """A place and year, and what tells an own figure from the report's other ones."""
    place = facts.tables.where[row.place]
    apart = told_apart(facts.words, row, own if row in own else ())
    return Pair(f"{place.name_zh}{row.year}年{apart.zh}", f"{place.name_en} {row.year}{apart.en}")


def _labelled(facts: Facts, row: Sighting, rows: Iterable[Sighting]) -> Pair:
    """An indicator's name, and what tells a figure from others of its subject among some rows."""
    apart = told_apart(facts.words, row, [one for one in rows if one.subject == row.subject])
    return Pair(row.label_zh + apart.zh, row.label_en + apart.en)


def _label(facts: Facts, indicator: str) -> Pair:
    """An indicator's name."""
    book = facts.tables.codebook[indicator]
    return Pair(book.label_zh, book.label_en)


def _read_once(row: Sighting) -> bool:
    """Whether a figure of another place or year was looked up by one reader only."""
    return row.status == "transcribed" and not row.reader


def _lines(*words: str) -> str:
    """Words below each other, or that there are none."""
    return "\n".join(filter(None, words)) or NONE.lines


def _shown(facts: Facts, rows: Iterable[Sighting]) -> pd.DataFrame:
    """The table of a comparison: every row with its number, counts, scope, period, grade, reason,
    status, note and source.
    """
    pair, found = facts.words.pair, []
    for row in rows:
        missing = "counts_not_stated" if row.measure == "share" else "not_applicable"
        counts = pair("status", missing).lines
        if row.whole:
            counts = f"{row.part:,}/{row.whole:,}\n{row.low:.2f}–{row.high:.2f}%"
        once = "\n仅查阅过一次\nread once only" if _read_once(row) else ""
        found.append(
            {
                "地方与年度 Place, year": _named(facts, row).lines,
                "数值 Number": "\n".join(facts.said(row)),
                f"件数与{LEVEL}%区间 Counts, interval": counts,
                "范围 Scope": pair("scope", row.scope).lines,
                "时段 Period": pair("period", row.period).lines,
                "等级 Grade": row.grade or pair("grade", "own").lines,
                "不同之处 Difference": _lines(row.reason_zh, row.reason_en),
                "依据 Status": pair("status", row.status).lines + once,
                "说明 Note": _lines(row.note_zh, row.note_en),
                "来源 Source": row.report,
            }
        )
    return pd.DataFrame(found)


def _heading(
    facts: Facts, title: tuple[str, str], indicator: str, extra: tuple[str, str]
) -> charts.Heading:
    """A chart's heading with the indicator's definition, and the sources named as a list on
    file.
    """
    book = facts.tables.codebook[indicator]
    unit = facts.words.pair("unit", book.unit)
    return charts.Heading(
        *title,
        f"{book.definition_zh}单位：{unit.zh}。{extra[0]}",
        f"{book.definition_en} Unit: {unit.en}. {extra[1]}",
        f"{facts.about.title_zh}；其余见下表“来源”一栏，全称和网址在 seeds/reports.csv",
        f"{facts.about.title_en}; the rest as in the column of sources below, titles and"
        " addresses in seeds/reports.csv",
    )


def _key(facts: Facts) -> Pair:
    """What a solid and a hollow dot mean, in the words of the grades."""
    a, b = (facts.words.pair("grade", grade) for grade in "AB")
    return Pair(
        f"实心：{a.zh}；空心：{b.zh}；C级不入图，见表。",
        f"Solid: {a.en}; hollow: {b.en}; grade C is not drawn, see the table.",
    )


def _figures(rows: Sequence[Sighting]) -> Pair:
    """So many figures of so many places."""
    count, places = len(rows), len({row.place for row in rows})
    figures, of = f"{count} figure{'s' * (count != 1)}", f"{places} place{'s' * (places != 1)}"
    return Pair(f"{count}个（{places}地）", f"{figures} of {of}")


def what_exists(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """What is on file of the place through the years: how many figures of which report, and each
    indicator with its status.

    >>> what_exists().table.iloc[0, 0]
    '统计数\\nFigures'
    """
    facts = Facts(report, seeds)
    tables, place, drawn = facts.tables, facts.place.place, []
    sources = [
        row
        for row in tables.reports
        if row.place == place and row.kind == "law_report" and row.status != "draft"
    ]
    sources.sort(key=lambda row: row.year)
    seen: dict[tuple[str, str], list[Sighting]] = {}
    for one in sightings(tables):
        if one.place == place:
            seen.setdefault((one.report, one.indicator), []).append(one)
    for source in sources:
        of_source = [
            one for (name, _), found in seen.items() for one in found if name == source.report
        ]
        count = sum(bool(one.printed) for one in of_source)
        drawn.append(
            {
                "label_zh": f"{source.year}年度",
                "label_en": f"for {source.year}",
                "value": count,
                "text": str(count),
                "role": "main" if source.status == "audited" else "peer",
            }
        )
    there = {name for report, name in seen if report in {source.report for source in sources}}

    def status(source: ReportRow, name: str) -> str:
        missing = "not_in_report" if source.status == "audited" else "not_read"
        found = [one.status for one in seen.get((source.report, name), ())] or [missing]
        return "\n".join(facts.words.pair("status", code).lines for code in dict.fromkeys(found))

    counted = {str(source.year): row["text"] for source, row in zip(sources, drawn, strict=True)}
    shown = [{"指标 Indicator": "统计数\nFigures"} | counted]
    shown += [
        {"指标 Indicator": _label(facts, name).lines}
        | {str(source.year): status(source, name) for source in sources}
        for name in tables.codebook
        if name in there
    ]
    full = sum(row["role"] == "main" for row in drawn)
    heading = facts.plain_heading(
        (
            f"{len(drawn)}个年度的报告，读到全文的有{full}份",
            f"Of the reports for {len(drawn)} years, {full} {'was' if full == 1 else 'were'}"
            " read in full",
        ),
        (
            "蓝色：读到全文，每个数都有原句；灰色：只读到开头，数字照录。单位：条。",
            "Blue: read in full, each figure tied to its sentence; grey: only the opening was"
            " read, figures transcribed. Unit: figures.",
        ),
    )
    sentences = [
        (
            "读到全文的，表中没有的数即报告未载；只读到开头的，表中没有的数可能只是尚未读到。",
            "Of a report read in full, what the table lacks the report does not say; of one"
            " read in its opening only, what the table lacks may merely not have been read yet.",
        ),
        (
            "因此各年的条数不能比较。",
            "The years' counts of figures are therefore not to be compared.",
        ),
    ]
    return answered(charts.bars, pd.DataFrame(drawn), heading, sentences, pd.DataFrame(shown))


def through_the_years(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """The place through the years, as far as it goes: what each report prints, and whether any
    indicator comes twice.

    >>> through_the_years().figure is not None
    True
    """
    facts = Facts(report, seeds)
    where, place = facts.place, facts.place.place
    seen = [row for row in sightings(facts.tables) if row.place == place and row.printed]
    others = [row for row in seen if row.report != facts.report]
    twice = sorted(
        {
            row.indicator
            for row in others
            if any(one.indicator == row.indicator and one.year != row.year for one in seen)
        }
    )
    groups, proved = [], any(row.status == "proved" for row in others)
    for year in sorted({row.year for row in others}):
        drawn = []
        for row in others:
            if row.year == year:
                label = _labelled(facts, row, others)
                drawn.append(
                    {
                        "label_zh": label.zh,
                        "label_en": label.en,
                        "text": " / ".join(facts.said(row)),
                        "role": "main" if row.status == "proved" else "peer",
                    }
                )
        groups.append((f"{year}年度", f"for {year}", pd.DataFrame(drawn)))
    heading = facts.plain_heading(
        (
            f"{where.name_zh}各年报告：已读到的部分里，"
            + (f"{len(twice)}个指标出现两次" if twice else "没有一个指标出现两次"),
            f"{where.name_en} through the years: in what was read, "
            + (f"{len(twice)} indicators come twice" if twice else "no indicator comes twice"),
        ),
        (
            "其他各年读到的数；灰色的照录自报告开头" + ("，蓝色的有原句。" if proved else "。"),
            "What was read of the other years; grey: transcribed from a report's opening"
            + ("; blue: tied to its sentence." if proved else "."),
        ),
    )
    heading = heading._replace(
        source_zh=f"{where.name_zh}其他年度的报告，见下表“来源”一栏",
        source_en="Reports of the other years, as in the column of sources below",
    )
    differences = [
        change.absolute for name in twice for change in changes(facts.tables, name, place)
    ]
    rows = sorted(others, key=lambda row: row.year)
    shown = _shown(facts, rows).drop(columns=["等级 Grade", "不同之处 Difference"])
    shown.insert(0, "指标 Indicator", [_label(facts, row.indicator).lines for row in rows])
    told = sum(difference is not None for difference in differences)
    once = sum(_read_once(row) for row in others)
    sentences = [
        (
            "因此还说不出任何一项的增减；读到其余部分后才能判断。"
            if not differences
            else f"前后可以对照{len(differences)}次，其中{told}次说得出差数；说不出的，理由见该指标的变化。",
            (
                "So no change can be told yet; the rest of the reports has not been read."
                if not differences
                else (
                    f"Of {len(differences)} pairs of years {told} give a difference; for the others"
                    " the indicator's change says why not."
                )
            ),
        ),
        *(
            [
                (
                    f"其中{once}个数只查阅过一次，尚未复核。",
                    f"{once} of the numbers were looked up only once and are not confirmed by a"
                    " second reading.",
                )
            ]
            if once
            else []
        ),
        (
            "看似同一件事的数，在两年的报告里计法可以不同，见各数说明。",
            "What seems one thing may be counted differently in the reports of two years: see"
            " the notes of the figures.",
        ),
    ]
    return answered_in_groups(charts.sheet, groups, heading, sentences, shown)


def rates_beside(indicator: str, report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """A share in the report and elsewhere, with intervals: grade A solid, grade B hollow.

    >>> len(rates_beside("mediation_success_rate").table) > 3
    True
    """
    facts = Facts(report, seeds)
    rows = beside(facts.tables, indicator, facts.report)
    own = [row for row in rows if row.report == facts.report]
    drawn, told = [], []
    for row in rows:
        if row.grade == "C":
            continue
        name = _named(facts, row, own)
        value = (
            100 * row.part / row.whole if row.part is not None and row.whole else float(row.value)
        )
        if row.report == facts.report:
            told.append((name, f"{value:.2f}%"))
        drawn.append(
            {
                "label_zh": name.zh,
                "label_en": name.en,
                "value": value,
                "low": row.low,
                "high": row.high,
                "part": row.part,
                "whole": row.whole,
                "grade": row.grade,
                "own": not row.grade,
                "text": f"{value:.2f}%",
            }
        )
    table = pd.DataFrame(drawn)
    others = table[~table["own"]]
    counted = others[others["whole"].notna()]
    label = _label(facts, indicator)
    key = _key(facts)
    heading = _heading(
        facts,
        (
            f"{label.zh}：{'，'.join(f'{name.zh}为{text}' for name, text in told)}",
            f"{label.en}: "
            + "; ".join(f"{name.en} {text.replace('%', ' %')}" for name, text in told),
        ),
        indicator,
        (
            f"横线为{LEVEL}%区间（Wilson）。{key[0]}",
            f"The line is the {LEVEL} % Wilson interval. {key[1]}",
        ),
    )
    sentences = [
        (
            f"图中其他各地的{len(others)}个率，{len(counted)}个有分子和分母，"
            "可以给出区间；区间只反映件数多少。",
            f"Of the {len(others)} other rates on the chart, {len(counted)} come with both"
            " counts, so that an interval can be given; it reflects only how many cases there"
            " were.",
        ),
        (
            "这些率都由各地自行统计，所计的组织和计法不尽相同，不比高低。",
            "Each place counts for itself and in its own way; the rates are not to be ranked.",
        ),
    ]
    return answered(charts.dots, table, heading, sentences, _shown(facts, rows))


def counts_beside(indicator: str, report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """A count or stock in the report and elsewhere: grade A solid, grade B hollow.

    >>> len(counts_beside("disclosure_requests").table) > 3
    True
    """
    facts = Facts(report, seeds)
    rows = beside(facts.tables, indicator, facts.report)
    compared = any(row.grade in ("A", "B") for row in rows)
    nothing = Pair(
        "没有A级、B级的数；C级的见表", "no figure of grade A or B; for grade C see the table"
    )
    of_report = [row for row in rows if row.report == facts.report]
    drawn = []
    for row in rows:
        if row.grade in ROLE_OF_GRADE and row.indicator == indicator:
            name = _named(facts, row, of_report)
            note = Pair("", "") if compared else nothing
            if row.grade == "B":
                note = Pair(row.reason_zh, row.reason_en)
            drawn.append(
                {
                    "label_zh": name.zh,
                    "label_en": name.en,
                    "value": float(row.value),
                    "text": f"{row.value:,}",
                    "role": ROLE_OF_GRADE[row.grade],
                    "note_zh": note.zh,
                    "note_en": note.en,
                }
            )
    table = pd.DataFrame(drawn)
    label, own = _label(facts, indicator), facts.numbers(indicator)
    of_grade = {grade: [row for row in rows if row.grade == grade] for grade in "ABC"}
    counted = {grade: _figures(found) for grade, found in of_grade.items() if found}
    told = {
        "A": ("可比（A级）的数", "alike (grade A)"),
        "B": ("一项不同（B级）的", "differing in one thing (grade B)"),
        "C": ("只作参考（C级）的", "for reference only (grade C)"),
    }
    none = not of_grade["A"]
    contradicted = {
        side.partition(":")[0]
        for conflict in facts.tables.conflicts
        if conflict.kind == "conflict"
        for side in conflict.sides.split()
    }
    doubtful = sum(row.report in contradicted for row in rows)
    heading = _heading(
        facts,
        (
            f"{label.zh}：{facts.place.name_zh}{own.zh}，"
            f"{'没有完全可比的数' if none else '可比的数' + counted['A'][0]}",
            f"{label.en}: {own.en} in {facts.place.name_en},"
            f" {'none alike in all' if none else counted['A'][1] + ' alike'}",
        ),
        indicator,
        _key(facts),
    )
    sentences = [
        (
            f"与{facts.place.name_zh}{own.zh}对照："
            + "，".join(f"{told[grade][0]}{zh}" for grade, (zh, _) in counted.items())
            + "。",
            f"Beside the {own.en} of {facts.place.name_en}: "
            + "; ".join(f"{told[grade][1]}: {en}" for grade, (_, en) in counted.items())
            + ".",
        ),
        *(
            [
                (
                    f"其中{doubtful}个数出自彼此相左的来源，见“看似矛盾的数”，用时须核对。",
                    f"{doubtful} of them come from sources that contradict each other, see"
                    ' "Numbers that seem to contradict": verify before use.',
                )
            ]
            if doubtful
            else []
        ),
        (
            "地方大小不同，件数多少不说明工作好坏；这不是名次。",
            "Places differ in size; more or fewer does not mean better or worse work, and this"
            " is no ranking.",
        ),
    ]
    return answered(charts.points, table, heading, sentences, _shown(facts, rows))


def suits_elsewhere(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Suits against the government itself, place by place, each on its own scale.

    >>> suits_elsewhere().figure is not None
    True
    """
    facts = Facts(report, seeds)
    names = (
        "litigation_cases",
        "litigation_concluded",
        "litigation_lost",
        "litigation_won",
        "litigation_withdrawn",
    )
    seen = sightings(facts.tables, names)
    own = [row for row in seen if row.report == facts.report and row.indicator == names[0]]
    groups, rows = [], []
    for source in dict.fromkeys(row.report for row in seen):
        of_source = [row for row in seen if row.report == source]
        of_source.sort(key=lambda row: names.index(row.indicator))
        drawn = []
        for row in of_source:
            label = _labelled(facts, row, of_source)
            drawn.append(
                {
                    "label_zh": label.zh,
                    "label_en": label.en,
                    "value": float(row.value),
                    "text": f"{row.value:,}",
                    "role": ROLE_OF_SUITS.get(row.indicator, "second"),
                }
            )
            if source != facts.report:
                like = [one._replace(indicator=row.indicator) for one in own]
                row = row.like(graded(facts.tables, like, row))
            rows.append(row)
        groups.append((*_named(facts, of_source[0]), pd.DataFrame(drawn)))
    heading = _heading(
        facts,
        (
            f"以本级政府为被告的案件，{len(groups)}地计法各不相同",
            f"Suits against the government itself: {len(groups)} places, each counted in its"
            " own way",
        ),
        "litigation_cases",
        ("各地口径不同，见下表说明栏。", "Each counts differently, see the notes in the table."),
    )
    shown = _shown(facts, rows)
    shown.insert(1, "指标 Indicator", [_label(facts, row.indicator).lines for row in rows])
    notes: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row.report != facts.report and row.note_zh:
            zh, en = _named(facts, row)
            notes.setdefault(row.report, (f"{zh}的数：{row.note_zh}", f"{en}: {row.note_en}"))
    unlike = sum(row.grade in ("B", "C") for row in rows)
    sentences = [
        (
            f"其他各地的{sum(bool(row.grade) for row in rows)}个数中，{unlike}个与本报告的不完全可比，"
            "不同之处见表。",
            f"Of the {sum(bool(row.grade) for row in rows)} figures of other places,"
            f" {unlike} are not alike in all with the report's own; the table says in what.",
        ),
        *notes.values(),
    ]
    return answered_in_groups(charts.panels, groups, heading, sentences, shown)


def court_wide_rates(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Loss rates of all courts of a place, against any administrative body: another thing than the
    report's rate.

    >>> len(court_wide_rates().table) > 3
    True
    """
    facts = Facts(report, seeds)
    rows = [
        row
        for row in beside(facts.tables, "litigation_loss_rate", facts.report)
        if row.scope == "courts"
    ]
    notes = {
        row.neighbour: (row.note_zh, row.note_en)
        for row in facts.tables.neighbours
        if row.indicator == "litigation_loss_rate"
    }
    drawn = []
    for row in rows:
        name = _named(facts, row)
        drawn.append(
            {
                "label_zh": name.zh,
                "label_en": name.en,
                "value": float(row.value),
                "text": facts.said(row).zh,
                "part": row.part,
                "whole": row.whole,
                "low": row.low,
                "high": row.high,
                "role": "peer",
            }
        )
    heading = charts.Heading(
        "各地法院公布的行政机关败诉率，与市政府的败诉率不是一个口径",
        "Loss rates that the courts publish are of another kind than the city government's",
        f"{notes['court_loss_rate'][0]}各地的不同之处见下表。单位：%。",
        f"{notes['court_loss_rate'][1]} The table below says how each differs. Unit: %.",
        "各地法院的审判报告和报道，见下表“来源”一栏",
        "Reports of the courts and press reports, as in the column of sources below",
    )
    own = []
    if facts.unmistakable("litigation_loss_rate"):
        rate = facts.said(facts["litigation_loss_rate"])
        own.append(
            (
                f"本报告的败诉率{rate.zh}只计以市政府为被告的案件，不能放进这张图。",
                f"The report's loss rate of {rate.en} is of suits against the city government only"
                " and has no place on this chart.",
            )
        )
    sentences = [
        *own,
        (
            "各地的审级和分母也不同，彼此也不能比高低。",
            "Instances and bases differ from place to place too, so they cannot be compared"
            " with one another either.",
        ),
    ]
    return answered(charts.rates, pd.DataFrame(drawn), heading, sentences, _shown(facts, rows))


def provinces_per_head(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Reconsideration cases accepted for every 100 000 people in the provinces, the report's own
    province marked.

    >>> bool(provinces_per_head().table["每十万人 Per hundred thousand"].str.len().min())
    True
    """
    facts = Facts(report, seeds)
    indicator = "reconsideration_accepted"
    frame = per_head(indicator, seeds=facts.tables)
    year = int(frame.loc[frame["level"] == "province", "year"].value_counts().idxmax())
    frame = frame[(frame["level"] == "province") & (frame["year"] == year)].sort_values("place")
    own = facts.tables.lineage(facts.about.place)[-2]
    table = pd.DataFrame(
        [
            {
                "label_zh": row.place_zh,
                "label_en": row.place_en,
                "value": row.rate,
                "text": f"{row.rate:.1f}",
                "own": row.place == own,
                "named": row.place == own,
            }
            for row in frame.itertuples()
        ]
    )
    mine = frame[frame["place"] == own].iloc[0]
    middle = median(frame["rate"])
    heading = charts.Heading(
        f"{year}年{mine.place_zh}每十万人受理行政复议{mine.rate:.1f}件",
        f"{mine.place_en} {year}: {mine.rate:.1f} reconsideration cases accepted for every hundred"
        " thousand people",
        "各省（区、"
        f"市）受理的行政复议案件与{int(mine.population_year)}年普查人口之比；一个圆圈代表一个省（区、"
        "市），不是名次。单位：件/十万人；新疆含兵团。",
        "Cases accepted in each province for every hundred thousand people of the census of"
        f" {int(mine.population_year)}; a ring for each province, no ranking. Xinjiang with the"
        " Corps.",
        f"{facts.tables.source[mine.report].title_zh}；"
        f"{facts.tables.source[facts.tables.where[own].source].title_zh}",
        f"{facts.tables.source[mine.report].title_en};"
        f" {facts.tables.source[facts.tables.where[own].source].title_en}",
    )
    shown = pd.DataFrame(
        [
            {
                "地方 Place": f"{row.place_zh}\n{row.place_en}",
                f"件数 Cases, {year}": f"{row.value:,.0f}",
                f"人口 People, {row.population_year}": f"{row.population:,}",
                "每十万人 Per hundred thousand": f"{row.rate:.1f}",
                "说明 Note": _lines(row.note_zh, row.note_en),
            }
            for row in frame.itertuples()
        ]
    )
    sentences = [
        (
            f"{len(frame)}个省（区、市）的中位数是{middle:.1f}件。",
            f"The median of the {len(frame)} provinces is {middle:.1f}.",
        ),
        (
            f"受理多少取决于有多少人申请，不说明行政好坏；件数是{year}年的，"
            f"人口是{int(mine.population_year)}年的。",
            "How many are accepted depends on how many apply and says nothing of good or bad"
            f" administration; cases are of {year}, people of {int(mine.population_year)}.",
        ),
    ]
    zh, en = (
        f"图：{heading.title_zh}。{len(frame)}地的中位数为{middle:.1f}。",
        f"Chart: {heading.title_en}. The median of the {len(frame)} provinces is {middle:.1f}.",
    )
    return Answer(charts.spread(table, heading), sentences, shown, (zh, en))


def profile(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """The report's place on one page: each indicator with its value and what may stand beside it;
    no rank.

    >>> "同级A级 Alike" in profile().table.columns
    True
    """
    facts = Facts(report, seeds)
    whole, lines = len(facts.by_name), []
    for indicator in facts.by_name:
        rows = beside(facts.tables, indicator, facts.report)
        own = [row for row in rows if row.report == facts.report]
        others = rows[len(own) :]
        lines += [_line(facts, one, own, others) for one in own if others]
    table = pd.DataFrame([line.cells for line in lines])
    unchanged = bool((table[CHANGE] == NONE.lines).all())
    if unchanged:
        table = table.drop(columns=CHANGE)
    alike = len({line.indicator for line in lines if line.alike})
    compared = len({line.indicator for line in lines})
    drawn = pd.DataFrame(
        [
            {"label_zh": zh, "label_en": en, "value": value, "text": str(value), "role": role}
            for zh, en, value, role in (
                ("有A级的数可以对照", "with a figure of grade A", alike, "main"),
                ("只有B级或C级的数", "only with grade B or C", compared - alike, "peer"),
                ("尚无可对照的数", "with no comparator yet", whole - compared, "near"),
            )
        ]
    )
    heading = facts.plain_heading(
        (
            f"{whole}个指标中，{alike}个有A级的数可以对照",
            (f"{alike} of {whole} indicators have a figure of grade A to be read beside them"),
        ),
        (
            f"每个指标有哪些数可以对照；A级的数有{ENOUGH_FOR_A_MEDIAN}个以上才给中位数，不足则列名。单位：个。",
            "What there is to read beside each indicator; a median is given of"
            f" {ENOUGH_FOR_A_MEDIAN} or more figures of grade A, else they are named. Unit:"
            " indicators.",
        ),
    )
    sentences = [
        (
            "表中逐项列出；没有名次，也不加权合并。",
            "The table goes item by item; nothing is ranked, weighted or merged.",
        )
    ]
    if unchanged:
        sentences.append(
            (
                "各项均没有前后年度的数可比，所以没有变化一栏。",
                "None has a figure of another year to compare with, so there is no column of"
                " changes.",
            )
        )
    sentences.append(
        (
            "再读到一份全文：同一城市的，"
            f"两年都载的指标（至多{whole}个）才说得出增减；同级城市的，"
            "两地都载的指标各多一个可以对照的数。",
            "One more full report would add: of the same city, a change for each indicator"
            f" that both years have, {whole} at most; of another city of its level, a further"
            " figure beside each that both have.",
        )
    )
    return answered(charts.bars, drawn, heading, sentences, table)


class Line(NamedTuple):
    """One line of the profile: an own figure, whether any other is of grade A to it, the cells."""

    indicator: str
    alike: bool
    cells: dict[str, object]


def _line(facts: Facts, one: Sighting, own: Sequence[Sighting], others: Sequence[Sighting]) -> Line:
    """One of the report's figures with what may stand beside it, graded for this one alone."""
    likes = [(graded(facts.tables, [one], other), other) for other in others]
    alike = [other for like, other in likes if like.grade == "A"]
    if len(alike) >= ENOUGH_FOR_A_MEDIAN:
        middle = median(float(other.value) for other in alike)
        beside_it = f"{len(alike)}个数的中位数 median of {len(alike)}: {middle:,g}"
    else:
        beside_it = _lines(*(f"{_named(facts, o).line}: {facts.said(o).zh}" for o in alike))
    told = [
        f"{c.told_zh}\n{c.told_en}"
        if c.absolute is None
        else f"{c.earlier.year}→{c.later.year}: {c.absolute:+,}"
        for c in changes(facts.tables, one.indicator, one.place)
        if len(own) == 1 or one.scope in (c.earlier.scope, c.later.scope)
    ]
    apart = told_apart(facts.words, one, own)
    cells = {
        "指标 Indicator": f"{one.label_zh}{apart.zh}\n{one.label_en}{apart.en}",
        "本报告 Report": "\n".join(facts.said(one)),
        CHANGE: _lines(*told),
        "同级A级 Alike": beside_it,
        "B级 One thing differs": sum(like.grade == "B" for like, _ in likes),
        "C级 Reference only": sum(like.grade == "C" for like, _ in likes),
    }
    return Line(one.indicator, bool(alike), cells)


def _side(facts: Facts, side: Sight, sides: Sequence[Sight]) -> Pair:
    """What tells the sides of a pair apart: their indicators and reports where these differ, else
    place, year and scope.
    """
    if len({one.row.indicator for one in sides}) > 1:
        label, year = _label(facts, side.row.indicator), facts.tables.source[side.row.report].year
        return Pair(f"{year}年度报告：{label.zh}", f"report for {year}: {label.en}")
    place, scope = facts.tables.where[side.place], facts.words.pair("scope", side.row.scope)
    zh, en = f"{place.name_zh}{side.year}年", f"{place.name_en} {side.year}"
    return Pair(f"{zh}，{scope.zh}", f"{en}, {scope.en}")


def _sides(facts: Facts, sides: Sequence[Sight], whole: Decimal | None) -> pd.DataFrame:
    """The bars of a pair: its sides, or a total as printed and the `whole` of its parts."""
    if whole is not None and sides[1].place != sides[0].place:
        parts = "已读到的各部分之和（推算）", "sum of the parts that were read (derived)"
        bars = [
            ("印出的总数", "total as printed", sides[0].row.value, "peer"),
            (*parts, whole, "derived"),
        ]
    else:
        bars = [
            (
                *_side(facts, side, sides),
                side.row.value,
                "main" if side.row.report == facts.report else "peer",
            )
            for side in sides
        ]
    columns = ["label_zh", "label_en", "value", "role"]
    table = pd.DataFrame(bars, columns=columns).assign(text=[f"{bar[2]:,}" for bar in bars])
    return table.astype({"value": float})


def two_sources(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Numbers of two sources on what seems one fact, each pair with its explanation, never a silent
    choice.

    >>> len(two_sources().table)
    4
    """
    facts = Facts(report, seeds)
    tables, groups, found = facts.tables, [], []
    sights = sighted(tables)
    seen = {sight.side: sight for sight in sights}
    against = {sight.side: number for sight, number, _ in contradictions(tables, sights)}
    for conflict in tables.conflicts:
        sides = [seen[name] for name in conflict.sides.split()]
        drawn = _sides(facts, sides, against.get(sides[0].side))
        groups.append((conflict.name_zh, conflict.name_en, drawn))
        said = {str(number): facts.said(side.row) for number, side in enumerate(sides, 1)}
        zh = filled(conflict.text_zh, {}, lambda number, said=said: said[number].zh)
        en = filled(conflict.text_en, {}, lambda number, said=said: said[number].en)
        found.append(
            {
                "名称 Name": f"{conflict.name_zh}\n{conflict.name_en}",
                "类别 Kind": facts.words.pair("conflict", conflict.kind).lines,
                "说明 Explanation": f"{zh}\n{en}",
                "数 Numbers": "\n".join(f"{side.row.value:,}" for side in sides),
                "来源 Sources": "\n".join(side.row.report for side in sides),
            }
        )
    table = pd.DataFrame(found)
    real = sum(conflict.kind == "conflict" for conflict in tables.conflicts)
    heading = facts.plain_heading(
        (
            f"{real}处数字相左，另{len(found) - real}处只是口径不同",
            f"{real} contradiction{'s' * (real != 1)}; {len(found) - real} pairs that only"
            " differ in what they count",
        ),
        (
            "蓝色为本报告的数；每处都有说明，不替读者取舍。",
            "Blue: the report's own number. Each pair is explained; no choice is made for the"
            " reader.",
        ),
    )
    heading = heading._replace(
        source_zh="见下表“来源”一栏，全称和网址在 seeds/reports.csv",
        source_en="As in the column of sources below, titles and addresses in seeds/reports.csv",
    )
    sentences = [
        (
            "相左是由审核找出来的：同一件事两个来源给出不同的数，或各部分之和超过总数，"
            "都必须在表中说明，否则审核不通过。",
            "Contradictions are found by the audit: where two sources give different numbers"
            " for one thing, or parts exceed their whole, the table must explain it, or the"
            " audit fails.",
        ),
        (
            "看似相左的，范围、时段或所计的人不同，两个数可以都对。",
            "Where they only seem to, scope, period or who is counted differs, and both numbers"
            " can be right.",
        ),
    ]
    return answered_in_groups(charts.panels, groups, heading, sentences, table)
