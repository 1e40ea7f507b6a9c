"""Change over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from attrs import evolve, field, frozen

from equityrules.measures.differences import subtract
from equityrules.measures.moves import Move
from equityrules.model.finding import Beside, Observation, Reason
from equityrules.model.kinds import Measure
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell


@frozen(kw_only=True)
class Change:
    """A measure's value now minus its value `months` before, in the measure's own unit (points for a percentage).

    Where both values have intervals, so has the change; one that contains 0 is no clear change. Counts of a whole
    workforce are no samples: they have no interval, and the people who moved are shown beside.
    """

    kind: ClassVar[str] = "change"

    id: str
    title: str
    measure: str
    months: int = 12
    of: Measure | None = field(default=None, init=False)

    def knowing(self, measure: Measure) -> Change:
        """Return the change with the measure that it is of."""
        made = evolve(self)
        object.__setattr__(made, "of", measure)
        return made

    @property
    def unit(self) -> str:
        """The unit of the change."""
        own = self.of.unit if self.of else ""
        return "points" if own == "percent" else own

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return self.of.items if self.of else ()

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the ways to push what changed, as it is now, up or down; what it was before stands."""
        offered: Callable[..., Iterator[Move]] | None = getattr(self.of, "moves", None)
        yield from offered(snapshot, cell, up) if offered else ()

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the change, or why there is none."""
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        before = snapshot.earlier(self.months)
        if self.of is None or before is None:
            return evolve(blank, reason=Reason.NOT_EVIDENCED)
        return change(blank, self.of.observe(before, cell), self.of.observe(snapshot, cell))


def change(blank: Observation, before: Observation, now: Observation) -> Observation:
    """Return how a value changed between two observations of one measure; only like is compared with like."""
    for seen in (now, before):
        if seen.value is None or seen.reason:
            return evolve(blank, reason=seen.reason or Reason.NOT_EVIDENCED)
    if now.cell != before.cell:
        return evolve(blank, reason=Reason.NOT_COMPUTABLE)
    if now.day == before.day:
        return evolve(blank, reason=Reason.NOT_EVIDENCED)
    value, reach, interval = subtract(now, before)
    rounded = now.low is not None or before.low is not None
    return evolve(
        blank, value=value, low=reach[0] if rounded else None, high=reach[1] if rounded else None, interval=interval,
        source=now.source, day=now.day, beside=_people_moved(before, now),
    )  # fmt: skip


def _people_moved(before: Observation, now: Observation) -> tuple[Beside, ...]:
    if now.interval is not None or "yes" not in now.counts or "yes" not in before.counts:
        return ()
    return (Beside("people more than before", now.counts["yes"] - before.counts["yes"]),)
