"""`make mutants`: what is changed, what is drawn, and what the tests are said to have noticed."""

import ast
import subprocess
import sys

import pytest
from conftest import ROOT, everything, script, settings_without


@pytest.fixture(scope="module")
def tool():
    return script("tools/mutants.py")


CHANGED = [
    ("a < b", ["a <= b", "a >= b"]),
    ("a in 'ab'", ["a not in 'ab'", "a in 'a'"]),
    ("a and b", ["a or b", "b", "a"]),
    ("not a", ["a"]),
    ("a + 1", ["a - 1", "a + 2", "a + 0"]),
    ("'a' + b", []),
    ("True", ["False"]),
    ("b if a else c", ["c if a else b"]),
    ("a[:b]", ["a[:]"]),
    ("x = any(a)", ["x = all(a)"]),
    ("x = sorted(a, key=b)", ["x = sorted(a)"]),
    ("[a for a in b if c]", ["[a for a in b if True]"]),
    ("[a for a in b if a == c]", ["[a for a in b if a != c]", "[a for a in b if True]"]),
    ("def f():\n    return a", ["def f():\n    return"]),
    ("def f():\n    return False", ["def f():\n    return True"]),
    ("def f(a=1):\n    pass", ["def f(a=2):\n    pass", "def f(a=0):\n    pass"]),
    ("if a:\n    b.c = d", ["if not a:\n    b.c = d", "if a:\n    pass"]),
    ("if a:\n    raise b", ["if not a:\n    raise b", "if a:\n    pass"]),
    ("for a in b:\n    break", ["for a in b:\n    continue"]),
    ("x = re.compile('1' if a else '2')", []),
    ("x = _compiled('a' + str(1))", []),
    ("x = Rule('a', 1, not b)", []),
    ("f'{1} and {not a}'", []),
    ("'''One and 1.'''", []),
    ("a: Literal[1] = b", []),
    ("@cache(1)\ndef f():\n    pass", []),
    ("x = cache(maxsize=10)(a)", []),
    ("assert a == 1", []),
    ("if TYPE_CHECKING:\n    a = 1", []),
]


@pytest.mark.parametrize(("code", "others"), CHANGED)
def test_what_is_changed(tool, code, others):
    """Each kind of change is made in its place and nothing else; patterns, messages, docstrings,
    annotations, decorators and assertions are left alone.
    """
    made = [one.made(code.encode()).decode() for one in tool.changes("a.py", code.encode())]
    assert sorted(map(_plainly, made)) == sorted(map(_plainly, others))


def _plainly(code):
    return ast.unparse(ast.parse(code))


def test_the_draw_is_the_same_for_a_seed_and_stays_when_other_code_changes(tool):
    """One seed draws the same, another seed others; what is drawn of a function stays drawn when
    lines are added elsewhere.
    """
    source = "".join(f"def f{n}(a):\n    return a < {n} and a\n\n\n" for n in range(9))
    mutants = tool.changes("a.py", source.encode())
    moved = tool.changes("a.py", f"import re\n\n\n{source}".encode())
    first, again, other = (tool.drawn(mutants, 20, seed) for seed in (1, 1, 2))
    assert first == again != other and len(first) == 20
    assert [(one.where, one.new) for one in tool.drawn(moved, 20, 1)] == [
        (one.where, one.new) for one in first
    ]


SOURCE = """\
def larger(a, b):
    return a > b


def nobody_asks():
    return True
"""
TEST = """\
from baoding_data.text.numbers import larger


def test_larger():
    assert larger(2, 1) and not larger(1, 2)
"""


def test_who_survives_is_named(tmp_path):
    """Of a small repository the changes that its test notices are counted and the others named,
    with file and line; the status is 1, and its files are as they were.
    """
    for name, content in (
        ("baoding_data/__init__.py", ""),
        ("baoding_data/text/numbers.py", SOURCE),
        ("tests/test_a.py", TEST),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    before = everything(tmp_path)
    code = (
        "import sys, pathlib, mutants;"
        "mutants.JOBS, mutants.LOADED = 1, 'coverage hypothesis pytest';"
        f"mutants.ROOT = pathlib.Path({str(tmp_path)!r}); sys.exit(mutants.main())"
    )
    command = [sys.executable, "-c", code]
    own = settings_without("PYTHONSAFEPATH")
    told = subprocess.run(
        command, cwd=ROOT / "tools", env=own, capture_output=True, encoding="utf-8", check=False
    )
    assert told.stderr == "" and told.returncode == 1
    assert told.stdout.splitlines()[4:-1] == [
        "baoding_data/text/numbers.py:2: a > b → (a >= b)",
        "baoding_data/text/numbers.py:6: return True → return",
        "baoding_data/text/numbers.py:6: True → (False)",
    ]
    assert told.stdout.splitlines()[-1].startswith("2 of 5 noticed, 40.0 %")
    assert everything(tmp_path) == before
