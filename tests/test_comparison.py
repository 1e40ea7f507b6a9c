"""What moved between assessments: by grade, by figure, by evidence and by rules."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from equityrules import load_frameworks, read_evidence, read_rows
from equityrules.assessment import assess
from equityrules.cli import main
from equityrules.comparison import Direction, compare, compare_editions
from equityrules.model.result import Assessment
from equityrules.reports.comparing import RENDERERS, counts_words, figure_words, render_comparisons

EXAMPLES = Path(__file__).parent.parent / "examples"
PLAN = EXAMPLES / "frameworks" / "ssot-equality-plan"
FRAMEWORKS = load_frameworks([PLAN])
RATIO = "appointment_likelihood_ethnicity"


def wres(period: str, *rows: dict[str, object], framework: str = "wres") -> Assessment:
    given = [{"organisation": "Anytown", "period": period, **row} for row in rows]
    [body] = read_rows(given, FRAMEWORKS)
    return assess(FRAMEWORKS[framework], body, period)


def printed(period: str, ratio: str) -> Assessment:
    return wres(period, {"kind": "figure", "item": RATIO, "value": ratio})


def counted(period: str, white: int, bme: int, of: int) -> Assessment:
    return wres(
        period,
        *(
            {"item": item, "group": group, "value": value}
            for group, value in (("white", white), ("bme", bme))
            for item, value in (("recruitment.shortlisted", of), ("recruitment.appointed", value))
        ),
    )


def move(before: Assessment, after: Assessment, name: str = "2"):
    return next(one for one in compare([before, after]).moves if one.id == name)


def test_a_printed_ratio_that_falls_from_2_26_to_1_60_is_better_within_its_grade():
    moved = move(printed("2022/23", "2.26"), printed("2023/24", "1.60"))
    assert moved.direction is Direction.BETTER
    assert moved.standings == ("Reported", "Reported")
    assert figure_words(moved.figure) == "2.26 -> 1.6 (-0.66)"


def test_a_change_that_rounding_alone_could_make_is_not_clear():
    assert move(printed("2022/23", "2.3"), printed("2023/24", "2.26")).direction is Direction.NOT_CLEAR


def test_a_ratio_is_better_nearer_to_parity_from_either_side():
    assert move(printed("2022/23", "0.40"), printed("2023/24", "0.70")).direction is Direction.BETTER
    assert move(printed("2022/23", "1.50"), printed("2023/24", "0.50")).direction is Direction.WORSE


def test_half_and_double_are_equally_far_from_parity():
    assert move(printed("2022/23", "2.00"), printed("2023/24", "0.50")).direction is Direction.SAME


def test_an_interval_that_contains_nought_is_no_clear_change():
    moved = move(counted("2022/23", 20, 10, 100), counted("2023/24", 20, 11, 100))
    assert moved.direction is Direction.NOT_CLEAR
    assert moved.figure.change.interval.low < 0 < moved.figure.change.interval.high


def test_many_people_make_the_same_change_clear():
    moved = move(counted("2022/23", 20000, 10000, 100000), counted("2023/24", 20000, 11000, 100000))
    assert moved.direction is Direction.BETTER
    assert moved.figure.change.interval.high < 0


def test_a_grade_that_rises_goes_up_and_says_which_requirement_came_out_differently():
    moved = move(printed("2022/23", "2.26"), printed("2023/24", "1.10"))
    assert moved.direction is Direction.UP
    assert [why.about for why in moved.because] == ["2.non-adverse", "2.assured"]


def test_a_grade_that_falls_goes_down():
    assert move(printed("2022/23", "1.10"), printed("2023/24", "2.26")).direction is Direction.DOWN


def test_new_and_lost_evidence_are_named():
    other = {"kind": "figure", "item": "discipline_likelihood_ethnicity", "value": "1.3"}
    before, after = printed("2022/23", "2.26"), wres("2023/24", other)
    assert move(before, after).direction is Direction.LOST
    assert [one.partition(" ")[0] for one in move(before, after).lost_evidence] == [
        "2.reported", "2.non-adverse", "2.assured",
    ]  # fmt: skip
    assert move(before, after, "3").direction is Direction.NEW
    assert move(before, after, "3").new_evidence


def test_figures_that_are_not_to_be_compared_make_no_clear_change():
    campaign = {"item": "recruitment.international_campaign_included", "value": "in place"}
    after = wres("2023/24", {"kind": "figure", "item": RATIO, "value": "1.60"}, campaign)
    assert move(printed("2022/23", "2.26"), after).direction is Direction.NOT_CLEAR


def test_three_dates_make_a_trend():
    ratios = [printed("2021/22", "2.26"), printed("2022/23", "1.60"), printed("2023/24", "1.10")]
    moved = next(one for one in compare(ratios).moves if one.id == "2")
    assert moved.steps == (Direction.BETTER, Direction.UP)
    assert moved.direction is Direction.UP


def test_bands_move_by_the_people_in_them():
    rows = [
        {"item": "workforce.by_band", "group": f"band=6; ethnicity={group}", "value": value}
        for group, value in (("white", 80), ("bme", 20), ("unknown", 0))
    ]
    target = {"kind": "target", "item": "bme_share_by_band", "group": "band=6", "value": 25, "direction": "at least"}
    more = [{**row, "value": {80: 77, 20: 23}.get(row["value"], 0)} for row in rows]
    before = wres("2022/23", *rows, target, framework="model-employer")
    moved = move(before, wres("2023/24", *more, target, framework="model-employer"), "1.at-target/6")
    assert moved.direction is Direction.BETTER
    assert moved.figure.change.value == Fraction(-3)


def test_fewer_than_two_and_different_organisations_are_refused():
    with pytest.raises(ValueError, match="two assessments or more"):
        compare([printed("2022/23", "2.26")])
    [body] = read_rows([{"organisation": "Other", "period": "2023/24", "kind": "figure", "item": RATIO, "value": 2}])
    with pytest.raises(ValueError, match="one organisation and one framework"):
        compare([printed("2022/23", "2.26"), assess(FRAMEWORKS["wres"], body)])


# --- editions ------------------------------------------------------------------------------------------------------


def test_the_editions_of_the_wdes_differ_in_adjustments_and_bank_staff():
    changes = compare_editions(FRAMEWORKS["wdes@2019"], FRAMEWORKS["wdes@2023"])
    found = {(one.where, one.what): (one.before, one.after) for one in changes}
    assert found["1.disabled-share", "reads"] == ("workforce.headcount_with_bank", "workforce.headcount")
    assert found["8.reported", "reads"] == ("survey.adjustments_adequate", "survey.adjustments")


def test_an_edition_does_not_differ_from_itself():
    assert compare_editions(FRAMEWORKS["wdes@2023"], FRAMEWORKS["wdes@2023"]) == ()


def test_different_frameworks_are_no_editions_of_one():
    with pytest.raises(ValueError, match="different frameworks"):
        compare_editions(FRAMEWORKS["wres@2020"], FRAMEWORKS["wdes@2023"])


def test_what_the_rules_alone_move_is_kept_apart():
    rows = [{"item": "survey.adjustments_adequate", "value": 74, "of": 100}]
    before = wres("2021/22", *rows, framework="wdes@2019")
    [body] = read_rows([{"organisation": "Anytown", "period": "2021/22", **rows[0]}], FRAMEWORKS)
    again = assess(FRAMEWORKS["wdes@2023"], body, "2021/22")
    after = wres("2022/23", {"item": "survey.adjustments", "value": 74, "of": 100}, framework="wdes@2023")
    found = compare([before, after], [again, after])
    assert found.rules_changed == "wdes@2019 revision 1 -> wdes@2023 revision 1"
    assert [(one.id, one.direction) for one in found.by_rules if one.id == "8"] == [("8", Direction.LOST)]
    assert next(one for one in found.moves if one.id == "8").direction is Direction.NEW


# --- the plan of Staffordshire and Stoke-on-Trent ------------------------------------------------------------------


def plan(month: str) -> Assessment:
    [body] = read_evidence(EXAMPLES / f"ssot-ccgs-plan-2021-{month}.toml", frameworks=FRAMEWORKS)
    return assess(FRAMEWORKS["ssot-equality-plan@2021-22"], body)


def grades(assessment: Assessment) -> list[str]:
    rated = [*assessment.criteria, *(one for one in assessment.groups if one.graded_from == "rating")]
    return [one.held.label for one in rated if one.held]


@pytest.mark.parametrize(("month", "counts"), [("09", (1, 12, 9, 1)), ("11", (1, 10, 11, 1))])
def test_the_plan_has_23_graded_rows_at_each_date(month, counts):
    found = grades(plan(month))
    words = ("Undeveloped", "Developing", "Achieving", "Excelling")
    assert tuple(found.count(word) for word in words) == counts


def test_two_rows_of_the_plan_improved_and_none_fell():
    found = compare([plan("09"), plan("11")])
    assert counts_words(found) == "2 ↑, 21 ↔, 0 ↓"
    assert [one.id for one in found.moves if one.direction is Direction.UP] == ["7.6", "9"]


def test_item_7_is_graded_above_most_of_its_lines_and_a_remark_says_so():
    for month in ("09", "11"):
        [remark] = [one for one in plan(month).remarks if one.code == "rating-differs"]
        assert "item-7" in remark.where or "item-7" in remark.message or "Achieving was decided" in remark.message


# --- the command ---------------------------------------------------------------------------------------------------


def run(*arguments: object):
    return CliRunner().invoke(main, ["compare", *map(str, arguments)])


BOTH = (EXAMPLES / "ssot-ccgs-plan-2021-09.toml", EXAMPLES / "ssot-ccgs-plan-2021-11.toml", "--framework-dir", PLAN)


@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_says_what_moved(name):
    result = run(*BOTH, "-f", "ssot-equality-plan", "--format", name)
    assert result.exit_code == 0, result.output
    assert "7.6" in result.stdout


def test_json_and_csv_are_whole():
    [element] = json.loads(run(*BOTH, "-f", "ssot-equality-plan", "--format", "json").stdout)
    assert element["format"] == "equityrules.comparison/1"
    assert [one["id"] for one in element["moves"] if one["direction"] == "up"] == ["7.6", "9"]
    rows = list(csv.DictReader(io.StringIO(run(*BOTH, "-f", "ssot-equality-plan", "--format", "csv").stdout)))
    assert [row["id"] for row in rows if row["direction"] == "up"] == ["7.6", "9"]


def test_saved_assessments_are_compared_as_evidence_is(tmp_path):
    for month in ("09", "11"):
        saved = CliRunner().invoke(
            main,
            ["assess", str(EXAMPLES / f"ssot-ccgs-plan-2021-{month}.toml"), "--framework-dir", str(PLAN),
             "-f", "ssot-equality-plan", "-o", str(tmp_path / f"{month}.json")],
        )  # fmt: skip
        assert saved.exit_code == 0, saved.output
    from_saved = run(tmp_path / "09.json", tmp_path / "11.json")
    assert from_saved.exit_code == 0
    assert from_saved.stdout == run(*BOTH, "-f", "ssot-equality-plan").stdout


def test_one_file_with_several_periods_is_compared_with_itself(tmp_path):
    file = tmp_path / "two.csv"
    file.write_text(
        "organisation,period,kind,item,value\n"
        f"Anytown,2022/23,figure,{RATIO},2.26\nAnytown,2023/24,figure,{RATIO},1.60\n",
        encoding="utf-8",
    )
    assert "2.26 -> 1.6" in run(file, "-f", "wres").stdout


def test_what_cannot_be_compared_is_said_with_the_remedy(tmp_path):
    one = run(EXAMPLES / "leeds-eds-2023-24.toml")
    assert one.exit_code == 3
    assert "one organisation and framework at two dates" in one.output
    assert run("wdes@2019", "wdes@2023", "wres@2020").exit_code == 2
    assert run("wres@2020", "wdes@2023").exit_code == 2
    assert run(*BOTH, "--format", "tabel").exit_code == 2
    spoilt = tmp_path / "spoilt.json"
    spoilt.write_text('[{"format": "equityrules.assessment/1"}]', encoding="utf-8")
    assert run(spoilt, spoilt).exit_code == 3


def test_what_did_not_move_says_so():
    same = printed("2022/23", "2.26")
    later = printed("2023/24", "2.26")
    assert "Nothing moved." in render_comparisons([compare([same, later])], "table")


PEOPLE = "\n".join(
    f"Anytown,{period},count,recruitment.{item},ethnicity={group},{value}"
    for period, few in (("2022/23", 3), ("2023/24", 4))
    for item, group, value in (
        ("shortlisted", "white", 100),
        ("shortlisted", "bme", 80),
        ("appointed", "white", 20),
        ("appointed", "bme", few),
    )
)


@pytest.mark.parametrize("name", RENDERERS)
def test_a_comparison_of_evidence_says_that_it_is_not_for_publication(name, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(f"organisation,period,kind,item,group,value\n{PEOPLE}\n", encoding="utf-8")
    assert "not for publication" in " ".join(run(file, "-f", "wres", "--format", name).stdout.split())


@pytest.mark.parametrize("name", RENDERERS)
def test_a_comparison_of_what_was_published_holds_no_more_than_that(name, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(f"organisation,period,kind,item,group,value\n{PEOPLE}\n", encoding="utf-8")
    saved = []
    for period in ("2022/23", "2023/24"):
        saved.append(tmp_path / f"{period[:4]}.json")
        made = ["assess", str(file), "-f", "wres", "--period", period, "--for", "publication", "-o", str(saved[-1])]
        assert CliRunner().invoke(main, made).exit_code == 0
    shown = " ".join(run(*saved, "--format", name).stdout.split())
    assert "for publication: small numbers by policy" in shown.casefold()
    assert "3 of 80" not in shown
    assert "4 of 80" not in shown
