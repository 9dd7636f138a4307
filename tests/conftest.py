"""What tests share: the seeds, read once, copies of their folder to break, and CSV files.

Tests are spread over the workers file by file, so what the tests of a file share is made once; by
`make attack`, where one file may take minutes, one by one.
"""

import csv
import gc
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from html import escape
from pathlib import Path

import pytest
from hypothesis import settings

import baoding_data as bd
from baoding_data import errors
from baoding_data.checks.audit import check
from baoding_data.tables.seeds import Seeds, home, intact

UNFORESEEN = errors.unforeseen  # a mistake of the program fails the test that meets it


def _raised(error):
    raise error


errors.unforeseen = _raised

# `make attack` tries in full what `make test` tries in part: that is run often.
IN_FULL = os.environ.get("ATTACK") == "all"
takes_long = pytest.mark.skipif(not IN_FULL, reason="takes long: `make attack` tries it")
# A machine may be busy; and what is tried is the same each time, unless others are asked for.
ALWAYS = {"deadline": None, "derandomize": "FUZZ_SEED" not in os.environ}
settings.register_profile("part", max_examples=20, **ALWAYS)
settings.register_profile("full", max_examples=1000, **ALWAYS)
settings.load_profile("full" if IN_FULL else "part")

ROOT = Path(__file__).resolve().parents[1]
REPORT = "baoding-2022"
FIGURES = f"figures/{REPORT}.csv"
TABLES = [
    "reports.csv",
    "indicators.csv",
    "observations.csv",
    "identities.csv",
    "neighbours.csv",
    "overrides.csv",
    "conflicts.csv",
    "doubts.csv",
    "questions.csv",
    "places.csv",
    "terms.csv",
    FIGURES,
]
# What shares the wheel and an environment that holds it; what LibreOffice makes of the exports; a
# browser; the sites.
TOGETHER = {"test_package.py": "wheel", "test_workbook.py": "exports", "test_browser.py": "browser"}
TOGETHER |= {"test_site.py": "sites", "test_site_browser.py": "sites"}


def pytest_terminal_summary(terminalreporter):
    """How many mutants of each kind the attack put in and the audit found, and what is left; how
    many cases of each kind the fuzz invented.
    """
    passed = terminalreporter.stats.get("passed", [])
    said = [one for test in passed for one in test.user_properties]
    cases = Counter()
    for kind, count in (about for name, about in said if name == "cases"):
        cases[kind] += count
    if cases:
        terminalreporter.section("cases invented")
        for kind, count in [*cases.items(), ("in all", cases.total())]:
            terminalreporter.write_line(f"  {kind:<28}{count:>9,}")
    told = [line for name, line in said if name == "found"]
    if told:
        terminalreporter.section("mutants found")
        terminalreporter.write_line("\n".join(sorted(told)))


def pytest_collection(session):
    """What is made while the tests are looked for stays: the collector of cycles finds nothing."""
    gc.disable()


def pytest_collection_finish(session):
    """Let the collector of cycles walk seldom what stays for the whole run, which counts as old."""
    gc.freeze()
    gc.unfreeze()
    gc.set_threshold(100_000, 50, 1000)
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Spread the tests over the workers file by file; in full one by one, but for notebooks and
    what is `TOGETHER`.
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            whole = file.endswith(".ipynb") or not IN_FULL
            return TOGETHER.get(Path(file).name, file if whole else nodeid)

    return ByFile(config, log)


def script(path):
    """A script of this folder's repository as a module, wherever the library is taken from."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def settings_without(*names):
    """The settings of the environment without these: a script that is started finds what lies
    beside it, whatever the tests were started with, and `make` what it is told here.
    """
    return {key: value for key, value in os.environ.items() if key not in names}


# --- CSV


def read_csv(source):
    """The cells of a CSV, the header first, of a file or of its bytes or text."""
    content = source.read_bytes() if isinstance(source, Path) else source
    text = content if isinstance(content, str) else content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def read_rows(source):
    """The rows of a CSV by their columns, of a file or of its bytes or text."""
    header, *lines = read_csv(source)
    return [dict(zip(header, cells, strict=True)) for cells in lines]


def as_csv(lines, **dialect):
    """The bytes of a CSV with these lines of cells."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", **dialect).writerows(lines)
    return out.getvalue().encode()


def line_of(path, words):
    """The number of the line of a file in which words first stand."""
    before = path.read_text(encoding="utf-8").partition(words)[0]
    return before.count("\n") + 1 + words.startswith("\n")


