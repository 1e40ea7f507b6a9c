"""What the evidence says of each requirement, and which grades that supports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import evolve

from equityrules.conditions import kleene_some, outcome_of
from equityrules.model.basis import Basis, weakest
from equityrules.model.evidence import Explanation
from equityrules.model.finding import Finding, Outcome, Reason, timing
from equityrules.model.framework import Criterion, Requirement
from equityrules.model.kinds import Check
from equityrules.model.result import Supported
from equityrules.model.scale import Grade, Scale
from equityrules.model.snapshot import Snapshot

_UNKNOWN = Outcome.UNKNOWN
_SATISFIED = (Outcome.MET, Outcome.NOT_APPLICABLE)
_NOT_FAILED = (*_SATISFIED, _UNKNOWN)


def find(requirement: Requirement, snapshot: Snapshot, level: Basis | None) -> Finding:
    """Return what the evidence says; a rule on a weaker basis than `level` is not judged."""
    if level is None or requirement.basis.at_least(level):
        check = requirement.condition.check(snapshot)
        because = requirement.condition.because(check)
    else:
        check = Check(Outcome.UNKNOWN, Reason.NOT_JUDGED)
        because = f"the rule is {requirement.basis}; left out by request"
    if requirement.due:
        because = f"{because}; {_due_words(requirement.due, check.outcome, snapshot.as_of)}"
    return Finding(
        requirement.id,
        requirement.grade,
        requirement.text,
        check.outcome,
        check.reason,
        because,
        requirement.basis,
        requirement.source,
        check.observations,
        confirmed=requirement.confirmed,
        better=requirement.better,
        due=requirement.due,
        asked=requirement.asked,
    )


def _due_words(due: date, outcome: Outcome, as_of: date) -> str:
    """Return by when a requirement is due and, unless it is satisfied, whether that day has passed."""
    return f"due {due}" if outcome in _SATISFIED else f"due {due} ({timing(due, outcome, as_of)} at {as_of})"


def find_all(criterion: Criterion, snapshot: Snapshot, level: Basis | None) -> tuple[Finding, ...]:
    """Return a finding for every requirement of a criterion, lowest grade first."""
    return tuple([find(requirement, snapshot, level) for requirement in criterion.requirements])


def outcomes_of(criterion: Criterion, snapshot: Snapshot, level: Basis | None) -> list[list[Outcome]]:
    """Return the outcomes of a criterion's requirements by the rank of the grade that asks for them, and no reasons."""
    by_rank: list[list[Outcome]] = [[] for _ in criterion.scale.grades]
    for one in criterion.requirements:
        judged = level is None or one.basis.at_least(level)
        by_rank[one.grade.rank].append(outcome_of(one.condition, snapshot) if judged else Outcome.UNKNOWN)
    return by_rank


def explain(findings: Sequence[Finding], explanations: Mapping[str, Explanation], as_of: date) -> tuple[Finding, ...]:
    """Return the findings with the explanations that stand for those not met; an expired one says that it has expired.

    An explanation of `2D.local-care` speaks for every step of that ladder.
    """
    if not explanations:
        return tuple(findings)
    return tuple(_explained(finding, explanations, as_of) for finding in findings)


def _explained(finding: Finding, explanations: Mapping[str, Explanation], as_of: date) -> Finding:
    given = explanations.get(finding.requirement) or explanations.get(finding.requirement.partition("/")[0])
    if given is None or finding.outcome in _SATISFIED:
        return finding
    if given.until is not None and given.until < as_of:
        return evolve(finding, because=f"{finding.because}; the explanation for it expired on {given.until}")
    until = f", until {given.until}" if given.until else ""
    return evolve(finding, explained=f"{given.because} ({given.by or 'nobody named'}{until})")


def support(scale: Scale, findings: Sequence[Finding]) -> Supported:
    """Return the grades that the requirements show: held counts what is met, attainable also what is unknown.

    A grade needs all its own requirements and all those of the grades below it. The lowest grade is held only where
    something for the next one is unmet; where nothing is known no grade is held. A grade whose requirements were all
    stated as not applicable asks for nothing, and is no obstacle.
    """
    by_rank: list[list[Outcome]] = [[] for _ in scale.grades]
    for finding in findings:
        by_rank[finding.grade.rank].append(finding.outcome)
    return supported_by(scale, by_rank)


def supported_by(scale: Scale, by_rank: Sequence[Sequence[Outcome]]) -> Supported:
    """Return the grades that the outcomes show, given by the rank of the grade that asks for them."""
    if not any(by_rank):
        return Supported(None, None)
    levels = [given[0] if len(given) == 1 else kleene_some(given, None) for given in by_rank[1:]]
    held, attainable = _leading(levels, _SATISFIED), _leading(levels, _NOT_FAILED)
    if held == 0 and levels[0] is not Outcome.UNMET:
        return Supported(None, scale.grades[attainable])
    return Supported(scale.grades[held], scale.grades[attainable])


def _leading(levels: Sequence[Outcome], wanted: tuple[Outcome, ...]) -> int:
    """Return how many levels from the bottom up are among the wanted outcomes."""
    for rank, level in enumerate(levels):
        if level not in wanted:
            return rank
    return len(levels)


def applies(outcomes: Sequence[Outcome]) -> bool:
    """Whether any requirement applies; a criterion without requirements does."""
    return not outcomes or outcomes.count(Outcome.NOT_APPLICABLE) < len(outcomes)


def basis_of(findings: Sequence[Finding], held: Grade | None) -> Basis | None:
    """Return the weakest basis among the findings that decide the grade; None where none says anything.

    These are the ones for the grades up to the one that is held, and for the next, which is not.
    """
    upto = (held.rank if held else 0) + 1
    known = [one.basis for one in findings if one.grade.rank <= upto and one.outcome is not _UNKNOWN]
    return weakest(known) if known else None
