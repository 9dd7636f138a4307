"""The tables of a text: set apart or opened in a draft, and their cells as figures.

The report is invented, in the form that every report on disclosure has.
"""

import csv
from decimal import Decimal

import pytest
from conftest import as_csv, register
from openpyxl import load_workbook

import baoding_data as bd
from baoding_data.checks.audit import check
from baoding_data.cli import main
from baoding_data.curation.accept import accept
from baoding_data.curation.drafts import read_draft, write_draft
from baoding_data.curation.scan import scan
from baoding_data.tables.seeds import Seeds
from baoding_data.text.cells import unit_said
from baoding_data.text.report import Report

WANGDU = "wangdu-2022"
HEAD = """\
望都县人民政府2022年政府信息公开工作年度报告

一、总体情况

2022年，全县主动公开县政府信息310条。

"""
TAIL = """
五、存在的主要问题及改进情况

公开的内容还不够全面。

望都县人民政府
2023年1月20日
"""
# Rows by tables; what stands alone stands above the table.
TABLES = [
    ["二、主动公开政府信息情况", "第二十条第（一）项"],
    [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "2", "0", "11"],
        ["行政规范性文件", "109", "48", "597"],
    ],
    ["第二十条第（八）项"],
    [["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", "59.25"]],
    ["三、收到和处理政府信息公开申请情况"],
    [
        ["申请情况", "自然人", "商业企业", "总计"],
        ["一、本年新收政府信息公开申请数量", "34", "9", "43"],
        ["二、上年结转政府信息公开申请数量", "3", "0", "3"],
        ["（一）予以公开", "20", "4", "24"],
        ["（二）部分公开", "4", "0", "4"],
        ["（三）不予公开 1.属于国家秘密", "3", "4", "7"],
        ["（七）总计", "36", "9", "45"],
        ["四、结转下年度继续办理", "1", "0", "1"],
    ],
]
# What the cells are, in their order; of all others the codebook has nothing.
FIGURES = {
    "rules_issued": ("2", 2, "件", "1/1", "本年制发件数"),
    "rules_repealed": ("0", 0, "件", "1/1", "本年废止件数"),
    "rules_in_force": ("11", 11, "件", "1/1", "现行有效件数"),
    "normative_documents_issued": ("109", 109, "件", "1/2", "本年制发件数"),
    "normative_documents_repealed": ("48", 48, "件", "1/2", "本年废止件数"),
    "normative_documents_in_force": ("597", 597, "件", "1/2", "现行有效件数"),
    "administrative_fees": ("59.25", 592500, "元", "2/1", "本年收费金额（单位：万元）"),
    "disclosure_received": ("43", 43, "件", "3/1", "总计"),
    "disclosure_carried_in": ("3", 3, "件", "3/2", "总计"),
    "disclosure_granted": ("24", 24, "件", "3/3", "总计"),
    "disclosure_granted_in_part": ("4", 4, "件", "3/4", "总计"),
    "disclosure_completed": ("45", 45, "件", "3/6", "总计"),
    "disclosure_carried_out": ("1", 1, "件", "3/7", "总计"),
}


def padded(rows):
    """Rows in columns of equal width, as programs lay out a page."""
    widths = [max(len(row[at]) for row in rows) + 3 for at in range(len(rows[0]))]
    return ["".join(map(str.ljust, row, widths)).rstrip() for row in rows]


LAYOUTS = {
    "tabs": lambda rows: ["\t".join(row) for row in rows],
    "strokes": lambda rows: [f"| {' | '.join(row)} |" for row in rows],
    "page": padded,
}


def text(layout):
    """The whole report with its tables laid out in one way."""
    lines = []
    for part in TABLES:
        lines += part if isinstance(part[0], str) else LAYOUTS[layout](part)
    return HEAD + "\n".join(lines) + "\n" + TAIL


@pytest.fixture
def registered(folder, tmp_path):
    """Registers the report in one layout; its code."""

    def run(layout="tabs"):
        (tmp_path / "report.txt").write_text(text(layout), encoding="utf-8", newline="")
        return register(folder, tmp_path / "report.txt", "望都县", 2022)

    return run


def marked(rows, **cells):
    """The rows with some cells in those of tables."""
    return [row._replace(**cells) if row.kind == "table" else row for row in rows]


