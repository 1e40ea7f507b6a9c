"""Columns that name a dimension or its groups: what they may be called, and which groups a row of them is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from equityrules.loading.rows import column_of
from equityrules.model.problems import quoted, shown
from equityrules.model.vocabulary import Dimension, names_of

ALL = "all"


@frozen
class Headings:
    """What a table may name: the kind and the dimensions of every item and measure, and what divides them."""

    kind_of: Mapping[str, str]
    divided_by: Mapping[str, tuple[str, ...]]
    dimensions: Mapping[str, Dimension]

    @cached_property
    def by_column(self) -> dict[str, str]:
        """The dimensions by what their columns are called: their ids, and their titles where only one has it."""
        titles = [column_of(one.title) for one in self.dimensions.values()]
        titled = {column_of(one.title): name for name, one in self.dimensions.items()}
        alone = {column: name for column, name in titled.items() if titles.count(column) == 1}
        return {**alone, **{column_of(name): name for name in self.dimensions}}

    @cached_property
    def groups(self) -> dict[str, dict[str, str]]:
        """The groups of each dimension by what their columns are called."""
        return {
            name: {column_of(word): group.id for group in one.groups for word in names_of(group)}
            for name, one in self.dimensions.items()
        }

    @cached_property
    def group_columns(self) -> frozenset[str]:
        """What columns of groups are called, whichever dimension they belong to."""
        return frozenset([ALL, *(column for columns in self.groups.values() for column in columns)])

    def is_grid(self, column: str) -> bool:
        """Whether a column holds the values of one group, or of all of them together."""
        return column in self.group_columns and column not in self.by_column

    def across(self, item: str, filled: Iterable[str], columns: Iterable[str], taken: Iterable[str]) -> str:
        """Return the dimension of an item that the filled columns are groups of.

        `columns` are all columns of the table, which decide where the filled ones may be groups of several dimensions;
        `taken` are the dimensions that the row names already. Raises ValueError where it is not clear.
        """
        named = [column for column in filled if column != ALL]
        free = [name for name in self.divided_by.get(item, ()) if name not in taken]
        fitting = self._holding(free, named)
        if len(fitting) > 1:
            others = [column for column in columns if self.is_grid(column) and column != ALL]
            fitting = self._holding(fitting, others) or fitting
        if len(fitting) != 1:
            raise ValueError(self._advice(item, named, free, fitting))
        return fitting[0]

    def _holding(self, names: Sequence[str], columns: Sequence[str]) -> list[str]:
        """Return the dimensions that all these columns are groups of."""
        return [name for name in names if all(column in self.groups[name] for column in columns)]

    def _advice(self, item: str, named: Sequence[str], free: Sequence[str], fitting: Sequence[str]) -> str:
        columns = ", ".join(map(shown, named))
        if fitting:
            advice = "name the group in a column of that name, and put the value under 'value'"
            return f"{columns} may be of {quoted(fitting)}; {advice}"
        if not free:
            return f"{item} is not divided further; give one value in the column 'value'"
        if odd := [column for column in named if not any(column in self.groups[name] for name in free)]:
            return f"{shown(odd[0])} is no group of what divides {item}; it is divided by {quoted(free)}"
        return f"{columns} are groups of several dimensions; give the groups of one of them in a row ({quoted(free)})"
