"""The command line, as its users call it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from equityrules.cli import main

EXAMPLES = Path(__file__).parent.parent / "examples"
LEEDS = "leeds-eds-2023-24.toml"
SSOT = "ssot-icb-eds-domain2-2022-23.toml"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Every test works in a folder of its own with the examples in it."""
    for file in EXAMPLES.glob("*.toml"):
        shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, stdin: str | None = None, **environment: str) -> Result:
    result = CliRunner().invoke(main, list(arguments), input=stdin, env=environment)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def assess_json(*arguments: str, **environment: str) -> list[dict]:
    result = run("assess", *arguments, "--format", "json", **environment)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


# --- assess -------------------------------------------------------------------------------------------------------


def test_the_main_job_says_the_grade_and_what_is_missing():
    result = run("assess", LEEDS)
    assert result.exit_code == 0
    assert "Developing" in result.stdout
    assert "21 points" in result.stdout
    assert "1 point short of Achieving" in result.stdout


def test_no_line_of_the_table_is_wider_than_a_terminal():
    for file in (LEEDS, SSOT):
        assert max(map(len, run("assess", file).stdout.splitlines())) <= 80


def test_without_a_framework_every_one_the_evidence_speaks_to_is_assessed():
    [assessment] = assess_json(LEEDS)
    assert assessment["framework"]["id"] == "eds"
    assert assessment["receipt"]["edition_chosen"] == "the edition in force on 2024-03-31"


def test_several_organisations_in_several_files_are_each_assessed():
    names = {one["organisation"] for one in assess_json(LEEDS, SSOT)}
    assert len(names) == 2


def test_the_same_input_gives_the_same_bytes():
    assert run("assess", LEEDS, "--format", "json").stdout == run("assess", LEEDS, "--format", "json").stdout


@pytest.mark.parametrize(
    ("name", "start"), [("a.md", "# "), ("a.json", "["), ("a.csv", "organisation"), ("a.txt", "NHS")]
)
def test_the_ending_of_the_output_file_chooses_the_format(name, start):
    assert run("assess", LEEDS, "-o", name).exit_code == 0
    assert Path(name).read_text(encoding="utf-8").startswith(start)


def test_several_reports_are_written_in_one_run():
    result = run("assess", LEEDS, "--report", "json:a.json", "--report", "csv:a.csv")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert Path("a.json").is_file()
    assert Path("a.csv").is_file()


def test_an_ending_that_is_no_format_is_refused_and_says_which_there_are():
    result = run("assess", LEEDS, "-o", "board.docx")
    assert result.exit_code == 2
    assert "'.docx' is not the ending of a format" in result.stderr
    assert run("assess", LEEDS, "-o", "board.docx", "--format", "markdown").exit_code == 0


def test_evidence_may_come_from_standard_input():
    text = Path(LEEDS).read_text(encoding="utf-8")
    result = run("assess", "-", "--format", "json", stdin=text)
    assert json.loads(result.stdout)[0]["overall"]["held"] == "developing"


def test_a_named_period_is_used_and_said():
    [assessment] = assess_json(LEEDS, "--period", "2023-24")
    assert assessment["period"] == "2023/24"
    assert assessment["receipt"]["period_chosen"] == "named"


def test_evidence_of_another_period_is_not_this_years():
    result = run("assess", LEEDS, "--period", "2022/23", "-f", "eds")
    assert result.exit_code == 3
    assert "nothing for 2022/23; the evidence is for 2023/24" in result.stderr


def test_an_edition_that_was_not_in_force_has_to_be_named():
    Path("old.toml").write_text(Path(LEEDS).read_text(encoding="utf-8").replace("2023/24", "2020/21"), encoding="utf-8")
    refused = run("assess", "old.toml", "-f", "eds")
    assert refused.exit_code == 2
    assert "no edition of 'eds' was in force on 2021-03-31" in refused.stderr
    assert run("assess", "old.toml", "-f", "eds@2022").exit_code == 0


def test_a_weaker_basis_is_left_out_on_request():
    [assessment] = assess_json(LEEDS, "--basis", "reported")
    reasons = {f["reason"] for c in assessment["criteria"] for f in c["findings"] if f["basis"] == "unverified"}
    assert reasons == {"not judged"}
    assert assessment["receipt"]["basis_level"] == "reported"


def test_a_target_aims_the_gaps_higher():
    [assessment] = assess_json(LEEDS, "--target", "Excelling")
    assert {gap["leads_to"] for one in assessment["criteria"] for gap in one["gaps"]} == {"excelling"}
    assert assessment["overall"]["gaps"][0]["because"].startswith("12 points short of Excelling")


