"""The straight line as a whole: periods, targets, explanations, texts and the receipt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve
from engine_builders import (
    ACHIEVING,
    DEVELOPING,
    ELEVEN,
    EXCELLING,
    RECOMMEND,
    SCALE,
    YEAR,
    assessed,
    codes,
    criterion,
    criterion_of,
    eleven,
    evidence,
    explanation,
    figure,
    finding_of,
    framework,
    in_place,
    ladder,
    rating,
    ratings,
    requirement,
    statement,
    survey,
    threshold,
    votes,
    when,
)
from hypothesis import given
from hypothesis import strategies as st

from equityrules.assessment import assess, choose_period
from equityrules.conditions import Comparator
from equityrules.model.basis import Basis
from equityrules.model.evidence import Action, Cover, InputFile, Narrative, Target
from equityrules.model.finding import Outcome
from equityrules.model.framework import CoverField, Origin
from equityrules.model.result import Fault, PluginInfo, Remark, Severity
from equityrules.model.scale import Grade, Scale
from equityrules.model.vocabulary import WHOLE, make_cell
from equityrules.reading import about_framework
from equityrules.version import VERSION

# --- the period --------------------------------------------------------------------------------------------------


def test_the_only_period_is_assessed():
    assert choose_period(evidence(statement("a"))) == (YEAR, "the only period in the evidence")


def test_of_several_periods_the_latest_is_assessed():
    body = evidence(statement("a", period="2021/22"), rating("2A", 2, "2023/24"), votes("2A", period="2022/23"))
    assert choose_period(body) == (YEAR, "the latest of 3 periods in the evidence")


def test_of_periods_that_end_on_one_day_the_longest_is_assessed():
    body = evidence(statement("a", period="March 2024"), statement("b"), statement("c", period="2024-03-31"))
    assert choose_period(body)[0] == YEAR


def test_a_plan_for_next_year_does_not_choose_the_period():
    plan = Action(period=when("2024/25"), text="Do it", about=("fw/2A",))
    wish = target(period="2024/25")
    assert choose_period(evidence(statement("a"), plan, wish, explanation("2A.x", period="2025/26")))[0] == YEAR
    assert choose_period(evidence(plan))[0] == when("2024/25")


def test_without_evidence_there_is_no_period():
    with pytest.raises(ValueError, match="holds nothing"):
        choose_period(evidence())


def test_a_named_period_is_assessed_whatever_the_evidence_holds():
    result = assessed(eleven(), rating("2A", 2, "2022/23"), period="2022/23")
    assert (result.period, result.receipt.period_chosen) == (when("2022/23"), "named")
    assert criterion_of(result, "2A").held == ACHIEVING


def test_the_same_input_gives_the_same_result():
    given = *ratings(dict.fromkeys(ELEVEN, 2)), *in_place("ab"), votes("2", achieving=3)
    assert assessed(eleven(), *given) == assessed(eleven(), *given)


# --- targets of the organisation ---------------------------------------------------------------------------------


def target(direction="at least", value="70", period="2023/24", **changes):
    return Target(period=when(period), measure="recommend", direction=direction, value=Decimal(value), **changes)


BY_SEX = framework(criterion("2A", requirement("2A.women", condition=threshold(RECOMMEND, "above", 70, sex="women"))))
"""A framework that looks at evidence by sex, and at nothing by band."""


def judged(wish, *given):
    [found] = assessed(eleven(), wish, *given).targets
    return found


@pytest.mark.parametrize(
    ("direction", "outcome"),
    [
        ("at least", Outcome.MET),
        ("at most", Outcome.MET),
        ("above", Outcome.UNMET),
        ("below", Outcome.UNMET),
    ],
)
def test_a_target_is_judged_exactly_in_its_direction(direction, outcome):
    found = judged(target(direction), survey(140, 200))
    assert found.outcome is outcome
    assert found.because == f"70% (140 of 200) is {'' if outcome is Outcome.MET else 'not '}{direction} 70%"


def test_a_target_says_what_it_is_of_by_when_and_whose():
    cell = make_cell({"sex": "women"})
    wish = target(cell=cell, due=date(2025, 3, 31), by="EDI board")
    [found] = assessed(BY_SEX, wish, survey(7, 10, sex="women")).targets
    assert (found.measure, found.title) == ("recommend", "Staff who recommend it, Women")
    assert (found.cell, found.due, found.by, found.value) == (cell, date(2025, 3, 31), "EDI board", 70)
    assert found.outcome is Outcome.MET


def test_a_target_for_groups_that_the_framework_does_not_read_is_left_out():
    by_sex, by_band = (target(cell=make_cell({name: group})) for name, group in (("sex", "women"), ("band", "low")))
    assert assessed(eleven(), by_sex).targets == ()
    assert [one.cell for one in assessed(BY_SEX, by_sex, by_band, target()).targets] == [by_sex.cell, WHOLE]


def test_a_target_without_evidence_is_unknown():
    assert judged(target()).outcome is Outcome.UNKNOWN
    assert judged(target(), survey(percent="70")).outcome is Outcome.UNKNOWN
    assert "could be on either side of 70%" in judged(target(), figure("recommend", "70")).because


def test_a_target_stands_beside_the_grade_and_never_changes_it():
    given = *in_place("ab"), survey(100, 200)
    plain, wished = assessed(eleven(), *given), assessed(eleven(), target(), *given)
    assert wished.targets[0].outcome is Outcome.UNMET
    assert evolve(wished, targets=()) == plain


def test_targets_of_measures_of_other_frameworks_and_of_later_periods_are_left_out():
    assert assessed(eleven(measures={}), target()).targets == ()
    assert assessed(eleven(), target(period="2024/25")).targets == ()


def test_every_direction_is_a_comparator():
    assert {one.words for one in Comparator} == {"at least", "at most", "above", "below"}


# --- comply or explain -------------------------------------------------------------------------------------------

UNMET = statement("a", "not in place")


def test_an_explained_requirement_stays_unmet_and_keeps_its_grade():
    result = assessed(eleven(), UNMET, explanation("2A.developing"))
    found = finding_of(result, "2A.developing")
    assert (found.outcome, found.explained) == (Outcome.UNMET, "The contract starts in June (Director of People)")
    assert criterion_of(result, "2A").held == SCALE.lowest


def test_explanations_are_read_on_the_periods_last_day_or_as_of_another():
    given = UNMET, explanation("2A.developing", until=date(2024, 4, 30))
    assert finding_of(assessed(eleven(), *given), "2A.developing").explained
    later = assessed(eleven(), *given, as_of=date(2024, 5, 1))
    assert later.as_of == date(2024, 5, 1)
    assert not finding_of(later, "2A.developing").explained
    assert "2A.developing" in [gap.requirement for gap in later.gaps]


def test_an_explanation_may_outlive_its_period_and_the_latest_counts():
    old, new = (explanation("2A.developing", period, because=period) for period in ("2021/22", "2022/23"))
    assert finding_of(assessed(eleven(), UNMET, new, old), "2A.developing").explained.startswith("2022/23")


def test_an_explanation_from_after_the_period_does_not_count():
    later = explanation("2A.developing", "2024/25")
    assert not finding_of(assessed(eleven(), UNMET, later), "2A.developing").explained


def test_an_explanation_of_something_that_does_not_apply_changes_nothing():
    given = statement("a", "not applicable"), *in_place("b")
    found = finding_of(assessed(eleven(), *given, explanation("2A.developing")), "2A.developing")
    assert (found.outcome, found.explained) == (Outcome.NOT_APPLICABLE, "")


def test_an_explanation_for_another_framework_is_none_of_this_one():
    other = evolve(explanation("2A.developing"), about="other/2A.developing")
    assert not finding_of(assessed(eleven(), UNMET, other), "2A.developing").explained


def test_an_explanation_of_a_ladder_covers_its_steps():
    steps = [
        requirement(f"2A.rate/{grade.id}", grade, threshold(RECOMMEND, "above", limit))
        for grade, limit in ((DEVELOPING, 50), (ACHIEVING, 70))
    ]
    result = assessed(framework(criterion("2A", *steps)), survey(10, 200), explanation("2A.rate"))
    assert all(finding.explained for _, finding in result.findings())
    assert criterion_of(result, "2A").gaps == ()


# --- basis and target grade --------------------------------------------------------------------------------------


def test_the_basis_asked_for_and_the_target_are_in_the_receipt():
    receipt = assessed(eleven(), UNMET, basis=Basis.REPORTED, target="Excelling").receipt
    assert (receipt.basis_level, receipt.target) == (Basis.REPORTED, "excelling")


def test_an_unknown_target_names_the_grades():
    with pytest.raises(ValueError, match=r"unknown grade 'excelent'.*did you mean 'Excelling'"):
        assessed(eleven(), UNMET, target="excelent")


def test_a_target_on_a_criterion_with_a_scale_of_its_own_is_the_grade_of_that_name():
    stars = Scale("stars", (Grade("bronze", "Bronze", 0), Grade("silver", "Silver", 1), Grade("achieving", "A", 2)))
    own = criterion(
        "2A", requirement("2A.x", stars.grades[1], "a"), requirement("2A.y", stars.grades[2], "b"), scale=stars
    )
    made = framework(own, ladder("2B", "a", "b", "c"))
    found = criterion_of(assessed(made, target="achieving"), "2A").gaps
    assert [(gap.requirement, gap.leads_to) for gap in found] == [("2A.x", stars.highest), ("2A.y", stars.highest)]
    found = criterion_of(assessed(made, target="excelling"), "2A").gaps
    assert [gap.leads_to.id for gap in found] == ["silver"]


# --- texts and the receipt ---------------------------------------------------------------------------------------


def test_narratives_stand_with_what_they_are_about_in_their_period():
    texts = [
        Narrative(period=when(period), about=about, text=f"{about} {period}", owner="Lead", service="x")
        for about in ("fw/2A", "fw/domain-2")
        for period in ("2023/24", "2022/23")
    ]
    result = assessed(eleven(), *texts)
    assert [one.text for one in criterion_of(result, "2A").narratives] == ["fw/2A 2023/24"]
    assert [one.text for one in result.groups[1].narratives] == ["fw/domain-2 2023/24"]
    [told] = criterion_of(result, "2A").narratives
    assert (told.owner, told.service) == ("Lead", "x")


def test_the_cover_comes_in_the_frameworks_order():
    fields = tuple(CoverField(name, name, Basis.UNVERIFIED) for name in ("lead", "sponsor", "members"))
    given = [Cover(period=YEAR, about="fw", name=name, text=name.upper()) for name in ("sponsor", "lead")]
    given.insert(0, evolve(given[1], period=when("May 2023"), text="an earlier one"))
    given.append(evolve(given[0], text="an even earlier one", period=when("April 2023")))
    last_year = Cover(period=when("2022/23"), about="fw", name="members", text="old")
    result = assessed(eleven(cover=fields), *given, last_year)
    assert [(one.id, one.text) for one in result.cover] == [("lead", "LEAD"), ("sponsor", "SPONSOR"), ("members", "")]


def test_actions_that_serve_the_framework_are_kept():
    ours = Action(period=YEAR, text="Ours", about=("other/1", "fw/2A"), owner="Lead", due=date(2024, 9, 30))
    result = assessed(eleven(), ours, Action(period=YEAR, text="Theirs", about=("other/1",)))
    assert [(one.text, one.owner, one.due) for one in result.actions] == [("Ours", "Lead", date(2024, 9, 30))]


def test_the_receipt_says_how_the_result_came_about():
    origin = Origin("p", (PluginInfo("p", "1", "bundled"),), (Fault("q", "import", "no"),))
    made = eleven(digest="d1", profile="ours", origin=origin)
    body = evolve(evidence(statement("a")), inputs=(InputFile("trust.toml", "e1"),))
    receipt = assess(made, body).receipt
    assert (receipt.engine, receipt.framework, receipt.revision, receipt.digest) == (VERSION, "fw@1", 1, "d1")
    assert (receipt.period, receipt.as_of, receipt.profile) == (YEAR, YEAR.end, "ours")
    assert (receipt.evidence, receipt.plugins, receipt.faults) == (body.inputs, origin.plugins, origin.faults)


def test_plugins_add_remarks_and_their_faults_go_into_the_receipt():
    said = Remark("ours", Severity.NOTE, "fw", "Something")
    fault = Fault("q", "equityrules_remarks", "it raised")
    result = assessed(eleven(remark_rules=(lambda *_: [said, fault],)), statement("a"))
    assert codes(result) == ["ours"]
    assert result.receipt.faults == (fault,)


def test_all_gaps_are_those_of_the_whole_and_then_of_the_criteria():
    result = assessed(eleven(), *ratings(dict.fromkeys(ELEVEN, 1)))
    assert [gap.criterion.id for gap in result.gaps] == ["fw", *ELEVEN]


# --- what concerns a framework -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "concerns"),
    [
        (statement("a"), True),
        (statement("h"), False),
        (figure("recommend", "70"), True),
        (rating("2A", 2), True),
        (rating("", 22), True),
        (evolve(rating("2A", 2), about="fwx/2A"), False),
        (votes("2", achieving=3), True),
        (explanation("2A.developing"), True),
        (Narrative(period=YEAR, about="fw/2A", text=""), False),
        (Action(period=YEAR, text="x", about=("other/1", "fw/2A")), True),
        (Action(period=YEAR, text="x"), False),
        (target(), False),
    ],
)
def test_evidence_concerns_a_framework_that_reads_it(given, concerns):
    assert about_framework(eleven(), evidence(given)) is concerns


# --- any evidence at all -----------------------------------------------------------------------------------------

names = st.sampled_from([*ELEVEN, "1", "2", "3", ""])
grades = st.sampled_from([*(grade.id for grade in SCALE.grades), "not applicable", 0, 1, 1.5, 3])
periods = st.sampled_from(["2022/23", "2023/24", "2023-04 to 2023-09", "March 2024"])
anything = st.one_of(
    st.builds(
        statement, st.sampled_from("abcd"), st.sampled_from(["in place", "not in place", "not applicable"]), periods
    ),
    st.builds(rating, names, grades, periods),
    st.builds(lambda name, said, by: rating(name, said, service=by), names, grades, st.sampled_from("xyz")),
    st.builds(
        lambda name, by, total, counts: votes(name, by, stated_total=total, **counts),
        names,
        st.sampled_from(["staff", "unions"]),
        st.sampled_from([None, 0, 5]),
        st.dictionaries(st.sampled_from([grade.id for grade in SCALE.grades]), st.integers(0, 5)),
    ),
    st.builds(explanation, st.sampled_from([f"{name}.developing" for name in ELEVEN])),
)


@given(st.lists(anything, max_size=12), st.sampled_from([None, *Basis]), st.sampled_from([None, "achieving"]))
def test_whatever_the_evidence_holds_the_result_holds_together(given, basis, aim):
    result = assessed(eleven(), *given, basis=basis, target=aim)
    for level in (result.overall, *result.groups, *result.criteria):
        if level.held and level.attainable:
            assert level.held.rank <= level.attainable.rank
        if level.points_low is not None:
            assert level.points_low <= level.points_attainable
            assert level.points == (level.points_low if level.points_low == level.points_attainable else None)
        if not level.applicable:
            assert (level.held, level.points) == (None, None)
        assert level.because or level.graded_from == "requirements"
    for one in result.criteria:
        assert (one.basis is None) or one.graded_from in ("requirements", "services", "votes")
        if one.held and one.points is not None:
            assert one.points == one.held.points
        assert all(gap.leads_to.rank > (one.held.rank if one.held else 0) for gap in one.gaps)
    if result.overall.held and result.overall.graded_from == "groups" and result.overall.points is not None:
        assert result.overall.points == sum((group.points for group in result.groups), Fraction(0))
    assert WHOLE == ()
    assert EXCELLING in SCALE.grades


def test_a_period_and_a_basis_may_be_given_in_words():
    result = assess(eleven(), evidence(), "2023-24", basis="reported")
    assert str(result.period) == "2023/24"
    assert result.receipt.basis_level is Basis.REPORTED
    with pytest.raises(ValueError, match="is not a period"):
        assess(eleven(), evidence(), "last year")
