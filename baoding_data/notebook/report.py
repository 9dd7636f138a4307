"""What answers are made of: a report's figures in words; chart, sentences and table."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from baoding_data import charts
from baoding_data.comparison.shares import Share, counted, share_of
from baoding_data.errors import known
from baoding_data.tables.figures import (
    Figure,
    by_indicator,
    located,
    of_report,
    one_figure,
    told_apart,
)
from baoding_data.tables.files import replace
from baoding_data.tables.records import FigureRow
from baoding_data.tables.seeds import AnySeeds, load, one_report
from baoding_data.text.numbers import Number
from baoding_data.text.report import section_in_words
from baoding_data.text.wording import Quantity, said
from baoding_data.words import Pair, together

Sentences = Sequence[tuple[str, str]]
Labels = Mapping[str, tuple[str, str]]
AS_THEY_ARE: Labels = {}
NONE = Pair("无", "none")


class Answer(NamedTuple):
    """What a question is answered with: a Figure or None, (Chinese, English) sentences, the table
    drawn, (Chinese, English) alternative text.
    """

    figure: Any
    sentences: Sentences
    table: pd.DataFrame
    alt: tuple[str, str]

    def show(self) -> None:
        """Display chart, sentences and table in a notebook, without any object's address."""
        if self.figure is not None:
            charts.show(self.figure, *self.alt)
        zh, en = "".join(zh for zh, _ in self.sentences), " ".join(en for _, en in self.sentences)
        display(f'<p lang="zh">{zh}</p><p lang="en">{en}</p>', f"{zh}\n{en}")
        plain = self.table.map(
            lambda cell: cell.replace("\n", " ") if isinstance(cell, str) else cell
        )
        display(_html(self.table), plain.to_string(index=False))

    def save(self, file: str | Path) -> bool:
        """Write the chart as PNG, unless the file holds it already; returns whether it did."""
        return replace(file, charts.png(self.figure))


def display(html: str, plain: str) -> None:
    """Show HTML in a notebook, and plain text where there is none."""
    from IPython.display import display

    display({"text/html": html, "text/plain": plain}, raw=True)


def _html(table: pd.DataFrame) -> str:
    """The table with words on the left, numbers on the right, each language on its own line."""
    html = table.to_html(index=False, border=0, justify="left", escape=True).replace("\\n", "<br>")
    html = re.sub(r"<td>(?=[\d.,]+%?</td>)", '<td style="text-align: right">', html)
    return html.replace("<td>", '<td style="text-align: left">').replace(
        "<th>", '<th style="text-align: left">'
    )


