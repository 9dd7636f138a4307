"""What a number in a new report probably is: proposals for a curator, from how the codebook,
accepted reports and observations word each indicator.

A proposal is never more than that: nothing here writes a table.
"""

import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from baoding_data.checks.figures import PERIODS, TIMES_NAMED
from baoding_data.curation import no_figure
from baoding_data.curation.around import Around
from baoding_data.curation.own_words import Known, known, own_words
from baoding_data.curation.scopes import Scopes
from baoding_data.curation.source import Source
from baoding_data.curation.stages import Said, Stages, said_of
from baoding_data.curation.wordings import Wordings, family_of
from baoding_data.tables.seeds import Seeds
from baoding_data.text.numbers import Number
from baoding_data.text.pairs import character_pairs, pairs_by_place

# One number of several things: 报备率、规范率、及时率均达100%.
_SEVERAL = re.compile("均|都|皆|同步|保持|[两三四五][个类]")
_ITEM = re.compile("[、和与，,；;。：:]|及(?!时)")
# What stands behind the last of them.
_AFTER_ITEMS = re.compile(
    "(?:法律顾问)?(?:的?覆盖率|列席率)?(?:继续|同步|均|都|皆|实现|[两三四五][个类])[^率]*$"
)
# 近年来 may be said of any year.
_YEARS = re.compile("[两三四五六七八九十0-9]年来")
_PART = re.compile("其中|包括|含")
# The first of several numbers is not of the last thing before it: 排查、预防纠纷分别为30件、20件.
_RESPECTIVELY = re.compile("分别[为是达有]?到?$")
# What a paragraph may come to speak of, after what its numbers were of before.
_OTHER_SUBJECT = re.compile("复议|诉讼|法院|[一二再]审|应诉|被告|公开申请|申请公开|调解|援助|热线")
# A part's likeness counts for less, so that its whole is the first to have an indicator.
_WHOLE_FIRST = 0.15
# The first of two numbers has the indicator if it is so much as like it as the other.
_AS_LIKE = 0.7
# Below this likeness an indicator is not thought of: most such numbers count what the codebook does
# not hold.
LEAST = 0.12
# Where others of its family stand in the sentence, a likeness is so many times as much, and so much
# more.
_TIMES, _MORE = 1.3, 0.04
# What is less alone comes to less than LEAST.
_LEAST_ALONE = (LEAST - _MORE) / _TIMES
# From this likeness on a number is taken to be of its indicator's family, as reconsideration_, and
# so are more of its sentence.
SURE = 0.25
# The three tests of a proposal: how like the words around are, how much of what the indicator is
# called stands there, and how near its nearest rival comes. The confidence goes by how many are
# passed; what share of each proves right, benchmarks/scan.py measures.
LIKE, SAID, RIVAL = 0.25, 0.45, 0.8
CONFIDENCE = {3: 0.95, 2: 0.6, 1: 0.3, 0: 0.1}
# Below this none is shown: left empty, a cell is read with more care than a guess.
SHOWN = 0.5
# The reason why a cell is no figure whose table names no indicator.
IN_TABLE = "table"
# The reason in place of such a proposal; it is no code of the tables, for a person has to decide.
UNKNOWN = "unknown"


