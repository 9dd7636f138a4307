"""What a reader can take along: the workbook of each report, and all figures as one table."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from baoding_data.site.answers import FILES
from baoding_data.site.folder import Files
from baoding_data.site.voice import LANGS, Lang
from baoding_data.tables.figures import of_report
from baoding_data.tables.seeds import Seeds
from baoding_data.words import Pair
from baoding_data.workbook.export import audited, exported


class Download(NamedTuple):
    """A file to take along: what it is, and where on the site it lies."""

    name: Pair
    path: str
    size: int

    @property
    def kilobytes(self) -> str:
        return f"{max(1, round(self.size / 1000)):,} KB"


def workbook(report: str, lang: Lang) -> str:
    """Where the workbook of a report lies."""
    return f"{FILES}/{report}-{lang}.xlsx"


def flat(lang: Lang) -> str:
    """Where the table of all figures lies."""
    return f"{FILES}/figures-{lang}.csv"


def downloads(tables: Seeds, reports: list[str]) -> Files:
    """The files themselves, of reports with figures, in both languages. Raises BaodingError where
    the audit finds anything in a report.
    """
    reports = [report for report in reports if of_report(tables, report)]
    if not reports:
        return
    audited(tables, Path(flat(LANGS[0])), reports, False)  # all before anything is made of one
    for report in reports:
        for lang in LANGS:
            path = workbook(report, lang)
            yield path, [exported(Path(path), None, report, lang, False, tables)]
    for lang in LANGS:
        yield flat(lang), _flat(tables, reports, lang)


def _flat(tables: Seeds, reports: list[str], lang: Lang) -> Iterator[bytes]:
    """The table of all figures report by report, the heads before the first alone."""
    for report in reports:
        rows = exported(Path(flat(lang)), None, report, lang, False, tables)
        yield rows if report == reports[0] else rows.partition(b"\r\n")[2]


def listed(sizes: Mapping[str, int], reports: dict[str, Pair], lang: Lang) -> list[Download]:
    """What can be taken along, by what it is."""
    named = {
        workbook(report, lang): Pair(f"{of.zh}：会议用表（Excel）", f"{of.en}: workbook (Excel)")
        for report, of in reports.items()
    }
    named[flat(lang)] = Pair("全部统计数据（CSV）", "All figures (CSV)")
    there = {path: name for path, name in named.items() if path in sizes}
    return [Download(name, path, sizes[path]) for path, name in there.items()]
