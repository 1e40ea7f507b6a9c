"""The attack: which hidden numbers can be worked out from what is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from attrs import frozen

from equityrules.disclosure.numbers import Number
from equityrules.disclosure.relations import Relation

_PRIME = 2**61 - 1
_ROUNDS = 20
_MANY = 1_000

Row = dict[Number, int]
Bounds = tuple[Fraction, Fraction | None]


@frozen
class Hidden:
    """The numbers that are hidden, and what is known of them: under what value the small ones must lie, by number."""

    numbers: frozenset[Number]
    below: Mapping[Number, int]


def worked_out(hidden: Hidden, shown: Mapping[Number, Fraction], relations: Sequence[Relation]) -> set[Number]:
    """Return the hidden numbers that what is shown gives away: exactly, or to one value that they could have."""
    tied = connected(hidden.numbers, shown, relations)
    return _fixed(hidden, shown, tied) | _cornered(hidden, shown, tied)


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
    Reckoned modulo a prime, which is exact but for a chance of about one in 10^18.
    """
    rows: dict[Number, Row] = {}
    for relation in relations:
        row = {one: weight % _PRIME for one, weight in relation.weights.items() if one not in shown}
        _add_row(rows, row)
    return {pivot for pivot, row in rows.items() if len(row) == 1 and pivot in hidden.numbers}


def _add_row(rows: dict[Number, Row], row: Row) -> None:
    """Reduce a row by those there are, and them by it; every row has 1 at its own number, and no other row has it."""
    for pivot in [one for one in row if one in rows]:
        _subtract(row, rows[pivot], row[pivot])
    if not row:
        return
    pivot = next(iter(row))
    inverse = pow(row[pivot], -1, _PRIME)
    row = {one: weight * inverse % _PRIME for one, weight in row.items()}
    for other in rows.values():
        if pivot in other:
            _subtract(other, row, other[pivot])
    rows[pivot] = row


def _subtract(row: Row, other: Row, times: int) -> None:
    for one, weight in other.items():
        left = (row.get(one, 0) - times * weight) % _PRIME
        if left:
            row[one] = left
        else:
            row.pop(one, None)


# --- nearly: bounds ------------------------------------------------------------------------------------------------


def _cornered(hidden: Hidden, shown: Mapping[Number, Fraction], relations: Sequence[Relation]) -> set[Number]:
    """Return the hidden numbers that sums leave one value only: that they have at all, or as the small ones they are.

    What is hidden is not nought, and no count is below nought.
    """
    known: dict[Number, Bounds] = {one: (Fraction(1), None) for one in hidden.numbers}
    totals = [relation for relation in relations if relation.is_sum]
    for _ in range(_ROUNDS):
        narrower = [_tighten(known, shown, relation) for relation in totals]
        if not any(narrower):
            break
    return {one for one in hidden.numbers if _values_left(known[one], hidden.below.get(one)) == 1}


def _values_left(bounds: Bounds, below: int | None) -> int:
    """Return how many whole values are left; without an end, or where the sums do not agree, many."""
    low, high = bounds
    ends = [one for one in (high, None if below is None else Fraction(below - 1)) if one is not None]
    left = floor(min(ends)) - ceil(low) + 1 if ends else _MANY
    return left if left > 0 else _MANY


def _tighten(known: dict[Number, Bounds], shown: Mapping[Number, Fraction], relation: Relation) -> bool:
    """Narrow the bounds of every number that is not shown by those of the others; say whether any became narrower."""
    narrower = False
    for one in [one for one in relation.weights if one not in shown]:
        low, high = _implied(known, shown, relation, one)
        before = known.get(one, (Fraction(0), None))
        after = max(low, before[0]), before[1] if high is None else high if before[1] is None else min(high, before[1])
        if after != before and (after[1] is None or after[0] <= after[1]):
            known[one] = after
            narrower = True
    return narrower


def _implied(
    known: Mapping[Number, Bounds], shown: Mapping[Number, Fraction], relation: Relation, wanted: Number
) -> Bounds:
    """Return what the others of a sum say of one number: total = parts + slack."""
    sign = -relation.weights[wanted]
    low, high = Fraction(0), Fraction(0)
    open_low, open_high = False, False
    for weight, (least, most) in _others(known, shown, relation, wanted):
        one, other = (least, most) if weight * sign > 0 else (most, least)
        if one is None:
            open_low = True
        else:
            low += weight * sign * one
        if other is None:
            open_high = True
        else:
            high += weight * sign * other
    return Fraction(0) if open_low else low, None if open_high else high


def _others(
    known: Mapping[Number, Bounds], shown: Mapping[Number, Fraction], relation: Relation, wanted: Number
) -> Iterator[tuple[int, Bounds]]:
    for one, weight in relation.weights.items():
        if one != wanted:
            yield weight, ((shown[one], shown[one]) if one in shown else known.get(one, (Fraction(0), None)))
    for _ in relation.slack:
        yield 1, (Fraction(0), None)
