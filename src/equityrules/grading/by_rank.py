"""Kinds of roll-up over grade words: mode, median and mean of the parts' grades, their agreement, the ends.

Every kind answers with bounds: the grade is held only where the lowest and the highest that the parts allow agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import ClassVar

from attrs import frozen

from equityrules import statistics
from equityrules.model.kinds import Total, Word
from equityrules.model.result import Standing
from equityrules.model.scale import Grade, Scale

Ranks = Sequence[Fraction]


@frozen
class ByRank:
    """What roll-ups over grade words share: the lowest and the highest ranks that the parts allow."""

    kind: ClassVar[str] = ""

    def pick(self, ranks: Ranks) -> Fraction | None:
        """Return the rank that these ranks make together, or None where the method does not say."""
        raise TypeError(f"{type(self).__name__} names no method")

    def word(self, scale: Scale, parts: Sequence[Standing], total: Total | None) -> Word:
        """Return the grade that the method gives; held only where every part is settled or it makes no difference."""
        applying = [part for part in parts if part.applicable]
        if not applying:
            return Word(None, None, "none of its parts applies")
        if not all(_is_on(scale, part) for part in applying):
            return Word(None, None, "its parts are on scales of their own")
        lows = [Fraction(part.held.rank if part.held else 0) for part in applying]
        highs = [Fraction((part.attainable or scale.highest).rank) for part in applying]
        low, high = _grade(scale, self.pick(lows)), _grade(scale, self.pick(highs))
        held = low if low == high and (lows == highs or self.monotone) else None
        return Word(held, high, self._because(held, lows == highs), self._alternatives(scale, lows, highs))

    @property
    def monotone(self) -> bool:
        """Whether a better part can never make the whole worse."""
        return True

    def _because(self, held: Grade | None, settled: bool) -> str:
        if held:
            return f"{held.label} by {self.kind}"
        return (
            f"no one grade by {self.kind}" if settled else f"by {self.kind} it depends on parts without a settled grade"
        )

    def _alternatives(self, scale: Scale, lows: Ranks, highs: Ranks) -> dict[str, str]:
        """Return what mode, median and mean of settled parts say, in words."""
        if lows != highs:
            return {}
        return {name: _said(scale, lows, method) for name, method in _AVERAGES.items()}

    def next_step(self, total: Total, target: Grade | None) -> tuple[Grade, Fraction] | None:
        """Return None: points do not decide."""
        return None


def _is_on(scale: Scale, part: Standing) -> bool:
    return all(grade is None or grade in scale.grades for grade in (part.held, part.attainable))


def _grade(scale: Scale, rank: Fraction | None) -> Grade | None:
    return scale.grades[int(rank)] if rank is not None and rank.denominator == 1 else None


def _said(scale: Scale, ranks: Ranks, method: Callable[[Ranks], Fraction | None]) -> str:
    rank = method(ranks)
    grade = _grade(scale, rank) if rank is not None else None
    return grade.label if grade else "no one grade"


def _one_mode(ranks: Ranks) -> Fraction | None:
    most = statistics.modes(ranks)
    return most[0] if len(most) == 1 else None


def _middle(ranks: Ranks) -> Fraction | None:
    low, high = statistics.middle_pair(ranks)
    return low if low == high else None


def _rounded_mean(ranks: Ranks) -> Fraction | None:
    return statistics.nearest_whole(statistics.mean(ranks))


_AVERAGES: dict[str, Callable[[Ranks], Fraction | None]] = {
    "mode": _one_mode,
    "median": _middle,
    "mean": _rounded_mean,
}


@frozen
class Mode(ByRank):
    """The most frequent grade; none where two are equally frequent."""

    kind: ClassVar[str] = "mode"

    def pick(self, ranks: Ranks) -> Fraction | None:
        """Return the one most frequent rank."""
        return _one_mode(ranks)

    @property
    def monotone(self) -> bool:
        """A better part can make another grade the most frequent, so it can make the whole worse."""
        return False


@frozen
class Median(ByRank):
    """The grade in the middle; none where the middle lies between two grades."""

    kind: ClassVar[str] = "median"

    def pick(self, ranks: Ranks) -> Fraction | None:
        """Return the middle rank."""
        return _middle(ranks)


@frozen
class Mean(ByRank):
    """The grade nearest to the mean of the ranks; none where the mean lies exactly between two."""

    kind: ClassVar[str] = "mean"

    def pick(self, ranks: Ranks) -> Fraction | None:
        """Return the rank nearest to the mean."""
        return _rounded_mean(ranks)


@frozen
class Agreement(ByRank):
    """A grade only where mode, median and mean of the parts agree; for scales whose publisher names no method."""

    kind: ClassVar[str] = "agreement of mode, median and mean"

    def pick(self, ranks: Ranks) -> Fraction | None:
        """Return the rank on which the three agree."""
        said = {method(ranks) for method in _AVERAGES.values()}
        return said.pop() if len(said) == 1 else None

    @property
    def monotone(self) -> bool:
        """The mode is part of it."""
        return False


@frozen
class Lowest(ByRank):
    """The lowest grade among the parts."""

    kind: ClassVar[str] = "lowest"

    def pick(self, ranks: Ranks) -> Fraction | None:
        """Return the lowest rank."""
        return min(ranks)


@frozen
class Highest(ByRank):
    """The highest grade among the parts."""

    kind: ClassVar[str] = "highest"

    def pick(self, ranks: Ranks) -> Fraction | None:
        """Return the highest rank."""
        return max(ranks)
