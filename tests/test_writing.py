"""Files that are written: what may be written over, who may change the tables, and what is left
when a program is killed or two work at once.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from conftest import IN_FULL, NEW, REPORT, as_csv, everything, read_csv, register
from hypothesis import given
from hypothesis import strategies as st

import baoding_data as bd
from baoding_data.cli import main
from baoding_data.curation.drafts import read_draft, write_draft
from baoding_data.curation.scan import scan
from baoding_data.curation.sign import sign
from baoding_data.tables import changing
from baoding_data.tables.seeds import Seeds
from baoding_data.writing import is_sealed, mark, replace, sealed, sealed_rows

KILLS, RACES = (200, 100) if IN_FULL else (10, 8)
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes that begin as copies")
needs_nodes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and devices as on Unix")


@pytest.fixture(scope="module")
def chart():
    """An answer that can be stored as a chart."""
    return bd.report("baoding-2022").sentence("litigation_lost")


def exported(path, **choice):
    """A file that `export` has written."""
    bd.export(path, topics=["disputes"], **choice)
    return path


# --- what may be written over


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x.png", "x.svg", "x.pdf"])
def test_what_this_program_wrote_is_written_over(tmp_path, name, chart):
    """A workbook, a table or a chart that is just as it was written gives way to a new one."""
    path = tmp_path / name
    if name in ("x.xlsx", "x.csv"):
        assert bd.export(path, topics=["disputes"]) and bd.export(path, topics=["business"])
    else:
        assert chart.save(path, "zh") and chart.save(path, "en") and not chart.save(path, "en")


def added_sheet(path):
    book = openpyxl.load_workbook(path)
    book.create_sheet("mine").cell(1, 1, "what I think of it")
    book.save(path)


def resaved(path):
    openpyxl.load_workbook(path).save(path)


def note_changed(path):
    text = path.read_bytes().decode("utf-8-sig")
    path.write_bytes(text.replace("。", "！", 1).encode("utf-8-sig"))


def row_added(path):
    with path.open("ab") as stream:
        stream.write(b"mine,1\r\n")


def column_added(path):
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line.replace(b"\r\n", b",mine\r\n") for line in lines))


def one_byte(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


EDITS = [
    ("x.xlsx", added_sheet),
    ("x.xlsx", resaved),
    ("x.xlsx", one_byte),
    ("x.csv", note_changed),
    ("x.csv", row_added),
    ("x.csv", column_added),
    ("x.csv", one_byte),
]


@pytest.mark.parametrize(("name", "edit"), EDITS)
def test_what_a_person_has_changed_is_not_written_over(tmp_path, name, edit, capsys):
    """An export to which another hand has done anything is refused and stays as it is; moved away,
    as the message says, it makes room.
    """
    path = exported(tmp_path / name)
    edit(path)
    before = path.read_bytes()
    assert main(["export", str(path), "--topic", "business"]) == 2
    said = capsys.readouterr().err
    assert "was changed since" in said and "move this one away" in said and str(path) in said
    assert path.read_bytes() == before and os.listdir(tmp_path) == [name]
    path.rename(tmp_path / f"mine-{name}")
    assert main(["export", str(path), "--topic", "business"]) == 0


@pytest.mark.parametrize("table", ["observations.csv", "terms.csv", "figures/baoding-2022.csv"])
def test_a_table_is_not_written_over(folder, table):
    """A table of the seeds is no place for an export."""
    before = everything(folder)
    with pytest.raises(bd.BaodingError, match="name another f"):
        bd.export(folder / table, seeds=folder)
    assert everything(folder) == before


def test_a_draft_is_not_written_over_by_an_export(tmp_path):
    """A draft is no workbook, even while it is just as it was written."""
    path = tmp_path / "baoding-2022-zh.xlsx"
    write_draft(scan("baoding-2022"), path)
    before = path.read_bytes()
    with pytest.raises(bd.BaodingError, match="something else than the workbook"):
        bd.export(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_picture_of_another_hand_is_not_written_over(tmp_path, ending, chart):
    """A chart is not stored over what is no chart of this program, or one that was changed."""
    path = tmp_path / f"x.{ending}"
    chart.save(path)
    one_byte(path)
    before = path.read_bytes()
    with pytest.raises(bd.BaodingError, match="something else than the chart"):
        chart.save(path, "en")
    path.write_bytes(b"mine")
    with pytest.raises(bd.BaodingError, match="something else than the chart"):
        chart.save(path, "en")
    assert before != b"mine" and path.read_bytes() == b"mine"


def test_a_sealed_picture_is_still_one(tmp_path, chart):
    """The seal is in a place where the formats allow text: the pictures open."""
    from PIL import Image

    chart.save(tmp_path / "x.png")
    with Image.open(tmp_path / "x.png") as picture:
        picture.load()
        assert picture.text["Comment"].startswith("baoding_data chart ")
    chart.save(tmp_path / "x.svg")
    import xml.etree.ElementTree as tree

    assert tree.parse(tmp_path / "x.svg").getroot().tag.endswith("svg")


PNG = b"\x89PNG\r\n\x1a\n", b"\0\0\0\0IEND\xaeB`\x82"
PARQUET = st.tuples(st.binary(max_size=40), st.binary(max_size=40)).map(
    lambda parts: b"PAR1" + b"".join(parts) + len(parts[1]).to_bytes(4, "little") + b"PAR1"
)
DATA = st.binary(max_size=60) | st.binary(max_size=60).map(lambda inner: inner.join(PNG)) | PARQUET


@given(DATA, st.sampled_from(["page", "chart"]), st.data())
def test_a_seal_fits_what_was_sealed_and_nothing_else(data, what, more):
    """A seal fits; with a byte changed, taken out or put in, or as something else, it does not."""
    whole = sealed(data, what)
    assert is_sealed(whole, what) and not is_sealed(whole, "draft")
    at = more.draw(st.integers(0, len(whole) - 1))
    assert not is_sealed(whole[:at] + bytes([whole[at] ^ 32]) + whole[at + 1 :], what)
    assert (
        not is_sealed(whole[:at] + whole[at + 1 :], what) or whole[:at] + whole[at + 1 :] == whole
    )
    assert not is_sealed(whole[:at] + b"x" + whole[at:], what)


CELLS = st.lists(st.lists(st.text(max_size=4), min_size=2, max_size=2), min_size=2, max_size=4)


@given(CELLS, st.data())
def test_a_row_of_a_table_has_its_seal(rows, more):
    """A table is sealed row by row: with a cell, a head or a row that was not there it is not."""
    from baoding_data.workbook.flat import encoded

    whole = list(sealed_rows(rows))
    if read_csv(encoded(whole)) != whole:  # a lone carriage return, say
        return
    assert is_sealed(encoded(whole), "table")
    at, of = more.draw(st.integers(0, len(whole) - 1)), more.draw(st.integers(0, 1))
    other = [list(row) for row in whole]
    other[at][of] += "x"
    assert not is_sealed(encoded(other), "table")
    assert not is_sealed(encoded([*whole, ["x", "y", "z"]]), "table")


@needs_nodes
def test_what_is_no_file_is_not_written(tmp_path, seeds):
    """A pipe, a link to a device, a socket and a folder are refused at once, and stay."""
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "null.xlsx").symlink_to(os.devnull)
    (tmp_path / "folder.xlsx").mkdir()
    with socket.socket(socket.AF_UNIX) as one:
        here = os.getcwd()
        os.chdir(tmp_path)  # the name of a socket is short
        one.bind("socket.xlsx")
        os.chdir(here)
        kinds = {path.name: path.lstat().st_mode for path in tmp_path.iterdir()}
        for name in kinds:
            with pytest.raises(bd.BaodingError, match=name):
                bd.export(tmp_path / name, seeds=seeds)
            with pytest.raises(bd.BaodingError, match=name):
                write_draft([], tmp_path / name)
        assert {path.name: path.lstat().st_mode for path in tmp_path.iterdir()} == kinds


def test_a_link_that_leads_nowhere_yet_makes_the_file_there(tmp_path, seeds):
    """A link to a file that is still to be written stays a link."""
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    assert bd.export(tmp_path / "link.csv", seeds=seeds)
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "real.csv").is_file()


def test_a_name_may_be_as_long_as_any(tmp_path, seeds):
    """A name of 255 bytes is written, one of more is refused with what to do."""
    name = f"{'测' * 83}ab.csv"
    assert bd.export(tmp_path / name, seeds=seeds) and len(name.encode()) == 255
    with pytest.raises(bd.BaodingError, match="choose another name"):
        bd.export(tmp_path / f"x{name}", seeds=seeds)
    assert os.listdir(tmp_path) == [name]


def test_nothing_else_is_written_among_the_tables(drafted, capsys):
    """A draft or an export in the place of a report's table or text is refused."""
    before, seeds = everything(drafted), ["--seeds", str(drafted)]
    for folder in ("figures", "reports"):
        path = str(drafted / folder / f"{NEW}.csv")
        assert main(["scan", NEW, "-o", path, *seeds]) == 2
        assert main(["export", path, *seeds]) == 2
        assert "name another folder" in capsys.readouterr().err
    assert everything(drafted) == before


