"""What the system refuses: whatever file it is and whenever, a command says so in a line with the
path and what to do, ends with status 2, and has lost nothing; and how what is printed may fail.
"""

import builtins
import errno
import io
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import at_once
import pytest
from conftest import IN_FULL, ROOT, UNFORESEEN
from matplotlib.font_manager import fontManager

import baoding_data as bd
from baoding_data import errors
from baoding_data.charts import typesetting
from baoding_data.cli import COMMANDS, main
from baoding_data.errors import refused, told
from baoding_data.writing import mark, replace

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes that begin as copies")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="streams and links as on Unix")

# What is asked of the system with a path, and with the number of an open file.
BY_PATH = "stat lstat scandir listdir replace unlink mkdir chmod".split()
BY_NUMBER = "fsync ftruncate write read".split()
CODES = [
    getattr(errno, name)
    for name in "EACCES ENOSPC EIO EMFILE EROFS ESTALE ENAMETOOLONG EDQUOT".split()
]
SEEDS = ["--seeds", "seeds"]


class System:
    """Counts what a program asks of the system about its files, and refuses the asking `at`."""

    def __init__(self, patch, at=None, code=None):
        self.asked, self.at, self.code = [], at, code
        for name in (*BY_PATH, "open"):
            patch.setattr(os, name, self.refusing(name, getattr(os, name)))
        opened = self.refusing("open", builtins.open)
        patch.setattr(builtins, "open", opened)
        patch.setattr(io, "open", opened)
        for name in BY_NUMBER:
            patch.setattr(os, name, self.refusing(name, getattr(os, name)))

    def refusing(self, name, real):
        def asking(*given, **more):
            if self.counts(name, given[0] if given else "."):
                self.asked.append((name, given[0]))
                if len(self.asked) - 1 == self.at:
                    about = [] if isinstance(given[0], int) else [os.fspath(given[0])]
                    raise OSError(self.code, os.strerror(self.code), *about)
            return real(*given, **more)

        return asking

    def counts(self, name, what):
        if isinstance(what, int):
            return what > 2 and name in BY_NUMBER
        return Path(os.getcwd()) in (Path.cwd() / os.fspath(what)).parents


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A small folder of tables, with what each command works on; and a call of each, by a name."""
    place, here = tmp_path_factory.mktemp("model") / "here", os.getcwd()
    place.mkdir()
    os.chdir(place)
    try:
        commands = at_once.prepared()
        Path("dirty.txt").write_bytes("全县受理<b>316</b>件。\n".encode() * 3)
    finally:
        os.chdir(here)
    figure = ["cases", "--report", "chengping-2023", *SEEDS]
    return place, commands | {
        "check": ["check", *SEEDS],
        "find": ["find", "案", *SEEDS],
        "show": ["show", *figure],
        "compare": ["compare", *figure],
        "clean": ["clean", "dirty.txt", "-o", "clean.txt", *SEEDS],
        "scan -o new": ["scan", "yuanhe-2001", "-o", "new.csv", *SEEDS],
        "scan": ["scan", "yuanhe-2001", *SEEDS],
        "site": ["site", "edition", *SEEDS],
    }


# Of a call, so many moments at which the system refuses: of most all, in full.
MOMENTS = 400 if IN_FULL else 2
NAMES = ["add", "accept", "sign", "scan", "scan -o new", "export", "flat"]
NAMES += ["check", "find", "show", "compare", "clean", "site"]


@pytest.fixture
def here(model, tmp_path, monkeypatch):
    """A copy of the folder, to work in."""
    shutil.copytree(model[0], tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")


def ran(command, capsys, at=None, code=None):
    """The status of a command, what it printed, what it said, and what it asked of the system."""
    with pytest.MonkeyPatch.context() as patch:
        system = System(patch, at, code)
        status = main(command)
    out, err = capsys.readouterr()
    return status, out, err, system.asked


def files():
    """The bytes of all files here but for those of the program alone."""
    apart = (".lock", "made.json")  # this one says what is being written, and so changes with it
    paths = (path for path in sorted(Path().rglob("*")) if path.is_file())
    paths = (path for path in paths if path.name not in apart)
    return {str(path): path.read_bytes() for path in paths}


def again(before):
    """Put all files back, and no others, in no other folders."""
    shutil.rmtree("edition", ignore_errors=True)
    for path, data in files().items():
        if before.get(path) != data:
            os.unlink(path)
    for path, data in before.items():
        if not Path(path).exists():
            Path(path).write_bytes(data)


def test_every_command_is_tried(model):
    """None of the commands is missing below."""
    assert {command[0] for command in model[1].values()} == COMMANDS.keys()
    assert set(model[1]) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_system_refuses_is_said_and_nothing_is_lost(model, here, capsys, name):
    """At any moment, of any file: no traceback, each file is the old or the new one, nothing is
    left beside; and either all is as usual, or the path is said, with what to do.
    """
    command, before = model[1][name], files()
    usual = ran(command, capsys)
    after = files()
    again(before)
    chance, moments = random.Random(name), range(len(usual[3]))
    for at in chance.sample(moments, min(len(moments), MOMENTS)):
        code = chance.choice(CODES)
        status, out, err, _ = ran(command, capsys, at, code)
        kind, path = usual[3][at]
        where = f"{kind} {path} {errno.errorcode[code]}: {status} {out[:99]!r} {err!r}"
        now = files()
        assert now.keys() >= before.keys(), where
        if kind != "unlink":
            assert all(now[file] in (before.get(file), after.get(file)) for file in now), where
        if (status, out) != usual[:2]:
            file = "" if isinstance(path, int) else Path(path).name
            named = not file or file.endswith((".tmp", ".lock")) or file in out + err
            assert named and "Errno" not in out + err and "no such" not in out + err, where
            assert status == 2 and err.startswith("baoding: ") or "a draft, of which" in out, where
            last = err.splitlines()[-1] if err else ""
            assert os.strerror(code) in out + err and "; " in last + out, where
        again(before)


# --- what to do is right


def test_what_is_refused_is_all_said_at_once(here, capsys, monkeypatch):
    """Of several tables that cannot be read, each has its line, in `check` and elsewhere."""
    real, closed = io.open, ("places.csv", "terms.csv", "chengping-2023.txt")

    def opened(path, *more, **others):
        if str(path).endswith(closed):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, *more, **others)

    for there in (io, builtins):
        monkeypatch.setattr(there, "open", opened)
    for command in (["check", *SEEDS], ["find", "案", *SEEDS]):
        assert main(command) == 2
        said = capsys.readouterr().err.splitlines()
        assert len(said) == 3
        assert all("cannot be read (Permission denied); allow reading it" in line for line in said)
    monkeypatch.undo()
    assert main(["check", *SEEDS, "--rules"]) == 0


def test_what_vanishes_while_a_command_works_is_named(model, here, capsys):
    """A file that was read and is gone when it is asked for again is a line with its path and what
    to do, whichever it is: no answer is given without it.
    """
    usual = ran(model[1]["export"], capsys)
    opened = [at for at, (kind, path) in enumerate(usual[3]) if kind == "open"]
    first = {str(usual[3][at][1]): at for at in reversed(opened)}
    twice = [at for at in opened if first[str(usual[3][at][1])] < at]
    twice = [at for at in twice if "seeds" in str(usual[3][at][1])]
    assert len(twice) > 10
    for at in twice if IN_FULL else twice[::6]:
        status, _, err, _ = ran(model[1]["export"], capsys, at, errno.ENOENT)
        path = Path(usual[3][at][1])
        assert status == 2 and f"{path}: was there just now; put it back" in err, (path, err)
    assert ran(model[1]["export"], capsys)[0] == 0


@needs_posix
def test_a_link_in_a_circle_can_be_removed(tmp_path, seeds):
    """Said to be one, and once it is gone the file is written."""
    (tmp_path / "a.csv").symlink_to("a.csv")
    with pytest.raises(bd.BaodingError, match="remove the link, which leads in a circle"):
        bd.export(tmp_path / "a.csv", seeds=seeds)
    (tmp_path / "a.csv").unlink()
    assert bd.export(tmp_path / "a.csv", seeds=seeds)


@needs_posix
def test_a_file_in_the_place_of_a_folder_and_a_folder_that_is_gone(tmp_path, monkeypatch, seeds):
    """Where an export has no folder, or this one was removed, the cure is to make it."""
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(bd.BaodingError, match="there is no folder .*out; make it first"):
        bd.export(tmp_path / "out" / "a.csv", seeds=seeds)
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(bd.BaodingError, match="a.csv: .*make its folder first"):
        bd.export("a.csv", seeds=seeds)
    assert (tmp_path / "out").read_bytes() == b"mine"


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_names_path_reason_and_cure(code):
    """The path that is given, or else the system's own; the reason in its words; and a cure."""
    said = str(refused(OSError(code, os.strerror(code)), "a.csv", "cannot be read", "allow it"))
    assert said.startswith(f"a.csv: cannot be read ({os.strerror(code)}); ")
    assert str(refused(OSError(code, "why", "b.csv"))).startswith("b.csv: cannot be used (why); ")


