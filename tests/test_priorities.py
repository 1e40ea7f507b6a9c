"""What to do and what to find out next, over several frameworks at once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from equityrules import load_frameworks, read_rows
from equityrules.assessment import assess
from equityrules.model.finding import Edit, Gap, GapKind, Lever, Named
from equityrules.model.result import CriterionResult
from equityrules.model.scale import Grade
from equityrules.model.snapshot import take_snapshot
from equityrules.priorities import collect_next, prioritise, renew_next, steps
from equityrules.reading import cells_missing, cells_read, items_read
from equityrules.reports.priorities import render_priorities, to_do

FRAMEWORKS = load_frameworks()
BLANK = {"organisation": "Anytown", "code": "RXX", "period": "2023/24"}
HEADCOUNT = "workforce.headcount"
GRADE = Grade("reported", "Reported", 2)


def evidence(*rows: dict[str, object]):
    [body] = read_rows([{**BLANK, **row} for row in rows], FRAMEWORKS)
    return body


def judged(body, *names: str):
    return [(FRAMEWORKS[name], assess(FRAMEWORKS[name], body)) for name in names]


def counts(item: str, **groups: int) -> list[dict[str, object]]:
    return [{"item": item, "group": f"ethnicity={group}", "value": value} for group, value in groups.items()]


SHORTLISTED = counts("recruitment.shortlisted", white=100, bme=100)
FIGURE = {"kind": "figure", "item": "appointment_likelihood_ethnicity", "value": "2.26"}


def criterion(name: str, *gaps: Gap) -> CriterionResult:
    return CriterionResult(id=name, title=name, gaps=gaps)


def gap(name: str, *levers: Lever, requirement: str = "", shortfall: int | None = None) -> Gap:
    measured = None if shortfall is None else Fraction(shortfall)
    return Gap(
        Named(name, name), requirement or f"{name}.a", GapKind.SHORTFALL, GRADE, "it is short", measured,
        "" if shortfall is None else "people", levers,
    )  # fmt: skip


def lever(*targets: str) -> Lever:
    return Lever("put it in place", tuple(Edit(one, "in place") for one in targets))


def result(name: str, *criteria: CriterionResult):
    [(_, made)] = judged(evidence(FIGURE), name)
    return evolve(made, criteria=criteria)


# --- steps ---------------------------------------------------------------------------------------------------------


def test_gaps_that_the_same_edits_close_are_one_step_over_all_frameworks():
    one = result("wres", criterion("1", gap("1", lever("a", "b"))))
    other = result("wdes", criterion("7", gap("7", lever("b", "a"))))
    [step] = steps([one, other])
    assert (step.criteria, step.frameworks, step.completes) == (2, 2, 2)
    assert [(one.framework.id, one.criterion) for one in step.serves] == [("wres", "1"), ("wdes", "7")]


def test_gaps_without_edits_are_a_step_of_their_own_each():
    found = steps([result("wres", criterion("1", gap("1"), gap("1", requirement="1.b")))])
    assert [step.serves[0].requirement for step in found] == ["1.a", "1.b"]
    assert found[0].text == "it is short"


def test_levers_in_words_alone_do_not_make_different_gaps_one():
    said = Lever("settle it")
    assert len(steps([result("wres", criterion("1", gap("1", said)), criterion("2", gap("2", said)))])) == 2


def test_what_serves_more_criteria_comes_first_then_what_serves_more_frameworks():
    few = criterion("1", gap("1", lever("few")), gap("1", lever("wide"), requirement="1.b"))
    many = [criterion(name, gap(name, lever("many")), gap(name, requirement="z")) for name in "234"]
    deep = [criterion(name, gap(name, lever("deep")), gap(name, requirement="z")) for name in "56"]
    wide = criterion("7", gap("7", lever("wide")), gap("7", requirement="z"))
    found = steps([result("wres", few, *many, *deep), result("wdes", wide)])
    ranked = [step.levers[0].edits[0].target for step in found if step.levers]
    assert ranked == ["many", "wide", "deep", "few"]


def test_what_completes_a_criterion_by_itself_comes_before_what_does_not():
    two = criterion("1", gap("1", lever("a")), gap("1", lever("b"), requirement="1.b"))
    one = criterion("2", gap("2", lever("c")))
    assert [step.completes for step in steps([result("wres", two, one)])] == [1, 0, 0]
    assert steps([result("wres", two, one)])[0].levers == (lever("c"),)


def test_alternatives_stand_in_one_step_in_the_order_they_were_given():
    [step] = steps([result("wres", criterion("1", gap("1", lever("a"), lever("b"))))])
    assert step.levers == (lever("a"), lever("b"))


def test_a_shortfall_is_kept_where_all_gaps_of_a_step_have_the_same():
    same = [criterion(name, gap(name, lever("a"), shortfall=3)) for name in "12"]
    [step] = steps([result("wres", *same)])
    assert (step.shortfall, step.unit) == (3, "people")
    [mixed] = steps([result("wres", same[0], criterion("2", gap("2", lever("a"), shortfall=4)))])
    assert (mixed.shortfall, mixed.unit) == (None, "")


def test_gaps_of_the_whole_are_no_steps():
    ratings = [{"kind": "rating", "item": f"eds/{name}", "value": "Excelling"} for name in FRAMEWORKS["eds"].ids()]
    ratings[0]["value"] = "Achieving"
    [(_, made)] = judged(evidence(*ratings), "eds")
    assert made.overall.gaps
    assert {one.criterion for step in steps([made]) for one in step.serves} == {"1A"}


def test_what_is_short_is_not_only_a_matter_of_evidence():
    [(_, made)] = judged(evidence(FIGURE), "wres")
    short = [step for step in steps([made]) if not step.collected]
    assert [one.requirement for step in short for one in step.serves] == ["2.non-adverse"]


# --- what to find out ----------------------------------------------------------------------------------------------


def wanted(body, *names: str):
    return {one.item.id: one for one in collect_next(judged(body, *names), body)}


def test_one_item_serves_many_criteria_and_frameworks_and_comes_first():
    body = evidence(FIGURE)
    first = collect_next(judged(body, "wres", "wdes@2023"), body)[0]
    assert first.item.id == HEADCOUNT
    assert first.frameworks == 2
    places = {(one.framework.id, one.criterion) for one in first.settles}
    assert {("wres", "3"), ("wres", "9"), ("wdes", "3"), ("wdes", "10")} <= places


def test_what_the_evidence_gives_is_not_asked_for_again():
    found = wanted(evidence(*SHORTLISTED), "wres")
    assert "recruitment.appointed" in found
    assert [dict(cell)["ethnicity"] for cell in found["recruitment.shortlisted"].cells] == ["unknown"]


def test_counts_that_add_up_are_given():
    by_gender = [
        {"item": HEADCOUNT, "group": f"ethnicity={one}; disability={two}", "value": 10}
        for one in ("white", "bme", "unknown")
        for two in ("disabled", "non_disabled", "unknown")
    ]
    assert HEADCOUNT not in wanted(evidence(*by_gender), "wres")


def test_the_counts_behind_a_printed_figure_are_asked_for_where_they_would_settle_something():
    inside = wanted(evidence({**FIGURE, "value": "1.10"}), "wres")
    assert [one.held.id for one in inside["recruitment.appointed"].settles] == ["non-adverse"]
    assert "recruitment.appointed" not in wanted(evidence(FIGURE), "wres")


def test_stale_evidence_is_asked_for_and_marked():
    old = [{**row, "period": "2019/20"} for row in counts(HEADCOUNT, white=80, bme=20, unknown=0)]
    found = wanted(evidence(*old, FIGURE), "wres")
    assert found[HEADCOUNT].stale
    assert not found["board.voting_members"].stale


def test_where_a_panel_decided_evidence_settles_nothing_and_says_what_it_is_for():
    body = evidence({"kind": "rating", "item": "eds/2D", "value": "Developing"})
    found = [
        one for one in collect_next(judged(body, "eds"), body) if any(two.criterion == "2D" for two in one.settles)
    ]
    assert found
    for one in found:
        [settles] = [two for two in one.settles if two.criterion == "2D"]
        assert (settles.decided, settles.held.id, settles.leads_to.id) == (True, "developing", "achieving")
    ranked = [one.moves > 0 for one in collect_next(judged(body, "eds"), body)]
    assert ranked == sorted(ranked, reverse=True)


def test_what_is_wanted_beside_something_short_moves_nothing_by_itself_and_comes_later():
    lacking = {"item": "practice.equality_discussed_at_some_board_meetings", "value": "not in place"}
    found = collect_next(judged(evidence(lacking), "eds"), evidence(lacking))
    places = {two.criterion: two for one in found for two in one.settles}
    assert not places["3B"].moves
    assert places["3C"].moves
    assert [one.moves > 0 for one in found] == sorted((one.moves > 0 for one in found), reverse=True)


def test_every_gap_is_in_one_of_the_two_lists():
    lacking = {"item": "practice.equality_discussed_at_some_board_meetings", "value": "not in place"}
    for body in (evidence(lacking), evidence(FIGURE), evidence(*SHORTLISTED)):
        made = prioritise(judged(body, "eds", "wres"), body)
        asked = {(one.framework.id, one.criterion) for wanted in made.collect for one in wanted.settles}
        told = {(one.framework.id, one.criterion) for step in to_do(made) for one in step.serves}
        gaps = {(one.framework.id, two.id) for one in made.assessments for two in one.criteria if two.gaps}
        assert gaps <= asked | told


def test_alone_says_that_a_criterion_wants_nothing_else():
    found = wanted(evidence(*counts(HEADCOUNT, white=80, bme=20, unknown=0)), "wres")
    alone = {two.criterion: two.alone for one in found.values() for two in one.settles}
    assert alone["3"]
    assert not alone["2"]


# --- what frameworks read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["eds", "wres", "wdes@2023", "model-employer", "disability-confident@2019"])
def test_of_evidence_that_gives_nothing_everything_that_is_read_is_missing(name):
    framework = FRAMEWORKS[name]
    body = evidence({"kind": "narrative", "item": "eds/1A", "value": "nothing yet"})
    snapshot = take_snapshot(body, FRAMEWORKS.vocabulary, body.periods()[0])
    missing = cells_missing([framework], snapshot)
    caveats = {one for measure in framework.measures.values() for one in getattr(measure, "caveats", ())}
    read = {one for one in items_read([framework], FRAMEWORKS.vocabulary) if one not in caveats}
    assert set(missing) == read
    for item in read:
        asked = cells_read([framework], FRAMEWORKS.vocabulary, FRAMEWORKS.vocabulary.items[item])
        assert set(missing[item]) <= set(asked)


def test_a_statement_for_the_whole_is_one_for_each_of_its_groups():
    item = "practice.staff_experience_compared_and_acted_on"
    body = evidence({"item": item, "value": "in place"})
    snapshot = take_snapshot(body, FRAMEWORKS.vocabulary, body.periods()[0])
    assert item not in cells_missing([FRAMEWORKS["eds"]], snapshot)


# --- how it is said ------------------------------------------------------------------------------------------------


def test_the_table_is_no_wider_than_a_terminal_and_says_what_it_leaves_out():
    body = evidence(FIGURE)
    text = render_priorities([prioritise(judged(body, "wres", "eds"), body)], "table", 2)
    assert max(map(len, text.splitlines())) < 80
    assert "more items left out" in text


def test_where_nothing_is_wanting_the_page_says_so():
    made = evolve(prioritise(judged(evidence(FIGURE), "wres"), evidence(FIGURE)), steps=(), collect=())
    for name in ("table", "markdown"):
        assert "no requirement that was judged is in the way" in render_priorities([made], name)


# --- what to renew ---------------------------------------------------------------------------------------------------


APPOINTED = counts("recruitment.appointed", white=20, bme=10)


def renewals(body, *names: str):
    return {one.item.id: one for one in renew_next(judged(body, *names), body)}


def test_what_a_judged_requirement_rests_on_is_to_be_renewed_before_it_is_stale():
    found = renewals(evidence(*SHORTLISTED, *APPOINTED), "wres")
    one = found["recruitment.appointed"]
    assert (str(one.until), one.months) == ("2025-03-31", 12)
    assert [two.criterion for two in one.rests] == ["2"]


def test_the_months_left_count_from_the_day_of_the_assessment():
    body = evidence(*SHORTLISTED, *APPOINTED)
    later = [(FRAMEWORKS["wres"], assess(FRAMEWORKS["wres"], body, as_of=date(2024, 12, 1)))]
    assert {one.months for one in renew_next(later, body)} == {3}


def test_what_is_past_is_not_to_be_renewed_but_found_out():
    body = evidence(*SHORTLISTED, *APPOINTED)
    later = [(FRAMEWORKS["wres"], assess(FRAMEWORKS["wres"], body, "2025/26"))]
    assert renew_next(later, body) == ()


def test_the_counts_behind_a_printed_figure_are_not_there_to_be_renewed():
    assert renewals(evidence(FIGURE), "wres") == {}


def test_one_item_that_serves_two_frameworks_is_renewed_once():
    rows = [{"item": "workforce.headcount", "group": f"{by}={group}", "value": 90}
            for by, groups in (("ethnicity", ("white", "bme")), ("disability", ("disabled", "non_disabled")))
            for group in groups]  # fmt: skip
    cases = [{"item": "discipline.entered", "group": f"ethnicity={group}", "value": 9} for group in ("white", "bme")]
    capability = [{"item": "capability.entered", "group": f"disability={group}", "value": 9}
                  for group in ("disabled", "non_disabled")]  # fmt: skip
    one = renewals(evidence(*rows, *cases, *capability), "wres", "wdes")["workforce.headcount"]
    assert {str(two.framework).partition("@")[0] for two in one.rests} == {"wres", "wdes"}


@pytest.mark.parametrize("name", ["table", "markdown", "json", "csv"])
def test_every_format_says_until_when_evidence_counts(name):
    body = evidence(*SHORTLISTED, *APPOINTED)
    assert "2025-03-31" in render_priorities([prioritise(judged(body, "wres"), body)], name)