class Facts:
    """One report's figures by indicator, in words: what answers are made of.

    An indicator that the report gives several times has one line for each figure in charts and
    tables. A sentence names such a one as `indicator@scope`; without its scope it raises
    BaodingError, which names them all.

    >>> Facts()["litigation_lost"].printed
    '1'
    """

    def __init__(self, report: str | None = None, seeds: AnySeeds = None):
        self.tables = load(seeds)
        self.words = self.tables.words
        self.report = one_report(self.tables, report)
        self.about = self.tables.source[self.report]
        self.place = self.tables.where[self.about.place]
        self.text = self.tables.texts[self.report]
        self.figures = of_report(self.tables, self.report)
        self.by_name = by_indicator(self.figures)
        self.several = {name for name, found in self.by_name.items() if len(found) > 1}

    @property
    def located(self) -> Iterator[tuple[FigureRow, Number | None]]:
        """The rows of the report's table, each with the number of the text that it claims."""
        return located(self.tables, self.tables.rows_of("figures", self.report))

    def __getitem__(self, name: str) -> Figure:
        """The one figure that an indicator, or `indicator@scope`, means."""
        indicator, _, scope = name.partition("@")
        return one_figure(self.tables, indicator, self.report, scope or None)

    def of(self, names: Iterable[str]) -> list[Figure]:
        """All figures of some indicators."""
        return [figure for name in names for figure in self.by_name.get(name) or [self[name]]]

    def unmistakable(self, *names: str) -> bool:
        """Whether a sentence may name indicators without their scopes."""
        return self.several.isdisjoint(names)

    def said(self, figure: Quantity) -> Pair:
        """A figure as sentences say it: ("2万多名", "more than 20,000")."""
        return said(figure, self.words.pair("bound", figure.bound))

    def zh(self, name: str) -> str:
        """A number as a Chinese sentence says it: 316件, 2万多名, 99%以上."""
        return self.said(self[name]).zh

    def en(self, name: str) -> str:
        """A number as an English sentence says it: 316, more than 20,000, at least 99 %."""
        return self.said(self[name]).en

    def share(self, part: str, whole: str) -> Pair:
        """A computed share in words, one decimal: ("66.2%", "66.2 %")."""
        value = f"{100 * self[part].value / self[whole].value:.1f}"
        return Pair(f"{value}%", f"{value} %")

    def interval(self, part: str, whole: str) -> tuple[Share, Pair]:
        """A share, and the ends of its 95 % interval in words."""
        share = share_of(self.tables, self[part], self[whole])
        low, high = f"{share.low:.1f}", f"{share.high:.1f}"
        return share, Pair(f"{low}%至{high}%", f"{low} to {high} %")

    def counts(self, figure: Figure) -> Share | None:
        """The counts of a rate, of its own scope and period; None unless the report has both."""
        kind = figure.scope, figure.period
        alike = {one.indicator: one for one in self.figures if (one.scope, one.period) == kind}
        return counted(self.tables, figure.indicator, alike)

    def label(self, figure: Figure, labels: Labels = AS_THEY_ARE) -> Pair:
        """What a figure is called: its indicator, and what tells it from others of the same."""
        zh, en = labels.get(figure.indicator, (figure.label_zh, figure.label_en))
        apart = told_apart(self.words, figure, self.by_name[figure.indicator])
        return Pair(zh + apart.zh, en + apart.en)

    def numbers(self, indicator: str) -> Pair:
        """The figures of an indicator in one line, each with what tells it from the others."""
        several = self.of([indicator])
        apart = [told_apart(self.words, figure, several) for figure in several]
        both = zip(map(self.said, several), apart, strict=True)
        return together((Pair(n.zh + by.zh, n.en + by.en) for n, by in both), en=" and ")

    def listed(self, names: Iterable[str]) -> Pair:
        """The labels of some indicators in one line: a title where none can be said."""
        rows = [self.by_name[name][0] for name in names]
        return together(Pair(row.label_zh, row.label_en) for row in rows)

    def bars(
        self,
        names: Iterable[str],
        roles: Mapping[str, str] | None = None,
        labels: Labels = AS_THEY_ARE,
    ) -> pd.DataFrame:
        """A chart's table: labels, values, numbers as printed in both languages; a row a figure."""
        found = []
        for figure in self.of(names):
            label, exact = self.label(figure, labels), figure.bound == "exact"
            role = "derived" if figure.status == "derived" else "main"
            found.append(
                {
                    "indicator": figure.indicator,
                    "label_zh": label.zh,
                    "label_en": label.en,
                    "value": float(figure.value),
                    "text": f"{figure.value:,}" if exact else " / ".join(self.said(figure)),
                    "role": (roles or {}).get(figure.indicator, role),
                    "status": figure.status,
                }
            )
        return pd.DataFrame(found)

    def tiles(self, names: Sequence[str]) -> pd.DataFrame:
        """The same with every number as sentences of both languages say it."""
        return self.bars(names).assign(
            text=[" / ".join(self.said(figure)) for figure in self.of(names)]
        )

    def rates(self, names: Iterable[str], labels: Labels = AS_THEY_ARE) -> pd.DataFrame:
        """The table that a chart of rates takes: each as printed, with the counts of its own scope
        and period, and its interval, where the report prints them; a row for each figure.
        """
        found = []
        for figure in self.of(names):
            label, texts = self.label(figure, labels), self.said(figure)
            exact = figure.bound == "exact"
            share = self.counts(figure)
            # The interval is of the two counts, so the bar is too, where the rate is printed only
            # as a bound.
            found.append(
                {
                    "indicator": figure.indicator,
                    "label_zh": label.zh,
                    "label_en": label.en,
                    "value": share.value if share and not exact else float(figure.value),
                    "text": texts.zh if exact and texts.zh.isascii() else " / ".join(texts),
                    "part": share and share.part,
                    "whole": share and share.whole,
                    "low": share and share.low,
                    "high": share and share.high,
                    "role": "main",
                }
            )
        return pd.DataFrame(found)

    def shown(self, names: Iterable[str]) -> pd.DataFrame:
        """The table under a chart: every figure as printed, its scope, period, status, section."""
        pair = self.words.pair
        unprinted = pair("status", "not_in_report").lines
        return pd.DataFrame(
            {
                "指标 Indicator": self.label(figure).lines,
                "原文 As printed": figure.printed or unprinted,
                "数值 Value": f"{figure.value:,}",
                "单位 Unit": pair("unit", figure.unit).lines,
                "界限 Bound": pair("bound", figure.bound).lines,
                "范围 Scope": pair("scope", figure.scope).lines,
                "时段 Period": pair("period", figure.period).lines,
                "依据 Status": pair("status", figure.status).lines,
                "出处 Section": section_in_words(figure.section)[0]
                if figure.section
                else unprinted,
            }
            for figure in self.of(names)
        )

    def heading(
        self,
        title: tuple[str, str],
        what: tuple[str, str],
        names: Sequence[str],
        extra: tuple[str, str] = ("", ""),
    ) -> charts.Heading:
        """The heading of a chart: finding; what is counted, its unit, scope, period; the source."""
        figures = self.of(names)

        def listed(kind: str) -> Pair:
            codes = dict.fromkeys(getattr(figure, kind) for figure in figures)
            return together(self.words.pair(kind, code) for code in codes)

        unit, scope, period = listed("unit"), listed("scope"), listed("period")
        sections = dict.fromkeys(figure.section for figure in figures if figure.section)
        where = together(map(section_in_words, sections), en="; ")
        note = f"{what[1]}. Unit: {unit.en}; scope: {scope.en}; period: {period.en}. {extra[1]}"
        return charts.Heading(
            *title,
            f"{what[0]}。单位：{unit.zh}；范围：{scope.zh}；时段：{period.zh}。{extra[0]}",
            note.strip(),
            f"{self.about.title_zh}，{where.zh}",
            f"{self.about.title_en}, section {where.en}",
        )

    def plain_heading(self, title: tuple[str, str], note: tuple[str, str]) -> charts.Heading:
        """The heading of a chart about the report as a whole."""
        return charts.Heading(*title, *note, self.about.title_zh, self.about.title_en)


