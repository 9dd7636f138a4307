"""One report's text: its sections, sentences and clauses, and the numbers printed in it."""

import re
from bisect import bisect_right
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baoding_data.text.lines import as_published, as_read, unbroken
from baoding_data.text.report import CUTS, Report
from baoding_data.text.tables import tables_in

TEXTS = sorted((Path(__file__).resolve().parents[1] / "benchmarks/texts").glob("*.txt"))

# --- the report of Baoding


def test_all_arabic_runs_are_numbers(report):
    """Each of the 97 runs of Arabic digits is in exactly one number, and each Arabic number holds
    exactly one run.
    """
    runs = [match.span() for match in re.finditer(r"[0-9]+(?:\.[0-9]+)?", report.text)]
    arabic = [n for n in report.numbers if re.match("[0-9]", n.printed)]
    assert len(runs) == 97
    assert [start for start, _ in runs] == [n.start for n in arabic]
    assert all(end <= n.end for (_, end), n in zip(runs, arabic, strict=True))


def test_chinese_numerals_are_the_five_of_the_design(report):
    """五部门, 三部条例, 三个, 百分百 and 两个平台 are numbers; no other Chinese numeral is."""
    found = [
        (n.printed, str(n.value), n.unit)
        for n in report.numbers
        if not re.match("[0-9]", n.printed)
    ]
    assert found == [
        ("五", "5", "部门"),
        ("三", "3", "部"),
        ("三", "3", "个"),
        ("百分百", "100", "%"),
        ("两", "2", "个"),
    ]


def test_numbers_of_each_kind(report):
    """102 numbers: 72 values, and 26 dates, 2 ordinals and 2 names, each of these told apart by its
    own words.
    """
    assert Counter(n.kind for n in report.numbers) == {
        "value": 72,
        "date": 26,
        "ordinal": 2,
        "name": 2,
    }
    after = {
        kind: Counter(report.text[n.end] for n in report.numbers if n.kind == kind)
        for kind in ("date", "ordinal", "name")
    }
    assert set(after["date"]) == {"年", "月", "日", "—", "-"} and set(after["ordinal"]) == {"次"}
    assert [n.printed for n in report.numbers if n.kind == "name"] == ["12345", "12345"]


def test_bounds_and_units_of_the_report(report):
    """Exactly three values are bounded, and no value lacks a unit."""
    assert {(n.printed, n.unit): n.bound for n in report.values if n.bound != "exact"} == {
        ("60", "学时"): "at_least",
        ("2万多", "名"): "more_than",
        ("99%", "%"): "at_least",
    }
    assert [n.printed for n in report.values if not n.unit] == []


def test_numbers_stand_where_they_say(report):
    """`start`, `end` and `unit_end` cut the printed form and its unit out of the text, in order and
    without overlap.
    """
    last = 0
    for n in report.numbers:
        assert n.start >= last
        assert report.text[n.start : n.end] == n.printed
        assert report.text[n.end : n.unit_end] == ("" if n.unit in ("%", "") else n.unit)
        last = n.end


def test_sections_of_the_report(report):
    """Title, opening, three chapters with 8, 3 and 5 parts, their points, and the signature, in the
    text's order.
    """
    labels = [label for _, label in report.sections]
    parts = [label for label in labels if "·" not in label]
    numerals = "一二三四五六七八"
    assert parts == [
        "标题",
        "引言",
        "一",
        *(f"一({n})" for n in numerals),
        "二",
        *(f"二({n})" for n in numerals[:3]),
        "三",
        *(f"三({n})" for n in numerals[:5]),
        "落款",
    ]
    points = Counter(label.split("·")[0] for label in labels if "·" in label)
    assert points == {"一(四)": 4, "一(五)": 3, "一(六)": 5, "一(七)": 3, "一(八)": 4}
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("关于保定市2022年度", "标题"),
        ("2022年以来,在省委", "引言"),
        ("20个县(市、区)也陆续", "一(一)"),
        ("市本级行政许可事项293项", "一(四)·一是"),
        ("败诉率2.22%", "一(七)·一是"),
        ("健全调处机制", "一(七)"),
        ("清醒地认识到", "二"),
        ("100%覆盖", "三(二)"),
        ("2023年3月16日", "落款"),
    ],
)
def test_section_of_a_sentence(report, words, section):
    """A sentence knows the innermost part in which it stands."""
    assert report.sentence_at(report.text.index(words)).section == section


