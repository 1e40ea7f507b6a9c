"""Conditions on statements: whether a thing is said to be in place."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from equityrules.model.evidence import Statement, Status
from equityrules.model.finding import Observation, Outcome, Reason
from equityrules.model.kinds import Check
from equityrules.model.numbers import counted
from equityrules.model.period import add_months
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import WHOLE, Cell, cell_text

_STATEMENT_CHECKS = {
    Status.IN_PLACE: (Outcome.MET, Reason.SHOWN),
    Status.COMMITTED: (Outcome.UNMET, Reason.COMMITTED),
    Status.NOT_IN_PLACE: (Outcome.UNMET, Reason.NOT_IN_PLACE),
    Status.NOT_APPLICABLE: (Outcome.NOT_APPLICABLE, Reason.NOT_APPLICABLE),
}
_UNKNOWN, _IN_PLACE = Outcome.UNKNOWN, Status.IN_PLACE
"""Looked up once: every statement of every organisation is judged by them."""


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
        said = self._said(snapshot)
        if isinstance(said, Reason):
            return Check(_UNKNOWN, said, (Observation(self.item, self.text, self.cell, reason=said),))
        until = valid_until(said, snapshot) if said.status is _IN_PLACE else None
        seen = Observation(
            self.item, self.text, self.cell, status=said.status, source=said.source or said.by, day=said.day,
            documents=said.documents, note=validity_words(until, snapshot) if until else "",
        )  # fmt: skip
        if until and until < snapshot.as_of:
            return Check(Outcome.UNMET, Reason.EXPIRED, (seen,))
        outcome, reason = _STATEMENT_CHECKS[said.status]
        return Check(outcome, reason, (seen,), (), said.note)

    def outcome(self, snapshot: Snapshot) -> Outcome:
        """Return the outcome of the check, without what was seen."""
        said = self._said(snapshot)
        if isinstance(said, Reason):
            return Outcome.UNKNOWN
        if said.status is not Status.IN_PLACE:
            return _STATEMENT_CHECKS[said.status][0]
        until = valid_until(said, snapshot)
        return Outcome.UNMET if until and until < snapshot.as_of else Outcome.MET

    def _said(self, snapshot: Snapshot) -> Statement | Reason:
        said = snapshot.look_up(Statement, self.item, self.cell)
        if isinstance(said, Reason) and self.cell:
            whole = snapshot.look_up(Statement, self.item, WHOLE)
            return said if whole is Reason.NOT_EVIDENCED else whole
        return said

    def because(self, check: Check) -> str:
        """Return what was stated, by whom and when, and why where it was said not to apply."""
        seen = check.observations[0]
        if check.reason is Reason.NOT_EVIDENCED:
            return f"nothing says whether this is in place ({self.item}{cell_text(self.cell)})"
        if check.reason is Reason.STALE:
            return f"what says so is older than it stays fresh ({self.item}{cell_text(self.cell)})"
        origin = f"{seen.source}, {seen.day}" if seen.source else seen.day
        why = f": {check.note or 'no reason given'}" if check.outcome is Outcome.NOT_APPLICABLE else ""
        return f"stated as {seen.status} ({origin}){why}{f'; {seen.note}' if seen.note else ''}"


def valid_until(said: Statement, snapshot: Snapshot) -> date | None:
    """Return the last day on which what was awarded is valid; None for what is not awarded for a time."""
    months = snapshot.vocabulary.items[said.item].valid_for
    return None if months is None else add_months(said.day, months)


def validity_words(until: date, snapshot: Snapshot) -> str:
    """Return until when something is valid, and how many days that is from the day of the assessment."""
    days = (until - snapshot.as_of).days
    if days < 0:
        return f"expired on {until}, {counted(-days, 'day')} before {snapshot.as_of}"
    return f"valid until {until}, {counted(days, 'day')} from {snapshot.as_of}"
