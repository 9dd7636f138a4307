"""Rules of one report's text and its table as a whole: each number is accounted for, in order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from baoding_data.checks.figures import IN_OTHER_WORDS
from baoding_data.checks.looked_at import Claim, OnFile
from baoding_data.checks.rule import At, Fault, Level, change, reworded, rule
from baoding_data.errors import MANY
from baoding_data.tables.naming import unnamed
from baoding_data.tables.records import FigureRow
from baoding_data.text.dates import days_in
from baoding_data.text.numbers import Number

_ON_THE_PAGE = "; if it stands only on the publisher's page, say so in doubts.csv, with "
_UNDER = " under “accepts”"
# 某县人民政府 is not 某县人民政府办公室.
_LONGER_BEFORE, _LONGER_BEHIND = (
    re.compile("[省市县区州旗盟乡镇]"),
    re.compile("人民政府|民政府|政府|府|办公[室厅]|报告|告"),
)

TEXTS = Level("全文与数据表", "A report's text and its table", {OnFile: lambda part: [part]})


@rule(
    TEXTS,
    zh="各行按数字在全文中的先后排列。",
    finds=(
        reworded("维持34件，维持率85%", "维持率85%，维持34件"),
        change("figures", "cases_upheld", quote="维持34件"),
    ),
    passes=(
        reworded("维持34件，维持率85%", "维持34件，就是说维持率85%"),
        change("figures", "upheld_rate", quote="就是说维持率85%"),
    ),
)
def order(part: OnFile) -> Iterator[Fault]:
    """The rows stand in the order of the text."""
    last = None
    for row, number in ((claim.row, claim.number) for claim in part.claims):
        if number is None:
            continue
        if last and number.start < last.start:
            found = f"“{row.printed}” after “{last.printed}”"
            yield Fault(row, "quote", found, "rows in the order of the text", "move the row")
        last = number


@rule(
    TEXTS,
    zh="已核对报告的标题和发布机关，照全文所写，不是更长名称的一部分。",
    finds=change("reports", "chengping-2023", issuer_zh="澄平县政府"),
    passes=reworded("澄平县人民政府关于", "澄平县\u3000人民政府关于"),
)
def named(part: OnFile) -> Iterator[Fault]:
    """The title and the issuer of an audited report stand in its text, and not only as a part of a
    longer name.
    """
    row, pieces = part.tables.source[part.report], part.pieces
    for column in ("title_zh", "issuer_zh"):
        shown = getattr(row, column)
        if not _whole("".join(shown.split()), pieces):
            advice = f"write it as the report's own text has it{_ON_THE_PAGE}named{_UNDER}"
            yield Fault(row, column, shown, "words of the text, whole", advice)


def _whole(words: str, pieces: Sequence[str]) -> bool:
    """Whether words stand in the pieces of a text that blanks and line breaks part, which are a
    page's and not the words', where no longer name holds them.
    """
    text, cuts = "".join(pieces), [0, *accumulate(map(len, pieces))]
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        first, last = max(at - 1, cuts[bisect_right(cuts, at) - 1]), cuts[bisect_left(cuts, end)]
        before, behind = (
            _LONGER_BEFORE.match(text, first, at),
            _LONGER_BEHIND.match(text, end, last),
        )
        if not (before or behind):
            return True
        at = text.find(words, at + 1)
    return False


@rule(
    TEXTS,
    zh="报告的发布日期，全文中写有。",
    finds=change("reports", "chengping-2023", published="2024-01-16"),
    passes=reworded("2024年1月15日", "二○二四年一月十五日"),
)
def dated(part: OnFile) -> Iterator[Fault]:
    """The day of publication of a report stands in its text."""
    row, text = part.tables.source[part.report], "".join(part.pieces)
    day = row.published
    if not day or f"{day.year}年{day.month}月{day.day}日" in text:  # as most write it
        return
    days = {one.day for one in days_in(text)}
    if day not in days:
        wanted = f"a day that the text names: {', '.join(map(str, sorted(days))) or 'it has none'}"
        advice = f"write the day as the text has it{_ON_THE_PAGE}dated{_UNDER}"
        yield Fault(row, "published", day, wanted, advice)


@rule(
    TEXTS,
    zh="标题或发布机关写明地方；标题写明年份，未写的，全文写明，又是当年或次年发布。",
    finds=(
        reworded("澄平县人民政府关于2023年", "关于"),
        reworded("澄平县人民政府\n\n2024年", "县人民政府\n\n2024年"),
        change("reports", "chengping-2023", title_zh="关于法治政府建设情况的报告"),
        change("reports", "chengping-2023", issuer_zh="县人民政府"),
    ),
    passes=(
        reworded("澄平县人民政府关于2023年", "关于"),
        change("reports", "chengping-2023", title_zh="关于法治政府建设情况的报告"),
    ),
)
def place_and_year(part: OnFile) -> Iterator[Fault]:
    """Title or issuer name the place of a report, and the title the year; where it names none, the
    text does, and is published in that year or the next.
    """
    row = part.tables.source[part.report]
    for wrong in unnamed(part.tables, row, part.text.text):
        shown = row.title_zh if wrong.claims == "year" else f"{row.title_zh}, {row.issuer_zh}"
        wanted = f"words that name the {wrong.claims} of the report"
        advice = f"correct the {wrong.claims}, or the words{_ON_THE_PAGE}place_and_year{_UNDER}"
        yield Fault(row, wrong.says, shown, wanted, advice)


@rule(
    TEXTS,
    zh="全文中的每个数都有一行：或是统计数，或注明未列入的理由。",
    finds=reworded("乡镇受理22件。", "乡镇受理22件，比上年多3件。"),
    passes=reworded("乡镇受理22件。", "乡镇受理22件，第三季度最多。"),
    of_absence=True,
)
def unclaimed(part: OnFile) -> Iterator[Fault]:
    """Each number of the text has a row: it is a figure, or is set apart with the reason."""
    for number in part.text.values:
        if number.start not in part.claimed:
            yield _missing(part, number)


def _missing(part: OnFile, number: Number) -> Fault:
    """A number without a row, with the place where one belongs."""
    sentence = part.text.sentence_at(number.start)
    start = max(sentence.start, number.start - 12)
    around = part.text.text[start : min(sentence.end, number.unit_end + 6)]
    claimed = part.claimed.items()
    before = [row.line for at, rows in claimed if at < number.start for row in rows]
    return Fault(
        At(f"seeds/figures/{part.report}.csv", max(before, default=1) + 1),
        "",
        f"no row for “{number.printed}” in “…{around}…”, {sentence.section}",
        "a figure for every number",
        "add a row here, or one with an empty indicator and the reason in the notes",
    )


@rule(
    TEXTS,
    zh="一个数由几行共用的，各行标明第几、共几，一行不缺。",
    finds=change("figures", "suit_trainings"),
)
def shared(part: OnFile) -> Iterator[Fault]:
    """Rows that claim one printed number say so, and are complete: 1/3, 2/3, 3/3."""
    for rows in part.claimed.values():
        marks, size = [row.shared for row in rows], len(rows)
        if marks != ([f"{i}/{size}" for i in range(1, size + 1)] if size > 1 else [""]):
            yield from (_incomplete(row, marks) for row in rows)


def _incomplete(row: FigureRow, marks: list[str]) -> Fault:
    size = marks[0].partition("/")[2] or len(marks)
    named = ", ".join(mark or "empty" for mark in marks[:MANY]) + " …" * (len(marks) > MANY)
    wanted = f"rows 1/{size} to {size}/{size} for the one printed “{row.printed}”, found {named}"
    advice = (
        "one printed number is claimed once, or shared by all rows that it speaks of; complete the"
        " marks, add the missing row or remove one"
    )
    return Fault(row, "shared", row.shared or "an empty cell", wanted, advice)


# In the invented report two rows have words of their own.
OWN_WORDS = (
    *IN_OTHER_WORDS,
    reworded("审结40件", "完成40件"),
    change("figures", "cases_concluded", quote="行政复议案件完成40件", keyword="完成"),
)

# By less, honest words too may fit better exchanged.
BETTER = 1.1


@rule(
    TEXTS,
    zh="另写了字句的两行，对调指标之后，字句合于指标的程度不会反而高出一成。",
    finds=(
        *OWN_WORDS,
        change("figures", "cases_townships,22", indicator="cases_concluded"),
        change("figures", "cases_concluded,40", indicator="cases_townships"),
    ),
    passes=OWN_WORDS,
)
def exchanged(part: OnFile) -> Iterator[Fault]:
    """Of two rows with words of their own, the words would not fit better by a tenth if the
    indicators were exchanged.
    """
    pairs = ((fitting(*pair), pair) for pair in rivals(part.own_worded))
    better = [(then - now, pair) for (now, then), pair in pairs if then > BETTER * now]
    told: set[int] = set()
    for _, (one, other) in sorted(better, key=lambda found: -found[0]):
        if not told & {one.row.line, other.row.line}:
            told |= {one.row.line, other.row.line}
            yield from (_exchanged(one, other), _exchanged(other, one))


def rivals(claims: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """The pairs, in order, in which the words of one at least fit the other's indicator better by
    a tenth than their own: else both together do not.
    """
    rows: dict[str, list[int]] = {}
    for at, claim in enumerate(claims):
        rows.setdefault(claim.row.indicator, []).append(at)
    found: set[tuple[int, int]] = set()
    for at, claim in enumerate(claims):
        least = BETTER * claim.likeness.get(claim.row.indicator, 0)
        better = [name for name in rows if claim.likeness.get(name, 0) > least]
        found |= {(min(at, row), max(at, row)) for name in better for row in rows[name]}
    return [(claims[one], claims[other]) for one, other in sorted(found)]


def fitting(one: Claim, other: Claim) -> tuple[float, float]:
    """How well the words of two rows fit their indicators, as they stand and if exchanged: that
    only where both numbers are of a unit in which both indicators are counted.
    """
    own, its = one.row.indicator, other.row.indicator
    now = one.likeness.get(own, 0) + other.likeness.get(its, 0)
    if own == its or not all(
        name in claim.likeness for name in (own, its) for claim in (one, other)
    ):
        return now, 0
    return now, one.likeness[its] + other.likeness[own]


def hardest_to_tell_apart(claims: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """The two rows that fit each other's indicators best; none where no two can be exchanged."""
    indicators = {claim.row.indicator for claim in claims}
    # An exchange costs what it costs the one row and the other: of the rows of an indicator, that
    # which would rather be another will do.
    costs: dict[tuple[str, str], tuple[float, int]] = {}
    for at, claim in enumerate(claims):
        own, fit = claim.row.indicator, claim.likeness
        for its in (fit.keys() & indicators) - {own} if own in fit else ():
            cost = fit[own] - BETTER * fit[its], at
            costs[own, its] = min(cost, costs.get((own, its), cost))
    found = [
        (cost + costs[its, own][0], at, costs[its, own][1])
        for (own, its), (cost, at) in costs.items()
        if own < its and (its, own) in costs
    ]
    return [(claims[one], claims[other]) for _, one, other in sorted(found)[:1]]


def _exchanged(claim: Claim, other: Claim) -> Fault:
    row = claim.row
    own = " and ".join(f"“{word}”" for word in (row.keyword, row.context) if word)
    advice = (
        "the words of quote, keyword and context fit better with the two exchanged; exchange the"
        " indicators; or, if they are right, write words of the sentence that tell them apart under"
        " “keyword” or “context”"
    )
    wanted = f"{other.row.indicator}, which row {other.row.line} has"
    return Fault(row, "indicator", f"{row.indicator}, worded {own}", wanted, advice)
