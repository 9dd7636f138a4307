"""The door for texts: what `add` and `scan` say of a file, and what `clean` makes of it."""

import re
import shlex
from pathlib import Path

import pytest
from conftest import everything

import baoding_data as bd
from baoding_data.cli import main
from baoding_data.curation import door, markup
from baoding_data.curation.add import add
from baoding_data.curation.scan import scan
from baoding_data.text import mojibake
from baoding_data.text.report import Report

TEXTS = sorted((Path(__file__).resolve().parents[1] / "benchmarks/texts").glob("*.txt"))
TEXT = """\
望都县人民政府关于2023年法治政府建设情况的报告
　　2023年，全县共受理行政复议案件316件，办结率达到98.5%。
　　“三个百分百”全覆盖——同比增长5%，其中经调解撤回申请23件。
望都县人民政府
2024年3月1日
"""


@pytest.fixture
def saved(tmp_path):
    """A file with this content, text or bytes."""

    def save(content, name="saved.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return save


def found_in(content):
    """What would spoil a text, in words, without what is to be done."""
    raw = content if isinstance(content, bytes) else content.encode()
    return [f"{door.in_words(note.lines)}{note.found}" for note in door.look("x", raw).problems]


def refusal(action, *arguments):
    """What the error of a call says."""
    with pytest.raises(bd.BaodingError) as caught:
        action(*arguments)
    return str(caught.value)


# --- one door

SPOILED = f"{TEXT}受理<b>316</b>件\n受理\u200b案件3\u00ad16件\n共受理锟斤拷案件7件\n"


def test_add_and_scan_say_the_same_of_a_text_and_write_nothing(folder, saved):
    """All that would spoil a text is said at once, with its lines, whichever command is asked."""
    path = saved(SPOILED)
    before = everything(folder)
    said = refusal(scan, path, folder)
    assert refusal(add, path, "望都县", 2023, folder) == said
    for words in (
        "line 6: found mark-up of a web page (HTML), as <b>, </b>",
        "line 7: found U+200B (zero-width space)",
        "line 7: found U+00AD (soft hyphen)",
        "line 8: found “锟斤拷”, which stands for lost characters",
    ):
        assert f"{path}, {words}" in said.split("\n") or words in said
    assert everything(folder) == before and path.read_text(encoding="utf-8") == SPOILED


def test_the_command_of_a_refusal_works_as_it_is_printed(folder, tmp_path, saved, capsys):
    """The command that a refusal names writes the cleaned text to a file that was not there; the
    original stays, and the new text is registered.
    """
    path = saved(
        TEXT.replace("316", "<b>31\u200b6</b>").replace("2023", "２０２３"), "我的 文件.txt"
    )
    before = path.read_bytes()
    said = refusal(add, path, "望都县", 2023, folder)
    command = shlex.split(re.search("`(.*)`", said)[1])
    new = Path(command[-1])
    assert command[:2] == ["baoding", "clean"] and not new.exists()
    assert main(command[1:]) == 0
    out = capsys.readouterr().out
    assert "cleaned: line 2: found mark-up" in out and f"{new}: written" in out
    assert path.read_bytes() == before
    assert add(new, "望都县", 2023, folder)[0] == "wangdu-2023"
    assert [row.printed for row in scan(new, folder)].count("316") == 1


def test_the_cure_can_be_written_where_the_text_cannot(saved, monkeypatch):
    """Of a text in a folder that is read-only the command names a file of the folder one is in."""
    path = saved("受理<b>316</b>件")
    monkeypatch.setattr(door.os, "access", lambda *_: False)
    assert f"`baoding clean {path} -o saved-clean.txt` writes it right" in refusal(
        door.text_of, path
    )


def test_a_cleaned_text_is_never_written_over_another_file(saved, tmp_path, capsys):
    """An output that is there is refused, the text itself among them, unless it holds the same; and
    the name that a refusal gives is free.
    """
    path, other = saved(SPOILED.replace("锟斤拷", "")), saved("mine", "saved-clean.txt")
    for output in (other, path):
        assert main(["clean", str(path), "-o", str(output)]) == 2
        assert "name another file" in capsys.readouterr().err
    assert other.read_bytes() == b"mine"
    assert "saved-clean2.txt`" in refusal(door.text_of, path)
    for told in ("written", "unchanged"):
        assert main(["clean", str(path), "-o", str(tmp_path / "new.txt")]) == 0
        assert f"new.txt: {told}" in capsys.readouterr().out


def test_what_is_to_be_done_by_hand_is_left_and_said(saved, tmp_path, capsys):
    """`clean` takes out what it can, names what only a person can mend, and ends with status 1;
    where there is nothing else it writes nothing.
    """
    path, new = saved(SPOILED), tmp_path / "new.txt"
    assert main(["clean", str(path), "-o", str(new)]) == 1
    out = capsys.readouterr().out
    assert "left to be done by hand: line 8: found “锟斤拷”" in out
    assert found_in(new.read_bytes()) == [
        "line 8: found “锟斤拷”, which stands for lost characters"
    ]
    assert main(["clean", str(new), "-o", str(tmp_path / "newer.txt")]) == 2
    assert not (tmp_path / "newer.txt").exists()
    assert "`baoding clean" not in refusal(door.text_of, new)


def test_a_text_that_is_right_is_written_as_it_is(saved, tmp_path, capsys):
    """Cleaning a text of which nothing is to be said gives the same text."""
    path, new = saved(TEXT), tmp_path / "new.txt"
    assert main(["clean", str(path), "-o", str(new)]) == 0
    assert "nothing to clean" in capsys.readouterr().out
    assert new.read_bytes() == path.read_bytes()


def test_texts_that_are_right_are_not_refused(seeds):
    """Nothing would spoil any text of the benchmarks or on file, and cleaning leaves them alone."""
    texts = [*TEXTS, *(seeds.folder.path / "reports").glob("*.txt")]
    assert len(texts) > 5
    for path in texts:
        raw = path.read_bytes()
        assert door.look(path, raw).problems == []
        assert door.cleaned(raw.decode()) == raw.decode()


# --- encodings


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_named_and_read(encoding):
    """A text in another encoding is refused by its name, and cleaned to the same text."""
    looked = door.look("x", TEXT.encode(encoding))
    [note] = looked.problems
    name = "GBK or GB18030" if encoding == "gb18030" else encoding[:6].upper()
    assert note.found == f"is {name}" and looked.text == TEXT == door.cleaned(looked.text)


def test_big5_is_told_from_gbk():
    """The bytes of Big5 are most often GBK as well, but no text in it."""
    text = "臺北市政府關於行政訴願案件統計之報告，受理案件316件，結案280件。"
    looked = door.look("x", text.encode("big5"))
    assert [note.found for note in looked.problems] == ["is Big5"] and looked.text == text


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"PK\x03\x04", "zip"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0", "old Excel or Word"),
        (b"{\\rtf1\\ansi 316}", "an RTF document"),
        (b"\xef\xbb\xbf \n", "an empty file"),
        (TEXT.encode()[:-2] + b"\xff\n", "not UTF-8, first in line 5"),
    ],
)
def test_what_is_no_text_is_named(saved, content, wanted):
    """A file of a program, an empty one, and one of which a byte is wrong have no text to clean."""
    path = saved(content)
    for action in (door.text_of, door.clean):
        assert wanted in refusal(action, path)


