"""The tables in a text: their rows, the cells of each row, and the heads above a cell where the
text proves them. Columns are kept apart by tabs, by strokes, by blanks or by line ends.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from baoding_data.patterns import lazy_pattern
from baoding_data.text import columns
from baoding_data.text.columns import Piece
from baoding_data.text.lines import ROW_ENDS, maybe_one, numbers_at_end


class Cell(NamedTuple):
    """What stands in one cell of a row, with its place in the text; it may be empty."""

    start: int
    end: int
    text: str


Cells = tuple[Cell, ...]


class Row(NamedTuple):
    """A row with its place, its cells, the words that name it, which stand before its first number
    or on lines of their own above, and for each cell the heads above it: none that is not proved.
    """

    start: int
    end: int
    cells: Cells
    label: tuple[str, ...]
    heads: tuple[Cells, ...]


class Table(NamedTuple):
    """A table with its place, the lines of words directly above it, its lines of heads and its
    rows, each with at least one number.
    """

    start: int
    end: int
    caption: tuple[str, ...]
    heads: tuple[Cells, ...]
    rows: tuple[Row, ...]

    def heads_of(self, row: int, cell: int) -> tuple[str, ...]:
        """The heads in the column of a cell, from above to below; none where they are not proved.
        Rows and cells are counted from 0.

        >>> tables_in("项目\\t受理\\t审结\\n许可\\t3\\t2")[0].heads_of(0, 2)
        ('审结',)
        """
        return tuple(head.text for head in self.rows[row].heads[cell])


_BLANKS = " \u00a0\u3000"
_NUMBER = lazy_pattern(
    r"""[-+−－—±]?
    (?:[0-9]{1,3}(?:,[0-9]{3})+|[０-９]{1,3}(?:[,，][０-９]{3})+|[0-9０-９]+)(?:[.．][0-9０-９]+)?
    (?:[ ]?(?:[%％‰]|(?![年月日号时届期第]|季度)[\u4e00-\u9fff]{1,4}))?""",
    re.VERBOSE,
)
_BARE = lazy_pattern("[-+−－0-9０-９.,，．%％‰]+")
_FIGURE = lazy_pattern("[-+0-9０-９][^\u4e00-\u9fff]*")
_NOTHING = lazy_pattern("[-—–―－/／\\\\*…·无]{1,3}")
_GAP = lazy_pattern(f"[{_BLANKS}]{{2,}}|(?<=[0-9０-９%％])\u3000|\u3000(?=[0-9０-９])")
_PAGE = lazy_pattern("[-—–－─]{1,2} ?[0-9０-９]{1,4} ?[-—–－─]{1,2}|第 ?[0-9]{1,4} ?页.{0,12}")
_RULE = lazy_pattern(":?-{2,}:?")
_BRACKETS = lazy_pattern("[(（][^()（）]*(?:[)）]|$)")
_SENTENCE = lazy_pattern("[，。；！？;!?]|,(?![0-9])|[^：]{6}：$")
_ENDED = lazy_pattern("。$|。.")
_ITEM = lazy_pattern("[(（]?[0-9一二三四五六七八九十]{1,3}[)）、.．](?![0-9])")
_HEADING = lazy_pattern("[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]")
_CAPTION = lazy_pattern(
    "[一二三四五六七八九十]+、|第[0-9一二三四五六七八九十百]+[条章节项]"
    "|附?表 ?[0-9一二三四五六七八九十]{1,3}(?![0-9])|附[表件]|[（(]?单位[:：]|统计时间|#"
)
_NOTE = lazy_pattern("[(（][^()（）]{9,}[)）]$")
_NAMES_LABELS = lazy_pattern("信息内容|项目|指标|类别|类型|名称|内容|事项|序号|地区|省份|部门|年份")
_LONG = 60  # characters; no label and no head is longer
_SHORT = 40  # characters; a cell that is a line is no longer
_WORD = 5  # characters; a shorter label may be 附表 1
_CLOSE = 8  # so many lines may stand between two rows
_FAR = 24  # so many lines may stand above the first


class _Line(NamedTuple):
    """A line that is not empty: its cells, what keeps them apart (`tab`, `stroke`, `blank`, or a
    `single` blank; `none` has one, `rule` is a line of Markdown, and `prose` no part of a table),
    and which of them is the first number, or -1.
    """

    begin: int  # with the blanks before its words
    start: int
    end: int
    words: str
    cells: Cells
    form: str
    number: int

    @property
    def is_row(self) -> bool:
        return self.number >= 0 and self.form in ("tab", "stroke", "blank", "single")

    @property
    def values(self) -> Cells:
        """The cells from the first number on."""
        return self.cells[self.number :]

    def zone(self, measure: Callable[[str], int]) -> int:
        """How far from the margin the first number stands."""
        before = self.words[: self.values[0].start - self.start]
        return measure(" " * (self.start - self.begin) + before)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells if cell.text)

    @property
    def empty(self) -> bool:
        """Whether all cells but the first say that there is nothing."""
        return all(_NOTHING.fullmatch(text) for text in self.texts[1:])

    @property
    def is_label(self) -> bool:
        """Whether a line holds words of a label only."""
        return self.number < 0 and not any(_NOTHING.fullmatch(text) for text in self.texts[1:])

    @property
    def goes_on(self) -> bool:
        """Whether a line goes on with the label of a row above."""
        return self.form == "none" and self.number < 0 and not _ITEM.match(self.words)


def tables_in(text: str) -> list[Table]:
    """The tables in a text, in their order.

    >>> [row.label for row in tables_in("受理  12  30\\n审结  8  20")[0].rows]
    [('受理',), ('审结',)]
    """
    if not ("\t" in text or "|" in text or any(map(_may_be, text.split("\n")))):
        return []
    lines = _as_rows(list(_lines(text)))
    found = list(_aligned(lines))
    return sorted([*found, *_stacked(lines, found)])


# --- lines and cells


def _may_be(line: str) -> bool:
    """Whether a line may be a row, or a cell alone: most texts have none, and cost nothing."""
    words = line.strip(_BLANKS)
    if "  " in words or "\u3000" in words or "\u00a0" in words:
        return True
    return words[-1:] in ROW_ENDS and bool(_BARE.fullmatch(words) or numbers_at_end(words))


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer("[^\n]+", text):
        words = match[0].strip(_BLANKS + "\t\r")
        if words and not _PAGE.fullmatch(words):
            yield _line(match[0], match.start(), words)


def _line(line: str, begin: int, words: str) -> _Line:
    indent = line.index(words)
    start, end = begin + indent, begin + indent + len(words)
    form, cells = "none", (Cell(start, end, words),)
    if "|" in words:
        form, cells = "stroke", _split(line.strip("\r"), begin, "|")
    elif "\t" in words or line.count("\t") > 1:
        form, cells = "tab", _split(line.strip("\r"), begin, "\t")
    elif gaps := list(_GAP.finditer(words)):
        form, ends = "blank", [0, *(place for gap in gaps for place in gap.span()), len(words)]
        pairs = zip(ends[::2], ends[1::2], strict=True)
        cells = _tight(tuple(Cell(start + i, start + j, words[i:j]) for i, j in pairs))
    elif count := numbers_at_end(words):
        form, cells = "single", _split_off(words, start, count)
    if form == "stroke" and all(_RULE.fullmatch(cell.text) for cell in cells):
        return _Line(begin, start, end, words, (), "rule", -1)
    if _is_prose(cells, form):
        return _Line(begin, start, end, words, cells, "prose", -1)
    number = -1
    if any(_NUMBER.fullmatch(cell.text) for cell in cells):
        number = next(i for i, cell in enumerate(cells) if _is_value(cell.text))
    return _Line(begin, start, end, words, cells, form, number)


def _split_off(words: str, start: int, count: int) -> Cells:
    """A line's words and so many numbers behind them, with one blank before each."""
    found = []
    for part in words.rsplit(" ", count):
        words = part.strip(_BLANKS)
        found.append(Cell(start, start + len(words), words))
        start += len(part) + 1
    return tuple(found)


