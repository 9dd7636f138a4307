"""The audit: the rules that hold tables and texts together, forwards and backwards.

Forwards, each figure's quote stands in its report and says the figure's number. Backwards, each
number printed in a report is a figure, or is told apart as not being one.
"""

from collections import Counter, defaultdict
from contextlib import suppress
from typing import NamedTuple

from baoding_data.checks.conflicts import check_conflicts, check_populations
from baoding_data.checks.identities import check_identity, check_own_part, check_places, sums
from baoding_data.checks.prose import faults
from baoding_data.errors import BaodingError, Finding, finding
from baoding_data.tables import files as saved
from baoding_data.tables.figures import by_indicator, derived, fits, printed
from baoding_data.tables.figures import located as locate
from baoding_data.tables.seeds import Seeds
from baoding_data.text.numbers import alone

# Where a sentence names one of these times, its figures must be of one of the times named.
TIMES_NAMED = ("since", "to_date", "cumulative")

# A chapter whose heading holds one of these says of all its sentences that they are about what is
# planned.
INTENDED = ("打算", "计划", "安排", "下一步")

# Only with words of their own can these be told from the report.
WORDED = {
    ("period", code)
    for code in ("since", "to_date", "cumulative", "part_year", "multi_year", "norm", "planned")
}

# What counts over a time, what stands at one, what is asked for and what is planned are not the
# same.
FLOWS = {"year", "since", "to_date", "cumulative", "part_year", "multi_year"}
PERIODS = {
    "count": FLOWS,
    "share": FLOWS,
    "amount": FLOWS,
    "stock": {"stock", "to_date"},
    "norm": {"norm"},
    "target": {"planned"},
}


class Audit(NamedTuple):
    """`findings`: a data frame (rule, file, row, column, found, wanted, advice), empty when all
    holds; `coverage`: one line a report.
    """

    findings: object
    coverage: str


def audit(seeds=None):
    """Check every table and text of the seeds against each other, and report all findings at once.

    Raises BaodingError only when the folder holds no description of the tables.

    >>> len(audit().findings)
    0
    """
    import pandas as pd

    found, lines = survey(Seeds(seeds))
    frame = pd.DataFrame(found, columns=Finding._fields).astype({"row": "Int64"})
    return Audit(frame, "\n".join(lines))


def check(tables):
    """All findings as a list of `Finding`, in the order of file and row."""
    return survey(tables)[0]


def coverage(tables):
    """One line for each audited report: how many numbers it prints and what they are."""
    return "\n".join(survey(tables)[1])


def survey(tables):
    """All findings, and the lines of coverage, from one pass over the reports."""
    found, lines = [*tables.remarks], []
    if tables.unread:
        return _in_order(tables.findings), lines
    figures, observed, identities, doubts = map(
        _grouped, (tables.figures, tables.observations, tables.identities, tables.doubts)
    )
    for row in tables.observations:
        _check_observation(tables, row, found)
    for report in tables.reports:
        name = report["report"]
        if report["status"] == "cited" and report["text"] and name not in tables.drafts:
            found.append(
                finding(
                    "text",
                    report,
                    "status",
                    "cited, with a text on file",
                    "audited or draft",
                    "cited says that no text is on file; correct the status",
                )
            )
        if report["status"] == "cited" and report["sha256"] and name not in tables.drafts:
            found.append(
                finding(
                    "text",
                    report,
                    "sha256",
                    report["sha256"],
                    "an empty cell",
                    "no text of a source that is only cited is on file; clear it, or name the text",
                )
            )
        if name in tables.drafts and not report["text"]:
            found.append(
                finding(
                    "text",
                    report,
                    "status",
                    "a draft without a text",
                    "the text that is being curated, or cited",
                    "name the text, or set the status to cited",
                )
            )
        if report["status"] == "cited":
            _check_cited(tables, report, observed[name], identities[name], found)
        if report["status"] != "audited" or not _check_text(tables, report, found):
            continue
        _check_named(tables.texts[name].text, report, found)
        located = _check_figures(tables, name, figures[name], found)
        shown = list(printed(tables, located))
        of_report = by_indicator([*shown, *derived(tables, by_indicator(shown), identities[name])])
        for identity in identities[name]:
            found += check_identity(tables, identity, of_report)
        for doubt in doubts[name]:
            found += [
                finding("doubt", doubt, *fault)
                for fault in faults(doubt, of_report, tables.codebook)
            ]
        lines.append(_coverage(tables, name, located))
    if tables.observations:
        lines.append(_transcribed(tables))
    lines.append(_other_tables(tables))
    check_conflicts(tables, found)
    check_populations(tables, found)
    _check_codebook(tables, figures, found)
    return _in_order(found + tables.findings), lines


