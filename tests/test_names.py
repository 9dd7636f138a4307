"""Names as people type them: codes, labels in both languages, words to look for; no guesses."""

import random
import re
from unicodedata import east_asian_width

import pandas as pd
import pytest
from conftest import IN_FULL, REPORT, unaudited
from hypothesis import given, settings
from hypothesis import strategies as st

import baoding_data as bd
from baoding_data.cli import main
from baoding_data.errors import MANY, folded, known, near, nearest
from baoding_data.tables.figures import of_all
from baoding_data.tables.names import indicator_of, place_of, search, term_of
from baoding_data.tables.seeds import Seeds

# The fuzz invents more of the same.
examples = settings(
    max_examples=200 if IN_FULL else 50, deadline=None, database=None, derandomize=True
)

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
NARROW = {wide: code for code, wide in WIDE.items()}
MARKS = str.maketrans({"“": "「", "”": "」", "(": "[", ")": "]", "（": "〔", "）": "〕"})


def labels(seeds):
    """(code, label) of every indicator, in both languages."""
    return [
        (row.indicator, one) for row in seeds.indicators for one in (row.label_zh, row.label_en)
    ]


def answer(call):
    """What a call is refused with."""
    with pytest.raises(bd.BaodingError) as caught:
        call()
    return str(caught.value)


# --- labels


@examples
@given(data=st.data())
def test_every_label_means_its_indicator(seeds, data):
    """Each label of each indicator, in either language, is the same name in other case, width and
    marks, and with blanks around it.
    """
    code, label = data.draw(st.sampled_from(labels(seeds)))
    for change in data.draw(st.lists(st.sampled_from([str.upper, str.lower, str.title]))):
        label = change(label)
    label = label.translate(data.draw(st.sampled_from([{}, WIDE, NARROW, MARKS])))
    around = data.draw(st.sampled_from(["", " ", "\u3000", "\t"]))
    assert indicator_of(seeds, around + label + around) == code


def test_every_label_and_code_is_known(seeds):
    """No label is forgotten: each resolves as it stands in the codebook, each code to itself, and
    so do topics, scopes, periods and places.
    """
    assert all(indicator_of(seeds, label) == code for code, label in labels(seeds))
    assert all(indicator_of(seeds, code) == code for code in seeds.codebook)
    for kind in ("topic", "scope", "period"):
        for code in seeds.words.codes(kind):
            names = (code, *seeds.words.pair(kind, code))
            assert {term_of(seeds, kind, name) for name in names} == {code}
    for row in seeds.places:
        assert {place_of(seeds, name) for name in (row.place, row.name_zh, row.name_en)} == {
            row.place
        }


@examples
@given(name=st.text() | st.text("败诉率的案件复议lossrate_ ", max_size=12))
def test_a_name_never_means_what_it_does_not_say(seeds, name):
    """Whatever is typed, it is refused unless it is a code, or has the letters of a label."""
    meant = [code for code, label in labels(seeds) if folded(label) == folded(name)]
    try:
        assert indicator_of(seeds, name) in ([name] if name in seeds.codebook else meant)
    except bd.BaodingError as error:
        assert not meant and name not in seeds.codebook
        assert str(error).startswith(f"no indicator {name!r}; ") and len(str(error)) < 1200


def relabelled(seeds, **labels):
    """The seeds with other Chinese labels of some indicators."""
    rows = [
        row._replace(label_zh=labels.get(row.indicator, row.label_zh)) for row in seeds.indicators
    ]
    return seeds.replaced(indicators=rows)


def test_a_label_of_two_indicators_is_never_guessed(seeds):
    """Where two indicators share a label, the answer names both with their codes; the codes still
    mean each its own.
    """
    both = relabelled(seeds, litigation_won="败诉率")
    told = answer(lambda: bd.figure("败诉率", seeds=both))
    assert "label of 2 indicators" in told and "name the one you mean by its code" in told
    assert "litigation_loss_rate (败诉率 / " in told and "litigation_won (败诉率 / " in told
    assert bd.figure("litigation_loss_rate", seeds=both).printed == "2.22%"


