"""Files as people really save them: read rightly, or refused with what happened and how to save
them right.
"""

import csv
import json
import re
import subprocess
import sys

import pytest
from conftest import FIGURES, REPORT, TABLES, as_csv, line_of, read_csv, refused, takes_long
from hypothesis import given
from hypothesis import strategies as st

import baoding_data as bd
from baoding_data.checks.audit import check
from baoding_data.cli import main
from baoding_data.curation.sign import sign
from baoding_data.tables import cells, files
from baoding_data.tables.seeds import Seeds

TEXT = f"reports/{REPORT}.txt"


def findings(folder):
    """All findings of the audit as text, one a line."""
    return [str(finding) for finding in check(Seeds(folder))]


# --- tables

OTHER_FORMS = {
    "empty": (b"", "an empty file"),
    "blank": (b"\xef\xbb\xbf\r\n", "an empty file"),
    "gb18030": (lambda b: b.decode().encode("gb18030"), "GBK or GB18030"),
    "utf-16": (lambda b: b.decode().encode("utf-16"), "UTF-16"),
    "unicode text": (lambda b: b.decode().replace(",", "\t").encode("utf-16"), "UTF-16"),
    "cut utf-16": (b"\xff\xfe\x00", "UTF-16"),
    "semicolons": (lambda b: b.replace(b",", b";"), "semicolons"),
    "tabs": (lambda b: b.replace(b",", b"\t"), "tabs"),
    "full-width commas": (lambda b: b.replace(b",", "，".encode()), "full-width commas"),
    "upright strokes": (lambda b: b.replace(b",", b"|"), "upright strokes"),
    "sep": (lambda b: b"sep=,\n" + b, "sep="),
    "xlsx": (lambda b: b"PK\x03\x04" + b, "an Excel workbook"),
    "xls": (lambda b: b"\xd0\xcf\x11\xe0" + b, "an old Excel"),
    "pdf": (lambda b: b"%PDF-1.7\n" + b, "a PDF"),
    "html": (lambda b: b"\n<!DOCTYPE html><html>" + b, "a web page"),
    "error page": (b"<html><body>404</body></html>", "a web page"),
    "broken byte": (lambda b: b[:200] + b"\x81" + b[200:], "not UTF-8"),
    "NUL": (b"\x00", "missing"),
    "quotation mark": (lambda b: b + b'x,"y\n', "not CSV"),
    "quotation mark in the header": (b'a,"b\n', "not CSV"),
}


@pytest.mark.parametrize("file", TABLES)
@pytest.mark.parametrize("form", OTHER_FORMS)
def test_a_table_saved_otherwise_has_one_finding(folder, file, form):
    """A whole table saved in another form is one finding that names the form and the way to save it
    right, and no other rule adds to it.
    """
    path, (content, found) = folder / file, OTHER_FORMS[form]
    path.write_bytes(content if isinstance(content, bytes) else content(path.read_bytes()))
    tables = Seeds(folder)
    [finding] = check(tables)
    assert [finding] == tables.findings
    assert finding.file == f"seeds/{file}" and found in finding.found
    assert "CSV" in finding.wanted + finding.advice
    assert "save it as" in finding.advice or "quotation mark" in finding.advice


@pytest.mark.parametrize("file", TABLES)
def test_a_missing_table_has_one_finding(folder, file):
    """A table that is not there is one finding with its name."""
    (folder / file).unlink()
    tables = Seeds(folder)
    [finding] = check(tables)
    assert [finding] == tables.findings
    assert str(finding).startswith(f"seeds/{file}: found no such file; ")


def cut(cells):
    """A row less the empty cells at its end, as spreadsheet programs leave them off."""
    filled = [at for at, cell in enumerate(cells, 1) if cell]
    return cells[: max(filled, default=0)]


