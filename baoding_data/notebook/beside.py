"""The comparison notebook's answers: what is on file of other years and places, and what may be set
beside the report.
"""

from statistics import median

import pandas as pd

from baoding_data.charts import kinds as charts
from baoding_data.checks.conflicts import contradictions, sighted
from baoding_data.comparison.peers import beside, changes, graded, per_head, sightings
from baoding_data.comparison.shares import LEVEL
from baoding_data.notebook.report import Answer, Facts, answered, answered_in_groups, both
from baoding_data.text.wording import chinese, english

ENOUGH_FOR_A_MEDIAN = 5
CHANGE = "变化 Change"
ROLE_OF_GRADE = {"": "main", "A": "peer", "B": "near"}


def _named(facts, row):
    """A place and year, in both languages."""
    place = facts.tables.where[row["place"]]
    return f"{place['name_zh']}{row['year']}年", f"{place['name_en']} {row['year']}"


def _label(facts, indicator):
    """An indicator's name, in both languages."""
    book = facts.tables.codebook[indicator]
    return both((book["label_zh"], book["label_en"]))


def _read_once(row):
    """Whether a figure of another place or year was looked up by one reader only."""
    return row["status"] == "transcribed" and not row["reader"]


def _shown(facts, rows):
    """The table of a comparison: every row with its number, counts, scope, period, grade, reason,
    status, note and source.
    """
    found = []
    for row in rows:
        zh, en = _named(facts, row)
        missing = both(
            facts.word(
                "status", "counts_not_stated" if row["measure"] == "share" else "not_applicable"
            )
        )
        counts = (
            f"{row['part']:,}/{row['whole']:,}\n{row['low']:.2f}–{row['high']:.2f}%"
            if row["whole"]
            else missing
        )
        found.append(
            {
                "地方与年度 Place, year": f"{zh}\n{en}",
                "数值 Number": f"{chinese(row)}\n{english(facts.tables, row)}",
                f"件数与{LEVEL}%区间 Counts, interval": counts,
                "范围 Scope": both(facts.word("scope", row["scope"])),
                "时段 Period": both(facts.word("period", row["period"])),
                "等级 Grade": row["grade"] or both(facts.word("grade", "own")),
                "不同之处 Difference": (
                    "\n".join(filter(None, (row["reason_zh"], row["reason_en"])))
                    or both(("无", "none"))
                ),
                "依据 Status": (
                    both(facts.word("status", row["status"]))
                    + ("\n仅查阅过一次\nread once only" if _read_once(row) else "")
                ),
                "说明 Note": (
                    "\n".join(filter(None, (row["note_zh"], row["note_en"])))
                    or both(("无", "none"))
                ),
                "来源 Source": row["report"],
            }
        )
    return pd.DataFrame(found)


def _heading(facts, title, indicator, extra):
    """A chart's heading with the indicator's definition, and the sources named as a list on
    file.
    """
    book = facts.tables.codebook[indicator]
    unit = facts.word("unit", book["unit"])
    return charts.Heading(
        *title,
        f"{book['definition_zh']}单位：{unit[0]}。{extra[0]}",
        f"{book['definition_en']} Unit: {unit[1]}. {extra[1]}",
        f"{facts.about['title_zh']}；其余见下表“来源”一栏，全称和网址在 seeds/reports.csv",
        f"{facts.about['title_en']}; the rest as in the column of sources below, titles and"
        " addresses in seeds/reports.csv",
    )


def _key(facts):
    """What a solid and a hollow dot mean, in the words of the grades."""
    a, b = (facts.word("grade", grade) for grade in "AB")
    return (
        f"实心：{a[0]}；空心：{b[0]}；C级不入图，见表。",
        f"Solid: {a[1]}; hollow: {b[1]}; grade C is not drawn, see the table.",
    )


def _figures(count, places):
    """So many figures of so many places, in both languages."""
    return (
        f"{count}个（{places}地）",
        f"{count} figure{'s' * (count != 1)} of {places} place{'s' * (places != 1)}",
    )


