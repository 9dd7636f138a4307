"""Formulas that follow the cells of a workbook: of identities, and of sentences with numbers."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from baoding_data.checks.identities import Sum, ends, fold, of_nothing, span
from baoding_data.comparison.sentences import Piece, Sentences
from baoding_data.tables.figures import Figure
from baoding_data.words import Pair, Slot, parsed
from baoding_data.workbook.flat import visible
from baoding_data.workbook.sheet import Formula

PIECE = 255  # characters
Refs = Callable[[Figure], str]


def right_formula(refs: Refs, one: Sum, instead: str = "") -> str:
    """The right side as a formula; `refs` says in which cell a figure stands, and `instead` what
    stands there while it divides by nothing.
    """
    right = fold([(sign, refs(figure)) for sign, figure in one.terms], "{1}{0}{2}".format)
    right = f"100*{right}" if any(sign == "/" for sign, _ in one.terms) else right
    return f'=IFERROR({right},"{instead}")' if instead else f"={right}"


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
    otherwise = f'"{no}"'
    if of_nothing(one):
        rate, (part, whole) = refs(one.result), (refs(figure) for _, figure in one.terms)
        none = f"AND({part}=0,{whole}=0,OR({rate}=0,{rate}=100))"
        otherwise = f'IF({none},"{yes}","{no}")'
    return f'=IFERROR(IF(AND({",".join(compared) or "TRUE"}),"{yes}","{no}"),{otherwise})'


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


def told(sentences: Sentences, templates: Pair, languages: Iterable[str], refs: Refs) -> Formula:
    """A sentence in some languages, one below the other, whose numbers follow the cells: `refs`
    says in which cell a figure stands. Raises Unsaid where the report does not allow the sentence.
    """
    said = sentences.tell(templates)
    terms: list[str] = []
    lines: list[str] = []
    for number, lang in enumerate(languages):
        pieces: tuple[Piece, ...] = getattr(said, lang)
        wanted = filter(None, parsed(getattr(templates, lang)))
        terms += ["CHAR(10)"] * bool(number)
        for asked, piece in zip(wanted, pieces, strict=True):
            term = _term(sentences, asked, piece, refs) if isinstance(asked, Slot) else None
            terms.append(term or _literal(piece.text))
        lines.append(visible("".join(piece.text for piece in pieces)))
    return Formula("=" + "&".join(terms), "\n".join(lines))


def _literal(words: str) -> str:
    """A text in a formula, in pieces that Excel allows: one that is longer spoils the file."""
    words = visible(words)
    pieces = [words[at : at + PIECE] for at in range(0, len(words), PIECE)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _term(sentences: Sentences, slot: Slot, piece: Piece, refs: Refs) -> str | None:
    """The formula of a slot; None where its words do not follow from cells."""
    if slot.largest or slot.aspect or not slot.names:
        return None
    figures = [sentences.figure(name) for name in slot.names]
    if slot.forms:
        one, more = map(_literal, slot.forms)
        return f"IF({refs(figures[0])}=1,{one},{more})"
    if slot.is_figure:
        return _number(figures[0], piece.text, refs)
    signed = zip((sign for sign, _ in slot.terms), map(refs, figures), strict=False)
    total = "".join(f"{sign}{ref}" for sign, ref in signed).removeprefix("+")
    if slot.is_share:
        return f'TEXT({total},"0.{"0" * len(piece.text.rstrip("%").partition(".")[2])}%")'
    places = "0" * len(piece.text.partition(".")[2])
    return f'TEXT({total},"#,##0{f".{places}" if places else ""}")'


def _number(figure: Figure, words: str, refs: Refs) -> str | None:
    """A figure that is printed in digits, as a formula; what stands around them stays."""
    match = re.fullmatch(r"([0-9,]+(?:\.[0-9]+)?)(.*)", words)
    if match is None or Decimal(match[1].replace(",", "")) != figure.value:
        return None
    places = "0" * len(match[1].partition(".")[2])
    form = ("#,##0" if "," in match[1] else "0") + (f".{places}" if places else "")
    return f'TEXT({refs(figure)},"{form}")' + (f"&{_literal(match[2])}" if match[2] else "")
