"""The arithmetic that reports state or imply: whether both sides of an identity agree within the
precision printed.
"""

from decimal import Decimal

from baoding_data.tables.seeds import finding, parts
from baoding_data.text.numbers import meaning


def check_identity(tables, identity, figures, found):
    """One identity: the operators of its kind, figures that exist, like units, and that it holds as
    precisely as printed.
    """
    kind, terms = identity["kind"], parts(identity["terms"])
    if kind not in _SHAPES:
        return
    signs = "".join(sign for sign, _ in terms[1:])
    shape = {
        "sum": signs and set(signs) == {"+"},
        "difference": "-" in signs and "/" not in signs,
        "ratio": signs == "/",
        "equal": not signs,
        "at_most": "/" not in signs,
        "derived": signs and "/" not in signs,
        "places_sum": False,
        "places_at_most": False,
    }[kind]
    if not shape or identity["result"] in [name for _, name in terms]:
        found.append(
            finding(
                "identity",
                identity,
                "terms",
                identity["terms"],
                _SHAPES[kind],
                "correct the kind or the terms",
            )
        )
        return
    missing = [
        name for name in [identity["result"], *(name for _, name in terms)] if name not in figures
    ]
    if missing:
        found.append(
            finding(
                "identity",
                identity,
                "terms",
                ", ".join(missing),
                f"figures of {identity['report']}",
                "correct the names, or restore the figures",
            )
        )
        return
    several = [
        name
        for name in dict.fromkeys([identity["result"], *(name for _, name in terms)])
        if len(figures[name]) > 1
    ]
    if several:
        found.append(
            finding(
                "identity",
                identity,
                "terms",
                f"several figures for {', '.join(several)}",
                "indicators with one figure in the report",
                "an identity cannot tell which is meant; give each its own indicator",
            )
        )
        return
    figures = {name: of_name[0] for name, of_name in figures.items()}
    result = figures[identity["result"]]
    book = tables.codebook[identity["result"]]
    if kind == "ratio" and [name for _, name in terms] != [book["numerator"], book["denominator"]]:
        found.append(
            finding(
                "identity",
                identity,
                "terms",
                identity["terms"],
                f"{book['numerator']} / {book['denominator']}",
                "the codebook says what the share is of; correct one of the two",
            )
        )
    if (kind == "derived") != (result["status"] == "derived") and kind in (
        "derived",
        "sum",
        "difference",
        "ratio",
    ):
        found.append(
            finding(
                "identity",
                identity,
                "result",
                f"{identity['result']}, {result['status']}",
                (
                    "a figure that the report does not print"
                    if kind == "derived"
                    else "a figure that the report prints"
                ),
                "correct the kind",
            )
        )
    # A count may be bounded by another thing's count, as ceremonies by participations; nothing else
    # crosses units.
    units = {tables.canonical(figures[name]["unit"]) for _, name in terms}
    if kind not in ("ratio", "at_most"):
        units.add(tables.canonical(result["unit"]))
    if len(units) > 1:
        found.append(
            finding(
                "identity",
                identity,
                "terms",
                " and ".join(sorted(units)),
                "one unit",
                "only like can be added or compared",
            )
        )
    if kind == "derived":
        if tables.canonical(result["unit"]) != book["unit"]:
            found.append(
                finding(
                    "unit",
                    book,
                    "unit",
                    book["unit"],
                    tables.canonical(result["unit"]) or "the unit of its terms",
                    f"{identity['result']} is derived from figures in that unit; correct one of"
                    " the two",
                )
            )
        for column in ("keyword", "context"):
            if book[column]:
                found.append(
                    finding(
                        "keyword",
                        book,
                        column,
                        book[column],
                        "an empty cell",
                        "a derived indicator stands in no sentence; clear it",
                    )
                )
        return
    if not holds(figures, identity):
        low, high = right_side(figures, identity)
        shown = (
            f"{result['value']}"
            if result["bound"] == "exact"
            else f"{result['bound'].replace('_', ' ')} {result['value']}"
        )
        computed = low if low == high else f"{float(low):.4g} to {float(high):.4g}"
        found.append(
            finding(
                "identity",
                identity,
                "result",
                f"{identity['result']} = {shown}",
                f"{identity['terms']} = {computed}" if kind != "at_most" else f"at most {computed}",
                "look up the figures in the report; if they stand so, the report contradicts"
                " itself: say so in a note",
            )
        )


