"""Accepting a draft: `baoding accept`."""

import os
import shutil
from datetime import date

import openpyxl
import pytest
from conftest import NEW, REPORT, as_csv, county, everything, read_csv

import baoding_data as bd
from baoding_data.cli import main
from baoding_data.curation.accept import accept
from baoding_data.curation.drafts import read_draft, write_draft
from baoding_data.curation.scan import scan
from baoding_data.curation.sign import sign
from baoding_data.tables.seeds import Seeds

DECISIONS = ("indicator", "scope", "scope_basis", "period", "shared")


@pytest.fixture(scope="module")
def arithmetic(registered, tmp_path_factory):
    """The seeds with the invented report as a draft, and the identities that Baoding's has."""
    folder = shutil.copytree(registered, tmp_path_factory.mktemp("arithmetic") / "seeds")
    path = folder / "identities.csv"
    text = path.read_text(encoding="utf-8")
    added = [
        line.replace(REPORT, NEW, 1).rsplit(",", 1)[0] + ","
        for line in text.splitlines()
        if line.startswith(REPORT)
    ]
    path.write_text(text + "\n".join(added) + "\n", encoding="utf-8", newline="")
    return folder


@pytest.fixture
def drafted(arithmetic, tmp_path):
    """A copy of them to change."""
    return shutil.copytree(arithmetic, tmp_path / "seeds")


@pytest.fixture(scope="module")
def curated(arithmetic):
    """The rows of the invented report's draft as a curator would leave them: the decisions are
    those of the report that it was made from, the quotes are left to the program.
    """
    decided = {}
    for row in scan(REPORT):
        decided.setdefault(row.at, []).append(row)
    found = []
    for row in {row.at: row for row in scan(NEW, arithmetic)}.values():
        if row.kind != "value":
            found.append(row)
            continue
        for one in decided[row.at]:
            decision = {column: getattr(one, column) for column in DECISIONS}
            found.append(row._replace(**decision, read="yes", quote="", reason="", confidence=""))
    return found


@pytest.fixture
def draft(curated, tmp_path):
    """The curated draft as a file, written anew with some rows changed."""

    def write(change=list, name="draft.csv"):
        write_draft(change(curated), tmp_path / name)
        return tmp_path / name

    return write


def with_row(place, **cells):
    """Change the row at this place among those of the draft."""
    return lambda rows: [
        row._replace(**cells) if number == place else row for number, row in enumerate(rows)
    ]


def read_only(some):
    """Leave the mark of a reader only at some places among the rows."""
    return lambda rows: [
        row if some(number) else row._replace(read="") for number, row in enumerate(rows)
    ]


def first_half(number):
    return number <= 50


def nowhere(number):
    return False


def index(rows, indicator):
    return next(at for at, row in enumerate(rows) if row.indicator == indicator)


def indicators(rows):
    return [row.indicator for row in rows]


