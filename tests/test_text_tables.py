"""The tables in a text: rows, cells and heads in every layout in which programs copy them; and what
is no table.
"""

import time
from pathlib import Path

import pytest
from conftest import IN_FULL
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from baoding_data.text import columns
from baoding_data.text.report import Report
from baoding_data.text.tables import tables_in

TEXT = Path(__file__).resolve().parents[1] / "seeds/reports/baoding-2022.txt"


def read(text):
    """What is seen of the one table of a text: for each row its label, and each number with its
    heads.
    """
    [table] = tables_in(text)
    return [
        (
            row.label,
            [
                (cell.text, tuple(head.text for head in heads))
                for cell, heads in list(zip(row.cells, row.heads, strict=True))
                if cell.text not in row.label and cell.text
            ],
        )
        for row in table.rows
    ]


# --- the statutory tables, as programs copy them

DOCUMENTS = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "3", "0", "14"],
    ["行政规范性文件", "118", "476", "602"],
]
READ = [
    (
        (row[0],),
        [(number, (head,)) for number, head in zip(row[1:], DOCUMENTS[0][1:], strict=True)],
    )
    for row in DOCUMENTS[1:]
]


def aligned(table, measure=len, gap=3, sides="l" * 20):
    """A table with its cells set under each other, by characters or by how wide they are; in each
    column to the left, to the right or in the middle.
    """

    def padded(cell, wide, side):
        blanks = wide - measure(cell)
        before = {"l": 0, "r": blanks, "m": blanks // 2}[side]
        return " " * before + cell + " " * (blanks - before + gap)

    widths = [max(map(measure, column)) for column in zip(*table, strict=True)]
    lines = [zip(row, widths, sides, strict=False) for row in table]
    return "\n".join("".join(padded(*cell) for cell in line).rstrip() for line in lines)


LAYOUTS = {
    "tabs": lambda table: "\n".join("\t".join(row) for row in table),
    "strokes": lambda table: "\n".join(" | ".join(row) for row in table),
    "tight": lambda table: "\n".join("|".join(row) for row in table),
    "closed": lambda table: "\n".join(f"| {' | '.join(row)} |" for row in table),
    "markdown": lambda table: "\n".join(
        f"| {' | '.join(row)} |" for row in [table[0], ["---"] * len(table[0]), *table[1:]]
    ),
    "characters": aligned,
    "apart": lambda table: aligned(table).replace("\n", "\n\n"),
    "width": lambda table: aligned(table, columns.width),
    "single": lambda table: "\n".join(" ".join(row) for row in table),
    "lines": lambda table: "\n".join(cell for row in table for cell in row),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_is_read_in_every_layout(layout):
    """Its rows have their labels, and each number the head of its column."""
    assert read(LAYOUTS[layout](DOCUMENTS)) == READ


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_stands_around_a_table_is_no_part_of_it(layout):
    """The sentence before and the heading after stay out; the lines directly above are its
    caption.
    """
    table = LAYOUTS[layout](DOCUMENTS)
    text = f"全年制发文件若干。\n第二十条第（一）项\n{table}\n三、工作打算\n全年继续努力。"
    [found] = tables_in(text)
    assert found.caption == ("第二十条第（一）项",)
    assert text[found.start : found.end].strip("| ") == table.strip("| ")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_and_cells_stand_where_they_say(layout):
    """A row and a cell are cut out of the text of the report by their places, verbatim."""
    report = Report(f"情况如下。\n{LAYOUTS[layout](DOCUMENTS)}")
    for table in report.tables:
        for row in table.rows:
            assert row.start <= row.cells[0].start and row.cells[-1].end <= row.end
            assert report.text[row.start : row.end] == report.text[row.start : row.end].strip()
            for cell in (*row.cells, *(head for heads in row.heads for head in heads)):
                assert report.text[cell.start : cell.end] == cell.text


APPLICATIONS = """\
三、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况

                                           法人或其他组织
                                  自然人                               总计
                                           商业   科研   社会公益 法律服务 其他
                                           企业   机构   组织   机构
一、本年新收政府信息公开申请数量                  2716     81    0   6    7     2   2812

三   （一）予以公开                       1043     15    0   2     1    0   1061
、
本   （二）部分公开                       227      9     0   0    3     0   239
年
度             1.属于国家秘密             0       0     0   0    0     0    0
     （三）      2.其他法律行政法规禁止公
     不予         开                   14      0     0   0    0     0   14
     公开       5.要求行政机关确认或重新
                                   8       0     0   0    0     0    8
              出具已获取信息
                                  -3-
    （七）总计                         1292     24    0   2    4     0   1322

四、结转下年度继续办理                       105      2     0   0    0     0   107


四、政府信息公开行政复议、行政诉讼情况
"""
HEADS = [
    "自然人",
    "法人或其他组织商业企业",
    "法人或其他组织科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
    "总计",
]


def test_heads_over_several_lines_are_given_from_above_to_below():
    """Pieces of a head that was broken come one by one; what spans columns only stands above those
    that it reaches.
    """
    [table] = tables_in(APPLICATIONS)
    assert [len(row.cells) - sum(not heads for heads in row.heads) for row in table.rows] == [7] * 8
    for row in table.rows:
        above = ["".join(head.text for head in heads) for heads in row.heads if heads]
        assert above == HEADS
    last = len(table.rows[0].cells) - 1
    assert table.heads_of(0, 2) == ("法人或其他组织", "商业", "企业")
    assert table.heads_of(0, last) == ("总计",) and table.heads_of(0, 0) == ()


def test_labels_are_what_stands_before_the_numbers_and_above_them():
    """A label on lines of its own belongs to the row below, or to the row whose numbers stand
    beside it; the number of a page to none.
    """
    [table] = tables_in(APPLICATIONS)
    assert [row.label for row in table.rows] == [
        ("一、本年新收政府信息公开申请数量",),
        ("三", "（一）予以公开"),
        ("、", "本", "（二）部分公开"),
        ("年", "度", "1.属于国家秘密"),
        ("（三）", "2.其他法律行政法规禁止公", "不予", "开"),
        ("公开", "5.要求行政机关确认或重新", "出具已获取信息"),
        ("（七）总计",),
        ("四、结转下年度继续办理",),
    ]


def test_labels_of_rows_are_no_sections():
    """一、 and （一） in a table name rows; the headings before and after it are headings."""
    report = Report(f"某市报告\n一、概述\n全市情况良好。\n{APPLICATIONS}情况良好。\n")
    assert [label for _, label in report.sections] == ["标题", "一", "三", "四"]
    place = report.text.index("1043")
    assert report.chapter_at(place) == "三、收到和处理政府信息公开申请情况"
    table, at, row, number = report.table_at(place)
    assert (table, at, number) == (report.tables[0], 1, 2) and "1043" in report.text[
        row.start : row.end
    ]
    assert report.table_at(0) is None and report.table_at(len(report.text)) is None
    assert report.table_at(report.text.index("自然人")) is None


CASES = """\
四、政府信息公开行政复议、行政诉讼情况
          行政复议                              行政诉讼

                              未经复议直接起诉                  复议后起诉

结果   结果     其他   尚未
                    总 计 结果 结果 其他       尚未     结果 结果 其他 尚未
维持   纠正     结果   审结                                               总计
                                          总 计
                        维持 纠正 结果       审结     维持 纠正 结果 审结



12    3      0   7    0   4    0   6   5    0   8   0     9   0   2
"""


def test_what_is_said_above_a_group_stands_above_each_of_it():
    """Where the same five heads come three times, 行政复议 stands above all of the first five."""
    [(_, cells)] = read(CASES)
    five = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总 计"]
    above = ["行政复议", "行政诉讼未经复议直接起诉", "行政诉讼复议后起诉"]
    said = ["".join(heads) for _, heads in cells]
    assert [words.replace(" ", "") for words in said] == [
        f"{one}{head}".replace(" ", "") for one in above for head in five
    ]
    assert [number for number, _ in cells] == "12 3 0 7 0 4 0 6 5 0 8 0 9 0 2".split()


def test_what_reaches_one_group_only_is_said_of_that():
    """A head at the left of what it spans is given to the group below it and to no other."""
    table = tables_in(
        "受理                  诉讼\n"
        "                    直接起诉                复议后起诉\n"
        "维持   纠正   总计        维持   纠正   总计        维持   纠正   总计\n"
        "1    2    3         4    5    9         6    1    7\n"
    )[0]
    assert [table.heads_of(0, i)[:-1] for i in (0, 4, 7)] == [
        ("受理",),
        ("诉讼", "直接起诉"),
        ("复议后起诉",),
    ]


PAGE = """\
二、主动公开政府信息情况
第二十条第（一）项
{documents}
第二十条第（五）项
信息内容
本年处理决定数量
行政许可
612
三、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）
申请人情况
自然人
法人或其他组织
总计
商业企业
科研机构
一、本年新收政府信息公开申请数量
18
1
0
19
三、本年度办理结果
（一）予以公开
17
0
0
17
四、结转下年度继续办理
1
1
0
2
四、政府信息公开行政复议、行政诉讼情况
行政复议
行政诉讼
结果维持
总计
5
6
五、存在的主要问题
情况良好。
"""


def test_a_page_with_a_cell_a_line_is_several_tables():
    """Each has its rows; where heads and rows come with one period the columns are proved, and else
    no head is given.
    """
    report = Report(PAGE.format(documents=LAYOUTS["lines"](DOCUMENTS)))
    assert [len(table.rows) for table in report.tables] == [2, 1, 3, 1]
    assert report.tables[1].heads_of(0, 1) == ("本年处理决定数量",)
    applications, cases = report.tables[2:]
    assert [row.label for row in applications.rows] == [
        ("一、本年新收政府信息公开申请数量",),
        ("三、本年度办理结果", "（一）予以公开"),
        ("四、结转下年度继续办理",),
    ]
    assert not any(heads for row in (*applications.rows, *cases.rows) for heads in row.heads)
    assert cases.rows[0].label == ()
    assert [label for _, label in report.sections if label != "标题"] == ["二", "三", "四", "五"]


def test_rows_that_were_printed_side_by_side_are_rows_of_one_table():
    """Of heads that come twice each row has its own; the lines repeat with one period."""
    heads = ["省份", "受理", "审结"]
    cells = "甲省 5 3 乙省 8 6 丙省 2 1 丁省 9 7".split()
    assert read("\n\n".join([*heads, *heads, *cells])) == [
        ((cells[i],), [(cells[i + 1], ("受理",)), (cells[i + 2], ("审结",))])
        for i in range(0, len(cells), 3)
    ]


def test_a_column_that_counts_the_rows_belongs_to_the_row_it_begins():
    """2 after 71.5% is the number of the next row, not a number of the last."""
    lines = "序号 方式 数量 比例 1 维持 3406 71.5% 2 撤销 88 1.8% 3 合计 3494 100%".split()
    [table] = tables_in("\n".join(["办理结果(件)", *lines]))
    assert table.caption == ("办理结果(件)",)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        lines[i : i + 4] for i in range(4, len(lines), 4)
    ]
    assert table.rows[1].label == ("撤销",) and table.heads_of(1, 0) == ("序号",)
    assert table.heads_of(2, 3) == ("比例",)


# --- what is proved and what is not


def test_empty_cells_between_tabs_keep_their_place():
    """A row is split at each tab; a cell after an empty one has the head of its own column."""
    report = Report("项目\t受理\t审结\t结转\n许可\t\t5\t\n\t7\t\t2\n")
    [table] = report.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["许可", "", "5", ""],
        ["", "7", "", "2"],
    ]
    assert table.heads_of(0, 2) == ("审结",) and table.heads_of(1, 3) == ("结转",)


