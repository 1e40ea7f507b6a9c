"""What a workbook holds, before it is written: sheets with one table each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import field, frozen

from equityrules.reports.spreadsheet.cells import SHORTHAND, Value

Row = Sequence[Value]


@frozen
class Column:
    """A column: its heading, and how its numbers are shown.

    `to_fill_in` marks one that is left empty for who works with the sheet, and `choices` are what may be written there;
    `to_sheets` one whose texts are names of sheets, and links to them.
    """

    heading: str
    form: str = "General"
    choices: tuple[str, ...] = ()
    to_fill_in: bool = False
    to_sheets: bool = False


@frozen
class Sheet:
    """A sheet with one table: its tab's `name`, its title, what is said above the table, columns and rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    lines: tuple[str, ...] = ()

    @property
    def shorthand(self) -> tuple[str, ...]:
        """The shorthand that stands in its cells."""
        texts = [value for row in self.rows for value in row if isinstance(value, str)]
        return tuple(mark for mark in SHORTHAND if any(mark in text for text in texts))


@frozen
class Front:
    """The first sheet: the title of the workbook, and pieces of text, each under a heading."""

    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@frozen
class Book:
    """A workbook: its front, the title by which it is known, whose it is, and its sheets."""

    front: Front
    author: str
    sheets: tuple[Sheet, ...] = field(factory=tuple)


def sheet(name: str, title: str, columns: Iterable[Column | str], rows: Iterable[Row], *lines: str) -> list[Sheet]:
    """Return a sheet in a list, or an empty list where it has no rows: such a sheet is left out."""
    given = tuple(one if isinstance(one, Column) else Column(one) for one in columns)
    filled = tuple(tuple(row) for row in rows)
    return [Sheet(name, title, given, filled, tuple(filter(None, lines)))] if filled else []
