"""What to do, what to find out and what to renew next, over all the frameworks one organisation is assessed by."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from equityrules.model.evidence import Evidence
from equityrules.model.framework import Framework
from equityrules.model.result import Assessment
from equityrules.model.vocabulary import Vocabulary
from equityrules.priorities.collect import Settles, Wanted, collect_next
from equityrules.priorities.renew import Renewal, Rests, renew_next
from equityrules.priorities.steps import Serves, Step, steps

__all__ = [
    "Priorities",
    "Renewal",
    "Rests",
    "Serves",
    "Settles",
    "Step",
    "Wanted",
    "collect_next",
    "prioritise",
    "renew_next",
    "steps",
]


@frozen
class Priorities:
    """What one organisation is to do, to find out and to renew next, over the frameworks it was assessed by."""

    assessments: tuple[Assessment, ...]
    steps: tuple[Step, ...]
    collect: tuple[Wanted, ...]
    renew: tuple[Renewal, ...]
    vocabulary: Vocabulary = field(repr=False)


def prioritise(judged: Sequence[tuple[Framework, Assessment]], evidence: Evidence) -> Priorities:
    """Return what to do, to find out and to renew next for one organisation; `judged` must not be empty."""
    assessments = tuple(assessment for _, assessment in judged)
    vocabulary = Vocabulary()
    for framework, _ in judged:
        vocabulary = vocabulary.merged(framework.vocabulary)
    return Priorities(
        assessments, steps(assessments), collect_next(judged, evidence), renew_next(judged, evidence), vocabulary
    )
