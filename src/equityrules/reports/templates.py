"""Evidence files to fill in: everything that some frameworks read, with what it means and who usually holds it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from equityrules.assessment import dimensions_named, leaves_of
from equityrules.model.framework import Criterion, Framework, Shown
from equityrules.model.kinds import Condition
from equityrules.model.vocabulary import Cell, Item, Vocabulary

Template = Callable[[Sequence[Framework], Vocabulary], str]
CSV_COLUMNS = (
    "organisation", "code", "period", "kind", "item", "group", "value", "of", "percent", "date", "by", "service",
    "owner", "documents", "source", "note", "meaning", "holder", "serves",
)  # fmt: skip


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
    wanted = {one for framework in frameworks for one in _dimensions_read(framework, item)}
    finest = [one for one in sorted(wanted, key=sorted) if not any(one < other for other in wanted)]
    return list(dict.fromkeys(cell for one in finest for cell in _cells(vocabulary, item, one)))


def _dimensions_read(framework: Framework, item: Item) -> Iterator[frozenset[str]]:
    """Yield the sets of dimensions by which the framework's requirements look at an item."""
    dimensions = framework.vocabulary.dimensions
    for criterion in framework.criteria:
        leaves: list[Condition | Shown] = [*criterion.shown]
        leaves += [leaf for one in criterion.requirements for leaf in leaves_of(one.condition)]
        for leaf in leaves:
            if item.id in _items_of_leaf(leaf):
                named = [one for one in dimensions_named(leaf) if one in item.dimensions]
                yield frozenset(dimensions[one].of or one for one in named)


def _items_of_leaf(leaf: Condition | Shown) -> tuple[str, ...]:
    return leaf.measure.items if isinstance(leaf, Shown) else leaf.items


def _cells(vocabulary: Vocabulary, item: Item, dimensions: frozenset[str]) -> tuple[Cell, ...]:
    """Return the cells over some dimensions of an item; answers and amounts of those not known are not asked for."""
    named = tuple(one for one in item.dimensions if one in dimensions)
    unknown = {(one, vocabulary.dimensions[one].undeclared) for one in named}
    cells = vocabulary.cells(named)
    return cells if item.kind == "count" else tuple(cell for cell in cells if not unknown & set(cell))


def _items_of(criterion: Criterion) -> Iterator[str]:
    for requirement in criterion.requirements:
        yield from requirement.condition.items


def toml_template(frameworks: Sequence[Framework], vocabulary: Vocabulary) -> str:
    """Return a TOML file: a header, ratings and text for each criterion, and every item with a blank to fill in."""
    lines = [*_toml_head(frameworks)]
    for framework in frameworks:
        lines += _toml_cover(framework)
        for criterion in framework.criteria:
            lines += _toml_criterion(framework, criterion)
    for name, serves in items_read(frameworks, vocabulary).items():
        item = vocabulary.items[name]
        lines += _toml_item(vocabulary, item, cells_read(frameworks, vocabulary, item), serves)
    return "\n".join(lines) + "\n"


def _toml_head(frameworks: Sequence[Framework]) -> Iterator[str]:
    titles = ", ".join(framework.title for framework in frameworks)
    yield f"# Evidence for {titles}."
    yield "# Fill in what you have between the quotation marks. What stays blank counts as not known, never as a fail."
    yield "# Then run: equityrules assess evidence.toml"
    yield ""
    yield 'organisation = ""      # its full name'
    yield '# code = ""            # its ODS code, if you want it in the result'
    yield 'period = ""            # the year the evidence is for, such as 2023/24'
    yield '# by = ""              # who says so, for everything below; a single entry can say its own'


def _toml_cover(framework: Framework) -> Iterator[str]:
    for cover in framework.cover:
        yield ""
        yield "[[cover]]"
        yield f'about = "{framework.id}"'
        yield f"name = {json.dumps(cover.id)}"
        yield f'text = ""              # {cover.label}'