def swap(path, old, new):
    """Put words in the place of others in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


# --- all of it


@pytest.mark.parametrize("name", ["draft.csv", "draft.xlsx"])
def test_a_draft_that_is_read_becomes_an_audited_report(drafted, draft, seeds, name):
    """With every number accounted for the report is audited, its figures are those of the draft
    with the quotes that the audit asks for, and the audit of all tables finds nothing.
    """
    assert accept(draft(name=name), drafted) == (NEW, 76, 0, 0, "audited", True, [])
    tables = Seeds(drafted)
    assert bd.audit(drafted).findings.empty
    assert tables.source[NEW].status == "audited" and NEW not in tables.drafts

    def decided(row):
        return (*(getattr(row, column) for column in DECISIONS), row.value, row.unit, row.bound)

    mine = [decided(row) for row in tables.figures if row.report == NEW]
    theirs = [decided(row) for row in seeds.figures]
    accepted = ("reconsideration_accepted", "whole_area", "printed", "to_date", "")
    assert [row for row in mine if row not in theirs] == [(*accepted, 395, "件", "exact")]
    assert len(mine) == 76
    sentence = bd.figure("reconsideration_accepted", NEW, tables).sentence
    assert sentence.startswith("截至目前,全市共受理行政复议案件395件")
    compared = bd.compare("reconsideration_accepted", report=REPORT, seeds=tables)
    assert NEW in compared["report"].tolist()


def test_accepting_twice_changes_nothing(drafted, draft):
    """The second time the command says so, and no byte is touched."""
    path = draft()
    accept(path, drafted)
    before = everything(drafted)
    assert accept(path, drafted) == (NEW, 76, 0, 0, "audited", False, [])
    assert everything(drafted) == before


def test_what_was_there_stays_as_it_was(drafted, draft):
    """Besides the new table only one cell of reports.csv and one path in the description change."""
    before = everything(drafted)
    accept(draft(), drafted)
    after = everything(drafted)
    written = {f"figures/{NEW}.csv", "reports.csv", "datapackage.json"}
    assert after.pop(f"figures/.{NEW}.accepted") == after[f"figures/{NEW}.csv"]
    assert {name for name in after if after[name] != before.get(name)} == written

    def lines(content, name):
        return content[name].decode().splitlines()

    old, new = lines(before, "reports.csv"), lines(after, "reports.csv")
    [(was, now)] = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    assert was.replace(",draft,", ",audited,") == now
    added = set(lines(after, "datapackage.json")) - set(lines(before, "datapackage.json"))
    assert [line.strip() for line in added if NEW in line] == [f'"figures/{NEW}.csv"']


def test_rows_may_be_sorted_in_any_way(drafted, draft):
    """A draft that a curator has sorted by another column is taken in the order of the text, and
    rows that share a number in that of their marks.
    """
    path = draft(lambda rows: sorted(rows, key=lambda row: (row.quote, row.shared), reverse=True))
    assert accept(path, drafted).findings == []
    turned = (drafted / f"figures/{NEW}.csv").read_bytes()
    accept(draft(), drafted)
    assert (drafted / f"figures/{NEW}.csv").read_bytes() == turned


def test_seeds_that_are_loaded_are_handed_on(drafted, draft, curated, monkeypatch):
    """`scan` and `accept` read the tables of loaded seeds no second time; only what the tables
    would be is read, once.
    """
    tables, read = Seeds(drafted), []
    made = Seeds.__init__

    def counted(seeds, *arguments):
        read.append(arguments)
        made(seeds, *arguments)

    monkeypatch.setattr(Seeds, "__init__", counted)
    scan(NEW, tables)
    write_draft(curated, drafted.parent / "again.xlsx", tables)
    assert read == []
    assert accept(draft(), tables).written and len(read) == 1 and len(read[0]) == 2


# --- half of it


def test_nothing_unread_enters_the_tables(drafted, draft):
    """Of a half-read draft only the rows that are read are taken in; the report stays a draft,
    nothing published changes, and the rest can be done another day.
    """
    path = draft(read_only(first_half))
    fingerprint = Seeds(drafted).fingerprint
    done = accept(path, drafted)
    assert done.status == "draft" and done.unread > 0 and done.written and not done.findings
    tables = Seeds(drafted)
    assert tables.source[NEW].status == "draft" and tables.fingerprint == fingerprint
    assert bd.audit(drafted).findings.empty and bd.figures(seeds=tables).equals(bd.figures())
    assert len(tables.drafted(NEW)) == done.figures
    assert accept(path, drafted) == done._replace(written=False)
    read = indicators(row for row in scan(NEW, drafted, path) if row.read)
    assert read == indicators(tables.drafted(NEW))
    # Without the draft's file the tables know what was read.
    assert indicators(row for row in scan(NEW, drafted) if row.read) == read
    assert accept(draft(), drafted).status == "audited"


def test_a_number_of_several_things_is_read_with_all_its_rows(drafted, draft, curated):
    """Where one of the rows that share a number is not marked as read, the number is still to be
    read.
    """
    shared = next(at for at, row in enumerate(curated) if row.shared == "2/3")
    done = accept(draft(with_row(shared, read="")), drafted)
    assert (done.unread, done.status) == (1, "draft")


def test_a_draft_of_which_nothing_is_read_writes_nothing(drafted, tmp_path):
    """Proposals alone, however sure, leave no trace."""
    write_draft(scan(NEW, drafted), tmp_path / "draft.csv")
    before = everything(drafted)
    assert accept(tmp_path / "draft.csv", drafted) == (NEW, 0, 0, 72, "draft", False, [])
    assert everything(drafted) == before


def test_an_indicator_may_be_added_before_its_figure(drafted, draft, curated):
    """An indicator that no figure has yet is no finding, before a draft is accepted and after."""
    path = drafted / "indicators.csv"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("essays_received,"))
    again = line.replace("essays_received", "essays_again").rsplit(",", 1)[0]
    path.write_text(f"{text}{again},\n", encoding="utf-8", newline="")
    assert bd.audit(drafted).findings.empty
    at = index(curated, "essays_received")

    def half(rows):
        return read_only(lambda n: n <= at)(with_row(at, indicator="essays_again")(rows))

    assert accept(draft(half), drafted).findings == [] and bd.audit(drafted).findings.empty


# --- what is wrong is named by the draft's row


@pytest.mark.parametrize(
    ("cells", "column", "wanted"),
    [
        ({"indicator": "filing_items"}, "indicator", "行政备案事项"),
        ({"indicator": "resignations"}, "indicator", "a code of indicators.csv"),
        ({"scope": "galaxy"}, "scope", "a code of terms.csv"),
        ({"scope": ""}, "scope", "a code of terms.csv"),
        ({"scope": "departments", "scope_basis": "printed"}, "scope", "部门"),
        ({"period": "norm"}, "period", "being a count"),
        ({"quote": "受理行政复议案件"}, "printed", "as the quote prints"),
        ({"quote": "截至目前,全市共受理行政复议案件395件"}, "quote", "shortest"),
        ({"value": "359"}, "value", "395"),
        ({"unit": "宗"}, "unit", "件"),
        ({"bound": "about"}, "bound", "exact"),
        ({"printed": "359"}, "at", "scan again"),
        ({"at": "7"}, "at", "scan again"),
        ({"at": "x"}, "at", "scan again"),
        ({"at": "88²"}, "at", "scan again"),
        ({"read": "perhaps"}, "read", "yes, or an empty cell"),
        ({"reason": "duration"}, "reason", "one of the two"),
        ({"indicator": "", "reason": ""}, "indicator", "a reason why"),
        ({"indicator": "", "reason": "bad"}, "reason", "no_indicator"),
        ({"indicator": "", "reason": "no_indicator"}, "indicator", "reconsideration_accepted"),
        ({"shared": "1/2"}, "shared", "claimed once"),
        ({"report": "baoding-2020"}, "report", "one report that has a text"),
    ],
)
def test_a_finding_names_the_row_of_the_draft_and_nothing_is_written(
    drafted, draft, curated, capsys, cells, column, wanted
):
    """A wrong cell is answered with file, row and column of the draft, what was wanted and what to
    do, with status 1 or 2; the tables stay as they were.
    """
    at = index(curated, "reconsideration_accepted")
    path = draft(with_row(at, **cells))
    before = everything(drafted)
    status = main(["accept", str(path), "--seeds", str(drafted)])
    out = "".join(capsys.readouterr())
    place = f"draft.csv, row {at + 2}, {column}: found "
    assert status in (1, 2)
    assert any(place in line and wanted in line for line in out.splitlines()), out
    assert everything(drafted) == before


def test_a_figure_of_what_grammar_tells_apart_is_refused(drafted, draft, curated):
    """A date, an ordinal or a name cannot be made a figure."""
    at = next(at for at, row in enumerate(curated) if row.kind == "date")
    path = draft(with_row(at, indicator="essays_received", read="yes"))
    [finding] = accept(path, drafted).findings
    assert (finding.row, finding.column) == (at + 2, "indicator") and "date" in finding.advice


def test_all_findings_come_at_once(drafted, draft, curated):
    """Three wrong rows give findings at all three."""
    names = ("essays_received", "mediation_cases", "proposals_city")
    wrong = [index(curated, name) for name in names]

    def change(rows):
        for at in wrong:
            rows = with_row(at, scope="galaxy")(rows)
        return rows

    done = accept(draft(change), drafted)
    found = {finding.row for finding in done.findings if finding.column == "scope"}
    assert found == {at + 2 for at in wrong} and not done.written


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"indicator": ""}, "indicator"),
        ({"reason": "duration"}, "reason"),
        ({"indicator": "", "reason": "bad"}, "reason"),
        ({"read": "perhaps"}, "read"),
        ({"at": "7"}, "at"),
        ({"printed": "77"}, "at"),
        ({"value": "7"}, "value"),
        ({"report": "baoding-2020"}, "report"),
        ({"shared": date(2026, 1, 3)}, "shared"),
        ({"printed": date(2026, 1, 3)}, "at"),
        ("long", ""),
        ("deleted", ""),
    ],
)
def test_findings_of_every_kind_come_together(drafted, draft, curated, cells, column):
    """A row that cannot be taken, one in which the audit finds a fault, and what another table
    lacks are told at once; nothing is told that only follows from the first.
    """
    wrong, audited = index(curated, "litigation_lost"), index(curated, "essays_received")
    path = drafted / "identities.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{NEW},success_rate")]
    path.write_text("".join(kept), encoding="utf-8", newline="")
    place = draft(with_row(audited, scope="galaxy"), "draft.xlsx" if dated(cells) else "draft.csv")
    damage(place, wrong + 2, cells)
    before = everything(drafted)
    done = accept(place, drafted)
    row = None if cells == "deleted" else wrong + 2
    wanted = {(str(place), row, column), (str(place), audited + 2, "scope")}
    [ratio] = [one for one in done.findings if one.file == "seeds/indicators.csv"]
    told = {(one.file, one.row, one.column) for one in done.findings if one != ratio}
    assert told == wanted and "success_rate" in ratio.wanted
    assert sum(one.row == row for one in done.findings) == 1
    assert not done.written and everything(drafted) == before


def test_rows_that_share_a_number_are_counted_where_all_of_them_hold(drafted, draft, curated):
    """Of a number of three things one row without an indicator is the only finding; the marks of
    another number are counted all the same.
    """
    at, other = index(curated, "litigation_lost"), indexes(curated, "2/3")[0]
    empty = with_row(other, indicator="")
    found = accept(draft(lambda rows: with_row(at, shared="1/2")(empty(rows))), drafted).findings
    told = {(finding.row, finding.column) for finding in found}
    assert told == {(other + 2, "indicator"), (at + 2, "shared")}


def indexes(rows, shared):
    return [at for at, row in enumerate(rows) if row.shared == shared]


def dated(cells):
    return isinstance(cells, dict) and any(isinstance(cell, date) for cell in cells.values())


def damage(path, row, cells):
    """Put other cells into a row of a draft, more at its end, or delete it."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        head = {cell.value: cell.column for cell in book["draft"][1]}
        for column, cell in cells.items():
            book["draft"].cell(row, head[column], cell)
        book.save(path)
        return
    lines = read_csv(path)
    if cells == "deleted":
        del lines[row - 1]
    elif cells == "long":
        lines[row - 1] += ["x"]
    else:
        for column, cell in cells.items():
            lines[row - 1][lines[0].index(column)] = cell
    path.write_bytes(as_csv(lines))


