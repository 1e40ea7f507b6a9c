"""Workbooks to lines of the tidy form: the same road as CSV, with the sheet and cell as the place of everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from equityrules.loading.documents import refuse
from equityrules.loading.grid import Headings
from equityrules.loading.rows import as_word
from equityrules.loading.tidy import Line, takes
from equityrules.loading.workbook.cells import Cell
from equityrules.loading.workbook.labels import cover_column
from equityrules.loading.workbook.merging import unmerged
from equityrules.loading.workbook.opening import open_workbook
from equityrules.loading.workbook.sheets import Row, Sheet, read_sheets
from equityrules.loading.workbook.tables import Column, Table, tables_of
from equityrules.model.problems import Problem, shown

_MOST_ASIDE = 3
"""Cells beside a table that are named one by one."""


@frozen
class Cover:
    """What the workbook says once for all its rows, and where it says it or should."""

    cells: Mapping[str, object] = field(factory=dict)
    places: Mapping[str, str] = field(factory=dict)


@frozen
class Book:
    """A workbook being read: its file, what a table may name, and what is found wrong or worth knowing."""

    file: str
    headings: Headings
    problems: list[Problem]
    notes: list[str] = field(factory=list)

    def lines(self, content: bytes) -> list[Line]:
        """Return the lines of all its tables. Raises InvalidInputError where it has none, or is no workbook."""
        shown_book = open_workbook(content, self.file)
        sheets = list(read_sheets(shown_book, open_workbook(content, self.file, values=False)))
        tables = {sheet.name: tables_of(sheet, self.headings) for sheet in sheets}
        if not any(tables.values()):
            raise refuse(self.file, _no_table([sheet.name for sheet in sheets]))
        cover = self._cover([sheet for sheet in sheets if not tables[sheet.name]])
        return [line for sheet in sheets for line in self._lines_of_sheet(sheet, tables[sheet.name], cover)]

    def _cover(self, sheets: list[Sheet]) -> Cover:
        """Return what the sheets without tables say for all rows; a sheet that says nothing so is noted."""
        cells: dict[str, object] = {}
        places: dict[str, str] = {}
        for sheet in sheets:
            found = dict(_fields(sheet))
            if not found and sheet.rows and not sheet.is_hidden:
                self.notes.append(f"sheet '{sheet.name}' has no table of evidence and was not read")
            for column, (place, cell) in found.items():
                if cell and cell.fault:
                    self.problems.append(Problem(self.file, place, cell.fault))
                elif cell and column not in cells:
                    cells[column] = cell.as_column(column)
                places.setdefault(column, place)
        return Cover(cells, places)

    def _lines_of_sheet(self, sheet: Sheet, tables: tuple[Table, ...], cover: Cover) -> Iterator[Line]:
        hidden: list[int] = []
        for table in tables:
            if faults := list(table.faults(self.headings)):
                place = sheet.place(table.header)
                self.problems.extend(Problem(self.file, place, message) for message in faults)
                continue
            for number, row in unmerged(table, self.file, self.problems).items():
                filled = list(self._lines_of_row(table, number, row, cover))
                hidden += [number] if filled and number in sheet.hidden_rows else []
                yield from filled
            self._note_aside(table)
        self._note_hidden(sheet, hidden, bool(tables))

    def _lines_of_row(self, table: Table, number: int, row: Row, cover: Cover) -> Iterator[Line]:
        """Yield the lines of a row: one, or one for each kind of evidence that its headings name."""
        if table.is_worked(row):
            self._check_worked(table.changed(row))
            return
        given, where = self._sound(table, row), table.sheet.place(number)
        if any(column.label.kind for column in table.read):
            yield from _lines_of_kinds(given, where, cover)
        elif any(column.is_value for column in given):
            line = _line(given, where, cover)
            yield evolve(line, cells={**dict.fromkeys(table.groups), **line.cells})

    def _check_worked(self, changed: Cell | None) -> None:
        """Note a worked row that somebody filled in for themselves, so that what they wrote is not lost unseen."""
        if changed is not None:
            advice = "put your own into a row of its own, and leave the example as it was"
            message = f"the grey row is an example and is not read; {advice}"
            self.problems.append(Problem(self.file, changed.place, message))

    def _sound(self, table: Table, row: Row) -> dict[Column, Cell]:
        """Return the cells of a row that are read; those that cannot be leave problems.

        Counts stand each for themselves; of a row with another cell that cannot be read nothing is.
        """
        given = {column: row[column.number] for column in table.read if column.number in row}
        faulty = {column: cell for column, cell in given.items() if cell.fault}
        self.problems.extend(Problem(self.file, cell.place, cell.fault) for cell in faulty.values())
        if not all(column.is_counted for column in faulty):
            return {}
        return {column: cell for column, cell in given.items() if column not in faulty}

    def _note_aside(self, table: Table) -> None:
        """Note what stands beside a table, under no heading."""
        named = {column.number for column in table.columns}
        aside = [cell for row in table.rows.values() for number, cell in row.items() if number not in named]
        for cell in aside[:_MOST_ASIDE]:
            self.notes.append(f"{cell.place}: {shown(cell.value)} stands beside the table and was not read")
        if len(aside) > _MOST_ASIDE:
            more = f"{len(aside) - _MOST_ASIDE} more cells stand beside the table and were not read"
            self.notes.append(f"sheet '{table.sheet.name}': {more}")

    def _note_hidden(self, sheet: Sheet, rows: list[int], has_tables: bool) -> None:
        if sheet.is_hidden and has_tables:
            self.notes.append(f"sheet '{sheet.name}' is hidden and was read; delete it if it should not count")
        elif rows:
            listed = ", ".join(map(str, rows[:8])) + (", …" if len(rows) > 8 else "")
            self.notes.append(f"sheet '{sheet.name}': hidden rows were read too ({listed})")


def _no_table(names: list[str]) -> str:
    advice = "`equityrules template ID -o evidence.xlsx` writes a workbook to fill in"
    headed = "no row of headings with 'Item' and a column for the value"
    return f"has no table of evidence ({headed}) on its sheets {', '.join(map(shown, names[:8]))}; {advice}"


def _fields(sheet: Sheet) -> Iterator[tuple[str, tuple[str, Cell | None]]]:
    """Yield the fields of a cover: what stands in the cell to the right of each label, and that cell's place."""
    for number, row in sheet.rows.items():
        for position, cell in row.items():
            if column := cover_column(cell.value):
                yield column, (sheet.place(number, position + 1), row.get(position + 1))


