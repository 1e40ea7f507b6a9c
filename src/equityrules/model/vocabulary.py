"""What the items of evidence are: their kind, unit, dimensions, meaning and how long they stay fresh."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from attrs import field, frozen

from equityrules.model.problems import nearest, quoted

Cell = tuple[tuple[str, str], ...]
"""Which part of an item is meant: (dimension, group) pairs in the order of dimensions; empty for the whole."""

WHOLE: Cell = ()


def make_cell(groups: Mapping[str, str]) -> Cell:
    """Return the cell for these groups by dimension."""
    return tuple(sorted(groups.items()))


def cell_text(cell: Cell) -> str:
    """Return a cell as it is written in edits and messages: "[band=6, ethnicity=bme]", or nothing for the whole."""
    return f"[{', '.join(f'{dimension}={group}' for dimension, group in cell)}]" if cell else ""


@frozen
class Group:
    """One group of a dimension, with the other words people use for it."""

    id: str
    label: str
    also: tuple[str, ...] = ()


@frozen
class Dimension:
    """A way to divide people or things into groups."""

    id: str
    title: str
    groups: tuple[Group, ...]

    def read(self, word: str) -> str:
        """Return the id of the group somebody means. Raises ValueError naming the nearest group."""
        wanted = word.strip().casefold()
        for group in self.groups:
            if wanted in {name.casefold() for name in (group.id, group.label, *group.also)}:
                return group.id
        labels = [group.id for group in self.groups]
        raise ValueError(f"unknown group '{word}' of {self.id}{nearest(word, labels)}; the groups are {quoted(labels)}")


@frozen
class Item:
    """One item of evidence: `kind` is statement, count, survey or amount; `fresh` is in months, None until replaced."""

    id: str
    kind: str
    text: str
    unit: str = ""
    dimensions: tuple[str, ...] = ()
    holder: str = ""
    fresh: int | None = None


@frozen
class MeasureDefinition:
    """A named measure before it is compiled: its kind, its title and the fields its kind takes."""

    id: str
    kind: str
    title: str
    fields: Mapping[str, object] = field(factory=dict)
    file: str = ""


@frozen
class Vocabulary:
    """All items, dimensions and measure definitions that frameworks and evidence share, by id."""

    items: Mapping[str, Item] = field(factory=dict)
    dimensions: Mapping[str, Dimension] = field(factory=dict)
    measures: Mapping[str, MeasureDefinition] = field(factory=dict)

    def cells(self, dimensions: tuple[str, ...]) -> tuple[Cell, ...]:
        """Return every cell over these dimensions."""
        groups = [[(name, group.id) for group in self.dimensions[name].groups] for name in dimensions]
        return tuple(tuple(sorted(pairs)) for pairs in product(*groups))

    def merged(self, other: Vocabulary) -> Vocabulary:
        """Return both vocabularies as one; the other one's definitions win."""
        return Vocabulary(
            {**self.items, **other.items},
            {**self.dimensions, **other.dimensions},
            {**self.measures, **other.measures},
        )