def test_a_draft_that_may_not_change_its_report_is_refused_before_its_rows_are(
    drafted, draft, curated
):
    """Nobody mends the rows of a draft only to hear that its report has been signed."""
    at = index(curated, "essays_received")
    accept(draft(), drafted)
    sign("R9", [f"figures/{NEW}.csv"], drafted)
    odd = with_row(at + 1, reason="bad")
    path = draft(lambda rows: odd(with_row(at, note_zh="记", note_en="a note")(rows)))
    with pytest.raises(bd.BaodingError, match="Correcting a figure"):
        accept(path, drafted)
    assert {finding.row for finding in accept(draft(odd), drafted).findings} == {at + 3}


def test_a_deleted_row_is_missed(drafted, draft, curated):
    """A number without a row is a finding, even where everything else is read."""
    at = index(curated, "mediation_cases")
    [finding] = accept(draft(lambda rows: rows[:at] + rows[at + 1 :]), drafted).findings
    assert "no row for “20563”" in finding.found and "scan again" in finding.advice


def test_a_ratio_that_is_asked_for_is_a_finding_of_the_tables(drafted, draft):
    """What the new report needs in other tables is named there, at the file that lacks it."""
    path = drafted / "identities.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith(NEW))
    path.write_text(kept, encoding="utf-8", newline="")
    findings = accept(draft(), drafted).findings
    assert {(f.file, f.column) for f in findings} == {("seeds/indicators.csv", "numerator")}
    assert all("identities.csv" in finding.wanted for finding in findings)


