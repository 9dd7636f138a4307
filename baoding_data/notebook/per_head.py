"""A count for every 100,000 people, place by place, as a strip."""

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import partial
from statistics import median
from typing import Any

import pandas as pd

from baoding_data import charts
from baoding_data.comparison import peers
from baoding_data.comparison.peers import PEOPLE
from baoding_data.comparison.sentences import Piece, Told
from baoding_data.notebook.answer import Answer
from baoding_data.notebook.answering import Answering
from baoding_data.notebook.audit import told
from baoding_data.notebook.beside import FEW, sources
from baoding_data.notebook.facts import Facts, left_out_of
from baoding_data.notebook.question import Question, Templates
from baoding_data.tables.names import places_of
from baoding_data.words import Pair

Row = dict[Any, Any]
TOO_FEW = told(
    "既有此数又有人口数的地方太少，不足以相比。",
    "Too few places have both this count and their population on file.",
)


def per_head(
    facts: Facts,
    indicator: str,
    named: Sequence[str] = (),
    title: Pair | None = None,
    say: Templates = (),
) -> Answer:
    """The count for every 100,000 people in the places of that level and year of which most are on
    file; marked is the report's own place, or the one that it lies in.

    Raises BaodingError for what is no count, and for a place that there is not.
    """
    asking = Answering(facts, Question(title=title, say=say))
    tables = facts.sound_of([indicator])
    frame, left_out = peers.rates(tables, indicator), left_out_of(tables)
    rows = _of_one_kind(frame.to_dict("records"))
    said = [given for given in map(asking.told, say) if given]
    codes = {*places_of(facts.tables, named)}
    if len(rows) < FEW:
        notes = [*asking.notes, *left_out]
        return Answer(facts.name(indicator), [TOO_FEW], data=frame, notes=notes)
    own = facts.tables.lineage(facts.about.place)
    shown = {*own, *codes, rows[0]["place"], rows[-1]["place"]}
    strip = _strip(rows, own, shown)
    of_own = [row for row in rows if row["place"] in own]
    finding = asking.title(_own_and_median(facts, indicator, rows, of_own))
    heading = _heading(facts, indicator, rows, finding)
    notes = [
        Pair(row["place_zh"], row["place_en"]).colon(Pair(row["note_zh"], row["note_en"]))
        for row in rows
        if row["note_zh"]
    ]
    return Answer(
        finding,
        [*_divided(facts, indicator, rows, of_own), *said],
        None,
        pd.DataFrame(rows),
        partial(charts.spread, strip, heading),
        facts.alternative(heading, strip[strip["named"]]),
        [*notes, *asking.notes, *left_out],
        heading=asking.heading,
    )


def _strip(rows: Iterable[Row], own: Container[str], shown: Container[str]) -> pd.DataFrame:
    """The table that the chart takes."""
    return pd.DataFrame(
        {
            "label_zh": row["place_zh"],
            "label_en": row["place_en"],
            "value": row["rate"],
            "text": f"{row['rate']:.1f}",
            "own": row["place"] in own,
            "named": row["place"] in shown,
        }
        for row in rows
    )


def _of_one_kind(rows: Iterable[Row]) -> list[Row]:
    """The rows of the level and year of which there are most, one for a place, in the order of
    their numbers.
    """
    kinds: dict[tuple[str, int], dict[str, Row]] = {}
    for row in rows:
        kinds.setdefault((row["level"], row["year"]), {}).setdefault(row["place"], row)
    of_place = max(kinds.values(), key=len, default={})
    return sorted(of_place.values(), key=lambda row: row["rate"])


def _own_and_median(
    facts: Facts, indicator: str, rows: Sequence[Row], of_own: Sequence[Row]
) -> Pair:
    """The finding: the own place's number, and the median of all."""
    book, year = facts.tables.codebook[indicator], rows[0]["year"]
    unit, middle = facts.words.pair("unit", book.unit), median(row["rate"] for row in rows)
    zh = "".join(f"{row['place_zh']}{row['rate']:.1f}{unit.zh}，" for row in of_own)
    en = "".join(f"{row['place_en']} {row['rate']:.1f}, " for row in of_own)
    return Pair(
        f"{year}年每十万人{book.label_zh}：{zh}{len(rows):,}地的中位数{middle:.1f}{unit.zh}",
        f"{book.label_en} per {PEOPLE:,} people, {year}: {en}median of {len(rows):,} places"
        f" {middle:.1f}",
    )


def _heading(facts: Facts, indicator: str, rows: Sequence[Row], finding: Pair) -> charts.Heading:
    """What is divided by what, and whose numbers both are."""
    tables, book = facts.tables, facts.tables.codebook[indicator]
    unit, year = facts.words.pair("unit", book.unit), rows[0]["year"]
    people = sorted({row["population_year"] for row in rows})
    reports = [row["report"] for row in rows]
    reports += [tables.where[row["place"]].source for row in rows]
    return charts.Heading(
        *finding,
        f"{book.definition_zh}{year}年的数除以{'、'.join(f'{one}年' for one in people)}的人口。"
        f"一圈为一地，不是名次。单位：{unit.zh}/十万人。",
        f"{book.definition_en} Numbers of {year} over the population of"
        f" {', '.join(map(str, people))}. A ring for each place; nothing is ranked. Unit:"
        f" {unit.en} per {PEOPLE:,} people.",
        *sources(tables.source[report] for report in reports),
    )


def _divided(
    facts: Facts, indicator: str, rows: Sequence[Row], of_own: Sequence[Row]
) -> Iterator[Told]:
    """Both numbers of the own place, and what lists the other ones."""
    for row in of_own:
        count, people = f"{row['value']:,.0f}", f"{row['population']:,}"
        rate = Piece(f"{row['rate']:.1f}", computed=True)
        yield Told(
            (Piece(f"{row['place_zh']}{count}除以人口{people}，每十万人为"), rate, Piece("。")),
            (Piece(f"{row['place_en']}: {count} over a population of {people} is "), rate)
            + (Piece(f" for every {PEOPLE:,} people."),),
        )
    if facts.calls:
        call = f'bd.per_head("{indicator}")'
        yield told(
            f"全部{len(rows):,}地可用{call}列出。", f"{call} lists all {len(rows):,} places."
        )
