"""Awards: what panels, services' ratings and votes decided, in that order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from attrs import field, frozen

from equityrules.model.basis import Basis
from equityrules.model.evidence import Evidence, Rating, Votes
from equityrules.model.framework import Method
from equityrules.model.numbers import counted, display
from equityrules.model.period import Period
from equityrules.model.scale import Grade, Scale

SERVICE_METHODS = ("median-of-totals", "median-per-criterion")
"""The ways in which services' ratings become a group's points."""

EVEN_CHOICES = ("lower", "upper", "mean")
"""What may be taken as the middle of an even number of services."""

AWARDED = ("rating", "services", "votes")
"""What somebody decided, rather than the requirements or the parts."""


_Given = TypeVar("_Given", Rating, Votes)


@frozen
class Bounds:
    """The least and the most points that something can have."""

    low: Fraction
    high: Fraction

    @property
    def settled(self) -> Fraction | None:
        """The points, where least and most are the same."""
        return self.low if self.low == self.high else None


@frozen(kw_only=True)
class Award:
    """What somebody decided about a criterion, a group or the whole.

    `held` and `attainable` are the same grade unless the award is open (a tie, a service not rated); `least` is the
    lowest grade that a tie can be decided for. `points` are what the award itself says; None where it speaks in
    grades only.
    """

    graded_from: str
    held: Grade | None = None
    attainable: Grade | None = None
    least: Grade | None = None
    points: Bounds | None = None
    method: str
    basis: Basis | None = None
    because: str
    applicable: bool = True


@frozen
class AwardBook:
    """All ratings and votes of one period, by what they are about; `superseded` by later ones in the same period."""

    stated: Mapping[str, Rating] = field(factory=dict)
    services: Mapping[str, Mapping[str, Rating]] = field(factory=dict)
    votes: Mapping[str, tuple[Votes, ...]] = field(factory=dict)
    superseded: tuple[Rating | Votes, ...] = ()


def open_book(evidence: Evidence, period: Period, framework: str) -> AwardBook:
    """Return the awards made for `period` in a framework (its id); of several for parts of the period, the latest.

    Polls of one group of raters for the same part of the period are sessions of one vote, and count together.
    """
    superseded: list[Rating | Votes] = []
    stated: dict[str, Rating] = {}
    services: dict[str, dict[str, Rating]] = defaultdict(dict)
    for rating in _within(_of(evidence.ratings, framework), period):
        shelf, key = (services[rating.about], rating.service) if rating.service else (stated, rating.about)
        superseded.extend([shelf[key]] if key in shelf else [])
        shelf[key] = rating
    votes: dict[str, tuple[Votes, ...]] = {}
    for sessions in _last_polls(_within(_of(evidence.votes, framework), period), superseded):
        votes[sessions[0].about] = (*votes.get(sessions[0].about, ()), *sessions)
    return AwardBook(stated, dict(services), votes, tuple(superseded))


def _of(given: Iterable[_Given], framework: str) -> list[_Given]:
    """Return the awards in one framework; those in others are on scales that it does not know."""
    return [one for one in given if one.about.partition("/")[0] == framework]


def _last_polls(polls: Iterable[Votes], superseded: list[Rating | Votes]) -> Iterable[list[Votes]]:
    """Return the sessions of each group of raters in the last part of the period that they voted for."""
    kept: dict[tuple[str, str, bool], list[Votes]] = {}
    for poll in polls:
        sessions = kept.setdefault((poll.about, poll.by, bool(poll.votes)), [])
        if sessions and sessions[0].period != poll.period:
            superseded.extend(sessions)
            sessions.clear()
        sessions.append(poll)
    return kept.values()


def _within(given: Iterable[_Given], period: Period) -> list[_Given]:
    return sorted((one for one in given if period.contains(one.period.end)), key=lambda one: one.recency)


def stated_award(rating: Rating, scale: Scale, scored: bool) -> Award:
    """Return a rating as an award: its grade, its points, or both.

    `scored` says that the points are a score on the scale itself (a criterion's), so that they name the grade, and a
    grade that was given names the points.
    """
    by = f" by {rating.by}" if rating.by else ""
    if not rating.applicable:
        because = f"stated as not applicable{by}: {rating.note or 'no reason given'}"
        return Award(graded_from="rating", method="stated", because=because, applicable=False)
    points = None if rating.points is None else Fraction(rating.points)
    grade = scale.read(rating.grade) if rating.grade else None
    if scored and points is not None:
        grade = grade or scale.with_points(points)
        points = points if grade is None else grade.points
    said = " and ".join(
        filter(None, (grade.label if grade else "", counted(points, "point") if points is not None else ""))
    )
    return Award(
        graded_from="rating",
        held=grade,
        attainable=grade,
        points=None if points is None else Bounds(points, points),
        method="stated",
        because=f"{said} stated{by}",
    )


def tally(polls: Sequence[Votes]) -> Counter[str]:
    """Return the votes per grade over all groups of raters; one vote counts as one."""
    total: Counter[str] = Counter()
    for poll in polls:
        total.update(poll.votes)
    return total


def leaders(votes: Mapping[str, int]) -> list[str]:
    """Return the grades with the most votes; several where they tie, none where nobody voted."""
    most = max(votes.values(), default=0)
    return [grade for grade, count in votes.items() if count == most and count > 0]


def voted_award(polls: Sequence[Votes], scale: Scale, method: Method) -> Award | None:
    """Return what the votes decide by plurality, or None where none were given by grade.

    A tie decides nothing: no grade is held, and the highest of those tied is attainable.
    """
    votes = tally(polls)
    first = sorted((scale.read(grade) for grade in leaders(votes)), key=lambda grade: grade.rank)
    if not first:
        return None
    count, total = votes[first[0].id], votes.total()
    share = f"{count} of {total} votes ({display(Fraction(100 * count, total), 1)}%)"
    tied = len(first) > 1
    names = " and ".join(grade.label for grade in first)
    return Award(
        graded_from="votes",
        held=None if tied else first[0],
        attainable=first[-1],
        least=first[0],
        method=method.kind,
        basis=method.basis,
        because=f"{names} tie with {share} each" if tied else f"{share} for {names}",
    )
