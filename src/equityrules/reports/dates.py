"""Wording of what a standard wants by a day: how each criterion stands, and how many requirements stand how."""

from __future__ import annotations

from collections import Counter
from datetime import date

from equityrules.model.finding import Timing, timing
from equityrules.model.numbers import counted
from equityrules.model.result import Assessment, CriterionResult

_PRESSING = (Timing.OVERDUE, Timing.OVERDUE_UNLESS_MET, Timing.NOT_YET_DUE)


def dates_words(assessment: Assessment) -> str:
    """Return how the dated requirements stand: "20 dated requirements, at 2024-06-30: 3 met, 12 overdue"."""
    dated = [(one.due, one.outcome) for _, one in assessment.findings() if one.due]
    stands = Counter(timing(due, outcome, assessment.as_of) for due, outcome in dated)
    said = ", ".join(f"{stands[one]} {one}" for one in Timing if stands[one])
    return f"{counted(len(dated), 'dated requirement')}, at {assessment.as_of}: {said}" if dated else ""


def due_words(criterion: CriterionResult, as_of: date) -> str:
    """Return how a criterion stands with its days: "overdue", "overdue unless met", else the next: "due 2025-03-31".

    Nothing is said where no requirement has a day, and where all that have one are met or do not apply.
    """
    dated = [(one.due, timing(one.due, one.outcome, as_of)) for one in criterion.findings if one.due]
    stands = {stand for _, stand in dated}
    worst = next((one for one in _PRESSING if one in stands), None)
    if worst is not Timing.NOT_YET_DUE:
        return str(worst or "")
    return f"due {min(due for due, stand in dated if stand is worst)}"
