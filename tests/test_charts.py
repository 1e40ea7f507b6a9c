"""Charts: what is drawn, what is said of it, and that nothing leaves its frame whatever the values and labels."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from accessibility import chart_faults, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from equityrules import assess, load_frameworks, read_evidence
from equityrules.model.finding import Interval, Limits, Observation, Rate
from equityrules.reports.charts import charts_of
from equityrules.reports.charts.axes import axis_for, ticks
from equityrules.reports.charts.bars import grouped_bars
from equityrules.reports.charts.dots import asked_words, interval_dots
from equityrules.reports.charts.figures import Figure
from equityrules.reports.charts.progress import over_time
from equityrules.reports.charts.shares import shares_by_part
from equityrules.reports.charts.text import fitted, width, wrapped
from equityrules.reports.charts.votes import Vote, stacked_votes

EXAMPLES = Path(__file__).parent.parent / "examples"
HOSTILE = (
    "<script>",
    "&amp;",
    "]]>",
    "W" * 90,
    "\x00\x1b",
    "\ud800",
    "\ufffe",
    "ﷺ" * 20,
    "日本語の長いラベル" * 5,
    "a\nb",
)
LABELS = st.text(max_size=60) | st.sampled_from(HOSTILE)
NUMBERS = st.fractions(-(10**9), 10**9, max_denominator=10**6) | st.sampled_from([Fraction(0), Fraction(10**30)])
INTERVALS = st.none() | st.tuples(NUMBERS, NUMBERS).map(lambda ends: Interval(min(ends), max(ends)))
RATES = st.builds(Rate, LABELS, NUMBERS, st.sampled_from(["percent", "points", ""]), interval=INTERVALS)
LIMITS = st.none() | st.builds(Limits, st.none() | NUMBERS, st.none() | NUMBERS)
PARITY = st.sampled_from([None, Fraction(0), Fraction(1)])


NO_RATES = st.just(())


@st.composite
def figures(draw, rates=NO_RATES):
    seen = Observation(
        of="x", title=draw(LABELS), value=draw(NUMBERS), interval=draw(INTERVALS), parity=draw(PARITY),
        unit=draw(LABELS), rates=draw(rates),
    )  # fmt: skip
    return Figure(draw(LABELS), seen, draw(LIMITS))


PAIRS = st.tuples(NUMBERS, NUMBERS).map(
    lambda both: (Rate("here", both[0]), Rate("base", both[1]))
)  # fmt: skip
VOTES = st.builds(Vote, LABELS, st.dictionaries(LABELS, st.integers(0, 10**6), min_size=1, max_size=5)).filter(
    lambda one: one.total
)


def check(chart):
    """Hold a chart against what every chart keeps."""
    ElementTree.fromstring(chart.svg)
    [svg] = parse(chart.svg).all("svg")
    assert list(chart_faults(svg)) == []
    assert {len(row) for row in chart.rows} <= {len(chart.columns)}
    assert chart.title in chart.svg or "&" in chart.svg or chart.title != chart.title.strip()


@given(st.lists(figures(st.lists(RATES, min_size=1, max_size=3).map(tuple)), min_size=1, max_size=3))
def test_bars_keep_their_frame_whatever_they_show(drawn):
    check(grouped_bars("id", "Rates", [one.seen for one in drawn]))


@given(st.lists(figures(), min_size=1, max_size=4))
def test_dots_keep_their_frame_whatever_they_show(drawn):
    check(interval_dots("id", "Ratios", drawn))


@given(st.lists(figures(PAIRS), min_size=1, max_size=4))
def test_shares_keep_their_frame_whatever_they_show(drawn):
    check(shares_by_part("id", "Shares", drawn))


@given(st.lists(VOTES, min_size=1, max_size=3))
def test_votes_keep_their_frame_whatever_they_are(voted):
    check(stacked_votes("id", "Votes", voted))


@given(st.lists(figures(), min_size=2, max_size=4))
@settings(max_examples=30)
def test_progress_keeps_its_frame_whatever_it_shows(drawn):
    check(over_time("id", "Progress", drawn))


@given(LABELS, st.floats(0, 400))
def test_text_that_is_fitted_is_never_wider_than_its_room(text, room):
    assert width(fitted(text, room, 13), 13) <= room
    assert all(width(line, 13) <= room for line in wrapped(text, room, 13))


@given(st.lists(NUMBERS, min_size=1, max_size=5), st.booleans())
def test_every_value_lies_on_its_axis_and_no_tick_on_another(values, by_ratio):
    axis = axis_for(values, 20, 300, by_ratio=by_ratio)
    assert all(20 <= axis.place(value) <= 300 for value in values)
    places = [axis.place(value) for value, _ in ticks(axis, 13)]
    assert places == sorted(set(places))


def test_twice_and_half_lie_equally_far_from_parity():
    axis = axis_for([Fraction(1, 4), Fraction(4)], 0, 300, by_ratio=True)
    one = axis.place(Fraction(1))
    assert axis.place(Fraction(2)) - one == pytest.approx(one - axis.place(Fraction(1, 2)))


def ratio(value, low, high):
    interval = Interval(Fraction(low), Fraction(high))
    return Observation("r", "Likelihood", value=Fraction(value), interval=interval, parity=Fraction(1))


def test_a_value_outside_the_band_has_another_mark_than_one_inside():
    band = Limits(Fraction("0.8"), Fraction("1.25"))
    inside = interval_dots("a", "Inside", [Figure("x", ratio("1.25", 1, 2), band)])
    outside = interval_dots("a", "Outside", [Figure("x", ratio("1.26", 1, 2), band)])
    assert "circle" in inside.svg
    assert "polygon" not in inside.svg
    assert "polygon" in outside.svg
    assert inside.rows == (("x", "1.25", "1 to 2", "0.8 to 1.25"),)


def test_what_is_asked_for_is_said_on_both_sides():
    assert asked_words(Limits(Fraction(70), None), "percent") == "from 70%"
    assert asked_words(Limits(None, Fraction(0)), "people") == "up to 0 people"
    assert asked_words(None, "percent") == ""


def test_votes_of_every_grade_stand_in_the_picture_and_in_the_table():
    chart = stacked_votes("v", "Votes", [Vote("Domain 2", {"Developing": 26, "Achieving": 44})])
    assert chart.rows == (("Developing", "26", "37.1%"), ("Achieving", "44", "62.9%"))
    assert "Achieving: 44 (62.9%)" in chart.svg
    assert "70 votes" in chart.svg


def test_a_bar_is_told_apart_by_its_pattern_and_not_by_colour_alone():
    chart = grouped_bars("b", "Bars", [Observation("x", "x", rates=(Rate("A", Fraction(1)), Rate("B", Fraction(2))))])
    patterns = [one for one in ElementTree.fromstring(chart.svg).iter() if one.tag.endswith("pattern")]
    strokes = [tuple(child.get("d") for child in one if child.get("d")) for one in patterns]
    assert len(set(strokes)) == 2


@pytest.fixture(scope="module")
def frameworks():
    return load_frameworks()


def charts(frameworks, name, framework):
    [evidence] = read_evidence(EXAMPLES / name)
    result = assess(frameworks[framework], evidence)
    return {
        one.id: one for level in (result.overall, *result.groups, *result.criteria) for one in charts_of(result, level)
    }


def test_the_votes_of_a_domain_are_drawn(frameworks):
    found = charts(frameworks, "ssot-icb-eds-domain2-2022-23.toml", "eds@2022")
    [chart] = found.values()
    assert chart.title == "Votes on Domain 2: Workforce health and well-being"
    assert [row[1] for row in chart.rows] == ["1", "26", "44", "14"]


def test_a_printed_ratio_is_drawn_against_parity_and_its_band(frameworks):
    found = charts(frameworks, "elht-figures-2023.toml", "wres@2020")
    [chart] = found.values()
    assert chart.rows[0][1:] == ("2.26", "", "0.8 to 1.25")


def test_the_share_of_each_band_is_drawn_against_what_is_aimed_at(frameworks):
    found = charts(frameworks, "elht-model-employer-2023.csv", "model-employer@2019")
    [chart] = found.values()
    assert [row[0] for row in chart.rows][:2] == ["Band 6", "Band 7"]
    assert chart.rows[0][1:] == ("17%", "282 of 1659", "19%")


def test_a_survey_shows_the_groups_and_their_difference(frameworks):
    found = charts(frameworks, "elht-survey-2024.csv", "wres@2020")
    assert len(found) == 8
    assert {row[:2] for one in found.values() for row in one.rows if "groups" in one.id} >= {("BME", "24.3%")}
