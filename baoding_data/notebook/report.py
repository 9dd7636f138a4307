"""What the notebooks' answers are made of: one report's figures in words, and the chart, sentences
and table of an answer.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from baoding_data.charts import kinds as charts
from baoding_data.comparison.shares import share_of
from baoding_data.tables.figures import by_indicator, of_report
from baoding_data.tables.seeds import load, one_report
from baoding_data.text.report import section_in_words
from baoding_data.text.wording import chinese, english


class Answer(NamedTuple):
    """What a question is answered with: a Figure or None, (Chinese, English) sentences, the table
    drawn, (Chinese, English) alternative text.
    """

    figure: object
    sentences: list
    table: pd.DataFrame
    alt: tuple

    def show(self):
        """Display chart, sentences and table in a notebook; the stored output holds no object
        address.
        """
        from IPython.display import display

        if self.figure is not None:
            charts.show(self.figure, *self.alt)
        zh, en = "".join(zh for zh, _ in self.sentences), " ".join(en for _, en in self.sentences)
        html, plain = f'<p lang="zh">{zh}</p><p lang="en">{en}</p>', f"{zh}\n{en}"
        display({"text/html": html, "text/plain": plain}, raw=True)
        plain = self.table.map(
            lambda cell: cell.replace("\n", " ") if isinstance(cell, str) else cell
        )
        display(
            {"text/html": _html(self.table), "text/plain": plain.to_string(index=False)}, raw=True
        )

    def save(self, file):
        """Write the chart as PNG, unless the file holds it already; returns whether it was
        written.
        """
        file, picture = Path(file), charts.png(self.figure)
        if file.exists() and file.read_bytes() == picture:
            return False
        file.write_bytes(picture)
        return True


def _html(table):
    """The table with words on the left, numbers on the right, and each language on a line of its
    own.
    """
    html = table.to_html(index=False, border=0, justify="left", escape=True).replace("\\n", "<br>")
    html = re.sub(r"<td>(?=[\d.,]+%?</td>)", '<td style="text-align: right">', html)
    return html.replace("<td>", '<td style="text-align: left">').replace(
        "<th>", '<th style="text-align: left">'
    )


class Facts:
    """One report's figures by indicator, in words: what answers are made of.

    >>> Facts()["litigation_lost"]["printed"]
    '1'
    """

    def __init__(self, report=None, seeds=None):
        self.tables = load(seeds)
        self.report = one_report(self.tables, report)
        self.about = self.tables.source[self.report]
        self.place = self.tables.where[self.about["place"]]
        self.text = self.tables.texts[self.report]
        self.figures = by_indicator(of_report(self.tables, self.report))
        self.several = {name for name, found in self.figures.items() if len(found) > 1}
        self.rows = {name: found[0] for name, found in self.figures.items()}

    def __getitem__(self, indicator):
        return self.rows[indicator]

    def word(self, kind, code):
        """A code in Chinese and in English."""
        term = self.tables.words[(kind, code)]
        return term["zh"], term["en"]

    def zh(self, indicator):
        """A number as a Chinese sentence says it: 316件, 2万多名, 99%以上."""
        return chinese(self[indicator])

    def en(self, indicator):
        """A number as an English sentence says it: 316, more than 20,000, at least 99 %."""
        return english(self.tables, self[indicator])

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
        """The table that a chart of these figures takes: labels, values, and the numbers as printed
        in both languages.
        """
        found = []
        for indicator in indicators:
            row = self[indicator]
            zh, en = (labels or {}).get(indicator, (row["label_zh"], row["label_en"]))
            role = (roles or {}).get(indicator, "derived" if row["status"] == "derived" else "main")
            texts = (self.zh(indicator), self.en(indicator))
            text = f"{row['value']:,}" if row["bound"] == "exact" else " / ".join(texts)
            found.append(
                {
                    "indicator": indicator,
                    "label_zh": zh,
                    "label_en": en,
                    "value": float(row["value"]),
                    "text": text,
                    "role": role,
                    "status": row["status"],
                }
            )
        return pd.DataFrame(found)

    def rates(self, indicators, labels=None):
        """The table that a chart of rates takes: each as printed, with its counts and interval
        where the report prints them.
        """
        found = []
        for indicator in indicators:
            row, book = self[indicator], self.tables.codebook[indicator]
            zh, en = (labels or {}).get(indicator, (row["label_zh"], row["label_en"]))
            counted = book["numerator"] in self.rows and book["denominator"] in self.rows
            low, high, _ = (
                self.interval(book["numerator"], book["denominator"])
                if counted
                else (None, None, None)
            )
            part, whole = (
                int(self[book[name]]["value"]) if counted else None
                for name in ("numerator", "denominator")
            )
            texts = (self.zh(indicator), self.en(indicator))
            # The interval is of the two counts, so the bar is too, where the rate is printed only
            # as a bound.
            value = (
                float(row["value"])
                if row["bound"] == "exact" or not counted
                else 100 * part / whole
            )
            found.append(
                {
                    "label_zh": zh,
                    "label_en": en,
                    "value": value,
                    "text": (
                        texts[0]
                        if row["bound"] == "exact" and texts[0].isascii()
                        else " / ".join(texts)
                    ),
                    "part": part,
                    "whole": whole,
                    "low": low,
                    "high": high,
                    "role": "main",
                }
            )
        return pd.DataFrame(found)

    def shown(self, indicators):
        """The table that stands under a chart: every figure with its printed form, scope, period,
        status and section.
        """
        found = []
        for indicator in indicators:
            row = self[indicator]
            found.append(
                {
                    "指标 Indicator": f"{row['label_zh']}\n{row['label_en']}",
                    "原文 As printed": row["printed"] or both(self.word("status", "not_in_report")),
                    "数值 Value": f"{row['value']:,}",
                    "单位 Unit": both(self.word("unit", row["unit"])),
                    "界限 Bound": both(self.word("bound", row["bound"])),
                    "范围 Scope": both(self.word("scope", row["scope"])),
                    "时段 Period": both(self.word("period", row["period"])),
                    "依据 Status": both(self.word("status", row["status"])),
                    "出处 Section": (
                        section_in_words(row["section"])[0]
                        if row["section"]
                        else both(self.word("status", "not_in_report"))
                    ),
                }
            )
        return pd.DataFrame(found)

    def heading(self, title, what, indicators, extra=("", "")):
        """The heading of a chart: finding, then what is counted with unit, scope and period, then
        the source with its sections.
        """

        def listed(kind, column):
            codes = list(dict.fromkeys(self[i][column] for i in indicators))
            return "、".join(self.word(kind, c)[0] for c in codes), ", ".join(
                self.word(kind, c)[1] for c in codes
            )

        unit, scope, period = (
            listed("unit", "unit"),
            listed("scope", "scope"),
            listed("period", "period"),
        )
        sections = list(dict.fromkeys(self[i]["section"] for i in indicators if self[i]["section"]))
        words = [section_in_words(section) for section in sections]
        return charts.Heading(
            *title,
            f"{what[0]}。单位：{unit[0]}；范围：{scope[0]}；时段：{period[0]}。{extra[0]}",
            (
                f"{what[1]}. Unit: {unit[1]}; scope: {scope[1]}; period: {period[1]}. {extra[1]}"
            ).strip(),
            f"{self.about['title_zh']}，{'、'.join(zh for zh, _ in words)}",
            f"{self.about['title_en']}, section {'; '.join(en for _, en in words)}",
        )

    def plain_heading(self, title, note):
        """The heading of a chart about the report as a whole."""
        return charts.Heading(*title, *note, self.about["title_zh"], self.about["title_en"])


def both(pair):
    """Both languages in one cell; once where they are the same."""
    return pair[0] if pair[0] == pair[1] else f"{pair[0]}\n{pair[1]}"


def alternative(heading, table):
    """A chart in words: its finding, then each mark with its number."""
    zh = "；".join(
        f"{row.label_zh}：{row.text.split(' / ')[0].replace(',', '')}" for row in table.itertuples()
    )
    en = "; ".join(f"{row.label_en}: {row.text.split(' / ')[-1]}" for row in table.itertuples())
    return f"图：{heading.title_zh}。{zh}。", f"Chart: {heading.title_en}. {en}."


def answered(draw, table, heading, sentences, shown, *more):
    return Answer(draw(table, *more, heading), sentences, shown, alternative(heading, table))


def answered_in_groups(draw, groups, heading, sentences, shown):
    """The same for a chart of several tables, each with its titles: (title_zh, title_en, table)."""
    return Answer(
        draw(groups, heading),
        sentences,
        shown,
        alternative(heading, pd.concat([table for *_, table in groups])),
    )


def every_figure(topic=None, report=None, seeds=None):
    """Every figure of the report, or of one topic, as a table with its section.

    >>> len(every_figure("permissions").table) > 1
    True
    """
    facts = Facts(report, seeds)
    chosen = [name for name, row in facts.rows.items() if topic in (None, row["topic"])]
    printed = sum(facts[name]["status"] == "proved" for name in chosen)
    computed = len(chosen) - printed
    zh, en = ("", "") if topic is None else facts.word("topic", topic)
    sentences = [
        (
            f"{zh}共{printed}条统计数印在报告里"
            + (f"，另有{computed}条由它们推算。" if computed else "。"),
            f"The report prints {printed} figures{' on ' + en.lower() if en else ''}"
            + (
                f"; {computed} more {'is' if computed == 1 else 'are'} derived from them."
                if computed
                else "."
            ),
        )
    ]
    return Answer(None, sentences, facts.shown(chosen), ("", ""))
