"""Text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap

WIDTH = 80


def paragraph(text: str, indent: int = 0, hanging: int | None = None) -> str:
    """Return text wrapped to the width, with an indent, and another one from the second line on."""
    rest = " " * (indent if hanging is None else hanging)
    return textwrap.fill(text, WIDTH, initial_indent=" " * indent, subsequent_indent=rest, break_on_hyphens=False)


def labelled(label: str, text: str, indent: int = 2, width: int = 12) -> str:
    """Return "label   text" with the text wrapped in a column of its own."""
    start = f"{'':{indent}}{label:<{width}}"
    return textwrap.fill(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False)


def heading(text: str, line: str = "-") -> str:
    """Return a heading with a line under it."""
    wrapped = textwrap.fill(text, WIDTH)
    return f"{wrapped}\n{line * max(map(len, wrapped.splitlines()))}"