@pytest.mark.parametrize(
    ("seen", "real", "how"),
    [
        ("latin-1", "utf-8", "UTF-8 read as Latin-1"),
        ("latin-1", "gb18030", "GBK read as Latin-1"),
        ("cp1252", "gb18030", "GBK read as Latin-1"),
        ("mac_roman", "utf-8", "UTF-8 read as Mac Roman"),
        ("mac_roman", "gb18030", "GBK read as Mac Roman"),
        ("cp437", "utf-8", "UTF-8 read as the encoding of DOS"),
        ("cp1251", "utf-8", "UTF-8 read as Cyrillic"),
        ("cp1251", "gb18030", "GBK read as Cyrillic"),
    ],
)
def test_mojibake_is_told_by_what_it_decodes_to(seen, real, how):
    """A text that was read in another encoding is refused with the text that it would be, and
    cleaned to it, each number as it was.
    """
    spoiled = TEXT.encode(real).decode(seen, "replace")
    [note] = door.look("x", spoiled.encode()).problems
    assert note.found.startswith(f"found {how}") and not note.by_hand
    assert "望都县人民政府" in note.wanted
    assert door.cleaned(spoiled) == TEXT


def test_mojibake_twice_over_is_undone():
    """UTF-8 read as Latin-1 twice is decoded twice."""
    spoiled = TEXT.encode().decode("latin-1").encode().decode("latin-1")
    [note] = door.look("x", spoiled.encode()).problems
    assert "twice" in note.found and door.cleaned(spoiled) == TEXT


