"""What a browser shows: the notebooks as pages, and JupyterLab as `make lab` starts it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from conftest import takes_long

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EACH = pytest.mark.parametrize("name", [path.stem for path in NOTEBOOKS])


# --- the notebooks as pages

SCREEN = 1000
SCREENS = {"05_comparison": 12}  # of any other notebook: 8
OUTPUT = 568  # pixels of an output in JupyterLab in a window of 1,000, beside its side bar
NARROW = """
.jp-OutputArea-child { display: block !important; }
.jp-OutputArea-output { display: block !important; width: %dpx !important; box-sizing: border-box; }
"""

# Each table as lists of cells, head and body, a cell of several rows or columns in each of them.
SEEN = """() => {
  const side = words => {
    const range = document.createRange();
    range.selectNodeContents(words);
    return range.getBoundingClientRect();
  };
  const grid = table => {
    const rows = [...table.rows].map(() => []);
    [...table.rows].forEach((row, y) => [...row.cells].forEach(cell => {
      let x = 0;
      while (rows[y][x]) x += 1;
      const align = getComputedStyle(cell).textAlign.replace("start", "left");
      const {left, right} = side(cell);
      const head = cell.closest("thead") !== null;
      const number = cell.tagName === "TD" && /^[0-9]/.test(cell.innerText);
      const words = cell.innerText.trim();
      const seen = {words, number, align, left, right, head, span: cell.colSpan};
      for (let i = 0; i < cell.rowSpan; i++)
        for (let j = 0; j < cell.colSpan; j++) (rows[y + i] ?? [])[x + j] = seen;
    }));
    return {width: table.getBoundingClientRect().width, rows};
  };
  const every = (what, told) => [...document.querySelectorAll(what)].map(told);
  const wide = node => node.getBoundingClientRect().right > innerWidth + 1
    || node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1;
  return {
    height: document.documentElement.scrollHeight,
    outputs: every(".jp-OutputArea-output", node => node.getBoundingClientRect().width),
    tables: every("table", grid),
    alts: every("img", image => image.getAttribute("alt") ?? ""),
    wide: [...document.querySelectorAll("body *")].filter(wide)
      .map(node => `${node.tagName}.${node.className}: ${node.innerText?.trim().slice(0, 60)}`),
  };
}"""


@pytest.fixture(scope="module")
def pages(browser, tmp_path_factory):
    """Each notebook as its readers see it in windows of 1,400 and of 1,000 pixels, and with outputs
    as narrow as they are in JupyterLab; as nbconvert makes pages, without the network, and with the
    code folded that JupyterLab folds.
    """
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="lab", language_code="zh")
    folder = tmp_path_factory.mktemp("pages")
    tab = browser.new_context(offline=True).new_page()
    found = {}
    for path in NOTEBOOKS:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.metadata.get("jupyter", {}).get("source_hidden"):
                cell.metadata["transient"] = {"remove_source": True}
        page = folder / f"{path.stem}.html"
        page.write_text(exporter.from_notebook_node(notebook)[0], encoding="utf-8", newline="")
        tab.set_viewport_size({"width": 1400, "height": SCREEN})
        tab.goto(page.as_uri())
        found[path.stem] = {1400: tab.evaluate(SEEN)}
        tab.set_viewport_size({"width": 1000, "height": SCREEN})
        found[path.stem][1000] = tab.evaluate(SEEN)
        tab.add_style_tag(content=NARROW % OUTPUT)
        found[path.stem][OUTPUT] = tab.evaluate(SEEN)
    return found


@EACH
def test_a_notebook_is_read_in_a_few_screens(pages, name):
    """None is so long that its readers lose their way."""
    most = SCREENS.get(name, 8) * SCREEN
    heights = {width: pages[name][width]["height"] for width in (1400, 1000)}
    assert max(heights.values()) <= most, heights


def columns(table):
    """The columns of a table as (head, cells below it that have words), without wider cells."""
    for column in zip(*table["rows"], strict=True):
        cells = [cell for cell in column if cell["words"] and cell["span"] == 1]
        heads = [cell for cell in cells if cell["head"]]
        yield (heads[-1] if heads else None), [cell for cell in cells if not cell["head"]]


@EACH
def test_numbers_stand_under_their_heads(pages, name):
    """In every table of every window, what stands in a column is aligned as its head is, and a
    number is under the words of its head.
    """
    wrong = set()
    for width, seen in pages[name].items():
        for head, cells in (column for table in seen["tables"] for column in columns(table)):
            for cell in cells:
                words = cell["words"][:30]
                if head and cell["align"] != head["align"]:
                    wrong.add((width, head["words"], head["align"], words, cell["align"]))
                if cell["number"] and not (
                    head and cell["left"] < head["right"] and head["left"] < cell["right"]
                ):
                    wrong.add((width, head and head["words"], words))
    assert not wrong


@EACH
def test_a_table_is_no_wider_than_an_output_of_jupyterlab(pages, name):
    """In a window of 1,000 pixels, nobody has to scroll sideways to read a row."""
    seen = pages[name][OUTPUT]
    assert set(seen["outputs"]) == {OUTPUT}
    widths = [table["width"] for table in seen["tables"]]
    assert max(widths, default=0) <= OUTPUT, widths


@EACH
def test_a_picture_says_what_it_shows(pages, name):
    """Every picture of a page has an alternative text of its own."""
    alts = pages[name][1000]["alts"]
    assert all(alts) and "No description has been provided for this image" not in alts


@EACH
def test_nothing_is_cut_off_at_the_side(pages, name):
    """At 1,000 pixels nothing reaches out of the window, or can only be read by scrolling."""
    assert pages[name][1000]["wide"] == []


# --- JupyterLab


OPEN = """async name => {
  const opened = {path: `notebooks/${name}.ipynb`, factory: "Notebook", kernel: {name: "python3"}};
  const panel = await jupyterapp.commands.execute("docmanager:open", opened);
  await panel.context.ready;
  const session = panel.sessionContext;
  const late = () => new Promise(done => setTimeout(done, 15000, "late"));
  // Of kernels that start at once, two may have taken the same port, and one dies.
  for (let i = 0; i < 3; i++) {
    const info = session.ready.then(() => session.session.kernel.info);
    if (await Promise.race([info, late()]) !== "late") return panel;
    await Promise.race([session.changeKernel({name: "python3"}), late()]);
  }
  throw new Error(`${name}: no kernel answers`);
}"""
OPEN_ALL = f"""async names => {{
  window.panels = {{}};
  for (const name of names) panels[name] = await ({OPEN})(name);
}}"""
TURN_TO = """name => {
  window.panel = panels[name];
  jupyterapp.shell.activateById(panel.id);
}"""


IN_LAB = ["00_overview", "02_disputes", "04_audit", "05_comparison"]
SECONDS = 90  # after so many, what was waited for has failed


def awaited(page, script, given=None):
    """What a script comes to, as it is awaited; an error where that takes too long."""
    late = f"new Promise((_, no) => setTimeout(no, {SECONDS}000, new Error('it takes too long')))"
    return page.evaluate(f"given => Promise.race([({script})(given), {late}])", given)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A folder with the notebooks and with all that `make lab` reads."""
    house = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "Makefile", house)
    ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for folder in ("notebooks", "tools"):
        shutil.copytree(ROOT / folder, house / folder, ignore=ignored)
    return house


