"""The rows of the tables, one class a table: the columns of `datapackage.json`, then the place.

An empty cell is "" in a column of text and None in any other.
"""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from baoding_data.words import parts


def side(report: str, place: str, year: int, indicator: str, scope: str) -> str:
    """The name of a figure of any source, as a conflict gives it."""
    return f"{report}:{place}:{year}:{indicator}:{scope}"


class ReportRow(NamedTuple):
    """One source: a report on file, or one that is only cited."""

    report: str
    place: str
    year: int
    kind: str
    title_zh: str
    title_en: str
    doc_no: str
    issuer_zh: str
    issuer_en: str
    published: date | None
    url: str
    host: str
    accessed: date | None
    text: str
    sha256: str
    status: str
    note_zh: str
    note_en: str
    reader: str
    superseded_by: str
    file: str
    line: int

    @property
    def on_file(self) -> bool:
        """Whether it was audited, and its figures are on file: also of one that is superseded."""
        return self.status in ("audited", "superseded")


class Indicator(NamedTuple):
    """One entry of the codebook."""

    indicator: str
    topic: str
    label_zh: str
    label_en: str
    unit: str
    measure: str
    keyword: str
    context: str
    numerator: str
    denominator: str
    level: str
    definition_zh: str
    definition_en: str
    reader: str
    file: str
    line: int


class FigureRow(NamedTuple):
    """One figure or number set apart; the report's code is no column but the name of the file."""

    report: str
    indicator: str
    printed: str
    value: Decimal | None
    unit: str
    bound: str
    scope: str
    scope_basis: str
    period: str
    quote: str
    shared: str
    reader: str
    note_zh: str
    note_en: str
    keyword: str
    context: str
    resolved: str
    table_row: str
    heads: str
    file: str
    line: int


class Observation(NamedTuple):
    """One figure of another place or year, transcribed from a source whose text is not on file."""

    report: str
    place: str
    year: int
    first_year: int | None
    indicator: str
    printed: str
    value: Decimal | None
    unit: str
    bound: str
    scope: str
    period: str
    label: str
    whose: str
    locator_zh: str
    locator_en: str
    note_zh: str
    note_en: str
    reader: str
    file: str
    line: int

    @property
    def status(self) -> str:
        """How far an observation is proved: a reader read it, no text proves it."""
        return "transcribed"

    @property
    def side(self) -> str:
        """Its name, as a conflict gives it."""
        return side(self.report, self.place, self.year, self.indicator, self.scope)


class Identity(NamedTuple):
    """One sum, ratio or limit that a report states or implies."""

    report: str
    identity: str
    kind: str
    result: str
    terms: str
    note_zh: str
    note_en: str
    reader: str
    file: str
    line: int

    @property
    def rests_on(self) -> set[str]:
        """The indicators of its terms, whatever scope they name."""
        return {term.partition("@")[0] for _, term in parts(self.terms)}


class Neighbour(NamedTuple):
    """An indicator that is near to another without being the same."""

    indicator: str
    neighbour: str
    note_zh: str
    note_en: str
    reader: str
    file: str
    line: int


class Override(NamedTuple):
    """A grade that a person gives to an observation, with the reason."""

    report: str
    place: str
    year: int
    indicator: str
    grade: str
    reason_zh: str
    reason_en: str
    reader: str
    file: str
    line: int


class Conflict(NamedTuple):
    """Two numbers on what seems one fact, and what explains them."""

    conflict: str
    kind: str
    sides: str
    name_zh: str
    name_en: str
    text_zh: str
    text_en: str
    reader: str
    file: str
    line: int


class Doubt(NamedTuple):
    """One named explanation of doubtful figures."""

    report: str
    doubt: str
    figures: str
    words: str
    name_zh: str
    name_en: str
    text_zh: str
    text_en: str
    reader: str
    accepts: str
    file: str
    line: int


class QuestionRow(NamedTuple):
    """A question that more than one product asks: chart, figures, and templates."""

    question: str
    chart: str
    figures: str
    sort: str
    whole: str
    share: str
    roles: str
    labels_zh: str
    labels_en: str
    title_zh: str
    title_en: str
    what_zh: str
    what_en: str
    say_zh: str
    say_en: str
    reader: str
    file: str
    line: int


class Place(NamedTuple):
    """One place with its code by GB/T 2260."""

    place: str
    name_zh: str
    name_en: str
    level: str
    parent: str
    population: int | None
    population_year: int | None
    source: str
    note_zh: str
    note_en: str
    reader: str
    file: str
    line: int


class Term(NamedTuple):
    """One code with its words."""

    kind: str
    code: str
    zh: str
    en: str
    wording: str
    canonical: str
    reader: str
    file: str
    line: int


# By the names of the tables in datapackage.json, in the order in which they are read.
RECORDS: dict[str, type[Any]] = {
    "reports": ReportRow,
    "indicators": Indicator,
    "observations": Observation,
    "identities": Identity,
    "neighbours": Neighbour,
    "overrides": Override,
    "conflicts": Conflict,
    "doubts": Doubt,
    "questions": QuestionRow,
    "places": Place,
    "terms": Term,
    "figures": FigureRow,
}
