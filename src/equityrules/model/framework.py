"""A published standard, compiled from its data and ready to apply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from equityrules.model.basis import Basis
from equityrules.model.result import (
    Fault,
    FrameworkRef,
    Observation,
    Outcome,
    PluginInfo,
    Reason,
    Remark,
    Standing,
)
from equityrules.model.scale import Grade, Scale
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell, Vocabulary

if TYPE_CHECKING:
    from equityrules.model.evidence import Evidence
    from equityrules.model.result import Assessment


@frozen
class Check:
    """What a condition made of a snapshot.

    `parts` are the checks that a composite one was made of; `note` is why something was said not to apply.
    """

    outcome: Outcome
    reason: Reason
    observations: tuple[Observation, ...] = ()
    parts: tuple[Check, ...] = ()
    note: str = ""


class Measure(Protocol):
    """A named way to work a value out of evidence."""

    @property
    def id(self) -> str:
        """The measure's name."""

    @property
    def title(self) -> str:
        """What it measures, for people."""

    @property
    def unit(self) -> str:
        """The unit of its values."""

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the value for a cell, or an observation with the reason why there is none."""


class Condition(Protocol):
    """A test on the evidence: met, unmet, unknown or not applicable."""

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""

    def check(self, snapshot: Snapshot) -> Check:
        """Return what holds."""

    def because(self, check: Check) -> str:
        """Return in words why the check came out as it did."""


@frozen
class Total:
    """A sum of points with its bounds; `points` is None unless every part is settled."""

    points: Fraction | None
    low: Fraction
    high: Fraction


@frozen
class Word:
    """A grade for several parts together, with the reason in words and what other methods would say."""

    held: Grade | None
    attainable: Grade | None
    because: str
    alternatives: Mapping[str, str] = field(factory=dict)


class RollUp(Protocol):
    """A named way for the grades of parts to become one grade."""

    @property
    def kind(self) -> str:
        """The method's name."""

    def word(self, scale: Scale, parts: Sequence[Standing], total: Total | None) -> Word:
        """Return the grade of the parts together; `total` is None where the scale has no points."""

    def next_step(self, total: Total, target: Grade | None) -> tuple[Grade, Fraction] | None:
        """Return the next grade (or the target's) and the points at which it starts, where points decide; else None."""


@frozen
class Source:
    """A document that facts of the framework were read in."""

    id: str
    title: str
    url: str = ""
    licence: str = ""
    read: str = ""


@frozen
class Requirement:
    """One thing that a grade asks for."""

    id: str
    grade: Grade
    text: str
    condition: Condition
    basis: Basis
    source: str
    confidence: str = ""
    confirmed: str = ""


@frozen
class Unplaced:
    """A descriptor seen in a source whose grade is not known: shown, never judged."""

    text: str
    why: str
    basis: Basis
    source: str


@frozen
class Criterion:
    """One criterion of a framework with its requirements, lowest grade first."""

    id: str
    group: str
    title: str
    scale: Scale
    requirements: tuple[Requirement, ...]
    also: tuple[str, ...] = ()
    source: str = ""
    basis: Basis = Basis.REPORTED
    unplaced: tuple[Unplaced, ...] = ()


@frozen
class CriterionGroup:
    """A group of criteria; `services` says whether its criteria may be rated service by service."""

    id: str
    title: str
    criteria: tuple[str, ...]
    services: bool = False
    note: str = ""


@frozen
class Method:
    """A named method with its authority: how votes, services, criteria or groups become one result."""

    kind: str
    basis: Basis
    source: str = ""
    text: str = ""
    expected: int | None = None
    even: str = ""


@frozen
class RollUpRule:
    """A roll-up with its authority."""

    roll_up: RollUp
    basis: Basis
    source: str = ""
    text: str = ""


@frozen
class Methods:
    """How a framework turns votes, services, criteria and groups into results; None where it has no such step."""

    votes: Method | None = None
    services: Method | None = None
    groups: RollUpRule | None = None
    overall: RollUpRule | None = None


@frozen
class CoverField:
    """One field of the cover of the framework's report, and on whose authority it belongs there."""

    id: str
    label: str
    basis: Basis


@frozen
class Deadline:
    """A day of the year, in words, by which something is due."""

    what: str
    when: str
    source: str = ""


@frozen
class Origin:
    """Where a framework came from and what was loaded beside it."""

    plugin: str = ""
    plugins: tuple[PluginInfo, ...] = ()
    faults: tuple[Fault, ...] = ()


RemarkRule = Callable[["Framework", "Evidence", "Assessment"], "Iterable[Remark | Fault]"]


@frozen(kw_only=True)
class Framework:
    """One edition of a published standard."""

    id: str
    edition: str
    revision: int
    title: str
    publisher: str
    licence: str
    status: str
    scale: Scale
    groups: tuple[CriterionGroup, ...]
    criteria: tuple[Criterion, ...]
    methods: Methods
    vocabulary: Vocabulary = field(repr=False)
    measures: Mapping[str, Measure] = field(repr=False, factory=dict)
    sources: Mapping[str, Source] = field(factory=dict)
    in_force_from: date | None = None
    in_force_to: date | None = None
    words: Mapping[str, str] = field(factory=dict)
    cover: tuple[CoverField, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    notes: tuple[str, ...] = ()
    digest: str = ""
    profile: str = ""
    chosen: str = "named by edition"
    origin: Origin = field(factory=Origin, repr=False)
    remark_rules: tuple[RemarkRule, ...] = field(factory=tuple, eq=False, repr=False)

    @property
    def ref(self) -> str:
        """The id and edition, as `-f` takes them."""
        return f"{self.id}@{self.edition}"

    def summary(self) -> FrameworkRef:
        """Return what a result keeps of the framework."""
        return FrameworkRef(
            self.id,
            self.edition,
            self.revision,
            self.title,
            self.publisher,
            self.words,
            self.scale.grades,
            {name: source.title for name, source in self.sources.items()},
        )

    def word(self, kind: str) -> str:
        """Return the framework's own word for a group, a criterion or a grade."""
        return self.words.get(kind, kind)

    def criterion(self, criterion_id: str) -> Criterion:
        """Return a criterion by id. Raises KeyError."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of its criteria in order."""
        return tuple(criterion.id for criterion in self.criteria)

    def group_ref(self, group: CriterionGroup) -> str:
        """Return what evidence calls a group: "eds/domain-2"."""
        return f"{self.id}/{self.word('group')}-{group.id}"

    def in_force(self, day: date) -> bool:
        """Whether this edition is in force on that day."""
        starts = self.in_force_from is not None and self.in_force_from <= day
        return starts and (self.in_force_to is None or day <= self.in_force_to)
