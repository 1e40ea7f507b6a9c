"""Counts as they are stated or, where they are not, as they add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from attrs import frozen

from equityrules.model.evidence import Count
from equityrules.model.finding import Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell, make_cell
from equityrules.statistics import add_up


@frozen
class Margin:
    """A count: as stated, or as its parts add up; `parts` are the entries it came from."""

    value: Fraction
    parts: tuple[Count, ...]

    @property
    def end(self) -> date:
        """The last day of the period that the count is for."""
        return self.parts[0].period.end

    @property
    def day(self) -> date:
        """The day from which the oldest of its parts ages."""
        return min(part.day for part in self.parts)

    @property
    def source(self) -> str:
        """The sources of its parts, each once."""
        return _once([part.source for part in self.parts])

    @property
    def note(self) -> str:
        """What was noted with its parts, each once."""
        return _once([part.note for part in self.parts])


def _once(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, texts)))


def margin(snapshot: Snapshot, item: str, cell: Cell) -> Margin | Reason:
    """Return a count as stated or, where it is not, added up: over every group of a dimension, else over other items.

    Groups of different periods never add up: the sum is stale where one of them is older than the others.
    """
    stated = snapshot.look_up(Count, item, cell)
    if isinstance(stated, Count):
        return Margin(stated.value, (stated,))
    why = [stated]
    for parts in _ways_to_add_up(snapshot, item, cell):
        added = _add_up([margin(snapshot, name, part) for name, part in parts])
        if isinstance(added, Margin):
            return added
        why.append(added)
    return Reason.STALE if Reason.STALE in why else Reason.NOT_EVIDENCED


def _ways_to_add_up(snapshot: Snapshot, item: str, cell: Cell) -> Iterator[list[tuple[str, Cell]]]:
    """Yield the counts that make up the one that is wanted, in each way in which it can be made up."""
    for cells in snapshot.divisions(item, cell):
        yield [(item, part) for part in cells]
    if others := snapshot.vocabulary.items[item].sum_of:
        yield [(other, cell) for other in others]


def _add_up(given: list[Margin | Reason]) -> Margin | Reason:
    found = [one for one in given if isinstance(one, Margin)]
    if not found or len(found) < len(given):
        return Reason.STALE if Reason.STALE in given else Reason.NOT_EVIDENCED
    if len({one.end for one in found}) > 1:
        return Reason.STALE
    return sum_of(found)


def sum_of(margins: Iterable[Margin]) -> Margin:
    """Return several counts as one."""
    found = tuple(margins)
    return Margin(add_up(one.value for one in found), tuple(part for one in found for part in one.parts))


def sum_over(snapshot: Snapshot, item: str, cell: Cell, dimension: str, groups: Iterable[str]) -> Margin | Reason:
    """Return the count of several groups of one dimension together."""
    return _add_up([margin(snapshot, item, with_group(cell, dimension, group)) for group in groups])


def with_group(cell: Cell, dimension: str, group: str) -> Cell:
    """Return the part of a cell that is one group of a dimension."""
    return make_cell({**dict(cell), dimension: group})


def within(snapshot: Snapshot, item: str, cell: Cell) -> Cell:
    """Return the cell without the dimensions by which an item is not divided."""
    dimensions = snapshot.vocabulary.items[item].dimensions
    return tuple(pair for pair in cell if pair[0] in dimensions)


def label_of(snapshot: Snapshot, dimension: str, group: str) -> str:
    """Return what people call a group."""
    groups = snapshot.vocabulary.dimensions[dimension].groups
    return next((one.label for one in groups if one.id == group), group)
