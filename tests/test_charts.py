"""The house style: what is printed can be read, what is drawn is in proportion, and what cannot be
drawn is refused.
"""

import doctest
import inspect
import io
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pandas as pd
import pytest
from conftest import IN_FULL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.font_manager import findfont
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text
from PIL import Image

from baoding_data import charts, limits
from baoding_data.charts import counts, page, palette, sentences, text_map, typesetting
from baoding_data.comparison.shares import WIDE
from baoding_data.errors import BaodingError

pytestmark = pytest.mark.filterwarnings("error:Glyph")

HEADING = charts.Heading(
    "以市政府为被告164件，审结45件，败诉1件",
    "164 suits against the city government: 45 concluded, 1 lost",
    "以市政府为被告的行政诉讼案件，截至报告时；单位：件。",
    "Suits against the city government, to date; unit: cases.",
    "保定市2022年度法治政府建设情况报告，一（七）·一是",
    "Baoding, report on law-based government 2022, section 1(7), point 1",
)
LONG_HEADING = charts.Heading(*(" ".join([words] * 5) for words in HEADING))
LONG_ZH = (
    "（对市政府规章、现行有效的行政规范性文件）进行全面清理后确定“废止、失效、修改”的2022年度文件"
)
LONG_EN = (
    "normative documents (and city government rules) repealed, lapsed or amended after the complete"
    " review of 2022"
)


def table(columns, *rows):
    return pd.DataFrame([dict(zip(columns.split(), row, strict=False)) for row in rows])


def bar_rows(*rows):
    return table("label_zh label_en value text role note_zh note_en", *rows)


PERMISSIONS = table(
    "label_zh label_en value",
    ("中央层面设定", "set by central authorities", 194),
    ("省委托", "delegated by the province", 53),
    ("中直驻保", "central bodies seated in Baoding", 32),
    ("国家部委委托", "delegated by ministries", 9),
    ("省层面设定", "set by the province", 5),
)
NUMBERS = table(
    "label_zh label_en value",
    ("数值", "values", 72),
    ("日期", "dates", 26),
    ("序数", "ordinals", 2),
    ("名称", "names", 2),
)
SUITS = bar_rows(
    ("案件", "suits", 164, "164", "main", "", ""),
    (
        "审结",
        "concluded",
        45,
        "45",
        "second",
        "是否含上年结转，报告未说明",
        "may include carry-overs: not stated",
    ),
    ("败诉", "lost", 1, "1", "lost", None, float("nan")),
)
TRAINED = bar_rows(
    (
        "受训人员",
        "people trained",
        20000,
        "2万多 / more than 20,000",
        "main",
        "每年不少于60学时",
        "at least 60 hours a year",
    ),
    ("清理人员", "people removed", 4033, "4,033", "light", "", ""),
    ("举例", "made up", 12000, "12,000", "derived", "", ""),
)
LOSS = {
    "label_zh": "败诉率",
    "label_en": "loss rate",
    "value": 2.22,
    "low": 0.39,
    "high": 11.57,
    "part": 1,
    "whole": 45,
    "text": "2.22%",
    "lost": True,
}
CHANNELS = [
    (
        "行政复议",
        "reconsideration",
        bar_rows(("受理", "accepted", 316, "316"), ("撤回", "withdrawn", 23, "23")),
    ),
    ("行政诉讼", "litigation", SUITS),
    (
        "纠纷调解",
        "mediation",
        bar_rows(("调处", "mediated", 20563, "20,563"), ("成功", "settled", 20405, "20,405")),
    ),
]
PLACES = table(
    "label_zh label_en value low high part whole grade own text",
    ("乌海2023", "Wuhai 2023", 99.98, 99.90, 100, 5807, 5808, "A", False, None),
    ("保定2022", "Baoding 2022", 99.23, 99.10, 99.34, 20405, 20563, None, True, None),
    ("黄石2020", "Huangshi 2020", 97.63, 97.22, 97.98, 6217, 6368, "B", False, None),
    ("某市2022", "Elsewhere 2022", 98.5, None, None, None, None, "B", False, "98.5%"),
    ("某县2021", "A county 2021", 97.5, 94.28, 98.93, 195, 200, "B", False, None),
)
COMMITMENTS = table(
    "label_zh label_en value text status",
    ("扩容前", "before", 42, "42", "derived"),
    ("扩容后", "after", 49, "49", "proved"),
)
THINGS = table(
    "label_zh label_en text",
    ("受培训的行政执法人员", "enforcement officers trained", "2万多名 / more than 20,000"),
    ("年培训学时要求", "hours of training required a year", "不少于60学时 / at least 60"),
    ("清理出的人员", "staff cleared", "4033人 / 4,033"),
    ("评查的案卷", "case files reviewed", "319份 / 319"),
)
SPREAD = table(
    "label_zh label_en value text own named",
    ("西藏", "Tibet", 1.2, "1.2", False, True),
    ("河北", "Hebei", 9.4, "9.4", True, True),
    ("安徽", "Anhui", 10.1, "10.1", False, True),
    ("山西", "Shanxi", 4.9, "4.9", False, False),
    ("上海", "Shanghai", 59.7, "59.7", False, True),
)
REQUESTS = bar_rows(
    ("保定2022", "Baoding 2022", 193, "193", "main", "", ""),
    ("济南2024", "Jinan 2024", 543, "543", "peer", "", ""),
    (
        "邢台2023",
        "Xingtai 2023",
        1308,
        "1,308",
        "near",
        "范围不同（全域）",
        "another scope (whole area)",
    ),
)
RATES = table(
    "label_zh label_en value text part whole low high role bound",
    ("败诉率", "loss rate", 2.22, "2.22%", 1, 45, 0.39, 11.57, "lost", "exact"),
    (
        "调解成功率",
        "success rate",
        99,
        "99%以上 / at least 99%",
        20405,
        20563,
        99.10,
        99.34,
        "main",
        "at_least",
    ),
    ("列席率", "counsel at meetings", 31.3, "31.3%", None, None, None, None, None, None),
)
GROUPS = [
    ("行政执法", "enforcement", THINGS),
    ("行政争议", "disputes", THINGS[:2]),
    ("行政许可", "permissions", THINGS[2:]),
]
TEXT = table(
    "label_zh label_en length at width kind_zh kind_en figure",
    ("引言", "opening", 300, 12, 4, "日期", "dates", False),
    ("一（一）", "1(1)", 400, text_map.LINE - 2, 5, "数值", "values", True),
    ("一（一）", "1(1)", 400, 200, 3, "数值", "values", True),
    ("一（二）", "1(2)", 120, 0, 0, "", "", False),
)
SAID = "截至目前,审结45件,其中败诉1件、撤诉3件；“三个百分百”全覆盖，成功率达99%以上。"
QUOTED = table(
    "label_zh label_en at width text scope_zh scope_en row unit_zh unit_en",
    ("审结", "concluded", 7, 2, "45", "本级", "own level", 56, "件", "items"),
    ("败诉", "lost", 15, 1, "1", "本级", "own level", 57, "件", "items"),
    ("撤诉", "withdrawn", 20, 1, "3", "本级", "own level", 58, "件", "items"),
    ("党委列席率", "counsel, party", 26, 3, "百分百", "全域", "whole area", 59, "", ""),
    ("政府列席率", "counsel, government", 26, 3, "百分百", "全域", "whole area", 60, None, None),
    ("成功率", "success rate", 38, 3, "99%", "全域", "whole area", 61, "不少于", "at least"),
)
KINDS = {
    "waffle": (charts.waffle, [PERMISSIONS]),
    "bars": (charts.bars, [TRAINED]),
    "funnel": (charts.funnel, [SUITS, LOSS]),
    "panels": (charts.panels, [CHANNELS]),
    "dots": (charts.dots, [PLACES]),
    "steps": (charts.steps, [COMMITMENTS]),
    "strip": (charts.strip, [NUMBERS]),
    "tiles": (charts.tiles, [THINGS]),
    "textmap": (charts.textmap, [TEXT]),
    "rates": (charts.rates, [RATES]),
    "sheet": (charts.sheet, [GROUPS]),
    "points": (charts.points, [REQUESTS]),
    "spread": (charts.spread, [SPREAD]),
    "sentence": (charts.sentence, [SAID, QUOTED]),
}


