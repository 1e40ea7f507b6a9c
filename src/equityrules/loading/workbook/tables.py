"""The tables on a sheet: where each starts, what its columns hold, and which rows are its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from equityrules.loading.grid import Headings
from equityrules.loading.rows import as_word
from equityrules.loading.tables import column_faults
from equityrules.loading.workbook.cells import Cell
from equityrules.loading.workbook.labels import WORKED, WORKED_COUNTS, WORKED_ROW, Label, label_of
from equityrules.loading.workbook.sheets import Row, Sheet
from equityrules.model.vocabulary import fold

_MEASURED = ("value", "of", "percent")


@frozen
class Column:
    """A column of a table: its number, its heading as it is written, what it holds, and whether that is a value."""

    number: int
    heading: str
    label: Label
    is_value: bool
    is_counted: bool = False


@frozen
class Table:
    """A table on a sheet: its row of headings, its columns, and the rows below up to the next table."""

    sheet: Sheet
    header: int
    columns: tuple[Column, ...]
    rows: Mapping[int, Row]

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns that are not for people only."""
        return tuple(column for column in self.columns if column.label.column)

    @property
    def groups(self) -> tuple[str, ...]:
        """The columns of groups, filled in or not: together they say which dimension goes across."""
        return tuple(column.label.column for column in self.read if column.is_counted and not column.label.kind)

    def faults(self, headings: Headings) -> Iterator[str]:
        """Yield what is wrong with its columns."""
        plain = [column.label.column for column in self.read if not column.label.kind]
        kinds = ["value"] if any(column.label.kind for column in self.read) else []
        yield from column_faults([*plain, *kinds], headings)

    def is_filled(self, row: Row) -> bool:
        """Whether a row is one of evidence and no title between two tables: it names an item, or gives a value."""
        return any(one.number in row and (one.is_value or one.label.column == "item") for one in self.read)

    def is_worked(self, row: Row) -> bool:
        """Whether a row is the worked one, which shows how to fill in the others."""
        return any(
            fold(as_word(row[one.number].value)).startswith(fold(WORKED_ROW))
            for one in self.read
            if one.number in row and one.label.column == "item"
        )

    def changed(self, row: Row) -> Cell | None:
        """Return the first cell of the worked row that somebody filled in for themselves, if any."""
        counted = [column.number for column in self.columns if column.is_counted]
        for column in self.read:
            if column.is_value and column.number in row:
                cell, position = row[column.number], counted.index(column.number) if column.is_counted else 0
                own = WORKED_COUNTS[position % len(WORKED_COUNTS)] if column.is_counted else WORKED.get(column.heading)
                if as_word(cell.value) != as_word(str(own)):
                    return cell
        return None


def tables_of(sheet: Sheet, headings: Headings) -> tuple[Table, ...]:
    """Return the tables of a sheet, in the order in which they stand below each other."""
    starts = [number for number, row in sheet.rows.items() if _is_header(row, headings)]
    ends = [*starts, max(sheet.rows, default=0) + 1]
    return tuple(_table(sheet, start, end, headings) for start, end in pairwise(ends))


def _table(sheet: Sheet, start: int, end: int, headings: Headings) -> Table:
    below = {number: row for number, row in sheet.rows.items() if start < number < end}
    return Table(sheet, start, tuple(_columns(sheet.rows[start], headings)), below)


def _columns(row: Row, headings: Headings) -> Iterator[Column]:
    for number, cell in row.items():
        if heading := as_word(cell.value):
            label = label_of(heading)
            grid = not label.kind and headings.is_grid(label.column)
            is_value = label.column in _MEASURED or grid
            yield Column(number, heading, label, is_value, grid or (label.kind == "votes" and bool(label.group)))


def _is_header(row: Row, headings: Headings) -> bool:
    """Whether a row names the columns of a table: one for the item, and at least one for a value."""
    columns: Sequence[Column] = tuple(_columns(row, headings))
    return any(one.label.column == "item" for one in columns) and any(one.is_value for one in columns)
