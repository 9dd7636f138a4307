"""The page that says how a report was checked: findings, identities, doubts, readings, rules."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from baoding_data.checks import rules
from baoding_data.checks.audit import by_report
from baoding_data.checks.rule import Rule
from baoding_data.notebook.report import Report
from baoding_data.shown import Html, html
from baoding_data.site import address
from baoding_data.site.answers import Block, told
from baoding_data.site.pages import inline
from baoding_data.site.voice import Voice, english
from baoding_data.tables.figures import claims
from baoding_data.words import Pair

if TYPE_CHECKING:
    from baoding_data.site.build import Site


class Section(NamedTuple):
    """A part of the page with a heading, as the audit answers it."""

    name: str
    title: str
    block: Block


class Told(NamedTuple):
    """A rule: its name, its sentence, what it finds and what it passes."""

    name: str
    sentence: Html
    found: Sequence[Html]
    passed: Sequence[Html]


class Open(NamedTuple):
    """A number that is unclear, or that no row accounts for."""

    number: Html
    what: str
    sentence: Html


def about(site: "Site", report: str, voice: Voice) -> dict[str, Any]:
    """What the template takes."""
    of = site.reports[report]
    found = [one for several in by_report(site.tables, [report]).values() for one in several]
    return {
        "summary": told("summary", of.audit.summary(), voice),
        "findings": [english(str(one)) for one in found],
        "open": list(_open(of, voice)),
        "sections": list(_sections(of, voice)),
        "introduction": inline(voice.of(rules.about())),
        "invented": voice.quoted(rules.invented(), name="pre"),
        "levels": [
            (voice.of(level.title), [_rule(one, voice) for one in level.rules])
            for level in rules.LEVELS
        ],
    }


UNCLAIMED = Pair("尚无归属", "not accounted for")
TITLES = {
    "relations": Pair("勾稽关系", "Relations between the numbers"),
    "doubts": Pair("存疑数据", "Doubtful figures"),
    "conflicts": Pair("来源之间的出入", "Sources that differ"),
    "readings": Pair("复核", "Second readings"),
}


def _sections(report: Report, voice: Voice) -> Iterator[Section]:
    """What the audit shows of the report."""
    audit = report.audit
    answers = audit.relations(), audit.doubts(), report.conflicts(), audit.readings()
    for (name, title), answer in zip(TITLES.items(), answers, strict=True):
        yield Section(name, voice.of(title), told(name, answer, voice))


def _open(report: Report, voice: Voice) -> Iterator[Open]:
    """The numbers that are unclear, and the values that no row accounts for."""
    text, claimed, words = report.text, claims(report.facts.located), report.tables.words
    for at, number in enumerate(text.numbers, 1):
        rows = claimed.get(number.start, ())
        if number.kind == "unclear":
            what = words.pair("number", "unclear")
            if any(row.resolved for row in rows):
                what = words.pair("status", "resolved")
        elif number.kind == "value" and not rows:
            what = UNCLAIMED
        else:
            continue
        place = voice.way(f"{address.text(report.name)}#n{at}")
        printed = voice.quoted(number.printed, name="a", href=place)
        sentence = voice.quoted(text.sentence_at(number.start).text.strip())
        yield Open(printed, voice.of(what), sentence)


def _rule(rule: Rule, voice: Voice) -> Told:
    """A rule with its example."""
    found, finding, passed = rules.example(rule)
    changes = [english(one) for one in (*found, f"⇒ {finding}")]
    passes = [english(one) for one in passed]
    sentence = html(rule.sentence.zh) if voice.lang == "zh" else english(rule.sentence.en)
    return Told(rule.name, sentence, changes, passes)
