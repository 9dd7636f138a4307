"""Rules of the rows of a table of figures: quote and number, what the number says, what the
sentence says, and numbers that are set apart. Those of readings and kinds hold for observations
too.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from baoding_data.checks.looked_at import Claim, Observed, OnFile, Transcribed
from baoding_data.checks.rule import Fault, Level, change, reworded, rule, said_in
from baoding_data.tables.records import FigureRow, Indicator
from baoding_data.text.resolution import can_mean, possible

# Where a sentence names one of these times, its figures must be of one of the times named.
TIMES_NAMED = ("since", "to_date", "cumulative")

# A chapter whose heading holds one of these says of all its sentences that they are about what is
# planned.
INTENDED = ("打算", "计划", "安排", "下一步")

# What counts over a time, what stands at one, what is asked for and what is planned are not the
# same.
FLOWS = {"year", "since", "to_date", "cumulative", "part_year", "multi_year"}
PERIODS = {
    "count": FLOWS,
    "share": FLOWS,
    "amount": FLOWS,
    "stock": {"stock", "to_date"},
    "norm": {"norm"},
    "target": {"planned"},
}

QUOTES = Level("引文与数字", "A row, its quote and its number", {OnFile: lambda part: part.claims})
READINGS = Level(
    "数字怎么写、说多少",
    "What a printed number says, of figures and of observations",
    {
        OnFile: lambda part: (claim for claim in part.claims if claim.number),
        Observed: lambda part: (one for one in part.all if one.number),
    },
)
KINDS = Level(
    "哪一类的数",
    "What kind of quantity it is, of figures and of observations",
    {OnFile: lambda part: part.proved, Observed: lambda part: part.all},
)
MEANINGS = Level("句子说什么", "A figure and its sentence", {OnFile: lambda part: part.proved})


class Apart(NamedTuple):
    """A number that is set apart, with the indicators that have a keyword and are counted in its
    unit.
    """

    claim: Claim
    books: list[Indicator]


def _apart(part: OnFile) -> Iterator[Apart]:
    of_unit: dict[str, list[Indicator]] = {}
    for claim in part.set_apart:
        unit = claim.number.unit
        if unit not in of_unit:
            units = part.tables.words.units(unit)
            books = part.tables.codebook.values()
            of_unit[unit] = [book for book in books if book.keyword and book.unit in units]
        yield Apart(claim, of_unit[unit])


SET_APART = Level("未列入的数", "A number that is set apart", {OnFile: _apart})

# The invented report, in which a row has words of its own.
IN_OTHER_WORDS = (
    reworded("乡镇受理22件", "镇里受理22件"),
    change(
        "figures",
        "cases_townships",
        quote="镇里受理22件",
        keyword="镇里受理",
        scope_basis="inferred",
    ),
)


def is_of_plans(chapter: str) -> bool:
    """Whether the heading of a chapter says that it is of plans, and not of failings as well."""
    return any(word in chapter for word in INTENDED) and not re.search("问题|不足", chapter)


def listed(words: Iterable[str], else_: str = "words that say so") -> str:
    """Words in quotation marks, joined by “or”."""
    return " or ".join(f"“{word}”" for word in words) or else_


@rule(
    QUOTES, zh="引文在全文中恰好出现一次。", finds=change("figures", "officers", quote="行政执法")
)
def quote(claim: Claim) -> Iterator[Fault]:
    """The quote stands in the report, and once; a row of a table is known by its place."""
    if claim.times == 1 or claim.row.table_row:
        return
    where = f"{claim.times} times in" if claim.times else "not in"
    right = _rightful(claim)
    wanted = f"“{right[0]}”" if right else "a quote that stands once in the report"
    advice = "lengthen it by whole clauses" if claim.times else "copy it from the report"
    yield Fault(claim.row, "quote", f"“{claim.row.quote}”, {where} the report", wanted, advice)


def _rightful(claim: Claim) -> list[str]:
    """The quotes that would do for the row's number, if indicator and printed form tell it."""
    if claim.book is None:
        return []
    found = []
    for number in claim.text.values:
        there = Claim(claim.tables, claim.text, claim.row, number)
        if number.printed == claim.row.printed and there.says(claim.cues("context")):
            found += claim.text.quotes_for(number, there.fits)
    return found


