"""Figures side by side: the same indicator in other places and years, how like each is, and what
may be said of a change.
"""

from decimal import Decimal
from typing import NamedTuple

from baoding_data.comparison.shares import share_of, unlike
from baoding_data.errors import BaodingError, known
from baoding_data.tables.figures import of_all
from baoding_data.tables.seeds import load, one_report
from baoding_data.text.report import section_in_words

COLUMNS = [
    "place",
    "year",
    "report",
    "value",
    "unit",
    "bound",
    "part",
    "whole",
    "low",
    "high",
    "scope",
    "period",
    "level",
    "grade",
    "reason",
    "status",
    "source",
    "indicator",
    "printed",
    "place_zh",
    "place_en",
    "reason_zh",
    "reason_en",
    "note_zh",
    "note_en",
]
YEARS_APART = 3
XINJIANG, CORPS = "650000", "660000"  # the census counts the people of the Corps in Xinjiang

# What counts over a whole year, what runs to the day of reporting, and the rest are not the same
# kind of time.
KINDS_OF_PERIOD = {"since": "to_date"}


class Likeness(NamedTuple):
    """How like one figure is to another: A, B or C, and in what they differ, in both languages."""

    grade: str
    reason_zh: str
    reason_en: str


def sightings(tables, indicators=None):
    """Every figure of the reports on file and every observation, or those of some indicators, as
    plain rows of one form; a share whose counts are there too bears them.
    """
    wanted = (
        None
        if indicators is None
        else {
            *indicators,
            *(
                book[column]
                for book in tables.shares
                if book["indicator"] in indicators
                for column in ("numerator", "denominator")
            ),
        }
    )
    found = []
    for row in of_all(tables, wanted):
        about = tables.source[row["report"]]
        where = section_in_words(row["section"]) if row["section"] else ("算式", "formula")
        found.append(
            row
            | {
                "place": about["place"],
                "year": about["year"],
                "first_year": None,
                "source_zh": where[0],
                "source_en": where[1],
            }
        )
    for row in tables.observations:
        if wanted is not None and row["indicator"] not in wanted:
            continue
        book = tables.codebook[row["indicator"]]
        found.append(
            row
            | {
                "status": "transcribed",
                "measure": book["measure"],
                "source_zh": row["locator_zh"],
                "source_en": row["locator_en"],
            }
        )
    groups = {}
    for row in found:
        row["level"] = tables.where[row["place"]]["level"]
        row["part"] = row["whole"] = row["low"] = row["high"] = None
        groups.setdefault(_group(row), {}).setdefault(row["indicator"], row)
    for book in tables.shares:
        for of_group in groups.values():
            part, whole = of_group.get(book["numerator"]), of_group.get(book["denominator"])
            if part and whole and not unlike(tables, part, whole):
                share = share_of(tables, part, whole)
                counted = {
                    "part": share.part,
                    "whole": share.whole,
                    "low": share.low,
                    "high": share.high,
                }
                if book["indicator"] in of_group:
                    of_group[book["indicator"]].update(counted)
                else:
                    found.append(
                        part
                        | counted
                        | {
                            "indicator": book["indicator"],
                            "measure": "share",
                            "printed": "",
                            "value": round(Decimal(share.value), 2),
                            "unit": "%",
                            "bound": "exact",
                            "status": "derived",
                            "note_zh": "由两个件数算出，来源未印此率。",
                            "note_en": (
                                "Computed from both counts; the source does not print this rate."
                            ),
                        }
                    )
    return found if indicators is None else [row for row in found if row["indicator"] in indicators]


def _group(row):
    """What figures must share for one to be counted against another."""
    return row["report"], row["place"], row["year"], row["scope"], row["period"]


def likeness(tables, own, other):
    """How like another figure is to one's own.

    A: the same indicator, scope, level and kind of period, at most three years apart. B: one of
    these but the indicator differs. C: more than one, another unit, or a neighbouring indicator.
    """

    def words(kind, code):
        return tables.words[(kind, code)]["zh"], tables.words[(kind, code)]["en"]

    found = []
    if own["indicator"] != other["indicator"]:
        label = tables.codebook[other["indicator"]]
        found.append(("指标", "indicator", label["label_zh"], label["label_en"]))
    if own["indicator"] == other["indicator"] and not set(tables.words.units(own["unit"])) & set(
        tables.words.units(other["unit"])
    ):
        found.append(("单位", "unit", *words("unit", other["unit"])))
    serious = len(found)
    for column, zh in (("scope", "范围"), ("level", "层级")):
        if own[column] != other[column]:
            found.append((zh, column, *words(column, other[column])))
    if KINDS_OF_PERIOD.get(own["period"], own["period"]) != KINDS_OF_PERIOD.get(
        other["period"], other["period"]
    ):
        found.append(("时段", "period", *words("period", other["period"])))
    if abs(own["year"] - other["year"]) > YEARS_APART:
        found.append(
            (
                "年度",
                "year",
                f"相距{abs(own['year'] - other['year'])}年",
                f"{abs(own['year'] - other['year'])} years apart",
            )
        )
    grade = "A" if not found else "B" if len(found) == 1 and not serious else "C"
    return Likeness(
        grade,
        "；".join(f"{zh}不同（{what}）" for zh, _, what, _ in found),
        "; ".join(f"another {en} ({what})" for _, en, _, what in found),
    )


