"""Reads the folder of one edition: framework.toml and a file for each criterion, compiled together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib.resources.abc import Traversable
from typing import Any

from attrs import evolve, frozen

from equityrules.hooks import Kinds
from equityrules.loading.compiling import Workshop
from equityrules.loading.condition_compiler import ConditionCompiler
from equityrules.loading.documents import decode, digest, parse_toml, refuse
from equityrules.loading.identity import identity_faults, make_scale, scale_faults, shared_id_faults, source_faults
from equityrules.loading.methods import MethodCompiler
from equityrules.loading.profiles import Profile
from equityrules.loading.specs import CriterionSpec, FrameworkSpec, InForceSpec, ReferenceSpec
from equityrules.loading.structuring import NotStructuredError, make_converter, rename, structure
from equityrules.model.framework import Criterion, CriterionGroup, Framework, Reference, Source
from equityrules.model.kinds import Measure
from equityrules.model.period import parse_date
from equityrules.model.problems import InvalidInputError, Problem, shown
from equityrules.model.scale import Scale
from equityrules.model.vocabulary import Vocabulary

FRAMEWORK_FILE = "framework.toml"
VOCABULARY_FILE = "vocabulary.toml"


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
        try:
            content = _content(file, f"{folder.name}/{file.name}")
            contents += f"{file.name}\n{digest(content)}\n".encode()
            documents[file.name] = _parse(content, f"{folder.name}/{file.name}")
        except InvalidInputError as error:
            problems.extend(error.problems)
    return documents, digest(contents)


def _content(file: Traversable, name: str) -> bytes:
    try:
        return file.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise refuse(name, f"cannot be read ({error.strerror}); check that you may open it") from None


def _parse(content: bytes, name: str) -> dict[str, Any]:
    document = parse_toml(decode(content, name), name)
    if not document:
        raise refuse(name, "is empty; take the file out, or write what belongs into it")
    return document


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
        specs = self._criterion_specs(folder)
        document = folder.documents.get(FRAMEWORK_FILE)
        spec = None if document is None else self._structure(file, document, FrameworkSpec)
        if spec is None:
            return None
        for where, message in (*identity_faults(spec), *source_faults(spec)):
            self._note(file, where, message)
        self._check_ids(folder, spec, specs)
        scales = self._scales(file, spec)
        if not scales:
            return None
        parameters = self._parameters(file, spec)
        conditions = ConditionCompiler(self.vocabulary, self.measures, self.kinds, parameters)
        workshop = Workshop(spec, scales, conditions, self.profile, self.problems)
        criteria = tuple(workshop.criterion(name, folder.name, one) for name, one in specs.items())
        made = self._framework(folder, spec, next(iter(scales.values())), criteria)
        return evolve(made, parameters=parameters, scales=scales)

    def _note(self, file: str, where: str, message: str) -> None:
        self.problems.append(Problem(file, where, message))

    def _structure(self, file: str, document: Mapping[str, Any], kind: Any) -> Any:  # noqa: ANN401 - the spec asked for
        try:
            return structure(_CONVERTER, document, kind)
        except NotStructuredError as error:
            self.problems.extend(Problem(file, _where(document, path), message) for path, message in error.faults)
            return None

    def _criterion_specs(self, folder: EditionFolder) -> dict[str, CriterionSpec]:
        """Return the criteria as they are written, by the name of their file."""
        others = (FRAMEWORK_FILE, VOCABULARY_FILE)
        read = {
            name: self._structure(f"{folder.name}/{name}", document, CriterionSpec)
            for name, document in folder.documents.items()
            if name not in others
        }
        return {name: spec for name, spec in read.items() if spec is not None}

    def _scales(self, file: str, spec: FrameworkSpec) -> dict[str, Scale]:
        scales = {}
        for name, given in spec.scale.items():
            scale = make_scale(name, given)
            faults = list(scale_faults(scale))
            for where, message in faults:
                self._note(file, where, message)
            if not faults:
                scales[name] = scale
        for where, message in shared_id_faults(scales.values()):
            self._note(file, where, message)
        if not spec.scale:
            self._note(file, "scale", "there is no scale; write [scale.<name>] with its grades, lowest first")
        return scales

    def _parameters(self, file: str, spec: FrameworkSpec) -> dict[str, Decimal]:
        """Return the named thresholds of a framework, as the profile set them where it did."""
        parameters = {}
        for name, one in spec.parameter.items():
            try:
                parameters[name] = self.profile.parameter(spec.id, name, one.value)
            except ValueError as error:
                self._note(file, f"parameter {name}", f"set by the profile {shown(self.profile.name)}: {error}")
                parameters[name] = one.value
        return parameters

    def _check_ids(self, folder: EditionFolder, spec: FrameworkSpec, specs: Mapping[str, CriterionSpec]) -> None:
        """Note criteria that cannot be told apart from each other, or from a group; and that there are none."""
        word = spec.words.get("group", "group")
        taken = {
            f"{one}-{name}".casefold(): f"that of {word} '{name}'" for name in spec.group for one in (word, "group")
        }
        for file, one in specs.items():
            name = one.id.casefold()
            if name in taken:
                message = f"the id is the same as {taken[name]}; every criterion needs its own"
                self._note(f"{folder.name}/{file}", f"criterion {one.id}", message)
            taken.setdefault(name, f"in {file}")
        if not specs and not self.problems:
            self._note(folder.name, "", "has no criteria; write one TOML file for each")

    def _used(self, criteria: tuple[Criterion, ...]) -> Iterator[str]:
        """Yield the names of the measures that criteria ask for or show."""
        for one in criteria:
            asked = [name for requirement in one.requirements for name in _measures(requirement.condition)]
            for name in (*asked, *(beside.measure.id for beside in one.shown)):
                yield from (each for each in _used_by(self.measures[name]) if each in self.measures)

    def _reference(self, file: str, spec: ReferenceSpec | None) -> Reference | None:
        if spec is None:
            return None
        try:
            day = parse_date(f"{spec.day} 2001")
        except ValueError:
            self._note(file, "reference day", f"{shown(spec.day)} is no day of the year; write '31 March'")
            return None
        return Reference(day.month, day.day, spec.year, spec.snapshot, spec.survey, spec.survey_lag)

    def _framework(
        self, folder: EditionFolder, spec: FrameworkSpec, scale: Scale, criteria: tuple[Criterion, ...]
    ) -> Framework:
        order = list(spec.group)
        criteria = tuple(sorted(criteria, key=lambda one: order.index(one.group) if one.group in order else len(order)))
        used = set(self._used(criteria))
        file = f"{folder.name}/{FRAMEWORK_FILE}"
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
            methods=MethodCompiler(file, spec, scale, self.kinds, self.profile, self.problems).methods(),
            vocabulary=self.vocabulary,
            measures={name: self.measures[name] for name in sorted(used)},
            sources={
                name: Source(name, one.title, one.url, one.licence, one.read) for name, one in spec.source.items()
            },
            in_force_from=spec.in_force.start if spec.in_force else None,
            in_force_to=spec.in_force.to if spec.in_force else None,
            words=spec.words,
            cover=spec.cover,
            deadlines=spec.deadline,
            reference=self._reference(file, spec.reference),
            notes=spec.notes,
            digest=folder.digest,
            profile=self.profile.name,
        )


def _used_by(measure: Measure) -> tuple[str, ...]:
    """Return the name of a measure with that of the measure whose targets it reads, if it does."""
    aimed_at = getattr(measure, "target", "")
    return (measure.id, aimed_at) if aimed_at else (measure.id,)


def _where(document: Mapping[str, Any], path: tuple[str, ...]) -> str:
    """Return the path in the file's words: the requirement's id where there is one, then the field."""
    if len(path) >= 2 and path[0] == "requirement" and path[1].isdigit():
        given = document["requirement"][int(path[1]) - 1]
        name = given.get("id") if isinstance(given, Mapping) else None
        return " ".join(("requirement", name if isinstance(name, str) else path[1], *path[2:]))
    return " ".join(path)


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


_CONVERTER = make_converter()
rename(_CONVERTER, InForceSpec, start="from")
