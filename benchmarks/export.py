"""How long the workbook takes, against the same cells written by openpyxl alone in the same
process.

    python benchmarks/export.py [RUNS]

The floor is a plain workbook with the same sheets, the same texts and numbers in the same cells,
and one font: no links, no tables, no widths, no rich text. Both are made in memory from tables that
are already read; the fastest of the runs counts.
"""

import io
import sys
from time import perf_counter

import openpyxl
from openpyxl.styles import Font

from baoding_data.tables.figures import rows
from baoding_data.tables.seeds import load
from baoding_data.workbook.content import workbook


def contents(data):
    """The values of all cells of a workbook, sheet by sheet; text in two types stays so."""
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def bare(sheets):
    """The same cells written by openpyxl alone, each with a font of its own making."""
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


def fastest(action, runs):
    found = []
    for _ in range(runs):
        start = perf_counter()
        action()
        found.append(perf_counter() - start)
    return min(found)


def main(runs):
    tables = load()
    figures = rows(tables)
    print(f"{'edition':<10}{'cells':>8}{'ms':>10}{'bare, ms':>10}{'ratio':>8}")
    for lang in ("zh", "en", "both"):
        sheets = contents(workbook(tables, figures, lang))
        cells = sum(
            value is not None for lines in sheets.values() for line in lines for value in line
        )
        own, floor = (
            fastest(lambda lang=lang: workbook(tables, figures, lang), runs),
            fastest(lambda sheets=sheets: bare(sheets), runs),
        )
        print(
            f"{lang:<10}{cells:>8}{1000 * own:>10.1f}{1000 * floor:>10.1f}{own / floor:>8.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10)
