"""The lines of a text as programs leave them, and the text as it is read: lines that a program
broke are joined, what a page has around them is kept out of the sentence, and characters that only
look like others are read as these, one for one.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from baoding_data.patterns import lazy_pattern
from baoding_data.text import inventory

_NUMERALS = "一二三四五六七八九十"
# What begins a line that goes on with nothing: a heading, a point, the item of a list, the name of
# a table, the date at the end.
_NEW_PART = lazy_pattern(
    rf"[{_NUMERALS}]+[、是]"
    rf"|[(（][{_NUMERALS}0-9]+[)）]"
    rf"|第[{_NUMERALS}]+[章节部]"
    r"|[0-9]+[.、．](?![0-9])|#{1,6} |- |[>*•●■◆▪{]|\[\^|:::"
    r"|[①-⑳]|\[[0-9]{1,3}\](?![，。、；：])"
    rf"|(?:附?[表图]|附件?) ?[{_NUMERALS}0-9]{{0,3}} ?[:：]"
    r"|(?:信息)?来源[:：]|发布(?:时间|日期)[:：]|单位[:：]|备?注[:：]|责任编辑[:：]"
    r"|[(（](?:本列|本表|单位)"
    r"|[^\n]{0,20}年[^\n]{1,4}月[^\n]{1,4}日[）)]?[^\S\n]*$"
)
_YEAR = lazy_pattern("[0-9]{4}年")
_FINISHED = "。！？；：…”》!?;:"
_ENDS = "。！？…!?"  # after these it is finished, however long the line is
_QUOTED = "”》"  # at the end of a line that is full they finish nothing by themselves
_HALF = "；：;:"  # nor do these inside a paragraph; elsewhere they may end the item of a list
# What a program leaves whole: a word or a number, and marks that begin or end no line.
_PIECE = lazy_pattern("[“‘《〈（(〔【]*(?:[!-~]+|.)[，。、；：！？”’》〉）)〕】]*")
_EITHER = lazy_pattern("[“”‘’…—·]")  # half as wide as a Han character, or as wide, as a font has it
_BLANKS = " \u00a0\u3000\t\r\f"
_GAP = lazy_pattern("[ \u00a0\u3000]{2,}|[ \u00a0\u3000]*[\t|][ \u00a0\u3000\t|]*")
_APART = lazy_pattern("[ \u00a0\u3000]{2}|[\t|]")
_PARTING = " \u00a0\u3000\t|"  # most lines have none of these
_ITEM = lazy_pattern(rf"[(（]?[0-9{_NUMERALS}]{{1,3}}[)）.、．][ \u00a0\u3000\t]*(?![0-9])")
_MARKS = lazy_pattern("[，。；,;]")
_NUMBERED_PAGE = lazy_pattern(
    r"[-—–－─·•.]{1,3} ?[0-9]{1,4} ?[-—–－─·•.]{1,3}"
    r"|第 ?[0-9]{1,4} ?页(?:[ ，,/]{0,2}共 ?[0-9]{1,4} ?页)?|[0-9]{1,4} ?/ ?[0-9]{1,4}"
    r"|(?:[Pp]age|P\.) ?[0-9]{1,4}(?: of [0-9]{1,4})?"
)
_BARE = lazy_pattern("[0-9]{1,4}")
_NUMBER = lazy_pattern("-?[0-9０-９][0-9０-９.,，．]*[%％]?")
_DIGITS = frozenset("0123456789０１２３４５６７８９%％")
ROW_ENDS = _DIGITS | {"‰"}
_CELL = 40  # characters; a cell that is a line of its own is no longer
_NARROW = lazy_pattern("[^\u2e80-\U0010ffff]+")
LONG = 30  # in Latin letters, of which a Han character takes two; a shorter line is a break meant
_NEARLY = 5  # so much may be lacking to a line that is full: the next sign did not fit
_SET_IN = 8  # further in than that stands a head of columns, or what is centred


class Line(NamedTuple):
    """A line of a text: its words, how far it is set in, how wide the words are, and what it is:
    `words`, `blank`, a `table`'s row or a `cell` alone, the number of a `page`, or a `head` that
    stands on each page.
    """

    text: str
    indent: int
    width: int
    kind: str


def lines_of(text: str) -> list[Line]:
    """The lines of a text, told apart.

    >>> [line.kind for line in lines_of("各项  2022年  2023年\\n- 5 -\\n受理316件。")]
    ['table', 'page', 'words']
    """
    raw = text.split("\n")
    words = [line.strip(_BLANKS) for line in raw]
    pages = _pages(words)
    heads = _heads(raw, words, pages)
    cells = _stacked(words)
    found = []
    for at, (line, inner) in enumerate(zip(raw, words, strict=True)):
        kind = "page" if at in pages else "head" if at in heads else _kind(inner)
        kind = "cell" if kind == "words" and at in cells else kind
        found.append(Line(inner, _indent(line), _width(inner), kind))
    return found


def _kind(words: str) -> str:
    if not words:
        return "blank"
    if not (any(sign in words for sign in _PARTING) and _APART.search(words)):
        count = numbers_at_end(words)
        return "table" if count > 2 and not maybe_one(words.split(" ")[-count:]) else "words"
    mark = _ITEM.match(words)
    cells = [cell for cell in _GAP.split(words[mark.end() if mark else 0 :]) if cell]
    if "|" in words:
        return "table" if len(cells) != 1 or not _MARKS.search(words) else "words"
    if len(cells) == 1 or any(_MARKS.search(cell) and len(cell) >= 10 for cell in cells):
        return "words"
    return "table" if len(cells) > 2 or not _MARKS.search(words) else "words"


def numbers_at_end(words: str) -> int:
    """How many numbers stand at the end of a line with a blank before each; 0 if there is nothing
    before them.

    >>> numbers_at_end("规章 2 0 11")
    3
    """
    parts = words.split(" ") if words[-1:] in _DIGITS and not _MARKS.search(words) else []
    return next((n for n, part in enumerate(parts[::-1]) if not _NUMBER.fullmatch(part)), 0)


def maybe_one(numbers: Sequence[str]) -> bool:
    """Whether numbers with blanks between them may be one: 1 234 567."""
    return len(numbers[0]) <= 3 and all(len(number) == 3 for number in numbers[1:])


def _indent(line: str) -> int:
    """How far a line is set in."""
    before = line[: len(line) - len(line.lstrip(_BLANKS))]
    return sum(1 + (c == "\u3000") for c in before if c not in "\r\f")


def _width(words: str) -> int:
    """How wide words are; blanks, which programs put in and take away, do not count."""
    signs = "".join(words.split())
    return 2 * len(signs) - len("".join(_NARROW.findall(signs)))


def _stacked(words: Sequence[str]) -> set[int]:
    """The lines that are each a cell of a table: among short ones without marks, three numbers."""
    found: set[int] = set()
    ended = [line for line in words if line[-1:] in _DIGITS]
    if sum(bool(_NUMBER.fullmatch(line)) for line in ended) < 3:
        return found
    run: list[int] = []
    for at, line in enumerate([*words, _FINISHED]):
        if line and len(line) <= _CELL and not _MARKS.search(line) and "。" not in line:
            run.append(at)
        elif line:
            if sum(bool(_NUMBER.fullmatch(words[i])) for i in run) >= 3:
                found.update(run)
            run = []
    return found


# --- what a page has around its lines


def _pages(words: Sequence[str]) -> set[int]:
    """The lines that hold the number of a page: with its signs, or bare between two lines of words
    where such numbers count up.
    """
    found = {at for at, line in enumerate(words) if _NUMBERED_PAGE.fullmatch(line)}
    bare = [at for at, line in enumerate(words) if _BARE.fullmatch(line) and _in_prose(words, at)]
    counting = [
        {one, other}
        for one, other in zip(bare, bare[1:], strict=False)
        if int(words[other]) == int(words[one]) + 1
    ]
    return found.union(*counting)


def _in_prose(words: Sequence[str], at: int) -> bool:
    """Whether a line stands between two lines of words, and not in a table."""
    before = next((line for line in reversed(words[max(0, at - 6) : at]) if line), "")
    after = next((line for line in words[at + 1 : at + 8] if line), "")
    goes_on = _width(after) >= LONG or _MARKS.search(after)
    words_only = _kind(before) == _kind(after) == "words"
    return bool(words_only and goes_on and _width(before) >= LONG)


def _heads(raw: Sequence[str], words: Sequence[str], pages: set[int]) -> set[int]:
    """The lines that are repeated where one page ends and the next begins."""
    breaks = pages | {at for at, line in enumerate(raw) if "\f" in line}
    beside: dict[str, set[int]] = {}
    for at in sorted({near for one in breaks for near in _beside(words, pages, one)}):
        beside.setdefault(words[at], set()).add(at)
    return {at for places in beside.values() if len(places) > 1 for at in places}


def _beside(words: Sequence[str], pages: set[int], at: int) -> Iterator[int]:
    """The lines of words next to a place, over empty ones and numbers of pages: two after it."""
    after = [i for i in range(at, min(at + 8, len(words))) if words[i] and i not in pages]
    before = [i for i in range(at - 1, max(at - 6, -1), -1) if words[i] and i not in pages]
    for near in after[:2] + before[:1]:
        if len(words[near]) <= 60 and not _MARKS.search(words[near]):
            yield near


# --- lines that a program broke


def unbroken(text: str) -> str:
    """The text without the line ends that stand within a sentence: the line before is as wide as
    others and unfinished, and the next begins no new part. The number or head of a page that
    stands between the two comes behind the line; rows of a table stay alone.
    """
    text = _by_pages(text)
    raw, lines = text.split("\n"), lines_of(text)
    wrapped = _Wrapped(lines)
    found: list[str] = []
    at = 0
    while at < len(raw):
        halves, between, on = [raw[at]], [], at
        while following := wrapped.goes_on(on, on > at):
            between += [raw[i] for i in range(on + 1, following) if lines[i].kind != "blank"]
            halves[-1] = halves[-1].rstrip(_BLANKS)
            halves += [_blank(halves[-1], lines[following].text), raw[following].lstrip(_BLANKS)]
            on = following
        found += ["".join(halves), *between]
        at = on + 1
    return "\n".join(found).replace("\f", "")


def broken(text: str) -> int:
    """How many line ends of a text stand within its sentences."""
    wrapped = _Wrapped(lines := lines_of(_by_pages(text)))
    on, count = 0, 0
    for at in range(len(lines)):
        if at >= on and (following := wrapped.goes_on(at, at == on > 0)):
            on, count = following, count + 1
    return count


def _by_pages(text: str) -> str:
    """The text with each page beginning a line."""
    return text.replace("\n\f", "\f").replace("\f", "\n\f")


def _blank(line: str, more: str) -> str:
    """What stands between two halves of a line: words of Latin letters keep their blank."""
    letters = [sign.isascii() and sign.isalpha() for sign in (line[-1:], more[:1])]
    return " " if all(letters) else ""


class _Measure(NamedTuple):
    """How lines are measured, and how much may be lacking to one that is full."""

    size: Callable[[str], int]
    nearly: int


class _Wrapped:
    """The lines of a text, and how wide they are where a program broke them."""

    def __init__(self, lines: list[Line]):
        self.lines = lines
        widths = sorted(line.width for line in lines if line.kind == "words")
        # Where a program has broken the lines, most are equally wide; a heading is shorter than
        # they, and than a paragraph that was left whole.
        upper = widths[3 * len(widths) // 4] if widths else 0
        self.long = max(LONG, 3 * upper // 4)

    @cached_property
    def full(self) -> tuple[int, _Measure]:
        """The size of a line that is full, or 0, and how it is measured."""
        long = [line.text for line in self.lines if line.kind == "words" and line.width >= LONG]
        # Most programs break lines where they are wide enough, some after so many signs.
        measures = (_Measure(_width, _NEARLY), _Measure(len, _NEARLY // 2))
        _, size, measure = max(((*_full(long, one), one) for one in measures), key=itemgetter(0))
        return size, measure

    def goes_on(self, at: int, inside: bool) -> int:
        """The line in which the sentence of a line goes on that ends with it, or 0; `inside` says
        that the line itself goes on with another.
        """
        line = self.lines[at]
        if line.kind != "words" or line.width < self.long:
            return 0
        following, page_ends = self._following(at)
        if not following or _begins(line, self.lines[following]):
            return 0
        full = self._is_full(line, self.lines[following])
        further = self.lines[following].indent - line.indent
        within = full and (further < 0 or inside and not further)
        if _finished(line, full, within) or self._in_table(at, following):
            return 0
        if following == at + 1 and not self.lines[following].indent:
            return following
        # Over an empty line, or set in, it is the same sentence only if the line was full, and was
        # in the middle of one, or the first of a paragraph.
        goes_on = (page_ends or full) and further <= _SET_IN
        if goes_on and (further < 0 or inside or _MARKS.search(line.text)):
            return following
        return 0

    def _in_table(self, at: int, following: int) -> bool:
        """Whether two lines are a label of a table: rows stand around them, no sentence ends."""
        if self.lines[following].text[-1] in "。；":
            return False
        before = next((self.lines[i].kind for i in range(at - 1, -1, -1) if self._says(i)), "")
        after = range(following + 1, len(self.lines))
        return before == "table" == next((self.lines[i].kind for i in after if self._says(i)), "")

    def _says(self, at: int) -> bool:
        return self.lines[at].kind != "blank"

    def _is_full(self, line: Line, following: Line) -> bool:
        """Whether what begins the next line had no room in a line, the first of a paragraph being
        set in.
        """
        further = line.indent - following.indent
        set_in = further if 0 < further <= _SET_IN else 0
        piece = _PIECE.match(following.text)
        full, (size, nearly) = self.full
        no_room = max(nearly, size(piece[0]) if piece else 0)
        marks = len(_EITHER.findall(line.text)) if size is _width else 0
        return 0 < full <= size(line.text) + marks + set_in + no_room

    def _following(self, at: int) -> tuple[int, bool]:
        """The next line of words, and whether a page ends before it; 0 where a row of a table, or
        nothing, comes first.
        """
        page_ends = False
        for following in range(at + 1, len(self.lines)):
            kind = self.lines[following].kind
            if kind == "words":
                return following, page_ends
            if kind in ("table", "cell"):
                break
            page_ends = page_ends or kind in ("page", "head")
        return 0, False


def _full(lines: Sequence[str], measure: _Measure) -> tuple[int, int]:
    """How many lines are full, and the size of these; 0 where they are of all sizes, as written."""
    counted = Counter(map(measure.size, lines))

    def near(size: int) -> int:
        return sum(counted[size - less] for less in range(measure.nearly + 1))

    best = max(counted, key=near, default=0)
    return (near(best), best) if near(best) >= 3 and 2 * near(best) >= len(lines) else (0, 0)


def _finished(line: Line, full: bool, within: bool) -> bool:
    """Whether a sentence ends with a line that is full, or is one within a paragraph."""
    last = line.text[-1]
    if full and last in _QUOTED:
        return line.text[-2:-1] in tuple("。！？")
    return last in _FINISHED and not (within and last in _HALF)


def _begins(line: Line, following: Line) -> bool:
    """Whether a line begins a new part, or parts a year from a number."""
    year = line.text[-1].isdigit() and _YEAR.match(following.text)
    return bool(_NEW_PART.match(following.text) or year)


# --- characters that look like others

_FORMS = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹐﹑﹒﹔﹕﹖﹗﹙﹚﹪",
        "，、。：；！？〖〗（）｛｝〔〕【】《》〈〉「」『』，、．；：？！（）%",
        strict=True,
    )
)
# What Unicode itself names no ordinary character for.
_RADICALS = dict(
    zip(
        "⺝⺟⺠⺫⺮⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "月母民目竹虎西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
LIKE_OTHERS = (
    "\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f\ufe10-\ufe19\ufe30-\ufe4f\ufe50-\ufe6b"
)
_ALIKE = lazy_pattern(f"[{LIKE_OTHERS}]")
_LINE_ENDS = "\v\u2028\u2029"
_SPACES = "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_SPACE = lazy_pattern(f"[{_SPACES}]")


def alike(character: str) -> str:
    """The ordinary character as which one is read that looks like it, or "".

    >>> alike("\\u2f8f"), alike("行")
    ('行', '')
    """
    if not _ALIKE.match(character):
        return ""
    known = _FORMS.get(character) or _RADICALS.get(character) or inventory.alike().get(character)
    plain = known or unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain != character else ""


@cache
def _ordinary(character: str) -> str:
    return alike(character) or character


def as_read(text: str) -> str:
    """A text as it is read: each line end a line feed, no sentence broken by one, no character that
    only looks like another.

    >>> as_read("受理\\u2f8f政复议案件316件。")
    '受理行政复议案件316件。'
    """
    return with_tabs(text).replace("\t", " ")


def with_tabs(text: str) -> str:
    """A text as it is read, but for its tabs, which keep the cells of a table apart.

    >>> with_tabs("受理\\t316"), as_read("受理\\t316")
    ('受理\\t316', '受理 316')
    """
    if as_published(text):
        return text
    text = text.replace("\r\n", "\n")
    for line_end in _LINE_ENDS:
        text = text.replace(line_end, "\n")
    text = _SPACE.sub(" ", unbroken(text))
    return _ALIKE.sub(lambda match: _ordinary(match[0]), text)


# What stands in a text of which nothing has to be mended, but for where its lines end.
_USUAL = lazy_pattern(
    "[\n -{}~\u00a0\u00b7\u2013-\u201d\u2026\u2030\u2460-\u2473"
    "\u3000-\u3017\u4e00-\u9fff\uff01-\uff5e]*"
)


@lru_cache(1)
def as_published(text: str) -> bool:
    """Whether a text is soon seen to be as it is read: a paragraph a line, no table, no page.

    >>> as_published("受理316件。\\n审结280件。"), as_published("受理  316\\n审结  280")
    (True, False)
    """
    if not _USUAL.fullmatch(text):
        return False
    lines = [words for line in text.split("\n") if (words := line.strip(_BLANKS))]
    for words in lines:
        if "\u3000" in words or "\u00a0" in words or "  " in words or words[-1] in ROW_ENDS:
            return False
        if len(words) < LONG and _NUMBERED_PAGE.fullmatch(words):
            return False
    # A line is at least as wide as it has signs, and at most twice; see `_Wrapped`.
    sizes = sorted(len(words) - words.count(" ") for words in lines)
    long = max(LONG, 3 * sizes[3 * len(sizes) // 4] // 4) if sizes else LONG
    following = [*lines[1:], "一、"] if lines else []
    return all(
        line[-1] in _ENDS or 2 * len(line) < long or _NEW_PART.match(next_line)
        for line, next_line in zip(lines, following, strict=True)
    )
