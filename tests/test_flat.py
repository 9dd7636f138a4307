"""The flat table, read back as people and programs read it."""

import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import COUNTY, REPORT, read_csv, read_rows
from hypothesis import given
from hypothesis import strategies as st

import baoding_data as bd
from baoding_data.comparison.peers import beside
from baoding_data.comparison.wording import HEADS
from baoding_data.tables.figures import of_report
from baoding_data.tables.seeds import Seeds, load
from baoding_data.text.numbers import numbers_in
from baoding_data.text.report import section_in_words
from baoding_data.workbook import flat

EXPORTS = Path(__file__).resolve().parents[1] / "exports"
HAN = re.compile("[\u3400-\u9fff]")
ONE = ("zh", "en")
EDITIONS = [(lang, peers) for lang in (*ONE, "both") for peers in (False, True)]
# Columns that say what `bd.figures()` says, under its names but for `_code`.
SAME = ("printed", "quote")
SAME_CODES = ("report", "topic", "indicator", "unit", "bound", "scope", "scope_basis")
SAME_CODES += ("period", "measure", "status")


def head(name, lang):
    """What a column to be read is called."""
    return getattr(getattr(HEADS, name), lang)


def read(row, name, lang):
    """What a row says in a column to be read."""
    return row[head(name, lang)]


@pytest.fixture(scope="module")
def written(tmp_path_factory, seeds):
    """The table in each edition, with the figures of others and without."""
    folder = tmp_path_factory.mktemp("written")
    for lang, peers in EDITIONS:
        path = folder / f"{lang}{'-peers' * peers}.csv"
        assert bd.export(path, lang=lang, peers=peers, seeds=seeds) is True
    return folder


@pytest.fixture(scope="module")
def tables(written):
    """The rows of each edition, by language."""
    return {lang: read_rows(written / f"{lang}.csv") for lang in ONE}


@pytest.fixture(scope="module")
def with_peers(written):
    """The rows of each edition with the figures of others."""
    return {lang: read_rows(written / f"{lang}-peers.csv") for lang in ONE}


@pytest.fixture(scope="module")
def figures(seeds):
    """The figures of the report, by their keys."""
    found = {figure.key[1:]: figure for figure in of_report(seeds, REPORT)}
    assert len(found) == len(of_report(seeds, REPORT))
    return found


def key(row):
    """What a row's figure is."""
    return row["indicator_code"], row["scope_code"], row["period_code"]


# What it says


@pytest.mark.parametrize("lang", ONE)
def test_ten_columns_to_be_read_come_first(tables, lang):
    """They are headed as HEADS says, in the language of the edition; then come the codes, which are
    the same in both editions.
    """
    names = "indicator figure unit scope period note sentence section place year".split()
    header = list(tables[lang][0])
    assert header[:10] == [head(name, lang) for name in names]
    assert header[10:] == list(tables["zh"][0])[10:] == [*flat.CODES, "seal"]
    codes = [[list(row.values())[10:] for row in tables[each]] for each in ONE]
    titles = flat.CODES.index("report_title")
    assert [row[:titles] for row in codes[0]] == [row[:titles] for row in codes[1]]


@pytest.mark.parametrize(("lang", "peers"), EDITIONS)
def test_columns_are_unlike_in_any_case(written, lang, peers):
    """No two columns differ in case alone, which is no difference to DuckDB and Excel; pandas reads
    all of them with numbers as numbers.
    """
    path = written / f"{lang}{'-peers' * peers}.csv"
    header = read_csv(path)[0]
    assert header == flat.columns(lang, peers) and all(header)
    assert len({name.casefold() for name in header}) == len(header)
    frame = pd.read_csv(path, encoding="utf-8-sig")
    assert list(frame.columns) == header and frame["value"].dtype == float
    assert frame["年度" if lang != "en" else "Year"].dtype == int


