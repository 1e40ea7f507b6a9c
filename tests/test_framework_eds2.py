"""EDS2: what older plans name resolves, what nobody confirmed is not there, and it judges nothing itself."""

from __future__ import annotations

import pytest
from engine_builders import criterion_of
from evidence_builders import refused

from equityrules import load_frameworks, read_rows
from equityrules.assessment import assess
from equityrules.model.basis import Basis

FRAMEWORKS = load_frameworks()
EDS2 = FRAMEWORKS["eds2@2013"]


def rated(about: str, grade: str):
    """Return EDS2 applied to one rating of 2020/21."""
    row = {"organisation": "Anytown CCGs", "period": "2020/21", "kind": "rating", "item": about, "value": grade}
    [body] = read_rows([row], FRAMEWORKS)
    return assess(EDS2, body)


def test_it_is_superseded_and_its_four_goals_are_named():
    assert EDS2.status == "superseded"
    assert [group.title for group in EDS2.groups] == [
        "Better health outcomes",
        "Improved patient access and experience",
        "A representative and supported workforce",
        "Inclusive leadership",
    ]


def test_only_outcomes_that_a_source_names_are_there_and_the_recalled_one_is_marked():
    assert EDS2.ids() == ("1.2", "1.4", "2.1", "2.3", "3.4", "4.2")
    assert [one.id for one in EDS2.criteria if one.basis is Basis.UNVERIFIED] == ["3.4"]
    assert all("wording not read" in one.title for one in EDS2.criteria)


def test_it_asks_for_nothing():
    assert not any(one.requirements for one in EDS2.criteria)


@pytest.mark.parametrize("word", ["Undeveloped", "Underdeveloped", "Red", "red"])
def test_grades_are_read_by_name_old_spelling_and_colour(word):
    assert criterion_of(rated("eds2/3.4", word), "3.4").held.id == "undeveloped"


def test_a_goal_can_be_graded_as_older_plans_do():
    [goal] = [one for one in rated("eds2/goal-3", "Achieving").groups if one.id == "3"]
    assert goal.held.id == "achieving"


@pytest.mark.parametrize("about", ["eds2/3.1", "eds2/1.1", "eds2/goal-5"])
def test_what_nobody_confirmed_is_refused_with_what_there_is(about):
    with refused("eds2@2013 has no"):
        rated(about, "Achieving")


def test_an_action_of_an_older_plan_may_name_a_goal_and_an_outcome():
    row = {
        "organisation": "Anytown CCGs", "period": "2020/21", "kind": "action", "item": "eds2/goal-4",
        "value": "Board papers carry an impact assessment",
    }  # fmt: skip
    [body] = read_rows([row, {**row, "item": "eds2/4.2"}], FRAMEWORKS)
    assert [one.about for one in body.actions] == [("eds2/goal-4",), ("eds2/4.2",)]
    assert len(assess(EDS2, body).actions) == 2
