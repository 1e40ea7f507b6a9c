"""Checks of how a plan and the frameworks meet: gaps nobody takes up, actions for nothing, criteria served too late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equityrules.model.finding import GapKind
from equityrules.model.numbers import counted
from equityrules.model.plan import CitationState, PlanLine, PlanStatus
from equityrules.model.result import Assessment, CriterionResult
from equityrules.plans.dates import is_overdue
from equityrules.plans.references import speaks_of
from equityrules.plans.remarks import Checked, PlanRemark, make_remark

_LONGEST = 160


def find_uncovered_gaps(checked: Checked, assessments: Sequence[Assessment]) -> Iterator[PlanRemark]:
    """Yield a remark for each criterion with a gap that no action is for.

    An action is for a criterion if it names it or its group, or if it names the framework as a whole and speaks of what
    the criterion is about. A withdrawn action is for nothing.
    """
    gone = (PlanStatus.WITHDRAWN, PlanStatus.NOT_APPLICABLE)
    lines = [line for line in checked.plan.actions if line.status not in gone]
    for assessment in assessments:
        for criterion in assessment.criteria:
            if criterion.gaps and not any(_is_for(line, assessment.framework.id, criterion, checked) for line in lines):
                yield _uncovered(assessment, criterion, lines)


def _is_for(line: PlanLine, framework: str, criterion: CriterionResult, checked: Checked) -> bool:
    cited = [one for one in line.citations if one.framework == framework]
    if any(criterion.id in one.criteria for one in cited):
        return True
    whole = any(not one.part for one in cited)
    return whole and any(speaks_of(line.words, one) for one in checked.rules.topics_of(framework, [criterion.id]))


def _uncovered(assessment: Assessment, criterion: CriterionResult, lines: Sequence[PlanLine]) -> PlanRemark:
    gap = criterion.gaps[0]
    number = len({line.id for line in lines if _names_the_whole(line, assessment.framework.id)})
    whole = f"; {counted(number, 'action')} for the framework as a whole" if number else ""
    if gap.kind in (GapKind.MISSING_EVIDENCE, GapKind.STALE):
        because = "out of date" if gap.kind is GapKind.STALE else "there is no evidence"
        do = "add an action to collect it, or record why it waits"
    else:
        finding = next((one for one in criterion.findings if one.requirement == gap.requirement), None)
        because, do = finding.because if finding else gap.because, ""
        because = because if len(because) <= _LONGEST else f"{because[:_LONGEST].rsplit(' ', 1)[0]}…"
    word = assessment.framework.words.get("criterion", "criterion")
    what = f"{assessment.framework.id} {word} {criterion.id} ({criterion.name}): {because}{whole}"
    return make_remark("gap-without-action", [], "", what, do)


def _names_the_whole(line: PlanLine, framework: str) -> bool:
    return any(one.framework == framework and not one.part for one in line.citations)


def find_aimless(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each action that names nothing that it serves; for a plan without such a column, one."""
    lines = [line for line in checked.plan.actions if line.is_open]
    if lines and "criteria" not in checked.plan.has and not any(line.citations for line in lines):
        what = "no column of the file says which criteria the actions serve"
        yield make_remark("serves-no-criterion", [], "", what, "add a column 'criteria' that names what each serves")
        return
    for line in lines:
        schemes = (name for one in checked.rules.schemes for name in one.names)
        named = any(name.casefold() in line.cell("criteria").casefold() for name in schemes)
        if not line.citations and not line.unread and not named:
            yield make_remark("serves-no-criterion", [line], "criteria", "names no criterion, framework or scheme")


def find_only_overdue(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each framework, with its criteria that only overdue actions name."""
    served: dict[str, dict[str, list[PlanLine]]] = {}
    for line in checked.plan.actions:
        for citation in line.citations if line.is_open else ():
            if citation.state is CitationState.READ:
                for criterion in citation.criteria:
                    served.setdefault(citation.framework, {}).setdefault(criterion, []).append(line)
    if not any(line.status for line in checked.plan.actions):
        return
    for framework, by_criterion in served.items():
        late = {one: lines for one, lines in by_criterion.items() if all(is_overdue(line, checked) for line in lines)}
        if late:
            lines = [line for found in late.values() for line in found]
            name = checked.rules.frameworks[framework].name
            what = f"only overdue actions name {name} {', '.join(late)} (on {checked.as_of})"
            yield make_remark("only-overdue", lines, "criteria", what)


CHECKS = (find_aimless, find_only_overdue)
