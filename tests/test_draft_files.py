"""Drafts as spreadsheet programs and people make them: read rightly, or one finding for each thing
that is wrong, whose advice is followed here to the letter.
"""

import csv
import io
import re
import shutil
import zipfile
from datetime import date, datetime, time
from functools import partial

import openpyxl
import pytest
from conftest import as_csv, county, read_csv
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

import baoding_data as bd
from baoding_data.checks.audit import check
from baoding_data.cli import main
from baoding_data.curation.accept import accept
from baoding_data.curation.drafts import COLUMNS, not_carried, read_draft, rows_in, write_draft
from baoding_data.curation.scan import scan
from baoding_data.tables import cells
from baoding_data.tables.containers import container
from baoding_data.tables.schema import Field
from baoding_data.tables.seeds import Seeds

BODY = """\
全县共受理行政复议案件12件。乡镇党委政府有关会议法律顾问列席覆盖率达到了31.3%。县本级行政规范性文件报备率、\
报备规范率、及时率均达100%。举办讲座3/4场次。全县共调处各类民间矛盾纠纷20563件。培训干部4 598人。"""
LETTER = dict(zip(COLUMNS, "ABCDEFGHIJKLMNOPQRSTUVWX", strict=True))
COUNT, RATE, SHARED, FRACTION, DISPUTES, UNCLEAR = 3, 4, 5, 8, 9, 10  # rows of the draft


@pytest.fixture(scope="module")
def registered(tmp_path_factory):
    """The seeds with the report of an invented county as a draft."""
    from baoding_data.tables.seeds import home

    folder = shutil.copytree(home(), tmp_path_factory.mktemp("county") / "seeds")
    assert county(folder, BODY) == "wangdu-2022"
    return folder


@pytest.fixture(scope="module")
def tables(registered):
    """Them, read once."""
    tables = Seeds(registered)
    assert check(tables) == []
    return tables


@pytest.fixture(scope="module")
def curated(tables):
    """The rows of its draft, all read."""
    decided = {"scope": "whole_area", "scope_basis": "printed", "period": "year"}
    rows = []
    for row in scan("wangdu-2022", tables):
        if row.printed == "20563":
            row = row._replace(indicator="mediation_cases", **decided)
        elif row.printed == "4 598":
            row = row._replace(reason="no_indicator", note_zh="注", note_en="a note")
        kept = row.kind in ("value", "unclear")
        rows.append(row._replace(read="yes", quote="") if kept else row)
    assert [row.printed for row in rows[COUNT - 2 : UNCLEAR - 1]] == [
        *("12", "31.3%", "100%", "100%", "100%", "3/4", "20563", "4 598")
    ]
    return rows


class Draft:
    """A draft as a workbook of one sheet, to be changed, saved, read and accepted."""

    def __init__(self, path, rows, tables):
        self.path, self.tables = path, tables
        self.book = openpyxl.Workbook()
        self.sheet = self.book.worksheets[0]
        self.sheet.title = "draft"
        for line in (COLUMNS, *(row.cells for row in rows)):
            self.sheet.append([cell or None for cell in line])

    def put(self, row, column, value, form=""):
        """Write a cell, in a form, or in that which the program chooses."""
        cell = self.sheet[f"{LETTER[column]}{row}"]
        cell.value = value
        cell.number_format = form or cell.number_format

    def text(self, row, column, value):
        """Write a cell that is set to text."""
        self.put(row, column, value, "@")

    def save(self, change=lambda name, content: content):
        """Save the book, with some parts of its file changed."""
        self.book.save(self.path)
        old = zipfile.ZipFile(io.BytesIO(self.path.read_bytes()))
        with zipfile.ZipFile(self.path, "w") as new:
            for name in old.namelist():
                new.writestr(name, change(name, old.read(name)))
        return self.path

    def read(self, *change):
        """Its rows and what is wrong with them."""
        return rows_in(self.save(*change))

    def found(self, *change):
        """What accepting it finds; nothing is written."""
        self.save(*change)
        return findings(self.path, self.tables)


def findings(path, tables):
    """What accepting a draft finds, into seeds without a finding, which stay as they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("baoding_data.tables.files.Folder.replace", lambda *arguments: True)
        patch.setattr(
            "baoding_data.curation.accept.check",
            lambda seeds: [] if seeds is tables else check(seeds),
        )
        try:
            return accept(path, tables).findings
        except bd.BaodingError as error:
            assert error.findings
            return error.findings


@pytest.fixture
def draft(tmp_path, curated, tables):
    """A draft that is read to its end."""
    return Draft(tmp_path / "draft.xlsx", curated, tables)


@pytest.fixture
def lines(curated):
    """The lines of a draft's CSV."""
    return [list(COLUMNS), *(row.cells for row in curated)]


def decided(rows):
    """What rows say, wherever they stand."""
    return [row._replace(file="", line=None) for row in rows]


def written(advice):
    """What an advice says to write."""
    return re.search(r"write (.+?)(?:,| again| under| in its| in a cell|$)", advice)[1]


