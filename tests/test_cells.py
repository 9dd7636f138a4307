"""Every column of every table is guarded: by a rule, or by the seal of the second reader."""

import csv
from collections import Counter
from io import StringIO

import pytest
from attack import say

from baoding_data.checks.audit import check
from baoding_data.curation.sign import sign
from baoding_data.tables.seeds import Seeds

RESOURCES = {r["name"]: r for r in Seeds().package["resources"]}


@pytest.mark.parametrize("name", RESOURCES)
def test_every_column_is_guarded_by_rules_or_by_a_reader(folder, capsys, name):
    """A changed cell is found in the file itself: by the rules, or, in the columns given to a
    second reader and in keys, by the seal.

    Of a long table about ten rows are changed in each column, other ones from column to column.
    """
    resource = RESOURCES[name]
    sign("R0", seeds=folder)
    file = resource["path"] if isinstance(resource["path"], str) else resource["path"][0]
    rows = list(csv.reader(StringIO((folder / file).read_text(encoding="utf-8"), newline="")))
    step = max(1, len(rows) // 10)
    survivors, unguarded, sealed, total = [], [], Counter(), 0
    for at, field in enumerate(resource["schema"]["fields"]):
        read = field.get("guard") == "reader" or field["name"] in resource["schema"]["primaryKey"]
        if field["name"] == "reader":
            continue
        for number in range(1 + at % step, len(rows), step):
            cell = rows[number][at]
            for new in {
                "",
                cell + "某",
                cell[::-1],
                rows[number - 1][at] if number > 1 else "x",
            } - {cell}:
                out = StringIO(newline="")
                csv.writer(out, lineterminator="\n").writerows(
                    [*row[:at], new, *row[at + 1 :]] if i == number else row
                    for i, row in enumerate(rows)
                )
                (folder / file).write_text(out.getvalue(), encoding="utf-8", newline="")
                total += 1
                rules = {f.rule for f in check(Seeds(folder))}
                if not rules:
                    survivors.append((number + 1, field["name"], cell, new))
                elif rules == {"reader"}:
                    sealed[field["name"]] += 1
                    unguarded += [] if read else [(number + 1, field["name"], cell, new)]
    say(
        capsys,
        f"cells of {name}",
        total - len(survivors),
        total,
        (
            f", {sealed.total()} by the seal alone:"
            f" {', '.join(f'{column} {count}' for column, count in sealed.items())}"
            if sealed
            else ""
        ),
    )
    assert survivors == [] and unguarded == [], "\n".join(map(str, survivors + unguarded))
