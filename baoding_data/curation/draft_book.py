"""A draft as a workbook: to be gone through from top to bottom, with lists to choose from and
colours that say what is left.
"""

from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from baoding_data.curation.drafts import COLUMNS, READ
from baoding_data.workbook.flat import visible

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
    "kind": 9,
    "report": 16,
    "at": 8,
}
_FONT = "Microsoft YaHei"
_FILLS = {"open": "FFF4D6", "read": "E4F1E4", "wrong": "F8D7D3", "grammar": "EEEEEE"}
_HOW = [
    (
        "一行一个数字，按原文顺序。自上而下逐行看。",
        "One row for each number, in the order of the text. Go through them from top to bottom.",
    ),
    (
        "先看“sentence”：【】里是这一行的数。机器提出的指标、范围、时段、引文和理由都只是建议，改对为止。",
        (
            "Read “sentence” first: the row's number stands between 【 and 】. Indicator, scope,"
            " period, quote and reason are a machine's proposals: correct them until they are"
            " right."
        ),
    ),
    (
        (
            "是统计数：填“indicator”“scope”“scope_basis”“period”，“reason”留空；“quote”是引文，"
            "清空它，收进表时会自动取对。"
        ),
        (
            "A statistic: give “indicator”, “scope”, “scope_basis” and “period”, and leave “reason”"
            " empty. Where “quote” is cleared, the right one is taken when the draft is accepted."
        ),
    ),
    (
        (
            "“keyword”“context”只在报告用语与指标表不同时才填：keyword 是紧挨数字、"
            "说明数的是什么的词，context 是句中说明讲什么事的词；机器提出的也要看。"
        ),
        (
            "“keyword” and “context” are filled only where the report words the indicator otherwise"
            " than the codebook: words by the number that say what is counted, and words of the"
            " sentence that say what it is about. Read the proposed ones too."
        ),
    ),
    (
        (
            "不是统计数，或指标表尚无此指标：“indicator”留空，“reason”选理由；另有话说，写在"
            " note_zh 和 note_en。"
        ),
        (
            "No statistic, or one of which the codebook has no indicator: leave “indicator” empty"
            " and choose the “reason”; anything else goes into note_zh and note_en."
        ),
    ),
    (
        "一个数说几件事（三率均达100%）：复制整行，各填各的指标，“shared”写 1/3、2/3、3/3。",
        (
            "One number that speaks of several things: copy the whole row, give each its indicator,"
            " and write 1/3, 2/3, 3/3 under “shared”."
        ),
    ),
    (
        "看完一行，在“read”选 yes。没有 yes 的行不会进表。",
        "When a row is right, choose yes under “read”. A row without it never enters the tables.",
    ),
    (
        "灰色行是日期、序数和名称，由语法判定，不必看。黄色行待看，绿色行已看，红色行还不完整。",
        (
            "Grey rows are dates, ordinals and names, told by grammar; they need no reading. Yellow"
            " rows are to be read, green ones are read, red ones are not complete."
        ),
    ),
    (
        "可以随时保存，下次接着看；`baoding accept` 会逐行指出哪里还不对，已看的行可以先收进表里。",
        (
            "Save at any time and take it up again; `baoding accept` names the rows that are not"
            " right yet, and takes in those that are read."
        ),
    ),
]


def draft_book(rows, tables):
    """The bytes of the workbook of a draft."""
    book = Workbook()
    sheet = book.active
    sheet.title = "draft"
    columns = [
        column
        for name in COLUMNS
        for column in ((name, "label") if name == "indicator" else (name,))
    ]
    letter = {column: get_column_letter(at) for at, column in enumerate(columns, 1)}
    _draft(sheet, rows, columns, letter, len(tables.codebook) + 1)
    _lists(book, sheet, tables, letter, len(rows) + 200)
    _how(book)
    for other in book:
        _paper(other)
    book.properties.title = f"Draft of {rows[0]['report'] or 'a text' if rows else 'a text'}"
    book.properties.creator, book.properties.modified = "baoding_data", datetime(2000, 1, 1)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _text(cell, value):
    """Text as text: what begins with = is no formula."""
    cell.value = visible(value)
    if isinstance(value, str) and value:
        cell.data_type = "s"


