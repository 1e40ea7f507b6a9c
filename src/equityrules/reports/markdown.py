"""An assessment as a report to publish: plain Markdown that can be pasted into a page or a document.

What a panel awarded is never set against what the evidence shows; remarks for the organisation's own eyes stay out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from equityrules.conditions.wording import value_words
from equityrules.model.basis import BASIS_MEANINGS
from equityrules.model.finding import Finding
from equityrules.model.result import Assessment, CriterionResult, GroupResult, NarrativeText
from equityrules.model.vocabulary import cell_text
from equityrules.reports import telling, words
from equityrules.reports.blocks import Block, bullets, heading, paragraph, table
from equityrules.reports.dates import dates_words, due_words
from equityrules.reports.markdown_text import markdown_lines
from equityrules.reports.telling import basis_mark, figure, sources_words, why
from equityrules.reports.words import sentence


def render_markdown(assessments: Sequence[Assessment]) -> str:
    """Return one report for each assessment, a rule between them."""
    if not assessments:
        return "Nothing was assessed.\n"
    return "\n---\n\n".join("\n".join(markdown_lines(report(one))).rstrip() + "\n" for one in assessments)


Drawing = Callable[[words.Level], Iterable[Block]]
"""Gives the pictures of the whole, a group or a criterion, each with what it says as a table."""


def _not_drawn(_level: words.Level) -> Iterable[Block]:
    return ()


def report(assessment: Assessment, drawn: Drawing = _not_drawn) -> Iterator[Block]:
    """Yield the report of one assessment, block by block, for Markdown and, with pictures, for Word."""
    yield from heading(1, f"{assessment.framework.title}: {assessment.organisation}")
    yield from paragraph(words.hypothetical_words(assessment.receipt))
    yield from paragraph(sentence(words.stamp_words(assessment.receipt)))
    yield from _summary(assessment)
    yield from drawn(assessment.overall)
    for group, criteria in words.by_group(assessment):
        yield from _group(assessment, group, criteria, drawn)
    yield from _targets(assessment)
    yield from _remarks(assessment)
    yield from _actions(assessment)
    yield from _methods(assessment)
    yield from _rules(assessment)
    yield from _receipt(assessment)


def _summary(assessment: Assessment) -> Iterator[Block]:
    code = f" ({assessment.organisation_code})" if assessment.organisation_code else ""
    grade = words.word(assessment, "grade")
    stands = (
        f"The overall {grade} is: {words.grade_and_points(assessment.overall)}{basis_mark(assessment.overall.basis)}."
    )
    next_step = words.next_step(assessment.overall)
    period = f"{assessment.period}, as of {assessment.as_of}."
    yield from paragraph(f"{assessment.organisation}{code}, {period} {stands} {sentence(next_step)}")
    mark = basis_mark(assessment.overall.basis)
    yield from bullets(f"{lift}{mark}" for lift in words.levers_words(assessment.overall.gaps))
    said = [words.reference_words(assessment), words.deadlines_words(assessment), dates_words(assessment)]
    yield from bullets(filter(None, said))
    cover = [(one.label, one.text) for one in assessment.cover if one.text]
    yield from _narratives(assessment.overall.narratives)
    yield from table(["On the cover", "Entry"], cover)
    yield from _standings_table(assessment)
    yield from paragraph(telling.awarded_note(assessment))


def _standings_table(assessment: Assessment) -> Iterator[Block]:
    """Yield where groups and whole stand or, where the standard grades neither, every criterion with its figure."""
    if words.judged_alone(assessment):
        names = [words.word(assessment, kind).capitalize() for kind in ("criterion", "grade")]
        found = [
            (
                f"{one.id} {one.name}",
                f"{words.standing_words(one)}{basis_mark(one.basis)}",
                figure(one),
                due_words(one, assessment.as_of),
            )
            for one in assessment.criteria
        ]
        yield from _table_of_what_there_is([*names, "Figure", "By its day"], found)
        return
    group_word = words.word(assessment, "group").capitalize()
    levels: list[tuple[str, words.Level]] = [
        (f"{group_word} {group.id}: {group.title}", group) for group in assessment.groups
    ]
    rows = [
        (name, words.standing_words(level), words.points_words(level), f"{level.method}{basis_mark(level.basis)}")
        for name, level in [*levels, ("Overall", assessment.overall)]
    ]
    yield from table(["Part", words.word(assessment, "grade").capitalize(), "Points", "Method"], rows)


def _group(
    assessment: Assessment, group: GroupResult | None, criteria: Sequence[CriterionResult], drawn: Drawing
) -> Iterator[Block]:
    if group is not None:
        yield from heading(2, words.group_name(assessment, group))
        if not words.judged_alone(assessment):
            yield from paragraph(sentence(telling.stands(group)))
        yield from _narratives(group.narratives)
        yield from drawn(group)
    else:
        yield from heading(2, f"Every {words.word(assessment, 'criterion')}")
    if not words.judged_alone(assessment):
        yield from _criteria_table(assessment, criteria)
    for criterion in criteria:
        yield from _criterion(criterion, telling.told(assessment, criterion), drawn)


def _criteria_table(assessment: Assessment, criteria: Sequence[CriterionResult]) -> Iterator[Block]:
    names = [words.word(assessment, kind).capitalize() for kind in ("criterion", "grade")]
    rows = [
        (
            f"{criterion.id} {criterion.title}",
            f"{words.standing_words(criterion)}{basis_mark(criterion.basis)}",
            words.points_words(criterion),
            words.headline_words(criterion),
            criterion.graded_from or "",
            words.holding_back(criterion),
            due_words(criterion, assessment.as_of),
        )
        for criterion in criteria
    ]
    yield from _table_of_what_there_is([*names, "Points", "Figure", "Graded from", "Held back by", "By its day"], rows)


def _table_of_what_there_is(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """Yield a table without the columns in which no row has anything."""
    filled = [number for number in range(len(headings)) if any(row[number] for row in rows)]
    yield from table([headings[number] for number in filled], [[row[number] for number in filled] for row in rows])


def _criterion(criterion: CriterionResult, findings: Sequence[Finding], drawn: Drawing) -> Iterator[Block]:
    """Yield a criterion with those of its findings that are listed."""
    yield from heading(3, f"{criterion.id}: {criterion.title}")
    yield from paragraph(sentence(telling.stands(criterion)))
    yield from _narratives(criterion.narratives)
    rows = [
        (one.requirement, one.text, one.grade.label, words.outcome_words(one), words.for_readers(why(one)), one.basis)
        for one in findings
    ]
    yield from table(["Requirement", "What it asks", "Asked for", "Outcome", "Why", "Basis"], rows)
    yield from _meanings(findings)
    yield from drawn(criterion)
    yield from _shown(criterion)
    yield from _gaps(criterion, findings)


def _meanings(findings: Sequence[Finding]) -> Iterator[Block]:
    """Yield what the figures mean for people, and what to know before they are compared."""
    yield from bullets(telling.meanings(findings))


def _shown(criterion: CriterionResult) -> Iterator[Block]:
    """Yield the measures that stand beside the grade and have no part in it."""
    rows = [
        (f"{one.title}{cell_text(one.cell)}", value_words(one), one.source)
        for one in criterion.shown
        if one.value is not None
    ]
    yield from table(["Shown beside, not graded", "Value", "Source"], rows)


def _narratives(narratives: Sequence[NarrativeText]) -> Iterator[Block]:
    for narrative in narratives:
        yield from paragraph(narrative.text)
        by = {"Owner": narrative.owner, "Service": narrative.service}
        yield from paragraph(". ".join(f"{name}: {value}" for name, value in by.items() if value))


def _gaps(criterion: CriterionResult, findings: Sequence[Finding]) -> Iterator[Block]:
    gaps = telling.gaps_of(criterion, findings)
    if gaps.lines:
        yield from paragraph(f"To reach {gaps.aim}:")
        yield from bullets(gaps.lines)
    yield from paragraph(gaps.left_out)


def _targets(assessment: Assessment) -> Iterator[Block]:
    if assessment.targets:
        yield from heading(2, "The organisation's own targets")
    rows = [
        (one.title, f"{one.direction} {one.value}", str(one.due or ""), one.outcome, one.because)
        for one in assessment.targets
    ]
    yield from table(["Measure", "Target", "Due", "Outcome", "Why"], rows)


def _remarks(assessment: Assessment) -> Iterator[Block]:
    public = [one for one in assessment.remarks if not one.internal]
    if public:
        yield from heading(2, "Remarks on the evidence")
    yield from table(["About", "What was found", "Effect"], [(one.where, one.message, one.effect) for one in public])


def _actions(assessment: Assessment) -> Iterator[Block]:
    if assessment.actions:
        yield from heading(2, "Action plan")
    rows = [
        (one.text, ", ".join(one.about), one.objective, one.owner, str(one.due or ""), one.status)
        for one in assessment.actions
    ]
    yield from table(["Action", "For", "Objective", "Owner", "Due", "Status"], rows)


def _methods(assessment: Assessment) -> Iterator[Block]:
    yield from heading(2, "How the result came about")
    rows = [(method, ", ".join(names), basis) for (method, basis), names in words.methods(assessment).items()]
    yield from table(["Method", "Used for", "Basis"], rows)
    yield from bullets(telling.other_methods(assessment))


def _rules(assessment: Assessment) -> Iterator[Block]:
    """Yield how many rules stand on which basis, what each basis means and which sources it names."""
    yield from paragraph(sentence(words.rules_words(assessment)))
    counts = words.rules_by_basis(assessment)
    rows = [
        (basis, str(counts.get(basis, 0)), BASIS_MEANINGS[basis], sources_words(assessment, basis))
        for basis in telling.bases_used(assessment)
    ]
    yield from table(["Basis", "Rules", "Meaning", "Sources"], rows)


def _receipt(assessment: Assessment) -> Iterator[Block]:
    receipt = assessment.receipt
    yield from bullets(sentence(statement) for statement in words.receipt_words(receipt))
    if receipt.digest:
        yield from paragraph(f"Framework digest: {receipt.digest}.")
    rows = [(one.name, one.version, one.origin, one.replaces) for one in receipt.plugins]
    yield from table(["Plugin", "Version", "From", "Replaces"], rows)