def test_sentences_hold_their_numbers(report):
    """Each number lies in one sentence, which is cut out of the text exactly and ends at 。 or at a
    line's end.
    """
    for n in report.numbers:
        sentence = report.sentence_at(n.start)
        assert sentence.start <= n.start and n.unit_end <= sentence.end
        assert report.text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert "。" not in sentence.text[:-1] and "\n" not in sentence.text


def test_clauses_are_all_between_the_cuts(report):
    """The clauses hold every character that is neither a mark nor blank, exactly once, and each
    value lies in one clause.
    """
    covered = Counter(i for c in report.clauses for i in range(c.start, c.end))
    outside = {c for i, c in enumerate(report.text) if i not in covered}
    assert set(covered.values()) == {1}
    assert outside <= set(CUTS + "！？!?") | {c for c in report.text if c.isspace()}
    for n in report.values:
        assert sum(c.start <= n.start and n.end <= c.end for c in report.clauses) == 1


def test_thousands_comma_does_not_cut_a_clause():
    """A comma inside a number is no cut: 4,033人 is one number in one clause."""
    text = Report("全市共清理出4,033人,提升了素质。")
    assert [text.text[c.start : c.end] for c in text.clauses] == [
        "全市共清理出4,033人",
        "提升了素质",
    ]
    assert [(n.printed, n.value) for n in text.numbers] == [("4,033", Decimal(4033))]


def test_quotes_for_gives_the_shortest_run_that_is_unique(report):
    """For every value the proposed quotes hold it, stand once in the text, and no shorter run of
    clauses does.
    """
    for n in report.values:
        inside = [
            c for c in report.clauses if report.sentence_at(c.start) == report.sentence_at(n.start)
        ]
        home = next(i for i, c in enumerate(inside) if c.start <= n.start < c.end)
        quotes = report.quotes_for(n, lambda start, end: True)
        runs = {}
        for first in range(home + 1):
            for last in range(home, len(inside)):
                quote = report.text[inside[first].start : inside[last].end]
                if report.text.count(quote) == 1:
                    runs.setdefault(last - first, []).append(quote)
        assert quotes == runs[min(runs)]


# --- lines that a program broke

# One page of a PDF: the first lines of paragraphs are set in, the others are not.
_FIRST = "    2023年，望都县坚持以习近平新时代中国特色社会主义思想为指导，"
_PAGE = [
    _FIRST,
    "全面贯彻落实各项决策部署，深入推进依法行政，不断完善制度建设，全",
    "县共受理行政复议案件12件，其中，经调解以后由申请人撤回申请的有3",
    "件，办结率达到百分之九十八，比上一年度有所提高，各项工作稳步推进",
]


def words_of(*lines):
    """The sentences of a text of these lines."""
    return [sentence.text for sentence in Report("\n".join(lines)).sentences]


@pytest.mark.parametrize(
    "between",
    [
        (),
        ("",),
        ("", "          - 3 -", ""),
        ("— 3 —", "\f"),
        ("第3页 共9页", "", "\f"),
        ("", "  3/9", ""),
    ],
)
@pytest.mark.parametrize("margin", ["", "   ", "　　"])
def test_a_sentence_goes_on_over_the_end_of_a_page(between, margin):
    """Whatever stands between its two halves, and however far the page is set in, a sentence is
    whole, and the number of the page is no part of it but stands behind.
    """
    lines = [margin + line for line in _PAGE] + list(between) + [margin + "，成效明显。", "完毕。"]
    found = words_of(*lines)
    assert found[0] == "".join(line.strip() for line in _PAGE) + "，成效明显。"
    assert found[1:-1] == [line.strip() for line in between if line.strip()]
    assert found[-1] == "完毕。"


def test_the_head_of_each_page_is_no_part_of_a_sentence():
    """A head that stands on every page, beside its number, does not part a sentence, nor enter
    it.
    """
    head = "望都县2023年法治政府建设年度报告"
    page = [*_PAGE, "", "- 1 -", "\f" + head, "，成效明显。"]
    found = words_of(*page, *_PAGE, "", "- 2 -", "\f" + head, "，群众满意。")
    body = "".join(line.strip() for line in _PAGE)
    assert found == [
        f"{body}，成效明显。",
        "- 1 -",
        head,
        f"{body}，群众满意。",
        "- 2 -",
        head,
    ]


def test_bare_numbers_of_pages_count_up():
    """A number alone on its line between two lines of words is that of a page where the next such
    one is greater by one; the cell of a table that was flattened is none.
    """
    assert words_of(*_PAGE, "7", "，成效。", *_PAGE, "8", "，完毕。")[1::2] == ["7", "8"]
    cells = ["序号", "处理方式", "数量", "1", "维持", "375", "2", "驳回", "16"]
    assert words_of(*cells) == cells