def lengthened(given):
    """The same input with every word as long as anyone could make it."""
    if isinstance(given, str):
        return given
    if isinstance(given, list):
        return [(LONG_ZH, LONG_EN, lengthened(rows)) for _, _, rows in given]
    if isinstance(given, dict):
        return {**given, "label_zh": LONG_ZH, "label_en": LONG_EN}
    longer = given.assign(label_zh=LONG_ZH, label_en=LONG_EN)
    return longer.assign(note_zh=LONG_ZH, note_en=LONG_EN) if "note_zh" in given else longer


def draw(kind, long=False, lang="both"):
    function, inputs = KINDS[kind]
    heading = LONG_HEADING if long else HEADING
    return function(*(map(lengthened, inputs) if long else inputs), heading, lang=lang)


@pytest.fixture(scope="module")
def drawn():
    """A chart of a kind, drawn once: for tests that leave it as it is."""
    return cache(draw)


@pytest.fixture(scope="module")
def picture(drawn):
    """The chart of a kind as PNG, drawn once."""
    return cache(lambda kind: charts.png(drawn(kind)))


@pytest.fixture(scope="module")
def drawing(drawn):
    """The chart of a kind in a form with lines, written once."""
    return cache(lambda kind, ending: charts.written(drawn(kind), ending))


# One for all figures, since it remembers how wide each text is.
PENCIL = RendererAgg(1, 1, typesetting.DPI)
SOLID = ("bar", "square", "part", "dot", "key")
every_kind = pytest.mark.parametrize("kind", KINDS)


def texts(figure):
    return [text for text in figure.findobj(Text) if text.get_text()]


def words(figure):
    return "\n".join(text.get_text() for text in texts(figure))


def marks(figure, *names):
    return [patch for patch in figure.findobj(Patch) if patch.get_label() in names]


def span(mark):
    """Where a mark starts and ends across the page, in inches."""
    return mark.get_path().get_extents(mark.get_patch_transform()).intervalx


def lines(figure, name):
    return [line for line in figure.findobj(Line2D) if line.get_label() == name]


def boxes(artists):
    """A row of left, bottom, right and top in pixels for each, a pixel smaller on each side, so
    that touching is not overlapping.
    """
    with matplotlib.style.context(typesetting.LOOK):
        extents = [artist.get_window_extent(PENCIL).padded(-1).extents for artist in artists]
    return np.array(extents).reshape(-1, 4)


def overlaps(one, other):
    """Which of some boxes overlap which of others, as a table of True and False."""
    one, other = one[:, None], other[None, :]
    starts = np.maximum(one[..., :2], other[..., :2])
    return (starts <= np.minimum(one[..., 2:], other[..., 2:])).all(axis=-1)


def collisions(figure):
    """Pairs of texts that overlap, texts that lie on a mark, and texts that leave the page."""
    shown = [text.get_text() for text in texts(figure)]
    places, drawn = boxes(texts(figure)), boxes(marks(figure, *SOLID) + lines(figure, "bound"))
    drawn = drawn[drawn[:, 0] < drawn[:, 2]]
    pairs = np.argwhere(np.triu(overlaps(places, places), k=1))
    found = [(shown[one], shown[other]) for one, other in pairs]
    found += [(shown[n], "mark") for n in np.flatnonzero(overlaps(places, drawn).any(axis=1))]
    edge, (width, height) = 0.25 * figure.dpi, figure.bbox.size
    inside = (places[:, :2] >= (edge, 0)) & (places[:, 2:] <= (width - edge, height))
    return found + [(shown[n], "page") for n in np.flatnonzero(~inside.all(axis=1))]


def luminance(color):
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return float(np.dot(channels, (0.2126, 0.7152, 0.0722)))


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


# What is printed can be read.


every_language = pytest.mark.parametrize("lang", ["zh", "en", "both"])


@every_kind
@every_language
@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
def test_texts_keep_apart_and_on_the_page(kind, long, lang, drawn):
    """With short and with very long words, in one language and in both, no text overlaps another or
    a mark, and none leaves the page.
    """
    assert collisions(drawn(kind, long, lang)) == []


@every_kind
@pytest.mark.parametrize(("lang", "foreign"), [("zh", "[A-Za-z]{2,}"), ("en", "[⺀-鿿！-～]")])
def test_a_chart_of_one_language_has_no_word_of_the_other(kind, lang, foreign, drawn):
    """In Chinese no Latin word is left, in English no Han character and no full-width mark; finding
    and definition are those of the language, the finding in the size of a title. A sentence that is
    quoted stays as it is.
    """
    figure, said = drawn(kind, False, lang), HEADING._asdict()
    printed = sentences.TEXT.size, typesetting.NUMBER.size
    quoted = printed if kind == "sentence" else ()
    own = [text.get_text() for text in texts(figure) if text.get_fontsize() not in quoted]
    assert re.findall(foreign, "\n".join(own)) == []
    assert said[f"note_{lang}"] in words(figure)
    [title] = [text for text in texts(figure) if text.get_text() == said[f"title_{lang}"]]
    assert title.get_fontsize() == typesetting.TITLE.size
    assert words(figure) != words(drawn(kind))


@every_kind
def test_a_language_that_is_none_is_refused(kind):
    """A chart in French is refused, with the languages that there are."""
    with pytest.raises(BaodingError, match="lang: found 'fr'; wanted one of zh, en, both"):
        draw(kind, lang="fr")


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("zh", ["2万多名", "4033人", "316", "60件"]),
        ("en", ["more than 20,000", "4,033", "316", "60"]),
        ("both", ["2万多名", "more than 20,000", "4033人", "4,033", "316", "60件"]),
    ],
)
@pytest.mark.parametrize("kind", ["bars", "points", "panels", "tiles", "sheet"])
def test_a_number_is_printed_as_its_language_says_it(kind, lang, shown):
    """Each language has its half of the text; one text for both stands in both; beside the Chinese
    the English is printed only where it says more.
    """
    texts_of = ["2万多名 / more than 20,000", "4033人 / 4,033", "316", "60件 / 60"]
    given = bar_rows(*(("甲", "one", 60, text) for text in texts_of))
    grouped = kind in ("panels", "sheet")
    figure = KINDS[kind][0]([("乙", "two", given)] if grouped else given, HEADING, lang=lang)
    found = {text.get_text() for text in texts(figure)} - set(HEADING)
    assert {number for number in found if re.match("[0-9]|more", number)} == set(shown)


