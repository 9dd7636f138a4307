"""Many reports are audited by several processes, one alone, or only those that have changed."""

import gc
import subprocess
import sys

import pytest
from conftest import REPORT
from odd import folder_at

from baoding_data.checks import at_once, unchanged
from baoding_data.checks.audit import of_one, survey
from baoding_data.cli import main
from baoding_data.errors import BaodingError
from baoding_data.tables.seeds import Seeds

# In a process of its own: a copy of one with several threads would not be safe.
BOTH_WAYS = """
import os, sys, time
from baoding_data.checks import at_once
from baoding_data.checks.audit import survey
from baoding_data.tables.seeds import Seeds
alone = survey(Seeds(sys.argv[1]))
at_once.AT_A_TIME, at_once._processes = 1, lambda count: 2
tables = Seeds(sys.argv[1])
assert survey(tables) == alone and alone[0] and len(tables.reports) > 50, alone
slowly = lambda one: time.sleep(0.02) or os.getpid()
assert len({*at_once.each(slowly, range(40), 40)} - {os.getpid()}) == 2
"""


@pytest.mark.skipif(not hasattr(at_once.os, "fork"), reason="needs processes that are copies")
def test_several_processes_find_the_same_in_the_same_order(folder, edit):
    """Findings and lines of coverage are those of one process."""
    edit(f"figures/{REPORT}.csv", "litigation_cases,164,164", "litigation_cases,164,165")
    at_once_ = [sys.executable, "-c", BOTH_WAYS, str(folder)]
    done = subprocess.run(at_once_, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr


def test_an_audit_leaves_no_rings_of_objects(folder, edit):
    """What the audit makes is freed without a search for rings, which it therefore does without,
    and which is as it was afterwards.
    """
    edit(f"figures/{REPORT}.csv", "litigation_cases,164,164", "litigation_cases,164,165")
    gc.freeze()  # what other tests have left is not searched
    tables = Seeds(folder)
    survey(tables)
    gc.collect()
    looks = at_once.each(lambda _: gc.isenabled(), [1, 2], 0)
    assert [*looks] == [False, False] and gc.isenabled()
    gc.disable()
    try:
        assert len(survey(tables)[0]) == 1 and not gc.isenabled() and gc.collect() == 0
    finally:
        gc.enable()
        gc.unfreeze()


def test_one_report_is_audited_alone(folder, edit, capsys):
    """`check --report` finds what the whole audit finds of it, and of no other."""
    edit(f"figures/{REPORT}.csv", "litigation_cases,164,164", "litigation_cases,164,165")
    tables = Seeds(folder)
    whole, lines, _ = survey(tables)
    found, line = of_one(Seeds(folder), REPORT)
    assert found == whole != [] and line == lines[:1]
    assert main(["check", "--report", REPORT, "--seeds", str(folder)]) == 1
    assert capsys.readouterr().out.endswith(f"{line[0]}\n1 finding\n")
    other = next(row.report for row in tables.reports if row.status == "cited")
    assert of_one(tables, other) == ([], [])
    with pytest.raises(BaodingError, match="no report 'nowhere-2022'"):
        of_one(tables, "nowhere-2022")
    assert main(["check", "--report", REPORT, "--changed", "--seeds", str(folder)]) == 2
    assert "--changed: found with --report; wanted one of the two" in capsys.readouterr().err


def test_what_has_not_changed_since_nothing_was_found_is_left_out(tmp_path, capsys):
    """`check --changed` looks at a report again when a byte of its table or text, or of what all
    share, is another; one with a finding each time; the note of it is trusted for nothing else.
    """
    seeds = tmp_path / "seeds"
    folder_at(seeds)
    every = len(Seeds(seeds).reports)
    [table] = sorted((seeds / "figures").glob("chengping-2023.csv"))

    def left_out():
        status = main(["check", "--changed", "--seeds", str(seeds)])
        told = capsys.readouterr().out
        said = [line for line in told.splitlines() if "unchanged since" in line]
        return status, int(said[0].split()[0]) if said else 0

    assert left_out()[1] == 0
    (tmp_path / unchanged.NOTE).unlink()
    before = main(["check", "--seeds", str(seeds)])  # of all, which notes the same
    assert "unchanged since" not in capsys.readouterr().out
    sound = left_out()[1]
    assert 0 < sound <= every and left_out() == (before, sound)
    raw = table.read_bytes()
    table.write_bytes(raw.replace(b",", b" ,", 1))
    assert left_out() == (1, sound - 1) and left_out() == (1, sound - 1)
    table.write_bytes(raw)
    assert left_out()[1] == sound - 1 and left_out()[1] == sound
    terms = seeds / "terms.csv"
    terms.write_bytes(terms.read_bytes() + b"\n")
    assert left_out()[1] == 0
    (tmp_path / unchanged.NOTE).write_bytes(b"{}")
    assert left_out()[1] == 0 and left_out()[1] == sound


@pytest.mark.parametrize("there", [b"{}[", b'{"seeds": []}', b"[]", None])
def test_a_check_ends_the_same_where_nothing_can_be_noted(there, folder, capsys):
    """What no check has written is not written over, nor is a folder in the way; who asks for the
    note is told, and each check finds what it finds.
    """
    note = folder.parent / unchanged.NOTE
    note.unlink(missing_ok=True)
    note.mkdir() if there is None else note.write_bytes(there)
    status = main(["check", "--seeds", str(folder)])
    said = capsys.readouterr()
    assert said.err == "" and said.out.endswith("0 findings\n") and status == 0
    assert main(["check", "--changed", "--seeds", str(folder)]) == 0
    told = capsys.readouterr()
    assert told.out == said.out and f"not noted for `--changed`: {note}" in told.err
    assert note.is_dir() if there is None else note.read_bytes() == there


def test_nothing_is_noted_beside_an_installed_package(folder, monkeypatch):
    """A check of the tables inside the package leaves no file there."""
    monkeypatch.setattr(unchanged, "__file__", str(folder.parent / "checks" / "unchanged.py"))
    with pytest.raises(
        BaodingError, match="is an installed package, beside which nothing is noted"
    ):
        unchanged.note(Seeds(folder), [], {})
    assert not (folder.parent / unchanged.NOTE).exists()


def test_a_slip_in_what_all_share_does_not_undo_the_note(folder):
    """Where something is found in what all reports share, what was noted before stays, for it is
    trusted for the same bytes only.
    """
    assert main(["check", "--seeds", str(folder)]) == 0
    note = folder.parent / unchanged.NOTE
    noted, raw = note.read_bytes(), (folder / "terms.csv").read_bytes()
    (folder / "terms.csv").write_bytes(raw + b"x\n")
    assert main(["check", "--seeds", str(folder)]) == 1 and note.read_bytes() == noted
    (folder / "terms.csv").write_bytes(raw)
    assert unchanged.unchanged(Seeds(folder)).keys() == {*Seeds(folder).source}
