"""Values and intervals held inside a band, what printed figures leave open, and that a figure was given at all."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from engine_builders import figure, statement
from hypothesis import given
from hypothesis import strategies as st
from measure_builders import (
    APPOINTED,
    HARASSMENT_GAP,
    IN_BAND,
    answers,
    band,
    cell,
    jobs,
    judged,
    observed,
    people,
    snapshot,
)

from equityrules.conditions import IfGiven, Reported, SomeOf, Within
from equityrules.conditions import Part as PartOf
from equityrules.model.finding import Outcome, Reason

MET, UNMET, UNKNOWN, NA = Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE
PARITY = ("0.8", "1.25")
MARGIN = (-5, 5)
PARTS = ("within", "interval_within", "interval_reaches")


def because(measure, part, low, high, *given):
    condition = band(measure, part, low, high)
    return condition.because(condition.check(snapshot(*given)))


def gap(bme, white):
    return answers(bme=bme, white=white)


# --- the value ---------------------------------------------------------------------------------------------------


def test_both_ends_belong_to_a_band():
    for white, bme in (((25, 100), (20, 100)), ((20, 100), (25, 100))):
        assert judged(APPOINTED, "within", *PARITY, *jobs(white, bme)) == (MET, Reason.SHOWN)


def test_a_band_has_two_sides():
    assert judged(APPOINTED, "within", *PARITY, *jobs((40, 100), (20, 100))) == (UNMET, Reason.SHORTFALL)
    assert judged(APPOINTED, "within", *PARITY, *jobs((20, 100), (40, 100))) == (UNMET, Reason.SHORTFALL)


def test_outside_is_said_with_whom_it_disadvantages_and_whether_it_may_be_chance():
    many = because(APPOINTED, "within", *PARITY, *jobs((400, 1000), (200, 1000)))
    assert many == (
        "2 (White 40%, BME 20%; 95% interval 1.73 to 2.31): outside 0.8 to 1.25, disadvantages BME; "
        "statistically significant (p < 0.001)"
    )
    few = because(APPOINTED, "within", *PARITY, *jobs((4, 10), (2, 10)))
    assert few.endswith("; not statistically significant (p = 0.628): too few to rule out chance")


# --- printed figures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("1.2", MET), ("1.3", UNKNOWN), ("1.4", UNMET), ("1.25", UNKNOWN), ("1.24", MET), ("1.26", UNMET),
        ("0.8", UNKNOWN), ("0.7", UNMET), ("0.9", MET), ("0.80", UNKNOWN), ("0.79", UNMET), ("0.81", MET),
        ("1", UNKNOWN), ("2.26", UNMET), ("0.83", MET),
    ],
)  # fmt: skip
def test_a_printed_figure_is_judged_where_no_end_of_the_band_cuts_its_rounding(printed, outcome):
    found = judged(APPOINTED, "within", *PARITY, figure("appointed", printed))
    assert found[0] is outcome
    assert (found[1] is Reason.RANGE_CUT) == (outcome is UNKNOWN)


def test_a_printed_figure_that_is_cut_could_be_inside_or_outside():
    assert because(APPOINTED, "within", *PARITY, figure("appointed", "1.3")) == (
        "1.3: as printed it could be inside or outside 0.8 to 1.25, disadvantages BME"
    )


def test_a_printed_figure_has_no_interval_to_lie_inside():
    assert judged(APPOINTED, "interval_within", *PARITY, figure("appointed", "1.00")) == (UNKNOWN, Reason.NO_INTERVAL)


def test_a_printed_figure_outside_is_outside_with_whatever_interval():
    assert judged(APPOINTED, "interval_within", *PARITY, figure("appointed", "2.26")) == (UNMET, Reason.SHORTFALL)


def test_a_printed_figure_inside_is_a_part_of_an_interval_that_reaches_inside():
    assert judged(APPOINTED, "interval_reaches", *PARITY, figure("appointed", "1.00"))[0] is MET
    assert judged(APPOINTED, "interval_reaches", *PARITY, figure("appointed", "2.26")) == (UNKNOWN, Reason.NO_INTERVAL)


@given(st.decimals("0.01", "3", places=2), st.integers(0, 2))
def test_a_printed_figure_is_never_judged_otherwise_than_what_it_was_rounded_from(value, places):
    printed = value.quantize(value.__class__(1).scaleb(-places), "ROUND_HALF_UP")
    said = judged(APPOINTED, "within", *PARITY, figure("appointed", str(printed)))[0]
    inside = Fraction("0.8") <= Fraction(value) <= Fraction("1.25")
    assert said in (UNKNOWN, MET if inside else UNMET)


# --- the interval ------------------------------------------------------------------------------------------------


def test_the_whole_interval_inside_is_met():
    many = jobs((10_000, 50_000), (10_000, 50_000))
    assert judged(APPOINTED, "interval_within", *PARITY, *many) == (MET, Reason.SHOWN)
    assert "the whole interval is inside 0.8 to 1.25" in because(APPOINTED, "interval_within", *PARITY, *many)


def test_a_value_inside_whose_interval_crosses_is_too_few_to_say():
    few = jobs((20, 100), (19, 100))
    assert judged(APPOINTED, "interval_within", *PARITY, *few) == (UNKNOWN, Reason.TOO_FEW_TO_SAY)
    assert "too few to say, as the interval is partly inside and partly outside" in (
        because(APPOINTED, "interval_within", *PARITY, *few)
    )


def test_a_value_outside_is_outside_however_wide_its_interval():
    assert judged(APPOINTED, "interval_within", *PARITY, *jobs((4, 10), (2, 10))) == (UNMET, Reason.SHORTFALL)


def test_a_value_outside_whose_interval_reaches_inside_is_met():
    near = gap((270, 1000), (210, 1000))
    assert observed(HARASSMENT_GAP, *near).value == 6
    assert judged(HARASSMENT_GAP, "interval_reaches", *MARGIN, *near) == (MET, Reason.SHOWN)
    assert "the interval reaches -5 to 5 points" in because(HARASSMENT_GAP, "interval_reaches", *MARGIN, *near)


def test_a_value_outside_whose_interval_is_wider_than_the_band_is_too_few_to_say():
    few = gap((27, 100), (21, 100))
    assert judged(HARASSMENT_GAP, "interval_reaches", *MARGIN, *few) == (UNKNOWN, Reason.TOO_FEW_TO_SAY)


def test_an_interval_that_is_all_outside_is_unmet_on_either_side():
    for bme, white in (((400, 1000), (200, 1000)), ((200, 1000), (400, 1000))):
        assert judged(HARASSMENT_GAP, "interval_reaches", *MARGIN, *gap(bme, white)) == (UNMET, Reason.SHORTFALL)
    assert "all of the interval is outside" in (
        because(HARASSMENT_GAP, "interval_reaches", *MARGIN, *gap((400, 1000), (200, 1000)))
    )


@pytest.mark.parametrize("part", PARTS)
def test_what_is_shown_and_not_judged_is_unknown_with_its_reason(part):
    assert judged(APPOINTED, part, *PARITY, *jobs((0, 100), (20, 100))) == (UNKNOWN, Reason.NO_EVENTS)
    assert judged(APPOINTED, part, *PARITY, *jobs((20, 100), (0, 100))) == (UNKNOWN, Reason.NOT_COMPUTABLE)
    assert judged(APPOINTED, part, *PARITY) == (UNKNOWN, Reason.NOT_EVIDENCED)
    assert because(APPOINTED, part, *PARITY).startswith("Appointed, white over BME: no value, not evidenced; 0.8 to")


def test_a_count_of_everybody_has_no_interval_though_it_has_counts():
    given = *people("staff.banded", where={"band": "6"}, bme=15, all=100), *people("staff.all", bme=15, all=100)
    check = Within(IN_BAND, PartOf.INTERVAL, Fraction(-5), Fraction(5), cell(band="6")).check(snapshot(*given))
    assert (check.outcome, check.reason) == (UNKNOWN, Reason.NO_INTERVAL)


# --- few people never look better for being few ------------------------------------------------------------------

SIZES = (1, 2, 5, 10, 40, 200, 1000, 20_000)
rates = st.integers(1, 19)


def verdicts(measure, part, low, high, evidence_of):
    return [judged(measure, part, low, high, *evidence_of(times))[0] for times in SIZES]


@given(rates, rates)
def test_the_value_of_any_number_of_people_is_judged_alike(first, second):
    def given(times):
        return jobs((first * times, 20 * times), (second * times, 20 * times))

    assert len(set(verdicts(APPOINTED, "within", *PARITY, given))) == 1


@given(rates, rates)
def test_what_few_people_are_assured_of_more_are_assured_of_too(first, second):
    def given(times):
        return jobs((first * times, 20 * times), (second * times, 20 * times))

    found = verdicts(APPOINTED, "interval_within", *PARITY, given)
    assert all(more is MET for few, more in pairwise(found) if few is MET)
    assert all(more is UNMET for few, more in pairwise(found) if few is UNMET)


@given(rates, rates)
def test_a_gap_outside_is_unknown_of_few_within_reach_of_more_and_outside_of_many(first, second):
    def given(times):
        return gap((first * times, 20 * times), (second * times, 20 * times))

    found = verdicts(HARASSMENT_GAP, "interval_reaches", *MARGIN, given)
    order = [UNKNOWN, MET, UNMET] if 5 * abs(first - second) > 5 else [UNKNOWN, UNMET, MET]
    assert sorted(found, key=order.index) == found


@given(rates, rates, st.sampled_from(SIZES))
def test_an_interval_wider_than_the_band_never_makes_a_gap_outside_look_in_line(first, second, times):
    given = gap((first * times, 20 * times), (second * times, 20 * times))
    seen = observed(HARASSMENT_GAP, *given)
    if seen.value is not None and abs(seen.value) > 5 and seen.interval.high - seen.interval.low > 10:
        assert judged(HARASSMENT_GAP, "interval_reaches", *MARGIN, *given)[0] is not MET


# --- that it was given at all ------------------------------------------------------------------------------------


def reported(*given):
    check = Reported(APPOINTED).check(snapshot(*given))
    return check.outcome, check.reason


def test_a_figure_is_reported_whatever_it_says():
    assert reported(*jobs((40, 100), (1, 100))) == (MET, Reason.SHOWN)
    assert reported(figure("appointed", "9.99")) == (MET, Reason.SHOWN)


@pytest.mark.parametrize(("white", "bme"), [((0, 100), (20, 100)), ((20, 100), (0, 100)), ((0, 0), (1, 1))])
def test_counts_that_make_no_ratio_are_reported_too(white, bme):
    assert reported(*jobs(white, bme)) == (MET, Reason.SHOWN)


def test_counts_too_few_to_judge_are_reported_too():
    check = Reported(HARASSMENT_GAP).check(snapshot(*answers(bme=(1, 3), white=(20, 100))))
    assert (check.outcome, check.observations[0].reason) == (MET, Reason.TOO_FEW)


def test_what_nobody_gave_or_gave_too_long_ago_is_not_reported():
    assert reported() == (UNKNOWN, Reason.NOT_EVIDENCED)
    assert reported(*jobs((20, 100), (9, 100), "2020/21")) == (UNKNOWN, Reason.STALE)
    assert reported(statement("jobs.campaign")) == (UNKNOWN, Reason.NOT_EVIDENCED)


def test_reported_says_what_was_reported_or_why_not():
    condition = Reported(APPOINTED)
    seen, missing = condition.check(snapshot(*jobs((20, 100), (9, 100)))), condition.check(snapshot())
    assert condition.because(seen).startswith("2.22 (White 20%, BME 9%; 95% interval ")
    assert condition.because(missing) == "Appointed, white over BME: not evidenced"
    assert condition.items == APPOINTED.items


# --- only where it is given --------------------------------------------------------------------------------------


def if_given():
    return IfGiven(band(APPOINTED, "within", *PARITY))


def test_a_part_that_nobody_gave_does_not_apply():
    assert if_given().check(snapshot()).outcome is NA
    assert if_given().check(snapshot(*jobs((20, 100), (20, 100)))).outcome is MET
    assert if_given().check(snapshot(*jobs((40, 100), (20, 100)))).outcome is UNMET


def test_a_part_that_is_given_and_cannot_be_judged_stays_unknown():
    assert if_given().check(snapshot(*jobs((20, 100), (0, 100)))).outcome is UNKNOWN
    assert if_given().check(snapshot(*jobs((20, 100), (20, 100), "2020/21"))).outcome is UNKNOWN


def test_a_part_that_does_not_apply_leaves_the_count_of_parts_and_is_named():
    whole = SomeOf((Reported(HARASSMENT_GAP), if_given()))
    check = whole.check(snapshot(*answers(bme=(30, 100), white=(20, 100))))
    assert check.outcome is MET
    assert whole.because(check) == "1 of 1 shown; Appointed, white over BME: not given, so not judged"
    assert if_given().items == APPOINTED.items
