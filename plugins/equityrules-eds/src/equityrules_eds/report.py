"""The EDS 2022 reporting template, filled in: section by section, in its order, as Markdown or Word.

The order of the sections and the columns of the domain tables were read in the template as trusts completed it. The
fields of the cover, the third parties and the action plan's columns are recalled, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from equityrules.grading.awards import AWARDED
from equityrules.model.basis import Basis
from equityrules.model.numbers import display
from equityrules.model.result import Assessment, CriterionResult, GroupResult, NarrativeText
from equityrules.reports.blocks import Block, bullets, heading, paragraph, table
from equityrules.reports.markdown_text import markdown_lines
from equityrules.reports.words import (
    grade_and_points,
    hypothetical_words,
    methods,
    points_words,
    receipt_words,
    rules_words,
    sentence,
    stamp_words,
    standing_words,
)

FRAMEWORK = "eds"
_NOT_OURS = "No EDS assessment: this format is the EDS 2022 reporting template."
_AFTER_THE_DOMAINS = ("trade-union-representatives", "independent-evaluators")
_NEVER_ON_THE_COVER = (*_AFTER_THE_DOMAINS, "completed-actions")
BLANK = "not given"
_FIELDS = (2, 3)
_COLUMNS = (5, 9, 3, 4)
"""How the columns of a domain's table divide the page: most of it is for the evidence."""
_ACTIONS = (2, 4, 7, 4, 3)


def render_eds_report(assessments: Sequence[Assessment]) -> str:
    """Return the report of every EDS assessment as Markdown; those of other frameworks are left out."""
    ours = _ours(assessments)
    if not ours:
        return f"{_NOT_OURS}\n"
    return "\n\n".join("\n".join(markdown_lines(report(one))).rstrip() for one in ours) + "\n"


def render_eds_docx(assessments: Sequence[Assessment], template: Path | None = None) -> bytes:
    """Return the same as a Word document, in the styles of a house document where one is given.

    Raises InvalidInputError where that is no Word document, MissingExtraError where the library is not installed.
    """
    from equityrules.reports.word import part_of, write_document  # noqa: PLC0415 - only where Word is asked for

    return write_document([part_of(one, report(one)) for one in _ours(assessments)], template, _NOT_OURS)


def _ours(assessments: Sequence[Assessment]) -> list[Assessment]:
    return [one for one in assessments if one.framework.id == FRAMEWORK]


def report(assessment: Assessment) -> Iterator[Block]:
    """Yield the template of one assessment, section by section, for Markdown and for Word."""
    yield from heading(1, f"{assessment.framework.title}: {assessment.organisation}")
    yield from paragraph(sentence(stamp_words(assessment.receipt)))
    yield from paragraph(hypothetical_words(assessment.receipt))
    yield from _cover(assessment)
    yield from _completed_actions(assessment)
    yield from _score_card(assessment)
    for group in assessment.groups:
        yield from _domain(assessment, group)
    yield from _third_parties(assessment)
    yield from _organisation_rating(assessment)
    yield from _action_plan(assessment)
    yield from _basis(assessment)


def _cover(assessment: Assessment) -> Iterator[Block]:
    yield from heading(2, "Cover")
    rows = [
        (one.label, one.text or (assessment.organisation if one.id == "organisation" else BLANK))
        for one in assessment.cover
        if one.id not in _NEVER_ON_THE_COVER
    ]
    yield from table(["Field", "Entry"], [*rows, ("Period", str(assessment.period))], _FIELDS)


def _completed_actions(assessment: Assessment) -> Iterator[Block]:
    yield from heading(2, "Completed actions from the previous year")
    yield from paragraph(_cover_text(assessment, "completed-actions"))


def _cover_text(assessment: Assessment, name: str) -> str:
    return next((one.text for one in assessment.cover if one.id == name and one.text), BLANK)


def _score_card(assessment: Assessment) -> Iterator[Block]:
    yield from heading(2, "EDS rating and score card")
    yield from paragraph(
        "Each outcome is scored; the scores of all outcomes are added up to the organisation's rating."
    )
    grades = [(display(one.points), one.label) for one in assessment.framework.grades if one.points is not None]
    yield from table(["Score of an outcome", "Rating"], grades)