# --- the seeds


def own(rows):
    """The rows of a table that belong to the one report on file."""
    return [row for row in rows if row.report == REPORT]


def refused(folder):
    """The findings of a folder that cannot be loaded whole; the audit must report each as well,
    and not fail.
    """
    tables = Seeds(folder)
    with pytest.raises(bd.BaodingError) as caught:
        intact(tables)
    found = caught.value.findings
    assert found and all(str(f) in str(caught.value) for f in found)
    assert set(found) <= set(check(tables))
    return found


def unaudited(tables):
    """Tables changed in memory of which the audit is not asked, so that nothing is left out."""
    tables.audits.update({name: {} for name in ("", *tables.source)})
    return tables


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Chromium with no fonts but the library's, so that a page is as high on every machine."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("needs Chromium")
    from playwright.sync_api import sync_playwright

    home = tmp_path_factory.mktemp("home")
    fonts = escape(str(ROOT / "baoding_data" / "charts" / "fonts"))
    fonts = f"<fontconfig><dir>{fonts}</dir><cachedir>{home}</cachedir></fontconfig>"
    (home / "fonts.conf").write_text(fonts, encoding="utf-8", newline="")
    own = os.environ | {"HOME": str(home), "FONTCONFIG_FILE": str(home / "fonts.conf")}
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, env=own)
        yield started
        started.close()


@pytest.fixture(scope="session")
def seeds():
    """The seeds as they are; tests that change something change a copy."""
    tables = Seeds()
    assert not tables.findings and tables.texts
    return tables


@pytest.fixture(scope="session")
def report(seeds):
    """The text of the one report."""
    return seeds.texts[REPORT]


@pytest.fixture
def folder(tmp_path):
    """A copy of the seeds to break."""
    return shutil.copytree(home(), tmp_path / "seeds")


@pytest.fixture
def edit(folder):
    """Replace, in one file of the copied seeds, the one place where a string stands."""

    def replace(file, old, new):
        content = (folder / file).read_bytes()
        old, new = (part if isinstance(part, bytes) else part.encode() for part in (old, new))
        assert content.count(old) == 1, f"{file} holds {old!r} {content.count(old)} times"
        (folder / file).write_bytes(content.replace(old, new))

    return replace


@pytest.fixture
def changed(tmp_path):
    """A copy of the seeds in which the report says 46 suits concluded and a loss rate of 2.17 %."""
    seeds = tmp_path / "seeds"
    shutil.copytree(home(), seeds)

    def swap(file, *pairs):
        path = seeds / file
        content = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in content
            content = content.replace(old, new)
        path.write_text(content, encoding="utf-8", newline="")

    text = "reports/baoding-2022.txt"
    before = sha256((seeds / text).read_bytes()).hexdigest()
    swap(text, ("审结45件", "审结46件"), ("败诉率2.22%", "败诉率2.17%"))
    swap("reports.csv", (before, sha256((seeds / text).read_bytes()).hexdigest()))
    swap(
        "figures/baoding-2022.csv",
        ("litigation_concluded,45,45,", "litigation_concluded,46,46,"),
        ("审结45件", "审结46件"),
        ("litigation_loss_rate,2.22%,2.22,", "litigation_loss_rate,2.17%,2.17,"),
        ("败诉率2.22%", "败诉率2.17%"),
    )
    assert not len(bd.audit(seeds).findings)
    return seeds


SECOND = "截至目前,以市政府为被告、由部门承办应诉的行政诉讼案件80件,已审结30件,败诉6件,败诉率20%。"
SECOND_ROWS = """\
litigation_cases,80,80,件,exact,departments,printed,to_date,由部门承办应诉的行政诉讼案件80件
litigation_concluded,30,30,件,exact,departments,printed,to_date,已审结30件
litigation_lost,6,6,件,exact,departments,printed,to_date,败诉6件
litigation_loss_rate,20%,20,%,exact,departments,printed,to_date,败诉率20%
"""


def padded(rows, head):
    """Rows with as many cells as the head of their table, the last of them empty."""
    columns = head.count(",")
    lines = rows.splitlines()
    return "".join(f"{line}{',' * (columns - line.count(','))}\n" for line in lines)