def test_a_code_wins_over_a_label(seeds):
    """A word that is the code of one indicator and the label of another means the first."""
    both = relabelled(seeds, litigation_won="litigation_lost")
    assert bd.figure("litigation_lost", seeds=both).printed == "1"


@pytest.mark.parametrize(
    ("by_label", "by_code"),
    [
        (lambda: bd.figure("败诉率"), lambda: bd.figure("litigation_loss_rate")),
        (
            lambda: bd.figure(" loss RATE in litigation", scope="本级", period="截至报告时"),
            lambda: bd.figure("litigation_loss_rate", scope="government", period="to_date"),
        ),
        (
            lambda: bd.share("败诉的案件", "Suits concluded", scope="own level"),
            lambda: bd.share("litigation_lost", "litigation_concluded"),
        ),
        (lambda: bd.figures("行政争议"), lambda: bd.figures("disputes")),
        (lambda: bd.figures("DISPUTES "), lambda: bd.figures("disputes")),
        (lambda: bd.compare("调解成功率"), lambda: bd.compare("mediation_success_rate")),
        (
            lambda: bd.change("受理的依申请公开", place="鄂州市"),
            lambda: bd.change("disclosure_requests", place="420700"),
        ),
        (
            lambda: bd.per_head("Reconsideration cases accepted"),
            lambda: bd.per_head("reconsideration_accepted"),
        ),
        (
            lambda: bd.observations("受理的行政复议案件"),
            lambda: bd.observations("reconsideration_accepted"),
        ),
        (lambda: bd.find("复议", "行政争议"), lambda: bd.find("复议", topic="disputes")),
    ],
)
def test_labels_are_taken_wherever_codes_are(by_label, by_code):
    """Every public function that takes a code takes its label, and gives the same."""
    one, other = by_label(), by_code()
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other)
    else:
        assert one == other


def test_topics_of_an_export_are_named_by_label(seeds, tmp_path):
    """An export takes the label of a topic, in the function and in the command."""
    bd.export(tmp_path / "code.csv", topics=["disputes"], seeds=seeds)
    bd.export(tmp_path / "label.csv", topics=["行政争议"], seeds=seeds)
    assert main(["export", str(tmp_path / "command.csv"), "--topic", "Disputes"]) == 0
    assert (
        len({(tmp_path / f"{name}.csv").read_bytes() for name in ("code", "label", "command")}) == 1
    )


@pytest.mark.parametrize(
    ("label", "code"),
    [
        (["show", "败诉率", "--scope", "本级"], ["show", "litigation_loss_rate"]),
        (["compare", "调解成功率"], ["compare", "mediation_success_rate"]),
        (["find", "复议", "--topic", "Disputes"], ["find", "复议", "--topic", "disputes"]),
    ],
)
def test_commands_take_labels(capsys, label, code):
    """A command says the same of an indicator, scope or topic by its label and by its code."""
    assert main(label) == 0
    by_label = capsys.readouterr().out
    assert main(code) == 0
    assert by_label == capsys.readouterr().out != ""


# --- names not known


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("复议受理", "reconsideration_acceptance_rate"),
        ("受理复议", "reconsideration_acceptance_rate"),
        ("败诉案件", "litigation_lost"),
        ("行政诉讼败诉率", "litigation_loss_rate"),
        ("调解率", "mediation_success_rate"),
        ("满意度", "public_satisfaction_score"),
        ("litigation_lots", "litigation_lost"),
        ("mediation_succes_rate", "mediation_success_rate"),
        ("sutis lost", "litigation_lost"),
        ("cases accepted", "reconsideration_accepted"),
        ("Court apearance rate", "court_appearance_rate"),
    ],
)
def test_the_nearest_name_comes_first(asked, first):
    """Slips of the hand, parts of a label and its words in another order are answered with what was
    meant, in both languages.
    """
    assert f"no indicator {asked!r}; did you mean {first} (" in answer(lambda: bd.figure(asked))


