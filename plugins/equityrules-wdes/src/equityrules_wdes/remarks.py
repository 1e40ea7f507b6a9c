"""What to know before the WDES metrics of an assessment are compared with other years or organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from equityrules import Assessment, Evidence, Framework
from equityrules.model.evidence import Survey
from equityrules.model.finding import Observation
from equityrules.model.result import Remark, Severity

from .survey_years import periods_of, survey_year, years_of_entries

FRAMEWORK = "wdes"
COUNTED = {
    "one_year": "the entries into the capability process are those of one year",
    "two_year_average": "the entries into the capability process are an average of two years",
}
NOT_SAID = (
    "the evidence does not say whether the entries into the capability process are of one year or an average of two"
)
FOR_ANY_REASON = "the entries into the capability process are for any reason, ill health among them"
NO_REASON_SAID = "the evidence does not say for which reason people entered the capability process"


def remarks(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield the remarks on a WDES assessment; none on any other."""
    if framework.id == FRAMEWORK:
        yield from _survey_year(framework, evidence, assessment)
        yield from _capability(assessment)
        yield from _career(evidence, assessment)
        yield from _adjustments(framework, evidence, assessment)


def _survey_year(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield a remark for every year of the survey that is not the one the WDES year takes."""
    label = framework.reference.survey if framework.reference else ""
    wanted = assessment.reference.get(label, "")
    for year, items in years_of_entries(framework, evidence, assessment.period).items():
        if wanted and str(year) != wanted:
            message = f"the survey of {wanted} belongs to this WDES year; these are of {year}: {', '.join(items)}"
            effect = "judged all the same; it is another year's result"
            yield Remark("wdes-survey-year", Severity.WARNING, FRAMEWORK, message, effect)
        if year == 2023 and any(".harassment" in item for item in items):
            message = "the survey of 2023 had a fault in collecting Q13 and Q14, which was corrected later"
            effect = "check that metrics 4a and 4b have the corrected values"
            yield Remark("wdes-survey-fault", Severity.NOTE, "4a, 4b", message, effect)


def _capability(assessment: Assessment) -> Iterator[Remark]:
    """Yield remarks on what the entries of metric 3 are for, and how they are counted."""
    seen = _likelihood(assessment)
    if seen is None:
        return
    cell = dict(seen.cell)
    if cell.get("capability_reason") == "any":
        effect = "not comparable with a figure for performance, which national reports lead with"
        yield Remark("wdes-capability-reason", Severity.WARNING, "3", FOR_ANY_REASON, effect)
    elif "capability_reason" not in cell:
        effect = "compare it with figures for the same reason only"
        yield Remark("wdes-capability-reason", Severity.NOTE, "3", NO_REASON_SAID, effect)
    message = COUNTED.get(cell.get("counting", ""), NOT_SAID)
    effect = "compare with figures that are counted the same way"
    yield Remark("wdes-capability-counting", Severity.NOTE, "3", message, effect)


def _likelihood(assessment: Assessment) -> Observation | None:
    """Return what was seen of metric 3, if it has a value."""
    seen = (one for _, finding in assessment.findings() for one in finding.observations)
    ours = (one for one in seen if one.of == "capability_likelihood_disability" and one.value is not None)
    return next(ours, None)


def _career(evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield a remark where metric 5 is given on two bases, or in two wordings of its question."""
    those = _answers(evidence, assessment, "survey.career_opportunities")
    others = _answers(evidence, assessment, "survey.career_opportunities_without_dont_know")
    if those and others:
        message = f"given with don't know in the base for {periods_of(those)}, without it for {periods_of(others)}"
        effect = "no trend from one to the other: the base alone makes a break"
        yield Remark("wdes-career-base", Severity.NOTE, "5", message, effect)
    if _spans_wordings(those) or _spans_wordings(others):
        message = "the wording of Q15 changed in the survey of 2025, and answers from before and after are given"
        yield Remark("wdes-career-wording", Severity.NOTE, "5", message, "a change may come from the wording")


def _adjustments(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield a remark where metric 8 is given in both wordings: adequate to the survey of 2021, reasonable from 2022."""
    reasonable = _answers(evidence, assessment, "survey.adjustments")
    adequate = _answers(evidence, assessment, "survey.adjustments_adequate")
    if reasonable and adequate:
        given = f"reasonable adjustments for {periods_of(reasonable)}, adequate ones for {periods_of(adequate)}"
        message = f"the evidence gives {given}: two questions, and {framework.ref} reads the one of its guidance"
        yield Remark("wdes-adjustments-wording", Severity.NOTE, "8", message, "no trend from one to the other")


def _answers(evidence: Evidence, assessment: Assessment, item: str) -> list[Survey]:
    """Return the answers to a question by the end of the period, those by ethnic group left out."""
    given = [one for one in evidence.entries if isinstance(one, Survey) and one.item == item]
    return [one for one in given if one.period.end <= assessment.period.end and "ethnicity" not in dict(one.cell)]


def _spans_wordings(given: Iterable[Survey]) -> bool:
    return len({survey_year(one) >= 2025 for one in given}) > 1
