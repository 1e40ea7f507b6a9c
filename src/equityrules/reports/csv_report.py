"""Assessments as tidy CSV: first the standings of the whole, its groups and criteria, then a row for each finding."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from equityrules.model.finding import Finding, Gap
from equityrules.model.numbers import display
from equityrules.model.result import Assessment, CriterionResult, Standing
from equityrules.model.scale import Grade

COLUMNS = (
    "organisation", "organisation_code", "framework", "revision", "period", "as_of", "hypothetical",
    "level", "group", "criterion", "id", "title", "grade",
    "held", "attainable", "points", "points_low", "points_attainable", "graded_from", "method",
    "outcome", "reason", "because", "basis", "source", "value", "unit",
    "interval_low", "interval_high", "p", "explained",
    "gap", "leads_to", "shortfall", "shortfall_unit", "levers", "disclosure",
)  # fmt: skip
"""The columns in order. A row that has several gaps is repeated, once for each."""

_NUMBERS = {
    "revision",
    "points",
    "points_low",
    "points_attainable",
    "value",
    "interval_low",
    "interval_high",
    "p",
    "shortfall",
}
_STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Row = Mapping[str, str]


def render_csv(assessments: Sequence[Assessment]) -> str:
    r"""Return the rows of all assessments under one header, with "\n" after each row.

    Grades are given by their labels. Text that a spreadsheet would take for a formula starts with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for assessment in assessments:
        writer.writerows(_safe(row) for row in _rows(assessment))
    return out.getvalue()


def _safe(row: Row) -> dict[str, str]:
    return {column: text if column in _NUMBERS else safe_text(text) for column, text in row.items()}


def safe_text(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, with line ends as plain line feeds."""
    text = _LONE_SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def _rows(assessment: Assessment) -> Iterator[Row]:
    shared = _assessment_columns(assessment)
    for row in (*_standing_rows(assessment), *_finding_rows(assessment)):
        yield {**shared, **row}


def _assessment_columns(assessment: Assessment) -> Row:
    return {
        "organisation": assessment.organisation,
        "organisation_code": assessment.organisation_code,
        "framework": str(assessment.framework),
        "revision": str(assessment.framework.revision),
        "period": str(assessment.period),
        "as_of": assessment.as_of.isoformat(),
        "hypothetical": "; ".join(assessment.receipt.hypothetical),
        "disclosure": assessment.receipt.disclosure,
    }


def _standing_rows(assessment: Assessment) -> Iterator[Row]:
    overall = assessment.overall
    yield from _with_gaps({"level": "overall", **_standing(overall, overall.graded_from)}, overall.gaps)
    for group in assessment.groups:
        yield {"level": "group", "group": group.id, **_standing(group, group.graded_from)}
    for criterion in assessment.criteria:
        judged = {finding.requirement for finding in criterion.findings}
        loose = [gap for gap in criterion.gaps if gap.requirement not in judged]
        place = {"level": "criterion", "group": criterion.group, "criterion": criterion.id}
        yield from _with_gaps({**place, **_standing(criterion, criterion.graded_from)}, loose)


def _standing(standing: Standing, graded_from: str | None) -> Row:
    return {
        "id": standing.id,
        "title": standing.title,
        "held": _label(standing.held),
        "attainable": _label(standing.attainable),
        "points": _number(standing.points),
        "points_low": _number(standing.points_low),
        "points_attainable": _number(standing.points_attainable),
        "graded_from": graded_from or "",
        "method": standing.method,
        "outcome": "" if standing.applicable else "not applicable",
        "because": standing.because,
        "basis": str(standing.basis or ""),
    }


def _finding_rows(assessment: Assessment) -> Iterator[Row]:
    for criterion, finding in assessment.findings():
        gaps = [gap for gap in criterion.gaps if gap.requirement == finding.requirement]
        yield from _with_gaps(_finding(criterion, finding), gaps)


def _finding(criterion: CriterionResult, finding: Finding) -> Row:
    return {
        **_standing(criterion, criterion.graded_from),
        "level": "requirement",
        "group": criterion.group,
        "criterion": criterion.id,
        "id": finding.requirement,
        "title": finding.text,
        "grade": finding.grade.label,
        "outcome": str(finding.outcome),
        "reason": str(finding.reason),
        "because": finding.because,
        "basis": str(finding.basis),
        "source": finding.source,
        "explained": finding.explained,
        **_measured(finding),
    }


def _measured(finding: Finding) -> Row:
    """Return the value that was judged, where there is exactly one."""
    measured = [seen for seen in finding.observations if seen.value is not None]
    if len(measured) != 1:
        return {}
    seen = measured[0]
    return {
        "value": _number(seen.value),
        "unit": seen.unit,
        "interval_low": _number(seen.interval.low if seen.interval else None),
        "interval_high": _number(seen.interval.high if seen.interval else None),
        "p": _number(seen.p),
    }


def _with_gaps(row: Row, gaps: Iterable[Gap]) -> list[Row]:
    return [{**row, **_gap(gap)} for gap in gaps] or [row]


def _gap(gap: Gap) -> Row:
    levers = [" ".join([lever.text, *(f"[{edit}]" for edit in lever.edits)]) for lever in gap.levers]
    return {
        "gap": str(gap.kind),
        "leads_to": gap.leads_to.label,
        "shortfall": _number(gap.shortfall),
        "shortfall_unit": gap.unit,
        "levers": "; ".join(levers),
    }


def _label(grade: Grade | None) -> str:
    return grade.label if grade else ""


def _number(value: Fraction | None) -> str:
    return "" if value is None else display(value, 6)
