"""Rows with words of their own: where two of them exchange their indicators, the words tell it, or
the rows are said to rest on one reader.

The report is invented; it says nearly everything otherwise than the codebook, as such reports do.
"""

import re
import shutil
from itertools import combinations

import pytest
from attack import own_words_exchanged, say
from conftest import county

import baoding_data as bd
from baoding_data.checks.audit import check, survey
from baoding_data.checks.likeness import likeness
from baoding_data.checks.looked_at import OnFile
from baoding_data.checks.texts import BETTER, exchanged, fitting
from baoding_data.cli import main
from baoding_data.curation.accept import accept
from baoding_data.curation.drafts import write_draft
from baoding_data.curation.scan import scan
from baoding_data.curation.sign import sign
from baoding_data.tables.seeds import Seeds, home

REPORT = "wangdu-2022"
TEXT = """\
县政府门户网站公开政府信息1860条，收到群众公开申请31件。县政府常务会安排学法8次，学习法律法规12部。

　　县本级保留许可事项196项，备案类事项88项。

　　审核把关拟发文件75件，出具审查意见60份。

　　组织法律知识轮训，参训执法骨干280人；清退临时用工人员14人。抽检执法卷宗65份，其中评为优等22份，不达标3份。

　　全县收到复议申请45件，依法立案40件，审理终结37件，其中申请人主动撤回9件。以县政府为被告的应诉案件18件，\
法院判结15件，未获支持2件，原告自愿作罢4件。

　　各级调解组织化解邻里、劳资等纠纷1203件，成功调结1190件。"""
COLUMNS = ("indicator", "period", "keyword", "context")
DECIDED = {
    "1860": ("information_disclosed", "year", "公开政府信息", "政府门户网站"),
    "31": ("disclosure_requests", "year", "公开申请", "公开政府信息"),
    "8": ("study_sessions", "year", "安排学法", "县政府常务会"),
    "12": ("laws_studied", "year", "学习法律法规", "县政府常务会"),
    "196": ("licensing_items", "stock", "保留许可事项", ""),
    "88": ("filing_items", "stock", "备案类事项", ""),
    "75": ("papers_reviewed", "year", "拟发文件", "审核把关"),
    "60": ("legal_opinions", "year", "审查意见", "审核把关"),
    "280": ("officers_trained", "year", "参训执法骨干", "法律知识轮训"),
    "14": ("personnel_cleared", "year", "临时用工人员", "清退"),
    "65": ("case_files_reviewed", "year", "抽检执法卷宗", "执法卷宗"),
    "22": ("case_files_excellent", "year", "评为优等", "执法卷宗"),
    "3": ("case_files_failed", "year", "不达标", "执法卷宗"),
    "45": ("reconsideration_received", "year", "收到复议申请", "复议申请"),
    "40": ("reconsideration_accepted", "year", "依法立案", "复议申请"),
    "37": ("reconsideration_concluded", "year", "审理终结", "复议申请"),
    "9": ("reconsideration_withdrawn_any", "year", "主动撤回", "复议申请"),
    "18": ("litigation_cases", "year", "应诉案件", ""),
    "15": ("litigation_concluded", "year", "判结", ""),
    "2": ("litigation_lost", "year", "未获支持", ""),
    "4": ("litigation_withdrawn", "year", "自愿作罢", "以县政府为被告"),
    "1203": ("mediation_cases", "year", "劳资等纠纷", "调解组织"),
    "1190": ("mediation_success", "year", "成功调结", "调解组织"),
}


def accepted(tmp_path, decisions):
    """A folder of seeds in which the invented report is registered, and what became of accepting it
    with these decisions.
    """
    folder = shutil.copytree(home(), tmp_path / "seeds")
    assert county(folder, TEXT) == REPORT
    rows = []
    for row in scan(REPORT, folder):
        if row.kind == "value" and row.printed in decisions:
            decided = dict(zip(COLUMNS, decisions[row.printed], strict=True))
            decided |= {"scope": "not_stated", "scope_basis": "inferred", "read": "yes"}
            row = row._replace(**decided, quote="", reason="", shared="")
        rows.append(row)
    write_draft(rows, tmp_path / "county.csv")
    return folder, accept(tmp_path / "county.csv", folder)


@pytest.fixture(scope="module")
def worded(tmp_path_factory):
    """A folder of seeds with the invented report accepted, unsigned; to be copied."""
    folder, done = accepted(tmp_path_factory.mktemp("worded"), DECIDED)
    assert done.findings == [] and done.status == "audited", "\n".join(map(str, done.findings))
    return folder


@pytest.fixture(scope="module")
def tables(worded):
    return Seeds(worded)


def of_report(tables):
    return OnFile(tables, REPORT, tables.rows_of("figures", REPORT))