@pytest.fixture(scope="session")
def twice(tmp_path_factory):
    """A copy of the seeds in which the report gives the suits a second time, for the departments:
    80 suits, 30 concluded, 6 lost, a loss rate of 20 %.
    """
    seeds = tmp_path_factory.mktemp("twice") / "seeds"
    shutil.copytree(home(), seeds)
    text = seeds / f"reports/{REPORT}.txt"
    before = text.read_text(encoding="utf-8")
    last = "行政复议意见书3件。"
    assert before.count(last) == 1
    text.write_text(before.replace(last, last + SECOND), encoding="utf-8", newline="")
    figures = seeds / f"figures/{REPORT}.csv"
    rows = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(i for i, row in enumerate(rows) if row.startswith("reconsideration_opinions,"))
    rows.insert(at + 1, padded(SECOND_ROWS, rows[0]))
    figures.write_text("".join(rows), encoding="utf-8", newline="")
    for file, old, new in (
        ("reports.csv", sha256(before.encode()).hexdigest(), sha256(text.read_bytes()).hexdigest()),
        ("doubts.csv", "litigation_cases", "litigation_cases@government"),
        ("doubts.csv", "litigation_concluded", "litigation_concluded@government"),
    ):
        content = (seeds / file).read_text(encoding="utf-8")
        assert old in content
        (seeds / file).write_text(content.replace(old, new), encoding="utf-8", newline="")
    assert not [f for f in bd.audit(seeds).findings.itertuples() if f.rule != "reader"]
    return seeds


COUNTY = "wangdu-2022"
COUNTY_TEXT = """\
望都县人民政府关于望都县2022年度法治政府建设情况的报告

　　一、主要工作

　　(一)县本级行政许可事项210项(中央层面设定150项、省层面设定60项)。
　　(二)截至目前,全县共受理行政复议案件12件,其中,经调解申请人撤回申请3件;以县政府为被告的行政诉讼案件5件,\
法院目前审结4件,败诉2件,败诉率50%。全县共调处各类民间矛盾纠纷1203件,调解成功1190件。
　　(三)对全县300余名行政执法人员进行法律知识培训。从各乡镇随机抽查行政执法案卷40份。
　　(四)今年县本级共审查行政决策事项9件。今年主动公开县政府信息310条,受理依申请公开信息7件。

　　望都县人民政府
　　2023年3月1日
"""
COUNTY_ROWS = """\
licensing_items,210,210,项,exact,government,printed,stock,县本级行政许可事项210项
licensing_items_central,150,150,项,exact,government,printed,stock,中央层面设定150项
licensing_items_provincial,60,60,项,exact,government,printed,stock,省层面设定60项
reconsideration_accepted,12,12,件,exact,whole_area,printed,to_date,全县共受理行政复议案件12件
reconsideration_withdrawn,3,3,件,exact,whole_area,inferred,to_date,经调解申请人撤回申请3件
litigation_cases,5,5,件,exact,government,printed,to_date,以县政府为被告的行政诉讼案件5件
litigation_concluded,4,4,件,exact,government,inferred,to_date,法院目前审结4件
litigation_lost,2,2,件,exact,government,inferred,to_date,败诉2件
litigation_loss_rate,50%,50,%,exact,government,inferred,to_date,败诉率50%
mediation_cases,1203,1203,件,exact,whole_area,printed,year,全县共调处各类民间矛盾纠纷1203件
mediation_success,1190,1190,件,exact,whole_area,inferred,year,调解成功1190件
officers_trained,300余,300,名,more_than,whole_area,printed,year,对全县300余名行政执法人员进行法律知识培训
case_files_reviewed,40,40,份,exact,whole_area,inferred,year,从各乡镇随机抽查行政执法案卷40份
decisions_reviewed,9,9,件,exact,government,printed,year,今年县本级共审查行政决策事项9件
information_disclosed,310,310,条,exact,government,printed,year,今年主动公开县政府信息310条
disclosure_requests,7,7,件,exact,government,inferred,year,受理依申请公开信息7件
"""
COUNTY_RATIO = (
    "loss_rate,ratio,litigation_loss_rate,litigation_lost / litigation_concluded,由件数,Of counts"
)