def _lines_of_kinds(given: Mapping[Column, Cell], where: str, cover: Cover) -> Iterator[Line]:
    """Yield a line for each kind that a row says something of; an owner alone is one of a narrative."""
    kinds = {column: cell for column, cell in given.items() if column.label.kind}
    plain = {column: cell for column, cell in given.items() if not column.label.kind}
    for column, cell in kinds.items():
        label = column.label
        named = {"kind": label.kind, **({"group": label.group} if label.group else {})}
        own = {one: beside for one, beside in plain.items() if one.label.column in takes(label.kind)}
        yield _line({**own, column: cell}, where, cover, named)
    owned = {one: cell for one, cell in plain.items() if one.label.column in takes("narrative")}
    is_owned = any(one.label.column == "owner" for one in owned)
    if is_owned and not any(one.label.kind in ("narrative", "action") for one in kinds):
        yield _line(owned, where, cover, {"kind": "narrative"})


def _line(given: Mapping[Column, Cell], where: str, cover: Cover, named: Mapping[str, str] | None = None) -> Line:
    """Return the line of some cells of a row, with what the cover says for all."""
    cells: dict[str, object] = {**cover.cells, **(named or _kind_of(given))}
    places = dict(cover.places)
    for column, cell in given.items():
        name = column.label.column
        cells[name] = cell.value if column.is_counted else cell.as_column(name, as_word(cells.get("kind")).casefold())
        places[name] = cell.place
    values = [cell.place for column, cell in given.items() if column.is_value]
    return Line(values[0] if len(values) == 1 else where, cells, places=places)


def _kind_of(given: Mapping[Column, Cell]) -> dict[str, str]:
    """Return the kind that a row of a tidy sheet names for itself, if it does."""
    named = [as_word(cell.value) for column, cell in given.items() if column.label.column == "kind"]
    return {"kind": named[0]} if named else {}
