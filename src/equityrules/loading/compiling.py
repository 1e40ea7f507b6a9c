"""Specs to frameworks: every name looked up once, every problem noted with file and requirement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

from equityrules.conditions import Attested, Comparator, SomeOf, Threshold
from equityrules.hooks import Kinds
from equityrules.loading.profiles import Profile
from equityrules.loading.specs import CriterionSpec, FrameworkSpec, RequirementSpec
from equityrules.loading.structuring import make_converter, number, problems_in
from equityrules.model.basis import Basis
from equityrules.model.framework import Condition, Criterion, Measure, Requirement, Unplaced
from equityrules.model.problems import Problem, nearest, quoted
from equityrules.model.scale import Grade, Scale
from equityrules.model.vocabulary import WHOLE, Cell, Vocabulary, make_cell

COMPARATORS = tuple(one.value for one in Comparator)
_CONDITIONS = ("attested", "measure", "all_of", "any_of", "some_of", "kind")
CONFIDENCES = ("high", "medium", "low")


class CompileError(Exception):
    """One thing in a requirement that cannot be compiled."""


@frozen
class Workshop:
    """What compiling a framework needs: its spec and scales, what names stand for, and where problems go."""

    spec: FrameworkSpec
    scales: Mapping[str, Scale]
    vocabulary: Vocabulary
    measures: Mapping[str, Measure]
    kinds: Kinds
    profile: Profile
    problems: list[Problem]

    def criterion(self, file: str, spec: CriterionSpec) -> Criterion:
        """Return a criterion with its requirements, lowest grade first."""
        self._check_criterion(file, spec)
        scale = self.scales.get(spec.scale) or next(iter(self.scales.values()))
        made = [one for requirement in spec.requirement for one in self._requirements(file, spec.id, scale, requirement)]
        made.sort(key=lambda requirement: requirement.grade.rank)
        self._check_levels(file, scale, made)
        unplaced = tuple(Unplaced(one.text, one.why, one.basis, one.source) for one in spec.unplaced)
        return Criterion(spec.id, spec.group, spec.title, scale, tuple(made), spec.also, spec.source, spec.basis, unplaced)

    def _check_criterion(self, file: str, spec: CriterionSpec) -> None:
        if file != f"{spec.id}.toml":
            self._note(file, f"criterion {spec.id}", f"the file should be named {spec.id}.toml")
        if spec.group not in self.spec.group:
            self._note(file, f"criterion {spec.id}", f"unknown group '{spec.group}'{nearest(spec.group, self.spec.group)}")
        if spec.scale and spec.scale not in self.scales:
            self._note(file, f"criterion {spec.id}", f"unknown scale '{spec.scale}'{nearest(spec.scale, self.scales)}")
        for source in (spec.source, *(one.source for one in spec.unplaced)):
            if source not in self.spec.source:
                self._note(file, f"criterion {spec.id}", f"unknown source '{source}'{nearest(source, self.spec.source)}")
        ids = [one.id for one in spec.requirement]
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            self._note(file, f"requirement {name}", "the id is given twice; every requirement needs its own")
        for name in ids:
            if not name.startswith(f"{spec.id}.") or "/" in name:
                self._note(file, f"requirement {name}", f"the id should be '{spec.id}.' and a name, without '/'")

    def _check_levels(self, file: str, scale: Scale, made: list[Requirement]) -> None:
        """Note a grade that nothing is needed for, which would be held by default."""
        if not made:
            return
        for grade in scale.grades[1:]:
            if not any(requirement.grade == grade for requirement in made):
                self._note(file, "", f"no requirement for the grade '{grade.id}'; without one it would be held by default")

    def _note(self, file: str, where: str, message: str) -> None:
        self.problems.append(Problem(file, where, message))

    def _requirements(self, file: str, criterion: str, scale: Scale, spec: RequirementSpec) -> Iterator[Requirement]:
        """Yield the requirement, or one for each step of its ladder."""
        where = f"requirement {spec.id}"
        try:
            steps = list(self._steps(scale, spec))
        except CompileError as error:
            self._note(file, where, str(error))
            return
        for grade, condition, step in steps:
            try:
                yield self._requirement(criterion, spec, grade, condition, step)
            except CompileError as error:
                self._note(file, where, str(error))

    def _requirement(
        self, criterion: str, spec: RequirementSpec, grade: Grade, condition: Condition, step: str
    ) -> Requirement:
        name = f"{spec.id}/{step}" if step else spec.id
        basis = self._basis(_by_step(spec.basis, step, "basis"))
        source = _by_step(spec.source, step, "source")
        if source not in self.spec.source:
            raise CompileError(f"unknown source '{source}'{nearest(str(source), self.spec.source)}")
        confidence = str(_by_step(spec.confidence, step, "confidence"))
        if confidence and confidence not in CONFIDENCES:
            raise CompileError(f"unknown confidence '{confidence}'; write {quoted(CONFIDENCES)}")
        confirmed = self.profile.confirmation(self.spec.id, criterion, name)
        basis = Basis.CONFIRMED_LOCALLY if confirmed else basis
        return Requirement(name, grade, spec.text, condition, basis, source, confidence, confirmed)

    def _basis(self, word: object) -> Basis:
        known = [basis.value for basis in Basis]
        if word not in known or word == Basis.CONFIRMED_LOCALLY:
            raise CompileError(f"unknown basis '{word}'{nearest(str(word), known)}; a framework writes {quoted(name for name in known if name != 'confirmed locally')}")
        return Basis(word)

    def _steps(self, scale: Scale, spec: RequirementSpec) -> Iterator[tuple[Grade, Condition, str]]:
        """Yield grade, condition and, for a ladder, the name of the step."""
        given = [name for name in _CONDITIONS if getattr(spec, name)]
        if len(given) != 1:
            raise CompileError(f"has {'no condition' if not given else quoted(given) + ' together'}; write exactly one of {quoted(_CONDITIONS)}")
        comparator, bound = _comparator(spec) if spec.measure else ("", None)
        if not isinstance(bound, Mapping):
            yield self._grade(scale, spec.grade), self.condition(_plain(spec)), ""
            return
        if spec.grade:
            raise CompileError("is a ladder over several grades; leave 'grade' out")
        for word, threshold in bound.items():
            plain = {**_plain(spec), comparator: threshold}
            yield self._grade(scale, word), self.condition(plain), word

    def _grade(self, scale: Scale, word: str) -> Grade:
        known = [grade.id for grade in scale.grades]
        if word not in known:
            raise CompileError(f"unknown grade '{word}'{nearest(word, known)}" if word else f"has no grade; write one of {quoted(known[1:])}")
        if word == scale.lowest.id:
            raise CompileError(f"asks for '{word}', the lowest grade, which needs nothing")
        return scale.grades[known.index(word)]

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
        raise CompileError(f"a part has no condition; write one of {quoted(_CONDITIONS)}")

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
            raise CompileError(f"{'is a ' + item.kind + ', not a statement:' if item else 'unknown item'} '{name}'{nearest(name, statements)}")
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
        dimensions = tuple(dict.fromkeys(one for item in measure.items for one in self.vocabulary.items[item].dimensions))
        parts = [Threshold(measure, Comparator(comparators[0]), threshold, cell) for cell in self._cells(given, dimensions)]
        return parts[0] if len(parts) == 1 else _some(tuple(parts), given.get("need", "all"))

    def _number(self, value: object) -> Fraction:
        """Return a threshold: a number, or the name of a parameter of the framework."""
        if isinstance(value, str):
            if value not in self.spec.parameter:
                raise CompileError(f"unknown parameter '{value}'{nearest(value, self.spec.parameter)}")
            return Fraction(self.profile.parameter(self.spec.id, value, self.spec.parameter[value].value))
        try:
            return Fraction(number(value))
        except ValueError as error:
            raise CompileError(str(error)) from None

    def _cells(self, given: Mapping[str, Any], dimensions: tuple[str, ...]) -> tuple[Cell, ...]:
        """Return the cells a condition is about: the whole, the one that `where` names, or one for `each` group."""
        where, each = given.get("where") or {}, given.get("each") or ""
        for name in (*where, *([each] if each else [])):
            if name not in dimensions:
                raise CompileError(f"'{name}' does not divide it{nearest(name, dimensions)}; it is divided by {quoted(dimensions)}")
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
            raise CompileError("; ".join(f"{' '.join(path)}: {message}" for path, message in problems_in(error))) from None
        return made


def _plain(spec: RequirementSpec) -> dict[str, Any]:
    names = (*_CONDITIONS, *COMPARATORS, "where", "each", "need", "settings")
    return {name: value for name in names if (value := getattr(spec, name)) is not None}


def _comparator(spec: RequirementSpec) -> tuple[str, Any]:
    given = [(name, getattr(spec, name)) for name in COMPARATORS if getattr(spec, name) is not None]
    if len(given) != 1:
        raise CompileError(f"a measure takes exactly one of {quoted(COMPARATORS)}")
    return given[0]


def _some(parts: tuple[Condition, ...], need: object) -> SomeOf:
    """Return a condition over parts; `need` is "all" or a whole number of them."""
    if need == "all":
        return SomeOf(parts)
    if not isinstance(need, int) or isinstance(need, bool) or not 1 <= need <= len(parts):
        raise CompileError(f"need = {need!r} is neither 'all' nor a number from 1 to {len(parts)}")
    return SomeOf(parts, need)


def _by_step(value: object, step: str, name: str) -> Any:  # noqa: ANN401 - text or, where a plugin's file is wrong, anything
    """Return what a requirement says for one step of its ladder, or for the whole of it."""
    if not isinstance(value, Mapping):
        return value
    if not step or step not in value:
        raise CompileError(f"'{name}' says nothing for '{step}'" if step else f"'{name}' is by grade, but this is not a ladder")
    return value[step]
