"""Rules of observations, figures whose texts are not on file: their number, their codes, and
whether their source can speak of them. What the number says is checked as in figures.py.
"""

from collections.abc import Iterator

from baoding_data.checks.looked_at import Observed, Transcribed
from baoding_data.checks.rule import Fault, Level, change, rule

OBSERVATIONS = Level("观察值", "An observation", {Observed: lambda part: part.all})


@rule(
    OBSERVATIONS,
    zh="所印的是一个数，除了说明确切程度的字，别无他字。",
    finds=change("observations", "yuanhe-2023", printed="受理156"),
    passes=change("observations", "yuanhe-2023", printed="约156", bound="about"),
)
def one_number(one: Transcribed) -> Iterator[Fault]:
    """What is printed is one number, with nothing but the words that say how exact it is."""
    if one.number is None:
        wanted = "one number, with nothing but the words that say how exact it is"
        yield Fault(one.row, "printed", one.row.printed, wanted, "copy it from the source")


@rule(
    OBSERVATIONS,
    zh="观察值的单位与指标表的单位计的是同一类东西。",
    finds=change("observations", "yuanhe-2023", unit="人"),
    passes=change("observations", "yuanhe-2023", unit="起"),
)
def observed_unit(one: Transcribed) -> Iterator[Fault]:
    """The unit of an observation counts the same things as the codebook's."""
    units = one.tables.words.units(one.row.unit)
    if one.book.unit not in units:
        found = f"{one.row.indicator}, counted in {one.book.unit}"
        wanted = f"an indicator counted in {' or '.join(units)}"
        advice = (
            "correct the indicator or the unit, or say in terms.csv that one stands for the other"
        )
        yield Fault(one.row, "indicator", found, wanted, advice)


@rule(
    OBSERVATIONS,
    zh="观察值出自只被引用的来源；已有全文的报告，数在它自己的表里。",
    finds=change("observations", "yuanhe-2023", report="chengping-2023", place="999901"),
)
def source_of_observation(one: Transcribed) -> Iterator[Fault]:
    """The source of an observation is only cited: a figure of a report on file stands in its own
    table.
    """
    if one.source.status != "cited":
        found = f"{one.row.report}, {one.source.status}"
        advice = "a figure of a report on file goes into its own table, with its quote"
        yield Fault(one.row, "report", found, "a report that is only cited", advice)


@rule(
    OBSERVATIONS,
    zh="跨年度的观察值写明首年，首年在末年之前；别的观察值不写。",
    finds=change("observations", "yuanhe-2023", first_year="2021"),
    passes=change("observations", "yuanhe-2023", first_year="2021", period="multi_year"),
)
def first_year(one: Transcribed) -> Iterator[Fault]:
    """An observation of several years has the first of them, before the last; no other has one."""
    row = one.row
    several = row.period == "multi_year"
    if (row.first_year is not None) != several or (row.first_year or 0) >= (row.year or 0) > 0:
        wanted = "the first of several years where the period is multi_year, else nothing"
        advice = "correct it, or the period"
        yield Fault(row, "first_year", row.first_year or "an empty cell", wanted, advice)


@rule(
    OBSERVATIONS,
    zh="观察值的年份不在来源发布之后；计划除外。",
    finds=change("observations", "yuanhe-2023", year="2025"),
)
def year_of_observation(one: Transcribed) -> Iterator[Fault]:
    """The year of an observation is not after its source was published, unless it is planned."""
    row, published = one.row, one.source.published
    if not (published and row.year) or row.period == "planned" or row.first_year is not None:
        return
    if row.year > published.year:
        wanted = f"at most {published.year}, when the source was published"
        advice = "correct the year, or the date in reports.csv"
        yield Fault(row, "year", row.year, wanted, advice)


@rule(
    OBSERVATIONS,
    zh="观察值的地方就是来源的地方，或在它之下。",
    finds=change("observations", "yuanhe-2023", place="999901"),
)
def place_of_observation(one: Transcribed) -> Iterator[Fault]:
    """The place of an observation is that of its source, or one below it."""
    if one.source.place not in one.tables.lineage(one.row.place):
        wanted = f"{one.source.place}, of which the source is, or a place below it"
        advice = "correct the place here or in reports.csv"
        yield Fault(one.row, "place", one.row.place, wanted, advice)
