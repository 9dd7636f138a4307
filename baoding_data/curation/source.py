"""The text that is being curated, and the words by which it proves a figure."""

from pathlib import Path
from typing import NamedTuple

from baoding_data.curation.door import Note, remarks, text_of
from baoding_data.errors import BaodingError, known
from baoding_data.reading import kind
from baoding_data.tables import left_out
from baoding_data.tables.figures import quotes_for
from baoding_data.tables.records import Place
from baoding_data.tables.seeds import Seeds
from baoding_data.text.numbers import Number
from baoding_data.text.report import Report, Sentence


class Source(NamedTuple):
    """A text, the tables by which it is read, and its report's code, "" for one not registered."""

    tables: Seeds
    text: Report
    report: str = ""

    @property
    def place(self) -> Place | None:
        """The place that the text speaks of."""
        return self.tables.place_of(self.report)

    def sentence(self, number: Number) -> Sentence:
        """The sentence in which a number stands."""
        return self.text.sentence_at(number.start)

    def quotes(self, number: Number, indicator: str, keyword: str = "") -> list[str]:
        """The quotes with which the audit takes a number for a figure of the indicator; none where
        no keyword, the codebook's or this one of the report's own, is there.
        """
        return quotes_for(self.tables, self.text, number, self.report, indicator, keyword)

    def quote(self, number: Number, indicator: str, keyword: str = "") -> str:
        """The quote that the audit asks for, with a keyword if one is there; else the shortest."""
        right = self.quotes(number, indicator, keyword) if indicator else []
        return (right or self.text.quotes_for(number, lambda start, end: True) or [""])[0]

    def says(self, number: Number, indicator: str) -> tuple[bool, bool]:
        """Whether the keyword, and whether the context, that the codebook has for an indicator
        stand with a number; where one does not, the report's own words have to prove it.
        """
        return bool(self.quotes(number, indicator)), self.in_context(number, indicator)

    def in_context(self, number: Number, indicator: str) -> bool:
        """Whether the codebook's context does."""
        context = self.tables.cues(self.report, indicator, "context")
        if place := self.text.place_of(number):
            return any(map(place.says, context))
        sentence = self.sentence(number).text
        return any(word in sentence for word in context)


def source_of(tables: Seeds, name: str | Path) -> Source:
    """A report by its code, or any text file; raises BaodingError where there is no text, or the
    report is left out.
    """
    left_out.refuse(tables, str(name))
    if name in tables.source:
        report = str(name)
        if report not in tables.texts:
            raise BaodingError(
                f"{report} is only cited: no text of it is on file; register it with"
                " `baoding add TEXT`"
            )
        return Source(tables, tables.texts[report], report)
    if len(str(name)) > 200 or kind(name) is None:
        known(str(name), [code for code in tables.source if code in tables.texts], "report or file")
    return Source(tables, Report(text_of(name)))


def remarks_on(tables: Seeds, name: str | Path) -> list[Note]:
    """What is to be known of the text of a report by its code, or of any text file."""
    if name in tables.source:
        raw = tables.folder.raw(f"reports/{tables.source[str(name)].text}")
        return remarks(raw.decode("utf-8-sig"))
    return remarks(text_of(name))