def test_a_draft_that_is_right_has_no_finding(draft):
    """The draft that the others spoil is accepted whole."""
    assert draft.found() == []


# --- which sheet, which columns


def reordered(draft):
    lines = [[cell.value for cell in line][::-1] for line in draft.sheet]
    draft.sheet.delete_rows(1, draft.sheet.max_row)
    for line in lines:
        draft.sheet.append(line)


def renamed(how, draft):
    for cell in draft.sheet[1]:
        cell.value = how(cell.value)


def behind_others(draft):
    other = draft.book.create_sheet("我的", 0)
    other["A1"], other["A2"] = "read", "sentence"
    draft.book.create_sheet("empty", 1)


HARMLESS = {
    "order": reordered,
    "own column first": lambda draft: draft.sheet.insert_cols(1),
    "own rows above": lambda draft: draft.sheet.insert_rows(1, 3),
    "capitals": partial(renamed, str.title),
    "blanks": partial(renamed, lambda name: f" {name}\u00a0"),
    "full width": partial(
        renamed, lambda name: name.translate({n: n + 0xFEE0 for n in range(97, 123)})
    ),
    "behind other sheets": behind_others,
    "hidden": lambda draft: setattr(behind_others(draft) or draft.sheet, "sheet_state", "hidden"),
    "far below": lambda draft: draft.sheet.cell(1048576, 16384, "x"),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_a_draft_is_found_wherever_it_stands(draft, curated, kind):
    """Other sheets, columns and rows beside it, another order and other spellings of its columns
    change nothing.
    """
    HARMLESS[kind](draft)
    assert decided(read_draft(draft.save())) == decided(curated)


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_two_sheets_that_may_be_the_draft_are_refused(draft, curated, state):
    """A copied sheet, seen or not, is named with the other; without it the draft is read."""
    copy = draft.book.copy_worksheet(draft.sheet)
    copy.title, copy.sheet_state = "draft (2)", state
    draft.book.move_sheet(copy, -1)
    with pytest.raises(bd.BaodingError, match="“draft \\(2\\)”.* and “draft”") as caught:
        draft.read()
    assert ("hidden" in str(caught.value)) == (state != "visible")
    del draft.book["draft (2)"]
    assert decided(read_draft(draft.save())) == decided(curated)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_column_that_stands_twice_is_refused(draft, curated, ending):
    """Both places of each are named; with another name, or none, it is a column of one's own."""
    path = draft.path.with_suffix(f".{ending}")

    def save(first, second):
        lines = [[*row.cells, "a", "b"] for row in curated]
        lines = [[*COLUMNS, first, second], *lines]
        path.write_bytes(as_csv(lines))
        if ending == "xlsx":
            draft.sheet["Y1"], draft.sheet["Z1"], draft.sheet["Z3"] = first, second, "b"
            draft.save()

    save("Note_zh", "scope")
    with pytest.raises(bd.BaodingError, match=r"scope in J1 and Z1; note_zh in R1 and Y1"):
        read_draft(path)
    save("my note", "")
    assert decided(read_draft(path)) == decided(curated)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_header_that_stands_twice_is_refused(draft, curated, lines, ending):
    """Two drafts below each other are refused with the row at which the second begins; without it
    the first is read.
    """
    path = draft.path.with_suffix(f".{ending}")
    path.write_bytes(as_csv([*lines, *lines]))
    if ending == "xlsx":
        for line in lines:
            draft.sheet.append(line)
        draft.save()
    with pytest.raises(bd.BaodingError, match=f"row {len(lines) + 1}: .*header of a draft once"):
        rows_in(path)
    path.write_bytes(as_csv(lines))
    if ending == "xlsx":
        draft.sheet.delete_rows(len(lines) + 1, len(lines))
        draft.save()
    assert decided(read_draft(path)) == decided(curated)


def test_missing_columns_are_named(draft):
    """A column that is gone is named with the sheet."""
    draft.sheet["J1"] = "whose"
    with pytest.raises(bd.BaodingError, match="sheet draft, row 1: found no scope; wanted"):
        draft.read()


@pytest.mark.parametrize("span", ["J3:J4", "J4:L4", "J5:J7", "A9:B20"])
def test_merged_cells_are_one_finding(draft, span):
    """A merged range is named with its cells, and nothing that follows from it; unmerged and filled
    in, the draft is accepted.
    """
    before = {c.coordinate: c.value for line in draft.sheet[span] for c in line}
    draft.sheet.merge_cells(span)
    [finding] = draft.found()
    assert span in finding.found and finding.row == int(re.search("[0-9]+", span)[0])
    assert finding.advice.startswith("unmerge them, and fill in")
    draft.sheet.unmerge_cells(span)
    for place, value in before.items():
        draft.sheet[place] = value
    assert draft.found() == []


def test_cells_merged_outside_a_drafts_columns_do_no_harm(draft, curated):
    """Cells of one's own may be merged."""
    draft.sheet["AA3"] = "mine"
    draft.sheet.merge_cells("Z3:AB9")
    assert decided(read_draft(draft.save())) == decided(curated)


# --- formulas, errors, dates


def with_results(results):
    """Store results of formulas, as a spreadsheet program does; "" is an empty text."""

    def change(name, content):
        for place, value in results.items() if name.endswith("sheet1.xml") else ():
            cell = re.compile(rf'<c r="{place}"([^>]*)>(<f[^>]*>.*?</f>)<v ?/>'.encode())
            new = rf'<c r="{place}"\1 t="str">\2<v>{value}</v>'.encode()
            content, count = cell.subn(new, content.replace(b"<v></v>", b"<v/>"))
            assert count == 1
        return content

    return change


def test_a_formula_without_a_result_is_one_finding(draft):
    """What no program has worked out is not taken for an empty cell; with the result stored, or the
    value written, the draft is accepted.
    """
    draft.put(COUNT, "scope", '=IF(1,"whole_area","")')
    draft.put(RATE, "read", '="yes"')
    draft.put(DISPUTES, "note_zh", '=""')
    places = [(COUNT, "scope"), (RATE, "read"), (DISPUTES, "note_zh")]
    found = draft.found()
    assert {(f.row, f.column) for f in found} == set(places) and len(found) == 3
    assert all("without a result" in f.found and "paste it as values" in f.advice for f in found)
    results = {"J3": "whole_area", "A4": "yes", "R9": ""}
    assert draft.found(with_results(results)) == []
    for (row, column), value in zip(places, results.values(), strict=True):
        draft.text(row, column, value)
    assert draft.found() == []


def test_a_formula_that_came_to_an_error_is_told(draft):
    """An error that is stored is the finding; what no program stores is unreadable."""
    draft.put(COUNT, "note_zh", "=1/0")
    stored = with_results({"R3": "#DIV/0!"})
    [finding] = [one for one in draft.found(stored) if one.column == "note_zh"]
    assert "#DIV/0!" in finding.found and "set to text" in finding.advice
    with pytest.raises(bd.BaodingError, match="cannot be read as a workbook"):
        draft.read(lambda name, raw: stored(name, raw).replace(b't="str"><f>', b"><f>"))


def test_the_formula_of_the_label_needs_no_result(tmp_path, curated, tables):
    """The program's own formula is no finding and nothing that would be lost, saved by the program,
    copied to other rows or written in another style.
    """
    path = tmp_path / "draft.xlsx"
    write_draft(curated, path, tables)
    book = openpyxl.load_workbook(path)
    label = book["draft"]["I3"].value
    book["draft"]["I40"] = label.replace("H3", "H40")
    book["draft"]["I3"] = label.replace("FALSE", "0")
    book.save(path)
    assert findings(path, tables) == [] and not_carried(path.read_bytes()) == []


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("#VALUE!", "the error #VALUE!"),
        ("#N/A", "the error #N/A"),
        (datetime(2024, 5, 6), "a date, 2024-05-06"),
        (date(2024, 5, 6), "a date, 2024-05-06"),
        (datetime(2024, 5, 6, 7, 8), "a date, 2024-05-06 07:08:00"),
        (time(7, 8), "a time, 07:08:00"),
    ],
)
def test_what_a_program_made_of_a_note_is_one_finding(draft, value, found):
    """An error, a date or a time in a cell of text is told, and gone when it is written as text."""
    draft.put(COUNT, "note_zh", value)
    draft.put(COUNT, "note_en", "a note")
    [finding] = draft.found()
    assert (finding.row, finding.column, finding.found) == (COUNT, "note_zh", found)
    assert "write it anew, in a cell set to text" in finding.advice
    draft.text(COUNT, "note_zh", "七点")
    assert draft.found() == []