def _grouped(rows):
    found = defaultdict(list)
    for row in rows:
        found[row["report"]].append(row)
    return found


def _in_order(found):
    return sorted(set(found), key=lambda f: (f.file, f.row or 0, f.column, f.rule))


def _coverage(tables, report, located):
    text = tables.texts[report]
    claimed = {number.start for _, number in located if number}
    figures = sum(1 for row, _ in located if row["indicator"])
    once = sum(1 for row, _ in located if not row["reader"])
    kinds = Counter(number.kind for number in text.numbers)
    done = "all" if len(claimed) == kinds["value"] + kinds["unclear"] else f"only {len(claimed)}"
    words = {kind: tables.words.get(("number", kind), {"en": kind})["en"] for kind in kinds}
    others = ", ".join(f"{count} {words[kind]}" for kind, count in kinds.items() if kind != "value")
    return (
        f"{report}: {len(text.numbers)} numbers printed: {kinds['value']} values, {done} accounted"
        f" for by {figures} figures and {len(located) - figures} rows set apart; {others};"
        f" {f'{once} rows' if once else 'no row'} without a second reading"
    )


def _transcribed(tables):
    """What the figures without a text rest on, in one line."""
    read = sum(1 for row in tables.observations if row["reader"])
    sources, places = (
        {row[column] for row in tables.observations} for column in ("report", "place")
    )
    return (
        f"observations: {len(tables.observations)} figures of {len(places)} places transcribed from"
        f" {len(sources)} sources, no text on file; {read} of them read a second time at the source"
    )


def _other_tables(tables):
    """How many rows of every other table nobody has read a second time, in one line."""
    once = {
        name: sum(1 for row in tables.published(name) if not row["reader"])
        for name in tables.schemas
        if name not in ("figures", "observations")
    }
    named = ", ".join(f"{count} in {name}" for name, count in once.items() if count)
    return (
        f"other tables: {sum(len(tables.published(name)) for name in once)} rows;"
        f" {named or 'no row'} without a second reading"
    )


def _check_named(text, report, found):
    """The title, the issuer and the date of an audited report stand in its text."""
    text, day = (
        "".join(text.split()),
        report["published"],
    )  # blanks and line breaks are a page's, not the words'
    dated = day and f"{day.year}年{day.month}月{day.day}日"
    for column, shown in (
        ("title_zh", report["title_zh"]),
        ("issuer_zh", report["issuer_zh"]),
        ("published", dated),
    ):
        if shown and "".join(shown.split()) not in text:
            found.append(
                finding(
                    "text",
                    report,
                    column,
                    shown,
                    "words of the text",
                    "write it as the report's own text has it",
                )
            )


def _check_text(tables, report, found):
    """The text of one report against its checksum; returns whether it could be read whole."""
    text = tables.texts.get(report["report"])
    if text is None:
        if not report["text"]:
            found.append(
                Finding(
                    "text",
                    report["file"],
                    report["row"],
                    "text",
                    "an empty cell",
                    "the report's text",
                    "name the file, or set status to cited",
                )
            )
        return False
    raw = tables.folder.raw(f"reports/{report['text']}")
    if saved.checksum(raw) == report["sha256"]:
        return True
    what, advice = saved.difference(raw, report["sha256"]) or (
        "",
        (
            f"the text {report['text']} is not the one curated; restore it, or read it anew and"
            " correct the checksum"
        ),
    )
    found.append(
        Finding(
            "text",
            report["file"],
            report["row"],
            "sha256",
            what or saved.checksum(raw),
            report["sha256"] or "the checksum of the text",
            advice,
        )
    )
    return not what