def test_a_text_is_not_written_out_of_the_folder(folder, invented, tmp_path):
    """A link in the place of a new report's text, which leads elsewhere, is refused, and stays."""
    (folder / f"reports/{NEW}.txt").symlink_to(tmp_path / "elsewhere.txt")
    before = everything(folder)
    with pytest.raises(bd.BaodingError, match="leads out of the folder.*remove the link"):
        register(folder, invented, "邯郸市", 2024)
    assert everything(folder) == before and not (tmp_path / "elsewhere.txt").exists()


@pytest.mark.parametrize(
    "command", [["scan", REPORT, "-o"], ["export"], ["sign", "R9", "--seeds"], ["accept"]]
)
def test_a_name_that_is_too_long_is_said_to_be_so(command, folder, capsys):
    """No command ends in a traceback for a name that no file can have."""
    seeds = ["--seeds", str(folder)] * ("--seeds" not in command)
    assert main([*command, f"{'x' * 300}.csv", *seeds]) == 2
    assert "File name too long" in capsys.readouterr().err


# --- drafts


def edited(path, change):
    """A draft after a person has worked on it in a spreadsheet program."""
    book = openpyxl.load_workbook(path)
    change(book["draft"])
    book.save(path)


def test_a_draft_that_a_person_has_edited_is_kept_beside(drafted, tmp_path, capsys):
    """What stood there before the new scan is kept whole under another name, colours and all, each
    time; what was written in it stands in the new draft too.
    """
    path, command = tmp_path / "d.xlsx", ["scan", NEW, "--seeds", str(drafted), "-o"]
    assert main([*command, str(path)]) == 0 and "kept" not in capsys.readouterr().out

    def change(sheet):
        [note] = [cell.column for cell in sheet[1] if cell.value == "note_zh"]
        sheet.cell(2, note, "我的话")
        sheet.cell(2, 1).fill = openpyxl.styles.PatternFill("solid", fgColor="FF00FF")

    for n in (1, 2)[: 2 if IN_FULL else 1]:
        edited(path, change)
        before = path.read_bytes()
        assert main([*command, str(path)]) == 0
        kept = tmp_path / f"d.kept-{n}.xlsx"
        assert str(kept) in capsys.readouterr().out and kept.read_bytes() == before
        assert read_draft(path)[0].note_zh == "我的话"
    assert main([*command, str(path)]) == 0 and "unchanged" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_scan_that_does_not_know_the_draft_keeps_it(drafted, tmp_path, ending):
    """Rows written over a draft without what a person has written in it: the draft is kept."""
    path, rows = tmp_path / f"d.{ending}", scan(NEW, drafted)
    write_draft([rows[0]._replace(note_zh="我的话"), *rows[1:]], path)
    before = path.read_bytes()
    done, kept = write_draft(rows, path)
    assert done and kept.read_bytes() == before and read_draft(path)[0].note_zh == ""