@pytest.mark.parametrize("errors", ["ignore", "replace"])
@pytest.mark.parametrize(("seen", "how"), [("gbk", "GBK"), ("cp1252", "Latin-1")])
def test_mojibake_of_which_some_is_lost_is_not_guessed(errors, seen, how):
    """UTF-8 that was read as GBK loses every third odd byte: the text that it would be is said, and
    what is lost stays to be done by hand.
    """
    spoiled = TEXT.encode().decode(seen, errors)
    notes = door.look("x", spoiled.encode()).problems
    assert any(f"UTF-8 read as {how}" in note.found and note.by_hand for note in notes)
    assert any("望都县人民政府" in note.wanted for note in notes)
    left = door.look("x", door.cleaned(spoiled).encode()).problems
    assert left and all(note.by_hand for note in left)


def test_lines_that_are_right_stay_beside_mojibake():
    """Where a part was pasted from elsewhere, only its lines are read anew."""
    lines = TEXT.split("\n")
    lines[1] = lines[1].encode().decode("latin-1")
    [note] = door.look("x", "\n".join(lines).encode()).problems
    assert note.lines == (2,) and door.cleaned("\n".join(lines)) == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "楚雄州\n总 计\n（七）总计   21\n合 计\n316件",
        "气温25°C±2，α粒子、Ⅲ类、§3、café、naïve 316件",
        "“一网通办”——“一次办好”……·贯通·率先 316件",
        "郸邯郦郫鄄鄞鄱 316件",
        "1950年代……——、“”《》",
        "é à ü ß ñ 316",
    ],
)
def test_what_is_meant_is_no_mojibake(text):
    """Rare characters, single words and Western letters are not taken for another encoding."""
    assert found_in(text) == [] and door.cleaned(text) == text
    assert mojibake.misread(text) == [None] * len(text.split("\n"))


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("共受理锟斤拷政复议案件316件", "“锟斤拷”"),
        ("县委烫烫烫深改委3次", "“烫烫烫”"),
        ("望都县??推进3项", "“?”"),
        ("受理\ufffd案件316件", "U+FFFD"),
    ],
)
def test_signs_of_lost_characters_are_refused(line, sign):
    """What programs write where a character is lost is no part of a text, and nothing replaces
    it.
    """
    assert found_in(line) == [f"line 1: found {sign}, which stands for lost characters"]
    assert door.cleaned(line) == line and found_in("为什么？共3件? 办结2件") == []


# --- mark-up


