"""The answers that the notebooks show: chart, sentences and table say what the tables say."""

import ast
import inspect
import re
from functools import cache, partial
from pathlib import Path

import pytest
from test_charts import collisions

import baoding_data as bd
from baoding_data import charts
from baoding_data.charts import typesetting as layout
from baoding_data.charts.palette import GREY
from baoding_data.notebook import (
    audit,
    beside,
    disputes,
    enforcement,
    overview,
    permissions,
    report,
    rulemaking,
)
from baoding_data.notebook.report import Facts
from baoding_data.tables.seeds import Seeds

MODULES = [overview, permissions, disputes, enforcement, rulemaking]
COUNTS = [
    "reconsideration_accepted",
    "disclosure_requests",
    "proposals_city",
    "penalty_items_devolved",
]


def questions(module):
    """The questions of a module by their names; a comparison of any indicator is none of them."""
    name_of = module.__name__.rpartition(".")[2]
    return {
        f"{name_of}.{name}": function
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        and list(inspect.signature(function).parameters) == ["report", "seeds"]
    }


BESIDE = questions(beside) | {
    "beside.rates_beside": partial(beside.rates_beside, "mediation_success_rate"),
    **{f"beside.counts_beside.{name}": partial(beside.counts_beside, name) for name in COUNTS},
}
CHARTED = {name: asked for module in MODULES for name, asked in questions(module).items()} | BESIDE
ASKED = CHARTED | {"report.every_figure": report.every_figure}
OF_SUITS = {
    "beside.counts_beside.litigation_cases": partial(beside.counts_beside, "litigation_cases"),
    "beside.rates_beside.litigation_loss_rate": partial(
        beside.rates_beside, "litigation_loss_rate"
    ),
    "report.every_figure.disputes": partial(report.every_figure, "disputes"),
}
ALL = ASKED | questions(audit) | OF_SUITS


@pytest.fixture(scope="session")
def answers(seeds):
    """The answer to a question by its name."""
    return cache(lambda name: ALL[name](seeds=seeds))


@pytest.fixture(scope="session")
def answers_twice(twice):
    """The same where the report gives the suits for two scopes."""
    loaded = Seeds(twice)
    return cache(lambda name: ALL[name](seeds=loaded))


def texts(figure):
    return [text.get_text() for text in figure.texts]


def digits(words):
    return re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", words)


def cells(table):
    return " ".join(table.astype(str).to_numpy().ravel())


@pytest.mark.parametrize("name", ASKED)
def test_every_answer_has_sentences_in_both_languages_and_a_table_without_empty_cells(
    name, answers
):
    """A reader of either language gets the finding, and no cell of the table is left without a
    word.
    """
    answer = answers(name)
    for zh, en in answer.sentences:
        assert re.search("[\u4e00-\u9fff]", zh) and not re.search("[\u4e00-\u9fff]", en)
        assert zh.endswith("。") and en.endswith(".")
    empty = answer.table.astype(str).apply(lambda column: column.str.strip()) == ""
    assert len(answer.table) and not empty.any(axis=None)


@pytest.mark.parametrize("name", CHARTED)
def test_every_number_on_a_chart_comes_from_its_table(name, answers):
    """A chart's title, marks and notes show no number that its table or its own arithmetic does not
    hold.
    """
    answer = answers(name)
    drawn = [text for text in answer.figure.texts if text.get_fontsize() != layout.SOURCE.size]
    # The level of the interval, the squares in a column, and how many things are shown.
    said = " ".join(zh + en for zh, en in answer.sentences) + " ".join(answer.alt)
    known = digits(f"{cells(answer.table)} {' '.join(answer.table.columns)} {said}")
    plain = {number.replace(",", "") for number in [*known, "95", "10", str(len(answer.table))]}
    # Ticks of an axis and shares beside a count are small and grey; every other number must be
    # known.
    plain |= {
        text.get_text().rstrip("%")
        for text in drawn
        if text.get_color() == GREY and re.fullmatch(r"[0-9.]+%?", text.get_text())
    }
    shown = digits("\n".join(text.get_text() for text in drawn))
    assert not [number for number in shown if number.replace(",", "") not in plain]


