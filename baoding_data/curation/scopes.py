"""Whose a number is, by the words before it: 全市, 市本级, 法院."""

import re
from collections import Counter
from functools import cached_property
from typing import NamedTuple

from baoding_data.curation.around import Around
from baoding_data.curation.source import Source
from baoding_data.tables.records import Place

# Those that hold for the clauses after them too; 部门 or 乡镇 may be what is counted there.
_WIDE = ("whole_area", "government", "courts")
# 全县, 我县, 县政府: but 区县政府 are those below.
_RANK = re.compile("(?:全|我|(?<![省市县区、])(?=.政府))([省区县州盟旗镇乡市])(?![域面体直])")
# 市政府部门 is no longer the government itself.
_BODIES = re.compile("政府(?:[各所属组成工作直]*)(?:部门|委办局)")
# Of the governments below a city the codes have none.
_BELOW = re.compile("县(?:(?<=[区县市各]县)|[区市级]|[(（]市)|各区")
# All bodies of the place, 各执法机关.
_EVERY = re.compile("各(?:级|行政|执法){1,3}[^，,；;。、0-9]{0,4}机关")


class _Clause(NamedTuple):
    """The scopes of which a clause has words, with the place of the last; and whether it speaks of
    the governments below, which have no code.
    """

    said: dict[str, int]
    below: bool


class Scopes:
    """The scopes that a text prints; one that is not registered has the rank of which it speaks."""

    def __init__(self, source: Source):
        self.source = source
        self._clauses: dict[str, _Clause] = {}  # those before several numbers are read once

    @cached_property
    def _place(self) -> Place | None:
        if self.source.place:
            return self.source.place
        ranks = Counter(_RANK.findall(self.source.text.text)).most_common(1)
        places = self.source.tables.where.values()
        return next((one for one in places if ranks and one.name_zh.endswith(ranks[0][0])), None)

    def printed(self, around: Around, usual: str) -> str:
        """The scope that the words before a number print, its own clause first; "" for none.

        Where one clause has words of several, it is the usual if that is among them, else the last.
        """
        for back, words in enumerate(reversed(around.clauses)):
            said, below = self._clause(words)
            if back and said:
                said = {code: at for code, at in said.items() if code in _WIDE}
            if said:
                return usual if usual in said else max(said, key=lambda code: said[code])
            if below and not back:
                break
        return ""

    def below(self, around: Around) -> bool:
        """Whether a number's clause speaks of the governments below, which have no code."""
        return self._clause(around.clauses[-1]).below

    def of_all(self, around: Around) -> bool:
        """Whether a number's clause speaks of all the bodies of the place."""
        return bool(_EVERY.search(around.clauses[-1]))

    def _clause(self, words: str) -> _Clause:
        if words not in self._clauses:
            said = self._said(words)
            self._clauses[words] = _Clause(said, not said and bool(_BELOW.search(words)))
        return self._clauses[words]

    def _said(self, clause: str) -> dict[str, int]:
        found = [(clause.rfind(word), code) for code, word in self._words if word in clause]
        said = {code: at for at, code in sorted(found)}
        if _BELOW.search(clause):
            # 县政府 in 区县政府 is not the county's own.
            return {code: at for code, at in said.items() if code in ("whole_area", "courts")}
        body = _BODIES.search(clause)
        return {"departments": body.start()} if body else said

    @cached_property
    def _words(self) -> list[tuple[str, str]]:
        """Each scope with each of its words."""
        words = self.source.tables.words
        return [
            (code, word)
            for code in words.codes("scope")
            for word in words.wordings("scope", code, self._place)
        ]
