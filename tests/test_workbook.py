"""The workbook for meetings, read back as its readers do."""

import csv
import os
import re
import shutil
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from conftest import REPORT, own
from python_calamine import CalamineWorkbook

import baoding_data as bd
from baoding_data.tables.figures import of_report
from baoding_data.tables.seeds import Seeds, home
from baoding_data.text.report import section_in_words
from baoding_data.workbook import content, fit, flat
from baoding_data.workbook.comparison_sheet import comparison_sheet
from baoding_data.workbook.edition import Edition
from baoding_data.workbook.export import LANGUAGES
from baoding_data.workbook.sheet import Column

EXPORTS = Path(__file__).resolve().parents[1] / "exports"
HAN = re.compile("[\u3400-\u9fff]")


def said(lang, zh, en):
    """What a cell says in one edition."""
    return {"zh": zh, "en": en, "both": zh if zh == en else f"{zh}\n{en}"}[lang]


@pytest.fixture(scope="session")
def word(seeds):
    """What a code is called in one edition."""
    return lambda lang, kind, code: said(lang, *seeds.words.pair(kind, code))


@pytest.fixture(scope="session")
def figures(seeds):
    """All figures as analysts get them."""
    return bd.figures(seeds=seeds)


@pytest.fixture(scope="session")
def written(tmp_path_factory, seeds):
    """The workbook in all three editions."""
    folder = tmp_path_factory.mktemp("written")
    for lang in LANGUAGES:
        assert bd.export(folder / f"{lang}.xlsx", lang=lang, seeds=seeds) is True
    return folder


@pytest.fixture(scope="session")
def books(written):
    """The editions as openpyxl reads them; tests only look at them."""
    return {lang: openpyxl.load_workbook(written / f"{lang}.xlsx") for lang in LANGUAGES}


@pytest.fixture(scope="session")
def stored(written):
    """The editions with the stored values of their formulas; tests only look at them."""
    paths = {lang: written / f"{lang}.xlsx" for lang in LANGUAGES}
    return {lang: openpyxl.load_workbook(path, data_only=True) for lang, path in paths.items()}


@pytest.fixture(params=LANGUAGES)
def edition(request, books):
    """Each edition with its language."""
    return request.param, books[request.param]


def members(path):
    """What a workbook holds, without how it was packed."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def target(book, cell):
    """The cell to which a link leads."""
    sheet, _, place = cell.hyperlink.location.rpartition("!")
    return book[sheet.strip("'")][place]


def body(sheet):
    """The header and the rows of a sheet's one table."""
    [table] = sheet.tables.values()
    header, *rows = sheet[table.ref]
    return header, rows


def named(book, table):
    """The sheet that holds a table."""
    [sheet] = [sheet for sheet in book if table in sheet.tables]
    return sheet


def topic_sheets(book):
    return {
        table.removeprefix("figures_"): sheet
        for sheet in book
        for table in sheet.tables
        if table.startswith("figures_")
    }


# What it says


def test_the_topic_sheets_are_the_figures(edition, seeds, figures, word):
    """Row for row, the topic sheets say what bd.figures() says: label, number, unit, as printed,
    bound, scope, period, status, in words.
    """
    lang, book = edition
    shown = set(figures["topic"])
    assert list(topic_sheets(book)) == [
        code for code in seeds.words.codes("topic") if code in shown
    ]
    for topic, sheet in topic_sheets(book).items():
        wanted = [row for _, row in figures[figures["topic"] == topic].iterrows()]
        seen = [[cell.value for cell in row] for row in body(sheet)[1]]
        assert [row[:8] for row in seen] == [
            [
                said(lang, row["label_zh"], row["label_en"]),
                row["value"] / scale(row["unit"], row["value"]),
                said(lang, "万元", "10,000 yuan")
                if scale(row["unit"], row["value"]) > 1
                else word(lang, "unit", row["unit"]),
                row["printed"] or word(lang, "status", "not_in_report"),
                word(lang, "bound", row["bound"]),
                word(lang, "scope", row["scope"]),
                word(lang, "period", row["period"]),
                word(lang, "status", row["status"]),
            ]
            for row in wanted
        ]
        for row, cells in zip(wanted, seen, strict=True):
            chinese, english = (
                section_in_words(row["section"]) if row["section"] else ("算式", "formula")
            )
            assert cells[8].endswith(english if lang == "en" else chinese)
            assert row["note_zh"] in cells[9] if lang != "en" else row["note_en"] in cells[9]


def test_numbers_are_numbers_shown_as_printed(edition, seeds):
    """Every value is a number, not text, with thousands separated and the decimals that the report
    prints: 2.22 with the unit %.
    """
    for topic, sheet in topic_sheets(edition[1]).items():
        for figure, row in zip(rows_of(seeds, topic), body(sheet)[1], strict=True):
            value = figure.value / scale(figure.unit, figure.value)
            decimals = max(0, -value.as_tuple().exponent)
            assert row[1].data_type == "n" and row[1].value == float(value)
            assert row[1].number_format == "#,##0" + ("." + "0" * decimals if decimals else "")
            assert row[1].alignment.horizontal == "right"


def scale(unit, value):
    """Sums of a million yuan and more are shown in 万元."""
    return 10_000 if unit == "元" and value >= 1_000_000 else 1


def rows_of(seeds, topic):
    return [figure for figure in of_report(seeds, REPORT) if figure.topic == topic]


def test_another_reader_sees_the_same(written, books, stored):
    """python-calamine, which computes nothing, reads the same cells as openpyxl, and the stored
    results where openpyxl reads formulas.
    """
    for lang, book in books.items():
        read = CalamineWorkbook.from_path(str(written / f"{lang}.xlsx"))
        assert read.sheet_names == book.sheetnames
        for sheet in stored[lang]:
            seen = read.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
            assert [[cell or "" for cell in row] for row in seen] == [
                [cell.value or "" for cell in row] for row in sheet.iter_rows()
            ]


