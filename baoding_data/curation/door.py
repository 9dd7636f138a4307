"""The door for texts: what a file is, what would spoil its reading, and the text without that.

`add` and `scan` look at a text here and nowhere else. What would spoil the reading is refused, all
of it at once, each with its lines; what does no harm is a remark.
"""

import os
import re
import shlex
import unicodedata
from codecs import BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from baoding_data import limits
from baoding_data.curation import markup
from baoding_data.errors import BaodingError, spans
from baoding_data.reading import content, kind
from baoding_data.shown import in_a_line
from baoding_data.tables import files
from baoding_data.text import mojibake
from baoding_data.text.characters import (
    FILLERS,
    NOT_SEEN,
    NUMERAL_LIKE,
    ODD,
    TURNED,
    plain,
    strange,
    traditional,
    unseen,
)
from baoding_data.text.lines import LONG, Line, alike, broken, lines_of
from baoding_data.text.numbers import numbers_in
from baoding_data.text.report import Report
from baoding_data.writing import put

SHOWN = 8  # so many lines are named


class Note(NamedTuple):
    """What stands in some lines of a text, what it does or was to be, and what to do by hand; ""
    where `clean` does it.
    """

    lines: tuple[int, ...]
    found: str
    wanted: str
    by_hand: str = ""

    def __str__(self) -> str:
        where = in_words(self.lines)
        parts = (f"{where}{self.found}", self.wanted, self.by_hand)
        return in_a_line("; ".join(filter(None, parts)))


class Looked(NamedTuple):
    """A text as it goes on file, what would spoil its reading, and what does no harm."""

    text: str
    problems: list[Note]
    remarks: list[Note]


def in_words(lines: Iterable[int]) -> str:
    """Where something stands, as it is said: “line 3: ”, “lines 3, 5–9 and 12 more: ”.

    >>> in_words([3]), in_words([3, 5, 6, 7]), in_words([])
    ('line 3: ', 'lines 3, 5–7: ', '')
    """
    where = spans(lines, SHOWN)
    return f"line{'s' * (not where.isdigit())} {where}: " if where else ""


# --- what the door says


def text_of(path: str | Path) -> str:
    """The text of a file as it goes on file; raises BaodingError with all that would spoil its
    reading, and the command that writes the text without it.
    """
    looked = look(path, content(path, files.AS_TEXT))
    if not looked.problems:
        return looked.text
    said = _said(path, looked.problems)
    by_hand = [bool(note.by_hand) for note in looked.problems]
    if not all(by_hand):
        command = shlex.join(["baoding", "clean", str(path), "-o", _beside(path)])
        but = ", but for what is to be done by hand" if any(by_hand) else ""
        said.append(f"`{command}` writes it right{but}; {path} stays as it is")
    raise BaodingError("\n".join(said))


def _said(path: str | Path, notes: Iterable[Note]) -> list[str]:
    return [f"{path}, {note}" if note.lines else f"{path}: {note}" for note in notes]


def _beside(path: str | Path) -> str:
    """The name of a file that is not there yet: beside one or, if that cannot be, where one is."""
    whole, count = Path(path), 1
    if not os.access(whole.parent, os.W_OK):
        whole = Path(whole.name)
    while kind(new := whole.with_name(f"{whole.stem}-clean{count if count > 1 else ''}.txt")):
        count += 1
    return str(new)


def look(name: str | Path, raw: bytes) -> Looked:
    """What a file holds, and what is to be said of it; raises BaodingError where that is no text.

    >>> [note.found for note in look("a.txt", "受理<b>316</b>件".encode()).problems]
    ['found mark-up of a web page (HTML), as <b>, </b>']
    """
    text, encoding = _decoded(name, raw)
    problems = [Note((), f"is {encoding}", "wanted UTF-8")] if encoding else []
    text, ends = _with_line_feeds(text)
    if ends:
        problems.append(Note(ends, "found U+000D alone as the end of a line", "wanted a line feed"))
    problems += _misread(text)
    # What else there is, is told of the lines as they would be, and not of what is lost anyway.
    mended = _reread(text, lost="")
    problems += [note for find in _SPOILING for note in find(mended)]
    if not problems:
        problems += _of_no_report(text)
    return Looked(text, problems, remarks(text))


