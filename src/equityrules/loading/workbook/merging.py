"""Merged cells in a table: words over several rows hold for each of them; a value over several rows is nobody's."""

from __future__ import annotations

from collections.abc import Mapping

from equityrules.loading.workbook.cells import Cell
from equityrules.loading.workbook.sheets import Merged, Row
from equityrules.loading.workbook.tables import Table
from equityrules.model.problems import Problem


def unmerged(table: Table, file: str, problems: list[Problem]) -> Mapping[int, Row]:
    """Return the rows of a table, with words that are merged over several rows in each of them.

    Merged values, and cells merged over several columns that are read, leave a problem with their place.
    """
    rows: dict[int, dict[int, Cell]] = {number: dict(row) for number, row in table.rows.items()}
    for merged in table.sheet.merged:
        if not any(
            merged.first_row <= number <= merged.last_row and table.is_filled(row) for number, row in rows.items()
        ):
            continue
        covered = [one for one in table.read if merged.first_column <= one.number <= merged.last_column]
        cell = rows.get(merged.first_row, {}).get(merged.first_column)
        if not covered or cell is None:
            continue
        if len(covered) > 1 or any(one.is_value for one in covered):
            advice = "unmerge them and give each row and column a value of its own"
            problems.append(Problem(file, merged.place, f"are merged, so whose value it is cannot be told; {advice}"))
        else:
            _fill(rows, merged, cell)
    return rows


def _fill(rows: dict[int, dict[int, Cell]], merged: Merged, cell: Cell) -> None:
    """Put the words of merged cells into each of their rows that has anything in it."""
    for number in range(merged.first_row, merged.last_row + 1):
        if number in rows:
            rows[number][merged.first_column] = cell
