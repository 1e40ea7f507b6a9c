"""Loads every framework that plugins and folders bring, compiled and ready; all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import EntryPoint
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from attrs import evolve

from equityrules.loading.catalogue import Frameworks
from equityrules.loading.editions import EditionCompiler, EditionFolder, read_documents
from equityrules.loading.kinds import gather_kinds
from equityrules.loading.plan_rules import plans_folders, read_plan_rules
from equityrules.loading.profiles import Profile, profile_faults
from equityrules.loading.relations import crosswalk_folder, read_relations
from equityrules.loading.shelf import (
    HOOK,
    VOCABULARY,
    Brought,
    edition_folders,
    holds_vocabulary,
    read_shelf,
    sort_problems,
)
from equityrules.model.framework import Framework, Origin, RemarkRule
from equityrules.model.problems import InvalidInputError, Problem, nearest
from equityrules.model.result import Fault, Remark
from equityrules.plugins import USERS, Plugins, load_plugins


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
    plugins = load_plugins(list(dict.fromkeys(_folder(Path(one)) for one in framework_dirs)), without, installed)
    problems: list[Problem] = []
    kinds = gather_kinds(plugins)
    shelf = read_shelf(plugins, _brought(plugins), kinds, problems)
    used = profile or Profile()
    by_ref = _compile_all(
        plugins, shelf.brought, EditionCompiler(shelf.vocabulary, shelf.measures, kinds, used, problems)
    )
    problems.extend(profile_faults(used, by_ref.values()))
    complete = not (without or plugins.faults or problems)
    relations = read_relations(plugins, shelf.brought, by_ref, problems, complete)
    rules = read_plan_rules(plugins, shelf.brought, by_ref, problems)
    if problems:
        raise InvalidInputError(problems)
    list(plugins.call("equityrules_reports", Mapping))
    return Frameworks(_with_origins(plugins, by_ref), shelf.vocabulary, shelf.measures, plugins, relations, rules)


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise InvalidInputError(
            [Problem(str(path), "", "is not a folder; --framework-dir takes one that holds framework.toml")]
        )
    return path.resolve()


def _brought(plugins: Plugins) -> list[Brought]:
    """Return every folder of frameworks: bundled ones first, then installed ones, then those the user named.

    Among its like a folder of vocabulary comes first, as the others use it.
    """
    origins = {info.name: info.origin for info in plugins.infos}
    found = []
    for name, folders in plugins.call(HOOK, Iterable):
        for folder in folders:
            if folder.is_dir():
                found.append(Brought(name, origins[name], folder))
            else:
                plugins.faults.append(Fault(name, HOOK, f"returned {folder}, which is not a folder"))
    order = {"bundled": 0, USERS: 2}
    return sorted(found, key=lambda one: (order.get(one.origin, 1), one.folder.name != VOCABULARY, one.plugin))


def _compile_all(plugins: Plugins, brought: Sequence[Brought], compiler: EditionCompiler) -> dict[str, Framework]:
    """Return every edition by "id@edition"; one brought later replaces an earlier one only as its plugin may."""
    by_ref: dict[str, Framework] = {}
    for one in brought:
        found: list[Problem] = []
        made = _editions(evolve(compiler, problems=found), one)
        sort_problems(plugins, one, found, compiler.problems)
        for framework in [] if found else made:
            _add(plugins, one, by_ref, framework, compiler.problems)
    return by_ref


def _editions(compiler: EditionCompiler, brought: Brought) -> list[Framework]:
    """Return the editions under a folder; what is wrong with them, or that there are none, goes to the problems."""
    try:
        folders = list(edition_folders(brought.folder))
        if not folders and not _holds_other_data(brought.folder):
            message = "holds no framework: there is no framework.toml in it, nor one or two folders below"
            compiler.problems.append(Problem(brought.folder.name, "", message))
        return [made for name, one in folders if (made := _compile(compiler, name, one)) is not None]
    except Exception as error:
        if brought.part_of_the_package:
            raise
        message = f"cannot be compiled: {type(error).__name__}: {error}"
        compiler.problems.append(Problem(brought.folder.name, "", message))
        return []


def _holds_other_data(folder: Traversable) -> bool:
    """Whether a folder without frameworks has something else to say: a vocabulary, relations, or facts for plans."""
    return holds_vocabulary(folder) or crosswalk_folder(folder) is not None or any(plans_folders(folder))


def _compile(compiler: EditionCompiler, name: str, folder: Traversable) -> Framework | None:
    documents, digest = read_documents(folder, compiler.problems)
    made = compiler.compile(EditionFolder(name, documents, digest))
    known = compiler.vocabulary.items
    for criterion in made.criteria if made else ():
        for requirement in criterion.requirements:
            for item in requirement.condition.items:
                if item not in known:
                    place, message = f"requirement {requirement.id}", f"unknown item '{item}'{nearest(item, known)}"
                    compiler.problems.append(Problem(f"{name}/{criterion.id}.toml", place, message))
    return made


def _add(
    plugins: Plugins, one: Brought, by_ref: dict[str, Framework], framework: Framework, problems: list[Problem]
) -> None:
    """Add an edition, unless one that is there keeps its place."""
    taken = by_ref.get(framework.ref)
    if taken is not None and not _may_replace(plugins, one, taken.origin.plugin):
        message = f"{framework.ref} also comes with {taken.origin.plugin}, which keeps it"
        sort_problems(plugins, one, [Problem(one.folder.name, "", message)], problems)
        return
    if taken is not None:
        _say_replaced(plugins, one.plugin, f"{framework.ref} of {taken.origin.plugin}")
    by_ref[framework.ref] = evolve(framework, origin=Origin(one.plugin))


def _may_replace(plugins: Plugins, one: Brought, other: str) -> bool:
    """Whether a folder may replace an edition: the user's any plugin's, an installed plugin's a bundled one's."""
    origin = next(info.origin for info in plugins.infos if info.name == other)
    return origin != USERS if one.named_by_user else origin == "bundled" != one.origin


def _say_replaced(plugins: Plugins, plugin: str, what: str) -> None:
    plugins.infos = tuple(
        evolve(info, replaces="; ".join(filter(None, (info.replaces, what)))) if info.name == plugin else info
        for info in plugins.infos
    )


def _with_origins(plugins: Plugins, by_ref: Mapping[str, Framework]) -> dict[str, Framework]:
    """Return the frameworks, each with what was loaded beside it and the plugins' remarks."""
    origin = Origin("", plugins.infos, tuple(plugins.faults))
    rules = (_remark_rule(plugins),)
    return {
        ref: evolve(one, origin=evolve(origin, plugin=one.origin.plugin), remark_rules=rules)
        for ref, one in by_ref.items()
    }


def _remark_rule(plugins: Plugins) -> RemarkRule:
    """Return the rule that asks every plugin for its remarks.

    It also answers with the faults that came up since loading: where evidence was read, and in this assessment.
    """

    def rule(framework: Framework, evidence: Any, assessment: Any) -> Iterator[Remark | Fault]:  # noqa: ANN401 - see RemarkRule
        faults = [*plugins.reading, *plugins.passing.take()]
        arguments = {"framework": framework, "evidence": evidence, "assessment": assessment}
        for _, remarks in plugins.ask("equityrules_remarks", Iterable, arguments, faults):
            yield from remarks
        yield from dict.fromkeys(faults)

    return rule
