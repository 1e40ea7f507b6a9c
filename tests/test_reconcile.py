"""What does not fit together in the evidence: what is said of it, and whether it changes the result."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest
from attrs import evolve
from engine_builders import (
    ELEVEN,
    SCALE,
    SERVICES,
    WORDS_ONLY,
    YEAR,
    assessed,
    codes,
    count,
    criterion,
    criterion_of,
    eleven,
    figure,
    framework,
    group_of,
    in_place,
    ladder,
    methods,
    points_total,
    rating,
    ratings,
    requirement,
    service_ratings,
    statement,
    survey,
    votes,
)
from hypothesis import given
from hypothesis import strategies as st

from equityrules.grading.awards import leaders
from equityrules.grading.by_rank import Lowest
from equityrules.model.basis import Basis
from equityrules.model.framework import RollUpRule
from equityrules.model.result import Severity
from equityrules.model.scale import Grade, Scale


def remarks(*given, code="", made=None, **options):
    return [one for one in assessed(made or eleven(), *given, **options).remarks if code in ("", one.code)]


def remark(code, *given, **options):
    """The one remark of this code."""
    [found] = remarks(*given, code=code, **options)
    return found


def test_evidence_that_fits_together_has_no_remarks():
    fitting = *ratings(dict.fromkeys(ELEVEN, 2)), *ratings({"1": 8, "2": 8, "3": 6, "": 22})
    assert remarks(*fitting) == []
    assert remarks(votes("2A", achieving=5, developing=3, stated_total=8), survey(139, 200, percent="69.5")) == []


# --- votes -------------------------------------------------------------------------------------------------------


def test_votes_that_do_not_add_up_say_so_and_whether_it_matters():
    found = remark(
        "votes-do-not-add-up", votes("2", undeveloped=1, developing=26, achieving=44, excelling=14, stated_total=83)
    )
    assert found.message == "votes by grade add to 85, 83 stated"
    assert found.effect == "Achieving is the same for any removal of 2 votes"
    assert (found.severity, found.where, found.internal) == (Severity.WARNING, "fw/domain-2", False)


@pytest.mark.parametrize(
    ("stated_total", "effect"),
    [
        (11, "Achieving is the same for any removal of 1 vote"),
        (10, "the removal of 2 votes could change the result"),
        (13, "Achieving is the same for any addition of 1 vote"),
        (14, "the addition of 2 votes could change the result"),
    ],
)
def test_a_lead_is_robust_in_both_directions_only_while_it_is_larger(stated_total, effect):
    assert (
        remark("votes-do-not-add-up", votes("2A", achieving=7, developing=5, stated_total=stated_total)).effect
        == effect
    )


def test_differences_in_several_polls_count_together():
    polls = (
        votes("2A", "staff", achieving=9, developing=2, stated_total=9),
        votes("2A", "unions", developing=4, stated_total=3),
    )
    assert [one.effect for one in remarks(*polls, code="votes-do-not-add-up")] == [
        "the removal of 3 votes could change the result"
    ] * 2
    polls = polls[0], evolve(polls[1], votes={"developing": 1}, stated_total=2)
    assert [one.effect for one in remarks(*polls, code="votes-do-not-add-up")] == [
        "Achieving is the same for any removal of 2 votes and addition of 1 vote"
    ] * 2


GRADES = [grade.id for grade in SCALE.grades]


def changed(counts, grades, by):
    return {grade: counts.get(grade, 0) + by * grades.count(grade) for grade in GRADES}


@given(st.dictionaries(st.sampled_from(GRADES), st.integers(1, 6), min_size=1), st.integers(-3, 3).filter(bool))
def test_a_result_called_the_same_is_the_same_for_every_removal_or_addition(counts, surplus):
    total = sum(counts.values()) - surplus
    if total < 0:
        return
    effect = remark("votes-do-not-add-up", votes("2A", stated_total=total, **counts)).effect
    every = [
        changed(counts, grades, -1 if surplus > 0 else 1)
        for grades in combinations_with_replacement(GRADES, abs(surplus))
    ]
    possible = [after for after in every if min(after.values()) >= 0]
    first = leaders(counts)
    same = len(first) == 1 and all(leaders(after) == first for after in possible)
    assert ("is the same for any" in effect) is same


def test_turnout_that_differs_from_the_groups_votes_says_so():
    turnout = [votes(name, stated_total=number) for name, number in zip(ELEVEN[4:8], (20, 21, 21, 21), strict=True)]
    found = remark("turnout-differs", votes("2", undeveloped=1, developing=26, achieving=44, excelling=14), *turnout)
    assert found.message == "the turnout of each outcome adds to 83 (20 + 21 + 21 + 21), the votes by grade to 85"
    assert found.effect == "Achieving is the same for any removal of 2 votes"
    found = remark("turnout-differs", votes("2", developing=40, achieving=43), votes("2A", stated_total=90))
    assert found.effect == "the addition of 7 votes could change the result"


def test_turnout_that_agrees_or_has_nothing_beside_it_is_no_remark():
    assert remarks(votes("2", achieving=20), votes("2A", stated_total=20)) == []
    assert remarks(votes("2", stated_total=83), votes("2A", stated_total=20)) == []
    assert remarks(votes("2A", stated_total=20)) == []


def test_a_tie_says_that_a_panel_has_to_decide():
    found = remark("votes-tied", votes("2A", developing=7, achieving=7))
    assert found.message == "Developing and Achieving have the same number of votes"
    assert remarks(votes("2A", developing=7, achieving=7), rating("2A", "developing")) == []


def test_groups_of_raters_that_chose_differently_are_named():
    polls = votes("2A", "staff", achieving=9), votes("2A", "unions", developing=4), votes("2A", "", achieving=1)
    found = remark("raters-differ", *polls)
    assert found.message == (
        "groups of raters chose differently (staff: Achieving; unions: Developing; raters not named: Achieving)"
    )
    assert found.effect == "all their votes are counted together, one vote as one"
    assert found.severity is Severity.NOTE


def test_sessions_of_one_group_of_raters_are_one_choice():
    first = votes("2A", "staff", achieving=9)
    assert remarks(first, evolve(first, date=YEAR.start, votes={"developing": 2})) == []


def test_raters_who_cast_no_votes_chose_nothing():
    assert remarks(votes("2A", "staff", achieving=9), votes("2A", "unions", stated_total=3)) == []


def test_votes_on_a_criterion_with_a_scale_of_its_own_are_named_in_its_words():
    stars = Scale("stars", (Grade("bronze", "Bronze", 0), Grade("gold", "Gold", 1)))
    made = framework(criterion("2A", requirement("2A.x", stars.highest, "a"), scale=stars))
    assert remark("votes-tied", votes("2A", bronze=2, gold=2), made=made).message.startswith("Bronze and Gold")


# --- awards of other times and without a method ------------------------------------------------------------------


def test_ratings_of_another_period_are_left_out_with_a_remark():
    found = remark(
        "award-of-another-period", rating("2A", "excelling", "2022/23"), votes("2B", period="2024/25", achieving=3)
    )
    assert found.message == "ratings or votes for 2022/23, 2024/25 are not for 2023/24 and were left out"
    assert (found.severity, found.effect) == (Severity.NOTE, "none on this result")


def test_awards_for_another_framework_are_none_of_its_business():
    other = evolve(rating("2A", "excelling", "2022/23"), about="other/2A")
    assert remarks(other, evolve(other, period=YEAR), evolve(other, period=YEAR, service="x")) == []


def test_an_award_replaced_within_the_period_is_named():
    found = remark("earlier-award", rating("2A", "achieving", "May 2023"), rating("2A", "developing"))
    assert found.message == "the rating of 2023-05-31 for May 2023 was followed by a later one in 2023/24"
    assert (found.where, found.effect) == ("fw/2A", "the latest counts")


def test_services_ratings_of_the_whole_do_not_count_and_that_is_said():
    assert remark("award-not-used", rating("", "achieving", service="x")).where == "fw"


# --- points and totals -------------------------------------------------------------------------------------------


def test_a_stated_total_that_is_no_sum_of_whole_scores_is_taken_as_stated():
    found = remark("points-not-whole", rating("1", 7.5))
    assert found.message == "7.5 cannot be a sum of whole scores; it is probably an average"
    assert found.effect == "taken as stated, not rounded; totals between two bands have no rating"
    assert group_of(assessed(eleven(), rating("1", 7.5)), "1").points == 7.5
    assert remark("points-not-whole", rating("", 21.5)).where == "fw"


def test_on_a_scale_of_halves_a_half_is_nothing_odd():
    halves = Scale("halves", tuple(evolve(grade, points=grade.points / 2) for grade in SCALE.grades))
    made = framework(criterion("2A", *ladder("2A", "a", "b", "c").requirements, scale=halves), scale=halves)
    assert remarks(rating("2", 1.5), made=made) == []


def test_a_stated_total_that_is_not_its_parts_sum_says_so_and_is_used():
    parts = ratings(dict.fromkeys(ELEVEN[4:8], 2))
    found = remark("total-differs", rating("2", 7), *parts)
    assert (found.message, found.effect) == ("7 is stated, its parts add to 8", "the stated total is used")
    assert group_of(assessed(eleven(), rating("2", 7), *parts), "2").points == 7


def test_a_stated_total_outside_what_its_parts_leave_open_says_so():
    found = remark("total-differs", rating("2", 2), *ratings({"2A": 2, "2B": 2}))
    assert found.message == "2 is stated, its parts add to 4 to 10"
    assert remarks(rating("2", 4), *ratings({"2A": 2, "2B": 2})) == []


def test_a_stated_total_is_never_held_against_our_own_notes():
    notes = statement("a", "not in place")
    assert remarks(rating("2", 12), notes, code="total-differs") == []


def test_a_stated_total_of_the_whole_is_held_against_its_groups():
    found = remark("total-differs", *ratings({"1": 8, "2": 7, "3": 6, "": 22}))
    assert found.message == "22 is stated, its parts add to 21"
    found = remark("total-differs", *ratings({"1": 8, "2": 7, "": 25}))
    assert found.message == "25 is stated, its parts add to 15 to 24"
    assert remarks(*ratings({"1": 8, "2": 7, "": 24})) == []


def test_a_stated_total_is_held_against_the_middle_of_the_services():
    services = service_ratings(x=(2, 2, 2, 2), y=(1, 1, 1, 1), z=(0, 0, 0, 0))
    assert remark("total-differs", rating("1", 6), *services).message == "6 is stated, its parts add to 4"


def test_points_beside_a_grade_that_is_worth_others_say_so():
    found = remark("points-differ-from-grade", rating("2A", "achieving", points=3))
    assert (found.message, found.effect) == ("Achieving is worth 2, 3 is stated beside it", "Achieving is used")
    assert remarks(rating("2A", "achieving", points=2)) == []


def test_a_score_of_no_grade_says_so():
    found = remark("points-not-whole", rating("1A", 1.5, service="x"))
    assert found.effect == "taken as stated, not rounded; by itself it is no rating"


# --- ratings and what follows from their parts -------------------------------------------------------------------


def test_a_stated_overall_rating_that_its_points_do_not_give_says_so():
    found = remark("rating-differs", *ratings({"1": 8, "2": 7, "3": 6}), rating("", "achieving"))
    assert found.message == "Achieving was decided; its parts give Developing (21 points; Developing is 8 to 21)"
    assert (found.effect, found.internal) == ("what was decided stands", False)


def test_a_stated_overall_rating_beside_points_of_another_band_says_so():
    found = remark("rating-differs", rating("", "achieving", points=21))
    assert found.message.startswith("Achieving was decided; its parts give Developing (21 points")
    assert remarks(rating("", "achieving", points=22)) == []


def test_a_stated_overall_rating_with_parts_missing_is_compared_only_where_they_could_not_help():
    assert remarks(*ratings({"1": 8, "2": 7}), rating("", "achieving")) == []
    assert codes(assessed(eleven(), *ratings({"1": 4, "2": 4}), rating("", "achieving"))) == ["rating-differs"]


def test_a_difference_that_only_a_rule_of_our_own_shows_is_internal():
    found = remark("rating-differs", rating("2", "excelling"), *ratings(dict.fromkeys(ELEVEN[4:8], 1)))
    assert found.internal
    weak = methods(overall=points_total(8, 22, 33, most=33, basis=Basis.UNVERIFIED))
    assert remark(
        "rating-differs", *ratings({"1": 8, "2": 7, "3": 6}), rating("", "achieving"), made=eleven(methods=weak)
    ).internal


def test_a_decision_is_never_held_against_our_own_notes_in_public():
    notes = statement("a", "not in place")
    for decided in (
        rating("", "excelling"),
        rating("2", "excelling"),
        votes("2", excelling=5),
        rating("2A", "excelling"),
    ):
        found = remarks(decided, notes)
        assert [one.code for one in found] == ["award-differs-from-evidence"]
        assert all(one.internal for one in found)


def test_a_whole_by_words_is_held_against_its_groups_words():
    lowest = RollUpRule(Lowest(), Basis.PUBLISHED)
    made = eleven(methods=methods(groups=lowest, overall=lowest))
    given = rating("", "achieving"), *ratings(dict.fromkeys(ELEVEN, 1))
    assert remark("rating-differs", *given, made=made).message.endswith("Developing (Developing by lowest)")


def test_a_total_in_no_band_says_so():
    found = remark("total-in-no-band", *ratings({"1": 7.5, "2": 8, "3": 6}))
    assert found.message.startswith("21.5 points; 21.5 lies in no band")
    assert found.effect == "no overall grade is given"


# --- services ----------------------------------------------------------------------------------------------------


def test_the_methods_for_services_are_both_named_where_they_differ():
    found = remark("service-methods-differ", *service_ratings(x=(3, 0, 0, 0), y=(0, 3, 0, 0), z=(0, 0, 3, 0)))
    assert found.message == "the methods for services differ: median-of-totals 3; median-per-criterion 0"
    assert found.effect == "median-of-totals is used"
    assert remarks(*service_ratings(x=(1, 1, 1, 1), y=(2, 2, 2, 2), z=(0, 0, 0, 0))) == []


@pytest.mark.parametrize(
    ("number", "even", "effect"),
    [
        (1, "", "its ratings stand for all"),
        (2, "", "an even number has no middle one: set fw/services/even to lower, upper or mean in a profile"),
        (2, "lower", "an even number has no middle one: the lower is used"),
        (5, "", "the middle of those given is used"),
    ],
)
def test_another_number_of_services_than_expected_says_what_becomes_of_them(number, even, effect):
    made = eleven(methods=methods(services=evolve(SERVICES, even=even)))
    given = service_ratings(**dict.fromkeys("vwxyz"[:number], (2, 2, 2, 2)))
    found = remark("number-of-services", *given, made=made)
    assert found.effect == effect
    assert found.message.startswith(f"{number} service")


def test_the_number_of_services_is_no_matter_where_none_is_expected():
    made = eleven(methods=methods(services=evolve(SERVICES, expected=None)))
    assert remarks(*service_ratings(x=(2, 2, 2, 2)), made=made) == []


# --- printed figures ---------------------------------------------------------------------------------------------


def test_a_printed_percentage_that_its_counts_do_not_give_says_so():
    found = remark("percentage-differs", survey(139, 200, percent="71"))
    assert (found.message, found.effect) == ("s.recommend: 71% is printed, 139 of 200 is 69.5%", "the counts are used")
    assert remarks(survey(139, 200, percent="70")) == []


def test_a_percentage_that_was_cut_off_says_so():
    assert remark("percentage-differs", survey(139, 200, percent="69")).message.endswith(
        "it looks cut off, not rounded"
    )


def test_a_printed_figure_that_the_counts_do_not_give_says_so():
    counts = count("c.done", 3), count("c.due", 4)
    found = remark("figure-differs", figure("done", "80"), *counts)
    assert found.message == "done: 80% is printed, the evidence gives 75%"
    assert remark("figure-differs", figure("done", "0.75"), *counts).message.endswith(
        "it looks printed as a share of 1"
    )


def test_a_printed_figure_that_the_counts_give_says_so_and_how_it_was_rounded():
    exact = remark("figure-reproduced", figure("done", "75"), count("c.done", 3), count("c.due", 4))
    assert (exact.severity, exact.effect, exact.internal) == (Severity.NOTE, "", False)
    assert exact.message == "done: the counts give the printed 75, exactly"
    rounded = remark("figure-reproduced", figure("done", "66.7"), count("c.done", 2), count("c.due", 3))
    assert rounded.message == "done: the counts give the printed 66.7, rounded to its last digit"


def test_a_share_of_one_is_recognised_in_the_range_of_its_rounding():
    found = [
        "share of 1"
        in remark("figure-differs", figure("done", "0.8"), count("c.done", done), count("c.due", 20)).message
        for done in (14, 15, 16, 17)
    ]
    assert found == [False, True, True, False]


def test_two_printed_figures_are_compared_by_their_ranges():
    assert remarks(survey(percent="70"), figure("recommend", "70.4")) == []
    assert remark("figure-differs", survey(percent="70"), figure("recommend", "70.6"))
    assert remark("figure-differs", survey(percent="70"), figure("recommend", "71"))
    assert remark("figure-differs", survey(percent="71"), figure("recommend", "70"))


def test_a_value_that_would_print_as_the_next_figure_is_not_the_printed_one():
    assert remark("figure-differs", figure("done", "62"), count("c.done", 5), count("c.due", 8))
    assert remark("percentage-differs", survey(141, 200, percent="70"))


def test_figures_that_the_framework_does_not_use_or_that_are_not_this_years_are_no_matter():
    wrong = survey(139, 200, percent="71")
    assert remarks(wrong, made=eleven(measures={})) == []
    assert remarks(survey(139, 200, percent="71", period="2018/19")) == []


# --- panels and the evidence -------------------------------------------------------------------------------------


def test_a_panel_is_not_contradicted_the_award_stands_and_the_remark_is_internal():
    result = assessed(eleven(), rating("2A", "excelling"), *in_place("a"), statement("b", "not in place"))
    assert criterion_of(result, "2A").held.id == "excelling"
    [found] = result.remarks
    assert (found.code, found.internal, found.where) == ("award-differs-from-evidence", True, "fw/2A")
    assert found.message == "Excelling was awarded; the evidence given supports at most Developing"
    assert found.effect == "the award stands"


def test_evidence_for_more_than_was_awarded_is_an_internal_remark_too():
    found = remark("award-differs-from-evidence", rating("2A", "developing"), *in_place("ab"))
    assert found.message == "Developing was awarded; the evidence given supports at least Achieving"
    assert found.internal


def test_a_difference_that_rests_on_weak_rules_says_that_it_is_not_for_publication():
    asked = [
        requirement("2A.x", SCALE.grades[1], "a", Basis.UNVERIFIED),
        requirement("2A.y", SCALE.grades[2], "b", Basis.PROJECT),
    ]
    made = framework(criterion("2A", *asked, requirement("2A.z", SCALE.grades[3], "c", Basis.PROJECT)))
    notes = statement("a", "not in place"), statement("b"), statement("c", "not in place")
    found = remark("award-differs-from-evidence", rating("2A", "achieving"), *notes, made=made)
    assert found.effect == "the award stands; rules behind this are unverified, so it is not for publication"


def test_weak_rules_are_named_strongest_first_up_to_the_grade_that_was_awarded():
    bases = {"a": Basis.PROJECT, "b": Basis.PUBLISHED, "c": Basis.UNVERIFIED}
    asked = [requirement(f"2A.{letter}", SCALE.grades[2], letter, basis) for letter, basis in bases.items()]
    made = framework(criterion("2A", *asked))
    notes = [statement(letter, "not in place") for letter in bases]
    found = remark("award-differs-from-evidence", rating("2A", "achieving"), *notes, made=made)
    assert "rules behind this are unverified and project" in found.effect


def test_what_is_not_known_contradicts_nobody():
    assert remarks(rating("2A", "excelling"), *in_place("a")) == []
    assert remarks(rating("2A", "undeveloped")) == []


def test_a_framework_of_words_alone_is_reconciled_without_points():
    made = framework(criterion("2A", *ladder("2A", "a", "b", "c").requirements, scale=WORDS_ONLY), scale=WORDS_ONLY)
    assert remarks(rating("2A", "achieving"), votes("2", achieving=3), made=made) == []
