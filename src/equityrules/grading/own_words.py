"""What the organisation says in its own words: explanations, the texts and cover of its report, lines of its plan."""

from __future__ import annotations

from collections.abc import Sequence

from equityrules.model.evidence import Evidence, Explanation
from equityrules.model.framework import Framework
from equityrules.model.period import Period
from equityrules.model.result import ActionLine, CoverText, NarrativeText


def explanations_of(framework: Framework, evidence: Evidence, period: Period) -> dict[str, Explanation]:
    """Return the latest explanation of each requirement, by its id; one may outlive the period it was given in."""
    prefix = f"{framework.id}/"
    given = [one for one in _stated_by(evidence.explanations, period) if one.about.startswith(prefix)]
    return {one.about.removeprefix(prefix): one for one in given}


def _stated_by(given: Sequence[Explanation], period: Period) -> list[Explanation]:
    return sorted((one for one in given if one.period.end <= period.end), key=lambda one: one.recency)


def texts_of(evidence: Evidence, period: Period) -> dict[str, tuple[NarrativeText, ...]]:
    """Return the texts of the report for the period by what they are about."""
    texts: dict[str, tuple[NarrativeText, ...]] = {}
    for one in evidence.narratives:
        if period.contains(one.period.end):
            texts[one.about] = (*texts.get(one.about, ()), NarrativeText(one.text, one.owner, one.service))
    return texts


def cover_of(framework: Framework, evidence: Evidence, period: Period) -> tuple[CoverText, ...]:
    """Return every field of the report's cover, in the framework's order, with what the evidence gives for it."""
    ours = [one for one in evidence.covers if one.about == framework.id and period.contains(one.period.end)]
    given = {one.name: one.text for one in sorted(ours, key=lambda one: one.recency)}
    return tuple(CoverText(one.id, one.label, given.get(one.id, "")) for one in framework.cover)


def actions_of(framework: Framework, evidence: Evidence, period: Period) -> tuple[ActionLine, ...]:
    """Return the lines of the action plan that serve the framework, as planned by the end of the period."""
    return tuple(
        ActionLine(one.text, one.about, one.owner, one.objective, one.due, one.status)
        for one in evidence.actions
        if one.period.end <= period.end and any(about.partition("/")[0] == framework.id for about in one.about)
    )
