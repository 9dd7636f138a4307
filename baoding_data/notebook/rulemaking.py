"""The rule-making notebook's answers: what was made and reviewed, what became of old documents, and
counsel at meetings.
"""

import re

from baoding_data import charts
from baoding_data.notebook.report import Answer, Facts, answered, plain_where_several
from baoding_data.tables.seeds import AnySeeds

MADE_AND_REVIEWED = ("local_regulations_passed", "decisions_reviewed", "legal_opinions")
FILED = ("documents_filed_government", "documents_filed_counties_departments")
CLEARED = {
    "documents_cleared": ("清理的规范性文件", "documents gone through"),
    "regulations_cleared": ("清理的市政府规章", "government rules gone through"),
}
OUTCOMES = {
    "documents_repealed": ("废止", "to be repealed"),
    "documents_lapsed": ("失效", "lapsed"),
    "documents_amended": ("修改", "to be amended"),
    "documents_to_be_revised": ("拟修订", "planned for revision"),
}
TOWNSHIPS = "counsel_townships_rate"
MEETINGS = {
    "counsel_party_committees_rate": (
        "市县党委常委会",
        "city and county party standing committees",
    ),
    "counsel_government_meetings_rate": ("市县政府常务会", "city and county executive meetings"),
    "counsel_reform_commissions_rate": ("市县委深改委会议", "city and county reform commissions"),
    TOWNSHIPS: ("乡镇党委政府有关会议", "relevant township meetings"),
}
REPORTED = {
    "documents_reporting_rate": ("报备率", "reported"),
    "documents_reporting_correct_rate": ("报备规范率", "reported in due form"),
    "documents_reporting_timely_rate": ("及时率", "reported in time"),
}


