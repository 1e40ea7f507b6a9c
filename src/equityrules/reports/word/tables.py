"""Writes a table into a document: heading row repeated on every page, columns as wide as their text needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import evolve
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import _Cell, _Row

from equityrules.reports.blocks import Table
from equityrules.reports.words import plain

STYLE = "Report Table"
CELL = "Report Cell"
_CHARACTER = Pt(6)
"""The width of a character of a cell's text, on the wide side."""
_PADDING = Pt(11)
_NARROWEST = Pt(44)
_LONGEST_WORD = 24
"""Characters of a word beyond which it is broken rather than given a column of its width."""
_LONG_ROW = 600
"""Characters in a cell beyond which its row may be broken over two pages."""


def write_table(document: WordDocument, table: Table, title: str, width: Length) -> None:
    """Write a table, at most as wide as `width`; `title` is what those who do not see it are told that it is."""
    table = _without_empty_columns(table)
    written = document.add_table(len(table.rows) + 1, len(table.header), style=STYLE)
    written.autofit = False
    _say(written._tbl.tblPr, title, plain("; ".join(table.header)))
    style = document.styles[CELL].style_id  # looked up once: each look-up reads every style
    for row, texts in zip(written.rows, (table.header, *table.rows), strict=True):
        _write_row(row, texts, style)
    _repeat(written.rows[0])
    for column, share in zip(written.columns, _widths(table, width), strict=True):
        column.width = share
        for cell in column.cells:
            cell.width = share


def _without_empty_columns(table: Table) -> Table:
    """Leave out columns in which no row has anything, unless they are there to be filled in."""
    filled = [number for number in range(len(table.header)) if table.shares or any(row[number] for row in table.rows)]
    rows = tuple(tuple(row[number] for number in filled) for row in table.rows)
    return evolve(table, header=tuple(table.header[number] for number in filled), rows=rows)


def _write_row(row: _Row, texts: Sequence[str], style: str) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        _write_cell(cell, text, style)
    if max(map(len, texts)) <= _LONG_ROW:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _write_cell(cell: _Cell, text: str, style: str) -> None:
    """Write each line of a text as a paragraph of its own."""
    lines = [shown for line in text.splitlines() if (shown := plain(line))]
    for number, line in enumerate(lines or [""]):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph._p.style = style
        paragraph.text = line


def _repeat(row: _Row) -> None:
    """Make a row the heading that Word repeats on every page and reads out for every cell."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _say(properties: Any, title: str, description: str) -> None:  # noqa: ANN401 - an element of lxml's, without types
    """Give a table its title and description for screen readers, and mark its first row, not its first column."""
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    for name, value in (("firstRow", "1"), ("firstColumn", "0"), ("noHBand", "1"), ("noVBand", "1"), ("val", "0620")):
        look.set(qn(f"w:{name}"), value)
    for tag, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), text)
        properties.append(element)


def _widths(table: Table, whole: Length) -> list[Length]:
    """Return the width of each column: no word is broken where there is room, and what is left is shared.

    It is shared as the table says, else as long texts need it.
    """
    columns = list(zip(table.header, *table.rows, strict=True))
    least = [_wide_enough(min(max(map(_longest_word, column)), _LONGEST_WORD)) for column in columns]
    wanted = [_wide_enough(max(map(len, column))) for column in columns]
    if sum(least) >= whole:
        return [Length(whole * one // sum(least)) for one in least]
    if sum(wanted) <= whole and not table.shares:
        return [Length(one) for one in wanted]
    left = whole - sum(least)
    shares = table.shares or [max(want - need, 0) ** 0.5 for want, need in zip(wanted, least, strict=True)]
    return [Length(int(need + left * share / sum(shares))) for need, share in zip(least, shares, strict=True)]


def _wide_enough(characters: int) -> int:
    return max(_PADDING + _CHARACTER * characters, _NARROWEST)


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)
