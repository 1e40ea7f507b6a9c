"""What the folders of all plugins bring together before any edition is compiled: one vocabulary and its measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Any

from attrs import evolve, frozen

from equityrules.hooks import Kinds
from equityrules.loading.editions import FRAMEWORK_FILE, read_documents
from equityrules.loading.structuring import make_converter, problems_in
from equityrules.loading.vocabulary import read_vocabulary
from equityrules.loading.vocabulary_checks import check_vocabulary, group_faults
from equityrules.measures import Change
from equityrules.model.kinds import Measure
from equityrules.model.problems import Problem, nearest, quoted, shown
from equityrules.model.result import Fault
from equityrules.model.vocabulary import MeasureDefinition, Vocabulary
from equityrules.plugins import USERS, Plugins

HOOK = "equityrules_frameworks"
VOCABULARY = "vocabulary"


@frozen
class Brought:
    """A folder that a plugin brought, and where the plugin came from."""

    plugin: str
    origin: str
    folder: Traversable

    @property
    def named_by_user(self) -> bool:
        """Whether the user named it, so that it may replace what plugins bring."""
        return self.origin == USERS

    @property
    def part_of_the_package(self) -> bool:
        """Whether it is data of the main wheel, in which mistakes are never tolerated."""
        return self.plugin.startswith("frameworks/") and self.origin == "bundled"


@frozen
class Shelf:
    """The folders that can be compiled, with the vocabulary and the measures of them all."""

    brought: tuple[Brought, ...]
    vocabulary: Vocabulary
    measures: Mapping[str, Measure]


def read_shelf(plugins: Plugins, brought: Sequence[Brought], kinds: Kinds, problems: list[Problem]) -> Shelf:
    """Return the folders with their vocabularies as one: vocabulary/ folders and the vocabulary.toml of editions.

    A folder may use what comes before it and what it defines itself. A plugin's folder with mistakes in its vocabulary
    is left out whole, so that no framework is judged by words that mean something else.
    """
    whole, measures, sound = Vocabulary(), dict[str, Measure](), []
    for one in brought:
        found: list[Problem] = []
        part, made = _read_part(one, whole, kinds, found)
        sort_problems(plugins, one, found, problems)
        if found and not (one.named_by_user or one.part_of_the_package):
            continue
        whole, measures = whole.merged(part), {**measures, **made}
        sound.append(one)
    return Shelf(tuple(sound), whole, _linked(whole, measures, problems))


def _linked(vocabulary: Vocabulary, measures: Mapping[str, Measure], problems: list[Problem]) -> dict[str, Measure]:
    """Return the measures, each change with the measure it is of; one of an unknown measure is left out and noted."""
    linked = dict(measures)
    for name, one in measures.items():
        if not isinstance(one, Change):
            continue
        if one.measure in measures:
            linked[name] = one.knowing(measures[one.measure])
        else:
            message = f"unknown measure {shown(one.measure)}{nearest(one.measure, measures)}"
            problems.append(Problem(vocabulary.measures[name].file, f"measure {name}", message))
            del linked[name]
    return linked


def _read_part(
    one: Brought, before: Vocabulary, kinds: Kinds, found: list[Problem]
) -> tuple[Vocabulary, dict[str, Measure]]:
    """Return the vocabulary of one folder and its measures, ready to use; what is wrong is left out and noted."""
    try:
        part = read_vocabulary(_vocabulary_documents(one.folder, found), found)
    except Exception as error:  # noqa: BLE001 - a folder that a plugin made up may raise anything
        found.append(Problem(one.folder.name, "", f"cannot be read: {type(error).__name__}: {error}"))
        return Vocabulary(), {}
    if not one.named_by_user:
        found.extend(_redefined(one, before, part))
    sound = check_vocabulary(part, one.folder.name, found, before)
    made = _measures(part, before.merged(sound), kinds, found)
    definitions = {name: part.measures[name] for name in made}
    return evolve(sound, measures=definitions), made


def _redefined(one: Brought, before: Vocabulary, part: Vocabulary) -> Iterator[Problem]:
    """Yield a problem for every name that has another meaning already; the same meaning again is no harm."""
    for what in ("items", "dimensions", "measures"):
        known, given = getattr(before, what), getattr(part, what)
        for name in sorted(known.keys() & given.keys()):
            if _meaning(known[name]) != _meaning(given[name]):
                message = "has another meaning in the vocabulary already; give it a name of its own"
                yield Problem(one.folder.name, f"{what[:-1]} {name}", message)


def _meaning(definition: Any) -> Any:  # noqa: ANN401 - an item, a dimension or a measure
    return evolve(definition, file="") if isinstance(definition, MeasureDefinition) else definition


def edition_folders(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield the editions under a folder with their names: the folder itself, its children and their children."""
    layer = [(folder.name, folder)]
    for _ in range(3):
        deeper = []
        for name, one in layer:
            if one.joinpath(FRAMEWORK_FILE).is_file():
                yield name, one
                continue
            children = sorted((child for child in one.iterdir() if child.is_dir()), key=lambda child: child.name)
            deeper += [(f"{name}/{child.name}", child) for child in children if not child.name.startswith((".", "_"))]
        layer = deeper


