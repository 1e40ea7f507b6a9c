"""Awards that do not fit together: a stated total or rating against its parts, points against grades, unused ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve

from equityrules.grading.awards import AWARDED, Bounds
from equityrules.grading.bench import Bench
from equityrules.grading.services import bounds_text
from equityrules.grading.standings import grade_group, grade_overall
from equityrules.model.evidence import Evidence, Rating, Votes
from equityrules.model.framework import CriterionGroup, Method
from equityrules.model.numbers import display
from equityrules.model.period import Period
from equityrules.model.result import CriterionResult, GroupResult, OverallResult, Remark, Severity
from equityrules.model.scale import Scale

Whole = GroupResult | OverallResult


def check_periods(bench: Bench, evidence: Evidence, period: Period) -> Iterator[Remark]:
    """Yield a remark for ratings and votes of other periods, and for those that a later one in the period replaces."""
    ours = bench.framework.id
    given: list[Rating | Votes] = [*evidence.ratings, *evidence.votes]
    others = sorted({one.period for one in given if _is_about(one, ours) and not period.contains(one.period.end)})
    if others:
        listed = ", ".join(map(str, others))
        message = f"ratings or votes for {listed} are not for {period} and were left out"
        yield Remark("award-of-another-period", Severity.NOTE, ours, message, "none on this result")
    for one in bench.book.superseded:
        if _is_about(one, ours):
            what = "rating" if isinstance(one, Rating) else "vote"
            message = f"the {what} of {one.day} for {one.period} was followed by a later one in {period}"
            yield Remark("earlier-award", Severity.NOTE, one.place or one.about, message, "the latest counts")


def _is_about(given: Rating | Votes, framework: str) -> bool:
    return given.about.partition("/")[0] == framework


def check_unused(bench: Bench) -> Iterator[Remark]:
    """Yield a remark for services' ratings and votes that no method turns into a grade."""
    methods = bench.framework.methods
    by_services = {bench.framework.group_ref(group): group for group in bench.framework.groups if group.services}
    rated_by_service = {*by_services, *(bench.about(name) for group in by_services.values() for name in group.criteria)}
    for about, ratings in bench.book.services.items():
        if _is_about(next(iter(ratings.values())), bench.framework.id):
            why = (
                "it is not rated service by service" if about not in rated_by_service else _why(bench, methods.services)
            )
            yield from _unused(about, "services' ratings", why)
    for about, polls in bench.book.votes.items():
        if _is_about(polls[0], bench.framework.id) and any(poll.votes for poll in polls):
            yield from _unused(about, "votes", _why(bench, methods.votes))


def _why(bench: Bench, method: Method | None) -> str:
    if method is None:
        return "the standard has no method for them"
    return "" if bench.judged(method) else f"the method for them is {method.basis}; left out by request"


def _unused(about: str, what: str, why: str) -> Iterator[Remark]:
    if why:
        yield Remark("award-not-used", Severity.WARNING, about, f"{what} were given, but {why}", "they do not count")


def check_scores(bench: Bench) -> Iterator[Remark]:
    """Yield a remark for points of a criterion that are no grade's, or not those of the grade beside them."""
    for criterion in bench.framework.criteria:
        about = bench.about(criterion.id)
        own = [bench.book.stated[about]] if about in bench.book.stated else []
        for rating in (*own, *bench.book.services.get(about, {}).values()):
            yield from _score(rating, criterion.scale, bench.framework.word("grade"))


def _score(rating: Rating, scale: Scale, grade_word: str) -> Iterator[Remark]:
    points = None if rating.points is None else Fraction(rating.points)
    grade = scale.read(rating.grade) if rating.grade else None
    if points is None or scale.lowest.points is None:
        return
    where = rating.place or rating.about
    if grade is not None and grade.points != points:
        worth = display(grade.points or Fraction(0))
        message = f"{grade.label} is worth {worth}, {display(points)} is stated beside it"
        yield Remark("points-differ-from-grade", Severity.WARNING, where, message, f"{grade.label} is used")
    if grade is None and scale.with_points(points) is None:
        message = f"{display(points)} is no score of the scale; it is probably an average"
        effect = f"taken as stated, not rounded; by itself it is no {grade_word}"
        yield Remark("points-not-whole", Severity.WARNING, where, message, effect)


