"""A report beside other places and years: what is comparable is shown, for any report."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from conftest import unaudited
from test_charts import collisions

import baoding_data as bd
from baoding_data import charts, limits
from baoding_data.notebook import beside, on_file, per_head
from baoding_data.notebook.report import Report
from baoding_data.notebook.tables import Linked, Marked, Rows, both

BOOK = Path(__file__).parents[1] / "notebooks/05_comparison.ipynb"
HAN = re.compile("[\u4e00-\u9fff]")
ACCEPTED, RATE, REQUESTS = (
    "reconsideration_accepted",
    "mediation_success_rate",
    "disclosure_requests",
)


def cells():
    """The questions of the notebook, by the ids of their cells."""
    found = json.loads(BOOK.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in found if cell["cell_type"] == "code"]
    return {cell["id"]: "".join(cell["source"]) for cell in code[1:]}


ASKED = cells()


def asked(report, cell):
    """The answer to a cell of the notebook."""
    return eval(ASKED[cell], {"report": report, "charts": charts})


@pytest.fixture(scope="module")
def baoding(seeds):
    return Report(seeds, "baoding-2022")


@pytest.fixture(scope="module")
def half(seeds):
    """The same report without half of its indicators, all that are compared among them."""
    left = {row.indicator for row in seeds.figures[::2]}
    named = re.compile("|".join(["litigation", "mediation", ACCEPTED, REQUESTS]))
    rows = [row for row in seeds.figures if row.indicator in left]
    return Report(
        seeds.replaced(figures=[row for row in rows if not named.match(row.indicator)]),
        "baoding-2022",
    )


@pytest.fixture(scope="module")
def bare(seeds):
    """A report without a figure."""
    return Report(seeds.replaced(figures=[]), "baoding-2022")


@pytest.fixture(scope="module")
def doubled(seeds):
    """The report giving every figure for a second scope too."""
    second = [
        row._replace(scope="office" if row.scope == "portal" else "portal", line=row.line + 1000)
        for row in seeds.figures
    ]
    return Report(seeds.replaced(figures=[*seeds.figures, *second]), "baoding-2022")


@pytest.fixture(params=["baoding", "half", "bare", "doubled"])
def any_report(request):
    return request.getfixturevalue(request.param)


def observed(seeds, indicator, printed, **others):
    """An observation as another of its indicator, with another number, place, year …"""
    row = next(row for row in seeds.observations if row.indicator == indicator)
    value = Decimal(printed.rstrip("%"))
    return row._replace(printed=printed, value=value, note_zh="", note_en="", **others)


def words(cell):
    """A cell of a table in both languages."""
    cell = cell.cell if isinstance(cell, Rows) else cell
    if isinstance(cell, Marked | Linked):
        return cell.plain, ""
    cell = both(cell)
    return (cell, "") if isinstance(cell, str) else cell


@pytest.mark.parametrize("cell", ASKED)
def test_every_question_is_answered_of_any_report(cell, any_report):
    """The notebook runs for a report that lacks what is compared, for one without a figure and for
    one that gives all twice: each cell shows something, and no text of a chart overlaps another.
    """
    answer = asked(any_report, cell)
    assert answer.html and answer.plain
    if getattr(answer, "draw", None):
        assert collisions(answer.figure) == []
        assert charts.png(answer.figure).startswith(b"\x89PNG")


@pytest.mark.parametrize("cell", [cell for cell in ASKED if cell != "conflicts"])
def test_each_language_is_whole(cell, any_report):
    """Titles, sentences, notes and alternative texts are Chinese with a full stop at their end, and
    English without a Chinese character.
    """
    answer = asked(any_report, cell)
    assert HAN.search(answer.title.zh) and not HAN.search(answer.title.en)
    told = [told.pair for told in answer.sentences]
    for zh, en in [*told, *answer.notes, *([answer.alt] if answer.draw else [])]:
        assert zh.endswith("。") and en.endswith("."), (zh, en)
        assert not HAN.search(en), en


@pytest.mark.parametrize("cell", [cell for cell in ASKED if cell != "conflicts"])
def test_a_number_stands_under_its_own_head(cell, any_report):
    """Heads and cells of a column share their alignment, no cell is empty, and what there is not is
    a dash.
    """
    table = asked(any_report, cell).table
    if table is None:
        return
    heads = re.findall(r'<th style="text-align: (\w+)', table.html)
    assert heads == [column.align for column in table.columns]
    assert sum(column.width for column in table.columns) == 100
    for row in table.rows:
        assert len(row) == len(table.columns)
        shown = [words(cell) for cell in row if cell is not None]
        assert all(zh.strip() for zh, _ in shown)
        assert not any(
            "无 none" in zh or "不适用" in zh or "not applicable" in en for zh, en in shown
        )


@pytest.mark.parametrize("indicator", [ACCEPTED, RATE, REQUESTS, "penalty_items_devolved"])
def test_only_what_is_comparable_is_shown(indicator, baoding, seeds):
    """Chart, table and data hold the own figures and grades A and B, each with its place and year;
    each of grade B in what it differs, also where a person says so; of grade C the sentences
    say how many there are and what lists them.
    """
    answer = baoding.beside(indicator)
    every = bd.compare(indicator, seeds=seeds)
    shown = every[every["grade"] != "C"]
    assert answer.data["value"].tolist() == shown["value"].tolist()
    assert len(answer.table.rows) == len(shown)
    for row, (place, year) in zip(
        answer.table.rows, zip(shown["place_en"], shown["year"], strict=True), strict=True
    ):
        assert words(row[0])[1] == f"{place} {year}"
    reasons = [reason for reason in shown["reason_en"] if reason]
    assert all(reason in answer.table.plain.replace("Elsewhere: grade B", "") for reason in reasons)
    left = int((every["grade"] == "C").sum())
    assert (f'bd.compare("{indicator}")' in answer.plain) == bool(left)
    assert f"{left} more" in answer.plain or not left


def test_nothing_comparable_needs_no_chart(baoding):
    """Where all is of grade C there is neither chart nor table: the title says so, and a sentence
    why, by the note of each neighbouring indicator.
    """
    answer = baoding.beside("litigation_loss_rate")
    assert (answer.draw, answer.table) == (None, None)
    assert answer.title.zh.endswith("没有可比的数") and "2.22%" in answer.title.zh
    assert "不只是本级政府的" in answer.plain and "not only the government itself" in answer.plain
    assert not re.search(r"24\.02|41\.0|20\.2%", answer.plain)


def test_what_the_report_lacks_is_one_line(half, bare):
    """Without an own figure no number is drawn or told but how many are on file elsewhere."""
    for report in (half, bare):
        answer = report.beside(ACCEPTED, say=[(f"受理{{{ACCEPTED}}}。", f"{{{ACCEPTED}}}.")])
        assert (answer.draw, answer.table, list(answer.sentences)) == (None, None, [])
        assert answer.title == ("受理的行政复议案件", "Reconsideration cases accepted")
        (note,) = answer.notes
        assert note.zh.startswith("报告未载：受理的行政复议案件（别处有46个数）。")
        assert "(46 figures elsewhere)" in note.en


def test_an_indicator_given_twice_stands_twice(doubled, twice):
    """Title, table and chart give both own figures with their scopes; one is meant by its scope."""
    answer = doubled.beside(ACCEPTED)
    for scope in ("全域", "政府门户网站"):
        assert f"受理的行政复议案件（{scope}）316件" in answer.title.zh
        assert f"保定市2022年（{scope}）：316" in answer.alt.zh
    assert [words(row[0])[1] for row in answer.table.rows[:2]] == [
        "Baoding 2022 (whole area)",
        "Baoding 2022 (the government portal)",
    ]
    suits = bd.report("baoding-2022", seeds=twice)
    both = suits.beside("litigation_cases").title.en
    assert "(own level): 164" in both and "(departments): 80" in both
    one = suits.beside("litigation_cases@departments").title.en
    assert "164" not in one and "80" in one
    lines = [words(row[0])[1] for row in doubled.profile().table.rows]
    assert sum("Disclosure requests accepted" in line for line in lines) == 2


def test_what_all_share_is_said_once(baoding):
    """The one thing in which all others differ stands above the table and in the chart's note, and
    in no row.
    """
    answer = baoding.beside(ACCEPTED)
    assert "时段不同（当年）" in answer.table.above.zh
    assert "时段不同" not in "".join(
        words(cell)[0] for row in answer.table.rows for cell in row if cell
    )
    notes = [text.get_text() for text in answer.figure.texts if "another period" in text.get_text()]
    assert len(notes) == 1


def test_bounds_and_counts_are_never_lost(baoding):
    """A share stands as printed, with its bound and both counts, in table and chart."""
    answer = baoding.beside(RATE)
    assert words(answer.table.rows[0][1]) == ("99%以上\n20,405/20,563", "at least 99%")
    assert "保定市2022年：99%以上" in answer.alt.zh and "at least 99%" in answer.alt.en
    drawn = [text.get_text() for text in answer.figure.texts]
    assert {"99%以上", "at least 99%", "20,405/20,563"} <= set(drawn)


def test_an_interval_is_told_where_few_cases_were_counted(seeds):
    """Of a wide interval table and sentence speak, of narrow ones nobody, and of samples never."""
    place = {"place": "130400", "year": 2022, "report": "handan-2022", "period": "year"}
    place |= {"scope": "whole_area"}
    few = [
        observed(seeds, "mediation_cases", "20", **place),
        observed(seeds, "mediation_success", "15", **place),
    ]
    told = Report(seeds.replaced(observations=[*seeds.observations, *few]), "baoding-2022")
    answer, plain = told.beside(RATE), Report(seeds, "baoding-2022").beside(RATE)
    assert "95% interval 53.13% to 88.81%" in answer.table.plain and "95%区间" in answer.plain
    assert "interval" not in plain.plain and "区间" not in plain.plain
    assert "15/20" in answer.table.plain and "sampl" not in answer.plain


def test_several_indicators_stand_place_by_place(seeds):
    """The suits of another place that may be compared have a panel of their own, and lines with the
    indicators' names; what the report lacks is named.
    """
    names = ["litigation_cases", "litigation_concluded", "litigation_won"]
    answer = Report(seeds.replaced(overrides=[]), "baoding-2022").beside(names)
    drawn = [text.get_text() for text in answer.figure.texts]
    assert {"保定市2022年", "咸宁市2020年"} <= set(drawn) and collisions(answer.figure) == []
    assert "海口市秀英区2021年" not in drawn
    assert [words(row[0])[1] for row in answer.table.rows] == [
        "Baoding 2022: suits against the government itself",
        "Xianning 2020: suits against the government itself",
        "Baoding 2022: suits concluded",
        "Xianning 2020: suits concluded",
    ]
    assert answer.notes[0].en.startswith("Not in the report: Suits won (1 figure elsewhere).")


def test_a_title_or_sentence_is_given_only_with_its_number(baoding, half):
    """A title that the report allows is the title; of one that it does not, the labels stand."""
    title = (f"申请{{{REQUESTS}}}", f"{{{REQUESTS}}} requests")
    assert baoding.beside(REQUESTS, title=title).title.zh == "申请193件"
    assert half.beside(REQUESTS, title=title).title.zh == "受理的依申请公开"


def test_places_for_so_many_people(baoding, seeds):
    """The strip holds the places of bd.per_head that are of one level and year, names the own one,
    the ends and those asked for; what is no count, no place or several is refused.
    """
    answer = baoding.beside(ACCEPTED, per_head=True, named=["Beijing", "天津市"])
    assert answer.table is None and len(answer.data) == 31 and set(answer.data["year"]) == {2019}
    rates = answer.data.set_index("place_zh")["rate"]
    drawn = [text.get_text() for text in answer.figure.texts]
    for place in ("河北省", "北京市", "天津市", rates.idxmin(), rates.idxmax()):
        assert place in drawn and f"{rates[place]:.1f}" in drawn
    assert "山东省" not in drawn
    assert f"河北省{rates['河北省']:.1f}件，31地的中位数{rates.median():.1f}件" in answer.title.zh
    few = Report(seeds.replaced(observations=[]), "baoding-2022")
    assert few.beside(ACCEPTED, per_head=True).draw is None
    with pytest.raises(bd.BaodingError, match="did you mean"):
        baoding.beside(ACCEPTED, per_head=True, named=["Beijng"])
    with pytest.raises(bd.BaodingError, match="only counts"):
        baoding.beside(RATE, per_head=True)
    with pytest.raises(bd.BaodingError, match="one count"):
        baoding.beside([ACCEPTED, REQUESTS], per_head=True)


def test_the_years_of_a_place(baoding, half):
    """Each year's report has a line with its status and how many figures were read, which are named
    where they are few.
    """
    table = baoding.years().table
    assert [row[0] for row in table.rows] == ["2020", "2021", "2022", "2023", "2024"]
    assert [row[3] for row in table.rows] == ["1", "1", "76", "3", "4"]
    assert "Executive meetings of the government: 22" in words(table.rows[0][4])[1]
    assert "未读" not in table.plain and int(half.years().table.rows[2][3]) < 50


def test_changes_are_given_between_like_figures_only(baoding, seeds):
    """A figure of an earlier year gives a difference with its sign where it is alike, the reason
    where it is not; without any there is one sentence.
    """
    nothing = baoding.changes()
    assert nothing.table is None and nothing.data.empty and "增减" in nothing.title.zh
    place = {"place": "130600", "year": 2021, "report": "baoding-2021"}
    alike = observed(seeds, ACCEPTED, "400", period="to_date", scope="whole_area", **place)
    other = observed(seeds, REQUESTS, "150", period="year", scope="whole_area", **place)
    share = observed(seeds, RATE, "98%", period="year", scope="whole_area", **place)
    tables = seeds.replaced(observations=[*seeds.observations, alike, other, share])
    answer = Report(tables, "baoding-2022").changes()
    lines = {words(row[0])[1]: words(row[3]) for row in answer.table.rows}
    assert lines["Reconsideration cases accepted"] == ("−84件（−21.0%）", "−84 (−21.0%)")
    assert lines["Disclosure requests accepted"][1].startswith("Not compared: another scope")
    assert lines["Mediation success rate"][0] == "不作比较：不是确数。"
    assert "3个指标" in answer.title.zh and "1 change can be given" in answer.title.en
    data = answer.data.set_index("label_en")
    assert set(data.columns) == set(nothing.data.columns) - {"label_en"}
    accepted = data.loc["Reconsideration cases accepted"]
    assert accepted[["from_value", "to_value", "absolute"]].tolist() == [400, 316, -84]
    rate = data.loc["Mediation success rate"]
    assert (rate["from_bound"], rate["to_bound"]) == ("exact", "at_least")


def test_every_pair_of_sources_is_explained_with_both_numbers(baoding, bare, seeds):
    """The explanation of each conflict has the numbers of its sides and the institutions that print
    them; a report that the pairs do not touch has one sentence.
    """
    shown = baoding.conflicts()
    assert shown.html.count("<tr") == 1 + len(seeds.conflicts)
    for number in ("3129件", "190件", "3,129", "92名", "149人", "135件", "56件", "1308件", "1,308"):
        assert number in shown.plain
    assert "湖北省司法厅，2020年" in shown.plain and "hubei-2020" not in shown.html
    assert bare.conflicts().plain.count("\n") == 1


def test_the_profile_lists_what_is_comparable(baoding, seeds):
    """Each line has a figure of grade A or B, the counts are those of bd.compare, and of five
    figures or more of grade A the median is given.
    """
    lines = {words(row[0])[1]: row for row in baoding.profile().table.rows}
    assert len(lines) == 13 and "Suits against the government itself" not in lines
    assert lines["Disclosure requests accepted"][3] == "6"
    assert words(lines["Licensing items"][2])[0] == "—"
    more = [
        observed(seeds, REQUESTS, str(number), place=place, year=2022, scope="government")
        for number, place in ((100, "130400"), (300, "131000"), (250, "130900"))
    ]
    tables = unaudited(seeds.replaced(observations=[*seeds.observations, *more]))
    rows = Report(tables, "baoding-2022").profile().table.rows
    (middle,) = [
        words(row[2])[1] for row in rows if words(row[0])[1] == "Disclosure requests accepted"
    ]
    assert middle == "median of 5: 225"
    bounded = [row._replace(bound="at_least") if row in more[:1] else row for row in more]
    others = unaudited(seeds.replaced(observations=[*seeds.observations, *bounded]))
    rows = Report(others, "baoding-2022").profile().table.rows
    (cell,) = [words(r[2])[1] for r in rows if words(r[0])[1] == "Disclosure requests accepted"]
    assert "median" not in cell and "at least 100" in cell and len(cell.splitlines()) == 5


def test_the_profile_is_data(baoding, bare):
    """Its frame has the own figure of each line, and after it each figure that it is compared with;
    of a report without a figure one line says that there is none.
    """
    answer = baoding.profile()
    data, lines = answer.data, answer.table.rows
    own = data[data["grade"] == ""]
    assert own["label_en"].tolist() == [words(row[0])[1].partition(" (")[0] for row in lines]
    assert set(data["grade"]) == {"", "A", "B"} and data["value"].dtype == float
    near = (data["grade"] == "B").groupby((data["grade"] == "").cumsum()).sum()
    assert [f"{count}" if count else "—" for count in near] == [words(row[3])[0] for row in lines]
    nothing = bare.profile()
    assert nothing.plain.count("\n") == 1 and list(nothing.data.columns) == list(data.columns)


def test_one_is_singular(baoding, seeds):
    """Sentences that count figures agree in number where there is but one."""
    names = {row.indicator for row in seeds.figures if row.report == "baoding-2022"}
    compared = set(baoding.profile().data["indicator"])
    rest = sorted(names - compared - {""})[:1]
    rows = [row for row in seeds.figures if row.indicator in {REQUESTS, *rest}]
    answer = Report(seeds.replaced(figures=rows, identities=[]), "baoding-2022").profile()
    assert answer.title.en.startswith("Of 2 indicators, 1 has a comparable figure")
    (left_out,) = answer.sentences
    assert left_out.pair.en == "The other one has no comparable figure and is left out."
    far = next(row for row in seeds.observations if row.indicator == ACCEPTED)
    far = far._replace(scope="courts", period="planned", note_zh="", note_en="")
    alone = unaudited(seeds.replaced(observations=[far], neighbours=[]))
    one = Report(alone, "baoding-2022")
    told = [sentence.pair for sentence in one.beside(ACCEPTED).sentences]
    assert told[0].en.startswith("The one figure on file is not comparable (grade C)")
    assert told[0].zh.startswith("别处、别年只有一个数，不可比（C级）")


def test_a_computed_number_of_a_title_is_said_to_be_computed(baoding):
    """Also in the title of a comparison, a number that the report does not print is noted."""
    share = "{mediation_success / mediation_cases}"
    answer = baoding.beside(RATE, title=(f"成功{share}", f"Settled: {share}"))
    assert answer.title.en == "Settled: 99.23%"
    assert "99.23%: computed from the report's figures, not printed in it." in answer.plain


def test_sources_are_institutions_with_a_link(baoding):
    """A table and a chart name the institution and the year, and lead to the page; no code or path
    of the tables is shown.
    """
    answer = baoding.beside(REQUESTS)
    drawn = " ".join(text.get_text() for text in answer.figure.texts)
    assert "邢台市人民政府办公室，2023年" in drawn and "seeds" not in drawn
    assert 'href="http' in answer.html and "xingtai-2023-disclosure" not in answer.plain


def test_of_very_many_sources_the_first_are_named(seeds):
    """A source line that nobody would read to its end says how many more there are."""
    [row] = [row for row in seeds.reports if row.report == "baoding-2022"]
    many = [row._replace(year=year) for year in range(2000, 2012)]
    eight = beside.sources(many[:8])
    assert eight.en.endswith(", 2007") and beside.sources(many[:8] * 2) == eight
    zh, en = beside.sources(many)
    assert (zh, en) == (f"{eight.zh}；另有4个来源", f"{eight.en}; 4 more sources")
    assert beside.sources(many[:9]).en.endswith("; 1 more source")


def test_answers_can_be_gone_on_with(baoding, tmp_path):
    """The chart of a comparison is saved in one language, and the question is kept as JSON."""
    answer = baoding.beside(RATE)
    file = tmp_path / "rates.png"
    assert answer.save(file, lang="en") and file.read_bytes().startswith(b"\x89PNG")
    assert json.loads(json.dumps(answer.question))["beside"]["names"] == [RATE]


@pytest.mark.parametrize("module", [beside, per_head, on_file], ids=lambda module: module.__name__)
def test_the_library_compares_any_indicator(module, seeds):
    """No module of the comparison names an indicator, a place or a report."""
    names = set(re.findall(r"\w+", Path(module.__file__).read_text(encoding="utf-8")))
    assert not names & {*seeds.codebook, *seeds.where}
    assert not any(row.name_zh in names or row.name_en in names for row in seeds.places)


@pytest.mark.parametrize("count", [1, 30, limits.DRAWN])
def test_the_words_of_a_chart_are_no_longer_than_one_listens(count, any_report):
    """Of very many marks the alternative text names the first, each whole, and how many more there
    are; those of few it names all.
    """
    rows = [(f"第{n}县", f"County {n}", f"{n}件 / {n} cases") for n in range(1, count + 1)]
    table = pd.DataFrame(rows, columns=["label_zh", "label_en", "text"])
    heading = charts.Heading("各县", "Counties", "", "", "报告", "The report")
    alt = any_report.facts.alternative(heading, table)
    named = [len(re.findall(mark, text)) for mark, text in zip(("第", "County "), alt, strict=True)]
    assert named[0] == named[1] == (count if count <= 30 else named[0])
    more = f"另有{count - named[0]:,}个数。", f"; {count - named[0]:,} more figures."
    for text, end in zip(alt, more, strict=True):
        assert text.endswith(end) == (count > 30) and len(text) <= limits.LABEL
    assert charts.picture(charts.bars(table[:1].assign(value=1), heading), *alt)
