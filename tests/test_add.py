"""Registering a new report: `baoding add`."""

import os
import re
from hashlib import sha256

import pytest
from conftest import NEW, REPORT, county, everything

import baoding_data as bd
from baoding_data.cli import main
from baoding_data.curation.add import add
from baoding_data.curation.ends import read_off
from baoding_data.curation.scan import scan
from baoding_data.tables.files import Folder
from baoding_data.tables.seeds import Seeds


def later(invented, folder):
    """A text with the title of a source that is cited: Baoding's report of 2023."""
    text = invented.read_text(encoding="utf-8").replace("邯郸", "保定")
    path = folder / "later.txt"
    path.write_text(
        text.replace("2024年度法治政府", "2023年度法治政府"), encoding="utf-8", newline=""
    )
    return path


def another(folder, title="望都县人民政府2024年度法治政府建设情况的报告"):
    """A report of Wangdu for 2024, of which reports.csv cites one with another title."""
    path = folder / "another.txt"
    body = "　　全县受理行政复议案件12件。\n"
    path.write_text(f"{title}\n\n{body}\n望都县人民政府\n", encoding="utf-8", newline="")
    return path


def row_of(folder, name):
    return Seeds(folder).source[name]


def test_a_text_is_copied_and_its_row_written(folder, invented):
    """The text is copied byte for byte, its checksum taken, and title, issuer and date are read
    from its own first and last lines.
    """
    name, missing = add(invented, "邯郸市", 2024, folder)
    assert (name, missing) == (NEW, ["title_en", "issuer_en", "url", "host"])
    raw = invented.read_bytes()
    assert (folder / f"reports/{NEW}.txt").read_bytes() == raw
    row = row_of(folder, NEW)
    assert (row.status, row.sha256) == ("draft", sha256(raw).hexdigest())
    assert (row.place, row.year, row.kind) == ("130400", 2024, "law_report")
    assert row.title_zh == "邯郸市人民政府关于邯郸市2024年度法治政府建设情况的报告"
    assert (row.issuer_zh, str(row.published)) == ("邯郸市人民政府", "2025-03-16")


@pytest.mark.parametrize("place", ["130400", "邯郸市", "Handan"])
def test_a_place_may_be_named_in_three_ways(folder, invented, place):
    """By its code or by either of its names."""
    assert add(invented, place, "2024", folder)[0] == NEW


def test_only_its_row_is_changed(folder, invented):
    """Every other byte of the tables is as it was."""
    before = everything(folder)
    add(invented, "邯郸市", 2024, folder)
    after = everything(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"reports.csv", f"reports/{NEW}.txt"}
    old, new = (content["reports.csv"].decode().splitlines() for content in (before, after))
    assert new[: len(old)] == old and len(new) == len(old) + 1


def test_a_draft_changes_nothing_that_is_published(drafted, seeds, tmp_path):
    """With a draft on file the audit finds nothing, and coverage, fingerprint, figures, answers and
    workbook are the same to the byte.
    """
    audit = bd.audit(drafted)
    assert audit.findings.empty and audit.coverage == bd.audit().coverage
    assert Seeds(drafted).fingerprint == seeds.fingerprint
    assert bd.figures(seeds=drafted).equals(bd.figures())
    reports = [bd.report(REPORT, seeds=folder) for folder in (None, drafted)]
    for name in ("years", "changes", "profile", "conflicts"):
        before, after = (getattr(report, name)() for report in reports)
        assert before.plain == after.plain, name
    before, after = (report.audit.readings() for report in reports)
    assert before.plain == after.plain
    for folder, name in ((None, "a.xlsx"), (drafted, "b.xlsx")):
        bd.export(tmp_path / name, seeds=folder)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_identities_of_a_draft_change_nothing_published(drafted, seeds):
    """The arithmetic of a draft, written before its figures are accepted, leaves fingerprint and
    coverage as they are.
    """
    path = drafted / "identities.csv"
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith(REPORT)
    ]
    path.write_text(
        path.read_text(encoding="utf-8")
        + "\n".join(line.replace(REPORT, NEW, 1).rsplit(",", 1)[0] + "," for line in lines)
        + "\n",
        encoding="utf-8",
        newline="",
    )
    assert (
        bd.audit(drafted).findings.empty
        and bd.audit(drafted).coverage == bd.audit().coverage
        and Seeds(drafted).fingerprint == seeds.fingerprint
    )


