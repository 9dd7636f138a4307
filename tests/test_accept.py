"""Accepting a draft: `baoding accept`."""

import os
import subprocess
import sys
import time

import pytest
from conftest import NEW, REPORT

import baoding_data as bd
from baoding_data.cli import main
from baoding_data.curation.accept import accept
from baoding_data.curation.drafts import scan, write_draft
from baoding_data.tables.seeds import Seeds

DECISIONS = ("indicator", "scope", "scope_basis", "period", "shared")


def everything(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def own_arithmetic(folder):
    """Give the new report the identities that Baoding's has."""
    path = folder / "identities.csv"
    text = path.read_text(encoding="utf-8")
    added = [
        line.replace(REPORT, NEW, 1).rsplit(",", 1)[0] + ","
        for line in text.splitlines()
        if line.startswith(REPORT)
    ]
    path.write_text(text + "\n".join(added) + "\n", encoding="utf-8", newline="")


@pytest.fixture
def curated(drafted):
    """The rows of the invented report's draft as a curator would leave them: the decisions are
    those of the report that it was made from, the quotes are left to the program.
    """
    own_arithmetic(drafted)
    decided = {}
    for row in scan(REPORT):
        decided.setdefault(row["at"], []).append(row)
    found = []
    for row in {row["at"]: row for row in scan(NEW, drafted)}.values():
        if row["kind"] == "value":
            found += [
                row
                | {column: one[column] for column in DECISIONS}
                | {"read": "yes", "quote": "", "reason": "", "confidence": ""}
                for one in decided[row["at"]]
            ]
        else:
            found.append(row)
    return found


@pytest.fixture
def draft(curated, tmp_path):
    """The curated draft as a file, written anew with some rows changed."""

    def write(change=lambda rows: rows, name="draft.csv"):
        write_draft(change([dict(row) for row in curated]), tmp_path / name)
        return tmp_path / name

    return write


def with_row(place, **cells):
    """Change the row at this place among those of the draft."""
    return lambda rows: [row | cells if number == place else row for number, row in enumerate(rows)]


def index(rows, indicator):
    return next(at for at, row in enumerate(rows) if row["indicator"] == indicator)


# --- all of it


@pytest.mark.parametrize("name", ["draft.csv", "draft.xlsx"])
def test_a_draft_that_is_read_becomes_an_audited_report(drafted, draft, seeds, name):
    """With every number accounted for the report is audited, its figures are those of the draft
    with the quotes that the audit asks for, and the audit of all tables finds nothing.
    """
    done = accept(draft(name=name), drafted)
    assert done == (NEW, 76, 0, 0, "audited", True, [])
    tables = Seeds(drafted)
    assert (
        bd.audit(drafted).findings.empty
        and tables.source[NEW]["status"] == "audited"
        and NEW not in tables.drafts
    )
    columns = ("indicator", "value", "unit", "bound", "scope", "scope_basis", "period", "shared")
    mine = [
        tuple(row[column] for column in columns) for row in tables.figures if row["report"] == NEW
    ]
    theirs = [tuple(row[column] for column in columns) for row in seeds.figures]
    assert [row for row in mine if row not in theirs] == [
        ("reconsideration_accepted", 395, "件", "exact", "whole_area", "printed", "to_date", "")
    ] and len(mine) == 76
    assert bd.figure("reconsideration_accepted", report=NEW, seeds=drafted).sentence.startswith(
        "截至目前,全市共受理行政复议案件395件"
    )
    compared = bd.compare("reconsideration_accepted", report=REPORT, seeds=drafted)
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
    assert {name for name in after if after[name] != before.get(name)} == {
        f"figures/{NEW}.csv",
        "reports.csv",
        "datapackage.json",
    }
    changed = [
        (old, new)
        for old, new in zip(
            before["reports.csv"].decode().splitlines(),
            after["reports.csv"].decode().splitlines(),
            strict=True,
        )
        if old != new
    ]
    assert [(old.replace(",draft,", ",audited,"), new) for old, new in changed] == [
        (new, new) for _, new in changed
    ] and len(changed) == 1
    added = set(after["datapackage.json"].decode().splitlines()) - set(
        before["datapackage.json"].decode().splitlines()
    )
    assert [line.strip() for line in added if NEW in line] == [f'"figures/{NEW}.csv"']


def test_rows_may_be_sorted_in_any_way(drafted, draft):
    """A draft that a curator has sorted by another column is taken in the order of the text."""
    assert (
        accept(draft(lambda rows: sorted(rows, key=lambda row: -int(row["at"]))), drafted).findings
        == []
    )


# --- half of it


def test_nothing_unread_enters_the_tables(drafted, draft):
    """Of a half-read draft only the rows that are read are taken in; the report stays a draft,
    nothing published changes, and the rest can be done another day.
    """

    def half(rows):
        return [
            row | {"read": "" if number > 50 else row["read"]} for number, row in enumerate(rows)
        ]

    path = draft(half)
    fingerprint = Seeds(drafted).fingerprint
    done = accept(path, drafted)
    assert done.status == "draft" and done.unread > 0 and done.written and not done.findings
    tables = Seeds(drafted)
    assert (
        tables.source[NEW]["status"] == "draft"
        and tables.fingerprint == fingerprint
        and bd.audit(drafted).findings.empty
    )
    assert len(tables.drafted(NEW)) == done.figures and bd.figures(seeds=drafted).equals(
        bd.figures()
    )
    assert accept(path, drafted) == done._replace(written=False)
    rows = scan(NEW, drafted, path)
    read = [row["indicator"] for row in rows if row["read"]]
    assert read == [row["indicator"] for row in tables.drafted(NEW)]
    # Without the draft's file the tables know what was read.
    assert [row["indicator"] for row in scan(NEW, drafted) if row["read"]] == read
    assert accept(draft(), drafted).status == "audited"


def test_a_draft_of_which_nothing_is_read_writes_nothing(drafted, tmp_path):
    """Proposals alone, however sure, leave no trace."""
    write_draft(scan(NEW, drafted), tmp_path / "draft.csv")
    before = everything(drafted)
    done = accept(tmp_path / "draft.csv", drafted)
    assert (
        (done.figures, done.written, done.status) == (0, False, "draft")
        and done.unread == 72
        and everything(drafted) == before
    )


def test_an_indicator_counts_as_used_once_a_draft_has_it(drafted, draft):
    """A new indicator of a half-read draft is no finding of the audit: the codebook may grow before
    the report is done.
    """
    path = drafted / "indicators.csv"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("essays_received,"))
    path.write_text(
        text + line.replace("essays_received", "essays_again").rsplit(",", 1)[0] + ",\n",
        encoding="utf-8",
        newline="",
    )
    assert [f.found for f in bd.audit(drafted).findings.itertuples()] == ["essays_again"]

    def half(rows):
        at = index(rows, "essays_received")
        return [
            row
            | ({"indicator": "essays_again"} if number == at else {})
            | {"read": "yes" if number <= at and row["kind"] == "value" else ""}
            for number, row in enumerate(rows)
        ]

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
    lines = [
        line for line in out.splitlines() if f"draft.csv, row {at + 2}, {column}: found " in line
    ]
    assert status in (1, 2) and any(wanted in line for line in lines), out
    assert everything(drafted) == before


