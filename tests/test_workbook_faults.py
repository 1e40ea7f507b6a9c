"""Every fault of a workbook is told with its sheet and cell, what is wrong and what to do; all of them at once."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime
from fractions import Fraction

import pytest
from evidence_builders import POLICY, SURVEY, read, refused
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from workbook_builders import FRAMEWORKS, HEADER, enter, filled, find, put, sheet_of, template, tidy

from equityrules.loading.evidence import read_evidence
from equityrules.model.problems import InvalidInputError

SHORTLISTED, APPOINTED = "recruitment.shortlisted", "recruitment.appointed"
COUNT = "impact_assessment.required"
NUMBER = "sheet 'Evidence', cell D2"


def refusal(path) -> InvalidInputError:
    with pytest.raises(InvalidInputError) as caught:
        read_evidence(path, frameworks=FRAMEWORKS)
    return caught.value


def in_place(book: Workbook) -> None:
    enter(book["Statements"], {"Item": POLICY}, How_far_in_place="in place")


def count(folder, value, change=lambda _: None):
    """Return a workbook with one count, its value in cell D2."""
    return tidy(folder, (COUNT, value), change=change)


# --- numbers as people type them ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"), [(" 12 ", 12), ("1,204", 1204), ("12", 12), (12.0, 12), ("12\xa0", 12), (12.5, Fraction(25, 2))]
)
def test_a_number_typed_as_text_is_that_number(tmp_path, typed, meant):
    [only] = read(count(tmp_path, typed)).entries
    assert only.value == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("<5", "'<5' is a bound, not a number; give the number, or leave it empty"),
        ("n/a", "'n/a' stands for a value that is hidden or not known"),
        ("*", "'*' stands for a value that is hidden or not known"),
        ("[c]", "'[c]' stands for a value that is hidden or not known"),
        ("43.2%", "'43.2%' is a percentage where a plain number belongs"),
        ("twelve", "'twelve' is not a number; write the digits only"),
        ("1 204", "'1 204' is not a number; leave the spaces between the digits out"),
        (True, "true is not a number; write the number"),
        (date(2023, 5, 1), "2023-05-01 is given where a number belongs"),
    ],
)
def test_what_is_no_number_is_told_with_its_cell(tmp_path, typed, why):
    assert f"trust.xlsx  {NUMBER}: {why}" in str(refusal(count(tmp_path, typed)))


def test_a_percentage_typed_among_the_answers_is_one(tmp_path):
    [only] = read(tidy(tmp_path, (SURVEY, "43.2%"))).entries
    assert str(only.percent) == "43.2"


def test_a_share_shown_in_percent_is_that_percentage(tmp_path):
    def in_percent(book: Workbook) -> None:
        book.active["G2"].number_format = "0.0%"

    [only] = read(tidy(tmp_path, (SURVEY, None, None, None, 0.432), change=in_percent)).entries
    assert str(only.percent) == "43.2"


def test_the_dust_of_floating_point_is_no_part_of_a_number(tmp_path):
    [only] = read(tidy(tmp_path, (SURVEY, None, None, None, 0.1 + 0.2))).entries
    assert str(only.percent) == "0.3"


# --- formulas ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?"])
def test_a_formula_that_went_wrong_is_an_error_at_its_cell(tmp_path, error):
    message = str(refusal(count(tmp_path, error)))
    assert f"trust.xlsx  {NUMBER}: holds {error}, a formula that went wrong; mend the formula" in message


def test_a_formula_that_went_wrong_is_an_error_where_words_belong_too(tmp_path):
    path = tidy(tmp_path, (COUNT, 12, None, None, None, "#N/A"))
    assert "sheet 'Evidence', cell H2: holds #N/A" in str(refusal(path))


def test_a_formula_that_was_never_worked_out_says_open_it_in_excel(tmp_path):
    message = str(refusal(count(tmp_path, "=40+2")))
    assert f"trust.xlsx  {NUMBER}: holds a formula that was never worked out; open it in Excel and save it" in message


def test_a_formula_that_was_worked_out_is_its_value(tmp_path):
    import xlsxwriter

    path = tmp_path / "trust.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Evidence")
        sheet.write_row(0, 0, HEADER[:4])
        sheet.write_row(1, 0, ("Example NHS Trust", "2023/24", COUNT))
        sheet.write_formula(1, 3, "=40+2", None, 42)
        sheet.write_row(2, 0, ("Example NHS Trust", "2023/24", "impact_assessment.done"))
        sheet.write_formula(2, 3, '=""', None, "")
    as_excel_writes_empty_text(path)
    [only] = read(path).entries
    assert only.value == 42


def as_excel_writes_empty_text(path) -> None:
    """Mark the formula in D3 as one that was worked out to no text, which XlsxWriter does not do by itself."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b'<c r="D3"><f>' in parts[sheet]
    parts[sheet] = parts[sheet].replace(b'<c r="D3"><f>', b'<c r="D3" t="str"><f>')
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_the_sums_of_a_template_are_not_read_whether_worked_out_or_not(tmp_path):
    path = filled(tmp_path, lambda book: enter(book["Recruitment"], {"Item": SHORTLISTED}, White=10, BME=5))
    assert [one.value for one in read(path).entries] == [10, 5]


