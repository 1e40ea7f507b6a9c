"""What lifts a whole that is graded by words, not by points: one of its parts, or the fewest that do it together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from attrs import frozen

from equityrules.grading.lifts import Whole
from equityrules.grading.standings import parts_with_words
from equityrules.model.finding import Edit, Lever
from equityrules.model.framework import RollUpRule
from equityrules.model.result import GroupResult, Standing
from equityrules.model.scale import Grade, Scale

_MOST_TO_TRY = 8
"""Parts of which every set is tried; of more, only each by itself."""


@frozen
class Lift:
    """Parts that are lifted together, each to a grade, and the grade that the whole has then."""

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
        """Return the lift of parts to grades where it is enough."""
        better = {part.id: Standing(id=part.id, title=part.title, held=grade, attainable=grade) for part, grade in to}
        then = [better.get(part.id, part) for part in self.parts]
        earned = self.rule.roll_up.word(self.scale, then, None).held
        enough = earned is not None and earned.rank >= (self.aim.rank if self.aim else 0)
        return Lift(tuple(to), earned) if enough and earned is not None else None


def fewest_lifts(whole: Whole, rule: RollUpRule, aim: Grade | None) -> list[Lift]:
    """Return every lift of the fewest parts that earns the whole the grade aimed at, or any grade where that is None.

    None where a part is not settled, as settling it comes first; and where so many parts are wanted together that not
    every set can be tried.
    """
    parts, scale = parts_with_words(whole.framework, whole.groups, whole.criteria), whole.framework.scale
    applying = [part for part in parts if part.applicable]
    if any(part.held is None or part.held != part.attainable for part in applying):
        return []
    room = [part for part in applying if part.held != scale.highest]
    roll = _Roll(rule, scale, parts, aim)
    for size in range(1, (len(room) if len(room) <= _MOST_TO_TRY else 1) + 1):
        tried = (_least_lift(roll, some) for some in combinations(room, size))
        if found := [lift for lift in tried if lift is not None]:
            return found
    return []


def _least_lift(roll: _Roll, parts: Sequence[Standing]) -> Lift | None:
    """Return the lift of these parts to the lowest grade that is better for all of them and enough, none to spare."""
    now = max(_rank(part) for part in parts)
    tried = (roll.lifted([(part, grade) for part in parts]) for grade in roll.scale.grades[now + 1 :])
    lift = next((one for one in tried if one is not None), None)
    for place in range(len(parts)) if lift else ():
        lift = _lowered(roll, lift, place)
    return lift


def _lowered(roll: _Roll, lift: Lift | None, place: int) -> Lift | None:
    """Return the lift with one of its parts lifted no further than is needed beside the others."""
    while lift is not None:
        part, grade = lift.parts[place]
        if grade.rank - 1 <= _rank(part):
            break
        less = (part, roll.scale.grades[grade.rank - 1])
        lower = roll.lifted([*lift.parts[:place], less, *lift.parts[place + 1 :]])
        if lower is None:
            break
        lift = lower
    return lift


def _rank(part: Standing) -> int:
    return part.held.rank if part.held else 0


def lever_of(whole: Whole, lift: Lift) -> Lever:
    """Return a lift in words, with the ratings that it amounts to."""
    return Lever(
        " and ".join(_words(whole, lift)), tuple(Edit(_about(whole, part), grade.id) for part, grade in lift.parts)
    )


def _words(whole: Whole, lift: Lift) -> Iterator[str]:
    for part, grade in lift.parts:
        before = part.held.label if part.held else "no grade"
        yield f"{part_word(whole, part)} {part.id} from {before} to {grade.label}"


def part_word(whole: Whole, part: Standing) -> str:
    """Return what the framework calls such a part."""
    return whole.framework.word("group" if isinstance(part, GroupResult) else "criterion")


def _about(whole: Whole, part: Standing) -> str:
    framework = whole.framework
    group = framework.group_by_id[part.id] if isinstance(part, GroupResult) else None
    return framework.group_ref(group) if group else f"{framework.id}/{part.id}"