def _of_no_report(text: str) -> Iterator[Note]:
    """What no report has: no number at all, or too many, or a sentence without an end."""
    read, wanted = Report(text), "wanted the text of a report"
    if not read.numbers:
        yield Note((), "found no number in it", wanted, "copy it in full from the published page")
    if len(read.numbers) > limits.NUMBERS:
        found, most = f"found {len(read.numbers):,} numbers in it", f"{limits.NUMBERS:,}"
        yield Note((), found, f"{wanted}, with at most {most}", "leave out what is not the report")
    rows = [row for table in read.tables for row in table.rows]
    long = [one.start for one in (*read.sentences, *rows) if one.end - one.start > limits.SENTENCE]
    if long:
        lines = tuple(sorted({text.count("\n", 0, start) + 1 for start in long}))
        found = f"found a sentence or row of more than {limits.SENTENCE:,} characters"
        hand = "end lines and sentences where the published page does"
        yield Note(lines, found, "wanted one that can be read", hand)


def remarks(text: str) -> list[Note]:
    """What of a text does no harm and is to be known."""
    text, _ = _with_line_feeds(text)
    return [note for find in _HARMLESS for note in find(text)]


def _with_line_feeds(text: str) -> tuple[str, tuple[int, ...]]:
    """A text with a line feed for each end of a line, and the lines that had a bare CR."""
    text = text.replace("\r\n", "\n")
    if "\r" not in text:
        return text, ()
    ends = enumerate(re.findall("\r+\n?|\n", text), 1)
    return re.sub("\r+\n?", "\n", text), tuple(n for n, end in ends if end != "\n")


def _decoded(name: str | Path, raw: bytes) -> tuple[str, str]:
    """The text of a file, and its encoding where it is not UTF-8."""
    what = files.spoiled(raw) or ("an RTF document" if raw.startswith(b"{\\rtf") else "")
    encoding = ""
    if not what or "HTML" in what or "UTF-" in what:
        what = files.too_long(raw) or what
    if "HTML" in what:
        what = ""
    elif "UTF-16" in what:
        encoding = "UTF-32" if raw.startswith((BOM_UTF32_LE, BOM_UTF32_BE)) else "UTF-16"
        text, what = raw.decode(encoding, "replace"), ""
    elif "UTF-8" in what:
        text, encoding = mojibake.decoded(raw)
        what = "" if text else what
    if what:
        raise BaodingError(f"{name}: is {what}; {files.AS_TEXT}")
    if not encoding:
        text = raw.decode("utf-8-sig")
    return text, encoding


# --- the text without what spoils it


class Cleaned(NamedTuple):
    """A text without what would spoil its reading, what was done, and what is left to be done."""

    text: str
    done: list[Note]
    left: list[Note]


def clean(path: str | Path) -> Cleaned:
    """The text of a file without what would spoil its reading; cleaned again it stays as it is.
    Raises BaodingError when the file is no text, or nothing of what spoils it can be taken out.
    """
    looked = look(path, content(path, files.AS_TEXT))
    done = [note for note in looked.problems if not note.by_hand]
    text = cleaned(looked.text)
    left = [note for note in look(path, text.encode("utf-8", "replace")).problems if note.by_hand]
    if left and not done:
        raise BaodingError("\n".join(_said(path, left)))
    return Cleaned(text, done, left)


