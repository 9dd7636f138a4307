"""Setting up: uv does what pip is set to, and where it cannot, pip installs; what ships is tested
with other versions; and what runs elsewhere (the workflow, the hooks) runs what `make` runs.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from hashlib import sha256
from importlib import util
from pathlib import Path

import pytest
import yaml
from conftest import script, settings_without, takes_long

ROOT = Path(__file__).resolve().parents[1]
install = script("tools/install.py")  # which the other one imports
versions = script("tools/versions.py")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LISTED = r"""
:env:.extra-index-url='https://one.invalid/simple\n  file:///two/simple'
:env:.no-input='1'
:env:.trusted-host=''
download.no-index='1'
global.cert='/certificates of/ours.pem'
global.extra-index-url='https://zero.invalid/simple'
global.index-url='https://name:word@main.invalid/simple?a=b'
global.trusted-host='main.invalid'
install.constraint='~/one.txt two.txt'
install.find-links='/three https://four.invalid/list'
install.timeout='90'
"""


@pytest.fixture
def alone(monkeypatch):
    """Nothing of what pip and uv are set to on this machine."""
    for key in list(os.environ):
        if key.startswith(("PIP_", "UV_")) or key.endswith("_CA_BUNDLE"):
            monkeypatch.delenv(key)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")


@pytest.fixture
def commands(monkeypatch):
    """The commands that would run, with their variables; the first that has the word in `failing`
    fails.
    """

    class Commands(list):
        failing = "nothing"

    seen = Commands()

    def run(command, env=None, **_):
        seen.append((command, env or {}))
        failed = seen.failing in command
        said = "warning: beside\nerror: this is why\nerror: more" if failed else ""
        listed = "global.index-url='https://main.invalid'" if "config" in command else ""
        return subprocess.CompletedProcess(command, int(failed), listed, said)

    monkeypatch.setattr(install.subprocess, "run", run)
    return seen


def wheel(folder, name):
    """A wheel of one empty module in a folder, and the line that requires it."""
    folder.mkdir(parents=True, exist_ok=True)
    path, about = folder / f"{name}-1.0-py3-none-any.whl", f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
        )
        archive.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{about}/RECORD", "")
    return f"{name}==1.0 --hash=sha256:{sha256(path.read_bytes()).hexdigest()}\n"


def index(folder, *names):
    """A package index in a folder, its address, and the lines that require its packages."""
    folder.mkdir()
    lines = [wheel(folder / name, name) for name in names]
    for name in names:
        link = f'<a href="{name}-1.0-py3-none-any.whl">{name}-1.0-py3-none-any.whl</a>'
        (folder / name / "index.html").write_text(link, encoding="utf-8", newline="")
    return folder.as_uri(), lines


def test_the_stronger_setting_holds():
    """A variable is stronger than a file, and what is set for installing than what is set for all;
    an empty setting sets nothing, and one for another command is none.
    """
    found = install.settings(LISTED)
    assert found["extra-index-url"].split() == ["https://one.invalid/simple", "file:///two/simple"]
    assert found["trusted-host"] == "main.invalid"
    assert "no-index" not in found and len(found) == 8


def test_settings_are_read_from_pip_itself(alone, monkeypatch, tmp_path):
    """What a file and the variables say is found as pip lists it, with blanks and lines in it."""
    file = tmp_path / "pip.conf"
    file.write_text(
        "[global]\nextra-index-url =\n  https://a.invalid\n  https://b.invalid\n",
        encoding="utf-8",
        newline="",
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    monkeypatch.setenv("PIP_FIND_LINKS", "/a 'folder'")
    found = install.settings(install.run([*install.PIP, "config", "list"]))
    assert found["extra-index-url"].split() == ["https://a.invalid", "https://b.invalid"]
    assert found["find-links"] == "/a 'folder'"


def test_settings_become_variables_of_uv(monkeypatch):
    """Each setting has its variable, none is seen among the arguments, and what the user has set uv
    to is left out.
    """
    monkeypatch.setenv("HOME", "/ours")
    own = {"PATH": "/bin", "UV_INDEX": "https://else.invalid", "SSL_CERT_DIR": "/else"}
    assert install.carried(install.settings(LISTED), own) == (
        [],
        {
            "PATH": "/bin",
            "SSL_CERT_FILE": "/certificates of/ours.pem",
            "UV_CONSTRAINT": "/ours/one.txt two.txt",
            "UV_DEFAULT_INDEX": "https://name:word@main.invalid/simple?a=b",
            "UV_FIND_LINKS": "/three,https://four.invalid/list",
            "UV_HTTP_TIMEOUT": "90",
            "UV_INDEX": "https://one.invalid/simple file:///two/simple",
            "UV_INSECURE_HOST": "main.invalid",
        },
    )


@pytest.mark.parametrize(
    ("pip", "arguments", "variables"),
    [
        ({"no-index": "true", "no-cache-dir": "off"}, ["--no-index", "--no-cache"], {}),
        ({"no-index": "0", "cache-dir": "/large"}, [], {"UV_CACHE_DIR": "/large/uv"}),
        ({"proxy": "http://p:1"}, [], {"HTTP_PROXY": "http://p:1", "HTTPS_PROXY": "http://p:1"}),
    ],
)
def test_switches_cache_and_proxy(pip, arguments, variables):
    """What is no list of places is carried over too."""
    assert install.carried(pip, {}) == (arguments, variables)


def test_the_certificate_of_pip_comes_first():
    """Where pip is set to no certificate, it takes that of its own library, and so does uv."""
    own = {"REQUESTS_CA_BUNDLE": "/theirs.pem", "SSL_CERT_FILE": "/other.pem"}
    assert install.carried({}, own)[1]["SSL_CERT_FILE"] == "/theirs.pem"
    assert install.carried({"cert": "/ours.pem"}, own)[1]["SSL_CERT_FILE"] == "/ours.pem"
    assert install.carried({}, {"SSL_CERT_FILE": "/other.pem"})[1]["SSL_CERT_FILE"] == "/other.pem"


@pytest.mark.parametrize("key", ["no-binary", "target", "use-feature", "new-setting"])
def test_an_unknown_setting_is_not_passed_over(key):
    """A setting that uv has no equal of, or that came later, is named as the reason."""
    with pytest.raises(install.Unable, match=key):
        install.carried({"index-url": "https://main.invalid", key: "1"}, {})


@takes_long
def test_uv_installs_from_every_place_that_pip_knows(alone, monkeypatch, tmp_path):
    """Packages of two indexes and two folders of links arrive, under a constraint, in a directory
    with any name; without a matching hash, or against the constraint, none does.
    """
    if not util.find_spec("uv"):
        pytest.skip("pip has installed here, without uv")
    place = tmp_path / "新 目录"
    place.mkdir()
    first, lines = index(tmp_path / "first", "one")
    second, more = index(tmp_path / "second", "two")
    lines += [*more, wheel(tmp_path / "links", "three"), wheel(tmp_path / "others", "four")]
    requirements, constraints = place / "r.txt", tmp_path / "constraints.txt"
    requirements.write_text("".join(lines), encoding="utf-8", newline="")
    constraints.write_text("one<2\nunused<3\n", encoding="utf-8", newline="")
    monkeypatch.setenv("PIP_INDEX_URL", first)
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", second)
    monkeypatch.setenv("PIP_FIND_LINKS", f"{tmp_path / 'links'} {tmp_path / 'others'}")
    monkeypatch.setenv("PIP_CONSTRAINT", str(constraints))

    def arrived(name):
        monkeypatch.setattr(install, "UV_INSTALL", [*known, "--target", str(place / name)])
        install.by_uv(str(requirements))
        return sorted(path.stem for path in (place / name).glob("*.py"))

    known = install.UV_INSTALL
    assert arrived("a") == ["four", "one", "three", "two"]
    constraints.write_text("one<1\n", encoding="utf-8", newline="")
    with pytest.raises(install.Unable, match="No solution"):
        arrived("b")
    constraints.write_text("", encoding="utf-8", newline="")
    requirements.write_text(
        "".join(lines[:2] + [lines[2][:-4] + "000\n"]), encoding="utf-8", newline=""
    )
    with pytest.raises(install.Unable, match="three"):
        arrived("c")
    assert not [*place.glob("[bc]/*.py")]


def test_uv_installs_what_is_hashed(commands):
    """uv is installed from its own pinned file, without being built, and then installs the rest."""
    assert install.main(["r.txt"]) == 0
    (_, _), (first, _), (second, variables) = commands
    assert first[1:4] == ["-m", "pip", "install"] and second[1:5] == ["-m", "uv", "pip", "install"]
    assert {"--require-hashes", "--only-binary=uv"} <= set(first)
    assert first[-1] == str(ROOT / "requirements-uv.txt")
    assert {"--require-hashes", "--no-config", "--no-python-downloads", "r.txt"} <= set(second)
    assert variables["UV_DEFAULT_INDEX"] == "https://main.invalid"
    assert not [word for words, _ in commands for word in words if "invalid" in word]


@pytest.mark.parametrize("failing", ["config", "--only-binary=uv", "uv"])
def test_pip_installs_where_uv_cannot(commands, failing, capsys):
    """Whatever fails on the way to uv, pip installs the same file, and one line says why."""
    commands.failing = failing
    assert install.main(["r.txt"]) == 0
    assert commands[-1][0] == [*install.PIP_INSTALL, "-r", "r.txt"]
    assert capsys.readouterr().err == ("pip installs r.txt, since uv cannot: error: this is why\n")


def test_the_status_is_that_of_pip(commands):
    """Where neither can install, the set-up fails."""
    commands.failing = "install"
    assert install.main(["r.txt"]) == 1


def test_one_file_is_asked_for():
    """Called without a file, the program says how it is called."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "install.py"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2 and "usage: install.py [-h] requirements" in done.stderr


