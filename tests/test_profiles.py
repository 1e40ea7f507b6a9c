"""Profiles: local confirmations and choices, by name and date."""

from __future__ import annotations

import datetime as dt

import pytest

from equityrules import InvalidInputError, assess, load_frameworks, read_rows
from equityrules.loading.profiles import Confirmation, Profile, Setting
from equityrules.model.basis import Basis

DAY = dt.date(2024, 1, 10)
SERVICES = {"Maternity": "Excelling", "Stroke": "Undeveloped"}


def confirmed(about: str) -> Profile:
    return Profile("ours", confirm=(Confirmation(about, "A. Person", DAY, "the official guidance"),))


def chosen(what: str, value: str) -> Profile:
    return Profile("ours", set=(Setting(what, value, "agreed", "A. Person", DAY),))


def bases(profile: Profile) -> dict[str, Basis]:
    criterion = load_frameworks(profile=profile)["eds@2022"].criterion("2D")
    return {requirement.id: requirement.basis for requirement in criterion.requirements}


@pytest.mark.parametrize(
    ("about", "number"), [("eds/2D.local-care/achieving", 1), ("eds/2D.local-care", 3), ("eds/2D.exit-interviews", 1)]
)
def test_a_step_a_ladder_or_a_requirement_is_confirmed(about, number):
    found = [name for name, basis in bases(confirmed(about)).items() if basis is Basis.CONFIRMED_LOCALLY]
    assert len(found) == number


def test_a_whole_criterion_is_confirmed():
    assert set(bases(confirmed("eds/2D")).values()) == {Basis.CONFIRMED_LOCALLY}


def test_a_confirmed_requirement_is_judged_where_unverified_ones_are_left_out():
    frameworks = load_frameworks(profile=confirmed("eds/2B.zero-tolerance"))
    row = {"organisation": "A", "period": "2023/24", "item": "practice.zero_tolerance_policy", "value": "in place"}
    [trust] = read_rows([row], frameworks)
    result = assess(frameworks["eds"], trust, basis=Basis.CONFIRMED_LOCALLY)
    outcomes = {finding.requirement: finding.outcome for _, finding in result.findings()}
    assert outcomes["2B.zero-tolerance"] == "met"
    assert outcomes["2B.victims-supported"] == "unknown"
    assert result.receipt.profile == "ours"


@pytest.mark.parametrize(("value", "points"), [("lower", 0), ("upper", 12), ("mean", 6)])
def test_a_profile_chooses_the_middle_of_an_even_number_of_services(value, points):
    frameworks = load_frameworks(profile=chosen("eds/services/even", value))
    rows = [
        {"organisation": "A", "period": "2023/24", "item": f"eds/{name}", "value": grade, "service": service}
        for name in ("1A", "1B", "1C", "1D")
        for service, grade in SERVICES.items()
    ]
    [trust] = read_rows(rows, frameworks)
    assert assess(frameworks["eds"], trust).groups[0].points == points


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (confirmed("eds/2D.locl-care"), "did you mean 'eds/2D.local-care'?"),
        (confirmed("ebs/2D"), "there is no requirement 'ebs/2D'"),
        (chosen("eds/servces", "median-per-criterion"), "did you mean 'eds/services'?"),
        (chosen("eds/parameter/margin", "3"), "there is no setting 'eds/parameter/margin'"),
        (chosen("eds/services", "median"), "unknown kind 'median'"),
        (chosen("eds/services/even", "middle"), "write lower, upper or mean"),
        (chosen("eds/groups", "modus"), "unknown kind 'modus'"),
    ],
)
def test_a_profile_that_names_nothing_is_refused(profile, words):
    with pytest.raises(InvalidInputError) as caught:
        load_frameworks(profile=profile)
    assert words in str(caught.value)
