"""Kinds of roll-up: named ways for the grades of several parts to become one; here the one that adds up points.

Every kind answers with bounds: the grade is held only where the lowest and the highest that the parts allow agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from attrs import field, frozen

from equityrules.grading.by_rank import Agreement, Highest, Lowest, Mean, Median, Mode
from equityrules.model.kinds import Total, Word
from equityrules.model.numbers import counted, display
from equityrules.model.result import Standing
from equityrules.model.scale import Grade, Scale


@frozen
class Band:
    """The totals that earn a grade: from `start` (included; None: any) to `to` (included), or below `below`."""

    grade: Grade
    start: Fraction | None = None
    to: Fraction | None = None
    below: Fraction | None = None

    def holds(self, points: Fraction) -> bool:
        """Whether the total lies in the band."""
        return (
            (self.start is None or self.start <= points)
            and (self.to is None or points <= self.to)
            and (self.below is None or points < self.below)
        )

    def __str__(self) -> str:
        """The band in words: "8 to 21", "under 8", "33"."""
        if self.start is not None and self.start == self.to:
            return display(self.start)
        end = "" if self.to is None else display(self.to)
        end = end or ("" if self.below is None else f"under {display(self.below)}")
        if self.start is None:
            return f"up to {end}" if self.to is not None else end or "any"
        return f"{display(self.start)} to {end}" if end else f"{display(self.start)} and more"


@frozen
class PointsTotal:
    """The sum of all points picks the band; a total in no band has no grade."""

    kind: ClassVar[str] = "points-total"

    bands: tuple[Band, ...] = field()

    def band(self, points: Fraction) -> Band | None:
        """Return the band that holds the total, if one does."""
        return next((band for band in self.bands if band.holds(points)), None)

    def word(self, scale: Scale, parts: Sequence[Standing], total: Total | None) -> Word:
        """Return the grade of the total; with parts missing, only where both bounds lie in one band."""
        if total is None:
            return Word(None, None, _why_no_total(parts))
        low, high = self.band(total.low), self.band(total.high)
        held = low.grade if low is not None and low == high else None
        return Word(held, high.grade if high else None, self._because(total, low, high, parts))

    def _because(self, total: Total, low: Band | None, high: Band | None, parts: Sequence[Standing]) -> str:
        if total.points is not None:
            return f"{counted(total.points, 'point')}; {self._where(total.points, low)}"
        open_parts = ", ".join(part.id for part in parts if part.points is None)
        return (
            f"no settled points for {open_parts}: the total lies between {display(total.low)} ({_label(low)})"
            f" and {display(total.high)} ({_label(high)})"
        )

    def _where(self, points: Fraction, band: Band | None) -> str:
        if band:
            return f"{band.grade.label} is {band}"
        listed = "; ".join(f"{band.grade.label} {band}" for band in self.bands)
        return f"{display(points)} lies in no band ({listed}), so there is no grade"

    def next_step(self, total: Total, target: Grade | None) -> tuple[Grade, Fraction] | None:
        """Return the next band's grade, or the target's, and where it starts; None where the total has reached it."""
        for band in self.bands:
            wanted = target is None or band.grade.rank >= target.rank
            if wanted and band.start is not None and band.start > total.low:
                return band.grade, band.start
        return None


def _why_no_total(parts: Sequence[Standing]) -> str:
    lacking = [part.id for part in parts if part.points_low is None]
    if parts and len(lacking) < len(parts):
        return f"no total: {', '.join(lacking)} has no points, as not all of it applies"
    return "no total: no points are given, or nothing applies"


def _label(band: Band | None) -> str:
    return band.grade.label if band else "in no band"


KINDS = {"points-total": PointsTotal, "agreement": Agreement}
KINDS |= {kind.kind: kind for kind in (Mode, Median, Mean, Lowest, Highest)}
"""The kinds of roll-up that the engine knows by itself."""
