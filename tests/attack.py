"""What attacks share: a table or the text changed in memory, and whether the audit finds it, and
where.

The rows are changed after they were read, so that types, codes and keys, which test_tables.py
attacks, find nothing here.
"""

import copy
import re
from collections import namedtuple

from conftest import REPORT

from baoding_data.checks.audit import check
from baoding_data.text.report import Report

Mutant = namedtuple("Mutant", "what tables file rows")


def mutant(
    seeds, what, rows, figures=None, text=None, file="seeds/figures/baoding-2022.csv", **tables
):
    """The seeds with a table or the text replaced; `rows` are the rows of which a finding must name
    one.
    """
    changed = copy.copy(seeds)
    changed.findings = []
    for name in ("codebook", "words", "source", "where", "shares", "ratios", "counted"):
        changed.__dict__.pop(name, None)
    changed.figures = seeds.figures if figures is None else figures
    if text is not None:
        changed.texts = {REPORT: Report(text)}
    for name, value in tables.items():
        setattr(changed, name, value)
    return Mutant(what, changed, file, {rows} if isinstance(rows, int) else set(rows))


def other_digits(written):
    """A number with each digit changed, dropped, doubled, and swapped with its neighbour, as typing
    errors do.
    """
    found = []
    for i, c in enumerate(written):
        if c in "0123456789":
            found += [
                written[:i] + str((int(c) + 1) % 10) + written[i + 1 :],
                written[:i] + written[i + 1 :],
                written[:i] + c + written[i:],
            ]
            if written[i + 1 : i + 2].isdigit():
                found.append(written[:i] + written[i + 1] + c + written[i + 2 :])
        elif c in "一二三四五六七八九两百":
            found += [written[:i] + d + written[i + 1 :] for d in "四六"]
    return sorted(
        {
            f
            for f in found
            if f
            and f != written
            and re.search(r"\d|[一-龥]", f)
            and not f.startswith(".")
            and not f.endswith(".")
        }
    )


def say(capsys, name, killed, total, left=""):
    with capsys.disabled():
        print(f"\n  {name.replace('_', ' '):<28}{killed:>5} of {total:<5} found{left}", end="")


def attacked(seeds, capsys, kind):
    """Assert that every mutant of a kind is found, and that a finding names the file and a row that
    was changed; print how many were.
    """
    mutants = list(kind(seeds))
    survivors, misplaced = [], []
    for m in mutants:
        found = check(m.tables)
        if not found:
            survivors.append(m.what)
        elif not any(f.file == m.file and f.row in m.rows for f in found):
            misplaced.append(f"{m.what}: {found[0]}")
    say(capsys, kind.__name__, len(mutants) - len(survivors), len(mutants))
    assert len(mutants) >= 6
    assert survivors == [], "\n" + "\n".join(map(str, survivors))
    assert misplaced == []
