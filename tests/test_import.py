"""What importing costs, which room rests on which, and what is public: each name with one plain
sentence and one example that runs.
"""

import ast
import doctest
import inspect
import re
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages
from statistics import median
from typing import NamedTuple

import pytest
from conftest import IN_FULL, takes_long

import baoding_data as bd

PUBLIC = [name for name in bd.__all__ if not name.startswith("__")]
WALKED = list(walk_packages(bd.__path__, "baoding_data."))
PACKAGES = {module.name for module in WALKED if module.ispkg}
DOORS = {"baoding_data.charts"}  # which notebooks enter
MODULES = ["baoding_data", *(module.name for module in WALKED)]


def run(code):
    """What a new process prints."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True
    ).stdout.decode()


def test_importing_loads_no_library():
    """`import baoding_data` imports no other module at all, of its own or of others, beyond what
    every process has.
    """
    code = (
        "import importlib, sys; before = set(sys.modules); import baoding_data;"
        " print(*set(sys.modules) - before)"
    )
    assert run(code).split() == ["baoding_data"]


def test_importing_costs_nearly_nothing():
    """`import baoding_data` takes at most 10 ms of the processor's time, in the middle of seven
    processes.
    """
    code = (
        "from time import process_time; start = process_time(); import baoding_data;"
        " print(1000 * (process_time() - start))"
    )
    assert median(float(run(code)) for _ in range(7)) < 10


@takes_long
def test_every_module_is_importable_alone():
    """Whichever module of the library is imported first, all that it needs comes with it."""
    code = (
        "import sys, pandas, matplotlib.figure, openpyxl\n"
        "from importlib import import_module\n"
        f"for module in {MODULES if IN_FULL else MODULES[::3]}:\n"
        "    for name in [name for name in sys.modules if name.startswith('baoding_data')]:\n"
        "        del sys.modules[name]\n"
        "    import_module(module)"
    )
    run(code)


def test_commands_load_no_heavy_library():
    """`check`, `find` and `show` answer without pandas, matplotlib or openpyxl."""
    loaded = run(
        "import sys; from baoding_data.cli import main; main(['check']); main(['find',"
        " '败诉']); main(['show', 'litigation_lost']); print(*sys.modules)"
    ).split()
    assert not {"pandas", "numpy", "matplotlib", "openpyxl"} & set(loaded)


def test_reading_figures_draws_nothing():
    """`figures()` loads pandas, and neither the drawing library nor the workbook's."""
    loaded = run("import sys, baoding_data as bd; bd.figures(); print(*sys.modules)").split()
    assert "pandas" in loaded and not {"matplotlib", "openpyxl"} & set(loaded)


# --- rooms

# A room imports only from those before it.
ROOMS = [
    "limits",
    "memory",
    "patterns",
    "progress",
    "shown",
    "errors",
    "words",
    "reading",
    "writing",
    "text",
    "tables",
    "checks",
    "comparison",
    "charts",
    "notebook",
    "workbook",
    "site",
    "curation",
    "cli",
]
# Where a library of others may be imported, besides for types: a room, or a module.
LIBRARIES = {
    "pandas": (
        "tables",
        "checks",
        "comparison",
        "charts",
        "notebook",
        "workbook",
        "site",
        "curation",
    ),
    "matplotlib": ("charts",),
    "pyarrow": ("workbook.parquet",),
    "openpyxl": ("workbook", "curation.draft_book", "curation.draft_sheet"),
    "IPython": ("charts", "notebook"),
    "jinja2": ("site",),
    "markdown_it": ("site",),
    "fontTools": ("site",),
}
# What takes long to import waits for the function that needs it, but for pandas in the three rooms,
# and the module, that do nothing without it.
IN_FUNCTIONS = {"pandas", "pyarrow", "IPython"}
AT_THE_TOP = {("pandas", room) for room in ("charts", "notebook", "site", "tables.frame")}


class Import(NamedTuple):
    """One module that another imports: where, and whether inside a function, or for types only."""

    line: str
    target: str
    inside: bool
    typing: bool


@cache
def imports(name):
    """All that a module imports, wherever it stands in it."""
    return list(found_imports(name))