@pytest.mark.parametrize(
    "text",
    [
        "项目\t受理\t审结\n许可\t5\n处罚\t3\t4\t6",
        "项目 | 受理 | 审结\n许可 | 5\n处罚 | 3 | 4 | 6",
        "项目    受理    审结    结转\n许可         3          6\n处罚         4          7",
        "受理\n审结\n许可\n5\n处罚\n3\n6",
    ],
)
def test_a_row_that_does_not_fit_its_heads_is_given_none(text):
    """Fewer or more cells than heads, or none below one head alone, prove no column."""
    assert not any(heads for table in tables_in(text) for row in table.rows for heads in row.heads)


def test_a_row_with_a_gap_is_proved_by_where_its_numbers_stand():
    """Of a row that lacks a number each other has the head that it stands under."""
    table = aligned([["项目", "受理", "审结", "结转"], ["许可", "1234", "5", "60"]], gap=4)
    gap = aligned([["项目", "受理", "审结", "结转"], ["处罚", "3456", " ", "70"]], gap=4)
    [found] = tables_in(f"{table}\n{gap.splitlines()[1]}")
    assert found.heads_of(1, 1) == ("受理",) and found.heads_of(1, 2) == ("结转",)


def test_a_row_of_words_is_no_head_of_the_rows_below():
    """Only the first line names the columns; 优秀 is no head of the number under it."""
    for layout in ("tabs", "strokes", "characters"):
        rows = [["项目", "结果"], ["受理", "3"], ["评价", "优秀"], ["审结", "5"]]
        assert read(LAYOUTS[layout](rows)) == [
            (("受理",), [("3", ("结果",))]),
            (("审结",), [("5", ("结果",))]),
        ]
        rows.insert(1, rows.pop(2))
        assert read(LAYOUTS[layout](rows))[1] == (("审结",), [("5", ("结果",))])


