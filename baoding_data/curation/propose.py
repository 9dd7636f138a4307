"""What a number in a new report probably is: proposals for a curator, from how the codebook,
accepted reports and observations word each indicator.

A proposal is never more than that: nothing here writes a table.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from math import exp
from typing import NamedTuple

from baoding_data.checks.figures import PERIODS, TIMES_NAMED
from baoding_data.curation.source import Source
from baoding_data.curation.wordings import Wordings, before_number
from baoding_data.tables.seeds import Seeds
from baoding_data.text.numbers import Number
from baoding_data.text.pairs import HAN
from baoding_data.text.report import Report, Sentence

# One number of several things: 报备率、规范率、及时率均达100%.
_SEVERAL = re.compile("均|都|皆|[两三四五]个")
_CHANGE = re.compile(
    "(?:同比|环比|较?上年|去年|上升|增长|下降|增幅|降幅|提高|提升|降低|减少|回落)[^，,。；;、%]{0,6}$"
)
_TIME = "年 个月 日 天 周 周年 个工作日 工作日 小时 分钟 秒 季度 岁".split()
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


class Proposal(NamedTuple):
    """What one number probably is: indicator, confidence, scope and period, or why it is no figure.

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


class Guess(NamedTuple):
    """An indicator for the number at a place of a text's `numbers`, with how like it is."""

    at: int
    indicator: str
    score: float


class Proposer:
    """Proposes by the wordings of all indicators, gathered once from the tables."""

    def __init__(self, tables: Seeds):
        self.tables = tables
        self.wordings = Wordings(tables)

    def propose(self, source: Source) -> list[list[Proposal]]:
        """The proposals for every number of a text, in its order: a list with one, or several where
        one number speaks of several things.

        Confidence is about the share of such proposals that proved right where that was measured.
        """
        numbers = source.text.numbers
        chosen = self._chosen(source, self._guesses(source.text))
        nothing = [("", 0.0)]
        return [
            [self._proposal(source, number, *one) for one in chosen.get(at, nothing)]
            for at, number in enumerate(numbers)
        ]

    def _guesses(self, text: Report) -> list[Guess]:
        """What is like enough, the likest first; a sure number's family in the sentence gains."""
        numbers = text.numbers
        likeness = {
            at: self.wordings.likeness(text, at)
            for at, number in enumerate(numbers)
            if number.kind == "value"
        }
        sentence = {at: text.sentence_at(numbers[at].start).start for at in likeness}
        sure: dict[int, str] = {}
        families: dict[int, Counter[str]] = defaultdict(Counter)
        for at, scores in likeness.items():
            best = max(scores, key=lambda name: scores[name], default="")
            if best and scores[best] >= SURE:
                sure[at] = _family(best)
                families[sentence[at]][sure[at]] += 1
        found = []
        for at, scores in likeness.items():
            for name, score in scores.items():
                if families[sentence[at]][_family(name)] > (sure.get(at) == _family(name)):
                    score = 1.3 * score + 0.04
                if score >= LEAST:
                    found.append(Guess(at, name, score))
        return sorted(found, key=lambda guess: (-guess.score, guess.at, guess.indicator))

    def _chosen(self, source: Source, guesses: list[Guess]) -> dict[int, list[tuple[str, float]]]:
        """The indicators of each number, the likest first; two numbers never share one."""
        found: dict[int, list[tuple[str, float]]] = {}
        for at, number in enumerate(source.text.numbers):
            several = self._several(source, at) if number.kind == "value" else []
            if len(several) > 1:
                scores = {guess.indicator: guess.score for guess in guesses if guess.at == at}
                found[at] = [(name, scores.get(name, LEAST)) for name in several]
        taken = {name for several in found.values() for name, _ in several}
        for at, name, score in guesses:
            if at not in found and name not in taken:
                found[at] = [(name, score)]
                taken.add(name)
        return found

    def _several(self, source: Source, at: int) -> list[str]:
        """The indicators whose keywords all stand in order before a number that they share."""
        before = before_number(source.text, at, 60)
        if not _SEVERAL.search(before[-12:]):
            return []
        number = source.text.numbers[at]
        units, sentence = self.tables.words.units(number.unit), source.sentence(number).text
        found = []
        for name, book in self.tables.codebook.items():
            if book.unit in units:
                keywords = self.tables.cues(source.report, name, "keyword")
                where = max((before.rfind(word) for word in keywords), default=-1)
                context = self.tables.cues(source.report, name, "context")
                if where >= 0 and any(word in sentence for word in context):
                    found.append((where, name))
        return [name for _, name in sorted(found)]

    def _proposal(self, source: Source, number: Number, name: str, score: float) -> Proposal:
        if number.kind != "value":
            return Proposal(reason=number.doubt or number.kind)
        reason = _in_a_title(source.text, number)
        if not reason and not (name and score > SURE):
            reason = _reason(source.text, number)
        if reason or not name:
            return Proposal(reason=reason)
        sentence = source.sentence(number)
        confidence = 0.97 / (1 + exp(18 * (0.19 - score)))
        return Proposal(
            name,
            round(confidence, 2),
            *self._scope(source, number, name),
            self._period(sentence, name),
            *self.own_words(source, number, name),
        )

    def own_words(self, source: Source, number: Number, name: str) -> tuple[str, str]:
        """The words by which a text says an indicator, as (keyword, context), each empty where the
        codebook's own are there or none could be told.

        They are whole words that the indicator's label, definition or quotes have too.
        """
        keyword_there, context_there = source.says(number, name)
        if keyword_there and context_there:
            return "", ""
        known = list(_known(source.sentence(number), self.wordings.words[name]))
        keyword = context = ""
        if not keyword_there:
            near = _nearest(known, number)
            keyword = next((word for word in near if source.quotes(number, name, word)), "")
        if not context_there:
            others = (word for word, _ in known if len(word) > 2)
            apart = (w for w in others if not (keyword and (w in keyword or keyword in w)))
            context = max(apart, key=len, default="")
        return keyword, context

    @cached_property
    def _usual(self) -> dict[str, tuple[str, str, str]]:
        """The scope, basis and period that accepted reports, else observations, most often give."""
        found: dict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)
        for row in self.tables.figures:
            found[row.indicator][row.scope, row.scope_basis, row.period] += 1
        seen = set(found)
        for row in self.tables.observations:
            if row.indicator not in seen:
                found[row.indicator][row.scope, "", row.period] += 1
        return {name: counts.most_common(1)[0][0] for name, counts in found.items()}

    def _scope(self, source: Source, number: Number, name: str) -> tuple[str, str]:
        """The usual scope, else the one last worded before the number; and if it is printed."""
        usual = self._usual.get(name, ("not_stated", "", ""))[0]
        # Words that stand with another number, or in another clause, may be of that one only.
        sentence, words = source.sentence(number), self.tables.words
        clause = _OWN_CLAUSE.search(sentence.text[: number.start - sentence.start])
        before = clause[0] if clause else ""
        said = [
            (before.rfind(word), code)
            for code in words.codes("scope")
            for word in words.wordings("scope", code, source.place)
            if word in before
        ]
        if any(code == usual for _, code in said):
            return usual, "printed"
        if usual != "not_stated":
            return usual, "inferred"
        return (max(said)[1], "printed") if said else ("not_stated", "inferred")

    def _period(self, sentence: Sentence, name: str) -> str:
        """The time that the sentence names, where the indicator can have it; else the usual one."""
        words, measure = self.tables.words, self.tables.codebook[name].measure
        allowed = PERIODS.get(measure, {"year"})
        for code in TIMES_NAMED:
            if code in allowed and any(w in sentence.text for w in words.wordings("period", code)):
                return code
        usual = self._usual.get(name, ("", "", ""))[2]
        named = usual in TIMES_NAMED or words.wordings("period", usual)
        if usual in allowed and not named:
            return usual
        return {"stock": "stock", "norm": "norm", "target": "planned"}.get(measure, "year")


