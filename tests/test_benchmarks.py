"""The benchmarks run: what they measure is measured by hand, not in a test."""

import gc
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from conftest import IN_FULL, settings_without

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
NOTEBOOK = BENCHMARKS.parent / "notebooks" / "01_permissions.ipynb"


QUICK = [
    ("scan.py", [str(BENCHMARKS / "texts/linxiu-2022.txt")], "linxiu-2022"),
]
SLOW = [
    ("scale.py", ["2"], "\n       2"),
    ("export.py", ["1"], "both"),
    ("audit.py", ["1", "3"], "\n       3"),
    ("load.py", ["--runs", "1"], "figures"),
    ("notebooks.py", ["--runs", "1", str(NOTEBOOK)], NOTEBOOK.stem),
    ("edition.py", ["1"], "written"),
]


@pytest.mark.skipif(
    not BENCHMARKS.is_dir(), reason="the benchmarks lie in the repository, not in the wheel"
)
@pytest.mark.parametrize(("script", "arguments", "line"), QUICK + SLOW * IN_FULL)
def test_a_benchmark_runs(script, arguments, line):
    """The script ends with status 0 on a small case and prints the line asked for; the audit's also
    finds what was planted.
    """
    own = settings_without("PYTHONSAFEPATH")
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / script), *arguments],
        env=own,  # in which a script finds those beside it
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert line in done.stdout


@pytest.mark.skipif(
    not BENCHMARKS.is_dir(), reason="the benchmarks lie in the repository, not in the wheel"
)
def test_comparing_grows_in_step_with_the_reports(tmp_path, monkeypatch):
    """Twice as many reports take at most three times as long to be compared in one indicator, in
    processor time.
    """
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from audit import many

    from baoding_data.comparison.peers import beside
    from baoding_data.tables.seeds import Seeds

    spent = []
    for size in (30, 60, 120):
        many(tmp_path / str(size), size)
        tables = Seeds(tmp_path / str(size))
        gc.disable()  # what other tests left is not paid for here
        try:
            start = process_time()
            assert len(beside(tables, "reconsideration_accepted", "report-0")) == size
            spent.append(process_time() - start)
        finally:
            gc.enable()
    assert all(more <= 3 * less + 0.2 for less, more in pairwise(spent)), spent
