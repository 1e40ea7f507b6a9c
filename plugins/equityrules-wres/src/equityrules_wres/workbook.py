"""A reader of evidence: the NHS Staff Survey benchmark workbook as it is published, or one sheet of it as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import frozen

from equityrules import InvalidInputError
from equityrules.model.problems import ENOUGH, Problem, nearest, quoted, shown

from .answers import Answer, Organisation, Question
from .rows import rows_of
from .tables import CODE, KIND, NAME, SAVE_AGAIN, Table, tables_of

MISSING = ("", "*", "-", "–", "na", "n/a")
"""Marks of a value that is not published, in small letters."""

_PROPORTION = re.compile(r"\d{0,3}(\.\d{0,25})?([eE]-\d{1,2})?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}(\.0+)?", re.ASCII)


def read_workbook(path: Path) -> list[dict[str, Any]] | None:
    """Return the rows of evidence in the workbook or in a sheet of it, or None where the file is neither.

    Raises InvalidInputError with every mistake and its line and column, or its sheet and cell.
    """
    tables = tables_of(path)
    if not tables:
        return None
    problems = [fault for table in tables for fault in table.faults]
    organisations = [one for table in tables for one in Sheet(table, problems).organisations()]
    if problems:
        raise InvalidInputError(problems)
    return list(rows_of(organisations))


@frozen
class Sheet:
    """One table being read, and what was found wrong with it and the others."""

    table: Table
    problems: list[Problem]

    def organisations(self) -> Iterator[Organisation]:
        """Yield one organisation for each line below the header; what does not hold leaves a problem."""
        header = self.table.header
        if faults := list(self._wrong_with(header)):
            place = self.table.place_of_header
            self.problems.extend(Problem(self.table.file, place, one) for one in faults)
            return
        seen: dict[str, int] = {}
        for number, cells in self.table.lines[1:]:
            if len(self.problems) >= ENOUGH:
                return
            if one := self._organisation(number, header, cells):
                if (first := seen.setdefault(one.code, number)) != number:
                    where = self.table.place(first)
                    message = f"{shown(one.code)} stands in {where} already; keep one line for each organisation"
                    self._note(number, CODE, message)
                yield one

    def _wrong_with(self, header: Sequence[str]) -> Iterator[str]:
        """Yield what is wrong with the columns there are."""
        folded = [name.casefold() for name in header]
        variables = [name for name in folded if self.table.variables.read(name)]
        for name in (CODE, NAME):
            if name not in folded:
                advice = f"{nearest(name, header)}; keep the workbook's columns {quoted((CODE, NAME, KIND))}"
                yield f"holds answers by group ({variables[0]}) and lacks the column '{name}'{advice}"
        for name in dict.fromkeys((CODE, NAME, KIND, *variables)):
            if folded.count(name) > 1:
                yield f"the column '{name}' is there twice; keep one of them"
        if all(found[1] for found in map(self.table.variables.read, variables) if found):
            yield "holds how many answered and no proportions; keep the columns without '_n_' too"

    def _organisation(self, number: int, header: Sequence[str], cells: Sequence[str]) -> Organisation | None:
        """Return the organisation of a line; None for a line without answers, such as a note below the table."""
        given = {name.casefold(): cell.strip() for name, cell in zip(header, cells, strict=False)}
        if not any(cell.casefold() not in MISSING for name, cell in given.items() if self.table.variables.read(name)):
            return None
        if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
            message = f"has {len(cells)} cells where the header has {len(header)}, so its answers may be misplaced"
            advice = f"put names with commas in quotation marks, or {SAVE_AGAIN}"
            self.problems.append(Problem(self.table.file, self.table.place(number), f"{message}; {advice}"))
            return None
        self._check_names(number, given)
        kind = given.get(KIND) or self.table.sheet
        return Organisation(given[CODE].upper(), given[NAME], kind, self._answers(number, given))

    def _check_names(self, number: int, given: dict[str, str]) -> None:
        if not re.fullmatch(r"[A-Za-z0-9]{3,8}", given[CODE], re.ASCII):
            advice = "write the organisation's ODS code, three to eight letters and digits"
            self._note(number, CODE, f"{shown(given[CODE])} is no code of an organisation; {advice}")
        if not given[NAME]:
            self._note(number, NAME, "is empty; write the organisation's name")

    def _answers(self, number: int, given: dict[str, str]) -> dict[Question, Answer]:
        """Return the answers of a line by question; a question without a proportion has none."""
        columns = {found: (name, given[name]) for name in given if (found := self.table.variables.read(name))}
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
        self.problems.append(Problem(self.table.file, self.table.place(number, column), message))


_NOT_A_PROPORTION = (
    "is above 1, and the benchmark workbook has proportions from 0 to 1. Values from 0 to 100 are those of the detailed"
    " spreadsheets, which are weighted; take the figures from the benchmark workbook"
)
