"""What a report to publish is made of, whatever it is written as: headings, paragraphs, lists, tables and pictures.

A report is a line of blocks. Markdown and Word write the same line, so that one never says what the other does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen


@frozen
class Heading:
    """A heading; level 1 is the title of the report."""

    level: int
    text: str


@frozen
class Paragraph:
    """One paragraph of text without line ends."""

    text: str


@frozen
class Bullets:
    """A list, one or more items."""

    items: tuple[str, ...]


@frozen
class Table:
    """A table with one row of headings, every row as long as that.

    `shares` say how the columns divide the page between them, where that is not for their texts to say.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()


@frozen
class Picture:
    """A chart as SVG, with the words for those who do not see it."""

    title: str
    description: str
    svg: str


Block = Heading | Paragraph | Bullets | Table | Picture
"""One piece of a report."""


def heading(level: int, text: str) -> Iterator[Block]:
    """Yield a heading."""
    yield Heading(level, text)


def paragraph(text: str) -> Iterator[Block]:
    """Yield a paragraph for every line of the text that is not blank."""
    yield from (Paragraph(line) for line in text.splitlines() if line.strip())


def bullets(items: Iterable[str]) -> Iterator[Block]:
    """Yield a list; nothing where there are no items."""
    if found := tuple(items):
        yield Bullets(found)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], shares: Sequence[int] = ()) -> Iterator[Block]:
    """Yield a table; nothing where there are no rows."""
    if body := tuple(tuple(map(str, row)) for row in rows):
        yield Table(tuple(header), body, tuple(shares))
