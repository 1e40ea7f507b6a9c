"""The NHS EDI improvement plan: six actions, twenty dated sub-requirements, seventeen metrics on shared evidence."""

from __future__ import annotations

from datetime import date

import pytest

from equityrules import load_frameworks, read_rows
from equityrules.assessment import assess
from equityrules.model.finding import Outcome
from equityrules.reading import leaves_of
from equityrules.reports.dates import dates_words, due_words

FRAMEWORKS = load_frameworks()
PLAN = FRAMEWORKS["nhs-edi-plan@2023"]
MARCH_2024 = [date(2024, 3, 31)]
DUE = {
    "1.1": MARCH_2024, "1.2": [date(2025, 3, 31)], "1.3": MARCH_2024,
    "2.1": [date(2024, 6, 30), date(2025, 6, 30)], "2.2": [date(2024, 10, 31)],
    "3.1": MARCH_2024, "3.2": [*MARCH_2024, date(2025, 12, 31), date(2026, 12, 31)], "3.3": MARCH_2024,
    "4.1": [date(2023, 10, 31)], "4.2": [date(2025, 4, 30)],
    "5.1": MARCH_2024, "5.2": MARCH_2024, "5.3": MARCH_2024, "5.4": MARCH_2024,
    "6.1": MARCH_2024, "6.2": MARCH_2024, "6.3": [date(2024, 6, 30)], "6.4": MARCH_2024, "6.5": MARCH_2024,
    "6.6": MARCH_2024,
}  # fmt: skip
METRICS = ["1a", "2a", "2b", "2c", "2d", "2e", "2f", "3a", "4a", "4b", "4c", "5a", "5b", "5c", "6a", "6b", "6c"]
STATEMENTS = {
    "practice.regular_wellbeing_conversations": "in place",
    "practice.flexible_working_policy": "in place",
    "practice.flexible_working_advertised_in_recruitment": "not in place",
    "practice.senior_leadership_talent_plan": "committed",
    "practice.board_edi_objectives_set": "in place",
}


def assessed(as_of: date, statements=None):
    """Return the plan applied to statements of 2023/24, as of a day."""
    rows = [
        {"organisation": "Anytown", "period": "2023/24", "item": item, "value": status}
        for item, status in (statements or STATEMENTS).items()
    ]
    [body] = read_rows(rows, FRAMEWORKS)
    return assess(PLAN, body, "2023/24", as_of)


def items_of(framework, criterion):
    asked = framework.criterion(criterion).requirements
    return {item for one in asked for leaf in leaves_of(one.condition) for item in leaf.items}


def sub_requirements():
    return [one for one in PLAN.criteria if not one.id.startswith("M")]


# --- the transcription -------------------------------------------------------------------------------------------


def test_six_actions_have_three_two_three_two_four_and_six_sub_requirements():
    assert [group.id for group in PLAN.groups] == list("123456")
    counts = [sum(one.group == group.id for one in sub_requirements()) for group in PLAN.groups]
    assert counts == [3, 2, 3, 2, 4, 6]


def test_there_are_seventeen_metrics_with_ids_of_their_own():
    assert [one.id for one in PLAN.criteria if one.id.startswith("M")] == [f"M{name}" for name in METRICS]
    assert all(f"Metric {name}" in PLAN.criterion(f"M{name}").also for name in METRICS)


def test_every_sub_requirement_has_the_days_of_the_reference():
    assert {one.id: sorted({asked.due for asked in one.requirements}) for one in sub_requirements()} == DUE


def test_a_metric_has_no_day():
    assert {asked.due for name in METRICS for asked in PLAN.criterion(f"M{name}").requirements} == {None}


def test_what_no_document_says_stays_unverified():
    unverified = {one.id for one in PLAN.criteria for asked in one.requirements if asked.basis == "unverified"}
    assert unverified == {"5.2", "6.1"}


def test_the_metric_to_be_developed_asks_for_nothing():
    [metric] = [one for one in PLAN.criteria if not one.requirements]
    assert metric.id == "M4c"
    assert "year 2" in metric.unplaced[0].why


# --- what the days say -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 3, 31), "3 met, 32 not yet due"),
        (date(2024, 4, 1), "3 met, 1 overdue, 20 overdue unless met, 11 not yet due"),
        (date(2024, 7, 1), "3 met, 2 overdue, 22 overdue unless met, 8 not yet due"),
    ],
)
def test_the_dates_met_due_and_overdue_are_counted_at_the_day(day, words):
    assert dates_words(assessed(day)) == f"35 dated requirements, at {day}: {words}"


def test_each_sub_requirement_says_how_it_stands_with_its_day():
    result = assessed(date(2024, 4, 1))
    stands = {one.id: due_words(one, result.as_of) for one in result.criteria}
    assert stands["4.1"] == ""
    assert stands["3.3"] == "overdue"
    assert stands["1.1"] == "overdue unless met"
    assert stands["2.1"] == "due 2024-06-30"
    assert all(stands[one.id] for one in sub_requirements() if one.id != "4.1")


def test_by_2025_is_not_overdue_before_the_year_has_ended():
    [finding] = [one for _, one in assessed(date(2025, 12, 31)).findings() if one.requirement == "3.2.disability"]
    assert "due 2025-12-31 (not yet due at 2025-12-31)" in finding.because


# --- shared evidence ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "framework", "criterion"),
    [
        ("M2a", "wres@2020", "2"), ("M2a", "wdes@2023", "2"), ("M2b", "wres@2020", "7"), ("M6a", "wres@2020", "6"),
        ("M6b", "wres@2020", "8"),
    ],
)  # fmt: skip
def test_a_metric_reads_what_the_indicator_reads(metric, framework, criterion):
    assert items_of(PLAN, metric) & items_of(FRAMEWORKS[framework], criterion)


def test_metric_2a_and_the_indicators_it_comes_from_read_the_same_and_nothing_else():
    both = items_of(FRAMEWORKS["wres@2020"], "2") | items_of(FRAMEWORKS["wdes@2023"], "2")
    assert items_of(PLAN, "M2a") == both


def test_one_statement_serves_one_part_only():
    """No two sub-requirements rest on the same statement, so that none is called in place for another's sake."""
    read = [
        (item, getattr(leaf, "cell", ()))
        for one in sub_requirements()
        for asked in one.requirements
        for leaf in leaves_of(asked.condition)
        for item in leaf.items
    ]
    assert len(read) == len(set(read)) == 35


def test_nothing_is_met_for_want_of_evidence():
    result = assessed(date(2024, 4, 1), {"practice.flexible_working_policy": "in place"})
    assert [one.requirement for _, one in result.findings() if one.outcome is Outcome.MET] == ["3.3.policy"]
