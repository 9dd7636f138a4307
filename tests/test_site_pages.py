"""The pages of indicators, comparison and checks: what stands on them, and the search."""

import os
import re
import shutil
import weakref

import pytest

from baoding_data.checks.examples import REPORT, Changed
from baoding_data.checks.rule import change
from baoding_data.checks.rules import LEVELS
from baoding_data.notebook.answer import Answer
from baoding_data.notebook.report import Report
from baoding_data.notebook.tables import Told
from baoding_data.site import address, beside_page, checks_page, elsewhere, indicators_page
from baoding_data.site.build import HERE, OneByOne, Site
from baoding_data.tables.names import search

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PAGES = {
    "beside.html": (beside_page.about, address.comparison),
    "checks.html": (checks_page.about, address.checks),
}


def page(tables, template, lang="en"):
    """A page of the invented report."""
    about, path = PAGES[template]
    site = Site(tables, [REPORT], [])
    voice = site.voice(lang, path(REPORT))
    return site.render(template, voice, REPORT, **about(site, REPORT, voice)).decode()


def indicators(tables, report=REPORT, lang="en"):
    """The page of all indicators."""
    site = Site(tables, [report], [])
    voice = site.voice(lang, address.INDICATORS)
    return site.render("indicators.html", voice, **indicators_page.about(site, "", voice)).decode()


@pytest.fixture(scope="module")
def tables():
    return Changed().seeds()


def ids(page):
    return re.findall(' id="([^"]+)"', page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_indicator_has_a_place_of_its_own(tables, lang):
    """On the page of indicators each of the codebook, on that of a report each that it gives."""
    whole = ids(indicators(tables, lang=lang))
    own = ids(page(tables, "beside.html", lang))
    for found, wanted in ((whole, tables.codebook), (own, Report(tables, REPORT).facts.by_name)):
        assert len(found) == len({*found}) and {*wanted} <= {*found}


def test_of_many_figures_the_first_are_shown_the_next_folded_and_the_rest_counted(tables):
    one = next(row for row in tables.observations if row.indicator == "cases")
    rows = [one._replace(year=2021 + n % 5, locator_en=f"table {n}") for n in range(70)]
    many = tables.replaced(observations=[*tables.observations, *rows])
    many.audits.update({name: {} for name in ("", *tables.source)})
    site = Site(many, [REPORT], [])
    voice = site.voice("en", address.comparison(REPORT))
    about = beside_page.about(site, REPORT, voice)
    [item] = [item for *_, items in about["topics"] for item in items if item.more]
    others = len(many.observations) - len(tables.observations)
    assert item.inside + item.more > others - 2 * elsewhere.IN_FULL
    shown = item.table.count("</tr>") - 1
    assert shown + item.inside == elsewhere.LISTED
    assert f"<code>baoding compare {item.code}</code>" in page(many, "beside.html")


def test_the_title_is_that_of_the_profile(tables, seeds):
    """The page counts the indicators as `Report.profile` does, which lists them."""
    for one, report in ((tables, REPORT), (seeds, "baoding-2022")):
        site = Site(one, [report], [])
        assert site.elsewhere[report].title() == Report(one, report).profile().title


def test_findings_stand_first_and_a_sound_report_has_none(tables):
    wrong = Changed([change("figures", "cases,52", value="53")]).seeds()
    found = page(wrong, "checks.html")
    assert found.index('id="findings"') < found.index('id="relations-head"')
    assert "found 53" in found
    assert 'id="findings"' not in page(tables, "checks.html")


def test_every_rule_is_on_the_page(tables):
    found = ids(page(tables, "checks.html", "zh"))
    assert {f"rule-{one.name}" for level in LEVELS for one in level.rules} <= {*found}


def test_each_number_of_a_relation_leads_to_its_figure(tables):
    answer = Report(tables, REPORT).audit.relations()
    assert isinstance(answer, Answer) and answer.table
    for why, *_ in answer.table.rows:
        assert isinstance(why, Told)
        for side in why:
            assert [one.figure for one in side if one.figure] and all(
                re.search("[0-9]", one.text) for one in side if one.figure
            )
        assert [one.figure for one in why.zh if one.figure] == [
            one.figure for one in why.en if one.figure
        ]


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
def test_the_search_finds_what_the_library_finds(seeds, tmp_path):
    """Words of both languages, in capitals, wide, with marks, alone as marks; they stand in the
    address, and an indicator that is led to is shown again.
    """
    from playwright.sync_api import sync_playwright

    for folder in ("zh", "files"):
        (tmp_path / folder).mkdir()
    (tmp_path / "zh/indicators.html").write_text(
        indicators(seeds, "baoding-2022", "zh"), encoding="utf-8", newline=""
    )
    shutil.copy(HERE / "site.js", tmp_path / "files")
    sought = "复议 受理|LOSS rate|Loss-Rate|败诉率（％）|ＬＯＳＳ|，|%|suits 本级|zzz| ".split("|")
    shown = "[...document.querySelectorAll('article:not([hidden])')].map(one => one.id)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, env=os.environ | {"HOME": str(tmp_path)}
        )
        tab = browser.new_page()
        tab.goto((tmp_path / "zh/indicators.html").as_uri())
        for words in sought:
            tab.fill("input[type=search]", words)
            assert {*tab.evaluate(shown)} == {one.indicator for one in search(seeds, words)}, words
        tab.fill("input[type=search]", "败诉")
        tab.reload()
        assert tab.input_value("input[type=search]") == "败诉"
        assert tab.text_content("[role=status]") == f"找到：{len(search(seeds, '败诉'))}"
        tab.goto(tab.url.partition("#")[0] + "#licensing_items")
        assert tab.is_visible("#licensing_items") and tab.input_value("input[type=search]") == ""
        browser.close()


def test_of_many_reports_no_more_is_held_than_of_one():
    """What is made of one report is let go before the next is made, and made anew when asked for
    once more.
    """
    held, most = weakref.WeakSet(), []

    def made(name):
        most.append(len(held))
        held.add(one := type(name, (), {})())
        return one

    every = OneByOne(["a", "b"], made)
    assert [type(every[name]).__name__ for name in ("a", "a", "b", "a")] == ["a", "a", "b", "a"]
    assert most == [0, 0, 0] and len(every) == 2 and "c" not in every
