"""Commands that are killed at any moment, or that run at once, on a small folder of seeds: how many
were tried, and what was lost. A program of its own, since its processes begin as copies of it.

    python tests/at_once.py kills 200 FOLDER        python tests/at_once.py races 100 FOLDER
"""

import io
import os
import random
import shutil
import signal
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import openpyxl

from baoding_data.checks.audit import check
from baoding_data.checks.examples import FOLDER, Changed
from baoding_data.cli import main
from baoding_data.curation.drafts import write_draft
from baoding_data.curation.scan import scan
from baoding_data.tables.files import cells_of, written
from baoding_data.tables.seeds import Seeds

TEXT = """\
{place}人民政府关于{year}年法治政府建设情况的报告

2024年，坚持依法行政。现将情况报告如下：

一、主要工作

(一)办好复议案件。全年全县受理行政复议案件{number}件。

{place}人民政府

{next}年1月15日
"""
ABOUT = ["--title-en", "x", "--issuer-en", "x", "--url", "https://www.example.gov.cn/"]
SEEDS = ["--seeds", "seeds"]
COUNTIES = {"澄平县": "chengping", "远禾县": "yuanhe"}


def small(folder):
    """The invented seeds as a folder on disk, with a row that nobody has signed."""
    shutil.copytree(FOLDER, folder)
    for name, content in Changed().files.items():
        (folder / name).write_bytes(content)
    return folder


def registered(place, year):
    """The arguments that register the invented report of a county for a year."""
    text = Path(f"{COUNTIES[place]}-{year}.txt")
    said = TEXT.format(place=place, year=year, next=year + 1, number=year - 1990)
    text.write_text(said, encoding="utf-8", newline="")
    return ["add", str(text), "--place", place, "--year", str(year), *ABOUT, *SEEDS]


def curated(name):
    """The arguments that accept a draft of a report that was registered."""
    cells = {"read": "yes", "indicator": "cases", "reason": "", "period": "year", "quote": ""}
    cells |= {"scope": "whole_area", "scope_basis": "printed", "keyword": "", "context": ""}
    rows = [row._replace(**cells) if row.kind == "value" else row for row in scan(name, "seeds")]
    draft = f"{name}.csv"
    write_draft(rows, draft)
    return ["accept", draft, *SEEDS]