def test_sources_hold_the_sentence_of_every_figure(written, seeds, figures, word):
    """Each row of the sources quotes the whole sentence with its number in bold, the quote, the
    section and the report's address.
    """
    figures = figures.set_index(["label_zh", "label_en"])
    rich = openpyxl.load_workbook(written / "both.xlsx", rich_text=True)
    rows = body(named(rich, "sources"))[1]
    assert len(rows) == len(figures) and [int(row[0].value) for row in rows] == list(
        range(1, len(rows) + 1)
    )
    for row in rows:
        figure = figures.loc[tuple(str(row[1].value).split("\n"))]
        assert (
            str(row[7].value) == "保定市2022年\nBaoding, 2022"
            and row[8].hyperlink.target == seeds.source[REPORT].url
            and row[8].value in seeds.source[REPORT].url
        )
        assert str(row[6].value) == word("both", "scope_basis", figure["scope_basis"])
        if figure["status"] == "derived":
            assert (
                "=" in str(row[4].value)
                and figure.name[0] in str(row[4].value)
                and str(row[5].value) == word("both", "status", "not_applicable")
            )
            continue
        assert (str(row[4].value), str(row[5].value), str(row[2].value)) == (
            figure["sentence"],
            figure["quote"],
            figure["printed"],
        )
        assert str(row[3].value).startswith(section_in_words(figure["section"])[0])
        runs = row[4].value
        before = "".join(run.text for run in runs[: [bool(run.font.b) for run in runs].index(True)])
        assert [run.text for run in runs if run.font.b] == [figure["printed"]] and len(
            before
        ) == figure["at"]


def test_derived_figures_are_never_shown_as_printed(edition, figures, word):
    """A derived figure says that the report does not print it, and its source is its formula."""
    lang, book = edition
    derived = figures.query("status == 'derived'")
    seen = [
        row
        for sheet in topic_sheets(book).values()
        for row in body(sheet)[1]
        if row[7].value == word(lang, "status", "derived")
    ]
    assert len(seen) == len(derived) > 0
    assert all(row[3].value == word(lang, "status", "not_in_report") for row in seen)
    assert all(("formula" if lang == "en" else "算式") in row[8].value for row in seen)


def test_shares_show_both_counts_or_that_there_are_none(books, seeds, figures):
    """A share's note gives part and whole as bd.share does, and its interval where that is wide;
    where the report states no counts, that is said; others say neither.
    """
    figures = figures.set_index("label_en")
    for row in (row for sheet in topic_sheets(books["en"]).values() for row in body(sheet)[1]):
        figure = figures.loc[row[0].value]
        book = seeds.codebook[figure["indicator"]]
        note = row[9].value
        if figure["measure"] == "share" and book.denominator:
            share = bd.share(book.numerator, book.denominator, seeds=seeds)
            assert f"{share.part:,} of {share.whole:,}" in note
            assert (f"{share.low:.2f}% to {share.high:.2f}%" in note) == share.wide
            assert ("interval" in note) == share.wide
        else:
            assert ("Counts not stated" in note) == (
                figure["measure"] == "share"
            ) and "interval" not in note


def test_each_edition_speaks_its_language(books, seeds):
    """The English edition holds no Han character but in quotations, names and as printed; the
    Chinese one no word in Latin letters.
    """
    quoted = {"Printed", "Sentence", "Quote", "Report"}
    latin = re.compile("[A-Za-z]{2,}")
    for lang, sheets in books.items():
        foreign = {"en": HAN, "zh": latin}.get(lang)
        for sheet in sheets if foreign else ():
            free = (
                {
                    cell.column
                    for cell in body(sheet)[0]
                    if cell.value in quoted | {"原文", "原句", "引文", "网址"}
                }
                if sheet.tables
                else set()
            )
            cells = [
                str(cell.value)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None and cell.column not in free and cell.data_type != "f"
            ]
            if sheet is sheets.worksheets[0] and lang == "zh":
                allowed = (
                    "CC BY|MIT|SHA|The baoding_data"
                    f" authors|{seeds.source[REPORT].sha256}|{seeds.fingerprint}|"
                    f"{re.escape(seeds.source[REPORT].url)}|baoding-2022.txt"
                )
                cells = [re.sub(allowed, "", cell) for cell in cells]
            printed = [
                sheet.oddHeader.left.text or "",
                sheet.oddFooter.center.text.replace("&P", "").replace("&N", ""),
                sheet.title,
            ]
            assert [cell for cell in cells + printed if foreign.search(cell)] == []
    properties = books["en"].properties
    assert (
        not HAN.search(f"{properties.title}{properties.subject}{properties.keywords}")
        and properties.language == "en"
    )


def test_both_languages_stand_in_every_cell_of_words(books):
    """In the edition in both languages a label is Chinese first and English second."""
    for sheet in topic_sheets(books["both"]).values():
        for row in body(sheet)[1]:
            zh, en = row[0].value.split("\n")
            assert HAN.search(zh) and not HAN.search(en)


def test_the_cover_says_what_it_rests_on(books, seeds):
    """The cover names place and year, the text's file and checksum with the counts of the audit,
    version, licence and how to cite.
    """
    text = seeds.texts["baoding-2022"]
    cover = "\n".join(
        str(cell.value)
        for row in books["both"].worksheets[0].iter_rows()
        for cell in row
        if cell.value
    )
    for wanted in (
        "保定市2022年",
        "Baoding, 2022",
        seeds.source[REPORT].sha256,
        "baoding-2022.txt",
        f"{len(text.numbers)} numbers printed, {len(text.values)} of them values",
        f"{len(seeds.figures)} figures",
        f"{sum(row.kind != 'derived' for row in own(seeds.identities))} sums",
        seeds.package["version"],
        seeds.package["created"][:10],
        "CC BY 4.0",
        "MIT",
        seeds.source[REPORT].url,
    ):
        assert wanted in cover, wanted


