"""A draft as a workbook, with lists to choose from and colours for what is left."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from baoding_data.curation.draft_files import NUMBERS
from baoding_data.curation.draft_sheet import BESIDE, opened
from baoding_data.tables import containers
from baoding_data.tables.cells import DIGITS
from baoding_data.tables.seeds import Seeds
from baoding_data.words import Pair
from baoding_data.workbook import fit
from baoding_data.workbook.flat import visible
from baoding_data.workbook.printer import Members, Writer, as_stored, packed
from baoding_data.writing import seal_members

# Width in characters and what stands at the head of each column.
_WIDTHS = {
    "read": 7,
    "section": 11,
    "sentence": 62,
    "printed": 11,
    "value": 12,
    "unit": 9,
    "bound": 10,
    "indicator": 30,
    "label": 26,
    "confidence": 11,
    "scope": 13,
    "scope_basis": 12,
    "period": 11,
    "shared": 8,
    "quote": 40,
    "keyword": 16,
    "context": 16,
    "reason": 15,
    "note_zh": 26,
    "note_en": 26,
    "resolved": 10,
    "kind": 9,
    "report": 16,
    "at": 8,
    "proposed": 200,
}
_INDICATORS, _CODES, _HOW_TO = BESIDE
# What is typed into these stays as it is typed: no program makes a date of 1/3, or 0.313 of 31.3%.
_TEXTS = _WIDTHS.keys() - {*NUMBERS, "label"}
_AS_TEXT = "@"
_PLAIN_NUMBER = re.compile(rf"(?=[0-9.]{{1,{DIGITS}}}$)[0-9]+(?:\.[0-9]+)?", re.ASCII)
_FONT, _SIZE = "Microsoft YaHei", 10
_PLAIN, _BOLD = Font(name=_FONT, size=_SIZE), Font(name=_FONT, size=_SIZE, bold=True)
_IN_TEXT = InlineFont(rFont=_FONT, sz=_SIZE)
_MARKED = InlineFont(rFont=_FONT, sz=_SIZE, b=True, color="B3261E")
_SPARE, _HIGHEST = 5, 409  # points: above and below a text; no program makes a row higher
_HEAD = PatternFill("solid", fgColor="DDE6F0")
_CENTRED = Alignment(vertical="center", wrap_text=True)
_WRAPS, _ONE_LINE = Alignment(vertical="top", wrap_text=True), Alignment(vertical="top")
_FILLS = {"open": "FFF4D6", "read": "E4F1E4", "wrong": "F8D7D3", "grammar": "EEEEEE"}
_MORE = 200  # so many rows below the last one have lists and colours too
# What a cell may be chosen from, by the kinds of terms.csv.
_LISTED = {
    "scope": ("scope",),
    "scope_basis": ("scope_basis",),
    "period": ("period",),
    "reason": ("no_figure", "unclear"),
}
_HOW = [
    Pair(
        "一行一个数字，按原文顺序。自上而下逐行看。",
        "One row for each number, in the order of the text. Go through them from top to bottom.",
    ),
    Pair(
        "先看“sentence”：【】里是这一行的数。机器提出的指标、范围、时段、引文和理由都只是建议，改对为止。",
        "Read “sentence” first: the row's number stands between 【 and 】. Indicator, scope,"
        " period, quote and reason are a machine's proposals: correct them until they are right.",
    ),
    Pair(
        "“confidence”：95%，三项检验都过；60%，过两项；不到两项的，不知是什么，指标和理由都空着，请自己读。",
        "“confidence”: 95% passed all three tests, 60% two of them. Where fewer are passed it is"
        " not known what the number is: indicator and reason are empty, and yours to find.",
    ),
    Pair(
        "是统计数：填“indicator”“scope”“scope_basis”“period”，“reason”留空；“quote”是引文，清空它，收进表时会自动取对。",
        "A statistic: give “indicator”, “scope”, “scope_basis” and “period”, and leave “reason”"
        " empty. Where “quote” is cleared, the right one is taken when the draft is accepted.",
    ),
    Pair(
        "“keyword”“context”只在报告用语与指标表不同时才填：keyword 是紧挨数字、说明数的是什么的词，context 是句中说明讲什么事的词；机器提出的也要看。"
        "指标换了或清空了，原先提出的引文和这两栏随之作废。",
        "“keyword” and “context” are filled only where the report words the indicator otherwise"
        " than the codebook: words by the number that say what is counted, and words of the"
        " sentence that say what it is about. Read the proposed ones too. With another indicator,"
        " or none, they count no longer, and neither does the proposed quote.",
    ),
    Pair(
        "“kind”是 unclear 的数，规则读不准（三分之一、4 598件）：您读得准，就填 value，在“resolved”写您的缩写；"
        "unit 和 bound 空着会照句子补上。读不准，就选理由。",
        "A number of the “kind” unclear no rule reads for certain (三分之一, 4 598件). If you can:"
        " give its value and, under “resolved”, your initials; unit and bound are taken from the"
        " sentence where you leave them empty. If not, choose the reason.",
    ),
    Pair(
        "不是统计数，或指标表尚无此指标：“indicator”留空，“reason”选理由；另有话说，写在 note_zh 和 note_en。",
        "No statistic, or one of which the codebook has no indicator: leave “indicator” empty"
        " and choose the “reason”; anything else goes into note_zh and note_en.",
    ),
    Pair(
        "一个数说几件事（三率均达100%）：复制整行，各填各的指标，“shared”写 1/3、2/3、3/3。",
        "One number that speaks of several things: copy the whole row, give each its indicator,"
        " and write 1/3, 2/3, 3/3 under “shared”.",
    ),
    Pair(
        "“kind”是 table 的一行代表整个表格：整表不作统计数，在“read”选 yes；要逐格读，选 open，再运行一次 scan，"
        "表格就展开成一格一行，〔〕里是表头。",
        "A row of the “kind” table stands for a whole table. To set it apart, choose yes under"
        " “read”; to read its cells choose open and scan again: each number then has a row, with"
        " the heads of its column between 〔 and 〕.",
    ),
    Pair(
        "看完一行，在“read”选 yes。没有 yes 的行不会进表。",
        "When a row is right, choose yes under “read”. A row without it never enters the tables.",
    ),
    Pair(
        "灰色行是日期、序数和名称，由语法判定，不必看。黄色行待看，绿色行已看，红色行还不完整。",
        "Grey rows are dates, ordinals and names, told by grammar; they need no reading. Yellow"
        " rows are to be read, green ones are read, red ones are not complete.",
    ),
    Pair(
        "可以随时保存，下次接着看；`baoding accept` 会逐行指出哪里还不对，已看的行可以先收进表里。",
        "Save at any time and take it up again; `baoding accept` names the rows that are not"
        " right yet, and takes in those that are read.",
    ),
]


def draft_book(
    rows: Sequence[Any], columns: Iterable[str], read: Sequence[str], opens: str, tables: Seeds
) -> bytes:
    """The bytes of a draft's workbook; `read` are the marks of a row that is read, `opens` is that
    of a table which is to be listed.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "draft"
    shown = [name for column in columns for name in _with_label(column)]
    letter = {column: get_column_letter(at) for at, column in enumerate(shown, 1)}
    _head(sheet, {column: _WIDTHS[column] for column in shown}, _CENTRED)
    for column in _TEXTS & letter.keys():  # in the rows below, too
        sheet.column_dimensions[letter[column]].number_format = _AS_TEXT
    for number, row in enumerate(rows, 2):
        book_of_it = tables.codebook.get(row.indicator)
        label = book_of_it.label_zh if book_of_it else ""
        _row(sheet, number, row, shown, _label(letter["indicator"], number, tables), label)
    sheet.column_dimensions[letter["proposed"]].hidden = True
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{letter[shown[-1]]}{len(rows) + 1}"
    _colours(sheet, f"A2:{letter[shown[-1]]}{len(rows) + _MORE}", letter, read)
    chosen = {"read": f'"{read[0]},{opens}"', **_lists(book, tables)}
    _choices(sheet, chosen, letter, len(rows) + _MORE)
    _how(book.create_sheet(_HOW_TO))
    for other in book.worksheets:
        _paper(other)
    report = rows[0].report if rows else ""
    book.properties.title = visible(f"Draft of {report or 'a text'}")
    book.properties.creator = "baoding_data"
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    members = Members()
    Writer(book, members).save()
    seal_members(members, "draft")
    return packed(members)


