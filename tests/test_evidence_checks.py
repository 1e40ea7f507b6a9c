"""What a reader should know of the evidence: who did not say, what was mended, what is not to be compared."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from engine_builders import (
    ACHIEVING,
    DEVELOPING,
    assessed,
    codes,
    criterion,
    figure,
    requirement,
    statement,
)
from measure_builders import (
    APPOINTED,
    aim,
    answers,
    band,
    jobs,
    people,
    staff_framework,
)

from equityrules.conditions import Reported
from equityrules.model.finding import Outcome
from equityrules.model.result import Severity

PARITY = ("0.8", "1.25")
MADE = staff_framework(
    criterion(
        "2A",
        requirement("2A.reported", DEVELOPING, Reported(APPOINTED)),
        requirement("2A.parity", ACHIEVING, band(APPOINTED, "within", *PARITY)),
    ),
    parameters={"unknown_share": Decimal(20)},
)


def remarks(*given, made=MADE, code=""):
    return [one for one in assessed(made, *given).remarks if code in ("", one.code)]


def remark(code, *given, made=MADE):
    [found] = remarks(*given, made=made, code=code)
    return found


# --- those whose group is not known ------------------------------------------------------------------------------


def staff(unknown, of=1000):
    return people("staff.all", white=of - unknown, bme=0, unknown=unknown)


def test_too_many_of_unknown_group_are_remarked_on():
    found = remark("group-not-known", *staff(201))
    assert (found.severity, found.where) == (Severity.WARNING, "staff.all")
    assert found.message == "staff.all: the ethnic group of 20.1% is not known, more than 20%"
    assert found.effect == "shares and ratios rest on those who are known"


def test_exactly_the_limit_is_not_too_many():
    assert remarks(*staff(200)) == []
    assert remarks(*staff(0)) == []


def test_every_count_that_is_divided_by_group_is_looked_at():
    given = *staff(500), *people("jobs.shortlisted", white=10, bme=10, unknown=80)
    assert [one.where for one in remarks(*given, code="group-not-known")] == ["jobs.shortlisted", "staff.all"]


def test_without_a_limit_nobody_is_remarked_on():
    assert remarks(*staff(900), made=evolve(MADE, parameters={})) == []


def test_where_the_unknown_are_not_counted_nothing_is_remarked():
    assert remarks(*people("staff.all", white=100, bme=100)) == []


def test_last_years_unknown_are_no_remark_of_this_year():
    assert remarks(*people("staff.all", "2020/21", white=100, bme=100, unknown=900)) == []


# --- what was mended ---------------------------------------------------------------------------------------------


def test_what_was_mended_in_reading_is_said():
    [level] = answers(bme=(30, 100))
    found = remark("mended", evolve(level, mended="printed as '6.5%'", place="plan.toml  survey 1"))
    assert (found.severity, found.where) == (Severity.WARNING, "plan.toml  survey 1")
    assert found.message == "survey.harassed: printed as '6.5%'"


def test_a_target_that_was_mended_is_said_too():
    assert remark("mended", evolve(aim("harassed", "7.4"), mended="printed as '7.4%'")).where == "harassed"


def test_what_was_mended_in_another_frameworks_evidence_or_later_is_no_matter():
    [level] = answers(bme=(30, 100))
    mended = evolve(level, mended="printed as '6.5%'")
    assert remarks(mended, made=staff_framework(*MADE.criteria, measures={"appointed": APPOINTED})) == []
    assert remarks(evolve(mended, period=answers("2024/25", bme=(1, 2))[0].period)) == []


# --- what is not comparable --------------------------------------------------------------------------------------


def test_a_statement_that_spoils_a_comparison_is_said_once_and_the_figure_is_judged_all_the_same():
    given = *jobs((25, 100), (20, 100)), statement("jobs.campaign")
    found = remark("not-comparable", *given)
    assert (found.where, found.message) == ("2A", "Text of jobs.campaign")
    assert found.effect == "judged all the same; not comparable with organisations or years without it"
    [*_, parity] = [one for _, one in assessed(MADE, *given).findings()]
    assert parity.outcome is Outcome.MET


def test_without_that_statement_nothing_is_said():
    assert remarks(*jobs((25, 100), (20, 100)), code="not-comparable") == []
    no = statement("jobs.campaign", "not in place")
    assert remarks(*jobs((25, 100), (20, 100)), no, code="not-comparable") == []


# --- targets of one side -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "side"), [("below", "lower"), ("at most", "lower"), ("above", "upper"), ("at least", "upper")]
)
def test_a_target_that_bounds_a_ratio_on_one_side_rewards_passing_parity(direction, side):
    found = remark("target-of-one-side", aim("appointed", "1.00", direction))
    assert (found.severity, found.effect) == (Severity.NOTE, "parity is what is fair to both")
    assert found.message == (
        f"Appointed, white over BME: the target {direction} 1.00 has no {side} bound; "
        "it is met however far the ratio passes 1"
    )


def test_a_target_for_a_share_has_no_parity_to_pass():
    assert remarks(aim("bme_share", "19"), code="target-of-one-side") == []


def test_two_targets_that_bound_a_ratio_on_both_sides_are_not_of_one_side():
    both = aim("appointed", "0.80", "at least"), aim("appointed", "1.25", "at most")
    assert remarks(*both, code="target-of-one-side") == []


# --- printed figures and the likely cause ------------------------------------------------------------------------


def differs(*given):
    return remark("figure-differs", *given).message


def test_a_ratio_that_is_turned_over_is_recognised():
    assert differs(figure("appointed", "0.45"), *jobs((20, 100), (9, 100))) == (
        "appointed: 0.45 is printed, the evidence gives 2.22; it looks turned over: the other group's rate is on top"
    )


def test_a_ratio_of_rates_that_were_rounded_first_is_recognised():
    given = jobs((204, 1000), (91, 1000))
    assert differs(figure("appointed", "2.22"), *given).endswith(
        "; it looks worked out from rates rounded to 0 decimals"
    )
    one = jobs((2044, 10_000), (914, 10_000))
    assert differs(figure("appointed", "2.242"), *one).endswith("; it looks worked out from rates rounded to 1 decimal")


def test_a_gap_of_percentages_that_were_rounded_first_is_recognised():
    given = answers(bme=(304, 1000), white=(206, 1000))
    assert differs(figure("gap", "9.0"), *given).endswith("; it looks worked out from rates rounded to 0 decimals")


def test_a_figure_that_was_cut_off_is_recognised():
    assert differs(figure("appointed", "2.2"), *jobs((228, 1000), (100, 1000))).endswith(
        "; it looks cut off, not rounded"
    )


def test_a_share_without_the_unknown_is_recognised():
    given = people("staff.banded", white=60, bme=20, unknown=20)
    assert differs(figure("bme_share", "25"), *given) == (
        "bme_share: 25% is printed, the evidence gives 20%; it looks worked out without those whose group is not known"
    )


def test_a_share_where_nobodys_group_is_known_has_no_such_cause():
    given = people("staff.banded", white=0, bme=0, unknown=20)
    assert differs(figure("bme_share", "25"), *given).endswith("gives 0%")


def test_without_a_likely_cause_none_is_named():
    assert differs(figure("appointed", "9.87"), *jobs((20, 100), (9, 100))).endswith("the evidence gives 2.22")


@pytest.mark.parametrize(("printed", "how"), [("2.5", "exactly"), ("2.50", "exactly")])
def test_a_ratio_that_the_counts_give_is_said(printed, how):
    found = remark("figure-reproduced", figure("appointed", printed), *jobs((20, 100), (8, 100)))
    assert found.message == f"appointed: the counts give the printed {printed}, {how}"


def test_a_ratio_that_the_counts_give_when_rounded_is_said():
    found = remark("figure-reproduced", figure("appointed", "2.22"), *jobs((20, 100), (9, 100)))
    assert found.message.endswith("2.22, rounded to its last digit")


def test_a_figure_is_held_against_the_counts_of_its_own_way_of_counting():
    given = *people("staff.all", white=1000, bme=500), *people("cases.entered", "2023/24", {"counting": "two_years"},
                                                               white=10.5, bme=4.5)  # fmt: skip
    found = remark("figure-reproduced", figure("entered", "0.86", counting="two_years"), *given)
    assert found.message.startswith("entered[counting=two_years]: the counts give the printed 0.86")


# --- all of them ---------------------------------------------------------------------------------------------------


def test_remarks_come_in_a_fixed_order():
    given = *staff(500), *jobs((20, 100), (9, 100)), statement("jobs.campaign"), figure("appointed", "0.45")
    assert codes(assessed(MADE, *given, aim("appointed", "1.00", "below"))) == [
        "figure-differs",
        "group-not-known",
        "not-comparable",
        "target-of-one-side",
    ]
