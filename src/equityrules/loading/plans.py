"""Reads an action plan: CSV, a workbook or a Word document, its columns found by headings or a map."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from equityrules.loading.catalogue import Frameworks
from equityrules.loading.documents import decode, digest, read_bytes, read_stream, refuse
from equityrules.loading.plan_map import PlanMap, columns_of, read_map
from equityrules.loading.tables import records_of_csv
from equityrules.loading.values import text as writable
from equityrules.loading.word_tables import read_word_tables
from equityrules.loading.workbook.opening import SUFFIXES as WORKBOOKS
from equityrules.loading.workbook.records import read_sheet_records
from equityrules.model.evidence import InputFile
from equityrules.model.plan import Plan, PlanLine
from equityrules.model.plan_rules import PlanRules
from equityrules.model.problems import InvalidInputError, Problem, shown
from equityrules.plans.lines import LineReader

STDIN = "-"
MAP = ".map.toml"
_OTHERS = (".toml", ".json", ".md", ".txt")
Record = tuple[int, Sequence[str]]
"""The number of a row and its cells."""
Part = tuple[str, Sequence[Record]]
"""What of a file a table is, in words, and its records, the headings first."""

_JOINED = "; "
_OF_ACTIONS = ("action", "measure", "target", "due", "lead", "status")
"""What a row has that is more than a heading for those below it."""

_QUOTED_FORMULA = re.compile(r"'(?='?[=+@\t\r＝＋－＠-])")


def read_plan(path: str | Path, frameworks: Frameworks | None = None, map_file: str | Path | None = None) -> Plan:
    """Return the action plan in a CSV file ("-" is standard input), a workbook or a Word document.

    `frameworks` (by default all bundled and installed ones) say what it can cite. `map_file` says which column holds
    what; without it a file of the plan's name ending in ".map.toml" is taken, and without that the headings decide.
    Raises InvalidInputError with every problem in the plan or its map.
    """
    file = Path(path)
    name = "standard input" if str(path) == STDIN else file.name
    rules = frameworks.plan_rules if frameworks is not None else _all_rules()
    if file.suffix.casefold() in _PARTS:
        plan = _plan_of_parts(file, rules, _map_of(file, map_file))
        return evolve(plan, inputs=(InputFile(name, digest(read_bytes(file))),))
    content = read_stream(sys.stdin.buffer, name) if str(path) == STDIN else read_bytes(file)
    if file.suffix.casefold() in _OTHERS:
        raise refuse(name, "is not a plan; a plan is a CSV file (in Excel: 'CSV UTF-8'), a workbook or a Word document")
    plan = plan_of_text(decode(content, name), name, rules, _map_of(file, map_file))
    return evolve(plan, inputs=(InputFile(name, digest(content)),))


def _all_rules() -> PlanRules:
    from equityrules.loading.frameworks import load_frameworks  # noqa: PLC0415 - only where none are given

    return load_frameworks().plan_rules


def _map_of(file: Path, map_file: str | Path | None) -> PlanMap:
    beside = file.with_suffix(MAP)
    if map_file is not None:
        return read_map(Path(map_file))
    return read_map(beside) if str(file) != STDIN and beside.is_file() else PlanMap()


def plan_of_text(text: str, file: str, rules: PlanRules, made: PlanMap | None = None) -> Plan:
    """Return the plan in a CSV text; `file` is what messages call it. Raises InvalidInputError."""
    problems: list[Problem] = []
    records = list(records_of_csv(text, file, problems))
    if problems:
        raise InvalidInputError(problems)
    if not records:
        raise refuse(file, "is empty; write the headings in the first line and an action in each line below")
    return _plan_of([_headed("", records, made or PlanMap(), file)], file, rules, made or PlanMap())


def _plan_of_parts(path: Path, rules: PlanRules, made: PlanMap) -> Plan:
    """Return the plan in the tables of a document, or on the sheets of a workbook, that have a column of actions.

    Other tables and sheets are left out. Raises InvalidInputError, where none has one with what the first one lacks.
    """
    tables, problems = [], []
    for part, records in _PARTS[path.suffix.casefold()](path):
        try:
            tables.append(_headed(part, records, made, path.name))
        except InvalidInputError as error:
            problems.append(error)
    if not tables:
        raise problems[0]
    return _plan_of(tables, path.name, rules, made)


def _word_tables(path: Path) -> Iterator[Part]:
    for one in read_word_tables(path):
        yield f"table {one.number}", one.records


_PARTS: Mapping[str, Callable[[Path], Iterator[Part]]] = {
    ".docx": _word_tables,
    **dict.fromkeys(WORKBOOKS, read_sheet_records),
}
"""What reads the tables of a file that may have several."""


@frozen
class _Table:
    """One table of a plan: the part of the file that it is, nothing for all of it; its headings, columns and rows."""

    part: str
    header: list[str]
    columns: dict[str, list[int]]
    rows: Sequence[Record]

    def place(self, row: int) -> str:
        """Return the place of a row as messages name it."""
        return f"{self.part}, row {row}" if self.part else f"line {row}"


def _headed(part: str, records: Sequence[Record], made: PlanMap, file: str) -> _Table:
    header = [cell.strip() for cell in records[0][1]]
    return _Table(part, header, columns_of(header, made, file), records[1:])


def _plan_of(tables: Sequence[_Table], file: str, rules: PlanRules, made: PlanMap) -> Plan:
    problems: list[Problem] = []
    lines = tuple(line for one in tables for line in _lines(one, rules, made, file, problems))
    if problems:
        raise InvalidInputError(problems)
    if not lines:
        raise refuse(file, "has headings and no action below them; write an action in each line")
    return Plan(
        title=made.title or file,
        lines=lines,
        has=tuple(dict.fromkeys(name for one in tables for name in one.columns)),
        left_out=made.left_out,
        unread=tuple(dict.fromkeys(name for one in tables for name in _unread(one))),
        written=made.written,
        source=made.source,
    )


def _unread(table: _Table) -> tuple[str, ...]:
    read = {number for numbers in table.columns.values() for number in numbers}
    return tuple(one for number, one in enumerate(table.header) if one and number not in read)


def _lines(table: _Table, rules: PlanRules, made: PlanMap, file: str, problems: list[Problem]) -> Iterator[PlanLine]:
    reader = LineReader(rules, _written(made), made.means, made.statuses)
    header, columns = table.header, table.columns
    headings = {name: " / ".join(header[one] for one in numbers) for name, numbers in columns.items()}
    of = {header.index(one): name for one, name in made.of.items() if one in header}
    for number, record in table.rows:
        cells = [_without_quote(cell) for cell in record]
        if not any(cell.strip() for cell in cells):
            continue
        if message := _fault(cells, header):
            problems.append(Problem(file, table.place(number), message))
            continue
        texts = {name: _texts(cells, numbers, of) for name, numbers in columns.items()}
        named = {name: _JOINED.join(text for _, text in found) for name, found in texts.items()}
        criteria = [(header[one], text) for one, text in texts.get("criteria", [])]
        line = reader.read(named, number, headings, criteria, table.part)
        yield evolve(line, heading=line.id in made.heading_rows or not any(map(line.cell, _OF_ACTIONS)))


def _written(made: PlanMap) -> date | None:
    return made.written.end if made.written else None


def _without_quote(cell: str) -> str:
    """Return a cell without the apostrophe by which a text that looks like a formula is kept from being one."""
    return _QUOTED_FORMULA.sub("", cell, count=1) if cell.startswith("'") else cell


def _fault(cells: Sequence[str], header: Sequence[str]) -> str:
    for number, cell in enumerate(cells):
        if cell.strip() and number >= len(header):
            said = f"{shown(cell)} stands in column {number + 1}, which has no heading"
            return f"{said}; name the column, or put text with commas in quotation marks"
        try:
            writable(cell)
        except ValueError as error:
            return f"column {header[number] or number + 1}: {error}"
    return ""


def _texts(cells: Sequence[str], numbers: Sequence[int], of: Mapping[int, str]) -> list[tuple[int, str]]:
    """Return the columns of one name with their texts; bare numbers get the name of the framework that they are of."""
    texts = [(number, cells[number].strip()) for number in numbers if number < len(cells)]
    return [(number, f"{of[number]} {text}" if number in of else text) for number, text in texts if text]