def _check_figures(tables, report, figures, found):
    """All rules of one report's figures, and each of its numbers accounted for; returns the figures
    with the number of each, or None.
    """
    text = tables.texts[report]
    located, claims, last = [], defaultdict(list), None
    for row, number in locate(tables, figures):
        number = _check_figure(tables, text, row, number, found)
        located.append((row, number))
        if number is None:
            continue
        claims[number.start].append(row)
        if last and number.start < last.start:
            found.append(
                finding(
                    "order",
                    row,
                    "quote",
                    f"“{row['printed']}” after “{last.printed}”",
                    "rows in the order of the text",
                    "move the row",
                )
            )
        last = number
    for number in text.values:
        claimants = claims[number.start]
        if not claimants:
            sentence = text.sentence_at(number.start)
            before = [
                row["row"] for n, claimed in claims.items() if n < number.start for row in claimed
            ]
            around = text.text[
                max(sentence.start, number.start - 12) : min(sentence.end, number.unit_end + 6)
            ]
            found.append(
                Finding(
                    "unclaimed",
                    f"seeds/figures/{report}.csv",
                    max(before, default=1) + 1,
                    "",
                    f"no row for “{number.printed}” in “…{around}…”, {sentence.section}",
                    "a figure for every number",
                    "add a row here, or one with an empty indicator and the reason in the notes",
                )
            )
        elif len(claimants) > 1 or claimants[0]["shared"]:
            _check_shared(claimants, found)
    return located


def _check_figure(tables, text, row, number, found):
    """All rules of one row; returns the number it claims, or None."""
    quote, printed = row["quote"], row["printed"]
    times = text.text.count(quote) if quote else 0
    if times != 1:
        right = _rightful(tables, text, row)
        wanted = f"“{right[0]}”" if right else "a quote that stands once in the report"
        found.append(
            finding(
                "quote",
                row,
                "quote",
                f"“{quote}”, {'not in' if times == 0 else f'{times} times in'} the report",
                wanted,
                "copy it from the report" if times == 0 else "lengthen it by whole clauses",
            )
        )
    if number is None:
        if times:
            at = text.text.find(quote)
            inside = (
                " or ".join(f"“{n.printed}”" for n in text.numbers_in(at, at + len(quote)))
                or "a number"
            )
            found.append(
                finding(
                    "number",
                    row,
                    "printed",
                    f"“{printed}”",
                    f"{inside}, as the quote prints",
                    "correct it, or the quote",
                )
            )
        return None
    _check_reading(tables, row, number, found)
    if row["indicator"]:
        _check_meaning(tables, text, row, number, found)
    else:
        _check_set_apart(tables, text, row, number, found)
    if times == 1:
        right = text.quotes_for(number, fits(tables, text, number, row))
        if right and quote not in right:
            found.append(
                finding(
                    "quote",
                    row,
                    "quote",
                    f"“{quote}”",
                    " or ".join(f"“{q}”" for q in right),
                    "quote the shortest run of whole clauses that holds number and keyword and"
                    " stands once in the report",
                )
            )
    return number


def _check_reading(tables, row, number, found):
    """Value, unit and bound against what the text says."""
    for column, wanted in (("value", number.value), ("unit", number.unit), ("bound", number.bound)):
        shown = "" if row[column] is None else row[column]
        if shown != ("" if wanted is None else wanted) and not (
            shown == "" and _unread(tables, row, column)
        ):
            found.append(
                finding(
                    column,
                    row,
                    column,
                    "an empty cell" if shown == "" else shown,
                    f"no {column}" if wanted in (None, "") else wanted,
                    "the sentence prints"
                    f" “{number.printed}{number.unit if number.unit != '%' else ''}”"
                    + (", which is unclear" if number.kind == "unclear" else "")
                    + f"; write {'nothing' if wanted in (None, '') else wanted}, or correct"
                    " “printed”",
                )
            )


def _unread(tables, row, column):
    """Whether a cell holds what could not be read: then that is said already."""
    return any(
        f.row == row["row"] and f.column == column and f.file == row["file"]
        for f in tables.findings
    )


