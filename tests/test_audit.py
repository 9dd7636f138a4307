"""The audit: nothing wrong with the seeds, and nothing wrong slips past it.

The attack changes the tables or the text in memory, one thing at a time, and counts what the audit
finds. The rows are changed after they were read, so that types, codes and keys, which
test_tables.py attacks, find nothing here: what is found is found because the text says otherwise.
Each kind prints its kill rate.
"""

import copy
import itertools
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal

import pytest
from attack import (
    FIGURES,
    TOLD,
    TRIED,
    attacked,
    edited,
    identity,
    mutant,
    number_of,
    other_digits,
    say,
    some,
    table,
)
from conftest import REPORT, own

import baoding_data as bd
from baoding_data.checks.audit import check, survey
from baoding_data.cli import main
from baoding_data.tables.figures import keyword_fits
from baoding_data.tables.seeds import Seeds

# --- kinds of attack; each yields mutants of which every one must be found, at its row


def values(seeds):
    for row in seeds.figures:
        for written in other_digits(str(row.value)):
            if Decimal(written) != row.value:
                yield edited(seeds, row, value=Decimal(written))


def printed(seeds):
    for row in seeds.figures:
        for written in other_digits(row.printed):
            yield edited(seeds, row, printed=written)


def values_and_printed(seeds):
    for row in seeds.figures:
        if str(row.value) in row.printed:
            for written in other_digits(str(row.value))[::3]:
                yield edited(
                    seeds,
                    row,
                    value=Decimal(written),
                    printed=row.printed.replace(str(row.value), written),
                )


def printed_as_others_do(seeds):
    for row in seeds.figures:
        text, wide = row.printed, str.maketrans("0123456789", "０１２３４５６７８９")
        odd = [
            text + " ",
            " " + text,
            text[:1] + "," + text[1:],
            text[:1] + " " + text[1:],
            text + row.unit,
            text + "%",
        ]
        for changed in {
            text.translate(wide),
            *odd[row.line % 2 :: 2],
            text + "多",
            text + "万",
            re.sub("[万亿多%]", "", text),
            text[:-1],
        } - {text}:
            yield edited(seeds, row, printed=changed)


def quoted_digits(seeds):
    for row in seeds.figures:
        for i, c in enumerate(row.quote):
            if c.isdigit():
                yield edited(
                    seeds, row, quote=row.quote[:i] + str((int(c) + 1) % 10) + row.quote[i + 1 :]
                )


def quotes_by_a_character(seeds):
    text = seeds.texts[REPORT].text
    for row in seeds.figures:
        quote, start = row.quote, text.index(row.quote)
        end = start + len(quote)
        for changed in (
            quote[1:],
            quote[:-1],
            text[start - 1 : end],
            text[start : end + 1],
            quote[:3] + " " + quote[3:],
            quote.replace(quote[0], "某", 1),
            quote[:3] + quote[4:],
            "“" + quote,
            "",
        ):
            yield edited(seeds, row, quote=changed)


def quotes_by_a_clause(seeds):
    report = seeds.texts[REPORT]
    for row in seeds.figures:
        start = report.text.index(row.quote)
        end = start + len(row.quote)
        first = next(i for i, c in enumerate(report.clauses) if c.end > start)
        last = max(i for i, c in enumerate(report.clauses) if c.start < end)
        runs = [(first - 1, last), (first, last + 1), (first - 1, last + 1), (first - 3, last)]
        if first < last:
            runs += [(first + 1, last), (first, last - 1)]
        for a, b in runs:
            yield edited(
                seeds,
                row,
                quote=report.text[
                    report.clauses[max(a, 0)].start : report.clauses[
                        min(b, len(report.clauses) - 1)
                    ].end
                ],
            )


def quotes_from_elsewhere(seeds):
    report = seeds.texts[REPORT]
    for row, other in zip(seeds.figures, [*seeds.figures[1:], seeds.figures[0]], strict=True):
        if other.quote != row.quote:
            yield edited(seeds, row, quote=other.quote)
        for number in report.values:
            if number.printed == row.printed and number != number_of(seeds, row):
                for quote in report.quotes_for(number, lambda start, end: True):
                    yield edited(seeds, row, quote=quote)


def units(seeds):
    codes = [code for kind, code in seeds.words if kind == "unit"]
    for i, row in enumerate(seeds.figures):
        like = [
            code for code in codes if seeds.words.canonical(code) == seeds.words.canonical(row.unit)
        ]
        for code in {*like, *codes[i % 5 :: 5], ""} - {row.unit}:
            yield edited(seeds, row, unit=code)