@pytest.fixture(scope="module")
def lab(house, browser):
    """JupyterLab in a page with some notebooks opened, with the variables that `make lab` gives it
    and an empty home.
    """
    home = house / "home"
    home.mkdir()
    (house / "shown.mk").write_text(
        "include Makefile\nshown: ; @env -0\n", encoding="utf-8", newline=""
    )
    command = ["make", "-s", "-f", "shown.mk", "shown"]
    given = os.environ | {"HOME": str(home)}
    done = subprocess.run(command, cwd=house, env=given, capture_output=True, check=True)
    shown = dict(pair.split("=", 1) for pair in done.stdout.decode().split("\0") if pair)
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser"]
    command += ["--ServerApp.port=0", "--LabApp.expose_app_in_browser=True"]
    with (house / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=house, env=shown | {"PYTHONPATH": str(ROOT)}, stderr=log
        )
    try:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(address(house, server))
        page.wait_for_function("window.jupyterapp?.restored")
        awaited(page, "() => jupyterapp.restored.then(() => null)")
        awaited(page, OPEN_ALL, IN_LAB)
        yield page
        page.close()
    finally:
        server.terminate()
        server.wait()


def address(house, server):
    """Where the server is, as soon as it says so and answers."""
    runtime, until = house / ".venv" / "jupyter" / "runtime", time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            told = json.loads((runtime / f"jpserver-{server.pid}.json").read_text(encoding="utf-8"))
            socket.create_connection(("localhost", told["port"])).close()
        except (OSError, ValueError):  # ValueError: it is being written
            time.sleep(0.05)
        else:
            return f"{told['url']}lab?token={told['token']}"
    pytest.fail((house / "log").read_text(encoding="utf-8"))


