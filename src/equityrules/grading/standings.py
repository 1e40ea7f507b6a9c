"""Where every criterion, every group and the whole stand: by awards where there are any, else by the requirements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain

from attrs import evolve

from equityrules.grading.awards import AWARDED, Award, Bounds
from equityrules.grading.bench import Bench
from equityrules.grading.requirements import applies, basis_of, support, supported_by
from equityrules.grading.services import bounds_text, service_totals
from equityrules.model.basis import Basis
from equityrules.model.finding import Finding, Outcome, Reason
from equityrules.model.framework import Criterion, CriterionGroup, Method, RollUpRule
from equityrules.model.kinds import Total, Word
from equityrules.model.numbers import counted
from equityrules.model.result import CriterionResult, GroupResult, OverallResult, Standing, Supported
from equityrules.model.scale import Scale


def grade_criterion(bench: Bench, criterion: Criterion, findings: tuple[Finding, ...]) -> CriterionResult:
    """Return where a criterion stands: its rating, else its services', else its votes, else its requirements."""
    group = next(group for group in bench.framework.groups if group.id == criterion.group)
    award = bench.criterion_award(criterion, group)
    supported = support(criterion.scale, findings)
    if award is None:
        return _from_requirements(criterion, findings, supported)
    bounds = _criterion_bounds(criterion.scale, award)
    return CriterionResult(
        id=criterion.id,
        title=criterion.title,
        group=criterion.group,
        held=award.held,
        attainable=award.attainable,
        points=bounds.settled if bounds else None,
        points_low=bounds.low if bounds else None,
        points_attainable=bounds.high if bounds else None,
        method=award.method,
        basis=award.basis,
        because=award.because,
        applicable=award.applicable,
        supported=supported,
        graded_from=award.graded_from,
        findings=findings,
    )


def criterion_grades(
    bench: Bench, criterion: Criterion, group: CriterionGroup, by_rank: Sequence[Sequence[Outcome]]
) -> Supported:
    """Return the grade that `grade_criterion` holds, and the one that it finds attainable, and nothing else."""
    award = bench.criterion_award(criterion, group)
    if award is not None:
        return Supported(award.held, award.attainable)
    applicable = any(outcome is not Outcome.NOT_APPLICABLE for outcome in chain.from_iterable(by_rank))
    if not criterion.graded or not applicable:
        return Supported(None, None)
    return supported_by(criterion.scale, by_rank)


def _criterion_bounds(scale: Scale, award: Award) -> Bounds | None:
    """Return the points of an award: its own, else those of its grades; None where they do not apply."""
    if not award.applicable or scale.lowest.points is None:
        return None
    if award.points is not None:
        return award.points
    low = (award.held or award.least or scale.lowest).points
    high = (award.attainable or scale.highest).points
    return Bounds(low or Fraction(0), high or Fraction(0))


def _not_graded(criterion: Criterion, findings: tuple[Finding, ...]) -> CriterionResult:
    """Return a criterion whose findings stand by themselves, with how many of them came out how."""
    outcomes = Counter(finding.outcome for finding in findings)
    said = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items())
    return CriterionResult(
        id=criterion.id, title=criterion.title, group=criterion.group, method="none",
        because=f"no single grade; findings: {said}", applicable=applies(findings), findings=findings,
    )  # fmt: skip


def _from_requirements(criterion: Criterion, findings: tuple[Finding, ...], supported: Supported) -> CriterionResult:
    if not criterion.graded:
        return _not_graded(criterion, findings)
    applicable, scale = applies(findings), criterion.scale
    pointed = applicable and scale.lowest.points is not None
    low = (supported.held or scale.lowest).points if pointed else None
    high = (supported.attainable or scale.highest).points if pointed else None
    graded = applicable and any(finding.outcome in (Outcome.MET, Outcome.UNMET) for finding in findings)
    return CriterionResult(
        id=criterion.id,
        title=criterion.title,
        group=criterion.group,
        held=supported.held if applicable else None,
        attainable=supported.attainable if applicable else None,
        points=low if low == high else None,
        points_low=low,
        points_attainable=high,
        method="requirements, level by level" if graded else "",
        basis=basis_of(findings, supported.held) if graded else None,
        because="" if graded else _why_not_graded(findings, applicable),
        applicable=applicable,
        supported=supported,
        graded_from="requirements" if graded else None,
        findings=findings,
    )