@pytest.mark.parametrize("lang", ONE)
def test_every_figure_stands_once_with_its_codes(written, seeds, tables, figures, lang):
    """With a byte order mark and CR LF, each figure of the report is one row; its codes and digits
    are those of `bd.figures()`, and the words are those of the codes.
    """
    data = (written / f"{lang}.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == len(figures) + 1
    assert sorted(map(key, tables[lang])) == sorted(figures)
    at = ONE.index(lang)
    for row in tables[lang]:
        figure = figures[key(row)]
        assert [row[name] for name in SAME] == [getattr(figure, name) for name in SAME]
        assert [row[f"{name}_code"] for name in SAME_CODES] == [
            getattr(figure, name) for name in SAME_CODES
        ]
        assert re.fullmatch(r"[0-9]+(\.[0-9]+)?", row["value"])
        assert Decimal(row["value"]) == figure.value
        assert row["shared"] == figure.shared.replace("/", " of ")
        for kind in ("unit", "scope", "period"):
            wanted = seeds.words.pair(kind, getattr(figure, kind))[at]
            assert read(row, kind, lang) == wanted
        assert read(row, "indicator", lang) == (figure.label_zh, figure.label_en)[at]
        assert read(row, "sentence", lang) == figure.sentence
        section = section_in_words(figure.section)[at] if figure.section else ""
        assert read(row, "section", lang) == section
        place = read(row, "place", lang), read(row, "year", lang), row["place_code"]
        assert place == (("保定市", "Baoding")[at], "2022", "130600")
        about = seeds.source[REPORT]
        assert (row["report_title"], row["url"]) == (
            (about.title_zh, about.title_en)[at],
            about.url,
        )
        assert (figure.note_zh, figure.note_en)[at] in read(row, "note", lang)


def test_each_edition_speaks_its_language(with_peers):
    """But for the sentence, no column to be read holds a Han character in English, or a word in
    Latin letters in Chinese.
    """
    for lang, foreign in (("en", HAN), ("zh", re.compile("[A-Za-z]{2,}"))):
        for row in with_peers[lang]:
            cells = [row[name] for name in flat.columns(lang)[:10] if name not in HEADS.sentence]
            assert not [cell for cell in cells if foreign.search(cell)]


def test_both_languages_stand_side_by_side_on_request(written, tables):
    """The edition in both languages is the Chinese one with the English columns after it; what is
    the same in both stands once.
    """
    rows = read_rows(written / "both.csv")
    for zh, en, both in zip(*tables.values(), rows, strict=True):
        names = ("Sentence", "Year", "report_title")
        english = {name: cell for name, cell in en.items() if name not in names}
        titles = {
            f"report_title_{lang}": row["report_title"] for lang, row in (("zh", zh), ("en", en))
        }
        del zh["report_title"]
        seal = {"seal": both["seal"]}
        assert both == zh | english | titles | seal


@pytest.mark.parametrize("lang", ONE)
def test_a_cell_is_empty_only_where_it_says_why(with_peers, lang):
    """What quotes a report is empty where nothing is printed or no text is on file, as the status
    says; besides, only what is no gap is.
    """
    quoting = {head("sentence", lang), "quote"}
    wanted = {
        "proved": set(),
        "derived": quoting | {head("section", lang), "printed"},
        "transcribed": quoting | {"scope_basis_code"},
    }
    free = {head("note", lang), "shared", "grade_code", "difference"}
    assert {row["status_code"] for row in with_peers[lang]} == set(wanted)
    for row in with_peers[lang]:
        empty = {name for name, cell in row.items() if not cell} - free
        assert empty == wanted[row["status_code"]]
        assert row["status_code"] == "proved" or read(row, "note", lang)


# The figure


def test_a_figure_reads_back_to_its_value_and_its_bound(with_peers):
    """In Chinese, whatever is read in the column of figures is the number of `value` with the bound
    of its code: 2万多 and 99%以上, never 20000 and 99.
    """
    for row in with_peers["zh"]:
        figure, unit = row["统计数"], row["unit_code"]
        [number] = numbers_in(figure if unit == "%" else figure + unit)
        found = number.value, number.bound, number.unit
        assert found == (Decimal(row["value"]), row["bound_code"], unit)
        assert unit == "%" or not figure.endswith(unit)
    assert {"2万多", "99%以上", "12亿"} <= {row["统计数"] for row in with_peers["zh"]}


def test_a_figure_in_english_says_its_bound(with_peers):
    """In English the word of the bound stands before digits in thousands, a rate has its sign, and
    sums of a million yuan and more are said in millions.
    """
    for row in with_peers["en"]:
        bound, value = row["bound_code"].replace("_", " "), Decimal(row["value"])
        sign = "%" * (row["unit_code"] == "%")
        wanted = f"{value:,f}{sign}"
        if row["unit_code"] == "元":
            wanted = f"{value / 10**6:,} million"
        assert row["Figure"] == (wanted if bound == "exact" else f"{bound} {wanted}")
    shown = {(row["Figure"], row["Unit"]) for row in with_peers["en"]}
    assert {
        ("more than 20,000", "persons"),
        ("at least 99%", "%"),
        ("1,200 million", "yuan"),
    } <= shown


NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.decimals(1, 999, places=2).map(lambda number: f"{number:f}万"),
    st.integers(2, 99).map(lambda number: f"{number}00多"),
    st.integers(2, 99).map(lambda number: f"{number}万余"),
    st.decimals(0, 100, places=1).map(lambda number: f"{number:f}%"),
    st.integers(1, 99).map(lambda number: f"{number}‰"),
    st.sampled_from(["三", "十二", "两百", "百分百", "百分之四", "三成"]),
)
BEFORE = st.sampled_from(["", "约", "近", "超过", "不少于", "不足", "不超过", "达"])
AFTER = st.sampled_from(["", "以上", "左右", "以下"])


