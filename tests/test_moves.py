"""What pushes a measure where counts are few or between groups: levers tried at the level of one condition."""

from __future__ import annotations

from attrs import evolve
from engine_builders import DONE, RECOMMEND, SCORE, amount, count, figure, survey, threshold
from engine_builders import snapshot as given_for_engine
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_builders import APPOINTED, BME_SHARE, DISPARITY, ENTERED, HARASSED, answers, band, cell, jobs, people
from measure_builders import snapshot as taken

from equityrules.conditions import Comparator, Threshold
from equityrules.gaps.measured import closings, push, units_needed
from equityrules.measures import Change
from equityrules.measures.moves import in_a_line
from equityrules.model.finding import Outcome

few = settings(max_examples=60, deadline=None)


def proven(condition, shot):
    """Return the levers in words, each proven: with its entries the condition is met; of one unit it says all."""
    found, why_not = closings(condition, shot)
    for one in found:
        assert condition.check(shot.assuming(one.entries)).outcome is Outcome.MET, one.text
        assert condition.check(shot.assuming(one.less)).outcome is not Outcome.MET, one.text
    return [one.text for one in found], why_not


def staff(**bands: tuple[int, int]):
    """Counts of staff by band: white and BME."""
    return [one for name, (white, bme) in bands.items()
            for one in people("staff.banded", where={"band": name.strip("b")}, white=white, bme=bme)]  # fmt: skip


@few
@given(st.integers(50, 500), st.integers(20, 300), st.integers(10, 200), st.integers(1, 40))
def test_people_who_move_up_close_a_disparity_and_one_fewer_does_not(white_low, bme_low, white_up, bme_up):
    shot = taken(*staff(b5=(white_low, bme_low), b6=(white_up, bme_up), b7=(10, 10)))
    condition = band(DISPARITY, "within", "0.8", "1.25")
    if condition.check(shot).outcome is not Outcome.UNMET:
        return
    found, why_not = closings(condition, shot)
    assert found or why_not
    for lower, upper in (one.entries for one in found):
        assert condition.check(shot.assuming((lower, upper))).outcome is Outcome.MET
        less = [type(one)(period=one.period, item=one.item, cell=one.cell, value=one.value + step)
                for one, step in ((lower, 1), (upper, -1))]  # fmt: skip
        assert condition.check(shot.assuming(less)).outcome is not Outcome.MET


def test_a_disparity_names_the_groups_between_which_people_move():
    shot = taken(*staff(b5=(100, 100), b6=(40, 10), b7=(10, 5)))
    [text], _ = proven(band(DISPARITY, "within", "0.8", "1.25"), shot)
    # (50 / 100) / ((15 + n) / (100 - n)) is at most 1.25 from n = 17.9
    assert text == "18 BME people move up from Band 5 to Band 6"


def test_a_change_is_closed_by_what_it_is_now():
    change = Change(id="change", title="Change", measure=HARASSED.id).knowing(HARASSED)
    shot = taken(*answers("2022/23", all=(30, 100)), *answers(all=(35, 100)))
    texts, _ = proven(Threshold(change, Comparator.AT_MOST, -5), shot)
    assert texts == ["10 fewer of the 100 people asked answer yes"]


def test_a_printed_ratio_says_how_many_times_as_many_events_it_takes():
    [text], _ = proven(band(APPOINTED, "within", "0.8", "1.25"), taken(figure("appointed", "2.26")))
    assert text.startswith("the printed figure at 1.24 instead of 2.26: 1.82 times as many BME shortlisted applicants")


def test_a_printed_ratio_of_bad_news_takes_fewer_events():
    [text], _ = proven(band(ENTERED, "within", "0.8", "1.25"), taken(figure("entered", "2.00")))
    assert "1.24 instead of 2.00: 0.62 times as many BME staff entered the process" in text


