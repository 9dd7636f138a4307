"""One function for each question that a notebook asks: the chart, two sentences and the table, all computed from the tables."""

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from baoding_data import charts
from baoding_data.comparison import LEVEL, share_of
from baoding_data.links import rows
from baoding_data.report import section_in_words
from baoding_data.rules import survey
from baoding_data.tables import Seeds, load, one_report


class Answer(NamedTuple):
    """What a question is answered with: a Figure or None, (Chinese, English) sentences, the table drawn, (Chinese, English) alternative text."""

    figure: object
    sentences: list
    table: pd.DataFrame
    alt: tuple

    def show(self):
        """Display chart, sentences and table in a notebook; the stored output holds no object address."""
        from IPython.display import display

        if self.figure is not None:
            charts.show(self.figure, *self.alt)
        html = "".join(f'<p lang="zh">{zh}</p><p lang="en">{en}</p>' for zh, en in self.sentences)
        plain = "\n".join(f"{zh}\n{en}" for zh, en in self.sentences)
        display({"text/html": html, "text/plain": plain}, raw=True)
        plain = self.table.map(lambda cell: cell.replace("\n", " ") if isinstance(cell, str) else cell)
        display({"text/html": _html(self.table), "text/plain": plain.to_string(index=False)}, raw=True)

    def save(self, file):
        """Write the chart as PNG, unless the file holds it already; returns whether it was written."""
        file, picture = Path(file), charts.png(self.figure)
        if file.exists() and file.read_bytes() == picture:
            return False
        file.write_bytes(picture)
        return True


def _html(table):
    """The table with words on the left, numbers on the right, and each language on a line of its own."""
    html = table.to_html(index=False, border=0, justify="left", escape=True).replace("\\n", "<br>")
    html = re.sub(r"<td>(?=[\d.,]+%?</td>)", '<td style="text-align: right">', html)
    return html.replace("<td>", '<td style="text-align: left">').replace("<th>", '<th style="text-align: left">')