def test_contents_and_sheets_agree_both_ways(edition):
    """The contents name every sheet that holds a table, with its title and its number of rows, and
    no other.
    """
    lang, book = edition
    rows = [[cell.value for cell in row] for row in body(book.worksheets[1])[1]]
    assert [row[0] for row in rows] == book.sheetnames[2:]
    for name, title, count in rows:
        size = len(body(book[name])[1])
        assert title.split("\n")[0] == book[name]["A1"].value
        assert count == said(lang, f"{size}行", "one row" if size == 1 else f"{size} rows")


def test_a_topic_can_be_chosen(tmp_path, seeds, figures):
    """topics= keeps the sheets, sources and checks of these topics alone, in the order of
    terms.csv; one name may stand without a list.
    """
    chosen = ["disputes", "permissions", "disputes"]
    assert bd.export(tmp_path / "a.xlsx", topics=chosen, seeds=seeds)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert list(topic_sheets(book)) == ["permissions", "disputes"]
    shown = figures[figures["topic"].isin(chosen)]
    assert len(body(named(book, "sources"))[1]) == len(shown)
    assert len(body(named(book, "checks"))[1]) == sum(
        {row.result, *re.findall("(?<!@)\\b[a-z_]+", row.terms)} <= set(shown["indicator"])
        for row in own(seeds.identities)
    )
    assert len(body(named(book, "charts"))[1]) == 2
    bd.export(tmp_path / "b.xlsx", topics="business", seeds=seeds)
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert list(topic_sheets(book)) == ["business"]
    assert not any(table in sheet.tables for sheet in book for table in ("checks", "charts"))


# How it is made


def test_tables_are_whole(edition):
    """Each sheet but the cover holds one table at column A with nothing below: no empty or merged
    cell, headers unlike and as the table names them.
    """
    _, book = edition
    assert not book.worksheets[0].tables
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names)) and all(
        re.fullmatch("[a-z][a-z_]+", name) for name in names
    )
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
    for sheet in book.worksheets[1:]:
        [table] = sheet.tables.values()
        header, rows = body(sheet)
        assert (
            header[0].column == 1
            and rows[-1][0].row == sheet.max_row
            and header[-1].column == sheet.max_column
        )
        assert [cell.value for cell in header] == table.column_names and len(
            set(table.column_names)
        ) == len(header)
        assert all(
            str(cell.value if cell.value is not None else "").strip()
            for row in [header, *rows]
            for cell in row
        )


def test_tables_have_no_filter_buttons(written):
    """No part of the file holds a filter, which would print as buttons over the headings."""
    with zipfile.ZipFile(written / "both.xlsx") as file:
        tables = [file.read(name) for name in file.namelist() if "tables/" in name]
        assert tables and not any(b"autoFilter" in part for part in tables)
        # A line feed in a heading must be written as Excel writes it, or Excel repairs the file.
        assert all(b"_x000a_" in part for part in tables)


def test_every_link_leads_where_it_says(edition, seeds):
    """From each figure a link leads to its own row of the sources and back; contents lead to each
    sheet, and each sheet back.
    """
    _, book = edition

    sources = named(book, "sources")
    back = {row[0].value: row for row in body(sources)[1]}
    for sheet in topic_sheets(book).values():
        for row in body(sheet)[1]:
            there = target(book, row[8])
            assert there.parent is sources and row[8].value.split(" ")[0] == there.value
            assert (
                back[there.value][1].value == row[0].value
                and target(book, there).coordinate == row[0].coordinate
                and target(book, there).parent is sheet
            )
    for row in body(book.worksheets[1])[1]:
        assert (
            target(book, row[0]).parent.title == row[0].value
            and target(book, row[0]).coordinate == "A1"
        )
    for sheet in book.worksheets[2:]:
        above = [sheet.cell(row, 1) for row in range(1, body(sheet)[0][0].row)]
        assert [
            target(book, cell).parent
            for cell in above
            if cell.hyperlink and cell.hyperlink.location
        ] == [book.worksheets[1]]
        assert {
            cell.hyperlink.target for cell in above if cell.hyperlink and cell.hyperlink.target
        } == {seeds.source[REPORT].url}


def test_notes_are_used_and_defined_both_ways(edition, seeds):
    """Every doubt about a figure shown is a note, numbered by first appearance; every mark leads to
    its note, and every note is marked and leads back.
    """
    lang, book = edition
    notes = body(named(book, "notes"))[1]
    assert [row[0].value for row in notes] == [
        str(number) for number in range(1, len(notes) + 1)
    ] and len(notes) == len(own(seeds.doubts))
    names = {row[0].value: row[1].value for row in notes}
    doubts = {said(lang, doubt.name_zh, doubt.name_en): doubt for doubt in own(seeds.doubts)}
    used = []
    for topic, sheet in topic_sheets(book).items():
        for figure, row in zip(rows_of(seeds, topic), body(sheet)[1], strict=True):
            wanted = {
                name for name, doubt in doubts.items() if figure.indicator in doubt.figures.split()
            }
            marks = re.findall("[0-9]+", row[10].value)
            assert {names[mark] for mark in marks} == wanted
            used += [mark for mark in marks if mark not in used]
            if marks:
                assert target(book, row[10]).value == marks[0] == min(marks, key=int)
            else:
                assert row[10].value == said(lang, "无", "none")
    assert used == [row[0].value for row in notes]
    for row in notes:
        back = target(book, row[0]).offset(column=10)
        assert row[0].value in re.findall("[0-9]+", back.value)
        assert "{" not in row[2].value and re.search("[0-9三两]", row[2].value)


def drawn(book, reference):
    """The values of the cells that a chart draws."""
    sheet, _, cells = reference.rpartition("!")
    return [cell.value for row in book[sheet.strip("'")][cells.replace("$", "")] for cell in row]