def check_places(tables, identity, place, rows, found):
    """One identity over places: what a source says of its own place, against its own bodies and the
    places below it that the source shows.
    """
    if identity["terms"] != identity["result"]:
        found.append(
            finding(
                "identity",
                identity,
                "terms",
                identity["terms"],
                _SHAPES[identity["kind"]],
                "correct the kind or the terms",
            )
        )
        return
    rows = [row for row in rows if row["indicator"] == identity["result"]]
    compared = False
    for total in (row for row in rows if row["place"] == place and row["scope"] == "whole_area"):
        like = [
            row
            for row in rows
            if all(row[column] == total[column] for column in ("year", "period", "unit"))
        ]
        shown = [
            row
            for row in like
            if row["scope"] in OWN
            and row["place"] == place
            or row["scope"] == "whole_area"
            and tables.where[row["place"]]["parent"] == place
        ]
        if not shown:
            continue
        compared = True
        low, high = (sum(ends) for ends in zip(*map(span, shown)))
        left_low, left_high = span(total)
        if low > left_high or identity["kind"] == "places_sum" and left_low > high:
            computed = low if low == high else f"{low} to {high}"
            found.append(
                finding(
                    "identity",
                    identity,
                    "result",
                    f"{identity['result']} = {total['value']}",
                    f"{'' if identity['kind'] == 'places_sum' else 'at least '}{computed}, the sum"
                    f" of {len(shown)} rows",
                    "look up the figures in the source; if they stand so, the source contradicts"
                    " itself: say so in a note",
                )
            )
    if not compared:
        found.append(
            finding(
                "identity",
                identity,
                "result",
                identity["result"],
                f"a figure of {place} and figures of places below it, of one year, period and unit",
                "correct the name, or restore the figures",
            )
        )


def check_own_part(rows, found):
    """What a place's own bodies did is no more than what all did there: rows of one source, place,
    indicator, year and period.
    """
    wholes = [row for row in rows if row["scope"] == "whole_area"]
    for own in rows:
        for whole in wholes:
            if (
                own["scope"] in OWN
                and own["unit"] == whole["unit"]
                and span(own)[0] > span(whole)[1]
            ):
                found.append(
                    finding(
                        "identity",
                        own,
                        "value",
                        own["value"],
                        f"at most {whole['value']}, which row {whole['row']} gives for the whole"
                        " area",
                        "look up both in the source; correct the scope or the number",
                    )
                )


# Scopes that are parts of the whole area.
OWN = ("government", "departments", "office")


def right_side(figures, identity):
    """The lowest and highest value of an identity's right side, by the precision with which its
    figures are printed.
    """
    terms = parts(identity["terms"])
    low, high = span(figures[terms[0][1]])
    for sign, name in terms[1:]:
        other_low, other_high = span(figures[name])
        if sign == "+":
            low, high = low + other_low, high + other_high
        elif sign == "-":
            low, high = low - other_high, high - other_low
        else:
            # Nothing can be a share of nothing: no printed rate is above infinity.
            low = 100 * low / other_high if other_high else Decimal("Infinity")
            high = 100 * high / other_low if other_low else Decimal("Infinity")
    return low, high


def holds(figures, identity):
    """Whether both sides of an identity agree within the precision printed."""
    low, high = right_side(figures, identity)
    left_low, left_high = span(figures[identity["result"]])
    return left_low <= high and (identity["kind"] == "at_most" or low <= left_high)


def span(row):
    """The lowest and highest number that a figure can mean; a derived one means just its value."""
    return (
        meaning(row["printed"], row["value"], row["bound"])
        if row["printed"]
        else (row["value"], row["value"])
    )


_SHAPES = {
    "sum": "two or more other indicators joined by +",
    "difference": "other indicators joined by + and -",
    "ratio": "one indicator / another",
    "equal": "one other indicator",
    "at_most": "other indicators joined by + and -",
    "derived": "two or more other indicators joined by + and -",
    "places_sum": "the result itself, of a source that is only cited",
    "places_at_most": "the result itself, of a source that is only cited",
}
