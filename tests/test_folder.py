"""The folder of tables attacked: its description, the cells of every table, and what lies about.

Each change is tried in memory on the small invented tables: it is found, or does no harm, and no
command ends in a traceback.
"""

import json
import os
import random
import shutil
import warnings
from contextlib import suppress
from copy import deepcopy
from functools import cache, reduce
from itertools import count
from operator import getitem

import pytest
from attack import say
from conftest import IN_FULL, as_csv, read_csv

import baoding_data as bd
from baoding_data.checks.audit import check
from baoding_data.checks.examples import FOLDER, REPORT, Changed
from baoding_data.cli import main
from baoding_data.comparison.peers import changes, compared
from baoding_data.errors import LeftOut
from baoding_data.tables.codebook import pages
from baoding_data.tables.figures import of_all
from baoding_data.tables.names import search
from baoding_data.tables.seeds import Seeds, load
from baoding_data.workbook import flat

TURN = count()


@cache
def invented():
    """The files of the invented tables, by their names."""
    files = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*.csv")}
    return {name: path.read_bytes() for name, path in files.items()} | Changed().files


def used(tables, tmp_path):
    """Ask the tables what the commands and the notebooks ask them."""
    figures = of_all(tables)
    flat.table(tables, figures, "both", flat.others(tables, figures))
    pages(tables)
    search(tables, "案件")
    report = bd.report(REPORT, tables)
    if not next(TURN) % 8:  # what takes longest
        report.profile()
        bd.export(tmp_path / "x.xlsx", report=REPORT, peers=True, seeds=tables)
    for indicator in dict.fromkeys(figure.indicator for figure in figures):
        for ask in (
            lambda name: compared(tables, name, REPORT),
            lambda name: bd.per_head(name, seeds=tables),
        ):
            with suppress(bd.BaodingError):  # there may be nothing to compare
                ask(indicator)
        changes(tables, indicator, tables.source[REPORT].place)


def tried(files, tmp_path):
    """What is found in the invented tables with some files changed; what is left of them is asked
    all that commands ask, which may end in `BaodingError` only.
    """
    try:
        tables = Seeds(FOLDER, {**invented(), **files})
    except bd.BaodingError as error:
        assert error.findings or "datapackage.json" in str(error), error
        return error.findings
    found = check(tables)
    try:
        used(load(tables), tmp_path)
    except bd.BaodingError as error:
        assert found, error
    return found


def chosen(changes, number):
    """So many of the changes by chance, the same at each run; in full, twenty times as many."""
    return random.Random(number).sample(list(changes), number * (20 if IN_FULL else 1))


def attacked(record, name, changes, tmp_path):
    """Try changes, given as (what, files); assert that none ends in anything but findings; have
    counted how many are found, and the others told, which do no harm.
    """
    failed, found, harmless = [], 0, 0
    for what, files in changes:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", LeftOut)
                some = bool(tried(files, tmp_path))
            found, harmless = found + some, harmless + (not some)
        except Exception as error:  # whatever is no BaodingError is what is looked for
            failed.append(f"{what}: {error!r}")
    total = found + harmless + len(failed)
    say(record, name, found, total, f", {harmless} do no harm")
    assert failed == [], "\n".join(failed)
    assert total > 40


# --- the description

TREATED = ("delete", "rename", "double", "swap", None, "", 0, [], {}, "x", True)


def places(thing, way=()):
    """Every place in the description, as the keys and numbers that lead to it."""
    inside = thing.items() if isinstance(thing, dict) else enumerate(thing)
    for key, value in inside:
        yield (*way, key)
        if isinstance(value, dict | list):
            yield from places(value, (*way, key))


def treated(package, way, how):
    """The description with one place deleted, renamed, doubled, exchanged with the next one, or
    with another value there.
    """
    package = deepcopy(package)
    holder = reduce(getitem, way[:-1], package)
    key, value = way[-1], holder[way[-1]]
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    after = keys[(keys.index(key) + 1) % len(keys)]
    if how == "delete":
        del holder[key]
    elif how == "swap":
        holder[key], holder[after] = holder[after], value
    elif how == "double" and isinstance(holder, list):
        holder.insert(key, value)
    elif how == "rename" and isinstance(holder, dict):
        holder[f"{key}s"] = holder.pop(key)
    elif how not in ("double", "rename"):
        holder[key] = how
    return package


def test_no_change_of_the_description_ends_in_a_traceback(record_property, tmp_path):
    """Each place in it deleted, renamed, doubled, exchanged with its neighbour, or another value
    put there: that is found, or does no harm.
    """
    package = json.loads(invented()["datapackage.json"])

    def changes():
        for way, how in chosen(((way, how) for way in places(package) for how in TREATED), 120):
            other = treated(package, way, how)
            if other != package:
                yield (way, how), {"datapackage.json": json.dumps(other).encode()}

    attacked(record_property, "description", changes(), tmp_path)


# --- cells

