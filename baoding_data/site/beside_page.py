"""The page on which a report stands beside others: every indicator of it, topic by topic."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from baoding_data.comparison.wording import caution
from baoding_data.notebook.facts import Facts, left_out_of
from baoding_data.notebook.tables import Table
from baoding_data.shown import Html, html
from baoding_data.site import address
from baoding_data.site.elsewhere import Found
from baoding_data.site.voice import Voice, sentences
from baoding_data.tables.figures import Figure
from baoding_data.words import Pair

if TYPE_CHECKING:
    from baoding_data.site.build import Site


class Own(NamedTuple):
    """A figure of the report: the number, which leads to the text, and what is known of it."""

    number: Html
    about: Sequence[str]


class Item(NamedTuple):
    """An indicator beside its figures elsewhere; `more` are those that the page does not list."""

    code: str
    label: str
    own: Sequence[Own]
    grades: str
    told: Html
    table: Html
    folded: Html
    inside: int
    more: int


def about(site: "Site", report: str, voice: Voice) -> dict[str, Any]:
    """What the template takes."""
    facts, elsewhere = site.reports[report].facts, site.elsewhere[report]
    found = {name: elsewhere.beside(name) for name in facts.by_name}
    items = {name: _item(facts, name, one, voice) for name, one in found.items()}
    alike = {name for name, one in found.items() if one.alike or one.nearly}
    return {
        "title": voice.of(elsewhere.title()) if found else "",
        "grades": [voice.of(facts.words.pair("grade", code)) for code in "ABC"],
        "topics": list(_topics(facts, items, voice)),
        "alike": alike,
        "without": [one for name, one in items.items() if name not in alike],
        "others": [
            (voice.way(address.comparison(name)), voice.of(site.subject(name)))
            for name in site.reports
            if name != report
        ],
        "left_out": [voice.of(line) for line in left_out_of(elsewhere.tables)],
    }


def _topics(
    facts: Facts, items: dict[str, Item], voice: Voice
) -> Iterator[tuple[str, str, list[Item]]]:
    """The topics of the report: code, name, indicators."""
    codebook = facts.tables.codebook
    for topic in facts.words.codes("topic"):
        of_topic = [one for name, one in items.items() if codebook[name].topic == topic]
        if of_topic:
            yield topic, voice.of(facts.words.pair("topic", topic)), of_topic


def _item(facts: Facts, name: str, one: Found, voice: Voice) -> Item:
    """One indicator in the language of the page."""
    book = facts.tables.codebook[name]
    return Item(
        name,
        voice.of(Pair(book.label_zh, book.label_en)),
        [own(facts, figure, voice) for figure in facts.by_name[name]],
        " · ".join(f"{grade} {of:,}" for grade, of in (("A", one.alike), ("B", one.nearly)) if of),
        sentences(voice, one.told),
        _table(one.table, voice),
        _table(one.folded, voice),
        one.inside,
        one.more,
    )


def own(facts: Facts, figure: Figure, voice: Voice) -> Own:
    """A figure of the report, and its scope, period, counts, status and doubts."""
    came = facts.came(figure.status)
    if figure.status == "unproved":
        came = facts.words.pair("status", figure.status)
    known = [
        facts.worded("scope", figure.scope),
        facts.worded("period", figure.period),
        facts.in_counts(figure),
        came,
        caution(facts.tables, figure),
    ]
    number = voice.number(voice.of(facts.number(figure)), figure)
    return Own(number, [voice.of(one).rstrip("。.") for one in known if any(one)])


def _table(table: Table | None, voice: Voice) -> Html:
    """Figures elsewhere to read, if there are any."""
    return voice.table(table) if table else html()