def bounds(seeds):
    for row in seeds.figures:
        for kind, code in seeds.words:
            if kind == "bound" and code != row.bound:
                yield edited(seeds, row, bound=code)


def deleted(seeds):
    for row in seeds.figures:
        number = number_of(seeds, row)
        members = {r.line for r in seeds.figures if number_of(seeds, r).start == number.start}
        yield table(
            seeds, f"{row.indicator} deleted", members, [r for r in seeds.figures if r is not row]
        )


def deleted_and_renumbered(seeds):
    for row in seeds.figures:
        if row.shared:
            number = number_of(seeds, row)
            left = [
                r
                for r in seeds.figures
                if r is not row and number_of(seeds, r).start == number.start
            ]
            marks = {r.line: f"{i}/{len(left)}" for i, r in enumerate(left, 1)}
            # No rule counts how many things a number is of: what misses one is its doubt.
            doubts = [d.line for d in seeds.doubts if row.indicator in d.figures.split()]
            yield mutant(
                seeds,
                f"{row.indicator} deleted, the others renumbered",
                doubts,
                figures=[
                    r._replace(shared=marks.get(r.line, r.shared))
                    for r in seeds.figures
                    if r is not row
                ],
                file="seeds/doubts.csv",
            )


def doubled(seeds):
    for i, row in enumerate(seeds.figures):
        yield table(
            seeds,
            f"{row.indicator} doubled",
            row.line,
            [*seeds.figures[:i], row, *seeds.figures[i:]],
        )


def out_of_order(seeds):
    for a, b in itertools.pairwise(seeds.figures):
        if number_of(seeds, a).start != number_of(seeds, b).start:
            rows = [b if r is a else a if r is b else r for r in seeds.figures]
            yield table(
                seeds, f"{a.indicator} and {b.indicator} in the wrong order", [a.line, b.line], rows
            )


REASON = {"indicator": "", "note_zh": "不是统计数。", "note_en": "Not a statistic."}


def moved_to_the_non_figures(seeds):
    for row in seeds.figures:
        yield edited(seeds, row, **REASON)
        yield edited(seeds, row, **REASON, scope="", scope_basis="", period="", shared="")
        yield edited(seeds, row, indicator="")


def shared_marks(seeds):
    for row in [r for r in seeds.figures if r.shared or r.line % 4 == 0]:
        for mark in {"", "1/2", "2/2", "1/3", "3/3", "1/4"} - {row.shared}:
            yield edited(seeds, row, shared=mark)


def same_sentence(seeds, a, b):
    report = seeds.texts[REPORT]
    places = [report.sentence_at(number_of(seeds, row).start).start for row in (a, b)]
    return places[0] == places[1] and seeds.words.canonical(a.unit) == seeds.words.canonical(b.unit)


def swaps(seeds, pairs):
    for a, b in pairs:
        cells = {a.line: b.indicator, b.line: a.indicator}
        yield table(
            seeds,
            f"{a.indicator} and {b.indicator} swapped",
            cells,
            [r._replace(indicator=cells.get(r.line, r.indicator)) for r in seeds.figures],
        )


def swapped_in_a_sentence(seeds):
    yield from swaps(
        seeds,
        [pair for pair in itertools.combinations(seeds.figures, 2) if same_sentence(seeds, *pair)],
    )


def swapped_anywhere(seeds):
    yield from swaps(
        seeds,
        [
            pair
            for pair in itertools.combinations(seeds.figures, 2)
            if not same_sentence(seeds, *pair)
        ][::14],
    )


def another_indicator(seeds):
    names = list(seeds.codebook)
    for i, row in enumerate(seeds.figures):
        for name in names[i % 17 :: 17]:
            if name != row.indicator:
                yield edited(seeds, row, indicator=name)


def numbers_in_the_text(seeds):
    report = seeds.texts[REPORT]
    for number in report.values:
        rows = [row.line for row in seeds.figures if number_of(seeds, row).start == number.start]
        for written in other_digits(number.printed)[::6]:
            yield mutant(
                seeds,
                f"text: {number.printed} → {written}",
                rows,
                text=report.text[: number.start] + written + report.text[number.end :],
            )


