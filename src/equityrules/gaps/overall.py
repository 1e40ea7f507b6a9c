"""What the whole is missing: parts without a grade, and points to the next band."""

from __future__ import annotations

from fractions import Fraction

from equityrules.gaps.criteria import next_grade
from equityrules.grading.awards import AWARDED
from equityrules.grading.lifts import Step, Whole, lifts_add_up, needs_every_room, other_sets, single_lifts
from equityrules.grading.standings import decided_by_points
from equityrules.grading.word_lifts import can_be_lifted, fewest_lifts, lever_of, part_word
from equityrules.model.finding import Gap, GapKind, Lever, Named
from equityrules.model.framework import RollUpRule
from equityrules.model.kinds import Total
from equityrules.model.numbers import counted, display
from equityrules.model.result import Standing
from equityrules.model.scale import Grade

_MOST_TO_NAME = 10
"""Ways to lift the whole of which each is named."""


def overall_gaps(whole: Whole, rule: RollUpRule, target: Grade | None = None) -> tuple[Gap, ...]:
    """Return what the whole needs: the parts without a grade, and the points or lifts to the next one.

    `rule` is how parts become the whole; `target` aims at a grade instead of the next one up.
    """
    further = _points_missing(whole, rule, target)
    if not further and not decided_by_points(rule):
        further = _lifts_missing(whole, rule, target)
    return (*_parts_missing(whole), *further)


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
    step = Step(rule, grade, short)
    levers = single_lifts(whole, step)
    if not levers and not _only_the_total_is_known(whole):
        because += f"; no single {whole.framework.word('criterion')} can be lifted that far"
        all_add_up = all(lifts_add_up(whole, group) for group in whole.framework.groups)
        because += "" if all_add_up else " (ratings of single services apart)"
    if needs_every_room(whole, step) and not levers:
        because += (
            f"; it needs the highest {whole.framework.word('grade')} in all {_plural_of(whole)} that are below it"
        )
    elif others := other_sets(whole, step):
        because += f"; {counted(others, 'set')} of two or more {_plural_of(whole)} together are enough too"
    return (_whole_gap(whole, GapKind.SHORTFALL, grade, because, levers, short),)


def _lifts_missing(whole: Whole, rule: RollUpRule, target: Grade | None) -> tuple[Gap, ...]:
    """Return what lifts a whole that is graded by words to the next grade: the fewest of its parts."""
    held = whole.overall.held
    aim = next_grade(whole.framework.scale, held, target) if held else target
    if not whole.overall.applicable or whole.overall.graded_from in AWARDED or (held and aim is None):
        return ()
    if not can_be_lifted(whole):
        unsettled = _whole_gap(
            whole, GapKind.MISSING_EVIDENCE, aim or whole.framework.scale.highest, whole.overall.because, ()
        )
        return () if held or _parts_missing(whole) else (unsettled,)
    lifts, size = fewest_lifts(whole, rule, aim)
    if not lifts:
        return _no_lift(whole, aim, size)
    grade, noun = min((one.earned for one in lifts), key=lambda one: one.rank), part_word(whole, lifts[0].parts[0][0])
    enough = f"one {noun} better is enough" if size == 1 else f"no single {noun} is enough, {size} together are"
    because = f"{whole.overall.because}; for {grade.label} {enough}"
    if len(lifts) > _MOST_TO_NAME:
        because += f" ({len(lifts)} ways, of which {_MOST_TO_NAME} are named)"
    levers = tuple(lever_of(whole, one) for one in lifts[:_MOST_TO_NAME])
    return (_whole_gap(whole, GapKind.SHORTFALL, grade, because, levers),)


def _no_lift(whole: Whole, aim: Grade | None, size: int) -> tuple[Gap, ...]:
    """Return that the grade takes more parts than were tried together; nothing where there are none to lift."""
    if not size or aim is None:
        return ()
    because = f"{whole.overall.because}; for {aim.label} it takes more than {size} of its parts together"
    return (_whole_gap(whole, GapKind.SHORTFALL, aim, because, ()),)


def _plural_of(whole: Whole) -> str:
    """Return the framework's word for several criteria."""
    return counted(2, whole.framework.word("criterion")).partition(" ")[2]
