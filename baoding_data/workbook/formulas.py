"""Formulas that follow the cells of a workbook: of identities, and of sentences with numbers."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from baoding_data.checks.identities import Sum, ends, fold, span
from baoding_data.tables.figures import Figure
from baoding_data.workbook.sheet import Formula

Refs = Callable[[Figure], str]


def right_formula(refs: Refs, one: Sum) -> str:
    """The right side as a formula; `refs` says in which cell a figure stands."""
    right = fold([(sign, refs(figure)) for sign, figure in one.terms], "{1}{0}{2}".format)
    return f"=100*{right}" if any(sign == "/" for sign, _ in one.terms) else f"={right}"


def mark_formula(refs: Refs, one: Sum, yes: str, no: str) -> str:
    """A formula that says `yes` while both sides agree as printed, else `no`, for errors too."""
    left_low, left_high = _ends(refs, one.result)
    terms = [(sign, _ends(refs, figure)) for sign, figure in one.terms]
    low, high = fold(terms, ends(_joined))
    if low is None and one.terms[-1][0] == "/":
        low = "0"
    tests = [(left_low, high)] + ([] if one.identity.kind == "at_most" else [(low, left_high)])
    # Binary fractions are not exact: 2.22 - 0.005 is compared to nine decimals.
    compared = [f"ROUND({small},9)<=ROUND({large},9)" for small, large in tests if small and large]
    return f'=IFERROR(IF(AND({",".join(compared) or "TRUE"}),"{yes}","{no}"),"{no}")'


def _ends(refs: Refs, figure: Figure) -> tuple[str | None, str | None]:
    """The least and the greatest that a figure can mean, as parts of formulas; None for no end."""
    ref, found = refs(figure), []
    for end in span(figure):
        away = end - figure.value
        if end.is_infinite():
            found.append(None)
        else:
            found.append(ref if not away else "0" if not end else f"({ref}{away:+f})")
    return found[0], found[1]


def _joined(sign: str, left: str | None, right: str | None) -> str | None:
    if not left or not right:
        return None
    return f"{'100*' if sign == '/' else ''}{left}{sign}{right}"


def told(
    templates: Iterable[str], values: Mapping[str, Decimal], refs: Callable[[str], str]
) -> Formula:
    """Sentences with numbers, one below the other: `{a}` is the number of a figure, `{a / b}` one
    as a share of another. `refs` says in which cell a figure stands.

    >>> told(["{a} of {b}: {a / b}"], {"a": Decimal(1), "b": Decimal(45)}, "{}1".format).value
    '1 of 45: 2.2%'
    >>> told(["{a} of {b}"], {"a": Decimal(1), "b": Decimal(45)}, "{}1".format).text
    '=TEXT(a1,"#,##0")&" of "&TEXT(b1,"#,##0")'
    """
    terms: list[str] = []
    words: list[str] = []
    for number, template in enumerate(templates):
        if number:
            terms.append("CHAR(10)")
            words.append("\n")
        for text, place in re.findall(r"([^{}]*)(?:\{([^{}]*)\})?", template):
            if text:
                terms.append('"' + text.replace('"', '""') + '"')
                words.append(text)
            part, _, whole = place.partition(" / ")
            if whole:
                terms.append(f'TEXT({refs(part)}/{refs(whole)},"0.0%")')
                words.append(f"{100 * values[part] / values[whole]:.1f}%")
            elif place:
                terms.append(f'TEXT({refs(part)},"#,##0")')
                words.append(f"{values[part]:,}")
    return Formula("=" + "&".join(terms), "".join(words))
