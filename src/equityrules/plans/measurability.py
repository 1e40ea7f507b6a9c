"""Checks of whether anybody will be able to say that an action worked: measure, baseline, target, date and lead."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from equityrules.model.numbers import counted
from equityrules.model.plan import PlanLine
from equityrules.plans.numbers import percentages
from equityrules.plans.remarks import GATHERED, Checked, PlanRemark, make_remark

_Meets = Callable[[Decimal, Decimal], bool]
_RULES: tuple[tuple[str, _Meets], ...] = (
    (r"\b(a )?further\b|\badditional\b|\bmore\b(?! than)", lambda *_: False),
    (r"\b(below|less than|under)\b|<(?!=)", operator.lt),
    (r"\b(at most|no more than|up to|maximum|reduce|decrease|lower|fall)|<=|≤", operator.le),
    (r"\b(above|more than|over|exceed)|>(?!=)", operator.gt),
    (r"\b(at least|no less than|minimum|reach|increase|raise|improve|rise|achieve)|>=|≥", operator.ge),
)
_HELD = re.compile(r"\b(maintain|hold|keep|sustain|remain)", re.IGNORECASE)
_LARGEST_SCORE = 10


def find_lacks(checked: Checked) -> Iterator[PlanRemark]:
    """Yield what open actions lack; a lack of many lines is told once, and that of a missing column for the plan."""
    lines = [line for line in checked.plan.actions if line.is_open]
    measured = [line for line in lines if line.cell("measure")]
    yield from _lacking(checked, "no-measure", "measure", ("measure",), lines, _has_no_measure)
    yield from _lacking(checked, "no-baseline", "baseline", ("baseline", "actual"), measured, _has_no_baseline)
    yield from _lacking(checked, "no-target", "target", ("target", "target_rule"), measured, _has_no_target)
    yield from _lacking(checked, "no-due-date", "due", ("due",), lines, _has_no_date)
    yield from _lacking(checked, "no-lead", "lead", ("lead",), lines, lambda line: not line.cell("lead"))


def _lacking(
    checked: Checked, code: str, name: str, columns: Sequence[str], lines: Sequence[PlanLine],
    lacks: Callable[[PlanLine], bool],
) -> Iterator[PlanRemark]:  # fmt: skip
    if set(columns) & set(checked.plan.left_out):
        return
    if lines and not set(columns) & set(checked.plan.has):
        words = {"due": "a due date", "lead": "a lead"}.get(name, f"a {name}")
        yield make_remark(code, [], "", f"no column of the file gives {words}", f"add a column '{name}'")
        return
    found = [line for line in lines if lacks(line)]
    column = name if name in checked.plan.has else columns[-1] if columns[-1] in checked.plan.has else "measure"
    if len(found) > GATHERED:
        what = f"{counted(len(found), 'row')} of {len(lines)} {_without(name)}"
        yield make_remark(code, found, column, what)
        return
    for line in found:
        given = line.cell("due") if name == "due" else ""
        what = f"'{given}' is no date" if given else _single(name, line)
        yield make_remark(code, [line], column, what)


def _without(name: str) -> str:
    said = {"due": "have no due date", "lead": "have no lead", "measure": "have no measure"}
    return said.get(name, f"have a measure and no {name}")


def _single(name: str, line: PlanLine) -> str:
    measure = line.cell("measure")
    if name in ("baseline", "target"):
        return f"'{measure}' has no {name}"
    return {"due": "no due date is given", "lead": "no lead is named"}.get(name, "no measure is given")


def _has_no_measure(line: PlanLine) -> bool:
    return not any(map(line.cell, ("measure", "success", "target")))


def _has_no_baseline(line: PlanLine) -> bool:
    return not any(map(line.cell, ("baseline", "actual")))


def _has_no_target(line: PlanLine) -> bool:
    return not any(map(line.cell, ("target", "target_rule", "success")))


def _has_no_date(line: PlanLine) -> bool:
    due = line.due
    return not (due.dates or due.recurring or due.continuous)


def find_ongoing(checked: Checked) -> Iterator[PlanRemark]:
    """Yield one remark with all the lines that are due "ongoing"."""
    found = [line for line in checked.plan.actions if line.is_open and line.due.continuous and not line.due.dates]
    if found:
        what = f"{counted(len(found), 'row')} due '{found[0].due.text.strip()}'"
        yield make_remark("ongoing", found, "due", what)


def find_met_targets(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each open line whose baseline meets its target already; a level to be held is none."""
    for line in checked.plan.actions:
        target_words = f"{line.cell('target_rule')} {line.cell('target')} {line.cell('measure')}"
        if line.baseline is None or line.target is None or not line.is_open or _HELD.search(target_words):
            continue
        meets = _rule(line)
        if meets is not None and meets(line.baseline, line.target):
            rule = f"{line.cell('target_rule')} {line.cell('target')}".strip()
            what = f"the target '{rule}' is met by the baseline, {line.cell('baseline')}{_of(line)}"
            yield make_remark("already-met", [line], "target", what)


def _of(line: PlanLine) -> str:
    return f" ({line.cell('measure')})" if line.cell("measure") else ""


def _rule(line: PlanLine) -> _Meets | None:
    """Return how a baseline meets the target, by the words of its rule; None where they do not say."""
    words = f"{line.cell('target_rule')} {line.cell('target')} {line.cell('unit')}"
    return next((meets for pattern, meets in _RULES if re.search(pattern, words, re.IGNORECASE)), None)


def find_one_sided_targets(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a note for each target of a ratio that names one bound alone."""
    for line in checked.plan.actions:
        if not line.is_open or line.target is None or not _is_ratio(checked, line):
            continue
        meets = _rule(line)
        if meets in (operator.lt, operator.le, operator.gt, operator.ge):
            side = "lower" if meets in (operator.lt, operator.le) else "upper"
            rule = f"{line.cell('target_rule')} {line.cell('target')}".strip()
            yield make_remark(
                "one-sided-target", [line], "target", f"'{rule}' for {_measured(line)} has no {side} bound"
            )


def _measured(line: PlanLine) -> str:
    return f"'{line.cell('measure')}'" if line.cell("measure") else "a ratio"


def _is_ratio(checked: Checked, line: PlanLine) -> bool:
    said = f"{line.cell('unit')} {line.cell('measure')} {line.cell('target')}".casefold()
    return any(re.search(rf"\b{re.escape(word)}", said) for word in checked.rules.phrases.get("two_sided", ()))


def find_scores_as_percentages(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each score with a percent sign behind it, where the number can be one of a scale to 10."""
    for line in checked.plan.actions:
        said = f"{line.cell('measure')} {line.cell('unit')}".casefold()
        if not any(re.search(rf"\b{re.escape(word)}\b", said) for word in checked.rules.phrases.get("score", ())):
            continue
        for name in ("baseline", "target", "success", "position"):
            found = [one for one in percentages(line.cell(name)) if one <= _LARGEST_SCORE]
            if found:
                figures = " and ".join(f"{one}%" for one in found)
                what = f"{figures} in '{line.cell(name)}': '{line.cell('measure')}' is a score"
                yield make_remark("score-as-percentage", [line], name, what)
                break


CHECKS = (find_lacks, find_ongoing, find_met_targets, find_one_sided_targets, find_scores_as_percentages)