def _draft(sheet, rows, columns, letter, last_indicator):
    for at, column in enumerate(columns, 1):
        cell = sheet.cell(1, at, column)
        cell.font = Font(name=_FONT, size=10, bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[letter[column]].width = _WIDTHS[column]
    marked = InlineFont(rFont=_FONT, sz=10, b=True, color="B3261E")
    plain = InlineFont(rFont=_FONT, sz=10)
    for number, row in enumerate(rows, 2):
        for at, column in enumerate(columns, 1):
            cell = sheet.cell(number, at)
            cell.font = Font(name=_FONT, size=10)
            cell.alignment = Alignment(
                vertical="top", wrap_text=column not in ("value", "at", "confidence")
            )
            if column == "label":
                where = f"{letter['indicator']}{number}"
                cell.value = (
                    f'=IF({where}="","",IFERROR(VLOOKUP({where},indicators!$A$2:$B$'
                    f'{last_indicator},2,FALSE),"?"))'
                )
            elif column in ("value", "confidence", "at") and row[column]:
                cell.value = float(row[column]) if "." in row[column] else int(row[column])
                cell.number_format = (
                    {"confidence": "0%", "value": "#,##0.######"}.get(column, "General")
                    if column != "value" or "." in row[column]
                    else "#,##0"
                )
            elif column == "sentence":
                before, rest = visible(row[column]).split("【", 1)
                inside, after = rest.split("】", 1)
                cell.value = CellRichText(
                    *(
                        TextBlock(font, text)
                        for font, text in (
                            (plain, before),
                            (marked, f"【{inside}】"),
                            (plain, after),
                        )
                        if text
                    )
                )
            else:
                _text(cell, row[column])
        lines = max(
            -(-sum(2 if ord(c) > 0x2E7F else 1 for c in str(row[column])) // (_WIDTHS[column] - 2))
            for column in ("sentence", "quote", "indicator", "note_zh", "note_en")
        )
        sheet.row_dimensions[number].height = 15 * max(1, lines) + 3
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{letter[columns[-1]]}{len(rows) + 1}"
    whole = f"A2:{letter[columns[-1]]}{len(rows) + 200}"
    read, kind, indicator, reason = (
        f"${letter[column]}2" for column in ("read", "kind", "indicator", "reason")
    )
    counted = f'OR({kind}="value",{kind}="unclear")'
    done = "OR(" + ",".join(f'{read}="{word}"' for word in READ) + ")"
    for formula, fill in (
        (f'AND({kind}<>"",NOT({counted}))', "grammar"),
        (f'AND({counted},{done},({indicator}="")=({reason}=""))', "wrong"),
        (f"AND({counted},{done})", "read"),
        (counted, "open"),
    ):
        sheet.conditional_formatting.add(
            whole,
            FormulaRule(
                [formula], fill=PatternFill("solid", bgColor=_FILLS[fill]), stopIfTrue=True
            ),
        )


def _lists(book, sheet, tables, letter, last):
    """The sheets to look up in, and the lists of the cells to choose from."""
    codes = {
        kind: [row for row in tables.terms if row["kind"] == kind]
        for kind in ("scope", "scope_basis", "period", "no_figure", "unclear")
    }
    indicators = book.create_sheet("indicators")
    _table(
        indicators,
        [
            "indicator",
            "label_zh",
            "label_en",
            "unit",
            "measure",
            "topic",
            "keyword",
            "context",
            "definition_zh",
            "definition_en",
        ],
        tables.indicators,
        {
            "indicator": 36,
            "label_zh": 32,
            "label_en": 40,
            "definition_zh": 60,
            "definition_en": 60,
            "keyword": 24,
            "context": 24,
        },
    )
    lists = book.create_sheet("codes")
    _table(
        lists,
        ["kind", "code", "zh", "en"],
        [row for rows in codes.values() for row in rows],
        {"kind": 14, "code": 18, "zh": 44, "en": 60},
    )
    start = {}
    at = 2
    for kind, rows in codes.items():
        start[kind] = (at, at + len(rows) - 1)
        at += len(rows)
    chosen = {
        "read": f'"{READ[0]}"',
        "indicator": f"indicators!$A$2:$A${len(tables.indicators) + 1}",
        "reason": f"codes!$B${start['no_figure'][0]}:$B${start['unclear'][1]}",
    }
    chosen |= {
        kind: "codes!$B${}:$B${}".format(*start[kind])
        for kind in ("scope", "scope_basis", "period")
    }
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


def _table(sheet, columns, rows, widths):
    for at, column in enumerate(columns, 1):
        cell = sheet.cell(1, at, column)
        cell.font = Font(name=_FONT, size=10, bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        sheet.column_dimensions[get_column_letter(at)].width = widths.get(column, 12)
    for number, row in enumerate(rows, 2):
        for at, column in enumerate(columns, 1):
            cell = sheet.cell(number, at)
            _text(cell, row[column])
            cell.font = Font(name=_FONT, size=10)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "B2"


def _how(book):
    sheet = book.create_sheet("how to")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 70, 90
    for number, pair in enumerate(_HOW, 1):
        for at, text in enumerate(pair, 1):
            cell = sheet.cell(number, at, text)
            cell.font = Font(name=_FONT, size=10)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        sheet.row_dimensions[number].height = 34


def _paper(sheet):
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = (
        "landscape",
        9,
        0,
    )
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
