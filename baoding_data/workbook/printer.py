"""The form of the workbook's sheets: type, rules, links and paper. Nothing here knows a figure.

`book` prints a list of sheets as the bytes of an Excel file.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import whitespace

from baoding_data.words import Pair
from baoding_data.workbook import fit
from baoding_data.workbook.bars import BLUE, FACE, GREY, INK, RED, RULE, drawn
from baoding_data.workbook.fit import SECOND, SIZE, WIDTH
from baoding_data.workbook.flat import STARTS, visible
from baoding_data.workbook.sheet import (
    LONG_TABLE,
    Cell,
    Column,
    Content,
    Formula,
    Key,
    Line,
    Link,
    Sheet,
)

# Every Windows has this font under its English name; family and character set lead other systems to
# one like it.
FONT = {"name": FACE, "family": 2, "charset": 134}

# Columns are measured in digits of the style Normal. Verdana's are as wide as those of DejaVu Sans,
# which LibreOffice takes where a font is missing: so columns and type keep their proportion from
# one system to the other.
DIGIT = {"name": "Verdana", "family": 2, "size": 10}
LONGEST = 32000  # characters that a cell shows; Excel holds 32,767
HIGHEST = 409  # points of a row, in Excel

Values = dict[str, str | Decimal]  # what formulas come to, by cell


def book(
    sheets: Sequence[Sheet], created: date, properties: Mapping[str, str], footer: str
) -> bytes:
    """The bytes of a workbook; `properties` are the document's, `footer` stands below each page.

    The same input gives the same bytes: nothing is taken from the clock, the locale or the zone.
    """
    file = Workbook()
    file.remove(file.active)
    normal = Font(**DIGIT, color=INK)
    file._fonts = IndexedList([normal])
    file._named_styles["Normal"].font = normal
    for name, value in properties.items():
        setattr(file.properties, name, visible(value))
    day = datetime(created.year, created.month, created.day)
    file.properties.created = file.properties.modified = day
    places, looks, values = {sheet.key: sheet for sheet in sheets}, {}, {}
    for number, sheet in enumerate(sheets, 1):
        page = Page(file.create_sheet(sheet.name), sheet, places, looks)
        page.print(footer)
        values[f"xl/worksheets/sheet{number}.xml"] = page.values
    members = Members()
    Writer(file, members).save()
    return _packed(members, values)


class Members(dict[str, bytes]):
    """What a workbook holds, by name: in place of the archive that openpyxl writes to."""

    def writestr(self, name: str, data: str | bytes) -> None:
        """Take a member."""
        self[name] = data if isinstance(data, bytes) else data.encode()

    def namelist(self) -> list[str]:
        """The names of all members."""
        return list(self)

    def close(self) -> None:
        """Nothing is left to be done."""


class Memory(BytesIO):
    """A sheet that is being written: what can be read too is slower to write text to."""

    def readable(self) -> bool:
        """It is read as a whole, when all is written."""
        return False


class Writer(ExcelWriter):
    """Writes sheets in memory, where openpyxl would make a file of each."""

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        writer = WorksheetWriter(ws, Memory())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


class Inside(Hyperlink):
    """A link within the workbook, written at once: there are hundreds."""

    def to_tree(self, tagname: Any = None, idx: Any = None, namespace: Any = None) -> Element:
        """The link as openpyxl writes it."""
        return Element("hyperlink", ref=str(self.ref), location=str(self.location))


def _packed(members: Members, values: Mapping[str, Values]) -> bytes:
    """The members in one file, with fixed times, formulas' values, and the name of the program."""
    # Under the name of Excel, LibreOffice would believe the stored marks after another program's
    # edit.
    app = "docProps/app.xml"
    members[app] = members[app].replace(b"Microsoft Excel", b"baoding_data")
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name, data in members.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            info.external_attr = 0o644 << 16
            found = values.get(name)
            file.writestr(info, _with_values(data, found) if found else data)
    return packed.getvalue()


_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)', re.S)


def _with_values(data: bytes, values: Values) -> bytes:
    """A sheet with the values that its formulas come to."""

    def put(match: re.Match[bytes]) -> bytes:
        place, rest, formula = match.groups()
        value = values[place.decode()]
        kind = b' t="str"' if isinstance(value, str) else b""
        said = escape(str(value)).encode()
        return b'<c r="%s"%s%s><f>%s</f><v>%s</v>' % (place, rest, kind, formula, said)

    return _FORMULA.sub(put, data)


class Look(NamedTuple):
    """How a cell looks."""

    size: float
    color: str
    bold: bool = False
    underline: bool = False
    vertical: str = "center"
    right: bool = False
    indented: bool = False
    wrap: bool = True
    rule: str = ""
    format: str = "General"
    quote: bool = False  # marked as text, so that “=” stays text when someone edits the cell

    def put_on(self, cell: Any) -> None:
        """Give the look to a cell of openpyxl."""
        cell.font, cell.alignment, border = _styles(self)
        if border:
            cell.border = border
        cell.number_format, cell.quotePrefix = self.format, self.quote


