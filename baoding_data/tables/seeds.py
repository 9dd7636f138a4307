"""The seeds: the tables of a folder as typed rows, with the texts of the reports."""

import copy
import warnings
from collections import OrderedDict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from baoding_data import limits
from baoding_data.errors import BaodingError, Finding, LeftOut, finding, known, refuse
from baoding_data.memory import uncollected
from baoding_data.reading import NO_FILE, NoFile, kind
from baoding_data.tables import description, left_out, publication, records
from baoding_data.tables.files import AS_TEXT, Folder, checksum, spoiled, too_long
from baoding_data.tables.integrity import check_codes, check_figures_filled, check_files
from baoding_data.tables.naming import Mention, names_of
from baoding_data.tables.schema import About, Lines, Read, Schema
from baoding_data.tables.vocabulary import Vocabulary, for_rank
from baoding_data.text.report import Report

# So many texts are kept as they were read apart; of more, the memory would not suffice.
KEPT = 50
LARGE = 5_000_000  # bytes of a table; one that has more is read anew each time


class _OnDisk(Mapping[str, bytes]):
    """The texts of reports, each read when it is asked for."""

    def __init__(self, folder: Folder, reports: Iterable[records.ReportRow]):
        self._folder = folder
        self._files = {row.report: f"reports/{row.text}" for row in reports if row.text}

    def __getitem__(self, report: str) -> bytes:
        try:
            raw = self._folder.raw(self._files[report])
        except NoFile:
            raise KeyError(report) from None
        if too_long(raw):
            raise KeyError(report)
        return raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


class Texts(Mapping[str, Report]):
    """Each report's text that is on file; of the last `KEPT` asked for, what was found in them."""

    def __init__(self, texts: Mapping[str, bytes], but: Collection[str] = ()):
        self._texts, self._but = texts, but
        self._read: OrderedDict[str, Report] = OrderedDict()
        self._sums: dict[str, str] = {}

    def __getitem__(self, report: str) -> Report:
        if report in self._read:
            self._read.move_to_end(report)
        elif report in self._but:
            raise KeyError(report)
        else:
            raw = self._texts[report]
            self._sums[report] = checksum(raw)
            try:
                self._read[report] = _text(raw)
            except UnicodeDecodeError:
                raise KeyError(report) from None
            if len(self._read) > KEPT:
                self._read.popitem(last=False)
        return self._read[report]

    def __contains__(self, report: object) -> bool:
        return report not in self._but and report in self._texts

    def __iter__(self) -> Iterator[str]:
        return (report for report in self._texts if report not in self._but)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def checksum_of(self, report: str) -> str:
        """The checksum of the bytes of a text."""
        if report not in self._sums:
            self._sums[report] = checksum(self._texts[report])
        return self._sums[report]

    def without(self, reports: Iterable[str]) -> "Texts":
        """The texts of the other reports."""
        other = Texts(self._texts, {*self._but, *reports})
        other._read.update((name, one) for name, one in self._read.items() if name in other)
        other._sums.update(self._sums)
        return other


AGAIN = "run the command, or the notebook from its first cell on, once more"
# The tables that have rows of single reports.
_OF_REPORTS = {"identities", "doubts", "figures"}
# What follows from the places alone, and stays while they do.
_OF_PLACES = {"where", "place_names", "place_starts", "mentions"}


