"""A new report on file, as a draft: text copied, checksum taken, row written, nothing published."""

import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from baoding_data.curation.door import text_of
from baoding_data.errors import BaodingError, near, refuse
from baoding_data.tables import files
from baoding_data.tables.files import cells_of, replace, written
from baoding_data.tables.records import Place, ReportRow
from baoding_data.tables.seeds import AnySeeds, Seeds, own
from baoding_data.text.dates import days_in
from baoding_data.text.report import Report

_TITLE = re.compile("(?:报告|情况|年报|总结)(?:[（(][^）)]*[）)])?$")
_DOC_NO = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[][0-9]{4}[〕\]] ?第?[0-9]+ ?号")
_RANK = re.compile(
    " (?:County|District|City|Province|Municipality|Autonomous"
    " (?:Region|County|Prefecture)|Prefecture|Banner)$"
)
_OFFICIAL = re.compile(r"https?://[^/]*\.gov\.cn(?:[:/]|$)")
_BLANKS = " \u00a0\u3000\t"


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
    source that was only cited gets the text, and keeps its row as it is published. Raises
    BaodingError when the text is on file already or is no text, when the place is not known, or
    when the year has its report.
    """
    tables = own(seeds)
    new = _asked(tables, text, place, year, kind, report)
    about_it = new.place.place, new.year, kind
    there = [row for row in tables.reports if (row.place, row.year, row.kind) == about_it]
    name = report or (there[0].report if there else _name(new, kind))
    raw, target = new.text.encode(), tables.folder.path / "reports" / f"{name}.txt"
    _refuse([*_on_file(tables, text, new, there), *_taken(tables, name, there, target, raw)])

    cells = {
        "report": name,
        "place": new.place.place,
        "year": str(new.year),
        "kind": kind,
        "text": target.name,
        "sha256": files.checksum(raw),
        "status": "draft",
    }
    told = dict(_read_off(Report(new.text), new.place.name_zh)) | _given(about)
    table, row = _with_row(tables, cells, told)
    # Nothing is written that would make the tables unreadable.
    instead = {"reports.csv": table, f"reports/{target.name}": raw}
    refuse(Seeds(tables.folder.path, instead).findings, "not registered:")
    _write(tables, target, raw, table)
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
    tables: Seeds, file: str | Path, place: str, year: int | str, kind: str, report: str | None
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


def _place(tables: Seeds, asked: str) -> Place:
    """A place by its code or one of its names."""
    for place in tables.places:
        if asked in (place.place, place.name_zh, place.name_en):
            return place
    names = [name for place in tables.places for name in (place.name_zh, place.name_en)]
    like = near(asked, names)
    what = "code by GB/T 2260, names, level and the place above it"
    advice = f"did you mean {like}?" if like else f"add it there first, with its {what}"
    raise BaodingError(f"no place {asked!r} in places.csv; {advice}")


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


def _given(about: Mapping[str, str | None]) -> dict[str, str]:
    """The cells that are given; an address says whose page it is."""
    given = {column: cell for column, cell in about.items() if cell}
    if "url" in given:
        host = "official" if _OFFICIAL.match(given["url"]) else "copy"
        return {"host": host} | given
    return given


def _name(new: _New, kind: str) -> str:
    """The code of a new report: the place's English name, the year, the kind if no law report."""
    words = _RANK.sub("", new.place.name_en.partition(",")[0]).lower()
    slug = re.sub("[^a-z0-9]+", "-", words).strip("-") or f"p{new.place.place}"
    name = f"{slug}-{new.year}"
    return name if kind == "law_report" else f"{name}-{kind.replace('_', '-')}"


# --- what is there already


def _on_file(
    tables: Seeds, file: str | Path, new: _New, there: Iterable[ReportRow]
) -> Iterator[str]:
    """The same words under another code, whatever their blanks; another text of the same report."""
    words = "".join(new.text.split())
    for name, text in tables.texts.items():
        if "".join(text.text.split()) == words:
            yield f"{file}: is on file already, as the text of {name}"
    for row in there:
        if row.text:
            what = f"{new.place.name_zh} {new.year}"
            advice = "a corrected text is another report: name another kind, or correct the year"
            yield f"{row.report}: is on file for {what} already; {advice}"


def _taken(
    tables: Seeds, name: str, there: list[ReportRow], target: Path, raw: bytes
) -> Iterator[str]:
    """A code that another report has, or a text of that name."""
    cited = [row.report for row in there if not row.text]
    if name in tables.source and tables.source[name] not in there:
        yield f"{name}: is the code of another report; name one with --report"
    elif cited and name not in cited:
        yield f"report: found {name!r}; wanted {cited[0]}, under which this source is cited"
    if target.exists() and target.read_bytes() != raw:
        yield f"{target}: holds another text; remove it, or name another code with --report"


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


def _write(tables: Seeds, target: Path, raw: bytes, table: bytes) -> None:
    """The text, then the table; without the table, no text stays behind."""
    new = replace(target, raw)
    try:
        replace(tables.folder.path / "reports.csv", table)
    except BaodingError:
        if new:
            target.unlink()
        raise


# --- what a text says of itself


def _read_off(text: Report, place: str) -> Iterator[tuple[str, str]]:
    """Title, number, date and issuer as cells by column, as the text's own ends say them."""
    body = next((start for start, label in text.sections if label != "标题"), 0)
    if title := _title(_lines(text.text[:body]), place):
        yield "title_zh", title
    if number := _DOC_NO.search(text.text[:body]):
        yield "doc_no", number[0]
    tail = text.text[-400:]
    days = list(days_in(tail))
    if days and not tail[days[-1].end :].strip(f"{_BLANKS}\n)）"):
        yield "published", days[-1].day.isoformat()
        signed = _lines(tail[: days[-1].start])
        if signed and len(signed[-1]) <= 30 and "。" not in signed[-1]:
            yield "issuer_zh", signed[-1]


def _lines(text: str) -> list[str]:
    """The lines of a text that are not empty, without the blanks around them."""
    return [line.strip(_BLANKS) for line in text.split("\n") if line.strip(_BLANKS)]


def _title(lines: Iterable[str], place: str) -> str:
    """A title, from the line that names place or subject to one that ends as titles do, or ""."""
    title = ""
    for line in lines:
        if title or any(word in line for word in (place, "法治政府", "依法行政")):
            title += line
            if _TITLE.search(title):
                return title
    return ""
