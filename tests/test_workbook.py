"""The workbook for meetings, read back as its readers do."""

import csv
import io
import os
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import openpyxl
import pytest
from conftest import IN_FULL, REPORT, own, takes_long
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import get_data_path
from matplotlib.font_manager import get_font
from python_calamine import CalamineWorkbook

import baoding_data as bd
from baoding_data.comparison.wording import Wording
from baoding_data.tables.figures import of_report
from baoding_data.tables.seeds import Seeds, home
from baoding_data.text.report import section_in_words
from baoding_data.workbook import content, fit, flat
from baoding_data.workbook.comparison_sheet import comparison_sheet
from baoding_data.workbook.edition import Edition
from baoding_data.workbook.export import LANGUAGES
from baoding_data.workbook.layout import paragraphs
from baoding_data.workbook.printer import number_format
from baoding_data.workbook.sheet import LOOKS, Cell, Column, Number

EXPORTS = Path(__file__).resolve().parents[1] / "exports"
HAN = re.compile("[\u3400-\u9fff]")


def said(lang, zh, en):
    """What a cell says in one edition."""
    return {"zh": zh, "en": en, "both": zh if zh == en else f"{zh}\n{en}"}[lang]


@pytest.fixture(scope="module")
def word(seeds):
    """What a code is called in one edition."""
    return lambda lang, kind, code: said(lang, *seeds.words.pair(kind, code))


@pytest.fixture(scope="module")
def figures(seeds):
    """All figures as analysts get them."""
    return bd.figures(seeds=seeds)


@pytest.fixture(scope="module")
def written(tmp_path_factory, seeds):
    """The workbook in all three editions."""
    folder = tmp_path_factory.mktemp("written")
    for lang in LANGUAGES:
        assert bd.export(folder / f"{lang}.xlsx", lang=lang, seeds=seeds) is True
    return folder


@pytest.fixture(scope="module")
def books(written):
    """The editions as openpyxl reads them; tests only look at them."""
    return {lang: openpyxl.load_workbook(written / f"{lang}.xlsx") for lang in LANGUAGES}


@pytest.fixture(scope="module")
def stored(written):
    """The editions with the stored values of their formulas; tests only look at them."""
    paths = {lang: written / f"{lang}.xlsx" for lang in LANGUAGES}
    return {lang: openpyxl.load_workbook(path, data_only=True) for lang, path in paths.items()}


@pytest.fixture(params=LANGUAGES)
def edition(request, books):
    """Each edition with its language."""
    return request.param, books[request.param]


def members(path):
    """What a workbook holds, without how it was packed."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def target(book, cell):
    """The cell to which a link leads."""
    sheet, _, place = cell.hyperlink.location.rpartition("!")
    return book[sheet.strip("'")][place]


def body(sheet):
    """The header and the rows of a sheet's one table."""
    [table] = sheet.tables.values()
    header, *rows = sheet[table.ref]
    return header, rows


def named(book, table):
    """The sheet that holds a table."""
    [sheet] = [sheet for sheet in book if table in sheet.tables]
    return sheet


def topic_sheets(book):
    return {
        table.removeprefix("figures_"): sheet
        for sheet in book
        for table in sheet.tables
        if table.startswith("figures_")
    }


# What it says


def of_topic(seeds, topic):
    return [figure for figure in of_report(seeds, REPORT) if figure.topic == topic]


def labelled(seeds, lang):
    """The figures of the report by the label that a topic's sheet shows, without what is said in
    brackets or by an asterisk.
    """
    return {
        said(lang, figure.label_zh, figure.label_en): figure for figure in of_report(seeds, REPORT)
    }


def bare(lang, label, known):
    """The longest known label with which each line of a shown one begins."""
    lines = label.split("\n")
    fits = [
        one
        for one in known
        if all(a.startswith(b) for a, b in zip(lines, one.split("\n"), strict=True))
    ]
    return max(fits, key=len)


def rows_of(seeds, lang, sheet):
    """The figures of a topic's sheet with their cells."""
    known = labelled(seeds, lang)
    return [(known[bare(lang, row[0].value, known)], row) for row in body(sheet)[1]]


def test_the_topic_sheets_are_the_figures(edition, seeds):
    """Every figure stands once, in the sheet of its topic, as a number, with its note; of a
    departure from what the line above says of all, the label tells.
    """
    lang, book = edition
    shown = {figure.topic for figure in of_report(seeds, REPORT)}
    assert list(topic_sheets(book)) == [
        code for code in seeds.words.codes("topic") if code in shown
    ]
    for topic, sheet in topic_sheets(book).items():
        rows, above = rows_of(seeds, lang, sheet), sheet["A2"].value + str(sheet["A3"].value)
        assert {figure.key for figure, _ in rows} == {
            figure.key for figure in of_topic(seeds, topic)
        }
        assert len(rows) == len(of_topic(seeds, topic))
        for figure, row in rows:
            assert row[1].value == float(figure.value) and row[1].data_type == "n"
            note = figure.note_en if lang == "en" else figure.note_zh
            assert note in row[2].value
            for kind, code in (("scope", figure.scope), ("period", figure.period)):
                words = seeds.words.pair(kind, code)
                word = words.en if lang == "en" else words.zh
                assert word in row[0].value or word in above or words.zh in figure.label_zh
            inferred = figure.scope_basis == "inferred" and figure.scope != "not_stated"
            assert row[0].value.split("\n")[0].endswith("*") == inferred


PLAIN = re.compile(r'("[^"]*")?([#,0.]+?)(,,)?("[^"]*")?')


def reads(cell):
    """What a program shows of a number under the cell's format, as far as ours go."""
    literal = re.match(r'\[=([0-9.]+)\]"([^"]*)";(.*)', cell.number_format)
    if literal and float(literal[1]) == cell.value:
        return literal[2]
    form = literal[3] if literal else cell.number_format
    before, form, million, after = PLAIN.fullmatch(form).groups()
    value = Decimal(str(cell.value)) / (1_000_000 if million else 1)
    places = len(form.partition(".")[2])
    number = f"{value:{',' if '#,##0' in form else ''}.{places}f}"
    return f"{before or ''}{number}{after or ''}".replace('"', "")


def reads_as(cell, value):
    """What a program shows of a formula that comes to the value of another cell."""
    return reads(SimpleNamespace(value=value.value, number_format=cell.number_format))


def test_a_number_reads_as_the_report_prints_it(books, seeds):
    """A cell holds the number and reads as the notebooks say it: in Chinese as printed, with its
    unit, in English in digits; a bound is never lost, and none is added.
    """
    for lang in ("zh", "en"):
        wording = Wording(seeds, REPORT)
        seen = []
        for sheet in topic_sheets(books[lang]).values():
            for figure, row in rows_of(seeds, lang, sheet):
                wanted = getattr(wording.number(figure), lang)
                assert reads(row[1]) == wanted
                seen.append(wanted)
        assert ("2万多名" in seen) == ("99%以上" in seen) == (lang == "zh")
        assert ("more than 20,000" in seen) == ("1,200 million yuan" in seen) == (lang == "en")


@given(
    st.integers(0, 10**11).map(lambda hundredths: Decimal(hundredths).scaleb(-2)),
    st.sampled_from(["{}件", "{}%以上", "约{}万元", "at least {}%", "{} yuan", "超过 {} 项"]),
    st.booleans(),
)
def test_a_format_shows_the_words_around_a_number(value, words, grouped):
    """Whatever stands around a number, the cell reads so, and another number in its place reads in
    the same words or as a plain number.
    """
    number = value.normalize() if value != value.to_integral_value() else value.quantize(1)
    shown = words.format(f"{number:,f}" if grouped else f"{number:f}")
    cell = SimpleNamespace(value=float(number), number_format=number_format(Number(number, shown)))
    assert reads(cell).replace(",", "") == shown.replace(",", "")
    assert "万" not in shown or "万" in cell.number_format


