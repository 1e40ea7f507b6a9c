"""Figures printed without their counts: what a rounded number leaves open."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from equityrules.model.evidence import Figure
from equityrules.model.finding import Observation, Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell
from equityrules.statistics import printed_range

_REPLACED_BY_PRINTED = (Reason.NOT_EVIDENCED, Reason.STALE)
"""Where a printed figure stands in: not where there are counts that are too small or make no ratio."""


Over = tuple[str, str] | None
"""The group whose rate is on top of a ratio, and the other one."""


def else_printed(seen: Observation, snapshot: Snapshot, cell: Cell, over: Over = None) -> Observation:
    """Return what was seen or, where there is nothing fresh, the figure printed for the measure.

    `over` is how the measure compares; a figure that is printed the other way about is turned over.
    """
    figure = snapshot.figures.get((seen.of, cell))
    return printed(seen, figure, over) if figure and seen.reason in _REPLACED_BY_PRINTED else seen


def printed(blank: Observation, figure: Figure, over: Over = None) -> Observation:
    """Return a figure printed without its counts, with the range that its rounding leaves."""
    found = stands_for(figure, over)
    if found is None:
        return evolve(blank, reason=Reason.NOT_COMPUTABLE, source=figure.source, day=figure.day, note=figure.note)
    low, value, high = found
    return evolve(
        blank, value=value, low=low, high=high, reason=None, source=figure.source, day=figure.day, note=figure.note
    )


def stands_for(figure: Figure, over: Over = None) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return the least, the printed and the greatest value of a figure, the way about that the measure has it.

    None where it would have to be turned over and may be 0.
    """
    low, high = printed_range(figure.value)
    value = Fraction(figure.value)
    if figure.over is None or over is None or figure.over == over:
        return low, value, high
    return (1 / high, 1 / value, 1 / low) if low > 0 else None


def bounds(seen: Observation) -> tuple[Fraction, Fraction] | None:
    """Return the least and the greatest value that an observation may stand for; None where it has none."""
    if seen.value is None:
        return None
    return (seen.value if seen.low is None else seen.low, seen.value if seen.high is None else seen.high)
