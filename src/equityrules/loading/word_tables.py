"""Tables in Word documents, as records of text: what importers of tables take, whatever kind of file they stand in.

The text is read from the document's own XML, so that rows and cells in content controls and tracked insertions count,
and deletions do not.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from attrs import frozen

from equityrules.loading.documents import check_size, read_bytes, refuse
from equityrules.model.problems import InvalidInputError

Record = tuple[int, tuple[str, ...]]
"""The number of a row in its table, from 1, and the text of its cells."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_LARGEST = 128 * 1024 * 1024
_WIDEST = 100
"""Columns; no table that people read has more."""
_GONE = {f"{_W}del", f"{_W}moveFrom"}
_SAVE = "open it in Word and save it as 'Word Document (*.docx)'"


@frozen
class Table:
    """One table of a document: its number in it from 1, the paragraph above it, and its records, the headings first.

    Text merged over several rows stands in each of them; text merged over several columns stands in the first, and the
    others are empty. Every record is as long as the widest.
    """

    file: str
    number: int
    title: str
    records: tuple[Record, ...]

    def place(self, row: int, column: str = "") -> str:
        """Return the place of a row, or of a column in it, as messages name it."""
        return f"table {self.number}, row {row}{f', column {column}' if column else ''}"


def read_word_tables(path: str | Path) -> tuple[Table, ...]:
    """Return the tables of a .docx file in the order of the document; tables inside cells belong to their cell's text.

    A row that repeats the headings is left out. Raises InvalidInputError where the file is no Word document, or has no
    table with a row below its headings.
    """
    name = Path(path).name
    body = _body(read_bytes(Path(path)), name)
    try:
        tables = tuple(one for one in _tables(body, name) if len(one.records) > 1)
    except RecursionError:
        raise refuse(name, f"has tables nested in each other far too deeply; {_SAVE}") from None
    if not tables:
        raise refuse(name, "has no table with rows in it; put each action into a row of a table, under headings")
    return tables


def _body(content: bytes, name: str) -> Element:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(name, f"is a document of an old Word, or protected by a password; take it off, {_SAVE}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_size(archive.getinfo(_DOCUMENT).file_size, _LARGEST, name, "document")
            body = ElementTree.fromstring(archive.read(_DOCUMENT)).find(f"{_W}body")
    except KeyError:
        raise refuse(name, f"is no Word document; {_SAVE}") from None
    except InvalidInputError:
        raise
    except Exception:  # noqa: BLE001 - spoilt bytes make zipfile and the parser raise whatever they lead to
        raise refuse(name, f"is damaged, or no Word document; copy it again, or {_SAVE}") from None
    if body is None:
        raise refuse(name, f"is damaged, or no Word document; {_SAVE}")
    return body


def _tables(body: Element, name: str) -> Iterator[Table]:
    """Yield the tables of the body, those in content controls too, each with the last text above it."""
    title, number = "", 0
    for element in _blocks(body):
        if element.tag == f"{_W}tbl":
            number += 1
            yield Table(name, number, title, _records(element))
        elif text := _text_of(element):
            title = text


def _blocks(parent: Element) -> Iterator[Element]:
    """Yield paragraphs and tables, going into content controls and what else only wraps them."""
    for element in parent:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag not in _GONE:
            yield from _blocks(element)


def _records(table: Element) -> tuple[Record, ...]:
    rows: list[tuple[str, ...]] = []
    for row in _inner(table, "tr"):
        rows.append(tuple(_cells(row, rows[-1] if rows else ()))[:_WIDEST])
    widest = max(map(len, rows), default=0)
    full = [(*cells, *[""] * (widest - len(cells))) for cells in rows]
    filled = [(number, cells) for number, cells in enumerate(full, 1) if any(cells)]
    return tuple(record for at, record in enumerate(filled) if at == 0 or record[1] != filled[0][1])


def _cells(row: Element, above: tuple[str, ...]) -> Iterator[str]:
    """Yield the text of each column of a row; a cell that goes on from above has the text from there."""
    column = _number(row, "trPr", "gridBefore")
    yield from [""] * column
    for cell in _inner(row, "tc"):
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        goes_on = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
        yield above[column] if goes_on and column < len(above) else _text_of_blocks(cell)
        span = max(1, min(_number(cell, "tcPr", "gridSpan"), _WIDEST))
        yield from [""] * (span - 1)
        column += span


def _inner(parent: Element, tag: str) -> Iterator[Element]:
    """Yield rows or cells, also those in content controls, and not those of tables inside."""
    for element in parent:
        if element.tag == f"{_W}{tag}":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _inner(element, tag)


def _number(element: Element, properties: str, name: str) -> int:
    found = element.find(f"{_W}{properties}/{_W}{name}")
    value = found.get(f"{_W}val", "") if found is not None else ""
    return min(int(value), _WIDEST) if value.isdecimal() else 0


def _text_of_blocks(cell: Element) -> str:
    """Return the text of a cell, a line for each paragraph; a table inside it reads on row by row."""
    texts = (
        " ".join(" | ".join(cells) for _, cells in _records(block)) if block.tag == f"{_W}tbl" else _text_of(block)
        for block in _blocks(cell)
    )
    return "\n".join(text for text in texts if text)


def _text_of(paragraph: Element) -> str:
    return " ".join("".join(_runs(paragraph)).split())


def _runs(element: Element) -> Iterator[str]:
    """Yield the text of a paragraph without what was deleted or moved away."""
    for one in element:
        if one.tag == f"{_W}t":
            yield one.text or ""
        elif one.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif one.tag not in _GONE:
            yield from _runs(one)
