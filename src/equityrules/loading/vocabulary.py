"""Reads vocabulary files: items, dimensions and named measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from equityrules.loading.structuring import make_converter, problems_in
from equityrules.model.problems import Problem, nearest, quoted
from equityrules.model.vocabulary import Dimension, Group, Item, MeasureDefinition, Vocabulary

ITEM_KINDS = ("statement", "count", "survey", "amount")


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


def read_vocabulary(documents: Mapping[str, Mapping[str, Any]], problems: list[Problem]) -> Vocabulary:
    """Return the vocabulary of some parsed files by name; what is wrong goes to `problems`."""
    whole = Vocabulary()
    for file, document in documents.items():
        part = _read_file(file, document, problems)
        for what in ("items", "dimensions", "measures"):
            for name in getattr(whole, what).keys() & getattr(part, what).keys():
                problems.append(
                    Problem(file, f"{what[:-1]} {name}", "is defined in another file too; keep one of them")
                )
        whole = whole.merged(part)
    return whole


def check_vocabulary(vocabulary: Vocabulary, files: str, problems: list[Problem]) -> None:
    """Note items whose dimensions do not exist."""
    for item in vocabulary.items.values():
        for name in item.dimensions:
            if name not in vocabulary.dimensions:
                problems.append(
                    Problem(
                        files, f"item {item.id}", f"unknown dimension '{name}'{nearest(name, vocabulary.dimensions)}"
                    )
                )


def _read_file(file: str, document: Mapping[str, Any], problems: list[Problem]) -> Vocabulary:
    rest = {name: value for name, value in document.items() if name != "measure"}
    try:
        spec = _CONVERTER.structure(rest, VocabularySpec)
    except Exception as error:  # noqa: BLE001 - cattrs raises groups of any type; each is reported
        problems.extend(Problem(file, " ".join(path), message) for path, message in problems_in(error))
        return Vocabulary()
    items = {
        f"{spec.area}.{name}": _item(file, f"{spec.area}.{name}", one, problems) for name, one in spec.item.items()
    }
    dimensions = {name: Dimension(name, one.title, one.groups) for name, one in spec.dimension.items()}
    measures = {name: _measure(file, name, fields, problems) for name, fields in document.get("measure", {}).items()}
    return Vocabulary(items, dimensions, measures)


def _item(file: str, name: str, spec: ItemSpec, problems: list[Problem]) -> Item:
    if spec.kind not in ITEM_KINDS:
        message = f"unknown kind '{spec.kind}'{nearest(spec.kind, ITEM_KINDS)}; write {quoted(ITEM_KINDS)}"
        problems.append(Problem(file, f"item {name}", message))
    return Item(
        name, spec.kind, spec.text, spec.unit, spec.dimensions, spec.holder, _months(file, name, spec.fresh, problems)
    )


def _months(file: str, name: str, fresh: str, problems: list[Problem]) -> int | None:
    if fresh == "until replaced":
        return None
    if match := re.fullmatch(r"(\d{1,3}) months?", fresh):
        return int(match[1])
    problems.append(
        Problem(file, f"item {name}", f"fresh = '{fresh}' is neither a number of months nor 'until replaced'")
    )
    return None


def _measure(file: str, name: str, fields: object, problems: list[Problem]) -> MeasureDefinition:
    given = dict(fields) if isinstance(fields, Mapping) else {}
    kind, title = given.pop("kind", ""), given.pop("title", "")
    for key, value in (("kind", kind), ("title", title)):
        if not isinstance(value, str) or not value:
            problems.append(Problem(file, f"measure {name}", f"'{key}' is missing or not text"))
    return MeasureDefinition(name, str(kind), str(title), given, file)


_CONVERTER = make_converter()
