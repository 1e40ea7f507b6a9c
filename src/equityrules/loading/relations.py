"""Reads crosswalk files: relations that documents state between parts of two frameworks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

from attrs import evolve, field, frozen

from equityrules.loading.crosswalk import parts_of
from equityrules.loading.editions import FRAMEWORK_FILE, read_documents
from equityrules.loading.shelf import Brought, sort_problems
from equityrules.loading.specs import SourceSpec
from equityrules.loading.structuring import NotStructuredError, make_converter, rename, structure
from equityrules.model.basis import Basis
from equityrules.model.crosswalk import End, Relation, RelationWord
from equityrules.model.framework import Framework, Source
from equityrules.model.problems import Problem, nearest, quoted, shown
from equityrules.plugins import Plugins

CROSSWALK = "crosswalk"


@frozen
class RelationSpec:
    """One relation as it is written; the file says `from`, `is` and `to`."""

    start: str
    word: str
    end: str
    source: str
    basis: Basis
    note: str = ""


@frozen
class CrosswalkSpec:
    """A crosswalk file: relations, and the documents that state them."""

    source: Mapping[str, SourceSpec] = field(factory=dict)
    relation: tuple[RelationSpec, ...] = ()


def crosswalk_folder(folder: Traversable) -> Traversable | None:
    """Return the folder of crosswalk files that a folder is or has in it, or None."""
    for place in (folder, folder.joinpath(CROSSWALK)):
        if place.name == CROSSWALK and place.is_dir() and not place.joinpath(FRAMEWORK_FILE).is_file():
            return place
    return None


def read_relations(
    plugins: Plugins,
    brought: Sequence[Brought],
    frameworks: Mapping[str, Framework],
    problems: list[Problem],
    complete: bool = True,
) -> tuple[Relation, ...]:
    """Return the relations of all folders; one brought later replaces one of the same parts and source.

    Where the frameworks are not `complete`, as some were left out or are at fault, relations with those that are not
    there are left out. Otherwise to name one is a mistake.
    """
    by_key: dict[object, Relation] = {}
    names = {ref: {part.name.casefold(): part.name for part in parts_of(one)} for ref, one in frameworks.items()}
    for one in brought:
        place = crosswalk_folder(one.folder)
        if place is None:
            continue
        found: list[Problem] = []
        made = _Reader(one, frameworks, names, complete, found).read(place)
        sort_problems(plugins, one, found, problems)
        by_key |= {} if found else made
    return tuple(by_key.values())


@frozen
class _Reader:
    """Reads the crosswalk files of one folder; what is wrong goes to `problems`.

    `names` are the names of each framework's parts, by their small letters.
    """

    brought: Brought
    frameworks: Mapping[str, Framework]
    names: Mapping[str, Mapping[str, str]]
    complete: bool
    problems: list[Problem]

    def read(self, place: Traversable) -> dict[object, Relation]:
        """Return the relations by what makes each the same as another one: both ends and the source."""
        made: dict[object, Relation] = {}
        for file, document in self._documents(place).items():
            for where, relation in self._relations(file, document):
                key = (frozenset((relation.start, relation.end)), relation.source.title)
                if key in made:
                    message = "the same source relates these two already; keep one of them"
                    self.problems.append(Problem(file, where, message))
                made[key] = relation
        return made

    def _documents(self, place: Traversable) -> dict[str, dict[str, Any]]:
        """Return the parsed files by the name that messages call them."""
        before = "" if place is self.brought.folder else f"{self.brought.folder.name}/"
        found: list[Problem] = []
        try:
            documents, _ = read_documents(place, found)
        except Exception as error:  # noqa: BLE001 - a folder that a plugin made up may raise anything
            found.append(Problem(place.name, "", f"cannot be read: {type(error).__name__}: {error}"))
            documents = {}
        self.problems.extend(evolve(one, file=f"{before}{one.file}") for one in found)
        return {f"{before}{place.name}/{name}": document for name, document in documents.items()}

    def _relations(self, file: str, document: Mapping[str, Any]) -> Iterator[tuple[str, Relation]]:
        """Yield the relations of a file that can be used, each with its place."""
        try:
            spec = structure(_CONVERTER, document, CrosswalkSpec)
        except NotStructuredError as error:
            self.problems.extend(Problem(file, " ".join(path), message) for path, message in error.faults)
            return
        for number, given in enumerate(spec.relation, 1):
            where = f"relation {number}"
            faults = list(self._faults(spec, given))
            self.problems.extend(Problem(file, f"{where} {name}", message) for name, message in faults)
            ends = (self._end(given.start), self._end(given.end))
            if not faults and ends[0] is not None and ends[1] is not None:
                yield where, self._relation(spec, given, ends[0], ends[1])

    def _relation(self, spec: CrosswalkSpec, given: RelationSpec, start: End, end: End) -> Relation:
        one = spec.source[given.source]
        source = Source(given.source, one.title, one.url, one.licence, one.read)
        word = RelationWord(given.word)
        return Relation(start, word, end, source, given.basis, given.note, self.brought.plugin)

    def _faults(self, spec: CrosswalkSpec, given: RelationSpec) -> Iterator[tuple[str, str]]:
        """Yield the field and message of everything that is wrong with a relation."""
        if given.word not in list(RelationWord):
            near = nearest(given.word, RelationWord)
            yield "is", f"unknown relation {shown(given.word)}{near}; write {quoted(RelationWord)}"
        if given.source not in spec.source:
            near = nearest(given.source, spec.source)
            yield "source", f"unknown source {shown(given.source)}{near}; every source has its [source.<name>]"
        for name, about in (("from", given.start), ("to", given.end)):
            if message := self._end_fault(about):
                yield name, message
        if _split(given.start)[0] == _split(given.end)[0] != "":
            yield "to", "is of the same framework; a relation is between two frameworks"

    def _end_fault(self, about: str) -> str:
        """Return what is wrong with one end of a relation, or nothing."""
        framework, edition, part = _split(about)
        if not framework or not part:
            return f"{shown(about)} names no part of a framework; write <framework>/<criterion>"
        there = [one for one in self.frameworks.values() if one.id == framework]
        chosen = self._editions(about)
        if not chosen and not self.complete:
            return ""
        if not there:
            ids = sorted({one.id for one in self.frameworks.values()})
            return f"unknown framework {shown(framework)}{nearest(framework, ids)}; write {quoted(ids)}"
        if not chosen:
            names = [one.edition for one in there]
            return f"{framework} has no edition {shown(edition)}{nearest(edition, names)}; write {quoted(names)}"
        if self._end(about) is not None or self._replaced(chosen):
            return ""
        names = [name for one in chosen for name in self.names[one.ref].values()]
        return f"{chosen[-1].ref} has no {shown(part)}{nearest(part, names)}; `equityrules show {framework}` lists them"

    def _replaced(self, editions: Sequence[Framework]) -> bool:
        """Whether another framework stands in for the package's own, which the package's own relations name."""
        plugins = [one.origin.plugin for one in editions]
        return self.brought.part_of_the_package and not all(name.startswith("frameworks/") for name in plugins)

    def _editions(self, about: str) -> list[Framework]:
        """Return the editions that an end is about: the one it names, or all."""
        framework, edition, _ = _split(about)
        return [one for one in self.frameworks.values() if one.id == framework and edition in ("", one.edition)]

    def _end(self, about: str) -> End | None:
        """Return an end with its part in the framework's own letters, or None where there is no such part."""
        framework, edition, part = _split(about)
        found = (self.names[one.ref].get(part.casefold()) for one in self._editions(about))
        name = next((one for one in found if one), None)
        return None if name is None else End(framework, edition, name)


def _split(about: str) -> tuple[str, str, str]:
    """Return the id, the edition (or nothing) and the part in "id@edition/part"."""
    ref, _, part = about.partition("/")
    framework, _, edition = ref.partition("@")
    return framework.strip().casefold(), edition.strip(), part.strip()


_CONVERTER = make_converter()
rename(_CONVERTER, RelationSpec, start="from", word="is", end="to")
