"""A reader of evidence: one row for each employee with sex and hourly pay, as a payroll extract has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from attrs import field, frozen

from equityrules import InvalidInputError
from equityrules.loading.documents import decode, read_bytes
from equityrules.model.problems import ENOUGH, Problem, quoted

from .cells import groups_of, read_amount, read_answer, read_group, read_snapshot
from .lines import SHEET, NotCsvError, header_of, lines_of
from .people import Person, Staff

HEADINGS = {
    "organisation": ("organisation", "organisation name", "employer", "employer name", "trust"),
    "code": ("code", "organisation code", "ods code"),
    "snapshot": ("snapshot", "snapshot date", "date of snapshot"),
    "sex": ("sex", "gender", "legal sex"),
    "hourly": ("hourly pay", "hourly rate", "hourly rate of pay", "pay per hour", "rate per hour", "hourly pay rate"),
    "bonus": ("bonus", "bonus pay", "bonus paid", "bonus amount", "bonuses"),
    "full_pay": ("full pay", "on full pay", "full pay relevant", "full pay relevant employee", "full pay employee"),
    "ethnicity": ("ethnicity", "ethnic group", "ethnic origin", "ethnic category", "ethnic code"),
    "disability": ("disability", "disabled", "disability status"),
}
"""What columns may be called, in any case and whatever stands between the words; other columns are not read."""

NEEDED = ("organisation", "snapshot", "sex", "hourly")
_GROUPED = ("sex", "ethnicity", "disability")
_Value = TypeVar("_Value")
Whose = tuple[str, str, date]
"""Organisation, its code and the snapshot date."""


def read_sheet(path: Path) -> list[dict[str, Any]] | None:
    """Return the rows of evidence that a file of people comes to, or None where the file is not one.

    Only the header is looked at to find out. Raises InvalidInputError with every mistake and its row and column; no
    message repeats what stands in a cell, since that may be somebody's name or pay.
    """
    if not _is_of_people(header_of(path)):
        return None
    sheet = Sheet(path.name)
    staff = sheet.staff(decode(read_bytes(path), path.name))
    if sheet.problems:
        raise InvalidInputError(sheet.problems)
    return [row for one in staff for row in one.rows()]


def _is_of_people(names: Sequence[str]) -> bool:
    """Whether a header has a column for sex and one for hourly pay, and none for an item."""
    return {"sex", "hourly"} <= set(map(column_of, names)) and "item" not in map(str.casefold, names)


def column_of(heading: str) -> str:
    """Return which column a heading names, or nothing."""
    folded = re.sub(r"[^a-z]+", " ", re.sub(r"\(.*?\)", " ", heading.casefold())).strip()
    return next((column for column, words in HEADINGS.items() if folded in words), "")


@frozen
class Sheet:
    """One file being read: its name, and what was found wrong with it."""

    file: str
    problems: list[Problem] = field(factory=list)

    def staff(self, text: str) -> list[Staff]:
        """Return the employees of each organisation and snapshot date; what does not hold leaves a problem."""
        lines = self._lines(text)
        _, headings = next(lines, (0, []))
        columns = [column_of(name) for name in headings]
        self._check_header(columns, headings)
        if self.problems:
            return []
        found = self._people(lines, dict(zip(columns, headings, strict=True)), columns)
        if not found and not self.problems:
            self._note("", "has no people below its heading; put each employee of the snapshot date on a row")
        given = {name: groups_of(name) for name in _GROUPED if name in columns}
        return [Staff(*key, tuple(people), given, "bonus" in columns) for key, people in found.items()]

    def _people(
        self, lines: Iterator[tuple[int, list[str]]], headings: Mapping[str, str], columns: Sequence[str]
    ) -> dict[Whose, list[Person]]:
        """Return the people of each organisation and date."""
        found: dict[Whose, list[Person]] = {}
        whose: Whose | None = None
        for position, (number, cells) in enumerate(lines):
            if len(self.problems) >= ENOUGH:
                break
            if any(cell.strip() for cell in cells[len(columns) :]):
                self._note(f"row {number}", f"has more cells than the heading, so they may be misplaced; {SHEET}")
                continue
            row = Row(self, number, dict(zip(columns, cells, strict=False)), headings)
            whose, person = row.whose(whose, first=position == 0), row.person()
            if whose and person:
                found.setdefault(whose, []).append(person)
        return found

    def _check_header(self, columns: Sequence[str], headings: Sequence[str]) -> None:
        for name in NEEDED:
            if name not in columns:
                self._note("header", _LACKING.get(name, f"lacks a column '{HEADINGS[name][0]}'"))
        for name in HEADINGS:
            if columns.count(name) > 1:
                same = [heading.strip() for heading, one in zip(headings, columns, strict=True) if one == name]
                self._note("header", f"has more than one column for the same thing ({quoted(same)}); keep one of them")

    def _lines(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the lines up to where the file stops being CSV, which leaves a problem."""
        try:
            yield from lines_of(text)
        except NotCsvError as error:
            self._note(f"row {error.row}", str(error))

    def _note(self, where: str, message: str) -> None:
        self.problems.append(Problem(self.file, where, message))


