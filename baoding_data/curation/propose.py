"""What a number in a new report probably is: proposals for a curator, from how the codebook,
accepted reports and observations word each indicator.

A proposal is never more than that: nothing here writes a table.
"""

import re
from collections import Counter, defaultdict
from functools import cached_property
from math import exp, log
from typing import NamedTuple

from baoding_data.checks.audit import PERIODS, TIMES_NAMED
from baoding_data.tables.figures import keyword_fits
from baoding_data.tables.vocabulary import for_rank

_WORDS = re.compile("[\u4e00-\u9fff]+")
# What follows a number up to the next mark; in 7个中、省驻保部门 the first mark comes too soon.
_UNTIL_A_MARK = re.compile(
    "(?:[\u4e00-\u9fff]{0,2}(?:[（(][^（）()]{0,12}[)）]、?|、))?[^，,。；;、（）()\n]{0,14}"
)
# One number of several things: 报备率、规范率、及时率均达100%.
_SEVERAL = re.compile("均|都|皆|[两三四五]个")
_NEXT_IN_A_LIST = re.compile(r"[、和及与]\s*$")
_CHANGE = re.compile(
    r"(?:同比|环比|较?上年|去年|上升|增长|下降|增幅|降幅|提高|提升|降低|减少|回落)[^，,。；;、"
    r"%]{0,6}$"
)
_TIME = (
    "年",
    "个月",
    "日",
    "天",
    "周",
    "周年",
    "个工作日",
    "工作日",
    "小时",
    "分钟",
    "秒",
    "季度",
    "岁",
)
_OWN_CLAUSE = re.compile("[^，,；;。、0-9]*$")
# At the edge of a word stands one of these, or no Chinese character; before it also the measure
# word of a number.
_JOINING = "的和与及在对了将为等由被经"
_COUNTING = "个件项名家份部次条"
# Below this likeness nothing is proposed: most such numbers count what the codebook does not hold.
LEAST = 0.12
# From this likeness on a number is taken to be of its indicator's family, as reconsideration_, and
# so are more of its sentence.
SURE = 0.25
# Where the noun of what is counted may follow at once: 16个乡镇.
_BEFORE_A_NOUN = ("个", "家", "名", "位", "人", "部", "件", "份", "项", "条")


class Proposal(NamedTuple):
    """What one number probably is: an indicator with its confidence, scope and period, or the
    reason why it is no figure.

    `keyword` and `context` are the words of the report itself, where none of the codebook's is
    there.
    """

    indicator: str = ""
    confidence: float = 0.0
    scope: str = ""
    scope_basis: str = ""
    period: str = ""
    keyword: str = ""
    context: str = ""
    reason: str = ""