def cleaned(text: str) -> str:
    """A text without what would spoil its reading, but for what only a person can mend.

    >>> cleaned("受理<b>31\\u200b6</b>件&shy;。\\r办结&lt;5%")
    '受理316件。\\n办结<5%'
    """
    text = _AMPERSANDS.sub("&amp;", text)
    for _ in range(limits.PASSES):  # what an entity stands for may be taken out in turn
        before = text
        text = _reread(_with_line_feeds(text)[0])
        text = markup.taken_out(_BULLET.sub("·", _without_unseen(text)))
        if text == before:
            return text
    raise BaodingError(
        f"the text holds mark-up within mark-up, more than {limits.PASSES} times over;"
        f" {files.AS_TEXT}"
    )


_AMPERSANDS = re.compile("&(?:amp;|#38;|#x26;){2,}")


def _reread(text: str, lost: str | None = None) -> str:
    """A text of which the lines that were read in another encoding are read in their own; one of
    which some is lost stays, or becomes what is given.
    """
    lines = zip(text.split("\n"), mojibake.misread(text), strict=True)
    return "\n".join(
        one.text if one and one.whole else line if one is None or lost is None else lost
        for line, one in lines
    )


def write_clean(path: str | Path, output: str | Path) -> tuple[Cleaned, bool]:
    """Write the text of a file without what would spoil its reading to a new file; whether it was
    written. Raises BaodingError rather than write over a file that holds something else.
    """
    found = clean(path)
    data = found.text.encode()
    return found, put(output, data, "text")


# --- characters

_NAMES = {
    "\u00ad": "soft hyphen",
    "\u034f": "combining grapheme joiner",
    "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner",
    "\u200d": "zero-width joiner",
    "\u2060": "word joiner",
    "\u2800": "Braille blank",
    "\ufeff": "byte order mark inside the text",
}


def _without_unseen(text: str) -> str:
    """A text without what nobody can see; a blank that is none is a blank."""
    taken = {ord(sign): "" for sign in set(text) if unseen(sign)}
    return text.translate(taken | dict.fromkeys(map(ord, FILLERS), " ") | {0x85: "\n"})


_NOT_SEEN = re.compile(f"[{NOT_SEEN}]")
# Signs of Word's symbol fonts before an item of a list.
_BULLET = re.compile("(?m)(?<=^)[\uf020-\uf0ff](?=[ \u00a0\u3000\t]*[^\\s0-9])")


def _characters(text: str) -> Iterator[Note]:
    """Characters that nobody can see, or that mean something else wherever they are shown."""
    places: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.isprintable() and not _NOT_SEEN.search(line):
            continue
        for sign in dict.fromkeys(line):
            if unseen(sign) or not sign.isprintable():
                places.setdefault(sign, []).append(number)
    bullets = set(_BULLET.findall(text))
    mended = set(_BULLET.sub("", text))
    for sign, lines in places.items():
        if note := _of(sign, lines, sign in bullets and sign not in mended):
            yield note


def _of(sign: str, lines: list[int], bullet: bool) -> Note | None:
    """What is to be said of a character; None where it is read as a blank or the end of a line."""
    code, kind = f"found U+{ord(sign):04X}", unicodedata.category(sign)
    if unseen(sign):
        name = _NAMES.get(sign) or unicodedata.name(sign, "a control character").lower()
        wanted = "wanted a blank" if sign in FILLERS else "wanted nothing"
        what = "a character that cannot be seen"
        return Note(tuple(lines), f"{code} ({name}), {what}", f"{wanted} there")
    if sign in TURNED:
        hand = "type the line anew as the published page shows it"
        return Note(tuple(lines), f"{code}, which turns what follows around", "", hand)
    if kind == "Co" and bullet:
        return Note(tuple(lines), f"{code}, a sign of Word's symbol fonts", "wanted “·”")
    if kind in ("Co", "Cn", "Cs"):
        what = {"Co": "private-use", "Cn": "not assigned", "Cs": "half a character"}[kind]
        hand = "write in its place what the published page shows"
        return Note(tuple(lines), f"{code} ({what})", "wanted a character of Unicode", hand)
    return None


