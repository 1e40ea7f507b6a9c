"""What differs between two editions of a framework, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from equityrules.model.framework import Criterion, Framework, Requirement


@frozen
class RuleChange:
    """One difference: where, what it is of (added, dropped, or what changed), and how it was and is."""

    where: str
    what: str
    before: str = ""
    after: str = ""


def compare_editions(before: Framework, after: Framework) -> tuple[RuleChange, ...]:
    """Return what differs, in the order of the later edition, what was dropped last.

    Raises ValueError for editions of different frameworks.
    """
    if before.id != after.id:
        raise ValueError(f"{before.ref} and {after.ref} are different frameworks; compare two editions of one")
    return (*_parameters(before, after), *_criteria(before, after))


def _parameters(before: Framework, after: Framework) -> Iterator[RuleChange]:
    for name in sorted(before.parameters.keys() | after.parameters.keys()):
        old, new = before.parameters.get(name), after.parameters.get(name)
        if old != new:
            yield RuleChange(f"parameter {name}", "value", _number(old), _number(new))


def _number(value: Decimal | None) -> str:
    return "none" if value is None else str(value)


def _criteria(before: Framework, after: Framework) -> Iterator[RuleChange]:
    known = {one.id: one for one in before.criteria}
    for criterion in after.criteria:
        if criterion.id not in known:
            yield RuleChange(criterion.id, "added", "", criterion.title)
        else:
            yield from _criterion(known[criterion.id], criterion)
    for criterion in before.criteria:
        if criterion.id not in after.ids():
            yield RuleChange(criterion.id, "dropped", criterion.title, "")


def _criterion(before: Criterion, after: Criterion) -> Iterator[RuleChange]:
    if before.title != after.title:
        yield RuleChange(after.id, "title", before.title, after.title)
    known = {one.id: one for one in before.requirements}
    for requirement in after.requirements:
        if requirement.id not in known:
            yield RuleChange(requirement.id, "added", "", requirement.text)
        else:
            yield from _requirement(known[requirement.id], requirement)
    kept = {one.id for one in after.requirements}
    for requirement in before.requirements:
        if requirement.id not in kept:
            yield RuleChange(requirement.id, "dropped", requirement.text, "")


def _requirement(before: Requirement, after: Requirement) -> Iterator[RuleChange]:
    if before.text != after.text:
        yield RuleChange(after.id, "text", before.text, after.text)
    if before.grade != after.grade:
        yield RuleChange(after.id, "asked for", before.grade.label, after.grade.label)
    if before.condition.items != after.condition.items:
        yield RuleChange(after.id, "reads", ", ".join(before.condition.items), ", ".join(after.condition.items))
    elif before.condition != after.condition:
        yield RuleChange(after.id, "rule", repr(before.condition), repr(after.condition))
    if before.basis is not after.basis:
        yield RuleChange(after.id, "basis", before.basis, after.basis)
