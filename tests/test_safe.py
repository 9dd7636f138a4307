"""What anybody may have written stays words: no markup on a page of a notebook, nothing that nobody
sees in a terminal, no formula in a spreadsheet, no name of a sheet that Excel refuses.

All that there is to ask is enumerated: a new command, argument or answer is tried without being
named here, or fails for want of what it is to be called with.
"""

import io
import re
import shutil
import sys
import unicodedata
import warnings
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from html.parser import HTMLParser
from inspect import getmembers
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import IN_FULL, read_csv
from hostile import LABEL, MARKUP, UNSEEN, hidden, is_foreign, poisoned, words_of
from hypothesis import example, given
from hypothesis import strategies as st
from odd import folder_at

import baoding_data as bd
from baoding_data import charts
from baoding_data.checks.examples import REPORT, Changed
from baoding_data.cli import COMMANDS, main
from baoding_data.curation import draft_sheet, drafts
from baoding_data.curation.scan import scan
from baoding_data.errors import Finding, LeftOut
from baoding_data.notebook.answer import display
from baoding_data.notebook.audit import Audit
from baoding_data.notebook.question import CHARTS
from baoding_data.notebook.report import Report
from baoding_data.shown import Terminal, html, in_terminal, shown
from baoding_data.tables.cells import STARTS, guarded, unguarded
from baoding_data.tables.codebook import pages
from baoding_data.tables.figures import of_report
from baoding_data.tables.files import cells_of, written
from baoding_data.tables.seeds import Seeds
from baoding_data.workbook import content, flat
from baoding_data.workbook.edition import Edition
from baoding_data.workbook.sheet import unique

# --- what there is to ask

# What a method of a report, or a public function, is called with, if with anything.
GIVEN = {
    "table": (["cases", "cases_county"],),
    "rest": ("disputes",),
    "sentence": ("cases",),
    "findings": ({"javascript:x": ("受理{cases}" + MARKUP, "{cases}" + MARKUP)},),
    "search": ({LABEL: ["复议", MARKUP]},),
    "beside": ("cases",),
    "figure": ("cases",),
    "share": ("cases_upheld", "cases_concluded"),
    "change": ("cases",),
    "compare": ("cases",),
    "per_head": ("cases",),
}
NO_ANSWERS = {"BaodingError", "__version__", "export", "report"}


def methods(kind):
    """The public methods of a class."""
    return [name for name, _ in getmembers(kind, callable) if not name.startswith("_")]


def answers(tables):
    """All that a notebook may show of a report, as (what, answer)."""
    about = bd.report(REPORT, tables)
    names = ["cases_county", "cases_townships"]
    yield "report", about
    yield "report.figures", about.figures
    yield "report.audit", about.audit
    for question in tables.questions:
        yield f"ask {question.question}", about.ask(question.question)
    for name in CHARTS if IN_FULL else CHARTS[:1]:
        more = {"share": names} if name == "funnel" else {}
        yield f"ask {name}", about.ask(getattr(charts, name), names, say=[LABEL], **more)
    for name in methods(Report):
        if name != "ask":
            yield name, getattr(about, name)(*GIVEN.get(name, ()))
    yield "per head", about.beside("cases", per_head=True)
    for name in methods(Audit):
        yield f"audit.{name}", getattr(about.audit, name)()
    for name in bd.__all__:
        if name not in NO_ANSWERS:
            function = getattr(bd, name)
            more = {"report": REPORT} if name in ("figure", "share") else {}
            yield f"bd.{name}", function(*GIVEN.get(name, ()), **more, seeds=tables)


def on_page(answer, monkeypatch):
    """What a notebook shows of an answer: its HTML, if any, and its plain text."""
    found = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: found.append(data))
    monkeypatch.setattr("baoding_data.charts.formats.png", lambda figure: b"")
    if hasattr(answer, "_ipython_display_"):
        answer._ipython_display_()
        return found[0]["text/html"], found[0]["text/plain"]
    return getattr(answer, "_repr_html_", str)(), repr(answer)


