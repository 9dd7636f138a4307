"""What the rules look at: an audited report with its table of figures, each row with the number
that it claims; a source that is only cited, with what was read in it.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from baoding_data.checks.likeness import likeness
from baoding_data.tables import records
from baoding_data.tables.figures import (
    Figure,
    by_indicator,
    claims,
    fits,
    located,
    quotes_for,
    tied,
)
from baoding_data.tables.files import checksum, difference
from baoding_data.tables.seeds import Seeds
from baoding_data.text.numbers import alone
from baoding_data.text.report import Report, Sentence

_CLAUSE_END = re.compile("[，,；;]")


class Source:
    """One row of reports.csv."""

    def __init__(self, tables: Seeds, row: records.ReportRow):
        self.tables, self.row = tables, row

    @cached_property
    def difference(self) -> tuple[str, str] | None:
        """(what, advice) where the text on file is not the one curated; what may be empty."""
        raw = self.tables.folder.raw(f"reports/{self.row.text}")
        if checksum(raw) == self.row.sha256:
            return None
        advice = (
            f"the text {self.row.text} is not the one curated; restore it, or read it anew and"
            " correct the checksum"
        )
        return difference(raw, self.row.sha256) or ("", advice)

    @property
    def whole(self) -> bool:
        """Whether the text of an audited report is there, and not known to be damaged."""
        if not self.row.on_file or self.row.report not in self.tables.texts:
            return False
        different = self.difference
        return different is None or not different[0]


class Claim:
    """One row of a table of figures, with the number of the text that it claims: a `Number`, or
    None where its quote does not hold it; most levels look only at rows that have one.
    """

    def __init__(self, tables: Seeds, text: Report, row: records.FigureRow, number: Any):
        self.tables, self.text, self.row, self.number = tables, text, row, number
        # How often the quote stands in the text, and where.
        self.times = text.times(row.quote)
        self.at = text.text.find(row.quote)
        # The codebook's entry of the indicator; None where it has none.
        self.book: Any = tables.codebook.get(row.indicator)
        self.place: records.Place | None = tables.place_of(row.report)
        # Where in a table the number stands; None in prose.
        self.cell = text.place_of(number) if number else None
        if number:
            self.sentence: Sentence = text.sentence_at(number.start)
            self._fit = fits(tables, text, number, row)
            self._fitted: dict[tuple[int, int], bool] = {}

    def fits(self, start: int, end: int) -> bool:
        """Whether a keyword, or the row's own, stands between two positions, nearest the number."""
        if (start, end) not in self._fitted:
            self._fitted[start, end] = self._fit(start, end)
        return self._fitted[start, end]

    def cues(self, column: str) -> list[str]:
        """The codebook's keywords, or wordings of the context."""
        return self.tables.cues(self.row.report, self.row.indicator, column)

    def quotes_as(self, indicator: str, keyword: str = "") -> list[str]:
        """The quotes in which the number fits a keyword of this or another indicator."""
        report = self.row.report
        return quotes_for(self.tables, self.text, self.number, report, indicator, keyword)

    @property
    def own_words(self) -> bool:
        """Whether the row has words of its own, where the report words the indicator otherwise."""
        return bool(self.row.keyword or self.row.context)

    @cached_property
    def likeness(self) -> dict[str, float]:
        """How much quote and own words hold of the words of each indicator of the number's unit."""
        tables, row = self.tables, self.row
        units = tables.words.units(self.number.unit)
        to = likeness(tuple(tables.codebook.values())).of((row.quote, row.keyword, row.context))
        return {
            name: to.get(name, 0) for name, book in tables.codebook.items() if book.unit in units
        }

    @property
    def so_far(self) -> str:
        """The sentence up to the end of the number's clause; what follows is said of others."""
        text, last = self.text.text, self.sentence.end
        end = _CLAUSE_END.search(text, self.number.unit_end, last)
        return text[self.sentence.start : end.start() if end else last]

    def says(self, words: Sequence[str]) -> bool:
        """Whether the sentence holds one of some words; for a cell, what its table says of it."""
        if self.cell:
            return any(map(self.cell.says, words))
        sentence = self.sentence.text
        return any(word in sentence for word in words)


