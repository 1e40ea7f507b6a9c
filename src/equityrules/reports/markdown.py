"""An assessment as a report to publish: plain Markdown that can be pasted into a page or a document.

What a panel awarded is never set against what the evidence shows; remarks for the organisation's own eyes stay out.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from equityrules.conditions.wording import value_words
from equityrules.grading.awards import AWARDED
from equityrules.model.basis import BASIS_MEANINGS, Basis
from equityrules.model.finding import Finding, Gap, Outcome
from equityrules.model.numbers import counted, with_unit
from equityrules.model.result import Assessment, CriterionResult, GroupResult, NarrativeText
from equityrules.model.vocabulary import cell_text
from equityrules.reports import words
from equityrules.reports.markdown_text import bullets, heading, paragraph, table
from equityrules.reports.words import sentence


def render_markdown(assessments: Sequence[Assessment]) -> str:
    """Return one report for each assessment, a rule between them."""
    if not assessments:
        return "Nothing was assessed.\n"
    return "\n---\n\n".join("\n".join(_report(assessment)).rstrip() + "\n" for assessment in assessments)


def _report(assessment: Assessment) -> Iterator[str]:
    yield from heading(1, f"{assessment.framework.title}: {assessment.organisation}")
    yield from paragraph(words.hypothetical_words(assessment.receipt))
    yield from paragraph(sentence(words.stamp_words(assessment.receipt)))
    yield from _summary(assessment)
    for group, criteria in words.by_group(assessment):
        yield from _group(assessment, group, criteria)
    yield from _targets(assessment)
    yield from _remarks(assessment)
    yield from _actions(assessment)
    yield from _methods(assessment)
    yield from _rules(assessment)
    yield from _receipt(assessment)


def _summary(assessment: Assessment) -> Iterator[str]:
    code = f" ({assessment.organisation_code})" if assessment.organisation_code else ""
    grade = words.word(assessment, "grade")
    stands = f"The overall {grade} is: {words.grade_and_points(assessment.overall)}{_mark(assessment.overall.basis)}."
    next_step = words.next_step(assessment.overall)
    period = f"{assessment.period}, as of {assessment.as_of}."
    yield from paragraph(f"{assessment.organisation}{code}, {period} {stands} {sentence(next_step)}")
    mark = _mark(assessment.overall.basis)
    yield from bullets(f"{lift}{mark}" for lift in words.levers_words(assessment.overall.gaps))
    yield from bullets(filter(None, [words.reference_words(assessment), words.deadlines_words(assessment)]))
    cover = [(one.label, one.text) for one in assessment.cover if one.text]
    yield from _narratives(assessment.overall.narratives)
    yield from table(["Cover", ""], cover)
    yield from _standings_table(assessment)
    if any(_is_awarded(criterion) for criterion in assessment.criteria):
        by = f"Where a {grade} was given by a panel, by services or by votes"
        yield from paragraph(f"{by}, only the requirements still open above it are listed.")


def _mark(basis: Basis | None) -> str:
    """Return the basis in brackets where it is not the publisher's own word."""
    return "" if basis in (None, Basis.PUBLISHED) else f" ({basis})"


def _standings_table(assessment: Assessment) -> Iterator[str]:
    """Yield where groups and whole stand or, where the standard grades neither, every criterion with its figure."""
    if words.judged_alone(assessment):
        names = [words.word(assessment, kind).capitalize() for kind in ("criterion", "grade")]
        found = [
            (f"{one.id} {one.name}", f"{words.standing_words(one)}{_mark(one.basis)}", _figure(one))
            for one in assessment.criteria
        ]
        yield from table([*names, "Figure"], found)
        return
    group_word = words.word(assessment, "group").capitalize()
    levels: list[tuple[str, words.Level]] = [
        (f"{group_word} {group.id}: {group.title}", group) for group in assessment.groups
    ]
    rows = [
        (name, words.standing_words(level), words.points_words(level), f"{level.method}{_mark(level.basis)}")
        for name, level in [*levels, ("Overall", assessment.overall)]
    ]
    yield from table(["", words.word(assessment, "grade").capitalize(), "Points", "Method"], rows)


def _figure(criterion: CriterionResult) -> str:
    """Return the figure that a criterion is about, with what it rests on and whom it disadvantages."""
    seen = words.headline(criterion)
    if seen is None:
        return ""
    outside = any(one.outcome is Outcome.UNMET and seen in one.observations for one in criterion.findings)
    return "; ".join(filter(None, (value_words(seen), seen.leaning if outside else "")))