def test_an_interrupted_set_up_is_made_anew(tmp_path):
    """What is done is not done again; an environment in which an installation was cut short is no
    longer trusted.
    """
    for path in (ROOT / "Makefile", ROOT / "pyproject.toml", *ROOT.glob("requirements*.txt")):
        os.utime(shutil.copy(path, tmp_path), (1, 1))
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    os.utime(tmp_path / ".venv" / "bin" / "python", (1, 1))
    own = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}

    def planned():
        command = ["make", "-n", "test", "lab"]
        done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, check=True)
        return done.stdout.decode()

    fresh = planned()
    assert "-m venv --clear" in fresh and fresh.count("tools/install.py") == 3
    for mark in re.findall(r"^touch (\.venv/done-.+)$", fresh, re.M):
        (tmp_path / mark).touch()
        os.utime(tmp_path / mark, (2, 2))
    assert "venv --clear" not in planned() and "tools/install.py" not in planned()
    (tmp_path / ".venv" / "unfinished").touch()
    assert "-m venv --clear" in planned()


# --- other versions


def plan(*words):
    """What `make` would run."""
    own = settings_without("MAKEFLAGS", "MAKELEVEL", "WHEEL", "TYPES", "PYTHON")
    command = ["make", "-n", "-B", *words]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, check=True)
    return done.stdout.decode().splitlines()


