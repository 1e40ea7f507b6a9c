"""Figures in the evidence that do not fit together: what differs, and whether it changes the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equityrules.grading.award_checks import (
    check_group,
    check_overall,
    check_periods,
    check_scores,
    check_unused,
    check_whole,
)
from equityrules.grading.awards import AWARDED
from equityrules.grading.bench import Bench
from equityrules.grading.evidence_checks import check_evidence
from equityrules.grading.figure_checks import check_figures
from equityrules.grading.services import added_service_total, bounds_text, stated_service_total
from equityrules.grading.standings import decided_by_points
from equityrules.grading.vote_checks import check_turnout, check_votes
from equityrules.model.evidence import Evidence
from equityrules.model.finding import Outcome
from equityrules.model.framework import CriterionGroup
from equityrules.model.numbers import counted, display
from equityrules.model.result import CriterionResult, GroupResult, OverallResult, Remark, Severity
from equityrules.model.snapshot import Snapshot


def reconcile(
    bench: Bench,
    evidence: Evidence,
    snapshot: Snapshot,
    criteria: Sequence[CriterionResult],
    groups: Sequence[GroupResult],
    overall: OverallResult,
) -> Iterator[Remark]:
    """Yield a remark for everything in the awards and counts that does not fit, in a fixed order."""
    yield from check_periods(bench, evidence, snapshot.period)
    yield from check_unused(bench)
    yield from check_votes(bench)
    yield from check_scores(bench)
    for group, result in zip(bench.framework.groups, groups, strict=True):
        parts = [criterion for criterion in criteria if criterion.group == group.id]
        yield from check_turnout(bench, group)
        yield from check_whole(bench, bench.framework.group_ref(group))
        yield from check_group(bench, group, result, parts)
        yield from _services(bench, group)
    yield from check_whole(bench, bench.framework.id)
    yield from check_overall(bench, overall, criteria)
    yield from _no_band(bench, overall)
    yield from check_figures(bench.framework, snapshot)
    yield from check_evidence(bench.framework, evidence, snapshot, criteria)
    for criterion in criteria:
        yield from _panel_and_requirements(bench, criterion)


def _services(bench: Bench, group: CriterionGroup) -> Iterator[Remark]:
    names = bench.services(group)
    if names:
        yield from _number_of_services(bench, group, names)
        yield from _service_methods(bench, group)
        yield from _service_totals(bench, group, names)


def _number_of_services(bench: Bench, group: CriterionGroup, names: Sequence[str]) -> Iterator[Remark]:
    method = bench.framework.methods.services
    if method is None or method.expected in (None, len(names)):
        return
    effect = "its ratings stand for all" if len(names) == 1 else "the middle of those given is used"
    if len(names) % 2 == 0:
        setting = f"{bench.framework.id}/services/even"
        advice = f"an even number has no middle one: set {setting} to lower, upper or mean in a profile"
        effect = f"an even number has no middle one: the {method.even} is used" if method.even else advice
    message = f"{counted(len(names), 'service')} rated, {method.expected} expected ({', '.join(names)})"
    yield Remark("number-of-services", Severity.WARNING, bench.framework.group_ref(group), message, effect)


def _service_methods(bench: Bench, group: CriterionGroup) -> Iterator[Remark]:
    said = {name: bounds_text(points) for name, points in bench.service_points(group).items()}
    method = bench.framework.methods.services
    if method is not None and len(set(said.values())) > 1:
        listed = "; ".join(f"{name} {points}" for name, points in said.items())
        yield Remark(
            "service-methods-differ", Severity.WARNING, bench.framework.group_ref(group),
            f"the methods for services differ: {listed}", f"{method.kind} is used",
        )  # fmt: skip


def _service_totals(bench: Bench, group: CriterionGroup, names: Sequence[str]) -> Iterator[Remark]:
    """Compare the total stated for a service with its criteria's ratings."""
    for name in names:
        stated = stated_service_total(bench.framework, group, name, bench.book)
        added = added_service_total(bench.framework, group, name, bench.book)
        if stated is not None and not added.low <= stated <= added.high:
            ref = bench.framework.group_ref(group)
            message = f"{display(stated)} is stated for {name}, its parts add to {bounds_text(added)}"
            yield Remark("total-differs", Severity.WARNING, ref, message, "the stated total is used")


def _no_band(bench: Bench, overall: OverallResult) -> Iterator[Remark]:
    rule = bench.framework.methods.overall
    banded = bench.judged(rule) and rule is not None and decided_by_points(rule)
    if banded and overall.points is not None and overall.held is None:
        yield Remark("total-in-no-band", Severity.WARNING, overall.id, overall.because, "no overall grade is given")


def _panel_and_requirements(bench: Bench, criterion: CriterionResult) -> Iterator[Remark]:
    """Note where the evidence supports another grade than was awarded; for the organisation's own eyes."""
    if criterion.held is None or criterion.graded_from not in AWARDED:
        return
    low, high = criterion.supported.held, criterion.supported.attainable
    below = high is not None and high.rank < criterion.held.rank
    above = low is not None and low.rank > criterion.held.rank
    if not (below or above):
        return
    shown = f"at most {high.label}" if below and high else f"at least {low.label}" if low else ""
    decisive, upto = (Outcome.UNMET, criterion.held) if below else (Outcome.MET, low or criterion.held)
    rules = {one.basis for one in criterion.findings if one.outcome is decisive and one.grade.rank <= upto.rank}
    weak = [basis for basis in sorted(rules, key=lambda basis: basis.rank) if not basis.publishable_against_a_panel]
    effect = "the award stands"
    if weak:
        effect += f"; rules behind this are {' and '.join(weak)}, so it is not for publication"
    yield Remark(
        "award-differs-from-evidence", Severity.NOTE, bench.about(criterion.id),
        f"{criterion.held.label} was awarded; the evidence given supports {shown}", effect, internal=True,
    )  # fmt: skip
