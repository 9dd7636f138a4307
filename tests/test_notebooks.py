"""The notebooks: stored executed, the same on every machine, and able to fail."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(path, kind):
    return [
        cell
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == kind
    ]


def outputs(path):
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


def test_the_notebooks_are_there():
    """Overview, permissions, disputes, enforcement, audit, comparison and rule-making are all in
    the folder.
    """
    assert [path.stem for path in NOTEBOOKS] == [
        "00_overview",
        "01_permissions",
        "02_disputes",
        "03_enforcement",
        "04_audit",
        "05_comparison",
        "06_rulemaking",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_code_cell_is_stored_executed(path):
    """No cell was cleared or skipped before storing: all are counted from one, and all that show
    something have outputs.
    """
    code = cells(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        assert cell["outputs"] or "".join(cell["source"]).startswith("from "), cell["source"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_chart_has_its_alternative_text_and_its_table(path):
    """The cell that draws also shows the table that it drew, and describes the chart in both
    languages.
    """
    drawn = 0
    for cell in cells(path, "code"):
        pictures = [output for output in cell["outputs"] if "image/png" in output.get("data", {})]
        drawn += len(pictures)
        for picture in pictures:
            alt = picture["metadata"]["image/png"]["alt"]
            assert re.search("[\u4e00-\u9fff]", alt) and "Chart: " in alt
            assert any(
                "<table" in "".join(output["data"].get("text/html", ""))
                for output in cell["outputs"]
            )
    assert drawn >= (1 if path.stem == "04_audit" else 3)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_outputs_hold_nothing_of_the_machine(path):
    """No warning, error, object address, absolute path or time stamp is stored."""
    for output in outputs(path):
        assert (
            output["output_type"] in ("display_data", "stream") and output.get("name") != "stderr"
        )
        words = json.dumps(
            {k: v for k, v in output.get("data", {}).items() if k != "image/png"}
        ) + str(output.get("text", ""))
        assert not re.search(
            r"0x[0-9a-f]{6}|(?:^|[\s\"'(])/(?:[a-z]+/)+|[0-9]{2}:[0-9]{2}:[0-9]{2}", words
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_number_is_typed_into_the_prose(path):
    """Headings and introductions hold no digit that the data could give; links to other notebooks
    apart.
    """
    for cell in cells(path, "markdown"):
        assert not re.search("[0-9]", re.sub(r"\]\([^)]*\)", "]", "".join(cell["source"])))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_headings_are_in_both_languages(path):
    """Every heading has its Chinese and its English line, and the English one holds no Han
    character.
    """
    for cell in cells(path, "markdown"):
        zh, en = "".join(cell["source"]).splitlines()[:2]
        assert (
            re.search("[\u4e00-\u9fff]", zh)
            and en.startswith("##")
            and not re.search("[\u4e00-\u9fff]", en)
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_code_cell_calls_one_named_function(path):
    """The notebook argues and the library computes: the first cell imports, names the report and
    reads the seeds, once; any other is one call, about that report in those seeds.
    """
    first = (
        r"from baoding_data\.notebook import [a-z]+(?:, [a-z]+)?\n"
        r"from baoding_data\.tables\.seeds import load\n\n"
        r"REPORT, SEEDS = \"baoding-2022\", load\(\)"
    )
    call = r"[a-z]+\.[a-z_]+\((?:\"[a-z_]+\", )?report=REPORT, seeds=SEEDS\)\.show\(\)"
    line = r"print\(overview\.audit_line\(SEEDS\)\)"
    begun, *others = ("".join(cell["source"]) for cell in cells(path, "code"))
    assert re.fullmatch(first, begun) and len(others) <= 12
    for source in others:
        assert re.fullmatch(f"{call}|{line}", source)


def test_a_changed_figure_fails_the_notebooks_that_show_it_and_no_other(tmp_path, changed):
    """With one suit more concluded in report and tables, nbval fails the overview, disputes and the
    audit, at the cells that show it.
    """
    for name in ("baoding_data", "notebooks"):
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "seeds"),
        )
    if not changed.samefile(tmp_path / "seeds"):
        shutil.copytree(changed, tmp_path / "seeds")
    # What is imported from the copy, wherever the tests themselves take the library from.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | {
        "PYTHONPATH": str(tmp_path)
    }
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-rf",
            "-p",
            "no:cacheprovider",
            "-n",
            "2",
            "--dist",
            "loadscope",
            "--nbval",
            "--nbval-current-env",
            "--nbval-sanitize-with",
            "notebooks/sanitize.cfg",
            "notebooks",
        ],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env=clean,
        check=False,
    )
    failed = {}
    for name, cell in re.findall(r"^FAILED notebooks/(\w+)\.ipynb::Cell (\d+)", done.stdout, re.M):
        failed.setdefault(name, set()).add(int(cell))
    shows = {
        path.stem: {
            number
            for number, cell in enumerate(cells(path, "code"))
            if re.search(
                r"审结.{0,40}45|\b45\b",
                json.dumps(
                    [o.get("data", {}).get("text/plain") for o in cell["outputs"]],
                    ensure_ascii=False,
                ),
            )
        }
        for path in NOTEBOOKS
    }
    assert (
        set(failed)
        == {name for name, numbers in shows.items() if numbers}
        == {"00_overview", "02_disputes", "04_audit", "05_comparison"}
    ), done.stdout[-3000:]
    assert all(failed[name] for name in failed) and failed["02_disputes"] == shows["02_disputes"]


def test_a_stored_output_that_differs_is_found_and_mended(tmp_path):
    """`notebooks/run.py` names the cell whose stored text is not what the code gives, rewrites the
    notebook, and then leaves it alone.
    """
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("run.py", "01_permissions.ipynb"):
        (folder / name).write_bytes((ROOT / "notebooks" / name).read_bytes())
    path = folder / "01_permissions.ipynb"
    good = path.read_bytes()
    bad = good.replace("市本级行政许可事项293项".encode(), "市本级行政许可事项294项".encode())
    assert bad != good
    path.write_bytes(bad)

    def run():
        return subprocess.run(
            [sys.executable, folder / "run.py"], capture_output=True, encoding="utf-8", cwd=tmp_path
        )

    first = run()
    assert first.returncode == 0 and "01-03" in first.stdout and path.read_bytes() == good, (
        first.stdout + first.stderr
    )
    assert "unchanged" in run().stdout and path.read_bytes() == good
