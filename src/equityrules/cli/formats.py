"""Report formats: the engine's own and those that plugins bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from equityrules.cli.common import FAULT, fail
from equityrules.hooks import Renderer
from equityrules.loading.catalogue import Frameworks
from equityrules.model.result import Assessment, Fault
from equityrules.reports import FORMATS, renderer


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


def render(frameworks: Frameworks, name: str, results: Sequence[Assessment]) -> str:
    """Return a report; exits 4 where a plugin's format fails, since nothing else can be written in its place."""
    if name in FORMATS:
        return renderer(name)(results)
    plugin, function = plugin_formats(frameworks)[name]
    try:
        text = function(results)
    except Exception as error:  # noqa: BLE001 - whatever a plugin raises is its fault
        fail(f"plugin {plugin}: the format '{name}' raised {type(error).__name__}: {error}", FAULT)
    if not isinstance(text, str):
        fail(f"plugin {plugin}: the format '{name}' returned {type(text).__name__}, not text", FAULT)
    return text
