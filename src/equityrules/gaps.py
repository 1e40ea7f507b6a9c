"""What is missing for the next grade, and what closes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from equityrules.conditions import Attested, SomeOf, Threshold, Within
from equityrules.grading.awards import AWARDED
from equityrules.grading.lifts import Step, Whole, lifts_add_up, single_lifts
from equityrules.model.evidence import Statement, Status
from equityrules.model.finding import Edit, Finding, Gap, GapKind, Lever, Named, Outcome, Reason
from equityrules.model.framework import Criterion, Requirement, RollUpRule
from equityrules.model.kinds import Condition, Total
from equityrules.model.numbers import counted, display
from equityrules.model.result import CriterionResult, Standing
from equityrules.model.scale import Grade, Scale
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import cell_text

_KINDS = {
    Reason.NOT_EVIDENCED: GapKind.MISSING_EVIDENCE,
    Reason.STALE: GapKind.STALE,
    Reason.TOO_FEW: GapKind.TOO_FEW,
    Reason.TOO_FEW_TO_SAY: GapKind.TOO_FEW,
    Reason.NO_EVENTS: GapKind.NOT_COMPUTABLE,
    Reason.NO_INTERVAL: GapKind.MISSING_EVIDENCE,
    Reason.DATES_DIFFER: GapKind.NOT_COMPUTABLE,
    Reason.NOT_COMPUTABLE: GapKind.NOT_COMPUTABLE,
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
    criterion: Criterion, result: CriterionResult, snapshot: Snapshot, target: Grade | None = None
) -> tuple[Gap, ...]:
    """Return what holds back the next grade, requirement by requirement.

    Where a panel, services or votes gave the grade, the requirements up to it are settled and not listed again; where
    they left it open, settling it is the one gap. A requirement with an explanation that stands is not listed either.
    """
    if not result.applicable:
        return ()
    awarded = result.graded_from in AWARDED
    if awarded and result.held is None and result.points is None:
        return (_open_award(criterion, result),)
    settled = _settled(criterion.scale, result) if awarded else None
    held = settled if awarded else result.held
    aim = next_grade(criterion.scale, held, target) if criterion.graded else criterion.scale.highest
    if aim is None:
        return ()
    by_id = {requirement.id: requirement for requirement in criterion.requirements}
    return tuple(
        _gap(criterion, by_id[finding.requirement], finding, aim, snapshot)
        for finding in result.findings
        if (settled.rank if settled else 0) < finding.grade.rank <= aim.rank and _is_open(finding)
    )


def _settled(scale: Scale, result: CriterionResult) -> Grade | None:
    """Return the grade that was awarded, or the highest one that the awarded points are enough for."""
    if result.held is not None or result.points is None:
        return result.held
    below = [grade for grade in scale.grades if grade.points is not None and grade.points <= result.points]
    return below[-1] if below else None


def _is_open(finding: Finding) -> bool:
    return finding.outcome in (Outcome.UNMET, Outcome.UNKNOWN) and not finding.explained


def _open_award(criterion: Criterion, result: CriterionResult) -> Gap:
    aim = result.attainable or criterion.scale.highest
    because = f"what was decided leaves it open: {result.because}"
    lever = Lever("settle it and state the result as a rating")
    return Gap(_name(criterion), criterion.id, GapKind.MISSING_EVIDENCE, aim, because, levers=(lever,))


def _name(criterion: Criterion) -> Named:
    return Named(criterion.id, criterion.title)


def _gap(criterion: Criterion, requirement: Requirement, finding: Finding, aim: Grade, snapshot: Snapshot) -> Gap:
    shortfall, unit = _shortfall(requirement, finding)
    return Gap(
        criterion=_name(criterion),
        requirement=requirement.id,
        kind=_KINDS.get(finding.reason, GapKind.SHORTFALL),
        leads_to=aim,
        because=f"{requirement.text}: {finding.because}",
        shortfall=shortfall,
        unit=unit,
        levers=_levers(requirement, finding, snapshot),
    )


def _shortfall(requirement: Requirement, finding: Finding) -> tuple[Fraction | None, str]:
    """Return how far the measured value is from the threshold, in the measure's own unit."""
    if finding.reason is not Reason.SHORTFALL or not isinstance(requirement.condition, Threshold | Within):
        return None, ""
    seen = finding.observations[0]
    if seen.value is None:
        return None, ""
    end = _nearest_end(requirement.condition, seen.value)
    return abs(end - seen.value), "percentage points" if seen.unit == "percent" else seen.unit


def _nearest_end(condition: Threshold | Within, value: Fraction) -> Fraction:
    """Return the threshold, or the end of the band that is nearer to the value."""
    if isinstance(condition, Threshold):
        return condition.threshold
    return condition.low if value < condition.low else condition.high


def _levers(requirement: Requirement, finding: Finding, snapshot: Snapshot) -> tuple[Lever, ...]:
    """Return what closes the gap by putting or showing things in place; nothing where that cannot close it.

    The edits were tried: with all of them the requirement is met, with any one less it is not.
    """
    if finding.reason is Reason.NOT_JUDGED:
        return ()
    lacking = list(dict.fromkeys(_lacking(requirement.condition, snapshot)))
    needed = lacking if _needs_each(requirement.condition) else _fewest(requirement.condition, lacking, snapshot)
    if not needed:
        return ()
    edits = tuple(Edit(f"{one.item}{cell_text(one.cell)}", Status.IN_PLACE) for one in needed)
    return (Lever(_lever_text(needed, lacking, snapshot), edits),)


