"""Live bar charts in a workbook: in the house's blue, numbers at the bars, no legend."""

from typing import Any

from openpyxl.chart import BarChart
from openpyxl.chart import data_source as data
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing import text as drawing
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.utils import get_column_letter

from baoding_data.charts import palette
from baoding_data.workbook.flat import visible
from baoding_data.workbook.sheet import Chart, Sheet


def _hexadecimal(color: str) -> str:
    return color.removeprefix("#").upper()


INK, GREY, RULE = map(_hexadecimal, (palette.INK, palette.GREY, palette.RULE))
BLUE, RED, PAPER = map(_hexadecimal, (palette.BLUE, palette.RED, palette.PAPER))
FACE = "Microsoft YaHei"


def bar_chart(chart: Chart, there: Sheet, columns: int, row: int) -> Any:
    """A chart of the cells of a sheet, over so many columns of a row, counted from 0."""
    bars: Any = BarChart()
    bars.type, bars.gapWidth, bars.legend, bars.roundedCorners = "bar", 45, None, False
    bars.series.append(_series(chart, there))
    bars.title = _title(chart.title)
    bars.title.overlay = False
    _set_axes(bars)
    bars.graphical_properties = GraphicalProperties(solidFill=PAPER, ln=_line(None))
    # From corner to corner, so that it covers the words beneath it in every program.
    start = AnchorMarker(col=0, row=row, colOff=0, rowOff=0)
    end = AnchorMarker(col=columns, row=row + 1, colOff=0, rowOff=0)
    bars.anchor = TwoCellAnchor(editAs="twoCell", _from=start, to=end)
    return bars


def _series(chart: Chart, there: Sheet) -> Any:
    """The bars and their labels: where they stand, and what they are for who computes nothing."""
    count, first = len(chart.values), there.starts["figures"] + chart.start

    def cells(column: int) -> str:
        letter = get_column_letter(column)
        return f"{there.quoted}!${letter}${first}:${letter}${first + count - 1}"

    names = [data.StrVal(idx=i, v=visible(label)) for i, (label, _) in enumerate(chart.values)]
    labels = data.StrRef(f=cells(chart.labels), strCache=data.StrData(ptCount=count, pt=names))
    values = [data.NumVal(idx=i, v=str(number.value)) for i, (_, number) in enumerate(chart.values)]
    cache = data.NumData(formatCode="#,##0", ptCount=count, pt=values)
    numbers = data.NumRef(f=cells(chart.numbers), numCache=cache)
    series: Any = Series(
        idx=0, order=0, cat=data.AxDataSource(strRef=labels), val=data.NumDataSource(numRef=numbers)
    )
    series.spPr = GraphicalProperties(solidFill=BLUE)
    series.dLbls = DataLabelList(
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        txPr=_type(9, True),
    )
    return series


def _set_axes(bars: Any) -> None:
    """The first row on top, every row named; bars from zero, with no axis of numbers."""
    names, numbers = bars.x_axis, bars.y_axis
    names.delete, numbers.delete = False, True
    names.scaling.orientation, names.tickLblSkip = "maxMin", 1
    names.txPr, names.majorTickMark = _type(8), "none"
    names.graphicalProperties = GraphicalProperties(ln=_line(GREY))
    numbers.majorGridlines, numbers.scaling.min = None, 0


def _line(color: str | None) -> LineProperties:
    return LineProperties(solidFill=color) if color else LineProperties(noFill=True)


def _characters(size: int, bold: bool = False) -> drawing.CharacterProperties:
    face = drawing.Font(typeface=FACE)
    return drawing.CharacterProperties(sz=size * 100, b=bold, solidFill=INK, latin=face, ea=face)


def _type(size: int, bold: bool = False) -> RichText:
    """The type of a chart's words."""
    look = drawing.ParagraphProperties(defRPr=_characters(size, bold))
    paragraph = drawing.Paragraph(pPr=look, endParaRPr=_characters(size, bold))
    return RichText(bodyPr=drawing.RichTextProperties(wrap="none"), p=[paragraph])


def _title(text: str) -> Title:
    look = _characters(10, True)
    paragraphs = [
        drawing.Paragraph(
            pPr=drawing.ParagraphProperties(defRPr=look),
            r=[drawing.RegularTextRun(rPr=look, t=visible(line))],
        )
        for line in text.split("\n")
    ]
    return Title(tx=Text(rich=RichText(p=paragraphs)))
