"""The form of the workbook's sheets: type, rules, links and paper. Nothing here knows a figure.

A `Sheet` says what stands where; `book` prints a list of them as the bytes of an Excel file.
"""

import io
import re
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from baoding_data.charts import palette
from baoding_data.workbook import fit
from baoding_data.workbook.fit import SECOND, SIZE, SMALL, WIDTH
from baoding_data.workbook.flat import STARTS, visible

INK, GREY, RULE, BLUE, RED = (
    color[1:].upper()
    for color in (palette.INK, palette.GREY, palette.RULE, palette.BLUE, palette.RED)
)

# Every Windows has this font under its English name; family and character set lead other systems to
# one like it.
FONT = {"name": "Microsoft YaHei", "family": 2, "charset": 134}

# Columns are measured in digits of the style Normal. Verdana's are as wide as those of DejaVu Sans,
# which LibreOffice takes where a font is missing: so columns and type keep their proportion from
# one system to the other.
DIGIT = {"name": "Verdana", "family": 2, "size": 10}
LONG_TABLE = 25  # rows; a longer table keeps its header in sight on the screen


class Both(NamedTuple):
    """The same in two languages: the first in ink, the second below it in grey."""

    first: str
    second: str


class Link(NamedTuple):
    """A place in this workbook: a row of a sheet's table, or its top."""

    sheet: object
    row: int | None = None


class Formula(NamedTuple):
    """A live formula, and its value for programs that compute nothing."""

    text: str
    value: object


class Cell(NamedTuple):
    """What a cell holds: text, `Both`, a number or a `Formula`; where it leads; which characters of
    a text stand out.
    """

    content: object
    link: object = None
    stress: tuple = ()


class Chart(NamedTuple):
    """A bar chart of numbers that stand below each other in a sheet's table, drawn over a cell; it
    follows the cells.
    """

    title: str
    sheet: object
    labels: int  # the columns of the labels and of the numbers, from one
    numbers: int
    start: int  # the first of the rows
    values: tuple  # (label, number) of each row, for programs that compute nothing


class Column(NamedTuple):
    """A column's heading, its narrowest and widest width, and its look: text, aside, unit, heading,
    number or value.

    Columns whose text `flows` share the room that the others leave, by their needs up to `high`.
    """

    title: object
    low: float
    high: float
    look: str = "text"
    flows: bool = False

    @property
    def heading(self):
        return "\n".join(self.title) if isinstance(self.title, Both) else self.title

    @property
    def right(self):
        """Whether the column stands at its right: a figure's number, in bold, or any other."""
        return self.look in ("number", "value")

    @property
    def indented(self):
        """Whether it keeps a distance from its neighbour."""
        return self.right or self.look == "aside"


class Sheet(NamedTuple):
    """One sheet: lines of text above, then a table with the ASCII name `table`, or plain rows where
    that is empty.
    """

    key: object
    name: str
    lines: list
    table: str
    columns: list
    rows: list
    marks: tuple = ()  # (number of a column, word): cells that hold the word stand out in red
    turn: int = 0  # the row with which a second page begins, where one is not enough
    charts: tuple = ()  # a `Chart` for each row, drawn over its last cell
    least: float = 0  # points: no row is lower

    @property
    def first(self):
        """The row of the sheet in which the table's first row stands."""
        return len(self.lines) + (2 if self.table else 1)

    @property
    def last(self):
        """The row of the sheet in which the last row stands."""
        return self.first + len(self.rows) - 1

    def place(self, row=None):
        """The address of a row of the table, or of the sheet's top, as a link or a formula wants
        it.
        """
        quoted = self.name.replace("'", "''")
        return f"'{quoted}'!A{1 if row is None else self.first + row}"


class Line(NamedTuple):
    """A line above a table: not wrapped, it runs on over the columns."""

    text: str
    size: float = SMALL
    color: str = GREY
    bold: bool = False
    link: object = None


