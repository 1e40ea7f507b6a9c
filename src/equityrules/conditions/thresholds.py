"""Conditions that hold one value against one threshold."""

from __future__ import annotations

import operator
from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from equityrules.conditions.wording import value_words
from equityrules.model.finding import Better, Limits, Observation, Outcome, Reason
from equityrules.model.kinds import Check, Measure
from equityrules.model.numbers import with_unit
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import WHOLE, Cell


class Comparator(StrEnum):
    """How a value is held against a threshold."""

    ABOVE = "above"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BELOW = "below"

    @property
    def words(self) -> str:
        """The comparator for people: "at least"."""
        return self.value.replace("_", " ")


def compare(comparator: Comparator, low: Fraction, high: Fraction, threshold: Fraction) -> Outcome:
    """Return whether a value from `low` to under `high` is on the right side of the threshold.

    A value that is known exactly is its own low and high. Unknown means that the threshold cuts the range.
    """
    if comparator in (Comparator.AT_MOST, Comparator.BELOW):
        opposite = Comparator.ABOVE if comparator is Comparator.AT_MOST else Comparator.AT_LEAST
        return _NEGATED[compare(opposite, low, high, threshold)]
    if low > threshold or (low == threshold and comparator is Comparator.AT_LEAST):
        return Outcome.MET
    return Outcome.UNMET if high <= threshold else Outcome.UNKNOWN


_WORDS = {one: one.words for one in Comparator}
_MET, _UNMET, _UNKNOWN = Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN
"""Looked up once: every threshold of every organisation is judged by them."""
_EXACTLY = {
    Comparator.ABOVE: operator.gt,
    Comparator.AT_LEAST: operator.ge,
    Comparator.AT_MOST: operator.le,
    Comparator.BELOW: operator.lt,
}
_NEGATED = {Outcome.MET: Outcome.UNMET, Outcome.UNMET: Outcome.MET, Outcome.UNKNOWN: Outcome.UNKNOWN}


@frozen
class Threshold:
    """Met when a measure is above, at least, at most or below a value in the measure's own unit."""

    measure: Measure
    comparator: Comparator
    threshold: Fraction
    cell: Cell = WHOLE
    _words: str = field(init=False, repr=False, eq=False)

    @_words.default
    def _in_words(self) -> str:
        return with_unit(self.threshold, self.measure.unit)

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence its measure reads."""
        return self.measure.items

    @property
    def better(self) -> Better:
        """Which way the measure improves, going by the side of the threshold that is asked for."""
        upwards = self.comparator in (Comparator.ABOVE, Comparator.AT_LEAST)
        return Better.HIGHER if upwards else Better.LOWER

    @property
    def asked(self) -> Limits:
        """The side of the threshold that is asked for."""
        upwards = self.better is Better.HIGHER
        return Limits(low=self.threshold) if upwards else Limits(high=self.threshold)

    def check(self, snapshot: Snapshot) -> Check:
        """Return on which side of the threshold the measure lies, judged exactly."""
        seen = snapshot.observe(self.measure, self.cell)
        outcome = self._judge(seen)
        if seen.value is None or seen.reason:
            return Check(outcome, seen.reason or Reason.NOT_EVIDENCED, (seen,))
        return Check(outcome, _THRESHOLD_REASONS[outcome], (seen,))

    def outcome(self, snapshot: Snapshot) -> Outcome:
        """Return the outcome of the check, without what was seen."""
        return self._judge(snapshot.observe(self.measure, self.cell))

    def _judge(self, seen: Observation) -> Outcome:
        if seen.value is None or seen.reason:
            return _UNKNOWN
        if seen.low is None and seen.high is None:
            return _MET if _EXACTLY[self.comparator](seen.value, self.threshold) else _UNMET
        low = seen.value if seen.low is None else seen.low
        high = seen.value if seen.high is None else seen.high
        return compare(self.comparator, low, high, self.threshold)

    def because(self, check: Check) -> str:
        """Return the value, the numbers behind it and the threshold in words."""
        seen = check.observations[0]
        wanted = f"{_WORDS[self.comparator]} {self._words}"
        if seen.value is None or seen.reason:
            return f"{seen.title}: {check.reason}; {wanted} is asked for"
        found = value_words(seen)
        if check.outcome is Outcome.UNKNOWN:
            either = f"could be on either side of {self._words} ({wanted} is asked for)"
            return f"{found} as printed {either}; give the counts"
        return f"{found} is {'' if check.outcome is Outcome.MET else 'not '}{wanted}"


_THRESHOLD_REASONS = {
    Outcome.MET: Reason.SHOWN,
    Outcome.UNMET: Reason.SHORTFALL,
    Outcome.UNKNOWN: Reason.RANGE_CUT,
}