def test_a_word_of_two_characters_finds_those_that_have_it(seeds):
    """败诉 is answered with indicators of lost suits only, each once with both labels."""
    told = answer(lambda: bd.figure("败诉"))
    named = re.findall(r"([a-z_]+) \((.*?) / ", told)
    assert {"litigation_loss_rate", "litigation_lost"} < {code for code, _ in named}
    assert len(named) == 5 and all("败诉" in label for _, label in named)
    row = seeds.codebook["litigation_lost"]
    assert told.count(f"litigation_lost ({row.label_zh} / {row.label_en})") == 1


@pytest.mark.parametrize(
    "call",
    [
        lambda: bd.figure("zzz"),
        lambda: bd.share("国内生产总值", "litigation_lost"),
        lambda: bd.compare("!!"),
        lambda: bd.change(""),
        lambda: bd.per_head("qqqq"),
        lambda: bd.observations("x"),
    ],
)
def test_a_name_like_no_other_is_told_where_to_look(call):
    """Where nothing is near, no list of all indicators comes, but how to find one."""
    told = answer(call)
    assert told.endswith("; find it with bd.find(...) or `baoding find`") and len(told) < 100


def test_few_names_are_listed_and_many_are_not(seeds):
    """A short list is told whole where nothing is near, a long one up to its eighth name."""
    told = answer(lambda: bd.figures("zzz"))
    topics = seeds.words.codes("topic")
    assert len(topics) <= MANY and all(f"{code} (" in told for code in topics)
    names = [f"name-{number}" for number in range(20)]
    told = answer(lambda: known("zzz", names, "thing"))
    assert told == f"no thing 'zzz'; there are {', '.join(names[:MANY])} and 12 more"
    assert answer(lambda: known("zzz", [], "thing")) == "no thing 'zzz'; there are none"


def test_scopes_periods_and_places_not_known_are_answered():
    """A scope, a period and a place not known are answered like an indicator."""
    assert "no scope 'departmnts'; did you mean departments (" in answer(
        lambda: bd.figure("litigation_lost", scope="departmnts")
    )
    assert "no period 'zzz'; bd.terms() lists them" in answer(
        lambda: bd.figure("litigation_lost", period="zzz")
    )
    assert "did you mean 420700 (鄂州市 / Ezhou)?" in answer(
        lambda: bd.change("litigation_lost", place="鄂州")
    )
    assert "bd.places() lists them" in answer(lambda: bd.change("litigation_lost", place="火星"))


@examples
@given(st.text(max_size=8), st.lists(st.text(max_size=12), max_size=40))
def test_the_nearest_are_few_and_among_the_names(asked, names):
    """Of any names at most five are near, each once; what is spelled alike is the first."""
    found = nearest(asked, {name: [name] for name in names})
    assert len(found) <= 5 and len({*found}) == len(found) and {*found} <= {*names}
    assert near(asked, names) == " or ".join(found)


def test_random_letters_are_near_to_nothing(seeds):
    """Letters at random are told to be like an indicator one time in twenty at most."""
    draw = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    typed = ["".join(draw.choices(letters, k=draw.randint(4, 9))) for _ in range(200)]
    choices = {row.indicator: [row.label_zh, row.label_en] for row in seeds.indicators}
    assert sum(bool(nearest(name, choices)) for name in typed) <= 10


# --- searching