def test_every_number_of_a_table_is_on_its_chart(answers):
    """No figure of the table under a chart was left out of the drawing or drawn with another
    number; the change of a stock has its sign.
    """
    seen = 0
    for name in CHARTED:
        answer = answers(name)
        if "数值 Value" not in answer.table:
            continue
        drawn = " ".join(texts(answer.figure)).replace(",", "")
        columns = answer.table["数值 Value"].str.replace(",", ""), answer.table["原文 As printed"]
        for value, printed in zip(*columns, strict=True):
            shown = value in digits(drawn) or printed in drawn
            assert shown or printed.endswith("%"), (name, value, printed)
            seen += 1
    assert seen > 50


@pytest.mark.parametrize("name", CHARTED)
def test_alternative_texts_hold_the_finding_and_every_mark(name, answers):
    """Who cannot see the chart hears its title and all its numbers, in both languages."""
    answer = answers(name)
    zh, en = answer.alt
    assert re.search("[\u4e00-\u9fff]", zh) and not re.search("[\u4e00-\u9fff]", en)
    assert zh.removeprefix("图：").startswith(texts(answer.figure)[0]) and "Chart: " in en


@pytest.mark.parametrize("name", [*CHARTED, "audit.text_map"])
def test_no_text_of_a_chart_overlaps_another_or_leaves_the_page(name, answers):
    """What the notebooks really draw keeps its texts apart from each other, from the marks and from
    the edge.
    """
    assert collisions(answers(name).figure) == []


@pytest.mark.parametrize("name", CHARTED)
def test_charts_draw_without_a_missing_glyph(name, answers):
    """The bundled font has every character of every chart: a missing one is a warning, and warnings
    are errors here.
    """
    assert charts.png(answers(name).figure).startswith(b"\x89PNG")


def test_answers_follow_the_tables(answers, changed):
    """Change a figure in report and table, and title, sentences, interval and alternative text all
    change with it.
    """
    old, new = answers("disputes.suits"), disputes.suits(seeds=changed)
    assert "审结45件" in texts(old.figure)[0] and "审结46件" in texts(new.figure)[0]
    said = " ".join(zh + en for zh, en in new.sentences)
    assert "45" not in said
    for words in ("审结46件", "Of 46 suits", "2.17%", "11.3%"):
        assert words in said
    assert "46" in new.alt[0] and "46" in new.alt[1]


def test_every_question_is_answered_with_a_chart(answers):
    """Each question of a notebook has its chart, its table and two sentences, and a comparison may
    warn in a third; only the table of all figures has no chart.
    """
    assert answers("report.every_figure").figure is None
    for name in CHARTED:
        answer = answers(name)
        assert answer.figure is not None, name
        assert len(answer.sentences) in ((2, 3) if name in BESIDE else (2,)), name


@pytest.mark.parametrize("module", [*MODULES, beside, report], ids=lambda module: module.__name__)
def test_no_number_is_typed_into_the_answers(module):
    """The prose of an answer holds no digit: every number in a sentence is computed from the
    tables.
    """
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    documented = [
        node.body[0].value
        for node in nodes
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    ]
    formats = [
        constant
        for node in nodes
        if isinstance(node, ast.FormattedValue) and node.format_spec
        for constant in ast.walk(node.format_spec)
    ]
    allowed = set(map(id, documented + formats))
    typed = [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in allowed
    ]
    assert [words for words in typed if re.search("[0-9]", words)] == []


def test_a_chart_is_saved_once(answers, tmp_path):
    """Saving a chart that the file already holds leaves the file alone, so that a rebuild changes
    nothing; where it cannot be saved, the library's error says so.
    """
    answer, file = answers("disputes.suits"), tmp_path / "suits.png"
    assert answer.save(file) is True
    assert answer.save(file) is False
    with pytest.raises(bd.BaodingError, match="there is no folder"):
        answer.save(tmp_path / "none" / "suits.png")


def test_the_three_channels_have_scales_of_their_own(answers):
    """Reconsideration, litigation and mediation are never drawn on one scale: each panel's longest
    bar is as long as the others'.
    """
    answer = answers("disputes.three_channels")
    assert len(answer.table) == 7
    assert any("不可相加" in text for text in texts(answer.figure))


def test_the_opening_count_is_the_texts_own(answers, report):
    """The overview's count of numbers is the reader's count of the text, not a constant."""
    counted = answers("overview.numbers_printed").table["数量 Count"].sum()
    assert counted == len(report.numbers)


# --- a report that gives indicators twice, for two scopes


