"""Sizes: what is larger than any report needs is refused by a limit that is stated, and nothing
takes more than in step with what is read.
"""

import gc
import zipfile
from collections import Counter
from decimal import Decimal
from functools import partial
from io import BytesIO
from itertools import combinations, pairwise
from random import Random
from time import process_time
from types import SimpleNamespace

import pandas as pd
import pytest
from conftest import FIGURES, IN_FULL, REPORT, ROOT, as_csv, read_csv, script
from openpyxl import load_workbook

from baoding_data import charts, cli, limits
from baoding_data.charts.page import Heading
from baoding_data.charts.typesetting import LABEL, wrap
from baoding_data.checks.audit import check
from baoding_data.checks.texts import BETTER, fitting, hardest_to_tell_apart, rivals
from baoding_data.comparison.peers import as_judged, sightings
from baoding_data.curation import markup
from baoding_data.curation.door import cleaned, look
from baoding_data.curation.scan import scan
from baoding_data.errors import BaodingError, adviser
from baoding_data.reading import content
from baoding_data.shown import cut
from baoding_data.tables import cells
from baoding_data.tables.files import lines_in
from baoding_data.tables.seeds import Seeds, home
from baoding_data.text.numbers import EXACT, numbers_in
from baoding_data.text.report import Report
from baoding_data.writing import is_sealed

TITLE = "邯郸市人民政府2024年法治政府建设情况的报告\n\n"


def in_step(work, size):
    """Assert that work of twice the size takes at most three times as long, in processor time; what
    another process disturbed is measured again.
    """
    sizes = (size, 2 * size, 4 * size)[: 3 if IN_FULL else 2]
    spent = [float("inf")] * len(sizes)
    for _ in range(3):
        for at, count in enumerate(sizes):
            given = work(count)
            gc.disable()  # what it costs grows with all that there is
            start = process_time()
            given()
            spent[at] = min(spent[at], process_time() - start)
            gc.enable()
        if all(more <= 3 * less + 0.03 for less, more in pairwise(spent)):
            return
    raise AssertionError(f"{sizes} took {spent}")


# --- texts

LONG = {
    "digits in groups": lambda n: "受理案件1" + ",000" * n + "件。",
    "digits": lambda n: "受理案件" + "1" * n + "件。",
    "numerals": lambda n: "受理案件一点" + "一" * n + "万件。",
    "ten thousands": lambda n: "受理案件1" + "万" * n + "件。",
    "odd letters": lambda n: "受理案件3" + "О" * n + "件。",
    "brackets": lambda n: "（" * n + "受理3件" + "）" * n + "。",
    "no marks": lambda n: "受理" * n + "3件",
    "blanks": lambda n: "受理3" + " " * n + "件",
}
MANY = {
    "one sentence": lambda n: "受理" + "、".join(f"案件{i}件" for i in range(n)) + "。",
    "the same again": lambda n: "3至5件，" * n,
    "numbers without words": lambda n: "受理案件" + "1," * n + "件。",
    "chapters": lambda n: "".join(f"一、标题\n受理{i}件。\n" for i in range(n)),
    "points": lambda n: "一、标题\n" + "".join(f"一是受理案件{i}件；" for i in range(n)),
    "one table": lambda n: "项目\t受理\t办结\n" + "".join(f"项{i}\t{i}\t{i}\n" for i in range(n)),
    "tables": lambda n: "".join(
        f"表{i}\n项目\t受理\t办结\n甲\t{i}\t1\n乙\t1\t2\n说明一段话。\n" for i in range(n)
    ),
    "a cell a line": lambda n: "项目\n受理\n" + "".join(f"项{i}\n{i}\n" for i in range(n)),
}
MARKED = {
    "never closed": lambda n: "<script>" * n + "受理3件",
    "comments": lambda n: "<!--" * n + "受理3件",
    "quotation marks": lambda n: "<a b" + "\"'" * n + " 受理3件",
    "attributes": lambda n: "<a " + 'b="x" ' * n + " 受理3件",
    "entities of entities": lambda n: "&" + "amp;" * n + "受理3件",
    "notes": lambda n: "<sup>" * n + "受理3件",
    "paragraphs": lambda n: "<p> " * n + "受理3件",
    "strokes": lambda n: " |" * n + "受理3件<b>",
}