def _group(assessment: Assessment, group: GroupResult | None, criteria: Sequence[CriterionResult]) -> Iterator[str]:
    if group is not None:
        yield from heading(2, words.group_name(assessment, group))
        if not words.judged_alone(assessment):
            stands = f"{words.grade_and_points(group)}{_mark(group.basis)}{_because(group.because)}"
            yield from paragraph(sentence(stands))
        yield from _narratives(group.narratives)
    else:
        yield from heading(2, f"Every {words.word(assessment, 'criterion')}")
    alone = words.judged_alone(assessment)
    if not alone:
        yield from _criteria_table(assessment, criteria)
    for criterion in criteria:
        yield from _criterion(criterion, words.evidenced(criterion.findings) if alone else _listed(criterion))


def _because(text: str) -> str:
    return f": {text}" if text else ""


def _criteria_table(assessment: Assessment, criteria: Sequence[CriterionResult]) -> Iterator[str]:
    names = [words.word(assessment, kind).capitalize() for kind in ("criterion", "grade")]
    rows = [
        (
            f"{criterion.id} {criterion.title}",
            f"{words.standing_words(criterion)}{_mark(criterion.basis)}",
            words.points_words(criterion),
            words.headline_words(criterion),
            criterion.graded_from or "",
            words.holding_back(criterion),
        )
        for criterion in criteria
    ]
    yield from _table_of_what_there_is([*names, "Points", "Figure", "Graded from", "Held back by"], rows)


