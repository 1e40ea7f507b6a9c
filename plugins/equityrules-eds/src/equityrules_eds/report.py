"""The EDS 2022 reporting template, filled in: section by section, in its order, as Markdown.

The order of the sections and the columns of the domain tables were read in the template as trusts completed it. The
fields of the cover, the third parties and the action plan's columns are recalled, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equityrules.model.numbers import display
from equityrules.model.result import Assessment, CriterionResult, GroupResult, NarrativeText
from equityrules.reports.markdown_text import heading, paragraph, table
from equityrules.reports.words import grade_and_points, points_words, standing_words

FRAMEWORK = "eds"
_AFTER_THE_DOMAINS = ("trade-union-representatives", "independent-evaluators")
_NEVER_ON_THE_COVER = (*_AFTER_THE_DOMAINS, "completed-actions")
BLANK = "not given"


def render_eds_report(assessments: Sequence[Assessment]) -> str:
    """Return the report of every EDS assessment; those of other frameworks are left out."""
    ours = [one for one in assessments if one.framework.id == FRAMEWORK]
    if not ours:
        return "No EDS assessment: this format is the EDS 2022 reporting template.\n"
    return "\n\n".join("\n".join(_report(one)).rstrip() for one in ours) + "\n"


def _report(assessment: Assessment) -> Iterator[str]:
    yield from heading(1, f"{assessment.framework.title}: {assessment.organisation}")
    yield from _cover(assessment)
    yield from _completed_actions(assessment)
    yield from _score_card(assessment)
    for group in assessment.groups:
        yield from _domain(assessment, group)
    yield from _third_parties(assessment)
    yield from _organisation_rating(assessment)
    yield from _action_plan(assessment)
    yield from _basis(assessment)


def _cover(assessment: Assessment) -> Iterator[str]:
    yield from heading(2, "Cover")
    rows = [
        (one.label, one.text or (assessment.organisation if one.id == "organisation" else BLANK))
        for one in assessment.cover
        if one.id not in _NEVER_ON_THE_COVER
    ]
    yield from table(["", ""], [*rows, ("Period", str(assessment.period))])


def _completed_actions(assessment: Assessment) -> Iterator[str]:
    yield from heading(2, "Completed actions from the previous year")
    yield from paragraph(_cover_text(assessment, "completed-actions"))


def _cover_text(assessment: Assessment, name: str) -> str:
    return next((one.text for one in assessment.cover if one.id == name and one.text), BLANK)


def _score_card(assessment: Assessment) -> Iterator[str]:
    yield from heading(2, "EDS rating and score card")
    yield from paragraph(
        "Each outcome is scored; the scores of all outcomes are added up to the organisation's rating."
    )
    grades = [(display(one.points), one.label) for one in assessment.framework.grades if one.points is not None]
    yield from table(["Score of an outcome", "Rating"], grades)


def _domain(assessment: Assessment, group: GroupResult) -> Iterator[str]:
    """Yield a domain's table: outcome, evidence, rating, owner, and the row with its overall rating."""
    yield from heading(2, f"Domain {group.id}: {group.title}")
    outcomes = [one for one in assessment.criteria if one.group == group.id]
    rows = [_outcome(one) for one in outcomes]
    total = points_words(group) or BLANK
    overall = (f"Domain {group.id}: overall rating", _texts(group.narratives), total, _owners(group.narratives))
    yield from table(["Outcome", "Evidence", "Rating", "Owner (department or lead)"], [*rows, overall])
    if group.held is not None:
        said = f"In words: {group.held.label}, by {group.method}. The standard has no rating word for a domain."
        yield from paragraph(said)


def _outcome(result: CriterionResult) -> tuple[str, str, str, str]:
    score = f" ({display(result.points)})" if result.points is not None else ""
    rating = f"{standing_words(result)}{score}"
    return f"{result.id}: {result.title}", _texts(result.narratives), rating, _owners(result.narratives)


def _texts(narratives: Sequence[NarrativeText]) -> str:
    said = [f"{one.service}: {one.text}" if one.service else one.text for one in narratives]
    return " ".join(said) or BLANK


def _owners(narratives: Sequence[NarrativeText]) -> str:
    return ", ".join(dict.fromkeys(one.owner for one in narratives if one.owner)) or BLANK


def _third_parties(assessment: Assessment) -> Iterator[str]:
    yield from heading(2, "Third-party involvement in the rating of domain 3")
    labels = {one.id: one.label for one in assessment.cover}
    rows = [(labels[name], _cover_text(assessment, name)) for name in _AFTER_THE_DOMAINS if name in labels]
    yield from table(["", ""], rows)


def _organisation_rating(assessment: Assessment) -> Iterator[str]:
    yield from heading(2, "EDS organisation rating (overall rating)")
    overall = assessment.overall
    yield from paragraph(f"{assessment.organisation}: {grade_and_points(overall)}.")
    yield from paragraph(f"{overall.because[:1].upper()}{overall.because[1:]}." if overall.because else "")


def _action_plan(assessment: Assessment) -> Iterator[str]:
    yield from heading(2, "EDS action plan")
    rows = [
        (", ".join(one.about), one.objective or BLANK, one.text, one.owner or BLANK, str(one.due or BLANK))
        for one in assessment.actions
    ]
    yield from table(["Outcome", "Objective", "Action", "Owner", "Completion date"], rows)
    if not rows:
        yield from paragraph(BLANK)


def _basis(assessment: Assessment) -> Iterator[str]:
    yield from heading(2, "About this report")
    receipt = assessment.receipt
    yield from paragraph(f"Made with equityrules {receipt.engine} by {receipt.framework} revision {receipt.revision}.")
    yield from paragraph(
        "The order of the sections and the columns of the domain tables follow the EDS 2022 reporting template; the"
        " fields of the cover, the third parties and the action plan are recalled and unverified."
    )