@pytest.mark.parametrize("kind", LONG)
def test_a_number_of_any_length_is_read_in_step_or_unclear(kind):
    """However long a run of digits or numerals is, it is one number or none, and never rounded."""
    make, size = LONG[kind], 100_000 if IN_FULL else 10_000
    for number in numbers_in(make(size)):
        assert number.value is None or number.kind == "name" or number.value < 10**EXACT
    in_step(lambda n: partial(lambda text: Report(text).numbers, make(n)), size)


@pytest.mark.parametrize("digits", ["1" * 30 + "万", "1." + "1" * 30 + "亿", "1" + ",234" * 12])
def test_what_arithmetic_would_round_is_unclear(digits):
    """A number of more digits than arithmetic keeps has no value."""
    assert [(one.kind, one.value) for one in numbers_in(f"受理{digits}件")] == [("unclear", None)]


@pytest.mark.parametrize("kind", MANY if IN_FULL else ["the same again"])
def test_a_scan_takes_in_step_with_its_numbers(kind, seeds, tmp_path):
    """A text with twice as many numbers, in a sentence, a table or each alone, takes at most three
    times as long to be scanned.
    """

    def work(count):
        text = tmp_path / "text.txt"
        text.write_text(TITLE + MANY[kind](count), encoding="utf-8", newline="")
        return lambda: scan(text, seeds)

    work(1)()  # what is made once of the tables is not counted
    in_step(work, 200 if IN_FULL else 50)


@pytest.mark.parametrize("kind", MARKED)
def test_mark_up_is_found_and_taken_out_in_step(kind):
    """Mark-up that is never closed, or stands within itself, takes in step with its length."""
    in_step(lambda n: partial(lambda text: list(markup.found(text)), MARKED[kind](n)), 4000)
    in_step(lambda n: partial(markup.taken_out, MARKED[kind](n)), 4000)


def test_mark_up_within_mark_up_is_taken_out_so_many_times_and_no_more():
    """What holds mark-up in mark-up is cleaned whole, or refused with what to do."""
    once = limits.PASSES - 2
    assert cleaned("<" * once + "b>" * once + "受理3件") == "受理3件"
    with pytest.raises(BaodingError, match=f"more than {limits.PASSES} times over; copy the text"):
        cleaned("<" * 5000 + "b>" * 5000 + "受理3件")


