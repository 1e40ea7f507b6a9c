"""What the reporting service would refuse or flag, as remarks of the bundled plugin `pay_gaps`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equityrules import assess, load_frameworks, read_rows

FRAMEWORKS = load_frameworks()
ROOT = Path(__file__).parent.parent
MEAN, BONUS, OTHER_BONUS = "pay_gap_mean_hourly_sex", "pay_gap_mean_bonus_sex", "pay_gap_median_bonus_sex"


def figure(measure: str, value: str, **where: str) -> dict:
    return {"kind": "figure", "item": measure, "value": value, **where}


def received(men: str, women: str) -> list[dict]:
    return [figure("bonus_received", men, sex="men"), figure("bonus_received", women, sex="women")]


def quarter(men: str, women: str) -> list[dict]:
    name = "upper_middle"
    return [figure("pay_quarter_men", men, pay_quarter=name), figure("pay_quarter_women", women, pay_quarter=name)]


def remarks(*given: dict, framework: str = "pay-gaps@2017") -> dict[str, object]:
    """Return the plugin's remarks by code."""
    header = {"organisation": "Example NHS Trust", "period": "2024/25"}
    [trust] = read_rows([{**header, **one} for one in given], frameworks=FRAMEWORKS)
    found = assess(FRAMEWORKS[framework], trust, "2024/25").remarks
    return {one.code: one for one in found if one.code.startswith("pay-gap-")}


@pytest.mark.parametrize(("value", "refused"), [("100.0", False), ("100.1", True), ("-350.0", False)])
def test_a_gap_is_at_most_a_hundred_and_has_no_lower_limit(value, refused):
    assert ("pay-gap-above-hundred" in remarks(figure(MEAN, value))) is refused


def test_a_gap_above_a_hundred_names_the_gap_and_what_to_check():
    remark = remarks(figure(BONUS, "120.5"), figure(OTHER_BONUS, "10.0"), *received("5.0", "4.0"))[
        "pay-gap-above-hundred"
    ]
    assert remark.where == "3"
    assert "Mean gender pay gap in bonus pay is 120.5" in remark.message
    assert "check which group is the reference" in remark.effect


@pytest.mark.parametrize(("men", "women", "refused"), [("60.0", "40.0", False), ("60.0", "40.1", True)])
def test_a_quarter_makes_exactly_a_hundred(men, women, refused):
    found = remarks(*quarter(men, women))
    assert ("pay-gap-quarter-total" in found) is refused
    if refused:
        assert "Upper middle quarter: 60.0% men and 40.1% women make 100.1" in found["pay-gap-quarter-total"].message


@pytest.mark.parametrize(("value", "refused"), [("0.0", False), ("100.0", False), ("-0.1", True), ("100.1", True)])
def test_a_share_is_from_nought_to_a_hundred(value, refused):
    assert ("pay-gap-share-range" in remarks(figure("bonus_received", value, sex="women"))) is refused


def test_without_a_bonus_for_men_a_bonus_gap_is_refused():
    assert remarks(*received("0.0", "2.0"), figure(BONUS, "10.0")).keys() == {"pay-gap-bonus-without-men"}


def test_without_a_bonus_for_men_and_without_a_bonus_gap_all_is_well():
    assert not remarks(*received("0.0", "2.0"))


def test_with_a_bonus_for_men_both_bonus_gaps_are_asked_for():
    remark = remarks(*received("3.0", "2.0"), figure(BONUS, "10.0"))["pay-gap-bonus-missing"]
    assert (remark.where, "Median gender pay gap in bonus pay is not given" in remark.message) == ("4", True)


@pytest.mark.parametrize(("value", "flagged"), [("100.0", False), ("80.0", True)])
def test_with_a_bonus_for_men_alone_the_bonus_gap_is_a_hundred(value, flagged):
    found = remarks(*received("3.0", "0.0"), figure(BONUS, value), figure(OTHER_BONUS, "100.0"))
    assert ("pay-gap-bonus-not-hundred" in found) is flagged


def test_all_figures_with_more_than_one_decimal_are_told_together():
    remark = remarks(figure(MEAN, "6.14"), *quarter("60.25", "39.75"))["pay-gap-decimals"]
    assert remark.where == "1, 6"
    assert "pay_gap_mean_hourly_sex 6.14, pay_quarter_men[pay_quarter=upper_middle] 60.25" in remark.message


def test_a_gap_by_ethnicity_is_not_entered_in_the_service():
    assert not remarks(figure("pay_gap_mean_hourly_ethnicity", "6.14"))


def test_figures_as_the_service_takes_them_need_no_remark():
    given = [figure(MEAN, "6.1"), figure(BONUS, "-3.2"), figure(OTHER_BONUS, "0.0")]
    assert not remarks(*given, *received("4.0", "3.9"), *quarter("55.5", "44.5"))


def test_other_frameworks_get_no_remark_of_this_plugin():
    assert not remarks(figure(MEAN, "106.14"), framework="wres")


def test_every_code_is_documented():
    page = (ROOT / "docs" / "judging.md").read_text(encoding="utf-8")
    source = (ROOT / "plugins/equityrules-pay-gaps/src/equityrules_pay_gaps/remarks.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'"(pay-gap-[a-z-]+)", Severity', source))
    assert len(codes) == 7
    assert not [code for code in codes if f"| `{code}` |" not in page]
