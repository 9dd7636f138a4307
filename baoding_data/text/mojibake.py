"""Text that was read in another encoding than it was written in, told by what it decodes to."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from baoding_data.patterns import lazy_pattern

# The commonest characters of such reports, and of texts in traditional characters: of Chinese text
# they make up half, of mojibake next to nothing.
_COMMON = frozenset(
    "法治政行件市全的项府建执人年一实办设制案和个理部作是工议会务三审规公事成定化率开不范动推进大律中"
    "二提委县查度督合省上在级以次解责发力重决监为有主对平关诉调出依万点区到分机问民学十强加员百体要文领"
    "单持改策性复面各现等镇业新服展题任门用企保名落报时评下处乡导方效管信程量组立告清常权位结受四高格罚"
    "意条众专升入示与完干街社共场证习深增备通份情基层至数接坚近整地同党考核联施严达元五知于创察其目台求"
    "群协日比检况家织道职宣期环月余收明续之少自均普集布向质了参请内前六书见直修应纠生好培序息式承可态经"
    "能域庭及申负限多过训争商估贯按代着里我他这来说们国时也就得那你子去自然后所都起看样看天两只但或因"
    "關於報告項個機會務規實辦設執審議導門產業發展開進國際這來說們時還後過對無與為並點處區縣當從應將據資"
    "总统计合州訊級總統計畫電學經濟動區現種條員長問題數萬億餘兩標準專權責單協調訴訟決構組織結論環認"
)
_HAN = lazy_pattern("[\u3400-\u9fff\uf900-\ufaff]")
# Between Chinese characters no run of these is meant, if it decodes to Chinese.
_WESTERN_RUN = lazy_pattern("[^\u2e80-\uffef\n\t ]+")
_WESTERN_SIGN = lazy_pattern("[^\x00-\x7f\u2e80-\uffef]")
_LOST = lazy_pattern("\ufffd+|锟斤拷?|斤拷|烫{3,}|屯{3,}|(?<=[\u4e00-\u9fff，、])\\?{2,}")
_NAMES = {
    "utf-8": "UTF-8",
    "gb18030": "GBK",
    "big5": "Big5",
    "cp1252": "Latin-1",
    "mac_roman": "Mac Roman",
    "cp437": "the encoding of DOS",
    "cp1251": "Cyrillic",
}
_WESTERN = ("cp1252", "mac_roman", "cp437", "cp1251")


class Misread(NamedTuple):
    """A line that was read in another encoding: what it would be, and whether all of it is left."""

    text: str
    how: str
    whole: bool


def likely(text: str) -> float:
    """How much of the Chinese characters of a text are common ones, from 0 to 1.

    >>> likely("全市共受理行政复议案件") > 0.8 > 0.2 > likely("鍏ㄥ競鍏卞彈鐞嗚鏀垮璁妗堜欢")
    True
    """
    characters = _HAN.findall(text)
    return sum(c in _COMMON for c in characters) / len(characters) if characters else 0


def lost(line: str) -> str:
    """The first signs of a line that stand for lost characters, or "".

    >>> lost("共受理锟斤拷案件316件"), lost("共受理????案件"), lost("共受理案件？")
    ('锟斤拷', '????', '')
    """
    found = _LOST.search(line)
    return found[0] if found else ""


def misread(text: str) -> list[Misread | None]:
    """For each line of a text what it would be, had it been read in its own encoding; None where it
    was.

    >>> misread("å\\x85¨å¸\\x82316ä»¶\\n全市316件")
    [Misread(text='全市316件', how='UTF-8 read as Latin-1', whole=True), None]
    """
    # Any few Chinese characters may be others in Big5; in a text that is likely they are not.
    foreign = len(_HAN.findall(text)) >= 20 and likely(text) < 0.25
    return [_misread(line, foreign) for line in text.split("\n")]


# What a table in Chinese holds only where it was misread: lost characters, letters of the West in a
# row, and the characters with which the commonest ones begin when UTF-8 is read as GBK.
_BEGINNINGS = {sign.encode().decode("gb18030", "replace")[0] for sign in _COMMON} - _COMMON
_LOST_CELL = lazy_pattern(r"\?{3,}|(?<![^,])\?{2,}(?![^,])")
_SUSPECTS = [
    lazy_pattern(f"[\ufffd锟{''.join(sorted(_BEGINNINGS))}]"),
    lazy_pattern("[\u00a1-\u04ff][^\x00-\x7f\u2e80-\uffef]"),
    lazy_pattern(r"\?\?"),
]
_SUSPECT = lazy_pattern("|".join(one.pattern for one in _SUSPECTS))


def suspect(text: str) -> bool:
    """Whether a row of a text may be told by `in_rows`: in most texts none is."""
    return any(one.search(text) for one in _SUSPECTS)


def _plain_han() -> str:
    """The class of the Han characters that are no sign of a text that was misread."""
    signs = sorted({ord(sign) for sign in _BEGINNINGS | {"锟"}} & {*range(0x4E00, 0xA000)})
    edges = zip([0x4DFF, *signs], [*signs, 0xA000], strict=True)
    return "".join(f"{chr(a + 1)}-{chr(b - 1)}" for a, b in edges if a + 1 < b)


# Of such characters most texts consist: nothing is odd in one of these alone, or suspect.
ORDINARY = lazy_pattern(
    f"[\n ->@-~\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2030\u2460-\u2473"
    f"\u3001\u3002\u3008-\u3017\uff01-\uff5e{_plain_han()}]*"
)


class Row(NamedTuple):
    """A row of a table that is not as it was written: how it begins, and what happened to it."""

    number: int
    sign: str
    how: str


LOST = "characters lost"


def in_rows(rows: Iterable[tuple[int, str]]) -> list[Row]:
    """The rows of a table that were read in another encoding than they were written in, or whose
    characters are lost.

    >>> [row.how for row in in_rows([(2, "件"), (3, "ä»¶,316"), (4, "about,??,7")])]
    ['UTF-8 read as Latin-1', 'characters lost']
    """
    found = []
    for number, row in rows:
        if not _SUSPECT.search(row):
            continue
        if how := _misread(row.replace("\n", " "), foreign=False):
            first = next(cell for cell in row.split(",") if _SUSPECT.search(cell))
            found.append(Row(number, f"{first[:8]}…", how.how))
        elif sign := _LOST_CELL.search(row) or _LOST.search(row):
            found.append(Row(number, sign[0], LOST))
    return found


@lru_cache(1024)  # the rows of a draft hold one sentence for each of its numbers
def _misread(line: str, foreign: bool) -> Misread | None:
    if line.isascii():
        return None
    if _WESTERN_SIGN.search(line):
        for read_as in _WESTERN:
            for real in ("utf-8", "gb18030"):
                if found := _western(line, read_as, real):
                    return found
    return _chinese(line, foreign)


def _western(line: str, read_as: str, real: str) -> Misread | None:
    """A line in which runs of Western letters decode to Chinese, at once or when decoded twice."""
    found: list[tuple[str, int]] = []

    def decoded(match: re.Match[str]) -> str:
        text = match[0]
        if text.isascii():
            return text
        for times in (1, 2):
            text = _bytes(text, read_as).decode(real, "replace").replace("\x1a", "\ufffd")
            if _is_chinese(text, real):
                found.append((text, times))
                return text
        return match[0]

    text = _WESTERN_RUN.sub(decoded, line)
    twice = ", twice" if any(times == 2 for _, times in found) else ""
    how = f"{_NAMES[real]} read as {_NAMES[read_as]}{twice}"
    whole = all("\ufffd" not in run for run, _ in found)
    return Misread(text, how, whole) if found else None


def _bytes(text: str, encoding: str) -> bytes:
    """The bytes that were read; those that the encoding does not have were kept as they are."""

    def byte(sign: str) -> bytes:
        try:
            return sign.encode(encoding)
        except UnicodeEncodeError:
            return bytes([ord(sign)]) if ord(sign) < 256 else b"\x1a"

    return b"".join(map(byte, text))


def _is_chinese(text: str, real: str) -> bool:
    """Whether a decoded run is Chinese text, whole or nearly, or Chinese punctuation alone. What is
    UTF-8 is so hardly ever by chance; any two letters may be a character of GBK.
    """
    signs = re.search("[\u3000-\u303f\uff00-\uffef]", text)
    characters = _HAN.findall(text)
    share, least = (0.3, 1) if real == "utf-8" else (0.6, 2)
    lacking = text.count("\ufffd")
    if characters:
        return len(characters) >= max(least, lacking) and likely(text) >= share
    return bool(signs) and real == "utf-8" and not lacking


def _chinese(line: str, foreign: bool) -> Misread | None:
    """A line of rare Chinese characters that decodes to common ones."""
    now = likely(line)
    if now > 0.3 or not _HAN.search(line):
        return None
    found = None
    pairs = [("gb18030", "utf-8"), ("gb18030", "big5"), ("big5", "gb18030")]
    for read_as, real in pairs if foreign else pairs[:1]:
        text = _again(line, read_as, real)
        better = likely(text) > max(0.45, 2 * now) and len(_HAN.findall(text)) >= 2
        if better and (found is None or likely(text) > likely(found.text)):
            how = f"{_NAMES[real]} read as {_NAMES[read_as]}"
            found = Misread(text, how, "\ufffd" not in text)
    return found


def _again(line: str, read_as: str, real: str) -> str:
    """A line decoded anew; what is lost in it stays so."""

    def byte(sign: str) -> bytes:
        try:
            return b"\x1a" if sign == "\ufffd" else sign.encode(read_as)
        except UnicodeEncodeError:
            return b"\x1a"

    raw = b"".join(map(byte, line))
    return raw.decode(real, "replace").replace("\x1a", "\ufffd")


def decoded(raw: bytes) -> tuple[str, str]:
    """The text that bytes hold that are not UTF-8, and the name of its encoding; ("", "") where
    they are no Chinese text in any.

    >>> decoded("受理案件316件".encode("gbk"))
    ('受理案件316件', 'GBK or GB18030')
    """
    names = {
        "gb18030": "GBK or GB18030",
        "big5": "Big5",
        "utf-16-le": "UTF-16",
        "utf-16-be": "UTF-16",
    }
    found = [(likely(text), text, names[name]) for name in names if (text := _text(raw, name))]
    share, text, name = max(found, default=(0, "", ""))
    return (text, name) if share >= 0.3 else ("", "")


def _text(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return ""
