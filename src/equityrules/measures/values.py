"""Values as they stand: counts, amounts and scores."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from attrs import evolve, frozen

from equityrules.measures.margins import Margin, margin, within
from equityrules.measures.moves import Move, in_a_line, move_amount, move_count
from equityrules.measures.printed import else_printed
from equityrules.model.evidence import Amount
from equityrules.model.finding import Beside, Observation, Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell
from equityrules.statistics import mean, printed_range


@frozen(kw_only=True)
class Value:
    """A count or an amount as it stands, in its own unit."""

    kind: ClassVar[str] = "value"

    id: str
    title: str
    item: str
    unit: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return (self.item,)

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the value as stated or, for a count, as its groups add up; else as printed."""
        return else_printed(self._counted(snapshot, cell), snapshot, cell)

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the way to push the value up or down: more of it, or less."""
        yield from move_amount(snapshot, self.item, cell, up)
        total = margin(snapshot, self.item, cell)
        if not isinstance(total, Reason):
            word = "more" if up else "fewer"
            noun = self.unit or snapshot.vocabulary.items[self.item].text
            yield from move_count(
                snapshot,
                self.item,
                cell,
                total.value,
                up,
                None,
                lambda n: f"{n} {word}: {noun}",
                in_a_line(Fraction(1)),
            )

    def _counted(self, snapshot: Snapshot, cell: Cell) -> Observation:
        found = self._stated_or_added(snapshot, cell)
        if isinstance(found, Reason):
            return Observation(self.id, self.title, cell, unit=self.unit, reason=found)
        return Observation(
            self.id, self.title, cell, Fraction(found.value), unit=self.unit, source=found.source, day=found.day,
            note=found.note,
        )  # fmt: skip

    def _stated_or_added(self, snapshot: Snapshot, cell: Cell) -> Amount | Margin | Reason:
        amount = snapshot.look_up(Amount, self.item, cell)
        return margin(snapshot, self.item, cell) if isinstance(amount, Reason) else amount


@frozen(kw_only=True)
class MeanScore:
    """A score as it is stated or, where it is not, as the mean of the scores it is made of, all of one date.

    A score is printed rounded, so it has a range: that of the mean is the mean of the ranges.
    """

    kind: ClassVar[str] = "mean-score"

    id: str
    title: str
    score: str
    parts: tuple[str, ...] = ()
    unit: str = "out of 10"

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return (self.score, *self.parts)

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the score, from its own statement, else from its parts, else from a printed figure."""
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        stated = self._stated(snapshot, cell, blank)
        made = self._from_parts(snapshot, cell, blank) if stated.value is None else stated
        return else_printed(stated if made.value is None else made, snapshot, cell)

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the way to push the score up or down, where it is stated itself."""
        yield from move_amount(snapshot, self.score, within(snapshot, self.score, cell), up)

    def _stated(self, snapshot: Snapshot, cell: Cell, blank: Observation) -> Observation:
        amount = snapshot.look_up(Amount, self.score, within(snapshot, self.score, cell))
        if isinstance(amount, Reason):
            return evolve(blank, reason=amount)
        low, high = printed_range(amount.value)
        return evolve(
            blank, value=Fraction(amount.value), low=low, high=high, source=amount.source, day=amount.day,
            note=amount.note,
        )  # fmt: skip

    def _from_parts(self, snapshot: Snapshot, cell: Cell, blank: Observation) -> Observation:
        found = [snapshot.look_up(Amount, part, within(snapshot, part, cell)) for part in self.parts]
        amounts = [one for one in found if isinstance(one, Amount)]
        if not amounts or len(amounts) < len(found) or len({one.period.end for one in amounts}) > 1:
            return evolve(blank, reason=Reason.NOT_EVIDENCED)
        ranges = [printed_range(one.value) for one in amounts]
        return evolve(
            blank,
            value=mean([Fraction(one.value) for one in amounts]),
            low=mean([low for low, _ in ranges]),
            high=mean([high for _, high in ranges]),
            source="; ".join(dict.fromkeys(one.source for one in amounts if one.source)),
            day=min(one.day for one in amounts),
            beside=tuple(
                Beside(snapshot.vocabulary.items[one.item].text, Fraction(one.value), self.unit) for one in amounts
            ),
        )
