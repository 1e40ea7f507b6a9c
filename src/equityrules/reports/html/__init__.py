"""Assessments as one HTML file to publish or to print: no network, no script, and a policy that enforces it."""

from equityrules.reports.html.page import render_html

__all__ = ["render_html"]
