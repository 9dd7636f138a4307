"""The tables that charts take: a chart's columns are the fields of its rows; others are refused."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from inspect import Parameter, signature
from numbers import Real
from typing import Any, Literal, NamedTuple, TypeVar, get_args

import pandas as pd

from baoding_data import limits
from baoding_data.charts.palette import ROLES
from baoding_data.errors import Finding, refuse

Lang = Literal["zh", "en", "both"]
Record = Mapping[Any, Any]
Row = TypeVar("Row")
Group = tuple[str, str, pd.DataFrame]  # title in Chinese, title in English, table


class Heading(NamedTuple):
    """The words around a chart: the finding; its definition with unit, scope and period; the
    source. Only the definition may be empty.

    >>> Heading("受理316件", "316 accepted", "单位：件", "Unit: cases", "报告", "The report").note_en
    'Unit: cases'
    """

    title_zh: str
    title_en: str
    note_zh: str
    note_en: str
    source_zh: str
    source_en: str


def spoken(lang: Lang, zh: str, en: str) -> tuple[str, str]:
    """The main and the second text of a chart: a single language is the main one, with no second.

    >>> spoken("both", "受理", "accepted"), spoken("en", "受理", "accepted")
    (('受理', 'accepted'), ('accepted', ''))
    """
    return {"both": (zh, en), "zh": (zh, ""), "en": (en, "")}[lang]


def halves(text: str) -> tuple[str, str]:
    """A number in both languages; the second is empty where it says no more than the first.

    >>> halves("2万多名 / more than 20,000"), halves("316件 / 316"), halves("316")
    (('2万多名', 'more than 20,000'), ('316件', ''), ('316', ''))
    """
    zh, _, en = text.partition(" / ")
    return zh, "" if en in zh else en


def joined(words: Iterable[str]) -> str:
    """Texts on one line, a blank between two; those that are empty are left out."""
    return " ".join(filter(None, words))


@dataclass(frozen=True)
class Labelled:
    """What every row has: its label; in a chart of one language, that one stands as `label_zh`."""

    label_zh: str
    label_en: str


class Rule(NamedTuple):
    """What a cell must be, in code and in words."""

    holds: Callable[[Any], bool]
    wanted: str


def _is_amount(cell: object) -> bool:
    if isinstance(cell, bool) or not isinstance(cell, (Real, Decimal)):
        return False
    try:
        amount = float(cell)
        return amount == 0 or 1 / limits.AMOUNT <= amount <= limits.AMOUNT
    except (OverflowError, ValueError):  # of a whole number that is too large, or sNaN
        return False


def _is_words(cell: object) -> bool:
    return isinstance(cell, str) and bool(cell.strip()) and len(cell) <= limits.LABEL


def _one_of(*codes: str) -> Rule:
    return Rule(lambda cell: cell in codes, "one of " + ", ".join(codes))


BY_TYPE = {
    str: Rule(_is_words, f"words, as a string of at most {limits.LABEL:,} characters"),
    float: Rule(_is_amount, f"a number of 0 or more, at most {limits.AMOUNT:.0e}"),
    bool: Rule(pd.api.types.is_bool, "True or False"),
}
BY_NAME = {
    "role": _one_of(*ROLES),
    "status": _one_of("proved", "resolved", "transcribed", "derived", "unproved"),
    "bound": _one_of("exact", "about", "more_than", "at_least", "less_than", "at_most"),
    "grade": Rule(("A", "B").__contains__, "A or B; what is C gets no mark, say it in the note"),
}


def _rule(field: Parameter) -> Rule:
    kind, *_ = get_args(field.annotation) or [field.annotation]
    return BY_NAME.get(field.name, BY_TYPE[kind])


def _needed(field: Parameter) -> bool:
    return field.default is field.empty


def _may_be_empty(field: Parameter) -> bool:
    return not _needed(field) or isinstance(None, field.annotation)


def read(
    kind: str,
    table: pd.DataFrame,
    make: Callable[..., Row],
    lang: Lang,
    most: int = limits.DRAWN,
) -> list[Row]:
    """The rows of a table, made of its columns; raises BaodingError with every problem there is."""
    if lang not in get_args(Lang):
        advice = "name one language, or both"
        refuse([wrong(kind, "lang", repr(lang), f"one of {', '.join(get_args(Lang))}", advice)])
    needed = [name for name, field in signature(make).parameters.items() if _needed(field)]
    if not isinstance(table, pd.DataFrame):
        wanted = f"a data frame with {' '.join(needed)}"
        refuse([wrong(kind, "table", type(table).__name__, wanted)])
    found = f"the columns {', '.join(map(str, table.columns))}"
    absent = [name for name in needed if name not in table.columns]
    refuse(wrong(kind, "table", found, f"{name!r} too", "add it") for name in absent)
    if table.empty:
        refuse([wrong(kind, "table", "no row", "one or more", "see how the rows were selected")])
    if len(table) > most:
        found, wanted = f"{len(table):,} rows", f"at most {most:,}"
        refuse([wrong(kind, "table", found, wanted, "draw those that the finding speaks of")])
    return checked(kind, table.to_dict("records"), make, lang)


def read_groups(
    kind: str, groups: Sequence[Group], make: Callable[..., Row], lang: Lang
) -> list[tuple[Labelled, list[Row]]]:
    """The head and the rows of each (title_zh, title_en, table)."""
    if not groups:
        advice = "give a list of (title_zh, title_en, table)"
        refuse([wrong(kind, "tables", "no table", "one or more", advice)])
    titles = [{"label_zh": zh, "label_en": en} for zh, en, _ in groups]
    rows = [read(kind, table, make, lang) for _, _, table in groups]
    return list(zip(checked(kind, titles, Labelled, lang), rows, strict=True))


def checked(
    kind: str, records: Iterable[Record], make: Callable[..., Row], lang: Lang = "both"
) -> list[Row]:
    """The records as rows in the languages of the chart, every cell tried; raises BaodingError with
    every problem there is.
    """
    rows, problems = [], []
    for number, record in enumerate(records, 1):
        cells = {}
        for name, field in signature(make).parameters.items():
            rule = _rule(field)
            cell: Any = record.get(name)
            if _may_be_empty(field) and (pd.isna(cell) is True or cell == ""):
                cell = None if _needed(field) else field.default
            elif not rule.holds(cell):
                problems.append(wrong(kind, name, repr(cell), rule.wanted, row=number))
            elif rule is BY_TYPE[float]:
                cell = float(cell)
            cells[name] = cell
        if lost := _without_bound(cells):
            wanted = "the word of its bound too, as in “2万多 / more than 20,000”"
            problems.append(wrong(kind, "text", repr(lost), wanted, row=number))
        rows.append(cells)
    refuse(problems)
    return [make(**_in_language(cells, lang)) for cells in rows]


def _without_bound(cells: Mapping[str, Any]) -> str:
    """The text of an inexact number, if in one of the languages it is but a number."""
    text = cells.get("text")
    if cells.get("bound", "exact") == "exact" or not isinstance(text, str):
        return ""
    return text if any(re.fullmatch(r"[\d,.]+%?", half) for half in text.split(" / ")) else ""


def _in_language(cells: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
    """The cells with the texts that a chart in these languages shows."""
    said = dict(cells)
    for stem in [name.removesuffix("_zh") for name in cells if name.endswith("_zh")]:
        zh, en = f"{stem}_zh", f"{stem}_en"
        said[zh], said[en] = spoken(lang, cells[zh], cells[en])
    if "text" in cells and lang != "both":
        zh, _, en = cells["text"].partition(" / ")
        said["text"], _ = spoken(lang, zh, en or zh)
    return said


def wrong(
    kind: str,
    where: str,
    found: str,
    wanted: str,
    advice: str = "correct the table",
    row: int | None = None,
) -> Finding:
    """One problem of a chart of some kind; rows count from 1."""
    return Finding("chart", kind, row, where, found, wanted, advice)
