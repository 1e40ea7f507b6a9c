"""The workbooks: the government's checklist for spreadsheets, text that stays text, and the numbers of the JSON.

The checklist is "Accessible spreadsheets: a checklist of the basics" of the Government Analysis Function.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pytest
from builders import ACHIEVING, DEVELOPING, assessment, criterion, finding, full_assessment, gap, remark
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import example, parts, table_rows, told, workbook

from equityrules.model.finding import GapKind, Lever, Observation, Outcome, Rate, Reason
from equityrules.model.period import parse_period
from equityrules.model.result import ActionLine, TargetResult
from equityrules.reports.json_report import render_json
from equityrules.reports.spreadsheet import render_working_xlsx, render_xlsx
from equityrules.reports.spreadsheet.cells import LONGEST, cell_text

EXAMPLES = ("elht-figures-2023.toml", "full-example-eds.toml", "elht-model-employer-2023.csv")


@pytest.fixture(scope="module", params=EXAMPLES)
def published(request):
    return workbook(render_xlsx(example(request.param)))


def tables(book):
    return [one for one in book if one.title != "Cover"]


# --- the checklist


def test_a_cover_comes_first_then_contents_and_notes(published):
    assert published.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert published.active.title == "Cover"


def test_every_sheet_but_the_cover_is_one_marked_table_with_a_name_of_its_own(published):
    names = [table.displayName for one in tables(published) for table in one.tables.values()]
    assert len(names) == len(set(names)) == len(tables(published))


def test_no_cell_is_merged_and_no_row_or_column_hidden(published):
    for one in published:
        assert not one.merged_cells.ranges
        assert not any(row.hidden for row in one.row_dimensions.values())
        assert not any(column.hidden for column in one.column_dimensions.values())


def test_no_cell_of_a_table_is_empty(published):
    for one in tables(published):
        assert all(value not in (None, "") for row in table_rows(one) for value in row.values()), one.title


def test_headings_stand_in_one_row_and_are_unique(published):
    for one in tables(published):
        [table] = one.tables.values()
        names = [column.name.casefold() for column in table.tableColumns]
        assert table.headerRowCount == 1
        assert len(names) == len(set(names))


def test_a_title_stands_in_the_first_cell_and_what_the_sheet_holds_below_it(published):
    for one in tables(published):
        assert one["A1"].value
        assert one["A2"].value == "This worksheet contains one table."


def test_there_are_no_filters_and_no_frozen_panes_in_what_is_published(published):
    for one in tables(published):
        assert one.freeze_panes is None
        assert all(table.autoFilter is None for table in one.tables.values())


def test_names_of_sheets_have_no_spaces_and_fit(published):
    assert all(len(name) <= 31 and " " not in name for name in published.sheetnames)


def test_every_piece_of_shorthand_that_is_used_is_explained(published):
    used = {value for one in tables(published) for row in table_rows(one) for value in row.values()}
    explained = {row["Marker"] for row in table_rows(published["Notes"])}
    assert used & {"[c]", "[x]", "[z]"} <= explained


def test_the_contents_list_every_other_table_and_link_to_it(published):
    listed = [row["Worksheet"] for row in table_rows(published["Contents"])]
    assert listed == published.sheetnames[2:]
    links = [cell.hyperlink.location for cell in published["Contents"]["A"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in listed]


def test_the_font_is_plain_and_large_enough(published):
    fonts = {(cell.font.name, cell.font.size) for one in published for row in one for cell in row if cell.value}
    assert {name for name, _ in fonts} == {"Arial"}
    assert min(size for _, size in fonts) >= 12


def test_the_workbook_says_what_it_is_and_whose(published):
    assert published.properties.title == published["Cover"]["A1"].value
    assert published.properties.creator


# --- text stays text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1+1", '=HYPERLINK("http://x")', "{=1}", "http://x.org"])
@pytest.mark.parametrize("render", [render_xlsx, render_working_xlsx])
def test_free_text_never_becomes_a_formula_a_link_or_a_number(render, text):
    book = workbook(render([told(text)]))
    cells = [cell for one in book if one.title != "Contents" for row in one for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)


def test_a_number_written_as_text_stays_text():
    [row] = table_rows(workbook(render_xlsx([told("007")]))["Narratives"])
    assert row["Text"] == "007"


@given(st.text(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_narrative_survives(text):
    rows = [row for one in workbook(render_xlsx([told(text)])) if one.title == "Narratives" for row in table_rows(one)]
    assert [row["Text"] for row in rows] == [cell_text(text) or "[x]"]


def test_signs_that_xml_forbids_are_left_out_and_paragraphs_kept():
    assert cell_text("a\x00b\x0b\ufffec") == "a b\nc"
    [row] = table_rows(workbook(render_xlsx([told("one\x01\n\ntwo\ufffe\ud800")]))["Narratives"])
    assert row["Text"] == "one\ntwo"


def test_text_that_is_too_long_for_a_cell_is_cut_and_says_so():
    [row] = table_rows(workbook(render_xlsx([told("é" * 40_000)]))["Narratives"])
    assert len(row["Text"]) == LONGEST
    assert row["Text"].endswith("the JSON and Word reports have all of it]")


def test_length_is_counted_as_excel_counts_it():
    cut = cell_text("😀" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST
    assert cut.startswith("😀" * 10_000)


# --- what it says


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_tables_hold_the_numbers_of_the_json(name):
    results = example(name)
    book = workbook(render_xlsx(results))
    rows = list(table_rows(book["Standings"]))
    for written in json.loads(render_json(results)):
        framework = f"{written['framework']['id']}@{written['framework']['edition']}"
        ours = {row["ID"]: row for row in rows if row.get("Framework", framework) == framework}
        for level in (written["overall"], *written["groups"], *written["criteria"]):
            points = ours[level["id"]].get("Points", "[z]")
            assert points == level["points"] if level["points"] is not None else points in ("[x]", "[z]")


@pytest.mark.parametrize("name", ["elht-figures-2023.toml", "elht-model-employer-2023.csv"])
def test_the_figures_are_those_of_the_json(name):
    results = example(name)
    published = {
        (row["Criterion"], row["Measure"], row["Value"])
        for row in table_rows(workbook(render_xlsx(results))["Figures"])
    }
    in_json = {
        (one["id"], seen["title"], round(seen["value"], 6))
        for written in json.loads(render_json(results))
        for one in written["criteria"]
        for found in one["findings"]
        for seen in found["observations"]
        if seen["value"] is not None and found["reason"] != "not evidenced"
    }
    assert in_json
    assert in_json <= published


def test_numbers_are_numbers_and_days_are_days():
    target = TargetResult(
        "m", "BME in band 6", "at least", Decimal("19.0"), Outcome.UNMET, "17%", due=dt.date(2026, 3, 31)
    )
    [row] = table_rows(workbook(render_xlsx([assessment(criterion("2A"), targets=(target,))]))["Targets"])
    assert (row["Target"], row["Due"]) == (19, dt.datetime(2026, 3, 31))


def test_what_excel_cannot_hold_as_a_number_or_a_day_is_text():
    target = TargetResult("m", "M", "at least", Decimal(10**400), Outcome.UNMET, "", due=dt.date(1899, 12, 31))
    [row] = table_rows(workbook(render_xlsx([assessment(criterion("2A"), targets=(target,))]))["Targets"])
    assert (row["Target"], row["Due"]) == (str(Decimal(10**400)), "1899-12-31")


def seen(**changes):
    given = {"of": "m", "title": "A measure", "unit": "percent", "value": Fraction(1, 3)}
    return Observation(**{**given, **changes})


def book_of(observation, **changes):
    row = criterion("2A", findings=(finding("2A.a", observations=(observation,)),), **changes)
    return workbook(render_xlsx([assessment(row)]))


def test_a_rate_is_shown_with_the_people_it_rests_on():
    rate = Rate("BME", Fraction(25), yes=Fraction(5), of=Fraction(20))
    [row] = table_rows(book_of(seen(rates=(rate,)))["Rates"])
    assert (row["Group compared"], row["Rate"], row["People counted"], row["Of"]) == ("BME", 25, 5, 20)


def test_a_number_that_was_taken_away_is_told_by_shorthand():
    [row] = table_rows(book_of(seen(value=None, reason=Reason.NOT_COMPUTABLE))["Figures"])
    assert row["Value"] == "[x]"


class Hidden(StrEnum):
    """The reason of a number that was taken out before anything is published."""

    HIDDEN = "numbers too small to publish"


def test_what_is_too_small_to_publish_is_told_as_confidential():
    taken = seen(value=Fraction(10, 3), reason=Hidden.HIDDEN, rates=(Rate("BME", Fraction(25)),), unit="")
    book = book_of(taken)
    [figure], [rate] = table_rows(book["Figures"]), table_rows(book["Rates"])
    assert (figure["Value"], figure["95% interval from"], figure["p value"]) == (3.333333, "[c]", "[c]")
    assert (rate["Rate"], rate["People counted"], rate["Of"]) == (25, "[c]", "[c]")
    assert "[c]" in [row["Marker"] for row in table_rows(book["Notes"])]
    assert [row["Value"] for row in table_rows(book_of(seen(value=None, reason=Hidden.HIDDEN))["Figures"])] == ["[c]"]


def test_shorthand_inside_a_text_is_explained():
    said = finding("2A.a", because="[c] rests on counts that are too small to publish")
    book = workbook(render_xlsx([assessment(criterion("2A", findings=(said,)))]))
    assert "[c]" in [row["Marker"] for row in table_rows(book["Notes"])]


def test_what_is_found_against_an_award_is_not_published():
    below = finding("2A.below", DEVELOPING, Outcome.UNMET, observations=(seen(),))
    row = criterion("2A", ACHIEVING, graded_from="rating", findings=(below,))
    assert "Requirements" not in workbook(render_xlsx([assessment(row)])).sheetnames


def test_internal_remarks_stay_in_the_working_copy():
    given = [assessment(criterion("2A"), remarks=(remark("ours", message="between us", internal=True),))]
    assert b"between us" not in b"".join(parts(render_xlsx(given)).values())
    assert b"between us" in b"".join(parts(render_working_xlsx(given)).values())


def test_the_basis_of_every_requirement_is_told_and_counted():
    book = workbook(render_xlsx([full_assessment()]))
    bases = [row["Basis"] for row in table_rows(book["Requirements"])]
    assert "unverified" in bases
    assert "basis: unverified" in [row["Marker"] for row in table_rows(book["Notes"])]
    assert sum(row["Rules"] for row in table_rows(book["Methods"]) if row["Kind"] == "rules") >= len(bases)


def test_nothing_assessed_is_a_workbook_that_says_so():
    assert workbook(render_xlsx([]))["Cover"]["A1"].value == "Nothing was assessed."
    assert workbook(render_working_xlsx([])).sheetnames == ["Cover"]


# --- the working copy


def plan(*assessments):
    return list(table_rows(workbook(render_working_xlsx(assessments))["Action_plan"]))


def short(**changes):
    given = {"shortfall": Fraction(5, 2), "unit": "people", "levers": (Lever("3 more people"),)}
    return gap("2A.a", GapKind.SHORTFALL, **{**given, **changes})


def test_a_gap_is_a_line_of_the_plan_with_room_to_fill_in():
    row = criterion("2A", findings=(finding("2A.a", ACHIEVING, Outcome.UNMET),), gaps=(short(),))
    [line] = plan(assessment(row))
    assert (line["Requirements"], line["Short by"], line["Unit"]) == ("2A.a", 2.5, "people")
    assert (line["What is enough (any one)"], line["Basis"]) == ("3 more people", "unverified")
    assert (line["What we will do"], line["Owner"], line["How far it is"]) == (None, None, None)


def test_the_plan_says_what_is_planned_already():
    row = criterion("2A", findings=(finding("2A.a", ACHIEVING, Outcome.UNMET),), gaps=(short(),))
    [line] = plan(assessment(row, actions=(ActionLine("Ask them", ("eds/2A",)), ActionLine("Else", ("eds/3A",)))))
    assert line["Planned already"] == "Ask them"


def test_how_far_a_step_is_can_be_chosen_from_a_list():
    row = criterion("2A", findings=(finding("2A.a", ACHIEVING, Outcome.UNMET),), gaps=(short(),))
    [choice] = workbook(render_working_xlsx([assessment(row)]))["Action_plan"].data_validations.dataValidation
    assert choice.formula1 == '"not started,in progress,done,stopped"'


def test_several_organisations_are_told_apart_in_one_workbook():
    row = criterion("2A", findings=(finding("2A.a", ACHIEVING, Outcome.UNMET),), gaps=(short(),))
    lines = plan(assessment(row), assessment(row, organisation="Othertown NHS Trust", organisation_code="RYY"))
    assert [(line["Organisation"], line["Rank"]) for line in lines] == [
        ("Anytown NHS Trust", 1),
        ("Othertown NHS Trust", 1),
    ]


def test_the_working_copy_says_that_it_is_not_for_publication():
    book = workbook(render_working_xlsx([full_assessment()]))
    assert "not for publication" in book["Cover"]["A3"].value
    assert all("not for publication" in one["A2"].value for one in book if one.title != "Cover")


# --- the same each time


@pytest.mark.parametrize("render", [render_xlsx, render_working_xlsx])
def test_two_runs_give_the_same_bytes(render, monkeypatch):
    first = render([full_assessment()])
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))
    assert render([full_assessment()]) == first


def test_a_period_before_the_beginning_of_zip_files_is_no_trouble():
    old = assessment(criterion("2A"), period=parse_period("1975/76"), as_of=dt.date(1976, 3, 31))
    assert workbook(render_xlsx([old])).sheetnames[0] == "Cover"
