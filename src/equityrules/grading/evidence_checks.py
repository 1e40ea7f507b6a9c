"""What to know about the evidence itself: who did not say, what was mended, what is not to be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from equityrules.conditions.statements import valid_until, validity_words
from equityrules.measures.shares import undeclared_share
from equityrules.model.evidence import Evidence, Statement, Status
from equityrules.model.framework import Framework
from equityrules.model.numbers import display, with_unit
from equityrules.model.period import add_months
from equityrules.model.result import CriterionResult, Remark, Severity, TargetResult
from equityrules.model.snapshot import Snapshot

UNKNOWN_SHARE = "unknown_share"
"""The parameter of a framework above which the share of those who did not say is remarked on, in percent."""


def check_evidence(
    framework: Framework, evidence: Evidence, snapshot: Snapshot, criteria: Iterable[CriterionResult]
) -> Iterator[Remark]:
    """Yield what a reader should know of the evidence before the figures are used."""
    yield from _mended(framework, evidence, snapshot)
    yield from _undeclared(framework, snapshot)
    yield from _not_comparable(criteria)
    yield from _validity(framework, snapshot)


def _validity(framework: Framework, snapshot: Snapshot) -> Iterator[Remark]:
    """Yield a remark for what was awarded for a time: its award is undated, or it has run out or soon will."""
    items = snapshot.vocabulary.items
    timed = [(key[0], said) for key, said in snapshot.fresh.items() if items[key[0]].valid_for is not None]
    read = _items_judged(framework) if timed else frozenset()
    for name, said in timed:
        item = items[name]
        if name not in read or not isinstance(said, Statement) or said.status is not Status.IN_PLACE:
            continue
        until = valid_until(said, snapshot)
        if until is None:
            continue
        if said.date is None:
            message = f"{name}: the day of the award is not given, so it counts from the end of {said.period}"
            yield Remark("award-not-dated", Severity.WARNING, said.place or name, message, "give its date")
        elif add_months(snapshot.as_of, item.remind) >= until:
            advice = "renew it" if item.renewable else "it cannot be renewed; move up a level"
            message = f"{name}: {validity_words(until, snapshot)}"
            yield Remark("award-runs-out", Severity.WARNING, said.place or name, message, advice)


def _items_judged(framework: Framework) -> frozenset[str]:
    """Return the items of evidence that the framework's requirements read."""
    conditions = (one.condition for criterion in framework.criteria for one in criterion.requirements)
    return frozenset(item for condition in conditions for item in condition.items)


def _mended(framework: Framework, evidence: Evidence, snapshot: Snapshot) -> Iterator[Remark]:
    """Yield a remark for every value that was not read as it was printed."""
    mended = [one for one in evidence.everything() if one.mended]
    items = {item for measure in framework.measures.values() for item in measure.items} if mended else set()
    for stated in mended:
        name = getattr(stated, "item", "") or getattr(stated, "measure", "")
        ours = name in items or name in framework.measures
        if ours and stated.period.end <= snapshot.period.end:
            yield Remark("mended", Severity.WARNING, stated.place or name, f"{name}: {stated.mended}")


def _undeclared(framework: Framework, snapshot: Snapshot) -> Iterator[Remark]:
    """Yield a remark for every count of which too many people's group is not known."""
    limit = framework.parameters.get(UNKNOWN_SHARE)
    for item, dimension in _divided_items(framework, snapshot) if limit is not None else ():
        share = undeclared_share(snapshot, item, (), dimension)
        if share is not None and limit is not None and share > Fraction(limit):
            title = snapshot.vocabulary.dimensions[dimension].title.lower()
            message = f"{item}: the {title} of {with_unit(share, 'percent')} is not known, more than {limit}%"
            effect = "shares and ratios rest on those who are known"
            yield Remark("group-not-known", Severity.WARNING, item, message, effect)


def _divided_items(framework: Framework, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield every count that the framework's measures divide by a dimension in which people may not be known."""
    vocabulary = snapshot.vocabulary
    found = {
        (item, by): None
        for measure in framework.measures.values()
        for item in measure.items
        for by in (getattr(measure, "by", ""),)
        if by in vocabulary.items[item].dimensions and vocabulary.dimensions[by].undeclared
    }
    yield from found


def _not_comparable(criteria: Iterable[CriterionResult]) -> Iterator[Remark]:
    """Yield a remark for every figure that a statement marks as one not to be compared."""
    for criterion in criteria:
        notes = {one.caveat: None for finding in criterion.findings for one in finding.observations if one.caveat}
        for caveat in notes:
            effect = "judged all the same; not comparable with organisations or years without it"
            yield Remark("not-comparable", Severity.WARNING, criterion.id, caveat, effect)


def check_targets(framework: Framework, targets: Iterable[TargetResult]) -> Iterator[Remark]:
    """Yield a remark for a target that sets a ratio only one bound, and so rewards passing parity."""
    given = list(targets)
    bounded = Counter((one.measure, one.cell, _is_from_above(one)) for one in given)
    for target in given:
        parity = getattr(framework.measures[target.measure], "parity", None)
        below = _is_from_above(target)
        if parity is None or (target.measure, target.cell, not below) in bounded:
            continue
        side = "lower" if below else "upper"
        message = (
            f"{target.title}: the target {target.direction} {target.value} has no {side} bound; "
            f"it is met however far the ratio passes {display(parity)}"
        )
        yield Remark("target-of-one-side", Severity.NOTE, target.measure, message, "parity is what is fair to both")


def _is_from_above(target: TargetResult) -> bool:
    return target.direction in ("below", "at most")