def test_old_findings_of_the_tables_are_not_the_drafts(drafted, draft):
    """What was wrong in the tables before keeps no draft from being accepted, and is not said
    again.
    """
    path = drafted / f"figures/{REPORT}.csv"
    swap(path, "oath_ceremonies,13,13", "oath_ceremonies,13,31")
    assert accept(draft(), drafted).findings == []


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", "受理".encode("gbk"), b"PK\x03\x04broken", b"read\n"]
)
def test_what_is_no_draft_is_refused(drafted, tmp_path, content):
    """A file that is no draft is answered with what was wanted, and status 2."""
    path = tmp_path / "draft.csv"
    path.write_bytes(content)
    assert main(["accept", str(path), "--seeds", str(drafted)]) == 2
    assert main(["accept", str(tmp_path / "none.csv"), "--seeds", str(drafted)]) == 2


def test_a_draft_of_a_text_that_is_not_registered_is_refused(drafted, invented, tmp_path):
    """What was scanned without being registered must be registered first."""
    write_draft(scan(invented), tmp_path / "draft.csv")
    with pytest.raises(bd.BaodingError, match="baoding add"):
        accept(tmp_path / "draft.csv", drafted)


def test_an_audited_report_is_not_changed_by_a_draft(drafted, draft, curated):
    """Until a second reader has signed, another decision in a draft is taken; after that it is
    refused: corrections are made in the table, and announced.
    """
    at = index(curated, "essays_received")
    accept(draft(), drafted)
    path = draft(with_row(at, note_zh="注", note_en="a first note"))
    assert accept(path, drafted).written
    sign("R9", [f"figures/{NEW}.csv"], drafted)
    before = everything(drafted)
    path = draft(with_row(at, note_zh="记", note_en="a note"))
    with pytest.raises(bd.BaodingError, match="Correcting a figure"):
        accept(path, drafted)
    assert everything(drafted) == before


