"""What the whole needs for its next band, and the proof that every single lift that is named gets there."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from engine_builders import (
    ACHIEVING,
    DEVELOPING,
    ELEVEN,
    EXCELLING,
    SCALE,
    WORDS_ONLY,
    applied,
    assessed,
    criterion,
    eleven,
    evidence,
    framework,
    in_place,
    ladder,
    methods,
    points_total,
    rating,
    ratings,
    requirement,
    service_ratings,
    votes,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from equityrules.assessment import assess
from equityrules.grading.by_rank import Agreement, Highest, Lowest, Mean, Median, Mode
from equityrules.model.basis import Basis
from equityrules.model.finding import GapKind
from equityrules.model.framework import RollUpRule
from equityrules.model.numbers import exactly
from equityrules.model.scale import Grade, Scale

LEEDS = ratings({**dict.fromkeys(ELEVEN[:7], 2), "2D": 1, "3": 6})


def overall_gap(*given, made=None, **options):
    [gap] = assessed(made or eleven(), *given, **options).overall.gaps
    return gap


def test_the_whole_is_short_of_the_next_band_by_points():
    gap = overall_gap(*LEEDS)
    assert (gap.kind, gap.shortfall, gap.unit, gap.leads_to) == (GapKind.SHORTFALL, 1, "points", ACHIEVING)
    assert gap.because == "1 point short of Achieving, which starts at 22"


def test_single_lifts_come_lowest_first_and_totals_last():
    levers = overall_gap(*LEEDS).levers
    assert [lever.text.partition(" ")[0] for lever in levers] == ["2D", *ELEVEN[:7], "one"]
    assert levers[0].text == "2D from Developing to Achieving"
    assert levers[-1].text == "one of 3A, 3B, 3C by 1 (only their total, 6, is known)"
    assert [str(edit) for edit in levers[-1].edits] == ["fw/domain-3=7"]


def test_where_no_single_criterion_can_be_lifted_far_enough_the_gap_says_so():
    gap = overall_gap(*ratings(dict.fromkeys(ELEVEN, 1)))
    assert (gap.shortfall, gap.levers) == (11, ())
    assert "no single outcome can be lifted that far" in gap.because


def test_services_in_the_middle_are_not_lifted():
    given = *service_ratings(x=(1, 1, 1, 1), y=(2, 2, 2, 2), z=(0, 0, 0, 0)), *ratings({"2": 12, "3": 5})
    gap = overall_gap(*given)
    assert gap.shortfall == 1
    assert [lever.text for lever in gap.levers] == ["one of 3A, 3B, 3C by 1 (only their total, 5, is known)"]
    known = ratings({**dict.fromkeys(ELEVEN[4:8], 3), **dict.fromkeys(ELEVEN[8:], 0)})
    gap = overall_gap(*given[:-2], *known)
    assert "no single outcome can be lifted that far (ratings of single services apart)" in gap.because


def test_a_stated_total_is_lifted_with_its_criterion():
    given = *ratings(dict.fromkeys(ELEVEN[:10], 2)), rating("3C", 1), rating("3", 5)
    levers = {lever.text: [str(edit) for edit in lever.edits] for lever in overall_gap(*given).levers}
    assert levers["3C from Developing to Achieving"] == ["fw/3C=achieving", "fw/domain-3=6"]
    assert levers["1A from Achieving to Excelling"] == ["fw/1A=excelling"]


def test_a_stated_total_of_the_whole_is_lifted_with_its_criterion():
    levers = overall_gap(*LEEDS, rating("", 21)).levers
    assert [str(edit) for edit in levers[0].edits] == ["fw/2D=achieving", "fw=22"]


def test_criteria_that_are_known_only_together_are_lifted_only_where_one_surely_has_the_room():
    given = *ratings({**dict.fromkeys(ELEVEN[:8], 2)}), rating("3", 4)
    assert [lever.text[:6] for lever in overall_gap(*given).levers] == ["one of"]
    spread = *ratings({**dict.fromkeys(ELEVEN[:8], 1)}), rating("3", 6)
    gap = overall_gap(*spread, made=eleven(methods=methods(overall=points_total(8, 16, 33, most=33))))
    assert (gap.shortfall, [lever.text[:6] for lever in gap.levers]) == (
        2,
        ["1A fro", *["1" + letter + " fro" for letter in "BCD"], *["2" + letter + " fro" for letter in "ABCD"]],
    )


def test_of_a_stated_total_only_what_is_not_known_is_lifted_together():
    given = *ratings({**dict.fromkeys(ELEVEN[:8], 2), "3A": 2}), rating("3", 5)
    assert overall_gap(*given).levers[-1].text == "one of 3B, 3C by 1 (only their total, 3, is known)"
    given = *given, rating("3C", "not applicable")
    assert overall_gap(*given).levers[-1].text == "3A from Achieving to Excelling"


def test_where_only_the_total_is_known_any_criterion_with_room_is_lifted():
    [lever] = overall_gap(rating("", 21)).levers
    assert lever.text == "any one outcome that has room, by 1 (only the total, 21, is known)"
    assert [str(edit) for edit in lever.edits] == ["fw=22"]


@pytest.mark.parametrize(("stated", "levers"), [(20, 1), (19, 0), (21.5, 1), (0, 0)])
def test_only_the_total_is_lifted_where_one_criterion_surely_has_the_room(stated, levers):
    gap = overall_gap(rating("", stated))
    assert len(gap.levers) == levers
    assert "no single outcome" not in gap.because


def test_a_lift_that_would_land_between_two_bands_is_not_named():
    made = framework(
        *(ladder(name, "a", "b", "c") for name in ("2A", "3A")), methods=methods(overall=points_total(3, 4, 5, most=6))
    )
    gap = overall_gap(rating("2", 1.5), rating("3A", 1), made=made)
    assert (gap.leads_to, gap.shortfall) == (DEVELOPING, Fraction(1, 2))
    assert [lever.text[:6] for lever in gap.levers] == ["one of"]


def test_no_gap_is_left_at_the_top():
    assert assessed(eleven(), *ratings(dict.fromkeys(ELEVEN, 3))).overall.gaps == ()


@pytest.mark.parametrize("target", ["undeveloped", "developing"])
def test_a_target_at_or_below_what_the_whole_holds_leaves_no_gap(target):
    assert assessed(eleven(), *LEEDS, target=target).overall.gaps == ()


def test_a_target_two_bands_up_is_aimed_at():
    gap = overall_gap(*LEEDS, target="excelling")
    assert (gap.leads_to, gap.shortfall) == (EXCELLING, 12)


def test_from_between_two_bands_the_next_one_is_near():
    gap = overall_gap(*ratings({"1": 7.5, "2": 8, "3": 6}))
    assert (gap.leads_to, gap.shortfall) == (ACHIEVING, Fraction(1, 2))


def test_a_stated_overall_rating_is_not_led_to_again():
    gap = overall_gap(*LEEDS, rating("", "achieving"))
    assert (gap.leads_to, gap.shortfall) == (EXCELLING, 12)


def test_parts_without_a_grade_are_one_gap_that_names_them():
    gap = overall_gap(*ratings({"1": 7.5, "2A": 2}))
    assert (gap.kind, gap.leads_to) == (GapKind.MISSING_EVIDENCE, ACHIEVING)
    assert gap.because == "no settled rating for 6 outcomes: 2B, 2C, 2D, 3A, 3B, 3C"
    assert [lever.text for lever in gap.levers] == ["settle the rating of 6 outcomes"]


def test_parts_that_could_not_change_the_grade_are_no_gap():
    result = assessed(eleven(), *ratings({"1": 8, "2": 8, "3A": 1, "3B": 1}))
    assert result.overall.held == DEVELOPING
    assert result.overall.gaps == ()


def test_on_a_scale_of_words_the_parts_without_a_grade_are_named_too():
    lowest = RollUpRule(Lowest(), Basis.PUBLISHED)
    made = framework(
        *(criterion(name, *ladder(name, "a", "b", "c").requirements, scale=WORDS_ONLY) for name in ("2A", "2B", "3A")),
        scale=WORDS_ONLY, methods=methods(groups=lowest, overall=lowest),
    )  # fmt: skip
    for known in ((), in_place("a")):
        gap = overall_gap(rating("2A", "achieving"), rating("3A", "excelling"), *known, made=made)
        assert gap.because == "no settled rating for 1 outcome: 2B"
    gap = overall_gap(*(rating(name, "achieving") for name in ("2A", "2B", "3A")), made=made)
    assert gap.because == "Achieving by lowest; for Excelling no single domain is enough, 2 together are"
    [lever] = gap.levers
    assert lever.text == "domain 2 from Achieving to Excelling and domain 3 from Achieving to Excelling"
    assert assessed(made, *(rating(name, "excelling") for name in ("2A", "2B", "3A"))).overall.gaps == ()


def test_an_open_award_of_the_whole_is_its_gap():
    gap = overall_gap(votes("", developing=3, achieving=3))
    assert gap.because.startswith("what was decided leaves it open: Developing and Achieving tie")


@st.composite
def scored(draw):
    """A framework of eight criteria in two groups with any bands, and points for them, their groups and the whole."""
    names = [f"{group}{letter}" for group in "12" for letter in "ABCD"]
    starts = sorted(draw(st.lists(st.integers(1, 24), min_size=3, max_size=3, unique=True)))
    made = framework(
        *(ladder(name, "a", "b", "c") for name in names),
        by_service=("1",) if draw(st.booleans()) else (),
        methods=methods(overall=points_total(*starts, most=24)),
    )
    known = {name: draw(st.integers(0, 3)) for name in names if draw(st.integers(0, 5))}
    given = list(ratings(known))
    for group in "12":
        parts = [known.get(f"{group}{letter}") for letter in "ABCD"]
        least = sum(part or 0 for part in parts)
        if None in parts or draw(st.booleans()):
            most = least + 3 * parts.count(None)
            given.append(rating(group, draw(st.integers(0, 2 * (most - least))) / 2 + least))
    if draw(st.integers(0, 5)) == 0:
        given.append(rating("", sum(float(one.points) for one in given if one.about.startswith("fw/domain"))))
    if draw(st.booleans()):
        given.extend(service_ratings(x=(1, 2, 0, 3), y=(2, 2), z=(0, 0, 0, 1)))
    return made, given


def one_point_less(lever):
    """The edits of a lever with its criterion one grade lower, or its total one point lower; None below nought."""
    grades = {grade.id: grade for grade in SCALE.grades}
    less = []
    for edit in lever.edits:
        grade = grades.get(edit.value)
        value = SCALE.grades[grade.rank - 1].id if grade else exactly(Fraction(edit.value) - 1)
        less.append(evolve(edit, value=value))
    return None if any(edit.value.startswith("-") for edit in less) else less


@given(scored(), st.sampled_from([None, *(grade.id for grade in SCALE.grades)]))
def test_every_single_lift_reaches_the_next_band_and_one_point_less_does_not(pair, target):
    made, given = pair
    body = evidence(*given)
    for gap in assess(made, body, target=target).overall.gaps:
        for lever in gap.levers:
            if lever.edits:
                after = assess(made, applied(body, lever.edits)).overall
                assert after.held is not None
                assert after.held.rank >= gap.leads_to.rank
                if less := one_point_less(lever):
                    after = assess(made, applied(body, less)).overall
                    assert after.held is None or after.held.rank < gap.leads_to.rank


@given(st.lists(st.integers(0, 3), min_size=11, max_size=11))
def test_every_criterion_that_could_be_lifted_far_enough_is_named(points):
    given = ratings(dict(zip(ELEVEN, points, strict=True)))
    body = evidence(*given)
    for gap in assess(eleven(), body).overall.gaps:
        enough = {
            name for name in ELEVEN if sum(points) - points[ELEVEN.index(name)] + 3 >= sum(points) + gap.shortfall
        }
        assert {lever.text[:2] for lever in gap.levers} == enough


WORDS = [RollUpRule(kind(), Basis.PUBLISHED) for kind in (Mode, Median, Mean, Agreement, Lowest, Highest)]


@st.composite
def worded(draw):
    """A framework whose whole is made of grades in words, of its groups or of its criteria, and ratings of them."""
    names = [f"{group}{letter}" for group in "1234"[: draw(st.integers(1, 4))] for letter in "AB"]
    groups = draw(st.sampled_from([None, RollUpRule(Lowest(), Basis.PUBLISHED)]))
    made = framework(
        *(criterion(name, *ladder(name, "a", "b", "c").requirements, scale=WORDS_ONLY) for name in names),
        scale=WORDS_ONLY, by_service=(), methods=methods(groups=groups, overall=draw(st.sampled_from(WORDS))),
    )  # fmt: skip
    return made, [rating(name, draw(st.sampled_from(SCALE.grades)).id) for name in names]


@settings(deadline=None)
@given(worded(), st.sampled_from([None, *(grade.id for grade in SCALE.grades)]))
def test_lifts_in_words_reach_the_grade_and_neither_fewer_parts_nor_a_lower_grade_do(pair, target):
    made, given = pair
    body = evidence(*given)

    def reaches(edits, grade):
        held = assess(made, applied(body, edits)).overall.held
        return held is not None and held.rank >= grade.rank

    for gap in assess(made, body, target=target).overall.gaps:
        assert gap.levers
        for lever in gap.levers:
            assert reaches(lever.edits, gap.leads_to)
            assert target or gap.leads_to.rank
            for edit in lever.edits:
                others = [other for other in lever.edits if other is not edit]
                lower = WORDS_ONLY.grades[WORDS_ONLY.read(edit.value).rank - 1]
                assert not reaches(others, gap.leads_to)
                assert not reaches([*others, evolve(edit, value=lower.id)], gap.leads_to) or lower.rank == 0


def test_a_whole_between_two_grades_names_what_makes_it_one():
    median = RollUpRule(Median(), Basis.PUBLISHED)
    made = framework(
        *(criterion(name, *ladder(name, "a", "b", "c").requirements, scale=WORDS_ONLY) for name in ("1A", "1B")),
        scale=WORDS_ONLY, by_service=(), methods=methods(groups=None, overall=median),
    )  # fmt: skip
    gap = overall_gap(rating("1A", "developing"), rating("1B", "achieving"), made=made)
    assert gap.because == "no one grade by median; for Achieving one outcome better is enough"
    assert [lever.text for lever in gap.levers] == ["outcome 1A from Developing to Achieving"]


def in_words(overall, *names, groups=None, **changes):
    """A framework without points whose whole is made of grades in words."""
    return framework(
        *(criterion(name, *ladder(name, "a", "b", "c").requirements, scale=WORDS_ONLY) for name in names),
        scale=WORDS_ONLY, by_service=(), methods=methods(groups=groups, overall=RollUpRule(overall, Basis.PUBLISHED)),
        **changes,
    )  # fmt: skip


def test_what_makes_one_grade_of_two_is_the_better_one():
    given = (rating(name, grade) for name, grade in zip(
        ("1A", "1B", "1C", "1D"), ("undeveloped", "undeveloped", "developing", "developing"), strict=True,
    ))  # fmt: skip
    gap = overall_gap(*given, made=in_words(Mode(), "1A", "1B", "1C", "1D"))
    assert gap.because == "no one grade by mode; for Developing one outcome better is enough"
    assert [str(lever.edits[0]) for lever in gap.levers] == ["fw/1A=developing", "fw/1B=developing"]


def test_parts_on_scales_of_their_own_are_not_lifted_to_grades_they_do_not_have():
    yes_or_no = Scale("yes-or-no", (Grade("no", "No", 0), Grade("yes", "Yes", 1)))
    own = criterion("1B", requirement("1B.r", yes_or_no.grades[1], "a"), scale=yes_or_no)
    made = in_words(Lowest(), "1A")
    made = framework(*made.criteria, own, scale=WORDS_ONLY, by_service=(), methods=made.methods)
    gap = overall_gap(rating("1A", "developing"), rating("1B", "no"), made=made)
    assert (gap.because, gap.levers) == ("its parts are on scales of their own", ())


def test_a_group_and_a_criterion_of_one_name_are_lifted_apart():
    made = in_words(Lowest(), "1A", "2A")
    one = evolve(made.criteria[1], id="1")
    made = framework(made.criteria[0], one, scale=WORDS_ONLY, by_service=(), methods=made.methods)
    given = rating("1", "developing"), evolve(rating("1A", "developing"), about="fw/1")
    gap = overall_gap(*given, made=made)
    assert gap.because == "Developing by lowest; for Achieving no single domain is enough, 2 together are"


def test_where_more_parts_are_wanted_than_can_be_tried_the_gap_says_so():
    names = [f"1{letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
    gap = overall_gap(*(rating(name, "developing") for name in names), made=in_words(Lowest(), *names))
    assert gap.because == "Developing by lowest; for Achieving it takes more than 2 of its parts together"
    assert gap.levers == ()


def test_a_grade_that_parts_without_one_cannot_change_is_no_gap():
    given = (rating(name, "achieving") for name in ("1A", "1B"))
    whole = assessed(in_words(Median(), "1A", "1B", "1C"), *given).overall
    assert (whole.held.id, whole.gaps) == ("achieving", ())
