"""A question about one indicator reads only what it needs, and answers as the whole tables do."""

import csv
import io
import json
import shutil
import warnings
from itertools import product
from pathlib import Path

import pytest
from conftest import COUNTY, IN_FULL, REPORT
from hypothesis import given
from hypothesis import strategies as st

import baoding_data as bd
from baoding_data import charts
from baoding_data.checks import unchanged
from baoding_data.checks.audit import sound, survey
from baoding_data.cli import main
from baoding_data.comparison import asked
from baoding_data.comparison.peers import sightings
from baoding_data.errors import BaodingError, LeftOut, NotAudited
from baoding_data.tables.files import Folder, a_row_a_line, lines_with, plain_rows
from baoding_data.tables.seeds import Seeds, Texts, home
from baoding_data.text.report import Report

QUESTIONS = {
    "compare": lambda name, **of: bd.compare(name, **of),
    "strictly": lambda name, **of: bd.compare(name, strict=True, **of),
    "change": lambda name, **of: bd.change(name, **of),
    "per head": lambda name, report, seeds: bd.per_head(name, seeds=seeds),
}


def answer(question, name, report, seeds):
    """What a question gives: its table, or what is wrong; with what it warns of."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            found = QUESTIONS[question](name, report=report, seeds=seeds).to_json()
        except BaodingError as error:
            found = str(error)
    return found, [(one.category, str(one.message)) for one in told]


def checked(folder):
    """The folder after a check that noted in which reports nothing is found."""
    assert main(["check", "--changed", "--seeds", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def noted(tmp_path_factory):
    """A checked copy of the seeds."""
    return checked(shutil.copytree(home(), tmp_path_factory.mktemp("noted") / "seeds"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_known_to_be_sound_answers_as_the_whole(question, noted, seeds, monkeypatch):
    """Where nothing has changed since a check, each question is answered as of the whole tables,
    errors among it, with no audit and no text read.
    """
    for name in [*seeds.codebook][:: 1 if IN_FULL else 25]:
        whole = answer(question, name, REPORT, seeds)
        with monkeypatch.context() as patch:
            patch.setattr(Report, "__init__", None)
            patch.setattr("baoding_data.checks.audit.by_report", None)
            assert answer(question, name, REPORT, noted) == whole, name


@pytest.mark.parametrize("few", [True, False])
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_not_known_to_be_sound_answers_as_the_whole(
    question, few, seeds_of_county, monkeypatch
):
    """So it is with reports that were never checked, few of which are audited; of many the figures
    asked for are held to their sentences, and a warning tells how many were not audited.
    """
    whole = Seeds(seeds_of_county)
    others = sum(row.status != "draft" for row in whole.reports) - (question != "per head")
    monkeypatch.setattr(asked, "MANY", 60 if few else 0)
    names = [name for name in whole.codebook if name in whole.given]
    for name in names[:: 1 if IN_FULL else 15]:
        found, told = answer(question, name, REPORT, seeds_of_county)
        assert found == answer(question, name, REPORT, whole)[0], name
        if few or found[0] == "{":
            assert [one for one, _ in told] == [NotAudited] * (not few), name
        assert all(f"{others:,} other reports were not audited" in said for _, said in told)


def test_what_was_audited_is_not_read_again(seeds_of_county, monkeypatch):
    """Figures set beside others are the same where the audit has told where they stand, and no text
    is read for them then.
    """
    names = ["litigation_lost", "litigation_loss_rate"]
    beside = sound(Seeds(seeds_of_county), REPORT)
    whole = [sightings(Seeds(seeds_of_county), {name}) for name in names]
    assert COUNTY in {one.report for one in whole[0]}
    monkeypatch.setattr(Texts, "__getitem__", None)
    assert [sightings(beside, {name}) for name in names] == whole


def test_a_notebook_audits_no_report_that_is_known_to_be_sound(noted, seeds, monkeypatch):
    """A cell that sets figures beside others answers the same where these were checked before."""
    names = "reconsideration_accepted", "litigation_loss_rate"
    wanted = [bd.report(REPORT, seeds).beside(name) for name in names]
    monkeypatch.setattr("baoding_data.checks.audit.by_report", None)
    report = bd.report(REPORT, noted)
    for name, answer in zip(names, wanted, strict=True):
        found = report.beside(name)
        assert found.data.equals(answer.data) and repr(found) == repr(answer)


@pytest.mark.parametrize("many", [0, 60])
def test_a_report_with_a_fault_is_left_out(many, seeds_of_county, tmp_path, monkeypatch):
    """A figure that its sentence does not prove, a quote that is not there, a row that cannot be
    read and a text that is lost leave their report out, however many reports are there.
    """
    seeds = shutil.copytree(seeds_of_county, tmp_path / "seeds")
    monkeypatch.setattr(asked, "MANY", many)
    table, text = seeds / f"figures/{COUNTY}.csv", seeds / f"reports/{COUNTY}.txt"
    raw, said = table.read_bytes(), text.read_bytes()
    assert COUNTY in answer("compare", "litigation_lost", REPORT, seeds)[0]
    for of_table, of_text in (
        (raw.replace(b"litigation_lost,2,2,", b"litigation_lost,2,3,"), said),
        (raw.replace(b"litigation_lost,2,2,", b"litigation_lost,2,x,"), said),
        (raw.replace("败诉2件".encode(), "胜诉2件".encode()), said),
        (raw, said.replace("败诉2件".encode(), "败诉3件".encode())),
        (raw, b"\xff" + said),
        (raw, b""),
    ):
        assert (of_table, of_text) != (raw, said)
        table.write_bytes(of_table)
        text.write_bytes(of_text)
        found, told = answer("compare", "litigation_lost", REPORT, seeds)
        assert COUNTY not in found, (of_table, of_text)
        assert [one for one, _ in told] == [LeftOut] and COUNTY in told[0][1]


def test_a_note_is_trusted_for_the_very_bytes_that_were_checked(noted, tmp_path):
    """A byte more in a text, a table, the description or a rule, other rows in memory, and a note
    that cannot be read make a report unknown; so do bytes that changed since the tables were read.
    """
    seeds = shutil.copytree(noted, tmp_path / "seeds")
    note = shutil.copy(noted.parent / unchanged.NOTE, tmp_path)
    every = {row.report for row in Seeds(seeds).reports}
    assert unchanged.unchanged(Seeds(seeds)).keys() == every
    assert unchanged.unchanged(Seeds(seeds).replaced(terms=[])) == {}
    tables = Seeds(seeds)
    for file, left in (
        (f"reports/{REPORT}.txt", every - {REPORT}),
        (f"figures/{REPORT}.csv", every - {REPORT}),
        ("doubts.csv", set()),
        ("datapackage.json", set()),
    ):
        raw = (seeds / file).read_bytes()
        (seeds / file).write_bytes(raw + b"\n")
        assert unchanged.unchanged(Seeds(seeds, whole=False)).keys() == left, file
        assert unchanged.unchanged(tables).keys() == left, file
        (seeds / file).write_bytes(raw)
    for broken in (b"[1]", b"\xff", b"[" * 100_000, b'{"a": [1]}', b'{"a": 1}'):
        Path(note).write_bytes(broken)
        assert unchanged.unchanged(Seeds(seeds)) == {}
    sums = dict(unchanged.Checksums(Seeds(seeds)))
    for places in (1, [1], [[1]]):
        Path(note).write_bytes(json.dumps(dict.fromkeys(sums.values(), places)).encode())
        assert unchanged.unchanged(Seeds(seeds)) == {}


def test_the_words_that_reading_knows_are_among_the_rules():
    """What a check has found rests on every module, and on each table of words beside them."""
    library = Path(bd.__file__).parent
    words = {*library.glob("*/*.csv")} - {*library.glob("seeds/*")}
    words -= {*library.glob("checks/invented/*")}
    assert words and words <= {*unchanged.rules()} and Path(unchanged.__file__) in unchanged.rules()


LINES = st.lists(st.text('ab,"\n 件', max_size=4), min_size=2, max_size=2)


@given(st.lists(LINES, max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_the_lines_picked_are_the_rows_that_name_a_word(rows, end, last):
    """What is picked of a CSV file without reading it are the rows in which a word stands, with
    their numbers, or it is not picked.
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerows([["x", "y"], *rows])
    raw = (out.getvalue() if last else out.getvalue().removesuffix(end)).encode()
    found = lines_with(raw, [b"a", "件".encode()])
    if found and a_row_a_line(raw):
        picked = plain_rows(found.head + found.lines, ["x", "y"]) if found.numbers else []
        if picked is not None and len(picked) == len(found.numbers):
            every = csv.reader(io.StringIO(raw.decode(), newline=""))
            wanted = [(at, row) for at, row in enumerate(every, 1) if {*"a件"} & {*"".join(row)}]
            assert list(zip(found.numbers, picked, strict=True)) == wanted
    if all("\n" not in cell for row in rows for cell in row):
        assert found and a_row_a_line(raw)


