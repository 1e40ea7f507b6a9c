"""East Lancashire's published figures in examples/: what the engine makes of them, to the last digit."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from engine_builders import criterion_of, finding_of

from equityrules import assess, load_frameworks, read_evidence
from equityrules.model.finding import Outcome, Reason
from equityrules.model.numbers import display, with_unit
from equityrules.model.result import Severity
from equityrules.model.vocabulary import make_cell
from equityrules.reading import about_framework

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def frameworks():
    return load_frameworks()


def read(name, frameworks):
    [body] = read_evidence(EXAMPLES / name, frameworks=frameworks)
    return body


def applied(ref, name, frameworks):
    return assess(frameworks[ref], read(name, frameworks))


@pytest.fixture(scope="module")
def survey(frameworks):
    return applied("wres@2020", "elht-survey-2024.csv", frameworks)


@pytest.fixture(scope="module")
def wres(frameworks):
    return applied("wres@2020", "elht-figures-2023.toml", frameworks)


@pytest.fixture(scope="module")
def wdes(frameworks):
    return applied("wdes@2023", "elht-figures-2023.toml", frameworks)


@pytest.fixture(scope="module")
def employer(frameworks):
    return applied("model-employer@2019", "elht-model-employer-2023.csv", frameworks)


def held(result, name):
    grade = criterion_of(result, name).held
    return grade.label if grade else None


def of(result, requirement):
    """Return a finding with what was seen first for it."""
    found = finding_of(result, requirement)
    return found, found.observations[0]


def target_of(result, measure, **groups):
    [found] = [one for one in result.targets if (one.measure, one.cell) == (measure, make_cell(groups))]
    return found


def codes(result, code):
    return [one for one in result.remarks if one.code == code]


# --- which framework an example is for ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "refs"),
    [
        ("elht-survey-2024.csv", {"wres@2020", "nhs-edi-plan@2023"}),
        ("elht-model-employer-2023.csv", {"model-employer@2019", "nhs-edi-plan@2023"}),
        ("elht-figures-2023.toml", {"wres@2020", "wdes@2019", "wdes@2023", "nhs-edi-plan@2023"}),
    ],
)
def test_an_example_is_about_the_frameworks_that_read_its_groups(name, refs, frameworks):
    body = read(name, frameworks)
    assert {ref for ref in frameworks if about_framework(frameworks[ref], body)} == refs


# --- the staff survey of 2024 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "ratio", "gap"),
    [("5", "1.0028", "0.1"), ("6", "1.1319", "2.6"), ("7", "0.7926", "-13.5"), ("8", "2.5931", "9.7")],
)
def test_survey_ratios_stand_beside_the_gaps_to_four_decimals(number, ratio, gap, survey):
    finding = finding_of(survey, f"{number}.in-line")
    seen = next(one for one in finding.observations if one.value is not None)
    [beside] = seen.beside
    assert (display(beside.value, 4), display(seen.value, 1)) == (ratio, gap)
    assert (beside.title, beside.decimals) == ("ratio BME over White", 4)
    assert display(beside.value, beside.decimals) in criterion_text(survey, number)


def criterion_text(result, name):
    return " ".join(
        display(one.value, one.decimals)
        for finding in criterion_of(result, name).findings
        for seen in finding.observations
        for one in seen.beside
    )


def test_survey_standings_follow_the_gap_and_its_interval(survey):
    assert [held(survey, name) for name in "5678"] == ["Gap assured", "Gap in line", "Reported", "Reported"]
    assert [finding_of(survey, f"{name}.in-line").outcome for name in "5678"] == [
        Outcome.MET, Outcome.MET, Outcome.UNMET, Outcome.UNMET,
    ]  # fmt: skip
    assert finding_of(survey, "6.assured").reason is Reason.TOO_FEW_TO_SAY


def test_survey_2024_feeds_the_wres_of_2025(survey):
    assert survey.reference == {
        "WRES year": "2025",
        "Workforce snapshot": "2025-03-31",
        "Staff survey year": "2024",
    }


def test_survey_the_standard_gives_no_grade_and_the_other_indicators_are_not_known(survey):
    assert survey.overall.held is None
    assert survey.overall.because == (
        "the standard gives no grade here; Gap assured: 5; Gap in line: 6; Reported: 7, 8; "
        "no single grade: 1; not enough evidence: 2, 3, 4, 9"
    )


def test_survey_discrimination_is_told_in_people_and_says_for_whom_it_is_worse(survey):
    _, seen = of(survey, "8.in-line")
    assert seen.meaning == (
        "of 100 BME staff 16 were discriminated against by a manager, team leader or other colleagues, "
        "of 100 white staff 6"
    )
    assert seen.leaning == "worse for BME"
    assert seen.p < Fraction(1, 1000)


def test_survey_says_that_its_counts_were_recovered(survey):
    seen = [one for _, finding in survey.findings() for one in finding.observations if one.value is not None]
    assert {one.note for one in seen} == {"counts recovered as the exact fractions of the published proportions"}


# --- the plan of 2023: figures as printed ------------------------------------------------------------------------


def test_plan_wres_2_is_reported_and_outside_parity(wres):
    finding, seen = of(wres, "2.non-adverse")
    assert (held(wres, "2"), finding.outcome, finding.reason) == ("Reported", Outcome.UNMET, Reason.SHORTFALL)
    assert finding.because == "2.26: outside 0.8 to 1.25, disadvantages BME"
    assert (seen.low, seen.high) == (Fraction("2.255"), Fraction("2.265"))


def test_plan_wdes_2_is_non_adverse_and_not_assured_for_want_of_counts(wdes):
    finding, seen = of(wdes, "2.non-adverse")
    assert (held(wdes, "2"), finding.outcome) == ("Non-adverse", Outcome.MET)
    assert (seen.value, seen.leaning) == (Fraction("0.83"), "disadvantages Non-disabled")
    assured = finding_of(wdes, "2.assured")
    assert (assured.outcome, assured.reason) == (Outcome.UNKNOWN, Reason.NO_INTERVAL)


def test_plan_the_target_below_one_is_met_already_and_has_no_lower_bound(wdes):
    assert target_of(wdes, "appointment_likelihood_disability").outcome is Outcome.MET
    found = next(one for one in codes(wdes, "target-of-one-side") if "appointed" in one.message)
    assert found.severity is Severity.NOTE
    assert "the target below 1.00 has no lower bound" in found.message


def test_plan_the_same_target_of_wres_2_is_not_met(wres):
    assert target_of(wres, "appointment_likelihood_ethnicity").outcome is Outcome.UNMET


def test_plan_scores_printed_as_percentages_are_mended_and_said(wdes):
    mended = codes(wdes, "mended")
    assert [one.message.partition(",")[0] for one in mended] == [
        "survey.engagement: printed as '6.5%'",
        "engagement_score: printed as '7.4%'",
    ]
    assert [one.where for one in mended] == ["elht-figures-2023.toml  amount 1", "elht-figures-2023.toml  target 16"]
    found = target_of(wdes, "engagement_score", disability="disabled")
    assert (found.outcome, found.because) == (Outcome.UNMET, "6.5 out of 10 is not at least 7.4 out of 10")


def test_plan_targets_for_disabled_staff_are_not_the_wres_business(wres, wdes):
    assert {dict(one.cell).get("disability") for one in wres.targets} == {None}
    assert {dict(one.cell).get("ethnicity") for one in wdes.targets} == {None}
    assert target_of(wres, "career_opportunities", ethnicity="bme").outcome is Outcome.UNMET
    assert target_of(wdes, "career_opportunities", disability="disabled").outcome is Outcome.UNMET


# --- Model Employer ----------------------------------------------------------------------------------------------

ROWS = (
    ("6", "33.21", 34, "41"), ("7", "55.78", 56, "68.86"), ("8a", "29.94", 30, "36.96"), ("8b", "11.1", 12, "13.7"),
    ("8c", "5.31", 6, "6.56"), ("8d", "-0.2", 0, None), ("9", "2.04", 3, "2.52"), ("vsm", "0.18", 1, "0.22"),
)  # fmt: skip


@pytest.mark.parametrize(("band", "printed", "whole", "posts"), ROWS)
def test_model_employer_rows_are_as_they_are_printed(band, printed, whole, posts, employer):
    finding, seen = of(employer, f"1.at-target/{band}")
    beside = {one.title: one.value for one in seen.beside}
    assert (display(seen.value), seen.unit, beside["whole people"]) == (printed, "people", whole)
    assert posts is None or display(beside["as net new posts"]) == posts
    assert finding.outcome is (Outcome.MET if band == "8d" else Outcome.UNMET)
    assert seen.note.startswith("aim: the organisation's own target")


def test_model_employer_has_one_finding_for_each_band_and_no_grade(employer):
    goal = criterion_of(employer, "1")
    assert [one.requirement for one in goal.findings] == [f"1.at-target/{row[0]}" for row in ROWS]
    assert (goal.held, goal.attainable, employer.overall.held) == (None, None, None)


def test_model_employer_every_band_that_is_short_is_a_gap_in_people(employer):
    gaps = criterion_of(employer, "1").gaps
    assert [(display(one.shortfall), one.unit) for one in gaps] == [
        (printed, "people") for _, printed, whole, _ in ROWS if whole
    ]


def test_model_employer_targets_are_judged_beside_the_findings(employer):
    assert [one.outcome is Outcome.MET for one in employer.targets] == [row[0] == "8d" for row in ROWS]
    assert employer.targets[0].because == "17% (282 of 1659) is not at least 19%"
    assert with_unit(Fraction(28200, 1659), "percent") == "17%"


def test_every_example_is_assessed_alike_each_time(frameworks):
    for name in ("elht-survey-2024.csv", "elht-figures-2023.toml", "elht-model-employer-2023.csv"):
        body = read(name, frameworks)
        for ref in frameworks:
            assert assess(frameworks[ref], body) == assess(frameworks[ref], body)
