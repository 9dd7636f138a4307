"""Two sources, one fact: which figures must be explained beside each other, and whether each
explanation is about such figures.

A side names one figure as report:place:year:indicator:scope; in the texts {1} stands for the number
of the first side.
"""

import re
from collections import defaultdict
from typing import NamedTuple

from baoding_data.checks.identities import OWN
from baoding_data.errors import finding
from baoding_data.words import PLACE


class Sight(NamedTuple):
    """One figure of a report on file or one observation, with the place and the year that it
    is of.
    """

    row: dict
    place: str
    year: int

    @property
    def side(self):
        """The name of the figure, as a conflict gives it."""
        return (
            f"{self.row['report']}:{self.place}:{self.year}:{self.row['indicator']}:"
            f"{self.row['scope']}"
        )


def sighted(tables):
    """Every figure of the reports on file, and every observation, as `Sight`."""
    abouts = ((row, tables.source.get(row["report"])) for row in tables.figures if row["indicator"])
    found = [Sight(row, about["place"], about["year"]) for row, about in abouts if about]
    found += [Sight(row, row["place"], row["year"]) for row in tables.observations]
    return [
        sight for sight in found if sight.row["value"] is not None and sight.place in tables.where
    ]


def check_conflicts(tables, found):
    """Both ways: each contradiction between the tables' figures has its explanation, and each
    explanation its figures.
    """
    sights = sighted(tables)
    explained = {name for conflict in tables.conflicts for name in conflict["sides"].split()}
    known = defaultdict(int)
    for sight in sights if explained else ():
        known[sight.side] += 1
    for conflict in tables.conflicts:
        sides = conflict["sides"].split()
        for name in sides:
            if known[name] != 1:
                found.append(
                    finding(
                        "conflict",
                        conflict,
                        "sides",
                        name,
                        "one figure, as report:place:year:indicator:scope",
                        "correct it, or restore the figure",
                    )
                )
        for column in ("text_zh", "text_en"):
            places = PLACE.findall(conflict[column])
            if set(places) != {str(number) for number in range(1, len(sides) + 1)}:
                found.append(
                    finding(
                        "conflict",
                        conflict,
                        column,
                        ", ".join(f"{{{place}}}" for place in places) or "no number",
                        f"{{1}} to {{{len(sides)}}}, each side's number",
                        "name each side's number, and no other",
                    )
                )
            typed = re.search(
                "[0-9]+",
                re.sub(
                    "(?:19|20)[0-9]{2}", "", re.sub("[0-9]+月", "", PLACE.sub("", conflict[column]))
                ),
            )
            if typed:
                found.append(
                    finding(
                        "conflict",
                        conflict,
                        column,
                        typed[0],
                        "a number in brackets, as {1}",
                        "type no number: it would stay when the figure is corrected",
                    )
                )
    for sight, _, what in contradictions(tables, sights):
        if sight.side not in explained:
            found.append(
                finding(
                    "conflict",
                    sight.row,
                    "value",
                    sight.row["value"],
                    what,
                    "look up both; if they stand so, explain it in conflicts.csv",
                )
            )


def contradictions(tables, sights):
    """(figure, number, words) of what contradicts it: another source's number for the same thing,
    or parts that come to more than the whole.
    """
    alike = defaultdict(list)
    for sight in sights:
        row = sight.row
        alike[
            sight.year, row["indicator"], row["period"], tables.words.canonical(row["unit"])
        ].append(sight)
    found = []
    for (_, indicator, _, _), of_thing in alike.items():
        same, of_place, below = {}, defaultdict(list), defaultdict(dict)
        for sight in of_thing:
            row = sight.row
            first = same.setdefault((sight.place, row["scope"]), row)
            if row["value"] != first["value"] and row["report"] != first["report"]:
                found.append(
                    (sight, first["value"], f"{first['value']}, as {first['report']} has it")
                )
            if row["bound"] == "exact":
                of_place[sight.place].append(sight)
                if row["scope"] == "whole_area":
                    parts = below[tables.where[sight.place]["parent"]]
                    parts[sight.place] = max(parts.get(sight.place, 0), row["value"])
        if tables.codebook.get(indicator, {}).get("measure") not in ("count", "stock"):
            continue
        for place in of_place.keys() & below.keys():
            own = defaultdict(int)
            for sight in of_place[place]:
                own[sight.row["report"]] += sight.row["value"] if sight.row["scope"] in OWN else 0
            together = max(own.values()) + sum(below[place].values())
            found += [
                (
                    sight,
                    together,
                    (
                        f"at least {together}, the sum of its own bodies and of {len(below[place])}"
                        " places below it"
                    ),
                )
                for sight in of_place[place]
                if sight.row["scope"] == "whole_area" and together > sight.row["value"]
            ]
    return found


def check_populations(tables, found):
    """The people of the places below one are no more than its own, by the census of one year."""
    below = defaultdict(list)
    for place in tables.places:
        if place["population"]:
            below[place["parent"], place["population_year"]].append(place["population"])
    for place in tables.places:
        people = (
            below.get((place["place"], place["population_year"]), []) if place["population"] else []
        )
        if people and sum(people) > place["population"]:
            found.append(
                finding(
                    "identity",
                    place,
                    "population",
                    place["population"],
                    f"at least {sum(people)}, the people of {len(people)} places below it",
                    "look up the census; correct the number, the year or the place above",
                )
            )