# --- other things that spoil the reading


def _by_lines(text: str, tell: Callable[[str], str]) -> dict[str, list[int]]:
    """The lines of which something is told, by what it is."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if told := tell(line):
            found.setdefault(told, []).append(number)
    return found


def _misread(text: str) -> Iterator[Note]:
    """Text that was read in another encoding."""
    found: dict[tuple[str, bool], list[tuple[int, str, str]]] = {}
    lines = zip(text.split("\n"), mojibake.misread(text), strict=True)
    for number, (line, one) in enumerate(lines, 1):
        if one:
            found.setdefault((one.how, one.whole), []).append((number, line, one.text))
    for (how, whole), places in found.items():
        _, line, mended = max(places, key=lambda place: min(len(place[2]), 12))
        says = f"{how}: “{_cut(line)}”"
        hand = "some of it is lost: save the original anew as UTF-8, or copy the published page"
        is_text = f"wanted “{_cut(mended)}”"
        yield Note(tuple(n for n, _, _ in places), f"found {says}", is_text, "" if whole else hand)


def _cut(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= 16 else f"{line[:16]}…"


def _lost(text: str) -> Iterator[Note]:
    """Signs that stand for characters that are lost."""
    for sign, lines in _by_lines(text, lambda line: _lost_in(line)).items():
        code = f"U+{ord(sign[0]):04X}" if sign[0] == "\ufffd" else f"“{sign[:4]}”"
        hand = "write in their place what the published page shows"
        yield Note(tuple(lines), f"found {code}, which stands for lost characters", "", hand)


def _lost_in(line: str) -> str:
    sign = mojibake.lost(line)
    return sign[0] if sign[:1] in ("\ufffd", "?") else sign


def _markup(text: str) -> Iterator[Note]:
    """Tags and entities of a web page."""
    found = list(markup.found(text))
    if not found:
        return
    ends = [0, *(match.end() for match in re.finditer("\n", text))]
    lines, at = [], 0
    for place in sorted(place for place, _ in found):
        while at + 1 < len(ends) and ends[at + 1] <= place:
            at += 1
        lines.append(at + 1)
    signs = list(dict.fromkeys(_cut(sign) for _, sign in found))[:3]
    left_out = sorted(set(markup.unseen(text)))
    shown = f"found mark-up of a web page (HTML), as {', '.join(signs)}"
    wanted = "wanted the text alone"
    if left_out:
        wanted += f", without what a page does not show ({', '.join(left_out)})"
    if count := markup.pictures(text):
        wanted += f"; what {count} picture{'s' * (count > 1)} may show is not in it"
    yield Note(tuple(lines), shown, wanted)


_SPOILING: tuple[Callable[[str], Iterator[Note]], ...] = (_lost, _markup, _characters)


# --- what does no harm

_MENU = re.compile(
    r"(?:首页|网站首页|(?:您|你)?(?:的|现在的|当前)?位置|打印(?:本页)?|分享(?:到)?|关闭(?:本页|窗口)?"
    r"|字号|字体|[大中小]|返回(?:顶部|首页)?|上一[篇页条]|下一[篇页条]|收藏|微信|微博|无障碍(?:浏览)?|繁体版?"
    r"|简体|English|设为首页|加入收藏|网站地图|联系我们|关于我们|扫一扫.{0,12}|跳過導航欄|政府信息公开|政务公开"
    r"|来源|作者|更多|目录|正文|导航|登录|注册|搜索|邮箱|手机版|保护视力色|[+\-＋－]|A[+\-]?)+"
)
_AROUND = re.compile(
    r"(?:您|你)?(?:的|现在的|当前)(?:所在)?位置|(?:信息)?来源[:：]|发布(?:时间|日期|机构)|浏览(?:次数|量)|点击(?:数|量|率)"
    r"|阅读(?:次数|量)?[:：]|访问量|索\s?引\s?号|版权所有|主办(?:单位)?[:：]|承办(?:单位)?[:：]|.{0,2}ICP备|.{0,4}公网安备"
    r"|网站标识码|责任编辑|【?(?:打印|关闭|字体|字号|大 中 小)|相关(?:链接|文章|附件)|附件下载|跳過導航欄|字[号体][:：]"
)
_SEPARATORS = re.compile("[\\s|>＞/\\[\\]【】()（）:：·»-]+")


def _around(text: str) -> Iterator[Note]:
    """Words of a web page at the top or bottom of a text."""
    numbered = [(n, line.strip()) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    edges = numbered[:15] + numbered[15:][-15:]
    found = [(n, line) for n, line in edges if _is_menu(line)]
    if found:
        words = ", ".join(f"“{_cut(line)}”" for _, line in found[:3])
        says = f"words that a web page has around its text: {words}"
        advice = "they are no part of the report; its numbers are listed with the others"
        yield Note(tuple(n for n, _ in found), says, advice)


def _is_menu(line: str) -> bool:
    words = [word for word in _SEPARATORS.split(line) if word]
    sure = [word for word in words if len(word) > 1]
    around = _AROUND.match(line) and len(line) <= 80 and line[-1] not in "。；"
    return bool(around) or bool(sure) and all(map(_MENU.fullmatch, words))


def _pages(text: str) -> Iterator[Note]:
    """Numbers of pages, heads that stand on every page, ends of pages."""
    lines = lines_of(text)
    pages = tuple(n for n, line in enumerate(lines, 1) if line.kind == "page")
    heads: dict[str, list[int]] = {}
    for n, line in enumerate(lines, 1):
        if line.kind == "head":
            heads.setdefault(line.text, []).append(n)
    apart = "kept out of the sentences"
    if pages:
        yield Note(pages, "numbers of pages on lines of their own", apart)
    for head, places in heads.items():
        yield Note(tuple(places), f"“{_cut(head)}”, which is repeated on each page", apart)
    feeds = tuple(n for n, line in enumerate(text.split("\n"), 1) if re.search("[\f\v]", line))
    if feeds:
        yield Note(feeds, "form feeds", "read as ends of lines")


_NUMBER = re.compile("[0-9][0-9,.]*%?")


def _wrapped(text: str) -> Iterator[Note]:
    """Lines that a program broke, and rows of tables."""
    if count := broken(text):
        ends = f"{count} line ends" if count > 1 else "one line end"
        yield Note((), f"{ends} inside sentences", "read as if they were not there")
    lines = lines_of(text)
    rows = tuple(n for n, line in enumerate(lines, 1) if line.kind == "table")
    if len(rows) > 1:
        yield Note(rows, "cells in columns", "each row is read by itself")
    if cells := tuple(_flattened(lines)):
        says = "cells of a table on lines of their own"
        yield Note(cells, says, "what a number counts stands on another line")


def _flattened(lines: Sequence[Line]) -> Iterator[int]:
    """The lines of tables that were copied with a line for each cell."""
    run: list[int] = []
    for n, line in enumerate([*lines, Line("。" * LONG, 0, 2 * LONG, "words")], 1):
        words = line.kind in ("words", "cell")
        if words and (line.width > 24 or line.text[-1] in "。；，：;,:"):
            bare = [at for at in run if _NUMBER.fullmatch(lines[at - 1].text)]
            if len(run) >= 6 and 3 * len(bare) >= len(run):
                yield from run
            run = []
        elif words:
            run.append(n)


def _alike(text: str) -> Iterator[Note]:
    """Characters that are read as others that look like them."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for sign in dict.fromkeys(line):
            if alike(sign):
                found.setdefault(sign, []).append(number)
    if found:
        signs = [f"{sign} U+{ord(sign):04X} as {alike(sign)}" for sign in found]
        lines = tuple(line for places in found.values() for line in places)
        said = "radicals and compatibility forms, read as the ordinary characters"
        yield Note(lines, said, _listed(signs))


