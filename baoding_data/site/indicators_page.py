"""The page of all indicators: the codebook, topic by topic, and where each is on file."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from baoding_data.notebook.facts import Facts
from baoding_data.shown import Html, html
from baoding_data.site import address
from baoding_data.site.voice import Voice
from baoding_data.tables.figures import Figure, told_apart
from baoding_data.tables.names import layers
from baoding_data.tables.records import Indicator
from baoding_data.words import Pair

if TYPE_CHECKING:
    from baoding_data.site.build import Site

LISTED = 8  # so many reports are named with their figures, of others the count


class OfReport(NamedTuple):
    """The figures of an indicator in a report, and the way to those of others."""

    subject: str
    figures: Sequence[Html]
    beside: str


class Entry(NamedTuple):
    """An indicator: what it is called, what it is, where it is on file, what finds it."""

    row: Indicator
    label: str
    also: str  # the label in the other language
    unit: str
    measure: str
    definition: str
    parts: Sequence[tuple[str, str]]
    near: Sequence[tuple[str, str, str]]
    reports: Sequence[OfReport]
    more: int
    elsewhere: int
    words: str


def about(site: "Site", report: str, voice: Voice) -> dict[str, Any]:
    """What the template takes."""
    entries = list(_entries(site, voice))
    words = site.tables.words
    topics = []
    for topic in words.codes("topic"):
        of_topic = [one for one in entries if one.row.topic == topic]
        there = [one for one in of_topic if one.reports]
        rest = [one for one in of_topic if not one.reports]
        if of_topic:
            topics.append((topic, voice.of(words.pair("topic", topic)), there, rest))
    return {"topics": topics, "count": len(entries)}


def _entries(site: "Site", voice: Voice) -> Iterator[Entry]:
    """Every indicator of the codebook."""
    tables, words = site.tables, site.tables.words
    elsewhere = Counter(row.indicator for row in tables.observations)
    on_file = _on_file(site, voice)
    near: dict[str, list[tuple[str, str, str]]] = {}
    for one in tables.neighbours:
        there = _label(tables.codebook[one.neighbour])
        note = voice.of(Pair(one.note_zh, one.note_en))
        near.setdefault(one.indicator, []).append((one.neighbour, voice.of(there), note))
    for row in tables.indicators:
        label, (reports, more) = _label(row), on_file.get(row.indicator, ([], 0))
        parts = (row.numerator, row.denominator) if row.numerator and row.denominator else ()
        yield Entry(
            row,
            voice.of(label),
            label.en if voice.lang == "zh" else label.zh,
            voice.of(words.pair("unit", row.unit)),
            voice.of(words.pair("measure", row.measure)),
            voice.of(Pair(row.definition_zh, row.definition_en)),
            [(name, voice.of(_label(tables.codebook[name]))) for name in parts],
            near.get(row.indicator, ()),
            reports,
            more,
            elsewhere[row.indicator],
            " ".join(layers(row)),
        )


def _label(row: Indicator) -> Pair:
    return Pair(row.label_zh, row.label_en)


def _on_file(site: "Site", voice: Voice) -> dict[str, tuple[list[OfReport], int]]:
    """By indicator the first reports that give it, and how many more do; report by report."""
    found: dict[str, list[OfReport]] = {}
    count: Counter[str] = Counter()
    for name, report in site.reports.items():
        for indicator, of_report in report.facts.by_name.items():
            count[indicator] += 1
            if count[indicator] <= LISTED:
                beside = voice.way(f"{address.comparison(name)}#{indicator}")
                figures = [_figure(report.facts, one, voice) for one in of_report]
                one = OfReport(voice.of(site.subject(name)), figures, beside)
                found.setdefault(indicator, []).append(one)
    return {name: (listed, count[name] - len(listed)) for name, listed in found.items()}


def _figure(facts: Facts, figure: Figure, voice: Voice) -> Html:
    """A figure, which leads to its place, and what tells it from others of its indicator."""
    apart = told_apart(facts.words, figure, facts.by_name[figure.indicator])
    came = Pair("", "").noted(facts.came(figure.status))
    number = voice.number(voice.of(facts.number(figure)), figure)
    return html(number, voice.of(apart), voice.of(came))