def test_nothing_of_the_reader_of_workbooks_is_on_the_screen(draft):
    """A list of a newer Excel and a day that the calendar does not reach give no warning; of the
    day there is a finding.
    """
    draft.put(COUNT, "note_zh", 9999999, "yyyy-mm-dd")
    draft.put(COUNT, "note_en", "a note")
    ext = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    [finding] = draft.found(lambda name, content: content.replace(b"</worksheet>", ext))
    assert finding.found == "the error #VALUE!"


# --- numbers that a program has converted


@pytest.mark.parametrize(
    ("row", "column", "value", "form"),
    [
        (RATE, "printed", 0.313, "0.0%"),
        (RATE, "printed", 0.313, "0.00%"),
        (RATE, "printed", 0.313, "0%"),
        (RATE, "value", 0.313, "0.00%"),
        (RATE, "value", 31.3, "General"),
        (SHARED, "printed", 1, "0%"),
        (SHARED, "printed", "１００％", "General"),
        (COUNT, "printed", 12, "General"),
        (COUNT, "at", 40.0, "General"),
        (DISPUTES, "printed", 20563.0, "#,##0"),
        (DISPUTES, "printed", "20,563", "@"),
        (DISPUTES, "value", "20,563", "@"),
        (COUNT, "read", True, "General"),
        (COUNT, "read", " Yes ", "General"),
        (COUNT, "read", "ＹＥＳ", "General"),
        (COUNT, "note_en", 0.5, "0.0%"),
    ],
)
def test_a_number_that_is_still_the_texts_is_taken(draft, row, column, value, form):
    """A share of a hundred typed as such, or a text converted to a number, is what it shows."""
    draft.put(row, column, value, form)
    if column == "note_en":
        draft.put(row, "note_zh", "注")
    assert draft.found() == []


