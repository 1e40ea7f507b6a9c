"""Small numbers: what a policy hides, what is hidden beside it, and what of an assessment is left."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from equityrules.disclosure import Case, for_internal_use, publish
from equityrules.disclosure.hiding import Table, choose_hidden
from equityrules.disclosure.numbers import Number
from equityrules.disclosure.policy import KindRule, Policy
from equityrules.disclosure.relations import Relation, sums
from equityrules.disclosure.rounding import round_to, rounded
from equityrules.disclosure.working_out import Hidden, worked_out
from equityrules.loading.policies import load_policies, load_policy
from equityrules.model.evidence import Count, Evidence, Organisation, Survey
from equityrules.model.period import parse_period
from equityrules.model.vocabulary import Dimension, Group, Item, Vocabulary, make_cell

YEAR = parse_period("2024/25")
ROWS, COLUMNS = ("r1", "r2", "r3"), ("c1", "c2", "c3")
PEOPLE = Item("w.people", "count", "People", dimensions=("column", "row"))
VOCABULARY = Vocabulary(
    items={
        "w.people": PEOPLE,
        "s.asked": Item("s.asked", "survey", "Asked"),
        "b.seats": Item("b.seats", "count", "Seats", counts="seats"),
    },
    dimensions={
        "row": Dimension("row", "Row", tuple(Group(one, one) for one in ROWS)),
        "column": Dimension("column", "Column", tuple(Group(one, one) for one in COLUMNS)),
    },
)


def number(row: str = "", column: str = "") -> Number:
    groups = {name: group for name, group in (("row", row), ("column", column)) if group}
    return Number(YEAR, "w.people", make_cell(groups))


def table_with_totals(values: list[list[int]]) -> dict[Number, Fraction]:
    """Return a table of rows and columns with all its totals."""
    found = dict[Number, Fraction]()
    for row, line in zip(ROWS, values, strict=True):
        for column, value in zip(COLUMNS, line, strict=True):
            for one in (number(row, column), number(row), number("", column), number()):
                found[one] = found.get(one, Fraction(0)) + value
    return found


def bridges(edges: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the edges of a graph that are on no cycle: without one of them, its ends are not connected."""
    return {edge for edge in edges if not _connected(edges - {edge}, *edge)}


def _connected(edges: set[tuple[str, str]], start: str, end: str) -> bool:
    reached, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for one, other in edges:
            if here in (one, other):
                there = other if one == here else one
                if there not in reached:
                    reached.add(there)
                    todo.append(there)
    return end in reached


def as_edge(one: Number) -> tuple[str, str]:
    groups = dict(one.cell)
    return f"row {groups.get('row', 'total')}", f"column {groups.get('column', 'total')}"


TABLES = st.lists(st.lists(st.integers(50, 90), min_size=3, max_size=3), min_size=3, max_size=3)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.sets(st.integers(0, 15), min_size=1))
def test_a_hidden_cell_can_be_worked_out_exactly_when_its_edge_is_a_bridge(values, places):
    table = table_with_totals(values)
    hidden = {one for place, one in enumerate(sorted(table, key=str)) if place in places}
    shown = {one: value for one, value in table.items() if one not in hidden}
    found = worked_out(Hidden({one: table[one] for one in hidden}, {}), shown, list(sums(VOCABULARY, table)))
    assert {as_edge(one) for one in found} == bridges({as_edge(one) for one in hidden})


SMALL_TABLES = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=3)


@settings(max_examples=60, deadline=None)
@given(SMALL_TABLES)
def test_the_smallest_neighbours_are_hidden_until_no_edge_is_a_bridge(values):
    table = table_with_totals(values)
    below = {one: 5 for one, value in table.items() if 0 < value < 5}
    choice = choose_hidden(Table(table, below), sums(VOCABULARY, table))
    assert choice.small == set(below)
    assert {as_edge(one) for one in choice.given_away} >= bridges({as_edge(one) for one in choice.numbers})
    assert all(table[one] > 0 for one in choice.numbers)


def test_beside_a_small_count_the_smallest_of_its_row_and_column_go():
    table = table_with_totals([[3, 20, 40], [30, 50, 60], [70, 80, 90]])
    choice = choose_hidden(Table(table, {number("r1", "c1"): 5}), sums(VOCABULARY, table))
    assert choice.beside == {number("r1", "c2"), number("r2", "c1"), number("r2", "c2")}
    assert choice.given_away == frozenset()