def test_what_no_digits_say_is_shown_in_words():
    """A number that is printed in words, or in part, reads so; when it is changed, in digits."""
    form = number_format(Number(Decimal(188900), "18.89万家", "家"))
    assert form == '[=188900]"18.89万家";#,##0"家"'
    changed = SimpleNamespace(value=190000.0, number_format=form)
    assert reads(changed) == "190,000家"
    # The sign would stand before the words: -约4.5项.
    form = number_format(Number(Decimal("-4.5"), "约-4.5项", "项"))
    assert form == '[=-4.5]"约-4.5项";#,##0.0"项"'
    # The 2 of 12 and the 1 of 1.5 are not the number.
    assert number_format(Number(Decimal(2), "12件")).startswith("[=2]")
    assert number_format(Number(Decimal(1), "1.5倍")).startswith("[=1]")


def test_the_first_sheet_is_the_chairs_page(edition, stored, seeds):
    """Place and year, the figures of the chair's question with what each is of and its page, one
    chart, at most three notes, the source with its day and address; all on one page.
    """
    lang, book = edition
    sheet = book.worksheets[0]
    words = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    place = seeds.where["130600"]
    title = f"{place.name_zh}2022年" if lang != "en" else f"{place.name_en}, 2022"
    assert str(words[0]).startswith(title) and not sheet.row_breaks.brk
    [chair] = [row for row in seeds.questions if row.question == "chair"]
    given = {figure.indicator: figure for figure in of_report(seeds, REPORT)}
    figures = [given[name.partition("@")[0]] for name in chair.figures.split()]
    rows = body(sheet)[1]
    assert 8 <= len(rows) <= 10
    values = [row[0].value for row in body(stored[lang].worksheets[0])[1]]
    assert values == [float(figure.value) for figure in figures]
    for figure, row in zip(figures, rows, strict=True):
        sheet_name, _, place_of = row[0].value.removeprefix("=").rpartition("!")
        shown = book[sheet_name.strip("'")][place_of.replace("$", "")]
        assert shown.value == float(figure.value) and reads(shown) == reads_as(row[0], shown)
        assert row[1].value == said(lang, figure.label_zh, figure.label_en)
        for kind, code in (("scope", figure.scope), ("period", figure.period)):
            words_of = seeds.words.pair(kind, code)
            assert (words_of.en if lang == "en" else words_of.zh).lower() in row[2].value.lower()
        there = target(book, row[3])
        assert there.parent is topic_sheets(book)[figure.topic]
        assert there.offset(column=1).value == float(figure.value)
    assert len(sheet._charts) == 1
    source = seeds.source[REPORT]
    text = "\n".join(map(str, words))
    assert str(source.published) in text and source.url in text
    notes = [
        w
        for w in words
        if any(d.name_zh in str(w) or d.name_en in str(w) for d in own(seeds.doubts))
    ]
    assert 1 <= len(notes) <= 3


def printed_pages(book):
    """On which printed page each sheet begins, by its breaks; how many there are."""
    found, page = {}, 1
    for sheet in book:
        found[sheet.title] = page
        page += len(sheet.row_breaks.brk) + 1
    return found, page - 1


def page_of(book, cell):
    """On which printed page a cell stands."""
    begins, _ = printed_pages(book)
    breaks = [page.id for page in cell.parent.row_breaks.brk]
    return begins[cell.parent.title] + sum(row < cell.row for row in breaks)


def test_contents_and_sheets_agree_both_ways(edition):
    """The contents name every sheet that follows, and the page on which it begins; so do the lines
    of the notes and the page for the chair.
    """
    _, book = edition
    contents = book.worksheets[1]
    rows = body(contents)[1]
    assert [row[0].value.replace("\n", " ") for row in rows] == book.sheetnames[2:]
    for row in rows:
        assert row[2].value == page_of(book, target(book, row[0]))
    for row in body(book.worksheets[0])[1]:
        assert row[3].value == page_of(book, target(book, row[3]))
    index = [row for row in contents.iter_rows(min_row=rows[-1][0].row + 1) if row[2].hyperlink]
    assert len(index) == sum(len(notes_in(sheet)) for sheet in topic_sheets(book).values())
    for row in index:
        there = target(book, row[2])
        assert row[2].value == page_of(book, there)
        assert there.value.startswith(row[1].value.split("\n")[0])


MOST = {"zh": 12, "en": 14, "both": 20}


def test_it_is_short(edition):
    """No edition takes more pages than a meeting reads."""
    lang, book = edition
    assert printed_pages(book)[1] <= MOST[lang]


def test_editions_of_one_report_number_alike(tmp_path, written, seeds):
    """A sentence and a caution bear the same number in the edition of a topic as in the whole: two
    papers in one meeting agree.
    """
    bd.export(tmp_path / "topic.xlsx", topics="行政争议", seeds=seeds)
    whole = openpyxl.load_workbook(written / "zh.xlsx")
    part = openpyxl.load_workbook(tmp_path / "topic.xlsx")

    def numbered(book):
        sentences = {row[1].value: row[0].value for row in body(named(book, "sentences"))[1]}
        notes = {row[0].value for sheet in topic_sheets(book).values() for row in notes_in(sheet)}
        return sentences.items() | {(note, 0) for note in notes}

    assert numbered(part) < numbered(whole)


def test_a_topic_alone_and_peers_are_short_too(tmp_path, written, seeds):
    """One topic takes four pages at most, what is set beside a report eight more."""
    bd.export(tmp_path / "topic.xlsx", topics="行政争议", seeds=seeds)
    assert printed_pages(openpyxl.load_workbook(tmp_path / "topic.xlsx"))[1] <= 4
    bd.export(tmp_path / "peers.xlsx", peers=True, seeds=seeds)
    alone = printed_pages(openpyxl.load_workbook(written / "zh.xlsx"))[1]
    assert printed_pages(openpyxl.load_workbook(tmp_path / "peers.xlsx"))[1] <= alone + 8


def test_another_reader_sees_the_same(written, books, stored):
    """python-calamine, which computes nothing, reads the same cells as openpyxl, and the stored
    results where openpyxl reads formulas.
    """
    for lang, book in books.items():
        read = CalamineWorkbook.from_path(str(written / f"{lang}.xlsx"))
        assert read.sheet_names == book.sheetnames
        for sheet in stored[lang]:
            seen = read.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
            assert [[cell or "" for cell in row] for row in seen] == [
                [cell.value or "" for cell in row] for row in sheet.iter_rows()
            ]


def test_every_sentence_stands_once_with_all_its_figures(written, seeds):
    """The sheet of the sentences holds each sentence of a figure once, in the order of the text,
    its section, its numbers in bold, and every figure that it gives.
    """
    book = openpyxl.load_workbook(written / "both.xlsx", rich_text=True)
    figures = [figure for figure in of_report(seeds, REPORT) if figure.at is not None]
    wanted = {}
    for figure in figures:
        wanted.setdefault((figure.section, figure.sentence), []).append(figure)
    rows = body(named(book, "sentences"))[1]
    assert [row[0].value for row in rows] == list(range(1, len(wanted) + 1))
    wording = Wording(seeds, REPORT)
    for row, ((section, sentence), held) in zip(rows, wanted.items(), strict=True):
        assert str(row[1].value) == f"{sentence}〔{section_in_words(section).zh}〕"
        bold = [run.text for run in row[1].value if getattr(run, "font", None) and run.font.b]
        spans = sorted({(figure.at, figure.at + len(figure.printed)) for figure in held})
        assert bold == [sentence[a:b] for a, b in spans]
        zh, en = str(row[2].value).split("\n")
        assert zh == "；".join(wording.labelled(figure).zh for figure in held)
        assert en == "; ".join(wording.labelled(figure).en for figure in held)


def test_derived_figures_are_never_shown_as_printed(edition, seeds):
    """A derived figure says that the report does not print it, and leads to its formula among the
    checks.
    """
    lang, book = edition
    words = seeds.words.pair("status", "derived")
    seen = 0
    for sheet in topic_sheets(book).values():
        for figure, row in rows_of(seeds, lang, sheet):
            derived = figure.status == "derived"
            seen += derived
            assert ((words.en if lang == "en" else words.zh) in row[0].value) == derived
            if derived:
                there = target(book, row[3])
                assert there.parent is named(book, "checks")
                assert (figure.label_en if lang == "en" else figure.label_zh) in there.value
    assert seen == sum(figure.status == "derived" for figure in of_report(seeds, REPORT)) > 0


