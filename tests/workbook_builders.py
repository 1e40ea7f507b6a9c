"""Builders of workbooks for tests: templates filled in by openpyxl, as people do, and small sheets of tidy rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve
from evidence_builders import FRAMEWORKS
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from equityrules.model.evidence import Evidence
from equityrules.reports.workbook.template import workbook_template

COVER = {"Organisation": "Example NHS Trust", "Period": "2023/24"}


def template(folder: Path, *names: str, file: str = "evidence.xlsx") -> Path:
    """Return a template for some frameworks, as it is written."""
    path = folder / file
    frameworks = [FRAMEWORKS[name] for name in names or ("eds", "wres", "wdes")]
    path.write_bytes(workbook_template(frameworks, FRAMEWORKS.vocabulary))
    return path


def filled(folder: Path, fill: Callable[[Workbook], object], *names: str, cover: Mapping[str, object] = COVER) -> Path:
    """Return a template with the first sheet filled in, and whatever else is done to it."""
    path = template(folder, *names)
    book = load_workbook(path)
    for label, value in cover.items():
        put(book["Start here"], {"A": label}, "B", value)
    fill(book)
    book.save(path)
    return path


def put(sheet: Worksheet, row: Mapping[str, str], column: str, value: Any) -> Any:
    """Put a value into the row that has these texts in these columns (by letter)."""
    for cells in sheet.iter_rows():
        by_letter = {get_column_letter(cell.column): cell for cell in cells}
        if all(by_letter[letter].value == text for letter, text in row.items()):
            by_letter[column].value = value
            return by_letter[column]
    raise AssertionError(f"{sheet.title} has no row {row}")


def enter(sheet: Worksheet, row: Mapping[str, str], **values: Any) -> None:
    """Enter values by heading into the row that has these texts under these headings."""
    found = find(sheet, row)
    for heading, value in values.items():
        found[heading.replace("_", " ")].value = value


def find(sheet: Worksheet, row: Mapping[str, str]) -> dict[str, Any]:
    """Return the cells by heading of the first row that has these texts under these headings."""
    headings: dict[str, int] = {}
    for cells in sheet.iter_rows():
        texts = [cell.value for cell in cells]
        if {"Item", "About", "Measure"} & {text for text in texts if isinstance(text, str)}:
            headings = {str(text): at for at, text in enumerate(texts) if text}
        elif headings and all(name in headings and texts[headings[name]] == text for name, text in row.items()):
            return {name: cells[at] for name, at in headings.items()}
    raise AssertionError(f"{sheet.title} has no row {row}")


def sheet_of(folder: Path, *rows: Sequence[object], name: str = "Evidence", file: str = "trust.xlsx") -> Path:
    """Return a workbook with one sheet of these rows."""
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(list(row))
    path = folder / file
    book.save(path)
    return path


HEADER = ("organisation", "period", "item", "value", "group", "of", "percent", "note", "date")


def tidy(folder: Path, *rows: Sequence[object], change: Callable[[Workbook], object] = lambda _: None) -> Path:
    """Return a workbook of tidy rows of the example trust: item, value and what else there is."""
    given = [("Example NHS Trust", "2023/24", *row) for row in rows]
    path = sheet_of(folder, HEADER, *given)
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def said(evidence: Evidence) -> tuple[object, ...]:
    """Return what evidence says, in one order, whatever files it came from and wherever it stands in them."""
    return evidence.organisation, sorted(repr(evolve(one, place="")) for one in evidence.everything())
