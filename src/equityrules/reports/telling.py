"""What the reports that are published tell of an assessment, in one wording for all of them.

What a panel awarded is never set against what the evidence shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

from attrs import frozen

from equityrules.conditions.wording import value_words
from equityrules.grading.awards import AWARDED
from equityrules.model.basis import Basis
from equityrules.model.finding import Finding, Gap, Outcome
from equityrules.model.numbers import counted, with_unit
from equityrules.model.result import Assessment, CriterionResult
from equityrules.reports import words
from equityrules.reports.words import sentence


def basis_mark(basis: Basis | None) -> str:
    """Return the basis in brackets where it is not the publisher's own word."""
    return "" if basis in (None, Basis.PUBLISHED) else f" ({basis})"


def figure(criterion: CriterionResult) -> str:
    """Return the figure that a criterion is about, with what it rests on and whom it disadvantages.

    Of findings on parts that stand by themselves it is how many came out how: no part speaks for the others.
    """
    seen = words.headline(criterion)
    if seen is None:
        return ""
    if criterion.method == "none" and seen.cell:
        return _outcomes(criterion)
    outside = any(one.outcome is Outcome.UNMET and seen in one.observations for one in criterion.findings)
    return "; ".join(filter(None, (value_words(seen), seen.leaning if outside else "")))


def _outcomes(criterion: CriterionResult) -> str:
    outcomes = Counter(str(finding.outcome) for finding in words.evidenced(criterion.findings))
    return ", ".join(f"{number} {outcome}" for outcome, number in outcomes.items())


def listed(criterion: CriterionResult) -> Sequence[Finding]:
    """Return the findings that may stand beside the grade.

    Where a panel, services or votes gave it, these are the ones still open above it, and none at all where the
    requirements show a higher grade: a published report does not contradict an award.
    """
    held, shown = criterion.held, criterion.supported.held
    if held is None or not is_awarded(criterion):
        return criterion.findings
    if shown is not None and shown.rank > held.rank:
        return ()
    still_open = (Outcome.UNMET, Outcome.UNKNOWN)
    return [one for one in criterion.findings if one.grade.rank > held.rank and one.outcome in still_open]


def is_awarded(criterion: CriterionResult) -> bool:
    """Whether a panel, services or votes gave the grade."""
    return criterion.held is not None and criterion.graded_from in AWARDED


def why(finding: Finding) -> str:
    """Return why a finding came out as it did, with the explanation that stands for it."""
    return f"{finding.because}; explained: {finding.explained}" if finding.explained else finding.because


def meanings(findings: Iterable[Finding]) -> list[str]:
    """Return what the figures mean for people, and what to know before they are compared."""
    seen = [one for finding in findings for one in finding.observations]
    said = [text for one in seen for text in (one.meaning, one.note, one.caveat) if text]
    return [sentence(text) for text in dict.fromkeys(said)]


def closing_words(gap: Gap | None) -> str:
    """Return what closes a gap, with how far it is off; of what is missing only that, and nothing without a gap."""
    if gap is None:
        return ""
    levers = " or ".join(lever.text for lever in gap.levers)
    short = "" if gap.shortfall is None else f"{gap.kind} of {with_unit(gap.shortfall, gap.unit)}"
    return "; ".join(filter(None, (short, levers))) or str(gap.kind)


def _gap_lines(gaps: Iterable[Gap], bases: Mapping[str, Basis], listed: Container[str]) -> tuple[str, ...]:
    """Return a line for each gap; those of which the same is to be said share one: "2A.a, 2A.b: missing evidence"."""
    alike: dict[str, list[str]] = {}
    for gap in gaps:
        said = _missing_words(gap, bases.get(gap.requirement), gap.requirement in listed)
        alike.setdefault(said, []).append(gap.requirement)
    return tuple(f"{', '.join(requirements)}: {said}" for said, requirements in alike.items())


