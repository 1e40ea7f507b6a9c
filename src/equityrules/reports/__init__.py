"""Reports: assessments as a terminal page, Markdown, HTML, JSON or CSV.

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
        "html": "equityrules.reports.html:render_html",
        "json": "equityrules.reports.json_report:render_json",
        "csv": "equityrules.reports.csv_report:render_csv",
    }
)
"""The formats by name, each with the "module:function" that renders it."""

FOR_BOARDS = frozenset({"html"})
"""The formats whose renderers also take a `Board`: what came before, and the organisation's own brand."""


def renderer(name: str) -> Renderer:
    """Return the function that renders a format, importing its module only.

    Raises ValueError naming the nearest format, and MissingLibraryError where what it needs is not installed.
    """
    if name not in FORMATS:
        raise ValueError(_unknown(name))
    module, _, function = FORMATS[name].partition(":")
    try:
        return cast(Renderer, getattr(import_module(module), function))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "equityrules":
            raise
        raise MissingLibraryError(
            f"the format '{name}' needs {error.name}: pip install 'equityrules[report]'"
        ) from None


class MissingLibraryError(ImportError):
    """A format was asked for whose library is not installed; the message says how to install it."""


def _unknown(name: str) -> str:
    from equityrules.model.problems import nearest, quoted  # noqa: PLC0415 - listing the formats stays cheap

    return f"unknown format '{name}'{nearest(name, FORMATS)}; the formats are {quoted(FORMATS)}"
