"""How a value changed over time: what is clear, who moved, and what is not like for like."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import evolve
from engine_builders import YEAR, figure
from hypothesis import given
from hypothesis import strategies as st
from measure_builders import (
    APPOINTED,
    BME_SHARE,
    ENGAGED,
    ENTERED,
    HARASSED,
    amounts,
    answers,
    observed,
    people,
)

from equityrules.measures import Change
from equityrules.model.finding import Reason
from equityrules.statistics import square_and_add, wilson

BEFORE = "2022/23"


def change_of(measure, **changes):
    return Change(id="change", title="Change", measure=measure.id, **changes).knowing(measure)


def changed(before, now, measure=HARASSED):
    return observed(change_of(measure), *answers(BEFORE, all=before), *answers(all=now))


def test_a_change_is_now_less_before_in_points():
    seen = changed((20, 100), (30, 100))
    assert (seen.value, seen.unit, seen.day) == (10, "points", YEAR.end)


def test_a_change_reads_what_its_measure_reads():
    assert change_of(HARASSED).items == HARASSED.items


def test_the_interval_of_a_small_change_contains_nought_and_that_of_a_clear_one_does_not():
    unclear, clear = changed((20, 100), (25, 100)).interval, changed((20, 1000), (300, 1000)).interval
    assert unclear.low < 0 < unclear.high
    assert clear.low > 0


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_the_interval_of_a_change_is_newcombes(of, other_of, data):
    before, now = data.draw(st.integers(0, of)), data.draw(st.integers(0, other_of))
    seen = changed((before, of), (now, other_of))
    first, second = Fraction(now, other_of), Fraction(before, of)
    expected = square_and_add(first, wilson(first, Fraction(other_of)), second, wilson(second, Fraction(of)))
    assert abs(seen.interval.low - 100 * expected.low) < Fraction(1, 10**6)
    assert abs(seen.interval.high - 100 * expected.high) < Fraction(1, 10**6)


def test_snapshots_of_a_whole_workforce_show_the_people_who_moved_and_no_interval():
    given = *people("staff.banded", BEFORE, bme=20, all=100), *people("staff.banded", bme=26, all=104)
    seen = observed(change_of(BME_SHARE), *given)
    assert (seen.value, seen.interval) == (5, None)
    assert [(one.title, one.value) for one in seen.beside] == [("people more than before", 6)]


def test_answers_to_a_survey_are_a_sample_and_name_nobody_who_moved():
    assert changed((20, 100), (30, 100)).beside == ()


def test_a_printed_percentage_leaves_the_change_the_range_of_both_roundings():
    seen = changed("20", "30")
    assert (seen.value, seen.low, seen.high, seen.interval) == (10, 9, 11, None)


def test_a_score_changes_in_its_own_unit():
    given = *amounts("survey.engagement", BEFORE, all="6.5"), *amounts("survey.engagement", all="6.8")
    seen = observed(change_of(ENGAGED), *given)
    assert (seen.value, seen.unit) == (Fraction("0.3"), "out of 10")


def test_without_one_of_the_two_there_is_no_change():
    assert observed(change_of(HARASSED), *answers(all=(20, 100))).reason is Reason.NOT_EVIDENCED
    assert observed(change_of(HARASSED), *answers(BEFORE, all=(20, 100))).value is None


def test_a_value_that_was_not_judged_is_compared_with_nothing():
    of_ten = evolve(HARASSED, minimum_base=10)
    assert changed((2, 9), (30, 100), of_ten).reason is Reason.TOO_FEW
    assert changed((30, 100), (2, 9), of_ten).reason is Reason.TOO_FEW


def test_a_year_is_compared_with_the_one_before_and_two_years_with_the_one_before_that():
    given = *answers("2021/22", all=(10, 100)), *answers(BEFORE, all=(20, 100)), *answers(all=(40, 100))
    assert observed(change_of(HARASSED), *given).value == 20
    assert observed(change_of(HARASSED, months=24), *given).value == 30


def test_the_same_answers_are_no_change_of_themselves():
    seen = observed(change_of(HARASSED, months=6), *answers(BEFORE, all=(20, 100)))
    assert seen.value is None


def test_counts_made_in_one_way_are_not_compared_with_counts_made_in_another():
    staff = [one for period in (BEFORE, "2023/24") for one in people("staff.all", period, white=1000, bme=500)]
    average = people("cases.entered", BEFORE, {"counting": "two_years"}, white=10, bme=10)
    one_year = people("cases.entered", "2023/24", {"counting": "one_year"}, white=10, bme=10)
    seen = observed(change_of(ENTERED), *staff, *average, *one_year)
    assert seen.value is None


def test_ratios_printed_in_two_years_have_a_change_with_a_range():
    given = figure("appointed", "2.26", BEFORE), figure("appointed", "1.90")
    seen = observed(change_of(APPOINTED), *given)
    assert (seen.value, seen.low, seen.high) == (Fraction("-0.36"), Fraction("-0.37"), Fraction("-0.35"))


def test_a_day_that_the_evidence_names_tells_two_years_apart():
    [before], [now] = answers(BEFORE, all=(20, 100)), answers(all=(30, 100))
    seen = observed(change_of(HARASSED), evolve(before, date=date(2022, 11, 25)), evolve(now, date=date(2023, 11, 24)))
    assert (seen.value, seen.day) == (10, date(2023, 11, 24))
