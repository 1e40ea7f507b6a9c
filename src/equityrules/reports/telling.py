"""What the reports that are published tell of an assessment, in one wording for all of them.

What a panel awarded is never set against what the evidence shows.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from equityrules.conditions.wording import value_words
from equityrules.grading.awards import AWARDED
from equityrules.model.basis import Basis
from equityrules.model.finding import Finding, Gap, Outcome
from equityrules.model.numbers import with_unit
from equityrules.model.result import Assessment, CriterionResult
from equityrules.reports import words
from equityrules.reports.words import sentence


def basis_mark(basis: Basis | None) -> str:
    """Return the basis in brackets where it is not the publisher's own word."""
    return "" if basis in (None, Basis.PUBLISHED) else f" ({basis})"


def figure(criterion: CriterionResult) -> str:
    """Return the figure that a criterion is about, with what it rests on and whom it disadvantages."""
    seen = words.headline(criterion)
    if seen is None:
        return ""
    outside = any(one.outcome is Outcome.UNMET and seen in one.observations for one in criterion.findings)
    return "; ".join(filter(None, (value_words(seen), seen.leaning if outside else "")))


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


def listed_findings(assessment: Assessment, criterion: CriterionResult) -> Sequence[Finding]:
    """Return the findings of a criterion that are published; where nothing is graded as a whole, what is known of."""
    return words.evidenced(criterion.findings) if words.judged_alone(assessment) else listed(criterion)


def is_awarded(criterion: CriterionResult) -> bool:
    """Whether a panel, services or votes gave the grade."""
    return criterion.held is not None and criterion.graded_from in AWARDED


def why(finding: Finding) -> str:
    """Return why a finding came out as it did, with the explanation that stands for it."""
    because = words.for_readers(finding.because)
    return f"{because}; explained: {finding.explained}" if finding.explained else because


def meanings(findings: Iterable[Finding]) -> list[str]:
    """Return what the figures mean for people, and what to know before they are compared."""
    seen = [one for finding in findings for one in finding.observations]
    said = [text for one in seen for text in (one.meaning, one.note, one.caveat) if text]
    return [sentence(text) for text in dict.fromkeys(said)]


def gap_words(gap: Gap, basis: Basis | None, listed: bool) -> str:
    """Return what is missing and what closes it; why it is missing is in the table where that lists it."""
    return f"{gap.requirement}: {_missing_words(gap, basis, listed)}"


def gaps_words(gaps: Iterable[Gap], bases: Mapping[str, Basis], listed: Container[str]) -> list[str]:
    """Return the same of several gaps, those of which the same is to be said together: "2A.a, 2A.b: missing evidence".

    `bases` are those of the requirements, `listed` the requirements that a table tells more of.
    """
    alike: dict[str, list[str]] = {}
    for gap in gaps:
        said = _missing_words(gap, bases.get(gap.requirement), gap.requirement in listed)
        alike.setdefault(said, []).append(gap.requirement)
    return [f"{', '.join(requirements)}: {said}" for said, requirements in alike.items()]


def _missing_words(gap: Gap, basis: Basis | None, listed: bool) -> str:
    missing = gap.kind if gap.shortfall is None else f"{gap.kind} of {with_unit(gap.shortfall, gap.unit)}"
    about = str(missing) if listed else f"{words.for_readers(gap.because)} ({missing})"
    levers = " or ".join(lever.text for lever in gap.levers)
    return f"{about}{f'; {levers}' if levers else ''}{basis_mark(basis)}"


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
