"""The site as files: every page in both languages, charts, downloads."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

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
from baoding_data.site.answers import FILES, Answers, Files
from baoding_data.site.downloads import downloads
from baoding_data.site.pages import Notebook
from baoding_data.site.pictures import fonts
from baoding_data.site.voice import TAGS, Lang, Voice
from baoding_data.tables.seeds import Seeds
from baoding_data.words import Pair

HERE = Path(__file__).parent
_DRAWN = re.compile(r"<text[^>]*>([^<]*)<")
LANGS: tuple[Lang, ...] = ("zh", "en")


class Site:
    """What all pages have in common: the reports, the notebooks, the templates."""

    def __init__(self, tables: Seeds, reports: Sequence[str], notebooks: Sequence[Notebook]):
        self.tables, self.notebooks = tables, notebooks
        self.reports = {name: Report(tables, name, calls=False) for name in reports}
        self.answers = {
            name: Answers(one, notebooks, self.home(name)) for name, one in self.reports.items()
        }
        self.places = Places(tables)

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

    @cached_property
    def files(self) -> Files:
        """What a reader can take along, by path."""
        found: Files = {}
        for lang in LANGS:
            found |= downloads(self.tables, list(self.reports), lang)
        return found

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
    """Everything that the site is, by path."""
    pages = dict(_pages(site))
    found: Files = {
        path: page() for path, page in watched(pages.items(), len(pages), "pages written")
    }
    found["index.html"] = site.templates.get_template("start.html").render().encode()
    found |= site.files
    for answers in site.answers.values():
        found |= answers.files
    for name in ("site.css", "site.js"):
        found[f"{FILES}/{name}"] = (HERE / name).read_bytes()
    svgs = (
        svg for page in found.values() for svg in _DRAWN.findall(page.decode("utf-8", "ignore"))
    )
    return found | {f"{FILES}/{name}": font for name, font in fonts(svgs).items()}


def _pages(site: Site) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every page in both languages: its path, and what writes it."""
    for lang in LANGS:
        for report, answers in site.answers.items():
            for notebook in site.notebooks:
                voice = site.voice(lang, answers.pages[notebook.name])
                if voice.here != address.INDEX:  # which shows what the report begins with
                    yield f"{lang}/{voice.here}", partial(_answered, site, voice, report, notebook)
            for path, template, about in OF_REPORT:
                voice = site.voice(lang, path(report))
                yield f"{lang}/{voice.here}", partial(_told, site, voice, report, template, about)
        for path, template, about in OF_ALL:
            voice = site.voice(lang, path)
            yield f"{lang}/{path}", partial(_told, site, voice, "", template, about)


def _answered(site: Site, voice: Voice, report: str, notebook: Notebook) -> bytes:
    """The page of a notebook, about a report."""
    sections = site.answers[report].sections(notebook, voice)
    return site.render("notebook.html", voice, report, notebook=notebook, sections=sections)


def _told(site: Site, voice: Voice, report: str, template: str, about: _About) -> bytes:
    """The page of what there is of a report, or of all."""
    return site.render(template, voice, report, **about(site, report, voice))