def _tight(cells: Cells) -> Cells:
    """The cells of a row, where only one blank was left between a long label and the first number,
    or between two numbers.
    """
    found: list[Cell] = []
    for cell in cells:
        parts = cell.text.split(" ")
        count = next((n for n, one in enumerate(parts[::-1]) if not _NUMBER.fullmatch(one)), -1)
        if count < 0 and len(parts) > 1 and not maybe_one(parts):
            found += _split_off(cell.text, cell.start, len(parts) - 1)
        elif count > 0 and len(" ".join(parts[:-count])) >= _WORD:
            found += _split_off(cell.text, cell.start, count)
        else:
            found.append(cell)
    return tuple(found) if sum(bool(_NUMBER.fullmatch(cell.text)) for cell in found) > 2 else cells


def _as_rows(lines: list[_Line]) -> list[_Line]:
    """The lines, where 118 476 602 is three numbers only in a row like the line above, or with as
    many cells as that has heads; elsewhere it may be one.
    """
    for at, line in enumerate(lines):
        if line.form == "single" and maybe_one([cell.text for cell in line.values]):
            above = lines[at - 1]
            heads = above.cells if above.form == "single" else _at_blanks(above)
            named = above.form == "single" or _NAMES_LABELS.match(above.words)
            if not at or not named or len(heads) != len(line.cells):
                whole = (Cell(line.start, line.end, line.words),)
                lines[at] = line._replace(cells=whole, form="none", number=-1)
    return lines