def test_a_text_that_no_report_is_is_refused_at_the_door(tmp_path, capsys):
    """A text of too many bytes is refused before it is read, by the commands with status 2."""
    text = tmp_path / "long.txt"
    text.write_bytes("受理3件。\n".encode() * (limits.TEXT // 14 + 1))
    for command in (["scan", str(text)], ["clean", str(text), "-o", str(tmp_path / "new.txt")]):
        assert cli.main(command) == 2
        assert f"at most {limits.TEXT:,}" in capsys.readouterr().err
    assert not (tmp_path / "new.txt").exists()


@pytest.mark.parametrize(
    ("limit", "body", "told"),
    [
        ("NUMBERS", "受理案件5件。" * 11, "found 11 numbers in it"),
        ("SENTENCE", "受理案件5件，均已办结。", "line 3: found a sentence or row of more than 10 "),
        ("SENTENCE", "项目\t受理\t办结\n案件案件\t1111\t2222\n", "line 4: found a sentence or row"),
    ],
)
def test_a_text_of_too_many_numbers_or_too_long_a_sentence_is_refused(
    limit, body, told, monkeypatch
):
    """The door says how many there are, or in which lines, what a report has at most, and what to
    do by hand.
    """
    monkeypatch.setattr(limits, limit, 10)
    notes = [str(note) for note in look("a.txt", f"关于报告\n\n{body}".encode()).problems]
    assert [note for note in notes if told in note and note.count("; ") == 2], notes


def test_a_quote_is_found_as_before_in_a_long_sentence():
    """A number that can be quoted within its own clauses is, in a sentence of a thousand others;
    one of the same clauses again has none.
    """
    text = Report("受理" + "、".join(f"第{i}类案件{i}件" for i in range(1, 1001)) + "。")
    number = next(one for one in text.numbers if one.printed == "777" and one.kind == "value")
    assert text.quotes_for(number, lambda start, end: True) == ["第777类案件777件"]
    again = Report("受理案件5件，" * 200)
    assert again.quotes_for(again.numbers[100], lambda start, end: True) == []


# --- tables


def with_rows(table, rows):
    """The bytes of a table of the library with more rows, all cells empty but some."""
    header = read_csv(home() / table)[0]
    lines = [[row.get(column, "") for column in header] for row in rows]
    return (home() / table).read_bytes() + as_csv(lines)


def place(at, parent):
    """A county of invented name."""
    name = "".join(chr(0x4E00 + int(digit)) for digit in str(at))
    return {
        "place": str(500_000 + at),
        "name_zh": f"丙{name}县",
        "name_en": f"C{at} County",
        "level": "county",
        "parent": "" if parent is None else str(500_000 + parent),
    }


@pytest.mark.parametrize("ring", [False, True])
def test_places_above_one_another_are_few(ring):
    """Chains and rings of places, however long, take in step with their length; each place that has
    too many above it is a finding with the limit.
    """

    def work(count):
        rows = [place(i, i + 1 if i + 1 < count else 0 if ring else None) for i in range(count)]
        return lambda: Seeds(instead={"places.csv": with_rows("places.csv", rows)})

    size = 10_000 if IN_FULL else 300
    found = [one for one in work(size)().findings if one.column == "parent"]
    assert len(found) == size - (0 if ring else limits.LEVELS)
    assert all(f"fewer than {limits.LEVELS} in all" in one.wanted for one in found)
    in_step(work, size)
    in_step(lambda n: partial(getattr, work(n)(), "place_names"), size)


def test_unknown_codes_take_in_step_with_their_number(monkeypatch):
    """Rows that name indicators that are not there are all findings; the nearest names are told as
    long as it takes about a second.
    """

    def work(count):
        rows = [{"indicator": f"lost_{i}", "neighbour": f"won_{i}"} for i in range(count)]
        raw = with_rows("neighbours.csv", rows)
        return lambda: Seeds(instead={"neighbours.csv": raw})

    monkeypatch.setattr(limits, "LIKENED", limits.LIKENED if IN_FULL else 1000)
    size = 20_000 if IN_FULL else 100
    found = [one for one in work(size)().findings if one.rule == "code"]
    assert len(found) == 2 * size and found[-1].advice
    in_step(work, size)


def test_advice_on_names_ends_and_is_the_same_for_the_same_name(monkeypatch):
    """So many names are compared; a name that was is told again."""
    monkeypatch.setattr(limits, "LIKENED", 4)
    advise = adviser({"litigation_lost", "filing_items"})
    assert advise("litigation_lots") == "litigation_lost" and advise("filing_item")
    assert not advise("filing_itemz") and advise("litigation_lots") == "litigation_lost"


def test_the_first_findings_are_printed_and_how_many_more_there_are(folder, capsys):
    """`check` prints as many findings as anybody mends at once, says how many more, counts all."""
    rows = [{"indicator": f"lost_{i}", "neighbour": "x"} for i in range(limits.FINDINGS)]
    (folder / "neighbours.csv").write_bytes(with_rows("neighbours.csv", rows))
    assert cli.main(["check", "--seeds", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    printed = [line for line in lines if line.startswith("seeds/")]
    more = int(lines[-1].split()[0]) - limits.FINDINGS
    assert len(printed) == limits.FINDINGS < limits.FINDINGS + more
    assert f"and {more} findings more, which are shown once these are mended" in lines
    assert cli.main(["find", "--seeds", str(folder)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == limits.FINDINGS + 2


@pytest.mark.parametrize("kind", [*cells.TYPES, "shared"])
@pytest.mark.parametrize("cell", ["9" * 99_999, "0." + "1" * 99_999, "1e999999", "９" * 9_999])
def test_no_cell_is_too_long_to_be_told(kind, cell):
    """A cell of any length or power of ten gets an advice, in each kind of column."""
    assert cells.advice(cell, kind)


def test_a_cell_is_as_long_as_a_spreadsheet_program_takes():
    """A longer one is a finding with the limit, which shows how it begins and how long it is."""
    note = "说明" * limits.CELL
    raw = with_rows("neighbours.csv", [{"indicator": "a", "note_zh": note, "note_en": note[:9]}])
    found = [one for one in Seeds(instead={"neighbours.csv": raw}).findings if "20,000" in str(one)]
    assert [one.column for one in found] == ["note_zh"]
    assert (
        f"wanted at most {limits.CELL:,} characters" in str(found[0]) and len(str(found[0])) < 900
    )


def test_a_table_has_so_many_rows(monkeypatch):
    """Of one with more it is said in which row the limit is passed; empty rows do not count."""
    monkeypatch.setattr(limits, "ROWS", 3)
    assert lines_in(b"a,b\n" + b"1,2\n,\n" * 3, ["a", "b"])[1] is None
    told = lines_in(b"a,b\n" + b"1,2\n" * 4, ["a", "b"])[1]
    assert told and (told.row, told.found, told.wanted) == (5, "more than 3 rows", "at most 3")


def test_a_file_larger_than_any_is_not_read(tmp_path, folder, capsys):
    """Neither as a text, nor as a draft, nor as a table: its size is told, and the limit."""
    for name in ("large.txt", "large.csv", "large.xlsx"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(limits.FILE + 1)
    told = f"a file of {limits.FILE + 1:,} bytes, and of at most {limits.FILE:,} is read"
    with pytest.raises(BaodingError, match=told):
        content(tmp_path / "large.txt", "copy it")
    for draft in ("large.csv", "large.xlsx"):
        assert cli.main(["accept", str(tmp_path / draft), "--seeds", str(folder)]) == 2
        assert told in capsys.readouterr().err
    (tmp_path / "large.csv").replace(folder / "places.csv")
    assert cli.main(["check", "--seeds", str(folder)]) == 1
    assert told in capsys.readouterr().out


def test_one_number_that_many_rows_share_is_told_in_step(monkeypatch):
    """What is found of a number that many rows claim lists some of them."""
    monkeypatch.setattr(limits, "FINDINGS", 10**6)
    *_, last = read_csv(home() / FIGURES)
    raw = (home() / FIGURES).read_bytes() + as_csv([last] * 400)
    found = [one for one in check(Seeds(instead={FIGURES: raw})) if one.rule == "shared"]
    assert len(found) > 400 and max(len(one.wanted) for one in found) < limits.SHOWN


def own_worded(count, seed=1):
    """Rows with words of their own, of 40 indicators that they are all like."""
    draw, names = Random(seed), [f"x{at % 40}" for at in range(count)]
    fit = [
        {name: 1.0 + draw.random() for name in dict.fromkeys(names)} | {own: 2.0} for own in names
    ]
    rows = zip(names, fit, strict=True)
    return [SimpleNamespace(row=SimpleNamespace(indicator=own), likeness=to) for own, to in rows]


def test_words_that_fit_other_rows_are_found_in_step():
    """Twice as many rows with words of their own take at most three times as long to be held
    against each other, and no pair is missed.
    """

    def better(pairs):
        return [pair for pair in pairs if BETTER * fitting(*pair)[0] < fitting(*pair)[1]]

    claims = own_worded(60)
    claims[9].likeness["x7"] = 4.0
    assert better(rivals(claims)) == better(combinations(claims, 2)) != []
    in_step(lambda n: partial(rivals, own_worded(n)), 2000 if IN_FULL else 200)


@pytest.mark.parametrize("seed", range(10))
def test_the_two_that_are_hardest_to_tell_apart_are_found_among_all(seed):
    """No other two rows lose less by being exchanged than those that page 04 tries."""
    claims = own_worded(60, seed)
    for claim in claims[::3]:
        del claim.likeness[claim.row.indicator]

    def cost(pair):
        now, then = fitting(*pair)
        return now - BETTER * then if then else float("inf")

    [found] = hardest_to_tell_apart(claims)
    assert cost(found) == pytest.approx(min(map(cost, combinations(claims, 2))))
    assert hardest_to_tell_apart(claims[:1]) == []


def test_the_hardest_to_tell_apart_are_found_in_step():
    """Twice as many rows take at most three times as long."""
    in_step(lambda n: partial(hardest_to_tell_apart, own_worded(n)), 2000 if IN_FULL else 500)


def test_what_is_found_against_figures_is_told_in_step(seeds):
    """Twice as many figures, something found against nearly each, take at most three times as long
    to be marked, in the report and in a comparison.
    """
    rows = seeds.rows_of("figures", REPORT)

    def marked(count):
        copies = range(-(-count // len(rows)))
        cells = [
            row._replace(line=2 + at + len(rows) * copy, period=f"p{copy}")
            for copy in copies
            for at, row in enumerate(rows)
        ]
        tables = seeds.replaced(figures=cells[:count])
        seen = list(sightings(tables))
        return lambda: list(as_judged(tables, seen, REPORT))

    told = Counter(one.status for one in marked(200)() if one.report == REPORT)
    assert told["unproved"] > 100
    in_step(marked, 2400 if IN_FULL else 600)


# --- charts

BAR = {"label_zh": "案件", "label_en": "Cases", "value": 1, "text": "1件", "status": "proved"}
HEADING = Heading("题", "Title", "", "", "来源", "Source")


def test_a_word_of_any_length_is_broken_in_step():
    """A word without an end is cut wherever a line is full, as one that is short."""
    assert "".join(wrap("a" * 999, LABEL, 2)) == "a" * 999
    assert len({*wrap("a" * 999, LABEL, 2)[:-1]}) == 1
    in_step(lambda n: partial(wrap, "a" * n, LABEL, 2), 20_000 if IN_FULL else 1000)


@pytest.mark.parametrize("value", [10**400, Decimal("1e999999"), Decimal("sNaN"), float("inf")])
def test_a_number_that_no_chart_can_draw_is_refused(value):
    """What is no number, or larger than machines reckon with, is a finding."""
    with pytest.raises(BaodingError, match="wanted a number of 0 or more"):
        charts.bars(pd.DataFrame([BAR | {"value": value}], dtype=object), HEADING)


@pytest.mark.parametrize("value", [5e-324, 1e-19, 1e19])
def test_a_number_at_the_ends_of_what_machines_reckon_with_is_refused(value):
    """A number so near to 0, or so large, that no axis can be drawn to it is a finding."""
    with pytest.raises(BaodingError, match="value: found .*; wanted a number of 0 or more, at m"):
        charts.steps(pd.DataFrame([BAR | {"value": value}]), HEADING)


def test_a_chart_has_so_many_rows_and_its_cells_so_many_characters():
    """Charts at the limits are drawn, in step with their rows and words; beyond, the finding says
    the limit and what to do.
    """

    def drawn(rows, length):
        table = pd.DataFrame([BAR | {"label_zh": "案" * length}] * rows)
        return partial(lambda: charts.bars(table, HEADING).savefig(BytesIO()))

    in_step(lambda n: drawn(n, 2), limits.DRAWN // (4 if IN_FULL else 8))
    in_step(lambda n: drawn(1, n), limits.LABEL // (4 if IN_FULL else 8))
    with pytest.raises(BaodingError, match="found 501 rows; wanted at most 500; draw those"):
        drawn(limits.DRAWN + 1, 2)()
    with pytest.raises(BaodingError, match="row 1, label_zh: .* at most 2,000 characters"):
        drawn(1, limits.LABEL + 1)()


# --- drafts in workbooks


@pytest.fixture(scope="module")
def book(tmp_path_factory, seeds):
    """A draft of a short text, as a workbook."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "text.txt").write_text(f"{TITLE}受理案件5件。\n", encoding="utf-8", newline="")
    assert cli.main(["scan", str(folder / "text.txt"), "-o", str(folder / "draft.xlsx")]) == 0
    return folder / "draft.xlsx"


def changed(book, target, change):
    """The draft with the first sheet changed, and with what `change` adds."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == "xl/worksheets/sheet1.xml" else part)
    return target


def after_the_cells(more):
    """What puts more into a sheet behind its cells."""
    return lambda part: part.replace(b"</sheetData>", b"</sheetData>" + more)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            b'<mergeCells><mergeCell ref="A9:XFD1048576"/></mergeCells>',
            f"merged cells or links over 17,179,738,112 cells, above {limits.MERGED:,}",
        ),
        (
            b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks>',
            f"merged cells or links over 17,179,869,184 cells, above {limits.MERGED:,}",
        ),
        (b" " * limits.WORKBOOK, f"above {limits.WORKBOOK:,}"),
    ],
)
def test_a_small_workbook_that_unfolds_into_a_large_one_is_refused(
    more, told, book, folder, tmp_path, capsys
):
    """Whole sheets merged or linked, or a sheet that unpacks to very much, are refused before they
    are read, by `accept` and where a scan takes a draft up, which leaves it as it was.
    """
    draft = changed(book, tmp_path / "draft.xlsx", after_the_cells(more))
    assert draft.stat().st_size < 100_000
    before = draft.read_bytes()
    text = str(book.with_name("text.txt"))
    for command in (["accept", str(draft)], ["scan", text, "-o", str(draft)]):
        assert cli.main([*command, "--seeds", str(folder)]) == 2
        said = capsys.readouterr().err
        assert told in said and "copy its rows into a new workbook" in said
    assert draft.read_bytes() == before


def test_an_export_that_unfolds_into_a_large_one_is_nobodys(book, monkeypatch):
    """What stands in the way of an export and unpacks to more than the limit is not looked into,
    and so not written over.
    """
    with zipfile.ZipFile(book) as file:
        size = sum(one.file_size for one in file.infolist())
    for limit, ours in ((size, True), (size - 1, False)):
        monkeypatch.setattr(limits, "EXPORT", limit)
        assert is_sealed(book.read_bytes(), "draft") == ours


def test_a_stray_cell_in_the_last_corner_costs_nothing(book, tmp_path, capsys):
    """A draft with a cell at XFD1048576 is taken up again at once, and the cell is told as one that
    the new draft does not have.
    """
    draft, work = tmp_path / "draft.xlsx", load_workbook(book)
    work.worksheets[0]["XFD1048576"] = "stray"
    work.save(draft)
    start = process_time()
    assert cli.main(["scan", str(book.with_name("text.txt")), "-o", str(draft)]) == 0
    assert process_time() - start < 5
    assert "column XFD" in capsys.readouterr().out


# --- what is asked for, and what is said


@pytest.mark.parametrize("rows", ["9" * 5000, "1-" + "9" * 5000, "2-1000000000", "9" * 9])
def test_no_number_of_a_row_is_too_long(rows, folder, capsys):
    """`sign` says which rows there are, whatever number it is given."""
    assert cli.main(["sign", "R2", f"observations.csv:{rows}", "--seeds", str(folder)]) == 2
    assert "are no rows of observations.csv; it has rows 2 to " in capsys.readouterr().err


@pytest.mark.parametrize("command", ["show", "accept", "sign"])
def test_no_message_is_longer_than_what_anybody_reads(command, capsys):
    """A name of any length is said by how it begins, and what to do at the end is still there."""
    assert cli.main([command, "长" * 200_000]) in (1, 2)
    assert max(map(len, capsys.readouterr().err.splitlines())) < limits.LINE + 20


def test_words_that_are_cut_say_how_long_they_are():
    """What is short is shown whole; of the rest its beginning and its length."""
    assert cut("3" * limits.SHOWN) == "3" * limits.SHOWN
    assert cut("3" * 10**6) == f"{'3' * limits.SHOWN}… (1000000 characters)"


@pytest.mark.skipif(
    not (ROOT / "docs").is_dir(), reason="the page lies in the repository, not in the wheel"
)
def test_the_page_on_scale_states_every_limit(monkeypatch):
    """docs/scale.md has a line for each limit, as benchmarks/scale.py writes them."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    stated = script("benchmarks/scale.py").stated_limits()
    named = [name for name in vars(limits) if name.isupper()]
    assert len(stated) == len(named) + 2
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert "\n".join(stated) in page
    assert all(f"{getattr(limits, name):,}" in page for name in named)
