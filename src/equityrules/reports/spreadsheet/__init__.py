"""Assessments as workbooks: one to publish, by the government's checklist for spreadsheets, and one to work in.

Needs the extra `excel`. The checklist is that of the Government Analysis Function, "Releasing statistics in
spreadsheets": marked tables with one heading row, no merged or empty cells, shorthand in square brackets that a sheet
of notes explains, a cover and a list of contents.
"""

from __future__ import annotations

from equityrules.model.extras import brought_by

with brought_by("excel", "Workbooks"):
    from equityrules.reports.spreadsheet.publication import render_xlsx
    from equityrules.reports.spreadsheet.working import render_working_xlsx

__all__ = ["render_working_xlsx", "render_xlsx"]