def _is_value(words: str) -> bool:
    """Whether a cell holds a number, or stands in the place of one."""
    if _ITEM.fullmatch(words):
        return False
    return bool(_NUMBER.fullmatch(words) or _NOTHING.fullmatch(words) or _FIGURE.fullmatch(words))


def _split(line: str, at: int, mark: str) -> Cells:
    """The cells between tabs or strokes; a stroke at the very beginning or end holds nothing."""
    found, start = [], at
    for part in line.split(mark):
        words = part.strip(_BLANKS + "\t")
        first = start + (part.index(words) if words else 0)
        found.append(Cell(first, first + len(words), words))
        start += len(part) + 1
    if mark == "|" and not found[0].text:
        del found[0]
    if mark == "|" and found and not found[-1].text:
        del found[-1]
    return tuple(found)


def _is_prose(cells: Cells, form: str) -> bool:
    """Whether a cell is too long for one or holds the marks of a sentence, outside of brackets;
    between tabs or strokes there may be clauses too.
    """
    marks = _SENTENCE if form not in ("tab", "stroke") else _ENDED
    return any(
        len(cell.text) > _LONG or marks.search(_BRACKETS.sub("", cell.text))
        for cell in cells
        if not _NUMBER.fullmatch(cell.text)
    )


# --- rows of cells


def _aligned(lines: Sequence[_Line]) -> Iterator[Table]:
    """The tables of which a row is a line: kept apart by tabs, strokes or blanks."""
    rows: list[int] = []
    first = 0  # where the table may begin
    heads: list[int] = []
    for at, line in enumerate(lines):
        if line.form == "prose":
            yield from _table(lines, first, heads, rows)
            rows, heads, first = [], [], at + 1
        elif line.is_row:
            if rows and not _goes_on(lines, heads, rows[-1], at):
                yield from _table(lines, first, heads, rows)
                first = rows[-1] + 1
                rows = []
            if not rows:
                heads = _heads(lines, first, at)
            rows.append(at)
    yield from _table(lines, first, heads, rows)


def _goes_on(lines: Sequence[_Line], heads: Sequence[int], last: int, at: int) -> bool:
    """Whether a row belongs to the same table as the last: nothing between the two begins another,
    as a name of a table or the same heads again do.
    """
    before, row = lines[last], lines[at]
    if row.form != before.form or at - last > _CLOSE:
        return False
    between = range(last + 1, at)
    again = [i for i in between if _is_head(lines[i], row)]
    named = [i for i in between if _CAPTION.match(lines[i].words)]
    size, other = len(row.values), len(before.values)
    if again:
        known = {lines[i].texts for i in heads}
        alone = any(
            len(lines[i].cells) == 1 and not _ITEM.match(lines[i].words)
            for i in range(last + 1, again[0])
        )
        return not (named or alone or len(again) > 1 or lines[again[0]].texts in known)
    items = all(_HEADING.match(lines[i].words) for i in named)
    return not named or size == other or items and min(size, other) > 1