def test_a_cited_source_gets_its_text_and_is_still_shown(folder, invented, seeds):
    """A source of which figures were transcribed keeps its row and its figures while its text is
    curated: shown as cited, known as a draft.
    """
    text = later(invented, folder.parent)
    assert add(text, "保定市", 2023, folder) == ("baoding-2023", [])
    tables = Seeds(folder)
    assert (
        tables.source["baoding-2023"].status == "cited"
        and tables.drafts == {"baoding-2023"}
        and ",draft," in (folder / "reports.csv").read_text(encoding="utf-8")
    )
    assert (
        bd.audit(folder).findings.empty
        and tables.fingerprint == seeds.fingerprint
        and bd.audit(folder).coverage == bd.audit().coverage
    )
    assert bd.observations(seeds=folder).equals(bd.observations())
    before, after = (bd.report(REPORT, seeds=seeds).years() for seeds in (None, folder))
    assert before.plain == after.plain


@pytest.mark.parametrize(
    ("place", "year", "options", "wanted"),
    [
        ("邯郸", 2024, {}, "did you mean 130400 .邯郸市"),
        ("仙乡市", 2024, {}, "places.csv"),
        ("保定市", 2022, {}, "baoding-2022: is on file for this place and 2022 already"),
        ("邯郸市", "去年", {}, "wanted the year"),
        ("邯郸市", 2024, {"report": "Handan 2024"}, "small letters"),
        ("邯郸市", 2024, {"report": REPORT}, "the code of another report"),
        ("邯郸市", 2024, {"kind": "rumour"}, "wanted one of law_report"),
        ("邯郸市", 2024, {"published": "2025/3/16"}, "2025-03-16"),
        ("邯郸市", 2024, {"url": "www.hd.gov.cn"}, "wanted the form https"),
        ("邯郸市", 1066, {}, "1990 to 2100"),
        ("邯郸市", 2024, {"title_zh": "\x1b[31m"}, "one line without characters that nobody sees"),
        ("邯郸市", 2024, {"title_en": "a\u202eb"}, r"title_en: found 'a\\u202eb'; wanted one line"),
        ("邯郸市", 2024, {"doc_no": "a\nb"}, "doc_no: found .*; wanted one line"),
        ("邯郸市", 2024, {"issuer_en": "\udcff"}, "issuer_en: found .*; wanted one line"),
    ],
)
def test_what_cannot_be_registered_is_refused_and_nothing_is_written(
    folder, invented, place, year, options, wanted
):
    """Each wrong entry is answered with what was wanted, and not a byte is changed."""
    before = everything(folder)
    with pytest.raises(bd.BaodingError, match=wanted):
        add(invented, place, year, folder, **options)
    assert everything(folder) == before


def test_the_same_text_is_refused_whatever_its_blanks(drafted, invented, tmp_path):
    """A text that is on file, or differs from one only in blanks and line ends, is no other
    report.
    """
    again = tmp_path / "again.txt"
    again.write_bytes(
        invented.read_text(encoding="utf-8").replace("\n", "\r\n").replace("。", "。 ").encode()
    )
    with pytest.raises(bd.BaodingError, match=f"is on file already, as the text of {NEW}"):
        add(again, "邯郸市", 2023, drafted)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("受理案件316件。".encode("gbk"), "GBK"),
        ("受理案件316件。".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"", "empty"),
        ("<html><p>316件".encode(), "HTML"),
        ("没有数。".encode(), "no number"),
        (b"PK\x03\x04", "zip"),
    ],
)
def test_what_is_no_text_is_refused(folder, tmp_path, content, wanted):
    """A file in another encoding or form, or without a number, is refused with the way to save it
    right.
    """
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    before = everything(folder)
    with pytest.raises(bd.BaodingError, match=wanted):
        add(path, "邯郸市", 2024, folder)
    assert everything(folder) == before


def test_a_mark_and_foreign_line_ends_are_no_part_of_the_text(folder, invented, tmp_path):
    """A byte order mark and CRLF, which programs add in saving, are taken away in copying."""
    saved = tmp_path / "saved.txt"
    saved.write_bytes(b"\xef\xbb\xbf" + invented.read_bytes().replace(b"\n", b"\r\n"))
    add(saved, "邯郸市", 2024, folder)
    assert (folder / f"reports/{NEW}.txt").read_bytes() == invented.read_bytes()


def test_cut_short_between_its_two_files_it_goes_on(folder, invented, monkeypatch):
    """Ended after the text and before its row, the tables read as before but for the text of no
    report, and the same command again completes it.
    """
    real, calls = os.replace, []

    def once(*paths):
        if calls:
            raise KeyboardInterrupt
        calls.append(paths)
        real(*paths)

    monkeypatch.setattr(os, "replace", once)
    with pytest.raises(KeyboardInterrupt):
        add(invented, "邯郸市", 2024, folder)
    monkeypatch.undo()
    assert [(f.file, f.found) for f in bd.audit(folder).findings.itertuples()] == [
        (f"seeds/reports/{NEW}.txt", "reports of no report")
    ]
    assert add(invented, "邯郸市", 2024, folder)[0] == NEW and bd.audit(folder).findings.empty