HARMLESS = {
    "byte order mark": lambda b: b"\xef\xbb\xbf" + b,
    "CRLF": lambda b: b.replace(b"\n", b"\r\n"),
    "CR": lambda b: b.replace(b"\n", b"\r"),
    "no line end": lambda b: b.rstrip(b"\n"),
    "empty lines": lambda b: b + b"\n\n \n",
    "a line of commas": lambda b: b + b"," * b.split(b"\n")[0].count(b",") + b"\n",
    "last commas lost": lambda b: as_csv(map(cut, read_csv(b))),
    "commas added": lambda b: as_csv([*cells, "", " "] for cells in read_csv(b)),
    "all quoted": lambda b: as_csv(read_csv(b), quoting=csv.QUOTE_ALL),
}


@pytest.mark.parametrize("form", HARMLESS)
def test_tables_saved_harmlessly_are_read_as_they_were(folder, seeds, form):
    """Byte order mark, line ends, empty lines at the end and quotation marks around every cell
    change nothing in any table.
    """
    for path in (folder / file for file in TABLES):
        before = path.read_bytes()
        path.write_bytes(HARMLESS[form](before))
        assert path.read_bytes() != before or form == "last commas lost"  # a table may have none
    tables = Seeds(folder)
    assert check(tables) == []
    assert {name: tables.rows(name) for name in seeds.schemas} == {
        name: seeds.rows(name) for name in seeds.schemas
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "advice"),
    [
        (FIGURES, "18.89万,188900", "18.89万,1.89E+05", "value", "may have lost digits"),
        (FIGURES, "18.89万,188900", '18.89万,"1,89E+05"', "value", "may have lost digits"),
        (FIGURES, "18.89万,188900", "1.89E+05,188900", "printed", "may have lost digits"),
        (FIGURES, "18.89万,188900", "18.89万,１８８９００", "value", "write 188900"),
        (FIGURES, "18.89万,188900", '18.89万,"188,900"', "value", "write 188900"),
        (FIGURES, "18.89万,188900", "18.89万,188 900", "value", "write 188900"),
        (FIGURES, "18.89万,188900", "18.89万,188\u00a0900", "value", "write 188900"),
        (FIGURES, "18.89万,188900", "18.89万,########", "value", "set to text"),
        (FIGURES, "18.89万,188900", "18.89万,#NAME?", "value", "set to text"),
        (FIGURES, "31.3%,31.3", '31.3%,"31,3"', "value", "write it so"),
        (FIGURES, "实现了“三个百分百,1/3", "实现了“三个百分百,1月3日", "shared", "write 1/3 again"),
        (FIGURES, "实现了“三个百分百,1/3", "实现了“三个百分百,3-Jan", "shared", "write 1/3 again"),
        (
            FIGURES,
            "实现了“三个百分百,1/3",
            "实现了“三个百分百,2022/1/3",
            "shared",
            "write 1/3 again",
        ),
        (FIGURES, "essays_received,105", "ｅssays_received,105", "indicator", "half-width"),
        (
            FIGURES,
            "征文活动共收到作品105篇",
            "征文活动共收到作品\u200b105篇",
            "quote",
            "type the cell anew",
        ),
        (
            FIGURES,
            "征文活动共收到作品105篇",
            "征文活动共收到作品\ufffd105篇",
            "quote",
            "type the cell anew",
        ),
        ("reports.csv", "2023-03-16", "2023/3/16", "published", "write 2023-03-16"),
        ("reports.csv", "2023-03-16", "2023.3.16", "published", "write 2023-03-16"),
        ("reports.csv", "2023-03-16", "2023年3月16日", "published", "write 2023-03-16"),
        ("reports.csv", "2023-03-16", "２０２３-０３-１６", "published", "write 2023-03-16"),
        ("reports.csv", "2023-03-16", "45001", "published", "count of days"),
        ("reports.csv", "2023-03-16", "3/16/2023", "published", "write it so"),
        ("places.csv", "130600,保定市", "1.306E+05,保定市", "place", "may have lost digits"),
        (
            "places.csv",
            "130600,保定市",
            "１３０６００,保定市",
            "place",
            "write 130600, with half-width",
        ),
        (
            "indicators.csv",
            "essays_received,leadership,主题征文作品",
            "essays_received,leadership,#REF!",
            "label_zh",
            "set to text",
        ),
    ],
)
def test_a_cell_that_a_program_spoiled_is_named(folder, edit, file, old, new, column, advice):
    """A cell that a spreadsheet program changed is a finding at its row and column, with what
    happened to it and what to write; no table is read with it, unless the cell is one of text.
    """
    row = line_of(folder / file, old)
    edit(file, old, new)
    found = check(Seeds(folder))
    here = [f for f in found if (f.file, f.row, f.column) == (f"seeds/{file}", row, column)]
    assert any(advice in finding.advice for finding in here), found
    assert all(finding.wanted and finding.found for finding in here)
    if column not in ("printed", "quote", "label_zh"):
        assert set(here) & set(refused(folder))


