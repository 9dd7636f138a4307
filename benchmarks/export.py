"""How long the workbook takes, against the same cells written by openpyxl alone in the same
process.

    python benchmarks/export.py [PAIRS]

The floor is a plain workbook with the same sheets, the same texts and numbers in the same cells,
and one font: no links, no tables, no widths. Both are made in memory from tables that are already
read, one after the other, and timed in seconds of the processor; of the ratios of all pairs the
median counts.
"""

import io
import sys
from collections.abc import Callable
from statistics import median
from time import process_time

import openpyxl
from openpyxl.styles import Font

from baoding_data.tables.figures import of_report
from baoding_data.tables.seeds import load, one_report
from baoding_data.workbook.content import workbook
from baoding_data.workbook.edition import Edition

Cells = dict[str, list[list[object]]]


def contents(data: bytes) -> Cells:
    """The values of all cells of a workbook, sheet by sheet; text in two types stays so."""
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def bare(sheets: Cells) -> bytes:
    """The same cells written by openpyxl alone, in one font."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    font = Font(name="Microsoft YaHei", size=9.5)
    for title, lines in sheets.items():
        page = book.create_sheet(title)
        for number, line in enumerate(lines, 1):
            for column, value in enumerate(line, 1):
                if value is not None:
                    cell = page.cell(number, column, value)
                    cell.font = font
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
    print(f"{'edition':<10}{'cells':>8}{'ms':>10}{'bare, ms':>10}{'ratio':>8}")
    for lang in ("zh", "en", "both"):
        sheets = contents(workbook(Edition(tables, figures, lang)))
        values = (value for lines in sheets.values() for line in lines for value in line)
        cells = sum(value is not None for value in values)
        own, floor = [], []
        for _ in range(pairs):
            own.append(seconds(lambda lang=lang: workbook(Edition(tables, figures, lang))))
            floor.append(seconds(lambda sheets=sheets: bare(sheets)))
        ratio = median(a / b for a, b in zip(own, floor, strict=True))
        times = f"{1000 * median(own):>10.1f}{1000 * median(floor):>10.1f}"
        print(f"{lang:<10}{cells:>8}{times}{ratio:>8.2f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 15)
