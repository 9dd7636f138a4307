"""What a text says of itself at its own ends: title, number, issuer and day."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from baoding_data.text.dates import days_in
from baoding_data.text.lines import lines_of
from baoding_data.text.report import Report

_TITLE = re.compile("(?:报告|情况|年报|总结)(?:[（(][^）)]*[）)])?$")
_DOC_NO = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[][0-9]{4}[〕\]] ?第?[0-9]+ ?号")
_BODY = re.compile("政府|办公[室厅]|局|委员会")
_BODY_ALONE = re.compile(f"[^0-9]*(?:{_BODY.pattern})")
_MARKS = re.compile("[。，；：！？,;:!?]")
_ASIDE = re.compile("[（(][^（）()]*[）)]")
_AROUND = " \u00a0\u3000\t（()）"  # what may stand around a day that is alone on its line
_SIGNATURE = 30  # characters; a line with more is none


def read_off(text: str, place: str) -> dict[str, str]:
    """Title, number, issuer and date of a place's report, as cells by column; none is guessed."""
    report = Report(text)
    body = next((start for start, label in report.sections if label != "标题"), 0)
    # A text without a heading or a sentence has no body.
    above, whole = _own(report.text[:body]), _own(report.text)
    number = _DOC_NO.search(report.text[:body])
    day, end = _signed(whole)
    found = {
        "title_zh": _title(above, place),
        "doc_no": number[0] if number else "",
        "issuer_zh": _issuer(end, place, day is not None) or _issuer_above(above),
        "published": str(day or _day_above(above) or ""),
    }
    return {column: cell for column, cell in found.items() if cell}


def about_the_day(text: str, published: str) -> Iterator[str]:
    """A remark where a report is published on another day than its text is signed."""
    own = read_off(text, "").get("published", "")
    named = own or (published if published in {str(one.day) for one in days_in(text)} else "")
    if not published or published == named:
        return
    says = f"the text's own day is {own}" if own else "the text has no day of its own"
    yield (
        f"published: found {published}; {says}; the audit (rule `dated`) holds the text's own day,"
        " unless a row of seeds/doubts.csv, with dated under “accepts”, accepts the page's"
    )


def _own(text: str) -> list[str]:
    """The lines of a text that are its own: no number or head of a page, nothing empty."""
    return [line.text for line in lines_of(text) if line.kind not in ("blank", "page", "head")]


def _title(lines: Sequence[str], place: str) -> str:
    """A title, from the line that names place or subject to one that ends as titles do, or ""."""
    title = ""
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        if not title and _BODY_ALONE.fullmatch(line) and following.startswith(place):
            continue  # whose title it is stands above
        if title or any(word in line for word in (place, "法治政府", "依法行政")):
            title += line
            if _TITLE.search(title):
                return title
    return ""


def _signed(lines: Sequence[str]) -> tuple[date | None, str]:
    """The day with which a text ends, and the words before it: on its line, or the line above."""
    ends = list(lines[-4:])
    while ends and _ASIDE.fullmatch(ends[-1]) and not list(days_in(ends[-1])):
        ends.pop()  # （此件公开发布）
    days = list(days_in(ends[-1])) if ends else []
    if not days or ends[-1][days[-1].end :].strip(_AROUND):
        return None, ends[-1] if ends else ""
    before = ends[-1][: days[-1].start].strip(_AROUND)
    return days[-1].day, before or (ends[-2] if len(ends) > 1 else "")


def _issuer(line: str, place: str, dated: bool) -> str:
    """A line that names a body, or, above a day, the place: who signs a text; or ""."""
    if len(line) > _SIGNATURE or _MARKS.search(line):
        return ""
    named = _BODY.search(line) or place in line if dated else _BODY_ALONE.fullmatch(line)
    return line if named else ""


def _issuer_above(lines: Sequence[str]) -> str:
    """A body that stands on a line of its own above the title."""
    return lines[0] if len(lines) > 1 and _BODY_ALONE.fullmatch(lines[0]) else ""


def _day_above(lines: Sequence[str]) -> date | None:
    """The day that stands alone under the title."""
    for line in lines[1:]:
        for one in days_in(line):
            if not f"{line[: one.start]}{line[one.end :]}".strip(_AROUND):
                return one.day
    return None
