"""The notebooks: stored executed, the same on every machine, and able to fail."""

import ast
import asyncio
import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys
from importlib import util
from pathlib import Path

import nbformat
import pytest
from conftest import everything, takes_long
from PIL import Image

import baoding_data as bd
from baoding_data import errors, limits, reading, shown, writing
from baoding_data.notebook.again import again

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SPEC = util.spec_from_file_location("run", ROOT / "notebooks" / "run.py")
run = util.module_from_spec(SPEC)
SPEC.loader.exec_module(run)


def cells(path, kind):
    return [
        cell
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == kind
    ]


def outputs(path):
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


def test_the_notebooks_are_there():
    """Overview, audit and comparison are in the folder, and a page for each topic."""
    assert [path.stem for path in NOTEBOOKS] == [
        "00_overview",
        "01_permissions",
        "02_disputes",
        "03_enforcement",
        "04_audit",
        "05_comparison",
        "06_rulemaking",
        "07_leadership",
        "08_business",
        "09_oversight",
    ]


def test_every_page_leads_on_and_back():
    """Each page but the first leads back and each but the last leads on, at its head and at its
    foot, and whoever follows the way sees them all.
    """
    ways = {}
    for path in NOTEBOOKS:
        head, *_, foot = ("".join(cell["source"]) for cell in cells(path, "markdown"))
        assert head.splitlines()[-1] == foot
        ways[path.name] = dict(re.findall(r"(Back|Next): \[[^]]*\]\(([^)]*)\)", foot))
    assert all(ways[way["Next"]]["Back"] == name for name, way in ways.items() if "Next" in way)
    name, seen = "00_overview.ipynb", []
    while name:
        seen.append(name)
        name = ways[name].get("Next")
    assert sorted(seen) == sorted(ways)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_code_cell_is_stored_executed(path):
    """No cell was cleared or skipped before storing: all are counted from one, and all that show
    something have outputs.
    """
    code = cells(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        assert cell["outputs"] or "".join(cell["source"]).startswith("import "), cell["source"]


PICTURE = re.compile(r'<img alt="([^"]*)" src="data:image/png;base64,[A-Za-z0-9+/=]*"')


def html(output):
    """The HTML of an output, its picture left out."""
    return PICTURE.sub(r'<img alt="\1"', "".join(output.get("data", {}).get("text/html", "")))


def test_every_chart_has_its_alternative_text():
    """The picture of a chart is described in both languages, its finding first, and the figures
    drawn stand beside it with their sentences, but where the chart itself quotes one or counts.
    """
    drawn = 0
    for path in NOTEBOOKS:
        for cell in cells(path, "code"):
            for output in cell["outputs"]:
                for alt in re.findall(r'<img alt="([^"]*)"', html(output)):
                    drawn += 1
                    assert re.search("[\u4e00-\u9fff]", alt) and "Chart: " in alt
                    asked = {"ask", "beside"} & set(output["metadata"].get("baoding_data", {}))
                    assert not asked or "<table" in html(output)
    assert drawn > len(NOTEBOOKS)


def test_a_question_is_stored_with_its_answer():
    """The output of each question holds it as data, so that a page can be made without running
    anything: figures, chart, and the templates of both languages.
    """
    stored = [output["metadata"]["baoding_data"] for path in NOTEBOOKS for output in outputs(path)]
    asked = [one["ask"] for one in stored if "ask" in one]
    assert len(asked) > 2 * len(NOTEBOOKS)
    assert all(one.get("names") or one.get("groups") for one in asked)
    assert any(one.get("chart") == "funnel" and len(one["share"]) == 2 for one in asked)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_stored_question_asked_again_gives_the_answer_stored(path):
    """Whoever reads the questions of a notebook's outputs, and runs no kernel, gets its answers."""
    report = bd.report("baoding-2022")
    for output in outputs(path):
        question = output["metadata"]["baoding_data"]
        answer = again(report, question)
        assert repr(answer) == "".join(output["data"]["text/plain"])
        assert json.loads(json.dumps(answer.question)) == question


@pytest.mark.parametrize(
    "question",
    [
        None,
        [],
        {},
        {"rest": "x", "ask": {}},
        {"audit": "facts"},
        {"__init__": {}},
        {"ask": {"a": 1}},
    ]
    + [{"ask": {"chart": "Heading", "names": ["cases"]}}, {"search": [["a"]]}, {"beside": 1}],
    ids=str,
)
def test_what_is_no_question_is_refused(question):
    """What somebody wrote in the metadata of an output calls nothing else."""
    with pytest.raises(errors.BaodingError):
        again(bd.report("baoding-2022"), question)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_outputs_hold_nothing_of_the_machine(path):
    """No warning, error, object address, absolute path or time stamp is stored."""
    for output in outputs(path):
        assert (
            output["output_type"] in ("display_data", "stream") and output.get("name") != "stderr"
        )
        plain = output.get("data", {}).get("text/plain", "")
        words = json.dumps([html(output), plain]) + str(output.get("text", ""))
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
    for cell in cells(path, "markdown")[:-1]:  # the last leads on and back
        zh, en = "".join(cell["source"]).splitlines()[:2]
        assert (
            re.search("[\u4e00-\u9fff]", zh)
            and en.startswith("##")
            and not re.search("[\u4e00-\u9fff]", en)
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_code_cell_is_one_question(path):
    """The first cell imports and names the report; any other is one call of that report, stored
    folded, so that the page reads as an argument.
    """
    begun, *others = cells(path, "code")
    first = (
        r"import baoding_data as bd\n(from baoding_data import charts\n)?\nreport = bd\.report\("
    )
    assert re.match(first, "".join(begun["source"])) and 2 <= len(others) <= 12
    for cell in others:
        [node] = ast.parse("".join(cell["source"])).body
        assert isinstance(node, ast.Expr) and "".join(cell["source"]).startswith("report.")
        assert cell["metadata"]["jupyter"] == {"source_hidden": True}


# What the cells of notebooks show, all in one process; no picture, since those are not compared.
SHOW = """
import json, sys
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib.figure import Figure

Figure.savefig = lambda *arguments, **options: None
shell = InteractiveShell.instance()
shown = {}
for path in map(Path, sys.argv[1:]):
    shell.reset()
    shown[path.stem] = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            with capture_output() as captured:
                shell.run_cell("".join(cell["source"])).raise_error()
            data = [output.data for output in captured.outputs]
            texts = [[d.get("text/plain"), d.get("text/html")] for d in data]
            shown[path.stem].append([captured.stdout, texts])
json.dump(shown, sys.stdout)
"""


def stored(cell):
    """What a cell shows as it is stored, in the form in which `SHOW` gives it."""
    streams = [output["text"] for output in cell["outputs"] if output["output_type"] == "stream"]
    data = [output["data"] for output in cell["outputs"] if "data" in output]
    texts = [
        [d.get(kind) and "".join(d[kind]) for kind in ("text/plain", "text/html")] for d in data
    ]
    return bare(["".join(map("".join, streams)), texts])


def bare(shown):
    """What a cell shows, without its pictures and without the prompt of an interactive shell."""
    stream, texts = shown
    return [
        re.sub(r"Out\[\d+\]: \n?", "", stream),
        [[plain, told and PICTURE.sub("", told)] for plain, told in texts],
    ]


def test_a_changed_figure_changes_the_cells_that_show_it_and_no_other_notebook(tmp_path, changed):
    """With one suit more concluded in report and tables, the overview, disputes, the audit and the
    comparison show something else than they store; disputes just at the cells that show it.
    """
    ignored = shutil.ignore_patterns("seeds")
    shutil.copytree(ROOT / "baoding_data", tmp_path / "baoding_data", ignore=ignored)
    assert changed == tmp_path / "seeds"
    # What is imported from the copy, wherever the tests themselves take the library from.
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", SHOW, *NOTEBOOKS],
        capture_output=True,
        check=True,
        encoding="utf-8",
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    shown = json.loads(done.stdout)
    differ, show = {}, {}
    for path in NOTEBOOKS:
        code = cells(path, "code")
        before, now = list(map(stored, code)), list(map(bare, shown[path.stem]))
        assert len(now) == len(code)
        differ[path.stem] = {i for i in range(len(code)) if before[i] != now[i]}
        plain = [str([plain for plain, _ in texts]) for _, texts in before]
        show[path.stem] = {
            i for i in range(len(code)) if re.search(r"审结.{0,40}45|\b45\b|2\.22%", plain[i])
        }
    wanted = {"00_overview", "02_disputes", "04_audit", "05_comparison"}
    assert {name for name in differ if differ[name]} == wanted
    assert {name for name in show if show[name]} == wanted
    assert differ["02_disputes"] == show["02_disputes"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_jupyterlab_adds_is_not_stored(path):
    """With the kernel that JupyterLab names, and with the traces of running and folding cells, a
    notebook is stored just as it is committed.
    """
    notebook = run.read(path.read_bytes())
    language = {"name": "python", "version": "3.11.7", "mimetype": "text/x-python"}
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook.metadata = {"language_info": language, "kernelspec": kernel}
    notebook.cells[0].metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
    notebook.cells[1].metadata |= {"collapsed": True, "scrolled": True}
    assert run.settled(notebook) == path.read_bytes()


@pytest.fixture
def small(tmp_path):
    """A notebook of three cells, of which the second was stored with another number than it gives,
    in a folder with what runs and compares notebooks.
    """
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("run.py", "sanitize.cfg"):
        shutil.copy(ROOT / "notebooks" / name, folder)
    outputs = [[nbformat.v4.new_output("stream", text=text)] for text in ("1\n", "46\n", "3\n")]
    code = [
        nbformat.v4.new_code_cell(
            f"print({number})", id=f"cell-{i}", execution_count=i, outputs=shown
        )
        for i, (number, shown) in enumerate(zip((1, 45, 3), outputs, strict=True), 1)
    ]
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": python, "language_info": {"name": "python"}}
    path = folder / "small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=code, metadata=metadata), path)
    return path


def test_the_tests_of_notebooks_fail_at_a_cell_that_shows_something_else(small):
    """Called as `make test` calls it, pytest fails at the one cell that shows another number than
    it stores.
    """
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    options = re.findall(r"--nbval\S*(?: notebooks/\S+)?", makefile)
    assert len(options) == 4
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider"]
        + [word for option in options for word in option.split(" ")]
        + ["notebooks"],
        capture_output=True,
        encoding="utf-8",
        cwd=small.parents[1],
        env=clean,
        check=False,
    )
    assert "1 failed, 2 passed" in done.stdout, done.stdout + done.stderr
    assert re.findall(r"^FAILED notebooks/small.ipynb::Cell (\d+)", done.stdout, re.M) == ["1"]


def test_a_stored_output_that_differs_is_found_and_mended(small, monkeypatch, capsys):
    """`notebooks/run.py` names the cell whose stored text is not what the code gives, rewrites the
    notebook, and then leaves it alone.
    """
    bad = small.read_bytes()
    monkeypatch.setattr(run, "HERE", small.parent)
    assert asyncio.run(run.main([])) == 0
    good = small.read_bytes()
    assert re.findall(r"cell-\d", capsys.readouterr().out) == ["cell-2"]
    assert good == bad.replace(b"46\\n", b"45\\n") != bad
    assert asyncio.run(run.main([])) == 0
    assert "unchanged" in capsys.readouterr().out and small.read_bytes() == good


def png(grey):
    """A picture of one grey, as notebooks store it."""
    stream = io.BytesIO()
    Image.new("L", (4, 4), grey).save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode("ascii")


@pytest.mark.parametrize("form", ["image/png", "text/html"])
def test_pictures_may_differ_by_what_no_eye_sees(form):
    """A picture is compared by its points, on its own and within HTML; what stands around it, byte
    by byte.
    """

    def output(grey, alt="three"):
        around = f'<img alt="{alt}" src="data:image/png;base64,{png(grey)}">'
        data = {form: png(grey) if form == "image/png" else around, "text/plain": alt}
        return nbformat.v4.new_output("display_data", data)

    assert run.same_output(output(100), output(100 + run.PIXEL_TOLERANCE))
    assert not run.same_output(output(100), output(101 + run.PIXEL_TOLERANCE))
    assert not run.same_output(output(100), output(100, "four"))
    text = nbformat.v4.new_output("display_data", {"text/html": "none", "text/plain": "three"})
    assert not run.same_output(output(100), text) and not run.same_output(text, output(100))


# What stands in for the library where the notebooks of a test are made for another report.
LIBRARY = """
def report(name, seeds=None):
    return name, seeds and open(f"{seeds}/here.txt").read()
"""
FIRST = 'import baoding_data as bd\n\n来源 = "保定"; report = bd.report({})  # one call'


@pytest.fixture
def house(tmp_path):
    """A folder with a notebook about `baoding-2022`, and a library and tables of its own."""
    library = tmp_path / "library" / "baoding_data"
    for folder in (tmp_path / "notebooks", library, tmp_path / "表 seeds"):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / "run.py", tmp_path / "notebooks")
    (library / "__init__.py").write_text(LIBRARY, encoding="utf-8", newline="")
    for module in (errors, limits, reading, shown, writing):
        shutil.copy(module.__file__, library)
    (tmp_path / "表 seeds" / "here.txt").write_text("ours", encoding="utf-8", newline="")
    add(tmp_path, 1, FIRST.format('"baoding-2022"'), "print(report)")
    return tmp_path


def add(house, number, *sources):
    """A notebook with these cells."""
    code = [nbformat.v4.new_code_cell(source, id=f"c{i}") for i, source in enumerate(sources)]
    prose = nbformat.v4.new_markdown_cell("[2](2.ipynb) bd.report()", id="m")
    notebook = nbformat.v4.new_notebook(cells=[prose, *code])
    nbformat.write(notebook, house / "notebooks" / f"{number}.ipynb")


def make_copies(house, *arguments):
    """What `make notebooks REPORT=handan-2024 …` runs."""
    return subprocess.run(
        [sys.executable, "notebooks/run.py", "--report", "handan-2024", *arguments],
        cwd=house,
        env=os.environ | {"PYTHONPATH": str(house / "library"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_copies_are_made_for_another_report(house):
    """A copy differs from the notebook in one call, which finds the tables from where the copy is;
    it shows what that gives, and nothing else is touched.
    """
    before = everything(house)
    done = make_copies(house, "--seeds", "表 seeds", "--to", "out/邯郸")
    assert done.returncode == 0, done.stderr
    original, copy = house / "notebooks" / "1.ipynb", house / "out" / "邯郸" / "1.ipynb"
    assert everything(house) == before | {"out/邯郸/1.ipynb": copy.read_bytes()}
    sources = ["".join(cell["source"]) for cell in cells(copy, "code")]
    call = '"handan-2024", seeds="../../表 seeds"'
    assert sources == [FIRST.format(call), "print(report)"]
    assert outputs(copy)[0]["text"] == ["('handan-2024', 'ours')\n"]
    assert cells(copy, "markdown") == cells(original, "markdown")


@pytest.mark.parametrize(
    ("seeds", "call"),
    [
        (None, 'bd.report("邯郸")'),
        ("/tables of/ours", 'bd.report("邯郸", seeds="/tables of/ours")'),
        ("tables", 'bd.report("邯郸", seeds="../tables")'),
        ("out/tables", 'bd.report("邯郸", seeds="tables")'),
    ],
)
def test_the_call_holds_where_the_copies_are(seeds, call):
    """Without tables of its own it names none; a folder is named from there, or from the root."""
    assert run.call_of("邯郸", seeds, "out") == call


@takes_long
def test_all_notebooks_that_fail_for_another_report_are_named(house):
    """One without the call or with two, one that is no Python and one with an error: each is named
    with its reason, and so is what another hand has made in its place; the others are stored,
    over an earlier copy too.
    """
    call = FIRST.format('"baoding-2022"')
    add(house, 2, call)
    add(house, 3, "print(1)")
    add(house, 4, call, call)
    add(house, 5, call, "%time")
    add(house, 6, call, "1 / 0")
    (house / "out").mkdir()
    for name in ("2.ipynb", "mine.txt"):
        (house / "out" / name).write_text("mine", encoding="utf-8", newline="")
    earlier = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("1", id="m")])
    earlier.metadata[run.SEAL] = writing.digest(nbformat.writes(earlier).encode())
    (house / "out" / "1.ipynb").write_text(nbformat.writes(earlier), encoding="utf-8", newline="")
    assert run.is_own((house / "out" / "1.ipynb").read_bytes())
    done = make_copies(house, "--to", "out")
    assert done.returncode == 1
    reasons = dict(re.findall(r"^(\d).ipynb: (.+)$", done.stderr, re.M))
    assert sorted(reasons) == ["2", "3", "4", "5", "6"]
    assert "2.ipynb was changed since it was stored there; move it away" in reasons["2"]
    assert "0 times" in reasons["3"] and "2 times" in reasons["4"]
    assert "not plain Python" in reasons["5"] and "cell 3 (c1) failed" in reasons["6"]
    left = everything(house / "out")
    assert b"handan-2024" in left["1.ipynb"] and run.is_own(left["1.ipynb"])
    assert not run.is_own(left.pop("1.ipynb").replace(b"print(report)", b"print(1)"))
    assert left == {"2.ipynb": b"mine", "mine.txt": b"mine"}


@pytest.mark.parametrize(
    "arguments",
    [
        "--report handan-2024",
        "--report handan-2024 --to=",
        "--report= --to out",
        "--to out",
        "--seeds tables",
        "--store --report handan-2024 --to out",
        "--report handan-2024 --to notebooks/../notebooks",
        "--report handan-2024 --to notebooks/run.py",
    ],
)
def test_copies_need_a_report_and_a_folder_of_their_own(house, monkeypatch, capsys, arguments):
    """Half an order, or one that would write over the notebooks, is refused before it begins."""
    monkeypatch.chdir(house)
    monkeypatch.setattr(run, "HERE", house / "notebooks")
    before = everything(house)
    with pytest.raises(SystemExit, match="2"):
        run.read_arguments(arguments.split())
    assert "error: " in capsys.readouterr().err
    assert everything(house) == before and not (house / "out").exists()


def test_a_notebook_that_cannot_be_read_is_told_apart_from_one_that_fails(
    house, monkeypatch, capsys
):
    """Of one that is gone there is a line, and the status is 2; of one that is none it is 1."""
    monkeypatch.setattr(run, "HERE", house)
    assert asyncio.run(run.main(["gone.ipynb"])) == 2
    assert "gone.ipynb: no such file; name a notebook" in capsys.readouterr().err
    (house / "odd.ipynb").write_bytes(b"{")
    assert asyncio.run(run.main(["odd.ipynb"])) == 1


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ("", "--store"),
        ("REPORT=handan-2024 TO=out", "--report handan-2024 --to out"),
        ("REPORT=handan-2024 TO=out SEEDS=s", "--report handan-2024 --to out --seeds s"),
        ("TO=out", "--report  --to out"),
    ],
)
def test_make_notebooks_passes_on_what_it_is_given(given, options):
    """With a report or a folder, `make notebooks` never stores the notebooks anew."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    command = ["make", "-n", "notebooks", *given.split()]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, check=True)
    planned = done.stdout.decode().replace('"', "").splitlines()
    assert [line.rstrip() for line in planned if "notebooks/run.py" in line] == [
        f".venv/bin/python notebooks/run.py {options}"
    ]
    assert any(re.fullmatch(r"touch \S+-notebooks", line) for line in planned) == (not given)
