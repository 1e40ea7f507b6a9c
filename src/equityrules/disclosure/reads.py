"""Which numbers a figure rests on: found by watching what its measure looks up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from random import Random

from attrs import evolve, frozen

from equityrules.disclosure.numbers import Number, number_of
from equityrules.disclosure.relations import Relation
from equityrules.measures import Change
from equityrules.model.evidence import Count, Entry, Survey
from equityrules.model.framework import Framework
from equityrules.model.kinds import Measure
from equityrules.model.result import Assessment
from equityrules.model.snapshot import Key, Snapshot
from equityrules.model.vocabulary import Cell
from equityrules.reading import leaves_of

_WEIGHTS = 2**31


class _Watched(Mapping[Key, Entry]):
    """Entries that note which of them were looked up."""

    def __init__(self, entries: Mapping[Key, Entry]) -> None:
        self.entries = entries
        self.seen: dict[Number, None] = {}

    def __getitem__(self, key: Key) -> Entry:
        entry = self.entries[key]
        if isinstance(entry, Count | Survey):
            self.seen[number_of(entry)] = None
        return entry

    def __iter__(self) -> Iterator[Key]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def numbers_read(measure: Measure, snapshot: Snapshot, cell: Cell) -> tuple[Number, ...]:
    """Return the numbers that a measure looks up for a cell, those of the earlier date of a change included."""
    if isinstance(measure, Change) and measure.of is not None:
        before = snapshot.earlier(measure.months)
        earlier = numbers_read(measure.of, before, cell) if before else ()
        return tuple(dict.fromkeys((*numbers_read(measure.of, snapshot, cell), *earlier)))
    watched = _Watched(snapshot.fresh)
    measure.observe(evolve(snapshot, fresh=watched), cell)
    return tuple(watched.seen)


@frozen
class Figure:
    """The numbers behind a figure: of which measure and cell it is, and for which it was looked at first."""

    measure: str
    cell: Cell
    numbers: tuple[Number, ...]


def figures(framework: Framework, snapshot: Snapshot, result: Assessment) -> Iterator[Figure]:
    """Yield every figure of an assessment that rests on counts: judged, shown beside, or held against a target."""
    looked_at = {(id(measure), cell): measure for measure, cell in _measured(framework, result)}
    for (_, cell), measure in looked_at.items():
        if numbers := numbers_read(measure, snapshot, cell):
            yield Figure(measure.id, cell, numbers)


def _measured(framework: Framework, result: Assessment) -> Iterator[tuple[Measure, Cell]]:
    for criterion in framework.criteria:
        leaves = [leaf for one in criterion.requirements for leaf in leaves_of(one.condition)]
        for leaf in (*criterion.shown, *leaves):
            if measure := getattr(leaf, "measure", None):
                yield measure, getattr(leaf, "cell", ())
    for target in result.targets:
        yield framework.measures[target.measure], target.cell


def figure_relations(found: Iterable[Figure]) -> Iterator[Relation]:
    """Yield a relation for each figure: its outcome, or the figure itself, is printed even where its counts are not.

    As formulas differ from kind to kind, plugins' kinds included, the weights are drawn at random, always the same:
    no two figures then seem to say the same thing, which is the careful assumption.
    """
    draw = Random(5)
    for numbers in dict.fromkeys(one.numbers for one in found):
        yield Relation({number: draw.randrange(1, _WEIGHTS) for number in numbers}, is_sum=False)
