"""The words of a row to what they name: items, measures, groups, references and cover fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from equityrules.loading.awarding import resolve_rating, resolve_votes
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.grouping import FieldError, GroupReader
from equityrules.loading.references import Reference, example_of, find_reference, read_requirement
from equityrules.loading.rows import Row
from equityrules.loading.values import period
from equityrules.model.problems import nearest, quoted, shown
from equityrules.model.vocabulary import WHOLE, Cell, MeasureDefinition

DIRECTIONS = ("at least", "at most", "above", "below")
_ITEMS = ("statement", "count", "survey", "amount")
_MEASURES = ("figure", "target")


@frozen
class Resolver:
    """Replaces the words of a row's fields by what they name in the frameworks and their vocabulary."""

    frameworks: Frameworks

    def resolve(self, row: Row, fields: dict[str, Any]) -> Cell:
        """Resolve the fields of a row in place. Raises FieldError for words that name nothing.

        Returns the codes or descriptions, by dimension, where the row is for a part of its groups only.
        """
        if row.kind in _ITEMS:
            return self._item(row, fields)
        if row.kind in _MEASURES:
            return self._measure(row, fields)
        if row.kind == "action":
            self._action(fields)
        else:
            self._about(row, fields)
        return WHOLE

    @property
    def _groups(self) -> GroupReader:
        return GroupReader(self.frameworks.vocabulary.dimensions)

    def _definition(self, measure: str) -> MeasureDefinition:
        """Return what the vocabulary says of a measure; a plugin's may stand in no vocabulary."""
        known = self.frameworks.vocabulary.measures
        return known.get(measure) or MeasureDefinition(measure, "", "")

    def _item(self, row: Row, fields: dict[str, Any]) -> Cell:
        vocabulary = self.frameworks.vocabulary
        name = _named(fields, "item", 'no item is named; write item = "…"')
        item = vocabulary.items.get(name)
        if item is None:
            raise FieldError(("item", f"unknown item {shown(name)}{nearest(name, vocabulary.items)}"))
        if item.kind != row.kind:
            raise FieldError(("item", f"'{name}' is a {item.kind}, not a {row.kind}; enter it as a {item.kind}"))
        fields["item"] = item.id
        fields["cell"], finer = self._groups.cell(row, fields, item.dimensions)
        _take_percent_signs(row.kind, fields, item.unit)
        return finer

    def _measure(self, row: Row, fields: dict[str, Any]) -> Cell:
        measures = self.frameworks.measures
        name = _named(fields, "measure", 'no measure is named; write measure = "…"')
        if name not in measures:
            raise FieldError(("measure", f"unknown measure {shown(name)}{nearest(name, measures)}"))
        fields["measure"] = name
        fields["cell"], finer = self._groups.cell(row, fields, self.frameworks.dimensions_of(name))
        _take_percent_signs(row.kind, fields, measures[name].unit)
        if row.kind == "target":
            fields["direction"] = _direction(fields.get("direction"))
        elif "orientation" in fields:
            fields["over"] = self._groups.orientation(self._definition(name), fields.pop("orientation"))
        return finer

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
    """Take the sign off a percentage; where the value is not in percent the piece says so. Counts keep it, refused."""
    name = {"survey": "percent", "amount": "value", "figure": "value", "target": "value"}.get(kind, "")
    given = fields.get(name)
    if isinstance(given, str) and given.strip().endswith("%"):
        fields[name] = given.strip().removesuffix("%").strip()
        if name == "value" and unit != "percent":
            fields["mended"] = f"printed as {shown(given.strip())}, which is not in percent; the sign was taken off"


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
