"""NHS EDS 2022: its reporting template as report formats. The framework itself is data, in `frameworks/eds`."""

from __future__ import annotations

from collections.abc import Mapping

from equityrules.hooks import Renderer, hookimpl

from .report import render_eds_docx, render_eds_report


@hookimpl
def equityrules_reports() -> Mapping[str, Renderer]:
    """Return the EDS 2022 reporting template, filled in: `eds-report` as Markdown, `eds-docx` as a Word document."""
    return {"eds-report": render_eds_report, "eds-docx": render_eds_docx}
