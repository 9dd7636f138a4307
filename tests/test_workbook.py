"""The exports: the workbook for meetings and the flat table, read back as their readers do."""

import csv
import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

import baoding_data as bd
from baoding_data import tables, workbook
from baoding_data.tables import home

EXPORTS = Path(__file__).resolve().parents[1] / "exports"
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The workbook in all three editions."""
    folder = tmp_path_factory.mktemp("written")
    for lang in workbook.LANGUAGES:
        assert bd.export(folder / f"{lang}.xlsx", lang=lang) is True
    return folder


@pytest.fixture(scope="module")
def book(written):
    return openpyxl.load_workbook(written / "both.xlsx")


def body(sheet):
    """The header and the rows of a sheet's one table."""
    [table] = sheet.tables.values()
    header, *rows = sheet[table.ref]
    return header, rows


def topic_sheets(book):
    return [sheet for sheet in book if any(name.startswith("figures_") for name in sheet.tables)]


def test_every_figure_is_a_number_on_its_topics_sheet(book):
    """The numbers on the topic sheets are those of bd.figures(), as numbers, topic by topic in the order of the text."""
    figures = bd.figures()
    assert len(topic_sheets(book)) == figures["topic"].nunique()
    for sheet in topic_sheets(book):
        _, rows = body(sheet)
        wanted = figures[figures["topic"] == next(iter(sheet.tables)).removeprefix("figures_")]
        assert [row[1].value for row in rows] == list(wanted["value"])
        assert all(row[1].data_type == "n" for row in rows)


def test_another_reader_sees_the_same_numbers(written):
    """python-calamine, which computes nothing, reads every value of bd.figures() from the file."""
    read = CalamineWorkbook.from_path(str(written / "both.xlsx"))
    seen = [cell for name in read.sheet_names for row in read.get_sheet_by_name(name).to_python() for cell in row if isinstance(cell, (int, float))]
    assert set(bd.figures()["value"]) <= set(map(float, seen))


def test_no_cell_of_a_table_is_empty_and_none_is_merged(book):
    """Every cell of every table holds a number or words; a gap would have to be guessed at."""
    for sheet in book:
        assert not sheet.merged_cells.ranges
        if sheet.tables:
            header, rows = body(sheet)
            assert all(str(cell.value or "").strip() or cell.value == 0 for row in [header, *rows] for cell in row)
            assert len({cell.value for cell in header}) == len(header)


def test_tables_have_ascii_names_and_no_filter_buttons(book):
    """Each table is a real one with a name of its own that formulas can use, and prints without buttons."""
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names)) and all(re.fullmatch("[a-z_]+", name) for name in names)
    assert not any(table.autoFilter for sheet in book for table in sheet.tables.values())


def test_every_link_leads_to_a_sheet(book):
    """Contents, figures and sources are linked, and no link leads nowhere."""
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    inner = [link.location for link in links if link.location]
    assert len(inner) > 2 * len(bd.figures())
    for place in inner:
        name, _, cell = place.rpartition("!")
        assert name.strip("'") in book.sheetnames and book[name.strip("'")][cell.replace("$", "")].value is not None


