"""Each figure joined with its place in the report: its number, sentence and section."""

from decimal import Decimal
from typing import NamedTuple

from baoding_data.errors import BaodingError
from baoding_data.tables.seeds import KEPT, known, load, one_report, parts
from baoding_data.text.report import nearest


def locate(tables, row):
    """The number of the report that a row of figures claims, or None."""
    text = tables.texts.get(row["report"])
    start = text.text.find(row["quote"]) if text and row["quote"] else -1
    if start < 0:
        return None
    inside = [
        n for n in text.numbers_in(start, start + len(row["quote"])) if n.printed == row["printed"]
    ]
    fitting = [
        n for n in inside if keyword_fits(tables, text, n, row)(start, start + len(row["quote"]))
    ]
    among = fitting or inside
    # Of equal numbers in one quote the rows claim one after the other.
    return among[min(row.get("nth", 0), len(among) - 1)] if among else None


def keyword_fits(tables, text, number, row):
    """A function of two positions: whether the row's keyword, the codebook's or its own, stands
    between them, nearest to the number.

    Its rivals are the numbers of a unit that the same things are counted in: one of another unit
    cannot be taken for this indicator at all.
    """
    wordings = tables.cues(row["report"], row["indicator"], "keyword") + [
        word for word in [row.get("keyword")] if word
    ]

    units = {*tables.units(number.unit)}

    def fits(start, end):
        if not wordings:
            return not row["indicator"]
        rivals = [
            n for n in text.numbers_in(start, end) if not units.isdisjoint(tables.units(n.unit))
        ]
        return nearest(text.text, number, rivals, wordings, start, end)

    return fits


def rows(tables, indicators=None):
    """Every figure, or those of some indicators, as a plain row with label, section, sentence and
    status: the printed ones, then the derived ones.

    `at` is the place of the number in its sentence. A figure whose quote does not hold its number
    is left out; the audit says why.
    """
    found = printed(tables, _located(tables, indicators))
    found += derived(tables, by_indicator(found), tables.identities)
    for row in found:
        book = tables.codebook[row["indicator"]]
        row.update(
            {column: book[column] for column in ("topic", "label_zh", "label_en", "measure")}
        )
    return found if indicators is None else [row for row in found if row["indicator"] in indicators]


def _located(tables, indicators):
    """Pairs of a figure and its number; of many reports, the parsed texts are given back one by
    one.
    """
    wanted = (
        None
        if indicators is None
        else {
            *indicators,
            *(
                name
                for row in tables.identities
                if row["kind"] == "derived" and row["result"] in indicators
                for _, name in parts(row["terms"])
            ),
        }
    )
    last = None
    for row in tables.figures:
        if wanted is None or row["indicator"] in wanted:
            if last not in (None, row["report"]) and len(tables.texts) > KEPT:
                tables.texts[last].forget()
            last = row["report"]
            yield row, locate(tables, row)


def printed(tables, located):
    """The rows of (figure, its number or None) pairs, each with section, sentence and status."""
    found = []
    for row, number in located:
        if row["indicator"] in tables.codebook and row["value"] is not None and number:
            sentence = tables.texts[row["report"]].sentence_at(number.start)
            found.append(
                row
                | {
                    "status": "proved",
                    "section": sentence.section,
                    "sentence": sentence.text,
                    "at": number.start - sentence.start,
                }
            )
    return found


def derived(tables, printed, identities):
    """The figures that identities derive from printed ones, by `by_indicator`, and that no report
    prints.
    """
    found = []
    for identity in identities:
        report = identity["report"]
        if (
            identity["kind"] != "derived"
            or identity["result"] not in tables.codebook
            or (report, identity["result"]) in printed
        ):
            continue
        terms = [(sign, printed.get((report, name), [])) for sign, name in parts(identity["terms"])]
        if all(len(rows) == 1 and sign in "+-" for sign, rows in terms):
            terms = [(sign, row) for sign, [row] in terms]
            first = terms[0][1]
            found.append(
                dict.fromkeys(first, "")
                | {
                    "report": report,
                    "indicator": identity["result"],
                    "unit": first["unit"],
                    "value": sum(
                        row["value"] if sign == "+" else -row["value"] for sign, row in terms
                    ),
                    "bound": next(
                        (row["bound"] for _, row in terms if row["bound"] != "exact"), "exact"
                    ),
                    "scope": first["scope"],
                    "scope_basis": "inferred",
                    "period": first["period"],
                    "status": "derived",
                    "at": None,
                    "note_zh": identity["note_zh"],
                    "note_en": identity["note_en"],
                }
            )
    return found


def by_indicator(rows):
    """(report, indicator) to its rows: several where a report gives it for several scopes or
    periods.
    """
    found = {}
    for row in rows:
        found.setdefault((row["report"], row["indicator"]), []).append(row)
    return found


COLUMNS = [
    "report",
    "indicator",
    "topic",
    "label_zh",
    "label_en",
    "printed",
    "value",
    "unit",
    "bound",
    "measure",
    "scope",
    "scope_basis",
    "period",
    "status",
    "section",
    "sentence",
    "at",
    "quote",
    "shared",
    "reader",
    "note_zh",
    "note_en",
]


def figures(topic=None, report=None, seeds=None):
    """All figures, one row each in the order of the text: codes, label, number, section, sentence
    and status.

    `value` is a float in `unit` (yuan, not ten thousands of yuan; per cent for shares). Derived
    figures, which no report prints, stand last with the status `derived`. Raises BaodingError for a
    topic or report that is not there.

    >>> figures("disputes").query("indicator == 'litigation_lost'")["value"].item()
    1.0
    """
    import pandas as pd

    tables = load(seeds)
    found = rows(tables)
    if topic is not None:
        topics = [code for kind, code in tables.words if kind == "topic"]
        found = [row for row in found if row["topic"] == known(topic, topics, "topic")]
    if report is not None:
        report = one_report(tables, report)
        found = [row for row in found if row["report"] == report]
    return pd.DataFrame(found, columns=COLUMNS).astype({"value": float})


class Figure(NamedTuple):
    """One figure; the fields are the columns of `figures()`."""

    report: str
    indicator: str
    topic: str
    label_zh: str
    label_en: str
    printed: str
    value: Decimal
    unit: str
    bound: str
    measure: str
    scope: str
    scope_basis: str
    period: str
    status: str
    section: str
    sentence: str
    at: int
    quote: str
    shared: str
    reader: str
    note_zh: str
    note_en: str


def figure(indicator, report=None, seeds=None):
    """One figure of one report, as `Figure`.

    Raises BaodingError when there is no such figure, or several. `value` is an exact Decimal.

    >>> figure("litigation_lost").sentence[:12]
    '截至目前,全市共受理行政'
    """
    tables = load(seeds)
    report = one_report(tables, report)
    known(indicator, tables.codebook, "indicator")
    found = [
        row for row in rows(tables) if row["indicator"] == indicator and row["report"] == report
    ]
    if not found:
        raise BaodingError(
            f"{indicator}: not in report {report}; the audit proves that no number of it is this"
            " figure"
        )
    if len(found) > 1:
        cases = "; ".join(f"{row['printed']} ({row['scope']}, {row['period']})" for row in found)
        raise BaodingError(
            f"{indicator}: {len(found)} figures in report {report}: {cases}; take the one you mean"
            " from figures()"
        )
    return Figure(**{column: found[0][column] for column in COLUMNS})
