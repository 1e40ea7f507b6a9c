"""System people metrics of 2022: two ranges, a ceiling and floors, on the figures that the plan prints."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from engine_builders import criterion_of, finding_of

from equityrules import assess, load_frameworks, read_evidence, read_rows
from equityrules.model.finding import Outcome

EXAMPLE = Path(__file__).parent.parent / "examples" / "ssot-people-metrics-2022.csv"
FRAMEWORKS = load_frameworks()
METRICS = FRAMEWORKS["people-metrics@2022"]


def judged(item: str, value: str):
    """Return the finding that a value of an item decides."""
    row = {"organisation": "Anytown ICS", "period": "2022/23", "item": item, "value": value}
    [body] = read_rows([row], FRAMEWORKS)
    [found] = [one for _, one in assess(METRICS, body).findings() if one.outcome is not Outcome.UNKNOWN]
    return found


@pytest.fixture(scope="module")
def plan():
    [body] = read_evidence(EXAMPLE, frameworks=FRAMEWORKS)
    return assess(METRICS, body)


@pytest.mark.parametrize(
    ("requirement", "value", "outcome"),
    [
        ("K1.in-range", "11.14", Outcome.MET),
        ("K2.in-range", "11.12", Outcome.MET),
        ("K3.at-most", "5.72", Outcome.UNMET),
        ("T7.cohorts", "2", Outcome.UNMET),
        ("T8.cohorts", "1", Outcome.UNMET),
    ],
)
def test_the_printed_figures_come_out_as_the_plan_has_them(plan, requirement, value, outcome):
    finding = finding_of(plan, requirement)
    assert finding.outcome is outcome
    assert finding.observations[0].value == Fraction(value)


def test_absence_is_above_its_target_by_one_point_twenty_two(plan):
    [gap] = criterion_of(plan, "K3").gaps
    assert (gap.shortfall, gap.unit) == (Fraction("1.22"), "percentage points")


def test_what_is_in_range_leaves_no_gap(plan):
    assert criterion_of(plan, "K1").gaps == criterion_of(plan, "K2").gaps == ()
    assert criterion_of(plan, "K1").held.id == criterion_of(plan, "K2").held.id == "on-target"


def test_four_staff_groups_stand_beside_the_vacancy_rate_and_are_not_judged(plan):
    seen = criterion_of(plan, "K1").shown
    assert sum(one.value for one in seen) == Fraction("10929.09")
    assert {one.unit for one in seen} == {"WTE"}


@pytest.mark.parametrize(
    ("item", "value", "met"),
    [
        ("people.vacancy_rate", "7.99", False), ("people.vacancy_rate", "8", True), ("people.vacancy_rate", "12", True),
        ("people.vacancy_rate", "12.01", False), ("people.turnover_rate", "0", False),
        ("people.absence_rate", "4.5", True), ("people.absence_rate", "4.51", False),
        ("people.apprenticeship_cohorts", "3", True), ("people.apprenticeship_cohorts", "2", False),
        ("board.fewest_network_sponsors", "1", True), ("board.fewest_network_sponsors", "0", False),
    ],
)  # fmt: skip
def test_a_range_has_two_sides_a_ceiling_and_a_floor_one(item, value, met):
    assert judged(item, value).outcome is (Outcome.MET if met else Outcome.UNMET)


def test_the_assumed_direction_is_marked_as_derived():
    [asked] = METRICS.criterion("K3").requirements
    assert asked.basis == "derived"
    assert "assumed" in asked.text
    assert METRICS.parameters["absence_most"] == Decimal("4.5")


def test_every_word_only_measure_of_the_ten_domains_is_kept_and_none_is_judged():
    domains = [one for one in METRICS.criteria if one.group == "domains"]
    assert [one.id for one in domains] == [f"D{number:02}" for number in range(1, 11)]
    assert not any(one.requirements for one in domains)
    assert sum(len(one.unplaced) for one in domains) == 24


def test_every_row_of_the_example_says_where_it_was_read():
    with EXAMPLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 16
    assert all("Interim People Plan 2022-23 and Beyond" in row["source"] for row in rows)


def test_outputs_of_the_domains_are_told_and_not_judged(plan):
    [told] = criterion_of(plan, "D05").narratives
    assert told.text == "Workers registered with the People Hub: 645"
    assert criterion_of(plan, "D05").held is None
