"""A published standard, compiled from its data and ready to apply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import field, frozen

from equityrules.model.basis import Basis
from equityrules.model.finding import Better, Limits
from equityrules.model.kinds import Condition, Measure, RollUp
from equityrules.model.result import Fault, FrameworkRef, PluginInfo, Remark
from equityrules.model.scale import Grade, Scale
from equityrules.model.vocabulary import WHOLE, Cell, Vocabulary

if TYPE_CHECKING:
    from equityrules.model.evidence import Evidence
    from equityrules.model.result import Assessment


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
    """One thing that a grade asks for; `due` is the last day by which the standard wants it, where it names one.

    `better` and `asked` are what the condition says of its figure, looked up once: which way it improves, and where it
    is to lie; None where it says neither.
    """

    id: str
    grade: Grade
    text: str
    condition: Condition
    basis: Basis
    source: str
    confidence: str = ""
    confirmed: str = ""
    due: date | None = None
    better: Better | None = field(init=False, repr=False, eq=False)
    asked: Limits | None = field(init=False, repr=False, eq=False)

    @better.default
    def _better(self) -> Better | None:
        return getattr(self.condition, "better", None)

    @asked.default
    def _asked(self) -> Limits | None:
        return getattr(self.condition, "asked", None)


@frozen
class Unplaced:
    """A descriptor seen in a source whose grade is not known: shown, never judged."""

    text: str
    why: str
    basis: Basis
    source: str


@frozen
class Shown:
    """A measure that is shown beside a criterion's grade, for one cell, and never graded."""

    measure: Measure
    cell: Cell = WHOLE


@frozen
class Criterion:
    """One criterion of a framework with its requirements, lowest grade first.

    Where it is not `graded`, its findings stand by themselves and make no grade together. `short` is what tables call
    it where its title is long.
    """

    id: str
    group: str
    title: str
    scale: Scale
    requirements: tuple[Requirement, ...]
    also: tuple[str, ...] = ()
    source: str = ""
    basis: Basis = Basis.REPORTED
    unplaced: tuple[Unplaced, ...] = ()
    graded: bool = True
    shown: tuple[Shown, ...] = ()
    short: str = ""


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
class Reference:
    """Which years and day a period stands for: the framework's year, named after a day of the year, and its survey's.

    `month` and `day` are that day; the texts are what people call the year, the day itself and the survey's year.
    """

    month: int
    day: int
    year: str
    snapshot: str
    survey: str = ""
    survey_lag: int = 0

    def day_in(self, end: date) -> date:
        """Return the last such day by the end of a period."""
        this_year = date(end.year, self.month, self.day)
        return this_year if this_year <= end else date(end.year - 1, self.month, self.day)

    def fields(self, end: date) -> dict[str, str]:
        """Return what a period that ends on that day stands for, by what people call it."""
        day = self.day_in(end)
        survey = {self.survey: str(day.year - self.survey_lag)} if self.survey else {}
        return {self.year: str(day.year), self.snapshot: str(day), **survey}


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
    parameters: Mapping[str, Decimal] = field(factory=dict)
    cover: tuple[CoverField, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    reference: Reference | None = None
    scales: Mapping[str, Scale] = field(factory=dict)
    notes: tuple[str, ...] = ()
    digest: str = ""
    profile: str = ""
    chosen: str = "named by edition"
    origin: Origin = field(factory=Origin, repr=False)
    remark_rules: tuple[RemarkRule, ...] = field(factory=tuple, eq=False, repr=False)
    group_by_id: Mapping[str, CriterionGroup] = field(init=False, eq=False, repr=False)

    @group_by_id.default
    def _group_by_id(self) -> dict[str, CriterionGroup]:
        return {group.id: group for group in self.groups}

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
            {name: scale.grades for name, scale in self.scales.items()},
            {name: source.title for name, source in self.sources.items()},
            {one.what: one.when for one in self.deadlines},
        )

    def word(self, kind: str) -> str:
        """Return the framework's own word for a group, a criterion or a grade."""
        return self.words.get(kind, kind)

    def read_grade(self, word: str) -> Grade:
        """Return the grade that somebody means, of any of the scales. Raises ValueError naming the nearest."""
        scales = self.scales.values() or (self.scale,)
        return Scale("all", tuple({one.id: one for scale in scales for one in scale.grades}.values())).read(word)

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
