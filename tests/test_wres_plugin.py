"""The bundled plugin `wres`: the staff survey benchmark workbook as evidence, its remarks, and --organisation."""

from __future__ import annotations

import csv
import os
import re
import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from equityrules.bundled.wres import equityrules_read_evidence
from equityrules.bundled.wres.answers import Answer, Precision, precision_of, read_variable
from equityrules.bundled.wres.survey_years import survey_year
from hypothesis import given
from hypothesis import strategies as st

from equityrules import InvalidInputError, assess, load_frameworks, read_evidence, read_rows
from equityrules.cli import main
from equityrules.model.evidence import Amount, Survey
from equityrules.model.period import parse_period

WORKBOOK = Path(__file__).parent / "workbooks" / "benchmark-2024.csv"
"""East Lancashire's published proportions; every other organisation in it is invented, and says so in its name."""

FRAMEWORKS = load_frameworks()
KIND = "org_type_reporting_name"
SHARE, OF = "har_from_pat_eth_summary_1_2024", "har_from_pat_eth_summary_n_1_2024"
EAST_LANCASHIRE = {
    ("survey.harassment_public", "white"): (801, 3304), ("survey.harassment_public", "bme"): (212, 872),
    ("survey.harassment_staff", "white"): (648, 3295), ("survey.harassment_staff", "bme"): (193, 867),
    ("survey.career_opportunities", "white"): (2136, 3291), ("survey.career_opportunities", "bme"): (445, 865),
    ("survey.discrimination", "white"): (199, 3272), ("survey.discrimination", "bme"): (135, 856),
}  # fmt: skip