def sentences_removed(seeds):
    report = seeds.texts[REPORT]
    for start in dict.fromkeys(report.sentence_at(n.start) for n in report.values):
        rows = [
            row.line
            for row in seeds.figures
            if report.sentence_at(number_of(seeds, row).start) == start
        ]
        yield mutant(
            seeds,
            f"text: without “{start.text[:20]}…”",
            rows,
            text=report.text[: start.start] + report.text[start.end :],
        )


def sentences_doubled(seeds):
    report = seeds.texts[REPORT]
    for start in dict.fromkeys(report.sentence_at(n.start) for n in report.values):
        rows = [
            row.line
            for row in seeds.figures
            if report.sentence_at(number_of(seeds, row).start) == start
        ]
        yield mutant(
            seeds,
            f"text: twice “{start.text[:20]}…”",
            rows,
            text=report.text[: start.end] + start.text + report.text[start.end :],
        )


def numbers_added_to_the_text(seeds):
    report = seeds.texts[REPORT]
    for i, sentence in enumerate(report.sentences[3::4]):
        added = ("受理案件77件。", "占比达7.7%。", "新建七个中心。", "共2万余名。")[i % 4]
        before = [row.line for row in seeds.figures if number_of(seeds, row).start < sentence.end]
        yield mutant(
            seeds,
            f"text: {added}",
            max(before, default=1) + 1,
            text=report.text[: sentence.end] + added + report.text[sentence.end :],
        )


def codebook(seeds):
    """Two of the five changes to each indicator that the report prints, others from one to the
    next; of the rest a report will have to tell whether the words are right.
    """
    for i, book in enumerate(seeds.indicators):
        used = [row.line for row in seeds.figures if row.indicator == book.indicator]
        if used:
            other = next(
                code
                for kind, code in seeds.words
                if kind == "unit" and seeds.words.canonical(code) != book.unit
            )
            changes = (
                ("keyword", ""),
                ("keyword", "某某"),
                ("context", ""),
                ("context", "某某"),
                ("unit", other),
            )
            for column, cell in (changes[i % 5], changes[(i + 2) % 5]):
                yield mutant(
                    seeds,
                    f"{book.indicator}: {column} {cell!r}",
                    used,
                    indicators=[
                        b._replace(**{column: cell}) if b is book else b for b in seeds.indicators
                    ],
                )


def terms_dropped(seeds):
    for row in seeds.identities:
        names = row.terms.split(" ")
        if row.kind in ("sum", "difference", "ratio", "equal"):
            for i in range(0, len(names), 2):
                left = names[: i - 1] + names[i + 1 :] if i else names[2:]
                yield identity(seeds, row, terms=" ".join(left))


def terms_replaced(seeds):
    other = {row.indicator: row.value for row in seeds.figures}
    for row in own(seeds.identities):
        if row.kind in ("sum", "ratio", "equal"):
            for name in _named(row):
                for new in list(other)[::9]:
                    if other[new] != other[name]:
                        changed = [
                            re.sub(rf"\b{name}\b(@[a-z_]+)?", new, cell)
                            for cell in (row.result, row.terms)
                        ]
                        yield identity(seeds, row, result=changed[0], terms=changed[1])


def _named(row):
    """The indicators that an identity names."""
    terms = row.terms.split(" ")[::2]
    return [name.partition("@")[0] for name in (row.result, *terms)]


def signs_changed(seeds):
    for row in seeds.identities:
        if row.kind in ("sum", "difference", "ratio"):
            for old, new in itertools.permutations("+-/", 2):
                if f" {old} " in row.terms:
                    yield identity(seeds, row, terms=row.terms.replace(f" {old} ", f" {new} ", 1))


def kinds_changed(seeds):
    for row in seeds.identities:
        for kind, code in seeds.words:
            if (
                kind == "identity"
                and code != row.kind
                and not (
                    code.endswith("at_most")
                    and row.kind not in ("ratio", "derived")
                    and code.startswith("places") == row.kind.startswith("places")
                )
            ):
                yield identity(seeds, row, kind=code)


def figures_against_identities(seeds):
    named = {
        name
        for row in own(seeds.identities)
        if row.kind in ("sum", "ratio", "equal")
        for name in _named(row)
    }
    for row in seeds.figures:
        if row.indicator in named and row.unit != "%":
            which = [i.line for i in own(seeds.identities) if row.indicator in _named(i)]
            yield mutant(
                seeds,
                f"{row.indicator} trebled",
                which,
                figures=[
                    r._replace(value=3 * r.value + 1) if r is row else r for r in seeds.figures
                ],
                file="seeds/identities.csv",
            )


