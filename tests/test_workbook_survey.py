"""The NHS Staff Survey benchmark workbook in its published layout, straight to survey evidence for an ODS code.

The layout (notes first, then a sheet for each benchmark group with one row for each organisation) is described in
public repositories that read the workbook of 2020 to 2024. The sheets here are made of the rows of
`workbooks/benchmark-2024.csv`.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner
from evidence_builders import FRAMEWORKS, refused
from openpyxl import Workbook
from workbook_builders import said

from equityrules import read_evidence
from equityrules.cli import main

SHEET = Path(__file__).parent / "workbooks" / "benchmark-2024.csv"
SHARE, OF = "har_from_pat_eth_summary_1_2024", "har_from_pat_eth_summary_n_1_2024"


def value(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text or None


def benchmark(folder: Path) -> Path:
    """Return the workbook: a sheet of notes, and one for each benchmark group with all its columns."""
    with SHEET.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Variable", "Description"])
    book.active.append([SHARE, "Harassment from patients, by ethnicity"])
    for kind in dict.fromkeys(row["org_type_reporting_name"] for row in rows):
        sheet = book.create_sheet(kind[:31].replace("/", " "))
        sheet.append([*rows[0], "q14a_2024"])
        for row in rows:
            if row["org_type_reporting_name"] == kind:
                sheet.append([*(text if name.startswith("org") else value(text) for name, text in row.items()), 0.5])
    path = folder / "Benchmark-report-Excel-data-for-2020-2024.xlsx"
    book.save(path)
    return path


def one_sheet(folder: Path, *rows: tuple[object, ...], title: str = "Community Trusts") -> Path:
    book = Workbook()
    book.active.title = title
    for row in (("org_id", "org_name", "org_type_reporting_name", SHARE, OF), *rows):
        book.active.append(list(row))
    path = folder / "benchmark.xlsx"
    book.save(path)
    return path


def test_the_published_workbook_says_the_same_as_its_sheets_saved_as_csv(tmp_path):
    from_sheets = {
        one.organisation.code: said(one) for one in read_evidence(benchmark(tmp_path), frameworks=FRAMEWORKS)
    }
    from_csv = {one.organisation.code: said(one) for one in read_evidence(SHEET, frameworks=FRAMEWORKS)}
    assert from_sheets == from_csv
    assert "RXR" in from_sheets


def test_one_organisation_of_the_workbook_is_assessed_by_its_code(tmp_path):
    run = CliRunner().invoke(main, ["assess", str(benchmark(tmp_path)), "-f", "wres", "--organisation", "RXR"])
    assert run.exit_code == 0, run.output
    assert "East Lancashire" in run.stdout


def test_a_missing_mark_is_no_answer(tmp_path):
    path = one_sheet(
        tmp_path, ("ZZ901", "Invented One", "Group", "*", None), ("ZZ902", "Invented Two", "Group", 0.25, 40)
    )
    [only] = read_evidence(path, frameworks=FRAMEWORKS)
    assert only.organisation.code == "ZZ902"
    assert [(one.yes, one.of) for one in only.entries] == [(10, 40)]


def test_a_sheet_stands_for_the_group_where_no_column_names_it(tmp_path):
    rows = [(f"ZZ90{one}", f"Invented {one}", None, one / 10, 10) for one in (1, 2, 3)]
    [first, *_] = read_evidence(one_sheet(tmp_path, *rows), frameworks=FRAMEWORKS)
    assert "median of 'Community Trusts', of 3 organisations in the file" in {one.note for one in first.entries}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            ("ZZ901", "Invented", "Group", 24.2, 3304),
            "sheet 'Community Trusts', cell D2: is above 1, and the benchmark",
        ),
        (
            ("ZZ901", "Invented", "Group", 0.242, "many"),
            "sheet 'Community Trusts', cell E2: 'many' is not a whole number",
        ),
        (("?", "Invented", "Group", 0.242, 3304), "sheet 'Community Trusts', cell A2: '?' is no code"),
        (("ZZ901", None, "Group", 0.242, 3304), "sheet 'Community Trusts', cell B2: is empty"),
    ],
)
def test_what_does_not_hold_is_told_with_its_sheet_and_cell(tmp_path, row, words):
    with refused(f"benchmark.xlsx  {words}"):
        read_evidence(one_sheet(tmp_path, row), frameworks=FRAMEWORKS)


def test_a_sheet_without_codes_is_refused_at_its_header(tmp_path):
    book = Workbook()
    book.active.title = "Ambulance Trusts"
    book.active.append(["org_name", SHARE])
    book.active.append(["Invented", 0.2])
    path = tmp_path / "benchmark.xlsx"
    book.save(path)
    with refused("sheet 'Ambulance Trusts', row 1: holds answers by group (har_from_pat"):
        read_evidence(path, frameworks=FRAMEWORKS)


DECLARED = ("Proportion", "How many answered", "Item", "Group")


def with_columns(folder: Path, *declared: tuple[str, ...]) -> Path:
    """Return a workbook with invented names of columns, and a sheet that declares them."""
    book = Workbook()
    book.active.title = "Acute Trusts"
    book.active.append(["org_id", "org_name", "org_type_reporting_name", "had_1_2024", "had_n_1_2024", "adj_2024"])
    book.active.append(["ZZ901", "Invented One", "Group", 0.25, 40, 0.7])
    sheet = book.create_sheet("Columns")
    for row in (DECLARED, *declared):
        sheet.append(list(row))
    path = folder / "benchmark.xlsx"
    book.save(path)
    return path


def test_columns_that_a_user_declares_are_read_for_disability(tmp_path):
    path = with_columns(
        tmp_path, ("had_1_YYYY", "had_n_1_YYYY", "survey.harassment_public", "disability=disabled"),
        ("adj_YYYY", None, "survey.adjustments", None),
    )  # fmt: skip
    [body] = read_evidence(path, frameworks=FRAMEWORKS)
    said_of = {one.item: (dict(one.cell), one.yes, one.of, one.percent) for one in body.entries}
    assert said_of["survey.harassment_public"] == ({"disability": "disabled"}, 10, 40, None)
    assert str(said_of["survey.adjustments"][3]) == "70"


def test_a_declared_item_that_is_none_is_named(tmp_path):
    path = with_columns(tmp_path, ("had_1_YYYY", "had_n_1_YYYY", "survey.harasment_public", "disability=disabled"))
    with refused("unknown item 'survey.harasment_public' (did you mean 'survey.harassment_public'?)"):
        read_evidence(path, frameworks=FRAMEWORKS)
