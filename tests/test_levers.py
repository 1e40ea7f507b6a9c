"""Levers are proven: with their edits the finding is met, with one unit less it is not."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equityrules import load_frameworks, read_evidence, read_rows
from equityrules.assessment import assess
from equityrules.loading.whatif import what_if
from equityrules.model.evidence import Evidence
from equityrules.model.finding import Gap, Lever, Outcome
from equityrules.model.framework import Framework
from equityrules.model.period import parse_period

EXAMPLES = Path(__file__).parent.parent / "examples"
FRAMEWORKS = load_frameworks()
PERIOD = parse_period("2023/24")
carefully = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_NUMBER = re.compile(r"^-?[\d.]+(?:/\d+)?%?$")


def evidence(*rows: dict[str, Any]) -> Evidence:
    [body] = read_rows([{"organisation": "Anytown", "period": "2023/24", **row} for row in rows], FRAMEWORKS)
    return body


def outcome(framework: Framework, body: Evidence, requirement: str) -> Outcome:
    found = [one for _, one in assess(framework, body, PERIOD).findings() if one.requirement == requirement]
    return found[0].outcome


def with_edits(body: Evidence, edits: list[str]) -> Evidence:
    return what_if(body, edits, PERIOD, FRAMEWORKS)


def one_less(body: Evidence, lever: Lever) -> list[str]:
    """Return the edits one unit nearer to what the evidence says now."""
    now = {(getattr(one, "item", "") or getattr(one, "measure", ""), one.cell): one for one in body.entries}
    return [f"{edit.target}={_nearer(edit.value, _said(now, edit.target))}" for edit in lever.edits]


def _said(now: dict[Any, Any], target: str) -> Fraction | None:
    name, _, rest = target.partition("[")
    pairs = (part.partition("=") for part in rest.rstrip("]").split(", ") if part)
    entry = now.get((name, tuple(sorted((one, other) for one, _, other in pairs))))
    for field in ("value", "yes", "percent"):
        if getattr(entry, field, None) is not None:
            return Fraction(getattr(entry, field))
    return None


def _nearer(value: str, before: Fraction | None) -> str:
    number, slash, of = value.rstrip("%").partition("/")
    if before is None or Fraction(number) == before:
        return value
    decimals = len(number.partition(".")[2])
    step = Fraction(1, 10**decimals) * (1 if Fraction(number) < before else -1)
    return f"{float(Fraction(number) + step):.{decimals}f}{slash}{of}{'%' if value.endswith('%') else ''}"


def prove(framework: Framework, body: Evidence, gaps: tuple[Gap, ...]) -> int:
    """Prove every lever of every gap, and return how many there were."""
    proven = 0
    for gap in gaps:
        for lever in gap.levers:
            if not lever.edits:
                continue
            edits = [str(edit) for edit in lever.edits]
            assert outcome(framework, with_edits(body, edits), gap.requirement) is Outcome.MET, (gap, lever)
            if all(_NUMBER.match(edit.value) for edit in lever.edits):
                less = with_edits(body, one_less(body, lever))
                assert outcome(framework, less, gap.requirement) is not Outcome.MET, (gap, lever)
            proven += 1
    return proven


def gaps_of(name: str, body: Evidence, target: str | None = None) -> tuple[Framework, tuple[Gap, ...]]:
    framework = FRAMEWORKS[name]
    result = assess(framework, body, PERIOD, target=target)
    return framework, tuple(gap for one in result.criteria for gap in one.gaps)


def by_ethnicity(item: str, white: int, bme: int, **more: Any) -> list[dict[str, Any]]:
    return [{"item": item, "group": f"ethnicity={group}", "value": value, **more} for group, value in (
        ("white", white), ("bme", bme),
    )]  # fmt: skip


people = st.integers(20, 5000)


@st.composite
def groups(draw: st.DrawFn) -> tuple[tuple[int, int], tuple[int, int]]:
    white, bme = draw(people), draw(people)
    return (draw(st.integers(1, white)), white), (draw(st.integers(1, bme)), bme)


@carefully
@given(groups())
def test_appointments_close_the_gap_of_a_ratio(found):
    (white, white_of), (bme, bme_of) = found
    body = evidence(
        *by_ethnicity("recruitment.shortlisted", white_of, bme_of), *by_ethnicity("recruitment.appointed", white, bme)
    )
    framework, gaps = gaps_of("wres@2020", body)
    prove(framework, body, tuple(gap for gap in gaps if gap.requirement.startswith("2.")))


@carefully
@given(groups(), st.sampled_from(["non-adverse", "assured"]))
def test_fewer_cases_close_the_gap_of_a_ratio_of_bad_news(found, target):
    (white, white_of), (bme, bme_of) = found
    body = evidence(
        *by_ethnicity("workforce.headcount", white_of, bme_of), *by_ethnicity("discipline.entered", white, bme)
    )
    framework, gaps = gaps_of("wres@2020", body, target)
    prove(framework, body, tuple(gap for gap in gaps if gap.requirement.startswith("3.")))


@carefully
@given(groups(), st.sampled_from(["harassment_public", "career_opportunities"]), st.booleans())
def test_other_answers_close_the_gap_of_a_survey(found, question, assured):
    rows = [
        {"item": f"survey.{question}", "group": f"ethnicity={group}", "value": yes, "of": of}
        for group, (yes, of) in zip(("white", "bme"), found, strict=True)
    ]
    body = evidence(*rows)
    framework, gaps = gaps_of("wres@2020", body, "gap-assured" if assured else None)
    prove(framework, body, gaps)


@carefully
@given(st.integers(1, 300), st.integers(0, 300), st.integers(1, 60))
def test_people_in_a_band_close_its_gap_in_place_of_others_and_in_new_posts(white, bme, target):
    body = evidence(
        *({"item": "workforce.by_band", "group": f"band=6; ethnicity={group}", "value": value}
          for group, value in (("white", white), ("bme", bme), ("unknown", 0))),
        {"kind": "target", "item": "bme_share_by_band", "group": "band=6", "value": target, "direction": "at least"},
    )  # fmt: skip
    framework, gaps = gaps_of("model-employer@2019", body)
    band = tuple(gap for gap in gaps if gap.requirement == "1.at-target/6")
    proven = prove(framework, body, band)
    assert proven == (2 if band else 0)


@carefully
@given(st.integers(1, 15), st.integers(0, 15), st.integers(200, 900), st.integers(1, 900))
def test_seats_close_the_gap_of_a_board(white, bme, staff, bme_staff):
    body = evidence(
        *(row for item in ("board.voting_members", "board.executive_members")
          for row in (*by_ethnicity(item, white, bme), {"item": item, "group": "ethnicity=unknown", "value": 0})),
        *by_ethnicity("workforce.headcount", staff, bme_staff),
        {"item": "workforce.headcount", "group": "ethnicity=unknown", "value": 0},
    )  # fmt: skip
    framework, gaps = gaps_of("wres@2020", body)
    prove(framework, body, tuple(gap for gap in gaps if gap.requirement.startswith("9.")))


@carefully
@given(st.integers(0, 400), st.integers(401, 500))
def test_answers_close_the_gap_of_a_threshold(yes, of):
    body = evidence({"item": "survey.would_use_services", "value": yes, "of": of})
    framework, gaps = gaps_of("eds@2022", body)
    prove(framework, body, tuple(gap for gap in gaps if gap.requirement.startswith("2D.local-care")))


@carefully
@given(st.decimals("0.10", "5.00", places=2))
def test_a_printed_ratio_says_what_it_would_have_to_be(ratio):
    body = evidence({"kind": "figure", "item": "appointment_likelihood_ethnicity", "value": str(ratio)})
    framework, gaps = gaps_of("wres@2020", body)
    gap = tuple(one for one in gaps if one.requirement == "2.non-adverse")
    proven = prove(framework, body, gap)
    assert proven == len([one for one in gap if one.kind == "shortfall" or one.shortfall is not None]) or proven == 1


@carefully
@given(st.decimals("4.0", "9.0", places=1), st.decimals("4.0", "9.0", places=1))
def test_score_points_close_the_gap_of_a_score(disabled, others):
    body = evidence(
        {"item": "survey.engagement", "group": "disability=disabled", "value": str(disabled)},
        {"item": "survey.engagement", "group": "disability=non_disabled", "value": str(others)},
    )
    framework, gaps = gaps_of("wdes@2023", body)
    prove(framework, body, tuple(gap for gap in gaps if gap.requirement.startswith("9a.")))


STATEMENTS = sorted(name for name, item in FRAMEWORKS.vocabulary.items.items() if item.kind == "statement")


@carefully
@given(st.data())
@pytest.mark.parametrize("name", ["eds@2022", "midlands-six@2021", "disability-confident@2019"])
def test_statements_close_the_gaps_of_every_framework_and_together_reach_the_grade(name, data):
    framework = FRAMEWORKS[name]
    items = sorted({item for one in framework.criteria for each in one.requirements for item in each.condition.items})
    read = [item for item in items if item in STATEMENTS]
    chosen = data.draw(st.lists(st.sampled_from(read), min_size=1, max_size=12, unique=True))
    said = st.sampled_from(["in place", "committed", "not in place"])
    body = evidence(*({"item": item, "value": data.draw(said), "date": "2024-03-01"} for item in chosen))
    result = assess(framework, body, PERIOD)
    for criterion in result.criteria:
        prove(framework, body, criterion.gaps[:3])
        edits = [str(edit) for gap in criterion.gaps for lever in gap.levers[:1] for edit in lever.edits]
        closable = criterion.gaps and all(gap.levers and gap.levers[0].edits for gap in criterion.gaps)
        if closable and len(set(edits)) == len(edits) == len({one.partition("=")[0] for one in edits}):
            after = assess(framework, with_edits(body, edits), PERIOD)
            again = next(one for one in after.criteria if one.id == criterion.id)
            assert again.supported.held.rank >= criterion.gaps[0].leads_to.rank


@pytest.mark.parametrize(
    ("requirement", "white", "bme", "why"),
    [
        ("2.non-adverse", (14, 100), (1, 10), "no whole number lies inside the band: as it is too few, 1 too many"),
        ("2.assured", (40, 100), (4, 12), "too few to say, as the interval is partly inside and partly outside"),
        ("2.assured", (10, 100), (5, 12), "with so few people the interval does not fit inside the band"),
    ],
)
def test_what_no_number_reaches_says_so_and_why(requirement, white, bme, why):
    (appointed, of), (bme_appointed, bme_of) = white, bme
    body = evidence(
        *by_ethnicity("recruitment.shortlisted", of, bme_of),
        *by_ethnicity("recruitment.appointed", appointed, bme_appointed),
    )
    _, gaps = gaps_of("wres@2020", body, "assured")
    gap = next(one for one in gaps if one.requirement == requirement)
    assert gap.levers == ()
    assert why in gap.because


def test_of_one_gap_both_levers_are_alternatives():
    rows = [
        {"item": "workforce.by_band", "group": f"band=6; ethnicity={group}", "value": value}
        for group, value in (("bme", 282), ("all", 1659))
    ]
    target = {"kind": "target", "item": "bme_share_by_band", "group": "band=6", "value": 19, "direction": "at least"}
    body = evidence(*rows, target)
    _, gaps = gaps_of("model-employer@2019", body)
    gap = next(one for one in gaps if one.requirement == "1.at-target/6")
    assert gap.shortfall == Fraction("33.21")
    assert [str(lever.edits[0]) for lever in gap.levers] == [
        "workforce.by_band[band=6, ethnicity=bme]=316",
        "workforce.by_band[band=6, ethnicity=bme]=323",
    ]


def test_what_if_leaves_the_evidence_as_it_was():
    body = evidence(*by_ethnicity("workforce.headcount", 100, 50))
    before = evolve(body)
    changed = with_edits(body, ["workforce.headcount[ethnicity=bme]=60"])

    assert body == before
    assert changed.hypothetical == ("workforce.headcount[ethnicity=bme]=60",)


def test_every_lift_of_the_whole_earns_the_grade_and_none_is_earned_without():
    [leeds] = read_evidence(EXAMPLES / "leeds-eds-2023-24.toml", frameworks=FRAMEWORKS)
    framework = FRAMEWORKS["eds@2022"]
    result = assess(framework, leeds)
    [gap] = result.overall.gaps
    assert len(gap.levers) == 9
    for lever in gap.levers:
        after = assess(framework, with_edits(leeds, [str(edit) for edit in lever.edits]))
        assert after.overall.held == gap.leads_to, lever
    assert result.overall.held != gap.leads_to


def test_excelling_overall_needs_every_outcome_at_its_highest():
    rows = [
        {"kind": "rating", "item": f"eds/{one.id}", "value": "achieving"} for one in FRAMEWORKS["eds@2022"].criteria
    ]
    [gap] = assess(FRAMEWORKS["eds@2022"], evidence(*rows)).overall.gaps
    assert gap.levers == ()
    assert "it needs the highest rating in all outcomes that are below it" in gap.because


@pytest.mark.parametrize("name", sorted(FRAMEWORKS))
def test_votes_on_another_framework_are_not_read_on_this_ones_scale(name):
    [body] = read_evidence(EXAMPLES / "full-example-eds.toml", frameworks=FRAMEWORKS)
    assert str(assess(FRAMEWORKS[name], body).framework) == name
