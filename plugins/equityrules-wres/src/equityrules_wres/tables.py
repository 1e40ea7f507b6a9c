"""The tables of the benchmark workbook: its sheets as they are published, or one of them saved as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from attrs import field, frozen

from equityrules.loading.documents import decode, read_bytes
from equityrules.loading.workbook.opening import SUFFIXES, open_workbook
from equityrules.loading.workbook.sheets import column_letters
from equityrules.model.problems import Problem

from .answers import Variables, read_variable
from .declared import SHEET, declared_variables

CODE, NAME, KIND = "org_id", "org_name", "org_type_reporting_name"
SAVE_AGAIN = "save the sheet again as 'CSV UTF-8'"

_MOST_DECLARED = 500
_LONGEST_HEADER = 4 * 1024 * 1024
_HEADER_WITHIN = 10
"""Lines in which the header is looked for; blank ones and titles may stand above it."""
_SEPARATOR = re.compile(r"\"?sep=(.)\"?\s*$", re.ASCII)

Line = tuple[int, Sequence[str]]
"""The number of a line or row, and its cells as text."""


@frozen
class Table:
    """One table: its file, the lines from the header on, and what could not be read of it.

    `sheet` is the name of its sheet, `columns` the numbers of the columns that are kept of it, and `variables` say what
    they are about.
    """

    file: str
    lines: tuple[Line, ...]
    sheet: str = ""
    columns: tuple[int, ...] = ()
    variables: Variables = field(factory=Variables)
    faults: tuple[Problem, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(name.strip() for name in self.lines[0][1]) if self.lines else ()

    def place(self, number: int, column: str = "") -> str:
        """Return the place of a line, or of a column in it, as messages name it."""
        if not self.sheet:
            return f"line {number}, column {column}" if column else f"line {number}"
        names = [name.casefold() for name in self.header]
        cell = (
            f"cell {column_letters(self.columns[names.index(column)])}{number}" if column in names else f"row {number}"
        )
        return f"sheet '{self.sheet}', {cell}"

    @property
    def place_of_header(self) -> str:
        """The place of the header."""
        return self.place(self.lines[0][0]) if self.sheet else "header"


def tables_of(path: Path) -> list[Table]:
    """Return the tables of answers in a file; none where it is not the workbook. Only headers are looked at for that.

    Raises InvalidInputError for one that is and cannot be read.
    """
    if path.suffix.casefold() == ".csv":
        return [_table_of_csv(path)] if _names_variables(path) else []
    return _tables_of_sheets(path) if path.suffix.casefold() in SUFFIXES else []


# --- CSV ---------------------------------------------------------------------------------------------------------


def _names_variables(path: Path) -> bool:
    """Whether the first line that is not blank names variables of the WRES."""
    try:
        with path.open("rb") as stream:
            for _ in range(_HEADER_WITHIN):
                line = stream.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace").strip()
                if line and not _SEPARATOR.match(line):
                    return any(read_variable(name.strip('" ')) for name in re.split("[,;\t]", line))
    except OSError:
        return False
    return False


def _table_of_csv(path: Path) -> Table:
    faults: list[Problem] = []
    lines = tuple(_lines_of_csv(decode(read_bytes(path), path.name), path.name, faults))
    return Table(path.name, lines, faults=tuple(faults))


def _lines_of_csv(text: str, file: str, faults: list[Problem]) -> Iterator[Line]:
    """Yield the cells of each line that has any, with its number."""
    first = text.lstrip().partition("\n")[0]
    separator = match[1] if (match := _SEPARATOR.match(first)) else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            faults.append(Problem(file, f"line {number}", f"not valid CSV: {error}; {SAVE_AGAIN}"))
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells) and not _SEPARATOR.match(separator.join(cells)):
            yield number, cells


# --- sheets ------------------------------------------------------------------------------------------------------


def _tables_of_sheets(path: Path) -> list[Table]:
    """Return the sheets that name variables of the WRES in their first rows; notes and other sheets are passed over."""
    try:
        book = open_workbook(read_bytes(path), path.name, streamed=True)
        variables = _declared(book)
        return [table for sheet in book.worksheets if (table := _table_of_sheet(sheet, path.name, variables))]
    except Exception:  # noqa: BLE001 - the engine's own reader of workbooks comes next, and says what is wrong with it
        return []


def _declared(book: Any) -> Variables:  # noqa: ANN401 - openpyxl's workbook
    """Return what the columns are about, with those that a sheet of the user's own declares."""
    own = [sheet for sheet in book.worksheets if sheet.title.casefold() == SHEET.casefold()]
    rows = own[0].iter_rows(values_only=True, max_row=_MOST_DECLARED) if own else ()
    return Variables(declared_variables([_text(value).strip() for value in row] for row in rows))


def _table_of_sheet(sheet: Any, file: str, variables: Variables) -> Table | None:  # noqa: ANN401 - openpyxl's sheet
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(values_only=True), 1)
    for number, row in islice(rows, _HEADER_WITHIN):
        names = [_text(value).strip() for value in row]
        folded = {name.casefold() for name in names}
        if {CODE, NAME} & folded and any(map(variables.read, names)):
            fixed = (CODE, NAME, KIND)
            kept = [at for at, name in enumerate(names) if name.casefold() in fixed or variables.read(name)]
            lines = (
                (at, [_text(one[position]) if position < len(one) else "" for position in kept]) for at, one in rows
            )
            filled = (line for line in lines if any(map(str.strip, line[1])))
            header = (number, [names[position] for position in kept])
            columns = tuple(position + 1 for position in kept)
            return Table(file, (header, *filled), sheet.title, columns, variables)
    return None


def _text(value: object) -> str:
    """Return a value as CSV would have it: numbers with the digits that a spreadsheet keeps."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