def what_exists(report=None, seeds=None):
    """What is on file of the place through the years: how many figures of which report, and each
    indicator with its status.

    >>> what_exists().table.iloc[0, 0]
    '统计数\\nFigures'
    """
    facts = Facts(report, seeds)
    tables, place, drawn = facts.tables, facts.about["place"], []
    sources = sorted(
        (
            row
            for row in tables.reports
            if row["place"] == place and row["kind"] == "law_report" and row["status"] != "draft"
        ),
        key=lambda row: row["year"],
    )
    seen = {
        (row["report"], row["indicator"]): row for row in sightings(tables) if row["place"] == place
    }
    for source in sources:
        count = sum(
            name == source["report"] and bool(row["printed"]) for (name, _), row in seen.items()
        )
        drawn.append(
            {
                "label_zh": f"{source['year']}年度",
                "label_en": f"for {source['year']}",
                "value": count,
                "text": str(count),
                "role": "main" if source["status"] == "audited" else "peer",
            }
        )
    indicators = [
        name
        for name in tables.codebook
        if any((source["report"], name) in seen for source in sources)
    ]

    def status(source, name):
        if (source["report"], name) in seen:
            return facts.word("status", seen[source["report"], name]["status"])
        return facts.word(
            "status", "not_in_report" if source["status"] == "audited" else "not_read"
        )

    shown = [
        {"指标 Indicator": "统计数\nFigures"}
        | {str(source["year"]): row["text"] for source, row in zip(sources, drawn)}
    ]
    shown += [
        {"指标 Indicator": _label(facts, name)}
        | {str(source["year"]): both(status(source, name)) for source in sources}
        for name in indicators
    ]
    full = sum(row["role"] == "main" for row in drawn)
    heading = facts.plain_heading(
        (
            f"{len(drawn)}个年度的报告，读到全文的有{full}份",
            (
                f"Of the reports for {len(drawn)} years, {full} {'was' if full == 1 else 'were'}"
                " read in full"
            ),
        ),
        (
            "蓝色：读到全文，每个数都有原句；灰色：只读到开头，数字照录。单位：条。",
            (
                "Blue: read in full, each figure tied to its sentence; grey: only the opening was"
                " read, figures transcribed. Unit: figures."
            ),
        ),
    )
    sentences = [
        (
            "读到全文的，表中没有的数即报告未载；只读到开头的，表中没有的数可能只是尚未读到。",
            (
                "Of a report read in full, what the table lacks the report does not say; of one"
                " read in its opening only, what the table lacks may merely not have been read yet."
            ),
        ),
        (
            "因此各年的条数不能比较。",
            "The years' counts of figures are therefore not to be compared.",
        ),
    ]
    return answered(charts.bars, pd.DataFrame(drawn), heading, sentences, pd.DataFrame(shown))


def through_the_years(report=None, seeds=None):
    """The place through the years, as far as it goes: what each report prints, and whether any
    indicator comes twice.

    >>> through_the_years().figure is not None
    True
    """
    facts = Facts(report, seeds)
    place = facts.about["place"]
    seen = [row for row in sightings(facts.tables) if row["place"] == place and row["printed"]]
    others = [row for row in seen if row["report"] != facts.report]
    twice = sorted(
        {
            row["indicator"]
            for row in others
            if any(
                one["indicator"] == row["indicator"] and one["year"] != row["year"] for one in seen
            )
        }
    )
    groups, proved = [], any(row["status"] == "proved" for row in others)
    for year in sorted({row["year"] for row in others}):
        rows = [row for row in others if row["year"] == year]
        groups.append(
            (
                f"{year}年度",
                f"for {year}",
                pd.DataFrame(
                    [
                        {
                            "label_zh": facts.tables.codebook[row["indicator"]]["label_zh"],
                            "label_en": facts.tables.codebook[row["indicator"]]["label_en"],
                            "text": f"{chinese(row)} / {english(facts.tables, row)}",
                            "role": "main" if row["status"] == "proved" else "peer",
                        }
                        for row in rows
                    ]
                ),
            )
        )
    place_words = facts.tables.where[place]
    heading = facts.plain_heading(
        (
            (
                f"{place_words['name_zh']}各年报告：已读到的部分里，"
                f"{'没有一个指标出现两次' if not twice else f'{len(twice)}个指标出现两次'}"
            ),
            (
                f"{place_words['name_en']} through the years: in what was read,"
                " "
                f"{'no indicator comes twice' if not twice else f'{len(twice)} indicators come twice'}"
            ),
        ),
        (
            "其他各年读到的数；灰色的照录自报告开头" + ("，蓝色的有原句。" if proved else "。"),
            "What was read of the other years; grey: transcribed from a report's opening"
            + ("; blue: tied to its sentence." if proved else "."),
        ),
    )
    heading = heading._replace(
        source_zh=f"{place_words['name_zh']}其他年度的报告，见下表“来源”一栏",
        source_en="Reports of the other years, as in the column of sources below",
    )
    differences = [
        change.absolute for name in twice for change in changes(facts.tables, name, place)
    ]
    rows = [
        row | {"grade": "", "reason_zh": "", "reason_en": ""}
        for row in sorted(others, key=lambda row: row["year"])
    ]
    shown = _shown(facts, rows).drop(columns=["等级 Grade", "不同之处 Difference"])
    shown.insert(0, "指标 Indicator", [_label(facts, row["indicator"]) for row in rows])
    told = sum(difference is not None for difference in differences)
    once = sum(_read_once(row) for row in others)
    sentences = [
        (
            (
                "因此还说不出任何一项的增减；读到其余部分后才能判断。"
                if not differences
                else f"前后可以对照{len(differences)}次，其中{told}次说得出差数；说不出的，理由见该指标的变化。"
            ),
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
                    (
                        f"{once} of the numbers were looked up only once and are not confirmed by a"
                        " second reading."
                    ),
                )
            ]
            if once
            else []
        ),
        (
            "看似同一件事的数，在两年的报告里计法可以不同，见各数说明。",
            (
                "What seems one thing may be counted differently in the reports of two years: see"
                " the notes of the figures."
            ),
        ),
    ]
    return answered_in_groups(charts.sheet, groups, heading, sentences, shown)