def _check_meaning(tables, text, row, number, found):
    """Keyword, context, unit, scope, period and range of one figure."""
    book = tables.codebook.get(row["indicator"])
    if book is None:
        return
    if number.kind == "unclear":
        found.append(
            finding(
                "number",
                row,
                "indicator",
                row["indicator"],
                "an empty cell, and the reason in the notes",
                f"“{number.printed}” is unclear, {tables.words[('unclear', number.doubt)]['en']}:"
                " no rule can prove what it says; set it apart",
            )
        )
        return
    sentence = text.sentence_at(number.start)
    at = text.text.find(row["quote"])
    if not fits(tables, text, number, row)(at, at + len(row["quote"])):
        words = (
            " or ".join(
                f"“{word}”"
                for word in [
                    *tables.cues(row["report"], row["indicator"], "keyword"),
                    *filter(None, [row["keyword"]]),
                ]
            )
            or "a keyword"
        )
        found.append(
            finding(
                "keyword",
                row,
                "indicator",
                row["indicator"],
                f"{words} in the quote, nearer to “{number.printed}” than to any other number",
                "correct the indicator or the quote; or, if this report words it otherwise, write"
                " its words under “keyword”",
            )
        )
    elif row["keyword"] and text.quotes_for(
        number, fits(tables, text, number, row._replace(keyword=""))
    ):
        found.append(
            finding(
                "keyword",
                row,
                "keyword",
                row["keyword"],
                "an empty cell",
                "a keyword of the codebook stands there; clear it",
            )
        )
    cues = tables.cues(row["report"], row["indicator"], "context")
    if not any(word in sentence.text for word in [*cues, *filter(None, [row["context"]])]):
        found.append(
            finding(
                "context",
                row,
                "indicator",
                row["indicator"],
                f"{_listed(cues) if cues else 'words that say what it is about'} in the sentence",
                "correct the indicator; or, if this report words it otherwise, write words of the"
                " sentence under “context”",
            )
        )
    elif row["context"] and (
        row["context"] not in sentence.text or any(word in sentence.text for word in cues)
    ):
        found.append(
            finding(
                "context",
                row,
                "context",
                row["context"],
                "an empty cell",
                "a context of the codebook stands in the sentence; clear it",
            )
        )
    if (
        book["unit"] not in tables.words.units(number.unit)
        or book["unit"] not in tables.counted[row["indicator"]]
    ):
        found.append(
            finding(
                "unit",
                row,
                "indicator",
                f"{row['indicator']}, counted in {book['unit']}",
                f"an indicator counted in {' or '.join(tables.words.units(number.unit))}",
                "correct the indicator; or, if the two units count the same things, let terms.csv"
                " say so under “canonical”",
            )
        )
    _check_kind(row, book, found)
    for column in ("scope", "scope_basis", "period"):
        if not row[column]:
            found.append(
                finding("schema", row, column, "an empty cell", "a code of terms.csv", "fill it in")
            )
    place = tables.source[row["report"]]["place"]
    shown = tables.words.wordings("scope", row["scope"], tables.where.get(place))
    if row["scope_basis"] == "printed" and not any(word in sentence.text for word in shown):
        found.append(
            finding(
                "scope",
                row,
                "scope",
                f"{row['scope']}, printed",
                f"{_listed(shown)} in the sentence",
                "correct the scope, or call it inferred",
            )
        )
    shown = tables.words.wordings("period", row["period"], tables.where.get(place))
    intended = row["period"] == "planned" and any(
        word in text.chapter_at(number.start) for word in INTENDED
    )
    if shown and not intended and not any(word in sentence.text for word in shown):
        found.append(
            finding(
                "period",
                row,
                "period",
                row["period"],
                f"{_listed(shown)} in the sentence",
                "correct the period",
            )
        )
    named = [
        code
        for code in TIMES_NAMED
        if any(
            word in sentence.text
            for word in tables.words.wordings("period", code, tables.where.get(place))
        )
    ]
    if named and row["period"] not in named:
        found.append(
            finding(
                "period",
                row,
                "period",
                row["period"],
                " or ".join(named),
                "the sentence names the time; correct the period",
            )
        )


def _check_kind(row, book, found):
    """Range and period of one figure, by what kind of quantity its indicator is."""
    if (
        book["measure"] in ("share", "target")
        and row["unit"] == "%"
        and row["value"] is not None
        and not 0 <= row["value"] <= 100
    ):
        found.append(
            finding(
                "range",
                row,
                "value",
                row["value"],
                "0 to 100",
                "a share lies between them; look at the report again",
            )
        )
    if book["measure"] in ("count", "stock") and row["value"] is not None and row["value"] % 1:
        found.append(
            finding(
                "range",
                row,
                "value",
                row["value"],
                "a whole number",
                f"a {book['measure']} has no part of one; look at the report again",
            )
        )
    if row["period"] and row["period"] not in PERIODS.get(book["measure"], {row["period"]}):
        found.append(
            finding(
                "period",
                row,
                "period",
                row["period"],
                f"{' or '.join(sorted(PERIODS[book['measure']]))}, the indicator being a"
                f" {book['measure']}",
                "correct the period, or the measure in indicators.csv",
            )
        )


