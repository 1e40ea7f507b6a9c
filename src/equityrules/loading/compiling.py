"""Specs to criteria: every name looked up once, every problem noted with file and requirement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from attrs import evolve, frozen

from equityrules.loading.condition_compiler import (
    CONDITIONS,
    TESTS,
    CompileError,
    ConditionCompiler,
    kind_of,
    test_of,
)
from equityrules.loading.profiles import Profile
from equityrules.loading.specs import CriterionSpec, FrameworkSpec, RequirementSpec
from equityrules.model.basis import Basis
from equityrules.model.framework import Criterion, Requirement, Shown
from equityrules.model.problems import Problem, nearest, quoted, shown
from equityrules.model.scale import Grade, Scale

CONFIDENCES = ("high", "medium", "low")
Step = tuple[str, str, Mapping[str, Any]]
"""One step of a ladder: its name (blank where there is no ladder), its grade's id and its condition, as written."""
_Made = TypeVar("_Made")


@frozen
class Workshop:
    """What compiling criteria needs: the framework's spec and scales, what names stand for, and where problems go."""

    spec: FrameworkSpec
    scales: Mapping[str, Scale]
    conditions: ConditionCompiler
    profile: Profile
    problems: list[Problem]

    def criterion(self, file: str, folder: str, spec: CriterionSpec) -> Criterion:
        """Return a criterion with its requirements, lowest grade first."""
        place = f"{folder}/{file}"
        before = len(self.problems)
        for where, message in self._faults(file, spec):
            self._note(place, where, message)
        scale = self.scales.get(spec.scale) or next(iter(self.scales.values()))
        made = [
            one for requirement in spec.requirement for one in self._requirements(place, spec.id, scale, requirement)
        ]
        made.sort(key=lambda requirement: requirement.grade.rank)
        if len(self.problems) == before:
            self._check_levels(place, spec.id, scale, made)
        return Criterion(
            spec.id, spec.group, spec.title, scale, tuple(made), spec.also, spec.source, spec.basis, spec.unplaced,
            spec.graded, self._shown(place, spec), spec.short,
        )  # fmt: skip

    def _shown(self, place: str, spec: CriterionSpec) -> tuple[Shown, ...]:
        """Return the measures that are shown beside the grade."""
        at = place, f"criterion {spec.id}, shown"
        found = [self._attempt(at, self.conditions.shown, one) or [] for one in spec.shown]
        return tuple(Shown(measure, cell) for one in found for measure, cell in one)

    def _faults(self, file: str, spec: CriterionSpec) -> Iterator[tuple[str, str]]:
        """Yield the place and message of what is wrong with a criterion as a whole."""
        where = f"criterion {spec.id}"
        if not spec.id or any(one in spec.id for one in "/@ "):
            yield where, "the id is a short name without '/', '@' and spaces"
        if file != f"{spec.id}.toml":
            yield where, f"the file should be named {spec.id}.toml"
        if spec.group not in self.spec.group:
            yield where, f"unknown group {shown(spec.group)}{_choice(spec.group, self.spec.group)}"
        if spec.scale and spec.scale not in self.scales:
            yield where, f"unknown scale {shown(spec.scale)}{_choice(spec.scale, self.scales)}"
        for source in dict.fromkeys((spec.source, *(one.source for one in spec.unplaced))):
            if source not in self.spec.source:
                yield where, _unknown_source(source, self.spec)
        for name, times in Counter(one.id for one in spec.requirement).items():
            if times > 1:
                yield f"requirement {name}", "the id is given twice; every requirement needs its own"
            if not name.startswith(f"{spec.id}.") or name == f"{spec.id}." or "/" in name:
                yield f"requirement {name}", f"the id should be '{spec.id}.' and a name, without '/'"

    def _check_levels(self, place: str, criterion: str, scale: Scale, made: Sequence[Requirement]) -> None:
        """Note a grade that nothing is needed for, which would be held by default."""
        for grade in scale.grades[1:] if made else ():
            if not any(requirement.grade == grade for requirement in made):
                message = f"no requirement for the grade '{grade.id}'; without one it would be held by default"
                self._note(place, f"criterion {criterion}", message)

    def _note(self, file: str, where: str, message: str) -> None:
        self.problems.append(Problem(file, where, message))

    # --- requirements ---

    def _requirements(self, place: str, criterion: str, scale: Scale, spec: RequirementSpec) -> Iterator[Requirement]:
        """Yield the requirement, or one for each step of its ladder; every part that is wrong is noted."""
        at = place, f"requirement {spec.id}"
        for one in self._attempt(at, self._per_group, spec) or ():
            yield from self._steps_of(at, criterion, scale, one)

    def _per_group(self, spec: RequirementSpec) -> list[RequirementSpec]:
        """Return the requirement or, where it is one `per` group of a dimension, a requirement for each group."""
        if not spec.per:
            return [spec]
        dimension = self.conditions.vocabulary.dimensions.get(spec.per)
        if dimension is None or spec.each:
            known = self.conditions.vocabulary.dimensions
            advice = "leave each out" if spec.each else f"unknown dimension {shown(spec.per)}{nearest(spec.per, known)}"
            raise CompileError(f"per makes a requirement for each group of a dimension; {advice}")
        if spec.per in spec.where:
            raise CompileError(f"'{spec.per}' stands in both where and per; keep one of them")
        labels = {group.id: group.label for group in dimension.groups}
        return [
            evolve(
                spec, id=f"{spec.id}/{group}", text=f"{spec.text}: {labels[group]}", per="", groups=(),
                where={**spec.where, spec.per: group},
            )
            for group in self.conditions.groups(spec.per, spec.groups)
        ]  # fmt: skip

    def _steps_of(
        self, at: tuple[str, str], criterion: str, scale: Scale, spec: RequirementSpec
    ) -> Iterator[Requirement]:
        for step, word, given in self._attempt(at, _steps, spec) or ():
            grade = self._attempt(at, _grade, scale, word)
            condition = self._attempt(at, self.conditions.condition, given)
            basis = self._attempt(at, _basis, spec, step)
            source = self._attempt(at, self._source, spec, step)
            confidence = self._attempt(at, _confidence, spec, step)
            if grade is None or condition is None or basis is None or source is None or confidence is None:
                continue
            name = f"{spec.id}/{step}" if step else spec.id
            confirmed = self.profile.confirmation(self.spec.id, criterion, name)
            basis = Basis.CONFIRMED_LOCALLY if confirmed else basis
            yield Requirement(name, grade, spec.text, condition, basis, source, confidence, confirmed, spec.due)

    def _attempt(self, at: tuple[str, str], make: Callable[..., _Made], *arguments: object) -> _Made | None:
        """Return what `make` returns, or None where it raises CompileError, which is noted."""
        try:
            return make(*arguments)
        except CompileError as error:
            self._note(*at, str(error))
            return None

    def _source(self, spec: RequirementSpec, step: str) -> str:
        source = _by_step(spec, "source", step)
        if source not in self.spec.source:
            raise CompileError(_unknown_source(source, self.spec))
        return source


