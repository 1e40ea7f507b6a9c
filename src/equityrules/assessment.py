"""The straight line: one framework, one organisation's evidence, one period, one assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from equityrules.conditions import Comparator, Threshold
from equityrules.gaps import find_gaps, overall_gaps
from equityrules.grading.awards import open_book
from equityrules.grading.bench import Bench
from equityrules.grading.criteria import criterion_grades, grade_criterion
from equityrules.grading.evidence_checks import check_targets
from equityrules.grading.lifts import Whole
from equityrules.grading.own_words import actions_of, cover_of, explanations_of, texts_of
from equityrules.grading.reconcile import reconcile
from equityrules.grading.requirements import explain, find_all, outcomes_of
from equityrules.grading.standings import grade_group, grade_overall
from equityrules.model.basis import Basis
from equityrules.model.evidence import Evidence, Explanation, Target
from equityrules.model.finding import Finding
from equityrules.model.framework import Criterion, Framework
from equityrules.model.period import Period, parse_period
from equityrules.model.result import (
    Assessment,
    CriterionResult,
    Fault,
    GroupResult,
    NarrativeText,
    Receipt,
    Remark,
    Supported,
    TargetResult,
)
from equityrules.model.scale import Grade
from equityrules.model.snapshot import Snapshot, take_snapshot
from equityrules.model.vocabulary import cell_labels
from equityrules.reading import dimensions_read
from equityrules.version import VERSION


def choose_period(evidence: Evidence) -> tuple[Period, str]:
    """Return the period to assess where none was named, and how it was chosen.

    It is the latest that anything to be judged is stated for; of two that end on one day, the longer one. Plans,
    targets, texts and explanations choose it only where there is nothing else. Raises ValueError where the evidence is
    empty.
    """
    judged = {one.period for one in (*evidence.entries, *evidence.ratings, *evidence.votes)}
    periods = judged or set(evidence.periods())
    if not periods:
        raise ValueError("the evidence holds nothing, so there is no period to assess")
    how = "the only period" if len(periods) == 1 else f"the latest of {len(periods)} periods"
    latest = max(periods, key=lambda period: (period.end, -period.start.toordinal()))
    return latest, f"{how} in the evidence"


def assess(
    framework: Framework,
    evidence: Evidence,
    period: Period | str | None = None,
    as_of: date | None = None,
    *,
    basis: Basis | str | None = None,
    target: str | None = None,
) -> Assessment:
    """Return the framework applied to the evidence.

    `period` is the latest in the evidence where none is given; `as_of`, the day on which explanations and deadlines
    are read, is the period's last day. Rules on a weaker basis than `basis` are not judged. `target` is a grade (id or
    label) to aim the gaps at instead of the next one up. Raises ValueError for a period or basis in words that are not
    understood, and for a grade that the framework does not have.
    """
    named = parse_period(period) if isinstance(period, str) else period
    chosen, how = (named, "named") if named else choose_period(evidence)
    day, level = as_of or chosen.end, Basis(basis) if basis else None
    aim = framework.read_grade(target) if target else None
    bench = Bench(framework, open_book(evidence, chosen, framework.id), level)
    snapshot = take_snapshot(evidence, framework.vocabulary, chosen, day)
    whole = _graded(bench, evidence, snapshot, day, aim)
    targets = _targets(framework, evidence, snapshot)
    remarks = reconcile(bench, evidence, snapshot, whole.criteria, whole.groups, whole.overall)
    result = Assessment(
        framework=framework.summary(),
        organisation=evidence.organisation.name,
        organisation_code=evidence.organisation.code,
        period=chosen,
        as_of=day,
        reference=framework.reference.fields(chosen.end) if framework.reference else {},
        overall=whole.overall,
        groups=whole.groups,
        criteria=whole.criteria,
        targets=targets,
        remarks=(*remarks, *check_targets(framework, targets)),
        cover=cover_of(framework, evidence, chosen),
        actions=actions_of(framework, evidence, chosen),
        receipt=_receipt(framework, evidence, chosen, how, day, level, aim),
    )
    return _with_plugin_remarks(framework, evidence, result)


def grades(
    framework: Framework,
    evidence: Evidence,
    period: Period | str | None = None,
    as_of: date | None = None,
    *,
    basis: Basis | str | None = None,
) -> dict[str, Supported]:
    """Return the grade of every criterion, held and attainable, as `assess` does, without reasons and gaps.

    For many organisations at once. The arguments, and what is raised, are those of `assess`.
    """
    named = parse_period(period) if isinstance(period, str) else period
    chosen = named or choose_period(evidence)[0]
    bench = Bench(framework, open_book(evidence, chosen, framework.id), Basis(basis) if basis else None)
    snapshot = evolve(take_snapshot(evidence, framework.vocabulary, chosen, as_of or chosen.end), brief=True)
    return {one.id: criterion_grades(bench, one, outcomes_of(one, snapshot, bench.level)) for one in framework.criteria}


def _graded(bench: Bench, evidence: Evidence, snapshot: Snapshot, day: date, aim: Grade | None) -> Whole:
    """Return where every criterion, every group and the whole stand, with their gaps."""
    framework, period = bench.framework, snapshot.period
    texts = texts_of(evidence, period)
    criteria = _criteria(bench, snapshot, explanations_of(framework, evidence, period), texts, day, aim)
    groups = _groups(bench, criteria, texts)
    overall = evolve(grade_overall(bench, groups, criteria), narratives=texts.get(framework.id, ()))
    whole = Whole(framework, bench.book, overall, groups, criteria)
    rule = framework.methods.overall
    if rule is None or not bench.judged(rule):
        return whole
    return evolve(whole, overall=evolve(whole.overall, gaps=overall_gaps(whole, rule, aim)))


def _criteria(
    bench: Bench,
    snapshot: Snapshot,
    explanations: Mapping[str, Explanation],
    texts: Mapping[str, tuple[NarrativeText, ...]],
    day: date,
    aim: Grade | None,
) -> tuple[CriterionResult, ...]:
    results = []
    for criterion in bench.framework.criteria:
        findings = explain(find_all(criterion, snapshot, bench.level), explanations, day)
        told = texts.get(bench.about(criterion.id), ())
        results.append(_criterion(bench, criterion, snapshot, findings, told, aim))
    return tuple(results)


def _criterion(
    bench: Bench,
    criterion: Criterion,
    snapshot: Snapshot,
    findings: tuple[Finding, ...],
    told: tuple[NarrativeText, ...],
    aim: Grade | None,
) -> CriterionResult:
    """Return one criterion with its grade, what it was graded from, its gaps, and what is shown and told beside it."""
    grade = grade_criterion(bench, criterion, findings)
    points = grade.points
    return CriterionResult(
        id=criterion.id,
        title=criterion.title,
        held=grade.held,
        attainable=grade.attainable,
        points=points.settled if points else None,
        points_low=points.low if points else None,
        points_attainable=points.high if points else None,
        method=grade.method,
        basis=grade.basis,
        because=grade.because,
        applicable=grade.applicable,
        votes=bench.votes_on(bench.about(criterion.id)),
        group=criterion.group,
        supported=grade.supported,
        graded_from=grade.graded_from,
        findings=findings,
        gaps=find_gaps(criterion, grade, findings, snapshot, aim),
        narratives=told,
        shown=tuple([one.measure.observe(snapshot, one.cell) for one in criterion.shown]),
        short=criterion.short,
    )


def _groups(
    bench: Bench, criteria: Sequence[CriterionResult], texts: Mapping[str, tuple[NarrativeText, ...]]
) -> tuple[GroupResult, ...]:
    results = []
    for group in bench.framework.groups:
        result = grade_group(bench, group, [one for one in criteria if one.group == group.id])
        told = texts.get(bench.framework.group_ref(group))
        results.append(evolve(result, narratives=told) if told else result)
    return tuple(results)


def _targets(framework: Framework, evidence: Evidence, snapshot: Snapshot) -> tuple[TargetResult, ...]:
    """Return the organisation's own targets for measures this framework uses, each judged beside the grade.

    Of several for the same thing in the same direction the latest set by the end of the period counts.
    """
    if not evidence.targets:
        return ()
    read = dimensions_read(framework)
    ours = [one for one in evidence.targets if one.measure in framework.measures and read.issuperset(dict(one.cell))]
    known = sorted((one for one in ours if one.period.end <= snapshot.period.end), key=lambda one: one.recency)
    latest = {(one.measure, one.cell, one.direction): one for one in known}
    return tuple(_target(framework, target, snapshot) for target in latest.values())


def _target(framework: Framework, target: Target, snapshot: Snapshot) -> TargetResult:
    measure = framework.measures[target.measure]
    comparator = Comparator(target.direction.replace(" ", "_"))
    condition = Threshold(measure, comparator, Fraction(target.value), target.cell)
    check = condition.check(snapshot)
    title = ", ".join((measure.title, *cell_labels(snapshot.vocabulary, target.cell)))
    return TargetResult(
        target.measure,
        title,
        target.direction,
        target.value,
        check.outcome,
        condition.because(check),
        target.cell,
        target.due,
        target.by,
    )


def _receipt(
    framework: Framework,
    evidence: Evidence,
    period: Period,
    how: str,
    day: date,
    basis: Basis | None,
    aim: Grade | None,
) -> Receipt:
    return Receipt(
        engine=VERSION,
        framework=framework.ref,
        revision=framework.revision,
        digest=framework.digest,
        edition_chosen=framework.chosen,
        period=period,
        period_chosen=how,
        as_of=day,
        profile=framework.profile,
        basis_level=basis,
        target=aim.id if aim else "",
        hypothetical=evidence.hypothetical,
        evidence=evidence.inputs,
        plugins=framework.origin.plugins,
        faults=framework.origin.faults,
    )


def _with_plugin_remarks(framework: Framework, evidence: Evidence, result: Assessment) -> Assessment:
    """Return the result with what the plugins' rules remark; a rule that fails is a fault in the receipt."""
    said = [one for rule in framework.remark_rules for one in rule(framework, evidence, result)]
    if not said:
        return result
    remarks = tuple(one for one in said if isinstance(one, Remark))
    faults = tuple(one for one in said if isinstance(one, Fault))
    receipt = evolve(result.receipt, faults=(*result.receipt.faults, *faults))
    return evolve(result, remarks=(*result.remarks, *remarks), receipt=receipt)
