"""What is awarded for a time: held until its last day, and then no more."""

from __future__ import annotations

from datetime import date

import pytest

from equityrules import load_frameworks, read_rows
from equityrules.assessment import assess
from equityrules.model.finding import Outcome, Reason

FRAMEWORKS = load_frameworks()
LEVEL_2 = "scheme.disability_confident_level_2"


def status(awarded: str, as_of: date, item: str = LEVEL_2):
    row = {"organisation": "Anytown", "period": "2024/25", "item": item, "value": "in place", "date": awarded}
    [body] = read_rows([row], FRAMEWORKS)
    return assess(FRAMEWORKS["disability-confident@2019"], body, "2024/25", as_of)


def level_2(result):
    [criterion] = [one for one in result.criteria if one.id == "status"]
    [finding] = [one for one in criterion.findings if one.requirement == "status.level-2"]
    return criterion, finding


def test_a_certificate_is_held_on_its_last_day_and_expired_on_the_next():
    criterion, finding = level_2(status("2022-05-01", date(2025, 5, 1)))
    assert finding.outcome is Outcome.MET
    assert criterion.held.label.startswith("Level 2") or "Employer" in criterion.held.label
    _, finding = level_2(status("2022-05-01", date(2025, 5, 2)))
    assert finding.outcome is Outcome.UNMET or finding.reason is Reason.EXPIRED


def test_the_days_left_are_said():
    _, finding = level_2(status("2024-05-01", date(2025, 3, 31)))
    seen = finding.observations[0]
    assert seen.note == "valid until 2027-05-01, 761 days from 2025-03-31"


@pytest.mark.parametrize(
    ("awarded", "as_of", "codes"),
    [
        ("2022-05-01", date(2025, 2, 28), []),
        ("2022-05-01", date(2025, 3, 1), ["award-runs-out"]),
        ("2022-05-01", date(2025, 6, 1), ["award-runs-out"]),
        ("", date(2025, 3, 31), ["award-not-dated"]),
    ],
)
def test_two_months_before_its_end_a_remark_says_that_it_runs_out(awarded, as_of, codes):
    found = [one.code for one in status(awarded, as_of).remarks]
    assert [code for code in found if code.startswith("award-")] == codes
