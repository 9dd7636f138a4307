"""The report page: the full text as published, every number marked as what it is, with its card."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from baoding_data.shown import Html, html, tag
from baoding_data.site.cards import Cards
from baoding_data.site.printed import Printed, printed_in
from baoding_data.site.voice import Voice
from baoding_data.text.report import Report as Text

if TYPE_CHECKING:
    from baoding_data.site.build import Site

_BLANK = " \u00a0\u3000\t\r\f"
_CHAPTER = re.compile("[一二三四五六七八九十]+")
_UNHEADED = ("标题", "引言", "落款")  # the parts that no words of the text name
_SENTENCE = re.compile("[。！？；]")
_HEAD = 60  # characters: what is longer is no heading


class Body:
    """The text of a report as paragraphs and headings, its numbers leading to their cards."""

    def __init__(self, text: Text, title: str, printed: Sequence[Printed], topics: Sequence[str]):
        self.text, self.title, self.printed = text, title, printed
        self.topics = topics
        self.starts = [one.number.start for one in printed]
        self.signed = next((at for at, label in text.sections if label == "落款"), len(text.text))

    def blocks(self) -> Iterator[Html]:
        """Every line, a heading or a paragraph; a table as it stands."""
        at = 0
        for table in self.text.tables:
            yield from self._lines(at, table.start)
            yield tag("pre", self._run(table.start, table.end), tabindex=0)
            at = table.end
        yield from self._lines(at, len(self.text.text))

    def _lines(self, start: int, end: int) -> Iterator[Html]:
        for match in re.finditer(r"[^\n]+", self.text.text[start:end]):
            line = match[0].strip(_BLANK)
            if line:
                first = start + match.start()
                begin = first + match[0].index(line)
                yield self._line(first, begin, begin + len(line))

    def _line(self, first: int, start: int, end: int) -> Html:
        """A line from its first character to its last that is no blank."""
        sections = [
            (f"s{nth}", max(start, at), label)
            for nth, (at, label) in enumerate(self.text.sections)
            if first <= at < end
        ]
        name, _, label = sections[0] if sections and sections[0][1] == start else (None, 0, "")
        alone = end - start <= _HEAD and not _SENTENCE.search(self.text.text[start:end])
        if self.text.text[start:end] == self.title:
            return tag("h2", self._run(start, end), id=name, **{"class": "title"})
        if label and label not in _UNHEADED and "·" not in label and alone:
            level = "h2" if _CHAPTER.fullmatch(label) else "h3"
            return tag(level, self._run(start, end), id=name)
        look = {"class": "signed"} if start >= self.signed else {}
        return tag("p", *self._with_heads(start, end, sections), id=name, **look)

    def _with_heads(
        self, start: int, end: int, sections: Sequence[tuple[str, int, str]]
    ) -> Iterator[Html]:
        """A paragraph, the first sentences of its parts set off."""
        at = start
        for name, begin, label in sections:
            if label in _UNHEADED:
                continue
            last = min(end, self.text.sentence_at(begin).end)
            last = last if last - begin <= _HEAD else begin
            yield self._run(at, begin)
            anchor = {"id": name if begin > start else None}
            yield tag("strong" if last > begin else "span", self._run(begin, last), **anchor)
            at = last
        yield self._run(at, end)

    def _run(self, start: int, end: int) -> Html:
        """A run of the text with the numbers that begin in it."""
        parts, at = [], start
        inside = slice(bisect_left(self.starts, start), bisect_left(self.starts, end))
        for one in self.printed[inside]:
            last = min(one.number.end, end)
            parts += [self.text.text[at : one.number.start], self._number(one, last)]
            at = last
        return html(*parts, self.text.text[at:end])

    def _number(self, one: Printed, end: int) -> Html:
        look = " ".join(["n", one.kind, *(f"t{self.topics.index(code)}" for code in one.topics)])
        about = {"id": f"n{one.at}", "href": f"#c{one.at}", "aria-describedby": f"is-{one.kind}"}
        return tag("a", self.text.text[one.number.start : end], **about, **{"class": look})


def about(site: "Site", report: str, voice: Voice) -> dict[str, Any]:
    """What the template takes."""
    facts = site.reports[report].facts
    printed, words = printed_in(facts), facts.words
    of_topic = Counter(figure.topic for one in printed for _, figure in one.figures)
    topics = [code for code in words.codes("topic") if code in of_topic]
    cards = Cards(site, report, voice)
    body = Body(facts.text, facts.about.title_zh, printed, topics)
    whole = len(facts.text.text) or 1
    return {
        "body": list(body.blocks()),
        "kinds": Counter(one.kind for one in printed),
        "topics": [(voice.of(words.pair("topic", code)), of_topic[code]) for code in topics],
        "marks": [
            (one.at, f"{100 * one.number.start / whole:.2f}", list(map(topics.index, one.topics)))
            for one in printed
            if one.figures
        ],
        "cards": list(map(cards.of, printed)),
    }