def test_all_findings_come_at_once(drafted, draft, curated):
    """Three wrong rows give findings at all three."""
    wrong = [
        index(curated, name) for name in ("essays_received", "mediation_cases", "proposals_city")
    ]
    done = accept(
        draft(
            lambda rows: [
                row | ({"scope": "galaxy"} if number in wrong else {})
                for number, row in enumerate(rows)
            ]
        ),
        drafted,
    )
    assert {finding.row for finding in done.findings if finding.column == "scope"} == {
        at + 2 for at in wrong
    } and not done.written


def test_a_deleted_row_is_missed(drafted, draft, curated):
    """A number without a row is a finding, even where everything else is read."""
    at = index(curated, "mediation_cases")
    [finding] = accept(draft(lambda rows: rows[:at] + rows[at + 1 :]), drafted).findings
    assert "no row for “20563”" in finding.found and "scan again" in finding.advice


def test_a_ratio_that_is_asked_for_is_a_finding_of_the_tables(drafted, draft):
    """What the new report needs in other tables is named there, at the file that lacks it."""
    path = drafted / "identities.csv"
    path.write_text(
        "\n".join(
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if not line.startswith(NEW)
        )
        + "\n",
        encoding="utf-8",
        newline="",
    )
    done = accept(draft(), drafted)
    assert {(f.file, f.column) for f in done.findings} == {
        ("seeds/indicators.csv", "numerator")
    } and all("identities.csv" in f.wanted for f in done.findings)


