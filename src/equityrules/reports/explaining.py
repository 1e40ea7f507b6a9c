"""One criterion of an assessment in full: observations, what is asked for, reasons and gaps."""

from __future__ import annotations

from collections.abc import Iterator

from equityrules.conditions.wording import interval_words, p_words, shown_value
from equityrules.model.finding import Finding, Gap, Observation, Outcome, Rate
from equityrules.model.framework import Framework
from equityrules.model.numbers import with_unit
from equityrules.model.result import Assessment, CriterionResult
from equityrules.model.vocabulary import cell_text
from equityrules.reading import counts_until
from equityrules.reports.showing import legend
from equityrules.reports.words import (
    beside_words,
    disclosure_words,
    grade_and_points,
    hypothetical_words,
    plain,
    sentence,
    standing_words,
)
from equityrules.reports.wrapping import heading, labelled, paragraph

_MARKS = {Outcome.MET: "+", Outcome.UNMET: "-", Outcome.UNKNOWN: "?", Outcome.NOT_APPLICABLE: "."}


def render_explanation(framework: Framework, assessment: Assessment, criterion_id: str) -> str:
    """Return why a criterion stands where it stands, grade by grade."""
    result = next(one for one in assessment.criteria if one.id == criterion_id)
    lines = [*_head(assessment, result), *_findings(framework, result), *_shown(framework, result), *_gaps(result)]
    bases = {finding.basis for finding in result.findings}
    return "\n".join([*lines, "", *legend(bases)]) + "\n"


def _head(assessment: Assessment, result: CriterionResult) -> Iterator[str]:
    yield heading(f"{result.id} {result.title}", "=")
    yield paragraph(f"{plain(assessment.organisation)}, {assessment.period}, {assessment.framework}")
    if said := hypothetical_words(assessment.receipt):
        yield paragraph(said)
    if said := disclosure_words(assessment.receipt):
        yield paragraph(sentence(said))
    yield ""
    yield labelled(assessment.framework.words.get("grade", "grade"), grade_and_points(result), 0)
    yield labelled("from", result.graded_from or "nothing yet", 0)
    if result.because:
        yield labelled("because", plain(result.because), 0)
    if result.graded_from not in (None, "requirements"):
        yield labelled("supported", _supported(result), 0)
    for narrative in result.narratives:
        owner = f" (owner: {plain(narrative.owner)})" if narrative.owner else ""
        yield labelled("evidence", f"{plain(narrative.text)}{owner}", 0)


def _supported(result: CriterionResult) -> str:
    """Return what the requirements themselves show beside the award."""
    held, attainable = result.supported.held, result.supported.attainable
    if held is None:
        return "the requirements have too little evidence to say" if attainable else "there are no requirements"
    more = f", up to {attainable.label}" if attainable and attainable != held else ""
    return f"{held.label} by the requirements alone{more}"


def _findings(framework: Framework, result: CriterionResult) -> Iterator[str]:
    told: list[Observation] = []
    for grade in framework.criterion(result.id).scale.grades[1:]:
        asked = [finding for finding in result.findings if finding.grade == grade]
        if asked:
            yield ""
            yield f"{grade.label} asks for"
        for finding in asked:
            yield from _finding(framework, finding, told)


def _finding(framework: Framework, finding: Finding, told: list[Observation]) -> Iterator[str]:
    """Yield a requirement with its outcome, what was seen that was not told before, and where the rule was read."""
    yield paragraph(f"{_MARKS[finding.outcome]} {plain(finding.text)} [{finding.basis}]", 2, 4)
    yield paragraph(f"{finding.outcome}: {plain(finding.because)}", 6, 8)
    for seen in finding.observations:
        if seen not in told:
            yield from _seen(framework, seen)
        told.append(seen)
    if finding.explained:
        yield paragraph(f"explained: {plain(finding.explained)}", 6, 8)
    if finding.confirmed:
        yield paragraph(f"confirmed: {plain(finding.confirmed)}", 6, 8)
    source = framework.sources.get(finding.source)
    yield paragraph(f"{finding.requirement}, from: {source.title if source else finding.source}", 6, 8)