def write(folder: Path, header: str, *lines: str, name: str = "sheet.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return path


def sheet(folder: Path, *lines: str, columns: str = f"{SHARE},{OF}") -> Path:
    return write(folder, f"org_id,org_name,org_type_reporting_name,{columns}", *lines)


def rows(path: Path) -> list[dict]:
    found = equityrules_read_evidence(path)
    assert found is not None
    return list(found)


def refusal(path: Path) -> str:
    with pytest.raises(InvalidInputError) as caught:
        read_evidence(path, frameworks=FRAMEWORKS)
    return str(caught.value)


# --- what is read -------------------------------------------------------------------------------------------------


def test_east_lancashires_counts_are_recovered_from_the_published_proportions():
    [first, *_] = read_evidence(WORKBOOK, frameworks=FRAMEWORKS)
    assert (first.organisation.code, [str(one) for one in first.periods()]) == ("RXR", ["2024/25"])
    surveys = {(one.item, dict(one.cell)["ethnicity"]): one for one in first.entries if isinstance(one, Survey)}
    assert {key: (one.yes, one.of) for key, one in surveys.items()} == EAST_LANCASHIRE
    assert {one.source for one in surveys.values()} == {"NHS Staff Survey 2024 benchmark workbook"}
    assert {one.note for one in surveys.values()} == {"yes recovered from the published proportion and base"}


def test_the_example_of_east_lancashire_says_the_same_as_its_workbook():
    [example] = read_evidence(
        WORKBOOK.parent.parent.parent / "examples" / "elht-survey-2024.csv", frameworks=FRAMEWORKS
    )
    [first, *_] = read_evidence(WORKBOOK, frameworks=FRAMEWORKS)
    said = {(one.item, one.cell, one.period, one.yes, one.of) for one in first.entries if isinstance(one, Survey)}
    assert said == {(one.item, one.cell, one.period, one.yes, one.of) for one in example.entries}


def test_the_published_ratios_come_out_of_the_recovered_counts():
    printed = {"harassment_public": 1.0028, "harassment_staff": 1.1319, "career_opportunities": 0.7926}
    for name, ratio in (*printed.items(), ("discrimination", 2.5931)):
        white, bme = (Fraction(*EAST_LANCASHIRE[f"survey.{name}", group]) for group in ("white", "bme"))
        assert round(float(bme / white), 4) == ratio


def test_the_survey_of_a_year_is_evidence_for_the_reporting_year_it_feeds():
    bodies = {one.organisation.code: one for one in read_evidence(WORKBOOK, frameworks=FRAMEWORKS)}
    assert [str(one) for one in bodies["ZZ901"].periods()] == ["2023/24", "2024/25"]
    assert assess(FRAMEWORKS["wres"], bodies["ZZ901"]).reference["WRES year"] == "2025"


def test_two_sectors_of_a_trust_are_organisations_of_their_own():
    names = {one.organisation.code: one.organisation.name for one in read_evidence(WORKBOOK, frameworks=FRAMEWORKS)}
    assert {names["ZZF1"], names["ZZF2"]} == {
        "Invented Trust in Two Sectors (acute sector)",
        "Invented Trust in Two Sectors (ambulance sector)",
    }


def test_beside_each_organisation_stands_the_median_of_its_benchmark_group():
    [first, *_] = read_evidence(WORKBOOK, frameworks=FRAMEWORKS)
    [median] = [
        one
        for one in first.entries
        if isinstance(one, Amount) and one.item == "benchmark.discrimination" and dict(one.cell)["ethnicity"] == "white"
    ]
    assert 0 < Fraction(median.value) - Fraction(19900, 3272) < Fraction(1, 10**9)
    assert median.note == "median of 'Acute and Acute & Community Trusts', of 5 organisations in the file"


def test_a_group_of_fewer_than_three_has_no_median(tmp_path):
    with WORKBOOK.open(encoding="utf-8-sig", newline="") as stream:
        kinds = [line["org_type_reporting_name"] for line in csv.DictReader(stream)]
    assert kinds.count("Ambulance Trusts") == 2
    benchmarks = [row for row in rows(WORKBOOK) if row["item"].startswith("benchmark.")]
    assert {row["code"] for row in benchmarks} == {"RXR", "ZZ901", "ZZ902", "ZZ903", "ZZF1"}
    assert {row["period"] for row in benchmarks} == {"2024/25"}


def test_a_median_between_two_organisations_is_the_middle_between_them(tmp_path):
    path = sheet(tmp_path, *(f"ZZ90{one},Invented {one},Group,0.{one},10" for one in (1, 2, 4, 9)))
    [median] = {row["value"] for row in rows(path) if row["item"].startswith("benchmark")}
    assert abs(Decimal(median) - 30) < Decimal("1e-9")
    assert len(median.partition(".")[2]) == 10


def test_who_is_the_median_itself_is_no_worse_than_it():
    """East Lancashire is the middle of five for indicator 5, white staff; no rounding may count against it."""
    [first, *_] = read_evidence(WORKBOOK, frameworks=FRAMEWORKS)
    fifth = assess(FRAMEWORKS["wres"], first).criteria[4]
    assert fifth.held is not None
    assert (fifth.id, fifth.held.id) == ("5", "gap-assured")


@pytest.mark.parametrize(("stem", "sign"), [("q16b", 1), ("equal", -1)])
def test_the_range_of_a_printed_median_lies_on_the_worse_side_of_it(tmp_path, stem, sign):
    columns = f"{stem}_eth_summary_1_2024,{stem}_eth_summary_n_1_2024"
    path = sheet(tmp_path, *(f"ZZ90{one},Invented,Group,{one / 7!r},7" for one in (1, 2, 3)), columns=columns)
    [median] = {row["value"] for row in rows(path) if row["item"].startswith("benchmark")}
    off = sign * (Fraction(median) - Fraction(200, 7))
    assert Fraction(1, 2 * 10**10) <= off < Fraction(2, 10**10)


def test_the_median_of_rounded_proportions_is_as_rounded_as_they_are(tmp_path):
    path = sheet(tmp_path, *(f"ZZ90{one},Invented,Group,0.{one}33,3001" for one in (1, 2, 3)))
    assert {row["value"] for row in rows(path) if row["item"].startswith("benchmark")} == {"23.3"}


def test_without_benchmark_groups_there_are_no_medians(tmp_path):
    lines = [f"ZZ90{one},Invented {one},0.{one},10" for one in (1, 2, 3)]
    path = write(tmp_path, f"org_id,org_name,{SHARE},{OF}", *lines)
    assert {row["item"] for row in rows(path)} == {"survey.harassment_public"}


@pytest.mark.parametrize("mark", ["", "*", "-", "NA"])
def test_a_value_that_is_not_published_is_left_out(tmp_path, mark):
    path = sheet(tmp_path, f"ZZ901,Invented One,Group,{mark},{mark}", "ZZ902,Invented Two,Group,0.5,10")
    assert [row["code"] for row in rows(path)] == ["ZZ902"]


def test_a_proportion_without_its_base_stays_a_percentage(tmp_path):
    [row] = rows(sheet(tmp_path, "ZZ901,Invented One,Group,0.2424,-"))
    assert row["percent"] == "24.24"
    assert "of" not in row


def test_a_weighted_proportion_stays_a_percentage_with_its_base(tmp_path):
    [row] = rows(sheet(tmp_path, "ZZ901,Invented One,Group,0.242512345678,3304"))
    assert (row["percent"], row["of"]) == ("24.2512345678", 3304)
    assert "value" not in row


@pytest.mark.parametrize("name", ["sheet.txt", "sheet.tsv", "sheet.toml", "sheet"])
def test_only_csv_is_looked_at(tmp_path, name):
    shutil.copy(WORKBOOK, tmp_path / name)
    assert equityrules_read_evidence(tmp_path / name) is None


def test_a_csv_without_the_variables_is_somebody_elses(tmp_path):
    assert equityrules_read_evidence(WORKBOOK.parent.parent.parent / "examples" / "elht-survey-2024.csv") is None
    assert equityrules_read_evidence(write(tmp_path, "org_id,org_name,q16b_2024", "RXR,East,0.1")) is None
    assert equityrules_read_evidence(write(tmp_path, "organisation,note", f"A,{SHARE}")) is None
    assert equityrules_read_evidence(write(tmp_path, "")) is None
    assert equityrules_read_evidence(tmp_path / "missing.csv") is None


def test_only_the_header_of_somebody_elses_file_is_read(tmp_path):
    path = tmp_path / "large.csv"
    path.write_bytes(b"organisation,period,item,value\n" + b"\xff" * 10_000_000)
    assert equityrules_read_evidence(path) is None


@pytest.mark.parametrize(("start", "separator"), [("", ","), ("\ufeff", ";"), ("sep=;\n", ";"), ("\n", "\t")])
def test_separators_and_what_programs_put_first_are_understood(tmp_path, start, separator):
    header = start + separator.join(["org_id", '"org_name"', SHARE.upper(), OF, "q14a_2024"])
    path = write(tmp_path, header, separator.join(["zz901", '"Invented, One"', "0.5", "10.0", "anything"]))
    [row] = rows(path)
    assert (row["code"], row["organisation"], row["value"], row["of"]) == ("ZZ901", "Invented, One", 5, 10)


def test_a_note_below_the_table_is_passed_over(tmp_path):
    path = sheet(tmp_path, "ZZ901,Invented One,Group,0.5,10", ",,,,", "Source: the survey,,,,")
    assert len(rows(path)) == 1


@pytest.mark.skipif(
    "EQUITYRULES_EVIDENCE_DIR" not in os.environ, reason="the survey of all trusts is not in the repository"
)
def test_the_counts_of_every_trust_are_recovered_from_its_published_proportions(tmp_path):
    path = Path(os.environ["EQUITYRULES_EVIDENCE_DIR"]) / "staff-survey-2024-wres-5-8.csv"
    stems = {"5": "har_from_pat", "6": "har_from_staff", "7": "equal", "8": "q16b"}
    table: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        published = list(csv.DictReader(stream))
    for one in published:
        stem, group = stems[one["wres_indicator"]], {"white": 1, "bme": 2}[one["group"]]
        own = {"org_id": one["ods_code"], "org_name": one["organisation"], KIND: one["benchmark_group"]}
        shares = {f"{stem}_eth_summary_{group}_2024": one["published_proportion"]}
        counts = {f"{stem}_eth_summary_n_{group}_2024": one["respondents"]}
        table[one["ods_code"]] = {**table.get(one["ods_code"], {}), **own, **shares, **counts}
    with (tmp_path / "all.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(dict.fromkeys(name for line in table.values() for name in line)))
        writer.writeheader()
        writer.writerows(table.values())
    found = [row for row in rows(tmp_path / "all.csv") if row["item"].startswith("survey.")]
    assert len(found) == len(published) > 500
    expected = sorted((one["ods_code"], int(one["answered_yes"]), int(one["respondents"])) for one in published)
    assert sorted((row["code"], row["value"], row["of"]) for row in found) == expected


# --- how many said yes --------------------------------------------------------------------------------------------


@given(st.integers(1, 60_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_every_count_is_recovered_from_sixteen_digits(counts):
    yes, of = counts
    for printed in (f"{yes / of:.16g}", f"{yes / of:.16f}", repr(yes / of)):
        answer = Answer(Decimal(printed), of)
        assert precision_of([answer]).yes(answer) == yes


@given(st.integers(1, 9_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), st.integers(1, 8))
def test_from_a_rounded_proportion_a_count_is_recovered_rightly_or_not_at_all(counts, decimals):
    yes, of = counts
    answer = Answer(Decimal(f"{yes / of:.{decimals}f}"), of)
    found = Precision(decimals, rounded=True).yes(answer)
    assert found in (yes, None)
    if of < 10**decimals / 2:
        assert found == yes


@given(st.integers(1, 5_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_percentage_stands_for_a_range_that_holds_the_true_one(counts):
    yes, of = counts
    share = Decimal(f"{yes / of:.4f}")
    percent = Precision(4, rounded=True).percent(Answer(share.normalize() if share else share, of))
    assert percent.as_tuple().exponent == -2
    assert abs(Fraction(percent) - Fraction(100 * yes, of)) <= Fraction(1, 200)


def test_rounded_proportions_of_which_several_counts_are_possible_are_not_guessed(tmp_path):
    """792 of 3300 is 0.24 exactly, but beside 0.25 of 3304 the file rounds, and 776 to 808 are as possible."""
    path = sheet(tmp_path, "ZZ901,Invented One,Group,0.24,3300", "ZZ902,Invented Two,Group,0.25,3301")
    assert [row.get("percent") for row in rows(path)] == ["24", "25"]


def test_variables_are_read_in_any_case_and_nothing_else_is():
    question, counts = read_variable(" Q16B_eth_summary_n_2_2021 ") or (None, None)
    assert question is not None
    assert (question.item, question.group, question.year, question.period, counts) == (
        "discrimination", "bme", 2021, "2021/22", True,
    )  # fmt: skip
    for other in ("q16b_2024", "q16b_eth_summary_3_2024", "q16a_eth_summary_1_2024", "q16b_eth_summary_1_2024_n"):
        assert read_variable(other) is None


# --- mistakes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ZZ901,Invented One,Group,24.2,3304", ["above 1", "detailed spreadsheets", "weighted", "benchmark workbook"]),
        ("ZZ901,Invented One,Group,24.2%,3304", ["is a percentage", "General"]),
        ("ZZ901,Invented One,Group,-0.2,3304", ["'-0.2' is no proportion from 0 to 1"]),
        ("ZZ901,Invented One,Group,#N/A,3304", ["'#N/A' is no proportion"]),
        ("ZZ901,Invented One,Group,1e-999999999,3304", ["is no proportion"]),
        ("ZZ901,Invented One,Group,0.24,3304.5", [f"column {OF}", "'3304.5' is not a whole number", "digits"]),
        ("ZZ901,Invented One,Group,0.24,many", ["'many' is not a whole number"]),
        ("ZZ901,Invented One,Group,0.24,0", [f"column {OF}", "is 0", SHARE]),
        (",Invented One,Group,0.24,3304", ["column org_id", "'' is no code", "ODS code"]),
        ("Average,,Group,0.24,3304", ["column org_name", "is empty"]),
        ("ZZ901,Invented, One,Group,0.24,3304", ["6 cells where the header has 5", "quotation marks"]),
        ("ZZ901,Invented One,Group,0.24", ["4 cells where the header has 5"]),
        ('ZZ901,"Invented One,Group,0.24,3304', ["not valid CSV"]),
    ],
)
def test_a_mistake_is_refused_with_line_column_and_remedy(tmp_path, line, words):
    message = refusal(sheet(tmp_path, "ZZ900,Invented Nought,Group,0.5,10", line))
    assert "sheet.csv  line 3" in message
    for one in words:
        assert one in message


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (f"code,org_name,{SHARE}", ["lacks the column 'org_id'", "org_id, org_name or org_type_reporting_name"]),
        (f"org_id,org_nmae,{SHARE}", ["lacks the column 'org_name'", "did you mean 'org_nmae'"]),
        (f"org_id,org_name,{SHARE},{SHARE}", [f"'{SHARE}' is there twice"]),
        (f"org_id,org_name,{OF}", ["no proportions", "without '_n_'"]),
    ],
)
def test_a_header_that_does_not_hold_is_refused(tmp_path, header, words):
    message = refusal(write(tmp_path, header, "ZZ901,Invented One,0.5,10"))
    assert message.startswith("sheet.csv  header: ")
    for one in words:
        assert one in message


def test_an_organisation_twice_is_refused_with_both_lines(tmp_path):
    message = refusal(sheet(tmp_path, "ZZ901,Invented One,Group,0.5,10", "zz901,Invented One,Group,0.5,10"))
    assert "line 3, column org_id" in message
    assert "stands in line 2 already" in message


def test_a_whole_sheet_of_percentages_is_one_message(tmp_path):
    message = refusal(sheet(tmp_path, *(f"ZZ{one},Invented {one},Group,24.2,3304" for one in range(900, 999))))
    assert len(message.splitlines()) == 1
    assert "more places" in message


def test_what_is_not_utf_8_is_refused_with_how_to_save_it(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_bytes(f"org_id,org_name,{SHARE},{OF}\nZZ901,Invented \xe9,0.5,10\n".encode("cp1252"))
    assert "CSV UTF-8" in refusal(path)


# --- remarks ------------------------------------------------------------------------------------------------------


def entry(item: str, group: str, value: object, of: object = None, **others: object) -> dict:
    cell = {"": "", "disabled": "disability=disabled"}.get(group, group if "=" in group else f"ethnicity={group}")
    row = {"organisation": "Example NHS Trust", "period": "2024/25", "item": item, "group": cell, "value": value}
    return {**row, "of": of, **others}


def said(*given: dict, framework: str = "wres") -> dict[str, tuple[str, str]]:
    """Return the plugin's remarks by code: where, and what."""
    [trust] = read_rows(given, frameworks=FRAMEWORKS)
    result = assess(FRAMEWORKS[framework], trust, "2024/25")
    return {one.code: (one.where, one.message) for one in result.remarks if one.code.startswith(f"{framework}-")}


def test_the_workbook_of_the_right_year_leaves_nothing_to_remark():
    [first, *_] = read_evidence(WORKBOOK, frameworks=FRAMEWORKS)
    codes = {one.code for one in assess(FRAMEWORKS["wres"], first).remarks}
    assert not {one for one in codes if one.startswith("wres-")}


def test_the_survey_of_another_year_is_remarked_on():
    late = entry("survey.discrimination", "white", 10, 100, source="NHS Staff Survey 2023 benchmark workbook")
    where, message = said(late)["wres-survey-year"]
    assert where == "wres"
    assert message == "the survey of 2024 belongs to this WRES year; these are of 2023: survey.discrimination"


def test_the_year_before_stands_in_and_is_remarked_on():
    given = entry("survey.harassment_staff", "white", 10, 100, period="2023/24")
    assert {"wres-survey-year", "wres-survey-fault"} <= said(given).keys()


def test_another_years_benchmark_is_remarked_on():
    median = entry("benchmark.discrimination", "white", 6.5, source="Staff survey of 2022")
    assert "of 2022: benchmark.discrimination" in said(median)["wres-survey-year"][1]


def test_disabled_staffs_answers_are_not_the_wress():
    assert said(entry("survey.discrimination", "white", 1, 9), entry("survey.valued", "disabled", 1, 9)) == {}


@pytest.mark.parametrize(
    ("period", "others", "year"),
    [
        ("2024/25", {}, 2024),
        ("2024", {}, 2024),
        ("2025", {"date": "2025-03-13"}, 2024),
        ("2024/25", {"date": "2024-11-29"}, 2024),
        ("2024/25", {"source": "2023 NHS Staff Survey"}, 2023),
        ("2024/25", {"source": "Staff survey autumn 2022, page 3"}, 2022),
        ("2024/25", {"source": "NHS Staff Survey 2020-2024 workbook"}, 2024),
        ("2024/25", {"source": "EDI plan 2021"}, 2024),
    ],
)
def test_the_year_of_the_survey_is_what_the_source_names_else_the_autumn_before(period, others, year):
    [trust] = read_rows([entry("survey.valued", "", 1, 9, period=period, **others)], frameworks=FRAMEWORKS)
    assert survey_year(trust.entries[0]) == year


def test_indicator_7_on_two_bases_has_no_trend():
    older = entry("survey.career_opportunities_without_dont_know", "white", 80, 100, period="2019/20")
    newer = entry("survey.career_opportunities", "white", 60, 100)
    where, message = said(older, newer)["wres-career-base"]
    assert where == "7"
    assert message == "given with don't know in the base for 2024/25, without it for 2019/20"
    assert "wres-career-base" not in said(newer)


def test_indicator_7_across_the_new_wording_is_remarked_on():
    given = [entry("survey.career_opportunities", "white", 60, 100, period=one) for one in ("2024/25", "2025/26")]
    [trust] = read_rows(given, frameworks=FRAMEWORKS)
    for period, remarked in (("2024/25", False), ("2025/26", True)):
        codes = {one.code for one in assess(FRAMEWORKS["wres"], trust, parse_period(period)).remarks}
        assert ("wres-career-wording" in codes) is remarked


@pytest.mark.parametrize(
    ("counting", "words"),
    [("", "does not say"), ("counting=one_year, ", "of one year"), ("counting=two_year_average, ", "average of two")],
)
def test_how_the_disciplinary_entries_are_counted_is_said(counting, words):
    given = [
        entry("workforce.headcount", "white", 900),
        entry("workforce.headcount", "bme", 300),
        entry("discipline.entered", f"{counting}ethnicity=white", 9),
        entry("discipline.entered", f"{counting}ethnicity=bme", 6),
    ]
    where, message = said(*given)["wres-discipline-counting"]
    assert where == "3"
    assert words in message


def test_other_frameworks_get_no_remarks_of_the_wres():
    [trust] = read_rows([entry("survey.harassment_staff", "white", 1, 9, period="2023/24")], frameworks=FRAMEWORKS)
    for framework in (FRAMEWORKS["wdes@2023"], FRAMEWORKS["eds"]):
        assert not [one for one in assess(framework, trust).remarks if one.code.startswith("wres-")]


def test_every_remark_of_a_bundled_plugin_is_documented():
    root = Path(__file__).parent.parent
    documented = set(re.findall(r"^\| `([a-z-]+)` \|", (root / "docs" / "judging.md").read_text("utf-8"), re.MULTILINE))
    for name in ("wres", "wdes"):
        source = (root / "plugins" / f"equityrules-{name}").rglob("*.py")
        codes = set(re.findall(r'Remark\(\s*"([a-z-]+)"', "".join(one.read_text("utf-8") for one in source)))
        assert len(codes) > 4
        assert codes - documented == set()


# --- --organisation -----------------------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "-f", "wres"], catch_exceptions=False)


@pytest.mark.parametrize(
    "name", ["RXR", "rxr", "East Lancashire Hospitals NHS Trust", "east  lancashire hospitals nhs trust"]
)
def test_one_organisation_is_kept_by_code_or_name_in_any_case(name):
    result = run("assess", str(WORKBOOK), "--organisation", name)
    assert result.exit_code == 0
    assert "East Lancashire" in result.stdout
    assert "Invented" not in result.stdout


def test_several_organisations_are_kept_in_the_order_of_the_file():
    printed = run("assess", str(WORKBOOK), "--organisation", "ZZ902", "--organisation", "RXR").stdout
    assert printed.index("East Lancashire") < printed.index("Invented Acute Trust Two")
    assert "Invented Acute Trust One" not in printed


def test_without_the_option_all_are_assessed():
    printed = run("assess", str(WORKBOOK)).stdout
    assert printed.count("Invented Acute Trust") >= 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("RXS", "did you mean East Lancashire Hospitals NHS Trust (RXR)?"),
        ("East Lancashire", "did you mean East Lancashire Hospitals NHS Trust (RXR)?"),
        (
            "invented acute trust",
            "Invented Acute Trust One (ZZ901), Invented Acute Trust Two (ZZ902) or Invented Acute",
        ),
        ("%%%%", "`equityrules check` lists them"),
        ("", "`equityrules check` lists them"),
    ],
)
def test_an_unknown_organisation_is_a_usage_error_with_the_nearest_names(name, words):
    for command, *rest in (("assess",), ("explain", "5")):
        result = run(command, str(WORKBOOK), *rest, "--organisation", "RXR", "--organisation", name)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert (
            f"--organisation '{name}': the evidence of 7 organisations has none of this code or name" in result.stderr
        )
        assert words in result.stderr


def test_explain_takes_one_organisation_of_many():
    printed = run("explain", str(WORKBOOK), "8", "--organisation", "RXR").stdout
    assert "135" in printed
    assert "Invented" not in printed


def test_the_organisation_may_stand_in_the_settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "equityrules.toml").write_text('organisation = ["RXR"]\n', encoding="utf-8")
    assert "Invented" not in run("assess", str(WORKBOOK)).stdout
