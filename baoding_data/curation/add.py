"""A new report on file, as a draft: text copied, checksum taken, row written, nothing published."""

import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

from baoding_data.curation.door import text_of
from baoding_data.curation.ends import read_off
from baoding_data.errors import BaodingError, folded, refuse
from baoding_data.shown import cut, shown
from baoding_data.tables import files
from baoding_data.tables.changing import changing
from baoding_data.tables.files import cells_of, written
from baoding_data.tables.names import places_of
from baoding_data.tables.naming import contradicted, unnamed
from baoding_data.tables.records import Place, ReportRow
from baoding_data.tables.seeds import AnySeeds, Seeds
from baoding_data.writing import held

_RANK = re.compile(
    " (?:County|District|City|Province|Municipality|Autonomous"
    " (?:Region|County|Prefecture)|Prefecture|Banner)$"
)
_OFFICIAL = re.compile(r"https?://[^/]*\.gov\.cn(?:[:/]|$)")


def add(
    text: str | Path,
    place: str,
    year: int | str,
    seeds: AnySeeds = None,
    kind: str = "law_report",
    report: str | None = None,
    **about: str | None,
) -> tuple[str, list[str]]:
    """Register a text file as the report of a place (its name or code) for a year; returns the
    report's code and a list of what is still to be filled in.

    `about` gives other cells of reports.csv (title_zh, title_en, doc_no, issuer_zh, issuer_en,
    published, url, host); title, issuer and date are read from the text where they are not given. A
    source that was only cited, and is this one by its title or address or because `report` names
    it, gets the text, and keeps its row as it is published. Raises BaodingError when the text is on
    file already or is no text, when the place is not known, or when the code is another's.
    """
    with changing(seeds, "add") as sound:
        tables = sound.whole or sound  # what cannot be read is on file all the same
        new = _asked(tables, text, place, year, kind, report, about)
        return _added(tables, text, new, kind, report, _given(about))


def _added(
    tables: Seeds,
    text: str | Path,
    new: "_New",
    kind: str,
    report: str | None,
    given: dict[str, str],
) -> tuple[str, list[str]]:
    """What `add` returns, of a report that is asked for."""
    told = read_off(new.text, new.place.name_zh) | given
    there = _There(tables.of_subject.get((new.place.place, new.year, kind), []))
    cited = there.cited(told)
    name = report or (cited[0].report if len(cited) == 1 else _name(new, kind))
    raw, file = new.text.encode(), f"reports/{name}.txt"
    target = tables.folder.place(file)
    other = f"a code of its own, as --report {_own_code(tables, new, kind, name)}"
    wrong = [*_on_file(tables, text, new), *_not_this(tables, there, name, report, told, other)]
    _refuse(wrong or [*_in_the_way(target, raw), *_unread(tables, name)])

    cells = {
        "report": name,
        "place": new.place.place,
        "year": str(new.year),
        "kind": kind,
        "text": target.name,
        "sha256": files.checksum(raw),
        "status": "draft",
    }
    table, row = _with_row(tables, cells, told)
    # Nothing is written that would make the tables unreadable.
    instead = {"reports.csv": table, file: raw}
    after = Seeds(tables.folder.path, instead)
    refuse([one for one in after.findings if one not in tables.findings], "not registered:")
    _refuse(_of_another(after, after.source[name], new.text))
    _write(tables, file, raw, table)
    fields = tables.schemas["reports"].described
    needed = [field["name"] for field in fields if "audited" in field.get("needed", ())]
    return name, [column for column in needed if not row.get(column)]


# --- what is asked for


class _New(NamedTuple):
    """A report that is not on file: the text as it goes there."""

    place: Place
    year: int
    text: str


def _asked(
    tables: Seeds,
    file: str | Path,
    place: str,
    year: int | str,
    kind: str,
    report: str | None,
    about: Mapping[str, str | None],
) -> _New:
    """What is to be registered; raises BaodingError with all of it that cannot be used."""
    wrong: list[str] = []
    with _noting(wrong):
        where = _place(tables, place)
    with _noting(wrong):
        text = text_of(file)
    with _noting(wrong):
        covered = _year(year)
    wrong += _unfit(tables, kind, report)
    wrong += _unseen(about)
    _refuse(wrong)
    return _New(where, covered, text)


@contextmanager
def _noting(wrong: list[str]) -> Generator[None]:
    """What cannot be used is noted, so that all of it is said at once."""
    try:
        yield
    except BaodingError as error:
        wrong.append(str(error))


def _refuse(wrong: Iterable[str]) -> None:
    if said := "\n".join(wrong):
        raise BaodingError(said)


_ADD_PLACE = (
    "add it to places.csv first, with its code by GB/T 2260, names, level and the place above it"
)