@given(st.text())
def test_no_cell_is_too_strange_for_advice(cell):
    """Whatever stands in a cell, there is one line of advice for it."""
    for kind in ("integer", "number", "date", "shared", "string"):
        assert cells.advice(cell, kind)
    assert cells.broken(cell) in (True, False) and isinstance(cells.odd_sign(cell), str)


@given(st.binary())
def test_no_bytes_are_too_strange(raw):
    """Whatever bytes a file holds, either they are text in UTF-8 or there are words for what they
    are.
    """
    if not files.spoiled(raw):
        raw.decode("utf-8")
    assert files.difference(raw, "0" * 64) is None or all(files.difference(raw, "0" * 64))


@given(st.decimals(min_value=0, max_value=10**9, places=0))
def test_a_whole_number_in_other_clothes_is_recognised(number):
    """A whole number with thousands separators or full-width digits comes with the plain form to
    write.
    """
    for written in (
        f"{number:,}",
        f"{number:,}".replace(",", " "),
        str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ):
        assert written == str(number) or cells.advice(written, "integer") == f"write {number}"


# --- texts


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda b: None, "no file"),
        (lambda b: b"", "an empty file"),
        (lambda b: b"\xef\xbb\xbf \n\n", "an empty file"),
        (lambda b: b.decode().encode("gb18030"), "GBK or GB18030"),
        (lambda b: b.decode().encode("utf-16"), "UTF-16"),
        (lambda b: b"<!DOCTYPE html>\n<html><body>" + b, "a web page"),
        (lambda b: b"%PDF-1.5 ...", "a PDF"),
        (lambda b: b"PK\x03\x04...", "zip file"),
        (lambda b: b[:9000] + b"\xff" + b[9000:], "not UTF-8"),
        (lambda b: b[: b.index("市仲裁庭".encode())], "in the middle of a sentence"),
        (lambda b: b.replace(b"\n", b"\r\n"), "line ends were changed to CRLF"),
        (lambda b: b.replace(b"\n", b"\r"), "line ends were changed to CR;"),
        (lambda b: b.decode().encode().decode("gb18030", "replace").encode(), "mojibake in 2"),
        (lambda b: b.decode().encode("ascii", "replace"), "characters lost"),
        (lambda b: b"\xef\xbb\xbf" + b, "a byte order mark was added"),
        (
            lambda b: b"\xef\xbb\xbf" + b.replace(b"\n", b"\r\n"),
            "byte order mark was added and line ends",
        ),
        (lambda b: b + b"\n" if not b.endswith(b"\n") else b[:-1], "at the end"),
    ],
    ids=[
        "missing",
        "empty",
        "blank",
        "gb18030",
        "utf-16",
        "html",
        "pdf",
        "docx",
        "broken byte",
        "cut",
        "CRLF",
        "CR",
        "mojibake",
        "lost",
        "byte order mark",
        "both",
        "last line end",
    ],
)
def test_a_text_that_is_not_as_published_has_one_finding(folder, change, found):
    """A text that is missing, of another kind, cut, or saved otherwise is one finding at its
    report, with what to do.
    """
    path, content = folder / TEXT, change((folder / TEXT).read_bytes())
    path.unlink() if content is None else path.write_bytes(content)
    [finding] = findings(folder)
    assert finding.startswith("seeds/reports.csv, row 2") and found in finding


