"""The sheets of a workbook as sparse rows of cells, with what is merged or hidden in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from equityrules.loading.workbook.cells import Cell, read_cell

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Row = Mapping[int, Cell]
"""The cells of a row that are not empty, by the number of their column."""


@frozen
class Merged:
    """Cells that are merged into one: their corners, and the place as messages name it."""

    place: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell is one of them."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


@frozen
class Sheet:
    """One sheet: its name, its rows by number, what is merged, and whether it or rows of it are hidden."""

    name: str
    rows: Mapping[int, Row]
    merged: tuple[Merged, ...] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = field(factory=frozenset)

    def place(self, row: int, column: int = 0) -> str:
        """Return the place of a cell, or of a row, as messages name it."""
        return f"sheet '{self.name}', {f'cell {column_letters(column)}{row}' if column else f'row {row}'}"


def read_sheets(shown: Workbook, written: Workbook) -> Iterator[Sheet]:
    """Yield the sheets of a workbook, given it with the values of its formulas and with the formulas themselves."""
    for sheet in shown.worksheets:
        yield _sheet(sheet, written[sheet.title])


def column_letters(number: int) -> str:
    """Return what a spreadsheet calls a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


def _sheet(shown: Worksheet, written: Worksheet) -> Sheet:
    hidden = frozenset(number for number, row in shown.row_dimensions.items() if row.hidden)
    merged = tuple(_merged(shown.title, one) for one in shown.merged_cells.ranges)
    empty = Sheet(shown.title, {}, merged, shown.sheet_state != "visible", hidden)
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), one in _cells(shown):
        if cell := read_cell(empty.place(row, column), one, written.cell(row, column)):
            rows.setdefault(row, {})[column] = cell
    return evolve(empty, rows=rows)


def _cells(sheet: Worksheet) -> list[tuple[tuple[int, int], Any]]:
    """Return the cells that the file holds, row by row.

    openpyxl's public ways through a sheet make every cell up to the last one, which a format set on a whole column puts
    in row 1,048,576.
    """
    return sorted(sheet._cells.items())  # the only way to the cells there are


def _merged(sheet: str, area: Any) -> Merged:  # noqa: ANN401 - openpyxl's range of cells
    place = f"sheet '{sheet}', cells {area.coord}"
    return Merged(place, area.min_row, area.max_row, area.min_col, area.max_col)
