"""Every column of every table is guarded: by a rule, or by the seal of the second reader."""

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from attack import say
from conftest import IN_FULL

from baoding_data.checks.audit import check
from baoding_data.curation.sign import sign
from baoding_data.tables.files import plain_rows, written
from baoding_data.tables.integrity import check_codes, check_figures_filled
from baoding_data.tables.records import RECORDS
from baoding_data.tables.schema import Schema
from baoding_data.tables.seeds import Seeds


def rules_of(found):
    return {finding.rule for finding in found}


def found_by(signed, name, file, raw):
    """The rules that find a changed table: those of its file, or of codes, or of the whole audit;
    the first of these to find more than a broken seal.
    """
    schema = signed.schemas[name]
    before = (file.removeprefix("figures/").removesuffix(".csv"),) if name == "figures" else ()
    read = schema.read(file, raw, *before)
    rules = rules_of([*read.findings, *read.remarks])
    if rules - {"reader"}:
        return rules
    if name == "reports":
        tables = changed(signed, file, raw)
        rules = rules_of([*tables.findings, *tables.remarks])
    else:
        tables = signed.replaced(**{name: read.rows})
        rules |= rules_of([*check_codes(tables), *check_figures_filled(tables)])
    return rules if rules - {"reader"} else rules | rules_of(check(tables))


def changed(signed, file, raw):
    """The folder read with one file changed."""
    tables = Seeds(signed.folder.path, {file: raw})
    if set(tables.texts) == set(signed.texts):
        # They are the same, and need not be read again.
        tables.texts = signed.texts
    return tables


def changes(rows, fields, key):
    """(line, field, guarded by a reader, cell, other cell) of one row in each column, or four,
    other ones from column to column.
    """
    step = max(1, len(rows) // (4 if IN_FULL else 1))
    for at, field in enumerate(fields):
        if field["name"] == "reader":
            continue
        read = field.get("guard") == "reader" or field["name"] in key
        for number in range(1 + at % step, len(rows), step):
            cell = rows[number][at]
            above = rows[number - 1][at] if number > 1 else "x"
            for new in {"", cell + "某", cell[::-1], above} - {cell}:
                yield number, at, read, cell, new


@pytest.mark.parametrize("name", RECORDS)
def test_every_column_is_guarded_by_rules_or_by_a_reader(folder, record_property, name):
    """A changed cell is found in the file itself: by the rules, or, in the columns given to a
    second reader and in keys, by the seal.
    """
    sign("R0", seeds=folder)
    signed = Seeds(folder)
    resource = next(r for r in signed.package["resources"] if r["name"] == name)
    fields, key = resource["schema"]["fields"], resource["schema"]["primaryKey"]
    file = resource["path"] if isinstance(resource["path"], str) else resource["path"][0]
    rows = list(csv.reader(StringIO((folder / file).read_text(encoding="utf-8"), newline="")))
    survivors, unguarded, sealed, total = [], [], Counter(), 0
    for number, at, read, cell, new in changes(rows, fields, key):
        row = rows[number]
        other = [*row[:at], new, *row[at + 1 :]]
        raw = written([*rows[:number], other, *rows[number + 1 :]])
        rules = found_by(signed, name, file, raw)
        total += 1
        if total % 12 == 0:
            seen = rules_of(check(changed(signed, file, raw)))
            assert seen >= rules and (rules - {"reader"} or seen == rules), (number, cell, new)
        column = fields[at]["name"]
        if not rules:
            survivors.append((number + 1, column, cell, new))
        elif rules == {"reader"}:
            sealed[column] += 1
            unguarded += [] if read else [(number + 1, column, cell, new)]
    by_seal = ", ".join(f"{column} {count}" for column, count in sealed.items())
    left = f", {sealed.total()} by the seal alone: {by_seal}" if sealed else ""
    say(record_property, f"cells of {name}", total - len(survivors), total, left)
    assert survivors == [] and unguarded == [], "\n".join(map(str, survivors + unguarded))


# --- the short way through a table

SPOILED = {
    "as it is": lambda raw: raw,
    "line ends of Windows": lambda raw: raw.replace(b"\n", b"\r\n"),
    "a mark at the beginning": lambda raw: b"\xef\xbb\xbf" + raw,
    "no line end at the end": lambda raw: raw.rstrip(b"\n"),
    "empty lines": lambda raw: raw.replace(b"\n", b"\n\n"),
    "a line of commas at the end": lambda raw: raw + b",,,\n",
    "a cell more": lambda raw: raw.rstrip(b"\n") + b",x\n",
    "empty cells more": lambda raw: raw.rstrip(b"\n") + b",,\n",
    "a cell with a line end": lambda raw: raw.replace(b",", b',"a\nb"', 1),
    "blanks at the ends of cells": lambda raw: raw.replace(b",", b" ,", 40),
    "blanks before cells": lambda raw: raw.replace(b",", b", ", 60),
    "powers of ten": lambda raw: raw.replace(b",", b",1E+05,", 50),
    "an error of a program": lambda raw: raw.replace(b",,", b",#REF!,"),
    "a sign that nobody sees": lambda raw: raw.replace("法".encode(), "法\u200b".encode(), 1),
    "a form like another": lambda raw: raw.replace("行".encode(), "⾏".encode(), 1),
    "mojibake": lambda raw: raw + "鍏ㄥ競鍏卞彈鐞嗚\n".encode(),
    "lost characters": lambda raw: raw.replace("政".encode(), b"??", 3),
    "an open quotation mark": lambda raw: raw + b'"x\n',
    "a row twice": lambda raw: raw + raw.splitlines(keepends=True)[-1],
    "half of it": lambda raw: raw[: len(raw) // 2],
    "a carriage return": lambda raw: raw.replace(b",", b"\r,", 1),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_table_is_read_alike_whichever_way(how, seeds, monkeypatch):
    """What the short way reads of a table, each cell looked at reads too, and finds nothing more,
    however little of it is read together or kept; a sound table goes the short way.
    """
    short, fresh = 0, {one["name"]: Schema(one) for one in seeds.package["resources"]}
    for name, schema in seeds.schemas.items():
        files = schema.path if isinstance(schema.path, list) else [schema.path]
        for file in files:
            raw = SPOILED[how](seeds.folder.raw(file))
            before = [Path(file).stem] * (name == "figures")
            with monkeypatch.context() as patch:
                read = schema.typed(file, raw, *before)
                patch.setattr("baoding_data.tables.files.BLOCK", 400)
                patch.setattr("baoding_data.tables.schema.KEPT", 3)
                assert fresh[name].typed(file, raw, *before) == read, file
                assert fresh[name].typed(file, raw, *before) == read, file
                short += plain_rows(raw, schema.columns) is not None
                patch.setattr("baoding_data.tables.schema.plain_rows", lambda *_: None)
                patch.setattr("baoding_data.tables.schema.Field.sound", lambda *_: None)
                assert schema.typed(file, raw, *before) == read, file
    assert short > 10 if how == "as it is" else short < 20
