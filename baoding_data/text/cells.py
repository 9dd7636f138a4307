"""A number in a table of a text: where it stands, what names it, and which unit its heads give."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from baoding_data.patterns import lazy_pattern
from baoding_data.text.numbers import Number, numbers_in
from baoding_data.text.numerals import plain_digits
from baoding_data.text.tables import Row, Table

TOTALS = frozenset(("总计", "合计", "总数", "共计"))
_NUMERALS = "一二三四五六七八九十"
_ITEM = lazy_pattern(rf"[(（][{_NUMERALS}]+[)）]|[{_NUMERALS}]+、|[0-9]+[.、．]")
_ENDS_ITEM = lazy_pattern("[.、．][\u4e00-\u9fff]")
_UNIT = lazy_pattern(
    r"""
    单位 [:：]? \s* (?P<named> [^()（）,，;；\s]+ )    # （单位：万元）
    | [(（] (?P<set_apart> (?!单位) [^()（）]{1,4} ) [)）] \s* $  # 受理（件）
    | (?P<counted> [\u4e00-\u9fff] ) 数 $               # 制发件数
    """,
    re.VERBOSE,
)


class RowWords(NamedTuple):
    """What the row of a table says of its cells: where it is, table and row counted from 1; the
    words that name it; the heads of each column, verbatim, and all of them together; what stands
    above the table; whether it has only one number.
    """

    table: int
    row: int
    label: str
    columns: list[tuple[str, ...]]
    heads: frozenset[str]
    above: str
    single: bool


class Place:
    """Where in its text a number stands that is a cell: in which row, below which heads, verbatim.
    Heads that the text does not prove are none.
    """

    def __init__(self, in_row: RowWords, heads: tuple[str, ...]):
        self.in_row, self.heads = in_row, heads
        self._closed = [_closed(head) for head in heads]
        self._together = "".join(self._closed)

    @property
    def table(self) -> int:
        """The table, counted from 1."""
        return self.in_row.table

    @property
    def table_row(self) -> str:
        """Table and row as the tables of figures write them: 5/3."""
        return f"{self.in_row.table}/{self.in_row.row}"

    @property
    def column(self) -> str:
        """The heads as one cell of the tables of figures."""
        return "|".join(self.heads)

    @property
    def proved(self) -> bool:
        """Whether the text proves the column: by its heads, or since the row has one number."""
        return bool(self.heads) or self.in_row.single

    @property
    def is_part(self) -> bool:
        """Whether the row has a total, and this is not it."""
        return TOTALS.isdisjoint(self._closed) and not TOTALS.isdisjoint(self.in_row.heads)

    @property
    def words(self) -> tuple[str, str, str]:
        """What is said of the number: in its heads, in the label of its row, above the table."""
        return self._together, self.in_row.label, self.in_row.above

    def names(self, word: str) -> bool:
        """Whether a word names what is counted: in the heads; in the label too, unless that names a
        total beside this number. Of a label (三)不予公开 1.属于国家秘密 only the last item does.
        """
        if word in self._together:
            return True
        label = self.in_row.label
        if word not in label or self.is_part:
            return False
        return word in label[max((match.start() for match in _ITEM.finditer(label)), default=0) :]

    def says(self, word: str) -> bool:
        """Whether a word says what the number is about: in its heads, in the label of its row, or
        above the table; there only if it is not the head of other columns.
        """
        heads, label, above = self.words
        if word in heads or word in label:
            return True
        others = self.in_row.heads.difference(self._closed) if word in above else ()
        return word in above and not any(word in one or one in word for one in others)

    @property
    def unit(self) -> tuple[Decimal, str] | None:
        """The unit that heads, label or the words above give, with what it multiplies by."""
        for words in (*reversed(self._closed), self.in_row.label):
            if unit := unit_said(words):
                return unit
        return unit_said(self.in_row.above) if "单位" in self.in_row.above else None


@lru_cache(maxsize=1000)
def unit_said(words: str) -> tuple[Decimal, str] | None:
    """The unit that the words of a head name, with what it multiplies by; None where they do not.

    >>> unit_said("本年收费金额（单位：万元）"), unit_said("本年制发件数"), unit_said("自然人")
    ((Decimal('10000'), '元'), (Decimal('1'), '件'), None)
    >>> unit_said("案件情况（单位：件）"), unit_said("受理（件）")
    ((Decimal('1'), '件'), (Decimal('1'), '件'))
    """
    found = _UNIT.search(words)
    unit = found and (found["named"] or found["set_apart"] or found["counted"])
    numbers = numbers_in(f"1{unit}") if unit else []
    if len(numbers) != 1:
        return None
    [number] = numbers
    whole = number.unit_end == len(f"1{unit}") and number.unit
    return (number.value, number.unit) if number.value is not None and whole else None


def in_cell(number: Number, place: Place, text: str) -> Number:
    """A number as its table has it: what begins an item of a label is an ordinal, and one that is
    nothing but digits has the unit that the table gives.
    """
    if number.kind != "value" or number.unit or plain_digits(number.printed) is None:
        return number
    if _ENDS_ITEM.match(text, number.end):
        return number._replace(kind="ordinal", value=None, bound="")
    if place.unit is None or number.value is None:
        return number
    times, name = place.unit
    return number._replace(value=Decimal(f"{(number.value * times).normalize():f}"), unit=name)


def row_words(table: Table, at: int, row: Row, row_at: int, chapter: str) -> RowWords:
    """What a row says of its cells; table and row are counted from 1."""
    columns = [tuple(head.text for head in column) for column in row.heads]
    return RowWords(
        at,
        row_at,
        _closed("".join(row.label)),
        columns,
        frozenset(_closed(head) for column in columns for head in column),
        "".join(dict.fromkeys(map(_closed, (chapter, *table.caption)))),
        sum(cell.text[:1].isdigit() for cell in row.cells) == 1,
    )


def _closed(words: str) -> str:
    """Words without the blanks that programs put into them."""
    return "".join(words.split())
