"""The site, without a browser: its pages are sound, lead to each other, say which language they
speak, and hold every number of a report; whatever anybody has written stays words.
"""

import re
from collections import Counter
from decimal import Decimal

import pytest
from conftest import REPORT, ROOT, takes_long
from hostile import MARKUP, hidden, is_foreign
from odd import SOUND
from sites import SITES, built

from baoding_data.shown import shown
from baoding_data.site.voice import TAGS
from baoding_data.tables.figures import of_report

HAN = re.compile("[\u3400-\u9fff]")
WEB = re.compile(r"(?i)(?:[a-z]+:)?//")
ICON = "data:,"  # none, lest the browser ask for one
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(params=SITES)
def site(request):
    """Each site in turn."""
    return built(request.param)


# --- every page


def test_every_page_is_sound(site):
    """html5lib finds nothing wrong with a page, no name stands on it twice, and its language is
    that of its folder.
    """
    for path, page in site.pages.items():
        names = Counter(one.get("id") for one, _ in page.every if one.get("id"))
        assert names == Counter(page.by_id.keys()), path
        assert path == "index.html" or page.root.get("lang") == TAGS[path.partition("/")[0]], path
        assert page.root.findtext("head/title").strip(), path


def test_every_link_leads_somewhere(site):
    """To a file of the site, and to a place that is on the page; and what a page refers to by its
    name is on it.
    """
    wrong = []
    for path, page in site.pages.items():
        for _, name, address in page.links:
            there, place = page.way(address)
            if WEB.match(address) or address == ICON:
                continue
            if there not in site.files or place and place not in site.pages[there].by_id:
                wrong.append(f"{path}: {name}={address}")
        for one, _ in page.every:
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list"):
                missed = {*one.get(name, "").split()} - page.by_id.keys()
                wrong += [f"{path}: {name}={missed}"] * bool(missed)
    assert not wrong


def test_nothing_comes_from_elsewhere(site):
    """No page, style or script names an address of the web, but links to the sources of the tables;
    and charts, like pages, have no script of their own.
    """
    sources = {row.url for row in site.tables.reports} | {LICENCE}
    for path, page in site.pages.items():
        for one, name, address in page.links:
            if WEB.match(address):
                assert (one.tag, name) == ("a", "href") and address in sources, f"{path}: {address}"
        assert all("src" in one.attrib for one, _ in page.every if one.tag == "script"), path
        styles = [one.text or "" for one, _ in page.every if one.tag == "style"]
        styles += [one.get("style", "") for one, _ in page.every]
        assert not re.search(r"url\(|@import", "".join(styles)), path
    style, script = (site.files[f"files/site.{kind}"].decode() for kind in ("css", "js"))
    assert not re.search("@import|//[a-z]", re.sub(r"/\*.*?\*/", "", style, flags=re.S))
    asked = re.findall(r"url\([\"']?([^)\"']+)", style)
    assert all(one.startswith(("data:", "#")) or f"files/{one}" in site.files for one in asked)
    assert not re.search("https?:|fetch|XMLHttp|sendBeacon|import\\(|eval|innerHTML", script)


def test_every_word_says_its_language(site):
    """On an English page what is Chinese stands in an element that says so, so that browsers draw
    Chinese forms.
    """
    wrong = [
        f"{path}: {words.strip()[:40]}"
        for path, page in site.pages.items()
        for words, lang in page.said()
        if HAN.search(words) and not lang.startswith("zh")
    ]
    assert not wrong


def test_both_languages_have_the_same_pages_and_places(site):
    """Each page is there in Chinese and in English, with the same places on it, and leads to the
    other.
    """
    paths = {lang: {one[3:] for one in site.pages if one.startswith(f"{lang}/")} for lang in TAGS}
    assert paths["zh"] == paths["en"] and len(paths["zh"]) >= 6
    for path in paths["zh"]:
        zh, en = (site.pages[f"{lang}/{path}"] for lang in ("zh", "en"))
        assert places(zh) == places(en), path
        for page, other in ((zh, en), (en, zh)):
            assert other.path in {page.way(address)[0] for _, _, address in page.links}, path


def places(page):
    """The names on a page, but for those within charts."""
    drawn = {inner for one, _ in page.every if "svg" in str(one.tag) for inner in one.iter()}
    return {name for name, one in page.by_id.items() if one not in drawn}


# --- the numbers


def test_the_report_page_has_the_whole_text_and_every_number(site):
    """The text reads as published, and each number in it is marked as what it is."""
    kinds = {"figure", "other", "unclear"}
    for report in site.reports:
        text = site.tables.texts[report]
        for lang in TAGS:
            page = site.pages[f"{lang}/{report}/text.html"]
            [article] = page.of_class("report")
            assert solid(article) == re.sub(r"\s", "", shown(text.text)), page.path
            for at, number in enumerate(text.numbers, 1):
                one = page.by_id[f"n{at}"]
                assert solid(one) == re.sub(r"\s", "", number.printed), page.path
                assert len(kinds & {*one.get("class").split()}) == 1, page.path
            assert f"n{len(text.numbers) + 1}" not in page.by_id