@given(BEFORE, NUMBERS, st.sampled_from("件名元"), AFTER)
def test_whatever_is_printed_reads_back(before, printed, unit, after):
    """Of any number that a sentence bounds by a word, the column says the same number and bound."""
    sentence = f"共有{before}{printed}{unit * (printed[-1] not in '%‰')}{after}。"
    numbers = [number for number in numbers_in(sentence) if number.kind == "value"]
    if len(numbers) != 1:
        return
    [number] = numbers
    tables = load(None)
    about = number._asdict()
    claimed = {name: about[name] for name in ("printed", "value", "unit", "bound")}
    figure = flat.said(tables, of_report(tables, REPORT)[0]._replace(**claimed)).zh
    [again] = numbers_in(figure if number.unit in "%‰" else figure + number.unit)
    assert (again.value, again.bound, again.unit) == (number.value, number.bound, number.unit)


# The note


@pytest.mark.parametrize("lang", ONE)
def test_a_rate_has_its_counts_or_that_they_are_not_stated(tables, seeds, lang):
    """The note of a share gives part and whole as `bd.share` does, the interval where it is wide,
    and the computed rate where the printed one says less; no other note speaks of counts.
    """
    absent = {"zh": "件数未载。", "en": "Counts not stated."}[lang]
    computed = {"zh": "算得", "en": "computed "}[lang]
    wide = {"zh": "95%区间", "en": "95% interval"}[lang]
    found = {}
    for row in tables[lang]:
        note, book = read(row, "note", lang), seeds.codebook[row["indicator_code"]]
        if row["measure_code"] != "share" or not book.denominator:
            assert (absent in note) == (row["measure_code"] == "share")
            assert computed not in note and wide not in note
            continue
        share = bd.share(book.numerator, book.denominator, seeds=seeds)
        counts = f"{share.part:,} of {share.whole:,}"
        assert (counts if lang == "en" else f"{share.whole:,}件中{share.part:,}件") in note
        assert (wide in note) == share.wide
        found[row["indicator_code"]] = computed in note
        assert computed not in note or f"{computed}{share.percent}" in note
    assert found == {"litigation_loss_rate": False, "mediation_success_rate": True}


