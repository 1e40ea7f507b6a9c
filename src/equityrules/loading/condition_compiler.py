"""Conditions as framework files write them, to conditions ready to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from equityrules.conditions import Attested, Comparator, IfGiven, Part, Reported, SomeOf, Threshold, Within
from equityrules.hooks import Kinds
from equityrules.loading.structuring import NotStructuredError, make_converter, structure
from equityrules.loading.values import number
from equityrules.model.kinds import Condition, Measure
from equityrules.model.numbers import display
from equityrules.model.problems import nearest, quoted, shown
from equityrules.model.vocabulary import WHOLE, Cell, Vocabulary, make_cell

COMPARATORS = tuple(one.value for one in Comparator)
BANDS = tuple(one.value for one in Part)
TESTS = (*COMPARATORS, *BANDS, "reported")
"""What may be asked of a measure."""
CONDITIONS = ("attested", "measure", "all_of", "any_of", "some_of", "kind")
_CELLS = ("where", "each", "groups", "need", "if_given")
_TAKES = {"attested": _CELLS, "measure": (*TESTS, *_CELLS), "kind": ("settings",)}
_DEEPEST = 4


class CompileError(Exception):
    """One thing in a requirement that cannot be compiled."""


@frozen
class ConditionCompiler:
    """What conditions are made with: what items, measures, kinds and parameters stand for."""

    vocabulary: Vocabulary
    measures: Mapping[str, Measure]
    kinds: Kinds
    parameters: Mapping[str, Decimal]

    def condition(self, given: Mapping[str, Any], depth: int = 0) -> Condition:
        """Return the condition of a requirement, or of one part of a composite one. Raises CompileError."""
        kind = kind_of(given)
        if depth > _DEEPEST:
            raise CompileError("has conditions in conditions, more deeply than anybody can read; make it simpler")
        if kind == "attested":
            return self._attested(given)
        if kind == "measure":
            return self._threshold(given)
        if kind == "kind":
            return self._kind(_name(given, "kind"), given.get("settings", {}))
        if kind == "some_of":
            some = given["some_of"]
            if not isinstance(some, Mapping) or set(some) != {"need", "of"}:
                raise CompileError("some_of is written { need = 2, of = [ … ] }")
            return _some(self._parts(some["of"], depth), some["need"])
        return SomeOf(self._parts(given[kind], depth), need=None if kind == "all_of" else 1)

    def _parts(self, parts: object, depth: int) -> tuple[Condition, ...]:
        if not isinstance(parts, list) or not parts or not all(isinstance(part, Mapping) for part in parts):
            raise CompileError("a composite condition takes a list of conditions, [ { attested = … }, … ]")
        return tuple(self.condition(part, depth + 1) for part in parts)

    def _attested(self, given: Mapping[str, Any]) -> Condition:
        items = [given["attested"]] if isinstance(given["attested"], str) else given["attested"]
        if not isinstance(items, list) or not all(isinstance(name, str) for name in items):
            raise CompileError("attested is an item or a list of items")
        parts = [part for name in items for part in self._statements(name, given)]
        return _one_or_some(parts, given)

    def _statements(self, name: str, given: Mapping[str, Any]) -> Iterator[Attested]:
        item = self.vocabulary.items.get(name)
        if item is None:
            statements = [one.id for one in self.vocabulary.items.values() if one.kind == "statement"]
            raise CompileError(f"unknown item {shown(name)}{nearest(name, statements)}; items stand in the vocabulary")
        if item.kind != "statement":
            raise CompileError(f"'{name}' is a {item.kind}, not a statement; ask for it with a measure")
        yield from (Attested(name, item.text, cell) for cell in self._cells(given, item.dimensions))

    def _threshold(self, given: Mapping[str, Any]) -> Condition:
        measure = self._measure(given)
        test, bound = test_of(given)
        parts = [self._test(measure, test, bound, cell) for cell in self._measured_cells(measure, given)]
        return _one_or_some(parts, given)

    def _test(self, measure: Measure, test: str, bound: object, cell: Cell) -> Condition:
        """Return one test of a measure in one cell."""
        if test == "reported":
            if bound is not True:
                raise CompileError("reported is written reported = true")
            return Reported(measure, cell)
        if test not in BANDS:
            return Threshold(measure, Comparator(test), self._number(bound), cell)
        if not isinstance(bound, list) or len(bound) != 2:
            raise CompileError(f"{test} takes the two ends of a band, as in {test} = [0.8, 1.25]")
        low, high = self._number(bound[0]), self._number(bound[1])
        if low > high:
            raise CompileError(f"{test} ends at {display(high)}, before it starts at {display(low)}; turn them over")
        return Within(measure, Part(test), low, high, cell)

    def shown(self, given: Mapping[str, Any]) -> list[tuple[Measure, Cell]]:
        """Return a measure that is shown beside the grade, with the cells it is shown for. Raises CompileError."""
        extra = [name for name in given if name not in ("measure", "where", "each", "groups")]
        if extra or "measure" not in given:
            raise CompileError('what is shown is written { measure = "…" }, with where, or with each and groups')
        measure = self._measure(given)
        return [(measure, cell) for cell in self._measured_cells(measure, given)]

    def _measure(self, given: Mapping[str, Any]) -> Measure:
        name = _name(given, "measure")
        measure = self.measures.get(name)
        if measure is None:
            near = nearest(name, self.measures)
            raise CompileError(f"unknown measure {shown(name)}{near}; measures stand in the vocabulary")
        return measure

    def _measured_cells(self, measure: Measure, given: Mapping[str, Any]) -> tuple[Cell, ...]:
        return self._cells(given, self.dimensions_of(measure))

    def dimensions_of(self, measure: Measure) -> tuple[str, ...]:
        """Return the dimensions by which a measure can be observed."""
        items = [self.vocabulary.items[item] for item in measure.items if item in self.vocabulary.items]
        return tuple(dict.fromkeys(one for item in items for one in item.dimensions))

    def _number(self, value: object) -> Fraction:
        """Return a threshold: a number, or the name of a parameter of the framework."""
        if isinstance(value, str):
            if value not in self.parameters:
                near = nearest(value, self.parameters)
                raise CompileError(f"unknown parameter {shown(value)}{near}; write a number, or [parameter.<name>]")
            return Fraction(self.parameters[value])
        try:
            return Fraction(number(value))
        except ValueError as error:
            raise CompileError(str(error)) from None

    def _cells(self, given: Mapping[str, Any], dimensions: tuple[str, ...]) -> tuple[Cell, ...]:
        """Return the cells a condition is about: the whole, the one that `where` names, or one for `each` group."""
        where, each = given.get("where", {}), given.get("each", "")
        if not isinstance(where, Mapping) or not isinstance(each, str):
            raise CompileError('where is written { dimension = "group" }, and each is the name of a dimension')
        for name in (*where, *([each] if each else [])):
            if name not in dimensions or name not in self.vocabulary.dimensions:
                advice = f"it is divided by {quoted(dimensions)}" if dimensions else "it is not divided into groups"
                raise CompileError(f"{shown(name)} does not divide it{nearest(name, dimensions)}; {advice}")
        if each in where:
            raise CompileError(f"'{each}' stands in both where and each; keep one of them")
        fixed = {name: self._group(name, word) for name, word in where.items()}
        if not each:
            if given.get("groups"):
                raise CompileError("groups says which groups of each; write each, or leave groups out")
            return (make_cell(fixed) if fixed else WHOLE,)
        return tuple(make_cell({**fixed, each: group}) for group in self.groups(each, given.get("groups", ())))

    def groups(self, dimension: str, chosen: object) -> list[str]:
        """Return the groups that are chosen of a dimension, or all of them. Raises CompileError."""
        if not isinstance(chosen, list | tuple):
            raise CompileError(f"groups = {shown(chosen)} is no list of groups")
        if not chosen:
            return [group.id for group in self.vocabulary.dimensions[dimension].groups]
        return [self._group(dimension, word) for word in chosen]

    def _group(self, dimension: str, word: object) -> str:
        if not isinstance(word, str):
            raise CompileError(
                f"{shown(word)} is given where a group of {dimension} belongs; put it in quotation marks"
            )
        try:
            return self.vocabulary.dimensions[dimension].read(word)
        except ValueError as error:
            raise CompileError(str(error)) from None

    def _kind(self, kind: str, settings: Mapping[str, Any]) -> Condition:
        """Return a condition of a kind that a plugin brought, made from the requirement's `settings`."""
        if kind not in self.kinds.conditions:
            known = f"{nearest(kind, self.kinds.conditions)}; plugins bring {quoted(self.kinds.conditions)}"
            raise CompileError(f"unknown kind of condition {shown(kind)}{known}")
        try:
            made: Condition = structure(make_converter(), settings, self.kinds.conditions[kind])
        except NotStructuredError as error:
            found = [(" ".join(("settings", *path)), message) for path, message in error.faults]
            raise CompileError("; ".join(f"{where}: {message}" for where, message in found)) from None
        return made


