"""The words of a row to what they name: items, measures, groups, references and grades."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

from equityrules.loading.catalogue import Frameworks
from equityrules.loading.references import read_reference, read_requirement
from equityrules.loading.structuring import make_converter, number
from equityrules.model.period import Period
from equityrules.model.problems import nearest, quoted
from equityrules.model.scale import Scale
from equityrules.model.vocabulary import Cell, make_cell

DIRECTIONS = ("at least", "at most", "above", "below")
_ITEMS = ("statement", "count", "survey", "amount")
_MEASURES = ("figure", "target")


class FieldError(Exception):
    """One field of a row that names nothing, with its name and what is wrong."""

    def __init__(self, name: str, message: str) -> None:
        """Keep both."""
        self.name, self.message = name, message
        super().__init__(message)


@frozen
class Resolver:
    """Replaces the words of a row's fields by what they name in the frameworks and their vocabulary."""

    frameworks: Frameworks

    def resolve(self, kind: str, fields: dict[str, Any]) -> None:
        """Resolve the fields of a row in place. Raises FieldError for a word that names nothing."""
        if kind in _ITEMS:
            self._item(kind, fields)
        elif kind in _MEASURES:
            self._measure(kind, fields)
        else:
            self._about(kind, fields)

    def _item(self, kind: str, fields: dict[str, Any]) -> None:
        vocabulary = self.frameworks.vocabulary
        name = str(fields.get("item", "")).strip()
        item = vocabulary.items.get(name)
        if item is None:
            raise FieldError(
                "item", f"unknown item '{name}'{nearest(name, vocabulary.items)}" if name else "no item is named"
            )
        if item.kind != kind:
            raise FieldError("item", f"'{name}' is a {item.kind}, not a {kind}")
        fields["item"] = name
        fields["cell"] = self._cell(fields, item.dimensions)

    def _measure(self, kind: str, fields: dict[str, Any]) -> None:
        vocabulary = self.frameworks.vocabulary
        name = str(fields.get("measure", "")).strip()
        if name not in vocabulary.measures:
            raise FieldError(
                "measure",
                f"unknown measure '{name}'{nearest(name, vocabulary.measures)}" if name else "no measure is named",
            )
        fields["measure"] = name
        fields["cell"] = self._cell(fields, self.frameworks.dimensions_of(name))
        direction = fields.get("direction")
        if kind == "target" and direction not in DIRECTIONS:
            advice = f"{nearest(str(direction), DIRECTIONS)}; write {quoted(DIRECTIONS)}"
            raise FieldError("direction", f"'{direction or ''}' is not a direction{advice}")

    def _cell(self, fields: dict[str, Any], dimensions: tuple[str, ...]) -> Cell:
        """Return the cell that `where`, or `where` with one group of `across`, names."""
        where, across, group = fields.pop("groups", (fields.pop("where", None), None, None))
        fields.pop("where", None)
        chosen = self._groups(where, dimensions) if where is not None else {}
        if group is not None and group != "all":
            left = [name for name in dimensions if name not in chosen]
            dimension = across or (left[0] if len(left) == 1 else None)
            if dimension is None or dimension not in dimensions:
                raise FieldError(
                    "across", f"say across which dimension the values are; the item has {quoted(dimensions)}"
                )
            chosen[dimension] = self._group(dimension, group)
        return make_cell(chosen)

    def _groups(self, where: object, dimensions: tuple[str, ...]) -> dict[str, str]:
        """Return groups by dimension from a table, or from text such as "bme" or "band=6; ethnicity=bme"."""
        if isinstance(where, Mapping):
            pairs = [(str(name), str(group)) for name, group in where.items()]
        else:
            parts = [part.strip() for part in re.split("[;,]", str(where)) if part.strip()]
            pairs = [
                (name.strip(), group.strip()) if equals else ("", name)
                for name, equals, group in (part.partition("=") for part in parts)
            ]
        chosen: dict[str, str] = {}
        for given, group in pairs:
            dimension = given or (dimensions[0] if len(dimensions) == 1 else "")
            if dimension not in dimensions:
                raise FieldError("where", _dimension_advice(given, group, dimensions))
            chosen[dimension] = self._group(dimension, group)
        return chosen

    def _group(self, dimension: str, word: str) -> str:
        try:
            return self.frameworks.vocabulary.dimensions[dimension].read(word)
        except ValueError as error:
            raise FieldError("where", str(error)) from None

    def _about(self, kind: str, fields: dict[str, Any]) -> None:
        if kind == "action":
            given = fields.get("about", [])
            names = [given] if isinstance(given, str) else list(given)
            fields["about"] = [self._reference(name, fields)[0] for name in names]
            return
        if kind == "explanation":
            fields["about"] = self._requirement(str(fields.get("about", "")), fields)
            return
        about, scale, most = self._reference(str(fields.get("about", "")), fields)
        fields["about"] = about
        if kind == "rating":
            _resolve_rating(fields, scale, most)
        if kind == "votes":
            _resolve_votes(fields, scale)
        if kind == "cover":
            self._cover(about, fields)

    def _reference(self, about: str, fields: Mapping[str, Any]) -> tuple[str, Scale, Fraction | None]:
        try:
            return read_reference(self.frameworks, about, _day(fields))
        except ValueError as error:
            raise FieldError("about", str(error)) from None

    def _requirement(self, about: str, fields: Mapping[str, Any]) -> str:
        try:
            return read_requirement(self.frameworks, about, _day(fields))
        except ValueError as error:
            raise FieldError("about", str(error)) from None

    def _cover(self, about: str, fields: dict[str, Any]) -> None:
        known = [one.id for one in self.frameworks.editions(about)[0].cover]
        name = str(fields.get("name", "")).strip()
        if name not in known:
            raise FieldError(
                "name", f"the cover has no field '{name}'{nearest(name, known)}; its fields are {quoted(known)}"
            )