def check_whole(bench: Bench, about: str) -> Iterator[Remark]:
    """Yield a remark where a stated total cannot be a sum of the scores that the scale gives."""
    rating = bench.book.stated.get(about)
    if rating is None or rating.points is None:
        return
    scores = [grade.points for criterion in bench.framework.criteria for grade in criterion.scale.grades]
    whole = all(one is not None and one.denominator == 1 for one in scores)
    points = Fraction(rating.points)
    if whole and points.denominator != 1:
        yield Remark(
            "points-not-whole", Severity.WARNING, rating.place or about,
            f"{display(points)} cannot be a sum of whole scores; it is probably an average",
            f"taken as stated, not rounded; totals between two bands have no {bench.framework.word('grade')}",
        )  # fmt: skip


def check_group(
    bench: Bench, group: CriterionGroup, result: GroupResult, parts: Sequence[CriterionResult]
) -> Iterator[Remark]:
    """Yield a remark where what was decided about a group does not follow from its criteria."""
    about = bench.framework.group_ref(group)
    if not bench.decided(about):
        return
    alone = bench.without(about)
    awarded, shown = grade_group(alone, group, _as_awarded(bench, parts)), grade_group(alone, group, parts)
    yield from _differences(bench, about, result, awarded, shown)


def check_overall(bench: Bench, result: OverallResult, parts: Sequence[CriterionResult]) -> Iterator[Remark]:
    """Yield a remark where what was decided about the whole does not follow from its groups, or from its own points."""
    about = bench.framework.id
    if not bench.decided(about):
        return
    alone = bench.without(about)
    awarded, shown = (_overall(alone, given) for given in (_as_awarded(bench, parts), parts))
    yield from _differences(bench, about, result, _by_own_points(bench, about, parts, awarded), shown)


def _by_own_points(bench: Bench, about: str, parts: Sequence[CriterionResult], awarded: OverallResult) -> OverallResult:
    """Return the whole as its parts' awards give it, with the grade of the points stated for it, if there are any."""
    rating = bench.book.stated.get(about)
    if rating is None or rating.points is None:
        return awarded
    book = evolve(bench.book, stated={**bench.book.stated, about: evolve(rating, grade=None)})
    own = _overall(evolve(bench, book=book), _as_awarded(bench, parts))
    return evolve(awarded, held=own.held, because=own.because)


def _overall(bench: Bench, parts: Sequence[CriterionResult]) -> OverallResult:
    groups = [
        grade_group(bench, group, [one for one in parts if one.group == group.id]) for group in bench.framework.groups
    ]
    return grade_overall(bench, groups, parts)


def _as_awarded(bench: Bench, parts: Sequence[CriterionResult]) -> list[CriterionResult]:
    """Return the criteria with everything left open that nobody decided."""
    return [part if part.graded_from in AWARDED else _opened(bench, part) for part in parts]


def _opened(bench: Bench, part: CriterionResult) -> CriterionResult:
    scale = bench.framework.criterion(part.id).scale
    return evolve(
        part, held=None, attainable=None, applicable=True, graded_from=None,
        points=None, points_low=scale.lowest.points, points_attainable=scale.highest.points,
    )  # fmt: skip


def _differences(bench: Bench, about: str, result: Whole, awarded: Whole, shown: Whole) -> Iterator[Remark]:
    """Compare what was decided with what its parts' awards give, and with what they show together with the evidence."""
    rating = bench.book.stated.get(about)
    where = (rating.place if rating else "") or about
    if rating is not None and rating.points is not None:
        yield from _total(where, Fraction(rating.points), awarded)
    if result.graded_from not in ("rating", "votes") or result.held is None:
        return
    if awarded.held is not None and awarded.held != result.held:
        weak = awarded.basis is not None and not awarded.basis.publishable_against_a_panel
        message = f"{result.held.label} was decided; its parts give {awarded.held.label} ({awarded.because})"
        yield Remark("rating-differs", Severity.WARNING, where, message, "what was decided stands", internal=weak)
    elif shown.held is not None and shown.held != result.held:
        message = f"{result.held.label} was awarded; its parts with the evidence given show {shown.held.label}"
        yield Remark("award-differs-from-evidence", Severity.NOTE, about, message, "the award stands", internal=True)


def _total(where: str, points: Fraction, awarded: Whole) -> Iterator[Remark]:
    low, high = awarded.points_low, awarded.points_attainable
    if low is not None and high is not None and not low <= points <= high:
        message = f"{display(points)} is stated, its parts add to {bounds_text(Bounds(low, high))}"
        yield Remark("total-differs", Severity.WARNING, where, message, "the stated total is used")