def test_a_percentage_in_a_note_is_read_as_shown(draft):
    """50% typed into a note is no 0.5."""
    draft.put(COUNT, "note_zh", 0.125, "0.0%")
    draft.put(COUNT, "note_en", 0.125, '0.0"%"')
    rows, _ = draft.read()
    assert (rows[COUNT - 2].note_zh, rows[COUNT - 2].note_en) == ("12.5%", "0.125")


@pytest.mark.parametrize(
    ("row", "column", "value", "form"),
    [
        (RATE, "printed", 0.313, "General"),
        (RATE, "printed", 0.31, "0%"),
        (RATE, "printed", 31.3, "General"),
        (FRACTION, "printed", datetime(2024, 3, 4), "m/d"),
        (FRACTION, "printed", 0.75, "# ?/?"),
        (FRACTION, "printed", "#VALUE!", "General"),
        (COUNT, "printed", None, "General"),
        (DISPUTES, "printed", "2056", "General"),
        (COUNT, "at", "x", "General"),
        (RATE, "at", 41, "General"),
        (DISPUTES, "at", datetime(2024, 3, 4), "m/d"),
        (RATE, "value", 0.313, "General"),
        (RATE, "value", "３１．３", "@"),
        (DISPUTES, "value", "20,56", "@"),
        (DISPUTES, "value", "2万", "@"),
        (DISPUTES, "value", "#REF!", "General"),
        (COUNT, "value", time(12, 0), "h:mm"),
        (COUNT, "unit", "宗", "@"),
    ],
)
def test_a_number_that_is_not_the_texts_is_one_finding(draft, row, column, value, form):
    """What the text prints is said; written there, the draft is accepted."""
    draft.put(row, column, value, form)
    [finding] = draft.found()
    assert finding.row == row and finding.column in (column, "at")
    draft.text(row, column, written(finding.advice))
    assert draft.found() == []


def test_a_row_that_can_be_of_no_number_is_removed_and_written_anew(draft, curated):
    """Where neither the number nor its place is in the text, the row is taken out and scanned
    again.
    """
    draft.put(DISPUTES, "printed", "777")
    draft.put(DISPUTES, "at", "7")
    missing, misplaced = draft.found()
    assert "no row for “20563”" in missing.found and "scan again" in missing.advice
    assert misplaced.advice.startswith("remove the row and scan again")
    draft.sheet.delete_rows(DISPUTES)
    again = scan("wangdu-2022", draft.tables, draft.save())
    assert [row.printed for row in again] == [row.printed for row in curated]


@pytest.mark.parametrize(
    "value",
    [
        *(
            "½",
            "⅓",
            "１／３",
            "1 /3",
            "1 of 3",
            "1⁄3",
            "1∕3",
            "1-3",
            "第1个，共3个",
            "0.3333",
            "0,33",
        ),
        *("1月3日", "3-Jan", "Jan-3", "2024/1/3", "2024-01-03", "01:03:00", "45294", ".5"),
        *(0.3333333333333333, 0.5, time(1, 3), date(2024, 1, 3), datetime(2024, 3, 1), "1/3/2024"),
    ],
)
def test_a_mark_of_sharing_in_another_form_is_one_finding(draft, value):
    """A fraction, a date, a time or a number made of 1/3, or another way to say it, is told with
    the mark to write, and nothing that follows from it; written so, the cell is right.
    """
    draft.put(SHARED, "shared", value)
    [finding] = draft.found()
    assert (finding.row, finding.column) == (SHARED, "shared")
    mark = written(finding.advice)
    assert re.fullmatch("1/[23]", mark)
    draft.text(SHARED, "shared", mark)
    left = draft.found()
    assert left == [] if mark == "1/3" else all("claimed once" in one.advice for one in left)