CELLS = ("", "nothing", "很长" * 2000, "NaN", "-1", "1e9", "a\nb", "a,b")


def test_no_cell_ends_in_a_traceback(record_property, tmp_path):
    """Each cell of every table emptied, or with an unknown code, a very long text, a number out of
    range, a line break or a comma: that is found, or does no harm to any command.
    """
    tables = {name: read_csv(raw) for name, raw in invented().items() if name.endswith(".csv")}

    def cells():
        for name, (head, *rows) in tables.items():
            for row in range(1, len(rows) + 1):
                for at in range(len(head)):
                    yield from ((name, row, at, cell) for cell in CELLS)

    def changes():
        for name, row, at, cell in chosen(cells(), 60):
            lines = deepcopy(tables[name])
            if lines[row][at] != cell:
                lines[row][at] = cell
                what = f"{name}, row {row + 1}, {lines[0][at]}: {cell[:20]!r}"
                yield what, {name: as_csv(lines)}

    attacked(record_property, "cells", changes(), tmp_path)


# --- what lies about


@pytest.fixture
def small(tmp_path):
    """The invented tables in a folder of their own."""
    folder = shutil.copytree(FOLDER, tmp_path / "seeds")
    for name, raw in invented().items():
        (folder / name).write_bytes(raw)
    return folder


STRAY = (
    "~$terms.csv",
    ".DS_Store",
    "Thumbs.db",
    "reports.csv~",
    "reports (1).csv",
    "figures/.~lock.x.csv#",
    "figures/~$x.csv",
    "reports/.#x.txt",
    ".hidden.csv",
)


def test_what_programs_leave_lying_about_breaks_nothing(small):
    """Locks, backups, copies, hidden files and folders with the name of a file change neither the
    audit nor the fingerprint.
    """
    before = Seeds(small).fingerprint
    for name in STRAY:
        (small / name).write_bytes(b"\xff\xfe")
    for name in ("old.csv", "figures/x.csv", "reports/x.txt"):
        (small / name).mkdir()
    for name in (".#reports.csv", "figures/.#x.csv", "reports/y.txt"):
        (small / name).symlink_to("nobody@nowhere.1234:5678")
    (small / "zero.csv").symlink_to("/dev/zero")
    os.mkfifo(small / "pipe.csv")
    os.mkfifo(small / "figures/pipe.csv")
    tables = Seeds(small)
    assert check(tables) == [] and tables.fingerprint == before
    (small / "reports/notes.txt").write_text("notes", encoding="utf-8", newline="")
    [finding] = check(Seeds(small))
    assert (finding.file, finding.found) == ("seeds/reports/notes.txt", "reports of no report")


PLACED = {
    "a pipe": lambda path, other: os.mkfifo(path),
    "a folder": lambda path, other: path.mkdir(),
    "a device": lambda path, other: path.symlink_to("/dev/zero"),
    "a link that leads out of the folder": lambda path, other: path.symlink_to(other),
    "a link to no file": lambda path, other: path.symlink_to("nowhere"),
}


@pytest.mark.parametrize("what", PLACED)
@pytest.mark.parametrize(
    "file", ["datapackage.json", "terms.csv", f"figures/{REPORT}.csv", f"reports/{REPORT}.txt"]
)
def test_what_is_no_ordinary_file_is_never_opened(small, tmp_path, capsys, file, what):
    """Table, text or description in whose place a pipe, a folder, a device or a link elsewhere
    stands is one finding that says which.
    """
    path, other = small / file, tmp_path / "other"
    path.rename(other)
    PLACED[what](path, other)
    status = 2 if file == "datapackage.json" else 1
    assert main(["check", "--seeds", str(small)]) == status
    shown = capsys.readouterr()
    assert (shown.out + shown.err).count(what) == 1
    if status == 1:
        [finding] = Seeds(small).findings
        assert what in finding.found


def test_a_link_inside_the_folder_is_read(small):
    """A table that is a link to an ordinary file of the folder counts as that file."""
    path = small / "terms.csv"
    path.rename(small / "terms 2026.csv")
    path.symlink_to("terms 2026.csv")
    assert check(Seeds(small)) == []


@pytest.mark.parametrize("what", ["a pipe", "a folder", "a device"])
@pytest.mark.parametrize(
    "command",
    [
        ["scan"],
        ["scan", REPORT, "-o"],
        ["accept"],
        ["add", "--place", "澄平县", "--year", "2024"],
        ["clean", "-o", "new.txt"],
    ],
    ids=lambda command: " ".join(command[:1] + command[2:3]),
)
def test_an_argument_that_is_no_ordinary_file_is_refused(small, tmp_path, capsys, command, what):
    """Commands say what stands there, and do not wait for it."""
    path = tmp_path / "file.csv"
    PLACED[what](path, None)
    assert main([command[0], "--seeds", str(small), *command[1:], str(path)]) == 2
    assert f"{path}: {what}, and no ordinary file" in capsys.readouterr().err