class Facts:
    """One report's figures by indicator, in words: what answers are made of.

    >>> Facts()["litigation_lost"]["printed"]
    '1'
    """

    def __init__(self, report=None, seeds=None):
        self.tables = load(seeds)
        self.report = one_report(self.tables, report)
        self.about = next(row for row in self.tables.reports if row["report"] == self.report)
        self.place = next(row for row in self.tables.places if row["place"] == self.about["place"])
        self.text = self.tables.texts[self.report]
        self.rows = {row["indicator"]: row for row in rows(self.tables) if row["report"] == self.report}

    def __getitem__(self, indicator):
        return self.rows[indicator]

    def word(self, kind, code):
        """A code in Chinese and in English."""
        term = self.tables.words[(kind, code)]
        return term["zh"], term["en"]

    def zh(self, indicator):
        """A number as a Chinese sentence says it: 316件, 2万多名, 99%以上."""
        row = self[indicator]
        unit = "" if row["unit"] == "%" else row["unit"]
        printed = row["printed"] or f"{row['value']}"
        number = printed + ("%" if row["unit"] == "%" and "%" not in printed and not printed.startswith("百分") else "") + unit
        if row["bound"] == "at_least":
            return f"{number}以上" if row["unit"] == "%" else f"不少于{number}"
        if row["bound"] == "more_than" and not set("多余") & set(printed):
            return f"超过{number}"
        return {"about": "约", "less_than": "不足", "at_most": "不超过"}.get(row["bound"], "") + number

    def en(self, indicator):
        """A number as an English sentence says it: 316, more than 20,000, at least 99 %."""
        row = self[indicator]
        number = f"{row['value']:,}" + (" %" if row["unit"] == "%" else "")
        return number if row["bound"] == "exact" else f"{self.word('bound', row['bound'])[1]} {number}"

    def share(self, part, whole):
        """A computed share in words, one decimal: ("66.2%", "66.2 %")."""
        value = f"{100 * self[part]['value'] / self[whole]['value']:.1f}"
        return f"{value}%", f"{value} %"

    def interval(self, part, whole):
        """A share's 95 % interval: low, high, and both in words."""
        share = share_of(self.tables, self[part], self[whole])
        low, high = share.low, share.high
        return low, high, (f"{low:.1f}%至{high:.1f}%", f"{low:.1f} to {high:.1f} %")

    def bars(self, indicators, roles=None, labels=None):
        """The table that a chart of these figures takes: labels, values, and the numbers as printed in both languages."""
        found = []
        for indicator in indicators:
            row = self[indicator]
            zh, en = (labels or {}).get(indicator, (row["label_zh"], row["label_en"]))
            role = (roles or {}).get(indicator, "derived" if row["status"] == "derived" else "main")
            texts = (self.zh(indicator), self.en(indicator))
            text = f"{row['value']:,}" if row["bound"] == "exact" else " / ".join(texts)
            found.append({"indicator": indicator, "label_zh": zh, "label_en": en, "value": float(row["value"]), "text": text, "role": role, "status": row["status"]})
        return pd.DataFrame(found)

    def shown(self, indicators):
        """The table that stands under a chart: every figure with its printed form, scope, period, status and section."""
        found = []
        for indicator in indicators:
            row = self[indicator]
            found.append({
                "指标 Indicator": f"{row['label_zh']}\n{row['label_en']}",
                "原文 As printed": row["printed"] or _both(self.word("status", "not_in_report")),
                "数值 Value": f"{row['value']:,}",
                "单位 Unit": _both(self.word("unit", row["unit"])),
                "界限 Bound": _both(self.word("bound", row["bound"])),
                "范围 Scope": _both(self.word("scope", row["scope"])),
                "时段 Period": _both(self.word("period", row["period"])),
                "依据 Status": _both(self.word("status", row["status"])),
                "出处 Section": section_in_words(row["section"])[0] if row["section"] else _both(self.word("status", "not_in_report")),
            })
        return pd.DataFrame(found)

    def heading(self, title, what, indicators, extra=("", "")):
        """The heading of a chart: finding, then what is counted with unit, scope and period, then the source with its sections."""
        def listed(kind, column):
            codes = list(dict.fromkeys(self[i][column] for i in indicators))
            return "、".join(self.word(kind, c)[0] for c in codes), ", ".join(self.word(kind, c)[1] for c in codes)

        unit, scope, period = listed("unit", "unit"), listed("scope", "scope"), listed("period", "period")
        sections = list(dict.fromkeys(self[i]["section"] for i in indicators if self[i]["section"]))
        words = [section_in_words(section) for section in sections]
        return charts.Heading(
            *title,
            f"{what[0]}。单位：{unit[0]}；范围：{scope[0]}；时段：{period[0]}。{extra[0]}",
            f"{what[1]}. Unit: {unit[1]}; scope: {scope[1]}; period: {period[1]}. {extra[1]}".strip(),
            f"{self.about['title_zh']}，{'、'.join(zh for zh, _ in words)}",
            f"{self.about['title_en']}, section {'; '.join(en for _, en in words)}")

    def plain_heading(self, title, note):
        """The heading of a chart about the report as a whole."""
        return charts.Heading(*title, *note, self.about["title_zh"], self.about["title_en"])


def _both(pair):
    """Both languages in one cell; once where they are the same."""
    return pair[0] if pair[0] == pair[1] else f"{pair[0]}\n{pair[1]}"


def _alt(heading, table):
    """A chart in words: its finding, then each mark with its number."""
    zh = "；".join(f"{row.label_zh}：{row.text.split(' / ')[0].replace(',', '')}" for row in table.itertuples())
    en = "; ".join(f"{row.label_en}: {row.text.split(' / ')[-1]}" for row in table.itertuples())
    return f"图：{heading.title_zh}。{zh}。", f"Chart: {heading.title_en}. {en}."


def _answer(draw, table, heading, sentences, shown, *more):
    return Answer(draw(table, *more, heading), sentences, shown, _alt(heading, table))


# 00 overview