class OnFile:
    """One audited report with its table of figures."""

    def __init__(self, tables: Seeds, report: str, rows: Sequence[records.FigureRow]):
        self.tables, self.report, self.text = tables, report, tables.texts[report].all_read()
        self.claims = [Claim(tables, self.text, *pair) for pair in located(tables, rows)]

    @cached_property
    def pieces(self) -> list[str]:
        """The text, parted where blanks and line breaks stand."""
        return self.text.text.split()

    @cached_property
    def proved(self) -> list[Claim]:
        """The figures whose number is found and can be read for certain."""
        return [
            claim
            for claim in self.claims
            if claim.number and claim.number.kind != "unclear" and claim.book
        ]

    @cached_property
    def set_apart(self) -> list[Claim]:
        """The rows of numbers that are set apart."""
        return [claim for claim in self.claims if claim.number and not claim.row.indicator]

    @cached_property
    def own_worded(self) -> list[Claim]:
        """The proved figures that rest on words of their own."""
        return [claim for claim in self.proved if claim.own_words]

    @property
    def read_once(self) -> list[Claim]:
        """Those of them that no second reader has sealed: one person says what the words mean."""
        return [claim for claim in self.own_worded if not claim.row.reader]

    @cached_property
    def claimed(self) -> dict[int, list[records.FigureRow]]:
        """The rows that claim each number, by its place in the text."""
        return claims((claim.row, claim.number) for claim in self.claims)

    @cached_property
    def identities(self) -> list[records.Identity]:
        return self.tables.rows_of("identities", self.report)

    @cached_property
    def figures(self) -> dict[str, list[Figure]]:
        """What the report prints and what is derived from it, by indicator."""
        pairs = ((claim.row, claim.number) for claim in self.claims)
        return by_indicator(tied(self.tables, pairs, self.identities))


class Transcribed(NamedTuple):
    """One observation, with the `Number` that its printed form says, or None."""

    tables: Seeds
    row: records.Observation
    number: Any
    book: records.Indicator
    source: records.ReportRow


class Cited:
    """One source that is only cited, with the observations that rest on it and its identities."""

    def __init__(
        self,
        tables: Seeds,
        row: records.ReportRow,
        observations: Sequence[records.Observation],
        identities: Sequence[records.Identity],
    ):
        self.tables, self.row = tables, row
        self.observations, self.identities = observations, identities
        # Those of which all is known that arithmetic needs.
        self.readable = [one for one in observations if usable(tables, one)]


def usable(tables: Seeds, row: records.Observation) -> bool:
    """Whether an observation has a value, and an indicator and a place that are known."""
    return row.value is not None and row.indicator in tables.codebook and row.place in tables.where


def transcribed(tables: Seeds, row: records.Observation) -> Transcribed | None:
    """An observation with its number; None where it names what is not known, said elsewhere."""
    if not usable(tables, row) or row.report not in tables.source:
        return None
    number = alone(row.printed, row.unit)
    source = tables.source[row.report]
    return Transcribed(tables, row, number, tables.codebook[row.indicator], source)


class Sight(NamedTuple):
    """One figure of a report on file or one observation, with the place and the year of it."""

    row: records.FigureRow | records.Observation
    place: str
    year: int
    value: Decimal

    @property
    def side(self) -> str:
        """The name of the figure, as a conflict gives it."""
        row = self.row
        return records.side(row.report, self.place, self.year, row.indicator, row.scope)


def sighted(tables: Seeds) -> list[Sight]:
    """Every figure of the reports on file, and every observation, as `Sight`."""
    abouts = ((row, tables.source.get(row.report)) for row in tables.figures if row.indicator)
    figures = (
        (row, about.place, about.year)
        for row, about in abouts
        if about and about.status == "audited"
    )
    observations = ((row, row.place, row.year) for row in tables.observations)
    return [
        Sight(row, place, year, row.value)
        for row, place, year in (*figures, *observations)
        if row.value is not None and place in tables.where
    ]


class Observed:
    """All observations that can be looked at, and all that is seen of any place."""

    def __init__(self, tables: Seeds):
        found = (transcribed(tables, row) for row in tables.observations)
        self.tables = tables
        self.all = [one for one in found if one]
        self.sights = sighted(tables)


Part = Seeds | Observed | Source | OnFile | Cited


def looked_at(tables: Seeds) -> Iterator[Part]:
    """What the levels of rules look into: what all reports share, then what is of each of them."""
    yield from shared(tables)
    for row in tables.reports:
        yield from parts_of(tables, row)


def shared(tables: Seeds) -> Iterator[Part]:
    """What all reports share: the tables, and what is seen of any place."""
    yield tables
    yield Observed(tables)


def parts_of(tables: Seeds, row: records.ReportRow) -> Iterator[Part]:
    """What is of one report: its row, and its text and table, or what was read of it where it is
    only cited.
    """
    source = Source(tables, row)
    yield source
    if row.status == "cited":
        observations = tables.rows_of("observations", row.report)
        yield Cited(tables, row, observations, tables.rows_of("identities", row.report))
    elif source.whole:
        yield OnFile(tables, row.report, tables.rows_of("figures", row.report))