def test_two_hidden_counts_that_add_up_to_two_are_each_one():
    table = {number("r1"): Fraction(2), number("r1", "c1"): Fraction(1), number("r1", "c2"): Fraction(1)}
    table[number("r1", "c3")] = Fraction(0)
    hidden = Hidden({number("r1", "c1"): Fraction(1), number("r1", "c2"): Fraction(1)}, {})
    shown = {one: value for one, value in table.items() if one not in hidden.numbers}
    assert worked_out(hidden, shown, list(sums(VOCABULARY, table))) == hidden.numbers


def test_a_small_count_that_a_printed_ratio_pushes_up_to_four_is_worked_out():
    events, base = number("r1", "c1"), number("r2", "c1")
    ratio = Relation({events: 1, base: 1}, is_sum=False)
    assert worked_out(Hidden({events: Fraction(4), base: Fraction(1)}, {events: 5}), {}, [ratio]) == {events}
    assert worked_out(Hidden({events: Fraction(4), base: Fraction(2)}, {events: 5}), {}, [ratio]) == set()


def test_a_count_alone_in_a_figure_takes_another_one_with_it():
    part, whole = number("r1", "c1"), number("r1")
    figure = Relation({part: 1, whole: 1}, is_sum=False, is_exact=False)
    choice = choose_hidden(Table({part: Fraction(4), whole: Fraction(49)}, {part: 5}), [figure])
    assert choice.beside == {whole}


def test_what_was_published_before_cannot_be_hidden_any_more():
    table = table_with_totals([[3, 20, 40], [30, 50, 60], [70, 80, 90]])
    public = frozenset({number("r1", "c2"), number("r1", "c3")})
    choice = choose_hidden(Table(table, {number("r1", "c1"): 5}, public=public), sums(VOCABULARY, table))
    assert choice.numbers.isdisjoint(public)
    assert number("r1") in choice.beside


def test_what_the_public_can_work_out_anyway_is_named():
    table = table_with_totals([[3, 20, 40], [30, 50, 60], [70, 80, 90]])
    public = frozenset(one for one in table if one != number("r1", "c1"))
    choice = choose_hidden(Table(table, {number("r1", "c1"): 5}, public=public), sums(VOCABULARY, table))
    assert choice.given_away == {number("r1", "c1")}


POLICY = Policy(id="p", title="P", kind={"people": KindRule("people", 5), "answers": KindRule("answers", 10)})


@pytest.mark.parametrize(("value", "is_small"), [(0, False), (1, True), (4, True), (5, False)])
def test_counts_of_one_to_four_people_are_small_and_a_nought_is_not(value, is_small):
    assert POLICY.is_small(Count(period=YEAR, item="w.people", value=Fraction(value)), PEOPLE) is is_small


@pytest.mark.parametrize(("asked", "is_small"), [(9, True), (10, False)])
def test_answers_are_small_by_how_many_were_asked(asked, is_small):
    answers = Survey(period=YEAR, item="s.asked", yes=Fraction(1), of=Fraction(asked))
    assert POLICY.is_small(answers, VOCABULARY.items["s.asked"]) is is_small


def test_seats_of_a_board_are_never_small():
    seat = Count(period=YEAR, item="b.seats", value=Fraction(1))
    assert not any(policy.is_small(seat, VOCABULARY.items["b.seats"]) for policy in load_policies().values())


def test_the_default_policy_is_the_project_s_and_every_rule_that_is_published_has_a_source():
    assert next(iter(load_policies())) == load_policy().id == "project"
    for policy in load_policies().values():
        for rule in (*policy.kind.values(), *policy.obliged.values()):
            assert rule.source or rule.basis == "project"


def test_a_policy_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match=r"there is no policy 'projekt'.*project"):
        load_policy("projekt")


@pytest.mark.parametrize(("value", "nearest"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (Fraction(5, 2), 5)])
def test_counts_are_rounded_to_the_nearest_five(value, nearest):
    assert round_to(Fraction(value), 5) == nearest


@settings(max_examples=60, deadline=None)
@given(SMALL_TABLES)
def test_a_rounded_total_is_the_sum_of_its_rounded_parts(values):
    table = table_with_totals(values)
    entries = tuple(Count(period=YEAR, item=one.item, cell=one.cell, value=value) for one, value in table.items())
    made = rounded(Evidence(Organisation("O"), entries), VOCABULARY, 5, frozenset())
    found = {Number(YEAR, one.item, one.cell): one.value for one in made.entries}
    assert found[number()] == sum(found[number(row, column)] for row in ROWS for column in COLUMNS)
    assert found[number("r1")] == sum(found[number("r1", column)] for column in COLUMNS)