def _is_head(line: _Line, row: _Line) -> bool:
    """Whether a line without a number stands above the numbers of a row, not above its label."""
    if line.number >= 0 or line.form == "prose":
        return False
    if _CAPTION.match(line.words) or _NOTE.match(line.words):
        return False
    if row.form == "single":
        return line.form == "none" and len(_at_blanks(line)) == len(row.cells)
    if row.form != "blank":
        filled = [i for i, cell in enumerate(line.cells) if cell.text]
        placeless = all(_NOTHING.fullmatch(line.cells[i].text) for i in filled[1:])
        return line.form == row.form and bool(filled) and (filled[0] > 0 or not placeless)
    if line.form not in ("blank", "none") or _ITEM.match(line.cells[-1].text):
        return False
    if len(line.cells) == 1:
        return line.start - line.begin >= row.values[0].start - row.begin
    return not line.empty and any(
        measure(" " * (line.start - line.begin) + line.words) >= row.zone(measure)
        for measure in (len, columns.width)
    )


def _heads(lines: Sequence[_Line], first: int, at: int) -> list[int]:
    """The lines of heads above the first row of a table."""
    found: list[int] = []
    for i in range(at - 1, max(first, at - _FAR) - 1, -1):
        line = lines[i]
        if _is_head(line, lines[at]):
            found.insert(0, i)
        elif line.form == "rule":
            found.clear()
        elif (
            (found[0] if found else at) - i > (2 if found else 4)
            or _CAPTION.match(line.words)
            and (found or not _ITEM.match(line.words))
        ):
            break
    return _one_head(lines, found, at) if lines[at].number else found


def _one_head(lines: Sequence[_Line], found: list[int], at: int) -> list[int]:
    """The lines of heads, of which one names the labels: another line with words above these is a
    row without numbers. Where it is not plain which of them is the head, there is none.
    """
    zone = lines[at].values[0].start - lines[at].begin
    named = [i for i in found if _names_labels(lines[i], lines[at], zone)]
    if len({lines[i].cells[0].text for i in named}) < 2:
        return found
    heads = [i for i in named if _NAMES_LABELS.fullmatch(lines[i].cells[0].text)]
    if len(heads) != 1:
        return []
    before = max((i for i in named if i < heads[0]), default=-1)
    after = min((i for i in named if i > heads[0]), default=at)
    return [i for i in found if before < i < after]


def _names_labels(line: _Line, row: _Line, zone: int) -> bool:
    if line.form != "blank":
        return len(line.cells) == len(row.cells) and bool(line.cells[0].text)
    return len(line.cells) > 1 and line.cells[0].end - line.begin < zone


def _table(
    lines: Sequence[_Line], first: int, heads: Sequence[int], rows: Sequence[int]
) -> Iterator[Table]:
    """The table of some rows, if they make one."""
    if not rows:
        return
    above = _proved([lines[i] for i in heads], [lines[i] for i in rows])
    counted = sum(bool(_NUMBER.fullmatch(cell.text)) for cell in lines[rows[0]].cells)
    enough = 3 if lines[rows[0]].form == "single" else 2
    if len(rows) == 1 and counted < enough and not any(above[0]):
        return
    begin = heads[0] if heads else rows[0]
    found, since = [], heads[-1] + 1 if heads else rows[0]
    for at, over in zip(rows, above, strict=True):
        row = lines[at]
        named = [line for line in lines[since:at] if line.is_label and not _is_head(line, row)]
        label = [text for line in named for text in line.texts]
        label += [cell.text for cell in row.cells[: row.number] if cell.text]
        since = at + 1
        if not row.number and label and since < rows[-1] and lines[since].goes_on:
            label.append(lines[since].words)  # the number stands beside a label of several lines
            since += 1
        found.append(Row(row.start, row.end, row.cells, tuple(label), over))
    caption = _caption(lines[max(first, begin - 4) : begin])
    head_cells = tuple(lines[i].cells for i in heads)
    yield Table(lines[begin].start, lines[since - 1].end, caption, head_cells, tuple(found))


def _caption(above: Sequence[_Line]) -> tuple[str, ...]:
    """What is said above a table, from its name or a heading on."""
    named = [
        at
        for at, line in enumerate(above)
        if _HEADING.match(line.words) or _CAPTION.match(line.words)
    ]
    return tuple(line.words for line in above[max([0, *named]) :])


