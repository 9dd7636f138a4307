"""The commands, as they are typed."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import IN_FULL, REPORT

import baoding_data as bd
from baoding_data.cli import main
from baoding_data.tables.figures import of_report
from baoding_data.tables.seeds import Seeds
from baoding_data.text.report import marked


def baoding(*arguments, binary=False, **environment):
    """Run a command in a new process, with this environment on top of a bare one."""
    clean = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("LC_", "LANG", "PYTHON"))
        or k in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    }
    code = "import sys; from baoding_data.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=clean | environment,
        capture_output=True,
        check=False,
    )
    return done if binary else (done.returncode, done.stdout.decode(), done.stderr.decode())


def test_check_of_good_seeds(capsys):
    """`check` prints the lines of coverage and “0 findings”, and ends with status 0."""
    assert main(["check"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [*bd.audit().coverage.splitlines(), "0 findings"] and err == ""


def test_check_of_bad_seeds(folder, edit, capsys):
    """`check` prints every finding, one a line, counts them, and ends with status 1; one finding is
    not “1 findings”.
    """
    edit("figures/baoding-2022.csv", "oath_ceremonies,13,13", "oath_ceremonies,13,31")
    assert main(["check", "--seeds", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        len(lines) == 6
        and lines[0].startswith("seeds/figures/baoding-2022.csv, row 6, value: ")
        and lines[5] == "1 finding"
    )
    edit("figures/baoding-2022.csv", "essays_received,105,105", "essays_received,105,15")
    assert main(["check", "--seeds", str(folder)]) == 1
    assert capsys.readouterr().out.splitlines()[6] == "2 findings"


def test_show_gives_value_sentence_and_source(capsys):
    """`show` gives value, unit, bound, scope, period, section, source, and the sentence with the
    number marked.
    """
    assert main(["show", "litigation_loss_rate"]) == 0
    out = capsys.readouterr().out
    for words in (
        "败诉率",
        "Loss rate",
        "2.22%",
        "确数 exact",
        "本级",
        "截至报告时",
        "一(七)·一是",
        "败诉率【2.22%】",
        "https://www.baoding.gov.cn/",
    ):
        assert words in out, words
    assert out.count("【") == 1


def test_show_marks_the_right_number(seeds, report):
    """Where a sentence prints several equal numbers, the marked one is the figure's own, for every
    figure.
    """
    proved = [figure for figure in of_report(seeds, REPORT) if figure.status == "proved"]
    assert len(proved) == len(seeds.figures)
    for figure in proved:
        shown = marked(figure.sentence, figure.at, figure.printed)
        before, number, after = re.fullmatch("(?s)(.*)【(.*)】(.*)", shown).groups()
        assert number == figure.printed and before + number + after == figure.sentence
        start = report.text.index(figure.sentence) + len(before)
        quote = report.text.index(figure.quote)
        assert quote <= start < quote + len(figure.quote), figure.indicator


@pytest.mark.parametrize(
    ("indicator", "words"),
    [
        ("documents_repealed", "废止【2】件"),
        ("regulations_cleared", "对【2】件市政府规章"),
        ("registration_delegating_counties", "【20】个县(市、区)、开发区"),
        ("counties_promotion_meetings", "【20】个县(市、区)也陆续"),
        ("connected_townships", "【284】个乡镇(街道)"),
        ("connected_central_provincial", "【7】个中、省"),
        ("counsel_party_committees_rate", "三个【百分百】"),
        ("counsel_meeting_kinds", "【三】个百分百"),
        ("local_regulations_passed", "【三】部条例"),
    ],
)
def test_show_marks_equal_numbers_apart(capsys, indicator, words):
    """2件 and 2件 of one sentence, 20, 284, 7 and 三 of several: each figure marks its own."""
    assert main(["show", indicator]) == 0
    assert words in capsys.readouterr().out


def test_show_works_for_every_figure(seeds, capsys, monkeypatch):
    """`show` answers for every indicator of the codebook that has a figure, derived ones included,
    and never with an empty word.
    """
    monkeypatch.setattr("baoding_data.tables.seeds.load", lambda folder: seeds)
    for figure in of_report(seeds, REPORT):
        assert main(["show", figure.indicator]) == 0
    out = capsys.readouterr().out
    assert "None" not in out and "nan" not in out
    assert not re.search(r"^(value|scope|period|status|report) *$", out, re.M)


TWO = "litigation_lost: 2 figures in report baoding-2022"


def test_of_a_figure_given_twice_show_asks_which(twice, capsys):
    """Where a report gives an indicator for two scopes, `show` names both and how to say which;
    with the scope it shows that one, and of a scope that is not there it says so.
    """
    command = ["show", "litigation_lost", "--seeds", str(twice)]
    assert main(command) == 2
    error = capsys.readouterr().err
    for words in (TWO, "scope='government'", "scope='departments'", "name the scope"):
        assert words in error
    assert main([*command, "--scope", "departments"]) == 0
    assert "败诉【6】件" in capsys.readouterr().out
    assert main([*command, "--scope", "government", "--period", "to_date"]) == 0
    assert "败诉【1】件" in capsys.readouterr().out
    assert main([*command, "--period", "to_date"]) == 2 and TWO in capsys.readouterr().err
    assert main([*command, "--scope", "office"]) == 2
    assert "none of scope office" in capsys.readouterr().err


def test_compare_shows_both_figures_of_an_indicator_given_twice(twice, capsys):
    """Both own figures stand first in `compare`, each with its scope."""
    assert main(["compare", "litigation_lost", "--seeds", str(twice)]) == 0
    own = capsys.readouterr().out.split("\n\n")[1]
    assert own.count("保定市 Baoding 2022: ") == 2
    assert ": 1 件" in own and ": 6 件" in own
    assert "本级 own level" in own and "部门 departments" in own


def test_compare_tells_the_changes_of_both_apart(twice, tmp_path, capsys):
    """Where both figures have one of the next year beside them, each change names its scope."""
    seeds = shutil.copytree(twice, tmp_path / "seeds")
    with open(seeds / "observations.csv", "a", encoding="utf-8", newline="") as stream:
        for scope, lost in (("government", 3), ("departments", 9)):
            stream.write(
                f"baoding-2023,130600,2023,,litigation_lost,{lost},{lost},件,exact,{scope},to_date,"
                "败诉案件,市政府,第一部分第2项,section 1,,,\n"
            )
    assert main(["compare", "litigation_lost", "--seeds", str(seeds)]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "→" in line]
    assert told == [
        "2022 → 2023 (本级 own level): +2 (+200.0%)",
        "2022 → 2023 (部门 departments): +3 (+50.0%)",
    ]


@pytest.mark.parametrize(
    "command",
    [
        ["find", "复议"],
        ["show", "litigation_lost"],
        ["compare", "litigation_lost"],
        ["export", "x.csv"],
        ["scan", REPORT, "-o", "draft.csv"],
    ],
)
def test_the_seeds_are_read_once(command, tmp_path, monkeypatch):
    """A command reads the tables once and hands them on."""
    made, read = Seeds.__init__, []

    def counted(seeds, *arguments, **options):
        read.append(arguments)
        made(seeds, *arguments, **options)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Seeds, "__init__", counted)
    assert main(command) == 0 and len(read) == 1


def test_show_of_a_derived_figure_does_not_call_it_printed(capsys):
    """A derived figure is shown as derived, with no sentence and no number marked."""
    assert main(["show", "commitment_items_before"]) == 0
    out = capsys.readouterr().out
    assert "42 项" in out and "derived" in out and "【" not in out and "sentence" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "litigation_los"], "did you mean litigation_lost"),
        (["show", "zzz"], "no indicator 'zzz'"),
        (["show", "litigation_lost", "--report", "baoding-2032"], "baoding-2022"),
        (["check", "--seeds", "no-such-folder"], "no-such-folder"),
        (["show", "litigation_lost", "--seeds", "no-such-folder"], "datapackage.json"),
        (["show", "败诉案件"], "did you mean litigation_lost (败诉的案件 / Suits lost)?"),
    ],
)
def test_input_that_cannot_be_used(capsys, arguments, words):
    """Names not known and missing folders end with status 2 and one clear line on standard error,
    without a traceback.
    """
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("baoding: ") and words in err and "Traceback" not in err


def test_show_refuses_broken_seeds(folder, edit, capsys):
    """`show` answers from tables that can be read, or not at all: it lists the findings and ends
    with status 2.
    """
    edit("reports.csv", "2023-03-16", "16.3.2023")
    assert main(["show", "litigation_lost", "--seeds", str(folder)]) == 2
    assert "seeds/reports.csv, row 2, published" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["show"], ["check", "--nonsense"], ["export", "--lang", "fr"]]
)
def test_commands_not_known_are_refused(capsys, arguments):
    """A command or option not known ends with status 2 and the usage."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2 and "usage: baoding" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["check", "--help"], ["find", "--help"], ["show", "--help"], ["export", "--help"]],
)
def test_help(capsys, arguments):
    """Each command explains itself and ends with status 0; `--seeds` is offered everywhere."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out = capsys.readouterr().out
    assert ended.value.code == 0 and out.startswith("usage: baoding")
    assert all(
        word in out
        for word in (
            ("check", "find", "show", "export") if arguments == ["--help"] else ("--seeds", "DIR")
        )
    )


def test_version(capsys):
    """`--version` prints the library's version."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0 and capsys.readouterr().out.strip() == bd.__version__


