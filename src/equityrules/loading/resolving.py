"""The words of a row to what they name: items, measures, groups, references and cover fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from equityrules.loading.awarding import resolve_rating, resolve_votes
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.references import Reference, example_of, find_reference, read_requirement
from equityrules.loading.rows import Row, Spread, as_word, is_blank
from equityrules.loading.values import period
from equityrules.model.problems import nearest, quoted, shown
from equityrules.model.vocabulary import Cell, make_cell

DIRECTIONS = ("at least", "at most", "above", "below")
_ITEMS = ("statement", "count", "survey", "amount")
_MEASURES = ("figure", "target")
_ALL = "all"


class FieldError(Exception):
    """Fields of a row that name nothing: the name of each with what is wrong."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        """Keep them."""
        self.faults = faults
        super().__init__("; ".join(message for _, message in faults))


@frozen
class Resolver:
    """Replaces the words of a row's fields by what they name in the frameworks and their vocabulary."""

    frameworks: Frameworks

    def resolve(self, row: Row, fields: dict[str, Any]) -> None:
        """Resolve the fields of a row in place. Raises FieldError for words that name nothing."""
        if row.kind in _ITEMS:
            self._item(row, fields)
        elif row.kind in _MEASURES:
            self._measure(row, fields)
        elif row.kind == "action":
            self._action(fields)
        else:
            self._about(row, fields)

    def _item(self, row: Row, fields: dict[str, Any]) -> None:
        vocabulary = self.frameworks.vocabulary
        name = _named(fields, "item", 'no item is named; write item = "…"')
        item = vocabulary.items.get(name)
        if item is None:
            raise FieldError(("item", f"unknown item {shown(name)}{nearest(name, vocabulary.items)}"))
        if item.kind != row.kind:
            raise FieldError(("item", f"'{name}' is a {item.kind}, not a {row.kind}; enter it as a {item.kind}"))
        fields["item"] = name
        fields["cell"] = self._cell(fields, item.dimensions, row.spread)
        _take_percent_signs(row.kind, fields, item.unit)

    def _measure(self, row: Row, fields: dict[str, Any]) -> None:
        measures = self.frameworks.measures
        name = _named(fields, "measure", 'no measure is named; write measure = "…"')
        if name not in measures:
            raise FieldError(("measure", f"unknown measure {shown(name)}{nearest(name, measures)}"))
        fields["measure"] = name
        fields["cell"] = self._cell(fields, self.frameworks.dimensions_of(name), row.spread)
        _take_percent_signs(row.kind, fields, measures[name].unit)
        if row.kind == "target":
            fields["direction"] = _direction(fields.get("direction"))

    def _cell(self, fields: dict[str, Any], dimensions: tuple[str, ...], spread: Spread | None) -> Cell:
        """Return the cell that `where`, or `where` with one group of `values`, names."""
        where = fields.pop("where", None)
        chosen = {} if is_blank(where) else self._groups(where, dimensions)
        if spread is not None:
            dimension = _dimension_across(spread, dimensions, chosen)
            chosen[dimension] = self._group(dimension, spread.group)
        return make_cell({name: group for name, group in chosen.items() if group != _ALL})

    def _groups(self, where: object, dimensions: tuple[str, ...]) -> dict[str, str]:
        """Return groups by dimension from a table, or from text such as "bme" or "band=6; ethnicity=bme"."""
        chosen: dict[str, str] = {}
        for given, group in _pairs(where):
            dimension = given or (dimensions[0] if len(dimensions) == 1 else "")
            if not given and group.casefold() == _ALL:
                continue
            if dimension not in dimensions:
                raise FieldError(("where", _dimension_advice(given, group, dimensions)))
            if dimension in chosen:
                raise FieldError(("where", f"two groups of '{dimension}' are named; write a row for each"))
            chosen[dimension] = self._group(dimension, group)
        return chosen

    def _group(self, dimension: str, word: str) -> str:
        if word.strip().casefold() == _ALL:
            return _ALL
        known = self.frameworks.vocabulary.dimensions.get(dimension)
        try:
            if known is None:
                raise ValueError(f"the dimension '{dimension}' has no groups; a plugin's vocabulary is at fault")
            return known.read(word)
        except ValueError as error:
            raise FieldError(("where", str(error))) from None

    def _action(self, fields: dict[str, Any]) -> None:
        given = fields.get("about", [])
        names = [given] if isinstance(given, str) else given
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            example = f'about = ["{example_of(self.frameworks)}"]'
            raise FieldError(("about", f"{shown(given)} is given where names belong; write {example}"))
        read, faults = [], []
        for name in names:
            try:
                read.append(find_reference(self.frameworks, name, _day(fields)).name)
            except ValueError as error:
                faults.append(("about", str(error)))
        if faults:
            raise FieldError(*faults)
        fields["about"] = read

    def _about(self, row: Row, fields: dict[str, Any]) -> None:
        missing = (
            f"does not say what it is about; name a framework or a part of it, as in {example_of(self.frameworks)}"
        )
        about = _named(fields, "about", missing)
        try:
            if row.kind == "explanation":
                fields["about"] = read_requirement(self.frameworks, about, _day(fields))
                return
            reference = find_reference(self.frameworks, about, _day(fields))
        except ValueError as error:
            raise FieldError(("about", str(error))) from None
        fields["about"] = reference.name
        faults = self._faults_about(row, fields, reference)
        if faults and not row.cut:
            raise FieldError(*faults)

    def _faults_about(self, row: Row, fields: dict[str, Any], reference: Reference) -> list[tuple[str, str]]:
        if row.kind == "rating":
            return list(resolve_rating(fields, reference))
        if row.kind == "votes":
            return list(resolve_votes(fields, reference))
        return list(_cover_faults(fields, reference)) if row.kind == "cover" else []