def lines(text, size=SMALL, bold=False, link=None):
    """A text as the `Line`s it takes above a table, each no wider than the page."""
    color = BLUE if link else INK if bold else GREY
    return [
        Line(part, size, color, bold, link)
        for part in fit.wrap(visible(text).replace("\n", " "), size, WIDTH)
    ]


def unique(name, taken, longest=31):
    """The name in a form that Excel allows for a sheet, unlike those already taken, to which it is
    added.
    """
    name = re.sub(r"[\[\]:*?/\\\n]", " ", visible(name))[:longest].strip(" '") or "-"
    found, number = name, 1
    while found.lower() in taken:
        number += 1
        found = f"{name[: longest - len(str(number)) - 1]} {number}"
    taken.add(found.lower())
    return found


def book(sheets, created, properties, footer):
    """The bytes of a workbook; `created` is a date, `properties` are the document's, `footer`
    stands below each page.

    The same input gives the same bytes: nothing is taken from the clock, the locale or the zone.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList
    from openpyxl.writer.excel import ExcelWriter

    file = Workbook()
    file.remove(file.active)
    normal = Font(**DIGIT, color=INK)
    file._fonts = IndexedList([normal])
    file._named_styles["Normal"].font = normal
    for name, value in properties.items():
        setattr(file.properties, name, visible(value))
    file.properties.created = file.properties.modified = datetime(
        created.year, created.month, created.day
    )
    places, results, looks = {sheet.key: sheet for sheet in sheets}, {}, {}
    for number, sheet in enumerate(sheets, 1):
        page = file.create_sheet(sheet.name)
        results[f"xl/worksheets/sheet{number}.xml"] = _Printer(page, sheet, places, looks).print(
            footer
        )
    raw = io.BytesIO()
    ExcelWriter(file, ZipFile(raw, "w")).save()
    return _packed(raw, results)


def _packed(raw, results):
    """The file once more with fixed times, the formulas' values beside them, and the true name of
    what wrote it.
    """
    packed = io.BytesIO()
    with ZipFile(raw) as old, ZipFile(packed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/app.xml":
                # Under the name of Excel, LibreOffice would believe the stored marks after another
                # program's edit.
                data = data.replace(b"Microsoft Excel", b"baoding_data")
            for place, value in results.get(name, {}).items():
                data = _with_value(data, place, value)
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = (
                ZIP_DEFLATED,
                3,
                0o644 << 16,
            )
            new.writestr(info, data)
    return packed.getvalue()


def _with_value(data, place, value):
    kind = b' t="str"' if isinstance(value, str) else b""
    cell = re.compile(rb'(<c r="%s"[^>]*)(><f>.*?</f>)<v ?(?:/>|></v>)' % place.encode(), re.S)
    return cell.sub(
        lambda m: m[1] + kind + m[2] + b"<v>" + escape(str(value)).encode() + b"</v>", data, count=1
    )


class _Look(NamedTuple):
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

    def put_on(self, cell):
        from openpyxl.styles import Alignment, Border, Font, Side

        cell.font = Font(
            **FONT,
            size=self.size,
            color=self.color,
            bold=self.bold,
            underline="single" if self.underline else None,
        )
        cell.alignment = Alignment(
            wrap_text=self.wrap,
            horizontal="right" if self.right else "left",
            indent=int(self.indented),
            vertical=self.vertical,
        )
        if self.rule:
            cell.border = Border(
                bottom=Side(style="medium" if self.rule == INK else "thin", color=self.rule)
            )
        cell.number_format, cell.quotePrefix = self.format, self.quote


class _Printer:
    """Writes one sheet; `places` are all sheets by key, for links, and `looks` the styles of the
    workbook made so far.
    """

    def __init__(self, page, sheet, places, looks):
        self.page, self.sheet, self.places, self.looks = page, sheet, places, looks
        self.rows = [
            [
                _paragraphs(cell.content, column)
                for cell, column in zip(row, sheet.columns, strict=True)
            ]
            for row in sheet.rows
        ]
        self.widths = fit.widths(sheet.columns, self.rows)
        self.of_columns, self.results = {}, {}

    def print(self, footer):
        """Fill, style and set up the page; returns the values of its formulas, by cell."""
        for number, width in enumerate(self.widths, 1):
            self.page.column_dimensions[_letter(number)].width = width
        for row, line in enumerate(self.sheet.lines, 1):
            self._put(
                row,
                1,
                Cell(line.text, line.link),
                _Look(line.size, line.color, line.bold, vertical="top", wrap=False),
            )
            self.page.row_dimensions[row].height = round(
                line.size * fit.HAN_LEADING + (6 if line.bold else 2), 1
            )
        for row in range(len(self.sheet.rows)):
            self._row(row)
        if self.sheet.table:
            self._header()
            self._table()
        self._paper(footer)
        self._break_pages()
        self._mark()
        for number, chart in enumerate(self.sheet.charts):
            self._draw(number, chart)
        return self.results

    def _put(self, row, column, cell, look):
        from openpyxl.worksheet.hyperlink import Hyperlink

        target, content = self.page.cell(row, column), cell.content
        if isinstance(content, Formula):
            target.value = content.text
            self.results[target.coordinate] = content.value
            look = (
                look
                if isinstance(content.value, str)
                else look._replace(format=_number_format(content.value))
            )
        elif isinstance(content, (int, float, Decimal)):
            target.value = int(content) if content == int(content) else float(content)
            look = look._replace(format=_number_format(content))
        else:
            text = _rich(content, cell.stress)
            target._value, target.data_type = (
                text,
                "s",
            )  # past openpyxl's guess that “=” begins a formula and “#N/A” is an error
            look = look._replace(quote=True) if str(text).startswith(STARTS) else look
        style = self.looks.get(look)
        if style is None:
            look.put_on(target)
            style = self.looks[look] = target._style
        target._style = style  # shared, since openpyxl is slow to make one
        if isinstance(cell.link, Link):
            target._hyperlink = Hyperlink(
                ref=target.coordinate, location=self.places[cell.link.sheet].place(cell.link.row)
            )
        elif cell.link:
            target._hyperlink = Hyperlink(ref=target.coordinate, target=cell.link)

    def _row(self, number):
        row = self.sheet.first + number
        for place, (cell, column) in enumerate(zip(self.sheet.rows[number], self.sheet.columns), 1):
            look = self.of_columns.get((place, cell.link is None))
            if look is None:
                look = self.of_columns[place, cell.link is None] = self._look(
                    column, cell.link is not None
                )
            self._put(row, place, cell, look)
        height = fit.row_height(self.sheet.columns, self.widths, self.rows[number])
        self.page.row_dimensions[row].height = min(409, round(max(height + 5, self.sheet.least), 1))

    def _look(self, column, linked):
        """How the cells of a column look."""
        color, table = (
            BLUE if linked else GREY if column.look == "unit" else INK,
            bool(self.sheet.table),
        )
        return _Look(
            SIZE,
            color,
            column.look in ("number", "heading"),
            linked,
            "center" if table else "top",
            column.right,
            column.indented,
            rule=RULE if table else "",
        )

    def _header(self):
        row, columns = self.sheet.first - 1, self.sheet.columns
        for place, column in enumerate(columns, 1):
            self._put(
                row,
                place,
                Cell(column.heading),
                _Look(SECOND, INK, True, False, "bottom", column.right, column.indented, rule=INK),
            )
        height = fit.row_height(
            columns, self.widths, [fit.heading(column.heading) for column in columns]
        )
        self.page.row_dimensions[row].height = round(height + 8, 1)

    def _table(self):
        """A real table over the header and the rows, without filter buttons; our own rules are its
        style.
        """
        from openpyxl.worksheet.table import Table

        table = Table(
            displayName=self.sheet.table,
            ref=f"A{self.sheet.first - 1}:{_letter(len(self.widths))}{self.sheet.last}",
        )
        table._initialise_columns()
        table.autoFilter = None
        for number, column in enumerate(table.tableColumns, 1):
            column.name = self.page.cell(self.sheet.first - 1, number).value
        self.page.add_table(table)
        if len(self.sheet.rows) > LONG_TABLE:
            self.page.freeze_panes = f"A{self.sheet.first}"

    def _paper(self, footer):
        page, columns = self.page, len(self.widths)
        page.sheet_view.showGridLines = False
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9  # A4
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        margins = page.page_margins
        margins.left = margins.right = 0.32
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.55, 0.3, 0.3
        if sum(self.widths) < WIDTH - 1:
            # Lines above a narrow table may be wider than it.
            columns += 1
            page.column_dimensions[_letter(columns)].width = WIDTH - sum(self.widths)
        page.print_area = f"A1:{_letter(columns)}{self.sheet.last}"
        if self.sheet.table:
            page.print_title_rows = f"{self.sheet.first - 1}:{self.sheet.first - 1}"
        page.oddHeader.left.text = " · ".join(line.text for line in self.sheet.lines if line.bold)[
            :160
        ].replace("&", "&&")
        page.oddHeader.left.size = 9
        page.oddFooter.center.text, page.oddFooter.center.size = footer, 9

    def _break_pages(self):
        from openpyxl.worksheet.pagebreak import Break

        heights = [self.page.row_dimensions[row].height for row in range(1, self.sheet.last + 1)]
        top, header = self.sheet.first - 1, heights[self.sheet.first - 2] if self.sheet.table else 0
        rows = fit.page_breaks(heights[top:], fit.HEIGHT - sum(heights[:top]), fit.HEIGHT - header)
        for row in [self.sheet.turn] if rows and self.sheet.turn else rows:
            self.page.row_breaks.append(Break(id=top + row))

    def _mark(self):
        from openpyxl.formatting.rule import CellIsRule
        from openpyxl.styles import Font

        for number, word in self.sheet.marks:
            cells = f"{_letter(number)}{self.sheet.first}:{_letter(number)}{self.sheet.last}"
            self.page.conditional_formatting.add(
                cells,
                CellIsRule(
                    operator="equal", formula=[f'"{word}"'], font=Font(color=RED, bold=True)
                ),
            )

    def _draw(self, number, chart):
        """A chart over the last cell of a row, in the house's blue, with the numbers at the bars
        and no legend.
        """
        from openpyxl.chart import BarChart
        from openpyxl.chart.data_source import (
            AxDataSource,
            NumData,
            NumDataSource,
            NumRef,
            NumVal,
            StrData,
            StrRef,
            StrVal,
        )
        from openpyxl.chart.label import DataLabelList
        from openpyxl.chart.series import Series
        from openpyxl.chart.shapes import GraphicalProperties
        from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

        there, count = self.places[chart.sheet], len(chart.values)
        name = there.place().rpartition("!")[0]
        first = there.first + chart.start

        def ref(column):
            return f"{name}!${_letter(column)}${first}:${_letter(column)}${first + count - 1}"

        labels = StrData(
            ptCount=count,
            pt=[StrVal(idx=i, v=visible(label)) for i, (label, _) in enumerate(chart.values)],
        )
        numbers = NumData(
            formatCode="#,##0",
            ptCount=count,
            pt=[NumVal(idx=i, v=str(value)) for i, (_, value) in enumerate(chart.values)],
        )
        series = Series(
            idx=0,
            order=0,
            cat=AxDataSource(strRef=StrRef(f=ref(chart.labels), strCache=labels)),
            val=NumDataSource(numRef=NumRef(f=ref(chart.numbers), numCache=numbers)),
        )
        series.spPr = GraphicalProperties(solidFill=BLUE)
        series.dLbls = DataLabelList(
            showVal=True,
            showSerName=False,
            showCatName=False,
            showLegendKey=False,
            showPercent=False,
            txPr=_type(9, INK, True),
        )
        drawn = BarChart()
        drawn.type, drawn.gapWidth, drawn.legend, drawn.roundedCorners = "bar", 45, None, False
        drawn.series.append(series)
        drawn.title = _title(chart.title)
        drawn.title.overlay = False
        drawn.x_axis.delete, drawn.y_axis.delete = False, True
        drawn.x_axis.scaling.orientation, drawn.x_axis.tickLblSkip = (
            "maxMin",
            1,
        )  # the first row on top, every row named
        drawn.x_axis.txPr, drawn.x_axis.majorTickMark = _type(8, INK), "none"
        drawn.x_axis.graphicalProperties = GraphicalProperties(ln=_line(GREY))
        drawn.y_axis.majorGridlines, drawn.y_axis.scaling.min = None, 0
        drawn.graphical_properties = GraphicalProperties(solidFill="FFFFFF", ln=_line(None))
        # From corner to corner of the cell, so that it covers the words beneath it in every
        # program.
        corners = [
            AnchorMarker(
                col=len(self.widths) - 1 + by,
                row=self.sheet.first + number - 1 + by,
                colOff=0,
                rowOff=0,
            )
            for by in (0, 1)
        ]
        drawn.anchor = TwoCellAnchor(editAs="twoCell", _from=corners[0], to=corners[1])
        self.page.add_chart(drawn)


def _line(color):
    from openpyxl.drawing.line import LineProperties

    return LineProperties(solidFill=color) if color else LineProperties(noFill=True)


def _characters(size, color, bold=False):
    from openpyxl.drawing.text import CharacterProperties, Font

    return CharacterProperties(
        sz=size * 100,
        b=bold,
        solidFill=color,
        latin=Font(typeface=FONT["name"]),
        ea=Font(typeface=FONT["name"]),
    )


def _type(size, color, bold=False):
    """The type of a chart's words."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import Paragraph, ParagraphProperties, RichTextProperties

    return RichText(
        bodyPr=RichTextProperties(),
        p=[
            Paragraph(
                pPr=ParagraphProperties(defRPr=_characters(size, color, bold)),
                endParaRPr=_characters(size, color, bold),
            )
        ],
    )


