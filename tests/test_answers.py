"""The answers that the notebooks show: chart, sentences and table say what the tables say."""

import ast
import re
from pathlib import Path

import pytest
from test_charts import collisions

from baoding_data.charts import kinds as charts
from baoding_data.charts import page as layout
from baoding_data.notebook import audit as proof
from baoding_data.notebook import beside as elsewhere
from baoding_data.notebook import disputes, enforcement, overview, permissions, rulemaking
from baoding_data.notebook import report as facts
from baoding_data.tables import seeds as tables

MODULES = [overview, permissions, disputes, enforcement, rulemaking]
QUESTIONS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": function
    for module in MODULES
    for name, function in vars(module).items()
    if getattr(function, "__module__", "") == module.__name__
    and name.islower()
    and not name.startswith("_")
    and name != "audit_line"
}
BESIDE = {
    **{
        f"elsewhere.counts_beside.{name}": elsewhere.counts_beside(name)
        for name in (
            "reconsideration_accepted",
            "disclosure_requests",
            "proposals_city",
            "penalty_items_devolved",
        )
    },
    "elsewhere.rates_beside": elsewhere.rates_beside("mediation_success_rate"),
    **{
        f"elsewhere.{name}": getattr(elsewhere, name)()
        for name in (
            "what_exists",
            "through_the_years",
            "suits_elsewhere",
            "court_wide_rates",
            "provinces_per_head",
            "profile",
            "two_sources",
        )
    },
}
ANSWERS = (
    {name: function() for name, function in QUESTIONS.items()}
    | {"facts.every_figure": facts.every_figure()}
    | BESIDE
)
CHARTED = [name for name, answer in ANSWERS.items() if answer.figure is not None]


def texts(figure):
    return [text.get_text() for text in figure.texts]


def digits(words):
    return re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", words)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_has_sentences_in_both_languages_and_a_table_without_empty_cells(name):
    """A reader of either language gets the finding, and no cell of the table is left without a
    word.
    """
    answer = ANSWERS[name]
    for zh, en in answer.sentences:
        assert re.search("[\u4e00-\u9fff]", zh) and not re.search("[\u4e00-\u9fff]", en)
        assert zh.endswith("。") and en.endswith(".")
    assert len(answer.table) and not (
        answer.table.astype(str).apply(lambda column: column.str.strip()) == ""
    ).any(axis=None)


@pytest.mark.parametrize("name", CHARTED)
def test_every_number_on_a_chart_comes_from_its_table(name):
    """A chart's title, marks and notes show no number that its table or its own arithmetic does not
    hold.
    """
    answer = ANSWERS[name]
    known = set(digits(" ".join(answer.table.astype(str).to_numpy().ravel()))) | set(
        digits(" ".join(answer.table.columns))
    )
    shown = "\n".join(
        text.get_text() for text in answer.figure.texts if text.get_fontsize() != layout.SOURCE.size
    )
    # The level of the interval, the squares in a column, and how many things are shown.
    computed = set(
        digits(" ".join(zh + en for zh, en in answer.sentences) + " ".join(answer.alt))
    ) | {"95", "10", str(len(answer.table))}
    plain = {number.replace(",", "") for number in known | computed}
    strange = [number for number in digits(shown) if number.replace(",", "") not in plain]
    # Ticks of an axis and shares beside a count are small and grey; every other number must be
    # known.
    small = {
        text.get_text().rstrip("%")
        for text in answer.figure.texts
        if text.get_color() == charts.GREY and re.fullmatch(r"[0-9.]+%?", text.get_text())
    }
    assert not [number for number in strange if number not in small]


@pytest.mark.parametrize("name", [name for name in CHARTED if "数值 Value" in ANSWERS[name].table])
def test_every_number_of_the_table_is_on_its_chart(name):
    """No figure of the table under a chart was left out of the drawing or drawn with another
    number; the change of a stock has its sign.
    """
    answer = ANSWERS[name]
    drawn = " ".join(texts(answer.figure)).replace(",", "")
    wanted = [
        (value.replace(",", ""), printed)
        for value, printed in zip(answer.table["数值 Value"], answer.table["原文 As printed"])
    ]
    rates = {printed for printed in answer.table["原文 As printed"] if printed.endswith("%")}
    assert not [
        value
        for value, printed in wanted
        if printed not in rates and value not in digits(drawn) and printed not in drawn
    ]