@pytest.mark.parametrize("which", ["lowest", "newest"])
def test_make_tests_other_versions_with_the_named_python(which):
    """`make test-lowest PYTHON=NAME` hands the name on, and `make help` says what it does."""
    [line] = [line for line in plan(f"test-{which}", "PYTHON=python3.x") if "versions.py" in line]
    assert line.split()[1:] == ["tools/versions.py", which, '"python3.x"']
    done = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, check=True)
    assert f"make test-{which}: " in done.stdout.decode()


def test_what_ships_is_installed_alone():
    """With a wheel named, that is installed and this folder is not."""
    [own] = [line for line in plan("check") if "--no-build-isolation" in line]
    [other] = [line for line in plan("check", "WHEEL=x.whl") if "--no-build-isolation" in line]
    assert own.endswith(" --editable .") and other.endswith(" x.whl")


def test_a_bound_that_is_not_tested_is_told(tmp_path):
    """Each lower bound is told that the requirements do not have, with the one that they have."""
    pins = {one.name: str(next(iter(one.specifier)).version) for one in versions.declared(PROJECT)}
    assert len(pins) > 15
    pins["pandas"] += ".0"  # the same version
    file = tmp_path / "requirements.txt"

    def told():
        lines = [f"{name}=={version} \\\n    --hash=sha256:0\n" for name, version in pins.items()]
        file.write_text("".join(lines), encoding="utf-8", newline="")
        return list(versions.untested(tmp_path, PROJECT))

    assert told() == []
    pins["openpyxl"] = "9.1"
    [line] = told()
    assert line.endswith("is declared; openpyxl>=9.1 is what can be tested")


