"""What ties numbers together: totals and their parts, and every figure that is worked out of several numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import field, frozen

from equityrules.disclosure.numbers import Number
from equityrules.model.vocabulary import Cell, Vocabulary, make_cell

PRIME = 2**61 - 1
"""Equations are reckoned modulo this prime: exactly, but for a chance of about one in 10^18."""


@frozen
class Relation:
    """Numbers of which the last one can be worked out where all the others are known.

    `weights` are those of an equation, modulo PRIME: the weighted sum of the numbers is known. Of a sum of parts they
    are 1, and -1 for the total; those of a figure, which is no sum, stand for its formula. `slack` are parts that
    nobody states, nought or more. `is_exact` says that the equation holds, not just that something of it is known.
    """

    weights: Mapping[Number, int] = field(eq=False)
    slack: tuple[Number, ...] = ()
    is_sum: bool = True
    is_exact: bool = True


def sums(vocabulary: Vocabulary, numbers: Collection[Number]) -> Iterator[Relation]:
    """Yield how the numbers of each period add up, by way of totals that are not stated where need be.

    In a table by rows and columns these are the sums of its rows and columns.
    """
    known = _with_totals(vocabulary, numbers)
    for number in sorted(known, key=str):
        for parts in ways_to_add_up(vocabulary, number):
            if relation := _sum(vocabulary, known, number, parts):
                yield relation


def _sum(vocabulary: Vocabulary, known: Collection[Number], total: Number, parts: Sequence[Number]) -> Relation | None:
    """Return a total with its parts, where these are known but for those who did not say."""
    given = [part for part in parts if part in known]
    slack = tuple(part for part in parts if part not in known)
    if not given or not all(_is_undeclared(vocabulary, part, total) for part in slack):
        return None
    return Relation({total: -1, **dict.fromkeys(given, 1)}, slack)


def _is_undeclared(vocabulary: Vocabulary, part: Number, total: Number) -> bool:
    added = set(part.cell) - set(total.cell)
    return bool(added) and all(vocabulary.dimensions[name].undeclared == group for name, group in added)


def ways_to_add_up(vocabulary: Vocabulary, number: Number) -> Iterator[list[Number]]:
    """Yield the numbers that make up one, in each way: by a dimension, by a finer one, by other items."""
    item, given = vocabulary.items[number.item], dict(number.cell)
    for name, group in number.cell:
        dimension = vocabulary.dimensions[name]
        if dimension.of:
            parts = next(one.parts for one in dimension.groups if one.id == group)
            yield [_at(number, {**_without(given, name), dimension.of: part}) for part in parts]
    for name in item.dimensions:
        if vocabulary.dimensions[name].adds and not any(_related(vocabulary, name, one) for one in given):
            yield [_at(number, {**given, name: group.id}) for group in vocabulary.dimensions[name].groups]
    if item.sum_of:
        yield [Number(number.period, other, number.cell) for other in item.sum_of]


def _related(vocabulary: Vocabulary, name: str, other: str) -> bool:
    return name in (other, vocabulary.dimensions[other].of) or vocabulary.dimensions[name].of == other


def _with_totals(vocabulary: Vocabulary, numbers: Collection[Number]) -> set[Number]:
    """Return the numbers with every total that they are a part of, stated or not."""
    sums_with: dict[str, list[str]] = {}
    for item in vocabulary.items.values():
        for part in item.sum_of:
            sums_with.setdefault(part, []).append(item.id)
    found = {one for one in numbers if one.item in vocabulary.items}
    todo = list(found)
    while todo:
        for total in _totals_of(vocabulary, sums_with, todo.pop()):
            if total not in found:
                found.add(total)
                todo.append(total)
    return found


def _totals_of(vocabulary: Vocabulary, sums_with: Mapping[str, Sequence[str]], number: Number) -> Iterator[Number]:
    """Yield the numbers one step up: without a dimension, by a coarser one, of an item that it is summed into."""
    given = dict(number.cell)
    dimensions = vocabulary.items[number.item].dimensions
    for name, group in number.cell:
        if vocabulary.dimensions[name].adds:
            yield _at(number, _without(given, name))
        for coarser in dimensions:
            if vocabulary.dimensions[coarser].of == name:
                for one in vocabulary.dimensions[coarser].groups:
                    if group in one.parts:
                        yield _at(number, {**_without(given, name), coarser: one.id})
    for item in sums_with.get(number.item, ()):
        if set(given) <= set(vocabulary.items[item].dimensions):
            yield Number(number.period, item, number.cell)


def _at(number: Number, groups: Mapping[str, str]) -> Number:
    cell: Cell = make_cell(groups)
    return Number(number.period, number.item, cell)


def _without(given: Mapping[str, str], name: str) -> dict[str, str]:
    return {one: group for one, group in given.items() if one != name}
