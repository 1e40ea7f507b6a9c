"""What kinds of measure, condition and roll-up give the engine; plugins bring more of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Protocol

from attrs import field, frozen

from equityrules.model.finding import Observation, Outcome, Reason
from equityrules.model.result import Standing
from equityrules.model.scale import Grade, Scale
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell


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
