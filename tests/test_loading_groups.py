"""Counts by code, tables with columns for groups, and which group is over which."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from divided_builders import STAFF, WITH_STAFF, counted, document, rows
from evidence_builders import HEADER, POLICY, problems_of, refused, table
from hypothesis import given, settings
from hypothesis import strategies as st

from equityrules.loading.evidence import read_evidence, read_rows
from equityrules.model.problems import InvalidInputError

ORIGIN = {"item": "staff.origin"}
PAID = {"item": "staff.paid"}
LIKELIHOOD = {"kind": "figure", "item": "staff_likelihood", "value": "1.61"}
few = settings(max_examples=60, deadline=None)


def by_code(**counts: object) -> list[dict[str, object]]:
    """Return a row of the count by origin for each code."""
    return [{**ORIGIN, "group": code, "value": count} for code, count in counts.items()]


# --- counts by code and description: what cannot be ------------------------------------------------------------------


def test_the_same_code_twice_with_different_values_is_a_contradiction():
    with refused("rows  row 3: staff.origin[ethnic=white] (ethnic A) for 2023/24 is given differently at rows  row 1"):
        rows(*by_code(A=1, B=2), {**ORIGIN, "group": "A White", "value": 3})


@pytest.mark.parametrize("last", [True, False])
def test_a_group_that_is_not_the_sum_of_its_parts_is_refused_with_both_numbers(last):
    group = {**ORIGIN, "group": "White", "value": 12}
    with refused("staff.origin[ethnic=white] for 2023/24 is given as 12, but its parts (A, B; see rows  row") as caught:
        rows(*([*by_code(A=4, B=9), group] if last else [group, *by_code(A=4, B=9)]))
    assert "add up to 13; keep the group or its parts, or mend the numbers" in str(caught.value)


def test_answers_that_are_not_the_sum_of_their_parts_are_refused_with_both():
    parts = [{"where": code, "yes": 3, "of": 10} for code in ("H", "J")]
    with refused("is given as 7 of 20, but its parts (H, J; see document  survey 1) add up to 6 of 20"):
        document(survey=[{"item": "staff.asked", **one} for one in (*parts, {"where": "bme", "yes": 7, "of": 20})])


def test_parts_that_are_counted_on_different_days_are_refused():
    first, second = by_code(A=4, B=9)
    with refused("row 2, column date: staff.origin[ethnic=white] for 2023/24 is counted by parts that are not"):
        rows({**first, "date": "2023-05-01"}, {**second, "date": "2023-06-01"})


def test_percentages_of_parts_are_refused():
    with refused("percentages of parts of a group cannot be added up; give yes and of for each part"):
        rows({"item": "staff.asked", "group": "H Indian", "percent": "43.2"})


@pytest.mark.parametrize(
    "row",
    [
        {"item": "staff.told", "value": "in place"},
        {"item": "staff.score", "value": "6.5"},
        {**LIKELIHOOD},
        {**LIKELIHOOD, "kind": "target", "direction": "below"},
    ],
)
def test_what_is_for_a_whole_group_is_refused_for_a_part_of_it(row):
    with refused("is only a part of the group 'bme'") as caught:
        rows({**row, "group": "ethnic=H"})
    assert "is for the whole group; write 'bme'" in str(caught.value)


# --- counts by code and description: what they come to ---------------------------------------------------------------


def test_counts_by_code_and_description_add_up():
    evidence = rows(*by_code(A=4, cx=2, H=3, **{"White British": 10, "J - Pakistani": 1, "99": 5, "Not stated": 2}))
    assert counted(evidence) == {
        "staff.origin ethnic=white": 16,
        "staff.origin ethnic=bme": 4,
        "staff.origin ethnic=unknown": 7,
    }


def test_the_sum_says_where_its_parts_stand_and_who_said_them():
    [count] = rows(*({**row, "by": by} for row, by in zip(by_code(A=4, B=2, CX=1), "yxy", strict=True))).entries
    assert (count.place, count.by) == ("rows  row 1 and 2 more", "x; y")


def test_the_same_code_said_twice_counts_once():
    assert counted(rows(*by_code(A=4, B=2, a=4))) == {"staff.origin ethnic=white": 6}


def test_a_group_that_is_the_sum_of_its_parts_is_the_same_thing_said_twice():
    assert counted(rows(*by_code(A=4, B=2, white=6))) == {"staff.origin ethnic=white": 6}


def test_one_code_alone_is_all_that_is_counted_of_its_group():
    assert counted(rows(*by_code(A=4))) == {"staff.origin ethnic=white": 4}


def test_halves_add_up():
    assert counted(rows(*by_code(A="1.5", B="2.5"))) == {"staff.origin ethnic=white": 4}


def test_answers_by_code_add_up():
    [survey] = document(
        survey=[{"item": "staff.asked", "values": {"H": {"yes": 1, "of": 10}, "J": {"yes": 3, "of": 30}}}]
    ).entries
    assert (survey.yes, survey.of, survey.percent, survey.cell) == (4, 40, None, (("ethnic", "bme"),))


def test_parts_are_counted_again_on_another_day():
    early = [{**row, "date": "2023-05-01"} for row in by_code(A=4, B=2)]
    late = [{**row, "date": "2023-06-01"} for row in by_code(A=5, B=2)]
    assert sorted(one.value for one in rows(*early, *late).entries) == [6, 7]


def test_parts_of_several_cells_stay_apart():
    cells = {"ethnic=A; impairment=Yes": 1, "ethnic=B; impairment=Yes": 2, "ethnic=A; impairment=Non-disabled": 4}
    assert counted(rows(*({"item": "staff.all", "group": cell, "value": value} for cell, value in cells.items()))) == {
        "staff.all ethnic=white impairment=disabled": 3,
        "staff.all ethnic=white impairment=non_disabled": 4,
    }


def test_a_word_with_a_comma_in_it_is_one_word():
    assert counted(rows({**ORIGIN, "group": "White: Black, and more", "value": 3})) == {"staff.origin ethnic=bme": 3}
    both = {"item": "staff.all", "group": "impairment=Yes, ethnic=Black, Asian and minority ethnic", "value": 2}
    assert counted(rows(both)) == {"staff.all ethnic=bme impairment=disabled": 2}


codes = st.sampled_from(["A", "B", "CX", "H", "J", "K", "Z", "99", "White British", "Chinese", "Not stated"])
halves = st.integers(0, 10**6).map(lambda number: Fraction(number, 2))


@few
@given(st.dictionaries(codes, halves, min_size=1), st.randoms())
def test_codes_add_up_in_any_order(counts, random):
    given_rows = by_code(**{code: str(float(count)) for code, count in counts.items()})
    shuffled = random.sample(given_rows, len(given_rows))
    dimension = STAFF.dimensions["ethnic"]
    sums: dict[str, Fraction] = {}
    for code, count in counts.items():
        key = f"staff.origin ethnic={dimension.read(code)}"
        sums[key] = sums.get(key, Fraction(0)) + count
    assert counted(rows(*given_rows)) == counted(rows(*shuffled)) == counted(rows(*shuffled, *given_rows)) == sums
    assert set(rows(*given_rows).entries) == set(rows(*shuffled).entries)


# --- columns for groups: what cannot be ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({**PAID, "BME": 3, "value": 4}, "row 1, column value: 'value' is given beside the columns of groups (bme)"),
        ({**PAID, "BME": 3, "percent": 4}, "row 1, column percent: 'percent' is given beside the columns of groups"),
        (
            {**ORIGIN, "Disabled": 3, "white": 2},
            "row 1, column disabled: 'disabled' is no group of what divides staff.origin; it is divided by ethnic",
        ),
        (
            {**ORIGIN, "grade": 1, "value": 2},
            "row 1, column grade: 'grade' does not divide it; it is divided by ethnic",
        ),
        (
            {"item": "staff.all", "unknown": 3},
            "'unknown' may be of ethnic or impairment; name the group in a column of",
        ),
        (
            {**PAID, "2": 3},
            "'2' may be of grade or tier; name the group in a column of that name, and put the value",
        ),
        ({"item": "staff.all", "BME": 1, "Disabled": 3}, "'bme', 'disabled' are groups of several dimensions"),
        ({"item": "impact_assessment.done", "BME": 3}, "column bme: impact_assessment.done is not divided further"),
        ({**ORIGIN, "ethnic": "BME", "White": 3}, "column white: staff.origin is not divided further"),
        ({**PAID, "grade": "9", "BME": 3}, "row 1, column grade: unknown group '9' of grade"),
        ({**PAID, "grade": True, "BME": 3}, "column grade: true is given where a group belongs; write the name"),
        ({**PAID, "grade": 1, "group": "grade=2", "BME": 3}, "column group: two groups of 'grade' are named"),
        ({**PAID, "grade": 3, "tier": "Lower", "BME": 3}, "grade=3 is no part of tier=1; name one of them"),
        ({**PAID, "BME": "many"}, "row 1, column bme: 'many' is not a number"),
        ({**PAID, "BME": "<5"}, "row 1, column bme: '<5' is a bound"),
        ({"item": "staff.paied", "kind": "count", "BME": 3}, "row 1, column item: unknown item 'staff.paied'"),
        ({"item": "eds/1A", "BME": 3}, "column bme: a row of kind rating takes no 'bme'"),
        ({**PAID, "grade": 1, "Pay Grade": 1, "BME": 3}, "the columns 'grade' and 'pay_grade' both say which grade"),
        ({**PAID, "gradee": 1, "BME": 3}, "unknown column 'gradee' (did you mean 'grade'?)"),
        ({**PAID, "Whitee": 3, "BME": 3}, "unknown column 'whitee' (did you mean 'white'?)"),
        ({"BME": 3}, "header: lacks the column 'item'"),
    ],
)
def test_columns_for_groups_that_make_no_sense_are_refused(row, message):
    with refused(message):
        rows(row)


def test_two_columns_of_one_group_may_not_differ():
    with refused(
        "rows  row 1, column white_staff: staff.origin[ethnic=white] for 2023/24 is given differently at rows"
    ):
        rows({**ORIGIN, "White": 3, "White staff": 4})


def test_what_is_wrong_with_a_line_is_told_once():
    problems = problems_of(read_rows, [{**HEADER, **PAID, "grade": "9", "White": 3, "BME": 3}], WITH_STAFF)
    assert len(problems) == 1


# --- columns for groups: what they say -------------------------------------------------------------------------------


def test_grades_go_down_and_groups_across(tmp_path):
    text = (
        "organisation,period,item,Pay Grade,WHITE, bme ,Unknown,all\n"
        "T,2023,staff.paid,Grade 1,12,3,,15\nT,2023,staff.paid,1.0,,,1,\nT,2023,staff.paid,2,,,,\n"
        "T,2023,staff.paid,3,7\nT,2023,staff.paid,all,,,,40\n"
    )
    [evidence] = read_evidence(table(tmp_path, text), frameworks=WITH_STAFF)
    assert counted(evidence) == {
        "staff.paid ethnic=white grade=1": 12, "staff.paid ethnic=bme grade=1": 3, "staff.paid grade=1": 15,
        "staff.paid ethnic=unknown grade=1": 1, "staff.paid ethnic=white grade=3": 7, "staff.paid": 40,
    }  # fmt: skip
    assert evidence.entries[1].place == "trust.csv  line 2, column bme"


def test_a_column_of_a_dimension_goes_with_the_column_group():
    row = {**PAID, "grade": 2, "group": "ethnic=bme; impairment=Yes", "value": 3}
    assert counted(rows(row)) == {"staff.paid ethnic=bme grade=2 impairment=disabled": 3}
    left = {"item": "staff.all", "ethnic": "BME", "group": "Yes", "value": 3}
    assert counted(rows(left)) == {"staff.all ethnic=bme impairment=disabled": 3}


def test_the_other_columns_decide_whose_groups_a_column_may_be():
    unknown = {"item": "staff.all", "unknown": 3}
    assert counted(rows({**unknown, "white": ""})) == {"staff.all ethnic=unknown": 3}
    assert counted(rows({**unknown, "disabled": ""})) == {"staff.all impairment=unknown": 3}
    assert counted(rows({"item": "staff.all", "all": 3})) == {"staff.all": 3}


def test_numbers_of_a_data_frame_name_groups():
    assert counted(rows({**PAID, "grade": 1, "BME": 3})) == counted(rows({**PAID, "grade": 1.0, "BME": 3}))
    assert counted(rows({**PAID, "tier": "", 1: 5, 2: 6, 3: 7})) == {
        "staff.paid grade=1": 5, "staff.paid grade=2": 6, "staff.paid grade=3": 7,
    }  # fmt: skip


def test_a_coarser_group_beside_the_finer_says_nothing_more():
    assert counted(rows({**PAID, "grade": 2, "tier": "Lower", "BME": 3})) == {"staff.paid ethnic=bme grade=2": 3}
    assert counted(rows({**PAID, "tier": "Lower", "BME": 3})) == {"staff.paid ethnic=bme tier=1": 3}


def test_a_grid_takes_codes_in_its_column_of_groups():
    assert counted(rows({"item": "staff.all", "ethnic": "H Indian", "Disabled": 1, "non-disabled": 2},
                        {"item": "staff.all", "ethnic": "j", "Disabled": 4})) == {
        "staff.all ethnic=bme impairment=disabled": 5, "staff.all ethnic=bme impairment=non_disabled": 2,
    }  # fmt: skip


def test_a_grid_of_surveys_holds_percentages_and_one_of_statements_what_is_in_place():
    white, bme = rows({"item": "staff.asked", "White": "43.2%", "BME": 40}).entries
    assert (str(white.percent), bme.percent, bme.yes) == ("43.2", 40, None)
    [told] = rows({"item": "staff.told", "White": "yes"}).entries
    assert (told.status, told.cell) == ("in place", (("ethnic", "white"),))


GROUPS = ("white", "bme", "unknown", "all")
lines = st.dictionaries(
    st.sampled_from("123"), st.dictionaries(st.sampled_from(GROUPS), st.integers(0, 99), min_size=1)
)


@few
@given(lines.filter(bool))
def test_a_grid_and_its_cells_one_by_one_are_the_same_evidence(grid):
    across = rows(*({**PAID, "grade": grade, "white": "", **cells} for grade, cells in grid.items()))
    cells = [(grade, group, value) for grade, line in grid.items() for group, value in line.items()]
    one_by_one = rows(*({**PAID, "group": f"grade={a}; ethnic={b}", "value": value} for a, b, value in cells))
    tables: list[dict[str, Any]] = [
        {**PAID, "where": {"grade": grade}, "values": line, "across": "ethnic"} for grade, line in grid.items()
    ]
    in_document = document(count=tables)
    assert set(across.entries) == set(one_by_one.entries) == set(in_document.entries)


# --- which group is over which ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "orientation",
    ["white", "white over white", "white over unknown", "white/bme", "white over", "over", "A over B over C"],
)
def test_an_orientation_that_does_not_name_the_two_groups_is_refused(orientation):
    with refused("does not say which of the two groups is over the other; write 'White over BME' or 'BME over White'"):
        rows({**LIKELIHOOD, "orientation": orientation})


@pytest.mark.parametrize("given_as", [3, ["white", "bme"], {"white": "bme"}, True])
def test_an_orientation_that_is_no_text_is_refused(given_as):
    with refused("figure 1, orientation: "):
        document(figure=[{"measure": "staff_likelihood", "value": 1.6, "orientation": given_as}])


def test_a_measure_that_has_no_group_over_another_takes_no_orientation():
    with refused("network_meetings does not have one group over another; leave it out"):
        rows({"kind": "figure", "item": "network_meetings", "value": 4, "orientation": "white over bme"})


def test_only_a_figure_takes_an_orientation():
    with refused("a row of kind statement takes no 'orientation'"):
        rows({"item": POLICY, "value": "yes", "orientation": "white over bme"})
    with refused("unknown field 'over'"):
        document(figure=[{"measure": "staff_likelihood", "value": 1.6, "over": ["white", "bme"]}])


@pytest.mark.parametrize(
    ("orientation", "over"),
    [("white over BME", ("white", "bme")), (" BME  OVER white staff ", ("bme", "white")), ("", None)],
)
def test_an_orientation_says_which_group_is_over_which(orientation, over):
    [figure] = rows({**LIKELIHOOD, "orientation": orientation}).entries
    assert figure.over == over


def test_figures_of_different_orientation_are_a_contradiction():
    with refused("staff_likelihood for 2023/24 is given differently at rows  row 1"):
        rows({**LIKELIHOOD, "orientation": "white over bme"}, {**LIKELIHOOD, "orientation": "bme over white"})


def test_a_figure_that_says_its_orientation_is_fuller_than_one_that_does_not():
    said, unsaid = {**LIKELIHOOD, "orientation": "bme over white"}, LIKELIHOOD
    for order in ((said, unsaid), (unsaid, said)):
        [figure] = rows(*order).entries
        assert figure.over == ("bme", "white")


# --- what is mended --------------------------------------------------------------------------------------------------


def test_a_score_with_a_percent_sign_is_the_same_score():
    plain, signed = {"item": "staff.score", "group": "bme", "value": "6.5"}, {"item": "staff.score", "BME": "6.5%"}
    [amount] = rows(signed).entries
    assert amount.mended == "printed as '6.5%', which is not in percent; the sign was taken off"
    for order in ((plain, signed), (signed, plain)):
        [kept] = rows(*order).entries
        assert kept == evolve(amount, mended="")


def test_more_events_than_their_base_are_told_once_though_two_measures_compare_them():
    rows = [
        {
            "organisation": "Anytown",
            "period": "2023/24",
            "item": f"recruitment.{item}",
            "group": "white",
            "value": value,
        }
        for item, value in (("shortlisted", 100), ("appointed", 112))
    ]
    with pytest.raises(InvalidInputError) as refused:
        read_rows(rows)
    assert len(refused.value.problems) == 1
