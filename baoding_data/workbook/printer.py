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
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE, BUILTIN_FORMATS_REVERSE
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import whitespace

from baoding_data.shown import leads
from baoding_data.tables.cells import STARTS
from baoding_data.text.wording import MILLION
from baoding_data.words import Pair
from baoding_data.workbook import raw_xml
from baoding_data.workbook.bars import BLUE, FACE, GREY, INK, RED, RULE, bar_chart
from baoding_data.workbook.fit import SECOND, SIZE
from baoding_data.workbook.flat import visible
from baoding_data.workbook.layout import WHOLE, Laid
from baoding_data.workbook.sheet import (
    LONG_TABLE,
    LOOKS,
    Block,
    Cell,
    Formula,
    Link,
    Look,
    Number,
    Sheet,
    SheetKey,
)
from baoding_data.writing import seal_members

# Every Windows has this font under its English name; family and character set lead other systems to
# one like it.
FONT = {"name": FACE, "family": 2, "charset": 134}

# Columns are measured in digits of the style Normal. Verdana's are as wide as those of DejaVu Sans,
# which LibreOffice takes where a font is missing: so columns and type keep their proportion from
# one system to the other.
DIGIT = {"name": "Verdana", "family": 2, "size": 10}
LONGEST = 32000  # characters that a cell shows; Excel holds 32,767
LONGEST_FORMULA = 8192  # characters; Excel repairs a file with a longer one
LONGEST_FOOT = 200  # characters of one part; of a whole head or foot Excel reads 255

FINE = 7  # points of the source below each page
COLORS = {"ink": INK, "blue": BLUE, "grey": GREY}