@pytest.mark.parametrize("value", ["first", "1", "一分之三", "0.55", "1/2/3", "12/13", "3/1"])
def test_a_mark_that_tells_nothing_is_answered_with_the_form(draft, value):
    """Where it cannot be told what was meant, nothing is guessed."""
    draft.put(SHARED, "shared", value)
    [finding] = draft.found()
    assert finding.column == "shared"
    assert "1/3, 2/3 and 3/3" in finding.advice or value == "3/1"
    draft.text(SHARED, "shared", "1/3")
    assert draft.found() == []


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("１２万", "120000"),
        ("4,598", "4598"),
        ("４５９８", "4598"),
        ("4 598", "4598"),
        ("4598.0", "4598"),
    ],
)
def test_a_resolved_value_in_other_clothes_is_one_finding(draft, value, wanted):
    """The value of a number that a person has resolved is held to plain digits."""
    draft.put(UNCLEAR, "value", value)
    draft.put(UNCLEAR, "resolved", "R9")
    draft.put(UNCLEAR, "unit", "人")
    here = [one for one in draft.found() if one.row == UNCLEAR and one.column == "value"]
    if value != "4598.0":  # a number that can be read
        assert [written(one.advice) for one in here] == [wanted]
    draft.text(UNCLEAR, "value", wanted)
    here = [one for one in draft.found() if one.row == UNCLEAR]
    assert all("plain digits" not in one.wanted for one in here)


def test_what_is_typed_into_a_workbook_stays_text(tmp_path, curated, tables):
    """Every column of text is set to text, in its rows and in those below; numbers and the formula
    are not.
    """
    path = tmp_path / "draft.xlsx"
    write_draft(curated, path, tables)
    sheet = openpyxl.load_workbook(path)["draft"]
    for cell in sheet[1]:
        others = cell.value in ("value", "confidence", "at", "label")
        column = sheet.column_dimensions[cell.column_letter]
        assert (column.number_format == "@") == (not others), cell.value
        assert (sheet.cell(COUNT, cell.column).number_format == "@") == (not others)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_cells_that_are_no_numbers_are_kept_by_a_second_scan(tmp_path, curated, tables, ending):
    """What a person wrote under value is written again as it stands, number or not."""
    path = tmp_path / f"draft.{ending}"
    values = ["1,234", "１２万", "2024-03-04", "#VALUE!", "1" * 20, "1e5", "12.", "+5"]
    changed = dict(zip(range(COUNT - 2, UNCLEAR - 1), values, strict=True))
    rows = [row._replace(value=changed.get(at, row.value)) for at, row in enumerate(curated)]
    write_draft(rows, path, tables)
    write_draft(scan("wangdu-2022", tables, path), path, tables)
    assert [read_draft(path)[at].value for at in changed] == values


# --- CSV


def test_a_csv_bears_the_mark_of_utf_8_in_a_file_and_not_on_the_screen(
    tmp_path, curated, tables, capsys
):
    """A draft's file begins with a byte order mark, and is read with or without it; what is printed
    has none.
    """
    path = tmp_path / "draft.csv"
    write_draft(curated, path, tables)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfread,")
    path.write_bytes(raw[3:])
    assert decided(read_draft(path)) == decided(curated)
    assert main(["scan", "wangdu-2022", "--seeds", str(tables.folder.path)]) == 0
    assert capsys.readouterr().out.startswith("read,")


def test_a_csv_may_have_other_columns_and_lack_empty_cells(tmp_path, curated, lines):
    """Columns of one's own, another order, and rows without the empty cells at their end, or with
    more of them, are read.
    """
    path = tmp_path / "draft.csv"
    turned = [["mine", *line[::-1], ""] for line in lines]
    turned[0][-1] = ""
    path.write_bytes(as_csv(turned))
    assert decided(read_draft(path)) == decided(curated)
    bare = [[*line[:-1], ""] for line in lines]
    bare[0][-1] = "proposed"
    short = [line[: max(at for at, cell in enumerate(line) if cell) + 1] for line in bare]
    short[2] += [""] * 9
    assert len(short[1]) < len(COLUMNS)
    path.write_bytes(as_csv(short))
    assert decided(read_draft(path)) == [r._replace(proposed="") for r in decided(curated)]


@pytest.mark.parametrize("more", [["x"], ["", "x"]])
def test_a_row_with_more_cells_or_without_its_end_is_one_finding(tmp_path, tables, lines, more):
    """A row whose cells may have shifted is named with what stands outside, and one that is cut;
    mended, they are read.
    """
    path = tmp_path / "draft.csv"
    whole = [list(line) for line in lines]
    lines[COUNT - 1] = [*lines[COUNT - 1], *more]
    lines[RATE - 1] = lines[RATE - 1][:9]
    path.write_bytes(as_csv(lines))
    found = findings(path, tables)
    assert [(one.row, one.column) for one in found] == [(COUNT, ""), (RATE, "")]
    assert "“x”" in found[0].found and found[1].found == "9 cells"
    path.write_bytes(as_csv(whole))
    assert findings(path, tables) == []


def test_a_csv_with_other_separators_is_named(tmp_path, lines):
    """Semicolons and tabs are named with the way to save it, also where all cells are quoted."""
    path = tmp_path / "draft.csv"
    for mark, name, quoting in (
        (mark, name, quoting)
        for mark, name in ((";", "semicolons"), ("\t", "tabs"))
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
    ):
        path.write_bytes(as_csv(lines, delimiter=mark, quoting=quoting))
        with pytest.raises(bd.BaodingError, match=f"{name}.*CSV UTF-8"):
            read_draft(path)