def _strange(text: str) -> Iterator[Note]:
    """Characters of other scripts than such texts are in, and what they are read as."""
    kinds: dict[bool, dict[tuple[str, str], list[int]]] = {True: {}, False: {}}
    for number, line in enumerate(text.split("\n"), 1):
        found = strange(line)
        read = plain(line) if found else ""
        for at, sign in found:
            if not (alike(sign) or unseen(sign) or not sign.isprintable()):
                other = read[at] if read[at] != sign else ""
                kinds[bool(other)].setdefault((sign, other), []).append(number)
    for is_read, places in kinds.items():
        if places:
            signs = [_described(sign, other, len(lines)) for (sign, other), lines in places.items()]
            told = "read as others" if is_read else "read as no letter and no digit"
            lines = tuple(line for found in places.values() for line in found)
            yield Note(lines, f"characters that such texts seldom use, {told}", _listed(signs))


def _described(sign: str, other: str, count: int) -> str:
    name = unicodedata.name(sign, "without a name").lower()
    read = f", as {other}" if other else ""
    times = f", {count} times" if count > 1 else ""
    return f"{sign} U+{ord(sign):04X} ({name}){read}{times}"


def _listed(signs: Sequence[str]) -> str:
    more = f" and {len(signs) - SHOWN} more" if len(signs) > SHOWN else ""
    return f"{', '.join(signs[:SHOWN])}{more}"