# --- days --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", [date(2021, 5, 1), datetime(2021, 5, 1, 9, 30), "2021-05-01", "01/05/2021", "1 May 2021", 44317]
)
def test_a_day_is_read_however_it_is_typed(tmp_path, typed):
    [only] = read(tidy(tmp_path, (POLICY, "in place", None, None, None, None, typed))).entries
    assert only.date == date(2021, 5, 1)


@pytest.mark.parametrize("typed", [date(2021, 5, 1), 44317 - 1462])
def test_a_workbook_that_counts_from_1904_means_the_same_day(tmp_path, typed):
    def mac(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    path = sheet_of(tmp_path, HEADER)
    book = load_workbook(path)
    mac(book)
    book.active.append(["Example NHS Trust", "2023/24", POLICY, "in place", None, None, None, None, typed])
    book.save(path)
    [only] = read(path).entries
    assert only.date == date(2021, 5, 1)


def test_a_year_where_a_day_belongs_is_told(tmp_path):
    path = tidy(tmp_path, (POLICY, "in place", None, None, None, None, 2021))
    assert "sheet 'Evidence', cell I2: '2021' is not a date" in str(refusal(path))


def test_a_month_that_excel_made_a_day_of_is_a_month(tmp_path):
    def as_month(book: Workbook) -> None:
        put(book["Start here"], {"A": "Period"}, "B", date(2023, 4, 1)).number_format = "mmm-yy"
        enter(book["Statements"], {"Item": POLICY}, How_far_in_place="in place")

    [only] = read(filled(tmp_path, as_month)).entries
    assert str(only.period) == "April 2023"


def test_a_year_typed_as_a_number_is_a_year(tmp_path):
    cover = {"Organisation": "Example NHS Trust", "Period": 2023}
    path = filled(
        tmp_path, lambda book: enter(book["Statements"], {"Item": POLICY}, How_far_in_place="yes"), cover=cover
    )
    assert str(read(path).entries[0].period) == "2023"


# --- what cannot be together -------------------------------------------------------------------------------------


def test_more_appointed_than_shortlisted_is_told_at_the_cell(tmp_path):
    def too_many(book: Workbook) -> None:
        enter(book["Recruitment"], {"Item": SHORTLISTED}, White=112)
        enter(book["Recruitment"], {"Item": APPOINTED}, White=120)

    path = filled(tmp_path, too_many)
    place = find(load_workbook(path)["Recruitment"], {"Item": APPOINTED})["White"].coordinate
    message = str(refusal(path))
    assert (
        f"evidence.xlsx  sheet 'Recruitment', cell {place}: {APPOINTED}[ethnicity=white] for 2023/24 is 120" in message
    )
    assert "more than the 112 of recruitment.shortlisted at evidence.xlsx  sheet 'Recruitment', cell " in message


def test_a_contradiction_names_both_cells(tmp_path):
    message = str(refusal(tidy(tmp_path, (COUNT, 12), (COUNT, 13))))
    assert "sheet 'Evidence', cell D3" in message
    assert "is given differently at trust.xlsx  sheet 'Evidence', cell D2" in message


def test_every_problem_is_told_at_once(tmp_path):
    def wrong(book: Workbook) -> None:
        enter(book["Statements"], {"Item": POLICY}, How_far_in_place="in plaice", Date="31/02/2023")
        enter(book["Recruitment"], {"Item": SHORTLISTED}, White="<5", BME="#DIV/0!")
        enter(book["Recruitment"], {"Item": APPOINTED}, White="n/a")
        enter(book["Survey"], {"Item": "survey.valued", "Disability": "Disabled"}, Answered_yes=12)
        enter(book["EDS ratings"], {"About": "eds/2A"}, Rating="Acheiving")
        enter(book["EDS votes"], {"About": "eds/2B"}, Votes_for_Achieving=-3)

    message = str(refusal(filled(tmp_path, wrong)))
    for words in (
        "sheet 'Statements', cell B", "did you mean 'in place'?", "is a date that does not exist",
        "holds #DIV/0!", "'n/a' stands for a value", "give both yes and of", "did you mean 'Achieving'?", "EDS votes",
            "'<5' is a bound",
    ):  # fmt: skip
        assert words in message


def test_a_first_sheet_without_an_organisation_is_told_at_its_cell(tmp_path):
    message = str(refusal(filled(tmp_path, in_place, cover={})))
    assert "evidence.xlsx  sheet 'Start here', cell B3: no organisation is given" in message
    assert "evidence.xlsx  sheet 'Start here', cell B5: no period is given" in message


def test_a_period_that_is_none_is_told_once_at_its_cell(tmp_path):
    def fill(book: Workbook) -> None:
        enter(book["Statements"], {"Item": POLICY}, How_far_in_place="in place")
        enter(book["Recruitment"], {"Item": SHORTLISTED}, White=12, BME=3)

    cover = {"Organisation": "Example NHS Trust", "Period": "last year"}
    problems = refusal(filled(tmp_path, fill, cover=cover)).problems
    assert [problem.where for problem in problems] == ["sheet 'Start here', cell B5"]


# --- what people do to sheets ------------------------------------------------------------------------------------


def test_your_own_values_in_the_worked_row_are_not_lost_unseen(tmp_path):
    def into_the_example(book: Workbook) -> None:
        enter(book["Statements"], {"Item": "Example (not read)"}, How_far_in_place="not in place")

    with refused("the grey row is an example and is not read; put your own into a row of its own"):
        read(filled(tmp_path, into_the_example))


def test_merged_values_are_refused_with_their_place(tmp_path):
    path = tidy(tmp_path, (COUNT, 12), ("impact_assessment.done", None), change=lambda b: b.active.merge_cells("D2:D3"))
    with refused("sheet 'Evidence', cells D2:D3: are merged, so whose value it is cannot be told; unmerge them"):
        read(path)


def test_words_merged_over_several_rows_hold_for_each(tmp_path):
    path = tidy(
        tmp_path, (COUNT, 12, None, None, None, "from the register"), ("impact_assessment.done", 9),
        change=lambda book: book.active.merge_cells("H2:H3"),
    )  # fmt: skip
    assert [one.note for one in read(path).entries] == ["from the register"] * 2


def test_merged_titles_do_no_harm(tmp_path):
    def merge(book: Workbook) -> None:
        enter(book["Recruitment"], {"Item": SHORTLISTED}, White=12)
        for sheet in book.worksheets[1:]:
            sheet.merge_cells("A1:D1")

    assert len(read(filled(tmp_path, merge)).entries) == 1


def test_a_hidden_sheet_is_read_and_noted(tmp_path):
    def hide(book: Workbook) -> None:
        book.create_sheet("Seen")
        book["Evidence"].sheet_state = "hidden"

    evidence = read(count(tmp_path, 12, hide))
    assert evidence.notes == ("trust.xlsx  sheet 'Evidence' is hidden and was read; delete it if it should not count",)
    assert len(evidence.entries) == 1


def test_hidden_rows_are_read_and_noted(tmp_path):
    def hide(book: Workbook) -> None:
        book.active.row_dimensions[2].hidden = True

    assert read(count(tmp_path, 12, hide)).notes == ("trust.xlsx  sheet 'Evidence': hidden rows were read too (2)",)


def test_a_sheet_of_notes_of_your_own_is_noted_and_does_no_harm(tmp_path):
    def add(book: Workbook) -> None:
        book.create_sheet("To do")["A1"] = "Ask Sue"

    evidence = read(count(tmp_path, 12, add))
    assert evidence.notes == ("trust.xlsx  sheet 'To do' has no table of evidence and was not read",)


def test_what_stands_beside_a_table_is_noted(tmp_path):
    def add(book: Workbook) -> None:
        book.active["L2"] = "see e-mail"

    [note] = read(count(tmp_path, 12, add)).notes
    assert note == "trust.xlsx  sheet 'Evidence', cell L2: 'see e-mail' stands beside the table and was not read"


def test_the_notes_go_to_stderr(tmp_path):
    from click.testing import CliRunner

    from equityrules.cli import main

    def add(book: Workbook) -> None:
        book.create_sheet("To do")["A1"] = "Ask Sue"

    run = CliRunner().invoke(main, ["check", str(count(tmp_path, 12, add))])
    assert (run.exit_code, "sheet 'To do' has no table" in run.stderr) == (0, True)


def test_an_unknown_heading_is_told_with_its_row(tmp_path):
    path = sheet_of(tmp_path, ("organisation", "period", "item", "vallue", "value"), ("A", "2023", COUNT, 1, 2))
    with refused("sheet 'Evidence', row 1: unknown column 'vallue' (did you mean 'value'?)"):
        read(path)


def test_a_format_on_a_whole_column_costs_nothing(tmp_path):
    def format_far_below(book: Workbook) -> None:
        book.active["XFD1048576"].number_format = "0%"

    assert len(read(count(tmp_path, 12, format_far_below)).entries) == 1


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    def type_it(book: Workbook) -> None:
        cells = find(book["Statements"], {"Item": POLICY})
        cells["How far in place"].value = "in place"
        cells["Note"].value = '=HYPERLINK("http://example.com")'
        cells["Note"].data_type = "s"

    [only] = read(filled(tmp_path, type_it)).entries
    assert only.note.startswith("=HYPERLINK")


# --- files that are no workbooks ---------------------------------------------------------------------------------


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xd0\xcf\x11\xe0 old", "is a workbook of an old Excel, or protected by a password; take the password off"),
        (b"organisation,period,item,value\n", "has the name of a workbook and is text"),
        (b"<html><table>", "has the name of a workbook and is a web page"),
        (b"%PDF-1.7", "has the name of a workbook and is a PDF"),
        (b"PK\x03\x04 cut off", "is damaged: its list of contents is spoilt; copy it again"),
        (zipped("word/document.xml"), "is a Word document. Only its tables can be read"),
        (zipped("xl/workbook.bin"), "is a binary workbook; open it in Excel and save it as 'Excel Workbook (*.xlsx)'"),
        (zipped("mimetype"), "is a workbook of LibreOffice"),
        (zipped("figures.csv"), "is a zip file and no workbook"),
        (zipped("xl/workbook.xml"), "is damaged, or no workbook"),
        (b"", "is empty; fill it in"),
    ],
)
def test_a_file_with_the_name_of_a_workbook_says_what_it_is(tmp_path, content, why):
    path = tmp_path / "trust.xlsx"
    path.write_bytes(content)
    with refused(f"trust.xlsx: {why}"):
        read(path)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("trust.xls", "is a workbook of an old Excel; open it in Excel and save it"),
        ("trust.xlsb", "is a binary workbook"),
        ("trust.ods", "is a workbook of LibreOffice; save it as 'Excel 2007-365 (.xlsx)'"),
        ("trust.docx", "is a Word document. Only its tables can be read, as an action plan (`equityrules plan check`)"),
        ("trust.pdf", "is a PDF; give the figures in a workbook"),
        ("trust.txt", "is not a kind of file that is read; give .toml, .json, .csv, .tsv, .xlsx or .xlsm"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(tmp_path, name, why):
    path = tmp_path / name
    path.write_bytes(b"something")
    with refused(f"{name}: {why}"):
        read(path)


def test_a_workbook_without_a_table_of_evidence_says_what_it_looked_for(tmp_path):
    with refused("has no table of evidence (no row of headings with 'Item' and a column for the value) on its sheets"):
        read(sheet_of(tmp_path, ("Ask Sue",), (1, 2)))


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(tmp_path, monkeypatch):
    from equityrules.loading.workbook import opening

    monkeypatch.setattr(opening, "LARGEST_UNPACKED", 1000)
    with refused("is far larger unpacked than any evidence"):
        read(count(tmp_path, 12))


def test_without_the_extra_the_install_command_is_named(tmp_path, monkeypatch):
    path = count(tmp_path, 12)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with refused("workbooks need the library openpyxl, which is not installed; install it with: pip install"):
        read(path)


def test_a_template_without_the_extra_names_the_install_command(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from equityrules.cli import main

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    run = CliRunner().invoke(main, ["template", "eds", "-o", str(tmp_path / "evidence.xlsx")])
    assert (run.exit_code, "pip install 'equityrules[excel]'" in run.stderr) == (2, True)
    assert not (tmp_path / "evidence.xlsx").exists()


def test_a_workbook_is_not_written_to_a_terminal():
    from click.testing import CliRunner

    from equityrules.cli import main

    run = CliRunner().invoke(main, ["template", "eds", "--format", "xlsx"])
    assert (run.exit_code, "name one with -o evidence.xlsx" in run.stderr) == (2, True)


def test_a_workbook_from_standard_input_is_read(tmp_path, monkeypatch):
    class Stdin:
        buffer = io.BytesIO(count(tmp_path, 12).read_bytes())

    monkeypatch.setattr(sys, "stdin", Stdin)
    [body] = read_evidence("-", frameworks=FRAMEWORKS)
    assert [one.value for one in body.entries] == [12]


def test_a_half_filled_template_reads_without_a_word_about_empty_rows(tmp_path):
    path = filled(tmp_path, lambda book: enter(book["Survey"], {"Item": "survey.valued"}, or_percent=43.2))
    assert read(path).notes == ()


def test_a_pasted_block_of_the_national_return_is_read_band_by_band(tmp_path):
    def paste(book: Workbook) -> None:
        sheet = book["Workforce"]
        start = find(sheet, {"Agenda for Change pay band": "Band 2", "Item": "workforce.clinical"})["White"]
        for down, row in enumerate(((120, 31, 9), (88, 12, 0), (640, 205, 33))):
            for across, value in enumerate(row):
                sheet.cell(start.row + down, start.column + across).value = value

    counts = {dict(one.cell)["band"]: {} for one in read(filled(tmp_path, paste)).entries}
    for one in read(filled(tmp_path, paste)).entries:
        counts[dict(one.cell)["band"]][dict(one.cell)["ethnicity"]] = int(one.value)
    assert counts["4"] == {"white": 640, "bme": 205, "unknown": 33}
    assert list(counts) == ["2", "3", "4"]


def test_a_template_for_what_is_missing_is_headed_and_asks_for_nothing_else(tmp_path):
    from click.testing import CliRunner

    from equityrules.cli import main

    example, output = "examples/elht-survey-2024.csv", tmp_path / "missing.xlsx"
    run = CliRunner().invoke(main, ["template", "wres", "--missing", example, "-o", str(output)])
    assert run.exit_code == 0, run.output
    book = load_workbook(output)
    cover = {cells[0].value: cells[1].value for cells in book["Start here"].iter_rows(max_col=2)}
    assert (cover["Organisation code (ODS)"], cover["Period"]) == ("RXR", "2024/25")
    assert "Recruitment" in book.sheetnames
    assert "Targets" not in book.sheetnames


def test_the_untouched_template_is_small(tmp_path):
    assert template(tmp_path).stat().st_size < 300_000


def test_a_row_with_only_its_unknown_filled_in_is_of_the_grids_own_dimension(tmp_path):
    path = filled(tmp_path, lambda book: enter(book["Recruitment"], {"Item": SHORTLISTED}, Unknown=7))
    assert [dict(one.cell) for one in read(path).entries] == [{"ethnicity": "unknown"}]


def test_what_stands_between_the_columns_of_a_table_is_noted(tmp_path):
    def aside(book: Workbook) -> None:
        enter(book["Board"], {"Item": "board.network_meetings"}, Number=4)
        find(book["Board"], {"Item": "board.network_meetings"})["Number"].offset(0, 1).value = 5

    [note] = read(filled(tmp_path, aside)).notes
    assert "5 stands beside the table and was not read" in note


def test_a_tidy_grid_on_a_sheet_is_read_like_one_in_csv(tmp_path):
    path = sheet_of(
        tmp_path,
        ("Organisation", "Period", "Item", "Band", "White", "BME", "all"),
        ("Example NHS Trust", "2023/24", "workforce.non_clinical", 5, 120, 31, 160),
        ("Example NHS Trust", "2023/24", "workforce.non_clinical", "8a", 88, None, None),
    )
    assert [one.value for one in read(path).entries] == [120, 31, 160, 88]
