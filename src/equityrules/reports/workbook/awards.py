"""The sheets for what a framework's report holds: ratings with their evidence, votes, commentary and cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from equityrules.loading.workbook import labels
from equityrules.model.framework import Criterion, Framework
from equityrules.reports.workbook.layout import (
    DATE,
    NOTE,
    NUMBER,
    READ_ONLY,
    SOURCE,
    Block,
    Column,
    Line,
    Page,
    named,
    short_name,
)

_ABOUT = Column(labels.ABOUT, 16, READ_ONLY, note="Framework and criterion.")
_MEANING = Column(labels.MEANING, 44, READ_ONLY)
_EVIDENCE = Column(labels.EVIDENCE, 60, note="What the report says: the evidence in your own words.")
_OWNER = Column(labels.OWNER, 20, note="The department or lead it belongs to.")
_POLLS = 2
"""Rows of votes for each criterion: two groups of raters; more can be added."""


def award_pages(frameworks: Sequence[Framework]) -> list[Page]:
    """Return the sheets of the reports of some frameworks."""
    rated = [one for one in frameworks if _is_rated(one)]
    pages = [page for one in rated for page in (_ratings(one), *_votes(one))]
    others = [one for one in frameworks if one not in rated]
    return [*pages, *([_commentary(others)] if others else []), *_covers(frameworks)]


def _is_rated(framework: Framework) -> bool:
    """Whether a panel rates its criteria: by services or by votes, as far as its data says."""
    return framework.methods.votes is not None or any(group.services for group in framework.groups)


def _about(framework: Framework) -> Column:
    """Return the column that says which criterion a row is for, with a choice of them where it is still blank."""
    return evolve(_ABOUT, choices=tuple(f"{framework.id}/{one.id}" for one in framework.criteria), strict=False)


def _word(framework: Framework, name: str) -> str:
    return framework.words.get(name, name)


# --- ratings -----------------------------------------------------------------------------------------------------


def _ratings(framework: Framework) -> Page:
    columns = (
        _about(framework), _MEANING,
        Column(labels.SERVICE, 16, note="The service that was rated; blank for all of them together."),
        Column(labels.RATING, 15, note="Choose a rating, or give points. Blank leaves it to the other sheets."),
        Column(labels.RATED_BY, 18, note="Who rated: the panel, a group of patients, a trade union …"),
        DATE, _EVIDENCE, _OWNER, NOTE,
    )  # fmt: skip
    lines = [line for criterion in framework.criteria for line in _of_criterion(framework, criterion)]
    lines += list(_of_wholes(framework))
    grades = ", ".join(grade.label for grade in framework.scale.grades)
    says = (
        f"What was decided for each {_word(framework, 'criterion')} ({grades}), the evidence for it, and whose it is."
    )
    return Page(named(f"{short_name(framework)} ratings"), says, (Block(columns, tuple(lines), spare=10, height=2),))


def _of_criterion(framework: Framework, criterion: Criterion) -> Iterator[Line]:
    """Yield the row of a criterion, and one for each service where services are rated."""
    about, choices = f"{framework.id}/{criterion.id}", {labels.RATING: _grades(criterion)}
    yield Line({labels.ABOUT: about, labels.MEANING: criterion.title}, choices)
    services = any(group.services and group.id == criterion.group for group in framework.groups)
    expected = (framework.methods.services.expected if framework.methods.services else None) or 1
    for number in range(1, expected + 1 if services else 1):
        yield Line({labels.ABOUT: about, labels.MEANING: f"{criterion.id}, service {number} of {expected}"}, choices)


def _grades(criterion: Criterion) -> tuple[str, ...]:
    return (*(grade.label for grade in criterion.scale.grades), "not applicable")


def _of_wholes(framework: Framework) -> Iterator[Line]:
    """Yield a row for each group and for the whole, where only that was rated or its points are stated."""
    choices = {labels.RATING: tuple(grade.label for grade in framework.scale.grades)}
    word = _word(framework, "group")
    for group in framework.groups:
        meaning = f"{group.title}: the whole {word}, only if a rating or points were stated for it"
        yield Line({labels.ABOUT: f"{framework.id}/{word}-{group.id}", labels.MEANING: meaning}, choices)
    yield Line({labels.ABOUT: framework.id, labels.MEANING: "Overall, only if it was stated"}, choices)


# --- votes, commentary and cover ---------------------------------------------------------------------------------


def _votes(framework: Framework) -> Iterator[Page]:
    if framework.methods.votes is None:
        return
    grades = (
        Column(f"{labels.VOTES_FOR}{grade.label}", 14, NUMBER, note="How many voted so.")
        for grade in framework.scale.grades
    )
    columns = (
        _about(framework), _MEANING, Column(labels.RATERS, 24, note="Who voted: patients, staff networks, unions …"),
        *grades,
        Column(labels.ALL_VOTES, 14, NUMBER, note="The total that was stated, if one was."), DATE, SOURCE, NOTE,
    )  # fmt: skip
    lines = [
        Line({labels.ABOUT: f"{framework.id}/{criterion.id}", labels.MEANING: criterion.title})
        for criterion in framework.criteria
        for _ in range(_POLLS)
    ]
    says = f"Votes by {_word(framework, 'grade')}, one row for each group of raters. Leave it blank if nobody voted."
    yield Page(named(f"{short_name(framework)} votes"), says, (Block(columns, tuple(lines), spare=10),))


def _commentary(frameworks: Sequence[Framework]) -> Page:
    lines = [
        Line({labels.ABOUT: f"{framework.id}/{criterion.id}", labels.MEANING: criterion.title})
        for framework in frameworks
        for criterion in framework.criteria
    ]
    names = ", ".join(map(short_name, frameworks))
    says = f"What your report says beside the figures of {names}. Nothing here is judged."
    return Page("Commentary", says, (Block((_ABOUT, _MEANING, _EVIDENCE, _OWNER, DATE, NOTE), tuple(lines), height=4),))


def _covers(frameworks: Sequence[Framework]) -> Iterator[Page]:
    columns = (
        _ABOUT, Column(labels.FIELD, 26, READ_ONLY), _MEANING,
        Column(labels.ENTRY, 60, note="As the report prints it."),
    )  # fmt: skip
    lines = [
        Line({labels.ABOUT: framework.id, labels.FIELD: one.id, labels.MEANING: one.label})
        for framework in frameworks
        for one in framework.cover
    ]
    if lines:
        yield Page("Report covers", "The fields on the covers of the reports.", (Block(columns, tuple(lines)),))
