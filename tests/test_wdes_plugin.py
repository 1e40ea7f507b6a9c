"""The bundled plugin `wdes`: remarks on what is not to be compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from equityrules import assess, load_frameworks, read_rows
from equityrules.model.result import Severity

FRAMEWORKS = load_frameworks()
PLUGINS = Path(__file__).parent.parent / "plugins"
STAFF = [
    {"item": "workforce.headcount", "group": "disability=disabled", "value": 200},
    {"item": "workforce.headcount", "group": "disability=non_disabled", "value": 2000},
]


def entered(cell: str) -> list[dict]:
    """Return the entries of both groups, for what the cell says."""
    both = (("disabled", 4), ("non_disabled", 16))
    return [
        {"item": "capability.entered", "group": f"disability={group}{cell}", "value": value} for group, value in both
    ]


def answers(item: str, group: str = "disability=disabled", **others: object) -> dict:
    return {"item": item, "group": group, "value": 30, "of": 100, **others}


def remarks(*given: dict, framework: str = "wdes@2023") -> dict[str, object]:
    """Return the plugin's remarks by code."""
    header = {"organisation": "Example NHS Trust", "period": "2024/25"}
    [trust] = read_rows([{**header, **one} for one in given], frameworks=FRAMEWORKS)
    found = assess(FRAMEWORKS[framework], trust, "2024/25").remarks
    return {one.code: one for one in found if one.code.startswith("wdes-")}


def test_entries_for_any_reason_are_not_compared_with_those_for_performance():
    remark = remarks(*STAFF, *entered(", capability_reason=any, counting=one_year"))["wdes-capability-reason"]
    assert (remark.where, remark.severity) == ("3", Severity.WARNING)
    assert "any reason, ill health among them" in remark.message
    assert "not comparable with a figure for performance" in remark.effect


def test_entries_for_performance_need_no_remark_on_their_reason():
    given = [*entered(", capability_reason=performance, counting=one_year"), *entered(", capability_reason=any")]
    assert "wdes-capability-reason" not in remarks(*STAFF, *given)


def test_entries_without_a_reason_are_said_to_have_none():
    remark = remarks(*STAFF, *entered(""))["wdes-capability-reason"]
    assert (remark.severity, "does not say for which reason" in remark.message) == (Severity.NOTE, True)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (", capability_reason=performance, counting=one_year", "of one year"),
        (", capability_reason=performance, counting=two_year_average", "an average of two years"),
        (", capability_reason=performance", "does not say whether"),
    ],
)
def test_how_the_entries_are_counted_is_said(cell, words):
    remark = remarks(*STAFF, *entered(cell))["wdes-capability-counting"]
    assert words in remark.message


def test_a_printed_figure_says_neither_reason_nor_counting():
    figure = {"kind": "figure", "item": "capability_likelihood_disability", "value": "2.17"}
    assert {"wdes-capability-reason", "wdes-capability-counting"} <= remarks(figure).keys()


def test_without_metric_3_nothing_is_said_of_it():
    assert not [code for code in remarks(*STAFF, answers("survey.valued")) if "capability" in code]


@pytest.mark.parametrize("framework", ["wdes@2023", "wdes@2019"])
def test_both_wordings_of_metric_8_have_no_trend(framework):
    older = answers("survey.adjustments_adequate", "", period="2021/22")
    newer = answers("survey.adjustments", "")
    remark = remarks(older, newer, framework=framework)["wdes-adjustments-wording"]
    assert remark.where == "8"
    assert "reasonable adjustments for 2024/25, adequate ones for 2021/22" in remark.message
    assert framework in remark.message
    assert "wdes-adjustments-wording" not in remarks(newer, framework=framework)


def test_metric_5_on_two_bases_has_no_trend():
    older = answers("survey.career_opportunities_without_dont_know", period="2020/21")
    found = remarks(older, answers("survey.career_opportunities"))
    assert found["wdes-career-base"].where == "5"
    assert "wdes-career-base" not in remarks(
        {**older, "group": "ethnicity=white"}, answers("survey.career_opportunities")
    )


def test_the_survey_of_another_year_is_remarked_on():
    found = remarks(answers("survey.valued", source="NHS Staff Survey 2023"))
    assert found["wdes-survey-year"].message == (
        "the survey of 2024 belongs to this WDES year; these are of 2023: survey.valued"
    )
    assert "wdes-survey-year" not in remarks(answers("survey.valued", source="NHS Staff Survey 2024"))


def test_the_fault_of_the_survey_of_2023_is_said_where_it_matters():
    assert "wdes-survey-fault" in remarks(answers("survey.harassment_managers", source="Staff survey 2023"))
    assert "wdes-survey-fault" not in remarks(answers("survey.valued", source="Staff survey 2023"))


def test_both_plugins_read_the_year_of_a_survey_alike():
    """They are distributions of their own, so each carries the same module."""
    ours = [PLUGINS / f"equityrules-{one}/src/equityrules_{one}/survey_years.py" for one in ("wres", "wdes")]
    assert len({file.read_text(encoding="utf-8") for file in ours}) == 1
