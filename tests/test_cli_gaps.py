"""`equityrules gaps`, and templates for what is missing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from equityrules.cli import main
from equityrules.reports.priorities import RENDERERS

EXAMPLES = Path(__file__).parent.parent / "examples"
LEEDS = EXAMPLES / "leeds-eds-2023-24.toml"
SURVEY = EXAMPLES / "elht-survey-2024.csv"
FIGURES = EXAMPLES / "elht-figures-2023.toml"
PLAN = (EXAMPLES / "ssot-ccgs-plan-2021-11.toml", "--framework-dir", EXAMPLES / "frameworks" / "ssot-equality-plan")


def run(*arguments: object):
    return CliRunner().invoke(main, [*map(str, arguments)])


def gaps_json(*arguments: object):
    [element] = json.loads(run("gaps", *arguments, "--format", "json").stdout)
    return element


def one_line(text: str) -> str:
    return " ".join(text.split())


# --- gaps ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("evidence", [(LEEDS,), (SURVEY,), PLAN], ids=["leeds", "survey", "plan"])
def test_every_format_works_on_the_real_examples_and_is_the_same_each_time(name, evidence):
    result = run("gaps", *evidence, "--format", name)
    assert result.exit_code == 0, result.output
    assert result.stdout == run("gaps", *evidence, "--format", name).stdout


def test_leeds_is_one_point_short_and_says_which_single_lifts_are_enough():
    said = one_line(run("gaps", LEEDS).stdout)
    assert "1 point short of Achieving, which starts at 22" in said
    assert "2D from Developing to Achieving" in said


def test_the_plan_of_staffordshire_lacks_one_activity_for_disabled_people():
    said = one_line(run("gaps", *PLAN).stdout)
    assert "At least one of the nine activities" in said
    assert "Work experience / Work trials" in said
    assert "practice.offered_to_disabled_people" not in said


def test_items_that_serve_two_frameworks_come_first():
    first = gaps_json(FIGURES)["collect"][0]
    assert first["item"] == "workforce.headcount"
    assert {one["framework"] for one in first["settles"]} == {"wdes@2023", "wres@2020"}


def test_frameworks_can_be_named():
    element = gaps_json(FIGURES, "-f", "wres")
    assert element["format"] == "equityrules.priorities/1"
    assert [one["framework"] for one in element["frameworks"]] == ["wres@2020"]
    assert run("gaps", FIGURES, "-f", "wrex").exit_code == 2


def test_a_target_aims_the_steps_higher():
    def leads_to(*options: str):
        return {two["leads_to"] for one in gaps_json(LEEDS, *options)["steps"] for two in one["serves"]}

    assert leads_to("--target", "Excelling") == {"excelling"}
    assert "developing" in leads_to()


def test_rules_on_a_weaker_basis_are_not_among_the_evidence_to_find():
    assert len(gaps_json(LEEDS, "--basis", "reported")["collect"]) < len(gaps_json(LEEDS)["collect"])


def test_the_limit_leaves_out_of_the_table_and_never_of_csv_and_json():
    assert "more items left out" in run("gaps", LEEDS, "--limit", "3").stdout
    assert "left out" not in run("gaps", LEEDS, "--limit", "900").stdout
    for name in ("csv", "json"):
        few, all_of_it = (run("gaps", LEEDS, "--format", name, "--limit", one).stdout for one in ("1", "900"))
        assert few == all_of_it


def test_csv_has_a_row_for_each_criterion_that_a_thing_serves():
    rows = list(csv.DictReader(io.StringIO(run("gaps", FIGURES, "--format", "csv").stdout)))
    assert {row["list"] for row in rows} == {"do", "show", "find out", "renew"}
    headcount = [row for row in rows if row["item"] == "workforce.headcount"]
    assert {row["rank"] for row in headcount} == {"1"}
    assert len(headcount) == int(headcount[0]["criteria"]) > 2


def test_each_organisation_has_a_page_of_its_own(tmp_path):
    file = tmp_path / "two.csv"
    file.write_text(
        "organisation,period,kind,item,value\n"
        "Anytown,2023/24,figure,appointment_likelihood_ethnicity,2.26\n"
        "Othertown,2023/24,figure,appointment_likelihood_ethnicity,1.10\n",
        encoding="utf-8",
    )
    assert run("gaps", file).stdout.count("What to do next: ") == 2
    assert "Anytown" not in run("gaps", file, "--organisation", "Othertown").stdout


def test_the_ending_of_the_file_chooses_the_format(tmp_path):
    assert run("gaps", SURVEY, "-o", tmp_path / "next.md").exit_code == 0
    assert (tmp_path / "next.md").read_text(encoding="utf-8").startswith("# What to do next")
    assert run("gaps", SURVEY, "--format", "tabel").exit_code == 2


# --- template --missing --------------------------------------------------------------------------------------------


def rows_missing(*arguments: object):
    result = run("template", *arguments, "--format", "csv")
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_what_the_evidence_gives_is_left_out():
    rows = rows_missing("wres", "--missing", SURVEY)
    items = {row["item"] for row in rows}
    assert "workforce.headcount" in items
    assert "survey.harassment_public" not in items
    assert {(row["organisation"], row["code"], row["period"]) for row in rows} == {
        ("East Lancashire Hospitals NHS Trust", "RXR", "2024/25")
    }


def test_only_the_cells_that_are_not_given_are_asked_for(tmp_path):
    file = tmp_path / "some.csv"
    file.write_text(
        "organisation,period,item,group,value\nAnytown,2023/24,workforce.headcount,ethnicity=bme,20\n", encoding="utf-8"
    )
    rows = rows_missing("wres", "--missing", file)
    groups = [row["group"] for row in rows if row["item"] == "workforce.headcount"]
    assert groups == ["ethnicity=white", "ethnicity=unknown"]


def test_several_files_together_are_the_evidence(tmp_path):
    file = tmp_path / "more.csv"
    file.write_text(
        "organisation,code,period,item,group,value\n"
        + "".join(
            f"East Lancashire Hospitals NHS Trust,RXR,2024/25,workforce.headcount,ethnicity={group},9\n"
            for group in ("white", "bme", "unknown")
        ),
        encoding="utf-8",
    )
    items = {row["item"] for row in rows_missing("wres", "--missing", SURVEY, "--missing", file)}
    assert items
    assert "workforce.headcount" not in items
    assert "survey.harassment_public" not in items


@pytest.mark.parametrize("ending", ["toml", "csv"])
def test_a_template_of_what_is_missing_goes_beside_the_evidence_once_filled(tmp_path, ending):
    file = tmp_path / f"missing.{ending}"
    assert run("template", "wres", "--missing", SURVEY, "-o", file).exit_code == 0
    text = file.read_text(encoding="utf-8")
    if ending == "toml":
        text = text.replace('value = ""', "value = 5", 1)
    else:
        text = text.replace("workforce.headcount,ethnicity=white,,", "workforce.headcount,ethnicity=white,5,", 1)
    file.write_text(text, encoding="utf-8")
    result = run("check", SURVEY, file)
    assert result.exit_code == 0, result.output


def test_where_nothing_is_missing_only_the_header_is_written(tmp_path):
    file = tmp_path / "all.csv"
    asked = [row for row in rows_missing("model-employer") if row["kind"] == "count"]
    filled = [f"Anytown,2023/24,{row['item']},{row['group']},5\n" for row in asked]
    file.write_text("".join(["organisation,period,item,group,value\n", *filled]), encoding="utf-8")
    result = run("template", "model-employer", "--missing", file, "--format", "csv")
    assert result.exit_code == 0, result.output
    assert "nothing that these frameworks read is missing" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_the_evidence_of_several_organisations_has_to_be_named(tmp_path):
    file = tmp_path / "two.csv"
    row = "2023/24,figure,appointment_likelihood_ethnicity,2.26\n"
    file.write_text(f"organisation,period,kind,item,value\nAnytown,{row}Othertown,{row}", encoding="utf-8")
    assert run("template", "wres", "--missing", file).exit_code == 2
    assert rows_missing("wres", "--missing", file, "--organisation", "Anytown")


@pytest.mark.parametrize("name", RENDERERS)
def test_what_is_assumed_marks_every_format_as_hypothetical(name, tmp_path):
    file = tmp_path / "evidence.csv"
    file.write_text(
        "organisation,period,kind,item,value\nAnytown,2023/24,figure,appointment_likelihood_ethnicity,2.26\n",
        encoding="utf-8",
    )
    assumed = [f"--with=recruitment.{item}={value}" for item, value in (
        ("shortlisted[ethnicity=white]", 1000),
        ("shortlisted[ethnicity=bme]", 600),
        ("appointed[ethnicity=white]", 180),
    )]  # fmt: skip
    result = run("gaps", file, "-f", "wres", *assumed, "--format", name)
    assert result.exit_code == 0, result.output
    assert "hypothetical" in result.stdout.casefold()
    assert "87 BME shortlisted applicants were appointed in all (of the same 600)" in " ".join(result.stdout.split())
