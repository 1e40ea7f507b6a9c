"""A kind of measure: net agreement."""

from __future__ import annotations

from typing import ClassVar

from attrs import evolve, frozen

from equityrules.model.evidence import Survey
from equityrules.model.finding import Observation, Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell


@frozen(kw_only=True)
class NetAgreement:
    """Those who agree less those who do not, of all who answered, in percentage points from -100 to 100.

    Worked out from counts only: a printed percentage does not say how many answered.
    """

    kind: ClassVar[str] = "net-agreement"

    id: str
    title: str
    survey: str
    unit: str = "percentage points"

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return (self.survey,)

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the net agreement, or why there is none."""
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        answers = snapshot.look_up(Survey, self.survey, cell)
        if isinstance(answers, Reason):
            return evolve(blank, reason=answers)
        if answers.yes is None or not answers.of:
            return evolve(blank, reason=Reason.NOT_COMPUTABLE, source=answers.source, day=answers.day)
        against = answers.of - answers.yes
        net = 100 * (answers.yes - against) / answers.of
        counts = {"yes": answers.yes, "of": answers.of}
        return evolve(blank, value=net, counts=counts, source=answers.source, day=answers.day)