def solid(one):
    """The words of an element without blanks."""
    return re.sub(r"\s", "", "".join(one.itertext()))


def test_number_card_row_and_back(site):
    """From every number of a report one step leads to its card, from the card to the row of the
    table, and from each of them back to the number.
    """
    for page in (page for path, page in site.pages.items() if path.endswith("/text.html")):
        numbers = [one for name, one in page.by_id.items() if re.fullmatch(r"n\d+", name)]
        assert len(numbers) > 3
        for one in numbers:
            card_page, card = site.target(page, one.get("href"))
            assert card_page is page and card.get("id") == f"c{one.get('id')[1:]}"
            ways = [other.get("href") for other in card.iter("a") if other.get("href")]
            assert f"#{one.get('id')}" in ways
            rows = [site.target(page, way) for way in ways if re.search(r"#r\d+$", way)]
            assert rows or "figure" not in one.get("class").split(), one.get("id")
            for table, row in rows:
                back = {table.way(other.get("href")) for other in row.iter("a")}
                assert (page.path, one.get("id")) in back, one.get("id")


def test_a_figure_leads_to_where_it_is_printed(site):
    """From every figure of every page one step leads to its place in the text, where the same
    number stands.
    """
    seen = 0
    for page in site.pages.values():
        for one in page.of_class("figure"):
            if one.tag == "a" and not re.fullmatch(r"n\d+", one.get("id", "")):
                there, number = site.target(page, one.get("href"))
                assert there.path.endswith("/text.html") and "figure" in number.get("class")
                at = int(number.get("id")[1:])
                report = there.path.split("/")[1]
                assert says(solid(one), site.tables.texts[report].numbers[at - 1]), (page.path, at)
                seen += 1
    assert seen or not any(of_report(site.tables, report) for report in site.reports)


def says(words, number):
    """Whether words on a page say a number of the text, in whatever form."""
    plain = re.sub(r"\\(x..|u.{4}|U.{8})", "", words)
    found = re.findall(r"\d[\d,]*(?:\.\d+)?", plain)
    factor = 1_000_000 if "million" in words else 1
    values = {factor * Decimal(one.replace(",", "")) for one in found}
    return number.printed in words or number.value is None or number.value in values


# --- what anybody may have written


def attributes(page):
    """The tags of a page with the names of their attributes."""
    return {(one.tag, name) for one, _ in page.every for name in ("", *one.attrib)}


@pytest.mark.parametrize(("name", "poison"), [("markup", MARKUP), ("unseen", r"\x1b[31m")])
def test_whatever_anybody_has_written_stays_words(name, poison):
    """No page has a tag or an attribute that it has not without the poison, an address that leads
    astray, or a character that nobody sees; and the poison is read on it.
    """
    usual, seen = built("clean").pages, 0
    for path, page in built(name).pages.items():
        assert attributes(page) <= attributes(usual[path]), path
        foreign = [pair for one, _ in page.every for pair in one.items() if is_foreign(*pair)]
        assert set(foreign) <= {("href", ICON)}, path
        assert not hidden(page.words), path
        seen += any(poison in words for words, _ in page.said())
    assert seen >= 12


# --- how much, how often


def test_the_site_is_small(site):
    """The first page has less than 300 kB, and the script at most 300 lines."""
    first = max(len(site.files[f"{lang}/index.html"]) for lang in TAGS)
    assert first + len(site.files["files/site.css"]) + len(site.files["files/site.js"]) < 300_000
    assert len(site.files["files/site.js"].splitlines()) <= 300


SAME = """
from hashlib import sha256
from pathlib import Path
from baoding_data.checks.examples import Changed
from baoding_data.site.build import Site, files_of
from baoding_data.site.pages import notebooks
from baoding_data.tables.seeds import load
site = Site({site})
found = {{path: sha256(b"".join(of)).hexdigest() for path, of in files_of(site)}}
"""
INVENTED = f"Changed().seeds(), [{SOUND!r}], []"
ON_FILE = f"load(None), [{REPORT!r}], notebooks(Path({str(ROOT / 'notebooks')!r}))"


@takes_long
@pytest.mark.parametrize("site", [INVENTED, ON_FILE])
def test_the_same_tables_give_the_same_bytes(elsewhere, site):
    """Built again in another process, in another time zone and order of sets, no byte differs."""
    code, here = SAME.format(site=site), {}
    exec(code, here)
    elsewhere(f"{code}assert found == {here['found']!r}")


# --- several reports


def test_a_site_of_two_reports_leads_from_one_to_the_other():
    """Each report has its pages, the first page leads to both, and the comparison of one to that of
    the other.
    """
    pages = built("two").pages
    for lang in TAGS:
        both = [f"{lang}/{report}" for report in built("two").reports]
        first = pages[f"{lang}/index.html"]
        assert {f"{one}/text.html" for one in both} <= led_to(first)
        for here, there in (both, both[::-1]):
            assert f"{there}/beside.html" in led_to(pages[f"{here}/beside.html"])


def led_to(page):
    """The pages that a page leads to."""
    return {page.way(address)[0] for _, name, address in page.links if name == "href"}