def quiet(*commands):
    """Run commands one after the other, without a word; the highest status."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return max(map(main, commands), default=0)


def apart(*commands):
    """A process that runs commands; its number."""
    child = os.fork()
    if child:
        return child
    status = 3
    try:
        status = quiet(*commands)
    finally:
        os._exit(status)


def status(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def everything():
    """All bytes of this folder, but for what a program that was killed may leave behind."""
    files = (path for path in sorted(Path().rglob("*")) if path.is_file())
    return {
        str(path): path.read_bytes()
        for path in files
        if path.suffix != ".tmp" and path.name != ".lock"
    }


# --- at once


def unsign(table):
    """Take the marks out of a table."""
    header, *rows = cells_of(Path("seeds", table).read_bytes())
    for row in rows:
        row[header.index("reader")] = ""
    Path("seeds", table).write_bytes(written([header, *rows]))


def races(tries):
    """In each try some commands run at once: two reports are accepted, two registered, two tables
    signed, or one of each. What ends with status 0 has to be there, and all of it. Says what was
    lost.
    """
    small(Path("seeds"))
    for number in range(tries):
        year = 2000 + number
        accepting, adding = list(COUNTIES.items()), list(COUNTIES)
        signing = ["places.csv", "neighbours.csv"]
        if kind := number % 4:
            accepting, adding, signing = (
                of if kind == nth else [] for nth, of in enumerate((accepting, adding, signing), 1)
            )
        else:
            accepting, adding, signing = accepting[:1], adding[1:], signing[:1]
        for table in signing:
            unsign(table)
        quiet(*(registered(place, year) for place, _ in accepting))
        commands = [curated(f"{name}-{year}") for _, name in accepting]
        commands += [registered(place, year) for place in adding]
        commands += [["sign", "R9", table, *SEEDS] for table in signing]
        ended = [status(child) for child in [apart(command) for command in commands]]
        tables = Seeds("seeds")
        there = [tables.source[f"{name}-{year}"].status == "audited" for _, name in accepting]
        there += [f"{COUNTIES[place]}-{year}" in tables.texts for place in adding]
        there += [all(row.reader for row in tables.rows(table[:-4])) for table in signing]
        if any(ended) or not all(there) or check(tables):
            yield f"{year}: status {ended}, there {there}, {check(tables)[:1]}"


# --- killed


def edited(draft):
    """A draft in which a person has written something, and beside it."""
    book = openpyxl.load_workbook(draft)
    sheet = book["draft"]
    [note] = [cell.column for cell in sheet[1] if cell.value == "note_zh"]
    sheet.cell(3, note, "我的话")
    book.create_sheet("mine").cell(1, 1, "mine")
    book.save(draft)


def prepared():
    """The commands that are killed, by their names; the folder then holds what they work on."""
    small(Path("seeds"))
    quiet(registered("远禾县", 2001))
    write_draft(scan("yuanhe-2001", "seeds"), "d.xlsx", "seeds")
    edited("d.xlsx")
    unsign("places.csv"), unsign("neighbours.csv")
    commands = {
        "add": registered("澄平县", 2002),
        "accept": curated("yuanhe-2001"),
        "sign": ["sign", "R9", *SEEDS],
        "scan": ["scan", "yuanhe-2001", "-o", "d.xlsx", *SEEDS],
        "export": ["export", "book.xlsx", "--lang", "en", *SEEDS],
        "flat": ["export", "flat.csv", "--lang", "en", *SEEDS],
    }
    for name in ("export", "flat"):
        quiet([*commands[name], "--lang", "zh"])
    return commands


def kills(tries):
    """Each command killed at a moment of its run: every file is the old or the new one, nothing
    that was there is gone, the audit finds nothing, and the same command then completes it and
    clears what was left. Says what was lost.
    """
    moments, home = random.Random(17), Path.cwd()
    commands = prepared()
    before = everything()
    shutil.copytree(home, "../model")
    took, after = {}, {}
    for name, command in commands.items():
        copied(home, f"../{name}")
        start = time.monotonic()
        assert status(apart(command)) == 0, name
        took[name], after[name] = time.monotonic() - start, everything()
    for number in range(tries):
        name = list(commands)[number % len(commands)]
        copied(home, f"../{number}")
        child = apart(commands[name])
        time.sleep(took[name] * moments.uniform(0.1, 1.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        now, ended = everything(), after[name]
        half = [file for file in now if now[file] not in (before.get(file), ended.get(file))]
        gone = before.keys() - now.keys()
        # Between its two files `add` leaves a text of no report, which the same command takes up.
        found = [one for one in check(Seeds("seeds")) if one.found != "reports of no report"]
        again = now != ended and quiet(commands[name])
        other = [file for file, data in everything().items() if ended.get(file, data) != data]
        # One that is empty may be about to be locked, for all that the next command knows.
        left = [str(path) for path in Path().rglob("*.tmp") if path.stat().st_size]
        if half or gone or found or again or other or left:
            yield f"{number} {name}: {half=} {gone=} {found=} {again=} {other=} {left=}"


def copied(home, name):
    """Go to a fresh copy of the folder that was prepared."""
    os.chdir(home)
    shutil.copytree("../model", name)
    os.chdir(name)


if __name__ == "__main__":
    work, count, place = sys.argv[1:]
    Path(place).mkdir(parents=True)
    os.chdir(place)
    losses = list({"kills": kills, "races": races}[work](int(count)))
    print("\n".join(losses))
    sys.exit(bool(losses))