def rates_beside(indicator, report=None, seeds=None):
    """A share in the report and elsewhere, with intervals: grade A solid, grade B hollow.

    >>> len(rates_beside("mediation_success_rate").table) > 3
    True
    """
    facts = Facts(report, seeds)
    rows = beside(facts.tables, indicator, facts.report)
    drawn = []
    for row in rows:
        if row["grade"] == "C":
            continue
        zh, en = _named(facts, row)
        value = 100 * row["part"] / row["whole"] if row["whole"] else float(row["value"])
        drawn.append(
            {
                "label_zh": zh,
                "label_en": en,
                "value": value,
                "low": row["low"],
                "high": row["high"],
                "part": row["part"],
                "whole": row["whole"],
                "grade": row["grade"],
                "own": not row["grade"],
                "text": f"{value:.2f}%",
            }
        )
    table = pd.DataFrame(drawn)
    own = table[table["own"]].iloc[0]
    counted = table[table["whole"].notna() & ~table["own"]]
    label = facts.tables.codebook[indicator]
    key = _key(facts)
    heading = _heading(
        facts,
        (
            f"{label['label_zh']}：{own['label_zh']}为{own['text']}",
            f"{label['label_en']}: {own['label_en']} {own['text'].replace('%', ' %')}",
        ),
        indicator,
        (
            f"横线为{LEVEL}%区间（Wilson）。{key[0]}",
            f"The line is the {LEVEL} % Wilson interval. {key[1]}",
        ),
    )
    sentences = [
        (
            (
                f"图中其他各地的{len(table) - 1}个率，{len(counted)}个有分子和分母，"
                "可以给出区间；区间只反映件数多少。"
            ),
            (
                f"Of the {len(table) - 1} other rates on the chart, {len(counted)} come with both"
                " counts, so that an interval can be given; it reflects only how many cases there"
                " were."
            ),
        ),
        (
            "这些率都由各地自行统计，所计的组织和计法不尽相同，不比高低。",
            "Each place counts for itself and in its own way; the rates are not to be ranked.",
        ),
    ]
    return answered(charts.dots, table, heading, sentences, _shown(facts, rows))


