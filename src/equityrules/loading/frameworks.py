"""Loads every framework that plugins and folders bring, compiled and ready; all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import EntryPoint
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from equityrules import measures as core_measures
from equityrules.hooks import Kinds
from equityrules.loading.catalogue import Frameworks
from equityrules.loading.editions import FRAMEWORK_FILE, EditionCompiler, EditionFolder, read_documents
from equityrules.loading.profiles import Profile
from equityrules.loading.structuring import make_converter, problems_in
from equityrules.loading.vocabulary import check_vocabulary, read_vocabulary
from equityrules.model.framework import Framework, Measure, Origin, RemarkRule
from equityrules.model.problems import InvalidInputError, Problem, nearest, quoted
from equityrules.model.result import Fault, Remark
from equityrules.model.vocabulary import MeasureDefinition, Vocabulary
from equityrules.plugins import Plugins, load_plugins

VOCABULARY = "vocabulary"


def load_frameworks(
    framework_dirs: Iterable[str | Path] = (),
    profile: Profile | None = None,
    without: Sequence[str] = (),
    installed: Iterable[EntryPoint] | None = None,
) -> Frameworks:
    """Return all frameworks: bundled, installed as plugins, and those of the folders given.

    `profile` sets parameters and methods and confirms requirements; `without` names plugins to leave out; `installed`
    stands in for the entry points of this environment. Faulty plugins are named in the result's `plugins.faults`.
    Raises InvalidInputError with every problem in the folders given and in the profile; what is wrong in a plugin's
    own framework is that plugin's fault.
    """
    folders = [_folder(Path(one)) for one in framework_dirs]
    plugins = load_plugins(folders, without, installed)
    brought = list(_brought(plugins))
    problems: list[Problem] = []
    shared = _shared_vocabulary(plugins, brought, problems)
    kinds = _kinds(plugins)
    used = profile or Profile()
    compiler = EditionCompiler(shared, _measures(shared, kinds, problems), kinds, used, problems)
    by_ref = _compile_all(plugins, brought, compiler)
    _check_profile(used, by_ref, problems)
    if problems:
        raise InvalidInputError(problems)
    rules = tuple(_remark_rules(plugins))
    origin = Origin("", plugins.infos, tuple(plugins.faults))
    made = {
        ref: evolve(one, origin=evolve(origin, plugin=one.origin.plugin), remark_rules=rules)
        for ref, one in by_ref.items()
    }
    return Frameworks(made, shared, compiler.measures, plugins)


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise InvalidInputError(
            [Problem(str(path), "", "is not a folder; --framework-dir takes one that holds framework.toml")]
        )
    return path.resolve()


@frozen
class Brought:
    """A folder that a plugin brought, and whether the user named it on the command line."""

    plugin: str
    folder: Traversable

    @property
    def named_by_user(self) -> bool:
        """Whether mistakes in it are the user's to mend, here and now."""
        return self.plugin.startswith("folder ")


def _brought(plugins: Plugins) -> Iterator[Brought]:
    """Yield every folder of frameworks: bundled ones first, then installed ones, then those the user named."""
    answers = list(plugins.call("equityrules_frameworks", Iterable))
    origins = {info.name: info.origin for info in plugins.infos}
    order = {"bundled": 0, "--framework-dir": 2}
    for name, folders in sorted(answers, key=lambda answer: (order.get(origins[answer[0]], 1), answer[0])):
        for folder in folders:
            if not isinstance(folder, Traversable):
                plugins.faults.append(
                    Fault(name, "equityrules_frameworks", f"returned {folder!r}, which is not a folder")
                )
                continue
            yield Brought(name, folder)


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


def _shared_vocabulary(plugins: Plugins, brought: Sequence[Brought], problems: list[Problem]) -> Vocabulary:
    """Return the vocabularies of all folders as one: vocabulary/ folders and the vocabulary.toml of editions."""
    whole = Vocabulary()
    for one in brought:
        found: list[Problem] = []
        documents = _vocabulary_documents(one.folder, found)
        part = read_vocabulary(documents, found)
        whole = whole.merged(part)
        check_vocabulary(evolve(part, dimensions=whole.dimensions), one.folder.name, found)
        _sort_problems(plugins, one, found, problems)
    return whole


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


def _sort_problems(plugins: Plugins, one: Brought, found: Sequence[Problem], problems: list[Problem]) -> None:
    """Give what is wrong in a folder to whom it concerns: the user who named it, or the plugin that brought it."""
    if one.named_by_user or one.plugin.startswith("frameworks/"):
        problems.extend(found)
        return
    plugins.faults.extend(Fault(one.plugin, "equityrules_frameworks", str(problem)) for problem in found)


def _kinds(plugins: Plugins) -> Kinds:
    """Return the kinds of all plugins; one that is taken already is the later plugin's fault."""
    whole = Kinds(measures=dict(core_measures.KINDS))
    for name, brought in plugins.call("equityrules_kinds", Kinds):
        for what in ("measures", "conditions", "roll_ups"):
            taken = getattr(whole, what).keys() & getattr(brought, what).keys()
            for kind in sorted(taken):
                plugins.faults.append(
                    Fault(name, "equityrules_kinds", f"the kind '{kind}' is taken; it keeps its first meaning")
                )
        whole = Kinds(
            *({**getattr(brought, what), **getattr(whole, what)} for what in ("measures", "conditions", "roll_ups"))
        )
    return whole