def book(
    sheets: Sequence[tuple[Sheet, Laid]],
    created: date,
    properties: Mapping[str, str],
    left: str,
    right: str,
) -> bytes:
    """The bytes of a workbook; `properties` are the document's, `left` and `right` stand below each
    page.

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
    places: dict[SheetKey, Sheet] = {sheet.key: sheet for sheet, _ in sheets}
    styles = Styles(file)
    pages = [Page(file.create_sheet(one.name), one, laid, places, styles) for one, laid in sheets]
    for page in pages:
        page.print(left, right)
    members = Members()
    Writer(file, members).save()
    _complete(members, pages)
    seal_members(members, "workbook")
    return packed(members)


def _complete(members: dict[str, bytes], pages: Sequence["Page"]) -> None:
    """What openpyxl cannot write, put into the members."""
    members[raw_xml.APP] = raw_xml.named(members[raw_xml.APP])
    drawings = 0
    for number, page in enumerate(pages, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        data = raw_xml.with_values(members[name], page.values)
        members[name] = raw_xml.unmarked(data, page.cells)
        words = [block.chart.words for block in page.sheet.blocks if block.chart]
        if words:
            drawings += 1
            name = f"xl/drawings/drawing{drawings}.xml"
            members[name] = raw_xml.described(members[name], words)


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


def packed(members: Members) -> bytes:
    """The members in one file, with fixed times."""
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name, data in members.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = ZIP_DEFLATED, 3
            info.external_attr = 0o644 << 16
            file.writestr(info, data)
    return packed.getvalue()


@lru_cache
def _font(look: Look, underline: bool) -> Font:
    return Font(
        **FONT,
        size=look.size,
        color=COLORS["blue" if underline else look.color],
        bold=look.bold,
        underline="single" if underline else None,
    )


@lru_cache
def _alignment(look: Look, vertical: str) -> Alignment:
    return Alignment(
        wrap_text=True,
        horizontal="right" if look.right else "left",
        indent=int(look.indented),
        vertical=vertical,
    )


@lru_cache
def _rule(color: str, style: str) -> Border:
    return Border(bottom=Side(style=style, color=color))


class Style(NamedTuple):
    """The style of a cell: its look, and what follows from its place and its content."""

    look: Look
    linked: bool = False
    vertical: str = "center"
    rule: str = ""
    format: str = "General"
    quote: bool = False  # marked as text, so that “=” stays text when someone edits the cell


class Styles:
    """The styles of one workbook, each made once: openpyxl is slow to tell equal ones apart."""

    def __init__(self, file: Any):
        self.file = file
        self.known: dict[Style, StyleArray] = {}
        self.numbers: dict[Any, int] = {}

    def of(self, style: Style) -> StyleArray:
        """The numbers under which the workbook keeps the parts of a style."""
        found = self.known.get(style)
        if found is None:
            found = self.known[style] = StyleArray()
            found.fontId = self._number(self.file._fonts, _font(style.look, style.linked))
            if style.rule:
                rule = _rule(style.rule, "medium" if style.rule == INK else "thin")
                found.borderId = self._number(self.file._borders, rule)
            found.alignmentId = self._number(
                self.file._alignments, _alignment(style.look, style.vertical)
            )
            found.numFmtId = self._format(style.format)
            found.quotePrefix = int(style.quote)
        return found

    def _number(self, parts: IndexedList, part: Any) -> int:
        if id(part) not in self.numbers:
            self.numbers[id(part)] = parts.add(part)
        return self.numbers[id(part)]

    def _format(self, form: str) -> int:
        standard = BUILTIN_FORMATS_REVERSE.get(form)
        if standard is not None:
            return standard
        return BUILTIN_FORMATS_MAX_SIZE + self.file._number_formats.add(form)


class Page:
    """One sheet as openpyxl writes it; `places` are all sheets, for links, `styles` those of the
    workbook. `values` are what its formulas come to.
    """

    def __init__(
        self,
        page: Any,
        sheet: Sheet,
        laid: Laid,
        places: Mapping[SheetKey, Sheet],
        styles: Styles,
    ):
        self.page, self.sheet, self.laid = page, sheet, laid
        self.places, self.styles = places, styles
        self.values: dict[str, str | Decimal] = {}

    def print(self, left: str, right: str) -> None:
        """Fill, style and set up the page, with what stands at the left and right of its foot."""
        row = 1
        for block in self.sheet.blocks:
            row = self._print_block(block, row)
        for number, height in enumerate(self.laid.heights, 1):
            # As openpyxl would write them of a dimension, which it is slow to make.
            self.page.row_dimensions[number] = {"ht": safe_string(height), "customHeight": "1"}
        for number, width in enumerate(self.laid.widths, 1):
            self.page.column_dimensions[get_column_letter(number)].width = width
        self._set_paper(left, right)

    @property
    def cells(self) -> str:
        """The cells that are filled."""
        return f"A1:{get_column_letter(len(self.sheet.columns))}{self.sheet.last}"

    def _print_block(self, block: Block, row: int) -> int:
        """Print a block from a row on; the row after it."""
        if block.table:
            for place, column in enumerate(self.sheet.columns, 1):
                look = LOOKS[column.look]._replace(size=SECOND, color="ink", bold=True)
                self._put(
                    row, place, Cell(column.heading), Style(look, vertical="bottom", rule=INK)
                )
            self._add_table(block, row)
            row += 1
        for cells in block.rows:
            place = 1
            for cell in cells:
                look = LOOKS[cell.look or self.sheet.columns[place - 1].look]
                vertical = "top" if look.top else "bottom" if look.gap else "center"
                rule = RULE if block.table else ""
                style = Style(look, cell.link is not None, vertical, rule)
                self._put(row, place, cell, style)
                if cell.span > 1:
                    end = get_column_letter(place + cell.span - 1)
                    # Past openpyxl's cells for the rest of the range, which stay empty.
                    self.page.merged_cells.add(f"{get_column_letter(place)}{row}:{end}{row}")
                place += cell.span
            row += 1
        if block.mark:
            self._mark(*block.mark, row - len(block.rows), row - 1)
        if block.chart:
            there = self.places[block.chart.sheet]
            last = len(self.sheet.columns)
            self.page.add_chart(bar_chart(block.chart, there, last, row - len(block.rows) - 1))
        return row

    def _put(self, row: int, column: int, cell: Cell, style: Style) -> None:
        target, content = self.page.cell(row, column), cell.content
        if isinstance(content, Formula) and len(content.text) > LONGEST_FORMULA:
            content = content.value
        if isinstance(content, Formula):
            target.value, value = content.text, content.value
            stored = value.value if isinstance(value, Number) else _shown(value)
            self.values[target.coordinate] = stored
            if isinstance(value, Number):
                style = style._replace(format=number_format(value))
        elif isinstance(content, (str, Pair)):
            # Past openpyxl's guess that “=” begins a formula and “#N/A” is an error.
            target._value, target.data_type = _text(content, cell.stress, style.look), "s"
            if (content if isinstance(content, str) else content.zh).startswith(STARTS):
                style = style._replace(quote=True)
        else:
            value = content.value if isinstance(content, Number) else content
            target.value = int(value) if value == int(value) else float(value)
            shown = number_format(content) if isinstance(content, Number) else plain_format(value)
            style = style._replace(format=shown)
        target._style = self.styles.of(style)
        if isinstance(cell.link, Link):
            place = self.places[cell.link.sheet].place(cell.link.row, cell.link.block)
            target._hyperlink = Inside(ref=target.coordinate, location=place)
        elif cell.link and leads(cell.link):
            target._hyperlink = Hyperlink(ref=target.coordinate, target=cell.link)

    def _add_table(self, block: Block, top: int) -> None:
        """A real table over header and rows, without filter buttons; our rules are its style."""
        corner = f"{get_column_letter(len(self.sheet.columns))}{top + len(block.rows)}"
        table: Any = Table(displayName=block.table, ref=f"A{top}:{corner}")
        table._initialise_columns()
        table.autoFilter = None
        for number, column in enumerate(table.tableColumns, 1):
            column.name = self.page.cell(top, number).value
        self.page.add_table(table)
        if len(block.rows) > LONG_TABLE:
            self.page.freeze_panes = f"A{top + 1}"
        if any(top <= row < top + len(block.rows) for row in self.laid.breaks):
            self.page.print_title_rows = f"{top}:{top}"

    def _set_paper(self, left: str, right: str) -> None:
        page, sheet = self.page, self.sheet
        page.sheet_view.showGridLines = False
        page.page_setup.orientation, page.page_setup.paperSize = "portrait", 9  # A4
        page.sheet_properties.pageSetUpPr.fitToPage = True
        # Not higher than a page where it is to be one, in whichever program.
        page.page_setup.fitToWidth = 1
        page.page_setup.fitToHeight = 0 if self.laid.breaks else 1
        # Programs that fit a sheet to several pages break them where they like.
        if self.laid.breaks and self.laid.scale < WHOLE:
            page.sheet_properties.pageSetUpPr.fitToPage = False
            page.page_setup.scale = self.laid.scale
        margins = page.page_margins
        margins.left = margins.right = 0.3
        margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.5, 0.25, 0.25
        page.print_area = self.cells
        if self.laid.breaks:  # the first page bears the title itself
            page.HeaderFooter.differentFirst = True
            page.oddHeader.left.text = _marginal(" · ".join(sheet.title))
            page.oddHeader.left.size = SECOND
        for footer in (page.oddFooter, *([page.firstFooter] if self.laid.breaks else [])):
            footer.left.text, footer.left.size = _marginal(left), FINE
            footer.right.text, footer.right.size = right, SECOND
        for row in self.laid.breaks:
            page.row_breaks.append(Break(id=row))

    def _mark(self, number: int, word: str, first: int, last: int) -> None:
        letter = get_column_letter(number)
        font = Font(color=RED, bold=True)
        rule = CellIsRule(operator="equal", formula=[f'"{word}"'], font=font)
        self.page.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)


def _marginal(words: str) -> str:
    """Words at the head or foot of a page, in which no sign begins a code."""
    words = visible(words).replace("&", "&&")
    if len(words) <= LONGEST_FOOT:
        return words
    [whole] = re.findall("^(?:&&|[^&])*", words[:LONGEST_FOOT])
    return f"{whole}……"


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


def _text(content: str | Pair, stress: Sequence[tuple[int, int]], look: Look) -> str | CellRichText:
    """Text that Excel shows as it stands, in one type or several."""
    plain = _type(look.size, COLORS[look.color], look.bold)
    if isinstance(content, Pair):
        second = _type(min(SECOND, look.size), GREY)
        pieces = [(f"{content.zh}\n", plain), (content.en, second)]
    elif stress:
        pieces, at, marked = [], 0, _type(look.size, BLUE, True)
        for start, end in stress:
            pieces += [(content[at:start], plain), (content[start:end], marked)]
            at = end
        pieces.append((content[at:], plain))
    else:
        return _shown(content)
    return CellRichText([Run(type, _shown(text)) for text, type in pieces if text])


def _shown(text: str) -> str:
    text = visible(text)
    return as_stored(text if len(text) <= LONGEST else f"{text[:LONGEST]}……")


def as_stored(text: str) -> str:
    """Excel reads _x0041_ in a text as the letter A, unless the first mark is itself written so."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text) if "_x" in text else text


