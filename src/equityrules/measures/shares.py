"""Shares in percent: of answers, of events among a base, and of groups among everybody."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, ClassVar

from attrs import evolve, frozen

from equityrules.measures.margins import Margin, label_of, margin, sum_over, with_group, within
from equityrules.measures.moves import Move, in_a_line, move_answers, move_count, move_people
from equityrules.measures.printed import else_printed
from equityrules.model.evidence import Survey
from equityrules.model.finding import Interval, Observation, Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell
from equityrules.statistics import percentage, printed_range, wilson


@frozen(kw_only=True)
class Share:
    """A share in percent: answers to a survey question, or events over a base of the same kind of thing.

    `nested` says that the events are among the base: both are then of one period, and more of them than of the base
    make no share. Below `minimum_base` the share is not judged. Where the base is everybody it is no `sample`, and the
    share has no interval.
    """

    kind: ClassVar[str] = "share"

    id: str
    title: str
    survey: str = ""
    events: str = ""
    base: str = ""
    nested: bool = False
    minimum_base: int = 1
    sample: bool = True
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
        return else_printed(self._counted(snapshot, cell), snapshot, cell)

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the ways to push the share up or down: other answers of the same people, or more or fewer events."""
        if self.survey:
            yield from move_answers(snapshot, self.survey, cell, up, "people asked")
            return
        events, base = margin(snapshot, self.events, cell), margin(snapshot, self.base, cell)
        if isinstance(events, Reason) or isinstance(base, Reason):
            return
        most = base.value if self.nested else None
        word = "more" if up else "fewer"
        text = snapshot.vocabulary.items[self.events].text
        yield from move_count(
            snapshot, self.events, cell, events.value, up, most, lambda units: f"{units} {word} of: {text}",
            steps=in_a_line(100 / base.value) if base.value else None,
        )  # fmt: skip

    def _counted(self, snapshot: Snapshot, cell: Cell) -> Observation:
        found = self._survey(snapshot, cell) if self.survey else self._counts(snapshot, cell)
        given = {"reason": found} if isinstance(found, Reason) else found
        return Observation(self.id, self.title, cell, unit=self.unit, **given)

    def _survey(self, snapshot: Snapshot, cell: Cell) -> dict[str, Any] | Reason:
        answers = snapshot.look_up(Survey, self.survey, cell)
        if isinstance(answers, Reason):
            return answers
        said = {"source": answers.source, "day": answers.day, "note": answers.note}
        if answers.yes is not None and answers.of is not None:
            return {**said, **self._ratio(snapshot, answers.yes, answers.of)}
        return {**said, **self._printed_percent(snapshot, answers)}

    def _printed_percent(self, snapshot: Snapshot, answers: Survey) -> dict[str, Any]:
        if answers.percent is None:
            return {"reason": Reason.NOT_EVIDENCED}
        counts = {} if answers.of is None else {"of": answers.of}
        if answers.of is not None and (fault := self._fault(answers.of)):
            return {"counts": counts, "reason": fault}
        low, high = printed_range(answers.percent)
        value = Fraction(answers.percent)
        interval = None if snapshot.brief else percent_interval(value, answers.of)
        return {"value": value, "low": low, "high": high, "counts": counts, "interval": interval}

    def _counts(self, snapshot: Snapshot, cell: Cell) -> dict[str, Any] | Reason:
        events, base = margin(snapshot, self.events, cell), margin(snapshot, self.base, cell)
        if isinstance(events, Reason):
            return events
        if isinstance(base, Reason):
            return base
        said = {"source": events.source, "day": events.day, "note": events.note}
        if self.nested and events.end != base.end:
            return {**said, "reason": Reason.DATES_DIFFER}
        return {**said, **self._ratio(snapshot, events.value, base.value)}

    def _ratio(self, snapshot: Snapshot, events: Fraction, base: Fraction) -> dict[str, Any]:
        counts = {"yes": events, "of": base}
        fault = self._fault(base)
        if fault is None and events > base and (self.nested or self.survey):
            fault = Reason.NOT_COMPUTABLE
        if fault:
            return {"counts": counts, "reason": fault}
        value = percentage(events, base)
        interval = percent_interval(value, base) if self.sample and not snapshot.brief else None
        return {"counts": counts, "value": value, "interval": interval}

    def _fault(self, base: Fraction) -> Reason | None:
        """Return why a base cannot be judged: nothing is divided by nought, and too few people are not judged."""
        if not base:
            return Reason.NOT_COMPUTABLE
        return Reason.TOO_FEW if base < self.minimum_base else None