@pytest.fixture
def opened(lab, house):
    """A function that turns to a notebook, opened in JupyterLab with its kernel; its file."""

    def go(name):
        lab.evaluate(TURN_TO, name)
        return house / "notebooks" / f"{name}.ipynb"

    return go


PICTURE = re.compile(rb"iVBOR[\w+/=]+")
SAVED = """() => {
  window.saved = new Promise(done => panel.context.saveState.connect(
    (_, state) => state === "started" || done(state)));
  panel.content.activate();
}"""


def saved(lab, path):
    """What the file of a notebook holds after Ctrl+S."""
    os.utime(path, (1, 1))
    lab.evaluate(SAVED)
    lab.keyboard.press("Control+s")
    assert awaited(lab, "() => saved") == "completed" and path.stat().st_mtime > 1
    return path.read_bytes()


@takes_long
@pytest.mark.parametrize("name", IN_LAB)
def test_a_notebook_opened_and_saved_in_jupyterlab_is_as_it_was(lab, opened, name):
    """Only looked at, a notebook counts as unchanged; saved all the same, it has the bytes that are
    committed.
    """
    path = opened(name)
    before = path.read_bytes()
    assert not lab.evaluate("panel.context.model.dirty")
    assert saved(lab, path) == before


@takes_long
def test_a_picture_in_jupyterlab_says_what_it_shows(lab, opened):
    """Not only on pages: before its reader trusts a notebook, too."""
    opened("02_disputes")
    pictures = lab.locator(".jp-NotebookPanel:visible .jp-OutputArea-output img")
    pictures.first.wait_for()
    assert all(pictures.evaluate_all("found => found.map(image => image.alt)"))


@takes_long
def test_a_notebook_run_in_jupyterlab_is_as_it_was(lab, opened):
    """Executed by its reader and saved, too, but for pictures, which each version of matplotlib
    draws in its way.
    """
    path = opened("02_disputes")
    before = PICTURE.sub(b"", path.read_bytes())
    for command in ("clear-all-cell-outputs", "run-all-cells"):
        awaited(lab, "name => jupyterapp.commands.execute(`notebook:${name}`)", command)
    assert PICTURE.sub(b"", saved(lab, path)) == before


@takes_long
def test_jupyterlab_asks_nothing_and_writes_nothing_to_the_home(lab, house):
    """No news, no question is in the way, and what JupyterLab keeps is in `.venv`."""
    assert lab.locator(".jp-Dialog, .jp-toast-button, .Toastify__toast").count() == 0
    assert list((house / "home").rglob("*")) == []
    assert (house / ".venv" / "jupyter" / "config").is_dir()
    made = {path.name for path in house.iterdir()}
    assert made == {".venv", "Makefile", "home", "log", "notebooks", "shown.mk", "tools"}
