"""How much likelier something is for one group than another, whom that disadvantages, and when there is no ratio."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from engine_builders import count, figure, statement
from hypothesis import given
from hypothesis import strategies as st
from measure_builders import APPOINTED, DISPARITY, ENTERED, cell, jobs, judged, observed, people

from equityrules.measures.people import for_people, in_a_sentence
from equityrules.model.finding import Outcome, Rate, Reason

MET, UNMET, UNKNOWN = Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN
PARITY = ("0.8", "1.25")


def ratio(white, bme, measure=APPOINTED):
    return observed(measure, *jobs(white, bme))


# --- orientation -------------------------------------------------------------------------------------------------


def test_the_first_group_is_over_the_second():
    seen = ratio((20, 100), (9, 100))
    assert seen.value == Fraction(20, 9)
    assert [(rate.group, rate.value, rate.yes, rate.of) for rate in seen.rates] == [
        ("White", 20, 20, 100),
        ("BME", 9, 9, 100),
    ]


def test_above_one_and_below_one_each_say_whom_they_disadvantage():
    assert ratio((20, 100), (9, 100)).leaning == "disadvantages BME"
    assert ratio((9, 100), (20, 100)).leaning == "disadvantages White"
    assert ratio((9, 100), (9, 100)).leaning == ""


def test_where_the_event_is_bad_being_likelier_disadvantages():
    given = *people("cases.entered", bme=4, white=2), *people("staff.all", bme=100, white=100)
    assert (observed(ENTERED, *given).value, observed(ENTERED, *given).leaning) == (2, "disadvantages BME")


def test_a_printed_ratio_also_says_whom_it_disadvantages():
    seen = observed(APPOINTED, figure("appointed", "2.26"))
    assert (seen.value, seen.low, seen.high) == (Fraction("2.26"), Fraction("2.255"), Fraction("2.265"))
    assert (seen.leaning, seen.interval) == ("disadvantages BME", None)


@pytest.mark.parametrize(
    "adverse", [{"above": "bme"}, {"above": "bme", "below": "bme"}, {"above": "bme", "below": "women"}, {}]
)
def test_each_side_of_parity_disadvantages_one_of_the_two_groups(adverse):
    for measure in (APPOINTED, DISPARITY):
        with pytest.raises(ValueError, match="adverse says whom each side of 1 disadvantages"):
            evolve(measure, adverse=adverse)


rates = st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(1, of), st.just(of)))


@given(rates, rates)
def test_turning_the_groups_over_inverts_the_ratio_and_keeps_who_is_disadvantaged(white, bme):
    turned = evolve(APPOINTED, over=("bme", "white"), adverse={"above": "white", "below": "bme"})
    one, other = ratio(white, bme), ratio(white, bme, turned)
    assert one.value * other.value == 1
    assert (one.leaning, one.p) == (other.leaning, other.p)


@given(rates, rates)
def test_a_ratio_lies_in_its_interval(white, bme):
    seen = ratio(white, bme)
    everybody = white[0] == white[1] or bme[0] == bme[1]
    assert (seen.interval is None) == everybody
    assert everybody or seen.interval.low <= seen.value <= seen.interval.high


# --- exactly on the edge -----------------------------------------------------------------------------------------


def test_exactly_one_and_a_quarter_is_inside_and_a_hair_more_is_not():
    assert judged(APPOINTED, "within", *PARITY, *jobs((25, 100), (20, 100))) == (MET, Reason.SHOWN)
    hair = jobs((25_000_001, 100_000_000), (20, 100))
    assert judged(APPOINTED, "within", *PARITY, *hair) == (UNMET, Reason.SHORTFALL)


def test_exactly_four_fifths_is_inside_and_a_hair_less_is_not():
    assert judged(APPOINTED, "within", *PARITY, *jobs((20, 100), (25, 100)))[0] is MET
    assert judged(APPOINTED, "within", *PARITY, *jobs((19_999_999, 100_000_000), (25, 100)))[0] is UNMET


# --- nobody, one person, everybody -------------------------------------------------------------------------------


def test_without_events_in_the_first_group_the_ratio_is_nought_shown_and_not_judged():
    seen = ratio((0, 100), (9, 100))
    assert (seen.value, seen.reason, seen.interval, seen.p) == (0, Reason.NO_EVENTS, None, None)
    assert judged(APPOINTED, "within", *PARITY, *jobs((0, 100), (9, 100))) == (UNKNOWN, Reason.NO_EVENTS)


@pytest.mark.parametrize("events", [0, 1, 100])
def test_without_events_in_the_second_group_there_is_no_ratio_and_never_infinity(events):
    seen = ratio((events, 100), (0, 100))
    assert (seen.value, seen.reason) == (None, Reason.NOT_COMPUTABLE)
    assert [rate.value for rate in seen.rates] == [events, 0]


@pytest.mark.parametrize(("white", "bme"), [((0, 0), (9, 100)), ((9, 100), (0, 0)), ((0, 0), (0, 0))])
def test_without_anybody_in_a_group_there_is_no_ratio(white, bme):
    assert (ratio(white, bme).value, ratio(white, bme).reason) == (None, Reason.NOT_COMPUTABLE)


def test_where_everybody_is_of_unknown_group_there_is_no_ratio():
    appointed = people("jobs.appointed", white=0, bme=0, unknown=9)
    shortlisted = people("jobs.shortlisted", white=0, bme=0, unknown=90)
    assert observed(APPOINTED, *appointed, *shortlisted).reason is Reason.NOT_COMPUTABLE


def test_a_group_of_one_person_has_a_ratio():
    seen = ratio((1, 1), (50, 100))
    assert (seen.value, seen.p) == (2, 1)


def test_a_group_of_one_person_is_never_assured():
    assert judged(APPOINTED, "interval_within", *PARITY, *jobs((1, 1), (99, 100)))[0] is UNKNOWN


def test_two_groups_of_one_person_each_are_at_parity_and_never_assured():
    seen = ratio((1, 1), (1, 1))
    assert (seen.value, seen.p, seen.interval) == (1, 1, None)
    assert judged(APPOINTED, "interval_within", *PARITY, *jobs((1, 1), (1, 1)))[0] is UNKNOWN


def test_below_the_minimum_base_a_ratio_is_not_judged():
    of_ten = evolve(APPOINTED, minimum_base=10)
    assert ratio((20, 100), (3, 9), of_ten).reason is Reason.TOO_FEW
    assert ratio((3, 9), (20, 100), of_ten).reason is Reason.TOO_FEW
    assert ratio((20, 100), (5, 10), of_ten).value == Fraction(2, 5)


def test_a_printed_ratio_never_stands_in_for_too_few_people():
    of_ten = evolve(APPOINTED, minimum_base=10)
    assert observed(of_ten, *jobs((2, 9), (2, 9)), figure("appointed", "1.00")).value is None


def test_more_appointed_than_shortlisted_make_no_ratio():
    assert ratio((101, 100), (9, 100)).reason is Reason.NOT_COMPUTABLE
    assert ratio((101, 100), (9, 100), evolve(APPOINTED, nested=False)).value == Fraction(101, 9)


def test_the_unknown_are_left_out_of_a_ratio():
    unknown = *people("jobs.appointed", unknown=500), *people("jobs.shortlisted", unknown=600)
    assert observed(APPOINTED, *jobs((20, 100), (9, 100)), *unknown) == ratio((20, 100), (9, 100))


@pytest.mark.parametrize("missing", range(4))
def test_without_one_of_the_four_counts_it_is_not_evidenced(missing):
    given = [one for position, one in enumerate(jobs((20, 100), (9, 100))) if position != missing]
    assert observed(APPOINTED, *given).reason is Reason.NOT_EVIDENCED


def test_counts_of_different_years_make_no_ratio():
    appointed = people("jobs.appointed", white=20, bme=9)
    assert observed(APPOINTED, *appointed, *people("jobs.shortlisted", "2022/23", white=100, bme=100)).reason is (
        Reason.DATES_DIFFER
    )


# --- which counts, and what they are worth -----------------------------------------------------------------------


STAFF = people("staff.all", white=1000, bme=500)


def entered(counting, white, bme):
    return people("cases.entered", where={"counting": counting} if counting else {}, white=white, bme=bme)


def test_the_first_counts_that_are_evidenced_are_taken():
    average, one_year, plain = entered("two_years", 10, 10), entered("one_year", 10, 15), entered("", 10, 20)
    assert observed(ENTERED, *STAFF, *plain).value == 4
    assert observed(ENTERED, *STAFF, *plain, *one_year).value == 3
    seen = observed(ENTERED, *STAFF, *plain, *one_year, *average)
    assert (seen.value, seen.cell) == (2, cell(counting="two_years"))


def test_counts_that_are_preferred_and_make_no_ratio_are_not_passed_over():
    given = *STAFF, *entered("two_years", 0, 0), *entered("one_year", 10, 5)
    assert observed(ENTERED, *given).reason is Reason.NOT_COMPUTABLE


def test_any_counts_come_before_a_printed_figure():
    printed = figure("entered", "9.99", counting="two_years")
    assert observed(ENTERED, *STAFF, *entered("one_year", 10, 15), printed).value == 3
    assert observed(ENTERED, *STAFF, printed).value == Fraction("9.99")


def test_figures_are_preferred_in_the_order_of_counts():
    average, one_year = figure("entered", "1.10", counting="two_years"), figure("entered", "1.20", counting="one_year")
    assert observed(ENTERED, one_year).value == Fraction("1.20")
    assert observed(ENTERED, one_year, average).value == Fraction("1.10")


def test_halves_of_a_two_year_average_are_counted_exactly_and_have_no_exact_p():
    seen = observed(ENTERED, *STAFF, *entered("two_years", 10.5, 4.5))
    assert seen.value == Fraction(6, 7)
    assert seen.p is None
    assert seen.interval.low < seen.value < seen.interval.high


def test_a_statement_that_is_in_place_marks_the_ratio_as_not_comparable():
    given = jobs((20, 100), (9, 100))
    assert observed(APPOINTED, *given, statement("jobs.campaign")).caveat == "Text of jobs.campaign"
    assert observed(APPOINTED, *given, statement("jobs.campaign", "not in place")).caveat == ""
    assert observed(APPOINTED, *given).caveat == ""


def test_a_mark_changes_nothing_else():
    marked = observed(APPOINTED, *jobs((20, 100), (9, 100)), statement("jobs.campaign"))
    assert evolve(marked, caveat="") == ratio((20, 100), (9, 100))


# --- for people --------------------------------------------------------------------------------------------------


def test_a_ratio_is_told_in_people():
    assert ratio((20, 100), (9, 100)).meaning == (
        "of 100 white shortlisted applicants 20 were appointed, of 100 BME shortlisted applicants 9"
    )


def shares(*percent):
    return [Rate(name, Fraction(value)) for name, value in zip(("White", "BME"), percent, strict=False)]


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (("20", "9"), "of 100 white staff 20 went, of 100 BME staff 9"),
        (("20.4", "20.1"), "of 1,000 white staff 204 went, of 1,000 BME staff 201"),
        (("0.3", "0.1"), "of 1,000 white staff 3 went, of 1,000 BME staff 1"),
        (("0.02", "0.05"), "of 10,000 white staff 2 went, of 10,000 BME staff 5"),
        (("0", "9"), "of 100 white staff 0 went, of 100 BME staff 9"),
        (("9", "9"), "of 100 white staff 9 went, of 100 BME staff 9"),
        (("100", "50"), "of 100 white staff 100 went, of 100 BME staff 50"),
    ],
)
def test_so_many_people_are_imagined_that_different_rates_are_different_numbers(percent, words):
    assert for_people(shares(*percent), "staff", "went") == words


def test_where_it_is_not_said_what_happened_nothing_is_told():
    assert for_people(shares("20", "9"), "staff", "") == ""


def test_a_rate_of_one_group_is_told_alone():
    assert for_people(shares("20"), "staff", "went") == "of 100 white staff 20 went"


def test_an_abbreviation_stays_in_capitals_inside_a_sentence():
    assert [in_a_sentence(one) for one in ("White", "BME", "Non-disabled", "")] == ["white", "BME", "non-disabled", ""]


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_whatever_the_rates_the_people_told_of_are_between_none_and_all(first, second):
    told = for_people(shares(first, second), "staff", "went").replace(",", "").split()
    numbers = [int(word) for word in told if word.isdigit()]
    assert numbers[0] == numbers[2]
    assert all(0 <= one <= numbers[0] for one in numbers)


# --- between tiers -----------------------------------------------------------------------------------------------


def tiers(white, bme, period="2023/24"):
    return [
        count("staff.banded", value, period, band=name, ethnicity=group)
        for group, values in (("white", white), ("bme", bme))
        for name, value in zip(("5", "6", "7"), values, strict=True)
    ]


def test_disparity_is_the_ratio_of_upper_over_lower():
    seen = observed(DISPARITY, *tiers((100, 60, 40), (100, 20, 5)))
    assert (seen.value, seen.leaning) == (4, "disadvantages BME")
    assert seen.counts == {"white upper": 100, "white lower": 100, "bme upper": 25, "bme lower": 100}


def test_a_whole_workforce_has_a_disparity_without_an_interval():
    seen = observed(DISPARITY, *tiers((100, 60, 40), (100, 20, 5)))
    assert (seen.interval, seen.p) == (None, None)


@pytest.mark.parametrize(
    ("white", "bme"),
    [((0, 60, 40), (100, 20, 5)), ((100, 60, 40), (0, 20, 5)), ((100, 60, 40), (100, 0, 0))],
)
def test_a_tier_that_is_divided_by_and_empty_makes_no_disparity(white, bme):
    assert observed(DISPARITY, *tiers(white, bme)).reason is Reason.NOT_COMPUTABLE


def test_a_tier_that_lacks_a_band_makes_no_disparity():
    given = tiers((100, 60, 40), (100, 20, 5))
    assert observed(DISPARITY, *given[:-1]).reason is Reason.NOT_EVIDENCED
    assert observed(DISPARITY, *given[:-1], figure("disparity", "3.1")).value == Fraction("3.1")