@plain_where_several(*MADE_AND_REVIEWED)
def made_and_reviewed(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """How many regulations were passed, how many decisions reviewed, how many opinions issued.

    >>> len(made_and_reviewed().table)
    3
    """
    facts = Facts(report, seeds)
    laws, decisions, opinions = chosen = MADE_AND_REVIEWED
    table = facts.tiles(chosen)
    heading = facts.heading(
        (
            f"通过条例{facts.zh(laws)}，审查决策事项{facts.zh(decisions)}",
            f"{facts.en(laws)} regulations passed, {facts.en(decisions)} decisions reviewed",
        ),
        (
            "经省人大通过的条例、审查的行政决策事项、出具的法律审查意见书",
            "Regulations passed by the provincial people's congress, administrative decisions"
            " reviewed, and legal opinions issued",
        ),
        chosen,
    )
    named = re.findall("《([^》]+)》", facts[laws].sentence)
    sentences = [
        (
            f"{facts.zh(laws)}条例是{''.join(f'《{name}》' for name in named)}。",
            f"The sentence of the report names the {facts.en(laws)} regulations; their titles"
            " stand in the line above, in Chinese.",
        ),
        (facts[opinions].note_zh, facts[opinions].note_en),
    ]
    return answered(charts.tiles, table, heading, sentences, facts.shown(chosen))


@plain_where_several(*FILED)
def documents_filed(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Whose normative documents were reviewed and filed.

    >>> len(documents_filed().table)
    2
    """
    facts = Facts(report, seeds)
    own, others = pair = FILED
    table = facts.bars(
        pair,
        roles={others: "second"},
        labels={
            own: ("市政府报送", "by the city government"),
            others: ("各县（市区）和各部门报送", "by counties and departments"),
        },
    )
    heading = facts.heading(
        (
            f"审查备案的规范性文件：市政府{facts.zh(own)}，县和部门{facts.zh(others)}",
            f"Documents reviewed and filed: {facts.en(own)} of the city government,"
            f" {facts.en(others)} of counties and departments",
        ),
        (
            "经审查备案的规范性文件，按由谁报送分",
            "Normative documents reviewed and filed, by who submitted them",
        ),
        pair,
    )
    sentences = [
        (
            "两个数出自同一句，范围不同；报告没有给出合计。",
            "Both stand in one sentence and differ in scope; the report gives no total.",
        ),
        (facts[others].note_zh, facts[others].note_en),
    ]
    return answered(charts.bars, table, heading, sentences, facts.shown(pair))


@plain_where_several("documents_cleared_all", "documents_cleared_decided", *CLEARED, *OUTCOMES)
def clean_up(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """What the clean-up went through, and what became of it.

    >>> len(clean_up().table)
    6
    """
    facts = Facts(report, seeds)
    kinds, outcomes = CLEARED, OUTCOMES
    whole, decided = "documents_cleared_all", "documents_cleared_decided"
    top = max(outcomes, key=lambda name: facts[name].value)
    chosen = [*kinds, *outcomes]
    heading = facts.heading(
        (
            f"清理{facts.zh('documents_cleared')}规范性文件和{facts.zh('regulations_cleared')}规章，"
            f"{outcomes[top][0]}{facts.zh(top)}",
            f"{facts.en('documents_cleared')} documents and {facts.en('regulations_cleared')}"
            f" rules gone through, {facts.en(top)} {outcomes[top][1]}",
        ),
        (
            "全面清理所及的件数，和报告印出的四类结果",
            "What the clean-up went through, and the outcomes that the report prints",
        ),
        chosen,
    )
    sentences = [
        (
            f"清理共{facts.zh(whole)}，四类结果相加为{facts.zh(decided)}（次），"
            "两个合计都是推算；四类有无重叠、其余是否继续有效，报告没有说明。",
            f"{facts.en(whole)} in all; the outcomes add up to {facts.en(decided)}. Both sums"
            " are derived, and the report does not say whether the outcomes overlap or whether"
            " the rest stay in force.",
        ),
        (facts[top].note_zh, facts[top].note_en),
    ]
    table = facts.bars(chosen, dict.fromkeys(outcomes, "second"), kinds | outcomes)
    return answered(charts.bars, table, heading, sentences, facts.shown(chosen))


@plain_where_several("counsel_meeting_kinds", *MEETINGS)
def counsel_at_meetings(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """At which meetings legal counsel attended.

    >>> len(counsel_at_meetings().table)
    5
    """
    facts = Facts(report, seeds)
    kinds, townships, labels = "counsel_meeting_kinds", TOWNSHIPS, MEETINGS
    full = next(name for name in labels if name != townships)
    heading = facts.heading(
        (
            f"市县{facts.zh(kinds)}种会议法律顾问全覆盖，乡镇{facts.zh(townships)}",
            f"Counsel at all {facts.en(kinds)} kinds of city and county meetings, at"
            f" {facts.en(townships)} of township ones",
        ),
        (
            "法律顾问列席会议的覆盖率；前三个出自同一个印出的词",
            "Coverage of meetings by legal counsel; the first come from one printed word",
        ),
        list(labels),
    )
    heading = heading._replace(
        title_zh=heading.title_zh.replace(f"{facts.zh(kinds)}种", f"{facts[kinds].printed}种"),
        title_en=(
            f"Counsel at all {facts.en(kinds)} kinds of city and county meetings; townships:"
            f" {facts.en(townships)}"
        ),
    )
    sentences = [
        (f"{facts[full].note_zh}", facts[full].note_en),
        (facts[townships].note_zh, facts[townships].note_en),
    ]
    return answered(
        charts.rates, facts.rates(labels, labels), heading, sentences, facts.shown([kinds, *labels])
    )


@plain_where_several(*REPORTED)
def reporting_rates(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """How the city level's normative documents were reported for filing.

    >>> len(reporting_rates().table)
    3
    """
    facts = Facts(report, seeds)
    labels = REPORTED
    first = next(iter(labels))
    heading = facts.heading(
        (
            f"规范性文件报备的{len(labels)}个比率均为{facts.zh(first)}，件数未载",
            f"All {len(labels)} rates of reporting are {facts.en(first)}; the counts are not"
            " stated",
        ),
        (
            "市本级行政规范性文件的报备率、报备规范率、及时率",
            "City-level normative documents reported for filing, in due form, in time",
        ),
        list(labels),
    )
    sentences = [
        (
            "报告只印出一个数，说的是并列的几个比率，所以各记一条。",
            "The report prints one number for rates listed side by side, so each has a row.",
        ),
        (facts[first].note_zh, facts[first].note_en),
    ]
    return answered(
        charts.rates, facts.rates(labels, labels), heading, sentences, facts.shown(labels)
    )