def _place(tables: Seeds, asked: str) -> Place:
    """A place by its code or one of its names."""
    [code] = places_of(tables, [asked], _ADD_PLACE)
    return tables.where[code]


def _year(year: int | str) -> int:
    if re.fullmatch("[0-9]{4}", str(year)):
        return int(year)
    raise BaodingError(f"year: found {year!r}; wanted the year that the report covers, as 2023")


def _unfit(tables: Seeds, kind: str, report: str | None) -> Iterator[str]:
    """A kind that is none, or a report's code that can be none."""
    kinds = tables.words.codes("source")
    if kind not in kinds:
        yield f"kind: found {kind!r}; wanted one of {', '.join(kinds)}"
    if report and not re.fullmatch("[a-z][a-z0-9-]*", report):
        wanted = "a code of small letters, digits and hyphens, as baoding-2023"
        yield f"report: found {report!r}; wanted {wanted}"


def _unseen(about: Mapping[str, str | None]) -> Iterator[str]:
    """What is given that holds more than the words that are seen, on one line."""
    for column, cell in about.items():
        if cell and (shown(cell) != cell or {*"\n\t"} & {*cell}):
            wanted = "one line without characters that nobody sees"
            yield f"{column}: found {cut(repr(cell))}; wanted {wanted}; write it so"


def _given(about: Mapping[str, str | None]) -> dict[str, str]:
    """The cells that are given; an address says whose page it is."""
    given = {column: cell for column, cell in about.items() if cell}
    if "url" in given:
        host = "official" if _OFFICIAL.match(given["url"]) else "copy"
        return {"host": host} | given
    return given


def _name(new: _New, kind: str) -> str:
    """The code of a new report: the place's English name, the year, the kind if no law report."""
    return _code(new, kind, new.place.name_en.partition(",")[0])


def _code(new: _New, kind: str, place: str) -> str:
    words = _RANK.sub("", place).lower()
    slug = re.sub("[^a-z0-9]+", "-", words).strip("-") or f"p{new.place.place}"
    name = f"{slug}-{new.year}"
    return name if kind == "law_report" else f"{name}-{kind.replace('_', '-')}"


def _own_code(tables: Seeds, new: _New, kind: str, name: str) -> str:
    """A code that no report has; where another place's has its code, with the place above it."""
    row = tables.source.get(name)
    if row and row.place != new.place.place:
        name = _code(
            new, kind, " ".join(_RANK.sub("", one) for one in new.place.name_en.split(","))
        )
        if name not in tables.source:
            return name
    return _free(tables, name)


# --- what is there already


class _There(NamedTuple):
    """The rows of reports.csv of the same place, year and kind."""

    rows: list[ReportRow]

    def cited(self, told: Mapping[str, str]) -> list[ReportRow]:
        """The sources without a text that are this one, as title or address says."""
        return [row for row in self.rows if not row.text and _same(row, told)]

    def unclear(self, told: Mapping[str, str]) -> list[ReportRow]:
        """The sources without a text that may be this one: a title is not known."""
        known = folded(told.get("title_zh", ""))
        return [row for row in self.rows if not (row.text or known and folded(row.title_zh))]


def _same(row: ReportRow, told: Mapping[str, str]) -> bool:
    """Whether a title or an address is that of a row."""
    title, url = (folded(told.get(column, "")) for column in ("title_zh", "url"))
    return bool(title and title == folded(row.title_zh) or url and url == folded(row.url))


def _elsewhere(row: ReportRow, told: Mapping[str, str]) -> bool:
    """Whether a row and a report that are alike have addresses, and these differ."""
    url = folded(told.get("url", ""))
    return bool(url and row.url and url != folded(row.url))


def _on_file(tables: Seeds, file: str | Path, new: _New) -> Iterator[str]:
    """The same words under another code, whatever their blanks."""
    words = "".join(new.text.split())
    for name, text in tables.texts.items():
        if "".join(text.text.split()) == words:
            yield f"{file}: is on file already, as the text of {name}"


def _not_this(
    tables: Seeds,
    there: _There,
    name: str,
    report: str | None,
    told: Mapping[str, str],
    own: str,
) -> Iterator[str]:
    """A code that is another's, and a source of which only a person can say whether it is this."""
    cited = there.cited(told)
    row = tables.source.get(name)
    if report and row and (row.text or row not in there.rows):
        yield f"{name}: is the code of another report, {_shown(row)}; name {own}"
    elif report and not row:
        for one in cited:
            if not _elsewhere(one, told):
                wanted = f"{one.report}, under which this source is cited"
                yield f"report: found {name!r}; wanted {wanted}"
    elif not report:
        taken = [row] if row else []
        asked = cited if len(cited) > 1 else [] if cited else [*there.unclear(told), *taken]
        on_file = [one for one in there.rows if one.text]
        for one in dict.fromkeys([*on_file, *asked]):
            yield _which(one, one in there.rows, own)


