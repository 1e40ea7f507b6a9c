"""What a standard wants by a day: shown with the day, overdue only after it, and never overdue for want of evidence."""

from __future__ import annotations

import json
from datetime import date

import pytest
from attrs import evolve
from engine_builders import SCALE, criterion, evidence, framework, methods, requirement, statement

from equityrules.assessment import assess
from equityrules.model.finding import Outcome, Timing, timing
from equityrules.reports.dates import due_words
from equityrules.reports.json_report import read_json, render_json
from equityrules.reports.markdown import render_markdown
from equityrules.reports.table import render_table

DUE = date(2024, 3, 31)
BEFORE, AFTER = date(2024, 3, 30), date(2024, 4, 1)


def dated(*letters: str):
    """Return a framework with one criterion, in which each of these things is due on the last of March 2024."""
    asked = (evolve(requirement(f"1A.{letter}", condition=letter), due=DUE) for letter in letters)
    return framework(criterion("1A", *asked), methods=methods(overall=None, groups=None), scales={"activity": SCALE})


def assessed(as_of: date, *statuses: str):
    """Return the assessment of things a, b, … of which each is stated so, or not at all where that is blank."""
    letters = "abcdefgh"[: len(statuses)]
    given = [statement(letter, status) for letter, status in zip(letters, statuses, strict=True) if status]
    given = [evolve(one, note="it has no such staff") if one.status == "not applicable" else one for one in given]
    return assess(dated(*letters), evidence(*given), "2023/24", as_of)


def only_finding(as_of: date, status: str):
    [(_, finding)] = assessed(as_of, status).findings()
    return finding


@pytest.mark.parametrize("day", [BEFORE, DUE])
@pytest.mark.parametrize("status", ["committed", "not in place", ""])
def test_nothing_is_overdue_until_its_day_has_passed(day, status):
    finding = only_finding(day, status)
    assert finding.because.endswith(f"; due 2024-03-31 (not yet due at {day})")
    assert finding.outcome is (Outcome.UNMET if status else Outcome.UNKNOWN)


@pytest.mark.parametrize("status", ["committed", "not in place"])
def test_what_is_not_in_place_is_overdue_on_the_next_day(status):
    assert only_finding(AFTER, status).because.endswith("; due 2024-03-31 (overdue at 2024-04-01)")


def test_what_nobody_gave_evidence_for_is_overdue_only_unless_it_is_in_place():
    finding = only_finding(AFTER, "")
    assert finding.outcome is Outcome.UNKNOWN
    assert finding.because.endswith("; due 2024-03-31 (overdue unless met at 2024-04-01)")


@pytest.mark.parametrize("day", [BEFORE, AFTER])
@pytest.mark.parametrize("status", ["in place", "not applicable"])
def test_what_is_met_or_does_not_apply_says_its_day_and_no_more(day, status):
    assert only_finding(day, status).because.endswith("; due 2024-03-31")


@pytest.mark.parametrize("day", [BEFORE, DUE, AFTER])
@pytest.mark.parametrize("status", ["in place", "committed", ""])
def test_a_day_changes_no_outcome_and_no_grade(day, status):
    with_day, without = assessed(day, status), _without_a_day(day, status)
    assert [one.outcome for _, one in with_day.findings()] == [one.outcome for _, one in without.findings()]
    assert with_day.criteria[0].held == without.criteria[0].held
    assert with_day.criteria[0].attainable == without.criteria[0].attainable


def _without_a_day(day: date, status: str):
    plain = framework(criterion("1A", requirement("1A.a")), methods=methods(overall=None, groups=None))
    given = [statement("a", status)] if status else []
    return assess(plain, evidence(*given), "2023/24", day)


@pytest.mark.parametrize(
    ("outcome", "before", "after"),
    [
        (Outcome.MET, Timing.MET, Timing.MET),
        (Outcome.NOT_APPLICABLE, Timing.NOT_APPLICABLE, Timing.NOT_APPLICABLE),
        (Outcome.UNMET, Timing.NOT_YET_DUE, Timing.OVERDUE),
        (Outcome.UNKNOWN, Timing.NOT_YET_DUE, Timing.OVERDUE_UNLESS_MET),
    ],
)
def test_every_outcome_has_its_timing_on_either_side_of_the_day(outcome, before, after):
    assert timing(DUE, outcome, DUE) is before
    assert timing(DUE, outcome, AFTER) is after


def test_the_reports_count_how_the_dated_requirements_stand():
    result = assessed(AFTER, "in place", "in place", "committed", "", "not applicable")
    said = "5 dated requirements, at 2024-04-01: 2 met, 1 overdue, 1 overdue unless met, 1 not applicable"
    assert said in " ".join(render_table([result]).split())
    assert said in render_markdown([result])


@pytest.mark.parametrize(
    ("day", "statuses", "words"),
    [
        (AFTER, ("in place", "not applicable"), ""),
        (AFTER, ("in place", ""), "overdue unless met"),
        (AFTER, ("", "committed"), "overdue"),
        (DUE, ("", "committed"), "due 2024-03-31"),
    ],
)
def test_a_criterion_says_the_most_pressing_of_its_days(day, statuses, words):
    [criterion] = assessed(day, *statuses).criteria
    assert due_words(criterion, day) == words


def test_the_next_day_is_said_where_none_has_passed():
    earlier, later = (evolve(requirement(f"1A.{day.year}"), due=day) for day in (DUE, date(2025, 3, 31)))
    plan = framework(criterion("1A", earlier, later), methods=methods(overall=None, groups=None))
    [found] = assess(plan, evidence(), "2023/24", BEFORE).criteria
    assert due_words(found, BEFORE) == "due 2024-03-31"


def test_without_dated_requirements_the_reports_say_nothing_of_them():
    plain = framework(criterion("1A", requirement("1A.a")))
    result = assess(plain, evidence(statement("a")), "2023/24")
    assert "dated requirement" not in render_table([result]) + render_markdown([result])
    assert all(finding.due is None for _, finding in result.findings())


def test_the_day_is_kept_in_json():
    result = assessed(AFTER, "committed")
    [element] = json.loads(render_json([result]))
    assert element["criteria"][0]["findings"][0]["due"] == "2024-03-31"
    assert read_json(render_json([result])) == (result,)
