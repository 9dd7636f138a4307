"""The contents: each sheet with its page, how to read the tables, and where the notes are."""

from collections.abc import Sequence
from typing import NamedTuple

from baoding_data.comparison.shares import LEVEL
from baoding_data.words import Pair, so_many
from baoding_data.workbook.edition import Edition, Field
from baoding_data.workbook.layout import Pages
from baoding_data.workbook.sheet import Block, Cell, Column, Link, Sheet, wide
from baoding_data.workbook.topic_sheets import note_link

NAME = Pair("目录", "Contents")
READING = (
    (
        Pair("统计数", "Figures"),
        Pair(
            "单元格里是数，看起来与原文一样：2.22显示为2.22%。改动一个数，首页、核对、图和图上的结论"
            "随之改动，其余文字不变。",
            "Cells are numeric and show their unit, sign and bound: 2.22 as 2.22%. The first page,"
            " the checks, the charts and the findings above them follow the cells; other words do"
            " not.",
        ),
    ),
    (
        Pair("原句", "Sentence"),
        Pair(
            "编号通到“原句”表中的那一句，数在句中已标出；从那里可以点回来。",
            "The number leads to the sentence in the sheet of sentences, where the figure is"
            " marked, and from there back.",
        ),
    ),
    (
        Pair("注意", "Cautions"),
        Pair(
            "编号通到表下的注意事项：哪些数不能比、不能加、不能减。",
            "The number leads to the cautions below a table: what must not be compared, added or"
            " subtracted.",
        ),
    ),
    (
        Pair("比率", "Rates"),
        Pair(
            f"报告载有件数的，列出件数；件数少，几件之差就会使比率变动的，并列{LEVEL}%威尔逊区间。",
            "Both counts stand beside a rate where the report states them and, where so few cases"
            f" are counted that a handful would move the rate, the {LEVEL}% Wilson interval.",
        ),
    ),
    (
        Pair("—", "—"),
        Pair("无。", "None."),
    ),
)


class Part(NamedTuple):
    """A sheet, with the printed page on which it begins."""

    sheet: Sheet
    page: int


def contents_sheet(edition: Edition, sheets: Sequence[Sheet], pages: Pages) -> Sheet:
    """The contents, how to read the tables, and the notes by name."""
    columns = edition.columns(CONTENTS)
    parts = [Part(sheet, pages.of(Link(sheet.key))) for sheet in sheets]
    reading = edition.heading(columns, Pair("使用说明", "How to read"))
    reading += wide(columns, *(edition.entry(*words) for words in READING))
    title = Pair(f"{edition.place_year.zh}：{NAME.zh}", f"{edition.place_year.en}: contents")
    blocks = [
        Block("above", wide(columns, *edition.titles(title))),
        edition.block("contents", CONTENTS, parts, "contents"),
        Block("reading", reading),
        *_notes(edition, columns, pages),
    ]
    return Sheet("contents", edition.line(NAME), edition.each(title), columns, blocks)


def _sheet(edition: Edition, part: Part) -> Cell:
    return Cell(part.sheet.name, Link(part.sheet.key))


def _holds(edition: Edition, part: Part) -> Pair:
    """What a sheet holds: of a topic its figures, of the others their title."""
    title = part.sheet.title
    key = part.sheet.key
    if isinstance(key, tuple):
        count = len(edition.topics[key[1]])
        return Pair(f"{count}个统计数", so_many(count, "figure"))
    zh, en = title[0].partition("：")[2] or title[0], title[-1].partition(": ")[2] or title[-1]
    return Pair(zh, f"{en[:1].upper()}{en[1:]}")


def _page(edition: Edition, part: Part) -> int:
    return part.page


CONTENTS: list[Field[Part]] = [
    Field(Pair("工作表", "Sheet"), _sheet, 14, 30),
    Field(Pair("内容", "Contents"), _holds, 30, 60, "aside", True),
    Field(Pair("页", "Page"), _page, 4.5, 6, "aside"),
]


def _notes(edition: Edition, columns: Sequence[Column], pages: Pages) -> list[Block]:
    """The notes by name, each with the page of its topic."""
    rows = edition.heading(columns, Pair("注意事项", "Cautions"))
    for number, (note, first) in enumerate(zip(edition.notes, edition.firsts, strict=True)):
        topic = Cell(edition.line(edition.word("topic", first.topic)))
        link = note_link(edition, number)
        page = Cell(pages.of(link), link)
        rows.append([topic, edition.cell(Cell(note.name)), page])
    return [Block("index", rows)] if edition.notes else []