def _family(name: str) -> str:
    """What an indicator is of: reconsideration, litigation, licensing."""
    return name.split("_")[0]


def _reason(text: Report, number: Number) -> str:
    """The code of the reason why a number counts nothing, by its words or unit; else nothing."""
    if number.unit in _TIME:
        return "duration"
    before = text.text[max(0, number.start - 14) : number.start]
    changed = number.unit in ("%", "倍") and _CHANGE.search(before)
    return "change" if changed or number.unit == "个百分点" else ""


def _in_a_title(text: Report, number: Number) -> str:
    """The code of the reason where a number stands between 《 and 》."""
    opened = text.text.rfind("《", max(0, number.start - 60), number.start)
    return "part_of_name" if opened >= 0 and "》" not in text.text[opened : number.start] else ""


# --- whole words


def _known(sentence: Sentence, sources: set[str]) -> Iterator[tuple[str, int]]:
    """The whole words of a sentence that a source holds too, each with its place in the text."""
    for clause in HAN.finditer(sentence.text):
        words, at = clause[0], 0
        while at < len(words) - 1:
            holding = (source for source in sources if words[at : at + 2] in source)
            length = max((_longest(words, at, source) for source in holding), default=0)
            if length:
                yield words[at : at + length], sentence.start + clause.start() + at
            at += length or 1


def _longest(words: str, at: int, source: str) -> int:
    """The length of the longest whole word, from a place on, that stands in a source, or 0."""
    found = 0
    for length in range(2, min(20, len(words) - at) + 1):
        piece = words[at : at + length]
        if piece not in source:
            break
        # In the source it begins where a word may, or ends there.
        edges = (edge for i in _places(source, piece) for edge in _edges(source, i, length))
        if _whole(words, at, length) and any(edge in _JOINING for edge in edges):
            found = length
    return found


def _edges(words: str, at: int, length: int) -> tuple[str, str]:
    """What stands directly before and after a piece of some words, empty at their ends."""
    return words[at - 1 : at] if at else "", words[at + length : at + length + 1]


def _whole(words: str, at: int, length: int) -> bool:
    """Whether a piece of some words begins and ends where a word may."""
    before, after = _edges(words, at, length)
    return (
        before in _JOINING + _COUNTING
        and after in _JOINING
        and words[at] not in _JOINING + _COUNTING
        and words[at + length - 1] not in _JOINING
    )


def _places(source: str, piece: str) -> Iterator[int]:
    at = source.find(piece)
    while at >= 0:
        yield at
        at = source.find(piece, at + 1)


def _nearest(known: list[tuple[str, int]], number: Number) -> list[str]:
    """The words near a number that do not lie in it or its unit, the longest and nearest first."""
    away = [
        (-min(len(word), 6), abs(at - number.start), word)
        for word, at in known
        if not number.start <= at < number.unit_end and abs(at - number.start) <= 24
    ]
    return [word for *_, word in sorted(away, key=lambda one: one[:2])]