def test_a_second_readers_marks_are_kept(drafted, draft):
    """After a second reader has signed the table, accepting the same draft once more leaves the
    marks.
    """
    path = draft()
    accept(path, drafted)
    sign("R9", [f"figures/{NEW}.csv"], drafted)
    before = everything(drafted)
    assert accept(path, drafted).written is False and everything(drafted) == before


# --- unclear numbers


def test_an_unclear_number_is_set_apart_and_never_a_figure(folder, tmp_path):
    """数千 gets its doubt as the reason, in both languages; as a figure it is refused; the audit then
    counts it among the numbers accounted for.
    """
    name = county(folder, "2022年，全县共受理行政复议案件12件，培训数千名行政执法人员。")
    rows = [
        row._replace(read="yes") if row.kind in ("value", "unclear") else row
        for row in scan(name, folder)
    ]
    [at] = [at for at, row in enumerate(rows) if row.kind == "unclear"]
    assert rows[at].reason == "vague"
    decision = {"scope": "whole_area", "scope_basis": "inferred", "period": "year"}
    wrong = with_row(at, indicator="officers_trained", reason="", **decision)(rows)
    write_draft(wrong, tmp_path / "wrong.csv")
    findings = accept(tmp_path / "wrong.csv", folder).findings
    assert any("unclear" in finding.advice for finding in findings)
    write_draft(rows, tmp_path / "right.csv")
    assert accept(tmp_path / "right.csv", folder) == (name, 1, 1, 0, "audited", True, [])
    of_report = [row for row in Seeds(folder).figures if row.report == name]
    [apart] = [row for row in of_report if not row.indicator]
    assert (apart.printed, apart.value, apart.bound) == ("数千", None, "")
    assert apart.note_en == "a vague number that gives no specific value"
    audit = bd.audit(folder)
    assert audit.findings.empty and "1 unclear numbers" in audit.coverage
    accounted = "1 values, all accounted for by 1 figures and 1 rows set apart"
    assert accounted in audit.coverage


# --- what was corrected by hand


