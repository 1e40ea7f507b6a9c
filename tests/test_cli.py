"""The command line, as its users call it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from equityrules import hookimpl, load_frameworks, parse_period
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
    result = run("assess", LEEDS, "-o", "board.odt")
    assert result.exit_code == 2
    assert "'.odt' is not the ending of a format" in result.stderr
    assert run("assess", LEEDS, "-o", "board.odt", "--format", "markdown").exit_code == 0


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
    names = [line.split(" ")[0] for line in run("plugins", "--no-plugin", "frameworks/eds").stdout.splitlines()]
    assert "frameworks/eds2" in names
    assert "frameworks/eds" not in names


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


# --- what a review found ------------------------------------------------------------------------------------------


BICYCLES = 'organisation = "B"\nperiod = "2023/24"\n[[count]]\nitem = "travel.bicycle_stands"\nvalue = 3\n'
TRAVEL = (EXAMPLES / "frameworks" / "travel-plan").as_posix()


@pytest.mark.parametrize(
    ("limit", "code", "words"),
    [
        ("eds@2022/1A=achieving", 0, ""),
        ("eds@2022/3A=developing", 1, "eds/3A holds no grade"),
        ("EDS@2022/2d=achieving", 1, "eds/2D holds"),
        ("eds@2021/1A=achieving", 2, "did you mean 'eds@2022'?"),
        ("eds@/1A=achieving", 2, "there is no framework 'eds@'"),
        ("eds@2022/9Z=achieving", 2, "has no '9Z'"),
    ],
)
def test_a_limit_may_name_an_edition_and_a_part(limit, code, words):
    result = run("assess", LEEDS, "--fail-under", limit)
    assert result.exit_code == code
    assert words in result.stderr


def test_a_limit_on_what_was_not_assessed_is_not_held():
    limit = ["--framework-dir", TRAVEL, "--fail-under", "travel-plan=bronze"]
    result = run("assess", LEEDS, "-f", "eds", *limit)
    assert result.exit_code == 1
    assert "travel-plan was not assessed for Leeds" in result.stderr
    assert "so nothing is held" in result.stderr


def test_an_organisation_that_was_skipped_holds_nothing():
    Path("b.toml").write_text(BICYCLES)
    arguments = ["assess", LEEDS, "b.toml", "-f", "eds", "--framework-dir", TRAVEL]
    assert run(*arguments).exit_code == 0
    result = run(*arguments, "--fail-under", "eds=developing")
    assert result.exit_code == 1
    assert "eds was not assessed for B, so nothing is held" in result.stderr


def test_a_setting_reaches_only_the_commands_that_have_the_option():
    Path("equityrules.toml").write_text('format = "markdown"\nframework = ["eds"]\nas-of = 2024-03-01\n')
    assert run("template", "eds").exit_code == 0
    assert run("show", "eds").exit_code == 0
    assert run("check", LEEDS).exit_code == 0
    assert run("show").exit_code == 2
    assert run("template").exit_code == 2
    [assessment] = assess_json(LEEDS)
    assert assessment["as_of"] == "2024-03-01"
    [assessment] = assess_json(LEEDS, EQUITYRULES_AS_OF="2024-03-02")
    assert assessment["as_of"] == "2024-03-02"


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("equityrules.toml", "period = 2023", "period: 2023 is not text"),
        ("equityrules.toml", "framework = 1", "framework: 1 is neither text nor a list of text"),
        ("equityrules.toml", "no-plugin = [1]", "no-plugin: a list is neither text nor a list of text"),
        ("equityrules.toml", 'strict-plugins = "yes"', "strict-plugins: 'yes' is neither true nor false"),
        ("pyproject.toml", "tool = 1", "tool: 1 is not a table"),
        ("pyproject.toml", "[tool]\nequityrules = [1]", "tool.equityrules: a list is not a table"),
        ("pyproject.toml", "[tool.equityrules]\nperiod = [1]", "pyproject.toml: period: a list is not text"),
    ],
)
def test_a_setting_of_the_wrong_type_is_a_clear_usage_error(file, text, words):
    Path(file).write_text(text)
    result = run("assess", LEEDS)
    assert result.exit_code == 2
    assert f"{file}: " in result.stderr
    assert words in result.stderr


def test_one_text_does_for_a_setting_that_may_be_given_many_times():
    Path("equityrules.toml").write_text(f'framework = "eds"\nframework-dir = "{TRAVEL}"\n')
    assert [one["framework"]["id"] for one in assess_json(LEEDS)] == ["eds"]


def test_an_empty_settings_file_sets_nothing():
    Path("pyproject.toml").write_text("")
    assert run("assess", LEEDS).exit_code == 0


def test_explain_takes_its_framework_from_the_variable_or_the_settings():
    assert run("explain", LEEDS, "2D", EQUITYRULES_FRAMEWORK="eds").exit_code == 0
    assert run("explain", LEEDS, "2D").exit_code == 2
    Path("equityrules.toml").write_text('framework = ["eds"]\n')
    assert run("explain", LEEDS, "2D").exit_code == 0
    Path("equityrules.toml").write_text('framework = ["eds", "wres"]\n')
    result = run("explain", LEEDS, "2D")
    assert result.exit_code == 2
    assert "name one framework" in result.stderr


def test_the_ending_of_a_file_comes_before_a_format_that_was_configured():
    Path("equityrules.toml").write_text('format = "csv"\n')
    assert run("assess", LEEDS, "-o", "l.json").exit_code == 0
    assert Path("l.json").read_text(encoding="utf-8").startswith("[")
    assert run("assess", LEEDS, "-o", "m.json", EQUITYRULES_FORMAT="markdown").exit_code == 0
    assert Path("m.json").read_text(encoding="utf-8").startswith("[")
    assert run("assess", LEEDS, "-o", "l.dat").exit_code == 0
    assert Path("l.dat").read_text(encoding="utf-8").startswith("organisation")
    assert run("assess", LEEDS, "-o", "n.json", "--format", "markdown").exit_code == 0
    assert Path("n.json").read_text(encoding="utf-8").startswith("# ")


def test_a_hyphen_as_output_is_standard_output():
    assert run("assess", LEEDS, "-o", "-").stdout == run("assess", LEEDS).stdout
    assert run("assess", LEEDS, "-o", "-", "--format", "json").stdout.startswith("[")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_stays_and_its_target_is_written():
    Path("real.md").write_text("old")
    Path("link.md").symlink_to("real.md")
    assert run("assess", LEEDS, "-o", "link.md").exit_code == 0
    assert Path("link.md").is_symlink()
    assert Path("real.md").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_written_to_and_stays():
    os.mkfifo("pipe.md")
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(Path("pipe.md").read_text(encoding="utf-8")), daemon=True)
    reader.start()
    assert run("assess", LEEDS, "-o", "pipe.md").exit_code == 0
    reader.join(10)
    assert got[0].startswith("# ")
    assert Path("pipe.md").is_fifo()


def test_a_run_that_cannot_write_one_report_writes_none():
    Path("folder.md").mkdir()
    for last in ("csv:no-such-folder/a.csv", "markdown:folder.md"):
        result = run("assess", LEEDS, "--format", "table", "--report", "json:a.json", "--report", last)
        assert result.exit_code == 2
        assert "cannot be written" in result.stderr
        assert result.stdout == ""
        assert not Path("a.json").exists()
        assert [one.name for one in Path().iterdir() if one.name.startswith(".")] == []


def test_no_temporary_file_is_left_where_a_report_cannot_take_its_place(monkeypatch):
    def refuse(*_: object) -> None:
        raise RuntimeError("stopped")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(RuntimeError, match="stopped"):
        run("assess", LEEDS, "-o", "a.md")
    assert [one.name for one in Path().iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "a.md", "--report", "json:a.md"],
        ["--report", "json:a.md", "--report", "csv:./a.md"],
        ["--report", "json:-", "--report", "csv:-"],
    ],
)
def test_one_file_cannot_take_two_reports(arguments):
    result = run("assess", LEEDS, *arguments)
    assert result.exit_code == 2
    assert "is named twice" in result.stderr
    assert not Path("a.md").exists()


def test_explain_takes_a_day_and_a_target_as_assess_does():
    result = run("explain", LEEDS, "-f", "eds", "2D", "--as-of", "2024-03-01", "--target", "excelling")
    assert result.exit_code == 0
    assert "To reach Excelling" in result.stdout
    assert run("explain", LEEDS, "-f", "eds", "2D", "--as-of", "30/02/2024").exit_code == 2
    refused = run("explain", LEEDS, "-f", "eds", "2D", "--target", "acheiving")
    assert refused.exit_code == 2
    assert "did you mean 'Achieving'?" in refused.stderr


def test_explain_passes_over_an_organisation_with_nothing_to_explain():
    Path("b.toml").write_text(BICYCLES)
    both = run("explain", LEEDS, "b.toml", "-f", "eds", "2D", "--framework-dir", TRAVEL)
    assert both.exit_code == 0
    assert "B: the evidence has nothing for eds@2022" in both.stderr
    assert both.stdout.count("2D Staff recommend") == 1
    assert run("explain", "b.toml", "-f", "eds", "2D", "--framework-dir", TRAVEL).exit_code == 3
    earlier = run("explain", LEEDS, "-f", "eds", "2D", "--period", "2022/23")
    assert earlier.exit_code == 3
    assert "nothing for 2022/23" in earlier.stderr


def test_evidence_of_a_later_period_says_nothing_of_an_earlier_one():
    text = Path(LEEDS).read_text(encoding="utf-8")
    name = next(line for line in text.splitlines() if line.startswith("organisation"))
    Path("early.toml").write_text(BICYCLES.replace('organisation = "B"', name).replace("2023/24", "2022/23"))
    result = run("assess", LEEDS, "early.toml", "-f", "eds", "--period", "2022/23", "--framework-dir", TRAVEL)
    assert result.exit_code == 3
    assert "has nothing for eds@2022" in result.stderr


def test_invalid_evidence_says_in_plain_english_what_to_do():
    Path("bad.toml").write_text("period = 1")
    assert run("check", "bad.toml").stderr.endswith("Nothing was written. Correct the evidence first.\n")


@pytest.mark.parametrize("text", ["2022/23 to 2023/24", "2022-23 to 2023-24", "2022/2023 – 2023/2024"])
def test_a_period_may_span_two_financial_years(text):
    period = parse_period(text)
    assert (str(period.start), str(period.end)) == ("2022-04-01", "2024-03-31")
    assert parse_period(str(period)) == period
    [assessment] = assess_json(LEEDS, "--period", text)
    assert assessment["period"] == "April 2022 to March 2024"


def test_a_span_whose_first_year_may_be_a_month_is_refused():
    with pytest.raises(ValueError, match="write 2011/12 or December 2011"):
        parse_period("2011-12 to 2012-13")
    assert str(parse_period("2011-11 to 2012-12")) == "November 2011 to December 2012"


@pytest.mark.parametrize("command", [["assess", ""], ["check", ""], ["explain", "", "-f", "eds", "2D"]])
def test_an_empty_name_is_no_file(command):
    result = run(*command)
    assert result.exit_code == 2
    assert "no file is named" in result.stderr


def test_an_interrupted_run_exits_as_shells_expect(monkeypatch):
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("equityrules.cli.check.load", interrupt)
    result = run("check", LEEDS)
    assert result.exit_code == 130
    assert "interrupted" in result.stderr


def test_a_framework_named_twice_is_applied_once():
    assert len(assess_json(LEEDS, "-f", "eds", "-f", "eds@2022")) == 1
    assert run("template", "eds", "eds@2022").stdout == run("template", "eds").stdout


def test_a_plugin_that_cannot_read_is_named_once(monkeypatch):
    def load_with_a_fault(*arguments: object, **options: object) -> object:
        frameworks = load_frameworks(*arguments, **options)
        frameworks.plugins.manager.register(FaultyReader(), "faulty")
        return frameworks

    monkeypatch.setattr("equityrules.cli.common.load_frameworks", load_with_a_fault)
    for arguments in (["assess", LEEDS], ["explain", LEEDS, "-f", "eds", "2D"]):
        assert run(*arguments).stderr.count("raised RuntimeError: no") == 1


class FaultyReader:
    @hookimpl
    def equityrules_read_evidence(self, path):
        raise RuntimeError("no")


# --- what a fresh pair of eyes found ------------------------------------------------------------------------------


def test_show_says_who_confirmed_a_rule_against_what():
    shown = " ".join(run("show", "eds", "2D", "--profile", "profile-example.toml").stdout.split())
    assert "confirmed by A. Person, EDI lead (invented), 2024-01-10, NHS England" in shown


def test_explain_says_that_only_what_is_explained_holds_back():
    Path("cycling.toml").write_text(
        'organisation = "A"\nperiod = "2023/24"\n'
        '[[count]]\nitem = "travel.bicycle_stands"\nvalue = 60\n'
        '[[statement]]\nitem = "travel.showers"\nstatus = "not in place"\n'
        '[[explanation]]\nabout = "travel-plan/cycling.showers"\nbecause = "The building is let"\nby = "Estates"\n'
    )
    travel = str(EXAMPLES / "frameworks" / "travel-plan")
    said = run("explain", "cycling.toml", "-f", "travel-plan", "cycling", "--framework-dir", travel).stdout
    said = " ".join(said.split())
    assert "grade Silver" in said
    assert "Held back only by what is explained: cycling.showers: The building is let (Estates)" in said


def test_a_local_confirmation_comes_out_with_name_day_and_document():
    [assessment] = assess_json(LEEDS, "--profile", "profile-example.toml")
    findings = [finding for criterion in assessment["criteria"] for finding in criterion["findings"]]
    assert [one["requirement"] for one in findings if one["confirmed"]] == ["2D.local-care/achieving"]
    markdown = run("assess", LEEDS, "--profile", "profile-example.toml", "--format", "markdown").stdout
    assert "A. Person, EDI lead" in markdown


def test_every_wrong_number_of_votes_is_named_beside_the_wrong_grade():
    votes = "votes = { Developing = -4, Achieving = 99999999, Gold = 3 }\nstated_total = -3\n"
    Path("votes.toml").write_text(f'organisation = "A"\nperiod = "2023/24"\n[[votes]]\nabout = "eds/2B"\n{votes}')
    said = run("check", "votes.toml").stderr
    for words in ("'Gold'", "-4 votes cannot be", "99999999 votes are more", "-3 votes cannot be"):
        assert words in said


def test_a_stated_total_alone_says_how_far_it_is_and_that_one_outcome_could_do_it():
    Path("total.toml").write_text('organisation = "A"\nperiod = "2023/24"\n[[rating]]\nabout = "eds"\npoints = 21\n')
    [assessment] = assess_json("total.toml")
    [gap] = assessment["overall"]["gaps"]
    assert gap["because"] == "1 point short of Achieving, which starts at 22"
    assert gap["levers"][0]["edits"] == [{"target": "eds", "value": "22"}]


def test_actions_planned_later_are_not_in_an_earlier_periods_report():
    text = Path(LEEDS).read_text(encoding="utf-8")
    action = '\n[[action]]\nabout = ["eds/2D"]\ntext = "LATER"\nperiod = "2024/25"\n'
    Path("later.toml").write_text(text + action, encoding="utf-8")
    assert "LATER" not in run("assess", "later.toml", "--period", "2023/24", "--format", "markdown").stdout