@pytest.mark.parametrize("name", CHARTED)
def test_alternative_texts_hold_the_finding_and_every_mark(name):
    """Who cannot see the chart hears its title and all its numbers, in both languages."""
    answer = ANSWERS[name]
    drawn = texts(answer.figure)
    zh, en = answer.alt
    assert re.search("[\u4e00-\u9fff]", zh) and not re.search("[\u4e00-\u9fff]", en)
    assert zh.removeprefix("图：").startswith(drawn[0]) and "Chart: " in en


@pytest.mark.parametrize("name", [*CHARTED, "proof.text_map"])
def test_no_text_of_a_chart_overlaps_another_or_leaves_the_page(name):
    """What the notebooks really draw keeps its texts apart from each other, from the marks and from
    the edge.
    """
    assert collisions(ANSWERS[name].figure if name in ANSWERS else proof.text_map().figure) == []


@pytest.mark.parametrize("name", CHARTED)
def test_charts_draw_without_a_missing_glyph(name):
    """The bundled font has every character of every chart: a missing one is a warning, and warnings
    are errors here.
    """
    assert charts.png(ANSWERS[name].figure).startswith(b"\x89PNG")


def test_answers_follow_the_tables(changed):
    """Change a figure in report and table, and title, sentences, interval and alternative text all
    change with it.
    """
    old, new = disputes.suits(), disputes.suits(seeds=changed)
    assert (
        "审结45件" in old.figure.texts[0].get_text()
        and "审结46件" in new.figure.texts[0].get_text()
    )
    said = " ".join(zh + en for zh, en in new.sentences)
    assert (
        "审结46件" in said
        and "Of 46 suits" in said
        and "2.17%" in said
        and "11.3%" in said
        and "45" not in said
    )
    assert "46" in new.alt[0] and "46" in new.alt[1]


def test_every_question_is_answered_with_a_chart():
    """Each question of a notebook has its chart, its table and two sentences, and a comparison may
    warn in a third; only the table of all figures has no chart.
    """
    assert [name for name, answer in ANSWERS.items() if answer.figure is None] == [
        "facts.every_figure"
    ]
    assert [
        name
        for name, answer in ANSWERS.items()
        if answer.figure is not None
        and len(answer.sentences) not in ((2, 3) if name.startswith("elsewhere.") else (2,))
    ] == []


@pytest.mark.parametrize("module", [*MODULES, elsewhere, facts], ids=lambda module: module.__name__)
def test_no_number_is_typed_into_the_answers(module):
    """The prose of an answer holds no digit: every number in a sentence is computed from the
    tables.
    """
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    formats = {
        id(constant)
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue) and node.format_spec
        for constant in ast.walk(node.format_spec)
    }
    typed = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented | formats
        and re.search("[0-9]", node.value)
    ]
    assert typed == []


def test_a_chart_is_saved_once(tmp_path):
    """Saving a chart that the file already holds leaves the file alone, so that a rebuild changes
    nothing.
    """
    file = tmp_path / "suits.png"
    assert disputes.suits().save(file) is True
    assert disputes.suits().save(file) is False


def test_the_three_channels_have_scales_of_their_own():
    """Reconsideration, litigation and mediation are never drawn on one scale: each panel's longest
    bar is as long as the others'.
    """
    answer = disputes.three_channels()
    assert len(answer.table) == 7
    assert any("不可相加" in text for text in texts(answer.figure))


def test_the_opening_count_is_the_texts_own(tmp_path):
    """The overview's count of numbers is the reader's count of the text, not a constant."""
    loaded = tables.load()
    assert overview.numbers_printed().table["数量 Count"].sum() == len(
        loaded.texts["baoding-2022"].numbers
    )