# --- what a killed program has left


def left_behind(folder, moment="fsync", end=lambda: os.kill(os.getpid(), signal.SIGKILL)):
    """A process that writes a file in a folder, and at a moment of it is killed, or waits."""
    child = os.fork()
    if not child:
        real = getattr(os, moment)

        def ended(*given):
            end()
            return real(*given)

        try:
            setattr(os, moment, ended)
            replace(folder / "other", b"x" * 99, None)
        finally:
            os._exit(0)
    return child


@needs_fork
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_what_a_killed_program_left_is_cleared_by_the_next(tmp_path, seeds, moment):
    """The next that writes there clears it, also where it finds its own file as it should be."""
    os.waitpid(left_behind(tmp_path, moment), 0)
    assert len(list(tmp_path.glob(".*.tmp"))) == 1
    assert bd.export(tmp_path / "a.csv", seeds=seeds) and os.listdir(tmp_path) == ["a.csv"]
    os.waitpid(left_behind(tmp_path, moment), 0)
    assert not bd.export(tmp_path / "a.csv", seeds=seeds) and os.listdir(tmp_path) == ["a.csv"]


@needs_fork
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_what_a_living_program_writes_is_not_cleared(tmp_path, moment):
    """While one is writing, another writes in the same folder, and both files are there."""
    begun, ready = os.pipe()
    wait, go = os.pipe()
    child = left_behind(tmp_path, moment, lambda: (os.write(ready, b"x"), os.read(wait, 1)))
    os.read(begun, 1)
    was, beside = None, []
    for data in (b"1", b"2"):
        replace(tmp_path / "mine", data, was)
        beside.append(len(list(tmp_path.glob(".*.tmp"))))
        was = mark(data)
    os.write(go, b"x")
    os.waitpid(child, 0)
    assert beside == [1, 1]
    assert sorted(os.listdir(tmp_path)) == ["mine", "other"]
    assert (tmp_path / "other").read_bytes() == b"x" * 99


