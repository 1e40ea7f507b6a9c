"""The words of a row to the groups that it is for: by table, by text, by column, by code; and which is over which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen

from equityrules.loading.rows import Row, Spread, as_word, is_blank
from equityrules.model.problems import nearest, quoted, shown
from equityrules.model.vocabulary import Cell, Dimension, MeasureDefinition, make_cell

_ADDED_UP = ("count", "survey")
_ALL = "all"


class FieldError(Exception):
    """Fields of a row that name nothing: the name of each with what is wrong."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        """Keep them."""
        self.faults = faults
        super().__init__("; ".join(message for _, message in faults))


@frozen
class GroupReader:
    """Reads the groups of rows by the dimensions of a vocabulary."""

    dimensions: Mapping[str, Dimension]

    def cell(self, row: Row, fields: dict[str, Any], dimensions: tuple[str, ...]) -> tuple[Cell, Cell]:
        """Return the cell that `where`, columns and one group of `values` name, and what they say more finely."""
        words = _words_of_columns(row, dimensions)
        where = fields.pop("where", None)
        if not is_blank(where):
            self._add_groups(where, dimensions, words)
        if row.spread is not None:
            words[_dimension_across(row.spread, dimensions, words)] = row.spread.group
        named = {name: word for name, word in words.items() if word.strip().casefold() != _ALL}
        chosen = {name: self._group(name, word, _place(row, name)) for name, word in named.items()}
        finer = {name: more for name, word in named.items() if (more := self.dimensions[name].finer(word))}
        if finer and row.kind not in _ADDED_UP:
            raise FieldError(*(_part_fault(row, name, more, chosen[name]) for name, more in finer.items()))
        return make_cell(self._without_coarser(row, chosen)), make_cell(finer)

    def _add_groups(self, where: object, dimensions: tuple[str, ...], words: dict[str, str]) -> None:
        """Add words by dimension from a table, or from text such as "bme" or "band=6; ethnicity=bme"."""
        left = [name for name in dimensions if name not in words] or list(dimensions)
        whole = isinstance(where, str) and len(left) == 1 and self._knows(left[0], where)
        for given, group in [("", str(where).strip())] if whole else _pairs(where):
            dimension = given or self._only_one_with(group, left)
            if not given and group.casefold() == _ALL:
                continue
            if dimension not in dimensions:
                raise FieldError(("where", _dimension_advice(given, group, dimensions)))
            if dimension in words:
                raise FieldError(("where", f"two groups of '{dimension}' are named; write a row for each"))
            words[dimension] = group

    def _only_one_with(self, word: str, dimensions: Sequence[str]) -> str:
        """Return the only dimension there is, else the only one that has a group of that name; else nothing."""
        if len(dimensions) == 1:
            return dimensions[0]
        found = [name for name in dimensions if self._knows(name, word)]
        return found[0] if len(found) == 1 else ""

    def _knows(self, dimension: str, word: str) -> bool:
        """Whether a word names a group of a dimension."""
        try:
            return bool(self._group(dimension, word, "where"))
        except FieldError:
            return False

    def _group(self, dimension: str, word: str, place: str) -> str:
        known = self.dimensions.get(dimension)
        try:
            if known is None:
                raise ValueError(f"the dimension '{dimension}' has no groups; a plugin's vocabulary is at fault")
            return known.read(word)
        except ValueError as error:
            raise FieldError((place, str(error))) from None

    def _without_coarser(self, row: Row, chosen: Mapping[str, str]) -> dict[str, str]:
        """Return groups without those that only say one of the others again, more coarsely."""
        kept = dict(chosen)
        for name, group in chosen.items():
            dimension = self.dimensions[name]
            if dimension.of in chosen:
                parts = next(one.parts for one in dimension.groups if one.id == group)
                if chosen[dimension.of] not in parts:
                    message = f"{dimension.of}={chosen[dimension.of]} is no part of {name}={group}; name one of them"
                    raise FieldError((_place(row, name), message))
                del kept[name]
        return kept

    def orientation(self, definition: MeasureDefinition, given: object) -> tuple[str, str]:
        """Return which group is over which in a printed result of a measure, from "white over BME"."""
        by, over = definition.fields.get("by"), definition.fields.get("over")
        dimension = self.dimensions.get(by) if isinstance(by, str) else None
        if dimension is None or not isinstance(over, list | tuple) or len(over) != 2:
            raise FieldError(("orientation", f"{definition.id} does not have one group over another; leave it out"))
        wanted = [dimension.read(str(word)) for word in over]
        read = _read_all(dimension, re.split(r"\s+over\s+", as_word(given), flags=re.IGNORECASE))
        if sorted(read) != sorted(wanted):
            first, second = (dimension.label_of(group) for group in wanted)
            message = f"{shown(given)} does not say which of the two groups is over the other"
            raise FieldError(("orientation", f"{message}; write '{first} over {second}' or '{second} over {first}'"))
        return read[0], read[1]


def _words_of_columns(row: Row, dimensions: tuple[str, ...]) -> dict[str, str]:
    """Return the words by dimension of the columns that are named for one. Raises FieldError."""
    words = {name: as_word(word) for name, word in row.groups.items()}
    for name, word in row.groups.items():
        if isinstance(word, bool) or not isinstance(word, str | int | float | Decimal):
            raise FieldError((name, f"{shown(word)} is given where a group belongs; write the name of the group"))
    faults = [
        (name, _dimension_advice(name, word, dimensions)) for name, word in words.items() if name not in dimensions
    ]
    if faults:
        raise FieldError(*faults)
    return words


def _place(row: Row, dimension: str) -> str:
    """Return the field that names the group of a dimension: a column of its own, or `where`."""
    return dimension if dimension in row.groups else "where"


def _part_fault(row: Row, dimension: str, finer: str, group: str) -> tuple[str, str]:
    advice = f"a row of kind {row.kind} is for the whole group; write '{group}'"
    return _place(row, dimension), f"{shown(finer)} is only a part of the group '{group}', and {advice}"


def _pairs(where: object) -> list[tuple[str, str]]:
    """Return dimensions, where named, with groups. Raises FieldError."""
    if isinstance(where, Mapping):
        pairs = list(where.items())
    elif isinstance(where, str):
        between = ";|,(?=[^,;]*=)" if "=" in where else "[;,]"
        parts = [part.strip() for part in re.split(between, where) if part.strip()]
        divided = [part.partition("=") for part in parts]
        pairs = [(name.strip(), group.strip()) if equals else ("", name) for name, equals, group in divided]
    else:
        pairs = [("", where)]
    for _, group in pairs:
        if isinstance(group, bool) or not isinstance(group, str | int):
            raise FieldError(
                ("where", f'{shown(group)} is given where a group belongs; write where = {{ band = "6" }}')
            )
    return [(str(name), as_word(group)) for name, group in pairs]


def _dimension_across(spread: Spread, dimensions: tuple[str, ...], chosen: Mapping[str, str]) -> str:
    """Return the dimension that the groups of `values` divide. Raises FieldError where it is not clear."""
    left = [name for name in dimensions if name not in chosen]
    across = spread.across
    if is_blank(across) and len(left) == 1:
        return left[0]
    if isinstance(across, str) and across in left:
        return across
    said = f"{shown(across)} does not divide it{nearest(str(across), left)}; " if isinstance(across, str) else ""
    advice = f'write across = "…" with {quoted(left)}' if left else "it is not divided further; give one value"
    raise FieldError(("across", f"{said}{advice}"))


def _dimension_advice(given: str, group: str, dimensions: tuple[str, ...]) -> str:
    if not dimensions:
        return f"this is not divided into groups; leave {shown(given or group)} out"
    if not given:
        example = f"{dimensions[0]}={group[:40]}"
        return f"say which dimension {shown(group)} belongs to, as in {example}; it is divided by {quoted(dimensions)}"
    return f"{shown(given)} does not divide it{nearest(given, dimensions)}; it is divided by {quoted(dimensions)}"


def _read_all(dimension: Dimension, words: list[str]) -> list[str]:
    """Return the groups that words name, or none where one of them names none."""
    try:
        return [dimension.read(word) for word in words]
    except ValueError:
        return []
