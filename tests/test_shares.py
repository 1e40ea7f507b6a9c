"""Shares in percent: of answers, of events among a base, and of groups among everybody."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from engine_builders import DONE, RECOMMEND, YEAR, count, snapshot, survey
from hypothesis import given
from hypothesis import strategies as st
from measure_builders import BME_SHARE, HARASSED, answers, cell, observed, people
from measure_builders import snapshot as staff

from equityrules.measures import Share
from equityrules.measures.shares import undeclared_share
from equityrules.model.finding import Reason
from equityrules.model.vocabulary import WHOLE, make_cell

WOMEN = make_cell({"sex": "women"})


def seen_in(measure, *given, cell=WHOLE):
    return measure.observe(snapshot(*given), cell)


# --- of answers and of events ------------------------------------------------------------------------------------


def test_a_share_of_answers_is_exact():
    assert seen_in(RECOMMEND, survey(139, 200)).value == Fraction(139, 2)
    assert seen_in(RECOMMEND, survey(1, 30)).value == Fraction(10, 3)


def test_a_share_keeps_its_counts_source_and_day():
    answers = evolve(survey(139, 200), source="Staff Survey 2023")
    seen = seen_in(RECOMMEND, answers)
    assert seen.counts == {"yes": 139, "of": 200}
    assert (seen.source, seen.day) == ("Staff Survey 2023", YEAR.end)
    assert (seen.low, seen.high) == (None, None)


def test_a_share_of_a_group_is_not_the_share_of_the_whole():
    assert seen_in(RECOMMEND, survey(7, 10, sex="women"), cell=WOMEN).value == 70
    assert seen_in(RECOMMEND, survey(7, 10, sex="women")).reason is Reason.NOT_EVIDENCED


def test_a_printed_percentage_has_the_range_of_its_rounding():
    seen = seen_in(RECOMMEND, survey(percent="70.0"))
    assert (seen.value, seen.low, seen.high) == (70, Fraction("69.95"), Fraction("70.05"))


def test_counts_come_before_the_percentage_printed_beside_them():
    seen = seen_in(RECOMMEND, survey(139, 200, percent="71"))
    assert (seen.value, seen.low) == (Fraction(139, 2), None)


@pytest.mark.parametrize("given", [survey(5, 9), survey(of=9, percent="55.6")])
def test_fewer_than_the_minimum_base_are_too_few(given):
    seen = seen_in(RECOMMEND, given)
    assert (seen.value, seen.reason) == (None, Reason.TOO_FEW)


def test_exactly_the_minimum_base_is_enough():
    assert seen_in(RECOMMEND, survey(5, 10)).value == 50


@pytest.mark.parametrize("given", [survey(0, 0), survey(of=0, percent="0")])
def test_a_survey_that_nobody_answered_is_not_computable(given):
    assert seen_in(RECOMMEND, given).reason is Reason.NOT_COMPUTABLE


def test_a_base_of_nought_is_not_computable_even_where_any_base_is_enough():
    anything = evolve(DONE, minimum_base=0)
    assert seen_in(anything, count("c.done", 0), count("c.due", 0)).reason is Reason.NOT_COMPUTABLE


def test_nobody_of_some_is_nought_percent():
    assert seen_in(RECOMMEND, survey(0, 20)).value == 0


def test_events_over_their_base_make_a_share():
    seen = seen_in(DONE, count("c.done", 3), count("c.due", 4))
    assert (seen.value, seen.counts) == (75, {"yes": 3, "of": 4})


@pytest.mark.parametrize("given", [(count("c.done", 3),), (count("c.due", 4),), ()])
def test_a_share_without_events_or_base_is_not_evidenced(given):
    assert seen_in(DONE, *given).reason is Reason.NOT_EVIDENCED


def test_more_events_than_a_nested_base_make_no_share():
    given = count("c.done", 5), count("c.due", 4)
    assert seen_in(DONE, *given).reason is Reason.NOT_COMPUTABLE
    assert seen_in(evolve(DONE, nested=False), *given).value == 125


def test_events_of_one_year_are_not_held_against_last_years_base():
    given = count("c.done", 3, period="2023/24"), count("c.due", 4, period="2022/23")
    assert seen_in(DONE, *given).reason is Reason.DATES_DIFFER


def test_unless_it_is_said_otherwise_one_is_enough_and_events_are_not_among_the_base():
    plain = Share(id="x", title="X", events="c.done", base="c.due")
    assert seen_in(plain, count("c.done", 1), count("c.due", 1)).value == 100
    assert seen_in(plain, count("c.done", 2), count("c.due", 1)).value == 200


def test_a_share_takes_a_survey_or_events_with_a_base():
    for wrong in ({}, {"survey": "s", "events": "e", "base": "b"}, {"events": "e"}, {"base": "b"}):
        with pytest.raises(ValueError, match="either 'survey' or both"):
            Share(id="x", title="X", **wrong)


# --- of answers, with their interval -----------------------------------------------------------------------------


def test_a_share_of_answers_has_the_interval_that_newcombe_prints_for_81_of_263():
    interval = observed(HARASSED, *answers(all=(81, 263))).interval
    assert (round(interval.low, 2), round(interval.high, 2)) == (Fraction("25.53"), Fraction("36.62"))


def test_a_printed_percentage_has_an_interval_only_with_its_base():
    [printed] = answers(all="30.8")
    assert observed(HARASSED, printed).interval is None
    assert observed(HARASSED, evolve(printed, of=Fraction(263))).interval is not None


def test_more_events_than_a_base_they_are_not_part_of_have_no_interval():
    plain = evolve(DONE, nested=False)
    assert seen_in(plain, count("c.done", 5), count("c.due", 4)).interval is None


@given(st.integers(1, 3000), st.data())
def test_a_share_lies_in_its_interval_between_nought_and_a_hundred(of, data):
    seen = observed(HARASSED, *answers(all=(data.draw(st.integers(0, of)), of)))
    assert 0 <= seen.interval.low <= seen.value <= seen.interval.high <= 100


# --- of groups among everybody -----------------------------------------------------------------------------------


def test_the_share_of_a_group_is_of_everybody_those_of_unknown_group_included():
    seen = observed(BME_SHARE, *people("staff.banded", white=60, bme=20, unknown=20))
    assert (seen.value, seen.counts) == (20, {"yes": 20, "of": 100})


def test_a_whole_workforce_is_no_sample_so_its_share_has_no_interval():
    assert observed(BME_SHARE, *people("staff.banded", white=60, bme=20, unknown=20)).interval is None


def test_without_the_unknown_the_whole_is_not_known_unless_it_is_stated():
    assert observed(BME_SHARE, *people("staff.banded", white=60, bme=20)).reason is Reason.NOT_EVIDENCED
    assert observed(BME_SHARE, *people("staff.banded", bme=20, all=100)).value == 20


def test_several_groups_are_counted_together():
    known = evolve(BME_SHARE, groups=("white", "bme"))
    assert observed(known, *people("staff.banded", white=60, bme=20, unknown=20)).value == 80


def test_more_of_a_group_than_of_everybody_is_not_computable():
    assert observed(BME_SHARE, *people("staff.banded", bme=20, all=10)).reason is Reason.NOT_COMPUTABLE


def test_a_group_among_nobody_is_not_computable():
    assert observed(BME_SHARE, *people("staff.banded", bme=0, all=0)).reason is Reason.NOT_COMPUTABLE


def test_a_group_among_too_few_is_not_judged():
    among_ten = evolve(BME_SHARE, minimum_base=10)
    assert observed(among_ten, *people("staff.banded", bme=2, all=9)).reason is Reason.TOO_FEW
    assert observed(among_ten, *people("staff.banded", bme=2, all=10)).value == 20


def test_a_group_and_everybody_are_of_one_date():
    given = *people("staff.banded", bme=20), *people("staff.banded", "2022/23", all=100)
    assert observed(BME_SHARE, *given).reason is Reason.DATES_DIFFER


def test_a_group_in_a_band_is_a_share_of_the_band():
    given = people("staff.banded", where={"band": "6"}, bme=282, all=1659)
    assert observed(BME_SHARE, *given, cell=cell(band="6")).value == Fraction(28200, 1659)


# --- of those who did not say ------------------------------------------------------------------------------------


def undeclared(*given, where=WHOLE):
    return undeclared_share(staff(*given), "staff.banded", where, "ethnicity")


def test_those_who_did_not_say_are_a_share_of_everybody():
    assert undeclared(*people("staff.banded", white=60, bme=20, unknown=20)) == 20
    assert undeclared(*people("staff.banded", unknown=7, all=7)) == 100


def test_where_they_are_not_counted_nobody_knows_how_many_did_not_say():
    assert undeclared(*people("staff.banded", white=60, bme=20)) is None
    assert undeclared(*people("staff.banded", unknown=0, all=0)) is None
