"""Finds plugins, loads each by itself and calls its hooks, so that a bad one is named and stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import Any

import pluggy
from attrs import define, evolve, field, frozen

from equityrules.hooks import HOOKS, PROJECT, Hooks, hookimpl
from equityrules.model.problems import nearest
from equityrules.model.result import Fault, PluginInfo
from equityrules.version import VERSION

BUNDLED = "equityrules.bundled"
STANDARDS = "equityrules.frameworks"


class FrameworkFolder:
    """A folder of frameworks, wrapped so that data reaches the engine by the same hook as code."""

    def __init__(self, folder: Traversable) -> None:
        """Keep the folder."""
        self.folder = folder

    @hookimpl
    def equityrules_frameworks(self) -> Iterable[Traversable]:
        """Return the folder."""
        return [self.folder]


@frozen
class Candidate:
    """A plugin that could be loaded: what is known of it, and how to load it."""

    info: PluginInfo
    load: Callable[[], Any]


@define
class Plugins:
    """The plugins that were loaded, in the order of their names, and every fault found so far."""

    manager: pluggy.PluginManager
    infos: tuple[PluginInfo, ...] = ()
    faults: list[Fault] = field(factory=list)

    def call(self, hook: str, wanted: type | tuple[type, ...], **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield each plugin's name and answer; an exception, or an answer not of the `wanted` type, is a fault."""
        implementations = {impl.plugin_name: impl for impl in getattr(self.manager.hook, hook).get_hookimpls()}
        for name in sorted(implementations):
            implementation = implementations[name]
            try:
                answer = implementation.function(*(arguments[given] for given in implementation.argnames))
                answer = list(answer) if wanted is Iterable and not isinstance(answer, str | Mapping | None) else answer
            except Exception as error:  # noqa: BLE001 - whatever a plugin raises is its fault, never ours
                self.faults.append(Fault(name, hook, f"raised {type(error).__name__}: {error}"))
                continue
            if answer is None:
                continue
            if not isinstance(answer, list if wanted is Iterable else wanted):
                self.faults.append(
                    Fault(name, hook, f"returned {type(answer).__name__}, which is not what the hook returns")
                )
                continue
            yield name, answer

    def first(self, hook: str, wanted: type | tuple[type, ...], **arguments: object) -> Any | None:  # noqa: ANN401 - the hook says
        """Return the first answer of any plugin, by name, or None."""
        return next((answer for _, answer in self.call(hook, wanted, **arguments)), None)


def load_plugins(
    framework_dirs: Sequence[Traversable] = (),
    without: Sequence[str] = (),
    installed: Iterable[metadata.EntryPoint] | None = None,
) -> Plugins:
    """Return all plugins: bundled ones, installed ones (entry points of the group `equityrules`) and folders.

    An installed plugin replaces its bundled namesake; of two installed ones with one name neither is loaded.
    `without` names plugins to leave out; a name that no plugin has is a fault.
    """
    plugins = Plugins(pluggy.PluginManager(PROJECT))
    plugins.manager.add_hookspecs(Hooks)
    outside = _outsiders(metadata.entry_points(group=PROJECT) if installed is None else installed, plugins.faults)
    candidates = {one.info.name: one for one in (*_bundled(), *_standards())}
    for one in outside:
        replaced = candidates.get(one.info.name)
        info = evolve(one.info, replaces=f"{replaced.info.origin} {replaced.info.name}") if replaced else one.info
        candidates[info.name] = Candidate(info, one.load)
    for folder in framework_dirs:
        name = f"folder {folder.name}"
        candidates[name] = Candidate(
            PluginInfo(name, "", "--framework-dir"), lambda folder=folder: FrameworkFolder(folder)
        )  # type: ignore[misc]  # bound now, as the loop goes on
    for name in set(without) - set(candidates):
        plugins.faults.append(Fault(name, "--no-plugin", f"no plugin has this name{nearest(name, candidates)}"))
    for name in sorted(set(candidates) - set(without)):
        _load(plugins, candidates[name])
    return plugins


def _bundled() -> Iterator[Candidate]:
    """Yield the Python plugins that come in the main wheel; its own metadata lists them."""
    for entry in metadata.entry_points(group=BUNDLED):
        yield Candidate(PluginInfo(entry.name, VERSION, "bundled"), entry.load)


def _standards() -> Iterator[Candidate]:
    """Yield the frameworks that come in the main wheel, each under its id, and the vocabulary they share."""
    for folder in sorted(files(STANDARDS).iterdir(), key=lambda one: one.name):
        if folder.is_dir() and not folder.name.startswith("_"):
            name = f"frameworks/{folder.name}"
            yield Candidate(PluginInfo(name, VERSION, "bundled"), lambda folder=folder: FrameworkFolder(folder))  # type: ignore[misc]  # bound now


def _outsiders(entry_points: Iterable[metadata.EntryPoint], faults: list[Fault]) -> Iterator[Candidate]:
    """Yield the installed plugins whose names are their own."""
    by_name: dict[str, list[metadata.EntryPoint]] = {}
    for entry in entry_points:
        by_name.setdefault(entry.name, []).append(entry)
    for name, entries in sorted(by_name.items()):
        if len(entries) > 1:
            listed = ", ".join(sorted(entry.value for entry in entries))
            faults.append(Fault(name, "loading", f"two installed plugins have this name ({listed}); neither is used"))
            continue
        [entry] = entries
        version = entry.dist.version if entry.dist else ""
        origin = entry.dist.name if entry.dist else "installed"
        yield Candidate(PluginInfo(name, version, origin), entry.load)


def _load(plugins: Plugins, candidate: Candidate) -> None:
    """Load and register one plugin, or note its faults."""
    name = candidate.info.name
    try:
        plugin = candidate.load()
    except Exception as error:  # noqa: BLE001 - whatever an import raises is the plugin's fault
        plugins.faults.append(Fault(name, "loading", f"{type(error).__name__}: {error}"))
        return
    hooks = _hooks_of(plugins, plugin)
    if not hooks and isinstance(plugin, ModuleType):
        plugin, hooks = FrameworkFolder(files(plugin)), list(HOOKS[:1])
    plugins.faults.extend(_misnamed(name, plugin, hooks))
    try:
        plugins.manager.register(plugin, name)
    except Exception as error:  # noqa: BLE001 - pluggy raises several types; all mean that the plugin is wrong
        if plugins.manager.get_plugin(name) is not None:
            plugins.manager.unregister(name=name)
        plugins.faults.append(Fault(name, "loading", f"not accepted: {error}"))
        return
    plugins.infos = (*plugins.infos, candidate.info)


def _hooks_of(plugins: Plugins, plugin: object) -> list[str]:
    return [name for name in dir(plugin) if plugins.manager.parse_hookimpl_opts(plugin, name) is not None]


def _misnamed(name: str, plugin: object, hooks: Sequence[str]) -> Iterator[Fault]:
    """Yield a fault for a hook that does not exist, and for one that was not marked."""
    for hook in hooks:
        if hook not in HOOKS:
            yield Fault(name, hook, f"there is no such hook{nearest(hook, HOOKS)}")
    for hook in HOOKS:
        if callable(getattr(plugin, hook, None)) and hook not in hooks:
            yield Fault(name, hook, "is not marked with @hookimpl, so it is never called")
