"""Columns of the benchmark workbook that a user declares on a sheet of it, since no document names them for us.

The names of the WRES's variables stand in a public repository that reads the workbook; those of answers by long-lasting
condition, which the WDES wants, stand in none that could be read. Whoever has the workbook has its notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

SHEET = "Columns"
"""The name of the sheet that a user adds."""

PROPORTION, ANSWERED, ITEM, GROUP = "proportion", "how many answered", "item", "group"
"""Its headings, in small letters. In the first two the year is written YYYY."""

Declared = dict[str, tuple[str, str, str, bool]]


def declared_variables(rows: Iterable[Sequence[str]]) -> Declared:
    """Return the columns that the rows of such a sheet declare: item, dimension and group, and whether they count."""
    lines = [row for row in rows if any(row)]
    header = [name.casefold() for name in lines[0]] if lines else []
    found: Declared = {}
    if not {PROPORTION, ITEM} <= set(header):
        return found
    for line in lines[1:]:
        given = dict(zip(header, line, strict=False))
        dimension, _, group = given.get(GROUP, "").partition("=")
        item = given.get(ITEM, "").removeprefix("survey.")
        for column, counts in ((PROPORTION, False), (ANSWERED, True)):
            if item and given.get(column):
                found[given[column].casefold()] = item, dimension.strip(), group.strip(), counts
    return found