def _toml_criterion(framework: Framework, criterion: Criterion) -> Iterator[str]:
    about = json.dumps(f"{framework.id}/{criterion.id}")
    grades = ", ".join(grade.label for grade in criterion.scale.grades)
    yield ""
    yield f"# --- {criterion.id}: {criterion.title}"
    yield ""
    yield "[[rating]]"
    yield f"about = {about}"
    yield f'grade = ""             # {grades}; or leave it to the evidence below'
    if any(group.services and group.id == criterion.group for group in framework.groups):
        yield '# service = "…"        # copy this block for each service that was rated'
    yield ""
    yield "[[narrative]]"
    yield f"about = {about}"
    yield 'text = ""              # the evidence, in your own words'
    yield 'owner = ""             # department or lead'


_TOML_BLANKS = {
    "statement": ['status = ""            # in place, committed, not in place, or not applicable'],
    "count": ['value = ""             # a whole number'],
    "amount": ['value = ""'],
    "survey": ['yes = ""               # how many answered yes', 'of = ""                # how many answered'],
}


def _toml_item(vocabulary: Vocabulary, item: Item, cells: Sequence[Cell], serves: Sequence[str]) -> Iterator[str]:
    for cell in cells:
        yield ""
        yield f"# {item.text}{_group_words(vocabulary, cell)}"
        yield f"# usually held by: {item.holder or 'not known'}; serves {', '.join(serves)}"
        yield f"[[{item.kind}]]"
        yield f"item = {json.dumps(item.id)}"
        if cell:
            yield f"where = {{ {', '.join(f'{name} = {json.dumps(group)}' for name, group in cell)} }}"
        yield from _TOML_BLANKS[item.kind]


def _group_words(vocabulary: Vocabulary, cell: Cell) -> str:
    labels = [
        group.label for dimension, name in cell for group in vocabulary.dimensions[dimension].groups if group.id == name
    ]
    return f" ({', '.join(labels)})" if labels else ""


def csv_template(frameworks: Sequence[Framework], vocabulary: Vocabulary) -> str:
    """Return a tidy CSV file: a row for every rating, text and item, with a blank value to fill in."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, CSV_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for framework in frameworks:
        writer.writerows(_csv_framework(framework))
    for name, serves in items_read(frameworks, vocabulary).items():
        item = vocabulary.items[name]
        writer.writerows(_csv_item(vocabulary, item, cells_read(frameworks, vocabulary, item), serves))
    return stream.getvalue()


def _csv_framework(framework: Framework) -> Iterator[dict[str, str]]:
    for cover in framework.cover:
        yield {"kind": "cover", "item": framework.id, "group": cover.id, "meaning": cover.label}
    for criterion in framework.criteria:
        about = f"{framework.id}/{criterion.id}"
        grades = ", ".join(grade.label for grade in criterion.scale.grades)
        yield {"kind": "rating", "item": about, "meaning": f"{criterion.title} ({grades})"}
        yield {"kind": "narrative", "item": about, "meaning": "the evidence in your own words, and its owner"}


_CSV_MEANINGS = {
    "statement": "in place, committed, not in place, or not applicable",
    "survey": "value: how many answered yes; of: how many answered",
}


def _csv_item(
    vocabulary: Vocabulary, item: Item, cells: Sequence[Cell], serves: Sequence[str]
) -> Iterator[dict[str, str]]:
    for cell in cells:
        how = _CSV_MEANINGS.get(item.kind, "")
        yield {
            "kind": item.kind,
            "item": item.id,
            "group": "; ".join(f"{name}={group}" for name, group in cell),
            "meaning": f"{item.text}{_group_words(vocabulary, cell)}{f' ({how})' if how else ''}",
            "holder": item.holder,
            "serves": ", ".join(serves),
        }


TEMPLATES: Mapping[str, Template] = {"toml": toml_template, "csv": csv_template}
"""The formats of a template by name."""
