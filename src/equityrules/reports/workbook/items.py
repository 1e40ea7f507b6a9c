"""The sheets for items of evidence, generated from the vocabulary: statements, counts as grids, survey and amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from equityrules.loading.workbook import labels
from equityrules.model.evidence import Status
from equityrules.model.vocabulary import Cell, Dimension, Item, Vocabulary, cell_labels
from equityrules.reading import Cells
from equityrules.reports.workbook.layout import (
    BY,
    DATE,
    GAP,
    HOLDER,
    ITEM,
    MACHINE,
    NOTE,
    NUMBER,
    READ_ONLY,
    SERVES,
    SOURCE,
    SUM,
    Block,
    Column,
    Line,
    Page,
    holders_of,
    named,
)

_MEANING = Column(labels.MEANING, 50, READ_ONLY)
_TAIL = (DATE, SOURCE, NOTE, HOLDER, SERVES, ITEM)
_FEWEST_DIVIDED = 2
"""Divided counts from which an area has a sheet of its own."""


@frozen
class Asked:
    """The items asked for: which of their cells, and which criteria each serves."""

    vocabulary: Vocabulary
    cells: Cells
    serves: Mapping[str, Sequence[str]]

    def of_kind(self, kind: str) -> list[Item]:
        """Return the items of a kind, in the order in which the criteria read them."""
        return [item for name in self.cells if (item := self.vocabulary.items[name]).kind == kind]

    def in_order(self, kind: str) -> list[Item]:
        """Return the items of a kind in the order of the vocabulary, where "of these" follows what it is of."""
        order = list(self.vocabulary.items)
        return sorted(self.of_kind(kind), key=lambda item: order.index(item.id))

    def shapes(self, item: Item) -> list[tuple[str, ...]]:
        """Return the sets of dimensions that the cells of an item have, each in the item's own order."""
        found = {frozenset(name for name, _ in cell) for cell in self.cells[item.id]}
        shapes = [tuple(name for name in item.dimensions if name in one) for one in found]
        return sorted(shapes, key=lambda names: [item.dimensions.index(name) for name in reversed(names)])

    def line(self, item: Item, cell: Cell, **more: str) -> Line:
        """Return the row for a cell of an item, with what it means and who holds it."""
        cells = {
            labels.MEANING: item.text, labels.HOLDER: item.holder, labels.SERVES: ", ".join(self.serves[item.id]),
            labels.ITEM: item.id, labels.UNIT: item.unit,
        }  # fmt: skip
        return Line({**cells, **self._groups(cell), **more})

    def _groups(self, cell: Cell) -> dict[str, str]:
        dimensions = self.vocabulary.dimensions
        return {dimensions[name].title: dimensions[name].label_of(group) for name, group in cell}

    def columns_of(self, items: Iterable[Item]) -> tuple[Column, ...]:
        """Return a column for every dimension that the cells of some items have."""
        names = dict.fromkeys(name for item in items for shape in self.shapes(item) for name in shape)
        return tuple(Column(self.vocabulary.dimensions[name].title, 16, READ_ONLY) for name in names)


def item_pages(asked: Asked) -> list[Page]:
    """Return the sheets for all items asked for; a sheet with nothing on it is left out."""
    pages = [_statements(asked), *_counts(asked), _survey(asked), _amounts(asked)]
    return [page for page in pages if any(block.lines for block in page.blocks)]


def _statements(asked: Asked) -> Page:
    status = Column(labels.IN_PLACE, 18, choices=tuple(Status), note=_STATUS_NOTE)
    documents = Column(labels.DOCUMENTS, 28, note="What shows it; several with semicolons between them.")
    group = Column(labels.GROUP, 20, MACHINE, note="The group the row is for. Leave it as it is.")
    columns = (_MEANING, status, DATE, BY, documents, NOTE, HOLDER, SERVES, group, ITEM)
    lines = [
        asked.line(item, cell, **{labels.MEANING: _with_groups(asked, item, cell), labels.GROUP: _group_text(cell)})
        for item in asked.of_kind("statement")
        for cell in asked.cells[item.id]
    ]
    says = "Say how far each of these is in place. Leave a row blank where it is not known: blank is never a fail."
    return Page("Statements", says, (Block(columns, tuple(lines)),), holders_of(lines))


_STATUS_NOTE = (
    "In place: it is done and can be shown. Committed: decided, not done yet. Not in place: it is not done. "
    "Not applicable: say why under Note."
)


def _with_groups(asked: Asked, item: Item, cell: Cell) -> str:
    groups = ", ".join(cell_labels(asked.vocabulary, cell))
    return f"{item.text} ({groups})" if groups else item.text


def _group_text(cell: Cell) -> str:
    return "; ".join(f"{name}={group}" for name, group in cell)


def _survey(asked: Asked) -> Page:
    items = asked.in_order("survey")
    question = Column(labels.ASKED, 14, READ_ONLY, note="The number of the question, and the year of that survey.")
    answers = (
        Column(labels.YES, 12, NUMBER, note="How many people answered yes, or what counts as yes."),
        Column(labels.OF, 12, NUMBER, note="How many people answered the question at all."),
        Column(labels.PERCENT, 12, NUMBER, note="The percentage, such as 43.2, where you do not have the numbers."),
    )
    columns = (_MEANING, question, *asked.columns_of(items), *answers, *_TAIL)
    lines = [
        asked.line(item, cell, **{labels.ASKED: _question(item)}) for item in items for cell in asked.cells[item.id]
    ]
    says = "How many answered yes, of how many who answered. Give the numbers where you have them: they say more."
    return Page("Survey", says, (Block(columns, tuple(lines)),), holders_of(lines))


