"""The site as files: every page in both languages, charts, downloads; one after the other, so that
of many reports no more is held than of one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from baoding_data.checks.audit import check
from baoding_data.errors import Finding
from baoding_data.notebook.report import Report
from baoding_data.progress import watched
from baoding_data.shown import shown, tag
from baoding_data.site import (
    address,
    beside_page,
    checks_page,
    index_page,
    indicators_page,
    rows_page,
    text_page,
)
from baoding_data.site.address import Places
from baoding_data.site.answers import FILES, Answers
from baoding_data.site.downloads import downloads
from baoding_data.site.elsewhere import Elsewhere
from baoding_data.site.folder import Files
from baoding_data.site.pages import Notebook
from baoding_data.site.pictures import fonts
from baoding_data.site.voice import LANGS, TAGS, Lang, Voice
from baoding_data.tables.seeds import Seeds
from baoding_data.words import Pair

HERE = Path(__file__).parent
_DRAWN = re.compile(r"<text[^>]*>([^<]*)<")

One = TypeVar("One")


class OneByOne(Mapping[str, One]):
    """What there is of each report, made when it is asked for; that of the last is kept."""

    def __init__(self, names: Iterable[str], make: Callable[[str], One]):
        self._names, self._make = dict.fromkeys(names), make
        self._last: dict[str, One] = {}

    def __getitem__(self, name: str) -> One:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._last:
            self._last.clear()  # before the next is made
            self._last[name] = self._make(name)
        return self._last[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class Site:
    """What all pages have in common: the reports, the notebooks, the templates."""

    def __init__(self, tables: Seeds, reports: Sequence[str], notebooks: Sequence[Notebook]):
        self.tables, self.notebooks = tables, notebooks
        self.reports = OneByOne(reports, self._report)
        self.elsewhere = OneByOne(reports, lambda name: Elsewhere(self.reports[name].facts))
        self.answers = OneByOne(
            reports, lambda name: Answers(self.reports[name], notebooks, self.home(name))
        )
        self.places = Places(tables)
        self.sizes: dict[str, int] = {}  # of what a reader can take along, once it is made

    def _report(self, name: str) -> Report:
        report = Report(self.tables, name, calls=False)
        report.facts.found = self.found
        return report

    @cached_property
    def found(self) -> list[Finding]:
        """What the audit finds in all tables, once for all reports."""
        return check(self.tables)

    @cached_property
    def templates(self) -> Environment:
        return Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            finalize=_words,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def voice(self, lang: Lang, page: str) -> Voice:
        return Voice(lang, page, self.places)

    def render(self, template: str, voice: Voice, report: str = "", **about: Any) -> bytes:
        """A page of the site, of one report or of all."""
        only = next(iter(self.reports)) if len(self.reports) == 1 else ""
        head = {
            "voice": voice,
            "t": lambda zh, en: voice.of(Pair(zh, en)),
            "lang": TAGS[voice.lang],
            "other": "en" if voice.lang == "zh" else "zh",
            "up": "../" * (voice.here.count("/") + 1),
            "report": self.reports.get(report),
            "subject": voice.of(self.subject(report)) if report else "",
            "reports": self.reports,
            "listed": self.reports.get(report or only),  # whose pages lead to each other
            "ways": self.ways(report or only) if report or only else [],
            "address": address,
            "link": lambda words, url: tag("a", words, href=url),
            "home": self.home,
            "version": self.tables.fingerprint,
        }
        return self.templates.get_template(template).render(**head, **about).encode()

    def downloads(self) -> Files:
        """What a reader can take along, of which the sizes are noted."""
        for path, parts in downloads(self.tables, list(self.reports)):
            self.sizes[path] = 0
            yield path, self._measured(path, parts)

    def _measured(self, path: str, parts: Iterable[bytes]) -> Iterator[bytes]:
        for part in parts:
            self.sizes[path] += len(part)
            yield part

    def home(self, report: str) -> str:
        """The page that a report begins with: that of the site where it is alone, else of notebooks
        the first, else its text.
        """
        if len(self.reports) == 1:
            return address.INDEX
        return address.home(report) if self.notebooks else address.text(report)

    def subject(self, report: str) -> Pair:
        """Place and year of a report."""
        row = self.tables.source[report]
        place = self.tables.where[row.place]
        return Pair(f"{place.name_zh}{row.year}年", f"{place.name_en} {row.year}")

    def ways(self, report: str) -> list[tuple[str, Pair]]:
        """The pages of a report that its notebooks are, but the first, with their titles."""
        pages = self.answers[report].pages
        return [(pages[one.name], one.title) for one in self.notebooks[1:]]


def _words(value: object) -> object:
    """What is not made as markup is words, and what nobody sees in them is shown."""
    return value if hasattr(value, "__html__") else shown(str(value))


_About = Callable[[Site, str, Voice], dict[str, Any]]
# What there is of each report, and of all: the page, its template, what that takes.
OF_REPORT = (
    (address.text, "text.html", text_page.about),
    (address.rows, "figures.html", rows_page.about),
    (address.comparison, "beside.html", beside_page.about),
    (address.checks, "checks.html", checks_page.about),
)
OF_ALL = (
    (address.INDEX, "index.html", index_page.about),
    (address.INDICATORS, "indicators.html", indicators_page.about),
)


def files_of(site: Site) -> Files:
    """Everything that the site is, file by file, each made when it is asked for: its path, and its
    bytes in parts. Raises BaodingError where the audit finds anything in a report.
    """
    drawn: set[str] = set()
    yield from site.downloads()
    for path, page in _pages(site):
        drawn.update(*_DRAWN.findall(page.decode()))
        yield path, [page]
    yield "index.html", [site.templates.get_template("start.html").render().encode()]
    for name in ("site.css", "site.js"):
        yield f"{FILES}/{name}", [(HERE / name).read_bytes()]
    for name, font in fonts(drawn).items():
        yield f"{FILES}/{name}", [font]


def _pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every page in both languages, and what the pages of a report hand out: those of all first,
    of which the only report may have one.
    """
    for lang in LANGS:
        for path, template, about in OF_ALL:
            yield f"{lang}/{path}", _told(site, site.voice(lang, path), "", template, about)
    for report in watched(site.reports, len(site.reports), "reports written"):
        for lang in LANGS:
            yield from _of_report(site, report, lang)
        yield from site.answers[report].files.items()


def _of_report(site: Site, report: str, lang: Lang) -> Iterator[tuple[str, bytes]]:
    """The pages of a report in a language."""
    for notebook in site.notebooks:
        voice = site.voice(lang, site.answers[report].pages[notebook.name])
        if voice.here != address.INDEX:  # which shows what the report begins with
            yield f"{lang}/{voice.here}", _answered(site, voice, report, notebook)
    for path, template, about in OF_REPORT:
        voice = site.voice(lang, path(report))
        yield f"{lang}/{voice.here}", _told(site, voice, report, template, about)


def _answered(site: Site, voice: Voice, report: str, notebook: Notebook) -> bytes:
    """The page of a notebook, about a report."""
    sections = site.answers[report].sections(notebook, voice)
    return site.render("notebook.html", voice, report, notebook=notebook, sections=sections)


def _told(site: Site, voice: Voice, report: str, template: str, about: _About) -> bytes:
    """The page of what there is of a report, or of all."""
    return site.render(template, voice, report, **about(site, report, voice))