_LACKING = {
    "organisation": (
        "lacks a column 'organisation'; add one with the organisation's name. The first row is enough: a row without"
        " one is of the organisation above"
    ),
    "snapshot": (
        "lacks a column 'snapshot date'; add one with 31 March of the year, or 5 April for other employers than public"
        " authorities. The first row is enough"
    ),
}


@frozen
class Row:
    """One row of a sheet: its number in the file and its cells by column, with the headings for messages."""

    sheet: Sheet
    number: int
    cells: Mapping[str, str]
    headings: Mapping[str, str]

    def whose(self, above: Whose | None, first: bool) -> Whose | None:
        """Return organisation, code and snapshot date of a row; what is empty is as in the row above."""
        for column in ("organisation", "snapshot") if first else ():
            if not self._cell(column):
                self._note(column, "is empty in the first row; fill it in there, and the rows below may be empty")
        name, code = self._cell("organisation"), self._cell("code").upper()
        day = self._read("snapshot", read_snapshot) if self._cell("snapshot") else None
        before = above if above and name in ("", above[0]) else (name, "", above[2] if above else None)
        snapshot = day or before[2]
        return (before[0], code or before[1], snapshot) if before[0] and snapshot else None

    def person(self) -> Person | None:
        """Return the employee of a row; None where something is wrong, which leaves a problem."""
        before = len(self.sheet.problems)
        full = self._read("full_pay", read_answer) if self._cell("full_pay") else True
        hourly = self._hourly() if full else None
        bonus = self._read("bonus", read_amount) if self._cell("bonus") else None
        given = [name for name in _GROUPED if name in self.headings]
        groups = {name: self._group(name) for name in given}
        if len(self.sheet.problems) > before:
            return None
        return Person(hourly, bonus or Decimal(0), {name: group or "" for name, group in groups.items()})

    def _hourly(self) -> Decimal | None:
        if not self._cell("hourly"):
            advice = "write the hourly pay, or 'no' in a column 'full pay' for whoever is not on full pay"
            self._note("hourly", f"is empty; {advice}")
            return None
        hourly = self._read("hourly", read_amount)
        if hourly == 0:
            self._note("hourly", "is 0; write the hourly pay, or 'no' in a column 'full pay'")
        return hourly

    def _group(self, dimension: str) -> str | None:
        return self._read(dimension, lambda text: read_group(dimension, text))

    def _cell(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def _read(self, column: str, read: Callable[[str], _Value]) -> _Value | None:
        try:
            return read(self._cell(column))
        except ValueError as error:
            self._note(column, str(error))
            return None

    def _note(self, column: str, message: str) -> None:
        heading = self.headings.get(column, column).strip()
        self.sheet.problems.append(Problem(self.sheet.file, f"row {self.number}, column {heading}", message))
