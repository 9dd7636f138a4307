"""What a reader can take along: the workbook of each report, and all figures as one table."""

from pathlib import Path
from typing import NamedTuple

from baoding_data.site.answers import FILES, Files
from baoding_data.site.voice import Lang
from baoding_data.tables.figures import of_report
from baoding_data.tables.seeds import Seeds
from baoding_data.words import Pair
from baoding_data.workbook.export import exported


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


def downloads(tables: Seeds, reports: list[str], lang: Lang) -> Files:
    """The files themselves, of reports with figures. Raises BaodingError where the audit finds
    anything in a report.
    """
    reports = [report for report in reports if of_report(tables, report)]
    if not reports:
        return {}
    found = {
        workbook(report, lang): exported(
            Path(workbook(report, lang)), None, report, lang, False, tables
        )
        for report in reports
    }
    path = flat(lang)
    return found | {path: exported(Path(path), None, reports, lang, False, tables)}


def listed(files: Files, reports: dict[str, Pair], lang: Lang) -> list[Download]:
    """What can be taken along, by what it is."""
    named = {
        workbook(report, lang): Pair(f"{of.zh}：会议用表（Excel）", f"{of.en}: workbook (Excel)")
        for report, of in reports.items()
    }
    named[flat(lang)] = Pair("全部统计数据（CSV）", "All figures (CSV)")
    there = {path: name for path, name in named.items() if path in files}
    return [Download(name, path, len(files[path])) for path, name in there.items()]