def test_a_profile_confirms_a_requirement_and_is_named():
    [assessment] = assess_json(LEEDS, "--profile", "profile-example.toml")
    bases = {f["requirement"]: f["basis"] for c in assessment["criteria"] for f in c["findings"]}
    assert bases["2D.local-care/achieving"] == "confirmed locally"
    assert bases["2D.local-care/excelling"] == "unverified"
    assert assessment["receipt"]["profile"] == "Example profile"


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ("eds=developing", 0),
        ("eds=Achieving", 1),
        ("eds/2D=achieving", 1),
        ("eds/1A=achieving", 0),
        ("eds/3A=developing", 1),
        ("eds/domain-1=achieving", 0),
        ("eds@2022=developing", 0),
    ],
)
def test_fail_under_exits_one_where_less_is_held_or_nothing(limit, code):
    assert run("assess", LEEDS, "--fail-under", limit).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "tabel"], "did you mean 'table'?"),
        (["--report", "json"], "FORMAT:FILE"),
        (["--report", "jsn:a.json"], "did you mean 'json'?"),
        (["--period", "last year"], "is not a period"),
        (["--as-of", "30/02/2024"], "does not exist"),
        (["--basis", "reportd"], "did you mean 'reported'?"),
        (["--target", "acheiving"], "did you mean 'Achieving'?"),
        (["--fail-under", "eds"], "ID=GRADE"),
        (["--fail-under", "eds/9Z=achieving"], "has no '9Z'"),
        (["--fail-under", "eds=gold"], "unknown grade 'gold'"),
        (["-f", "esd"], "did you mean 'eds'?"),
        (["-f", "eds@2021"], "did you mean 'eds@2022'?"),
        (["-o", "no-such-folder/a.md"], "cannot be written"),
    ],
)
def test_a_wrong_option_exits_two_and_says_what_to_write(arguments, words):
    result = run("assess", LEEDS, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_a_mistyped_command_names_the_nearest():
    result = run("asses", LEEDS)
    assert result.exit_code == 2
    assert "did you mean 'assess'?" in result.stderr


def test_invalid_evidence_exits_three_and_touches_no_output():
    rating = '[[rating]]\nabout = "eds/2E"\ngrade = "Good"\n'
    Path("bad.toml").write_text(f'organisation = "A"\nperiod = "2023/24"\n{rating}')
    Path("kept.md").write_text("as it was")
    result = run("assess", "bad.toml", "-o", "kept.md")
    assert result.exit_code == 3
    assert "bad.toml  rating 1, about" in result.stderr
    assert result.stdout == ""
    assert Path("kept.md").read_text() == "as it was"
    assert sorted(file.name for file in Path().iterdir() if file.name.startswith(".")) == []


def test_evidence_without_anything_for_the_framework_exits_three():
    count = '[[count]]\nitem = "travel.bicycle_stands"\nvalue = 3\n'
    Path("other.toml").write_text(f'organisation = "A"\nperiod = "2023/24"\n{count}')
    travel = str(EXAMPLES / "frameworks" / "travel-plan")
    result = run("assess", "other.toml", "-f", "eds", "--framework-dir", travel)
    assert result.exit_code == 3
    assert "it has something for travel-plan" in result.stderr


# --- settings -----------------------------------------------------------------------------------------------------


def test_the_flag_comes_before_the_variable_and_the_variable_before_the_file():
    Path("equityrules.toml").write_text('format = "csv"\n')
    assert run("assess", LEEDS).stdout.startswith("organisation")
    assert run("assess", LEEDS, EQUITYRULES_FORMAT="json").stdout.startswith("[")
    assert run("assess", LEEDS, "--format", "markdown", EQUITYRULES_FORMAT="json").stdout.startswith("# ")


def test_pyproject_holds_settings_too():
    Path("pyproject.toml").write_text('[tool.equityrules]\nformat = "csv"\n')
    assert run("assess", LEEDS).stdout.startswith("organisation")


def test_an_unknown_setting_is_named_with_the_nearest():
    Path("equityrules.toml").write_text('fromat = "csv"\n')
    result = run("assess", LEEDS)
    assert result.exit_code == 2
    assert "did you mean 'format'?" in result.stderr


def test_a_folder_of_frameworks_may_stand_in_the_settings():
    travel = (EXAMPLES / "frameworks" / "travel-plan").as_posix()
    Path("equityrules.toml").write_text(f'framework-dir = ["{travel}"]\n')
    assert "travel-plan@1" in run("frameworks").stdout


# --- the other commands -------------------------------------------------------------------------------------------


def test_explain_shows_what_is_asked_for_by_grade_with_sources():
    result = run("explain", LEEDS, "-f", "eds", "2d")
    assert result.exit_code == 0
    for words in ("2D Staff recommend", "Achieving asks for", "[unverified]", "no document was read", "70%"):
        assert words in result.stdout


def test_explain_names_the_nearest_criterion():
    result = run("explain", LEEDS, "-f", "eds", "2E")
    assert result.exit_code == 2
    assert "has no outcome '2E'" in result.stderr


def test_check_says_what_the_files_hold():
    result = run("check", LEEDS)
    assert result.exit_code == 0
    assert "no problems" in result.stdout
    assert "9 ratings" in result.stdout


@pytest.mark.parametrize("name", ["evidence.toml", "evidence.csv"])
def test_a_template_lists_every_item_and_reads_back_as_nothing_filled_in(name):
    assert run("template", "eds", "-o", name).exit_code == 0
    text = Path(name).read_text(encoding="utf-8")
    assert "practice.zero_tolerance_policy" in text
    assert "eds/3C" in text
    result = run("check", name)
    assert result.exit_code == 3
    assert "nothing is filled in" in result.stderr


def test_a_half_filled_template_is_a_normal_file():
    run("template", "eds", "-o", "evidence.toml")
    text = Path("evidence.toml").read_text(encoding="utf-8")
    text = text.replace('organisation = ""', 'organisation = "A trust"').replace('period = ""', 'period = "2023/24"')
    Path("evidence.toml").write_text(text.replace('grade = ""', 'grade = "Achieving"', 1), encoding="utf-8")
    [assessment] = assess_json("evidence.toml")
    assert assessment["criteria"][0]["held"] == "achieving"
    assert assessment["criteria"][1]["held"] is None


def test_a_template_never_writes_over_a_file():
    Path("evidence.toml").write_text("mine")
    assert run("template", "eds", "-o", "evidence.toml").exit_code == 2
    assert Path("evidence.toml").read_text() == "mine"


def test_frameworks_and_show_name_edition_basis_and_sources():
    assert "132 rules: 17 reported, 115 unverified" in run("frameworks").stdout.replace("\n", " ").replace("    ", " ")
    shown = run("show", "eds").stdout
    for words in ("28 February", "OGL-UK-3.0", "Achieving: 22 to 32", "no document was"):
        assert words in shown
    assert "survey.would_use_services" in run("show", "eds", "2D").stdout


def test_plugins_lists_bundled_ones_and_no_faults():
    result = run("plugins")
    assert "frameworks/eds" in result.stdout
    assert "no faults" in result.stdout


def test_a_plugin_left_out_is_gone():
    assert "frameworks/eds" not in run("plugins", "--no-plugin", "frameworks/eds").stdout


def test_a_fault_is_named_and_exits_four_only_where_plugins_are_to_be_strict():
    lenient = run("assess", LEEDS, "--no-plugin", "no-such-plugin")
    assert lenient.exit_code == 0
    assert "no-such-plugin" in lenient.stderr
    strict = run("assess", LEEDS, "--no-plugin", "no-such-plugin", "--strict-plugins", "-o", "a.md")
    assert strict.exit_code == 4
    assert not Path("a.md").exists()


def test_the_bundled_frameworks_are_locked_and_their_cases_hold():
    frameworks = str(EXAMPLES.parent / "frameworks")
    assert run("lint", frameworks).exit_code == 0
    result = run("test", frameworks)
    assert result.exit_code == 0, result.stdout
    assert "0 failed" in result.stdout


def test_a_case_that_does_not_hold_is_shown_with_what_was_found(folder):
    shutil.copytree(EXAMPLES / "frameworks" / "travel-plan", folder / "travel")
    [case] = (folder / "travel").rglob("cases/*.toml")
    case.write_text(case.read_text().replace('overall = "silver"', 'overall = "gold"'))
    result = run("test", "travel")
    assert result.exit_code == 3
    assert "overall: gold expected, silver found" in result.stdout


def test_a_changed_file_needs_a_new_revision(folder):
    shutil.copytree(EXAMPLES / "frameworks" / "travel-plan", folder / "travel")
    assert run("lint", "travel", "--write-lock").exit_code == 0
    criterion = folder / "travel" / "travel-plan" / "1" / "cycling.toml"
    criterion.write_text(criterion.read_text().replace("silver = 10", "silver = 12"))
    refused = run("lint", "travel", "--write-lock")
    assert refused.exit_code == 3
    assert "its revision has to rise above 1" in refused.stderr
    own = criterion.parent / "framework.toml"
    own.write_text(own.read_text().replace("revision = 1", "revision = 2"))
    assert run("lint", "travel").exit_code == 3
    assert run("lint", "travel", "--write-lock").exit_code == 0


# --- starting up --------------------------------------------------------------------------------------------------


def _modules_after(program: str) -> set[str]:
    code = f"{program}\nimport sys; print('\\n'.join(sys.modules), file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return set(ran.stderr.split())


def test_help_imports_no_plugin_report_or_engine_module():
    program = (
        "import sys; sys.argv = ['equityrules', '--help']\n"
        "from equityrules.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass"
    )
    ours = {name for name in _modules_after(program) if name.startswith(("equityrules", "pluggy", "cattr", "tabulate"))}
    assert ours == {"equityrules", "equityrules.cli", "equityrules.version"}


def test_importing_the_library_imports_nothing_of_it():
    names = _modules_after("import equityrules")
    assert {name for name in names if name.startswith(("equityrules.", "click", "cattr"))} == set()


def test_every_public_name_is_there():
    import equityrules

    for name in equityrules.__all__:
        assert getattr(equityrules, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        equityrules.nothing  # noqa: B018 - the access is the test
