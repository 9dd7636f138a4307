"""A new report on file: its text copied, its checksum taken, its row written, as a draft that
changes nothing published.
"""

import re
from pathlib import Path

from baoding_data.errors import BaodingError, near
from baoding_data.tables import files as saved
from baoding_data.tables.cells import invisible
from baoding_data.tables.files import cells_of, content, replace, written
from baoding_data.tables.seeds import Seeds, own
from baoding_data.text.numbers import plain
from baoding_data.text.report import Report

_TITLE = re.compile("(?:报告|情况|年报|总结)(?:[（(][^）)]*[）)])?$")
_DAY = re.compile(r"([0-9]{4}) ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?日")
_DOC_NO = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[][0-9]{4}[〕\]] ?第?[0-9]+ ?号")
_RANK = re.compile(
    " (?:County|District|City|Province|Municipality|Autonomous"
    " (?:Region|County|Prefecture)|Prefecture|Banner)$"
)


def add(text, place, year, seeds=None, kind="law_report", report=None, **about):
    """Register a text file as the report of a place (its name or code) for a year; returns the
    report's code and a list of what is still to be filled in.

    `about` gives other cells of reports.csv (title_zh, title_en, doc_no, issuer_zh, issuer_en,
    published, url, host); title, issuer and date are read from the text where they are not given. A
    source that was only cited gets the text, and keeps its row as it is published. Raises
    BaodingError when the text is on file already or is no text, when the place is not known, or
    when the year has its report.
    """
    tables = own(seeds)
    code = _place(tables, place)
    path = Path(text)
    raw = content(path, saved.AS_TEXT)
    what = saved.spoiled(raw)
    if what:
        raise BaodingError(f"{text}: is {what}; {saved.AS_TEXT}")
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    _refuse_unseen(text, raw.decode())
    parsed = Report(raw.decode())
    if not parsed.numbers:
        raise BaodingError(
            f"{text}: found no number in it; wanted the text of a report; copy it in full from the"
            " published page"
        )
    if not re.fullmatch("[0-9]{4}", str(year)):
        raise BaodingError(f"year: found {year!r}; wanted the year that the report covers, as 2023")
    year = int(year)
    if ("source", kind) not in tables.words:
        raise BaodingError(
            f"kind: found {kind!r}; wanted one of"
            f" {', '.join(code for of, code in tables.words if of == 'source')}"
        )
    _refuse_duplicate(tables, text, raw)
    there = [
        row
        for row in tables.reports
        if (row["place"], row["year"], row["kind"]) == (code, year, kind)
    ]
    if any(row["text"] for row in there):
        raise BaodingError(
            f"{there[0]['report']}: is on file for {tables.where[code]['name_zh']} {year} already;"
            " a corrected text is another report: name another kind, or correct the year"
        )
    name = report or (there[0]["report"] if there else _name(tables, code, year, kind))
    if not re.fullmatch("[a-z][a-z0-9-]*", name):
        raise BaodingError(
            f"report: found {name!r}; wanted a code of small letters, digits and hyphens, as"
            " baoding-2023"
        )
    if name in tables.source and tables.source[name] not in there:
        raise BaodingError(f"{name}: is the code of another report; name one with --report")
    file = f"{name}.txt"
    target = tables.folder.path / "reports" / file
    if target.exists() and target.read_bytes() != raw:
        raise BaodingError(
            f"{target}: holds another text; remove it, or name another code with --report"
        )
    cells = {
        "report": name,
        "place": code,
        "year": str(year),
        "kind": kind,
        "text": file,
        "sha256": saved.checksum(raw),
        "status": "draft",
    }
    found = {
        column: value
        for column, value in _read_off(parsed, tables.where[code]["name_zh"]).items()
        if value
    }
    given = {column: value for column, value in about.items() if value}
    if given.get("url") and not given.get("host"):
        given["host"] = (
            "official" if re.match(r"https?://[^/]*\.gov\.cn(?:[:/]|$)", given["url"]) else "copy"
        )
    lines = cells_of(tables.folder.raw("reports.csv"))
    header = lines[0]
    if there:
        at = next(i for i, line in enumerate(lines) if line[0] == name)
        # What is published of a source that was cited stays as it is, and as its second reader
        # sealed it.
        row = dict(zip(header, lines[at])) | cells
        lines[at] = [row.get(column, "") for column in header]
    else:
        row = found | given | cells
        lines.append([row.get(column, "") for column in header])
    instead = {"reports.csv": written(lines), f"reports/{file}": raw}
    _refuse_faults(tables, instead)
    new = replace(target, raw)
    try:
        replace(tables.folder.path / "reports.csv", instead["reports.csv"])
    except BaodingError:
        if new:
            target.unlink()
        raise
    needed = [
        field["name"]
        for field in tables.schemas["reports"].described
        if "audited" in field.get("needed", ())
    ]
    return name, [column for column in needed if not row.get(column)]


