"""What the items of evidence are: their kind, unit, dimensions, meaning and how long they stay fresh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
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


def fold(word: str) -> str:
    """Return a word as words are compared: in small letters, its spaces single and its dashes hyphens."""
    return " ".join(word.translate(_DASHES).casefold().split())


_DASHES = {ord("–"): "-", ord("—"): "-"}
_CODE_WITH_TEXT = re.compile(r"\s*(\w+)(\s*[-:]\s*|\.\s+|\s+)[\w(]")


@frozen
class Group:
    """One group of a dimension, with the other words people use for it.

    `parts` are the groups of the finer dimension that it is made of, where its dimension is a coarser way to say one.
    """

    id: str
    label: str
    also: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@frozen
class Dimension:
    """A way to divide people or things into groups.

    `of` names the finer dimension that it is a coarser way to say, `undeclared` the group of those who did not say;
    where it does not `add`, its groups overlap and make no whole together.
    `codes` and `descriptions` are finer than the groups, by group id: what is counted by them adds up to the group.
    """

    id: str
    title: str
    groups: tuple[Group, ...]
    of: str = ""
    undeclared: str = ""
    adds: bool = True
    codes: Mapping[str, tuple[str, ...]] = field(factory=dict)
    descriptions: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def read(self, word: str) -> str:
        """Return the id of the group somebody means, also by a code ("H", "H Asian - Indian") or a description.

        Raises ValueError naming the nearest group.
        """
        if (found := self._find(word)) is not None:
            return found[0]
        labels = [group.id for group in self.groups]
        raise ValueError(f"unknown group '{word}' of {self.id}{nearest(word, labels)}; the groups are {quoted(labels)}")

    def label_of(self, group_id: str) -> str:
        """Return the label of a group; the id itself where there is no such group."""
        return next((group.label for group in self.groups if group.id == group_id), group_id)

    def finer(self, word: str) -> str:
        """Return the code or description by which a word names a part of its group; nothing where it names all of it.

        "H Asian - Indian" and "h" are the same code "H".
        """
        found = self._find(word)
        return found[1] if found else ""

    def _find(self, word: str) -> tuple[str, str] | None:
        """Return the group that a word names and what it says more finely; a code may have text after it."""
        if (found := self._words.get(fold(word))) is not None:
            return found
        match = _CODE_WITH_TEXT.match(word.translate(_DASHES))
        if match is None:
            return None
        group, code = self._codes.get(match[1].casefold(), ("", ""))
        only_a_space = match[2].isspace()
        return (group, code) if code and (code == match[1] or not only_a_space) else None

    @cached_property
    def _codes(self) -> dict[str, tuple[str, str]]:
        """The group and the code itself, by the code in small letters."""
        return {code.casefold(): (group, code) for group, codes in self.codes.items() for code in codes}

    @cached_property
    def _words(self) -> dict[str, tuple[str, str]]:
        """Every word that stands for a group, folded, with the group and what it says more finely."""
        described = {fold(one): (group, fold(one)) for group, listed in self.descriptions.items() for one in listed}
        own = {fold(name): (group.id, "") for group in self.groups for name in names_of(group)}
        return {**described, **self._codes, **own}


def names_of(group: Group) -> Iterator[str]:
    """Yield the words that stand for a whole group: its id, its label and the others."""
    yield from (group.id, group.label, *group.also)


@frozen
class Item:
    """One item of evidence: `kind` is statement, count, survey or amount; `fresh` is in months, None until replaced.

    What is awarded for a time is `valid_for` so many months from the day of the award; `remind` is how many months
    before its end to renew it, if it is `renewable`. `sum_of` are the items it is the sum of where it is not stated
    itself; `asked` is the number of its question by the year of the survey. `counts` says what a count is of: people,
    seats of a board, which are held in public, or things.
    """

    id: str
    kind: str
    text: str
    unit: str = ""
    dimensions: tuple[str, ...] = ()
    holder: str = ""
    fresh: int | None = None
    valid_for: int | None = None
    remind: int = 0
    renewable: bool = True
    sum_of: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(factory=dict)
    counts: str = "people"


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


def cell_labels(vocabulary: Vocabulary, cell: Cell) -> tuple[str, ...]:
    """Return what people call the groups of a cell."""
    return tuple(
        group.label
        for dimension, name in cell
        if dimension in vocabulary.dimensions
        for group in vocabulary.dimensions[dimension].groups
        if group.id == name
    )
