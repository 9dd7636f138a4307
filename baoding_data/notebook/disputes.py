"""The disputes notebook's answers: reconsideration, litigation and mediation, and what each rate is
a share of.
"""

import pandas as pd

from baoding_data import charts
from baoding_data.comparison.shares import LEVEL
from baoding_data.notebook.report import (
    Answer,
    Facts,
    alternative,
    answered,
    answered_in_groups,
    plain_where_several,
)
from baoding_data.tables.seeds import AnySeeds

CHANNELS = (
    (
        ("行政复议", "Reconsideration"),
        {
            "reconsideration_accepted": ("受理", "accepted"),
            "reconsideration_withdrawn": ("经调解撤回", "withdrawn after mediation"),
        },
    ),
    (
        ("行政诉讼", "Litigation"),
        {
            "litigation_cases": ("案件", "suits"),
            "litigation_concluded": ("审结", "concluded"),
            "litigation_lost": ("败诉", "lost"),
        },
    ),
    (
        ("纠纷调解", "Mediation"),
        {"mediation_cases": ("调处", "mediated"), "mediation_success": ("成功", "settled")},
    ),
)


@plain_where_several(*(name for _, labels in CHANNELS for name in labels))
def three_channels(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """What went through reconsideration, litigation and mediation: three channels side by side,
    never added up.

    >>> len(three_channels().table)
    7
    """
    facts = Facts(report, seeds)
    roles = {
        "litigation_lost": "lost",
        "reconsideration_withdrawn": "second",
        "litigation_concluded": "second",
        "mediation_success": "second",
    }
    panels = [(*title, facts.bars(labels, roles, labels)) for title, labels in CHANNELS]
    chosen = [name for _, labels in CHANNELS for name in labels]
    heading = facts.heading(
        (
            f"复议受理{facts.zh('reconsideration_accepted')}，"
            f"诉讼{facts.zh('litigation_cases')}，调处纠纷{facts.zh('mediation_cases')}",
            f"{facts.en('reconsideration_accepted')} reconsideration cases,"
            f" {facts.en('litigation_cases')} suits, {facts.en('mediation_cases')} disputes"
            " mediated",
        ),
        (
            "复议、调解为全市，诉讼只计以市政府为被告的",
            "Reconsideration and mediation cover the whole city, litigation only suits against"
            " the city government",
        ),
        chosen,
    )
    sentences = [
        (
            "三条渠道的范围、时段和对象都不同，不能相加，也不能相比。",
            "The three differ in scope, period and kind of dispute: do not add them up and do"
            " not compare them.",
        ),
        (
            f"受理的复议案件中，{facts.zh('reconsideration_withdrawn')}经调解由申请人撤回，"
            f"占{facts.share('reconsideration_withdrawn', 'reconsideration_accepted')[0]}（由两数算出，"
            "报告未印）。",
            f"Of the reconsideration cases accepted, {facts.en('reconsideration_withdrawn')}"
            " were withdrawn after mediation,"
            f" {facts.share('reconsideration_withdrawn', 'reconsideration_accepted')[1]}"
            " (computed from both counts, not printed).",
        ),
    ]
    return answered_in_groups(charts.panels, panels, heading, sentences, facts.shown(chosen))


def suits(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """What became of the suits against the city government, and how sure the loss rate is.

    >>> len(suits().table)
    4
    """
    facts = Facts(report, seeds)
    stages = {
        "litigation_cases": ("案件", "suits"),
        "litigation_concluded": ("审结", "concluded"),
        "litigation_lost": ("败诉", "lost"),
    }
    table = facts.bars(
        stages, {"litigation_concluded": "second", "litigation_lost": "lost"}, stages
    )
    shown = facts.shown([*stages, "litigation_loss_rate"])
    what = (
        "以市政府为被告的行政诉讼案件",
        "Administrative suits in which the city government is the defendant",
    )
    if not facts.unmistakable(*stages, "litigation_loss_rate"):
        heading = facts.heading(facts.listed(stages), what, list(stages))
        return answered(charts.bars, table, heading, [], shown)
    note, rate = facts["litigation_concluded"], facts["litigation_loss_rate"]
    concluded = table["indicator"] == note.indicator
    table["note_zh"] = concluded.map({True: note.note_zh, False: ""})
    table["note_en"] = concluded.map({True: note.note_en, False: ""})
    of_concluded, words = facts.interval("litigation_lost", "litigation_concluded")
    share = of_concluded._asdict() | {
        "label_zh": "败诉率",
        "label_en": "loss rate",
        "value": float(rate.value),
        "text": rate.printed,
        "lost": True,
    }
    heading = facts.heading(
        (
            f"以市政府为被告{facts.zh('litigation_cases')}，"
            f"审结{facts.zh('litigation_concluded')}，败诉{facts.zh('litigation_lost')}",
            f"{facts.en('litigation_cases')} suits against the city government:"
            f" {facts.en('litigation_concluded')} concluded, {facts.en('litigation_lost')} lost",
        ),
        what,
        list(stages),
        (
            f"败诉率以审结案件为分母，横线为{LEVEL}%区间（Wilson）。",
            f"The loss rate is of concluded suits; the line is its {LEVEL} % Wilson interval.",
        ),
    )
    sentences = [
        (
            f"审结{facts.zh('litigation_concluded')}中败诉{facts.zh('litigation_lost')}，"
            f"报告印出的败诉率为{facts.zh('litigation_loss_rate')}。",
            f"Of {facts.en('litigation_concluded')} suits concluded,"
            f" {facts.en('litigation_lost')} was lost; the report prints a loss rate of"
            f" {facts.en('litigation_loss_rate')}.",
        ),
        (
            "件数很少：如把审结的案件看作同类案件的随机样本，"
            f"败诉率的{LEVEL}%区间为{words[0]}，不宜凭这一个率作判断。{note.note_zh}",
            "The numbers are small: taking the suits concluded as a random sample of such"
            f" suits, the {LEVEL} % interval of the loss rate is {words[1]}; do not read much"
            f" into the rate. {note.note_en}",
        ),
    ]
    drawn = charts.funnel(table, share, heading)
    return Answer(drawn, sentences, shown, alternative(heading, table))


@plain_where_several("mediation_cases", "mediation_success", "mediation_success_rate")
def mediation(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """How many of the disputes mediated were settled.

    >>> len(mediation().table)
    3
    """
    facts = Facts(report, seeds)
    chosen = ["mediation_cases", "mediation_success", "mediation_success_rate"]
    share, words = facts.interval("mediation_success", "mediation_cases")
    value, about = share.value, facts.about.year
    table = pd.DataFrame(
        [
            {
                "label_zh": f"{facts.place.name_zh}{about}年",
                "label_en": f"{facts.place.name_en} {about}",
                **share._asdict(),
                "grade": "",
                "own": True,
                "text": f"{value:.2f}%",
            }
        ]
    )
    heading = facts.heading(
        (
            f"调处{facts.zh('mediation_cases')}纠纷，调解成功{facts.zh('mediation_success')}",
            f"{facts.en('mediation_success')} of {facts.en('mediation_cases')} disputes"
            " mediated were settled",
        ),
        (
            "调解成功件数占调处件数，由两数算出",
            "Disputes settled as a share of disputes mediated, computed from both counts",
        ),
        chosen[:2],
        (f"横线为{LEVEL}%区间（Wilson）。", f"The line is the {LEVEL} % Wilson interval."),
    )
    sentences = [
        (
            f"报告只写成功率达{facts.zh(chosen[2])}；由印出的两个数可以算得{value:.2f}%。"
            f"件数很多，{LEVEL}%区间只有{words[0]}。",
            f"The report only says {facts.en(chosen[2])}; the two counts it prints give"
            f" {value:.2f} %. With so many disputes the {LEVEL} % interval is only {words[1]}.",
        ),
        (
            "没有成功的纠纷是失败还是尚在调解，报告没有说明。",
            "Whether the disputes not settled failed or were still being mediated, the report"
            " does not say.",
        ),
    ]
    return answered(charts.dots, table, heading, sentences, facts.shown(chosen))


def rates(report: str | None = None, seeds: AnySeeds = None) -> Answer:
    """What each rate on disputes is a share of, with both counts or the words that they are not
    stated.

    >>> len(rates().table)
    3
    """
    facts = Facts(report, seeds)
    shares = (
        figure.indicator
        for figure in facts.figures
        if figure.topic == "disputes" and figure.measure == "share"
    )
    chosen = list(dict.fromkeys(shares))
    drawn = facts.rates(chosen)
    drawn.loc[drawn["indicator"] == "litigation_loss_rate", "role"] = "lost"
    missing = facts.words.pair("status", "counts_not_stated").lines
    found = []
    for figure in facts.of(chosen):
        book, share = facts.tables.codebook[figure.indicator], facts.counts(figure)
        found.append(
            {
                "比率 Rate": facts.label(figure).lines,
                "原文 As printed": facts.said(figure).zh,
                "两个件数 Both counts": f"{share.part:,}/{share.whole:,}" if share else missing,
                f"{LEVEL}%区间 Interval": f"{share.low:.2f}–{share.high:.2f}%"
                if share
                else missing,
                "定义 Definition": f"{book.definition_zh}\n{book.definition_en}",
            }
        )
    table = pd.DataFrame(found)
    known = int((table["两个件数 Both counts"].str.contains("/")).sum())
    name = "court_appearance_rate"
    heading = facts.heading(
        (
            f"{len(table)}个比率，{known}个说得出是几分之几",
            f"{known} of {len(table)} rates come with the counts they are a share of",
        ),
        (
            "报告关于争议印出的比率，各有各的分母，不能相比",
            "The rates on disputes that the report prints, each of another base; do not compare"
            " them",
        ),
        chosen,
    )
    sentences = [
        (
            f"报告关于争议印出{len(table)}个比率，{known}个同时印出分子和分母。",
            f"The report prints {len(table)} rates on disputes, {known} of them with both counts.",
        )
    ]
    if facts.unmistakable(name):
        sentences.append(
            (
                f"行政机关负责人出庭应诉率{facts.zh(name)}：{facts[name].note_zh}",
                f"Heads of agencies appeared in court at a rate of {facts.en(name)}:"
                f" {facts[name].note_en[0].lower()}{facts[name].note_en[1:]}",
            )
        )
    return answered(charts.rates, drawn, heading, sentences, table)
