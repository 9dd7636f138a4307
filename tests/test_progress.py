"""What a terminal tells of a long work, and that nothing else hears of it."""

import io
import re
import sys

import pytest

from baoding_data import progress
from baoding_data.cli import main
from baoding_data.progress import watched
from baoding_data.tables.seeds import Seeds


class Terminal(io.StringIO):
    """A stream that a person reads."""

    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    """What a terminal is told of work that takes long from its beginning."""
    stream = Terminal()
    monkeypatch.setattr(progress, "PATIENCE", -1)
    monkeypatch.setattr(sys, "__stderr__", stream)
    return stream


def test_a_terminal_is_told_how_much_is_done(terminal):
    """Each thing that is done is counted, on one line, which is gone at the end."""
    assert list(watched("abc", 3000, "letters read")) == ["a", "b", "c"]
    lines = terminal.getvalue().split("\r")[1:]
    assert lines == [*(f"{done} of 3,000 letters read\x1b[K" for done in range(3)), "\x1b[K"]


def test_the_line_is_gone_where_the_work_ends_early(terminal):
    """So it is where the work is broken off."""

    def broken():
        yield "a"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(watched(broken(), 2, "letters read"))
    assert terminal.getvalue().endswith("letters read\x1b[K\r\x1b[K")


def test_short_work_tells_nothing(terminal, monkeypatch):
    """Work that is done within two seconds is not spoken of."""
    monkeypatch.setattr(progress, "PATIENCE", 2)
    assert list(watched("abc", 3, "letters read")) == ["a", "b", "c"]
    assert not terminal.getvalue()


def test_a_pipe_is_told_nothing(monkeypatch):
    """Where nobody reads along nothing is told, however long it takes."""
    stream = io.StringIO()
    monkeypatch.setattr(progress, "PATIENCE", -1)
    for instead in (stream, None):
        monkeypatch.setattr(sys, "__stderr__", instead)
        assert list(watched("abc", 3, "letters read")) == ["a", "b", "c"]
    assert not stream.getvalue()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("check", ["reports audited"]),
        ("export figures.csv", ["reports audited", "reports read", "reports put in rows"]),
    ],
)
def test_commands_tell_what_they_do(
    command, told, terminal, seeds_of_county, tmp_path, monkeypatch, capsys
):
    """The audit and the exports tell what takes them long, of as many reports as there are."""
    monkeypatch.chdir(tmp_path)
    assert main([*command.split(), "--seeds", str(seeds_of_county)]) == 0
    tables = Seeds(seeds_of_county)
    every = {
        "reports audited": len(tables.reports),
        "reports read": len(tables.texts),
        "reports put in rows": len(tables.texts),
    }
    for words in told:
        of = every[words]
        last = re.findall(f"([0-9]+) of ([0-9]+) {words}", terminal.getvalue())[-1]
        assert of > 1 and last == (str(of - 1), str(of))
    assert "\r" not in "".join(capsys.readouterr())
