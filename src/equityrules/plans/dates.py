"""Checks of the dates of a plan: those that do not exist, those that have passed, and schemes that have closed."""

from __future__ import annotations

from collections.abc import Iterator

from equityrules.model.numbers import counted
from equityrules.model.plan import CELLS, PlanLine
from equityrules.model.plan_rules import Scheme
from equityrules.plans.dues import impossible_dates
from equityrules.plans.remarks import GATHERED, Checked, PlanRemark, make_remark


def find_impossible_dates(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each date that does not exist, in any cell but notes."""
    for line in checked.plan.lines:
        for name in CELLS:
            if name != "note":
                for written in dict.fromkeys(impossible_dates(line.cell(name))):
                    yield make_remark("impossible-date", [line], name, f"'{written}' is a date that does not exist")


def is_overdue(line: PlanLine, checked: Checked) -> bool:
    """Whether a line was to be done before the day of the check and is still open, for all the plan says."""
    last = line.due.last_day
    return last is not None and last < checked.as_of and line.is_open


def find_overdue(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each line past its date and open; where no line has a status, one remark for them all."""
    found = [line for line in checked.plan.actions if is_overdue(line, checked)]
    if not found or "status" in checked.plan.left_out:
        return
    if not any(line.status for line in checked.plan.actions):
        what = f"{counted(len(found), 'row')} were due before {checked.as_of}, and no row says how far it is"
        yield make_remark("overdue", found, "due", what, "give each row a status, or a new date and the reason")
    elif len(found) > 2 * GATHERED:
        what = f"{counted(len(found), 'row')} were due before {checked.as_of} and are open"
        yield make_remark("overdue", found, "due", what)
    else:
        for line in found:
            status = line.cell("status") or "no status is given"
            what = f"was due {line.due.text.strip()}, and its status on {checked.as_of} is: {status}"
            yield make_remark("overdue", [line], "due", what)


def find_closed_schemes(checked: Checked) -> Iterator[PlanRemark]:
    """Yield a remark for each open line that is about a scheme which has closed by the day of the check.

    A line is about a scheme if it says so itself, or if the scheme is all that it cites.
    """
    for scheme in checked.rules.schemes:
        if scheme.cited_as or not scheme.has_closed(checked.as_of):
            continue
        found = [line for line in checked.plan.actions if line.is_open and _is_about(line, scheme)]
        if len(found) > GATHERED:
            what = f"{scheme.title} {scheme.status} in {scheme.closed}; {counted(len(found), 'open row')} rest on it"
            yield make_remark("closed-scheme", found, "criteria", what, _advice(scheme))
            continue
        for line in found:
            wanted = f" (target: {line.cell('target')})" if line.cell("target") else ""
            due = f"; the action is due {line.due.text.strip()}{wanted}" if line.due.text.strip() else wanted
            what = f"{scheme.title} {scheme.status} in {scheme.closed}{due}"
            yield make_remark("closed-scheme", [line], "action", what, _advice(scheme))


def _advice(scheme: Scheme) -> str:
    successor = f" by what it was for; {scheme.successor}" if scheme.successor else ""
    return f"withdraw the action or replace it{successor}"


def _is_about(line: PlanLine, scheme: Scheme) -> bool:
    names = [name.casefold() for name in scheme.names]
    if any(name in line.words.casefold() for name in names):
        return True
    named = any(name in line.cell("criteria").casefold() for name in names)
    return named and not line.citations and not line.unread


CHECKS = (find_impossible_dates, find_overdue, find_closed_schemes)