def test_the_measure_of_collisions_finds_them():
    """Texts moved onto another text, onto a mark and off the page are all found: the test above can
    fail.
    """
    figure = draw("bars")
    first, second, third, fourth = texts(figure)[:4]
    first.set_position(second.get_position())
    bar = marks(figure, "bar")[0]
    third.set_position((bar.get_x() + 0.1, bar.get_y() + 0.1))
    fourth.set_position((8.4, 1))
    assert {
        (first.get_text(), second.get_text()),
        (third.get_text(), "mark"),
        (fourth.get_text(), "page"),
    } <= set(collisions(figure))


@every_kind
def test_the_bundled_font_has_every_glyph(kind, drawn, picture):
    """Every text is set in the bundled files, regular or bold, and drawing warns of no missing
    glyph.
    """
    assert picture(kind)
    files = {
        Path(findfont(text.get_fontproperties(), fallback_to_default=False))
        for text in texts(drawn(kind))
    }
    assert files == {
        typesetting.FONTS / "BaodingSansSC-Regular.ttf",
        typesetting.FONTS / "BaodingSansSC-Bold.ttf",
    }


@every_kind
def test_text_stands_out_from_paper(kind, drawn):
    """Every colour that carries text has a contrast of at least 4.5 on the white page."""
    figure = drawn(kind)
    assert to_hex(figure.get_facecolor()) == "#ffffff"
    assert {
        to_hex(t.get_color()): contrast(t.get_color(), "white") >= 4.5 for t in texts(figure)
    }.items() <= {(color, True) for color in (palette.INK, palette.GREY, palette.BLUE, palette.RED)}


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("waffle", "194 53 32 9 5 66.2% 18.1% 10.9% 3.1% 1.7% 合计293"),
        ("bars", "2万多 20,000 4,033 12,000"),
        ("funnel", "164 45 1 2.22%（1/45） 0.39% 11.57% 95%"),
        ("panels", "316 23 164 45 1 20,563 20,405"),
        (
            "dots",
            "99.98% 99.23% 97.63% 98.5% 5,807/5,808 20,405/20,563 6,217/6,368 195/200 94.28–98.93%",
        ),
        ("steps", "42 49 +7"),
        ("strip", "72 26 2 70.6% 25.5% 2.0%"),
        ("textmap", "2 1"),
        ("rates", "2.22% 1/45 0.39–11.57% 99%以上 20,405/20,563 99.23% 31.3% 件数未载"),
        ("points", "193 543 1,308"),
        ("spread", "1.2 9.4 10.1 59.7"),
        ("sheet", "2万多名 不少于60学时 4033人 319份"),
    ],
)
def test_every_number_is_printed(kind, numbers, drawn):
    """Each number of the table, and each share or change that follows from it, is printed on the
    chart itself.
    """
    chart = words(drawn(kind)).split(HEADING.note_en)[1].split("来源")[0].split()
    body = " ".join(chart)
    assert [
        number for number in numbers.split() if number not in chart and number not in body
    ] == []


@every_kind
def test_heading_and_source_are_printed_in_both_languages(kind, drawn):
    """Finding, definition and source stand on every figure, the source named as such."""
    printed = words(drawn(kind))
    assert [part for part in HEADING if part not in printed] == []
    assert "来源：" + HEADING.source_zh in printed and "Source: " + HEADING.source_en in printed


def test_long_headings_wrap_by_the_rules_of_both_scripts(drawn):
    """A long heading takes several lines, loses nothing, and breaks only where it may."""
    figure = drawn("bars", long=True)
    flow = [text for text in texts(figure) if text.get_position()[0] == page.MARGIN]
    titles = [text.get_text() for text in flow if text.get_fontsize() == typesetting.TITLE.size]
    english = [text.get_text() for text in flow if text.get_fontsize() == typesetting.SUBTITLE.size]
    assert len(titles) > 1 and len(english) > 1
    assert "".join(titles).replace(" ", "") == LONG_HEADING.title_zh.replace(" ", "")
    assert " ".join(english) == LONG_HEADING.title_en
    for text in map(Text.get_text, texts(figure)):
        assert text[0] not in "，。；：、）”" and text[-1] not in "（“"
    assert not any(line[-1].isdigit() for line in titles[:-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("审结，45件", ["审", "结，", "45件"]),
        ("“头雁”（全市）", ["“头", "雁”", "（全", "市）"]),
        ("more than 20,000 people", ["more ", "than ", "20,000 ", "people"]),
        ("共2021—2025年", ["共", "2021—2025年"]),
        ("95% interval", ["95% ", "interval"]),
    ],
)
def test_lines_may_end_only_in_the_right_places(text, expected):
    """Han characters part anywhere but on the wrong side of a mark; English words, numbers and
    units stay whole.
    """
    assert typesetting.pieces(text) == expected


def test_a_word_longer_than_the_line_is_cut():
    """An address without a space is cut into pieces that fit, and no letter is lost."""
    address = "https://" + "baoding" * 60
    figure = charts.bars(TRAINED, HEADING._replace(source_en=address))
    assert collisions(figure) == [] and address in words(figure).replace("\n", "")


# What is drawn is in proportion.


def test_points_and_rings_stand_in_proportion(drawn):
    """Dots stand as far from zero as their values, solid for what is alike and hollow for what
    differs; of a spread every place has its ring, the own one in blue.
    """
    figure = drawn("points")
    dots, [zero] = marks(figure, "dot"), lines(figure, "zero")
    ends = [dot.center[0] - lines(figure, "stalk")[0].get_xdata()[0] for dot in dots]
    assert [end / ends[0] for end in ends] == pytest.approx(
        list(REQUESTS.value / REQUESTS.value[0])
    )
    assert [to_hex(dot.get_facecolor()) for dot in dots] == [palette.BLUE, palette.GREY, "#ffffff"]
    assert not marks(figure, "bar") and zero.get_xdata()[0] < dots[0].center[0]
    figure = drawn("spread")
    rings = sorted(marks(figure, "dot"), key=lambda ring: ring.center[0])
    assert (
        len(rings) == len(SPREAD)
        and [to_hex(ring.get_facecolor()) for ring in rings].count(palette.BLUE) == 1
    )
    values, places = sorted(SPREAD.value), [ring.center[0] for ring in rings]
    assert [(x - places[0]) / (places[-1] - places[0]) for x in places] == pytest.approx(
        [(v - values[0]) / (values[-1] - values[0]) for v in values]
    )
    assert "%" not in words(figure).split(HEADING.note_en)[1].split("来源")[0]


@pytest.mark.parametrize(("times", "last"), [(0.01, 0.6), (1, 60), (1000, 60000)])
def test_an_axis_from_zero_holds_numbers_of_any_size(times, last):
    """The axis of a spread goes from zero to just above the largest number, small or large."""
    figure = charts.spread(SPREAD.assign(value=SPREAD.value * times, named=False), HEADING)
    assert axis(figure)[:2] == (0, last)


def test_rates_fill_their_track_in_proportion(drawn):
    """Every rate's bar starts with its track at zero, and fills as much of it as the rate is of a
    hundred; an interval lies where it says, and a narrow one is not drawn.
    """
    figure = drawn("rates")
    tracks, bars = marks(figure, "track"), [span(bar) for bar in marks(figure, "bar")]
    assert [start for start, _ in bars] == pytest.approx([track.get_x() for track in tracks])
    assert [
        100 * (end - start) / track.get_width()
        for (start, end), track in zip(bars, tracks, strict=True)
    ] == pytest.approx(list(RATES.value))
    ends = [
        [100 * (x - tracks[0].get_x()) / tracks[0].get_width() for x in line.get_xdata()]
        for line in lines(figure, "interval")
    ]
    assert ends == [pytest.approx([0.39, 11.57])]
    assert words(figure).count("counts not stated") == 1