def numbers_printed(report=None, seeds=None):
    """How many numbers the report prints, and what they are.

    >>> numbers_printed().table["数量 Count"].sum()
    102
    """
    facts = Facts(report, seeds)
    kinds = Counter(number.kind for number in facts.text.numbers)
    table = pd.DataFrame([{"label_zh": facts.word("number", kind)[0], "label_en": facts.word("number", kind)[1], "value": count, "text": str(count)}
                          for kind, count in kinds.most_common()])
    total, values = len(facts.text.numbers), kinds["value"]
    printed = [row for row in facts.rows.values() if row["status"] == "proved"]
    heading = facts.plain_heading(
        (f"报告印出{total}个数字，其中{values}个是数值", f"Of {total} numbers printed, {values} are values"),
        (f"报告全文的每个数字按语法分为{len(kinds)}类；年月日、届次和热线名称不是统计数。单位：个。",
         "Every number in the text, told apart by grammar; years, sessions and telephone lines are no statistics. Unit: numbers."))
    shown = table.drop(columns="text").set_axis(["类别", "Kind", "数量 Count"], axis=1)
    sentences = [(f"这{values}个数值全部核对到原句，整理成{len(printed)}条统计数；一个数字说明几件事时，各记一条。",
                  f"All {values} values are traced to their sentences and make {len(printed)} figures; a number that states several things is recorded for each."),
                 ("因此，表中没有的统计数，就是报告没有给出的数。", "A figure that is not in the tables is therefore one that the report does not give.")]
    return _answer(charts.strip, table, heading, sentences, shown)


def figures_by_topic(report=None, seeds=None):
    """How many figures the report gives on each topic.

    >>> figures_by_topic().table.shape[1]
    4
    """
    facts = Facts(report, seeds)
    topics = Counter(row["topic"] for row in facts.rows.values() if row["status"] == "proved")
    found, shown = [], []
    for topic, count in topics.most_common():
        zh, en = facts.word("topic", topic)
        sections = dict.fromkeys(row["section"].partition("·")[0] for row in facts.rows.values() if row["topic"] == topic and row["section"])
        found.append({"label_zh": zh, "label_en": en, "value": count, "text": str(count)})
        shown.append({"主题": zh, "Topic": en, "统计数 Figures": count, "出处 Sections": "、".join(section_in_words(s)[0] for s in sections)})
    table = pd.DataFrame(found)
    first, total = table.iloc[0], int(table["value"].sum())
    heading = facts.plain_heading(
        (f"{total}条统计数中，{first.label_zh}最多，有{first.text}条", f"{first.text} of {total} figures are on {first.label_en.lower()}, more than on any other topic"),
        ("一条统计数是一个指标的一个数值，附原句。单位：条。", "A figure is one value of one indicator, with its sentence. Unit: figures."))
    sentences = [(f"报告的统计数分属{len(table)}个主题。", f"The report's figures fall under {len(table)} topics."),
                 ("条数只说明报告写了多少数字，不说明工作多少。", "The count says how much the report puts in numbers, not how much work was done.")]
    return _answer(charts.bars, table, heading, sentences, pd.DataFrame(shown))


def scopes(report=None, seeds=None):
    """Whose numbers they are: how many figures cover the whole city, its government, or something else.

    >>> "范围" in scopes().table.columns
    True
    """
    facts = Facts(report, seeds)
    printed = [row for row in facts.rows.values() if row["status"] == "proved"]
    counts = Counter(row["scope"] for row in printed)
    found, shown = [], []
    for scope, count in counts.most_common():
        zh, en = facts.word("scope", scope)
        stated = sum(row["scope"] == scope and row["scope_basis"] == "printed" for row in printed)
        found.append({"label_zh": zh, "label_en": en, "value": count, "text": str(count)})
        shown.append({"范围": zh, "Scope": en, "统计数 Figures": count, "其中原文写明 Of these, printed in the sentence": stated})
    table = pd.DataFrame(found)
    whole, own = counts["whole_area"], counts["government"]
    heading = facts.plain_heading(
        (f"{whole}条说的是全市，{own}条只说市政府", f"{whole} figures cover the whole city, {own} the city government alone"),
        ("“全市”包括县、乡各级，“市本级”只是市政府自己；两者不能相加，也不能相比。单位：条。",
         "The whole city takes in counties and townships, the city government does not; never add or compare the two. Unit: figures."))
    inferred = len(printed) - sum(row["scope_basis"] == "printed" for row in printed)
    sentences = [(f"有{inferred}条的范围原句没有写明，按上下文理解，表中一一注明。", f"The sentence does not name the scope of {inferred} figures; it is inferred from the context, and marked so."),
                 ("比较两个数之前，先看范围和时段是否相同。", "Before comparing two numbers, see that scope and period agree.")]
    return _answer(charts.bars, table, heading, sentences, pd.DataFrame(shown))


