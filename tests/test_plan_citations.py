"""What plans cite, as people write it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_builders import RULES, codes, only, plan

from equityrules.model.plan import CitationState
from equityrules.plans.citations import Surroundings, read_citations


def cited(text, **around):
    return [(one.framework, one.part) for one in read_citations(text, RULES, Surroundings(**{"text": text, **around}))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("WRES 2", [("wres", "2")]),
        ("WRES Indicator 2; WDES Metric 2", [("wres", "2"), ("wdes", "2")]),
        ("WRES 1, 2, 5, 6, 7; EDI Improvement Plan", [*(("wres", one) for one in "12567"), ("nhs-edi-plan", "")]),
        ("WRES indicators 5 to 8", [("wres", one) for one in "5678"]),
        ("WRES Indicators 1,2, WDES Metrics; Pay Gaps", [("wres", "1"), ("wres", "2"), ("wdes", ""), ("pay-gaps", "")]),
        ("WRES/WDES", [("wres", ""), ("wdes", "")]),
        ("WDES Indicator 4b", [("wdes", "4b")]),
        ("WDES metric 4a(i)", [("wdes", "4a(i)")]),
        ("WRES; Core 20 Plus", [("wres", "")]),
        ("eds/2A and midlands-six/action-2", [("eds", "2A"), ("midlands-six", "action-2")]),
        ("EDS2 Goal 4; proposed EDS 3", [("eds2", "4"), ("eds", "")]),
        ("Goals 1&2 of the NHS Equality Delivery System", [("eds2", "1"), ("eds2", "2")]),
        ("EDS domain 2", [("eds", "2")]),
        ("Workforce Race Equality Standard indicator 9", [("wres", "9")]),
        ("", []),
        ("Core 20 Plus", []),
    ],
)  # fmt: skip
def test_a_citation_is_read_as_it_is_written(text, found):
    assert cited(text) == found


def test_wres_and_wdes_indicators_9_and_10_are_one_of_each_and_no_fault():
    assert cited("WRES/WDES indicators 9&10") == [("wres", "9"), ("wdes", "10")]
    assert codes(plan({"Metrics": "WRES/WDES indicators 9&10"})) == []


@pytest.mark.parametrize("text", ["WDES 57.4%", "WRES 2024", "WRES 2023/24", "WRES 5 percent better"])
def test_a_figure_or_a_year_behind_a_name_is_no_indicator(text):
    assert cited(text)[0][1] == ""


def test_a_metric_of_several_parts_stands_for_all_of_them():
    [one] = read_citations("WDES 4", RULES, Surroundings())
    assert one.criteria == ("4a-i", "4a-ii", "4a-iii", "4b")
    [both] = read_citations("WDES 9", RULES, Surroundings())
    assert both.criteria == ("9a", "9b")


def test_a_number_outside_the_framework_is_said_with_those_there_are():
    remark = only(plan({"Metrics": "WRES indicator 10"}), "no-such-reference")
    assert remark.what == "'WRES indicator 10': WRES has no indicator 10"
    assert remark.do.endswith("it has 1, 2, 3, 4, 5, 6, 7, 8 or 9")
    assert (remark.column, remark.lines[0].id, remark.lines[0].row) == ("Metrics", "1", 2)


def test_a_number_in_running_text_is_only_a_fault_with_the_word_for_it():
    assert codes(plan({"Action": "Run the WRES 12 times"})) == []
    assert "no-such-reference" in codes(plan({"Action": "Improve WRES indicator 12"}))


def test_a_capability_metric_for_harassment_does_not_fit():
    remark = only(plan({"Action": "Reduce harassment and bullying", "Metrics": "WDES Indicator 3"}), "unfit-reference")
    assert "is about the formal capability process" in remark.what
    assert remark.do == "check the number; 4a-i, 4a-ii, 4a-iii or 4b of WDES fits"


def test_one_fitting_citation_is_enough():
    assert codes(plan({"Action": "Reduce harassment", "Metrics": "WDES Indicators 3, 4"})) == []


def test_a_line_that_speaks_of_what_its_criterion_is_about_fits_whatever_else_it_speaks_of():
    row = {"Action": "Formal capability and harassment cases are reviewed", "Metrics": "WDES 3"}
    assert codes(plan(row)) == []


# --- two lists of one name ----------------------------------------------------------------------------------------


def test_six_high_impact_actions_are_the_regions_before_the_national_plan_was_published():
    [one] = read_citations("High Impact Action 3", RULES, Surroundings(written=dt.date(2021, 8, 31)))
    assert (one.framework, one.state) == ("midlands-six", CitationState.READ)


def test_six_high_impact_actions_may_be_either_list_afterwards():
    remark = only(plan({"Metrics": "High Impact Action 3"}), "ambiguous-reference")
    assert "Midlands six" in remark.what
    assert "NHS EDI Improvement Plan" in remark.what or "improvement plan" in remark.what


@pytest.mark.parametrize(
    ("text", "framework"),
    [
        ("Midlands EDI Strategy, high impact action 3", "midlands-six"),
        ("NHS EDI Improvement Plan; High Impact Action 3", "nhs-edi-plan"),
    ],
)
def test_the_lists_name_beside_the_number_says_which_is_meant(text, framework):
    found = read_citations(text, RULES, Surroundings(text=text, written=dt.date(2024, 1, 1)))
    assert {one.framework for one in found} == {framework}


def test_a_map_settles_which_list_is_meant():
    one = plan({"Metrics": "High Impact Action 3"}, means={"high impact": "midlands-six"})
    assert "ambiguous-reference" not in codes(one)
    assert one.lines[0].citations[0].framework == "midlands-six"


def test_an_item_of_one_list_under_the_name_of_the_other_is_confused():
    row = {"Action": "Onboarding of internationally recruited nurses", "Metrics": "Midlands high impact action 5"}
    remark = only(plan(row), "confused-lists")
    assert "internationally recruited staff" in remark.what
    assert remark.what.endswith("as is action 5 of NHS EDI Improvement Plan")
    assert remark.do == "name the list in full beside the number"


def test_before_the_national_plan_was_published_nothing_is_confused_with_it():
    row = {"Action": "Onboarding of internationally recruited nurses", "Metrics": "Midlands high impact action 5"}
    assert codes(plan(row, written="August 2021"), dt.date(2021, 9, 30)) == []


def test_another_word_for_the_parts_is_read_and_said():
    remark = only(plan({"Metrics": "High Impact Priority 3"}, written="August 2021"), "other-word")
    assert remark.what.startswith("'High Impact Priority 3' is read as action 3")
    assert remark.do == "write action 3"


# --- the rest -----------------------------------------------------------------------------------------------------


def test_what_is_not_loaded_or_not_known_is_said_once():
    one = plan({"Metrics": "CQC inspection"}, {"Metrics": "CQC inspection; WRES"})
    remark = only(one, "not-checked")
    assert remark.note
    assert remark.what.endswith("CQC inspection (2)")


def test_an_item_that_is_not_there_is_named():
    remark = only(plan({"Ref": "8"}, {"Ref": "9.2", "Update": "see item 8.1"}), "no-such-item")
    assert remark.what == "'item 8.1': the plan has no item 8.1"
    assert codes(plan({"Ref": "8"}, {"Ref": "9.2", "Update": "see item 9.2, and agenda item 8.1"})) == []


def test_a_replaced_framework_is_said_from_the_day_it_was_replaced():
    one = plan({"Metrics": "EDS2 Goal 4"})
    assert "replaced-framework" in codes(one, dt.date(2022, 7, 31))
    assert "replaced-framework" not in codes(one, dt.date(2022, 7, 30))


@given(st.text(max_size=200))
def test_no_text_is_too_strange_to_be_read(text):
    for one in read_citations(text, RULES, Surroundings(text)):
        assert one.framework in RULES.frameworks


PIECES = ["WRES", "WDES", "EDS", "high impact", "/", "&", " ", "1", "2", "10", "4a", "to", ",", ";", "goal", "%"]


@given(st.lists(st.sampled_from(PIECES)))
def test_names_and_numbers_in_any_order_are_read(parts):
    for one in read_citations(" ".join(parts), RULES, Surroundings()):
        assert one.state in CitationState