def test_of_two_lines_that_could_be_heads_none_is_taken():
    """A table of words directly above says nothing of the numbers; which is the head is not plain
    unless one names the labels.
    """
    for layout in ("tabs", "strokes", "characters"):
        rows = [["甲局", "审批"], ["许可", "数量"], ["一般", "5"], ["简易", "3"]]
        [table] = tables_in(LAYOUTS[layout](rows))
        assert table.heads == () and len(table.rows) == 2
        rows[1][0] = "项目"
        [table] = tables_in(LAYOUTS[layout](rows))
        assert table.heads_of(1, 1) == ("数量",)


def test_one_blank_may_be_all_that_is_left_before_a_number():
    """Beside a long label, or between two numbers, a program may leave one blank only."""
    text = (
        "项目              受理   审结     结转\n"
        "1.没有现成信息需要另行制作 3120 2807   12\n"
        "2.重复申请           2    1      0\n"
    )
    assert [(row[0], [n for n, _ in row[1]]) for row in read(text)] == [
        (("1.没有现成信息需要另行制作",), ["3120", "2807", "12"]),
        (("2.重复申请",), ["2", "1", "0"]),
    ]
    [table] = tables_in("附表 1   20   30\n附表 2   10   40")
    assert [row.label for row in table.rows] == [("附表 1",), ("附表 2",)]


