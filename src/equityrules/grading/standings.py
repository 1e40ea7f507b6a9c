"""Where every group and the whole stand: by awards where there are any, else by their criteria."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from equityrules.grading.awards import AWARDED, Award, Bounds
from equityrules.grading.bench import Bench
from equityrules.grading.services import bounds_text, service_totals
from equityrules.model.basis import Basis
from equityrules.model.framework import CriterionGroup, Framework, Method, RollUpRule
from equityrules.model.kinds import Total, Word
from equityrules.model.numbers import counted
from equityrules.model.result import CriterionResult, GroupResult, OverallResult, Standing
from equityrules.statistics import add_up


def grade_group(bench: Bench, group: CriterionGroup, results: Sequence[CriterionResult]) -> GroupResult:
    """Return where a group stands.

    The word comes from its rating, else its votes, else its criteria by the framework's method; the points from its
    rating, else its services, else its criteria. Each takes its own, so a stated or voted grade has no points of its
    own. Services' ratings come before votes: where there are both, the votes do not count.
    """
    about, scale = bench.framework.group_ref(group), bench.framework.scale
    award = bench.stated(about, scale) or (None if bench.services(group) else bench.voted(about, scale))
    points, services = _group_total(bench, group, results, award)
    word, method, basis = _word(bench, bench.framework.methods.groups, results, points, award)
    names = bench.services(group)
    return GroupResult(
        id=group.id,
        title=group.title,
        held=word.held,
        attainable=word.attainable,
        points=points.points if points else None,
        points_low=points.low if points else None,
        points_attainable=points.high if points else None,
        method=f"points: {services.kind} of {counted(len(names), 'service')}; word: {method}" if services else method,
        basis=basis,
        because=f"{_services_because(bench, group, names)}; {word.because}" if services else word.because,
        applicable=award.applicable if award else not results or any(result.applicable for result in results),
        votes=bench.votes_on(about),
        graded_from=award.graded_from if award else "services" if services else _by_parts("criteria", results),
        alternatives=word.alternatives,
    )


def _group_total(
    bench: Bench, group: CriterionGroup, results: Sequence[CriterionResult], award: Award | None
) -> tuple[Total | None, Method | None]:
    """Return a group's points, with the method for services where these decide them.

    A part that does not apply voids a total that is added up, not one that was stated.
    """
    if award is not None and not award.applicable:
        return None, None
    if stated := _own_total(award):
        return stated, None
    if not all(result.applicable for result in results):
        return None, None
    points, method = bench.service_points(group), bench.framework.methods.services
    if method is not None and points:
        return _total(points[method.kind]), method
    return sum_points(results), None


def _own_total(award: Award | None) -> Total | None:
    return None if award is None or award.points is None else _total(award.points)


def _total(bounds: Bounds) -> Total:
    return Total(bounds.settled, bounds.low, bounds.high)


def _services_because(bench: Bench, group: CriterionGroup, names: Sequence[str]) -> str:
    totals = service_totals(bench.framework, group, names, bench.book)
    return f"totals of services: {', '.join(f'{name} {bounds_text(total)}' for name, total in totals.items())}"


def _by_parts(name: str, parts: Sequence[CriterionResult | GroupResult]) -> str | None:
    return name if any(part.graded_from for part in parts) else None


def sum_points(parts: Sequence[Standing]) -> Total | None:
    """Return the sum of the parts' points with its bounds; None where a part does not apply or has no points at all."""
    lows = [part.points_low for part in parts if part.points_low is not None]
    highs = [part.points_attainable for part in parts if part.points_attainable is not None]
    if not parts or len(lows) < len(parts) or len(highs) < len(parts):
        return None
    low, high = add_up(lows), add_up(highs)
    return Total(low if low == high else None, low, high)


def _word(
    bench: Bench, rule: RollUpRule | None, parts: Sequence[Standing], total: Total | None, award: Award | None
) -> tuple[Word, str, Basis | None]:
    """Return the grade of several parts with its method and basis: the award's own, else by the framework's rule."""
    if award is not None and (award.held or award.attainable or award.points is None):
        return Word(award.held, award.attainable, award.because), award.method, award.basis
    if rule is None:
        return Word(None, None, "the standard gives no grade here"), "none", None
    name = rule.roll_up.kind
    if not bench.judged(rule):
        return Word(None, None, f"the method is {rule.basis}; left out by request"), name, rule.basis
    if award is not None and not decided_by_points(rule) and not any(part.held for part in parts):
        return Word(None, None, f"only its total is given: {award.because}"), "stated total", None
    return rule.roll_up.word(bench.framework.scale, parts, total), name, rule.basis


def decided_by_points(rule: RollUpRule) -> bool:
    """Whether the points alone make the grade, so that a stated total is enough for it."""
    return rule.roll_up.kind == "points-total"


def grade_overall(bench: Bench, groups: Sequence[GroupResult], criteria: Sequence[CriterionResult]) -> OverallResult:
    """Return where the whole stands: its rating, else its votes, else its parts by the framework's method."""
    framework, rule = bench.framework, bench.framework.methods.overall
    award = bench.stated(framework.id, framework.scale) or bench.voted(framework.id, framework.scale)
    points = _own_total(award) or (sum_points(groups) if bench.judged(rule) else None)
    points = None if award and not award.applicable else points
    parts = groups if rule is not None and decided_by_points(rule) else parts_with_words(framework, groups, criteria)
    word, method, basis = _word(bench, rule, parts, points, award)
    if rule is None and award is None:
        word = evolve(word, because=f"{word.because}; {_summary(criteria)}")
    return OverallResult(
        id=framework.id,
        title=framework.title,
        held=word.held,
        attainable=word.attainable,
        points=points.points if points else None,
        points_low=points.low if points else None,
        points_attainable=points.high if points else None,
        method=method,
        basis=basis,
        because=word.because,
        applicable=award.applicable if award else True,
        votes=bench.votes_on(framework.id),
        graded_from=award.graded_from if award else _by_parts("groups", groups),
    )


def _summary(criteria: Sequence[CriterionResult]) -> str:
    """Return which criteria stand where: "Assured: 2, 4; not enough evidence: 3"."""
    standings: dict[str, list[str]] = {}
    for one in sorted(criteria, key=lambda one: -(one.held.rank if one.held else -1)):
        word = one.held.label if one.held else "no single grade" if one.method == "none" else "not enough evidence"
        standings.setdefault(word if one.applicable else "not applicable", []).append(one.id)
    return "; ".join(f"{word}: {', '.join(ids)}" for word, ids in standings.items())


def parts_with_words(
    framework: Framework, groups: Sequence[GroupResult], criteria: Sequence[CriterionResult]
) -> Sequence[Standing]:
    """Return what the words of the whole are made of: its groups, or the criteria of those that are given no word."""
    if framework.methods.groups is not None:
        return groups
    parts: list[Standing] = []
    for group in groups:
        decided = group.graded_from in AWARDED and (not group.applicable or group.attainable is not None)
        parts.extend([group] if decided else [one for one in criteria if one.group == group.id])
    return parts
