"""Ratings and votes as they are written, to grades and points of the scale they are on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from equityrules.loading.references import Reference
from equityrules.loading.rows import is_blank
from equityrules.loading.values import number, whole
from equityrules.model.problems import shown

_NOT_APPLICABLE = ("not applicable", "n/a")
MOST_VOTES = 10_000_000
"""More than any poll of staff or patients has."""

Fault = tuple[str, str]


def resolve_rating(fields: dict[str, Any], reference: Reference) -> Iterator[Fault]:
    """Resolve a rating's grade and points in place, yielding each field that is wrong with its message.

    A number in place of the grade is points; "not applicable" is not a grade.
    """
    grade = fields.get("grade")
    if isinstance(grade, str) and " ".join(grade.split()).casefold() in _NOT_APPLICABLE:
        yield from _not_applicable(fields)
        return
    if is_blank(grade) and is_blank(fields.get("points")):
        yield "grade", "neither a grade nor points are given; give one of them, or leave the whole entry out"
        return
    if _is_number(grade):
        if "points" in fields:
            yield "grade", f"{shown(grade)} is points, and points are given beside it; keep one of them"
            return
        fields["points"], fields["grade"] = grade, None
    if fields.get("grade") is not None:
        yield from _grade(fields, reference)
    if fields.get("points") is not None:
        yield from _points(fields, reference)


def _not_applicable(fields: dict[str, Any]) -> Iterator[Fault]:
    if fields.get("points") is not None:
        yield "points", "points are given for what is not applicable; keep one of them"
    if fields.get("service"):
        yield "grade", "'not applicable' is for all services together; leave the service out, or give it a grade"
    if is_blank(fields.get("note")):
        yield "grade", "'not applicable' needs a note that says why"
    fields.update(applicable=False, grade=None)


def _is_number(value: object) -> bool:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return True
    try:
        number(value)
    except ValueError:
        return False
    return True


def _grade(fields: dict[str, Any], reference: Reference) -> Iterator[Fault]:
    grade = fields["grade"]
    try:
        if not isinstance(grade, str) or len(grade) > 200:
            raise ValueError(f"{shown(grade)} is given where a grade belongs")
        fields["grade"] = reference.scale.read(grade).id
    except ValueError as error:
        yield "grade", str(error)


def _points(fields: dict[str, Any], reference: Reference) -> Iterator[Fault]:
    try:
        points = number(fields["points"])
    except ValueError as error:
        yield "points", str(error)
        return
    most = reference.most
    if most is None or not 0 <= points <= most:
        limits = "its scale has no points; give a grade" if most is None else f"they lie between 0 and {most}"
        yield "points", f"{points} points are given; {limits}"


def resolve_votes(fields: dict[str, Any], reference: Reference) -> Iterator[Fault]:
    """Resolve the grades of votes in place, in the order of the scale, yielding each that is wrong with its message."""
    votes = fields.get("votes", {})
    if not isinstance(votes, Mapping):
        yield "votes", f"{shown(votes)} is given where a table belongs; write {{ developing = 26, achieving = 44 }}"
        return
    if not votes and fields.get("stated_total") is None:
        yield "votes", "neither votes by grade nor a stated total are given; give one of them"
    read: dict[str, object] = {}
    for word, count in votes.items():
        try:
            grade = reference.scale.read(str(word)).id
        except ValueError as error:
            yield "votes", str(error)
            continue
        if grade in read:
            yield "votes", f"votes for {shown(word)} are given twice; add them together"
        yield from _count(f"votes, {grade}", count)
        read[grade] = count
    if not is_blank(fields.get("stated_total")):
        yield from _count("stated_total", fields["stated_total"])
    fields["votes"] = {grade.id: read[grade.id] for grade in reference.scale.grades if grade.id in read}


def _count(name: str, given: object) -> Iterator[Fault]:
    """Yield what is wrong with a number of votes."""
    try:
        count = whole(given)
    except ValueError as error:
        yield name, str(error)
        return
    if count < 0:
        yield name, f"{count} votes cannot be; votes are counted from 0"
    elif count > MOST_VOTES:
        yield name, f"{count} votes are more than any poll has; check the number"