class Read(HTMLParser):
    """The tags, attributes and words of a page; words of two tags are parted by a NUL."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.words = set(), [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        self.words += "\0"

    def handle_endtag(self, tag):
        self.words += "\0"

    def handle_data(self, data):
        self.words += data


def words_on(page):
    """The words that are read on a page."""
    return Read(page).words.replace("\0", "")


OWN = set("a b blockquote br details div h4 i img li p small span style summary table".split())
OWN |= set("tbody td th thead tr ul".split())


@pytest.fixture(scope="module")
def of_markup():
    """All answers about the report whose tables are full of markup."""
    return dict(answers(poisoned(MARKUP)))


def test_no_markup_reaches_a_page(of_markup, monkeypatch):
    """Of no answer the HTML holds a tag, an attribute, an address or a formula that is not the
    library's own; in a table of pandas no formulas are looked for.
    """
    seen = 0
    for what, answer in of_markup.items():
        page, _ = on_page(answer, monkeypatch)
        read = Read(page)
        assert read.tags <= OWN, what
        assert not [one for one in read.attributes if is_foreign(*one)], what
        if isinstance(answer, pd.DataFrame):
            assert ("class", "tex2jax_ignore mathjax_ignore") in read.attributes, what
        else:
            assert not re.search(r"\$[^\0]*\$|\\[(\[]", read.words), what
        seen += "alert(" in read.words
    assert seen > 25


def test_words_stand_on_a_page_as_they_were_written(of_markup, monkeypatch):
    """Whatever signs a label, a note and the report's text hold, they are read on the page."""
    for what in ("table", "ask cases", "years", "audit.marked_text", "conflicts", "bd.figure"):
        page, _ = on_page(of_markup[what], monkeypatch)
        assert MARKUP in words_on(page), what


def test_what_is_not_made_as_html_is_words_on_a_page(monkeypatch):
    """A page that somebody puts together of strings shows its tags, and runs none."""
    found = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: found.append(data))
    display("<b>x</b>", "x")
    assert found[0]["text/html"] == "&lt;b&gt;x&lt;/b&gt;"
    assert html("<b>") == "&lt;b&gt;" and html(html("<b>")) == html("<b>")


def test_a_picture_shows_signs_of_formulas_as_they_are(of_markup):
    """No text of a chart is set as a formula, and its file's title is no markup."""
    figure = of_markup["ask cases"].figure
    assert any("$x$" in text.get_text() for text in figure.texts)
    assert not any(text.get_parse_math() for text in figure.texts)
    assert b"<script" not in charts.written(figure, ".svg")


def test_the_pages_of_the_codebook_hold_no_markup_of_the_tables():
    """In the Markdown of the tables each sign of markup, in words and codes, is shown."""
    tables = poisoned("<script>`x`</script>[l](j:)|$x$")
    for page in pages(tables).values():
        assert "script" in page
        assert not re.search(r"(?<!\\)(<script|\]\(j:|`x|\$x)", page)


# --- what nobody sees


def test_nothing_unseen_reaches_a_page_or_its_plain_text(monkeypatch):
    """Of no answer, and of no frame of pandas or column of one, the HTML or the plain text holds a
    character that nobody sees.
    """
    poison = UNSEEN.translate(dict.fromkeys(map(ord, "\u2028\u2029\r"), None))
    tables, seen = poisoned(poison), 0
    about = bd.report(REPORT, tables)
    every = {f"audit.{name}": getattr(about.audit, name) for name in methods(Audit)}
    left = {"ask", "sentence", "beside"}  # a chart refuses such words
    frames = "figures places indicators terms doubts observations questions".split()
    every |= {name: partial(getattr(bd, name), seeds=tables) for name in frames}
    every["column"] = lambda: bd.places(seeds=tables)["name_zh"]
    every["row"] = lambda: bd.places(seeds=tables).query("level == 'city'").iloc[0]
    every |= {name: getattr(about, name) for name in methods(Report) if name not in left}
    for what, call in every.items():
        if what != "audit.text_map":
            answer = call(*GIVEN.get(what, ()))
            page, plain = on_page(answer, monkeypatch)
            assert not hidden(page) and not hidden(plain) and not hidden(repr(about)), what
            seen += all(r"\x1b[31m" in text for text in (words_on(page), plain))
    assert seen > 11