def test_find_gives_what_is_on_file(seeds):
    """Without words every indicator is found, in the order of the codebook, each with the reports
    that give it, printed or derived, and with its observations.
    """
    frame = bd.find(seeds=seeds)
    assert frame.columns.tolist() == (
        "indicator topic label_zh label_en unit measure reports observations".split()
    )
    assert frame["indicator"].tolist() == list(seeds.codebook)
    given = {figure.indicator for figure in of_all(seeds)}
    assert frame["reports"].tolist() == [int(code in given) for code in seeds.codebook]
    observed = [row.indicator for row in seeds.observations]
    assert frame["observations"].tolist() == [observed.count(code) for code in seeds.codebook]


@pytest.mark.parametrize(
    ("words", "first", "others"),
    [
        ("复议", "reconsideration_accepted", {"reconsideration_terminated"}),
        ("受理　复议", "reconsideration_accepted", {"reconsideration_received"}),
        ("LOSS rate", "litigation_loss_rate", {"court_loss_rate_merits"}),
        ("litigation_lost", "litigation_lost", set()),
        ("ｓｕｉｔｓ", "litigation_cases", {"litigation_win_rate"}),
        ("三项制度", "pilot_units", set()),
        ("全面清理", "regulations_cleared", {"documents_lapsed"}),  # words of the context
    ],
)
def test_words_find_indicators(words, first, others):
    """Words are looked for in code, both labels, definitions and keywords, in any case, width and
    order; all of them must be there.
    """
    found = bd.find(words)["indicator"].tolist()
    assert found[0] == first and others <= {*found}


def test_what_is_in_the_label_comes_first(seeds):
    """An indicator with the words in its labels comes before one that has them only in its
    definition, and each of both kinds stays in the order of the codebook; so where figures are on
    file, and after those where none is.
    """
    every = bd.find("诉讼")
    given = every["indicator"].isin(seeds.given)
    assert given.tolist() == sorted(given, reverse=True)
    found = every[given]
    order = list(seeds.codebook)
    labelled = found["label_zh"].str.contains("诉讼").tolist()
    assert labelled == sorted(labelled, reverse=True) and len({*labelled}) == 2
    for kind in (True, False):
        places = [order.index(code) for code in found["indicator"][[k == kind for k in labelled]]]
        assert places == sorted(places)


@examples
@given(data=st.data())
def test_every_word_of_a_label_finds_its_indicator(seeds, data):
    """Any piece of a label, and any two together, find the indicator among those found."""
    code, label = data.draw(st.sampled_from(labels(seeds)))
    pieces = [word for word in label.split() if folded(word)]
    words = " ".join(data.draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=2)))
    start = data.draw(st.integers(0, len(label) - 1))
    piece = label[start : start + 4].strip()
    for asked in (words, piece if folded(piece) else label):
        assert code in {one.indicator for one in search(seeds, asked)}


def test_marks_beside_words_count_for_nothing(seeds):
    """A mark by itself is found nowhere; beside words it changes nothing."""
    assert search(seeds, ": 败诉 —") == search(seeds, "败诉") != []
    assert search(seeds, ": —") == []


def test_find_takes_a_topic():
    """With a topic only its indicators are found; the topic may be its label."""
    found = bd.find("败诉", topic="行政争议")
    assert set(found["topic"]) == {"disputes"}
    assert bd.find(topic="permissions")["topic"].unique().tolist() == ["permissions"]
    assert "no topic 'dispute'; did you mean disputes (" in answer(lambda: bd.find("x", "dispute"))


