"""Where every criterion, every group and the whole stand: by awards where there are any, else by the requirements."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from equityrules.grading.awards import (
    Award,
    AwardBook,
    Bounds,
    group_service_points,
    service_names,
    services_award,
    stated_award,
    voted_award,
)
from equityrules.grading.requirements import applies, support
from equityrules.model.basis import Basis
from equityrules.model.framework import Criterion, CriterionGroup, Framework, RollUpRule, Total, Word
from equityrules.model.numbers import display
from equityrules.model.result import CriterionResult, Finding, GroupResult, OverallResult, Standing, Supported
from equityrules.model.scale import Scale


@frozen
class Bench:
    """What grading works with: the framework, the awards of the period, and the weakest basis that counts."""

    framework: Framework
    book: AwardBook
    level: Basis | None = None

    def award(self, about: str, scale: Scale, scored: bool = False) -> Award | None:
        """Return the stated rating of something, else what its votes decide, else None."""
        if about in self.book.stated:
            return stated_award(self.book.stated[about], scale, scored)
        method = self.framework.methods.votes
        if about in self.book.votes and method is not None and method.basis.at_least(self.level):
            return voted_award(self.book.votes[about], scale, method)
        return None

    def services(self, group: CriterionGroup) -> tuple[str, ...]:
        """Return the services whose ratings count for a group; none where the method is on too weak a basis."""
        method = self.framework.methods.services
        judged = group.services and method is not None and method.basis.at_least(self.level)
        return service_names(self.framework, group, self.book) if judged else ()


def grade_criterion(bench: Bench, criterion: Criterion, findings: tuple[Finding, ...]) -> CriterionResult:
    """Return where a criterion stands: its rating, else its services', else its votes, else its requirements."""
    about = f"{bench.framework.id}/{criterion.id}"
    group = next(group for group in bench.framework.groups if group.id == criterion.group)
    award = None if about in bench.book.stated else _by_services(bench, criterion, group)
    award = award or bench.award(about, criterion.scale, scored=True)
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


def _by_services(bench: Bench, criterion: Criterion, group: CriterionGroup) -> Award | None:
    return (
        services_award(bench.framework, criterion, bench.services(group), bench.book) if bench.services(group) else None
    )


def _criterion_bounds(scale: Scale, award: Award) -> Bounds | None:
    """Return the points of an award: its own, else those of its grades; None where they do not apply."""
    if not award.applicable or scale.lowest.points is None:
        return None
    if award.points is not None:
        return award.points
    low = award.held.points if award.held else scale.lowest.points
    high = (award.attainable or scale.highest).points
    return Bounds(low or Fraction(0), high or Fraction(0))


def _from_requirements(criterion: Criterion, findings: tuple[Finding, ...], supported: Supported) -> CriterionResult:
    applicable = applies(findings)
    scale = criterion.scale
    pointed = applicable and scale.lowest.points is not None
    low = (supported.held or scale.lowest).points if pointed else None
    high = (supported.attainable or scale.highest).points if pointed else None
    graded = any(finding.outcome.value in ("met", "unmet") for finding in findings)
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
        because=""
        if graded
        else "nothing in the evidence about it"
        if applicable
        else "none of its requirements applies",
        applicable=applicable,
        supported=supported,
        graded_from="requirements" if graded else None,
        findings=findings,
    )


def grade_group(bench: Bench, group: CriterionGroup, results: Sequence[CriterionResult]) -> GroupResult:
    """Return where a group stands.

    The word comes from its rating, else its votes, else its criteria by the framework's method; the points from its
    rating, else its services, else its criteria. Each takes its own, so a voted grade has no points of its own.
    """
    about, scale = bench.framework.group_ref(group), bench.framework.scale
    award = bench.award(about, scale)
    services = bench.services(group)
    total = _group_total(bench, group, results, award, services)
    word, method, basis = _word(bench, bench.framework.methods.groups, results, total, award)
    applicable = award.applicable if award else all(result.applicable for result in results)
    return GroupResult(
        id=group.id,
        title=group.title,
        held=word.held,
        attainable=word.attainable,
        points=total.points if total else None,
        points_low=total.low if total else None,
        points_attainable=total.high if total else None,
        method=_with_points_method(method, bench, services, award),
        basis=basis,
        because=word.because,
        applicable=applicable,
        graded_from=_group_graded_from(award, services, results),
        alternatives=word.alternatives,
    )