def test_words_below_the_rows_are_told_where_they_belong(draft, tables, lines, tmp_path):
    """A remark in a spare row is one finding, which says where to put it, in a scan too."""
    path = tmp_path / "draft.csv"
    path.write_bytes(as_csv([*lines, ["", "问李科长", *[""] * (len(COLUMNS) - 2)]]))
    [finding] = findings(path, tables)
    assert "another sheet, or a column of your own" in finding.advice
    with pytest.raises(bd.BaodingError, match="a column of your own"):
        scan("wangdu-2022", tables, path)


# --- spoiled


def misread(text):
    return text.encode().decode("gbk", "replace")


SPOILED = {
    "UTF-8 read as GBK": misread,
    "UTF-8 read as Latin-1": lambda text: text.encode().decode("cp1252", "replace"),
    "锟斤拷": lambda text: text.replace("理行", "锟斤拷"),
    "????": lambda text: text.replace("理行政复", "????"),
    "U+FFFD": lambda text: text.replace("理行政", "\ufffd\ufffd"),
    "all lost": lambda text: text.encode("ascii", "replace").decode(),
}


@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_draft_that_lost_its_characters_has_one_finding(draft, curated, tables, how, ending):
    """Whatever an encoding made of all its rows, or of one, is one finding that names it, with the
    rows; the command ends with it, and a scan leaves the file.
    """
    path = draft.path.with_suffix(f".{ending}")
    rows = [type(row)(*map(SPOILED[how], row[:-2])) for row in curated]
    Draft(path, rows, tables).save() if ending == "xlsx" else write_draft(rows, path)
    [finding] = findings(path, tables)
    says = {"U+FFFD": "\ufffd", "all lost": "??"}.get(how, how)
    assert says in finding.found and re.search("rows? [0-9]", finding.found)
    assert "scan again with another name" in finding.advice
    before = path.read_bytes()
    with pytest.raises(bd.BaodingError, match=re.escape(finding.found)):
        scan("wangdu-2022", tables, path)
    assert path.read_bytes() == before and scan("wangdu-2022", tables, f"{path}.other")


def test_a_note_that_was_read_in_another_encoding_is_one_finding(draft):
    """Of notes alone the rows are named once, and nothing that follows."""
    for row in (COUNT, DISPUTES):
        draft.put(row, "note_zh", misread("报告未说明其中的案件"))
        draft.put(row, "note_en", "a note")
    [finding] = draft.found()
    assert f"UTF-8 read as GBK in rows {COUNT} and {DISPUTES}" in finding.found
    for row in (COUNT, DISPUTES):
        draft.text(row, "note_zh", "报告未说明")
    assert draft.found() == []


def test_ordinary_notes_are_not_taken_for_spoiled(draft):
    """Questions, other letters and rare characters are a curator's own."""
    draft.put(COUNT, "note_zh", "是吗？？（café）籼粳糯")
    draft.put(COUNT, "note_en", "really?? naïve")
    draft.put(COUNT, "sentence", "何为“??”：全县共受理行政复议案件【12】件。")
    assert draft.found() == []


# --- no workbook


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
STRICT = b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
ODF = "application/vnd.oasis.opendocument"
LOCKED = bytearray(zipped(a=b"b"))
LOCKED[6] |= 1
LOCKED[LOCKED.index(b"PK\x01\x02") + 8] |= 1
OTHERS = {
    "protected with a password": OLE + "EncryptedPackage".encode("utf-16-le"),
    "an old Excel workbook (.xls)": OLE + "Workbook".encode("utf-16-le"),
    "an old Word file": OLE + "WordDocument".encode("utf-16-le"),
    "an old Excel or Word file": OLE,
    "a Strict Open XML Spreadsheet": zipped(**{"xl/workbook.xml": STRICT}),
    "a binary Excel workbook (.xlsb)": zipped(**{"xl/workbook.bin": b""}),
    "a Word file (.docx)": zipped(**{"word/document.xml": b""}),
    "an OpenDocument spreadsheet (.ods)": zipped(mimetype=f"{ODF}.spreadsheet"),
    "an OpenDocument text (.odt)": zipped(mimetype=f"{ODF}.text-template"),
    "a file of Apple Numbers or Pages": zipped(**{"Index/Document.iwa": b""}),
    "a zip file with a password": bytes(LOCKED),
    "a zip file without a workbook in it": zipped(a=b"b"),
    "an OpenDocument spreadsheet": zipped(mimetype=f"{ODF}.spreadsheet", a=b""),
    "an XML Spreadsheet 2003": b"<?xml version='1.0'?>\n<?mso-application progid='Excel.Sheet'?>\n"
    b"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
    "a flat OpenDocument file": b"<?xml version='1.0'?><office:document xmlns:office='urn:oasis:"
    b"names:tc:opendocument:xmlns:office:1.0'/>",
    "a PDF": b"%PDF-1.7",
    "GBK or GB18030": "read,受理".encode("gbk"),
}