def graded(tables, own, other):
    """How like another figure is to the nearest of one's own; a hand's grade and reason in
    overrides.csv come before the rule's.
    """
    if own[0]["indicator"] == other["indicator"]:
        for row in tables.overrides:
            if all(
                row[column] == other[column] for column in ("report", "place", "year", "indicator")
            ):
                return Likeness(
                    row["grade"], row["reason_zh"].rstrip("。"), row["reason_en"].rstrip(".")
                )
    return min((likeness(tables, one, other) for one in own), key=lambda like: like.grade)


def beside(tables, indicator, report=None, strict=False):
    """The rows of `compare`, as plain rows; the report's own figures first, then by grade and
    place: no rank.
    """
    known(indicator, tables.codebook, "indicator")
    report = one_report(tables, report)
    near = [row["neighbour"] for row in tables.neighbours if row["indicator"] == indicator]
    seen = sightings(tables, {indicator, *near})
    own = [row for row in seen if row["report"] == report and row["indicator"] == indicator]
    found = [row | {"grade": "", "reason_zh": "", "reason_en": ""} for row in own]
    for row in seen:
        if row["report"] == report:
            continue
        if own:
            found.append(row | graded(tables, own, row)._asdict())
        elif row["indicator"] == indicator:
            found.append(
                row
                | {
                    "grade": "",
                    "reason_zh": "该报告未载此指标，无从比较",
                    "reason_en": "the report has no such figure to compare with",
                }
            )
    if strict:
        found = [row for row in found if row["report"] == report or row["grade"] == "A"]
    return sorted(
        found,
        key=lambda row: (
            row["report"] != report,
            row["grade"] or "Z",
            row["indicator"] != indicator,
            row["place"],
            row["year"],
        ),
    )


def compare(indicator, strict=False, report=None, seeds=None):
    """One indicator in the report and wherever else it is on file, one row each, with how like each
    is to the report's own.

    `value` is as printed (a float in `unit`); `part`, `whole` and the interval `low` to `high` (in
    %) are there where both counts of a share are. `grade` A means the same indicator, scope, level
    and kind of period, at most three years apart; `reason` says in what B and C differ, or why
    overrides.csv gives another grade than the rule; the report's own figures have no grade.
    `strict` keeps only A. Raises BaodingError for an indicator or report that is not there. Nothing
    is ranked.

    >>> compare("mediation_success_rate", strict=True)["place_en"].tolist()
    ['Baoding', 'Wuhai', 'Ezhou']
    """
    import pandas as pd

    tables = load(seeds)
    found = []
    for row in beside(tables, indicator, report, strict):
        place = tables.where[row["place"]]
        found.append(
            {column: row.get(column) for column in COLUMNS}
            | {
                "value": float(row["value"]),
                "place_zh": place["name_zh"],
                "place_en": place["name_en"],
                "reason": " / ".join(filter(None, (row["reason_zh"], row["reason_en"]))),
                "source": f"{row['source_zh']} / {row['source_en']}",
            }
        )
    frame = pd.DataFrame(found, columns=COLUMNS)
    return frame.astype(
        {"part": "Int64", "whole": "Int64", "low": float, "high": float, "value": float}
    )


class Change(NamedTuple):
    """What became of a figure from one report of a place to a later one."""

    earlier: dict
    later: dict
    absolute: Decimal | None
    relative: float | None
    told_zh: str
    told_en: str


def changes(tables, indicator, place):
    """The changes of one indicator of a place from each year to the next, between figures that are
    alike.

    A difference is given only between exact figures of one indicator, scope, unit and kind of
    period; of a share, whether its intervals allow to speak of a change. Where no difference may be
    given, the words say why.
    """
    seen = sorted(
        (row for row in sightings(tables, {indicator}) if row["place"] == place),
        key=lambda row: row["year"],
    )
    return [
        _change(tables, one, other)
        for i, one in enumerate(seen)
        for other in seen[i + 1 :]
        if other["year"] > one["year"]
        and not any(one["year"] < r["year"] < other["year"] for r in seen)
    ]


