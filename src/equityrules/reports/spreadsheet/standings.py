"""Sheets of what was judged: where everything stands, each requirement, the targets, and the methods."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from attrs import evolve

from equityrules.model.finding import Finding
from equityrules.model.result import Assessment, CriterionResult
from equityrules.model.scale import Grade
from equityrules.model.vocabulary import cell_text
from equityrules.reports import words
from equityrules.reports.spreadsheet.cells import NOT_APPLICABLE, Value, or_shorthand
from equityrules.reports.spreadsheet.sheets import Column, Row, Sheet, sheet
from equityrules.reports.telling import told

WHOSE = ("Organisation", "Organisation code", "Framework", "Period")
"""The columns that say which assessment a row belongs to."""


def whose(assessment: Assessment) -> tuple[Value, ...]:
    """Return which assessment a row belongs to; an organisation without a code has none to give."""
    code = assessment.organisation_code or NOT_APPLICABLE
    return assessment.organisation, code, str(assessment.framework), str(assessment.period)


def told_once(assessments: Sequence[Assessment], sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets with what is the same of all assessments said above the tables, not in every row."""
    seen = zip(*map(whose, assessments), strict=True)
    same = {name: values[0] for name, values in zip(WHOSE, seen, strict=False) if len(set(values)) == 1}
    said = "; ".join(f"{name}: {value}" for name, value in same.items() if value != NOT_APPLICABLE)
    return [_without(one, same, f"{said}.") for one in sheets]


def _without(one: Sheet, names: Collection[str], said: str) -> Sheet:
    """Return a sheet without the columns of these names, and without those in which nothing can be."""
    kept = [
        number
        for number, column in enumerate(one.columns)
        if column.heading not in names and any(row[number] != NOT_APPLICABLE for row in one.rows)
    ]
    columns = tuple(one.columns[number] for number in kept)
    rows = tuple(tuple(row[number] for number in kept) for row in one.rows)
    return evolve(one, columns=columns, rows=rows, lines=(said, *one.lines))


def complete(assessment: Assessment, *values: Value) -> Row:
    """Return a row of an assessment with a shorthand for every value that is not there."""
    return (*whose(assessment), *map(or_shorthand, values))


def judged_sheets(assessments: Sequence[Assessment]) -> list[Sheet]:
    """Return the sheets, without those that have no rows."""
    return [
        *standings_sheet(assessments),
        *_requirements(assessments),
        *_targets(assessments),
        *_methods(assessments),
    ]


def standings_sheet(assessments: Sequence[Assessment]) -> list[Sheet]:
    """Return where the whole, each group and each criterion stand."""
    columns = (
        *WHOSE, "Level", "ID", "Title", "Standing", "Grade held", "Grade attainable",
        Column("Points"), Column("Points at least"), Column("Points at most"), "Graded from", "Method",
        "Basis of method",
    )  # fmt: skip
    rows = [complete(one, *row) for one in assessments for row in _standings(one)]
    return sheet("Standings", "Where the whole, its parts and each criterion stand", columns, rows)


def _standings(assessment: Assessment) -> Iterator[Row]:
    yield _standing(assessment, "overall", assessment.overall)
    for group in assessment.groups:
        yield _standing(assessment, words.word(assessment, "group"), group)
    for criterion in assessment.criteria:
        yield _standing(assessment, words.word(assessment, "criterion"), criterion)


def _standing(assessment: Assessment, kind: str, level: words.Level) -> Row:
    counted = any(grade.points is not None for grade in assessment.framework.grades)
    points = (level.points, level.points_low, level.points_attainable)
    return (
        kind,
        level.id,
        level.title,
        words.standing_words(level),
        _label(level, level.held),
        _label(level, level.attainable),
        *(or_shorthand(one) if counted else NOT_APPLICABLE for one in points),
        level.graded_from,
        level.method or NOT_APPLICABLE,
        str(level.basis) if level.basis else NOT_APPLICABLE,
    )


def _label(level: words.Level, grade: Grade | None) -> Value:
    """Return a grade's label; there can be none where something does not apply or the standard gives no grade."""
    if grade is not None:
        return grade.label
    return None if level.applicable and level.method != "none" else NOT_APPLICABLE


def _requirements(assessments: Sequence[Assessment]) -> list[Sheet]:
    columns = (
        *WHOSE, "Criterion", "Requirement", "What it asks", "Asked for", "Outcome", "Why", "Explanation", "Basis",
        "Source",
    )  # fmt: skip
    rows = [
        complete(one, *_requirement(one, criterion, finding))
        for one in assessments
        for criterion in one.criteria
        for finding in told(one, criterion)
    ]
    said = "Where a panel, services or votes gave a grade, only what is still open above it is listed."
    return sheet("Requirements", "What each requirement asks for, and how it came out", columns, rows, said)


def _requirement(assessment: Assessment, criterion: CriterionResult, finding: Finding) -> Row:
    return (
        criterion.id,
        finding.requirement,
        finding.text,
        finding.grade.label,
        words.outcome_words(finding),
        words.for_readers(finding.because),
        finding.explained or NOT_APPLICABLE,
        str(finding.basis),
        finding.confirmed or assessment.framework.sources.get(finding.source, finding.source),
    )


def _targets(assessments: Sequence[Assessment]) -> list[Sheet]:
    columns = (*WHOSE, "Measure", "Group", "Direction", Column("Target"), "Due", "Outcome", "Why", "Set by")
    rows = [
        complete(
            one, target.title, cell_text(target.cell).strip("[]") or "all", target.direction, target.value,
            target.due, str(target.outcome), target.because, target.by,
        )
        for one in assessments
        for target in one.targets
    ]  # fmt: skip
    return sheet("Targets", "The organisation's own targets, judged beside the grades", columns, rows)


def _methods(assessments: Sequence[Assessment]) -> list[Sheet]:
    rows = [
        *(
            complete(one, "method", method, ", ".join(names), str(basis), NOT_APPLICABLE)
            for one in assessments
            for (method, basis), names in words.methods(one).items()
        ),
        *(
            complete(one, "rules", "requirements judged", "each criterion", str(basis), count)
            for one in assessments
            for basis, count in words.rules_by_basis(one).items()
        ),
    ]
    columns = (*WHOSE, "Kind", "What", "Used for", "Basis", Column("Rules"))
    return sheet("Methods", "The methods used, and how many rules stand on which basis", columns, rows)
