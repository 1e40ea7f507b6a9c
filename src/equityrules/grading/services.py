"""What several services' ratings make together: of one criterion, and of a whole group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from equityrules.grading.awards import EVEN_CHOICES, Award, AwardBook, Bounds
from equityrules.model.evidence import Rating
from equityrules.model.framework import Criterion, CriterionGroup, Framework
from equityrules.model.numbers import counted, display
from equityrules.model.scale import Grade, Scale
from equityrules.statistics import add_up, middle_pair


def service_names(framework: Framework, group: CriterionGroup, book: AwardBook) -> tuple[str, ...]:
    """Return the services that any criterion of the group, or the group itself, was rated for."""
    about = [framework.group_ref(group), *(f"{framework.id}/{criterion}" for criterion in group.criteria)]
    return tuple(dict.fromkeys(name for ref in about for name in book.services.get(ref, ())))


def _worth(grade: Grade) -> Fraction:
    """Return what a grade counts for in a median: its points, or its rank on a scale without points."""
    return Fraction(grade.rank) if grade.points is None else grade.points


def _grade_worth(scale: Scale, worth: Fraction) -> Grade | None:
    return next((grade for grade in scale.grades if _worth(grade) == worth), None)


def service_bounds(scale: Scale, rating: Rating | None) -> Bounds:
    """Return what a service's rating of a criterion is worth; anything where it was not rated, or does not apply."""
    if rating is None or not rating.applicable or (rating.grade is None and rating.points is None):
        return Bounds(_worth(scale.lowest), _worth(scale.highest))
    worth = _worth(scale.read(rating.grade)) if rating.grade else Fraction(rating.points or 0)
    return Bounds(worth, worth)


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


_PICKS: tuple[Callable[[tuple[Fraction, Fraction]], Fraction], ...] = (min, max, _halfway)
_EVEN = dict(zip(EVEN_CHOICES, _PICKS, strict=True))


def services_award(framework: Framework, criterion: Criterion, names: Sequence[str], book: AwardBook) -> Award | None:
    """Return the median of the services' ratings of one criterion, or None where no service was rated for it."""
    method = framework.methods.services
    rated = book.services.get(f"{framework.id}/{criterion.id}", {})
    if not rated or method is None:
        return None
    scale = criterion.scale
    points = middle([service_bounds(scale, rated.get(name)) for name in names], method.even)
    said = ", ".join(f"{name} {_grade_label(scale, rated.get(name))}" for name in names)
    return Award(
        graded_from="services",
        held=_grade_worth(scale, points.low) if points.settled is not None else None,
        attainable=_grade_worth(scale, points.high),
        points=points,
        method="median of services",
        basis=method.basis,
        because=f"median of {counted(len(names), 'service')}: {said}",
    )


def _grade_label(scale: Scale, rating: Rating | None) -> str:
    if rating is None:
        return "not rated"
    if not rating.applicable:
        return "not applicable"
    return scale.read(rating.grade).label if rating.grade else display(Fraction(rating.points or 0))


def stated_service_total(framework: Framework, group: CriterionGroup, name: str, book: AwardBook) -> Fraction | None:
    """Return the points that were stated for a service over the whole group, if any were."""
    stated = book.services.get(framework.group_ref(group), {}).get(name)
    return None if stated is None or stated.points is None else Fraction(stated.points)


def added_service_total(framework: Framework, group: CriterionGroup, name: str, book: AwardBook) -> Bounds:
    """Return a service's points over the whole group as its criteria add up."""
    return _sum([_criterion_bounds(framework, criterion, name, book) for criterion in group.criteria])


def _criterion_bounds(framework: Framework, criterion_id: str, name: str, book: AwardBook) -> Bounds:
    rating = book.services.get(f"{framework.id}/{criterion_id}", {}).get(name)
    return service_bounds(framework.criterion(criterion_id).scale, rating)


def _sum(parts: Sequence[Bounds]) -> Bounds:
    return Bounds(add_up(one.low for one in parts), add_up(one.high for one in parts))


def service_totals(
    framework: Framework, group: CriterionGroup, names: Sequence[str], book: AwardBook
) -> dict[str, Bounds]:
    """Return each service's points over the whole group: as stated, else as its criteria add up."""
    totals = {}
    for name in names:
        stated = stated_service_total(framework, group, name, book)
        added = added_service_total(framework, group, name, book)
        totals[name] = added if stated is None else Bounds(stated, stated)
    return totals


def group_service_points(
    framework: Framework, group: CriterionGroup, names: Sequence[str], book: AwardBook
) -> Mapping[str, Bounds]:
    """Return the group's points by both methods for services: the median of their totals, and the sum of medians."""
    even = framework.methods.services.even if framework.methods.services else ""
    medians = [
        middle([_criterion_bounds(framework, criterion, name, book) for name in names], even)
        for criterion in group.criteria
    ]
    totals = list(service_totals(framework, group, names, book).values())
    return {"median-of-totals": middle(totals, even), "median-per-criterion": _sum(medians)}


def bounds_text(bounds: Bounds) -> str:
    """Return points in words: "5", "5 to 8"."""
    if bounds.settled is not None:
        return display(bounds.settled)
    return f"{display(bounds.low)} to {display(bounds.high)}"
