"""The seeds, read once, and copies of their folder to break."""

import shutil

import pytest

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
