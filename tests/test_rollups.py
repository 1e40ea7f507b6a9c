"""How the grades of several parts become one, by each named method."""

from __future__ import annotations

from fractions import Fraction

import pytest
from engine_builders import ACHIEVING, DEVELOPING, EXCELLING, SCALE, UNDEVELOPED, points_total
from hypothesis import given
from hypothesis import strategies as st

from equityrules.grading.by_rank import Agreement, ByRank, Highest, Lowest, Mean, Median, Mode
from equityrules.grading.rollups import KINDS, Band, PointsTotal
from equityrules.model.kinds import Total
from equityrules.model.result import Standing

BANDS = points_total(8, 22, 33, most=33).roll_up


def settled(*ranks):
    return [
        Standing(id=str(place), title="", held=SCALE.grades[rank], attainable=SCALE.grades[rank])
        for place, rank in enumerate(ranks)
    ]


def part(low, high, applicable=True):
    held = SCALE.grades[low] if low == high else None
    return Standing(id=f"{low}-{high}", title="", held=held, attainable=SCALE.grades[high], applicable=applicable)


def word(kind, *ranks):
    return kind().word(SCALE, settled(*ranks), None)


# --- bands -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("0", UNDEVELOPED), ("7", UNDEVELOPED), ("7.5", UNDEVELOPED), ("7.99", UNDEVELOPED), ("8", DEVELOPING),
        ("21", DEVELOPING), ("21.01", None), ("21.5", None), ("22", ACHIEVING), ("32", ACHIEVING), ("32.5", None),
        ("33", EXCELLING), ("33.5", None),
    ],
)  # fmt: skip
def test_bands_say_from_and_to_and_between_them_there_is_no_grade(points, grade):
    band = BANDS.band(Fraction(points))
    assert (band.grade if band else None) == grade


@pytest.mark.parametrize(
    ("band", "text"),
    [
        (Band(UNDEVELOPED, below=Fraction(8)), "under 8"),
        (Band(UNDEVELOPED, to=Fraction(7)), "up to 7"),
        (Band(UNDEVELOPED), "any"),
        (Band(DEVELOPING, Fraction(8), Fraction(21)), "8 to 21"),
        (Band(EXCELLING, Fraction(33), Fraction(33)), "33"),
        (Band(EXCELLING, Fraction(33)), "33 and more"),
        (Band(DEVELOPING, Fraction(8), below=Fraction(22)), "8 to under 22"),
    ],
)
def test_a_band_reads_as_it_is_meant(band, text):
    assert str(band) == text


def total(low, high=None):
    low, high = Fraction(str(low)), Fraction(str(low if high is None else high))
    return Total(low if low == high else None, low, high)


@given(st.integers(0, 66), st.integers(0, 66))
def test_a_grade_is_held_only_where_both_bounds_lie_in_one_band(first, second):
    low, high = sorted((Fraction(first, 2), Fraction(second, 2)))
    found = BANDS.word(SCALE, [], total(low, high))
    bands = {BANDS.band(low), BANDS.band(high)}
    [band] = bands if len(bands) == 1 else [None]
    assert found.held == (band.grade if band else None)
    assert found.attainable == (BANDS.band(high).grade if BANDS.band(high) else None)


def test_a_total_in_no_band_says_which_bands_there_are():
    said = BANDS.word(SCALE, [], total("21.5")).because
    assert said == (
        "21.5 points; 21.5 lies in no band (Undeveloped under 8; Developing 8 to 21; Achieving 22 to 32; Excelling 33),"
        " so there is no grade"
    )


@pytest.mark.parametrize(
    ("points", "target", "step"),
    [
        (0, None, (DEVELOPING, 8)), (21, None, (ACHIEVING, 22)), ("21.5", None, (ACHIEVING, 22)),
        (22, None, (EXCELLING, 33)), (33, None, None), (5, ACHIEVING, (ACHIEVING, 22)), (33, ACHIEVING, None),
    ],
)  # fmt: skip
def test_the_next_step_is_where_the_next_band_or_the_targets_starts(points, target, step):
    assert BANDS.next_step(total(points), target) == step