def test_charts_follow_the_cells_of_the_tables(edition, stored, seeds):
    """Each chart draws the cells of a topic's table from zero in the house's blue, names its
    subject, and carries the values for who computes nothing.
    """
    lang, book = edition
    sheet = named(book, "charts")
    rows = body(sheet)[1]
    assert len(sheet._charts) == len(rows) == len(seeds.questions) - 1  # no chart of the page
    figures = {
        said(lang, figure.label_zh, figure.label_en): float(figure.value)
        for figure in of_report(seeds, REPORT)
    }
    for chart, row in zip(sheet._charts, rows, strict=True):
        [series] = chart.series
        names, numbers = series.cat.strRef, series.val.numRef
        labels, values = drawn(book, names.f), drawn(book, numbers.f)
        assert [point.v for point in names.strCache.pt] == labels
        assert [float(point.v) for point in numbers.numCache.pt] == values
        assert [figures[label] for label in labels] == values and len(labels) >= 3
        assert "1F5F99" in repr(series.spPr.solidFill)
        assert chart.legend is None and chart.y_axis.scaling.min == 0
        corner, end = chart.anchor._from, chart.anchor.to
        assert (corner.row, end.row, corner.col) == (row[2].row - 1, row[2].row, row[2].column - 1)
        assert all(label.split("\n")[0] in row[2].value for label in labels)
    findings = [row[1].value for row in body(named(stored[lang], "charts"))[1]]
    assert "66.2%" in findings[0] and "45" in findings[1] and "2.22%" in findings[1]


def test_formulas_stand_in_checks_and_charts_alone(edition, stored, seeds):
    """The three live columns of the checks and the findings of the charts are formulas, nothing
    else is, and each check carries the value that stands beside it.
    """
    lang, book = edition
    checks = named(book, "checks")
    formulas = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    live = {(checks.title, cell.coordinate) for row in body(checks)[1] for cell in row[5:8]}
    findings = {
        (named(book, "charts").title, row[1].coordinate) for row in body(named(book, "charts"))[1]
    }
    assert formulas == live | findings and len(live) == 3 * len(own(seeds.identities))
    for row in body(named(stored[lang], "checks"))[1]:
        assert [cell.value for cell in row[2:5]] == [cell.value for cell in row[5:8]]