def counts_beside(indicator, report=None, seeds=None):
    """A count or stock in the report and elsewhere: grade A solid, grade B hollow.

    >>> len(counts_beside("disclosure_requests").table) > 3
    True
    """
    facts = Facts(report, seeds)
    rows = beside(facts.tables, indicator, facts.report)
    compared = any(row["grade"] in ("A", "B") for row in rows)
    drawn = []
    for row in rows:
        if row["grade"] in ROLE_OF_GRADE and row["indicator"] == indicator:
            zh, en = _named(facts, row)
            note = (
                (row["reason_zh"], row["reason_en"])
                if row["grade"] == "B"
                else (
                    ("", "")
                    if compared
                    else (
                        "没有A级、B级的数；C级的见表",
                        "no figure of grade A or B; for grade C see the table",
                    )
                )
            )
            drawn.append(
                {
                    "label_zh": zh,
                    "label_en": en,
                    "value": float(row["value"]),
                    "text": f"{row['value']:,}",
                    "role": ROLE_OF_GRADE[row["grade"]],
                    "note_zh": note[0],
                    "note_en": note[1],
                }
            )
    table = pd.DataFrame(drawn)
    label = facts.tables.codebook[indicator]
    of_grade = {grade: [row for row in rows if row["grade"] == grade] for grade in "ABC"}
    counted = {
        grade: _figures(len(found), len({row["place"] for row in found}))
        for grade, found in of_grade.items()
        if found
    }
    told = {
        "A": ("可比（A级）的数", "alike (grade A)"),
        "B": ("一项不同（B级）的", "differing in one thing (grade B)"),
        "C": ("只作参考（C级）的", "for reference only (grade C)"),
    }
    none = not of_grade["A"]
    contradicted = {
        side.partition(":")[0]
        for conflict in facts.tables.conflicts
        if conflict["kind"] == "conflict"
        for side in conflict["sides"].split()
    }
    doubtful = sum(row["report"] in contradicted for row in rows)
    heading = _heading(
        facts,
        (
            (
                f"{label['label_zh']}：{facts.place['name_zh']}{facts.zh(indicator)}，"
                f"{'没有完全可比的数' if none else '可比的数' + counted['A'][0]}"
            ),
            (
                f"{label['label_en']}: {facts.en(indicator)} in {facts.place['name_en']},"
                f" {'none alike in all' if none else counted['A'][1] + ' alike'}"
            ),
        ),
        indicator,
        _key(facts),
    )
    sentences = [
        (
            f"与{facts.place['name_zh']}{facts.zh(indicator)}对照："
            + "，".join(f"{told[grade][0]}{zh}" for grade, (zh, _) in counted.items())
            + "。",
            f"Beside the {facts.en(indicator)} of {facts.place['name_en']}: "
            + "; ".join(f"{told[grade][1]}: {en}" for grade, (_, en) in counted.items())
            + ".",
        ),
        *(
            [
                (
                    f"其中{doubtful}个数出自彼此相左的来源，见“看似矛盾的数”，用时须核对。",
                    (
                        f"{doubtful} of them come from sources that contradict each other, see"
                        ' "Numbers that seem to contradict": verify before use.'
                    ),
                )
            ]
            if doubtful
            else []
        ),
        (
            "地方大小不同，件数多少不说明工作好坏；这不是名次。",
            (
                "Places differ in size; more or fewer does not mean better or worse work, and this"
                " is no ranking."
            ),
        ),
    ]
    return answered(charts.points, table, heading, sentences, _shown(facts, rows))