def _title(text):
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import Paragraph, ParagraphProperties, RegularTextRun

    look = _characters(10, INK, True)
    paragraphs = [
        Paragraph(
            pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=visible(line))]
        )
        for line in text.split("\n")
    ]
    return Title(tx=Text(rich=RichText(p=paragraphs)))


def _letter(number):
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def _paragraphs(content, column):
    """The paragraphs of a cell with their sizes, as `fit` measures them."""
    if isinstance(content, Both):
        return tuple(
            (text, size)
            for part, size in zip(content, (SIZE, SECOND))
            for text in visible(part).split("\n")
        )
    content = content.value if isinstance(content, Formula) else content
    if isinstance(content, str):
        return tuple((text, SIZE) for text in visible(content).split("\n"))
    return ((f"{content:,}", SIZE * (fit.BOLD if column.look == "number" else 1)),)


def _rich(content, stress):
    """Text that Excel shows as it stands, in one type or two."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    if isinstance(content, Both):
        runs = [
            TextBlock(_run(), _shown(f"{content.first}\n")),
            TextBlock(_run(SECOND, GREY), _shown(content.second)),
        ]
    elif stress:
        start, end = stress
        pieces = (
            (content[:start], _run()),
            (content[start:end], _run(SIZE, BLUE, True)),
            (content[end:], _run()),
        )
        runs = [TextBlock(font, _shown(text)) for text, font in pieces if text]
    else:
        return _shown(content)
    return CellRichText(runs)


@lru_cache
def _run(size=SIZE, color=INK, bold=False):
    from openpyxl.cell.text import InlineFont

    return InlineFont(
        rFont=FONT["name"],
        family=FONT["family"],
        charset=FONT["charset"],
        sz=size,
        color=color,
        b=bold or None,
    )


def _shown(text):
    """Excel reads _x0041_ in a text as the letter A, unless the first mark is itself written so;
    and holds 32,767 characters.
    """
    text = visible(text)
    text = text if len(text) <= 32000 else f"{text[:32000]}……"
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def _number_format(number):
    """Thousands separated, and as many decimals as the number has, so that the cell reads as
    printed.
    """
    decimals = max(0, -Decimal(str(number)).as_tuple().exponent)
    return "#,##0" + ("." + "0" * min(decimals, 4) if decimals else "")
