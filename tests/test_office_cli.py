"""Office files from the command line: written whole, never to a screen; house documents, progress and quiet."""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from pathlib import Path

import click
import docx
import pytest
from click.testing import CliRunner
from office_files import EXAMPLES, document, workbook

from equityrules.cli import main
from equityrules.cli.progress import FEW, note, watched
from equityrules.cli.writing import write_all
from equityrules.model.extras import MissingExtraError


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for one in ("leeds-eds-2023-24.toml", "elht-figures-2023.toml"):
        shutil.copy(EXAMPLES / one, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


LEEDS = "leeds-eds-2023-24.toml"


# --- writing


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_the_ending_of_the_file_chooses_the_office_format(folder, ending):
    assert run("assess", LEEDS, "-o", f"board.{ending}").exit_code == 0
    assert zipfile.is_zipfile(f"board.{ending}")


def test_one_run_writes_every_report(folder):
    reports = ["docx:a.docx", "eds-docx:b.docx", "xlsx:c.xlsx", "working-xlsx:d.xlsx", "csv:e.csv"]
    result = run("assess", LEEDS, *(part for one in reports for part in ("--report", one)))
    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted(one.name for one in folder.iterdir() if one.suffix in (".docx", ".xlsx", ".csv")) == [
        "a.docx", "b.docx", "c.xlsx", "d.xlsx", "e.csv",
    ]  # fmt: skip
    assert "Leeds" in document(Path("b.docx").read_bytes()).paragraphs[0].text
    assert "Action_plan" in workbook(Path("d.xlsx").read_bytes()).sheetnames


def test_two_runs_write_the_same_bytes(folder):
    for name in ("a", "b"):
        run("assess", LEEDS, "--report", f"docx:{name}.docx", "--report", f"xlsx:{name}.xlsx")
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()
    assert Path("a.xlsx").read_bytes() == Path("b.xlsx").read_bytes()


def test_bytes_go_through_a_pipe_unchanged(folder):
    run("assess", LEEDS, "-o", "a.docx")
    assert run("assess", LEEDS, "--format", "docx").stdout_bytes == Path("a.docx").read_bytes()


def test_bytes_are_not_written_to_a_screen(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", Screen())
    with pytest.raises(click.exceptions.Exit) as stopped:
        write_all([(b"PK", None)])
    assert stopped.value.exit_code == 2
    assert "not text for a screen; name a file with -o" in capsys.readouterr().err


def test_a_missing_library_exits_2_names_the_command_and_writes_nothing(folder, monkeypatch):
    def missing(_results, template=None):
        raise MissingExtraError("Word reports need the library docx: pip install 'equityrules[report]'")

    monkeypatch.setattr("equityrules.cli.formats.renderer", lambda _name: missing)
    result = run("assess", LEEDS, "--report", "docx:a.docx", "--report", "csv:a.csv")
    assert result.exit_code == 2
    assert "--format docx: Word reports need" in result.stderr
    assert not Path("a.csv").exists()


# --- the house document


@pytest.fixture
def house(folder):
    made = docx.Document()
    made.styles["Heading 3"].delete()
    made.save("house.docx")
    return "house.docx"


def test_a_house_document_is_used_and_its_missing_styles_are_named(folder, house):
    result = run("assess", LEEDS, "--report", "eds-docx:a.docx", "--template", house)
    assert result.exit_code == 0
    assert "house.docx has no style" in result.stderr
    assert "heading 3" in result.stderr


def test_a_template_that_no_report_takes_is_refused(folder, house):
    result = run("assess", LEEDS, "--report", "csv:a.csv", "--template", house)
    assert result.exit_code == 2
    assert "none of the reports is a Word document; add --report docx:FILE" in result.stderr


def test_a_template_in_the_settings_bothers_no_other_report(folder, house):
    Path("equityrules.toml").write_text(f'template = "{house}"\n')
    assert run("assess", LEEDS, "--report", "csv:a.csv").exit_code == 0
    result = run("assess", LEEDS, "--report", "docx:a.docx")
    assert "house.docx has no style" in result.stderr


def test_a_template_that_is_no_document_exits_3_and_writes_nothing(folder):
    Path("house.docx").write_text("no document")
    result = run("assess", LEEDS, "--report", "docx:a.docx", "--template", "house.docx")
    assert result.exit_code == 3
    assert "house.docx: cannot be read as a Word document" in result.stderr
    assert not Path("a.docx").exists()


def test_a_template_that_does_not_exist_exits_3(folder):
    result = run("assess", LEEDS, "--report", "docx:a.docx", "--template", "nowhere.docx")
    assert (result.exit_code, "nowhere.docx" in result.stderr) == (3, True)


# --- quiet and progress


def test_quiet_silences_notes_and_not_mistakes(folder):
    noted = run("assess", "elht-figures-2023.toml", "-f", "eds", "-f", "wres")
    assert "the evidence has nothing for eds@2022" in noted.stderr
    assert run("assess", "elht-figures-2023.toml", "-f", "eds", "-f", "wres", "--quiet").stderr == ""
    assert "there is no framework" in run("assess", LEEDS, "-f", "nothing", "--quiet").stderr


def test_quiet_can_be_a_setting(folder):
    Path("equityrules.toml").write_text("quiet = true\n")
    assert run("assess", "elht-figures-2023.toml", "-f", "eds", "-f", "wres").stderr == ""


def in_a_command(function, *options):
    """Run a function as a command does, with stderr on a screen, and return what it said there."""
    from equityrules.cli.progress import quiet_option

    command = click.command()(quiet_option(function))
    screen = Screen()
    before, sys.stderr = sys.stderr, screen
    try:
        command.main(list(options), standalone_mode=False)
    finally:
        sys.stderr = before
    return screen.getvalue()


def test_a_bar_is_shown_where_things_are_many_and_somebody_watches():
    assert "Reading" in in_a_command(lambda: list(watched(range(FEW + 1), "Reading")))


def test_no_bar_is_shown_for_few_things_or_to_who_wants_quiet():
    assert in_a_command(lambda: list(watched(range(FEW), "Reading"))) == ""
    assert in_a_command(lambda: list(watched(range(99), "Reading")), "--quiet") == ""


def test_no_bar_is_written_into_a_file(capsys):
    assert list(watched(range(99), "Reading")) == list(range(99))
    assert capsys.readouterr().err == ""


def test_a_note_waits_until_the_bar_is_done():
    def work():
        for number in watched(range(FEW + 1), "Reading"):
            note(f"note {number}")

    said = in_a_command(work)
    assert said.rindex("Reading") < said.index("note 0")
    assert "note 4" in said


def test_many_files_are_all_read(folder):
    text = Path(LEEDS).read_text(encoding="utf-8")
    names = [f"trust-{number}.toml" for number in range(6)]
    for number, name in enumerate(names):
        Path(name).write_text(text.replace("Leeds Teaching", f"Trust {number}"), encoding="utf-8")
    result = run("assess", *names, "--report", "xlsx:all.xlsx")
    assert result.exit_code == 0
    assert "6 organisations" in workbook(Path("all.xlsx").read_bytes())["Cover"]["A1"].value
