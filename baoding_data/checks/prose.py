"""Doubtful figures: one named explanation each. Its numbers are not typed but stand as {indicator},
and come from the tables.

`{a}` is a figure as a sentence says it; `{a - b}` is computed; `{a - b = c}` is computed and must
equal c.
"""

import re

from baoding_data.words import PLACE, computed, named

_FORM = re.compile(r"[a-z][a-z0-9_]*(?: [+-] [a-z][a-z0-9_]*)*(?: = [a-z][a-z0-9_]*)?")


def faults(doubt, rows, book):
    """(column, found, wanted, advice) for all that is wrong with one doubt; `rows` are the report's
    figures by indicator.
    """
    found = []
    chosen = doubt["figures"].split()
    missing = [name for name in chosen if len(rows.get(name, ())) != 1]
    if missing:
        found.append(
            (
                "figures",
                ", ".join(missing),
                "indicators with one figure in the report",
                (
                    "correct the names, or restore the figures"
                    if set(missing) <= set(book)
                    else "correct the names"
                ),
            )
        )
    for column in ("text_zh", "text_en"):
        text, before = doubt[column], len(found)
        odd = [place for place in PLACE.findall(text) if not _FORM.fullmatch(place)]
        if odd or re.search("[{}]", PLACE.sub("", text)):
            found.append(
                (
                    column,
                    f"{{{odd[0]}}}" if odd else "a single { or }",
                    "{a}, {a - b} or {a - b = c}",
                    "correct the brackets",
                )
            )
        elif set(named(text)) != set(chosen):
            found.append(
                (
                    column,
                    ", ".join(named(text)) or "no figure",
                    ", ".join(chosen),
                    "name each figure in question in the text, and no other",
                )
            )
        typed = re.search("[0-9０-９]+", PLACE.sub("", text))
        if typed:
            found.append(
                (
                    column,
                    typed[0],
                    "a number in brackets, as {indicator}",
                    "type no number: it would stay when the figure is corrected",
                )
            )
        if missing or len(found) > before:
            continue
        values = {name: rows[name][0]["value"] for name in chosen}
        for left, equals, right in (place.partition(" = ") for place in PLACE.findall(text)):
            if equals and computed(left, values) != values[right]:
                found.append(
                    (
                        column,
                        f"{left} = {computed(left, values)}",
                        f"{right} = {values[right]}",
                        "the explanation is about two equal numbers, which these are no longer",
                    )
                )
    if set(PLACE.findall(doubt["text_zh"])) != set(PLACE.findall(doubt["text_en"])):
        found.append(
            (
                "text_en",
                "other numbers than in Chinese",
                "the same numbers in both languages",
                "correct one of the two",
            )
        )
    sentences = [row["sentence"] for name in chosen for row in rows.get(name, ())]
    if doubt["words"] and not any(doubt["words"] in sentence for sentence in sentences):
        found.append(
            (
                "words",
                f"“{doubt['words']}”",
                "words of a sentence that holds one of the figures",
                "copy them from the report",
            )
        )
    return found
