"""Exact arithmetic on small sets of numbers and on printed figures; intervals and tests that compare two groups."""

from __future__ import annotations

import math
import operator
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from equityrules.model.finding import Interval

_Z95 = 1.959963984540054
"""How many standard errors either side of the middle hold 95% of a normal distribution."""

_PLACES = 9
"""Decimals kept of what is computed with floats, so that it is the same on every platform."""

_SCALE = 10**_PLACES

_VANISHING = 1e-15
"""A likelihood this small, next to that of the likeliest table, adds nothing to the decimals kept."""

_EQUALLY_LIKELY = 1 + 1e-7
"""Two likelihoods closer than this are one; floats cannot tell. R's fisher.test takes the same factor."""


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


def add_up(values: Iterable[Fraction]) -> Fraction:
    """Return the exact sum, 0 of nothing; whole numbers, as nearly all are, are first added as such."""
    given = list(values)
    whole = sum([one.numerator for one in given if one.denominator == 1])
    return sum([one for one in given if one.denominator != 1], Fraction(whole))


def percentage(part: Fraction, whole: Fraction) -> Fraction:
    """Return exactly what percentage the part is of a whole that is not 0."""
    return Fraction(100 * part.numerator * whole.denominator, part.denominator * whole.numerator)


def mean(values: Sequence[Fraction]) -> Fraction:
    """Return the arithmetic mean."""
    return add_up(values) / len(values)


def nearest_whole(value: Fraction) -> Fraction | None:
    """Return the nearest whole number, or None where the value lies exactly between two."""
    below = value.numerator // value.denominator
    rest = value - below
    return None if rest == Fraction(1, 2) else Fraction(below + (rest > Fraction(1, 2)))


def wilson(share: Fraction, of: Fraction) -> Interval:
    """Return the score interval of a proportion, from 0 to 1 (Wilson 1927, J. Am. Stat. Assoc. 22, 209-212).

    `of` is the number of people the share is of; it may be an average of years.
    """
    return _interval(*_score_limits(share, of))


def square_and_add(first: Fraction, first_interval: Interval, second: Fraction, second_interval: Interval) -> Interval:
    """Return the interval of the first value minus the second, from the interval that each has by itself.

    Each end lies as far from the difference as the ends of the two intervals, taken together as the sides of a right
    angle. With score intervals of two proportions it is Newcombe 1998, Stat. Med. 17, 873-890, method 10, without
    continuity correction; for other values with intervals of their own, Zou and Donner 2008, Stat. Med. 27, 1693-1702.
    """
    below = math.hypot(first - first_interval.low, second_interval.high - second)
    above = math.hypot(first_interval.high - first, second - second_interval.low)
    difference = float(first - second)
    return _interval(difference - below, difference + above)


def katz(events: Fraction, base: Fraction, other_events: Fraction, other_base: Fraction) -> Interval | None:
    """Return the log interval of the ratio (events / base) / (other_events / other_base).

    Katz, Baptista, Azen and Pike 1978, Biometrics 34, 469-474. None where nobody or everybody in a group has an event:
    such a group would add no width to the interval, however small it is.
    """
    _require_part(events, base)
    _require_part(other_events, other_base)
    if events in (0, base) or other_events in (0, other_base):
        return None
    some, all_of_them, others, all_others = map(float, (events, base, other_events, other_base))
    variance = (1 / some - 1 / all_of_them) + (1 / others - 1 / all_others)
    ratio, factor = (some / all_of_them) / (others / all_others), math.exp(_Z95 * math.sqrt(variance))
    return _interval(ratio / factor, ratio * factor)


def fisher(events: int, base: int, other_events: int, other_base: int) -> Fraction:
    """Return the two-sided p of Fisher's exact test (Fisher 1935, J. R. Stat. Soc. 98, 39-82), to 9 decimals.

    It is the probability of all the tables with the same totals that are no more likely than this one. 0 stands for
    less than half of the last decimal.
    """
    _require_part(events, base)
    _require_part(other_events, other_base)
    everyone = events + other_events
    mode = (everyone + 1) * (base + 1) // (base + other_base + 2)
    more = _likelihoods_from(mode, everyone, base, other_base)
    fewer = _likelihoods_from(everyone - mode, everyone, other_base, base)
    this, steps = (more, events - mode) if events >= mode else (fewer, mode - events)
    limit = this[steps] * _EQUALLY_LIKELY if steps < len(this) else 0.0
    no_likelier = [*more[_first_up_to(limit, more) :], *fewer[max(1, _first_up_to(limit, fewer)) :]]
    return _rounded(math.fsum(no_likelier) / (math.fsum(more) + math.fsum(fewer) - 1))


def _likelihoods_from(count: int, events: int, base: int, other_base: int) -> list[float]:
    """Return how likely count, count + 1, ... of the events are to fall to `base`, as multiples of the first's chance.

    Each is the one before times the ratio of neighbouring terms of the hypergeometric distribution; the ratio is 0
    where no more events can fall there. From the likeliest count on they only fall.
    """
    found = [1.0]
    while found[-1] > _VANISHING:
        ratio = (base - count) * (events - count) / ((count + 1) * (other_base - events + count + 1))
        found.append(found[-1] * ratio)
        count += 1
    return found


def _first_up_to(limit: float, falling: Sequence[float]) -> int:
    """Return the place of the first of falling numbers that is no more than the limit."""
    return bisect_left(falling, -limit, key=operator.neg)


def _score_limits(share: Fraction, of: Fraction) -> tuple[float, float]:
    """Return the two proportions from which the share lies just `_Z95` of their own standard errors away."""
    if of <= 0 or not 0 <= share.numerator <= share.denominator:
        raise ValueError(f"{share * of} of {of} is no proportion")
    proportion, square = float(share), _Z95**2 / float(of)
    middle = proportion + square / 2
    half = math.sqrt(square * (proportion * (1 - proportion) + square / 4))
    return max(0.0, (middle - half) / (1 + square)), min(1.0, (middle + half) / (1 + square))


def _require_part(part: Fraction | int, whole: Fraction | int) -> None:
    """Raise a ValueError unless the part lies between none and all of a whole that is more than nothing."""
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no proportion")


def _interval(low: float, high: float) -> Interval:
    return Interval(_rounded(low), _rounded(high))


def _rounded(value: float) -> Fraction:
    """Return the nearest number of so many decimals, of two as near the even one; the float is taken as it is."""
    over, under = value.as_integer_ratio()
    whole, rest = divmod(over * _SCALE, under)
    up = 2 * rest > under or (2 * rest == under and whole % 2 == 1)
    return Fraction(whole + up, _SCALE)
