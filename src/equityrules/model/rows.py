"""An assessment as rows for a data frame, and as a short table for a notebook."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING

from equityrules.model.numbers import display, with_unit

if TYPE_CHECKING:
    from equityrules.model.finding import Finding
    from equityrules.model.result import Assessment, CriterionResult, Standing
    from equityrules.model.scale import Grade

Row = dict[str, str | float]
"""One row: text columns are text, empty where there is nothing; number columns are numbers, not a number there."""

_NUMBERS = ("points", "points_low", "points_attainable", "value", "interval_low", "interval_high", "p")


def rows_of(assessment: Assessment) -> list[Row]:
    """Return a row for the whole, each group and each criterion, and one for each requirement.

    Every row has every column, of one type throughout, so that any data frame library takes them as they are.
    """
    shared: Row = {
        "organisation": assessment.organisation,
        "organisation_code": assessment.organisation_code,
        "framework": str(assessment.framework),
        "period": str(assessment.period),
        "as_of": assessment.as_of.isoformat(),
        "hypothetical": "; ".join(assessment.receipt.hypothetical),
    }
    blank: Row = {**dict.fromkeys(_TEXTS, ""), **dict.fromkeys(_NUMBERS, math.nan)}
    return [{**shared, **blank, **row} for row in (*_standings(assessment), *_findings(assessment))]


_TEXTS = (
    "level", "group", "criterion", "id", "title", "held", "attainable", "graded_from", "grade", "outcome", "reason",
    "because", "basis", "source", "unit",
)  # fmt: skip


def _standings(assessment: Assessment) -> Iterator[Row]:
    overall = assessment.overall
    yield {"level": "overall", "graded_from": overall.graded_from or "", **_standing(overall)}
    for group in assessment.groups:
        yield {"level": "group", "group": group.id, "graded_from": group.graded_from or "", **_standing(group)}
    for one in assessment.criteria:
        yield {"level": "criterion", **_place(one), **_standing(one)}


def _place(criterion: CriterionResult) -> Row:
    return {"group": criterion.group, "criterion": criterion.id, "graded_from": criterion.graded_from or ""}


def _standing(level: Standing) -> Row:
    return {
        "id": level.id,
        "title": level.title,
        "held": _label(level.held),
        "attainable": _label(level.attainable),
        "points": _number(level.points),
        "points_low": _number(level.points_low),
        "points_attainable": _number(level.points_attainable),
        "because": level.because,
        "basis": str(level.basis or ""),
    }


def _findings(assessment: Assessment) -> Iterator[Row]:
    for criterion, finding in assessment.findings():
        yield {
            "level": "requirement",
            **_place(criterion),
            "id": finding.requirement,
            "title": finding.text,
            "held": _label(criterion.held),
            "attainable": _label(criterion.attainable),
            "grade": finding.grade.label,
            "outcome": str(finding.outcome),
            "reason": str(finding.reason),
            "because": finding.because,
            "basis": str(finding.basis),
            "source": finding.source,
            **_measured(finding),
        }


def _measured(finding: Finding) -> Row:
    """Return the value that was judged, where there is exactly one."""
    measured = [seen for seen in finding.observations if seen.value is not None]
    if len(measured) != 1:
        return {}
    [seen] = measured
    interval = seen.interval
    return {
        "value": _number(seen.value),
        "unit": seen.unit,
        "interval_low": _number(interval.low if interval else None),
        "interval_high": _number(interval.high if interval else None),
        "p": _number(seen.p),
    }


def _label(grade: Grade | None) -> str:
    return grade.label if grade else ""


def _number(value: Fraction | None) -> float:
    return math.nan if value is None else float(value)


def notebook_table(assessment: Assessment) -> str:
    """Return a short table of where the whole, the groups and the criteria stand, as HTML; free text is escaped."""
    levels: Sequence[Standing] = (assessment.overall, *assessment.groups, *assessment.criteria)
    body = "".join(_line(level, whole=level is assessment.overall) for level in levels)
    about = f"{assessment.framework.title}: {assessment.organisation}, {assessment.period}"
    assumed = "; ".join(assessment.receipt.hypothetical)
    caption = f"{about} (HYPOTHETICAL, as if {assumed})" if assumed else about
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Part", "Held", "Attainable", "Points", "Figure"))
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _line(level: Standing, *, whole: bool) -> str:
    short = getattr(level, "name", "")
    name = "Overall" if whole else f"{level.id} {short}" if short else level.title
    held = _label(level.held) or ("not applicable" if not level.applicable else "no grade")
    points = "" if level.points is None else display(level.points)
    cells = (held, _label(level.attainable), points, _figure(level))
    return f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(text)}</td>" for text in cells)}</tr>'


def _figure(level: Standing) -> str:
    """Return the one figure of a criterion; nothing where it has none or several."""
    findings: Sequence[Finding] = getattr(level, "findings", ())
    seen = {(one.of, one.cell): one for finding in findings for one in finding.observations if one.value is not None}
    if len(seen) != 1:
        return ""
    [only] = seen.values()
    return "" if only.value is None else with_unit(only.value, only.unit)