def read(rows):
    """The rows as a curator leaves them who takes what is proposed: all of the whole area."""
    found = []
    for row in rows:
        if row.kind == "value":
            scope = "whole_area" if row.indicator else ""
            row = row._replace(read="yes", scope=scope, scope_basis="inferred" if scope else "")
        found.append(row)
    return found


@pytest.fixture
def opened(registered, folder, tmp_path):
    """The draft of the report with every table opened, as a function of its layout."""

    def run(layout="tabs", name="draft.csv"):
        assert registered(layout) == WANGDU
        path = tmp_path / name
        write_draft(marked(scan(WANGDU, folder), read="open"), path)
        return scan(WANGDU, folder, path)

    return run


# --- one row a table


def test_a_table_is_one_row_of_its_draft(registered, folder):
    """Each table is proposed as one row that is to be set apart, in its place among the numbers."""
    registered()
    rows = [row for row in scan(WANGDU, folder) if row.kind in ("value", "table")]
    assert [row.printed for row in rows] == ["310", "表1", "表2", "表3"]
    tables = [row for row in rows if row.kind == "table"]
    assert {row.reason for row in tables} == {"table"} and not any(r.indicator for r in tables)
    assert "【2行，6个数】" in tables[0].sentence and "规章 2 0 11" in tables[0].sentence


@pytest.mark.parametrize("name", ["draft.csv", "draft.xlsx"])
def test_a_table_is_set_apart_with_one_stroke(registered, folder, tmp_path, name):
    """With one yes every number of a table is accounted for, with row, heads and reason; scanned
    again it is still one row, which is read.
    """
    registered()
    path = tmp_path / name
    write_draft(read(marked(scan(WANGDU, folder), read="yes")), path)
    done = accept(path, folder)
    assert (done.figures, done.set_apart, done.unread, done.status) == (1, 28, 0, "audited")
    assert check(Seeds(folder)) == []
    rows = [row for row in Seeds(folder).figures if row.report == WANGDU and row.table_row]
    assert {(row.indicator, row.note_en) for row in rows} == {
        ("", "in a table, not taken in as a figure")
    }
    assert [row.printed for row in rows if row.table_row == "3/1"] == ["34", "9", "43"]
    again = [row for row in scan(WANGDU, folder) if row.kind == "table"]
    assert [row.read for row in again] == ["yes"] * 3


def test_a_table_that_is_not_read_leaves_its_numbers_unread(registered, folder, tmp_path):
    """Without a mark, or with the mark that only opens it, no number of a table is read."""
    registered()
    for mark in ("", "open", "展开"):
        write_draft(read(marked(scan(WANGDU, folder), read=mark)), tmp_path / "draft.csv")
        done = accept(tmp_path / "draft.csv", folder)
        assert (done.figures, done.unread, done.status, done.findings) == (1, 28, "draft", [])


def test_another_mark_or_no_reason_is_one_finding(registered, folder, tmp_path):
    """What is wrong with the row of a table is said once, not for each of its numbers."""
    registered()
    for cells, column in (({"read": "ja"}, "read"), ({"read": "yes", "reason": ""}, "indicator")):
        rows = scan(WANGDU, folder)
        at = next(at for at, row in enumerate(rows) if row.kind == "table")
        rows[at] = rows[at]._replace(**cells)
        write_draft(rows, tmp_path / "draft.csv")
        found = accept(tmp_path / "draft.csv", folder).findings
        assert [(one.row, one.column) for one in found] == [(at + 2, column)]


# --- a row each cell


@pytest.mark.parametrize(
    ("layout", "name"), [*((layout, "draft.csv") for layout in LAYOUTS), ("tabs", "draft.xlsx")]
)
def test_a_statutory_table_is_taken_in_without_typing(opened, folder, tmp_path, layout, name):
    """Opened, each cell has its row, with the one indicator that its row and heads name; accepted
    as proposed, the report is audited, and the figures are those of the table.
    """
    write_draft(read(opened(layout, name)), tmp_path / name)
    done = accept(tmp_path / name, folder)
    assert (done.findings, done.status) == ([], "audited")
    tables = Seeds(folder)
    assert check(tables) == []
    rows = [row for row in tables.figures if row.report == WANGDU and row.table_row]
    found = {
        row.indicator: (row.printed, row.value, row.unit, row.table_row, row.heads)
        for row in rows
        if row.indicator
    }
    assert found == FIGURES
    figures = [bd.figure(name, WANGDU, tables) for name in FIGURES]
    assert {figure.status for figure in figures} == {"proved"}
    assert all(f.sentence[f.at :].startswith(f.printed) for f in figures)