def _table_of_what_there_is(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table without the columns in which no row has anything."""
    filled = [number for number in range(len(headings)) if any(row[number] for row in rows)]
    yield from table([headings[number] for number in filled], [[row[number] for number in filled] for row in rows])


def _criterion(criterion: CriterionResult, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield a criterion with those of its findings that are listed."""
    yield from heading(3, f"{criterion.id}: {criterion.title}")
    stands = f"{words.grade_and_points(criterion)}{_mark(criterion.basis)}{_because(criterion.because)}"
    yield from paragraph(sentence(stands))
    yield from _narratives(criterion.narratives)
    rows = [
        (one.requirement, one.text, one.grade.label, words.outcome_words(one), _why(one), one.basis) for one in findings
    ]
    yield from table(["Requirement", "", "Asked for", "Outcome", "Why", "Basis"], rows)
    yield from _meanings(findings)
    yield from _shown(criterion)
    yield from _gaps(criterion, {finding.requirement for finding in findings})


def _meanings(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what the figures mean for people, and what to know before they are compared."""
    seen = [one for finding in findings for one in finding.observations]
    said = [text for one in seen for text in (one.meaning, one.note, one.caveat) if text]
    yield from bullets(sentence(text) for text in dict.fromkeys(said))


def _shown(criterion: CriterionResult) -> Iterator[str]:
    """Yield the measures that stand beside the grade and have no part in it."""
    rows = [
        (f"{one.title}{cell_text(one.cell)}", value_words(one), one.source)
        for one in criterion.shown
        if one.value is not None
    ]
    yield from table(["Shown beside, not graded", "", "Source"], rows)


def _listed(criterion: CriterionResult) -> Sequence[Finding]:
    """Return the findings that may stand beside the grade.

    Where a panel, services or votes gave it, these are the ones still open above it, and none at all where the
    requirements show a higher grade: a published report does not contradict an award.
    """
    held, shown = criterion.held, criterion.supported.held
    if held is None or not _is_awarded(criterion):
        return criterion.findings
    if shown is not None and shown.rank > held.rank:
        return ()
    still_open = (Outcome.UNMET, Outcome.UNKNOWN)
    return [one for one in criterion.findings if one.grade.rank > held.rank and one.outcome in still_open]


def _is_awarded(criterion: CriterionResult) -> bool:
    return criterion.held is not None and criterion.graded_from in AWARDED


def _why(finding: Finding) -> str:
    return f"{finding.because}; explained: {finding.explained}" if finding.explained else finding.because


def _narratives(narratives: Sequence[NarrativeText]) -> Iterator[str]:
    for narrative in narratives:
        yield from paragraph(narrative.text)
        by = {"Owner": narrative.owner, "Service": narrative.service}
        yield from paragraph(". ".join(f"{name}: {value}" for name, value in by.items() if value))


def _gaps(criterion: CriterionResult, listed: Container[str]) -> Iterator[str]:
    """Yield what is missing; where nothing is graded as a whole, in full only what anything is known of."""
    bases = {finding.requirement: finding.basis for finding in criterion.findings}
    graded = criterion.method != "none"
    gaps = [gap for gap in criterion.gaps if graded or gap.requirement in listed]
    if gaps:
        yield from paragraph(f"To reach {gaps[-1].leads_to.label}:")
        yield from bullets(_gap(gap, bases.get(gap.requirement), gap.requirement in listed) for gap in gaps)
    if left_out := len(criterion.gaps) - len(gaps):
        yield from paragraph(sentence(f"{counted(left_out, 'further requirement')} without any evidence"))


def _gap(gap: Gap, basis: Basis | None, listed: bool) -> str:
    """Return what is missing and what closes it; why it is missing is in the table where that lists it."""
    missing = gap.kind if gap.shortfall is None else f"{gap.kind} of {with_unit(gap.shortfall, gap.unit)}"
    about = str(missing) if listed else f"{gap.because} ({missing})"
    levers = " or ".join(lever.text for lever in gap.levers)
    return f"{gap.requirement}: {about}{f'; {levers}' if levers else ''}{_mark(basis)}"


def _targets(assessment: Assessment) -> Iterator[str]:
    if assessment.targets:
        yield from heading(2, "The organisation's own targets")
    rows = [
        (one.title, f"{one.direction} {one.value}", str(one.due or ""), one.outcome, one.because)
        for one in assessment.targets
    ]
    yield from table(["Measure", "Target", "Due", "Outcome", "Why"], rows)


def _remarks(assessment: Assessment) -> Iterator[str]:
    public = [one for one in assessment.remarks if not one.internal]
    if public:
        yield from heading(2, "Remarks on the evidence")
    yield from table(["About", "What was found", "Effect"], [(one.where, one.message, one.effect) for one in public])


def _actions(assessment: Assessment) -> Iterator[str]:
    if assessment.actions:
        yield from heading(2, "Action plan")
    rows = [
        (one.text, ", ".join(one.about), one.objective, one.owner, str(one.due or ""), one.status)
        for one in assessment.actions
    ]
    yield from table(["Action", "For", "Objective", "Owner", "Due", "Status"], rows)


def _methods(assessment: Assessment) -> Iterator[str]:
    yield from heading(2, "How the result came about")
    rows = [(method, ", ".join(names), basis) for (method, basis), names in words.methods(assessment).items()]
    yield from table(["Method", "Used for", "Basis"], rows)
    others = [
        f"{words.word(assessment, 'group').capitalize()} {group.id} by other methods: "
        + "; ".join(f"{method} {said}" for method, said in group.alternatives.items())
        for group in assessment.groups
        if group.alternatives
    ]
    yield from bullets(others)


def _rules(assessment: Assessment) -> Iterator[str]:
    """Yield how many rules stand on which basis, what each basis means and which sources it names."""
    yield from paragraph(sentence(words.rules_words(assessment)))
    counts = words.rules_by_basis(assessment)
    used = [basis for basis in Basis if basis in counts or any(basis == one for _, one in words.methods(assessment))]
    rows = [(basis, str(counts.get(basis, 0)), BASIS_MEANINGS[basis], _sources(assessment, basis)) for basis in used]
    yield from table(["Basis", "Rules", "Meaning", "Sources"], rows)


def _sources(assessment: Assessment, basis: Basis) -> str:
    """Return the sources of the rules on a basis: the documents, or who confirmed what against which."""
    ours = [finding for _, finding in assessment.findings() if finding.basis is basis]
    if basis is Basis.CONFIRMED_LOCALLY:
        return "; ".join(dict.fromkeys(f"{finding.requirement}: {finding.confirmed}" for finding in ours))
    named = sorted({finding.source for finding in ours if finding.source})
    return "; ".join(assessment.framework.sources.get(name, name) for name in named)


def _receipt(assessment: Assessment) -> Iterator[str]:
    receipt = assessment.receipt
    yield from bullets(sentence(statement) for statement in words.receipt_words(receipt))
    if receipt.digest:
        yield from paragraph(f"Framework digest: {receipt.digest}.")
    rows = [(one.name, one.version, one.origin, one.replaces) for one in receipt.plugins]
    yield from table(["Plugin", "Version", "From", "Replaces"], rows)