@rule(
    QUOTES,
    zh="“原文数字”一格的数，引文中有。",
    finds=change("figures", "officers", printed="120多"),
)
def number(claim: Claim) -> Iterator[Fault]:
    """The number that the row gives as printed stands in its quote."""
    if claim.number is None and claim.times and not claim.row.table_row:
        inside = claim.text.numbers_in(claim.at, claim.at + len(claim.row.quote))
        wanted = f"{listed((one.printed for one in inside), 'a number')}, as the quote prints"
        found, advice = f"“{claim.row.printed}”", "correct it, or the quote"
        yield Fault(claim.row, "printed", found, wanted, advice)


@rule(
    QUOTES,
    zh="引文是含有数字和关键词、且在全文中只出现一次的最短的若干整句段。",
    finds=change(
        "figures", "cases_county", quote="全年全县受理行政复议案件52件，其中县政府受理30件"
    ),
)
def quote_length(claim: Claim) -> Iterator[Fault]:
    """The quote is the shortest run of whole clauses that holds number and keyword and stands once
    in the report.
    """
    if claim.number is None or claim.times != 1 or claim.cell:
        return
    right = claim.text.quotes_for(claim.number, claim.fits)
    if right and claim.row.quote not in right:
        advice = (
            "quote the shortest run of whole clauses that holds number and keyword and stands once"
            " in the report"
        )
        yield Fault(claim.row, "quote", f"“{claim.row.quote}”", listed(right), advice)


@rule(
    QUOTES,
    zh="表格中的数，写明是第几个表、第几行，引文就是这一行；句子里的数不写。",
    finds=change("figures", "officers", table_row="1/1"),
)
def table_row(claim: Claim) -> Iterator[Fault]:
    """A number in a table names its table and row, which is its quote; one in a sentence none."""
    row, text = claim.row, claim.text
    if not row.table_row:
        if claim.cell:
            wanted = f"{claim.cell.table_row}, the table and its row"
            yield Fault(row, "table_row", "an empty cell", wanted, "write where the number stands")
        return
    cells = text.cells_of(row.table_row)
    right = text.sentence_at(cells[0].start).text if cells else ""
    if not cells:
        wanted = _place_of_quote(claim) or "a table of the text and one of its rows with numbers"
        yield Fault(row, "table_row", row.table_row, wanted, "count the tables, and their rows")
    elif row.quote != right:
        wanted = f"“{right}”, the row as printed"
        yield Fault(row, "quote", f"“{row.quote}”", wanted, "copy it, or correct “table_row”")
    elif claim.number is None:
        wanted = f"{listed(one.printed for one in cells)}, as the row prints"
        yield Fault(row, "printed", f"“{row.printed}”", wanted, "correct it, or “table_row”")


def _place_of_quote(claim: Claim) -> str:
    """The table and row of which a quote is the row; empty where it is of none."""
    found = claim.text.place_of_row(claim.row.quote)
    return f"{found}, where the quote stands" if found else ""


@rule(
    QUOTES,
    zh="表头照原文，在这个数的上方、同一列；从全文看不出是哪一列的，写表中有的表头。",
    finds=change("figures", "officers", heads="人数"),
)
def heads(claim: Claim) -> Iterator[Fault]:
    """The heads stand above the number in its column, verbatim; where the text does not show which
    column it is, they are heads of its table.
    """
    row, cell = claim.row, claim.cell
    if not claim.number or not row.heads and not (cell and cell.heads):
        return
    if cell is None or cell.heads:
        wanted = cell.column if cell else ""
        if row.heads != wanted:
            advice = "they are what stands above the number in its column" if cell else "clear it"
            found = row.heads or "an empty cell"
            yield Fault(row, "heads", found, wanted or "an empty cell", advice)
        return
    there = claim.text.heads_at(claim.number)
    if missing := [head for head in row.heads.split("|") if head not in there]:
        wanted = f"heads of the table: {listed(there, 'none')}"
        yield Fault(row, "heads", "|".join(missing), wanted, "copy them, or clear the cell")


