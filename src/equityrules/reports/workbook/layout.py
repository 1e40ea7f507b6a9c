"""What an evidence workbook is made of before it is written: sheets, the blocks on them, columns and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from equityrules.loading.workbook import labels
from equityrules.loading.workbook.labels import WORKED, WORKED_ROW
from equityrules.model.framework import Framework

TEXT, NUMBER, DAY, READ_ONLY, MACHINE, SUM, GAP = "text", "number", "day", "read only", "machine", "sum", "gap"
"""What a column is for: to fill in with words, numbers or days; to be read by people; for the reader; to add up; or
nothing, so that the columns of the blocks below each other stand in line."""

_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@frozen
class Column:
    """A column: its heading, its width in characters, what it is for, its drop-down and the note on its heading.

    Where it is not `strict`, something else than what the drop-down offers may be written without a warning.
    """

    heading: str
    width: int
    use: str = TEXT
    choices: tuple[str, ...] = ()
    note: str = ""
    strict: bool = True


@frozen
class Line:
    """A row: what stands in it already, by heading, and the drop-downs that are its own."""

    cells: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]] = field(factory=dict)


@frozen
class Block:
    """A table on a sheet: a title and a line of explanation where it needs them, columns, rows and empty rows.

    `height` is how many lines of text a row has room for at least.
    """

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    title: str = ""
    says: str = ""
    spare: int = 0
    height: int = 1


@frozen
class Page:
    """One sheet: its name, what goes there, its blocks, and who usually holds what it asks for."""

    name: str
    says: str
    blocks: tuple[Block, ...]
    holders: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether it is one table, which can be filtered and headed on every printed page."""
        return len(self.blocks) == 1


DATE = Column(labels.DATE, 12, DAY, note="The day it was so, if it is not the last day of the period.")
BY = Column(labels.BY, 18, note="Who says so, if it is not the one named on the first sheet.")
SOURCE = Column(labels.SOURCE, 22, note="Where it was taken from: a report, an extract and its date.")
NOTE = Column(labels.NOTE, 24, note="Anything a reader should know. 'Not applicable' needs its reason here.")
HOLDER = Column(labels.HOLDER, 20, READ_ONLY)
SERVES = Column(labels.SERVES, 20, READ_ONLY, note="What reads this row: framework and criterion.")
ITEM = Column(labels.ITEM, 30, MACHINE, note="How the row is known when it is read. Leave it as it is.")


def worked_cells(columns: Sequence[Column], counted: Sequence[Column] = ()) -> dict[str, str | int | float]:
    """Return what the worked row of a table holds, by heading; `counted` are the columns that hold counts."""
    cells: dict[str, str | int | float] = {
        column.heading: WORKED[column.heading] for column in columns if column.heading in WORKED
    }
    for position, column in enumerate(counted):
        cells[column.heading] = labels.WORKED_COUNTS[position % len(labels.WORKED_COUNTS)]
    for heading in (columns[0].heading, labels.ITEM, labels.ABOUT, labels.MEASURE):
        if any(column.heading == heading for column in columns):
            cells[heading] = WORKED_ROW
    return cells


def counted_columns(columns: Sequence[Column]) -> list[Column]:
    """Return the columns of counts by group or grade: numbers under a heading that is none of the fixed ones."""
    return [one for one in columns if one.use == NUMBER and labels.is_counted(one.heading)]


def named(text: str) -> str:
    """Return text as the name of a sheet: short enough, without the signs that names may not have."""
    return text.translate(_NOT_IN_NAMES).strip()[:_LONGEST_NAME].strip()


def short_name(framework: Framework) -> str:
    """Return what people call a framework, from its id: EDS, WRES, Midlands six."""
    words = framework.id.replace("-", " ")
    return words.upper() if len(words) <= len("WRES") else words[:1].upper() + words[1:]


def holders_of(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return who usually holds what some rows ask for, each once."""
    return tuple(dict.fromkeys(line.cells[labels.HOLDER] for line in lines if line.cells.get(labels.HOLDER)))