def test_every_sheet_prints_on_a4_landscape(book):
    """A4, landscape, one page wide, with page numbers, and the header row repeated on every page of a table."""
    for sheet in book:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize), sheet.page_setup.fitToWidth) == ("landscape", "9", 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and "&P" in sheet.oddFooter.center.text and "&N" in sheet.oddFooter.center.text
        if sheet.tables:
            header, _ = body(sheet)
            assert sheet.print_title_rows.replace("$", "") == f"{header[0].row}:{header[0].row}"


def test_sources_hold_the_sentence_of_every_figure(book):
    """The sources sheet quotes the whole sentence, word for word, for each figure that the report prints."""
    [sheet] = [sheet for sheet in book if "sources" in sheet.tables]
    _, rows = body(sheet)
    figures = bd.figures().query("status == 'proved'")
    seen = {str(cell.value) for row in rows for cell in row}
    assert set(figures["sentence"]) <= seen and set(figures["quote"]) <= seen


def test_each_edition_speaks_its_language(written):
    """The English tables hold no Han character but in quotations, names and as printed; the Chinese ones no English word."""
    english, chinese = (openpyxl.load_workbook(written / f"{lang}.xlsx") for lang in ("en", "zh"))
    for sheet in topic_sheets(english):
        header, rows = body(sheet)
        quoted = {i for i, cell in enumerate(header) if cell.value in ("Printed", "Source")}
        assert not [c.value for row in rows for i, c in enumerate(row) if i not in quoted and HAN.search(str(c.value))]
        assert not HAN.search(sheet.title)
    for sheet in topic_sheets(chinese):
        header, rows = body(sheet)
        assert not [c.value for row in [header, *rows] for c in row if re.search("[A-Za-z]{3}", str(c.value))]


def test_a_topic_can_be_chosen(tmp_path):
    """With topics= the workbook holds the sheets of these topics alone."""
    bd.export(tmp_path / "some.xlsx", topics=["disputes"])
    [sheet] = topic_sheets(openpyxl.load_workbook(tmp_path / "some.xlsx"))
    assert "figures_disputes" in sheet.tables


def test_the_flat_table_opens_right(tmp_path):
    """The CSV begins with a byte order mark, as spreadsheet programs need, and holds every figure with its sentence."""
    bd.export(tmp_path / "figures.csv")
    data = (tmp_path / "figures.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
    figures = bd.figures()
    assert sorted((row["indicator"], float(row["value"]), row["sentence"]) for row in rows) == sorted(zip(figures["indicator"], figures["value"], figures["sentence"]))
    assert all(row[f"{code}_{lang}"] for row in rows for code in ("scope", "period", "bound", "unit", "status") for lang in ("zh", "en"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\u3000=", "='x'!A1"])
def test_hostile_text_stays_text(tmp_path, start):
    """A label that begins like a formula is stored as text in the workbook and disarmed in the flat table."""
    seeds = tmp_path / "seeds"
    shutil.copytree(home(), seeds)
    path = seeds / "indicators.csv"
    hostile = start.strip() + "1+cmd"
    path.write_text(path.read_text(encoding="utf-8").replace(",Suits lost,", f",{hostile},"), encoding="utf-8", newline="")
    bd.export(tmp_path / "x.xlsx", lang="en", seeds=seeds)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if str(cell.value) == hostile]
    assert found and all(cell.data_type == "s" for cell in found)
    bd.export(tmp_path / "x.csv", seeds=seeds)
    assert f",'{hostile}," in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")


def test_the_same_input_gives_the_same_bytes(written, tmp_path):
    """Neither time zone, locale, hash seed nor the day it is written changes a byte."""
    code = "import baoding_data as bd; bd.export('both.xlsx'); bd.export('figures.csv')"
    environment = os.environ | {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "both.xlsx").read_bytes() == (written / "both.xlsx").read_bytes()


def test_a_file_that_holds_the_same_is_left_alone(written):
    """A second export writes nothing, so that a rebuild leaves the repository clean."""
    before = (written / "both.xlsx").stat().st_mtime_ns
    assert bd.export(written / "both.xlsx") is False
    assert (written / "both.xlsx").stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
def test_a_failed_write_harms_nothing(tmp_path, monkeypatch, name):
    """When the new file cannot be put in place, the old one is whole and nothing is left beside it."""
    path = tmp_path / name
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(bd.BaodingError, match="No space left"):
        bd.export(path)
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("given, said", [
    ({"file": "x.pdf"}, "xlsx"), ({"file": "none/x.xlsx"}, "folder"), ({"file": "x.xlsx", "topics": ["dispute"]}, "did you mean disputes"),
    ({"file": "x.xlsx", "report": "baoding-2023"}, "baoding-2022"), ({"file": "x.xlsx", "lang": "fr"}, "language"),
])
def test_what_cannot_be_done_is_said(tmp_path, monkeypatch, given, said):
    """An unknown kind of file, folder, topic, report or language is answered with what would do, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(bd.BaodingError, match=said):
        bd.export(**given)
    assert os.listdir(tmp_path) == []


def test_nothing_unaudited_is_handed_out(tmp_path):
    """When the audit finds a wrong value, there is no workbook and no flat table, but the finding."""
    seeds = tmp_path / "seeds"
    shutil.copytree(home(), seeds)
    path = seeds / "figures/baoding-2022.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("reconsideration_accepted,316,316,", "reconsideration_accepted,316,361,"), encoding="utf-8", newline="")
    for name in ("x.xlsx", "x.csv"):
        with pytest.raises(bd.BaodingError, match="361"):
            bd.export(tmp_path / name, seeds=seeds)
        assert not (tmp_path / name).exists()


def test_the_committed_exports_equal_a_rebuild(written, tmp_path):
    """What lies in exports/ is, cell for cell, what the tables give."""
    stored, fresh = openpyxl.load_workbook(EXPORTS / "baoding-2022.xlsx"), openpyxl.load_workbook(written / "both.xlsx")
    assert stored.sheetnames == fresh.sheetnames
    for sheet in fresh:
        assert [[cell.value for cell in row] for row in stored[sheet.title].iter_rows()] == [[cell.value for cell in row] for row in sheet.iter_rows()]
    bd.export(tmp_path / "figures.csv")
    assert (EXPORTS / "figures.csv").read_bytes() == (tmp_path / "figures.csv").read_bytes()


@pytest.fixture(scope="module")
def recalculated(written, tmp_path_factory):
    """LibreOffice's results for the workbook, and for one in which the 45 suits concluded were edited to 20."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed: nothing here can recalculate a workbook")
    folder = tmp_path_factory.mktemp("recalculated")
    shutil.copy(written / "both.xlsx", folder / "good.xlsx")
    book = openpyxl.load_workbook(written / "both.xlsx")
    [sheet] = [sheet for sheet in book if "figures_disputes" in sheet.tables]
    _, rows = body(sheet)
    [row] = [row for row in rows if "Suits concluded" in row[0].value]
    row[1].value = 20
    book.save(folder / "edited.xlsx")
    subprocess.run(["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                    "--outdir", folder / "out", folder / "good.xlsx", folder / "edited.xlsx"], check=True, capture_output=True, timeout=240)
    return {name: openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in ("good", "edited")}


def checks(book):
    [name] = [sheet.title for sheet in book if "Checks" in sheet.title]
    rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
    header = next(i for i, row in enumerate(rows) if str(row[0]).startswith("核验\n"))
    return rows[header + 1:]


def test_recalculated_the_checks_hold_and_no_cell_is_an_error(recalculated):
    """LibreOffice computes every live formula to what stands beside it, and no cell to an error."""
    rows = checks(recalculated["good"])
    assert len(rows) == len(tables.load().identities)
    for _, _, left, right, mark, live_left, live_right, live_mark, _ in rows:
        assert (live_left, live_mark) == (pytest.approx(left), mark) and live_right == pytest.approx(right, abs=0.01) and mark == "成立 holds"
    assert not [c.value for sheet in recalculated["good"] for row in sheet.iter_rows() for c in row if str(c.value).startswith("#")]


def test_an_edited_number_turns_the_marks_that_rest_on_it(recalculated):
    """With 20 suits concluded instead of 45 the loss rate no longer holds; every other check does."""
    fails = [row[0] for row in checks(recalculated["edited"]) if row[7] != "成立 holds"]
    assert len(fails) == 1 and "败诉率" in fails[0]
