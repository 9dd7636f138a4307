"""The arithmetic that reports state or imply: whether both sides of an identity agree within the precision printed."""

from decimal import Decimal

from baoding_data.report import meaning
from baoding_data.tables import finding, parts


def check_identity(tables, identity, figures, found):
    """One identity: the operators of its kind, figures that exist, like units, and that it holds as precisely as printed."""
    kind, terms = identity["kind"], parts(identity["terms"])
    signs = "".join(sign for sign, _ in terms[1:])
    shape = {"sum": signs and set(signs) == {"+"}, "difference": "-" in signs and "/" not in signs, "ratio": signs == "/",
             "equal": not signs, "at_most": "/" not in signs, "derived": signs and "/" not in signs}.get(kind, True)
    if not shape:
        found.append(finding("identity", identity, "terms", identity["terms"], _SHAPES[kind], "correct the kind or the terms"))
        return
    missing = [name for name in [identity["result"], *(name for _, name in terms)] if name not in figures]
    if missing:
        found.append(finding("identity", identity, "terms", ", ".join(missing), f"figures of {identity['report']}", "correct the names, or restore the figures"))
        return
    several = [name for name in dict.fromkeys([identity["result"], *(name for _, name in terms)]) if len(figures[name]) > 1]
    if several:
        found.append(finding("identity", identity, "terms", f"several figures for {', '.join(several)}", "indicators with one figure in the report", "an identity cannot tell which is meant; give each its own indicator"))
        return
    figures = {name: of_name[0] for name, of_name in figures.items()}
    result = figures[identity["result"]]
    book = tables.codebook[identity["result"]]
    if kind == "ratio" and [name for _, name in terms] != [book["numerator"], book["denominator"]]:
        found.append(finding("identity", identity, "terms", identity["terms"], f"{book['numerator']} / {book['denominator']}", "the codebook says what the share is of; correct one of the two"))
    if (kind == "derived") != (result["status"] == "derived") and kind in ("derived", "sum", "difference", "ratio"):
        found.append(finding("identity", identity, "result", f"{identity['result']}, {result['status']}", "a figure that the report does not print" if kind == "derived" else "a figure that the report prints",
                              "correct the kind"))
    # A count may be bounded by another thing's count, as ceremonies by participations; nothing else crosses units.
    units = {tables.canonical(figures[name]["unit"]) for _, name in terms}
    if kind not in ("ratio", "at_most"):
        units.add(tables.canonical(result["unit"]))
    if len(units) > 1:
        found.append(finding("identity", identity, "terms", " and ".join(sorted(units)), "one unit", "only like can be added or compared"))
    if kind == "derived":
        if tables.canonical(result["unit"]) != book["unit"]:
            found.append(finding("unit", book, "unit", book["unit"], tables.canonical(result["unit"]), f"{identity['result']} is derived from figures in that unit; correct one of the two"))
        for column in ("keyword", "context"):
            if book[column]:
                found.append(finding("keyword", book, column, book[column], "an empty cell", "a derived indicator stands in no sentence; clear it"))
        return
    if not holds(figures, identity):
        low, high = right_side(figures, identity)
        shown = f"{result['value']}" if result["bound"] == "exact" else f"{result['bound'].replace('_', ' ')} {result['value']}"
        computed = low if low == high else f"{float(low):.4g} to {float(high):.4g}"
        found.append(finding("identity", identity, "result", f"{identity['result']} = {shown}", f"{identity['terms']} = {computed}" if kind != "at_most" else f"at most {computed}",
                              "look up the figures in the report; if they stand so, the report contradicts itself: say so in a note"))


def right_side(figures, identity):
    """The lowest and highest value of an identity's right side, by the precision with which its figures are printed."""
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
    return meaning(row["printed"], row["value"], row["bound"]) if row["printed"] else (row["value"], row["value"])


_SHAPES = {"sum": "two or more indicators joined by +", "difference": "indicators joined by + and -", "ratio": "one indicator / another",
           "equal": "one indicator", "at_most": "indicators joined by + and -", "derived": "two or more indicators joined by + and -"}
