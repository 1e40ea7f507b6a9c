"""What each report says, and what none of them may say."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from attrs import evolve
from builders import (
    ACHIEVING,
    DEVELOPING,
    EXCELLING,
    UNDEVELOPED,
    assessment,
    criterion,
    finding,
    full_assessment,
    gap,
    group,
    overall,
    receipt,
    remark,
)

from equityrules.model.basis import Basis
from equityrules.model.finding import (
    Beside,
    Edit,
    GapKind,
    Interval,
    Lever,
    Observation,
    Outcome,
    Rate,
    Reason,
)
from equityrules.model.problems import InvalidInputError
from equityrules.model.result import Assessment, Fault, NarrativeText, Severity, Supported, TargetResult
from equityrules.reports import FORMATS, renderer
from equityrules.reports.csv_report import render_csv, safe_text
from equityrules.reports.json_report import read_json, render_json, schema
from equityrules.reports.markdown import render_markdown
from equityrules.reports.markdown_text import escape
from equityrules.reports.table import render_table
from equityrules.reports.words import for_readers, holding_back, plain, points_words, standing_words

# --- the registry


OFFICE = ("docx", "xlsx", "working-xlsx")


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in OFFICE])
def test_every_format_of_text_renders_nothing_and_something(name: str) -> None:
    render = renderer(name)
    assert render([]).endswith("\n")
    assert "Anytown NHS Trust" in render([full_assessment()])


@pytest.mark.parametrize("name", OFFICE)
def test_every_format_of_an_office_file_renders_nothing_and_something(name: str) -> None:
    render = renderer(name)
    assert zipfile.is_zipfile(io.BytesIO(render([])))
    assert len(render([full_assessment()])) > len(render([]))


def test_an_unknown_format_is_named_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"unknown format 'jsn'.*did you mean 'json'"):
        renderer("jsn")


def test_listing_the_formats_imports_no_report_and_no_library() -> None:
    heavy = (
        "attrs",
        "cattrs",
        "tabulate",
        "docx",
        "xlsxwriter",
        "equityrules.reports.table",
        "equityrules.reports.json_report",
    )
    code = f"import equityrules.reports as r, sys; list(r.FORMATS); print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- shared words


def test_a_settled_standing_is_one_word() -> None:
    assert standing_words(criterion("2A", DEVELOPING)) == "Developing"


def test_an_open_standing_says_from_and_to() -> None:
    assert standing_words(criterion("2A", DEVELOPING, attainable=EXCELLING)) == "Developing to Excelling"


def test_where_nothing_is_known_there_is_not_enough_evidence() -> None:
    assert standing_words(criterion("2A", None)) == "not enough evidence"
    assert standing_words(criterion("2A", None, attainable=ACHIEVING)) == "not enough evidence, up to Achieving"


def test_a_tie_is_no_grade_rather_than_not_enough_evidence() -> None:
    tied = criterion("2A", None, attainable=ACHIEVING, graded_from="votes")
    assert standing_words(tied) == "no grade, up to Achieving"


def test_a_total_in_no_band_is_no_grade() -> None:
    assert standing_words(overall(None, points=Fraction(43, 2))) == "no grade"


def test_what_does_not_apply_says_so() -> None:
    assert standing_words(criterion("2A", None, applicable=False)) == "not applicable"


@pytest.mark.parametrize(
    ("points", "low", "high", "words"),
    [(1, 1, 1, "1 point"), (8, 8, 8, "8 points"), (None, 5, 9, "5 to 9 points"), (None, None, None, "")],
)
def test_points_are_given_or_bounded(points: int | None, low: int | None, high: int | None, words: str) -> None:
    exact = {"points": points, "points_low": low, "points_attainable": high}
    given = {name: None if value is None else Fraction(value) for name, value in exact.items()}
    assert points_words(criterion("2A", None, **given)) == words


def test_what_holds_back_is_counted_by_kind_and_explanations_stand_beside() -> None:
    explained = finding("2A.d", ACHIEVING, Outcome.UNMET, explained="closing in May (J. Smith)")
    gaps = (gap("2A.a"), gap("2A.b"), gap("2A.c", GapKind.SHORTFALL))
    assert holding_back(criterion("2A", gaps=gaps, findings=(explained,))) == "2 not evidenced, 1 short, 1 explained"


def test_an_explanation_below_the_grade_does_not_hold_it_back() -> None:
    explained = finding("2A.d", DEVELOPING, Outcome.UNMET, explained="closing in May")
    assert holding_back(criterion("2A", EXCELLING, graded_from="rating", findings=(explained,))) == ""


def test_plain_text_has_no_control_characters_line_ends_or_marks_of_direction() -> None:
    assert plain(" a\r\n\tb\x1b[31m\u202ec\u2028d ") == "a b [31mc d"


# --- the table


def test_the_table_fits_one_screen_of_a_windows_console() -> None:
    lines = render_table([full_assessment()]).splitlines()
    assert len(lines) <= 34
    assert max(map(len, lines)) <= 80
    "\n".join(lines).encode("ascii")


def test_the_table_says_held_and_attainable_with_an_arrow() -> None:
    lines = render_table([assessment(criterion("2A", DEVELOPING, attainable=EXCELLING))]).splitlines()
    assert "2A  Title of 2A  Developing -> Excelling  requirements" in lines


def test_the_table_says_up_to_only_where_that_is_not_simply_the_top() -> None:
    limited = render_table([assessment(criterion("2A", None, attainable=DEVELOPING))])
    free = render_table([assessment(criterion("2A", None, attainable=EXCELLING))])
    assert "up to Developing" in limited
    assert "not enough evidence" in free
    assert "up to" not in free


def test_a_group_without_a_word_says_its_points_and_carries_no_mark() -> None:
    bounds = {"points_low": Fraction(0), "points_attainable": Fraction(12)}
    unknown = group("1", None, title="Title " * 9, attainable=EXCELLING, **bounds)
    lines = render_table([assessment(groups=(unknown,))]).splitlines()
    assert next(line for line in lines if line.startswith("DOMAIN 1")).endswith("not graded, 0 to 12 points")


def test_a_title_too_long_for_its_line_ends_in_dots() -> None:
    text = render_table([assessment(criterion("2A", title="Staff are free from abuse " * 9))])
    assert "2A  Staff are free from abuse" in text
    assert re.search(r"\.\.\. {2,3}Developing  requirements\n", text)


def test_what_holds_back_is_never_cut_off_for_the_sake_of_a_title() -> None:
    gaps = (gap("2A.a"), gap("2A.b", GapKind.SHORTFALL))
    row = criterion("2A", UNDEVELOPED, attainable=EXCELLING, title="Title " * 20, gaps=gaps)
    assert "1 not evidenced, 1 short" in render_table([assessment(row)])


def test_a_group_graded_by_a_method_of_ours_is_marked_non_standard() -> None:
    ours, theirs = group("1"), group("2", basis=Basis.REPORTED)
    lines = render_table([assessment(groups=(ours, theirs))]).splitlines()
    assert next(line for line in lines if line.startswith("DOMAIN 1")).endswith("Developing [non-standard]")
    assert next(line for line in lines if line.startswith("DOMAIN 2")).endswith("Developing")


def test_the_table_says_what_the_whole_needs_and_the_lifts_that_are_enough() -> None:
    levers = (Lever("2A from Developing to Achieving"), Lever("2B from Developing to Achieving"))
    needs = gap("eds", GapKind.SHORTFALL, because="1 point short of Achieving, which starts at 22", levers=levers)
    text = render_table([assessment(overall=overall(gaps=(needs,), points=Fraction(21)))])
    assert "OVERALL: Developing, 21 points\n  1 point short of Achieving, which starts at 22\n" in text
    assert "Any one of these is enough for Achieving: 2A from" in text


def test_without_a_gap_the_table_says_why_the_whole_stands_where_it_does() -> None:
    assert "\n  33 points; Excelling is 33\n" in render_table(
        [assessment(overall=overall(EXCELLING, because="33 points; Excelling is 33"))]
    )


def test_the_table_shows_internal_remarks_as_internal() -> None:
    ours = remark("award-differs", internal=True, severity=Severity.NOTE)
    text = render_table([assessment(remarks=(remark(), ours))])
    assert "warning votes-tied (eds/2A): what was found; what it changes" in text
    assert "note [internal] award-differs" in text


def test_the_table_counts_the_rules_that_are_not_published() -> None:
    findings = (finding("2A.a", basis=Basis.REPORTED), finding("2A.b"), finding("2A.c"))
    assert "3 rules: 1 reported, 2 unverified; the markdown" in render_table(
        [assessment(criterion("2A", findings=findings))]
    )


def test_published_rules_are_not_pointed_at() -> None:
    findings = (finding("2A.a", basis=Basis.PUBLISHED),)
    assert "1 rule, all published.\n" in render_table([assessment(criterion("2A", findings=findings))])


def test_the_table_ends_with_a_receipt_that_shows_faults() -> None:
    faulty = receipt(faults=(Fault("acme", "remarks", "it raised ValueError"),))
    text = render_table([assessment(receipt=faulty)])
    assert text.endswith("Evidence: trust.toml.\nFault in plugin acme, remarks: it raised ValueError.\n")


def test_several_assessments_are_parted_by_a_rule() -> None:
    assert "\n\n" + "-" * 79 + "\n\n" in render_table([assessment(), assessment()])


# --- Markdown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", r"a\|b"), ("a\nb", "a b"), ("`x`", r"\`x\`"), ("<b>", r"\<b\>"), ("*a*_b_", r"\*a\*\_b\_"),
        ("# a", r"\# a"), ("[a](b)", r"\[a\](b)"), ("- a", r"\- a"), ("+ a", r"\+ a"), ("1. a", r"1\. a"),
        ("12) a", r"12\) a"), ("===", r"\==="), ("a - b", "a - b"), ("1.5 a", "1.5 a"), ("&amp;", r"\&amp;"),
        ("https://x.org", r"https\://x.org"), ("www.x.org", r"www\.x.org"), ("\\|", r"\\\|"), ("", ""),
    ],
)  # fmt: skip
def test_free_text_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_markdown_never_shows_internal_remarks() -> None:
    text = render_markdown([assessment(remarks=(remark("secret", message="secret message", internal=True),))])
    assert "secret" not in text
    assert "Remarks" not in text


def _awarded(held: Any, supported: Supported, *findings: Any) -> str:
    return render_markdown(
        [assessment(criterion("2A", held, graded_from="rating", supported=supported, findings=findings))]
    )


def test_markdown_does_not_show_what_is_unmet_below_an_award() -> None:
    below, above = finding("2A.below", ACHIEVING, Outcome.UNMET), finding("2A.above", EXCELLING, Outcome.UNMET)
    text = _awarded(ACHIEVING, Supported(DEVELOPING, DEVELOPING), below, above)
    assert "2A.below" not in text
    assert "2A.above" in text


def test_markdown_does_not_show_that_the_evidence_supports_more_than_an_award() -> None:
    met, still_open = finding("2A.met", ACHIEVING), finding("2A.open", EXCELLING, Outcome.UNMET)
    text = _awarded(DEVELOPING, Supported(ACHIEVING, ACHIEVING), met, still_open)
    assert "2A.met" not in text
    assert "2A.open" not in text


def test_markdown_shows_every_finding_where_the_requirements_gave_the_grade() -> None:
    findings = (finding("2A.met", DEVELOPING), finding("2A.open", ACHIEVING, Outcome.UNMET))
    text = render_markdown([assessment(criterion("2A", findings=findings))])
    assert "| 2A.met |" in text
    assert "| 2A.open |" in text


def test_markdown_gives_the_narratives_with_their_owner_paragraph_by_paragraph() -> None:
    told = NarrativeText("First part.\n\nSecond part.", "Head of Wellbeing", "Physiotherapy")
    text = render_markdown([assessment(criterion("2A", narratives=(told,)))])
    assert "First part.\n\nSecond part.\n\nOwner: Head of Wellbeing. Service: Physiotherapy\n" in text


def test_markdown_marks_every_line_that_is_not_published() -> None:
    row = criterion("2A", findings=(finding("2A.a", ACHIEVING, Outcome.UNKNOWN),), gaps=(gap("2A.a"),))
    text = render_markdown([assessment(row)])
    assert "| Achieving | unknown (not evidenced) | it is unknown | unverified |" in text
    assert "- 2A.a: missing evidence (unverified)" in text
    assert "| unverified | 1 | general knowledge; no document was read | recall |" in text


def test_markdown_says_how_much_is_missing_and_what_closes_it() -> None:
    short = gap("2A.a", GapKind.SHORTFALL, shortfall=Fraction(5, 2), unit="percentage points", levers=(Lever("do it"),))
    row = criterion("2A", findings=(finding("2A.a", ACHIEVING, Outcome.UNMET, basis=Basis.PUBLISHED),), gaps=(short,))
    assert "- 2A.a: shortfall of 2.5 percentage points; do it\n" in render_markdown([assessment(row)])


def test_markdown_shows_targets_beside_the_grade() -> None:
    target = TargetResult("m", "BME in band 6", "at least", Decimal("19.0"), Outcome.UNMET, "17%; at least 19% wanted")
    assert "| BME in band 6 | at least 19.0 |  | unmet |" in render_markdown([assessment(targets=(target,))])


# --- CSV


def _csv(*assessments: Assessment) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_csv(assessments), newline="")))


def test_csv_has_the_whole_the_groups_the_criteria_and_then_every_finding() -> None:
    rows = _csv(assessment(criterion("1A", findings=(finding("1A.a"),)), criterion("2A", findings=(finding("2A.a"),))))
    expected = ["overall", "group", "group", "criterion", "criterion", "requirement", "requirement"]
    assert [row["level"] for row in rows] == expected


def test_csv_gives_labels_of_grades_and_the_gap_of_each_finding() -> None:
    lever = Lever("show it", (Edit("practice.x", "in place"),))
    short = gap("2A.a", GapKind.SHORTFALL, shortfall=Fraction(220, 17), unit="points", levers=(lever,))
    row = _csv(assessment(criterion("2A", findings=(finding("2A.a", outcome=Outcome.UNMET),), gaps=(short,))))[-1]
    assert (row["grade"], row["held"], row["criterion"], row["id"]) == ("Achieving", "Developing", "2A", "2A.a")
    assert (row["gap"], row["shortfall"], row["levers"]) == (
        "shortfall", "12.941176", "show it [practice.x=in place]",
    )  # fmt: skip


def test_a_row_with_two_gaps_is_repeated() -> None:
    rows = _csv(assessment(overall=overall(gaps=(gap("eds"), gap("eds", GapKind.SHORTFALL)))))
    assert [row["gap"] for row in rows if row["level"] == "overall"] == ["missing evidence", "shortfall"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert safe_text(text).startswith("'")
    assert _csv(assessment(organisation=text))[0]["organisation"] == safe_text(text)


def test_a_negative_number_of_our_own_stays_a_number() -> None:
    seen = Observation("m", "Gap", value=Fraction(-5, 2), unit="percentage points")
    rows = _csv(assessment(criterion("2A", findings=(finding("2A.a", observations=(seen,)),))))
    assert rows[-1]["value"] == "-2.5"


def test_csv_lines_end_in_a_line_feed_whatever_the_text_holds() -> None:
    assert "\r" not in render_csv([assessment(organisation="a\r\nb\rc")])


# --- JSON


def _measured(**changes: Any) -> Assessment:
    seen = Observation("m", "Share", value=Fraction(220, 17), counts={"yes": Fraction(12), "of": Fraction(25, 2)})
    return assessment(criterion("2A", findings=(finding("2A.a", observations=(evolve(seen, **changes),)),)))


def _observation(one: Assessment) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render_json([one]))[0]["criteria"][0]["findings"][0]["observations"][0]
    return found


def test_a_value_is_written_rounded_for_people_and_exactly_for_the_way_back() -> None:
    seen = _observation(_measured())
    assert (seen["value"], seen["exact"]) == (12.941176, "220/17")
    assert read_json(render_json([_measured()])) == (_measured(),)


def test_counts_and_points_are_plain_numbers_where_that_is_exact() -> None:
    assert _observation(_measured())["counts"] == {"yes": 12, "of": 12.5}
    assert _observation(_measured(counts={"of": Fraction(1, 3)}))["counts"] == {"of": "1/3"}


def test_grades_are_ids_and_every_element_starts_with_its_format() -> None:
    element = json.loads(render_json([full_assessment()]))[0]
    assert next(iter(element.items())) == ("format", "equityrules.assessment/1")
    assert (element["overall"]["held"], element["criteria"][4]["held"]) == ("developing", None)
    assert element["framework"]["scales"]["activity"][0]["also"] == ["Underdeveloped"]


def test_json_is_an_array_even_of_nothing() -> None:
    assert render_json([]) == "[]\n"
    assert read_json("[]") == ()


def test_text_with_half_a_character_survives() -> None:
    odd = assessment(organisation="a\ud800b")
    render_json([odd]).encode("utf-8")
    assert read_json(render_json([odd])) == (odd,)


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert read_json("\ufeff" + render_json([assessment()])) == (assessment(),)


def _complaints(text: str) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read_json(text, "old.json")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "old.json: not JSON (Expecting property name enclosed in double quotes at line 1, column 2)"),
        ("{}", "not an array of assessments; put square brackets around them"),
        ("[" * 100_000, "nested too deep to be an assessment"),
        ("[NaN]", "NaN is not a number; write null"),
        ("[1e999999999]", "a number of more than 400 digits"),
        (f"[{'9' * 5000}]", "a number of more than 400 digits"),
        ('[{"a": 1, "a": 2}]', "the field 'a' is there twice"),
        ("[1]", "old.json  [0]: not an assessment"),
        ("[{}]", "old.json  [0]: this is 'no format', not 'equityrules.assessment/1'"),
        ('[{"format": "equityrules.assessment/2"}]', "this is 'equityrules.assessment/2'"),
    ],
)
def test_what_is_not_an_assessment_file_is_refused_with_a_remedy(text: str, words: str) -> None:
    [complaint] = _complaints(text)
    assert words in complaint


def _changed(path: str, value: Any) -> str:
    """Return the JSON of a full assessment in which the place at `path` holds another value."""
    elements = json.loads(render_json([_measured()]))
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place = elements[0]
    for step in steps:
        place = place[step]
    place[last] = value
    return json.dumps(elements)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("overall/held", "develping", "[0].overall.held: unknown grade 'develping' (did you mean 'developing'?)"),
        ("organisation", 1, "[0].organisation: not text; put it in quotation marks"),
        ("organistion", "", "[0]: unknown field 'organistion' (did you mean 'organisation'?)"),
        ("criteria/0/applicable", 1, "[0].criteria[0].applicable: neither true nor false"),
        ("criteria/0/points", True, "[0].criteria[0].points: not a number"),
        ("criteria/0/basis", "publishd", "unknown basis 'publishd' (did you mean 'published'?)"),
        ("criteria/0/findings/0/outcome", "Met", "unknown outcome 'Met' (did you mean 'met'?)"),
        ("criteria/0/findings/0/observations/0/reason", "old", "unknown reason 'old'; write shown,"),
        ("criteria", "2A", "[0].criteria: not a list"),
        ("cover", {}, "[0].cover: not a list"),
        ("as_of", "2023-02-30", "[0].as_of: '2023-02-30' is a date that does not exist"),
        ("as_of", "20230228", "'20230228' is not a date; write it as 2023-02-28"),
        ("period", "22", "[0].period: '22' is not a period; write"),
        ("framework/revision", "1", "[0].framework.revision: not a whole number"),
        ("framework/scales/activity/1/id", "undeveloped", "[0].framework: two grades have the same id"),
        ("criteria/0/findings/0/observations/0/exact", "220/0", "its 'exact' is not an exact number"),
        ("criteria/0/findings/0/observations/0/value", 13, "'value' does not agree with 'exact'"),
        ("criteria/0/findings/0/observations/0/cell", [["band"]], ".cell[0]: not a pair"),
    ],
)
def test_a_wrong_field_is_refused_with_its_path_and_a_remedy(path: str, value: Any, words: str) -> None:
    [complaint] = _complaints(_changed(path, value))
    assert words in complaint


def test_every_problem_is_reported_at_once() -> None:
    element = json.loads(_changed("overall/held", "x"))[0]
    del element["remarks"]
    element["criteria"][0]["title"] = None
    complaints = _complaints(json.dumps([element, 7]))
    assert len(complaints) == 4
    assert any("the field 'remarks' is missing; add it" in complaint for complaint in complaints)


def test_a_fault_in_the_framework_does_not_make_every_grade_unknown() -> None:
    [complaint] = _complaints(_changed("framework/title", 1))
    assert "[0].framework.title" in complaint


_FREE = {"words", "counts", "votes", "sources", "alternatives", "deadlines", "reference"}
_BY_NAME = {"scales"}
"""Objects whose names are free; what stands under them has fixed fields again."""


def _objects(node: Any, by_name: bool = False) -> Iterator[Any]:
    """Yield every object whose fields are fixed."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    if isinstance(node, dict) and not by_name:
        yield node
    for name, child in children:
        if name not in _FREE:
            yield from _objects(child, name in _BY_NAME)