def _domain(assessment: Assessment, group: GroupResult) -> Iterator[Block]:
    """Yield a domain's table: outcome, evidence, rating, owner, and the row with its overall rating."""
    yield from heading(2, f"Domain {group.id}: {group.title}")
    outcomes = [one for one in assessment.criteria if one.group == group.id]
    rows = [_outcome(one) for one in outcomes]
    total = points_words(group) or BLANK
    overall = (f"Domain {group.id}: overall rating", _texts(group.narratives), total, _owners(group.narratives))
    yield from table(["Outcome", "Evidence", "Rating", "Owner (department or lead)"], [*rows, overall], _COLUMNS)
    if group.graded_from in AWARDED and group.because:
        yield from paragraph(sentence(group.because))
    if group.held is not None:
        said = f"In words: {group.held.label}, by {group.method}{_mark(group.basis)}."
        yield from paragraph(f"{said} The standard has no rating word for a domain.")
    yield from bullets(f"{one.id}: {one.because}" for one in outcomes if one.graded_from in ("services", "votes"))


def _outcome(result: CriterionResult) -> tuple[str, str, str, str]:
    score = f" ({display(result.points)})" if result.points is not None else ""
    rating = f"{standing_words(result)}{score}{_mark(result.basis) if result.held else ''}"
    return f"{result.id}: {result.title}", _texts(result.narratives), rating, _owners(result.narratives)


def _mark(basis: Basis | None) -> str:
    """Return the basis where it is not the publisher's own word."""
    return "" if basis in (None, Basis.PUBLISHED) else f", {basis}"


def _texts(narratives: Sequence[NarrativeText]) -> str:
    said = [f"{one.service}: {one.text}" if one.service else one.text for one in narratives if one.text]
    return " ".join(said) or BLANK


def _owners(narratives: Sequence[NarrativeText]) -> str:
    return ", ".join(dict.fromkeys(one.owner for one in narratives if one.owner)) or BLANK


def _third_parties(assessment: Assessment) -> Iterator[Block]:
    yield from heading(2, "Third-party involvement in the rating of domain 3")
    labels = {one.id: one.label for one in assessment.cover}
    rows = [(labels[name], _cover_text(assessment, name)) for name in _AFTER_THE_DOMAINS if name in labels]
    yield from table(["Who", "Entry"], rows, _FIELDS)


def _organisation_rating(assessment: Assessment) -> Iterator[Block]:
    yield from heading(2, "EDS organisation rating (overall rating)")
    overall = assessment.overall
    yield from paragraph(f"{assessment.organisation}: {grade_and_points(overall)}{_mark(overall.basis)}.")
    yield from paragraph(sentence(overall.because))
    if overall.narratives:
        yield from paragraph(f"{_texts(overall.narratives)} (owner: {_owners(overall.narratives)})")


def _action_plan(assessment: Assessment) -> Iterator[Block]:
    yield from heading(2, "EDS action plan")
    rows = [
        (_outcomes(one.about), one.objective or BLANK, one.text, one.owner or BLANK, str(one.due or BLANK))
        for one in assessment.actions
    ]
    yield from table(
        ["Outcome", "Objective", "Action", "Owner", "Completion date"], rows or [(BLANK,) * len(_ACTIONS)], _ACTIONS
    )


def _outcomes(about: Sequence[str]) -> str:
    """Return what an action is for in the report's own words: "2B, domain-3"."""
    ours = [name for name in about if name.partition("/")[0] == FRAMEWORK]
    return ", ".join(name.partition("/")[2] or "all" for name in ours)


def _basis(assessment: Assessment) -> Iterator[Block]:
    """Yield what this report rests on: the rules by basis, the methods, and how it came about."""
    yield from heading(2, "About this report")
    yield from paragraph(
        "The order of the sections and the columns of the domain tables follow the EDS 2022 reporting template; the"
        " fields of the cover, the third parties and the action plan are recalled and unverified."
    )
    yield from paragraph(sentence(rules_words(assessment)))
    used = methods(assessment).items()
    yield from bullets(f"{method} ({basis}): {', '.join(names)}" for (method, basis), names in used)
    yield from bullets(sentence(said) for said in receipt_words(assessment.receipt))