@pytest.mark.parametrize(
    "said", [bd.BaodingError(UNSEEN), LeftOut(UNSEEN), Finding("", UNSEEN, 1, *[UNSEEN] * 4)]
)
def test_no_message_holds_what_nobody_sees(said):
    """An error, a warning and a finding show such characters as escapes, in Python too."""
    assert not hidden(str(said)) and r"\u202e\u2066" in str(said)


@given(st.text())
def test_what_is_shown_of_a_text_is_all_that_is_seen(text):
    """Nothing unseen is left, nothing else is changed, and showing it twice changes nothing."""
    there = shown(text)
    assert not hidden(there) and shown(there) == there
    assert there == "".join(
        one.encode("unicode_escape").decode() if hidden(one) else one for one in text
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with the invented tables, poisoned with what nobody sees and sound, a text, and a
    draft.
    """
    here = tmp_path_factory.mktemp("place")
    sound = folder_at(here / "sound")
    bad = shutil.copytree(sound, here / "bad")
    schemas = Seeds(sound)
    for name in schemas.schemas:
        for path in bad.glob("figures/*.csv" if name == "figures" else f"{name}.csv"):
            header, *rows = cells_of(path.read_bytes())
            at = [header.index(column) for column in words_of(schemas, name) if column in header]
            for cells in rows:
                for column in at:
                    if cells[column] and "{" not in cells[column]:
                        cells[column] = f"{cells[column][0]}{UNSEEN}{cells[column][1:]}"
            path.write_bytes(written([header, *rows]))
    text = "远禾县人民政府关于2024年法治政府建设情况的报告\n\n　　全县受理行政复议案件7件。\n\n"
    signed = "远禾县人民政府\n2025年1月15日\n"
    (here / f"{UNSEEN}.txt").write_text(text + signed, encoding="utf-8", newline="")
    (here / "spoiled.txt").write_text(f"{text}{UNSEEN}<b>{signed}", encoding="utf-8", newline="")
    rows = [row._replace(note_zh=UNSEEN, reason=UNSEEN) for row in scan(REPORT, Seeds(sound))]
    drafts.write_draft(rows, here / f"{UNSEEN}.csv")
    return here


# What a command is called with; of what is not a file, `unseen` takes each place in turn.
CALLED = {
    "check": [[]],
    "find": [["复议"]],
    "show": [["cases"], ["cases_county"]],
    "compare": [["cases"]],
    "export": [["x.csv"]],
    "site": [["edition"]],
    "sign": [["R2", "places.csv"]],
    "clean": [["spoiled.txt", "-o", "new.txt"], [f"{UNSEEN}.txt", "-o", f"{UNSEEN}-2.txt"]],
    "add": [[f"{UNSEEN}.txt", "--place", "999902", "--year", "2024"]],
    "scan": [[REPORT], [REPORT, "-o", f"{UNSEEN}-3.csv"], ["spoiled.txt"]],
    "accept": [[f"{UNSEEN}.csv"]],
}


def calls(command):
    """The arguments of a command: as they are, on tables that are sound and on others, and with
    what nobody sees in the place of each argument.
    """
    for usual in CALLED[command]:
        yield [*usual, "--seeds", "bad"]
        yield [*usual, "--seeds", "sound"]
        yield [*usual, "--seeds", UNSEEN]
        yield [*usual, "--seeds", "sound", f"--{UNSEEN}"]
        plain = 0
        for one in COMMANDS[command].arguments:
            option = one.names[0].startswith("-")
            if option and "action" not in one.about:
                yield [*usual, "--seeds", "sound", one.names[-1], UNSEEN]
            elif not option and usual:
                yield [*usual[:plain], UNSEEN, *usual[plain + 1 :], "--seeds", "sound"]
                plain += 1


def printed(arguments):
    """What a command prints, to either stream."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        try:
            main(arguments)
        except SystemExit as ended:
            assert ended.code in (0, 2)
    return out.getvalue()


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_what_nobody_sees(place, tmp_path, monkeypatch, command):
    """Whatever such characters stand in tables, texts, drafts, names of files or arguments."""
    monkeypatch.chdir(shutil.copytree(place, tmp_path / "place"))
    told = [printed([command, *arguments]) for arguments in calls(command)]
    assert not [hidden(text) for text in told if hidden(text)]
    assert any(r"\x1b[31m" in text and r"\u202e" in text for text in told)


def test_a_finding_is_one_line():
    """What is found in a cell is said in one line, the ends of its own as escapes."""
    one = Finding("place", "reports.csv", 5, "place", "a\nb\r\x85c", "a code", "correct it")
    assert str(one) == r"reports.csv, row 5, place: found a\nb\r\x85c; wanted a code; correct it"


def test_no_command_that_is_not_there_prints_it():
    """A name that is no command's, or no option's, is said as it is seen."""
    for arguments in ([UNSEEN], [f"--{UNSEEN}"], ["check", UNSEEN]):
        assert not hidden(printed(arguments))


def test_a_command_gives_the_streams_back(monkeypatch):
    """After a command, whatever became of it, its process prints as before; a stream that is not
    there stays away.
    """
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    printed(["check", UNSEEN])
    print(UNSEEN)
    assert out.getvalue() == f"{UNSEEN}\n"
    monkeypatch.setattr("sys.stdout", None)
    with in_terminal():
        assert sys.stdout is None and sys.stderr is not None


def test_a_stream_is_what_it_was_but_for_what_it_writes():
    """Who writes lines, asks for the encoding or flushes meets the stream itself."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    stream = Terminal(out)
    assert stream.write("\x07") == 1 and stream.encoding == "utf-8"
    stream.writelines(["\x1b", "a"])
    stream.flush()
    assert out.buffer.getvalue() == rb"\x07\x1ba"


# --- cells

BEFORE = ["", " ", "\u200b", "\ufeff", "\u3000", "\xa0", "\x07", "\ufe0f", "\u3164", "\u2800", "'"]
FORMULAS = [f"{before}{start}1+1" for before in BEFORE for start in (*STARTS, "\t=", "\r=")]


def begins_like_a_formula(cell):
    """Whether the first sign that is seen is one with which a formula begins, in any width."""
    kinds = unicodedata.category
    seen = (one for one in cell if kinds(one)[0] in "LNPS" and one not in "\u3164\u2800")
    first = next((one for one in seen if not "\u2400" <= one <= "\u2421"), "")
    return unicodedata.normalize("NFKC", first) in ("=", "+", "-", "@")


def row_with(cell, at=0):
    """A row of a draft whose free words are this cell."""
    row = scan(REPORT, Changed().seeds())[0]
    return row._replace(note_zh=cell, quote=cell, keyword=cell, reason=cell, at=str(at))


def test_no_cell_of_a_draft_is_a_formula_and_all_are_read_as_written(tmp_path):
    """In a CSV each is guarded and each comes back, with blanks at its ends at most lost, the
    numbers of a draft being numbers; once more written, the draft is the same.
    """
    one = row_with("")
    rows = [one._replace(note_zh=cell, quote=cell, reason=cell) for cell in FORMULAS]
    rows += [one._replace(value="-3.2"), one._replace(printed="-3.2")]
    draft = tmp_path / "draft.csv"
    drafts.write_draft(rows, draft)
    header, *cells = read_csv(draft)
    assert not [cell for line in cells[:-2] for cell in line if begins_like_a_formula(cell)]
    assert cells[-2][header.index("value")] == "-3.2"
    assert cells[-1][header.index("printed")] == "'-3.2"
    back = drafts.read_draft(draft)
    for column in drafts.COLUMNS:
        assert [getattr(row, column).strip() for row in rows] == [getattr(r, column) for r in back]
    again = tmp_path / "again.csv"
    drafts.write_draft(back, again)
    assert [row.cells for row in drafts.read_draft(again)] == [row.cells for row in back]


def test_no_cell_of_a_drafts_workbook_is_a_formula(tmp_path):
    """In a workbook each is a text; a CSV that a program has saved as a workbook, with the
    apostrophes, is read as the CSV itself, and _x0041_ is no A.
    """
    cells = ["=1+1", "'=1+1", "+1", "@x", "_x0041_", "＝1"]
    one = row_with("")
    odd = {"report": "r\x07"}  # which the title of the file holds, too
    rows = [one._replace(note_zh=cell, sentence=f"{cell}【1】", **odd) for cell in cells]
    draft = tmp_path / "draft.xlsx"
    drafts.write_draft(rows, draft, Changed().seeds())
    wanted = ["=1+1", "=1+1", "+1", "@x", "_x0041_", "＝1"]
    assert [row.note_zh for row in drafts.read_draft(draft)] == wanted
    sheet = openpyxl.load_workbook(draft)["draft"]
    formulas = [cell for line in sheet for cell in line if cell.data_type == "f"]
    assert {cell.column_letter for cell in formulas} == {"I"} and sheet["I1"].value == "label"


@given(
    st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from("'=+-@＝ \u200b\u3164")), max_size=9
    )
)
def test_the_guard_of_a_cell_is_undone_to_the_letter(text):
    """Whatever stands in a cell, guarded it begins no formula, and unguarded it is as it was."""
    assert unguarded(guarded(text)) == text and not begins_like_a_formula(guarded(text))
    assert guarded(text).removeprefix("'") in (text, text.removeprefix("'"))


@pytest.mark.parametrize("cell", ["-3.2", "+5", "-1,234.5", "-3%", "316"])
def test_a_number_stays_one_where_numbers_stand(cell):
    """A sign before a number is no formula in a column of numbers, and is one among words."""
    assert guarded(cell, number=True) == cell
    assert guarded(cell) == (f"'{cell}" if cell[0] in "+-" else cell)


def test_the_flat_table_and_drafts_have_one_guard():
    """What the one guards the other does, but for what no cell of an export can show."""
    for cell in FORMULAS:
        assert flat._cell("note", cell) == flat.visible(guarded(cell))


def test_a_line_end_of_any_kind_in_a_cell_parts_no_row():
    """A cell may hold a carriage return alone; the row is read with as many cells."""
    lines = [["a", "b"], ["\rx", "y\r"], ["1\n2", "1\r\n2"], ["", '"']]
    assert read_csv(written(lines)) == cells_of(written(lines)) == lines


# --- workbooks


@given(st.lists(st.text(max_size=40), max_size=9))
@example(
    ["𠀀" * 40, "𠀀" * 31, "x" * 30 + "'y", "'", "\u3000", "\ufeff", "A", "ａ", "a\nb", UNSEEN]
)
def test_every_name_of_a_sheet_is_one_that_excel_takes(names):
    """Whatever it is made of: 1 to 31 characters as Excel counts, none that it forbids, no
    apostrophe at an end, nothing that is not seen, unlike all others, and never History.
    """
    taken = set()
    found = [unique(name, taken) for name in [*names, "History", "HISTORY", *names]]
    for name in found:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$|^\s|\s$", name) and name.isprintable()
    assert len({name.casefold() for name in found} | {"history"}) == len(found) + 1


TOPICS = {
    "A/b": "[a]:*?/\\'" + MARKUP,
    "a_b": "'It's'",
    "a/b": "𠀀" * 40,
    "甲": "History",
    "乙": "history",
    "丙": UNSEEN,
}


@pytest.fixture(scope="module")
def of_topics():
    """The bytes of a workbook whose topics have such codes and names, made without a warning."""
    tables = Changed().seeds()
    own = list(dict.fromkeys(figure.indicator for figure in of_report(tables, REPORT)))
    topic_of = {name: list(TOPICS)[at % len(TOPICS)] for at, name in enumerate(own)}
    [old, *_] = [term for term in tables.terms if term.kind == "topic"]
    terms = [old._replace(code=code, zh=name, en=name) for code, name in TOPICS.items()]
    indicators = [
        row._replace(topic=topic_of.get(row.indicator, "甲")) for row in tables.indicators
    ]
    tables = tables.replaced(terms=[*tables.terms, *terms], indicators=indicators)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return content.workbook(Edition(tables, of_report(tables, REPORT)))


def test_a_workbook_of_any_topics_is_whole(of_topics):
    """Its parts are XML, its tables have names of their own, and each of its links, and each name
    that it defines, is of a place in it.
    """
    with zipfile.ZipFile(io.BytesIO(of_topics)) as file:
        tables = [file.read(name).decode() for name in file.namelist() if "/tables/" in name]
    names = [re.findall('displayName="([^"]*)"', table)[0] for table in tables]
    assert len({name.lower() for name in names}) == len(names) >= len(TOPICS)
    assert all(re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", name) for name in names)
    book = openpyxl.load_workbook(io.BytesIO(of_topics))
    quoted = {"'" + name.replace("'", "''") + "'" for name in book.sheetnames}
    links = [link.location for link in links_of(book) if link.location]
    assert len(links) > 20 and {link.rpartition("!")[0] for link in links} <= quoted
    for sheet in book:
        area = str(sheet.print_area)
        assert area.rpartition("!")[0] in (*quoted, "") and area


def test_an_address_that_is_none_is_no_link_of_a_workbook():
    """What begins with javascript: is words there, as on a page."""
    tables = poisoned(MARKUP)
    data = content.workbook(Edition(tables, of_report(tables, REPORT)))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert not [link.target for link in links_of(book) if link.target]
    assert any("javascript:" in str(cell.value) for s in book for line in s for cell in line)


def links_of(book):
    """The links of all cells of a workbook."""
    cells = (cell for sheet in book for line in sheet.iter_rows() for cell in line)
    return [cell.hyperlink for cell in cells if cell.hyperlink]


EXTENSION = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/>'
    b'<ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"/><ext uri="{X}"/></extLst></worksheet>'
)


def test_what_a_workbooks_reader_does_not_know_is_no_warning(tmp_path):
    """A draft with extensions that the reader leaves out is read, compared and looked through for
    what is a person's, without a word about them.
    """
    draft = tmp_path / "d.xlsx"
    rows = [row_with("")]
    drafts.write_draft(rows, draft, Changed().seeds())
    with zipfile.ZipFile(draft) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(draft, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data.replace(b"</worksheet>", EXTENSION))
    with pytest.warns(UserWarning, match="extension is not supported"):
        openpyxl.load_workbook(draft)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [row.printed for row in drafts.read_draft(draft)] == [rows[0].printed]
        assert drafts.not_carried(draft.read_bytes()) == []
        assert drafts.write_draft(rows, draft, Changed().seeds()) == (False, None)


def test_workbooks_are_read_in_one_place():
    """Nothing else of the library reads one with openpyxl, so that no warning is forgotten."""
    library = Path(bd.__file__).parent
    files = library.rglob("*.py")
    readers = [path for path in files if "load_workbook" in path.read_text(encoding="utf-8")]
    assert readers == [Path(draft_sheet.__file__)]