@pytest.fixture(scope="session")
def doubled(seeds):
    """The seeds in which the report gives every indicator for a second scope too."""
    second = [
        row._replace(scope="office" if row.scope == "portal" else "portal", line=row.line + 1000)
        for row in seeds.figures
    ]
    return seeds.replaced(figures=[*seeds.figures, *second])


@pytest.mark.parametrize("name", CHARTED)
def test_every_answer_shows_both_scopes_where_every_indicator_has_two(name, doubled, answers):
    """No question fails of such a report, and a table of figures has each of them twice."""
    answer = CHARTED[name](seeds=doubled)
    if "范围 Scope" in answer.table and name.partition(".")[0] != "beside":
        twice = answer.table.groupby("指标 Indicator", sort=False)["范围 Scope"]
        assert len(answer.table) >= 2 * len(answers(name).table)
        assert answer.table["范围 Scope"].nunique() > 1 and twice.size().max() == 1


@pytest.mark.parametrize("name", ALL)
def test_every_answer_shows_both_figures_of_an_indicator_given_twice(name, answers_twice):
    """Every question is answered of such a report too, and wherever chart or table show one of its
    two numbers they show the other.
    """
    answer = answers_twice(name)
    if isinstance(answer, audit.Pages):
        assert answer.plain
        return
    of_table = set(digits(cells(answer.table)))
    of_chart = set(digits(" ".join(texts(answer.figure)))) if answer.figure else set()
    for shown in (of_table, of_chart):
        for one, others in (("164", {"80"}), ("45", {"30"}), ("2.22", {"20", "20.00"})):
            assert one not in shown or others & shown


def test_the_suits_are_shown_where_they_are_given_twice(answers_twice):
    """The chart of the suits has a bar for each figure with its scope, no title and no sentence
    that would mean only one; each rate stands beside the counts of its own scope.
    """
    suits = answers_twice("disputes.suits")
    assert collisions(suits.figure) == []
    assert suits.sentences == [] and "164" not in texts(suits.figure)[0]
    assert len(suits.table) == 8 and suits.table["范围 Scope"].nunique() == 2
    for words in ("案件（本级）：164", "案件（部门）：80", "败诉（部门）：6"):
        assert words in suits.alt.zh
    for words in ("suits (own level): 164", "lost (departments): 6"):
        assert words in suits.alt.en
    rates = answers_twice("disputes.rates").table.set_index("原文 As printed")
    assert rates.loc["2.22%", "两个件数 Both counts"] == "1/45"
    assert rates.loc["20%", "两个件数 Both counts"] == "6/30"


def test_a_comparison_shows_both_own_figures(answers_twice):
    """Titles of comparisons give both numbers with their scopes, and the profile has a line for
    each.
    """
    counts = answers_twice("beside.counts_beside.litigation_cases")
    assert "164件（本级）、80件（部门）" in counts.alt.zh
    rates = answers_twice("beside.rates_beside.litigation_loss_rate")
    assert "（本级）为2.22%" in rates.alt.zh and "（部门）为20.00%" in rates.alt.zh
    profile = answers_twice("beside.profile").table["本报告 Report"].tolist()
    assert "164件\n164" in profile and "80件\n80" in profile


def test_a_sentence_names_one_of_several_by_its_scope(twice):
    """An indicator given twice is never resolved by order: without its scope the error names both
    figures, with it there is one.
    """
    facts = Facts(seeds=twice)
    for ask in (facts.__getitem__, facts.zh, facts.en):
        with pytest.raises(bd.BaodingError, match="164 .*; 80 .*name the scope"):
            ask("litigation_cases")
    assert facts["litigation_cases@departments"].value == 80
    assert facts.en("litigation_cases@government") == "164"
    with pytest.raises(bd.BaodingError, match="name the scope"):
        facts.interval("litigation_lost", "litigation_concluded")
    assert facts.interval("litigation_lost@departments", "litigation_concluded@departments")[0][
        :2
    ] == (6, 30)


def test_an_indicator_that_the_report_lacks_is_an_error():
    """Where the report has no such figure, the library's own error says so."""
    with pytest.raises(bd.BaodingError, match="not in report"):
        Facts().bars(["public_satisfaction_score"])


def test_answers_take_seeds_that_are_loaded(seeds, monkeypatch):
    """Seeds handed on by a notebook are not read again."""
    monkeypatch.setattr(Seeds, "__init__", lambda *given: pytest.fail("read again"))
    assert disputes.suits(seeds=seeds).alt and overview.audit_line(seeds)
    assert beside.provinces_per_head(seeds=seeds).alt
