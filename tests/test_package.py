"""What ships: the source archive, the wheel from it in an empty environment, the pinned
requirements, the citation.
"""

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import openpyxl
import pytest
import tracked
from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import baoding_data as bd

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))


def run(*command, cwd):
    """Run a command as a user would who has nothing of this checkout on any path."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def runtime_distributions():
    """The installed distributions that the wheel asks for, with what they ask for themselves."""
    found, wanted = {}, list(PROJECT["project"]["dependencies"])
    while wanted:
        requirement = Requirement(wanted.pop())
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found[name] = metadata.distribution(name)
        wanted += found[name].requires or []
    return list(found.values())


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """The folder with the source archive, built from this folder, and the wheel, built from that
    archive.
    """
    out = tmp_path_factory.mktemp("shipped")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return out


@pytest.fixture(scope="module")
def wheel(shipped):
    """The wheel."""
    [path] = shipped.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def archived(shipped):
    """What the source archive holds, by name."""
    [path] = shipped.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        assert all(member.isfile() for member in archive)
        return {
            member.name.partition("/")[2]: archive.extractfile(member).read() for member in archive
        }


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The programs of an environment that holds the wheel and its declared dependencies, nothing
    else.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, symlinks=True, with_pip=False)
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(home)}))
    for distribution in runtime_distributions():
        for name in {file.parts[0] for file in distribution.files} - {"..", "__pycache__"}:
            if not (packages / name).exists():
                (packages / name).symlink_to(distribution.locate_file(name))
    programs = home / "bin"
    pip = [sys.executable, "-m", "pip", "--isolated", "--python", programs / "python"]
    run(*pip, "install", "-qq", "--no-index", "--no-deps", wheel, cwd=home)
    return programs


def test_wheel_alone_loads_its_figures(installed, tmp_path):
    """The wheel, alone in an empty environment and another directory, gives the figures that the
    checkout gives.
    """
    code = "import baoding_data as bd; print(bd.__file__); print(bd.figures().to_csv(), end='')"
    file, figures = run(installed / "python", "-X", "utf8", "-c", code, cwd=tmp_path).split("\n", 1)
    assert Path(file).is_relative_to(installed.parent)
    assert figures == bd.figures().to_csv()


def test_wheel_alone_checks_its_tables(installed, tmp_path):
    """`baoding check` of the wheel finds the tables and texts that it ships, and nothing wrong with
    them.
    """
    run(installed / "baoding", "check", cwd=tmp_path)


def test_wheel_alone_exports(installed, tmp_path):
    """`baoding export` of the wheel writes a workbook that opens and is not empty."""
    run(installed / "baoding", "export", "out.xlsx", cwd=tmp_path)
    workbook = openpyxl.load_workbook(tmp_path / "out.xlsx", read_only=True)
    assert any(row for sheet in workbook for row in sheet.iter_rows(values_only=True))
    workbook.close()


def test_wheel_needs_no_undeclared_package(installed, tmp_path):
    """What only the tests or notebooks need is absent from that environment, so nothing can lean on
    it unseen.
    """
    code = "import sys, importlib.util as u; print([n for n in sys.argv[1:] if u.find_spec(n)])"
    names = ["pytest", "scipy", "nbval", "IPython", "hypothesis", "hatchling"]
    assert run(installed / "python", "-c", code, *names, cwd=tmp_path).strip() == "[]"


def test_the_library_under_test_is_the_one_that_is_meant():
    """Where no folder that Python is started in counts (`make test-lowest`), the library is the one
    that is installed.
    """
    assert not sys.flags.safe_path or Path(bd.__file__).is_relative_to(sys.prefix)


@tracked.NEEDED
def test_the_source_archive_holds_the_repository(archived):
    """Each file of the repository is in the source archive byte for byte, so that whoever has it
    can build and test; and no other file.
    """
    files = {name: data for name, data in archived.items() if name != "PKG-INFO"}
    assert files == {name: (ROOT / name).read_bytes() for name in tracked.names()}


def test_the_wheel_holds_modules_seeds_fonts_and_templates(archived, wheel):
    """Each module, curated table, text, font and part of the site's pages of the source archive is
    in the wheel byte for byte, and no other file.
    """
    there = {f"baoding_data/{name}": content for name, content in archived.items()}
    sources = {name: there[name] for name in there if name.startswith("baoding_data/seeds/")}
    sources |= {name: data for name, data in archived.items() if name.startswith("baoding_data/")}
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    about = {name for name in held if ".dist-info/" in name}
    assert {Path(name).name for name in about} == {
        "METADATA",
        "WHEEL",
        "RECORD",
        "LICENSE",
        "OFL.txt",
        "entry_points.txt",
    }
    assert {name: data for name, data in held.items() if name not in about} == sources


def test_what_ships_says_what_it_is(archived, wheel):
    """The metadata are valid, the same in archive and wheel, and ask for what pyproject.toml asks
    for.
    """
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith("/METADATA")]
        told = archive.read(name)
    about = Metadata.from_email(told, validate=True)
    assert told == archived["PKG-INFO"]
    assert (about.name, str(about.version)) == ("baoding-data", bd.__version__)
    assert about.description_content_type == "text/markdown" and "\n## " in about.description
    wanted = {str(one) for one in about.requires_dist if not one.marker}
    assert wanted == set(PROJECT["project"]["dependencies"])
    assert set(about.provides_extra) == set(PROJECT["project"]["optional-dependencies"])


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_requirements_are_pinned_and_hashed(path):
    """Each requirement has one version and a hash, and no line names an index, an address or a
    path.
    """
    for entry in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        assert re.fullmatch(
            r"[a-z0-9-]+==[^\s;]+( ; [^/\\]+?)?( +--hash=sha256:[0-9a-f]{64})+", entry
        ), entry


def pinned(*paths):
    """The pairs of name and version that these files pin."""
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    return set(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.M))


def test_requirements_cover_the_project():
    """All that pyproject.toml asks for is among the pinned requirements, in a version that it
    allows, and the same one wherever it stands.
    """
    pins = pinned(*REQUIREMENTS)
    versions = dict(pins)
    assert len(versions) == len(pins)
    wanted = [
        *PROJECT["project"]["dependencies"],
        *sum(PROJECT["project"]["optional-dependencies"].values(), []),
        *sum(PROJECT["dependency-groups"].values(), []),
        *PROJECT["build-system"]["requires"],
    ]
    missed = [
        line
        for line in wanted
        if (r := Requirement(line)) and versions.get(r.name, "0") not in r.specifier
    ]
    assert missed == []


def test_make_installs_no_more_than_it_needs():
    """What only the tests or JupyterLab need is not among the requirements of `make`; what `make`
    needs, they need too.
    """
    needed = pinned(ROOT / "requirements.txt")
    extras = PROJECT["project"]["optional-dependencies"]
    others = extras["lab"] + extras["test"] + PROJECT["dependency-groups"]["check"]
    assert not {Requirement(line).name for line in others} & set(dict(needed))
    assert needed < pinned(ROOT / "requirements-test.txt")
    assert needed < pinned(ROOT / "requirements-lab.txt")


def test_citation_has_the_version():
    """The citation names the version that the library has."""
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", citation, re.M) == [bd.__version__]


@tracked.NEEDED
def test_no_file_names_a_machine():
    """No file of the repository, nor a part of a workbook, names a path of somebody's machine or a
    package index.
    """
    pattern = re.compile(
        rb"(?<![\w.-])/(?:work|root|home|Users)/"
        rb"|\b(?:pypi|pythonhosted|npmjs|anaconda|debian)\.(?:org|com)\b"
    )
    named = []
    for path in map(ROOT.joinpath, tracked.names()):
        parts = {"": path.read_bytes()}
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                parts |= {name: archive.read(name) for name in archive.namelist()}
        named += [
            (path.name, part, hit)
            for part, content in parts.items()
            for hit in pattern.findall(content)
        ]
    assert named == []