def alternative(heading: charts.Heading, table: pd.DataFrame) -> Pair:
    """A chart in words: its finding, then each mark with its number."""
    marks = list(zip(table["label_zh"], table["label_en"], table["text"], strict=True))
    zh = "；".join(f"{zh}：{text.split(' / ')[0].replace(',', '')}" for zh, _, text in marks)
    en = "; ".join(f"{en}: {text.split(' / ')[-1]}" for _, en, text in marks)
    return Pair(f"图：{heading.title_zh}。{zh}。", f"Chart: {heading.title_en}. {en}.")


def answered(
    draw: Callable[..., Any],
    table: pd.DataFrame,
    heading: charts.Heading,
    sentences: Sentences,
    shown: pd.DataFrame,
) -> Answer:
    """The answer whose chart is drawn of one table."""
    return Answer(draw(table, heading), sentences, shown, alternative(heading, table))


def answered_in_groups(
    draw: Callable[..., Any],
    groups: Sequence[tuple[str, str, pd.DataFrame]],
    heading: charts.Heading,
    sentences: Sentences,
    shown: pd.DataFrame,
) -> Answer:
    """The same for a chart of several tables, each with its titles: (title_zh, title_en, table)."""
    figure = draw(groups, heading)
    drawn = pd.concat([table for *_, table in groups])
    return Answer(figure, sentences, shown, alternative(heading, drawn))


SEVERAL = (
    "报告给出几个范围或时段的数，每个各在一行；没有写明是哪一个的句子略去。",
    "The report gives figures of several scopes or periods: each stands on its own line, and"
    " sentences that do not say which are left out.",
)


def plain_where_several(*names: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """An answer whose title and sentences mean one figure of each of some indicators: where the
    report gives one of them several times, it shows every figure with its scope instead.
    """

    def made(answer: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(answer)
        def answered_or_plain(report: str | None = None, seeds: AnySeeds = None) -> Answer:
            facts = Facts(report, seeds)
            if facts.unmistakable(*names):
                return answer(report=facts.report, seeds=facts.tables)
            chosen = [name for name in names if name in facts.by_name]
            what = ("每个数各在一行", "Each figure on a line of its own")
            heading = facts.heading(facts.listed(chosen), what, chosen)
            return answered(
                charts.tiles, facts.tiles(chosen), heading, [SEVERAL], facts.shown(chosen)
            )

        return answered_or_plain

    return made


def every_figure(
    topic: str | None = None, report: str | None = None, seeds: AnySeeds = None
) -> Answer:
    """Every figure of the report, or of one topic, as a table with its section.

    >>> len(every_figure("permissions").table) > 1
    True
    """
    facts = Facts(report, seeds)
    if topic is not None:
        known(topic, facts.words.codes("topic"), "topic")
    chosen = [figure for figure in facts.figures if topic in (None, figure.topic)]
    printed = sum(figure.status == "proved" for figure in chosen)
    computed = len(chosen) - printed
    zh, en = ("", "") if topic is None else facts.words.pair("topic", topic)
    more, on = f"，另有{computed}条由它们推算", f" on {en.lower()}"
    derived = f"; {computed} more {'is' if computed == 1 else 'are'} derived from them"
    sentence = (
        f"{zh}共{printed}条统计数印在报告里{more if computed else ''}。",
        f"The report prints {printed} figures{on if en else ''}{derived if computed else ''}.",
    )
    names = dict.fromkeys(figure.indicator for figure in chosen)
    return Answer(None, [sentence], facts.shown(names), ("", ""))
