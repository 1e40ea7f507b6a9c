"""The attack: which hidden numbers can be worked out from what is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from attrs import frozen

from equityrules.disclosure.numbers import Number
from equityrules.disclosure.relations import PRIME, Relation
from equityrules.statistics import add_up

_ROUNDS = 20
_MANY = 1_000

Row = dict[Number, int]
Bounds = tuple[Fraction, Fraction | None]
Pair = tuple[Number, Number, Fraction]
"""Two hidden numbers with how many times the second one the first one is."""
Reach = tuple[Fraction | None, Fraction | None]
_OPEN: Bounds = (Fraction(0), None)


@frozen
class Hidden:
    """The numbers that are hidden with their values, and what is known of them: under what the small ones must lie."""

    values: Mapping[Number, Fraction]
    below: Mapping[Number, int]

    @property
    def numbers(self) -> frozenset[Number]:
        """Which numbers are hidden."""
        return frozenset(self.values)


def worked_out(hidden: Hidden, shown: Mapping[Number, Fraction], relations: Sequence[Relation]) -> set[Number]:
    """Return the hidden numbers that what is shown gives away exactly or, without any, to one value they could have."""
    tied = connected(hidden.numbers, shown, relations)
    totals = [relation for relation in tied if relation.is_sum]
    equations = [relation for relation in tied if relation.is_exact]
    exactly = _fixed(hidden, shown, equations) | _alone(hidden, shown, tied)
    return exactly or _cornered(hidden, shown, totals, _pairs(hidden, shown, tied))


def _alone(hidden: Hidden, shown: Mapping[Number, Fraction], relations: Iterable[Relation]) -> set[Number]:
    """Return the hidden numbers that stand alone in a figure: with all others known, it gives them away."""
    left = [[one for one in relation.weights if one not in shown] for relation in relations if not relation.is_sum]
    return {numbers[0] for numbers in left if len(numbers) == 1 and numbers[0] in hidden.numbers}


def connected(
    numbers: Collection[Number], shown: Mapping[Number, Fraction], relations: Sequence[Relation]
) -> list[Relation]:
    """Return the relations that say something of these numbers, directly or through others that are not shown."""
    by_number: dict[Number, list[int]] = {}
    for index, relation in enumerate(relations):
        for one in relation.weights:
            if one not in shown:
                by_number.setdefault(one, []).append(index)
    found: set[int] = set()
    seen, todo = set(numbers), list(numbers)
    while todo:
        for index in by_number.get(todo.pop(), ()):
            found.add(index)
            news = [one for one in relations[index].weights if one not in shown and one not in seen]
            seen.update(news)
            todo.extend(news)
    return [relations[index] for index in sorted(found)]


# --- exactly: linear algebra ---------------------------------------------------------------------------------------


def _fixed(hidden: Hidden, shown: Mapping[Number, Fraction], relations: Sequence[Relation]) -> set[Number]:
    """Return the hidden numbers that the equations fix: those for which a row of their reduced form stands alone.

    In a table with its totals these are the bridges of the graph of rows and columns whose edges are hidden cells.
    """
    rows: dict[Number, Row] = {}
    for relation in relations:
        row = {one: weight % PRIME for one, weight in relation.weights.items() if one not in shown}
        _add_row(rows, row)
    return {pivot for pivot, row in rows.items() if len(row) == 1 and pivot in hidden.numbers}


def _add_row(rows: dict[Number, Row], row: Row) -> None:
    """Reduce a row by those there are, and them by it; every row has 1 at its own number, and no other row has it."""
    for pivot in [one for one in row if one in rows]:
        _subtract(row, rows[pivot], row[pivot])
    if not row:
        return
    pivot = next(iter(row))
    inverse = pow(row[pivot], -1, PRIME)
    row = {one: weight * inverse % PRIME for one, weight in row.items()}
    for other in rows.values():
        if pivot in other:
            _subtract(other, row, other[pivot])
    rows[pivot] = row


def _subtract(row: Row, other: Row, times: int) -> None:
    for one, weight in other.items():
        left = (row.get(one, 0) - times * weight) % PRIME
        if left:
            row[one] = left
        else:
            row.pop(one, None)


# --- nearly: bounds ------------------------------------------------------------------------------------------------


def _cornered(
    hidden: Hidden, shown: Mapping[Number, Fraction], relations: Sequence[Relation], pairs: Sequence[Pair]
) -> set[Number]:
    """Return the hidden numbers that sums leave one value only: that they have at all, or as the small ones they are.

    What is hidden is not nought, and no count is below nought. Of `pairs` the ratio is known.
    """
    known: dict[Number, Bounds] = {one: (Fraction(1), None) for one in hidden.numbers}
    for _ in range(_ROUNDS):
        narrower = [_tighten(known, shown, relation) for relation in relations]
        narrower += [_tighten_pair(known, *pair) for pair in pairs]
        if not any(narrower):
            break
    return {one for one in hidden.numbers if _values_left(known[one], hidden.below.get(one)) == 1}


def _pairs(hidden: Hidden, shown: Mapping[Number, Fraction], relations: Iterable[Relation]) -> list[Pair]:
    """Return the numbers that are the only two hidden ones behind a printed ratio or percentage, both ways about."""
    figures = [relation for relation in relations if relation.is_exact and not relation.is_sum]
    open_ = [[one for one in relation.weights if one not in shown] for relation in figures]
    twos = [pair for pair in open_ if len(pair) == 2 and hidden.numbers.issuperset(pair)]
    return [(a, b, hidden.values[a] / hidden.values[b]) for one, other in twos for a, b in ((one, other), (other, one))]


def _tighten_pair(known: dict[Number, Bounds], one: Number, other: Number, ratio: Fraction) -> bool:
    low, high = known.get(other, _OPEN)
    return _narrow(known, one, (low * ratio, None if high is None else high * ratio))


def _values_left(bounds: Bounds, below: int | None) -> int:
    """Return how many whole values are left; without an end, or where the sums do not agree, many."""
    low, high = bounds
    ends = [one for one in (high, None if below is None else Fraction(below - 1)) if one is not None]
    left = floor(min(ends)) - ceil(low) + 1 if ends else _MANY
    return left if left > 0 else _MANY


def _tighten(known: dict[Number, Bounds], shown: Mapping[Number, Fraction], relation: Relation) -> bool:
    """Narrow the bounds of the numbers of a sum that are not shown by those of the others; say whether any did.

    A part that nobody states only opens the sum upwards.
    """
    reach = {one: _reach(known, shown, one, weight) for one, weight in relation.weights.items()}
    narrower = False
    for one, weight in relation.weights.items():
        if one in shown:
            continue
        others = [ends for other, ends in reach.items() if other != one]
        most = _total([low for low, _ in others])
        least = None if relation.slack else _total([high for _, high in others])
        ends = (None if least is None else -least, None if most is None else -most)
        narrower |= _narrow(known, one, ends if weight > 0 else (_negative(ends[1]), _negative(ends[0])))
    return narrower


def _reach(known: Mapping[Number, Bounds], shown: Mapping[Number, Fraction], one: Number, weight: int) -> Reach:
    """Return from where to where a number reaches in a sum, by its sign there; None where it has no end."""
    low, high = (shown[one], shown[one]) if one in shown else known.get(one, _OPEN)
    return (low, high) if weight > 0 else (_negative(high), -low)


def _negative(value: Fraction | None) -> Fraction | None:
    return None if value is None else -value


def _total(values: Sequence[Fraction | None]) -> Fraction | None:
    """Return a sum, None where one of its parts has no end."""
    given = [value for value in values if value is not None]
    return add_up(given) if len(given) == len(values) else None


def _narrow(known: dict[Number, Bounds], one: Number, ends: Reach) -> bool:
    """Take on new bounds where they are narrower and do not contradict; say whether they were."""
    before = known.get(one, _OPEN)
    low = before[0] if ends[0] is None else max(before[0], ends[0])
    high = before[1] if ends[1] is None else ends[1] if before[1] is None else min(before[1], ends[1])
    if (low, high) == before or (high is not None and high < low):
        return False
    known[one] = (low, high)
    return True
