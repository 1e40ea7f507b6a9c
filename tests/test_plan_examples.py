"""The real plans: the faults that are known of them are found, and no others are made up."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from golden_plan_reports import GOLDEN, golden_files, review

from equityrules import check_plan, load_frameworks, read_plan

EXAMPLES = Path(__file__).parent.parent / "examples"
FRAMEWORKS = load_frameworks()
ELHT = read_plan(EXAMPLES / "elht-plan-2023-26.csv", FRAMEWORKS)
LLR = read_plan(EXAMPLES / "llr-plan-2020-25.csv", FRAMEWORKS)
SSOT = read_plan(EXAMPLES / "ssot-ccgs-plan-2021-11.csv", FRAMEWORKS)
SSOT_BEFORE = read_plan(EXAMPLES / "ssot-ccgs-plan-2021-09.csv", FRAMEWORKS)


def found(plan, day, **arguments):
    """Return the ids by code of everything but what a plan lacks and what could not be checked."""
    review = check_plan(plan, FRAMEWORKS.plan_rules, as_of=dt.date.fromisoformat(day), **arguments)
    places: dict[str, list[str]] = {}
    for remark in review.remarks:
        if remark.code not in LACKS:
            places.setdefault(remark.code, []).extend(dict.fromkeys(place.id for place in remark.lines))
    return places


LACKS = {"no-measure", "no-baseline", "no-target", "no-due-date", "no-lead", "not-checked", "ongoing", "overdue"}


def test_east_lancashire_has_57_actions_in_65_rows():
    assert (ELHT.number_of_actions, len(ELHT.actions)) == (57, 65)


def test_the_faults_of_east_lancashire_are_found_and_no_others():
    assert found(ELHT, "2024-03-31") == {
        "serves-no-criterion": ["3.5-04"],
        "no-such-reference": ["3.2-03"],
        "unfit-reference": ["3.4-06"],
        "replaced-framework": ["4-02"],
        "already-met": ["3.2-05"],
        "score-as-percentage": ["2-07"],
        "one-sided-target": ["3.2-05", "3.2-05", "3.4-05"],
        "closed-scheme": ["2-02"],
    }


def test_the_badge_of_east_lancashire_is_a_fault_only_once_the_scheme_has_closed():
    assert "closed-scheme" not in found(ELHT, "2024-02-28")
    assert found(ELHT, "2024-02-29")["closed-scheme"] == ["2-02"]


def test_east_lancashires_wres_wdes_indicators_9_and_10_are_read_as_one_of_each():
    [line] = [one for one in ELHT.lines if one.id == "1-02"]
    assert [(one.framework, one.part) for one in line.citations if one.part] == [("wres", "9"), ("wdes", "10")]


def test_the_faults_of_leicester_are_found_and_no_others():
    assert found(LLR, "2021-09-30", on=["abbreviation-variants"]) == {
        "unfit-reference": ["14"],
        "other-word": ["7"],
        "no-such-item": ["10"],
        "impossible-date": ["9"],
        "abbreviation-variants": ["6.1"],
    }


def test_the_faults_of_staffordshire_are_found_and_no_others():
    assert (SSOT.number_of_actions, len(SSOT.lines)) == (23, 25)
    assert found(SSOT, "2021-11-30") == {"other-number-named": ["6.6"], "graded-for-removal": ["2"]}


def test_two_items_of_staffordshire_moved_in_two_months_and_none_came_or_went():
    drift = found(SSOT, "2021-11-30", before=SSOT_BEFORE, off=["wording"])
    assert drift["status-changed"] == ["7.6", "9"]
    assert set(drift) == {"status-changed", "carried-over"}


@pytest.mark.parametrize(
    ("name", "kind", "file"), list(golden_files()), ids=lambda value: getattr(value, "name", value)
)
def test_a_review_is_as_it_was_reviewed(name, kind, file):
    assert review(name, kind) == file.read_text(encoding="utf-8")


def test_every_golden_plan_is_some_review():
    assert {file.name for *_, file in golden_files()} == {file.name for file in GOLDEN.iterdir()}
