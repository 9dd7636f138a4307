"""The report page and the table page: the text as published, each number tied to what it is."""

import re
from html import unescape

import pytest
from conftest import REPORT
from odd import SOUND, folder_at

from baoding_data.notebook.report import Report
from baoding_data.shown import html, shown
from baoding_data.site import address, rows_page, text_page
from baoding_data.site.build import LANGS, Site
from baoding_data.site.printed import Printed, printed_in
from baoding_data.site.text_page import Body
from baoding_data.tables.seeds import load
from baoding_data.text.report import Report as Text

PLACE = re.compile(r'<a id="n(\d+)" href="#c(\d+)" aria-describedby="is-(\w+)" class="([^"]*)">')


def words(markup):
    """What a page shows of some markup, without blanks."""
    return "".join(unescape(re.sub("<[^>]*>", "", markup)).split())


def page(tables, report, lang, path, template, about):
    """A page of a site of one report without notebooks."""
    site = Site(tables, [report], [])
    voice = site.voice(lang, path(report))
    return site.render(template, voice, report, **about(site, report, voice)).decode()


@pytest.fixture(scope="module", params=[REPORT, SOUND])
def pages(request, seeds, tmp_path_factory):
    """The facts of a report, its page and its table in both languages."""
    invented = request.param == SOUND
    tables = load(folder_at(tmp_path_factory.mktemp("odd") / "seeds")) if invented else seeds
    given = tables, request.param
    texts = [page(*given, lang, address.text, "text.html", text_page.about) for lang in LANGS]
    rows = [page(*given, lang, address.rows, "figures.html", rows_page.about) for lang in LANGS]
    return Report(*given).facts, texts, rows


def test_the_text_is_whole(pages):
    """Nothing of the text is left out or said twice, and it is the same on both pages."""
    facts, texts, _ = pages
    articles = [re.search("<article.*?</article>", one, re.DOTALL)[0] for one in texts]
    assert {words(one) for one in articles} == {words(html(facts.text.text))}
    assert ' lang="zh-Hans"' in articles[1][:60]


def test_every_number_has_its_card_and_leads_there_and_back(pages):
    """Each number stands once, in order, and says what it is; its card leads back to it."""
    facts, texts, _ = pages
    printed = printed_in(facts)
    assert len(printed) == len(facts.text.numbers)
    for text in texts:
        found = [(int(n), int(c), kind) for n, c, kind, _ in PLACE.findall(text)]
        assert found == [(one.at, one.at, one.kind) for one in printed]
        for one in printed:
            card = re.search(rf'id="c{one.at}".*?</div>', text, re.DOTALL)[0]
            assert f'href="#n{one.at}"' in card


def test_every_figure_has_its_row_which_leads_to_its_place(pages):
    """The row of a card stands in the table; it leads to the number again; none is left out."""
    facts, texts, tables = pages
    for text, table in zip(texts, tables, strict=True):
        rows = re.findall(r'href="figures\.html#(r\d+)"', text)
        listed = re.findall(r'<tr id="([rd]\d+)">', table)
        assert rows == [name for name in listed if name in rows]
        assert len(rows) == sum(one.status != "derived" for one in facts.figures)
        derived = [name for name in listed if name.startswith("d")]
        assert len(derived) == sum(one.status == "derived" for one in facts.figures)
        for one in printed_in(facts):
            for row, _ in one.figures:
                cells = re.search(rf'<tr id="r{row.line}">.*?</tr>', table, re.DOTALL)[0]
                assert f'href="text.html#n{one.at}"' in cells


def test_a_number_that_is_none_says_why(pages):
    """A date is told from a number that a row sets apart with a reason; no card is empty."""
    facts, texts, tables = pages
    others = [one for one in printed_in(facts) if not one.figures]
    assert others and all(all(one.why) for one in others)
    for one in others:
        assert html(one.why.zh) in texts[0] and html(one.why.en) in texts[1]
    for one in (one for one in others if one.line):
        assert f'id="r{one.line}"' in tables[0] and f'id="r{one.line}"' in tables[1]


def test_the_topics_count_every_figure(pages):
    """The numbers beside the topics add up to the figures that the text prints."""
    facts, (text, _), _ = pages
    counts = re.findall(r'id="topic\d+"> <span>[^<]* <small>(\d+)</small>', text)
    assert sum(map(int, counts)) == sum(bool(one.printed) for one in facts.figures)


ODD = [
    '三、<script>alert(1)</script>受理17件"x=\'y"&amp;<b onclick=a>\u202e',
    "一、短的标题\n(一)没有句号的一节 12件\n\n\n二、空的",
    "题目\n\n一、工作\n单位  受理  办结\n甲局  12  10\n乙局  30  28\n丙局  5  4\n\n完",
    "138\n016件",
    "",
]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_text_is_shown_as_words(odd):
    """Whatever stands in a text is words on its page, once, and no markup but the page's own."""
    text = Text(odd)
    printed = [Printed(at, number, "unclear") for at, number in enumerate(text.numbers, 1)]
    markup = "\n".join(Body(text, "题目", printed, []).blocks())
    assert words(markup) == "".join(shown(text.text).split())
    assert {*re.findall(r"<([a-z0-9]+)", markup)} <= {"a", "p", "h2", "h3", "pre", "strong", "span"}
    assert [int(n) for n, *_ in PLACE.findall(markup)] == [one.at for one in printed]


def test_an_empty_report_claims_nothing(tmp_path):
    """Where a report gives no figure, neither topics nor a table are shown."""
    folder = folder_at(tmp_path / "seeds")
    for file in (f"figures/{SOUND}.csv", "identities.csv", "doubts.csv"):
        head = (folder / file).read_bytes().splitlines(keepends=True)[0]
        (folder / file).write_bytes(head)
    given = load(folder), SOUND, "en"
    table = page(*given, address.rows, "figures.html", rows_page.about)
    assert "The report gives no figures." in table and "<table" not in table
    text = page(*given, address.text, "text.html", text_page.about)
    assert "topic0" not in text and "unclear" in text