@pytest.mark.parametrize(
    ("cells", "columns"),
    [({"value": "25"}, ["value"]), ({"unit": "人"}, ["unit"]), ({"unit": "件"}, [])],
)
def test_a_changed_cell_is_a_finding(opened, folder, tmp_path, cells, columns):
    """Another value or unit than the table's is not dropped in silence; the unit that the indicator
    has may be written where the table gives none.
    """
    rows = [
        row._replace(**cells) if row.indicator == "disclosure_granted" else row
        for row in read(opened())
    ]
    write_draft(rows, tmp_path / "draft.csv")
    assert [one.column for one in accept(tmp_path / "draft.csv", folder).findings] == columns


def test_an_opened_table_stays_open(opened, folder, tmp_path):
    """Scanned onto a draft that lists its cells, a table is not closed again, and what a person
    wrote of a cell is kept.
    """
    rows = opened()
    at = next(at for at, row in enumerate(rows) if row.indicator == "disclosure_granted")
    rows[at] = rows[at]._replace(scope="government", read="yes")
    write_draft(rows, tmp_path / "draft.csv")
    assert scan(WANGDU, folder, tmp_path / "draft.csv") == rows


def test_a_cell_is_shown_with_its_heads_and_its_own_money(opened, folder, tmp_path, capsys):
    """Row and heads are told by `show`, in notebooks and in the flat table; 59.25 under 万元 reads
    592,500元 everywhere, never 59.25元.
    """
    write_draft(read(opened()), tmp_path / "draft.csv")
    accept(tmp_path / "draft.csv", folder)
    fees = bd.figure("administrative_fees", WANGDU, folder)
    assert (fees.printed, fees.value, fees.unit) == ("59.25", Decimal(592500), "元")
    shown = fees._repr_html_()
    assert "592,500元" in shown and "表2第1行" in shown and fees.heads in shown
    assert main(["show", "administrative_fees", "--report", WANGDU, "--seeds", str(folder)]) == 0
    out = capsys.readouterr().out
    assert "592,500" in out and "【59.25】" in out and fees.heads in out
    bd.export(tmp_path / "out.csv", report=WANGDU, seeds=folder)
    flat = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    [line] = [row for row in csv.DictReader(flat) if "行政事业性收费" in "".join(row.values())]
    assert any("表2第1行" in cell and fees.heads in cell for cell in line.values())
    bd.export(tmp_path / "out.xlsx", report=WANGDU, seeds=folder)
    cells = [c.value for s in load_workbook(tmp_path / "out.xlsx") for row in s for c in row]
    assert 592500 in cells and not any("59.25元" in str(cell) for cell in cells)


# --- what the audit proves


@pytest.fixture
def taken_in(opened, folder, tmp_path):
    """The table of figures of the accepted report, as a function that changes cells of the row of
    one indicator and audits.
    """
    write_draft(read(opened()), tmp_path / "draft.csv")
    accept(tmp_path / "draft.csv", folder)
    path = folder / f"figures/{WANGDU}.csv"
    before = path.read_text(encoding="utf-8")

    def run(indicator, **cells):
        rows = list(csv.DictReader(before.splitlines()))
        for row in rows:
            if row["indicator"] == indicator:
                row.update(cells)
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, rows[0], lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
        return {(one.rule, one.column) for one in check(Seeds(folder))}

    return run


