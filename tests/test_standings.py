"""Where criteria, groups and the whole stand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from engine_builders import (
    ACHIEVING,
    DEVELOPING,
    ELEVEN,
    EXCELLING,
    SCALE,
    UNDEVELOPED,
    WORDS_ONLY,
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
    points_total,
    rating,
    ratings,
    requirement,
    service_ratings,
    statement,
    votes,
)

from equityrules.assessment import assess
from equityrules.grading.by_rank import Highest, Lowest
from equityrules.model.basis import Basis
from equityrules.model.framework import RollUpRule
from equityrules.model.scale import Grade, Scale

LOWEST = RollUpRule(Lowest(), Basis.PUBLISHED)
ALL_TWO = ratings(dict.fromkeys(ELEVEN, 2))
LEEDS = ratings({**dict.fromkeys(ELEVEN[:7], 2), "2D": 1, "3": 6})


# --- criteria by their requirements ------------------------------------------------------------------------------


def by_requirements(letters, lacking=""):
    given = *in_place(letters), *(statement(letter, "not in place") for letter in lacking)
    return criterion_of(assessed(eleven(), *given), "2A")


def test_a_criterion_is_graded_by_its_requirements_where_nobody_decided():
    found = by_requirements("ab", "c")
    assert (found.held, found.attainable, found.points) == (ACHIEVING, ACHIEVING, 2)
    assert (found.graded_from, found.method) == ("requirements", "requirements, level by level")


def test_what_is_not_known_leaves_bounds():
    found = by_requirements("a")
    assert (found.held, found.attainable) == (DEVELOPING, EXCELLING)
    assert (found.points, found.points_low, found.points_attainable) == (None, 1, 3)


def test_where_nothing_is_known_no_grade_is_held_and_everything_attainable():
    found = by_requirements("")
    assert (found.held, found.attainable, found.graded_from, found.method) == (None, EXCELLING, None, "")
    assert (found.points_low, found.points_attainable) == (0, 3)
    assert found.because == "nothing in the evidence about it"


def test_evidence_that_cannot_be_judged_is_not_called_nothing():
    yearly = framework(ladder("1A", "p.yearly", "b", "c"))
    found = criterion_of(assessed(yearly, statement("p.yearly", period="2020/21")), "1A")
    assert found.because == "none of its requirements can be judged: stale, not evidenced"


def test_a_grade_by_requirements_stands_on_the_basis_of_the_weakest():
    asked = requirement("1A.x", DEVELOPING, "a"), requirement("1A.y", ACHIEVING, "b", Basis.UNVERIFIED)
    made = framework(criterion("1A", *asked))
    assert criterion_of(assessed(made, *in_place("a")), "1A").basis is Basis.PUBLISHED
    assert criterion_of(assessed(made, *in_place("ab")), "1A").basis is Basis.UNVERIFIED
    assert criterion_of(assessed(made), "1A").basis is None


def test_a_criterion_of_which_nothing_applies_has_no_grade_and_no_points():
    found = criterion_of(assessed(framework(ladder("1A", "a", "a", "a")), statement("a", "not applicable")), "1A")
    assert (found.applicable, found.held, found.attainable, found.points_low) == (False, None, None, None)
    assert found.because == "none of its requirements applies"


def test_a_criterion_without_requirements_waits_for_an_award():
    made = framework(criterion("1A"))
    found = criterion_of(assessed(made), "1A")
    assert (found.held, found.points_low, found.points_attainable, found.gaps) == (None, 0, 3, ())
    assert criterion_of(assessed(made, rating("1A", "achieving")), "1A").points == 2


def test_a_scale_without_points_gives_grades_and_no_points():
    made = framework(
        *(criterion(name, *ladder(name, "a", "b", "c").requirements, scale=WORDS_ONLY) for name in ("2A", "2B")),
        scale=WORDS_ONLY, methods=methods(groups=LOWEST, overall=LOWEST),
    )  # fmt: skip
    result = assessed(made, rating("2A", "excelling"), *in_place("a"), statement("b", "not in place"))
    assert [one.held.id for one in result.criteria] == ["excelling", "developing"]
    assert result.overall.held.id == "developing"
    levels = [result.overall, *result.groups, *result.criteria]
    assert {(one.points, one.points_low, one.points_attainable) for one in levels} == {(None, None, None)}


# --- groups ------------------------------------------------------------------------------------------------------


def test_a_group_adds_up_its_criteria():
    found = group_of(assessed(eleven(), *LEEDS), "2")
    assert (found.points, found.graded_from) == (7, "criteria")


def test_a_group_with_a_criterion_open_has_bounds():
    found = group_of(assessed(eleven(), *ratings({"3A": 2, "3B": 1})), "3")
    assert (found.points, found.points_low, found.points_attainable) == (None, 3, 6)


def test_a_group_has_a_word_where_mode_median_and_mean_agree():
    found = group_of(assessed(eleven(), *ratings({"3A": 1, "3B": 1, "3C": 2})), "3")
    assert (found.held, found.points, found.basis) == (DEVELOPING, 4, Basis.PROJECT)
    assert found.alternatives == {"mode": "Developing", "median": "Developing", "mean": "Developing"}


def test_a_group_has_no_word_where_they_do_not_agree():
    found = group_of(assessed(eleven(), *ratings({"3A": 0, "3B": 0, "3C": 3})), "3")
    assert found.held is None
    assert found.alternatives == {"mode": "Undeveloped", "median": "Undeveloped", "mean": "Developing"}


def test_a_voted_word_has_no_points_of_its_own():
    result = assessed(eleven(), votes("2", achieving=44, developing=26), *ratings({"2A": 1}))
    found = group_of(result, "2")
    assert (found.held, found.graded_from, found.basis) == (ACHIEVING, "votes", Basis.PROJECT)
    assert (found.points, found.points_low, found.points_attainable) == (None, 1, 10)


def test_a_stated_word_leaves_the_points_to_the_criteria():
    found = group_of(assessed(eleven(), rating("2", "excelling"), *ratings(dict.fromkeys(ELEVEN[4:8], 2))), "2")
    assert (found.held, found.points, found.method, found.basis) == (EXCELLING, 8, "stated", None)


def test_a_stated_total_is_the_groups_points_and_gives_no_word():
    found = group_of(assessed(eleven(), rating("2", 7.5)), "2")
    assert (found.points, found.held, found.attainable) == (Fraction(15, 2), None, None)
    assert (found.method, found.basis, found.graded_from) == ("stated total", None, "rating")
    assert found.because == "only its total is given: 7.5 points stated"


def test_a_stated_total_is_no_score_of_the_scale_even_where_it_could_be():
    found = group_of(assessed(eleven(), rating("2", 3)), "2")
    assert (found.points, found.held) == (3, None)


def test_a_stated_total_beside_graded_criteria_takes_its_word_from_them():
    found = group_of(assessed(eleven(), rating("2", 8), *ratings(dict.fromkeys(ELEVEN[4:8], 2))), "2")
    assert (found.points, found.held) == (8, ACHIEVING)


def test_a_criterion_that_does_not_apply_voids_the_groups_total_but_not_its_word():
    given = ratings({"3A": 2, "3B": 2})
    found = group_of(assessed(eleven(), *given, rating("3C", "not applicable")), "3")
    assert (found.points, found.points_low, found.points_attainable) == (None, None, None)
    assert (found.held, found.applicable) == (ACHIEVING, True)


def test_a_stated_total_stands_beside_a_criterion_that_does_not_apply():
    given = rating("3", 4), rating("3C", "not applicable")
    assert group_of(assessed(eleven(), *given), "3").points == 4


def test_a_criterion_that_does_not_apply_voids_the_total_of_services_too():
    given = *service_ratings(x=(2, 2, 2), y=(1, 1, 1), z=(0, 0, 0)), rating("1D", "not applicable")
    assert group_of(assessed(eleven(), *given), "1").points_low is None
    by_evidence = framework(*(ladder(name, "a", "a", "a") for name in ("1A", "1B", "1C", "1D")))
    result = assessed(by_evidence, *given[:-1], statement("a", "not applicable"))
    assert group_of(result, "1").points_low is None


def test_a_group_that_does_not_apply_says_so():
    found = group_of(assessed(eleven(), rating("3", "not applicable")), "3")
    assert (found.applicable, found.points_low, found.held) == (False, None, None)
    all_out = [rating(name, "not applicable") for name in ("3A", "3B", "3C")]
    assert not group_of(assessed(eleven(), *all_out), "3").applicable


def test_a_standard_without_a_rule_for_groups_gives_them_no_word():
    found = group_of(assessed(eleven(methods=methods(groups=None)), *LEEDS), "1")
    assert (found.held, found.points, found.method) == (None, 8, "none")
    assert found.because == "the standard gives no grade here"


def test_a_groups_method_on_too_weak_a_basis_is_left_out():
    found = group_of(assessed(eleven(), *LEEDS, basis=Basis.REPORTED), "1")
    assert (found.held, found.points) == (None, 8)
    assert found.because == "the method is project; left out by request"


# --- the whole ---------------------------------------------------------------------------------------------------


def test_the_total_picks_the_band():
    result = assessed(eleven(), *LEEDS)
    assert (result.overall.points, result.overall.held) == (21, DEVELOPING)
    assert (result.overall.method, result.overall.basis) == ("points-total", Basis.PUBLISHED)
    assert result.overall.because == "21 points; Developing is 8 to 21"


def test_eleven_times_achieving_is_just_achieving():
    assert assessed(eleven(), *ALL_TWO).overall.held == ACHIEVING


@pytest.mark.parametrize(
    ("points", "held"),
    [
        (7, UNDEVELOPED), (7.5, UNDEVELOPED), (8, DEVELOPING), (21, DEVELOPING), (21.5, None), (22, ACHIEVING),
        (32, ACHIEVING), (32.5, None), (33, EXCELLING),
    ],
)  # fmt: skip
def test_a_total_in_no_band_has_no_grade(points, held):
    overall = assessed(eleven(), *ratings({"1": points, "2": 0, "3": 0})).overall
    assert (overall.points, overall.held) == (Fraction(str(points)), held)


def test_with_a_part_missing_a_grade_is_held_only_where_both_bounds_give_it():
    overall = assessed(eleven(), *ratings({"1": 8, "2": 8, "3A": 1, "3B": 1})).overall
    assert (overall.points, overall.points_low, overall.points_attainable) == (None, 18, 21)
    assert (overall.held, overall.attainable) == (DEVELOPING, DEVELOPING)
    overall = assessed(eleven(), *ratings({"1": 8, "2": 8, "3A": 1, "3B": 2})).overall
    assert (overall.held, overall.attainable) == (None, ACHIEVING)
    assert overall.because == ("no settled points for 3: the total lies between 19 (Developing) and 22 (Achieving)")


def test_a_criterion_that_does_not_apply_voids_the_total():
    overall = assessed(eleven(), *ratings(dict.fromkeys(ELEVEN[:10], 2)), rating("3C", "not applicable")).overall
    assert (overall.points, overall.points_low, overall.held, overall.attainable) == (None, None, None, None)
    assert overall.because == "no total: 3 has no points, as not all of it applies"


def test_a_stated_overall_rating_comes_before_the_points():
    overall = assessed(eleven(), *LEEDS, rating("", "achieving", by="the board")).overall
    assert (overall.held, overall.points, overall.graded_from) == (ACHIEVING, 21, "rating")
    assert overall.because == "Achieving stated by the board"


def test_a_stated_overall_total_picks_the_band():
    overall = assessed(eleven(), rating("", 22)).overall
    assert (overall.held, overall.points, overall.method, overall.graded_from) == (
        ACHIEVING, 22, "points-total", "rating",
    )  # fmt: skip


def test_votes_on_the_whole_come_before_the_points():
    overall = assessed(eleven(), *LEEDS, votes("", excelling=3)).overall
    assert (overall.held, overall.graded_from, overall.basis) == (EXCELLING, "votes", Basis.PROJECT)


def test_a_whole_that_does_not_apply_says_so():
    overall = assessed(eleven(), *LEEDS, rating("", "not applicable")).overall
    assert (overall.applicable, overall.held, overall.points) == (False, None, None)


def test_a_standard_without_an_overall_rule_has_no_overall_grade():
    overall = assessed(eleven(methods=methods(overall=None)), *ALL_TWO).overall
    assert (overall.held, overall.points, overall.method, overall.gaps) == (None, None, "none", ())


def test_an_overall_rule_on_too_weak_a_basis_is_left_out_with_its_points():
    weak = eleven(methods=methods(overall=points_total(8, 22, 33, most=33, basis=Basis.UNVERIFIED)))
    overall = assessed(weak, *ALL_TWO, basis=Basis.REPORTED).overall
    assert (overall.held, overall.points, overall.gaps) == (None, None, ())
    assert overall.because == "the method is unverified; left out by request"
    assert "total-in-no-band" not in codes(assessed(weak, *ALL_TWO, rating("", 25), basis=Basis.REPORTED))


def test_where_nothing_is_said_of_anything_there_is_no_grade_anywhere():
    result = assess(eleven(), evidence(statement("p.yearly")))
    assert {one.held for one in (result.overall, *result.groups, *result.criteria)} == {None}
    assert {one.graded_from for one in (result.overall, *result.groups, *result.criteria)} == {None}
    assert (result.overall.points_low, result.overall.points_attainable) == (0, 33)


def test_where_the_standard_gives_groups_no_word_the_whole_is_made_of_the_criteria():
    made = eleven(methods=methods(groups=None, overall=LOWEST))
    result = assessed(made, *ratings({**dict.fromkeys(ELEVEN, 2), "3B": 1}))
    assert (result.overall.held, result.overall.points) == (DEVELOPING, 21)
    assert {one.held for one in result.groups} == {None}


def test_where_groups_have_words_the_whole_is_made_of_them():
    highest = RollUpRule(Highest(), Basis.PUBLISHED)
    result = assessed(
        eleven(methods=methods(groups=highest, overall=LOWEST)), *ratings({**dict.fromkeys(ELEVEN, 2), "3B": 1})
    )
    assert result.overall.held == ACHIEVING


def test_a_word_that_was_decided_for_a_group_stands_for_its_criteria_there():
    made = eleven(methods=methods(groups=None, overall=LOWEST))
    given = *ratings({**dict.fromkeys(ELEVEN, 2), "3B": 1}), rating("3", "excelling")
    assert assessed(made, *given).overall.held == ACHIEVING
    assert assessed(made, *given, rating("2", "not applicable")).overall.held == ACHIEVING


def test_criteria_on_other_scales_than_the_frameworks_give_no_common_word():
    stars = Scale("stars", (*SCALE.grades[:2], Grade("gold", "Gold", 2, Fraction(2))))
    own = criterion("2A", requirement("2A.x", DEVELOPING, "a"), requirement("2A.y", stars.highest, "b"), scale=stars)
    made = framework(own, ladder("2B", "a", "b", "c"))
    result = assessed(made, *in_place("abc"))
    assert criterion_of(result, "2A").held == stars.highest
    found = group_of(result, "2")
    assert (found.points, found.held, found.because) == (5, None, "its parts are on scales of their own")
