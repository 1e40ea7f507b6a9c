"""The HTML report: one page that is whole in itself, reads well without eyes, and never lets text become markup."""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

import pytest
from accessibility import faults, parse
from attrs import evolve
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from test_json_round_trip import ASSESSMENTS, HOSTILE

from equityrules import assess, load_frameworks, read_evidence
from equityrules.cli import main
from equityrules.model.extras import MissingExtraError
from equityrules.reports import renderer
from equityrules.reports.board import Board, Brand, read_brand
from equityrules.reports.html import render_html

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = sorted(
    one.name for one in EXAMPLES.iterdir() if re.match("elht|gla|.*people|.*eds", one.name) and "-plan-" not in one.name
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture(scope="module")
def frameworks():
    return load_frameworks()


@pytest.fixture(scope="module")
def leeds(frameworks):
    [evidence] = read_evidence(EXAMPLES / "leeds-eds-2023-24.toml")
    return assess(frameworks["eds@2022"], evidence)


@pytest.fixture(scope="module")
def survey(frameworks):
    [evidence] = read_evidence(EXAMPLES / "elht-survey-2024.csv")
    return assess(frameworks["wres@2020"], evidence)


def page(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["assess", *arguments, "--format", "html"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("name", FILES)
def test_the_report_of_every_example_is_without_fault(name):
    assert faults(page(str(EXAMPLES / name))) == []


def test_two_runs_give_the_same_bytes():
    assert page(str(EXAMPLES / "elht-survey-2024.csv")) == page(str(EXAMPLES / "elht-survey-2024.csv"))


def test_our_own_checks_find_every_fault_of_a_page_that_has_them():
    bad = """<html><head><title></title><script>1</script><link rel="x" href="https://x.org/a.css"></head>
    <body onload="x()"><h1>One</h1><h3 id="a">Three</h3><p id="a" style="color:red">x</p><img src="http://x.org/a.png">
    <table><tr><th>No scope</th><th scope="col"></th></tr><tr><td>1</td></tr></table>
    <svg viewBox="0 0 100 20" font-size="13"><text x="90" y="15" fill="#999999">Outside the frame</text>
    <line x1="0" y1="0" x2="400" y2="0" stroke="#dddddd"/></svg></body></html>"""
    found = "\n".join(faults(bad))
    for wanted in (
        "language", "no title", "alternative text", "skips from level 1 to 3", "the id 'a' is there 2 times",
        "no caption", "'No scope' of a table has no scope", "a column has no heading", "have [1, 2] cells",
        "has no name",
        "has no description", "'Outside the frame' leaves its frame", "contrast of", "a line leaves the frame",
        "no policy", "holds <script>", "holds <link>", "has onload", "has style", "would load http://x.org/a.png",
    ):  # fmt: skip
        assert wanted in found


def test_the_policy_lets_the_page_load_and_run_nothing_and_names_its_own_style(leeds):
    text = render_html([leeds])
    [policy] = [one.attributes["content"] for one in parse(text).all("meta") if "http-equiv" in one.attributes]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_the_message_stands_first(leeds):
    [main_part] = parse(render_html([leeds])).all("main")
    said = " ".join(main_part.text.split())
    assert said.startswith("Summary for the Board Leeds Teaching Hospitals NHS Trust, 2023/24, as of 2024-03-31.")
    assert said.index("Overall rating Developing, 21 points") < said.index("1 point short of Achieving")
    assert said.index("1 point short of Achieving") < said.index("What to do next") < said.index("1A:")
    assert said.index("1A:") < said.index("Methods and receipt")


def test_every_rule_that_is_not_published_is_marked_and_counted(leeds):
    tree = parse(render_html([leeds]))
    marks = [one for one in tree.all("span") if one.attributes.get("class") == "basis"]
    assert "132 rules: 17 reported, 115 unverified." in tree.text
    assert {one.text for one in marks} == {"reported", "unverified", "project"}


@pytest.mark.parametrize("text", HOSTILE)
def test_free_text_stays_text(leeds, text):
    hurt = evolve(leeds, organisation=text, criteria=(evolve(leeds.criteria[0], title=text), *leeds.criteria[1:]))
    found = faults(render_html([hurt]))
    assert [one for one in found if "empty" not in one and "title" not in one] == []


@given(ASSESSMENTS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_assessment_makes_a_page_without_broken_tables_or_live_text(assessments):
    found = faults(render_html(assessments, Board(tuple(assessments))))
    serious = ("cells", "holds", "would load", "has on", "leaves its frame", "contrast", "no caption", "no scope")
    assert [one for one in found if any(word in one for word in serious)] == []


def test_what_a_panel_awarded_is_not_set_against_the_evidence(frameworks):
    [evidence] = read_evidence(EXAMPLES / "full-example-eds.toml")
    result = assess(frameworks["eds@2022"], evidence)
    internal = [one.message for one in result.remarks if one.internal]
    text = parse(render_html([result])).text
    assert all(message not in text for message in internal)


def test_what_changed_is_left_out_where_there_is_nothing_before(survey):
    assert "What changed" not in render_html([survey])


def earlier_of(survey):
    before = survey.period.end.replace(year=survey.period.end.year - 1)
    period = evolve(survey.period, start=survey.period.start.replace(year=survey.period.start.year - 1), end=before)
    criteria = tuple(evolve(one, held=survey.framework.grades[1]) if one.id == "5" else one for one in survey.criteria)
    return evolve(survey, period=period, criteria=criteria)


def test_what_changed_is_said_where_an_earlier_period_is_known(survey):
    text = " ".join(parse(render_html([survey], Board((earlier_of(survey),)))).text.split())
    assert "What changed 2023/24 to 2024/25: 1 ↑" in text
    assert "over time" in text


def test_assess_tells_what_changed_where_the_evidence_holds_an_earlier_period(tmp_path):
    rows = (EXAMPLES / "elht-survey-2024.csv").read_text(encoding="utf-8")
    head, *body = rows.splitlines()
    before = [line.replace("2024/25", "2023/24") for line in body]
    file = tmp_path / "two-years.csv"
    file.write_text("\n".join([head, *body, *before]) + "\n", encoding="utf-8")
    assert "2023/24 to 2024/25" in page(str(file))


def test_a_hypothetical_result_is_marked(leeds):
    hurt = evolve(leeds, receipt=evolve(leeds.receipt, hypothetical=("a=1",)))
    assert "HYPOTHETICAL, as if a=1" in parse(render_html([hurt])).text


def test_several_organisations_stand_on_one_page_in_order(leeds, survey):
    text = render_html([leeds, survey])
    assert faults(text) == []
    assert [one.text for one in parse(text).all("h2")] == [leeds.organisation, survey.organisation]


def test_an_organisations_own_logo_stands_on_the_page(leeds):
    text = render_html([leeds], Board(brand=Brand("image/png", PNG)))
    [image] = parse(text).all("img")
    assert image.attributes["src"].startswith("data:image/png;base64,")
    assert image.attributes["alt"] == leeds.organisation
    assert faults(text) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("x.txt", b"hello", "neither PNG, JPEG nor SVG"), ("x.png", PNG + bytes(10**6), "larger than 1 MB")],
)
def test_a_logo_that_cannot_be_used_is_refused_with_the_remedy(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=said):
        read_brand(tmp_path / name)
    arguments = ["assess", str(EXAMPLES / "leeds-eds-2023-24.toml"), "--brand", str(tmp_path / name)]
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_html_without_its_library_names_what_to_install(monkeypatch, tmp_path):
    for name in [one for one in sys.modules if one.startswith("equityrules.reports.html")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'equityrules\[report\]'"):
        renderer("html")
    out = tmp_path / "board.html"
    result = CliRunner().invoke(main, ["assess", str(EXAMPLES / "leeds-eds-2023-24.toml"), "-o", str(out)])
    assert result.exit_code == 2
    assert "pip install 'equityrules[report]'" in result.output
    assert not out.exists()


def test_an_assessment_shows_itself_in_a_notebook_without_markup_from_text(leeds):
    hurt = evolve(leeds, organisation="<script>alert(1)</script>")
    text = hurt._repr_html_()
    assert "<script>" not in text
    assert "<td>Developing</td><td>Developing</td><td>21</td>" in text


def test_rows_make_the_same_data_frame_with_pandas_and_polars(survey):
    import pandas
    import polars

    rows = survey.to_rows()
    table, other = pandas.DataFrame(rows), polars.DataFrame(rows)
    assert table.shape == other.shape == (len(rows), len(rows[0]))
    gap = other.filter(polars.col("id") == "8.in-line").row(0, named=True)
    assert gap["outcome"] == "unmet"
    assert round(gap["value"], 2) == 9.69
    assert math.isnan(rows[0]["value"])
    assert {type(value) for row in rows for value in row.values()} == {str, float}