def _seen(framework: Framework, seen: Observation) -> Iterator[str]:
    """Yield what was seen: the value, what each group shows, interval and p, what it means and what to know."""
    if seen.value is not None or seen.documents:
        yield paragraph(f"seen: {_observation(framework, seen)}", 6, 8)
    for rate in seen.rates:
        yield paragraph(f"{plain(rate.group)}: {_rate(rate)}", 8, 10)
    if seen.interval:
        chance = f", {p_words(seen.p)} (Fisher's exact test)" if seen.p is not None else ""
        yield paragraph(f"95% interval {interval_words(seen.interval, seen.unit)}{chance}", 8, 10)
    caveat = f"not comparable: {seen.caveat}" if seen.caveat else ""
    for text in (beside_words(seen), seen.leaning, seen.meaning, seen.note, caveat):
        if text:
            yield paragraph(plain(text), 8, 10)


def _rate(rate: Rate) -> str:
    """Return a group's rate with its counts and interval: "20.1%, 200 of 995, 95% interval 17.7 to 22.7%"."""
    parts = [with_unit(rate.value, rate.unit)]
    if rate.yes is not None and rate.of is not None:
        parts.append(f"{with_unit(rate.yes, '')} of {with_unit(rate.of, '')}")
    if rate.interval:
        parts.append(f"95% interval {interval_words(rate.interval, rate.unit)}")
    return ", ".join(parts)


def _observation(framework: Framework, seen: Observation) -> str:
    """Return a value with its range, counts, documents, source and day, and how long it stays fresh."""
    parts = [f"{plain(seen.title)}{cell_text(seen.cell)}"]
    if seen.value is not None:
        parts.append(shown_value(seen))
    if seen.low is not None and seen.high is not None:
        parts.append(f"printed, so from {with_unit(seen.low, seen.unit)} to under {with_unit(seen.high, seen.unit)}")
    if seen.documents:
        parts.append(f"documents: {', '.join(map(plain, seen.documents))}")
    return ", ".join([*parts, *filter(None, (plain(seen.source), str(seen.day or ""), _fresh_until(framework, seen)))])


def _fresh_until(framework: Framework, seen: Observation) -> str:
    """Return until when what was seen is fresh; an award says itself until when it is valid."""
    days = [day for item, day in counts_until(framework, seen) if item.valid_for is None]
    return f"fresh until {min(days)}" if days else ""


def _shown(framework: Framework, result: CriterionResult) -> Iterator[str]:
    """Yield the measures that stand beside the grade."""
    if any(seen.value is not None for seen in result.shown):
        yield ""
        yield "Shown beside, not graded"
        for seen in result.shown:
            yield from _seen(framework, seen)


def _gaps(result: CriterionResult) -> Iterator[str]:
    yield ""
    if not result.gaps:
        yield paragraph(_why_no_gaps(result))
        return
    yield f"To reach {result.gaps[0].leads_to.label} (now {standing_words(result)})"
    for gap in result.gaps:
        yield from _gap(gap)


def _why_no_gaps(result: CriterionResult) -> str:
    """Return why nothing is listed: explained, at the top, or not applicable."""
    explained = [one for one in result.findings if one.explained and one.grade.rank > _rank(result)]
    if explained:
        listed = "; ".join(f"{one.requirement}: {plain(one.explained)}" for one in explained)
        return f"Held back only by what is explained: {listed}"
    return "Nothing is missing for a higher grade." if result.applicable else "It does not apply."


def _rank(result: CriterionResult) -> int:
    return result.held.rank if result.held else 0


def _gap(gap: Gap) -> Iterator[str]:
    short = f" (short by {with_unit(gap.shortfall, gap.unit)})" if gap.shortfall is not None else ""
    yield paragraph(f"* {gap.kind}: {plain(gap.because)}{short}", 2, 4)
    for lever in gap.levers:
        yield paragraph(f"{lever.text}: {', '.join(map(str, lever.edits))}" if lever.edits else lever.text, 6)