def _with_points_method(method: str, bench: Bench, services: Sequence[str], award: Award | None) -> str:
    chosen = bench.framework.methods.services
    if not services or chosen is None or (award and award.points):
        return method
    return f"points: {chosen.kind} of {len(services)} services; word: {method}"


def _group_graded_from(award: Award | None, services: Sequence[str], results: Sequence[CriterionResult]) -> str | None:
    if award is not None:
        return award.graded_from
    if services:
        return "services"
    return "criteria" if any(result.graded_from for result in results) else None


def _group_total(
    bench: Bench,
    group: CriterionGroup,
    results: Sequence[CriterionResult],
    award: Award | None,
    services: Sequence[str],
) -> Total | None:
    if award is not None and award.points is not None:
        return Total(award.points.settled, award.points.low, award.points.high)
    if award is not None and not award.applicable:
        return None
    if services and bench.framework.methods.services and not _rated_directly(bench, group):
        points = group_service_points(bench.framework, group, services, bench.book)
        chosen = points[bench.framework.methods.services.kind]
        return Total(chosen.settled, chosen.low, chosen.high)
    return sum_points(results)


def _rated_directly(bench: Bench, group: CriterionGroup) -> bool:
    """Whether any criterion of the group has a rating that stands for all services."""
    return any(f"{bench.framework.id}/{criterion}" in bench.book.stated for criterion in group.criteria)


def sum_points(parts: Sequence[Standing]) -> Total | None:
    """Return the sum of the parts' points with its bounds; None where a part does not apply or has no points at all."""
    lows, highs = [part.points_low for part in parts], [part.points_attainable for part in parts]
    if not parts or None in lows or None in highs:
        return None
    low = sum((points for points in lows if points is not None), Fraction(0))
    high = sum((points for points in highs if points is not None), Fraction(0))
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
    if not rule.basis.at_least(bench.level):
        return Word(None, None, f"the method is {rule.basis}; left out by request"), name, rule.basis
    if award is not None and not _decided_by_points(rule):
        return Word(None, None, f"only its total is given: {award.because}"), "stated total", None
    return rule.roll_up.word(bench.framework.scale, parts, total), name, rule.basis


def _decided_by_points(rule: RollUpRule) -> bool:
    return rule.roll_up.kind == "points-total"


def grade_overall(bench: Bench, groups: Sequence[GroupResult]) -> OverallResult:
    """Return where the whole stands: its rating, else its votes, else its groups by the framework's method."""
    framework = bench.framework
    award = bench.award(framework.id, framework.scale)
    total = sum_points(groups)
    if award is not None and award.points is not None:
        total = Total(award.points.settled, award.points.low, award.points.high)
    word, method, basis = _word(bench, framework.methods.overall, groups, total, award)
    pointed = total is not None and framework.methods.overall is not None
    return OverallResult(
        id=framework.id,
        title=framework.title,
        held=word.held,
        attainable=word.attainable,
        points=total.points if total and pointed else None,
        points_low=total.low if total and pointed else None,
        points_attainable=total.high if total and pointed else None,
        method=method,
        basis=basis,
        because=word.because,
        graded_from=award.graded_from if award else "groups" if any(group.graded_from for group in groups) else None,
    )


def describe_services(bench: Bench, group: CriterionGroup) -> dict[str, str]:
    """Return a group's points by each method for services, in words."""
    services = bench.services(group)
    points = group_service_points(bench.framework, group, services, bench.book) if services else {}
    return {
        name: display(one.low) if one.settled is not None else f"{display(one.low)} to {display(one.high)}"
        for name, one in points.items()
    }
