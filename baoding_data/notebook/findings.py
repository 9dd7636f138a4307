"""The main findings of a report: sentences below each other, each with the page it leads to."""

from collections.abc import Mapping

from baoding_data.notebook.answer import Pages, computed, run
from baoding_data.notebook.answering import SEVERAL, Answering
from baoding_data.notebook.facts import Facts
from baoding_data.notebook.given import Given, Words
from baoding_data.notebook.question import Question, check_template
from baoding_data.notebook.tables import small
from baoding_data.shown import Html, html, tag
from baoding_data.words import Pair, named

LEFT_OUT = Pair(
    "报告给出几个范围或时段的数；未写明是哪一个的句子略去。",
    "The report gives figures for several scopes or periods; sentences that do not say which is"
    " meant are omitted.",
)
NOTHING = Pair("报告说不出这些结果。", "The report allows none of these findings.")


def findings(facts: Facts, said: Mapping[str, Words]) -> Pages:
    """The sentences that the report allows, and in notes what it lacks for the others."""
    pages = _pages(facts, said)
    asking = Answering(facts, Question(say=list(pages.values())))
    told = {page: one for page, template in pages.items() if (one := asking.told(template))}
    items = []
    for page, one in told.items():
        en, link = tag("span", run(one.en), lang="en"), _link(facts, page, pages[page])
        items.append(tag("li", run(one.zh), tag("br"), en, " → ", link))
    left_out = [LEFT_OUT if note == SEVERAL else note for note in asking.notes]
    notes = [*asking.lacking, *computed(told.values()), *left_out]
    notes += [NOTHING] * (not told and not notes)
    listed = tag("ul", *items, lang="zh") if told else ""
    plain = [f"{one.pair.lines} → {page}" for page, one in told.items()]
    plain += [note.lines for note in notes]
    return Pages(html(listed, *map(small, notes)), "\n".join(plain))


def _pages(facts: Facts, said: Mapping[str, Words]) -> dict[str, Pair]:
    """The template of each page; raises BaodingError with all that is wrong with them."""
    given, pages = Given("report.findings"), {}
    for page, words in given.mapping("said", said).items():
        pages[page] = given.words(given.name("a page", page), words)
        check_template(facts.tables, given, page, pages[page])
        if not named(pages[page].zh):
            given.wrong(page, words, "a sentence that names a figure")
    if not pages:
        given.wrong("said", said, "a sentence or more, each under its page")
    given.refuse()
    return pages


def _link(facts: Facts, page: str, template: Pair) -> Html:
    """The page, by the topic of the first figure that its sentence names."""
    first = named(template.zh)[0].partition("@")[0]
    topic = facts.words.pair("topic", facts.tables.codebook[first].topic)
    return tag("a", topic.line, href=page)