KINDS = [
    values,
    printed,
    values_and_printed,
    printed_as_others_do,
    quoted_digits,
    quotes_by_a_character,
    quotes_by_a_clause,
    quotes_from_elsewhere,
    units,
    bounds,
    deleted,
    deleted_and_renumbered,
    doubled,
    out_of_order,
    moved_to_the_non_figures,
    shared_marks,
    swapped_in_a_sentence,
    swapped_anywhere,
    another_indicator,
    numbers_in_the_text,
    sentences_removed,
    sentences_doubled,
    numbers_added_to_the_text,
    codebook,
    terms_dropped,
    terms_replaced,
    signs_changed,
    kinds_changed,
    figures_against_identities,
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_attack(seeds, record_property, kind):
    """Every mutant of this kind is found, and a finding names the file and a row that was
    changed.
    """
    attacked(seeds, record_property, kind)


@pytest.mark.parametrize(
    "kind",
    [values, bounds, units, quotes_by_a_clause, printed_as_others_do],
    ids=lambda kind: kind.__name__,
)
def test_no_other_row_is_blamed(seeds, kind):
    """One wrong cell brings findings for its own row, for rows that share its number, and for
    identities, for no other row.
    """
    of_line = {row.line: row for row in seeds.figures}
    for m in some(list(kind(seeds)), 4 * TOLD):
        row = next(iter(m.rows))
        start = number_of(seeds, of_line[row]).start
        shared = {r.line for r in seeds.figures if number_of(seeds, r).start == start}
        # A number whose row claims it no more is missed just after the row before it, or after the
        # row itself; a row that claims an equal number elsewhere shares it with another row.
        around = set()
        if kind in (quotes_by_a_clause, printed_as_others_do):
            number = number_of(seeds, of_line[row])
            equal = [r for r in seeds.figures if r.printed == number.printed]
            around = {min(shared) - 1, max(shared) + 1, *(r.line for r in equal)}
        assert {f.row for f in m.audit() if f.file == FIGURES} <= shared | around, m.what


def test_every_finding_says_what_to_do(seeds):
    """Findings of all kinds have a rule, a file, something found and wanted, and an advice, each on
    one line.
    """
    rules = Counter()
    for kind in KINDS:
        for m in some(list(kind(seeds)), TOLD):
            for f in m.audit():
                rules[f.rule] += 1
                assert (
                    f.rule
                    and f.file.startswith("seeds/")
                    and f.row
                    and f.found != ""
                    and f.wanted
                    and f.advice
                ), f
                assert ("\n" in m.what or "\n" not in str(f)) and len(str(f)) < 900
    assert rules.keys() >= {
        "quote",
        "quote_length",
        "number",
        "value",
        "unit",
        "bound",
        "keyword",
        "context",
        "unclaimed",
        "shared",
        "order",
        "set_apart",
        "identity",
    }


# --- what the text decides only in part: survivors, each with its reason


NAMING = {f"seeds/{name}.csv" for name in ("conflicts", "identities", "doubts")}


def survivors_by_reason(seeds, record_property, name, mutants, reason):
    """Assert that each survivor has a reason, and print how many have which."""
    left, total, unexplained = Counter(), 0, []
    for m, row, new in mutants:
        total += 1
        found = m.found()
        if not found:
            why = reason(row, new)
            left[why] += 1
            if not why:
                unexplained.append(m.what)
        else:
            # Conflicts, identities and doubts name figures with their scope.
            assert m.hit(found) or {f.file for f in found} <= NAMING, m.what
    say(
        record_property,
        name,
        total - sum(left.values()),
        total,
        "".join(f"\n      {count:>4} left: {why}" for why, count in left.items()),
    )
    assert unexplained == []


def changes(seeds, column):
    codes = [code for kind, code in seeds.words if kind == column]
    every = [
        (edited(seeds, row, **{column: code}), row, code)
        for row in seeds.figures
        for code in codes
        if code != getattr(row, column)
    ]
    return some(every, 4 * TRIED)


def holds(seeds, row, kind, code):
    sentence = seeds.texts[REPORT].sentence_at(number_of(seeds, row).start).text
    return any(word in sentence for word in (seeds.words[kind, code].wording or "\0").split("|"))


def test_attack_on_scopes(seeds, record_property):
    """A changed scope is found wherever its basis is printed and the sentence does not hold the new
    scope's words too.
    """
    survivors_by_reason(
        seeds,
        record_property,
        "scopes",
        changes(seeds, "scope"),
        lambda row, new: (
            "an inferred scope rests on a reader's judgement"
            if row.scope_basis == "inferred"
            else "the sentence holds the words of both scopes"
            if holds(seeds, row, "scope", new)
            else ""
        ),
    )


def test_attack_on_the_basis_of_scopes(seeds, record_property):
    """A scope called printed is found wherever its words are not in the sentence."""
    survivors_by_reason(
        seeds,
        record_property,
        "bases of scopes",
        changes(seeds, "scope_basis"),
        lambda row, new: (
            "calling a printed scope inferred claims less"
            if new == "inferred"
            else "the sentence holds the words"
            if holds(seeds, row, "scope", row.scope)
            else ""
        ),
    )


def test_attack_on_periods(seeds, record_property):
    """A changed period is found wherever the sentence's words or the indicator's measure decide it.

    A norm stays a norm, a plan a plan, a stock a stock: a planned 100 % may not turn into one
    reached.
    """
    survivors_by_reason(
        seeds,
        record_property,
        "periods",
        changes(seeds, "period"),
        lambda row, new: (
            "a share or an amount may be of the year or as it stands"
            if {row.period, new} == {"year", "stock"}
            and seeds.codebook[row.indicator].measure in ("share", "amount")
            else "the sentence holds the words of part of the year or of several years"
            if new in ("part_year", "multi_year") and holds(seeds, row, "period", new)
            else ""
        ),
    )


def test_attack_on_measures(seeds, record_property):
    """A plan or a norm in the codebook cannot be called a count, a stock or a share: its figure's
    period says otherwise.
    """
    kept = [book for book in seeds.indicators if book.measure in ("target", "norm")]
    assert len(kept) == 2
    for book in kept:
        for measure in ("count", "stock", "share", "amount"):
            m = mutant(
                seeds,
                "",
                0,
                indicators=[
                    b._replace(measure=measure) if b is book else b for b in seeds.indicators
                ],
            )
            assert m.audit(), f"{book.indicator} as {measure}"


def test_attack_on_dates(seeds, record_property):
    """A changed year, ordinal or hotline is found by the checksum, and by a quote that holds it;
    the rest of the rules do not see it.
    """
    report = seeds.texts[REPORT]
    left, total = [], 0
    for number in report.numbers:
        if number.kind != "value":
            total += 1
            last = str((int(number.printed[-1]) + 1) % 10)
            m = mutant(
                seeds,
                number.printed,
                0,
                text=report.text[: number.end - 1] + last + report.text[number.end :],
            )
            if not m.audit():
                left.append(number)
    say(
        record_property,
        "dates and ordinals",
        total - len(left),
        total,
        f"\n      {len(left):>4} left: no figure is claimed for a date; the checksum guards it",
    )
    quoted = [
        (at, at + len(row.quote)) for row in seeds.figures for at in [report.text.index(row.quote)]
    ]
    assert not [n for n in left if any(a <= n.start < b for a, b in quoted)] and not [
        n for n in left if n.kind == "name"
    ]


def test_attack_on_sentences_without_figures(seeds, record_property):
    """A sentence without a value can vanish from the text unseen by every rule but the checksum,
    unless a quote's place rests on it.
    """
    report, left = seeds.texts[REPORT], 0
    bare = [one for one in report.sentences if not report.numbers_in(one.start, one.end)]
    assert len(bare) > 50
    tried = some(bare, TRIED)
    for sentence in tried:
        rest = report.text[: sentence.start] + report.text[sentence.end :]
        left += not mutant(seeds, sentence.text[:20], 0, text=rest).audit()
    say(
        record_property,
        "sentences without values",
        len(tried) - left,
        len(tried),
        f"\n      {left:>4} left: no figure rests on such a sentence; the checksum guards it",
    )


def test_an_identity_made_weaker_is_left(seeds, record_property):
    """A sum or an equality turned into “at most” claims less and still holds: the audit raises no
    false alarm.
    """
    weaker = [
        identity(seeds, row, kind="at_most")
        for row in own(seeds.identities)
        if row.kind in ("sum", "equal")
    ]
    left = [m.what for m in weaker if not m.audit()]
    say(
        record_property,
        "identities made weaker",
        len(weaker) - len(left),
        len(weaker),
        f"\n      {len(left):>4} left: “at most” claims less, and holds",
    )
    assert len(left) == len(weaker) == 4


def test_moved_figures_are_found_without_the_codebook(seeds):
    """A figure moved to the non-figures with a quote cut to suit is found at its row, whatever
    other reports use its indicator.
    """
    left = []
    for row in seeds.figures:
        number = number_of(seeds, row)
        if row.shared:
            continue
        for quote in seeds.texts[REPORT].quotes_for(number, lambda start, end: True):
            m = edited(seeds, row, **REASON, quote=quote, scope="", scope_basis="", period="")
            if not m.hit(m.found()):
                left.append(f"{row.indicator}: {quote}")
    assert left == []


def test_a_time_named_in_the_sentence_needs_its_wording(seeds):
    """A wording lost from terms.csv may not switch off the rule that rests on it."""
    left = []
    for code in ("since", "to_date", "cumulative", "norm", "planned"):
        m = mutant(
            seeds,
            "",
            0,
            terms=[
                t._replace(wording="") if (t.kind, t.code) == ("period", code) else t
                for t in seeds.terms
            ],
        )
        left += [] if m.audit() else [code]
    assert left == []


# --- through real files and the command


def test_the_seeds_hold(seeds):
    """No finding, every one of the 72 values is accounted for, and the rows that nobody has read a
    second time are counted.
    """
    once = sum(not row.reader for row in seeds.figures)
    audit = bd.audit()
    assert audit.findings.empty and list(audit.findings.columns) == [
        "rule",
        "file",
        "row",
        "column",
        "found",
        "wanted",
        "advice",
    ]
    assert (
        audit.coverage.splitlines()[0]
        == "baoding-2022: 102 numbers printed: 72 values, all accounted for by 76 figures and 0"
        f" rows set apart; 26 dates, 2 ordinals, 2 names; {f'{once} rows' if once else 'no row'}"
        " without a second reading"
    )
    read = sum(bool(row.reader) for row in seeds.observations)
    sources, places = (
        {getattr(row, column) for row in seeds.observations} for column in ("report", "place")
    )
    others = [
        row
        for name in seeds.schemas
        if name not in ("figures", "observations")
        for row in getattr(seeds, name)
    ]
    once = {
        name: sum(not row.reader for row in getattr(seeds, name))
        for name in seeds.schemas
        if name not in ("figures", "observations")
    }
    named = ", ".join(f"{count} in {name}" for name, count in once.items() if count)
    assert (
        audit.coverage.splitlines()[3]
        == f"other tables: {len(others)} rows; {named} without a second reading"
    )
    assert audit.coverage.splitlines()[1:2] == [
        f"observations: {len(seeds.observations)} figures of {len(places)} places transcribed from"
        f" {len(sources)} sources, no text on file; {read} of them read a second time at the source"
    ]
    assert check(seeds) == [] and survey(seeds)[1] == audit.coverage.splitlines()


def test_the_audit_counts_the_indicators_without_a_figure(seeds):
    """An indicator that no source prints yet is no finding; the coverage counts it, until a figure,
    an observation or the counts of a share give it.
    """
    printed = {row.indicator for row in [*seeds.figures, *seeds.observations]}
    derived = {row.result for row in seeds.identities if row.kind == "derived"}
    shares = {
        book.indicator
        for book in seeds.indicators
        if book.denominator and {book.numerator, book.denominator} <= printed
    }
    waiting = [name for name in seeds.codebook if name not in printed | derived | shares]
    line = f"codebook: {len(seeds.indicators)} indicators, {{}} without a figure on file yet"
    assert waiting and survey(seeds)[1][2] == line.format(f"{len(waiting)} of them")
    row = next(row for row in seeds.observations if row.unit == "件")
    for name in waiting:
        if seeds.codebook[name].measure == "count" and seeds.codebook[name].unit == "件":
            one = row._replace(indicator=name)
            given = seeds.replaced(observations=[*seeds.observations, one])
            assert name in given.given and name not in seeds.given
    observed = [row._replace(indicator=name) for name in waiting]
    full = seeds.replaced(observations=[*seeds.observations, *observed])
    assert survey(full)[1][2] == line.format("none")


def test_words_of_an_indicator_without_a_figure_catch_no_other(seeds):
    """Keyword, context and unit of an indicator that the report does not print fit none of its
    numbers, so that each may be set apart or be another's.
    """
    for report in sorted({row.report for row in seeds.figures}):
        text = seeds.texts[report]
        for number in text.values:
            sentence = text.sentence_at(number.start).text
            for name in seeds.codebook.keys() - seeds.given:
                cues = seeds.cues(report, name, "context")
                if seeds.codebook[name].unit not in seeds.words.units(number.unit):
                    continue
                if any(word in sentence for word in cues):
                    fits = keyword_fits(seeds, text, number, report, name)
                    assert not text.quotes_for(number, fits), (name, number.printed, sentence)


def test_auditing_changes_nothing(seeds):
    """Two audits of the same tables find the same, and leave the rows as they were."""
    m = edited(seeds, seeds.figures[0], value=Decimal(21)).tables()
    rows = copy.deepcopy(m.figures)
    assert check(m) == check(m) != [] and m.figures == rows


@pytest.mark.parametrize(
    "name",
    [
        "doubts",
        "terms",
        "identities",
        "overrides",
        "conflicts",
        "neighbours",
        "places",
        "indicators",
    ],
)
def test_an_emptied_mark_is_counted_in_every_table(seeds, name):
    """A second reader's mark taken away shows in the last line of coverage, under the name of its
    table.
    """
    unread = sum(not row.reader for row in getattr(seeds, name))
    m = mutant(
        seeds,
        "",
        0,
        **{
            name: [
                row._replace(reader="") if at == 1 else row
                for at, row in enumerate(getattr(seeds, name))
            ]
        },
    )
    assert f" {unread + 1} in {name}" in survey(m.tables())[1][-1]


def test_coverage_counts_what_is_not_accounted_for(seeds):
    """With a row gone the line of coverage says how many of the values are left."""
    m = mutant(seeds, "", 0, figures=seeds.figures[1:])
    assert "72 values, only 71 accounted for by 75 figures" in survey(m.tables())[1][0]


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (
            "figures/baoding-2022.csv",
            "reconsideration_accepted,316,316",
            "reconsideration_accepted,316,361",
            (
                "seeds/figures/baoding-2022.csv, row 53, value: found 361; wanted 316; the sentence"
                " prints “316件”; write 316, or correct “printed”"
            ),
        ),
        (
            "figures/baoding-2022.csv",
            "essays_received,105",
            "essays_received,150",
            "row 5, printed: found “150”; wanted “105”",
        ),
        (
            "figures/baoding-2022.csv",
            "征文活动共收到作品105篇",
            "征文活动共收到作品105",
            "row 5, quote: ",
        ),
        (
            "figures/baoding-2022.csv",
            "litigation_lost,1,1,件",
            "litigation_lost,1,1,宗",
            "unit: found 宗; wanted 件",
        ),
        (
            "figures/baoding-2022.csv",
            "99%,99,%,at_least",
            "99%,99,%,exact",
            "bound: found exact; wanted at_least",
        ),
        (
            "figures/baoding-2022.csv",
            "legal_opinions,64,64,份,exact,government,printed,year",
            "legal_opinions,64,64,份,exact,townships,printed,year",
            "scope: found townships, printed",
        ),
        (
            "figures/baoding-2022.csv",
            "litigation_cases,164,164,件,exact,government,printed,to_date",
            "litigation_cases,164,164,件,exact,government,printed,year",
            "period: found year; wanted to_date",
        ),
        (
            "reports/baoding-2022.txt",
            "受理行政复议案件316件",
            "受理行政复议案件361件",
            "seeds/reports.csv, row 2, sha256: ",
        ),
        (
            "identities.csv",
            "litigation_lost / litigation_concluded",
            "litigation_lost / litigation_cases",
            "seeds/identities.csv, row 5, result: ",
        ),
        ("indicators.csv", "share,败诉率,", "share,,", "found litigation_loss_rate"),
        (
            "reports.csv",
            "Government,2023-03-16",
            "Government,2023-03-19",
            "seeds/reports.csv, row 2, published: found 2023-03-19; wanted a day that the text"
            " names: 2023-03-16",
        ),
        (
            "reports.csv",
            "保定市2022年度法治政府",
            "保定市2021年度法治政府",
            "seeds/reports.csv, row 2, title_zh: ",
        ),
        (
            "reports.csv",
            "保定市人民政府,Baoding Municipal People's Government,2023-03-16",
            "石家庄市人民政府,Baoding Municipal People's Government,2023-03-16",
            "seeds/reports.csv, row 2, issuer_zh: ",
        ),
        (
            "reports.csv",
            "http://tjj.hebei.gov.cn/,official,,,,cited",
            "http://tjj.hebei.gov.cn/,official,,,,draft",
            "status: found a draft without a text",
        ),
        (
            "identities.csv",
            "R2 2026-11-23 4d105312",
            "R2 2026-13-45 4d105312",
            (
                "seeds/identities.csv, row 2, reader: found R2 2026-13-45 4d105312; wanted a day of"
                " the calendar"
            ),
        ),
        (
            "observations.csv",
            "reconsideration_received,205,205,",
            "reconsideration_received,205,205.5,",
            "seeds/observations.csv, row 53, value: found 205.5; wanted a whole number",
        ),
        (
            "observations.csv",
            "420100,2020,,reconsideration_received,2220,2220,",
            "420100,2020,,reconsideration_received,5,5,",
            "seeds/identities.csv, row 23, result: ",
        ),
        (
            "figures/baoding-2022.csv",
            "reconsideration_accepted,316,316",
            "reconsideration_accepted,316,316.0",
            "value: found '316.0'; wanted a number in plain digits without needless zeros",
        ),
    ],
)
def test_a_changed_file_is_found_by_the_command(folder, edit, capsys, file, old, new, place):
    """`baoding check` names file, row and column, what was found and wanted, and ends with status
    1.
    """
    edit(file, old, new)
    assert main(["check", "--seeds", str(folder)]) == 1
    shown = capsys.readouterr().out
    assert place in shown, shown
    assert re.search(r"^[1-9]\d* findings?$", shown, re.M)


