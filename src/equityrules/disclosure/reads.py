"""Which numbers a figure rests on: found by watching what its measure looks up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random

from attrs import evolve, frozen

from equityrules.disclosure.numbers import Number, number_of
from equityrules.disclosure.relations import PRIME, Relation
from equityrules.measures import Change
from equityrules.model.evidence import Count, Entry, Evidence, Survey
from equityrules.model.framework import Framework
from equityrules.model.kinds import Measure
from equityrules.model.result import Assessment
from equityrules.model.snapshot import Key, Snapshot, take_snapshot
from equityrules.model.vocabulary import Cell
from equityrules.reading import leaves_of


class _Watched(Mapping[Key, Entry]):
    """Entries that note which of them were looked up, and which were asked for in vain."""

    def __init__(self, entries: Mapping[Key, Entry]) -> None:
        self.entries = entries
        self.seen: dict[Number, None] = {}
        self.missed: dict[Key, None] = {}

    def __getitem__(self, key: Key) -> Entry:
        if key not in self.entries:
            self.missed[key] = None
        entry = self.entries[key]
        if isinstance(entry, Count | Survey):
            self.seen[number_of(entry)] = None
        return entry

    def __iter__(self) -> Iterator[Key]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


@frozen(eq=False)
class Look:
    """One look of a measure at a snapshot: the numbers it found, and what it asked for of its items in vain."""

    measure: str
    cell: Cell
    snapshot: Snapshot
    numbers: tuple[Number, ...]
    asked: tuple[Key, ...]

    @property
    def is_asked(self) -> bool:
        """Whether its numbers are answers to a survey."""
        items = self.snapshot.vocabulary.items
        return any(items[one.item].kind == "survey" for one in self.numbers)


def looks(framework: Framework, evidence: Evidence, result: Assessment) -> Iterator[Look]:
    """Yield every look at counts that an assessment takes: to judge, to show beside, to hold against a target.

    Of a change over time these are two looks, at its two dates.
    """
    snapshot = take_snapshot(evidence, framework.vocabulary, result.period, result.as_of)
    looked_at = {(id(measure), cell): measure for measure, cell in _measured(framework, result)}
    for (_, cell), measure in looked_at.items():
        yield from _looks(measure, snapshot, cell)


def _looks(measure: Measure, snapshot: Snapshot, cell: Cell) -> Iterator[Look]:
    if isinstance(measure, Change) and measure.of is not None:
        dates = (snapshot, snapshot.earlier(measure.months))
        yield from (evolve(_look(measure.of, one, cell), measure=measure.id) for one in dates if one is not None)
    else:
        yield _look(measure, snapshot, cell)


def _look(measure: Measure, snapshot: Snapshot, cell: Cell) -> Look:
    watched = _Watched(snapshot.fresh)
    measure.observe(evolve(snapshot, fresh=watched), cell)
    asked = tuple(key for key in watched.missed if key[0] in measure.items)
    return Look(measure.id, cell, snapshot, tuple(watched.seen), asked)


def _measured(framework: Framework, result: Assessment) -> Iterator[tuple[Measure, Cell]]:
    for criterion in framework.criteria:
        leaves = [leaf for one in criterion.requirements for leaf in leaves_of(one.condition)]
        for leaf in (*criterion.shown, *leaves):
            if measure := getattr(leaf, "measure", None):
                yield measure, getattr(leaf, "cell", ())
    for target in result.targets:
        yield framework.measures[target.measure], target.cell


def figure_relations(
    found: Iterable[Look], values: Mapping[Number, Fraction], printed: Collection[str]
) -> Iterator[Relation]:
    """Yield a relation for each figure: where its counts are not shown, its outcome is, and the figure if `printed`.

    Of answers to a survey there is none: a percentage alone does not say how many were asked. As formulas differ from
    kind to kind, plugins' kinds included, the weights are drawn at random, always the same: no two figures then seem
    to say the same thing, which is the careful assumption. But ratios and percentages stay the same where all numbers
    of one item are multiplied, so that the equation holds with 0.
    """
    draw = Random(5)
    asked = dict.fromkeys((one.numbers, one.measure in printed) for one in found if not one.is_asked)
    for numbers, is_printed in asked:
        yield Relation(_weights(numbers, values, draw), is_sum=False, is_exact=is_printed)


def _weights(numbers: Sequence[Number], values: Mapping[Number, Fraction], draw: Random) -> dict[Number, int]:
    """Return a random weight for each number, so that the weighted sum is 0: of each item where it has several."""
    weights = {one: draw.randrange(1, PRIME) for one in numbers}
    counted = [one for one in numbers if values[one]]
    of_item = Counter(one.item for one in counted)
    several = [[one for one in counted if one.item == item] for item, times in of_item.items() if times > 1]
    lone = [one for one in counted if of_item[one.item] == 1]
    for *others, last in filter(None, (*several, lone)):
        rest = sum(weights[one] * _modulo(values[one]) for one in others)
        weights[last] = -rest * pow(_modulo(values[last]), -1, PRIME) % PRIME
    return {one: weight for one, weight in weights.items() if weight}


def _modulo(value: Fraction) -> int:
    return value.numerator * pow(value.denominator, -1, PRIME) % PRIME