@pytest.fixture(scope="session")
def seeds_of_county(tmp_path_factory):
    """A copy of the seeds with a second report on file: a county's, which lacks half of the
    indicators.
    """
    seeds = tmp_path_factory.mktemp("county") / "seeds"
    shutil.copytree(home(), seeds)
    text = COUNTY_TEXT.encode()
    (seeds / f"reports/{COUNTY}.txt").write_bytes(text)
    head = (seeds / FIGURES).read_text(encoding="utf-8").partition("\n")[0]
    rows = f"{head}\n{padded(COUNTY_ROWS, head)}"
    (seeds / f"figures/{COUNTY}.csv").write_text(rows, encoding="utf-8", newline="")
    [place] = [row for row in Seeds(seeds).places if row.name_zh.endswith("望都县")] or [None]
    code = place.place if place else "130631"
    if place is None:
        with (seeds / "places.csv").open("a", encoding="utf-8", newline="") as places:
            places.write(f"{code},望都县,Wangdu County,county,130600,,,,,,\n")
    with (seeds / "identities.csv").open("a", encoding="utf-8", newline="") as identities:
        identities.write(f"{COUNTY},{COUNTY_RATIO}.,\n")
    row = [COUNTY, code, 2022, "law_report", COUNTY_TEXT.splitlines()[0], "Wangdu 2022", ""]
    row += ["望都县人民政府", "Wangdu County People's Government", "2023-03-01"]
    row += ["https://www.example.gov.cn/", "official", "", f"{COUNTY}.txt"]
    row += [sha256(text).hexdigest(), "audited", "", "", "", ""]
    with (seeds / "reports.csv").open("ab") as reports:
        reports.write(as_csv([row]))
    package = json.loads((seeds / "datapackage.json").read_text(encoding="utf-8"))
    [figures] = [one for one in package["resources"] if one["name"] == "figures"]
    figures["path"].append(f"figures/{COUNTY}.csv")
    (seeds / "datapackage.json").write_text(json.dumps(package), encoding="utf-8", newline="")
    findings = bd.audit(seeds).findings
    assert findings[findings["rule"] != "reader"].empty, findings.to_string()
    return seeds


NEW = "handan-2024"


@pytest.fixture(scope="session")
def invented(tmp_path_factory):
    """A text file: the report of Baoding turned into one of Handan for 2024, which was never
    published.
    """
    text = (home() / f"reports/{REPORT}.txt").read_text(encoding="utf-8")
    for old, new in (
        (
            "保定市人民政府关于保定市2022年度法治政府建设情况的报告",
            "邯郸市人民政府关于邯郸市2024年度法治政府建设情况的报告",
        ),
        ("\n保定市人民政府", "\n邯郸市人民政府"),
        ("2023年3月16日", "2025年3月16日"),
        ("行政复议案件316件", "行政复议案件395件"),
    ):
        text = text.replace(old, new)
    path = tmp_path_factory.mktemp("invented") / "邯郸 2024.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return path


# --- reports on their way into the tables


@pytest.fixture(scope="session")
def registered(tmp_path_factory, invented):
    """A folder of the seeds with the invented report registered as a draft, whatever its row needs
    filled in; to be copied.
    """
    folder = shutil.copytree(home(), tmp_path_factory.mktemp("registered") / "seeds")
    assert register(folder, invented, "邯郸市", 2024) == NEW
    return folder


@pytest.fixture
def drafted(registered, tmp_path):
    """A copy of the seeds with the invented report registered as a draft."""
    return shutil.copytree(registered, tmp_path / "seeds", dirs_exist_ok=True)


def register(folder, text, place, year):
    """Register a text in a folder of seeds, with all that its row needs; the report's code."""
    from baoding_data.curation.add import add

    url = "https://www.example.gov.cn/invented.html"
    about = {"title_en": "Invented", "issuer_en": "Invented", "url": url}
    name, missing = add(text, place, year, folder, **about)
    assert not missing
    return name


def county(folder, body):
    """Register the report of a county for 2022 with this body; the report's code."""
    text = folder.parent / "county.txt"
    title = "望都县人民政府关于2022年法治政府建设情况的报告"
    signed = "望都县人民政府\n2023年3月1日\n"
    text.write_text(f"{title}\n\n　　{body}\n\n{signed}", encoding="utf-8", newline="")
    return register(folder, text, "望都县", 2022)


def everything(folder):
    """All bytes of a folder, by the names of the files."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def elsewhere(tmp_path):
    """Runs code in another time zone, with another hash seed and locale, in an empty folder."""

    def run(code):
        environment = os.environ | {
            "TZ": "Asia/Shanghai",
            "PYTHONHASHSEED": "7",
            "LC_ALL": "C",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)

    return run
