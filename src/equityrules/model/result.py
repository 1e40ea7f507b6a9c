"""What an assessment says: observations, findings, gaps and grades, with a receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from equityrules.model.basis import Basis
from equityrules.model.evidence import InputFile
from equityrules.model.finding import Finding, Gap, Observation, Outcome
from equityrules.model.period import Period
from equityrules.model.rows import Row, notebook_table, rows_of
from equityrules.model.scale import Grade
from equityrules.model.vocabulary import WHOLE, Cell


@frozen(kw_only=True)
class Standing:
    """Where a criterion, a group or the whole stands.

    `held` is the grade it has, `attainable` the grade it would have if everything unknown were met; both are None
    where the inputs do not allow them. Points are exact; `points` is None unless every part is settled, and
    `points_low` and `points_attainable` bound it. `method` names how this came about, `basis` on whose
    authority; None where no rule was needed (a panel's own rating). `votes` are those cast on it, by the id of the
    grade, lowest first; none where there was no vote by grade.
    """

    id: str
    title: str
    held: Grade | None = None
    attainable: Grade | None = None
    points: Fraction | None = None
    points_low: Fraction | None = None
    points_attainable: Fraction | None = None
    method: str = ""
    basis: Basis | None = None
    because: str = ""
    applicable: bool = True
    votes: Mapping[str, int] = field(factory=dict)


@frozen
class Supported:
    """What the requirements themselves show, beside any award."""

    held: Grade | None
    attainable: Grade | None


@frozen
class NarrativeText:
    """A piece of the report's own text, with the department or lead that owns it."""

    text: str
    owner: str = ""
    service: str = ""


@frozen(kw_only=True)
class CriterionResult(Standing):
    """One criterion: its grade, what it was graded from (rating, services, votes or requirements), and why.

    `shown` are measures that stand beside the grade and have no part in it.
    """

    group: str = ""
    supported: Supported = Supported(None, None)
    graded_from: str | None = None
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    narratives: tuple[NarrativeText, ...] = ()
    shown: tuple[Observation, ...] = ()
    short: str = ""

    @property
    def name(self) -> str:
        """What tables call it: its short name, else its title."""
        return self.short or self.title


@frozen(kw_only=True)
class GroupResult(Standing):
    """One group of criteria. `alternatives` holds what other named methods would have said."""

    graded_from: str | None = None
    alternatives: Mapping[str, str] = field(factory=dict)
    narratives: tuple[NarrativeText, ...] = ()


@frozen(kw_only=True)
class OverallResult(Standing):
    """The whole framework."""

    graded_from: str | None = None
    gaps: tuple[Gap, ...] = ()
    narratives: tuple[NarrativeText, ...] = ()


@frozen
class ActionLine:
    """One line of the organisation's action plan that serves this framework."""

    text: str
    about: tuple[str, ...] = ()
    owner: str = ""
    objective: str = ""
    due: date | None = None
    status: str = ""


@frozen
class TargetResult:
    """One of the organisation's own targets, judged beside the grade."""

    measure: str
    title: str
    direction: str
    value: Decimal
    outcome: Outcome
    because: str
    cell: Cell = WHOLE
    due: date | None = None
    by: str = ""


class Severity(StrEnum):
    """How much a remark matters."""

    NOTE = "note"
    WARNING = "warning"


@frozen
class Remark:
    """Something a reader should know about the inputs: what was found, where, and what it changes.

    `internal` marks what is for the organisation's own eyes and never for a published report.
    """

    code: str
    severity: Severity
    where: str
    message: str
    effect: str = ""
    internal: bool = False


@frozen
class PluginInfo:
    """A plugin that was loaded: its name, version, where it came from and what it replaced."""

    name: str
    version: str
    origin: str
    replaces: str = ""


@frozen
class Fault:
    """A plugin that failed, or part of it: which, in what, and why."""

    plugin: str
    where: str
    message: str


class Audience(StrEnum):
    """For whom an output is; nobody decided it where it is empty."""

    UNDECIDED = ""
    PUBLICATION = "publication"
    INTERNAL = "internal"


@frozen(kw_only=True)
class Receipt:
    """How a result came about, so that anybody can make it again.

    `audience` is for whom it is; `disclosure` says what that means for small numbers and by which policy, and is empty
    where nobody decided it.
    """

    engine: str
    framework: str
    revision: int
    digest: str
    edition_chosen: str
    period: Period
    period_chosen: str
    as_of: date
    profile: str = ""
    basis_level: Basis | None = None
    target: str = ""
    hypothetical: tuple[str, ...] = ()
    evidence: tuple[InputFile, ...] = ()
    plugins: tuple[PluginInfo, ...] = ()
    faults: tuple[Fault, ...] = ()
    audience: Audience = Audience.UNDECIDED
    disclosure: str = ""


@frozen
class CoverText:
    """One field of the report's cover; `text` is empty where the evidence gives none."""

    id: str
    label: str
    text: str = ""


@frozen
class FrameworkRef:
    """Which framework was applied: its words, the grades of its scales, the titles of its sources, what is due when."""

    id: str
    edition: str
    revision: int
    title: str
    publisher: str
    words: Mapping[str, str]
    scales: Mapping[str, tuple[Grade, ...]]
    sources: Mapping[str, str] = field(factory=dict)
    deadlines: Mapping[str, str] = field(factory=dict)

    @property
    def grades(self) -> tuple[Grade, ...]:
        """Every grade of its scales, each once."""
        return tuple({grade.id: grade for grades in self.scales.values() for grade in grades}.values())

    def is_highest(self, grade: Grade) -> bool:
        """Whether a grade is the highest of its scale."""
        return any(grades[-1] == grade for grades in self.scales.values())

    def __str__(self) -> str:
        """The id and edition, as `-f` takes them."""
        return f"{self.id}@{self.edition}"


@frozen(kw_only=True)
class Assessment:
    """One framework applied to one organisation's evidence for one period.

    `reference` says which years and day the period stands for, where the framework names them.
    """

    framework: FrameworkRef
    organisation: str
    organisation_code: str = ""
    period: Period
    as_of: date
    reference: Mapping[str, str] = field(factory=dict)
    overall: OverallResult
    groups: tuple[GroupResult, ...]
    criteria: tuple[CriterionResult, ...]
    targets: tuple[TargetResult, ...] = ()
    remarks: tuple[Remark, ...] = ()
    cover: tuple[CoverText, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    receipt: Receipt

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap: of the whole first, then criterion by criterion."""
        return (*self.overall.gaps, *(gap for criterion in self.criteria for gap in criterion.gaps))

    def to_rows(self) -> list[Row]:
        """Return the assessment as rows for a data frame: `pandas.DataFrame(result.to_rows())`."""
        return rows_of(self)

    def _repr_html_(self) -> str:
        """Return what a notebook shows of it."""
        return notebook_table(self)

    def findings(self) -> Iterator[tuple[CriterionResult, Finding]]:
        """Yield every finding with the criterion it belongs to."""
        return ((criterion, finding) for criterion in self.criteria for finding in criterion.findings)
