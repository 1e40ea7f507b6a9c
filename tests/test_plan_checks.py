"""Each check of a plan, by the rule it holds."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_builders import RULES, WHOLE, codes, only, plan, remarks

from equityrules.model.plan import PlanStatus
from equityrules.plans import CODES, check_plan
from equityrules.plans.codes import FAMILIES, switched_on
from equityrules.plans.dues import impossible_dates, read_due
from equityrules.plans.lines import read_status


def test_a_whole_row_gives_no_remark():
    assert codes(plan({})) == []


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Measure", "no-measure"),
        ("Baseline", "no-baseline"),
        ("Target", "no-target"),
        ("Due", "no-due-date"),
        ("Lead", "no-lead"),
    ],
)
def test_an_empty_cell_is_named_with_its_row_and_column(heading, code):
    row = {heading: ""} if heading != "Measure" else {"Measure": "", "Target": ""}
    remark = only(plan(row), code)
    assert (remark.lines[0].row, remark.column) == (2, heading)
    assert remark.why
    assert remark.do


def test_a_lack_of_many_rows_is_told_once():
    remark = only(plan(*[{"Lead": ""}] * 5), "no-lead")
    assert remark.what == "5 rows of 5 have no lead"
    assert len(remark.lines) == 5


def test_a_missing_column_is_told_once_for_the_plan():
    one = plan({}, {})
    less = check_plan(
        type(one)(title="p", lines=one.lines, has=tuple(name for name in one.has if name != "lead")),
        RULES,
        as_of=dt.date(2024, 1, 1),
    )
    [remark] = [one for one in less.remarks if one.code == "no-lead"]
    assert remark.lines == ()


def test_what_the_file_leaves_out_is_not_asked_for():
    assert codes(plan({"Lead": ""}, left_out=("lead",))) == []


def test_finished_rows_are_not_asked_for_measures():
    assert codes(plan({"Lead": "", "Measure": "", "Target": "", "Due": "", "Status": "Complete"})) == []


def test_all_ongoing_rows_are_one_remark():
    remark = only(plan({"Due": "Ongoing"}, {}, {"Due": "On-going"}), "ongoing")
    assert [place.id for place in remark.lines] == ["1", "3"]


@pytest.mark.parametrize(
    ("baseline", "target", "met"),
    [
        ("0.83", "below 1.00", True),
        ("1.00", "below 1.00", False),
        ("2.26", "below 1.00", False),
        ("70%", "at least 70%", True),
        ("69.9%", "at least 70%", False),
        ("12%", "reduce to 15%", True),
        ("15 trained", "recruit a further 30", False),
        ("40%", "maintain 40%", False),
        ("Bronze", "Silver", False),
        ("57.4", "68.2", False),
    ],
)
def test_a_target_is_met_by_the_baseline_as_its_words_say(baseline, target, met):
    found = codes(plan({"Measure": "share of staff", "Baseline": baseline, "Target": target}))
    assert ("already-met" in found) is met


def test_a_ratio_below_one_has_no_lower_bound_and_that_is_a_note():
    remark = only(
        plan({"Measure": "relative likelihood", "Baseline": "2.26", "Target": "below 1.00"}), "one-sided-target"
    )
    assert remark.note
    assert remark.what == "'below 1.00' for 'relative likelihood' has no lower bound"
    assert codes(plan({"Measure": "relative likelihood", "Target": "0.8 to 1.25"})) == []


def test_a_score_with_a_percent_sign_is_found():
    row = {"Measure": "staff engagement score", "Baseline": "6.5%", "Target": "reach 7.4%"}
    assert "score-as-percentage" in codes(plan(row))
    assert "score-as-percentage" not in codes(plan({**row, "Measure": "staff declaring"}))
    assert "score-as-percentage" not in codes(plan({**row, "Baseline": "6.5", "Target": "reach 7.4"}))
    assert "score-as-percentage" not in codes(plan({**row, "Baseline": "65%", "Target": "reach 74%"}))


# --- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["31/06/21", "as at 31/06/2021", "30 February 2024", "2024-02-30", "31st April 2024"])
def test_a_date_that_does_not_exist_is_found(text):
    assert list(impossible_dates(text))
    assert "impossible-date" in codes(plan({"Update": text}))


@pytest.mark.parametrize(
    "text", ["30/06/21", "2023/24", "3.4.12", "Sept 2021", "29 February 2024", "1/2", "item 3.2-05"]
)
def test_a_date_that_exists_and_what_is_no_date_are_left_alone(text):
    assert list(impossible_dates(text)) == []


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("May 2024", dt.date(2024, 5, 31)),
        ("By September 2021", dt.date(2021, 9, 30)),
        ("Sept 2021", dt.date(2021, 9, 30)),
        ("June 2024 and evidence progress of implementation by June 2025", dt.date(2025, 6, 30)),
        ("31/03/2024", dt.date(2024, 3, 31)),
        ("2023/24", dt.date(2024, 3, 31)),
        ("Sex and race by 2024; Disability by 2025", dt.date(2025, 12, 31)),
        ("March 2024, then annually.", None),
        ("Quarterly", None),
        ("From Dec 2023", None),
        ("Ongoing", None),
        ("TBA", None),
        ("", None),
    ],
)
def test_the_last_day_of_what_is_due_once(text, last):
    assert read_due(text).last_day == last


def test_a_row_is_overdue_from_the_day_after():
    one = plan({"Due": "March 2024"})
    assert "overdue" not in codes(one, dt.date(2024, 3, 31))
    assert "overdue" in codes(one, dt.date(2024, 4, 1))
    assert "overdue" not in codes(plan({"Due": "March 2024", "Status": "Blue"}), dt.date(2024, 4, 1))


def test_a_scheme_has_closed_only_from_the_end_of_its_month():
    one = plan({"Action": "Move from Bronze to Silver of the Rainbow Badge", "Due": "November 2024"})
    assert "closed-scheme" not in codes(one, dt.date(2024, 2, 28))
    remark = only(one, "closed-scheme", dt.date(2024, 2, 29))
    assert remark.do == "withdraw the action or replace it"
    assert "closed in February 2024" in remark.what


def test_a_row_that_only_names_a_closed_scheme_among_others_is_left_alone():
    assert codes(plan({"Metrics": "WRES; Rainbow badge"}), dt.date(2024, 3, 31)) == []


# --- coverage and wording -----------------------------------------------------------------------------------------


def test_an_action_that_names_nothing_serves_no_criterion():
    assert codes(plan({"Metrics": ""})) == ["serves-no-criterion"]


def test_criteria_that_only_overdue_actions_serve():
    late = {"Due": "May 2023", "Metrics": "WRES 3", "Action": "Review cases"}
    assert "only-overdue" in codes(plan(late, {}))
    assert "only-overdue" not in codes(plan(late, {"Metrics": "WRES 3", "Action": "Review cases"}))


def test_nine_stated_and_eight_named():
    row = {"Action": "Do one of nine activities: " + "; ".join("abcdefgh")}
    assert only(plan(row), "other-number-named").what.endswith("9 are stated and 8 named")
    assert codes(plan({"Action": "Do one of eight activities: " + "; ".join("abcdefgh")})) == []


def test_an_item_graded_although_it_is_to_be_removed():
    assert "graded-for-removal" in codes(plan({"Update": "To be removed next year", "Status": "Amber"}))
    assert "graded-for-removal" not in codes(plan({"Update": "To be removed next year", "Status": "Withdrawn"}))


def test_spellings_of_an_abbreviation_are_told_only_when_asked_for():
    one = plan({"Action": "Write EHIIRAs", "Update": "an EHHIRA and an EHIIIRA"})
    assert codes(one) == []
    assert only(one, "abbreviation-variants", on=["abbreviation-variants"]).what == "spelled EHIIRA, EHHIRA, EHIIIRA"
    assert codes(plan({"Action": "Ask ACTAS and BRAVO"}), on=["abbreviation-variants"]) == []


# --- statuses and codes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Blue", PlanStatus.COMPLETE),
        ("GREEN", PlanStatus.ON_TRACK),
        ("Amber - some risk", PlanStatus.AT_RISK),
        ("red", PlanStatus.OFF_TRACK),
        ("Not started", PlanStatus.NOT_STARTED),
        ("in-progress", PlanStatus.IN_PROGRESS),
        ("Excelling", None),
        ("reduced", None),
        ("", None),
    ],
)
def test_a_status_is_read_from_colours_and_words(text, status):
    assert read_status(text, RULES.statuses) is status


def test_a_map_gives_a_colour_its_own_meaning():
    one = plan({"Status": "Blue"}, status={"Blue": "not started"})
    assert one.lines[0].status is PlanStatus.NOT_STARTED


def test_codes_and_families_are_switched_off_and_on_by_name():
    one = plan({"Lead": "", "Metrics": ""})
    assert codes(one) == ["serves-no-criterion", "no-lead"]
    assert codes(one, off=["no-lead"]) == ["serves-no-criterion"]
    assert codes(one, off=["coverage", "measurability"]) == []
    with pytest.raises(ValueError, match=r"there is no code 'no-leed' \(did you mean 'no-lead'\?\)"):
        switched_on(off=["no-leed"])


def test_every_code_says_why_it_matters_and_what_to_do():
    for code in CODES.values():
        assert code.family in FAMILIES
        assert code.title
        assert code.why
        assert code.do


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(list(WHOLE)), CELLS), min_size=1, max_size=4))
def test_checks_never_raise_whatever_a_plan_says(rows):
    for remark in remarks(plan(*[{**row, "Action": row.get("Action", "").strip() or "Do"} for row in rows])):
        assert remark.what
