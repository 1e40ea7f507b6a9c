"""NHS EDS 2022: its reporting template as a report format. The framework itself is data, in `frameworks/eds`."""

from __future__ import annotations

from collections.abc import Mapping

from equityrules.hooks import Renderer, hookimpl

from .report import render_eds_report


@hookimpl
def equityrules_reports() -> Mapping[str, Renderer]:
    """Return the format `eds-report`: the sections and columns of the EDS 2022 reporting template, in Markdown."""
    return {"eds-report": render_eds_report}
