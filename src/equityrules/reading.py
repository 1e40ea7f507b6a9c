"""What frameworks read of an organisation's evidence, and which of it is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from equityrules.measures.margins import Margin, margin
from equityrules.model.evidence import Evidence, Narrative, Stated, Target
from equityrules.model.finding import Observation, Reason
from equityrules.model.framework import Criterion, Framework, Shown
from equityrules.model.kinds import Condition
from equityrules.model.period import add_months
from equityrules.model.snapshot import Key, Snapshot
from equityrules.model.vocabulary import WHOLE, Cell, Item, Vocabulary

Leaf = Condition | Shown
"""What looks at evidence itself: a condition without parts, or a measure shown beside the grade."""
Cells = Mapping[str, Sequence[Cell]]
"""Cells of items of evidence, by item."""

_UNGIVEN = (Reason.NOT_EVIDENCED, Reason.STALE, Reason.NO_INTERVAL, Reason.RANGE_CUT)
"""Why evidence is wanting: there is none, it is too old, or a figure was printed without the counts behind it."""
_DimensionNames = frozenset[str]


def items_read(frameworks: Sequence[Framework], vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return every item the frameworks read, with the criteria that it serves, in the order of the criteria."""
    serves: dict[str, list[str]] = {}
    for framework in frameworks:
        for criterion in framework.criteria:
            for name in _items_of(criterion):
                about = f"{framework.id}/{criterion.id}"
                if name in vocabulary.items and about not in serves.setdefault(name, []):
                    serves[name].append(about)
    return serves


def cells_read(frameworks: Sequence[Framework], vocabulary: Vocabulary, item: Item) -> list[Cell]:
    """Return the cells of an item that some frameworks read, each once.

    They are by ethnicity and band for one, by disability and band for another, never by all of them crossed. A coarser
    dimension is asked for by its finer one.
    """
    wanted = {
        _dimensions_of(vocabulary, item, leaf)
        for framework in frameworks
        for leaf in _leaves(framework)
        if item.id in items_of_leaf(leaf)
    }
    return list(dict.fromkeys(cell for one in _finest(wanted) for cell in _cells(vocabulary, item, one)))


def cells_missing(frameworks: Sequence[Framework], snapshot: Snapshot) -> Cells:
    """Return the cells that some frameworks read and the evidence does not give, by item, in the order of the criteria.

    What is given in another form, as a sum, for the whole or as a printed figure that settles it, is not missing.
    """
    leaves = [leaf for framework in frameworks for leaf in _leaves(framework)]
    read = items_read(frameworks, snapshot.vocabulary)
    missing = missing_of(leaves, snapshot)
    return {item: missing[item] for item in read if item in missing}


def missing_of(leaves: Iterable[Leaf], snapshot: Snapshot) -> dict[str, list[Cell]]:
    """Return the cells that these conditions and measures want and the evidence does not give, by item."""
    found: dict[str, dict[_DimensionNames, dict[Cell, None]]] = {}
    for leaf in leaves:
        if reason_of(leaf, snapshot) in _UNGIVEN:
            for item, dimensions, cells in _missing_of_leaf(leaf, snapshot):
                found.setdefault(item, {}).setdefault(dimensions, {}).update(dict.fromkeys(cells))
    return {
        item: list(dict.fromkeys(cell for one in _finest(by_dimensions) for cell in by_dimensions[one]))
        for item, by_dimensions in found.items()
    }


def reason_of(leaf: Leaf, snapshot: Snapshot) -> Reason | None:
    """Return why a condition came out as it did, or why a measure shown beside has no value."""
    if isinstance(leaf, Shown):
        return leaf.measure.observe(snapshot, leaf.cell).reason
    return leaf.check(snapshot).reason


def items_of_leaf(leaf: Leaf) -> tuple[str, ...]:
    """Return the items that a condition without parts, or a measure shown beside, reads."""
    return leaf.measure.items if isinstance(leaf, Shown) else leaf.items


def _missing_of_leaf(leaf: Leaf, snapshot: Snapshot) -> Iterator[tuple[str, _DimensionNames, list[Cell]]]:
    """Yield the items of a leaf with the cells that are not given: those it is about, else those of its whole base."""
    vocabulary, measure = snapshot.vocabulary, getattr(leaf, "measure", None)
    unasked = (*getattr(measure, "caveats", ()), *getattr(measure, "optional", ()))
    for name in items_of_leaf(leaf):
        item = vocabulary.items.get(name)
        if item is None or name in unasked:
            continue
        dimensions = _dimensions_of(vocabulary, item, leaf)
        missing = [cell for cell in _cells(vocabulary, item, dimensions) if not _is_given(snapshot, item, cell)]
        about = [cell for cell in missing if _is_about(vocabulary, cell, leaf.cell)] if hasattr(leaf, "cell") else []
        if missing:
            yield name, dimensions, about or missing


