"""Where a value lies on an axis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import ceil, floor, log10

from attrs import frozen

from equityrules.reports.charts.text import width

_LIMIT = Fraction(10) ** 15
_STEPS = (Fraction(1), Fraction(2), Fraction(5), Fraction(10))
_RATIOS = (1, 2, Fraction(1, 2), 4, Fraction(1, 4), Fraction(5, 4), Fraction(4, 5), 10, Fraction(1, 10), 100,
           Fraction(1, 100), 1000, Fraction(1, 1000))  # fmt: skip
_LEAST_RATIO, _MOST_RATIO = Fraction(1, 1000), Fraction(1000)
_GAP = 8


@frozen
class Axis:
    """An axis from one value to another, drawn from `start` to `end`.

    `by_ratio` is for ratios: twice and half lie equally far from 1.
    """

    low: Fraction
    high: Fraction
    start: float
    end: float
    by_ratio: bool = False

    def place(self, value: Fraction) -> float:
        """Return where a value lies; what is off the axis lies at its end."""
        inside = min(max(value, self.low), self.high)
        low, high, here = (self._distance(one) for one in (self.low, self.high, inside))
        return min(self.start + (self.end - self.start) * (here - low) / (high - low), self.end)

    def _distance(self, value: Fraction) -> float:
        return log10(value) if self.by_ratio else float(value)


def axis_for(values: Iterable[Fraction], start: float, end: float, *, by_ratio: bool = False) -> Axis:
    """Return an axis that shows all the values with a little room at both ends."""
    found = [min(max(one, -_LIMIT), _LIMIT) for one in values]
    low, high = min(found, default=Fraction(0)), max(found, default=Fraction(1))
    if by_ratio:
        low, high = (min(max(one, _LEAST_RATIO), _MOST_RATIO) for one in (low, high))
        return Axis(low * Fraction(4, 5), high * Fraction(5, 4), start, end, by_ratio=True)
    room = (high - low) / 20 or Fraction(1)
    return Axis(low - room if low else low, high + room if high else high or room, start, end)


def ticks(axis: Axis, size: float) -> list[tuple[Fraction, str]]:
    """Return round values along an axis with their labels, no label over another or beyond the axis."""
    kept: list[tuple[Fraction, str]] = []
    for value in _ratios(axis) if axis.by_ratio else _round_values(axis):
        text = _written(value)
        if all(_apart(axis, (value, text), other, size) for other in kept):
            kept.append((value, text))
    return sorted(kept)


def _apart(axis: Axis, one: tuple[Fraction, str], other: tuple[Fraction, str], size: float) -> bool:
    room = (width(one[1], size) + width(other[1], size)) / 2 + _GAP
    return abs(axis.place(one[0]) - axis.place(other[0])) >= room


def _ratios(axis: Axis) -> Iterator[Fraction]:
    return (Fraction(one) for one in _RATIOS if axis.low <= one <= axis.high)


def _round_values(axis: Axis) -> Iterator[Fraction]:
    step = _step(axis.high - axis.low)
    return (step * number for number in range(ceil(axis.low / step), floor(axis.high / step) + 1))


def _step(span: Fraction, most: int = 5) -> Fraction:
    """Return 1, 2 or 5 times a power of ten that divides a span into no more than `most` parts."""
    size = Fraction(10) ** floor(log10(span / most))
    return next(size * step for step in _STEPS if span / (size * step) <= most)


def _written(value: Fraction) -> str:
    return f"{float(value):.10g}"
