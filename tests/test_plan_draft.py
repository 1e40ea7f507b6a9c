"""Gaps as an action plan to fill in, which reads back as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_builders import RULES

from equityrules import assess, draft_plan, load_frameworks, read_evidence
from equityrules.cli import main
from equityrules.loading.plans import plan_of_text
from equityrules.model.plan import CitationState, Plan
from equityrules.plans.drafting import DRAFTED
from equityrules.plans.lines import LineReader
from equityrules.priorities import prioritise
from equityrules.reports.plan_remarks import render_plan

EXAMPLES = Path(__file__).parent.parent / "examples"
FRAMEWORKS = load_frameworks()
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30)


def drafted(name, *refs):
    [body] = read_evidence(EXAMPLES / name, frameworks=FRAMEWORKS)
    return draft_plan(prioritise([(FRAMEWORKS[ref], assess(FRAMEWORKS[ref], body)) for ref in refs], body), RULES)


@pytest.mark.parametrize(
    ("name", "refs"),
    [
        ("elht-survey-2024.csv", ["wres"]),
        ("leeds-eds-2023-24.toml", ["eds"]),
        ("elht-figures-2023.toml", ["wdes@2023", "wres"]),
    ],
)
def test_a_draft_reads_back_without_loss(name, refs):
    draft = drafted(name, *refs)
    back = plan_of_text(render_plan(draft, "csv"), "draft.csv", RULES)
    assert back.lines == draft.lines
    assert back.has == draft.has


def test_every_criterion_of_a_draft_is_one_that_checks_can_read():
    for line in drafted("elht-figures-2023.toml", "wdes@2023", "wres").lines:
        assert line.citations
        assert all(one.state is CitationState.READ and one.criteria for one in line.citations)


def test_what_people_decide_is_left_to_them_and_the_rest_is_filled_in():
    for line in drafted("elht-survey-2024.csv", "wres").lines:
        assert all(line.cell(name) for name in ("aim", "criteria", "position", "measure", "target", "action"))
        assert not any(line.cell(name) for name in ("due", "lead", "governance", "status"))


def test_a_measured_gap_has_its_figure_and_what_would_be_enough():
    [line] = [
        one for one in drafted("elht-survey-2024.csv", "wres").lines if one.cell("criteria") == "WRES indicator 8"
    ]
    assert line.cell("baseline") == "9.69 points"
    assert "enough would be: 21 fewer of the 856 BME people asked answer yes" in line.text


OTHERS = dict.fromkeys([name for name in DRAFTED if name != "action"], TEXT)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.fixed_dictionaries({"action": TEXT.filter(str.strip)}, optional=OTHERS), min_size=1))
def test_any_plan_that_is_written_reads_back_without_loss(rows):
    reader = LineReader(RULES)
    lines = tuple(reader.read(row, number) for number, row in enumerate(rows, 2))
    written = Plan(title="p", lines=lines, has=DRAFTED)
    back = plan_of_text(render_plan(written, "csv"), "plan.csv", RULES)
    assert [one.cells for one in back.lines] == [one.cells for one in written.lines]
    assert [one.citations for one in back.lines] == [one.citations for one in written.lines]


def run(*arguments):
    return CliRunner().invoke(main, ["plan", *map(str, arguments)], catch_exceptions=False)


def test_the_command_writes_a_draft_that_the_check_reads(tmp_path):
    file = tmp_path / "plan.csv"
    assert run("draft", EXAMPLES / "elht-survey-2024.csv", "-f", "wres", "-o", file).exit_code == 0
    result = run("check", file, EXAMPLES / "elht-survey-2024.csv", "-f", "wres", "--as-of", "2025-01-01")
    assert result.exit_code == 0
    assert "gap-without-action" not in result.stdout
    assert "[no-lead]" in result.stdout


def test_a_draft_never_replaces_a_file(tmp_path):
    (tmp_path / "plan.csv").write_text("mine")
    result = run("draft", EXAMPLES / "elht-survey-2024.csv", "-o", tmp_path / "plan.csv")
    assert result.exit_code == 2
    assert "exists; name another file" in result.stderr