def test_what_has_no_number_is_told_apart():
    """A tile that says there is no number is grey and smaller than one with a number."""
    figure = charts.tiles(
        THINGS[:2].assign(
            text=["116项 / 116", "报告未载 / not in the report"], missing=[False, True]
        ),
        HEADING,
    )
    number, nothing = (
        next(text for text in texts(figure) if text.get_text() == shown)
        for shown in ("116项", "报告未载")
    )
    assert (
        to_hex(number.get_color()) == palette.BLUE
        and to_hex(nothing.get_color()) == palette.GREY
        and nothing.get_fontsize() < number.get_fontsize()
    )


@pytest.mark.parametrize("kind", ["bars", "funnel", "steps"])
def test_bars_start_at_zero_and_are_in_proportion(kind, drawn):
    """All bars of a chart start at the zero line, and their lengths are as their values."""
    figure = drawn(kind)
    bars, values = marks(figure, "bar"), KINDS[kind][1][0].value
    [zero] = lines(figure, "zero")
    assert [bar.get_x() for bar in bars] == pytest.approx(
        [zero.get_xdata()[0]] * len(bars), abs=0.01
    )
    assert [bar.get_width() / bars[0].get_width() for bar in bars] == pytest.approx(
        list(values / values[0])
    )


def test_each_panel_has_its_own_scale_and_zero(drawn):
    """Within a panel lengths are as the values; no two panels share a scale, and the figure says
    so.
    """
    figure = drawn("panels")
    bars = marks(figure, "bar")
    lefts = sorted({bar.get_x() for bar in bars})
    assert len(lefts) == len(CHANNELS)
    scales = set()
    for left, (_, _, rows) in zip(lefts, CHANNELS, strict=True):
        own = sorted((bar for bar in bars if bar.get_x() == left), key=lambda bar: bar.get_y())
        assert [bar.get_width() / own[0].get_width() for bar in own] == pytest.approx(
            list(rows.value / rows.value[0])
        )
        scales.add(own[0].get_width() / rows.value[0])
    assert len(scales) == len(CHANNELS) and all(
        sentence in words(figure) for sentence in counts.OWN_SCALES
    )


def test_a_waffle_has_one_equal_square_for_each_item(drawn):
    """The squares of each colour are as many as the count, all of one size, in the order of the
    table.
    """
    squares = marks(drawn("waffle"), "square")
    colors = [to_hex(square.get_facecolor()) for square in squares]
    assert [colors.count(color) for color in palette.PARTS] == list(PERMISSIONS.value)
    assert list(dict.fromkeys(colors)) == list(palette.PARTS)
    assert len({(square.get_width(), square.get_height()) for square in squares}) == 1
    assert len({square.get_y() for square in squares}) == 10


@pytest.mark.parametrize("total", [1, 4, 60, 999, 2000])
def test_a_waffle_fits_the_page_at_any_size(total):
    """From one item to the two thousand allowed, no square leaves its place or covers a text."""
    figure = charts.waffle(
        table("label_zh label_en value", ("甲", "one", total), ("乙", "none", 0)), HEADING
    )
    assert collisions(figure) == [] and len(marks(figure, "square")) == total
    assert min(square.get_width() for square in marks(figure, "square")) > 0.03


def test_a_strip_is_cut_in_proportion(drawn):
    """The parts fill the page's width without a gap, each as wide as its share."""
    parts = marks(drawn("strip"), "part")
    widths = [part.get_width() for part in parts]
    assert [width / sum(widths) for width in widths] == pytest.approx(
        list(NUMBERS.value / NUMBERS.value.sum())
    )
    assert [part.get_x() for part in parts[1:]] == pytest.approx(
        [part.get_x() + part.get_width() for part in parts[:-1]]
    )
    assert (parts[0].get_x(), sum(widths)) == pytest.approx((page.MARGIN, page.RIGHT - page.MARGIN))


def axis(figure):
    """From a value to its place, read off the two outer ticks as printed."""
    ticks = [t for t in texts(figure) if t.get_horizontalalignment() == "center"]
    (x0, v0), (x1, v1) = [
        (t.get_position()[0], float(t.get_text().strip("%").replace(",", "")))
        for t in (ticks[0], ticks[-1])
    ]
    return v0, v1, lambda value: x0 + (value - v0) / (v1 - v0) * (x1 - x0)


def test_dots_and_intervals_stand_where_the_axis_says(drawn):
    """By the printed ticks, each dot is at its share and each line spans its interval; without
    counts, and where the interval is narrow, no line.
    """
    figure = drawn("dots")
    _, _, at = axis(figure)
    assert [dot.center[0] for dot in marks(figure, "dot")] == pytest.approx(
        [at(value) for value in PLACES.value]
    )
    wide = PLACES[PLACES.high - PLACES.low > WIDE]
    ends = [tuple(line.get_xdata()) for line in lines(figure, "interval")]
    assert ends == [pytest.approx((at(row.low), at(row.high))) for row in wide.itertuples()]
    assert 0 < len(wide) < len(PLACES.dropna(subset="whole"))
    assert "counts not stated" in words(figure) and "件数未载" in words(figure)


def test_an_axis_that_leaves_out_zero_says_so(drawn):
    """Near 100% the axis starts above zero and says so; where shares differ widely it starts at
    zero.
    """
    assert axis(drawn("dots"))[:2] == (94, 100)
    printed = words(drawn("dots"))
    assert "横轴从94%开始，不从零开始" in printed and "Axis starts at 94%" in printed
    wide = charts.dots(
        PLACES.assign(
            value=[99.98, 31.3, 97.63, 98.5, 97.5],
            low=[99.9, 30, 97.22, None, 94],
            high=[100, 32, 98, None, 99],
        ),
        HEADING,
    )
    assert axis(wide)[:2] == (0, 100) and "Axis starts" not in words(wide)


def test_the_share_of_a_funnel_stands_where_its_axis_says(drawn):
    """The interval starts and ends, and the dot stands, where the axis from zero puts 0.39, 11.57
    and 2.22%.
    """
    figure = drawn("funnel")
    start, _, at = axis(figure)
    [interval], [dot] = lines(figure, "interval"), marks(figure, "dot")
    assert start == 0
    assert (*interval.get_xdata(), dot.center[0]) == pytest.approx((at(0.39), at(11.57), at(2.22)))


@pytest.mark.parametrize(
    ("low", "value", "high"), [(96.1, 98.2, 99.3), (0, 0, 2.1), (97.9, 100, 100), (0, 50, 100)]
)
def test_any_interval_is_named_without_collisions(low, value, high):
    """Short and long intervals at either end of the axis all have both ends printed, apart from
    other texts.
    """
    figure = charts.funnel(SUITS, {**LOSS, "low": low, "value": value, "high": high}, HEADING)
    assert collisions(figure) == []
    assert f"{low:.2f}%" in words(figure) and f"{high:.2f}%" in words(figure)


@pytest.mark.parametrize(
    ("values", "changes"),
    [((42, 49), ["+7"]), ((137, 94, 94), ["−43", "±0"]), ((0, 1000), ["+1,000"])],
)
def test_steps_print_each_change(values, changes):
    """The change from each stock to the next is computed and printed, with its sign, growing or
    shrinking.
    """
    rows = [("某时", "then", value, f"{value:,}", "proved") for value in values]
    figure = charts.steps(table("label_zh label_en value text status", *rows), HEADING)
    assert [text for text in words(figure).split() if text[0] in "+−±"] == changes and collisions(
        figure
    ) == []


