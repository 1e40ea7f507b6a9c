"""What a chart is."""

from __future__ import annotations

from attrs import frozen


@frozen
class Chart:
    """A picture with its name, what it shows in words, and the same as a table, whose rows are as long as `columns`.

    `svg` is a whole element to put into a page or a file; `id` is unlike any other in a report.
    """

    id: str
    title: str
    description: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