def holds_vocabulary(folder: Traversable) -> bool:
    """Whether a folder is, or has in it, one of vocabulary files."""
    return folder.name == VOCABULARY or folder.joinpath(VOCABULARY).is_dir()


def _vocabulary_documents(folder: Traversable, problems: list[Problem]) -> dict[str, dict[str, Any]]:
    documents: dict[str, dict[str, Any]] = {}
    for place in (folder, folder.joinpath(VOCABULARY)):
        if place.name == VOCABULARY and place.is_dir():
            read, _ = read_documents(place, problems)
            documents |= {f"{VOCABULARY}/{name}": document for name, document in read.items()}
    for name, edition in edition_folders(folder):
        if edition.joinpath("vocabulary.toml").is_file():
            read, _ = read_documents(edition, [])
            documents[f"{name}/vocabulary.toml"] = read.get("vocabulary.toml", {})
    return documents


def sort_problems(plugins: Plugins, one: Brought, found: Sequence[Problem], problems: list[Problem]) -> None:
    """Give what is wrong in a folder to whom it concerns: the user who named it, or the plugin that brought it."""
    if one.named_by_user or one.part_of_the_package:
        problems.extend(found)
        return
    plugins.faults.extend(Fault(one.plugin, HOOK, str(problem)) for problem in found)


def _measures(part: Vocabulary, known: Vocabulary, kinds: Kinds, problems: list[Problem]) -> dict[str, Measure]:
    made = ((name, _measure(definition, known, kinds, problems)) for name, definition in part.measures.items())
    return {name: measure for name, measure in made if measure is not None}


def _measure(definition: MeasureDefinition, known: Vocabulary, kinds: Kinds, problems: list[Problem]) -> Measure | None:
    where = f"measure {definition.id}"
    if definition.kind not in kinds.measures:
        advice = f"{nearest(definition.kind, kinds.measures)}; write {quoted(kinds.measures)}"
        problems.append(Problem(definition.file, where, f"unknown kind '{definition.kind}'{advice}"))
        return None
    fields = {**definition.fields, "id": definition.id, "title": definition.title}
    try:
        measure: Measure = make_converter().structure(fields, kinds.measures[definition.kind])
        missing = [item for item in measure.items if item not in known.items]
    except Exception as error:  # noqa: BLE001 - cattrs raises groups of any type, and a plugin's kind anything
        problems.extend(
            Problem(definition.file, " ".join((where, *path)), message) for path, message in problems_in(error)
        )
        return None
    faults = [f"unknown item '{item}'{nearest(item, known.items)}" for item in missing]
    faults += [] if missing else group_faults(measure, known)
    problems.extend(Problem(definition.file, where, message) for message in faults)
    return None if faults else measure
