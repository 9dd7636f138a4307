"""Rules are things: each has a name, a sentence in both languages, an example that it finds and one
that it passes; the list and the page are made of them.
"""

import re
from decimal import Decimal
from math import log
from pathlib import Path

import pytest

from baoding_data.checks.audit import check, survey
from baoding_data.checks.examples import REPORT, Changed
from baoding_data.checks.identities import right_value, sums
from baoding_data.checks.likeness import Likeness
from baoding_data.checks.rule import change, reworded
from baoding_data.checks.rules import LEVELS, findings_of, page
from baoding_data.checks.texts import OWN_WORDS
from baoding_data.cli import main
from baoding_data.tables.figures import by_indicator, of_report
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


def of_none(upheld, rate):
    """The invented report with no suit concluded, so many upheld and this rate."""
    words = f"审结0件，维持{upheld}件，维持率{rate}"
    counts = {"cases_concluded": "0", "cases_upheld": upheld, "upheld_rate": rate}
    quotes = "行政复议案件审结0件", f"维持{upheld}件", f"维持率{rate}"
    rows = [
        change("figures", name, printed=one, value=one.rstrip("%"), quote=quote)
        for (name, one), quote in zip(counts.items(), quotes, strict=True)
    ]
    return [reworded("审结40件，维持34件，维持率85%", words), *rows]


REPEATED = change(
    "figures",
    "cases_upheld",
    indicator="",
    note_zh="全文别处已有的同一个数。",
    note_en="The same number as elsewhere in the text.",
)
CITY = "chengzhou-2023,999900,2023,,cases,"
RATE = "chengping-2023,rate"
EDGES = [
    ("share_terms", [change("indicators", "upheld_rate", numerator="cases_concluded")], 1),
    ("share_terms", [change("indicators", "upheld_rate", numerator="officers")], 1),
    ("share_terms", [change("indicators", "cases_upheld", measure="target")], 1),
    ("share_terms", [change("indicators", "upheld_rate", numerator="cases")], 0),
    (
        "share_terms",
        [
            change(
                "indicators",
                "done_on_site",
                numerator="cases_upheld",
                denominator="cases_concluded",
            )
        ],
        1,
    ),
    ("conflict", [change("observations", CITY, value="209")], 1),
    ("conflict", [change("observations", CITY, value="209", bound="about")], 0),
    (
        "conflict",
        [
            change("observations", CITY, value="209"),
            change("indicators", "cases,", measure="target"),
        ],
        0,
    ),
    ("population", [change("places", "999902", population="180001")], 1),
    (
        "population",
        [change("places", "999902", population="180001", population_year="2010")],
        0,
    ),
    ("ratio", [change("identities", RATE)], 1),
    ("ratio", [change("identities", RATE), change("figures", "cases_upheld")], 0),
    (
        "identity_form",
        [change("identities", RATE, terms="cases_upheld / cases_concluded / cases")],
        1,
    ),
    ("identity_form", [change("identities", RATE, terms="cases_upheld + cases_concluded")], 1),
    ("identity_form", [change("identities", RATE, terms="upheld_rate / cases")], 1),
    ("quote", [change("figures", ",5,", quote="没有的话")], 1),
    ("unit_in_use", [change("indicators", "cases_upheld", unit="人")], 0),
    ("first_year", [change("observations", "yuanhe-2023", period="multi_year")], 1),
    (
        "first_year",
        [change("observations", "yuanhe-2023", period="multi_year", first_year="2023")],
        1,
    ),
    (
        "first_year",
        [change("observations", "yuanhe-2023", period="multi_year", first_year="2022")],
        0,
    ),
    ("year_of_observation", [change("observations", "yuanhe-2023", year="2024")], 0),
    ("year_of_observation", [change("observations", "yuanhe-2023", year="2025")], 1),
    (
        "year_of_observation",
        [change("observations", "yuanhe-2023", year="2025", period="planned")],
        0,
    ),
    ("place_of_observation", [change("observations", "chengzhou-2023,999901", place="999900")], 0),
    ("within_hundred", [change("observations", "yuanhe-2023", unit="%", value="100.1")], 0),
    ("identity_scope", [change("figures", "review_trainings", indicator="cases_concluded")], 0),
    (
        "unit_of_indicator",
        [change("figures", "done_on_site", resolved="", value="", unit="", bound="")],
        0,
    ),
    ("set_apart", [REPEATED], 1),
    ("set_apart", [REPEATED, change("figures", "cases_townships", value="34")], 1),
    (
        "set_apart",
        [
            REPEATED,
            change("figures", "cases_townships", indicator="cases_upheld", value="34"),
        ],
        0,
    ),
    ("identity", of_none("0", "0%"), 0),
    ("identity", of_none("0", "100%"), 0),
    ("identity", of_none("0", "50%"), 1),
    ("identity", of_none("3", "100%"), 1),
]