@few
@given(st.integers(20, 900), st.integers(10, 900), st.data())
def test_for_a_stated_number_shortlisted_it_is_so_many_appointments_and_not_one_fewer(white, bme, data):
    appointed = data.draw(st.integers(1, white))
    known = [one for one in jobs((appointed, white), (0, bme)) if not (one.value == 0 and one.item == "jobs.appointed")]
    shot = taken(*known, figure("appointed", "2.26"))
    condition = band(APPOINTED, "within", "0.8", "1.25")
    found, _ = closings(condition, shot)
    for one in found:
        assert condition.check(shot.assuming(one.entries)).outcome is Outcome.MET
        if "in all" in one.text:
            least = one.entries[0].value
            assert appointed * bme <= least * white * 1.25
            assert least == 1 or appointed * bme > (least - 1) * white * 1.25


def test_what_no_number_moves_alone_says_so():
    both = type(BME_SHARE)(id="both", title="Both", item="staff.banded", by="ethnicity", groups=("white", "bme"))
    shot = taken(*staff(b5=(50, 40)), *people("staff.banded", where={"band": "5"}, unknown=60))
    texts, why_not = proven(Threshold(both, Comparator.AT_LEAST, 90, cell(band="5")), shot)
    assert texts == []
    assert "no single number of the evidence moves it alone" in why_not


@st.composite
def measured(draw: st.DrawFn):
    """A condition on a measure with evidence for it: answers, a percentage, counts, a score, a ratio of two groups."""
    of, comparator = draw(st.integers(10, 400)), draw(st.sampled_from(["above", "at_least", "at_most", "below"]))
    made, other = draw(st.integers(0, of)), draw(st.integers(1, 300))
    ratio, entries, most = draw(
        st.sampled_from([
            (RECOMMEND, [survey(made, of)], 100),
            (RECOMMEND, [survey(percent=f"{100 * made / of:.1f}")], 100),
            (DONE, [count("c.done", made), count("c.due", of)], 100),
            (SCORE, [amount(f"{10 * made / of:.1f}")], 10),
            (APPOINTED, jobs((made, of), (other, 300)), 2),
            (ENTERED, [*people("cases.entered", white=made, bme=other), *people("staff.all", white=of, bme=300)], 2),
        ])
    )  # fmt: skip
    shot = taken(*entries) if ratio in (APPOINTED, ENTERED) else given_for_engine(*entries)
    limit = threshold(ratio, comparator, draw(st.integers(0, most)))
    return band(ratio, "within", "0.8", "1.25") if ratio is not SCORE and draw(st.booleans()) else limit, shot


@settings(max_examples=300, deadline=None)
@given(measured(), st.fractions(-3, 3).filter(bool))
def test_a_number_worked_out_is_the_one_that_trying_finds(found, wrong):
    condition, shot = found
    check = condition.check(shot)
    seen = check.observations[0]
    if check.outcome is Outcome.MET or seen.value is None or seen.reason:
        return
    up = bool(push(condition, seen))
    for move in condition.measure.moves(shot, condition.cell, up):
        tried = units_needed(condition, shot, evolve(move, steps=None), up)
        assert units_needed(condition, shot, move, up) == tried
        if condition.measure not in (APPOINTED, ENTERED):
            led_astray = evolve(move, steps=in_a_line(wrong))
            assert units_needed(condition, shot, led_astray, up) == tried, "steps that prove wrong are not taken"


def test_where_the_last_unit_leaves_no_interval_the_one_before_it_is_asked():
    condition = band(APPOINTED, "interval_reaches", "0.4", "0.74")
    shot = taken(*jobs((28, 37), (21, 39)))
    [found], _ = closings(condition, shot)
    assert condition.check(shot.assuming(found.entries)).outcome is Outcome.MET
    assert condition.check(shot.assuming(found.less)).outcome is not Outcome.MET


def test_where_even_the_last_unit_is_not_enough_it_is_named():
    found, why_not = closings(threshold(SCORE, "at_least", "150"), given_for_engine(amount("7.5")))
    assert not found
    assert why_not == "out of reach with these numbers: even this is not enough, 107.5 instead of 7.5"