# --- a notebook on one of very many reports


def shown(report):
    """What the cells of a notebook show of a report: in words, and as a table."""
    bars = charts.bars, ["reconsideration_accepted", "litigation_cases"]
    answers = [
        report.ask(*bars),
        report.sentence("litigation_cases"),
        report.rest("disputes"),
        report.search({("败诉", "Lost"): ["败诉"]}),
        report.beside(["litigation_lost", "litigation_loss_rate"]),
        report.beside("reconsideration_accepted", per_head=True),
        report.years(),
        report.changes(),
        report.conflicts(),
        report.profile(),
        report.audit.summary(),
        report.audit.errors(),
        report.audit.readings(),
    ]
    return [(repr(one), getattr(one, "data", report.figures).to_csv()) for one in answers]


@pytest.fixture(scope="session")
def noted_county(seeds_of_county, tmp_path_factory):
    """A copy of the seeds with a county's report, in which nothing is noted to be found."""
    folder = shutil.copytree(seeds_of_county, tmp_path_factory.mktemp("noted_county") / "seeds")
    tables = Seeds(folder)
    unchanged.note(tables, [], survey(tables).places)
    return folder


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("name", [REPORT, COUNTY])
def test_a_notebook_shows_the_same_of_one_report_of_very_many(
    name, known, seeds_of_county, noted_county, monkeypatch
):
    """Where only its own rows were read at first, and the others' as cells compare, each cell shows
    what it does of tables read as a whole; where nothing was checked before, a warning at the cell
    tells it.
    """
    whole = shown(bd.report(name, seeds_of_county))
    monkeypatch.setattr(asked, "MANY", 0)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        report = bd.report(name, noted_county if known else seeds_of_county)
        assert report.tables.partly and not told
        assert shown(report) == whole
    wanted = [] if known else [(NotAudited, __file__)] * 2
    assert [(one.category, one.filename) for one in told] == wanted


