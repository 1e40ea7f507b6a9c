"""What is missing for the next grade, and the proof that what closes a gap does close it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from attrs import evolve
from engine_builders import (
    ACHIEVING,
    DEVELOPING,
    EXCELLING,
    LETTERS,
    POLICIES,
    RECOMMEND,
    SCALE,
    UNDEVELOPED,
    all_of,
    applied,
    assessed,
    attested,
    count,
    criterion,
    criterion_of,
    eleven,
    evidence,
    explanation,
    finding_of,
    framework,
    in_place,
    ladder,
    methods,
    points_total,
    rating,
    requirement,
    service_ratings,
    some_of,
    statement,
    survey,
    threshold,
    votes,
)
from hypothesis import given
from hypothesis import strategies as st

from equityrules.assessment import assess
from equityrules.conditions import SomeOf
from equityrules.model.basis import Basis
from equityrules.model.evidence import Status
from equityrules.model.finding import GapKind, Outcome
from equityrules.model.vocabulary import make_cell

SATISFIED = (Outcome.MET, Outcome.NOT_APPLICABLE)


def gaps(*given, made=None, name="2A", **options):
    return criterion_of(assessed(made or eleven(), *given, **options), name).gaps


def asking(condition, *given, **options):
    """The one gap of a criterion whose one requirement has this condition."""
    made = framework(criterion("2A", requirement("2A.x", DEVELOPING, condition)))
    [gap] = gaps(*given, made=made, **options)
    return gap


def edits(gap):
    return [str(edit) for lever in gap.levers for edit in lever.edits]


# --- of a criterion ----------------------------------------------------------------------------------------------


def test_only_what_holds_back_the_next_grade_is_a_gap():
    assert [gap.requirement for gap in gaps(*in_place("a"))] == ["2A.achieving"]
    assert [gap.requirement for gap in gaps()] == ["2A.developing"]
    assert gaps(*in_place("abc")) == ()


def test_a_gap_says_whose_it_is_where_it_leads_and_why():
    [gap] = gaps(*in_place("a"))
    assert (gap.criterion.id, gap.criterion.title, gap.leads_to) == ("2A", "Title of 2A", ACHIEVING)
    assert gap.because == "Text of 2A.achieving: nothing says whether this is in place (p.b)"


def test_a_target_two_grades_up_lists_both_grades_gaps():
    found = gaps(*in_place("a"), target="excelling")
    assert [(gap.requirement, gap.leads_to) for gap in found] == [
        ("2A.achieving", EXCELLING), ("2A.excelling", EXCELLING),
    ]  # fmt: skip


@pytest.mark.parametrize("target", ["undeveloped", "developing", "achieving"])
def test_a_target_at_or_below_what_is_held_leaves_no_gaps(target):
    assert gaps(*in_place("ab"), target=target) == ()


def test_a_target_between_is_aimed_at():
    assert [gap.leads_to for gap in gaps(*in_place("a"), target="achieving")] == [ACHIEVING]


def test_an_award_settles_the_requirements_up_to_it():
    found = gaps(rating("2A", "achieving"))
    assert [gap.requirement for gap in found] == ["2A.excelling"]
    assert gaps(rating("2A", "excelling")) == ()


def test_an_award_of_the_lowest_grade_settles_nothing():
    assert [gap.requirement for gap in gaps(rating("2A", "undeveloped"))] == ["2A.developing"]


def test_an_award_between_two_grades_settles_those_below_it():
    [gap] = gaps(rating("2A", 1.5))
    assert (gap.requirement, gap.leads_to) == ("2A.achieving", ACHIEVING)


def test_an_open_award_is_the_one_gap():
    [gap] = gaps(votes("2A", developing=7, achieving=7))
    assert (gap.requirement, gap.kind, gap.leads_to) == ("2A", GapKind.MISSING_EVIDENCE, ACHIEVING)
    assert gap.because.startswith("what was decided leaves it open: Developing and Achieving tie")
    [gap] = gaps(*service_ratings(x=(2,), y=(1,)), name="1A")
    assert gap.requirement == "1A"


def test_what_does_not_apply_has_no_gaps():
    assert gaps(rating("2A", "not applicable")) == ()
    assert gaps(statement("a", "not applicable"), made=framework(ladder("2A", "a", "a", "a"))) == ()


def test_an_explained_requirement_is_not_a_gap_and_an_expired_explanation_brings_it_back():
    unmet = statement("a", "not in place"), explanation("2A.developing", until=date(2024, 6, 30))
    assert gaps(*unmet) == ()
    [gap] = gaps(*unmet, as_of=date(2024, 7, 1))
    assert gap.because.endswith("the explanation for it expired on 2024-06-30")


# --- kinds and shortfalls ----------------------------------------------------------------------------------------

OVER_SEVENTY = threshold(RECOMMEND, "above", 70)


@pytest.mark.parametrize(
    ("condition", "given", "kind"),
    [
        (attested("a"), (), GapKind.MISSING_EVIDENCE),
        (attested("a"), (statement("a", "not in place"),), GapKind.SHORTFALL),
        (attested("a"), (statement("a", "committed"),), GapKind.SHORTFALL),
        (attested("p.yearly"), (statement("p.yearly", period="2020/21"),), GapKind.STALE),
        (OVER_SEVENTY, (survey(120, 200),), GapKind.SHORTFALL),
        (OVER_SEVENTY, (survey(8, 9),), GapKind.TOO_FEW),
        (OVER_SEVENTY, (survey(0, 0),), GapKind.NOT_COMPUTABLE),
        (OVER_SEVENTY, (survey(percent="70"),), GapKind.NOT_COMPUTABLE),
        (OVER_SEVENTY, (survey(150, 200, period="2020/21"),), GapKind.STALE),
        (OVER_SEVENTY, (), GapKind.MISSING_EVIDENCE),
    ],
)
def test_every_gap_has_its_kind(condition, given, kind):
    assert asking(condition, *given).kind is kind


def test_what_was_left_out_by_request_is_a_gap_of_its_own_kind_without_a_lever():
    made = framework(criterion("2A", requirement("2A.x", DEVELOPING, "a", Basis.UNVERIFIED)))
    [gap] = gaps(statement("a", "not in place"), made=made, basis=Basis.REPORTED)
    assert (gap.kind, gap.levers) == (GapKind.NOT_JUDGED, ())


def test_a_shortfall_is_exact_and_in_the_measures_own_unit():
    gap = asking(OVER_SEVENTY, survey(139, 200))
    assert (gap.shortfall, gap.unit) == (Fraction(1, 2), "percentage points")
    gap = asking(threshold(POLICIES, "at_least", 3), count("c.policies", 1))
    assert (gap.shortfall, gap.unit) == (2, "policies")


def test_exactly_the_threshold_that_is_to_be_exceeded_is_short_by_nothing_that_can_be_measured():
    gap = asking(OVER_SEVENTY, survey(140, 200))
    assert gap.shortfall == 0
    assert gap.because.endswith("70% (140 of 200) is not above 70%")


def test_what_is_unknown_has_no_shortfall():
    assert asking(OVER_SEVENTY, survey(percent="70")).shortfall is None
    assert asking(attested("a")).shortfall is None


# --- levers on statements ----------------------------------------------------------------------------------------


def test_a_missing_statement_is_to_be_shown_and_an_unmet_one_to_be_put_in_place():
    [lever] = asking(attested("a")).levers
    assert (lever.text, [str(edit) for edit in lever.edits]) == ("show that it is in place", ["p.a=in place"])
    [lever] = asking(attested("a"), statement("a", "not in place")).levers
    assert lever.text == "put in place what is missing and show it"


def test_a_lever_names_the_cell_it_is_about():
    assert edits(asking(attested("p.grouped", sex="women"))) == ["p.grouped[sex=women]=in place"]


def test_all_of_several_needs_those_that_lack():
    given = statement("a"), statement("c", "not applicable")
    assert edits(asking(all_of("a", "b", "c", "d"), *given)) == ["p.b=in place", "p.d=in place"]


def test_some_of_several_needs_no_more_than_are_missing():
    gap = asking(some_of(2, "a", "b", "c", "d"), statement("b"))
    [lever] = gap.levers
    assert (lever.text, edits(gap)) == ("show 1 more part of these 3 in place", ["p.a=in place"])


def test_one_statement_that_serves_two_parts_is_named_once():
    assert edits(asking(all_of("a", some_of(1, "a", "b")))) == ["p.a=in place"]


def test_a_measure_has_no_lever_among_the_statements():
    assert asking(OVER_SEVENTY).levers == ()
    assert asking(threshold(POLICIES, "at_least", 3)).levers == ()
    assert asking(all_of("a", OVER_SEVENTY)).levers == ()


def test_a_measure_that_is_met_leaves_the_statements_as_levers():
    assert edits(asking(all_of("a", OVER_SEVENTY), survey(150, 200))) == ["p.a=in place"]


def test_where_too_few_parts_apply_no_lever_is_claimed_and_the_reason_says_so():
    gap = asking(some_of(2, "a", "b"), statement("b", "not applicable"))
    assert gap.levers == ()
    assert "0 of 1 shown, 2 needed" in gap.because


# --- the proof, for any framework of statements ------------------------------------------------------------------

leaves = st.one_of(
    st.sampled_from(LETTERS[:5]).map(attested),
    st.sampled_from(["women", "men"]).map(lambda sex: attested("p.grouped", sex=sex)),
    st.just(attested("p.grouped")),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda parts: st.sampled_from([None, *range(1, len(parts) + 1)]).map(lambda need: SomeOf(tuple(parts), need))
    ),
    max_leaves=5,
)
statuses = st.sampled_from(["in place", "committed", "not in place", "not applicable"])
cells = st.sampled_from([(), make_cell({"sex": "women"}), make_cell({"sex": "men"})])
statements = st.one_of(
    st.builds(statement, st.sampled_from(LETTERS[:5]), statuses),
    st.builds(lambda status, cell: statement("p.grouped", status, cell=cell), statuses, cells),
)
several_statements = st.lists(statements, max_size=7, unique_by=lambda one: (one.item, one.cell))


@st.composite
def criteria(draw, name):
    asked = [
        requirement(f"{name}.r{place}", draw(st.sampled_from(SCALE.grades[1:])), draw(conditions))
        for place in range(draw(st.integers(1, 4)))
    ]
    return criterion(name, *asked)


@st.composite
def frameworks(draw):
    names = [
        f"{group}{letter}" for group in "12"[: draw(st.integers(1, 2))] for letter in "AB"[: draw(st.integers(1, 2))]
    ]
    most = 3 * len(names)
    starts = sorted(
        draw(st.lists(st.integers(1, most), min_size=3, max_size=3, unique=True)) if most > 3 else [1, 2, 3]
    )
    made = [draw(criteria(name)) for name in names]
    return framework(*made, by_service=(), methods=methods(overall=points_total(*starts, most=most)))


targets = st.sampled_from([None, *(grade.id for grade in SCALE.grades)])


@given(frameworks(), several_statements, targets)
def test_the_edits_of_a_lever_close_its_gap_and_none_of_them_can_be_spared(made, given, target):
    body = evidence(*given, statement("h"))
    for gap in assess(made, body, target=target).gaps:
        for lever in gap.levers:
            if gap.requirement == "fw" or not lever.edits:
                continue
            after = assess(made, applied(body, lever.edits), target=target)
            assert finding_of(after, gap.requirement).outcome is Outcome.MET
            for fewer in combinations(lever.edits, len(lever.edits) - 1):
                after = assess(made, applied(body, fewer), target=target)
                assert finding_of(after, gap.requirement).outcome is not Outcome.MET


@given(frameworks(), several_statements, targets)
def test_all_levers_together_reach_the_grade_they_lead_to(made, given, target):
    body = evidence(*given, statement("h"))
    for before in assess(made, body, target=target).criteria:
        if not before.gaps or not all(gap.levers for gap in before.gaps):
            continue
        together = [edit for gap in before.gaps for edit in gap.levers[0].edits]
        after = criterion_of(assess(made, applied(body, together)), before.id)
        assert after.supported.held.rank >= before.gaps[0].leads_to.rank
        assert after.held == after.supported.held


@given(frameworks(), several_statements, st.sampled_from(SCALE.grades))
def test_beside_an_award_all_levers_together_show_what_the_next_grade_asks_for(made, given, awarded):
    body = evidence(*given, rating("1A", awarded.id))
    before = criterion_of(assess(made, body), "1A")
    if not before.gaps or not all(gap.levers for gap in before.gaps):
        return
    together = [edit for gap in before.gaps for edit in gap.levers[0].edits]
    after = criterion_of(assess(made, applied(body, together)), "1A")
    assert after.held == awarded
    wanted = [one for one in after.findings if awarded.rank < one.grade.rank <= before.gaps[0].leads_to.rank]
    assert all(one.outcome in SATISFIED for one in wanted)


@given(frameworks(), several_statements)
def test_where_putting_things_in_place_closes_a_gap_there_is_a_lever(made, given):
    lacking = [one for one in given if one.status != "not applicable"]
    body = evidence(*given, statement("h"))
    shown = [evolve(one, status=Status.IN_PLACE) for one in lacking]
    best = assess(made, evidence(*(one for one in given if one not in lacking), *shown, statement("h")))
    for one in assess(made, body).criteria:
        for gap in one.gaps:
            if finding_of(best, gap.requirement).outcome is Outcome.MET:
                assert gap.levers


@given(frameworks(), several_statements)
def test_a_lift_of_a_criterion_that_its_requirements_graded_reaches_the_next_band_too(made, given):
    body = evidence(*given, statement("h"))
    for gap in assess(made, body).overall.gaps:
        for lever in gap.levers:
            if lever.edits:
                after = assess(made, applied(body, lever.edits)).overall
                assert after.held is not None
                assert after.held.rank >= gap.leads_to.rank
                assert UNDEVELOPED.rank < after.held.rank