def _lacking(condition: Condition, snapshot: Snapshot) -> Iterator[Attested]:
    """Yield the statements in a condition that are not there, or do not say that the thing is in place."""
    if isinstance(condition, Attested):
        if condition.check(snapshot).outcome in (Outcome.UNMET, Outcome.UNKNOWN):
            yield condition
    else:
        for part in getattr(condition, "parts", ()):
            yield from _lacking(part, snapshot)


def _needs_each(condition: Condition) -> bool:
    """Whether a condition plainly needs each of its statements, so that there is nothing to try."""
    parts = condition.parts if isinstance(condition, SomeOf) and condition.need is None else (condition,)
    statements = [part for part in parts if isinstance(part, Attested)]
    apart = all(one.cell for one in statements) or len({one.item for one in statements}) == len(statements)
    return apart and len(statements) == len(parts)


def _fewest(condition: Condition, lacking: Sequence[Attested], snapshot: Snapshot) -> list[Attested]:
    """Return the first of these statements that are enough together, with none to spare; none where all are too few."""
    if not _met_with(condition, lacking, snapshot):
        return []
    needed = list(lacking)
    for one in reversed(lacking):
        fewer = [other for other in needed if other != one]
        if _met_with(condition, fewer, snapshot):
            needed = fewer
    return needed


def _met_with(condition: Condition, statements: Sequence[Attested], snapshot: Snapshot) -> bool:
    period = snapshot.period
    assumed = [Statement(period=period, item=one.item, cell=one.cell, status=Status.IN_PLACE) for one in statements]
    return condition.check(snapshot.assuming(assumed)).outcome is Outcome.MET


def _lever_text(needed: Sequence[Attested], lacking: Sequence[Attested], snapshot: Snapshot) -> str:
    if len(needed) < len(lacking):
        return f"show {counted(len(needed), 'more part')} of these {len(lacking)} in place"
    stated = any(one.check(snapshot).outcome is Outcome.UNMET for one in needed)
    return "put in place what is missing and show it" if stated else "show that it is in place"


def overall_gaps(whole: Whole, rule: RollUpRule, target: Grade | None = None) -> tuple[Gap, ...]:
    """Return what the whole needs: the parts without a grade, and the points to the next band with single lifts.

    `rule` is how parts become the whole; `target` aims at a grade instead of the next one up.
    """
    return (*_parts_missing(whole), *_points_missing(whole, rule, target))


def _parts_missing(whole: Whole) -> tuple[Gap, ...]:
    """Return one gap that names what is open: the award, or every criterion that its group's points do not cover."""
    aim, held = whole.overall.attainable, whole.overall.held
    if aim is None or held == aim or whole.overall.points is not None:
        return ()
    if whole.overall.graded_from in AWARDED:
        because = f"what was decided leaves it open: {whole.overall.because}"
        return (_whole_gap(whole, GapKind.MISSING_EVIDENCE, aim, because, (Lever("settle it and state the result"),)),)
    open_groups = {group.id for group in whole.groups if _is_unsettled(group) and group.applicable}
    lacking = [one.id for one in whole.criteria if one.group in open_groups and one.applicable and _is_unsettled(one)]
    if not lacking:
        return ()
    number, grade = counted(len(lacking), whole.framework.word("criterion")), whole.framework.word("grade")
    because = f"no settled {grade} for {number}: {', '.join(lacking)}"
    return (_whole_gap(whole, GapKind.MISSING_EVIDENCE, aim, because, (Lever(f"settle the {grade} of {number}"),)),)


def _is_unsettled(standing: Standing) -> bool:
    """Whether points or, on a scale without points, the grade could still be one or the other."""
    if standing.points_low is not None:
        return standing.points is None
    return standing.held is None or standing.held != standing.attainable


def _only_the_total_is_known(whole: Whole) -> bool:
    """Whether the whole was stated without its parts, so that nobody can say which of them could be lifted."""
    return whole.overall.graded_from in AWARDED and any(one.points is None for one in whole.criteria)


def _whole_gap(
    whole: Whole,
    kind: GapKind,
    aim: Grade,
    because: str,
    levers: tuple[Lever, ...],
    shortfall: Fraction | None = None,
) -> Gap:
    framework = whole.framework
    unit = "" if shortfall is None else "points"
    return Gap(Named(framework.id, framework.title), framework.id, kind, aim, because, shortfall, unit, levers)


def _points_missing(whole: Whole, rule: RollUpRule, target: Grade | None) -> tuple[Gap, ...]:
    """Return the points to the next band, with every single lift that gets there."""
    points, held = whole.overall.points, whole.overall.held
    aim = next_grade(whole.framework.scale, held, target) if held else target
    if points is None or (held and aim is None):
        return ()
    found = rule.roll_up.next_step(Total(points, points, points), aim)
    if found is None:
        return ()
    grade, start = found
    short = start - points
    because = f"{counted(short, 'point')} short of {grade.label}, which starts at {display(start)}"
    levers = single_lifts(whole, Step(rule, grade, short))
    if not levers and not _only_the_total_is_known(whole):
        because += f"; no single {whole.framework.word('criterion')} can be lifted that far"
        all_add_up = all(lifts_add_up(whole, group) for group in whole.framework.groups)
        because += "" if all_add_up else " (ratings of single services apart)"
    return (_whole_gap(whole, GapKind.SHORTFALL, grade, because, levers, short),)