def test_a_changed_text_with_its_checksum_corrected_is_found(folder, edit):
    """When text and checksum are changed together, the quotes and numbers still say so."""
    from hashlib import sha256

    old = sha256((folder / "reports/baoding-2022.txt").read_bytes()).hexdigest()
    edit("reports/baoding-2022.txt", "受理行政复议案件316件", "受理行政复议案件361件")
    edit("reports.csv", old, sha256((folder / "reports/baoding-2022.txt").read_bytes()).hexdigest())
    found = bd.audit(folder).findings
    assert (
        "checksums" not in set(found["rule"])
        and set(found["row"].dropna()) >= {53}
        and set(found["rule"]) >= {"quote", "unclaimed"}
    )


def test_line_ends_of_the_text_are_part_of_it(folder):
    """A text saved with CRLF, which every rule but the checksum would accept, is found."""
    path = folder / "reports/baoding-2022.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    found = bd.audit(folder).findings
    assert found["column"].tolist() == ["sha256"] and "CRLF" in found["found"].item()


def test_the_audit_needs_no_pandas():
    """Checking plain rows imports neither pandas nor the drawing library, so that a hook can run it
    in an instant.
    """
    code = (
        "import sys; from baoding_data.checks.audit import check;"
        " from baoding_data.tables.seeds import Seeds;"
        " assert not check(Seeds()); assert not {'pandas', 'matplotlib'} & set(sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode
        == 0
    )


