"""What evidence is about: `eds/2A`, `eds/2D.local-care`, `eds/domain-2`, `eds`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from equityrules.loading.catalogue import Frameworks
from equityrules.model.framework import Framework
from equityrules.model.problems import nearest, quoted, shown
from equityrules.model.scale import Scale
from equityrules.statistics import add_up


@frozen
class Reference:
    """A reference in its one form, the scale that it is graded on, the most points it can have, and its framework."""

    name: str
    scale: Scale
    most: Fraction | None
    framework: Framework


def read_reference(frameworks: Frameworks, about: str, day: dt.date | None) -> tuple[str, Scale, Fraction | None]:
    """Return the reference in its one form, the scale it is graded on and the most points it can have.

    Raises ValueError naming the nearest thing there is.
    """
    found = find_reference(frameworks, about, day)
    return found.name, found.scale, found.most


def find_reference(frameworks: Frameworks, about: str, day: dt.date | None) -> Reference:
    """Return what a reference to a framework, a group or a criterion names, in the edition in force on that day.

    Raises ValueError naming the nearest thing there is.
    """
    framework, part = _framework(frameworks, about, day)
    if not part:
        return Reference(framework.id, framework.scale, _most(framework, framework.ids()), framework)
    for criterion in framework.criteria:
        if criterion.id.casefold() == part.casefold():
            name = f"{framework.id}/{criterion.id}"
            return Reference(name, criterion.scale, criterion.scale.highest.points, framework)
    word = framework.word("group")
    for group in framework.groups:
        if part.casefold() in (f"{word}-{group.id}".casefold(), f"group-{group.id}".casefold()):
            most = _most(framework, group.criteria)
            return Reference(framework.group_ref(group), framework.scale, most, framework)
    names = [*framework.ids(), *(f"{word}-{group.id}" for group in framework.groups)]
    raise ValueError(f"{framework.ref} has no {shown(part)}{nearest(part, names)}; it has {quoted(names)}")


def read_requirement(frameworks: Frameworks, about: str, day: dt.date | None) -> str:
    """Return a reference to a requirement (a ladder, or one step of it) in its one form. Raises ValueError."""
    framework, part = _framework(frameworks, about, day)
    names = {name.casefold(): name for name in _requirement_names(framework)}
    if part.casefold() not in names:
        near = nearest(part, names.values())
        raise ValueError(f"{framework.ref} has no requirement {shown(part)}{near}; `equityrules show` lists them")
    return f"{framework.id}/{names[part.casefold()]}"


def _requirement_names(framework: Framework) -> Iterator[str]:
    for criterion in framework.criteria:
        for requirement in criterion.requirements:
            yield requirement.id.partition("/")[0]
            yield requirement.id


def _framework(frameworks: Frameworks, about: str, day: dt.date | None) -> tuple[Framework, str]:
    name, _, part = about.strip().partition("/")
    editions = frameworks.editions(name.strip().casefold())
    if not editions:
        known = sorted({framework.id for framework in frameworks.values()})
        raise ValueError(f"unknown framework {shown(name)}{nearest(name, known)}; those loaded are {quoted(known)}")
    chosen = next((one for one in editions if day is not None and one.in_force(day)), editions[-1])
    return chosen, part.strip()


def _most(framework: Framework, criteria: tuple[str, ...]) -> Fraction | None:
    points = [framework.criterion(name).scale.highest.points for name in criteria]
    return None if None in points or not points else add_up(one for one in points if one is not None)


def example_of(frameworks: Frameworks) -> str:
    """Return a reference to a criterion, to show how one is written."""
    return next((f"{one.id}/{one.ids()[0]}" for one in frameworks.values() if one.criteria), "<framework>/<criterion>")
