"""Assessments as they may be published: what is small is hidden, with what would give it away, over a whole run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from equityrules.disclosure.numbers import Number
from equityrules.disclosure.policy import Policy
from equityrules.disclosure.run import Case, Run
from equityrules.model.evidence import Evidence
from equityrules.model.result import Assessment, Audience

NOT_FOR_PUBLICATION = "internal, not for publication: small numbers are shown (policy: none applied)"
"""What an output says that hides nothing."""


@frozen
class Published:
    """Assessments that may be published, in the order given, and what was hidden in them.

    `given_away` are hidden numbers that could still be worked out: what was published before gives them away, or what
    is exempt.
    """

    assessments: tuple[Assessment, ...]
    hidden: frozenset[Number] = frozenset()
    given_away: frozenset[Number] = frozenset()


def for_internal_use(assessment: Assessment) -> Assessment:
    """Return an assessment as it is, stamped as not for publication."""
    return evolve(
        assessment, receipt=evolve(assessment.receipt, audience=Audience.INTERNAL, disclosure=NOT_FOR_PUBLICATION)
    )


def publish(cases: Sequence[Case], policy: Policy, published: Sequence[Evidence] = ()) -> Published:
    """Return assessments as they may be published together under a policy.

    The cases of one organisation are looked at together, so that none of them gives away what another one hides;
    `published` is what was published of these organisations before.
    """
    done: dict[int, Assessment] = {}
    hidden: set[Number] = set()
    given_away: set[Number] = set()
    for own in _by_organisation(cases):
        before = [one for one in published if one.organisation.key == own[0][1].evidence.organisation.key]
        run = Run.of([case for _, case in own], policy, before)
        choice = run.choose()
        done |= {index: run.published(case, choice) for index, case in own}
        hidden |= choice.numbers
        given_away |= choice.given_away
    return Published(tuple(done[index] for index in range(len(cases))), frozenset(hidden), frozenset(given_away))


def _by_organisation(cases: Sequence[Case]) -> Iterable[list[tuple[int, Case]]]:
    found: dict[str, list[tuple[int, Case]]] = {}
    for index, case in enumerate(cases):
        found.setdefault(case.evidence.organisation.key, []).append((index, case))
    return found.values()