# --- assessments ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def frameworks():
    from equityrules import load_frameworks

    return load_frameworks()


@pytest.fixture(scope="module")
def case(frameworks):
    from pathlib import Path

    from equityrules import assess, read_evidence

    file = Path(__file__).parent.parent / "examples" / "elht-model-employer-2023.csv"
    [body] = read_evidence(file, frameworks=frameworks)
    framework = frameworks["model-employer@2019"]
    return Case(framework, body, assess(framework, body))


def printed(case: Case, policy: str) -> dict[str, str]:
    """Return what a policy prints of each band, by band."""
    [made] = publish([case], load_policy(policy)).assessments
    counts = {one.observations[0].cell[0][1]: one.observations[0].counts for _, one in made.findings()}
    return {band: f"{one['yes']} of {one['of']}" if one else "[c]" for band, one in counts.items()}


AS_PUBLISHED = ("282 of 1659", "108 of 862", "32 of 326", "6 of 90", "4 of 49", "4 of 20", "1 of 16", "4 of 22")
PRINTED = {
    "project": (*AS_PUBLISHED[:4], "[c]", "[c]", "[c]", "[c]"),
    "under-8": (*AS_PUBLISHED[:3], "[c]", "[c]", "[c]", "[c]", "[c]"),
    "round-to-5": ("280 of 1660", "110 of 860", "30 of 325", "5 of 90", "5 of 50", "5 of 20", "0 of 15", "[c]"),
}
BANDS = ("6", "7", "8a", "8b", "8c", "8d", "9", "vsm")


@pytest.mark.parametrize("policy", PRINTED)
def test_the_table_of_east_lancashire_as_each_policy_would_have_printed_it(case, policy):
    assert printed(case, policy) == dict(zip(BANDS, PRINTED[policy], strict=True))


def test_the_docs_show_that_table_as_it_is_printed():
    from pathlib import Path

    page = (Path(__file__).parent.parent / "docs" / "disclosure.md").read_text(encoding="utf-8")
    for place, band in enumerate(BANDS):
        cells = [AS_PUBLISHED[place], *(PRINTED[policy][place] for policy in PRINTED)]
        name = "VSM" if band == "vsm" else band
        assert f"| {name} | {' | '.join(cells)} |" in page


def test_outcomes_stay_as_they_are_and_digests_go(case):
    [made] = publish([case], load_policy()).assessments
    assert [one.outcome for _, one in made.findings()] == [one.outcome for _, one in case.assessment.findings()]
    assert {one.digest for one in made.receipt.evidence} == {""}
    assert made.receipt.audience == "publication"


def test_a_result_without_small_numbers_is_published_as_it_is(case):
    entries = tuple(
        evolve(one, value=one.value * 10) if isinstance(one, Count) else one for one in case.evidence.entries
    )
    body = evolve(case.evidence, entries=entries)
    again = evolve(case, evidence=body, assessment=case.again(body))
    found = publish([again], load_policy())
    assert not found.hidden
    assert evolve(found.assessments[0], receipt=again.assessment.receipt) == again.assessment


def test_a_ratio_that_a_standard_obliges_to_publish_prints_without_its_counts(frameworks):
    from equityrules import assess

    counts = {
        "discipline.entered": {"white": 40, "bme": 3, "unknown": 6},
        "workforce.headcount": {"white": 4000, "bme": 700, "unknown": 100},
    }
    entries = tuple(
        Count(period=YEAR, item=item, cell=make_cell({"ethnicity": group}), value=Fraction(value))
        for item, groups in counts.items()
        for group, value in groups.items()
    )
    body = Evidence(Organisation("Example NHS Trust"), entries)
    framework = frameworks["wres@2020"]
    [made] = publish([Case(framework, body, assess(framework, body))], load_policy()).assessments
    seen = next(one for criterion in made.criteria if criterion.id == "3" for one in criterion.findings[0].observations)
    assert (seen.value, seen.counts, seen.rates, seen.interval) == (Fraction("0.43"), {}, (), None)


def test_an_internal_result_is_stamped_and_otherwise_the_same(case):
    made = for_internal_use(case.assessment)
    assert "not for publication" in made.receipt.disclosure
    assert evolve(made, receipt=case.assessment.receipt) == case.assessment