@pytest.mark.parametrize(
    ("spoiled", "text"),
    [
        ("受理<b>3</b><b>16</b>件", "受理316件"),
        ("<p>一</p><p>受理316件</p>\n", "一\n受理316件\n"),
        ("受理316<br/>件", "受理316\n件"),
        ("<P STYLE='font-family: \"宋体\"' >316件</P >", "316件\n"),
        ("<span\n lang=EN-US>316</span>件<o:p></o:p>", "316件"),
        ('316件<p class="a', "316件"),
        ("<!-- 5 -->316件<![endif]-->", "316件"),
        ("<?xml version='1.0'?><!DOCTYPE html>316件", "316件"),
        ("<style>p{margin:5px}</style><script>var a=3<4</script>316件", "316件"),
        ("<td>20</td><td>563</td>", "20 | 563"),
        ("<tr><td><p>省</p></td><td><p>5</p></td></tr><tr><td>市</td></tr>", "省 | 5\n市\n"),
        ("受理316<sup>2</sup>件", "受理316[2]件"),
        ("受理316<sup>[2]</sup>件", "受理316[2]件"),
        ("受理316<sup>2, 3</sup>件", "受理316[2][3]件"),
        ("占地3km<sup>2</sup>，", "占地3km²，"),
        ("10<sup>8</sup>千瓦时", "10^8千瓦时"),
        ("CO<sub>2</sub>、PM<sub>2.5</sub>", "CO2、PM2.5"),
        ("受理<del>12</del>15件", "受理15件"),
        ("316&nbsp;件&#12288;&ldquo;办结&rdquo;", "316\u00a0件\u3000“办结”"),
        ("增长&lt;5%&nbsp", "增长<5%\u00a0"),
        ("&#8203;3&#x200b;16&shy;件", "316件"),
        ("&amp;nbsp;316件", "\u00a0316件"),
        ("&lt;b&gt;316&lt;/b&gt;件", "316件"),
    ],
)
def test_mark_up_is_refused_and_taken_out(spoiled, text):
    """Tags and entities, whole, cut or written twice over, are refused, and the cleaned text is
    what a browser shows; no two numbers run into each other.
    """
    assert any("mark-up" in note for note in found_in(spoiled))
    assert door.cleaned(spoiled) == text == door.cleaned(text)


@pytest.mark.parametrize(
    "text",
    [
        "同比<5%，且a<b，5<6>4，3件",
        "《<办法>》3件",
        "R&D投入5%，AT&T，a&b; 3",
        "www.gov.cn/?a=1&copy=2&lt=3",
        "<http://www.gov.cn/a>3件<a@b.gov.cn>",
    ],
)
def test_what_only_looks_like_mark_up_stays(text):
    """Signs of comparison, brackets, addresses and names with & are no mark-up."""
    assert found_in(text) == [] and door.cleaned(text) == text
    assert list(markup.found(text)) == []


def test_what_a_page_does_not_show_is_said():
    """That a script or struck-out words are left out, and that pictures are, stands in the note."""
    [note] = door.look("x", "<script>1</script><s>2</s><img src=a><img src=b>3件".encode()).problems
    assert "(s, script)" in note.wanted and "2 pictures" in note.wanted


def test_the_cells_of_a_page_stay_apart():
    """The numbers of two cells, and a number and the mark of a note, are never one number."""
    text = door.cleaned("<tr><td>20</td><td>563件</td></tr><p>316<sup>2</sup>件</p>")
    values = [str(n.value) for n in Report(text).numbers if n.kind == "value"]
    assert values == ["20", "563", "316"]


# --- characters


@pytest.mark.parametrize(
    "sign",
    list(
        "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\u200e\u200f\u202a\u202c\u2066\u2069\u061c"
        "\ufe00\ufe0e\ufe0f\U000e0100\U000e0031\u180b\ufff9\u2063\x00\x07\x1b\x7f\x9c"
    ),
)
def test_characters_without_width_are_refused_and_taken_out(sign):
    """Inside words and numbers alike, with line and code."""
    spoiled = f"标题\n受理{sign}案件3{sign}16件"
    [found] = found_in(spoiled)
    assert found.startswith(f"line 2: found U+{ord(sign):04X}")
    assert door.cleaned(spoiled) == "标题\n受理案件316件"


@pytest.mark.parametrize("sign", list("\u3164\u115f\u1160\uffa0\u2800"))
def test_blanks_that_are_none_become_blanks(sign):
    """A filler is as wide as a blank, so that two numbers beside it do not become one."""
    assert (
        found_in(f"受理20{sign}563件")
        == [found for found in found_in(f"受理20{sign}563件") if f"U+{ord(sign):04X}" in found]
        != []
    )
    assert door.cleaned(f"受理20{sign}563件") == "受理20 563件"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("受理3\ue00016件", "U+E000 (private-use)"),
        ("受理\uf0b7案件3件", "U+F0B7 (private-use)"),
        ("\uf0b7 316件", "U+F0B7 (private-use)"),
        ("受理\u202e613\u202c件", "U+202E, which turns what follows around"),
        ("受理\u0378案件3件", "U+0378 (not assigned)"),
    ],
)
def test_what_nobody_can_know_is_left_to_a_person(text, wanted):
    """A character of one font only, or one that turns digits around, is refused, and stays."""
    notes = [note for note in door.look("x", text.encode()).problems if wanted in note.found]
    assert [bool(note.by_hand) for note in notes] == [True]
    assert wanted in "".join(found_in(door.cleaned(text)))