def _which(row: ReportRow, alike: bool, own: str) -> str:
    """What a person has to say of a row before a text is registered beside it, or as its text."""
    if row.text and alike:
        where = f"{row.report}: is on file for this place and {row.year} already"
        return f"{where}, {_shown(row)}; another document, or a corrected text, gets {own}"
    if not alike:
        return f"{row.report}: is the code of another report, {_shown(row)}; name {own}"
    return (
        f"{row.report}: is cited, {_shown(row)}; whether your text is this source, its title and"
        f" address do not say; if it is, name --report {row.report}; if not, {own}"
    )


def _shown(row: ReportRow) -> str:
    return f"“{row.title_zh or row.url}”"


def _free(tables: Seeds, name: str) -> str:
    """A code like another that no report has."""
    return next(code for n in count(2) if (code := f"{name}-{n}") not in tables.source)


def _unread(tables: Seeds, name: str) -> Iterator[str]:
    """A row of that code that cannot be read."""
    _, *lines = cells_of(tables.folder.raw("reports.csv"))
    if name not in tables.source and name in {cells[0] for cells in lines if cells}:
        where = "seeds/reports.csv has a row of it that cannot be read"
        yield f"{name}: {where}; `baoding check` names it, correct it first"


def _in_the_way(target: Path, raw: bytes) -> Iterator[str]:
    """Another text of that name."""
    if held(target) not in (None, raw):
        yield f"{target}: holds another text; remove it, or name another code with --report"


def replaced(tables: Seeds, name: str) -> list[ReportRow]:
    """The audited reports of the place, year and kind of one that was just registered."""
    new = tables.source[name]
    alike = tables.of_subject[new.place, new.year, new.kind]
    return [row for row in alike if row.status == "audited"]


# --- what it says of itself


def _of_another(tables: Seeds, row: ReportRow, text: str) -> Iterator[str]:
    """What title and issuer say against the place and the year named, or do not say of them."""
    place = tables.where[row.place]
    asked = {"place": f"{place.name_zh} ({place.place})", "year": str(row.year)}
    for wrong in contradicted(tables, row):
        which = "issuer" if wrong.says == "issuer_zh" else "title"
        found = f"{which}: found “{getattr(row, wrong.says)}”, which says {wrong.what}"
        wanted = f"wanted {asked[wrong.claims]}, as --{wrong.claims} says"
        cure = f"name --{wrong.claims} {' or '.join(wrong.cure)}"
        if not wrong.cure:
            cure = f"give {wrong.what} a row in places.csv and name its code with --place"
        if wrong.cure == (str(row.year + 1),) and not row.published:
            cure += f", or --published where it came out in the first half of {row.year + 1}"
        yield f"{found}; {wanted}; {cure}, or give the right text"
    for wrong in unnamed(tables, row, text):
        said = " and ".join(f"“{one}”" for one in (row.title_zh, row.issuer_zh) if one)
        found = f"{wrong.claims}: found no {asked[wrong.claims]} in {said or 'title and issuer'}"
        wanted = "wanted a title or an issuer that names it"
        options = "--title-zh or --issuer-zh"
        if wrong.claims == "year":
            signed = f", published {row.published}" if row.published else ""
            found += f", nor a text of then{signed}"
            wanted = "wanted a title that names it, or a text that does, of that year or the next"
            options = "--title-zh"
        cure = f"give {options} as the publisher's page has it"
        yield f"{found}; {wanted}; {cure}, or the right --{wrong.claims} or text"


# --- what is written


def _with_row(
    tables: Seeds, cells: dict[str, str], told: dict[str, str]
) -> tuple[bytes, dict[str, str]]:
    """The bytes of reports.csv with the report's row, and that row.

    What is published of a source that was cited stays as it is, and as its second reader sealed it.
    """
    header, *lines = cells_of(tables.folder.raw("reports.csv"))
    rows = [dict(zip(header, line, strict=False)) for line in lines]
    cited = next((at for at, row in enumerate(rows) if row["report"] == cells["report"]), None)
    row = (told if cited is None else rows[cited]) | cells
    line = [row.get(column, "") for column in header]
    at = len(lines) if cited is None else cited
    return written([header, *lines[:at], line, *lines[at + 1 :]]), row


def _write(tables: Seeds, file: str, raw: bytes, table: bytes) -> None:
    """The text, then the table; without the table, no text stays behind."""
    target = tables.folder.path / file
    new = held(target) is None and tables.folder.replace(file, raw)
    try:
        tables.folder.replace("reports.csv", table)
    except BaodingError:
        if new:
            with suppress(OSError):  # the same command again takes it up
                target.unlink()
        raise