@pytest.mark.parametrize("what", OTHERS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_no_draft_is_called_what_it_is(tmp_path, what, ending):
    """A file of another kind, whatever its name, is named with the way to make a draft of it."""
    path = tmp_path / f"draft.{ending}"
    path.write_bytes(OTHERS[what])
    with pytest.raises(bd.BaodingError, match=re.escape(what)) as caught:
        rows_in(path)
    assert "save it as" in str(caught.value) or "unpack" in str(caught.value)
    assert not_carried(OTHERS[what]) == ["all that it holds"]


@given(st.binary(), st.sampled_from([b"PK\x03\x04", OLE, b"PK\x05\x06", zipped(a=b"b")[:-9]]))
def test_no_container_is_too_damaged_to_be_named(raw, start):
    """Whatever follows the first bytes, there are words for it."""
    assert container(start + raw)


# --- characters

SIGNS = {
    *("\ufe0f", "\u034f", "\u1160", "\u115f", "\u3164", "\u2800", "\U000e0100", "\U000e0041"),
    *("\u200b", "\u00ad", "\ufeff", "\u202e", "\ue000", "\ufffd", "\t", "\n"),
    *("\u2f08", "\u2ee9", "\uf9e8", "\ufe35", "\ufe52"),
}


@pytest.mark.parametrize("sign", sorted(SIGNS - {"\ufffd"}))
def test_a_character_that_misleads_is_one_finding(draft, sign):
    """What nobody sees, or what only looks like another character, is told with its place and code;
    as the finding says, the cell is right.
    """
    draft.put(COUNT, "note_zh", f"注{sign}释")
    draft.put(COUNT, "note_en", "a note")
    [finding] = draft.found()
    assert (finding.row, finding.column) == (COUNT, "note_zh")
    assert f"U+{ord(sign):04X}" in finding.found
    anew = written(finding.advice) if "in its place" in finding.advice else ""
    assert anew or "type the cell anew" in finding.advice
    draft.text(COUNT, "note_zh", f"注{anew}释")
    assert draft.found() == []


def test_ordinary_characters_are_no_finding(draft):
    """Chinese punctuation, full-width forms and blanks between words are a curator's own."""
    draft.put(COUNT, "note_zh", "“注”：（１２％）、《法》——…·①㎡　释\u00a0。")
    draft.put(COUNT, "note_en", "a note, “quoted” – café №1")
    assert draft.found() == []


@pytest.mark.parametrize(
    "cell", ["whole\u00a0area", "whole area", "ｗhole_area", "whole_area\u200b"]
)
def test_a_code_in_other_characters_is_one_finding(draft, cell):
    """A blank or another character in a code is shown, and nothing that follows from it."""
    draft.put(COUNT, "scope", cell)
    found = draft.found()
    assert {(one.row, one.column) for one in found} == {(COUNT, "scope")}
    if "area" in cell.split():
        assert len(found) == 1 and repr(cell) in found[0].found
        draft.text(COUNT, "scope", written(found[0].advice))
        assert draft.found() == []


def test_every_table_names_such_characters(tables):
    """In a column of text of each table, each of them is found at its row."""
    for schema in tables.schemas.values():
        file = schema.path if isinstance(schema.path, str) else schema.path[0]
        header, first, *_ = read_csv(tables.folder.path / file)
        at = next(
            at
            for at, field in enumerate(schema.fields)
            if field.text and not field.form and not field.code and first[at]
        )
        signs = sorted(SIGNS - {"\t", "\n"})
        lines = [[*first[:at], f"{first[at]}{sign}注", *first[at + 1 :]] for sign in signs]
        before = () if schema.columns == list(schema.record._fields[:-2]) else ("wangdu-2022",)
        found = schema.read(file, as_csv([header, *lines]), *before).remarks
        told = {(one.row, one.column) for one in found if "U+" in one.found}
        assert told == {(row, header[at]) for row in range(2, len(signs) + 2)}, schema.name


# --- advice on a cell

CELLS = [
    *(
        "½",
        "⅓",
        "２０２３－０１－０１",
        "1．5",
        "１２万",
        "4 598",
        "4\u2009598",
        "1,234",
        "2024-13-01",
    ),
    *(
        "2024/2/30",
        "2024年3月1日",
        "2023.3.16",
        "316.0",
        "007",
        "-0",
        "1.50",
        ".5",
        "−3",
        "+5",
        "3亿",
        "31,3",
    ),
    *(
        "1，234",
        "1'234",
        "12 34",
        "1 000 000",
        "31.3%",
        "1" * 20,
        "０．５万",
        "whole area",
        "Ａ",
        "ａ b",
    ),
    *("2024-1-1 00:00:00", "第1项", "一", "", " ", "1-2", "３１０１０５", "Http://x"),
]


@pytest.fixture(scope="module")
def fields(tables):
    """The columns of all tables that do not take everything."""
    found = {}
    for schema in tables.schemas.values():
        for field in schema.fields:
            found.setdefault((field.kind, field.pattern, field.code, field.name), field)
    return list(found.values())


def test_no_cell_is_told_to_be_written_as_it_would_be_refused(fields):
    """Whatever stands in a cell of any table: what its finding says to write, that cell accepts."""
    advised = set()
    for field in fields:
        for cell in CELLS:
            for wrong in field.read(cell)[1]:
                told = re.match(r"write (\S+)(?:$|, (?:if|with|in))", wrong.advice)
                told = told or re.search(r"and write (\S+) again", wrong.advice)
                if told and told[1] not in ("it", "at"):
                    advised.add((cell, told[1]))
                    assert field.read(told[1])[1] == [], (field.name, cell, wrong.advice)
                    assert told[1] != cell
    assert {("½", "1/2"), ("1．5", "1.5"), ("１２万", "120000"), ("4 598", "4598")} <= advised
    assert {("２０２３－０１－０１", "2023-01-01"), ("-0", "0"), ("007", "7")} <= advised
    assert not [cell for cell, _ in advised if cell in ("2024-13-01", "31,3")]


@given(st.text(), st.sampled_from(["integer", "number", "date", "shared"]))
def test_no_advice_says_to_write_what_is_refused(cell, kind):
    """For any text, a number, date or mark that is advised is one."""
    described = {"name": kind, "type": "string" if kind == "shared" else kind}
    if kind == "shared":
        described["constraints"] = {"pattern": "[1-9]/[2-9]"}
    field = Field(described)
    told = re.search(r"write ([0-9/.-]+)(?:$|,| again)", cells.advice(cell, kind))
    assert told is None or field.read(told[1])[1] == []


# --- what a draft written anew would not have


def add_sheet(draft):
    draft.book.create_sheet("我的问题")["A1"] = "问李"


def add_chart(draft):
    draft.book.create_chartsheet("chart").add_chart(BarChart())


def add_to_codes(draft):
    codes = draft.book.create_sheet("codes")
    codes["A1"], codes["F9"] = "kind", "mine"
    codes["A2"].comment = Comment("why", "me")


def set_cells(**values):
    def change(draft):
        for place, value in values.items():
            draft.sheet[place] = value

    return change


OWN = {
    "sheet": (add_sheet, ["sheet 我的问题"]),
    "chart": (add_chart, ["pictures or drawings", "sheet chart"]),
    "beside the codes": (add_to_codes, ["column F of sheet codes", "comment at A2 of sheet codes"]),
    "comment": (
        lambda draft: setattr(draft.sheet["C5"], "comment", Comment("ask Wang", "me")),
        ["comment at C5"],
    ),
    "named column": (set_cells(Z1="to ask", Z3="Li"), ["column to ask"]),
    "unnamed column": (set_cells(Z3="Li"), ["column Z"]),
    "blank name": (set_cells(Z1=" ", Z3="Li"), ["column Z"]),
    "second of its name": (set_cells(Z1="note_zh", Z3="Li"), ["column Z"]),
    "heading alone": (set_cells(Z1="to do"), ["column to do"]),
    "far away": (set_cells(XFD1048576="x"), ["column XFD"]),
    "formulas": (
        set_cells(R4='="a"&"b"', S4="=1", S5="=2", S7="=3"),
        ["formula at R4", "formula at S4:S5", "formula at S7"],
    ),
    "colour": (
        lambda draft: setattr(draft.sheet["J4"], "fill", PatternFill("solid", fgColor="FFFF00")),
        ["colour at J4"],
    ),
    "nothing": (lambda draft: None, []),
}


@pytest.mark.parametrize("kind", OWN)
def test_what_would_be_lost_is_named(draft, kind):
    """Sheets, columns, comments, formulas and colours of one's own are named in words, and keep
    nothing from being read.
    """
    change, wanted = OWN[kind]
    change(draft)
    assert not_carried(draft.save().read_bytes()) == wanted
    if kind not in ("formulas", "second of its name"):
        assert draft.read()[1] == []
        assert scan("wangdu-2022", draft.tables, draft.path)


def test_of_a_workbook_that_is_no_draft_everything_would_be_lost(tmp_path):
    """Its sheets are named."""
    path = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.create_sheet("二")
    book.save(path)
    assert not_carried(path.read_bytes()) == ["sheet Sheet", "sheet 二"]


def test_what_would_be_lost_of_a_csv_is_named(lines):
    """Columns of one's own, named or not, that hold something."""
    header, *rest = lines
    own = [["mine", *header, "to ask", "", "empty"], *(["", *line, "", "", ""] for line in rest)]
    own[2][0], own[3][-3], own[4][-2] = "a", "b", "c"
    assert not_carried(as_csv(own)) == ["column mine", "column to ask", "column AA"]
    assert not_carried(as_csv(lines)) == []
    assert not_carried(b"\xef\xbb\xbf") == ["all that it holds"]
