"""What is missing for the next grade, and what closes it."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from attrs import frozen

from equityrules.model.framework import Criterion, Framework, Requirement, RollUpRule, Total
from equityrules.model.numbers import counted, display
from equityrules.model.result import (
    CriterionResult,
    Edit,
    Finding,
    Gap,
    GapKind,
    GroupResult,
    Lever,
    Named,
    Observation,
    Outcome,
    OverallResult,
    Reason,
)
from equityrules.model.scale import Grade
from equityrules.model.vocabulary import cell_text

_KINDS = {
    Reason.NOT_EVIDENCED: GapKind.MISSING_EVIDENCE,
    Reason.STALE: GapKind.STALE,
    Reason.TOO_FEW: GapKind.TOO_FEW,
    Reason.NOT_COMPUTABLE: GapKind.NOT_COMPUTABLE,
    Reason.RANGE_CUT: GapKind.NOT_COMPUTABLE,
    Reason.NOT_JUDGED: GapKind.NOT_JUDGED,
}


def next_grade(criterion: Criterion, result: CriterionResult, target: Grade | None) -> Grade | None:
    """Return the grade to aim for: the target if it is above what is held, else the next one up; None at the top."""
    up = criterion.scale.above(result.held)
    if target is None or up is None:
        return up
    return target if target.rank >= up.rank else None


def find_gaps(criterion: Criterion, result: CriterionResult, target: Grade | None = None) -> tuple[Gap, ...]:
    """Return what holds back the next grade, requirement by requirement.

    Where a panel, services or votes gave the grade, the requirements up to it are settled and not listed again.
    A requirement with an explanation that stands is not listed either.
    """
    aim = next_grade(criterion, result, target)
    if aim is None or not result.applicable:
        return ()
    settled = result.held.rank if result.held and result.graded_from != "requirements" else 0
    by_id = {requirement.id: requirement for requirement in criterion.requirements}
    return tuple(
        _gap(criterion, by_id[finding.requirement], finding, aim)
        for finding in result.findings
        if settled < finding.grade.rank <= aim.rank and _open(finding)
    )


def _open(finding: Finding) -> bool:
    return finding.outcome in (Outcome.UNMET, Outcome.UNKNOWN) and not finding.explained


def _gap(criterion: Criterion, requirement: Requirement, finding: Finding, aim: Grade) -> Gap:
    shortfall, unit = _shortfall(requirement, finding)
    return Gap(
        criterion=Named(criterion.id, criterion.title),
        requirement=requirement.id,
        kind=_KINDS.get(finding.reason, GapKind.SHORTFALL),
        leads_to=aim,
        because=f"{requirement.text}: {finding.because}",
        shortfall=shortfall,
        unit=unit,
        levers=_levers(requirement, finding),
    )


def _shortfall(requirement: Requirement, finding: Finding) -> tuple[Fraction | None, str]:
    """Return how far the measured value is from the threshold, in the measure's own unit."""
    threshold = getattr(requirement.condition, "threshold", None)
    if threshold is None or finding.reason is not Reason.SHORTFALL:
        return None, ""
    seen = finding.observations[0]
    if seen.value is None:
        return None, ""
    return abs(threshold - seen.value), "percentage points" if seen.unit == "percent" else seen.unit


def _levers(requirement: Requirement, finding: Finding) -> tuple[Lever, ...]:
    """Return what closes the gap: for things that are to be in place, putting or showing each of them in place."""
    lacking = [seen for seen in finding.observations if seen.status != "in place" and _is_statement(seen)]
    lacking = [seen for seen in lacking if seen.status != "not applicable"]
    if not lacking or finding.reason is Reason.NOT_JUDGED:
        return ()
    need = getattr(requirement.condition, "need", None)
    if need is not None:
        shown = sum(seen.status == "in place" for seen in finding.observations)
        more = counted(need - shown, "more part")
        return (Lever(f"show {more} of these {len(finding.observations)} in place"),)
    edits = tuple(Edit(f"{seen.of}{cell_text(seen.cell)}", "in place") for seen in lacking)
    known = any(seen.status for seen in lacking)
    return (Lever("put in place what is missing and show it" if known else "show that it is in place", edits),)


def _is_statement(seen: Observation) -> bool:
    return bool(seen.status) or (seen.value is None and not seen.unit)


