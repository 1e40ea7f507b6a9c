"""Periods and dates as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equityrules.model.period import Period, add_months, parse_date, parse_period

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def span(start: str, end: str) -> Period:
    return Period(start=date.fromisoformat(start), end=date.fromisoformat(end))


YEAR = span("2022-04-01", "2023-03-31")


@pytest.mark.parametrize(
    "text",
    ["2022/23", "2022-23", "2022–23", "2022/2023", "2022-2023", "2022 to 2023", " 2022 / 23 ", "2022 - 23",
     "2022-04 to 2023-03", "April 2022 to March 2023", "1 April 2022 to 31 March 2023",
     "2022-04-01 to 2023-03-31", "Apr 2022 – Mar 2023"],
)  # fmt: skip
def test_a_financial_year_is_read_however_it_is_written(text):
    assert parse_period(text) == YEAR


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2021-11", "2021-11-01", "2021-11-30"),
        ("November 2021", "2021-11-01", "2021-11-30"),
        ("Sept 2021", "2021-09-01", "2021-09-30"),
        ("feb. 2024", "2024-02-01", "2024-02-29"),
        ("2022-07 to 2023-02", "2022-07-01", "2023-02-28"),
        ("July 2022 TO February 2023", "2022-07-01", "2023-02-28"),
        ("31 March 2024", "2024-03-31", "2024-03-31"),
        ("31/03/2024", "2024-03-31", "2024-03-31"),
        ("2021 to 2024", "2021-01-01", "2024-12-31"),
        ("1999/00", "1999-04-01", "2000-03-31"),
        ("2010-11 to 2011-03", "2010-11-01", "2011-03-31"),
    ],
)
def test_other_periods_are_read(text, start, end):
    assert parse_period(text) == span(start, end)


@pytest.mark.parametrize(
    "text",
    ["", " ", "last year", "2022/24", "2022/13", "2021-13", "2021-00", "22/23", "Febtober 2021", "Janitor 2022",
     "Ma 2022", "2022-23-24", "2022/23 Q1", "2023-07 to 2023-02", "2022 to", "to 2022", "1066", "9999/00", "0000/01",
     "٢٠٢٢", "2022-02-30", "1899-12-31", "2199/00"],
)  # fmt: skip
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=r"period|year|month|date"):
        parse_period(text)


def test_a_year_that_may_also_be_a_month_is_refused_with_both_meanings():
    with pytest.raises(ValueError, match="write 2010/11 or November 2010"):
        parse_period("2010-11")


def test_a_year_that_can_be_no_month_needs_no_stroke():
    assert parse_period("2012-13") == span("2012-04-01", "2013-03-31")


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (YEAR, "2022/23"),
        (span("2022-01-01", "2022-12-31"), "2022"),
        (span("2022-07-01", "2022-07-31"), "July 2022"),
        (span("2022-07-01", "2023-02-28"), "July 2022 to February 2023"),
        (span("2022-07-04", "2023-02-27"), "2022-07-04 to 2023-02-27"),
    ],
)
def test_a_period_is_printed_in_one_form(period, text):
    assert str(period) == text


@given(DAYS, DAYS)
def test_every_period_is_read_back_from_its_printed_form(one, other):
    period = Period(start=min(one, other), end=max(one, other))
    assert parse_period(str(period)) == period


@given(st.integers(1900, 2198), st.integers(1, 12), st.integers(0, 40))
def test_every_span_of_whole_months_is_read_back(year, month, months):
    start = date(year, month, 1)
    end = add_months(start, months + 1) - timedelta(days=1)
    if end.year <= 2199:
        period = Period(start=start, end=end)
        assert parse_period(str(period)) == period


def test_a_period_does_not_end_before_it_starts():
    with pytest.raises(ValueError, match="starts on 2023-01-02 and ends before that"):
        span("2023-01-02", "2023-01-01")


def test_a_period_lies_between_1900_and_2199():
    for start, end in (("1899-12-31", "1900-01-01"), ("2199-12-31", "2200-01-01")):
        with pytest.raises(ValueError, match="between 1900 and 2199"):
            span(start, end)


def test_periods_are_ordered_by_their_last_day_then_by_their_first():
    year, month = span("2022-04-01", "2023-03-31"), span("2023-03-01", "2023-03-31")
    assert sorted([span("2023-04-01", "2023-04-01"), month, year])[0:2] == [year, month]


@pytest.mark.parametrize(
    "text",
    ["2023-02-28", "2023-2-28", "28/02/2023", "28/2/23", "28.02.2023", "28-02-2023", "28 February 2023",
     "28th feb 2023", "28 Feb., 2023", " 28  February 2023 ", "2023-02-28 00:00:00", "2023-02-28T00:00",
     "28/02/2023 00:00"],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text):
    assert parse_date(text) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/02/2023", "'31/02/2023' is a date that does not exist; check the day and the month"),
        ("2023-02-31", "does not exist"),
        ("02/28/2023", "does not exist; write the day before the month"),
        ("soon", "'soon' is not a date; write it as 2023-02-28, 28/02/2023 or 28 February 2023"),
        ("2023-02-28 10:00", "is not a date"),
        ("44985", "it is how Excel keeps a date, so give the column the format of a date"),
        ("28/02/0023", "is not a date between 1900 and 2199; check the year"),
        ("28 Marble 2023", "'Marble' is not the name of a month"),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_do(text, message):
    with pytest.raises(ValueError, match=message):
        parse_date(text)


@given(st.text() | st.from_regex(r"\d{1,5}[-/. ](\d{1,3}|[A-Za-z]{1,9})[-/. ]\d{1,5}"))
def test_reading_a_date_never_raises_anything_but_value_error(text):
    for read in (parse_date, parse_period):
        try:
            assert read(text)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - that there is a message is the point


def test_months_are_added_up_to_the_end_of_a_shorter_month():
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert add_months(date(2023, 11, 30), 12) == date(2024, 11, 30)