def _read(one: Claim | Transcribed, column: str) -> Iterator[Fault]:
    """One cell against what the printed number says."""
    row, number = one.row, one.number
    cells = getattr(row, column), getattr(number, column)
    if cells[0] == cells[1]:
        return
    shown, wanted = ("" if cell is None else cell for cell in cells)
    if shown == wanted or shown == "" and _unread(one, column):
        return
    unit = "" if number.unit == "%" else number.unit
    doubt = ", which is unclear" if number.doubt else ""
    advice = (
        f"the sentence prints “{number.printed}{unit}”{doubt}; write"
        f" {'nothing' if wanted == '' else wanted}, or correct “printed”"
    )
    found = "an empty cell" if shown == "" else shown
    yield Fault(row, column, found, f"no {column}" if wanted == "" else wanted, advice)


def _unread(one: Claim | Transcribed, column: str) -> bool:
    """Whether a cell holds what could not be read: then that is said already."""
    place = one.row.file, one.row.line, column
    return any((found.file, found.row, found.column) == place for found in one.tables.findings)


@rule(READINGS, zh="数值就是所印的数。", finds=change("figures", "cases,", value="25"))
def value(one: Claim | Transcribed) -> Iterator[Fault]:
    """The value is what the printed number says."""
    return _read(one, "value")


@rule(READINGS, zh="单位就是数字后面所印的量词。", finds=change("figures", "officers", unit="人"))
def unit(one: Claim | Transcribed) -> Iterator[Fault]:
    """The unit is the measure word that is printed after the number."""
    return _read(one, "unit")


@rule(
    READINGS,
    zh="确切程度与所印的一致：余、约、以上、不足等。",
    finds=change("figures", "officers", bound="exact"),
)
def bound(one: Claim | Transcribed) -> Iterator[Fault]:
    """The bound is what the words around the number say: more than, about, at least."""
    return _read(one, "bound")


@rule(
    KINDS,
    zh="比率在0到100之间。",
    finds=(
        reworded("维持率85%", "维持率185%"),
        change("figures", "upheld_rate", printed="185%", value="185", quote="维持率185%"),
    ),
    passes=(
        reworded("按期审结率达到100%", "按期审结率达到0%"),
        change("figures", "on_time", printed="0%", value="0", quote="行政复议案件按期审结率达到0%"),
    ),
)
def within_hundred(one: Claim | Transcribed) -> Iterator[Fault]:
    """A share lies between 0 and 100 per cent."""
    row = one.row
    if one.book.measure not in ("share", "target") or row.unit != "%" or row.value is None:
        return
    if not 0 <= row.value <= 100:
        advice = f"a share lies between them; {_as_printed(one, 'within_hundred')}"
        yield Fault(row, "value", row.value, "0 to 100", advice, (row,))


@rule(
    KINDS,
    zh="件数、存量是整数。",
    finds=(
        reworded("维持34件", "维持34.5件"),
        change("figures", "cases_upheld", printed="34.5", value="34.5", quote="维持34.5件"),
    ),
)
def whole_number(one: Claim | Transcribed) -> Iterator[Fault]:
    """A count or a stock is a whole number."""
    row, measure = one.row, one.book.measure
    if measure in ("count", "stock") and row.value is not None and row.value % 1:
        advice = f"a {measure} has no part of one; {_as_printed(one, 'whole_number')}"
        yield Fault(row, "value", row.value, "a whole number", advice, (row,))


