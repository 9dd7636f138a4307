"""Reports that are left out: what is wrong in one stops no work on another."""

import pytest

import baoding_data as bd
from baoding_data.checks.audit import check
from baoding_data.checks.examples import REPORT, Changed
from baoding_data.errors import Finding
from baoding_data.tables.left_out import said
from baoding_data.tables.seeds import one_report

WHY = [Finding("schema", "seeds/reports.csv", 2, "year", "x", "a year", "write it")]


def test_nothing_of_a_report_left_out_is_there():
    """No row, no text, no population and no conflict of it is left; of the others all is."""
    whole = Changed().seeds()
    for name in whole.source:
        part = whole.without({name: WHY})
        assert part.left_out == {name: WHY} and part.whole is whole
        assert name not in part.texts and name not in part.source
        for table in part.schemas:
            rows = part.rows(table)
            assert not [row for row in rows if getattr(row, "report", "") == name]
            assert not [row for row in rows if getattr(row, "source", "") == name]
            assert not [row for row in rows if f"{name}:" in getattr(row, "sides", "")]
            of_others = [row for row in whole.rows(table) if getattr(row, "report", "") != name]
            if table not in ("places", "conflicts"):
                assert rows == of_others
        assert part.fingerprint == whole.fingerprint


def test_what_is_left_out_is_said():
    """One line in both languages names it with the number of its findings."""
    part = Changed().seeds().without({REPORT: WHY})
    zh, en = said(part)
    assert en == f"left out: {REPORT} (1 finding); `baoding check` names them"
    assert zh.startswith(f"未列入：{REPORT}（1处问题）")
    assert said(Changed().seeds()) is None


def test_a_report_left_out_is_refused_with_its_findings():
    """Whoever asks for it, by name or as the only one, is told what is wrong with it."""
    part = Changed().seeds().without({REPORT: WHY})
    for asked in (REPORT, None):
        with pytest.raises(bd.BaodingError, match="is left out until") as caught:
            one_report(part, asked)
        assert caught.value.findings == WHY


def test_tables_without_a_report_pass_the_audit():
    """What is left of sound tables holds."""
    whole = Changed().seeds()
    assert check(whole.without({"yuanhe-2023": WHY})) == []