def percent_interval(percent: Fraction, of: Fraction | None) -> Interval | None:
    """Return the Wilson interval of a percentage, in percent; None without its base, and for what is no proportion."""
    if not of or not 0 <= percent.numerator <= 100 * percent.denominator:
        return None
    found = wilson(percent / 100, of)
    return Interval(100 * found.low, 100 * found.high)


@frozen(kw_only=True)
class GroupShare:
    """The share, in percent, that some groups are of everybody, those of unknown group included.

    A snapshot of a whole workforce is no sample, so the share has no interval.
    """

    kind: ClassVar[str] = "group-share"

    id: str
    title: str
    item: str
    by: str
    groups: tuple[str, ...]
    minimum_base: int = 1
    unit: str = "percent"

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return (self.item,)

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the share of the groups in a cell, from counts, else from a printed figure."""
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        return else_printed(self._counted(snapshot, cell, blank), snapshot, cell)

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the ways to push the share up or down: people of the group in place of others, or in new posts."""
        if len(self.groups) == 1:
            yield from people_moves(snapshot, self.item, cell, self.by, self.groups[0], up)

    def _counted(self, snapshot: Snapshot, cell: Cell, blank: Observation) -> Observation:
        found = group_and_all(snapshot, self.item, cell, self.by, self.groups)
        if isinstance(found, Reason):
            return evolve(blank, reason=found)
        part, whole = found
        seen = evolve(
            blank, counts={"yes": part.value, "of": whole.value}, source=part.source, day=part.day, note=part.note
        )
        if whole.value == 0 or part.value > whole.value:
            return evolve(seen, reason=Reason.NOT_COMPUTABLE)
        if whole.value < self.minimum_base:
            return evolve(seen, reason=Reason.TOO_FEW)
        return evolve(seen, value=percentage(part.value, whole.value))


def group_and_all(
    snapshot: Snapshot, item: str, cell: Cell, by: str, groups: tuple[str, ...]
) -> tuple[Margin, Margin] | Reason:
    """Return the count of some groups and that of everybody in a cell of an item, both of one date."""
    cell = within(snapshot, item, cell)
    part, whole = sum_over(snapshot, item, cell, by, groups), margin(snapshot, item, cell)
    if isinstance(part, Reason):
        return part
    if isinstance(whole, Reason):
        return whole
    return (part, whole) if part.end == whole.end else Reason.DATES_DIFFER


def undeclared_share(snapshot: Snapshot, item: str, cell: Cell, by: str) -> Fraction | None:
    """Return the percentage of everybody in a cell whose group is not known; None where that is not counted."""
    group = snapshot.vocabulary.dimensions[by].undeclared
    found = group_and_all(snapshot, item, cell, by, (group,)) if group else Reason.NOT_EVIDENCED
    if isinstance(found, Reason) or not found[1].value:
        return None
    return percentage(found[0].value, found[1].value)


def people_moves(
    snapshot: Snapshot, item: str, cell: Cell, by: str, group: str, up: bool, who: str = "people"
) -> Iterator[Move]:
    """Yield the moves of people of one group in a cell of an item."""
    cell = within(snapshot, item, cell)
    found = group_and_all(snapshot, item, cell, by, (group,))
    if isinstance(found, Reason):
        return
    part, whole = found
    label = label_of(snapshot, by, group)
    yield from move_people(
        snapshot, item, cell, with_group(cell, by, group), (part.value, whole.value), up, f"{label} {who}"
    )
