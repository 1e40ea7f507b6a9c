"""What one cell of a sheet says: its text, its exact number or its day, or why it says nothing that can be used."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import frozen

from equityrules.loading.rows import is_blank
from equityrules.model.period import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable

_DATES = ("date", "due", "until")
_TEXT_KINDS = ("narrative", "cover", "explanation", "action")
_NUMBERS = ("value", "of", "percent")
_EARLIEST_SERIAL = 10_000
"""Days as Excel counts them, from 1927; a smaller number in a column of days is a slip or a year."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SIGNIFICANT = 15
"""Digits that a spreadsheet keeps of a number."""


@frozen
class Cell:
    """A cell that is not empty: where it stands, what it says, and what is wrong with it, if anything.

    `value` is text, a bool, an exact number or a date; `serial` gives the day that a number stands for.
    """

    place: str
    value: object
    fault: str = ""
    serial: Callable[[Decimal], dt.date | None] = lambda _: None

    def as_column(self, column: str, kind: str = "") -> object:
        """Return the value as a column takes it, for a row of a kind: a number, a day, or words."""
        if column in _DATES:
            return self._day()
        words = column not in _NUMBERS or (column == "value" and kind in _TEXT_KINDS)
        return self._text(column) if words else self.value

    def _day(self) -> object:
        """Return a day; a bare number of this century is one as the workbook counts days."""
        if isinstance(self.value, Decimal):
            return (self.serial(self.value) if self.value >= _EARLIEST_SERIAL else None) or format(self.value, "f")
        return self.value

    def _text(self, column: str) -> object:
        if isinstance(self.value, Decimal):
            return format(self.value, "f")
        if isinstance(self.value, dt.date) and column != "period":
            return self.value.isoformat()
        return self.value


def read_cell(place: str, shown: Any, written: Any) -> Cell | None:  # noqa: ANN401 - openpyxl's cells, with no common class
    """Return what a cell says, given the value it was saved with and what was written into it; None for an empty one.

    A formula without a value has none because no spreadsheet has worked it out since it was written.
    """
    if written.data_type == "f" and shown.value is None and shown.data_type == "n":
        return Cell(place, "", "holds a formula that was never worked out; open it in Excel and save it")
    if shown.data_type == "e":
        advice = "mend the formula, or leave the cell empty"
        return Cell(place, "", f"holds {shown.value}, a formula that went wrong; {advice}")
    if is_blank(shown.value):
        return None
    return Cell(place, _value(shown.value, shown.number_format), serial=_serial(shown))


def _value(value: object, number_format: str) -> object:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, number_format)
    return str(value)


def _number(value: float, number_format: str) -> object:
    """Return the number with the digits that a spreadsheet keeps; one that is shown in percent as that percentage."""
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_SIGNIFICANT}g}")
    if "%" not in _QUOTED.sub("", number_format or ""):
        return exact
    percent = format(exact.scaleb(2), "f")
    return f"{percent.rstrip('0').rstrip('.') if '.' in percent else percent}%"


def _date(value: dt.date, number_format: str) -> object:
    """Return the day; where its format shows no day, the month as people write it."""
    if "d" not in _QUOTED.sub("", number_format or "d").casefold():
        return f"{MONTHS[value.month - 1]} {value.year}"
    return value.date() if isinstance(value, dt.datetime) else value


def _serial(shown: Any) -> Callable[[Decimal], dt.date | None]:  # noqa: ANN401 - an openpyxl cell
    """Return what turns a number into the day it stands for, from 1900 or from 1904 as the workbook counts."""

    def day(number: Decimal) -> dt.date | None:
        from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 - only with a workbook at hand

        try:
            moment = from_excel(float(number), shown.parent.parent.epoch)
        except (OverflowError, ValueError):
            return None
        return moment.date() if isinstance(moment, dt.datetime) else None

    return day
