"""Wording that the reports share: standings, points, what holds back, rules by basis, methods and the receipt."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from equityrules.conditions.wording import shown_value, value_words
from equityrules.grading.awards import AWARDED
from equityrules.model.basis import Basis
from equityrules.model.finding import Finding, Gap, GapKind, Observation, Outcome, Reason
from equityrules.model.numbers import counted, display
from equityrules.model.result import (
    Assessment,
    Audience,
    CriterionResult,
    GroupResult,
    OverallResult,
    Receipt,
    Standing,
)

Level = CriterionResult | GroupResult | OverallResult

_UNPRINTABLE = {"Cc", "Cs", "Zl", "Zp"}
_NO_CHARACTERS = "\ufffe\uffff"  # which no XML may hold, so neither may a page, a document or a workbook
_DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ITEM_IN_BRACKETS = re.compile(r" \([a-z_]+(\.[a-z_]+)+(\[[^\]]*\])?\)")
_PART = re.compile(r"(?=[^:]*[._\[])[a-z][a-z0-9_]*(\.[a-z0-9_]+)*(\[(?P<cell>[^\]]*)\])?: (?P<how>.+)")
_SHORT_ID = 3
_HELD_BACK = {
    GapKind.MISSING_EVIDENCE: "not evidenced",
    GapKind.SHORTFALL: "short",
    GapKind.STALE: "stale",
    GapKind.TOO_FEW: "too few people",
    GapKind.NOT_COMPUTABLE: "not computable",
    GapKind.NOT_MEASURABLE: "not yet measurable",
    GapKind.NOT_JUDGED: "not judged",
}


def plain(text: str) -> str:
    """Return text on one line: white space as single spaces, without control characters or marks of direction."""
    visible = (" " if char in _NO_CHARACTERS or unicodedata.category(char) in _UNPRINTABLE else char for char in text)
    return " ".join(_DIRECTION_MARKS.sub("", "".join(visible)).split())


def without_items(text: str) -> str:
    """Return why something is so without the names of items in brackets, which only who fills in evidence needs."""
    return _ITEM_IN_BRACKETS.sub("", text)


def for_readers(text: str) -> str:
    """Return why something is so in the words of a report: without names of items, its unnamed parts counted.

    "0 of 2 shown; survey.x[sex=men]: stale; practice.y: not evidenced" is "0 of 2 shown; stale: men; 1 part not
    evidenced".
    """
    told: list[str] = []
    parts: dict[str, list[str]] = {}
    for said in without_items(text).split("; "):
        if found := _PART.fullmatch(said):
            parts.setdefault(found["how"], []).append(_groups(found["cell"] or ""))
        else:
            told.append(said)
    for how, groups in parts.items():
        told.append(f"{how}: {', '.join(groups)}" if all(groups) else f"{counted(len(groups), 'part')} {how}")
    return "; ".join(told)


def _groups(cell: str) -> str:
    """Return the groups of a cell in words: "[sex=men, band=8a]" is "men 8a"."""
    return " ".join(pair.partition("=")[2].replace("_", " ") for pair in cell.split(", ") if pair)


def word(assessment: Assessment, kind: str) -> str:
    """Return the framework's own word for a "group", a "criterion" or a "grade"."""
    return assessment.framework.words.get(kind, kind)


def standing_words(level: Level) -> str:
    """Return the grade in words: "Developing", "Developing to Achieving", "not enough evidence, up to Achieving"."""
    if not level.applicable:
        return "not applicable"
    if level.held is None:
        start = "no grade" if _is_decided(level) else "not enough evidence"
        return f"{start}, up to {level.attainable.label}" if level.attainable else start
    if level.attainable is None or level.attainable == level.held:
        return level.held.label
    return f"{level.held.label} to {level.attainable.label}"


def _is_decided(level: Level) -> bool:
    """Whether a missing grade is a decision (a tie, a total in no band, a standard without a method)."""
    return level.points is not None or level.method == "none" or level.graded_from in AWARDED


def points_words(standing: Standing) -> str:
    """Return the points or their bounds: "1 point", "5 to 9 points"; nothing where there are none."""
    if standing.points is not None:
        return counted(standing.points, "point")
    if standing.points_low is None or standing.points_attainable is None:
        return ""
    return f"{display(standing.points_low)} to {counted(standing.points_attainable, 'point')}"