def test_a_notebook_reads_of_other_reports_what_its_cells_compare(noted_county, monkeypatch):
    """A report of very many is opened, and shows its own figures, with no table of another; a cell
    that compares places or years reads these; all is read once, for what looks at all.
    """
    monkeypatch.setattr(asked, "MANY", 0)
    files, whole, raw = [], [], Folder.raw
    monkeypatch.setattr(
        Folder, "raw", lambda self, file, keep=False: files.append(file) or raw(self, file, keep)
    )
    monkeypatch.setattr(Seeds, "_read_reports", whole.append)
    report = bd.report(COUNTY, noted_county)
    report.ask(charts.bars, ["reconsideration_accepted", "litigation_cases"])
    report.rest("disputes")
    own = [file for file in files if "/" in file]
    assert {*own} == {f"figures/{COUNTY}.csv", f"reports/{COUNTY}.txt"}
    files.clear()
    for ask in report.years, report.changes:
        ask()
    assert f"figures/{REPORT}.csv" not in files
    report.beside("litigation_lost")
    report.conflicts()
    assert f"figures/{REPORT}.csv" in files and not whole
    monkeypatch.undo()
    report = bd.report(COUNTY, noted_county)
    assert report.facts.whole is report.facts.whole and not report.facts.whole.partly


