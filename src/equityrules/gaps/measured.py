"""How many units close a measured gap: tried out, so that so many flip the finding and one less does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Any

from attrs import frozen

from equityrules.conditions import Comparator, Part, Threshold, Within
from equityrules.conditions.composites import outcome_of
from equityrules.measures.moves import Move, move_figure
from equityrules.measures.printed import bounds
from equityrules.model.evidence import Entry
from equityrules.model.finding import Observation, Outcome
from equityrules.model.snapshot import Snapshot

Measured = Threshold | Within
_STRICT = (Comparator.ABOVE, Comparator.BELOW)
_NOTHING_TO_MOVE = "no single number of the evidence moves it alone; try several with --with"


@frozen
class Closing:
    """What to do in words, what the evidence would then say, and what with one unit less, where that is anything."""

    text: str
    entries: tuple[Entry, ...]
    less: tuple[Entry, ...] = ()


def closings(condition: Measured, snapshot: Snapshot) -> tuple[list[Closing], str]:
    """Return the ways to close a measured gap, each alone enough, and why there is none where that is known."""
    seen = snapshot.observe(condition.measure, condition.cell)
    if seen.value is None or seen.reason:
        return [], ""
    if no_lever := getattr(condition.measure, "no_lever", ""):
        return [], no_lever
    up = push(condition, seen)
    if up is None:
        return [], "the interval crosses both ends: it takes more people, whatever their answers"
    moves = [(move, units_needed(condition, snapshot, move, up)) for move in _moves(condition, seen, snapshot, up)]
    found = [_closing(move, units) for move, units in moves if units]
    if found or not moves:
        return found, "" if found else _NOTHING_TO_MOVE
    return [], "; ".join(dict.fromkeys(_why_not_reached(condition, snapshot, move, up) for move, _ in moves))


def _closing(move: Move, units: int) -> Closing:
    return Closing(move.text(units), move.entries(units), move.entries(units - 1) if units > 1 else ())


def push(condition: Measured, seen: Observation) -> bool | None:
    """Return whether the value has to go up (or down); None where its interval crosses both ends of a band."""
    if isinstance(condition, Threshold):
        return condition.comparator in (Comparator.ABOVE, Comparator.AT_LEAST)
    over, under = _is_over(condition, seen), _is_under(condition, seen)
    return None if over and under else under


def _is_over(condition: Within, seen: Observation) -> bool:
    """Whether what is asked for still lies, in part, over the upper end."""
    return _reach(condition, seen)[1] > condition.high


def _is_under(condition: Within, seen: Observation) -> bool:
    return _reach(condition, seen)[0] < condition.low


def _reach(condition: Within, seen: Observation) -> tuple[Fraction, Fraction]:
    """Return from where to where the value (with its rounding), or its interval, reaches."""
    low, high = bounds(seen) or (Fraction(0), Fraction(0))
    if condition.part is Part.INTERVAL and seen.interval is not None:
        return min(low, seen.interval.low), max(high, seen.interval.high)
    return low, high


def _moves(condition: Measured, seen: Observation, snapshot: Snapshot, up: bool) -> Iterator[Move]:
    """Yield the ways to push the measure; of a figure printed without its counts, the figure itself."""
    offered: Callable[..., Iterator[Move]] | None = getattr(condition.measure, "moves", None)
    found: list[Any] = list(offered(snapshot, condition.cell, up)) if offered else []
    yield from found or move_figure(snapshot, condition.measure.id, seen.cell, up)


def units_needed(condition: Measured, snapshot: Snapshot, move: Move, up: bool) -> int | None:
    """Return the least number of units that meets the condition; None where no number does.

    The more units, the further the value goes one way, so the first number at which it is no longer outside is found by
    halving; where that number does not meet the condition, a unit is too coarse, or there are too few people. With the
    very last unit a group may have no interval any more, so that the one before it is asked as well.
    """
    if units := _worked_out(condition, snapshot, move, up):
        return units
    units = _first_beyond(condition, snapshot, move, up)
    return units if units and _outcome(condition, snapshot, move, units) is Outcome.MET else None


def _first_beyond(condition: Measured, snapshot: Snapshot, move: Move, up: bool) -> int:
    """Return the first number of units at which the value is no longer outside on its side; 0 where none is enough."""
    ends = (units for units in (move.most, move.most - 1) if units > 0)
    high = next((units for units in ends if not _is_outside(condition, snapshot, move, units, up)), 0)
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        if _is_outside(condition, snapshot, move, middle, up):
            low = middle
        else:
            high = middle
    return high


def _why_not_reached(condition: Measured, snapshot: Snapshot, move: Move, up: bool) -> str:
    """Return why no number of units of a move meets a condition."""
    units = _first_beyond(condition, snapshot, move, up)
    if not units:
        return f"out of reach with these numbers: even this is not enough, {move.text(move.most)}"
    if isinstance(condition, Threshold):
        return f"after {units} the figure can no longer be judged: {move.text(units)}"
    if condition.part is not Part.VALUE:
        return "with so few people the interval does not fit inside the band"
    few = f"{units - 1} too few" if units > 1 else "as it is too few"
    return f"no whole number lies inside the band: {few}, {units} too many ({move.text(units)})"


def _worked_out(condition: Measured, snapshot: Snapshot, move: Move, up: bool) -> int | None:
    """Return the number of units by the steps that the move says it takes; None where it says none, or proves wrong.

    With that number tried, the value is exactly as many steps away, and meets the condition. By the same steps one unit
    less leaves it on the wrong side.
    """
    now, wanted = snapshot.observe(condition.measure, condition.cell).value, _wanted(condition, up)
    if now is None or wanted is None or move.steps is None or (now > wanted if up else now < wanted):
        return None
    steps = move.steps(now, wanted)
    if steps is None:
        return None
    units = floor(steps) + 1 if isinstance(condition, Threshold) and condition.comparator in _STRICT else ceil(steps)
    if not 1 <= units <= move.most:
        return None
    assumed = snapshot.assuming(move.entries(units))
    then = assumed.observe(condition.measure, condition.cell).value
    proven = then is not None and move.steps(now, then) == units
    return units if proven and outcome_of(condition, assumed) is Outcome.MET else None


def _wanted(condition: Measured, up: bool) -> Fraction | None:
    """Return the value at which a condition starts to be met; None where it asks for more than the value."""
    if isinstance(condition, Threshold):
        return condition.threshold
    return None if condition.part is not Part.VALUE else condition.low if up else condition.high


def _outcome(condition: Measured, snapshot: Snapshot, move: Move, units: int) -> Outcome:
    return outcome_of(condition, snapshot.assuming(move.entries(units)))


def _is_outside(condition: Measured, snapshot: Snapshot, move: Move, units: int, up: bool) -> bool:
    """Whether so many units leave the value on the side it is on; without a value it has gone too far."""
    assumed = snapshot.assuming(move.entries(units))
    check = condition.check(assumed)
    if check.outcome is Outcome.MET:
        return False
    seen = check.observations[0]
    if seen.value is None:
        return False
    if isinstance(condition, Threshold):
        short = seen.value < condition.threshold if up else seen.value > condition.threshold
        return short or seen.reason is None
    return _is_under(condition, seen) if up else _is_over(condition, seen)
