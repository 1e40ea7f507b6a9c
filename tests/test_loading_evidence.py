"""What evidence files say, and how it is understood."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from equityrules.loading.evidence import evidence_of_document, read_evidence, read_rows
from equityrules.loading.frameworks import load_frameworks
from equityrules.model.evidence import Evidence, Organisation, Status
from equityrules.model.period import parse_period
from equityrules.model.problems import InvalidInputError
from equityrules.reports.templates import csv_template, toml_template

EXAMPLES = Path(__file__).parent.parent / "examples"
FRAMEWORKS = load_frameworks()
HEADER = {"organisation": "Example NHS Trust", "period": "2023/24"}
COMPARED = "practice.staff_experience_compared_and_acted_on"
POLICY = "practice.zero_tolerance_policy"
SURVEY = "survey.recommend_place_to_work"


def read(path: Path, *others: Path) -> Evidence:
    """Return the evidence of the one organisation in some files."""
    [evidence] = read_evidence(path, *others, frameworks=FRAMEWORKS)
    return evidence


def document(**kinds: list[dict[str, object]]) -> Evidence:
    """Return the evidence in a document with the usual header."""
    [evidence] = evidence_of_document({**HEADER, **kinds}, "document", FRAMEWORKS)
    return evidence


def rows(*given: dict[str, object]) -> Evidence:
    """Return the evidence in tidy rows with the usual header."""
    [evidence] = read_rows([{**HEADER, **one} for one in given], FRAMEWORKS)
    return evidence


def table(tmp_path: Path, text: str, name: str = "trust.csv") -> Path:
    """Return a file with this text in it."""
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def refused(message: str):
    """Return what expects a refusal with these words."""
    return pytest.raises(InvalidInputError, match=re.escape(message))


# --- the examples ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [path.name for path in sorted(EXAMPLES.glob("*eds*.toml"))])
def test_every_example_is_read(name):
    assert read(EXAMPLES / name).everything()


def test_an_example_says_what_its_file_says():
    evidence = read(EXAMPLES / "ssot-icb-eds-domain2-2022-23.toml")
    poll = evidence.votes[0]
    assert evidence.organisation.name == "Staffordshire and Stoke-on-Trent Integrated Care Board"
    assert poll.votes == {"undeveloped": 1, "developing": 26, "achieving": 44, "excelling": 14}
    assert (poll.about, poll.stated_total, str(poll.period)) == ("eds/domain-2", 83, "July 2022 to February 2023")
    assert [one.stated_total for one in evidence.votes[1:]] == [20, 21, 21, 21]


def test_all_examples_are_read_together_each_for_its_organisation():
    paths = sorted(EXAMPLES.glob("*eds*.toml"))
    bodies = read_evidence(*paths, frameworks=FRAMEWORKS)
    assert [body.inputs[0].name for body in bodies] == [path.name for path in paths]


def test_a_file_is_known_by_its_name_and_digest():
    [source] = read(EXAMPLES / "leeds-eds-2023-24.toml").inputs
    assert source.name == "leeds-eds-2023-24.toml"
    assert re.fullmatch("[0-9a-f]{64}", source.digest)


# --- templates ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("template", "suffix"), [(toml_template, "toml"), (csv_template, "csv")])
def test_a_template_with_nothing_filled_in_says_so(tmp_path, template, suffix):
    text = template([FRAMEWORKS["eds"]], FRAMEWORKS.vocabulary)
    with refused("nothing is filled in yet"):
        read(table(tmp_path, text, f"evidence.{suffix}"))


def test_one_answer_in_a_template_is_all_that_is_read(tmp_path):
    text = toml_template([FRAMEWORKS["eds"]], FRAMEWORKS.vocabulary)
    text = text.replace('organisation = ""', 'organisation = "Example NHS Trust"').replace(
        'period = ""', 'period = "2022"'
    )
    text = text.replace('grade = "" ', 'grade = "Achieving" ', 1)
    [rating] = read(table(tmp_path, text, "evidence.toml")).everything()
    assert (rating.about, rating.grade) == ("eds/1A", "achieving")


def test_a_row_of_a_template_is_read_without_what_is_written_for_people(tmp_path):
    text = csv_template([FRAMEWORKS["eds"]], FRAMEWORKS.vocabulary)
    row = next(line for line in text.splitlines() if line.startswith(f",,,statement,{POLICY},"))
    filled = row.replace(f",,,statement,{POLICY},,", f"Example NHS Trust,,2023/24,statement,{POLICY},,in place", 1)
    [statement] = read(table(tmp_path, text.replace(row, filled))).entries
    assert (statement.item, statement.status) == (POLICY, Status.IN_PLACE)


# --- what is not given -------------------------------------------------------------------------------------------


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


# --- values ------------------------------------------------------------------------------------------------------


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


def test_a_percent_sign_is_refused_where_the_measure_is_not():
    with refused("'4%' is a percentage where a plain number belongs"):
        rows({"kind": "figure", "item": "network_meetings", "value": "4%"})


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


@pytest.mark.parametrize("day", ["28/02/2024", "2024-02-28", date(2024, 2, 28), datetime(2024, 2, 28, 10, 30)])  # noqa: DTZ001 - as a data frame gives it
def test_a_date_is_read_as_text_and_as_a_date(day):
    [statement] = rows({"item": POLICY, "value": "in place", "date": day}).entries
    assert statement.date == date(2024, 2, 28)
    assert type(statement.date) is date


@pytest.mark.parametrize("period", ["2023", 2023])
def test_a_year_is_read_as_text_and_as_a_number(period):
    assert rows({"item": POLICY, "value": "in place", "period": period}).periods() == (parse_period("2023"),)


def test_a_day_is_a_period_of_one_day():
    [period] = rows({"item": POLICY, "value": "in place", "period": datetime(2024, 3, 31, 9, 0)}).periods()  # noqa: DTZ001
    assert (period.start, period.end) == (date(2024, 3, 31), date(2024, 3, 31))


def test_a_row_may_say_again_for_itself_what_the_file_says_once():
    first, second = document(
        statement=[{"item": POLICY, "status": "in place", "period": "2022/23"}, {"item": POLICY, "status": "in place"}]
    ).entries
    assert [str(one.period) for one in (first, second)] == ["2022/23", "2023/24"]


def test_the_kind_of_a_row_follows_from_its_item():
    evidence = rows(
        {"item": POLICY, "value": "in place"}, {"item": SURVEY, "value": 5, "of": 9}, {"item": "impact_assessment.done", "value": 3},
        {"item": "recommend_place_to_work", "value": 71}, {"item": "eds/1A", "value": "Achieving"},
    )  # fmt: skip
    assert [type(one).__name__ for one in evidence.everything()] == ["Statement", "Survey", "Count", "Figure", "Rating"]


# --- groups ------------------------------------------------------------------------------------------------------


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


# --- ratings and votes -------------------------------------------------------------------------------------------


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


# --- the same thing said again -----------------------------------------------------------------------------------


def test_the_same_thing_said_twice_counts_once():
    row = {"item": "eds/1A", "value": "Achieving"}
    assert len(rows(row, row).ratings) == 1


def test_the_same_action_said_twice_counts_once():
    action = {"about": ["eds/2B"], "text": "Publish"}
    assert len(document(action=[action, action, {**action, "owner": "Director"}]).actions) == 2


def test_of_two_that_say_the_same_the_fuller_is_kept():
    short, full = (
        {"item": POLICY, "value": "in place"},
        {"item": POLICY, "value": "yes", "documents": "Policy v4; Minutes", "by": "HR"},
    )
    for order in ((short, full), (full, short)):
        [statement] = rows(*order).entries
        assert (statement.documents, statement.by) == (("Policy v4", "Minutes"), "HR")


def test_two_that_say_different_things_are_refused_with_both_places():
    with refused("rows  row 2: eds/1A for 2023/24 is given differently at rows  row 1; keep one of them"):
        rows({"item": "eds/1A", "value": "Achieving"}, {"item": "eds/1A", "value": "Excelling"})


def test_a_date_that_is_the_end_of_the_period_is_no_other_day():
    with refused("is given differently"):
        rows({"item": POLICY, "value": "in place"}, {"item": POLICY, "value": "no", "date": "2024-03-31"})


def test_two_days_of_one_period_may_differ():
    assert (
        len(rows({"item": POLICY, "value": "no", "date": "2023-05-01"}, {"item": POLICY, "value": "yes"}).entries) == 2
    )


def test_nought_and_a_number_are_not_the_same():
    done = {"kind": "count", "item": "impact_assessment.done"}
    for first, second in (("0", "3"), ("3", "0")):
        with refused("is given differently"):
            rows({**done, "value": first}, {**done, "value": second})


# --- a part and its whole ----------------------------------------------------------------------------------------


def impact(done: object, required: object, **more: object) -> Evidence:
    """Return evidence of impact assessments done and required."""
    return rows(
        {"item": "impact_assessment.done", "value": done, **more},
        {"item": "impact_assessment.required", "value": required},
    )


def test_as_many_events_as_their_base_are_fine():
    assert len(impact(40, 40).entries) == 2


def test_more_events_than_their_base_are_refused_with_both_places():
    with refused("rows  row 1, column value: impact_assessment.done for 2023/24 is 41, more than the 40 of"
                 " impact_assessment.required at rows  row 2, which it is a part of"):  # fmt: skip
        impact(41, 40)


def test_events_of_another_period_are_not_compared():
    assert len(impact(41, 40, period="2022/23").entries) == 2


def test_the_latest_count_of_a_period_is_compared():
    earlier = {"item": "impact_assessment.required", "value": 30, "date": "2023-05-01"}
    assert (
        len(
            rows({"item": "impact_assessment.done", "value": 35}, earlier, {**earlier, "value": 40, "date": ""}).entries
        )
        == 3
    )


# --- organisations -----------------------------------------------------------------------------------------------


def test_several_organisations_stand_in_one_table(tmp_path):
    text = "organisation,code,period,item,value\nA Trust,RA1,2023/24,eds/1A,Achieving\nB Trust,RB1,2023/24,eds/1A,Excelling\nA Trust,RA1,2023/24,eds/1B,Excelling\n"
    first, second = read_evidence(table(tmp_path, text), frameworks=FRAMEWORKS)
    assert [first.organisation, second.organisation] == [Organisation("A Trust", "RA1"), Organisation("B Trust", "RB1")]
    assert [len(first.ratings), len(second.ratings)] == [2, 1]


def test_a_list_of_json_documents_holds_several_organisations(tmp_path):
    documents = [
        {**HEADER, "organisation": name, "rating": [{"about": "eds/1A", "grade": "Achieving"}]} for name in ("A", "B")
    ]
    bodies = read_evidence(table(tmp_path, json.dumps(documents), "all.json"), frameworks=FRAMEWORKS)
    assert [body.organisation.name for body in bodies] == ["A", "B"]


def test_a_list_of_tidy_rows_is_read_from_json(tmp_path):
    given = [
        {**HEADER, "item": "eds/1A", "value": "Achieving", "by": None},
        {**HEADER, "item": SURVEY, "value": 5, "of": 9},
    ]
    assert len(read(table(tmp_path, json.dumps(given), "rows.json")).everything()) == 2


def test_a_name_without_code_joins_the_same_name_with_one():
    evidence = rows(
        {"item": "eds/1A", "value": "Achieving"},
        {"item": "eds/1B", "value": "Achieving", "code": "rxx", "organisation": "EXAMPLE NHS  Trust"},
    )
    assert evidence.organisation.code == "RXX"
    assert len(evidence.ratings) == 2


def test_one_code_is_one_organisation_under_the_fullest_of_its_names():
    evidence = rows(*({"item": f"eds/1{letter}", "value": "Achieving", "code": "RXX", "organisation": name}
                      for letter, name in (("A", "Example"), ("B", "Example NHS Trust"), ("C", "Example NHS"))))  # fmt: skip
    assert evidence.organisation == Organisation("Example NHS Trust", "RXX")


def test_two_codes_are_two_organisations_though_they_share_a_name():
    given = [{**HEADER, "item": "eds/1A", "value": "Achieving", "code": code} for code in ("RX1", "RX2")]
    assert [one.organisation.code for one in read_rows(given, FRAMEWORKS)] == ["RX1", "RX2"]


# --- files -------------------------------------------------------------------------------------------------------

TABLE = "organisation,period,item,group,value\nExample NHS Trust,2023/24,eds/1A,,Achieving\n"


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t"),
        "\ufeff" + TABLE,
        "sep=;\n" + TABLE.replace(",", ";"),
        TABLE.replace("\n", "\r\n"),
        TABLE.replace("\n", "\r"),
        TABLE + ",,,,\n\n   \n,,,,\r\n",
        TABLE.replace("\n", ",,\n"),
        TABLE.replace("Achieving\n", "Achieving,,,\n"),
        TABLE.replace("organisation,period", " Organisation , PERIOD "),
        '"organisation","period","item","group","value"\n"Example NHS Trust","2023/24","eds/1A","","Achieving"\n',
        TABLE.rstrip(),
    ],
    ids=["comma", "semicolon", "tab", "byte-order-mark", "sep-line", "windows", "old-mac", "blank-lines", "blank-columns",
         "blank-cells", "capitals", "quoted", "no-last-line-end"],
)  # fmt: skip
def test_a_table_is_read_however_a_spreadsheet_saves_it(tmp_path, text):
    [rating] = read(table(tmp_path, text)).ratings
    assert (rating.about, rating.grade) == ("eds/1A", "achieving")


def test_a_line_that_a_spreadsheet_cut_after_its_last_cell_is_read(tmp_path):
    text = "organisation,period,item,value,note\nExample NHS Trust,2023/24,eds/1A,Achieving\nExample NHS Trust,2023/24,eds/1B\n"
    assert len(read(table(tmp_path, text)).ratings) == 1


def test_a_place_is_the_file_and_the_line_a_row_starts_at(tmp_path):
    text = TABLE + '"Example\nNHS Trust",2023/24,eds/1B,,Achieving\n' + "Example NHS Trust,2023/24,eds/1C,,Achieving\n"
    assert [one.place for one in read(table(tmp_path, text)).ratings] == [
        "trust.csv  line 2",
        "trust.csv  line 3",
        "trust.csv  line 5",
    ]


def test_windows_line_ends_are_read_in_toml(tmp_path):
    text = (EXAMPLES / "leeds-eds-2023-24.toml").read_text(encoding="utf-8").replace("\n", "\r\n")
    assert len(read(table(tmp_path, text, "leeds.toml")).ratings) == 9


def test_several_files_are_one_body_of_evidence(tmp_path):
    first = table(tmp_path, TABLE)
    second = table(tmp_path, json.dumps({**HEADER, "rating": [{"about": "eds/1B", "grade": "Excelling"}]}), "more.json")
    evidence = read(first, second)
    assert [one.about for one in evidence.ratings] == ["eds/1A", "eds/1B"]
    assert [one.name for one in evidence.inputs] == ["trust.csv", "more.json"]


def test_all_problems_of_all_files_are_told_at_once(tmp_path):
    first = table(tmp_path, TABLE.replace("Achieving", "Acheiving"))
    second = table(tmp_path, "rating = 3", "more.toml")
    with pytest.raises(InvalidInputError) as caught:
        read(first, second, tmp_path / "missing.json")
    assert [problem.file for problem in caught.value.problems] == [
        "trust.csv",
        "more.toml",
        str(tmp_path / "missing.json"),
    ]


STDIN = {
    "csv": TABLE,
    "toml": '# evidence, of ours\n\norganisation = "Example NHS Trust"\nperiod = "2023/24"\n[[rating]]\nabout = "eds/1A"\ngrade = "Achieving"\n',
    "toml-with-tables-first": '[[rating]]  # ours\norganisation = "Example NHS Trust"\nperiod = "2023/24"\nabout = "eds/1A"\ngrade = "Achieving"\n',
    "json": json.dumps({**HEADER, "rating": [{"about": "eds/1A", "grade": "Achieving"}]}),
    "json-list": json.dumps([{**HEADER, "rating": [{"about": "eds/1A", "grade": "Achieving"}]}], indent=2),
}  # fmt: skip


@pytest.mark.parametrize("form", STDIN)
def test_every_form_is_read_from_standard_input(monkeypatch, form):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STDIN[form].encode())))
    [evidence] = read_evidence("-", frameworks=FRAMEWORKS)
    assert evidence.ratings[0].grade == "achieving"
    assert evidence.inputs[0].name == "standard input"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n"])
def test_empty_standard_input_is_refused(monkeypatch, content):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    with refused("standard input: is empty"):
        read_evidence("-", frameworks=FRAMEWORKS)


def test_standard_input_that_cannot_be_read_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    with refused("standard input: cannot be read here; name a file"):
        read_evidence("-", frameworks=FRAMEWORKS)
