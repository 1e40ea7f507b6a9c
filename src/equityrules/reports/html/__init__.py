"""Assessments as one HTML file to publish or to print: no network, no script, and a policy that enforces it."""

from equityrules.model.extras import brought_by

with brought_by("report", "HTML reports"):
    from equityrules.reports.html.page import render_html

__all__ = ["render_html"]
