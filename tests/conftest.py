"""The seeds, read once, and copies of their folder to break."""

import shutil
from hashlib import sha256

import pytest

import baoding_data as bd
from baoding_data.tables import Seeds, home

REPORT = "baoding-2022"


def own(rows):
    """The rows of a table that belong to the one report on file."""
    return [row for row in rows if row["report"] == REPORT]


@pytest.fixture(scope="session")
def seeds():
    """The seeds as they are; tests that change something change a copy."""
    tables = Seeds()
    assert not tables.findings and tables.texts
    return tables


@pytest.fixture(scope="session")
def report(seeds):
    """The text of the one report."""
    return seeds.texts[REPORT]


@pytest.fixture
def folder(tmp_path):
    """A copy of the seeds to break."""
    return shutil.copytree(home(), tmp_path / "seeds")


@pytest.fixture
def edit(folder):
    """Replace, in one file of the copied seeds, the one place where a string stands."""

    def replace(file, old, new):
        content = (folder / file).read_bytes()
        old, new = (part if isinstance(part, bytes) else part.encode() for part in (old, new))
        assert content.count(old) == 1, f"{file} holds {old!r} {content.count(old)} times"
        (folder / file).write_bytes(content.replace(old, new))

    return replace


@pytest.fixture
def changed(tmp_path):
    """A copy of the seeds in which the report says 46 suits concluded and a loss rate of 2.17 %."""
    seeds = tmp_path / "seeds"
    shutil.copytree(home(), seeds)

    def swap(file, *pairs):
        path = seeds / file
        content = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in content
            content = content.replace(old, new)
        path.write_text(content, encoding="utf-8", newline="")

    text = "reports/baoding-2022.txt"
    before = sha256((seeds / text).read_bytes()).hexdigest()
    swap(text, ("审结45件", "审结46件"), ("败诉率2.22%", "败诉率2.17%"))
    swap("reports.csv", (before, sha256((seeds / text).read_bytes()).hexdigest()))
    swap("figures/baoding-2022.csv", ("litigation_concluded,45,45,", "litigation_concluded,46,46,"), ("审结45件", "审结46件"),
         ("litigation_loss_rate,2.22%,2.22,", "litigation_loss_rate,2.17%,2.17,"), ("败诉率2.22%", "败诉率2.17%"))
    assert not len(bd.audit(seeds).findings)
    return seeds
