"""The real, published assessments in examples/: what the engine makes of them, to the point."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from engine_builders import applied, criterion_of, group_of

from equityrules import assess, load_frameworks, parse_period, read_evidence
from equityrules.grading.awards import leaders
from equityrules.model.basis import Basis
from equityrules.model.finding import GapKind, Outcome
from equityrules.model.result import Severity

EXAMPLES = Path(__file__).parent.parent / "examples"
GRADES = ("undeveloped", "developing", "achieving", "excelling")


@pytest.fixture(scope="module")
def frameworks():
    return load_frameworks()


@pytest.fixture(scope="module")
def eds(frameworks):
    return frameworks["eds@2022"]


def read(name, frameworks):
    [body] = read_evidence(EXAMPLES / name, frameworks=frameworks)
    return body


def held(level):
    return level.held.label if level.held else None


# --- Staffordshire and Stoke-on-Trent, domain 2 by votes ---------------------------------------------------------


@pytest.fixture(scope="module")
def ssot(frameworks, eds):
    return assess(eds, read("ssot-icb-eds-domain2-2022-23.toml", frameworks))


def test_ssot_votes_make_domain_2_achieving_by_plurality(ssot):
    domain = group_of(ssot, "2")
    assert (held(domain), domain.method, domain.basis) == ("Achieving", "plurality", Basis.PROJECT)
    assert (domain.graded_from, domain.because) == ("votes", "44 of 85 votes (51.8%) for Achieving")
    assert Fraction(100 * 44, 85) == Fraction(880, 17)


def test_ssot_votes_do_not_add_up_and_achieving_survives(ssot):
    adding, turnout = ssot.remarks
    assert (adding.code, adding.severity) == ("votes-do-not-add-up", Severity.WARNING)
    assert adding.message == "votes by grade add to 85, 83 stated"
    assert turnout.code == "turnout-differs"
    assert turnout.message == "the turnout of each outcome adds to 83 (20 + 21 + 21 + 21), the votes by grade to 85"
    assert adding.effect == turnout.effect == "Achieving is the same for any removal of 2 votes"


def test_ssot_achieving_is_the_same_whichever_two_votes_are_taken_away(frameworks):
    [votes] = [poll.votes for poll in read("ssot-icb-eds-domain2-2022-23.toml", frameworks).votes if poll.votes]
    assert votes == {"undeveloped": 1, "developing": 26, "achieving": 44, "excelling": 14}
    for two in combinations_with_replacement(GRADES, 2):
        left = {grade: votes[grade] - two.count(grade) for grade in GRADES}
        if min(left.values()) >= 0:
            assert leaders(left) == ["achieving"]


def test_ssot_has_no_overall_rating_and_says_why(ssot):
    overall = ssot.overall
    assert (overall.held, overall.points, overall.points_low, overall.points_attainable) == (None, None, 0, 33)
    assert overall.because == (
        "no settled points for 1, 2, 3: the total lies between 0 (Undeveloped) and 33 (Excelling)"
    )
    [gap] = overall.gaps
    assert gap.kind is GapKind.MISSING_EVIDENCE
    assert gap.because.startswith("no settled rating for 11 outcomes: 1A, 1B")


def test_ssot_domain_word_gives_no_points_and_no_outcome(ssot):
    domain = group_of(ssot, "2")
    assert (domain.points, domain.points_low, domain.points_attainable) == (None, 0, 12)
    outcomes = [one for one in ssot.criteria if one.group == "2"]
    assert [(one.held, one.graded_from) for one in outcomes] == [(None, None)] * 4
    assert {finding.outcome for one in outcomes for finding in one.findings} == {Outcome.UNKNOWN}


def test_ssot_actions_are_kept_beside_their_outcomes(ssot):
    assert [one.about for one in ssot.actions] == [
        ("eds/2A",), ("eds/2B",), ("eds/2B",), ("eds/2C",), ("eds/2D",),
    ]  # fmt: skip
    assert ssot.period == parse_period("2022-07 to 2023-02")


# --- Leeds, a whole assessment -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def leeds(frameworks, eds):
    return assess(eds, read("leeds-eds-2023-24.toml", frameworks))


def test_leeds_domains_have_8_and_7_and_a_stated_6_points(leeds):
    assert [one.points for one in leeds.groups] == [8, 7, 6]
    assert [one.graded_from for one in leeds.groups] == ["criteria", "criteria", "rating"]
    assert [held(one) for one in leeds.groups] == ["Achieving", "Achieving", None]


def test_leeds_domain_3_outcomes_are_not_known(leeds):
    assert [(one.held, one.points) for one in leeds.criteria if one.group == "3"] == [(None, None)] * 3


def test_leeds_is_developing_with_21_points_one_short_of_achieving(leeds):
    assert (held(leeds.overall), leeds.overall.points, leeds.overall.basis) == ("Developing", 21, Basis.PUBLISHED)
    assert leeds.overall.because == "21 points; Developing is 8 to 21"
    [gap] = leeds.overall.gaps
    assert (gap.shortfall, gap.unit, gap.leads_to.label) == (1, "points", "Achieving")


def test_leeds_single_lifts_come_cheapest_first(leeds):
    [gap] = leeds.overall.gaps
    assert [lever.text for lever in gap.levers] == [
        "2D from Developing to Achieving",
        *(f"{name} from Achieving to Excelling" for name in ("1A", "1B", "1C", "1D", "2A", "2B", "2C")),
        "one of 3A, 3B, 3C by 1 (only their total, 6, is known)",
    ]
    assert [str(edit) for edit in gap.levers[0].edits] == ["eds/2D=achieving"]
    assert [str(edit) for edit in gap.levers[-1].edits] == ["eds/domain-3=7"]


def test_leeds_every_single_lift_makes_it_achieving(leeds, frameworks, eds):
    body = read("leeds-eds-2023-24.toml", frameworks)
    for lever in leeds.overall.gaps[0].levers:
        after = assess(eds, applied(body, lever.edits, parse_period("2023/24"), "eds")).overall
        assert (after.points, held(after)) == (22, "Achieving")


def test_leeds_has_no_remarks(leeds):
    assert leeds.remarks == ()


# --- South Yorkshire, domain 3 by words --------------------------------------------------------------------------


def test_south_yorkshire_domain_3_is_developing_by_mode_median_and_mean(frameworks, eds):
    result = assess(eds, read("south-yorkshire-icb-eds-domain3.toml", frameworks))
    domain = group_of(result, "3")
    assert [one.points for one in result.criteria if one.group == "3"] == [1, 1, 2]
    assert (domain.points, held(domain), domain.basis) == (4, "Developing", Basis.PROJECT)
    assert domain.alternatives == {"mode": "Developing", "median": "Developing", "mean": "Developing"}
    assert sum(eds.criterion(name).scale.highest.points for name in ("3A", "3B", "3C")) == 9
    assert (result.overall.held, result.overall.points_low, result.overall.points_attainable) == (None, 4, 28)


# --- Rotherham Doncaster and South Humber, domain 1 as an average ------------------------------------------------


def test_rdash_seven_and_a_half_is_taken_as_stated_and_not_rounded(frameworks, eds):
    result = assess(eds, read("rdash-eds-domain1-2022.toml", frameworks))
    domain = group_of(result, "1")
    assert (domain.points, domain.held, domain.graded_from) == (Fraction(15, 2), None, "rating")
    assert (result.overall.points_low, result.overall.points_attainable) == (Fraction(15, 2), Fraction(57, 2))
    assert result.overall.held is None
    [remark] = result.remarks
    assert remark.code == "points-not-whole"
    assert remark.message == "7.5 cannot be a sum of whole scores; it is probably an average"
    assert remark.effect == "taken as stated, not rounded; totals between two bands have no rating"


# --- the framework's own numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "wanted"),
    [
        ("0", "Undeveloped"), ("7", "Undeveloped"), ("7.5", "Undeveloped"), ("8", "Developing"), ("21", "Developing"),
        ("21.5", None), ("22", "Achieving"), ("32", "Achieving"), ("32.5", None), ("33", "Excelling"),
    ],
)  # fmt: skip
def test_eds_bands_are_those_of_the_template(points, wanted, eds):
    band = eds.methods.overall.roll_up.band(Fraction(points))
    assert (band.grade.label if band else None) == wanted


def test_eds_has_eleven_outcomes_of_three_points_each(eds):
    assert eds.ids() == ("1A", "1B", "1C", "1D", "2A", "2B", "2C", "2D", "3A", "3B", "3C")
    assert [len(group.criteria) for group in eds.groups] == [4, 4, 3]
    assert {grade.points for one in eds.criteria for grade in one.scale.grades} == {0, 1, 2, 3}


def test_eds_every_example_is_the_same_each_time(frameworks, eds):
    for file in EXAMPLES.glob("*-eds-*.toml"):
        body = read(file.name, frameworks)
        assert assess(eds, body) == assess(eds, body)


def test_leeds_gaps_of_an_outcome_start_above_its_rating(leeds):
    found = criterion_of(leeds, "2D")
    assert {gap.leads_to.label for gap in found.gaps} == {"Achieving"}
    by_id = {finding.requirement: finding.grade.label for finding in found.findings}
    assert {by_id[gap.requirement] for gap in found.gaps} == {"Achieving"}


# --- the invented example that mixes every kind of input ----------------------------------------------------------


@pytest.fixture(scope="module")
def full(frameworks, eds):
    return assess(eds, read("full-example-eds.toml", frameworks))


def test_both_bounds_in_one_band_give_the_rating_though_a_vote_is_tied(full):
    overall = full.overall
    assert held(overall) == "Developing"
    assert (overall.points, overall.points_low, overall.points_attainable) == (None, 18, 19)


def test_both_methods_for_services_are_said_where_they_differ(full):
    [remark] = [one for one in full.remarks if one.code == "service-methods-differ"]
    assert "median-of-totals 7; median-per-criterion 8" in remark.message


def test_text_and_owners_of_the_whole_of_an_outcome_and_without_text_come_out(full):
    result = full
    by_id = {one.id: one for one in result.criteria}
    assert result.overall.narratives[0].owner == "EDI team"
    assert by_id["1A"].narratives[0].service == "Maternity"
    assert by_id["2C"].narratives[0].owner == "Freedom to Speak Up guardian"


def test_what_is_explained_stays_unmet_and_is_no_gap(full):
    outcome = next(one for one in full.criteria if one.id == "2D")
    finding = next(one for one in outcome.findings if one.requirement == "2D.compared")
    assert finding.outcome == "unmet"
    assert "network runs its own survey" in finding.explained
    assert "2D.compared" not in {gap.requirement for gap in outcome.gaps}


def test_the_organisations_own_target_is_judged_beside_the_grade(full):
    [target] = full.targets
    assert target.outcome == "unmet"
