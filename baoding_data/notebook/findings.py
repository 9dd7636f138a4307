"""The main findings of a report: sentences below each other, each with the page it leads to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from baoding_data.comparison.sentences import Told
from baoding_data.notebook.answer import Shows, computed
from baoding_data.notebook.answering import SEVERAL, Answering
from baoding_data.notebook.facts import Facts
from baoding_data.notebook.given import Given, Words
from baoding_data.notebook.question import Question, check_template
from baoding_data.notebook.tables import run, small
from baoding_data.shown import Html, html, tag
from baoding_data.words import Pair, named

LEFT_OUT = Pair(
    "报告给出几个范围或时段的数；未写明是哪一个的句子略去。",
    "The report gives figures for several scopes or periods; sentences that do not say which is"
    " meant are omitted.",
)
NOTHING = Pair("报告说不出这些结果。", "The report allows none of these findings.")


class Lead(NamedTuple):
    """A sentence, the page that it leads to, and what that is about."""

    told: Told
    page: str
    topic: Pair

    @property
    def html(self) -> Html:
        en, link = (
            tag("span", run(self.told.en), lang="en"),
            tag("a", self.topic.line, href=self.page),
        )
        return tag("li", run(self.told.zh), tag("br"), en, " → ", link)


@dataclass(frozen=True, repr=False)
class Leads(Shows):
    """Sentences below each other, and notes."""

    leads: Sequence[Lead]
    notes: Sequence[Pair]

    @property
    def html(self) -> Html:
        listed = tag("ul", *(one.html for one in self.leads), lang="zh") if self.leads else ""
        return html(listed, *map(small, self.notes))

    @property
    def plain(self) -> str:
        said = [f"{one.told.pair.lines} → {one.page}" for one in self.leads]
        return "\n".join([*said, *(note.lines for note in self.notes)])


def findings(facts: Facts, said: Mapping[str, Words]) -> Leads:
    """The sentences that the report allows, and in notes what it lacks for the others."""
    pages = _pages(facts, said)
    asking = Answering(facts, Question(say=list(pages.values())))
    told = {page: one for page, template in pages.items() if (one := asking.told(template))}
    leads = [Lead(one, page, _topic(facts, pages[page])) for page, one in told.items()]
    left_out = [LEFT_OUT if note == SEVERAL else note for note in asking.notes]
    notes = [*asking.lacking, *computed(told.values()), *left_out]
    notes += [NOTHING] * (not told and not notes)
    return Leads(leads, notes, question={"findings": pages})


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


def _topic(facts: Facts, template: Pair) -> Pair:
    """The topic of the first figure that a sentence names."""
    first = named(template.zh)[0].partition("@")[0]
    return facts.words.pair("topic", facts.tables.codebook[first].topic)
