"""The command `plan check`."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

from click.testing import CliRunner

from equityrules.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples"
ELHT = EXAMPLES / "elht-plan-2023-26.csv"


def run(*arguments, **settings):
    return CliRunner().invoke(main, ["plan", "check", *map(str, arguments)], catch_exceptions=False, **settings)


def test_without_as_of_the_day_is_today():
    assert f"checked as of {dt.date.today()}" in run(ELHT).stdout


def test_gaps_of_the_evidence_that_no_action_is_for_are_named():
    stdout = run(ELHT, EXAMPLES / "elht-figures-2023.toml", "--as-of", "2023-10-01").stdout
    assert "Held against the gaps by wdes@2023, wres@2020." in stdout
    assert "wdes metric 7 (Feeling valued)" in stdout
    assert "wres indicator 4 (Access to training and CPD)" in stdout


def test_codes_are_switched_by_name_and_a_wrong_name_is_told():
    assert "abbreviation-variants" in run(EXAMPLES / "llr-plan-2020-25.csv", "--on", "abbreviation-variants").stdout
    off = run(ELHT, "--off", "references", "--as-of", "2024-03-31").stdout
    assert "[no-such-reference]" not in off
    wrong = run(ELHT, "--off", "no-leed")
    assert wrong.exit_code == 2
    assert "--off: there is no code 'no-leed' (did you mean 'no-lead'?)" in wrong.stderr


def test_json_and_csv_hold_the_same_remarks(tmp_path):
    document = json.loads(run(ELHT, "--as-of", "2024-03-31", "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(run(ELHT, "--as-of", "2024-03-31", "--format", "csv").stdout)))
    assert document["format"] == "equityrules.plan-review/1"
    told = dict.fromkeys((row["together"], row["code"]) for row in rows)
    assert [one["code"] for one in document["remarks"]] == [code for _, code in told]


def test_a_file_of_a_known_ending_chooses_the_format(tmp_path):
    assert run(ELHT, "-o", tmp_path / "review.md", "--as-of", "2024-03-31").exit_code == 0
    assert (tmp_path / "review.md").read_text(encoding="utf-8").startswith("# East Lancashire")
    assert run(ELHT, "--format", "pdf").exit_code == 2


def test_a_plan_from_standard_input_is_read_by_its_headings():
    text = "No,What we will do,By when,Responsible,RAG\n1,Publish WRES indicator 12,May 2020,HR,Red\n"
    stdout = " ".join(run("-", "--as-of", "2024-01-01", input=text).stdout.split())
    assert "WRES has no indicator 12" in stdout
    assert "was due May 2020, and its status on 2024-01-01 is: Red" in stdout


def test_a_map_that_stands_elsewhere_is_named(tmp_path):
    (tmp_path / "plan.csv").write_text("Was,Bis\nPublish,31/02/2024\n", encoding="utf-8")
    (tmp_path / "ours.toml").write_text('[columns]\naction = "Was"\ndue = "Bis"\n', encoding="utf-8")
    result = run(tmp_path / "plan.csv", "--map", tmp_path / "ours.toml", "--as-of", "2024-01-01")
    assert "'31/02/2024' is a date that does not exist" in " ".join(result.stdout.split())
    assert run(tmp_path / "plan.csv").exit_code == 3


def test_evidence_of_several_organisations_is_refused(tmp_path):
    rows = "organisation,period,item,value\nA,2023/24,eds/1A,Achieving\nB,2023/24,eds/1A,Achieving\n"
    (tmp_path / "two.csv").write_text(rows, encoding="utf-8")
    result = run(ELHT, tmp_path / "two.csv")
    assert result.exit_code == 2
    assert "choose with --organisation: A or B" in result.stderr


def test_a_settings_file_reaches_the_commands_of_plan(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("equityrules.toml").write_text('format = "markdown"\nas-of = 2024-03-31\n', encoding="utf-8")
    assert run(ELHT).stdout.startswith("# East Lancashire")
    assert "checked as of 2024-03-31" in run(ELHT).stdout