def test_what_was_not_checked_is_audited_before_it_stands_in_full_beside_a_report(
    seeds_of_county, noted_county
):
    """All rows of another report are shown without all tables only if nothing was found in it."""
    for folder, known in ((noted_county, True), (seeds_of_county, False)):
        tables, name = Seeds(folder, whole=False), {COUNTY}
        assert (asked.in_full(tables, name, REPORT) is not None) == known
        assert asked.in_full(tables, name, COUNTY) is not None


def test_errors_are_put_in_without_an_audit_of_other_reports(seeds_of_county, monkeypatch):
    """What the audit answers to an error in one report is what it answers where it looks at all."""
    tables, looked = Seeds(seeds_of_county), []

    def answered(everywhere):
        def surveyed(tables, but=()):
            looked.append({row.report for row in tables.reports} - {*but})
            return survey(tables, () if everywhere else but)

        monkeypatch.setattr("baoding_data.notebook.audit.survey", surveyed)
        return repr(bd.report(COUNTY, tables).audit.errors())

    assert answered(False) == answered(True)
    assert looked and all(reports == {COUNTY} for reports in looked)


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (f"figures/{COUNTY}.csv", b"litigation_lost,2,2,", b"litigation_lost,2,x,"),
        (f"reports/{COUNTY}.txt", "败诉2件".encode(), b"\xff"),
        ("indicators.csv", b"litigation_lost,", b"litigation_won,"),
    ],
)
def test_a_fault_stops_a_notebook_as_it_does_where_all_is_read(
    file, old, new, own, seeds_of_county, tmp_path, monkeypatch
):
    """A report that cannot be read, or what all share, is refused in the same words when it is
    opened; another report is left out with a warning at the latest where it would be shown.
    """
    seeds = shutil.copytree(seeds_of_county, tmp_path / "seeds")
    raw = (seeds / file).read_bytes()
    assert old in raw
    (seeds / file).write_bytes(raw.replace(old, new, 1))

    def beside():
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                report = bd.report(COUNTY if own else REPORT, seeds)
                found = repr(report.beside("litigation_lost"))
            except BaodingError as error:
                found = str(error)
        return found, [(one.category, str(one.message), one.filename) for one in told]

    whole = beside()
    assert whole[1] or file == "indicators.csv"
    monkeypatch.setattr(asked, "MANY", 0)
    assert beside() == whole


def test_what_is_compared_is_not_read_of_files_that_changed(noted_county, tmp_path, monkeypatch):
    """A cell that finds a table other than it was for the cell before asks to begin anew."""
    seeds = shutil.copytree(noted_county, tmp_path / "seeds")
    monkeypatch.setattr(asked, "MANY", 0)
    report = bd.report(REPORT, seeds)
    table = seeds / f"figures/{COUNTY}.csv"
    with pytest.warns(NotAudited):
        report.beside("litigation_lost")
    table.write_bytes(table.read_bytes().replace(b"litigation_lost,2,", b"litigation_lost,3,"))
    with pytest.raises(BaodingError, match=f"{COUNTY}.csv: was changed while it was in use"):
        report.beside("litigation_lost")


def test_what_follows_from_all_rows_follows_from_tables_read_in_part(seeds_of_county):
    """What rules take from the rows of all reports is the same where only those of one were read:
    the units of each indicator, and the parts of each whole.
    """
    whole = Seeds(seeds_of_county)
    part = Seeds(seeds_of_county, whole=False).about((), {COUNTY})
    assert part.partly and {row.report for row in part.figures} == {COUNTY}
    names = {row.result for row in whole.identities} | {row.terms for row in whole.identities}
    pairs = {*product(names, repeat=2)}
    assert part.counted == whole.counted
    assert part.parts_among(pairs) == whole.parts_among(pairs) != set()