def own_words(seeds):
    """Words of one's own where the codebook's are there, which prove nothing."""
    for row in seeds.figures:
        for column, words in (
            ("keyword", "保定"),
            ("keyword", seeds.codebook[row.indicator].keyword.split("|")[0]),
            ("context", "某某"),
            ("context", seeds.codebook[row.indicator].context.split("|")[0]),
        ):
            yield edited(seeds, row, **{column: words})


def test_needless_words_of_ones_own_are_found(seeds, record_property):
    """Where a keyword or context of the codebook stands, one of the row's own is a finding at that
    row.
    """
    attacked(seeds, record_property, own_words)


@pytest.mark.parametrize(("said", "found"), [("其中", True), ("另有", False)])
def test_a_part_that_a_sentence_names_is_no_more_than_its_whole(said, found, folder, edit):
    """Where a sentence says “其中” of two numbers that an identity knows as part and whole, the part
    is held to it by `part_of_whole`; where it does not say so, by the identity alone.
    """
    text, table = f"reports/{REPORT}.txt", f"figures/{REPORT}.csv"
    edit(text, "其中,经调解申请人撤回申请23件", f"{said},经调解申请人撤回申请323件")
    edit(table, "reconsideration_withdrawn,23,23,", "reconsideration_withdrawn,323,323,")
    edit(table, "经调解申请人撤回申请23件", "经调解申请人撤回申请323件")
    rules = {one.rule for one in check(Seeds(folder))}
    assert rules == {"identity", "checksums"} | ({"part_of_whole"} if found else set())
