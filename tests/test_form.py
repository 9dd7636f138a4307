"""The form of the code and of the repository; `make check` has the rest."""

import ast
import re
import unicodedata
from collections import Counter
from pathlib import PurePosixPath

import pytest
import tracked
from tracked import ROOT

pytestmark = tracked.NEEDED

# What Windows keeps for itself, whatever follows behind a dot, and what it allows in no name.
RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\..*)?|.*[ .]")
FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]')
LONGEST = 100  # of a path: Windows has room for 260, of which the folder above takes its part


def unfit(names):
    """What is wrong with the names of files for some system, by name."""
    for name in names:
        for part in PurePosixPath(name).parts:
            if RESERVED.fullmatch(part) or FORBIDDEN.search(part):
                yield f"{name}: no name on Windows"
        if len(name.encode()) > LONGEST:
            yield f"{name}: longer than {LONGEST} bytes"
    paths = {path for name in names for path in (name, *map(str, PurePosixPath(name).parents))}
    folded = Counter(map(same, paths))
    yield from (f"{path}: another differs only in case" for path in paths if folded[same(path)] > 1)


def same(name):
    """A name as a system takes it that knows neither upper case nor composed letters."""
    return unicodedata.normalize("NFC", name).casefold()


def test_every_name_is_one_on_every_system():
    """No two names differ only in case, none is long or one that Windows does not allow."""
    assert list(unfit(tracked.names())) == []


@pytest.mark.parametrize(
    "names",
    [
        ["docs/aux.md"],
        ["Con"],
        ["lpt1.tar.gz/x"],
        ["docs/what?.md"],
        ["a:b"],
        ["docs./x"],
        ["x "],
        ["a/" * 50 + "x"],
        ["docs/Rules.md", "docs/rules.md"],
        ["Docs/x", "docs/y"],
        ["é", "e\u0301"],
    ],
)
def test_names_that_are_none_on_some_system_are_told(names):
    """Each kind of name that a system refuses, or takes for another, is told."""
    assert list(unfit(names))
    assert not list(
        unfit(["console/auxiliary.md", "docs/rules.md", "com.txt", ".lock", "邯郸.txt"])
    )


def test_no_file_is_a_link():
    """No file is a symbolic link, which Windows makes only for those who may, nor a submodule."""
    modes = [line.partition(" ")[::2] for line in tracked.git("ls-files", "-s", "-z")]
    assert [rest for mode, rest in modes if mode not in ("100644", "100755")] == []


def test_every_file_has_the_same_bytes_on_every_system():
    """What git stores is what it checks out, whatever the system's line ends: text with \\n, all
    else as it is.
    """
    told = tracked.git("ls-files", "--eol", "-z")
    assert len(told) > 100
    wrong = []
    for line in told:
        about, _, name = line.partition("\t")
        stored, attributes = re.fullmatch(r"i/(\S*) +w/\S* +attr/(.*?) *", about).groups()
        if attributes != "-text" and (stored not in ("lf", "none") or "eol=lf" not in attributes):
            wrong.append(f"{name}: {about.strip()}; say in .gitattributes what it is")
    assert wrong == []


# --- the code


def test_no_line_is_longer_than_100_characters():
    """Each line of code is at most 100 characters long, a Han character being one."""
    files = tracked.names("*.py")
    assert len(files) > 50
    long = [
        f"{name}:{number}"
        for name in files
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").split("\n"), 1)
        if len(line) > 100
    ]
    assert long == []


MODE = re.compile("[rwaxbt+]+")
# Where the mode stands among the arguments of a function, and what it is where none is given.
OPENING = {
    "open": (1, "r"),
    "io.open": (1, "r"),
    "os.fdopen": (1, "r"),
    "NamedTemporaryFile": (0, "w+b"),
    "TemporaryFile": (0, "w+b"),
}
TEXTUAL = {name.rpartition(".")[2] for name in OPENING}
TEXTUAL |= {"read_text", "write_text", "TextIOWrapper", "run", "Popen", "check_output"}
PLACES = re.compile(rf"\b(?:{'|'.join(sorted(TEXTUAL))})\(")


def left_to_the_system(source):
    """The calls that read or write text as the system would: its encoding, its line ends.

    ruff's PLW1514 sees only what it knows to be a `Path`, and no line ends.
    """
    if not PLACES.search(source):
        return
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            given = {word.arg for word in call.keywords}
            for missing in sorted(named_by(call) - given):
                yield f"{call.lineno}: {ast.unparse(call.func)} without {missing}="


def named_by(call):
    """What a call has to name, since it reads or writes text."""
    method = getattr(call.func, "attr", "")
    if (method or getattr(call.func, "id", "")) not in TEXTUAL:
        return set()
    name = ast.unparse(call.func)
    words = {word.arg: getattr(word.value, "value", None) for word in call.keywords}
    places = [getattr(argument, "value", None) for argument in call.args]
    at, mode = OPENING.get(name.removeprefix("tempfile."), (0, "r"))
    mode = words.get("mode", places[at] if len(places) > at else mode)
    if method == "open" and name not in OPENING and not MODE.fullmatch(str(mode)):
        return set()  # an archive's or a picture's: what is named first is no mode
    if name.removeprefix("tempfile.") in OPENING or method == "open":
        return set() if "b" in str(mode) else {"encoding", "newline"}
    if method == "write_text" or name.endswith("TextIOWrapper"):
        return {"encoding", "newline"}
    text = method == "read_text" or True in (words.get("text"), words.get("universal_newlines"))
    return {"encoding"} if text else set()


@pytest.mark.parametrize("name", ["baoding_data", "benchmarks", "notebooks", "tests", "tools"])
def test_no_text_is_left_to_the_system(name):
    """Whatever opens, reads or writes text names its encoding, and its line ends where it can."""
    files = tracked.names(f"{name}/*.py")
    assert files
    assert [
        f"{file}:{told}"
        for file in files
        for told in left_to_the_system((ROOT / file).read_text(encoding="utf-8"))
    ] == []


def test_text_that_is_left_to_the_system_is_told():
    """Each way to read or write text by the system's customs is told, and no other call."""
    bad = """
open("x")
open("x", "w", encoding="utf-8")
open("x", mode="a", newline="")
path.open()
path.open("w", encoding="utf-8")
path.read_text()
path.write_text("x", encoding="utf-8")
io.open("x")
subprocess.run(["x"], text=True)
os.fdopen(3)
NamedTemporaryFile("w")
""".strip()
    good = """
open("x", "rb")
open("x", encoding="utf-8", newline="")
path.open("xb")
path.read_text(encoding="utf-8")
Image.open(path)
archive.open("x.csv")
os.open("x.csv", os.O_RDWR)
subprocess.run(["x"], encoding="utf-8")
change("x", text="y")
NamedTemporaryFile()
""".strip()
    told = {int(line.partition(":")[0]) for line in left_to_the_system(bad)}
    assert told == set(range(1, bad.count("\n") + 2))
    assert list(left_to_the_system(good)) == []