@lru_cache
def _styles(look: Look) -> tuple[Font, Alignment, Border | None]:
    underline = "single" if look.underline else None
    font = Font(**FONT, size=look.size, color=look.color, bold=look.bold, underline=underline)
    alignment = Alignment(
        wrap_text=look.wrap,
        horizontal="right" if look.right else "left",
        indent=int(look.indented),
        vertical=look.vertical,
    )
    if not look.rule:
        return font, alignment, None
    side = Side(style="medium" if look.rule == INK else "thin", color=look.rule)
    return font, alignment, Border(bottom=side)


def _of_line(line: Line) -> Look:
    color = BLUE if line.link else INK if line.bold else GREY
    return Look(line.size, color, line.bold, vertical="top", wrap=False)


def _of_header(column: Column) -> Look:
    return Look(SECOND, INK, True, False, "bottom", column.right, column.indented, rule=INK)


def _of_cell(column: Column, linked: bool, table: bool) -> Look:
    return Look(
        SIZE,
        BLUE if linked else GREY if column.look == "unit" else INK,
        column.look in ("number", "heading"),
        linked,
        "center" if table else "top",
        column.right,
        column.indented,
        rule=RULE if table else "",
    )


class Page:
    """One sheet as openpyxl writes it; `places` are all sheets, for links, `looks` the styles of
    the workbook made so far. `values` are what its formulas come to.
    """

    def __init__(
        self, page: Any, sheet: Sheet, places: Mapping[Key, Sheet], looks: dict[Look, Any]
    ):
        self.page, self.sheet, self.places, self.looks = page, sheet, places, looks
        self.rows = [
            [
                _paragraphs(cell.content, column)
                for cell, column in zip(row, sheet.columns, strict=True)
            ]
            for row in sheet.rows
        ]
        self.widths = fit.widths(sheet.columns, self.rows)
        self.heights: dict[int, float] = {}
        self.values: Values = {}

    def print(self, footer: str) -> None:
        """Fill, style and set up the page."""
        for number, width in enumerate(self.widths, 1):
            self.page.column_dimensions[get_column_letter(number)].width = width
        self._print_lines()
        self._print_rows()
        if self.sheet.table:
            self._print_header()
            self._add_table()
        self._set_paper(footer)
        self._break_pages()
        self._mark_words()
        for number, chart in enumerate(self.sheet.charts):
            place = len(self.widths) - 1, self.sheet.first + number - 1
            self.page.add_chart(drawn(chart, self.places[chart.sheet], *place))

    def _print_lines(self) -> None:
        for row, line in enumerate(self.sheet.lines, 1):
            self._put(row, 1, Cell(line.text, line.link), _of_line(line))
            self._set_height(row, line.size * fit.HAN_LEADING + (6 if line.bold else 2))

    def _print_header(self) -> None:
        row, columns = self.sheet.first - 1, self.sheet.columns
        for place, column in enumerate(columns, 1):
            self._put(row, place, Cell(column.heading), _of_header(column))
        headings = [fit.heading(column.heading) for column in columns]
        self._set_height(row, fit.row_height(columns, self.widths, headings) + 8)

    def _print_rows(self) -> None:
        sheet = self.sheet
        looks = [
            [_of_cell(column, linked, bool(sheet.table)) for linked in (False, True)]
            for column in sheet.columns
        ]
        for row, (cells, paragraphs) in enumerate(
            zip(sheet.rows, self.rows, strict=True), sheet.first
        ):
            for place, cell in enumerate(cells, 1):
                self._put(row, place, cell, looks[place - 1][cell.link is not None])
            height = fit.row_height(sheet.columns, self.widths, paragraphs) + 5
            self._set_height(row, max(height, sheet.least))

    def _set_height(self, row: int, height: float) -> None:
        self.heights[row] = height = min(HIGHEST, round(height, 1))
        # As openpyxl would write them of a dimension, which it is slow to make.
        self.page.row_dimensions[row] = {"ht": safe_string(height), "customHeight": "1"}

    def _put(self, row: int, column: int, cell: Cell, look: Look) -> None:
        target, content = self.page.cell(row, column), cell.content
        if isinstance(content, Formula):
            target.value = content.text
            self.values[target.coordinate] = content.value
            if not isinstance(content.value, str):
                look = look._replace(format=_number_format(content.value))
        elif isinstance(content, (str, Pair)):
            # Past openpyxl's guess that “=” begins a formula and “#N/A” is an error.
            target._value, target.data_type = _text(content, cell.stress), "s"
            if (content if isinstance(content, str) else content.zh).startswith(STARTS):
                look = look._replace(quote=True)
        else:
            target.value = int(content) if content == int(content) else float(content)
            look = look._replace(format=_number_format(content))
        style = self.looks.get(look)
        if style is None:
            look.put_on(target)
            style = self.looks[look] = target._style
        target._style = style  # shared, since openpyxl is slow to make one
        if isinstance(cell.link, Link):
            place = self.places[cell.link.sheet].place(cell.link.row)
            target._hyperlink = Inside(ref=target.coordinate, location=place)
        elif cell.link:
            target._hyperlink = Hyperlink(ref=target.coordinate, target=cell.link)

    def _add_table(self) -> None:
        """A real table over header and rows, without filter buttons; our rules are its style."""
        sheet = self.sheet
        top, corner = sheet.first - 1, f"{get_column_letter(len(self.widths))}{sheet.last}"
        table: Any = Table(displayName=sheet.table, ref=f"A{top}:{corner}")
        table._initialise_columns()
        table.autoFilter = None
        for number, column in enumerate(table.tableColumns, 1):
            column.name = self.page.cell(top, number).value
        self.page.add_table(table)
        if len(sheet.rows) > LONG_TABLE:
            self.page.freeze_panes = f"A{sheet.first}"

    def _set_paper(self, footer: str) -> None:
        page, sheet = self.page, self.sheet
        page.sheet_view.showGridLines = False
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        margins = page.page_margins
        margins.left = margins.right = 0.32
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.55, 0.3, 0.3
        rest = WIDTH - fit.added(self.widths)
        # Lines above a narrow table may be wider than it.
        widths = [*self.widths, rest] if rest > 1 else self.widths
        for number, width in enumerate(widths, 1):
            page.column_dimensions[get_column_letter(number)].width = width
        page.print_area = f"A1:{get_column_letter(len(widths))}{sheet.last}"
        if sheet.table:
            page.print_title_rows = f"{sheet.first - 1}:{sheet.first - 1}"
        page.oddHeader.left.text = " · ".join(sheet.title)[:160].replace("&", "&&")
        page.oddHeader.left.size = 9
        page.oddFooter.center.text, page.oddFooter.center.size = footer, 9

    def _break_pages(self) -> None:
        top, heights = self.sheet.first - 1, [self.heights[row] for row in sorted(self.heights)]
        header = self.heights[top] if self.sheet.table else 0
        first = fit.HEIGHT - fit.added(heights[:top])
        rows = fit.page_breaks(heights[top:], first, fit.HEIGHT - header)
        for row in [self.sheet.turn] if rows and self.sheet.turn else rows:
            self.page.row_breaks.append(Break(id=top + row))

    def _mark_words(self) -> None:
        for number, word in self.sheet.marks:
            letter = get_column_letter(number)
            cells = f"{letter}{self.sheet.first}:{letter}{self.sheet.last}"
            font = Font(color=RED, bold=True)
            rule = CellIsRule(operator="equal", formula=[f'"{word}"'], font=font)
            self.page.conditional_formatting.add(cells, rule)