class Proposer:
    """The wordings of all indicators, gathered once from the tables."""

    def __init__(self, tables):
        self.tables = tables
        worded = {name: Counter() for name in tables.codebook}
        sources = {name: set() for name in tables.codebook}

        def add(name, text, weight):
            sources[name].update(_WORDS.findall(text))
            for pair, _ in _pairs(text):
                worded[name][pair] = max(worded[name][pair], weight)

        for name, book in tables.codebook.items():
            for column, weight in (
                ("label_zh", 2),
                ("keyword", 3),
                ("context", 1),
                ("definition_zh", 0.5),
            ):
                add(name, book[column], weight)
        for row in tables.figures:
            if row["indicator"] in worded:
                add(row["indicator"], row["quote"], 2)
        for row in tables.observations:
            if row["indicator"] in worded:
                add(row["indicator"], row["label"], 2)
        self.sources = sources
        holders = Counter(pair for pairs in worded.values() for pair in pairs)
        # Words that few indicators share tell them apart; words of the genre that none has count as
        # the rarest in a text's length.
        self.rare = {pair: log(1 + len(worded) / count) for pair, count in holders.items()}
        self.unknown = log(1 + len(worded))
        self.holders = defaultdict(list)
        for name, pairs in worded.items():
            size = (
                sum((weight * self.rare[pair]) ** 2 for pair, weight in pairs.items()) ** 0.5 or 1
            )
            for pair, weight in pairs.items():
                self.holders[pair].append((name, weight * self.rare[pair] / size))

    @cached_property
    def usual(self):
        """The scope, its basis and the period that accepted reports most often give an
        indicator.
        """
        found = defaultdict(Counter)
        for row in self.tables.figures:
            found[row["indicator"]][row["scope"], row["scope_basis"], row["period"]] += 1
        for row in self.tables.observations:
            if not any(found[row["indicator"]]) or all(
                basis == "" for _, basis, _ in found[row["indicator"]]
            ):
                found[row["indicator"]][row["scope"], "", row["period"]] += 1
        return {name: counts.most_common(1)[0][0] for name, counts in found.items()}

    def propose(self, text, place=None, report=""):
        """The proposals for every number of a text (a `Report`), in its order: a list with one, or
        several where one number speaks of several things.

        `place` is the code of the place that the text speaks of, `report` that of the report.
        Confidence is about the share of such proposals that proved right where that was measured.
        """
        numbers = text.numbers
        ranked, chosen = (
            self._with_families(
                text,
                numbers,
                {
                    at: self._likeness(text, numbers, at)
                    for at, number in enumerate(numbers)
                    if number.kind == "value"
                },
            ),
            {},
        )
        ranked.sort(key=lambda one: (-one[0], one[1], one[2]))
        for at, number in enumerate(numbers):
            several = self._several(text, numbers, at, place) if number.kind == "value" else []
            if len(several) > 1:
                scores = {name: score for score, of, name in ranked if of == at}
                chosen[at] = [(name, scores.get(name, LEAST)) for name in several]
        taken = {name for several in chosen.values() for name, _ in several}
        for score, at, name in ranked:
            if at not in chosen and name not in taken:
                chosen[at] = [(name, score)]
                taken.add(name)
        return [
            [
                self._proposal(text, number, place, report, *one)
                for one in chosen.get(at, [("", 0.0)])
            ]
            for at, number in enumerate(numbers)
        ]

    def _with_families(self, text, numbers, likeness):
        """(score, place, indicator) of what is like enough; an indicator gains where another number
        of the sentence is surely of its family.
        """
        best = {
            at: max(scores.items(), key=lambda one: one[1])
            for at, scores in likeness.items()
            if scores
        }
        sure = {at: _family(name) for at, (name, score) in best.items() if score >= SURE}
        families = defaultdict(Counter)
        for at, family in sure.items():
            families[text.sentence_at(numbers[at].start).start][family] += 1
        found = []
        for at, scores in likeness.items():
            of_sentence = families[text.sentence_at(numbers[at].start).start]
            for name, score in scores.items():
                if of_sentence[_family(name)] > (sure.get(at) == _family(name)):
                    score = 1.3 * score + 0.04
                if score >= LEAST:
                    found.append((score, at, name))
        return found

    def _several(self, text, numbers, at, place):
        """The indicators whose keywords all stand before one number that speaks of them together,
        in the order of the words.
        """
        number, sentence = numbers[at], text.sentence_at(numbers[at].start)
        begin = max(sentence.start, number.start - 60, numbers[at - 1].unit_end if at else 0)
        before = text.text[begin : number.start]
        if not _SEVERAL.search(before[-12:]):
            return []
        units, found = self.tables.words.units(number.unit), []
        for name, book in self.tables.codebook.items():
            keywords = (
                for_rank(book["keyword"].split("|"), self.tables.where.get(place))
                if book["keyword"] and book["unit"] in units
                else []
            )
            where = max((before.rfind(word) for word in keywords), default=-1)
            if where >= 0 and any(
                word in sentence.text
                for word in for_rank(book["context"].split("|"), self.tables.where.get(place))
            ):
                found.append((where, name))
        return [name for _, name in sorted(found)]

    def _likeness(self, text, numbers, at):
        """Every indicator of the number's unit, and how like its wordings are to the words around
        the number: 0 to 1.
        """
        number, sentence = numbers[at], text.sentence_at(numbers[at].start)
        begin = max(sentence.start, number.start - 30, numbers[at - 1].unit_end if at else 0)
        end = min(sentence.end, numbers[at + 1].start if at + 1 < len(numbers) else sentence.end)
        before, after = (
            text.text[begin : number.start],
            _UNTIL_A_MARK.match(text.text, number.unit_end, max(number.unit_end, end))[0],
        )
        # In a list as 34个部门和14个乡镇, what is counted follows its number, and what precedes belongs to
        # another.
        noun = _WORDS.match(after)
        listed = noun and _NEXT_IN_A_LIST.search(before)
        followed = noun and len(noun[0]) > 1 and number.unit in _BEFORE_A_NOUN
        around = text.text[max(sentence.start, number.start - 90) : number.start]
        weights = Counter()
        for words, weight, length in (
            (around, 0.25, 60),
            (before, 0.35 if listed else 0.6 if followed else 1, 14),
        ):
            for pair, place in _pairs(words):
                weights[pair] = max(weights[pair], weight * exp((place + 2 - len(words)) / length))
        for pair, place in _pairs(after):
            weights[pair] = max(
                weights[pair], (1.3 if listed or followed else 0.9) * exp(-place / 10)
            )
        size = (
            sum(
                (weight * self.rare.get(pair, self.unknown)) ** 2
                for pair, weight in weights.items()
            )
            ** 0.5
            or 1
        )
        found = Counter()
        for pair, weight in weights.items():
            if pair in self.rare:
                for name, likeness in self.holders[pair]:
                    found[name] += weight * self.rare[pair] * likeness / size
        units = self.tables.words.units(number.unit) if number.unit else None
        return {
            name: score
            for name, score in found.items()
            if not units or self.tables.codebook[name]["unit"] in units
        }

    def _proposal(self, text, number, place, report, name, score):
        if number.kind != "value":
            return Proposal(reason=number.doubt or number.kind)
        reason = _in_a_title(text, number) or (
            "" if name and score > SURE else _reason(text, number)
        )
        if reason or not name:
            return Proposal(reason=reason)
        sentence = text.sentence_at(number.start)
        confidence = 0.97 / (1 + exp(18 * (0.19 - score)))
        return Proposal(
            name,
            round(confidence, 2),
            *self._scope(sentence, number, place, name),
            self._period(sentence, name),
            *self.own_words(text, number, name, report),
        )

    def own_words(self, text, number, name, report=""):
        """The words by which a text says an indicator, as (keyword, context), each empty where the
        codebook's own are there or none could be told.

        They are whole words that the indicator's label, definition or quotes have too.
        """
        sentence = text.sentence_at(number.start)
        row = {"report": report, "indicator": name, "keyword": ""}
        known = self._known(name, sentence)
        keyword = context = ""
        if not text.quotes_for(number, keyword_fits(self.tables, text, number, report, name)):
            near = [
                (word, abs(at + sentence.start - number.start))
                for word, at in known
                if not number.start <= at + sentence.start < number.unit_end
            ]
            for word, _ in sorted(
                (one for one in near if one[1] <= 24),
                key=lambda one: (-min(len(one[0]), 6), one[1]),
            ):
                if text.quotes_for(
                    number, keyword_fits(self.tables, text, number, report, name, word)
                ):
                    keyword = word
                    break
        if not any(word in sentence.text for word in self.tables.cues(report, name, "context")):
            others = [
                word
                for word, _ in known
                if len(word) > 2 and not (keyword and (word in keyword or keyword in word))
            ]
            context = max(others, key=len, default="")
        return keyword, context

    def _known(self, name, sentence):
        """The whole words of a sentence, of two to twenty characters, that stand in what is known
        of the indicator too, each with its place.
        """
        found = []
        for clause in _WORDS.finditer(sentence.text):
            words, at = clause[0], 0
            while at < len(words) - 1:
                longest = 0
                for source in self.sources[name]:
                    length = 2
                    while (
                        at + length <= len(words)
                        and words[at : at + length] in source
                        and length <= 20
                    ):
                        if _whole(words, at, length) and any(
                            _begun_or_ended(source, where, length)
                            for where in _places(source, words[at : at + length])
                        ):
                            longest = max(longest, length)
                        length += 1
                if longest:
                    found.append((words[at : at + longest], clause.start() + at))
                at += longest or 1
        return found

    def _scope(self, sentence, number, place, name):
        """The scope whose words stand last before the number, else the one that accepted reports
        give the indicator.
        """
        usual = self.usual.get(name, ("not_stated", "", ""))
        # Words that stand with another number, or in another clause, may be of that one only.
        before = _OWN_CLAUSE.search(sentence.text[: number.start - sentence.start])[0]
        ranked = [
            (before.rfind(word), code)
            for (kind, code) in self.tables.words
            if kind == "scope"
            for word in self.tables.words.wordings(kind, code, self.tables.where.get(place))
            if word in before
        ]
        if any(code == usual[0] for _, code in ranked):
            return usual[0], "printed"
        if usual[0] != "not_stated":
            return usual[0], "inferred"
        return (max(ranked)[1], "printed") if ranked else ("not_stated", "inferred")

    def _period(self, sentence, name):
        """The time that the sentence names, where the indicator can have it; else the usual one."""
        measure = self.tables.codebook[name]["measure"]
        allowed = PERIODS.get(measure, {"year"})
        named = [
            code
            for code in TIMES_NAMED
            if any(word in sentence.text for word in self.tables.words.wordings("period", code))
        ]
        for code in named:
            if code in allowed:
                return code
        usual = self.usual.get(name, ("", "", ""))[2]
        if usual in allowed and not (
            usual in TIMES_NAMED or self.tables.words.wordings("period", usual)
        ):
            return usual
        return {"stock": "stock", "norm": "norm", "target": "planned"}.get(measure, "year")


