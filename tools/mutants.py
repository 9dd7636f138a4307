"""Change the library in one small place at a time, and see whether the tests notice.

    python tools/mutants.py [--count 500] [--seed 1]

Changed are comparisons, `and`, `or`, `not`, conditions, sums, numbers, slices, `any`, `min`, keys
of sorting, strings that are compared, statements and results left out. Not changed are patterns,
which their examples hold, messages and f-strings, docstrings, annotations, decorators, assertions,
sizes of caches. Of all such changes some are drawn: one stays drawn while its own function stays as
it is.

Each is made in a copy of the repository and tried with the tests that reach its line, those that
noticed most and are quickest first, until one fails or all takes far too long; of many tests only
some seconds' worth. Tests in which other programs do the work, or that look at the clock, are not
asked.
"""

import argparse
import ast
import os
import pickle
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib import import_module
from itertools import accumulate, count
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
READER = "characters forms inventory numbers numerals pairs resolution rules"
PARTS = {
    "the reader of numbers": [f"baoding_data/text/{name}.py" for name in READER.split()],
    "the rules": ["baoding_data/checks/*.py"],
    "the comparison": ["baoding_data/comparison/*.py"],
}
WANTED = 85  # per cent
ASKED = 10  # seconds of tests, at most, for one change
LIMIT = 60  # seconds for them all: a change that takes longer is noticed
JOBS = 2
# Their work is done by other programs, or is not the library's.
ELSEWHERE = "benchmarks browser form mutants notebooks package setup"
SECONDS = count(10**9)  # of the clock, so that no two changes are of one time
LOADED = "coverage hypothesis matplotlib.pyplot numpy openpyxl pandas pytest"


class Mutant(NamedTuple):
    """A change of one file: the bytes from `start` to `end` become `new`. `lines` are those of its
    statement, `where` is the function or class that holds it.
    """

    file: str
    where: str
    line: int
    lines: range
    start: int
    end: int
    old: str
    new: str

    def __str__(self) -> str:
        old, new = (" ".join(code.split()) for code in (self.old, self.new))
        return f"{self.file}:{self.line}: {old} → {new}"

    def made(self, source: bytes) -> bytes:
        """The source with the change."""
        return source[: self.start] + self.new.encode() + source[self.end :]


# --- what may be changed

INSTEAD: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
}
NAMES = {"any": "all", "min": "max", "startswith": "endswith", "partition": "rpartition"}
NAMES |= {other: name for name, other in NAMES.items()}