@pytest.mark.parametrize(
    ("printed", "value", "bound", "wanted"),
    [
        ("99%", "99", "exact", True),
        ("99%", "99", "at_least", True),
        ("99.2%", "99.2", "exact", True),
        ("99.23%", "99.23", "exact", False),
        ("99.234%", "99.234", "exact", False),
        ("99.23%", "99.23", "at_least", False),
        ("99.231%", "99.231", "about", True),
    ],
)
def test_a_computed_rate_stands_only_where_it_says_more(seeds, printed, value, bound, wanted):
    """A rate computed of both counts is given where it is finer than the printed one, or that is
    not exact; never as the printed number once more.
    """
    [line] = [
        line
        for line in flat.own(seeds, of_report(seeds, REPORT))
        if line.figure.indicator == "mediation_success_rate"
    ]
    figure = line.figure._replace(printed=printed, value=Decimal(value), bound=bound)
    header, row = flat.table(seeds, [figure], "en")
    assert ("computed 99.23%" in row[header.index("Note")]) == wanted


@pytest.mark.parametrize("lang", ONE)
def test_derived_figures_say_so_with_their_sum(tables, seeds, lang):
    """The note of a derived figure begins with what it is and the sum that it comes from."""
    derived = [row for row in tables[lang] if row["status_code"] == "derived"]
    status = seeds.words.pair("status", "derived")
    assert derived
    for row in derived:
        note = read(row, "note", lang)
        begins = {"zh": f"{status.zh}：", "en": f"{status.en.capitalize()}: "}[lang]
        assert note.startswith(begins + read(row, "indicator", lang))
        left, right = re.split("[=＝]", note, maxsplit=1)
        numbers = [int(n) for n in re.findall(r"[（(](\d+)[）)]", right)]
        sign = -1 if "−" in right or "－" in right else 1
        assert f"{numbers[0] + sign * sum(numbers[1:])}" == read(row, "figure", lang) in left


# The figures of others


@pytest.mark.parametrize("lang", ONE)
def test_the_figures_of_others_follow(with_peers, tables, seeds, lang):
    """With peers the report's figures are followed by all observations, by indicator, place and
    year, each with its source; none stands twice.
    """
    mine, rows = with_peers[lang][: len(tables[lang])], with_peers[lang][len(tables[lang]) :]
    assert [row | {"seal": ""} for row in tables[lang]] == [
        {name: row[name] for name in tables[lang][0]} | {"seal": ""} for row in mine
    ]
    order = list(seeds.codebook)

    def of(row):
        return row.report, row.place, row.year, row.indicator, row.scope, row.period

    found = [
        (row["report_code"], row["place_code"], int(read(row, "year", lang)), *key(row))
        for row in rows
    ]
    assert sorted(found) == sorted(map(of, seeds.observations)) and len(set(found)) == len(found)
    by = [(order.index(indicator), place, year) for _, place, year, indicator, *_ in found]
    assert by == sorted(by)
    observed = dict(zip(map(of, seeds.observations), seeds.observations, strict=True))
    for row, one in zip(rows, (observed[each] for each in found), strict=True):
        source, at = seeds.source[one.report], ONE.index(lang)
        cited = (source.title_zh, source.title_en)[at], source.url
        assert (row["report_title"], row["url"], row["status_code"]) == (*cited, "transcribed")
        assert read(row, "section", lang) == (one.locator_zh, one.locator_en)[at]
        assert (one.note_zh, one.note_en)[at] in read(row, "note", lang)
        assert not one.first_year or f"{one.first_year}" in read(row, "note", lang)


def test_grades_are_those_of_the_comparison(with_peers, seeds):
    """Every figure of others has the grade and the differences that `bd.compare` gives it beside
    the report's own; where the report has none, the row says that.
    """
    own = {row["indicator_code"] for row in with_peers["en"] if row["report_code"] == REPORT}
    graded = set()
    for row in with_peers["en"]:
        if row["report_code"] == REPORT:
            assert not row["grade_code"] and not row["difference"]
            continue
        [like] = [
            one
            for one in beside(seeds, row["indicator_code"])
            if (one.report, one.place, str(one.year))
            == (row["report_code"], row["place_code"], row["Year"])
            and (one.indicator, one.scope, one.period) == key(row)
        ]
        assert (row["grade_code"], row["difference"]) == (like.grade, like.reason_en)
        assert bool(row["grade_code"]) == (row["indicator_code"] in own)
        graded.add(row["grade_code"])
    assert graded == {"A", "B", "C", ""}


