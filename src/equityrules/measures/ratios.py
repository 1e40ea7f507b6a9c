"""Ratios between two groups: how much likelier something is for one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from attrs import evolve, field, frozen

from equityrules.measures.margins import Margin, label_of, margin, with_group, within
from equityrules.measures.moves import Move, Steps, move_count, move_figure
from equityrules.measures.people import for_people, in_a_sentence
from equityrules.measures.printed import else_printed
from equityrules.measures.shares import percent_interval
from equityrules.model.evidence import Figure, Statement, Status
from equityrules.model.finding import Observation, Rate, Reason
from equityrules.model.numbers import display
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell, make_cell
from equityrules.statistics import fisher, katz, percentage

PARITY = Fraction(1)


@frozen(kw_only=True)
class RelativeLikelihood:
    """How likely something is for the first group of `over`, relative to the second: rate over rate.

    A rate is events among a base, one group at a time. `nested` says that the events are among the base. `adverse`
    says which group each side of 1 disadvantages. `prefer` names cells in the order in which they are looked at; the
    first one that there is evidence for counts. `caveats` are statements that, in place, make the figure one not to be
    compared. Without events in the first group the ratio is 0, shown and not judged; without events in the second one
    there is none. Interval: Katz and others 1978; p: Fisher's exact test.
    """

    kind: ClassVar[str] = "relative-likelihood"

    id: str
    title: str
    events: str
    base: str
    by: str
    over: tuple[str, str]
    adverse: Mapping[str, str]
    nested: bool = False
    who: str = "people"
    did: str = ""
    prefer: tuple[Mapping[str, str], ...] = ({},)
    caveats: tuple[str, ...] = ()
    minimum_base: int = 1
    unit: str = ""
    parity: Fraction = field(default=PARITY, init=False)

    def __attrs_post_init__(self) -> None:
        """Hold that both sides of parity are spoken for."""
        check_sides(self.over, self.adverse)

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return (self.events, self.base, *self.caveats)

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the ratio from the first counts there are, else from the first printed figure."""
        cells = [make_cell({**one, **dict(cell)}) for one in self.prefer]
        counted = [self._counted(snapshot, one) for one in cells]
        missing = (Reason.NOT_EVIDENCED, Reason.STALE)
        seen = next((one for one in counted if one.reason not in missing), None)
        figures = (else_printed(one, snapshot, one.cell, self.over) for one in counted)
        seen = seen or next((one for one in figures if one.value is not None), None)
        seen = seen or next((one for one in counted if one.reason is Reason.STALE), counted[0])
        if snapshot.brief:
            return seen
        words, caveat = leaning(snapshot, self.by, self.adverse, seen.value), self._caveat(snapshot)
        return evolve(seen, leaning=words, caveat=caveat) if words or caveat else seen

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the way to push the ratio up or down for whom it disadvantages: more or fewer events of the same base.

        Where the ratio disadvantages the group whose rate is on top, the events are bad news, and fewer are needed. Of
        a printed ratio it is the figure itself and, where the base is stated, as many events as that would take.
        """
        harmed = self.adverse["below" if up else "above"]
        more = (harmed == self.over[0]) == up
        seen = snapshot.observe(self, cell)
        counts = self._group(snapshot, seen.cell, harmed)
        if isinstance(counts, Reason):
            yield from self._moves_of_printed(snapshot, seen.cell, harmed, more, up)
            return
        events, base = counts
        label, word = in_a_sentence(label_of(snapshot, self.by, harmed)), "more" if more else "fewer"
        yield from move_count(
            snapshot, self.events, within(snapshot, self.events, with_group(seen.cell, self.by, harmed)), events.value,
            more, base.value if self.nested else None,
            lambda units: f"{units} {word} {label} {self.who} {self.did} (of the same {base.value})",
            _in_proportion(events.value, with_it=harmed == self.over[0]),
        )  # fmt: skip

    def _moves_of_printed(self, snapshot: Snapshot, cell: Cell, harmed: str, more: bool, up: bool) -> Iterator[Move]:
        """Yield the ways to push a ratio of which the events of whom it disadvantages are not known."""
        label = in_a_sentence(label_of(snapshot, self.by, harmed))
        base = margin(snapshot, self.base, within(snapshot, self.base, with_group(cell, self.by, harmed)))
        if more and self.nested and isinstance(base, Margin):
            yield from move_count(
                snapshot, self.events, within(snapshot, self.events, with_group(cell, self.by, harmed)), Fraction(0),
                up=True, most=base.value,
                text=lambda units: f"{units} {label} {self.who} {self.did} in all (of the same {base.value})",
            )  # fmt: skip

        def means(figure: Figure, then: Decimal) -> str:
            now, other = Fraction(figure.value), Fraction(then)
            turned = figure.over not in (None, self.over)
            grows = (harmed == self.over[0]) != turned
            if not now or not other:
                return ""
            times = display(other / now if grows else now / other)
            return f": {times} times as many {label} {self.who} {self.did}, all else being equal"

        yield from move_figure(snapshot, self.id, cell, up, means)

    def _counted(self, snapshot: Snapshot, cell: Cell) -> Observation:
        rates = [self._group(snapshot, cell, group) for group in self.over]
        found = [one for one in rates if not isinstance(one, Reason)]
        if len(found) < len(rates):
            return self._nothing(cell, next(one for one in rates if isinstance(one, Reason)))
        if len({one.end for pair in found for one in pair}) > 1:
            return self._nothing(cell, Reason.DATES_DIFFER)
        judged = self._judged([(one.value, base.value) for one, base in found])
        shown = {} if snapshot.brief else self._shown(snapshot, found, judged.get("value"))
        events = found[0][0]
        return Observation(
            self.id, self.title, cell, unit=self.unit, parity=PARITY, source=events.source, day=events.day,
            note="; ".join(dict.fromkeys(filter(None, (one.note for pair in found for one in pair)))),
            **judged, **shown,
        )  # fmt: skip

    def _nothing(self, cell: Cell, reason: Reason) -> Observation:
        return Observation(self.id, self.title, cell, unit=self.unit, parity=PARITY, reason=reason)

    def _group(self, snapshot: Snapshot, cell: Cell, group: str) -> tuple[Margin, Margin] | Reason:
        events = margin(snapshot, self.events, within(snapshot, self.events, with_group(cell, self.by, group)))
        base = margin(snapshot, self.base, within(snapshot, self.base, with_group(cell, self.by, group)))
        if isinstance(events, Reason):
            return events
        return base if isinstance(base, Reason) else (events, base)

    def _rates(self, snapshot: Snapshot, found: Sequence[tuple[Margin, Margin]]) -> tuple[Rate, ...]:
        rates = []
        for group, (events, base) in zip(self.over, found, strict=True):
            value = percentage(events.value, base.value) if base.value else Fraction(0)
            interval = percent_interval(value, base.value)
            rates.append(Rate(label_of(snapshot, self.by, group), value, "percent", events.value, base.value, interval))
        return tuple(rates)

    def _judged(self, counts: Sequence[tuple[Fraction, Fraction]]) -> dict[str, Any]:
        """Return the ratio with its interval, or the reason why there is none."""
        (events, base), (others, other_base) = counts
        if not base or not other_base or (self.nested and (events > base or others > other_base)):
            return {"reason": Reason.NOT_COMPUTABLE}
        if min(base, other_base) < self.minimum_base:
            return {"reason": Reason.TOO_FEW}
        if not others:
            return {"reason": Reason.NOT_COMPUTABLE}
        if not events:
            return {"value": Fraction(0), "reason": Reason.NO_EVENTS}
        interval = katz(events, base, others, other_base) if events <= base and others <= other_base else None
        return {"value": (events / base) / (others / other_base), "interval": interval}

    def _shown(
        self, snapshot: Snapshot, found: Sequence[tuple[Margin, Margin]], value: Fraction | None
    ) -> dict[str, Any]:
        """Return what is shown beside a ratio: the rates and, where there is a ratio, what they mean and its p."""
        rates = self._rates(snapshot, found)
        if value is None:
            return {"rates": rates}
        p = exact_p([(one.value, base.value) for one, base in found]) if value else None
        return {"rates": rates, "meaning": for_people(rates, self.who, self.did), "p": p}

    def _caveat(self, snapshot: Snapshot) -> str:
        """Return what makes the observation one not to be compared, if anything does."""
        stated = [(item, snapshot.look_up(Statement, item, ())) for item in self.caveats]
        found = [
            snapshot.vocabulary.items[item].text
            for item, one in stated
            if isinstance(one, Statement) and one.status is Status.IN_PLACE
        ]
        return "; ".join(found)


def _in_proportion(events: Fraction, *, with_it: bool) -> Steps:
    """Return the steps of a ratio that grows by as much as these events, or shrinks by as much as they grow."""

    def steps(now: Fraction, wanted: Fraction) -> Fraction | None:
        before, after = (now, wanted) if with_it else (wanted, now)
        return abs(events * after / before - events) if before else None

    return steps


def check_sides(over: tuple[str, str], adverse: Mapping[str, str]) -> None:
    """Hold that `adverse` names a group of `over` for each side of parity. Raises ValueError."""
    if set(adverse) != {"above", "below"} or set(adverse.values()) != set(over):
        names = " and ".join(over)
        raise ValueError(f"adverse says whom each side of 1 disadvantages: {{ above = …, below = … }} with {names}")


def leaning(snapshot: Snapshot, by: str, adverse: Mapping[str, str], value: Fraction | None) -> str:
    """Return whom a ratio disadvantages, in words; nothing at parity."""
    if value is None or value == PARITY:
        return ""
    return f"disadvantages {label_of(snapshot, by, adverse['above' if value > PARITY else 'below'])}"


def exact_p(counts: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Return Fisher's exact p of events among two bases; None for averages of two years, and for no proportions."""
    (events, base), (others, other_base) = counts
    whole = all(one.denominator == 1 for pair in counts for one in pair)
    if not whole or events > base or others > other_base:
        return None
    return fisher(int(events), int(base), int(others), int(other_base))