def expressions(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand instead of an expression."""
    match node:
        case ast.Compare():
            yield from comparisons(node)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(INSTEAD[type(op)][0](), values)
            for at in range(len(values)):
                rest = [*values[:at], *values[at + 1 :]]
                yield ast.BoolOp(op, rest) if rest[1:] else rest[0]
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.BinOp(left, op, right) if not any(map(is_wording, (left, right))):
            for other in INSTEAD.get(type(op), ()):
                yield ast.BinOp(left, other(), right)
        case ast.IfExp(test, body, other):
            yield ast.IfExp(test, other, body)
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Slice() | ast.Call():
            yield from parts_left_out(node)


def comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    """Other comparisons of the same, and the same of a string that lacks its last character."""
    for at, op in enumerate(node.ops):
        for other in INSTEAD[type(op)]:
            ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)
    sides = [node.left, *node.comparators]
    for at, side in enumerate(sides):
        if is_text(side) and side.value:
            left, *others = [*sides[:at], ast.Constant(side.value[:-1]), *sides[at + 1 :]]
            yield ast.Compare(left, node.ops, others)


def parts_left_out(node: ast.Slice | ast.Call) -> Iterator[ast.AST]:
    """A slice without one end; a call of another function, or without the key of sorting."""
    match node:
        case ast.Slice(lower, upper, step):
            if lower:
                yield ast.Slice(None, upper, step)
            if upper:
                yield ast.Slice(lower, None, step)
        case ast.Call(ast.Name(name), args, keywords) if name in NAMES:
            yield ast.Call(ast.Name(NAMES[name]), args, keywords)
        case ast.Call(ast.Attribute(of, name), args, keywords) if name in NAMES:
            yield ast.Call(ast.Attribute(of, NAMES[name]), args, keywords)
        case ast.Call(func, args, keywords) if any(one.arg == "key" for one in keywords):
            yield ast.Call(func, args, [one for one in keywords if one.arg != "key"])


def statements(node: ast.stmt) -> Iterator[ast.AST]:
    """What may stand instead of a statement that is not made of others."""
    match node:
        case ast.Return(value) if value and not is_nothing(value):
            yield ast.Return()
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.Expr(ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.AugAssign() | ast.Raise():
            yield ast.Pass()
        case ast.Assign([ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_wording(node: ast.AST) -> bool:
    return is_text(node) or isinstance(node, ast.JoinedStr)


def is_nothing(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and not node.value


def is_left_alone(node: ast.AST) -> bool:
    """Whether nothing in it is changed."""
    match node:
        case ast.JoinedStr() | ast.Assert() | ast.Import() | ast.ImportFrom():
            return True
        case ast.If(ast.Name("TYPE_CHECKING") | ast.Compare(ast.Name("__name__"))):
            return True
        case ast.FunctionDef(name="__repr__") | ast.keyword(arg="maxsize"):
            return True
        case ast.Call(ast.Attribute(ast.Name("re"))) | ast.Call(ast.Name("_compiled" | "Rule")):
            return True
    return False


class Changes(ast.NodeVisitor):
    """All changes of one file, in `found`."""

    def __init__(self, file: str, source: bytes):
        self.file, self.source, self.found = file, source, list[Mutant]()
        self.where, self.lines = "", range(0)
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.visit(ast.parse(source))

    def add(self, node: ast.AST, new: ast.AST) -> None:
        start = self.starts[node.lineno - 1] + node.col_offset
        end = self.starts[node.end_lineno - 1] + node.end_col_offset
        code = ast.unparse(ast.fix_missing_locations(new))
        code = f"({code})" if isinstance(new, ast.expr) and not isinstance(new, ast.Slice) else code
        old = self.source[start:end].decode()
        self.found.append(
            Mutant(self.file, self.where, node.lineno, self.lines, start, end, old, code)
        )

    def visit(self, node: ast.AST) -> None:
        if is_left_alone(node):
            return
        if isinstance(node, ast.stmt):
            # Of a statement made of others, only its head.
            body = getattr(node, "body", None)
            self.lines = range(node.lineno, body[0].lineno if body else node.end_lineno + 1)
            for new in statements(node):
                self.add(node, new)
        for new in expressions(node):
            self.add(node, new)
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                self.within(node)
            case ast.AnnAssign(value=value):
                if value:
                    self.visit(value)
            case ast.If(test) | ast.While(test):
                if not isinstance(test, ast.Compare | ast.UnaryOp):
                    self.add(test, ast.UnaryOp(ast.Not(), test))
                self.generic_visit(node)
            case ast.comprehension(ifs=tests):
                for test in tests:
                    self.add(test, ast.Constant(True))
                self.generic_visit(node)
            case _:
                self.generic_visit(node)

    def within(self, node: ast.FunctionDef | ast.ClassDef) -> None:
        """Default values and the body; not decorators, bases and annotations."""
        outside, self.where = self.where, f"{self.where}.{node.name}"
        if isinstance(node, ast.FunctionDef):
            for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
                self.visit(default)
        for one in node.body:
            self.visit(one)
        self.where = outside


def changes(file: str, source: bytes) -> list[Mutant]:
    """All changes of one file, each once."""
    found = {(one.start, one.end, one.new): one for one in Changes(file, source).found}
    return sorted(found.values(), key=placed)


def placed(one: Mutant) -> tuple[str, int, int, str]:
    return one.file, one.start, one.end, one.new


def drawn(mutants: list[Mutant], count: int, seed: int) -> list[Mutant]:
    """So many of them; the same for the same seed, whatever changes elsewhere in the code."""
    seen: Counter[tuple[str, ...]] = Counter()
    ranked = []
    for one in mutants:
        what = (one.file, one.where, one.old, one.new)
        seen[what] += 1
        ranked.append((sha256(f"{seed} {seen[what]} {what}".encode()).digest(), one))
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])[:count]]


# --- the tests


class Suite(NamedTuple):
    """What the tests do with the source as it is."""

    reach: dict[str, dict[int, list[str]]]
    took: dict[str, float]
    failed: list[str]

    def of(self, one: Mutant) -> list[str]:
        """The tests that reach a mutant; of what is done at import, those that reach its file."""
        lines = self.reach.get(one.file, {})
        found = {test for line in one.lines for test in lines.get(line, ())}
        if found == {""}:
            found = {test for tests in lines.values() for test in tests}
        return [test for test in found if test and test not in self.failed]


class Watch:
    """A plugin of pytest: how long each test takes and whether it passes; with `files`, which of
    their lines it reaches.
    """

    def __init__(self, files: list[str]):
        import coverage

        self.took: dict[str, float] = {}
        self.start = 0.0
        self.failed: list[str] = []
        options = {"include": files, "data_file": None, "config_file": False}
        self.coverage = coverage.Coverage(**options) if files else None

    def pytest_runtest_setup(self, item):
        self.start = sum(os.times()[:4])  # of the processor, that of other programs too
        if self.coverage:
            forget()
            self.coverage.switch_context(item.nodeid)

    def pytest_runtest_teardown(self, item):
        self.took[item.nodeid] = sum(os.times()[:4]) - self.start

    def pytest_runtest_logreport(self, report):
        if report.failed and report.nodeid not in self.failed:
            self.failed.append(report.nodeid)


def forget():
    """Empty the caches of the library, so that each test reaches what it needs itself."""
    for name, module in list(sys.modules.items()):
        if name.startswith("baoding_data"):
            for one in vars(module).values():
                if hasattr(one, "cache_clear"):
                    one.cache_clear()


def run(tests: list[str], watch: Watch) -> int:
    """The exit status of pytest."""
    import pytest

    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:nbval", "--tb=no", "-q"]
    options += ["-m", "not clock"]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    options += [f"--basetemp={os.environ['TMPDIR']}/tests", *([] if watch.coverage else ["-x"])]
    return int(pytest.main([*options, *tests], plugins=[watch]))


def recorded(folder: Path, tests: list[str], files: list[str]) -> Suite:
    """What some tests do with the source as it is."""
    watch = Watch([str(folder / file) for file in files])
    with watch.coverage.collect():
        status = run(tests, watch)
    assert status < 2, status  # pytest could run the tests, whether or not they pass
    data = watch.coverage.get_data()
    lines = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
    reach = {os.path.relpath(file, folder): found for file, found in lines.items()}
    return Suite(reach, watch.took, watch.failed)


def tried(folder: Path, stages: list[list[str]]) -> str:
    """The test that fails first, of some tests in stages; "" where none does."""
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    for tests in stages:
        watch = Watch([])
        status = run(tests, watch)
        if status == 4:  # the change has taken away a test: whatever is left of its file
            status = run(sorted(set(map(file_of, tests))), watch)
        if status:
            return (watch.failed or ["when it is loaded"])[0]
    return ""


# --- a process for each


class Job(NamedTuple):
    """A process at work in one copy of the repository; `kept` is what it has changed there."""

    folder: Path
    what: object
    until: float
    kept: dict[Path, bytes]


class Jobs:
    """Copies of the repository, in each of which one process is at work at a time."""

    def __init__(self, home: Path):
        self.free = [home / str(n) for n in range(JOBS)]
        self.running: dict[int, Job] = {}

    def start(self, what, limit, change: dict[str, bytes], work, *args) -> None:
        """Start a function of a folder and more, in a process of its own, with some files changed
        in its copy.
        """
        folder = self.free.pop()
        kept = {folder / file: (folder / file).read_bytes() for file in change}
        for file, content in change.items():
            written(folder / file, content)
        pid = os.fork()
        if not pid:
            try:
                enter(folder, limit)
                folder.with_suffix(".answer").write_bytes(pickle.dumps(work(folder, *args)))
            finally:
                os._exit(0)
        self.running[pid] = Job(folder, what, time.monotonic() + 20 * limit, kept)

    def ended(self):
        """The next that ends, with its answer; with None where it gives none in time."""
        while True:
            for pid, job in self.running.items():
                if time.monotonic() > job.until:
                    stop(pid)
                if os.waitpid(pid, os.WNOHANG)[0]:
                    stop(pid)  # what it left running
                    del self.running[pid]
                    for file, content in job.kept.items():
                        written(file, content)
                    self.free.append(job.folder)
                    return job.what, answer(job.folder.with_suffix(".answer"))
            time.sleep(0.01)


def written(file: Path, content: bytes) -> None:
    """Write a file anew so that what was compiled of it is of its former content."""
    file.write_bytes(content)
    os.utime(file, (next(SECONDS),) * 2)


def answer(file: Path):
    told = pickle.loads(file.read_bytes()) if file.exists() else None
    file.unlink(missing_ok=True)
    return told


def stop(pid: int) -> None:
    """Stop a process with all that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def enter(folder: Path, limit: float) -> None:
    """Be at home in a copy of the repository for some seconds of the processor, silently."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit)))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.chdir(folder)
    os.environ["PYTHONPATH"] = sys.path[0] = str(folder)
    os.environ["TMPDIR"] = str(folder.with_suffix(".tmp"))

    from hypothesis import Phase, settings

    # Always the same examples, and none made smaller.
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("same", database=None, derandomize=True, phases=phases)
    settings.load_profile("same")


# --- all together


@contextmanager
def copies() -> Iterator[Jobs]:
    """Copies of the repository, of what git knows of it and does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in LOADED.split():
        import_module(name)
    with tempfile.TemporaryDirectory() as home:
        jobs = Jobs(Path(home))
        for folder in jobs.free:
            folder.with_suffix(".tmp").mkdir()
            for name in filter(None, listed.split("\0")):
                if (ROOT / name).is_file():
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(ROOT / name, folder / name)
        try:
            yield jobs
        finally:
            for pid in jobs.running:
                stop(pid)


def watched(jobs: Jobs, tests: list[str], files: list[str]) -> Suite:
    """The tests run once with the source as it is, in as many parts as there are copies."""
    for n in range(JOBS):
        jobs.start(n, 3600, {}, recorded, tests[n::JOBS], files)
    suite = Suite(defaultdict(lambda: defaultdict(list)), {}, [])
    for _ in range(JOBS):
        _, told = jobs.ended()
        if told is None:
            sys.exit("the tests cannot be run in a copy of the repository")
        suite.took.update(told.took)
        suite.failed.extend(told.failed)
        for file, lines in told.reach.items():
            for line, reached in lines.items():
                suite.reach[file][line] += reached
    return suite


def stages(one: Mutant, suite: Suite, noticed: Counter[str]) -> list[list[str]]:
    """The tests that are tried, in their order: those that noticed most in this file, then those of
    files that did or that import it, the quickest first. A few stand apart, since each of their
    files is loaded whole.
    """
    room, _, stem = one.file.removesuffix(".py").replace("/", ".").rpartition(".")
    module = re.compile(rf"^from {room}(?:\.| import .*\b){stem}\b", re.MULTILINE)
    tests = suite.of(one)
    importing = {
        file
        for file in set(map(file_of, tests))
        if module.search((ROOT / file).read_text(encoding="utf-8"))
    }

    def rank(test: str) -> tuple[int, int, bool, float, str]:
        file = file_of(test)
        return -noticed[test], -noticed[file], file not in importing, suite.took[test], test

    ordered = sorted(tests, key=rank)
    so_far = accumulate(suite.took[test] + 0.01 for test in ordered)
    asked = [test for test, took in zip(ordered, so_far, strict=True) if took <= ASKED]
    return [part for part in (asked[:8], asked[8:50], asked[50:]) if part]


def file_of(test: str) -> str:
    return test.partition("::")[0]


def outcomes(jobs: Jobs, mutants: list[Mutant], suite: Suite) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with the test that noticed it, or with none."""
    noticed: dict[str, Counter[str]] = defaultdict(Counter)
    left = list(mutants)
    while left or jobs.running:
        if left and jobs.free:
            one = left.pop(0)
            order = stages(one, suite, noticed[one.file])
            change = {one.file: one.made((jobs.free[-1] / one.file).read_bytes())}
            jobs.start(one, LIMIT, change, tried, order)
        else:
            one, told = jobs.ended()
            killed = "it does not end" if told is None else told
            noticed[one.file].update({killed, file_of(killed)})
            yield one, killed


def at_fault(jobs: Jobs, noticed: Collection[str]) -> str:
    """Which of the tests that noticed something fails with the source as it is; else empty."""
    jobs.start("", 3600, {}, tried, [sorted(noticed)] if noticed else [])
    _, told = jobs.ended()
    return "one of the tests" if told is None else told


def reported(killed: dict[Mutant, str], took: float) -> bool:
    """Print the score and who survived; whether that is enough."""
    for part, patterns in PARTS.items():
        own = [bool(test) for one, test in killed.items() if one.file in files_of(patterns)]
        print(f"{part}: {sum(own)} of {len(own)} noticed, {percent(own):.1f} %")
    every = [bool(test) for test in killed.values()]
    survivors = [one for one, test in killed.items() if not test]
    for one in sorted(survivors, key=placed):
        print(one)
    print(f"{sum(every)} of {len(every)} noticed, {percent(every):.1f} %; in {took / 60:.0f} min")
    return percent(every) >= WANTED


def percent(found: list[bool]) -> float:
    return 100 * sum(found) / max(1, len(found))


def files_of(patterns: list[str]) -> list[str]:
    """The files of this repository that fit one of some patterns."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def tests_asked() -> list[str]:
    """The files of tests, but those in which other programs do the work."""
    left = {f"test_{name}.py" for name in ELSEWHERE.split()}
    return [one for one in files_of(["tests/test_*.py"]) if Path(one).name not in left]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    start = time.monotonic()
    files = files_of([pattern for patterns in PARTS.values() for pattern in patterns])
    mutants = [one for file in files for one in changes(file, (ROOT / file).read_bytes())]
    with copies() as jobs:
        suite = watched(jobs, tests_asked(), files)
        chosen = drawn(mutants, asked.count, asked.seed)
        print(f"{len(chosen)} of {len(mutants)} possible changes, drawn with the seed {asked.seed}")
        for test in suite.failed:
            print(f"not asked, since it fails without any change: {test}")
        killed = dict(outcomes(jobs, chosen, suite))
        wrong = at_fault(jobs, {*killed.values()} & suite.took.keys())
    if wrong:
        sys.exit(f"{wrong} fails by itself without any change, so that the score says nothing")
    return 0 if reported(killed, time.monotonic() - start) else 1


if __name__ == "__main__":
    sys.exit(main())