# A number with a bound is never drawn as if it were exact.

ONE = {"label_zh": "甲", "label_en": "one", "value": 60, "text": "60%", "bound": "exact"}
ONE |= {"part": None, "whole": None, "grade": "A", "own": True, "named": True, "role": "main"}
ONE |= {"status": "proved", "lost": False}
INEXACT = {  # the words, and the sides to which the number is open
    "about": (("约60%", "about 60%"), {-1, 1}),
    "more_than": (("超过60%", "more than 60%"), {1}),
    "at_least": (("60%以上", "at least 60%"), {1}),
    "less_than": (("不足60%", "less than 60%"), {-1}),
    "at_most": (("不超过60%", "at most 60%"), {-1}),
}
every_bound = pytest.mark.parametrize("bound", INEXACT)


def draw_rows(kind, *changes):
    """A chart of a kind with a row for each change of ONE, and the heading."""
    rows = pd.DataFrame([{**ONE, **change} for change in changes])
    given = [("乙", "two", rows)] if kind == "panels" else rows
    share = [{**ONE, **changes[0], "part": 3, "whole": 5}] if kind == "funnel" else []
    return KINDS[kind][0](given, *share, HEADING)


def open_sides(mark):
    """The sides to which the end of a bar is open: a point goes on, a notch back, teeth do both."""
    corners = mark.get_path().vertices[:-1]
    top, bottom, far = corners[:, 1].min(), corners[:, 1].max(), corners[:, 0].max()
    if isinstance(mark, Rectangle):
        return set()
    tips = [y for x, y in corners if x == far]
    inner = [y for x, y in corners if corners[0, 0] < x < far]
    if len(tips) > 2:
        return {-1, 1}
    return {1} if sorted(inner) == [top, bottom] else {-1} if sorted(tips) == [top, bottom] else {}


@every_bound
@pytest.mark.parametrize("kind", ["bars", "panels", "rates", "steps", "funnel"])
def test_an_inexact_bar_ends_otherwise(kind, bound):
    """A bar with a bound is as long as one without, but its end is open to the side, or sides, on
    which the number may be; its words stand at it in both languages.
    """
    said, sides = INEXACT[bound]
    figure = draw_rows(kind, {"text": " / ".join(said), "bound": bound}, {"text": "60"})
    inexact, exact = marks(figure, "bar")
    assert span(inexact) == pytest.approx(span(exact))
    assert (open_sides(inexact), open_sides(exact)) == (sides, set())
    assert [word for word in said if word not in words(figure)] == []


@every_bound
@pytest.mark.parametrize("kind", ["points", "dots", "spread", "funnel"])
def test_an_inexact_dot_has_a_hook(kind, bound):
    """A dot with a bound stands where one without would, with a hook on each side on which the
    number may be; no text lies on a hook.
    """
    said, sides = INEXACT[bound]
    figure = draw_rows(kind, {"text": " / ".join(said), "bound": bound}, {"value": 100})
    dot = min(marks(figure, "dot"), key=lambda dot: dot.center[0])
    hooks = lines(figure, "bound")
    assert {np.sign(hook.get_xdata()[1] - dot.center[0]) for hook in hooks} == sides
    assert {np.sign(np.diff(hook.get_xdata())[0]) for hook in hooks} == sides
    assert collisions(figure) == [] and any(said[0] in text.get_text() for text in texts(figure))
    assert lines(draw_rows(kind, {}, {"value": 100}), "bound") == []


@pytest.mark.parametrize(
    ("bound", "sure", "possible"),
    [("exact", True, 0), ("about", True, 0), ("at_least", True, 100), ("at_most", False, 0)],
)
def test_what_a_rate_may_be_is_lighter_than_what_it_is(bound, sure, possible):
    """Up to 100% a light span shows where a rate of at least 60% may lie; one of at most 60% is
    light altogether, since nothing of it is sure.
    """
    text = " / ".join(INEXACT[bound][0]) if bound in INEXACT else "60%"
    figure = draw_rows("rates", {"text": text, "bound": bound})
    [bar], [track] = marks(figure, "bar"), marks(figure, "track")
    assert (to_hex(bar.get_facecolor()) == palette.BLUE) == sure
    ends = [100 * mark.get_width() / track.get_width() for mark in marks(figure, "possible")]
    assert ends == pytest.approx([possible] * bool(possible))
    for light in marks(figure, "possible") or [bar] * (not sure):
        assert contrast(light.get_facecolor(), palette.BLUE) > 2


def test_a_printed_share_is_not_replaced_by_the_computed_one(drawn):
    """Beside a rate printed as at least 99% stand both counts and the share that they make, said to
    be computed. An exact rate needs none.
    """
    for kind in ("rates", "dots"):
        counted = {"value": 99, "bound": "at_least", "text": "99%以上 / at least 99%"}
        figure = draw_rows(kind, counted | {"part": 20405, "whole": 20563})
        assert "20,405/20,563\n= 99.23% 算得 computed" in words(figure)
        assert "99%以上" in words(figure) and "at least 99%" in words(figure)
        plain = draw_rows(kind, counted | {"part": 20405, "whole": 20563, "bound": "exact"})
        assert "computed" not in words(plain)
    share = {**ONE, **counted, "part": 20405, "whole": 20563}
    figure = charts.funnel(pd.DataFrame([ONE]), share, HEADING, lang="en")
    assert "at least 99% (20,405/20,563 = 99.23% computed)" in words(figure)


def test_no_change_is_computed_from_an_inexact_number():
    """Of “more than 60” and 100 no difference is drawn; of 60 and 100 it is."""
    inexact = {"text": "60多 / more than 60", "bound": "more_than"}
    assert "+40" in words(draw_rows("steps", {}, {"value": 100}))
    assert "+40" not in words(draw_rows("steps", inexact, {"value": 100}))


@pytest.mark.parametrize("text", ["60", "60%", "6,000", "60多 / 60"])
@pytest.mark.parametrize("kind", ["bars", "panels", "rates", "dots", "spread"])
def test_an_inexact_number_that_is_printed_as_exact_is_refused(kind, text):
    """A number with a bound whose text, in one language, is but a number, is refused."""
    with pytest.raises(BaodingError, match="row 1, text: found .* wanted the word of its bound"):
        draw_rows(kind, {"text": text, "bound": "more_than"})


# Many places, and what their marks mean.