def suits_elsewhere(report=None, seeds=None):
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
    groups, rows = [], []
    for source in dict.fromkeys(row["report"] for row in seen):
        of_source = sorted(
            (row for row in seen if row["report"] == source),
            key=lambda row: names.index(row["indicator"]),
        )
        own = next(
            row
            for row in seen
            if row["report"] == facts.report and row["indicator"] == "litigation_cases"
        )
        rows += [
            row
            | (
                {"grade": "", "reason_zh": "", "reason_en": ""}
                if source == facts.report
                else graded(facts.tables, [own | {"indicator": row["indicator"]}], row)._asdict()
            )
            for row in of_source
        ]
        groups.append(
            (
                *_named(facts, of_source[0]),
                pd.DataFrame(
                    [
                        {
                            "label_zh": facts.tables.codebook[row["indicator"]]["label_zh"],
                            "label_en": facts.tables.codebook[row["indicator"]]["label_en"],
                            "value": float(row["value"]),
                            "text": f"{row['value']:,}",
                            "role": (
                                "lost"
                                if row["indicator"] == "litigation_lost"
                                else "second"
                                if row["indicator"] != "litigation_cases"
                                else "main"
                            ),
                        }
                        for row in of_source
                    ]
                ),
            )
        )
    heading = _heading(
        facts,
        (
            f"以本级政府为被告的案件，{len(groups)}地计法各不相同",
            (
                f"Suits against the government itself: {len(groups)} places, each counted in its"
                " own way"
            ),
        ),
        "litigation_cases",
        ("各地口径不同，见下表说明栏。", "Each counts differently, see the notes in the table."),
    )
    shown = _shown(facts, rows)
    shown.insert(1, "指标 Indicator", [_label(facts, row["indicator"]) for row in rows])
    notes = {}
    for row in rows:
        if row["report"] != facts.report and row["note_zh"]:
            zh, en = _named(facts, row)
            notes.setdefault(
                row["report"], (f"{zh}的数：{row['note_zh']}", f"{en}: {row['note_en']}")
            )
    unlike = sum(row["grade"] in ("B", "C") for row in rows)
    sentences = [
        (
            (
                f"其他各地的{sum(bool(row['grade']) for row in rows)}个数中，{unlike}个与本报告的不完全可比，"
                "不同之处见表。"
            ),
            (
                f"Of the {sum(bool(row['grade']) for row in rows)} figures of other places,"
                f" {unlike} are not alike in all with the report's own; the table says in what."
            ),
        ),
        *notes.values(),
    ]
    return answered_in_groups(charts.panels, groups, heading, sentences, shown)