def _question(item: Item) -> str:
    """Return the number of an item's question in the latest survey it is known for."""
    year = max(item.asked, default="")
    return f"{item.asked[year]} ({year})" if year else ""


def _amounts(asked: Asked) -> Page:
    items = asked.in_order("amount")
    value = Column(labels.VALUE, 12, NUMBER)
    columns = (_MEANING, *asked.columns_of(items), value, Column(labels.UNIT, 12, READ_ONLY), *_TAIL)
    lines = [asked.line(item, cell) for item in items for cell in asked.cells[item.id]]
    says = "Scores and amounts as they are published, in the unit that each row names."
    return Page("Scores and amounts", says, (Block(columns, tuple(lines)),), holders_of(lines))


# --- counts ------------------------------------------------------------------------------------------------------


def _counts(asked: Asked) -> list[Page]:
    """Return a sheet for each area with several divided counts, and one for all other counts."""
    items = asked.in_order("count")
    divided = [_area(item) for item in items if any(asked.cells[item.id])]
    own = [area for area in dict.fromkeys(divided) if divided.count(area) >= _FEWEST_DIVIDED]
    pages = [_page(asked, named(_title(area)), [item for item in items if _area(item) == area]) for area in own]
    return [*pages, _page(asked, "Other counts", [item for item in items if _area(item) not in own])]


def _area(item: Item) -> str:
    return item.id.partition(".")[0]


def _title(area: str) -> str:
    words = area.replace("_", " ")
    return words[:1].upper() + words[1:]


def _page(asked: Asked, name: str, items: Sequence[Item]) -> Page:
    """Return a sheet of counts: what stands in one row first, then a grid for each item and group across."""
    grids: dict[tuple[str, tuple[str, ...]], list[Item]] = {}
    for item in items:
        for names in asked.shapes(item):
            across = _across(asked, item, names)
            grids.setdefault((across, tuple(one for one in names if one != across)), []).append(item)
    parts = [
        _grid(asked, one, across, down)
        for (across, down), found in sorted(grids.items(), key=lambda grid: bool(grid[0][1]))
        for one in ([[item] for item in found] if down else [found])
    ]
    blocks = _in_line(parts)
    says = "Counts of people or events. The coloured cells of a grid take a block pasted from the national return."
    return Page(name, says, tuple(blocks), tuple(dict.fromkeys(item.holder for item in items)))


def _across(asked: Asked, item: Item, names: Sequence[str]) -> str:
    """Return the dimension that goes across: that of people who may not have said, else none."""
    people = [one for one in item.dimensions if one in names and asked.vocabulary.dimensions[one].undeclared]
    return people[0] if people else ""


@frozen
class Grid:
    """A block of counts before its columns are brought in line with those of the blocks around it."""

    firsts: tuple[Column, ...]
    counts: tuple[Column, ...]
    tail: tuple[Column, ...]
    lines: tuple[Line, ...]
    title: str
    says: str


def _grid(asked: Asked, items: Sequence[Item], across: str, down: tuple[str, ...]) -> Grid:
    dimensions = asked.vocabulary.dimensions
    by = f"by {dimensions[across].title.casefold()}" if across else "in all"
    lines = tuple(
        asked.line(item, tuple(pair for pair in cell if pair[0] in down))
        for item in items
        for cell in _rows(asked.cells[item.id], across, down)
    )
    counts = _count_columns(dimensions.get(across))
    if not down:
        return Grid((_MEANING,), counts, _TAIL, lines, by[:1].upper() + by[1:], "")
    firsts = tuple(Column(dimensions[name].title, 24 if at else 50, READ_ONLY) for at, name in enumerate(down))
    gaps = (Column("", HOLDER.width, GAP), Column("", SERVES.width, GAP))
    tail = (DATE, SOURCE, NOTE, *gaps, ITEM)
    return Grid(firsts, counts, tail, lines, f"{items[0].text}, {by}", _about(asked, items[0]))


def _in_line(grids: Sequence[Grid]) -> list[Block]:
    """Return blocks whose columns stand below each other, with gaps where one has fewer of them."""
    firsts, counts = (max((len(getattr(one, name)) for one in grids), default=0) for name in ("firsts", "counts"))
    return [
        Block(
            (
                *one.firsts, *_gaps(firsts - len(one.firsts), 24), *one.counts, *_gaps(counts - len(one.counts), 12),
                *one.tail,
            ),
            one.lines, one.title, one.says,
        )
        for one in grids
    ]  # fmt: skip


def _gaps(number: int, width: int) -> tuple[Column, ...]:
    return (Column("", width, GAP),) * number


def _count_columns(across: Dimension | None) -> tuple[Column, ...]:
    if across is None:
        return (Column(labels.NUMBER, 12, NUMBER, note="A whole number."),)
    note = "A whole number of people, 0 if there are none."
    counts = (Column(group.label, 12, NUMBER, note=note) for group in across.groups)
    return (*counts, Column(labels.TOTAL, 12, SUM, note="Adds up by itself and is not read: a check for you."))


def _rows(cells: Iterable[Cell], across: str, down: tuple[str, ...]) -> list[Cell]:
    """Return the rows of a grid: the cells over its dimensions, without the group across, each once."""
    wanted = {across, *down} - {""}
    own = [cell for cell in cells if {name for name, _ in cell} == wanted]
    return list(dict.fromkeys(tuple(pair for pair in cell if pair[0] != across) for cell in own))


def _about(asked: Asked, item: Item) -> str:
    serves = ", ".join(asked.serves[item.id])
    return f"Usually held by: {item.holder or 'not known'}. Serves {serves}."
