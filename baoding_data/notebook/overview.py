"""The overview notebook's answers: what the report prints, whose numbers they are, and how to read
them.
"""

from collections import Counter

import pandas as pd

from baoding_data import charts
from baoding_data.checks.audit import survey
from baoding_data.comparison.shares import LEVEL
from baoding_data.notebook.report import Answer, Facts, answered, answered_in_groups
from baoding_data.tables.seeds import AnySeeds, opened
from baoding_data.text.report import section_in_words


def numbers_printed(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """How many numbers the report prints, and what they are.

    >>> int(numbers_printed().table["数量 Count"].sum())
    102
    """
    facts = Facts(report, seeds)
    kinds = Counter(number.kind for number in facts.text.numbers)
    table = pd.DataFrame(
        [
            {
                "label_zh": facts.words.pair("number", kind).zh,
                "label_en": facts.words.pair("number", kind).en,
                "value": count,
                "text": str(count),
            }
            for kind, count in kinds.most_common()
        ]
    )
    total, values = len(facts.text.numbers), kinds["value"]
    printed = [row for row in facts.figures if row.status == "proved"]
    heading = facts.plain_heading(
        (
            f"报告印出{total}个数字，其中{values}个是数值",
            f"Of {total} numbers printed, {values} are values",
        ),
        (
            f"报告全文的每个数字按语法分为{len(kinds)}类；年月日、届次和热线名称不是统计数。单位：个。",
            "Every number in the text, told apart by grammar; years, sessions and telephone"
            " lines are no statistics. Unit: numbers.",
        ),
    )
    shown = table.drop(columns="text").set_axis(["类别", "Kind", "数量 Count"], axis=1)
    sentences = [
        (
            f"这{values}个数值全部核对到原句，整理成{len(printed)}条统计数；一个数字说明几件事时，各记一条。",
            f"All {values} values are traced to their sentences and make {len(printed)}"
            " figures; a number that states several things is recorded for each.",
        ),
        (
            "因此，表中没有的统计数，就是报告没有给出的数。",
            "A figure that is not in the tables is therefore one that the report does not give.",
        ),
    ]
    return answered(charts.strip, table, heading, sentences, shown)


def figures_by_topic(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """How many figures the report gives on each topic.

    >>> figures_by_topic().table.shape[1]
    4
    """
    facts = Facts(report, seeds)
    topics = Counter(row.topic for row in facts.figures if row.status == "proved")
    found, shown = [], []
    for topic, count in topics.most_common():
        zh, en = facts.words.pair("topic", topic)
        sections = dict.fromkeys(
            row.section.partition("·")[0]
            for row in facts.figures
            if row.topic == topic and row.section
        )
        found.append({"label_zh": zh, "label_en": en, "value": count, "text": str(count)})
        shown.append(
            {
                "主题": zh,
                "Topic": en,
                "统计数 Figures": count,
                "出处 Sections": "、".join(section_in_words(s)[0] for s in sections),
            }
        )
    table = pd.DataFrame(found)
    first, total = table.iloc[0], int(table["value"].sum())
    heading = facts.plain_heading(
        (
            f"{total}条统计数中，{first.label_zh}最多，有{first.text}条",
            f"{first.text} of {total} figures are on {first.label_en.lower()}, more than on any"
            " other topic",
        ),
        (
            "一条统计数是一个指标的一个数值，附原句。单位：条。",
            "A figure is one value of one indicator, with its sentence. Unit: figures.",
        ),
    )
    sentences = [
        (
            f"报告的统计数分属{len(table)}个主题。",
            f"The report's figures fall under {len(table)} topics.",
        ),
        (
            "条数只说明报告写了多少数字，不说明工作多少。",
            "The count says how much the report puts in numbers, not how much work was done.",
        ),
    ]
    return answered(charts.bars, table, heading, sentences, pd.DataFrame(shown))


def scopes(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Whose numbers they are: how many figures cover the whole city, its government, or something
    else.

    >>> "范围" in scopes().table.columns
    True
    """
    facts = Facts(report, seeds)
    printed = [row for row in facts.figures if row.status == "proved"]
    counts = Counter(row.scope for row in printed)
    found, shown = [], []
    for scope, count in counts.most_common():
        zh, en = facts.words.pair("scope", scope)
        stated = sum(row.scope == scope and row.scope_basis == "printed" for row in printed)
        found.append({"label_zh": zh, "label_en": en, "value": count, "text": str(count)})
        shown.append(
            {
                "范围": zh,
                "Scope": en,
                "统计数 Figures": count,
                "其中原文写明 Of these, printed in the sentence": stated,
            }
        )
    table = pd.DataFrame(found)
    whole, own = counts["whole_area"], counts["government"]
    heading = facts.plain_heading(
        (
            f"{whole}条说的是全市，{own}条只说市本级",
            f"{whole} figures cover the whole city, {own} its own level alone",
        ),
        (
            "“全市”（全域）包括县（市、区）和乡镇（街道），“市本级”不包括；两者不能相加，"
            "也不能相比。单位：条。",
            "The whole city takes in counties and townships, its own level does not; never add"
            " or compare the two. Unit: figures.",
        ),
    )
    inferred = len(printed) - sum(row.scope_basis == "printed" for row in printed)
    unknown = counts["not_stated"]
    sentences = [
        (
            f"{inferred}条的范围原句没有写明：{inferred - unknown}条按上下文理解，{unknown}条无从判断，"
            "记作“未说明”。",
            f"The sentence does not name the scope of {inferred} figures: that of"
            f" {inferred - unknown} is inferred from the context, {unknown} cannot be told and"
            " are marked as not stated.",
        ),
        (
            "比较两个数之前，先看范围和时段是否相同。",
            "Before comparing two numbers, see that scope and period agree.",
        ),
    ]
    return answered(charts.bars, table, heading, sentences, pd.DataFrame(shown))


def audit_line(seeds: AnySeeds = None) -> str:
    """The audit's coverage and the number of its findings, in both languages.

    >>> audit_line().splitlines()[-1]
    '审核发现问题0项。 The audit found nothing wrong.'
    """
    found, lines = survey(opened(seeds))
    things = f"{len(found)} things" if found else "nothing"
    return "\n".join([*lines, f"审核发现问题{len(found)}项。 The audit found {things} wrong."])


def how_to_read(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """How many figures are exact, of which time, and on what ground: the words used in every table.

    >>> how_to_read().table["说法"].is_unique
    True
    """
    facts = Facts(report, seeds)
    known = list(facts.figures)
    printed = [row for row in known if row.status == "proved"]
    found, groups = [], []
    for kind, of, zh, en in (
        ("bound", printed, "界限", "Bound"),
        ("period", printed, "时段", "Period"),
        ("status", known, "依据", "Status"),
    ):
        counts = Counter(getattr(row, kind) for row in of).most_common()
        words = [facts.words.pair(kind, code) for code, _ in counts]
        groups.append(
            (
                zh,
                en,
                pd.DataFrame(
                    [
                        {"label_zh": a, "label_en": b, "value": count, "text": str(count)}
                        for (a, b), (_, count) in zip(words, counts, strict=True)
                    ]
                ),
            )
        )
        found += [
            {"项目": zh, "Aspect": en, "说法": a, "Wording": b, "统计数 Figures": count}
            for (a, b), (_, count) in zip(words, counts, strict=True)
        ]
    inexact = sum(row.bound != "exact" for row in printed)
    shares = [row for row in printed if row.measure == "share"]
    counted = sum(facts.tables.codebook[row.indicator].numerator in facts.by_name for row in shares)
    heading = facts.plain_heading(
        (
            f"{len(printed)}条统计数中，{len(printed) - inexact}条是确数",
            f"{len(printed) - inexact} of {len(printed)} figures are exact",
        ),
        (
            "每条统计数都注明界限、时段和依据；推算的数报告没有印。单位：条。",
            "Each figure bears its bound, its period and its status; a derived one is not"
            " printed in the report. Unit: figures.",
        ),
    )
    sentences = [
        (
            f"{inexact}条不是确数，图表照原文写“多”“以上”“不少于”，不当作确数计算。",
            f'{inexact} figures are not exact; charts and tables say "more than" or "at least"'
            " as the report does.",
        ),
        (
            f"{len(shares)}条比率中，{counted}条同时印出两个件数，可以给出{LEVEL}%区间；其余只能照录。",
            f"Of {len(shares)} rates, {counted} come with both counts, so that a {LEVEL} %"
            " interval can be given; the rest can only be quoted.",
        ),
    ]
    return answered_in_groups(charts.panels, groups, heading, sentences, pd.DataFrame(found))


# The figures of the page that goes to a meeting, by topic.
ON_ONE_PAGE = {
    "permissions": "licensing_items filing_items registration_delegated_townships",
    "disputes": (
        "reconsideration_accepted litigation_cases litigation_concluded litigation_lost"
        " mediation_cases mediation_success"
    ),
    "enforcement": (
        "officers_trained personnel_cleared case_files_reviewed commitment_items"
        " penalty_items_devolved"
    ),
    "rulemaking": (
        "local_regulations_passed documents_filed_government documents_filed_counties_departments"
        " documents_cleared decisions_reviewed legal_opinions"
    ),
    "oversight": "proposals_handled information_disclosed disclosure_requests",
    "business": "export_tax_rebates firms_assigned",
    "leadership": "oath_ceremonies promoted_cadres_examined",
}


def one_page(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """The report on one page: its main figures, topic by topic.

    >>> one_page().figure is not None
    True
    """
    facts = Facts(report, seeds)
    groups, chosen = [], []
    for topic, names in ON_ONE_PAGE.items():
        names = [name for name in names.split() if name in facts.by_name]
        chosen += names
        if names:
            groups.append((*facts.words.pair("topic", topic), facts.tiles(names)))
    about, first, second, third = (
        facts.about.year,
        "licensing_items",
        "reconsideration_accepted",
        "mediation_cases",
    )
    title = f"{facts.place.name_zh}{about}年", f"{facts.place.name_en} {about}"
    if facts.unmistakable(first, second, third):
        title = (
            f"{facts.place.name_zh}{about}年：许可{facts.zh(first)}，"
            f"复议{facts.zh(second)}，调处纠纷{facts.zh(third)}",
            f"{facts.place.name_en} {about}: {facts.en(first)} licensing items,"
            f" {facts.en(second)} reconsideration cases, {facts.en(third)} disputes mediated",
        )
    heading = facts.heading(
        title,
        (
            "报告的主要统计数；对象、范围和时段各不相同，不能相加，也不能相比",
            "The report's main figures; they differ in kind, scope and period: do not add or"
            " compare them",
        ),
        chosen,
    )
    heading = heading._replace(
        note_zh=heading.note_zh.partition("。")[0] + "，见下表。",
        note_en=heading.note_en.partition(".")[0] + "; see the table below.",
        source_zh=facts.about.title_zh,
        source_en=facts.about.title_en,
    )
    count, whole = len(facts.of(chosen)), len(facts.figures)
    sentences = [
        (
            f"这一页选了{count}条统计数，每条的界限、范围、"
            f"时段和出处都在下表；全部{whole}条在本页末尾。",
            f"This page shows {count} figures; bound, scope, period and section of each stand in"
            f" the table below, and all {whole} at the end of the page.",
        ),
        ("由编者选取，不分先后。", "They were chosen by the editors and are in no order of merit."),
    ]
    return answered_in_groups(charts.sheet, groups, heading, sentences, facts.shown(chosen))