@lru_cache
def number_format(number: Number) -> str:
    """A format under which a cell that holds a number reads as it is to be shown, and another
    number, should somebody change it, in the same unit.

    >>> number_format(Number(Decimal("2.22"), "2.22%"))
    '#,##0.00"%"'
    >>> number_format(Number(Decimal(1200000000), "1,200 million yuan"))
    '#,##0,," million yuan"'
    >>> number_format(Number(Decimal(20000), "2万多名", "名"))
    '[=20000]"2万多名";#,##0"名"'
    """
    value, shown, unit = number
    for scaled, commas in ((value, ""), (value / MILLION, ",,")):
        plain = f"{scaled:f}" if not commas else f"{scaled.normalize():f}"
        for digits, form in ((f"{Decimal(plain):,}", "#,##0"), (plain, "0")):
            before, found, after = shown.partition(digits)
            if before and value < 0:
                continue  # programs show the sign before the words: -约4.5
            alone = not re.search("[0-9.,]$", before) and not re.match("[.,]?[0-9]", after)
            if found and alone and bool(commas) == after.startswith(" million"):
                places = "0" * len(digits.partition(".")[2])
                whole = form + f".{places}" * bool(places) + commas
                return _literal(before) + whole + _literal(after)
    return f"[={value:f}]{_literal(shown)};{plain_format(value)}{_literal(unit)}"


def _literal(words: str) -> str:
    """Words in a format; a mark of quotation would end them."""
    return f'"{visible(words).replace(chr(34), "")}"' if words else ""


def plain_format(number: Decimal | int) -> str:
    """Thousands separated, and the number's own decimals, so that the cell reads as printed."""
    exponent = Decimal(str(number)).as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return "#,##0" + ("." + "0" * min(decimals, 4) if decimals else "")
