"""What lifts a whole that is graded by words, not by points: one of its parts, or the fewest that do it together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

from attrs import frozen

from equityrules.grading.lifts import Whole
from equityrules.grading.standings import parts_with_words
from equityrules.model.finding import Edit, Lever
from equityrules.model.framework import RollUpRule
from equityrules.model.result import GroupResult, Standing
from equityrules.model.scale import Grade, Scale

_MOST_SETS = 300
"""Sets of parts that are tried in no time."""


@frozen
class Lift:
    """Parts that are lifted together, each from a grade to a better one, and the grade that the whole has then."""

    parts: tuple[tuple[Standing, Grade], ...]
    earned: Grade


@frozen
class _Roll:
    """The parts of a whole with the rule that makes one grade of them, and the grade aimed at; None is any."""

    rule: RollUpRule
    scale: Scale
    parts: Sequence[Standing]
    aim: Grade | None

    def lifted(self, to: Sequence[tuple[Standing, Grade]]) -> Lift | None:
        """Return the lift of parts to grades; None where it is not enough."""
        earned = self.rule.roll_up.word(self.scale, [_better(part, to) for part in self.parts], None).held
        if earned is None or (self.aim is not None and earned.rank < self.aim.rank):
            return None
        return Lift(tuple(to), earned)


def _better(part: Standing, to: Sequence[tuple[Standing, Grade]]) -> Standing:
    """Return a part as it is, or with the grade that it is lifted to; a group and a criterion may share an id."""
    grade = next((grade for one, grade in to if one is part), None)
    return part if grade is None else Standing(id=part.id, title=part.title, held=grade, attainable=grade)


def can_be_lifted(whole: Whole) -> bool:
    """Whether every part that applies is settled, on the scale of the whole."""
    grades = whole.framework.scale.grades
    return all(part.held in grades and part.held == part.attainable for part in _applying(whole))


def _applying(whole: Whole) -> list[Standing]:
    parts = parts_with_words(whole.framework, whole.groups, whole.criteria)
    return [part for part in parts if part.applicable]


def fewest_lifts(whole: Whole, rule: RollUpRule, aim: Grade | None) -> tuple[list[Lift], int]:
    """Return every lift of the fewest parts that earns the whole the grade aimed at, and how many parts were tried.

    Where any grade will do, as there is none yet, those that earn the best one. The list is empty where no set of so
    many parts is enough, and more sets than can be tried would have to be.
    """
    scale = whole.framework.scale
    roll = _Roll(rule, scale, _applying(whole), aim)
    room = [(part, part.held) for part in roll.parts if part.held is not None and part.held != scale.highest]
    size = sets = 0
    while size < len(room) and sets + comb(len(room), size + 1) <= _MOST_SETS:
        size, sets = size + 1, sets + comb(len(room), size + 1)
        found = [lift for some in combinations(room, size) if (lift := _least_lift(roll, some))]
        if found:
            best = max(lift.earned.rank for lift in found)
            return [lift for lift in found if aim is not None or lift.earned.rank == best], size
    return [], size


def _least_lift(roll: _Roll, now: Sequence[tuple[Standing, Grade]]) -> Lift | None:
    """Return the lift of these parts from their grades to the lowest one that is better and enough, none to spare."""
    highest_now = max(held.rank for _, held in now)
    for grade in roll.scale.grades[highest_now + 1 :]:
        if lift := roll.lifted([(part, grade) for part, _ in now]):
            for place, (_, held) in enumerate(now):
                lift = _lowered(roll, lift, place, held)
            return lift
    return None


def _lowered(roll: _Roll, lift: Lift, place: int, held: Grade) -> Lift:
    """Return the lift with one of its parts, which holds a grade, lifted no further than is needed."""
    part, grade = lift.parts[place]
    if grade.rank <= held.rank + 1:
        return lift
    less = (part, roll.scale.grades[grade.rank - 1])
    lower = roll.lifted([*lift.parts[:place], less, *lift.parts[place + 1 :]])
    return _lowered(roll, lower, place, held) if lower else lift


def lever_of(whole: Whole, lift: Lift) -> Lever:
    """Return a lift in words, with the ratings that it amounts to."""
    edits = tuple(Edit(_about(whole, part), grade.id) for part, grade in lift.parts)
    return Lever(" and ".join(_words(whole, lift)), edits)


def _words(whole: Whole, lift: Lift) -> Iterator[str]:
    for part, grade in lift.parts:
        before = part.held.label if part.held else ""
        yield f"{part_word(whole, part)} {part.id} from {before} to {grade.label}"


def part_word(whole: Whole, part: Standing) -> str:
    """Return what the framework calls such a part."""
    return whole.framework.word("group" if isinstance(part, GroupResult) else "criterion")


def _about(whole: Whole, part: Standing) -> str:
    framework = whole.framework
    group = framework.group_by_id[part.id] if isinstance(part, GroupResult) else None
    return framework.group_ref(group) if group else f"{framework.id}/{part.id}"