def test_check_mentions_a_draft_and_finds_nothing_in_it(drafted, capsys):
    """`check` names each draft with the rows accepted of it so far, and ends with status 0."""
    assert main(["check", "--seeds", str(drafted)]) == 0
    assert (
        f"{NEW}: a draft, 0 rows accepted so far; nothing of it is published"
        in capsys.readouterr().out.splitlines()
    )


def test_the_command_says_what_comes_next(folder, invented, capsys):
    """`add` names the report, what its row still lacks and the next command; a wrong place ends
    with status 2.
    """
    command = ["add", str(invented), "--year", "2024", "--seeds", str(folder), "--place"]
    about = ["--title-en", "Invented", "--url", "https://example.org/x"]
    assert main([*command, "邯郸市", *about]) == 0
    out = capsys.readouterr().out
    for words in (
        f"{NEW}: registered as a draft",
        "lacks issuer_en",
        f"baoding scan {NEW} -o {NEW}.xlsx",
    ):
        assert words in out
    assert row_of(folder, NEW).host == "copy"
    assert main([*command, "邯"]) == 2


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("受理案件\x0034件。", "U+0000"),
        ("受理\u200b案件34件。", "U+200B"),
        ("受理案件34件。\r全年", "U+000D"),
    ],
)
def test_characters_that_nobody_can_see_are_refused_with_their_line(
    folder, tmp_path, content, wanted
):
    """What could stand in no quote is refused before it is on file, with line and character."""
    path = tmp_path / "text.txt"
    path.write_bytes(f"标题\n{content}".encode())
    before = everything(folder)
    with pytest.raises(bd.BaodingError, match=f"line 2: found {re.escape(wanted)}"):
        add(path, "邯郸市", 2024, folder)
    assert everything(folder) == before


def test_a_text_is_not_left_behind_when_its_row_cannot_be_written(folder, invented, monkeypatch):
    """Where reports.csv cannot be written, the text is taken back."""
    real = Folder.replace

    def refusing(tables, file, data):
        if file == "reports.csv":
            raise bd.BaodingError("cannot be written")
        return real(tables, file, data)

    before = everything(folder)
    monkeypatch.setattr(Folder, "replace", refusing)
    with pytest.raises(bd.BaodingError, match="cannot be written"):
        add(invented, "邯郸市", 2024, folder)
    assert everything(folder) == before


def test_a_countys_words_are_its_own(folder):
    """In a county's report 全市 and 市政府 are those of the city above it: no scope is printed by
    them.
    """
    name = county(folder, "全市共受理行政复议案件316件。")
    assert [row.scope_basis for row in scan(name, folder) if row.indicator] == ["inferred"]


def test_all_that_is_wrong_is_said_at_once(folder, tmp_path):
    """Place, text, year, kind and code, each wrong, are all named in one answer."""
    path = tmp_path / "text.txt"
    path.write_text("没有数。", encoding="utf-8", newline="")
    with pytest.raises(bd.BaodingError) as caught:
        add(path, "仙乡市", "去年", folder, "rumour", "No Code")
    said = str(caught.value).splitlines()
    wanted = ["仙乡市", "no number", "wanted the year", "wanted one of", "small letters"]
    assert all(words in line for words, line in zip(wanted, said, strict=True))


def test_a_cited_source_keeps_its_code(folder, invented, tmp_path):
    """The text of a source that is cited is registered under its code; another is refused with
    it.
    """
    text = later(invented, tmp_path)
    before = everything(folder)
    with pytest.raises(bd.BaodingError, match="wanted baoding-2023"):
        add(text, "保定市", 2023, folder, report="another-2023")
    assert everything(folder) == before


def test_the_command_says_what_of_a_cited_source_is_not_taken(folder, invented, tmp_path, capsys):
    """A title given for a source that is cited leaves its row as it was, and the command says
    so.
    """
    text = later(invented, tmp_path)
    about = ["--place", "保定市", "--year", "2023", "--title-en", "Another title"]
    assert main(["add", str(text), *about, "--seeds", str(folder)]) == 0
    assert "not taken: title_en" in capsys.readouterr().out
    assert row_of(folder, "baoding-2023").title_en != "Another title"


def test_another_document_never_gets_the_row_of_one_that_is_cited(folder, tmp_path):
    """Of the same place, year and kind, but with another title, it is refused with both ways out;
    with a code of its own it is registered, and the cited row stays as it was.
    """
    text, cited = another(tmp_path), row_of(folder, "wangdu-2024")
    wanted = "wangdu-2024: is cited, “.*年度报告”.*--report wangdu-2024; if not.*wangdu-2024-2"
    with pytest.raises(bd.BaodingError, match=wanted):
        add(text, "望都县", 2024, folder)
    name, missing = add(text, "望都县", 2024, folder, report="wangdu-2024-law")
    assert name == "wangdu-2024-law" and "published" in missing
    assert row_of(folder, "wangdu-2024") == cited
    assert row_of(folder, name).title_zh == "望都县人民政府2024年度法治政府建设情况的报告"