def test_shares_show_both_counts_or_that_there_are_none(books, seeds):
    """A share's note gives part and whole as bd.share does, the computed rate where the printed one
    has a bound, and its interval where that is wide; of those without, the line above says so.
    """
    uncounted = 0
    for sheet in topic_sheets(books["en"]).values():
        for figure, row in rows_of(seeds, "en", sheet):
            book, note = seeds.codebook[figure.indicator], row[2].value
            if figure.measure == "share" and book.denominator:
                share = bd.share(book.numerator, book.denominator, seeds=seeds)
                assert f"{share.part:,} of {share.whole:,}" in note
                assert (f"computed {share.percent}" in note) == (figure.bound != "exact")
                assert (f"{share.low:.2f}% to {share.high:.2f}%" in note) == share.wide
            else:
                assert "interval" not in note and "computed" not in note
                uncounted += figure.measure == "share"
                assert figure.measure != "share" or "states none" in sheet["A2"].value
    assert uncounted


def test_each_edition_speaks_its_language(books, seeds):
    """The English edition holds no Han character but in quotations; the Chinese one no word in
    Latin letters but names of licences, the checksum and the address.
    """
    source = seeds.source[REPORT]
    allowed = re.compile(
        "CC BY|MIT|SHA|The baoding_data authors|"
        + "|".join(map(re.escape, (source.sha256, seeds.fingerprint, source.url)))
    )
    for lang, foreign in (("en", HAN), ("zh", re.compile("[A-Za-z]{2,}"))):
        for sheet in books[lang]:
            quoted = {"sentences": {2}}.get(next(iter(sheet.tables), ""), set())
            first = body(sheet)[0][0].row if sheet.tables else 0
            cells = [
                allowed.sub("", str(cell.value))
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
                and cell.data_type != "f"
                and not (cell.column in quoted and cell.row > first)
            ]
            printed = [sheet.oddHeader.left.text or "", sheet.oddFooter.left.text, sheet.title]
            printed.append(re.sub("&[PN]", "", sheet.oddFooter.right.text))
            assert [cell for cell in cells + printed if foreign.search(cell)] == []
    properties = books["en"].properties
    assert not HAN.search(f"{properties.title}{properties.subject}{properties.keywords}")
    assert properties.language == "en"


def test_both_languages_stand_in_every_cell_of_words(books):
    """In the edition in both languages a label is Chinese first and English second."""
    for sheet in topic_sheets(books["both"]).values():
        for row in body(sheet)[1]:
            zh, en = row[0].value.split("\n")
            assert HAN.search(zh) and not HAN.search(en)


def test_the_checks_say_what_the_workbook_rests_on(books, seeds):
    """The sheet of the checks names the counts of the audit, the text's checksum, the version and
    fingerprint of the data, the licence and how to cite.
    """
    text = seeds.texts[REPORT]
    sheet = named(books["both"], "checks")
    words = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    for wanted in (
        seeds.source[REPORT].sha256,
        f"prints {len(text.numbers)} numbers, {len(text.values)} of them values",
        f"{len(seeds.figures)} figures",
        f"{sum(row.kind != 'derived' for row in own(seeds.identities))} sums",
        seeds.package["version"],
        seeds.package["created"][:10],
        seeds.fingerprint,
        "CC BY 4.0",
        "MIT",
        seeds.source[REPORT].url,
    ):
        assert wanted in words, wanted


def test_a_topic_can_be_chosen(tmp_path, seeds, figures):
    """topics= keeps the sheets, sentences and checks of these topics alone, in the order of
    terms.csv; one name may stand without a list. One topic alone needs no contents.
    """
    chosen = ["disputes", "permissions", "disputes"]
    assert bd.export(tmp_path / "a.xlsx", topics=chosen, seeds=seeds)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert list(topic_sheets(book)) == ["permissions", "disputes"]
    shown = figures[figures["topic"].isin(chosen)]
    assert len(body(named(book, "sentences"))[1]) == shown["sentence"].replace("", None).nunique()
    assert len(body(named(book, "checks"))[1]) == sum(
        {row.result, *re.findall("(?<!@)\\b[a-z_]+", row.terms)} <= set(shown["indicator"])
        for row in own(seeds.identities)
    )
    bd.export(tmp_path / "b.xlsx", topics="business", seeds=seeds)
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    tables = [table for sheet in book for table in sheet.tables]
    assert tables == ["main_figures", "figures_business", "sentences"]
    assert not any(sheet._charts for sheet in book)


# How it is made


def test_tables_are_whole(edition):
    """Every table begins at column A, has no empty or merged cell, and headers unlike, as the table
    names them; no sheet holds two.
    """
    _, book = edition
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names)) == len(book.worksheets)
    assert all(re.fullmatch("[a-z][a-z_]+", name) for name in names)
    for sheet in book:
        [table] = sheet.tables.values()
        header, rows = body(sheet)
        assert header[0].column == 1 and header[-1].column == sheet.max_column
        assert [cell.value for cell in header] == table.column_names
        assert len(set(table.column_names)) == len(header)
        inside = {cell.coordinate for row in [header, *rows] for cell in row}
        merged = {sheet.cell(*at).coordinate for area in sheet.merged_cells for at in area.cells}
        assert not inside & merged
        assert all(str(cell.value or "").strip() for row in [header, *rows] for cell in row)


def test_tables_have_no_filter_buttons(written):
    """No part of the file holds a filter, which would print as buttons over the headings."""
    with zipfile.ZipFile(written / "both.xlsx") as file:
        tables = [file.read(name) for name in file.namelist() if "tables/" in name]
        assert tables and not any(b"autoFilter" in part for part in tables)
        # A line feed in a heading must be written as Excel writes it, or Excel repairs the file.
        assert all(b"_x000a_" in part for part in tables)


# The parts of a sheet in the order that Excel asks for, as far as ours have them.
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells"),
    *("conditionalFormatting", "hyperlinks", "printOptions", "pageMargins", "pageSetup"),
    *("headerFooter", "rowBreaks", "ignoredErrors", "drawing", "tableParts"),
)


def test_excel_finds_nothing_to_mark_or_repair(written):
    """No sheet shows green triangles over its cells, and its parts stand in the order of the
    standard, or Excel would offer to repair the file.
    """
    for lang in LANGUAGES:
        for name, data in members(written / f"{lang}.xlsx").items():
            if not name.startswith("xl/worksheets/sheet"):
                continue
            root = ElementTree.fromstring(data)
            tags = [part.tag.partition("}")[2] for part in root]
            assert tags == sorted(tags, key=ORDER.index)
            [ignored] = root.findall(".//{*}ignoredError")
            assert ignored.get("numberStoredAsText") == ignored.get("formula") == "1"
            cells = [cell.get("r") for cell in root.findall(".//{*}c")]
            area = openpyxl.utils.range_boundaries(ignored.get("sqref"))
            for cell in cells:
                column, row = openpyxl.utils.cell.coordinate_from_string(cell)
                column = openpyxl.utils.column_index_from_string(column)
                assert area[0] <= column <= area[2] and area[1] <= row <= area[3]


def test_a_chart_says_in_words_what_it_shows(written):
    """Every chart has an alternative text with all its numbers."""
    for lang in LANGUAGES:
        parts = members(written / f"{lang}.xlsx")
        drawings = [data for name, data in parts.items() if "drawings/drawing" in name]
        said = [match for data in drawings for match in re.findall(b'descr="([^"]+)"', data)]
        assert len(said) == sum("charts/chart" in name for name in parts) > 3
        assert all(re.search(b"[0-9]", words) for words in said)