def test_bullets_of_words_symbol_fonts_become_points():
    """Before the words of a line a private character is a bullet."""
    text = "\uf0d8 一是受理316件\n\uf06c二是办结280件"
    assert door.cleaned(text) == "· 一是受理316件\n·二是办结280件"
    assert [number.value for number in Report(door.cleaned(text)).numbers] == [316, 280]


def test_line_ends_of_old_programs_are_refused_with_the_lines_of_an_editor():
    """Where CR alone ends the lines, it is refused, other lines are counted as an editor does, and
    the cleaned text has line feeds; CRLF is no matter.
    """
    spoiled = TEXT.replace("\n", "\r").replace("316", "3\u200b16")
    assert [found.partition(":")[0] for found in found_in(spoiled)] == ["lines 1–5", "line 2"]
    assert door.cleaned(spoiled) == TEXT
    assert door.cleaned("一\r\r\n二3件\r\n") == "一\n二3件\n"
    assert found_in(TEXT.replace("\n", "\r\n")) == []


def test_cleaning_a_heap_of_everything_twice_changes_nothing():
    """All that can be spoiled at once is cleaned in one go."""
    heap = "".join(
        [
            "&amp;lt;p&amp;gt;\u200b受理3\u00ad16&shy;件\r",
            "å…¨å¸‚\u2800<sup>1</sup>\uf0b7 二\n",
            TEXT.encode().decode("latin-1"),
            "<td>\n\n5</td>&#x3164;<td>6</td>\r\r\n",
        ]
    )
    once = door.cleaned(heap)
    assert door.cleaned(once) == once and "316件" in once


# --- what does no harm


def remarks(text):
    """What is said of a text that is not refused."""
    looked = door.look("x", text.encode())
    assert looked.problems == []
    return [str(note) for note in looked.remarks]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("⾏政复议3件\n⻔户", "lines 1–2: radicals and compatibility forms"),
        ("⾏政复议3件", "⾏ U+2F8F as 行"),
        ("一\n\f二3件", "line 2: form feeds; read as ends of lines"),
        ("受理3件\n- 1 -\n办结", "line 2: numbers of pages on lines of their own"),
        ("首页 > 政务公开\n受理3件", "line 1: words that a web page has around its text: “首页"),
        ("当前位置：首页>公开\n受理3件", "line 1: words that a web page has"),
        ("受理3件\n【打印】【关闭】", "line 2: words that a web page has"),
        ("受理3件\n【字号：大 中 小】 打印 分享", "line 2: words that a web page has"),
        ("来源：县政府　浏览次数：316\n受理3件", "line 1: words that a web page has"),
        ("受理案件12萬餘件", "line 1: traditional characters of numerals"),
        ("# 一\n受理3件[^1]", "lines 1–2: signs of Markdown"),
        ("{name:'a',count:0,text:'受理3件'},", "line 1: data of a program"),
        ("各项  本年  上年\n受理  3  4", "lines 1–2: cells in columns"),
        (
            "省份\n数量\n广东\n31392\n河北\n7040\n上海\n14847",
            "lines 1–8: cells of a table on lines",
        ),
    ],
)
def test_what_does_no_harm_is_a_remark_with_its_lines(text, said):
    """The text is taken as it is, and what is to be known of it is said."""
    assert any(said in remark for remark in remarks(text)), remarks(text)
    assert door.cleaned(text) == text