def audit_line(seeds=None):
    """The audit's coverage and the number of its findings, in both languages.

    >>> audit_line().splitlines()[-1]
    '审核发现问题0项。 The audit found nothing wrong.'
    """
    found, lines = survey(Seeds(seeds))
    return "\n".join(lines) + f"\n审核发现问题{len(found)}项。 " + (f"The audit found {len(found)} things wrong." if found else "The audit found nothing wrong.")


def how_to_read(report=None, seeds=None):
    """How many figures are exact, of which time, and on what ground: the words used in every table.

    >>> how_to_read().table["说法"].is_unique
    True
    """
    facts = Facts(report, seeds)
    printed = [row for row in facts.rows.values() if row["status"] == "proved"]
    found = []
    for kind, column, zh, en in (("bound", "bound", "界限", "Bound"), ("period", "period", "时段", "Period")):
        for code, count in Counter(row[column] for row in printed).most_common():
            words = facts.word(kind, code)
            found.append({"项目": zh, "Aspect": en, "说法": words[0], "Wording": words[1], "统计数 Figures": count})
    inexact = sum(row["bound"] != "exact" for row in printed)
    shares = [row for row in printed if row["measure"] == "share"]
    counted = sum(facts.tables.codebook[row["indicator"]]["numerator"] in facts.rows for row in shares)
    sentences = [(f"{inexact}条不是确数，图表照原文写“多”“以上”“不少于”，不当作确数计算。", f"{inexact} figures are not exact; charts and tables say \"more than\" or \"at least\" as the report does."),
                 (f"{len(shares)}条比率中，{counted}条同时印出两个件数，可以给出区间；其余只能照录。", f"Of {len(shares)} rates, {counted} come with both counts, so that an interval can be given; the rest can only be quoted.")]
    return Answer(None, sentences, pd.DataFrame(found), ("", ""))


def every_figure(topic=None, report=None, seeds=None):
    """Every figure of the report, or of one topic, as a table with its section.

    >>> len(every_figure("permissions").table) > 1
    True
    """
    facts = Facts(report, seeds)
    chosen = [name for name, row in facts.rows.items() if topic in (None, row["topic"])]
    printed = sum(facts[name]["status"] == "proved" for name in chosen)
    computed = len(chosen) - printed
    zh, en = (("", "") if topic is None else facts.word("topic", topic))
    sentences = [(f"{zh}共{printed}条统计数印在报告里" + (f"，另有{computed}条由它们推算。" if computed else "。"),
                  f"The report prints {printed} figures{' on ' + en.lower() if en else ''}" + (f"; {computed} more are derived from them." if computed else "."))]
    return Answer(None, sentences, facts.shown(chosen), ("", ""))


# 01 permissions

LICENSING_PARTS = ("licensing_items_central", "licensing_items_province_entrusted", "licensing_items_central_bodies",
                   "licensing_items_ministries", "licensing_items_provincial")


def licensing_authorities(report=None, seeds=None):
    """Who set or entrusted the city's licensing items.

    >>> licensing_authorities().figure is not None
    True
    """
    facts = Facts(report, seeds)
    parts = sorted(LICENSING_PARTS, key=lambda name: -facts[name]["value"])
    first, whole = parts[0], "licensing_items"
    labels = {name: (facts[name]["label_zh"].removesuffix("许可事项").removesuffix("的"), facts[name]["label_en"].removeprefix("Licensing items ")) for name in parts}
    table = facts.bars(parts, labels=labels)
    share = facts.share(first, whole)
    heading = facts.heading(
        (f"{facts.zh(whole)}行政许可，{facts.zh(first)}由{labels[first][0]}", f"{facts.en(first)} of {facts.en(whole)} licensing items are {labels[first][1]}"),
        ("市本级行政许可事项，按设定或委托的层级分；一格为一项", "City-level licensing items by who set or entrusted them; one square is one item"), [whole, *parts])
    own = "licensing_items_provincial"
    sentences = [(f"市本级行政许可事项{facts.zh(whole)}，{labels[first][0]}的占{share[0]}。",
                  f"Of {facts.en(whole)} licensing items at city level, {share[1]} are {labels[first][1]}."),
                 (f"{labels[own][0]}的只有{facts.zh(own)}；括号内五类没有市一级自行设定的一类。",
                  f"Only {facts.en(own)} are {labels[own][1]}; none of the {len(parts)} groups in the brackets is set by the city itself.")]
    return _answer(charts.waffle, table, heading, sentences, facts.shown([whole, *parts]))


