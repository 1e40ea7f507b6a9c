"""Reads the folder of one edition: framework.toml and a file for each criterion, compiled together."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from importlib.resources.abc import Traversable
from typing import Any

import cattrs
from attrs import evolve, frozen
from cattrs.gen import make_dict_structure_fn, override

from equityrules.grading import rollups
from equityrules.grading.awards import EVEN_CHOICES, SERVICE_METHODS
from equityrules.hooks import Kinds
from equityrules.loading.compiling import Workshop
from equityrules.loading.condition_compiler import ConditionCompiler
from equityrules.loading.documents import decode, digest, parse_toml
from equityrules.loading.profiles import Profile
from equityrules.loading.specs import CriterionSpec, FrameworkSpec, InForceSpec, MethodSpec
from equityrules.loading.structuring import make_converter, problems_in
from equityrules.model.basis import Basis
from equityrules.model.framework import (
    CoverField,
    Criterion,
    CriterionGroup,
    Deadline,
    Framework,
    Measure,
    Method,
    Methods,
    RollUp,
    RollUpRule,
    Source,
)
from equityrules.model.problems import InvalidInputError, Problem, nearest, quoted
from equityrules.model.scale import Grade, Scale
from equityrules.model.vocabulary import Vocabulary

STATUSES = ("draft", "current", "superseded", "closed")
VOTE_METHODS = ("plurality",)
FRAMEWORK_FILE = "framework.toml"


@frozen
class EditionFolder:
    """The files of one edition: their parsed documents by name, and the digest of them all."""

    name: str
    documents: Mapping[str, Mapping[str, Any]]
    digest: str


def read_documents(folder: Traversable, problems: list[Problem]) -> tuple[dict[str, dict[str, Any]], str]:
    """Return the parsed TOML files of a folder by name, and one digest over their names and contents.

    Line ends are taken as they are on Unix, so that a checkout on Windows has the same digest.
    """
    documents, contents = {}, b""
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if not file.name.endswith(".toml") or not file.is_file():
            continue
        content = file.read_bytes().replace(b"\r\n", b"\n")
        contents += f"{file.name}\n{digest(content)}\n".encode()
        try:
            documents[file.name] = parse_toml(decode(content, file.name), file.name)
        except InvalidInputError as error:
            problems.extend(error.problems)
    return documents, digest(contents)


@frozen
class EditionCompiler:
    """What every edition is compiled with; what is wrong goes to `problems`."""

    vocabulary: Vocabulary
    measures: Mapping[str, Measure]
    kinds: Kinds
    profile: Profile
    problems: list[Problem]

    def compile(self, folder: EditionFolder) -> Framework | None:
        """Return the framework of an edition's folder, or None where its own file cannot be used."""
        file = f"{folder.name}/{FRAMEWORK_FILE}"
        spec = self._structure(file, folder.documents.get(FRAMEWORK_FILE, {}), FrameworkSpec)
        if spec is None:
            return None
        self._check(file, spec)
        scales = self._scales(file, spec)
        if not scales:
            return None
        parameters = {name: self.profile.parameter(spec.id, name, one.value) for name, one in spec.parameter.items()}
        conditions = ConditionCompiler(self.vocabulary, self.measures, self.kinds, parameters)
        workshop = Workshop(spec, scales, conditions, self.profile, self.problems)
        criteria = self._criteria(folder, workshop)
        return self._framework(folder, spec, scales, criteria)

    def _structure(self, file: str, document: Mapping[str, Any], kind: Any) -> Any:  # noqa: ANN401 - the spec asked for
        try:
            return _CONVERTER.structure(document, kind)
        except Exception as error:  # noqa: BLE001 - cattrs raises groups of any type; each is reported
            self.problems.extend(Problem(file, _where(document, path), message) for path, message in problems_in(error))
            return None

    def _check(self, file: str, spec: FrameworkSpec) -> None:
        if spec.format != 1:
            self._note(file, f"format {spec.format} is not known; this version reads format 1")
        if spec.status not in STATUSES:
            self._note(
                file, f"unknown status '{spec.status}'{nearest(spec.status, STATUSES)}; write {quoted(STATUSES)}"
            )
        if "/" in spec.id or "@" in spec.id or not spec.id:
            self._note(file, "the id is a short name without '/' and '@'")
        for what, method, known in (("votes", spec.votes, VOTE_METHODS), ("services", spec.services, SERVICE_METHODS)):
            if method is not None and method.kind not in known:
                self._note(
                    file, f"{what}: unknown kind '{method.kind}'{nearest(method.kind, known)}; write {quoted(known)}"
                )
        for name in (
            one.source
            for one in (spec.votes, spec.services, *spec.parameter.values(), *spec.deadline)
            if one and one.source
        ):
            self._check_source(file, spec, name)

    def _check_source(self, file: str, spec: FrameworkSpec, name: str) -> None:
        if name not in spec.source:
            self._note(file, f"unknown source '{name}'{nearest(name, spec.source)}")

    def _note(self, file: str, message: str, where: str = "") -> None:
        self.problems.append(Problem(file, where, message))

    def _scales(self, file: str, spec: FrameworkSpec) -> dict[str, Scale]:
        scales = {}
        for name, given in spec.scale.items():
            grades = tuple(
                Grade(one.id, one.label, rank, None if one.points is None else Fraction(one.points), one.also)
                for rank, one in enumerate(given.grades)
            )
            if len(grades) < 2 or len({grade.id for grade in grades}) < len(grades):
                self._note(file, "a scale needs two grades or more, each with its own id", f"scale {name}")
                continue
            scales[name] = Scale(name, grades)
        if not spec.scale:
            self._note(file, "there is no scale; write [scale.<name>] with its grades, lowest first")
        return scales

    def _criteria(self, folder: EditionFolder, workshop: Workshop) -> tuple[Criterion, ...]:
        criteria = []
        for name, document in folder.documents.items():
            if name == FRAMEWORK_FILE or name == "vocabulary.toml":
                continue
            spec = self._structure(f"{folder.name}/{name}", document, CriterionSpec)
            if spec is not None:
                before = len(self.problems)
                criteria.append(workshop.criterion(name, spec))
                self.problems[before:] = [
                    Problem(f"{folder.name}/{one.file}", one.where, one.message) for one in self.problems[before:]
                ]
        if not criteria:
            self._note(folder.name, "has no criteria; write one TOML file for each")
        return tuple(criteria)

    def _framework(
        self, folder: EditionFolder, spec: FrameworkSpec, scales: Mapping[str, Scale], criteria: tuple[Criterion, ...]
    ) -> Framework:
        scale = next(iter(scales.values()))
        order = list(spec.group)
        criteria = tuple(sorted(criteria, key=lambda one: order.index(one.group) if one.group in order else len(order)))
        used = {
            measure
            for one in criteria
            for requirement in one.requirements
            for measure in _measures(requirement.condition)
        }
        return Framework(
            id=spec.id,
            edition=spec.edition,
            revision=spec.revision,
            title=spec.title,
            publisher=spec.publisher,
            licence=spec.licence,
            status=spec.status,
            scale=scale,
            groups=_groups(spec, criteria),
            criteria=criteria,
            methods=self._methods(f"{folder.name}/{FRAMEWORK_FILE}", spec, scale),
            vocabulary=self.vocabulary,
            measures={name: self.measures[name] for name in sorted(used)},
            sources={
                name: Source(name, one.title, one.url, one.licence, one.read) for name, one in spec.source.items()
            },
            in_force_from=spec.in_force.start if spec.in_force else None,
            in_force_to=spec.in_force.to if spec.in_force else None,
            words=spec.words,
            cover=tuple(CoverField(one.id, one.label, one.basis) for one in spec.cover),
            deadlines=tuple(Deadline(one.what, one.when, one.source) for one in spec.deadline),
            notes=spec.notes,
            digest=folder.digest,
            profile=self.profile.name,
        )

    def _methods(self, file: str, spec: FrameworkSpec, scale: Scale) -> Methods:
        return Methods(
            votes=_method(spec.votes),
            services=self._services(file, spec),
            groups=self._roll_up(file, spec, scale, "groups"),
            overall=self._roll_up(file, spec, scale, "overall"),
        )

    def _services(self, file: str, spec: FrameworkSpec) -> Method | None:
        """Return the method for services, as the profile chose it where it did."""
        method = _method(spec.services)
        if method is None:
            return None
        kind = self.profile.setting(f"{spec.id}/services") or method.kind
        even = self.profile.setting(f"{spec.id}/services/even") or method.even
        for word, known in ((kind, SERVICE_METHODS), (even, ("", *EVEN_CHOICES))):
            if word not in known:
                self._note(file, f"services: unknown choice '{word}'{nearest(word, known)}; write {quoted(known)}")
        return evolve(method, kind=kind, even=even)

    def _roll_up(self, file: str, spec: FrameworkSpec, scale: Scale, what: str) -> RollUpRule | None:
        given = dict(getattr(spec, what) or {})
        if not given:
            return None
        known = {**rollups.KINDS, **self.kinds.roll_ups}
        chosen = self.profile.setting(f"{spec.id}/{what}")
        kind = chosen or str(given.pop("kind", ""))
        if kind not in known:
            self._note(file, f"unknown kind '{kind}'{nearest(kind, known)}; write {quoted(known)}", what)
            return None
        head = {name: given.pop(name) for name in ("basis", "source", "text") if name in given}
        given.pop("kind", None)
        try:
            made: RollUp = _roll_up_converter(scale).structure({} if chosen else given, known[kind])
            basis = Basis.CONFIRMED_LOCALLY if chosen else _CONVERTER.structure(head.get("basis"), Basis)
        except Exception as error:  # noqa: BLE001 - cattrs raises groups of any type; each is reported
            for path, message in problems_in(error):
                self._note(file, message, f"{what} {' '.join(path)}".strip())
            return None
        if head.get("source"):
            self._check_source(file, spec, str(head["source"]))
        return RollUpRule(made, basis, str(head.get("source", "")), str(head.get("text", "")))


