"""What the evidence says of each requirement, what explains it, and which grades that supports."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from engine_builders import (
    ACHIEVING,
    DEVELOPING,
    EXCELLING,
    SCALE,
    UNDEVELOPED,
    criterion,
    explanation,
    finding,
    requirement,
    snapshot,
    statement,
)
from hypothesis import given
from hypothesis import strategies as st

from equityrules.grading.requirements import applies, basis_of, explain, find, find_all, support
from equityrules.model.basis import BASIS_MEANINGS, Basis
from equityrules.model.finding import Outcome, Reason
from equityrules.model.result import Supported

MET, UNMET, UNKNOWN, NA = Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE
GRADES = SCALE.grades[1:]


def supported(*levels):
    """What findings support, given the outcomes for each grade above the lowest."""
    return support(SCALE, [finding(grade, one) for grade, level in zip(GRADES, levels, strict=False) for one in level])


# --- findings ----------------------------------------------------------------------------------------------------


def test_a_finding_carries_the_requirements_grade_text_basis_and_source():
    asked = requirement("1A.x", ACHIEVING, "a", Basis.REPORTED)
    found = find(asked, snapshot(statement("a")), None)
    assert (found.requirement, found.grade, found.text) == ("1A.x", ACHIEVING, "Text of 1A.x")
    assert (found.outcome, found.basis, found.source) == (MET, Basis.REPORTED, "a source")


@pytest.mark.parametrize(("basis", "level"), list(product(Basis, Basis)))
def test_a_rule_on_a_weaker_basis_than_asked_for_is_not_judged(basis, level):
    order = ["published", "confirmed locally", "derived", "reported", "unverified", "project"]
    found = find(requirement("1A.x", basis=basis), snapshot(statement("a", "not in place")), level)
    if order.index(basis) > order.index(level):
        assert (found.outcome, found.reason) == (UNKNOWN, Reason.NOT_JUDGED)
        assert found.because == f"the rule is {basis}; left out by request"
    else:
        assert found.outcome is UNMET


def test_every_basis_has_a_meaning():
    assert set(BASIS_MEANINGS) == set(Basis)


def test_findings_come_in_the_order_of_the_requirements():
    one = criterion("1A", requirement("1A.y", ACHIEVING, "b"), requirement("1A.x", DEVELOPING, "a"))
    assert [found.requirement for found in find_all(one, snapshot(), None)] == ["1A.x", "1A.y"]


# --- supported grades --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "held", "attainable"),
    [
        (([MET], [MET], [MET]), EXCELLING, EXCELLING),
        (([MET], [MET], [UNKNOWN]), ACHIEVING, EXCELLING),
        (([MET, UNMET], [MET], [MET]), UNDEVELOPED, UNDEVELOPED),
        (([MET], [UNMET, UNKNOWN], [MET]), DEVELOPING, DEVELOPING),
        (([UNKNOWN], [MET], [UNMET]), None, ACHIEVING),
        (([UNKNOWN], [UNMET], [MET]), None, DEVELOPING),
        (([MET, UNKNOWN], [MET], [MET]), None, EXCELLING),
        (([UNKNOWN], [UNKNOWN], [UNKNOWN]), None, EXCELLING),
        (([UNMET, UNKNOWN], [UNKNOWN], [UNKNOWN]), UNDEVELOPED, UNDEVELOPED),
        (([MET, NA], [NA], [UNMET]), ACHIEVING, ACHIEVING),
    ],
)
def test_held_counts_what_is_met_and_attainable_also_what_is_unknown(levels, held, attainable):
    assert supported(*levels) == Supported(held, attainable)


def test_a_grade_needs_all_the_grades_below_it():
    assert supported([UNMET], [MET], [MET]) == Supported(UNDEVELOPED, UNDEVELOPED)


def test_the_lowest_grade_is_held_only_if_something_for_the_next_is_unmet():
    assert supported([UNMET], [UNKNOWN], [UNKNOWN]).held == UNDEVELOPED
    assert supported([UNKNOWN], [UNMET], [UNMET]).held is None


def test_where_nothing_is_known_no_grade_is_held():
    assert supported([UNKNOWN, NA], [UNKNOWN], [UNKNOWN]).held is None


def test_a_grade_that_asks_for_nothing_that_applies_is_no_obstacle():
    assert supported([NA], [UNMET], [MET]) == Supported(DEVELOPING, DEVELOPING)
    assert supported([NA], [MET], [UNKNOWN]) == Supported(ACHIEVING, EXCELLING)


def test_without_requirements_nothing_is_supported():
    assert support(SCALE, []) == Supported(None, None)


levels_of = st.lists(st.tuples(st.sampled_from(GRADES), st.sampled_from(Outcome)), min_size=1, max_size=8)


def made(pairs):
    return [finding(grade, one) for grade, one in pairs]


def rank(grade):
    return grade.rank if grade else 0


def plain_grade(pairs, unknown):
    """The highest grade with nothing unmet up to it, where everything unknown turns out one way."""
    turned = [(grade, unknown if one is UNKNOWN else one) for grade, one in pairs]
    unmet = [grade.rank for grade, one in turned if one is UNMET]
    return min(unmet) - 1 if unmet else len(GRADES)


@given(levels_of)
def test_held_is_never_above_attainable(pairs):
    shown = support(SCALE, made(pairs))
    assert rank(shown.held) <= shown.attainable.rank


@given(levels_of)
def test_held_is_the_grade_if_all_that_is_unknown_turns_out_unmet_or_none(pairs):
    held = support(SCALE, made(pairs)).held
    worst = plain_grade(pairs, UNMET)
    nothing_unmet = all(one is not UNMET for grade, one in pairs if grade == DEVELOPING)
    if worst == 0 and nothing_unmet:
        assert held is None
    else:
        assert held.rank == worst


@given(levels_of)
def test_attainable_is_the_grade_if_all_that_is_unknown_turns_out_met(pairs):
    assert support(SCALE, made(pairs)).attainable.rank == plain_grade(pairs, MET)


@given(levels_of, st.data())
def test_a_better_finding_never_lowers_a_grade(pairs, data):
    better = {UNMET: UNKNOWN, UNKNOWN: MET}
    places = [place for place, (_, one) in enumerate(pairs) if one in better]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    raised = [(grade, better[one] if here == place else one) for here, (grade, one) in enumerate(pairs)]
    before, after = support(SCALE, made(pairs)), support(SCALE, made(raised))
    assert rank(before.held) <= rank(after.held)
    assert before.attainable.rank <= after.attainable.rank


def test_a_criterion_applies_unless_none_of_its_requirements_does():
    assert applies([])
    assert applies([NA, UNKNOWN])
    assert not applies([NA, NA])


def test_a_grade_stands_on_its_weakest_rule_that_says_anything():
    known = finding(DEVELOPING, MET, basis=Basis.REPORTED), finding(ACHIEVING, UNMET, basis=Basis.DERIVED)
    silent = finding(ACHIEVING, UNKNOWN, basis=Basis.PROJECT)
    assert basis_of([*known, silent], DEVELOPING) is Basis.REPORTED
    assert basis_of([silent], None) is None


def test_rules_beyond_the_next_grade_have_no_part_in_what_a_grade_stands_on():
    beyond = finding(EXCELLING, MET, basis=Basis.PROJECT), finding(DEVELOPING, MET, basis=Basis.PUBLISHED)
    assert basis_of(beyond, DEVELOPING) is Basis.PUBLISHED
    assert basis_of(beyond, ACHIEVING) is Basis.PROJECT


# --- comply or explain -------------------------------------------------------------------------------------------

DAY = date(2024, 3, 31)


def explained(outcome=UNMET, name="1A.x", as_of=DAY, **changes):
    given = explanation("1A.x", **changes)
    [found] = explain([finding(DEVELOPING, outcome, name, because="not in place")], {"1A.x": given}, as_of)
    return found


def test_an_explained_requirement_stays_unmet_and_is_shown_as_explained():
    found = explained(until=date(2024, 6, 30))
    assert found.outcome is UNMET
    assert found.explained == "The contract starts in June (Director of People, until 2024-06-30)"


def test_an_explanation_without_an_end_stands():
    assert explained().explained == "The contract starts in June (Director of People)"


def test_an_explanation_that_nobody_signed_says_so():
    assert explained(by="").explained.endswith("(nobody named)")


def test_an_explanation_stands_on_its_last_day_and_has_expired_the_day_after():
    assert explained(until=DAY).explained
    found = explained(until=DAY, as_of=date(2024, 4, 1))
    assert not found.explained
    assert found.because == "not in place; the explanation for it expired on 2024-03-31"


def test_an_explanation_of_a_ladder_covers_its_steps():
    assert explained(name="1A.x/achieving").explained
    assert not explained(name="1A.xy").explained


@pytest.mark.parametrize("outcome", [MET, NA])
def test_what_is_met_or_does_not_apply_needs_no_explanation(outcome):
    assert not explained(outcome).explained


def test_a_step_with_an_explanation_of_its_own_takes_that():
    both = {"1A.x": explanation("1A.x"), "1A.x/achieving": explanation("1A.x", because="Another reason")}
    [found] = explain([finding(ACHIEVING, UNMET, "1A.x/achieving")], both, DAY)
    assert found.explained.startswith("Another reason")
