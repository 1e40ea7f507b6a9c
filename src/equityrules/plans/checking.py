"""Checks a plan: every family of checks, those that are switched on, in one review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import frozen

from equityrules.model.plan import Plan
from equityrules.model.plan_rules import PlanRules
from equityrules.model.result import Assessment
from equityrules.plans import coverage, dates, measurability, references, wording
from equityrules.plans.codes import CODES, FAMILIES, switched_on
from equityrules.plans.drift import find_drift
from equityrules.plans.remarks import Checked, PlanRemark

_FAMILIES = (coverage, references, measurability, dates, wording)


@frozen
class PlanReview:
    """What was noticed in a plan on a day, most useful first: by family, faults before notes, in the order of lines.

    `against` are the frameworks whose gaps it was held against, `before` the title of the older version it was compared
    with, `off` the codes that were not looked for.
    """

    plan: Plan
    as_of: date
    remarks: tuple[PlanRemark, ...]
    against: tuple[str, ...] = ()
    before: str = ""
    off: tuple[str, ...] = ()

    @property
    def counts(self) -> Counter[str]:
        """How many remarks there are of each code."""
        return Counter(remark.code for remark in self.remarks)


def check_plan(
    plan: Plan,
    rules: PlanRules,
    *,
    as_of: date,
    assessments: Sequence[Assessment] = (),
    before: Plan | None = None,
    on: Iterable[str] = (),
    off: Iterable[str] = (),
) -> PlanReview:
    """Return what is to be noticed in a plan on a day.

    `rules` are `load_frameworks().plan_rules`; `assessments` show the gaps that the plan should cover, `before` is an
    older version of it; `on` and `off` name codes or families. Raises ValueError for a code that does not exist.
    """
    wanted = switched_on(on, off)
    checked = Checked(plan, rules, as_of)
    found = [one for one in _remarks(checked, assessments, before) if one.code in wanted]
    parts = list(dict.fromkeys(line.part for line in plan.lines))
    return PlanReview(
        plan=plan,
        as_of=as_of,
        remarks=tuple(sorted(found, key=lambda one: _order(one, parts))),
        against=tuple(dict.fromkeys(str(one.framework) for one in assessments)),
        before=before.title if before else "",
        off=tuple(name for name in CODES if name not in wanted),
    )


def _remarks(checked: Checked, assessments: Sequence[Assessment], before: Plan | None) -> Iterator[PlanRemark]:
    yield from coverage.find_uncovered_gaps(checked, assessments)
    for family in _FAMILIES:
        for check in family.CHECKS:
            yield from check(checked)
    if before is not None:
        yield from find_drift(before, checked.plan)


def _order(remark: PlanRemark, parts: Sequence[str]) -> tuple[int, bool, int, int, int]:
    code = CODES[remark.code]
    names = list(CODES)
    part, row = (remark.lines[0].part, remark.lines[0].row) if remark.lines else ("", 0)
    number = parts.index(part) if part in parts else 0
    return FAMILIES.index(code.family), remark.note, names.index(remark.code), number, row
