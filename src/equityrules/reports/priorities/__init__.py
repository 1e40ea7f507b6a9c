"""What to do, to find out and to renew next, as a terminal page, Markdown, JSON or CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from equityrules.priorities import Priorities
from equityrules.reports.priorities.data import render_csv, render_json
from equityrules.reports.priorities.markdown import render_markdown
from equityrules.reports.priorities.table import render_table
from equityrules.reports.priorities.words import to_do

__all__ = ["RENDERERS", "render_priorities", "to_do"]

RENDERERS: Mapping[str, Callable[[Sequence[Priorities], int], str]] = {
    "table": render_table,
    "markdown": render_markdown,
    "json": render_json,
    "csv": render_csv,
}
"""The formats of priorities by name."""


def render_priorities(priorities: Sequence[Priorities], format_name: str, limit: int = 20) -> str:
    """Return the priorities of organisations in one of the formats of `RENDERERS`.

    The table and Markdown show `limit` things of each list and say how many they leave out; CSV and JSON have all.
    """
    return RENDERERS[format_name](priorities, limit)
