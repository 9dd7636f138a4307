"""What the fuzz shares: inputs that machines and people send in, invented without end, and what has
to be true of each of them.

A case is made from its kind, a seed and its number alone, so that it can be tried again by itself:

    python tests/fuzz.py KIND SEED NUMBER

tries it, and says what it was made of and, of texts and bytes, the least that still fails. Nothing
but an answer or BaodingError may come of any case, and either within a second.
"""

import atexit
import contextlib
import csv
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from time import thread_time
from typing import Any, NamedTuple

from conftest import everything
from odd import ODD as ODD_REPORT
from odd import Odd, drafted, folder_at
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

import baoding_data as bd
from baoding_data import cli
from baoding_data.checks.audit import check
from baoding_data.checks.examples import FOLDER, Changed
from baoding_data.curation import door, draft_files
from baoding_data.curation.accept import accept
from baoding_data.curation.drafts import LAYOUT, draft_bytes, identifies, row_of, rows_in
from baoding_data.curation.scan import scan
from baoding_data.curation.source import Source
from baoding_data.errors import nearest
from baoding_data.shown import shown
from baoding_data.tables import cells, description, files
from baoding_data.tables.figures import of_report
from baoding_data.tables.names import figure_of, indicator_of, place_of, term_of
from baoding_data.tables.schema import Schema
from baoding_data.tables.seeds import Seeds
from baoding_data.text import inventory, resolution
from baoding_data.text.characters import plain
from baoding_data.text.numbers import meaning, numbers_in
from baoding_data.text.report import Report
from baoding_data.text.tables import tables_in
from baoding_data.workbook import flat

SLOWEST = 1.0  # seconds of a processor; a case takes some thousandths of that


class Kind(NamedTuple):
    """Cases of one kind: how one is made, what has to be true of it, and how many of a thousand
    cases are of it.
    """

    make: Callable[[Random], Any]
    holds: Callable[[Any], None]
    share: int


class Failed(NamedTuple):
    """A case in which something was not true."""

    kind: str
    seed: str
    number: int
    what: str

    def __str__(self):
        again = f"python tests/fuzz.py {self.kind} {self.seed} {self.number}"
        return f"{self.what}\n  again: {again}"


def made(kind, seed, number):
    """The input of one case."""
    return KINDS[kind].make(Random(f"{seed} {kind} {number}"))


def fault(kind, given):
    """What is not true of an input, in words; "" where all is. What was slow is tried once more:
    the first that needs a library loads it, which is no work of its own.
    """
    return found if not (found := _fault(kind, given)).startswith("took") else _fault(kind, given)


def _fault(kind, given):
    start = thread_time()
    try:
        KINDS[kind].holds(given)
    except bd.BaodingError as error:
        return f"BaodingError, where an answer was due: {error}"
    except (Exception, SystemExit) as error:
        at = error.__traceback__
        while at.tb_next:
            at = at.tb_next
        where = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}"
        return f"{type(error).__name__} at {where}: {error}"
    spent = thread_time() - start
    return f"took {spent:.1f} s" if spent > SLOWEST else ""


def failures(kind, seed, numbers):
    """The cases of some numbers in which something was not true."""
    found = ((number, fault(kind, made(kind, seed, number))) for number in numbers)
    return [Failed(kind, seed, number, what) for number, what in found if what]


def least(kind, given):
    """The shortest of what is left of a text or of bytes that fails as the whole does."""
    what, size = _sort(fault(kind, given)), len(given)
    while size := size // 2:
        at = 0
        while at < len(given):
            shorter = given[:at] + given[at + size :]
            if shorter and _sort(fault(kind, shorter)) == what:
                given = shorter
            else:
                at += size
    return given


def _sort(what):
    """A fault without what it was found in."""
    return re.match(r"[^:]*:?[0-9]*", what)[0]


# --- the invented seeds


@cache
def invented():
    """The files of the invented seeds that are made."""
    return Changed().files


@cache
def invented_seeds():
    return Seeds(FOLDER, invented())


def told(findings):
    """Each finding says in a line where it is, what was found and is wanted, and what to do."""
    for one in findings:
        assert one.file and one.found and one.wanted and one.advice, one
        in_a_line(one)


def in_a_line(said):
    """What is said is one line in which all is seen."""
    assert "\n" not in str(said) and shown(str(said)) == str(said), said


# --- texts: what they are made of

MEASURES = inventory.words("measure")
COUNTED = inventory.words("counted")
LATIN = inventory.words("latin")
BEFORE = {entry.word: entry.code for entry in inventory.entries()["before"]}
AFTER = {entry.word: entry.code for entry in inventory.entries()["after"]}
CHINESE = "零〇一二两三四五六七八九十廿卅百千万亿"
WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
TO_TRADITIONAL = {
    ord(e.code): e.word for e in inventory.entries()["alike"] if e.unless == "traditional"
}
FRAMES = """
    全市共受理{}， 其中，办结{}， 有关情况（{}）如下。 全年清理{}；
    开展检查{}， 制发文书{}。 据统计，核查{}、 培训执法人员{}。 较好地完成{}，
    （二）审理{}，
""".split()
SIGNS = [
    *"，。；：、！？（）()[]【】〔〕“”\"'‘’《》·•—–-~～至到和与及/／:：%％‰‱.．,|+×*=<>≥≤±#№①②⑴Ⅲ○◯",
    *" \u3000\u00a0\t\n\u200b\ufeff\u2028\f\r\v",
    "\n\n",
    "\r\n",
    "——",
    "……",
    "  ",
]
WORDS = """
    第 届 年 月 日 号 时 分 点 成 个 半 多 余 来 几 数 约 近 超 逾 达 上
    下 内 外 前 后 起 仅 共 计 各 每 负 零 年度 学年 以上 以下 左右 以内 之间
    不少于 不超过 超过 不足 百分之 千分之 分之 一半 翻番 翻一番 数千 几十 成百上千
    百分百 三分之二 零下 截至 其中 同比增长 比例为 电话 邮编 附件 见表 第二十 十四届
    上世纪 GDP PM2.5 5G A l I O o m² km w W kg
    http://a.cn/1 a1@b.cn 一是 一、 （一） 1. (1) 12345
    110 2022年 2022—2023年 1-12月 3月16日
""".split()
ODD = "²³₁①⓪㊂٣۳๓𝟑½⁄〡ニ丨弌弐∣∙․😀\u0301\u202e\ud83d\ue000\U000e0041ＡｌＯO丙〇°℃"


