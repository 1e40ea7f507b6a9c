"""Awards: what panels, services' ratings and votes decided, in that order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from attrs import field, frozen

from equityrules.model.basis import Basis
from equityrules.model.evidence import Evidence, Rating, Votes
from equityrules.model.framework import Criterion, CriterionGroup, Framework, Method
from equityrules.model.numbers import counted, display
from equityrules.model.period import Period
from equityrules.model.scale import Grade, Scale
from equityrules.statistics import middle_pair


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

    `held` and `attainable` are the same grade unless the award is open (a tie, a service not rated). `points` are
    what the award itself says; None where it speaks in grades only.
    """

    graded_from: str
    held: Grade | None = None
    attainable: Grade | None = None
    points: Bounds | None = None
    method: str
    basis: Basis | None = None
    because: str
    applicable: bool = True


@frozen
class AwardBook:
    """All ratings and votes of one period, by what they are about."""

    stated: Mapping[str, Rating] = field(factory=dict)
    services: Mapping[str, Mapping[str, Rating]] = field(factory=dict)
    votes: Mapping[str, tuple[Votes, ...]] = field(factory=dict)


def open_book(evidence: Evidence, period: Period) -> AwardBook:
    """Return the awards made for `period`; where one is stated for several parts of it, the latest."""
    stated: dict[str, Rating] = {}
    services: dict[str, dict[str, Rating]] = defaultdict(dict)
    for rating in _within(evidence.ratings, period):
        if rating.service:
            services[rating.about][rating.service] = rating
        else:
            stated[rating.about] = rating
    votes: dict[str, tuple[Votes, ...]] = {}
    for poll in _within(evidence.votes, period):
        votes[poll.about] = (*votes.get(poll.about, ()), poll)
    return AwardBook(stated, dict(services), votes)


_Given = TypeVar("_Given", Rating, Votes)


def _within(given: Iterable[_Given], period: Period) -> list[_Given]:
    chosen = [one for one in given if period.contains(one.period.end)]
    return sorted(chosen, key=lambda one: (one.period, one.day))


def stated_award(rating: Rating, scale: Scale, scored: bool) -> Award:
    """Return a rating as an award: its grade, its points, or both.

    `scored` says that the points are a score on the scale itself (a criterion's), so that they name the grade.
    """
    by = f" by {rating.by}" if rating.by else ""
    if not rating.applicable:
        because = f"stated as not applicable{by}: {rating.note or 'no reason given'}"
        return Award(graded_from="rating", method="stated", because=because, applicable=False)
    points = None if rating.points is None else Fraction(rating.points)
    grade = scale.read(rating.grade) if rating.grade else None
    if scored and grade is None and points is not None:
        grade = scale.with_points(points)
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
        method=method.kind,
        basis=method.basis,
        because=f"{names} tie with {share} each" if tied else f"{share} for {names}",
    )


def service_names(framework: Framework, group: CriterionGroup, book: AwardBook) -> tuple[str, ...]:
    """Return the services that any criterion of the group, or the group itself, was rated for."""
    about = [framework.group_ref(group), *(f"{framework.id}/{criterion}" for criterion in group.criteria)]
    return tuple(dict.fromkeys(name for ref in about for name in book.services.get(ref, ())))


def service_bounds(scale: Scale, rating: Rating | None) -> Bounds:
    """Return the points a service has for a criterion; any where it was not rated."""
    points = None
    if rating is not None:
        points = scale.read(rating.grade).points if rating.grade else Fraction(rating.points or 0)
    return (
        Bounds(scale.lowest.points or Fraction(0), scale.highest.points or Fraction(0))
        if points is None
        else Bounds(points, points)
    )


def middle(services: Sequence[Bounds], even: str) -> Bounds:
    """Return the middle of the services' points.

    An even number of services has no middle one: `even` says which to take (lower, upper or mean); without it the
    result stays open between the two.
    """
    low, high = middle_pair([one.low for one in services]), middle_pair([one.high for one in services])
    pick = _EVEN.get(even)
    return Bounds(pick(low), pick(high)) if pick else Bounds(low[0], high[1])


def _halfway(pair: tuple[Fraction, Fraction]) -> Fraction:
    return (pair[0] + pair[1]) / 2


_EVEN: dict[str, Callable[[tuple[Fraction, Fraction]], Fraction]] = {"lower": min, "upper": max, "mean": _halfway}


def services_award(framework: Framework, criterion: Criterion, names: Sequence[str], book: AwardBook) -> Award | None:
    """Return the median of the services' ratings of one criterion, or None where no service was rated for it."""
    method = framework.methods.services
    rated = book.services.get(f"{framework.id}/{criterion.id}", {})
    if not rated or method is None:
        return None
    points = middle([service_bounds(criterion.scale, rated.get(name)) for name in names], method.even)
    said = ", ".join(f"{name} {_grade_label(criterion.scale, rated.get(name))}" for name in names)
    held = criterion.scale.with_points(points.low) if points.settled is not None else None
    return Award(
        graded_from="services",
        held=held,
        attainable=criterion.scale.with_points(points.high),
        points=points,
        method="median of services",
        basis=method.basis,
        because=f"median of {counted(len(names), 'service')}: {said}",
    )


def _grade_label(scale: Scale, rating: Rating | None) -> str:
    if rating is None:
        return "not rated"
    return scale.read(rating.grade).label if rating.grade else display(Fraction(rating.points or 0))


SERVICE_METHODS = ("median-of-totals", "median-per-criterion")
EVEN_CHOICES = tuple(_EVEN)


def service_totals(
    framework: Framework, group: CriterionGroup, names: Sequence[str], book: AwardBook
) -> dict[str, Bounds]:
    """Return each service's points over the whole group: as stated, else as its criteria add up."""
    return {name: _service_total(framework, group, name, book) for name in names}


def _service_total(framework: Framework, group: CriterionGroup, name: str, book: AwardBook) -> Bounds:
    stated = book.services.get(framework.group_ref(group), {}).get(name)
    if stated is not None and stated.points is not None:
        return Bounds(Fraction(stated.points), Fraction(stated.points))
    each = [_criterion_bounds(framework, criterion, name, book) for criterion in group.criteria]
    return Bounds(sum((one.low for one in each), Fraction(0)), sum((one.high for one in each), Fraction(0)))


def _criterion_bounds(framework: Framework, criterion_id: str, name: str, book: AwardBook) -> Bounds:
    rating = book.services.get(f"{framework.id}/{criterion_id}", {}).get(name)
    return service_bounds(framework.criterion(criterion_id).scale, rating)


def group_service_points(
    framework: Framework, group: CriterionGroup, names: Sequence[str], book: AwardBook
) -> dict[str, Bounds]:
    """Return the group's points by both methods for services: the median of their totals, and the sum of medians."""
    even = framework.methods.services.even if framework.methods.services else ""
    totals = service_totals(framework, group, names, book)
    medians = [
        middle([_criterion_bounds(framework, criterion, name, book) for name in names], even)
        for criterion in group.criteria
    ]
    return {
        "median-of-totals": middle(list(totals.values()), even),
        "median-per-criterion": Bounds(
            sum((one.low for one in medians), Fraction(0)), sum((one.high for one in medians), Fraction(0))
        ),
    }