def _as_printed(one: Claim | Transcribed, name: str) -> str:
    """What to do where the source itself is the cause."""
    among = one.tables.rows_of("figures", one.row.report)
    return f"look at the report again; if it is printed so, {said_in(name, [one.row], among)}"


@rule(
    KINDS,
    zh="时段合乎指标的类型：件数有起讫，存量是时点，目标属计划。",
    finds=change("figures", "officers", period="year"),
)
def period_of_kind(one: Claim | Transcribed) -> Iterator[Fault]:
    """The period is one that the kind of quantity can have: a count is of a time, a stock stands at
    one, a target is planned.
    """
    row, measure = one.row, one.book.measure
    fitting = PERIODS.get(measure)
    if row.period and fitting and row.period not in fitting:
        wanted = f"{' or '.join(sorted(fitting))}, the indicator being a {measure}"
        advice = "correct the period, or the measure in indicators.csv"
        yield Fault(row, "period", row.period, wanted, advice)


@rule(
    QUOTES,
    zh="读不准的数，经人读定才作统计数。",
    finds=change("figures", "done_on_site", resolved="", value="", unit="", bound=""),
)
def certain(claim: Claim) -> Iterator[Fault]:
    """A number that no rule reads for certain is a figure only if a person has resolved it."""
    number = claim.number
    if number and number.kind == "unclear" and claim.book:
        doubt = claim.tables.words["unclear", number.doubt].en
        advice = (
            f"“{number.printed}” is unclear, {doubt}: write its value, unit and bound, and the"
            " initials of who read it so under “resolved”; or set it apart"
        )
        wanted = "an empty cell and the reason in the notes, or a number that is resolved"
        yield Fault(claim.row, "indicator", claim.row.indicator, wanted, advice)


@rule(
    QUOTES,
    zh="读定的是读不准的数，读作它可能所指的数值。",
    finds=change("figures", "done_on_site", value="40"),
    passes=change("figures", "done_on_site", value="33.33"),
)
def resolved(claim: Claim) -> Iterator[Fault]:
    """What is resolved is an unclear number of a figure, read as a value that its printed form can
    mean.
    """
    row, number = claim.row, claim.number
    if not row.resolved or not number:
        return
    if not number.doubt or not row.indicator:
        why = "no number that is unclear" if not number.doubt else "set apart, not a figure"
        found = f"{row.resolved}, where “{number.printed}” is {why}"
        yield Fault(row, "resolved", found, "an empty cell", "clear it")
    elif number.kind == "unclear" or row.value is None:
        yield Fault(row, "value", "an empty cell", "the value as it was read", "write it")
    elif not can_mean(number, row.value, claim.sentence.text, number.start - claim.sentence.start):
        readings = sorted(possible(number.printed))
        wanted = f"what “{number.printed}” can mean: {listed(map(_short, readings), 'none')}"
        yield Fault(row, "value", row.value, wanted, "correct it, or set the number apart")


def _short(value: Decimal) -> str:
    return f"{round(value, 2):f}" if value % 1 else f"{value:f}"


@rule(
    MEANINGS,
    zh="引文中有指标的关键词，而且它离这个数比离别的数都近。",
    finds=change("figures", "cases_townships", indicator="cases_upheld"),
    passes=IN_OTHER_WORDS,
)
def keyword(claim: Claim) -> Iterator[Fault]:
    """A keyword of the indicator stands in the quote, nearer to the number than to any other."""
    if not claim.fits(claim.at, claim.at + len(claim.row.quote)):
        own = [claim.row.keyword] if claim.row.keyword else []
        words = listed([*claim.cues("keyword"), *own], "a keyword")
        wanted = (
            f"{words} in the quote, nearer to “{claim.number.printed}” than to any other number"
        )
        advice = (
            "correct the indicator or the quote; or, if this report words it otherwise, write its"
            " words under “keyword”"
        )
        yield Fault(claim.row, "indicator", claim.row.indicator, wanted, advice)


