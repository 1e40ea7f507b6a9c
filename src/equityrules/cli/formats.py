"""Report formats: the engine's own and those that plugins bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import cast

from equityrules.cli.common import FAULT, USAGE, fail
from equityrules.hooks import Renderer
from equityrules.loading.catalogue import Frameworks
from equityrules.model.result import Assessment, Fault
from equityrules.reports import FOR_BOARDS, FORMATS, MissingLibraryError, renderer
from equityrules.reports.board import Board


def available_formats(frameworks: Frameworks) -> list[str]:
    """Return the names that --format takes."""
    return [*FORMATS, *plugin_formats(frameworks)]


def plugin_formats(frameworks: Frameworks) -> dict[str, tuple[str, Renderer]]:
    """Return the plugins' formats by name, each with its plugin; one whose name is taken is a fault."""
    formats: dict[str, tuple[str, Renderer]] = {}
    for plugin, brought in frameworks.plugins.call("equityrules_reports", Mapping):
        for name, function in brought.items():
            if name in FORMATS or name in formats:
                _note(frameworks, Fault(plugin, "equityrules_reports", f"the format '{name}' is taken"))
            elif not callable(function):
                _note(frameworks, Fault(plugin, "equityrules_reports", f"the format '{name}' is not a function"))
            else:
                formats[name] = (plugin, function)
    return formats


def _note(frameworks: Frameworks, fault: Fault) -> None:
    """Note a fault once, however often the formats are asked for."""
    if fault not in frameworks.plugins.faults:
        frameworks.plugins.faults.append(fault)


def own_renderer(name: str, board: Board) -> Renderer:
    """Return the engine's own renderer of a format; exits 2 where its library is not installed."""
    try:
        found = renderer(name)
    except MissingLibraryError as error:
        fail(str(error), USAGE)
    return partial(cast(Callable[..., str], found), beside=board) if name in FOR_BOARDS else found


def render(frameworks: Frameworks, name: str, results: Sequence[Assessment], board: Board) -> str:
    """Return a report; exits 4 where a plugin's format fails, since nothing else can be written in its place."""
    if name in FORMATS:
        return own_renderer(name, board)(results)
    plugin, function = plugin_formats(frameworks)[name]
    try:
        text = function(results)
    except Exception as error:  # noqa: BLE001 - whatever a plugin raises is its fault
        fail(f"plugin {plugin}: the format '{name}' raised {type(error).__name__}: {error}", FAULT)
    if not isinstance(text, str):
        fail(f"plugin {plugin}: the format '{name}' returned {type(text).__name__}, not text", FAULT)
    return text