# --- what was read is compared again


def test_a_file_that_was_changed_in_between_is_not_replaced(tmp_path, monkeypatch):
    """Changed after it was read, before the new one is ready, or made meanwhile: it stays."""
    path = tmp_path / "x"
    path.write_bytes(b"theirs")
    for was in (mark(b"old"), None):
        with pytest.raises(bd.BaodingError, match="changed by somebody else"):
            replace(path, b"new", was)
    real = os.fsync

    def late(descriptor):
        path.write_bytes(b"last moment")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", late)
    with pytest.raises(bd.BaodingError, match="run the command again"):
        replace(path, b"new", mark(b"theirs"))
    assert path.read_bytes() == b"last moment" and os.listdir(tmp_path) == ["x"]
    monkeypatch.undo()
    assert replace(path, b"new", mark(b"last moment")) is True


def test_a_table_saved_meanwhile_is_not_lost(folder):
    """A table that a spreadsheet program saves after the command has read it is not overwritten by
    `sign`; run again, it signs.
    """
    table = folder / "overrides.csv"
    header, *rows = read_csv(table)
    assert header[-1] == "reader"
    unsigned = [header, *([*cells[:-1], ""] for cells in rows)]
    table.write_bytes(as_csv(unsigned))
    tables = Seeds(folder)
    table.write_bytes(saved := as_csv(unsigned[:-1]))
    with pytest.raises(bd.BaodingError, match="changed by somebody else"):
        sign("R3", [table.name], tables)
    assert table.read_bytes() == saved
    assert len(sign("R3", [table.name], folder)) == len(rows) - 1