# --- words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "ranks", "held"),
    [
        (Mode, (1, 1, 2), DEVELOPING),
        (Mode, (1, 1, 2, 2), None),
        (Median, (0, 1, 3), DEVELOPING),
        (Median, (0, 1, 2, 3), None),
        (Median, (0, 2, 2, 3), ACHIEVING),
        (Mean, (1, 1, 2), DEVELOPING),
        (Mean, (1, 2), None),
        (Mean, (0, 2, 2, 3), ACHIEVING),
        (Lowest, (1, 2, 3), DEVELOPING),
        (Highest, (1, 2, 3), EXCELLING),
        (Agreement, (1, 1, 2), DEVELOPING),
        (Agreement, (0, 0, 3), None),
        (Agreement, (2, 2, 2, 1), ACHIEVING),
    ],
)
def test_each_method_says_what_it_is_named_for(kind, ranks, held):
    assert word(kind, *ranks).held == held


def test_what_the_other_methods_say_is_printed():
    assert word(Lowest, 0, 0, 3).alternatives == {"mode": "Undeveloped", "median": "Undeveloped", "mean": "Developing"}
    assert word(Agreement, 1, 2).alternatives == dict.fromkeys(("mode", "median", "mean"), "no one grade")


def test_parts_that_do_not_apply_are_left_out():
    parts = [*settled(2, 2), part(0, 0, applicable=False)]
    assert Lowest().word(SCALE, parts, None).held == ACHIEVING
    nothing = Lowest().word(SCALE, parts[2:], None)
    assert (nothing.held, nothing.attainable, nothing.because) == (None, None, "none of its parts applies")


bounded = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted), min_size=1, max_size=4)


@given(st.sampled_from([Mode, Median, Mean, Agreement, Lowest, Highest]), bounded, st.data())
def test_a_word_is_held_only_where_it_is_the_same_however_open_parts_turn_out(kind, bounds, data):
    held = kind().word(SCALE, [part(low, high) for low, high in bounds], None).held
    turned = [data.draw(st.integers(low, high)) for low, high in bounds]
    if held is not None:
        assert word(kind, *turned).held == held
    elif all(low == high for low, high in bounds):
        assert word(kind, *turned).held is None


def test_two_ends_that_agree_do_not_settle_what_lies_between_them():
    parts = [*settled(2, 2, 3), part(1, 2), part(0, 2)]
    assert word(Agreement, 2, 2, 3, 1, 0).held == word(Agreement, 2, 2, 3, 2, 2).held == ACHIEVING
    assert word(Agreement, 2, 2, 3, 1, 1).held is None
    assert Agreement().word(SCALE, parts, None).held is None
    assert Mode().word(SCALE, parts, None).held is None
    assert Median().word(SCALE, parts, None).held == ACHIEVING


@given(bounded)
def test_attainable_is_the_word_if_every_part_turns_out_at_its_best(bounds):
    for kind in (Mode, Median, Mean, Agreement, Lowest, Highest):
        found = kind().word(SCALE, [part(low, high) for low, high in bounds], None)
        assert found.attainable == word(kind, *(high for _, high in bounds)).held


def test_an_open_part_without_any_grade_could_be_any():
    nothing = Standing(id="x", title="")
    found = Highest().word(SCALE, [*settled(1), nothing], None)
    assert (found.held, found.attainable) == (None, EXCELLING)
    assert found.because == "by highest it depends on parts without a settled grade"


def test_words_have_no_next_step_in_points():
    assert Lowest().next_step(total(3), None) is None


def test_a_method_has_to_say_what_it_does():
    with pytest.raises(TypeError, match="names no method"):
        ByRank().pick([Fraction(1)])


def test_every_method_goes_by_its_name():
    assert set(KINDS) == {"points-total", "agreement", "mode", "median", "mean", "lowest", "highest"}
    by_rank = (Mode, Median, Mean, Lowest, Highest)
    assert all(KINDS[kind.kind] is kind for kind in (PointsTotal, *by_rank))
    assert KINDS["agreement"] is Agreement


def test_no_total_says_why():
    without = Standing(id="3", title="")
    pointed = Standing(id="1", title="", points_low=Fraction(0), points_attainable=Fraction(2))
    assert BANDS.word(SCALE, [pointed, without], None).because == (
        "no total: 3 has no points, as not all of it applies"
    )
    assert BANDS.word(SCALE, [without], None).because == "no total: no points are given, or nothing applies"
