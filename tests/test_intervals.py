"""Intervals and tests that compare two groups, against other people's code and by their own laws."""

from __future__ import annotations

import time
from fractions import Fraction
from math import comb

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from equityrules.model.finding import Interval
from equityrules.statistics import fisher, katz, square_and_add, wilson

LAST_DECIMAL = Fraction(1, 10**9)

oracle = settings(max_examples=400, deadline=None)

small = st.integers(1, 40)
bases = st.one_of(st.just(1), small, st.integers(1, 3000), st.integers(100_000, 1_500_000))
halves = bases.map(lambda twice: Fraction(twice, 2))
times = st.integers(2, 50)


@st.composite
def counts(draw, wholes=bases):
    """Draw some, none or all of a number of people."""
    base = draw(wholes)
    return draw(st.one_of(st.just(0 * base), st.just(base), st.integers(0, int(base)))), base


@st.composite
def alike(draw):
    """Draw two groups whose shares lie a few standard errors apart, so that p is seldom 0 or 1."""
    share, apart = draw(st.integers(1, 99)) / 100, draw(st.integers(5, 60)) / 10
    base, other_base = draw(bases), draw(bases)
    error = (share * (1 - share) * (1 / base + 1 / other_base)) ** 0.5
    other_share = max(0, share - apart * error)
    return round(base * share), base, round(other_base * other_share), other_base


tables = st.one_of(alike(), st.builds(lambda one, other: (*one, *other), counts(), counts()))
averages = st.builds(lambda one, other: (*one, *other), counts(halves), counts(halves))
both = st.one_of(tables, averages)


def exact(table):
    return tuple(Fraction(number) for number in table)


def shares(table):
    events, base, other_events, other_base = exact(table)
    return events / base, base, other_events / other_base, other_base


def floats(table):
    return tuple(float(number) for number in table)


def newcombe(first, first_of, second, second_of):
    """Return the interval of a difference of two proportions, as measures put it together."""
    return square_and_add(first, wilson(first, first_of), second, wilson(second, second_of))


def holds(interval, value):
    return interval.low <= value <= interval.high


def width(interval):
    return interval.high - interval.low


def agrees(interval, expected, relative=1e-9):
    return (float(interval.low), float(interval.high)) == pytest.approx(expected, rel=relative, abs=3e-9)


# --- one proportion ----------------------------------------------------------------------------------------------


def test_wilson_gives_what_newcombe_prints_for_81_of_263():
    interval = wilson(Fraction(81, 263), Fraction(263))
    assert (round(interval.low, 4), round(interval.high, 4)) == (Fraction("0.2553"), Fraction("0.3662"))


@oracle
@given(st.one_of(counts(), counts(halves)))
def test_wilson_agrees_with_statsmodels(count):
    events, base = count
    expected = proportion_confint(float(events), float(base), method="wilson")
    assert agrees(wilson(Fraction(events) / base, Fraction(base)), expected)


@given(st.one_of(counts(), counts(halves)))
def test_a_proportion_lies_in_its_interval_and_the_interval_between_none_and_all(count):
    share, base = Fraction(count[0]) / count[1], Fraction(count[1])
    interval = wilson(share, base)
    assert interval.low <= share <= interval.high
    assert 0 <= interval.low < interval.high <= 1


@given(counts(halves))
def test_those_who_did_not_mirror_those_who_did(count):
    share, base = Fraction(count[0]) / count[1], count[1]
    did, did_not = wilson(share, base), wilson(1 - share, base)
    assert abs(did.low + did_not.high - 1) <= LAST_DECIMAL
    assert abs(did.high + did_not.low - 1) <= LAST_DECIMAL


@given(counts(halves), times)
def test_a_bigger_group_with_the_same_share_has_a_narrower_interval(count, more):
    share, base = Fraction(count[0]) / count[1], count[1]
    assert width(wilson(share, more * base)) < width(wilson(share, base))


@pytest.mark.parametrize(("share", "of"), [("1/2", 0), ("0", 0), ("1/2", -4), ("0", -1), ("-1/9", 9), ("10/9", 9)])
def test_what_is_no_proportion_has_no_interval(share, of):
    with pytest.raises(ValueError, match="is no proportion"):
        wilson(Fraction(share), Fraction(of))
    with pytest.raises(ValueError, match="is no proportion"):
        newcombe(Fraction(1, 2), Fraction(2), Fraction(share), Fraction(of))


# --- a difference ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((56, 70, 48, 80), "0.0524", "0.3339"),
        ((9, 10, 3, 10), "0.1705", "0.8090"),
        ((10, 10, 0, 20), "0.6791", "1"),
        ((10, 10, 0, 10), "0.6075", "1"),
    ],
)
def test_newcombe_gives_what_newcombe_prints(table, low, high):
    interval = newcombe(*shares(table))
    assert (round(interval.low, 4), round(interval.high, 4)) == (Fraction(low), Fraction(high))


@oracle
@given(both)
def test_newcombe_agrees_with_statsmodels(table):
    expected = confint_proportions_2indep(*floats(table), method="newcomb", compare="diff")
    assert agrees(newcombe(*shares(table)), expected)


@given(both)
def test_a_difference_lies_in_its_interval(table):
    first, first_of, second, second_of = shares(table)
    interval = newcombe(first, first_of, second, second_of)
    assert holds(interval, first - second)
    assert -1 <= interval.low < interval.high <= 1


@given(both)
def test_swapping_the_groups_mirrors_the_difference(table):
    first, first_of, second, second_of = shares(table)
    one, other = newcombe(first, first_of, second, second_of), newcombe(second, second_of, first, first_of)
    assert one == Interval(-other.high, -other.low)


