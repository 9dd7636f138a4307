"""Rules are things: each has a name, a sentence in both languages, an example that it finds and one
that it passes; the list and the page are made of them.
"""

import re
from pathlib import Path

import pytest

from baoding_data.checks.audit import check
from baoding_data.checks.examples import Changed
from baoding_data.checks.rules import LEVELS, findings_of, page
from baoding_data.cli import main
from baoding_data.tables.seeds import Seeds, home
from baoding_data.writing import sealed

RULES = [rule for level in LEVELS for rule in level.rules]


@pytest.fixture(scope="module")
def by_name():
    return {rule.name: rule for rule in RULES}


def test_names_are_of_one_rule():
    """No two rules have one name, and no rule is without a sentence in Chinese and in English."""
    assert len({rule.name for rule in RULES}) == len(RULES) > 60
    for rule in RULES:
        chinese, english = rule.sentence
        assert re.search("[一-龥]", chinese) and chinese.endswith("。"), rule.name
        assert english[:1].isupper() and english.endswith("."), rule.name


def test_the_invented_tables_hold():
    """The tables that the examples change have nothing wrong, and are never taken for the seeds."""
    tables = Changed().seeds()
    assert check(tables) == []
    assert all(getattr(tables, name) for name in tables.schemas)
    assert "invented" not in home().parts


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_each_rule_finds_one_example_and_passes_the_other(by_name, name):
    """A rule alone finds its one example, and the whole audit finds the same; in the other neither
    finds anything.
    """
    rule = by_name[name]
    wrong, right = Changed(rule.finds).seeds(), Changed(rule.passes).seeds()
    found = findings_of(rule, wrong)
    assert found and {finding.rule for finding in found} == {name}
    assert set(found) == {finding for finding in check(wrong) if finding.rule == name}
    assert findings_of(rule, right) == [] == check(right)


def test_whatever_is_found_in_reading_the_audit_tells(by_name):
    """Findings and remarks of files as they are read reach the audit, each under the name of a rule
    that `baoding check --rules` lists.
    """
    folder = home()
    spoiled = {
        file: (folder / file).read_bytes().replace(old.encode(), new.encode(), 1)
        for file, old, new in (
            ("reports.csv", ",2022,law_report,", ",MMXXII,law_report,"),
            ("indicators.csv", ",disputes,", ",dispute,"),
            ("neighbours.csv", "litigation_win_rate", "court_loss_rate"),
            ("doubts.csv", "“截至目前”", "“至今”"),
        )
    } | {"reports/baoding-2022.txt": b"\xff\xfe"}
    tables = Seeds(folder, spoiled)
    found = {*tables.findings, *tables.remarks}
    assert {one.rule for one in found} == {"schema", "code", "key", "reader", "text"}
    assert found <= set(check(tables)) and {one.rule for one in found} <= by_name.keys()


def test_the_command_lists_the_rules(capsys):
    """`baoding check --rules` names every rule with its sentence in both languages, and audits
    nothing.
    """
    assert main(["check", "--rules"]) == 0
    shown = capsys.readouterr().out
    for rule in RULES:
        assert f"  {rule.name}\n    {rule.sentence.zh}\n    {rule.sentence.en}\n" in shown


def test_the_page_of_rules_is_current():
    """docs/rules.md is what the rules say now; `make` writes it."""
    file = Path(__file__).parents[1] / "docs/rules.md"
    assert file.read_bytes() == sealed(page().encode(), "page")


def test_a_change_that_fits_nothing_is_refused():
    """An example about a row or words that are not there once is an error, not a silent pass."""
    from baoding_data.checks.rule import change, reworded

    for one in (change("figures", "cases", value="1"), reworded("没有的字", "字")):
        with pytest.raises(LookupError):
            Changed([one])


def test_the_tables_as_they_stand_keep_every_rule(seeds):
    """Each rule alone finds nothing in the seeds."""
    assert [rule.name for rule in RULES if findings_of(rule, seeds)] == []
