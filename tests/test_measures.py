"""How a value is worked out from evidence, and when there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from engine_builders import (
    DONE,
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

from equityrules.measures import KINDS, Margin, Share, margin
from equityrules.model.finding import Reason
from equityrules.model.snapshot import take_snapshot
from equityrules.model.vocabulary import WHOLE, Vocabulary, make_cell

WOMEN = make_cell({"sex": "women"})


def observed(measure, *given, cell=WHOLE, period=YEAR):
    return measure.observe(snapshot(*given, period=period), cell)


# --- shares ------------------------------------------------------------------------------------------------------


def test_a_share_of_answers_is_exact():
    assert observed(RECOMMEND, survey(139, 200)).value == Fraction(139, 2)
    assert observed(RECOMMEND, survey(1, 30)).value == Fraction(10, 3)


def test_a_share_keeps_its_counts_source_and_day():
    answers = evolve(survey(139, 200), source="Staff Survey 2023")
    seen = observed(RECOMMEND, answers)
    assert seen.counts == {"yes": 139, "of": 200}
    assert (seen.source, seen.day) == ("Staff Survey 2023", YEAR.end)
    assert (seen.low, seen.high) == (None, None)


def test_a_share_of_a_group_is_not_the_share_of_the_whole():
    assert observed(RECOMMEND, survey(7, 10, sex="women"), cell=WOMEN).value == 70
    assert observed(RECOMMEND, survey(7, 10, sex="women")).reason is Reason.NOT_EVIDENCED


def test_a_printed_percentage_has_the_range_of_its_rounding():
    seen = observed(RECOMMEND, survey(percent="70.0"))
    assert (seen.value, seen.low, seen.high) == (70, Fraction("69.95"), Fraction("70.05"))


def test_counts_come_before_the_percentage_printed_beside_them():
    seen = observed(RECOMMEND, survey(139, 200, percent="71"))
    assert (seen.value, seen.low) == (Fraction(139, 2), None)


@pytest.mark.parametrize("given", [survey(5, 9), survey(of=9, percent="55.6")])
def test_fewer_than_the_minimum_base_are_too_few(given):
    seen = observed(RECOMMEND, given)
    assert (seen.value, seen.reason) == (None, Reason.TOO_FEW)


def test_exactly_the_minimum_base_is_enough():
    assert observed(RECOMMEND, survey(5, 10)).value == 50


@pytest.mark.parametrize("given", [survey(0, 0), survey(of=0, percent="0")])
def test_a_survey_that_nobody_answered_is_not_computable(given):
    assert observed(RECOMMEND, given).reason is Reason.NOT_COMPUTABLE


def test_a_base_of_nought_is_not_computable_even_where_any_base_is_enough():
    anything = evolve(DONE, minimum_base=0)
    assert observed(anything, count("c.done", 0), count("c.due", 0)).reason is Reason.NOT_COMPUTABLE


def test_nobody_of_some_is_nought_percent():
    assert observed(RECOMMEND, survey(0, 20)).value == 0


def test_events_over_their_base_make_a_share():
    seen = observed(DONE, count("c.done", 3), count("c.due", 4))
    assert (seen.value, seen.counts) == (75, {"yes": 3, "of": 4})


@pytest.mark.parametrize("given", [(count("c.done", 3),), (count("c.due", 4),), ()])
def test_a_share_without_events_or_base_is_not_evidenced(given):
    assert observed(DONE, *given).reason is Reason.NOT_EVIDENCED


def test_more_events_than_a_nested_base_make_no_share():
    given = count("c.done", 5), count("c.due", 4)
    assert observed(DONE, *given).reason is Reason.NOT_COMPUTABLE
    assert observed(evolve(DONE, nested=False), *given).value == 125


def test_events_of_one_year_are_not_held_against_last_years_base():
    given = count("c.done", 3, period="2023/24"), count("c.due", 4, period="2022/23")
    assert observed(DONE, *given).reason is Reason.STALE


def test_unless_it_is_said_otherwise_one_is_enough_and_events_are_not_among_the_base():
    plain = Share(id="x", title="X", events="c.done", base="c.due")
    assert observed(plain, count("c.done", 1), count("c.due", 1)).value == 100
    assert observed(plain, count("c.done", 2), count("c.due", 1)).value == 200


def test_a_share_takes_a_survey_or_events_with_a_base():
    for wrong in ({}, {"survey": "s", "events": "e", "base": "b"}, {"events": "e"}, {"base": "b"}):
        with pytest.raises(ValueError, match="either 'survey' or both"):
            Share(id="x", title="X", **wrong)


# --- margins -----------------------------------------------------------------------------------------------------

ALL_SEXES = (
    count("c.due", 4, sex="women"),
    count("c.due", 5, sex="men"),
    count("c.due", 0, sex="not_known"),
)


def test_a_total_is_the_stated_one():
    stated = margin(snapshot(*ALL_SEXES, count("c.due", 12)), "c.due", WHOLE)
    assert isinstance(stated, Margin)
    assert stated.value == 12


def test_a_total_is_the_sum_where_every_group_is_there():
    added = margin(snapshot(*ALL_SEXES), "c.due", WHOLE)
    assert isinstance(added, Margin)
    assert added.value == 9


@pytest.mark.parametrize("missing", range(3))
def test_some_groups_never_pose_as_the_whole(missing):
    given = [one for position, one in enumerate(ALL_SEXES) if position != missing]
    assert margin(snapshot(*given), "c.due", WHOLE) is Reason.NOT_EVIDENCED


def test_a_total_adds_up_over_whichever_dimension_is_there_in_full():
    by_band = count("c.due", 3, band="low"), count("c.due", 4, band="high")
    added = margin(snapshot(*by_band, ALL_SEXES[0]), "c.due", WHOLE)
    assert isinstance(added, Margin)
    assert added.value == 7


def test_a_group_adds_up_over_the_other_dimension():
    given = count("c.due", 3, sex="women", band="low"), count("c.due", 4, sex="women", band="high")
    added = margin(snapshot(*given), "c.due", WOMEN)
    assert isinstance(added, Margin)
    assert added.value == 7
    assert margin(snapshot(*given), "c.due", WHOLE) is Reason.NOT_EVIDENCED


def test_groups_of_different_years_never_add_up():
    given = *ALL_SEXES[:2], count("c.due", 1, period="2022/23", sex="not_known")
    assert margin(snapshot(*given), "c.due", WHOLE) is Reason.STALE


def test_a_stale_total_is_stale_and_not_unheard_of():
    assert margin(snapshot(count("c.due", 9, period="2020/21")), "c.due", WHOLE) is Reason.STALE
    stale_group = count("c.due", 1, period="2020/21", sex="not_known")
    assert margin(snapshot(*ALL_SEXES[:2], stale_group), "c.due", WHOLE) is Reason.STALE


def test_a_sum_names_its_sources_and_is_as_old_as_its_oldest_part():
    parts = [evolve(part, source=f"return {number}") for number, part in enumerate(ALL_SEXES)]
    old = evolve(parts[0], date=YEAR.start)
    added = margin(snapshot(old, *parts[1:]), "c.due", WHOLE)
    unnamed = margin(snapshot(*parts[:2], ALL_SEXES[2]), "c.due", WHOLE)
    assert isinstance(added, Margin)
    assert isinstance(unnamed, Margin)
    assert unnamed.source == "return 0; return 1"
    assert (added.source, added.day) == ("return 0; return 1; return 2", YEAR.start)


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
    assert after.fresh["p.a", WHOLE].status == "in place"
    assert before.fresh["p.a", WHOLE].status == "not in place"


def test_every_kind_of_measure_is_registered_by_its_name():
    assert {name: kind.kind for name, kind in KINDS.items()} == {"share": "share", "value": "value"}
