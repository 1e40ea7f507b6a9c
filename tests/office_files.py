"""Office files as tests look into them: without the programs that people open them with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
from attrs import evolve
from builders import assessment, criterion
from docx.document import Document
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from equityrules import assess, load_frameworks, read_evidence
from equityrules.model.result import Assessment, NarrativeText
from equityrules.reading import about_framework

EXAMPLES = Path(__file__).parent.parent / "examples"


def example(name: str) -> list[Assessment]:
    """Return every assessment that one of the examples gives."""
    frameworks = load_frameworks()
    bodies = read_evidence(EXAMPLES / name, frameworks=frameworks)
    found = []
    for body in bodies:
        day = body.periods()[-1].end
        in_force = [one for one in frameworks.values() if one.in_force(day) and one.status != "draft"]
        found += [assess(one, body) for one in in_force if about_framework(one, body)]
    return found


def told(text: str) -> Assessment:
    """Return an assessment in which everything that people write is this text."""
    row = criterion("2A", narratives=(NarrativeText(text, text, text),))
    return evolve(assessment(row), organisation=text or "x")


def document(data: bytes) -> Document:
    """Return a Word document from its bytes."""
    return docx.Document(io.BytesIO(data))


def workbook(data: bytes) -> Workbook:
    """Return a workbook from its bytes, with formulas as they are written."""
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    """Return what an Office file is made of, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        return {name: given.read(name) for name in given.namelist()}


def table_rows(sheet: Worksheet) -> Iterator[dict[str, object]]:
    """Yield the rows of a sheet's one table, each value under its heading."""
    [table] = sheet.tables.values()
    heading, *rows = sheet[table.ref]
    names = [cell.value for cell in heading]
    yield from (dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows)