def test_only_what_this_program_left_is_cleared(tmp_path):
    """Files of other programs stay, and so does what only bears such a name."""
    own = f".baoding-{'0' * 32}.tmp"
    others = [".x.tmp", f".{'0' * 32}.tmp", "baoding.tmp", f"{own}x"]
    for name in others:
        (tmp_path / name).write_bytes(b"theirs")
    (tmp_path / own).mkdir()
    replace(tmp_path / "a", b"a", None)
    assert sorted(os.listdir(tmp_path)) == sorted([*others, own, "a"])


def test_one_just_begun_is_not_cleared(tmp_path):
    """A file that is empty may be about to be locked; a minute later it is rubbish."""
    begun = tmp_path / f".baoding-{'1' * 32}.tmp"
    begun.touch()
    replace(tmp_path / "a", b"a", None)
    assert begun.exists()
    os.utime(begun, (1, 1))
    replace(tmp_path / "b", b"b", None)
    assert not begun.exists()


def test_rubbish_is_no_table_and_not_in_git(here):
    """What is left among the tables is read by nobody, and git ignores it."""
    name = f".baoding-{'2' * 32}.tmp"
    Path(f"seeds/figures/{name}").write_bytes(b"x")
    Path(f"seeds/reports/{name}").write_bytes(b"x")
    assert bd.audit("seeds").findings.query("rule != 'reader'").empty
    for folder in ("seeds/figures", "seeds", "exports"):
        ignored = subprocess.run(["git", "check-ignore", f"{folder}/{name}"], cwd=ROOT)
        assert ignored.returncode == 0


# --- what is printed


def shell(redirected, *command):
    """The status of a command whose streams a shell has redirected, and what stood on screen."""
    code = "import sys; from baoding_data.cli import main; sys.exit(main())"
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    line = f'"$0" -c "$1" {" ".join(command)} {redirected}'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable, code],
        env=kept | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
    )
    return done.returncode, (done.stdout + done.stderr).decode()


@needs_posix
@pytest.mark.parametrize(
    ("redirected", "status", "said"),
    [
        (">&-", 2, "(it is closed); send it elsewhere"),
        (">/dev/full", 2, "(No space left on device); make room there"),
        (">&- 2>&-", 2, ""),
        (">/dev/full 2>/dev/full", 2, ""),
        ("<&-", 0, bd.__version__),
        ("| :", 0, ""),
    ],
)
def test_what_cannot_be_printed(redirected, status, said):
    """Where nothing can be printed, there is one line, or none, and the status; and no second word
    as Python ends, though what was printed is so short that it is written only then.
    """
    if "full" in redirected and not os.path.exists("/dev/full"):
        pytest.skip("no device that is always full")
    if status and said:
        said = f"baoding: standard output: cannot be written {said}"
    assert shell(redirected, "--version") == (status, f"{said}\n" if said else "")


class Broken(io.StringIO):
    """A stream that refuses what is written, at once or only when it is flushed."""

    def __init__(self, code, at="flush"):
        super().__init__()
        self.error, self.at = OSError(code, os.strerror(code)), at

    def write(self, text):
        if self.at == "write":
            raise self.error
        return super().write(text)

    def flush(self):
        raise self.error


