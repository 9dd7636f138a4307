"""The pages that notebooks are, as executed: prose, and the questions of which the answers stand in
their outputs.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from baoding_data.errors import BaodingError
from baoding_data.notebook.answer import KIND
from baoding_data.reading import content
from baoding_data.shown import Html, html, leads, shown
from baoding_data.words import EMPTY, Pair

_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2}")
_NEXT = re.compile(r"\]\(([^)\s]+)\.ipynb\)\s*$")
_TO_A_PAGE = re.compile(r"\]\([^)\s]+\.ipynb\)")


class Prose(NamedTuple):
    """Running text, as HTML in each language."""

    zh: Html
    en: Html


class Question(NamedTuple):
    """A question, where in its notebook its answer stands, and the code that asks it there."""

    asked: Any
    where: str
    code: str


class Section(NamedTuple):
    """What stands below a heading of a page."""

    title: Pair
    parts: Sequence[Prose | Question]


class Notebook(NamedTuple):
    """A notebook as a page of sections; the title of the first is the page's."""

    name: str
    sections: Sequence[Section]
    next: str

    @property
    def title(self) -> Pair:
        return self.sections[0].title if self.sections else Pair(self.name, self.name)


def notebooks(folder: Path | None) -> list[Notebook]:
    """The notebooks of a folder, in the order in which each leads to the next; those that no other
    leads to stand first. Raises BaodingError for a file that is no notebook.
    """
    found = [_read(path) for path in sorted(folder.glob("*.ipynb"))] if folder else []
    by_name = {one.name: one for one in found}
    led_to, order = {one.next for one in found}, []
    for start in [*(one for one in found if one.name not in led_to), *found]:
        at: Notebook | None = start
        while at and at not in order:
            order.append(at)
            at = by_name.get(at.next)
    return order


def _read(path: Path) -> Notebook:
    try:
        cells = json.loads(content(path, "name a folder of notebooks"))["cells"]
        sections = list(_sections(path.name, cells))
        said = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        wanted = "a notebook as JupyterLab saves it; open it there and save it again"
        raise BaodingError(f"{path}: is no notebook ({error!r}); wanted {wanted}") from error
    leads = [match[1] for text in said for match in [_NEXT.search(text)] if match]
    return Notebook(path.stem, sections, leads[-1] if leads else "")


def _sections(file: str, cells: Sequence[Any]) -> Iterator[Section]:
    """The sections of a notebook, cut at its headings."""
    title, parts = EMPTY, []
    for number, cell in enumerate(cells, 1):
        if cell["cell_type"] == "markdown":
            for head, prose in _prose("".join(cell["source"])):
                if any(head):
                    if any(title) or parts:
                        yield Section(title, parts)
                    title, parts = head, []
                parts += [prose] * any(prose)
        for output in cell.get("outputs", ()):
            if KIND in output.get("metadata", {}):
                where, code = f"{file}, cell {number}", "".join(cell["source"])
                parts.append(Question(output["metadata"][KIND], where, code))
    yield Section(title, parts)


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_MARKDOWN.validateLink = lambda url: leads(url)


def inline(words: str) -> Html:
    """Markdown within a line, as HTML."""
    return Html(_MARKDOWN.renderInline(words))


def _prose(source: str) -> Iterator[tuple[Pair, Prose]]:
    """The headings of a cell, each in both languages with what follows it; what leads from notebook
    to notebook is left out, for a page has a way of its own.
    """
    head, said = {"zh": "", "en": ""}, {"zh": [], "en": []}
    for block in _blocks(_MARKDOWN.parse(source)):
        words = block[1].content if len(block) > 1 else block[0].content
        if _TO_A_PAGE.search(words):
            continue
        langs = _langs(words)
        if block[0].type == "heading_open":
            if any(head[lang] for lang in langs) or any(said.values()):
                yield Pair(**head), Prose(html(*said["zh"]), html(*said["en"]))
                head, said = {"zh": "", "en": ""}, {"zh": [], "en": []}
            head |= dict.fromkeys(langs, shown(words))
        else:
            page = Html(_MARKDOWN.renderer.render(block, _MARKDOWN.options, {}))
            for lang in langs:
                said[lang].append(page)
    yield Pair(**head), Prose(html(*said["zh"]), html(*said["en"]))


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each block that stands in no other."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _langs(words: str) -> list[str]:
    """The languages of some words: Chinese with a Chinese character, English with letters alone;
    what has neither is for both.
    """
    if _HAN.search(words):
        return ["zh"]
    return ["en"] if _LATIN.search(words) else ["zh", "en"]
