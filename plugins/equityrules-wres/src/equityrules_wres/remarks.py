"""What to know before the WRES indicators of an assessment are compared with other years or organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from equityrules import Assessment, Evidence, Framework
from equityrules.model.evidence import Survey
from equityrules.model.result import Remark, Severity

from .survey_years import periods_of, survey_year, years_of_entries

FRAMEWORK = "wres"
COUNTED = {
    "one_year": "the entries into the disciplinary process are those of one year",
    "two_year_average": "the entries into the disciplinary process are an average of two years",
}
NOT_SAID = (
    "the evidence does not say whether the entries into the disciplinary process are of one year or an average of two"
)


def remarks(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield the remarks on a WRES assessment; none on any other."""
    if framework.id == FRAMEWORK:
        yield from _survey_year(framework, evidence, assessment)
        yield from _career(evidence, assessment)
        yield from _counting(assessment)


def _survey_year(framework: Framework, evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield a remark for every year of the survey that is not the one the WRES year takes."""
    label = framework.reference.survey if framework.reference else ""
    wanted = assessment.reference.get(label, "")
    for year, items in years_of_entries(framework, evidence, assessment.period).items():
        if wanted and str(year) != wanted:
            message = f"the survey of {wanted} belongs to this WRES year; these are of {year}: {', '.join(items)}"
            effect = "judged all the same; it is another year's result"
            yield Remark("wres-survey-year", Severity.WARNING, FRAMEWORK, message, effect)
        if year == 2023 and any(".harassment" in item for item in items):
            message = "the survey of 2023 had a fault in collecting Q13 and Q14, which was corrected later"
            effect = "check that indicators 5 and 6 have the corrected values"
            yield Remark("wres-survey-fault", Severity.NOTE, "5, 6", message, effect)


def _career(evidence: Evidence, assessment: Assessment) -> Iterator[Remark]:
    """Yield a remark where indicator 7 is given on two bases, or in two wordings of its question."""
    ours = [one for one in evidence.entries if isinstance(one, Survey) and "disability" not in dict(one.cell)]
    given = [one for one in ours if one.period.end <= assessment.period.end]
    those = [one for one in given if one.item == "survey.career_opportunities"]
    others = [one for one in given if one.item == "survey.career_opportunities_without_dont_know"]
    if those and others:
        message = f"given with don't know in the base for {periods_of(those)}, without it for {periods_of(others)}"
        effect = "no trend from one to the other: the base alone makes some 25 points"
        yield Remark("wres-career-base", Severity.NOTE, "7", message, effect)
    if _spans_wordings(those) or _spans_wordings(others):
        message = "the wording of Q15 changed in the survey of 2025, and answers from before and after are given"
        yield Remark("wres-career-wording", Severity.NOTE, "7", message, "a change may come from the wording")


def _spans_wordings(given: Iterable[Survey]) -> bool:
    return len({survey_year(one) >= 2025 for one in given}) > 1


def _counting(assessment: Assessment) -> Iterator[Remark]:
    """Yield a remark on how the entries of indicator 3 are counted."""
    for _, finding in assessment.findings():
        for seen in finding.observations:
            if seen.of == "discipline_likelihood_ethnicity" and seen.value is not None:
                message = COUNTED.get(dict(seen.cell).get("counting", ""), NOT_SAID)
                effect = "returns have had both; compare with figures that are counted the same way"
                yield Remark("wres-discipline-counting", Severity.NOTE, "3", message, effect)
                return
