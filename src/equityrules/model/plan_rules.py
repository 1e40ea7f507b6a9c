"""What is known of how plans are written: names of frameworks, topics of criteria, schemes, and words for a status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from equityrules.model.basis import Basis
from equityrules.model.framework import Source
from equityrules.model.period import Period
from equityrules.model.plan import PlanStatus


@frozen
class CitedGroup:
    """A group of criteria that a plan can cite by number."""

    title: str
    criteria: tuple[str, ...]


@frozen
class CitedFramework:
    """A framework as plans cite it.

    `names` are what plans call it, `words` what stands before a number, `also_written` what is written for these by
    mistake; `since` and `until` are the days between which it is meant by a name that it shares. `criteria` (titles by
    id), `aliases` (ids by other names) and `groups` are of all its editions; one that is not `loaded` has none.
    """

    id: str
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    also_written: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    title: str = ""
    group_word: str = "group"
    criteria: Mapping[str, str] = field(factory=dict)
    aliases: Mapping[str, str] = field(factory=dict)
    groups: Mapping[str, CitedGroup] = field(factory=dict)

    def in_use(self, day: date) -> bool:
        """Whether it can be meant on a day by a name that it shares."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def loaded(self) -> bool:
        """Whether its criteria are known, so that citations of it can be checked."""
        return bool(self.criteria)

    @property
    def name(self) -> str:
        """What it is called for short."""
        return self.names[0] if self.names else self.id


@frozen
class Topic:
    """Something criteria are about: the words for it, and for each framework the criteria that are about it."""

    id: str
    title: str
    words: tuple[str, ...]
    about: Mapping[str, frozenset[str]]


@frozen
class Scheme:
    """A badge, charter or scheme as dated facts; `closed` is the day or month in which it ended or was replaced.

    `cited_as` is the id of a framework whose citations are citations of the scheme.
    """

    id: str
    title: str
    names: tuple[str, ...]
    status: str
    basis: Basis
    source: Source
    levels: tuple[str, ...] = ()
    closed: Period | None = None
    successor: str = ""
    note: str = ""
    cited_as: str = ""

    def has_closed(self, day: date) -> bool:
        """Whether it is certain to have ended by a day: of a month only its last day is certain."""
        return self.closed is not None and self.closed.end <= day


@frozen
class PlanRules:
    """Everything that reading and checking plans needs to know of the world around them.

    `phrases` are words by what they mark: "removal", "two_sided" (figures with parity in the middle) and "score".
    """

    frameworks: Mapping[str, CitedFramework] = field(factory=dict)
    topics: tuple[Topic, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    statuses: Mapping[str, PlanStatus] = field(factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def topics_of(self, framework: str, criteria: Iterable[str]) -> Iterator[Topic]:
        """Yield what some criteria of a framework are about."""
        wanted = set(criteria)
        for topic in self.topics:
            if wanted & topic.about.get(framework, frozenset()):
                yield topic
