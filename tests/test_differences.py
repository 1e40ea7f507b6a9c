"""Gaps in points between two groups, and how far a level is from its benchmark."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve
from engine_builders import figure
from hypothesis import given
from hypothesis import strategies as st
from measure_builders import (
    AGAINST,
    ENGAGED,
    ENGAGEMENT_GAP,
    HARASSMENT_GAP,
    PARTS,
    amounts,
    answers,
    cell,
    observed,
)
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import confint_proportions_2indep

from equityrules.measures.differences import Difference
from equityrules.model.finding import Reason

BME = cell(ethnicity="bme")


def gap(bme, white, measure=HARASSMENT_GAP):
    return observed(measure, *answers(bme=bme, white=white))


# --- answers -----------------------------------------------------------------------------------------------------


def test_a_gap_is_the_first_group_less_the_second_in_points():
    seen = gap((30, 100), (20, 100))
    assert (seen.value, seen.unit) == (10, "points")
    assert [(rate.group, rate.value) for rate in seen.rates] == [("BME", 30), ("White", 20)]


def test_a_gap_has_the_interval_that_newcombe_prints():
    interval = gap((56, 70), (48, 80)).interval
    assert (round(interval.low, 2), round(interval.high, 2)) == (Fraction("5.24"), Fraction("33.39"))


@given(st.integers(10, 3000), st.integers(10, 3000), st.data())
def test_the_interval_is_newcombes_in_points(of, other_of, data):
    yes, other = data.draw(st.integers(0, of)), data.draw(st.integers(0, other_of))
    interval = gap((yes, of), (other, other_of)).interval
    expected = confint_proportions_2indep(yes, of, other, other_of, method="newcomb", compare="diff")
    assert (float(interval.low), float(interval.high)) == pytest.approx([100 * one for one in expected], abs=1e-6)


def test_the_ratio_of_both_levels_stands_beside_with_four_decimals():
    [beside] = gap((212, 872), (801, 3304)).beside
    assert (beside.title, round(beside.value, 4), beside.decimals) == (
        "ratio BME over White",
        Fraction("1.0028"),
        4,
    )


def test_where_the_second_level_is_nought_no_ratio_stands_beside():
    assert gap((30, 100), (0, 100)).beside == ()
    assert gap((0, 100), (30, 100)).beside[0].value == 0


def test_better_says_for_whom_a_gap_is_worse():
    assert gap((30, 100), (20, 100)).leaning == "worse for BME"
    assert gap((20, 100), (30, 100)).leaning == "worse for White"
    assert gap((20, 100), (20, 100)).leaning == ""
    good = evolve(HARASSMENT_GAP, better="higher")
    assert gap((30, 100), (20, 100), good).leaning == "worse for White"


def test_a_gap_is_told_in_people():
    assert gap((30, 100), (20, 100)).meaning == "of 100 BME staff 30 were harassed, of 100 white staff 20"


def test_a_gap_of_counts_has_fishers_p():
    expected = fisher_exact([[30, 70], [20, 80]]).pvalue
    assert float(gap((30, 100), (20, 100)).p) == pytest.approx(expected, abs=1e-9)
    assert observed(HARASSMENT_GAP, *answers(bme="30", white="20")).p is None


def test_printed_percentages_have_a_gap_with_the_range_of_both_roundings():
    seen = gap("30", "20")
    assert (seen.value, seen.low, seen.high, seen.interval) == (10, 9, 11, None)


def test_a_group_that_is_not_there_leaves_the_gap_open():
    assert observed(HARASSMENT_GAP, *answers(bme=(30, 100))).reason is Reason.NOT_EVIDENCED
    assert [rate.group for rate in observed(HARASSMENT_GAP, *answers(bme=(30, 100))).rates] == ["BME"]


def test_too_few_answers_of_one_group_leave_the_gap_open():
    assert gap((3, 9), (20, 100)).reason is Reason.TOO_FEW
    assert gap((3, 10), (20, 100)).value == 10


def test_answers_of_different_years_make_no_gap():
    given = *answers(bme=(30, 100)), *answers("2022/23", white=(20, 100))
    assert observed(HARASSMENT_GAP, *given).reason is Reason.DATES_DIFFER


def test_a_printed_gap_stands_in_where_there_are_no_answers():
    seen = observed(HARASSMENT_GAP, figure("gap", "-3.5"))
    assert (seen.value, seen.low, seen.high, seen.leaning) == (
        Fraction("-3.5"),
        Fraction("-3.55"),
        Fraction("-3.45"),
        "worse for White",
    )


@given(st.integers(10, 500), st.integers(10, 500), st.data())
def test_turning_the_groups_over_turns_the_gap_over(of, other_of, data):
    bme, white = (data.draw(st.integers(0, of)), of), (data.draw(st.integers(0, other_of)), other_of)
    one, other = gap(bme, white), gap(bme, white, evolve(HARASSMENT_GAP, between=("white", "bme")))
    assert (one.value, one.leaning) == (-other.value, other.leaning)
    assert (one.interval.low, one.interval.high) == (-other.interval.high, -other.interval.low)


@pytest.mark.parametrize("given", [{}, {"survey": "survey.harassed", "score": "survey.engagement"}])
def test_levels_are_of_a_survey_or_of_scores(given):
    with pytest.raises(ValueError, match="either 'survey' or 'score'"):
        Difference(id="x", title="X", by="ethnicity", between=("bme", "white"), better="lower", **given)


# --- scores ------------------------------------------------------------------------------------------------------


def test_scores_have_a_gap_in_points_with_the_range_of_both_roundings():
    seen = observed(ENGAGEMENT_GAP, *amounts("survey.engagement", bme="6.5", white="7.1"))
    assert (seen.value, seen.low, seen.high) == (Fraction("-0.6"), Fraction("-0.7"), Fraction("-0.5"))
    assert (seen.interval, seen.p, seen.leaning) == (None, None, "worse for BME")


def test_a_score_that_is_stated_comes_before_its_parts():
    parts = *amounts(PARTS[0], bme="6.0"), *amounts(PARTS[1], bme="7.0")
    stated = amounts("survey.engagement", bme="6.8")
    assert observed(ENGAGED, *parts, *stated, cell=BME).value == Fraction("6.8")


def test_a_score_that_is_not_stated_is_the_mean_of_its_parts():
    seen = observed(ENGAGED, *amounts(PARTS[0], bme="6.0"), *amounts(PARTS[1], bme="7.05"), cell=BME)
    assert seen.value == Fraction("6.525")
    assert (seen.low, seen.high) == (Fraction("6.4975"), Fraction("6.5525"))
    assert [(one.title, one.value) for one in seen.beside] == [
        ("Text of survey.motivation", 6),
        ("Text of survey.advocacy", Fraction("7.05")),
    ]


def test_some_of_its_parts_or_parts_of_different_years_make_no_score():
    assert observed(ENGAGED, *amounts(PARTS[0], bme="6.0"), cell=BME).reason is Reason.NOT_EVIDENCED
    years = *amounts(PARTS[0], bme="6.0"), *amounts(PARTS[1], "2022/23", bme="7.0")
    assert observed(ENGAGED, *years, cell=BME).value is None


def test_a_gap_of_scores_is_that_of_their_means_where_they_are_not_stated():
    parts = *amounts(PARTS[0], bme="6.0", white="7.0"), *amounts(PARTS[1], bme="7.0", white="7.0")
    assert observed(ENGAGEMENT_GAP, *parts).value == Fraction(-1, 2)


# --- against a benchmark -----------------------------------------------------------------------------------------


def against(level, benchmark, **changes):
    return observed(AGAINST, *answers(bme=level), *amounts("benchmark.harassed", bme=benchmark, **changes), cell=BME)


def test_a_level_is_above_or_below_its_benchmark_in_points():
    seen = against((30, 100), "25.0")
    assert (seen.value, seen.low, seen.high) == (5, Fraction("4.95"), Fraction("5.05"))
    assert seen.leaning == "worse than the benchmark"
    assert against((20, 100), "25.0").leaning == ""


def test_the_interval_is_that_of_the_level_moved_by_the_benchmark():
    [own] = [rate.interval for rate in against((30, 100), "25.0").rates if rate.group == "here"]
    seen = against((30, 100), "25.0")
    assert (seen.interval.low, seen.interval.high) == (own.low - 25, own.high - 25)


def test_without_a_benchmark_or_without_a_level_nothing_is_compared():
    assert observed(AGAINST, *answers(bme=(30, 100)), cell=BME).reason is Reason.NOT_EVIDENCED
    alone = amounts("benchmark.harassed", bme="25.0")
    assert observed(AGAINST, *alone, cell=BME).reason is Reason.NOT_EVIDENCED


def test_a_benchmark_of_another_group_is_not_used():
    other = amounts("benchmark.harassed", white="25.0", all="25.0")
    assert observed(AGAINST, *answers(bme=(30, 100)), *other, cell=BME).reason is Reason.NOT_EVIDENCED


@pytest.mark.parametrize(("level", "benchmark"), [("2023/24", "2022/23"), ("2022/23", "2023/24")])
def test_a_benchmark_of_another_year_is_not_used(level, benchmark):
    given = *answers(level, bme=(30, 100)), *amounts("benchmark.harassed", benchmark, bme="25.0")
    assert observed(AGAINST, *given, cell=BME).reason is Reason.DATES_DIFFER


def test_a_benchmark_of_another_survey_is_not_used_though_both_end_in_one_calendar_year():
    level = answers("2022/23", bme=(30, 100))
    benchmark = amounts("benchmark.harassed", "April 2023 to December 2023", bme="25.0")
    seen = observed(AGAINST, *level, *benchmark, cell=BME, period="April 2023 to December 2023")
    assert seen.reason is Reason.DATES_DIFFER


def test_a_benchmark_of_the_same_period_is_used_whatever_day_the_answers_name():
    [level] = answers(bme=(30, 100))
    dated = evolve(level, date=date(2023, 11, 30))
    assert observed(AGAINST, dated, *amounts("benchmark.harassed", bme="25.0"), cell=BME).value == 5