def of_digits(r, most):
    """A whole number of at most so many digits."""
    return r.randrange(10 ** r.randrange(1, most + 1))


def digits(r):
    """Digits as they are printed, in any of their forms."""
    n = r.choice((r.randrange(10), r.randrange(100), r.randrange(10**4), of_digits(r, 13)))
    text = f"{n:,}" if r.random() < 0.2 else str(n)
    if r.random() < 0.25:
        text += f".{of_digits(r, 3)}"
    return text.translate(WIDE) if r.random() < 0.1 else text


def numeral(n):
    """A whole number in Chinese numerals, group by group of four digits, as schools teach it."""
    if n >= 10**4:
        power, name = (10**8, "亿") if n >= 10**8 else (10**4, "万")
        rest = n % power
        gap = "零" if rest and rest < power // 10 else ""
        return numeral(n // power) + name + gap + (numeral(rest) if rest else "")
    words, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // place % 10
        if digit:
            words += "零" * (gap and bool(words)) + CHINESE_DIGITS[digit] + name
        gap = not digit
    return words or "零"


CHINESE_DIGITS = "零一二三四五六七八九"
TO_NUMERALS = str.maketrans("0123456789", CHINESE_DIGITS)


def numbered(r):
    """Something like a number: digits, numerals, multipliers, and what may stand in and by them."""
    kind = r.random()
    if kind < 0.45:
        text = digits(r)
    elif kind < 0.65:
        text = numeral(of_digits(r, 9))
    elif kind < 0.75:
        text = "".join(r.choices(CHINESE, k=r.randrange(1, 5)))
    elif kind < 0.85:
        text = digits(r) + r.choice(SIGNS) + digits(r)
    elif kind < 0.9:
        text = r.choice(("百分之", "千分之", "万分之", "")) + numeral(r.randrange(100))
        text += r.choice(("点三", "", "成"))
    else:
        text = digits(r)
        text += "".join(r.choices("十百千万亿多余来几半" + digits(r), k=r.randrange(1, 4)))
    return text + r.choice(("", "", "", "万", "亿", "%", "％", "‰", "多", "余", "万余"))


def token(r):
    """A piece of a sentence."""
    kind = r.random()
    if kind < 0.34:
        return numbered(r)
    if kind < 0.54:
        return r.choice(r.choice((MEASURES, MEASURES, COUNTED, LATIN)))
    if kind < 0.68:
        return r.choice(WORDS)
    if kind < 0.78:
        return r.choice(SIGNS)
    if kind < 0.82:
        return r.choice(list(BEFORE) + list(AFTER))
    if kind < 0.84:
        return r.choice(ODD)
    return r.choice(pieces())


@cache
def pieces():
    """The clauses of the real report and of the invented one, and the words of the codebook."""
    texts = [*Seeds().texts.values(), *invented_seeds().texts.values()]
    return [text.text[one.start : one.end] for text in texts for one in text.clauses]


def sentence(r):
    """A sentence of pieces in any order, cut, doubled or swapped now and then."""
    text = "".join(token(r) for _ in range(r.randrange(1, 9)))
    while r.random() < 0.15 and len(text) > 2:
        a, b = sorted(r.sample(range(len(text)), 2))
        left, cut, rest = text[:a], text[a:b], text[b:]
        text = r.choice((left + rest, left + cut + cut + rest, left + rest + cut, left + cut))
    return text


# --- numbers


def sound(text, found):
    """Numbers stand at their places in a text, in order, and say what their kind says."""
    last = 0
    for one in found:
        assert last <= one.start < one.end <= one.unit_end <= len(text), (one, last)
        assert one.printed == text[one.start : one.end], one
        last = one.unit_end
        unclear = one.kind == "unclear"
        assert unclear == bool(one.doubt) and one.kind in KINDS_OF_NUMBERS, one
        assert not unclear or (one.value, one.unit, one.bound) == (None, "", ""), one
        assert one.value is None or one.value.is_finite() and one.value >= 0, one


KINDS_OF_NUMBERS = ("value", "date", "ordinal", "name", "unclear")


def short(found):
    """What numbers say, without where they stand."""
    return [(n.kind, n.value, n.unit, n.bound, n.doubt) for n in found]


def sentence_holds(text):
    """Of any sentence: numbers in their places, worth what is printed; the same in wide digits, in
    traditional characters, and between other sentences.
    """
    found = numbers_in(text)
    sound(text, found)
    said = short(found)
    for one in found:
        if one.kind == "value":
            worth_what_is_printed(one)
        elif one.kind == "unclear":
            resolvable(text, one)
    if not text.startswith((" ", "\n")):
        other = short(numbers_in(OTHER))
        around = short(numbers_in(f"{OTHER}\n{text}\n{OTHER}"))
        assert around == [*other, *said, *other], "beside others"
    if not re.search("[0-9０-９]，[0-9０-９]", text):
        assert short(numbers_in(text.translate(WIDE))) == said, "in wide digits"
    assert short(numbers_in(text.translate(TO_TRADITIONAL))) == said, "in traditional characters"


OTHER = "坚持依法行政，共受理案件888件。"


def worth_what_is_printed(one):
    """A value is what its own printed form says, read in another way; its meaning holds it."""
    low, high = meaning(one.printed, one.value, one.bound)
    assert low <= one.value <= high, (one, low, high)
    if one.bound not in ("at_least", "at_most"):  # 3 of 3-5万 is 30,000
        assert worth(plain(one.printed)) == one.value, (one, worth(plain(one.printed)))


def worth(printed):
    """What a printed form says: its parts added up, each multiplier taking what stands before it
    and is smaller.
    """
    text = re.sub(r"[\s,多余来几%‰‱]", "", printed)
    if text == "百分百":
        return Decimal(100)
    text = re.sub("^[百千万]分之", "", text)
    if tenths := re.fullmatch("(.+)成(.?)", text):
        half = Decimal(5) if tenths[2] == "半" else worth(tenths[2] or "零")
        return 10 * worth(tenths[1]) + half
    if spoken := re.fullmatch("(.+)点([^万亿]+)(万?)(亿?)", text):
        share = Decimal(f"0.{spoken[2].translate(AS_DIGITS)}")
        power = POWERS.get(spoken[3], 1) * POWERS.get(spoken[4], 1)
        return (worth(spoken[1]) + share) * power
    if re.fullmatch("[零〇一二三四五六七八九]{2,}", text) and not re.fullmatch(NEXT, text):
        return Decimal(text.translate(AS_DIGITS))
    text = re.sub(f"(?:{NEXT})(?![零〇一二三四五六七八九])", lambda two: two[0][0], text)
    text = re.sub("[wW]$", "万", text)
    total, section, number = None, None, None
    for part in re.findall(r"[0-9]*\.?[0-9]+|.", text):
        if part in POWERS and POWERS[part] < 10**4:
            section = (section or 0) + (1 if number is None else number) * POWERS[part]
            number = None
        elif part in POWERS:
            below = (section or 0) + (number or 0)
            if section is None and number is None:
                below = 1 if total is None else 0
            above = total or Decimal(0)
            total = (above + below) * 10**8 if part == "亿" else above + below * 10**4
            section, number = None, None
        elif part in "廿卅":
            section = (section or 0) + {"廿": 20, "卅": 30}[part]
        else:
            number = Decimal(part.translate(AS_DIGITS))
    return (total or Decimal(0)) + (section or 0) + (number or 0)


POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
AS_DIGITS = str.maketrans("零〇一二两三四五六七八九", "001223456789")
NEXT = "一二|一两|两三|二三|三四|三五|四五|五六|六七|七八|八九"


def resolvable(text, one):
    """What an unclear number may mean can be told; one that a person resolves has that value."""
    possible = resolution.possible(one.printed, text[one.end :])
    for value in sorted(possible)[:2]:
        read = resolution.resolved(text, one.start, one, value, "", "exact")
        assert read.value == value and read.kind == "value"
        minus = one.doubt == "minus"
        assert minus or resolution.can_mean(one, value, text, one.start), (one, value)


# --- numbers of which it is known what they say


class Known(NamedTuple):
    """Clauses, and what the numbers in them say: value, unit and bound of each."""

    text: str
    said: list[tuple[Decimal, str, str]]


def known(r):
    """A few clauses, with a number in nearly each, in digits, in numerals, as a share, with words
    of bound; or with two, or with what looks like one and is none.
    """
    text, said = "", []
    for _ in range(r.randrange(1, 5)):
        words, numbers = r.choice((bounded, bounded, bounded, ranged, none))(r)
        text += r.choice(FRAMES).format(words)
        said += numbers
    return Known(text, said)


def bounded(r):
    """A number with its unit, and a word of bound perhaps."""
    forms = (in_digits, in_digits, in_numerals, in_numerals, mixed, as_share)
    printed, value, unit, bound = r.choice(forms)(r)
    before, after = "", ""
    if bound == "exact" and r.random() < 0.5:
        if r.random() < 0.6:
            before, bound = r.choice(list(BEFORE.items()))
        elif unit not in ("所", "国"):  # 所有, 国有 and 省内 are words
            after, bound = r.choice([pair for pair in AFTER.items() if pair[0] != "内"])
    if before == "近" and unit in ("年", "个月", "天"):
        bound = "exact"  # the last of them
    return before + printed + after, [(value, unit, bound)]


def in_digits(r):
    whole = of_digits(r, 9)
    printed, value, bound = str(whole), Decimal(whole), "exact"
    if r.random() < 0.3:
        printed = f"{whole:,}"
    if r.random() < 0.2:
        part = str(r.randrange(1, 10 ** r.randrange(1, 4)))
        printed, value = f"{printed}.{part}", Decimal(f"{whole}.{part}")
    if r.random() < 0.3:
        times, power = r.choice(TIMES)
        printed, value = printed + times, value.scaleb(power)
    if r.random() < 0.15:
        printed, bound = printed + r.choice("多余"), "more_than"
    unit = r.choice([unit for unit in MEASURES + COUNTED if unit != "年"])
    return printed + unit, value, unit, bound


TIMES = [("万", 4), ("亿", 8), ("万亿", 12)]


# 五千米 may be either; 2000年 is a year.
WITHOUT_THOUSAND = [unit for unit in MEASURES if unit[0] != "千"]
NO_YEAR = [unit for unit in WITHOUT_THOUSAND if unit != "年"]


def in_numerals(r):
    value, bound = Decimal(r.randrange(3, 10 ** r.randrange(1, 10))), "exact"
    printed, kind = spoken(value), r.random()
    if kind < 0.15:
        part = str(r.randrange(1, 100))
        times, power = r.choice((("", 0), *TIMES))
        whole = int(value) % 100
        printed = f"{spoken(whole)}点{part.translate(TO_NUMERALS)}{times}"
        value = Decimal(f"{whole}.{part}").scaleb(power)
    elif kind < 0.3:
        printed, bound = printed + r.choice("多余"), "more_than"
    elif kind < 0.4:
        two, times = r.choice(NEXT.split("|")), r.choice(("", "十", "百", "千", "万"))
        printed, bound = two + times, "about"
        value = Decimal(two[0].translate(AS_DIGITS)) * POWERS.get(times, 1)
    elif kind < 0.5:
        value = Decimal(r.randrange(20, 40))
        printed = ("廿" if value < 30 else "卅") + spoken(value % 10).strip("零")
    unit = r.choice(WITHOUT_THOUSAND)
    return printed + unit, value, unit, bound


def spoken(n):
    """A whole number as it is said: 十三, not 一十三."""
    return numeral(int(n)).removeprefix("一") if 10 <= n < 20 else numeral(int(n))


def mixed(r):
    """A number in digits and multipliers: 3亿2000万, 8千4百万, 二十亿5000万."""
    high, low = r.randrange(1, 100), r.randrange(1, 10)
    unit = r.choice([unit for unit in NO_YEAR if f"千{unit}" not in MEASURES])
    printed, value = r.choice(
        [
            (f"{high}亿{low}000万", high * 10**8 + low * 10**7),
            (f"{high}亿{low}千万", high * 10**8 + low * 10**7),
            (f"{spoken(low)}亿{low}000万", low * 11 * 10**7),
            (f"{low}千{low}百万", low * 11 * 10**6),
            (f"{high}万{low}千", high * 10**4 + low * 1000),
        ]
    )
    return printed + unit, Decimal(value), unit, "exact"


def as_share(r):
    n, kind = r.randrange(101), r.random()
    if kind < 0.6:
        part = f".{r.randrange(1, 100)}" if r.random() < 0.5 else ""
        return f"{n}{part}{r.choice('%％')}", Decimal(f"{n}{part}"), "%", "exact"
    if kind < 0.7:
        of, unit = r.choice(("百%", "千‰", "万‱"))
        part = n % 10 or 3
        words = f"{of}分之{spoken(n)}点{part}".translate(TO_NUMERALS)
        return words, Decimal(f"{n}.{part}"), unit, "exact"
    if kind < 0.8:
        n = r.randrange(1, 10)
        half = r.choice(("", "五", "半"))
        return f"{spoken(n)}成{half}", Decimal(10 * n + 5 * bool(half)), "%", "exact"
    return f"百分之{spoken(n)}", Decimal(n), "%", "exact"


def ranged(r):
    """Two ends of a range."""
    low = r.randrange(1, 1000)
    high = low + r.randrange(1, 1000)
    to = r.choice(("至", "到", "-", "—", "~", "～", "–"))
    unit = r.choice(NO_YEAR)
    kind = r.random()
    if kind < 0.4:
        words = f"{low}{to}{high}{unit}"
    elif kind < 0.6:
        words = f"{low}{unit}{to}{high}{unit}"
    elif kind < 0.8:
        unit, words = "%", f"{low}%{to}{high}%"
    else:
        words, low, high = f"{low}{to}{high}万{unit}", low * 10**4, high * 10**4
    return words, [(low, unit, "at_least"), (high, unit, "at_most")]


def none(r):
    """What has digits or numerals, and counts nothing."""
    return r.choice(NONE), []


NONE = """
    2023年3月16日 第3次会议 12345热线 5G网络 12·4国家宪法日 冀政字〔2022〕15号 1—12月
    2021—2023年 三大攻坚战 十四届三次全会 上午9点 PM2.5浓度 第二十条 0312-3088888
    “1+4+N”体系 7×24小时 二〇二二年 附件2 (1)检查 第十四个五年规划 二○二二年度 90后干部
    G107国道 http://www.example.cn/12 a126@example.cn 500强企业
""".split()


def known_holds(one):
    """Numbers in clauses say what they were made to say, in whatever signs and blanks."""
    spaced = re.sub("(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])", " ", one.text)
    for text in (one.text, one.text.translate(WIDE), one.text.translate(TO_TRADITIONAL), spaced):
        found = [n for n in numbers_in(text) if n.kind in ("value", "unclear")]
        said = [(n.value, n.unit, n.bound) for n in found]
        wrong = [pair for pair in zip(said, one.said, strict=False) if pair[0] != pair[1]]
        assert said == one.said, (text, wrong, said)


# --- whole texts


def text(r):
    """A text of a few paragraphs: sentences of all kinds, headings, tables, ends of pages."""
    parts = []
    for _ in range(r.randrange(1, 9)):
        kind = r.random()
        if kind < 0.35:
            parts.append(known(r).text)
        elif kind < 0.6:
            parts.append(sentence(r))
        elif kind < 0.75:
            parts.append("，".join(r.choices(pieces(), k=r.randrange(1, 6))) + r.choice("。；："))
        elif kind < 0.85:
            parts.append(laid_out(r, grid(r)))
        else:
            parts.append(r.choice(LINES))
    whole = r.choice(("\n", "\n", "\n　　", "\n\n")).join(parts)
    if r.random() < 0.1:
        wide = r.randrange(8, 40)
        whole = "\n".join(whole[at : at + wide] for at in range(0, len(whole), wide))
    whole = storable(whole).replace("\r\n", "\n").replace("\r", "\n")  # as the door lets it in
    return whole[: r.randrange(len(whole) + 1)] if r.random() < 0.1 else whole


def storable(text):
    """A text without what no file in UTF-8 can hold."""
    return text.encode("utf-8", "replace").decode()


LINES = """
    一、主要工作 （一）健全制度 1.推进改革。 12 附件1 单位：万元 2023年3月16日
    某某市人民政府 表2：各部门 |---|---|
    远禾县人民政府关于2024年法治政府建设情况的报告 一是受理316件。二是审结45件。 ：：
    Ⅲ <b>316</b>
""".split()
LINES += ["- 5 -", "第 3 页 共 8 页", "\x0c", "", "\u3000\u3000", "| 项目 | 数量 |", "\t\t"]


def text_holds(given):
    """Of any text: numbers, sentences, clauses, tables and rows stand at their places; each number
    is a row of a draft, which names it again when it was written and read.
    """
    report = Report(given)
    text = report.text
    sound(text, report.numbers)
    last = 0
    for one in report.sentences:
        assert last <= one.start < one.end and text[one.start : one.end] == one.text, one
        last = one.end
    last = 0
    for one in report.clauses:
        assert last <= one.start < one.end <= len(text), one
        last = one.end
    last = 0
    for table in report.tables:
        assert last <= table.start < table.end and table.rows
        last = table.start
        for row in table.rows:
            assert last <= row.start < row.end <= table.end and len(row.heads) == len(row.cells)
            last = row.end
            for cell in row.cells:
                assert text[cell.start : cell.end] == cell.text.replace("\t", " "), cell
    assert report.sections == sorted(report.sections)
    source = Source(invented_seeds(), report, "x")
    rows = [row_of(source, number) for number in report.numbers]
    again, wrong = draft_files.rows_of(Path("x.csv"), draft_bytes(rows), LAYOUT)
    assert not wrong and [written["at"] for _, written in again] == [row.at for row in rows]
    for row, number, (_, written) in zip(rows, report.numbers, again, strict=True):
        assert identifies(row._replace(printed=written["printed"]), number), written
        there = report.sentence_at(number.start)
        assert there.start <= number.start < there.end, number


# --- tables in a text


def grid(r):
    """Heads and rows of a table, some of the cells empty or odd."""
    width = r.randrange(2, 7)
    words = ("受理", "审结", "总计", "自然人", "结果维持")
    heads = ["项目", *(f"{r.choice(words)}{i}" for i in range(1, width))]
    rows = []
    for name in "甲乙丙丁戊"[: r.randrange(1, 6)]:
        rows.append([r.choice(LABELS) + name, *(cell(r) for _ in heads[1:])])
        rows[-1][r.randrange(1, width)] = str(r.randrange(1000))  # a row has a number
    return [heads, *rows]


LABELS = "行政许可 行政处罚 （一）予以公开 1.属于国家秘密 三、其他 上年结转 本年新收".split()


def cell(r):
    few, one, any_of_them = f"{r.randrange(1000)}", f"{r.randrange(10)}", digits(r)
    return r.choice((few, one, any_of_them, "0", "-", "/", f"{r.randrange(100)}%"))


def laid_out(r, rows):
    """A table as a page has it, when it was copied: with tabs, strokes, or blanks."""
    form = r.random()
    if form < 0.4:
        return "\n".join("\t".join(cells) for cells in rows)
    if form < 0.7:
        return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    return "\n".join("   ".join(cells) for cells in rows)


class Grid(NamedTuple):
    """The rows of a table, and the text that they are laid out as."""

    rows: list[list[str]]
    text: str


def table(r):
    rows = grid(r)
    return Grid(rows, laid_out(r, rows))


def table_holds(given):
    """A table in a text keeps every cell, each below its own head."""
    found = tables_in(given.text)
    heads, *rows = given.rows
    there = [[cell.text for cell in row.cells] for one in found for row in one.rows]
    assert there == rows or len(rows) == 1 and not there, there
    for one in found:
        for at, row in enumerate(one.rows):
            for i in range(1, len(row.cells)):
                assert one.heads_of(at, i) in ((), (heads[i],)), (at, i)
    values = [n.printed for n in Report(given.text).values]
    assert set(values) <= {cell for cells in rows for cell in cells} | {*"123456"}, values


# --- the door: bytes that are to be a text


class File(NamedTuple):
    """The bytes of a file, and the text that they are to be; None where nobody can tell."""

    raw: bytes
    text: str | None


ENCODINGS = "utf-8 utf-8-sig gb18030 utf-16 utf-16-le utf-16-be utf-32 big5 latin-1 cp1252".split()
MISREAD = ["utf-8 gb18030", "utf-8 cp1252", "gb18030 latin-1", "utf-8 latin-1"]
MAGIC = (
    b"PK\x03\x04|PK\x05\x06|%PDF-1.7\n|\xd0\xcf\x11\xe0|{\\rtf1|<?xml version='1.0'?>"
    b"|<!DOCTYPE html><html>|\xff\xfe|\xfe\xff|\xff\xfe\0\0|\xef\xbb\xbf|\0|\x1f\x8b|\x89PNG\r\n"
).split(b"|")
TAGS = """
    <p> </p> <br/> <td> </td> &nbsp; &lt; &amp;lt; &#51; <sup>2</sup> <!-- --> <b
    &shy; <script> </script>
""".split()


def file(r):
    """A text as a program may have stored it, and spoiled."""
    text = pieced(r)
    kind = r.random()
    if kind < 0.25:
        return File(text.encode(r.choice(ENCODINGS), "replace"), None)
    if kind < 0.4:
        return File(text.encode(r.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16"))), text)
    if kind < 0.55:
        real, read_as = r.choice(MISREAD).split()
        return File(text.encode(real, "replace").decode(read_as, "replace").encode(), None)
    if kind < 0.7:
        for _ in range(r.randrange(1, 6)):
            at, signs = (
                r.randrange(len(text) + 1),
                ("\r\n", "\0", "\x85", "\ufffd", "锟斤拷", "???"),
            )
            text = text[:at] + r.choice((*TAGS, *ODD, "\r", *signs)) + text[at:]
        return File(text.encode("utf-8", "surrogatepass"), None)
    raw = text.encode("utf-8")
    if kind < 0.85:
        raw = bytearray(raw)
        for _ in range(r.randrange(1, 4)):
            raw[r.randrange(len(raw))] = r.randrange(256)
        return File(bytes(raw[: r.randrange(1, len(raw) + 1)]), None)
    if kind < 0.95:
        magic = r.choice(MAGIC)
        return File(magic + (raw if r.random() < 0.5 else r.randbytes(r.randrange(60))), None)
    return File(r.randbytes(r.randrange(80)), None)


def pieced(r):
    """A short ordinary text."""
    return "".join(
        "，".join(r.choices(pieces(), k=3)) + "，受理316件。\n" for _ in range(r.randrange(1, 3))
    )


def file_holds(given):
    """Bytes are a text or are refused; what spoils a text is named with its lines; what was cleaned
    is clean, and a text that nothing spoils stays as it is.
    """
    try:
        looked = door.look("a.txt", given.raw)
    except bd.BaodingError as error:
        assert given.text is None, "refused"
        assert str(error).startswith("a.txt: is ") and "; " in str(error), error
        return
    count = looked.text.count("\n") + 1
    for note in (*looked.problems, *looked.remarks):
        assert note.found and all(1 <= line <= count for line in note.lines), note
        in_a_line(note)
    assert given.text is None or looked.text == given.text, "another text"
    text = door.cleaned(looked.text)
    if not looked.problems:
        assert text == looked.text, "cleaned, though nothing spoils it"
    elif text != looked.text and text.strip():
        again = door.look("a.txt", text.encode("utf-8", "replace"))
        assert all(note.by_hand for note in again.problems), again.problems
        assert door.cleaned(text) == text, "cleaned again"


# --- tables of the seeds


class Spoiled(NamedTuple):
    """A file with other bytes, and what was done to it."""

    file: str
    raw: bytes
    what: str


def seeds_file(r):
    """A table of the invented seeds with a cell, a line or some bytes spoiled."""
    name = r.choice(tables_there())
    raw = (FOLDER / name).read_bytes()
    if r.random() < 0.25:
        raw = bytearray(raw)
        for _ in range(r.randrange(1, 4)):
            at = r.randrange(len(raw))
            raw[at : at + r.randrange(2)] = r.choice(
                (b"", b'"', b",", b"\n", b"\r", b"\0", b"\xff", bytes([r.randrange(256)]))
            )
        return Spoiled(name, bytes(raw), "bytes")
    lines = files.cells_of(raw)
    at = r.randrange(len(lines))
    column = r.randrange(len(lines[at]))
    what = r.choice("cell cell cell cell line twice longer shorter swapped".split())
    if what == "cell":
        was, other = lines[at][column], storable(odd_cell(r, lines[at][column]))
        what = f"row {at + 1}, {lines[0][column]}: {was!r} → {other!r}"
        lines[at][column] = other
    elif what == "line":
        del lines[at]
    elif what == "twice":
        lines.insert(at, lines[r.randrange(len(lines))])
    elif what == "longer":
        lines[at] = [*lines[at], storable(odd_cell(r, ""))]
    elif what == "shorter":
        lines[at] = lines[at][:column]
    else:
        a, b = r.randrange(len(lines[at])), column
        lines[at][a], lines[at][b] = lines[at][b], lines[at][a]
    return Spoiled(name, files.written(lines), what)


@cache
def tables_there():
    found = (path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.csv"))
    return sorted(found)


ODD_CELLS = """
    0 -1 1e999 1E+5 NaN Infinity -0
    0x10 １２ ½ ² 1,000 3.50 #REF! #N/A ### =1+1 @a 2022-02-30 2023/3/16
    0000-01-01 9999-12-31 44927 99999 Jan-3 TRUE yes 是 open , 锟斤拷 ???? ٣ exact
    value year whole_area chengping-2023 ../x x/y 999999 { [1] ( [ * {value} 1/3
    4/2 0/0 1-3 三分之一 百分之五 3至5 1111111111111111111111111111111111111111% R1 www
    http://[ | 5/3
""".split()
ODD_CELLS += ["1" * 400, "", *" \t\n", "a\nb", *'"\x00\u200b\ud800\ufffd\u2f8f', '{"a":1}']
ODD_CELLS += ["R1 2023-01-01 abcdef"]


def odd_cell(r, was):
    """Another cell for one."""
    kind = r.random()
    if kind < 0.5:
        return r.choice(ODD_CELLS)
    if kind < 0.7:
        return sentence(r)
    at = r.randrange(len(was) + 1)
    return r.choice(
        (was[:at], was[:at] + r.choice(ODD + "9 \u3000") + was[at:], was + was, was[::-1])
    )


def schema_holds(given):
    """A table is read row by row, and what is wrong with it is told with its row."""
    schema, before = schemas()[given.file]
    read = schema.read(given.file, given.raw, *before)
    count = given.raw.count(b"\n") + given.raw.count(b"\r") + 1
    told([*read.findings, *read.remarks])
    for one in (*read.findings, *read.remarks):
        assert one.file == f"seeds/{given.file}" and 1 <= (one.row or 1) <= count, one
    if read.whole and not read.findings:
        lines = [
            cells
            for cells in csv.reader(io.StringIO(given.raw.decode("utf-8-sig"), newline=""))
            if any(map(str.strip, cells))
        ]
        assert len(read.rows) == len(lines) - 1


@cache
def schemas():
    """The schema of each file of the invented seeds, and the cells that stand before its own."""
    found = {}
    for resource in json.loads(invented()["datapackage.json"])["resources"]:
        own = resource["name"] == "figures"
        for name in resource["path"] if own else [resource["path"]]:
            found[name] = Schema(resource), [Path(name).stem] if own else []
    return found


def folder_holds(given):
    """Whatever stands in one table, the whole is audited, and each finding has its place."""
    told(check(Seeds(FOLDER, invented() | {given.file: given.raw})))


# --- one cell


class Typed(NamedTuple):
    """What stands in a cell, and of which kind it is to be."""

    cell: str
    kind: str


def typed(r):
    return Typed(storable(odd_cell(r, digits(r))), r.choice((*cells.TYPES, "shared")))


def typed_holds(given):
    """What is advised for a cell fits there, and is advised of nothing that fits."""
    said = cells.advice(given.cell, given.kind)
    assert said
    advised = re.search("^write (?!at most|which|it so|year)([^ ,]+)", said)
    if advised and given.kind in ("integer", "number", "date"):
        cells.TYPES[given.kind](advised[1])
    if sign := cells.odd_sign(given.cell):
        assert all(cells.about_sign(sign)) and not cells.all_plain(given.cell)
    if given.kind == "number":
        with contextlib.suppress(ValueError):
            assert cells.plainly(cells.TYPES["number"](given.cell)) == given.cell


# --- drafts


@cache
def scratch():
    """A folder that is gone when the run ends."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def place(name):
    return scratch() / name


@cache
def scanned():
    """The rows of a draft of the invented report, and of a text with a table."""
    text = invented_seeds().texts["chengping-2023"].text
    table = "项目\t受理\t审结\n许可\t3\t2\n处罚\t30\t三\n"
    source = Source(invented_seeds(), Report(f"{text}\n{table}"), "chengping-2023")
    return [row_of(source, number) for number in source.text.numbers]


class Draft(NamedTuple):
    """The lines of a draft, the header first, and which of them were spoiled."""

    lines: list[list[Any]]
    raw: bytes
    spoiled: set[int]


def draft(r):
    """A draft as CSV, with cells, lines or bytes spoiled."""
    lines = [list(LAYOUT.columns), *(row.cells for row in r.sample(scanned(), 4))]
    spoiled = set()
    while r.random() < 0.8:
        at = r.choice((0, 1, 2, 3, 4, 1, 2, 3, 4))
        column = r.randrange(len(lines[at]))
        spoiled.add(at)
        what = r.random()
        if what < 0.7:
            lines[at][column] = storable(odd_cell(r, lines[at][column]))
        elif what < 0.8:
            del lines[at][column]
            lines[at] = lines[at] or [""]
        elif what < 0.9:
            lines[at].insert(column, storable(odd_cell(r, "")))
        else:
            lines[at] = list(lines[r.randrange(5)])
    raw = files.written(lines)
    if r.random() < 0.2:
        raw, spoiled = raw.decode().replace(",", r.choice(";\t|，")).encode(), {0}
    if r.random() < 0.2:
        at = r.randrange(len(raw))
        raw, spoiled = raw[:at] + r.choice((b'"', b"\0", b"\xff", b"\n", b"")) + raw[at + 1 :], {0}
    return Draft(lines, raw, spoiled)


def as_draft(name, raw):
    """The rows of a draft and what is wrong in them; or how it is refused."""
    path = place(name)
    path.write_bytes(raw)
    try:
        rows, wrong = rows_in(path)
    except bd.BaodingError as error:
        assert str(error).startswith(str(path)), error
        return [], [], str(error)
    told(wrong)
    assert all(one.row for one in wrong), wrong
    return rows, wrong, ""


def draft_holds(given):
    """A draft is read row by row or refused; a row that nobody spoiled is read as it stood, and
    what a person may have written in the others can be told.
    """
    rows, wrong, refused = as_draft("draft.csv", given.raw)
    assert not refused or 0 in given.spoiled or "once more" in refused, refused
    if refused:
        return
    for row in rows:
        settled = row.without_refused()
        assert isinstance(row.touched, bool) and settled.without_refused() == settled
        assert row.kept(row).written.keys() >= row.reading.keys() & row.written.keys()
    whole = {row.line: row.cells for row in rows}
    lost = any("characters" in one.found or "read as" in one.found for one in wrong)
    for at, cells_there in enumerate(given.lines[1:], 2):
        if not given.spoiled and not lost:
            assert whole[at] == [cell.strip() for cell in cells_there], at


def book(r):
    """The bytes of a workbook with a draft, of which cells hold what people and programs put in."""
    sheets = Workbook()
    sheet = sheets.active
    sheet.append(list(LAYOUT.columns))
    for row in r.sample(scanned(), 2):
        sheet.append(list(map(fit, row.cells)))
    for _ in range(r.randrange(1, 5)):
        at = sheet.cell(r.choice((1, 2, 3, 3, 4, 5)), r.randrange(1, len(LAYOUT.columns) + 2))
        at.value = r.choice((*VALUES, fit(storable(odd_cell(r, "三十")))))
        at.number_format = r.choice(("General", "General", "0%", "@", "0.00", "yyyy-mm-dd", '0"%"'))
    if r.random() < 0.1:
        sheet.merge_cells("B2:C3")
    if r.random() < 0.1:
        sheets.create_sheet("二").append(list(LAYOUT.columns))
    out = io.BytesIO()
    sheets.save(out)
    raw = out.getvalue()
    if r.random() < 0.1:
        at = r.randrange(len(raw))
        raw = raw[:at] + r.randbytes(3) + raw[at + 3 :]
    return raw


VALUES = [0, 1, -1, 3.5, 0.313, 1e300, 1e-300, True, False, None]
VALUES += ["=1+1", "=SUM(A1:A2)", "#N/A", "#REF!", datetime(2022, 1, 3), datetime(1900, 1, 1, 1)]
VALUES += [time(1, 3), timedelta(days=40), "_x000D_", "_x0041_"]


def fit(cell):
    """A text that a workbook can hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", cell)


def book_holds(raw):
    """A workbook is a draft or is refused; what cannot be read in it is told with its row."""
    rows, _, _ = as_draft("draft.xlsx", raw)
    for row in rows:
        assert all(isinstance(cell, str) for cell in row.cells)
        assert row.without_refused().decision is not None


class Taken(NamedTuple):
    """The lines of a draft that is to be accepted, and whether any of them was spoiled."""

    lines: list[list[str]]
    spoiled: bool


@cache
def read_through():
    """A folder with a report registered, and the lines of its draft as a person has read it."""
    folder = folder_at(place("read"))
    body = "行政复议案件审结40件，维持34件，维持率85%。约三分之一当场办结。"
    reason = next(term.code for term in invented_seeds().terms if term.kind == "unclear")
    decided = ["cases_concluded", "cases_upheld", "upheld_rate", {"reason": reason}]
    draft = drafted(folder, Odd(body, decided))
    return folder, files.cells_of(draft.read_bytes())


def taken(r):
    """A draft that a person has read, with some cells spoiled."""
    lines = [list(cells_there) for cells_there in read_through()[1]]
    count = r.choice((0, 1, 1, 1, 2, 3))
    for _ in range(count):
        at, column = r.randrange(1, len(lines)), r.randrange(len(lines[0]))
        lines[at][column] = storable(odd_cell(r, lines[at][column]))
    return Taken(lines, bool(count))


def taken_holds(given):
    """A draft is taken over whole, or nothing is and each finding has its place; what is taken over
    passes the audit, and is proposed again as it was decided.
    """
    folder, draft = place("taken"), place("taken.csv")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(read_through()[0], folder)
    before = everything(folder)
    draft.write_bytes(files.written(given.lines))
    try:
        done = accept(draft, folder)
    except bd.BaodingError as error:
        assert given.spoiled, error
        assert everything(folder) == before
        return
    assert given.spoiled or done.status == "audited", done
    told(done.findings)
    if done.findings or not done.written:
        assert everything(folder) == before
        return
    assert not [one for one in check(Seeds(folder)) if one.rule != "reader"]
    decided = {(row.at, row.indicator) for row in scan(ODD_REPORT, folder) if row.read}
    assert len(decided) >= done.figures


# --- names


class Asked(NamedTuple):
    """A name as somebody types it, and the code that it is of; "" where it is of none, as far as
    one knows.
    """

    name: str
    code: str
    of: str


def asked(r):
    """A label or a code as it is, spelled otherwise, or with a slip; or any sentence."""
    row = r.choice(invented_seeds().indicators)
    name = r.choice((row.label_zh, row.label_en))
    kind, of = r.random(), r.choice(list(QUESTIONS))
    if kind < 0.3:
        others = (
            name.upper(),
            f" {name}　",
            name.translate(WIDE),
            f"“{name}”",
            name.replace(" ", "  "),
        )
        return Asked(r.choice(others), row.indicator, of)
    if kind < 0.6:
        at = r.randrange(len(name))
        slip = r.choice(("", r.choice(ODD), "x", name[at] * 2))
        return Asked(name[:at] + slip + name[at + 1 :], "", of)
    if kind < 0.7:
        return Asked(r.choice(ODD_CELLS), "", of)
    return Asked(r.choice((row.indicator, sentence(r))), "", of)


QUESTIONS = {
    "figure_of": lambda name, tables: figure_of(tables, f"{name}@{name}"),
    "scope": lambda name, tables: term_of(tables, "scope", name),
    "place": lambda name, tables: place_of(tables, name),
    "find": lambda name, tables: bd.find(name, seeds=tables),
    "figure": lambda name, tables: bd.figure(name, seeds=tables),
    "compare": lambda name, tables: bd.compare(name, seeds=tables),
    "share": lambda name, tables: bd.share(name, name, seeds=tables),
    "change": lambda name, tables: bd.change(name, place=name, seeds=tables),
    "observations": lambda name, tables: bd.observations(name, seeds=tables),
}


def asked_holds(given):
    """Each question by a name has an answer or an error; a label is known however it is
    spelled.
    """
    tables, name = invented_seeds(), given.name
    with contextlib.suppress(bd.BaodingError):
        QUESTIONS[given.of](name, tables)
    if given.code:
        assert indicator_of(tables, name) == given.code
    choices = {row.indicator: [row.label_zh, row.label_en] for row in tables.indicators}
    like = nearest(name, choices)
    assert len(like) <= 5 and len({*like}) == len(like) and {*like} <= {*choices}


# --- what is typed at the command line

COMMANDS = list(cli.COMMANDS)
OPTIONS = """
    --seeds --report --scope --period --topic --lang --peers --strict --rules -o
    --output --place --year --kind --title-zh --published --url --doc-no --help
    --version -- -x --no-such
""".split()
FITTING = "chengping-2023 cases 败诉率 R2 text.txt out.xlsx out.csv figures . / zh".split()


def typed_in(r):
    """The arguments of a command, some of them odd."""
    given = [r.choice(COMMANDS) if r.random() < 0.9 else r.choice(ODD_CELLS)]
    for _ in range(r.randrange(5)):
        words = r.choice(OPTIONS), r.choice(FITTING), r.choice(FITTING), r.choice(ODD_CELLS)
        given.append(r.choice(words))
    return given


def typed_in_holds(given):
    """A command ends with 0, 1 or 2, and says why on the other stream; the tables are as they were,
    whatever could not be done.
    """
    home = place("home")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    seeds = shutil.copytree(FOLDER, home / "seeds")
    for name, raw in invented().items():
        (seeds / name).write_bytes(raw)
    (home / "text.txt").write_text(TEXT, encoding="utf-8", newline="")
    out, said, was = io.StringIO(), io.StringIO(), os.getcwd()
    os.chdir(home)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
            try:
                status = cli.main([*given[:1], "--seeds", "seeds", *given[1:]])
            except SystemExit as error:  # as argparse ends
                status = error.code
    finally:
        os.chdir(was)
    assert status in (0, 1, 2, None), status
    assert status != 2 or said.getvalue().strip(), "2 without a word"
    assert "Traceback" not in said.getvalue()
    if status == 2:
        now = {path.name: path.read_bytes() for path in seeds.rglob("*.csv")}
        assert now == {path.name: path.read_bytes() for path in FOLDER.rglob("*.csv")} | {
            "terms.csv": invented()["terms.csv"]
        }


TEXT = "远禾县人民政府关于2024年法治政府建设情况的报告\n\n2024年，共受理行政复议案件35件。\n\n远禾县人民政府\n2025年1月15日\n"


# --- the description of the tables


ODD_VALUES = r"""
    null true 0 -1 1.5 1e400 "" "\u0020" [] {} [[]] ["x"] "(" "(a+)+"
    "x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*x*" "\u0000" "九" [1,{}]
""".split()


def described(r):
    """The description of the invented seeds with one or a few of its values spoiled, as bytes."""
    package = json.loads(invented()["datapackage.json"])
    every = package["resources"]
    package["resources"] = r.sample(every, len(every) if r.random() < 0.8 else 3)
    for _ in range(r.randrange(1, 4)):
        there, key = package, r.choice(list(package))
        while isinstance(there[key], (dict, list)) and there[key] and r.random() < 0.9:
            there = there[key]
            key = r.choice(list(there)) if isinstance(there, dict) else r.randrange(len(there))
        what = r.random()
        if what < 0.2:
            del there[key]
        elif what < 0.3 and isinstance(there, dict):
            there[f"{key}x"] = there.pop(key)
        else:
            there[key] = json.loads(r.choice(ODD_VALUES))
    raw = json.dumps(package, ensure_ascii=r.random() < 0.5).encode("utf-8", "surrogatepass")
    if r.random() < 0.1:
        at = r.randrange(len(raw))
        raw = raw[:at] + r.choice((b"", b"{", b"\xff", b"[" * 3000, b'"')) + raw[at + 1 :]
    return raw


def described_holds(raw):
    """A description can be used, or each thing wrong with it is told."""
    package, wrong = description.checked(raw)
    for one in wrong:
        assert one.found and one.wanted, one
    if not wrong:
        for resource in package["resources"]:
            schema = Schema(resource)
            for name in tables_there():
                if name in (resource["path"], *resource["path"]):
                    schema.read(name, (FOLDER / name).read_bytes(), *(["x"] if "/" in name else []))


# --- the ways out


def said_of(r):
    before = r.choice(("", "=", "+", "-", "@", "\t", "\r", "'", "＝", "\u200b=", " "))
    return before + odd_cell(r, "注")


def said_of_holds(given):
    """Whatever a text says, a cell of the flat table is no formula, and comes back."""
    figure = of_report(invented_seeds(), "chengping-2023")[0]
    figure = figure._replace(note_en=given, note_zh=given, label_en=given, sentence=given)
    header, row = flat.table(invented_seeds(), [figure], "en")
    for name, cell in zip(header, row, strict=True):
        seen = "".join(c for c in cell if c.isprintable() and not c.isspace() and c not in "␉␍␊")
        assert name in ("value", "Figure") or not re.match(r"[=+\-@＝＋－＠]", seen), (name, cell)
    raw = flat.encoded([header, row])
    assert list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))) == [header, row]


KINDS = {
    "sentences": Kind(sentence, sentence_holds, 350),
    "known": Kind(known, known_holds, 250),
    "cells": Kind(typed, typed_holds, 136),
    "tables": Kind(table, table_holds, 60),
    "texts": Kind(text, text_holds, 50),
    "files": Kind(file, file_holds, 40),
    "schema": Kind(seeds_file, schema_holds, 40),
    "drafts": Kind(draft, draft_holds, 30),
    "names": Kind(asked, asked_holds, 20),
    "ways_out": Kind(said_of, said_of_holds, 10),
    "folders": Kind(seeds_file, folder_holds, 5),
    "description": Kind(described, described_holds, 4),
    "books": Kind(book, book_holds, 2),
    "accept": Kind(taken, taken_holds, 1),
    "commands": Kind(typed_in, typed_in_holds, 2),
}


def main(kind, seed, number):
    """Try one case again, and say what it was and what is not true of it."""
    given = made(kind, seed, int(number))
    what = fault(kind, given)
    print(f"{given!r}\n{what or 'all is true of it'}")
    if what and isinstance(given, str | bytes):
        print(f"the least that still fails: {least(kind, given)!r}")
    return bool(what)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