def _place(tables, place):
    """The code of a place by its code or one of its names."""
    for row in tables.places:
        if place in (row["place"], row["name_zh"], row["name_en"]):
            return row["place"]
    like = near(place, [name for row in tables.places for name in (row["name_zh"], row["name_en"])])
    raise BaodingError(
        f"no place {place!r} in places.csv; "
        + (
            f"did you mean {like}?"
            if like
            else (
                "add it there first, with its code by GB/T 2260, names, level and the place"
                " above it"
            )
        )
    )


def _name(tables, code, year, kind):
    """The code of a new report: the place's English name and the year, and the kind where it is no
    law report.
    """
    place = _RANK.sub("", tables.where[code]["name_en"].partition(",")[0])
    slug = re.sub("[^a-z0-9]+", "-", place.lower()).strip("-") or f"p{code}"
    return f"{slug}-{year}" if kind == "law_report" else f"{slug}-{year}-{kind.replace('_', '-')}"


def _refuse_unseen(file, text):
    """Characters that nobody can see could stand in no quote."""
    wrong = [
        f"{file}, line {number}: found {invisible(line)}, a character that cannot be seen;"
        " wanted a blank, or nothing; replace it"
        for number, line in enumerate(text.split("\n"), 1)
        if invisible(line)
    ]
    if wrong:
        raise BaodingError("\n".join(wrong))


def _refuse_duplicate(tables, file, raw):
    """The same words may not be on file twice, whatever their blanks."""
    words = "".join(raw.decode().split())
    for name, text in tables.texts.items():
        if "".join(text.text.split()) == words:
            raise BaodingError(f"{file}: is on file already, as the text of {name}")


def _refuse_faults(tables, instead):
    """Nothing is written that would make the tables unreadable."""
    after = Seeds(tables.folder.path, instead)
    if after.findings:
        raise BaodingError(
            "not registered:\n" + "\n".join(map(str, after.findings)), after.findings
        )


def _read_off(text, place):
    """Title, issuer and date, as far as the text's own first and last lines say them."""
    body = next((start for start, label in text.sections if label != "标题"), 0)
    lines = [line.strip(" \u00a0\u3000\t") for line in text.text[:body].split("\n")]
    found, title = {}, ""
    for line in [line for line in lines if line]:
        title = (
            title + line
            if title
            else line
            if place in line or "法治政府" in line or "依法行政" in line
            else ""
        )
        if title and _TITLE.search(title):
            found["title_zh"] = title
            break
    number = _DOC_NO.search(text.text[:body])
    if number:
        found["doc_no"] = number[0]
    tail = plain(text.text[-400:])
    days = list(_DAY.finditer(tail))
    if days and not tail[days[-1].end() :].strip(" \u00a0\u3000\t\n)）"):
        year, month, day = days[-1].groups()
        found["published"] = f"{year}-{int(month):02}-{int(day):02}"
        signed = [
            line.strip(" \u00a0\u3000\t")
            for line in tail[: days[-1].start()].split("\n")
            if line.strip(" \u00a0\u3000\t")
        ]
        if signed and len(signed[-1]) <= 30 and "。" not in signed[-1]:
            found["issuer_zh"] = signed[-1]
    return found