def _with_label(column: str) -> tuple[str, ...]:
    return (column, "label") if column == "indicator" else (column,)


def _label(letter: str, number: int, tables: Seeds) -> str:
    """The formula that shows the label of a row's indicator."""
    where, last = f"{letter}{number}", len(tables.codebook) + 1
    looked_up = f"VLOOKUP({where},indicators!$A$2:$B${last},2,FALSE)"
    return f'=IF({where}="","",IFERROR({looked_up},"?"))'


def _head(sheet: Worksheet, widths: Mapping[str, int], alignment: Alignment | None = None) -> None:
    for at, (column, width) in enumerate(widths.items(), 1):
        cell = sheet.cell(1, at, column)
        cell.font, cell.fill = _BOLD, _HEAD
        if alignment:
            cell.alignment = alignment
        sheet.column_dimensions[get_column_letter(at)].width = width


def _row(
    sheet: Worksheet, number: int, row: Any, columns: Sequence[str], formula: str, label: str
) -> None:
    """A row of the draft; `label` is what the formula in the column of this name comes to."""
    for at, column in enumerate(columns, 1):
        cell = sheet.cell(number, at)
        cell.font = _PLAIN
        cell.alignment = _ONE_LINE if column in NUMBERS else _WRAPS
        if column in _TEXTS:
            cell.number_format = _AS_TEXT
        if column == "label":
            cell.value = formula
        elif column in NUMBERS and _PLAIN_NUMBER.fullmatch(getattr(row, column)):
            _number(cell, column, getattr(row, column))
        elif column == "sentence":
            cell.value = _sentence(row.sentence)
        else:
            _text(cell, getattr(row, column))
    texts = [label if column == "label" else getattr(row, column) for column in columns]
    _fit(sheet, number, texts, [_WIDTHS[column] for column in columns])


