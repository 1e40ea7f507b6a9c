"""What becomes of the same thing said again, of parts and wholes, and of several organisations."""

from __future__ import annotations

import json

from evidence_builders import FRAMEWORKS, HEADER, POLICY, SURVEY, document, read, refused, rows, table

from equityrules.loading.evidence import read_evidence, read_rows
from equityrules.model.evidence import Evidence, Organisation

# --- the same thing said again ---------------------------------------------------------------------------------------


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


# --- a part and its whole --------------------------------------------------------------------------------------------


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


# --- organisations ---------------------------------------------------------------------------------------------------


def test_several_organisations_stand_in_one_table(tmp_path):
    lines = [
        "organisation,code,period,item,value",
        "A Trust,RA1,2023/24,eds/1A,Achieving",
        "B Trust,RB1,2023/24,eds/1A,Excelling",
        "A Trust,RA1,2023/24,eds/1B,Excelling",
    ]
    first, second = read_evidence(table(tmp_path, "\n".join(lines)), frameworks=FRAMEWORKS)
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
    names = {"A": "Example", "B": "Example NHS Trust", "C": "Example NHS"}
    rating = {"value": "Achieving", "code": "RXX"}
    evidence = rows(*({**rating, "item": f"eds/1{letter}", "organisation": name} for letter, name in names.items()))
    assert evidence.organisation == Organisation("Example NHS Trust", "RXX")


def test_two_codes_are_two_organisations_though_they_share_a_name():
    given = [{**HEADER, "item": "eds/1A", "value": "Achieving", "code": code} for code in ("RX1", "RX2")]
    assert [one.organisation.code for one in read_rows(given, FRAMEWORKS)] == ["RX1", "RX2"]
