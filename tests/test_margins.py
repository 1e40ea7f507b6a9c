"""Counts as they are stated or, where they are not, as they add up."""

from __future__ import annotations

import pytest
from attrs import evolve
from engine_builders import YEAR, count, snapshot
from hypothesis import given
from hypothesis import strategies as st
from measure_builders import BANDS, SENIOR, cell, people
from measure_builders import snapshot as staff

from equityrules.measures import Margin, margin
from equityrules.measures.margins import sum_over
from equityrules.model.finding import Reason
from equityrules.model.vocabulary import WHOLE, make_cell

WOMEN = make_cell({"sex": "women"})


# --- margins -----------------------------------------------------------------------------------------------------

ALL_SEXES = (
    count("c.due", 4, sex="women"),
    count("c.due", 5, sex="men"),
    count("c.due", 0, sex="not_known"),
)


def test_a_total_is_the_stated_one():
    stated = margin(snapshot(*ALL_SEXES, count("c.due", 12)), "c.due", WHOLE)
    assert isinstance(stated, Margin)
    assert stated.value == 12


def test_a_total_is_the_sum_where_every_group_is_there():
    added = margin(snapshot(*ALL_SEXES), "c.due", WHOLE)
    assert isinstance(added, Margin)
    assert added.value == 9


@pytest.mark.parametrize("missing", range(3))
def test_some_groups_never_pose_as_the_whole(missing):
    given = [one for position, one in enumerate(ALL_SEXES) if position != missing]
    assert margin(snapshot(*given), "c.due", WHOLE) is Reason.NOT_EVIDENCED


def test_a_total_adds_up_over_whichever_dimension_is_there_in_full():
    by_band = count("c.due", 3, band="low"), count("c.due", 4, band="high")
    added = margin(snapshot(*by_band, ALL_SEXES[0]), "c.due", WHOLE)
    assert isinstance(added, Margin)
    assert added.value == 7


def test_a_group_adds_up_over_the_other_dimension():
    given = count("c.due", 3, sex="women", band="low"), count("c.due", 4, sex="women", band="high")
    added = margin(snapshot(*given), "c.due", WOMEN)
    assert isinstance(added, Margin)
    assert added.value == 7
    assert margin(snapshot(*given), "c.due", WHOLE) is Reason.NOT_EVIDENCED


def test_groups_of_different_years_never_add_up():
    given = *ALL_SEXES[:2], count("c.due", 1, period="2022/23", sex="not_known")
    assert margin(snapshot(*given), "c.due", WHOLE) is Reason.STALE


def test_a_stale_total_is_stale_and_not_unheard_of():
    assert margin(snapshot(count("c.due", 9, period="2020/21")), "c.due", WHOLE) is Reason.STALE
    stale_group = count("c.due", 1, period="2020/21", sex="not_known")
    assert margin(snapshot(*ALL_SEXES[:2], stale_group), "c.due", WHOLE) is Reason.STALE


def test_a_sum_names_its_sources_and_is_as_old_as_its_oldest_part():
    parts = [evolve(part, source=f"return {number}") for number, part in enumerate(ALL_SEXES)]
    old = evolve(parts[0], date=YEAR.start)
    added = margin(snapshot(old, *parts[1:]), "c.due", WHOLE)
    unnamed = margin(snapshot(*parts[:2], ALL_SEXES[2]), "c.due", WHOLE)
    assert isinstance(added, Margin)
    assert isinstance(unnamed, Margin)
    assert unnamed.source == "return 0; return 1"
    assert (added.source, added.day) == ("return 0; return 1; return 2", YEAR.start)


# --- other items, and coarser groups -----------------------------------------------------------------------------


def total(*given, item="staff.all", where=WHOLE):
    return margin(staff(*given), item, where)


def test_an_item_that_is_not_stated_is_the_sum_of_the_items_it_is_made_of():
    added = total(*people("staff.banded", bme=30), *people("staff.medical", bme=12), where=cell(ethnicity="bme"))
    assert added.value == 42
    assert {part.item for part in added.parts} == {"staff.banded", "staff.medical"}