def test_every_link_leads_where_it_says(edition, seeds):
    """From each figure a link leads to its own sentence, and from there one to the first of the
    sentence's figures; contents lead to each sheet, and each sheet back.
    """
    lang, book = edition
    sentences = named(book, "sentences")
    for sheet in topic_sheets(book).values():
        for figure, row in rows_of(seeds, lang, sheet):
            if figure.at is None:
                continue
            there = target(book, row[3])
            assert there.parent is sentences and there.value == row[3].value
            assert sentences.cell(there.row, 2).value.startswith(figure.sentence)
    firsts = {}
    for figure in of_report(seeds, REPORT):
        firsts.setdefault(figure.sentence, figure)
    for row in body(sentences)[1]:
        back = target(book, row[0])
        figure = firsts[row[1].value.rpartition("〔")[0]]
        assert back.parent is topic_sheets(book)[figure.topic]
        assert back.offset(column=1).value == float(figure.value)
    for row in body(book.worksheets[1])[1]:
        there = target(book, row[0])
        assert there.parent.title == row[0].value.replace("\n", " ") and there.coordinate == "A1"
    for sheet in book.worksheets[2:]:
        [back] = [cell for cell in sheet[1] if cell.hyperlink]
        assert target(book, back).parent is book.worksheets[1]


def notes_in(sheet):
    """The rows of the notes below a topic's table."""
    last = body(sheet)[1][-1][0].row
    return [row for row in sheet.iter_rows(min_row=last + 1) if row[-1].value == "↑"]


def test_notes_are_used_and_defined_both_ways(edition, seeds):
    """Every doubt about a figure shown is a note below the table of the first of its figures,
    numbered by first appearance; every mark leads to its note, and every note leads back.
    """
    lang, book = edition
    doubts = own(seeds.doubts)
    notes = [(row, sheet) for sheet in topic_sheets(book).values() for row in notes_in(sheet)]
    assert len(notes) == len(doubts)
    names = {}
    for number, (row, _) in enumerate(notes, 1):
        text = row[0].value
        name = text.partition(" ")[2]
        [doubt] = [d for d in doubts if name.startswith(d.name_en if lang == "en" else d.name_zh)]
        assert text.startswith(f"{number} ") and "{" not in text
        names[doubt.doubt] = number
    for sheet in topic_sheets(book).values():
        for figure, row in rows_of(seeds, lang, sheet):
            wanted = {
                names[doubt.doubt]
                for doubt in doubts
                if figure.indicator in {n.partition("@")[0] for n in doubt.figures.split()}
            }
            marks = [int(mark) for mark in re.findall("[0-9]+", str(row[4].value))]
            assert set(marks) == wanted and marks == sorted(marks)
            if marks:
                assert target(book, row[4]).value.startswith(f"{marks[0]} ")
            else:
                assert row[4].value == "—"
    for row, sheet in notes:
        back = target(book, row[-1])
        assert back.parent is sheet
        marks = re.findall("[0-9]+", str(back.offset(column=4).value))
        assert re.match("[0-9]+", row[0].value)[0] in marks


def drawn(book, reference):
    """The values of the cells that a chart draws."""
    sheet, _, cells = reference.rpartition("!")
    return [cell.value for row in book[sheet.strip("'")][cells.replace("$", "")] for cell in row]


def charts(book):
    """The charts below the topics' tables, and the sheets in which they stand."""
    return [(chart, sheet) for sheet in topic_sheets(book).values() for chart in sheet._charts]


def test_charts_follow_the_cells_of_the_tables(edition, seeds):
    """Each question with a chart is drawn below the table of its topic, from its cells, from zero,
    in the house's blue, the largest first where the question says so; it covers its words.
    """
    lang, book = edition
    found = charts(book)
    asked = [row for row in seeds.questions if row.chart != "sheet"]
    assert len(found) == len(asked)
    given = {figure.indicator: float(figure.value) for figure in of_report(seeds, REPORT)}
    for chart, sheet in found:
        [series] = chart.series
        names, numbers = series.cat.strRef, series.val.numRef
        labels, values = drawn(book, names.f), drawn(book, numbers.f)
        assert f"'{sheet.title}'" in names.f and f"'{sheet.title}'" in numbers.f
        assert [point.v for point in names.strCache.pt] == labels
        assert [float(point.v) for point in numbers.numCache.pt] == values
        [question] = [
            row
            for row in asked
            if sorted(given[name.partition("@")[0]] for name in row.figures.split())
            == sorted(values)
        ]
        if question.sort == "largest":
            assert values == sorted(values, reverse=True)
        assert "1F5F99" in repr(series.spPr.solidFill)
        assert chart.legend is None and chart.y_axis.scaling.min == 0
        start, end = chart.anchor._from, chart.anchor.to
        assert (start.col, end.col, end.row - start.row) == (0, sheet.max_column, 1)
        beneath = sheet.cell(start.row + 1, 1).value
        assert all(label.split("\n")[0] in beneath for label in labels)
        assert start.row > body(sheet)[1][-1][0].row - 1


def test_formulas_stand_where_the_contents_say(edition, stored, seeds):
    """The numbers of the first page, the three live columns of the checks and the findings above
    charts are formulas, nothing else is, and each carries the value that it comes to.
    """
    lang, book = edition
    checks = named(book, "checks")
    formulas = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    live = {(checks.title, cell.coordinate) for row in body(checks)[1] for cell in row[2:5]}
    findings = {
        (sheet.title, sheet.cell(chart.anchor._from.row, 1).coordinate)
        for sheet in book
        for chart in sheet._charts
    }
    first = book.worksheets[0]
    main = {(first.title, row[0].coordinate) for row in body(first)[1]}
    assert formulas == live | findings | main and len(live) == 3 * len(own(seeds.identities))
    seen = stored[lang]
    said_all = " ".join(seen[title][place].value for title, place in findings)
    assert "66.2%" in said_all and "45" in said_all and "2.22%" in said_all
    for row in body(named(seen, "checks"))[1]:
        assert isinstance(row[2].value, (int, float)) and isinstance(row[3].value, (int, float))
        assert row[4].value == {"zh": "成立", "en": "holds", "both": "成立 holds"}[lang]


def test_a_computed_share_is_said_to_be_computed(stored):
    """Above the chart of the licensing items stands a share that the report does not print."""
    for lang, word in (("zh", "算出，报告未印"), ("en", "computed from")):
        sheet = topic_sheets(stored[lang])["permissions"]
        [finding] = [cell.value for cell in sheet["A"] if "66.2%" in str(cell.value)]
        assert word in finding


def test_it_prints_on_a4(edition):
    """A4, one page wide, "page x of y" and the source on each page, the header row repeated where a
    table turns the page, type of 9 points at least, no wider than the page.
    """
    _, book = edition
    for sheet in book:
        setup, breaks = sheet.page_setup, [page.id for page in sheet.row_breaks.brk]
        assert (setup.orientation, str(setup.paperSize)) == ("portrait", "9")
        if sheet.sheet_properties.pageSetUpPr.fitToPage:
            assert (setup.fitToWidth, setup.fitToHeight) == (1, 0 if breaks else 1)
        else:
            assert breaks and 85 <= setup.scale < 100
        assert not sheet.sheet_view.showGridLines
        assert "&P" in sheet.oddFooter.right.text and "&N" in sheet.oddFooter.right.text
        assert re.search("2023-03-16", sheet.oddFooter.left.text)
        assert sum(column.width for column in sheet.column_dimensions.values()) <= fit.WIDTH + 0.1
        assert all(
            cell.font.sz >= 9 for row in sheet.iter_rows() for cell in row if cell.value is not None
        )
        assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:")
        assert sheet.print_area.endswith(f"${sheet.max_row}")
        header, rows = body(sheet)
        turns = any(rows[0][0].row <= row < rows[-1][0].row for row in breaks)
        repeated = f"{header[0].row}:{header[0].row}" if turns else None
        assert (sheet.print_title_rows or "").replace("$", "") == (repeated or "")
        assert sheet.freeze_panes == (f"A{rows[0][0].row}" if len(rows) > 25 else None)
        starts = [1, *(row + 1 for row in breaks), sheet.max_row + 1]
        heights = [
            [sheet.row_dimensions[row].height for row in range(*page)] for page in pairwise(starts)
        ]
        assert all(sum(page) > fit.HEIGHT / 3 for page in heights if len(heights) > 1)