def test_the_audit_finds_every_wrong_cell(taken_in):
    """Another column, another row, heads that stand elsewhere or nowhere, a quote that is not the
    row, a value not multiplied, a unit that is not the head's: each is found.
    """
    assert taken_in("disclosure_granted") == set()
    wrong = [
        ({"heads": "自然人"}, ("heads", "heads")),
        ({"heads": ""}, ("heads", "heads")),
        ({"heads": "总 计"}, ("heads", "heads")),
        ({"table_row": "3/4"}, ("table_row", "quote")),
        ({"table_row": "3/9"}, ("table_row", "table_row")),
        ({"table_row": "9/1"}, ("table_row", "table_row")),
        ({"table_row": ""}, ("table_row", "table_row")),
        ({"quote": "（一）予以公开 20 4"}, ("table_row", "quote")),
        ({"printed": "25"}, ("table_row", "printed")),
        ({"value": "240"}, ("value", "value")),
        ({"unit": "人"}, ("unit", "unit")),
        ({"printed": "20", "value": "20", "heads": "自然人"}, ("keyword", "indicator")),
    ]
    for cells, finding in wrong:
        assert finding in taken_in("disclosure_granted", **cells), cells
    assert ("value", "value") in taken_in("administrative_fees", value="59.25")
    assert ("unit", "unit") in taken_in("administrative_fees", unit="万元")


def test_the_rows_of_a_group_are_not_the_group(opened):
    """(三)不予公开 1.属于国家秘密 is a part of what was refused: no cell of it is proposed as that."""
    assert "disclosure_refused" not in [row.indicator for row in opened()]


def test_what_the_text_cannot_prove_is_called_transcribed(folder, tmp_path):
    """A cell whose column the text does not show may be a figure, with heads of its table or none;
    its status says that no text proves it. Of a table without heads it has none.
    """
    body = "项目  甲  乙  丙\n新收政府信息公开申请  4  3\n"
    page = HEAD + "三、收到政府信息公开申请情况\n" + body + TAIL
    (tmp_path / "report.txt").write_text(page, encoding="utf-8", newline="")
    assert register(folder, tmp_path / "report.txt", "望都县", 2022) == WANGDU
    write_draft(marked(scan(WANGDU, folder), read="open"), tmp_path / "draft.csv")
    rows = scan(WANGDU, folder, tmp_path / "draft.csv")
    cell = {"indicator": "disclosure_received", "scope": "whole_area", "scope_basis": "inferred"}
    cell |= {"period": "year", "reason": ""}
    rows = [row._replace(**cell) if row.printed == "4" else row for row in read(rows)]
    rows = [
        row._replace(indicator="", reason="table", scope="", scope_basis="", period="")
        if row.printed == "3" and row.kind == "value"
        else row
        for row in rows
    ]
    write_draft(read(rows), tmp_path / "draft.csv")
    assert accept(tmp_path / "draft.csv", folder).findings == []
    figure = bd.figure("disclosure_received", WANGDU, folder)
    assert (figure.status, figure.heads, figure.value) == ("transcribed", "", 4)
    path = folder / f"figures/{WANGDU}.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    at, [row] = rows[0].index("heads"), [row for row in rows if row[0] == figure.indicator]
    row[at] = "甲|丁"
    path.write_bytes(as_csv(rows))
    assert [one.found for one in check(Seeds(folder)) if one.rule == "heads"] == ["甲|丁"]


# --- words


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("本年收费金额（单位：万元）", (10000, "元")),
        ("本年制发件数", (1, "件")),
        ("受理（件）", (1, "件")),
        ("占比（%）", (1, "%")),
        ("人数", (1, "人")),
        ("自然人", None),
        ("本年处理决定数量", None),
        ("总数", None),
        ("年数", (1, "年")),
    ],
)
def test_a_unit_is_taken_from_a_head_only_where_it_names_one(head, unit):
    """A head gives its unit in brackets, after 单位, or as 件数; 总数 and 数量 are no units."""
    found = unit_said(head)
    assert (found and (int(found[0]), found[1])) == unit


def test_a_table_holds_no_section_and_lends_no_unit():
    """Row labels are no headings, and no number takes its unit from the next cell or line."""
    report = Report(text("page"))
    labels = [label for _, label in report.sections]
    assert labels == ["标题", "一", "二", "三", "五", "落款"]
    units = {number.unit for number in report.values if report.place_of(number)}
    assert units == {"", "件", "元"}
    assert report.chapter_at(report.text.index("四、结转下年度")).startswith("三、收到和处理")


def test_drafts_read_back_as_they_were_written(opened, tmp_path):
    """A draft with opened tables is the same after it was written as a workbook and read."""
    rows = opened()
    write_draft(rows, tmp_path / "again.xlsx")
    kept = [row._replace(file="", line=None) for row in read_draft(tmp_path / "again.xlsx")]
    assert [row.at for row in kept] == [row.at for row in rows]
    assert not any(row.touched for row in kept)
