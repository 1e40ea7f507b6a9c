"""Exact arithmetic on small sets of numbers, on printed figures, and as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equityrules.model.numbers import counted, display, exactly, with_unit
from equityrules.statistics import mean, middle_pair, modes, nearest_whole, printed_range

fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=400)


# --- printed figures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "low", "high"),
    [
        ("2.26", "2.255", "2.265"),
        ("1.3", "1.25", "1.35"),
        ("70.0", "69.95", "70.05"),
        ("70", "69.5", "70.5"),
        ("0.00", "-0.005", "0.005"),
        ("-1.5", "-1.55", "-1.45"),
    ],
)
def test_a_printed_figure_stands_for_half_a_last_digit_either_way(printed, low, high):
    assert printed_range(Decimal(printed)) == (Fraction(low), Fraction(high))


@given(st.decimals(-9999, 9999, places=3), st.integers(0, 2))
def test_a_value_lies_in_the_range_of_what_it_prints_as(value, places):
    printed = value.quantize(Decimal(1).scaleb(-places), "ROUND_HALF_EVEN")
    low, high = printed_range(printed)
    assert low <= Fraction(value) <= high


@pytest.mark.parametrize("word", ["NaN", "Infinity"])
def test_what_is_no_number_has_no_range(word):
    with pytest.raises(ValueError, match="is not a number"):
        printed_range(Decimal(word))


# --- averages ----------------------------------------------------------------------------------------------------


def test_the_middle_of_an_odd_number_is_one_value():
    assert middle_pair([Fraction(9), Fraction(1), Fraction(4)]) == (4, 4)


def test_the_middle_of_an_even_number_is_two_values():
    assert middle_pair([Fraction(9), Fraction(1), Fraction(4), Fraction(6)]) == (4, 6)


def test_the_most_frequent_values_are_all_named():
    assert modes([Fraction(2), Fraction(1), Fraction(1), Fraction(3)]) == (1,)
    assert modes([Fraction(2), Fraction(1), Fraction(2), Fraction(1), Fraction(3)]) == (1, 2)


def test_the_mean_is_exact():
    assert mean([Fraction(1), Fraction(1), Fraction(2)]) == Fraction(4, 3)


@pytest.mark.parametrize(
    ("value", "nearest"), [("4/3", 1), ("3/2", None), ("149/100", 1), ("151/100", 2), ("2", 2), ("-7/3", -2)]
)
def test_halfway_between_two_whole_numbers_neither_is_nearest(value, nearest):
    assert nearest_whole(Fraction(value)) == nearest


@given(st.lists(fractions, min_size=1, max_size=9))
def test_as_many_values_lie_below_the_middle_as_above(values):
    low, high = middle_pair(values)
    assert sum(value < low for value in values) <= len(values) // 2
    assert sum(value > high for value in values) <= len(values) // 2
    assert low in values
    assert high in values


# --- as people read them -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("21", "21"),
        ("15/2", "7.5"),
        ("4400/85", "51.76"),
        ("0", "0"),
        ("-1/1000", "0"),
        ("-1/8", "-0.13"),
        ("100", "100"),
    ],
)
def test_a_number_is_shown_with_two_decimals_at_most_and_no_trailing_noughts(value, text):
    assert display(Fraction(value)) == text


def test_a_number_of_any_size_is_shown_to_the_last_digit():
    assert display(Fraction(10) ** 40 + Fraction(1, 4)) == "1" + "0" * 40 + ".25"


@given(fractions, st.integers(0, 4))
def test_numbers_are_rounded_half_away_from_nought(value, places):
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Decimal(display(value, places)) == rounded


@given(st.lists(fractions, min_size=2, max_size=5))
def test_rounding_keeps_the_order(values):
    shown = [Decimal(display(value)) for value in sorted(values)]
    assert all(low <= high for low, high in pairwise(shown))


@given(fractions)
def test_an_exact_text_is_the_number_itself(value):
    assert Fraction(exactly(value)) == value


def test_a_number_with_an_end_is_written_as_a_decimal():
    assert [exactly(Fraction(one)) for one in ("7", "15/2", "57/8", "22/3")] == ["7", "7.5", "7.125", "22/3"]


@pytest.mark.parametrize(
    ("number", "noun", "text"),
    [
        (1, "point", "1 point"),
        (0, "point", "0 points"),
        (Fraction(3, 2), "point", "1.5 points"),
        (2, "criterion", "2 criteria"),
        (3, "activity", "3 activities"),
        (3, "survey", "3 surveys"),
    ],
)
def test_things_are_counted_in_the_singular_or_the_plural(number, noun, text):
    assert counted(number, noun) == text


def test_a_percentage_is_shown_with_one_decimal():
    assert with_unit(Fraction(4400, 85), "percent") == "51.8%"
    assert with_unit(Fraction(3), "meetings a year") == "3 meetings a year"
    assert with_unit(Fraction(3), "") == "3"
