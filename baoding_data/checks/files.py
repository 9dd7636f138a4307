"""Rules of the files as they are read: tables/ finds the faults, what it found is told here."""

from collections.abc import Iterator

from baoding_data.checks.looked_at import Source
from baoding_data.checks.rule import At, Fault, Level, change, rule
from baoding_data.errors import Finding
from baoding_data.tables.seeds import Seeds

FILES = Level(
    "读入的文件",
    "The files as they are read",
    {
        Seeds: lambda tables: [[*tables.findings, *tables.remarks_of()]],
        Source: lambda part: [part.tables.remarks_of(part.row.report)],
    },
)


def _told(found: list[Finding], name: str) -> Iterator[Fault]:
    for one in found:
        if one.rule == name:
            yield Fault(At(one.file, one.row), one.column, one.found, one.wanted, one.advice)


@rule(
    FILES,
    zh="每个文件都在，都是表格，各列与 datapackage.json 所述一致，每格的形式、必填与否和取值范围都合要求。",
    finds=change("observations", "yuanhe-2023", value="156件"),
)
def schema(found: list[Finding]) -> Iterator[Fault]:
    """Every file is there and is a table with the columns of datapackage.json, and every cell has
    the form that it describes: filled in where it must be, within its range, plainly typed.
    """
    return _told(found, "schema")


@rule(
    FILES,
    zh="键唯一：同一张表里没有两行的键相同；未列入的数没有键。",
    finds=change("places", "999902", place="999901"),
)
def key(found: list[Finding]) -> Iterator[Fault]:
    """No two rows of a table have the same key; a number that is set apart has none."""
    return _told(found, "key")


@rule(
    FILES,
    zh="代码指得到东西：指标、地方、报告在各自的表中，其余代码在 terms.csv 中，上级地方不成圈。",
    finds=change("places", "999902", level="district"),
    passes=change("places", "999902", level="township"),
)
def code(found: list[Finding]) -> Iterator[Fault]:
    """A code names what is there: an indicator, a place or a report in its table, any other code in
    terms.csv; no place stands above itself.
    """
    return _told(found, "code")


@rule(
    FILES,
    zh="有第二读者签记的行，仍与签记时一样。",
    finds=change("neighbours", "cases", note_zh="受理的都审结。"),
)
def reader(found: list[Finding]) -> Iterator[Fault]:
    """A row with a second reader's mark still stands as it was read."""
    return _told(found, "reader")


@rule(
    FILES,
    zh="每份报告的全文文件都在，是 UTF-8 纯文本。",
    finds=change("reports", "chengping-2023", text="chengping.txt"),
)
def text(found: list[Finding]) -> Iterator[Fault]:
    """The text of every report is there, as plain text in UTF-8."""
    return _told(found, "text")