def _where(document: Mapping[str, Any], path: tuple[str, ...]) -> str:
    """Return the path in the file's words: the requirement's id where there is one, then the field."""
    if len(path) >= 2 and path[0] == "requirement" and path[1].isdigit():
        given = document["requirement"][int(path[1]) - 1]
        name = given.get("id", path[1]) if isinstance(given, Mapping) else path[1]
        return " ".join(("requirement", str(name), *path[2:]))
    return " ".join(path)


def _method(spec: MethodSpec | None) -> Method | None:
    return None if spec is None else Method(spec.kind, spec.basis, spec.source, spec.text, spec.expected, spec.even)


def _groups(spec: FrameworkSpec, criteria: tuple[Criterion, ...]) -> tuple[CriterionGroup, ...]:
    return tuple(
        CriterionGroup(
            name, one.title, tuple(each.id for each in criteria if each.group == name), one.services, one.note
        )
        for name, one in spec.group.items()
    )


def _measures(condition: Any) -> set[str]:  # noqa: ANN401 - a plugin's condition has no measures that we know of
    """Return the names of the measures a condition uses, in itself or its parts."""
    measure = getattr(condition, "measure", None)
    inner = {name for part in getattr(condition, "parts", ()) for name in _measures(part)}
    return inner | ({measure.id} if measure is not None else set())


def _roll_up_converter(scale: Scale) -> cattrs.Converter:
    """Return a converter that reads grades by id and the `from` of a band."""
    converter = make_converter()
    known = {grade.id: grade for grade in scale.grades}

    def grade(word: object, _: object) -> Grade:
        if word not in known:
            raise ValueError(f"unknown grade '{word}'{nearest(str(word), known)}")
        return known[str(word)]

    converter.register_structure_hook(Grade, grade)
    band = make_dict_structure_fn(rollups.Band, converter, start=override(rename="from"))
    converter.register_structure_hook(rollups.Band, band)
    return converter


_CONVERTER = make_converter()
_CONVERTER.register_structure_hook(
    InForceSpec, make_dict_structure_fn(InForceSpec, _CONVERTER, start=override(rename="from"))
)
