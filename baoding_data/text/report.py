"""One report's text: its sections, sentences and clauses, its tables, and every number printed.

Nothing here knows a table of the project. All offsets count characters of the text as decoded from
UTF-8.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from baoding_data import limits
from baoding_data.patterns import lazy_pattern
from baoding_data.text.cells import Place, RowWords, in_cell, row_words
from baoding_data.text.lines import as_published, with_tabs
from baoding_data.text.numbers import Number, numbers_in
from baoding_data.text.numerals import chinese
from baoding_data.text.tables import Row, Table, tables_in
from baoding_data.words import Pair

CUTS = ",;:()、。“”《》〔〕，；：（）"
_HEADING = lazy_pattern(
    r"\n[ \u00a0\u3000\t]*(?:([一二三四五六七八九十]+)、|[(（]([一二三四五六七八九十]+)[)）])"
)
_POINT = lazy_pattern("[一二三四五六七八九十]+是")
_SENTENCE = lazy_pattern(r"[^。！？\n]+(?:[。！？]+[”’」）)]*)?")
_CLAUSE = lazy_pattern(
    rf"[^\s{re.escape(CUTS)}！？!?](?:[^{re.escape(CUTS)}！？!?\n]*[^\s{re.escape(CUTS)}！？!?])?"
)

# A number has no part on either side of one of these; 1,000 holds none, nor does 1，000.
_PARTING = lazy_pattern("[。；]|[，,](?=[\u4e00-\u9fff])")
_BETWEEN_CELLS = tuple(" \u00a0\u3000\n|")
_LABEL_WORDS = 4  # what is shorter is a piece of a label that stands upright beside the rows
_CLOSING = lazy_pattern(r"\n[^\n。]*\n+[^\n。]*年[^\n。]*月[^\n。]*日\s*$")
_LABEL = lazy_pattern(r"([^(·]*)(?:\(([^)]*)\))?(?:·(.*)是)?")


class Sentence(NamedTuple):
    """A sentence with its place in the text and its section."""

    start: int
    end: int
    section: str
    text: str


class Clause(NamedTuple):
    """A run of text between two marks."""

    start: int
    end: int


class Report:
    """A report's text, read once; the parts are found when first asked for.

    >>> Report("一是受理行政复议案件316件。").numbers[0].value
    Decimal('316')
    """

    def __init__(self, text: str):
        # Programs that copy a page may break its lines anywhere; a sentence, or a number, is one
        # all the same.
        self._with_tabs = with_tabs(text)
        self.text = self._with_tabs.replace("\t", " ")
        self._times: dict[str, int] = {}
        self._places: dict[int, Place | None] = {}
        self._rows: dict[int, RowWords] = {}
        self._near: dict[tuple[int, int], list[Number]] = {}
        self._clauses: dict[int, list[Clause]] = {}

    def all_read(self) -> "Report":
        """The same, its sentences and numbers read at once, for who needs all of them."""
        assert self.sentences is not None and self.numbers is not None
        return self

    @cached_property
    def numbers(self) -> list[Number]:
        """Every number in the text, in its order: values, dates, ordinals, names, unclear ones."""
        if not self.tables:
            return numbers_in(self.text)
        # The signs put between cells are none that a number holds.
        found = numbers_in(self._cells_apart())
        places = map(self.place_of, found)
        pairs = zip(found, places, strict=True)
        return [in_cell(number, place, self.text) if place else number for number, place in pairs]

    def _cells_apart(self) -> str:
        """The text in which nothing that is read in a cell of a table reaches beyond it."""
        read = list(self.text)
        cells = (cell for table in self.tables for row in table.rows for cell in row.cells)
        for place in (place for cell in cells for place in (cell.start - 1, cell.end)):
            if self.text[max(0, place) : place + 1] in _BETWEEN_CELLS:
                read[place] = "\f"
        return "".join(read)

    @cached_property
    def tables(self) -> list[Table]:
        """The tables in the text, in their order."""
        return [] if as_published(self._with_tabs) else tables_in(self._with_tabs)

    def table_at(self, position: int) -> tuple[Table, int, Row, int] | None:
        """The table in whose row a character stands, which table it is, the row, and which row of
        the table it is, counted from 1; None outside of rows.
        """
        at = bisect_right(self.tables, position, key=lambda table: table.start)
        if not at:
            return None
        table = self.tables[at - 1]
        row = bisect_right(table.rows, position, key=lambda row: row.start)
        if not row or position >= table.rows[row - 1].end:
            return None
        return table, at, table.rows[row - 1], row

    def place_of(self, number: Number) -> Place | None:
        """Where in a table a number stands that is a cell of one; None in prose."""
        if not self.tables:
            return None
        if number.start not in self._places:
            self._places[number.start] = self._place_of(number)
        return self._places[number.start]

    def _place_of(self, number: Number) -> Place | None:
        found = self.table_at(number.start)
        if not found:
            return None
        table, at, row, row_at = found
        if row.start not in self._rows:
            chapter = self.chapter_at(number.start)
            self._rows[row.start] = row_words(table, at, row, row_at, chapter)
        words = self._rows[row.start]
        cell = bisect_right(row.cells, number.start, key=lambda cell: cell.start) - 1
        return Place(words, words.columns[cell] if cell < len(words.columns) else ())

    @cached_property
    def values_in_tables(self) -> dict[int, list[Number]]:
        """The values that are cells, by the table in which they stand, counted from 1."""
        found: dict[int, list[Number]] = {}
        for number in self.values if self.tables else ():
            if place := self.place_of(number):
                found.setdefault(place.table, []).append(number)
        return found

    def cells_of(self, table_row: str) -> list[Number]:
        """The values in the row of a table, which is named as 5/3; none where there is no such."""
        table, _, row = table_row.partition("/")
        if int(table) > len(self.tables) or int(row) > len(self.tables[int(table) - 1].rows):
            return []
        found = self.tables[int(table) - 1].rows[int(row) - 1]
        return self.numbers_in(found.start, found.end)

    def heads_at(self, number: Number) -> list[str]:
        """All heads of the table in which a number stands."""
        found = self.table_at(number.start)
        return [cell.text for line in found[0].heads for cell in line if cell.text] if found else []

    def place_of_row(self, words: str) -> str:
        """Table and row, as 5/3, of the row that is printed with some words; "" if none is."""
        for at, table in enumerate(self.tables, 1):
            for row_at, row in enumerate(table.rows, 1):
                if self.row_text(row) == words:
                    return f"{at}/{row_at}"
        return ""

    @cached_property
    def values(self) -> list[Number]:
        """The numbers that say how many, and the unclear: what the tables have to account for."""
        return _values(self.numbers)

    @cached_property
    def _value_starts(self) -> list[int]:
        return [number.start for number in self.values]

    @cached_property
    def sections(self) -> list[tuple[int, str]]:
        """(start, label) of every part: `标题`, `引言`, `一(七)`, `一(七)·一是`, `落款`."""
        points = [point for part in self._parts for point in self._points(*part)]
        return sorted([*self._parts, *points, *self._closing])

    @cached_property
    def _parts(self) -> list[tuple[int, str]]:
        """The parts that begin with a heading, and what stands before them."""
        found, chapter = [(0, "标题")], ""
        for match in _HEADING.finditer(f"\n{self.text}"):  # so each match is where its line is
            if self._in_table(match.start(match.lastindex or 0) - 1):
                continue
            chapter = match[1] or chapter
            found.append((match.start(), chapter if match[1] else f"{chapter}({match[2]})"))
        body = found[1][0] if len(found) > 1 else len(self.text)
        for line in re.finditer(r"[^\n]+", self.text[:body]):
            said = "。" in line[0] or "：" in line[0]
            if said and not self._in_table(line.start()):
                found.append((line.start(), "引言"))
                break
        return sorted(found)

    @cached_property
    def _closing(self) -> list[tuple[int, str]]:
        """The signature, if there is one."""
        tail = max(0, len(self.text) - 400)
        closing = _CLOSING.search(self.text[tail:])
        return [(tail + closing.start() + 1, "落款")] if closing else []

    def section_at(self, position: int) -> str:
        """The label of the part in which a character stands."""
        part = self._parts[bisect_right(self._parts, position, key=itemgetter(0)) - 1]
        near = (part, *self._points(*part), *self._closing)
        return max(one for one in near if one[0] <= position)[1]

    def _in_table(self, position: int) -> bool:
        """Whether a character stands in a table: what looks like a heading there names a row."""
        if not self.tables:
            return False
        at = bisect_right(self.tables, position, key=lambda table: table.start)
        return bool(at) and position < self.tables[at - 1].end

    def _points(self, start: int, label: str) -> Iterator[tuple[int, str]]:
        """The points of a part, 一是 二是 …, that stand in its first paragraph."""
        if label in ("标题", "引言"):
            return
        end = self.text.find("\n", start + 1)
        for match in _POINT.finditer(self.text, start, end if end >= 0 else len(self.text)):
            before = match.start() - 1
            while before > start and self.text[before] in " \u00a0\u3000\t":
                before -= 1
            if self.text[before] in "。；;：:\n":
                yield match.start(), f"{label}·{match[0]}"

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence with its section; a heading that ends with a full stop is one too."""
        starts = self._section_starts
        return [
            Sentence(start, end, self.sections[bisect_right(starts, start) - 1][1], text)
            for start, end, text in _sentences(self.text, 0, len(self.text))
        ]

    @property
    def clauses(self) -> list[Clause]:
        """Every clause: a run between two marks at which quotes may be cut, not inside numbers."""
        return [clause for at in range(len(self.sentences)) for clause in self._clauses_of(at)]

    def _clauses_of(self, at: int) -> list[Clause]:
        """The clauses of the sentence at this place of `sentences`."""
        if at not in self._clauses:
            start, end, *_ = self.sentences[at]
            found: list[Clause] = []
            inside = self._cuts_in_numbers
            for match in _CLAUSE.finditer(self.text, start, end):
                first, last = match.span()
                if first - 1 in inside and found and found[-1].end == first - 1:
                    found[-1] = Clause(found[-1].start, last)
                else:
                    found.append(Clause(first, last))
            self._clauses[at] = found
        return self._clauses[at]

    @cached_property
    def _cuts_in_numbers(self) -> set[int]:
        """Where a number holds a mark at which quotes may be cut."""
        return {
            place
            for number in self.numbers
            if not number.printed.isalnum()
            for place, sign in enumerate(number.printed, number.start)
            if sign in CUTS
        }

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, position: int) -> Sentence:
        """The sentence in which a character stands; in a table its row, on one line."""
        if self.tables and (found := self.table_at(position)):
            _, at, row, row_at = found
            section = self.section_at(position)
            text = self.row_text(row)
            start = row.end - len(text)  # so that places count on from it
            return Sentence(start, row.end, f"{section}·表{at}/{row_at}", text)
        if "sentences" not in self.__dict__:
            line = self.text.rfind("\n", 0, position) + 1, self.text.find("\n", position)
            near = [one for one in _sentences(self.text, *line) if one[0] <= position]
            if near:
                start, end, text = near[-1]
                return Sentence(start, end, self.section_at(start), text)
        return self.sentences[max(0, bisect_right(self._starts, position) - 1)]

    def around(self, position: int) -> Sentence:
        """The sentence in which a character stands, so far as it is near."""
        return self.near(self.sentence_at(position), position)

    def near(self, whole: Sentence, position: int) -> Sentence:
        """A sentence, so far as it is near a character in it."""
        if len(whole.text) <= limits.NEAR:
            return whole
        at = position - whole.start
        first, last = max(0, at - limits.NEAR), min(len(whole.text), at + limits.NEAR)
        text = whole.text[first:last]
        return Sentence(whole.start + first, whole.start + last, whole.section, text)

    def row_text(self, row: Row) -> str:
        """A row of a table as printed, on one line; where it holds numbers only, after the label
        that stands on lines of its own before it.
        """
        line = self.text[row.start : row.end].replace("\n", " ")
        if any(words in line for words in row.label):
            return line
        return " ".join((*(words for words in row.label if len(words) >= _LABEL_WORDS), line))

    @cached_property
    def _section_starts(self) -> list[int]:
        return [start for start, _ in self.sections]

    def chapter_at(self, position: int) -> str:
        """The heading of the chapter of a character: 三、工作打算; empty before the first."""
        at = bisect_right(self._chapters, (position, len(self.text)))
        return self.text[slice(*self._chapters[at - 1])].strip() if at else ""

    @cached_property
    def _chapters(self) -> list[tuple[int, int]]:
        """Where the lines of the headings of chapters begin and end."""
        starts = [
            start
            for start, label in self.sections
            if re.fullmatch("[一二三四五六七八九十]+", label)
        ]
        ends = [self.text.find("\n", start) for start in starts]
        return [(a, b if b >= 0 else len(self.text)) for a, b in zip(starts, ends, strict=True)]

    def numbers_in(self, start: int, end: int) -> list[Number]:
        """The values that lie wholly between two positions."""
        if "numbers" not in self.__dict__ and not self.tables:
            values = _values(self._numbers_near(start, end))
            return [one for one in values if start <= one.start and one.end <= end]
        first = bisect_left(self._value_starts, start)
        return [
            number
            for number in self.values[first : bisect_left(self._value_starts, end)]
            if number.end <= end
        ]

    def _numbers_near(self, start: int, end: int) -> list[Number]:
        """The numbers of the clauses of two positions, from a mark to a mark beyond which none is
        read with another: of a text that is not read yet nobody needs all.
        """
        sentence, behind = max(0, self.text.rfind("。", 0, start)), _PARTING.search(self.text, end)
        first = max(
            (one.start() for one in _PARTING.finditer(self.text, sentence, start)), default=0
        )
        last = behind.end() if behind else len(self.text)
        if (first, last) not in self._near:
            self._near[first, last] = [
                one._replace(
                    start=one.start + first, end=one.end + first, unit_end=one.unit_end + first
                )
                for one in numbers_in(self.text[first:last])
            ]
        return self._near[first, last]

    def times(self, words: str) -> int:
        """How often some words stand in the text; none do where there are none."""
        if words not in self._times:
            self._times[words] = self.text.count(words) if words else 0
        return self._times[words]

    def quotes_for(self, number: Number, keyword_fits: Callable[[int, int], bool]) -> list[str]:
        """The shortest runs of clauses that hold the number and its keyword and stand once.

        `keyword_fits(start, end)` says whether the keyword stands rightly between two positions.
        Runs of equally few clauses are all returned; an empty list means that no run of this
        sentence will do. The quote of a number in a table is its row.
        """
        if self.tables and (found := self.table_at(number.start)):
            row = found[2]
            return [self.row_text(row)] if keyword_fits(row.start, row.end) else []
        inside = self._clauses_of(max(0, bisect_right(self._starts, number.start) - 1))
        home = bisect_right(inside, number.start, key=lambda clause: clause.start) - 1
        if home < 0 or number.end > inside[home].end:
            return []
        for length in range(1, min(len(inside), limits.CLAUSES) + 1):
            runs = []
            for first in range(max(0, home - length + 1), min(home, len(inside) - length) + 1):
                start, end = inside[first].start, inside[first + length - 1].end
                near = end - start <= 2 * limits.NEAR
                if near and keyword_fits(start, end) and self.times(self.text[start:end]) == 1:
                    runs.append(self.text[start:end])
            if runs:
                return runs
        return []