def test_merged_heads_between_tabs_are_told_but_prove_nothing():
    """Lines of fewer heads than a row has cells are heads; what each stands above is not known."""
    text = "说明\t申请人\n自然人\t法人\t总计\n企业\t机构\n新收\t3\t1\t0\t4\n结转\t1\t0\t0\t1\n"
    [table] = tables_in(text)
    assert len(table.heads) == 3 and len(table.rows) == 2
    assert not any(heads for row in table.rows for heads in row.heads)


def test_several_lines_of_heads_stand_above_a_row_without_a_label():
    """Where no column holds labels, no line of heads names it, and all stand above the numbers."""
    heads = "复议\t复议\t诉讼\n结果维持\t总计\t总计\n"
    assert read(f"{heads}3\t5\t4")[0][1] == [
        ("3", ("复议", "结果维持")),
        ("5", ("复议", "总计")),
        ("4", ("诉讼", "总计")),
    ]


def test_an_item_of_a_group_is_not_named_by_the_group():
    """A label may hold a group and its first item; what is counted is the item."""
    report = Report("办理结果\t件数\n（一）予以公开\t6\n（三）不予公开\t1.属于国家秘密\t2\n")
    granted, secret = map(report.place_of, report.values)
    assert granted.names("予以公开") and secret.names("国家秘密")
    assert not secret.names("不予公开") and secret.says("不予公开")