def test_it_prints_on_a4(edition):
    """A4 landscape, one page wide, title and page numbers on each page, the header row repeated,
    type of 9 points at least, no wider than the page.
    """
    _, book = edition
    for sheet in book:
        setup = sheet.page_setup
        assert (setup.orientation, str(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == (
            "landscape",
            "9",
            1,
            0,
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and not sheet.sheet_view.showGridLines
        assert (
            sheet["A1"].value in sheet.oddHeader.left.text
            and "&P" in sheet.oddFooter.center.text
            and "&N" in sheet.oddFooter.center.text
        )
        assert sum(column.width for column in sheet.column_dimensions.values()) <= fit.WIDTH + 0.1
        assert all(
            cell.font.sz >= 9 for row in sheet.iter_rows() for cell in row if cell.value is not None
        )
        assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:") and sheet.print_area.endswith(
            f"${sheet.max_row}"
        )
        if sheet.tables:
            header, rows = body(sheet)
            assert sheet.print_title_rows.replace("$", "") == f"{header[0].row}:{header[0].row}"
            assert sheet.freeze_panes == (f"A{rows[0][0].row}" if len(rows) > 25 else None)
            starts = [
                rows[0][0].row,
                *(page.id + 1 for page in sheet.row_breaks.brk),
                sheet.max_row + 1,
            ]
            heights = [
                [sheet.row_dimensions[row].height for row in range(*page)]
                for page in pairwise(starts)
            ]
            assert all(len(page) > 2 or sum(page) > fit.HEIGHT / 3 for page in heights)


def test_it_opens_at_its_beginning(edition):
    """The first sheet is shown with the cursor in A1, and so is every other."""
    _, book = edition
    assert book.active is book.worksheets[0]
    assert all(
        selection.activeCell == "A1"
        for sheet in book
        if not sheet.freeze_panes
        for selection in sheet.sheet_view.selection
    )
    assert [sheet.sheet_view.tabSelected for sheet in book].count(True) <= 1


def test_properties_are_filled_in(edition, seeds):
    """Title, author, keywords, language and version are those of the data, and the dates are its
    own, not the day of writing.
    """
    lang, book = edition
    found = book.properties
    assert (
        seeds.package["title_zh" if lang == "zh" else "title"] in found.title
        and found.creator == "The baoding_data authors"
        and found.keywords
    )
    assert (found.language, found.version) == (
        "en" if lang == "en" else "zh-CN",
        seeds.package["version"],
    )
    assert (
        f"{found.created:%Y-%m-%d}" == f"{found.modified:%Y-%m-%d}" == seeds.package["created"][:10]
    )


def test_the_same_input_gives_the_same_bytes(written, tmp_path):
    """Neither time zone, locale, hash seed nor the day it is written changes a byte."""
    code = "import baoding_data as bd; bd.export('both.xlsx')"
    environment = os.environ | {
        "TZ": "Asia/Shanghai",
        "PYTHONHASHSEED": "7",
        "LC_ALL": "C",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "both.xlsx").read_bytes() == (written / "both.xlsx").read_bytes()


def test_a_width_does_not_depend_on_the_order_of_its_letters():
    """Breadths are whole numbers: sums of binary fractions would end on either side of a tenth,
    by the order of the letters and by the version of Python.
    """
    texts = ["Administrative decisions reviewed", "Bureau of Justice, Ezhou 2022", "占35.5%的件数"]
    for text in texts:
        turned, ordered = text[::-1], "".join(sorted(text))
        assert fit.breadth(text) == fit.breadth(turned) == fit.breadth(ordered)
        columns = [Column("x", 5, 60)]
        found = [fit.widths(columns, [[((one, 9.5),)]]) for one in (text, turned)]
        assert found[0] == found[1]


def test_sums_are_taken_from_left_to_right():
    """Heights and widths are added in one order, by no sum that is more exact on newer versions of
    Python.
    """
    numbers = [0.1] * 10
    assert fit.added(numbers) == 0.9999999999999999 != 1.0
    assert fit.added([]) == 0


@pytest.mark.parametrize(
    ("heights", "breaks"),
    [
        ([], []),
        ([40], []),
        ([40] * 9, []),
        ([500], []),
        ([500] * 3, [1, 2]),
        ([40] * 11, [6]),
        ([40] * 4 + [90] * 8, [6, 9]),
        ([190, 190, 30, 30, 30, 30], [2]),
    ],
)
def test_pages_are_filled_alike(heights, breaks):
    """As few pages as will do; none less than half full with three rows or fewer where that can be
    helped; a row too high stands alone.
    """
    assert fit.page_breaks(heights, 400, 400) == breaks


# An indicator that the report gives twice

RATE = "litigation_loss_rate"
SCOPES = {"government": "45", "departments": "30"}


@pytest.fixture(scope="session")
def tables_twice(twice):
    """Seeds in which the report gives the suits for two scopes."""
    return Seeds(twice)


@pytest.fixture(scope="session")
def of_twice(tmp_path_factory, tables_twice):
    """Exports of that report."""
    folder = tmp_path_factory.mktemp("of_twice")
    bd.export(folder / "en.xlsx", lang="en", seeds=tables_twice)
    return folder


@pytest.fixture(scope="session")
def book_twice(of_twice):
    """The workbook of that report; tests only look at it."""
    return openpyxl.load_workbook(of_twice / "en.xlsx")


def test_both_figures_of_one_indicator_are_shown_with_their_scopes(book_twice, tables_twice):
    """The topic's sheet holds both, each with its number and its scope; each leads to its own
    sentence, where the label says which it is.
    """
    rows = body(topic_sheets(book_twice)["disputes"])[1]
    shown = [row for row in rows if row[0].value == "Suits concluded"]
    pairs = {tables_twice.words.pair("scope", code).en: SCOPES[code] for code in SCOPES}
    assert {row[5].value: row[3].value for row in shown} == pairs
    sources = named(book_twice, "sources")
    for row in shown:
        source = sources[target(book_twice, row[8]).row]
        assert target(book_twice, source[0]).coordinate == row[0].coordinate
        assert source[1].value == f"Suits concluded ({row[5].value})"
        assert source[2].value == row[3].value and f"审结{row[3].value}件" in source[4].value


def test_an_identity_of_figures_given_twice_is_checked_for_each(book_twice):
    """The loss rate is checked for both scopes, each with its own numbers, and the live formulas
    name the cells of that scope.
    """
    sheet = topic_sheets(book_twice)["disputes"]

    def numbers(formula):
        return [sheet[f"B{row}"].value for row in re.findall(r"!\$B\$(\d+)", formula)]

    checks = body(named(book_twice, "checks"))[1]
    rows = [[cell.value for cell in row] for row in checks if "Loss rate" in row[0].value]
    assert [row[2] for row in rows] == [2.22, 20]
    wanted = (("own level", [1, 45]), ("departments", [6, 30]))
    for row, (scope, terms) in zip(rows, wanted, strict=True):
        assert numbers(row[5]) == [row[2]] and numbers(row[6]) == terms
        assert row[0].count(f"({scope}: ") == 3 and row[4] == "holds"
        assert all(f"{scope}: {number})" in row[0] for number in terms)


def test_a_note_on_one_of_two_figures_marks_that_one(book_twice, tables_twice):
    """A doubt names indicator@scope: its mark stands at that figure alone, its text says that
    number, and it names the figure with its scope.
    """
    [doubt] = [row for row in tables_twice.doubts if row.doubt == "open_suits"]
    notes = body(named(book_twice, "notes"))[1]
    [note] = [[cell.value for cell in row] for row in notes if row[1].value == doubt.name_en]
    scope = tables_twice.words.pair("scope", "government").en
    assert note[3].count(f"({scope})") == len(doubt.figures.split()) == 2
    assert "164" in note[2] and "80" not in note[2]
    marked = [
        (row[3].value, row[5].value)
        for row in body(topic_sheets(book_twice)["disputes"])[1]
        if note[0] in re.findall("[0-9]+", row[10].value)
    ]
    assert marked == [("164", scope), ("45", scope)]


def test_a_chart_draws_figures_given_twice_by_their_scope(book_twice, seeds):
    """The chart of suits names the government's, and draws those and no others."""
    sheet = named(book_twice, "charts")
    assert len(sheet._charts) == len(seeds.questions) - 1
    [series] = sheet._charts[1].series
    assert drawn(book_twice, series.val.numRef.f) == [164, 45, 1]
    assert len({*drawn(book_twice, series.val.numRef.f.replace("$B", "$F"))}) == 1


@pytest.mark.parametrize("part", ["figures", "finding"])
def test_a_chart_that_could_mean_either_is_left_out(tables_twice, part):
    """Where what is drawn, or the sentence beside it, names no scope, nothing is drawn of figures
    that are given twice.
    """
    [suits] = [row for row in tables_twice.questions if row.question == "suits"]
    unscoped = {
        "figures": {"figures": suits.figures.replace("@government", "")},
        "finding": {"say_zh": "{litigation_lost}", "say_en": "{litigation_lost}"},
    }
    tables = tables_twice.replaced(questions=[suits._replace(**unscoped[part])])
    found = content.sheets(Edition(tables, of_report(tables, REPORT)))
    assert "charts" not in [sheet.key for sheet in found]


def test_figures_given_twice_are_compared_once(tables_twice):
    """Beside other places both figures of the report stand first, then the others, each once."""
    others = {row.report for row in tables_twice.observations}
    edition = Edition(tables_twice, of_report(tables_twice, REPORT), others=others)
    first = next(row for row, one in enumerate(edition.compared) if one.indicator == RATE)
    pair = edition.compared[first : first + 2]
    rates = [("government", "2.22%"), ("departments", "20%")]
    assert [(one.scope, one.printed) for one in pair] == rates
    own = [one.key for one in edition.compared if one.report == REPORT]
    assert len(own) == len(set(own)) and edition.compared[first + 2].grade
    assert len(comparison_sheet(edition).rows) == len(edition.compared)


# What must not happen

HOSTILE = {
    "suits": '=HYPERLINK("http://example.org","败诉")',
    "suits_en": "+1+cmd|' /C calc'!A0",
    "concluded": "@SUM(A1:A9)",
    "concluded_en": "-2+3",
    "ring": "一\x07二\x1f三\u202e四",
    "code": "_x0041_ and #REF!",
    "error": "#N/A",
    "full": "＝1+1",
    "topic": "[争]:*?/\\议'" + "很长" * 20,
    "topic_en": "'Suits' & history: " + "long " * 10 + "end",
    "place": "A & B <i>&P",
}


# What stands in the cells: table, the column and the code of the row, and the cells.
REWRITTEN = (
    (
        "indicators.csv",
        ("indicator", "litigation_lost"),
        {"label_zh": HOSTILE["suits"], "label_en": HOSTILE["suits_en"]},
    ),
    (
        "indicators.csv",
        ("indicator", "litigation_concluded"),
        {"label_zh": HOSTILE["concluded"], "label_en": HOSTILE["concluded_en"]},
    ),
    (
        "indicators.csv",
        ("indicator", "mediation_cases"),
        {"label_zh": HOSTILE["ring"], "label_en": HOSTILE["code"]},
    ),
    (
        "indicators.csv",
        ("indicator", "mediation_success"),
        {"label_zh": HOSTILE["full"], "label_en": HOSTILE["error"]},
    ),
    (
        "figures/baoding-2022.csv",
        ("indicator", "litigation_lost"),
        {"note_zh": "=1+1\n=2+2", "note_en": "=x"},
    ),
    (
        "figures/baoding-2022.csv",
        ("indicator", "litigation_concluded"),
        {"note_zh": "只有中文。", "note_en": ""},
    ),
    ("terms.csv", ("code", "disputes"), {"zh": HOSTILE["topic"], "en": HOSTILE["topic_en"]}),
    ("terms.csv", ("code", "business"), {"zh": HOSTILE["topic"], "en": HOSTILE["topic_en"]}),
    ("places.csv", ("place", "130600"), {"name_en": HOSTILE["place"]}),
)


def rewrite(path, key, name, cells):
    """Other cells in the one row of a table that has a code; of terms, a topic."""
    with open(path, encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    at = header.index(key)
    [row] = [row for row in rows if row[at] == name and (key != "code" or row[0] == "topic")]
    for column, cell in cells.items():
        row[header.index(column)] = cell
    with open(path, "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """Seeds whose labels, notes and names try to become formulas, errors, markup, or names that
    Excel refuses; and their exports.
    """
    folder = tmp_path_factory.mktemp("hostile")
    copied = shutil.copytree(home(), folder / "seeds")
    for file, (key, name), cells in REWRITTEN:
        rewrite(copied / file, key, name, cells)
    tables = Seeds(copied)
    bd.export(folder / "x.xlsx", seeds=tables)
    bd.export(folder / "en.xlsx", seeds=tables, lang="en")
    return folder


def test_hostile_text_stays_text_in_the_workbook(hostile, seeds):
    """Labels that look like formulas or errors are stored as text, marked so where an edit could
    wake them; nothing is lost but what cannot be seen.
    """
    book = openpyxl.load_workbook(hostile / "en.xlsx")
    labels = {row[0].value: row[0] for row in body(topic_sheets(book)["disputes"])[1]}
    for key in ("suits_en", "concluded_en", "error"):
        assert labels[HOSTILE[key]].data_type == "s"
    notes = {row[0].value: row[9].value for row in body(topic_sheets(book)["disputes"])[1]}
    assert (
        notes[HOSTILE["suits_en"]] == "=x" and notes[HOSTILE["concluded_en"]] == "只有中文。"
    )  # better than an empty cell
    assert labels[HOSTILE["suits_en"]].quotePrefix and labels[HOSTILE["concluded_en"]].quotePrefix
    formulas = [
        (sheet, cell)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type in "fe"
    ]
    assert len(formulas) == 3 * len(own(seeds.identities)) + 3 and {
        sheet.title for sheet, _ in formulas
    } == {"Checks", "Charts"}
    with zipfile.ZipFile(hostile / "en.xlsx") as file:
        assert (
            sum(b"<f>" in file.read(name) for name in file.namelist() if "/worksheets/" in name)
            == 2
        )
    read = CalamineWorkbook.from_path(str(hostile / "x.xlsx"))
    seen = {
        cell.partition("\n")[0]
        for name in read.sheet_names
        for row in read.get_sheet_by_name(name).to_python()
        for cell in row
        if isinstance(cell, str)
    }
    assert {
        HOSTILE["suits"],
        HOSTILE["concluded"],
        HOSTILE["full"],
        flat.visible(HOSTILE["ring"]),
    } <= seen and "␇" in flat.visible(HOSTILE["ring"])


def test_excel_shows_what_the_text_says(hostile):
    """What Excel would decode as an escape is itself escaped, so that _x0041_ is not shown as A."""
    with zipfile.ZipFile(hostile / "en.xlsx") as file:
        parts = b"".join(file.read(name) for name in file.namelist() if "worksheets/sheet" in name)
    assert b"_x005F_x0041_" in parts and b">_x0041_" not in parts


def test_hostile_names_make_sheets_that_excel_opens(hostile):
    """Sheet names are at most 31 characters, unlike, and free of what Excel forbids; headers and
    footers hold no code from a name.
    """
    book = openpyxl.load_workbook(hostile / "x.xlsx")
    assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames)
    for sheet in book:
        assert (
            len(sheet.title) <= 31
            and not re.search(r"[\[\]:*?/\\]", sheet.title)
            and not sheet.title.startswith("'")
            and not sheet.title.endswith("'")
        )
    with zipfile.ZipFile(hostile / "x.xlsx") as file:
        headers = b"".join(
            re.findall(
                b"<oddHeader>.*?</oddHeader>",
                b"".join(file.read(name) for name in file.namelist() if "worksheets/sheet" in name),
            )
        )
    assert b"&amp;&amp; B" in headers and not re.search(b"(?<!&amp;)&amp;[PNDTFAZ]", headers)


def test_a_file_that_holds_the_same_is_left_alone(written, tmp_path, seeds):
    """A second export writes nothing, even where the old file is packed otherwise; where a member
    differs it is written.
    """
    path = tmp_path / "both.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for name, data in reversed(members(written / "both.xlsx").items()):
            file.writestr(name, data)
    before = path.read_bytes()
    assert bd.export(path, seeds=seeds) is False and path.read_bytes() == before
    assert bd.export(path, lang="zh", seeds=seeds) is True
    assert path.read_bytes() == (written / "zh.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
@pytest.mark.parametrize("step", ["replace", "fsync"])
@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        PermissionError(13, "Permission denied"),
        KeyboardInterrupt(),
    ],
)
def test_a_failed_write_harms_nothing(tmp_path, monkeypatch, seeds, name, step, error):
    """A full disk, a file open elsewhere or an interruption leave the old file whole and nothing
    beside it.
    """
    path = tmp_path / name
    path.write_bytes(b"old")

    def fail(*_):
        raise error

    monkeypatch.setattr(os, step, fail)
    wanted = bd.BaodingError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(wanted) as raised:
        bd.export(path, topics=["business"], seeds=seeds)
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == [name]
    if isinstance(error, OSError):
        assert error.strerror in str(raised.value) and str(path) in str(raised.value)


MOMENTS = 10
KILLED = """
import os, shutil, signal, sys, time
import baoding_data as bd
from baoding_data.tables.seeds import load

moments, tables = int(sys.argv[1]), load()
bd.export("new.xlsx", seeds=tables)
start = time.monotonic()
bd.export("new.xlsx", lang="en", seeds=tables)
took = time.monotonic() - start
for number in range(moments):
    shutil.copy("old.xlsx", f"{number}.xlsx")
    child = os.fork()
    if not child:
        bd.export(f"{number}.xlsx", lang="en", seeds=tables)
        os._exit(0)
    # Most moments lie near the end, where the file is written.
    time.sleep(took * 1.2 * (1 - ((moments - number) / moments) ** 2))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes that begin as copies")
def test_killed_at_any_moment_the_old_or_the_new_file_is_whole(tmp_path, written):
    """A program killed while it exports leaves the old workbook, byte for byte, or the new one, and
    never half of one.
    """
    old = shutil.copy(written / "zh.xlsx", tmp_path / "old.xlsx")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", KILLED, str(MOMENTS)]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True)
    wanted = [members(old), members(written / "en.xlsx")]
    assert all(members(tmp_path / f"{number}.xlsx") in wanted for number in range(MOMENTS))
    assert members(tmp_path / "0.xlsx") == wanted[0]


def test_a_read_only_file_is_not_overwritten(tmp_path, monkeypatch, seeds):
    """A file that may not be written is left as it is, although its folder would allow it to be
    replaced.
    """
    path = tmp_path / "x.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(bd.BaodingError, match="read-only"):
        bd.export(path, seeds=seeds)
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="links and file modes as on Unix")
def test_a_link_and_a_mode_are_kept(tmp_path, seeds):
    """A file behind a link is replaced where it lies, and keeps who may read it."""
    (tmp_path / "there").mkdir()
    real = tmp_path / "there" / "real.csv"
    real.write_bytes(b"old")
    real.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(real)
    assert bd.export(tmp_path / "link.csv", seeds=seeds) is True
    assert (tmp_path / "link.csv").is_symlink() and real.read_bytes() != b"old"
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"file": "x.pdf"}, "xlsx"),
        ({"file": "x"}, "xlsx"),
        ({"file": "none/x.xlsx"}, "no folder"),
        ({"file": "folder.xlsx"}, "is a folder"),
        ({"file": "x.xlsx", "topics": ["dispute"]}, "did you mean disputes"),
        ({"file": "x.csv", "topics": "nonsense"}, "there are permissions"),
        ({"file": "x.xlsx", "topics": []}, "choose among permissions"),
        ({"file": "x.xlsx", "report": "baoding-2023"}, "baoding-2022"),
        ({"file": "x.csv", "report": "baoding-2023"}, "baoding-2022"),
        ({"file": "x.xlsx", "lang": "fr"}, "no language 'fr'"),
        ({"file": "x.xlsx", "seeds": "nowhere"}, "datapackage.json"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path, monkeypatch, seeds, given, wanted):
    """An unknown kind of file, folder, topic, report or language is answered with what would do,
    and nothing is written.
    """
    monkeypatch.chdir(tmp_path)
    os.mkdir("folder.xlsx")
    with pytest.raises(bd.BaodingError, match=wanted):
        bd.export(**({"seeds": seeds} | given))
    assert os.listdir(tmp_path) == ["folder.xlsx"] and os.listdir("folder.xlsx") == []


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
def test_nothing_unaudited_is_handed_out(folder, edit, tmp_path, name):
    """When the audit finds a wrong value, there is no workbook and no flat table, but the
    finding.
    """
    edit(
        "figures/baoding-2022.csv",
        "reconsideration_accepted,316,316,",
        "reconsideration_accepted,316,361,",
    )
    with pytest.raises(bd.BaodingError, match="361") as raised:
        bd.export(tmp_path / name, seeds=folder)
    assert raised.value.findings and not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"created": "', '"created": "2026-24-10", "was": "'),
        ('"title_zh": "法治', '"other": "法治'),
    ],
)
def test_a_version_that_cannot_be_read_is_said(folder, edit, tmp_path, old, new):
    """Where the description lacks the title or holds no date, the error names it, rather than a
    cover without.
    """
    edit("datapackage.json", old, new)
    with pytest.raises(bd.BaodingError, match=r"datapackage\.json"):
        bd.export(tmp_path / "x.xlsx", seeds=folder)


