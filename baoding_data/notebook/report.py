"""One report to ask: what the cells of a notebook call."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import FunctionType
from typing import TYPE_CHECKING, Any

from baoding_data import charts
from baoding_data.charts.rows import Lang
from baoding_data.comparison.asked import of_one
from baoding_data.notebook import on_file
from baoding_data.notebook.answer import Answer, Entries
from baoding_data.notebook.answering import Answering
from baoding_data.notebook.audit import Audit
from baoding_data.notebook.beside import beside
from baoding_data.notebook.facts import Facts, lacking
from baoding_data.notebook.findings import Leads, findings
from baoding_data.notebook.given import Given, Words
from baoding_data.notebook.per_head import per_head as per_head_of
from baoding_data.notebook.question import CHARTS, Question, of_table
from baoding_data.notebook.search import search
from baoding_data.notebook.tables import excerpt
from baoding_data.shown import shown
from baoding_data.tables.figures import Key, the_one
from baoding_data.tables.names import term_of
from baoding_data.tables.seeds import AnySeeds, Seeds
from baoding_data.words import Pair, together

if TYPE_CHECKING:
    import pandas as pd

    from baoding_data.text.report import Report as Text


class Report:
    """One report of the seeds, for a notebook: `ask` puts a question, `figures` is a frame of its
    figures, `text` its text, `audit` what the audit shows of it.

    >>> from baoding_data import charts
    >>> answer = report("baoding-2022").ask(charts.bars, ["licensing_items", "filing_items"])
    >>> answer.data["value"].tolist()
    [293.0, 145.0]
    """

    def __init__(self, tables: Seeds, name: str, calls: bool = True):
        self.tables, self.name = tables, name
        self.facts = Facts(tables, name, calls)
        self._shown: set[Key] = set()

    def __repr__(self) -> str:
        return shown(self.facts.about.title_zh)

    @property
    def figures(self) -> "pd.DataFrame":
        """The report's figures, a row each: codes, labels, number, section, sentence."""
        return self.facts.data(self.facts.figures)

    @property
    def text(self) -> "Text":
        """The report's text: its sections, sentences, and numbers."""
        return self.facts.text

    @cached_property
    def audit(self) -> Audit:
        """What the audit shows of the report."""
        return Audit(self.facts)

    def ask(
        self,
        chart: FunctionType | str | None = None,
        names: Sequence[str] = (),
        *,
        title: Words | None = None,
        say: Sequence[Words] = (),
        what: Words | None = None,
        share: Words | tuple[()] = (),
        whole: str = "",
        roles: Mapping[str, str] | None = None,
        labels: Mapping[str, Words] | None = None,
        groups: Mapping[Words, Sequence[str]] | None = None,
        of: Mapping[str, Sequence[Words]] | None = None,
        sort: bool = False,
    ) -> Answer:
        """A question about some figures: drawn by a function of `charts`, with a title and
        sentences, which are templates in both languages; or one of questions.csv, by its name.

        `what` says what is counted; `share` is (part, whole) of what came out of a funnel; `whole`
        is what the parts of a strip or waffle add up to; `roles`, `labels` and `groups` are those
        of the chart; `of` holds sentences that are true of one report's wording alone; `sort` puts
        the largest first. What the report lacks is named, and what cannot be said of it left out.
        Figures are named by code or by label, and outside templates as `name@scope` too. Raises
        BaodingError for a name or a template that there is not.
        """
        given, code = Given("report.ask"), self.facts.code
        mapping = given.mapping
        asked = Question(
            title=None if title is None else given.words("title", title),
            say=given.sentences("say", say),
            what=None if what is None else given.words("what", what),
            share=given.names("share", share),
            whole=given.name("whole", whole) if whole else "",
            roles=dict(mapping("roles", roles)),
            labels={
                k: given.words(f"labels, {k}", v) for k, v in mapping("labels", labels).items()
            },
            groups={
                given.words("groups, a key", key): given.names(f"groups, {key}", names)
                for key, names in mapping("groups", groups).items()
            },
            of={k: given.sentences(f"of {k!r}", said) for k, said in mapping("of", of).items()},
            sort=sort,
            names=given.names("names", names),
            chart="" if isinstance(chart, str) else self._chart(given, chart),
        )
        if asked.share and len(asked.share) != 2:
            given.wrong("share", share, "two names: part and whole")
        if not isinstance(sort, bool):
            given.wrong("sort", sort, "True or False")
        grouped = asked.chart in ("panels", "sheet")
        if asked.groups and not grouped:
            given.wrong("groups", asked.chart, "charts.panels or charts.sheet, which draw groups")
        own = replace(asked, say=(), of={})
        if isinstance(chart, str):
            if own.json:
                wanted = "say and of alone: the question brings its own figures, chart and title"
                given.wrong(chart, "more", wanted, "ask about the figures themselves")
            given.refuse()
            kept = of_table(self.tables, chart)
            asked = replace(kept, say=[*kept.say, *asked.say], of=asked.of)
        elif not asked.every_name:
            given.wrong("names", names, "the figures asked about", "bd.find(...) lists them")
        given.refuse()
        asking = Answering(self.facts, asked.coded(code))
        self._shown |= {figure.key for figure in asking.figures}
        return asking.answer()

    def _chart(self, given: Given, chart: Any) -> str:
        """The name of a function of `charts`; empty for None."""
        name = getattr(chart, "__name__", "")
        if chart is None or (name in CHARTS and chart is getattr(charts, name)):
            return name
        wanted = f"one of {', '.join(f'charts.{one}' for one in CHARTS)}, or None"
        given.wrong("chart", chart, wanted)
        return ""

    def table(self, names: Sequence[str]) -> Answer:
        """Some figures to read: label, number, the sentence with the number marked, section."""
        return self.ask(None, names)

    def rest(self, topic: str) -> Answer:
        """The figures of a topic that no question above has shown."""
        words, topic = self.tables.words, term_of(self.tables, "topic", topic)
        every = [figure for figure in self.facts.figures if figure.topic == topic]
        left = [figure for figure in every if figure.key not in self._shown]
        zh, en = words.pair("topic", topic)
        title = Pair(f"{zh}：其他统计数据", f"{en}: other figures")
        if not left:
            title = Pair(f"{zh}：无其他统计数据", f"{en}: no other figures")
        table = self.facts.table(left) if left else None
        data = self.facts.data(left)
        return Answer(title, table=table, data=data, question={"rest": topic})

    def sentence(self, name: str) -> Answer:
        """The sentence of a figure, its numbers tied to their rows of the table."""
        given, facts = Given("report.sentence"), self.facts
        name = given.name("name", name)
        given.refuse()
        code = facts.code(name)
        one = the_one(code, facts.by_name)
        if len(facts.by_name.get(code.partition("@")[0], ())) > 1:
            return self.table([code])  # no picture says which of them is meant
        if one is None or not one.sentence:
            return Answer(lacking([facts.name(code)]), data=facts.data([]))
        inside = [figure for figure in facts.figures if figure.sentence == one.sentence]
        told = together((facts.labelled(figure) for figure in inside), "；", "; ")
        quoted = excerpt(inside).plain
        alt = Pair(
            f"图：{quoted}统计数——{told.zh}。",
            f"Chart: a sentence of the report with its figures. {told.en}.",
        )
        title = facts.name(code)

        def draw(lang: Lang) -> Any:
            from baoding_data.charts.sentences import sentence_in  # what draws is long to load

            return sentence_in(self.tables, self.name, one.indicator, lang)

        data, question = facts.data(inside), {"sentence": code}
        return Answer(title, data=data, draw=draw, alt=alt, question=question)

    def findings(self, said: Mapping[str, Words]) -> Leads:
        """Sentences below each other, each with the page that it leads to; those that the report
        does not allow are left out, and what it lacks is named.
        """
        return findings(self.facts, said)

    def search(self, sought: Mapping[Words, Sequence[str]]) -> Answer:
        """What may have no number: of each, every sentence with some words, and its figures."""
        return search(self.facts, sought)

    def beside(
        self,
        indicator: str | Sequence[str],
        *,
        title: Words | None = None,
        say: Sequence[Words] = (),
        named: Sequence[str] = (),
        per_head: bool = False,
    ) -> Answer:
        """An indicator, or several, beside the comparable figures (grades A and B) of other places
        and years; those of grade C are counted only, `bd.compare` lists them.

        `title` and `say` are templates as for `ask`. With `per_head`, one count for every 100,000
        people, as a strip of the places of that level and year of which most are on file; it names
        the report's own place, the first and the last, and those `named`, in either language.
        Raises BaodingError for a name or a template that there is not.

        >>> report("baoding-2022").beside("mediation_success_rate").title.en
        'Baoding 2022, mediation success rate: at least 99%; 2 comparable figures'
        """
        given = Given("report.beside")
        names = given.names("indicator", [indicator] if isinstance(indicator, str) else indicator)
        head = None if title is None else given.words("title", title)
        words, places = (head, given.sentences("say", say)), given.names("named", named)
        if not names or (per_head and len(names) > 1):
            wanted = "one count" if per_head else "one indicator or more"
            given.wrong("indicator", indicator, wanted)
        given.refuse()
        names = list(map(self.facts.code, names))
        asked = Question(names=names, title=head, say=words[1]).json
        if not per_head:
            return replace(beside(self.facts, names, *words), question={"beside": asked})
        found = per_head_of(self.facts, names[0], places, *words)
        return replace(found, question={"per_head": asked | {"named": places}})

    def years(self) -> Answer:
        """The reports of the place, year by year, and how far each was read."""
        return replace(on_file.years(self.facts), question={"years": {}})

    def changes(self) -> Answer:
        """What became of the indicators that have figures of several years of the place."""
        return replace(on_file.changes(self.facts), question={"changes": {}})

    def conflicts(self) -> Entries:
        """Numbers of two sources on what seems one fact, each pair with its explanation."""
        return replace(on_file.conflicts(self.facts), question={"conflicts": {}})

    def profile(self) -> Answer:
        """The indicators of the report that have comparable figures."""
        return replace(on_file.profile(self.facts), question={"profile": {}})


def report(name: str | None = None, seeds: AnySeeds = None) -> Report:
    """A report of the seeds, or the only one, to ask.

    Raises BaodingError for a report that is not there or not audited.

    >>> report("baoding-2022")
    保定市人民政府关于保定市2022年度法治政府建设情况的报告
    """
    return Report(*of_one(seeds, name))