def licensing_and_filing(report=None, seeds=None):
    """How many items need a licence and how many only a filing.

    >>> len(licensing_and_filing().table)
    2
    """
    facts = Facts(report, seeds)
    pair = ["licensing_items", "filing_items"]
    table = facts.bars(pair, roles={"filing_items": "second"})
    heading = facts.heading(
        (f"市本级许可事项{facts.zh(pair[0])}，备案事项{facts.zh(pair[1])}", f"{facts.en(pair[0])} licensing items and {facts.en(pair[1])} filing items at city level"),
        ("市本级的许可清单与备案清单各有多少事项", "Items on the licensing list and on the filing list of the city level"), pair)
    sentences = [("许可与备案性质不同，报告分别列数，没有给出合计。", "Licences and filings differ in kind; the report counts the two apart and gives no total."),
                 ("报告没有给出上一年的数，增减无从得知。", "The report gives no number of the year before, so no change can be told.")]
    return _answer(charts.bars, table, heading, sentences, facts.shown(pair))


def delegated_registration(report=None, seeds=None):
    """From how many counties to how many townships the registration of self-employed businesses was delegated.

    >>> len(delegated_registration().table)
    2
    """
    facts = Facts(report, seeds)
    pair = ["registration_delegating_counties", "registration_delegated_townships"]
    table = facts.bars(pair, roles={pair[1]: "second"})
    heading = facts.heading(
        (f"个体工商户登记权限下放至{facts.zh(pair[1])}乡镇和街道", f"Registration of small businesses now lies with {facts.en(pair[1])} townships and subdistricts"),
        ("以委托形式下放个体工商户登记权限的一方与承接的一方", "Those who delegated the registration of self-employed businesses, and those to whom it was delegated"), pair)
    sentences = [(f"下放的是{facts.zh(pair[0])}县（市、区）、开发区，承接的是{facts.zh(pair[1])}乡镇和街道。",
                  f"{facts.en(pair[0])} counties and zones delegated it, {facts.en(pair[1])} townships and subdistricts took it on."),
                 (facts[pair[0]]["note_zh"], facts[pair[0]]["note_en"])]
    return _answer(charts.bars, table, heading, sentences, facts.shown(pair))


# 02 disputes

def three_channels(report=None, seeds=None):
    """What went through reconsideration, litigation and mediation: three channels side by side, never added up.

    >>> len(three_channels().table)
    7
    """
    facts = Facts(report, seeds)
    channels = [(("行政复议", "Reconsideration"), {"reconsideration_accepted": ("受理", "accepted"), "reconsideration_withdrawn": ("经调解撤回", "withdrawn after mediation")}),
                (("行政诉讼", "Litigation"), {"litigation_cases": ("案件", "suits"), "litigation_concluded": ("审结", "concluded"), "litigation_lost": ("败诉", "lost")}),
                (("纠纷调解", "Mediation"), {"mediation_cases": ("调处", "mediated"), "mediation_success": ("成功", "settled")})]
    roles = {"litigation_lost": "lost", "reconsideration_withdrawn": "second", "litigation_concluded": "second", "mediation_success": "second"}
    panels = [(*title, facts.bars(labels, roles, labels)) for title, labels in channels]
    chosen = [name for _, labels in channels for name in labels]
    heading = facts.heading(
        (f"复议受理{facts.zh('reconsideration_accepted')}，诉讼{facts.zh('litigation_cases')}，调处纠纷{facts.zh('mediation_cases')}",
         f"{facts.en('reconsideration_accepted')} reconsideration cases, {facts.en('litigation_cases')} suits, {facts.en('mediation_cases')} disputes mediated"),
        ("复议、调解为全市，诉讼只计以市政府为被告的", "Reconsideration and mediation cover the whole city, litigation only suits against the city government"), chosen)
    sentences = [("三条渠道的范围、时段和对象都不同，不能相加，也不能相比。", "The three differ in scope, period and kind of dispute: do not add them up and do not compare them."),
                 (f"受理的复议案件中，{facts.zh('reconsideration_withdrawn')}经调解由申请人撤回，占{facts.share('reconsideration_withdrawn', 'reconsideration_accepted')[0]}（由两数算出，报告未印）。",
                  f"Of the reconsideration cases accepted, {facts.en('reconsideration_withdrawn')} were withdrawn after mediation, {facts.share('reconsideration_withdrawn', 'reconsideration_accepted')[1]} (computed from both counts, not printed).")]
    return Answer(charts.panels(panels, heading), sentences, facts.shown(chosen), _alt(heading, pd.concat([table for *_, table in panels])))


