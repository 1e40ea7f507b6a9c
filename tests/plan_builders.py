"""Builders of small plans for tests: rows by heading, read as a file would be."""

from __future__ import annotations

import csv
import datetime as dt
import io

from equityrules.loading.frameworks import load_frameworks
from equityrules.loading.plan_map import PlanMap
from equityrules.loading.plans import plan_of_text
from equityrules.model.period import parse_period
from equityrules.plans import check_plan

RULES = load_frameworks().plan_rules
DAY = dt.date(2024, 3, 31)
WHOLE = {
    "Ref": "1", "Action": "Publish guidance for panels", "Metrics": "WRES 2", "Measure": "panels trained",
    "Baseline": "3", "Target": "at least 20", "Due": "March 2025", "Lead": "HR", "Status": "On track",
}  # fmt: skip
"""A row with which nothing is wrong."""


def plan(*rows, written="2023", **settings):
    """Return a plan of rows, each a whole one with some cells changed."""
    filled = [{**WHOLE, "Ref": str(number), **row} for number, row in enumerate(rows, 1)]
    out = io.StringIO()
    writer = csv.DictWriter(out, dict.fromkeys(name for row in filled for name in row))
    writer.writeheader()
    writer.writerows(filled)
    made = PlanMap(written=parse_period(written) if written else None, **settings)
    return plan_of_text(out.getvalue(), "plan.csv", RULES, made)


def remarks(one, day=DAY, **arguments):
    """Return the remarks on a plan."""
    return check_plan(one, RULES, as_of=day, **arguments).remarks


def codes(one, day=DAY, **arguments):
    """Return the codes of the remarks on a plan, in order."""
    return [remark.code for remark in remarks(one, day, **arguments)]


def only(one, code, day=DAY, **arguments):
    """Return the one remark of a code."""
    [found] = [remark for remark in remarks(one, day, **arguments) if remark.code == code]
    return found
