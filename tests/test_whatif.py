"""What if: edits as --with writes them, and results that say they are hypothetical."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from equityrules import load_frameworks, read_evidence
from equityrules.cli import main
from equityrules.loading.whatif import what_if
from equityrules.model.period import parse_period
from equityrules.model.problems import InvalidInputError

EXAMPLES = Path(__file__).parent.parent / "examples"
SURVEY = EXAMPLES / "elht-survey-2024.csv"
FRAMEWORKS = load_frameworks()
PERIOD = parse_period("2024/25")
[TRUST] = read_evidence(SURVEY, frameworks=FRAMEWORKS)


def answers(*edits: str):
    changed = what_if(TRUST, edits, PERIOD, FRAMEWORKS)
    return {
        (one.item, one.cell): (one.yes, one.of, one.percent)
        for one in changed.entries
        if one not in TRUST.entries
    }  # fmt: skip


BME = ("survey.discrimination", (("ethnicity", "bme"),))


def test_a_surveys_edit_gives_yes_of_all_who_were_asked():
    assert answers("survey.discrimination[ethnicity=bme]=114/856")[BME][:2] == (114, 856)
    assert answers("survey.discrimination[bme] = 114 of 900")[BME][:2] == (114, 900)


def test_yes_alone_is_of_as_many_as_before():
    assert answers("survey.discrimination[BME]=114")[BME][:2] == (114, 856)


def test_a_percentage_stands_by_itself():
    assert str(answers("survey.discrimination[bme]=13.3%")[BME][2]) == "13.3"


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ("nonsense", "is no edit; write recruitment.appointed[ethnicity=bme]=29"),
        ("survey.discriminatio[bme]=114", "did you mean 'survey.discrimination'?"),
        ("survey.discrimination[bme]=900", "more answer yes than the 856 who were asked"),
        ("survey.discrimination[bme]=many", "many"),
        ("survey.valued[bme]=12", "say of how many"),
        ("survey.discrimination[purple]=1/2", "purple"),
        ("practice.disabled_staff_voice=perhaps", "perhaps"),
    ],
)
def test_an_edit_that_cannot_be_read_is_refused_with_its_words(edit, words):
    with pytest.raises(InvalidInputError) as refused:
        what_if(TRUST, [edit], PERIOD, FRAMEWORKS)
    assert words in str(refused.value)
    assert "--with" in str(refused.value)


def test_two_edits_of_one_cell_are_refused():
    with pytest.raises(InvalidInputError, match="two edits are of the same cell"):
        what_if(
            TRUST, ["survey.discrimination[bme]=114", "survey.discrimination[ethnicity=bme]=115"], PERIOD, FRAMEWORKS
        )


@pytest.mark.parametrize("name", ["table", "markdown", "csv", "json"])
def test_every_output_is_marked_as_hypothetical(name):
    edit = "survey.discrimination[ethnicity=bme]=114/856"
    result = CliRunner().invoke(main, ["assess", str(SURVEY), "-f", "wres", "--format", name, "--with", edit])
    assert result.exit_code == 0, result.output
    assert "114/856" in result.stdout.replace("\\", "").replace("\n  ", " ")
    if name == "json":
        assert json.loads(result.stdout)[0]["receipt"]["hypothetical"] == [edit]
    else:
        assert "hypothetical" in result.stdout.casefold()


def test_an_explanation_is_marked_as_hypothetical():
    result = CliRunner().invoke(
        main, ["explain", str(SURVEY), "-f", "wres", "8", "--with", "survey.discrimination[bme]=114"]
    )
    assert result.exit_code == 0, result.output
    assert "HYPOTHETICAL, as if survey.discrimination[bme]=114" in result.stdout
    assert "Gap in line" in result.stdout


def test_a_mistaken_edit_exits_2():
    result = CliRunner().invoke(main, ["assess", str(SURVEY), "-f", "wres", "--with", "nonsense"])
    assert result.exit_code == 2
    assert "is no edit" in result.output