def test_an_older_draft_does_not_undo_what_was_corrected_by_hand(drafted, draft):
    """Cells of the table that were changed since a draft was last accepted are named, with their
    rows in both; once draft and table agree, either way, the draft is accepted. One that was itself
    corrected needs nothing.
    """
    table = drafted / f"figures/{NEW}.csv"
    accept(draft(), drafted)
    swap(table, "市本级行政许可事项293项,,,,,", "市本级行政许可事项293项,,,手改,changed,")
    by_hand, last = table.read_bytes(), draft(name="last.csv")
    done = accept(last, drafted)
    assert [one.column for one in done.findings] == ["note_zh", "note_en"]
    row = read_draft(last)[index(read_draft(last), "licensing_items")].line
    assert f"“手改”; wanted an empty cell, as row {row} of {last} has it" in str(done.findings[0])
    assert table.read_bytes() == by_hand
    at = row - 2
    other = draft(with_row(at, note_zh="手改", note_en="changed"), "other.csv")
    assert accept(other, drafted).findings == [] and table.read_bytes() == by_hand
    assert accept(last, drafted).written


@pytest.mark.parametrize(("column", "cell"), [("value", "294"), ("keyword", "许可")])
def test_what_a_draft_cannot_say_is_written_in_the_table(drafted, draft, column, cell):
    """A value, or words where the codebook's stand, are told to be put right in the table alone."""
    table = drafted / f"figures/{NEW}.csv"
    accept(draft(), drafted)
    before = table.read_bytes()
    rows = read_csv(before)
    licensing = next(row for row in rows if row[0] == "licensing_items")
    licensing[rows[0].index(column)] = cell
    table.write_bytes(as_csv(rows))
    [finding] = accept(draft(), drafted).findings
    assert finding.advice.endswith("elsewhere: write here what stands there")
    table.write_bytes(before)
    assert accept(draft(), drafted).findings == []


def test_what_was_accepted_elsewhere_is_not_undone(drafted, draft):
    """Where it is not known what was last accepted, a draft that says something else is refused."""
    accept(draft(), drafted)
    (drafted / f"figures/.{NEW}.accepted").unlink()
    assert accept(draft(), drafted).findings == []
    (drafted / f"figures/.{NEW}.accepted").unlink()
    at = index(read_draft(draft()), "licensing_items")
    other = draft(with_row(at, note_zh="注", note_en="note"))
    assert "or was accepted elsewhere" in str(accept(other, drafted).findings[0])


# --- killed


@pytest.mark.parametrize("moment", range(5))
def test_ended_between_any_two_files_the_tables_are_the_old_or_the_new(
    drafted, draft, moment, monkeypatch
):
    """Ended after none, one or two of its three files, what is published is as before and the audit
    finds nothing; the same command then completes it, also where only its memory was not written.
    """
    path, real, calls = draft(), os.replace, []

    def limited(*paths):
        if len(calls) == moment:
            raise KeyboardInterrupt
        calls.append(paths)
        real(*paths)

    before = Seeds(drafted).fingerprint
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", limited)
        if moment < 4:
            with pytest.raises(KeyboardInterrupt):
                accept(path, drafted)
        else:
            accept(path, drafted)
    tables = Seeds(drafted)
    assert bd.audit(drafted).findings.empty and not list(drafted.rglob("*.tmp"))
    if moment < 3:
        assert tables.fingerprint == before and bd.figures(seeds=tables).equals(bd.figures())
    assert accept(path, drafted).status == "audited"
    assert len(bd.figures(report=NEW, seeds=drafted).query("status == 'proved'")) == 76


# --- the words of one report

COUNTY = """\
2022年，全县共办理复议申请案12件；以县政府为被告的行政诉讼4件。审查各类政府决策9件。

三、下一步工作安排

　　让自助终端覆盖率达到90%。"""
COLUMNS = ("indicator", "scope", "scope_basis", "period", "keyword", "context")
DECIDED = {
    "12": ("reconsideration_handled", "whole_area", "printed", "year", "复议申请案", "复议"),
    "4": ("litigation_cases", "government", "printed", "year", "行政诉讼", ""),
    "9": ("decisions_reviewed", "government", "inferred", "year", "政府决策", "审查"),
    "90%": ("terminal_coverage_planned", "whole_area", "inferred", "planned", "", ""),
}
WANGDU = "wangdu-2022"


