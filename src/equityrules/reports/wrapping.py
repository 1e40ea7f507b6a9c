"""Text for a terminal of 80 columns."""

from __future__ import annotations

import textwrap

WIDTH = 79
"""Not 80: the older Windows console breaks after the 80th character by itself."""


def paragraph(text: str, indent: int = 0, hanging: int | None = None) -> str:
    """Return text wrapped to the width, with an indent, and another one from the second line on.

    A word that is longer than the width, such as an address, stays whole, so that it can be copied.
    """
    rest = indent if hanging is None else hanging
    return _wrapped(text, " " * indent, " " * rest)


def labelled(label: str, text: str, indent: int = 2, width: int = 12) -> str:
    """Return "label   text" with the text wrapped in a column of its own."""
    start = f"{'':{indent}}{label:<{width}}" if len(label) < width else f"{'':{indent}}{label}  "
    return _wrapped(text, start, " " * len(start)) if text else start.rstrip()


def heading(text: str, line: str = "-") -> str:
    """Return a heading with a line under it."""
    wrapped = _wrapped(text, "", "")
    return f"{wrapped}\n{line * max(map(len, wrapped.splitlines()))}"


def _wrapped(text: str, first: str, rest: str) -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )
