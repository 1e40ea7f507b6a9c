"""Pieces of Markdown in which free text never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from equityrules.reports.blocks import Block, Bullets, Heading, Paragraph, Table
from equityrules.reports.words import plain

_MARKUP = re.compile(r"[\\`*_\[\]<>{}|#~&$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LEADING = re.compile(r"^([-+=:])|^(\d{1,9})([.)])(?=\s|$)")


def escape(text: str) -> str:
    """Return text as one line that Markdown shows as it is: no markup, table bar, list, link or address."""
    marked = _MARKUP.sub(r"\\\g<0>", plain(text))
    return _LEADING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", marked)


def markdown_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of a report; a picture has no place in plain Markdown, the table below it says the same."""
    for block in blocks:
        match block:
            case Heading(level, text):
                yield from heading(level, text)
            case Paragraph(text):
                yield from paragraph(text)
            case Bullets(items):
                yield from bullets(items)
            case Table(header=header, rows=rows):
                yield from table(header, rows)


def heading(level: int, text: str) -> Iterator[str]:
    """Yield a heading and the blank line after it."""
    yield f"{'#' * level} {escape(text)}"
    yield ""


def paragraph(text: str) -> Iterator[str]:
    """Yield a paragraph for every line of the text, each with a blank line after it."""
    for line in text.splitlines():
        if shown := escape(line):
            yield shown
            yield ""


def bullets(items: Iterable[str]) -> Iterator[str]:
    """Yield a list with a blank line after it; nothing where there are no items."""
    shown = [f"- {escape(item)}" for item in items]
    yield from shown
    if shown:
        yield ""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table with a blank line after it; nothing where there are no rows."""
    body = [_row(row) for row in rows]
    if body:
        yield _row(header)
        yield _row(["---"] * len(header), escaped=True)
        yield from body
        yield ""


def _row(cells: Sequence[str], escaped: bool = False) -> str:
    return f"| {' | '.join(cells if escaped else map(escape, cells))} |"
