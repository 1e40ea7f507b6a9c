"""Reports: assessments as a terminal page, Markdown, JSON or CSV.

Each format is a module of its own, imported only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from equityrules.model.result import Assessment

Renderer = Callable[[Sequence["Assessment"]], str]
"""Takes assessments and returns the whole report as text that ends with a line end."""

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "table": "equityrules.reports.table:render_table",
        "markdown": "equityrules.reports.markdown:render_markdown",
        "json": "equityrules.reports.json_report:render_json",
        "csv": "equityrules.reports.csv_report:render_csv",
    }
)
"""The formats by name, each with the "module:function" that renders it."""


def renderer(name: str) -> Renderer:
    """Return the function that renders a format, importing its module only.

    Raises ValueError naming the nearest format.
    """
    if name not in FORMATS:
        raise ValueError(_unknown(name))
    module, _, function = FORMATS[name].partition(":")
    return cast(Renderer, getattr(import_module(module), function))


def _unknown(name: str) -> str:
    from equityrules.model.problems import nearest, quoted  # noqa: PLC0415 - listing the formats stays cheap

    return f"unknown format '{name}'{nearest(name, FORMATS)}; the formats are {quoted(FORMATS)}"
