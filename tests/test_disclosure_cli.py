"""The command line says whom an output is for, and hides small numbers accordingly."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from equityrules.cli import main

TABLE = str(Path(__file__).parent.parent / "examples" / "elht-model-employer-2023.csv")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("name", ["table", "csv", "json"])
def test_formats_people_work_with_show_small_numbers_and_are_not_for_publication(name):
    text = run("assess", TABLE, "--format", name)
    assert "not for publication" in text
    assert "[c]" not in text


def test_markdown_is_for_publication():
    text = run("assess", TABLE, "--format", "markdown")
    assert "1 of 16" not in text
    assert "policy 'project'" in text


@pytest.mark.parametrize("name", ["table", "csv", "json", "markdown"])
def test_for_publication_hides_the_one_of_sixteen_in_every_format(name):
    text = run("assess", TABLE, "--format", name, "--for", "publication")
    assert "1 of 16" not in text
    assert "by policy 'project'" in text


def test_explain_and_gaps_hide_it_too():
    assert "1 of 16" in run("explain", TABLE, "-f", "model-employer", "1")
    assert "1 of 16" not in run("explain", TABLE, "-f", "model-employer", "1", "--for", "publication")
    hidden = run("gaps", TABLE, "-f", "model-employer", "--format", "csv", "--for", "publication")
    assert "band=9" not in hidden
    assert "by policy 'project'" in hidden


def test_outputs_of_one_run_for_different_people_differ(tmp_path):
    board, own = tmp_path / "board.md", tmp_path / "own.csv"
    run("assess", TABLE, "--report", f"markdown:{board}", "--report", f"csv:{own}")
    assert "1 of 16" in own.read_text(encoding="utf-8")
    assert "1 of 16" not in board.read_text(encoding="utf-8")


def test_what_was_published_before_is_named_where_it_gives_a_hidden_number_away(tmp_path):
    before = tmp_path / "before.csv"
    lines = Path(TABLE).read_text(encoding="utf-8").splitlines()
    kept = [lines[0], *(line.replace(",1,16,", ",,16,") for line in lines if ",9,1,16," in line)]
    before.write_text("\n".join(kept) + "\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["assess", TABLE, "--for", "publication", "--published", str(before)])
    assert result.exit_code == 0
    assert "workforce.by_band[band=9, ethnicity=bme] 2022/23" in result.stderr


def test_a_policy_that_does_not_exist_is_refused():
    result = CliRunner().invoke(main, ["assess", TABLE, "--disclosure", "projekt"])
    assert result.exit_code == 2
    assert "--disclosure: there is no policy 'projekt'" in result.stderr


def test_a_page_for_internal_use_says_so_before_anything_else(tmp_path):
    for audience, stamped in (("internal", True), ("publication", False)):
        page = tmp_path / f"{audience}.html"
        example = Path(__file__).parent.parent / "examples" / "elht-model-employer-2023.csv"
        run = CliRunner().invoke(main, ["assess", str(example), "--for", audience, "-o", str(page)])
        assert run.exit_code == 0, run.output
        first = page.read_text(encoding="utf-8").partition('<div class="card">')[0]
        assert ("not for publication" in first) is stamped


def test_the_template_for_internal_use_says_so_at_its_top(tmp_path):
    report = tmp_path / "eds.md"
    example = Path(__file__).parent.parent / "examples" / "full-example-eds.toml"
    run = CliRunner().invoke(main, ["assess", str(example), "--for", "internal", "--report", f"eds-report:{report}"])
    assert run.exit_code == 0, run.output
    assert "not for publication" in report.read_text(encoding="utf-8").partition("## Cover")[0]
