"""What was seen, what it means for a requirement, and what closes a gap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from equityrules.model.basis import Basis
from equityrules.model.scale import Grade
from equityrules.model.vocabulary import WHOLE, Cell


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
    TOO_FEW = "too few people"
    NOT_COMPUTABLE = "not computable"
    RANGE_CUT = "rounded too far to say"
    NOT_JUDGED = "not judged"
    NOT_APPLICABLE = "stated as not applicable"


@frozen
class Observation:
    """One measured or stated fact.

    `value` is exact, in `unit`; `low` and `high` bound it where it was printed rounded (`low` included, `high` not).
    `counts` are the numbers it was worked out from, `status` what a statement says. Without a value or status,
    `reason` says why.
    """

    of: str
    title: str
    cell: Cell = WHOLE
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str = ""
    counts: Mapping[str, Fraction] = field(factory=dict)
    status: str = ""
    reason: Reason | None = None
    source: str = ""
    day: date | None = None
    documents: tuple[str, ...] = ()


@frozen
class Finding:
    """What the evidence says of one requirement, for the grade that asks for it.

    `confirmed` says who checked the rule against the official document, when and which; `explained` why it is not met.
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
