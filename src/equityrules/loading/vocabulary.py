"""Reads vocabulary files: items, dimensions and named measures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from equityrules.loading.rows import as_word
from equityrules.loading.structuring import NotStructuredError, make_converter, structure
from equityrules.model.problems import Problem, nearest, quoted, shown
from equityrules.model.vocabulary import Dimension, Group, Item, MeasureDefinition, Vocabulary

ITEM_KINDS = ("statement", "count", "survey", "amount")
_RESERVED = "all"


@frozen
class ItemSpec:
    """An item as its file gives it."""

    kind: str
    text: str
    unit: str = ""
    dimensions: tuple[str, ...] = ()
    holder: str = ""
    fresh: str = "until replaced"


@frozen
class DimensionSpec:
    """A dimension as its file gives it."""

    title: str
    groups: tuple[Group, ...]


@frozen
class VocabularySpec:
    """A vocabulary file; measures keep their fields until their kind is known."""

    area: str
    item: Mapping[str, ItemSpec] = field(factory=dict)
    dimension: Mapping[str, DimensionSpec] = field(factory=dict)
    measure: Mapping[str, Mapping[str, Any]] = field(factory=dict)


def read_vocabulary(documents: Mapping[str, Mapping[str, Any]], problems: list[Problem]) -> Vocabulary:
    """Return the vocabulary of some parsed files by name; what is wrong goes to `problems`."""
    whole = Vocabulary()
    for file, document in documents.items():
        if not document:
            continue
        part = _read_file(file, document, problems)
        for what in ("items", "dimensions", "measures"):
            for name in getattr(whole, what).keys() & getattr(part, what).keys():
                message = "is defined in another file too; keep one of them"
                problems.append(Problem(file, f"{what[:-1]} {name}", message))
        whole = whole.merged(part)
    return whole


def check_vocabulary(vocabulary: Vocabulary, files: str, problems: list[Problem]) -> None:
    """Note items whose dimensions do not exist."""
    for item in vocabulary.items.values():
        for name in item.dimensions:
            if name not in vocabulary.dimensions:
                message = f"unknown dimension {shown(name)}{nearest(name, vocabulary.dimensions)}"
                problems.append(Problem(files, f"item {item.id}", message))


def _read_file(file: str, document: Mapping[str, Any], problems: list[Problem]) -> Vocabulary:
    try:
        spec = structure(_CONVERTER, document, VocabularySpec)
    except NotStructuredError as error:
        problems.extend(Problem(file, " ".join(path), message) for path, message in error.faults)
        return Vocabulary()
    problems.extend(Problem(file, where, message) for where, message in _faults(spec))
    items = {f"{spec.area}.{name}": _item(f"{spec.area}.{name}", one) for name, one in spec.item.items()}
    dimensions = {name: Dimension(name, one.title, one.groups) for name, one in spec.dimension.items()}
    measures = {name: _measure(file, name, given) for name, given in spec.measure.items()}
    return Vocabulary(items, dimensions, measures)


def _item(name: str, spec: ItemSpec) -> Item:
    return Item(name, spec.kind, spec.text, spec.unit, spec.dimensions, spec.holder, _months(spec.fresh))


def _months(fresh: str) -> int | None:
    """Return the months in "12 months"; None for what stays fresh until it is replaced."""
    match = re.fullmatch(r"(\d{1,3}) months?", fresh, re.ASCII)
    return int(match[1]) if match else None


def _measure(file: str, name: str, given: Mapping[str, Any]) -> MeasureDefinition:
    fields = {key: value for key, value in given.items() if key not in ("kind", "title")}
    return MeasureDefinition(name, as_word(given.get("kind")), as_word(given.get("title")), fields, file)


# --- what a vocabulary cannot say --------------------------------------------------------------------------------


def _faults(spec: VocabularySpec) -> Iterator[tuple[str, str]]:
    """Yield the place and message of what is wrong in a file of the right form."""
    if not re.fullmatch(r"\w+", spec.area):
        yield "area", f"{shown(spec.area)} is not a short name; write letters, digits and '_'"
    for name, item in spec.item.items():
        for message in _item_faults(name, item):
            yield f"item {spec.area}.{name}", message
    for name, dimension in spec.dimension.items():
        for message in _dimension_faults(dimension):
            yield f"dimension {name}", message
    for name, given in spec.measure.items():
        for key in ("kind", "title"):
            if not isinstance(given.get(key), str) or not given[key].strip():
                yield f"measure {name}", f"'{key}' is missing or not text"


def _item_faults(name: str, item: ItemSpec) -> Iterator[str]:
    if not re.fullmatch(r"\w+", name):
        yield f"{shown(name)} is not a short name; write letters, digits and '_'"
    if item.kind not in ITEM_KINDS:
        yield f"unknown kind {shown(item.kind)}{nearest(item.kind, ITEM_KINDS)}; write {quoted(ITEM_KINDS)}"
    if len(set(item.dimensions)) < len(item.dimensions):
        yield "names a dimension twice; keep one of them"
    if item.fresh != "until replaced" and _months(item.fresh) is None:
        yield f"fresh = {shown(item.fresh)} is neither a number of months ('12 months') nor 'until replaced'"


def _dimension_faults(dimension: DimensionSpec) -> Iterator[str]:
    if not dimension.groups:
        yield "has no groups; write groups = [{ id = …, label = … }]"
    owners: dict[str, set[str]] = {}
    for group in dimension.groups:
        for word in (group.id, group.label, *group.also):
            owners.setdefault(word.casefold(), set()).add(group.id)
    for name, times in Counter(group.id for group in dimension.groups).items():
        if times > 1:
            yield f"the group '{name}' is given twice; every group needs its own id"
    for word, ids in owners.items():
        if len(ids) > 1:
            yield f"{shown(word)} stands for several groups ({quoted(sorted(ids))}); it can stand for one only"
    if _RESERVED in owners:
        yield f"'{_RESERVED}' stands for the whole and cannot be the name of a group"


_CONVERTER = make_converter()
