"""Why a number of a report is no figure, or none of its year and place, by the words around it."""

import re
from bisect import bisect_left
from collections import Counter

from baoding_data.checks.figures import INTENDED, is_of_plans
from baoding_data.curation.around import Around
from baoding_data.curation.source import Source
from baoding_data.text.numbers import Number
from baoding_data.text.report import Report

_CHANGE = re.compile(
    "(?:同比|环比|较?上年|去年|上升|增长|下降|增幅|降幅|提高|提升|降低|减少|回落)[^，,。；;、%]{0,6}$"
)
_AGAINST = re.compile(
    "(?:同比|环比|[较比](?:上年|去年|上一年|前年)度?(?:同期)?)[^，,。；;、0-9]{0,4}"
    "(?:增|减|上升|下降|提高|提升|降低|回落|多|少)[^，,。；;、0-9]{0,2}$"
)
_TIME = "年 个月 日 天 周 周年 个工作日 工作日 小时 分钟 秒 季度 岁".split()
# A part's share of its whole: the codebook has shares of outcomes only.
_OF_A_WHOLE = re.compile("占[^，,。；;、0-9]{0,14}$")
_AIMED = re.compile(
    "平均|[月日人户]均|每[个名家村]|力争|争取|确保|不得?[高低少多]于|不少(?:$|[0-9])|控制在"
    "|配[备齐]$"
)
_CLAUSES = re.compile("[，,。；;、]")
_PARTS = re.compile("[^，,。；;、]+[，,。；;、]?")
_YEAR_BEFORE = re.compile("((?:19|20)[0-9]{2})年?[^，,。；;、]*$")
_YEAR = re.compile("(?:19|20)(?<![0-9](?:19|20))[0-9]{2}(?=年)")


def reason(text: Report, number: Number, surely: bool) -> str:
    """The code of the reason why a number counts nothing, by its words or unit; else nothing.

    Where it is `surely` a figure by its words, only what no figure can be is told.
    """
    if _in_a_title(text, number):
        return "part_of_name"
    before = text.text[max(0, number.start - 14) : number.start]
    if number.unit in ("个百分点", "个千分点") or _AGAINST.search(before):
        return "change"
    if surely:
        return ""
    if number.unit in _TIME:
        return "duration"
    return "change" if number.unit in ("%", "倍") and _CHANGE.search(before) else ""


def _in_a_title(text: Report, number: Number) -> bool:
    """Whether a number stands between 《 and 》."""
    opened = text.text.rfind("《", max(0, number.start - 60), number.start)
    return opened >= 0 and "》" not in text.text[opened : number.start]


def share_of_a_whole(text: Report, number: Number) -> bool:
    """Whether a number is a part's share of its whole."""
    before = text.text[max(0, number.start - 18) : number.start]
    return number.unit == "%" and bool(_OF_A_WHOLE.search(before))


def no_count(text: Report, number: Number) -> bool:
    """Whether a number is aimed at or an average, by its words, or stands in a chapter of plans."""
    *_, last, clause = ["", *_CLAUSES.split(text.text[max(0, number.start - 24) : number.start])]
    # 不少于3名、2名: what is said of the first of a list holds for the next.
    if text.text[number.start - 1 : number.start] == "、":
        clause = last
    return bool(_AIMED.search(clause)) or _is_planned(text, number)


def _is_planned(text: Report, number: Number) -> bool:
    """Whether a number stands in a chapter of plans."""
    chapter = text.chapter_at(number.start)
    return any(word in chapter for word in INTENDED)


def of_another_time(around: Around, year: str) -> str:
    """The code of the reason why a number that counts something is not of the report's year; else
    nothing.
    """
    if is_of_plans(around.text.chapter_at(around.number.start)):
        return "planned"
    return "another_year" if of_another_year(around, year) else ""


def of_another_year(around: Around, year: str) -> bool:
    """Whether a number's clause names another year than the report's."""
    named = _YEAR_BEFORE.search(around.so_far)
    return bool(named and year and named[1] != year)


def time_words(around: Around) -> str:
    """The words of a number's sentence that can name its time: of its own clause, and of those
    without a number that stand before it, 截至目前，.
    """
    text, (start, end, *_), own = around.text, around.near, around.number.start
    counts = [one.start for one in text.numbers_in(start, end) if _counts(one)]
    said = ""
    for clause in _PARTS.finditer(text.text, start, end):
        inside = clause.start() <= own < clause.end()
        if inside or bisect_left(counts, clause.start()) == bisect_left(counts, clause.end()):
            said += clause[0]
        if inside:
            break
    return said


def _counts(number: Number) -> bool:
    return number.kind == "value" and number.unit not in _TIME


class Years:
    """The years that a text names, by their places."""

    def __init__(self, text: Report):
        self._text, self._named = text.text, list(_YEAR.finditer(text.text))
        self._ends = [year.end() for year in self._named]

    @property
    def most_named(self) -> str:
        """The one that is named most; "" where two are."""
        years = Counter(year[0] for year in self._named).most_common(2)
        clear = years and (len(years) == 1 or years[0][1] > years[1][1])
        return years[0][0] if clear else ""

    def last_before(self, number: Number) -> str:
        """The one that is named last before a number in its paragraph; "" where none is."""
        before = bisect_left(self._ends, number.start)
        last = self._named[before - 1] if before else None
        same = last and "\n" not in self._text[last.end() : number.start]
        return last[0] if last and same else ""


def year_of(source: Source, named: Years) -> str:
    """The report's year; of a text that is not registered the one it names most, else nothing."""
    row = source.tables.source.get(source.report)
    return str(row.year) if row else named.most_named