@frozen
class Whole:
    """The results of a whole framework together."""

    framework: Framework
    overall: OverallResult
    groups: tuple[GroupResult, ...]
    criteria: tuple[CriterionResult, ...]

    def parts(self, group: GroupResult) -> list[CriterionResult]:
        """Return the criteria of a group."""
        return [result for result in self.criteria if result.group == group.id]

    def most_points(self, result: CriterionResult) -> Fraction:
        """Return the points of a criterion's top grade."""
        return self.framework.criterion(result.id).scale.highest.points or Fraction(0)


def overall_gaps(whole: Whole, rule: RollUpRule, target: Grade | None = None) -> tuple[Gap, ...]:
    """Return what the whole needs: the parts without a grade, and the points to the next band with single lifts.

    `rule` is how parts become the whole; `target` aims at a grade instead of the next one up.
    """
    return (*_parts_missing(whole), *_points_missing(whole, rule, target))


def _parts_missing(whole: Whole) -> tuple[Gap, ...]:
    """Return one gap that names every criterion whose points are open and not covered by its group's own points."""
    open_groups = {group.id for group in whole.groups if group.points is None and group.applicable}
    lacking = [
        result.id
        for result in whole.criteria
        if result.group in open_groups and result.points is None and result.applicable
    ]
    aim = whole.overall.attainable
    if not lacking or whole.overall.points is not None or aim is None:
        return ()
    number = counted(len(lacking), whole.framework.word("criterion"))
    because = f"no settled {whole.framework.word('grade')} for {number}: {', '.join(lacking)}"
    levers = (Lever(f"settle the {whole.framework.word('grade')} of {number}"),)
    return (Gap(_name(whole), whole.framework.id, GapKind.MISSING_EVIDENCE, aim, because, levers=levers),)


def _name(whole: Whole) -> Named:
    return Named(whole.framework.id, whole.framework.title)


def _points_missing(whole: Whole, rule: RollUpRule, target: Grade | None) -> tuple[Gap, ...]:
    """Return the points to the next band, with every single lift that gets there."""
    points = whole.overall.points
    step = rule.roll_up.next_step(Total(points, points, points), target) if points is not None else None
    if points is None or step is None:
        return ()
    grade, start = step
    short = start - points
    because = f"{counted(short, 'point')} short of {grade.label}, which starts at {display(start)}"
    levers = single_lifts(whole, short)
    if not levers:
        because += f"; no single {whole.framework.word('criterion')} can be lifted that far"
    return (Gap(_name(whole), whole.framework.id, GapKind.SHORTFALL, grade, because, short, "points", levers),)


def single_lifts(whole: Whole, points: Fraction) -> tuple[Lever, ...]:
    """Return every way to gain that many points by lifting one criterion, the lowest graded first.

    Only criteria whose points their group adds up are lifted; a group whose total was stated without its criteria is
    lifted as a whole, by one of them.
    """
    liftable = [
        (result.points, result)
        for group in whole.groups
        for result in whole.parts(group)
        if result.points is not None and _adds_up(whole, group)
    ]
    liftable.sort(key=lambda pair: pair[0])
    levers = [lever for now, result in liftable if (lever := _lift(whole, result, now, points))]
    return (*levers, *(lever for group in whole.groups if (lever := _group_lift(whole, group, points))))


def _adds_up(whole: Whole, group: GroupResult) -> bool:
    """Whether the group's points are the sum of its criteria's, so that lifting one lifts the group."""
    parts = whole.parts(group)
    if any(part.graded_from == "services" for part in parts):
        return False
    return group.points == sum((part.points or Fraction(0) for part in parts), Fraction(0))


def _lift(whole: Whole, result: CriterionResult, now: Fraction, points: Fraction) -> Lever | None:
    grade = whole.framework.criterion(result.id).scale.with_points(Fraction(ceil(now + points)))
    if grade is None:
        return None
    before = result.held.label if result.held else display(now)
    edit = Edit(f"{whole.framework.id}/{result.id}", grade.id)
    return Lever(f"{result.id} from {before} to {grade.label}", (edit,))


def _group_lift(whole: Whole, group: GroupResult, points: Fraction) -> Lever | None:
    parts = whole.parts(group)
    if group.points is None or any(part.points is not None for part in parts):
        return None
    most = [whole.most_points(part) for part in parts]
    if group.points + points > sum(most, Fraction(0)) or points > max(most):
        return None
    names = ", ".join(part.id for part in parts)
    reference = f"{whole.framework.id}/{whole.framework.word('group')}-{group.id}"
    text = f"one of {names} by {display(points)} (only their total, {display(group.points)}, is known)"
    return Lever(text, (Edit(reference, display(group.points + points)),))