@pytest.mark.parametrize("lang", ["zh", "en", "both"] if IN_FULL else ["both"])
@pytest.mark.parametrize("many", [1, 5, 31, 45])
@pytest.mark.parametrize("power", [0.5, 1, 3])
def test_every_place_of_a_spread_can_be_named(many, power, lang):
    """However many places are named and however their numbers crowd, all labels are printed and
    keep apart; no way from a ring to its label leads through another label, and no two ways cross.
    """
    values = [round(1 + 3000 * (number / many) ** power) for number in range(many)]
    rows = [
        (f"第{n}省", f"Province {n}", value, f"{value:,}", n == 3, True)
        for n, value in enumerate(values)
    ]
    figure = charts.spread(
        table("label_zh label_en value text own named", *rows), HEADING, lang=lang
    )
    assert collisions(figure) == [] and len(lines(figure, "way")) == many
    ways = [way.get_transform().transform(way.get_xydata()) for way in lines(figure, "way")]
    along = np.linspace(0, 1, 40)[:, None]
    dense = [
        np.concatenate([one + (other - one) * along for one, other in pairwise(way)])
        for way in ways
    ]
    places, points = boxes(texts(figure)), np.concatenate(dense)
    inside = (points[:, None] > places[:, :2]) & (points[:, None] < places[:, 2:])
    assert not inside.all(axis=-1).any()
    for side in (1, -1):  # upwards, downwards
        here = [way * (1, side) for way in ways if side * (way[-1, 1] - way[0, 1]) > 0]
        here.sort(key=lambda way: (way[0, 0], way[-1, 0]))
        for one, other in pairwise(here):
            heights = np.linspace(one[0, 1], min(one[-1, 1], other[-1, 1]), 200)
            left, right = (np.interp(heights, way[:, 1], way[:, 0]) for way in (one, other))
            assert (left <= right + 0.01).all()


def test_more_names_than_a_spread_has_room_for_are_refused():
    """Five hundred named places are refused; unnamed they are drawn."""
    rows = [("省", "Province", n, str(n), False, True) for n in range(500)]
    crowd = table("label_zh label_en value text own named", *rows)
    with pytest.raises(BaodingError, match="found 500 named places; wanted fewer"):
        charts.spread(crowd, HEADING)
    assert len(marks(charts.spread(crowd.assign(named=False), HEADING), "dot")) == 500


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("zh", ["可比（A）", "一项不同（B）"]),
        ("en", ["comparable (A)", "one thing differs (B)"]),
        ("both", ["可比 comparable (A)", "一项不同 one thing differs (B)"]),
    ],
)
@pytest.mark.parametrize(
    ("kind", "graded"),
    [("dots", {"A": {"grade": "A"}, "B": {"grade": "B"}})]
    + [("points", {"A": {"role": "peer"}, "B": {"role": "near"}})],
)
def test_the_key_of_grades_names_what_is_drawn(kind, graded, lang, shown):
    """The chart says what its solid and its hollow dots mean, and of those only that are on it."""
    function, own = KINDS[kind][0], {"grade": None, "role": "main"}
    for grades in ("", "A", "B", "AB"):
        rows = pd.DataFrame([ONE | own, *(ONE | {"own": False} | graded[g] for g in grades)])
        figure = function(rows, HEADING, lang=lang)
        keys = [to_hex(key.get_facecolor()) == palette.PAPER for key in marks(figure, "key")]
        assert keys == [grade == "B" for grade in grades]
        assert [words_ in words(figure) for words_ in shown] == ["A" in grades, "B" in grades]
        assert collisions(figure) == []


@pytest.mark.parametrize("kind", ["rates", "dots", "funnel"])
def test_an_interval_is_drawn_and_explained_only_where_it_is_wide(kind):
    """Counts without an interval, and with a narrow one, are drawn as they are; a wide one has its
    line and a sentence that says what it means without speaking of samples.
    """
    counted = {"part": 3, "whole": 5}
    for ends, many in (({}, 0), ({"low": 59.5, "high": 60.5}, 0), ({"low": 23, "high": 88}, 1)):
        figure = draw_rows(kind, counted | ends)
        assert len(lines(figure, "interval")) == many and "3/5" in words(figure)
        assert ("Wilson" in words(figure), "威尔逊" in words(figure)) == (many, many)
        assert "sample" not in words(figure) and "样本" not in words(figure)


# Colour is never the only carrier.


def test_neighbouring_colours_differ_in_grey():
    """Each colour of the parts differs from the next, and from the paper, by a contrast of at least
    1.5.
    """
    assert min(contrast(one, other) for one, other in pairwise(palette.PARTS)) >= 1.5
    assert min(contrast(color, palette.PAPER) for color in palette.PARTS) >= 1.5


@pytest.mark.parametrize("kind", ["waffle", "strip"])
def test_parts_can_be_told_apart_on_a_grey_print(kind, drawn, picture):
    """In the picture itself, turned to grey, the parts next to each other are at least 25 of 255
    levels apart.
    """
    grey = np.asarray(Image.open(io.BytesIO(picture(kind))).convert("L"))
    middles = {
        to_hex(mark.get_facecolor()): mark.get_window_extent()
        for mark in marks(drawn(kind), "square", "part")
    }
    levels = [
        int(grey[-1 - int((box.y0 + box.y1) / 2), int((box.x0 + box.x1) / 2)])
        for box in middles.values()
    ]
    assert len(levels) == len(KINDS[kind][1][0])
    assert min(abs(one - other) for one, other in pairwise(levels)) >= 25


def test_marks_say_without_colour_what_they_are(drawn):
    """Own place bold, B hollow, a derived bar an outline with words: none is told by colour
    alone.
    """
    dots = drawn("dots")
    assert [to_hex(dot.get_facecolor()) == palette.PAPER for dot in marks(dots, "dot")] == [
        False,
        False,
        True,
        True,
        True,
    ]
    bold = {text.get_text() for text in texts(dots) if text.get_fontweight() == "bold"}
    assert bold == {HEADING.title_zh, "保定2022", "99.23%"}
    for kind, derived in (("bars", [False, False, True]), ("steps", [True, False])):
        figure = drawn(kind)
        assert [
            to_hex(bar.get_facecolor()) == palette.PAPER for bar in marks(figure, "bar")
        ] == derived
        assert all(word in words(figure) for word in counts.NOT_PRINTED)
    assert [to_hex(bar.get_facecolor()) for bar in marks(drawn("funnel"), "bar")] == [
        palette.BLUE,
        palette.MID,
        palette.RED,
    ]


# The same everywhere.


@every_kind
def test_png_bytes_are_the_same_each_time(kind, picture):
    """Two figures from one table give the same bytes, 1,290 pixels wide, without the name of a
    program or a date.
    """
    assert charts.png(draw(kind)) == picture(kind)
    image = Image.open(io.BytesIO(picture(kind)))
    assert image.width == 1290 and set(image.info) == {"dpi"}


@pytest.mark.parametrize(
    ("kind", "ending"), [*((kind, ".svg") for kind in KINDS), ("bars", ".pdf"), ("dots", ".pdf")]
)
def test_drawings_are_the_same_each_time(kind, ending, drawing):
    """Two figures from one table, the second under a reader's own settings, give the same SVG and
    PDF, without a date or the name of a program; the reader's settings are as before.
    """
    plain = drawing(kind, ending)
    with matplotlib.style.context("dark_background"):
        matplotlib.rcParams.update({"svg.fonttype": "none", "pdf.fonttype": 42, "font.size": 30})
        before = dict(matplotlib.rcParams)
        assert charts.written(draw(kind), ending) == plain
        assert dict(matplotlib.rcParams) == before
    assert not re.search(rb"Matplotlib|CreationDate|<dc:date>", plain)


def test_a_figure_can_be_written_in_every_format(picture, drawing):
    """Written as PDF and SVG first, a figure still gives the same PNG."""
    figure = draw("bars")
    for ending in (".pdf", ".svg"):
        assert charts.written(figure, ending) == drawing("bars", ending)
    assert charts.written(figure, ".png") == charts.png(figure) == picture("bars")