def grade_and_points(level: Level) -> str:
    """Return the grade with its points: "Developing, 21 points", "not enough evidence (0 to 33 points, up to …)"."""
    said, points = standing_words(level), points_words(level)
    if level.held is None and level.attainable is not None and points:
        start, _, most = said.partition(", ")
        return f"{start} ({points}, {most})" if most else f"{start} ({points})"
    return ", ".join(filter(None, (said, points)))


def next_step(overall: OverallResult) -> str:
    """Return what the whole needs for its next grade, or else why it stands where it does."""
    return overall.gaps[0].because if overall.gaps else overall.because


def holding_back(criterion: CriterionResult) -> str:
    """Return what holds back the next grade, counted by kind: "3 not evidenced, 1 short, 1 explained"."""
    kinds = Counter(gap.kind for gap in criterion.gaps if gap.requirement != criterion.id)
    said = [f"{kinds[kind]} {words}" for kind, words in _HELD_BACK.items() if kinds[kind]]
    if any(gap.requirement == criterion.id for gap in criterion.gaps):
        said.append("to be decided")
    held = criterion.held.rank if criterion.held else 0
    aim = max((gap.leads_to.rank for gap in criterion.gaps), default=held + 1)
    explained = sum(bool(finding.explained) and held < finding.grade.rank <= aim for finding in criterion.findings)
    return ", ".join([*said, *([f"{explained} explained"] if explained else [])])


def headline(criterion: CriterionResult) -> Observation | None:
    """Return the figure that a criterion is about: a ratio, a gap, else a share; None where there is no figure."""
    seen = [one for finding in criterion.findings for one in finding.observations if one.value is not None]
    return next((one for one in seen if one.rates), seen[0] if seen else None)


def headline_words(criterion: CriterionResult) -> str:
    """Return that figure with its unit alone."""
    seen = headline(criterion)
    return "" if seen is None else shown_value(seen)


def finding_words(finding: Finding) -> Iterator[str]:
    """Yield a finding in brief: how it came out, the value with what it rests on, what stands beside, whom it harms."""
    yield outcome_words(finding)
    for seen in finding.observations[:1]:
        yield from (value_words(seen), beside_words(seen), seen.leaning)


def reference_words(assessment: Assessment) -> str:
    """Return which years and day the period stands for: "WRES year 2025; staff survey year 2024"."""
    return "; ".join(f"{name} {value}" for name, value in assessment.reference.items())


def deadlines_words(assessment: Assessment) -> str:
    """Return what is due when: "return: 1 to 31 May; publication: by 31 October"."""
    return "; ".join(f"{what}: {when}" for what, when in assessment.framework.deadlines.items())


def beside_words(seen: Observation) -> str:
    """Return the numbers shown beside a value: "whole people 34; as net new posts 41"."""
    return "; ".join(f"{one.title} {display(one.value, one.decimals)} {one.unit}".rstrip() for one in seen.beside)


def by_group(assessment: Assessment) -> Iterator[tuple[GroupResult | None, Sequence[CriterionResult]]]:
    """Yield every group with its criteria, and last, under None, the criteria that belong to no group."""
    known = {group.id for group in assessment.groups}
    for group in assessment.groups:
        yield group, [criterion for criterion in assessment.criteria if criterion.group == group.id]
    if loose := [criterion for criterion in assessment.criteria if criterion.group not in known]:
        yield None, loose


def group_name(assessment: Assessment, group: GroupResult) -> str:
    """Return what a group is called: "Domain 2: Workforce" or, where its id is a word itself, its title alone."""
    if len(group.id) > _SHORT_ID:
        return group.title
    return f"{word(assessment, 'group').capitalize()} {group.id}: {group.title}"


def judged_alone(assessment: Assessment) -> bool:
    """Whether the standard grades neither the whole nor its groups, so that the criteria stand by themselves."""
    return all(level.method == "none" for level in (assessment.overall, *assessment.groups))


