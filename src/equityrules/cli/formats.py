"""Report formats: the engine's own and those that plugins bring."""

from __future__ import annotations

import inspect
from collections.abc import Container, Mapping, Sequence
from pathlib import Path

from equityrules.cli.common import FAULT, USAGE, fail, refuse_invalid
from equityrules.hooks import Renderer
from equityrules.loading.catalogue import Frameworks
from equityrules.model.extras import MissingExtraError
from equityrules.model.problems import InvalidInputError
from equityrules.model.result import Assessment, Fault
from equityrules.reports import FORMATS, renderer
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


def render(
    frameworks: Frameworks, name: str, results: Sequence[Assessment], template: Path | None, board: Board
) -> str | bytes:
    """Return a report; `template` and `board` are for those that take them.

    Exits 2 where a library is not installed, 3 for a template that is none, and 4 where a plugin's format fails, since
    nothing else can be written in its place.
    """
    beside = {"template": template, "beside": board}
    try:
        if name in FORMATS:
            return _call(renderer(name), results, beside)
        return _render_by_plugin(*plugin_formats(frameworks)[name], name, results, beside)
    except MissingExtraError as error:
        fail(f"--format {name}: {error}", USAGE)
    except InvalidInputError as error:
        refuse_invalid(error, "template")


def _render_by_plugin(
    plugin: str, function: Renderer, name: str, results: Sequence[Assessment], beside: Mapping[str, object]
) -> str | bytes:
    try:
        report = _call(function, results, beside)
    except (MissingExtraError, InvalidInputError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a plugin raises is its fault
        fail(f"plugin {plugin}: the format '{name}' raised {type(error).__name__}: {error}", FAULT)
    if not isinstance(report, str | bytes):
        fail(f"plugin {plugin}: the format '{name}' returned {type(report).__name__}, not text or bytes", FAULT)
    return report


def _call(function: Renderer, results: Sequence[Assessment], beside: Mapping[str, object]) -> str | bytes:
    """Return what a renderer makes of the results, given what it has parameters for beside them."""
    taken = _parameters(function)
    return function(results, **{name: value for name, value in beside.items() if name in taken})


def takes_template(frameworks: Frameworks, name: str) -> bool:
    """Whether a format is written into a house document; true where its library is wanting, which `render` tells."""
    try:
        return "template" in _parameters(renderer(name) if name in FORMATS else plugin_formats(frameworks)[name][1])
    except MissingExtraError:
        return True


def _parameters(function: Renderer) -> Container[str]:
    try:
        return inspect.signature(function).parameters
    except ValueError:  # a builtin such as str says nothing of its parameters
        return ()
