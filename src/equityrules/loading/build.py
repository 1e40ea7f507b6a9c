"""Rows to evidence: every row structured, checked against vocabulary and frameworks, and merged by organisation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

from equityrules.loading.catalogue import Frameworks
from equityrules.loading.references import read_reference, read_requirement
from equityrules.loading.rows import Row
from equityrules.loading.structuring import make_converter, number, problems_in
from equityrules.model.evidence import (
    Action,
    Amount,
    Count,
    Cover,
    Explanation,
    Figure,
    Narrative,
    Organisation,
    Rating,
    Stated,
    Statement,
    Survey,
    Target,
    Votes,
)
from equityrules.model.period import Period
from equityrules.model.problems import Problem, nearest, quoted
from equityrules.model.scale import Scale
from equityrules.model.vocabulary import Cell, make_cell

CLASSES: dict[str, type[Stated]] = {
    "statement": Statement, "count": Count, "survey": Survey, "amount": Amount, "figure": Figure, "rating": Rating,
    "votes": Votes, "narrative": Narrative, "cover": Cover, "target": Target, "explanation": Explanation,
    "action": Action,
}  # fmt: skip
DIRECTIONS = ("at least", "at most", "above", "below")
MOST_VOTES = 10_000_000
_ABOUT = {"rating", "votes", "narrative", "cover", "explanation"}


@frozen
class Piece:
    """One piece of evidence with its owner and the row it came from."""

    organisation: Organisation
    stated: Stated
    row: Row


@frozen
class Builder:
    """Turns rows into pieces of evidence, noting every problem."""

    frameworks: Frameworks
    problems: list[Problem]

    def pieces(self, rows: Iterable[Row]) -> list[Piece]:
        """Return a piece for every row that holds; the others leave problems."""
        return [piece for row in rows if (piece := self._piece(row)) is not None]

    def _piece(self, row: Row) -> Piece | None:
        fields = dict(row.fields)
        before = len(self.problems)
        organisation = self._organisation(row, fields)
        if "period" not in fields:
            self.problems.append(row.problem('no period is given; write period = "2023/24" for the file or the row', "period"))
        self._resolve(row, fields)
        if len(self.problems) > before or organisation is None:
            return None
        try:
            stated = _CONVERTER.structure({**fields, "place": row.place}, CLASSES[row.kind])
        except Exception as error:  # noqa: BLE001 - cattrs raises groups of any type; each is reported
            self.problems.extend(row.problem(message, ", ".join(path)) for path, message in problems_in(error))
            return None
        self.problems.extend(row.problem(message, name) for name, message in _faults(stated))
        return Piece(organisation, stated, row)

    def _organisation(self, row: Row, fields: dict[str, Any]) -> Organisation | None:
        name, code = fields.pop("organisation", ""), str(fields.pop("code", "")).strip().upper()
        if not isinstance(name, str) or not name.strip():
            self.problems.append(row.problem("no organisation is given; write its name for the file or the row", "organisation"))
            return None
        if code and not re.fullmatch(r"[A-Z0-9]{3,8}", code):
            self.problems.append(row.problem(f"'{code}' is not shaped like an organisation code (ODS), such as RR8", "code"))
        return Organisation(name.strip(), code)

    def _resolve(self, row: Row, fields: dict[str, Any]) -> None:
        """Replace words by what they name: cells, references and grades; a word that names nothing is a problem."""
        steps: list[Callable[[Row, dict[str, Any]], None]] = []
        if row.kind in ("statement", "count", "survey", "amount"):
            steps.append(self._item)
        elif row.kind in ("figure", "target"):
            steps.append(self._measure)
        elif row.kind in _ABOUT or row.kind == "action":
            steps.append(self._about)
        for step in steps:
            try:
                step(row, fields)
            except _FieldError as error:
                self.problems.append(row.problem(error.message, error.name))

    def _item(self, row: Row, fields: dict[str, Any]) -> None:
        vocabulary = self.frameworks.vocabulary
        name = str(fields.get("item", "")).strip()
        item = vocabulary.items.get(name)
        if item is None:
            raise _FieldError("item", f"unknown item '{name}'{nearest(name, vocabulary.items)}" if name else "no item is named")
        if item.kind != row.kind:
            raise _FieldError("item", f"'{name}' is a {item.kind}, not a {row.kind}")
        fields["item"] = name
        fields["cell"] = self._cell(fields, item.dimensions)

    def _measure(self, row: Row, fields: dict[str, Any]) -> None:
        vocabulary = self.frameworks.vocabulary
        name = str(fields.get("measure", "")).strip()
        if name not in vocabulary.measures:
            raise _FieldError("measure", f"unknown measure '{name}'{nearest(name, vocabulary.measures)}" if name else "no measure is named")
        fields["measure"] = name
        fields["cell"] = self._cell(fields, self.frameworks.dimensions_of(name))
        direction = fields.get("direction")
        if row.kind == "target" and direction not in DIRECTIONS:
            raise _FieldError("direction", f"'{direction or ''}' is not a direction{nearest(str(direction), DIRECTIONS)}; write {quoted(DIRECTIONS)}")

    def _cell(self, fields: dict[str, Any], dimensions: tuple[str, ...]) -> Cell:
        """Return the cell that `where`, or `where` with one group of `across`, names."""
        where, across, group = fields.pop("groups", (fields.pop("where", None), None, None))
        fields.pop("where", None)
        chosen = self._groups(where, dimensions) if where is not None else {}
        if group is not None and group != "all":
            left = [name for name in dimensions if name not in chosen]
            dimension = across or (left[0] if len(left) == 1 else None)
            if dimension is None or dimension not in dimensions:
                raise _FieldError("across", f"say across which dimension the values are; the item has {quoted(dimensions)}")
            chosen[dimension] = self._group(dimension, group)
        return make_cell(chosen)

    def _groups(self, where: object, dimensions: tuple[str, ...]) -> dict[str, str]:
        """Return groups by dimension from a table, or from text such as "bme" or "band=6; ethnicity=bme"."""
        if isinstance(where, Mapping):
            pairs = [(str(name), str(group)) for name, group in where.items()]
        else:
            parts = [part.strip() for part in re.split("[;,]", str(where)) if part.strip()]
            pairs = [(name.strip(), group.strip()) if equals else ("", name) for name, equals, group in (part.partition("=") for part in parts)]
        chosen: dict[str, str] = {}
        for given, group in pairs:
            dimension = given or (dimensions[0] if len(dimensions) == 1 else "")
            if dimension not in dimensions:
                raise _FieldError("where", _dimension_advice(given, group, dimensions))
            chosen[dimension] = self._group(dimension, group)
        return chosen

    def _group(self, dimension: str, word: str) -> str:
        try:
            return self.frameworks.vocabulary.dimensions[dimension].read(word)
        except ValueError as error:
            raise _FieldError("where", str(error)) from None

    def _about(self, row: Row, fields: dict[str, Any]) -> None:
        if row.kind == "action":
            given = fields.get("about", [])
            names = [given] if isinstance(given, str) else list(given)
            fields["about"] = [self._reference(name, fields)[0] for name in names]
            return
        if row.kind == "explanation":
            fields["about"] = self._requirement(str(fields.get("about", "")), fields)
            return
        about, scale, most = self._reference(str(fields.get("about", "")), fields)
        fields["about"] = about
        if row.kind == "rating":
            _resolve_rating(fields, scale, most)
        if row.kind == "votes":
            _resolve_votes(fields, scale)
        if row.kind == "cover":
            self._cover(about, fields)

    def _reference(self, about: str, fields: Mapping[str, Any]) -> tuple[str, Scale, Fraction | None]:
        try:
            return read_reference(self.frameworks, about, _day(fields))
        except ValueError as error:
            raise _FieldError("about", str(error)) from None

    def _requirement(self, about: str, fields: Mapping[str, Any]) -> str:
        try:
            return read_requirement(self.frameworks, about, _day(fields))
        except ValueError as error:
            raise _FieldError("about", str(error)) from None

    def _cover(self, about: str, fields: dict[str, Any]) -> None:
        known = [one.id for one in self.frameworks.editions(about)[0].cover]
        name = str(fields.get("name", "")).strip()
        if name not in known:
            raise _FieldError("name", f"the cover has no field '{name}'{nearest(name, known)}; its fields are {quoted(known)}")


class _FieldError(Exception):
    def __init__(self, name: str, message: str) -> None:
        self.name, self.message = name, message
        super().__init__(message)


def _dimension_advice(given: str, group: str, dimensions: tuple[str, ...]) -> str:
    if not dimensions:
        return f"this item is not divided into groups; leave '{given or group}' out"
    if not given:
        return f"say which dimension '{group}' belongs to, as in {dimensions[0]}={group}; the item has {quoted(dimensions)}"
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
        raise _FieldError("grade", "neither a grade nor points are given")
    if isinstance(grade, str) and grade.strip().casefold() in ("not applicable", "n/a"):
        if fields.get("service") or not str(fields.get("note", "")).strip():
            raise _FieldError("grade", "'not applicable' is for all services together and needs a note that says why")
        fields.update(applicable=False, grade=None)
        return
    if grade is not None and _is_number(grade):
        fields["points"], grade = grade, None
    try:
        fields["grade"] = None if grade is None else scale.read(str(grade)).id
        points = None if fields.get("points") is None else number(fields["points"])
    except ValueError as error:
        raise _FieldError("grade", str(error)) from None
    if points is not None and (most is None or not 0 <= points <= most):
        raise _FieldError("grade", f"{points} points are given; {'this scale has no points' if most is None else f'they lie between 0 and {most}'}")


def _is_number(value: object) -> bool:
    try:
        number(value)
    except ValueError:
        return False
    return True


def _resolve_votes(fields: dict[str, Any], scale: Scale) -> None:
    votes = fields.get("votes", {})
    if not isinstance(votes, Mapping):
        raise _FieldError("votes", "is not a table; write { developing = 26, achieving = 44 }")
    read: dict[str, object] = {}
    for word, count in votes.items():
        try:
            grade = scale.read(str(word)).id
        except ValueError as error:
            raise _FieldError("votes", str(error)) from None
        if grade in read:
            raise _FieldError("votes", f"votes for '{word}' are given twice; add them together")
        read[grade] = count
    if not votes and fields.get("stated_total") is None:
        raise _FieldError("votes", "neither votes by grade nor a stated total are given")
    fields["votes"] = {grade.id: read[grade.id] for grade in scale.grades if grade.id in read}


def _faults(stated: Stated) -> Iterator[tuple[str, str]]:
    """Yield the field and message of what a piece of evidence cannot be."""
    if isinstance(stated, Count):
        yield from _not_negative("value", stated.value)
        if (stated.value * 2).denominator != 1:
            yield "value", f"{float(stated.value):g} is not a count; counts are whole, or halves in a two-year average"
    elif isinstance(stated, Survey):
        yield from _survey_faults(stated)
    elif isinstance(stated, Votes):
        for grade, count in stated.votes.items():
            yield from _vote_faults(f"votes, {grade}", count)
        if stated.stated_total is not None:
            yield from _vote_faults("stated_total", stated.stated_total)


def _vote_faults(name: str, count: int) -> Iterator[tuple[str, str]]:
    if count < 0:
        yield name, f"{count} votes cannot be; votes are counted from 0"
    elif count > MOST_VOTES:
        yield name, f"{count} votes are more than any poll has; check the number"


def _not_negative(name: str, value: Fraction) -> Iterator[tuple[str, str]]:
    if value < 0:
        yield name, f"{float(value):g} is below nought"


def _survey_faults(stated: Survey) -> Iterator[tuple[str, str]]:
    yield from (fault for name, value in (("yes", stated.yes), ("of", stated.of)) if value is not None for fault in _not_negative(name, value))
    if stated.percent is not None and not 0 <= stated.percent <= 100:
        yield "percent", f"{stated.percent}% lies outside 0 to 100"
    if stated.yes is not None and stated.of is not None and stated.yes > stated.of:
        yield "yes", f"{float(stated.yes):g} answered yes, more than the {float(stated.of):g} who answered"
    if stated.percent is None and (stated.yes is None or stated.of is None):
        yield "yes", "give both yes and of (how many answered), or a percent"


_CONVERTER = make_converter()