@pytest.mark.parametrize(
    "row",
    [
        "行政许可                      550",
        "规章   2     0     11",
        "规章\t2\t0\t11",
        "数量 | 75件 | 16件",
        "未经复议直接起诉          复议后起诉",
    ],
)
def test_rows_of_a_table_are_never_joined(row):
    """A row stays alone, though the line before it is full and the one behind it begins no part."""
    found = words_of(*_PAGE, row, "各项工作", *_PAGE)
    assert found[1:3] == [row.replace("\t", " "), "各项工作"]
    assert words_of(row, row, *_PAGE)[:2] == [row.replace("\t", " ")] * 2


def test_a_wide_table_does_not_keep_the_lines_beside_it_apart():
    """Lines are measured among lines of words: rows of a table, however wide, leave them joined."""
    rows = [f"（{n}）予以公开{' ' * 60}1175     12    0   3     1    0   1191" for n in range(40)]
    assert words_of(*_PAGE, "，成效明显。", *rows)[0].endswith("，成效明显。")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("全面提升依法行政能力和水平不断推进法治政府建设", "    2023年，望都县推进各项工作。"),
        ("（一）加强党对法治政府建设的领导", "全县共受理行政复议案件12件。"),
        ("望都县人民政府关于2023年度法治政府建设情况的报告", "来源：望都县人民政府"),
        ("三、各项指标完成情况与上年度同期比较如下表所示", "表1：行政复议案件情况"),
        ("望都县人民政府法治政府建设领导小组办公室及各成员单位", "2024年3月1日"),
    ],
)
def test_headings_and_titles_stay_lines_of_their_own(before, after):
    """What is not in the middle of a sentence is not joined to the paragraph behind it."""
    lines = [*_PAGE, "，成效明显。", before, "", after]
    assert words_of(*lines)[1:] == [before, after.strip()]


def test_a_text_with_an_empty_line_between_all_lines_is_whole():
    """Where a program doubled all line ends, the first line of a paragraph, which is set in, goes
    on as the others do.
    """
    first = "    各地人民法院集中力量依法开展打击各类严重刑事犯罪与专项整治行动"
    lines = [*_PAGE, "，成效。", first, *_PAGE[1:], "，完毕。"]
    body = "".join(line.strip() for line in _PAGE[1:])
    assert words_of("\n\n".join(lines))[1:] == [f"{first.strip()}{body}，完毕。"]


def test_a_list_of_names_set_in_is_not_one_sentence():
    """Lines of one width without any mark, all set in, are the items of a list."""
    names = [
        f"　　望都县{one}局2023年度法治政府建设重点项目{n}" for n, one in enumerate("司农林水")
    ]
    assert words_of(*names) == [name.strip() for name in names]


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("    （一）深化普法宣传。全年发布各类信息3218条，“望都普法”公众", "号4条。"),
        ("    （一）深化普法宣传。全年发布“解读”“问答”“案例”“短片”栏目", "4个。"),
        ("    （一）深化普法宣传。全年发布信息，网站首页访问量达到", "12,345,678次。"),
        ("全面贯彻落实各项决策部署，普法宣传深入乡村，培养“法律明白", "人”）》，4名。"),
        ("    （一）深化普法宣传。全年发布各类信息及其解读3218条；公众号", "推送4条。"),
    ],
)
def test_a_line_is_full_where_the_next_sign_had_no_room(line, more):
    """The first line of a paragraph is set in, marks are as wide as the font has them, a number or
    a mark is not parted from its own: a line that is shorter for it is full.
    """
    lines = [f"   {one}" for one in (*_PAGE, "。", *_PAGE, "。", line, more)]
    assert Report("\n".join(lines)).text.split("\n")[-1] == f"   {line}{more}"


def test_lines_may_be_broken_after_so_many_signs():
    """Where lines are equal in the number of their signs, and of any width, they are full too."""
    text = (
        "全县办理案件1,234件、5,678件、9,012件、3,456件、7,890件，培养“法律明白人”"
        "和调解员，深入推进依法行政工作不断完善制度机制建设进一步提升群众满意度和法治"
        "意识，其中12,345,678人次、23,456,789人次参加2,345场各类宣传教育活动；"
        "村（社区）法律顾问实现全覆盖，普法讲师团进村入户开展宣讲，成效明显，得到好评"
    )
    lines = [text[at : at + 38] for at in range(0, len(text), 38)]
    assert words_of(*lines) == [text]
    assert words_of(*(f"   {line}" for line in lines)) == [text]


