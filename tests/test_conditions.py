"""When a condition is met, unmet, unknown or not applicable, and why."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from attrs import evolve
from engine_builders import (
    DONE,
    POLICIES,
    RECOMMEND,
    YEAR,
    all_of,
    attested,
    count,
    figure,
    snapshot,
    some_of,
    statement,
    survey,
    threshold,
)
from hypothesis import given
from hypothesis import strategies as st

from equityrules.conditions import Comparator, SomeOf, compare, kleene_some
from equityrules.model.finding import Outcome, Reason
from equityrules.model.vocabulary import make_cell

MET, UNMET, UNKNOWN, NA = Outcome.MET, Outcome.UNMET, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE


def outcome(condition, *given):
    return condition.check(snapshot(*given)).outcome


def because(condition, *given):
    return condition.because(condition.check(snapshot(*given)))


# --- statements --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "wanted", "reason"),
    [
        ("in place", MET, Reason.SHOWN),
        ("committed", UNMET, Reason.COMMITTED),
        ("not in place", UNMET, Reason.NOT_IN_PLACE),
        ("not applicable", NA, Reason.NOT_APPLICABLE),
    ],
)
def test_only_what_is_in_place_is_met(status, wanted, reason):
    check = attested("a").check(snapshot(statement("a", status)))
    assert (check.outcome, check.reason) == (wanted, reason)


def test_what_nobody_states_is_unknown_and_not_evidenced():
    check = attested("a").check(snapshot())
    assert (check.outcome, check.reason) == (UNKNOWN, Reason.NOT_EVIDENCED)


def test_what_was_stated_too_long_ago_is_unknown_and_stale():
    check = attested("p.yearly").check(snapshot(statement("p.yearly", period="2020/21")))
    assert (check.outcome, check.reason) == (UNKNOWN, Reason.STALE)


def test_a_statement_for_the_whole_speaks_for_each_group():
    assert outcome(attested("p.grouped", sex="women"), statement("p.grouped")) is MET


def test_a_groups_own_statement_comes_before_that_for_the_whole():
    own = statement("p.grouped", "not in place", cell=make_cell({"sex": "women"}))
    assert outcome(attested("p.grouped", sex="women"), statement("p.grouped"), own) is UNMET
    assert outcome(attested("p.grouped", sex="men"), statement("p.grouped"), own) is MET


def test_a_statement_for_one_group_does_not_speak_for_the_whole():
    own = statement("p.grouped", cell=make_cell({"sex": "women"}))
    assert outcome(attested("p.grouped"), own) is UNKNOWN


def test_a_reason_says_what_was_stated_by_whom_and_when():
    given = statement("a", "committed", by="EDI lead")
    assert because(attested("a"), given) == "stated as committed (EDI lead, 2024-03-31)"


def test_what_does_not_apply_says_why():
    assert because(attested("a"), statement("a", "not applicable", note="no such staff")) == (
        "stated as not applicable (2024-03-31): no such staff"
    )
    assert because(attested("a"), statement("a", "not applicable")).endswith("no reason given")


def test_missing_and_stale_statements_name_their_item():
    assert because(attested("a")) == "nothing says whether this is in place (p.a)"
    stale = statement("p.yearly", period="2020/21")
    assert because(attested("p.yearly"), stale) == "what says so is older than it stays fresh (p.yearly)"


def test_a_check_keeps_status_documents_source_and_day():
    given = statement("a", documents=("Policy v4",), source="Pack 2024", by="EDI lead")
    [seen] = attested("a").check(snapshot(given)).observations
    assert (seen.status, seen.documents, seen.source, seen.day) == ("in place", ("Policy v4",), "Pack 2024", YEAR.end)


# --- thresholds, judged exactly ----------------------------------------------------------------------------------


def test_exactly_seventy_percent_is_not_over_seventy():
    assert outcome(threshold(RECOMMEND, "above", 70), survey(140, 200)) is UNMET
    assert outcome(threshold(RECOMMEND, "above", 70), survey(141, 200)) is MET
    assert outcome(threshold(RECOMMEND, "above", 70), survey(139, 200)) is UNMET


def test_exactly_seventy_percent_is_at_least_and_at_most_seventy():
    assert outcome(threshold(RECOMMEND, "at_least", 70), survey(140, 200)) is MET
    assert outcome(threshold(RECOMMEND, "at_most", 70), survey(140, 200)) is MET
    assert outcome(threshold(RECOMMEND, "below", 70), survey(140, 200)) is UNMET


def test_a_difference_too_small_to_print_is_still_a_difference():
    assert outcome(threshold(RECOMMEND, "above", 70), survey(700_001, 1_000_000)) is MET
    assert outcome(threshold(RECOMMEND, "at_least", 70), survey(699_999, 1_000_000)) is UNMET


def test_thirds_are_exact():
    assert outcome(threshold(DONE, "at_least", "100"), count("c.done", 3), count("c.due", 3)) is MET
    third = evolve(threshold(DONE, "above", 33), threshold=Fraction(100, 3))
    assert outcome(third, count("c.done", 1), count("c.due", 3)) is UNMET


@pytest.mark.parametrize(("printed", "wanted"), [("69.9", UNMET), ("70.0", UNKNOWN), ("70", UNKNOWN), ("70.1", MET)])
def test_a_printed_seventy_could_be_on_either_side(printed, wanted):
    for said in (survey(percent=printed), figure("recommend", printed)):
        assert outcome(threshold(RECOMMEND, "above", 70), said) is wanted


@pytest.mark.parametrize(
    ("comparator", "value", "wanted"),
    [
        ("at_least", "1.25", MET),
        ("above", "1.25", UNKNOWN),
        ("below", "1.35", MET),
        ("at_most", "1.35", MET),
        ("at_least", "1.35", UNMET),
        ("at_most", "1.25", UNKNOWN),
        ("below", "1.25", UNMET),
        ("at_least", "1.3", UNKNOWN),
    ],
)
def test_a_printed_one_point_three_starts_at_1_25_and_ends_below_1_35(comparator, value, wanted):
    assert outcome(threshold(RECOMMEND, comparator, value), figure("recommend", "1.3")) is wanted


def test_a_cut_range_says_so():
    check = threshold(RECOMMEND, "above", 70).check(snapshot(survey(percent="70.0")))
    assert check.reason is Reason.RANGE_CUT
    assert because(threshold(RECOMMEND, "above", 70), survey(percent="70.0")) == (
        "70% as printed could be on either side of 70% (above 70% is asked for); give the counts"
    )


ranges = st.tuples(st.integers(0, 12), st.integers(1, 4)).map(lambda pair: (Fraction(pair[0]), Fraction(sum(pair))))


@given(st.sampled_from(Comparator), ranges, st.integers(0, 16).map(Fraction))
def test_a_range_is_judged_as_every_value_in_it_is(comparator, bounds, limit):
    low, high = bounds
    inside = [low + (high - low) * Fraction(step, 100) for step in range(100)] + [limit] * (low <= limit < high)
    said = {compare(comparator, value, value, limit) for value in inside}
    assert compare(comparator, low, high, limit) is (said.pop() if len(said) == 1 else UNKNOWN)


@given(st.sampled_from(Comparator), st.integers(0, 9).map(Fraction), st.integers(0, 9).map(Fraction))
def test_a_known_value_is_never_unknown(comparator, value, limit):
    wanted = {"above": value > limit, "at_least": value >= limit, "at_most": value <= limit, "below": value < limit}
    assert compare(comparator, value, value, limit) is (MET if wanted[comparator] else UNMET)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ((), Reason.NOT_EVIDENCED),
        ((survey(8, 9),), Reason.TOO_FEW),
        ((survey(0, 0),), Reason.NOT_COMPUTABLE),
        ((survey(150, 200, period="2020/21"),), Reason.STALE),
    ],
)
def test_without_a_value_a_threshold_is_unknown_for_a_reason_of_its_own(given, reason):
    check = threshold(RECOMMEND, "above", 70).check(snapshot(*given))
    assert (check.outcome, check.reason) == (UNKNOWN, reason)
    assert because(threshold(RECOMMEND, "above", 70), *given) == (
        f"Staff who recommend it: {reason}; above 70% is asked for"
    )


def test_a_reason_gives_the_counts_behind_a_share():
    assert because(threshold(RECOMMEND, "above", 70), survey(139, 200)) == "69.5% (139 of 200) is not above 70%"
    assert because(threshold(POLICIES, "at_least", 3), count("c.policies", 3)) == "3 policies is at least 3 policies"


# --- Kleene's logic ----------------------------------------------------------------------------------------------


def classic(outcomes, need):
    """All or k of n where everything is known: met, unmet, or not applicable where nothing applies."""
    applying = [one for one in outcomes if one is not NA]
    if not applying:
        return NA
    return MET if applying.count(MET) >= (len(applying) if need is None else need) else UNMET


def completions(outcomes):
    """Every way in which the unknown outcomes could turn out."""
    return product(*((MET, UNMET) if one is UNKNOWN else (one,) for one in outcomes))


def by_completions(said):
    said = set(said)
    return said.pop() if len(said) == 1 else UNKNOWN


@pytest.mark.parametrize("size", range(5))
def test_k_of_n_is_met_if_every_completion_is_and_unmet_if_none_is(size):
    for outcomes in product(Outcome, repeat=size):
        for need in (None, *range(1, size + 1)):
            wanted = by_completions(classic(completed, need) for completed in completions(outcomes))
            assert kleene_some(outcomes, need) is wanted, (outcomes, need)


def test_all_of_nothing_that_applies_does_not_apply():
    assert kleene_some([], None) is NA
    assert kleene_some([NA, NA], 1) is NA


def test_what_does_not_apply_leaves_its_n():
    assert kleene_some([MET, NA], None) is MET
    assert kleene_some([UNMET, NA], None) is UNMET
    assert kleene_some([MET, NA, UNKNOWN], 2) is UNKNOWN


def test_more_than_are_left_cannot_be_met():
    assert kleene_some([MET, NA, NA], 2) is UNMET


leaves = st.sampled_from("abcd").map(attested)
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, min_size=1, max_size=3).flatmap(
        lambda parts: st.sampled_from([None, *range(1, len(parts) + 1)]).map(lambda need: SomeOf(tuple(parts), need))
    ),
    max_leaves=7,
)
STATUS = {MET: "in place", UNMET: "not in place", NA: "not applicable"}


def stated(known):
    return snapshot(*(statement(letter, STATUS[one]) for letter, one in known.items() if one is not UNKNOWN))


@given(trees, st.fixed_dictionaries({letter: st.sampled_from(Outcome) for letter in "abcd"}))
def test_any_tree_of_conditions_is_met_if_every_completion_of_the_unknown_is(tree, known):
    said = [
        tree.check(stated(dict(zip(known, completed, strict=True)))).outcome
        for completed in completions(known.values())
    ]
    assert tree.check(stated(known)).outcome is by_completions(said)


def test_a_composite_gives_the_reason_of_the_part_that_decides():
    check = all_of("a", "b", "c").check(snapshot(statement("a"), statement("c", "committed")))
    assert (check.outcome, check.reason) == (UNMET, Reason.COMMITTED)
    assert len(check.observations) == 3


def test_a_composite_counts_its_parts_and_names_those_that_lack():
    given = (
        statement("a"),
        statement("b", "not in place", note="planned"),
        statement("d", "not applicable", note="no such site"),
    )
    assert because(some_of(2, "a", "b", "c", "d"), *given) == (
        "1 of 3 shown, 2 needed; p.b: not in place; p.c: not evidenced; p.d: stated as not applicable (no such site)"
    )
    assert because(all_of("d"), *given).startswith("none of its parts applies")


def test_a_composite_reads_the_items_of_its_parts_once():
    both = all_of(some_of(1, "a", "b"), attested("a"), threshold(DONE, "above", 5))
    assert both.items == ("p.a", "p.b", "c.done", "c.due")