class Seeds:
    """All tables of a folder as typed rows, and the reports' texts.

    `findings` lists what could not be read; a cell that could not is empty in its row. `remarks`
    lists what can be read, but may not pass an audit. `unread` says that a whole table cannot be
    read, `spoiled` names the reports of which this is the table of figures, `partly` that not all
    was read, `changed` that rows are not those of the files any more.
    `left_out` holds the reports that are left out, with the findings for which they are, and
    `whole` then the tables with them.
    """

    def __init__(
        self,
        folder: str | Path | None = None,
        instead: Mapping[str, bytes] | None = None,
        whole: bool = True,
    ):
        self.folder = Folder(folder if folder is not None else home(), instead)
        with uncollected():
            self._read_shared()
            if whole:
                self._read_reports()

    def _read_shared(self) -> None:
        """Read what is of no one report, or little of each."""
        self.findings: list[Finding] = []
        self._remarks: list[Finding] = []
        # The tables that were read, those of one report under its name.
        self._marked: dict[str, list[tuple[str, str, Sequence[str]]]] = {}
        self.unread, self.partly, self.changed = False, True, False
        # The reports in which an audit of these very bytes found nothing, with where their figures
        # stand; None before checks/unchanged has looked.
        self.known: Mapping[str, Sequence[Any]] | None = None
        self.refused: list[str] = []  # files that the system does not give
        self.spoiled: set[str] = set()
        self.left_out: dict[str, list[Finding]] = {}
        self.whole: Seeds | None = None
        self.package = description.read(self.folder)
        self.schemas = _schemas(self.folder.raw(description.FILE))
        self.reports: list[records.ReportRow] = self._read("reports")
        self.drafts = {row.report for row in self.reports if row.status == "draft"}
        self.indicators: list[records.Indicator] = self._read("indicators")
        self.observations: list[records.Observation] = self._read("observations")
        self.neighbours: list[records.Neighbour] = self._read("neighbours")
        self.overrides: list[records.Override] = self._read("overrides")
        self.conflicts: list[records.Conflict] = self._read("conflicts")
        self.questions: list[records.QuestionRow] = self._read("questions")
        self.places: list[records.Place] = self._read("places")
        self.terms: list[records.Term] = self._read("terms")
        # While the text of a source is being curated, what was read of it before is still shown,
        # and the source as cited.
        seen = self.drafts and {row.report for row in self.observations} & self.drafts
        self.reports = [
            row._replace(status="cited") if row.report in seen else row for row in self.reports
        ]
        # A corrected text takes the place of another when it is audited, and not before.
        self.reports = [
            row._replace(status="audited")
            if row.status == "superseded" and row.superseded_by in self.drafts
            else row
            for row in self.reports
        ]
        self.identities: list[records.Identity] = []
        self.doubts: list[records.Doubt] = []
        self.figures: list[records.FigureRow] = []
        self.texts = Texts({})

    def _read_reports(self) -> None:
        """Read what is of single reports: their figures and texts, and what is said of these."""
        self.partly = False
        self.identities, self.doubts = self._read("identities"), self._read("doubts")
        self._read_figures()
        self.texts = Texts(dict(self._read_texts(self.source)))
        self._hold_together()

    def _read_figures(self, about: About | None = None) -> None:
        on_file = [row.report for row in self.reports if row.text and row.on_file]
        if about and not about.indicators:
            on_file = [report for report in on_file if report in about.reports]
        some = self._soon_read(on_file, about) if about else {}
        typed = self.schemas["figures"].typed_at_once([*some.items()])
        self.figures = typed or []
        for report in on_file:
            if report not in some or typed is None:
                self.figures += self._read("figures", f"figures/{report}.csv", report)

    def _soon_read(self, reports: Iterable[str], about: About) -> dict[str, Lines]:
        """The rows about some indicators, of the reports of which they are soon told."""
        found, lines_about = {}, self.schemas["figures"].lines_about
        known: Container[str] = () if self.known is None else self.known
        for report in (report for report in reports if report not in about.reports):
            file = f"figures/{report}.csv"
            with suppress(BaodingError):  # told where it is read as a whole
                raw = self._raw(file)
                if lines := lines_about(f"seeds/{file}", raw, about, report not in known):
                    found[report] = lines
        return found

    def _hold_together(self) -> None:
        """Find what does not fit together in what was read."""
        self.findings += check_figures_filled(self)
        if self.refused:  # which says nothing of what they hold
            raise BaodingError("\n".join(self.refused))
        if not self.unread:
            self.findings += check_codes(self)
            findings, remarks = check_files(self)
            self.findings += findings
            self._remarks += remarks

    def about(self, indicators: Iterable[str], reports: Iterable[str]) -> "Seeds":
        """Of tables of which not all was read, what all share with the figures of some indicators
        in all reports, those of some reports as a whole, and what is said of them.
        """
        return self._with(lambda other: other._read_some({*indicators}, {*reports}))

    def completed(self) -> "Seeds":
        """Of tables of which not all was read, the same as a whole."""
        return self._with(lambda other: other._read_reports())

    def _with(self, reading: "Callable[[Seeds], None]") -> "Seeds":
        other = self._copy(_OF_PLACES)
        for name in ("findings", "refused", "_remarks"):
            setattr(other, name, list(getattr(self, name)))
        other._marked = {"": [one for one in self._marked.get("", ()) if one[0] not in _OF_REPORTS]}
        other.spoiled = set(self.spoiled)
        with uncollected():
            reading(other)
        return other

    def _read_some(self, indicators: set[str], reports: set[str]) -> None:
        about = About(indicators, reports)
        self.identities = self._read("identities", about=about)
        self.doubts = self._read("doubts", about=about)
        of = [row.rests_on for row in self.identities if row.result in indicators]
        self._read_figures(About(indicators.union(*of), reports))
        for _ in self._read_texts(reports):  # the others when they are asked for
            pass
        self.texts = Texts(_OnDisk(self.folder, self.reports))
        self._hold_together()

    def _read(
        self, name: str, file: str = "", *before: str, about: About | None = None
    ) -> list[Any]:
        file = file or f"{name}.csv"
        try:
            raw = self._raw(file)
        except NoFile as error:
            wanted = f"the table {Path(file).stem}"
            missing = Finding(
                "schema", f"seeds/{file}", None, "", error.what, wanted, "put it there"
            )
            self.findings.append(missing)
            self._cannot_read(before)
            return []
        except BaodingError as error:
            self.refused.append(str(error))
            return []
        if about or len(raw) >= LARGE:
            read = self.schemas[name].typed(file, raw, *before, about=about)
        else:
            read = _table(self.schemas[name], file, raw, *before)
        self.findings += read.findings
        self._remarks += read.remarks
        self._marked.setdefault("".join(before), []).append((name, file, before))
        if not read.whole:
            self._cannot_read(before)
        return [*read.rows]

    def _raw(self, file: str) -> bytes:
        """The bytes of a file; raises BaodingError where they are not those that were read of it
        before, since what is told of these may not hold of them.
        """
        raw = self.folder.raw(file)
        if self.folder.is_as_read(file, raw):
            return raw
        path = self.folder.path / file
        raise BaodingError(f"{path}: was changed while it was in use; {AGAIN}")

    @cached_property
    def remarks(self) -> list[Finding]:
        """What can be read, but may not pass an audit."""
        return [one for name in dict.fromkeys(["", *self._marked]) for one in self.remarks_of(name)]

    def remarks_of(self, report: str = "") -> list[Finding]:
        """Of the remarks the marks in the table of one report that do not fit it; or else all that
        a look at each cell gave, with the marks in the tables that all share.
        """
        found = [] if report else list(self._remarks)
        for name, file, before in self._marked.get(report, ()):
            found += _unfit(self.schemas[name], file, self.folder.raw(file), *before)
        return found

    @cached_property
    def unremarked(self) -> "Seeds":
        """The same tables for who does not ask for remarks."""
        other = copy.copy(self)
        other._remarks, other._marked = [], {}
        return other

    def _cannot_read(self, reports: Sequence[str]) -> None:
        """A table of figures concerns its report only; any other all of them."""
        self.spoiled.update(reports)
        self.unread |= not reports

    def _read_texts(self, reports: Container[str]) -> Iterator[tuple[str, bytes]]:
        for row in self.reports:
            if not row.text or row.report not in reports:
                continue
            wanted = "the report's text"
            try:
                raw = self.folder.raw(f"reports/{row.text}")
            except NoFile as error:
                missing = error.what == NO_FILE
                found = f"no file {row.text}" if missing else f"{row.text}: {error.what}"
                advice = f"put it in seeds/reports/: {AS_TEXT}"
                self.findings.append(finding("text", row, "text", found, wanted, advice))
                continue
            except BaodingError as error:
                self.refused.append(str(error))
                continue
            if what := spoiled(raw) or too_long(raw):
                found = f"{row.text} is {what}"
                wanted = f"{wanted} in UTF-8"
                self.findings.append(finding("text", row, "text", found, wanted, AS_TEXT))
            else:
                yield row.report, raw

    def rows(self, name: str) -> list[Any]:
        """The rows of a table by its name."""
        return getattr(self, name)

    def rows_of(self, name: str, report: str) -> list[Any]:
        """The rows of a table that are of one report, in their order; grouped once for all."""
        if name not in self._by_report:
            found: dict[str, list[Any]] = {}
            for row in self.rows(name):
                found.setdefault(row.report, []).append(row)
            self._by_report[name] = found
        return self._by_report[name].get(report, [])

    @cached_property
    def _by_report(self) -> dict[str, dict[str, list[Any]]]:
        return {}

    def replaced(self, **tables: Any) -> "Seeds":
        """The same seeds with other rows or texts in some tables, as after a readable change."""
        other = self._copy(set() if "places" in tables else _OF_PLACES)
        other.__dict__.update({"findings": [], "known": None, "changed": True} | tables)
        return other

    def _copy(self, kept: Collection[str]) -> "Seeds":
        """A copy for other rows, without what was found of these but for some of it."""
        other = copy.copy(self)
        for name, value in vars(type(self)).items():
            if isinstance(value, cached_property) and name not in kept:
                other.__dict__.pop(name, None)
        return other

    def without(self, reports: Mapping[str, Iterable[Finding]]) -> "Seeds":
        """The same seeds without all that is of some reports, which `left_out` then names with the
        findings for which they are left out.

        >>> load().without({"baoding-2022": []}).figures
        []
        """
        return left_out.without(self, reports)

    @cached_property
    def listed(self) -> set[str]:
        """The reports that reports.csv names, also in rows that could not be read."""
        at = self.schemas["reports"].columns.index("report")
        rows = left_out.cells(self, "reports").values()
        return {row[at].strip() for row in rows if len(row) > at} - {""}

    @cached_property
    def as_text(self) -> dict[str, dict[int | None, list[str]]]:
        """The cells of the tables that were asked for as text, by table and line."""
        return {}

    def published(self, name: str) -> list[Any]:
        """The rows of a table without those of drafts."""
        return publication.published(self, name)

    @cached_property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits over all that is published, reports left out among it."""
        return publication.fingerprint(self.whole or self)

    def drafted(self, report: str) -> list[records.FigureRow]:
        """A draft's accepted rows of figures; raises BaodingError with all that cannot be
        read of them."""
        file = f"figures/{report}.csv"
        if not self.folder.holds(file):
            return []
        try:
            read = self.schemas["figures"].read(file, self.folder.raw(file), report)
        except NoFile as error:
            wanted = "wanted a table of figures"
            raise BaodingError(f"seeds/{file}: found {error.what}; {wanted}") from None
        refuse(read.findings)
        return read.rows

    @cached_property
    def made(self) -> dict[str, list[Any]]:
        """The figures of each report that was asked for, as tables/figures makes them."""
        return {}

    @cached_property
    def faults(self) -> dict[str, Any]:
        """What the audit finds in reports that were asked for; checks/audit fills it."""
        return {}

    @cached_property
    def judged(self) -> dict[str, list[Any]]:
        """The figures of reports that were asked for, with what checks/audit says of each."""
        return {}

    @cached_property
    def audits(self) -> dict[str, dict[str, list[Finding]]]:
        """What the audit finds in the reports that were asked for, and under "" in what all share,
        each by the report in whose rows it lies; checks/audit fills it.
        """
        return {}

    @cached_property
    def codebook(self) -> dict[str, records.Indicator]:
        """The indicators by their codes."""
        return {row.indicator: row for row in self.indicators}

    @cached_property
    def words(self) -> Vocabulary:
        """The terms by kind and code."""
        return Vocabulary(self.terms)

    @cached_property
    def source(self) -> dict[str, records.ReportRow]:
        """The reports by their codes."""
        return {row.report: row for row in self.reports}

    @cached_property
    def of_subject(self) -> dict[tuple[str, int, str], list[records.ReportRow]]:
        """The reports by place, year and kind."""
        found: dict[tuple[str, int, str], list[records.ReportRow]] = {}
        for row in self.reports:
            found.setdefault((row.place, row.year, row.kind), []).append(row)
        return found

    @cached_property
    def where(self) -> dict[str, records.Place]:
        """The places by their codes."""
        return {row.place: row for row in self.places}

    @cached_property
    def mentions(self) -> dict[str, list[Mention]]:
        """The places that words name, by the words that were asked about."""
        return _mentions(tuple(self.places))

    @cached_property
    def place_starts(self) -> dict[str, list[str]]:
        """The names of places by their first two characters, the longest first."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.place_names, key=len, reverse=True):
            if len(name) > 1:
                found.setdefault(name[:2], []).append(name)
        return found

    @cached_property
    def place_names(self) -> dict[str, tuple[str, ...]]:
        """The codes of places by what they are called in Chinese, in full or in short."""
        above = {
            row.place: [self.where[code].name_zh for code in reversed(self.lineage(row.place)[1:])]
            for row in self.places
        }
        return names_of(self.places, above)

    @cached_property
    def counted(self) -> dict[str, set[str]]:
        """The canonical units of each indicator's figures; the codebook's is one of them."""
        found: dict[str, set[str]] = {}
        for row in (self.completed() if self.partly else self).figures:
            found.setdefault(row.indicator, set()).add(self.words.canonical(row.unit))
        return found

    @cached_property
    def shares(self) -> list[records.Indicator]:
        """The indicators that are a share of two others."""
        return [row for row in self.indicators if row.numerator and row.denominator]

    def parts_among(self, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of some pairs of indicators of which some identity says that the first is no more
        than the second.
        """
        found = self._parts.intersection(pairs)
        if self.partly and (rest := {*pairs} - found):  # another report's may say so
            about = About({whole for _, whole in rest}, (), {part for part, _ in rest})
            file, schema = "identities.csv", self.schemas["identities"]
            found |= _parts(schema.typed(file, self._raw(file), about=about).rows) & rest
        return found

    @cached_property
    def _parts(self) -> set[tuple[str, str]]:
        return _parts(self.identities)

    @cached_property
    def at_odds(self) -> dict[records.Conflict, set[str]]:
        """The conflicts of a source with itself, each with its sides."""
        sides = {row: {*row.sides.split()} for row in self.conflicts if row.kind == "conflict"}
        return {row: of for row, of in sides.items() if len(left_out.named_by(row)) == 1}

    @cached_property
    def given(self) -> set[str]:
        """The indicators of which a figure is on file: printed, transcribed, derived, or a share of
        two that are.
        """
        found = {row.indicator for row in [*self.figures, *self.observations]}
        found |= {row.result for row in self.identities if row.kind == "derived"}
        return found | {
            row.indicator for row in self.shares if {row.numerator, row.denominator} <= found
        }

    @cached_property
    def ratios(self) -> set[tuple[str, str]]:
        """(report, indicator) of every share whose ratio identities.csv checks."""
        return {(row.report, row.result) for row in self.identities if row.kind == "ratio"}

    def lineage(self, place: str) -> list[str]:
        """A place and the places above it, from below, of which there are few; a circle is gone
        round once.
        """
        found: list[str] = []
        while place in self.where and place not in found and len(found) < limits.LEVELS:
            found.append(place)
            place = self.where[place].parent
        return found

    def place_of(self, report: str) -> records.Place | None:
        """The place that a report speaks of."""
        return self.where.get(self.source[report].place) if report in self.source else None

    def cues(self, report: str, indicator: str, column: str) -> list[str]:
        """An indicator's keywords, or wordings of its context, in one report; none if unworded."""
        place = self.place_of(report)
        asked = place and place.name_zh[-1:], indicator, column
        if asked not in self._cues:
            book = self.codebook.get(indicator)
            words = getattr(book, column) if book else ""
            self._cues[asked] = for_rank(words.split("|"), place) if words else []
        return self._cues[asked]

    @cached_property
    def _cues(self) -> dict[tuple[str | None, str, str], list[str]]:
        """The cues that were asked for, by the rank of the place, an indicator and a column."""
        return {}


def _parts(identities: Iterable[records.Identity]) -> set[tuple[str, str]]:
    return {(row.result, row.terms) for row in identities if row.kind == "at_most"}


@lru_cache(8)
def _schemas(described: bytes) -> Mapping[str, Schema]:
    """The schemas of a description that can be read."""
    package, _ = description.checked(described)
    return MappingProxyType({one["name"]: Schema(one) for one in package["resources"]})


@lru_cache(64)
def _table(schema: Schema, file: str, raw: bytes, *before: str) -> Read:
    """What was read of a table: of a folder that is read again most are as they were."""
    return schema.typed(file, raw, *before)


@lru_cache(8)
def _text(raw: bytes) -> Report:
    """A text, with what was found in it: of a folder that is read again most are as they were."""
    return Report(raw.decode())


@lru_cache(8)
def _mentions(places: tuple[records.Place, ...]) -> dict[str, list[Mention]]:
    """The places that words name, to be filled; they follow from the table of places alone."""
    return {}


@lru_cache(64)
def _unfit(schema: Schema, file: str, raw: bytes, *before: str) -> list[Finding]:
    """The marks of a table that do not fit its rows."""
    return schema.unfit(file, raw, *before)


# A folder of tables, the tables themselves, or None for those of the library.
AnySeeds = str | Path | Seeds | None


def home() -> Path:
    """The folder of the seeds: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    folders = (package / "seeds", package.parent / "seeds")
    return next((f for f in folders if kind(f / "datapackage.json") is not None), folders[0])


def opened(seeds: AnySeeds = None) -> Seeds:
    """The seeds as `Seeds`, whatever is wrong with them; those of a folder are read."""
    if isinstance(seeds, Seeds):
        return seeds.completed() if seeds.partly else seeds
    return Seeds(seeds)


def load(seeds: AnySeeds = None, stacklevel: int = 3) -> Seeds:
    """The seeds as `Seeds`, less the reports in whose own rows or files something cannot be read,
    of which a warning tells; raises BaodingError, with all findings, when that is in what all
    share, or when no report with a text is left.
    """
    tables = opened(seeds)
    common, of_reports = left_out.by_report(tables)
    part = tables if common else tables.without(of_reports)
    if common or not any(row.text for row in part.reports):
        refuse(tables.findings, CANNOT)
    if of_reports and (line := left_out.said(part)):
        warnings.warn(line.en, LeftOut, stacklevel=stacklevel)
    return part


def intact(seeds: AnySeeds = None) -> Seeds:
    """The seeds as `Seeds`; raises BaodingError, with all findings, when anything in them cannot be
    read.
    """
    tables = opened(seeds)
    refuse([*tables.findings, *(one for of in tables.left_out.values() for one in of)], CANNOT)
    return tables


CANNOT = "the seeds cannot be read:"


def one_report(tables: Seeds, report: str | None = None, old: bool = False) -> str:
    """The report asked for, or the only one that is current, an `old` one only by its name; raises
    BaodingError that names the choices, or what is wrong with one that is left out.
    """
    names = [row.report for row in tables.reports if row.status == "audited"]
    gone = left_out.audited(tables)
    for name in gone if report is None and not names else [report or ""]:
        left_out.refuse(tables, name)
    if report in tables.source and report not in names:
        row, there = tables.source[report], ", ".join(names) or "no report"
        if old and row.on_file:
            return row.report
        why = f"a draft; figures are there of {there}"
        if row.status == "superseded":
            why = f"superseded by {row.superseded_by}: name that; `baoding show --report {report}`"
            why += " and figures(report=…) still give the figures of the old text"
        elif row.status == "cited":
            why = "only cited: no text of it is on file, and what was read of it stands in"
            why += f" observations(); figures are there of {there}"
        raise BaodingError(f"{report} is {why}")
    if report is not None:
        return known(report, names, "report")
    if len(names) + len(gone) != 1:
        raise BaodingError(
            f"{len(names) + len(gone)} reports are on file; name one as report (--report):"
            f" {', '.join(names) or 'none'}{left_out.beside(tables)}"
        )
    return names[0]