def _check_set_apart(tables, text, row, number, found):
    """A number said to be no figure needs a reason, and must not look like a figure of the
    codebook.
    """
    for column in ("note_zh", "note_en"):
        if not row[column]:
            found.append(
                finding(
                    "set_apart",
                    row,
                    column,
                    "an empty cell",
                    "the reason why the number is no figure",
                    "give it in both languages",
                )
            )
    sentence = text.sentence_at(number.start)
    for name, book in tables.codebook.items():
        if (
            not book["keyword"]
            or book["unit"] not in tables.words.units(number.unit)
            or not any(
                word in sentence.text for word in tables.cues(row["report"], name, "context")
            )
        ):
            continue
        if text.quotes_for(number, fits(tables, text, number, row._replace(indicator=name))):
            found.append(
                finding(
                    "set_apart",
                    row,
                    "indicator",
                    "an empty cell",
                    name,
                    "the words around the number are this indicator's; name it, or narrow its"
                    " keyword",
                )
            )


def _check_shared(claimants, found):
    """Rows that claim one printed number must say so, and be complete: 1/3, 2/3, 3/3."""
    marks = [row["shared"] for row in claimants]
    if len(marks) < 2 or marks != [f"{i}/{len(marks)}" for i in range(1, len(marks) + 1)]:
        size = marks[0].partition("/")[2] or len(marks)
        for row in claimants:
            found.append(
                finding(
                    "shared",
                    row,
                    "shared",
                    row["shared"] or "an empty cell",
                    f"rows 1/{size} to {size}/{size} for the one printed “{row['printed']}”, found"
                    f" {', '.join(m or 'empty' for m in marks)}",
                    "one printed number is claimed once, or shared by all rows that it speaks of;"
                    " complete the marks, add the missing row or remove one",
                )
            )


def _check_observation(tables, row, found):
    """One figure without a text: what it prints says its value, unit and bound; its codes fit its
    indicator; its source can speak of it.
    """
    book, source, place = (
        tables.codebook.get(row["indicator"]),
        tables.source.get(row["report"]),
        tables.where.get(row["place"]),
    )
    if book is None or source is None or place is None or row["value"] is None:
        return
    number = alone(row["printed"], row["unit"])
    if number is None:
        found.append(
            finding(
                "number",
                row,
                "printed",
                row["printed"],
                "one number, with nothing but the words that say how exact it is",
                "copy it from the source",
            )
        )
    else:
        _check_reading(tables, row, number, found)
    if book["unit"] not in tables.words.units(row["unit"]):
        found.append(
            finding(
                "unit",
                row,
                "indicator",
                f"{row['indicator']}, counted in {book['unit']}",
                f"an indicator counted in {' or '.join(tables.words.units(row['unit']))}",
                "correct the indicator or the unit, or say in terms.csv that one stands for the"
                " other",
            )
        )
    _check_kind(row, book, found)
    if source["status"] != "cited":
        found.append(
            finding(
                "source",
                row,
                "report",
                f"{row['report']}, {source['status']}",
                "a report that is only cited",
                "a figure of a report on file goes into its own table, with its quote",
            )
        )
    if (row["first_year"] is not None) != (row["period"] == "multi_year") or (
        row["first_year"] or 0
    ) >= (row["year"] or 0) > 0:
        found.append(
            finding(
                "period",
                row,
                "first_year",
                row["first_year"] or "an empty cell",
                "the first of several years where the period is multi_year, else nothing",
                "correct it, or the period",
            )
        )
    if (
        source["published"]
        and row["year"]
        and row["period"] != "planned"
        and row["first_year"] is None
        and row["year"] > source["published"].year
    ):
        found.append(
            finding(
                "date",
                row,
                "year",
                row["year"],
                f"at most {source['published'].year}, when the source was published",
                "correct the year, or the date in reports.csv",
            )
        )
    if source["place"] not in tables.lineage(row["place"]):
        found.append(
            finding(
                "source",
                row,
                "place",
                row["place"],
                f"{source['place']}, of which the source is, or a place below it",
                "correct the place here or in reports.csv",
            )
        )