# --- the console


def test_findings_are_readable_in_a_gbk_console(folder, edit):
    """In a console of Chinese Windows every word of the findings arrives; only what GBK does not
    have turns into question marks.
    """
    edit(FIGURES, "18.89万,188900", "18.89万,1.89E+05")
    edit(FIGURES, "征文活动共收到作品105篇", "征文活动收到作品105篇")
    edit("reports.csv", "2023-03-16", "2023/3/16")
    done = subprocess.run(
        [sys.executable, "-m", "baoding_data.cli", "check", "--seeds", str(folder)],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "gbk", "PATH": ""},
    )
    shown = done.stdout.decode("gbk")
    assert done.returncode == 1 and not done.stderr
    assert (
        "“征文活动收到作品105篇”, not in the report" in shown
        and "1.89E+05" in shown
        and "write 2023-03-16" in shown
    )
    assert not re.search(r"(?<!\?)\?(?!\?)", shown.replace("#NAME?", "")), (
        "a word of the findings is not in GBK"
    )


# --- second readings


def test_chosen_rows_are_signed(folder):
    """`observations.csv:146-147,148` marks those three rows and no other; a table or rows that are
    not there are named, and nothing is marked.
    """
    assert sign("R9", ["observations.csv:146-147,148"], folder) == [
        ("seeds/observations.csv", row) for row in (146, 147, 148)
    ]
    assert {row.line for row in Seeds(folder).observations if row.reader.startswith("R9")} == {
        146,
        147,
        148,
    }
    before = (folder / "observations.csv").read_bytes()
    for asked in (
        "observations.csv:1",
        "observations.csv:9-2",
        "observations.csv:2-9999",
        "observations.csv:x",
        "observations.csv:2,",
        "observation.csv:2",
    ):
        with pytest.raises(bd.BaodingError, match="rows 2 to|did you mean"):
            sign("R9", [asked], folder)
    assert (folder / "observations.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "row"),
    [
        ("indicators.csv", "经省人大通过的地方性法规", "经市人大通过的地方性法规", 23),
        ("indicators.csv", "Essays received,篇", "Essays written,篇", 5),
        ("terms.csv", "bound,about,约,about", "bound,about,约,roughly", None),
        ("places.csv", "保定市,Baoding,city", "保定市,Baodin,city", None),
        ("reports.csv", "888888019-394615", "888888019-394616", 2),
        ("identities.csv", "许可事项总数等于", "许可事项总数约等于", 2),
        (FIGURES, "12亿,1200000000,元,exact,not_stated", "12亿,1200000000,元,exact,government", 18),
        (
            FIGURES,
            (
                "会议次数报告未载。,The report does not state the number of"
                " meetings.,,,,,\ncounsel_government"
            ),
            (
                "会议次数未载。,The report does not state the number of"
                " meetings.,,,,,\ncounsel_government"
            ),
            25,
        ),
    ],
)
def test_what_no_rule_can_protect_is_sealed_by_its_second_reader(folder, edit, file, old, new, row):
    """A changed label, definition, note, name, address, word or inferred scope breaks the seal of
    its row's second reading.
    """
    sign("R0", seeds=folder)
    edit(file, old, new)
    found = bd.audit(folder).findings
    assert (
        set(found["rule"]) == {"reader"}
        and set(found["file"]) == {f"seeds/{file}"}
        and len(found) == 1
    )
    assert row is None or found["row"].item() == row


@takes_long
def test_every_guarded_cell_is_sealed(folder):
    """In every table, a change of any cell that the description gives to a second reader is found,
    at its row.
    """
    sign("R0", seeds=folder)
    other = {"string": "某", "date": "2024-05-06", "integer": "1999", "number": "1999"}
    missed = []
    for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))[
        "resources"
    ]:
        file = resource["path"] if isinstance(resource["path"], str) else resource["path"][0]
        header, *lines = read_csv(folder / file)
        for at, field in enumerate(resource["schema"]["fields"]):
            if field.get("guard") != "reader":
                continue
            changed = [header, *map(list, lines)]
            number = 1 + at % len(lines)
            text = changed[number][at] if field["type"] == "string" else ""
            changed[number][at] = text + other[field["type"]]
            found = check(Seeds(folder, {file: as_csv(changed)}))
            if not any(f.rule == "reader" and f.row == number + 1 for f in found):
                missed.append((file, field["name"]))
    assert missed == []


