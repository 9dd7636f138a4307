"""The enforcement notebook's answers: pilots, people, files, items and connected units, and what
has no number.
"""

import pandas as pd

from baoding_data import charts
from baoding_data.notebook.report import Answer, Facts, answered, plain_where_several
from baoding_data.tables.figures import claims as claims_of
from baoding_data.tables.seeds import AnySeeds

PEOPLE_AND_FILES = (
    "officers_trained",
    "training_hours_required",
    "personnel_cleared",
    "penalty_licence_units",
    "case_files_reviewed",
)
CONNECTED = (
    "connected_central_provincial",
    "connected_city_departments",
    "connected_county_departments",
    "connected_townships",
)


@plain_where_several("pilot_units", "pilot_units_county_township", "pilot_units_city")
def pilots(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Where the pilot units of the three enforcement systems are.

    >>> len(pilots().table)
    3
    """
    facts = Facts(report, seeds)
    whole, parts = "pilot_units", ["pilot_units_county_township", "pilot_units_city"]
    table = facts.bars(parts)
    heading = facts.heading(
        (
            f"{facts.zh(whole)}试点，{facts.zh(parts[0])}在县和乡镇（街道）",
            f"{facts.en(parts[0])} of {facts.en(whole)} pilot units are in counties and townships",
        ),
        (
            "行政执法“三项制度”试点单位",
            "Pilot units of the three systems of administrative enforcement",
        ),
        [whole, *parts],
    )
    sentences = [
        (
            "县直执法部门和乡镇（街道）合在一起报告，"
            f"占{facts.share(parts[0], whole)[0]}；各占多少，报告没有说明。",
            f"Counties and townships are counted together, {facts.share(parts[0], whole)[1]} of"
            " the pilots; the report does not say how many each has.",
        ),
        (
            f"市直执法部门占{facts.share(parts[1], whole)[0]}。",
            f"City departments make {facts.share(parts[1], whole)[1]}.",
        ),
    ]
    return answered(charts.strip, table, heading, sentences, facts.shown([whole, *parts]))


@plain_where_several(*PEOPLE_AND_FILES)
def people_and_files(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """How many people were trained and cleared, how many hours are required, how many units and
    files were looked at.

    >>> len(people_and_files().table)
    5
    """
    facts = Facts(report, seeds)
    chosen = PEOPLE_AND_FILES
    table = facts.tiles(chosen)
    heading = facts.heading(
        (
            f"培训{facts.zh(chosen[0])}执法人员，评查案卷{facts.zh(chosen[4])}",
            f"{facts.en(chosen[0])[0].upper()}{facts.en(chosen[0])[1:]} officers trained,"
            f" {facts.en(chosen[4])} case files reviewed",
        ),
        (
            f"{len(chosen)}个数对象不同，不能相加，也不能相比",
            f"{len(chosen)} numbers of {len(chosen)} different things; do not add or compare them",
        ),
        chosen,
    )
    sentences = [
        (
            f"每人每年{facts.zh(chosen[1])}是要求；实际培训了多少学时，报告没有给出。",
            f"{facts.en(chosen[1])[0].upper()}{facts.en(chosen[1])[1:]} hours a year are"
            " required of each; how many were given, the report does not say.",
        ),
        (facts[chosen[2]].note_zh, facts[chosen[2]].note_en),
    ]
    return answered(charts.tiles, table, heading, sentences, facts.shown(chosen))


@plain_where_several("commitment_items_before", "commitment_items_added", "commitment_items")
def commitment_items(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """How many items are handled by notice and commitment, before and after the addition.

    >>> len(commitment_items().table)
    3
    """
    facts = Facts(report, seeds)
    before, added, after = "commitment_items_before", "commitment_items_added", "commitment_items"
    table = facts.bars(
        [before, after], labels={before: ("扩容前", "before"), after: ("扩容后", "after")}
    )
    heading = facts.heading(
        (
            f"告知承诺制事项增加{facts.zh(added)}，达到{facts.zh(after)}",
            f"{facts.en(added)} commitment items were added, making {facts.en(after)}",
        ),
        (
            "实行告知承诺制的事项；虚框为推算，报告未印",
            "Items handled by notice and commitment; the outlined bar is derived, not printed",
        ),
        [after, before],
    )
    sentences = [
        (
            f"扩容前的{facts.zh(before)}由{facts[after].printed}减{facts[added].printed}得出，"
            "报告没有印出。",
            f"The {facts.en(before)} before are {facts[after].printed} less"
            f" {facts[added].printed}; the report does not print them.",
        ),
        (
            "推算以扩容期间没有取消其他事项为前提。",
            "This takes it that no other item was dropped at the same time.",
        ),
    ]
    return answered(charts.steps, table, heading, sentences, facts.shown([before, added, after]))


@plain_where_several(*CONNECTED)
def connected_units(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Which units' data are connected.

    >>> len(connected_units().table)
    4
    """
    facts = Facts(report, seeds)
    chosen = CONNECTED
    labels = {
        name: (
            facts[name].label_zh.removeprefix("已互联互通的"),
            facts[name].label_en.removesuffix(" connected"),
        )
        for name in chosen
    }
    table = facts.bars(chosen, labels=labels)
    top = max(chosen, key=lambda name: facts[name].value)
    heading = facts.heading(
        (
            f"{facts.zh(top)}{labels[top][0]}已实现数据互联互通",
            f"{facts.en(top)} {labels[top][1].lower()} are connected",
        ),
        (
            "已实现数据互联互通的部门和乡镇（街道）",
            "Departments, townships and subdistricts whose data are connected",
        ),
        chosen,
    )
    sentences = [
        (
            f"这{len(chosen)}类单位均已实现互联互通；报告没有给出合计。",
            f"All {len(chosen)} groups are connected; the report gives no total.",
        ),
        (
            "“全市……均已”按行文理解为全部；报告没有另外给出各类单位的总数。",
            "The wording is read as all units of each group; the report gives no other count of"
            " them.",
        ),
    ]
    return answered(charts.bars, table, heading, sentences, facts.shown(chosen))


# What a reader looks for in such a report, and the words that a sentence on it would hold.
LOOKED_FOR = (
    (("行政处罚件数", "Penalties imposed"), ("处罚",)),
    (("罚没金额", "Amounts fined and confiscated"), ("罚没", "罚款")),
    (("评查得分或合格率", "Scores or pass rate of the case-file review"), ("案卷", "评查")),
    (("实际培训学时", "Hours of training given"), ("学时", "培训")),
)


def without_a_number(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """What was handed down, and what has no number in the report: each sentence that could hold
    one, and what its numbers are instead.

    >>> bool(without_a_number().table["句中的数值是 Its values are"].str.len().min())
    True
    """
    facts = Facts(report, seeds)
    name, missing = "penalty_items_devolved", facts.words.pair("status", "not_in_report")
    book, claims = facts.tables.codebook, claims_of(facts.located)
    found = []
    for label, words in LOOKED_FOR:
        sentences = [
            sentence
            for sentence in facts.text.sentences
            if any(word in sentence.text for word in words)
        ]
        figures = [
            row
            for sentence in sentences
            for number in facts.text.numbers_in(sentence.start, sentence.end)
            for row in claims.get(number.start, [])
            if row.indicator
        ]
        told = [(book[row.indicator], facts.said(row)) for row in figures]
        zh = "；".join(f"{one.label_zh}{said.zh}" for one, said in told) or "没有数值"
        en = "; ".join(f"{one.label_en}: {said.en}" for one, said in told) or "no value"
        found.append(
            {
                "查找内容 Looked for": "\n".join(label),
                "字词 Words": "、".join(words),
                "句数 Sentences": len(sentences),
                "句中的数值是 Its values are": f"{zh}\n{en}",
                "结论 Result": "\n".join(missing),
            }
        )
    tiles = pd.concat(
        [
            facts.tiles([name])[["label_zh", "label_en", "text"]].assign(missing=False),
            pd.DataFrame(
                [
                    {"label_zh": zh, "label_en": en, "text": " / ".join(missing), "missing": True}
                    for (zh, en), _ in LOOKED_FOR
                ]
            ),
        ]
    )
    title = "处罚多少件，报告未载", "How many penalties were imposed is not in the report"
    sentences = []
    if facts.unmistakable(name):
        title = (
            f"下放处罚事项{facts.zh(name)}；{title[0]}",
            f"{facts.en(name)} penalty items were handed down; {title[1][0].lower()}{title[1][1:]}",
        )
        sentences.append(
            (
                f"下放到乡镇（街道）的处罚事项有{facts.zh(name)}。",
                f"{facts.en(name)} penalty items were handed down to townships and subdistricts.",
            )
        )
    heading = facts.heading(
        title,
        (
            "报告给出数的一项，和没有给数的各项",
            "The one thing with a number, and those for which the report gives none",
        ),
        [name],
    )
    sentences.append(
        (
            f"报告没有给出其余{len(LOOKED_FOR)}项的数。核对方法：查过全文含有这些字词的每一句，"
            "句中的每个数值都另有所指，见表。",
            f"The report gives no number for the other {len(LOOKED_FOR)}. How this was checked:"
            " in every sentence of the text with such words, each value is another figure, as"
            " the table shows.",
        )
    )
    return answered(charts.tiles, tiles, heading, sentences, pd.DataFrame(found))
