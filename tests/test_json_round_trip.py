"""What any assessment, with any text in it, keeps through its reports."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equityrules.model import finding, result
from equityrules.model.basis import Basis
from equityrules.model.evidence import InputFile
from equityrules.model.period import Period
from equityrules.model.scale import Grade
from equityrules.reports.csv_report import COLUMNS, render_csv, safe_text
from equityrules.reports.json_report import read_json, render_json, schema
from equityrules.reports.markdown import render_markdown
from equityrules.reports.markdown_text import escape
from equityrules.reports.table import render_table
from equityrules.reports.words import plain

HOSTILE = (
    "=1+1", "+44", "-3", "@SUM(A1)", "\t=1", "\r\n\"x\",y", "a|b\\|c\\", "# x", "`code`", "<script>alert(1)</script>",
    "[x](javascript:y)", "![x](y)", "*b* _i_ ~~s~~", "1. one", "- one", "> quote", "===", "---", "&amp;&#124;", "||",
    "\x1b[31mred", "\x00", "\ud800", "\u202etxt", "a\u2028b", "x" * 200, "http://a_b.c www.a_b.c", "\ufeff", "日本 ŵ é",
    "{% raw %}", "$x$", "\\", "'", '"', "NaN", "null",
)  # fmt: skip
TEXT = st.text(max_size=12) | st.sampled_from(HOSTILE)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
NUMBERS = st.fractions(-(10**9), 10**9, max_denominator=10**6) | st.integers(-(10**12), 10**12).map(Fraction)
POINTS = st.none() | st.decimals(-999, 999, places=2).map(Fraction) | st.sampled_from([Fraction(1, 3), Fraction(0)])
ODD_DECIMALS = [Decimal("19.50"), Decimal("1E+3"), Decimal("0E-8")]
DECIMALS = st.decimals(-(10**9), 10**9, places=4) | st.sampled_from(ODD_DECIMALS)
CELLS = st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple)
WORDS = st.dictionaries(st.sampled_from(["group", "criterion", "grade"]) | TEXT, TEXT, max_size=3)
FEW = 2


def several(one: st.SearchStrategy[Any], most: int = FEW) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return tuples of a few of these."""
    return st.lists(one, max_size=most).map(tuple)


