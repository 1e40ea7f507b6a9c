"""Builders of results for tests: each makes a small, valid thing that the test then says one thing about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from equityrules.model.basis import Basis
from equityrules.model.evidence import InputFile
from equityrules.model.finding import Finding, Gap, GapKind, Lever, Named, Outcome, Reason
from equityrules.model.period import Period, parse_period
from equityrules.model.result import (
    Assessment,
    CriterionResult,
    FrameworkRef,
    GroupResult,
    OverallResult,
    Receipt,
    Remark,
    Severity,
    Supported,
)
from equityrules.model.scale import Grade

UNDEVELOPED = Grade("undeveloped", "Undeveloped", 0, Fraction(0), ("Underdeveloped",))
DEVELOPING = Grade("developing", "Developing", 1, Fraction(1))
ACHIEVING = Grade("achieving", "Achieving", 2, Fraction(2))
EXCELLING = Grade("excelling", "Excelling", 3, Fraction(3))
GRADES = (UNDEVELOPED, DEVELOPING, ACHIEVING, EXCELLING)
WORDS = {"group": "domain", "criterion": "outcome", "grade": "rating"}
YEAR = parse_period("2022/23")

_REASONS = {
    Outcome.MET: Reason.SHOWN,
    Outcome.UNMET: Reason.NOT_IN_PLACE,
    Outcome.UNKNOWN: Reason.NOT_EVIDENCED,
    Outcome.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
}


def framework(**changes: Any) -> FrameworkRef:
    """Return a framework with four grades."""
    given: dict[str, Any] = {
        "id": "eds", "edition": "2022", "revision": 1, "title": "NHS Equality Delivery System 2022",
        "publisher": "NHS England", "words": WORDS, "scales": {"activity": GRADES},
    }  # fmt: skip
    return FrameworkRef(**{**given, **changes})


def finding(requirement: str, grade: Grade = ACHIEVING, outcome: Outcome = Outcome.MET, **changes: Any) -> Finding:
    """Return a finding whose reason fits its outcome."""
    given: dict[str, Any] = {
        "text": f"Something that {requirement} asks for", "reason": _REASONS[outcome], "because": f"it is {outcome}",
        "basis": Basis.UNVERIFIED, "source": "recall",
    }  # fmt: skip
    return Finding(requirement=requirement, grade=grade, outcome=outcome, **{**given, **changes})


def gap(requirement: str, kind: GapKind = GapKind.MISSING_EVIDENCE, leads_to: Grade = ACHIEVING, **changes: Any) -> Gap:
    """Return a gap of the criterion that the requirement's id starts with."""
    about = Named(requirement.partition(".")[0], "Its title")
    because = changes.pop("because", f"{requirement} is missing")
    return Gap(about, requirement, kind, leads_to, because, **changes)


def criterion(criterion_id: str, held: Grade | None = DEVELOPING, **changes: Any) -> CriterionResult:
    """Return a criterion graded from its requirements, in the group that its id starts with."""
    points = held.points if held else None
    given: dict[str, Any] = {
        "id": criterion_id, "title": f"Title of {criterion_id}", "group": criterion_id[0], "held": held,
        "attainable": held, "points": points, "points_low": points, "points_attainable": points,
        "graded_from": "requirements",
    }  # fmt: skip
    return CriterionResult(**{**given, **changes})


def group(group_id: str, held: Grade | None = DEVELOPING, **changes: Any) -> GroupResult:
    """Return a group graded by a method of ours."""
    given: dict[str, Any] = {
        "id": group_id, "title": f"Title of {group_id}", "held": held, "attainable": held, "method": "mode",
        "basis": Basis.PROJECT, "graded_from": "criteria",
    }  # fmt: skip
    return GroupResult(**{**given, **changes})


def overall(held: Grade | None = DEVELOPING, **changes: Any) -> OverallResult:
    """Return the whole, graded by a published method."""
    given: dict[str, Any] = {
        "id": "eds", "title": "NHS Equality Delivery System 2022", "held": held, "attainable": held,
        "method": "points-total", "basis": Basis.PUBLISHED, "graded_from": "groups",
    }  # fmt: skip
    return OverallResult(**{**given, **changes})


def remark(code: str = "votes-tied", **changes: Any) -> Remark:
    """Return a warning."""
    given: dict[str, Any] = {
        "severity": Severity.WARNING, "where": "eds/2A", "message": "what was found", "effect": "what it changes",
    }  # fmt: skip
    return Remark(code, **{**given, **changes})


def receipt(period: Period = YEAR, **changes: Any) -> Receipt:
    """Return a receipt for one evidence file."""
    given: dict[str, Any] = {
        "engine": "0.1.0", "framework": "eds@2022", "revision": 1, "digest": "d1", "edition_chosen": "named by edition",
        "period": period, "period_chosen": "named", "as_of": period.end, "evidence": (InputFile("trust.toml", "e1"),),
    }  # fmt: skip
    return Receipt(**{**given, **changes})


def assessment(*criteria: CriterionResult, **changes: Any) -> Assessment:
    """Return an assessment of these criteria with a group for each of theirs."""
    ids = list(dict.fromkeys(one.group for one in criteria))
    given: dict[str, Any] = {
        "framework": framework(), "organisation": "Anytown NHS Trust", "organisation_code": "RXX", "period": YEAR,
        "as_of": date(2023, 3, 31), "overall": overall(), "groups": tuple(group(one) for one in ids),
        "receipt": receipt(),
    }  # fmt: skip
    return Assessment(criteria=criteria, **{**given, **changes})


