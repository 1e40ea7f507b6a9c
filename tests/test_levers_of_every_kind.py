"""For every kind of measure under every kind of condition, the number of a lever is the least that closes the gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from engine_builders import (
    DONE,
    LETTERS,
    POLICIES,
    RECOMMEND,
    SCORE,
    YEAR,
    amount,
    applied,
    attested,
    count,
    criterion,
    evidence,
    figure,
    finding_of,
    framework,
    requirement,
    statement,
    survey,
    threshold,
)
from engine_builders import snapshot as taken_elsewhere
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from measure_builders import (
    AGAINST,
    APPOINTED,
    BME_SHARE,
    DISPARITY,
    ENGAGED,
    ENGAGEMENT_GAP,
    ENTERED,
    HARASSED,
    HARASSMENT_GAP,
    IN_BAND,
    SEATS_SHORT,
    amounts,
    answers,
    band,
    cell,
    jobs,
    people,
    snapshot,
)

from equityrules.assessment import assess
from equityrules.conditions import Comparator, IfGiven, Part, Reported, SomeOf, Threshold, Within
from equityrules.gaps.measured import closings, push, units_needed
from equityrules.measures import KINDS, Change, Value
from equityrules.measures.moves import Move, move_figure
from equityrules.model.evidence import Evidence, Statement
from equityrules.model.finding import Edit, Outcome
from equityrules.model.kinds import Measure
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import WHOLE, Cell

TRIED = 60
"""So many units are tried one by one; what takes more is held against the unit before it."""

Given = tuple[Measure, Snapshot, Cell]
shares = st.integers(20, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
counts = st.integers(0, 60)
scores = st.decimals("0.1", "9.9", places=1).map(str)
percents = st.decimals("0.0", "100.0", places=1).map(str)


def in_bands(*bands: tuple[int, int, int]) -> list[Any]:
    """Counts of white, BME and unknown staff in bands 5, 6, …"""
    return [one for name, (white, bme, unknown) in zip("567", bands, strict=False)
            for one in people("staff.banded", where={"band": name}, white=white, bme=bme, unknown=unknown)]  # fmt: skip


@st.composite
def share(draw: st.DrawFn) -> Given:
    if draw(st.booleans()):
        return RECOMMEND, taken_elsewhere(survey(percent=draw(percents))), WHOLE
    return HARASSED, snapshot(*answers(all=draw(shares))), WHOLE


@st.composite
def value(draw: st.DrawFn) -> Given:
    if draw(st.booleans()):
        return Value(id="n", title="N", item="staff.all"), snapshot(*people("staff.all", all=draw(counts))), WHOLE
    given = amounts("survey.engagement", all=draw(scores))
    return Value(id="v", title="V", item="survey.engagement", unit="out of 10"), snapshot(*given), WHOLE


@st.composite
def group_share(draw: st.DrawFn) -> Given:
    return BME_SHARE, snapshot(*in_bands(draw(st.tuples(counts, counts, counts)))), cell(band="5")


@st.composite
def relative_likelihood(draw: st.DrawFn) -> Given:
    first, second = draw(shares), draw(shares)
    cases = [*people("cases.entered", white=first[0], bme=second[0]),
             *people("staff.all", white=first[1], bme=second[1])]  # fmt: skip
    printed = figure("appointed", str(draw(st.decimals("0.10", "5.00", places=2))))
    return draw(st.sampled_from([
        (APPOINTED, snapshot(*jobs(first, second)), WHOLE),
        (ENTERED, snapshot(*cases), WHOLE),
        (APPOINTED, snapshot(printed), WHOLE),
        (APPOINTED, snapshot(printed, *people("jobs.shortlisted", white=first[1], bme=second[1])), WHOLE),
    ]))  # fmt: skip


@st.composite
def disparity(draw: st.DrawFn) -> Given:
    band = st.tuples(st.integers(1, 60), st.integers(1, 60), st.just(0))
    return DISPARITY, snapshot(*in_bands(draw(band), draw(band), draw(band))), WHOLE


@st.composite
def difference(draw: st.DrawFn) -> Given:
    if draw(st.booleans()):
        return HARASSMENT_GAP, snapshot(*answers(white=draw(shares), bme=draw(shares))), WHOLE
    given = amounts("survey.engagement", white=draw(scores), bme=draw(scores))
    return ENGAGEMENT_GAP, snapshot(*given), WHOLE


@st.composite
def against_benchmark(draw: st.DrawFn) -> Given:
    benchmark = amounts("benchmark.harassed", all=draw(percents))
    return AGAINST, snapshot(*answers(all=draw(shares)), *benchmark), WHOLE


@st.composite
def mean_score(draw: st.DrawFn) -> Given:
    return ENGAGED, snapshot(*amounts("survey.engagement", all=draw(scores))), WHOLE


@st.composite
def representation(draw: st.DrawFn) -> Given:
    everybody = people("staff.all", white=draw(st.integers(1, 500)), bme=draw(st.integers(1, 500)), unknown=0)
    return IN_BAND, snapshot(*in_bands(draw(st.tuples(counts, counts, counts))), *everybody), cell(band="5")


@st.composite
def target_shortfall(draw: st.DrawFn) -> Given:
    seats = people("board.members", white=draw(st.integers(1, 15)), bme=draw(st.integers(0, 15)), unknown=0)
    everybody = people("staff.all", white=draw(st.integers(1, 500)), bme=draw(st.integers(1, 500)), unknown=0)
    return SEATS_SHORT, snapshot(*seats, *everybody), WHOLE


@st.composite
def change(draw: st.DrawFn) -> Given:
    made = Change(id="change", title="Change", measure=HARASSED.id).knowing(HARASSED)
    return made, snapshot(*answers("2022/23", all=draw(shares)), *answers(all=draw(shares))), WHOLE


EVIDENCE: dict[str, Callable[[], st.SearchStrategy[Given]]] = {
    "share": share, "value": value, "group-share": group_share, "relative-likelihood": relative_likelihood,
    "disparity-ratio": disparity, "difference": difference, "against-benchmark": against_benchmark,
    "mean-score": mean_score, "representation": representation, "target-shortfall": target_shortfall, "change": change,
}  # fmt: skip
WITHOUT = {name for name, kind in KINDS.items() if getattr(kind, "no_lever", "")}
"""Kinds that say themselves why no single number moves them."""


def conditions(measure: Measure, where: Cell) -> st.SearchStrategy[Threshold | Within]:
    limits = st.sampled_from([*map(Fraction, ("-10", "-5", "-1/2", "0", "1/2", "4/5", "1", "5/4", "2", "5"))]) | (
        st.fractions(-50, 100, max_denominator=10)
    )
    bands = st.tuples(limits, limits).filter(lambda pair: pair[0] != pair[1]).map(sorted)
    return st.builds(Threshold, st.just(measure), st.sampled_from(Comparator), limits, st.just(where)) | st.builds(
        lambda part, ends: Within(measure, part, *ends, where), st.sampled_from(Part), bands
    )


def moves(measure: Any, shot: Snapshot, where: Cell, up: bool) -> Iterator[Move]:
    yield from list(measure.moves(shot, where, up)) or move_figure(shot, measure.id, where, up)


def test_every_kind_is_proven_or_says_why_it_has_no_lever():
    assert {*EVIDENCE, *WITHOUT} == set(KINDS)


def is_steady(condition: Threshold | Within) -> bool:
    """Whether more units never undo what fewer do: an interval that reaches into a band may grow wider than it."""
    return isinstance(condition, Threshold) or condition.part is not Part.ANY_OF_INTERVAL


@pytest.mark.parametrize("kind", EVIDENCE)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_so_many_units_close_the_gap_and_one_less_does_not(kind, data):
    measure, shot, where = data.draw(EVIDENCE[kind]())
    condition = data.draw(conditions(measure, where))

    def is_met(move: Move, units: int) -> bool:
        return condition.check(shot.assuming(move.entries(units))).outcome is Outcome.MET

    seen = condition.check(shot).observations[0]
    up = push(condition, seen) if seen.value is not None and not seen.reason else None
    if up is None or condition.check(shot).outcome is Outcome.MET:
        return
    offered = 0
    for move in moves(measure, shot, where, up):
        needed = units_needed(condition, shot, move, up)
        least = next((units for units in range(1, min(move.most, TRIED) + 1) if is_met(move, units)), None)
        if needed:
            offered += 1
            assert is_met(move, needed)
            assert needed == 1 or not is_met(move, needed - 1)
        if is_steady(condition):
            assert least == (needed if needed and needed <= TRIED else None)
    found, why_not = closings(condition, shot)
    assert len(found) == offered
    assert found or why_not, "without a lever the gap says why"


# --- conditions that are made of others ---------------------------------------------------------------------------

limits = st.sampled_from(["0", "10", "50", "70", "100"])
parts = st.one_of(
    st.sampled_from(LETTERS[:3]).map(attested),
    st.builds(threshold, st.sampled_from([RECOMMEND, DONE]), st.sampled_from(Comparator), limits),
    st.builds(threshold, st.just(SCORE), st.sampled_from(Comparator), st.sampled_from(["3", "5", "7.5"])),
    st.builds(threshold, st.just(POLICIES), st.just("at_least"), st.sampled_from(["3", "8"])),
    st.just(Reported(RECOMMEND)),
    st.just(band(DONE, "within", 40, 60)),
)
composites = st.recursive(
    parts | parts.map(IfGiven),
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda made: st.sampled_from([None, *range(1, len(made) + 1)]).map(lambda need: SomeOf(tuple(made), need))
    ),
    max_leaves=5,
)


@st.composite
def bodies(draw: st.DrawFn) -> Evidence:
    """Evidence of some of the things that the composites ask about."""
    of = draw(st.integers(10, 100))
    known = [
        *(statement(one, draw(st.sampled_from(["in place", "committed", "not applicable"]))) for one in LETTERS[:3]),
        survey(draw(st.integers(0, of)), of),
        count("c.done", draw(st.integers(0, of))),
        count("c.due", of),
        count("c.policies", draw(st.integers(0, 10))),
        amount(draw(scores)),
    ]
    return evidence(statement("h"), *(one for one in known if draw(st.integers(0, 5))))


def one_unit_less(edit: Edit, body: Evidence) -> Edit:
    """Return the edit one unit nearer to what is known now; of a statement, that nothing is in place."""
    now = next((one for one in body.entries if one.item == edit.target), None)
    number, slash, of = edit.value.partition("/")
    if now is None or isinstance(now, Statement):
        return Edit(edit.target, "not in place")
    before = Decimal(str(now.yes if slash else now.value))
    unit = Decimal("0.1") if edit.target == "a.score" else Decimal(1)
    return Edit(edit.target, f"{Decimal(number) + unit.copy_sign(before - Decimal(number))}{slash}{of}")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(composites, bodies())
def test_the_edits_of_a_lever_close_what_is_made_of_parts_and_none_can_be_spared(condition, body):
    made = framework(criterion("1A", requirement("1A.r", condition=condition)), by_service=())

    def outcome(edits: Iterable[Edit]) -> Outcome:
        return finding_of(assess(made, applied(body, edits), YEAR), "1A.r").outcome

    for gap in assess(made, body, YEAR).criteria[0].gaps:
        for lever in gap.levers:
            assert outcome(lever.edits) is Outcome.MET, (condition, lever)
            for edit in lever.edits:
                others = [other for other in lever.edits if other is not edit]
                assert outcome(others) is not Outcome.MET, (condition, lever)
                assert outcome([*others, one_unit_less(edit, body)]) is not Outcome.MET, (condition, lever)