@given(both, times)
def test_bigger_groups_with_the_same_shares_have_a_narrower_difference(table, more):
    first, first_of, second, second_of = shares(table)
    bigger = newcombe(first, more * first_of, second, more * second_of)
    assert width(bigger) < width(newcombe(first, first_of, second, second_of))


# --- a ratio -----------------------------------------------------------------------------------------------------


def has_a_ratio(table):
    events, base, other_events, other_base = table
    return 0 < events < base and 0 < other_events < other_base


@oracle
@given(both.filter(has_a_ratio))
def test_katz_agrees_with_statsmodels(table):
    expected = confint_proportions_2indep(*floats(table), method="log", compare="ratio")
    assert agrees(katz(*exact(table)), expected)


@oracle
@given(both.filter(has_a_ratio))
def test_katz_agrees_with_the_risk_ratio_of_statsmodels(table):
    events, base, other_events, other_base = floats(table)
    risk = Table2x2([[events, base - events], [other_events, other_base - other_events]], shift_zeros=False)
    assert agrees(katz(*exact(table)), risk.riskratio_confint(), relative=1e-7)


@given(both.filter(has_a_ratio))
def test_a_ratio_lies_in_its_interval(table):
    events, base, other_events, other_base = exact(table)
    assert holds(katz(events, base, other_events, other_base), (events / base) / (other_events / other_base))


@given(both.filter(has_a_ratio))
def test_swapping_the_groups_inverts_the_ratio(table):
    events, base, other_events, other_base = exact(table)
    one, other = katz(events, base, other_events, other_base), katz(other_events, other_base, events, base)
    assert abs(one.low * other.high - 1) <= LAST_DECIMAL * (one.low + other.high)
    assert abs(one.high * other.low - 1) <= LAST_DECIMAL * (one.high + other.low)


@given(both.filter(has_a_ratio), times)
def test_bigger_groups_with_the_same_shares_have_a_narrower_ratio(table, more):
    bigger = katz(*(more * number for number in exact(table)))
    assert width(bigger) < width(katz(*exact(table)))


@given(counts(), bases)
def test_a_group_without_events_has_no_ratio(count, other_base):
    events, base = count
    assert katz(*exact((events, base, 0, other_base))) is None
    assert katz(*exact((0, other_base, events, base))) is None


@given(bases, bases)
def test_where_everybody_has_one_the_ratio_has_no_interval(base, other_base):
    assert katz(*exact((base, base, other_base, other_base))) is None


# --- chance ------------------------------------------------------------------------------------------------------


def test_the_lady_tasting_tea_may_have_guessed():
    assert fisher(3, 4, 1, 4) == round(Fraction(34, 70), 9)
    assert fisher(4, 4, 0, 4) == round(Fraction(2, 70), 9)


@oracle
@given(tables)
def test_fisher_agrees_with_scipy(table):
    events, base, other_events, other_base = table
    expected = fisher_exact([[events, base - events], [other_events, other_base - other_events]]).pvalue
    assert float(fisher(*table)) == pytest.approx(expected, rel=1e-7, abs=2e-9)


@given(st.one_of(small.map(lambda base: (base, base)), st.tuples(small, small)), st.data())
def test_fisher_sums_the_tables_no_likelier_than_this_one(groups, data):
    base, other_base = groups
    events, other_events = data.draw(st.integers(0, base)), data.draw(st.integers(0, other_base))
    everyone = events + other_events
    ways = [comb(base, one) * comb(other_base, everyone - one) for one in range(everyone + 1)]
    expected = Fraction(sum(way for way in ways if way <= ways[events]), sum(ways))
    assert abs(fisher(events, base, other_events, other_base) - expected) <= LAST_DECIMAL


@given(tables)
def test_chance_is_the_same_whichever_group_comes_first_and_whichever_answer_is_counted(table):
    events, base, other_events, other_base = table
    p = fisher(*table)
    assert 0 <= p <= 1
    assert abs(p - fisher(other_events, other_base, events, base)) <= LAST_DECIMAL
    assert abs(p - fisher(base - events, base, other_base - other_events, other_base)) <= LAST_DECIMAL


@given(counts(), times)
def test_groups_with_the_same_share_differ_by_chance_alone(count, more):
    events, base = count
    assert fisher(events, base, more * events, more * base) == 1


@given(small, small, st.integers(2, 10))
def test_bigger_groups_that_differ_as_much_do_so_less_by_chance(base, other_base, more):
    p = fisher(base, base, 0, other_base)
    assume(p > 0)
    assert fisher(more * base, more * base, 0, more * other_base) < p


@pytest.mark.parametrize("other_events", [0, 17_000, 19_900, 20_000, 20_100, 50_000, 200_000])
def test_a_nation_is_tested_in_less_than_a_tenth_of_a_second(other_events):
    start = time.process_time()
    fisher(50_000, 500_000, other_events, 200_000)
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize("table", [(1, 0, 1, 2), (0, 0, 1, 2), (3, 2, 1, 2), (-1, 2, 1, 2)])
def test_what_is_no_part_of_a_group_is_not_compared(table):
    swapped = (*table[2:], *table[:2])
    for groups in (table, swapped):
        with pytest.raises(ValueError, match="is no proportion"):
            fisher(*groups)
        with pytest.raises(ValueError, match="is no proportion"):
            katz(*exact(groups))


def test_an_interval_is_inside_a_band_with_its_ends_on_it():
    interval = Interval(Fraction(1, 2), Fraction(2))
    assert interval.is_inside(Fraction(1, 2), Fraction(2))
    assert not interval.is_inside(Fraction(51, 100), Fraction(2))


def test_an_interval_reaches_a_band_that_it_touches():
    interval = Interval(Fraction(1, 2), Fraction(2))
    assert interval.reaches(Fraction(2), Fraction(3))
    assert not interval.reaches(Fraction(201, 100), Fraction(3))
