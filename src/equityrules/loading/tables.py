"""CSV text and plain Python rows to lines of cells, each checked against the columns there are."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from equityrules.loading.grid import Headings
from equityrules.loading.rows import column_of, is_blank
from equityrules.loading.tidy import COLUMNS, FOR_PEOPLE, Line
from equityrules.model.problems import ENOUGH, Problem, nearest, quoted, shown

_MOST_COLUMNS = 200


def lines_of_csv(text: str, headings: Headings, file: str, problems: list[Problem]) -> Iterator[Line]:
    """Yield the lines below the header of a CSV text; commas, semicolons and tabs may separate its cells."""
    columns: list[str] | None = None
    for number, cells in records_of_csv(text, file, problems):
        if columns is None:
            columns = [column_of(cell) for cell in _without_blank_end(cells)]
            if not _columns_hold(columns, headings, file, problems):
                return
        elif any(cell.strip() for cell in cells) and (line := _line(number, columns, cells, file, problems)):
            yield line


def records_of_csv(text: str, file: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each record of a CSV text that has any, the header's first, with the line it starts at.

    Commas, semicolons and tabs may separate the cells; a mistake in the form is noted and ends them.
    """
    text, first = _without_separator_line(text)
    header = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    yield from _numbered(reader, first, file, problems)


def lines_of_rows(rows: Iterable[object], headings: Headings, file: str, problems: list[Problem]) -> Iterator[Line]:
    """Yield the lines of plain rows: mappings by column, as a plugin, `csv.DictReader` or a data frame gives them."""
    given = list(rows)
    columns = dict.fromkeys(column_of(name) for row in given if isinstance(row, Mapping) for name in row)
    if columns and not _columns_hold(list(columns), headings, file, problems):
        return
    for number, row in enumerate(given, 1):
        cells = {column_of(name): value for name, value in row.items()} if isinstance(row, Mapping) else {"": row}
        if is_blank(cells.pop("", None)):
            yield Line(f"row {number}", cells)
        else:
            message = "holds something without the name of a column; give each row as a table of cells by column"
            problems.append(Problem(file, f"row {number}", message))


def _without_blank_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells[: _MOST_COLUMNS + 1]


def _without_separator_line(text: str) -> tuple[str, int]:
    """Return the text without the line "sep=;" that some spreadsheets put first, and the number of its next line."""
    match = re.match(r"\"?sep=.\"?\r?\n", text)
    return (text[match.end() :], 2) if match else (text, 1)


def _numbered(reader: Any, first: int, file: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 - csv's own class has no public name
    """Yield the cells of each line that has any, with the number it starts at; a mistake in the form ends them."""
    while len(problems) < ENOUGH:
        number = reader.line_num + first
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problems.append(Problem(file, f"line {number}", _csv_advice(str(error))))
            return
        if cells is None:
            return
        if cells:
            yield number, cells


def _csv_advice(message: str) -> str:
    if "unexpected end" in message or "field larger" in message:
        return "not valid CSV: a quotation mark is opened here and not closed; close it, or take it out"
    if "expected after" in message:
        return 'not valid CSV: a quotation mark stands inside a text; double it (""), or take it out'
    return f"not valid CSV: {message}; save the sheet again as 'CSV UTF-8'"


def _columns_hold(columns: Sequence[str], headings: Headings, file: str, problems: list[Problem]) -> bool:
    """Note columns that are unknown, there twice or missing; return whether there is nothing to note."""
    found = list(column_faults(columns, headings))
    problems.extend(Problem(file, "header", message) for message in found)
    return not found


def column_faults(columns: Sequence[str], headings: Headings) -> Iterator[str]:
    """Yield what is wrong with the columns of a table: unknown ones, two of one kind, and those that are missing."""
    if len(columns) > _MOST_COLUMNS:
        yield f"has more than {_MOST_COLUMNS} columns; only these are read: {quoted(COLUMNS)}"
        return
    for column in dict.fromkeys(columns):
        if column and not _is_known(column, headings):
            yield f"unknown column {shown(column)}{_nearest(column, headings)}; rename it, or take it out"
        elif column and columns.count(column) > 1:
            yield f"the column '{column}' is there twice; keep one of them"
    yield from _named_twice(columns, headings)
    grid = [column for column in columns if headings.is_grid(column)]
    for column, others in (("item", ()), ("value", ("percent", *grid))):
        if not {column, *others} & set(columns):
            yield f"lacks the column '{column}'; `equityrules template ID -o evidence.csv` writes all columns"


def _is_known(column: str, headings: Headings) -> bool:
    return column in (*COLUMNS, *FOR_PEOPLE) or column in headings.by_column or headings.is_grid(column)


def _nearest(column: str, headings: Headings) -> str:
    return nearest(column, (*COLUMNS, *headings.by_column, *sorted(headings.group_columns)))


def _named_twice(columns: Sequence[str], headings: Headings) -> Iterator[str]:
    """Yield a message for every dimension that two columns are named for."""
    seen: dict[str, str] = {}
    for column in columns:
        name = headings.by_column.get(column, "") if column not in COLUMNS else ""
        if name and seen.setdefault(name, column) != column:
            yield f"the columns '{seen[name]}' and '{column}' both say which {name} a row is for; keep one of them"


def _line(number: int, columns: Sequence[str], cells: Sequence[str], file: str, problems: list[Problem]) -> Line | None:
    """Return a line's cells by column, or nothing where it has more of them than there are columns."""
    where = f"line {number}"
    for position, cell in enumerate(cells):
        if cell.strip() and (position >= len(columns) or not columns[position]):
            message = f"{shown(cell)} stands in column {position + 1}, which has no heading"
            advice = "name the column, or put text with commas in quotation marks"
            problems.append(Problem(file, where, f"{message}; {advice}"))
            return None
    by_column = dict(zip(columns, cells, strict=False))
    if len(cells) < len(columns) and "value" not in by_column:
        cut = f"has {len(cells)} cells where the header has {len(columns)}, so its value is missing or misplaced"
        return Line(where, by_column, f"{cut}; add the missing cells, or delete the line")
    return Line(where, by_column)