EDS_TITLES: Mapping[str, str] = {
    "1A": "Patients (service users) have required levels of access to the service",
    "1B": "Individual patients (service user's) health needs are met",
    "1C": "When patients (service users) use the service, they are free from harm",
    "1D": "Patients (service users) report positive experiences of the service",
    "2A": "When at work, staff are provided with support to manage obesity, diabetes, asthma, COPD and mental health",
    "2B": "When at work, staff are free from abuse, harassment, bullying and physical violence from any source",
    "2C": "Staff have access to independent support and advice when suffering from stress, abuse, bullying",
    "2D": "Staff recommend the organisation as a place to work and receive treatment",
    "3A": "Board members, system leaders (Band 9 and VSM) and those with line management responsibilities",
    "3B": "Board/Committee papers (including minutes) identify equality and health inequalities related impacts",
    "3C": "Board members and system leaders (Band 9 and VSM) ensure levers are in place to manage performance",
}
GROUP_TITLES = ("Commissioned or provided services", "Workforce health and well-being", "Inclusive leadership")


def full_assessment() -> Assessment:
    """Return an assessment of eleven criteria as a trust would see it: panel, services, votes and requirements."""
    criteria = (
        *(_awarded(f"1{letter}", ACHIEVING, "services", 2) for letter in "ABCD"),
        _open("2A", None, EXCELLING, missing=6, short=0),
        _open("2B", DEVELOPING, EXCELLING, missing=3, short=0),
        _open("2C", DEVELOPING, ACHIEVING, missing=1, short=2),
        _open("2D", None, DEVELOPING, missing=2, short=1),
        *(_awarded(f"3{letter}", grade, "rating", 1) for letter, grade in zip("ABC", GRADES[1:], strict=True)),
    )
    groups = [_group(*given) for given in zip("123", GROUP_TITLES, (8, None, 6), strict=True)]
    whole = overall(
        DEVELOPING, attainable=ACHIEVING, points_low=Fraction(16), points_attainable=Fraction(23), gaps=(_whole_gap(),),
        because="no settled points for 2",
    )  # fmt: skip
    remarks = (
        remark("votes-do-not-add-up", where="eds/domain-2", message="votes by grade add to 85, 83 stated",
               effect="Developing is the same for any removal of 2 votes"),
        remark("award-differs-from-evidence", severity=Severity.NOTE, where="eds/3C", internal=True,
               message="Excelling was awarded; the evidence given supports at most Achieving",
               effect="the award stands"),
    )  # fmt: skip
    return assessment(*criteria, groups=tuple(groups), overall=whole, remarks=remarks)


def _group(group_id: str, title: str, points: int | None) -> GroupResult:
    low, high = (2, 9) if points is None else (points, points)
    return group(
        group_id, None if points is None else ACHIEVING, title=title, method="agreement of mode, median and mean",
        points=None if points is None else Fraction(points), points_low=Fraction(low), points_attainable=Fraction(high),
    )  # fmt: skip


def _whole_gap() -> Gap:
    because = "no settled rating for 4 outcomes: 2A, 2B, 2C, 2D"
    lever = Lever("rate the 4 outcomes not graded yet")
    return gap("eds", because=because, levers=(lever,))


def _awarded(criterion_id: str, grade: Grade, graded_from: str, missing: int) -> CriterionResult:
    findings = _findings(criterion_id, met=5, missing=missing)
    return criterion(
        criterion_id, grade, title=EDS_TITLES[criterion_id], graded_from=graded_from, method="stated",
        because=f"{grade.label} stated by a panel", findings=findings,
        gaps=_gaps(findings) if grade is not EXCELLING else (), supported=Supported(grade, EXCELLING),
    )  # fmt: skip


def _open(criterion_id: str, held: Grade | None, attainable: Grade, missing: int, short: int) -> CriterionResult:
    findings = _findings(criterion_id, met=2, missing=missing, short=short)
    return criterion(
        criterion_id, held, title=EDS_TITLES[criterion_id], attainable=attainable, points=None, points_low=Fraction(0),
        points_attainable=attainable.points, findings=findings, gaps=_gaps(findings),
        method="requirements, level by level", supported=Supported(held, attainable),
    )  # fmt: skip


def _findings(criterion_id: str, met: int, missing: int, short: int = 0) -> tuple[Finding, ...]:
    outcomes = [Outcome.MET] * met + [Outcome.UNKNOWN] * missing + [Outcome.UNMET] * short
    return tuple(
        finding(
            f"{criterion_id}.r{number}", DEVELOPING if outcome is Outcome.MET else EXCELLING, outcome,
            basis=Basis.REPORTED if number == 1 else Basis.UNVERIFIED,
        )
        for number, outcome in enumerate(outcomes, 1)
    )  # fmt: skip


def _gaps(findings: Sequence[Finding]) -> tuple[Gap, ...]:
    kinds = {Outcome.UNKNOWN: GapKind.MISSING_EVIDENCE, Outcome.UNMET: GapKind.SHORTFALL}
    return tuple(
        gap(one.requirement, kinds[one.outcome], EXCELLING, because=f"{one.text}: {one.because}",
            levers=(Lever("show that it is in place"),))
        for one in findings
        if one.outcome in kinds
    )  # fmt: skip
