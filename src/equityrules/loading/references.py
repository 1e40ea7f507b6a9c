"""What evidence is about: `eds/2A`, `eds/2D.local-care`, `eds/domain-2`, `eds`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from equityrules.loading.catalogue import Frameworks
from equityrules.model.framework import Framework
from equityrules.model.problems import nearest
from equityrules.model.scale import Scale


def read_reference(frameworks: Frameworks, about: str, day: dt.date | None) -> tuple[str, Scale, Fraction | None]:
    """Return the reference in its one form, the scale it is graded on and the most points it can have.

    Raises ValueError naming the nearest thing there is.
    """
    framework, part = _framework(frameworks, about, day)
    if not part:
        return framework.id, framework.scale, _most(framework, framework.ids())
    for criterion in framework.criteria:
        if criterion.id.casefold() == part.casefold():
            return f"{framework.id}/{criterion.id}", criterion.scale, criterion.scale.highest.points
    word = framework.word("group")
    for group in framework.groups:
        if part.casefold() in (f"{word}-{group.id}".casefold(), f"group-{group.id}".casefold()):
            return framework.group_ref(group), framework.scale, _most(framework, group.criteria)
    names = [*framework.ids(), *(f"{word}-{group.id}" for group in framework.groups)]
    raise ValueError(f"{framework.ref} has no '{part}'{nearest(part, names)}")


def read_requirement(frameworks: Frameworks, about: str, day: dt.date | None) -> str:
    """Return a reference to a requirement (a ladder, or one step of it) in its one form. Raises ValueError."""
    framework, part = _framework(frameworks, about, day)
    names = dict.fromkeys(_requirement_names(framework))
    if part not in names:
        raise ValueError(f"{framework.ref} has no requirement '{part}'{nearest(part, names)}")
    return f"{framework.id}/{part}"


def _requirement_names(framework: Framework) -> Iterator[str]:
    for criterion in framework.criteria:
        for requirement in criterion.requirements:
            yield requirement.id.partition("/")[0]
            yield requirement.id


def _framework(frameworks: Frameworks, about: str, day: dt.date | None) -> tuple[Framework, str]:
    name, _, part = about.strip().partition("/")
    editions = frameworks.editions(name.casefold())
    if not editions:
        known = sorted({framework.id for framework in frameworks.values()})
        raise ValueError(
            f"unknown framework '{name}'{nearest(name, known)} in '{about}'"
            if name
            else "says nothing about what it is"
        )
    chosen = next((one for one in editions if day is not None and one.in_force(day)), editions[-1])
    return chosen, part.strip()


def _most(framework: Framework, criteria: tuple[str, ...]) -> Fraction | None:
    points = [framework.criterion(name).scale.highest.points for name in criteria]
    return None if None in points or not points else sum((one for one in points if one is not None), Fraction(0))
