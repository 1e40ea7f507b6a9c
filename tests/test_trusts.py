"""Seventy-four trusts at once: the published proportions of WRES 5 to 8 in the staff survey of 2024."""

from __future__ import annotations

import csv
import os
from collections import Counter
from fractions import Fraction
from pathlib import Path
from statistics import median

import pytest
from engine_builders import criterion_of, finding_of

from equityrules import assess, load_frameworks
from equityrules.loading.evidence import read_rows
from equityrules.model.numbers import display

FILE = "staff-survey-2024-wres-5-8.csv"
FOLDER = os.environ.get("EQUITYRULES_EVIDENCE_DIR", "")
pytestmark = pytest.mark.skipif(
    not (Path(FOLDER) / FILE).is_file() or not FOLDER,
    reason=f"EQUITYRULES_EVIDENCE_DIR names no folder with {FILE}, which stays out of the repository",
)

ITEMS = {
    "5": "survey.harassment_public",
    "6": "survey.harassment_staff",
    "7": "survey.career_opportunities",
    "8": "survey.discrimination",
}
NOTE = "the respondents are inferred from the published proportion"


@pytest.fixture(scope="module")
def published():
    with (Path(FOLDER) / FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def bodies(published):
    return read_rows([tidy(row) for row in published], load_frameworks())


@pytest.fixture(scope="module")
def results(bodies):
    wres = load_frameworks()["wres"]
    return {body.organisation.code: assess(wres, body) for body in bodies}


def tidy(row):
    """Return a row of the file as evidence."""
    return {
        "organisation": row["organisation"], "code": row["ods_code"], "period": "2024/25", 
        "item": ITEMS[row["wres_indicator"]], "group": f"ethnicity={row['group']}", "value": row["answered_yes"],
        "of": row["respondents"], "source": "NHS Staff Survey 2024", "note": NOTE,
    }  # fmt: skip


def proportions(published):
    """Return the published proportion of every trust, indicator and group."""
    return {
        (row["ods_code"], row["wres_indicator"], row["group"]): Fraction(row["published_proportion"])
        for row in published
    }


def gap_of(result, number):
    """Return the gap of an indicator with its interval: BME less white, in points."""
    return next(one for one in finding_of(result, f"{number}.in-line").observations if one.value is not None)


def test_one_run_reads_and_assesses_every_trust(published, bodies, results):
    assert len(published) == 74 * 8
    assert len(bodies) == len(results) == 74
    assert {body.organisation.code for body in bodies} == {row["ods_code"] for row in published}
    assert {str(result.framework) for result in results.values()} == {"wres@2020"}


def test_every_gap_is_that_of_the_published_proportions(published, results):
    shares = proportions(published)
    for (code, number, _), _ in shares.items():
        expected = 100 * (shares[code, number, "bme"] - shares[code, number, "white"])
        assert abs(gap_of(results[code], number).value - expected) < Fraction(1, 10**9)


def test_every_ratio_beside_is_that_of_the_published_proportions(published, results):
    shares = proportions(published)
    for code, number, group in shares:
        if group == "white" and shares[code, number, "white"]:
            [beside] = gap_of(results[code], number).beside
            expected = shares[code, number, "bme"] / shares[code, number, "white"]
            assert display(beside.value, 4) == display(expected, 4)


@pytest.mark.parametrize("number", ITEMS)
def test_every_standing_occurs_in_every_indicator(number, results):
    spread = Counter(criterion_of(result, number).held.label for result in results.values())
    assert set(spread) == {"Reported", "Gap in line", "Gap assured"}
    assert sum(spread.values()) == 74


def test_the_spread_of_standings_is_this(results):
    standings = ("Reported", "Gap in line", "Gap assured")
    spread = {
        number: Counter(criterion_of(result, number).held.label for result in results.values()) for number in ITEMS
    }
    assert {number: tuple(spread[number][one] for one in standings) for number in ITEMS} == SPREAD


SPREAD = {"5": (17, 44, 13), "6": (8, 48, 18), "7": (43, 30, 1), "8": (48, 25, 1)}
"""How many of 74 trusts are Reported, Gap in line and Gap assured, with the margin of five points."""


def test_wherever_there_is_an_interval_it_is_said_that_its_base_is_inferred(results):
    seen = [
        one
        for result in results.values()
        for _, finding in result.findings()
        for one in finding.observations
        if one.interval is not None
    ]
    assert len(seen) >= 74 * 4 * 2
    assert {one.note for one in seen} == {NOTE}


def test_the_gap_lies_in_its_interval_for_every_trust(results):
    for result in results.values():
        for number in ITEMS:
            seen = gap_of(result, number)
            assert seen.interval.low <= seen.value <= seen.interval.high


def test_the_median_gaps_of_each_benchmark_group_are_these(published, results):
    groups = {row["ods_code"]: row["benchmark_group"] for row in published}
    medians = {
        (name, number): display(
            median(gap_of(result, number).value for code, result in results.items() if groups[code] == name), 1
        )
        for name in sorted(set(groups.values()))
        for number in ITEMS
    }
    assert medians == MEDIANS


MEDIANS = {
    ("Acute Specialist Trusts", "5"): "1.3", ("Acute Specialist Trusts", "6"): "2.9",
    ("Acute Specialist Trusts", "7"): "-5.4", ("Acute Specialist Trusts", "8"): "6.4",
    ("Acute and Acute & Community Trusts", "5"): "4.1", ("Acute and Acute & Community Trusts", "6"): "3.1",
    ("Acute and Acute & Community Trusts", "7"): "-8.4", ("Acute and Acute & Community Trusts", "8"): "8.8",
    ("Ambulance Trusts", "5"): "-3", ("Ambulance Trusts", "6"): "0.4",
    ("Ambulance Trusts", "7"): "-5.9", ("Ambulance Trusts", "8"): "3.8",
    ("Community Trusts", "5"): "5.8", ("Community Trusts", "6"): "1.9",
    ("Community Trusts", "7"): "-8", ("Community Trusts", "8"): "5.4",
}  # fmt: skip
"""Of the 55, 7, 7 and 5 trusts in the file; the published medians are of all 159 and are others."""


def test_only_the_survey_is_evidenced_and_the_standard_gives_no_grade(results):
    for result in results.values():
        assert result.overall.held is None
        assert [criterion_of(result, number).held for number in "2349"] == [None] * 4
