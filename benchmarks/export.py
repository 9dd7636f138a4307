"""How long the workbook takes, against openpyxl alone in the same process.

    python benchmarks/export.py [PAIRS]

There are two floors, both written by openpyxl's own means from a workbook that is already read:
`cells` are the same texts and numbers in the same cells of the same sheets, in one font and with
nothing else; `all` has their styles, links, merged cells, tables, widths, heights and charts too,
as somebody would write the same workbook who had no code of ours. All are made in memory, one
after the other, and timed in seconds of the processor; of the ratios of all pairs the median
counts.
"""

import io
import sys
from collections.abc import Callable
from copy import copy, deepcopy
from statistics import median
from time import process_time
from typing import Any

import openpyxl
from openpyxl.styles import Font

from baoding_data.tables.figures import of_report
from baoding_data.tables.seeds import load, one_report
from baoding_data.workbook.content import workbook
from baoding_data.workbook.edition import Edition

STYLE = ("font", "alignment", "border", "number_format")


def filled(source: Any, dress: Callable[[Any, Any], None]) -> Any:
    """A workbook with the same values in the same cells, each dressed after its original."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in source:
        page = book.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    dress(page.cell(cell.row, cell.column, cell.value), cell)
    return book


def cells_alone(source: Any) -> bytes:
    """The values of all cells, in one font."""
    font = Font(name="Microsoft YaHei", size=9.5)
    return saved(filled(source, lambda put, _: setattr(put, "font", font)))


def as_its_original(put: Any, cell: Any) -> None:
    """Give a cell the style and the link of another."""
    for name in STYLE:
        setattr(put, name, copy(getattr(cell, name)))
    if cell.hyperlink:
        put.hyperlink = copy(cell.hyperlink)


def everything(source: Any) -> bytes:
    """All that openpyxl can write of a workbook, by its public means."""
    book = filled(source, as_its_original)
    for sheet in source:
        page = book[sheet.title]
        for area in sheet.merged_cells.ranges:
            page.merge_cells(str(area))
        for number, dimension in sheet.row_dimensions.items():
            page.row_dimensions[number].height = dimension.height
        for letter, dimension in sheet.column_dimensions.items():
            page.column_dimensions[letter].width = dimension.width
        for table in sheet.tables.values():
            page.add_table(deepcopy(table))
        for chart in sheet._charts:
            page.add_chart(deepcopy(chart))
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def seconds(action: Callable[[], object]) -> float:
    """How long the processor works on something."""
    start = process_time()
    action()
    return process_time() - start


def main(pairs: int) -> None:
    tables = load()
    figures = of_report(tables, one_report(tables))
    heads = ("cells", "ms", "cells, ms", "ratio", "all, ms", "ratio")
    print(f"{'edition':<10}" + "".join(f"{head:>10}" for head in heads))
    for lang in ("zh", "en", "both"):
        data = workbook(Edition(tables, figures, lang))
        source = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
        values = (cell.value for sheet in source for row in sheet.iter_rows() for cell in row)
        count = sum(value is not None for value in values)
        times: list[tuple[float, float, float]] = []
        for _ in range(pairs):
            own = seconds(lambda lang=lang: workbook(Edition(tables, figures, lang)))
            floors = (cells_alone, everything)
            bare, whole = (seconds(lambda f=f, source=source: f(source)) for f in floors)
            times.append((own, bare, whole))
        mine, bare, whole = (1000 * median(column) for column in zip(*times, strict=True))
        to_cells = median(own / bare for own, bare, _ in times)
        to_all = median(own / whole for own, _, whole in times)
        print(
            f"{lang:<10}{count:>10}{mine:>10.1f}{bare:>10.1f}{to_cells:>10.2f}"
            f"{whole:>10.1f}{to_all:>10.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 15)