def test_old_findings_of_the_tables_are_not_the_drafts(drafted, draft):
    """What was wrong in the tables before keeps no draft from being accepted, and is not said
    again.
    """
    path = drafted / "figures" / f"{REPORT}.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("oath_ceremonies,13,13", "oath_ceremonies,13,31"),
        encoding="utf-8",
        newline="",
    )
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
    from baoding_data.curation.sign import sign

    accept(draft(), drafted)
    assert accept(
        draft(with_row(index(curated, "essays_received"), note_zh="注", note_en="a first note")),
        drafted,
    ).written
    sign("R9", [f"figures/{NEW}.csv"], drafted)
    before = everything(drafted)
    changed = draft(with_row(index(curated, "essays_received"), note_zh="记", note_en="a note"))
    with pytest.raises(bd.BaodingError, match="Correcting a figure"):
        accept(changed, drafted)
    assert everything(drafted) == before


def test_a_second_readers_marks_are_kept(drafted, draft):
    """After a second reader has signed the table, accepting the same draft once more leaves the
    marks.
    """
    from baoding_data.curation.sign import sign

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
    from baoding_data.curation.add import add

    text = tmp_path / "t.txt"
    text.write_text(
        "望都县人民政府关于2022年法治政府建设情况的报告\n\n　　2022年，全县共受理行政复议案件12件，"
        "培训数千名行政执法人员。\n\n望都县人民政府\n2023年3月1日\n",
        encoding="utf-8",
    )
    add(
        text,
        "望都县",
        2022,
        folder,
        title_en="Invented",
        issuer_en="Invented",
        url="https://www.example.gov.cn/",
    )
    name = "wangdu-2022"
    rows = scan(name, folder)
    for row in rows:
        if row["kind"] in ("value", "unclear"):
            row["read"] = "yes"
    [vague] = [row for row in rows if row["kind"] == "unclear"]
    assert vague["reason"] == "vague"
    write_draft(
        [
            row
            | (
                {
                    "indicator": "officers_trained",
                    "reason": "",
                    "scope": "whole_area",
                    "scope_basis": "inferred",
                    "period": "year",
                }
                if row is vague
                else {}
            )
            for row in rows
        ],
        tmp_path / "wrong.csv",
    )
    assert any(
        "unclear" in finding.advice for finding in accept(tmp_path / "wrong.csv", folder).findings
    )
    write_draft(rows, tmp_path / "right.csv")
    done = accept(tmp_path / "right.csv", folder)
    assert done.findings == [] and (done.figures, done.set_apart, done.status) == (1, 1, "audited")
    [apart] = [
        row for row in Seeds(folder).figures if row["report"] == name and not row["indicator"]
    ]
    assert (apart["printed"], apart["value"], apart["bound"], apart["note_en"]) == (
        "数千",
        None,
        "",
        "a vague number that gives no specific value",
    )
    audit = bd.audit(folder)
    assert (
        audit.findings.empty
        and "1 values, all accounted for by 1 figures and 1 rows set apart" in audit.coverage
        and "1 unclear numbers" in audit.coverage
    )


# --- killed


