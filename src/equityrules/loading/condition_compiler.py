"""Conditions as framework files write them, to conditions ready to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from equityrules.conditions import Attested, Comparator, SomeOf, Threshold
from equityrules.hooks import Kinds
from equityrules.loading.structuring import make_converter, number, problems_in
from equityrules.model.framework import Condition, Measure
from equityrules.model.problems import nearest, quoted
from equityrules.model.vocabulary import WHOLE, Cell, Vocabulary, make_cell

COMPARATORS = tuple(one.value for one in Comparator)
CONDITIONS = ("attested", "measure", "all_of", "any_of", "some_of", "kind")


class CompileError(Exception):
    """One thing in a requirement that cannot be compiled."""


@frozen
class ConditionCompiler:
    """What conditions are made with: what items, measures, kinds and parameters stand for."""

    vocabulary: Vocabulary
    measures: Mapping[str, Measure]
    kinds: Kinds
    parameters: Mapping[str, Decimal]

    def condition(self, given: Mapping[str, Any]) -> Condition:
        """Return the condition of a requirement, or of one part of a composite one."""
        if given.get("attested"):
            return self._attested(given)
        if given.get("measure"):
            return self._threshold(given)
        if given.get("all_of"):
            return SomeOf(self._parts(given["all_of"]))
        if given.get("any_of"):
            return SomeOf(self._parts(given["any_of"]), need=1)
        if given.get("some_of"):
            some = given["some_of"]
            if not isinstance(some, Mapping) or set(some) != {"need", "of"}:
                raise CompileError("some_of is written { need = 2, of = [ … ] }")
            return _some(self._parts(some["of"]), some["need"])
        if given.get("kind"):
            return self._kind(str(given["kind"]), given.get("settings", {}))
        raise CompileError(f"a part has no condition; write one of {quoted(CONDITIONS)}")

    def _parts(self, parts: object) -> tuple[Condition, ...]:
        if not isinstance(parts, list) or not parts or not all(isinstance(part, Mapping) for part in parts):
            raise CompileError("a composite condition takes a list of conditions, [ { attested = … }, … ]")
        return tuple(self.condition(part) for part in parts)

    def _attested(self, given: Mapping[str, Any]) -> Condition:
        items = [given["attested"]] if isinstance(given["attested"], str) else given["attested"]
        if not isinstance(items, list):
            raise CompileError("attested is an item or a list of items")
        parts = [part for name in items for part in self._statements(str(name), given)]
        return parts[0] if len(parts) == 1 else _some(tuple(parts), given.get("need", "all"))

    def _statements(self, name: str, given: Mapping[str, Any]) -> Iterator[Attested]:
        item = self.vocabulary.items.get(name)
        if item is None or item.kind != "statement":
            statements = [one.id for one in self.vocabulary.items.values() if one.kind == "statement"]
            fault = f"a {item.kind}, not a statement:" if item else "unknown item"
            raise CompileError(f"{fault} '{name}'{nearest(name, statements)}")
        yield from (Attested(name, item.text, cell) for cell in self._cells(given, item.dimensions))

    def _threshold(self, given: Mapping[str, Any]) -> Condition:
        name = str(given["measure"])
        measure = self.measures.get(name)
        if measure is None:
            raise CompileError(f"unknown measure '{name}'{nearest(name, self.measures)}")
        comparators = [one for one in COMPARATORS if given.get(one) is not None]
        if len(comparators) != 1:
            raise CompileError(f"a measure takes exactly one of {quoted(COMPARATORS)}")
        threshold = self._number(given[comparators[0]])
        dimensions = tuple(
            dict.fromkeys(one for item in measure.items for one in self.vocabulary.items[item].dimensions)
        )
        parts = [
            Threshold(measure, Comparator(comparators[0]), threshold, cell) for cell in self._cells(given, dimensions)
        ]
        return parts[0] if len(parts) == 1 else _some(tuple(parts), given.get("need", "all"))

    def _number(self, value: object) -> Fraction:
        """Return a threshold: a number, or the name of a parameter of the framework."""
        if isinstance(value, str):
            if value not in self.parameters:
                raise CompileError(f"unknown parameter '{value}'{nearest(value, self.parameters)}")
            return Fraction(self.parameters[value])
        try:
            return Fraction(number(value))
        except ValueError as error:
            raise CompileError(str(error)) from None

    def _cells(self, given: Mapping[str, Any], dimensions: tuple[str, ...]) -> tuple[Cell, ...]:
        """Return the cells a condition is about: the whole, the one that `where` names, or one for `each` group."""
        where, each = given.get("where") or {}, given.get("each") or ""
        for name in (*where, *([each] if each else [])):
            if name not in dimensions:
                raise CompileError(
                    f"'{name}' does not divide it{nearest(name, dimensions)}; it is divided by {quoted(dimensions)}"
                )
        try:
            fixed = {name: self.vocabulary.dimensions[name].read(word) for name, word in where.items()}
        except ValueError as error:
            raise CompileError(str(error)) from None
        if not each:
            return (make_cell(fixed) if fixed else WHOLE,)
        return tuple(make_cell({**fixed, each: group.id}) for group in self.vocabulary.dimensions[each].groups)

    def _kind(self, kind: str, settings: Mapping[str, Any]) -> Condition:
        """Return a condition of a kind that a plugin brought, made from the requirement's `settings`."""
        if kind not in self.kinds.conditions:
            raise CompileError(f"unknown kind of condition '{kind}'{nearest(kind, self.kinds.conditions)}")
        try:
            made: Condition = make_converter().structure(settings, self.kinds.conditions[kind])
        except Exception as error:  # noqa: BLE001 - cattrs raises groups of any type; each is reported
            raise CompileError(
                "; ".join(f"{' '.join(path)}: {message}" for path, message in problems_in(error))
            ) from None
        return made


def _some(parts: tuple[Condition, ...], need: object) -> SomeOf:
    """Return a condition over parts; `need` is "all" or a whole number of them."""
    if need == "all":
        return SomeOf(parts)
    if not isinstance(need, int) or isinstance(need, bool) or not 1 <= need <= len(parts):
        raise CompileError(f"need = {need!r} is neither 'all' nor a number from 1 to {len(parts)}")
    return SomeOf(parts, need)
