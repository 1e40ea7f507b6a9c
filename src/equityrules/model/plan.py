"""An action plan: its lines as written and as read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from equityrules.model.evidence import InputFile
from equityrules.model.period import Period

CELLS = (
    "id", "aim", "section", "criteria", "position", "measure", "baseline", "unit", "target", "target_rule",
    "success", "action", "due", "lead", "governance", "status", "actual", "update", "note",
)  # fmt: skip
"""What a column of a plan can hold, in the order in which drafts list them."""


class PlanStatus(StrEnum):
    """How far an action is."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    ONGOING = "ongoing"
    PAUSED = "paused"
    NOT_REPORTED = "not reported"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"
    NOT_APPLICABLE = "not applicable"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self not in (PlanStatus.COMPLETE, PlanStatus.WITHDRAWN, PlanStatus.NOT_APPLICABLE)


class CitationState(StrEnum):
    """What came of looking a citation up."""

    READ = "read"
    NO_SUCH_PART = "no such part"
    NOT_LOADED = "not loaded"
    AMBIGUOUS = "ambiguous"


@frozen
class Citation:
    """A framework, or a part of it, that a line says it serves.

    `text` is what the line says ("indicator 10"), `framework` the id it was read as, `part` the number as written
    ("" for the framework as a whole) and `criteria` the ids of the criteria that the part stands for. `word` is what
    stands before the number. Where `state` is ambiguous, `choices` are the frameworks that may be meant. `firm` says
    that it stands in a column of criteria, or with such a word, so that its number can be nothing but a part's.
    """

    text: str
    framework: str
    part: str = ""
    criteria: tuple[str, ...] = ()
    word: str = ""
    state: CitationState = CitationState.READ
    choices: tuple[str, ...] = ()
    column: str = field(default="", eq=False)
    firm: bool = True


@frozen
class Due:
    """When a line is due: the days and months in its text, oldest first.

    `recurring` says that it comes again (annually, quarterly), `starts` that the date is a start ("From 2021"),
    `continuous` that it has no end ("Ongoing").
    """

    text: str = ""
    dates: tuple[Period, ...] = ()
    recurring: bool = False
    starts: bool = False
    continuous: bool = False

    @property
    def last_day(self) -> date | None:
        """The day by which it is to be done once and for all; None where it has no such day."""
        if self.recurring or self.starts or self.continuous or not self.dates:
            return None
        return max(one.end for one in self.dates)


@frozen(kw_only=True)
class PlanLine:
    """One row of a plan.

    `cells` are its texts by the names of `CELLS`, exactly as written (only the space around them is taken off), and
    `headings` the plan's own headings for them. `row` is the number of the line in the file, 0 for a line not read from
    one; in a document or workbook it is the row in a `part` of it ("table 2"). `heading` says that the line only names
    those below it. `unread` are parts of the column of criteria that name nothing known.
    """

    id: str
    row: int = 0
    part: str = ""
    cells: Mapping[str, str] = field(factory=dict)
    headings: Mapping[str, str] = field(factory=dict, eq=False)
    citations: tuple[Citation, ...] = ()
    unread: tuple[str, ...] = ()
    due: Due = Due()
    status: PlanStatus | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    heading: bool = False

    def cell(self, name: str) -> str:
        """Return what the line has under a name of `CELLS`; an empty text where it has nothing."""
        return self.cells.get(name, "")

    def column(self, name: str) -> str:
        """Return the plan's own heading for a name of `CELLS`, or the name."""
        return self.headings.get(name, name)

    @property
    def text(self) -> str:
        """What is to be done."""
        return self.cell("action")

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done; so long as nobody says otherwise, it is."""
        return self.status is None or self.status.is_open

    @property
    def words(self) -> str:
        """What the line is about: its action, measure, success measure and target."""
        return " ; ".join(filter(None, map(self.cell, ("action", "measure", "success", "target"))))


@frozen(kw_only=True)
class Plan:
    """An action plan: its lines in order, and what is known of it as a whole.

    `has` are the names of `CELLS` that it has a column for, `left_out` those that the plan has and this file does not,
    `unread` the headings that were not read. `written` is when this version was written, None where that is not known.
    """

    title: str
    lines: tuple[PlanLine, ...]
    has: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    written: Period | None = None
    source: str = ""
    inputs: tuple[InputFile, ...] = field(default=(), eq=False)

    @property
    def actions(self) -> tuple[PlanLine, ...]:
        """The lines that are to be done: all but headings."""
        return tuple(line for line in self.lines if not line.heading)

    @property
    def number_of_actions(self) -> int:
        """How many actions there are: rows with one id are one action with several measures."""
        return len({line.id for line in self.actions})