def evidenced(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that anything is known of."""
    return [finding for finding in findings if finding.reason is not Reason.NOT_EVIDENCED]


def outcome_words(finding: Finding) -> str:
    """Return the outcome, marked where it is explained or where it is not judged for a reason of its own."""
    if finding.explained:
        return f"{finding.outcome}, explained"
    return f"{finding.outcome} ({finding.reason})" if finding.outcome is Outcome.UNKNOWN else str(finding.outcome)


def sentence(text: str) -> str:
    """Return text with a capital at the start and a full stop at the end; nothing stays nothing."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""


def levers_words(gaps: Iterable[Gap]) -> Iterator[str]:
    """Yield what closes each gap of the whole that anything is known to close."""
    for gap in gaps:
        if gap.levers:
            yield f"{purpose_words(gap)}: {'; '.join(lever.text for lever in gap.levers)}"


def purpose_words(gap: Gap) -> str:
    """Return what the levers of a gap of the whole are for; settling what is open promises no grade."""
    if gap.kind is GapKind.MISSING_EVIDENCE:
        return "For a settled result"
    return f"{'To reach' if len(gap.levers) == 1 else 'Any one of these is enough for'} {gap.leads_to.label}"


def rules_by_basis(assessment: Assessment) -> Mapping[Basis, int]:
    """Return how many requirements were applied on each basis, the strongest first."""
    counts = Counter(finding.basis for _, finding in assessment.findings())
    return {basis: counts[basis] for basis in Basis if counts[basis]}


def rules_words(assessment: Assessment) -> str:
    """Return the count of rules by basis: "132 rules: 17 reported, 115 unverified"."""
    counts = rules_by_basis(assessment)
    total = counted(sum(counts.values()), "rule")
    if set(counts) <= {Basis.PUBLISHED}:
        return f"{total}, all published" if counts else "no rules were applied"
    return f"{total}: {', '.join(f'{count} {basis}' for basis, count in counts.items())}"


def methods(assessment: Assessment) -> Mapping[tuple[str, Basis], Sequence[str]]:
    """Return what was graded by each named method: (method, basis) to "overall", "domain 1", "2A"."""
    found: dict[tuple[str, Basis], list[str]] = {}
    for name, level in _named_levels(assessment):
        if level.method and level.basis is not None and (level.held is not None or level.points is not None):
            found.setdefault((level.method, level.basis), []).append(name)
    return found


def _named_levels(assessment: Assessment) -> Iterator[tuple[str, Level]]:
    yield "overall", assessment.overall
    for group in assessment.groups:
        yield f"{word(assessment, 'group')} {group.id}", group
    for criterion in assessment.criteria:
        yield criterion.id, criterion


def hypothetical_words(receipt: Receipt) -> str:
    """Return that a result is hypothetical and what was assumed; nothing for a result of what is known."""
    return f"HYPOTHETICAL, as if {'; '.join(receipt.hypothetical)}" if receipt.hypothetical else ""


def stamp_words(receipt: Receipt) -> str:
    """Return what stands first on an output that is not to be passed on; nothing on others."""
    return receipt.disclosure if receipt.audience is Audience.INTERNAL else ""


def disclosure_words(receipt: Receipt) -> str:
    """Return for whom an output is and what became of small numbers; nothing where nobody decided it."""
    whom = "for publication: " if receipt.audience is Audience.PUBLICATION else ""
    return f"{whom}{receipt.disclosure}"


def receipt_words(receipt: Receipt) -> Iterator[str]:
    """Yield how the result came about, one statement at a time: engine, framework, period, evidence, faults."""
    applied = f"{receipt.framework} revision {receipt.revision} ({receipt.edition_chosen})"
    yield f"made with equityrules {receipt.engine} by {applied}"
    yield f"period {receipt.period} ({receipt.period_chosen}), as of {receipt.as_of}{_settings(receipt)}"
    if receipt.disclosure:
        yield disclosure_words(receipt)
    if receipt.evidence:
        yield f"evidence: {', '.join(file.name for file in receipt.evidence)}"
    for fault in receipt.faults:
        yield f"fault in plugin {fault.plugin}, {fault.where}: {fault.message}"


def _settings(receipt: Receipt) -> str:
    chosen = {"profile": receipt.profile, "basis at least": receipt.basis_level, "target": receipt.target}
    return "".join(f"; {name} {value}" for name, value in chosen.items() if value)
