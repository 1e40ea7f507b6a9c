"""Periods and dates as people write them, printed in one form."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from attrs import field, frozen

from equityrules.model.problems import nearest, shown

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_EARLIEST, _LATEST = 1900, 2199


@frozen(order=True)
class Period:
    """A span of whole days between 1900 and 2199; ordered by its last day, then by its first."""

    end: date
    start: date = field()

    @start.validator
    def _start_is_not_after_end(self, _: object, value: date) -> None:
        if value > self.end:
            raise ValueError(f"the period starts on {value} and ends before that, on {self.end}; check both")
        if value.year < _EARLIEST or self.end.year > _LATEST:
            raise ValueError(
                f"{value} to {self.end} is not a period between {_EARLIEST} and {_LATEST}; check the years"
            )

    def __str__(self) -> str:
        """The one printed form; `parse_period` reads it back."""
        return _financial_year(self) or _calendar_year(self) or _months(self) or f"{self.start} to {self.end}"

    def contains(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.start <= day <= self.end


def _financial_year(period: Period) -> str:
    year = period.start.year
    whole = period.start == date(year, 4, 1) and period.end == date(year + 1, 3, 31)
    return f"{year}/{(year + 1) % 100:02}" if whole else ""


def _calendar_year(period: Period) -> str:
    year = period.start.year
    return str(year) if (period.start, period.end) == (date(year, 1, 1), date(year, 12, 31)) else ""


def _months(period: Period) -> str:
    first, last = period.start, period.end
    if first.day != 1 or last != _month_end(last.year, last.month):
        return ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"{MONTHS[first.month - 1]} {first.year} to {MONTHS[last.month - 1]} {last.year}"


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """Return the day that many months later, or the last day of that month where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return min(_month_end(year, month), date(year, month, 1) + timedelta(days=day.day - 1))


def parse_date(text: str) -> date:
    """Read a date written in ISO form, day first (28/02/2023), or with the month's name (28 February 2023).

    A time of midnight behind it, as spreadsheets and databases write it, is passed over.
    Raises ValueError with what is wrong: not a date, or a date that does not exist.
    """
    words = re.sub(r"[ T]00:00(:00(\.0+)?)?Z?$", "", " ".join(text.split()), flags=re.ASCII)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words, re.ASCII):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})", words, re.ASCII):
        day, month, year = map(int, match.groups())
        year += 2000 if year < 100 and len(match[3]) == 2 else 0
    elif match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]+)\.?,? (\d{4})", words, re.ASCII):
        day, month, year = int(match[1]), _month(match[2]), int(match[3])
    else:
        raise ValueError(f"{shown(text)} is not a date; {_date_advice(words)}")
    return _day(text, year, month, day)


def _date_advice(words: str) -> str:
    forms = "write it as 2023-02-28, 28/02/2023 or 28 February 2023"
    if re.fullmatch(r"\d{5}(\.\d+)?", words, re.ASCII):
        return f"it is how Excel keeps a date, so give the column the format of a date, or {forms}"
    return forms


def _day(text: str, year: int, month: int, day: int) -> date:
    if not _EARLIEST <= year <= _LATEST:
        raise ValueError(f"{shown(text)} is not a date between {_EARLIEST} and {_LATEST}; check the year")
    try:
        return date(year, month, day)
    except ValueError:
        advice = "; write the day before the month" if month > 12 and day <= 12 else "; check the day and the month"
        raise ValueError(f"{shown(text)} is a date that does not exist{advice}") from None


def _month(name: str) -> int:
    """Return the number of a month by its name, or by the first letters of it, three or more."""
    for number, month in enumerate(MONTHS, 1):
        if len(name) >= 3 and month.casefold().startswith(name.casefold()):
            return number
    raise ValueError(f"{shown(name)} is not the name of a month{nearest(name, MONTHS)}; check the date")


@lru_cache(maxsize=1024)
def parse_period(text: str) -> Period:
    """Read a period as people write it.

    A financial year ("2022/23", "2021-22", "2022 to 2023"), a calendar year ("2022"), a month ("November 2021",
    "2021-11"), a day, or any two of these joined by "to" or a dash ("2022-07 to 2023-02", "2021/22 to 2023/24").
    Raises ValueError with the forms that are understood.
    """
    words = " ".join(text.split())
    if year := _written_financial_year(words):
        return Period(start=date(year, 4, 1), end=date(year + 1, 3, 31))
    first, *last = re.split(r" (?:to|[-–—]) ", words, maxsplit=1, flags=re.IGNORECASE)
    read = _year_or_span if any(map(_is_surely_a_year, (first, *last))) else _span
    start = read(first)
    return Period(start=start.start, end=read(last[0]).end) if last else start


def _is_surely_a_year(text: str) -> bool:
    """Whether the words are a financial year and can be no month."""
    may_be_a_month = re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text, re.ASCII)
    return not may_be_a_month and _written_financial_year(text) is not None


def _year_or_span(text: str) -> Period:
    """Return one end of a span of which an end is a financial year. Raises ValueError where it may be a month."""
    year = _written_financial_year(text)
    return _span(text) if year is None else Period(start=date(year, 4, 1), end=date(year + 1, 3, 31))


def _written_financial_year(words: str) -> int | None:
    """Return the first calendar year of a financial year, or None where the words mean something else.

    Raises ValueError for "2010-11", which may be a year or a month.
    """
    match = re.fullmatch(r"(\d{4}) ?(/|-|–| to ) ?(\d{2}|\d{4})", words, re.ASCII)
    if not match or not _follows(match[1], match[3]):
        return None
    if match[2] == "-" and len(match[3]) == 2 and 1 <= int(match[3]) <= 12:
        month = f"{MONTHS[int(match[3]) - 1]} {match[1]}"
        raise ValueError(f"'{words}' may be a year or a month; write {match[1]}/{match[3]} or {month}")
    return _year(match[1])


def _follows(first: str, second: str) -> bool:
    return int(second) % 100 == (int(first) + 1) % 100 and (len(second) == 2 or int(second) == int(first) + 1)


def _span(text: str) -> Period:
    """Return the period of one day, month or calendar year."""
    if match := re.fullmatch(r"(\d{4})", text, re.ASCII):
        year = _year(match[1])
        return Period(start=date(year, 1, 1), end=date(year, 12, 31))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", text, re.ASCII):
        return _whole_month(_year(match[1]), int(match[2]), text)
    if match := re.fullmatch(r"([A-Za-z]+)\.? (\d{4})", text, re.ASCII):
        return _whole_month(_year(match[2]), _month(match[1]), text)
    try:
        day = parse_date(text)
    except ValueError as error:
        if "is not a date;" not in str(error):
            raise
        raise ValueError(
            f"{shown(text)} is not a period; write a year (2022/23 or 2022), a month (2022-07) or two of them"
            " (2022-07 to 2023-02)"
        ) from None
    return Period(start=day, end=day)


def _year(text: str) -> int:
    year = int(text)
    if not _EARLIEST <= year <= _LATEST:
        raise ValueError(f"'{text}' is not a year between {_EARLIEST} and {_LATEST}; check the year")
    return year


def _whole_month(year: int, month: int, text: str) -> Period:
    if not 1 <= month <= 12:
        raise ValueError(f"'{text}' is a month that does not exist; months go from 01 to 12")
    return Period(start=date(year, month, 1), end=_month_end(year, month))
