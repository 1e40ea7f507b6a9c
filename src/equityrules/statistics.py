"""Exact arithmetic on small sets of numbers and on printed figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def printed_range(figure: Decimal) -> tuple[Fraction, Fraction]:
    """Return the values that print as `figure`: from half a last digit below (included) to half above (not).

    2.26 stands for [2.255, 2.265).
    """
    exponent = figure.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{figure} is not a number")
    half = Fraction(10) ** exponent / 2
    return Fraction(figure) - half, Fraction(figure) + half


def middle_pair(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Return the two values in the middle; they are the same one where the number of values is odd."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]


def modes(values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Return the most frequent values, lowest first; more than one where they tie."""
    counts = Counter(values)
    most = max(counts.values())
    return tuple(sorted(value for value, count in counts.items() if count == most))


def mean(values: Sequence[Fraction]) -> Fraction:
    """Return the arithmetic mean."""
    return sum(values, Fraction(0)) / len(values)


def nearest_whole(value: Fraction) -> Fraction | None:
    """Return the nearest whole number, or None where the value lies exactly between two."""
    below = value.numerator // value.denominator
    rest = value - below
    return None if rest == Fraction(1, 2) else Fraction(below + (rest > Fraction(1, 2)))
