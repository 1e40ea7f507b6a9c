"""A template filled in, by openpyxl and by LibreOffice, is the same evidence as the same things said in tidy rows."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from evidence_builders import POLICY, read, refused, rows
from openpyxl import Workbook, load_workbook
from workbook_builders import FRAMEWORKS, enter, filled, find, said, template

from equityrules.model.evidence import Evidence

POLICY_ROW = {"Item": POLICY}
SHORTLISTED, BAND = "recruitment.shortlisted", "workforce.non_clinical"
SOFFICE = shutil.which("soffice")


def fill_in(book: Workbook) -> None:
    """Fill in something of every kind, as a trust would."""
    statements, ratings, votes = book["Statements"], book["EDS ratings"], book["EDS votes"]
    enter(statements, POLICY_ROW, How_far_in_place="in place", Date=date(2021, 5, 1), Documents="Policy v4; Policy v5")
    enter(statements, {"Group": "compared_group=bme"}, How_far_in_place="Committed", Said_by="EDI lead")
    enter(ratings, {"About": "eds/2A"}, Rating="Achieving", Rated_by="Panel", Evidence="Done since May", Owner="People")
    enter(ratings, {"What it is": "1B, service 2 of 3"}, Service="Maternity", Rating="Developing")
    enter(ratings, {"About": "eds/domain-3"}, Rating=6, Rated_by="Panel")
    enter(votes, {"About": "eds/2B"}, Group_of_raters="Unions", Votes_for_Developing=4, Votes_for_Achieving=9)
    find(votes, {"About": "eds/2B"})["Votes in all, as stated"].value = 13
    enter(book["Report covers"], {"About": "eds", "Field": "completed"}, Entry=date(2024, 2, 1))
    enter(book["Commentary"], {"About": "wres/2"}, Evidence="Panels are diverse now", Owner="Recruitment lead")
    for item, white, bme in ((SHORTLISTED, 1204, 310), ("recruitment.appointed", 400, 70)):
        enter(book["Recruitment"], {"Item": item}, White=white, BME=bme, Unknown=0)
    enter(book["Workforce"], {"Agenda for Change pay band": "Band 8a", "Item": BAND}, White=88, BME=12)
    enter(
        book["Survey"], {"Item": "survey.harassment_public", "Ethnic group": "BME"}, Answered_yes=212, Of_how_many=872
    )
    enter(book["Survey"], {"Item": "survey.harassment_public", "Disability": "Disabled"}, or_percent="31.4%")
    enter(book["Scores and amounts"], {"Item": "survey.engagement", "Disability": "Disabled"}, Value=6.5)
    figure = {"Measure": "appointment_likelihood_ethnicity"}
    enter(book["Printed results"], figure, Printed_result="2.26", Which_over_which="White over BME")
    target = {"Measure": "harassment_public", "Direction": "at most", "Target": 20, "Due": date(2025, 3, 31)}
    for heading, value in target.items():
        book["Targets"].cell(6, column_of(book, "Targets", heading)).value = value
    explanation = {"About": "eds/2D.exit-interviews", "Why it is not met": "From June", "Until": date(2024, 12, 31)}
    for heading, value in explanation.items():
        book["Explanations"].cell(6, column_of(book, "Explanations", heading)).value = value
    action = {"About": "eds/2B; wres/5", "Action": "Publish figures", "Owner": "Director", "Due": date(2024, 9, 30)}
    for heading, value in action.items():
        book["Actions"].cell(6, column_of(book, "Actions", heading)).value = value


def column_of(book: Workbook, sheet: str, heading: str) -> int:
    return next(cell.column for cell in book[sheet][4] if cell.value == heading)


def expected() -> Evidence:
    """Return the same things said in tidy rows."""
    raised = {"kind": "votes", "item": "eds/2B", "by": "Unions"}
    return rows(
        {"item": POLICY, "value": "in place", "date": "2021-05-01", "documents": "Policy v4; Policy v5"},
        {"item": "practice.staff_experience_compared_and_acted_on", "group": "bme", "value": "committed",
         "by": "EDI lead"},
        {"item": "eds/2A", "value": "Achieving", "by": "Panel"},
        {"kind": "narrative", "item": "eds/2A", "value": "Done since May", "owner": "People", "by": "Panel"},
        {"item": "eds/1B", "value": "Developing", "service": "Maternity"},
        {"item": "eds/domain-3", "value": 6, "by": "Panel"},
        {**raised, "group": "Developing", "value": 4}, {**raised, "group": "Achieving", "value": 9},
        {**raised, "group": "stated total", "value": 13},
        {"kind": "cover", "item": "eds", "name": "completed", "value": "2024-02-01"},
        {"kind": "narrative", "item": "wres/2", "value": "Panels are diverse now", "owner": "Recruitment lead"},
        {"item": SHORTLISTED, "white": 1204, "bme": 310, "unknown": 0},
        {"item": "recruitment.appointed", "white": 400, "bme": 70, "unknown": 0},
        {"item": BAND, "band": "8a", "white": 88, "bme": 12},
        {"item": "survey.harassment_public", "group": "ethnicity=bme", "value": 212, "of": 872},
        {"item": "survey.harassment_public", "group": "disability=disabled", "percent": "31.4"},
        {"item": "survey.engagement", "group": "disability=disabled", "value": "6.5"},
        {"item": "appointment_likelihood_ethnicity", "value": "2.26", "orientation": "white over bme"},
        {"kind": "target", "item": "harassment_public", "value": 20, "direction": "at most", "due": "2025-03-31"},
        {"kind": "explanation", "item": "eds/2D.exit-interviews", "value": "From June", "until": "2024-12-31"},
        {"kind": "action", "item": "eds/2B; wres/5", "value": "Publish figures", "owner": "Director",
         "due": "2024-09-30"},
    )  # fmt: skip


def by_libreoffice(path: Path, folder: Path) -> Path:
    """Return a workbook as LibreOffice saves it."""
    assert SOFFICE
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "saved"), str(path)]
    subprocess.run(run, check=True, capture_output=True, timeout=180)
    return folder / "saved" / path.name


def test_a_template_filled_in_is_the_same_evidence_as_tidy_rows(tmp_path):
    evidence, wanted = read(filled(tmp_path, fill_in)), expected()
    assert said(evidence) == said(wanted)
    assert evidence.notes == ()


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed here")
def test_a_template_saved_by_libreoffice_is_the_same_evidence(tmp_path):
    path = filled(tmp_path, fill_in)
    saved = by_libreoffice(path, tmp_path)
    assert said(read(saved)) == said(read(path))


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed here")
def test_an_untouched_template_saved_by_libreoffice_is_still_not_filled_in(tmp_path):
    with refused("nothing is filled in yet"):
        read(by_libreoffice(template(tmp_path), tmp_path))


@pytest.mark.parametrize("name", ["eds", "wres", "wdes", "disability-confident", "midlands-six", "model-employer"])
def test_every_frameworks_template_is_one_that_is_read(tmp_path, name):
    with refused("nothing is filled in yet"):
        read(template(tmp_path, name))


def test_an_untouched_template_says_that_nothing_is_filled_in(tmp_path):
    with refused("evidence.xlsx: nothing is filled in yet; give a value in at least one row"):
        read(template(tmp_path))


def test_a_template_with_only_its_first_sheet_filled_in_says_so_too(tmp_path):
    with refused("nothing is filled in yet"):
        read(filled(tmp_path, lambda _: None))


def test_one_value_is_enough(tmp_path):
    [only] = read(filled(tmp_path, lambda book: enter(book["Statements"], POLICY_ROW, How_far_in_place="yes"))).entries
    assert only.status == "in place"
    assert only.place == "evidence.xlsx  sheet 'Statements', cell B" + only.place.rpartition("B")[2]


def test_the_worked_rows_never_enter_the_evidence(tmp_path):
    evidence = read(filled(tmp_path, fill_in))
    examples = {"Publish quarterly figures on reports of abuse", "A. Person", "Staff networks", "Grading panel"}
    assert not any(example in repr(one) for one in evidence.everything() for example in examples)


def test_the_same_template_twice_is_the_same_bytes(tmp_path):
    first, second = (template(tmp_path, file=name).read_bytes() for name in ("one.xlsx", "two.xlsx"))
    assert first == second


def test_every_item_the_frameworks_read_has_a_row(tmp_path):
    from equityrules.reading import items_read

    book = load_workbook(template(tmp_path))
    texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    frameworks = [FRAMEWORKS[name] for name in ("eds", "wres", "wdes")]
    assert set(items_read(frameworks, FRAMEWORKS.vocabulary)) - texts == set()


def test_no_text_of_a_template_is_a_formula(tmp_path):
    book = load_workbook(template(tmp_path))
    formulas = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas
    assert all(formula.startswith("=IF(COUNT(") for formula in formulas)