def _fit(sheet: Worksheet, number: int, texts: Iterable[str], widths: Iterable[float]) -> None:
    """Make a row so high that nothing in its cells is cut off."""
    heights = (
        fit.height(tuple((line, _SIZE) for line in text.split("\n")), width)
        for text, width in zip(texts, widths, strict=True)
    )
    sheet.row_dimensions[number].height = min(_HIGHEST, max(heights) + _SPARE)


def _text(cell: Cell, value: str) -> None:
    """Text as text: what begins with = is no formula."""
    cell.value = as_stored(visible(value))
    if value:
        cell.data_type = "s"


def _number(cell: Cell, column: str, value: str) -> None:
    whole = "." not in value
    cell.value = int(value) if whole else float(value)
    of_value = "#,##0" if whole else "#,##0.######"
    cell.number_format = {"value": of_value, "confidence": "0%"}.get(column, "General")


def _sentence(text: str) -> CellRichText:
    """The sentence with its number in colour."""
    before, rest = as_stored(visible(text)).split("【", 1)
    inside, after = rest.split("】", 1)
    parts = (_IN_TEXT, before), (_MARKED, f"【{inside}】"), (_IN_TEXT, after)
    return CellRichText(*(TextBlock(font, words) for font, words in parts if words))


def _colours(sheet: Worksheet, span: str, letter: Mapping[str, str], marks: Iterable[str]) -> None:
    """Grey for what grammar tells, red for read but incomplete, green for read, yellow for left."""
    named = (f"${letter[column]}2" for column in ("read", "kind", "indicator", "reason"))
    read, kind, indicator, reason = named
    counted = f'OR({kind}="value",{kind}="unclear",{kind}="table")'
    done = "OR(" + ",".join(f'{read}="{mark}"' for mark in marks) + ")"
    for formula, colour in (
        (f'AND({kind}<>"",NOT({counted}))', "grammar"),
        (f'AND({counted},{done},({indicator}="")=({reason}=""))', "wrong"),
        (f"AND({counted},{done})", "read"),
        (counted, "open"),
    ):
        fill = PatternFill("solid", bgColor=_FILLS[colour])
        rule = FormulaRule([formula], fill=fill, stopIfTrue=True)
        sheet.conditional_formatting.add(span, rule)


