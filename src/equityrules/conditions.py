"""Kinds of condition: tests on the evidence, joined by Kleene logic."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from attrs import frozen

from equityrules.model.evidence import Statement, Status
from equityrules.model.finding import Observation, Outcome, Reason
from equityrules.model.kinds import Check, Condition, Measure
from equityrules.model.numbers import with_unit
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import WHOLE, Cell, cell_text

_STATEMENT_CHECKS = {
    Status.IN_PLACE: (Outcome.MET, Reason.SHOWN),
    Status.COMMITTED: (Outcome.UNMET, Reason.COMMITTED),
    Status.NOT_IN_PLACE: (Outcome.UNMET, Reason.NOT_IN_PLACE),
    Status.NOT_APPLICABLE: (Outcome.NOT_APPLICABLE, Reason.NOT_APPLICABLE),
}


@frozen
class Attested:
    """Met when a statement says that the thing is in place."""

    item: str
    text: str
    cell: Cell = WHOLE

    @property
    def items(self) -> tuple[str, ...]:
        """The item of evidence it reads."""
        return (self.item,)

    def check(self, snapshot: Snapshot) -> Check:
        """Return what the statement says; a statement for the whole also speaks for each of its groups."""
        said = snapshot.look_up(Statement, self.item, self.cell)
        if isinstance(said, Reason) and self.cell:
            whole = snapshot.look_up(Statement, self.item, WHOLE)
            said = said if whole is Reason.NOT_EVIDENCED else whole
        if isinstance(said, Reason):
            seen = Observation(self.item, self.text, self.cell, reason=said)
            return Check(Outcome.UNKNOWN, said, (seen,))
        seen = Observation(
            self.item, self.text, self.cell, status=said.status, source=said.source or said.by, day=said.day,
            documents=said.documents,
        )  # fmt: skip
        return Check(*_STATEMENT_CHECKS[said.status], (seen,), note=said.note)

    def because(self, check: Check) -> str:
        """Return what was stated, by whom and when, and why where it was said not to apply."""
        seen = check.observations[0]
        name = f"{self.item}{cell_text(self.cell)}"
        if check.reason is Reason.NOT_EVIDENCED:
            return f"nothing says whether this is in place ({name})"
        if check.reason is Reason.STALE:
            return f"what says so is older than it stays fresh ({name})"
        origin = ", ".join(filter(None, (seen.source, str(seen.day))))
        why = f": {check.note or 'no reason given'}" if check.outcome is Outcome.NOT_APPLICABLE else ""
        return f"stated as {seen.status} ({origin}){why}"


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


_NEGATED = {Outcome.MET: Outcome.UNMET, Outcome.UNMET: Outcome.MET, Outcome.UNKNOWN: Outcome.UNKNOWN}


@frozen
class Threshold:
    """Met when a measure is above, at least, at most or below a value in the measure's own unit."""

    measure: Measure
    comparator: Comparator
    threshold: Fraction
    cell: Cell = WHOLE

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence its measure reads."""
        return self.measure.items

    def check(self, snapshot: Snapshot) -> Check:
        """Return on which side of the threshold the measure lies, judged exactly."""
        seen = self.measure.observe(snapshot, self.cell)
        if seen.value is None:
            return Check(Outcome.UNKNOWN, seen.reason or Reason.NOT_EVIDENCED, (seen,))
        low, high = (seen.value if bound is None else bound for bound in (seen.low, seen.high))
        outcome = compare(self.comparator, low, high, self.threshold)
        return Check(outcome, _THRESHOLD_REASONS[outcome], (seen,))

    def because(self, check: Check) -> str:
        """Return the value, the numbers behind it and the threshold in words."""
        seen = check.observations[0]
        threshold = with_unit(self.threshold, seen.unit)
        wanted = f"{self.comparator.words} {threshold}"
        if seen.value is None:
            return f"{seen.title}: {check.reason}; {wanted} is asked for"
        found = f"{with_unit(seen.value, seen.unit)}{_counts_text(seen)}"
        if check.outcome is Outcome.UNKNOWN:
            return f"{found} as printed could be on either side of {threshold} ({wanted} is asked for); give the counts"
        return f"{found} is {'' if check.outcome is Outcome.MET else 'not '}{wanted}"


_THRESHOLD_REASONS = {
    Outcome.MET: Reason.SHOWN,
    Outcome.UNMET: Reason.SHORTFALL,
    Outcome.UNKNOWN: Reason.RANGE_CUT,
}


def _counts_text(seen: Observation) -> str:
    if "yes" not in seen.counts:
        return ""
    return f" ({with_unit(seen.counts['yes'], '')} of {with_unit(seen.counts['of'], '')})"


@frozen
class SomeOf:
    """Met when `need` of the parts are met; None needs all of those that apply.

    A part that is not applicable leaves the count of parts; where none applies, neither does the whole.
    """

    parts: tuple[Condition, ...]
    need: int | None = None

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence its parts read, each once."""
        return tuple(dict.fromkeys(item for part in self.parts for item in part.items))

    def check(self, snapshot: Snapshot) -> Check:
        """Return the parts' checks and what they make together."""
        checks = tuple(part.check(snapshot) for part in self.parts)
        outcome = kleene_some([check.outcome for check in checks], self.need)
        observations = tuple(seen for check in checks for seen in check.observations)
        return Check(outcome, _reason_of(outcome, checks), observations, checks)

    def because(self, check: Check) -> str:
        """Return how many parts are met, and each one that is not with its reason."""
        applying = [part for part in check.parts if part.outcome is not Outcome.NOT_APPLICABLE]
        met = sum(part.outcome is Outcome.MET for part in applying)
        wanted = "" if self.need is None else f", {self.need} needed"
        others = [
            f"{_part_name(condition, part)}: {_part_reason(part)}"
            for condition, part in zip(self.parts, check.parts, strict=True)
            if part.outcome is not Outcome.MET
        ]
        shown = f"{met} of {len(applying)} shown{wanted}" if applying else "none of its parts applies"
        return "; ".join([shown, *others])


def _part_name(condition: Condition, check: Check) -> str:
    if isinstance(condition, SomeOf) or not check.observations:
        return "one part"
    seen = check.observations[0]
    return f"{seen.of}{cell_text(seen.cell)}"


def _part_reason(check: Check) -> str:
    return f"{check.reason} ({check.note})" if check.note and check.outcome is Outcome.NOT_APPLICABLE else check.reason


def _reason_of(outcome: Outcome, checks: Sequence[Check]) -> Reason:
    """Return the first part's reason for the same outcome."""
    return next((check.reason for check in checks if check.outcome is outcome), Reason.SHORTFALL)


def kleene_some(outcomes: Sequence[Outcome], need: int | None) -> Outcome:
    """Return whether `need` of the outcomes that apply are met (None: all of them), by Kleene's three values."""
    applying = [outcome for outcome in outcomes if outcome is not Outcome.NOT_APPLICABLE]
    if not applying:
        return Outcome.NOT_APPLICABLE
    wanted = len(applying) if need is None else need
    met = sum(outcome is Outcome.MET for outcome in applying)
    unknown = sum(outcome is Outcome.UNKNOWN for outcome in applying)
    if met >= wanted:
        return Outcome.MET
    return Outcome.UNKNOWN if met + unknown >= wanted else Outcome.UNMET