def test_plain_locale_changes_nothing():
    """With LC_ALL=C, with UTF-8 mode off as well, the same bytes are written as in a UTF-8
    locale.
    """
    usual = baoding("show", "litigation_lost", LC_ALL="C.UTF-8")
    assert usual[0] == 0 and "【1】" in usual[1]
    assert baoding("show", "litigation_lost", LC_ALL="C") == usual
    assert (
        baoding("show", "litigation_lost", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        == usual
    )


@pytest.mark.parametrize(
    "encoding", ["gbk", "cp1252", "ascii"] + ["cp936", "gb18030", "latin-1"] * IN_FULL
)
def test_other_consoles_show_what_they_can(encoding):
    """In a console of another encoding a command never fails, and in a Chinese one the sentence
    stays readable.
    """
    done = baoding("show", "litigation_lost", binary=True, PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and done.stderr == b""
    if encoding.startswith(("gb", "cp936")):
        assert "败诉【1】件,败诉率2.22%" in done.stdout.decode(encoding)


def test_findings_are_readable_in_a_gbk_console(folder, edit):
    """A finding, with its quotation marks and the words of the report, is readable in a GBK
    console.
    """
    edit("figures/baoding-2022.csv", "oath_ceremonies,13,13", "oath_ceremonies,13,31")
    done = baoding("check", "--seeds", folder, binary=True, PYTHONIOENCODING="gbk")
    assert done.returncode == 1
    assert "row 6, value: found 31; wanted 13; the sentence prints “13次”" in done.stdout.decode(
        "gbk"
    )


def test_errors_in_a_gbk_console():
    """An error is readable in a GBK console, and the status is 2."""
    done = baoding("show", "败诉案件", binary=True, PYTHONIOENCODING="gbk")
    assert done.returncode == 2 and "'败诉案件'" in done.stderr.decode("gbk")


@pytest.mark.parametrize("module", ["baoding_data", "baoding_data.cli"])
def test_running_the_module_checks_too(folder, edit, module):
    """`python -m` runs the command or refuses; it never ends with status 0 while a table is
    wrong.
    """
    edit("figures/baoding-2022.csv", "oath_ceremonies,13,13", "oath_ceremonies,13,31")
    done = subprocess.run(
        [sys.executable, "-m", module, "check", "--seeds", str(folder)],
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0


def test_output_into_a_stream_of_a_notebook():
    """`main` works where standard output is no file, as in a notebook."""
    from contextlib import redirect_stdout
    from io import StringIO

    with redirect_stdout(StringIO()) as out:
        assert main(["check"]) == 0
    assert "0 findings" in out.getvalue()


def test_a_closed_pipe_ends_quietly():
    """`baoding show … | head` that reads nothing shows no error."""
    code = (
        "import sys; from baoding_data.cli import main; sys.exit(main(['show', 'litigation_lost']))"
    )
    shown = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    shown.stdout.close()
    errors = shown.stderr.read()
    shown.stderr.close()
    shown.wait()
    assert errors == b""


def test_a_command_that_is_ended_by_hand_says_so_in_a_line(monkeypatch, capsys):
    """Ctrl-C ends a command with status 130 and one line, without a traceback, also where what is
    cleared away then fails.
    """

    def ended(_):
        try:
            raise KeyboardInterrupt
        finally:
            raise ValueError("I/O operation on closed file")

    monkeypatch.setattr("baoding_data.tables.seeds.load", ended)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    assert main(["find"]) == 130
    assert capsys.readouterr().err.splitlines() == [
        "baoding: ended by hand; every file is whole, the old or the new"
    ]