@pytest.mark.parametrize(
    "text, said",
    [
        (
            "共3件。\n二○二二年",
            "line 2: characters that such texts seldom use, read as others; ○ U+25CB (white"
            " circle), as 〇",
        ),
        (
            "共3件。\n○○部门\n○",
            "lines 2–3: characters that such texts seldom use, read as no letter and no digit;"
            " ○ U+25CB (white circle), 3 times",
        ),
        ("共3件。\n机关エ作", "エ U+30A8 (katakana letter e)"),
        (
            "共3件。\n受理3l6件，败诉2З件",
            "line 2: what is no digit in or beside a number, which is unclear: l U+006C in"
            " “理3l6件”, З U+0417 in “诉2З件”; look whether the published page has it",
        ),
        ("共3件。\n审结45①件", "① U+2460 in “结45①件”"),
        ("共3件。" + "".join(f"\n{chr(0x410 + n)}" for n in range(12)), " and 4 more"),
    ],
)
def test_characters_of_other_scripts_are_named(text, said):
    """Each is told with its line, its code and name, and as what it is read; at most eight of a
    kind are shown.
    """
    assert any(said in remark for remark in remarks(text)), remarks(text)


def test_what_such_texts_use_is_no_odd_character():
    """Marks of lists, units, brackets, Latin words and full-width forms have no remark."""
    text = (
        "①受理。Ⅱ级；（一）GDP增长3％，36㎡、25℃，±2‰，12·4，《办法》〔2023〕—…“”￥5 • ■ √ ㈠５Ｇ②"
    )
    assert remarks(f"{text}。\n共3件，其中1件。") == []


def test_repeated_heads_and_broken_lines_are_remarked():
    """Heads of pages come with the lines of each; line ends inside sentences are counted."""
    page = "全面贯彻落实各项决策部署，深入推进依法行政，不断完善制度建设，全\n" * 4
    head = "望都县法治政府建设年度报告"
    said = remarks(f"{page}- 1 -\n\f{head}\n{page}- 2 -\n\f{head}\n共3件。")
    assert "lines 5, 11: numbers of pages on lines of their own; kept out of the sentences" in said
    assert (
        f"lines 6, 12: “{head}”, which is repeated on each page; kept out of the sentences" in said
    )
    assert "8 line ends inside sentences; read as if they were not there" in said


@pytest.mark.parametrize(
    "text", ["受理3件，打印机5台，首页访问量7次。", "主办单位3家。\n关闭企业5家。", TEXT]
)
def test_words_of_a_sentence_are_no_menu(text):
    """What a sentence says of pages and printers is no remark."""
    assert remarks(text) == []


def test_remarks_are_printed_and_rows_stay_rows(folder, saved, tmp_path, capsys):
    """`add` and `scan -o` print the remarks; without -o they stay out of the rows."""
    path = saved(TEXT.replace("行政复议", "⾏政复议"))
    command = ["--seeds", str(folder)]
    assert main(["scan", str(path), *command]) == 0
    out, err = capsys.readouterr()
    assert "remark: line 2: radicals" in err and "remark" not in out and "行政复议" in out
    assert main(["scan", str(path), *command, "-o", str(tmp_path / "d.csv")]) == 0
    assert "remark: line 2: radicals" in capsys.readouterr().out
    assert main(["add", str(path), "--place", "望都县", "--year", "2023", *command]) == 0
    assert "remark: line 2: radicals" in capsys.readouterr().out
    assert main(["scan", "wangdu-2023", *command, "-o", str(tmp_path / "e.csv")]) == 0
    assert "remark: line 2: radicals" in capsys.readouterr().out
    stored = folder / "reports/wangdu-2023.txt"
    assert stored.read_bytes() == path.read_bytes()
    assert {row.indicator for row in scan("wangdu-2023", folder) if row.printed == "316"} == {
        "reconsideration_accepted"
    }


def test_many_lines_are_named_in_short():
    """At most eight places are named, and how many more there are."""
    assert door.in_words(range(1, 40, 2)) == "lines 1, 3, 5, 7, 9, 11, 13, 15 and 12 more: "


@pytest.mark.clock
@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<p ", "<script>", "&", "<td>", "锟", "é", "鏈", " \t|", "\f", "5\n", "å…¨"],
)
def test_no_text_holds_the_door_for_long(piece):
    """Whatever a text repeats, it is looked at and cleaned in little time."""
    from time import process_time

    start = process_time()
    text = piece * (10_000 // len(piece)) + "3件<p>" + " " * 10_000
    door.look("x", text.encode())
    door.cleaned(text)
    assert process_time() - start < 2