@pytest.fixture
def own_words(folder, tmp_path):
    """The draft of a county's report that words some indicators in its own way, its decisions made,
    as a function that writes and accepts it.
    """
    assert county(folder, COUNTY) == WANGDU

    def run(**changed):
        rows = []
        for row in scan(WANGDU, folder):
            if row.printed in DECIDED:
                decision = dict(zip(COLUMNS, DECIDED[row.printed], strict=True))
                row = row._replace(**decision, read="yes", quote="", reason="", shared="")
            rows.append(row._replace(**changed) if row.printed == "4" else row)
        write_draft(rows, tmp_path / "county.csv")
        return accept(tmp_path / "county.csv", folder)

    return run


def test_a_report_may_word_an_indicator_in_its_own_way(own_words, folder):
    """Words of the report itself prove a figure where the codebook's are not there; no other report
    and no row of the codebook is touched by them; a chapter on what is planned says so of its
    sentences.
    """
    before = (folder / "indicators.csv").read_bytes()
    assert own_words() == (WANGDU, 4, 0, 0, "audited", True, [])
    of_report = [row for row in Seeds(folder).figures if row.report == WANGDU]
    [suits] = [row for row in of_report if row.indicator == "litigation_cases"]
    assert (suits.keyword, suits.context) == ("行政诉讼", "")
    assert suits.quote == "以县政府为被告的行政诉讼4件"
    assert (folder / "indicators.csv").read_bytes() == before
    assert bd.audit(folder).findings.empty


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"keyword": ""}, "under “keyword”"),
        ({"keyword": "决策"}, "under “keyword”"),
        ({"keyword": "办理"}, "under “keyword”"),
        ({"keyword": "件"}, "the form"),
        ({"indicator": "reconsideration_accepted"}, "under “context”"),
    ],
)
def test_own_words_that_prove_nothing_are_findings(own_words, changed, wanted):
    """Without words, with words that stand elsewhere or nearer to another number, or with a single
    character, the figure is not accepted.
    """
    done = own_words(**changed)
    assert any(wanted in str(finding) for finding in done.findings), done.findings
    assert not done.written


def test_own_words_where_the_codebooks_stand_are_dropped_in_accepting_and_found_in_the_table(
    own_words, folder
):
    """A context of one's own beside the codebook's is dropped from a draft; typed into the table,
    it is a finding.
    """
    assert own_words(context="被告").findings == []
    path = folder / f"figures/{WANGDU}.csv"
    for old, new in (("", "被告"), ("被告", "火星")):
        swap(path, f",行政诉讼,{old},,,\n", f",行政诉讼,{new},,,\n")
        [finding] = bd.audit(folder).findings.itertuples()
        assert (finding.column, finding.wanted) == ("context", "an empty cell")


def test_a_second_reader_seals_own_words_too(own_words, folder):
    """Once signed, another keyword of one's own breaks the seal of its row, and of no other."""
    own_words()
    sign("R9", [f"figures/{WANGDU}.csv"], folder)
    swap(folder / f"figures/{WANGDU}.csv", ",行政诉讼,,,,\n", ",的行政诉讼,,,,\n")
    assert bd.audit(folder).findings["rule"].tolist() == ["reader"]


def test_words_of_its_own_are_proposed_where_the_codebooks_are_not_there(own_words, folder):
    """The scan proposes words of the sentence that the indicator knows too, such that the audit
    takes them.
    """
    [row] = [row for row in scan(WANGDU, folder) if row.printed == "4"]
    assert (row.indicator, row.context) == ("litigation_cases", "")
    assert row.keyword.endswith("行政诉讼") and row.keyword in row.quote


def test_the_words_of_a_refused_proposal_are_not_accepted(folder, tmp_path):
    """With a reason, or with another indicator, a row has nothing of what was proposed for the one
    that it had; where words are wanted then, the finding says why those do not count.
    """
    name = county(folder, "2022年，全县以县政府为被告的行政诉讼4件。")

    def accepted(**cells):
        rows = [
            row._replace(read="yes", **cells) if row.printed == "4" else row
            for row in scan(name, folder)
        ]
        write_draft(rows, tmp_path / "county.csv")
        return accept(tmp_path / "county.csv", folder).findings

    found = accepted(indicator="litigation_lost")
    assert any("proposed for another indicator" in finding.advice for finding in found)
    assert accepted(indicator="", reason="no_indicator") == []
    [row] = Seeds(folder).rows_of("figures", name)
    assert (row.indicator, row.keyword, row.context) == ("", "", "")