def test_drawings_do_not_depend_on_the_process(elsewhere):
    """A process that hashes its strings otherwise writes the same SVG and PDF."""
    code = """if True:
        import hashlib, pandas as pd
        from baoding_data import charts
        table = pd.DataFrame({"label_zh": ["甲"], "label_en": ["a"], "value": [1], "text": ["1"]})
        figure = charts.bars(table, charts.Heading(*"一二三四五六"))
        pictures = [charts.written(figure, ending) for ending in (".svg", ".pdf")]
        found = [hashlib.sha256(picture).hexdigest() for picture in pictures]"""
    here = {}
    exec(code, here)
    elsewhere(f"{code}\n        assert found == {here['found']!r}")


@every_kind
def test_svg_needs_no_font_and_names_nothing_twice(kind, drawing):
    """Text is outlines, the title is the finding, and no two elements have the same id."""
    root = ElementTree.fromstring(drawing(kind, ".svg"))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "text" not in tags and "path" in tags
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert root[0].text == HEADING.title_zh


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler is not installed")
def test_pdf_bears_its_fonts_and_its_words(tmp_path):
    """In the PDF every font is embedded, a subset and mapped to Unicode, without a warning, and the
    texts of both languages can be found.
    """
    file = tmp_path / "chart.pdf"
    file.write_bytes(charts.written(draw("bars"), ".pdf"))

    def run(*command):
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True)

    fonts, text = run("pdffonts", file), run("pdftotext", "-layout", file, "-")
    rows = fonts.stdout.splitlines()[2:]
    assert rows and all(re.search(r"[A-Z]{6}\+BaodingSansSC.* yes yes yes ", row) for row in rows)
    assert fonts.stderr == text.stderr == ""
    assert HEADING.title_zh in text.stdout and HEADING.title_en in text.stdout
    assert "2万多" in text.stdout and "more than 20,000" in text.stdout


@pytest.mark.parametrize("ending", ["pdf", ".jpg", ""])
def test_another_format_is_refused(ending):
    """An ending that is none of the three is refused, and the three are named."""
    with pytest.raises(BaodingError, match=r"wanted one of \.png, \.svg, \.pdf"):
        charts.written(draw("bars"), ending)


def test_png_bytes_follow_the_table(picture):
    """A changed value changes the picture: equal bytes mean equal charts."""
    changed = charts.bars(TRAINED.assign(value=[20000, 4433, 12000]), HEADING)
    assert charts.png(changed) != picture("bars")


def test_settings_of_the_caller_neither_matter_nor_change(picture):
    """Under a reader's own dark style the picture is the same, and the reader's settings are as
    before.
    """
    plain = picture("funnel")
    with matplotlib.style.context("dark_background"):
        matplotlib.rcParams.update({"savefig.bbox": "tight", "font.size": 30, "savefig.dpi": 30})
        before = dict(matplotlib.rcParams)
        assert charts.png(draw("funnel")) == plain
        assert dict(matplotlib.rcParams) == before


def test_matplotlib_is_loaded_late_and_pyplot_never():
    """Importing the room loads no matplotlib; drawing leaves pyplot and its global state alone."""
    code = """if True:
        import sys, pandas as pd
        from baoding_data import charts
        early = "matplotlib" in sys.modules
        table = pd.DataFrame({"label_zh": ["甲"], "label_en": ["a"], "value": [1], "text": ["1"]})
        charts.png(charts.bars(table, charts.Heading(*"一二三四五六")))
        sys.exit(early or "matplotlib.pyplot" in sys.modules)"""
    root = Path(charts.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_matplotlib_is_imported_in_this_room_alone():
    """No other room of the library imports the drawing library."""
    library = Path(charts.__file__).parents[1]
    importing = re.compile(r"^ *(?:import|from) matplotlib", re.M)
    found = [
        file for file in library.rglob("*.py") if importing.search(file.read_text(encoding="utf-8"))
    ]
    assert found and {file.parent for file in found} == {library / "charts"}


def test_a_picture_of_a_page_has_alternative_text(drawn):
    """The page gets the PNG as text and both languages as its alternative, escaped, the same on
    every run, no wider than the room there is.
    """
    told = charts.picture(drawn("bars"), "三条横条。", 'Three "bars" <b>.')
    assert told == charts.picture(drawn("bars"), "三条横条。", 'Three "bars" <b>.')
    assert told.startswith(
        '<img alt="三条横条。 Three &quot;bars&quot; &lt;b&gt;." src="data:image/png'
    )
    assert "width: 100%; max-width: 860px" in told and told.count("<") == 1


@pytest.mark.parametrize("name", charts.__all__)
def test_each_chart_is_documented_where_it_is_drawn(name):
    """Every public name is in `charts` whatever modules are loaded, and has an example that the run
    of all examples finds in its module.
    """
    thing = getattr(charts, name)
    assert (
        set(charts.__all__) == {*KINDS, "Heading", "picture", "png", "written"} == set(dir(charts))
    )
    found = doctest.DocTestFinder().find(import_module(thing.__module__))
    assert [test.examples for test in found if test.name == f"{thing.__module__}.{name}"][0]
    assert not inspect.ismodule(thing) and (name not in KINDS or "BaodingError" in thing.__doc__)


def test_names_that_charts_do_not_have_are_answered():
    """An unknown kind of chart raises AttributeError that names what there is."""
    with pytest.raises(AttributeError, match="no attribute 'pie'; it has Heading, bars"):
        charts.pie()


# What cannot be drawn is refused.


def without(rows, column):
    return rows.drop(columns=column)


def changed(rows, column, value):
    """The table with the second cell of a column set."""
    cells = list(rows[column])
    cells[1] = value
    return rows.assign(**{column: pd.Series(cells, dtype=object)})


@pytest.mark.parametrize(
    ("kind", "inputs", "told"),
    [
        ("bars", [without(TRAINED, "text")], "wanted 'text' too; add it"),
        (
            "bars",
            [changed(TRAINED, "value", -3)],
            "row 2, value: found -3; wanted a number of 0 or more",
        ),
        ("bars", [changed(TRAINED, "value", float("nan"))], "row 2, value: found nan"),
        ("bars", [changed(TRAINED, "value", "4033")], "row 2, value: found '4033'"),
        ("bars", [changed(TRAINED, "value", True)], "row 2, value: found True"),
        (
            "bars",
            [changed(TRAINED, "value", Decimal("Infinity"))],
            "row 2, value: found Decimal('Infinity')",
        ),
        ("bars", [changed(TRAINED, "label_zh", " ")], "row 2, label_zh: found ' '; wanted words"),
        ("bars", [changed(TRAINED, "text", 4033)], "row 2, text: found 4033; wanted words"),
        (
            "bars",
            [changed(TRAINED, "role", "green")],
            "row 2, role: found 'green'; wanted one of main",
        ),
        (
            "bars",
            [changed(TRAINED, "label_zh", "㛃")],
            "found '㛃' in '㛃'; wanted characters of the bundled font",
        ),
        ("bars", [TRAINED.head(0)], "found no row"),
        ("bars", [{"value": [1]}], "found dict; wanted a data frame"),
        (
            "waffle",
            [changed(PERMISSIONS, "value", 1.5)],
            "row 2, value: found 1.5; wanted a whole number",
        ),
        (
            "waffle",
            [changed(PERMISSIONS, "value", 20563)],
            "found 20,803 items; wanted at most 2,000",
        ),
        ("waffle", [pd.concat([PERMISSIONS, PERMISSIONS])], "found 10 parts"),
        ("strip", [NUMBERS.assign(value=0)], "with a sum of 0; wanted up to five above 0"),
        ("steps", [COMMITMENTS.head(1)], "found one row; wanted two or more"),
        ("steps", [changed(COMMITMENTS, "status", "guessed")], "row 2, status: found 'guessed'"),
        ("panels", [[]], "found no table"),
        ("panels", [[("", "nameless", SUITS)]], "row 1, label_zh: found ''"),
        ("dots", [changed(PLACES, "grade", "C")], "row 2, grade: found 'C'; wanted A or B"),
        ("dots", [PLACES.assign(grade=None)], "row 1, grade: found none"),
        (
            "dots",
            [changed(PLACES, "low", None)],
            "row 2: found only some of part, whole, low, high",
        ),
        ("dots", [changed(PLACES, "high", 99.2)], "row 2: found 99.1 ≤ 99.23 ≤ 99.2"),
        ("dots", [changed(PLACES, "part", 20564)], "20564 of 20563"),
        ("dots", [changed(PLACES, "own", "yes")], "row 2, own: found 'yes'; wanted True or False"),
        ("funnel", [SUITS, {**LOSS, "high": 111.57}], "found 111.57%; wanted at most 100"),
        (
            "funnel",
            [SUITS, {k: v for k, v in LOSS.items() if k != "whole"}],
            "row 1, whole: found None",
        ),
    ],
)
def test_bad_input_is_answered(kind, inputs, told):
    """What cannot be drawn truthfully raises the library's error: where, what was found, what was
    wanted.
    """
    with pytest.raises(BaodingError) as error:
        KINDS[kind][0](*inputs, HEADING)
    assert told in str(error.value) and error.value.args[0].startswith((kind, "text"))


def test_all_problems_of_a_table_come_at_once():
    """Two wrong cells are two findings of one error."""
    with pytest.raises(BaodingError) as error:
        charts.bars(changed(changed(TRAINED, "value", -1), "text", ""), HEADING)
    assert len(error.value.findings) == 2 == len(str(error.value).splitlines())


@pytest.mark.parametrize("field", ["title_zh", "title_en", "source_zh", "source_en"])
def test_a_chart_without_finding_or_source_is_refused(field):
    """No chart is drawn without its finding and its source in both languages; a tuple is no
    heading.
    """
    with pytest.raises(BaodingError, match=field):
        charts.bars(TRAINED, HEADING._replace(**{field: ""}))
    with pytest.raises(BaodingError, match="found tuple; wanted a charts.Heading"):
        charts.bars(TRAINED, tuple(HEADING))


def test_alternative_text_is_not_optional(drawn):
    """A picture is shown only with alternative text in both languages."""
    with pytest.raises(BaodingError, match="alt_en"):
        charts.picture(drawn("bars"), "三条横条。", "")


def test_numbers_of_any_kind_are_drawn(picture):
    """Decimal, numpy and nullable pandas numbers are drawn like plain ones."""
    for values in (
        [Decimal(v) for v in NUMBERS.value],
        NUMBERS.value.astype("Int64"),
        NUMBERS.value.astype("float32"),
    ):
        chart = charts.strip(NUMBERS.assign(value=values), HEADING)
        assert charts.png(chart) == picture("strip")


# Whatever the table holds.

WORDS = st.text(
    alphabet="市本级行政许可事项国家部委托法院审结，。；：、（）“”·—2022 45%件abcdefghij klmnop-,.()",
    min_size=1,
    max_size=90,
).filter(str.strip)
COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 2_000_000))
ROLE, NOTE = st.sampled_from(list(palette.ROLES)), st.one_of(st.just(""), WORDS)
ROW = st.tuples(WORDS, WORDS, COUNTS)
EXAMPLES = 100 if IN_FULL else 15
few = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(st.lists(st.tuples(WORDS, WORDS, COUNTS, ROLE, NOTE), min_size=1, max_size=7))
def test_any_bars_can_be_read(rows):
    """Whatever the labels, notes and values, bars and panels keep texts apart and lengths in
    proportion.
    """
    given_table = bar_rows(
        *((zh, en, n, f"{n:,} / {n:,}", role, note, note) for zh, en, n, role, note in rows)
    )
    figure = charts.bars(given_table, HEADING)
    assert collisions(figure) == []
    widths, values = [bar.get_width() for bar in marks(figure, "bar")], [row[2] for row in rows]
    assert [width * max(values) for width in widths] == pytest.approx(
        [value * max(widths) for value in values]
    )
    assert (
        collisions(charts.panels([("甲", "one", given_table), ("乙", "two", SUITS)], HEADING)) == []
    )


