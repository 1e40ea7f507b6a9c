"""What became of a plan between two versions."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from plan_builders import codes, only, plan

from equityrules.plans.drift import likeness, match_plans

WORDS = st.text(st.characters(codec="ascii", categories=["L", "Zs"]), min_size=1, max_size=40).filter(str.strip)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_the_drift_of_a_plan_with_itself_is_empty(texts):
    one = plan(*[{"Action": text} for text in texts])
    assert match_plans(one, one).is_empty


def test_what_is_added_and_dropped_is_named():
    before = plan({"Action": "Train interview panels"}, {"Action": "Start a disability network"})
    after = plan({"Action": "Train interview panels"}, {"Ref": "7", "Action": "Buy new chairs"})
    found = codes(after, before=before)
    assert found.count("added") == found.count("dropped") == 1
    assert "Start a disability network" in only(after, "dropped", before=before).what


def test_a_moved_id_is_matched_by_the_likeness_of_the_texts_and_the_score_is_shown():
    before = plan({"Ref": "3", "Action": "Start a network for disabled staff"})
    after = plan({"Ref": "5", "Action": "Start a network for our disabled staff"})
    found = only(after, "reworded", before=plan({"Ref": "5", "Action": "Start a network for disabled staff"}))
    assert Fraction(9, 10) < found.score < 1
    assert not match_plans(before, after).added


def test_the_same_id_over_another_text_is_another_action():
    before, after = plan({"Action": "Train interview panels"}), plan({"Action": "Buy chairs"})
    assert sorted(set(codes(after, before=before))) == ["added", "dropped"]


def test_changes_of_status_and_date_are_told_as_they_are_written():
    before, after = plan({"Status": "Amber"}), plan({"Status": "Blue", "Due": "May 2026"})
    assert only(after, "status-changed", before=before).what == "'Amber' -> 'Blue'"
    assert only(after, "date-changed", before=before).what == "'March 2025' -> 'May 2026'"


def test_a_dropped_action_that_was_done_needs_no_word():
    before = plan({}, {"Action": "Paint the hall", "Status": "Complete"})
    assert only(plan({}), "dropped", before=before).do == "nothing, it was done"


@given(WORDS, WORDS)
def test_likeness_does_not_depend_on_the_order(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1
