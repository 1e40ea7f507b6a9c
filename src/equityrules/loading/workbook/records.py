"""Sheets of a workbook as records of text, for what is kept in tables of people's own making, such as action plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from equityrules.loading.documents import read_bytes, refuse
from equityrules.loading.workbook.cells import Cell
from equityrules.loading.workbook.opening import open_workbook
from equityrules.loading.workbook.sheets import Row, Sheet, read_sheets
from equityrules.model.problems import InvalidInputError, Problem

_TITLES = 20
"""Rows at the top of a sheet among which the headings are looked for: titles and notes may stand above them."""


def read_sheet_records(path: Path) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Yield each sheet that holds a table, with its name and its records: row number and texts, the headings first.

    The headings are the row near the top that fills most cells; hidden sheets are left out. Raises InvalidInputError
    where the file is no workbook or has no such sheet, and for every cell whose formula gives nothing that can be read.
    """
    content = read_bytes(path)
    shown, written = (open_workbook(content, path.name, values) for values in (True, False))
    sheets = [one for one in read_sheets(shown, written) if len(one.rows) > 1 and not one.is_hidden]
    if not sheets:
        raise refuse(path.name, "has no sheet with a table; write headings in a row and an action in each row below")
    if problems := [Problem(path.name, cell.place, cell.fault) for cell in _cells(sheets) if cell.fault]:
        raise InvalidInputError(problems)
    for sheet in sheets:
        yield f"sheet '{sheet.name}'", list(_records(sheet))


def _cells(sheets: list[Sheet]) -> Iterator[Cell]:
    for sheet in sheets:
        for row in sheet.rows.values():
            yield from row.values()


def _records(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    top = list(sheet.rows)[:_TITLES]
    header = max(top, key=lambda number: (len(sheet.rows[number]), -number))
    width = max(max(row) for row in sheet.rows.values())
    for number, row in sheet.rows.items():
        if number >= header:
            yield number, [_text(row, column) for column in range(1, width + 1)]


def _text(row: Row, column: int) -> str:
    cell = row.get(column)
    if cell is None:
        return ""
    value = cell.value
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, dt.date) else str(value)