@few
@given(st.lists(ROW, min_size=1, max_size=5).filter(lambda rows: sum(row[2] for row in rows)))
def test_any_parts_can_be_read(rows):
    """Whatever the labels and values, the labels of a strip and of a waffle keep apart, however
    small the parts.
    """
    figure = charts.strip(table("label_zh label_en value", *rows), HEADING)
    assert collisions(figure) == [] and len(marks(figure, "part")) == len(rows)
    small = [(zh, en, value % 100 + 1) for zh, en, value in rows]
    assert collisions(charts.waffle(table("label_zh label_en value", *small), HEADING)) == []


SHARE = st.just(0) | st.floats(1 / limits.AMOUNT, 100)


@few
@given(
    st.lists(
        st.tuples(WORDS, WORDS, st.tuples(*[SHARE] * 3).map(sorted), st.booleans()),
        min_size=1,
        max_size=6,
    )
)
def test_any_shares_can_be_read(rows):
    """Whatever the labels and shares, dots stay on their axis and texts keep apart."""
    shares = [
        (zh, en, value, low, high, 1, 20_563, "B", own) for zh, en, (low, value, high), own in rows
    ]
    figure = charts.dots(
        table("label_zh label_en value low high part whole grade own", *shares), HEADING
    )
    start, end, _ = axis(figure)
    assert collisions(figure) == [] and all(
        start <= value <= end and (high - low <= WIDE or start <= low and high <= end)
        for _, _, (low, value, high), _ in rows
    )


@few
@given(WORDS, st.integers(20, 600))
def test_any_text_is_wrapped_whole(text, size):
    """Wrapping keeps every character but spaces, and no line is wider than its room."""
    lines = typesetting.wrap(text, typesetting.SMALL, size / 100)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(typesetting.measure(line, typesetting.SMALL) <= size / 100 + 0.02 for line in lines)


def test_a_number_stands_on_the_map_where_it_stands_in_the_text(drawn):
    """Each mark lies on its line at its character, is cut at the line's end and goes on in the
    next; figures are taller than the rest.
    """
    figure = drawn("textmap")
    lines, found = marks(figure, "text"), marks(figure, "mark")[2:]  # the first two are the key
    parts = TEXT.drop_duplicates("label_en")["length"]
    assert len(lines) == sum(-(-length // text_map.LINE) for length in parts)
    assert len(found) == 1 + 2 + 1
    step = max(line.get_width() for line in lines) / text_map.LINE
    widths = [round(mark.get_width() / step, 6) for mark in found]
    assert widths == [4, 2, 3, 3]
    places = [round((mark.get_x() - lines[0].get_x()) / step, 6) for mark in found]
    assert places == [12, text_map.LINE - 2, 0, 200 - text_map.LINE]
    assert found[1].get_height() > 2 * found[0].get_height()


def test_a_number_of_the_text_that_is_no_truth_is_refused():
    """A table whose column `figure` holds words instead of True or False is refused."""
    with pytest.raises(BaodingError, match="figure: found 'yes'"):
        charts.textmap(TEXT.assign(figure="yes"), HEADING)
