"""CSV files line by line: the header for finding out what a file is, and the cells with their row numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

SHEET = "save the sheet again as 'CSV UTF-8'"
_LONGEST_HEADER = 64 * 1024
_SEPARATOR = re.compile(r"\"?sep=(.)\"?\s*$", re.ASCII)


class NotCsvError(ValueError):
    """A file that stops being CSV at a row."""

    def __init__(self, row: int) -> None:
        """Keep the row, and what to do about it."""
        self.row = row
        super().__init__(f"is not valid CSV from here on; {SHEET}")


def header_of(path: Path) -> list[str]:
    """Return the names in the first line of a CSV file that is not blank; none where it is no CSV file."""
    if path.suffix.casefold() != ".csv":
        return []
    try:
        with path.open("rb") as stream:
            for _ in range(10):
                line = stream.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace").strip()
                if line and not _SEPARATOR.match(line):
                    return [name.strip('" ') for name in re.split("[,;\t]", line)]
    except OSError:
        return []
    return []


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that has any, with its number in the file. Raises NotCsvError."""
    first = text.lstrip().partition("\n")[0]
    separator = match[1] if (match := _SEPARATOR.match(first)) else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise NotCsvError(number) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells) and not _SEPARATOR.match(separator.join(cells)):
            yield number, cells
