"""A report format: the grades as a short plain text."""

from __future__ import annotations

from collections.abc import Sequence

from equityrules import Assessment

OPEN = "not enough evidence"


def render_notice(assessments: Sequence[Assessment]) -> str:
    """Return one notice for each assessment: the whole first, then a line for each criterion."""
    return "\n".join(_notice(one) for one in assessments)


def _notice(assessment: Assessment) -> str:
    whole = assessment.overall.held.label if assessment.overall.held else OPEN
    lines = [
        f"{assessment.organisation}, {assessment.period}",
        f"{assessment.framework.title}: {whole}",
        *(f"  {one.id}  {one.title}: {one.held.label if one.held else OPEN}" for one in assessment.criteria),
    ]
    return "\n".join(lines) + "\n"
