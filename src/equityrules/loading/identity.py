"""What framework.toml says of the framework itself: its checks, and its scales."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from equityrules.loading.rows import as_word
from equityrules.loading.specs import FrameworkSpec, ScaleSpec
from equityrules.model.problems import nearest, quoted, shown
from equityrules.model.scale import Grade, Scale

STATUSES = ("draft", "current", "superseded", "closed")
WORDS = ("group", "criterion", "grade")
Fault = tuple[str, str]
"""A place in the file with what is wrong there."""


def identity_faults(spec: FrameworkSpec) -> Iterator[Fault]:
    """Yield what is wrong with a framework's own file, apart from its scales and methods."""
    if spec.format != 1:
        yield "format", f"format {spec.format} is not known; write format = 1"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", spec.id):
        yield "id", f"{shown(spec.id)} is not a short name; write small letters, digits and '-'"
    if not re.fullmatch(r"[^@/\s]+", spec.edition):
        yield "edition", f"{shown(spec.edition)} is not a short name; write it without '@', '/' and spaces"
    if spec.revision < 1:
        yield "revision", f"revision {spec.revision} cannot be; revisions are counted from 1"
    if spec.status not in STATUSES:
        yield "status", f"unknown status {shown(spec.status)}{nearest(spec.status, STATUSES)}; write {quoted(STATUSES)}"
    yield from _in_force_faults(spec)
    for word in spec.words:
        if word not in WORDS:
            yield f"words {word}", f"unknown word {shown(word)}{nearest(word, WORDS)}; write {quoted(WORDS)}"
    for name in _twice(name.casefold() for name in spec.group):
        yield f"group {name}", "is given twice; every group needs its own id"
    for name in _twice(one.id for one in spec.cover):
        yield f"cover {name}", "is given twice; every field of the cover needs its own id"


def _in_force_faults(spec: FrameworkSpec) -> Iterator[Fault]:
    if spec.in_force and spec.in_force.to and spec.in_force.to < spec.in_force.start:
        yield "in_force", f"ends on {spec.in_force.to}, before it starts on {spec.in_force.start}; check both dates"


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def source_faults(spec: FrameworkSpec) -> Iterator[Fault]:
    """Yield the sources that framework.toml names and does not have."""
    named = [
        ("votes", spec.votes),
        ("services", spec.services),
        *((f"parameter {k}", v) for k, v in spec.parameter.items()),
    ]
    given = [(where, one.source) for where, one in named if one is not None]
    given += [("deadline", one.source) for one in spec.deadline]
    given += [(what, as_word((getattr(spec, what) or {}).get("source"))) for what in ("groups", "overall")]
    for where, source in given:
        if source and source not in spec.source:
            near = nearest(source, spec.source)
            yield where, f"unknown source {shown(source)}{near}; every source has its [source.<name>]"


def make_scale(name: str, spec: ScaleSpec) -> Scale:
    """Return a scale, lowest grade first."""
    return Scale(
        name,
        tuple(
            Grade(one.id, one.label, rank, None if one.points is None else Fraction(one.points), one.also)
            for rank, one in enumerate(spec.grades)
        ),
    )


def scale_faults(scale: Scale) -> Iterator[Fault]:
    """Yield what is wrong with a scale."""
    where = f"scale {scale.id}"
    if len(scale.grades) < 2:
        yield where, "a scale needs two grades or more, lowest first"
    for grade in scale.grades:
        if not re.fullmatch(r"[^/\s]+", grade.id):
            yield where, f"the grade id {shown(grade.id)} is not a short name; write it without '/' and spaces"
    for name in _twice(grade.id for grade in scale.grades):
        yield where, f"the grade '{name}' is given twice; every grade needs its own id"
    for word, ids in _words(scale).items():
        if len(ids) > 1:
            yield where, f"{shown(word)} stands for several grades ({quoted(sorted(ids))}); it can stand for one only"
    points = [grade.points for grade in scale.grades]
    known = [one for one in points if one is not None]
    if known and len(known) < len(points):
        yield where, "some grades have points and some have none; give all of them points, or none"
    elif any(low > high for low, high in pairwise(known)):
        yield where, "a higher grade has fewer points than a lower one; list the grades lowest first"


def _words(scale: Scale) -> Mapping[str, set[str]]:
    """Return the words that are read as grades, each with the grades that it stands for."""
    owners: dict[str, set[str]] = {}
    for grade in scale.grades:
        for word in (grade.id, grade.label, *grade.also):
            owners.setdefault(word.casefold().replace("-", " "), set()).add(grade.id)
    return owners


def shared_id_faults(scales: Iterable[Scale]) -> Iterator[tuple[str, str]]:
    """Yield the place and message of a grade's id that stands for different grades in different scales."""
    known: dict[str, tuple[str, Grade]] = {}
    for scale in scales:
        for grade in scale.grades:
            name, other = known.setdefault(grade.id, (scale.id, grade))
            if other != grade:
                message = f"the grade '{grade.id}' is another one than in scale {name}; give one of them its own id"
                yield f"scale {scale.id}", message