def _compared() -> Observation:
    """Return what is seen where two groups are compared: with rates, intervals and numbers beside."""
    between = Interval(Fraction(1, 3), Fraction(7, 3))
    rates = Rate("White", Fraction(20), yes=Fraction(20), of=Fraction(100), interval=between), Rate("BME", Fraction(9))
    beside = (Beside("ratio", Fraction(20, 9), decimals=4),)
    return Observation("m", "Ratio", value=Fraction(20, 9), rates=rates, interval=between, beside=beside)


def test_schema_and_reader_agree_that_no_field_may_be_missing_or_more() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    elements = json.loads(render_json([_measured(), assessment(criterion("2A", shown=(_compared(),)))]))
    for found in _objects(elements):
        for name in list(found):
            kept = found.pop(name)
            assert not validator.is_valid(elements), name
            assert _complaints(json.dumps(elements)), name
            found[name] = kept
        found["something"] = 1
        assert not validator.is_valid(elements)
        assert _complaints(json.dumps(elements))
        del found["something"]


def test_schema_and_reader_agree_that_nothing_may_be_of_another_kind() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    shown = assessment(criterion("2A", shown=(_compared(),)))
    elements = json.loads(render_json([_measured(reason=Reason.STALE), shown]))
    for found in _objects(elements):
        for name in list(found):
            kept, found[name] = found[name], [{"unlike": [0.5]}]
            assert not validator.is_valid(elements), name
            assert _complaints(json.dumps(elements)), name
            found[name] = kept


def test_the_schema_is_a_valid_schema_in_which_everything_is_described() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    for name, definition in schema()["$defs"].items():
        assert definition["description"], name
        for field, what in definition.get("properties", {}).items():
            assert "description" in what or "$ref" in what, f"{name}.{field}"


@pytest.mark.parametrize(
    ("because", "told"),
    [
        ("nothing says whether this is in place (practice.x)", "nothing says whether this is in place"),
        ("0 of 2 shown; practice.x: not evidenced; practice.y: not evidenced", "0 of 2 shown; 2 parts not evidenced"),
        ("1 of 2 shown; survey.x[sex=men]: stale; survey.x[sex=women]: stale", "1 of 2 shown; stale: men, women"),
        ("1 of 2 shown; rate_of[disability=non_disabled]: stale", "1 of 2 shown; stale: non disabled"),
        ("Staff survey: not given, so not judged", "Staff survey: not given, so not judged"),
        ("0.83: inside 0.8 to 1.25", "0.83: inside 0.8 to 1.25"),
        ("", ""),
    ],
)
def test_a_published_reason_names_no_items(because: str, told: str) -> None:
    assert for_readers(because) == told