def test_signing_marks_the_rows_that_were_read(folder, edit, capsys):
    """`baoding sign` marks just the rows that were changed or never read, prints them, and the
    audit holds again; twice changes nothing.
    """
    sign("R0", seeds=folder)
    before = (folder / "terms.csv").read_bytes()
    edit("indicators.csv", "Essays received,篇", "Essays handed in,篇")
    assert main(["check", "--seeds", str(folder)]) == 1
    capsys.readouterr()
    assert main(["sign", "R7", "--seeds", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "seeds/indicators.csv, row 5: signed",
        "1 row signed",
    ]
    assert (folder / "terms.csv").read_bytes() == before
    assert re.search(
        r"Essays handed in.*,R7 [0-9-]{10} [0-9a-f]{8}\n",
        (folder / "indicators.csv").read_text(encoding="utf-8"),
    )
    assert findings(folder) == []
    content = (folder / "indicators.csv").read_bytes()
    assert (
        main(["sign", "R8", "--seeds", str(folder)]) == 0
        and (folder / "indicators.csv").read_bytes() == content
    )


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["r7"], "no initials"),
        (["R7", "figurs.csv"], "did you mean"),
        (["R7", "../x.csv"], "no table"),
    ],
)
def test_signing_refuses_what_it_cannot_do(folder, capsys, arguments, answer):
    """Initials of another form and tables that are not there are refused, and nothing is
    written.
    """
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert main(["sign", *arguments, "--seeds", str(folder)]) == 2
    assert answer in capsys.readouterr().err
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_signing_refuses_tables_that_cannot_be_read(folder, edit, capsys):
    """No row is signed while a table is broken."""
    edit("reports.csv", "2023-03-16", "2023/3/16")
    assert main(["sign", "R7", "--seeds", str(folder)]) == 2
    assert "row 2, published" in capsys.readouterr().err


# --- read in another encoding, and saved so

MOJIBAKE = {
    "UTF-8 read as GBK": lambda text: text.encode().decode("gb18030", "replace"),
    "UTF-8 read as Latin-1": lambda text: text.encode().decode("latin-1"),
    "characters lost": lambda text: text.encode("ascii", "replace").decode(),
    "characters lost in Latin-1": lambda text: text.encode("latin-1", "replace").decode("latin-1"),
}


@pytest.mark.parametrize("file", TABLES)
@pytest.mark.parametrize("how", MOJIBAKE)
def test_a_table_in_mojibake_has_one_finding(folder, seeds, file, how):
    """A whole table that was read in another encoding and saved again is one finding, which names
    what happened and the rows, and no other rule adds to it; so is one with a single such row.
    """
    text = (folder / file).read_text(encoding="utf-8")
    *before, last = text.rstrip("\n").split("\n")
    assert not last.isascii()
    for damaged in (MOJIBAKE[how](text), "\n".join([*before, MOJIBAKE[how](last), ""])):
        tables = Seeds(folder, {file: damaged.encode()})
        [finding] = check(tables)
        assert [finding] == tables.findings and finding.file == f"seeds/{file}"
        assert "mojibake in " in finding.found and how.partition(" in ")[0] in finding.found
    assert finding.row == len(read_csv(text)) and f"1 row ({finding.row})" in finding.found
    assert "git" in finding.advice


def test_one_lost_character_is_told_at_its_cell(folder):
    """It spoils no table."""
    raw = (folder / FIGURES).read_text(encoding="utf-8").replace("征文活动", "征\ufffd活动", 1)
    tables = Seeds(folder, {FIGURES: raw.encode()})
    assert not tables.spoiled and "U+FFFD" in str(check(tables))
