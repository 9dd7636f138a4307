"""The site in a browser, opened from disk: on every screen, in every colour, by mouse and by keys,
with a script and without.
"""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from conftest import IN_FULL, REPORT
from odd import SOUND
from sites import built

# A page of each kind, in both languages by turns.
KINDS = {
    "index": "zh/index.html",
    "first": "en/index.html",
    "notebook": f"zh/{REPORT}/05_comparison.html",
    "text": f"en/{REPORT}/text.html",
    "figures": f"zh/{REPORT}/figures.html",
    "beside": f"en/{REPORT}/beside.html",
    "checks": f"zh/{REPORT}/checks.html",
    "indicators": "en/indicators.html",
}
EACH = pytest.mark.parametrize("kind", KINDS)
WIDTHS = (360, 768, 1280, 1920) if IN_FULL else (360, 1920)
TEXT, TABLE = f"zh/{REPORT}/text.html", f"zh/{REPORT}/figures.html"
# axe takes long for a long page: in part it looks at those of a short report, and at two others.
SMALL = {kind: path.replace(REPORT, SOUND) for kind, path in KINDS.items() if kind != "notebook"}
LOOKED_AT = [("clean", path) for kind, path in SMALL.items() if IN_FULL or kind != "index"]
LOOKED_AT += [("baoding", KINDS[kind]) for kind in (KINDS if IN_FULL else ("notebook",))]
GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The sites of the report on file and of the invented one, in a folder each."""
    folder = tmp_path_factory.mktemp("sites")
    for name in ("baoding", "clean"):
        for path, data in built(name).files.items():
            file = folder / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return folder


IN_VIEW = """name => {
  const one = document.getElementById(name), {top, bottom} = one.getBoundingClientRect();
  return one.getClientRects().length && bottom > 0 && top < innerHeight;
}"""


class Tab:
    """A tab of the browser that opens pages of the site, and what went wrong in it."""

    def __init__(self, context, folder):
        self.page, self.root, self.wrong = context.new_page(), folder.as_uri(), []
        self.page.set_default_timeout(10_000)
        self.page.on("console", lambda one: self.wrong.append(one.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", lambda one: self.wrong.append(one.url))

    def _asked(self, request):
        if not request.url.startswith((f"{self.root}/", "data:")):
            self.wrong.append(request.url)

    def open(self, path, width=1280, site="baoding"):
        """Open a page of a site."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(f"{self.root}/{site}/{path}")
        return self.page

    def arrives(self, path, place):
        """Whether the tab comes to a place of the site, and the place into view."""
        self.page.wait_for_url(f"{self.root}/baoding/{path}#{place}")
        self.page.wait_for_function(IN_VIEW, arg=place)
        return True


@pytest.fixture(scope="module")
def tab(browser, folder):
    """A tab without a network."""
    context = browser.new_context(offline=True)
    yield Tab(context, folder)
    context.close()


@pytest.fixture(autouse=True)
def quiet(tab):
    """Whatever a test does, no script fails, nothing is said on the console, and nothing is asked
    of anything but the disk.
    """
    tab.page.emulate_media(media="screen", color_scheme="light")
    yield
    wrong, tab.wrong = tab.wrong, []
    assert wrong == []


def test_every_page_opens_from_disk(tab):
    """Without an error, and without a request that leaves the folder or fails."""
    paths = sorted(built("baoding").pages.files, key=lambda path: path.partition("/")[::-1])
    for path in paths if IN_FULL else paths[::4]:
        tab.open(path)
        assert tab.page.title(), path


# --- how a page looks

TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1
    && !one.closest("[tabindex]") && one.getClientRects().length)
  .slice(0, 5).map(one => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 40)}`)"""


@EACH
def test_no_page_scrolls_sideways(tab, kind):
    """From a phone to a projector; what is wider scrolls within a box of its own."""
    tab.open(KINDS[kind])
    for width in WIDTHS:
        tab.page.set_viewport_size({"width": width, "height": 900})
        seen = tab.page.evaluate("document.scrollingElement.scrollWidth")
        assert seen <= width, (width, tab.page.evaluate(TOO_WIDE))


def violations(page, *rules):
    """What axe finds on a page: of the guidelines, or of some rules."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": GUIDELINES}
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": False}
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [(one["id"], node["html"][:200]) for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("site", "path"), LOOKED_AT)
def test_every_kind_of_page_is_open_to_all(tab, site, path):
    """axe finds no violation of WCAG 2.2 AA; in the dark and in print, where colours alone differ,
    the contrast is enough too.
    """
    page = tab.open(path, site=site)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, "color-contrast") == []
    page.emulate_media(media="print", color_scheme="light")
    assert violations(page, "color-contrast") == []


def test_dark_and_print_are_looks_of_their_own(tab):
    """In the dark the page is dark and the paper of a chart is white; print leaves out what only
    leads about.
    """
    page = tab.open(f"zh/{REPORT}/02_disputes.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light
    page.emulate_media(media="print", color_scheme="light")
    assert not page.locator("body > header nav").first.is_visible()
    assert page.locator("main figure svg").first.is_visible()


# --- number, card, row, and back


def a_figure():
    """A number of the report that is a figure: its name, and the names of card and row."""
    page = built("baoding").pages[TEXT]
    number = next(one for one in page.of_class("figure") if re.match("n[0-9]", one.get("id", "")))
    name = number.get("id")[1:]
    ways = (one.get("href", "") for one in page.by_id[f"c{name}"].iter("a"))
    row = next(way for way in ways if re.search("#r[0-9]+$", way)).partition("#")[2]
    return f"n{name}", f"c{name}", row


def press(page, selector):
    """Choose what a selector finds by the keyboard: it can be reached, and Enter chooses it."""
    found = page.locator(selector).first
    found.focus()
    focused = "one => one === document.activeElement && one.tabIndex >= 0"
    assert found.evaluate(focused), selector
    page.keyboard.press("Enter")


def click(page, selector):
    """Choose what a selector finds by the mouse."""
    page.locator(selector).first.click()


@pytest.mark.parametrize(
    ("choose", "width"),
    [(click, 360), (press, 1280), *[(press, 360), (click, 1280)] * IN_FULL],
)
def test_number_card_row_number(tab, choose, width):
    """From a number to its card, to its row of the table, and from both back to the number, by
    mouse and by keys, on a phone and on a screen.
    """
    number, card, row = a_figure()
    page = tab.open(TEXT, width)
    choose(page, f"#{number}")
    assert tab.arrives(TEXT, card)
    choose(page, f"#{card} a[href$='#{row}']")
    assert tab.arrives(TABLE, row)
    choose(page, f"#{row} a[href$='#{number}']")
    assert tab.arrives(TEXT, number)
    choose(page, f"#{number}")
    assert tab.arrives(TEXT, card)
    choose(page, f"#{card} a[href='#{number}']")
    assert tab.arrives(TEXT, number)


STOPS = """() => [...document.querySelectorAll("a[href], button, summary, input, [tabindex]")]
  .filter(one => one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true})).length"""
FOCUSED = """() => {
  const one = document.activeElement, {outlineStyle} = getComputedStyle(one);
  return [one.tagName, one.textContent.trim().slice(0, 40), outlineStyle, one.tabIndex];
}"""


@pytest.mark.parametrize("kind", ["index", "text"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(tab, kind):
    """Tab goes from the way past the navigation through the page, and each stop is seen."""
    page = tab.open(KINDS[kind])
    stops, seen = page.evaluate(STOPS), []
    for _ in range(min(stops, 60)):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
    assert seen[0][0] == "A" and page.locator("a[href='#main']").count() == 1
    assert not [one for one in seen if one[0] == "BODY" or one[2] == "none"]
    page.locator("a[href='#main']").focus()
    page.keyboard.press("Enter")
    assert tab.arrives(KINDS[kind], "main")


# --- languages, and without a script


def test_the_other_language_keeps_the_place(tab):
    """Whoever changes the language at a number of the report is at the same number after."""
    page = tab.open(f"{TEXT}#n12")
    click(page, "a[hreflang='en']")
    assert tab.arrives(TEXT.replace("zh/", "en/"), "n12")
    click(page, "a[hreflang='zh-Hans']")
    assert tab.arrives(TEXT, "n12")


def test_a_page_is_whole_without_a_script(browser, folder):
    """The text, every card and the ways between them are seen and lead on, and so is every entry
    that a search would find.
    """
    number, card, row = a_figure()
    context = browser.new_context(offline=True, java_script_enabled=False)
    plain = Tab(context, folder)
    page = plain.open(TEXT)
    click(page, f"#{number}")
    assert page.locator(f"#{card}").is_visible()
    click(page, f"#{card} a[href$='#{row}']")
    page.wait_for_url(f"{plain.root}/baoding/{TABLE}#{row}")
    assert page.locator(f"#{row}").is_visible()
    page, site = plain.open("en/indicators.html"), built("baoding")
    codes = site.pages["en/indicators.html"].by_id.keys() & site.tables.codebook.keys()
    assert codes and all(page.locator(f"#{code}").is_visible() for code in sorted(codes)[::10])
    assert plain.wrong == []
    context.close()