def test_the_same_heads_again_begin_another_table():
    """On the next page the heads are printed again; the rows below have these."""
    rows = aligned(DOCUMENTS).split("\n")
    found = tables_in("\n".join([rows[0], rows[1], "- 4 -", rows[0], rows[2]]))
    assert [table.heads_of(0, 3) for table in found] == [("现行有效件数",)] * 2


@pytest.mark.parametrize("cell", ["1,234", "59237.2449", "49.66%", "75件", "１２", "１，２３４"])
def test_numbers_of_cells(cell):
    """Thousands, decimals, shares and units are one cell and one number."""
    report = Report(f"项目\t数量\n许可\t{cell}\n处罚\t3\n")
    assert report.tables[0].heads_of(0, 1) == ("数量",)
    assert [number.kind for number in report.numbers] == ["value"] * 2


def test_nothing_is_no_number():
    """A dash, a stroke and an empty cell are cells that hold no number, and count as cells."""
    report = Report("项目   受理   审结   结转\n许可   —    5    /\n处罚   3    6    7\n")
    assert [number.printed for number in report.numbers] == ["5", "3", "6", "7"]
    assert report.tables[0].heads_of(0, 2) == ("审结",)


def test_single_blanks_prove_a_column_only_below_a_head_of_the_labels():
    """One blank may stand within a head as well as between two."""
    rows = "\n许可 5 3 2\n处罚 1 1 0"
    assert read(f"项目 受理 审结 结转{rows}")[1] == (
        ("处罚",),
        [("1", ("受理",)), ("1", ("审结",)), ("0", ("结转",))],
    )
    for head in ("受理 审结 结转 备注", "项目 受理 审结", "项目 本年 受理 审结 结转"):
        [table] = tables_in(head + rows)
        assert not any(heads for row in table.rows for heads in row.heads)


def test_a_line_between_rows_is_a_label_and_a_heading_begins_a_new_table():
    """其中： and 三、 between rows of one table are labels; a heading above other columns is none."""
    text = "一、新收   5   3   2\n其中：\n许可      3   1   1\n三、结果\n（一）公开  2       1\n"
    [table] = tables_in(text)
    assert [row.label for row in table.rows] == [
        ("一、新收",),
        ("其中：", "许可"),
        ("三、结果", "（一）公开"),
    ]
    assert [label for _, label in Report(text).sections] == ["标题"]
    text = "许可   5   3   2\n处罚   3   1   1\n三、费用\n收费   20\n罚没   30\n"
    assert [len(table.rows) for table in tables_in(text)] == [2, 2]
    assert [label for _, label in Report(text).sections] == ["标题", "三"]


def test_a_heading_above_cells_on_lines_stays_a_heading():
    """（二） above the heads of a table is its name; what names the labels begins a table."""
    report = Report(
        "某市报告\n（二）案件情况\n项目\n数量\n许可\n5\n处罚\n3\n指标\n金额\n收费\n20\n"
    )
    assert [table.caption for table in report.tables] == [("（二）案件情况",), ()]
    assert [table.heads_of(0, 1) for table in report.tables] == [("数量",), ("金额",)]
    assert [label for _, label in report.sections] == ["标题", "(二)"]


# --- what is read in a cell