@pytest.mark.parametrize("at", ["write", "flush"])
@pytest.mark.parametrize(
    ("code", "status"), [(errno.EPIPE, 141), (errno.ENOSPC, 2), (errno.EIO, 2)]
)
def test_a_stream_that_breaks(monkeypatch, capsys, at, code, status):
    """Whom nobody reads ends quietly, with the status of any program that is so ended; a full or
    failing stream is named.
    """
    monkeypatch.setattr(sys, "stdout", Broken(code, at))
    assert main(["check", "--rules"]) == status
    err = capsys.readouterr().err
    assert err.startswith("baoding: standard output: ") if status == 2 else err == ""


def test_what_cannot_be_said_ends_with_its_status_all_the_same(monkeypatch, capsys):
    """With standard error broken, or closed, nothing of it is printed elsewhere."""
    for stream in (Broken(errno.ENOSPC, "write"), None):
        monkeypatch.setattr(sys, "stderr", stream)
        assert main(["show", "nonsense"]) == 2
        assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "there is not enough memory"),
        (RecursionError("deep"), "what was given is nested too deeply"),
        (OSError(errno.EIO, "Input/output error", "x.csv"), "x.csv: cannot be used (Input"),
        (OSError("a library's words; and its cure"), "a library's words; and its cure"),
    ],
)
def test_what_nobody_foresaw(capsys, error, said):
    """The last net: one line, status 2."""

    def run():
        raise error

    assert told(run) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"baoding: {said}")


def test_a_mistake_of_the_program_is_said_in_a_line(monkeypatch, capsys):
    """What nobody foresaw is no finding, which status 1 means: where and what in a line, nothing
    unseen in it.
    """
    monkeypatch.setattr(errors, "unforeseen", UNFORESEEN)

    def run():
        raise ValueError("a\x1b[31m\u202e\nb" + "c" * 9999)

    assert told(run) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("baoding: a mistake of this program, in test_system.py, line ")
    assert r"ValueError a\x1b[31m\u202e bccc" in line and len(line) < 999


def test_a_command_has_its_own_status():
    """What a command returns is its status; what is no number is none."""
    assert (told(lambda: 1), told(lambda: None), told(lambda: True)) == (1, 0, 0)


# --- what belongs to the library


@pytest.fixture
def fonts(tmp_path, monkeypatch):
    """A copy of the fonts, none of which is read yet."""
    copied = shutil.copytree(typesetting.FONTS, tmp_path / "fonts")
    monkeypatch.setattr(typesetting, "FONTS", copied)
    monkeypatch.setattr(fontManager, "ttflist", [*fontManager.ttflist])
    cached = (typesetting._face, typesetting._font, typesetting.measure)
    for function in cached:
        function.cache_clear()
    yield copied
    for function in cached:
        function.cache_clear()


DAMAGES = {
    "missing": lambda file: file.unlink(),
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:900_000]),
    "another": lambda file: file.write_bytes(
        file.with_name(file.name.replace("Bold", "Regular")).read_bytes()
    ),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_font_that_is_missing_or_broken_is_named(fonts, damage):
    """Nothing is drawn with another font; the font is named, and what to do; done, it is drawn."""
    file = fonts / typesetting.FILES[True][0]
    kept = file.read_bytes()
    DAMAGES[damage](file)
    with pytest.raises(bd.BaodingError, match=f"{file.name}: .*install baoding_data anew"):
        typesetting.measure("败诉", typesetting.TITLE)
    if file.is_dir():
        file.rmdir()
    file.write_bytes(kept)
    assert typesetting.measure("败诉", typesetting.TITLE) > 0


@needs_posix
def test_a_drawing_library_without_a_folder_to_write_says_so(tmp_path):
    """What fails as it is imported is a line, with what to set, and status 2."""
    (tmp_path / "pandas.py").touch()  # takes long
    (tmp_path / "matplotlib.py").write_bytes(b"raise OSError('no folder; set MPLCONFIGDIR to one')")
    path = os.pathsep.join([str(tmp_path), str(ROOT), *sys.path])
    command = [sys.executable, "-m", "baoding_data.charts.sentences", "r", "i", "x.png"]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, capture_output=True)
    assert done.returncode == 2
    assert done.stderr.decode() == "baoding: no folder; set MPLCONFIGDIR to one\n"


def test_a_damaged_installation_is_said_to_be_one(tmp_path, monkeypatch):
    """A file of the package that is gone is named."""
    from baoding_data.text import inventory

    monkeypatch.setattr(inventory, "__file__", str(tmp_path / "inventory.py"))
    with pytest.raises(bd.BaodingError, match="inventory.csv: no such file; install .* anew"):
        inventory.entries.__wrapped__()