def test_no_number_is_too_wide_for_its_column(edition):
    """A program shows ### for a number that does not fit; every number has room for its bold
    digits, signs and words.
    """
    for sheet in edition[1]:
        for row in body(sheet)[1]:
            for cell in row:
                if cell.data_type == "n" and cell.number_format != "General":
                    size = cell.font.sz * (fit.BOLD if not HAN.search(reads(cell)) else 1)
                    width = sheet.column_dimensions[cell.column_letter].width
                    assert fit.breadth(reads(cell)) * 10 * size / fit.UNITS <= width


def test_it_opens_at_its_beginning(edition):
    """The first sheet is shown with the cursor in A1, and so is every other."""
    _, book = edition
    assert book.active is book.worksheets[0]
    assert all(
        selection.activeCell == "A1"
        for sheet in book
        if not sheet.freeze_panes
        for selection in sheet.sheet_view.selection
    )
    assert [sheet.sheet_view.tabSelected for sheet in book].count(True) <= 1


def test_properties_are_filled_in(edition, seeds):
    """Title, author, keywords, language and version are those of the data, and the dates are its
    own, not the day of writing.
    """
    lang, book = edition
    found = book.properties
    assert (
        seeds.package["title_zh" if lang == "zh" else "title"] in found.title
        and found.creator == "The baoding_data authors"
        and found.keywords
    )
    assert (found.language, found.version) == (
        "en" if lang == "en" else "zh-CN",
        seeds.package["version"],
    )
    assert (
        f"{found.created:%Y-%m-%d}" == f"{found.modified:%Y-%m-%d}" == seeds.package["created"][:10]
    )


def test_the_same_input_gives_the_same_bytes(written, tmp_path, elsewhere):
    """Neither time zone, locale, hash seed nor the day it is written changes a byte."""
    code = "import baoding_data as bd; bd.export('both.xlsx', lang='both')"
    elsewhere(code)
    assert (tmp_path / "both.xlsx").read_bytes() == (written / "both.xlsx").read_bytes()


def test_a_width_does_not_depend_on_the_order_of_its_letters():
    """Breadths are whole numbers: sums of binary fractions would end on either side of a tenth,
    by the order of the letters and by the version of Python.
    """
    texts = ["Administrative decisions reviewed", "Bureau of Justice, Ezhou 2022", "占35.5%的件数"]
    for text in texts:
        turned, ordered = text[::-1], "".join(sorted(text))
        assert fit.breadth(text) == fit.breadth(turned) == fit.breadth(ordered)
        columns = [Column("x", 5, 60)]
        found = [fit.widths(columns, [[((one, 9.5),)]]) for one in (text, turned)]
        assert found[0] == found[1]


def test_sums_are_taken_from_left_to_right():
    """Heights and widths are added in one order, by no sum that is more exact on newer versions of
    Python.
    """
    numbers = [0.1] * 10
    assert fit.added(numbers) == 0.9999999999999999 != 1.0
    assert fit.added([]) == 0


@pytest.mark.parametrize(
    ("heights", "breaks"),
    [
        ([], []),
        ([40], []),
        ([40] * 9, []),
        ([500], []),
        ([500] * 3, [1, 2]),
        ([40] * 11, [6]),
        ([40] * 4 + [90] * 8, [6, 9]),
        ([190, 190, 30, 30, 30, 30], [2]),
    ],
)
def test_pages_are_filled_alike(heights, breaks):
    """As few pages as will do; none less than half full with three rows or fewer where that can be
    helped; a row too high stands alone.
    """
    assert fit.page_breaks(heights, 400, 400) == breaks


def test_letters_are_as_wide_as_in_the_widest_font(edition):
    """No text is measured narrower than DejaVu Sans sets it, which LibreOffice takes where a font
    is missing, by more than one per cent.
    """
    font = get_font(Path(get_data_path()) / "fonts/ttf/DejaVuSans.ttf")
    font.set_size(100, 72)
    width = {code: font.load_char(code).linearHoriAdvance / 2**16 for code in range(32, 127)}
    for sheet in edition[1]:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
        for text in (cell.value for cell in cells):
            if len(text) > 40 and text.isascii():
                assert sum(width[ord(letter)] for letter in text) <= 1.01 * fit.breadth(text)


def test_a_row_is_as_high_as_its_text_in_any_font():
    """What is one line of the house's high letters and two of a stand-in's wide ones has the room
    of two; a bold line of Latin letters below one of Han is measured as bold.
    """
    text, width = "an " * 20, 45
    assert len(fit.wrap(text, 9 * 0.9, width)) == 1 and len(fit.wrap(text, 9, width)) == 2
    assert fit.height(((text, 9),), width + fit.PADDING) >= 2 * 9 * 1.16
    bold = paragraphs(Cell("审结45件。\nOf 45 suits"), LOOKS["finding"])
    assert bold == (("审结45件。", 9), ("Of 45 suits", 9 * fit.BOLD))


def test_a_header_is_repeated_only_where_its_table_turns_the_page(monkeypatch, seeds):
    """Where a page ends with the last row of a table, the notes on the next stand below no header
    of columns.
    """
    edition = Edition(seeds, of_report(seeds, REPORT))
    found = content.sheets(edition)
    [at] = [at for at, (sheet, _) in enumerate(found) if sheet.key == ("topic", "disputes")]
    sheet, paper = found[at]
    last = sheet.starts["figures"] + len(edition.topics["disputes"]) - 1
    for row, repeated in ((last - 1, True), (last, False)):
        found[at] = sheet, paper._replace(breaks=[row])
        monkeypatch.setattr(content, "sheets", lambda _: found)
        book = openpyxl.load_workbook(io.BytesIO(content.workbook(edition)))
        assert bool(topic_sheets(book)["disputes"].print_title_rows) == repeated


def test_without_arithmetic_no_table_of_it_is_promised(seeds):
    """Where no identity has all its figures in the workbook, the checks do not point to a table."""
    tables = seeds.replaced(identities=[])
    book = openpyxl.load_workbook(
        io.BytesIO(content.workbook(Edition(tables, of_report(tables, REPORT), "en")))
    )
    words = "".join(str(cell.value) for row in book["Checks"].iter_rows() for cell in row)
    assert "0 sums" in words and "are all in this workbook" not in words


# An indicator that the report gives twice

RATE = "litigation_loss_rate"
SCOPES = {"government": "45", "departments": "30"}


@pytest.fixture(scope="module")
def tables_twice(twice):
    """Seeds in which the report gives the suits for two scopes."""
    return Seeds(twice)


@pytest.fixture(scope="module")
def of_twice(tmp_path_factory, tables_twice):
    """Exports of that report."""
    folder = tmp_path_factory.mktemp("of_twice")
    bd.export(folder / "en.xlsx", lang="en", seeds=tables_twice)
    return folder


@pytest.fixture(scope="module")
def book_twice(of_twice):
    """The workbook of that report; tests only look at it."""
    return openpyxl.load_workbook(of_twice / "en.xlsx")


def shown_twice(book, tables):
    """The rows of the topic's sheet that show the indicator, by scope; the usual scope, which the
    line above the table says, is not named.
    """
    sheet = topic_sheets(book)["disputes"]
    rows = [row for row in body(sheet)[1] if row[0].value.startswith("Suits concluded")]
    named_scopes = {tables.words.pair("scope", code).en: code for code in SCOPES}
    found = {}
    for row in rows:
        [code] = [code for word, code in named_scopes.items() if word in row[0].value]
        found[code] = row
    return found


def test_both_figures_of_one_indicator_are_shown_with_their_scopes(book_twice, tables_twice):
    """The topic's sheet holds both, each with its number and its scope; each leads to its own
    sentence, where the label says which it is.
    """
    rows = shown_twice(book_twice, tables_twice)
    assert {code: f"{row[1].value}" for code, row in rows.items()} == SCOPES
    for code, row in rows.items():
        there = target(book_twice, row[3])
        sentence, held = (there.offset(column=by).value for by in (1, 2))
        scope = tables_twice.words.pair("scope", code).en
        assert f"审结{SCOPES[code]}件" in sentence
        assert f"Suits concluded ({scope}): {SCOPES[code]}" in held


