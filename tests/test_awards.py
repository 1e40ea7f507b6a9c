"""What panels, services and votes decide, by themselves and in their order."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

import pytest
from attrs import evolve
from engine_builders import (
    ACHIEVING,
    DEVELOPING,
    EXCELLING,
    SCALE,
    SERVICES,
    UNDEVELOPED,
    VOTES,
    WORDS_ONLY,
    YEAR,
    assessed,
    codes,
    criterion,
    criterion_of,
    eleven,
    evidence,
    framework,
    group_of,
    in_place,
    ladder,
    methods,
    rating,
    service_ratings,
    statement,
    votes,
)
from hypothesis import given
from hypothesis import strategies as st

from equityrules.grading.awards import EVEN_CHOICES, Bounds, leaders, open_book, tally, voted_award
from equityrules.grading.services import middle
from equityrules.model.basis import Basis
from equityrules.model.evidence import Rating

DIAGONAL = {"x": (3, 0, 0, 0), "y": (0, 3, 0, 0), "z": (0, 0, 3, 0)}


def standing(*given, name="2A", made=None, **options):
    return criterion_of(assessed(made or eleven(), *given, **options), name)


# --- the order ---------------------------------------------------------------------------------------------------

PANEL = rating("1A", "excelling")
SERVICE = rating("1A", "achieving", service="maternity")
VOTE = votes("1A", developing=5)
NOTES = in_place("a")


@pytest.mark.parametrize(
    ("given", "graded_from", "held"),
    [
        ((PANEL, SERVICE, VOTE, *NOTES), "rating", EXCELLING),
        ((SERVICE, VOTE, *NOTES), "services", ACHIEVING),
        ((VOTE, *NOTES), "votes", DEVELOPING),
        ((*NOTES, statement("b", "not in place")), "requirements", DEVELOPING),
        ((), None, None),
    ],
)
def test_a_rating_comes_before_services_these_before_votes_and_these_before_the_requirements(given, graded_from, held):
    found = standing(*given, name="1A")
    assert (found.graded_from, found.held) == (graded_from, held)


def test_an_award_stands_and_what_the_requirements_show_stands_beside_it():
    found = standing(rating("2A", "excelling"), *in_place("a"), statement("b", "not in place"))
    assert (found.held, found.attainable) == (EXCELLING, EXCELLING)
    assert (found.supported.held, found.supported.attainable) == (DEVELOPING, DEVELOPING)


def test_each_level_takes_its_own_award():
    given = (rating("", "excelling"), votes("2", developing=3), rating("2A", "achieving"), *in_place("a"))
    result = assessed(eleven(), *given, statement("b", "not in place"))
    assert (result.overall.held, result.overall.graded_from) == (EXCELLING, "rating")
    assert (group_of(result, "2").held, group_of(result, "2").graded_from) == (DEVELOPING, "votes")
    assert criterion_of(result, "2A").held == ACHIEVING
    assert criterion_of(result, "2B").graded_from == "requirements"


def test_at_a_group_services_come_before_votes_too():
    result = assessed(eleven(), *service_ratings(x=(1, 1, 1, 1)), votes("1", excelling=9))
    assert (group_of(result, "1").held, group_of(result, "1").graded_from) == (DEVELOPING, "services")


# --- stated ratings ----------------------------------------------------------------------------------------------


def test_a_rating_in_points_names_the_grade():
    found = standing(rating("2A", 2, by="the panel"))
    assert (found.held, found.points, found.because) == (ACHIEVING, 2, "Achieving and 2 points stated by the panel")


def test_a_rating_in_words_names_the_points():
    found = standing(rating("2A", "achieving"))
    assert (found.held, found.points, found.because) == (ACHIEVING, 2, "Achieving stated")


def test_the_lowest_rating_is_worth_nought_points():
    found = standing(rating("2A", "undeveloped"))
    assert (found.held, found.points, found.points_attainable) == (UNDEVELOPED, 0, 0)


def test_a_rating_needs_no_rule_and_has_no_basis():
    found = standing(rating("2A", "achieving"))
    assert (found.method, found.basis) == ("stated", None)


def test_one_and_a_half_points_are_taken_as_stated_and_are_no_grade():
    found = standing(rating("2A", 1.5))
    assert (found.held, found.attainable, found.points) == (None, None, Fraction(3, 2))
    result = assessed(eleven(), rating("2A", 1.5))
    [remark] = [one for one in result.remarks if one.code == "points-not-whole"]
    assert remark.message == "1.5 is no score of the scale; it is probably an average"


def test_a_word_is_worth_its_own_points_whatever_is_stated_beside_it():
    result = assessed(eleven(), rating("2A", "achieving", points=3))
    found = criterion_of(result, "2A")
    assert (found.held, found.points) == (ACHIEVING, 2)
    assert codes(result) == ["points-differ-from-grade"]


def test_what_a_panel_finds_not_applicable_says_why():
    found = standing(rating("2A", "not applicable", by="the panel"))
    assert not found.applicable
    assert (found.held, found.points, found.points_low) == (None, None, None)
    assert found.because == "stated as not applicable by the panel: it was formed this month"


def test_of_two_ratings_in_one_period_the_later_counts():
    early, late = rating("2A", "achieving", "May 2023"), rating("2A", "developing", "January 2024")
    result = assessed(eleven(), late, early)
    assert criterion_of(result, "2A").held == DEVELOPING
    assert codes(result) == ["earlier-award"]


def test_a_rating_for_the_year_comes_before_one_for_its_last_quarter():
    assert standing(rating("2A", "excelling", "2024-01 to 2024-03"), rating("2A", "developing")).held == DEVELOPING


def test_ratings_and_votes_of_another_period_are_left_out():
    other = rating("2A", "excelling", "2022/23"), votes("2B", period="2024/25", achieving=3)
    result = assessed(eleven(), *other)
    assert criterion_of(result, "2A").graded_from is None
    assert criterion_of(result, "2B").graded_from is None


# --- votes -------------------------------------------------------------------------------------------------------


def test_the_rating_with_the_most_votes_is_held():
    found = standing(votes("2A", undeveloped=1, developing=26, achieving=44, excelling=14))
    assert (found.held, found.attainable, found.points) == (ACHIEVING, ACHIEVING, 2)
    assert (found.method, found.basis) == ("plurality", Basis.PROJECT)
    assert found.because == "44 of 85 votes (51.8%) for Achieving"


def test_a_tie_decides_nothing_between_those_tied():
    found = standing(votes("2A", developing=7, achieving=7, excelling=1))
    assert (found.held, found.attainable) == (None, ACHIEVING)
    assert (found.points, found.points_low, found.points_attainable) == (None, 1, 2)
    assert found.because == "Developing and Achieving tie with 7 of 15 votes (46.7%) each"


def test_a_plurality_needs_no_majority():
    assert standing(votes("2A", developing=3, achieving=2, excelling=2)).held == DEVELOPING


def test_the_votes_of_several_groups_of_raters_are_added_one_vote_as_one():
    given = votes("2A", "staff", developing=5, achieving=4), votes("2A", "unions", achieving=2)
    assert standing(*given).held == ACHIEVING


def test_a_turnout_alone_decides_nothing():
    found = standing(votes("2A", stated_total=20), *in_place("a"), statement("b", "not in place"))
    assert found.graded_from == "requirements"


def test_nobody_voting_decides_nothing():
    assert standing(votes("2A", developing=0, achieving=0)).graded_from is None


def test_sessions_of_one_vote_are_added_and_a_later_vote_of_the_same_raters_replaces_an_earlier_one():
    session = votes("2A", achieving=5)
    sessions = evolve(session, date=YEAR.start), evolve(session, date=YEAR.end, votes={"developing": 4})
    assert tally(open_book(evidence(*sessions), YEAR, "fw").votes["fw/2A"]) == {"achieving": 5, "developing": 4}
    early, late = votes("2A", period="May 2023", achieving=5), votes("2A", period="March 2024", developing=4)
    book = open_book(evidence(late, early), YEAR, "fw")
    assert tally(book.votes["fw/2A"]) == {"developing": 4}
    assert book.superseded == (early,)


@given(st.dictionaries(st.sampled_from([grade.id for grade in SCALE.grades]), st.integers(0, 9)))
def test_a_grade_is_held_only_with_more_votes_than_every_other(counts):
    award = voted_award([votes("2A", **counts)], SCALE, VOTES)
    if not sum(counts.values()):
        assert award is None
        assert not leaders(counts)
    elif award.held:
        others = [count for grade, count in counts.items() if grade != award.held.id]
        assert all(counts[award.held.id] > count for count in others)
    else:
        assert list(counts.values()).count(max(counts.values())) > 1


# --- services ----------------------------------------------------------------------------------------------------


def group_one(made=None, **services):
    return group_of(assessed(made or eleven(), *service_ratings(**services)), "1")


def with_services(**changes):
    return eleven(methods=methods(services=evolve(SERVICES, **changes)))


def test_the_median_of_totals_is_not_the_sum_of_medians():
    assert group_one(**DIAGONAL).points == 3
    assert group_one(with_services(kind="median-per-criterion"), **DIAGONAL).points == 0


def test_the_middle_of_three_totals_counts():
    found = group_one(x=(2, 2, 2, 2), y=(0, 0, 0, 1), z=(1, 1, 2, 1))
    assert found.points == 5
    assert found.method.startswith("points: median-of-totals of 3 services; word: ")
    assert found.because.startswith("totals of services: x 8, y 1, z 5; ")


def test_the_middle_of_three_ratings_is_the_criterions():
    found = standing(*service_ratings(x=(3,), y=(1,), z=(2,)), name="1A")
    assert (found.held, found.graded_from, found.basis) == (ACHIEVING, "services", Basis.REPORTED)
    assert found.because == "median of 3 services: x 3, y 1, z 2"


def test_one_service_stands_for_all_and_is_flagged():
    result = assessed(eleven(), *service_ratings(x=(2, 1, 2, 1)))
    assert group_of(result, "1").points == 6
    [remark] = result.remarks
    assert remark.code == "number-of-services"
    assert (remark.message, remark.effect) == ("1 service rated, 3 expected (x)", "its ratings stand for all")


def test_two_services_stay_open_without_a_choice():
    found = group_one(x=(2, 2, 2, 2), y=(1, 1, 1, 1))
    assert (found.points, found.points_low, found.points_attainable) == (None, 4, 8)


@pytest.mark.parametrize(("even", "points"), [("lower", 4), ("upper", 8), ("mean", 6)])
def test_a_choice_settles_an_even_number_of_services(even, points):
    assert group_one(with_services(even=even), x=(2, 2, 2, 2), y=(1, 1, 1, 1)).points == points


def test_the_mean_of_two_services_ratings_may_be_no_grade():
    found = standing(*service_ratings(x=(2,), y=(1,)), name="1A", made=with_services(even="mean"))
    assert (found.held, found.points) == (None, Fraction(3, 2))


def test_a_service_with_a_missing_rating_gives_bounds():
    found = group_one(x=(2, 2, 2, 2), y=(1, 1, 1), z=(0, 0, 0, 0))
    assert (found.points, found.points_low, found.points_attainable) == (None, 3, 6)


def test_a_service_found_not_applicable_for_one_criterion_gives_bounds_not_nought():
    given = *service_ratings(x=(2, 2, 2, 2), y=(1, 1, 1), z=(0, 0, 0, 0)), rating("1D", "not applicable", service="y")
    result = assessed(eleven(), *given)
    assert (group_of(result, "1").points_low, group_of(result, "1").points_attainable) == (3, 6)
    assert "y not applicable" in criterion_of(result, "1D").because


def test_a_missing_rating_that_cannot_move_the_middle_leaves_it_settled():
    assert group_one(x=(2, 2, 2, 2), y=(3, 3, 3), z=(0, 0, 0, 0)).points == 8


def test_a_services_stated_total_comes_before_its_ratings():
    given = *service_ratings(x=(2, 2, 2, 2), y=(1, 1, 1, 1), z=(0, 0, 0, 0)), rating("1", 7, service="y")
    result = assessed(eleven(), *given)
    assert group_of(result, "1").points == 7
    assert "7 is stated for y, its parts add to 4" in [one.message for one in result.remarks]


def test_a_rating_for_all_services_makes_the_criteria_add_up():
    given = *service_ratings(**DIAGONAL), rating("1D", "achieving")
    result = assessed(eleven(), *given)
    found = group_of(result, "1")
    assert (found.points, found.graded_from) == (2, "criteria")
    assert "services" not in found.method
    assert "service-methods-differ" not in codes(result)


def test_services_that_no_criterion_of_the_group_may_have_are_not_used_and_that_is_said():
    result = assessed(eleven(), rating("2A", "achieving", service="ward"))
    assert criterion_of(result, "2A").graded_from is None
    [remark] = result.remarks
    assert (remark.code, remark.effect) == ("award-not-used", "they do not count")
    assert remark.message == "services' ratings were given, but it is not rated service by service"


def test_on_a_scale_without_points_services_have_a_middle_grade_and_no_points():
    made = framework(criterion("1A", *ladder("1A", "a", "b", "c").requirements, scale=WORDS_ONLY), scale=WORDS_ONLY)
    given = [rating("1A", word, service=word) for word in ("undeveloped", "achieving", "excelling")]
    found = standing(*given, name="1A", made=made)
    assert (found.held.id, found.points, found.points_low) == ("achieving", None, None)


scores = st.lists(st.integers(0, 3).map(Fraction), min_size=1, max_size=5)


@given(scores, st.sampled_from(EVEN_CHOICES))
def test_the_middle_of_settled_services_is_settled_by_a_choice(points, even):
    found = middle([Bounds(one, one) for one in points], even).settled
    assert found is not None
    assert sum(one < found for one in points) <= len(points) / 2
    assert even != "mean" or found == median(points)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted), min_size=1, max_size=4), st.data())
def test_the_bounds_of_the_middle_hold_whatever_the_open_services_turn_out_to_be(pairs, data):
    found = middle([Bounds(Fraction(low), Fraction(high)) for low, high in pairs], "")
    turned = sorted(data.draw(st.integers(low, high)) for low, high in pairs)
    lower, upper = turned[(len(turned) - 1) // 2], turned[len(turned) // 2]
    assert found.low <= lower <= upper <= found.high


# --- basis -------------------------------------------------------------------------------------------------------


def test_votes_are_not_judged_where_their_method_is_on_too_weak_a_basis():
    given = votes("2A", achieving=3), *in_place("a"), statement("b", "not in place")
    result = assessed(eleven(), *given, basis=Basis.REPORTED)
    assert criterion_of(result, "2A").graded_from == "requirements"
    assert [one.message for one in result.remarks] == [
        "votes were given, but the method for them is project; left out by request"
    ]


def test_services_are_not_judged_where_their_method_is_on_too_weak_a_basis():
    result = assessed(eleven(), *service_ratings(x=(2, 2, 2, 2)), basis=Basis.PUBLISHED)
    assert criterion_of(result, "1A").graded_from is None
    assert group_of(result, "1").graded_from is None
    assert set(codes(result)) == {"award-not-used"}


def test_ratings_count_on_any_basis():
    assert standing(rating("2A", "undeveloped"), basis=Basis.PUBLISHED).held == UNDEVELOPED


def test_votes_without_a_method_for_them_do_not_count_and_that_is_said():
    result = assessed(eleven(methods=methods(votes=None)), votes("2A", achieving=3))
    assert criterion_of(result, "2A").graded_from is None
    assert [one.message for one in result.remarks] == ["votes were given, but the standard has no method for them"]


def test_a_service_rating_without_grade_or_points_is_open():
    nothing = Rating(period=YEAR, about="fw/1A", service="x")
    found = standing(nothing, name="1A")
    assert (found.points_low, found.points_attainable) == (0, 3)