class Proposal(NamedTuple):
    """What one number probably is: indicator, confidence, scope and period, or why it is no figure.

    `keyword` and `context` are the words of the report itself, where none of the codebook's is
    there. The reason is `UNKNOWN` where something is like it, but not enough to be shown.
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
    """An indicator for the number at a place of a text's `numbers`, with how like it is; and what
    of that the likest other indicator of this number has.
    """

    at: int
    indicator: str
    score: float
    rival: float = 0.0


class Key(NamedTuple):
    """What no report gives two figures of; the year is the last that its text names before."""

    indicator: str
    scope: str
    period: str
    year: str


class Statement(NamedTuple):
    """What a number says, wherever it says it: another that says the same repeats it."""

    indicator: str
    value: Decimal | None
    unit: str
    year: str


class Proposer:
    """Proposes by the wordings of all indicators, gathered once from the tables."""

    def __init__(self, tables: Seeds):
        self.tables = tables
        self.wordings = Wordings(tables)
        self.stages = Stages(tables)

    def propose(self, source: Source) -> list[list[Proposal]]:
        """The proposals for every number of a text, in its order: a list with one, or several where
        one number speaks of several things.
        """
        return _Reading(self, source).proposals()

    @cached_property
    def usual(self) -> dict[str, tuple[str, str, str]]:
        """The scope, basis and period that accepted reports, else observations, most often give."""
        found: dict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)
        for row in self.tables.figures:
            found[row.indicator][row.scope, row.scope_basis, row.period] += 1
        seen = set(found)
        for row in self.tables.observations:
            if row.indicator not in seen:
                found[row.indicator][row.scope, "", row.period] += 1
        return {name: counts.most_common(1)[0][0] for name, counts in found.items()}

    @cached_property
    def times(self) -> list[str]:
        """The words without one of which no time is named."""
        words = self.tables.words.wordings
        return ["年来", *(word for code in TIMES_NAMED for word in words("period", code))]

    @cached_property
    def known(self) -> dict[str, Known]:
        """What is known of each indicator, to look words up in."""
        return {name: known(words) for name, words in self.wordings.words.items()}


@lru_cache(maxsize=1)
def proposer(tables: Seeds) -> Proposer:
    """The proposer of some tables, made once for the texts that are read by them."""
    return Proposer(tables)


class _Asked(Around):
    """A number, and what the words around it say of it."""

    @cached_property
    def said(self) -> Said:
        """What became of a case, and whose it is."""
        return said_of(self)


class _Reading:
    """One text, and what its numbers probably are."""

    def __init__(self, proposer: Proposer, source: Source):
        self.proposer, self.source, self.text = proposer, source, source.text
        self.tables, self.wordings = proposer.tables, proposer.wordings
        self.scopes = Scopes(source)
        self.years = no_figure.Years(self.text)
        self.year = no_figure.year_of(source, self.years)
        text, pairs = self.text.all_read(), pairs_by_place(self.text.text)
        self.asked = [_Asked(text, at, pairs) for at in range(len(text.numbers))]
        self._spoken_in: tuple[int, int] | None = None
        self._spoken: set[str] = set()
        self._scopes_and_periods: dict[tuple[int, str], tuple[str, str, str]] = {}
        self._said: dict[tuple[int, str], tuple[bool, bool]] = {}
        self._like: dict[int, dict[str, float]] = {}

    def proposals(self) -> list[list[Proposal]]:
        """The proposals for every number of the text."""
        numbers = self.text.numbers
        several = {at: names for at in range(len(numbers)) if len(names := self._several(at)) > 1}
        guesses = [guess for guess in self._guesses() if guess.at not in several]
        one = self._chosen(guesses, {name for names in several.values() for name in names})
        return [
            [self._shown(at, name, CONFIDENCE[3]) for name in several[at]]
            if at in several
            else [self._of_cell(at) or one.get(at) or self._none(at)]
            for at in range(len(numbers))
        ]

    def _of_cell(self, at: int) -> Proposal | None:
        """What a cell is: the one indicator that the words of its table name; None in prose."""
        number = self.text.numbers[at]
        if number.kind != "value" or not self.text.place_of(number):
            return None
        names = self._named.get(at, [])
        if len(names) != 1 or self._cells_of[names[0]] > 1:
            return Proposal(reason=UNKNOWN if names else IN_TABLE)
        return self._shown(at, names[0], CONFIDENCE[3])

    @cached_property
    def _named(self) -> dict[int, list[str]]:
        """The indicators that the words of a table name, by the place of each cell among the
        numbers: of those of its unit of which a context is said there, whose keyword names it.
        """
        of_context, of_keyword = self._by_cue("context"), self._by_cue("keyword")

        @cache  # the same words stand beside many cells
        def cues_in(words: str) -> list[str]:
            return [word for word in of_context.keys() | of_keyword.keys() if word in words]

        found = {}
        for at, number in enumerate(self.text.numbers):
            place = self.text.place_of(number) if number.kind == "value" else None
            if not place:
                continue
            words = {word for part in place.words for word in cues_in(part)}
            said = {name for word in filter(place.says, words) for name in of_context.get(word, ())}
            if number.unit:
                units = self.tables.words.units(number.unit)
                said = {name for name in said if self.tables.codebook[name].unit in units}
            keywords = defaultdict(list)
            for word in filter(place.names, words):
                for name in said.intersection(of_keyword.get(word, ())):
                    keywords[name].append(word)
            found[at] = [name for name in keywords if not _only_within(name, keywords)]
        return found

    def _by_cue(self, column: str) -> dict[str, list[str]]:
        """The indicators that have each word as a keyword, or as a wording of their context."""
        found = defaultdict(list)
        for name in self.tables.codebook:
            for word in self.tables.cues(self.source.report, name, column):
                found[word].append(name)
        return found

    @cached_property
    def _cells_of(self) -> Counter[str]:
        """How many cells an indicator is the only one that the words of their table name."""
        return Counter(names[0] for names in self._named.values() if len(names) == 1)

    def _guesses(self) -> list[Guess]:
        """What is like enough, the likest first; a sure number's family in the sentence gains."""
        numbers = self.text.numbers
        likeness = {at: self._likeness(at) for at, one in enumerate(numbers) if self._in_prose(one)}
        self._like = likeness
        sentence = {at: self.asked[at].sentence.start for at in likeness}
        sure: dict[int, str] = {}
        families: dict[int, Counter[str]] = defaultdict(Counter)
        for at, scores in likeness.items():
            best = max(scores, key=scores.__getitem__, default="")
            if best and scores[best] >= SURE:
                sure[at] = family_of(best)
                families[sentence[at]][sure[at]] += 1
        found = []
        wholes: dict[int, set[str]] = defaultdict(set)
        for at, scores in likeness.items():
            if not scores:
                continue
            for name, score in scores.items():
                family = family_of(name)
                if families[sentence[at]][family] > (sure.get(at) == family):
                    scores[name] = _TIMES * score + _MORE
            if _PART.search(self.asked[at].before()):
                for name in wholes[sentence[at]] & scores.keys():
                    scores[name] -= _WHOLE_FIRST
            found += [Guess(at, name, score) for name, score in scores.items() if score >= LEAST]
            wholes[sentence[at]].add(max(scores, key=scores.__getitem__))
        return sorted(found, key=lambda guess: (-guess.score, guess.at, guess.indicator))

    def _in_prose(self, number: Number) -> bool:
        return number.kind == "value" and not self.text.place_of(number)

    def _likeness(self, at: int) -> dict[str, float]:
        """The indicators that a number can be of, by its unit, its verb and its time."""
        asked, fits = self.asked[at], self.proposer.stages.fits
        if no_figure.share_of_a_whole(self.text, asked.number):
            return {}
        if no_figure.of_another_year(asked, self.year):
            return {}
        scores = self.wordings.likeness(asked, self._spoken_of(asked), _LEAST_ALONE)
        aimed = bool(scores) and no_figure.no_count(self.text, asked.number)
        codebook = self.tables.codebook
        return {
            name: score
            for name, score in scores.items()
            if fits(name, asked.said)
            and (not aimed or codebook[name].measure in ("target", "norm"))
            and (name in self.wordings.known or self._worded(at, name))
        }

    def _spoken_of(self, asked: Around) -> set[str]:
        """The indicators of which a number's sentence speaks, found once for all its numbers, which
        are asked for one after the other; one without a figure on file needs a keyword there.
        """
        start, end, _, words = asked.near
        if (start, end) != self._spoken_in:
            named = {name for word, name in self._keywords if word in words}
            known = self.wordings.known | named
            self._spoken_in = start, end
            self._spoken = known & self.wordings.spoken_of(asked)
        return self._spoken

    @cached_property
    def _keywords(self) -> list[tuple[str, str]]:
        """The keywords in the text of the indicators without a figure on file, with these."""
        unknown = (name for name in self.tables.codebook if name not in self.wordings.known)
        cues, report, there = self.tables.cues, self.source.report, self.text.text
        words = ((word, name) for name in unknown for word in cues(report, name, "keyword"))
        return [(word, name) for word, name in words if word in there]

    def _worded(self, at: int, name: str) -> bool:
        """Whether the codebook's words stand with a number, keyword and context: of an indicator
        without a figure on file nothing else is known.
        """
        asked = self.asked[at]
        keywords = self.tables.cues(self.source.report, name, "keyword")
        beside = asked.before() + asked.after
        if not any(word in beside for word in keywords):
            return False
        if _RESPECTIVELY.search(asked.before()):
            return False
        context = self.tables.cues(self.source.report, name, "context")
        return self.source.in_context(asked.number, name) or self._in_paragraph(
            asked.number, context
        )

    def _in_paragraph(self, number: Number, context: list[str]) -> bool:
        """Whether a number's paragraph has words of a context before it, and after them of no other
        subject.
        """
        text = self.text.text
        start = text.rfind("\n", 0, number.start) + 1
        last = max(text.rfind(word, start, number.start) for word in context)
        return last >= 0 and not _OTHER_SUBJECT.search(text, last + 2, number.start)

    def _chosen(self, guesses: list[Guess], taken: set[str]) -> dict[int, Proposal]:
        """The likest first; two numbers share an indicator only with another scope or time. What
        says the same as a number before it is a repetition.
        """
        found: dict[int, Guess] = {}
        holders: dict[str, list[Guess]] = defaultdict(list)
        alike: dict[Statement, list[int]] = defaultdict(list)
        of_number: dict[int, list[Guess]] = defaultdict(list)

        def held(guess: Guess) -> bool:
            return any(self._key(one) == self._key(guess) for one in holders[guess.indicator])

        for guess in guesses:
            of_number[guess.at].append(guess)
        for guess in [*self._sure(of_number), *guesses]:
            if guess.at in found or guess.indicator in taken or held(guess):
                continue
            likest = of_number[guess.at][0]
            if guess != likest and alike[self._statement(likest)]:
                continue
            left = (one for one in of_number[guess.at] if not held(one))
            rivals = (one.score for one in left if one.indicator != guess.indicator)
            # Where the likest is another number's, this one is not told apart from it.
            rival = next(rivals, 0) if guess == likest else likest.score
            found[guess.at] = guess._replace(rival=rival / guess.score)
            holders[guess.indicator].append(guess)
            alike[self._statement(guess)].append(guess.at)
        chosen = {at: self._or_unknown(guess) for at, guess in sorted(found.items())}
        return chosen | self._repeated([one[0] for one in of_number.values()], found, alike)

    def _sure(self, of_number: dict[int, list[Guess]]) -> list[Guess]:
        """The guesses that are sure whatever becomes of the others, in the order of the text, for a
        total stands before its parts; without those that another number is far more like.
        """
        found: list[Guess] = []
        for _, (likest, *others) in sorted(of_number.items()):
            rival = others[0].score if others else 0
            if self._confidence(likest, rival / likest.score) == CONFIDENCE[3]:
                found.append(likest)
        keyed = [(self._key(guess), guess) for guess in found]
        best: dict[Key, float] = defaultdict(float)
        for key, guess in keyed:
            best[key] = max(best[key], guess.score)
        return [guess for key, guess in keyed if guess.score >= _AS_LIKE * best[key]]

    def _statement(self, guess: Guess) -> Statement:
        number = self.text.numbers[guess.at]
        year = self.years.last_before(number)
        return Statement(guess.indicator, number.value, number.unit, year)

    def _repeated(
        self,
        likest: list[Guess],
        found: dict[int, Guess],
        alike: dict[Statement, list[int]],
    ) -> dict[int, Proposal]:
        """Of numbers that surely say the same, what the first is, and that the others repeat it."""
        changed: dict[int, Proposal] = {}
        for guess in likest:
            if guess.at in found and found[guess.at].indicator != guess.indicator:
                continue
            again = [at for at in alike[self._statement(guess)] if at != guess.at]
            if again and self._confidence(guess, guess.rival) == CONFIDENCE[3]:
                first, *others = sorted((guess.at, *again))
                changed[first] = self._or_unknown(guess._replace(at=first))
                changed |= dict.fromkeys(others, Proposal(reason="repeated"))
        return changed

    def _key(self, guess: Guess) -> Key:
        scope, _, period = self._scope_and_period(guess.at, guess.indicator)
        year = self.years.last_before(self.text.numbers[guess.at])
        return Key(guess.indicator, scope, period, year)

    def _confidence(self, guess: Guess, rival: float) -> float:
        """By how many of the three tests a guess passes that has a rival so much as like."""
        asked = guess.at, guess.indicator
        if asked not in self._said:
            self._said[asked] = self.wordings.said(self.asked[guess.at], guess.indicator, SAID)
        there, said = self._said[asked]
        # With no word of the context there, it has to stand alone.
        clear = rival <= (RIVAL if there else RIVAL / 2)
        passed = (guess.score >= LIKE) + said + clear
        return CONFIDENCE[passed]

    def _or_unknown(self, guess: Guess) -> Proposal:
        """What is proposed where the confidence is enough; else the reason why nothing is."""
        number = self.text.numbers[guess.at]
        confidence = self._confidence(guess, guess.rival)
        reason = no_figure.reason(self.text, number, surely=confidence == CONFIDENCE[3])
        if not reason and confidence < SHOWN:
            reason = UNKNOWN
        if reason:
            return Proposal(reason=reason)
        if not self._told(guess):
            confidence = min(confidence, CONFIDENCE[2])
        return self._shown(guess.at, guess.indicator, confidence)

    def _told(self, guess: Guess) -> bool:
        """Whether the number's words tell its indicator from its neighbours, and whose it is."""
        asked, name = self.asked[guess.at], guess.indicator
        apart = self.wordings.apart(asked, name, self._like[guess.at])
        return apart and self.proposer.stages.told(name, asked.said)

    def _none(self, at: int) -> Proposal:
        """Why a number has no indicator, where that can be told."""
        number = self.text.numbers[at]
        if number.kind != "value":
            return Proposal(reason=number.doubt or number.kind)
        reason = no_figure.reason(self.text, number, surely=False)
        return Proposal(reason=reason or no_figure.of_another_time(self.asked[at], self.year))

    def _several(self, at: int) -> list[str]:
        """The indicators whose keywords all stand in order before a number that they share."""
        asked = self.asked[at]
        before = asked.before(60) if asked.number.kind == "value" else ""
        if not _SEVERAL.search(before[-12:]):
            return []
        items = (item.removesuffix("会议") for item in _ITEM.split(_AFTER_ITEMS.sub("", before)))
        found: list[str] = []
        for item in (item for item in items if len(item) > 2):
            like = self._called(item, asked)
            found += [name for name in like[:1] if name not in found]
        return found

    def _called(self, item: str, asked: Around) -> list[str]:
        """The indicators of a number's unit whose keyword is an item of a list, or a part of it, or
        it is a part of the keyword; the nearest in length first.
        """
        report, cues = self.source.report, self.tables.cues
        units, sentence = self.tables.words.units(asked.number.unit), asked.near.text
        found = []
        for name, book in self.tables.codebook.items():
            if book.unit not in units:
                continue
            told = {pair for pair, _ in character_pairs("，".join(cues(report, name, "context")))}
            there = {pair for pair in told if pair in sentence}
            if 2 * len(there) > len(told):
                for word in cues(report, name, "keyword"):
                    if word in item or item in word:
                        found.append((abs(len(word) - len(item)), name))
        return [name for _, name in sorted(found)]

    def _shown(self, at: int, name: str, confidence: float) -> Proposal:
        """The proposal; what the audit would not take as it stands is not sure."""
        words = own_words(self.source, self.text.numbers[at], name, self.proposer.known[name])
        if not words.proved:
            confidence = min(confidence, CONFIDENCE[2])
        return Proposal(
            name, confidence, *self._scope_and_period(at, name), words.keyword, words.context
        )

    def _scope_and_period(self, at: int, name: str) -> tuple[str, str, str]:
        """The scope, its basis and the period."""
        if (at, name) not in self._scopes_and_periods:
            self._scopes_and_periods[at, name] = (*self._scope(at, name), self._period(at, name))
        return self._scopes_and_periods[at, name]

    def _scope(self, at: int, name: str) -> tuple[str, str]:
        """The scope that is printed, else the usual one; and which of the two."""
        asked, usual = self.asked[at], self.proposer.usual.get(name, ("not_stated", "", ""))[0]
        if self.text.place_of(asked.number):
            return usual, "inferred"
        if printed := self.scopes.printed(asked, usual):
            return printed, "printed"
        if usual == "not_stated" and self.scopes.of_all(asked):
            return "whole_area", "inferred"
        return ("not_stated" if self.scopes.below(asked) else usual), "inferred"

    def _period(self, at: int, name: str) -> str:
        """The time that its words name, where the indicator can have it; else the usual one."""
        words, measure = self.tables.words, self.tables.codebook[name].measure
        allowed, said = PERIODS.get(measure, {"year"}), self._time_words(at)
        if "multi_year" in allowed and _YEARS.search(said):
            return "multi_year"
        for code in TIMES_NAMED if said else ():
            if code in allowed and any(word in said for word in words.wordings("period", code)):
                return code
        usual = self.proposer.usual.get(name, ("", "", ""))[2]
        named = usual in TIMES_NAMED or words.wordings("period", usual)
        if usual in allowed and not named:
            return usual
        return {"stock": "stock", "norm": "norm", "target": "planned"}.get(measure, "year")

    def _time_words(self, at: int) -> str:
        """The words that can name a number's time, if any in its sentence does."""
        start, end, *_ = self.asked[at].near
        near = self.text.text[start:end]
        named = any(word in near for word in self.proposer.times)
        return no_figure.time_words(self.asked[at]) if named else ""


def _only_within(name: str, words: dict[str, list[str]]) -> bool:
    """Whether the words that name a cell stand there only within longer ones of another indicator:
    人民调解员 in 专职人民调解员.
    """
    longer = {word for other, of in words.items() if other != name for word in of}
    return all(any(word in one and word != one for one in longer) for word in words[name])