def _measures(vocabulary: Vocabulary, kinds: Kinds, problems: list[Problem]) -> dict[str, Measure]:
    made = {}
    for name, definition in vocabulary.measures.items():
        measure = _measure(definition, vocabulary, kinds, problems)
        if measure is not None:
            made[name] = measure
    return made


def _measure(
    definition: MeasureDefinition, vocabulary: Vocabulary, kinds: Kinds, problems: list[Problem]
) -> Measure | None:
    where = f"measure {definition.id}"
    if definition.kind not in kinds.measures:
        message = f"unknown kind '{definition.kind}'{nearest(definition.kind, kinds.measures)}; write {quoted(kinds.measures)}"
        problems.append(Problem(definition.file, where, message))
        return None
    fields = {**definition.fields, "id": definition.id, "title": definition.title}
    try:
        measure: Measure = make_converter().structure(fields, kinds.measures[definition.kind])
    except Exception as error:  # noqa: BLE001 - cattrs raises groups of any type; each is reported
        problems.extend(
            Problem(definition.file, " ".join((where, *path)), message) for path, message in problems_in(error)
        )
        return None
    missing = [item for item in measure.items if item not in vocabulary.items]
    for item in missing:
        problems.append(Problem(definition.file, where, f"unknown item '{item}'{nearest(item, vocabulary.items)}"))
    return None if missing else measure


def _compile_all(plugins: Plugins, brought: Sequence[Brought], compiler: EditionCompiler) -> dict[str, Framework]:
    """Return every edition by "id@edition"; one brought later replaces an earlier one only as its plugin may."""
    by_ref: dict[str, Framework] = {}
    for one in brought:
        found: list[Problem] = []
        own = evolve(compiler, problems=found)
        folders = list(edition_folders(one.folder))
        made = [framework for name, folder in folders if (framework := _compile(own, name, folder)) is not None]
        _sort_problems(plugins, one, found, compiler.problems)
        if not folders and one.folder.name != VOCABULARY:
            _nothing_there(plugins, one, compiler.problems)
        for framework in made if not found or one.named_by_user else []:
            _add(plugins, one, by_ref, framework)
    return by_ref


def _compile(compiler: EditionCompiler, name: str, folder: Traversable) -> Framework | None:
    documents, digest = read_documents(folder, compiler.problems)
    return compiler.compile(EditionFolder(name, documents, digest))


def _nothing_there(plugins: Plugins, one: Brought, problems: list[Problem]) -> None:
    message = "holds no framework: there is no framework.toml in it, nor one or two folders below"
    _sort_problems(plugins, one, [Problem(one.folder.name, "", message)], problems)


def _add(plugins: Plugins, one: Brought, by_ref: dict[str, Framework], framework: Framework) -> None:
    """Add an edition. A folder the user named replaces any; of two plugins the first keeps it."""
    taken = by_ref.get(framework.ref)
    if taken is not None and not one.named_by_user and not taken.origin.plugin.startswith("frameworks/"):
        message = f"{framework.ref} also comes with the plugin {taken.origin.plugin}, which keeps it"
        plugins.faults.append(Fault(one.plugin, "equityrules_frameworks", message))
        return
    if taken is not None:
        _say_replaced(plugins, one.plugin, f"{framework.ref} of {taken.origin.plugin}")
    by_ref[framework.ref] = evolve(framework, origin=Origin(one.plugin))


def _say_replaced(plugins: Plugins, plugin: str, what: str) -> None:
    plugins.infos = tuple(evolve(info, replaces=what) if info.name == plugin else info for info in plugins.infos)


def _check_profile(profile: Profile, by_ref: Mapping[str, Framework], problems: list[Problem]) -> None:
    """Note confirmations and settings that name nothing."""
    names = {f"{one.id}/{name}" for one in by_ref.values() for name in _requirement_names(one)}
    settings = {
        f"{one.id}/{what}" for one in by_ref.values() for what in ("services", "services/even", "groups", "overall")
    }
    for given in profile.confirm:
        if given.about not in names:
            problems.append(
                Problem(
                    profile.name, "confirm", f"there is no requirement '{given.about}'{nearest(given.about, names)}"
                )
            )
    for setting in profile.set:
        if setting.what not in settings and "/parameter/" not in setting.what:
            problems.append(
                Problem(profile.name, "set", f"there is no setting '{setting.what}'{nearest(setting.what, settings)}")
            )


def _requirement_names(framework: Framework) -> Iterator[str]:
    for criterion in framework.criteria:
        yield criterion.id
        for requirement in criterion.requirements:
            yield requirement.id
            yield requirement.id.partition("/")[0]


def _remark_rules(plugins: Plugins) -> Iterator[RemarkRule]:
    """Yield one rule that asks every plugin for its remarks, and turns what goes wrong into faults."""

    def rule(framework: Framework, evidence: Any, assessment: Any) -> Iterator[Remark | Fault]:  # noqa: ANN401 - see RemarkRule
        known = len(plugins.faults)
        arguments = {"framework": framework, "evidence": evidence, "assessment": assessment}
        for name, remarks in plugins.call("equityrules_remarks", Iterable, **arguments):
            for one in remarks:
                if isinstance(one, Remark):
                    yield one
                else:
                    plugins.faults.append(
                        Fault(name, "equityrules_remarks", f"returned {type(one).__name__}, not a Remark")
                    )
        yield from plugins.faults[known:]
        del plugins.faults[known:]

    yield rule
