"""Differences in points: between two groups, and from a benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from attrs import evolve, frozen

from equityrules.measures.margins import label_of, with_group, within
from equityrules.measures.moves import Move, move_amount, move_answers
from equityrules.measures.people import for_people
from equityrules.measures.printed import bounds, else_printed
from equityrules.measures.ratios import exact_p
from equityrules.measures.shares import Share
from equityrules.measures.values import MeanScore
from equityrules.model.evidence import Amount, Survey
from equityrules.model.finding import Beside, Interval, Observation, Rate, Reason
from equityrules.model.numbers import FINE
from equityrules.model.snapshot import Snapshot
from equityrules.model.vocabulary import Cell
from equityrules.statistics import printed_range, square_and_add


@frozen(kw_only=True)
class Levels:
    """What differences are made of: a survey's percentages, or scores (stated, or as the mean of `parts`)."""

    id: str
    title: str
    survey: str = ""
    score: str = ""
    parts: tuple[str, ...] = ()
    minimum_base: int = 1
    unit: str = "points"

    def __attrs_post_init__(self) -> None:
        """Hold that there is one source of numbers."""
        if bool(self.survey) == bool(self.score):
            raise ValueError("takes either 'survey' or 'score'")
        if getattr(self, "better", "lower") not in ("lower", "higher"):
            raise ValueError("better is 'lower' or 'higher'")

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return (self.survey,) if self.survey else (self.score, *self.parts)

    def level_moves(self, snapshot: Snapshot, cell: Cell, up: bool, who: str = "") -> Iterator[Move]:
        """Yield the way to push the level of a cell up or down."""
        if self.survey:
            yield from move_answers(snapshot, self.survey, cell, up, f"{who} people asked".strip())
        else:
            yield from move_amount(snapshot, self.score, within(snapshot, self.score, cell), up)

    def level(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the level of a cell."""
        measure: Share | MeanScore = (
            Share(id=self.id, title=self.title, survey=self.survey, minimum_base=self.minimum_base)
            if self.survey
            else MeanScore(id=self.id, title=self.title, score=self.score, parts=self.parts)
        )
        return measure.observe(snapshot, cell)


@frozen(kw_only=True)
class Difference(Levels):
    """The level of the first group of `between` minus that of the second, in points; `better` says which is good news.

    Interval: Newcombe 1998 from the Wilson intervals of both groups; a score has none. The ratio of the two levels is
    shown beside and never judged: it misleads, in opposite ways, for rare and for common answers.
    """

    kind: ClassVar[str] = "difference"

    by: str
    between: tuple[str, str]
    better: str
    who: str = "staff"
    did: str = ""

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return the difference from both groups' answers, else from a printed figure."""
        blank = Observation(self.id, self.title, cell, unit=self.unit, parity=Fraction(0))
        levels = [self.level(snapshot, with_group(cell, self.by, group)) for group in self.between]
        seen = else_printed(self._difference(snapshot, blank, *levels), snapshot, cell)
        return evolve(seen, leaning=self._leaning(snapshot, seen.value))

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the way to push the difference up or down: other answers, or another score, of whom it is worse for."""
        upper_is_worse = self.better == "lower"
        first_is_worse = upper_is_worse != up
        group = self.between[0 if first_is_worse else 1]
        yield from self.level_moves(
            snapshot, with_group(cell, self.by, group), up == first_is_worse, label_of(snapshot, self.by, group)
        )

    def _difference(
        self, snapshot: Snapshot, blank: Observation, first: Observation, second: Observation
    ) -> Observation:
        levels = (first, second)
        seen = evolve(
            blank,
            rates=tuple(
                _rate(label_of(snapshot, self.by, group), one)
                for group, one in zip(self.between, levels, strict=True)
                if one.value is not None
            ),
            source=first.source or second.source,
            day=first.day or second.day,
            note=first.note or second.note,
        )
        reasons = [one.reason or Reason.NOT_EVIDENCED for one in levels if one.value is None]
        if reasons:
            return evolve(seen, reason=reasons[0])
        if first.day != second.day:
            return evolve(seen, reason=Reason.DATES_DIFFER)
        return self._between(seen, first, second)

    def _between(self, seen: Observation, first: Observation, second: Observation) -> Observation:
        value, (low, high), interval = subtract(first, second)
        rounded = first.low is not None or second.low is not None
        counts = [(one.counts["yes"], one.counts["of"]) for one in (first, second) if "yes" in one.counts]
        ratio = first.value / second.value if first.value is not None and second.value else None
        title = f"ratio {' over '.join(rate.group for rate in seen.rates)}"
        return evolve(
            seen,
            value=value,
            low=low if rounded else None,
            high=high if rounded else None,
            interval=interval,
            p=exact_p(counts) if len(counts) == 2 else None,
            beside=(Beside(title, ratio, decimals=FINE),) if ratio is not None else (),
            meaning=for_people(seen.rates, self.who, self.did),
        )

    def _leaning(self, snapshot: Snapshot, value: Fraction | None) -> str:
        if not value:
            return ""
        worse_for_first = (value > 0) == (self.better == "lower")
        return f"worse for {label_of(snapshot, self.by, self.between[0 if worse_for_first else 1])}"


def _rate(group: str, level: Observation) -> Rate:
    unit = "percent" if level.unit == "percent" else level.unit
    value = level.value or Fraction(0)
    return Rate(group, value, unit, level.counts.get("yes"), level.counts.get("of"), level.interval)


def subtract(first: Observation, second: Observation) -> tuple[Fraction, tuple[Fraction, Fraction], Interval | None]:
    """Return the first value minus the second, the range that rounding leaves it, and its interval where both have one.

    The interval is put together from the two by squaring and adding (Newcombe 1998; Zou and Donner 2008).
    """
    ours, theirs = bounds(first), bounds(second)
    if first.value is None or second.value is None or ours is None or theirs is None:
        raise ValueError("a difference needs two values")
    reach = (ours[0] - theirs[1], ours[1] - theirs[0])
    if first.interval is None or second.interval is None:
        return first.value - second.value, reach, None
    interval = square_and_add(first.value, first.interval, second.value, second.interval)
    return first.value - second.value, reach, interval


@frozen(kw_only=True)
class AgainstBenchmark(Levels):
    """A level minus the benchmark given for the same question, in points: below 0 is below the benchmark.

    The benchmark is of the same period, or there is none: one of another year is never used.
    """

    kind: ClassVar[str] = "against-benchmark"

    benchmark: str
    better: str

    @property
    def items(self) -> tuple[str, ...]:
        """The items of evidence it reads."""
        return (*super().items, self.benchmark)

    def observe(self, snapshot: Snapshot, cell: Cell) -> Observation:
        """Return how far the level is from the benchmark, else as printed."""
        blank = Observation(self.id, self.title, cell, unit=self.unit)
        level = self.level(snapshot, cell)
        benchmark = snapshot.look_up(Amount, self.benchmark, within(snapshot, self.benchmark, cell))
        if isinstance(benchmark, Amount) and not self._is_of_its_period(snapshot, cell, benchmark):
            return evolve(blank, reason=Reason.DATES_DIFFER)
        return else_printed(self._distance(blank, level, benchmark), snapshot, cell)

    def _is_of_its_period(self, snapshot: Snapshot, cell: Cell, benchmark: Amount) -> bool:
        """Whether the benchmark is for the period that the level is for, as far as that is given."""
        given = [snapshot.look_up(Survey if self.survey else Amount, item, cell) for item in super().items]
        periods = {one.period for one in given if not isinstance(one, Reason)}
        return not periods or benchmark.period in periods

    def moves(self, snapshot: Snapshot, cell: Cell, up: bool) -> Iterator[Move]:
        """Yield the way to push the level up or down; the benchmark is other people's."""
        yield from self.level_moves(snapshot, cell, up)

    def _distance(self, blank: Observation, level: Observation, benchmark: Amount | Reason) -> Observation:
        if isinstance(benchmark, Reason):
            return evolve(blank, reason=benchmark)
        seen = evolve(blank, source=level.source, day=level.day, note=benchmark.note)
        if level.value is None:
            return evolve(seen, reason=level.reason)
        return self._judged(seen, level, benchmark)

    def _judged(self, seen: Observation, level: Observation, benchmark: Amount) -> Observation:
        low, high = printed_range(benchmark.value)
        other = Observation(self.benchmark, self.title, value=Fraction(benchmark.value), low=low, high=high)
        value, reach, _ = subtract(level, other)
        inner = level.interval
        interval = None if inner is None else Interval(inner.low - value_of(other), inner.high - value_of(other))
        worse = bool(value) and (value > 0) == (self.better == "lower")
        return evolve(
            seen, value=value, low=reach[0], high=reach[1], interval=interval,
            rates=(_rate("here", level), Rate("benchmark", Fraction(benchmark.value), level.unit)),
            leaning="worse than the benchmark" if worse else "",
        )  # fmt: skip


def value_of(seen: Observation) -> Fraction:
    """Return the value of an observation that has one."""
    return seen.value or Fraction(0)