def court_wide_rates(report=None, seeds=None):
    """Loss rates of all courts of a place, against any administrative body: another thing than the
    report's rate.

    >>> len(court_wide_rates().table) > 3
    True
    """
    facts = Facts(report, seeds)
    rows = [
        row
        for row in beside(facts.tables, "litigation_loss_rate", facts.report)
        if row["scope"] == "courts"
    ]
    notes = {
        row["neighbour"]: (row["note_zh"], row["note_en"])
        for row in facts.tables.neighbours
        if row["indicator"] == "litigation_loss_rate"
    }
    drawn = []
    for row in rows:
        zh, en = _named(facts, row)
        drawn.append(
            {
                "label_zh": zh,
                "label_en": en,
                "value": float(row["value"]),
                "text": chinese(row),
                "part": row["part"],
                "whole": row["whole"],
                "low": row["low"],
                "high": row["high"],
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
    sentences = [
        (
            f"本报告的败诉率{facts.zh('litigation_loss_rate')}只计以市政府为被告的案件，不能放进这张图。",
            (
                f"The report's loss rate of {facts.en('litigation_loss_rate')} is of suits against"
                " the city government only and has no place on this chart."
            ),
        ),
        (
            "各地的审级和分母也不同，彼此也不能比高低。",
            (
                "Instances and bases differ from place to place too, so they cannot be compared"
                " with one another either."
            ),
        ),
    ]
    return answered(charts.rates, pd.DataFrame(drawn), heading, sentences, _shown(facts, rows))


def provinces_per_head(report=None, seeds=None):
    """Reconsideration cases accepted for every 100 000 people in the provinces, the report's own
    province marked.

    >>> bool(provinces_per_head().table["每十万人 Per hundred thousand"].str.len().min())
    True
    """
    facts = Facts(report, seeds)
    indicator = "reconsideration_accepted"
    frame = per_head(indicator, seeds=seeds)
    year = int(frame.loc[frame["level"] == "province", "year"].value_counts().idxmax())
    frame = frame[(frame["level"] == "province") & (frame["year"] == year)].sort_values("place")
    own = facts.tables.lineage(facts.about["place"])[-2]
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
        (
            f"{facts.tables.source[mine.report]['title_zh']}；"
            f"{facts.tables.source[facts.tables.where[own]['source']]['title_zh']}"
        ),
        f"{facts.tables.source[mine.report]['title_en']};"
        f" {facts.tables.source[facts.tables.where[own]['source']]['title_en']}",
    )
    shown = pd.DataFrame(
        [
            {
                "地方 Place": f"{row.place_zh}\n{row.place_en}",
                f"件数 Cases, {year}": f"{row.value:,.0f}",
                f"人口 People, {row.population_year}": f"{row.population:,}",
                "每十万人 Per hundred thousand": f"{row.rate:.1f}",
                "说明 Note": (
                    "\n".join(filter(None, (row.note_zh, row.note_en))) or both(("无", "none"))
                ),
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
            (
                f"受理多少取决于有多少人申请，不说明行政好坏；件数是{year}年的，"
                f"人口是{int(mine.population_year)}年的。"
            ),
            (
                "How many are accepted depends on how many apply and says nothing of good or bad"
                f" administration; cases are of {year}, people of {int(mine.population_year)}."
            ),
        ),
    ]
    zh, en = (
        f"图：{heading.title_zh}。{len(frame)}地的中位数为{middle:.1f}。",
        f"Chart: {heading.title_en}. The median of the {len(frame)} provinces is {middle:.1f}.",
    )
    return Answer(charts.spread(table, heading), sentences, shown, (zh, en))


def profile(report=None, seeds=None):
    """The report's place on one page: each indicator with its value and what may stand beside it;
    no rank.

    >>> "同级A级 Alike" in profile().table.columns
    True
    """
    facts, none, found = Facts(report, seeds), both(("无", "none")), []
    for name, row in facts.rows.items():
        rows = beside(facts.tables, name, facts.report)
        alike = [other for other in rows if other["grade"] == "A"]
        if len(rows) < 2:
            continue
        if len(alike) >= ENOUGH_FOR_A_MEDIAN:
            said = (
                f"{len(alike)}个数的中位数 median of {len(alike)}:"
                f" {median(float(other['value']) for other in alike):,g}"
            )
        else:
            said = (
                "\n".join(f"{' '.join(_named(facts, other))}: {chinese(other)}" for other in alike)
                or none
            )
        told = [
            (
                f"{c.told_zh}\n{c.told_en}"
                if c.absolute is None
                else f"{c.earlier['year']}→{c.later['year']}: {c.absolute:+,}"
            )
            for c in changes(facts.tables, name, facts.about["place"])
        ]
        found.append(
            {
                "指标 Indicator": f"{row['label_zh']}\n{row['label_en']}",
                "本报告 Report": f"{facts.zh(name)}\n{facts.en(name)}",
                CHANGE: "\n".join(told) or none,
                "同级A级 Alike": said,
                "B级 One thing differs": sum(other["grade"] == "B" for other in rows),
                "C级 Reference only": sum(other["grade"] == "C" for other in rows),
            }
        )
    table = pd.DataFrame(found)
    unchanged = bool((table[CHANGE] == none).all())
    if unchanged:
        table = table.drop(columns=CHANGE)
    alike = int((table["同级A级 Alike"] != none).sum())
    drawn = pd.DataFrame(
        [
            {"label_zh": zh, "label_en": en, "value": value, "text": str(value), "role": role}
            for zh, en, value, role in (
                ("有A级的数可以对照", "with a figure of grade A", alike, "main"),
                ("只有B级或C级的数", "only with grade B or C", len(table) - alike, "peer"),
                ("尚无可对照的数", "with no comparator yet", len(facts.rows) - len(table), "near"),
            )
        ]
    )
    heading = facts.plain_heading(
        (
            f"{len(facts.rows)}个指标中，{alike}个有A级的数可以对照",
            (
                f"{alike} of {len(facts.rows)} indicators have a figure of grade A to be read"
                " beside them"
            ),
        ),
        (
            (
                f"每个指标有哪些数可以对照；A级的数有{ENOUGH_FOR_A_MEDIAN}个以上才给中位数，不足则列名。单位：个。"
            ),
            (
                "What there is to read beside each indicator; a median is given of"
                f" {ENOUGH_FOR_A_MEDIAN} or more figures of grade A, else they are named. Unit:"
                " indicators."
            ),
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
                (
                    "None has a figure of another year to compare with, so there is no column of"
                    " changes."
                ),
            )
        )
    whole = len(facts.rows)
    sentences.append(
        (
            (
                "再读到一份全文：同一城市的，"
                f"两年都载的指标（至多{whole}个）才说得出增减；同级城市的，"
                "两地都载的指标各多一个可以对照的数。"
            ),
            (
                "One more full report would add: of the same city, a change for each indicator"
                f" that both years have, {whole} at most; of another city of its level, a further"
                " figure beside each that both have."
            ),
        )
    )
    return answered(charts.bars, drawn, heading, sentences, table)


def _side(facts, row, rows):
    """What tells the sides of a pair apart: their indicators and reports where these differ, else
    place, year and scope.
    """
    if len({one["indicator"] for one in rows}) > 1:
        book, year = (
            facts.tables.codebook[row["indicator"]],
            facts.tables.source[row["report"]]["year"],
        )
        return f"{year}年度报告：{book['label_zh']}", f"report for {year}: {book['label_en']}"
    return tuple(
        f"{name}{comma}{scope}"
        for name, comma, scope in zip(
            _named(facts, row), ("，", ", "), facts.word("scope", row["scope"])
        )
    )


def two_sources(report=None, seeds=None):
    """Numbers of two sources on what seems one fact, each pair with its explanation, never a silent
    choice.

    >>> len(two_sources().table)
    4
    """
    facts = Facts(report, seeds)
    tables, groups, found = facts.tables, [], []
    sights = sighted(tables)
    seen = {sight.side: sight.row | {"place": sight.place, "year": sight.year} for sight in sights}
    against = {sight.side: number for sight, number, _ in contradictions(tables, sights)}
    for conflict in tables.conflicts:
        sides = conflict["sides"].split()
        rows = [seen[name] for name in sides]
        first, whole = rows[0], against.get(sides[0])
        if whole is not None and rows[1]["place"] != first["place"]:
            bars = [
                ("印出的总数", "total as printed", first["value"], "peer"),
                (
                    "已读到的各部分之和（推算）",
                    "sum of the parts that were read (derived)",
                    whole,
                    "derived",
                ),
            ]
        else:
            bars = [
                (
                    *_side(facts, row, rows),
                    row["value"],
                    "main" if row["report"] == facts.report else "peer",
                )
                for row in rows
            ]
        groups.append(
            (
                conflict["name_zh"],
                conflict["name_en"],
                pd.DataFrame(
                    [
                        {
                            "label_zh": zh,
                            "label_en": en,
                            "value": float(value),
                            "text": f"{value:,}",
                            "role": role,
                        }
                        for zh, en, value, role in bars
                    ]
                ),
            )
        )
        zh, en = (conflict[column] for column in ("text_zh", "text_en"))
        for number, row in enumerate(rows, 1):
            zh, en = (
                zh.replace(f"{{{number}}}", chinese(row)),
                en.replace(f"{{{number}}}", english(tables, row)),
            )
        found.append(
            {
                "名称 Name": f"{conflict['name_zh']}\n{conflict['name_en']}",
                "类别 Kind": both(facts.word("conflict", conflict["kind"])),
                "说明 Explanation": f"{zh}\n{en}",
                "数 Numbers": "\n".join(f"{row['value']:,}" for row in rows),
                "来源 Sources": "\n".join(row["report"] for row in rows),
            }
        )
    table = pd.DataFrame(found)
    real = sum(conflict["kind"] == "conflict" for conflict in tables.conflicts)
    heading = facts.plain_heading(
        (
            f"{real}处数字相左，另{len(found) - real}处只是口径不同",
            (
                f"{real} contradiction{'s' * (real != 1)}; {len(found) - real} pairs that only"
                " differ in what they count"
            ),
        ),
        (
            "蓝色为本报告的数；每处都有说明，不替读者取舍。",
            (
                "Blue: the report's own number. Each pair is explained; no choice is made for the"
                " reader."
            ),
        ),
    )
    heading = heading._replace(
        source_zh="见下表“来源”一栏，全称和网址在 seeds/reports.csv",
        source_en="As in the column of sources below, titles and addresses in seeds/reports.csv",
    )
    sentences = [
        (
            (
                "相左是由审核找出来的：同一件事两个来源给出不同的数，或各部分之和超过总数，"
                "都必须在表中说明，否则审核不通过。"
            ),
            (
                "Contradictions are found by the audit: where two sources give different numbers"
                " for one thing, or parts exceed their whole, the table must explain it, or the"
                " audit fails."
            ),
        ),
        (
            "看似相左的，范围、时段或所计的人不同，两个数可以都对。",
            (
                "Where they only seem to, scope, period or who is counted differs, and both numbers"
                " can be right."
            ),
        ),
    ]
    return answered_in_groups(charts.panels, groups, heading, sentences, table)
