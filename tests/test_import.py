"""What importing costs, and what is public: each name with one plain sentence and one example that
runs.
"""

import doctest
import inspect
import subprocess
import sys
from importlib import import_module
from pkgutil import walk_packages

import pytest

import baoding_data as bd

PUBLIC = [name for name in bd.__all__ if not name.startswith("__")]
MODULES = ["baoding_data", *(module.name for module in walk_packages(bd.__path__, "baoding_data."))]


def run(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True
    ).stdout.decode()


def test_importing_loads_no_heavy_library():
    """`import baoding_data` imports no third-party library and none of its own modules but the
    errors.
    """
    loaded = run(
        "import sys; before = set(sys.modules); import baoding_data; print(*sorted(set(sys.modules)"
        " - before))"
    ).split()
    assert not {"pandas", "numpy", "matplotlib", "openpyxl"} & set(loaded)
    assert [name for name in loaded if name.startswith("baoding_data")] == [
        "baoding_data",
        "baoding_data.errors",
    ]


def test_commands_load_no_heavy_library():
    """`check` and `show` answer without pandas, matplotlib or openpyxl."""
    loaded = run(
        "import sys; from baoding_data.cli import main; main(['check']); main(['show',"
        " 'litigation_lost']); print(*sys.modules)"
    ).split()
    assert not {"pandas", "numpy", "matplotlib", "openpyxl"} & set(loaded)


def test_reading_figures_draws_nothing():
    """`figures()` loads pandas, and neither the drawing library nor the workbook's."""
    loaded = run("import sys, baoding_data as bd; bd.figures(); print(*sys.modules)").split()
    assert "pandas" in loaded and not {"matplotlib", "openpyxl"} & set(loaded)


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


def test_examples_are_there():
    """The doctest run is not empty: the modules of reading, tables and shares all hold examples."""
    counts = {
        module: sum(
            bool(test.examples) for test in doctest.DocTestFinder().find(import_module(module))
        )
        for module in MODULES
    }
    assert all(
        counts[f"baoding_data.{name}"]
        for name in ("text.report", "tables.seeds", "tables.figures", "checks.audit")
    ), counts


def test_unknown_names_are_answered():
    """A name that the library does not have raises AttributeError that names what it has; names
    that begin with _ too.
    """
    with pytest.raises(AttributeError, match="figures"):
        bd.figurs
    assert not hasattr(bd, "_nothing") and not hasattr(bd, "pandas")


def test_importing_a_module_hides_no_function():
    """No module of the library takes the place of the public function of the same name."""
    code = (
        "import baoding_data as bd, pkgutil, importlib\n[importlib.import_module('baoding_data.' +"
        " m.name) for m in pkgutil.iter_modules(bd.__path__) if m.name != '__main__']\nprint(*(name"
        " for name in bd.__all__ if not name.startswith('__') and not callable(getattr(bd, name))))"
    )
    assert run(code).strip() == ""
