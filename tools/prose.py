"""Print every sentence that the project says about figures, both languages side by side.

    python tools/prose.py            # of the notebooks and of seeds/questions.csv

A sentence is a template: {indicator} stands for a figure. In a notebook it is any pair of strings
of which the first is Chinese.
"""

import ast
import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from baoding_data.errors import told
from baoding_data.reading import content

AGAIN = "take it from git or another copy"
ROOT = Path(__file__).resolve().parents[1]
HAN = re.compile("[\u4e00-\u9fff]")


class Prose(NamedTuple):
    """A pair of strings, and where it stands."""

    where: str
    zh: str
    en: str


def of_notebooks(folder: Path = ROOT / "notebooks") -> Iterator[Prose]:
    """The pairs in the code cells of notebooks."""
    for path in sorted(folder.glob("*.ipynb")):
        for cell in json.loads(content(path, AGAIN))["cells"]:
            if cell["cell_type"] == "code":
                for zh, en in pairs("".join(cell["source"])):
                    yield Prose(f"{path.stem} {cell['id']}", zh, en)


def pairs(source: str) -> Iterator[tuple[str, str]]:
    """The pairs of strings in a cell, as they stand.

    >>> list(pairs('report.ask("a", title=("受理{a}", "{a} accepted"), share=("a", "b"))'))
    [('受理{a}', '{a} accepted')]
    """
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Tuple)]
    for node in sorted(found, key=lambda one: (one.lineno, one.col_offset)):
        words = [one.value for one in node.elts if isinstance(one, ast.Constant)]
        if len(words) == len(node.elts) == 2 and all(isinstance(word, str) for word in words):
            zh, en = words
            if zh == en or HAN.search(zh):
                yield zh, en


def of_questions(file: Path = ROOT / "seeds" / "questions.csv") -> Iterator[Prose]:
    """The templates and labels of the questions."""
    lines = io.StringIO(content(file, AGAIN).decode("utf-8-sig"), newline="")
    for row in csv.DictReader(lines):
        for name in ("title", "what", "say", "labels"):
            if row[f"{name}_zh"]:
                where = f"questions.csv {row['question']}, {name}"
                yield Prose(where, row[f"{name}_zh"], row[f"{name}_en"])


def main() -> None:
    where = ""
    for one in (*of_notebooks(), *of_questions()):
        if one.where != where:
            print(f"\n{one.where}")
            where = one.where
        print(f"  {one.zh}\n  {one.en}")


if __name__ == "__main__":
    sys.exit(told(main))