@rule(
    MEANINGS,
    zh="指标表的关键词够用时，行内不另写关键词。",
    finds=change("figures", "cases_townships", keyword="乡镇"),
)
def own_keyword(claim: Claim) -> Iterator[Fault]:
    """A row has a keyword of its own only where the codebook's does not do."""
    row = claim.row
    if not row.keyword or not claim.fits(claim.at, claim.at + len(row.quote)):
        return
    if claim.quotes_as(row.indicator):
        advice = "a keyword of the codebook stands there; clear it"
        yield Fault(row, "keyword", row.keyword, "an empty cell", advice)


@rule(
    MEANINGS,
    zh="句子里有指标的语境词。",
    finds=reworded("举办行政复议、行政应诉培训", "举办复议、行政应诉培训"),
)
def context(claim: Claim) -> Iterator[Fault]:
    """The sentence holds words that say what the indicator is about."""
    cues = claim.cues("context")
    if claim.says(cues) or claim.row.context and claim.says([claim.row.context]):
        return
    wanted = f"{listed(cues, 'words that say what it is about')} in the sentence"
    advice = (
        "correct the indicator; or, if this report words it otherwise, write words of the sentence"
        " under “context”"
    )
    yield Fault(claim.row, "indicator", claim.row.indicator, wanted, advice)


@rule(
    MEANINGS,
    zh="指标表的语境词够用时，行内不另写语境词。",
    finds=change("figures", "cases_townships", context="乡镇"),
)
def own_context(claim: Claim) -> Iterator[Fault]:
    """A row has a context of its own only where the codebook's does not do."""
    row = claim.row
    if row.context and claim.says(claim.cues("context")):
        advice = "a context of the codebook stands in the sentence; clear it"
        yield Fault(row, "context", row.context, "an empty cell", advice)


@rule(
    MEANINGS,
    zh="所印单位与指标表的单位计的是同一类东西。",
    finds=change("indicators", "cases_upheld", unit="人"),
    passes=(
        reworded("维持34件", "维持34起"),
        change("figures", "cases_upheld", unit="起", quote="维持34起"),
    ),
)
def unit_of_indicator(claim: Claim) -> Iterator[Fault]:
    """The printed unit counts the same things as the codebook's."""
    units = claim.tables.words.units(claim.number.unit)
    if claim.book.unit not in units:
        found = f"{claim.row.indicator}, counted in {claim.book.unit}"
        wanted = f"an indicator counted in {' or '.join(units)}"
        advice = (
            "correct the indicator; or, if the two units count the same things, let terms.csv say"
            " so under “canonical”"
        )
        yield Fault(claim.row, "indicator", found, wanted, advice)


@rule(
    MEANINGS,
    zh="统计数的范围、范围依据和时段都填了。",
    finds=change("figures", "officers", period=""),
    passes=change("figures", "officers", note_en=""),
)
def scope_and_period(claim: Claim) -> Iterator[Fault]:
    """A figure has a scope, its basis and a period."""
    for column in ("scope", "scope_basis", "period"):
        if not getattr(claim.row, column):
            yield Fault(claim.row, column, "an empty cell", "a code of terms.csv", "fill it in")


@rule(
    MEANINGS,
    zh="说是原文写明的范围，句子里有它的措辞。",
    finds=change("figures", "officers", scope_basis="printed"),
    passes=change("figures", "officers", scope="government"),
)
def scope(claim: Claim) -> Iterator[Fault]:
    """The sentence holds words of a scope that is called printed."""
    row = claim.row
    words = claim.tables.words.wordings("scope", row.scope, claim.place)
    if row.scope_basis == "printed" and not claim.says(words):
        wanted = f"{listed(words)} in the sentence"
        advice = "correct the scope, or call it inferred"
        yield Fault(row, "scope", f"{row.scope}, printed", wanted, advice)


