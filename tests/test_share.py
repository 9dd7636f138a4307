"""Shares: both counts, and the interval where the cases are few."""

from math import isclose

import pytest
from conftest import takes_long
from hypothesis import example, given, settings
from hypothesis import strategies as st

import baoding_data as bd
from baoding_data.comparison.shares import WIDE, Share, wilson

examples = settings(max_examples=150, deadline=None, database=None, derandomize=True)
COUNTS = st.integers(1, 10**6).flatmap(
    lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
)


@takes_long
@examples
@given(COUNTS)
@example((0, 1))
@example((1, 1))
@example((1, 45))
@example((20405, 20563))
@example((10**6, 10**6))
def test_wilson_agrees_with_scipy(counts):
    """The interval is the Wilson score interval without continuity correction, as scipy computes
    it.
    """
    from scipy.stats import binomtest  # takes a second to import

    low, high = wilson(*counts)
    expected = binomtest(*counts).proportion_ci(0.95, method="wilson")
    assert isclose(low, 100 * expected.low, rel_tol=1e-9, abs_tol=1e-9)
    assert isclose(high, 100 * expected.high, rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize(("part", "whole"), [(1, 45), (0, 10), (10, 10), (7, 20)])
def test_wilson_solves_its_equation(part, whole):
    """At both ends the share observed lies exactly 1.96 standard errors away, which is what defines
    the interval.
    """
    for end in wilson(part, whole):
        p = end / 100
        if 0 < p < 1:
            error = p * (1 - p) / whole
            assert isclose((part / whole - p) ** 2, 1.959963984540054**2 * error, rel_tol=1e-9)


@examples
@given(COUNTS)
def test_wilson_holds_the_share_and_stays_within_bounds(counts):
    """The interval holds the share itself, lies between 0 and 100, and ends there only at 0 and at
    the whole.
    """
    low, high = wilson(*counts)
    assert 0 <= low <= 100 * counts[0] / counts[1] <= high <= 100
    assert (low == 0) == (counts[0] == 0) and (high == 100) == (counts[0] == counts[1])


@examples
@given(COUNTS)
def test_wilson_is_symmetrical(counts):
    """Lost and not lost give mirrored intervals."""
    part, whole = counts
    low, high = wilson(part, whole)
    other_low, other_high = wilson(whole - part, whole)
    assert isclose(low, 100 - other_high, abs_tol=1e-7)
    assert isclose(high, 100 - other_low, abs_tol=1e-7)


@examples
@given(st.integers(1, 1000), st.integers(2, 50), st.data())
def test_wilson_narrows_with_more_cases(whole, times, data):
    """The same share of more cases has a narrower interval."""
    part = data.draw(st.integers(0, whole))
    few, many = wilson(part, whole), wilson(part * times, whole * times)
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.parametrize(
    ("part", "whole"),
    [(2, 1), (-1, 5), (0, 0), (1, 0), (1, -1), (-1, -1), (1, float("nan")), (float("nan"), 1)],
)
def test_impossible_counts_are_refused(part, whole):
    """A part above the whole, a negative one, and a whole of 0 are refused with both counts
    named.
    """
    with pytest.raises(bd.BaodingError, match=f"{part} of {whole}"):
        wilson(part, whole)


def test_share_of_lost_suits():
    """1 of 45 concluded suits lost: 2.2%, with the interval 0.4 to 11.6%, and the words say
    so.
    """
    share = bd.share("litigation_lost", "litigation_concluded")
    assert isinstance(share, Share) and (share.part, share.whole) == (1, 45)
    assert isclose(share.value, 100 / 45)
    assert str(share) == "1 of 45: 2.2% (95% interval 0.4–11.6%)"
    assert (share.low, share.high) == wilson(1, 45)


def test_share_says_thousands():
    """Counts above a thousand are shown with commas, agree with the rate that the report prints,
    and come without an interval, which would be narrow.
    """
    share = bd.share("mediation_success", "mediation_cases")
    assert str(share) == "20,405 of 20,563: 99.23%" and not share.wide
    assert share.value >= float(bd.figure("mediation_success_rate").value)


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [(1, 16, "6.3%"), (1, 800, "0.1%"), (1, 8000, "0.01%"), (999_999, 10**6, "99.9999%")],
)
def test_a_share_is_written_one_way(part, whole, written):
    """Charts, sentences and Python write a share alike: a half is rounded up, of many to two
    decimals, and what is not all or nothing is never written as that.
    """
    share = Share(part, whole, 100 * part / whole, *wilson(part, whole))
    assert share.percent == written and written in str(share)


@pytest.mark.parametrize(("width", "wide"), [(WIDE - 0.1, False), (WIDE + 0.1, True)])
def test_an_interval_is_told_when_it_is_wide(width, wide):
    """Just below the limit the interval is left out of the words, just above it stands in them."""
    share = Share(50, 100, 50, 50 - width / 2, 50 + width / 2)
    assert share.wide == wide == ("interval" in str(share))


@pytest.mark.parametrize(
    ("part", "whole", "reason"),
    [
        ("litigation_lost", "litigation_loss_rate", "unit"),
        ("litigation_lost", "mediation_cases", "period"),
        ("reconsideration_withdrawn", "litigation_cases", "scope"),
        ("litigation_loss_rate", "mediation_success_rate", "share"),
        ("officers_trained", "personnel_cleared", "more than"),
        ("litigation_concluded", "litigation_lost", "no share"),
        ("export_tax_rebates", "export_tax_rebates", "amount"),
    ],
)
def test_unlike_figures_make_no_share(part, whole, reason):
    """Different units, scopes or periods, rates, bounded numbers and a part above its whole are
    refused with the reason.
    """
    with pytest.raises(bd.BaodingError, match=reason):
        bd.share(part, whole)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("pilot_units_city", "commitment_items_before"),
        ("commitment_items_added", "commitment_items_before"),
    ],
)
def test_a_derived_figure_is_no_silent_part_of_a_share(part, whole):
    """A count and a derived figure make a share only if unit, scope and period agree; 7 of 42 is
    refused.
    """
    with pytest.raises(bd.BaodingError, match="no share"):
        bd.share(part, whole)


def test_a_share_of_counts_given_twice_needs_its_scope(twice):
    """Where the report gives the suits for two scopes, a share without a scope is an error that
    names both figures; with it, its counts are those of that scope.
    """
    names = "litigation_lost", "litigation_concluded"
    with pytest.raises(bd.BaodingError, match="1 .*government.*; 6 .*departments.*name the scope"):
        bd.share(*names, seeds=twice)
    with pytest.raises(bd.BaodingError, match="2 figures"):
        bd.share(*names, seeds=twice, period="to_date")
    assert bd.share(*names, seeds=twice, scope="government")[:2] == (1, 45)
    assert bd.share(*names, seeds=twice, scope="departments")[:2] == (6, 30)
    with pytest.raises(bd.BaodingError, match="none of scope whole_area"):
        bd.share(*names, seeds=twice, scope="whole_area")
