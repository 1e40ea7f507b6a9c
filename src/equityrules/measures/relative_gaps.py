"""Gaps in percent of one group's amount: how much less the comparator is paid than the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import ClassVar

from attrs import evolve, frozen

from equityrules.measures.changes import Change, change
from equityrules.measures.margins import label_of, margin, with_group, within
from equityrules.measures.people import in_a_sentence
from equityrules.measures.printed import bounds, else_printed
from equityrules.model.evidence import Amount, Statement, Status
from equityrules.model.finding import Observation, Rate, Reason
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell
from equityrules.statistics import printed_range

FEWEST_SHOWN = 10
"""People of a group below which its mean or median is not shown: it would tell what each of them is paid."""

WORKED_OUT = 9
"""Decimals from which an amount was worked out and not printed, so that nothing was lost by rounding."""

_NOTHING = Decimal(0).scaleb(-WORKED_OUT)

NO_LEVER = (
    "no lever is offered: a gap moves with who is appointed, who leaves and at which rate each is paid, and averages by"
    " group do not say how much any one of these would move it"
)


def relative_gap(reference: Fraction, comparator: Fraction) -> Fraction | None:
    """Return 100 × (reference − comparator) / reference, in percent; None unless the reference is above 0.

    Positive where the reference is higher. Source: SI 2017/353, schedule 1, paragraph 2, in our words.
    """
    return 100 * (reference - comparator) / reference if reference > 0 else None


@frozen(kw_only=True)
class RelativeGap:
    """How much less the second group of `between` gets than the first, in percent of what the first gets.

    `amount` is a mean or median by group; where it is printed rounded the gap has a range. `people` counts those it is
    the mean or median of: nobody in a group makes no gap, and with fewer than `minimum_base` in either it is not
    judged. `zero_without_people` says that a comparator of nobody gets nothing, so that the gap is 100. `per_hundred`
    is what the comparator gets for each 100 of the reference's, where only that is printed. A statement on
    `measurable` that is not in place says that there cannot be a gap yet. The whole workforce is no sample, so there
    is no interval.
    """

    kind: ClassVar[str] = "relative-gap"
    no_lever: ClassVar[str] = NO_LEVER

    id: str
    title: str
    amount: str
    by: str
    between: tuple[str, str]
    people: str = ""
    minimum_base: int = 1
    zero_without_people: bool = False
    per_hundred: str = ""
    measurable: str = ""
    unit: str = "percent"

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return tuple(filter(None, (self.amount, self.people, self.per_hundred, self.measurable)))

    @property
    def caveats(self) -> tuple[str, ...]:
        """The statement that says whether there can be a gap: it is no evidence of one."""
        return (self.measurable,) if self.measurable else ()

    @property
    def optional(self) -> tuple[str, ...]:
        """The items that a gap can do without: how many people, and the same gap in another form."""
        return tuple(filter(None, (self.people, self.per_hundred)))

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the gap from both groups' amounts, else per hundred, else as printed; or why there is none."""
        blank = Observation(self.id, self.title, cell, unit=self.unit, parity=Fraction(0))
        seen = self._compared(snapshot, blank)
        if seen.reason in (Reason.NOT_EVIDENCED, Reason.STALE):
            seen = self._from_hundred(snapshot, seen)
        seen = else_printed(seen, snapshot, cell)
        seen = self._not_measurable(snapshot, seen)
        return evolve(seen, leaning=self._leaning(snapshot, seen.value))

    def slips(self, seen: Observation) -> Iterator[tuple[Fraction, str]]:
        """Yield what a printed gap comes to after each usual slip, and the slip in words."""
        if len(seen.rates) != 2 or seen.value is None:
            return
        reference, comparator = (rate.value for rate in seen.rates)
        label = in_a_sentence(seen.rates[1].group)
        yield -seen.value, "it looks as if its sign is turned"
        yield 100 - seen.value, "it looks like pence in the pound, which is 100 less the gap"
        if turned := relative_gap(comparator, reference):
            yield -turned, f"it looks divided by what {label} are paid"
            yield turned, f"it looks turned over: what {label} are paid is taken as the reference"

    def _compared(self, snapshot: Snapshot, blank: Observation) -> Observation:
        people = self._people(snapshot, blank.cell)
        nobody = [number == 0 for number in people]
        if nobody[0] or (nobody[1] and not self.zero_without_people):
            return evolve(blank, reason=Reason.NO_EVENTS)
        given = [self._amount(snapshot, with_group(blank.cell, self.by, group)) for group in self.between]
        found = [one for one in given if isinstance(one, Amount)]
        if nobody[1] and isinstance(given[0], Amount):
            return self._gap(snapshot, blank, [given[0], evolve(given[0], value=_NOTHING)], people)
        if len(found) < len(given):
            return evolve(blank, reason=next(one for one in given if isinstance(one, Reason)))
        if found[0].period.end != found[1].period.end:
            return evolve(blank, reason=Reason.DATES_DIFFER)
        return self._gap(snapshot, blank, found, people)

    def _people(self, snapshot: Snapshot, cell: Cell) -> list[Fraction | None]:
        """Return how many people each group is, None where that is not counted."""
        if not self.people:
            return [None, None]
        cells = [within(snapshot, self.people, with_group(cell, self.by, group)) for group in self.between]
        found = [margin(snapshot, self.people, one) for one in cells]
        return [None if isinstance(one, Reason) else one.value for one in found]

    def _amount(self, snapshot: Snapshot, cell: Cell) -> Amount | Reason:
        return snapshot.look_up(Amount, self.amount, within(snapshot, self.amount, cell))

    def _gap(
        self, snapshot: Snapshot, blank: Observation, amounts: Sequence[Amount], people: Sequence[Fraction | None]
    ) -> Observation:
        first, second = amounts
        seen = evolve(blank, source=first.source, day=first.day, note=first.note)
        value = relative_gap(Fraction(first.value), Fraction(second.value))
        reach = _reach(_range_of(first), _range_of(second))
        if value is None or reach is None:
            return evolve(seen, reason=Reason.NOT_COMPUTABLE)
        fewest = min((number for number in people if number), default=None)
        if fewest is not None and fewest < self.minimum_base:
            return evolve(seen, reason=Reason.TOO_FEW)
        shown = fewest is None or fewest >= FEWEST_SHOWN
        low, high = reach if reach[0] < reach[1] else (None, None)
        return evolve(seen, value=value, low=low, high=high, rates=self._rates(snapshot, amounts) if shown else ())

    def _rates(self, snapshot: Snapshot, amounts: Sequence[Amount]) -> tuple[Rate, ...]:
        unit = snapshot.vocabulary.items[self.amount].unit
        return tuple(
            Rate(label_of(snapshot, self.by, group), Fraction(one.value), unit)
            for group, one in zip(self.between, amounts, strict=True)
        )

    def _from_hundred(self, snapshot: Snapshot, seen: Observation) -> Observation:
        if not self.per_hundred:
            return seen
        cell = within(snapshot, self.per_hundred, with_group(seen.cell, self.by, self.between[1]))
        given = snapshot.look_up(Amount, self.per_hundred, cell)
        if isinstance(given, Reason):
            return seen
        low, high = printed_range(given.value)
        return evolve(
            seen, value=100 - Fraction(given.value), low=100 - high, high=100 - low, reason=None, source=given.source,
            day=given.day, note=given.note,
        )  # fmt: skip

    def _not_measurable(self, snapshot: Snapshot, seen: Observation) -> Observation:
        """Return what was seen or, where there is nothing, that it is stated not to be measurable yet."""
        if not self.measurable or seen.reason not in (Reason.NOT_EVIDENCED, Reason.STALE):
            return seen
        stated = snapshot.look_up(Statement, self.measurable, ())
        if isinstance(stated, Reason) or stated.status not in (Status.NOT_IN_PLACE, Status.COMMITTED):
            return seen
        return evolve(
            seen, reason=Reason.NOT_MEASURABLE, source=stated.source, day=stated.day, note=stated.note,
            documents=stated.documents,
        )  # fmt: skip

    def _leaning(self, snapshot: Snapshot, value: Fraction | None) -> str:
        if not value:
            return ""
        return f"worse for {in_a_sentence(label_of(snapshot, self.by, self.between[1 if value > 0 else 0]))}"


