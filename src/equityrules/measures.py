"""Kinds of measure: how a value is worked out from evidence.

A kind is a frozen class: its fields are what the vocabulary gives, its `observe` works the value out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from attrs import evolve, frozen

from equityrules.model.evidence import Amount, Count, Figure, Survey
from equityrules.model.result import Observation, Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell
from equityrules.statistics import printed_range


@frozen(kw_only=True)
class Share:
    """A share in percent: answers to a survey question, or events over a base of the same kind of thing.

    `nested` says that the events are among the base, so that more of them than of the base is an error.
    Below `minimum_base` the share is not judged.
    """

    kind: ClassVar[str] = "share"

    id: str
    title: str
    survey: str = ""
    events: str = ""
    base: str = ""
    nested: bool = False
    minimum_base: int = 1
    unit: str = "percent"

    def __attrs_post_init__(self) -> None:
        """Hold that the share has one source of numbers."""
        if bool(self.survey) == bool(self.events or self.base) or bool(self.events) != bool(self.base):
            raise ValueError("a share takes either 'survey' or both 'events' and 'base'")

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return (self.survey,) if self.survey else (self.events, self.base)

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the share, from counts where there are any, else from a printed percentage or figure."""
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        seen = self._survey(snapshot, cell, blank) if self.survey else self._counts(snapshot, cell, blank)
        figure = snapshot.figures.get((self.id, cell))
        return printed(blank, figure) if seen.value is None and figure else seen

    def _survey(self, snapshot: Snapshot, cell: Cell, blank: Observation) -> Observation:
        answers = snapshot.look_up(Survey, self.survey, cell)
        if isinstance(answers, Reason):
            return evolve(blank, reason=answers)
        blank = evolve(blank, source=answers.source, day=answers.day)
        if answers.of is not None and answers.of < self.minimum_base:
            return evolve(blank, counts={"of": answers.of}, reason=Reason.TOO_FEW)
        if answers.yes is not None and answers.of is not None:
            return self._ratio(answers.yes, answers.of, blank)
        if answers.percent is None:
            return evolve(blank, reason=Reason.NOT_EVIDENCED)
        low, high = printed_range(answers.percent)
        counts = {} if answers.of is None else {"of": answers.of}
        return evolve(blank, value=Fraction(answers.percent), low=low, high=high, counts=counts)

    def _counts(self, snapshot: Snapshot, cell: Cell, blank: Observation) -> Observation:
        events, base = count_of(snapshot, self.events, cell), count_of(snapshot, self.base, cell)
        if isinstance(events, Reason):
            return evolve(blank, reason=events)
        if isinstance(base, Reason):
            return evolve(blank, reason=base)
        stated = snapshot.fresh.get((self.events, cell))
        if stated is not None:
            blank = evolve(blank, source=stated.source, day=stated.day)
        return self._ratio(events, base, blank)

    def _ratio(self, events: Fraction, base: Fraction, blank: Observation) -> Observation:
        seen = evolve(blank, counts={"yes": events, "of": base})
        if base < self.minimum_base:
            return evolve(seen, reason=Reason.NOT_COMPUTABLE if base == 0 else Reason.TOO_FEW)
        return evolve(seen, value=100 * events / base)


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
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        amount = snapshot.look_up(Amount, self.item, cell)
        if isinstance(amount, Amount):
            return evolve(blank, value=Fraction(amount.value), source=amount.source, day=amount.day)
        total = count_of(snapshot, self.item, cell)
        if isinstance(total, Reason):
            figure = snapshot.figures.get((self.id, cell))
            return printed(blank, figure) if figure else evolve(blank, reason=total)
        stated = snapshot.fresh.get((self.item, cell))
        return evolve(blank, value=total, source=stated.source if stated else "", day=stated.day if stated else None)


def count_of(snapshot: Snapshot, item: str, cell: Cell) -> Fraction | Reason:
    """Return a count as stated or, where it is not, the sum if every group of one more dimension is there."""
    stated = snapshot.look_up(Count, item, cell)
    if isinstance(stated, Count):
        return stated.value
    total = Fraction(0)
    for part in (parts := snapshot.missing_groups(item, cell)):
        value = count_of(snapshot, item, part)
        if isinstance(value, Reason):
            return value
        total += value
    return total if parts else stated


def printed(blank: Observation, figure: Figure) -> Observation:
    """Return a figure printed without its counts, with the range that its rounding leaves."""
    low, high = printed_range(figure.value)
    return evolve(
        blank, value=Fraction(figure.value), low=low, high=high, reason=None, source=figure.source, day=figure.day
    )


KINDS = {kind.kind: kind for kind in (Share, Value)}
"""The kinds of measure that the engine knows by itself."""
