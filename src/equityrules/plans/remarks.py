"""What a check says of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from equityrules.model.plan import Plan, PlanLine
from equityrules.model.plan_rules import PlanRules
from equityrules.plans.codes import CODES, Code

GATHERED = 3
"""Lines with the same small lack; more than these are told together."""


@frozen
class Place:
    """A line that a remark is about: its id and its number in the file or in a part of it, 0 where it is in none."""

    id: str
    row: int = 0
    part: str = ""


@frozen
class PlanRemark:
    """One thing noticed in a plan: where, what, why it matters and what to do.

    `column` is the plan's own heading; `score` the similarity (0 to 1) by which two lines were taken for the same.
    """

    code: str
    lines: tuple[Place, ...]
    column: str
    what: str
    why: str
    do: str
    score: Fraction | None = None
    note: bool = field(default=False)


@frozen
class Checked:
    """What every check is given: the plan, what is known of the world, and the day it is checked on."""

    plan: Plan
    rules: PlanRules
    as_of: date


def make_remark(
    code: str, lines: Sequence[PlanLine], column: str, what: str, do: str = "", score: Fraction | None = None
) -> PlanRemark:
    """Return a remark with the reason and remedy of its code, or another remedy; `column` is a name of `CELLS`."""
    one: Code = CODES[code]
    heading = lines[0].column(column) if lines and column else column
    places = tuple(dict.fromkeys(Place(line.id, line.row, line.part) for line in lines))
    return PlanRemark(code, places, heading, what, one.why, do or one.do, score, one.note)