def _why_not_graded(findings: Sequence[Finding], applicable: bool) -> str:
    if not applicable:
        return "none of its requirements applies"
    reasons = dict.fromkeys(finding.reason for finding in findings)
    if set(reasons) <= {Reason.NOT_EVIDENCED}:
        seen = any(one.value is not None or one.status for finding in findings for one in finding.observations)
        return "a part of what it needs is not in the evidence" if seen else "nothing in the evidence about it"
    return f"none of its requirements can be judged: {', '.join(reasons)}"


def grade_group(bench: Bench, group: CriterionGroup, results: Sequence[CriterionResult]) -> GroupResult:
    """Return where a group stands.

    The word comes from its rating, else its votes, else its criteria by the framework's method; the points from its
    rating, else its services, else its criteria. Each takes its own, so a stated or voted grade has no points of its
    own. Services' ratings come before votes: where there are both, the votes do not count.
    """
    about, scale = bench.framework.group_ref(group), bench.framework.scale
    award = bench.stated(about, scale) or (None if bench.services(group) else bench.voted(about, scale))
    total, services = _group_total(bench, group, results, award)
    word, method, basis = _word(bench, bench.framework.methods.groups, results, total, award)
    names = bench.services(group)
    return GroupResult(
        id=group.id,
        title=group.title,
        held=word.held,
        attainable=word.attainable,
        points=total.points if total else None,
        points_low=total.low if total else None,
        points_attainable=total.high if total else None,
        method=f"points: {services.kind} of {counted(len(names), 'service')}; word: {method}" if services else method,
        basis=basis,
        because=f"{_services_because(bench, group, names)}; {word.because}" if services else word.because,
        applicable=award.applicable if award else not results or any(result.applicable for result in results),
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
    lows, highs = [part.points_low for part in parts], [part.points_attainable for part in parts]
    if not parts or None in lows or None in highs:
        return None
    low = sum((points for points in lows if points is not None), Fraction(0))
    if highs == lows:
        return Total(low, low, low)
    return Total(None, low, sum((points for points in highs if points is not None), Fraction(0)))


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
    total = _own_total(award) or (sum_points(groups) if bench.judged(rule) else None)
    total = None if award and not award.applicable else total
    parts = groups if rule is not None and decided_by_points(rule) else _parts_with_words(bench, groups, criteria)
    word, method, basis = _word(bench, rule, parts, total, award)
    if rule is None and award is None:
        word = evolve(word, because=f"{word.because}; {_summary(criteria)}")
    return OverallResult(
        id=framework.id,
        title=framework.title,
        held=word.held,
        attainable=word.attainable,
        points=total.points if total else None,
        points_low=total.low if total else None,
        points_attainable=total.high if total else None,
        method=method,
        basis=basis,
        because=word.because,
        applicable=award.applicable if award else True,
        graded_from=award.graded_from if award else _by_parts("groups", groups),
    )


def _summary(criteria: Sequence[CriterionResult]) -> str:
    """Return which criteria stand where: "Assured: 2, 4; not enough evidence: 3"."""
    standings: dict[str, list[str]] = {}
    for one in sorted(criteria, key=lambda one: -(one.held.rank if one.held else -1)):
        word = one.held.label if one.held else "no single grade" if one.method == "none" else "not enough evidence"
        standings.setdefault(word if one.applicable else "not applicable", []).append(one.id)
    return "; ".join(f"{word}: {', '.join(ids)}" for word, ids in standings.items())


def _parts_with_words(
    bench: Bench, groups: Sequence[GroupResult], criteria: Sequence[CriterionResult]
) -> Sequence[Standing]:
    """Return what the words of the whole are made of: its groups, or the criteria of those that are given no word."""
    if bench.framework.methods.groups is not None:
        return groups
    parts: list[Standing] = []
    for group in groups:
        decided = group.graded_from in AWARDED and (not group.applicable or group.attainable is not None)
        parts.extend([group] if decided else [one for one in criteria if one.group == group.id])
    return parts