@pytest.mark.parametrize("reports", [None, [REPORT], [COUNTY], [COUNTY, REPORT]])
def test_no_figure_stands_twice(seeds_of_county, tmp_path, reports):
    """Whichever reports are asked for, they come first and the rest follows: every figure on file
    and every observation is one row, and what another report prints keeps its sentence.
    """
    tables = Seeds(seeds_of_county)
    bd.export(tmp_path / "x.csv", report=reports, lang="zh", peers=True, seeds=tables)
    rows = read_rows(tmp_path / "x.csv")
    found = [(row["report_code"], row["place_code"], row["年度"], *key(row)) for row in rows]
    counts = {name: len(of_report(tables, name)) for name in (REPORT, COUNTY)}
    assert len(set(found)) == len(found) == sum(counts.values()) + len(tables.observations)
    first = reports or [REPORT, COUNTY]
    shown = sum(counts[name] for name in first)
    assert list(dict.fromkeys(row["report_code"] for row in rows[:shown])) == first
    for row in rows:
        if row["report_code"] in counts:
            assert bool(row["原句"]) == (row["status_code"] == "proved")
        else:
            assert row["status_code"] == "transcribed"
    graded = [row["report_code"] for row in rows if row["grade_code"]]
    assert set(graded) & set(counts) == set(counts) - set(first)


def test_of_a_topic_only_its_figures_are_shown(tmp_path, seeds):
    """With a topic, the figures of others are of that topic too; and several topics keep the order
    of terms.csv.
    """
    bd.export(tmp_path / "x.csv", topics="business", peers=True, lang="en", seeds=seeds)
    rows = read_rows(tmp_path / "x.csv")
    assert {row["topic_code"] for row in rows} == {"business"}
    assert [row["report_code"] == REPORT for row in rows] == [True] * 5 + [False]
    bd.export(tmp_path / "x.csv", topics=["disputes", "permissions"], lang="en", seeds=seeds)
    topics = [row["topic_code"] for row in read_rows(tmp_path / "x.csv")]
    assert list(dict.fromkeys(topics)) == ["permissions", "disputes"]


def test_a_figure_given_twice_stands_with_each_scope(twice, tmp_path):
    """An indicator that the report gives for two scopes has two rows, each with its sentence and
    the counts of its own scope.
    """
    bd.export(tmp_path / "x.csv", lang="en", seeds=Seeds(twice))
    rows = read_rows(tmp_path / "x.csv")
    suits = {"government": "45", "departments": "30"}
    found = [row for row in rows if row["indicator_code"] == "litigation_concluded"]
    assert {row["scope_code"]: row["Figure"] for row in found} == suits
    assert all(f"审结{suits[row['scope_code']]}件" in row["Sentence"] for row in found)
    rates = [row for row in rows if row["indicator_code"] == "litigation_loss_rate"]
    notes = {row["scope_code"]: row["Note"].split(";")[0] for row in rates}
    assert notes == {"government": "1 of 45", "departments": "6 of 30"}


# What must not happen

