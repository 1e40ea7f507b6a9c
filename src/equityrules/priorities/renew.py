"""What to renew next: evidence that counts now, and how long it still does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date

from attrs import frozen

from equityrules.model.evidence import Evidence
from equityrules.model.finding import Finding, Outcome
from equityrules.model.framework import Framework
from equityrules.model.result import Assessment, CriterionResult, FrameworkRef
from equityrules.model.vocabulary import Item
from equityrules.reading import counts_until

HORIZON = 12
"""Months: what counts for longer than that is not yet to be renewed."""


@frozen
class Rests:
    """A criterion that rests on an item of evidence; `name` is what tables call it."""

    framework: FrameworkRef
    criterion: str
    name: str


@frozen
class Renewal:
    """An item of evidence that counts up to a day, and the criteria that rest on it; after that day it is stale.

    `months` are the whole months from the day of the assessment to that day.
    """

    item: Item
    until: date
    months: int
    rests: tuple[Rests, ...]


def renew_next(judged: Sequence[tuple[Framework, Assessment]], evidence: Evidence) -> tuple[Renewal, ...]:
    """Return the evidence that goes stale within a year of the assessment, the soonest first.

    `judged` are the frameworks with what came of applying them to one organisation's `evidence`. Only what is given and
    what a judged requirement rests on is listed; an item of which parts are of different days counts by the oldest.
    """
    given = {getattr(one, "item", "") for one in evidence.entries}
    found: dict[str, tuple[Item, date, list[Rests]]] = {}
    for framework, assessment in judged:
        for criterion in assessment.criteria:
            for item, until in _rested_on(framework, criterion, given):
                known = found.get(item.id, (item, until, []))
                found[item.id] = (item, min(until, known[1]), [*known[2], _rests(assessment, criterion)])
    as_of = judged[0][1].as_of if judged else date.min
    listed = [_renewal(item, until, rests, as_of) for item, until, rests in found.values()]
    return tuple(sorted((one for one in listed if 0 <= one.months <= HORIZON), key=lambda one: one.until))


def _renewal(item: Item, until: date, rests: Sequence[Rests], as_of: date) -> Renewal:
    once = {(str(one.framework), one.criterion): one for one in rests}
    return Renewal(item, until, _whole_months(as_of, until), tuple(once.values()))


def _rests(assessment: Assessment, criterion: CriterionResult) -> Rests:
    return Rests(assessment.framework, criterion.id, criterion.name)


def _rested_on(framework: Framework, criterion: CriterionResult, given: Set[str]) -> Iterator[tuple[Item, date]]:
    """Yield the items that a criterion's judged requirements rest on, with the last day on which they count."""
    for finding in criterion.findings:
        if _is_judged(finding):
            for seen in finding.observations:
                yield from (pair for pair in counts_until(framework, seen) if pair[0].id in given)


def _is_judged(finding: Finding) -> bool:
    return finding.outcome in (Outcome.MET, Outcome.UNMET)


def _whole_months(start: date, end: date) -> int:
    """Return how many whole months lie between two days; below 0 where the second comes first."""
    return 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)