def test_an_identity_of_figures_given_twice_is_checked_for_each(book_twice):
    """The loss rate is checked for both scopes, each with its own numbers, and the live formulas
    name the cells of that scope.
    """
    sheet = topic_sheets(book_twice)["disputes"]

    def numbers(formula):
        return [sheet[f"B{row}"].value for row in re.findall(r"!\$B\$(\d+)", formula)]

    checks = body(named(book_twice, "checks"))[1]
    rows = [[cell.value for cell in row] for row in checks if "Loss rate" in row[0].value]
    wanted = (("own level", 2.22, [1, 45]), ("departments", 20, [6, 30]))
    for row, (scope, rate, terms) in zip(rows, wanted, strict=True):
        assert numbers(row[2]) == [rate] and numbers(row[3]) == terms
        assert row[0].count(f"({scope}: ") == 3
        assert all(f"{scope}: {number})" in row[0] for number in terms)


def test_a_note_on_one_of_two_figures_marks_that_one(book_twice, tables_twice):
    """A doubt names indicator@scope: its mark stands at that figure alone, and its text says that
    number.
    """
    [doubt] = [row for row in tables_twice.doubts if row.doubt == "open_suits"]
    sheet = topic_sheets(book_twice)["disputes"]
    [note] = [row[0].value for row in notes_in(sheet) if doubt.name_en in row[0].value]
    assert "164" in note and "80" not in note
    number = note.partition(" ")[0]
    marked = [
        row[1].value for row in body(sheet)[1] if number in re.findall("[0-9]+", str(row[4].value))
    ]
    assert sorted(marked) == [45, 164]


def test_a_chart_draws_figures_given_twice_by_their_scope(book_twice, seeds):
    """The chart of suits names the government's, and draws those and no others."""
    found = charts(book_twice)
    assert len(found) == len(seeds.questions) - 1
    [numbers] = [
        drawn(book_twice, chart.series[0].val.numRef.f)
        for chart, sheet in found
        if sheet is topic_sheets(book_twice)["disputes"]
    ]
    assert numbers == [164, 45, 1]


@pytest.mark.parametrize("part", ["figures", "finding"])
def test_what_could_mean_either_is_not_said(tables_twice, part):
    """Where what is drawn names no scope of figures that are given twice, nothing is drawn; where
    the sentence does not, the chart stands without it.
    """
    [suits] = [row for row in tables_twice.questions if row.question == "suits"]
    unscoped = {
        "figures": {"figures": suits.figures.replace("@government", "")},
        "finding": {"say_zh": "{litigation_lost}", "say_en": "{litigation_lost}"},
    }
    tables = tables_twice.replaced(questions=[suits._replace(**unscoped[part])])
    found = content.sheets(Edition(tables, of_report(tables, REPORT)))
    blocks = [block.name for sheet, _ in found for block in sheet.blocks]
    assert blocks.count("suits") == (0 if part == "figures" else 2)
    assert "suits finding" not in blocks


def test_figures_given_twice_are_compared_once(tables_twice):
    """Beside other places both figures of the report stand first, then the others, each once."""
    others = {row.report for row in tables_twice.observations}
    edition = Edition(tables_twice, of_report(tables_twice, REPORT), others=others)
    pair = edition.compared[RATE][:2]
    rates = [("government", "2.22%"), ("departments", "20%")]
    assert [(one.scope, one.printed) for one in pair] == rates
    rows = [one for found in edition.compared.values() for one in found]
    own = [one.key for one in rows if one.report == REPORT]
    assert len(own) == len(set(own)) and edition.compared[RATE][2].grade
    [block] = [block for block in comparison_sheet(edition).blocks if block.table]
    assert len(block.rows) == len(rows)


# What must not happen

HOSTILE = {
    "suits": '=HYPERLINK("http://example.org","败诉")',
    "suits_en": "+1+cmd|' /C calc'!A0",
    "concluded": "@SUM(A1:A9)",
    "concluded_en": "-2+3",
    "ring": "一\x07二\x1f三\u202e四",
    "code": "_x0041_ and #REF!",
    "error": "#N/A",
    "full": "＝1+1",
    "topic": "[争]:*?/\\议'" + "很长" * 20,
    "topic_en": "'Suits' & history: " + "long " * 10 + "end",
    "place": "A & B <i>&P",
}


# What stands in the cells: table, the column and the code of the row, and the cells.
REWRITTEN = (
    (
        "indicators.csv",
        ("indicator", "litigation_lost"),
        {"label_zh": HOSTILE["suits"], "label_en": HOSTILE["suits_en"]},
    ),
    (
        "indicators.csv",
        ("indicator", "litigation_concluded"),
        {"label_zh": HOSTILE["concluded"], "label_en": HOSTILE["concluded_en"]},
    ),
    (
        "indicators.csv",
        ("indicator", "mediation_cases"),
        {"label_zh": HOSTILE["ring"], "label_en": HOSTILE["code"]},
    ),
    (
        "indicators.csv",
        ("indicator", "mediation_success"),
        {"label_zh": HOSTILE["full"], "label_en": HOSTILE["error"]},
    ),
    (
        "figures/baoding-2022.csv",
        ("indicator", "litigation_lost"),
        {"note_zh": "=1+1\n=2+2", "note_en": "=x"},
    ),
    (
        "figures/baoding-2022.csv",
        ("indicator", "litigation_concluded"),
        {"note_zh": "只有中文。", "note_en": ""},
    ),
    ("terms.csv", ("code", "disputes"), {"zh": HOSTILE["topic"], "en": HOSTILE["topic_en"]}),
    ("terms.csv", ("code", "business"), {"zh": HOSTILE["topic"], "en": HOSTILE["topic_en"]}),
    ("places.csv", ("place", "130600"), {"name_en": HOSTILE["place"]}),
    ("reports.csv", ("report", REPORT), {"title_en": HOSTILE["place"]}),
)