# --- what was accepted before stays


def test_an_older_draft_takes_nothing_back(drafted, draft):
    """Rows that were accepted stay in the table when a draft in which they are unread is accepted;
    what that one has read comes in too.
    """
    accept(draft(read_only(first_half)), drafted)
    before = indicators(Seeds(drafted).drafted(NEW))
    done = accept(draft(read_only(lambda number: number > 90)), drafted)
    after = indicators(Seeds(drafted).drafted(NEW))
    assert (done.findings, done.status) == ([], "draft")
    assert after[: len(before)] == before and len(after) > len(before)
    assert bd.audit(drafted).findings.empty


def test_an_audited_report_stays_whole(drafted, draft):
    """A draft in which rows are no longer marked as read cannot take them out of an audited
    report.
    """
    accept(draft(), drafted)
    before = everything(drafted)
    done = accept(draft(read_only(nowhere)), drafted)
    assert done == (NEW, 76, 0, 0, "audited", False, []) and everything(drafted) == before


# --- what a fresh pair of eyes found


def test_equal_numbers_in_one_clause_are_told_apart(folder, tmp_path):
    """组织3场培训和3场讲座: each 3 has its row, in the order of the text, and a second scan finds each where
    it was.
    """
    name = county(folder, "全年组织3场培训和3场讲座。")
    notes, rows = iter(("first", "second")), []
    for row in scan(name, folder):
        if row.kind == "value":
            note = next(notes)
            apart = dict.fromkeys(COLUMNS, "") | {"note_zh": note, "note_en": note}
            row = row._replace(**apart, read="yes", shared="", reason="no_indicator")
        rows.append(row)
    write_draft(rows, tmp_path / "draft.csv")
    done = accept(tmp_path / "draft.csv", folder)
    assert (done.findings, done.status, done.set_apart) == ([], "audited", 2)
    assert bd.audit(folder).findings.empty
    again = [row.note_en for row in scan(name, folder) if row.kind == "value"]
    assert again == ["first", "second"]


def test_an_accepted_row_that_no_longer_fits_is_not_lost(drafted, draft):
    """Where the table of a draft was changed by hand so that a row's quote is not in the text, scan
    and accept say so and write nothing.
    """
    accept(draft(read_only(first_half)), drafted)
    words = "征文活动共收到作品105篇"
    swap(drafted / f"figures/{NEW}.csv", words, f"{words}吧")
    before = everything(drafted)
    for command in (["accept", str(draft(read_only(nowhere)))], ["scan", NEW]):
        assert main([*command, "--seeds", str(drafted)]) == 2
    assert everything(drafted) == before


@pytest.mark.parametrize(
    ("add", "found"), [(",x", "19 cells"), ("\nlitigation_lost,1,1.0", "'1.0'")]
)
def test_a_spoiled_row_among_the_accepted_ones_is_named(drafted, draft, capsys, add, found):
    """A row with a cell too many, or with a spoiled one, in a draft's own table is answered with
    its place, by scan, accept and check.
    """
    accept(draft(read_only(first_half)), drafted)
    path = drafted / f"figures/{NEW}.csv"
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}{add}\n", encoding="utf-8", newline="")
    for command in (["scan", NEW], ["accept", str(draft())]):
        assert main([*command, "--seeds", str(drafted)]) == 2
        assert f"found {found}" in capsys.readouterr().err
    assert main(["check", "--seeds", str(drafted)]) == 0
    assert "cannot be read" in capsys.readouterr().out


def test_damaged_workbooks_are_answered(drafted, draft, tmp_path):
    """A workbook with bytes missing, or cut, ends with a message and not with a traceback."""
    whole, cut = draft(name="whole.xlsx").read_bytes(), tmp_path / "cut.xlsx"
    for at in range(200, len(whole), len(whole) // 12):
        cut.write_bytes(whole[:at] + bytes(40) + whole[at + 40 :])
        try:
            assert read_draft(cut)
        except bd.BaodingError as error:
            assert "cut.xlsx" in str(error)
        cut.write_bytes(whole[:at])
        assert main(["accept", str(cut), "--seeds", str(drafted)]) == 2