def test_a_table_keeps_what_its_programs_know_it_by(folder):
    """A byte order mark and the line ends of a table that Excel has saved are there after `sign`,
    and nothing but the marks has changed.
    """
    table = folder / "overrides.csv"
    header, *rows = read_csv(table)
    unsigned = [header, *([*cells[:-1], ""] for cells in rows)]
    saved = b"\xef\xbb\xbf" + as_csv(unsigned).replace(b"\n", b"\r\n")
    table.write_bytes(saved)
    sign("R3", [table.name], folder)
    after = table.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf" + header[0].encode())
    assert after.count(b"\n") == after.count(b"\r\n") == len(unsigned)
    assert [cells[:-1] for cells in read_csv(table)] == [cells[:-1] for cells in unsigned]


# --- who may change the tables


@needs_fork
def test_a_lock_names_who_holds_it_and_ends_with_them(folder, monkeypatch):
    """While another process changes the tables a command says who it is; killed, it holds nothing
    any more, and nothing is left in the folder.
    """
    names = set(os.listdir(folder))
    there, ready = os.pipe()
    child = os.fork()
    if not child:
        with changing.changing(folder, "accept"):
            os.write(ready, b"x")
            time.sleep(60)
        os._exit(0)
    os.read(there, 1)
    monkeypatch.setattr(changing, "WAIT", 0.1)
    with pytest.raises(bd.BaodingError) as raised:
        sign("R3", ["places.csv"], folder)
    assert f"is being changed by baoding accept, process {child} on" in str(raised.value)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    sign("R3", ["places.csv"], folder)
    assert set(os.listdir(folder)) == names


@needs_nodes
def test_what_is_no_lock_stays_as_it_is(folder):
    """A folder, a pipe, a link to a table or a file of other words in the lock's place is refused
    with its name, and neither it nor what it leads to is changed; half a lock is in nobody's way.
    """
    lock, before = folder / changing.LOCK, everything(folder)
    for put in (
        lock.mkdir,
        lambda: os.mkfifo(lock),
        lambda: lock.symlink_to("reports.csv"),
        lambda: lock.write_text("mine", encoding="utf-8", newline=""),
    ):
        put()
        with pytest.raises(bd.BaodingError, match=r"\.lock: .*move it away"):
            sign("R3", ["places.csv"], folder)
        lock.rename(folder.parent / f"was-{lock.lstat().st_mode}")
        assert everything(folder) == before
    assert (folder.parent / f"was-{0o100644}").read_text(encoding="utf-8") == "mine"
    lock.write_text("baoding si", encoding="utf-8", newline="")
    sign("R3", ["places.csv"], folder)
    assert not lock.exists()


def test_tables_that_may_not_be_written_are_said_to_be_so(folder, monkeypatch):
    """Where no lock can be set, the folder is named, and what to do."""
    real = os.open

    def refusing(path, *more):
        if str(path).endswith(changing.LOCK):
            raise PermissionError(13, "Permission denied")
        return real(path, *more)

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(bd.BaodingError, match=r"cannot be changed \(Permission denied\); allow"):
        sign("R3", [], folder)


def test_a_full_disk_is_said_to_be_so(folder, tmp_path, monkeypatch):
    """Where there is no room, neither for a file nor for the lock, the cure is to make some."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(bd.BaodingError, match="x: cannot be written .*make room"):
        replace(tmp_path / "x", b"x", None)
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(bd.BaodingError, match="cannot be changed .*make room"):
        sign("R3", [], folder)
    assert not list(folder.glob(".*")) and not list(tmp_path.glob("*.tmp"))


# --- killed, and several at once


@needs_fork
@pytest.mark.parametrize(("work", "tries"), [("kills", KILLS), ("races", RACES)])
def test_nothing_is_lost(tmp_path, record_property, work, tries):
    """Killed at any moment a command leaves each file old or new, and completes what it did when
    it is run again; of commands that run at once each does what it says.
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    script = Path(__file__).with_name("at_once.py")
    command = [sys.executable, str(script), work, str(tries), str(tmp_path / "here")]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert not ran.returncode, f"{ran.stdout}\n{ran.stderr}"
    record_property("found", f"  {work:<28}{tries:>5} of {tries:<5} survived")
