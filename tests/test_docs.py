"""The README: its commands run, its Python runs, and its links lead somewhere."""

import doctest
import re
import shlex
from pathlib import Path

import matplotlib.image
import numpy
import pytest

from baoding_data import charts, cli
from baoding_data.charts.sentences import sentence_of

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMANDS = [
    line.partition("#")[0].strip() for line in README.splitlines() if line.startswith("baoding ")
]


def test_the_python_of_the_readme_prints_what_the_page_says(tmp_path, monkeypatch):
    """Each line of Python on the page gives what stands below it, and no column is left out."""
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```pycon\n(.*?)```", README, re.S)
    test = doctest.DocTestParser().get_doctest("".join(blocks), {}, "README", "README.md", 0)
    told: list[str] = []
    result = doctest.DocTestRunner().run(test, out=told.append)
    assert result.failed == 0 < result.attempted, "".join(told)
    assert " ... " not in "".join(example.want for example in test.examples)
    for shown in ("find", "indicators", "observations", "per_head", "change", ".data", ".save"):
        assert shown in "".join(example.source for example in test.examples)


def test_the_code_of_the_readme_fits_its_column():
    """No line of code on the page has to be scrolled: a Han character is as wide as two letters."""
    code = "\n".join(re.findall(r"```[a-z]*\n(.*?)```", README, re.S)).splitlines()
    wide = [line for line in code if sum(1 + (char > "\u2e80") for char in line) > 92]
    assert wide == []


def test_the_commands_of_the_readme_run(folder, invented, tmp_path, monkeypatch, capsys):
    """Each `baoding` line ends with status 0, in the order of the page and where a reader would
    type it; those that change tables, or would take long, are given a copy of them.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "saved.txt").write_bytes(invented.read_bytes())
    changing = re.compile(" (?:sign|add|scan|accept|site) ")
    assert len(COMMANDS) == 12
    for command in COMMANDS:
        assert (
            cli.main(
                shlex.split(command)[1:] + ["--seeds", str(folder)] * bool(changing.search(command))
            )
            == 0
        ), command


def test_every_command_is_in_the_readme(capsys):
    """The page names each command that there is."""
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    named = set(re.findall("^    ([a-z]+)  ", capsys.readouterr().out, re.M))
    assert named == {command.split()[1] for command in COMMANDS} and len(named) == 11


def test_the_links_of_the_readme_lead_somewhere():
    """Every file and folder that the README names is in the repository."""
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", README)
    links = [link for link in links if "://" not in link]
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_target_of_make_that_is_named_exists():
    """What the README and the guide have as `make test`, `make lab` and so on are targets of the
    Makefile, and each that tries the code is among them.
    """
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", makefile, re.M))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", f"{README}\n{GUIDE}", re.M))
    assert named <= targets
    assert {"check", "test", "test-lowest", "test-newest", "attack", "mutants", "coverage"} <= named


def test_the_picture_of_the_readme_is_the_one_of_today(tmp_path):
    """The README shows the sentence that `make` draws, and it is the one that the tables give now,
    pixel for pixel on the machine that made it; other versions set the letters otherwise.
    """
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [[report, indicator, file]] = re.findall(
        r"-m baoding_data.charts.sentences (\S+) (\S+) (\S+)$", makefile, re.M
    )
    assert f"]({file})" in README
    (tmp_path / "now.png").write_bytes(charts.png(sentence_of(indicator, report)))
    stored = matplotlib.image.imread(ROOT / file)
    drawn = matplotlib.image.imread(tmp_path / "now.png")
    assert stored.shape == drawn.shape and numpy.abs(stored - drawn).mean() < 0.015


def test_the_first_screen_tells_what_is_on_file(seeds):
    """How many reports, figures, places, years and sources there are stands in the README as the
    tables have it, in both languages, and how many numbers the report prints.
    """
    reports = [row for row in seeds.published("reports") if row.status == "audited"]
    figures = [row for row in seeds.published("figures") if row.indicator]
    seen = seeds.published("observations")
    count = {
        "reports": len(reports),
        "figures": len(figures),
        "seen": len(seen),
        "places": len({row.place for row in seen}),
        "years": len({(row.place, row.year) for row in seen}),
        "sources": len({row.report for row in seen}),
        "s": "s" * (len(reports) != 1),
    }
    english = (
        "\nOn file: {reports} report{s} with {figures} figures; to compare, {seen} figures of"
        " {places} places ({years} places and years) transcribed from {sources} sources.\n"
    )
    chinese = (
        "现收{reports}份报告的{figures}个统计数；另从{sources}个来源照录{places}个地方"
        "（按地方和年度计{years}个）的{seen}个数，供比较。\n"
    )
    for line in (english.format(**count), chinese.format(**count)):
        assert line in README.partition("\n## ")[0], f"write in README.md: {line}"
    assert f"; it prints {len(seeds.texts['baoding-2022'].numbers)} numbers." in README
    assert f"[as published]({seeds.source['baoding-2022'].url})" in README


def test_the_options_and_columns_that_the_guide_names_exist(capsys):
    """Every option in CONTRIBUTING is one of some command, and every word in code that looks like a
    column of a draft is one.
    """
    from baoding_data.curation.drafts import COLUMNS

    known = set()
    for command in {command.split()[1] for command in COMMANDS}:
        with pytest.raises(SystemExit):
            cli.main([command, "--help"])
        known |= set(re.findall(r"--[a-z][a-z-]*", capsys.readouterr().out))
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", GUIDE)) <= known
    part = GUIDE.partition("4. **Read it from top to bottom.**")[2].partition("5. **Accept it.**")[
        0
    ]
    named = {"read", "keyword", "context", "quote", "shared"}
    assert named <= set(re.findall("`([a-z_]+)`", part)) and named <= set(COLUMNS)


def test_the_page_of_the_rooms_names_every_module_and_no_other():
    """docs/architecture.md lists each module of each room, and what it names elsewhere as
    room/module is there.
    """
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    library = ROOT / "baoding_data"
    rooms = {path.parent.name for path in library.glob("*/__init__.py")} - {"invented"}
    listed = dict(re.findall(r"^\| `([a-z]+)/` \| (.*?) \|", page, re.M))
    assert listed.keys() == rooms
    for room, cell in listed.items():
        modules = {path.stem for path in (library / room).glob("*.py")} - {"__init__"}
        named = set(re.findall("`([a-z_]+)`", cell))
        prose = {"overview", "permissions", "disputes", "enforcement", "rulemaking"}
        assert named - {"invented"} == modules - (prose if room == "notebook" else set()), room
    for name in re.findall(rf"`((?:{'|'.join(rooms)})/[a-z_]+)", page):
        assert (library / f"{name}.py").exists(), name