def test_the_committed_exports_equal_a_rebuild(written):
    """What lies in exports/ is, member for member, what the tables give."""
    if not (EXPORTS / "baoding-2022.xlsx").exists():
        pytest.skip("exports/ is empty: run make")
    assert members(EXPORTS / "baoding-2022.xlsx") == members(written / "both.xlsx")


# In LibreOffice


@pytest.fixture(scope="session")
def office(written, hostile, tmp_path_factory):
    """What LibreOffice makes of the exports, and of copies in which the 45 suits concluded were
    edited to 20.

    `edited` was saved by a program that drops stored results, `stale` by one that keeps the old
    ones.
    """
    if not shutil.which("soffice"):
        pytest.skip(
            "LibreOffice (soffice) is not installed: nothing here can recalculate or print a"
            " workbook"
        )
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(written / "both.xlsx", folder / "good.xlsx")
    shutil.copy(hostile / "x.xlsx", folder / "hostile.xlsx")
    book = openpyxl.load_workbook(written / "both.xlsx")
    sheet = topic_sheets(book)["disputes"]
    [cell] = [row[1] for row in body(sheet)[1] if "Suits concluded" in row[0].value]
    part = f"xl/worksheets/sheet{book.sheetnames.index(sheet.title) + 1}.xml"
    with (
        zipfile.ZipFile(written / "both.xlsx") as old,
        zipfile.ZipFile(folder / "stale.xlsx", "w") as new,
    ):
        for name in old.namelist():
            data, pattern = (
                old.read(name),
                rb'(<c r="%s"[^>]*><v>)45</v>' % cell.coordinate.encode(),
            )
            assert name != part or len(re.findall(pattern, data)) == 1
            new.writestr(name, re.sub(pattern, rb"\g<1>20</v>", data) if name == part else data)
    cell.value = 20
    book.save(folder / "edited.xlsx")

    def start(number, *arguments):
        return subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation={(folder / f'profile{number}').as_uri()}",
                "--headless",
                *map(str, arguments),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    running = [
        start(
            1,
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            folder / "out",
            *(folder / f"{name}.xlsx" for name in ("good", "edited", "stale", "hostile")),
        ),
        start(
            2,
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *(written / f"{lang}.xlsx" for lang in LANGUAGES),
        ),
    ]
    try:
        assert [process.wait(timeout=240) for process in running] == [0, 0]
    finally:
        for process in running:
            process.kill()
    return folder