@pytest.mark.parametrize("layout", ["tabs", "strokes", "tight", "closed", "characters", "lines"])
def test_no_unit_is_taken_from_another_cell(layout):
    """A number at the end of a cell or of a line has no unit of what follows."""
    rows = [
        ["项目", "受理", "说明", "审结"],
        ["许可", "109", "件", "5"],
        ["万件", "3", "元", "2"],
    ]
    report = Report(LAYOUTS[layout](rows))
    assert [(number.printed, number.unit) for number in report.values] == [
        ("109", ""),
        ("5", ""),
        ("3", ""),
        ("2", ""),
    ]


def test_the_numeral_of_an_item_is_no_value():
    """1.属于国家秘密 begins with a numeral of a list."""
    report = Report("1.属于国家秘密   0   3\n2.重复申请     1   4\n")
    assert [number.printed for number in report.values] == ["0", "3", "1", "4"]


def test_no_line_of_a_table_is_joined_to_another():
    """A label as wide as a line, a note in brackets and a number stay lines of their own."""
    text = PAGE.format(documents=LAYOUTS["lines"](DOCUMENTS))
    assert Report(text).text == text and Report(APPLICATIONS).text == APPLICATIONS


# --- what is no table


def test_the_report_of_baoding_has_none():
    """No line of a report that prints no table is a row."""
    assert Report(TEXT.read_text(encoding="utf-8")).tables == []


@pytest.mark.parametrize(
    "text",
    [
        "共受理行政复议案件  316  件，审结  280  件。\n共办理应诉案件  45  件。",
        "一是受理316件。\n二是审结280件。\n三是结转36件。",
        "全年受理：\n316件；\n280件。",
        "望都县人民政府\n2024年3月1日",
        "        望都县人民政府\n        2024年 3月1日",
        "局长    张三\n主任    李四",
        "共计 1 234 567\n共计 2 345 678",
        "电话 0312 3088888",
        "首页\n1\n2\n3\n下一页",
        "首页 | 政务公开 | 2023",
        "发布时间  2024-01-15  16:03",
        "（一）受理情况\n316\n（二）审结情况",
        "2023年\n2022年\n2021年\n2020年",
    ],
)
def test_prose_is_no_table(text):
    """Numbers with blanks around them, lists, a signature, the pages of a list and a date."""
    assert tables_in(text) == []


# --- any table

WORDS = st.text("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", min_size=2, max_size=7)
TABLES = st.integers(3, 7).flatmap(
    lambda size: st.tuples(
        st.lists(WORDS, min_size=size, max_size=size, unique=True),
        st.lists(
            st.tuples(WORDS, *[st.integers(0, 10**6).map(str)] * (size - 1)).map(list),
            min_size=2,
            max_size=6,
            unique_by=lambda row: row[0],
        ),
    )
)


@pytest.mark.parametrize("layout", sorted(LAYOUTS.keys() - {"single"}))
@given(TABLES)
@settings(max_examples=15, deadline=None)
def test_any_table_is_read_back(layout, table):
    """Rows, labels, numbers and heads are those that were rendered."""
    heads, rows = table
    [found] = tables_in(LAYOUTS[layout]([heads, *rows]))
    assert [row.label for row in found.rows] == [(row[0],) for row in rows]
    assert [[cell.text for cell in row.cells] for row in found.rows] == rows
    for at in range(len(rows)):
        assert [found.heads_of(at, i) for i in range(1, len(heads))] == [(h,) for h in heads[1:]]


@given(TABLES, st.data())
@settings(max_examples=150 if IN_FULL else 30, deadline=None)
def test_no_wrong_head_is_given_where_cells_are_empty(table, data):
    """Aligned by blanks, a number whose neighbours are lacking has its own head or none."""
    heads, rows = table
    for row in rows:
        for at in range(1, len(row)):
            if data.draw(st.integers(0, 4)) == 0:
                row[at] = ""
    measure = data.draw(st.sampled_from([len, columns.width]))
    gap, sides = data.draw(st.integers(2, 9)), data.draw(st.text("lrm", min_size=7, max_size=7))
    for found in tables_in(aligned([heads, *rows], measure, gap, sides)):
        for row in found.rows:
            given_row = next(one for one in rows if one[0] == row.label[-1])
            kept = [(text, head) for text, head in zip(given_row, heads, strict=True) if text]
            for cell, above, (text, head) in zip(row.cells, row.heads, kept, strict=True):
                assert cell.text == text
                assert [one.text for one in above] in ([], [head])


