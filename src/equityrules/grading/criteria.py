"""Where a criterion stands: by its rating, else its services', else its votes, else its requirements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain

from attrs import frozen

from equityrules.grading.awards import Award, Bounds
from equityrules.grading.bench import Bench
from equityrules.grading.requirements import applies, basis_of, support, supported_by
from equityrules.model.basis import Basis
from equityrules.model.finding import Finding, Outcome, Reason
from equityrules.model.framework import Criterion
from equityrules.model.result import Supported
from equityrules.model.scale import Grade, Scale

_NOTHING_SHOWN = Supported(None, None)


@frozen(kw_only=True)
class CriterionGrade:
    """Where a criterion stands and how that came about; the fields are those of `CriterionResult`."""

    held: Grade | None = None
    attainable: Grade | None = None
    points: Bounds | None = None
    method: str = ""
    basis: Basis | None = None
    because: str = ""
    applicable: bool = True
    supported: Supported = _NOTHING_SHOWN
    graded_from: str | None = None


def grade_criterion(bench: Bench, criterion: Criterion, findings: Sequence[Finding]) -> CriterionGrade:
    """Return where a criterion stands: its rating, else its services', else its votes, else its requirements."""
    award = bench.criterion_award(criterion)
    if award is not None:
        return _awarded(criterion.scale, award, findings)
    return _from_requirements(criterion.scale, findings) if criterion.graded else _not_graded(findings)


def criterion_grades(bench: Bench, criterion: Criterion, by_rank: Sequence[Sequence[Outcome]]) -> Supported:
    """Return the grade that `grade_criterion` holds, and the one that it finds attainable, and nothing else."""
    award = bench.criterion_award(criterion)
    if award is not None:
        return Supported(award.held, award.attainable)
    if not criterion.graded or not applies(list(chain.from_iterable(by_rank))):
        return Supported(None, None)
    return supported_by(criterion.scale, by_rank)


def _awarded(scale: Scale, award: Award, findings: Sequence[Finding]) -> CriterionGrade:
    """Return what somebody decided about a criterion, with what the requirements show beside it."""
    return CriterionGrade(
        held=award.held,
        attainable=award.attainable,
        points=_awarded_points(scale, award),
        method=award.method,
        basis=award.basis,
        because=award.because,
        applicable=award.applicable,
        supported=support(scale, findings),
        graded_from=award.graded_from,
    )


def _awarded_points(scale: Scale, award: Award) -> Bounds | None:
    """Return the points of an award: its own, else those of its grades; None where they do not apply."""
    if not award.applicable or scale.lowest.points is None:
        return None
    if award.points is not None:
        return award.points
    low = (award.held or award.least or scale.lowest).points
    high = (award.attainable or scale.highest).points
    return Bounds(low or Fraction(0), high or Fraction(0))


def _not_graded(findings: Sequence[Finding]) -> CriterionGrade:
    """Return that the findings stand by themselves, with how many of them came out how."""
    outcomes = Counter(finding.outcome for finding in findings)
    said = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items())
    applicable = applies(list(outcomes.elements()))
    return CriterionGrade(method="none", because=f"no single grade; findings: {said}", applicable=applicable)


def _from_requirements(scale: Scale, findings: Sequence[Finding]) -> CriterionGrade:
    outcomes = [finding.outcome for finding in findings]
    supported = support(scale, findings)
    if not applies(outcomes):
        because = "none of its requirements applies"
        return CriterionGrade(because=because, applicable=False, supported=supported)
    points = _supported_points(scale, supported)
    if Outcome.MET not in outcomes and Outcome.UNMET not in outcomes:
        because = _why_not_graded(findings)
        return CriterionGrade(
            held=supported.held, attainable=supported.attainable, points=points, because=because, supported=supported
        )
    return CriterionGrade(
        held=supported.held,
        attainable=supported.attainable,
        points=points,
        method="requirements, level by level",
        basis=basis_of(findings, supported.held),
        supported=supported,
        graded_from="requirements",
    )


def _supported_points(scale: Scale, supported: Supported) -> Bounds | None:
    """Return the points of the grades that the requirements show; None where the scale has none."""
    low, high = (supported.held or scale.lowest).points, (supported.attainable or scale.highest).points
    return None if low is None or high is None else Bounds(low, high)


def _why_not_graded(findings: Sequence[Finding]) -> str:
    reasons = dict.fromkeys(finding.reason for finding in findings)
    if set(reasons) <= {Reason.NOT_EVIDENCED}:
        seen = any(one.value is not None or one.status for finding in findings for one in finding.observations)
        return "a part of what it needs is not in the evidence" if seen else "nothing in the evidence about it"
    return f"none of its requirements can be judged: {', '.join(reasons)}"
