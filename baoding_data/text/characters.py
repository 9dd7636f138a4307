"""What characters are read as: half-width digits, simplified numerals and units; one for one, so
that every place in a text stays where it is.
"""

import re
import unicodedata

from baoding_data.patterns import lazy_pattern
from baoding_data.text import inventory
from baoding_data.text.numerals import CHINESE, ONES

_LETTERS = range(0xFF21, 0xFF5B)  # full-width
_BLANKS = "\u00a0\u3000\t\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
_FULL = f"０１２３４５６７８９．％：／～－＋＞＜＝{_BLANKS}"
_FULL += "―" + "".join(map(chr, _LETTERS))
_HALF = f"0123456789.%:/~-+><={' ' * len(_BLANKS)}—" + "".join(
    chr(code - 0xFEE0) for code in _LETTERS
)
_FLOURISHED = "壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟"
_AS_PLAIN = str.maketrans(_FLOURISHED, "一二二三三三四五六六七八九十百千")
_AMOUNT = lazy_pattern(f"[{_FLOURISHED}{CHINESE}萬億]{{2,}}")
_COUNTED = lazy_pattern(f"[{_FLOURISHED}{ONES}][拾佰仟]|[{_FLOURISHED}][万萬亿億十百千]")
_FLOURISH = lazy_pattern(
    f"[{_FLOURISHED}](?:(?=[万萬亿億十百千])|(?<=[0-9０-９{_FLOURISHED}{ONES}][拾佰仟]))"
)
_ALIKE = dict(zip(_FULL, _HALF, strict=True)) | inventory.alike()
_NOT_PLAIN = lazy_pattern(f"[○OΟ{''.join(map(re.escape, _ALIKE))}{_FLOURISHED}]")
_TRADITIONAL = lazy_pattern(f"[{''.join(inventory.of_kind('traditional'))}]")
_FULL_COMMA = lazy_pattern("，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))")
_CIRCLE = lazy_pattern("[○OΟ]")
_YEAR = lazy_pattern("[一二三四五六七八九〇○OΟ]{4}(?=年)|(?<=[一二三四五六七八九])○")
_AFTER_DIGIT = lazy_pattern("[0-9０-９][拾佰仟]")  # 3仟元

# What stands beside a number as a mark or a word; a digit of another script, a circled number or a
# letter of another alphabet may be part of it.
_MARKS = "≈≤≥≦≧∶·×÷±°′″‰‱§№–—―…‘’“”※℃￥¥€£\u2103\u2190-\u2193"
HAN_LIKE = "丨囗弌弍弎弐"  # Han characters as which numerals are misread
_HAN = "\u3400-\u4e27\u4e29-\u56d6\u56d8-\u5f0b\u5f0f\u5f11-\u9fff"  # without these
_USUAL = f"\\s!-~{_MARKS}\u3001-\u3003\u3005-\u3017\u3380-\u33df{_HAN}\uff01-\uff65\x00-\x1f"
_BULLETS = "•●■□◆◇★☆▶►▪◼✓√→"
ODD = f"[^{_USUAL}]"
# Before a number △ is a minus.
_ODD_BEFORE = lazy_pattern(f"[^{_USUAL}{_BULLETS}]")
_ODD_AFTER = lazy_pattern(f"(?:[.,][0-9]{{0,3}})?(?:{ODD}[0-9.,%]*)+")
# Roman numerals and numbers in circles or brackets are marks of lists, wherever no digit is beside.
_STRANGE = lazy_pattern(f"[^{_USUAL}{_BULLETS}△▲Ⅰ-ⅿ①-⒛⓪❶-➓㈠-㈩]")
# Numbers of other scripts and in circles, letters and signs that look like numerals.
NUMERAL_LIKE = (
    "²³¹⁰-⁹₀-₉½¼¾⅐-↋①-⓿❶-➓㈠-㈩㉈-㊉㊱-㊿〡-〩㆒-㆕○◯⚪⭕丨弌-弎弐ニエロミハ"
    "٠-٩۰-۹०-९๐-๙\U0001d7ce-\U0001d7ffОоЗзбΟοΙΙӀØøΘθº°"
)


def odd_before(sign: str) -> bool:
    """Whether a character before a number is neither a mark nor a word of such texts."""
    return not _common(sign) and bool(_ODD_BEFORE.match(sign))


def _common(sign: str) -> bool:
    """Whether a character is surely not odd; a quick answer for nearly all."""
    return sign.isascii() or "\u4e00" <= sign <= "\u9fff" and sign not in HAN_LIKE


def strange(text: str) -> list[tuple[int, str]]:
    """The characters of a text that reports do not use, with their places.

    >>> strange("二○二二年①受理З6件")
    [(1, '○'), (8, 'З')]
    """
    return [(found.start(), found[0]) for found in _STRANGE.finditer(text)]


def odd_after(text: str, at: int) -> int:
    """Where a run of odd characters ends that begins at a place, with the digits among it; the
    place itself where there is none.

    >>> odd_after("3О6件", 1), odd_after("36件", 2)
    (3, 2)
    """
    sign = text[at : at + 1]
    found = (sign in (".", ",") or not _common(sign)) and _ODD_AFTER.match(text, at)
    return found.end() if found else at


def traditional(text: str) -> bool:
    """Whether a text holds traditional characters of numerals or units; these read as simplified.

    >>> traditional("受理行政復議案件十二萬餘件")
    True
    """
    return bool(_TRADITIONAL.search(text))


def plain(text: str) -> str:
    """The text as it is read, character by character.

    >>> plain("受理１２件，罚款贰佰元，二○二二年")
    '受理12件，罚款二百元，二〇二二年'
    """
    if not _NOT_PLAIN.search(text):
        return text
    if "，" in text:
        text = _FULL_COMMA.sub(",", text)
    if _FLOURISH.search(text):
        text = _AMOUNT.sub(_without_flourish, text)
        text = _AFTER_DIGIT.sub(lambda match: match[0].translate(_AS_PLAIN), text)
    text = _NOT_PLAIN.sub(_alike, text)
    if _CIRCLE.search(text):
        text = _YEAR.sub(lambda match: _CIRCLE.sub("〇", match[0]), text)
    return text


def _alike(match: re.Match[str]) -> str:
    return _ALIKE.get(match[0], match[0])


def _without_flourish(match: re.Match[str]) -> str:
    """An amount in the numerals of cheques, as it is else written; other words as they stand."""
    return match[0].translate(_AS_PLAIN) if _COUNTED.search(match[0]) else match[0]


# --- what nobody sees

# Blanks that no program takes for one, and signs that take no room.
FILLERS = "\u115f\u1160\u3164\uffa0\u2800"
JOINERS = "\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f" + "".join(map(chr, range(0xFE00, 0xFE10)))
TURNED = "\u202d\u202e"  # what follows is shown in another order than it is stored
NOT_SEEN = f"{FILLERS}{JOINERS}\U000e0100-\U000e01ef"  # of these `isprintable` is true
_READ = "\n\t\f\v"  # line ends and blanks
_SUPPLEMENT = range(0xE0000, 0xE0200)  # tags, and more variation selectors


def unseen(sign: str) -> bool:
    """Whether a character takes no room, or is a blank that no program takes for one.

    >>> unseen("\\u200b"), unseen("\\u2800"), unseen("\\u3000")
    (True, True, False)
    """
    if sign in FILLERS or sign in JOINERS or ord(sign) in _SUPPLEMENT:
        return True
    return unicodedata.category(sign) in ("Cf", "Cc") and sign not in _READ and sign not in TURNED
