"""Sites in memory, of the report on file and of invented ones, each built once; and their pages."""

import json
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from posixpath import dirname, join, normpath
from tempfile import TemporaryDirectory

import html5lib
from conftest import IN_FULL, REPORT, ROOT
from hostile import LABEL, MARKUP, UNSEEN, poisoned
from odd import ODD, SOUND, Odd, folder_at, taken_in

from baoding_data.notebook.again import AUDITS, ON_FILE
from baoding_data.notebook.answer import KIND
from baoding_data.site.build import Site, files_of
from baoding_data.site.pages import notebooks
from baoding_data.tables.seeds import load

SHOWN = ("title", "alt", "aria-label", "placeholder", "data-head", "content")
ADDRESSES = ("href", "src", "srcset", "poster", "action", "formaction", "data", "ping")


class Page:
    """A page as html5lib reads it where nothing in it is wrong."""

    def __init__(self, path, content):
        self.path, self.words = path, content.decode()
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root = parser.parse(self.words)

    @cached_property
    def every(self):
        """The elements, each with the language it stands in."""
        return list(self._below(self.root, ""))

    def _below(self, one, lang):
        if isinstance(one.tag, str):
            lang = one.get("lang", lang)
            yield one, lang
            for other in one:
                yield from self._below(other, lang)

    @cached_property
    def by_id(self):
        return {one.get("id"): one for one, _ in self.every if one.get("id")}

    def of_class(self, name):
        """The elements of a class."""
        return [one for one, _ in self.every if name in one.get("class", "").split()]

    def way(self, address):
        """The path of the file and the name of the place that an address of this page leads to."""
        path, _, place = address.partition("#")
        return normpath(join(dirname(self.path), path)) if path else self.path, place

    @cached_property
    def links(self):
        """The links and all else with an address: (element, name of the attribute, address)."""
        return [
            (one, name.rpartition("}")[2], address)
            for one, _ in self.every
            for name, address in one.items()
            if name.rpartition("}")[2] in ADDRESSES
        ]

    def said(self):
        """All words of the page that are shown, each with its language."""
        for one, lang in self.every:
            yield from ((one.get(name), lang) for name in SHOWN if one.get(name))
            if one.tag not in ("script", "style") and one.text:
                yield one.text, lang
            yield from ((other.tail, lang) for other in one if other.tail)


class Pages(Mapping):
    """The pages of a site by path, each read when it is asked for; gone through in full, or else
    one of each kind, in both languages.
    """

    def __init__(self, files, kinds):
        self.files = {path: data for path, data in files.items() if path.endswith(".html")}
        self.paths = [path for path in self.files if IN_FULL or not kinds or path[3:] in kinds]
        self.read = {}

    def __getitem__(self, path):
        if path not in self.read:
            self.read[path] = Page(path, self.files[path])
        return self.read[path]

    def __iter__(self):
        return iter(self.paths)

    def __len__(self):
        return len(self.paths)

    def __contains__(self, path):
        return path in self.files


class Built:
    """A site in memory: its tables, its files, its pages by path, in part those of some kinds."""

    def __init__(self, tables, reports, notebooks, kinds=()):
        self.tables, self.reports = tables, reports
        site = Site(tables, reports, notebooks)
        self.files = {path: b"".join(parts) for path, parts in files_of(site)}
        self.pages = Pages(self.files, kinds)

    def target(self, page, address):
        """The element that an address of a page leads to, and its page."""
        path, place = page.way(address)
        there = self.pages[path]
        return there, there.by_id[place]


def asked_of(folder, *questions, prose="# 一\n\n# One"):
    """A folder with a notebook of one cell of prose and a question a cell."""
    cells = [{"cell_type": "markdown", "source": prose}]
    for one in questions:
        output = {"metadata": {KIND: one}}
        cells.append({"cell_type": "code", "source": "", "outputs": [output]})
    path = folder / "00_all.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8", newline="")
    return notebooks(folder)


# All that a notebook may ask of the invented report.
ASKED = [
    {"findings": {"00_all.ipynb": ("受理{cases}" + MARKUP, "{cases}" + MARKUP)}},
    {"ask": {"chart": "bars", "names": ["cases_county", "cases_townships"], "say": [LABEL]}},
    {"ask": {"names": ["cases"], "title": LABEL}},
    {"beside": {"names": ["cases"], "say": [LABEL]}},
    {"per_head": {"names": ["cases"], "named": []}},
    {"sentence": "cases"},
    {"rest": "disputes"},
    {"search": [[*LABEL, ["复议", MARKUP]]]},
    *({"audit": one} for one in AUDITS),
    *({one: {}} for one in ON_FILE),
]
ALONE = Odd("全年全县受理行政复议案件60件。", ["cases"])
PLAIN = "$x$"  # words with a sign that MARKUP has too
NONE = Odd("行政许可须在5个工作日内办结。", [{"reason": "duration"}])


def baoding(folder):
    """The report on file, with all notebooks; in part with those of which the pages are read, and
    the first, which is the page that the report begins with.
    """
    kinds = "text figures checks beside 02_disputes 05_comparison".split()
    first, *others = notebooks(ROOT / "notebooks")
    read = [first, *(one for one in others if IN_FULL or one.name in kinds)]
    kinds = ["index.html", "indicators.html", *(f"{REPORT}/{kind}.html" for kind in kinds)]
    return Built(load(None), [REPORT], read, kinds)


def two(folder):
    """Two invented reports, of which the other has one figure."""
    seeds = folder_at(folder / "seeds")
    assert taken_in(seeds, ALONE).status == "audited"
    return Built(load(seeds), [SOUND, ODD], [])


def bare(folder):
    """A report of which no number is a figure."""
    seeds = folder_at(folder / "seeds")
    assert taken_in(seeds, NONE).status == "audited"
    return Built(load(seeds), [ODD], [])


def markup(folder):
    """A report whose tables, text and notebook are full of markup."""
    prose = f"# 一{MARKUP}\n\n# One {MARKUP}\n\n一段{MARKUP}\n\nA paragraph {MARKUP}"
    return Built(poisoned(MARKUP), [SOUND], asked_of(folder, *ASKED, prose=prose))


def clean(folder):
    """The same report with the same notebook, of which nothing is poisoned."""
    asked = json.loads(json.dumps(ASKED).replace(json.dumps(MARKUP)[1:-1], PLAIN))
    return Built(poisoned(PLAIN), [SOUND], asked_of(folder, *asked))


def unseen(folder):
    """A report whose tables and text are full of what nobody sees, which no chart draws."""
    poison = UNSEEN.translate(dict.fromkeys(map(ord, "\u2028\u2029\r"), None))
    return Built(poisoned(poison), [SOUND], asked_of(folder, {"rest": "disputes"}))


SITES = {build.__name__: build for build in (baoding, two, bare, clean, markup, unseen)}


@cache
def built(name):
    """A site by its name, built once."""
    with TemporaryDirectory() as folder:
        return SITES[name](Path(folder))
