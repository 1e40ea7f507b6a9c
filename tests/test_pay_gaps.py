"""Pay gaps: the measure, its range and its size, what the framework makes of them, and the GLA's printed figures."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from equityrules import assess, load_frameworks, read_evidence, read_rows
from equityrules.measures.relative_gaps import RelativeGap, relative_gap
from equityrules.model.evidence import Figure
from equityrules.model.finding import GapKind, Observation, Outcome, Reason
from equityrules.model.period import parse_period
from equityrules.model.result import Assessment, CriterionResult
from equityrules.model.snapshot import take_snapshot

FRAMEWORKS = load_frameworks()
PAY_GAPS = FRAMEWORKS["pay-gaps"]
GLA = Path(__file__).parent.parent / "examples" / "gla-pay-gap-2017.toml"
MEDIAN, MEAN = "pay_gap_median_hourly_sex", "pay_gap_mean_hourly_sex"
BONUS = "pay_gap_mean_bonus_sex"
OF_DISABILITY = "pay_gap_mean_hourly_disability"
pounds = st.decimals(min_value=1, max_value=500, places=2, allow_nan=False, allow_infinity=False)


def body(*rows: dict, period: str = "2024/25"):
    header = {"organisation": "Example NHS Trust", "period": period}
    [trust] = read_rows([{**header, **one} for one in rows], frameworks=FRAMEWORKS)
    return trust


def pay(first: str, second: str, item: str = "pay.hourly_median", groups: str = "men women", **others: str):
    """Return the amounts of the reference and of the comparator."""
    by = {"men women": "sex", "white bme": "ethnicity", "non_disabled disabled": "disability"}[groups]
    names = groups.split()
    both = zip(names, (first, second), strict=True)
    return [{"item": item, by: name, "value": value, **others} for name, value in both]


def people(first: int, second: int, item: str = "pay.full_pay_people", groups: str = "men women"):
    return pay(str(first), str(second), item, groups)


def figure(value: str, measure: str = MEDIAN, **others: str) -> dict:
    return {"kind": "figure", "item": measure, "value": value, **others}


def observed(*rows: dict, measure: str = MEDIAN, period: str = "2024/25") -> Observation:
    snapshot = take_snapshot(body(*rows, period=period), PAY_GAPS.vocabulary, parse_period(period))
    return PAY_GAPS.measures[measure].observe(snapshot, ())


def assessed(*rows: dict, period: str = "2024/25") -> Assessment:
    return assess(PAY_GAPS, body(*rows, period=period), period)


def criterion(found: Assessment, name: str) -> CriterionResult:
    return next(one for one in found.criteria if one.id == name)


# --- the formula and its range -----------------------------------------------------------------------------------


def test_a_gap_is_in_percent_of_the_references_pay():
    assert relative_gap(Fraction(20), Fraction(15)) == 25


def test_a_gap_is_below_nought_where_the_comparator_is_paid_more():
    seen = observed(*pay("15.00", "20.00"))
    assert (round(seen.value, 2), seen.leaning) == (Fraction("-33.33"), "worse for men")


def test_equal_pay_leans_to_nobody():
    seen = observed(*pay("15.00", "15.00"))
    assert (seen.value, seen.leaning, seen.parity) == (0, "", 0)


@pytest.mark.parametrize("reference", [Fraction(0), Fraction(-1)])
def test_there_is_no_gap_from_nothing(reference):
    assert relative_gap(reference, Fraction(10)) is None


def test_a_reference_that_is_printed_as_nought_makes_no_gap():
    seen = observed(*pay("0", "5", "pay.bonus_mean"), measure=BONUS)
    assert (seen.value, seen.reason) == (None, Reason.NOT_COMPUTABLE)


@given(pounds, pounds)
def test_the_range_holds_every_gap_that_the_printed_pay_may_stand_for(men, women):
    seen = observed(*pay(str(men), str(women)))
    half = Fraction(5, 1000)
    corners = [
        relative_gap(Fraction(men) + one, Fraction(women) + other) for one in (-half, half) for other in (-half, half)
    ]
    assert (seen.low, seen.high) == (min(corners), max(corners))
    assert seen.low < seen.value < seen.high


def test_pay_that_was_worked_out_to_many_decimals_has_no_range():
    seen = observed(*pay("20.0000000000", "19.0000000000"))
    assert (seen.value, seen.low, seen.high) == (5, None, None)


@given(pounds, pounds)
def test_no_gap_is_above_a_hundred(men, women):
    assert relative_gap(Fraction(men), Fraction(women)) < 100


def test_a_snapshot_of_everybody_has_no_interval():
    assert observed(*pay("20.00", "19.00")).interval is None


def test_pay_of_two_years_makes_no_gap():
    rows = [pay("20.00", "19.00")[0], pay("20.00", "19.00", period="2023/24")[1]]
    assert observed(*rows).reason is Reason.DATES_DIFFER


def test_one_group_alone_makes_no_gap():
    assert observed(pay("20.00", "19.00")[0]).reason is Reason.NOT_EVIDENCED


# --- other ways to give it ---------------------------------------------------------------------------------------


def test_ninety_three_pence_in_the_pound_is_a_gap_of_seven():
    seen = observed({"item": "pay.hourly_median_per_100", "sex": "women", "value": "93"})
    assert (seen.value, seen.low, seen.high) == (7, Fraction("6.5"), Fraction("7.5"))


def test_a_printed_gap_stands_in_where_no_pay_is_given():
    seen = observed(figure("7.4"))
    assert (seen.value, seen.low, seen.high) == (Fraction("7.4"), Fraction("7.35"), Fraction("7.45"))


def test_pay_comes_before_a_printed_gap():
    assert observed(*pay("20.00", "19.00"), figure("7.4")).value == 5


@pytest.mark.parametrize(
    ("printed", "cause"),
    [
        ("-6.1", "it looks as if its sign is turned"),
        ("6.5", "it looks divided by what women are paid"),
        ("-6.5", "it looks turned over: what women are paid is taken as the reference"),
        ("93.9", "it looks like pence in the pound"),
    ],
)
def test_the_likely_slip_behind_a_gap_that_does_not_fit_is_named(printed, cause):
    found = assessed(*pay("23.93", "22.46"), figure(printed)).remarks
    [remark] = [one for one in found if one.code == "figure-differs"]
    assert cause in remark.message


def test_a_gap_that_fits_no_slip_is_given_no_cause():
    found = assessed(*pay("23.93", "22.46"), figure("20.0")).remarks
    [remark] = [one for one in found if one.code == "figure-differs"]
    assert remark.message.endswith("the evidence gives 6.1%")


# --- few people, nobody ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("disabled", "reason"), [(9, Reason.TOO_FEW), (10, None)])
def test_fewer_than_ten_disabled_people_are_not_judged(disabled, reason):
    groups = "non_disabled disabled"
    rows = [*pay("20.00", "18.00", "pay.hourly_mean", groups), *people(400, disabled, groups=groups)]
    seen = observed(*rows, measure=OF_DISABILITY)
    assert (seen.reason, seen.value is None) == (reason, reason is not None)


@pytest.mark.parametrize(("women", "shown"), [(9, 0), (10, 2)])
def test_the_pay_of_fewer_than_ten_people_is_not_shown_beside_the_gap(women, shown):
    seen = observed(*pay("20.00", "18.00"), *people(300, women))
    assert (seen.value, len(seen.rates)) == (10, shown)


def test_nobody_in_a_group_makes_no_gap():
    assert observed(*pay("20.00", "18.00"), *people(300, 0)).reason is Reason.NO_EVENTS


def test_without_a_bonus_for_any_man_there_is_no_bonus_gap():
    rows = [*people(0, 5, "pay.bonus_received"), *pay("100", "90", "pay.bonus_mean")]
    assert observed(*rows, measure=BONUS).reason is Reason.NO_EVENTS


def test_without_a_bonus_for_any_woman_the_bonus_gap_is_a_hundred():
    rows = [*people(5, 0, "pay.bonus_received"), pay("100", "0", "pay.bonus_mean")[0]]
    seen = observed(*rows, measure=BONUS)
    assert (seen.value, seen.low, seen.high) == (100, None, None)


# --- not yet measurable ------------------------------------------------------------------------------------------

NOT_YET = {"item": "pay.disability_gap_measurable", "value": "not in place", "note": "no report in the staff record"}


def test_a_gap_that_is_stated_as_not_yet_measurable_is_unknown_for_that_reason():
    found = criterion(assessed(NOT_YET), "D1")
    assert {(one.outcome, one.reason) for one in found.findings} == {(Outcome.UNKNOWN, Reason.NOT_MEASURABLE)}
    assert {gap.kind for gap in found.gaps} == {GapKind.NOT_MEASURABLE}
    assert found.findings[0].observations[0].note == "no report in the staff record"
    assert found.held is None


def test_a_gap_that_is_given_after_all_is_measurable():
    groups = "non_disabled disabled"
    seen = observed(NOT_YET, *pay("20.00", "18.00", "pay.hourly_mean", groups), measure=OF_DISABILITY)
    assert (seen.value, seen.reason) == (10, None)


def test_a_gap_that_is_said_to_be_measurable_and_not_given_is_not_evidenced():
    seen = observed({**NOT_YET, "value": "in place"}, measure=OF_DISABILITY)
    assert seen.reason is Reason.NOT_EVIDENCED


def test_the_gender_gap_has_no_such_answer():
    assert PAY_GAPS.measures[MEDIAN].measurable == ""


# --- narrowing ---------------------------------------------------------------------------------------------------


def narrowing(before: str, now: str):
    found = assessed(figure(before, period="2023/24"), figure(now))
    return next(one for one in criterion(found, "2").findings if one.requirement == "2.narrowing")


@pytest.mark.parametrize(
    ("before", "now", "outcome"),
    [
        ("11.8", "11.4", Outcome.MET),
        ("11.4", "11.8", Outcome.UNMET),
        ("3.0", "-2.0", Outcome.MET),
        ("2.0", "-3.0", Outcome.UNMET),
        ("-3.0", "-5.0", Outcome.UNMET),
        ("5.1", "5.1", Outcome.UNKNOWN),
        ("2.0", "0.0", Outcome.MET),
        ("0.0", "0.0", Outcome.MET),
    ],
)
def test_a_gap_narrows_in_size_whichever_way_it_lies(before, now, outcome):
    assert narrowing(before, now).outcome is outcome


@given(st.decimals(-50, 50, places=1), st.decimals(-50, 50, places=1))
def test_turning_both_signs_changes_nothing_about_narrowing(before, now):
    assert narrowing(str(before), str(now)).outcome is narrowing(str(-before), str(-now)).outcome


def test_a_gap_that_widened_says_by_how_much_and_that_no_lever_is_offered():
    [gap] = criterion(assessed(figure("11.4", period="2023/24"), figure("11.8")), "2").gaps
    assert (gap.kind, gap.shortfall, gap.unit, gap.levers) == (GapKind.SHORTFALL, Fraction("0.4"), "points", ())
    assert "no lever is offered: a gap moves with who is appointed" in gap.because


def test_a_missing_year_is_missing_evidence_and_not_a_matter_of_levers():
    [gap] = criterion(assessed(figure("11.8")), "2").gaps
    assert gap.kind is GapKind.MISSING_EVIDENCE
    assert "no lever" not in gap.because


def test_every_rule_is_marked_as_our_own():
    assert {one.basis for each in PAY_GAPS.criteria for one in each.requirements} == {"project"}


# --- the Greater London Authority, 2017 --------------------------------------------------------------------------


def gla() -> tuple[dict[str, Observation], dict[str, Decimal]]:
    """Return what the printed pay comes to, without the printed gaps, and the printed gaps, by measure."""
    [evidence] = read_evidence(GLA, frameworks=FRAMEWORKS)
    printed = {one.measure: one.value for one in evidence.entries if isinstance(one, Figure) and not one.cell}
    without = evolve(evidence, entries=tuple(one for one in evidence.entries if not isinstance(one, Figure)))
    snapshot = take_snapshot(without, PAY_GAPS.vocabulary, parse_period("2016/17"))
    return {name: PAY_GAPS.measures[name].observe(snapshot, ()) for name in printed}, printed


@pytest.mark.parametrize("measure", [MEDIAN, MEAN, "pay_women_share"])
def test_the_glas_hourly_gaps_and_share_of_women_come_out_as_printed(measure):
    seen, printed = gla()
    assert round(seen[measure].value, 2) == Fraction(printed[measure])


@pytest.mark.parametrize(("measure", "ours"), [("pay_gap_median_bonus_sex", "3.25"), (BONUS, "4.90")])
def test_the_glas_bonus_gaps_differ_by_a_hundredth_that_its_rounding_allows(measure, ours):
    seen, printed = gla()
    assert round(seen[measure].value, 2) == Fraction(ours)
    assert abs(Fraction(ours) - Fraction(printed[measure])) == Fraction("0.01")
    assert seen[measure].low <= Fraction(printed[measure]) < seen[measure].high


def test_nothing_printed_by_the_gla_differs_from_its_pay():
    [evidence] = read_evidence(GLA, frameworks=FRAMEWORKS)
    found = assess(PAY_GAPS, evidence, "2016/17")
    codes = [one.code for one in found.remarks]
    assert "figure-differs" not in codes
    assert codes.count("figure-reproduced") == 3
    assert {name: criterion(found, name).held.id for name in "12345"} == dict.fromkeys("12345", "reported")


def test_the_measure_takes_its_two_groups_in_order():
    turned = evolve(PAY_GAPS.measures[MEDIAN], between=("women", "men"))
    assert isinstance(turned, RelativeGap)
    snapshot = take_snapshot(body(*pay("20.00", "15.00")), PAY_GAPS.vocabulary, parse_period("2024/25"))
    assert round(turned.observe(snapshot, ()).value, 2) == Fraction("-33.33")


def test_what_a_gap_can_do_without_is_not_asked_for():
    from equityrules.reading import cells_missing

    snapshot = take_snapshot(body(*pay("20.00", "19.00")), PAY_GAPS.vocabulary, parse_period("2024/25"))
    missing = cells_missing([PAY_GAPS], snapshot)
    assert "pay.hourly_median_per_100" not in missing
    assert (("sex", "men"),) not in missing.get("pay.hourly_median", [])
    assert (("sex", "men"),) in missing["pay.hourly_mean"]
