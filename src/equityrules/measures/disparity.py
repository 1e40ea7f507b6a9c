"""How much likelier one group is than another to be in the upper tier of a workforce rather than the lower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import ClassVar

from attrs import evolve, field, frozen

from equityrules.measures.margins import label_of, margin, sum_over, with_group, within
from equityrules.measures.moves import Move
from equityrules.measures.people import in_a_sentence
from equityrules.measures.printed import else_printed
from equityrules.measures.ratios import PARITY, check_sides, leaning
from equityrules.model.evidence import Count
from equityrules.model.finding import Observation, Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell


@frozen(kw_only=True)
class DisparityRatio:
    """How much likelier the first group of `over` is than the second to be in the upper tier rather than the lower.

    (first upper / first lower) / (second upper / second lower), the tiers being groups of the dimension `along`. A
    snapshot of a whole workforce is no sample, so there is no interval.
    """

    kind: ClassVar[str] = "disparity-ratio"

    id: str
    title: str
    item: str
    by: str
    over: tuple[str, str]
    adverse: Mapping[str, str]
    along: str
    lower: tuple[str, ...]
    upper: tuple[str, ...]
    unit: str = ""
    parity: Fraction = field(default=PARITY, init=False)

    def __attrs_post_init__(self) -> None:
        """Hold that both sides of parity are spoken for."""
        check_sides(self.over, self.adverse)

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return (self.item,)

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the ratio from the counts of both tiers, else from a printed figure."""
        blank = Observation(self.id, self.title, cell, unit=self.unit, parity=PARITY)
        seen = else_printed(self._counted(snapshot, cell, blank), snapshot, cell, self.over)
        return evolve(seen, leaning=leaning(snapshot, self.by, self.adverse, seen.value))

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the way to push the ratio up or down: people of whom it disadvantages move up between the tiers.

        They move from the last group of the lower tier to the first of the upper one.
        """
        harmed = self.adverse["below" if up else "above"]
        if (harmed == self.over[0]) == up:
            yield from move_up(
                snapshot,
                self.item,
                with_group(cell, self.by, harmed),
                self.along,
                (self.lower[-1], self.upper[0]),
                in_a_sentence(label_of(snapshot, self.by, harmed)),
            )

    def _counted(self, snapshot: Snapshot, cell: Cell, blank: Observation) -> Observation:
        tiers = [
            sum_over(snapshot, self.item, with_group(cell, self.by, group), self.along, tier)
            for group in self.over
            for tier in (self.upper, self.lower)
        ]
        counts = [one for one in tiers if not isinstance(one, Reason)]
        if len(counts) < len(tiers):
            return evolve(blank, reason=next(one for one in tiers if isinstance(one, Reason)))
        if len({one.end for one in counts}) > 1:
            return evolve(blank, reason=Reason.DATES_DIFFER)
        first_up, first_low, second_up, second_low = (one.value for one in counts)
        seen = evolve(
            blank,
            counts={
                f"{group} {tier}": count.value
                for (group, tier), count in zip(
                    ((group, tier) for group in self.over for tier in ("upper", "lower")), counts, strict=True
                )
            },
            source=counts[0].source,
            day=counts[0].day,
        )
        if not (first_low and second_up and second_low):
            return evolve(seen, reason=Reason.NOT_COMPUTABLE)
        return evolve(seen, value=(first_up / first_low) / (second_up / second_low))


def move_up(snapshot: Snapshot, item: str, cell: Cell, along: str, tiers: tuple[str, str], who: str) -> Iterator[Move]:
    """Yield the move of people from one group of a dimension to another, everybody else staying where they are."""
    cells = tuple(within(snapshot, item, with_group(cell, along, one)) for one in tiers)
    lower, upper = (margin(snapshot, item, one) for one in cells)
    if isinstance(lower, Reason) or isinstance(upper, Reason):
        return
    before, after = lower.value, upper.value
    names = " to ".join(label_of(snapshot, along, one) for one in tiers)

    def entries(units: int) -> tuple[Count, ...]:
        values = zip(cells, (before - units, after + units), strict=True)
        return tuple(Count(period=snapshot.period, item=item, cell=one, value=value) for one, value in values)

    if before >= 1:
        yield Move(int(before), entries, lambda units: f"{units} {who} people move up from {names}")