def _lists(book: Workbook, tables: Seeds) -> dict[str, str]:
    """The sheets to look up in; the span of cells that each column is chosen from."""
    columns = "indicator label_zh label_en unit measure topic keyword context"
    widths = dict.fromkeys([*columns.split(), "definition_zh", "definition_en"], 12)
    widths |= {"indicator": 36, "label_zh": 32, "label_en": 40, "keyword": 24, "context": 24}
    widths |= {"definition_zh": 60, "definition_en": 60}
    _table(book.create_sheet(_INDICATORS), widths, tables.indicators)
    found = {"indicator": f"indicators!$A$2:$A${len(tables.indicators) + 1}"}
    codes: list[Any] = []
    for column, kinds in _LISTED.items():
        first = len(codes) + 2
        codes += [row for kind in kinds for row in tables.terms if row.kind == kind]
        found[column] = f"codes!$B${first}:$B${len(codes) + 1}"
    _table(book.create_sheet(_CODES), {"kind": 14, "code": 18, "zh": 44, "en": 60}, codes)
    return found


def _choices(
    sheet: Worksheet, chosen: Mapping[str, str], letter: Mapping[str, str], last: int
) -> None:
    """The lists from which the cells of some columns are chosen."""
    for column, formula in chosen.items():
        rule = DataValidation(
            type="list",
            formula1=formula,
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=column,
            error="请从列表中选择。Choose from the list.",
        )
        rule.add(f"{letter[column]}2:{letter[column]}{last}")
        sheet.add_data_validation(rule)


def _table(sheet: Worksheet, widths: Mapping[str, int], rows: Iterable[Any]) -> None:
    _head(sheet, widths)
    for number, row in enumerate(rows, 2):
        for at, column in enumerate(widths, 1):
            cell = sheet.cell(number, at)
            _text(cell, getattr(row, column))
            cell.font, cell.alignment = _PLAIN, _WRAPS
        _fit(sheet, number, [getattr(row, column) for column in widths], widths.values())
    sheet.freeze_panes = "B2"


def _how(sheet: Worksheet) -> None:
    widths = {"A": 70, "B": 90}
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    for number, pair in enumerate(_HOW, 1):
        for at, text in enumerate(pair, 1):
            cell = sheet.cell(number, at, text)
            cell.font, cell.alignment = _PLAIN, _WRAPS
        _fit(sheet, number, pair, widths.values())


def _paper(sheet: Worksheet) -> None:
    setup = sheet.page_setup
    setup.orientation, setup.paperSize, setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def values(data: bytes) -> list[dict[tuple[int, int], Any]] | None:
    """What the sheets of a workbook hold, by row and column, without the time of saving; None for
    anything else.
    """
    if containers.too_large(data):
        return None
    try:
        book = opened(data, rich_text=True)
        cells = (sheet._cells.items() for sheet in book.worksheets)
        return [{at: cell.value for at, cell in of if cell.value is not None} for of in cells]
    except (BadZipFile, KeyError, ValueError, OSError):
        return None
