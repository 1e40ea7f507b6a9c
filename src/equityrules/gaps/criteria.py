"""What a criterion is missing for the next grade, and what closes it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from equityrules.conditions import SomeOf, Threshold
from equityrules.gaps.levers import levers_of
from equityrules.gaps.measured import Measured
from equityrules.grading.awards import AWARDED
from equityrules.grading.criteria import CriterionGrade
from equityrules.model.finding import Finding, Gap, GapKind, Lever, Named, Outcome, Reason
from equityrules.model.framework import Criterion, Requirement
from equityrules.model.kinds import Condition
from equityrules.model.scale import Grade, Scale
from equityrules.model.snapshot import Snapshot

_KINDS = {
    Reason.NOT_EVIDENCED: GapKind.MISSING_EVIDENCE,
    Reason.STALE: GapKind.STALE,
    Reason.TOO_FEW: GapKind.TOO_FEW,
    Reason.TOO_FEW_TO_SAY: GapKind.TOO_FEW,
    Reason.NO_EVENTS: GapKind.NOT_COMPUTABLE,
    Reason.NO_INTERVAL: GapKind.MISSING_EVIDENCE,
    Reason.DATES_DIFFER: GapKind.NOT_COMPUTABLE,
    Reason.NOT_COMPUTABLE: GapKind.NOT_COMPUTABLE,
    Reason.NOT_MEASURABLE: GapKind.NOT_MEASURABLE,
    Reason.RANGE_CUT: GapKind.NOT_COMPUTABLE,
    Reason.NOT_JUDGED: GapKind.NOT_JUDGED,
}


def next_grade(scale: Scale, held: Grade | None, target: Grade | None) -> Grade | None:
    """Return the grade to aim for: the next one up from what is held, or the target; None where there is none above.

    A target of another scale is taken as the grade of the same name, and left out where there is none.
    """
    up = scale.above(held)
    own = next((grade for grade in scale.grades if target is not None and grade.id == target.id), None)
    if own is None or up is None:
        return up
    return own if own.rank >= up.rank else None


def find_gaps(
    criterion: Criterion,
    grade: CriterionGrade,
    findings: Sequence[Finding],
    snapshot: Snapshot,
    target: Grade | None = None,
) -> tuple[Gap, ...]:
    """Return what holds back the next grade, requirement by requirement.

    Where a panel, services or votes gave the grade, the requirements up to it are settled and not listed again; where
    they left it open, settling it is the one gap. A requirement with an explanation that stands is not listed either.
    """
    if not grade.applicable:
        return ()
    awarded = grade.graded_from in AWARDED
    points = grade.points.settled if grade.points else None
    if awarded and grade.held is None and points is None:
        return (_open_award(criterion, grade),)
    settled = _settled(criterion.scale, grade.held, points) if awarded else None
    held = settled if awarded else grade.held
    aim = next_grade(criterion.scale, held, target) if criterion.graded else criterion.scale.highest
    if aim is None:
        return ()
    found = zip(criterion.requirements, findings, strict=True)
    return tuple(
        _gap(criterion, requirement, finding, aim, snapshot)
        for requirement, finding in found
        if (settled.rank if settled else 0) < finding.grade.rank <= aim.rank and _is_open(finding)
    )


def _settled(scale: Scale, held: Grade | None, points: Fraction | None) -> Grade | None:
    """Return the grade that was awarded, or the highest one that the awarded points are enough for."""
    if held is not None or points is None:
        return held
    below = [grade for grade in scale.grades if grade.points is not None and grade.points <= points]
    return below[-1] if below else None


def _is_open(finding: Finding) -> bool:
    return finding.outcome in (Outcome.UNMET, Outcome.UNKNOWN) and not finding.explained


def _open_award(criterion: Criterion, grade: CriterionGrade) -> Gap:
    aim = grade.attainable or criterion.scale.highest
    because = f"what was decided leaves it open: {grade.because}"
    lever = Lever("settle it and state the result as a rating")
    return Gap(_name(criterion), criterion.id, GapKind.MISSING_EVIDENCE, aim, because, levers=(lever,))


def _name(criterion: Criterion) -> Named:
    return Named(criterion.id, criterion.title)


def _gap(criterion: Criterion, requirement: Requirement, finding: Finding, aim: Grade, snapshot: Snapshot) -> Gap:
    shortfall, unit = _shortfall(requirement, finding)
    levers, why_not = levers_of(requirement.condition, finding, snapshot)
    return Gap(
        criterion=_name(criterion),
        requirement=requirement.id,
        kind=_KINDS.get(finding.reason, GapKind.SHORTFALL),
        leads_to=aim,
        because=f"{requirement.text}: {'; '.join(filter(None, (finding.because, why_not)))}",
        shortfall=shortfall,
        unit=unit,
        levers=levers,
    )


def _shortfall(requirement: Requirement, finding: Finding) -> tuple[Fraction | None, str]:
    """Return how far the measured value is from the threshold, in the measure's own unit."""
    measured = _measured(requirement.condition)
    if finding.reason is not Reason.SHORTFALL or measured is None:
        return None, ""
    seen = finding.observations[0]
    if seen.value is None:
        return None, ""
    end = _nearest_end(measured, seen.value)
    return abs(end - seen.value), "percentage points" if seen.unit == "percent" else seen.unit


def _measured(condition: Condition) -> Measured | None:
    """Return the test of a measure that a condition is or, of a choice, the first that would do; None for others."""
    first = condition.parts[0] if isinstance(condition, SomeOf) and condition.need == 1 else condition
    return first if isinstance(first, Measured) else None


def _nearest_end(condition: Measured, value: Fraction) -> Fraction:
    """Return the threshold, or the end of the band that is nearer to the value."""
    if isinstance(condition, Threshold):
        return condition.threshold
    return condition.low if value < condition.low else condition.high
