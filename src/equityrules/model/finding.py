"""What was seen, what it means for a requirement, and what closes a gap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from equityrules.model.basis import Basis
from equityrules.model.scale import Grade
from equityrules.model.vocabulary import WHOLE, Cell


class Better(StrEnum):
    """Which way a figure moves when things get better: up, down, or nearer to the value that disadvantages nobody."""

    HIGHER = "higher"
    LOWER = "lower"
    NEARER = "nearer parity"


class Outcome(StrEnum):
    """What is known of a requirement. Unknown is never a pass and never a fail."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"


class Reason(StrEnum):
    """Why a finding is what it is."""

    SHOWN = "shown"
    NOT_IN_PLACE = "not in place"
    COMMITTED = "committed, not yet in place"
    SHORTFALL = "outside the threshold"
    NOT_EVIDENCED = "not evidenced"
    STALE = "stale"
    EXPIRED = "expired"
    TOO_FEW = "too few people"
    TOO_FEW_TO_SAY = "too few to say"
    NO_EVENTS = "nobody in one of the groups"
    NOT_COMPUTABLE = "not computable"
    RANGE_CUT = "rounded too far to say"
    NO_INTERVAL = "no interval"
    NOT_MEASURABLE = "not yet measurable"
    DATES_DIFFER = "counted at different dates"
    NOT_JUDGED = "not judged"
    NOT_APPLICABLE = "stated as not applicable"
    HIDDEN = "numbers too small to publish"


class Timing(StrEnum):
    """How a requirement that is due on a day stands on another; nothing is overdue for want of evidence alone."""

    MET = "met"
    OVERDUE = "overdue"
    OVERDUE_UNLESS_MET = "overdue unless met"
    NOT_YET_DUE = "not yet due"
    NOT_APPLICABLE = "not applicable"


def timing(due: date, outcome: Outcome, as_of: date) -> Timing:
    """Return how a requirement stands; the day on which it is due belongs to its time."""
    if outcome is Outcome.MET:
        return Timing.MET
    if outcome is Outcome.NOT_APPLICABLE:
        return Timing.NOT_APPLICABLE
    if as_of <= due:
        return Timing.NOT_YET_DUE
    return Timing.OVERDUE if outcome is Outcome.UNMET else Timing.OVERDUE_UNLESS_MET


@frozen
class Interval:
    """A 95% confidence interval, in the unit of what it is for; both ends belong to it."""

    low: Fraction
    high: Fraction

    def is_inside(self, low: Fraction, high: Fraction) -> bool:
        """Whether the whole interval lies from `low` to `high`."""
        return low <= self.low and self.high <= high

    def reaches(self, low: Fraction, high: Fraction) -> bool:
        """Whether any of the interval lies from `low` to `high`."""
        return self.low <= high and low <= self.high


@frozen
class Rate:
    """What one of the compared groups shows: a rate in `unit`, with the `yes` of `of` people it rests on if known."""

    group: str
    value: Fraction
    unit: str = "percent"
    yes: Fraction | None = None
    of: Fraction | None = None
    interval: Interval | None = None


@frozen
class Beside:
    """A number that is shown beside a value, to so many decimals, and never graded."""

    title: str
    value: Fraction
    unit: str = ""
    decimals: int = 2


_NO_COUNTS: Mapping[str, Fraction] = {}
"""One for all: most observations are of statements, and have none."""


@frozen
class Observation:
    """One measured or stated fact.

    `value` is exact, in `unit`; `low` and `high` bound it where it was printed rounded (`low` included, `high` not).
    `counts` are the numbers it was worked out from, `rates` what each compared group shows, `status` what a statement
    says. Without a value or status, `reason` says why; a value with a reason is shown and not judged.

    `parity` is the value that disadvantages nobody, where there is one; `interval` the value's 95% confidence interval,
    `p` that of Fisher's exact test. `leaning` says whom the value disadvantages, `meaning` what it comes to for people,
    `note` what was noted with it, `caveat` why it is not to be compared with others.
    """

    of: str
    title: str
    cell: Cell = WHOLE
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str = ""
    counts: Mapping[str, Fraction] = _NO_COUNTS
    status: str = ""
    reason: Reason | None = None
    source: str = ""
    day: date | None = None
    documents: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()
    interval: Interval | None = None
    p: Fraction | None = None
    beside: tuple[Beside, ...] = ()
    leaning: str = ""
    meaning: str = ""
    note: str = ""
    caveat: str = ""
    parity: Fraction | None = None


@frozen
class Limits:
    """From where to where a value is to lie, in the measure's own unit; None where that side is open."""

    low: Fraction | None = None
    high: Fraction | None = None


@frozen
class Finding:
    """What the evidence says of one requirement, for the grade that asks for it.

    `better` says which way its figure improves, None where it has none; `asked` where the figure is to lie, None where
    it is not held against one number; `confirmed` who checked the rule against the official document, when and which;
    `explained` why it is not met; `due` is the last day by which the standard wants it, where it names one.
    """

    requirement: str
    grade: Grade
    text: str
    outcome: Outcome
    reason: Reason
    because: str
    basis: Basis
    source: str
    observations: tuple[Observation, ...] = ()
    explained: str = ""
    confirmed: str = ""
    better: Better | None = None
    due: date | None = None
    asked: Limits | None = None


@frozen
class Edit:
    """One change to the evidence, as it is written after --with: `item[group]=value`."""

    target: str
    value: str

    def __str__(self) -> str:
        """The form that --with takes."""
        return f"{self.target}={self.value}"


@frozen
class Lever:
    """One way to close a gap: what to do in plain words, and the edits to the evidence that it amounts to."""

    text: str
    edits: tuple[Edit, ...] = ()


class GapKind(StrEnum):
    """What sort of thing is missing."""

    SHORTFALL = "shortfall"
    MISSING_EVIDENCE = "missing evidence"
    STALE = "stale"
    TOO_FEW = "too few people"
    NOT_COMPUTABLE = "not computable"
    NOT_MEASURABLE = "not yet measurable"
    NOT_JUDGED = "not judged"


@frozen
class Named:
    """An id with its title."""

    id: str
    title: str


@frozen
class Gap:
    """What stands between a criterion and a grade.

    `shortfall` is in the measure's own unit, None where nothing is measured; `levers` are alternatives.
    """

    criterion: Named
    requirement: str
    kind: GapKind
    leads_to: Grade
    because: str
    shortfall: Fraction | None = None
    unit: str = ""
    levers: tuple[Lever, ...] = ()
