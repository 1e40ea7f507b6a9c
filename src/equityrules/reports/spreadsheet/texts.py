"""Sheets of words: the narratives, the cover's fields, the action plan and the remarks on the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equityrules.model.result import Assessment, NarrativeText
from equityrules.reports import words
from equityrules.reports.spreadsheet.cells import NOT_APPLICABLE
from equityrules.reports.spreadsheet.sheets import Row, Sheet, sheet
from equityrules.reports.spreadsheet.standings import WHOSE, complete


def text_sheets(assessments: Sequence[Assessment]) -> list[Sheet]:
    """Return the sheets, without those that have no rows."""
    return [*_narratives(assessments), *_cover(assessments), *actions_sheet(assessments), *_remarks(assessments)]


def _narratives(assessments: Sequence[Assessment]) -> list[Sheet]:
    columns = (*WHOSE, "About", "Service", "Text", "Owner")
    rows = [complete(one, *row) for one in assessments for row in _narrative_rows(one)]
    return sheet("Narratives", "The organisation's own text about each part", columns, rows)


def _narrative_rows(assessment: Assessment) -> Iterator[Row]:
    yield from (_narrative("overall", one) for one in assessment.overall.narratives)
    for group in assessment.groups:
        yield from (_narrative(words.group_name(assessment, group), one) for one in group.narratives)
    for criterion in assessment.criteria:
        yield from (_narrative(criterion.id, one) for one in criterion.narratives)


def _narrative(about: str, one: NarrativeText) -> Row:
    return about, one.service or NOT_APPLICABLE, one.text, one.owner


def _cover(assessments: Sequence[Assessment]) -> list[Sheet]:
    rows = [complete(one, field.label, field.text) for one in assessments for field in one.cover if field.text]
    return sheet(
        "Report_fields", "The fields of the report's cover that are filled in", (*WHOSE, "Field", "Entry"), rows
    )


def actions_sheet(assessments: Sequence[Assessment]) -> list[Sheet]:
    """Return the lines of the organisation's action plan."""
    columns = (*WHOSE, "Action", "For", "Objective", "Owner", "Due", "Status")
    rows = [
        complete(one, line.text, ", ".join(line.about), line.objective, line.owner, line.due, line.status)
        for one in assessments
        for line in one.actions
    ]
    return sheet("Actions", "The organisation's action plan", columns, rows)


def _remarks(assessments: Sequence[Assessment]) -> list[Sheet]:
    columns = (*WHOSE, "About", "What was found", "Effect")
    rows = [
        complete(one, remark.where, remark.message, remark.effect or NOT_APPLICABLE)
        for one in assessments
        for remark in one.remarks
        if not remark.internal
    ]
    return sheet("Remarks", "What a reader should know of the evidence", columns, rows)
