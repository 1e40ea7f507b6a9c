"""Who is where: shares against a base, and how many people or seats a share aimed at comes to."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from engine_builders import count, figure
from hypothesis import given
from hypothesis import strategies as st
from measure_builders import IN_BAND, PEOPLE_SHORT, SEATS_SHORT, aim, amounts, cell, observed, people

from equityrules.model.finding import Reason
from equityrules.model.numbers import display

SIX = cell(band="6")


def band(name="6", **groups):
    return people("staff.banded", where={"band": name}, **groups)


def beside(seen):
    return {one.title: one.value for one in seen.beside}


# --- representation ----------------------------------------------------------------------------------------------


def test_a_band_is_held_against_the_whole_workforce_in_points():
    given = *band(bme=10, all=100), *people("staff.all", bme=150, all=1000)
    seen = observed(IN_BAND, *given, cell=SIX)
    assert (seen.value, seen.unit, seen.leaning) == (-5, "points", "BME under-represented")
    assert [(rate.group, rate.value) for rate in seen.rates] == [("here", 10), ("base", 15)]


def test_over_representation_is_named_too_and_a_like_share_is_neither():
    base = people("staff.all", bme=150, all=1000)
    assert observed(IN_BAND, *band(bme=20, all=100), *base, cell=SIX).leaning == "BME over-represented"
    assert observed(IN_BAND, *band(bme=15, all=100), *base, cell=SIX).leaning == ""


def test_it_says_how_many_people_make_the_same_share():
    given = *band(bme=10, all=100), *people("staff.all", bme=150, all=1000)
    assert beside(observed(IN_BAND, *given, cell=SIX)) == {"people for the same share": 5}


def test_both_shares_are_of_everybody_the_unknown_included():
    given = *band(white=60, bme=10, unknown=30), *people("staff.all", white=500, bme=150, unknown=350)
    assert observed(IN_BAND, *given, cell=SIX).value == -5


def test_snapshots_of_different_days_are_not_compared():
    given = *band(bme=10, all=100), *people("staff.all", "2022/23", bme=150, all=1000)
    assert observed(IN_BAND, *given, cell=SIX).reason is Reason.DATES_DIFFER


def test_bands_of_their_own_are_no_base():
    assert observed(IN_BAND, *band(bme=10, all=100), cell=SIX).reason is Reason.NOT_EVIDENCED


def test_in_a_band_of_too_few_one_person_weighs_too_much():
    given = *band(bme=1, all=19), *people("staff.all", bme=150, all=1000)
    assert observed(evolve(IN_BAND, minimum_base=20), *given, cell=SIX).reason is Reason.TOO_FEW
    assert observed(evolve(IN_BAND, minimum_base=19), *given, cell=SIX).value is not None


def test_where_nobodys_group_is_known_shares_say_nothing():
    base = people("staff.all", bme=150, all=1000, unknown=10)
    nobody = band(white=0, bme=0, unknown=40)
    assert observed(IN_BAND, *nobody, *base, cell=SIX).reason is Reason.NOT_COMPUTABLE
    unknown = people("staff.all", white=0, bme=0, unknown=1000)
    assert observed(IN_BAND, *band(bme=10, all=100), *unknown, cell=SIX).reason is Reason.NOT_COMPUTABLE


@pytest.mark.parametrize("given", [{"bme": 0, "all": 0}, {"bme": 11, "all": 10}])
def test_an_empty_band_or_more_than_everybody_are_not_computable(given):
    base = people("staff.all", bme=150, all=1000)
    assert observed(IN_BAND, *band(**given), *base, cell=SIX).reason is Reason.NOT_COMPUTABLE


def test_a_printed_difference_stands_in_where_there_are_no_counts():
    seen = observed(IN_BAND, figure("in_band", "-4.2", band="6"), cell=SIX)
    assert (seen.value, seen.leaning) == (Fraction("-4.2"), "BME under-represented")


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500)), min_size=3, max_size=3))
def test_weighted_by_their_size_the_bands_of_a_cluster_are_neither_over_nor_under(counts):
    names = ("5", "6", "7")
    given = [
        count("staff.banded", value, band=name, ethnicity=group)
        for name, (white, bme) in zip(names, counts, strict=True)
        for group, value in (("white", white), ("bme", bme), ("unknown", 0))
    ]
    white, bme = (sum(one[position] for one in counts) for position in (0, 1))
    base = people("staff.all", white=white, bme=bme, unknown=0)
    seen = [observed(IN_BAND, *given, *base, cell=cell(band=name)) for name in names]
    assert sum(one.value * sum(both) for one, both in zip(seen, counts, strict=True)) == 0


# --- people for a share that is aimed at -------------------------------------------------------------------------

EAST_LANCASHIRE = (
    ("6", 282, 1659, "33.21", 34),
    ("7", 108, 862, "55.78", 56),
    ("8a", 32, 326, "29.94", 30),
    ("8b", 6, 90, "11.10", 12),
    ("8c", 4, 49, "5.31", 6),
    ("8d", 4, 20, "-0.20", 0),
    ("9", 1, 16, "2.04", 3),
    ("vsm", 4, 22, "0.18", 1),
)


@pytest.mark.parametrize(("name", "bme", "everybody", "printed", "whole"), EAST_LANCASHIRE)
def test_east_lancashires_rows_are_as_they_are_printed(name, bme, everybody, printed, whole):
    seen = observed(
        PEOPLE_SHORT, *band(name, bme=bme, all=everybody), aim("bme_share", "19", band=name), cell=cell(band=name)
    )
    assert seen.value == Fraction(printed)
    assert (seen.counts, beside(seen)["whole people"]) == ({"yes": bme, "of": everybody}, whole)


def test_as_net_new_posts_more_are_needed_than_at_the_same_headcount():
    seen = observed(PEOPLE_SHORT, *band(bme=282, all=1659), aim("bme_share", "19", band="6"), cell=SIX)
    assert display(beside(seen)["as net new posts"]) == "41"
    assert Fraction(282 + 41, 1659 + 41) == Fraction(19, 100)


def test_where_the_share_is_reached_nobody_is_needed():
    seen = observed(PEOPLE_SHORT, *band(bme=4, all=20), aim("bme_share", "19", band="6"), cell=SIX)
    assert (seen.value, seen.leaning) == (Fraction("-0.2"), "the share aimed at is reached")
    assert beside(seen) == {"whole people": 0}


def test_a_share_of_everybody_cannot_be_reached_by_new_posts():
    seen = observed(PEOPLE_SHORT, *band(bme=4, all=20), aim("bme_share", "100", band="6"), cell=SIX)
    assert beside(seen) == {"whole people": 16}


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 99))
def test_whole_people_reach_the_share_and_one_less_does_not(bme, others, percent):
    everybody = bme + others
    if not everybody:
        return
    given = *band(bme=bme, all=everybody), aim("bme_share", str(percent), band="6")
    seen = observed(PEOPLE_SHORT, *given, cell=SIX)
    needed = beside(seen)["whole people"]
    assert 100 * (bme + needed) >= percent * everybody
    assert needed == 0 or 100 * (bme + needed - 1) < percent * everybody
    posts = beside(seen).get("as net new posts", 0)
    assert needed == 0 or 100 * (bme + posts) == percent * (everybody + posts)


WORKFORCE = people("staff.all", bme=150, all=1000)
LOCALS = amounts("population.share", bme="25.0")


def aimed_at(*given):
    seen = observed(PEOPLE_SHORT, *band(bme=10, all=100), *given, cell=SIX)
    return seen.value, seen.note


def test_the_organisations_own_target_decides_even_where_it_is_lower():
    own = aim("bme_share", "12", band="6")
    assert aimed_at(WORKFORCE[0], WORKFORCE[1], *LOCALS, own) == (2, "aim: the organisation's own target")


def test_a_target_for_the_whole_is_the_aim_of_a_band_that_has_none():
    assert aimed_at(aim("bme_share", "12"))[0] == 2
    assert aimed_at(aim("bme_share", "12"), aim("bme_share", "14", band="6"))[0] == 4


def test_without_a_target_the_share_of_the_workforce_is_the_aim():
    assert aimed_at(*WORKFORCE) == (5, "aim: the share of the workforce")


def test_without_a_workforce_the_share_of_the_population_is_the_aim():
    assert aimed_at(*LOCALS) == (15, "aim: the share of the local population")


@pytest.mark.parametrize(("locals_share", "needed"), [("25.0", 15), ("12.0", 5)])
def test_of_workforce_and_population_whichever_is_higher_is_the_aim(locals_share, needed):
    assert aimed_at(*WORKFORCE, *amounts("population.share", bme=locals_share))[0] == needed


def test_without_anything_to_aim_at_it_is_not_evidenced():
    seen = observed(PEOPLE_SHORT, *band(bme=10, all=100), cell=SIX)
    assert (seen.value, seen.reason) == (None, Reason.NOT_EVIDENCED)


def test_eight_senior_bands_give_no_share_of_the_workforce_to_aim_at():
    senior = [one for row in EAST_LANCASHIRE for one in band(row[0], bme=row[1], all=row[2])]
    assert observed(PEOPLE_SHORT, *senior, cell=SIX).reason is Reason.NOT_EVIDENCED


def test_a_workforce_of_another_day_is_no_aim():
    assert (
        observed(
            PEOPLE_SHORT, *band(bme=10, all=100), *people("staff.all", "2022/23", bme=150, all=1000), cell=SIX
        ).reason
        is Reason.DATES_DIFFER
    )


def test_where_nobodys_group_is_known_nobody_can_say_who_is_missing():
    nobody = band(white=0, bme=0, unknown=100)
    own = aim("bme_share", "19", band="6")
    assert observed(PEOPLE_SHORT, *nobody, own, cell=SIX).reason is Reason.NOT_COMPUTABLE
    unknown = people("staff.all", white=0, bme=0, unknown=1000)
    assert observed(PEOPLE_SHORT, *band(bme=10, all=100), *unknown, cell=SIX).reason is Reason.NOT_COMPUTABLE


# --- seats -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bme", "seats", "short", "whole"), [(1, 14, "1.8", 2), (2, 14, "0.8", 1), (3, 14, "-0.2", 0), (0, 5, "1", 1)]
)
def test_a_board_is_short_of_the_seats_that_the_workforce_share_comes_to(bme, seats, short, whole):
    given = *people("board.members", bme=bme, all=seats), *people("staff.all", bme=200, all=1000)
    seen = observed(SEATS_SHORT, *given)
    assert (seen.value, seen.unit, beside(seen)["whole seats"]) == (Fraction(short), "seats", whole)


def test_a_board_that_nobody_counted_is_not_evidenced():
    assert observed(SEATS_SHORT, *people("staff.all", bme=200, all=1000)).reason is Reason.NOT_EVIDENCED