# --- hostile texts


@pytest.mark.clock
@pytest.mark.parametrize(
    "make",
    [
        lambda n: "项目   受理   审结\n" + "许可   3    5\n" * n,
        lambda n: "项目\t受理\t审结\n" + "许可\t3\t5\n" * n,
        lambda n: "许可\n3\n5\n" * n,
        lambda n: "甲   " * n + "\n" + "3   " * n,
        lambda n: "甲\t" * n + "\n" + "3\t" * n,
        lambda n: "3|" * n,
        lambda n: " " * (10 * n) + "\n3  4",
        lambda n: "（" * n + "  3  4",
        lambda n: "甲  乙\n" * n + "3  4\n",
        lambda n: "3  4\n\n甲  乙\n\n" * n,
    ],
)
def test_time_grows_with_the_text(make):
    """Ten times as much takes about ten times as long, whatever it is made of."""

    def seconds(n):
        text, before = make(n), time.process_time()
        tables_in(text)
        return time.process_time() - before

    few = max(seconds(200), 0.005)
    assert min(seconds(2_000) for _ in range(2)) < 40 * few


SPANS = st.lists(
    st.tuples(
        st.one_of(st.just(""), st.text("上中下左右前后", min_size=2, max_size=6)),
        st.lists(st.sampled_from(["维持", "纠正", "其他结果", "总计"]), min_size=1, max_size=4),
    ),
    min_size=2,
    max_size=4,
)


@given(SPANS, st.sampled_from("lm"), st.integers(2, 6), st.sampled_from([len, columns.width]))
@settings(max_examples=50, deadline=None)
def test_what_spans_columns_is_given_to_none_beside_them(spans, side, gap, measure):
    """A head over several columns, at their left or in their middle, stands above no other."""
    leaves = [leaf for _, below in spans for leaf in below]
    assume(len({tuple(below) for _, below in spans}) == 1 or not columns._period(leaves))
    table = aligned(
        [["项目", *leaves], *[[f"第{n}", *["7"] * len(leaves)] for n in "甲乙丙"]], measure, gap
    )
    above, at = "", measure("项目") + gap
    for upper, below in spans:
        wide = sum(map(measure, below)) + gap * (len(below) - 1)
        start = at + (max(0, wide - measure(upper)) // 2 if side == "m" else 0)
        if measure(upper) <= wide and upper:
            above += " " * (start - measure(above)) + upper
        at += wide + gap
    [found] = tables_in(f"{above}\n{table}")
    own = [{upper, leaf} for upper, below in spans for leaf in below]
    for row in range(3):
        for i, heads in enumerate(own, 1):
            given_heads = found.heads_of(row, i)
            assert set(given_heads) <= heads and given_heads[-1:] in ((), (leaves[i - 1],))


@given(st.text("  \t|\n\n33４甲乙，。：（）-—.1一、%项目年件\u3000\u00a0", max_size=120))
@settings(max_examples=150 if IN_FULL else 30, deadline=None)
def test_whatever_a_text_is_its_tables_stand_in_it_in_order(text):
    """Tables, rows and cells follow each other and are cut out of the text by their places."""
    report, last = Report(text), 0
    for table in report.tables:
        assert last <= table.start < table.end and table.rows
        last = table.start
        for row in table.rows:
            assert last <= row.start < row.end <= table.end
            assert len(row.heads) == len(row.cells)
            last = row.end
            for cell in row.cells:
                assert row.start <= cell.start <= cell.end <= row.end or not cell.text
                assert report.text[cell.start : cell.end] == cell.text.replace("\t", " ")
            assert report.table_at(row.start)[2] == row
    assert [number.start for number in report.numbers] == sorted(
        number.start for number in report.numbers
    )