@pytest.mark.parametrize("moment", range(4))
def test_ended_between_any_two_files_the_tables_are_the_old_or_the_new(
    drafted, draft, moment, monkeypatch
):
    """Ended after none, one or two of its three files, what is published is as before and the audit
    finds nothing; the same command then completes it.
    """
    path, real, calls = draft(), os.replace, []

    def limited(*paths):
        if len(calls) == moment:
            raise KeyboardInterrupt
        calls.append(paths)
        real(*paths)

    before = Seeds(drafted).fingerprint
    monkeypatch.setattr(os, "replace", limited)
    if moment < 3:
        with pytest.raises(KeyboardInterrupt):
            accept(path, drafted)
    else:
        accept(path, drafted)
    monkeypatch.undo()
    tables = Seeds(drafted)
    assert bd.audit(drafted).findings.empty and not list(drafted.rglob("*.tmp"))
    if moment < 3:
        assert tables.fingerprint == before and bd.figures(seeds=drafted).equals(bd.figures())
    assert (
        accept(path, drafted).status == "audited"
        and len(bd.figures(report=NEW, seeds=drafted).query("status == 'proved'")) == 76
    )


@pytest.mark.parametrize("after", [0.15, 0.25, 0.3, 0.35, 0.4, 0.5])
def test_killed_at_any_moment_the_tables_hold(drafted, draft, after):
    """A process that is killed while it accepts leaves tables in which the audit finds nothing,
    with all of the new figures or none.
    """
    path = draft()
    running = subprocess.Popen(
        [sys.executable, "-m", "baoding_data.cli", "accept", str(path), "--seeds", str(drafted)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    running.kill()
    running.wait()
    assert bd.audit(drafted).findings.empty
    new = [row for row in Seeds(drafted).figures if row["report"] == NEW]
    assert len(new) in (0, 76)


# --- the words of one report

COUNTY = """望都县人民政府关于2022年法治政府建设情况的报告

　　2022年，全县共办理复议申请案12件；以县政府为被告的行政诉讼4件。审查各类政府决策9件。

三、下一步工作安排

　　让自助终端覆盖率达到90%。

望都县人民政府
2023年3月1日
"""


@pytest.fixture
def county(folder, tmp_path):
    """The draft of a county's report that words some indicators in its own way, its decisions made,
    as a function that writes and accepts it.
    """
    from baoding_data.curation.add import add

    text = tmp_path / "county.txt"
    text.write_text(COUNTY, encoding="utf-8")
    name, _ = add(
        text,
        "望都县",
        2022,
        folder,
        title_en="Invented",
        issuer_en="Invented",
        url="https://www.example.gov.cn/",
    )
    decided = {
        "12": ("reconsideration_handled", "whole_area", "printed", "year", "复议申请案", "复议"),
        "4": ("litigation_cases", "government", "printed", "year", "行政诉讼", ""),
        "9": ("decisions_reviewed", "government", "inferred", "year", "政府决策", "审查"),
        "90%": ("terminal_coverage_planned", "whole_area", "inferred", "planned", "", ""),
    }

    def run(**changed):
        rows = []
        for row in scan(name, folder):
            if row["printed"] in decided:
                row |= dict(
                    zip(
                        ("indicator", "scope", "scope_basis", "period", "keyword", "context"),
                        decided[row["printed"]],
                    )
                ) | {"read": "yes", "quote": "", "reason": "", "shared": ""}
                row |= changed if row["printed"] == "4" else {}
            rows.append(row)
        write_draft(rows, tmp_path / "county.csv")
        return accept(tmp_path / "county.csv", folder)

    return run


def test_a_report_may_word_an_indicator_in_its_own_way(county, folder):
    """Words of the report itself prove a figure where the codebook's are not there; no other report
    and no row of the codebook is touched by them; a chapter on what is planned says so of its
    sentences.
    """
    before = (folder / "indicators.csv").read_bytes()
    done = county()
    assert done.findings == [] and (done.figures, done.status) == (4, "audited")
    [suits] = [
        row
        for row in Seeds(folder).figures
        if row["report"] == "wangdu-2022" and row["indicator"] == "litigation_cases"
    ]
    assert (suits["keyword"], suits["context"], suits["quote"]) == (
        "行政诉讼",
        "",
        "以县政府为被告的行政诉讼4件",
    ) and (folder / "indicators.csv").read_bytes() == before
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
def test_own_words_that_prove_nothing_are_findings(county, changed, wanted):
    """Without words, with words that stand elsewhere or nearer to another number, or with a single
    character, the figure is not accepted.
    """
    done = county(**changed)
    assert any(wanted in str(finding) for finding in done.findings) and not done.written, (
        done.findings
    )


def test_own_words_where_the_codebooks_stand_are_dropped_in_accepting_and_found_in_the_table(
    county, folder
):
    """A context of one's own beside the codebook's is dropped from a draft; typed into the table,
    it is a finding.
    """
    assert county(context="被告").findings == []
    path = folder / "figures/wangdu-2022.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(",行政诉讼,\n") == 1
    for new, column in ((",行政诉讼,被告\n", "context"), (",行政诉讼,火星\n", "context")):
        path.write_text(text.replace(",行政诉讼,\n", new), encoding="utf-8", newline="")
        assert [(f.column, f.wanted) for f in bd.audit(folder).findings.itertuples()] == [
            (column, "an empty cell")
        ]


def test_a_second_reader_seals_own_words_too(county, folder):
    """Once signed, another keyword of one's own breaks the seal of its row, and of no other."""
    from baoding_data.curation.sign import sign

    county()
    sign("R9", ["figures/wangdu-2022.csv"], folder)
    path = folder / "figures/wangdu-2022.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",行政诉讼,\n", ",的行政诉讼,\n"),
        encoding="utf-8",
        newline="",
    )
    assert [f.rule for f in bd.audit(folder).findings.itertuples()] == ["reader"]


def test_words_of_its_own_are_proposed_where_the_codebooks_are_not_there(county, folder):
    """The scan proposes words of the sentence that the indicator knows too, such that the audit
    takes them.
    """
    rows = {row["printed"]: row for row in scan("wangdu-2022", folder) if row["kind"] == "value"}
    assert (rows["4"]["indicator"], rows["4"]["context"]) == ("litigation_cases", "")
    assert rows["4"]["keyword"].endswith("行政诉讼") and rows["4"]["keyword"] in rows["4"]["quote"]


# --- what was accepted before stays


def test_an_older_draft_takes_nothing_back(drafted, draft):
    """Rows that were accepted stay in the table when a draft in which they are unread is accepted;
    what that one has read comes in too.
    """

    def first(rows):
        return [
            row | {"read": row["read"] if number <= 50 else ""} for number, row in enumerate(rows)
        ]

    def second(rows):
        return [
            row | {"read": row["read"] if number > 90 else ""} for number, row in enumerate(rows)
        ]

    accept(draft(first), drafted)
    before = [row["indicator"] for row in Seeds(drafted).drafted(NEW)]
    done = accept(draft(second), drafted)
    after = [row["indicator"] for row in Seeds(drafted).drafted(NEW)]
    assert (
        done.findings == []
        and done.status == "draft"
        and after[: len(before)] == before
        and len(after) > len(before)
    )
    assert bd.audit(drafted).findings.empty


def test_an_audited_report_stays_whole(drafted, draft):
    """A draft in which rows are no longer marked as read cannot take them out of an audited
    report.
    """
    accept(draft(), drafted)
    before = everything(drafted)
    done = accept(draft(lambda rows: [row | {"read": ""} for row in rows]), drafted)
    assert (done.unread, done.status, done.written, done.findings) == (
        0,
        "audited",
        False,
        [],
    ) and everything(drafted) == before


# --- what a fresh pair of eyes found


def registered(folder, tmp_path, sentence):
    """A county's draft of one sentence, every number marked as read and set apart as not in the
    codebook.
    """
    from baoding_data.curation.add import add

    text = tmp_path / "one.txt"
    text.write_text(
        f"望都县人民政府关于2022年法治政府建设情况的报告\n\n　　{sentence}\n\n望都县人民政府\n2023年3月1日\n",
        encoding="utf-8",
    )
    name, _ = add(
        text,
        "望都县",
        2022,
        folder,
        title_en="Invented",
        issuer_en="Invented",
        url="https://www.example.gov.cn/",
    )
    rows = []
    for row in scan(name, folder):
        if row["kind"] == "value":
            row |= {
                "read": "yes",
                "indicator": "",
                "scope": "",
                "scope_basis": "",
                "period": "",
                "shared": "",
                "keyword": "",
                "context": "",
                "reason": "no_indicator",
            }
        rows.append(row)
    return name, rows


def test_equal_numbers_in_one_clause_are_told_apart(folder, tmp_path):
    """组织3场培训和3场讲座: each 3 has its row, in the order of the text, and a second scan finds each where
    it was.
    """
    name, rows = registered(folder, tmp_path, "全年组织3场培训和3场讲座。")
    for row, note in zip((row for row in rows if row["kind"] == "value"), ("first", "second")):
        row |= {"note_zh": note, "note_en": note}
    write_draft(rows, tmp_path / "draft.csv")
    done = accept(tmp_path / "draft.csv", folder)
    assert (done.findings, done.status, done.set_apart) == ([], "audited", 2) and bd.audit(
        folder
    ).findings.empty
    assert [row["note_en"] for row in scan(name, folder) if row["kind"] == "value"] == [
        "first",
        "second",
    ]


def test_an_accepted_row_that_no_longer_fits_is_not_lost(drafted, draft):
    """Where the table of a draft was changed by hand so that a row's quote is not in the text, scan
    and accept say so and write nothing.
    """
    accept(
        draft(
            lambda rows: [
                row | {"read": row["read"] if number <= 50 else ""}
                for number, row in enumerate(rows)
            ]
        ),
        drafted,
    )
    path = drafted / f"figures/{NEW}.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "征文活动共收到作品105篇", "征文活动共收到作品105篇吧"
        ),
        encoding="utf-8",
        newline="",
    )
    before = everything(drafted)
    for command in (
        ["accept", str(draft(lambda rows: [row | {"read": ""} for row in rows]))],
        ["scan", NEW],
    ):
        assert main([*command, "--seeds", str(drafted)]) == 2
    assert everything(drafted) == before