def rewrite(path, key, name, cells):
    """Other cells in the one row of a table that has a code; of terms, a topic."""
    with open(path, encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    at = header.index(key)
    [row] = [row for row in rows if row[at] == name and (key != "code" or row[0] == "topic")]
    for column, cell in cells.items():
        row[header.index(column)] = cell
    with open(path, "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Seeds whose labels, notes and names try to become formulas, errors, markup, or names that
    Excel refuses; and their exports.
    """
    folder = tmp_path_factory.mktemp("hostile")
    copied = shutil.copytree(home(), folder / "seeds")
    for file, (key, name), cells in REWRITTEN:
        rewrite(copied / file, key, name, cells)
    tables = Seeds(copied)
    for lang in LANGUAGES:
        bd.export(folder / f"{lang}.xlsx", seeds=tables, lang=lang)
    return folder


def test_hostile_text_stays_text_in_the_workbook(hostile, seeds):
    """Labels that look like formulas or errors are stored as text, marked so where an edit could
    wake them; nothing is lost but what cannot be seen.
    """
    book = openpyxl.load_workbook(hostile / "en.xlsx")
    rows = body(topic_sheets(book)["disputes"])[1]

    def row_of(key):
        [row] = [row for row in rows if row[0].value.startswith(HOSTILE[key])]
        return row

    for key in ("suits_en", "concluded_en", "error"):
        assert row_of(key)[0].data_type == "s"
    assert row_of("suits_en")[0].quotePrefix and row_of("concluded_en")[0].quotePrefix
    assert row_of("suits_en")[2].value == "=x"
    # Better in the other language than an empty cell.
    assert row_of("concluded_en")[2].value == "只有中文。"
    formulas = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type in "fe"
    ]
    drawn_on = sum(len(sheet._charts) for sheet in book)
    main = len(body(book.worksheets[0])[1])
    assert len(formulas) == 3 * len(own(seeds.identities)) + drawn_on + main
    read = CalamineWorkbook.from_path(str(hostile / "both.xlsx"))
    seen = {
        cell.partition("\n")[0]
        for name in read.sheet_names
        for row in read.get_sheet_by_name(name).to_python()
        for cell in row
        if isinstance(cell, str)
    }
    ring = flat.visible(HOSTILE["ring"])
    for text in (HOSTILE["suits"], HOSTILE["concluded"], HOSTILE["full"], ring):
        assert any(cell.startswith(text) for cell in seen)
    assert "␇" in ring


def test_excel_shows_what_the_text_says(hostile):
    """What Excel would decode as an escape is itself escaped, so that _x0041_ is not shown as A."""
    with zipfile.ZipFile(hostile / "en.xlsx") as file:
        parts = b"".join(file.read(name) for name in file.namelist() if "worksheets/sheet" in name)
    assert b"_x005F_x0041_" in parts and b">_x0041_" not in parts


def of_question(seeds, **cells):
    """Seeds with other words in the question of the suits."""
    rows = [row._replace(**cells) if row.question == "suits" else row for row in seeds.questions]
    return seeds.replaced(questions=rows)


def test_unseen_characters_spoil_neither_formula_nor_chart(seeds):
    """A control character in a label, or in the sentence above a chart, is shown by its picture;
    raw, it would make the file unreadable.
    """
    words = {"say_zh": "审结\x07{litigation_concluded@government}", "say_en": "\ud800"}
    rows = [row._replace(label_zh=row.label_zh + "\x1f") for row in seeds.indicators]
    tables = of_question(seeds, **words).replaced(indicators=rows)
    data = content.workbook(Edition(tables, of_report(tables, REPORT)))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    for part in parts.values():
        ElementTree.fromstring(part)
    sheets = "".join(parts[name] for name in parts if "worksheets/sheet" in name)
    assert "审结␇&quot;" in sheets.replace('"', "&quot;") and "审结␇45件" in sheets
    assert "␟ 164件" in parts["xl/drawings/drawing1.xml"]


def test_a_formula_too_long_for_excel_is_its_words(seeds):
    """Excel repairs a file with a formula of more than 8192 characters; the sentence stays."""
    tables = of_question(seeds, say_zh="{litigation_lost@government}" + "长" * 9000)
    sheets = content.workbook(Edition(tables, of_report(tables, REPORT)))
    book = openpyxl.load_workbook(io.BytesIO(sheets))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if "长长" in str(cell.value)] == ["s"]


@pytest.mark.parametrize("title", ["&" * 400, "Law & order " * 40])
def test_head_and_foot_are_as_short_as_excel_reads(seeds, title):
    """However long the names of report and place, head and foot of a page have at most 255
    characters, and each & in them is one that is shown.
    """
    places = [row._replace(name_en=title) for row in seeds.places]
    tables = seeds.replaced(
        reports=[row._replace(title_en=title) for row in seeds.reports], places=places
    )
    data = content.workbook(Edition(tables, of_report(tables, REPORT), "en"))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        roots = [ElementTree.fromstring(file.read(n)) for n in file.namelist() if "/sheet" in n]
    found = [part.text for root in roots for part in root.findall(".//{*}headerFooter/*")]
    assert len(list(filter(None, found))) > 10
    for text in filter(None, found):
        assert len(text) <= 255
        assert not re.sub("&&|&[LRPN]|&[79] ", "", text).count("&")


def test_the_chairs_page_is_one_page_whatever_it_holds(seeds):
    """Labels of hundreds of characters leave out the notes, the chart, then figures."""
    rows = [row._replace(label_zh=row.label_zh + "很长的名称" * 100) for row in seeds.indicators]
    tables = seeds.replaced(indicators=rows)
    (sheet, page), *_ = content.sheets(Edition(tables, of_report(tables, REPORT)))
    assert page.pages == 1
    [block] = [block for block in sheet.blocks if block.table]
    assert 1 <= len(block.rows) < 10


def test_hostile_names_make_sheets_that_excel_opens(hostile):
    """Sheet names are at most 31 characters, unlike, and free of what Excel forbids; headers and
    footers hold no code from a name.
    """
    book = openpyxl.load_workbook(hostile / "en.xlsx")
    assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames)
    for sheet in book:
        assert (
            len(sheet.title) <= 31
            and not re.search(r"[\[\]:*?/\\]", sheet.title)
            and not sheet.title.startswith("'")
            and not sheet.title.endswith("'")
        )
    with zipfile.ZipFile(hostile / "en.xlsx") as file:
        headers = b"".join(
            re.findall(
                b"<odd(?:Header|Footer)>.*?</odd",
                b"".join(file.read(name) for name in file.namelist() if "worksheets/sheet" in name),
            )
        )
    assert b"&amp;&amp; B" in headers and not re.search(b"(?<!&amp;)&amp;[DTFAZ]", headers)


def test_a_file_that_holds_the_same_is_left_alone(written, tmp_path, seeds):
    """A second export writes nothing, even where the old file is packed otherwise; where a member
    differs it is written.
    """
    path = tmp_path / "zh.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        for name, data in reversed(members(written / "zh.xlsx").items()):
            file.writestr(name, data)
    before = path.read_bytes()
    assert bd.export(path, seeds=seeds) is False and path.read_bytes() == before
    assert bd.export(path, lang="en", seeds=seeds) is True
    assert path.read_bytes() == (written / "en.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
@pytest.mark.parametrize("step", ["replace", "fsync"])
@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        PermissionError(13, "Permission denied"),
        KeyboardInterrupt(),
    ],
)
def test_a_failed_write_harms_nothing(tmp_path, monkeypatch, seeds, name, step, error):
    """A full disk, a file open elsewhere or an interruption leave the old file whole and nothing
    beside it.
    """
    path = tmp_path / name
    bd.export(path, topics=["disputes"], seeds=seeds)
    before = path.read_bytes()

    def fail(*_):
        raise error

    monkeypatch.setattr(os, step, fail)
    wanted = bd.BaodingError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(wanted) as raised:
        bd.export(path, topics=["business"], seeds=seeds)
    assert path.read_bytes() == before and os.listdir(tmp_path) == [name]
    if isinstance(error, OSError):
        assert error.strerror in str(raised.value) and str(path) in str(raised.value)


def test_a_read_only_file_is_not_overwritten(tmp_path, monkeypatch, seeds):
    """A file that may not be written is left as it is, although its folder would allow it to be
    replaced.
    """
    path = tmp_path / "x.csv"
    bd.export(path, topics=["disputes"], seeds=seeds)
    before = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(bd.BaodingError, match="read-only"):
        bd.export(path, seeds=seeds)
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="links and file modes as on Unix")
def test_a_link_and_a_mode_are_kept(tmp_path, seeds):
    """A file behind a link is replaced where it lies, and keeps who may read it."""
    (tmp_path / "there").mkdir()
    real = tmp_path / "there" / "real.csv"
    bd.export(real, topics=["disputes"], seeds=seeds)
    before = real.read_bytes()
    real.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(real)
    assert bd.export(tmp_path / "link.csv", seeds=seeds) is True
    assert (tmp_path / "link.csv").is_symlink() and real.read_bytes() != before
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"file": "x.pdf"}, "xlsx"),
        ({"file": "x"}, "xlsx"),
        ({"file": "none/x.xlsx"}, "no folder"),
        ({"file": "folder.xlsx"}, "is a folder"),
        ({"file": "x.xlsx", "topics": ["dispute"]}, "did you mean disputes"),
        ({"file": "x.csv", "topics": "nonsense"}, "there are permissions"),
        ({"file": "x.xlsx", "topics": []}, "choose among permissions"),
        ({"file": "x.xlsx", "report": "baoding-2023"}, "baoding-2022"),
        ({"file": "x.csv", "report": "baoding-2023"}, "baoding-2022"),
        ({"file": "x.xlsx", "lang": "fr"}, "no language 'fr'"),
        ({"file": "x.xlsx", "seeds": "nowhere"}, "datapackage.json"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path, monkeypatch, seeds, given, wanted):
    """An unknown kind of file, folder, topic, report or language is answered with what would do,
    and nothing is written.
    """
    monkeypatch.chdir(tmp_path)
    os.mkdir("folder.xlsx")
    with pytest.raises(bd.BaodingError, match=wanted):
        bd.export(**({"seeds": seeds} | given))
    assert os.listdir(tmp_path) == ["folder.xlsx"] and os.listdir("folder.xlsx") == []


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
def test_nothing_unaudited_is_handed_out(folder, edit, tmp_path, name):
    """When the audit finds a wrong value, there is no workbook and no flat table, but the
    finding.
    """
    edit(
        "figures/baoding-2022.csv",
        "reconsideration_accepted,316,316,",
        "reconsideration_accepted,316,361,",
    )
    with pytest.raises(bd.BaodingError, match="361") as raised:
        bd.export(tmp_path / name, seeds=folder)
    assert raised.value.findings and not (tmp_path / name).exists()


def test_a_note_that_computes_what_it_may_not_is_said(seeds, tmp_path):
    """A doubt that subtracts a number that is not exact is answered with its row, and nothing is
    written.
    """
    text = "清理出{officers_trained - personnel_cleared}"
    rows = [
        row._replace(text_zh=text, text_en=text) if row.doubt == "cleared_and_trained" else row
        for row in seeds.doubts
    ]
    with pytest.raises(bd.BaodingError, match=r"doubts\.csv, row 6"):
        bd.export(tmp_path / "x.xlsx", seeds=seeds.replaced(doubts=rows))
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"created": "', '"created": "2026-24-10", "was": "'),
        ('"title_zh": "法治', '"other": "法治'),
    ],
)
def test_a_version_that_cannot_be_read_is_said(folder, edit, tmp_path, old, new):
    """Where the description lacks the title or holds no date, the error names it, rather than a
    cover without.
    """
    edit("datapackage.json", old, new)
    with pytest.raises(bd.BaodingError, match=r"datapackage\.json"):
        bd.export(tmp_path / "x.xlsx", seeds=folder)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_committed_exports_equal_a_rebuild(written, lang):
    """What lies in exports/ is, member for member, what the tables give."""
    stored = EXPORTS / f"baoding-2022-{lang}.xlsx"
    if not stored.exists():
        pytest.skip("exports/ is empty: run make")
    assert members(stored) == members(written / f"{lang}.xlsx")


# In LibreOffice


PRINTED, MORE = (LANGUAGES, ["topic", "peers"]) if IN_FULL else (["both"], [])


def converted(folder, number, form, target, files):
    """A LibreOffice, with a profile of its own, that stores files in another form."""
    profile = (folder / f"profile{number}").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    command += ["--convert-to", form, "--outdir", str(target), *map(str, files)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def office(written, hostile, seeds, tmp_path_factory):
    """What LibreOffice makes of the exports, and of copies in which the 45 suits concluded were
    edited to 20: `edited` was saved by a program that drops stored results, `stale` by one that
    keeps the old ones.
    """
    if not shutil.which("soffice"):
        pytest.skip(
            "LibreOffice (soffice) is not installed: nothing here can recalculate or print a"
            " workbook"
        )
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(written / "both.xlsx", folder / "good.xlsx")
    shutil.copy(hostile / "both.xlsx", folder / "hostile.xlsx")
    if MORE:
        bd.export(folder / "topic.xlsx", topics="disputes", seeds=seeds)
        bd.export(folder / "peers.xlsx", peers=True, seeds=seeds)
    book = openpyxl.load_workbook(written / "both.xlsx")
    sheet = topic_sheets(book)["disputes"]
    [cell] = [row[1] for row in body(sheet)[1] if "Suits concluded" in row[0].value]
    part = f"xl/worksheets/sheet{book.sheetnames.index(sheet.title) + 1}.xml"
    pattern = rb'(<c r="%s"[^>]*><v>)45</v>' % cell.coordinate.encode()
    with zipfile.ZipFile(folder / "stale.xlsx", "w") as new:
        for name, data in members(written / "both.xlsx").items():
            assert name != part or len(re.findall(pattern, data)) == 1
            new.writestr(name, re.sub(pattern, rb"\g<1>20</v>", data) if name == part else data)
    cell.value = 20
    book.save(folder / "edited.xlsx")
    books = [folder / f"{name}.xlsx" for name in ("good", "edited", "stale", "hostile")]
    prints = [*(written / f"{lang}.xlsx" for lang in PRINTED)]
    prints += [folder / f"{name}.xlsx" for name in MORE]
    running = [
        converted(folder, 1, "xlsx:Calc MS Excel 2007 XML", folder / "out", books),
        converted(folder, 2, "pdf", folder, prints),
    ]
    try:
        assert [process.wait(timeout=240) for process in running] == [0, 0]
    finally:
        for process in running:
            process.kill()
    return folder


def recalculated(office, name):
    return openpyxl.load_workbook(office / "out" / f"{name}.xlsx", data_only=True)


def live_checks(book):
    """The rows of the checks, whose table LibreOffice keeps: relation, left, right, mark."""
    [sheet] = [sheet for sheet in book if "Checks" in sheet.title]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(i for i, row in enumerate(rows) if str(row[0]).startswith("勾稽关系\n")) + 1
    last = next(i for i, row in enumerate(rows) if str(row[0]).startswith("技术资料"))
    return [[row[0], *row[2:5]] for row in rows[first:last]]


@pytest.mark.parametrize("name", ["good", "hostile"])
def test_recalculated_the_checks_hold_and_no_cell_is_an_error(office, stored, seeds, name):
    """LibreOffice computes every live formula to what is stored beside it, and no cell to an error,
    whatever the sheets are called.
    """
    book = recalculated(office, name)
    rows, kept = live_checks(book), live_checks(stored["both"])
    assert len(rows) == len(own(seeds.identities))
    for (_, left, right, mark), (_, *wanted) in zip(rows, kept, strict=True):
        assert left == pytest.approx(wanted[0]) and mark == wanted[2] == "成立 holds"
        assert right == pytest.approx(wanted[1], abs=0.0001)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    assert not [cell for cell in cells if cell.data_type == "e"]


@pytest.mark.parametrize("name", ["edited", "stale"])
def test_an_edited_number_turns_the_marks_that_rest_on_it(office, name):
    """With 20 suits concluded instead of 45 the loss rate no longer holds, and every other check
    does.
    """
    rows = live_checks(recalculated(office, name))
    [fails] = [row for row in rows if row[3] == "不成立 fails"]
    assert "败诉率" in fails[0]
    # LibreOffice believes stored numbers, though not stored words; the mark is what must not be
    # believed.
    assert fails[2] == pytest.approx(5) or name == "stale"
    assert [row[3] for row in rows].count("成立 holds") == len(rows) - 1


def test_an_edited_number_changes_the_finding_above_its_chart(office):
    """With 20 suits concluded instead of 45 the finding of the suits says so, on the first page and
    on the topic's sheet, since it is a formula; the others stay, and so does the printed rate.
    """
    good, edited = (
        [
            str(cell.value)
            for sheet in recalculated(office, name)
            for row in sheet.iter_rows()
            for cell in row[:1]
        ]
        for name in ("good", "edited")
    )
    changed = [(a, b) for a, b in zip(good, edited, strict=True) if a != b]
    assert len(changed) == 2
    for before, after in changed:
        assert "审结的45件" in before and "审结的20件" in after and "2.22%" in after


def pages(path):
    """The text of each page of a PDF."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed: nothing here can read a PDF")
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return text.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("lang", PRINTED)
def test_it_prints_on_the_pages_planned(office, books, lang):
    """LibreOffice prints each sheet on as many pages as its page breaks make, "x of y" on each, and
    every sheet begins on the page that the contents name.
    """
    found = pages(office / f"{lang}.pdf")
    begin, planned = printed_pages(books[lang])
    assert len(found) == planned <= MOST[lang]
    for number, text in enumerate(found, 1):
        for words in {"zh": ["第{}页，共{}页"], "en": ["Page {} of {}"]}.get(lang, []):
            assert words.format(number, planned) in text
    for sheet in books[lang]:
        title = str(sheet["A1"].value)
        assert title in found[begin[sheet.title] - 1] or not title.isascii()


@takes_long
def test_a_topic_and_peers_print_on_few_pages(office, books):
    """One topic prints on four pages at most; what is set beside a report on eight more."""
    assert len(pages(office / "topic.pdf")) <= 4
    assert len(pages(office / "peers.pdf")) <= printed_pages(books["zh"])[1] + 8


def test_no_printed_number_is_hidden(office):
    """No page shows ### in place of a number."""
    for name in (*PRINTED, *MORE):
        assert not [text for text in pages(office / f"{name}.pdf") if "##" in text]