def _check_cited(tables, report, rows, identities, found):
    """One source without a text: something rests on it, and its figures hold the arithmetic that it
    states, place by place.
    """
    if not rows and all(place["source"] != report["report"] for place in tables.places):
        found.append(
            finding(
                "source",
                report,
                "report",
                report["report"],
                "a source of some observation or population",
                "remove it, or add what was read in it",
            )
        )
    rows = [
        row
        for row in rows
        if row["value"] is not None
        and row["indicator"] in tables.codebook
        and row["place"] in tables.where
    ]
    groups, of_place, alike = defaultdict(dict), defaultdict(dict), defaultdict(list)
    for row in rows:
        groups[row.place, row.year, row.scope, row.period][row.indicator] = [row]
        of_place[row.place, row.year].setdefault(row.indicator, []).append(row)
        if tables.codebook[row["indicator"]]["measure"] in ("count", "stock"):
            alike[row["place"], row["year"], row["indicator"], row["period"]].append(row)
    for like in alike.values():
        found += check_own_part(like)
    for identity in identities:
        if identity["kind"].startswith("places_"):
            found += check_places(tables, identity, report["place"], rows)
            continue
        there = [figures for figures in of_place.values() if sums(identity, figures)]
        for figures in there or [{}]:
            found += check_identity(tables, identity, figures)
    for group in groups.values():
        _check_ratios(tables, report["report"], group.keys(), found)


def _check_ratios(tables, report, names, found):
    """A share whose counts are there too has its ratio checked."""
    for book in tables.shares:
        if {book["indicator"], book["numerator"], book["denominator"]} <= names and (
            report,
            book["indicator"],
        ) not in tables.ratios:
            found.append(
                finding(
                    "identity",
                    book,
                    "numerator",
                    f"{book['numerator']} / {book['denominator']}",
                    f"a ratio for {book['indicator']} of {report} in identities.csv",
                    "add the row"
                    f" {report},{book['indicator']},ratio,{book['indicator']},{book['numerator']} /"
                    f" {book['denominator']}, with its notes",
                )
            )


def _check_codebook(tables, figures, found):
    """Indicators and figures, both ways: each indicator is used; a share with counts has its ratio
    checked.
    """
    for (kind, code), term in tables.words.items():
        if not term["wording"] and (kind, code) in WORDED:
            found.append(
                finding(
                    "code",
                    term,
                    "wording",
                    "an empty cell",
                    f"the words by which a sentence shows {kind} {code}",
                    "restore them",
                )
            )
    used = {row["indicator"] for row in [*tables.figures, *tables.observations]} | {
        row["result"] for row in tables.identities if row["kind"] == "derived"
    }
    for name in tables.drafts:
        with suppress(BaodingError):
            used |= {row["indicator"] for row in tables.drafted(name)}
    used |= {
        book["indicator"]
        for book in tables.shares
        if {book["numerator"], book["denominator"]} <= used
    }
    seen = {_observation(row) for row in tables.observations}
    for row in tables.overrides:
        if _observation(row) not in seen:
            found.append(
                finding(
                    "code",
                    row,
                    "indicator",
                    " ".join(map(str, _observation(row))),
                    "an observation of that report, place, year and indicator",
                    "correct it, or remove the row",
                )
            )
    for row in tables.neighbours:
        if row["indicator"] == row["neighbour"]:
            found.append(
                finding(
                    "code",
                    row,
                    "neighbour",
                    row["neighbour"],
                    "another indicator",
                    "an indicator is no neighbour of itself; correct one of the two",
                )
            )
    for name, book in tables.codebook.items():
        if name not in used:
            found.append(
                finding(
                    "code",
                    book,
                    "indicator",
                    name,
                    "an indicator that a figure has",
                    "remove it, or restore its figure",
                )
            )
    for report, rows in figures.items():
        _check_ratios(tables, report, {row["indicator"] for row in rows}, found)


def _observation(row):
    return row["report"], row["place"], row["year"], row["indicator"]


def _rightful(tables, text, row):
    """The quotes that would do for the row's number, if its indicator and its printed form tell
    where it stands.
    """
    found = []
    for number in text.values:
        if number.printed == row["printed"] and row["indicator"] in tables.codebook:
            if any(
                word in text.sentence_at(number.start).text
                for word in tables.cues(row["report"], row["indicator"], "context")
            ):
                found += text.quotes_for(number, fits(tables, text, number, row))
    return found


def _listed(words):
    return " or ".join(f"“{word}”" for word in words) or "words that say so"