def _values(numbers: Iterable[Number]) -> list[Number]:
    return [number for number in numbers if number.kind in ("value", "unclear")]


def _sentences(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Where the sentences between two ends of lines begin and end, and their words."""
    for match in _SENTENCE.finditer(text, first, last if last >= 0 else len(text)):
        words = match[0].strip(" \u00a0\u3000\t\r")
        if words:
            start = match.start() + match[0].index(words)
            yield start, start + len(words), words


def nearest(
    text: str,
    number: Number,
    rivals: Iterable[Number],
    wordings: Iterable[str],
    start: int,
    end: int,
) -> bool:
    """Whether a wording stands between two positions, nearer to the number than every rival."""
    others = [rival for rival in rivals if rival.start != number.start]
    for wording in wordings:
        at = text.find(wording, start, end)
        while at >= 0:
            last = at + len(wording)
            gap = _gap(number, at, last)
            if all(gap < _gap(rival, at, last) for rival in others):
                return True
            at = text.find(wording, at + 1, end)
    return False


def _gap(number: Number, start: int, end: int) -> int:
    """Characters between a wording and a number with its unit; 0 where they touch or overlap."""
    return max(0, start - number.unit_end, number.start - end)


def marked(sentence: str, at: int, printed: str, shown: int | None = None) -> str:
    """A sentence with the number at a place of it between 【 and 】; of a long one, so many
    characters before and after the number as are to be `shown`.

    >>> marked("全市共受理行政复议案件316件，审结280件。", 11, "316", 4)
    '…复议案件【316】件，审结…'
    """
    before, after = sentence[:at], sentence[at + len(printed) :]
    if shown is not None:
        before = before if len(before) <= shown else f"…{before[-shown:]}"
        after = after if len(after) <= shown else f"{after[:shown]}…"
    return f"{before}【{printed}】{after}"


@lru_cache(1000)
def section_in_words(section: str) -> Pair:
    """A section's label as a reader meets it, in Chinese and in English.

    >>> section_in_words("一(七)·一是").line, section_in_words("三·表5/3").line
    ('一（七）·一是 1(7), point 1', '三·表5第3行 3, table 5, row 3')
    """
    section, _, cell = section.partition("·表")
    if cell:
        zh, en = section_in_words(section)
        table, row = cell.split("/")
        return Pair(f"{zh}·表{table}第{row}行", f"{en}, table {table}, row {row}")
    named = {"标题": "title", "引言": "opening", "落款": "signature"}
    parts = _LABEL.fullmatch(section)
    if section in named or not parts:
        return Pair(section, named.get(section, section))
    chapter, item, point = parts.groups()
    english = f"{chinese(chapter)}"
    english += f"({chinese(item)})" if item else ""
    english += f", point {chinese(point)}" if point else ""
    return Pair(section.replace("(", "（").replace(")", "）"), english)
