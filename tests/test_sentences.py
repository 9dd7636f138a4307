"""The sentence beside its rows: what is drawn is the report's sentence, each number on the line of
its row.
"""

import subprocess
import sys

import pandas as pd
import pytest
from test_charts import HEADING, QUOTED, SAID, collisions, lines, texts

from baoding_data import charts
from baoding_data.charts.sentences import MARK, SHORT, TEXT, sentence_of
from baoding_data.errors import BaodingError
from baoding_data.tables.figures import of_report
from baoding_data.writing import sealed

REPORT = "baoding-2022"


@pytest.fixture(scope="module")
def every(seeds):
    """Each sentence of the report that gives a figure, with its figures and its picture."""
    found = {}
    for figure in of_report(seeds, REPORT):
        if figure.status == "proved":
            found.setdefault((figure.section, figure.sentence), []).append(figure)
    return [
        (sentence, figures, sentence_of(figures[0].indicator, REPORT, seeds))
        for (_, sentence), figures in found.items()
    ]


def of_style(figure, *styles):
    """The texts in some styles, in the order in which they were written."""
    known = {(style.size, style.bold) for style in styles}
    return [
        text
        for text in texts(figure)
        if (text.get_fontsize(), text.get_fontweight() == "bold") in known
    ]


def test_each_sentence_of_the_report_can_be_drawn(every):
    """Whatever stands in a sentence, no text overlaps another or leaves the page."""
    assert len(every) > 25
    for sentence, _, drawn in every:
        assert collisions(drawn) == [], sentence


def test_the_sentence_stands_there_as_printed(every):
    """Read from top to bottom, the left side is the sentence to the letter, but for long runs of
    clauses without a figure, which dots stand for.
    """
    cut = 0
    for sentence, figures, drawn in every:
        read = "".join(text.get_text() for text in of_style(drawn, TEXT, MARK))
        at, wanted = 0, "".join(sentence.split())
        for piece in read.split("…"):
            found = wanted.index(piece, at)
            assert found == at or found - at > SHORT
            cut += found > at
            at = found + len(piece)
        assert len(wanted) == at or len(wanted) - at > SHORT
        assert all(figure.printed in read for figure in figures)
    assert cut > 5


def test_each_number_is_on_the_line_of_its_row(every, seeds):
    """Right of each marked number stands the same number, as the row prints it, with its label and
    the row's line in the file, and a line leads there from the number's end.
    """
    rows = (seeds.folder.path / f"figures/{REPORT}.csv").read_text(encoding="utf-8").splitlines()
    for _, figures, drawn in every:
        marked = {
            round(text.get_position()[1], 3): text.get_text() for text in of_style(drawn, MARK)
        }
        on_line = {}
        for text in texts(drawn):
            on_line.setdefault(round(text.get_position()[1], 3), []).append(text.get_text())
        for y, number in marked.items():
            mine = [
                figure for figure in figures if number in on_line[y] and figure.printed == number
            ]
            [line] = (int(words) for words in on_line[y][-1:] if words.isdecimal())
            assert rows[line - 1].split(",")[:2] in [[one.indicator, number] for one in mine]
        shown = [text.get_text() for text in texts(drawn)]
        ends = {round(line.get_ydata()[0] - 0.05, 3) for line in lines(drawn, "tie")}
        assert marked.keys() <= ends
        assert all(shown.count(figure.printed) >= 2 for figure in figures)


def test_several_rows_of_one_number_are_tied_to_it():
    """One number that states two things has a line to the row of each."""
    drawn = charts.sentence(SAID, QUOTED, HEADING)
    assert len(of_style(drawn, MARK)) == 5 and len(lines(drawn, "tie")) == 6 == len(QUOTED)


def test_each_number_has_a_line_of_its_own():
    """A line ends with the clause of its number; of two numbers in one clause, with the item of a
    list, or else just before the second.
    """
    counted = SAID.replace("、", "和")
    assert pieces(counted)[1:3] == ["其中败诉1件和撤诉", "3件；"] and pieces(SAID) == [
        "截至目前,审结45件,",
        "其中败诉1件、",
        "撤诉3件；",
        "“三个百分百”全覆盖，",
        "成功率达99%以上。",
    ]


def pieces(text):
    """The lines of a sentence, as drawn."""
    drawn = charts.sentence(text, QUOTED, HEADING)
    by_line = {}
    for text in of_style(drawn, TEXT, MARK):
        by_line.setdefault(text.get_position()[1], []).append(text.get_text())
    return ["".join(parts) for parts in by_line.values()]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"at": 200}, "200 to 202"),
        ({"width": 0}, "7 to 7"),
        ({"width": 9}, "15 to 16"),
    ],
)
def test_a_number_outside_of_the_text_or_inside_another_is_refused(cells, found):
    """The error names the row and where its number was to be."""
    wrong = pd.concat([QUOTED[:1].assign(**cells), QUOTED[1:]])
    with pytest.raises(BaodingError, match=f"at: found {found}"):
        charts.sentence(SAID, wrong, HEADING)


def test_a_report_that_does_not_give_the_indicator_is_told(seeds):
    """What the report does not print has no sentence to be drawn."""
    with pytest.raises(BaodingError, match="not in report"):
        sentence_of("litigation_win_rate", REPORT, seeds)


def test_the_command_writes_the_same_bytes_each_time(tmp_path):
    """`python -m baoding_data.charts.sentences REPORT INDICATOR FILE` is the picture that the
    function draws.
    """
    file = tmp_path / "sentence.png"
    command = [sys.executable, "-m", "baoding_data.charts.sentences", REPORT, "oath_ceremonies"]
    subprocess.run([*command, file], check=True)
    picture = charts.png(sentence_of("oath_ceremonies", REPORT))
    assert file.read_bytes() == sealed(picture, "chart")