def _paragraphs(content: Content, column: Column) -> fit.Paragraphs:
    """The paragraphs of a cell with their sizes, as `fit` measures them."""
    if isinstance(content, Formula):
        content = content.value
    if isinstance(content, Pair):
        return (*_sized(content.zh, SIZE), *_sized(content.en, SECOND))
    if isinstance(content, str):
        return _sized(content, SIZE)
    return ((f"{content:,}", SIZE * (fit.BOLD if column.look == "number" else 1)),)


def _sized(text: str, size: float) -> fit.Paragraphs:
    return tuple((line, size) for line in visible(text).split("\n"))


class Type(NamedTuple):
    """The type of a part of a text, and the same as it is written, once for all parts."""

    font: InlineFont
    written: Element


@lru_cache
def _type(size: float = SIZE, color: str = INK, bold: bool = False) -> Type:
    face = {"rFont": FONT["name"], "family": FONT["family"], "charset": FONT["charset"]}
    font = InlineFont(**face, sz=size, color=color, b=bold or None)
    return Type(font, font.to_tree(tagname="rPr"))


class Run(TextBlock):
    """A part of a text in one type; openpyxl would write the type anew for each."""

    def __init__(self, look: Type, text: str):
        super().__init__(look.font, text)
        self.written = look.written

    def to_tree(self) -> Element:
        """The part as openpyxl writes it."""
        part = Element("r")
        part.append(self.written)
        text = SubElement(part, "t")
        text.text = str(self.text)
        whitespace(text)
        return part


def _text(content: str | Pair, stress: tuple[int, int] | None) -> str | CellRichText:
    """Text that Excel shows as it stands, in one type or two."""
    if isinstance(content, Pair):
        pieces = [(f"{content.zh}\n", _type()), (content.en, _type(SECOND, GREY))]
    elif stress:
        start, end = stress
        pieces = [
            (content[:start], _type()),
            (content[start:end], _type(SIZE, BLUE, True)),
            (content[end:], _type()),
        ]
    else:
        return _shown(content)
    return CellRichText([Run(look, _shown(text)) for text, look in pieces if text])


def _shown(text: str) -> str:
    """Excel reads _x0041_ in a text as the letter A, unless the first mark is itself written so."""
    text = visible(text)
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}……"
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text) if "_x" in text else text


@lru_cache
def _number_format(number: Decimal | int) -> str:
    """Thousands separated, and the number's own decimals, so that the cell reads as printed."""
    exponent = Decimal(str(number)).as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return "#,##0" + ("." + "0" * min(decimals, 4) if decimals else "")
