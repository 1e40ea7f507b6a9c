"""Specs to frameworks: every name looked up once, every problem noted with file and requirement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from equityrules.loading.condition_compiler import COMPARATORS, CONDITIONS, CompileError, ConditionCompiler
from equityrules.loading.profiles import Profile
from equityrules.loading.specs import CriterionSpec, FrameworkSpec, RequirementSpec
from equityrules.model.basis import Basis
from equityrules.model.framework import Condition, Criterion, Requirement, Unplaced
from equityrules.model.problems import Problem, nearest, quoted
from equityrules.model.scale import Grade, Scale

CONFIDENCES = ("high", "medium", "low")


@frozen
class Workshop:
    """What compiling a framework needs: its spec and scales, what names stand for, and where problems go."""

    spec: FrameworkSpec
    scales: Mapping[str, Scale]
    conditions: ConditionCompiler
    profile: Profile
    problems: list[Problem]

    def criterion(self, file: str, spec: CriterionSpec) -> Criterion:
        """Return a criterion with its requirements, lowest grade first."""
        self._check_criterion(file, spec)
        scale = self.scales.get(spec.scale) or next(iter(self.scales.values()))
        made = [
            one for requirement in spec.requirement for one in self._requirements(file, spec.id, scale, requirement)
        ]
        made.sort(key=lambda requirement: requirement.grade.rank)
        self._check_levels(file, scale, made)
        unplaced = tuple(Unplaced(one.text, one.why, one.basis, one.source) for one in spec.unplaced)
        return Criterion(
            spec.id, spec.group, spec.title, scale, tuple(made), spec.also, spec.source, spec.basis, unplaced
        )

    def _check_criterion(self, file: str, spec: CriterionSpec) -> None:
        if file != f"{spec.id}.toml":
            self._note(file, f"criterion {spec.id}", f"the file should be named {spec.id}.toml")
        if spec.group not in self.spec.group:
            self._note(
                file, f"criterion {spec.id}", f"unknown group '{spec.group}'{nearest(spec.group, self.spec.group)}"
            )
        if spec.scale and spec.scale not in self.scales:
            self._note(file, f"criterion {spec.id}", f"unknown scale '{spec.scale}'{nearest(spec.scale, self.scales)}")
        for source in (spec.source, *(one.source for one in spec.unplaced)):
            if source not in self.spec.source:
                self._note(
                    file, f"criterion {spec.id}", f"unknown source '{source}'{nearest(source, self.spec.source)}"
                )
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
                self._note(
                    file, "", f"no requirement for the grade '{grade.id}'; without one it would be held by default"
                )

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
        known = [basis.value for basis in Basis if basis is not Basis.CONFIRMED_LOCALLY]
        if word not in known:
            raise CompileError(f"unknown basis '{word}'{nearest(str(word), known)}; write {quoted(known)}")
        return Basis(word)

    def _steps(self, scale: Scale, spec: RequirementSpec) -> Iterator[tuple[Grade, Condition, str]]:
        """Yield grade, condition and, for a ladder, the name of the step."""
        given = [name for name in CONDITIONS if getattr(spec, name)]
        if len(given) != 1:
            found = " and ".join(given) if given else "no condition"
            raise CompileError(f"has {found}; write exactly one of {quoted(CONDITIONS)}")
        comparator, bound = _comparator(spec) if spec.measure else ("", None)
        if not isinstance(bound, Mapping):
            yield self._grade(scale, spec.grade), self.conditions.condition(_plain(spec)), ""
            return
        if spec.grade:
            raise CompileError("is a ladder over several grades; leave 'grade' out")
        for word, threshold in bound.items():
            plain = {**_plain(spec), comparator: threshold}
            yield self._grade(scale, word), self.conditions.condition(plain), word

    def _grade(self, scale: Scale, word: str) -> Grade:
        known = [grade.id for grade in scale.grades]
        if word not in known:
            raise CompileError(
                f"unknown grade '{word}'{nearest(word, known)}"
                if word
                else f"has no grade; write one of {quoted(known[1:])}"
            )
        if word == scale.lowest.id:
            raise CompileError(f"asks for '{word}', the lowest grade, which needs nothing")
        return scale.grades[known.index(word)]


def _plain(spec: RequirementSpec) -> dict[str, Any]:
    names = (*CONDITIONS, *COMPARATORS, "where", "each", "need", "settings")
    return {name: value for name in names if (value := getattr(spec, name)) is not None}


def _comparator(spec: RequirementSpec) -> tuple[str, Any]:
    given = [(name, getattr(spec, name)) for name in COMPARATORS if getattr(spec, name) is not None]
    if len(given) != 1:
        raise CompileError(f"a measure takes exactly one of {quoted(COMPARATORS)}")
    return given[0]


def _by_step(value: object, step: str, name: str) -> Any:  # noqa: ANN401 - text or, where a plugin's file is wrong, anything
    """Return what a requirement says for one step of its ladder, or for the whole of it."""
    if not isinstance(value, Mapping):
        return value
    if not step or step not in value:
        raise CompileError(
            f"'{name}' says nothing for '{step}'" if step else f"'{name}' is by grade, but this is not a ladder"
        )
    return value[step]