def recalculated(office, name):
    return openpyxl.load_workbook(office / "out" / f"{name}.xlsx", data_only=True)


def checks(book):
    """The rows of the checks, whose table LibreOffice keeps."""
    [sheet] = [sheet for sheet in book if "Checks" in sheet.title]
    rows = [[cell.value for cell in row][:9] for row in sheet.iter_rows()]
    return rows[next(i for i, row in enumerate(rows) if str(row[0]).startswith("核验\n")) + 1 :]


@pytest.mark.parametrize("name", ["good", "hostile"])
def test_recalculated_the_checks_hold_and_no_cell_is_an_error(office, seeds, name):
    """LibreOffice computes every live formula to what stands beside it, and no cell to an error,
    whatever the sheets are called.
    """
    book = recalculated(office, name)
    rows = checks(book)
    assert len(rows) == len(own(seeds.identities))
    for _, _, left, right, mark, live_left, live_right, live_mark, _ in rows:
        assert (live_left, live_mark, mark) == (
            pytest.approx(left),
            "成立 holds",
            "成立 holds",
        ) and live_right == pytest.approx(right, abs=0.0001)
    assert not [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "e"
    ]


@pytest.mark.parametrize("name", ["edited", "stale"])
def test_an_edited_number_turns_the_marks_that_rest_on_it(office, name):
    """With 20 suits concluded instead of 45 the loss rate no longer holds, every other check does,
    and what was published stands beside.
    """
    rows = checks(recalculated(office, name))
    fails = [row for row in rows if row[7] == "不成立 fails"]
    assert len(fails) == 1 and "败诉率" in fails[0][0] and fails[0][4] == "成立 holds"
    # LibreOffice believes stored numbers, though not stored words; the mark is what must not be
    # believed.
    assert fails[0][6] == pytest.approx(5) or name == "stale"
    assert [row[7] for row in rows].count("成立 holds") == len(rows) - 1


def test_an_edited_number_changes_the_finding_beside_its_chart(office):
    """With 20 suits concluded instead of 45 the finding of the chart of suits says so, since it is
    a formula; the others stay, and so does the rate that the report prints.
    """
    found = [
        [row[1].value for row in sheet.iter_rows(min_row=1) if row[1].value]
        for book in (recalculated(office, "good"), recalculated(office, "edited"))
        for sheet in book
        if "Charts" in sheet.title
    ]
    good, edited = found
    assert [old == new for old, new in zip(good, edited, strict=True)].count(False) == 1
    assert "审结的45件" in "".join(good) and "审结的20件" in "".join(edited)
    assert "2.22%" in "".join(edited)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_prints_on_the_pages_planned(office, books, lang):
    """LibreOffice prints each sheet on as many pages as its page breaks make: nothing is wider or
    higher than was reckoned.
    """
    planned = sum(len(sheet.row_breaks.brk) + 1 for sheet in books[lang])
    assert (
        len(re.findall(rb"/Type\s*/Page\b(?!s)", (office / f"{lang}.pdf").read_bytes())) == planned
    )
