"""Finds plugins, loads each by itself and calls its hooks, so that a bad one is named and stops nothing."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import Any

import pluggy
from attrs import define, evolve, field, frozen

from equityrules.hooks import HOOKS, PROJECT, Hooks, hookimpl
from equityrules.model.problems import InvalidInputError, nearest
from equityrules.model.result import Fault, PluginInfo, Remark
from equityrules.version import VERSION

BUNDLED = "equityrules.bundled"
STANDARDS = "equityrules.frameworks"
USERS = "--framework-dir"

_READER = "equityrules_read_evidence"
_MAY_PASS = (_READER, "equityrules_remarks")
_PARTS: dict[str, type] = {"equityrules_frameworks": Traversable, _READER: Mapping, "equityrules_remarks": Remark}


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


class Passing(threading.local):
    """Faults of the assessment under way in this thread; its receipt takes them, so that the next one starts clean."""

    def __init__(self) -> None:
        """Start without faults."""
        self.faults: list[Fault] = []

    def take(self) -> list[Fault]:
        """Return the faults and forget them."""
        taken, self.faults = self.faults, []
        return taken


@define
class Plugins:
    """The plugins that were loaded, in the order of their names, and every fault found so far.

    `faults` are those of loading; `reading` those that came up when plugins were offered a file; `passing` those of the
    assessment under way.
    """

    manager: pluggy.PluginManager
    infos: tuple[PluginInfo, ...] = ()
    faults: list[Fault] = field(factory=list)
    reading: list[Fault] = field(factory=list)
    passing: Passing = field(factory=Passing, eq=False, repr=False)

    def call(self, hook: str, wanted: type | tuple[type, ...], **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield each plugin's name and answer; an exception, or an answer not of the `wanted` type, is a fault.

        A reader of evidence that raises InvalidInputError found the mistake in the user's file, so that is passed on.
        """
        found: list[Fault] = []
        known = self.reading if hook == _READER else self.faults
        try:
            yield from self.ask(hook, wanted, arguments, found)
        finally:
            known.extend(fault for fault in found if fault not in known)

    def ask(
        self, hook: str, wanted: type | tuple[type, ...], arguments: Mapping[str, object], faults: list[Fault]
    ) -> Iterator[tuple[str, Any]]:
        """Yield what `call` does, with the faults in a list of the caller's own."""
        for implementation in self._implementations(hook):
            name = implementation.plugin_name
            try:
                answer = _drawn(implementation.function(*(arguments[given] for given in implementation.argnames)))
            except (Exception, SystemExit) as error:
                if hook == _READER and isinstance(error, InvalidInputError):
                    raise
                faults.append(Fault(name, hook, f"raised {type(error).__name__}: {error}"))
                continue
            if answer is None and hook in _MAY_PASS:
                continue
            if wrong := _wrong(hook, wanted, answer):
                faults.append(Fault(name, hook, f"returned {wrong}, which is not what the hook returns"))
                continue
            yield name, answer

    def _implementations(self, hook: str) -> list[pluggy.HookImpl]:
        found = getattr(self.manager.hook, hook).get_hookimpls()
        plain = [one for one in found if not _wraps({"wrapper": one.wrapper, "hookwrapper": one.hookwrapper})]
        return sorted(plain, key=lambda one: (one.plugin_name, one.function.__name__))


def _drawn(answer: Any) -> Any:  # noqa: ANN401 - whatever a plugin returns
    """Return an answer with its parts drawn into a list, so that a generator fails here if it fails."""
    parts = isinstance(answer, Iterable) and not isinstance(answer, str | bytes | Mapping)
    return list(answer) if parts else answer


def _wrong(hook: str, wanted: type | tuple[type, ...], answer: object) -> str:
    """Return what is wrong with the type of an answer or of its parts, or nothing."""
    if not isinstance(answer, list if wanted is Iterable else wanted):
        return type(answer).__name__
    if isinstance(answer, list):
        part = next((one for one in answer if not isinstance(one, _PARTS.get(hook, object))), answer)
        return "" if part is answer else f"a list with {type(part).__name__} in it"
    if isinstance(answer, Mapping):
        names = [name for name, one in answer.items() if not isinstance(name, str) or not callable(one)]
        return f"{names[0]!r} with something that cannot be called" if names else ""
    return ""


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
    outside = _by_name(metadata.entry_points(group=PROJECT) if installed is None else installed)
    candidates = {one.info.name: one for one in (*_bundled(), *_standards(), *_folders(framework_dirs))}
    known = {*candidates, *outside}
    for name in sorted(set(without) - known):
        plugins.faults.append(Fault(name, "--no-plugin", f"no plugin has this name{nearest(name, sorted(known))}"))
    for one in _outsiders(outside, without, plugins.faults):
        candidates[one.info.name] = _in_place_of(candidates.get(one.info.name), one)
    for name in sorted(set(candidates) - set(without)):
        _load(plugins, candidates[name])
    return plugins


def _bundled() -> Iterator[Candidate]:
    """Yield the Python plugins that come in the main wheel; its own metadata lists them."""
    for entry in metadata.entry_points(group=BUNDLED):
        if entry.value.startswith(f"{BUNDLED}."):
            yield Candidate(PluginInfo(entry.name, VERSION, "bundled"), entry.load)


def _standards() -> Iterator[Candidate]:
    """Yield the frameworks that come in the main wheel, each under its id, and the vocabulary they share."""
    for folder in sorted(files(STANDARDS).iterdir(), key=lambda one: one.name):
        if folder.is_dir() and not folder.name.startswith("_"):
            info = PluginInfo(f"frameworks/{folder.name}", VERSION, "bundled")
            yield Candidate(info, partial(FrameworkFolder, folder))