def _change(tables, earlier, later):
    like = likeness(tables, earlier, later)
    if like.grade == "B" and abs(earlier["year"] - later["year"]) > YEARS_APART:
        like = Likeness("A", "", "")  # a long time passed, but of the same thing
    if like.grade != "A":
        return Change(
            earlier,
            later,
            None,
            None,
            f"不作比较：{like.reason_zh}。",
            f"Not compared: {like.reason_en}.",
        )
    if earlier["bound"] != "exact" or later["bound"] != "exact":
        return Change(
            earlier, later, None, None, "不作比较：不是确数。", "Not compared: not exact numbers."
        )
    absolute = later["value"] - earlier["value"]
    relative = (
        float(100 * absolute / earlier["value"])
        if earlier["value"] and later["measure"] != "share"
        else None
    )
    if later["measure"] != "share":
        return Change(earlier, later, absolute, relative, "", "")
    if None in (earlier["low"], later["low"]):
        return Change(
            earlier,
            later,
            absolute,
            None,
            "件数未载，无从判断是否只是偶然。",
            "The counts are not stated, so chance cannot be ruled out.",
        )
    apart = earlier["high"] < later["low"] or later["high"] < earlier["low"]
    return Change(
        earlier,
        later,
        absolute,
        None,
        "两个区间不重叠，可以说有变化。" if apart else "两个区间重叠，不能说有变化。",
        (
            "The intervals do not overlap: a change may be spoken of."
            if apart
            else "The intervals overlap: no change may be spoken of."
        ),
    )


def change(indicator, place=None, report=None, seeds=None):
    """What became of one indicator of a place from each year to the next, one row each; where
    nothing may be said, why.

    `absolute` is in the indicator's unit (in percentage points for shares), `relative` in per cent.
    `place` is a code; left out, the place of the only report. Raises BaodingError for names that
    are not there.

    >>> change("disclosure_requests", place="420700")["told_en"].tolist()
    ['Not compared: another scope (the government office).', '']
    """
    import pandas as pd

    tables = load(seeds)
    known(indicator, tables.codebook, "indicator")
    if place is None:
        place = tables.source[one_report(tables, report)]["place"]
    known(place, tables.where, "place")
    columns = [
        "place",
        "from_year",
        "to_year",
        "from_report",
        "to_report",
        "from_value",
        "to_value",
        "unit",
        "absolute",
        "relative",
        "told_zh",
        "told_en",
    ]
    found = [
        (
            place,
            c.earlier["year"],
            c.later["year"],
            c.earlier["report"],
            c.later["report"],
            float(c.earlier["value"]),
            float(c.later["value"]),
            c.later["unit"],
            None if c.absolute is None else float(c.absolute),
            c.relative,
            c.told_zh,
            c.told_en,
        )
        for c in changes(tables, indicator, place)
    ]
    return pd.DataFrame(found, columns=columns).astype({"absolute": float, "relative": float})


def per_head(indicator, report=None, seeds=None):
    """A count for every 100 000 people, wherever the population of the place is on file, with the
    years of both numbers and the kind of time that the count covers.

    `rate` is per 100 000. Only exact counts of the whole area are taken; a count of the Xinjiang
    Production and Construction Corps is added to that of Xinjiang, whose census counts its people.
    Raises BaodingError for an indicator that is no count.

    >>> per_head("reconsideration_accepted").query("place == '130000'")["rate"].round(1).item()
    9.4
    """
    import pandas as pd

    tables = load(seeds)
    if tables.codebook[known(indicator, tables.codebook, "indicator")]["measure"] != "count":
        raise BaodingError(
            f"{indicator} is a {tables.codebook[indicator]['measure']}; only counts are taken per"
            " head"
        )
    columns = [
        "place",
        "place_zh",
        "place_en",
        "level",
        "year",
        "period",
        "report",
        "value",
        "population",
        "population_year",
        "rate",
        "note_zh",
        "note_en",
    ]
    taken = [
        row
        for row in sightings(tables, {indicator})
        if row["scope"] == "whole_area" and row["bound"] == "exact" and not row.get("first_year")
    ]
    found = []
    for row in taken:
        place = tables.where[row["place"]]
        if not place["population"]:
            continue
        corps = [
            other
            for other in taken
            if row["place"] == XINJIANG
            and other["place"] == CORPS
            and (other["report"], other["year"]) == (row["report"], row["year"])
        ]
        value = row["value"] + sum(other["value"] for other in corps)
        notes = (
            (
                "含新疆生产建设兵团的件数。",
                "With the cases of the Xinjiang Production and Construction Corps.",
            )
            if corps
            else (place["note_zh"], place["note_en"])
        )
        found.append(
            (
                row["place"],
                place["name_zh"],
                place["name_en"],
                place["level"],
                row["year"],
                row["period"],
                row["report"],
                float(value),
                place["population"],
                place["population_year"],
                float(value) / place["population"] * 100_000,
                *notes,
            )
        )
    return pd.DataFrame(found, columns=columns)