def suits(report=None, seeds=None):
    """What became of the suits against the city government, and how sure the loss rate is.

    >>> len(suits().table)
    4
    """
    facts = Facts(report, seeds)
    stages = {"litigation_cases": ("案件", "suits"), "litigation_concluded": ("审结", "concluded"), "litigation_lost": ("败诉", "lost")}
    table = facts.bars(stages, {"litigation_concluded": "second", "litigation_lost": "lost"}, stages)
    note = facts["litigation_concluded"]
    table["note_zh"] = [note["note_zh"] if name == "litigation_concluded" else "" for name in stages]
    table["note_en"] = [note["note_en"] if name == "litigation_concluded" else "" for name in stages]
    lost, concluded, rate = (facts[name] for name in ("litigation_lost", "litigation_concluded", "litigation_loss_rate"))
    low, high, words = facts.interval("litigation_lost", "litigation_concluded")
    share = {"label_zh": "败诉率", "label_en": "loss rate", "value": float(rate["value"]), "low": low, "high": high,
             "part": int(lost["value"]), "whole": int(concluded["value"]), "text": rate["printed"], "lost": True}
    heading = facts.heading(
        (f"以市政府为被告{facts.zh('litigation_cases')}，审结{facts.zh('litigation_concluded')}，败诉{facts.zh('litigation_lost')}",
         f"{facts.en('litigation_cases')} suits against the city government: {facts.en('litigation_concluded')} concluded, {facts.en('litigation_lost')} lost"),
        ("以市政府为被告的行政诉讼案件", "Administrative suits in which the city government is the defendant"), list(stages),
        (f"败诉率以审结案件为分母，横线为{LEVEL}%区间（Wilson）。", f"The loss rate is of concluded suits; the line is its {LEVEL} % Wilson interval."))
    sentences = [(f"审结{facts.zh('litigation_concluded')}中败诉{facts.zh('litigation_lost')}，报告印出的败诉率为{facts.zh('litigation_loss_rate')}。",
                  f"Of {facts.en('litigation_concluded')} suits concluded, {facts.en('litigation_lost')} was lost; the report prints a loss rate of {facts.en('litigation_loss_rate')}."),
                 (f"件数很少：换一个同样的年份，仅凭偶然，败诉率可在{words[0]}之间；尚未审结的案件结果未知，{note['note_zh']}",
                  f"The numbers are small: in another such year chance alone could put the rate anywhere from {words[1]}; how the other suits will end is not known. {note['note_en']}")]
    return Answer(charts.funnel(table, share, heading), sentences, facts.shown([*stages, "litigation_loss_rate"]), _alt(heading, table))