def test_a_cited_source_is_known_by_title_or_address_or_named(folder, tmp_path):
    """Its title but for blanks and marks, its address, or its code given by the curator."""
    cited = row_of(folder, "wangdu-2024")
    title = cited.title_zh.replace("2024年", "“2024”年 ")
    ways = [(title, {}), ("报告", {"url": cited.url}), ("报告", {"report": cited.report})]
    for title, about in ways:
        text, table = another(tmp_path, title), (folder / "reports.csv").read_bytes()
        assert add(text, "望都县", 2024, folder, **about)[0] == "wangdu-2024"
        (folder / "reports.csv").write_bytes(table)
        (folder / "reports/wangdu-2024.txt").unlink()


def test_where_no_title_is_known_the_curator_is_asked(folder, tmp_path):
    """A text without a title may be the source that is cited or not: nothing is written."""
    before = everything(folder)
    with pytest.raises(bd.BaodingError, match="do not say; if it is, name --report wangdu-2024"):
        add(another(tmp_path, "工作安排"), "望都县", 2024, folder)
    assert everything(folder) == before


def test_a_second_report_of_a_year_that_is_on_file_needs_a_code_of_its_own(folder, tmp_path):
    """A corrected text is another report, beside the one that is on file."""
    text = another(tmp_path, "保定市人民政府关于保定市2022年度法治政府建设情况的报告")
    with pytest.raises(bd.BaodingError, match="as --report baoding-2022-2"):
        add(text, "保定市", 2022, folder)
    assert add(text, "保定市", 2022, folder, report="baoding-2022-2")[0] == "baoding-2022-2"


_BODY = "\n　　一、工作\n　　全县受理行政复议案件12件，审结8件。\n"
_TOP = "望都县人民政府2024年法治政府建设情况的报告"


@pytest.mark.parametrize(
    ("text", "title", "issuer", "day"),
    [
        (
            f"{_TOP}\n{_BODY}\n望都县司法局\n二〇二五年一月二十一日\n\n  - 6 -\n",
            _TOP,
            "望都县司法局",
            "21",
        ),
        (
            f"{_TOP}\n{_BODY}\n望都县司法局 2025年1月21日\n（此件公开发布）\n",
            _TOP,
            "望都县司法局",
            "21",
        ),
        (f"{_TOP}\n{_BODY}\n　　　　望都县人民政府\n", _TOP, "望都县人民政府", ""),
        (f"{_TOP}\n（2025年1月24日）\n{_BODY}", _TOP, "", "24"),
        (f"望都县人民政府\n{_TOP[7:]}\n{_BODY}", _TOP, "望都县人民政府", ""),
        (f"望都县司法局\n{_TOP[:12]}\n{_TOP[12:]}\n{_BODY}", _TOP, "望都县司法局", ""),
        (f"{_TOP}\n{_BODY}　　让法治成为望都县最好的名片\n", _TOP, "", ""),
        (f"{_TOP}\n{_BODY}\n张三\n2025年1月21日\n", _TOP, "", "21"),
    ],
)
def test_the_ends_of_a_text_are_its_own(text, title, issuer, day):
    """Title, issuer and day are read where the text has them, whatever a page adds; never
    guessed.
    """
    found = read_off(text, "望都县")
    assert found.get("title_zh", "") == title
    assert found.get("issuer_zh", "") == issuer
    assert found.get("published", "") == (f"2025-01-{day}" if day else "")


def test_a_head_that_is_repeated_is_not_the_end_of_a_text():
    """Behind the day the head of the last page and its number may stand."""
    page = f"{_BODY}\n- {{}} -\n\f{_TOP}\n"
    text = "".join(page.format(n) for n in (1, 2)) + "\n望都县司法局\n2025年1月21日\n- 3 -\n"
    found = read_off(f"{_TOP}\n{text}\f{_TOP}\n", "望都县")
    assert (found["issuer_zh"], found["published"]) == ("望都县司法局", "2025-01-21")


def test_the_command_says_which_day_the_audit_holds(folder, invented, capsys):
    """Where the page's day is not the text's own, both are named, and what accepts the page's."""
    command = ["add", str(invented), "--year", "2024", "--place", "邯郸市", "--seeds", str(folder)]
    assert main([*command, "--published", "2025-03-24"]) == 0
    said = capsys.readouterr().out
    assert "found 2025-03-24; the text's own day is 2025-03-16" in said and "`dated`" in said
