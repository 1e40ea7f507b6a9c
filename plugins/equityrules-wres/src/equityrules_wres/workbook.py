"""A reader of evidence: one sheet of the NHS Staff Survey benchmark workbook, saved as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import field, frozen

from equityrules import InvalidInputError
from equityrules.loading.documents import decode, read_bytes
from equityrules.model.problems import ENOUGH, Problem, nearest, quoted, shown

from .answers import Answer, Organisation, Question, read_variable
from .rows import rows_of

CODE, NAME, KIND = "org_id", "org_name", "org_type_reporting_name"
MISSING = ("", "*", "-", "–", "na", "n/a")
"""Marks of a value that is not published, in small letters."""

_LONGEST_HEADER = 4 * 1024 * 1024
_SEPARATOR = re.compile(r"\"?sep=(.)\"?\s*$", re.ASCII)
_PROPORTION = re.compile(r"\d{0,3}(\.\d{0,25})?([eE]-\d{1,2})?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}(\.0+)?", re.ASCII)
_SHEET = "save the sheet again as 'CSV UTF-8'"


def read_workbook(path: Path) -> list[dict[str, Any]] | None:
    """Return the rows of evidence in a sheet of the workbook, or None where the file is not one.

    Only the header is looked at to find out. Raises InvalidInputError with every mistake and its line and column.
    """
    if path.suffix.casefold() != ".csv" or not _has_variables(path):
        return None
    sheet = Sheet(path.name)
    organisations = list(sheet.organisations(decode(read_bytes(path), path.name)))
    if sheet.problems:
        raise InvalidInputError(sheet.problems)
    return list(rows_of(organisations))


def _has_variables(path: Path) -> bool:
    """Whether the first line that is not blank names variables of the WRES."""
    try:
        with path.open("rb") as stream:
            for _ in range(10):
                line = stream.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace").strip()
                if line and not _SEPARATOR.match(line):
                    return any(read_variable(name.strip('" ')) for name in re.split("[,;\t]", line))
    except OSError:
        return False
    return False


@frozen
class Sheet:
    """One file being read: its name, and what was found wrong with it."""

    file: str
    problems: list[Problem] = field(factory=list)

    def organisations(self, text: str) -> Iterator[Organisation]:
        """Yield one organisation for each line below the header; what does not hold leaves a problem."""
        lines = self._lines(text)
        header = [name.strip() for name in next(lines, (0, []))[1]]
        if list(self._wrong_with(header)):
            self.problems.extend(Problem(self.file, "header", one) for one in self._wrong_with(header))
            return
        seen: dict[str, int] = {}
        for number, cells in lines:
            if len(self.problems) >= ENOUGH:
                return
            if one := self._organisation(number, header, cells):
                if (first := seen.setdefault(one.code, number)) != number:
                    message = f"{shown(one.code)} stands in line {first} already; keep one line for each organisation"
                    self._note(number, CODE, message)
                yield one

    def _lines(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the cells of each line that has any, with its number."""
        first = text.lstrip().partition("\n")[0]
        separator = match[1] if (match := _SEPARATOR.match(first)) else max(",;\t", key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        while True:
            number = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                self.problems.append(Problem(self.file, f"line {number}", f"not valid CSV: {error}; {_SHEET}"))
                return
            if cells is None:
                return
            if any(cell.strip() for cell in cells) and not _SEPARATOR.match(separator.join(cells)):
                yield number, cells

    def _wrong_with(self, header: Sequence[str]) -> Iterator[str]:
        """Yield what is wrong with the columns there are."""
        folded = [name.casefold() for name in header]
        variables = [name for name in folded if read_variable(name)]
        for name in (CODE, NAME):
            if name not in folded:
                advice = f"{nearest(name, header)}; keep the workbook's columns {quoted((CODE, NAME, KIND))}"
                yield f"holds answers by ethnic group ({variables[0]}) and lacks the column '{name}'{advice}"
        for name in dict.fromkeys((CODE, NAME, KIND, *variables)):
            if folded.count(name) > 1:
                yield f"the column '{name}' is there twice; keep one of them"
        if all(found[1] for found in map(read_variable, variables) if found):
            yield "holds how many answered and no proportions; keep the columns without '_n_' too"

    def _organisation(self, number: int, header: Sequence[str], cells: Sequence[str]) -> Organisation | None:
        """Return the organisation of a line; None for a line without answers, such as a note below the table."""
        given = {name.casefold(): cell.strip() for name, cell in zip(header, cells, strict=False)}
        if not any(cell.casefold() not in MISSING for name, cell in given.items() if read_variable(name)):
            return None
        if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
            message = f"has {len(cells)} cells where the header has {len(header)}, so its answers may be misplaced"
            advice = f"put names with commas in quotation marks, or {_SHEET}"
            self.problems.append(Problem(self.file, f"line {number}", f"{message}; {advice}"))
            return None
        self._check_names(number, given)
        return Organisation(given[CODE].upper(), given[NAME], given.get(KIND, ""), self._answers(number, given))

    def _check_names(self, number: int, given: dict[str, str]) -> None:
        if not re.fullmatch(r"[A-Za-z0-9]{3,8}", given[CODE], re.ASCII):
            advice = "write the organisation's ODS code, three to eight letters and digits"
            self._note(number, CODE, f"{shown(given[CODE])} is no code of an organisation; {advice}")
        if not given[NAME]:
            self._note(number, NAME, "is empty; write the organisation's name")

    def _answers(self, number: int, given: dict[str, str]) -> dict[Question, Answer]:
        """Return the answers of a line by question; a question without a proportion has none."""
        columns = {found: (name, given[name]) for name in given if (found := read_variable(name))}
        answers: dict[Question, Answer] = {}
        for (question, counts), (name, text) in columns.items():
            if counts:
                continue
            counted, of_text = columns.get((question, True), ("", ""))
            share, of = self._share(number, name, text), self._of(number, counted, of_text)
            if share is not None and of == 0:
                self._note(number, counted, f"is 0, and a proportion is given in {name}; correct one of them")
            elif share is not None:
                answers[question] = Answer(share, of)
        return answers

    def _share(self, number: int, column: str, text: str) -> Decimal | None:
        """Return a proportion from 0 to 1; None where it is missing or wrong."""
        if text.casefold() in MISSING:
            return None
        if text.endswith("%"):
            self._note(number, column, "is a percentage; give the column the number format General, and save it again")
        elif not _PROPORTION.fullmatch(text) or not re.search(r"\d", text):
            self._note(number, column, f"{shown(text)} is no proportion from 0 to 1; leave it empty if it is not known")
        elif Decimal(text) > 1:
            self._note(number, column, _NOT_A_PROPORTION)
        else:
            return Decimal(text)
        return None

    def _of(self, number: int, column: str, text: str) -> int | None:
        """Return how many answered; None where that is missing or wrong."""
        if text.casefold() in MISSING:
            return None
        if not _COUNT.fullmatch(text):
            advice = "write how many answered in digits only, or leave it empty"
            self._note(number, column, f"{shown(text)} is not a whole number; {advice}")
            return None
        return int(text.partition(".")[0])

    def _note(self, number: int, column: str, message: str) -> None:
        self.problems.append(Problem(self.file, f"line {number}, column {column}", message))


_NOT_A_PROPORTION = (
    "is above 1, and the benchmark workbook has proportions from 0 to 1. Values from 0 to 100 are those of the detailed"
    " spreadsheets, which are weighted; take the figures from the benchmark workbook"
)