@pytest.mark.parametrize(("name", "changes", "times"), EDGES)
def test_each_rule_stops_where_its_sentence_stops(by_name, name, changes, times):
    """What is just within a rule is passed, and what is just beyond it is found, once."""
    assert len(findings_of(by_name[name], Changed(changes).seeds())) == times


def test_the_right_side_of_a_ratio_is_told_to_four_decimals():
    """34 of 40 make 85 %; 34 of 39 make 87.1795 %."""
    for concluded, percent in (("40", "85"), ("39", "87.1795")):
        tables = Changed([change("figures", "cases_concluded", value=concluded)]).seeds()
        [ratio] = [row for row in tables.identities if row.identity == "rate"]
        [one] = sums(ratio, by_indicator(of_report(tables, REPORT)))
        assert right_value(one) == Decimal(percent)


def test_findings_stand_in_the_order_of_their_rows():
    """The audit tells of a table from its first row to its last, whatever the columns."""
    wrong = [change("figures", "cases,", value="53"), change("figures", "officers", period="year")]
    found = check(Changed(wrong).seeds())
    told = [(one.file, one.row or 0) for one in found]
    assert told == sorted(told) and {"period", "value"} <= {one.column for one in found}


def test_words_are_the_more_like_an_indicator_the_fewer_others_have_them():
    """Of 12 indicators a pair of characters of one alone counts 1, of two log 7 / log 13, of eight
    log 2.5 / log 13, and half as much where only the context has it.
    """
    like = Likeness(Changed().seeds().codebook.values())
    two, four, eight = (log(1 + 12 / n) / log(13) for n in (2, 4, 8))
    assert like.of(["当场"]) == {"done_on_site": 1}
    assert like.of(["维持"]) == pytest.approx({"cases_upheld": two, "upheld_rate": two})
    assert like.of(["复议"])["cases"] == pytest.approx(eight)
    assert like.of(["复议"])["upheld_rate"] == pytest.approx(eight / 2)
    assert like.of(["当场", "当场办结"])["done_on_site"] == pytest.approx(2 + four)


def test_the_audit_says_what_it_has_counted():
    """Of the invented report its 16 numbers are told, 12 rows and 11 figures of them, and the two
    that rest on words of their own; of the other tables how many rows nobody has read twice.
    """
    lines = survey(Changed().seeds())[1]
    assert lines[:3] == [
        "chengping-2023: 16 numbers printed: 10 values, all accounted for by 11 figures and 1 rows"
        " set apart; 5 dates, 1 unclear numbers, 1 of the unclear resolved by a reader; 12 rows"
        " without a second reading",
        "observations: 6 figures of 3 places transcribed from 2 sources, no text on file; 0 of them"
        " read a second time at the source",
        "codebook: 12 indicators, none without a figure on file yet",
    ]
    assert "6 in identities" in lines[3] and "neighbours" not in lines[3]
    assert survey(Changed(OWN_WORDS).seeds())[1][0] == (
        f"{lines[0]}; 2 figures, proved by words of their own, rest on one reader only"
    )


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
    for one in (change("figures", "cases", value="1"), reworded("没有的字", "字")):
        with pytest.raises(LookupError):
            Changed([one])


def test_the_tables_as_they_stand_keep_every_rule(seeds):
    """Each rule alone finds nothing in the seeds."""
    assert [rule.name for rule in RULES if findings_of(rule, seeds)] == []
