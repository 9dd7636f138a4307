"""Test what ships, alone, with the lowest versions of others that it allows, or with the newest.

    .venv/bin/python tools/versions.py lowest python3.12

The source archive is built, and the wheel from it. The archive is unpacked into dist/lowest, its
requirements are replaced by those versions, and its own `make test` runs there on the wheel.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree, which

from install import ALL_ALIKE, Unable, as_pip_is_set, run
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
RESOLUTIONS = {"lowest": "lowest-direct", "newest": "highest"}


def python_named(name: str) -> tuple[str, str]:
    """The path of a Python and its version."""
    code = "import sys; print(sys.executable, *sys.version_info[:2])"
    try:
        path, major, minor = run([name, "-c", code]).rsplit(maxsplit=2)
    except OSError as why:
        raise Unable(f"there is no {name} here; name another Python: make PYTHON=...") from why
    return path, f"{major}.{minor}"


def build(folder: Path) -> tuple[Path, Path]:
    """The unpacked source archive and the wheel that was built from it, in an emptied folder."""
    rmtree(folder, ignore_errors=True)
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)])
    [archive], [wheel] = folder.glob("*.tar.gz"), folder.glob("*.whl")
    with tarfile.open(archive) as members:
        members.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz"), wheel


def declared(project: dict) -> Iterator[Requirement]:
    """All that a project asks for of others."""
    for lines in (
        project["build-system"]["requires"],
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ):
        yield from map(Requirement, lines)


def untested(source: Path, project: dict) -> Iterator[str]:
    """The lower bounds that are not the version that the requirements of a folder have."""
    text = "".join(path.read_text(encoding="utf-8") for path in source.glob("requirements*.txt"))
    versions = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.M))
    for requirement in declared(project):
        [bound] = [one.version for one in requirement.specifier if one.operator == ">="]
        tested = versions[requirement.name]
        if Version(tested) != Version(bound):
            yield f"{requirement} is declared; {requirement.name}>={tested} is what can be tested"


def make(source: Path, *words: str, **variables: str) -> int:
    """The exit status of `make` in a folder, as if nobody had called it from another."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(["make", *words], cwd=source, env=own | variables).returncode


def refresh(source: Path, versions: str, python: str) -> int:
    """Replace the requirements of a folder by those versions; the exit status."""
    arguments, variables = as_pip_is_set()
    here = os.path.dirname(sys.executable)
    variables["PATH"] = os.pathsep.join([here, os.environ["PATH"]])
    if not which("uv", path=variables["PATH"]):
        raise Unable("there is no uv here, nor could pip install it; install it by hand")
    words = ["--python", python, "--no-build", ALL_ALIKE, *arguments]
    words += ["--resolution", RESOLUTIONS[versions]]
    return make(source, "requirements", f"RESOLVE={shlex.join(words)}", **variables)


def main(given: list[str]) -> int:
    """Build, install and test, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("versions", choices=RESOLUTIONS)
    parser.add_argument("python", help="a name or a path")
    options = parser.parse_args(given)
    try:
        python, version = python_named(options.python)
        source, wheel = build(ROOT / "dist" / options.versions)
        if status := refresh(source, options.versions, python):
            return status
    except Unable as why:
        print(f"make test-{options.versions}: {why}", file=sys.stderr)
        return 1
    if options.versions == "lowest":
        project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))
        if wrong := list(untested(source, project)):
            print(*wrong, sep="\n", file=sys.stderr)
            if project["project"]["requires-python"] == f">={version}":
                return 1  # newer Pythons may lack a wheel of what is declared
    # PYTHONSAFEPATH: no process takes the library from the folder in which it is started. Types
    # are not the business of others' versions: they are checked by the pinned ones.
    types, shipped = (os.path.relpath(path, source) for path in (sys.prefix, wheel))
    words = [f"PYTHON={python}", f"WHEEL={shipped}", f"TYPES={types}"]
    return make(source, "test", *words, PYTHONSAFEPATH="1")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