def _named(fields: Mapping[str, Any], name: str, missing: str) -> str:
    """Return a field that names something. Raises FieldError where it is missing or not text."""
    given = fields.get(name, "")
    if not isinstance(given, str):
        raise FieldError((name, f"{shown(given)} is given where a name belongs; put it in quotation marks"))
    if not given.strip():
        raise FieldError((name, missing))
    return given.strip()


def _direction(given: object) -> str:
    words = " ".join(given.casefold().replace("_", " ").split()) if isinstance(given, str) else ""
    if words not in DIRECTIONS:
        known = f"{nearest(words, DIRECTIONS)}; write {quoted(DIRECTIONS)}"
        raise FieldError(("direction", f"{shown(given)} is not a direction{known}" if given else f"is missing{known}"))
    return words


def _take_percent_signs(kind: str, fields: dict[str, Any], unit: str) -> None:
    """Take the sign off a percentage where the field is one in percent; elsewhere it stays, and is refused."""
    name = "percent" if kind == "survey" else "value" if unit == "percent" else ""
    given = fields.get(name)
    if isinstance(given, str) and given.strip().endswith("%"):
        fields[name] = given.strip().removesuffix("%").strip()


def _pairs(where: object) -> list[tuple[str, str]]:
    """Return dimensions, where named, with groups. Raises FieldError."""
    if isinstance(where, Mapping):
        pairs = list(where.items())
    elif isinstance(where, str):
        parts = [part.strip() for part in re.split("[;,]", where) if part.strip()]
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


def _day(fields: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a date or None
    try:
        return period(fields.get("period")).end
    except ValueError:
        return None


def _cover_faults(fields: dict[str, Any], reference: Reference) -> list[tuple[str, str]]:
    known = [one.id for one in reference.framework.cover]
    name = fields.get("name", "")
    if reference.name != reference.framework.id:
        return [("about", f"a cover field belongs to the whole report; write '{reference.framework.id}'")]
    if not isinstance(name, str) or name.strip() not in known:
        near = nearest(name, known) if isinstance(name, str) else ""
        return [("name", f"the cover has no field {shown(name)}{near}; its fields are {quoted(known)}")]
    fields["name"] = name.strip()
    return []