def test_a_python_is_found_or_asked_for(capsys):
    """A Python is found by name or path; of one that is not there, another is asked for."""
    path, version = versions.python_named(sys.executable)
    assert (path, version) == (sys.executable, ".".join(map(str, sys.version_info[:2])))
    assert versions.main(["lowest", "python9.9"]) == 1
    assert "there is no python9.9 here; name another" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "chosen"), [(["PYTHON=python3.x"], "one:two"), ([], None), (["PYENV_VERSION=a"], "a")]
)
def test_a_named_python_may_be_any_that_pyenv_has(tmp_path, words, chosen):
    """Where a Python is named, pyenv hands out each that it has, unless somebody has chosen."""
    program = tmp_path / "pyenv"
    program.write_text("#!/bin/sh\nprintf 'one\\ntwo\\n'\n", encoding="utf-8", newline="")
    program.chmod(0o755)
    (tmp_path / "shown.mk").write_text(
        "include Makefile\nshown: ; @env -0\n", encoding="utf-8", newline=""
    )
    own = settings_without("MAKEFLAGS", "MAKELEVEL", "PYENV_VERSION", "PYTHON")
    own["PATH"] = os.pathsep.join([str(tmp_path), own["PATH"]])
    command = ["make", "-f", tmp_path / "shown.mk", "shown", *words]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, check=True)
    told = dict(line.partition("=")[::2] for line in done.stdout.decode().split("\0"))
    assert told.get("PYENV_VERSION") == chosen


# --- elsewhere


def read_yaml(path):
    """A file of settings, of which the key `on` is not taken for a yes."""
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def targets():
    """The targets of the Makefile that `make help` lists."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*##", makefile, re.M))


def test_the_workflow_runs_what_make_runs():
    """Each job is a target of make, may only read, and has a Python that the project allows; what
    others change is tried at set times and not with a change of ours.
    """
    one, all_of_them = (read_yaml(f".github/workflows/{name}.yml") for name in ("make", "tests"))
    assert one["permissions"] == all_of_them["permissions"] == {"contents": "read"}
    jobs = all_of_them["jobs"]
    called = {name: job["with"]["target"] for name, job in jobs.items()}
    assert set(called.values()) == {"test", "test-lowest", "test-newest", "attack"} <= targets()
    assert "schedule" in jobs["newest"]["if"] and "schedule" in all_of_them["on"]
    for name in ("lowest", "newest"):
        pythons = jobs[name]["strategy"]["matrix"]["python"]
        assert f">={pythons[0]}" == PROJECT["project"]["requires-python"]
    [step] = [step["run"] for step in one["jobs"]["make"]["steps"] if "make" in step.get("run", "")]
    assert step == 'make "$TARGET"'


def test_the_hooks_run_what_make_runs():
    """Each hook of pre-commit is a program of this folder, so that it has the version that `make`
    has.
    """
    [repository] = read_yaml(".pre-commit-config.yaml")["repos"]
    entries = [hook["entry"].split() for hook in repository["hooks"]]
    assert repository["repo"] == "local" and len(entries) == 2
    for program, *words in entries:
        assert program.startswith(".venv/bin/") or (program == "make" and set(words) <= targets())


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("number", "report place year indicator found wanted sentence url"),
        ("report", "kind place year issuer title date url text"),
    ],
)
def test_the_forms_ask_for_what_is_needed_in_both_languages(form, asked):
    """Each field of a form is required, and has a name in English and in Chinese."""
    told = read_yaml(f".github/ISSUE_TEMPLATE/{form}.yml")
    fields = [field for field in told["body"] if field["type"] != "markdown"]
    assert [field["id"] for field in fields] == asked.split()
    assert {field["validations"]["required"] for field in fields} == {"true"}
    for words in (told["name"], *(field["attributes"]["label"] for field in fields)):
        assert re.fullmatch(r"[A-Za-z ,]+ / [\u4e00-\u9fff（）]+.*", words), words
