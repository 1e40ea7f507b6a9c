"""Kinds of measure: how a value is worked out from evidence.

A kind is a frozen class: its fields are what the vocabulary gives, its `observe` works the value out.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import ClassVar

from attrs import evolve, frozen

from equityrules.model.evidence import Amount, Count, Figure, Survey
from equityrules.model.finding import Observation, Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell
from equityrules.statistics import printed_range

_REPLACED_BY_PRINTED = (Reason.NOT_EVIDENCED, Reason.STALE)
"""Where a printed figure stands in: not where there are counts that are too small or make no ratio."""


@frozen
class Margin:
    """A count: as stated, or as every group of one dimension adds up; `parts` are the entries it came from."""

    value: Fraction
    parts: tuple[Count, ...]

    @property
    def end(self) -> date:
        """The last day of the period that the count is for."""
        return self.parts[0].period.end

    @property
    def day(self) -> date:
        """The day from which the oldest of its parts ages."""
        return min(part.day for part in self.parts)

    @property
    def source(self) -> str:
        """The sources of its parts, each once."""
        return "; ".join(dict.fromkeys(part.source for part in self.parts if part.source))


def margin(snapshot: Snapshot, item: str, cell: Cell) -> Margin | Reason:
    """Return a count as stated or, where it is not, added up over the groups of a dimension if every one is there.

    Groups of different periods never add up: the sum is stale where one of them is older than the others.
    """
    stated = snapshot.look_up(Count, item, cell)
    if isinstance(stated, Count):
        return Margin(stated.value, (stated,))
    why = [stated]
    for cells in snapshot.divisions(item, cell):
        added = _add_up([margin(snapshot, item, part) for part in cells])
        if isinstance(added, Margin):
            return added
        why.append(added)
    return Reason.STALE if Reason.STALE in why else Reason.NOT_EVIDENCED


def _add_up(given: list[Margin | Reason]) -> Margin | Reason:
    found = [one for one in given if isinstance(one, Margin)]
    if not found or len(found) < len(given):
        return Reason.STALE if Reason.STALE in given else Reason.NOT_EVIDENCED
    if len({one.end for one in found}) > 1:
        return Reason.STALE
    return Margin(sum((one.value for one in found), Fraction(0)), tuple(part for one in found for part in one.parts))


@frozen(kw_only=True)
class Share:
    """A share in percent: answers to a survey question, or events over a base of the same kind of thing.

    `nested` says that the events are among the base: both are then of one period, and more of them than of the base
    make no share. Below `minimum_base` the share is not judged.
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
        seen = self._counted(snapshot, cell)
        figure = snapshot.figures.get((self.id, cell))
        return printed(seen, figure) if figure and seen.reason in _REPLACED_BY_PRINTED else seen

    def _counted(self, snapshot: Snapshot, cell: Cell) -> Observation:
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        return self._survey(snapshot, cell, blank) if self.survey else self._counts(snapshot, cell, blank)

    def _survey(self, snapshot: Snapshot, cell: Cell, blank: Observation) -> Observation:
        answers = snapshot.look_up(Survey, self.survey, cell)
        if isinstance(answers, Reason):
            return evolve(blank, reason=answers)
        blank = evolve(blank, source=answers.source, day=answers.day)
        if answers.yes is not None and answers.of is not None:
            return self._ratio(answers.yes, answers.of, blank)
        if answers.percent is None:
            return evolve(blank, reason=Reason.NOT_EVIDENCED)
        counts = {} if answers.of is None else {"of": answers.of}
        if answers.of is not None and (fault := self._fault(answers.of)):
            return evolve(blank, counts=counts, reason=fault)
        low, high = printed_range(answers.percent)
        return evolve(blank, value=Fraction(answers.percent), low=low, high=high, counts=counts)

    def _counts(self, snapshot: Snapshot, cell: Cell, blank: Observation) -> Observation:
        events, base = margin(snapshot, self.events, cell), margin(snapshot, self.base, cell)
        if isinstance(events, Reason):
            return evolve(blank, reason=events)
        if isinstance(base, Reason):
            return evolve(blank, reason=base)
        blank = evolve(blank, source=events.source, day=events.day)
        if self.nested and events.end != base.end:
            return evolve(blank, reason=Reason.STALE)
        return self._ratio(events.value, base.value, blank)

    def _ratio(self, events: Fraction, base: Fraction, blank: Observation) -> Observation:
        seen = evolve(blank, counts={"yes": events, "of": base})
        fault = self._fault(base)
        if fault is None and events > base and (self.nested or self.survey):
            fault = Reason.NOT_COMPUTABLE
        return evolve(seen, reason=fault) if fault else evolve(seen, value=100 * events / base)

    def _fault(self, base: Fraction) -> Reason | None:
        """Return why a base cannot be judged: nothing is divided by nought, and too few people are not judged."""
        if base == 0:
            return Reason.NOT_COMPUTABLE
        return Reason.TOO_FEW if base < self.minimum_base else None


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
        seen = self._counted(snapshot, cell)
        figure = snapshot.figures.get((self.id, cell))
        return printed(seen, figure) if figure and seen.reason in _REPLACED_BY_PRINTED else seen

    def _counted(self, snapshot: Snapshot, cell: Cell) -> Observation:
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        amount = snapshot.look_up(Amount, self.item, cell)
        if isinstance(amount, Amount):
            return evolve(blank, value=Fraction(amount.value), source=amount.source, day=amount.day)
        total = margin(snapshot, self.item, cell)
        if isinstance(total, Reason):
            return evolve(blank, reason=total)
        return evolve(blank, value=total.value, source=total.source, day=total.day)


def printed(blank: Observation, figure: Figure) -> Observation:
    """Return a figure printed without its counts, with the range that its rounding leaves."""
    low, high = printed_range(figure.value)
    return evolve(
        blank, value=Fraction(figure.value), low=low, high=high, reason=None, source=figure.source, day=figure.day
    )


KINDS = {kind.kind: kind for kind in (Share, Value)}
"""The kinds of measure that the engine knows by itself."""