def test_what_is_stated_comes_before_what_it_is_made_of():
    parts = *people("staff.banded", all=30), *people("staff.medical", all=12)
    assert total(*parts, *people("staff.all", all=50)).value == 50


@pytest.mark.parametrize("missing", ["staff.banded", "staff.medical"])
def test_a_part_that_is_not_there_leaves_the_sum_open(missing):
    other = "staff.medical" if missing == "staff.banded" else "staff.banded"
    assert total(*people(other, all=30)) is Reason.NOT_EVIDENCED


def test_items_of_different_years_never_add_up():
    given = *people("staff.banded", all=30), *people("staff.medical", "2022/23", all=12)
    assert total(*given) is Reason.STALE


def in_bands(bands, value=10, period=YEAR, item="staff.banded"):
    return [count(item, value, period, band=name) for name in bands]


def test_bands_add_up_to_the_whole_where_all_of_them_are_there():
    assert total(*in_bands(BANDS), item="staff.banded").value == 90


def test_eight_senior_bands_are_never_the_workforce():
    assert len(SENIOR) == 8
    assert total(*in_bands(SENIOR), item="staff.banded") is Reason.NOT_EVIDENCED
    assert total(*in_bands(SENIOR), *people("staff.medical", all=12)) is Reason.NOT_EVIDENCED


@given(st.sets(st.sampled_from(BANDS), min_size=1, max_size=len(BANDS) - 1))
def test_no_choice_of_some_bands_is_the_whole(bands):
    assert total(*in_bands(sorted(bands)), item="staff.banded") is Reason.NOT_EVIDENCED


def test_a_cluster_is_the_sum_of_its_bands():
    given = in_bands(("5", "6", "7"))
    assert total(*given, item="staff.banded", where=cell(cluster="lower")).value == 30
    assert total(*given, item="staff.banded", where=cell(cluster="upper")) is Reason.NOT_EVIDENCED


def test_a_cluster_that_lacks_a_band_is_not_known():
    assert total(*in_bands(("5", "6")), item="staff.banded", where=cell(cluster="lower")) is Reason.NOT_EVIDENCED


def test_a_cluster_that_is_stated_is_not_added_up_again():
    given = *in_bands(("5", "6", "7")), count("staff.banded", 31, cluster="lower")
    assert total(*given, item="staff.banded", where=cell(cluster="lower")).value == 31


def test_all_clusters_are_the_whole_and_one_of_them_is_not():
    both = count("staff.banded", 31, cluster="lower"), count("staff.banded", 60, cluster="upper")
    assert total(*both, item="staff.banded").value == 91
    assert total(both[0], item="staff.banded") is Reason.NOT_EVIDENCED


def test_a_cluster_may_be_stated_and_the_other_given_by_band():
    given = count("staff.banded", 31, cluster="lower"), *in_bands(BANDS[3:])
    assert total(*given, item="staff.banded").value == 91


def test_a_group_in_a_cluster_adds_up_over_its_bands():
    given = [count("staff.banded", 4, band=name, ethnicity="bme") for name in ("5", "6", "7")]
    assert total(*given, item="staff.banded", where=cell(cluster="lower", ethnicity="bme")).value == 12


def test_bands_of_different_years_never_add_up():
    given = *in_bands(BANDS[:-1]), *in_bands(BANDS[-1:], period="2022/23")
    assert total(*given, item="staff.banded") is Reason.STALE


@given(st.lists(st.integers(0, 2000), min_size=len(BANDS), max_size=len(BANDS)))
def test_the_whole_is_the_sum_of_its_clusters(values):
    given = [count("staff.banded", value, band=name) for name, value in zip(BANDS, values, strict=True)]
    clusters = [total(*given, item="staff.banded", where=cell(cluster=name)).value for name in ("lower", "upper")]
    assert total(*given, item="staff.banded").value == sum(clusters) == sum(values)


def test_several_groups_are_counted_together_or_not_at_all():
    given = staff(*in_bands(("6", "7")))
    assert sum_over(given, "staff.banded", WHOLE, "band", ("6", "7")).value == 20
    assert sum_over(given, "staff.banded", WHOLE, "band", ("6", "8a")) is Reason.NOT_EVIDENCED