def any_of(kind: type, /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return instances of an attrs class, with text for every field that is not named."""
    named = {one.name: fields.get(one.name, TEXT) for one in kind.__attrs_attrs__}  # type: ignore[attr-defined]
    return st.builds(kind, **named)


PERIODS = st.tuples(DAYS, DAYS).map(lambda days: Period(start=min(days), end=max(days))) | st.integers(1900, 2198).map(
    lambda year: Period(start=date(year, 4, 1), end=date(year + 1, 3, 31))
)


@st.composite
def scales(draw: st.DrawFn) -> dict[str, tuple[Grade, ...]]:
    """Draw one or two scales by name; the second may start as the first does, and an id is one grade in both."""
    ids = draw(st.lists(TEXT, min_size=1, max_size=6, unique=True))
    first = draw(st.integers(1, len(ids)))
    shared = draw(st.integers(0, first))
    grades = [draw(_grade(name, rank)) for rank, name in enumerate(ids[:first])]
    second = [*grades[:shared], *(draw(_grade(name, rank)) for rank, name in enumerate(ids[first:], shared))]
    names = draw(st.lists(TEXT, min_size=2, max_size=2, unique=True))
    return {name: tuple(listed) for name, listed in zip(names, (grades, second), strict=True) if listed}


def _grade(name: str, rank: int) -> st.SearchStrategy[Grade]:
    return any_of(Grade, id=st.just(name), rank=st.just(rank), points=POINTS, also=several(TEXT))


INTERVALS = st.none() | any_of(finding.Interval, low=NUMBERS, high=NUMBERS)
RATES = any_of(
    finding.Rate, value=NUMBERS, yes=st.none() | NUMBERS, of=st.none() | NUMBERS, interval=INTERVALS
)  # fmt: skip
BESIDE = any_of(finding.Beside, value=NUMBERS, decimals=st.integers(0, 6))
OBSERVATIONS = any_of(
    finding.Observation, cell=CELLS, value=st.none() | NUMBERS, low=st.none() | NUMBERS, high=st.none() | NUMBERS,
    counts=st.dictionaries(TEXT, NUMBERS, max_size=FEW), reason=st.none() | st.sampled_from(finding.Reason),
    day=st.none() | DAYS, documents=several(TEXT), rates=several(RATES), interval=INTERVALS,
    p=st.none() | st.fractions(0, 1, max_denominator=10**9), beside=several(BESIDE), parity=st.none() | NUMBERS,
)  # fmt: skip
LEVERS = any_of(finding.Lever, edits=several(any_of(finding.Edit)))
BASES = st.sampled_from(Basis)


def _findings(grades: st.SearchStrategy[Grade]) -> st.SearchStrategy[Any]:
    return any_of(
        finding.Finding, grade=grades, outcome=st.sampled_from(finding.Outcome), reason=st.sampled_from(finding.Reason),
        basis=BASES, observations=several(OBSERVATIONS), better=st.none() | st.sampled_from(finding.Better),
        due=st.none() | DAYS,
        asked=st.none() | any_of(finding.Limits, low=st.none() | NUMBERS, high=st.none() | NUMBERS),
    )  # fmt: skip


def _gaps(grades: st.SearchStrategy[Grade]) -> st.SearchStrategy[Any]:
    return any_of(
        finding.Gap, criterion=any_of(finding.Named), kind=st.sampled_from(finding.GapKind), leads_to=grades,
        shortfall=st.none() | NUMBERS, levers=several(LEVERS),
    )  # fmt: skip


def _standing(grades: st.SearchStrategy[Grade]) -> dict[str, st.SearchStrategy[Any]]:
    return {
        "held": st.none() | grades, "attainable": st.none() | grades, "points": POINTS, "points_low": POINTS,
        "points_attainable": POINTS, "basis": st.none() | BASES, "applicable": st.booleans(),
        "votes": st.dictionaries(TEXT, st.integers(0, 10**6), max_size=FEW),
        "graded_from": st.none() | st.sampled_from(["rating", "services", "votes", "requirements"]) | TEXT,
    }  # fmt: skip


NARRATIVES = several(any_of(result.NarrativeText))
RECEIPTS = any_of(
    result.Receipt, revision=st.integers(0, 99), period=PERIODS, as_of=DAYS, basis_level=st.none() | BASES,
    hypothetical=several(TEXT), audience=st.sampled_from(result.Audience),
    evidence=several(any_of(InputFile)), plugins=several(any_of(result.PluginInfo)),
    faults=several(any_of(result.Fault)),
)  # fmt: skip
TARGETS = any_of(
    result.TargetResult, value=DECIMALS, outcome=st.sampled_from(finding.Outcome), cell=CELLS, due=st.none() | DAYS
)
REMARKS = any_of(result.Remark, severity=st.sampled_from(result.Severity), internal=st.booleans())
ACTIONS = any_of(result.ActionLine, about=several(TEXT), due=st.none() | DAYS)


def _assessments_on(scales: dict[str, tuple[Grade, ...]]) -> st.SearchStrategy[result.Assessment]:
    grades = st.sampled_from([grade for listed in scales.values() for grade in listed])
    groups = any_of(
        result.GroupResult, **_standing(grades), alternatives=st.dictionaries(TEXT, TEXT, max_size=FEW),
        narratives=NARRATIVES,
    )  # fmt: skip
    supported = any_of(result.Supported, held=st.none() | grades, attainable=st.none() | grades)
    criteria = any_of(
        result.CriterionResult, **_standing(grades), supported=supported, findings=several(_findings(grades)),
        gaps=several(_gaps(grades)), narratives=NARRATIVES, shown=several(OBSERVATIONS),
    )  # fmt: skip
    overall = any_of(result.OverallResult, **_standing(grades), gaps=several(_gaps(grades)), narratives=NARRATIVES)
    return any_of(
        result.Assessment,
        framework=any_of(
            result.FrameworkRef, revision=st.integers(0, 99), words=WORDS, scales=st.just(scales), sources=WORDS,
            deadlines=WORDS,
        ),
        period=PERIODS, as_of=DAYS, reference=WORDS, overall=overall,
        groups=several(groups), criteria=several(criteria), targets=several(TARGETS), remarks=several(REMARKS),
        cover=several(any_of(result.CoverText)), actions=several(ACTIONS), receipt=RECEIPTS,
    )  # fmt: skip


ASSESSMENTS = st.lists(scales().flatmap(_assessments_on), max_size=2)
VALIDATOR = jsonschema.Draft202012Validator(schema())
thoroughly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@thoroughly
@given(ASSESSMENTS)
def test_any_assessment_comes_back_equal_from_its_json(assessments: list[result.Assessment]) -> None:
    back = list(read_json(render_json(assessments)))
    assert back == assessments
    assert repr(back) == repr(assessments)  # "met" equals Outcome.MET, but is not one


@thoroughly
@given(ASSESSMENTS)
def test_the_json_of_any_assessment_is_as_the_schema_says(assessments: list[result.Assessment]) -> None:
    VALIDATOR.validate(json.loads(render_json(assessments)))


@thoroughly
@given(ASSESSMENTS)
def test_what_was_read_back_renders_to_the_same_json(assessments: list[result.Assessment]) -> None:
    text = render_json(assessments)
    assert render_json(read_json(text)) == text


@thoroughly
@given(ASSESSMENTS)
def test_no_line_of_the_table_is_wider_than_a_terminal(assessments: list[result.Assessment]) -> None:
    lines = render_table(assessments).split("\n")
    assert max(map(len, lines)) <= 80
    assert not [char for line in lines for char in line if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]


@thoroughly
@given(ASSESSMENTS)
def test_csv_parses_back_into_whole_rows_without_formulas(assessments: list[result.Assessment]) -> None:
    header, *rows = csv.reader(io.StringIO(render_csv(assessments), newline=""))
    assert tuple(header) == COLUMNS
    expected = [one for one in assessments for _ in range(_rows(one))]
    assert [row[0] for row in rows] == [safe_text(one.organisation) for one in expected]
    numbers = {
        "revision",
        "points",
        "points_low",
        "points_attainable",
        "value",
        "interval_low",
        "interval_high",
        "p",
        "shortfall",
    }
    for row in rows:
        cells = dict(zip(COLUMNS, row, strict=True))
        assert all(not text.startswith(tuple("=+-@\t\r")) for name, text in cells.items() if name not in numbers)
        assert all(float(cells[name] or 0) is not None for name in numbers)


def _rows(one: result.Assessment) -> int:
    count = max(len(one.overall.gaps), 1) + len(one.groups)
    for criterion in one.criteria:
        required = {found.requirement for found in criterion.findings}
        count += max(sum(gap.requirement not in required for gap in criterion.gaps), 1)
        for found in criterion.findings:
            count += max(sum(gap.requirement == found.requirement for gap in criterion.gaps), 1)
    return count


@thoroughly
@given(ASSESSMENTS)
def test_rendering_twice_gives_the_same_text_that_any_file_can_hold(assessments: list[result.Assessment]) -> None:
    for render in (render_json, render_csv, render_table, render_markdown):
        once = render(assessments)
        assert once == render(assessments)
        assert once.endswith("\n")
        once.encode("utf-8")


@thoroughly
@given(ASSESSMENTS)
def test_markdown_holds_only_the_markup_of_the_report(assessments: list[result.Assessment]) -> None:
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(render_markdown(assessments))
    blocks = {"heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "bullet_list", "list_item"}
    allowed = {f"{block}_{side}" for block in blocks for side in ("open", "close")} | {"inline", "hr"}
    assert {token.type for token in tokens} <= allowed
    assert {child.type for token in tokens for child in token.children or ()} <= {"text"}
    assert sum(token.type == "hr" for token in tokens) == max(len(assessments) - 1, 0)
    assert sum(token.type == "heading_open" and token.tag == "h1" for token in tokens) == len(assessments)


@settings(max_examples=300, deadline=None)
@given(TEXT | st.text("\\|`*_#[]<>~&-+=:1.)/wW! \n\thtps", max_size=15))
def test_escaped_text_is_shown_as_it_is_in_a_line_and_in_a_cell(text: str) -> None:
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable(["table", "strikethrough"])
    shown = [_shown(token) for token in parser.parse(escape(text)) if token.type == "inline"]
    assert shown == ([plain(text)] if plain(text) else [])
    cells = parser.parse(f"| a | b |\n| --- | --- |\n| {escape(text)} | after |")
    assert [_shown(token) for token in cells if token.type == "inline"] == ["a", "b", plain(text), "after"]


def _shown(token: Any) -> str:
    assert {child.type for child in token.children} <= {"text"}
    return "".join(child.content for child in token.children)
