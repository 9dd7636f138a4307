"""The tables as data frames, for analysts: one function a table."""

from typing import TYPE_CHECKING

from baoding_data.errors import BaodingError
from baoding_data.tables.names import Found, indicator_of, not_found, nowhere, search
from baoding_data.tables.seeds import AnySeeds, load

if TYPE_CHECKING:
    import pandas as pd


def _frame(name: str, seeds: AnySeeds) -> "pd.DataFrame":
    import pandas as pd

    from baoding_data.tables.frame import Frame

    tables = load(seeds)
    schema = tables.schemas[name]
    rows = [row[: len(schema.columns)] for row in tables.rows(name)]
    frame = Frame(rows, columns=schema.columns)
    for field in schema.fields:
        if field.kind == "date":
            frame[field.name] = pd.to_datetime(frame[field.name])
        elif field.kind == "number":
            frame[field.name] = frame[field.name].astype(float)
        elif field.kind == "integer" and not field.required:
            frame[field.name] = frame[field.name].astype("Int64")
    return frame


def reports(seeds: AnySeeds = None) -> "pd.DataFrame":
    """All reports and other sources, one row each: place, year, kind, titles, issuer, date,
    address, checksum of the text, status.

    >>> reports().query("status == 'audited'")["report"].tolist()
    ['baoding-2022']
    """
    return _frame("reports", seeds)


def indicators(seeds: AnySeeds = None) -> "pd.DataFrame":
    """The codebook, one row for each indicator: topic, labels, unit, measure, definitions.

    >>> indicators().set_index("indicator").loc["litigation_lost", "label_zh"]
    '败诉的案件'
    """
    return _frame("indicators", seeds)


def find(words: str = "", topic: str | None = None, seeds: AnySeeds = None) -> "pd.DataFrame":
    """The indicators of which a code, label, definition or keyword holds these words, one row each;
    without words all.

    Of several words, with blanks between them, each must be there. Those without a figure on file
    come last, before them those found in code and labels first, then the order of the codebook.
    `reports` counts the reports on file that give an indicator, `observations` the figures without
    a text. Raises BaodingError with the nearest indicators where there is none.

    >>> find("复议 受理")["indicator"].tolist()[:3]
    ['reconsideration_accepted', 'reconsideration_acceptance_rate', 'reconsideration_withdrawn']
    """
    from baoding_data.tables.frame import Frame

    tables = load(seeds)
    found = search(tables, words, topic)
    if not found:
        raise not_found(tables, words, topic)
    return Frame(found, columns=list(Found._fields))


def identities(seeds: AnySeeds = None) -> "pd.DataFrame":
    """The arithmetic that reports state or imply, one row each.

    >>> identities().set_index("identity").loc["loss_rate", "terms"]
    'litigation_lost / litigation_concluded'
    """
    return _frame("identities", seeds)


def doubts(seeds: AnySeeds = None) -> "pd.DataFrame":
    """The doubtful figures, one row each: figures, words and explanation, with {indicator}s in it.

    >>> doubts().set_index("doubt").loc["open_suits", "figures"]
    'litigation_cases litigation_concluded'
    """
    return _frame("doubts", seeds)


def questions(seeds: AnySeeds = None) -> "pd.DataFrame":
    """The questions that more than one product asks, one row each: chart, figures, templates.

    >>> questions().set_index("question").loc["suits", "share"]
    'litigation_lost@government litigation_concluded@government'
    """
    return _frame("questions", seeds)


def neighbours(seeds: AnySeeds = None) -> "pd.DataFrame":
    """Indicators near to another and not the same, one row a pair, with what the difference is.

    >>> neighbours().query("indicator == 'litigation_loss_rate'")["neighbour"].tolist()[:2]
    ['litigation_win_rate', 'court_loss_rate']
    """
    return _frame("neighbours", seeds)


def conflicts(seeds: AnySeeds = None) -> "pd.DataFrame":
    """Numbers of two sources that contradict each other or seem to, one row each, explained.

    >>> conflicts().query("kind == 'conflict'")["conflict"].tolist()
    ['hubei_2020_total']
    """
    return _frame("conflicts", seeds)


def observations(indicator: str | None = None, seeds: AnySeeds = None) -> "pd.DataFrame":
    """Figures of places and years without a text on file, one row each; only a reader proves them.

    `indicator` is a code, or its label in either language; left out, all are given. `value` is a
    float in `unit`. Each row says where in its source it stands; its status wherever it is shown is
    `transcribed`. Raises BaodingError for an indicator that is not there or has none.

    >>> hebei = observations("受理的行政复议案件").query("place == '130000'")
    >>> hebei.query("report == 'china-2019-reconsideration'")["printed"].item()
    '7040'
    """
    tables = load(seeds)
    frame = _frame("observations", tables)
    if indicator is None:
        return frame
    name = indicator_of(tables, indicator)
    found = frame[frame["indicator"] == name].reset_index(drop=True)
    if found.empty:
        if name not in tables.given:
            raise BaodingError(nowhere(name))
        raise BaodingError(
            f"{name}: no observation; what reports on file give of it, bd.compare shows"
        )
    return found


def places(seeds: AnySeeds = None) -> "pd.DataFrame":
    """All places, one row each: code by GB/T 2260, names, level, place above, population if known.

    >>> places().set_index("place").loc["130600", "name_zh"]
    '保定市'
    """
    return _frame("places", seeds)


def terms(seeds: AnySeeds = None) -> "pd.DataFrame":
    """Every code with its Chinese and its English word.

    >>> terms().query("kind == 'bound' and code == 'at_least'")["zh"].item()
    '不少于'
    """
    return _frame("terms", seeds)