def _range_of(amount: Amount) -> tuple[Fraction, Fraction]:
    """Return the least and the greatest value that an amount may stand for: itself alone where it was worked out."""
    exact = Fraction(amount.value)
    return (exact, exact) if -int(amount.value.as_tuple().exponent) >= WORKED_OUT else printed_range(amount.value)


def _reach(
    reference: tuple[Fraction, Fraction], comparator: tuple[Fraction, Fraction]
) -> tuple[Fraction, Fraction] | None:
    """Return the least and the greatest gap of two rounded amounts; None where the reference may be 0."""
    found = [relative_gap(one, other) for one, other in product(reference, comparator)]
    gaps = [one for one in found if one is not None]
    return (min(gaps), max(gaps)) if len(gaps) == len(found) else None


@frozen(kw_only=True)
class ChangeInSize(Change):
    """How much larger a signed gap is now than `months` before, whichever way each lies: below 0 it has narrowed.

    From 3 in one group's favour to 2 in the other's is 1 less.
    """

    kind: ClassVar[str] = "change-in-size"
    no_lever: ClassVar[str] = NO_LEVER

    @property
    def by(self) -> str:
        """The dimension of the groups that are compared."""
        return str(getattr(self.of, "by", ""))

    @property
    def optional(self) -> tuple[str, ...]:
        """The items that it can do without."""
        return tuple(getattr(self.of, "optional", ()))

    @property
    def caveats(self) -> tuple[str, ...]:
        """The statements that are no evidence of it."""
        return tuple(getattr(self.of, "caveats", ()))

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the change in size, or why there is none."""
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        before = snapshot.earlier(self.months)
        if self.of is None or before is None:
            return evolve(blank, reason=Reason.NOT_EVIDENCED)
        return change(blank, _size(self.of.observe(before, cell)), _size(self.of.observe(snapshot, cell)))


def _size(seen: Observation) -> Observation:
    """Return an observation without its sign; where its range holds 0, so does that of its size."""
    ends = bounds(seen)
    if seen.value is None or ends is None:
        return seen
    low, high = ends
    least = Fraction(0) if low <= 0 <= high else min(abs(low), abs(high))
    sized = evolve(seen, value=abs(seen.value), interval=None)
    return sized if seen.low is None else evolve(sized, low=least, high=max(abs(low), abs(high)))
