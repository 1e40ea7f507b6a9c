"""What the files of plans/ and schemes/ hold, as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from equityrules.loading.specs import SourceSpec
from equityrules.model.basis import Basis
from equityrules.model.period import Period


@frozen
class CitedSpec:
    """A framework as plans cite it."""

    framework: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    also_written: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@frozen
class TopicSpec:
    """A topic with its words and what is about it."""

    id: str
    title: str
    words: tuple[str, ...]
    about: tuple[str, ...]


@frozen
class PlansSpec:
    """A file of plans/."""

    cited: tuple[CitedSpec, ...] = ()
    topic: tuple[TopicSpec, ...] = ()
    status: Mapping[str, str] = field(factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(factory=dict)


@frozen
class SchemeSpec:
    """A file of schemes/: one badge, charter or scheme with its source."""

    id: str
    title: str
    names: tuple[str, ...]
    status: str
    basis: Basis
    read_in: str
    levels: tuple[str, ...] = ()
    closed: Period | None = None
    successor: str = ""
    note: str = ""
    cited_as: str = ""
    source: Mapping[str, SourceSpec] = field(factory=dict)
