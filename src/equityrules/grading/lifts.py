"""What lifts the whole to its next band: single criteria, lifted by the points that are missing."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import ceil

from attrs import frozen

from equityrules.grading.awards import AwardBook
from equityrules.model.finding import Edit, Lever
from equityrules.model.framework import CriterionGroup, Framework, RollUpRule
from equityrules.model.kinds import Total
from equityrules.model.numbers import display, exactly
from equityrules.model.result import CriterionResult, GroupResult, OverallResult
from equityrules.model.scale import Grade
from equityrules.statistics import add_up

_MOST_TO_TRY = 16
"""Criteria of which every set can be tried in no time."""


@frozen
class Whole:
    """The results of a whole framework together, with the awards that they came from."""

    framework: Framework
    book: AwardBook
    overall: OverallResult
    groups: tuple[GroupResult, ...]
    criteria: tuple[CriterionResult, ...]

    def parts(self, group: CriterionGroup) -> list[CriterionResult]:
        """Return the criteria of a group."""
        return [result for result in self.criteria if result.group == group.id]

    def stated_points(self, about: str) -> Fraction | None:
        """Return the points that were stated for a group or the whole, if any were."""
        rating = self.book.stated.get(about)
        return None if rating is None or rating.points is None else Fraction(rating.points)


@frozen
class Step:
    """The way to a grade of the whole: the rule that gives it, and how many points are missing."""

    rule: RollUpRule
    grade: Grade
    short: Fraction

    def reached(self, whole: Whole, total: Fraction) -> bool:
        """Whether a total earns the grade, or a higher one."""
        held = self.rule.roll_up.word(whole.framework.scale, whole.groups, Total(total, total, total)).held
        return held is not None and held.rank >= self.grade.rank


def single_lifts(whole: Whole, step: Step) -> tuple[Lever, ...]:
    """Return every way to gain the points by lifting one criterion to the lowest grade that is enough, lowest first.

    Left out are groups whose points services decide, as the middle of several need not move with one. Where a group's
    total was stated and not all its criteria are known, those not known are lifted together, by one of them.
    """
    lifts = [
        (result.points, lever)
        for group in whole.framework.groups
        if lifts_add_up(whole, group)
        for result in whole.parts(group)
        if result.points is not None and (lever := _lift(whole, step, group, result, result.points))
    ]
    lifts.sort(key=lambda lift: lift[0])
    together = [_lift_together(whole, step, group) for group in whole.framework.groups]
    together.append(_lift_any(whole, step))
    return (*(lever for _, lever in lifts), *(lever for lever in together if lever))


def other_sets(whole: Whole, step: Step) -> int | None:
    """Return how many sets of two or more criteria gain the points together, none of them to spare.

    None where there are too many criteria to try every set.
    """
    rooms = _rooms(whole)
    if len(rooms) > _MOST_TO_TRY:
        return None
    sets = (one for size in range(2, len(rooms) + 1) for one in combinations(rooms, size))
    return sum(sum(one) >= step.short > sum(one) - min(one) for one in sets)


def needs_every_room(whole: Whole, step: Step) -> bool:
    """Whether the points are missing that all criteria together have room for, and not one less."""
    return sum(_rooms(whole)) == step.short


def _rooms(whole: Whole) -> list[Fraction]:
    """Return the points that each criterion could still gain, of those that have any."""
    return [
        highest - result.points
        for group in whole.framework.groups
        if lifts_add_up(whole, group)
        for result in whole.parts(group)
        if result.points is not None
        and (highest := whole.framework.criterion(result.id).scale.highest.points) is not None
        and highest > result.points
    ]


def lifts_add_up(whole: Whole, group: CriterionGroup) -> bool:
    """Whether a group's points move with those of each criterion that is known."""
    result = next(one for one in whole.groups if one.id == group.id)
    known = add_up(part.points or Fraction(0) for part in whole.parts(group))
    stated = whole.stated_points(whole.framework.group_ref(group))
    if stated is not None:
        return known == stated or (known < stated and bool(_not_known(whole, group)))
    return result.graded_from != "services" and result.points in (None, known)


def _not_known(whole: Whole, group: CriterionGroup) -> list[CriterionResult]:
    return [part for part in whole.parts(group) if part.points is None and part.applicable]


def _lift(whole: Whole, step: Step, group: CriterionGroup, result: CriterionResult, now: Fraction) -> Lever | None:
    enough = [
        (grade, grade.points - now)
        for grade in whole.framework.criterion(result.id).scale.grades
        if grade.points is not None and grade.points >= now + step.short
    ]
    if not enough:
        return None
    grade, gain = min(enough, key=lambda pair: pair[1])
    if not step.reached(whole, (whole.overall.points or Fraction(0)) + gain):
        return None
    before = result.held.label if result.held else display(now)
    edit = Edit(f"{whole.framework.id}/{result.id}", grade.id)
    return Lever(f"{result.id} from {before} to {grade.label}", (edit, *_stated_totals(whole, group, gain)))


def _stated_totals(whole: Whole, group: CriterionGroup, gain: Fraction) -> tuple[Edit, ...]:
    """Return the totals above a lifted criterion that were stated, and so have to be stated anew."""
    ref = whole.framework.group_ref(group)
    stated = whole.stated_points(ref)
    edits = () if stated is None else (Edit(ref, exactly(stated + gain)),)
    if whole.overall.points is None or whole.overall.graded_from not in ("rating", "votes"):
        return edits
    return (*edits, Edit(whole.framework.id, exactly(whole.overall.points + gain)))


def _lift_together(whole: Whole, step: Step, group: CriterionGroup) -> Lever | None:
    """Return the lift of a stated total by one of the criteria that are not known, where one surely has the room."""
    unknown, stated = _not_known(whole, group), whole.stated_points(whole.framework.group_ref(group))
    if stated is None or not unknown or not lifts_add_up(whole, group):
        return None
    rest = stated - add_up(part.points or Fraction(0) for part in whole.parts(group))
    most = [whole.framework.criterion(part.id).scale.highest.points or Fraction(0) for part in unknown]
    room = (add_up(most) - rest) / len(unknown)
    if step.short > (ceil(room) if rest.denominator == 1 else room):
        return None
    if not step.reached(whole, (whole.overall.points or Fraction(0)) + step.short):
        return None
    names = ", ".join(part.id for part in unknown)
    text = f"one of {names} by {display(step.short)} (only their total, {display(rest)}, is known)"
    return Lever(text, _stated_totals(whole, group, step.short))


def _lift_any(whole: Whole, step: Step) -> Lever | None:
    """Return the lift of a stated total of the whole by one criterion, where none is known and one surely has room."""
    total = whole.stated_points(whole.framework.id)
    applying = [one for one in whole.criteria if one.applicable]
    if total is None or not applying or any(one.points is not None for one in whole.criteria):
        return None
    if any(group.points is not None for group in whole.groups):
        return None
    most = [whole.framework.criterion(one.id).scale.highest.points or Fraction(0) for one in applying]
    room = (add_up(most) - total) / len(applying)
    enough = ceil(room) if total.denominator == 1 else room
    if step.short > enough or not step.reached(whole, total + step.short):
        return None
    word = whole.framework.word("criterion")
    text = f"any one {word} that has room, by {display(step.short)} (only the total, {display(total)}, is known)"
    return Lever(text, (Edit(whole.framework.id, exactly(total + step.short)),))
