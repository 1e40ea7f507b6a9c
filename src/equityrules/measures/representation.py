"""Who is where: a group's share in one part against its share in a base, and how many people are missing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil
from typing import ClassVar

from attrs import evolve, frozen

from equityrules.measures.margins import Margin, label_of, within
from equityrules.measures.moves import Move
from equityrules.measures.printed import else_printed
from equityrules.measures.shares import group_and_all, people_moves, undeclared_share
from equityrules.model.evidence import Amount
from equityrules.model.finding import Beside, Observation, Rate, Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell, make_cell
from equityrules.statistics import percentage


@frozen(kw_only=True)
class Representation:
    """A group's share of everybody in a cell, minus its share of everybody in the base, in points.

    `base` is an item, by default the same one; its share is taken over all of it. Both are of one date. Below
    `minimum_base` people in the cell, one of them weighs too much to judge.
    """

    kind: ClassVar[str] = "representation"

    id: str
    title: str
    item: str
    by: str
    group: str
    base: str = ""
    minimum_base: int = 1
    unit: str = "points"

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return tuple(dict.fromkeys((self.item, self.base or self.item)))

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the difference of the shares from counts, else from a printed figure."""
        blank = Observation(self.id, self.title, cell, unit=self.unit, parity=Fraction(0))
        seen = else_printed(self._counted(snapshot, cell, blank), snapshot, cell)
        return evolve(seen, leaning=self._leaning(snapshot, seen.value))

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the ways to push the difference up or down: people in place of others, or in new posts."""
        yield from people_moves(snapshot, self.item, cell, self.by, self.group, up)

    def _counted(self, snapshot: Snapshot, cell: Cell, blank: Observation) -> Observation:
        here = group_and_all(snapshot, self.item, cell, self.by, (self.group,))
        there = group_and_all(snapshot, self.base or self.item, (), self.by, (self.group,))
        if isinstance(here, Reason):
            return evolve(blank, reason=here)
        if isinstance(there, Reason):
            return evolve(blank, reason=there)
        (group, everybody), (base_group, base) = here, there
        if group.end != base_group.end:
            return evolve(blank, reason=Reason.DATES_DIFFER)
        seen = evolve(blank, source=group.source, day=group.day, note=group.note)
        nobody_known = self._nobody_known(snapshot, self.item, cell) or self._nobody_known(snapshot, self.base, ())
        if nobody_known or not everybody.value or not base.value or group.value > everybody.value:
            return evolve(seen, reason=Reason.NOT_COMPUTABLE)
        seen = evolve(
            seen,
            counts={"yes": group.value, "of": everybody.value},
            rates=(_share("here", here), _share("base", there)),
        )
        if everybody.value < self.minimum_base:
            return evolve(seen, reason=Reason.TOO_FEW)
        share, base_share = group.value / everybody.value, base_group.value / base.value
        missing = Beside("people for the same share", base_share * everybody.value - group.value)
        return evolve(seen, value=100 * (share - base_share), beside=(missing,))

    def _nobody_known(self, snapshot: Snapshot, item: str, cell: Cell) -> bool:
        """Whether everybody in a cell is of unknown group, so that their shares say nothing."""
        return undeclared_share(snapshot, item or self.item, cell, self.by) == 100

    def _leaning(self, snapshot: Snapshot, value: Fraction | None) -> str:
        if not value:
            return ""
        return f"{label_of(snapshot, self.by, self.group)} {'over' if value > 0 else 'under'}-represented"


def _share(name: str, found: tuple[Margin, Margin]) -> Rate:
    part, whole = found
    return Rate(name, percentage(part.value, whole.value), "percent", part.value, whole.value)


@frozen(kw_only=True)
class TargetShortfall:
    """How many people (or seats) of a group a cell lacks for the share aimed at, its headcount staying as it is.

    share aimed at x everybody in the cell - people of the group there; below 0 the aim is passed. The aim is the
    organisation's own target for the measure `target` (for the cell, else for the whole); without one it is the higher
    of the group's share of `base` (an item) and of `population` (an amount in percent). Shown beside: whole people, and
    the people needed where posts are added and nobody leaves: lacking / (1 - share aimed at).
    """

    kind: ClassVar[str] = "target-shortfall"

    id: str
    title: str
    item: str
    by: str
    group: str
    target: str = ""
    base: str = ""
    population: str = ""
    unit: str = "people"

    def __attrs_post_init__(self) -> None:
        """Hold that there is something to aim at."""
        if not (self.target or self.base or self.population):
            raise ValueError("takes at least one of 'target', 'base' and 'population' to aim at")

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return tuple(filter(None, (self.item, self.base, self.population)))

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the people lacking, from counts and the aim, else from a printed figure."""
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        return else_printed(self._counted(snapshot, cell, blank), snapshot, cell)

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the ways to lack fewer, or more: people of the group in place of others, or in new posts."""
        yield from people_moves(snapshot, self.item, cell, self.by, self.group, not up, self.unit)

    def _counted(self, snapshot: Snapshot, cell: Cell, blank: Observation) -> Observation:
        here = group_and_all(snapshot, self.item, cell, self.by, (self.group,))
        if isinstance(here, Reason):
            return evolve(blank, reason=here)
        part, whole = here
        seen = evolve(blank, counts={"yes": part.value, "of": whole.value}, source=part.source, day=part.day)
        aim = self._aim(snapshot, cell, part)
        if isinstance(aim, Reason):
            return evolve(seen, reason=aim)
        if not whole.value or part.value > whole.value:
            return evolve(seen, reason=Reason.NOT_COMPUTABLE)
        if undeclared_share(snapshot, self.item, cell, self.by) == 100:
            return evolve(seen, reason=Reason.NOT_COMPUTABLE)
        share, words = aim
        lacking = share * whole.value - part.value
        return evolve(
            seen,
            value=lacking,
            rates=(_share("now", here), Rate("aimed at", 100 * share)),
            beside=self._beside(lacking, share),
            leaning="" if lacking > 0 else "the share aimed at is reached",
            note="; ".join(filter(None, (words, part.note))),
        )

    def _beside(self, lacking: Fraction, share: Fraction) -> tuple[Beside, ...]:
        needed = max(lacking, Fraction(0))
        whole = Beside(f"whole {self.unit}", Fraction(ceil(needed)))
        return (whole, Beside("as net new posts", needed / (1 - share))) if needed and share < 1 else (whole,)

    def _aim(self, snapshot: Snapshot, cell: Cell, part: Margin) -> tuple[Fraction, str] | Reason:
        """Return the share aimed at, from 0 to 1, with where it comes from."""
        targets = snapshot.targets
        stated = targets.get((self.target, cell)) or targets.get((self.target, ()))
        if stated is not None and stated.direction in ("at least", "above"):
            return Fraction(stated.value) / 100, "aim: the organisation's own target"
        found = [self._base_share(snapshot, part), self._population_share(snapshot)]
        shares = [one for one in found if one is not None and not isinstance(one, Reason)]
        if shares:
            return max(shares)
        return next((one for one in found if isinstance(one, Reason)), Reason.NOT_EVIDENCED)

    def _base_share(self, snapshot: Snapshot, part: Margin) -> tuple[Fraction, str] | Reason | None:
        if not self.base:
            return None
        found = group_and_all(snapshot, self.base, (), self.by, (self.group,))
        if isinstance(found, Reason):
            return found
        group, everybody = found
        if group.end != part.end:
            return Reason.DATES_DIFFER
        if undeclared_share(snapshot, self.base, (), self.by) == 100:
            return Reason.NOT_COMPUTABLE
        return (group.value / everybody.value, "aim: the share of the workforce") if everybody.value else None

    def _population_share(self, snapshot: Snapshot) -> tuple[Fraction, str] | Reason | None:
        if not self.population:
            return None
        cell = within(snapshot, self.population, make_cell({self.by: self.group}))
        stated = snapshot.look_up(Amount, self.population, cell)
        if isinstance(stated, Reason):
            return stated
        return Fraction(stated.value) / 100, "aim: the share of the local population"
