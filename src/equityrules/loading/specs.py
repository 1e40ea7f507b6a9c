"""Framework files as they are written, before they are compiled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from equityrules.model.basis import Basis
from equityrules.model.framework import CoverField, Deadline, Method, Unplaced


@frozen
class GradeSpec:
    """One grade of a scale."""

    id: str
    label: str
    points: Decimal | None = None
    also: tuple[str, ...] = ()


@frozen
class ScaleSpec:
    """A scale, lowest grade first."""

    grades: tuple[GradeSpec, ...]


@frozen
class SourceSpec:
    """A document that was read."""

    title: str
    url: str = ""
    licence: str = ""
    read: str = ""


@frozen
class GroupSpec:
    """A group of criteria."""

    title: str
    services: bool = False
    note: str = ""


@frozen
class InForceSpec:
    """From when, and until when, an edition holds; the file says `from` and `to`."""

    start: dt.date
    to: dt.date | None = None


@frozen
class ParameterSpec:
    """A named threshold that a profile may set."""

    value: Decimal
    text: str
    basis: Basis
    source: str = ""


@frozen
class ReferenceSpec:
    """The day that the framework's year is named after, and what people call the year, the day and the survey's year.

    `survey_lag` is how many years before the framework's year its survey is taken.
    """

    day: str
    year: str
    snapshot: str
    survey: str = ""
    survey_lag: int = 0


@frozen
class FrameworkSpec:
    """The file framework.toml."""

    format: int
    id: str
    edition: str
    revision: int
    title: str
    publisher: str
    licence: str
    status: str
    scale: Mapping[str, ScaleSpec]
    group: Mapping[str, GroupSpec]
    in_force: InForceSpec | None = None
    words: Mapping[str, str] = field(factory=dict)
    source: Mapping[str, SourceSpec] = field(factory=dict)
    parameter: Mapping[str, ParameterSpec] = field(factory=dict)
    cover: tuple[CoverField, ...] = ()
    deadline: tuple[Deadline, ...] = ()
    reference: ReferenceSpec | None = None
    notes: tuple[str, ...] = ()
    votes: Method | None = None
    services: Method | None = None
    groups: Mapping[str, Any] | None = None
    overall: Mapping[str, Any] | None = None


@frozen
class RequirementSpec:
    """One requirement: a grade it is needed for, or a ladder over several; and exactly one condition.

    `due` is the last day by which the standard wants it.
    """

    id: str
    text: str
    basis: Any
    source: Any
    grade: str = ""
    confidence: Any = ""
    due: dt.date | None = None
    attested: Any = None
    measure: str = ""
    above: Any = None
    at_least: Any = None
    at_most: Any = None
    below: Any = None
    reported: Any = False
    within: Any = None
    interval_within: Any = None
    interval_reaches: Any = None
    where: Mapping[str, str] = field(factory=dict)
    each: str = ""
    per: str = ""
    groups: Any = ()
    if_given: Any = False
    need: Any = "all"
    all_of: Any = None
    any_of: Any = None
    some_of: Any = None
    kind: str = ""
    settings: Mapping[str, Any] = field(factory=dict)


@frozen
class CriterionSpec:
    """The file of one criterion."""

    id: str
    group: str
    title: str
    source: str
    basis: Basis
    short: str = ""
    also: tuple[str, ...] = ()
    scale: str = ""
    graded: bool = True
    shown: tuple[Mapping[str, Any], ...] = ()
    requirement: tuple[RequirementSpec, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