def _proved(heads: Sequence[_Line], rows: Sequence[_Line]) -> list[tuple[Cells, ...]]:
    """For each row, for each of its cells, the heads that are proved to stand above it."""
    if not heads:
        return [tuple(() for _ in row.cells) for row in rows]
    if rows[0].form == "blank":
        return _proved_by_blanks(heads, rows)
    if rows[0].form == "single":
        # One blank may part a head too: the first has to be the one that names the labels.
        [*_, head] = (line._replace(cells=_at_blanks(line)) for line in heads)
        named = _NAMES_LABELS.fullmatch(head.cells[0].text)
        return [_proved_by_place([head] if named else [], row) for row in rows]
    return [_proved_by_place(heads, row) for row in rows]


def _proved_by_place(heads: Sequence[_Line], row: _Line) -> tuple[Cells, ...]:
    """The heads of the cells of a row that has as many as the line of heads next above."""
    size = len(heads[-1].cells) if heads else 0
    if not size or len(row.cells) < size or any(cell.text for cell in row.cells[size:]):
        return tuple(() for _ in row.cells)
    whole = [line.cells for line in heads if len(line.cells) == size]
    above = [tuple(cells[i] for cells in whole if cells[i].text) for i in range(size)]
    return (*above, *(() for _ in row.cells[size:]))


def _proved_by_blanks(heads: Sequence[_Line], rows: Sequence[_Line]) -> list[tuple[Cells, ...]]:
    """The heads of the cells of rows, by characters or by how wide these are; none of a row for
    which two ways prove different heads.
    """
    measures = []
    for measure in (len, columns.width):
        values = [_pieces(row, row.values, measure) for row in rows]
        parted = [
            [_pieces(line, part(line), measure) for line in heads]
            for part in (lambda line: line.cells, _at_blanks)
        ]
        labels = max(row.number for row in rows)
        measures.append([columns.Way(lines, values, labels) for lines in parted])
    found = []
    for row, above in zip(rows, columns.above(measures), strict=True):
        cells = [tuple(Cell(p.place, p.place + len(p.text), p.text) for p in c) for c in above]
        found.append((*(() for _ in row.cells[: row.number]), *(cells or [()] * len(row.values))))
    return found


def _pieces(line: _Line, cells: Cells, measure: Callable[[str], int]) -> list[Piece]:
    """Cells with their places in a line, of which a measure says how wide they are."""
    found, last, at = [], line.start, measure(" " * (line.start - line.begin))
    for cell in cells:
        first = at + measure(line.words[last - line.start : cell.start - line.start])
        at, last = first + measure(cell.text), cell.end
        found.append(Piece(first, at, cell.text, cell.start))
    return found


def _at_blanks(line: _Line) -> Cells:
    """The cells of a line parted at single blanks too, except between two lone characters: 总 计."""
    found: list[Cell] = []
    for cell in line.cells:
        for match in re.finditer(f"[^{_BLANKS}]+", cell.text):
            start, end = cell.start + match.start(), cell.start + match.end()
            lone = found and len(match[0]) == len(found[-1].text) == 1
            if lone and start - found[-1].end == 1:
                start = found.pop().start
            found.append(Cell(start, end, line.words[start - line.start : end - line.start]))
    return tuple(found)


# --- a cell a line


class _Group(NamedTuple):
    """Lines of words, and the lines of numbers below them."""

    words: list[_Line]
    numbers: list[_Line]


def _stacked(lines: Sequence[_Line], found: Sequence[Table]) -> Iterator[Table]:
    """The tables of which each cell is a line, outside of those that were found."""
    ends = iter([(table.start, table.end) for table in found])
    start, end = next(ends, (0, 0))
    run: list[_Line] = []
    for line in lines:
        while end and line.start >= end:
            start, end = next(ends, (0, 0))
        inside = start <= line.start < end
        if inside or line.form != "none" or len(line.words) > _SHORT:
            yield from _tables_of_run(run)
            run = []
        else:
            run.append(line)
    yield from _tables_of_run(run)