def kind_of(given: Mapping[str, Any]) -> str:
    """Return which of the conditions is given. Raises CompileError unless it is one, with only what belongs to it."""
    kinds = [name for name in CONDITIONS if given.get(name)]
    if len(kinds) != 1:
        found = " and ".join(kinds) if kinds else "no condition"
        raise CompileError(f"has {found}; write exactly one of {quoted(CONDITIONS)}")
    takes = _TAKES.get(kinds[0], ())
    for name in given:
        if name not in (kinds[0], *takes):
            known = f"'{kinds[0]}' takes {quoted(takes)}" if takes else f"'{kinds[0]}' takes nothing beside it"
            raise CompileError(f"{shown(name)} has no meaning here{nearest(name, takes)}; {known}")
    return kinds[0]


def test_of(given: Mapping[str, Any]) -> tuple[str, Any]:
    """Return what is asked of a measure and what it is held against. Raises CompileError unless there is just one."""
    found = [(name, given[name]) for name in TESTS if name in given]
    if len(found) != 1:
        raise CompileError(f"a measure takes exactly one of {quoted(TESTS)}")
    return found[0]


def _name(given: Mapping[str, Any], what: str) -> str:
    if not isinstance(given[what], str):
        raise CompileError(f"{what} is a name in quotation marks")
    return str(given[what])


def _one_or_some(parts: list[Any], given: Mapping[str, Any]) -> Condition:
    """Return the only part by itself, or as many of several parts as are needed."""
    if not isinstance(given.get("if_given", False), bool):
        raise CompileError("if_given is written if_given = true")
    if given.get("if_given"):
        parts = [IfGiven(part) for part in parts]
    made = _some(tuple(parts), given.get("need", "all"))
    return made.parts[0] if len(made.parts) == 1 else made


def _some(parts: tuple[Condition, ...], need: object) -> SomeOf:
    """Return a condition over parts; `need` is "all" or a whole number of them."""
    if need == "all":
        return SomeOf(parts)
    if not isinstance(need, int) or isinstance(need, bool) or not 1 <= need <= len(parts):
        raise CompileError(f"need = {shown(need)} is neither 'all' nor a number from 1 to {len(parts)}")
    return SomeOf(parts, need)
