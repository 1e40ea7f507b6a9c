"""How a value is worked out from evidence, and when there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from engine_builders import (
    POLICIES,
    RECOMMEND,
    SCORE,
    YEAR,
    amount,
    count,
    evidence,
    figure,
    snapshot,
    statement,
    survey,
)

from equityrules.measures import KINDS
from equityrules.model.evidence import Statement
from equityrules.model.finding import Reason
from equityrules.model.snapshot import take_snapshot
from equityrules.model.vocabulary import WHOLE, Vocabulary, make_cell

WOMEN = make_cell({"sex": "women"})


def observed(measure, *given, cell=WHOLE, period=YEAR):
    return measure.observe(snapshot(*given, period=period), cell)


# --- values ------------------------------------------------------------------------------------------------------


def test_a_count_and_an_amount_stand_as_they_are():
    assert observed(POLICIES, count("c.policies", 3)).value == 3
    seen = observed(SCORE, amount("6.9"))
    assert (seen.value, seen.unit, seen.low) == (Fraction("6.9"), "points", None)


def test_a_value_that_nobody_gave_is_not_evidenced():
    assert observed(POLICIES).reason is Reason.NOT_EVIDENCED


# --- printed figures ---------------------------------------------------------------------------------------------


def test_a_printed_figure_stands_in_where_there_are_no_counts():
    seen = observed(RECOMMEND, figure("recommend", "1.3"))
    assert (seen.value, seen.low, seen.high, seen.reason) == (Fraction("1.3"), Fraction("1.25"), Fraction("1.35"), None)
    assert observed(POLICIES, figure("policies", "3")).value == 3


def test_a_printed_figure_stands_in_for_stale_answers():
    assert observed(RECOMMEND, survey(9, 10, period="2020/21"), figure("recommend", "55")).value == 55


def test_counts_come_before_a_printed_figure():
    assert observed(RECOMMEND, survey(139, 200), figure("recommend", "71")).value == Fraction(139, 2)


@pytest.mark.parametrize("given", [survey(5, 9), survey(0, 0)])
def test_a_printed_figure_never_stands_in_for_too_few_people(given):
    assert observed(RECOMMEND, given, figure("recommend", "55.6")).value is None


def test_a_figure_of_another_year_does_not_stand_in():
    assert observed(RECOMMEND, figure("recommend", "55", period="2022/23")).value is None


# --- freshness ---------------------------------------------------------------------------------------------------


def test_a_policy_of_2019_can_be_in_force():
    old = statement("a", period="2018/19")
    assert snapshot(old).fresh == {("p.a", WHOLE): old}


def test_a_survey_of_2019_is_not_this_years():
    assert observed(RECOMMEND, survey(139, 200, period="2018/19")).reason is Reason.STALE


def test_evidence_is_fresh_to_the_day_and_stale_the_day_after():
    last = evolve(statement("p.yearly", period="2022/23"), date=YEAR.end.replace(year=2023))
    day_before = evolve(last, date=last.day.replace(day=30))
    assert ("p.yearly", WHOLE) in snapshot(last).fresh
    assert ("p.yearly", WHOLE) in snapshot(day_before).stale


def test_nothing_from_after_the_periods_end_counts():
    assert not snapshot(statement("a", period="2024/25")).fresh


def test_of_several_statements_the_latest_counts():
    for given in (("in place", "not in place"), ("not in place", "in place")):
        early, late = statement("a", given[0], period="2021/22"), statement("a", given[1], period="2022/23")
        assert snapshot(late, early).fresh["p.a", WHOLE] == late


def test_within_one_period_the_later_date_counts():
    early, late = (evolve(statement("a"), date=YEAR.start.replace(month=month)) for month in (5, 9))
    assert snapshot(late, early).fresh["p.a", WHOLE] == late


def test_the_years_own_count_comes_before_that_of_its_last_month():
    year, month = count("c.policies", 12), count("c.policies", 1, period="March 2024")
    assert observed(POLICIES, month, year).value == 12


def test_items_that_the_vocabulary_does_not_know_are_left_out():
    assert not take_snapshot(evidence(statement("a")), Vocabulary(), YEAR).fresh


def test_what_is_assumed_leaves_the_snapshot_as_it_was():
    before = snapshot(statement("a", "not in place"))
    after = before.assuming([statement("a")])
    assert after.look_up(Statement, "p.a", WHOLE).status == "in place"
    assert before.look_up(Statement, "p.a", WHOLE).status == "not in place"


def test_every_kind_of_measure_is_registered_by_its_name():
    assert all(kind.kind == name for name, kind in KINDS.items())
    assert list(KINDS) == [
        "share", "value", "group-share", "relative-likelihood", "disparity-ratio", "difference", "against-benchmark",
        "mean-score", "representation", "target-shortfall", "change", "relative-gap", "change-in-size",
    ]  # fmt: skip