def mediation(report=None, seeds=None):
    """How many of the disputes mediated were settled.

    >>> len(mediation().table)
    3
    """
    facts = Facts(report, seeds)
    chosen = ["mediation_cases", "mediation_success", "mediation_success_rate"]
    part, whole = facts["mediation_success"], facts["mediation_cases"]
    low, high, words = facts.interval("mediation_success", "mediation_cases")
    value = float(100 * part["value"] / whole["value"])
    about = facts.about["year"]
    table = pd.DataFrame([{"label_zh": f"{facts.place['name_zh']}{about}", "label_en": f"{facts.place['name_en']} {about}", "value": value, "low": low, "high": high,
                           "part": int(part["value"]), "whole": int(whole["value"]), "grade": "", "own": True, "text": f"{value:.2f}%"}])
    heading = facts.heading(
        (f"调处{facts.zh('mediation_cases')}纠纷，调解成功{facts.zh('mediation_success')}", f"{facts.en('mediation_success')} of {facts.en('mediation_cases')} disputes mediated were settled"),
        ("调解成功件数占调处件数，由两数算出", "Disputes settled as a share of disputes mediated, computed from both counts"), chosen[:2],
        (f"横线为{LEVEL}%区间（Wilson）。", f"The line is the {LEVEL} % Wilson interval."))
    sentences = [(f"报告只写成功率达{facts.zh(chosen[2])}；由印出的两个数可以算得{value:.2f}%。",
                  f"The report only says {facts.en(chosen[2])}; the two counts it prints give {value:.2f} %."),
                 ("没有成功的纠纷是失败还是尚在调解，报告没有说明。", "Whether the disputes not settled failed or were still being mediated, the report does not say.")]
    return _answer(charts.dots, table, heading, sentences, facts.shown(chosen))


def rates(report=None, seeds=None):
    """What each rate on disputes is a share of, with both counts or the words that they are not stated.

    >>> len(rates().table)
    3
    """
    facts = Facts(report, seeds)
    found = []
    for name, row in facts.rows.items():
        if row["topic"] == "disputes" and row["measure"] == "share":
            book = facts.tables.codebook[name]
            stated = book["numerator"] in facts.rows and book["denominator"] in facts.rows
            missing = _both(facts.word("status", "counts_not_stated"))
            counts = interval = missing
            if stated:
                low, high, words = facts.interval(book["numerator"], book["denominator"])
                counts = f"{facts[book['numerator']]['value']:,}/{facts[book['denominator']]['value']:,}"
                interval = f"{low:.2f}–{high:.2f}%"
            found.append({"比率 Rate": f"{row['label_zh']}\n{row['label_en']}", "原文 As printed": facts.zh(name), "两个件数 Both counts": counts,
                          f"{LEVEL}%区间 Interval": interval, "定义 Definition": f"{book['definition_zh']}\n{book['definition_en']}"})
    table = pd.DataFrame(found)
    known = int((table["两个件数 Both counts"].str.contains("/")).sum())
    name = "court_appearance_rate"
    sentences = [(f"报告关于争议印出{len(table)}个比率，{known}个同时印出分子和分母。", f"The report prints {len(table)} rates on disputes, {known} of them with both counts."),
                 (f"行政机关负责人出庭应诉率{facts.zh(name)}：{facts[name]['note_zh']}", f"Heads of agencies appeared in court at a rate of {facts.en(name)}: {facts[name]['note_en'][0].lower()}{facts[name]['note_en'][1:]}")]
    return Answer(None, sentences, table, ("", ""))


# 03 enforcement

def pilots(report=None, seeds=None):
    """Where the pilot units of the three enforcement systems are.

    >>> len(pilots().table)
    3
    """
    facts = Facts(report, seeds)
    whole, parts = "pilot_units", ["pilot_units_county_township", "pilot_units_city"]
    table = facts.bars(parts)
    heading = facts.heading(
        (f"{facts.zh(whole)}试点，{facts.zh(parts[0])}在县和乡镇（街道）", f"{facts.en(parts[0])} of {facts.en(whole)} pilot units are in counties and townships"),
        ("行政执法“三项制度”试点单位", "Pilot units of the three systems of administrative enforcement"), [whole, *parts])
    sentences = [(f"县、乡两级合在一起报告，占{facts.share(parts[0], whole)[0]}；各占多少，报告没有说明。",
                  f"Counties and townships are counted together, {facts.share(parts[0], whole)[1]} of the pilots; the report does not say how many each has."),
                 (f"市直执法部门占{facts.share(parts[1], whole)[0]}。", f"City departments make {facts.share(parts[1], whole)[1]}.")]
    return _answer(charts.strip, table, heading, sentences, facts.shown([whole, *parts]))


