"""Identities in words, in numbers and as formulas that follow the cells of a workbook."""

from baoding_data.checks.identities import span
from baoding_data.tables.seeds import parts

_SIGNS = {"zh": {"+": " + ", "-": " − ", "/": " ÷ "}, "en": {"+": " + ", "-": " − ", "/": " / "}}


def worded(tables, figures, identity, language):
    """The identity in words, each figure with its number; `figures` are the report's rows by
    indicator.

    >>> from baoding_data.tables.figures import rows
    >>> from baoding_data.tables.seeds import load
    >>> tables = load()
    >>> figures = {row["indicator"]: row for row in rows(tables)}
    >>> worded(tables, figures, next(row for row in tables.identities if row["identity"] == "loss_rate"), "en")
    'Loss rate in litigation (2.22%) = Suits lost (1) / Suits concluded (45)'
    """

    def term(name):
        row = figures[name]
        bound = "" if row["bound"] == "exact" else tables.words[("bound", row["bound"])][language]
        number = f"{row['value']:,}{'%' if row['unit'] == '%' else ''}"
        return (
            f"{row['label_zh']}（{bound}{number}）"
            if language == "zh"
            else f"{row['label_en']} ({f'{bound} {number}'.strip()})"
        )

    (_, first), *others = parts(identity["terms"])
    right = term(first) + "".join(_SIGNS[language][sign] + term(name) for sign, name in others)
    return f"{term(identity['result'])} {'≤' if identity['kind'] == 'at_most' else '='} {right}"


def right_value(figures, identity):
    """The number that the right side makes: for a ratio per cent, to four decimals."""
    total = 0
    for sign, name in parts(identity["terms"]):
        value = figures[name]["value"]
        total = (
            total + value if sign == "+" else total - value if sign == "-" else 100 * total / value
        )
    return total if total == total.to_integral_value() else round(total, 4)


def right_formula(refs, identity):
    """The right side as a formula; `refs` says in which cell a figure stands."""
    terms = [(sign, refs(name)) for sign, name in parts(identity["terms"])]
    return (
        ("=100*" if "/" in identity["terms"] else "=")
        + terms[0][1]
        + "".join(sign + ref for sign, ref in terms[1:])
    )


def mark_formula(figures, refs, identity, yes, no):
    """A formula that says `yes` while both sides agree within the precision printed, and `no`
    otherwise, even for an error.
    """
    left_low, left_high = _ends(figures, refs, identity["result"])
    (_, first), *others = parts(identity["terms"])
    low, high = _ends(figures, refs, first)
    for sign, name in others:
        other_low, other_high = _ends(figures, refs, name)
        if sign == "+":
            low, high = _joined(low, "+", other_low), _joined(high, "+", other_high)
        elif sign == "-":
            low, high = _joined(low, "-", other_high), _joined(high, "-", other_low)
        else:
            low, high = (
                _joined(low, "/", other_high, "100*") or "0",
                _joined(high, "/", other_low, "100*"),
            )
    tests = [(left_low, high)] + ([] if identity["kind"] == "at_most" else [(low, left_high)])
    # Binary fractions are not exact: 2.22 - 0.005 is compared to nine decimals.
    tests = (
        ",".join(f"ROUND({small},9)<=ROUND({large},9)" for small, large in tests if small and large)
        or "TRUE"
    )
    return f'=IFERROR(IF(AND({tests}),"{yes}","{no}"),"{no}")'


def _ends(figures, refs, name):
    """The least and the greatest that a figure can mean, as parts of formulas; None where there is
    no end.
    """
    row, ref = figures[name], refs(name)
    found = []
    for end in span(row):
        away = end - row["value"]
        found.append(
            None
            if end.is_infinite()
            else ref
            if not away
            else "0"
            if not end
            else f"({ref}{away:+f})"
        )
    return found


def _joined(left, sign, right, before=""):
    return f"{before}{left}{sign}{right}" if left and right else None