def _dimension_advice(given: str, group: str, dimensions: tuple[str, ...]) -> str:
    if not dimensions:
        return f"this item is not divided into groups; leave '{given or group}' out"
    if not given:
        example = f"{dimensions[0]}={group}"
        return f"say which dimension '{group}' belongs to, as in {example}; the item has {quoted(dimensions)}"
    return f"the item is not divided by '{given}'{nearest(given, dimensions)}; it is by {quoted(dimensions)}"


def _day(fields: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a date or None
    try:
        return _CONVERTER.structure(fields.get("period"), Period).end
    except ValueError:
        return None


def _resolve_rating(fields: dict[str, Any], scale: Scale, most: Fraction | None) -> None:
    """Resolve a rating's grade; a number in its place is points, and "not applicable" is not a grade."""
    grade = fields.get("grade")
    if grade is None and fields.get("points") is None:
        raise FieldError("grade", "neither a grade nor points are given")
    if isinstance(grade, str) and grade.strip().casefold() in ("not applicable", "n/a"):
        if fields.get("service") or not str(fields.get("note", "")).strip():
            raise FieldError("grade", "'not applicable' is for all services together and needs a note that says why")
        fields.update(applicable=False, grade=None)
        return
    if grade is not None and _is_number(grade):
        fields["points"], grade = grade, None
    try:
        fields["grade"] = None if grade is None else scale.read(str(grade)).id
        points = None if fields.get("points") is None else number(fields["points"])
    except ValueError as error:
        raise FieldError("grade", str(error)) from None
    if points is not None and (most is None or not 0 <= points <= most):
        limits = "this scale has no points" if most is None else f"they lie between 0 and {most}"
        raise FieldError("grade", f"{points} points are given; {limits}")


def _is_number(value: object) -> bool:
    try:
        number(value)
    except ValueError:
        return False
    return True


def _resolve_votes(fields: dict[str, Any], scale: Scale) -> None:
    votes = fields.get("votes", {})
    if not isinstance(votes, Mapping):
        raise FieldError("votes", "is not a table; write { developing = 26, achieving = 44 }")
    read: dict[str, object] = {}
    for word, count in votes.items():
        try:
            grade = scale.read(str(word)).id
        except ValueError as error:
            raise FieldError("votes", str(error)) from None
        if grade in read:
            raise FieldError("votes", f"votes for '{word}' are given twice; add them together")
        read[grade] = count
    if not votes and fields.get("stated_total") is None:
        raise FieldError("votes", "neither votes by grade nor a stated total are given")
    fields["votes"] = {grade.id: read[grade.id] for grade in scale.grades if grade.id in read}


_CONVERTER = make_converter()
