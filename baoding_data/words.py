"""Two languages: the same in Chinese and in English, and sentences with numbers to be filled in."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple


class Pair(NamedTuple):
    """The same in both languages."""

    zh: str
    en: str

    @property
    def line(self) -> str:
        """Both on one line, once where they are the same.

        >>> Pair("件", "case").line, Pair("%", "%").line
        ('件 case', '%')
        """
        return self.zh if self.zh == self.en else f"{self.zh} {self.en}"

    @property
    def lines(self) -> str:
        """Both, one below the other; once where they are the same."""
        return self.zh if self.zh == self.en else f"{self.zh}\n{self.en}"

    @property
    def sentence(self) -> "Pair":
        """With a full stop, and in English with a capital.

        >>> Pair("没有可比的数", "no comparable figure").sentence
        Pair(zh='没有可比的数。', en='No comparable figure.')
        """
        return Pair(f"{self.zh}。", f"{self.en[:1].upper()}{self.en[1:]}.")

    def colon(self, what: "Pair") -> "Pair":
        """With a colon, and what stands after it.

        >>> Pair("受理", "accepted").colon(Pair("316件", "316"))
        Pair(zh='受理：316件', en='accepted: 316')
        """
        return Pair(f"{self.zh}：{what.zh}", f"{self.en}: {what.en}")

    def noted(self, note: "Pair") -> "Pair":
        """With a note in brackets; without them where the note is empty.

        >>> Pair("公告", "Notices").noted(Pair("推算", "derived"))
        Pair(zh='公告（推算）', en='Notices (derived)')
        """
        return Pair(f"{self.zh}（{note.zh}）", f"{self.en} ({note.en})") if any(note) else self


EMPTY = Pair("", "")


def so_many(count: int, what: str) -> str:
    """So many of something in English.

    >>> so_many(1, "figure"), so_many(2000, "figure")
    ('1 figure', '2,000 figures')
    """
    return f"{count:,} {what}{'s' * (count != 1)}"


def together(pairs: Iterable[Pair], zh: str = "、", en: str = ", ") -> Pair:
    """Several pairs as one, with these marks between them."""
    several = list(pairs)
    return Pair(zh.join(one.zh for one in several), en.join(one.en for one in several))


def parts(terms: str) -> list[tuple[str, str]]:
    """Terms joined by signs, as (sign, term) pairs.

    >>> parts("commitment_items - commitment_items_added@not_stated")
    [('+', 'commitment_items'), ('-', 'commitment_items_added@not_stated')]
    """
    words = f"+ {terms}".split(" ")
    return list(zip(words[::2], words[1::2], strict=True))


# What may stand in the brackets of a template besides figures, and what may be asked of a figure.
KNOWN = ("place", "year", "level")
ASPECTS = ("label", "note", "definition", "printed", "scope", "period", "interval")
_NAME = "[a-z][a-z0-9_]*(?:@[a-z_]+)*|[0-9]+"
_SLOT = (  # compiled when first asked for: most who import this ask for no template
    rf"(?:largest\((?P<among>(?:{_NAME})(?:, (?:{_NAME}))+)\)"
    rf"|(?P<terms>(?:{_NAME})(?: [-+/] (?:{_NAME}))*))"
    rf"(?: = (?P<equal>{_NAME}))?"
    rf"(?: ?: ?(?P<aspect>{'|'.join(ASPECTS)}))?"
    r"(?: \| (?P<one>[^|]+) \| (?P<many>[^|]+))?"
)
BRACKETS = re.compile(r"\{([^{}]*)\}")
FORMS = "{a}, {a@scope}, {a:label}, {a - b}, {a / b}, {largest(a, b)} or {a | was | were}"


class Slot(NamedTuple):
    """A place of a template: terms with their signs, or several of which the largest is meant; what
    is asked of them, the forms of a word for one and for more, what they must equal.
    """

    text: str
    terms: tuple[tuple[str, str], ...]
    largest: bool
    aspect: str
    forms: tuple[str, ...]
    equal: str

    @property
    def names(self) -> list[str]:
        """The indicators named, each as `indicator` or `indicator@scope`."""
        every = [*(name for _, name in self.terms), *filter(None, [self.equal])]
        return [name for name in every if name not in KNOWN]

    @property
    def is_figure(self) -> bool:
        """Whether it stands for one figure and no computed number; `{a = b}` is a bare number."""
        return (len(self.terms) == 1 or self.largest) and not self.equal

    @property
    def is_share(self) -> bool:
        return self.terms[-1][0] == "/"


@lru_cache(maxsize=2000)
def parsed(template: str) -> tuple[str | Slot, ...]:
    """A template as words and slots by turns, the first and the last words; never evaluated.

    Raises ValueError with the first bracket that is none.

    >>> [slot.names for slot in parsed("{a} less {b@government}, {a - b = c}")[1::2]]
    [['a'], ['b@government'], ['a', 'b', 'c']]
    """
    found: list[str | Slot] = []
    for number, piece in enumerate(BRACKETS.split(template)):
        if number % 2 == 0 and re.search("[{}]", piece):
            raise ValueError("a single { or }")
        found.append(_slot(piece) if number % 2 else piece)
    return tuple(found)


def _slot(text: str) -> Slot:
    match = re.fullmatch(_SLOT, text)
    if match is None:
        raise ValueError(f"{{{text}}}")
    among, aspect, forms = match["among"], match["aspect"] or "", (match["one"], match["many"])
    terms = [("+", name) for name in among.split(", ")] if among else parts(match["terms"])
    signs = "".join(sign for sign, _ in terms[1:])
    single = len(terms) == 1 or bool(among)
    right = (
        ("/" not in signs or len(terms) == 2)
        and (not aspect or (signs == "/" if aspect == "interval" else single))
        and (not match["one"] or (single and not aspect))
        and (not match["equal"] or (not among and signs.strip("/") == signs))
        and (text in KNOWN or not {match["equal"], *(name for _, name in terms)} & {*KNOWN})
    )
    if not right:
        raise ValueError(f"{{{text}}}")
    return Slot(
        text, tuple(terms), bool(among), aspect, tuple(filter(None, forms)), match["equal"] or ""
    )


def slots(template: str) -> list[Slot]:
    """The slots of a template; raises ValueError as `parsed` does."""
    return [piece for piece in parsed(template) if isinstance(piece, Slot)]


def alike(zh: str, en: str) -> bool:
    """Whether a sentence has the same figures and computes the same in both languages.

    >>> alike("{a}，{a - b}", "{a - b} of {a}"), alike("{a / b}", "{b / a}"), alike("", "none")
    (True, False, False)
    """

    def told(text: str) -> tuple[set[str], set[str], bool]:
        computed = {slot.text for slot in slots(text) if not slot.is_figure}
        return set(named(text)), computed, bool(text)

    return told(zh) == told(en)


def named(*templates: str) -> list[str]:
    """The indicators that templates name, each once.

    >>> named("{a} less {b@government}, {a - b@government = c}, {place}")
    ['a', 'b@government', 'c']
    """
    return list(
        dict.fromkeys(name for text in templates for slot in slots(text) for name in slot.names)
    )


def computed(terms: Iterable[tuple[str, str]], values: Mapping[str, Decimal]) -> Decimal:
    """What indicators joined by + and - come to."""
    signed = (values[name] if sign == "+" else -values[name] for sign, name in terms)
    return sum(signed, Decimal(0))
