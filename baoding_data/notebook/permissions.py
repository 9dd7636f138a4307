"""The permissions notebook's answers: where the licensing items come from, and what was entrusted
to townships.
"""

from baoding_data import charts
from baoding_data.notebook.report import Answer, Facts, answered, plain_where_several
from baoding_data.tables.seeds import AnySeeds

LICENSING_PARTS = (
    "licensing_items_central",
    "licensing_items_province_entrusted",
    "licensing_items_central_bodies",
    "licensing_items_ministries",
    "licensing_items_provincial",
)


@plain_where_several("licensing_items", *LICENSING_PARTS)
def licensing_authorities(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """Who set or entrusted the city's licensing items.

    >>> licensing_authorities().figure is not None
    True
    """
    facts = Facts(report, seeds)
    parts = sorted(LICENSING_PARTS, key=lambda name: -facts[name].value)
    first, whole = parts[0], "licensing_items"
    labels = {
        name: (
            facts[name].label_zh.removesuffix("许可事项").removesuffix("的"),
            facts[name].label_en.removeprefix("Licensing items "),
        )
        for name in parts
    }
    table = facts.bars(parts, labels=labels)
    share = facts.share(first, whole)
    heading = facts.heading(
        (
            f"{facts.zh(whole)}行政许可，{facts.zh(first)}由{labels[first][0]}",
            f"{facts.en(first)} of {facts.en(whole)} licensing items are {labels[first][1]}",
        ),
        (
            "市本级行政许可事项，按设定或委托的层级分；一格为一项",
            "City-level licensing items by who set or entrusted them; one square is one item",
        ),
        [whole, *parts],
    )
    own = "licensing_items_provincial"
    sentences = [
        (
            f"市本级行政许可事项{facts.zh(whole)}，{labels[first][0]}的占{share[0]}。",
            f"Of {facts.en(whole)} licensing items at city level, {share[1]} are"
            f" {labels[first][1]}.",
        ),
        (
            f"{labels[own][0]}的有{facts.zh(own)}；委托事项和中直驻保事项原由哪一级设定，报告没有说明。",
            f"{facts.en(own)} are {labels[own][1]}; who first set the entrusted items and those"
            " of central bodies, the report does not say.",
        ),
    ]
    return answered(charts.waffle, table, heading, sentences, facts.shown([whole, *parts]))


@plain_where_several("licensing_items", "filing_items")
def licensing_and_filing(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """How many items need a licence and how many only a filing.

    >>> len(licensing_and_filing().table)
    2
    """
    facts = Facts(report, seeds)
    pair = ["licensing_items", "filing_items"]
    table = facts.bars(pair, roles={"filing_items": "second"})
    heading = facts.heading(
        (
            f"市本级许可事项{facts.zh(pair[0])}，备案事项{facts.zh(pair[1])}",
            f"{facts.en(pair[0])} licensing items and {facts.en(pair[1])} filing items at city"
            " level",
        ),
        (
            "市本级的许可清单与备案清单各有多少事项",
            "Items on the licensing list and on the filing list of the city level",
        ),
        pair,
    )
    sentences = [
        (
            "许可与备案性质不同，报告分别列数，没有给出合计。",
            "Licences and filings differ in kind; the report counts the two apart and gives no"
            " total.",
        ),
        (
            "报告没有给出上一年的数，增减无从得知。",
            "The report gives no number of the year before, so no change can be told.",
        ),
    ]
    return answered(charts.bars, table, heading, sentences, facts.shown(pair))


@plain_where_several("registration_delegating_counties", "registration_delegated_townships")
def delegated_registration(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """How many counties entrusted the registration of self-employed businesses to how many
    townships.

    >>> len(delegated_registration().table)
    2
    """
    facts = Facts(report, seeds)
    pair = ["registration_delegating_counties", "registration_delegated_townships"]
    table = facts.bars(pair, roles={pair[1]: "second"})
    heading = facts.heading(
        (
            f"个体工商户登记权限以委托形式下放至{facts.zh(pair[1])}乡镇和街道",
            f"Registration of self-employed businesses is entrusted to {facts.en(pair[1])}"
            " townships and subdistricts",
        ),
        (
            "以委托形式下放个体工商户登记权限的一方与受委托的一方",
            "Those who entrusted the registration of self-employed businesses, and those to"
            " whom it is entrusted",
        ),
        pair,
    )
    sentences = [
        (
            f"委托的是{facts.zh(pair[0])}县（市、区）、开发区，受委托的是{facts.zh(pair[1])}乡镇和街道。",
            f"{facts.en(pair[0])} counties and zones entrusted it, {facts.en(pair[1])}"
            " townships and subdistricts act for them.",
        ),
        (facts[pair[0]].note_zh, facts[pair[0]].note_en),
    ]
    return answered(charts.bars, table, heading, sentences, facts.shown(pair))