def _family(name):
    """What an indicator is of: reconsideration, litigation, licensing."""
    return name.split("_")[0]


def _whole(words, at, length):
    """Whether a piece of some words begins and ends where a word may."""
    before, after = words[at - 1 : at] if at else "", words[at + length : at + length + 1]
    return (
        before in _JOINING + _COUNTING
        and after in _JOINING
        and words[at] not in _JOINING + _COUNTING
        and words[at + length - 1] not in _JOINING
    )


def _begun_or_ended(words, at, length):
    """Whether a piece of some words begins where a word may, or ends there."""
    return (words[at - 1 : at] if at else "") in _JOINING or words[
        at + length : at + length + 1
    ] in _JOINING


def _places(source, piece):
    at = source.find(piece)
    while at >= 0:
        yield at
        at = source.find(piece, at + 1)


def _pairs(text):
    """Every two Chinese characters that stand side by side, with the place of the first; a court's
    审结 is an office's 办结.
    """
    text = text.replace("审结", "办结")
    return [
        (word[0][i : i + 2], word.start() + i)
        for word in _WORDS.finditer(text)
        for i in range(len(word[0]) - 1)
    ]


def _reason(text, number):
    """The code of a reason why a number counts nothing, where its words or its unit say so; else
    nothing.
    """
    if number.unit in _TIME:
        return "duration"
    before = text.text[max(0, number.start - 14) : number.start]
    if number.unit == "个百分点" or number.unit in ("%", "倍") and _CHANGE.search(before):
        return "change"
    return ""


def _in_a_title(text, number):
    """The code of the reason where a number stands between 《 and 》."""
    opened = text.text.rfind("《", max(0, number.start - 60), number.start)
    return "part_of_name" if opened >= 0 and "》" not in text.text[opened : number.start] else ""