def _choice(word: str, known: Iterable[str]) -> str:
    names = list(known)
    return f"{nearest(word, names)}; write {quoted(names)}"


def _unknown_source(source: str, spec: FrameworkSpec) -> str:
    near = nearest(source, spec.source)
    return f"unknown source {shown(source)}{near}; every source has its [source.<name>] in framework.toml"


def _basis(spec: RequirementSpec, step: str) -> Basis:
    word = _by_step(spec, "basis", step)
    known = [basis.value for basis in Basis if basis is not Basis.CONFIRMED_LOCALLY]
    if word not in known:
        raise CompileError(f"unknown basis {shown(word)}{_choice(word, known)}")
    return Basis(word)


def _confidence(spec: RequirementSpec, step: str) -> str:
    confidence = _by_step(spec, "confidence", step)
    if confidence and confidence not in CONFIDENCES:
        raise CompileError(f"unknown confidence {shown(confidence)}{_choice(confidence, CONFIDENCES)}")
    return confidence


def _steps(spec: RequirementSpec) -> list[Step]:
    """Return name, grade and condition of every step; a requirement without a ladder is one step without a name."""
    given = _written(spec)
    comparator, bound = test_of(given) if kind_of(given) == "measure" else ("", None)
    if not isinstance(bound, Mapping):
        return [("", spec.grade, given)]
    if spec.grade:
        raise CompileError("is a ladder over several grades; leave 'grade' out")
    if not bound:
        raise CompileError("is a ladder without steps; write { grade = threshold, … }")
    for name in ("basis", "source", "confidence"):
        _check_steps(spec, name, bound)
    return [(word, word, {**given, comparator: threshold}) for word, threshold in bound.items()]


def _grade(scale: Scale, word: str) -> Grade:
    known = [grade.id for grade in scale.grades]
    if not word:
        raise CompileError(f"has no grade; write one of {quoted(known[1:])}")
    if word not in known:
        raise CompileError(f"unknown grade {shown(word)}{_choice(word, known[1:])}")
    if word == scale.lowest.id:
        raise CompileError(f"asks for '{word}', the lowest grade, which needs nothing")
    return scale.grades[known.index(word)]


def _written(spec: RequirementSpec) -> dict[str, Any]:
    """Return the fields of a requirement's condition that its file gives."""
    names = (*CONDITIONS, *TESTS, "where", "each", "groups", "need", "if_given", "settings")
    default = RequirementSpec("", "", "", "")
    return {name: getattr(spec, name) for name in names if getattr(spec, name) != getattr(default, name)}


def _check_steps(spec: RequirementSpec, name: str, ladder: Mapping[str, Any]) -> None:
    """Hold that what is said by grade is said of the ladder's grades only."""
    value = getattr(spec, name)
    extra = [step for step in value if step not in ladder] if isinstance(value, Mapping) else []
    if extra:
        near = nearest(extra[0], ladder)
        raise CompileError(f"'{name}' says something for {shown(extra[0])}, which is no step of the ladder{near}")


def _by_step(spec: RequirementSpec, name: str, step: str) -> str:
    """Return what a requirement says for one step of its ladder, or for the whole of it."""
    value = getattr(spec, name)
    if isinstance(value, Mapping):
        if not step:
            raise CompileError(f"'{name}' is by grade, but this is not a ladder")
        if step not in value:
            raise CompileError(f"'{name}' says nothing for '{step}'")
        value = value[step]
    if not isinstance(value, str):
        raise CompileError(f"'{name}' is {shown(value)}; write it in quotation marks, or by grade for a ladder")
    return value