def people_and_files(report=None, seeds=None):
    """How many people were trained and cleared, how many hours are required, how many units and files were looked at.

    >>> len(people_and_files().table)
    5
    """
    facts = Facts(report, seeds)
    chosen = ["officers_trained", "training_hours_required", "personnel_cleared", "penalty_licence_units", "case_files_reviewed"]
    table = facts.bars(chosen)
    table["text"] = [" / ".join((facts.zh(name), facts.en(name))) for name in chosen]
    heading = facts.heading(
        (f"培训{facts.zh(chosen[0])}执法人员，评查案卷{facts.zh(chosen[4])}", f"{facts.en(chosen[0])[0].upper()}{facts.en(chosen[0])[1:]} officers trained, {facts.en(chosen[4])} case files reviewed"),
        (f"{len(chosen)}个数对象不同，不能相加，也不能相比", f"{len(chosen)} numbers of {len(chosen)} different things; do not add or compare them"), chosen)
    sentences = [(f"每人每年{facts.zh(chosen[1])}是要求；实际培训了多少学时，报告没有给出。", f"{facts.en(chosen[1])[0].upper()}{facts.en(chosen[1])[1:]} hours a year are required of each; how many were given, the report does not say."),
                 (facts[chosen[2]]["note_zh"], facts[chosen[2]]["note_en"])]
    return _answer(charts.tiles, table, heading, sentences, facts.shown(chosen))


def commitment_items(report=None, seeds=None):
    """How many items are handled by notice and commitment, before and after the addition.

    >>> len(commitment_items().table)
    3
    """
    facts = Facts(report, seeds)
    before, added, after = "commitment_items_before", "commitment_items_added", "commitment_items"
    table = facts.bars([before, after], labels={before: ("扩容前", "before"), after: ("扩容后", "after")})
    heading = facts.heading(
        (f"告知承诺制事项增加{facts.zh(added)}，达到{facts.zh(after)}", f"{facts.en(added)} commitment items were added, making {facts.en(after)}"),
        ("实行告知承诺制的事项；虚框为推算，报告未印", "Items handled by notice and commitment; the outlined bar is derived, not printed"), [after, before])
    sentences = [(f"扩容前的{facts.zh(before)}由{facts[after]['printed']}减{facts[added]['printed']}得出，报告没有印出。", f"The {facts.en(before)} before are {facts[after]['printed']} less {facts[added]['printed']}; the report does not print them."),
                 ("推算以扩容期间没有取消其他事项为前提。", "This takes it that no other item was dropped at the same time.")]
    return _answer(charts.steps, table, heading, sentences, facts.shown([before, added, after]))


def connected_units(report=None, seeds=None):
    """Which units' data are connected.

    >>> len(connected_units().table)
    4
    """
    facts = Facts(report, seeds)
    chosen = ["connected_central_provincial", "connected_city_departments", "connected_county_departments", "connected_townships"]
    labels = {name: (facts[name]["label_zh"].removeprefix("已互联互通的"), facts[name]["label_en"].removesuffix(" connected")) for name in chosen}
    table = facts.bars(chosen, labels=labels)
    top = max(chosen, key=lambda name: facts[name]["value"])
    heading = facts.heading(
        (f"{facts.zh(top)}{labels[top][0]}已实现数据互联互通", f"{facts.en(top)} {labels[top][1].lower()} are connected"),
        ("已实现数据互联互通的部门和乡镇（街道）", "Departments, townships and subdistricts whose data are connected"), chosen)
    sentences = [(f"这{len(chosen)}类单位均已实现互联互通；报告没有给出合计。", f"All {len(chosen)} groups are connected; the report gives no total."),
                 ("“全市……均已”按行文理解为全部；报告没有另外给出各类单位的总数。", "The wording is read as all units of each group; the report gives no other count of them.")]
    return _answer(charts.bars, table, heading, sentences, facts.shown(chosen))


def handed_down(report=None, seeds=None):
    """How many penalty items were handed down to townships.

    >>> len(handed_down().table)
    1
    """
    facts = Facts(report, seeds)
    name = "penalty_items_devolved"
    sentences = [(f"下放到乡镇（街道）的处罚事项有{facts.zh(name)}。", f"{facts.en(name)} penalty items were handed down to townships and subdistricts."),
                 ("报告没有印出处罚件数，也没有印出案卷评查的结果。", "The report prints neither the number of penalties nor the results of the case-file review.")]
    return Answer(None, sentences, facts.shown([name]), ("", ""))
