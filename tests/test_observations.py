"""Figures without a text: what holds them is what they print, their codes, the place and date of
their source, and its sums.

What is attacked here is found by rules alone; labels, notes and numbers that no sum holds are for
the second reader's seal (test_cells.py).
"""

import re
from collections import Counter
from decimal import Decimal

import pytest
from attack import OBSERVED, STATED, TOLD, attacked, mutant, observed, other_digits, some
from conftest import REPORT

from baoding_data.checks.figures import PERIODS


def values(seeds):
    for row in seeds.observations:
        for written in other_digits(str(row.value))[::2]:
            if Decimal(written) != row.value:
                yield observed(seeds, row, value=Decimal(written))


def as_printed(seeds):
    """The printed form changed; another zero after the decimals says the same number, and is for
    the seal.
    """
    for row in seeds.observations:
        lost = re.sub("[近余多万亿%]|以上", "", row.printed)
        odd = [
            lost,
            row.printed + "万",
            row.printed + "多",
            "约" + row.printed,
            row.printed + "%",
            "x",
            row.printed + "7,7",
        ]
        for printed in {*other_digits(row.printed)[row.line % 4 :: 4], *odd[row.line % 3 :: 3]} - {
            row.printed
        }:
            if not re.fullmatch(rf"{re.escape(row.printed[:-1])}0%", printed):
                yield observed(seeds, row, printed=printed)


def bounds(seeds):
    for row in seeds.observations[::2]:
        for kind, code in seeds.words:
            if kind == "bound" and code != row.bound:
                yield observed(seeds, row, bound=code)


def units(seeds):
    """Another unit; one that counts the same things is for the second reader."""
    for row in seeds.observations:
        for i, (kind, code) in enumerate(seeds.words):
            if (
                kind == "unit"
                and seeds.codebook[row.indicator].unit not in seeds.words.units(code)
                and (i + row.line) % 5 == 0
            ):
                yield observed(seeds, row, unit=code)


def indicators(seeds):
    """Another indicator, wherever its unit or the kind of its quantity is another."""
    for i, row in enumerate(seeds.observations):
        for name in list(seeds.codebook)[i % 31 :: 31]:
            if (
                seeds.codebook[name].unit not in seeds.words.units(row.unit)
                or seeds.codebook[name].measure == "target"
            ):
                yield observed(seeds, row, indicator=name)


def places(seeds):
    """A place that the source does not speak of."""
    for i, row in enumerate(seeds.observations):
        for place in list(seeds.where)[i % 23 :: 23]:
            if seeds.source[row.report].place not in seeds.lineage(place):
                yield observed(seeds, row, place=place)


def years(seeds):
    """A year after the source was published, a span of years where none is, and none where
    one is.
    """
    for row in seeds.observations:
        published = seeds.source[row.report].published
        if published and not row.first_year:
            yield observed(seeds, row, year=published.year + 1)
        yield observed(seeds, row, first_year=None if row.first_year else row.year - 1)
        yield observed(seeds, row, first_year=row.year + 1)


def periods(seeds):
    """A period that the kind of quantity cannot have, or one of several years where one year is
    given.
    """
    for row in seeds.observations[::2]:
        fitting = PERIODS[seeds.codebook[row.indicator].measure]
        for code in seeds.words.codes("period"):
            other = code not in fitting or (code == "multi_year") != bool(row.first_year)
            if other and code != row.period:
                yield observed(seeds, row, period=code)


def reports(seeds):
    """The report on file cannot be the source of a figure that has no quote."""
    for row in seeds.observations:
        yield observed(seeds, row, report=REPORT)


def summed(seeds):
    """(rows of identities.csv, row of a sum): the figures that a sum or a ratio of their source
    holds to the last digit.
    """
    for identity in seeds.identities:
        names = {identity.result, *identity.terms.split(" ")[::2]}
        if identity.report != REPORT and identity.kind in ("places_sum", "sum", "ratio"):
            for row in seeds.observations:
                if row.report == identity.report and row.indicator in names:
                    yield identity.line, row


def sums(seeds):
    """Value and printed form changed together, in a figure that its source's arithmetic holds: by
    one in a sum, by a twentieth in a ratio.
    """
    for identity, row in summed(seeds):
        step = (
            1
            if row.unit != "%" and not any(r.unit == "%" for i, r in summed(seeds) if i == identity)
            else max(1, round(row.value / 20))
        )
        for value in (row.value + step, row.value - step):
            other = row._replace(value=value, printed=f"{value}{'%' if row.unit == '%' else ''}")
            yield mutant(
                seeds,
                f"{row.report}, {row.indicator}: {row.value} → {value}",
                identity,
                file=STATED,
                observations=[other if r is row else r for r in seeds.observations],
            )


def rows_of_sums(seeds):
    """A row deleted from a sum, an equality or a ratio."""
    for identity, row in summed(seeds):
        yield mutant(
            seeds,
            f"{row.report}, {row.place}, {row.indicator} deleted",
            identity,
            file=STATED,
            observations=[r for r in seeds.observations if r is not row],
        )


def _of(row):
    return row.report, row.place, row.year, row.indicator, row.period


def own_parts(seeds):
    """What a government's own bodies did, put above what all did in the whole area."""
    for row in seeds.observations:
        wholes = [r for r in seeds.observations if r.scope == "whole_area" and _of(r) == _of(row)]
        if row.scope == "government" and wholes:
            value = wholes[0].value + 1
            yield observed(seeds, row, value=value, printed=str(value))
            other = wholes[0]._replace(value=row.value - 1, printed=str(row.value - 1))
            yield mutant(
                seeds,
                f"{row.report}, {row.indicator}: whole area at {row.value - 1}",
                row.line,
                file=OBSERVED,
                observations=[other if r is wholes[0] else r for r in seeds.observations],
            )


KINDS = [
    values,
    as_printed,
    bounds,
    units,
    indicators,
    places,
    years,
    periods,
    reports,
    sums,
    rows_of_sums,
    own_parts,
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_attack(seeds, record_property, kind):
    """Every mutant of this kind is found, and a finding names the file and a row that was
    changed.
    """
    attacked(seeds, record_property, kind)


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
                assert "\n" not in str(f) and len(str(f)) < 900
    assert rules.keys() >= {
        "one_number",
        "value",
        "observed_unit",
        "bound",
        "period_of_kind",
        "first_year",
        "source_of_observation",
        "year_of_observation",
        "place_of_observation",
        "identity",
    }
