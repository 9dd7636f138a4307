"""Whose a title is, and of what year: the places and the years that words name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from baoding_data.patterns import lazy_pattern
from baoding_data.tables.records import Place, ReportRow
from baoding_data.text.characters import plain
from baoding_data.text.dates import days_in
from baoding_data.text.numerals import chinese

if TYPE_CHECKING:
    from baoding_data.tables.seeds import Seeds

_RANK = "自治[区州县旗]|特别行政区|地区|林区|矿区|新区|[省市县区旗州盟]"
_PEOPLES = "(?:[\u4e00-\u9fff]{1,3}族|蒙古|维吾尔)*"
_BARE = lazy_pattern(f"([\u4e00-\u9fff]{{2,}}?)(?:{_PEOPLES}自治[区州县旗]|(?:{_RANK}))")
_RANKED = lazy_pattern(_RANK)
# A place that no table has, by its rank and by the body or the subject that follows.
_UNKNOWN = lazy_pattern(
    "(?![全各本我该市区县和与及对由两级])"
    f"((?:(?!政府|关于|法治|[的年全各我])[\u4e00-\u9fff]){{1,14}}?(?:{_RANK})"
    "(?<![社辖园片县市]区)(?<![城都县]市))"
    "(?=(?:人民)?政府|管委会|管理委员会|司法局|法治政府|依法行政|(?:20|二[〇○])..年)"
)
# What is no name by itself: a zone, a new district.
_ZONE = lazy_pattern(
    "(?:国家级?|经济|技术|高新|产业|示范|综合|保税|自贸|经开|开发|工业|旅游|风景|新)+区"
)
_BEFORE = lazy_pattern("(?:^|年|年度|关于|中共|[》、，])$")


class Mention(NamedTuple):
    """A place that words name: as they name it, and which places on file it may be."""

    words: str
    codes: tuple[str, ...]


class Told(NamedTuple):
    """Whether words name a place, and the first place that is neither it nor above it."""

    own: bool
    other: Mention | None


def bare(name: str) -> str:
    """The name of a place without its rank, where two characters are left.

    >>> bare("望都县"), bare("恩施土家族苗族自治州"), bare("易县")
    ('望都', '恩施', '易县')
    """
    found = _BARE.fullmatch(name)
    return found[1] if found else name


def told_of(tables: "Seeds", place: Place, words: str) -> Told:
    """Which place words are of, which name it in full or without its rank, after those above it."""
    above = set(tables.lineage(place.place))
    mentions = _mentioned(tables, "".join(words.split()))
    own = any(place.place in one.codes for one in mentions)
    others = (one for one in mentions if not above & {*one.codes} and _RANKED.search(one.words))
    return Told(own, next(others, None))


def _mentioned(tables: "Seeds", words: str) -> list[Mention]:
    if words not in tables.mentions:
        tables.mentions[words] = list(_mentions(tables, words))
    return tables.mentions[words]


def _mentions(tables: "Seeds", words: str) -> Iterator[Mention]:
    """The places that words name; of a chain, as 河北省保定市望都县, the last."""
    at, chain = 0, list[Mention]()
    while at < len(words):
        name = _name_at(tables, words, at, bool(chain))
        if name:
            chain.append(Mention(name, tables.place_names.get(name, ())))
        elif chain:
            yield _last(tables, chain)
            chain = []
        at += len(name) or 1
    if chain:
        yield _last(tables, chain)


def _last(tables: "Seeds", chain: list[Mention]) -> Mention:
    """The last place of a chain: of several of its name the one that is below the others."""
    *above, last = chain
    codes = (code for code in last.codes if all(_below(tables, code, one) for one in above))
    return Mention("".join(one.words for one in chain), tuple(codes))


def _below(tables: "Seeds", code: str, above: Mention) -> bool:
    """Whether a place is below one that is named before it; of one that no table has, whether it
    may be: no place above it is known that has the same rank.
    """
    _, *lineage = tables.lineage(code)
    if above.codes:
        return not {*above.codes}.isdisjoint(lineage)
    return not any(tables.where[one].name_zh.endswith(above.words[-1]) for one in lineage)


def _name_at(tables: "Seeds", words: str, at: int, follows: bool) -> str:
    """The name of a place that begins at a character of some words: the longest on file, or one by
    its rank alone; "" where none does.
    """
    for name in tables.place_starts.get(words[at : at + 2], ()):
        end = at + len(name)
        if words.startswith(name, at) and (_RANKED.search(name) or not _RANKED.match(words, end)):
            return name
    unknown = _UNKNOWN.match(words, at)
    if unknown and not (follows or _BEFORE.search(words[:at])):
        unknown = None
    name = unknown[1] if unknown and (follows or not _ZONE.fullmatch(unknown[1])) else ""
    ranks = (rank.end() for rank in _RANKED.finditer(name))
    return next((name[:end] for end in ranks if name[end:] in tables.place_names), name)


def names_of(places: Iterable[Place], above: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """The places by what they are called: in full, after the names of those above, without rank."""
    found: dict[str, list[str]] = {}
    for place in places:
        tail = place.name_zh
        for name in above[place.place]:
            tail = tail.removeprefix(name) or tail
        short = bare(tail)
        ranked = f"{short}{tail[-1:]}" if "自治" in tail[:-1] else ""  # 大厂县
        for name in dict.fromkeys((place.name_zh, tail, ranked, short)):
            if name:
                found.setdefault(name, []).append(place.place)
    return {name: tuple(codes) for name, codes in found.items()}


_YEARS = lazy_pattern(
    "([0-9]{4}|[〇零一二三四五六七八九]{4})(?:年?度?[-—–~至到]{1,2}([0-9]{4}))?(?=[年)）]|$)"
)
_OTHERS_NAME = lazy_pattern("《[^《》]*》")


def years_in(words: str) -> list[int]:
    """The years that words name, those between the two of a span among them; not those of a day,
    nor of a document that is named.

    >>> years_in("关于2021—2022年法治政府建设情况的报告（2023年3月1日）"), years_in("二○二二年报告")
    ([2021, 2022], [2022])
    """
    shown = _OTHERS_NAME.sub("", plain("".join(words.split())))
    for one in reversed(list(days_in(shown))):
        shown = shown[: one.start] + shown[one.end :]
    found: list[int] = []
    for first, last in _YEARS.findall(shown):
        begun = int(first) if first.isdecimal() else chinese(first)
        found += range(begun, int(last or begun) + 1)
    return [year for year in found if 1900 <= year < 2100]


_HALF = 6  # months; a report of a year is not made before the half of it is over


def of_another_year(title: str, year: int, published: date | None) -> list[int]:
    """The years that a title names, where the year covered is none of them; a title may name the
    year in which a report of the year before was published.
    """
    named = years_in(title)
    soon = published and published.month <= _HALF and published.year - 1 == year
    return [] if year in named or soon and published and published.year in named else named


class Wrong(NamedTuple):
    """What title or issuer say that is not what is claimed: the column that claims it, the one
    that says otherwise, and what that says; nothing where it says nothing. `cure` holds what might
    be claimed instead.
    """

    claims: str
    says: str
    what: str = ""
    cure: tuple[str, ...] = ()


def contradicted(tables: "Seeds", row: ReportRow) -> Iterator[Wrong]:
    """What title and issuer of a report say against its place and its year."""
    place = tables.where.get(row.place)
    if place and (column := next(_told_otherwise(tables, place, row), None)):
        yield column
    if years := of_another_year(row.title_zh, row.year, row.published):
        named = tuple(map(str, sorted({years[0], years[-1]})))
        yield Wrong("year", "title_zh", "–".join(named), named)


def _told_otherwise(tables: "Seeds", place: Place, row: ReportRow) -> Iterator[Wrong]:
    """Another place, of which the title is or, where it names none, the issuer."""
    for column in ("title_zh", "issuer_zh"):
        own, other = told_of(tables, place, getattr(row, column))
        if own:
            return
        if other:
            yield Wrong("place", column, *other)


def unnamed(tables: "Seeds", row: ReportRow, text: str) -> Iterator[Wrong]:
    """What neither title nor issuer of a report nor, for the year, its own text says: its place,
    its year.
    """
    place = tables.where.get(row.place)
    said = (row.title_zh, row.issuer_zh or text)
    otherwise = {wrong.claims for wrong in contradicted(tables, row)}
    of_all = place is None or place.level == "nation" or "place" in otherwise
    if not of_all and not any(told_of(tables, place, one).own for one in said):
        yield Wrong("place", "title_zh")
    if not years_in(row.title_zh) and not _of_year(row, text):
        yield Wrong("year", "title_zh")


def _of_year(row: ReportRow, text: str) -> bool:
    """Whether a text names the year that it is to cover, and was not published in a third one."""
    if row.published and row.published.year - row.year not in (0, 1):
        return False
    return bool(re.search(f"{row.year}[ ]?年", plain(text))) or row.year in _spelled(text)


def _spelled(text: str) -> set[int]:
    """The years that a text names in Chinese numerals."""
    return {chinese(one) for one in re.findall("[〇零一二三四五六七八九]{4}(?=年)", plain(text))}