def test_honest_words_are_no_finding(tables):
    """Of 23 figures that a report words otherwise than the codebook, none is found."""
    assert check(tables) == []
    assert len(of_report(tables).own_worded) == len(DECIDED) == 23


def test_a_draft_with_two_exchanged_is_not_accepted(tmp_path):
    """Where a curator has given two rows each other's indicator, accepting the draft names both
    and writes nothing.
    """
    cases, success = DECIDED["1203"], DECIDED["1190"]
    wrong = {"1203": (success[0], *cases[1:]), "1190": (cases[0], *success[1:])}
    _, done = accepted(tmp_path, DECIDED | wrong)
    rules = [finding.rule for finding in done.findings]
    assert sorted(rules) == ["exchanged", "exchanged", "part_of_whole"]
    assert not done.written


def test_exchanged_indicators_are_found_where_the_words_tell(tables, record_property):
    """Where two rows with words of their own exchange their indicators, a finding names one of the
    two, unless the words fit about as well in either way.
    """
    left, total, by_words = [], 0, 0
    for m, one, other in own_words_exchanged(tables, REPORT):
        found, total = m.audit(), total + 1
        by_words += {finding.rule for finding in found} == {"exchanged"}
        now, then = fitting(one, other)
        assert bool(found) or now <= BETTER * then, m.what
        named = (claim.row.indicator in str(f) for f in found for claim in (one, other))
        assert not found or m.hit(found) or any(named), m.what
        left += [] if found else [m.what]
    say(
        record_property,
        "own_words_exchanged",
        total - len(left),
        total,
        f"\n      {by_words:>4} of these by the words alone"
        f"\n      {len(left):>4} left: the words fit about as well in either way",
    )
    assert (len(left), total) == (2, 74)


def test_three_that_change_round_are_found_too(tables):
    """Where three rows with words of their own pass their indicators on in a circle, one finding or
    more is at one of the three in nine of ten cases.
    """
    claims = [claim for claim in of_report(tables).own_worded if claim.row.unit == "件"]
    found = total = 0
    for three in combinations(claims, 3):
        rows = [claim.row for claim in three]
        names = [row.indicator for row in (*rows[1:], rows[0])]
        passed = {row.line: name for row, name in zip(rows, names, strict=True)}
        part = of_report(tables)
        for claim in part.own_worded:
            name = passed.get(claim.row.line, claim.row.indicator)
            claim.row = claim.row._replace(indicator=name)
        found += any(fault.row.line in passed for fault in exchanged.check(part))
        total += 1
    assert total > 100 and found >= 0.9 * total


def test_the_wordings_of_real_sources_are_not_taken_for_exchanged(seeds):
    """No two figures of one source would fit better if their labels, the source's own words, were
    exchanged; exchanged, nearly all would be seen to be so.
    """
    to = likeness(tuple(seeds.codebook.values()))
    seen = total = 0
    for one, other in combinations(seeds.observations, 2):
        own, its = one.indicator, other.indicator
        units = seeds.words.canonical(one.unit), seeds.words.canonical(other.unit)
        if one.report != other.report or own == its or len({*units}) > 1:
            continue
        first, second = (to.of([row.label]) for row in (one, other))
        now = first.get(own, 0) + second.get(its, 0)
        then = first.get(its, 0) + second.get(own, 0)
        assert then <= BETTER * now, (one.label, other.label)
        seen, total = seen + (now > BETTER * then), total + 1
    assert total > 150 and seen >= 0.98 * total


def test_what_rests_on_one_reader_is_told_until_it_is_signed(worded, tmp_path, capsys):
    """`baoding check` counts the figures proved by words of their own that one person alone has
    read, and page 04 says so and why their exchange may be unfound; signed, none is named.
    """
    told = "; 23 figures, proved by words of their own, rest on one reader only"
    folder = shutil.copytree(worded, tmp_path / "seeds")
    assert main(["check", "--seeds", str(folder)]) == 0 and told in capsys.readouterr().out
    page = bd.report(REPORT, folder).audit
    assert "not read a second time: 23." in repr(page.readings())
    errors = repr(page.errors())
    [row] = re.findall(r".*the two hardest to tell apart.*", errors)
    assert " | 1 | " in row and "part_of_whole" in row  # no rule on words tells them apart
    sign("R9", [f"figures/{REPORT}.csv"], folder)
    assert "one reader only" not in survey(Seeds(folder))[1][1]
    signed = bd.report(REPORT, folder).audit
    assert "hardest to tell apart" not in repr(signed.errors())
    assert "not read a second time" not in repr(signed.readings())


def test_the_codebooks_own_words_need_no_second_reader_to_be_named(seeds):
    """A report that says all as the codebook does has no line about words of its own."""
    assert all("words of their own" not in line for line in survey(seeds)[1])
