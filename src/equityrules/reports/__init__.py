"""Reports: assessments as a terminal page, Markdown, HTML, JSON, CSV, a Word document or a workbook.

Each format is a module of its own, imported only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

Renderer = Callable[..., str | bytes]
"""Takes assessments and returns the whole report: text that ends with a line end, or the bytes of a file."""

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "table": "equityrules.reports.table:render_table",
        "markdown": "equityrules.reports.markdown:render_markdown",
        "html": "equityrules.reports.html:render_html",
        "json": "equityrules.reports.json_report:render_json",
        "csv": "equityrules.reports.csv_report:render_csv",
        "docx": "equityrules.reports.word:render_docx",
        "xlsx": "equityrules.reports.spreadsheet:render_xlsx",
        "working-xlsx": "equityrules.reports.spreadsheet:render_working_xlsx",
    }
)
"""The formats by name, each with the "module:function" that renders it."""

FOR_BOARDS = frozenset({"html", "docx", "working-xlsx"})
"""The formats whose renderers also take a `Board`: what came before, what items are called, and a brand."""


def renderer(name: str) -> Renderer:
    """Return the function that renders a format, importing its module only.

    Raises ValueError naming the nearest format, and MissingExtraError where a library is not installed.
    """
    if name not in FORMATS:
        raise ValueError(_unknown(name))
    module, _, function = FORMATS[name].partition(":")
    return cast(Renderer, getattr(import_module(module), function))


def _unknown(name: str) -> str:
    from equityrules.model.problems import nearest, quoted  # noqa: PLC0415 - listing the formats stays cheap

    return f"unknown format '{name}'{nearest(name, FORMATS)}; the formats are {quoted(FORMATS)}"