def _missing_words(gap: Gap, basis: Basis | None, listed: bool) -> str:
    """Return what is missing and what closes it; why it is missing is in the table where that lists it."""
    missing = gap.kind if gap.shortfall is None else f"{gap.kind} of {with_unit(gap.shortfall, gap.unit)}"
    about = str(missing) if listed else f"{words.for_readers(gap.because)} ({missing})"
    levers = " or ".join(lever.text for lever in gap.levers)
    return f"{about}{f'; {levers}' if levers else ''}{basis_mark(basis)}"


@frozen
class Gaps:
    """What is missing of a criterion: the grade aimed at, a line for each gap, and how many are not listed."""

    aim: str = ""
    lines: tuple[str, ...] = ()
    left_out: str = ""


def gaps_of(criterion: CriterionResult, found: Sequence[Finding], *, only_others: bool = False) -> Gaps:
    """Return what is missing; where nothing is graded as a whole, in full only what anything is known of.

    `found` are the findings that are listed beside it; `only_others` leaves out their gaps, where the list has them.
    """
    shown = {finding.requirement for finding in found}
    bases = {finding.requirement: finding.basis for finding in criterion.findings}
    gaps = [gap for gap in criterion.gaps if criterion.method != "none" or gap.requirement in shown]
    left_out = len(criterion.gaps) - len(gaps)
    return Gaps(
        gaps[-1].leads_to.label if gaps else "",
        _gap_lines([gap for gap in gaps if not (only_others and gap.requirement in shown)], bases, shown),
        sentence(f"{counted(left_out, 'further requirement')} without any evidence") if left_out else "",
    )


def told(assessment: Assessment, criterion: CriterionResult) -> Sequence[Finding]:
    """Return the findings that are listed: where criteria stand by themselves, those that anything is known of."""
    return words.evidenced(criterion.findings) if words.judged_alone(assessment) else listed(criterion)


def stands(level: words.Level) -> str:
    """Return where a part stands, on whose authority, and why."""
    because = f": {level.because}" if level.because else ""
    return f"{words.grade_and_points(level)}{basis_mark(level.basis)}{because}"


def awarded_note(assessment: Assessment) -> str:
    """Return what is listed where a grade was given; nothing where none was."""
    if not any(is_awarded(criterion) for criterion in assessment.criteria):
        return ""
    by = f"Where a {words.word(assessment, 'grade')} was given by a panel, by services or by votes"
    return f"{by}, only the requirements still open above it are listed."


def receipt_lines(assessment: Assessment) -> list[str]:
    """Return how the result came about, a sentence each."""
    digest = assessment.receipt.digest
    said = [*words.receipt_words(assessment.receipt), *([f"framework digest: {digest}"] if digest else [])]
    return [sentence(text) for text in said]


def other_methods(assessment: Assessment) -> list[str]:
    """Return what other named methods would have said of each group that has any."""
    return [
        f"{words.word(assessment, 'group').capitalize()} {group.id} by other methods: "
        + "; ".join(f"{method} {said}" for method, said in group.alternatives.items())
        for group in assessment.groups
        if group.alternatives
    ]


def bases_used(assessment: Assessment) -> list[Basis]:
    """Return every basis that a rule or a method stands on, the strongest first."""
    found = {*words.rules_by_basis(assessment), *(basis for _, basis in words.methods(assessment))}
    return [basis for basis in Basis if basis in found]


def sources_words(assessment: Assessment, basis: Basis) -> str:
    """Return the sources of the rules on a basis: the documents, or who confirmed what against which."""
    ours = [finding for _, finding in assessment.findings() if finding.basis is basis]
    if basis is Basis.CONFIRMED_LOCALLY:
        return "; ".join(dict.fromkeys(f"{finding.requirement}: {finding.confirmed}" for finding in ours))
    named = sorted({finding.source for finding in ours if finding.source})
    return "; ".join(assessment.framework.sources.get(name, name) for name in named)