def _tables_of_run(run: Sequence[_Line]) -> Iterator[Table]:
    """The tables of a run of short lines, some of which are numbers."""
    if sum(bool(_BARE.fullmatch(line.words)) for line in run) < 3:
        return
    groups: list[_Group] = []
    for line in run:
        if _is_value(line.words) and groups:
            groups[-1].numbers.append(line)
        elif not groups or groups[-1].numbers:
            groups.append(_Group([line], []))
        else:
            groups[-1].words.append(line)
    table: list[_Group] = []
    for group in groups:
        named = any(_NAMES_LABELS.fullmatch(line.words) for line in group.words[:-1])
        if table and (named or len(group.words) > 3):
            yield from _stack(table)
            table = []
        if group.numbers:
            table.append(group)
    yield from _stack(table)


def _stack(groups: Sequence[_Group]) -> Iterator[Table]:
    """The table of groups of words and numbers, if they make one."""
    if not groups:
        return
    caption, heads, rows = _stacked_rows(groups)
    proved = _repeats(heads, rows)
    first, numbers = groups[0].numbers, sum(len(group.numbers) for group in groups)
    if not proved:
        alone = len(groups) == 1 and (len(first) < 2 or _are_pages(first))
        if alone or 2 * numbers < len(heads) + sum(len(group.words) for group in groups[1:]):
            return
    found = []
    for at, row in enumerate(rows):
        above: list[Cells] = [() for _ in row]
        if proved:
            start = at * len(row) % len(heads)
            above = [(line.cells[0],) for line in heads[start : start + len(row)]]
        cells = tuple(line.cells[0] for line in row)
        label = tuple(line.words for line in row if not _is_value(line.words))
        found.append(Row(row[0].start, row[-1].end, cells, label, tuple(above)))
    cells = tuple(line.cells[0] for line in heads)
    begin = heads[0].start if heads else found[0].start
    yield Table(
        begin, found[-1].end, _caption(caption[-4:]), (cells,) if cells else (), tuple(found)
    )


def _stacked_rows(groups: Sequence[_Group]) -> tuple[list[_Line], list[_Line], list[list[_Line]]]:
    """What stands above a table, its heads and its rows, of lines that are a cell each."""
    words = groups[0].words
    named = [
        i + 1
        for i, line in enumerate(words[:-1])
        if any(pattern.match(line.words) for pattern in (_CAPTION, _HEADING, _NOTE))
    ]
    top = max([0, *named[-1:], len(words) - _FAR])
    heads, rows = words[top:], _counted(groups)
    if not rows:
        rows = [[*words[-1:], *groups[0].numbers], *([*one, *more] for one, more in groups[1:])]
        heads = heads[:-1]
        # Without an item's numeral, what stands above the first number may be a head as well.
        if not (_ITEM.match(words[-1].words) or _repeats(heads[-len(rows[0]) :], rows)):
            heads, rows[0] = words[top:], groups[0].numbers
    over = len(heads) - len(rows[0])
    if over > 0 and _NAMES_LABELS.fullmatch(heads[over].words):
        top, heads = top + over, heads[over:]
    return words[:top], heads, rows


def _counted(groups: Sequence[_Group]) -> list[list[_Line]]:
    """The rows of a table whose first column counts them: each begins with the last number of the
    group before its words.
    """
    counts = [group.numbers[-1] for group in groups[:-1]]
    if len(counts) < 2 or len(groups[0].numbers) > 1 or not _are_pages(counts):
        return []
    inner = [group._replace(numbers=group.numbers[:-1]) for group in groups[1:-1]]
    rows = zip(counts, [*inner, groups[-1]], strict=True)
    return [[count, *group.words, *group.numbers] for count, group in rows]


def _repeats(heads: Sequence[_Line], rows: Sequence[Sequence[_Line]]) -> bool:
    """Whether rows have one name each and as many cells as there are heads, which may come again
    and again for rows that were printed side by side.
    """
    size, texts = len(rows[0]), [line.words for line in heads]
    if not heads or len(heads) % size or texts != texts[:size] * (len(heads) // size):
        return False
    named = {sum(not _is_value(line.words) for line in row) for row in rows} == {1}
    same = named and {len(row) for row in rows} == {size}
    return same and (len(rows) > 1 or bool(_NAMES_LABELS.match(texts[0])))


def _are_pages(numbers: Sequence[_Line]) -> bool:
    """Whether numbers count up one by one, as those of pages do below a list."""
    counted = [line.words for line in numbers]
    return counted == [str(i) for i in range(1, len(counted) + 1)]