def _folders(given: Sequence[Traversable]) -> Iterator[Candidate]:
    """Yield the folders that the user named; of several with one name the later ones carry a number."""
    names: list[str] = []
    for folder in given:
        names.append(folder.name)
        again = names.count(folder.name)
        name = f"folder {folder.name}" + (f" ({again})" if again > 1 else "")
        yield Candidate(PluginInfo(name, "", USERS), partial(FrameworkFolder, folder))


def _by_name(entry_points: Iterable[metadata.EntryPoint]) -> dict[str, list[metadata.EntryPoint]]:
    by_name: dict[str, list[metadata.EntryPoint]] = {}
    for entry in entry_points:
        by_name.setdefault(entry.name, []).append(entry)
    return by_name


def _outsiders(
    by_name: Mapping[str, Sequence[metadata.EntryPoint]], without: Sequence[str], faults: list[Fault]
) -> Iterator[Candidate]:
    """Yield the installed plugins whose names are their own."""
    for name, entries in sorted(by_name.items()):
        if name in without:
            continue
        if len(entries) > 1:
            listed = ", ".join(sorted(entry.value for entry in entries))
            faults.append(Fault(name, "loading", f"two installed plugins have this name ({listed}); neither is used"))
            continue
        dist = entries[0].dist
        yield Candidate(
            PluginInfo(name, dist.version if dist else "", dist.name if dist else "installed"), entries[0].load
        )


def _in_place_of(replaced: Candidate | None, one: Candidate) -> Candidate:
    if replaced is None:
        return one
    return evolve(one, info=evolve(one.info, replaces=f"{replaced.info.origin} {replaced.info.name}"))


def _load(plugins: Plugins, candidate: Candidate) -> None:
    """Load and register one plugin, or note its faults."""
    name = candidate.info.name
    try:
        plugin = candidate.load()
        hooks = _marked(plugins.manager, plugin)
        faults = list(_misnamed(name, plugin, hooks))
        if not hooks and not faults:
            plugin, hooks = _data(plugin), {HOOKS[0]: {}}
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever an import raises is the plugin's fault
        plugins.faults.append(Fault(name, "loading", f"{type(error).__name__}: {error}"))
        return
    plugins.faults.extend(faults)
    if hooks and _registered(plugins, name, plugin, hooks):
        plugins.infos = (*plugins.infos, candidate.info)


def _data(plugin: object) -> FrameworkFolder:
    """Return a package without hooks as a folder of frameworks: its `frameworks` folder where it has one, else itself.

    Raises TypeError where it is no package, so that it can hold no data.
    """
    if not isinstance(plugin, ModuleType) or not hasattr(plugin, "__path__"):
        raise TypeError("it has neither a hook nor a framework")
    whole = files(plugin)
    inner = whole.joinpath("frameworks")
    return FrameworkFolder(inner if inner.is_dir() else whole)


def _registered(plugins: Plugins, name: str, plugin: object, hooks: Iterable[str]) -> bool:
    """Register a plugin wholly and return True, or note why that cannot be."""
    try:
        plugins.manager.register(plugin, name)
    except Exception as error:  # noqa: BLE001 - pluggy raises several types; all mean that the plugin is wrong
        if plugins.manager.get_plugin(name) is not None:
            plugins.manager.unregister(name=name)
        plain = Fault(name, "loading", f"not accepted: {' '.join(str(error).split())}")
        plugins.faults.extend(list(_strange_arguments(name, plugin, hooks)) or [plain])
        return False
    return True


def _marked(manager: pluggy.PluginManager, plugin: object) -> dict[str, Mapping[str, Any]]:
    """Return the options of what is marked with @hookimpl, by attribute."""
    found = ((name, manager.parse_hookimpl_opts(plugin, name)) for name in dir(plugin))
    return {name: options for name, options in found if options is not None}


def _wraps(options: Mapping[str, Any]) -> bool:
    return bool(options.get("wrapper") or options.get("hookwrapper"))


def _misnamed(name: str, plugin: object, marked: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield a fault for a hook that does not exist, one that was not marked, and one that wraps others."""
    for attribute, options in marked.items():
        hook = options.get("specname") or attribute
        if hook not in HOOKS:
            yield Fault(name, hook, f"there is no such hook{nearest(hook, HOOKS)}")
        elif _wraps(options):
            yield Fault(name, hook, "wraps other plugins' hooks; hooks here only return values, so it is never called")
    for attribute in dir(plugin):
        if attribute.startswith(f"{PROJECT}_") and attribute not in marked and callable(getattr(plugin, attribute)):
            there = "" if attribute in HOOKS else f", and there is no such hook{nearest(attribute, HOOKS)}"
            yield Fault(name, attribute, f"is not marked with @hookimpl, so it is never called{there}")


def _strange_arguments(name: str, plugin: object, hooks: Iterable[str]) -> Iterator[Fault]:
    for hook in HOOKS:
        if hook not in hooks:
            continue
        known = list(inspect.signature(getattr(Hooks, hook)).parameters)[1:]
        for given in inspect.signature(getattr(plugin, hook)).parameters:
            if given not in known:
                offered = nearest(given, known) or f"; it takes {', '.join(known) or 'none'}"
                yield Fault(name, hook, f"there is no argument '{given}'{offered}; nothing of the plugin is used")
