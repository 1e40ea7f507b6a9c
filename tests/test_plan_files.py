"""Action plans kept as tables of a Word document, or on sheets of a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from equityrules import load_frameworks, read_plan
from equityrules.cli import main
from equityrules.model.problems import InvalidInputError

FRAMEWORKS = load_frameworks()
HEADINGS = ("Ref", "Action", "Links to", "Measure", "Due date", "Lead")
REVIEW = ("1", "Review how interviews are scored", "WRES indicator 2", "ratio", "March 2024", "Head of resourcing")
SPEAK = ("2", "Publish who speaks up", "WRES indicator 11", "reports", "31/02/2024", "Guardian")


def document(folder: Path, *tables: tuple[tuple[str, ...], ...]) -> Path:
    made = docx.Document()
    for rows in tables:
        made.add_paragraph("Some words above")
        table = made.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    made.save(folder / "plan.docx")
    return folder / "plan.docx"


def test_the_rows_of_every_table_of_actions_are_lines_of_the_plan(tmp_path):
    plan = read_plan(document(tmp_path, (HEADINGS, REVIEW), (HEADINGS, SPEAK)), FRAMEWORKS)
    assert [(line.id, line.part, line.row) for line in plan.lines] == [("1", "table 1", 2), ("2", "table 2", 2)]
    assert plan.lines[0].cell("action") == REVIEW[1]


def test_tables_without_actions_are_left_out(tmp_path):
    plan = read_plan(document(tmp_path, (("Version", "Author"), ("1.2", "Sue")), (HEADINGS, REVIEW)), FRAMEWORKS)
    assert [line.part for line in plan.lines] == ["table 2"]


def test_a_document_without_a_table_of_actions_says_what_it_looked_for(tmp_path):
    with pytest.raises(InvalidInputError, match="no column holds the actions"):
        read_plan(document(tmp_path, (("Version", "Author"), ("1.2", "Sue"))), FRAMEWORKS)


def test_remarks_say_the_table_and_the_row(tmp_path):
    file = document(tmp_path, (HEADINGS, REVIEW), (HEADINGS, SPEAK))
    run = CliRunner().invoke(main, ["plan", "check", str(file), "--as-of", "2023-06-30"])
    assert run.exit_code == 0, run.output
    said = " ".join(run.stdout.split())
    assert "2 (table 2, row 2), column 'Links to': 'WRES indicator 11': WRES has no indicator 11" in said
    assert "'31/02/2024' is a date that does not exist" in said


@pytest.mark.parametrize("name", ["json", "csv", "markdown"])
def test_every_format_says_which_table(name, tmp_path):
    file = document(tmp_path, (HEADINGS, REVIEW), (HEADINGS, SPEAK))
    run = CliRunner().invoke(main, ["plan", "check", str(file), "--as-of", "2023-06-30", "--format", name])
    assert "table" in run.stdout


def test_a_csv_plan_that_only_calls_itself_a_document_is_refused(tmp_path):
    (tmp_path / "plan.docx").write_text("Action\nReview\n", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="no Word document"):
        read_plan(tmp_path / "plan.docx", FRAMEWORKS)


def workbook(folder: Path, **sheets: tuple[tuple[object, ...], ...]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_a_plan_on_a_sheet_is_read_below_its_title(tmp_path):
    plan = read_plan(workbook(tmp_path, Plan=(("Our plan",), HEADINGS, REVIEW)), FRAMEWORKS)
    [line] = plan.lines
    assert (line.id, line.part, line.row) == ("1", "sheet 'Plan'", 3)


def test_a_day_in_a_cell_is_the_due_date(tmp_path):
    row = (*REVIEW[:4], date(2024, 3, 31), REVIEW[5])
    [line] = read_plan(workbook(tmp_path, Plan=(HEADINGS, row)), FRAMEWORKS).lines
    assert line.due.last_day == date(2024, 3, 31)


def test_a_formula_that_went_wrong_is_told_at_its_cell(tmp_path):
    row = (*REVIEW[:3], "#DIV/0!", *REVIEW[4:])
    file = workbook(tmp_path, Plan=(HEADINGS, row))
    made = openpyxl.load_workbook(file)
    made["Plan"]["D2"].data_type = "e"
    made.save(file)
    with pytest.raises(InvalidInputError, match=r"sheet 'Plan', cell D2.*#DIV/0!"):
        read_plan(file, FRAMEWORKS)


def test_a_workbook_without_a_table_is_refused(tmp_path):
    with pytest.raises(InvalidInputError, match="has no sheet with a table"):
        read_plan(workbook(tmp_path, Plan=(("Ask Sue",),)), FRAMEWORKS)
