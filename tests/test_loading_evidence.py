"""What evidence says, and how it is understood."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from evidence_builders import COMPARED, POLICY, SURVEY, document, refused, rows

from equityrules.loading.evidence import read_evidence
from equityrules.model.period import parse_period
from equityrules.model.problems import InvalidInputError

# --- what is not given -----------------------------------------------------------------------------------------------


def test_blank_cells_are_not_given():
    [statement] = rows({"item": POLICY, "value": "in place", "by": " ", "date": "", "note": None}).entries
    assert (statement.by, statement.date, statement.note) == ("", None, "")


def test_rows_without_a_value_are_not_filled_in():
    assert len(rows({"item": POLICY, "value": "in place"}, {"item": SURVEY, "value": " "}).entries) == 1


def test_the_nan_of_a_data_frame_is_not_given():
    nan = float("nan")
    assert len(rows({"item": POLICY, "value": "in place", "of": nan}, {"item": SURVEY, "value": nan}).entries) == 1


def test_a_null_in_json_is_not_given():
    [rating] = document(
        rating=[{"about": "eds/1A", "grade": "Achieving", "by": None}, {"about": "eds/1B", "grade": None}]
    ).ratings
    assert rating.by == ""


def test_blank_votes_are_not_given():
    [poll] = document(
        votes=[
            {"about": "eds/2A", "votes": {"Developing": 4, "Achieving": ""}},
            {"about": "eds/2B", "votes": {"Developing": ""}},
        ]
    ).votes
    assert poll.votes == {"developing": 4}


def test_nought_is_given():
    [count] = document(count=[{"item": "impact_assessment.done", "value": 0}]).entries
    assert count.value == 0


# --- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,204", 1204), (" 12 ", 12), ("0", 0), ("12.5", Fraction(25, 2)), (3, 3), (3.5, Fraction(7, 2))],
)
def test_a_count_is_read_exactly(text, value):
    [count] = rows({"item": "impact_assessment.required", "value": text}).entries
    assert count.value == value


def test_a_percentage_among_the_answers_is_read_as_a_percentage():
    [survey] = rows({"item": SURVEY, "value": "43.2%", "of": "250"}).entries
    assert (survey.percent, survey.yes, survey.of) == (Decimal("43.2"), None, 250)


def test_a_percent_sign_is_read_where_the_measure_is_in_percent():
    [figure] = rows({"kind": "figure", "item": "recommend_place_to_work", "value": "71.40%"}).entries
    assert str(figure.value) == "71.40"


@pytest.mark.parametrize("kind", ["figure", "target"])
def test_a_percent_sign_is_taken_off_where_the_measure_is_not_in_percent_and_the_piece_says_so(kind):
    row = {"kind": kind, "item": "network_meetings", "value": "6.50 %"}
    evidence = rows(row | ({"direction": "at least"} if kind == "target" else {}))
    [piece] = (*evidence.entries, *evidence.targets)
    assert str(piece.value) == "6.50"
    assert piece.mended == "printed as '6.50 %', which is not in percent; the sign was taken off"


def test_a_percent_sign_in_a_document_is_taken_off_too():
    [figure] = document(figure=[{"measure": "network_meetings", "value": "4%"}]).entries
    assert (figure.value, figure.mended[:15]) == (4, "printed as '4%'")


def test_what_needs_no_mending_says_nothing_of_it():
    [figure] = rows({"kind": "figure", "item": "recommend_place_to_work", "value": "71.40%"}).entries
    assert figure.mended == ""


def test_a_count_with_a_percent_sign_is_refused():
    with refused("'4%' is a percentage where a plain number belongs"):
        rows({"item": "impact_assessment.required", "value": "4%"})


def test_mending_is_never_written_in_a_file():
    with refused("unknown field 'mended'"):
        document(figure=[{"measure": "network_meetings", "value": 4, "mended": "no"}])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("In place", "in place"),
        ("not-in-place", "not in place"),
        ("YES", "in place"),
        ("n", "not in place"),
        ("Committed", "committed"),
    ],
)
def test_a_status_is_read_in_any_case_and_as_yes_and_no(text, status):
    [statement] = rows({"item": POLICY, "value": text}).entries
    assert statement.status == status


@pytest.mark.parametrize("day", ["28/02/2024", "2024-02-28", date(2024, 2, 28), datetime(2024, 2, 28, 10, 30)])
def test_a_date_is_read_as_text_and_as_a_date(day):
    [statement] = rows({"item": POLICY, "value": "in place", "date": day}).entries
    assert statement.date == date(2024, 2, 28)
    assert type(statement.date) is date


@pytest.mark.parametrize("period", ["2023", 2023])
def test_a_year_is_read_as_text_and_as_a_number(period):
    assert rows({"item": POLICY, "value": "in place", "period": period}).periods() == (parse_period("2023"),)


def test_a_day_is_a_period_of_one_day():
    [period] = rows({"item": POLICY, "value": "in place", "period": datetime(2024, 3, 31, 9, 0)}).periods()
    assert (period.start, period.end) == (date(2024, 3, 31), date(2024, 3, 31))


def test_a_row_may_say_again_for_itself_what_the_file_says_once():
    first, second = document(
        statement=[{"item": POLICY, "status": "in place", "period": "2022/23"}, {"item": POLICY, "status": "in place"}]
    ).entries
    assert [str(one.period) for one in (first, second)] == ["2022/23", "2023/24"]


def test_the_kind_of_a_row_follows_from_its_item():
    evidence = rows(
        {"item": POLICY, "value": "in place"},
        {"item": SURVEY, "value": 5, "of": 9},
        {"item": "impact_assessment.done", "value": 3},
        {"item": "recommend_place_to_work", "value": 71},
        {"item": "eds/1A", "value": "Achieving"},
    )
    assert [type(one).__name__ for one in evidence.everything()] == ["Statement", "Survey", "Count", "Figure", "Rating"]


# --- groups ----------------------------------------------------------------------------------------------------------


def test_statements_for_each_group_are_read_from_one_table():
    evidence = document(statement=[{"item": COMPARED, "values": {"bme": "in place", "disabled": "committed"}}])
    assert {one.cell: str(one.status) for one in evidence.entries} == {
        (("compared_group", "bme"),): "in place",
        (("compared_group", "disabled"),): "committed",
    }


def test_values_may_say_more_than_a_value():
    inner = {"bme": {"status": "in place", "by": "BME network", "date": date(2024, 1, 1)}}
    [statement] = document(statement=[{"item": COMPARED, "values": inner, "across": "compared_group"}]).entries
    assert (statement.by, statement.date) == ("BME network", date(2024, 1, 1))


@pytest.mark.parametrize(
    "where", [{"compared_group": "bme"}, {"compared_group": "BAME staff"}, "bme", "compared_group = BME staff"]
)
def test_a_group_is_named_by_its_id_its_label_or_another_word(where):
    [statement] = document(statement=[{"item": COMPARED, "where": where, "status": "in place"}]).entries
    assert statement.cell == (("compared_group", "bme"),)


@pytest.mark.parametrize("where", ["all", {"compared_group": "all"}, ""])
def test_all_is_the_whole(where):
    [statement] = document(statement=[{"item": COMPARED, "where": where, "status": "in place"}]).entries
    assert statement.cell == ()


def test_a_group_in_a_tidy_row_stands_in_its_own_column():
    [statement] = rows({"item": COMPARED, "group": "Disabled staff", "value": "in place"}).entries
    assert statement.cell == (("compared_group", "disabled"),)


# --- ratings and votes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("grade", ["achieving", "Achieving", "ACHIEVING ACTIVITY", "  Achieving  activity "])
def test_a_grade_is_read_in_any_case_and_with_the_variants_people_write(grade):
    assert rows({"item": "eds/2a", "value": grade}).ratings[0].grade == "achieving"


def test_a_number_in_place_of_a_grade_is_points():
    [rating] = rows({"item": "eds/domain-1", "value": "7.5"}).ratings
    assert (rating.grade, rating.points) == (None, Decimal("7.5"))


def test_a_criterion_that_does_not_apply_says_why():
    [rating] = rows({"item": "eds/1B", "value": "Not applicable", "note": "We commission nothing"}).ratings
    assert (rating.applicable, rating.grade, rating.note) == (False, None, "We commission nothing")


def test_a_service_is_rated_by_itself():
    evidence = rows(*({"item": "eds/1B", "value": "Achieving", "service": one} for one in ("Maternity", "Stroke")))
    assert [one.service for one in evidence.ratings] == ["Maternity", "Stroke"]


def test_one_row_for_each_grade_makes_one_poll():
    votes = [("Developing", 4), ("Achieving", 9), ("stated total", 14)]
    [poll] = rows(
        *(
            {"kind": "votes", "item": "eds/2B", "group": grade, "value": number, "by": "staff"}
            for grade, number in votes
        )
    ).votes
    assert (poll.votes, poll.stated_total, poll.by) == ({"developing": 4, "achieving": 9}, 14, "staff")


def test_groups_of_raters_vote_apart():
    evidence = rows(
        *({"kind": "votes", "item": "eds/2B", "group": "Achieving", "value": 3, "by": by} for by in ("staff", "union"))
    )
    assert [one.by for one in evidence.votes] == ["staff", "union"]


def test_a_poll_may_state_its_turnout_only():
    [poll] = rows({"kind": "votes", "item": "eds/2B", "group": "Stated total", "value": 20}).votes
    assert (poll.votes, poll.stated_total) == ({}, 20)


# --- names of files --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_utf_8_is_shown_with_a_mark_in_its_place(tmp_path):
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/tr\xe4st.toml"))
    file.write_text(f'organisation = "A"\nperiod = "2023/24"\n[[statement]]\nitem = "{POLICY}"\nstatus = "in place"\n')
    [evidence] = read_evidence(file)
    assert [one.name for one in evidence.inputs] == ["tr\ufffdst.toml"]
    file.write_text("period = 1")
    with pytest.raises(InvalidInputError) as caught:
        read_evidence(file)
    assert {problem.file for problem in caught.value.problems} == {"tr\ufffdst.toml"}
    file.unlink()
    with pytest.raises(InvalidInputError, match="there is no such file"):
        read_evidence(file)
