"""Mark-up that is left in a text: tags and entities of HTML; found, and taken out."""

import html
import re
from collections.abc import Iterable, Iterator

_NAME = "[A-Za-z][A-Za-z0-9]*(?:[:-][A-Za-z0-9]+)?"
# What was matched once is not tried in another way: a quotation mark alone would be, for ever.
_ATTRIBUTES = r"""\s+[A-Za-z_:@-](?:(?>(?:[^<>"']|"[^"]*"|'[^']*')*)(?=>)|[^<>]*+(?=>))"""
_TAG = re.compile(
    r"<!--.*?-->|<!\[[^<>]*>|<![A-Za-z][^<>]*>|<\?[A-Za-z][^<>]*>"
    rf"|</?{_NAME}(?:{_ATTRIBUTES})?\s*/?>|<{_NAME}\s+[A-Za-z-]+=[^<>]*\Z",
    re.S,
)
_WITHOUT_END = "nbsp|ensp|emsp|lt|gt|amp|quot|ldquo|rdquo|mdash|middot"
ENTITY = re.compile(
    rf"&(?:#[0-9]{{1,7}}|#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z]{{2,31}}[0-9]{{0,2}});"
    rf"|&(?:{_WITHOUT_END})(?![A-Za-z0-9;=])|&#[0-9]{{2,7}}(?![0-9;])"
)
_NOT_SHOWN = re.compile(
    r"<(script|style|head|noscript|template|del|s|strike)(?=[\s>])[^<>]*>", re.I
)
_NOTE = re.compile(
    r"(?P<before>\S?)<(?P<tag>su[bp])(?:\s[^<>]*)?>(?P<inner>.{0,200}?)</(?P=tag)>", re.I
)
_IN_CELL = r"(?:</?(?:p|div|span|br|font|b|strong)(?=[\s/>])[^<>]*>\s*){0,20}"
_CELL = re.compile(
    rf"\s{{0,40}}{_IN_CELL}</t[dh]\s*>\s*(?:<t[dh](?=[\s>])[^<>]*>\s*{_IN_CELL})?", re.I
)
_BLOCKS = re.compile(
    r"\s{0,40}(?:</?(?:p|div|br|tr|li|ul|ol|dl|dt|dd|h[1-6]|table|tbody|thead|section|article"
    r"|header|footer|title|form|blockquote|hr|center|pre|html|body)(?=[\s/>])[^<>]*>\s*)+",
    re.I,
)
_UNITS = re.compile(r"(?:^|[^A-Za-z])[kcmd]?m$")
_RAISED = {"2": "²", "3": "³"}


def found(text: str) -> Iterator[tuple[int, str]]:
    """Each tag and entity of a text, with its place.

    >>> [sign for _, sign in found("受理<b>316</b>件，&nbsp;办结率&lt;5%，a<b")]
    ['<b>', '</b>', '&nbsp;', '&lt;']
    """
    for start, end in _tags(text):
        yield start, text[start:end]
    for match in ENTITY.finditer(text):
        if _means(match[0]) != match[0]:
            yield match.start(), match[0]


def unseen(text: str) -> list[str]:
    """What a browser does not show, or shows struck out: the names of its tags."""
    return [name for _, _, name in _hidden(text)]


def _hidden(text: str) -> Iterator[tuple[int, int, str]]:
    """What a browser does not show: where it begins and ends, and the name of its tag."""
    end, unclosed = 0, set()
    for opening in _NOT_SHOWN.finditer(text):
        name = opening[1].lower()
        if opening.start() < end or name in unclosed:
            continue
        if closing := re.compile(rf"</{name}\s*>", re.I).search(text, opening.end()):
            end = closing.end()
            yield opening.start(), end, name
        else:
            unclosed.add(name)


def _tags(text: str) -> list[tuple[int, int]]:
    """Where each tag of a text begins and ends; a comment that is never closed is none."""
    closed = text.rfind("-->") + 1
    if text.find("<!--", closed) >= 0:
        text = text[:closed] + text[closed:].replace("<!--", "<! -")
    return [match.span() for match in _TAG.finditer(text)]


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text without some parts of it."""
    at, kept = 0, []
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])


def pictures(text: str) -> int:
    """How many pictures a text has; what they show is no part of it."""
    return len(re.findall(r"<img[\s/>]", text, re.I))


def taken_out(text: str) -> str:
    """A text without its tags, as a browser shows it: a paragraph a line, the cells of a table with
    strokes between them, a raised number as the mark of a note.

    >>> taken_out("<p>受理316<sup>2</sup>件，</p><p>办结&nbsp;280件，占地3m<sup>2</sup>。</p>")
    '受理316[2]件，\\n办结\\xa0280件，占地3m²。\\n'
    """
    if _tags(text):
        text = _without(text, ((start, end) for start, end, _ in _hidden(text)))
        text = _NOTE.sub(_as_note, text)
        text = _CELL.sub(" | ", text)
        text = _BLOCKS.sub("\n", text)
        text = _without(text, _tags(text))
        end = "\n" * text.endswith("\n")
        text = re.sub(r"(?<! \|)(?: \|)++ *+(?=\n|\Z)", "", text).strip("\n") + end
    return ENTITY.sub(lambda match: _means(match[0]), text)


def _means(entity: str) -> str:
    """The character that an entity stands for; itself where it is none."""
    with_end = entity if entity.endswith(";") else f"{entity};"
    means = html.unescape(with_end)
    return entity if means == with_end or means.endswith(";") and len(means) > 1 else means


def _as_note(match: re.Match[str]) -> str:
    """What is raised or lowered, so that it does not run into the number before it."""
    inner, before = match["inner"], match["before"]
    inner = _without(inner, _tags(inner)).strip()
    up = match["tag"].lower() == "sup"
    line = match.string[max(0, match.start() - 3) : match.start()] + before
    if not inner or not inner[0].isdigit() or before.isascii() and before.isalpha() and not up:
        return before + inner
    if up and inner in _RAISED and _UNITS.search(line):
        return before + _RAISED[inner]
    if up and re.search(r"(?:^|[^0-9.,])10$", line):
        return f"{before}^{inner}"
    return before + "".join(f"[{mark}]" for mark in re.split("[,，、 ]+", inner))
