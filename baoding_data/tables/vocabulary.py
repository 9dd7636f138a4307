"""The language of the tables: the words of each code, in sentences too; which units are one."""

import re
from collections.abc import Iterable

from baoding_data.tables.records import Place, Term
from baoding_data.words import Pair

# What belongs to a city's rank: 全市, 市政府, 市本级; not 市场.
_OF_A_CITY = re.compile("市(?=政府|本级|直|级|县|代表|委|人大)|(?<=全)市")
_RANKS = "省区县州盟旗镇乡"


class Vocabulary(dict[tuple[str, str], Term]):
    """(kind, code) to the row of terms.csv."""

    def __init__(self, terms: Iterable[Term]):
        super().__init__({(row.kind, row.code): row for row in terms})
        self._codes: dict[str, list[str]] = {}
        for kind, code in self:
            self._codes.setdefault(kind, []).append(code)
        self._wordings: dict[tuple[str, str, str], list[str]] = {}
        self._units: dict[str, list[str]] = {}

    def codes(self, kind: str) -> list[str]:
        """The codes of one kind, in the order of the table."""
        return self._codes.get(kind, [])

    def pair(self, kind: str, code: str) -> Pair:
        """A code in both languages."""
        term = self[kind, code]
        return Pair(term.zh, term.en)

    def wordings(self, kind: str, code: str, place: Place | None = None) -> list[str]:
        """The words by which a sentence shows a code, for a place's rank: 全市 is a county's 全县."""
        asked = kind, code, place.name_zh if place else ""
        if asked not in self._wordings:
            row = self.get((kind, code))
            words = row.wording.split("|") if row and row.wording else []
            self._wordings[asked] = for_rank(words, place)
        return self._wordings[asked]

    def canonical(self, unit: str) -> str:
        """The unit under which a printed unit is compared: 名 and 人 are one."""
        return self.units(unit)[0]

    def units(self, unit: str) -> list[str]:
        """The canonical unit, and the others of the same things: a case file is a 宗 or a 份."""
        if unit not in self._units:
            row = self.get(("unit", unit))
            self._units[unit] = row.canonical.split("|") if row else [unit]
        return self._units[unit]


def for_rank(words: list[str], place: Place | None) -> list[str]:
    """Words of the tables, which speak of a city, as of another place's rank: 市政府, 县政府."""
    rank = place.name_zh[-1:] if place else "市"
    rank = rank or "市"  # of a place without a name, which is a finding
    return words if rank not in _RANKS else [_OF_A_CITY.sub(rank, word) for word in words]