def test_items_of_a_list_that_are_equally_long_stay_apart():
    """What ends with a semicolon goes on only inside a paragraph."""
    items = [f"　　望都县司法局全年依法办理行政复议案件{n}件，全部办结；" for n in range(11, 16)]
    assert words_of(*items) == [item.strip() for item in items]


@pytest.mark.parametrize("note", ["① 指受理的案件。", "[1]指受理的案件。"])
def test_a_note_at_the_foot_of_a_page_enters_no_sentence(note):
    """Behind a line that is not finished, what begins with the mark of a note is another part."""
    assert note in words_of(*_PAGE, note, "- 1 -", "\f，成效明显。")


def test_paragraphs_of_equal_indentation_stay_apart():
    """A text with a paragraph a line, all set in, is read as it stands."""
    lines = ["　　望都县深入推进依法行政，办理各类案件12件", "　　二是加强监督" * 3, "　　各项工作"]
    assert words_of(*lines) == [line.strip() for line in lines]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("受理⾏政复议案件⼗⼆件", "受理行政复议案件十二件"),
        ("⻔户网站⻚面⻓期开放", "门户网站页面长期开放"),
        ("行政复議機\uf9ba", "行政复議機了"),
        ("︵一︶主要工作︐其中﹔", "（一）主要工作，其中；"),
        ("受理\t34\u2003件", "受理 34 件"),
        ("一\x0b二\u2028三\f四\r\n五", "一\n二\n三\n四\n五"),
        ("open\ngovernment", "open\ngovernment"),
        ("㎡、①、㈠、Ⅳ、½", "㎡、①、㈠、Ⅳ、½"),
    ],
)
def test_what_looks_like_an_ordinary_character_is_read_as_it(text, read):
    """Radicals, compatibility forms, blanks and line ends of any kind are read as the ordinary
    ones, each in its place; what stands for several characters stays.
    """
    assert Report(text).text == read


def test_the_reports_on_file_read_as_they_stand(seeds):
    """In a text that no program has broken nothing is joined, and nothing read as another."""
    for name, text in seeds.texts.items():
        raw = (seeds.folder.path / f"reports/{name}.txt").read_text(encoding="utf-8")
        assert text.text == raw


def test_a_part_is_read_as_in_the_whole(seeds):
    """The numbers, sentence and section of a place are the same whether all of a text was read
    before or nothing.
    """
    texts = [text.text for text in seeds.texts.values()]
    texts += [path.read_text(encoding="utf-8") for path in TEXTS]
    assert len(texts) > 10
    for text in texts:
        whole, parts = Report(text).all_read(), Report(text)
        for number in whole.numbers:
            sentence = whole.sentence_at(number.start)
            assert parts.sentence_at(number.start) == sentence
            for place in (number, sentence):
                found = parts.numbers_in(place.start, place.end)
                assert found == whole.numbers_in(place.start, place.end)
            assert "sentences" not in parts.__dict__ or "·表" in sentence.section
        starts = [start for start, _ in whole.sections]
        for place in range(0, len(text), 29):
            label = whole.sections[bisect_right(starts, place) - 1][1]
            assert parts.section_at(place) == label


LINES = st.text("，。；（一)、2年月日 　\u00a0公%|-", max_size=12) | st.sampled_from(
    [
        "各项任务全面完成法治政府建设",
        "一、主要工作",
        "（二）办理行政复议案件316件。",
        "- 5 -",
        "受理 3 4 5",
    ]
)


@given(st.lists(st.tuples(LINES, st.integers(1, 4)), max_size=8))
def test_a_text_soon_seen_to_be_as_published_has_nothing_to_mend(lines):
    """Where a look at the ends of lines tells that a text is as it is read, the long way joins no
    lines in it, reads no character as another, and finds no table.
    """
    text = "\n".join(line * times for line, times in lines)
    if as_published(text):
        assert unbroken(text) == text == as_read(text) and not tables_in(text)


def test_most_texts_are_soon_seen_to_be_as_published(seeds):
    """The long way is for texts that a program has broken, or that hold tables."""
    texts = [path.read_text(encoding="utf-8") for path in TEXTS]
    assert sum(map(as_published, texts)) > len(texts) / 2
    assert all(as_published(text.text) for text in seeds.texts.values())
