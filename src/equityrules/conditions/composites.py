"""Conditions made of others, joined by Kleene logic."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve, frozen

from equityrules.model.finding import Outcome, Reason
from equityrules.model.kinds import Check, Condition
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import cell_text


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
        checks = tuple([part.check(snapshot) for part in self.parts])
        outcome = kleene_some([check.outcome for check in checks], self.need)
        observations = tuple([seen for check in checks for seen in check.observations])
        return Check(outcome, _reason_of(outcome, checks), observations, checks)

    def outcome(self, snapshot: Snapshot) -> Outcome:
        """Return the outcome of the check, without what was seen."""
        return kleene_some([outcome_of(part, snapshot) for part in self.parts], self.need)

    def because(self, check: Check) -> str:
        """Return how many parts are met, and each one that is not with its reason."""
        outcomes = [part.outcome for part in check.parts]
        applying, met = len(outcomes) - outcomes.count(_NOT_APPLICABLE), outcomes.count(_MET)
        wanted = "" if self.need is None else f", {self.need} needed"
        others = [
            _part_words(condition, part)
            for condition, part in zip(self.parts, check.parts, strict=True)
            if part.outcome is not _MET
        ]
        shown = f"{met} of {applying} shown{wanted}" if applying else "none of its parts applies"
        if self.need is not None and check.outcome is Outcome.MET:
            shown += f" ({', '.join(_met_names(check.parts))})"
        speaks_for_itself = self.need is None and applying == 1 < len(check.parts) and check.outcome != Outcome.MET
        return "; ".join(others if speaks_for_itself else [shown, *others])


@frozen
class IfGiven:
    """Its part where there is evidence for it; where nobody gave any, not applicable."""

    part: Condition

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence its part reads."""
        return self.part.items

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The one part."""
        return (self.part,)

    def check(self, snapshot: Snapshot) -> Check:
        """Return what its part says, or that it does not apply for want of evidence."""
        found = self.part.check(snapshot)
        if found.reason is Reason.NOT_EVIDENCED:
            return evolve(found, outcome=Outcome.NOT_APPLICABLE)
        return found

    def because(self, check: Check) -> str:
        """Return the part's reason."""
        return self.part.because(check)


def _met_names(checks: Sequence[Check]) -> list[str]:
    """Return what the parts that are met are about."""
    met = [check for check in checks if check.outcome is Outcome.MET and check.observations]
    return [check.observations[0].title for check in met]


def _part_words(condition: Condition, check: Check) -> str:
    """Return a part in words: what was measured with its reason, else its name and how it stands."""
    if check.outcome is Outcome.NOT_APPLICABLE and check.reason is Reason.NOT_EVIDENCED and check.observations:
        return f"{check.observations[0].title}: not given, so not judged"
    if any(seen.value is not None for seen in check.observations) and not isinstance(condition, SomeOf):
        seen = check.observations[0]
        return f"{seen.title}{cell_text(seen.cell)}: {condition.because(check)}"
    return f"{_part_name(condition, check)}: {_part_reason(check)}"


def _part_name(condition: Condition, check: Check) -> str:
    if isinstance(condition, SomeOf) or not check.observations:
        return "one part"
    seen = check.observations[0]
    return f"{seen.title if hasattr(condition, 'measure') else seen.of}{cell_text(seen.cell)}"


def _part_reason(check: Check) -> str:
    return f"{check.reason} ({check.note})" if check.note and check.outcome is Outcome.NOT_APPLICABLE else check.reason


def _reason_of(outcome: Outcome, checks: Sequence[Check]) -> Reason:
    """Return the first part's reason for the same outcome."""
    return next((check.reason for check in checks if check.outcome is outcome), Reason.SHORTFALL)


def kleene_some(outcomes: Sequence[Outcome], need: int | None) -> Outcome:
    """Return whether `need` of the outcomes that apply are met (None: all of them), by Kleene's three values."""
    applying = len(outcomes) - outcomes.count(_NOT_APPLICABLE)
    if not applying:
        return _NOT_APPLICABLE
    wanted, met = applying if need is None else need, outcomes.count(_MET)
    if met >= wanted:
        return _MET
    return _UNKNOWN if met + outcomes.count(_UNKNOWN) >= wanted else Outcome.UNMET


_MET, _UNKNOWN, _NOT_APPLICABLE = Outcome.MET, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE
"""Looked up once: every requirement of every organisation is counted by them."""


def outcome_of(condition: Condition, snapshot: Snapshot) -> Outcome:
    """Return the outcome of a condition's check, the short way where its kind has one."""
    short: Callable[[Snapshot], Outcome] | None = getattr(condition, "outcome", None)
    return condition.check(snapshot).outcome if short is None else short(snapshot)
