"""Conditions that hold a value, or its confidence interval, inside a band; and that a figure was given at all."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from equityrules.conditions.wording import p_words, value_words
from equityrules.model.finding import Better, Limits, Observation, Outcome, Reason
from equityrules.model.kinds import Check, Measure
from equityrules.model.numbers import display, with_unit
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import WHOLE, Cell

_GIVEN = (Reason.NO_EVENTS, Reason.NOT_COMPUTABLE, Reason.TOO_FEW)
"""Why there may be nothing to judge although the numbers were given."""
_SIGNIFICANT = Fraction(5, 100)


@frozen
class Reported:
    """Met when the numbers of a measure are given, whatever they say."""

    measure: Measure
    cell: Cell = WHOLE

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence its measure reads."""
        return self.measure.items

    def check(self, snapshot: Snapshot) -> Check:
        """Return whether there is anything to see."""
        seen = snapshot.observe(self.measure, self.cell)
        if seen.value is not None or seen.reason in _GIVEN:
            return Check(Outcome.MET, Reason.SHOWN, (seen,))
        return Check(Outcome.UNKNOWN, seen.reason or Reason.NOT_EVIDENCED, (seen,))

    def because(self, check: Check) -> str:
        """Return the value, or why there is none."""
        seen = check.observations[0]
        found = value_words(seen)
        if check.outcome is Outcome.MET:
            return f"{found}: {seen.reason}" if seen.reason else found
        return f"{seen.title}: {check.reason}"


class Part(StrEnum):
    """What of a measure must lie in the band."""

    VALUE = "within"
    INTERVAL = "interval_within"
    ANY_OF_INTERVAL = "interval_reaches"


@frozen
class Within:
    """Met when a value lies from `low` to `high` (both belong to the band), or its 95% interval does.

    `within` asks for the value; `interval_within` for all of the interval, and where only the value lies inside that
    is too few to say; `interval_reaches` for any of the interval. There a value outside is too few to say where the
    interval is wider than the band: few people must not look better for being few. A value printed without its counts
    has no interval, but is a part of it: where it lies inside, the interval reaches inside.
    """

    measure: Measure
    part: Part
    low: Fraction
    high: Fraction
    cell: Cell = WHOLE

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence its measure reads."""
        return self.measure.items

    @property
    def better(self) -> Better:
        """Which way the measure improves: a band lies around parity."""
        return Better.NEARER

    @property
    def asked(self) -> Limits:
        """The band itself."""
        return Limits(self.low, self.high)

    def check(self, snapshot: Snapshot) -> Check:
        """Return on which side of the band's ends the measure lies, judged exactly."""
        seen = snapshot.observe(self.measure, self.cell)
        if seen.value is None or seen.reason:
            return Check(Outcome.UNKNOWN, seen.reason or Reason.NOT_EVIDENCED, (seen,))
        outcome, reason = self._judge(seen, self._place(seen, seen.value))
        return Check(outcome, reason, (seen,))

    def _place(self, seen: Observation, value: Fraction) -> Outcome:
        """Return whether the value is inside the band: met, unmet, or unknown where an end of it cuts the range."""
        if seen.low is None or seen.high is None:
            return Outcome.MET if self.low <= value <= self.high else Outcome.UNMET
        if self.low <= seen.low and seen.high <= self.high:
            return Outcome.MET
        return Outcome.UNMET if seen.high <= self.low or self.high < seen.low else Outcome.UNKNOWN

    def _judge(self, seen: Observation, place: Outcome) -> tuple[Outcome, Reason]:
        if self.part is Part.VALUE or (self.part is Part.INTERVAL and place is Outcome.UNMET):
            return place, _REASONS[place]
        if self.part is Part.ANY_OF_INTERVAL:
            return self._reaches(seen, place)
        if seen.interval is None:
            return Outcome.UNKNOWN, Reason.NO_INTERVAL
        if seen.interval.is_inside(self.low, self.high):
            return place, _REASONS[place]
        return Outcome.UNKNOWN, Reason.TOO_FEW_TO_SAY

    def _reaches(self, seen: Observation, place: Outcome) -> tuple[Outcome, Reason]:
        if place is Outcome.MET:
            return place, Reason.SHOWN
        if seen.interval is None:
            return Outcome.UNKNOWN, Reason.NO_INTERVAL
        if not seen.interval.reaches(self.low, self.high):
            return Outcome.UNMET, Reason.SHORTFALL
        if seen.interval.high - seen.interval.low > self.high - self.low:
            return Outcome.UNKNOWN, Reason.TOO_FEW_TO_SAY
        return Outcome.MET, Reason.SHOWN

    def because(self, check: Check) -> str:
        """Return the value with its interval, the band, and whom a value outside disadvantages."""
        seen = check.observations[0]
        band = f"{display(self.low)} to {with_unit(self.high, seen.unit)}"
        if seen.value is None or seen.reason:
            return f"{seen.title}: {value_words(seen) or 'no value'}, {check.reason}; {band} is asked for"
        return f"{value_words(seen)}: {self._verdict(check, seen)} {band}{_whom(seen)}{_chance(check, seen)}"

    def _verdict(self, check: Check, seen: Observation) -> str:
        if check.reason is Reason.RANGE_CUT:
            return "as printed it could be inside or outside"
        if check.reason is Reason.NO_INTERVAL:
            return f"{check.reason} to hold against"
        if check.reason is Reason.TOO_FEW_TO_SAY:
            return "too few to say, as the interval is partly inside and partly outside"
        where = {Outcome.MET: "inside", Outcome.UNMET: "outside"}[check.outcome]
        if self.part is Part.ANY_OF_INTERVAL and seen.interval:
            return "the interval reaches" if check.outcome is Outcome.MET else "all of the interval is outside"
        return f"the whole interval is {where}" if self.part is Part.INTERVAL and where == "inside" else where


_REASONS = {Outcome.MET: Reason.SHOWN, Outcome.UNMET: Reason.SHORTFALL, Outcome.UNKNOWN: Reason.RANGE_CUT}


def _whom(seen: Observation) -> str:
    return f", {seen.leaning}" if seen.leaning else ""


def _chance(check: Check, seen: Observation) -> str:
    """Return whether a value outside could be chance."""
    if check.outcome is not Outcome.UNMET or seen.p is None:
        return ""
    if seen.p < _SIGNIFICANT:
        return f"; statistically significant ({p_words(seen.p)})"
    return f"; not statistically significant ({p_words(seen.p)}): too few to rule out chance"
