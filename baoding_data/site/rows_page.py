"""The figures of a report as its table has them, a row each, in the order of the text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from baoding_data.checks.identities import Sum, runs, sums
from baoding_data.comparison.sentences import Piece, Told
from baoding_data.comparison.wording import HEADS, Usual
from baoding_data.notebook.facts import Facts
from baoding_data.notebook.tables import Marked, excerpt
from baoding_data.shown import Html, html, tag
from baoding_data.site import address
from baoding_data.site.downloads import flat
from baoding_data.site.printed import Printed, printed_in
from baoding_data.site.voice import Voice
from baoding_data.tables.figures import Figure
from baoding_data.text.report import section_in_words
from baoding_data.words import Pair

if TYPE_CHECKING:
    from baoding_data.site.build import Site

LINE, NUMBER, REASON = Pair("行", "Line"), Pair("数字", "Number"), Pair("理由", "Reason")


class Row(NamedTuple):
    """A row of the page: where it stands, and its cells in the order of the heads."""

    name: str
    cells: Sequence[Html]


class Rows:
    """The rows of one report in the language of a page."""

    def __init__(self, facts: Facts, voice: Voice):
        self.facts, self.voice = facts, voice
        self.usual = facts.usual(facts.figures)

    def of(self, printed: Sequence[Printed]) -> Iterator[Row]:
        """The printed figures, then the derived ones."""
        for one in printed:
            for row, figure in one.figures:
                place = f"{address.text(self.facts.report)}#n{one.at}"
                number = tag("a", self._value(figure), href=self.voice.way(place))
                quote = excerpt([figure])._replace(section=section_in_words(figure.section))
                yield self._row(f"r{row.line}", f"{row.line}", figure, number, quote)
        derived = [figure for figure in self.facts.figures if figure.status == "derived"]
        for at, figure in enumerate(derived, 1):
            yield self._row(f"d{at}", "—", figure, html(self._value(figure)), self._why(figure))

    def other(self, one: Printed) -> Row:
        """A number that a row sets apart, with its sentence and the reason."""
        number, (start, _, section, text) = one.number, self.facts.text.around(one.number.start)
        at = number.start - start
        pieces = (
            Piece(text[:at]),
            Piece(number.printed, marked=True),
            Piece(text[at:][len(number.printed) :]),
        )
        place = self.voice.way(f"{address.text(self.facts.report)}#n{one.at}")
        printed = tag("a", self.voice.quoted(number.printed), href=place)
        quote = self.voice.marked(Marked(pieces, section_in_words(section)))
        cells = html(f"{one.line}"), printed, quote, html(self.voice.of(one.why))
        return Row(f"r{one.line}", cells)

    def _row(self, name: str, line: str, figure: Figure, number: Html, said: Any) -> Row:
        label = self.voice.of(Pair(figure.label_zh, figure.label_en))
        way = self.voice.way(f"{address.INDICATORS}#{figure.indicator}")
        apart = self._apart(figure)
        note = self.voice.of(Pair(figure.note_zh, figure.note_en))
        head = html(tag("a", label, href=way), tag("small", apart) if apart else "")
        said = self.voice.cell(said)
        return Row(name, [html(line), head, number, said, html(note)])

    def _value(self, figure: Figure) -> str:
        return self.voice.of(self.facts.number(figure))

    def _apart(self, figure: Figure) -> str:
        """What is not usual about a figure among the others."""
        label = Pair(figure.label_zh, figure.label_en)
        said = self.voice.of(self.facts.set_off(figure, self.usual))
        return said.removeprefix(self.voice.of(label))

    def _why(self, figure: Figure) -> Told:
        """The identity by which a figure is derived, its numbers leading to their places."""
        facts = self.facts
        for identity in facts.tables.rows_of("identities", facts.report):
            for one in sums(identity, facts.by_name) if identity.kind == "derived" else ():
                if one.result.key == figure.key:
                    return Told(*(self._in_words(one, lang) for lang in Pair._fields))
        return Told((), ())

    def _in_words(self, one: Sum, lang: str) -> tuple[Piece, ...]:
        return tuple(Piece(*run) for run in runs(one, self.facts.words, lang, self.facts.several))


def about(site: "Site", report: str, voice: Voice) -> dict[str, Any]:
    """What the template takes."""
    facts = site.reports[report].facts
    printed, rows = printed_in(facts), Rows(facts, voice)
    usual: Usual = rows.usual
    heads = LINE, HEADS.indicator, HEADS.figure, HEADS.sentence, HEADS.note
    apart = LINE, NUMBER, HEADS.sentence, REASON
    above = facts.usually(usual, facts.figures)
    return {
        "heads": list(map(voice.of, heads)),
        "heads_apart": list(map(voice.of, apart)),
        "above": voice.of(above) if above else "",
        "rows": list(rows.of(printed)),
        "others": [rows.other(one) for one in printed if one.line],
        "csv": voice.file(flat(voice.lang)),
    }