UNSEEN = ["", "\u200b", "\ufeff", "\u00ad", "\t", "\u2060", " ", "\u200b\t\ufeff", "\r"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", UNSEEN)
def test_every_start_of_a_formula_is_guarded(seeds, start, before):
    """Each character that could begin a formula is disarmed, even behind what is not seen; a number
    keeps its sign.
    """
    figure = of_report(seeds, REPORT)[0]
    label = f"{before}{start}1+1"
    figure = figure._replace(label_en=label, sentence=label, printed="", value=Decimal("-5"))
    header, cells = flat.table(seeds, [figure], "en")
    row = dict(zip(header, cells, strict=True))
    assert row["Indicator"] == row["Sentence"] == f"'{flat.visible(label)}"
    assert row["value"] == row["Figure"] == "-5"


@given(st.text(max_size=12))
def test_no_cell_begins_like_a_formula(text):
    """Of any text whatever the first character that is seen begins no formula, and the text is
    there but for what no cell can show.
    """
    tables = load(None).replaced(doubts=[])
    figure = of_report(tables, REPORT)[0]._replace(note_en=text, note_zh=text, status="proved")
    header, cells = flat.table(tables, [figure], "en")
    cell = cells[header.index("Note")]
    seen = [one for one in cell if one.isprintable() and not one.isspace() and one not in "␉␍␊"]
    assert not seen or not re.match(r"[=+\-@＝＋－＠]", seen[0])
    assert cell.removeprefix("'") == flat.visible(text).removeprefix("'")
    assert read_csv(flat.encoded([["x", cell]])) == [["x", cell]]


def test_a_note_names_the_cautions_on_its_figure(tables, seeds):
    """The note of every figure that a doubt is about names the doubt, as the workbook does."""
    doubted = {}
    for doubt in seeds.rows_of("doubts", REPORT):
        for name in doubt.figures.split():
            doubted.setdefault(name.partition("@")[0], []).append(doubt.name_zh)
    for row in tables["zh"]:
        note = read(row, "note", "zh")
        names = doubted.get(row["indicator_code"], [])
        assert ("注意：" in note) == bool(names) and all(name in note for name in names)


def test_what_cannot_be_seen_is_shown(seeds):
    """Control characters stand as their pictures, marks that turn the writing as �."""
    figure = of_report(seeds, REPORT)[0]._replace(label_zh="一\x07二\x1f三\u202e四")
    header, cells = flat.table(seeds, [figure], "zh")
    assert cells[header.index("指标")] == "一␇二␟三\ufffd四"


def test_a_table_that_holds_the_same_is_left_alone(written, seeds):
    """A second export writes nothing."""
    for lang, peers in EDITIONS:
        path = written / f"{lang}{'-peers' * peers}.csv"
        assert bd.export(path, lang=lang, peers=peers, seeds=seeds) is False


def test_the_same_input_gives_the_same_bytes(written, tmp_path, elsewhere):
    """Neither time zone, locale, hash seed nor the day changes a byte."""
    code = "import baoding_data as bd; bd.export('en-peers.csv', lang='en', peers=True)"
    elsewhere(code)
    assert (tmp_path / "en-peers.csv").read_bytes() == (written / "en-peers.csv").read_bytes()


@pytest.mark.parametrize("lang", ONE)
def test_the_committed_tables_equal_a_rebuild(written, lang):
    """What lies in exports/ is what the tables give."""
    if not (EXPORTS / f"figures-{lang}.csv").exists():
        pytest.skip("exports/ holds no flat table: run make")
    rebuilt = (written / f"{lang}.csv").read_bytes()
    assert (EXPORTS / f"figures-{lang}.csv").read_bytes() == rebuilt


def test_libreoffice_opens_it_right(written, tmp_path):
    """Read as a spreadsheet program reads UTF-8 with commas, every cell holds its text or number,
    and none became a date or a formula.
    """
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed: nothing here can open the tables")
    names = [f"{lang}-peers" for lang in ONE]
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--infilter=CSV:44,34,76,1", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    command += ["--outdir", str(tmp_path), *(str(written / f"{name}.csv") for name in names)]
    subprocess.run(command, check=True, timeout=240, capture_output=True)
    for name in names:
        [sheet] = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").worksheets
        rows = read_csv(written / f"{name}.csv")
        assert sheet.max_row == len(rows)
        for wanted, found in zip(rows, sheet.iter_rows(), strict=True):
            for text, cell in zip(wanted, found, strict=True):
                value = "" if cell.value is None else cell.value
                if isinstance(value, (int, float)):
                    plain = text.replace(",", "")
                    number = float(plain.rstrip("%")) / (100 if text.endswith("%") else 1)
                    assert value == pytest.approx(number)
                else:
                    assert value == text