def test_a_short_row_among_the_accepted_ones_is_named(drafted, draft, capsys):
    """A row with a cell too few in a draft's own table is answered with its place, by scan, accept
    and check.
    """
    accept(
        draft(
            lambda rows: [
                row | {"read": row["read"] if number <= 50 else ""}
                for number, row in enumerate(rows)
            ]
        ),
        drafted,
    )
    path = drafted / f"figures/{NEW}.csv"
    path.write_text(
        path.read_text(encoding="utf-8").rstrip("\n").rsplit(",", 1)[0] + "\n",
        encoding="utf-8",
        newline="",
    )
    assert (
        main(["scan", NEW, "--seeds", str(drafted)]) == 2
        and "another number of cells" in capsys.readouterr().err
    )
    assert (
        main(["check", "--seeds", str(drafted)]) == 0
        and "cannot be read" in capsys.readouterr().out
    )


def test_odd_digits_and_damaged_workbooks_are_answered(drafted, draft, curated, tmp_path):
    """A superscript where a place stands, and a workbook with bytes missing, end with a message and
    not with a traceback.
    """
    assert main(["accept", str(draft(with_row(5, at="88²"))), "--seeds", str(drafted)]) == 1
    whole = draft(name="whole.xlsx").read_bytes()
    for cut in range(200, len(whole), len(whole) // 12):
        (tmp_path / "cut.xlsx").write_bytes(whole[:cut] + bytes(40) + whole[cut + 40 :])
        assert main(["accept", str(tmp_path / "cut.xlsx"), "--seeds", str(drafted)]) in (0, 1, 2)
        (tmp_path / "cut.xlsx").write_bytes(whole[:cut])
        assert main(["accept", str(tmp_path / "cut.xlsx"), "--seeds", str(drafted)]) == 2
