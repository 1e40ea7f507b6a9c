"""Which numbers a figure rests on: found by watching what its measure looks up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from equityrules.disclosure.numbers import Number, number_of
from equityrules.disclosure.relations import Relation
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


def figure_relations(found: Iterable[Look]) -> Iterator[Relation]:
    """Yield a relation for each figure: its outcome, or the figure itself, is printed even where its counts are not.

    Of answers to a survey there is none: a percentage alone does not say how many were asked.
    """
    for numbers in dict.fromkeys(one.numbers for one in found if not one.is_asked):
        yield Relation(dict.fromkeys(numbers, 1), is_sum=False)