def found_imports(name):
    """The same, one by one."""
    path = Path(find_spec(name).origin)
    tree = ast.parse(path.read_bytes())
    inside, typing = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside.update(ast.walk(node))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            typing.update(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: write the whole name of the module"
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            targets = {module if module in MODULES else node.module for module in inner}
        else:
            continue
        for target in sorted(targets):
            yield Import(f"{path}:{node.lineno}", target, node in inside, node in typing)


def room(module):
    """The room of a module; the top of the library is the last."""
    return module.split(".")[1] if "." in module else "the top"


def may_rest_on(one, other):
    """Whether modules of one room may import those of another."""
    order = [*ROOMS, "the top"]
    return order.index(other) <= order.index(one) or (one, other) == ("cli", "the top")


def test_the_rooms_are_those_of_the_folder():
    """Each module is in a room of the order, and no room bears the name of a public function."""
    assert {module.split(".")[1] for module in MODULES[1:]} == set(ROOMS)
    assert not set(ROOMS) & set(bd.__all__)


def test_a_room_rests_only_on_rooms_above_it():
    """No module imports from a room that comes after its own, be it in a function or for types."""
    for module in MODULES:
        own = room(module)
        for found in imports(module):
            if found.target.split(".")[0] == "baoding_data":
                other = room(found.target)
                assert may_rest_on(own, other), (
                    f"{found.line}: {own} must not rest on {found.target}"
                )


@pytest.mark.parametrize("package", sorted(PACKAGES - DOORS))
def test_a_package_holds_a_docstring_and_nothing_else(package):
    """Importing a room loads nothing, and each thing in it has one home."""
    [docstring] = ast.parse(Path(find_spec(package).origin).read_bytes()).body
    assert isinstance(docstring.value.value, str)


@pytest.mark.parametrize("package", sorted(DOORS))
def test_a_door_loads_nothing(package):
    """A package that hands out the names of its modules loads them when they are first used."""
    assert all(
        found.typing or found.target.split(".")[0] in sys.stdlib_module_names
        for found in imports(package)
    )


def test_no_modules_import_each_other():
    """Within a room, too, the imports have an order."""
    rests = {
        module: {found.target for found in imports(module) if not found.typing} & set(MODULES)
        for module in MODULES
    }
    try:
        list(TopologicalSorter(rests).static_order())
    except CycleError as error:
        circle = error.args[1]
        lines = [
            found.line
            for to, module in zip(circle, circle[1:], strict=False)
            for found in imports(module)
            if found.target == to
        ]
        pytest.fail(f"{' ← '.join(circle)}, in {', '.join(lines)}")


def test_a_library_of_others_is_imported_in_its_rooms():
    """Drawing is for charts, workbooks for two rooms, pages for one; what takes long waits for the
    function that needs it; and nothing else of others is used.
    """
    for module in MODULES:
        here, home = module.removeprefix("baoding_data."), room(module)
        for found in imports(module):
            library = found.target.split(".")[0]
            if library in sys.stdlib_module_names or library == "baoding_data" or found.typing:
                continue
            assert library in LIBRARIES, f"{found.line}: {library} is not for this library"
            assert {here, home} & set(LIBRARIES[library]), f"{found.line}: {library} in {here}"
            if library in IN_FUNCTIONS and not {(library, home), (library, here)} & AT_THE_TOP:
                assert found.inside, f"{found.line}: import {library} in the function that needs it"


# --- what is public


@pytest.mark.parametrize("name", PUBLIC)
def test_public_names(name):
    """Every public name is there, found by dir(), and has a docstring of a plain sentence."""
    thing = getattr(bd, name)
    assert name in dir(bd)
    assert inspect.getdoc(thing) and inspect.getdoc(thing).split("\n\n")[0].rstrip().endswith(".")


@pytest.mark.parametrize("name", [name for name in PUBLIC if name != "BaodingError"])
def test_public_functions_have_an_example(name):
    """Every public function has an example, and takes `seeds=`."""
    function = getattr(bd, name)
    assert ">>>" in inspect.getdoc(function)
    assert "seeds" in inspect.signature(function).parameters


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module, tmp_path, monkeypatch):
    """The examples in the docstrings give what they show, each with nothing imported but its own
    module.
    """
    monkeypatch.chdir(tmp_path)
    result = doctest.testmod(import_module(module))
    assert result.failed == 0


def test_reading_compiles_its_patterns_late():
    """No module that reads texts holds a pattern that was compiled when it was imported, which
    every command would wait for.
    """
    reading = [module for module in MODULES if room(module) == "text"]
    compiled = [
        f"{module}.{name}"
        for module in reading
        for name, value in vars(import_module(module)).items()
        if isinstance(value, re.Pattern)
    ]
    assert len(reading) > 10
    assert not compiled


def test_examples_are_there():
    """The run of examples is not empty: every room that has functions of its own holds some."""
    finder = doctest.DocTestFinder()
    found = {
        room(module)
        for module in MODULES
        if any(test.examples for test in finder.find(import_module(module)))
    }
    assert found >= set(ROOMS) - {"limits", "memory", "cli"}


def test_unknown_names_are_answered():
    """A name that the library does not have raises AttributeError that names what it has; names
    that begin with _ too.
    """
    with pytest.raises(AttributeError, match="figures"):
        bd.figurs  # noqa: B018
    assert not hasattr(bd, "_nothing") and not hasattr(bd, "pandas")
