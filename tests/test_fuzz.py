"""The fuzz: of inputs invented without end, what has to be true of each is."""

import os
import subprocess
import sys

import fuzz
import pytest
from conftest import IN_FULL, ROOT, settings_without
from fuzz import KINDS, Failed, failures, least, made

# Five thousand cases, or with `make attack` a million; another seed invents others.
THOUSANDS, CHUNKS = (1000, 20) if IN_FULL else (5, 1)
SEED = os.environ.get("FUZZ_SEED", "1")


@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_sent_in_is_answered_or_refused(kind, chunk, record_property):
    """What has to be true of each case of a kind is true of all that are tried; how many these are
    is printed at the end of the run.
    """
    count = KINDS[kind].share * THOUSANDS // CHUNKS
    failed = failures(kind, SEED, range(chunk * count, (chunk + 1) * count))
    record_property("cases", [kind, count])
    shown = "\n".join(map(str, failed[:5]))
    assert not failed, f"{len(failed)} of {count} failed, among them\n{shown}"


def test_the_cases_are_as_many_as_is_said():
    """The shares of all kinds make a thousand, so that the cases make five thousand or a
    million.
    """
    assert sum(kind.share for kind in KINDS.values()) == 1000


def test_a_case_is_made_again_from_its_number():
    """The same seed and number make the same case, another number or another seed another."""
    for kind in KINDS:
        if kind != "books":  # which hold the time of their making
            assert str(made(kind, "1", 7)) == str(made(kind, "1", 7))
    cases = [made("sentences", seed, number) for seed in "123" for number in range(20)]
    assert len(set(cases)) > 55


def test_a_fault_is_found_named_and_made_small(monkeypatch):
    """What breaks on some input fails, with the command that tries only it again, and is cut down
    to the least that breaks it; what ends in a refusal does not pass for an answer.
    """

    def breaks(text):
        assert "件" not in text, "holds a 件"

    monkeypatch.setitem(fuzz.KINDS, "sentences", fuzz.KINDS["sentences"]._replace(holds=breaks))
    failed = failures("sentences", "1", range(50))
    assert 3 < len(failed) < 50
    one = failed[0]
    assert isinstance(one, Failed) and "holds a 件" in one.what
    assert str(one).endswith(f"again: python tests/fuzz.py sentences 1 {one.number}")
    assert least("sentences", made("sentences", "1", one.number)) == "件"


def test_one_case_is_tried_by_its_command():
    """The command that a failure names tries that case, and ends with 0 where all is true of it."""
    command = [sys.executable, "tests/fuzz.py", "known", "1", "7"]
    own = settings_without("PYTHONSAFEPATH")
    done = subprocess.run(
        command, cwd=ROOT, env=own, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Known(") and done.stdout.endswith("all is true of it\n")