@rule(
    MEANINGS,
    zh="时段有特定措辞的，句子里有这样的措辞；计划也可由章的标题说明。",
    finds=change("figures", "cases_upheld", period="to_date"),
)
def period(claim: Claim) -> Iterator[Fault]:
    """The sentence holds words of a period that has words of its own; of a plan the heading of the
    chapter may say it.
    """
    code = claim.row.period
    words = claim.tables.words.wordings("period", code, claim.place)
    if not words or claim.says(words):
        return
    chapter = claim.text.chapter_at(claim.number.start) if code == "planned" else ""
    if not any(word in chapter for word in INTENDED):
        wanted = f"{listed(words)} in the sentence"
        yield Fault(claim.row, "period", code, wanted, "correct the period")


@rule(
    MEANINGS,
    zh="句子在这个数之前或同一分句写明“以来”“截至目前”“累计”的，时段照此。",
    finds=reworded("全年全县受理", "全年全县累计受理"),
    passes=reworded("乡镇受理22件。", "乡镇受理22件，累计收案登记工作已经规范。"),
)
def period_named(claim: Claim) -> Iterator[Fault]:
    """Where the sentence names the time, since, to date or cumulative, before the number or in its
    clause, the period is one of those named.
    """
    words, said = claim.tables.words, claim.so_far
    of = ((code, words.wordings("period", code, claim.place)) for code in TIMES_NAMED)
    named = dict.fromkeys(code for code, wordings in of for word in wordings if word in said)
    if named and claim.row.period not in named:
        advice = "the sentence names the time; correct the period"
        yield Fault(claim.row, "period", claim.row.period, " or ".join(named), advice)


@rule(SET_APART, zh="未列入的数，用两种文字注明理由。", finds=change("figures", ",5,", note_en=""))
def reason(one: Apart) -> Iterator[Fault]:
    """A number that is set apart has its reason, in both languages."""
    row = one.claim.row
    for column in ("note_zh", "note_en"):
        if not getattr(row, column):
            wanted = "the reason why the number is set apart"
            yield Fault(row, column, "an empty cell", wanted, "give it in both languages")


@rule(
    SET_APART,
    zh="周围的字句属于某个指标的数，不能说成不是统计数；重复该指标同一个数、说明里也这样写的除外。",
    finds=change(
        "figures",
        "cases_upheld",
        indicator="",
        scope="",
        scope_basis="",
        period="",
        note_zh="不是统计数。",
        note_en="Not a statistic.",
    ),
)
def set_apart(apart: Apart) -> Iterator[Fault]:
    """No number of a sentence is set apart that an indicator's words stand around, unless it
    repeats a figure of that indicator, and its note says so.
    """
    claim = apart.claim
    names = [] if claim.cell else list(_spoken_of(claim, apart.books))
    rows = claim.tables.rows_of("figures", claim.row.report) if names else []
    others = [one for one in rows if one.indicator and one.quote != claim.row.quote]
    again = any(one.indicator in names and _same_number(one, claim.row) for one in others)
    if again and claim.tables.words["no_figure", "repeated"].zh in claim.row.note_zh:
        return
    for name in names:
        twice = tuple(one for one in others if one.indicator == name)
        advice = "the words around the number are this indicator's; name it, or narrow its keyword"
        if twice:
            advice += "; if the report gives it twice, with other numbers, "
            advice += said_in("set_apart", twice, others)
        yield Fault(claim.row, "indicator", "an empty cell", name, advice, twice)


def _spoken_of(claim: Claim, books: Iterable[Indicator]) -> Iterator[str]:
    """The indicators whose keyword and context stand with a number; in a chapter of plans only
    targets and norms.
    """
    planned = is_of_plans(claim.text.chapter_at(claim.number.start))
    for book in books:
        if planned and book.measure not in ("target", "norm"):
            continue
        context = claim.tables.cues(claim.row.report, book.indicator, "context")
        if claim.says(context) and claim.quotes_as(book.indicator, claim.row.keyword):
            yield book.indicator


def _same_number(one: FigureRow, other: FigureRow) -> bool:
    return (one.value, one.unit, one.bound) == (other.value, other.unit, other.bound)