def _is_about(vocabulary: Vocabulary, cell: Cell, wanted: Cell) -> bool:
    """Whether a cell is one of those that make up another: of the same groups, or of parts of a coarser group."""
    given = dict(cell)
    for name, group in wanted:
        dimension = vocabulary.dimensions[name]
        parts = next((one.parts for one in dimension.groups if one.id == group), ())
        if given.get(name, group) != group or (dimension.of in given and given[dimension.of] not in parts):
            return False
    return True


def _is_given(snapshot: Snapshot, item: Item, cell: Cell) -> bool:
    """Whether the evidence has a cell: itself, as a sum, or by a statement for the whole."""
    if item.kind == "count":
        return isinstance(margin(snapshot, item.id, cell), Margin)
    keys: list[Key] = [(item.id, cell), *([(item.id, WHOLE)] if item.kind == "statement" else [])]
    return any(key in snapshot.fresh for key in keys)


def _leaves(framework: Framework) -> Iterator[Leaf]:
    for criterion in framework.criteria:
        yield from criterion.shown
        for one in criterion.requirements:
            yield from leaves_of(one.condition)


def _dimensions_of(vocabulary: Vocabulary, item: Item, leaf: Leaf) -> _DimensionNames:
    """Return the dimensions by which a leaf looks at an item; a coarser one by its finer one."""
    named = [one for one in dimensions_named(leaf) if one in item.dimensions]
    return frozenset(vocabulary.dimensions[one].of or one for one in named)


def _finest(wanted: Iterable[_DimensionNames]) -> list[_DimensionNames]:
    """Return the sets of dimensions that no other one divides further."""
    listed = list(wanted)
    return [one for one in sorted(listed, key=sorted) if not any(one < other for other in listed)]


def _cells(vocabulary: Vocabulary, item: Item, dimensions: _DimensionNames) -> tuple[Cell, ...]:
    """Return the cells over some dimensions of an item; answers and amounts of those not known are not asked for."""
    named = tuple(one for one in item.dimensions if one in dimensions)
    unknown = {(one, vocabulary.dimensions[one].undeclared) for one in named}
    cells = vocabulary.cells(named)
    return cells if item.kind == "count" else tuple(cell for cell in cells if not unknown & set(cell))


def _items_of(criterion: Criterion) -> Iterator[str]:
    for requirement in criterion.requirements:
        yield from requirement.condition.items


def counts_until(framework: Framework, seen: Observation) -> Iterator[tuple[Item, date]]:
    """Yield the items that an observation rests on, with the last day on which they count.

    Until then they are fresh or, if they were awarded for a time, valid. What lasts until it is replaced is left out.
    """
    measure = framework.measures.get(seen.of)
    for name in measure.items if measure else (seen.of,):
        item = framework.vocabulary.items.get(name)
        months = (item.valid_for or item.fresh) if item else None
        if item and months is not None and seen.day and (seen.value is not None or seen.status):
            yield item, add_months(seen.day, months)


def about_framework(framework: Framework, evidence: Evidence) -> bool:
    """Whether the evidence has anything that this framework reads."""
    items = {item for criterion in framework.criteria for one in criterion.requirements for item in one.condition.items}
    items -= {item for measure in framework.measures.values() for item in getattr(measure, "caveats", ())}
    read = dimensions_read(framework)
    return any(_concerns(framework, items, stated) for stated in evidence.everything() if _is_read(read, stated))


def dimensions_read(framework: Framework) -> frozenset[str]:
    """Return the dimensions by which a framework looks at evidence: by ethnicity, say, and never by disability."""
    found = {name for criterion in framework.criteria for one in criterion.shown for name in dimensions_named(one)}
    leaves = [
        leaf for criterion in framework.criteria for one in criterion.requirements for leaf in leaves_of(one.condition)
    ]
    found |= {name for leaf in leaves for name in dimensions_named(leaf)}
    coarse = {one.of for name, one in framework.vocabulary.dimensions.items() if name in found and one.of}
    return frozenset(found | coarse)


def leaves_of(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions that a condition is made of in the end: itself, where it has no parts."""
    parts = getattr(condition, "parts", ())
    if not parts:
        yield condition
    for part in parts:
        yield from leaves_of(part)


def dimensions_named(leaf: Condition | Shown) -> frozenset[str]:
    """Return the dimensions that a condition without parts, or a measure shown beside, looks at evidence by."""
    measure = getattr(leaf, "measure", None)
    compared = {getattr(measure, "by", ""), getattr(measure, "along", "")}
    preferred = {name for cell in getattr(measure, "prefer", ()) for name in cell}
    return frozenset({*dict(getattr(leaf, "cell", ())), *compared, *preferred} - {""})


def _is_read(read: frozenset[str], stated: Stated) -> bool:
    return read.issuperset(dict(getattr(stated, "cell", ())))


def _concerns(framework: Framework, items: set[str], stated: Stated) -> bool:
    if isinstance(stated, Target):
        return False
    about = getattr(stated, "about", "")
    refs = about if isinstance(about, tuple) else (about,)
    if any(ref.partition("/")[0] == framework.id for ref in refs):
        return not isinstance(stated, Narrative) or bool(stated.text)
    return getattr(stated, "item", "") in items or getattr(stated, "measure", "") in framework.measures
