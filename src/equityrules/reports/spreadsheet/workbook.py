"""Writes sheets into a workbook whose bytes are the same each time."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from attrs import frozen
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from equityrules.reports.exact import rounded
from equityrules.reports.spreadsheet.cells import Value, cell_text
from equityrules.reports.spreadsheet.sheets import Book, Column, Front, Sheet
from equityrules.reports.zipping import without_times

_BEGINNING = dt.datetime(1980, 1, 1)
_FIRST_YEAR, _EXACT_BELOW = 1901, 10**15
"""What Excel can hold as a day and as a number; anything else is written as text."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FONT = {"font_name": "Arial", "font_size": 12}
_DAY = "d mmmm yyyy"
_WIDEST, _NARROWEST, _TO_FILL_IN, _FRONT, _FRONT_TITLE = 50, 12, 26, 90, 54
"""Widths of columns, in characters."""
_LINE, _HIGHEST, _SPACE, _TITLE = 16.5, 409.0, 10.0, 24.0
"""Heights of rows, in points; 409 is the most that Excel takes."""
_A4, _A3 = 9, 8
_WIDE_PAGE = 220
"""Characters beside each other beyond which a sheet could not be read on A4."""


@frozen
class Formats:
    """The ways in which cells are shown."""

    title: Format
    front: Format
    heading: Format
    text: Format
    wrapped: Format
    head: Format
    link: Format
    day: Format
    fill_in: Format
    numbers: dict[str, Format]


def write_book(book: Book, *, working: bool = False) -> bytes:
    """Return a workbook.

    One to work in has filters and a fixed heading row; one to publish has neither, since screen readers stumble over
    them.
    """
    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as workbook:
        workbook.set_properties(
            {"title": cell_text(book.front.title)[:255], "author": cell_text(book.author)[:255], "created": _BEGINNING}
        )
        formats = _formats(workbook)
        _write_front(workbook.add_worksheet("Cover"), book.front, formats)
        for one in book.sheets:
            _write_sheet(workbook, one, formats, working)
    return without_times(out.getvalue())


def _formats(workbook: Workbook) -> Formats:
    def made(**changes: object) -> Format:
        return workbook.add_format({**_FONT, "valign": "top", **changes})

    return Formats(
        title=made(bold=True, font_size=16),
        front=made(bold=True, font_size=16, text_wrap=True),
        heading=made(bold=True, font_size=14, text_wrap=True, valign="bottom"),
        text=made(),
        wrapped=made(text_wrap=True, align="left", indent=1),
        head=made(bold=True, text_wrap=True, align="left", indent=1, bottom=1),
        link=made(font_color="#0563C1", underline=1, text_wrap=True),
        day=made(num_format=_DAY, align="left"),
        fill_in=made(text_wrap=True, bg_color="#FFF8E1", border=1, border_color="#BFBFBF"),
        numbers={form: made(num_format=form) for form in ("General", "0.0", "0.00", "0.000", "#,##0")},
    )


def _write_front(page: Worksheet, front: Front, formats: Formats) -> None:
    page.set_column(0, 0, _FRONT)
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    lines: list[tuple[str, Format]] = [(front.title, formats.front)]
    for heading, texts in front.sections:
        lines += [(heading, formats.heading), *((text, formats.wrapped) for text in texts)]
    for row, (text, form) in enumerate(lines):
        said = cell_text(text)
        wide = _FRONT_TITLE if form is formats.front else _FRONT
        page.set_row(row, _height([(said, wide)]) + (0 if form is formats.wrapped else _SPACE))
        page.write_string(row, 0, said, form)


def _write_sheet(workbook: Workbook, one: Sheet, formats: Formats, working: bool) -> None:
    page = workbook.add_worksheet(one.name)
    for line, text in enumerate((one.title, *one.lines)):
        page.write_string(line, 0, cell_text(text), formats.text if line else formats.title)
    page.set_row(0, _TITLE)
    top = 1 + len(one.lines)
    widths = [_width(column, [row[number] for row in one.rows]) for number, column in enumerate(one.columns)]
    _add_table(page, one, top, formats, working)
    for number, width in enumerate(widths):
        page.set_column(number, number, width)
    page.set_row(top, _height(zip((column.heading for column in one.columns), widths, strict=True)))
    for place, row in enumerate(one.rows, top + 1):
        page.set_row(place, _height(zip(map(_shown, row), widths, strict=True)))
        for number, column in enumerate(one.columns):
            _write_cell(page, (place, number), column, row[number], formats)
    _set_print(page, top, sum(widths))
    if working:
        page.freeze_panes(top + 1, 0)


def _add_table(page: Worksheet, one: Sheet, top: int, formats: Formats, working: bool) -> None:
    """Mark the table and write its headings; where something may be chosen, say what."""
    bottom, right = top + len(one.rows), len(one.columns) - 1
    headings = [{"header": column.heading, "header_format": formats.head} for column in one.columns]
    style = {"style": None, "autofilter": working, "name": f"{one.name}_table"}
    page.add_table(top, 0, bottom, right, {"columns": headings, **style})
    for number, column in enumerate(one.columns):
        if column.choices:
            allowed = {"validate": "list", "source": list(column.choices)}
            page.data_validation(top + 1, number, bottom, number, allowed)


def _set_print(page: Worksheet, heading: int, width: int) -> None:
    """Print one page wide on its side with the heading row on each page; on A3 where A4 could not be read."""
    page.set_paper(_A4 if width <= _WIDE_PAGE else _A3)
    page.set_landscape()
    page.repeat_rows(heading)
    page.fit_to_pages(1, 0)


def _write_cell(page: Worksheet, place: tuple[int, int], column: Column, value: Value, formats: Formats) -> None:
    row, number = place
    if column.to_fill_in and not value:
        page.write_blank(row, number, None, formats.fill_in)
    elif isinstance(value, dt.date) and value.year >= _FIRST_YEAR:
        page.write_datetime(row, number, dt.datetime.combine(value, dt.time()), formats.day)
    elif (exact := _number(value)) is not None:
        page.write_number(row, number, float(rounded(exact)), formats.numbers[column.form])
    elif column.to_sheets:
        page.write_url(row, number, f"internal:'{value}'!A1", formats.link, str(value))
    else:
        form = formats.fill_in if column.to_fill_in else formats.wrapped
        page.write_string(row, number, cell_text(str(value or "")), form)


def _number(value: Value) -> Fraction | None:
    """Return a number that a cell can hold; None for anything else."""
    exact = Fraction(value) if isinstance(value, Fraction | Decimal | int) else None
    return exact if exact is not None and abs(exact) < _EXACT_BELOW else None


def _width(column: Column, values: Sequence[Value]) -> int:
    """Return how wide a column is, in characters: as its heading and texts need, within bounds."""
    shown = [len(line) for value in values for line in _shown(value).splitlines()]
    longest = max([*shown, *(len(word) + 2 for word in column.heading.split())], default=0)
    return min(max(longest + 2, _TO_FILL_IN if column.to_fill_in else _NARROWEST), _WIDEST)


def _shown(value: Value) -> str:
    return f"{value:%d %B %Y}" if isinstance(value, dt.date) else value if isinstance(value, str) else ""


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """Return how high a row is, in points: as its texts need in columns so wide; not every program works it out."""
    lines = max(sum(1 + len(line) // width for line in text.splitlines()) for text, width in texts)
    return min(_LINE * max(lines, 1), _HIGHEST)