_LIKE = re.compile(f"{ODD}|[{NUMERAL_LIKE}lIOo|]")


def _half_read(text: str) -> Iterator[Note]:
    """Numbers in or beside which a character stands that only looks like a digit."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for one in numbers_in(line) if _LIKE.search(line) else ():
            around = line[max(0, one.start - 1) : one.end + 1]
            if one.doubt == "letters" and (sign := _LIKE.search(around)):
                said = f"{sign[0]} U+{ord(sign[0]):04X} in “{around}”"
                found.setdefault(said, []).append(number)
    if found:
        lines = tuple(line for places in found.values() for line in places)
        said = "what is no digit in or beside a number, which is unclear"
        yield Note(
            lines, f"{said}: {_listed(list(found))}", "look whether the published page has it"
        )


def _traditional(text: str) -> Iterator[Note]:
    lines = tuple(n for n, line in enumerate(text.split("\n"), 1) if traditional(line))
    if lines:
        said = (
            "traditional characters of numerals, units and words of bound were read as simplified"
        )
        yield Note(lines, f"{said} ones", "")


_MARKDOWN = re.compile(r"#{1,6} |:::|\[\^[^\]]+\]:?|.*\]\(https?://|.*\*\*[^*]+\*\*|.*\[\^[^\]]+\]")
_DATA = re.compile(r"""\s*[{\[]\s*['"]?[A-Za-z_]+['"]?\s*:.*[}\]],?\s*$""")


def _of_programs(text: str) -> Iterator[Note]:
    """Signs of Markdown, and data of a program."""
    for pattern, says in (
        (_MARKDOWN, "signs of Markdown; the number of a note is listed with the others"),
        (_DATA, "data of a program, and not the text of a report"),
    ):
        lines = [n for n, line in enumerate(text.split("\n"), 1) if pattern.match(line)]
        if lines:
            yield Note(tuple(lines), says, "")
    if len(text) >= 60 and 0 < mojibake.likely(text) < 0.15:
        yield Note((), "hardly any common Chinese character", "is this the right encoding?")


_HARMLESS: tuple[Callable[[str], Iterator[Note]], ...] = (
    _around,
    _pages,
    _wrapped,
    _alike,
    _strange,
    _half_read,
    _traditional,
    _of_programs,
)