@pytest.mark.parametrize(
    ("words", "topic", "told"),
    [
        (
            "zzz",
            None,
            "no indicator with 'zzz'; bd.find() and `baoding find` without words list all",
        ),
        ("！！", None, "no indicator with '！！'; "),
        ("受理复议", None, "did you mean reconsideration_acceptance_rate ("),
        ("复议受理", "permissions", "no indicator of permissions with '复议受理'; did you mean"),
    ],
)
def test_words_found_nowhere_are_answered(capsys, words, topic, told):
    """Of words that no indicator has, the function raises and the command ends with status 1; both
    name the nearest indicators or say how to list all.
    """
    assert told in answer(lambda: bd.find(words, topic))
    assert main(["find", words, *(["--topic", topic] if topic else [])]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("baoding: ") and told in err


def breadth(text):
    """The columns that a text takes in a console."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def test_the_command_prints_what_the_function_gives(capsys):
    """`find` prints one line for each indicator found, all of its cells below each other however
    many Han characters stand before them.
    """
    assert main(["find", "行政", "复议"]) == 0
    lines = capsys.readouterr().out.splitlines()
    frame = bd.find("行政 复议")
    assert len(lines) == len(frame) > 3
    for label in ("label_zh", "label_en"):
        both = zip(lines, frame[label], strict=True)
        assert len({breadth(line[: line.index(one)]) for line, one in both}) == 1
    first = frame.iloc[0]
    assert lines[0].startswith(first["indicator"])
    assert f"1 report, {first['observations']} observations" in lines[0]


# --- nothing to say is said


def nothing_of(seeds, indicator):
    """The seeds without any figure or observation of an indicator."""
    return unaudited(
        seeds.replaced(
            figures=[row for row in seeds.figures if row.indicator != indicator],
            observations=[row for row in seeds.observations if row.indicator != indicator],
        )
    )


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (bd.figure, "no figure of it is on file yet"),
        (bd.compare, "no figure of it is on file yet"),
        (bd.per_head, "no rate per head; found nothing"),
        (bd.observations, "no figure of it is on file yet"),
        (
            lambda name, seeds: bd.share(name, "litigation_cases", seeds=seeds),
            "no figure of it is on file yet",
        ),
    ],
)
def test_an_indicator_without_any_figure_is_answered(seeds, call, told):
    """No function gives an empty table of an indicator of which nothing is on file."""
    tables = nothing_of(seeds, "reconsideration_accepted")
    assert told in answer(lambda: call("reconsideration_accepted", seeds=tables))


def test_an_indicator_given_elsewhere_is_answered(seeds):
    """What only another source gives, or only a report, is said to be not in the one asked for."""
    assert f"not in report {REPORT}" in answer(lambda: bd.figure("laws_studied", seeds=seeds))
    assert "no observation; what reports" in answer(lambda: bd.observations("litigation_lost"))
    told = answer(lambda: bd.compare("laws_studied", strict=True, seeds=seeds))
    assert "no such figure to compare with; without strict" in told


def test_an_indicator_of_the_codebook_without_a_figure_is_found_last(seeds, capsys):
    """Where words find indicators with figures and others, those with figures come first; asked for
    by itself, one without is told to have none, in Python and in the command.
    """
    found = [one.indicator for one in search(seeds, "公开")]
    given = [name in seeds.given for name in found]
    assert given == sorted(given, reverse=True) and len({*given}) == 2
    assert "disclosure_granted" in found
    assert main(["compare", "disclosure_granted"]) == 2
    assert "disclosure_granted: no figure of it is on file yet" in capsys.readouterr().err


def test_a_topic_without_figures_is_answered(seeds):
    """A topic of which no report gives a figure is no empty table: the answer names those with."""
    topic = {row.indicator for row in seeds.indicators if row.topic == "oversight"}
    rows = [row for row in seeds.figures if row.indicator not in topic]
    told = answer(lambda: bd.figures("监督与公开", seeds=seeds.replaced(figures=rows)))
    assert told.startswith("oversight: no figure in ") and "disputes" in told


@pytest.mark.parametrize("indicator", ["litigation_loss_rate", "public_satisfaction_score"])
def test_a_change_without_a_second_year_says_so(seeds, capsys, indicator):
    """Of one year, and of none, `change` gives a row with the reason in both languages and nothing
    later; the command says the same.
    """
    [row] = bd.change(indicator, seeds=seeds).itertuples()
    given = indicator == "litigation_loss_rate"
    assert pd.isna(row.to_year) and pd.isna(row.absolute) and row.to_report == ""
    assert (row.from_year == 2022, row.from_value == 2.22) if given else pd.isna(row.from_year)
    assert ("2022" in row.told_zh) == ("Only 2022 is on file for Baoding" in row.told_en) == given
    assert row.unit == seeds.codebook[indicator].unit
    assert main(["compare", indicator]) == 0
    assert f"{row.told_zh} {row.told_en}" in capsys.readouterr().out


def test_a_change_is_told_of_every_indicator_and_place(seeds):
    """No indicator gives an empty table of changes, of whatever place."""
    for code in seeds.codebook:
        assert len(bd.change(code, seeds=seeds))
    for row in seeds.places:
        frame = bd.change("reconsideration_accepted", place=row.place, seeds=seeds)
        assert len(frame) and (frame["absolute"].notna() | (frame["told_en"] != "")).all()


def test_figures_that_cannot_be_taken_per_head_are_counted():
    """Where no count can be taken per head, the answer says why, for each kind of figure."""
    told = answer(lambda: bd.per_head("officers_trained"))
    assert "1 not exact, 1 of places whose population is not on file" in told
    assert "1 of several years" in answer(lambda: bd.per_head("case_files_made"))
    assert "3 of another scope (own level)" in answer(lambda: bd.per_head("litigation_cases"))


def test_the_command_says_where_it_compares_with_nothing(capsys):
    """An indicator that is nowhere else is said to be so; one that the report lacks is not set
    under the report's own heading; with --strict a comparison of nothing is refused.
    """
    assert main(["compare", "oath_ceremonies"]) == 0
    assert "No other figure of it is on file." in capsys.readouterr().out
    assert main(["compare", "litigation_loss_rate", "--strict"]) == 0
    assert "No other figure of it is of grade A." in capsys.readouterr().out
    assert main(["compare", "public_satisfaction_score"]) == 0
    out = capsys.readouterr().out
    assert "\n别处 elsewhere\n" in out and "the report itself" not in out
    assert main(["compare", "public_satisfaction_score", "--strict"]) == 2
    assert "without strict, 3 of it are shown" in capsys.readouterr().err


# --- a figure in a notebook


def test_a_figure_shows_itself(seeds):
    """A notebook shows a figure with both labels, the sentence with its own number alone in bold,
    and the section.
    """
    shown = bd.figure("litigation_loss_rate", seeds=seeds)._repr_html_()
    for words in (
        "败诉率",
        "Loss rate in litigation: 2.22%",
        "败诉率<b>2.22%</b>,",
        "1(7), point 1",
    ):
        assert words in shown
    assert bd.figure("败诉的案件", seeds=seeds)._repr_html_().count("<b>1</b>") == 1
    derived = bd.figure("commitment_items_before", seeds=seeds)._repr_html_()
    assert "42项" in derived and "derived" in derived and "<span" not in derived


def test_a_figure_shows_every_text_as_text(seeds):
    """Whatever the tables or the report hold, nothing of it is read as HTML."""
    one = bd.figure("litigation_lost", seeds=seeds)
    odd = dict.fromkeys(("label_zh", "label_en", "unit", "section", "scope"), "<script>&")
    shown = one._replace(sentence="<b>1</b>&<i>", at=3, printed="1", **odd)._repr_html_()
    assert "&lt;b&gt;<b>1</b>&lt;/b&gt;&amp;&lt;i&gt;" in shown
    assert "<script" not in shown and "<i>" not in shown


def test_the_search_reads_no_folder_twice(seeds, monkeypatch):
    """Seeds that are handed on are not read again."""
    monkeypatch.setattr(Seeds, "__init__", lambda *given: pytest.fail("read again"))
    assert not bd.find("败诉", seeds=seeds).empty
    assert not bd.observations("受理的行政复议案件", seeds=seeds).empty
